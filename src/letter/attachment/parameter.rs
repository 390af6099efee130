//! The name of a file in Content-Disposition or Content-Type, however it is written (RFC 2183, 2231, 2047, and as it should not be).

use super::super::encoded;
use std::collections::BTreeMap;

/// The value of the parameter `key` in the raw field `value`, decoded.
pub(in super::super) fn named(value: &[u8], key: &str, most: usize) -> Option<String> {
    let mut plain = None;
    let mut pieces: BTreeMap<u32, (bool, Vec<u8>)> = BTreeMap::new();
    for (name, content) in (Parameters { rest: value }).take(most) {
        let name = String::from_utf8_lossy(name).trim().to_ascii_lowercase();
        if name == key {
            plain = plain.or(Some(content));
            continue;
        }
        let Some(rest) = name.strip_prefix(key).and_then(|rest| rest.strip_prefix('*')) else { continue };
        let (number, escaped) = rest.strip_suffix('*').map_or((rest, rest.is_empty()), |number| (number, true));
        if let Ok(number) = if number.is_empty() { Ok(0) } else { number.trim().parse::<u32>() } {
            pieces.entry(number).or_insert((escaped, content));
        }
    }
    extended(pieces).or_else(|| plain.map(|plain| encoded::decode(&plain))).filter(|name| !name.trim().is_empty())
}

/// The pieces of RFC 2231 §3 and §4, in their order.
fn extended(pieces: BTreeMap<u32, (bool, Vec<u8>)>) -> Option<String> {
    let (first_escaped, first) = pieces.values().next()?;
    let charset = first_escaped.then(|| first.splitn(3, |byte| *byte == b'\'').collect::<Vec<_>>()).filter(|parts| parts.len() == 3);
    let charset = charset.map(|parts| String::from_utf8_lossy(parts.first().copied().unwrap_or_default()).trim().to_ascii_lowercase());
    let mut bytes = Vec::new();
    for (place, (escaped, content)) in pieces.values().enumerate() {
        let content = match place {
            0 if charset.is_some() => content.splitn(3, |byte| *byte == b'\'').nth(2).unwrap_or_default(),
            _ => content,
        };
        match escaped {
            true => unescape(content, &mut bytes),
            false => bytes.extend_from_slice(content),
        }
    }
    match charset {
        Some(charset) => Some(encoded::charset_text(&charset, &bytes)),
        None => Some(encoded::decode(&bytes)),
    }
}

/// Percent signs and two hexadecimal digits.
fn unescape(content: &[u8], bytes: &mut Vec<u8>) {
    let digit = |byte: &u8| char::from(*byte).to_digit(16).and_then(|digit| u8::try_from(digit).ok());
    let mut rest = content;
    while let [first, after @ ..] = rest {
        rest = after;
        let pair = match (first, after) {
            (b'%', [high, low, left @ ..]) => digit(high).zip(digit(low)).map(|(high, low)| (high << 4 | low, left)),
            _ => None,
        };
        match pair {
            Some((byte, left)) => {
                bytes.push(byte);
                rest = left;
            }
            None => bytes.push(*first),
        }
    }
}

/// Names and contents of the parameters of a field. What stands before the first semicolon is passed over.
struct Parameters<'a> {
    rest: &'a [u8],
}

impl<'a> Iterator for Parameters<'a> {
    type Item = (&'a [u8], Vec<u8>);

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            let at = self.rest.iter().position(|byte| *byte == b';')?;
            let after = self.rest.get(at.checked_add(1)?..)?.trim_ascii_start();
            let Some(equals) = after.iter().position(|byte| matches!(byte, b'=' | b';')) else {
                self.rest = &[];
                return None;
            };
            let (name, content) = after.split_at_checked(equals)?;
            let Some(content) = content.strip_prefix(b"=") else {
                self.rest = content;
                continue;
            };
            let content = content.trim_ascii_start();
            let (value, rest) = if let Some(quoted) = content.strip_prefix(b"\"") { quoted_value(quoted) } else { bare_value(content) };
            self.rest = rest;
            return Some((name, value));
        }
    }
}

fn quoted_value(text: &[u8]) -> (Vec<u8>, &[u8]) {
    let mut value = Vec::new();
    let mut rest = text;
    while let [first, after @ ..] = rest {
        rest = after;
        match (first, after) {
            (b'"', _) => return (value, rest),
            // A folder's backslash is more usual in a name than an escape of anything else.
            (b'\\', [next @ (b'"' | b'\\'), left @ ..]) => {
                value.push(*next);
                rest = left;
            }
            (b'\r' | b'\n', _) => {}
            _ => value.push(*first),
        }
    }
    (value, &[])
}

fn bare_value(text: &[u8]) -> (Vec<u8>, &[u8]) {
    let end = text.iter().position(|byte| *byte == b';').unwrap_or(text.len());
    let (value, rest) = text.split_at_checked(end).unwrap_or((text, &[]));
    (value.trim_ascii().iter().copied().filter(|byte| !matches!(byte, b'\r' | b'\n')).collect(), rest)
}

#[cfg(test)]
mod tests {
    use super::named;

    #[test]
    fn names_are_read_however_they_are_written() {
        for (value, name) in [
            (&b"attachment; filename=\"a b.pdf\""[..], "a b.pdf"),
            (b"attachment; filename=a b.pdf; size=3", "a b.pdf"),
            (b"attachment;\r\n filename*=UTF-8''re%C3%A7u.pdf", "reçu.pdf"),
            (b"attachment; filename*=iso-8859-1'fr're%E7u.pdf; filename=\"recu.pdf\"", "reçu.pdf"),
            (b"attachment; filename*1*=%A7u; filename*0*=utf-8''re%C3; filename*2=\".pdf\"", "reçu.pdf"),
            (b"attachment; filename=\"=?utf-8?Q?re=C3=A7u.pdf?=\"", "reçu.pdf"),
            (b"attachment; filename=\"=?utf-8?B?cmXD?=\r\n =?utf-8?B?p3UucGRm?=\"", "reçu.pdf"),
            (b"attachment; filename*0=\"=?utf-8?Q?re=C3=A7\"; filename*1=\"u.pdf?=\"", "reçu.pdf"),
            ("attachment; filename=\"reçu.pdf\"".as_bytes(), "reçu.pdf"),
            (b"attachment; filename=\"re\xe7u.pdf\"", "reçu.pdf"),
            (b"attachment; filename=\"a\\\"b.pdf\"; x", "a\"b.pdf"),
            (b"attachment; filename=\"a;b.pdf", "a;b.pdf"),
            (b"attachment; x; filename*=plain.pdf", "plain.pdf"),
        ] {
            assert_eq!(named(value, "filename", 100).as_deref(), Some(name), "{}", String::from_utf8_lossy(value));
        }
        assert_eq!(named(b"attachment; filename=\"\"", "filename", 100), None);
        assert_eq!(named(b"attachment; xfilename=a", "filename", 100), None);
        assert_eq!(named(b"attachment; filename*x=a; filename*9999999999999=b", "filename", 100), None);
    }
}
