//! Whose words the lines are: a pasted chat, or an answer that the writer copied, is not what he says himself.

use crate::letter::fold::Word;
use crate::letter::lexicon::Hit;

/// Words of a label before a colon.
const LABEL: usize = 4;
/// Words of a line that leads to what another wrote.
const LEAD: usize = 10;
/// Bytes of the time before a name in a chat.
const STAMP: usize = 32;
/// Articles before a label.
const ARTICLES: [&str; 5] = ["le", "la", "les", "l", "the"];

/// Whether what another wrote may stand in the lines below.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Below {
    /// No.
    Own,
    /// In the next line.
    Next,
    /// In the next paragraph.
    Awaited,
    /// In the rest of this one.
    Copied,
}

/// The byte ranges of `text` in which another speaks: in a chat, behind a label, and below a line that says that a copy follows.
pub(super) fn lines_of_others(text: &str, words: &[Word], hits: &[Hit]) -> Vec<(usize, usize)> {
    let (mut found, mut below, mut from) = (Vec::new(), Below::Own, 0usize);
    for line in text.split_inclusive('\n') {
        let until = from.saturating_add(line.len());
        let first = words.partition_point(|word| word.start < from);
        let said = words.get(first..words.partition_point(|word| word.start < until)).unwrap_or_default();
        let hits = hits_within(hits, first, first.saturating_add(said.len()));
        let colon = line.find([':', '：']).map(|at| from.saturating_add(at));
        let label = said.iter().take_while(|word| colon.is_some_and(|colon| word.end <= colon)).count();
        let spoken = speaker(said, hits, first, label).zip(colon);
        if is_stamped(line) {
            found.push((from, until));
            below = Below::Own;
        } else if let Some((copied, colon)) = spoken {
            found.push((colon, until));
            below = if label < said.len() { Below::Own } else { copied };
        } else if leads(line, said, hits, first) {
            below = Below::Awaited;
        } else if said.is_empty() {
            below = if below == Below::Awaited { below } else { Below::Own };
        } else if (1..=LABEL).contains(&label) || below == Below::Own {
            below = Below::Own;
        } else {
            found.push((from, until));
            below = if below == Below::Next { Below::Own } else { Below::Copied };
        }
        from = until;
    }
    found
}

/// The hits that begin from word `first` until before word `end`.
fn hits_within(hits: &[Hit], first: usize, end: usize) -> &[Hit] {
    let range = hits.partition_point(|hit| hit.first < first)..hits.partition_point(|hit| hit.first < end);
    hits.get(range).unwrap_or_default()
}

/// Whether the `label` words before a colon name another who speaks, and where else than behind it his words may stand.
fn speaker(said: &[Word], hits: &[Hit], first: usize, label: usize) -> Option<Below> {
    let end = first.saturating_add(label);
    let leads = |hit: &&Hit| {
        let before = said.get(..hit.first.saturating_sub(first)).unwrap_or_default();
        hit.last < end && hit.steers("speakers") && before.iter().all(|word| ARTICLES.contains(&word.text.as_str()))
    };
    let named = hits.iter().filter(leads).max_by_key(|hit| hit.words()).filter(|_| label <= LABEL);
    let copied = hits.iter().any(|hit| hit.last < end && hit.steers("quotes")) && label <= LEAD;
    match named {
        _ if copied => Some(Below::Awaited),
        Some(hit) if hit.words() > 1 => Some(Below::Awaited),
        Some(_) => Some(Below::Next),
        None => None,
    }
}

/// Whether a line ends in the words by which people lead to a copy: "their answer, word for word".
fn leads(line: &str, said: &[Word], hits: &[Hit], first: usize) -> bool {
    let last = first.saturating_add(said.len()).checked_sub(1);
    let open = !line.trim_end().ends_with(['.', '!', '?', '؟', '…']);
    open && said.len() <= LEAD && hits.iter().any(|hit| hit.steers("quotes") && Some(hit.last) == last)
}

/// Whether a line is one of a chat: a time, a name and a colon. "12/11/26, 14:03 - Zina: …"
fn is_stamped(line: &str) -> bool {
    let line = line.trim_start().trim_start_matches(['[', '\u{200e}', '\u{200f}']);
    if !line.starts_with(|c: char| c.is_ascii_digit()) {
        return false;
    }
    let name = line.trim_start_matches(|c: char| c.is_ascii_digit() || " []/.,:-–\u{202f}".contains(c));
    let stamp = line.get(..line.len().saturating_sub(name.len())).unwrap_or_default();
    let digit = |at: Option<usize>| at.and_then(|at| stamp.as_bytes().get(at)).is_some_and(u8::is_ascii_digit);
    let timed = stamp.match_indices(':').any(|(at, _)| digit(at.checked_sub(1)) && digit(at.checked_add(1)));
    let speaks = name.split_once(':').is_some_and(|(name, _)| (1..=LABEL).contains(&name.split_whitespace().count()));
    timed && stamp.len() <= STAMP && speaks
}

#[cfg(test)]
mod tests {
    use super::is_stamped;

    #[test]
    fn a_line_of_a_chat_has_a_time_and_a_name() {
        for line in ["12/11/26, 14:03 - Boutique Zina: d'accord", "[12/11/2026 14:03:22] Zina: ok", "14:03 - Zina Shop : ok", "2026-11-12 14:03 Zina: ok"] {
            assert!(is_stamped(line), "{line}");
        }
        for line in
            ["12/11/2026 : j'accepte", "1. Montant : j'accepte", "14:03", "14h03 - ok", "Zina: ok", "2: ok", "14:03 je vous ai écrit ceci hier soir : ok"]
        {
            assert!(!is_stamped(line), "{line}");
        }
    }
}
