//! Encoded words in header fields (RFC 2047), as people's programs really write them: a character may be split between two words of one
//! charset, words stand within quotes, and bytes beyond ASCII stand there as they are.

mod charset;

use mail_parser::decoders::charsets::map::charset_decoder;
use mail_parser::decoders::quoted_printable::quoted_printable_decode_char;

pub(super) use charset::{is_utf8, likely_text, page_charset};

/// The text of a raw field value: unfolded, encoded words decoded.
pub(super) fn decode(raw: &[u8]) -> String {
    let raw: Vec<u8> = raw.iter().copied().filter(|byte| !matches!(byte, b'\r' | b'\n')).collect();
    let mut text = String::new();
    let mut word = Vec::<u8>::new();
    let mut charset = String::new();
    let mut plain = 0usize;
    let mut at = 0usize;
    while let Some(found) = next_word(&raw, at) {
        let between = raw.get(plain..found.start).unwrap_or_default();
        let adjacent = !charset.is_empty() && between.iter().all(u8::is_ascii_whitespace);
        if !adjacent || charset != found.charset {
            text.push_str(&likely_text(&word, &charset, None));
            word.clear();
        }
        if !adjacent {
            text.push_str(&likely_text(between, "", None));
        }
        word.extend(found.bytes);
        charset = found.charset;
        (plain, at) = (found.end, found.end);
    }
    text.push_str(&likely_text(&word, &charset, None));
    text.push_str(&likely_text(raw.get(plain..).unwrap_or_default(), "", None));
    text
}

/// `bytes` as text in that charset, whatever they look like; where nobody knows it, as UTF-8 or as Western Europe wrote before it.
pub(super) fn charset_text(charset: &str, bytes: &[u8]) -> String {
    match charset_decoder(charset.as_bytes()) {
        Some(decoder) if !charset.is_empty() && !charset.eq_ignore_ascii_case("us-ascii") => decoder(bytes),
        _ => eight_bit(bytes),
    }
}

/// Bytes without a word about their charset.
fn eight_bit(bytes: &[u8]) -> String {
    match std::str::from_utf8(bytes) {
        Ok(text) => text.to_owned(),
        Err(_) => charset_decoder(b"windows-1252").map_or_else(|| String::from_utf8_lossy(bytes).into_owned(), |decoder| decoder(bytes)),
    }
}

/// Longest encoded word that is decoded; RFC 2047 §2 allows 75 bytes, programs write some hundred.
const WORD_BYTES: usize = 4_096;
/// Longest name of a charset.
const CHARSET_BYTES: usize = 60;

struct EncodedWord {
    start: usize,
    end: usize,
    charset: String,
    bytes: Vec<u8>,
}

fn next_word(raw: &[u8], from: usize) -> Option<EncodedWord> {
    let mut at = from;
    loop {
        let rest = raw.get(at..)?;
        let start = at.saturating_add(rest.windows(2).position(|pair| pair == b"=?")?);
        if let Some(word) = word_at(raw, start) {
            return Some(word);
        }
        at = start.saturating_add(2);
    }
}

fn word_at(raw: &[u8], start: usize) -> Option<EncodedWord> {
    let inside = start.checked_add(2)?;
    let head = raw.get(inside..)?;
    let length = head.iter().take(CHARSET_BYTES).position(|byte| *byte == b'?')?;
    let charset = std::str::from_utf8(head.get(..length)?).ok()?;
    // RFC 2231 §5 lets a language follow.
    let charset = charset.split('*').next().unwrap_or_default().trim().to_ascii_lowercase();
    let [encoding, b'?', text @ ..] = head.get(length.checked_add(1)?..)? else { return None };
    if charset.is_empty() || charset.contains(char::is_whitespace) {
        return None;
    }
    let text = text.get(..text.len().min(WORD_BYTES)).unwrap_or_default();
    // In Q an equals sign may follow the question mark of a broken word; the first pair ends it.
    let size = text.windows(2).position(|pair| pair == b"?=")?;
    let content = text.get(..size)?;
    let bytes = match encoding {
        b'B' | b'b' => base64(content),
        b'Q' | b'q' => q(content),
        _ => return None,
    };
    let end = inside.checked_add(length)?.checked_add(3)?.checked_add(size)?.checked_add(2)?;
    Some(EncodedWord { start, end, charset, bytes })
}

