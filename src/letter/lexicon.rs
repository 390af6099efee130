//! The compiled lexicon: finds every known phrase in a text in one pass.

mod compare;
mod heads;
mod ways;

use self::heads::{Ahead, Head, Shelf};
use self::ways::{Ways, alternatives, patterns};
use super::fold::{Word, words};
use super::hashing::Table;
use super::phrasebook::{Category, FORMS};
use super::stem::{arabic_stems, latin_stem, plain_stem, without_article};
use crate::domain::{Fact, Intent, LanguageForm};
use std::collections::{BTreeMap, HashMap, HashSet};
use std::ops::Deref;
use std::sync::Arc;

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
    /// A day of the week, 1 for Monday to 7.
    Weekday(i8),
    /// A city.
    City(String),
    /// A steering word: the name of its list.
    Steering(String),
}

/// A phrase found in a text.
#[derive(Debug, Clone)]
pub(super) struct Hit {
    /// The phrase as the list has it: shared, for a text may hold it a thousand times.
    known: Arc<Known>,
    /// Its first word.
    pub first: usize,
    /// Its last word.
    pub last: usize,
    /// Whether other words lie within it.
    pub gapped: bool,
}

/// A phrase of a list.
#[derive(Debug)]
pub(super) struct Known {
    /// What it stands for.
    pub meaning: Meaning,
    /// The form of language of the list that it stands in.
    pub form: &'static str,
    /// How it is written in the list.
    pub phrase: String,
    /// Letters of the phrase: three or fewer prove little.
    pub letters: usize,
}

impl Deref for Hit {
    type Target = Known;

    fn deref(&self) -> &Known {
        &self.known
    }
}

impl Hit {
    /// How many words it has.
    pub fn words(&self) -> usize {
        self.last.saturating_sub(self.first).saturating_add(1)
    }

    /// Whether it means something in a text of `language`: short words of Arabizi mean other things in French and English. Long
    /// ones and those with digits among letters do not, also where the language was not recognised, nor do names of fields.
    pub fn speaks(&self, language: LanguageForm) -> bool {
        const UNMISTAKABLE: usize = 5;
        let digits = self.phrase.bytes().any(|byte| matches!(byte, b'2' | b'3' | b'5' | b'7' | b'9')) && self.letters >= 3;
        let topic = matches!(self.meaning, Meaning::Category(_)) && matches!(language, LanguageForm::French | LanguageForm::English);
        let sure = matches!(self.meaning, Meaning::Label(_)) || digits || !topic && (self.words() > 1 || self.letters >= UNMISTAKABLE);
        self.form != "ary-Latn" || sure || language == LanguageForm::DarijaLatin
    }

    /// Whether it is of the steering list `list`.
    pub fn steers(&self, list: &str) -> bool {
        matches!(&self.meaning, Meaning::Steering(name) if name == list)
    }
}

/// One word of a phrase.
#[derive(Debug, Clone)]
enum Pattern {
    /// This word; one that stands in a list of French or English also in its plural and feminine.
    Exact(String),
    /// A word that sounds so, or has these consonants where that tells enough.
    Sound(String, String),
    /// A word that begins so.
    Prefix(String),
    /// Any number.
    Number,
    /// A few words of the same sentence that do not matter.
    Gap,
    /// One or the other.
    Any(Arc<Ways>),
}

#[derive(Debug)]
struct Entry {
    patterns: Vec<Pattern>,
    known: Arc<Known>,
    /// Whether words may be inflected, and vowels of Arabizi differ.
    loose: bool,
}

/// Phrases by their first word.
#[derive(Debug, Default)]
pub(super) struct Lexicon {
    exact: Table<Shelf>,
    sound: Table<Shelf>,
    prefix: Table<Shelf>,
    number: Shelf,
}

/// Letters by which prefixes are looked up.
const PREFIX_KEY: usize = 3;
/// Consonants that tell Arabizi words apart.
const TELLING: usize = 4;
/// The Arabizi article: phrases are found with it, without it and where it is written onto the next word.
const ARTICLE: &str = "l";

