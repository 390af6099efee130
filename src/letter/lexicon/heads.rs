//! Phrases by how they begin: those that begin alike are tried together, and only those whose next word may stand there.

use super::super::fold::Word;
use super::compare::GAP;
use super::{ARTICLE, Entry, Hit, Meaning, Pattern};
use crate::letter::stem::{INFLECTED, arabic_stems, plain_stem, without_article};
use std::ops::Range;

/// Phrases that are looked up by the same key, while the lexicon is built.
#[derive(Debug, Default)]
pub(super) struct Gathered {
    heads: Vec<Head>,
    entries: usize,
}

/// Phrases whose first words are compared in the same way.
#[derive(Debug)]
pub(super) struct Head {
    /// What each needs after its first word.
    needs: Vec<Needs>,
    /// The phrases, with their places on the shelf.
    entries: Vec<(usize, Entry)>,
    /// Where there are many: which of them may stand before which words.
    sorted: Option<Sorted>,
}

/// Phrases so few are looked through one by one.
const FEW: usize = 12;

/// What a phrase needs after its first word, by the two letters with which words may begin.
#[derive(Debug, Clone, Copy)]
enum Needs {
    /// Nothing.
    Nothing,
    /// Such a word next.
    Next(u64),
    /// Such a word among the next few.
    Near(u64),
}

impl Gathered {
    /// Adds a phrase that has a first word.
    pub fn place(&mut self, entry: Entry) {
        let numbered = (self.entries, entry);
        self.entries = self.entries.saturating_add(1);
        let needs = Needs::of(&numbered.1);
        match self.heads.iter_mut().find(|head| head.begins_like(&numbered.1)) {
            Some(head) => {
                head.needs.push(needs);
                head.entries.push(numbered);
            }
            None => self.heads.push(Head { needs: vec![needs], entries: vec![numbered], sorted: None }),
        }
    }

    /// Puts its heads behind `all`, and says where they stand.
    pub fn sorted(mut self, all: &mut Vec<Head>) -> Range<usize> {
        let first = all.len();
        for head in &mut self.heads {
            head.sorted = (head.entries.len() > FEW).then(|| Sorted::by(&head.needs));
        }
        all.append(&mut self.heads);
        first..all.len()
    }
}

impl Head {
    /// Tells `hear` of the phrases that stand at word `at`, which fits the head, and of their places on the shelf.
    pub fn find(&self, text: &[Word], at: usize, ahead: Ahead, mut hear: impl FnMut(usize, Hit)) {
        let mut compare = |(place, entry): &(usize, Entry)| {
            if let Some(hit) = entry.at(text, at) {
                hear(*place, hit);
            }
        };
        match &self.sorted {
            Some(sorted) => sorted.met(ahead, |number| self.entries.get(number).into_iter().for_each(&mut compare)),
            None => self.needs.iter().zip(&self.entries).filter(|(needs, _)| needs.may_be_met(ahead)).for_each(|(_, entry)| compare(entry)),
        }
    }

    fn begins_like(&self, other: &Entry) -> bool {
        let Some((_, entry)) = self.entries.first() else { return false };
        let intent = |entry: &Entry| matches!(entry.known.meaning, Meaning::Intent(..));
        let same = match (entry.patterns.first(), other.patterns.first()) {
            (Some(Pattern::Exact(one)), Some(Pattern::Exact(other))) | (Some(Pattern::Prefix(one)), Some(Pattern::Prefix(other))) => one == other,
            (Some(Pattern::Sound(one, bare)), Some(Pattern::Sound(other, other_bare))) => one == other && bare == other_bare,
            (Some(Pattern::Number), Some(Pattern::Number)) => true,
            _ => false,
        };
        same && entry.loose == other.loose && entry.known.form == other.known.form && intent(entry) == intent(other)
    }

    /// Whether `word` fits it.
    pub fn fits(&self, word: &Word) -> bool {
        self.entries.first().is_some_and(|(_, entry)| entry.patterns.first().is_some_and(|pattern| entry.fits(pattern, word, true)))
    }
}

