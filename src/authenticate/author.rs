//! What a signature must cover so that nobody can change what a mail says and who says it (THREATS T4, T5, T11, T12).

use super::verdict::Flaw;
use crate::domain::Address;
use mail_auth::AuthenticatedMessage;
use std::borrow::Cow;

/// Fields that must be signed.
const ALWAYS: [&str; 3] = ["from", "subject", "date"];

/// Fields that must be signed if the mail has them: without them it could be threaded or displayed otherwise. Large providers never sign
/// Content-Type or Content-Transfer-Encoding; they may be left out where the signed body leaves no choice ([`is_evident`], [`is_encoded_so`]).
const IF_PRESENT: [&str; 3] = ["message-id", "content-type", "content-transfer-encoding"];

/// Fields of which a mail has one at most (RFC 5322 §3.6, RFC 2045 §3): of two, the signed one need not be the shown one.
const SINGLE: [&str; 13] = [
    "from",
    "sender",
    "reply-to",
    "to",
    "cc",
    "subject",
    "date",
    "message-id",
    "in-reply-to",
    "references",
    "mime-version",
    "content-type",
    "content-transfer-encoding",
];

/// Whether a signature over the fields `listed` and the whole body covers everything that matters.
pub fn is_covered_by(mail: &AuthenticatedMessage<'_>, listed: &[String]) -> bool {
    let signed = |name: &str| listed.iter().any(|listed| listed.eq_ignore_ascii_case(name));
    let absent = |name: &str| {
        let evident = match name {
            "content-type" => is_evident(mail),
            "content-transfer-encoding" => is_encoded_so(mail),
            _ => false,
        };
        evident || count(mail, name) == 0
    };
    let needed = ALWAYS.iter().all(|name| signed(name)) && IF_PRESENT.iter().all(|name| signed(name) || absent(name));
    needed && SINGLE.iter().all(|name| count(mail, name) <= 1 || !(signed(name) || IF_PRESENT.contains(name)))
}

/// Whether the Content-Type says nothing that the signed body does not show by itself: plain text in UTF-8 or ASCII, or parts whose
/// boundary is the first and the last delimiter in the body. Any other type put in its place would show less, never something else.
fn is_evident(mail: &AuthenticatedMessage<'_>) -> bool {
    let Some(value) = only(mail, "content-type") else { return false };
    let mut parameters = value.split(';').map(str::trim);
    let kind = parameters.next().unwrap_or_default().to_ascii_lowercase();
    let parameter = |wanted: &str| {
        let found = value.split(';').skip(1).filter_map(|one| one.split_once('=')).find(|(name, _)| name.trim().eq_ignore_ascii_case(wanted));
        found.map(|(_, text)| text.trim().trim_matches('"').to_owned())
    };
    let body = body(mail);
    if kind == "text/plain" {
        let is_field = |line: &[u8]| line.get(..13).is_some_and(|start| start.eq_ignore_ascii_case(b"content-type:"));
        return !body.split(|byte| *byte == b'\n').any(is_field)
            && parameter("charset").is_none_or(|charset| charset.eq_ignore_ascii_case("utf-8") || charset.eq_ignore_ascii_case("us-ascii"));
    }
    let Some(boundary) = parameter("boundary").filter(|boundary| kind.starts_with("multipart/") && !boundary.is_empty()) else { return false };
    let mut delimiters = body.split(|byte| *byte == b'\n').map(|line| line.trim_ascii_end()).filter(|line| line.starts_with(b"--"));
    let first = delimiters.next();
    let last = delimiters.next_back();
    first == Some(format!("--{boundary}").as_bytes()) && last == Some(format!("--{boundary}--").as_bytes())
}

/// Whether the signed body can be encoded so, and hardly otherwise: nothing is decoded, or every `=` begins an escape, or it is base64 throughout.
/// Whatever else were put in its place would show less, or the same.
fn is_encoded_so(mail: &AuthenticatedMessage<'_>) -> bool {
    let Some(value) = only(mail, "content-transfer-encoding") else { return false };
    let body = body(mail);
    match value.trim().to_ascii_lowercase().as_str() {
        "7bit" | "8bit" | "binary" => true,
        "quoted-printable" => body.split(|byte| *byte == b'=').skip(1).all(|after| {
            let is_hex = after.get(..2).is_some_and(|pair| pair.iter().all(u8::is_ascii_hexdigit));
            is_hex || after.trim_ascii_start().len() < after.len()
        }),
        "base64" => body.iter().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'/' | b'=' | b'\r' | b'\n')),
        _ => false,
    }
}

/// The value of the only field of that name.
fn only<'a>(mail: &'a AuthenticatedMessage<'_>, name: &str) -> Option<Cow<'a, str>> {
    let mut values = mail.headers.iter().filter(|(raw, _)| raw.trim_ascii().eq_ignore_ascii_case(name.as_bytes()));
    let (Some((_, value)), None) = (values.next(), values.next()) else { return None };
    Some(String::from_utf8_lossy(value))
}

fn body<'a>(mail: &'a AuthenticatedMessage<'_>) -> &'a [u8] {
    mail.raw_message.get(usize::try_from(mail.body_offset).unwrap_or(usize::MAX)..).unwrap_or_default()
}

/// Why not everybody who reads the mail sees the same lines and the one author `from`; `None` if everybody does.
pub fn oddity(mail: &AuthenticatedMessage<'_>, bytes: &[u8], from: &Address) -> Option<Flaw> {
    let same = matches!(mail.from.as_slice(), [only] if only.to_lowercase() == from.folded());
    match has_even_lines(bytes) {
        false => Some(Flaw::UnevenLines),
        true => (!same || count(mail, "from") != 1).then_some(Flaw::DoubtfulHead),
    }
}

/// Whether no field stands twice of which there is one at most.
pub fn has_single_fields(mail: &AuthenticatedMessage<'_>) -> bool {
    SINGLE.iter().all(|name| count(mail, name) <= 1)
}

/// Fields of that name, counting those that only a lenient program takes for it, as in `Subject :`.
fn count(mail: &AuthenticatedMessage<'_>, name: &str) -> usize {
    mail.headers.iter().filter(|(raw, _)| raw.trim_ascii().eq_ignore_ascii_case(name.as_bytes())).count()
}

/// Whether every line ends with CRLF: a lone CR or LF is a line end for some programs only (CVE-2023-51764 and its kin).
fn has_even_lines(bytes: &[u8]) -> bool {
    let ends_whole = bytes.first() != Some(&b'\n') && bytes.last() != Some(&b'\r');
    // Without an early end: so many bytes are looked at together.
    let pairs = bytes.iter().zip(bytes.get(1..).unwrap_or_default());
    ends_whole && pairs.fold(true, |even, (before, byte)| even & ((*before == b'\r') == (*byte == b'\n')))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_that_end_in_two_ways_are_found() {
        assert!(has_even_lines(b"a\r\nb\r\n") && has_even_lines(b"\r\n\r\n") && has_even_lines(b""));
        for bad in [&b"a\r\nb\nc\r\n"[..], b"a\nb\n", b"a\rb\r\n", b"a\r\r\nb", b"a\r\n.\n", b"a\r"] {
            assert!(!has_even_lines(bad), "{bad:?}");
        }
    }
}
