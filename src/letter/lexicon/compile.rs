//! Building the lexicon from the lists of phrases.

use super::heads::{Gathered, Heads};
use super::ways::{Ways, alternatives, patterns};
use super::{ARTICLE, Entry, Known, Lexicon, Meaning, PREFIX_KEY, Pattern, Says};
use crate::domain::{Fact, Intent};
use crate::letter::fold::words;
use crate::letter::hashing::Table;
use crate::letter::phrasebook::{Category, FORMS, STEERING};
use crate::letter::stem::{latin_stem, plain_stem};
use std::collections::BTreeMap;
use std::rc::Rc;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

impl Lexicon {
    /// Compiles all lists: phrases by form of language and dotted name, and the categories in their order.
    pub fn compile(phrases: &BTreeMap<String, BTreeMap<String, Vec<String>>>, categories: &[Category]) -> Self {
        let mut compiler = Compiler::default();
        for (form, lists) in phrases {
            for (path, phrases) in lists {
                if let Some(meaning) = meaning_of(path) {
                    phrases.iter().for_each(|phrase| compiler.add(form, phrase, &meaning, [std::slice::from_ref(phrase), &[]]));
                }
            }
        }
        for (place, category) in categories.iter().enumerate() {
            for (form, phrases) in &category.words {
                for phrase in phrases {
                    let (whole, glued) = (alternatives(phrase, false), alternatives(phrase, true));
                    let glued = if glued.len() > whole.len() { glued } else { Vec::new() };
                    compiler.add(form, phrase, &Meaning::Category(place), [&whole, &glued]);
                }
            }
        }
        compiler.finish()
    }
}

/// A part of a phrase that no blank parts: its words, and how each is compared.
type Part = Rc<[(String, Pattern)]>;

/// A lexicon that is being built.
#[derive(Default)]
struct Compiler {
    exact: Table<Gathered>,
    sound: Table<Gathered>,
    prefix: Table<Gathered>,
    number: Gathered,
    /// Parts that were taken apart: most stand in many phrases, or in many ways to write one. By whether words are compared by sound, and whether the
    /// list is that of marks.
    parts: [[Table<Part>; 2]; 2],
}

impl Compiler {
    /// Adds a phrase that is written in the first of two `ways` as it is and with its negation written the other way, and in the second only so.
    fn add(&mut self, form: &str, phrase: &str, meaning: &Meaning, [whole, glued]: [&[String]; 2]) {
        let Some((place, form)) = FORMS.into_iter().enumerate().find(|(_, known)| *known == form) else { return };
        let says = Says::of(meaning);
        let list = if let Meaning::Steering(name) = meaning { STEERING.into_iter().find(|known| known == name).unwrap_or_default() } else { "" };
        let marks = says == Says::Mark;
        // Ways to write a phrase that have as many letters are known as the same.
        let mut last: Option<Arc<Known>> = None;
        let mut known = |letters: usize| match &last {
            Some(known) if known.letters == letters => Arc::clone(known),
            _ => Arc::clone(last.insert(Arc::new(Known { meaning: meaning.clone(), form, place, phrase: phrase.to_owned(), letters, says, list }))),
        };
        let mut entry = |patterns: Vec<Pattern>| {
            let letters = patterns.iter().map(Pattern::letters).sum();
            Entry { known: known(letters), patterns, steps: Vec::new(), loose: !marks }
        };
        for (written, plain) in whole.iter().map(|written| (written, true)).chain(glued.iter().map(|written| (written, false))) {
            let parts: Vec<Part> = written.split_whitespace().map(|part| self.part(part, form == "ary-Latn", marks)).collect();
            let spelt: Vec<&(String, Pattern)> = parts.iter().flat_map(|part| part.iter()).collect();
            if let Some(other) = if marks { None } else { other_negation(&spelt, form == "ary-Latn") } {
                self.place(entry(other));
            }
            if plain {
                self.place(entry(spelt.into_iter().map(|(_, pattern)| pattern.clone()).collect()));
            }
        }
    }