impl Needs {
    fn of(entry: &Entry) -> Self {
        let mut rest = entry.patterns.iter().skip(1);
        match rest.next() {
            None => Needs::Nothing,
            Some(Pattern::Gap) => rest.find(|pattern| !matches!(pattern, Pattern::Gap)).map_or(Needs::Nothing, |pattern| Needs::Near(letters_of(pattern))),
            Some(pattern) => Needs::Next(letters_of(pattern)),
        }
    }

    fn may_be_met(self, ahead: Ahead) -> bool {
        match self {
            Needs::Nothing => true,
            Needs::Next(letters) => letters & ahead.next != 0,
            Needs::Near(letters) => letters & ahead.near != 0,
        }
    }
}

/// Phrases by what they need, with their numbers.
#[derive(Debug)]
struct Sorted {
    nothing: Vec<usize>,
    next: ByLetters,
    near: ByLetters,
}

impl Sorted {
    fn by(needs: &[Needs]) -> Self {
        let numbered = || needs.iter().enumerate();
        let nothing = numbered().filter(|(_, needs)| matches!(needs, Needs::Nothing)).map(|(number, _)| number).collect();
        let next = numbered().filter_map(|(number, needs)| if let Needs::Next(letters) = needs { Some((number, *letters)) } else { None });
        let near = numbered().filter_map(|(number, needs)| if let Needs::Near(letters) = needs { Some((number, *letters)) } else { None });
        Sorted { nothing, next: ByLetters::of(next), near: ByLetters::of(near) }
    }

    /// Tells `hear` the numbers of those whose needs may be met.
    fn met(&self, ahead: Ahead, mut hear: impl FnMut(usize)) {
        self.nothing.iter().for_each(|number| hear(*number));
        self.next.any_of(ahead.next, &mut hear);
        self.near.any_of(ahead.near, &mut hear);
    }
}

/// Numbers by the letters of which each has one or several.
#[derive(Debug)]
struct ByLetters {
    /// For each letter the numbers that have it, with all their letters.
    numbers: Vec<Vec<(usize, u64)>>,
}

impl ByLetters {
    fn of(lettered: impl Iterator<Item = (usize, u64)>) -> Self {
        let mut numbers: Vec<Vec<(usize, u64)>> = Vec::new();
        for (number, letters) in lettered {
            numbers.resize_with(LETTERS, Vec::new);
            let of_letters = numbers.iter_mut().zip(0u32..).filter(|(_, letter)| letters & 1u64.wrapping_shl(*letter) != 0);
            of_letters.for_each(|(numbers, _)| numbers.push((number, letters)));
        }
        ByLetters { numbers }
    }

    /// Tells `hear` the numbers that have any of `letters`, each once.
    fn any_of(&self, letters: u64, mut hear: impl FnMut(usize)) {
        let mut left = letters;
        while left != 0 && !self.numbers.is_empty() {
            let letter = left.trailing_zeros();
            left &= left.wrapping_sub(1);
            let numbers = self.numbers.get(letter as usize).into_iter().flatten();
            // Those of several letters are heard with the first that is wanted.
            numbers.filter(|(_, own)| (own & letters).trailing_zeros() == letter).for_each(|(number, _)| hear(*number));
        }
    }
}

/// Bits for letters.
const LETTERS: usize = 64;

/// With which letters the words begin that follow a place of a text, without what may be written onto them.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Ahead {
    next: u64,
    near: u64,
}

