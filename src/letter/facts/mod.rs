//! Fields that a text surely states (DOMAIN §3.2, §3.4). What is not sure is left out: the service asks, it does not guess.

pub(super) mod amounts;
mod answers;
mod contact;
mod currency;
mod dates;
mod labels;
pub(super) mod listed;
mod money;
mod numbers;
mod person;
mod phone;
pub(super) mod points;
mod product;
#[cfg(test)]
mod readings;
mod remedy;
mod seller;
pub(super) mod terms;

use super::Answer;
use super::fold::{Word, words};
use super::lexicon::{Hit, Lexicon};
use super::pattern::pattern;
use crate::domain::{Address, Day, Fact, Facts, LanguageForm, Proposal};
use regex::{Captures, Regex};
use std::sync::LazyLock;

/// What is known of the mail from which fields are read.
#[derive(Clone, Copy)]
pub(super) struct Source<'a> {
    /// New text with its signature, secrets masked and Western digits.
    pub text: &'a str,
    /// Where the signature begins in it.
    pub signed: usize,
    /// The same without the signature; empty where nothing is the writer's own.
    pub newly: &'a str,
    /// The lines of the text with a digit, and where each begins, see [`lines_with_digits`].
    pub digits: &'a [(usize, &'a str)],
    /// Its words.
    pub words: &'a [Word],
    /// Known phrases in it, in the order of their first words.
    pub hits: &'a [Hit],
    /// Its language.
    pub language: LanguageForm,
    /// Finds phrases in other texts.
    pub lexicon: &'a Lexicon,
    /// The day of the Date field: the year of a date without one.
    pub day: Option<Day>,
    /// Address of the sender.
    pub from: Option<&'a str>,
    /// Display name of the sender.
    pub from_name: Option<&'a str>,
    /// Addresses of the service.
    pub own: &'a [Address],
    /// Domains of these at which the service works in a seller's name.
    pub sellers: &'a [String],
    /// Whether the writer accepts, refuses or makes an offer.
    pub answers_an_offer: bool,
}

/// What was read.
#[derive(Default)]
pub(super) struct Read {
    /// Fields.
    pub facts: Facts,
    /// Answers to questions.
    pub answers: Vec<Answer>,
    /// Values that a person must confirm first.
    pub proposals: Vec<Proposal>,
    /// Where each field came from.
    pub because: Vec<String>,
}

impl Read {
    fn note(&mut self, fact: Fact, value: impl Into<String>, from: &str) {
        if self.facts.get(fact).is_none() {
            let value: String = value.into();
            if !value.trim().is_empty() {
                self.because.push(format!("{}:{from}", fact.name()));
                self.facts.set(fact, value);
            }
        }
    }
}

/// Reads every field.
pub(super) fn read(source: &Source<'_>) -> Read {
    let mut read = Read { answers: answers::read(source), ..Read::default() };
    labels::read(source, &mut read);
    // A signature names its writer, whose employer, capital and telephone are nobody's order.
    let told = source.told();
    numbers::read(&told, &mut read);
    phone::read(source, &mut read);
    money::read(&told, &mut read);
    dates::read(source, &mut read);
    seller::read(&told, &mut read);
    contact::read(&told, &mut read);
    person::read(source, &mut read);
    product::read(&told, &mut read);
    remedy::read(source, &mut read);
    read
}

/// Reads what the writer's own subject says, where the text says nothing of it.
pub(super) fn read_subject(subject: &str, read: &mut Read) {
    numbers::read_subject(subject, read);
}

impl<'a> Source<'a> {
    /// The same without the signature.
    fn told(&self) -> Source<'a> {
        let words = self.words.partition_point(|word| word.end <= self.signed);
        Source {
            text: self.text.get(..self.signed).unwrap_or(self.text),
            digits: self.digits.get(..self.digits.partition_point(|(from, _)| *from < self.signed)).unwrap_or_default(),
            words: self.words.get(..words).unwrap_or_default(),
            hits: self.hits.get(..self.hits.partition_point(|hit| hit.first < words)).unwrap_or_default(),
            ..*self
        }
    }

    /// Whether `hit` is of the steering list `list`, in a form of language that the text is written in.
    #[inline]
    fn steers(&self, hit: &Hit, list: &str) -> bool {
        hit.steers(list) && self.speaks(hit)
    }

    /// Whether words of the hit's form mean something in this text: Arabizi is full of words that mean another thing in French.
    fn speaks(&self, hit: &Hit) -> bool {
        hit.speaks(self.language)
    }

    /// The last hit of one of `lists` that ends within `reach` words before word `at`, in the same sentence.
    fn cue_before<'s>(&'s self, at: usize, reach: usize, lists: &[&'static str]) -> Option<(&'static str, &'s Hit)> {
        let from = at.saturating_sub(reach);
        let from = self
            .words
            .iter()
            .enumerate()
            .take(at.saturating_add(1))
            .skip(from)
            .filter(|(_, word)| word.begins)
            .map(|(place, _)| place)
            .next_back()
            .unwrap_or(from);
        let near = self.hits.partition_point(|hit| hit.first < from);
        let within = self.hits.iter().skip(near).take_while(|hit| hit.first < at).filter(|hit| hit.last < at);
        within.filter_map(|hit| lists.iter().find(|list| self.steers(hit, list)).map(|list| (*list, hit))).max_by_key(|(_, hit)| (hit.last, hit.words()))
    }

    /// The hits that begin with word `at`.
    fn hits_at(&self, at: usize) -> impl Iterator<Item = &Hit> {
        let near = self.hits.partition_point(|hit| hit.first < at);
        self.hits.iter().skip(near).take_while(move |hit| hit.first == at)
    }

    /// The hits that begin within `hit`.
    fn hits_within(&self, hit: &Hit) -> impl Iterator<Item = &Hit> {
        let near = self.hits.partition_point(|other| other.first < hit.first);
        self.hits.iter().skip(near).take_while(move |other| other.first <= hit.last)
    }

    /// Whether a sentence, a line or a numbered answer begins with word `at`.
    fn opens(&self, at: usize) -> bool {
        let Some(word) = self.words.get(at) else { return false };
        let number = at
            .checked_sub(1)
            .and_then(|before| self.words.get(before))
            .filter(|before| before.text.len() <= 2 && before.text.bytes().all(|byte| byte.is_ascii_digit()));
        let marked = number.and_then(|number| self.text.get(number.end..word.start)).is_some_and(|gap| gap.contains([')', '-', '/', '.', '°', ':']));
        word.begins || marked
    }

    /// Whether a given name stands at the head of `hit`: folded, the Arabic preposition "on" is spelt like a name.
    fn is_given(&self, hit: &Hit) -> bool {
        let preposition = hit.phrase == "علي" && self.words.get(hit.first).is_some_and(|word| word.written() == "على");
        let thanked = || hit.first.checked_sub(1).is_some_and(|before| self.hits_at(before).any(|other| other.steers("courtesy")));
        self.steers(hit, "given") && !preposition && !(hit.phrase == "علي" && thanked())
    }

    /// The word that contains or follows the byte `at`.
    fn word_at(&self, at: usize) -> usize {
        self.words.partition_point(|word| word.end <= at)
    }
}

