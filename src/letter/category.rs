//! What a complaint is about (DOMAIN §4.1): scores of phrases, explained.

use super::knowledge::Knowledge;
use super::lexicon::{Hit, Meaning};

/// A category and the phrases that spoke for it.
pub(super) struct Found {
    /// Code.
    pub code: String,
    /// Phrases.
    pub because: Vec<String>,
}

/// Twice the weight of a phrase, so that the subject can count half as much again.
fn weight(hit: &Hit) -> u32 {
    match hit.words() {
        1 if hit.letters <= 3 => 2,
        1 => 4,
        _ => 6,
    }
}

/// Least score, in the same halves.
const ENOUGH: u32 = 4;

/// The category that `body` and `subject` speak for, if one stands out.
pub(super) fn choose(knowledge: &Knowledge, body: &[Hit], subject: &[Hit]) -> Option<Found> {
    let mut scores: Vec<(u32, Vec<String>)> = vec![(0, Vec::new()); knowledge.categories.len()];
    for (hits, in_subject) in [(body, false), (subject, true)] {
        for hit in longest(hits) {
            let Meaning::Category(place) = hit.meaning else { continue };
            let Some((score, because)) = scores.get_mut(place) else { continue };
            if because.contains(&hit.phrase) {
                continue;
            }
            let weight = weight(hit);
            *score = score.saturating_add(if in_subject { weight.saturating_add(weight / 2) } else { weight });
            because.push(hit.phrase.clone());
        }
    }
    let best = |yields: bool| {
        let mut ranked: Vec<(u32, usize)> = scores
            .iter()
            .enumerate()
            .filter(|(place, (score, _))| *score >= ENOUGH && knowledge.categories.get(*place).is_some_and(|category| category.yields == yields))
            .map(|(place, (score, _))| (*score, place))
            .collect();
        ranked.sort_by(|left, right| right.0.cmp(&left.0).then(left.1.cmp(&right.1)));
        ranked
    };
    let ranked = [best(false), best(true)].into_iter().find(|ranked| !ranked.is_empty())?;
    let (first, second) = (ranked.first()?, ranked.get(1));
    if second.is_some_and(|second| second.0 == first.0 && first.0 < 6) {
        return None;
    }
    let category = knowledge.categories.get(first.1)?;
    Some(Found { code: category.code.clone(), because: scores.get(first.1).map(|(_, because)| because.clone()).unwrap_or_default() })
}

/// Hits of categories that do not lie within a longer one.
fn longest(hits: &[Hit]) -> impl Iterator<Item = &Hit> {
    hits.iter().filter(|hit| {
        let within =
            |other: &&Hit| matches!(other.meaning, Meaning::Category(_)) && other.first <= hit.first && hit.last <= other.last && other.words() > hit.words();
        matches!(hit.meaning, Meaning::Category(_)) && !hits.iter().any(|other| within(&other))
    })
}
