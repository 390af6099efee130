//! The compiled lexicon: finds every known phrase in a text in one pass.

mod compare;
mod compile;
mod heads;
mod steps;
mod ways;

use self::heads::{Ahead, Head};
use self::steps::Steps;
use self::ways::Ways;
use super::fold::{Noted, Word};
use super::hashing::Table;
use super::stem::{arabic_stems, latin_stem, without_article};
use crate::domain::{Fact, Intent, LanguageForm};
use std::collections::HashSet;
use std::ops::{Deref, Range};
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
    /// The place of that form among [`FORMS`](super::phrasebook::FORMS).
    pub place: usize,
    /// How it is written in the list.
    pub phrase: String,
    /// Letters of the phrase: three or fewer prove little.
    pub letters: usize,
    /// What it says of the language of its words.
    pub says: Says,
    /// The steering list that it is of; empty where it is of none.
    pub list: &'static str,
}

/// What a phrase says of the language of its words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Says {
    /// Nothing: words of all languages are known as such.
    Nothing,
    /// That they belong to a formula of courtesy.
    Courtesy,
    /// That they are what disputes are about.
    Topic,
    /// That they are marks of the language; nothing else.
    Mark,
}

impl Says {
    fn of(meaning: &Meaning) -> Says {
        match meaning {
            Meaning::Steering(list) if list == "marks" => Says::Mark,
            Meaning::Steering(list) if list == "courtesy" => Says::Courtesy,
            Meaning::Steering(_) | Meaning::City(_) | Meaning::Month(_) | Meaning::Weekday(_) | Meaning::Label(_) => Says::Nothing,
            Meaning::Category(_) | Meaning::Intent(..) | Meaning::Remedy(_) | Meaning::Payment(_) => Says::Topic,
        }
    }
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
        if self.form != "ary-Latn" {
            return true;
        }
        let digits = self.phrase.bytes().any(|byte| matches!(byte, b'2' | b'3' | b'5' | b'7' | b'9')) && self.letters >= 3;
        let topic = matches!(self.meaning, Meaning::Category(_) | Meaning::Remedy(_)) && matches!(language, LanguageForm::French | LanguageForm::English);
        let sure = matches!(self.meaning, Meaning::Label(_)) || digits || !topic && (self.words() > 1 || self.letters >= UNMISTAKABLE);
        sure || language == LanguageForm::DarijaLatin
    }

    /// Whether it is of the steering list `list`.
    #[inline]
    pub fn steers(&self, list: &str) -> bool {
        self.list == list
    }
}

/// One word of a phrase.
#[derive(Debug, Clone)]
enum Pattern {
    /// This word; one that stands in a list of French or English also in its plural and feminine.
    Exact(Arc<str>),
    /// A word that sounds so, or has these consonants where that tells enough.
    Sound(Arc<str>, Arc<str>),
    /// A word that begins so.
    Prefix(Arc<str>),
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
    /// Their numbers among the [`Steps`]; that of the first is never looked at, nor that of a gap.
    steps: Vec<u32>,
    known: Arc<Known>,
    /// Whether words may be inflected, and vowels of Arabizi differ.
    loose: bool,
}

/// Phrases by their first word.
#[derive(Debug)]
pub(super) struct Lexicon {
    /// Tells it from others, for words remember what it noted about them.
    number: usize,
    heads: Vec<Head>,
    /// Phrases of one word, and whether a gap follows it.
    alone: Vec<(Arc<Known>, bool)>,
    steps: Steps,
    exact: Table<Shelf>,
    sound: Table<Shelf>,
    prefix: Table<Shelf>,
    numbers: Shelf,
}

/// Heads that are looked up by the same key, by their numbers.
type Shelf = Range<usize>;

/// Letters by which prefixes are looked up.
const PREFIX_KEY: usize = 3;
/// Consonants that tell Arabizi words apart.
const TELLING: usize = 4;
/// The Arabizi article: phrases are found with it, without it and where it is written onto the next word.
const ARTICLE: &str = "l";

impl Lexicon {
    /// Every phrase in `text`, in the order of their first words. Those within a phrase of the list `hides` are left out.
    pub fn find(&self, text: &[Word]) -> Vec<Hit> {
        unhidden(self.all(text))
    }

    /// The same in the first `until` words alone, and in all of them: whatever ends before the others is found without them too.
    pub fn find_both(&self, text: &[Word], until: usize) -> (Vec<Hit>, Vec<Hit>) {
        let all = self.all(text);
        let first = all.iter().filter(|hit| hit.last < until).cloned().collect();
        (unhidden(first), unhidden(all))
    }

