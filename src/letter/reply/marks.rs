//! Lines that are marked by their first characters.

use super::super::fold::is_silent;

/// Whether the line itself is marked as quoted: `>`, or the initials of a writer before it.
pub(in crate::letter) fn is_quoted(line: &str) -> bool {
    let line = line.trim_start_matches(|c: char| c.is_whitespace() || is_silent(c));
    let initials = line.bytes().take(3).take_while(u8::is_ascii_uppercase).count();
    line.starts_with(['>', '＞']) || line.get(initials..).is_some_and(|rest| initials > 0 && rest.starts_with('>') && !line.contains('<'))
}

/// A line of underscores or dashes.
pub(super) fn is_rule(line: &str) -> bool {
    let line = line.trim();
    (line.len() >= 8 || line.len() >= 4 && line.starts_with('=')) && line.chars().all(|c| matches!(c, '_' | '-' | '=' | '*' | '—' | '─' | '–'))
}

/// GroupWise introduces between arrows what it leaves unmarked.
pub(super) fn is_arrowed(line: &str) -> bool {
    let line = line.trim();
    line.len() < 300 && line.starts_with(">>>") && line.ends_with(">>>") && line.bytes().filter(u8::is_ascii_digit).count() >= 3
}
