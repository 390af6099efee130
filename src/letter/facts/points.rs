//! What stands under which number: the points of an order that asks, and in the answer to it what its writer put under each, above, below or between the
//! lines of the letter (DOMAIN §7.3, feature 1). Which point is meant, only who asked knows.

use super::{Source, understand};
use crate::domain::Intent;
use crate::letter::fold::{Words, is_letter, western};
use crate::letter::lexicon::{Hit, Meaning};
use crate::letter::reply::{Passage, is_quoted};
use crate::letter::{Numbered, Under};

/// Lines that are looked at.
const LINES: usize = 400;
/// Numbers that are read of one mail.
const MOST: usize = 60;
/// Characters that are kept under one number.
const LONGEST: usize = 1_000;
/// A line of fewer characters was ended by its writer, a longer one perhaps by the mail program.
const WRAPPED: usize = 45;

/// Words that name a number, folded.
const LABELS: [&str; 17] =
    ["point", "question", "réponse", "reponse", "answer", "q", "r", "n", "no", "nr", "السؤال", "سؤال", "النقطة", "نقطة", "الجواب", "جواب", "su2al"];

/// Letters of the longest of them.
const LABEL_LETTERS: usize = 8;

/// The number that leads `line`, as people set it, and what follows it: "1)", "2.", "3 -", "n° 4 :", "Point 5", "6️⃣", "السؤال 7:".
fn leading(line: &str) -> Option<(u8, &str)> {
    let rest = line.trim_start_matches(|c: char| c.is_whitespace() || matches!(c, '*' | '•' | '–' | '-' | '('));
    // Longer words name none, and need not be seen to their end.
    let letters = rest.char_indices().take(LABEL_LETTERS.saturating_add(1)).take_while(|(_, c)| is_letter(*c));
    let (count, end) = letters.fold((0usize, 0usize), |(count, _), (at, c)| (count.saturating_add(1), at.saturating_add(c.len_utf8())));
    let (label, behind) = rest.split_at_checked(end)?;
    // A number follows what names one, and most lines have none.
    let behind = behind.trim_start_matches(|c: char| c.is_whitespace() || matches!(c, '°' | 'º' | '.' | '('));
    if ![rest, behind].iter().any(|rest| rest.starts_with(|c: char| c.is_ascii_digit())) {
        return None;
    }
    let labelled = (1..=LABEL_LETTERS).contains(&count) && LABELS.contains(&label.to_lowercase().as_str());
    let rest = if labelled { behind } else { rest };
    let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
    let number = rest.get(..digits)?.parse().ok().filter(|number| (1..=99).contains(number))?;
    let after = rest.get(digits..)?;
    let mut marked = after.trim_start_matches(['\u{fe0f}', '\u{20e3}']);
    let keycap = marked.len() < after.len();
    marked = marked.trim_start();
    let next = marked.chars().nth(1);
    let set_off = match marked.chars().next() {
        None | Some(')') => true,
        Some('.' | ':' | '-' | '–' | '—' | '°') => next.is_none_or(|c| !c.is_ascii_digit()),
        Some('/') => next.is_none_or(char::is_whitespace),
        Some(_) => keycap || labelled && after.starts_with(char::is_whitespace),
    };
    let words = marked.trim_start_matches(|c: char| c.is_whitespace() || matches!(c, ')' | '.' | ':' | '-' | '–' | '—' | '°' | '/' | '*')).trim_end();
    (set_off && (digits > 0)).then_some((number, words))
}

/// The numbered lines of `text`, each with the lines that its mail program wrapped, and everything else.
pub fn points_in(text: &str) -> (Vec<String>, String) {
    let (mut points, mut prose): (Vec<String>, Vec<&str>) = (Vec::new(), Vec::new());
    let (mut within, mut before) = (false, "");
    let western = western(text);
    for line in western.lines() {
        match leading(line).filter(|(_, words)| !words.is_empty()) {
            Some((_, words)) => {
                points.push(words.to_owned());
                within = true;
            }
            None if within && is_wrapped(before) && !line.trim().is_empty() => {
                points.iter_mut().last().into_iter().for_each(|point| *point = format!("{point} {}", line.trim()));
            }
            None => {
                within = false;
                prose.push(line);
            }
        }
        before = line;
    }
    (points, prose.join("\n").trim().to_owned())
}

/// Whether a mail program may have ended `line`, and not its writer.
fn is_wrapped(line: &str) -> bool {
    let line = line.trim_end();
    line.chars().count() >= WRAPPED && !line.ends_with(['.', '!', '?', '؟', '…', ':', ';', '؛'])
}

