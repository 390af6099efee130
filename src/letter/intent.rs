//! What a person seems to want (DOMAIN §4.6), with guards against negation, conditions, questions and others' words.

mod scope;
mod speech;
mod told;

use self::told::Told;
use super::fold::Word;
use super::lexicon::{Hit, Meaning};
use super::span::longest;
use crate::domain::Intent;

/// Words after "it is settled" in which a way to pay says what was settled.
const PAID_REACH: usize = 2;
/// Words of a mail in which weak phrases count.
const FEW_WORDS: usize = 8;
/// Words of a mail in which a weak yes with a condition after it is a proposal.
const SHORT_ANSWER: usize = 40;

/// The intents of a text, in the order of their phrases, each once, with the phrases.
pub(super) fn find(text: &str, words: &[Word], hits: &[Hit]) -> Vec<(Intent, String)> {
    let told = Told::new(text, words, hits);
    let mut found: Vec<(Intent, String)> = Vec::new();
    let mut weak: Vec<(Intent, String)> = Vec::new();
    let complaints: Vec<(usize, usize)> =
        hits.iter().filter(|hit| matches!(hit.meaning, Meaning::Category(_) | Meaning::Remedy(_))).map(|hit| (hit.first, hit.last)).collect();
    let asks = hits.iter().any(|hit| matches!(hit.meaning, Meaning::Remedy(_)));
    let short = words.len() <= FEW_WORDS && !text.contains(['?', '؟']);
    for hit in longest(hits, |hit| matches!(hit.meaning, Meaning::Intent(..))) {
        let Meaning::Intent(intent, strong) = hit.meaning else { continue };
        let empty = (is_bare_no(hit, intent) || is_participle(hit, intent)) && !is_whole_answer(text, words, hits)
            || intent == Intent::Resolved && is_amiss(hit, hits, &complaints);
        if empty || told.is_unsaid(hit, intent) {
            continue;
        }
        if told.strays(hit) || intent == Intent::Refuse && told.answers_itself(hit) {
            continue;
        }
        let waits = matches!(intent, Intent::Accept | Intent::Grant) && (strong || asks) && told.postponed(hit);
        let qualified = waits || told.qualified(hit) || told.hedged(hit, intent);
        if intent == Intent::Accept && !qualified && (!strong && short && told.is_vague() || told.is_refused_behind(hit)) {
            continue;
        }
        let read = match intent {
            Intent::Accept | Intent::Grant | Intent::Confirm | Intent::Mediate if qualified => {
                if !strong && (hit.first > 1 || words.len() > SHORT_ANSWER) {
                    continue;
                }
                Intent::Counter
            }
            _ if !strong && (!short || told.conditional()) => continue,
            other if ends_on_terms(other) && (told.qualified_after(hit) || told.postponed(hit) || told.is_undone(hit, other)) => continue,
            other => other,
        };
        if !strong && read != Intent::Counter {
            weak.push((read, hit.phrase.clone()));
        } else if !found.iter().any(|(known, _)| *known == read) {
            found.push((read, hit.phrase.clone()));
        }
    }
    // "Safi" and "ok" mean nothing beside words that say what is meant.
    if found.is_empty() {
        weak.dedup_by(|one, other| one.0 == other.0);
        let came = weak.iter().any(|(intent, _)| *intent == Intent::Resolved);
        weak.retain(|(intent, _)| !(came && *intent == Intent::Accept));
        found = weak;
    }
    let says = |intent: Intent| found.iter().any(|(known, _)| *known == intent);
    if says(Intent::Grant) {
        found.retain(|(intent, _)| *intent != Intent::AskTime);
    }
    let says = |intent: Intent| found.iter().any(|(known, _)| *known == intent);
    if says(Intent::Refuse) || says(Intent::Counter) {
        found.retain(|(intent, _)| !matches!(intent, Intent::Accept | Intent::Grant));
    }
    found
}

/// Whether a question with such a phrase asks about the thing instead of wishing it.
fn needs_statement(intent: Intent) -> bool {
    !matches!(intent, Intent::Human | Intent::AskTime | Intent::NotShare | Intent::Counter | Intent::Interrupt)
}

/// Whether only the writer can say it of himself: "le client refuse" is no refusal.
fn is_own(intent: Intent) -> bool {
    matches!(
        intent,
        Intent::Accept
            | Intent::Refuse
            | Intent::Grant
            | Intent::Mediate
            | Intent::Interrupt
            | Intent::Resume
            | Intent::AskTime
            | Intent::Withdraw
            | Intent::End
    )
}

/// Whether it is nothing where it is to hold only once something happened, or only in part.
fn ends_on_terms(intent: Intent) -> bool {
    matches!(intent, Intent::Withdraw | Intent::End | Intent::Resolved | Intent::Performed | Intent::Share | Intent::NotConcerned)
}

/// Whether the phrase is a mere "no", with which many other sentences begin too.
fn is_bare_no(hit: &Hit, intent: Intent) -> bool {
    intent == Intent::Refuse && matches!(hit.phrase.as_str(), "non" | "no" | "لا" | "la")
}

/// Whether it may say what another refused: "livraison : refusé".
fn is_participle(hit: &Hit, intent: Intent) -> bool {
    intent == Intent::Refuse && matches!(hit.phrase.as_str(), "refuse" | "refusee")
}

/// Whether nothing is said but no, thanks and a name.
fn is_whole_answer(text: &str, words: &[Word], hits: &[Hit]) -> bool {
    let said = |hit: &Hit| hit.steers("courtesy") || hit.meaning == Meaning::Intent(Intent::Refuse, false);
    let named = |word: &Word| text.get(word.start..).is_some_and(|rest| rest.starts_with(char::is_uppercase));
    let covered = |at: usize| hits.iter().any(|hit| hit.first <= at && at <= hit.last && said(hit));
    words.len() <= FEW_WORDS && words.iter().enumerate().all(|(at, word)| named(word) || covered(at))
}

/// The hits that begin within a range of words.
fn beginning(hits: &[Hit], range: std::ops::RangeInclusive<usize>) -> &[Hit] {
    let (from, until) = (hits.partition_point(|hit| hit.first < *range.start()), hits.partition_point(|hit| hit.first <= *range.end()));
    hits.get(from..until).unwrap_or_default()
}

/// Whether goods came, and something else is told of them, as `complaints` tell: who got a broken lamp is not content. A bill that is settled by card is
/// no dispute either.
fn is_amiss(hit: &Hit, hits: &[Hit], complaints: &[(usize, usize)]) -> bool {
    let behind = hit.last.saturating_add(1)..=hit.last.saturating_add(PAID_REACH);
    if hit.phrase == "c'est regle" && beginning(hits, behind).iter().any(|other| matches!(other.meaning, Meaning::Payment(_))) {
        return true;
    }
    let goods = |other: &Hit| other.last <= hit.last && other.meaning == Meaning::Intent(Intent::Resolved, false);
    let outside = |(first, last): &(usize, usize)| *first < hit.first || *last > hit.last;
    // Those that begin at either end of the text suffice, unless all lie around the phrase.
    let near = complaints.partition_point(|(first, _)| *first < hit.first);
    let around = complaints.iter().skip(near).take_while(|(first, _)| *first <= hit.last);
    beginning(hits, hit.first..=hit.last).iter().any(goods) && complaints.first().into_iter().chain(complaints.last()).chain(around).any(outside)
}

#[cfg(test)]
mod tests;