    fn part(&mut self, part: &str, by_sound: bool, marks: bool) -> Part {
        let [[plain, plain_marks], [sounds, sound_marks]] = &mut self.parts;
        let known = match (by_sound, marks) {
            (false, false) => plain,
            (false, true) => plain_marks,
            (true, false) => sounds,
            (true, true) => sound_marks,
        };
        if let Some(part) = known.get(part) {
            return Rc::clone(part);
        }
        let ways = if marks { vec![part] } else { part.split('|').collect() };
        let mut ways: Vec<Vec<(String, Pattern)>> = ways.into_iter().map(|way| patterns(way, by_sound)).collect();
        let apart: Part = match ways.len() {
            1 => ways.pop().into_iter().flatten().filter(|(text, _)| !by_sound || marks || text != ARTICLE).collect(),
            _ => [(String::new(), Pattern::Any(Arc::new(Ways::of(ways.into_iter().flatten().map(|(_, pattern)| pattern).collect()))))].into(),
        };
        known.insert(part.to_owned(), Rc::clone(&apart));
        apart
    }

    fn place(&mut self, entry: Entry) {
        match entry.patterns.first() {
            Some(Pattern::Exact(first)) => {
                let key = match entry.known.form {
                    "fr" | "en" if entry.loose => latin_stem(first),
                    "ar" | "ary" if entry.loose => plain_stem(first),
                    _ => first,
                };
                self.exact.entry(key.to_owned()).or_default().place(entry);
            }
            Some(Pattern::Sound(first, consonants)) => {
                let key = if entry.by_consonants(consonants) { consonants } else { first };
                self.sound.entry(key.to_string()).or_default().place(entry);
            }
            Some(Pattern::Prefix(first)) => self.prefix.entry(first.chars().take(PREFIX_KEY).collect()).or_default().place(entry),
            Some(Pattern::Number) => self.number.place(entry),
            Some(Pattern::Gap | Pattern::Any(_)) | None => {}
        }
    }

    fn finish(self) -> Lexicon {
        static COMPILED: AtomicUsize = AtomicUsize::new(0);
        let mut heads = Heads::default();
        let [exact, sound, prefix] =
            [self.exact, self.sound, self.prefix].map(|table| table.into_iter().map(|(key, gathered)| (key, gathered.sorted(&mut heads))).collect());
        let numbers = self.number.sorted(&mut heads);
        let Heads { all: heads, alone, steps } = heads;
        Lexicon { number: COMPILED.fetch_add(1, Ordering::Relaxed), heads, alone, steps, exact, sound, prefix, numbers }
    }
}

/// The other way to write a Moroccan negation, whose "ma" stands alone or is written onto the verb: "ما وصلاتش", "ماوصلاتش".
fn other_negation(spelt: &[&(String, Pattern)], by_sound: bool) -> Option<Vec<Pattern>> {
    let (alone, ending): (&str, &str) = if by_sound { ("ma", "ch") } else { ("ما", "ش") };
    let pattern = |text: String| {
        let spoken = words(&text).into_iter().next().filter(|_| by_sound && text.chars().count() > 3);
        spoken.map_or_else(|| Pattern::Exact(text.as_str().into()), |word| Pattern::sounding(&word))
    };
    let apart = spelt.iter().position(|(text, _)| text == alone).filter(|at| at.saturating_add(1) < spelt.len());
    let glued = spelt.iter().position(|(text, _)| text.chars().count() >= 6 && text.starts_with(alone) && text.ends_with(ending));
    let mut patterns: Vec<Pattern> = Vec::new();
    for (at, (text, same)) in spelt.iter().enumerate() {
        match (apart, glued) {
            (Some(place), _) if at == place => {}
            (Some(place), _) if at == place.saturating_add(1) && text.is_empty() => return None,
            (Some(place), _) if at == place.saturating_add(1) => patterns.push(pattern(format!("{alone}{text}"))),
            (None, Some(place)) if at == place => {
                patterns.push(Pattern::Exact(alone.into()));
                patterns.push(pattern(text.strip_prefix(alone)?.to_owned()));
            }
            _ => patterns.push(same.clone()),
        }
    }
    (apart.is_some() || glued.is_some()).then_some(patterns)
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
        "weekdays" => Meaning::Weekday(name.parse().ok()?),
        "cities" => Meaning::City(name.to_owned()),
        _ => Meaning::Steering(name.to_owned()),
    })
}
