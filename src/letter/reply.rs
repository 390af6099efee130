//! New text against quoted text and signature (THREATS T30): what the sender wrote for this mail.

use super::quotation;

/// A text, split.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Reply {
    /// What was newly written.
    pub text: String,
    /// The signature that was cut from it, with the blank lines before it: `text`, a line feed and it give the new text back.
    pub signature: String,
    /// Whether anything was newly written: if not, `text` is what others wrote, and commands nothing.
    pub own: bool,
}

/// What a line is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Mark {
    New,
    Quoted,
}

/// Splits `text`. If stripping would leave nothing, nothing is stripped.
pub(super) fn split(text: &str) -> Reply {
    let lines: Vec<&str> = text.lines().collect();
    let marks = mark(&lines);
    let (mut new, mut signature): (Vec<&str>, Vec<&str>) = (Vec::new(), Vec::new());
    let numbered: Vec<(&str, Mark)> = lines.into_iter().zip(marks).collect();
    for passage in numbered.chunk_by(|left, right| left.1 == right.1).filter(|passage| passage.first().is_some_and(|(_, mark)| *mark == Mark::New)) {
        let passage: Vec<&str> = passage.iter().map(|(line, _)| *line).collect();
        let at = signature_at(&passage, new.is_empty());
        let (kept, cut) = passage.split_at_checked(at).unwrap_or((&passage, &[]));
        if signature.is_empty() && !cut.is_empty() {
            signature.extend(kept.iter().rev().take_while(|line| line.trim().is_empty()));
        }
        new.extend(kept);
        signature.extend(cut);
    }
    let written = trimmed(&new);
    if !written.is_empty() {
        let signature = signature.iter().map(|line| line.trim_end()).collect::<Vec<_>>().join("\n").trim_end().to_owned();
        return Reply { text: written, signature, own: true };
    }
    let all = trimmed(&signature);
    let own = !all.is_empty();
    Reply { text: if own { all } else { text.trim().to_owned() }, signature: String::new(), own }
}

fn mark(lines: &[&str]) -> Vec<Mark> {
    let mut marks: Vec<Mark> = lines.iter().map(|line| if quotation::is_quoted(line) { Mark::Quoted } else { Mark::New }).collect();
    let (mut at, mut own) = (0, false);
    while at < lines.len() {
        if marks.get(at) == Some(&Mark::Quoted) {
            at += 1;
            continue;
        }
        let ahead = lines.get(at..).unwrap_or_default();
        if quotation::begins_copy(ahead) {
            set(&mut marks, at, lines.len());
            break;
        }
        let Some(count) = quotation::attribution(ahead) else {
            own |= !ahead.first().is_some_and(|line| line.trim().is_empty());
            at += 1;
            continue;
        };
        let after = at.saturating_add(count);
        let next = lines.get(after..).unwrap_or_default().iter().find(|line| !line.trim().is_empty());
        let quoted_below = next.is_some_and(|line| quotation::is_quoted(line));
        set(&mut marks, at, if quoted_below || !own { after } else { lines.len() });
        at = after;
    }
    marks
}

fn set(marks: &mut [Mark], from: usize, to: usize) {
    for mark in marks.iter_mut().take(to).skip(from) {
        *mark = Mark::Quoted;
    }
}

/// Lines that a signature may have.
const SIGNATURE_LINES: usize = 40;
/// Lines after a line of dashes, and their length.
const DASHED_LINES: usize = 12;
const DASHED_CHARS: usize = 50;
/// Lines after "Regards," and their length.
const CLOSING_LINES: usize = 7;
const CLOSING_CHARS: usize = 70;

