//! Plain texts. That a file is nothing more can only be told by what it is not.

use super::WithheldBecause::{self, CannotBeCleaned, Damaged, NotAllowed, TooLarge};
use crate::letter::attachment;
use crate::letter::encoded::charset_text;

/// Whether its sender calls a file a text, or says nothing of it. A calendar, an address card and a mail are texts too.
pub(super) fn is_said_to_be(declared: &str, name: Option<&str>) -> bool {
    let ending = name.and_then(|name| name.trim().rsplit_once('.')).map(|(_, ending)| ending.to_lowercase());
    matches!(declared, "text/plain" | "text/csv" | "text/markdown" | "text/x-log" | "application/octet-stream" | "application/txt")
        && matches!(ending.as_deref(), None | Some("txt" | "text" | "log" | "csv" | "md"))
}

/// The text in UTF-8 with line feeds, without controls and direction overrides, at most `most` bytes of it.
pub(super) fn clean(bytes: &[u8], charset: &str, most: usize) -> Result<String, WithheldBecause> {
    if bytes.len() > most.saturating_mul(2) {
        return Err(TooLarge);
    }
    let text = decoded(bytes, charset)?.replace("\r\n", "\n").replace('\r', "\n");
    if text.contains('\0') {
        return Err(NotAllowed);
    }
    let clean: String = text.chars().filter(|c| matches!(c, '\n' | '\t') || !hides(*c)).collect();
    match clean.trim() {
        "" => Err(Damaged),
        _ if clean.len() > most => Err(TooLarge),
        // Only now: what was hidden between the letters is gone.
        _ if is_something_else(&clean) => Err(NotAllowed),
        _ => Ok(clean),
    }
}

fn decoded(bytes: &[u8], charset: &str) -> Result<String, WithheldBecause> {
    let wide = |bytes: &[u8], unit: fn([u8; 2]) -> u16| {
        let (pairs, odd) = bytes.as_chunks::<2>();
        let text: Result<String, _> = char::decode_utf16(pairs.iter().copied().map(unit)).collect();
        text.ok().filter(|_| odd.is_empty()).ok_or(Damaged)
    };
    if let Some(rest) = bytes.strip_prefix(b"\xff\xfe") {
        return wide(rest, u16::from_le_bytes);
    }
    if let Some(rest) = bytes.strip_prefix(b"\xfe\xff") {
        return wide(rest, u16::from_be_bytes);
    }
    if bytes.contains(&0) {
        return Err(NotAllowed);
    }
    match std::str::from_utf8(bytes) {
        Ok(text) => Ok(text.to_owned()),
        // Which of the many old charsets it is must not be guessed: other words would cross.
        Err(_) if charset.is_empty() || charset.to_ascii_lowercase().starts_with("utf") || charset.eq_ignore_ascii_case("us-ascii") => Err(CannotBeCleaned),
        Err(_) => Ok(charset_text(charset, bytes)),
    }
}

/// Controls, what turns the direction of reading around, and what nobody sees. The marks that Arabic and Persian are written with stay.
fn hides(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{180e}' | '\u{200b}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff0}'..='\u{fffb}' | '\u{e0000}'..='\u{e0fff}')
}

/// Beginnings of lines that only a program writes: cards, appointments, keys and signatures, heads of mails, packed files.
const MACHINE_LINES: [&str; 14] = [
    "begin:v",
    "-----begin ",
    "received:",
    "return-path:",
    "delivered-to:",
    "dkim-signature:",
    "x-originating-ip:",
    "message-id:",
    "mime-version:",
    "content-type:",
    "content-transfer-encoding:",
    "content-disposition:",
    "=ybegin ",
    "%!ps",
];

/// Parts of pages and drawings.
const MARKUP: [&str; 7] = ["<html", "<!doctype", "<script", "<svg", "<?xml", "<body", "<meta"];

fn is_something_else(text: &str) -> bool {
    let lower = text.to_lowercase();
    let packed = |line: &str| line.strip_prefix("begin ").and_then(|rest| rest.get(..3)).is_some_and(|mode| mode.bytes().all(|byte| byte.is_ascii_digit()));
    attachment::shown(text.as_bytes()).is_some()
        || lower.trim_start().starts_with('<')
        || lower.lines().map(str::trim_start).any(|line| MACHINE_LINES.iter().any(|head| line.starts_with(head)) || packed(line))
        || MARKUP.iter().any(|part| lower.contains(part))
}
