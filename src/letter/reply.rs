//! New text against quoted text and signature (THREATS T30): what the sender wrote for this mail.

use super::quotation;

/// A text, split.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Reply {
    /// What was newly written.
    pub text: String,
    /// The signature that was cut from it.
    pub signature: String,
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
    let text = if unsigned.is_empty() { text.trim().to_owned() } else { unsigned };
    Reply { text, signature: String::new() }
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
        set(&mut marks, at, if quoted_below { after } else { lines.len() });
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
const SIGNATURE_LINES: usize = 16;

fn cut_signature(lines: &[&str]) -> Reply {
    let begins = lines.iter().enumerate().skip(1).find(|(at, line)| quotation::begins_signature(line) && lines.len().saturating_sub(*at) <= SIGNATURE_LINES);
    match begins {
        Some((at, _)) => {
            let (text, signature) = lines.split_at_checked(at).unwrap_or((lines, &[]));
            Reply { text: trimmed(text), signature: trimmed(signature) }
        }
        None => Reply { text: trimmed(lines), signature: String::new() },
    }
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
        assert_eq!((reply.text.as_str(), reply.signature.as_str()), ("Bonjour", "--\nLeila\n06"));
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
