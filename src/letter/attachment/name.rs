//! Names of files that a person may read and a system may write: no folders, no controls, no disguise.

/// Characters of a name that are kept.
const NAME_CHARS: usize = 200;
/// Characters of its ending that are kept when it is longer.
const ENDING_CHARS: usize = 20;

/// Names that mean a device wherever they stand on Windows, whatever their ending.
const DEVICES: [&str; 6] = ["con", "prn", "aux", "nul", "conin$", "conout$"];

/// A name without folders, controls and direction marks, which no system takes for a device; empty if nothing is left.
pub(super) fn safe(name: &str) -> String {
    let last = name.rsplit(['/', '\\']).next().unwrap_or(name);
    let clean: String = last.chars().map(|c| if c.is_whitespace() { ' ' } else { c }).filter(|c| !hides(*c)).collect();
    let clean = clean.trim_matches(|c: char| c == ' ').trim_end_matches(['.', ' ']).to_owned();
    let short = shorten(&clean);
    if is_device(&short) { format!("_{short}") } else { short }
}

/// Controls, direction marks and what has no width: what is read would not be what is there.
pub(super) fn hides(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}')
}

fn shorten(name: &str) -> String {
    let count = name.chars().count();
    if count <= NAME_CHARS {
        return name.to_owned();
    }
    let ending: String = name
        .rsplit_once('.')
        .map(|(_, ending)| ending)
        .filter(|ending| ending.chars().count() < ENDING_CHARS)
        .map(|ending| format!("….{ending}"))
        .unwrap_or_default();
    let kept = NAME_CHARS.saturating_sub(ending.chars().count());
    name.chars().take(kept).chain(ending.chars()).collect()
}

fn is_device(name: &str) -> bool {
    let stem = name.split('.').next().unwrap_or_default().trim().to_lowercase();
    let numbered = stem.strip_prefix("com").or_else(|| stem.strip_prefix("lpt"));
    DEVICES.contains(&stem.as_str())
        || numbered.is_some_and(|number| matches!(number, "0" | "1" | "2" | "3" | "4" | "5" | "6" | "7" | "8" | "9" | "¹" | "²" | "³"))
}

#[cfg(test)]
mod tests {
    use super::safe;

    #[test]
    fn names_lose_folders_and_disguises() {
        for (written, name) in [
            ("../../etc/passwd", "passwd"),
            ("C:\\x\\facture\u{202e}fdp.exe\0", "facturefdp.exe"),
            ("..", ""),
            ("a/..", ""),
            ("CON", "_CON"),
            ("nul.txt", "_nul.txt"),
            ("com1 .pdf", "_com1 .pdf"),
            ("contrat.pdf", "contrat.pdf"),
            ("facture.pdf. . ", "facture.pdf"),
            ("a\tb\u{a0}c.pdf", "a b c.pdf"),
            ("a\u{308}o\u{308}.pdf", "a\u{308}o\u{308}.pdf"),
            ("وصل.pdf", "وصل.pdf"),
        ] {
            assert_eq!(safe(written), name, "{written:?}");
        }
        let long = safe(&format!("{}.pdf", "é".repeat(10_000)));
        assert!(long.chars().count() == 200 && long.ends_with("é….pdf"), "{long}");
        assert_eq!(safe(&"a.".repeat(10_000)).chars().count(), 200);
    }
}
