//! The finished bytes of a letter → every text in it, decoded as strictly as the program encodes them: what could be read in two ways is refused.

use super::Leak;
use super::readable::readable;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;

/// Parts within parts that a letter of ours never exceeds.
const DEEPEST: u8 = 4;
/// Parts of one letter, and the fields of one head.
const MOST_PARTS: usize = 100;
const MOST_FIELDS: usize = 200;

/// Something that stands in a letter.
pub(super) enum Piece {
    /// Text: a head, a field, a text part, what stands between the parts.
    Text(String),
    /// An HTML page.
    Page(String),
    /// What can be read in the bytes of a picture or a PDF.
    Bytes(String),
}

/// Everything in `message`, heads before bodies.
pub(super) fn pieces(message: &[u8]) -> Result<Vec<Piece>, Leak> {
    let text = std::str::from_utf8(message).map_err(|_| Leak::Opaque)?;
    // Programs disagree about what ends at a bare CR, a bare LF or a NUL (THREATS T13).
    let pairs = message.iter().zip(message.get(1..).unwrap_or_default());
    let uneven = pairs.fold(false, |uneven, (before, byte)| uneven | ((*before == b'\r') != (*byte == b'\n')));
    if uneven || text.starts_with('\n') || text.ends_with('\r') || text.contains('\0') {
        return Err(Leak::Opaque);
    }
    let mut pieces = Vec::new();
    entity(text, DEEPEST, &mut pieces)?;
    Ok(pieces)
}

fn entity(text: &str, deeper: u8, pieces: &mut Vec<Piece>) -> Result<(), Leak> {
    let (head, body) = match text.strip_prefix("\r\n") {
        Some(body) => ("", body),
        None => text.split_once("\r\n\r\n").ok_or(Leak::Opaque)?,
    };
    if pieces.len() > MOST_PARTS.saturating_mul(MOST_FIELDS) {
        return Err(Leak::Opaque);
    }
    let fields = fields(head)?;
    pieces.push(Piece::Text(head.to_owned()));
    for (name, value) in &fields {
        pieces.push(Piece::Text(format!("{name}: {}", encoded_words(value)?)));
        pieces.push(Piece::Text(joined(&parameters(value))));
    }
    let declared = Declared::read(&fields)?;
    match (declared.kind.as_str(), declared.encoding.as_str()) {
        (multipart, "7bit" | "8bit") if multipart.starts_with("multipart/") => parts(body, &declared, deeper, pieces),
        ("text/plain", _) if declared.is_utf8 => {
            pieces.push(Piece::Text(decoded_text(body, &declared.encoding)?));
            Ok(())
        }
        ("text/html", _) if declared.is_utf8 => {
            pieces.push(Piece::Page(decoded_text(body, &declared.encoding)?));
            Ok(())
        }
        (closed, _) => {
            let bytes = decoded(body, &declared.encoding)?;
            // A picture or a paper is what its first bytes say, or it is not known what a program would make of it.
            let is_such = match closed {
                "image/jpeg" => bytes.starts_with(&[0xff, 0xd8, 0xff]),
                "image/png" => bytes.starts_with(b"\x89PNG\r\n\x1a\n"),
                "application/pdf" => bytes.starts_with(b"%PDF-"),
                _ => false,
            };
            let mut found = String::new();
            readable(&bytes, &mut found);
            pieces.push(Piece::Bytes(found));
            if is_such { Ok(()) } else { Err(Leak::Opaque) }
        }
    }
}

/// The parts of a multipart body (RFC 2046 §5.1), with what stands before and after them, which nobody is shown and everybody receives.
fn parts(body: &str, declared: &Declared, deeper: u8, pieces: &mut Vec<Piece>) -> Result<(), Leak> {
    let deeper = deeper.checked_sub(1).ok_or(Leak::Opaque)?;
    let boundary = declared.boundary.as_deref().filter(|boundary| !boundary.is_empty()).ok_or(Leak::Opaque)?;
    let delimiter = format!("\r\n--{boundary}");
    let framed = format!("\r\n{body}");
    let mut between = framed.split(delimiter.as_str());
    pieces.push(Piece::Text(between.next().unwrap_or_default().to_owned()));
    let mut closed = false;
    for (number, section) in between.enumerate() {
        if closed || number >= MOST_PARTS {
            return Err(Leak::Opaque);
        }
        match section.strip_prefix("--") {
            Some(after) if after.is_empty() || after.starts_with("\r\n") => {
                closed = true;
                pieces.push(Piece::Text(after.to_owned()));
            }
            _ => entity(section.strip_prefix("\r\n").ok_or(Leak::Opaque)?, deeper, pieces)?,
        }
    }
    if closed { Ok(()) } else { Err(Leak::Opaque) }
}

/// What a head says of its body.
struct Declared {
    kind: String,
    is_utf8: bool,
    boundary: Option<String>,
    encoding: String,
}

impl Declared {
    fn read(fields: &[(String, String)]) -> Result<Self, Leak> {
        let only = |name: &str| -> Result<Option<&str>, Leak> {
            let mut named = fields.iter().filter(|(known, _)| known.eq_ignore_ascii_case(name)).map(|(_, value)| value.as_str());
            let first = named.next();
            if named.next().is_some() { Err(Leak::Opaque) } else { Ok(first) }
        };
        let content_type = only("Content-Type")?.unwrap_or("text/plain");
        let kind = content_type.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
        let parameters = parameters(content_type);
        let named = |name: &str| parameters.iter().find(|(known, _)| known == name).map(|(_, value)| value.clone());
        let charset = named("charset").map_or_else(|| "us-ascii".to_owned(), |charset| charset.to_ascii_lowercase());
        let encoding = only("Content-Transfer-Encoding")?.map_or_else(|| "7bit".to_owned(), |encoding| encoding.trim().to_ascii_lowercase());
        Ok(Self { kind, is_utf8: matches!(charset.as_str(), "utf-8" | "us-ascii"), boundary: named("boundary"), encoding })
    }
}