impl Lexicon {
    /// Compiles all lists: phrases by form of language and dotted name, and the categories in their order.
    pub fn compile(phrases: &BTreeMap<String, BTreeMap<String, Vec<String>>>, categories: &[Category]) -> Self {
        let mut lexicon = Lexicon::default();
        for (form, lists) in phrases {
            for (path, phrases) in lists {
                if let Some(meaning) = meaning_of(path) {
                    phrases.iter().for_each(|phrase| lexicon.add(form, phrase, &meaning));
                }
            }
        }
        for (place, category) in categories.iter().enumerate() {
            for (form, phrases) in &category.words {
                for phrase in phrases {
                    let (whole, glued) = (alternatives(phrase, false), alternatives(phrase, true));
                    whole.iter().for_each(|spelt| lexicon.add_as(form, spelt, phrase, &Meaning::Category(place), true));
                    if glued.len() > whole.len() {
                        glued.iter().for_each(|spelt| lexicon.add_as(form, spelt, phrase, &Meaning::Category(place), false));
                    }
                }
            }
        }
        lexicon
    }

    /// Every phrase in `text`, in the order of their first words. Those within a phrase of the list `hides` are left out.
    pub fn find(&self, text: &[Word]) -> Vec<Hit> {
        let mut hits = Vec::new();
        // Most words of a text stand in it several times. They come from a mail: here the hash must withstand whoever chooses them.
        let mut known: HashMap<&str, Vec<(usize, &Head)>> = HashMap::new();
        let mut found: Vec<((usize, usize), Hit)> = Vec::new();
        for ((at, word), ahead) in text.iter().enumerate().zip(Ahead::of_each(text)) {
            for (shelf, head) in known.entry(&word.text).or_insert_with(|| self.heads_of(word)).iter() {
                found.extend(head.find(text, at, ahead).map(|(place, hit)| ((*shelf, place), hit)));
            }
            found.sort_by_key(|(place, _)| *place);
            hits.extend(found.drain(..).map(|(_, hit)| hit));
        }
        let hiding = Covered::by(hits.iter().filter(|hit| hit.steers("hides")));
        let paid: HashSet<(usize, usize)> = hits.iter().filter(|hit| matches!(hit.meaning, Meaning::Payment(_))).map(|hit| (hit.first, hit.last)).collect();
        let hiding_more = Covered::by(hits.iter().filter(|hit| hit.steers("hides") && !paid.contains(&(hit.first, hit.last))));
        hits.retain(|hit| !if matches!(hit.meaning, Meaning::Payment(_)) { &hiding_more } else { &hiding }.covers(hit));
        hits
    }

    /// The heads that `word` fits, with the numbers of their shelves in the order in which these are looked through.
    fn heads_of(&self, word: &Word) -> Vec<(usize, &Head)> {
        let (mut heads, mut shelves) = (Vec::new(), 0usize);
        self.beginning_with(word, |shelf| {
            heads.extend(shelf.fitting(word).map(|head| (shelves, head)));
            shelves = shelves.saturating_add(1);
        });
        heads
    }

    /// Calls `visit` with the shelves on which phrases stand whose first word may be `word`, each once.
    fn beginning_with<'l>(&'l self, word: &Word, mut visit: impl FnMut(&'l Shelf)) {
        let exact = [Some(word.text.as_str()), Some(latin_stem(&word.text))].into_iter().chain(arabic_stems(&word.text).map(Some));
        each_once(exact, |key| self.exact.get(key).into_iter().for_each(&mut visit));
        let sounds = [Some(word.sound.as_str()), Some(&word.consonants), without_article(&word.sound), word.consonants.strip_prefix('l')];
        each_once(sounds.into_iter(), |key| self.sound.get(key).into_iter().for_each(&mut visit));
        let attached = Some(&word.text).filter(|text| !text.is_ascii()).into_iter().flat_map(|text| arabic_stems(text));
        let heads = std::iter::once(word.text.as_str()).chain(attached).map(|stem| Some(head(stem)));
        each_once(heads, |key| self.prefix.get(key).into_iter().for_each(&mut visit));
        if is_number(&word.text) {
            visit(&self.number);
        }
    }

    fn add(&mut self, form: &str, phrase: &str, meaning: &Meaning) {
        self.add_as(form, phrase, phrase, meaning, true);
    }