/// What the newly written `passages` put under numbers.
pub(in crate::letter) fn read(source: &Source<'_>, passages: &[Passage]) -> Numbered {
    let (mut found, mut seen) = (Numbered::default(), 0usize);
    for passage in passages {
        let mut open = quoted_point(&passage.below);
        let mut before = "";
        let text = western(&passage.text);
        for line in text.lines().filter(|line| !is_quoted(line)) {
            seen = seen.saturating_add(1);
            if seen > LINES {
                found.beside = true;
                break;
            }
            if line.trim().is_empty() {
                close(&mut open, &mut found);
            } else if let Some((number, words)) = leading(line) {
                close(&mut open, &mut found);
                open = Some(Under { number, below: String::new(), lines: vec![words.to_owned()] });
            } else if let Some(under) = open.as_mut().filter(|_| is_wrapped(before) || !is_courtesy(source, line)) {
                add(under, line, before);
            } else {
                found.beside = found.beside || !is_courtesy(source, line);
            }
            before = line;
        }
        close(&mut open, &mut found);
    }
    found
}

/// Keeps what stands under a number, if anything does.
fn close(open: &mut Option<Under>, found: &mut Numbered) {
    // What was quoted stays open over the blank line below it.
    let Some(under) = open.take_if(|under| !under.lines.is_empty() || under.below.is_empty()) else { return };
    if found.under.len() < MOST && under.lines.iter().any(|line| !line.is_empty()) {
        found.under.push(under);
    }
}

fn add(under: &mut Under, line: &str, before: &str) {
    let kept: usize = under.lines.iter().map(String::len).sum();
    let line: String = line.trim().chars().take(LONGEST.saturating_sub(kept.min(LONGEST))).collect();
    match under.lines.last_mut() {
        Some(last) if is_wrapped(before) => *last = format!("{last} {line}"),
        _ => under.lines.push(line),
    }
}

/// The numbered line that a quotation ends with, and the rest of it.
fn quoted_point(quoted: &str) -> Option<Under> {
    let quoted = western(quoted);
    let bare = |line: &str| line.trim_start_matches(|c: char| c.is_whitespace() || matches!(c, '>' | '|' | '＞')).trim().to_owned();
    let lines: Vec<String> = quoted.lines().map(bare).filter(|line| !line.is_empty()).collect();
    let at = lines.iter().rposition(|line| leading(line).is_some())?;
    let (number, words) = leading(lines.get(at)?)?;
    let rest = lines.get(at.saturating_add(1)..).unwrap_or_default();
    let below = std::iter::once(words.to_owned()).chain(rest.iter().cloned()).collect::<Vec<_>>().join(" ");
    Some(Under { number, below, lines: Vec::new() })
}

/// Greetings that no lexicon has, folded.
const GREETINGS: [&str; 16] =
    ["bonjour", "bonsoir", "salut", "madame", "monsieur", "hello", "hi", "dear", "good", "salam", "slm", "سلام", "السلام", "تحيه", "مرحبا", "صباح"];
/// Words of a greeting with a name.
const GREETED: usize = 5;

