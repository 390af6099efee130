//! What a person seems to want (DOMAIN §4.6), with guards against negation, conditions and others' words.

use super::fold::Word;
use super::lexicon::{Hit, Meaning};
use crate::domain::Intent;

/// Words before a phrase in which a negation turns it round.
const DENIAL_REACH: usize = 3;
/// Words before a phrase in which "he told me" makes it another's.
const REPORT_REACH: usize = 8;
/// Words of a mail in which weak phrases count.
const FEW_WORDS: usize = 8;

/// The intents of a text, in the order of their phrases, each once, with the phrases.
pub(super) fn find(text: &str, words: &[Word], hits: &[Hit]) -> Vec<(Intent, String)> {
    let mut found: Vec<(Intent, String)> = Vec::new();
    let short = words.len() <= FEW_WORDS;
    let asks = text.contains(['?', '؟']);
    let conditional = hits.iter().any(|hit| is(hit, "but"));
    for hit in longest(hits) {
        let Meaning::Intent(intent, strong) = hit.meaning else { continue };
        if !strong && (!short || conditional || asks) {
            continue;
        }
        if denied(words, hits, hit) || reported(words, hits, hit) {
            continue;
        }
        let intent = match intent {
            Intent::Accept | Intent::Grant | Intent::Confirm | Intent::Mediate if qualified(words, hits, hit) => Intent::Counter,
            other => other,
        };
        if !found.iter().any(|(known, _)| *known == intent) {
            found.push((intent, hit.phrase.clone()));
        }
    }
    let refuses = found.iter().any(|(intent, _)| *intent == Intent::Refuse);
    if refuses && found.iter().any(|(intent, _)| *intent == Intent::Accept) {
        found.retain(|(intent, _)| *intent != Intent::Accept);
    }
    found
}

fn is(hit: &Hit, list: &str) -> bool {
    matches!(&hit.meaning, Meaning::Steering(name) if name == list)
}

/// Where the sentence of word `at` begins.
fn sentence(words: &[Word], at: usize) -> usize {
    words.iter().enumerate().take(at.saturating_add(1)).filter(|(_, word)| word.begins).map(|(place, _)| place).next_back().unwrap_or(0)
}

fn denied(words: &[Word], hits: &[Hit], hit: &Hit) -> bool {
    let from = sentence(words, hit.first).max(hit.first.saturating_sub(DENIAL_REACH));
    let before = hits.iter().any(|other| is(other, "denies") && other.last >= from && other.last < hit.first);
    let after = hits.iter().any(|other| {
        is(other, "denies") && other.first == hit.last.saturating_add(1) && words.get(other.first).is_some_and(|word| word.text == "pas" && !word.begins)
    });
    before || after
}

fn reported(words: &[Word], hits: &[Hit], hit: &Hit) -> bool {
    let from = sentence(words, hit.first).max(hit.first.saturating_sub(REPORT_REACH));
    hits.iter().any(|other| is(other, "reports") && other.last >= from && other.first <= hit.first)
}

/// Whether a condition stands in the same sentence, or opens the next one.
fn qualified(words: &[Word], hits: &[Hit], hit: &Hit) -> bool {
    let from = sentence(words, hit.first);
    let ends = words.iter().enumerate().skip(hit.last.saturating_add(1)).filter(|(_, word)| word.begins).map(|(place, _)| place).next().unwrap_or(words.len());
    hits.iter().any(|other| is(other, "but") && other.first >= from && other.first <= ends)
}

fn longest(hits: &[Hit]) -> impl Iterator<Item = &Hit> {
    hits.iter().filter(|hit| {
        let within =
            |other: &Hit| matches!(other.meaning, Meaning::Intent(..)) && other.first <= hit.first && hit.last <= other.last && other.words() > hit.words();
        matches!(hit.meaning, Meaning::Intent(..)) && !hits.iter().any(within)
    })
}
