//! What stands in a part before anybody changed its charset, decoded as leniently as a person would: attachments are told by their bytes.

use super::encoded;
use mail_parser::decoders::quoted_printable::quoted_printable_decode;
use mail_parser::{MessagePart, MimeHeaders, PartType};
use std::borrow::Cow;

/// The decoded bytes of a part that is no mail; `raw` are the bytes of the mail that it stands in.
pub(super) fn bytes<'x>(raw: &'x [u8], part: &'x MessagePart<'_>) -> Cow<'x, [u8]> {
    let is_text = matches!(part.body, PartType::Text(_) | PartType::Html(_));
    if !is_text && !part.is_encoding_problem {
        return Cow::Borrowed(part.contents());
    }
    let Some(body) = raw.get(part.offset_body as usize..part.offset_end as usize) else { return Cow::Borrowed(part.contents()) };
    match declared(part).as_str() {
        "base64" => Cow::Owned(encoded::base64(body)),
        "quoted-printable" => quoted_printable_decode(body).map_or(Cow::Borrowed(body), Cow::Owned),
        _ => Cow::Borrowed(body),
    }
}

/// The text of a part that holds one: in the charset that its bytes are written in, whatever is declared.
pub(super) fn text<'x>(raw: &'x [u8], part: &'x MessagePart<'_>) -> Option<Cow<'x, str>> {
    let charset = part.content_type().and_then(|declared| declared.attribute("charset")).unwrap_or_default();
    let is_page = matches!(part.body, PartType::Html(_));
    if let PartType::Text(text) | PartType::Html(text) = &part.body {
        let is_whole = !(part.is_encoding_problem && declared(part) == "base64");
        if is_whole && (text.is_ascii() || encoded::is_utf8(charset) && !text.contains(char::REPLACEMENT_CHARACTER)) {
            return Some(Cow::Borrowed(text));
        }
    }
    let bytes = match raw.get(part.offset_body as usize..part.offset_end as usize) {
        Some(body) if declared(part) == "base64" => Cow::Owned(base64_among_text(body)),
        _ => bytes(raw, part),
    };
    let inside = if is_page { encoded::page_charset(&bytes) } else { None };
    Some(Cow::Owned(encoded::likely_text(&bytes, charset, inside.as_deref())))
}

/// Letters of a line of base64 that stands below a line that is none: a word alone might pass for base64 too.
const SURE: usize = 20;

/// Base64 in which lines stand that nobody encoded: what a list wrote below it, or all of it.
fn base64_among_text(body: &[u8]) -> Vec<u8> {
    let lines = || body.split(|byte| *byte == b'\n').map(<[u8]>::trim_ascii);
    if lines().all(|line| is_base64(line) || !line.iter().any(u8::is_ascii_alphanumeric)) {
        return encoded::base64(body);
    }
    let (mut bytes, mut block, mut among) = (Vec::new(), Vec::new(), false);
    for line in lines() {
        if is_base64(line) && (!among || line.len() >= SURE && line.len() % 4 == 0) {
            block.extend_from_slice(line);
            continue;
        }
        let (end, line) = ended_base64(line);
        block.extend_from_slice(end);
        bytes.append(&mut encoded::base64(&std::mem::take(&mut block)));
        let says = line.iter().any(u8::is_ascii_alphanumeric) || line.len() >= 2;
        if !bytes.is_empty() && (among || says) {
            bytes.push(b'\n');
        }
        among |= says;
        bytes.extend_from_slice(if among { line } else { &[] });
    }
    bytes.append(&mut encoded::base64(&block));
    bytes
}

/// The end of a text in base64 that begins `line`, and what somebody wrote behind it.
fn ended_base64(line: &[u8]) -> (&[u8], &[u8]) {
    let blank = line.iter().position(u8::is_ascii_whitespace).unwrap_or_default();
    match line.split_at_checked(blank) {
        Some((word, after)) if word.ends_with(b"=") && word.len() % 4 == 0 && is_base64(word) => (word, after.trim_ascii()),
        _ => (&[], line),
    }
}

/// Whether `line` holds nothing but one word of base64, and perhaps signs that are none.
fn is_base64(line: &[u8]) -> bool {
    let mut words = line.split(u8::is_ascii_whitespace).filter(|word| word.iter().any(u8::is_ascii_alphanumeric));
    let is_encoded = words.next().is_some_and(|word| word.iter().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'/' | b'-' | b'_' | b'=')));
    is_encoded && words.next().is_none()
}

fn declared(part: &MessagePart<'_>) -> String {
    part.content_transfer_encoding().unwrap_or_default().trim().to_ascii_lowercase()
}

#[cfg(test)]
mod tests {
    use super::base64_among_text;

    #[test]
    fn what_stands_among_base64_stays_what_it_is() {
        for (body, text) in [
            ("Qm9uam91ciwgamUgcmVmdXNlLg==\r\n", "Bonjour, je refuse."),
            ("Qm9uam91ciwgamUg !*\r\ncmVmdXNlLg== !*\r\n !*\r\n", "Bonjour, je refuse."),
            ("Qm9uam91ciwgamUg\r\n\r\ncmVmdXNlLg==", "Bonjour, je refuse."),
            ("Qm9uam91ciwgamUgcmVmdXNlLg==\r\n\r\n--\r\nListe conso http://listes.example\r\n", "Bonjour, je refuse.\n--\nListe conso http://listes.example\n"),
            ("Qm9uam91ciwgamUgcmVmdXNlLg==\r\nListe conso\r\nMerci\r\n", "Bonjour, je refuse.\nListe conso\nMerci\n"),
            ("Bonjour, je refuse cette offre.\r\n\r\nLeila\r\n", "Bonjour, je refuse cette offre.\n\nLeila\n"),
            ("ecO2dMOkIHZhYW4uCg== ignored", "yötä vaan.\n\nignored"),
            ("", ""),
        ] {
            assert_eq!(String::from_utf8(base64_among_text(body.as_bytes())).unwrap(), text, "{body}");
        }
    }
}
