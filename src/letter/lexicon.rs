//! The compiled lexicon: finds every known phrase in a text in one pass.

use super::fold::{Word, words};
use super::phrasebook::{Category, FORMS};
use crate::domain::{Fact, Intent};
use std::collections::{BTreeMap, HashMap};

/// What a phrase stands for.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) enum Meaning {
    /// A category: its place in the file.
    Category(usize),
    /// An intent; strong phrases suffice, weak ones only in a short mail.
    Intent(Intent, bool),
    /// A remedy: its code.
    Remedy(String),
    /// A way to pay: its code.
    Payment(String),
    /// The name of a field, before a colon.
    Label(Fact),
    /// A month, 1 to 12.
    Month(i8),
    /// A city.
    City(String),
    /// A steering word: the name of its list.
    Steering(String),
}

/// A phrase found in a text.
#[derive(Debug, Clone)]
pub(super) struct Hit {
    /// What it stands for.
    pub meaning: Meaning,
    /// Its first word.
    pub first: usize,
    /// Its last word.
    pub last: usize,
    /// The form of language of the list that it stands in.
    pub form: &'static str,
    /// How it is written in the list.
    pub phrase: String,
    /// Letters of the phrase: three or fewer prove little.
    pub letters: usize,
}

impl Hit {
    /// How many words it has.
    pub fn words(&self) -> usize {
        self.last.saturating_sub(self.first).saturating_add(1)
    }
}

/// One word of a phrase.
#[derive(Debug, Clone)]
enum Pattern {
    Exact(String),
    Sound(String),
    Prefix(String),
}

#[derive(Debug, Clone)]
struct Entry {
    patterns: Vec<Pattern>,
    meaning: Meaning,
    form: &'static str,
    phrase: String,
}

/// Phrases by their first word.
#[derive(Debug, Default)]
pub(super) struct Lexicon {
    exact: HashMap<String, Vec<Entry>>,
    sound: HashMap<String, Vec<Entry>>,
    prefix: HashMap<String, Vec<Entry>>,
}

/// Letters by which prefixes are looked up.
const PREFIX_KEY: usize = 3;

impl Lexicon {
    /// Compiles all lists: phrases by form of language and dotted name, and the categories in their order.
    pub fn compile(phrases: &BTreeMap<String, BTreeMap<String, Vec<String>>>, categories: &[Category]) -> Self {
        let mut lexicon = Lexicon::default();
        for (form, lists) in phrases {
            for (path, phrases) in lists {
                if let Some(meaning) = meaning_of(path) {
                    phrases.iter().for_each(|phrase| lexicon.add(form, phrase, meaning.clone()));
                }
            }
        }
        for (place, category) in categories.iter().enumerate() {
            for (form, phrases) in &category.words {
                phrases.iter().for_each(|phrase| lexicon.add(form, phrase, Meaning::Category(place)));
            }
        }
        lexicon
    }

    /// Every phrase in `text`, in the order of their first words. Those within a phrase of the list `hides` are left out.
    pub fn find(&self, text: &[Word]) -> Vec<Hit> {
        let mut hits = Vec::new();
        for (at, word) in text.iter().enumerate() {
            let bare = without_conjunction(&word.text);
            let key: String = word.text.chars().take(PREFIX_KEY).collect();
            let groups = [self.exact.get(&word.text), bare.and_then(|bare| self.exact.get(bare)), self.sound.get(&word.sound), self.prefix.get(&key)];
            for entry in groups.into_iter().flatten().flatten() {
                if let Some(hit) = entry.at(text, at) {
                    hits.push(hit);
                }
            }
        }
        let hiding: Vec<(usize, usize)> =
            hits.iter().filter(|hit| hit.meaning == Meaning::Steering("hides".to_owned())).map(|hit| (hit.first, hit.last)).collect();
        hits.retain(|hit| matches!(hit.meaning, Meaning::Payment(_)) || !hiding.iter().any(|(first, last)| *first <= hit.first && hit.last <= *last));
        hits
    }

    fn add(&mut self, form: &str, phrase: &str, meaning: Meaning) {
        let Some(form) = FORMS.into_iter().find(|known| *known == form) else { return };
        let by_sound = form == "ary-Latn";
        let patterns: Vec<Pattern> = words(phrase)
            .into_iter()
            .map(|word| match phrase.get(word.end..).is_some_and(|rest| rest.starts_with('*')) {
                true => Pattern::Prefix(word.text),
                false if by_sound && word.text.chars().count() > 3 => Pattern::Sound(word.sound),
                false => Pattern::Exact(word.text),
            })
            .collect();
        let entry = |patterns| Entry { patterns, meaning, form, phrase: phrase.to_owned() };
        match patterns.first().cloned() {
            Some(Pattern::Exact(first)) => self.exact.entry(first).or_default().push(entry(patterns)),
            Some(Pattern::Sound(first)) => self.sound.entry(first).or_default().push(entry(patterns)),
            Some(Pattern::Prefix(first)) => self.prefix.entry(first.chars().take(PREFIX_KEY).collect()).or_default().push(entry(patterns)),
            None => {}
        }
    }
}

impl Entry {
    fn at(&self, text: &[Word], first: usize) -> Option<Hit> {
        let mut here = first;
        for (number, pattern) in self.patterns.iter().enumerate() {
            let word = text.get(here)?;
            if number > 0 && word.begins || !pattern.fits(word, number == 0) {
                return None;
            }
            here = here.saturating_add(1);
        }
        let letters = self.patterns.iter().map(Pattern::letters).sum();
        Some(Hit { meaning: self.meaning.clone(), first, last: here.saturating_sub(1), form: self.form, phrase: self.phrase.clone(), letters })
    }
}

impl Pattern {
    fn fits(&self, word: &Word, leads: bool) -> bool {
        match self {
            Pattern::Exact(text) => word.text == *text || (leads && without_conjunction(&word.text) == Some(text.as_str())),
            Pattern::Sound(sound) => word.sound == *sound,
            Pattern::Prefix(prefix) => word.text.starts_with(prefix.as_str()),
        }
    }

    fn letters(&self) -> usize {
        match self {
            Pattern::Exact(text) | Pattern::Sound(text) | Pattern::Prefix(text) => text.chars().count(),
        }
    }
}

/// An Arabic word without the "and" or "so" that is written onto it.
fn without_conjunction(word: &str) -> Option<&str> {
    let bare = word.strip_prefix(['و', 'ف'])?;
    (bare.chars().count() >= 2).then_some(bare)
}

fn meaning_of(path: &str) -> Option<Meaning> {
    let mut names = path.split('.');
    let (kind, name) = (names.next()?, names.next()?);
    Some(match kind {
        "intents" => Meaning::Intent(Intent::parse(name)?, names.next() == Some("strong")),
        "remedies" => Meaning::Remedy(name.to_owned()),
        "payments" => Meaning::Payment(name.to_owned()),
        "labels" => Meaning::Label(Fact::parse(name)?),
        "months" => Meaning::Month(name.parse().ok()?),
        "cities" => Meaning::City(name.to_owned()),
        _ => Meaning::Steering(name.to_owned()),
    })
}
