//! What a person seems to want (DOMAIN §4.6), with guards against negation, conditions, questions and others' words.

use super::fold::Word;
use super::lexicon::{Hit, Meaning};
use super::span::longest;
use crate::domain::Intent;

/// Words before a phrase in which a negation turns it round.
const DENIAL_REACH: usize = 3;
/// Words before a phrase in which "if" or "how do I" makes it no statement.
const DOUBT_REACH: usize = 2;
/// Words before a phrase in which "he told me" makes it another's.
const REPORT_REACH: usize = 10;
/// Words after a quotation within which "he told me" makes it another's.
const REPORTED_AFTER: usize = 3;
/// Words of a mail in which weak phrases count.
const FEW_WORDS: usize = 8;
/// Words of a mail in which a weak yes with a condition after it is a proposal.
const SHORT_ANSWER: usize = 40;
/// Bytes of a quotation within a text; what is longer is no quotation but a lost mark.
const QUOTATION: usize = 600;

/// The intents of a text, in the order of their phrases, each once, with the phrases.
pub(super) fn find(text: &str, words: &[Word], hits: &[Hit]) -> Vec<(Intent, String)> {
    let told = Told::new(text, words, hits);
    let mut found: Vec<(Intent, String)> = Vec::new();
    let mut weak: Vec<(Intent, String)> = Vec::new();
    let short = words.len() <= FEW_WORDS && !text.contains(['?', '؟']);
    for hit in longest(hits, |hit| matches!(hit.meaning, Meaning::Intent(..))) {
        let Meaning::Intent(intent, strong) = hit.meaning else { continue };
        if told.denied(hit, intent) || told.reported(hit) || told.doubted(hit) || needs_statement(intent) && told.asked(hit) {
            continue;
        }
        let qualified = told.qualified(hit);
        let read = match intent {
            Intent::Accept | Intent::Grant | Intent::Confirm | Intent::Mediate if qualified => {
                if !strong && (hit.first > 1 || words.len() > SHORT_ANSWER) {
                    continue;
                }
                Intent::Counter
            }
            _ if !strong && (!short || told.conditional()) => continue,
            Intent::Withdraw | Intent::Resolved | Intent::Performed | Intent::Share if told.qualified_after(hit) => continue,
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

/// A text as it is told: its sentences and the words that steer their meaning.
struct Told<'a> {
    words: &'a [Word],
    /// First words of the sentences.
    begins: Vec<usize>,
    /// For each sentence, the marks between it and the next.
    ends: Vec<&'a str>,
    /// Byte ranges between quotation marks.
    quoted: Vec<(usize, usize)>,
    but: Vec<&'a Hit>,
    denies: Vec<&'a Hit>,
    reports: Vec<&'a Hit>,
    doubts: Vec<&'a Hit>,
}

impl<'a> Told<'a> {
    fn new(text: &'a str, words: &'a [Word], hits: &'a [Hit]) -> Self {
        let begins: Vec<usize> = words.iter().enumerate().filter(|(at, word)| *at == 0 || word.begins).map(|(at, _)| at).collect();
        let last = |sentence: usize| begins.get(sentence.saturating_add(1)).map_or(words.len(), |next| *next).checked_sub(1);
        let gap = |sentence: usize| {
            let word = last(sentence)?;
            let until = words.get(word.saturating_add(1)).map_or(text.len(), |next| next.start);
            text.get(words.get(word)?.end..until)
        };
        let ends = (0..begins.len()).map(|sentence| gap(sentence).unwrap_or_default()).collect();
        let mut told = Self { words, begins, ends, quoted: quotations(text), but: Vec::new(), denies: Vec::new(), reports: Vec::new(), doubts: Vec::new() };
        for hit in hits {
            match hit.list {
                "but" => told.but.push(hit),
                "denies" => told.denies.push(hit),
                "reports" => told.reports.push(hit),
                "doubts" => told.doubts.push(hit),
                _ => {}
            }
        }
        told
    }

    fn sentence(&self, word: usize) -> usize {
        self.begins.partition_point(|first| *first <= word).saturating_sub(1)
    }

    fn begin_of(&self, word: usize) -> usize {
        self.begins.get(self.sentence(word)).copied().unwrap_or(0)
    }

    fn end_of(&self, word: usize) -> usize {
        self.begins.get(self.sentence(word).saturating_add(1)).copied().unwrap_or(self.words.len())
    }

    /// Whether any of `steering` ends in the `reach` words before `hit`, in its sentence.
    fn before(&self, steering: &[&Hit], hit: &Hit, reach: usize) -> bool {
        let from = self.begin_of(hit.first).max(hit.first.saturating_sub(reach));
        let near = steering.partition_point(|other| other.first.saturating_add(LONGEST) < from);
        steering.iter().skip(near).take_while(|other| other.first < hit.first).any(|other| other.last >= from && other.last < hit.first)
    }

    /// Whether any of `steering` begins within `range` words.
    fn within(steering: &[&Hit], range: std::ops::RangeInclusive<usize>) -> bool {
        let near = steering.partition_point(|other| other.first < *range.start());
        steering.get(near).is_some_and(|other| range.contains(&other.first))
    }

    fn denied(&self, hit: &Hit, intent: Intent) -> bool {
        const AFTER: [&str; 6] = ["pas", "jamais", "aucunement", "nothing", "no", "neither"];
        let after = self.words.get(hit.last.saturating_add(1)).is_some_and(|word| !word.begins && AFTER.contains(&word.text.as_str()));
        after && needs_statement(intent) || self.before(&self.denies, hit, DENIAL_REACH)
    }

    fn doubted(&self, hit: &Hit) -> bool {
        self.before(&self.doubts, hit, DOUBT_REACH) || Self::within(&self.doubts, hit.first..=hit.first)
    }

    fn asked(&self, hit: &Hit) -> bool {
        self.ends.get(self.sentence(hit.last)).is_some_and(|marks| marks.contains(['?', '؟']))
    }

    /// Whether the words are another's: after "he told me", within quotation marks, or after a colon that follows it.
    fn reported(&self, hit: &Hit) -> bool {
        let at = self.words.get(hit.first).map_or(0, |word| word.start);
        let until = self.quoted.partition_point(|(from, _)| *from <= at);
        if until.checked_sub(1).and_then(|place| self.quoted.get(place)).is_some_and(|(_, to)| *to > at) {
            return true;
        }
        let sentence = self.sentence(hit.first);
        let introduced = sentence.checked_sub(1).is_some_and(|before| {
            let told = self.begins.get(before).copied().unwrap_or(0);
            let colon = self.ends.get(before).is_some_and(|marks| marks.contains(':'));
            colon && Self::within(&self.reports, told..=self.begin_of(hit.first).saturating_sub(1))
        });
        let begins_there = Self::within(&self.reports, hit.first..=hit.first);
        let after = hit.last.saturating_add(1);
        let follows = Self::within(&self.reports, after..=after.saturating_add(REPORTED_AFTER).min(self.end_of(hit.last).saturating_sub(1)))
            && self.words.get(after).zip(self.words.get(hit.last)).is_some_and(|(next, last)| next.start.saturating_sub(last.end) > 1);
        introduced || begins_there || follows || self.before(&self.reports, hit, REPORT_REACH)
    }

    /// Whether a condition stands in the same sentence, or opens the next one.
    fn qualified(&self, hit: &Hit) -> bool {
        Self::within(&self.but, self.begin_of(hit.first)..=self.end_of(hit.last))
    }

    /// The same after the phrase only.
    fn qualified_after(&self, hit: &Hit) -> bool {
        Self::within(&self.but, hit.last.saturating_add(1)..=self.end_of(hit.last))
    }

    fn conditional(&self) -> bool {
        !self.but.is_empty()
    }
}

/// Words of the longest steering phrase.
const LONGEST: usize = 8;

/// What stands between quotation marks, in bytes, unless that is the whole text.
fn quotations(text: &str) -> Vec<(usize, usize)> {
    let mut found = Vec::new();
    let mut open: Option<(usize, char)> = None;
    // Most texts hold no mark that opens one: these begin with the bytes of `«` and of the others.
    if !text.bytes().any(|byte| matches!(byte, b'"' | 0xc2 | 0xe2)) {
        return found;
    }
    let whole = text.trim().trim_end_matches(['.', '!']);
    if whole.starts_with(['«', '“', '"']) && whole.ends_with(['»', '”', '"']) {
        return found;
    }
    for (at, c) in text.char_indices() {
        match (open, c) {
            (Some((from, mark)), _) if c == mark => {
                if at.saturating_sub(from) <= QUOTATION {
                    found.push((from, at));
                }
                open = None;
            }
            (Some((_, '"')), '\n') => open = None,
            (None, '«') => open = Some((at, '»')),
            (None, '“' | '„') => open = Some((at, '”')),
            (None, '"') => open = Some((at, '"')),
            (Some((from, _)), _) if at.saturating_sub(from) > QUOTATION => open = None,
            _ => {}
        }
    }
    found
}
