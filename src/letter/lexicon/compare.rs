//! Whether a phrase stands at a place of a text.

use super::super::fold::{Noted, Word};
use super::super::stem::{INFLECTED, arabic_stems, compounded, latin_stem, plain_stem, without_article, without_conjunction};
use super::{ARTICLE, Entry, Hit, Meaning, Pattern, TELLING, is_number};
use std::sync::Arc;

/// Words that a gap may have.
pub(super) const GAP: usize = 6;

/// How the words of a phrase are compared: so are those of its whole list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Manner {
    form: &'static str,
    loose: bool,
    intent: bool,
}

impl Entry {
    /// The phrase at word `first`, of which the words from `here` on are still to be compared with the patterns from number `from` on. Of each word of `text`
    /// so much is `noted`.
    #[inline]
    pub(super) fn goes_on(&self, text: &[Word], noted: &[&Noted], first: usize, here: usize, from: usize) -> Option<Hit> {
        let (mut here, mut gap, mut gapped) = (here, 0usize, false);
        for (pattern, step) in self.patterns.iter().zip(&self.steps).skip(from) {
            if matches!(pattern, Pattern::Gap) {
                (gap, gapped) = (GAP, true);
                continue;
            }
            let after = |at: usize| {
                let at = place_after(text, at, self.known.form)?;
                noted.get(at).filter(|noted| noted.steps.binary_search(step).is_ok()).map(|_| at.saturating_add(1))
            };
            here = match gap {
                0 => after(here)?,
                _ => {
                    let mut places = (here..=here.saturating_add(gap)).take_while(|at| text.get(*at).is_some_and(|word| !word.begins));
                    places.find_map(after)?
                }
            };
            gap = 0;
        }
        Some(Hit { known: Arc::clone(&self.known), first, last: here.saturating_sub(1), gapped })
    }

    /// How its words are compared.
    pub(super) fn manner(&self) -> Manner {
        Manner { form: self.known.form, loose: self.loose, intent: matches!(self.known.meaning, Meaning::Intent(..)) }
    }

    /// Whether consonants are compared.
    pub(super) fn by_consonants(&self, consonants: &str) -> bool {
        self.manner().by_consonants(consonants)
    }
}

/// Where the word stands that a phrase of `form` goes on with at `at`: behind the article in Arabizi. None begins a sentence.
pub(super) fn place_after(text: &[Word], at: usize, form: &str) -> Option<usize> {
    let word = text.get(at)?;
    let (at, word) = if word.text == ARTICLE && form == "ary-Latn" { (at.saturating_add(1), text.get(at.saturating_add(1))?) } else { (at, word) };
    (!word.begins).then_some(at)
}

impl Manner {
    /// Whether `word` is what `pattern` says; `leads` tells that it is the first of the phrase.
    pub(super) fn fits(self, pattern: &Pattern, word: &Word, leads: bool) -> bool {
        match pattern {
            Pattern::Exact(text) if !self.loose => word.text == **text || leads && without_conjunction(&word.text) == Some(text),
            Pattern::Exact(text) => {
                // An ending never is all of a word.
                let begins_alike = || word.text.as_bytes().first() == text.as_bytes().first();
                word.text == **text
                    || match self.form {
                        "fr" => text.len() >= INFLECTED && begins_alike() && latin_stem(&word.text) == latin_stem(text),
                        "en" => text.len() >= INFLECTED && begins_alike() && word.text.trim_end_matches('s') == text.trim_end_matches('s'),
                        "ar" | "ary" if compounded(&word.text) => arabic_stems(&word.text).any(|stem| stem == &**text || stem == plain_stem(text)),
                        "ar" | "ary" => word.text == plain_stem(text),
                        _ => false,
                    }
            }
            Pattern::Sound(sound, consonants) => {
                let by_consonants = self.by_consonants(consonants);
                let same = word.sound == **sound || by_consonants && word.consonants == **consonants;
                let bare = if self.loose { without_article(&word.sound) } else { None };
                same || bare.is_some_and(|bare| bare == &**sound || by_consonants && word.consonants.strip_prefix('l') == Some(consonants))
            }
            Pattern::Prefix(prefix) if matches!(self.form, "ar" | "ary") => arabic_stems(&word.text).any(|stem| stem.starts_with(&**prefix)),
            Pattern::Prefix(prefix) => word.text.starts_with(&**prefix),
            Pattern::Number => is_number(&word.text),
            Pattern::Any(ways) => ways.may_hold(word) && ways.patterns.iter().any(|way| self.fits(way, word, leads)),
            Pattern::Gap => false,
        }
    }

    /// Whether consonants are compared: those of an intent are few and its vowels tell who speaks.
    fn by_consonants(self, consonants: &str) -> bool {
        self.loose && consonants.len() >= TELLING && !self.intent
    }
}