/// Where a signature begins in a passage of new lines; its length if nowhere. The first line of a mail is no signature.
fn signature_at(lines: &[&str], first: bool) -> usize {
    let mut left = lines.iter().filter(|line| !line.trim().is_empty()).count();
    for (at, line) in lines.iter().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
        let rest = lines.get(at..).unwrap_or_default();
        let begins = (quotation::begins_signature(line) && left <= SIGNATURE_LINES)
            || (quotation::is_dashes(line) && left <= DASHED_LINES && only_short(rest, DASHED_CHARS))
            || (left <= CLOSING_LINES && quotation::closes(line) && only_short(rest, CLOSING_CHARS));
        if begins && !(first && at == 0) {
            return at;
        }
        left = left.saturating_sub(1);
    }
    lines.len()
}

fn only_short(lines: &[&str], chars: usize) -> bool {
    lines.iter().all(|line| line.chars().count() <= chars)
}

/// Without blank lines at both ends and blanks at the ends of lines.
fn trimmed(lines: &[&str]) -> String {
    lines.iter().map(|line| line.trim_end()).collect::<Vec<_>>().join("\n").trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::split;

    fn new(text: &str) -> String {
        split(text).text
    }

    #[test]
    fn every_usual_way_to_quote_is_cut() {
        for quote in [
            "On Mon, Mar 2, 2026 at 9:00 AM Desk <desk@example.org> wrote:\n> old",
            "Le lun. 2 mars 2026 à 09:00, Desk <desk@example.org> a\nécrit :\n\n> old",
            "Le 02/03/2026 à 09:00, Desk a écrit :\n> old",
            "في الاثنين، 2 مارس 2026 في 9:00 ص تمت كتابة ما يلي بواسطة Desk <desk@example.org>:\n> old",
            "بتاريخ 2 مارس 2026، كتب Desk <desk@example.org>:\n> old",
            "-----Original Message-----\nFrom: Desk\nSent: Monday\nTo: me\nSubject: x\n\nold",
            "-----Message d'origine-----\nDe : Desk\nold",
            "________________________________\nDe : Desk <desk@example.org>\nEnvoyé : lundi 2 mars 2026 09:00\nÀ : moi\nObjet : x\n\nold",
            "From: Desk <desk@example.org>\nSent: Monday, March 2, 2026 9:00 AM\nTo: me\nSubject: x\n\nold",
            "من: Desk <desk@example.org>\nتم الإرسال: الاثنين\nإلى: me\nالموضوع: x\n\nold",
            "-------- Message original --------\nDe : Desk\nold",
            "---------- Forwarded message ----------\nold",
            "> old",
        ] {
            assert_eq!(new(&format!("J'accepte.\n\n{quote}\n")), "J'accepte.", "{quote}");
        }
    }

    #[test]
    fn answers_between_and_below_quoted_lines_are_kept() {
        assert_eq!(new("> 1) N° ?\n48213\n> 2) Montant ?\n450 DH"), "48213\n450 DH");
        assert_eq!(new("On Mon, 2 Mar 2026, Desk <d@e.org> wrote:\n> old\n\nmy answer"), "my answer");
    }

    #[test]
    fn signatures_are_cut_and_kept_apart() {
        let reply = split("Bonjour\n\n-- \nLeila\n06");
        assert_eq!((reply.text.as_str(), reply.signature.as_str()), ("Bonjour", "\n--\nLeila\n06"));
        assert_eq!(new("CONFIRMER K7P\n\nEnvoyé de mon iPhone"), "CONFIRMER K7P");
        assert_eq!(new("ok\nSent from my Samsung Galaxy"), "ok");
    }

    #[test]
    fn if_nothing_is_left_nothing_is_stripped() {
        assert_eq!(new("> only\n> quoted"), "> only\n> quoted");
        assert_eq!(new("---------- Forwarded message ----------\nFrom: a\nhello"), "---------- Forwarded message ----------\nFrom: a\nhello");
        assert_eq!(new(""), "");
    }

    #[test]
    fn ordinary_sentences_are_not_taken_for_quotes() {
        for text in [
            "Le 3 mars le vendeur m'a écrit : votre colis arrive",
            "De : la boutique je n'ai rien",
            "On Monday I wrote: to them",
            "Le vendeur m'a écrit :\nvotre colis arrive",
        ] {
            assert_eq!(new(text), text);
        }
    }
}