impl Ahead {
    /// What follows each word of `text`, of which `plain` says with which letters each may be found.
    pub fn of_each(text: &[Word], plain: &[u64]) -> Vec<Ahead> {
        let articles: Vec<bool> = text.iter().map(|word| word.text == ARTICLE).collect();
        let article = |at: usize| articles.get(at).is_some_and(|article| *article);
        let plain_at = |at: usize| plain.get(at).copied().unwrap_or_default();
        // The article of Arabizi may be passed over.
        let letters: Vec<u64> = (0..text.len()).map(|at| if article(at) { plain_at(at) | plain_at(at.saturating_add(1)) } else { plain_at(at) }).collect();
        // Words that go on with the sentence, up to the longest gap and the word behind it; counted from the end.
        let mut open = 0usize;
        let ahead = (1..=text.len()).rev().map(|after| {
            open = if text.get(after).is_some_and(|word| !word.begins) { open.saturating_add(1).min(GAP.saturating_add(1)) } else { 0 };
            let near = letters.get(after..after.saturating_add(open)).unwrap_or_default();
            let next = if open > 0 || article(after) { letters.get(after).copied().unwrap_or_default() } else { 0 };
            Ahead { next, near: near.iter().fold(0, |sum, letters| sum | letters) }
        });
        let mut ahead: Vec<Ahead> = ahead.collect();
        ahead.reverse();
        ahead
    }
}

/// A bit for the first two letters of `word`; several share each.
fn opening(word: &str) -> u64 {
    let mut letters = word.chars().map(u32::from);
    let (first, second) = (letters.next().unwrap_or_default(), letters.next().unwrap_or_default());
    1u64.wrapping_shl(first.wrapping_mul(37).wrapping_add(second))
}

/// With which letters a word may be found.
pub(super) fn letters_of_word(word: &Word) -> u64 {
    let own = opening(&word.text) | opening(&word.sound) | opening(&word.consonants);
    let bare = [without_article(&word.sound), word.consonants.strip_prefix('l')].into_iter().flatten().fold(own, |sum, bare| sum | opening(bare));
    if word.text.is_ascii() { bare } else { arabic_stems(&word.text).fold(bare, |sum, stem| sum | opening(stem)) }
}

/// With which letters words begin that fit `pattern`: what `Entry::fits` takes for equal differs in its ending at most.
fn letters_of(pattern: &Pattern) -> u64 {
    match pattern {
        // Without a plural's ending one letter may be left of so short a word.
        Pattern::Exact(text) if text.len() >= INFLECTED && text.trim_end_matches('s').chars().nth(1).is_none() => u64::MAX,
        Pattern::Exact(text) => opening(text) | opening(plain_stem(text)),
        Pattern::Sound(sound, consonants) => opening(sound) | opening(consonants),
        Pattern::Prefix(prefix) if prefix.chars().nth(1).is_none() => u64::MAX,
        Pattern::Prefix(prefix) => opening(prefix),
        Pattern::Any(ways) => ways.patterns.iter().fold(0, |sum, way| sum | letters_of(way)),
        Pattern::Number | Pattern::Gap => u64::MAX,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::letter::fold::words;
    use crate::letter::tests::shared;

    #[test]
    fn no_phrase_is_passed_over_for_what_it_needs() {
        let knowledge = shared();
        let lists = knowledge.phrases.values().flat_map(|lists| lists.values().flatten());
        let categories = knowledge.categories.iter().flat_map(|category| category.words.values().flatten());
        let mut found = 0usize;
        for phrase in lists.chain(categories).step_by(11) {
            for text in [phrase.clone(), phrase.replace(' ', " l "), phrase.replace('…', "x, y z"), phrase.replace('#', "12"), format!("و{phrase}s")] {
                let words = words(&text);
                let letters: Vec<u64> = words.iter().map(letters_of_word).collect();
                for ((at, word), ahead) in words.iter().enumerate().zip(Ahead::of_each(&words, &letters)) {
                    let lexicon = knowledge.lexicon();
                    lexicon.beginning_with(word, |shelf| {
                        for head in lexicon.heads[shelf.clone()].iter().filter(|head| head.fits(word)) {
                            let all: Vec<usize> = head.entries.iter().filter(|(_, entry)| entry.at(&words, at).is_some()).map(|(place, _)| *place).collect();
                            let mut heard = Vec::new();
                            head.find(&words, at, ahead, |place, _| heard.push(place));
                            heard.sort_unstable();
                            assert_eq!(heard, all, "{text}");
                            found += all.len();
                        }
                    });
                }
            }
        }
        assert!(found > 1_000, "{found}");
    }
}