    /// Adds the spelling `written` of `phrase`: as it is, if `plain`, and with its negation written the other way.
    fn add_as(&mut self, form: &str, written: &str, phrase: &str, meaning: &Meaning, plain: bool) {
        let Some(form) = FORMS.into_iter().find(|known| *known == form) else { return };
        let marks = *meaning == Meaning::Steering("marks".to_owned());
        let by_sound = form == "ary-Latn";
        let mut spelt: Vec<(String, Pattern)> = Vec::new();
        for part in written.split_whitespace() {
            let ways = if marks { vec![part] } else { part.split('|').collect() };
            let mut ways: Vec<Vec<(String, Pattern)>> = ways.into_iter().map(|way| patterns(way, by_sound)).collect();
            match ways.len() {
                1 => spelt.extend(ways.pop().into_iter().flatten().filter(|(text, _)| !by_sound || marks || text != ARTICLE)),
                _ => spelt.push((String::new(), Pattern::Any(Arc::new(Ways::of(ways.into_iter().flatten().map(|(_, pattern)| pattern).collect()))))),
            }
        }
        let entry = |patterns: Vec<Pattern>| {
            let letters = patterns.iter().map(Pattern::letters).sum();
            Entry { known: Arc::new(Known { meaning: meaning.clone(), form, phrase: phrase.to_owned(), letters }), patterns, loose: !marks }
        };
        if let Some(other) = if marks { None } else { other_negation(&spelt, by_sound) } {
            self.place(entry(other));
        }
        if plain {
            self.place(entry(spelt.into_iter().map(|(_, pattern)| pattern).collect()));
        }
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
                let key = if entry.by_consonants(consonants) { consonants.clone() } else { first.clone() };
                self.sound.entry(key).or_default().place(entry);
            }
            Some(Pattern::Prefix(first)) => self.prefix.entry(first.chars().take(PREFIX_KEY).collect()).or_default().place(entry),
            Some(Pattern::Number) => self.number.place(entry),
            Some(Pattern::Gap | Pattern::Any(_)) | None => {}
        }
    }
}

/// The letters by which a prefix is looked up.
fn head(word: &str) -> &str {
    word.char_indices().nth(PREFIX_KEY).and_then(|(end, _)| word.get(..end)).unwrap_or(word)
}

/// Calls `visit` with each of a few keys, each once.
fn each_once<'k>(keys: impl Iterator<Item = Option<&'k str>>, mut visit: impl FnMut(&'k str)) {
    let mut seen: [&str; 6] = [""; 6];
    for (key, place) in keys.flatten().zip(0..) {
        if key.is_empty() || seen.contains(&key) {
            continue;
        }
        if let Some(free) = seen.get_mut(place) {
            *free = key;
        }
        visit(key);
    }
}

/// The other way to write a Moroccan negation, whose "ma" stands alone or is written onto the verb: "ما وصلاتش", "ماوصلاتش".
fn other_negation(spelt: &[(String, Pattern)], by_sound: bool) -> Option<Vec<Pattern>> {
    let (alone, ending): (&str, &str) = if by_sound { ("ma", "ch") } else { ("ما", "ش") };
    let pattern = |text: String| {
        let spoken = words(&text).into_iter().next().filter(|_| by_sound && text.chars().count() > 3);
        spoken.map_or(Pattern::Exact(text), Pattern::sounding)
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
                patterns.push(Pattern::Exact(alone.to_owned()));
                patterns.push(pattern(text.strip_prefix(alone)?.to_owned()));
            }
            _ => patterns.push(same.clone()),
        }
    }
    (apart.is_some() || glued.is_some()).then_some(patterns)
}

impl Pattern {
    fn sounding(word: Word) -> Self {
        Pattern::Sound(word.sound, word.consonants)
    }

    fn letters(&self) -> usize {
        match self {
            Pattern::Exact(text) | Pattern::Sound(text, _) | Pattern::Prefix(text) => text.chars().count(),
            Pattern::Number => 1,
            Pattern::Any(ways) => ways.patterns.iter().map(Pattern::letters).max().unwrap_or(0),
            Pattern::Gap => 0,
        }
    }
}

fn is_number(word: &str) -> bool {
    word.len() <= 4 && word.bytes().all(|byte| byte.is_ascii_digit())
}

/// Which places of a text lie within given phrases.
struct Covered {
    /// First word, and the greatest last word of a phrase that begins there or before; by first word.
    reach: Vec<(usize, usize)>,
}

impl Covered {
    /// Notes where `phrases` lie.
    fn by<'a>(phrases: impl Iterator<Item = &'a Hit>) -> Self {
        let mut reach: Vec<(usize, usize)> = phrases.map(|hit| (hit.first, hit.last)).collect();
        reach.sort_unstable();
        let mut farthest = 0;
        for (_, last) in &mut reach {
            farthest = farthest.max(*last);
            *last = farthest;
        }
        Self { reach }
    }

    /// Whether one of the phrases lies over all of `hit`.
    fn covers(&self, hit: &Hit) -> bool {
        let until = self.reach.partition_point(|(first, _)| *first <= hit.first);
        until.checked_sub(1).and_then(|at| self.reach.get(at)).is_some_and(|(_, last)| *last >= hit.last)
    }
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