/// The lines of `text` in which a digit stands, with where they begin: every number stands in one line.
pub(super) fn lines_with_digits(text: &str) -> Vec<(usize, &str)> {
    static DIGIT: LazyLock<Regex> = LazyLock::new(|| pattern(r"\d"));
    static WESTERN: LazyLock<Regex> = LazyLock::new(|| pattern("[0-9]"));
    lines_with(text, if may_have_other_digits(text) { &DIGIT } else { &WESTERN }).collect()
}

/// Whether other digits than those of ASCII may stand in `text` (Unicode, Nd): in UTF-8 those of Arabic and Persian are these pairs, and none of the others
/// begins with a byte below these.
fn may_have_other_digits(text: &str) -> bool {
    let pairs = text.as_bytes().iter().zip(text.as_bytes().get(1..).unwrap_or_default());
    let other = |first: u8, second: u8| {
        (first >= 0xdc) & (first != 0xe2) | (first == 0xd9) & (second.wrapping_sub(0xa0) < 10) | (first == 0xdb) & (second.wrapping_sub(0xb0) < 10)
    };
    pairs.fold(0_u8, |found, (first, second)| found | u8::from(other(*first, *second))) > 0
}

/// The lines of `text` in which `wanted` is found, with where they begin. No match of it goes on in another line.
fn lines_with<'t>(text: &'t str, wanted: &Regex) -> impl Iterator<Item = (usize, &'t str)> {
    let mut at = 0usize;
    std::iter::from_fn(move || {
        let found = wanted.find_at(text, at)?;
        let from = text.get(at..found.start())?.rfind('\n').map_or(at, |line| at.saturating_add(line).saturating_add(1));
        let end = text.get(found.end()..)?.find('\n').map_or(text.len(), |line| found.end().saturating_add(line));
        at = end;
        Some((from, text.get(from..end)?))
    })
}

/// What `wanted` finds in `lines`, with where each line begins. No match of it goes on in another line.
fn found_in<'l, 't>(lines: &'l [(usize, &'t str)], wanted: &'l Regex) -> impl Iterator<Item = (usize, Captures<'t>)> {
    lines.iter().flat_map(move |(from, line)| wanted.captures_iter(line).map(move |found| (*from, found)))
}

/// Trims what people put around a value.
fn tidy(value: &str) -> String {
    let value = value.trim_matches(|c: char| c.is_whitespace() || "*_\"'«»“”<>|:;,".contains(c)).trim_end_matches(['.', '!', '?', '؟']).trim();
    value.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The words and phrases of another text.
fn understand(source: &Source<'_>, text: &str) -> (Vec<Word>, Vec<Hit>) {
    let words = words(text);
    let hits = source.lexicon.find(&words);
    (words, hits)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digits_of_other_scripts_are_told_by_their_bytes() {
        let digit = pattern(r"\d");
        for c in (0x80..=0x10_ffff).filter_map(char::from_u32) {
            let text = format!("a{c}");
            assert!(!digit.is_match(&text) || may_have_other_digits(&text), "{c:?}");
        }
        assert!(!may_have_other_digits("l'été « ici » – الطلبية 12 ڭ €"));
    }

    #[test]
    fn lines_with_digits_are_given_with_their_places() {
        let text = "rien\n\nle 3 mars\r\nnon\n١٢ et 4\n9";
        let lines: Vec<(usize, &str)> = lines_with_digits(text);
        assert_eq!(lines, [(6, "le 3 mars\r"), (21, "١٢ et 4"), (31, "9")]);
        assert!(lines.iter().all(|(from, line)| text[*from..].starts_with(line)));
    }
}
