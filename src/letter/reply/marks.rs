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

/// GroupWise introduces between arrows what it leaves unmarked, and Notes with a date between dashes: "Desk ---02/03/2026 09:00:00---Votre demande".
pub(super) fn is_arrowed(line: &str) -> bool {
    let line = line.trim();
    let dated = |text: &str| text.len() <= 40 && text.bytes().filter(u8::is_ascii_digit).count() >= 8 && text.bytes().any(|byte| byte == b':');
    let arrowed = line.starts_with(">>>") && line.ends_with(">>>") && line.bytes().filter(u8::is_ascii_digit).count() >= 3;
    let dashed =
        || line.split_once("---").and_then(|(name, rest)| rest.split_once("---").filter(|_| !name.trim().is_empty())).is_some_and(|(date, _)| dated(date));
    line.len() < 300 && (arrowed || dashed())
}

#[cfg(test)]
mod tests {
    use super::is_arrowed;

    #[test]
    fn introductions_between_arrows_and_dashes_are_known() {
        for line in [">>> Desk <d@e.org> 02/03/26 09:00 >>>", "Mediation Desk ---23/11/2026 09:00:00---[EL-7K3Q] Your request"] {
            assert!(is_arrowed(line), "{line}");
        }
        for line in ["---23/11/2026 09:00:00---", "Le colis --- enfin --- est là", "Tél --- 0522001122 --- 9h", "--------", ""] {
            assert!(!is_arrowed(line), "{line}");
        }
    }
}