/// Names and unfolded values (RFC 5322 §2.2).
fn fields(head: &str) -> Result<Vec<(String, String)>, Leak> {
    let mut fields: Vec<(String, String)> = Vec::new();
    for line in head.split("\r\n").filter(|_| !head.is_empty()) {
        if line.starts_with([' ', '\t']) {
            let (_, value) = fields.last_mut().ok_or(Leak::Opaque)?;
            value.push_str(line);
        } else {
            let (name, value) = line.split_once(':').ok_or(Leak::Opaque)?;
            let is_name = !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_graphic());
            if !is_name || fields.len() >= MOST_FIELDS {
                return Err(Leak::Opaque);
            }
            fields.push((name.to_owned(), value.trim().to_owned()));
        }
    }
    Ok(fields)
}

/// The parameters of a field (RFC 2045 §5.1), names in lower case, quotes taken off.
fn parameters(value: &str) -> Vec<(String, String)> {
    let (mut quoted, mut escaped) = (false, false);
    let pieces = value.split(|c: char| {
        let ends = c == ';' && !quoted;
        quoted ^= c == '"' && !escaped;
        escaped = c == '\\' && quoted && !escaped;
        ends
    });
    let pair = |piece: &str| piece.split_once('=').map(|(name, value)| (name.trim().to_ascii_lowercase(), value.trim().trim_matches('"').replace('\\', "")));
    pieces.skip(1).filter_map(pair).collect()
}

/// Values of parameters in a row: those that were cut into numbered pieces (RFC 2231 §3) are whole again.
fn joined(parameters: &[(String, String)]) -> String {
    let (mut text, mut before) = (String::new(), "");
    for (name, value) in parameters {
        let base = name.split('*').next().unwrap_or_default();
        if base != before {
            text.push('\n');
        }
        before = base;
        text.push_str(value.strip_prefix("utf-8''").or_else(|| value.strip_prefix("UTF-8''")).unwrap_or(value));
    }
    text
}

/// A field's value with its encoded words decoded (RFC 2047); the bytes of neighbours belong together.
fn encoded_words(value: &str) -> Result<String, Leak> {
    let (mut text, mut bytes) = (String::new(), Vec::new());
    let mut rest = value;
    while let Some((before, after)) = rest.split_once("=?") {
        let mut inside = after.splitn(3, '?');
        let (charset, coding, left) = (inside.next().unwrap_or_default(), inside.next().unwrap_or_default(), inside.next().ok_or(Leak::Opaque)?);
        let (content, left) = left.split_once("?=").ok_or(Leak::Opaque)?;
        if !matches!(charset.to_ascii_lowercase().as_str(), "utf-8" | "us-ascii") {
            return Err(Leak::Opaque);
        }
        if bytes.is_empty() || !before.trim().is_empty() {
            text.push_str(&flushed(&mut bytes)?);
            text.push_str(before);
        }
        match coding {
            "b" | "B" => bytes.extend(STANDARD.decode(content).map_err(|_| Leak::Opaque)?),
            "q" | "Q" => bytes.extend(quoted_printable(&content.replace('_', " "))?),
            _ => return Err(Leak::Opaque),
        }
        rest = left;
    }
    Ok(text + &flushed(&mut bytes)? + rest)
}

fn flushed(bytes: &mut Vec<u8>) -> Result<String, Leak> {
    String::from_utf8(std::mem::take(bytes)).map_err(|_| Leak::Opaque)
}

fn decoded_text(body: &str, encoding: &str) -> Result<String, Leak> {
    String::from_utf8(decoded(body, encoding)?).map_err(|_| Leak::Opaque)
}

fn decoded(body: &str, encoding: &str) -> Result<Vec<u8>, Leak> {
    match encoding {
        "7bit" | "8bit" => Ok(body.as_bytes().to_vec()),
        "quoted-printable" => quoted_printable(body),
        "base64" => STANDARD.decode(body.replace("\r\n", "")).map_err(|_| Leak::Opaque),
        _ => Err(Leak::Opaque),
    }
}

/// RFC 2045 §6.7, without leniency.
fn quoted_printable(body: &str) -> Result<Vec<u8>, Leak> {
    let mut bytes = Vec::with_capacity(body.len());
    let mut rest = body.as_bytes();
    loop {
        let plain = rest.iter().position(|byte| *byte == b'=').unwrap_or(rest.len());
        let (before, from) = rest.split_at_checked(plain).ok_or(Leak::Opaque)?;
        if !before.is_ascii() {
            return Err(Leak::Opaque);
        }
        bytes.extend_from_slice(before);
        rest = match from {
            [] => return Ok(bytes),
            [_, b'\r', b'\n', left @ ..] => left,
            [_, high, low, left @ ..] => {
                let (high, low) = (char::from(*high).to_digit(16).ok_or(Leak::Opaque)?, char::from(*low).to_digit(16).ok_or(Leak::Opaque)?);
                bytes.push((high << 4 | low) as u8);
                left
            }
            _ => return Err(Leak::Opaque),
        };
    }
}
