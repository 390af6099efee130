//! What stands beside a code: whether it leaves a yes a plain one, and a no one that was meant. A qualified acceptance is an offer, which a person reads
//! (DOMAIN §4.6).

use super::{CommandWords, LINES, Stated, stated, without_codes};
use crate::domain::{Intent, Reference};
use crate::letter::facts::amounts;
use crate::letter::fold::{Word, words};
use crate::letter::lexicon::{Hit, Meaning};
use std::ops::Range;

/// Last words of the line above a code that can make it no answer: "je ne veux pas", "dois-je écrire".
const ABOVE: usize = 3;
/// Words after "I want" within which a number says how much.
const MUCH: usize = 3;
/// Words after a Moroccan "ma" within which the verb that it denies ends.
const CIRCLED: usize = 2;
/// Words of a line of a signature in which somebody still says something; longer ones are notices.
const SIGNED: usize = 12;
/// Words of a line that is only a name, or that of a shop.
const NAME: usize = 5;
/// Digits in a line that are a telephone number, or that of an order.
const LONG: usize = 8;
/// Who says something, or asks, before a line of its own.
const STEERS_BELOW: [&str; 2] = ["doubts", "reports"];

/// What a mail says beside its codes.
pub(super) struct Beside {
    /// The lines in which no code stands.
    rest: Said,
    /// All lines, without the codes in them.
    whole: Said,
    /// The short lines of the signature.
    under: Said,
    /// Whether a line says "and that too", or only asks.
    marked: bool,
}

/// A text with its words and the phrases that are known in it.
struct Said {
    text: String,
    words: Vec<Word>,
    hits: Vec<Hit>,
}

impl Said {
    fn of(text: String, hits: &impl Fn(&[Word]) -> Vec<Hit>) -> Self {
        let words = words(&text);
        let hits = hits(&words);
        Self { text, words, hits }
    }

    fn steers(&self, list: &str) -> bool {
        self.hits.iter().any(|hit| hit.steers(list))
    }

    /// Whether a sentence begins with `hit`.
    fn opens(&self, hit: &Hit) -> bool {
        hit.first == 0 || self.words.get(hit.first).is_some_and(|word| word.begins)
    }

    /// Whether a denial is more than a formula: "no problem" denies nothing, and "no. 12" neither.
    fn denies(&self, hit: &Hit) -> bool {
        let harmless = self.hits.iter().any(|other| other.steers("harmless") && other.first <= hit.first && hit.last <= other.last);
        // The word is "what" and "my" too, but where the verb behind it ends as a denied one does.
        let circled = !matches!(hit.phrase.as_str(), "ma" | "ما")
            || self.behind(hit, CIRCLED).any(|word| word.text.ends_with("ch") || word.text.ends_with('x') || word.text.ends_with('ش'));
        let counts = matches!(hit.phrase.as_str(), "n" | "no") && self.behind(hit, 1).any(|word| word.text.bytes().any(|byte| byte.is_ascii_digit()));
        hit.steers("denies") && !harmless && circled && !counts
    }

    fn behind(&self, hit: &Hit, reach: usize) -> impl Iterator<Item = &Word> {
        self.words.iter().skip(hit.last.saturating_add(1)).take(reach)
    }

    /// Whether its writer says that it was a slip, or another thing than was written.
    fn slips(&self) -> bool {
        self.hits.iter().any(|hit| hit.steers("slips") && (hit.words() > 1 || self.opens(hit)))
    }

    /// Which words belong to what may stand beside a yes.
    fn covered(&self, intent: Intent) -> Vec<bool> {
        let mut covered = vec![false; self.words.len()];
        for hit in self.hits.iter().filter(|hit| is_plain_beside(hit, intent)) {
            covered.iter_mut().take(hit.last.saturating_add(1)).skip(hit.first).for_each(|word| *word = true);
        }
        let amounts = amounts::places(&self.text);
        for line in self.lines() {
            let text = line.clone().next().zip(line.clone().next_back()).and_then(|(first, last)| {
                let (first, last) = (self.words.get(first)?, self.words.get(last)?);
                self.text.get(first.start..last.end)
            });
            let digits = text.map_or(0, |text| text.bytes().filter(u8::is_ascii_digit).count());
            let contact = text.is_some_and(|text| ["@", "www.", "http"].iter().any(|sign| text.contains(sign)) || !Reference::find_all(text).is_empty());
            let named = self.is_name(line.clone());
            for (word, covered) in line.clone().filter_map(|at| self.words.get(at)).zip(covered.iter_mut().skip(line.start)) {
                let number = word.text.bytes().any(|byte| byte.is_ascii_digit());
                let sum = amounts.iter().any(|place| place.start <= word.start && word.end <= place.end);
                // What was done has a day and a number; what is agreed to has those that were offered.
                *covered |=
                    named || sum || contact && (number || is_of_address(text, word, &self.text)) || number && (digits >= LONG || intent == Intent::Performed);
            }
        }
        covered
    }

