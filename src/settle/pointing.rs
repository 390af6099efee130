//! What a mail of a side says to the points that it was asked about: pure, from what stands under which number (DOMAIN §7.3, feature 1). Nothing is guessed:
//! what stands under no number of the ledger is told to be besides, and a person reads it.

use super::masking::Masking;
use crate::domain::{Act, Dispute, Ledger, Party, Point, Response, Track};
use crate::letter::{Letter, Under};

/// What `letter`, words of `party` that do `act`, says to its points; `None` where it was asked about none, or the mail makes a proposal.
pub(super) fn heard(dispute: &Dispute, party: Party, letter: &Letter, act: &Act) -> Option<Response> {
    let asked = dispute.track() == Track::Mediation && dispute.points.of(party).next().is_some();
    if !asked || letter.terms.is_some() {
        return None;
    }
    // Words beside something else that was done may answer anything.
    if !matches!(act, Act::Spoke(_)) {
        return Some(Response { answers: Vec::new(), beside: true });
    }
    let mut heard = Response { answers: Vec::new(), beside: letter.numbered.beside };
    for under in &letter.numbered.under {
        let Some(point) = dispute.points.of(party).find(|point| point.number == under.number && is_of(under, point)) else {
            heard.beside = true;
            continue;
        };
        let (lines, sure) = answer(under, point);
        // The point itself, copied without an answer, says nothing; what is asked back is no answer.
        let asks = lines.iter().any(|line| line.contains(['?', '؟']));
        heard.beside |= asks || !sure;
        if !asks && !lines.is_empty() {
            let words: String = Masking::default().words(&lines.join("\n")).trim().chars().take(Ledger::LONGEST).collect();
            heard.answers.retain(|(number, _)| *number != under.number);
            heard.answers.push((under.number, words));
        }
    }
    // A photograph may answer anything.
    heard.beside |= heard.answers.is_empty() && !letter.attachments.is_empty();
    Some(heard)
}

/// Whether what is quoted is that point, word for word.
fn is_of(under: &Under, point: &Point) -> bool {
    under.below.is_empty() || letters(&under.below).eq(letters(&point.words))
}

/// The lines that stand under a number, without the point itself where it was copied; and whether all of them surely belong there.
fn answer<'a>(under: &'a Under, point: &Point) -> (Vec<&'a str>, bool) {
    let mut lines: Vec<&str> = under.lines.iter().map(String::as_str).collect();
    let left = lines.first().and_then(|first| without(first, &point.words));
    if let (Some(first), Some(left)) = (lines.first_mut(), left) {
        *first = left;
    }
    lines.retain(|line| line.chars().any(char::is_alphanumeric));
    let sure = lines.len() <= 1 || left.is_some() || !under.below.is_empty();
    (lines, sure)
}

/// What follows the letters of `point` at the head of `line`; `None` if they do not stand there.
fn without<'a>(line: &'a str, point: &str) -> Option<&'a str> {
    let mut wanted = letters(point).peekable();
    wanted.peek()?;
    for (at, c) in line.char_indices() {
        if wanted.peek().is_none() {
            return line.get(at..).map(|rest| rest.trim_start_matches(|c: char| !c.is_alphanumeric()));
        }
        if c.is_alphanumeric() && !c.to_lowercase().eq(std::iter::once(wanted.next()?)) {
            return None;
        }
    }
    wanted.peek().is_none().then_some("")
}

fn letters(text: &str) -> impl Iterator<Item = char> {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn point(words: &str) -> Point {
        let asked = crate::domain::Instant::from_micros(0);
        Point { number: 1, to: Party::Merchant, words: words.to_owned(), asked, again: None, standing: crate::domain::Standing::Open }
    }

    fn under(below: &str, lines: &[&str]) -> Under {
        Under { number: 1, below: below.to_owned(), lines: lines.iter().map(|line| (*line).to_owned()).collect() }
    }

    #[test]
    fn a_point_that_was_copied_is_no_part_of_its_answer() {
        let asked = point("À quelle date le colis est-il parti ?");
        for (lines, left, sure) in [
            (&["À quelle date le colis est-il parti ? Le 5."][..], &["Le 5."][..], true),
            (&["à quelle date le colis est-il parti : le 5"], &["le 5"], true),
            (&["À quelle date le colis est-il parti ?", "Le 5.", "De Rabat."], &["Le 5.", "De Rabat."], true),
            (&["À quelle date le colis est-il parti ?"], &[], true),
            (&["Le 5."], &["Le 5."], true),
            (&["Le 5.", "Le livreur ne répond pas."], &["Le 5.", "Le livreur ne répond pas."], false),
            (&["À quelle date le colis"], &["À quelle date le colis"], true),
        ] {
            assert_eq!(answer(&under("", lines), &asked), (left.to_vec(), sure), "{lines:?}");
        }
        assert!(is_of(&under("À quelle date le colis est-il\nparti ?", &[]), &asked));
        assert!(!is_of(&under("À quelle date ?", &["Le 5."]), &asked), "another numbered line was quoted");
        assert!(answer(&under("À quelle date le colis est-il parti ?", &["Le 5.", "De Rabat."]), &asked).1, "all of it stands below the point");
    }
}
