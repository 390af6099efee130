//! What stands beside a code: whether it leaves a yes a plain one. A qualified acceptance is an offer, which a person reads (DOMAIN §4.6).

use super::{CommandWords, LINES, stated};
use crate::domain::Intent;
use crate::letter::fold::{Word, words};
use crate::letter::lexicon::{Hit, Meaning};

/// Last words of the line above a code that can make it no answer: "je ne veux pas", "dois-je écrire".
const ABOVE: usize = 3;
/// Words after "I want" within which a number says how much.
const MUCH: usize = 3;
/// Words after a Moroccan "ma" within which the verb that it denies ends.
const CIRCLED: usize = 2;
/// Who says something, or asks, before a line of its own.
const STEERS_BELOW: [&str; 3] = ["denies", "doubts", "reports"];

/// The lines of a mail in which no code stands.
pub(super) struct Beside {
    words: Vec<Word>,
    hits: Vec<Hit>,
    /// Whether a line says "and that too", or only asks.
    marked: bool,
}

impl Beside {
    /// Of `text`.
    pub(super) fn of(text: &str, known: &CommandWords, hits: &impl Fn(&[Word]) -> Vec<Hit>) -> Self {
        let mut rest = String::with_capacity(text.len());
        for (place, line) in text.lines().filter(|line| !line.trim().is_empty()).enumerate() {
            if place >= LINES || stated(line, known, hits).is_none() {
                rest.extend([line, "\n"]);
            }
        }
        let words = words(&rest);
        let hits = hits(&words);
        Self { words, hits, marked: rest.lines().any(is_marked) }
    }

    /// Whether something else is wanted, or denied: such a yes is none to what was asked.
    pub(super) fn alters(&self) -> bool {
        self.marked || self.hits.iter().any(|hit| hit.steers("denies") && self.denies(hit) || hit.steers("asks") && self.asks_for_so_much(hit))
    }

    /// Whether a denial is more than a formula: "no problem" denies nothing.
    fn denies(&self, hit: &Hit) -> bool {
        let harmless = self.hits.iter().any(|other| other.steers("harmless") && other.first <= hit.first && hit.last <= other.last);
        // The word is "what" and "my" too, but where the verb behind it ends as a denied one does.
        let circled = !matches!(hit.phrase.as_str(), "ma" | "ما")
            || self.behind(hit, CIRCLED).any(|word| word.text.ends_with("ch") || word.text.ends_with('x') || word.text.ends_with('ش'));
        !harmless && circled
    }

    fn asks_for_so_much(&self, hit: &Hit) -> bool {
        self.behind(hit, MUCH).any(|word| word.text.bytes().filter(u8::is_ascii_digit).count() > 1)
    }

    fn behind(&self, hit: &Hit, reach: usize) -> impl Iterator<Item = &Word> {
        self.words.iter().skip(hit.last.saturating_add(1)).take(reach)
    }
}

/// A line that adds something ("+ frais de port"), or of nothing but question marks.
fn is_marked(line: &str) -> bool {
    let text = line.trim();
    let adds = text.strip_prefix('+').is_some_and(|rest| rest.trim_start().starts_with(char::is_alphabetic));
    adds || text.contains(['?', '؟']) && text.chars().all(|c| "?؟! .".contains(c))
}

/// Whether the line `above` a code says that it is none: it ends in a denial, a question, or with who else said it, and no sentence ends there.
pub(super) fn is_taken_back_above(above: &str, hits: &impl Fn(&[Word]) -> Vec<Hit>) -> bool {
    let above = above.trim_end();
    if above.is_empty() || above.ends_with(['.', '!', '…']) {
        return false;
    }
    let words = words(above);
    let near = |hit: &Hit| hit.last.saturating_add(ABOVE) >= words.len();
    above.ends_with(['?', '؟']) || hits(&words).iter().any(|hit| near(hit) && STEERS_BELOW.iter().any(|list| hit.steers(list)))
}

/// Whether the rest of the line takes such a wish back: "MÉDIATION : non merci". What is proposed may deny what it likes.
pub(super) fn is_unwished(intent: Intent, spoken: &[Word], length: usize, hits: &impl Fn(&[Word]) -> Vec<Hit>) -> bool {
    let rest = spoken.get(length..).unwrap_or_default();
    let taken_back =
        |hit: &Hit| ["denies", "but", "after", "doubts"].iter().any(|list| hit.steers(list)) || matches!(hit.meaning, Meaning::Intent(Intent::Refuse, _));
    intent != Intent::Counter && !rest.is_empty() && hits(rest).iter().any(taken_back)
}