/// A line that only greets or thanks, perhaps by name. A yes is no courtesy: it may be an answer.
fn is_courtesy(source: &Source<'_>, line: &str) -> bool {
    // Most lines are too long for one, and then their words need not be looked up.
    if line.contains(['?', '؟']) || Words::of(line).nth(GREETED).is_some() {
        return Words::of(line).next().is_none();
    }
    let (words, hits) = understand(source, line);
    let yes = |hit: &Hit| matches!(hit.meaning, Meaning::Intent(Intent::Accept | Intent::Confirm, _));
    if words.is_empty() {
        return true;
    }
    if hits.iter().any(yes) {
        return false;
    }
    let polite = |at: usize| hits.iter().any(|hit| hit.first <= at && at <= hit.last && hit.steers("courtesy"));
    let greets = |at: usize| words.get(at).is_some_and(|word| GREETINGS.contains(&word.text.as_str()));
    let spoken = |hit: &Hit| matches!(hit.meaning, Meaning::Intent(..)) || ["denies", "but", "lacks"].iter().any(|list| hit.steers(list));
    let says = |at: usize| hits.iter().any(|hit| hit.first <= at && at <= hit.last && spoken(hit));
    let named = |at: usize| {
        let spelt = words.get(at).and_then(|word| line.get(word.start..)).and_then(|rest| rest.chars().next());
        spelt.is_some_and(|c| c.is_uppercase() || ('\u{600}'..='\u{6ff}').contains(&c)) && !says(at)
    };
    (polite(0) || greets(0)) && (0..words.len()).all(|at| polite(at) || greets(at) || named(at))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::letter::{Knowledge, Limits, read, tests::knowledge};

    fn numbered(knowledge: &Knowledge, text: &str) -> Numbered {
        let mail = format!("From: Karim <karim@example.org>\nIn-Reply-To: <q@service.example>\nContent-Type: text/plain; charset=utf-8\n\n{text}\n");
        read(mail.as_bytes(), knowledge, &Limits::default()).numbered
    }

    fn under(knowledge: &Knowledge, text: &str) -> (Vec<(u8, String)>, bool) {
        let found = numbered(knowledge, text);
        (found.under.into_iter().map(|under| (under.number, under.lines.join("|"))).collect(), found.beside)
    }

    #[test]
    fn what_stands_under_a_number_is_read_in_every_form() {
        let knowledge = knowledge();
        let one = |number: u8, words: &str| (number, words.to_owned());
        for (text, expected, beside) in [
            ("1. Le 5 novembre\n2) non", vec![one(1, "Le 5 novembre"), one(2, "non")], false),
            ("Bonjour,\n\n2- oui\n1/ Amana\n\nMerci beaucoup", vec![one(2, "oui"), one(1, "Amana")], false),
            ("١. يوم 5 نونبر\n٢- لا", vec![one(1, "يوم 5 نونبر"), one(2, "لا")], false),
            ("السلام عليكم\nالسؤال 1: نعم\nشكرا", vec![one(1, "نعم")], false),
            ("Point 3 : je ne sais pas", vec![one(3, "je ne sais pas")], false),
            ("n°2: safi wslatni", vec![one(2, "safi wslatni")], false),
            ("1️⃣ oui", vec![one(1, "oui")], false),
            ("1.oui\n2-non\nPoint 3 peut-être", vec![one(1, "oui"), one(2, "non"), one(3, "peut-être")], false),
            ("1. \n2. non", vec![one(2, "non")], false),
            ("1. Le 5.\nPour le livreur, je ne sais pas.", vec![one(1, "Le 5.|Pour le livreur, je ne sais pas.")], false),
            ("1. Le 5.\n\nPour le livreur, je ne sais pas.", vec![one(1, "Le 5.")], true),
            (
                "1. Le colis a été remis au transporteur le 5 novembre à\nRabat.",
                vec![one(1, "Le colis a été remis au transporteur le 5 novembre à Rabat.")],
                false,
            ),
            ("Le 5 novembre, et non.", vec![], true),
            ("oui", vec![], true),
            ("Bonjour Nadia,\nMerci.", vec![], false),
            ("Bonjour jamais reçu", vec![], true),
            ("3.5 kg, le 5/11", vec![], true),
            ("10:30 demain", vec![], true),
            ("2 colis", vec![], true),
        ] {
            assert_eq!(under(&knowledge, text), (expected, beside), "{text}");
        }
    }

    #[test]
    fn what_stands_below_a_quoted_point_is_under_it() {
        let text = [
            "Bonjour,\n\nLe 23 nov. 2026 à 10:00, Médiation <m@e.example> a écrit :\n> À vous : répondez.\n>\n> 1. À quelle date le colis a-t-il été remis au transporteur, et par",
            "> qui ?\n\nLe 5 novembre, par moi.\n\n> 2. Qui est le transporteur ?\nAmana\n> Répondez sous chaque numéro.",
        ];
        let found = numbered(&knowledge(), &text.join("\n"));
        assert_eq!(
            found.under,
            [
                Under {
                    number: 1,
                    below: "À quelle date le colis a-t-il été remis au transporteur, et par qui ?".to_owned(),
                    lines: vec!["Le 5 novembre, par moi.".to_owned()]
                },
                Under { number: 2, below: "Qui est le transporteur ?".to_owned(), lines: vec!["Amana".to_owned()] },
            ]
        );
        assert!(!found.beside);
    }

    #[test]
    fn the_points_of_an_order_stand_apart_from_what_is_said_around_them() {
        let (points, prose) = points_in(
            "Bonjour, deux choses :\n1. À quelle date le colis a-t-il été remis au transporteur, et à\nquel endroit ?\n٢) ومن هو الناقل؟\nMerci,\nNadia",
        );
        assert_eq!(points, ["À quelle date le colis a-t-il été remis au transporteur, et à quel endroit ?", "ومن هو الناقل؟"]);
        assert_eq!(prose, "Bonjour, deux choses :\nMerci,\nNadia");
        assert_eq!(points_in("Où est le colis ?").0, Vec::<String>::new());
    }
}