/// Base64 (RFC 2045 §6.8) without regard to strange characters, line ends and missing or early padding.
pub(super) fn base64(text: &[u8]) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(text.len() / 4 * 3);
    let (mut bits, mut held) = (0u32, 0u32);
    for byte in text {
        let digit = match byte {
            b'A'..=b'Z' => byte - b'A',
            b'a'..=b'z' => byte - b'a' + 26,
            b'0'..=b'9' => byte - b'0' + 52,
            b'+' | b'-' => 62,
            b'/' | b'_' => 63,
            b'=' => {
                (bits, held) = (0, 0);
                continue;
            }
            _ => continue,
        };
        bits = (bits << 6 | u32::from(digit)) & 0xff_ffff;
        held = held.saturating_add(6);
        if held >= 8 {
            held = held.saturating_sub(8);
            bytes.push((bits >> held & 0xff) as u8);
        }
    }
    bytes
}

/// RFC 2047 §4.2.
fn q(content: &[u8]) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut rest = content;
    while let [first, after @ ..] = rest {
        rest = after;
        match (first, after) {
            (b'_', _) => bytes.push(b' '),
            (b'=', [high, low, left @ ..]) => match quoted_printable_decode_char(*high, *low) {
                Some(byte) => {
                    bytes.push(byte);
                    rest = left;
                }
                None => bytes.push(b'='),
            },
            _ => bytes.push(*first),
        }
    }
    bytes
}

#[cfg(test)]
mod tests {
    use super::{base64, decode};

    #[test]
    fn words_are_decoded_wherever_they_stand() {
        for (raw, text) in [
            (&b"Bonjour"[..], "Bonjour"),
            (b"=?utf-8?q?d=C3=A9j=C3=A0?= vu", "déjà vu"),
            (b"=?utf-8?b?ZMOp?=\r\n =?utf-8?b?asOg?=", "déjà"),
            (b"=?utf-8?b?ZM?=\r\n =?UTF-8?q?=C3?= =?utf-8?q?=A9?=x", "dé\u{78}"),
            (b"a =?iso-8859-1?Q?=E9?=, \"=?utf-8?q?b_c?=\"", "a é, \"b c\""),
            (b"=?iso-8859-1?Q?a?= =?utf-8?Q?b?=", "ab"),
            (b"=?utf-8*fr?q?=C3=A9?=", "é"),
            (b"caf\xe9 =?x?q?", "café =?x?q?"),
            ("café".as_bytes(), "café"),
            (b"=?utf-8?q?a?==?x =?utf-8?q?b?=", "a=?x b"),
            (b"=?unknown?q?a=E9?=", "aé"),
            (b"=?utf-8?q?a=?=", "a="),
            (b"=?iso-8859-1?q?caf=C3=A9?=", "café"),
            (b"=?utf-8?q?caf=E9?=", "café"),
            (b"\xc7\xe1\xd3\xe1\xc7\xe3 \xda\xe1\xed\xdf\xe3", "السلام عليكم"),
            (b"=?windows1256?b?x+HT4cfj?=", "السلام"),
        ] {
            assert_eq!(decode(raw), text, "{}", String::from_utf8_lossy(raw));
        }
    }

    #[test]
    fn base64_is_read_whole_broken_or_in_pieces() {
        for text in ["Ym9uam91cg==", "Ym9u\r\nam91cg", "Ym9uam91cg==\n...\n", "Ym 9u!am91cg", "Ym8=bmpvdXI="] {
            assert_eq!(base64(text.as_bytes()), b"bonjour", "{text}");
        }
        assert_eq!(base64(b""), b"");
    }
}