    /// The words of each line.
    fn lines(&self) -> Vec<Range<usize>> {
        let parted = |before: &Word, next: &Word| !self.text.get(before.end..next.start).is_some_and(|gap| gap.contains('\n'));
        let mut at = 0usize;
        self.words
            .chunk_by(parted)
            .map(|line| {
                let from = at;
                at = from.saturating_add(line.len());
                from..at
            })
            .collect()
    }

    /// Whether a line is only the name of a person or a shop: all its words are set with capitals, or a given name stands in it, and none of them says
    /// anything else.
    fn is_name(&self, line: Range<usize>) -> bool {
        if line.len() > NAME {
            return false;
        }
        let here = || self.hits.iter().filter(|hit| line.contains(&hit.first));
        let given = here().any(|hit| hit.steers("given"));
        let only_names = here().all(|hit| {
            let list = ["given", "shop", "seller", "sellers", "speakers", "named", "called", "others", "stops", "courtesy", "marks"]
                .iter()
                .any(|list| hit.steers(list));
            list || matches!(hit.meaning, Meaning::City(_) | Meaning::Label(_))
        });
        let set = |at: usize| self.words.get(at).map_or("", |word| word.written());
        let titled = line.clone().all(|at| set(at).starts_with(char::is_uppercase));
        let shouted = line.clone().all(|at| !set(at).chars().any(char::is_lowercase));
        only_names && (given || titled && !shouted)
    }
}

/// Whether a word stands in an address or a link of its line.
fn is_of_address(line: Option<&str>, word: &Word, text: &str) -> bool {
    let before = text.get(..word.start).unwrap_or_default().rsplit(char::is_whitespace).next().unwrap_or_default();
    let after = text.get(word.end..).unwrap_or_default().split(char::is_whitespace).next().unwrap_or_default();
    line.is_some() && [before, after].iter().any(|side| ["@", "www", "http", "://", "EL-"].iter().any(|sign| side.contains(sign)))
        || matches!(word.written(), "EL" | "el")
}

/// Whether those words leave a yes what it is.
fn is_plain_beside(hit: &Hit, intent: Intent) -> bool {
    let yes =
        matches!(&hit.meaning, Meaning::Intent(Intent::Accept | Intent::Grant | Intent::Confirm | Intent::Performed | Intent::Share | Intent::Resolved, _));
    // Which remedy is granted is compared with what was offered; one that was received may be another.
    let compared = matches!(&hit.meaning, Meaning::Remedy(_)) && intent != Intent::Performed || matches!(&hit.meaning, Meaning::Payment(_));
    yes || compared || !hit.gapped && ["plain", "courtesy", "harmless", "given"].iter().any(|list| hit.steers(list))
}

impl Beside {
    /// Of `text` above the signature `under`.
    pub(super) fn of(text: &str, under: &str, known: &CommandWords, hits: &impl Fn(&[Word]) -> Vec<Hit>) -> Self {
        let mut rest = String::with_capacity(text.len());
        for (place, line) in text.lines().filter(|line| !line.trim().is_empty()).enumerate() {
            if place >= LINES || stated(line, known, hits).is_none() {
                rest.extend([line, "\n"]);
            }
        }
        let marked = rest.lines().any(is_marked);
        let signed: String = under.lines().filter(|line| line.split_whitespace().count() <= SIGNED).flat_map(|line| [line, "\n"]).collect();
        let whole = without_codes(text, known, hits);
        Self { rest: Said::of(rest, hits), whole: Said::of(whole, hits), under: Said::of(signed, hits), marked }
    }

    /// Whether nothing in the line, and no condition anywhere, makes a yes another thing.
    pub(super) fn leaves_plain(&self, intent: Intent, stated: &Stated) -> bool {
        let conditional = self.whole.steers("but") || self.under.steers("but");
        stated.plain && !conditional && !(matches!(intent, Intent::Accept | Intent::Grant) && self.is_postponed())
    }

    /// A sentence that opens with "as soon as" goes on with what was accepted.
    fn is_postponed(&self) -> bool {
        [&self.whole, &self.under].iter().any(|said| said.hits.iter().any(|hit| hit.steers("after") && said.opens(hit)))
    }

    /// Whether an end is to come once something happened, or if it does.
    pub(super) fn waits(&self) -> bool {
        self.is_postponed() || self.whole.steers("but") || self.under.steers("but")
    }

