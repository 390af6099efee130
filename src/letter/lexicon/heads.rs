//! Phrases by how they begin: those that begin alike are tried together, and only those whose next word may stand there.

use super::super::fold::{Noted, Word};
use super::compare::{GAP, place_after};
use super::steps::{Steps, sign};
use super::{ARTICLE, Entry, Hit, Known, Meaning, Pattern};
use std::cell::OnceCell;
use std::ops::Range;
use std::sync::Arc;

/// Phrases that are looked up by the same key, while the lexicon is built.
#[derive(Debug, Default)]
pub(super) struct Gathered {
    heads: Vec<Head>,
    entries: usize,
}

/// Phrases whose first words are compared in the same way.
#[derive(Debug)]
pub(super) struct Head {
    /// The phrases, with their places on the shelf.
    entries: Vec<(usize, Entry)>,
    /// Those that need no other word, by their places on the shelf, and their numbers among all such.
    pub(super) alone: Vec<(usize, usize)>,
    /// Those that need a word next, by its number among [`Steps`], in its order.
    next: Vec<(u32, usize)>,
    /// The signs of these numbers.
    next_signs: u64,
    /// Those that need a word among the next few, in the same way.
    near: Vec<(u32, usize)>,
    near_signs: u64,
}

/// All heads, and what they have in common.
#[derive(Default)]
pub(super) struct Heads {
    /// The heads.
    pub all: Vec<Head>,
    /// Phrases of one word, and whether a gap follows it.
    pub alone: Vec<(Arc<Known>, bool)>,
    /// What later words may be.
    pub steps: Steps,
}

/// What a phrase needs after its first word.
enum Needs {
    /// Nothing.
    Nothing,
    /// Such a word next.
    Next(u32),
    /// Such a word among the next few.
    Near(u32),
}

impl Gathered {
    /// Adds a phrase that has a first word.
    pub fn place(&mut self, entry: Entry) {
        let numbered = (self.entries, entry);
        self.entries = self.entries.saturating_add(1);
        match self.heads.iter_mut().find(|head| head.begins_like(&numbered.1)) {
            Some(head) => head.entries.push(numbered),
            None => self.heads.push(Head::of(numbered)),
        }
    }

    /// Puts its heads behind `all`, and says where they stand.
    pub fn sorted(mut self, heads: &mut Heads) -> Range<usize> {
        let first = heads.all.len();
        self.heads.iter_mut().for_each(|head| head.sort(heads));
        heads.all.append(&mut self.heads);
        first..heads.all.len()
    }
}

impl Head {
    fn of(first: (usize, Entry)) -> Self {
        Head { entries: vec![first], alone: Vec::new(), next: Vec::new(), next_signs: 0, near: Vec::new(), near_signs: 0 }
    }

    /// Sorts its phrases by what they need.
    fn sort(&mut self, heads: &mut Heads) {
        let steps = &mut heads.steps;
        for (place, (shelved, entry)) in self.entries.iter_mut().enumerate() {
            let manner = entry.manner();
            let later = entry.patterns.iter().skip(1).map(|pattern| if matches!(pattern, Pattern::Gap) { 0 } else { steps.number(pattern, manner) });
            entry.steps = std::iter::once(0).chain(later).collect();
            match Needs::of(entry) {
                Needs::Nothing => {
                    self.alone.push((*shelved, heads.alone.len()));
                    heads.alone.push((Arc::clone(&entry.known), entry.patterns.len() > 1));
                }
                Needs::Next(step) => self.next.push((step, place)),
                Needs::Near(step) => self.near.push((step, place)),
            }
        }
        self.next.sort_unstable();
        self.near.sort_unstable();
        let signs = |needed: &[(u32, usize)]| needed.iter().fold(0, |signs, (step, _)| signs | sign(*step));
        (self.next_signs, self.near_signs) = (signs(&self.next), signs(&self.near));
    }

    /// Whether it has phrases of more than one word.
    pub fn goes_on(&self) -> bool {
        self.next_signs != 0 || self.near_signs != 0
    }

    /// Tells `hear` of the phrases of more than one word that stand at a word which fits the head, and of their places on the shelf.
    pub fn find(&self, ahead: &Ahead<'_>, mut hear: impl FnMut(usize, Hit)) {
        let after = ahead.at.saturating_add(1);
        let mut compare = |place: usize, here: usize, from: usize| {
            let Some((place, entry)) = self.entries.get(place) else { return };
            if let Some(hit) = entry.goes_on(ahead.text, ahead.noted, ahead.at, here, from) {
                hear(*place, hit);
            }
        };
        if self.next_signs & ahead.next_signs != 0
            && let Some(here) = place_after(ahead.text, after, self.form())
        {
            let steps = ahead.noted.get(here).map_or(&[][..], |noted| &noted.steps);
            for step in steps.iter().filter(|step| sign(**step) & self.next_signs != 0) {
                let from = self.next.partition_point(|(needed, _)| needed < step);
                // That word is known to fit: what is left are those behind it.
                let needed = self.next.iter().skip(from).take_while(|(needed, _)| needed == step);
                needed.for_each(|(_, place)| compare(*place, here.saturating_add(1), 2));
            }
        }
        if self.near_signs != 0 {
            let signs = *ahead.near_signs.get_or_init(|| ahead.near());
            self.near.iter().filter(|(step, _)| sign(*step) & signs != 0).for_each(|(_, place)| compare(*place, after, 1));
        }
    }