    fn all(&self, text: &[Word]) -> Vec<Hit> {
        // Words remember what was noted about them, and most stood in a text before.
        let mut noted: Vec<&Noted> = Vec::with_capacity(text.len());
        noted.extend(text.iter().map(|word| word.noted.get_or_init(|| self.note(word))).take_while(|noted| noted.lexicon == self.number));
        let strange = if noted.len() < text.len() { text } else { &[] };
        let anew: Vec<Noted> = strange.iter().map(|word| self.note(word)).collect();
        if noted.len() < text.len() {
            noted = anew.iter().collect();
        }
        let mut hits: Vec<Hit> = Vec::with_capacity(text.len());
        let mut order: Vec<(usize, usize)> = Vec::new();
        for (at, begun) in noted.iter().enumerate() {
            let before = hits.len();
            for (known, gapped) in begun.alone.iter().filter_map(|(_, number)| self.alone.get(*number)) {
                hits.push(Hit { known: Arc::clone(known), first: at, last: at, gapped: *gapped });
            }
            if begun.heads.is_empty() {
                continue;
            }
            let ahead = Ahead::of(text, &noted, at);
            order.clear();
            for (shelf, head) in begun.heads.iter().filter_map(|(shelf, head)| Some((shelf, self.heads.get(*head)?))) {
                head.find(&ahead, |place, hit| {
                    order.push((*shelf, place));
                    hits.push(hit);
                });
            }
            if !order.is_empty() {
                order.splice(..0, begun.alone.iter().map(|(place, _)| *place));
                sort(&mut order, hits.get_mut(before..).unwrap_or_default());
            }
        }
        hits
    }

    /// Which phrases `word` is, which heads it fits, and which later words of phrases it is.
    fn note(&self, word: &Word) -> Noted {
        let (mut heads, mut alone, mut shelves) = (Vec::new(), Vec::new(), 0usize);
        self.beginning_with(word, |shelf| {
            let numbered = shelf.clone().zip(self.heads.get(shelf.clone()).unwrap_or_default());
            for (number, head) in numbered.filter(|(_, head)| head.fits(word)) {
                alone.extend(head.alone.iter().map(|(place, phrase)| ((shelves, *place), *phrase)));
                heads.extend(head.goes_on().then_some((shelves, number)));
            }
            shelves = shelves.saturating_add(1);
        });
        alone.sort_unstable();
        let steps = self.steps.of(word);
        let signs = steps.iter().fold(0, |signs, step| signs | steps::sign(*step));
        Noted { lexicon: self.number, steps, signs, alone: alone.into(), heads }
    }

    /// Calls `visit` with the shelves on which phrases stand whose first word may be `word`, each once.
    fn beginning_with(&self, word: &Word, mut visit: impl FnMut(&Shelf)) {
        let attached = || Some(&word.text).filter(|text| !text.is_ascii()).into_iter().flat_map(|text| arabic_stems(text));
        let exact = [Some(word.text.as_str()), Some(latin_stem(&word.text))].into_iter().chain(attached().map(Some));
        each_once(exact, |key| self.exact.get(key).into_iter().for_each(&mut visit));
        let sounds = [Some(word.sound.as_str()), Some(&word.consonants), without_article(&word.sound), word.consonants.strip_prefix('l')];
        each_once(sounds.into_iter(), |key| self.sound.get(key).into_iter().for_each(&mut visit));
        let heads = std::iter::once(word.text.as_str()).chain(attached()).map(|stem| Some(head(stem)));
        each_once(heads, |key| self.prefix.get(key).into_iter().for_each(&mut visit));
        if is_number(&word.text) {
            visit(&self.numbers);
        }
    }
}

/// Puts the few phrases that begin with one word in their `order`.
fn sort(order: &mut [(usize, usize)], hits: &mut [Hit]) {
    for sorted in 1..order.len() {
        let mut at = sorted;
        while let Some(before) = at.checked_sub(1)
            && order.get(before) > order.get(at)
        {
            order.swap(before, at);
            hits.swap(before, at);
            at = before;
        }
    }
}

/// `hits` without those that lie within a phrase of the list `hides`.
fn unhidden(mut hits: Vec<Hit>) -> Vec<Hit> {
    if !hits.iter().any(|hit| hit.steers("hides")) {
        return hits;
    }
    let hiding = Covered::by(hits.iter().filter(|hit| hit.steers("hides")));
    let paid: HashSet<(usize, usize)> = hits.iter().filter(|hit| matches!(hit.meaning, Meaning::Payment(_))).map(|hit| (hit.first, hit.last)).collect();
    let hiding_more = Covered::by(hits.iter().filter(|hit| hit.steers("hides") && !paid.contains(&(hit.first, hit.last))));
    hits.retain(|hit| !if matches!(hit.meaning, Meaning::Payment(_)) { &hiding_more } else { &hiding }.covers(hit));
    hits
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

impl Pattern {
    fn sounding(word: &Word) -> Self {
        Pattern::Sound(word.sound.as_str().into(), word.consonants.as_str().into())
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