    /// Whether something else is wanted, or denied: such a yes is none to what was asked.
    pub(super) fn alters(&self) -> bool {
        let otherwise = |hit: &Hit| {
            matches!(hit.meaning, Meaning::Intent(Intent::Refuse | Intent::Withdraw | Intent::Counter | Intent::NotPerformed | Intent::NotConcerned, true))
        };
        let asks = |hit: &Hit| hit.steers("asks") && self.asks_for_so_much(hit);
        self.marked || self.denies_anything() || self.rest.hits.iter().any(asks) || self.under.hits.iter().any(otherwise)
    }

    /// Whether every word beside the codes is one that may stand beside a yes: nobody can list all that a condition is made of.
    pub(super) fn is_plain(&self, intent: Intent) -> bool {
        !self.whole.text.contains('%') && self.rest.covered(intent).into_iter().all(|covered| covered)
    }

    /// Whether anything is denied.
    pub(super) fn denies_anything(&self) -> bool {
        [&self.rest, &self.under].iter().any(|said| said.hits.iter().any(|hit| said.denies(hit)))
    }

    /// Whether its writer takes back what was written with a code, or only asks about it.
    pub(super) fn is_taken_back(&self) -> bool {
        self.whole.slips() || self.under.slips() || self.rest.text.lines().any(is_question)
    }

    fn asks_for_so_much(&self, hit: &Hit) -> bool {
        self.rest.behind(hit, MUCH).any(|word| word.text.bytes().filter(u8::is_ascii_digit).count() > 1)
    }
}

/// A line that adds something ("+ frais de port"), or of nothing but question marks.
fn is_marked(line: &str) -> bool {
    let adds = line.trim().strip_prefix('+').is_some_and(|rest| rest.trim_start().starts_with(char::is_alphabetic));
    adds || is_question(line)
}

fn is_question(line: &str) -> bool {
    line.contains(['?', '؟']) && line.trim().chars().all(|c| "?؟! .".contains(c))
}

/// Whether the line `above` a code says that it is none: it ends in a question, or with who else said it, and no sentence ends there; with `denials` also where
/// it denies something.
pub(super) fn is_taken_back_above(above: &str, hits: &impl Fn(&[Word]) -> Vec<Hit>, denials: bool) -> bool {
    let above = above.trim_end();
    if above.is_empty() || above.ends_with(['.', '!', '…']) {
        return false;
    }
    let words = words(above);
    let near = |hit: &Hit| hit.last.saturating_add(ABOVE) >= words.len();
    let steers = |hit: &Hit| STEERS_BELOW.iter().any(|list| hit.steers(list)) || denials && hit.steers("denies");
    above.ends_with(['?', '؟']) || goes_on(above, hits) || hits(&words).iter().any(|hit| near(hit) && steers(hit))
}

/// Whether the line `above` another goes on in it: it ends with a word with which none ends, or a mail program broke it there.
pub(super) fn goes_on(above: &str, hits: &impl Fn(&[Word]) -> Vec<Hit>) -> bool {
    let above = above.trim_end();
    if above.is_empty() || above.ends_with(['.', '!', '?', '؟', '…', ':', ';', ',', '،']) {
        return false;
    }
    let words = words(above);
    let last = |hit: &Hit| hit.last.saturating_add(1) == words.len();
    above.chars().count() >= WRAPPED
        || hits(&words).iter().any(|hit| last(hit) && (hit.steers("denies") || hit.steers("doubts") || hit.steers("reports") || hit.steers("runs")))
}

/// A line of so many letters was perhaps ended by the mail program.
const WRAPPED: usize = 45;

/// Whether `text` opens with a denial: "non finalement", "pas du tout".
pub(super) fn opens_with_denial(text: &str, hits: &impl Fn(&[Word]) -> Vec<Hit>) -> bool {
    let said = Said::of(text.to_owned(), hits);
    said.hits.iter().any(|hit| hit.first == 0 && said.denies(hit))
}

/// Whether the rest of the line takes such a wish back: "MÉDIATION : non merci". What is proposed may deny what it likes.
pub(super) fn is_unwished(intent: Intent, spoken: &[Word], length: usize, hits: &impl Fn(&[Word]) -> Vec<Hit>) -> bool {
    let rest = spoken.get(length..).unwrap_or_default();
    let taken_back =
        |hit: &Hit| ["denies", "but", "after", "doubts"].iter().any(|list| hit.steers(list)) || matches!(hit.meaning, Meaning::Intent(Intent::Refuse, _));
    intent != Intent::Counter && !rest.is_empty() && hits(rest).iter().any(taken_back)
}
