//! What a complaint is about (DOMAIN §4.1): scores of phrases, explained.

use super::fold::Word;
use super::knowledge::Knowledge;
use super::lexicon::{Hit, Meaning};
use super::span::longest;

/// What the phrases of a mail say about its category.
pub(super) struct Found {
    /// The code that stands out.
    pub code: Option<String>,
    /// The codes that were spoken for, best first, at most three: what to offer when none stands out.
    pub candidates: Vec<String>,
    /// Phrases with their form of language and weight, and the sums of the candidates.
    pub because: Vec<String>,
}

/// A text and its known phrases.
pub(super) struct Spoken<'a> {
    /// Its words.
    pub words: &'a [Word],
    /// Its phrases.
    pub hits: &'a [Hit],
}

/// Least score, in halves.
const ENOUGH: u32 = 6;
/// Least score where nothing else is said to have happened: one word, in halves.
const ALONE: u32 = 4;
/// Letters of a phrase that are shown.
const SHOWN: usize = 40;
/// Codes that are offered.
const OFFERED: usize = 3;
/// Words before a phrase in which a negation takes it back.
const DENIAL_REACH: usize = 2;

/// Marks a word in the lexicon that names the matter by itself and weighs as much as a phrase; in a category that yields, what happened.
const DECISIVE: char = '!';
/// Marks what is mentioned beside many matters; in a category that yields, a wish.
const WEAK: char = '?';
/// What wishes weigh together at most, in halves.
const WISHES: u32 = 4;

/// Twice the weight of a phrase, so that the subject can count half as much again.
fn weight(hit: &Hit) -> u32 {
    match hit.words() {
        1 if hit.phrase.ends_with(DECISIVE) => 6,
        2.. if hit.phrase.ends_with(WEAK) => 4,
        1 if hit.letters <= 3 => 2,
        1 => 4,
        _ => 6,
    }
}

/// What speaks for one category.
#[derive(Clone, Default)]
struct Score {
    /// Words of what happened.
    happened: u32,
    /// Words that count where nothing else is said: what is asked for, what is mentioned beside.
    beside: u32,
    /// Wishes for money, which go with every matter.
    wished: u32,
    because: Vec<(String, u32)>,
    /// The phrases that were counted.
    told: Vec<String>,
}

impl Score {
    fn whole(&self) -> u32 {
        self.happened.saturating_add(self.beside).saturating_add(self.wished.min(WISHES))
    }

    fn first(&self) -> u32 {
        if self.happened == 0 { 0 } else { self.whole() }
    }
}

/// The category that `body` and `subject` speak for: that of what happened; where nothing is said of that, that of what is asked for.
pub(super) fn choose(knowledge: &Knowledge, body: &Spoken<'_>, subject: &Spoken<'_>) -> Found {
    let mut scores: Vec<Score> = vec![Score::default(); knowledge.categories.len()];
    for (spoken, in_subject) in [(body, false), (subject, true)] {
        count(knowledge, spoken, in_subject, &mut scores);
    }
    let ranked = |score: fn(&Score) -> u32| {
        let mut ranked: Vec<(u32, usize)> = scores.iter().enumerate().map(|(place, this)| (score(this), place)).filter(|(score, _)| *score > 0).collect();
        ranked.sort_by(|left, right| right.0.cmp(&left.0).then(left.1.cmp(&right.1)));
        ranked
    };
    let code = |place: usize| knowledge.categories.get(place).map(|category| category.code.clone());
    let yields = |place: usize| knowledge.categories.get(place).is_some_and(|category| category.yields);
    let enough = |score: fn(&Score) -> u32, alone: u32| {
        let ranked = ranked(score);
        let least = if ranked.len() == 1 { alone } else { ENOUGH };
        let (best, place) = ranked.first().copied().filter(|(score, _)| *score >= least)?;
        Some(ranked.get(1).is_none_or(|(next, other)| best > *next || yields(*other) && !yields(place)).then_some(place))
    };
    let chosen = enough(Score::first, ALONE).or_else(|| enough(Score::whole, ENOUGH)).flatten();
    let mut offered = ranked(Score::first);
    offered.extend(ranked(Score::whole).into_iter().filter(|(_, place)| scores.get(*place).is_some_and(|score| score.first() == 0)));
    offered.truncate(OFFERED);
    let mut because: Vec<String> = Vec::new();
    for (score, place) in &offered {
        let (Some(code), Some(Score { because: phrases, .. })) = (code(*place), scores.get(*place)) else { continue };
        because.extend(phrases.iter().map(|(phrase, weight)| format!("{code}:{phrase}+{}", halves(*weight))));
        because.push(format!("score:{code}={}", halves(*score)));
    }
    Found { code: chosen.and_then(code), candidates: offered.iter().filter_map(|(_, place)| code(*place)).collect(), because }
}

/// Adds what the phrases of a text weigh.
fn count(knowledge: &Knowledge, spoken: &Spoken<'_>, in_subject: bool, scores: &mut [Score]) {
    let mut counted: Option<(usize, usize)> = None;
    for hit in longest(spoken.hits, |hit| matches!(hit.meaning, Meaning::Category(_))) {
        let Meaning::Category(place) = hit.meaning else { continue };
        let (Some(category), Some(score)) = (knowledge.categories.get(place), scores.get_mut(place)) else { continue };
        if category.deniable && denied(spoken, hit) {
            continue;
        }
        let twice = score.told.contains(&hit.phrase);
        if twice || counted == Some((place, hit.first)) {
            continue;
        }
        counted = Some((place, hit.first));
        let weight = weight(hit);
        let weight = if in_subject { weight.saturating_add(weight / 2) } else { weight };
        let sum = match (category.yields, hit.phrase.ends_with(DECISIVE), hit.phrase.ends_with(WEAK)) {
            (true, false, true) => &mut score.wished,
            (true, false, false) | (false, _, true) => &mut score.beside,
            _ => &mut score.happened,
        };
        *sum = sum.saturating_add(weight);
        score.because.push((shown(hit), weight));
        score.told.push(hit.phrase.clone());
    }
}

/// A phrase with its form of language, cut where it has many alternatives.
fn shown(hit: &Hit) -> String {
    match hit.phrase.char_indices().nth(SHOWN) {
        Some((end, _)) if hit.phrase.contains('|') => format!("{}:{}…", hit.form, hit.phrase.get(..end).unwrap_or_default()),
        _ => format!("{}:{}", hit.form, hit.phrase),
    }
}

/// `7` halves are `3.5`.
fn halves(number: u32) -> String {
    format!("{}{}", number / 2, if number.is_multiple_of(2) { "" } else { ".5" })
}

/// Whether a negation stands right before a phrase that has none in itself: "pas de retard", "ce n'est pas une arnaque".
fn denied(spoken: &Spoken<'_>, hit: &Hit) -> bool {
    let near = spoken.hits.partition_point(|other| other.first.saturating_add(DENIAL_REACH) < hit.first);
    let negations: Vec<usize> =
        spoken.hits.iter().skip(near).take_while(|other| other.first <= hit.last).filter(|other| other.steers("denies")).map(|other| other.first).collect();
    let joined = |from: usize| spoken.words.iter().take(hit.first.saturating_add(1)).skip(from.saturating_add(1)).all(|word| !word.begins);
    negations.iter().all(|at| *at < hit.first) && negations.iter().any(|at| joined(*at))
}
