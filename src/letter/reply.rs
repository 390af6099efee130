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
    let new: Vec<&str> = lines.iter().zip(&marks).filter(|(_, mark)| **mark == Mark::New).map(|(line, _)| *line).collect();
    let reply = cut_signature(&new);
    if !reply.text.is_empty() {
        return reply;
    }
    let unsigned = trimmed(&new);
    let own = !unsigned.is_empty();
    let text = if own { unsigned } else { text.trim().to_owned() };
    Reply { text, signature: String::new(), own }
}

fn mark(lines: &[&str]) -> Vec<Mark> {
    let mut marks: Vec<Mark> = lines.iter().map(|line| if quotation::is_quoted(line) { Mark::Quoted } else { Mark::New }).collect();
    let mut at = 0;
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
            at += 1;
            continue;
        };
        let after = at.saturating_add(count);
        let next = lines.get(after..).unwrap_or_default().iter().find(|line| !line.trim().is_empty());
        let quoted_below = next.is_some_and(|line| quotation::is_quoted(line));
        let first = !lines.iter().zip(&marks).take(at).any(|(line, mark)| *mark == Mark::New && !line.trim().is_empty());
        set(&mut marks, at, if quoted_below || first { after } else { lines.len() });
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
const SIGNATURE_LINES: usize = 24;
/// Lines after "Regards," and their length.
const CLOSING_LINES: usize = 7;
const CLOSING_CHARS: usize = 70;

fn cut_signature(lines: &[&str]) -> Reply {
    let begins = lines.iter().enumerate().skip(1).find(|(at, line)| {
        let left = lines.iter().skip(*at).filter(|line| !line.trim().is_empty()).count();
        (quotation::begins_signature(line) && left <= SIGNATURE_LINES) || (quotation::closes(line) && only_a_name(lines.get(*at..).unwrap_or_default()))
    });
    let at = begins.map_or(lines.len(), |(at, _)| at);
    let (text, signature) = lines.split_at_checked(at).unwrap_or((lines, &[]));
    let blank = text.iter().rev().take_while(|line| line.trim().is_empty()).count();
    let signature = trimmed(signature);
    let signature = if signature.is_empty() { signature } else { format!("{}{signature}", "\n".repeat(blank)) };
    Reply { text: trimmed(text), signature, own: true }
}

/// Whether a few short lines are left, as under a letter.
fn only_a_name(lines: &[&str]) -> bool {
    let left: Vec<&&str> = lines.iter().filter(|line| !line.trim().is_empty()).collect();
    left.len() <= CLOSING_LINES && left.iter().all(|line| line.chars().count() <= CLOSING_CHARS)
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
