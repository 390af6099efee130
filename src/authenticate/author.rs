//! What a signature must cover so that nobody can change what a mail says and who says it (THREATS T4, T5, T11, T12).

use crate::domain::Address;
use mail_auth::AuthenticatedMessage;
use mail_auth::common::headers::Header;
use mail_auth::dkim::Signature;

/// Fields that must be signed.
const ALWAYS: [&str; 3] = ["from", "subject", "date"];

/// Fields that must be signed if the mail has them: without them it could be threaded or displayed otherwise. Large providers
/// never sign Content-Type; it may be left out where the signed body leaves no choice ([`is_evident`]).
const IF_PRESENT: [&str; 2] = ["message-id", "content-type"];

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

/// Whether the signature covers everything that matters.
pub fn is_covered_by(mail: &AuthenticatedMessage<'_>, header: &Header<'_, Signature>) -> bool {
    let signed = |name: &str| header.header.h.iter().any(|listed| listed.eq_ignore_ascii_case(name));
    let absent = |name: &str| count(mail, name) == 0 || (name == "content-type" && is_evident(mail));
    let needed = ALWAYS.iter().all(|name| signed(name)) && IF_PRESENT.iter().all(|name| signed(name) || absent(name));
    needed && SINGLE.iter().all(|name| count(mail, name) <= 1 || !(signed(name) || IF_PRESENT.contains(name)))
}

/// Whether the Content-Type says nothing that the signed body does not show by itself: plain text in UTF-8 or ASCII, or parts whose
/// boundary is the first and the last delimiter in the body. Any other type put in its place would show less, never something else.
fn is_evident(mail: &AuthenticatedMessage<'_>) -> bool {
    let mut values = mail.headers.iter().filter(|(name, _)| name.trim_ascii().eq_ignore_ascii_case(b"content-type"));
    let (Some((_, value)), None) = (values.next(), values.next()) else { return false };
    let value = String::from_utf8_lossy(value);
    let mut parameters = value.split(';').map(str::trim);
    let kind = parameters.next().unwrap_or_default().to_ascii_lowercase();
    let parameter = |wanted: &str| {
        let found = value.split(';').skip(1).filter_map(|one| one.split_once('=')).find(|(name, _)| name.trim().eq_ignore_ascii_case(wanted));
        found.map(|(_, text)| text.trim().trim_matches('"').to_owned())
    };
    let body = mail.raw_message.get(usize::try_from(mail.body_offset).unwrap_or(usize::MAX)..).unwrap_or_default();
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

/// Whether everybody who reads the mail sees the same lines and the one author `from`.
pub fn is_one_plain_mail(mail: &AuthenticatedMessage<'_>, bytes: &[u8], from: &Address) -> bool {
    let seen = mail.from.as_slice();
    let same = matches!(seen, [only] if only.to_lowercase() == from.folded());
    same && count(mail, "from") == 1 && has_even_lines(bytes)
}

/// Fields of that name, counting those that only a lenient program takes for it, as in `Subject :`.
fn count(mail: &AuthenticatedMessage<'_>, name: &str) -> usize {
    mail.headers.iter().filter(|(raw, _)| raw.trim_ascii().eq_ignore_ascii_case(name.as_bytes())).count()
}

/// Whether every line ends with CRLF: a lone CR or LF is a line end for some programs only (CVE-2023-51764 and its kin).
fn has_even_lines(bytes: &[u8]) -> bool {
    let mut before = b' ';
    for byte in bytes {
        if (before == b'\r') != (*byte == b'\n') {
            return false;
        }
        before = *byte;
    }
    before != b'\r'
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
