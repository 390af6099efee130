//! text/enriched (RFC 1896) → text.

/// The command whose content is not shown.
const UNSEEN: &str = "param";

/// The text that `enriched` shows: without its commands; a single end of a line is a blank, and of several one is left out.
pub(in crate::letter) fn enriched(enriched: &str) -> String {
    let plain = enriched.replace('\r', "");
    let mut shown = String::with_capacity(plain.len());
    let mut ends = 0usize;
    let (mut rest, mut unseen) = (plain.as_str(), 0usize);
    while let Some(c) = rest.chars().next() {
        let after = rest.get(c.len_utf8()..).unwrap_or_default();
        if c == '<'
            && !after.starts_with('<')
            && let Some((command, after)) = after.split_once('>')
        {
            match command.strip_prefix('/') {
                Some(name) if name.eq_ignore_ascii_case(UNSEEN) => unseen = unseen.saturating_sub(1),
                None if command.eq_ignore_ascii_case(UNSEEN) => unseen = unseen.saturating_add(1),
                _ => {}
            }
            rest = after;
            continue;
        }
        rest = if c == '<' { after.strip_prefix('<').unwrap_or(after) } else { after };
        if c == '\n' {
            ends = ends.saturating_add(1);
            continue;
        }
        if unseen > 0 {
            continue;
        }
        match std::mem::take(&mut ends) {
            0 => {}
            1 => shown.push(' '),
            several => (1..several).for_each(|_| shown.push('\n')),
        }
        shown.push(c);
    }
    shown.trim().to_owned()
}