    /// The form of language of its phrases, which is one.
    fn form(&self) -> &'static str {
        self.entries.first().map_or("", |(_, entry)| entry.known.form)
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
        self.entries.first().is_some_and(|(_, entry)| entry.patterns.first().is_some_and(|pattern| entry.manner().fits(pattern, word, true)))
    }
}

impl Needs {
    fn of(entry: &Entry) -> Self {
        let mut rest = entry.patterns.iter().zip(&entry.steps).skip(1);
        match rest.next() {
            None => Needs::Nothing,
            Some((Pattern::Gap, _)) => rest.find(|(pattern, _)| !matches!(pattern, Pattern::Gap)).map_or(Needs::Nothing, |(_, step)| Needs::Near(*step)),
            Some((_, step)) => Needs::Next(*step),
        }
    }
}

/// What follows a word of a text.
pub(super) struct Ahead<'t> {
    text: &'t [Word],
    noted: &'t [&'t Noted],
    at: usize,
    /// The signs of what the next word is, and the one behind it if it is the article of Arabizi, which may be passed over.
    next_signs: u64,
    /// Those of the words that go on with the sentence, once somebody wanted them.
    near_signs: OnceCell<u64>,
}

impl<'t> Ahead<'t> {
    /// What follows word `at` of `text`, about whose words so much is `noted`.
    pub fn of(text: &'t [Word], noted: &'t [&'t Noted], at: usize) -> Self {
        let after = at.saturating_add(1);
        let signs = |at: usize| noted.get(at).map_or(0, |noted| noted.signs);
        let next_signs = match text.get(after) {
            Some(word) if word.text == ARTICLE => signs(after) | signs(after.saturating_add(1)),
            Some(word) if !word.begins => signs(after),
            _ => 0,
        };
        Ahead { text, noted, at, next_signs, near_signs: OnceCell::new() }
    }

    /// The signs of what the words are that go on with the sentence, up to the longest gap and the word behind it.
    fn near(&self) -> u64 {
        let after = self.at.saturating_add(1);
        let words = self.text.iter().zip(self.noted).skip(after).take(GAP.saturating_add(1)).take_while(|(word, _)| !word.begins);
        let (count, signs, article) = words.fold((0usize, 0, false), |(count, signs, _), (word, noted)| {
            let article = word.text == ARTICLE;
            (count.saturating_add(1), signs | noted.signs, article)
        });
        let behind = self.noted.get(after.saturating_add(count)).filter(|_| article);
        signs | behind.map_or(0, |behind| behind.signs)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Whether the phrase stands at word `first`, which fits it: told word by word.
    fn stands(entry: &Entry, text: &[Word], first: usize) -> bool {
        let (mut here, mut gap) = (first + 1, 0);
        for pattern in &entry.patterns[1..] {
            if matches!(pattern, Pattern::Gap) {
                gap = GAP;
                continue;
            }
            let after = |at: usize| {
                let at = place_after(text, at, entry.known.form)?;
                entry.manner().fits(pattern, &text[at], false).then_some(at + 1)
            };
            let found = match gap {
                0 => after(here),
                _ => (here..=here + gap).take_while(|at| text.get(*at).is_some_and(|word| !word.begins)).find_map(after),
            };
            let Some(found) = found else { return false };
            (here, gap) = (found, 0);
        }
        true
    }

    use crate::letter::fold::words;
    use crate::letter::tests::shared;

    #[test]
    fn no_phrase_is_passed_over_for_what_it_needs() {
        let knowledge = shared();
        let lexicon = knowledge.lexicon();
        let lists = knowledge.phrases.values().flat_map(|lists| lists.values().flatten());
        let categories = knowledge.categories.iter().flat_map(|category| category.words.values().flatten());
        let mut found = 0usize;
        for phrase in lists.chain(categories).step_by(11) {
            for text in [phrase.clone(), phrase.replace(' ', " l "), phrase.replace('…', "x, y z"), phrase.replace('#', "12"), format!("و{phrase}s")] {
                let words = words(&text);
                let noted: Vec<Noted> = words.iter().map(|word| lexicon.note(word)).collect();
                let noted: Vec<&Noted> = noted.iter().collect();
                for (at, word) in words.iter().enumerate() {
                    lexicon.beginning_with(word, |shelf| {
                        for head in lexicon.heads[shelf.clone()].iter().filter(|head| head.fits(word)) {
                            let all: Vec<usize> = head.entries.iter().filter(|(_, entry)| stands(entry, &words, at)).map(|(place, _)| *place).collect();
                            let mut heard: Vec<usize> = head.alone.iter().map(|(place, _)| *place).collect();
                            head.find(&Ahead::of(&words, &noted, at), |place, _| heard.push(place));
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
