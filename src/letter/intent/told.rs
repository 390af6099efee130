//! A text as it is told: denied, asked, reported, told of another, or on a condition.

use super::speech::lines_of_others;
use super::{ends_on_terms, is_own, needs_statement};
use crate::domain::Intent;
use crate::letter::fold::Word;
use crate::letter::lexicon::{Hit, Meaning};
use std::collections::BTreeMap;

/// Words before a phrase in which a negation turns it round.
const DENIAL_REACH: usize = 3;
/// Words before a phrase in which "if" or "how do I" makes it no statement.
const DOUBT_REACH: usize = 2;
/// Words before a phrase in which "he told me" makes it another's.
const REPORT_REACH: usize = 10;
/// Words after a quotation within which "he told me" makes it another's.
const REPORTED_AFTER: usize = 3;
/// Words before a phrase in which somebody else is its subject.
const SUBJECT_REACH: usize = 3;
/// Words of a sentence that takes back what was said before.
const TAKEN_BACK: usize = 4;
/// Bytes of a quotation within a text; what is longer is no quotation but a lost mark.
const QUOTATION: usize = 600;

/// A text as it is told: its sentences and the words that steer their meaning.
#[derive(Default)]
pub(super) struct Told<'a> {
    pub(super) text: &'a str,
    pub(super) words: &'a [Word],
    pub(super) hits: &'a [Hit],
    /// First words of the sentences.
    begins: Vec<usize>,
    /// For each sentence, the marks between it and the next.
    ends: Vec<&'a str>,
    /// Byte ranges between quotation marks.
    quoted: Vec<(usize, usize)>,
    but: Vec<&'a Hit>,
    denies: Vec<&'a Hit>,
    /// Negations that open a sentence and stand alone: "no, I refuse".
    noes: Vec<&'a Hit>,
    reports: Vec<&'a Hit>,
    doubts: Vec<&'a Hit>,
    /// Doubts by which a wish may be asked for.
    questions: Vec<&'a Hit>,
    after: Vec<&'a Hit>,
    others: Vec<&'a Hit>,
    /// What wishes are about, by the names of the lists.
    scope: BTreeMap<&'static str, Vec<&'a Hit>>,
    /// Byte ranges of the lines in which another speaks.
    spoken: Vec<(usize, usize)>,
    /// The last sentence that takes back what was said before.
    taken_back: Option<usize>,
}

impl<'a> Told<'a> {
    pub(super) fn new(text: &'a str, words: &'a [Word], hits: &'a [Hit]) -> Self {
        let begins: Vec<usize> = words.iter().enumerate().filter(|(at, word)| *at == 0 || word.begins).map(|(at, _)| at).collect();
        let last = |sentence: usize| begins.get(sentence.saturating_add(1)).map_or(words.len(), |next| *next).checked_sub(1);
        let gap = |sentence: usize| {
            let word = last(sentence)?;
            let until = words.get(word.saturating_add(1)).map_or(text.len(), |next| next.start);
            text.get(words.get(word)?.end..until)
        };
        let ends = (0..begins.len()).map(|sentence| gap(sentence).unwrap_or_default()).collect();
        let (quoted, spoken) = (quotations(text), lines_of_others(text, words, hits));
        let mut told = Self { text, words, hits, begins, ends, quoted, spoken, ..Self::default() };
        for hit in hits {
            let list = match hit.list {
                "but" => &mut told.but,
                "after" => &mut told.after,
                "denies" if told.is_alone(hit) => &mut told.noes,
                "denies" => &mut told.denies,
                "reports" => &mut told.reports,
                "others" if told.is_inverted(hit) => continue,
                "others" => &mut told.others,
                "doubts" if QUESTIONS.contains(&hit.phrase.as_str()) => &mut told.questions,
                "doubts" => &mut told.doubts,
                list if SCOPE.contains(&list) => told.scope.entry(list).or_default(),
                _ if matches!(hit.meaning, Meaning::Remedy(_)) => told.scope.entry("offer").or_default(),
                _ => continue,
            };
            list.push(hit);
        }
        told.taken_back = told.taking_back();
        told
    }

    /// The phrases of one of the lists that say what a wish is about.
    pub(super) fn scope(&self, list: &str) -> &[&'a Hit] {
        self.scope.get(list).map_or(&[], Vec::as_slice)
    }

    pub(super) fn sentence(&self, word: usize) -> usize {
        self.begins.partition_point(|first| *first <= word).saturating_sub(1)
    }

    pub(super) fn begin_of(&self, word: usize) -> usize {
        self.begins.get(self.sentence(word)).copied().unwrap_or(0)
    }

    pub(super) fn end_of(&self, word: usize) -> usize {
        self.begins.get(self.sentence(word).saturating_add(1)).copied().unwrap_or(self.words.len())
    }

    /// Whether any of `steering` ends in the `reach` words before `hit`, in its sentence.
    pub(super) fn before(&self, steering: &[&Hit], hit: &Hit, reach: usize) -> bool {
        let from = self.begin_of(hit.first).max(hit.first.saturating_sub(reach));
        let near = steering.partition_point(|other| other.first.saturating_add(LONGEST) < from);
        steering.iter().skip(near).take_while(|other| other.first < hit.first).any(|other| other.last >= from && other.last < hit.first)
    }

    /// Whether any of `steering` begins within `range` words.
    pub(super) fn within(steering: &[&Hit], range: std::ops::RangeInclusive<usize>) -> bool {
        let near = steering.partition_point(|other| other.first < *range.start());
        steering.get(near).is_some_and(|other| range.contains(&other.first))
    }

    fn denied(&self, hit: &Hit, intent: Intent) -> bool {
        let behind = hit.last.saturating_add(1);
        let after = self.words.get(behind).is_some_and(|word| !word.begins) && Self::within(self.scope("undoes"), behind..=behind);
        after && needs_statement(intent)
            || self.before(&self.denies, hit, DENIAL_REACH)
            || intent != Intent::Refuse && self.before(&self.noes, hit, DENIAL_REACH)
    }

    /// Whether a "no" opens its sentence and denies no verb; in Arabic a comma parts it from the next.
    fn is_alone(&self, no: &Hit) -> bool {
        let after = self.words.get(no.last).and_then(|word| self.text.get(word.end..)).unwrap_or_default();
        let word = matches!(no.phrase.as_str(), "non" | "no") || no.phrase == "لا" && after.trim_start().starts_with(['،', ',']);
        word && self.words.get(no.first).is_some_and(|word| no.first == 0 || word.begins)
    }

    /// Whether it stands behind its verb: "est-il possible" speaks of nobody.
    fn is_inverted(&self, other: &Hit) -> bool {
        self.words.get(other.first).and_then(|word| self.text.get(..word.start)).is_some_and(|before| before.ends_with('-'))
    }

    /// Whether the words say something else than what `hit` stands for.
    pub(super) fn is_unsaid(&self, hit: &Hit, intent: Intent) -> bool {
        self.denied(hit, intent)
            || self.reported(hit)
            || self.doubted(hit, intent)
            || self.asked(hit) && (needs_statement(intent) || self.answered_no(hit))
            || is_own(intent) && self.told_of_another(hit)
            || matches!(intent, Intent::Accept | Intent::Grant | Intent::Mediate) && self.is_taken_back(hit)
    }

    fn doubted(&self, hit: &Hit, intent: Intent) -> bool {
        // Of an end people speak in long sentences: "if they do nothing, I will …", "I will sue if I must".
        let behind = hit.last.saturating_add(1)..self.clause_end(hit.last);
        let may = |doubt: &&Hit| doubt.words() == 1 && behind.contains(&doubt.first);
        if matches!(intent, Intent::Withdraw | Intent::End)
            && beginning_of(&self.doubts, behind.start).iter().take_while(|doubt| doubt.first < behind.end).any(may)
        {
            return true;
        }
        let reach = if ends_on_terms(intent) { REPORT_REACH } else { DOUBT_REACH };
        let doubts = |doubts: &[&Hit]| self.before(doubts, hit, reach) || Self::within(doubts, hit.first..=hit.first);
        doubts(&self.doubts) || intent != Intent::Human && doubts(&self.questions)
    }

    /// Whether somebody else is the subject of a phrase that names none: "le client n'est pas d'accord", "الزبون رافض".
    fn told_of_another(&self, hit: &Hit) -> bool {
        let Some(first) = self.words.get(hit.first) else { return false };
        let own = OWN.contains(&first.text.as_str()) || OWN_VERBS.iter().any(|opening| first.text.starts_with(opening));
        let joined = |other: &Hit| {
            let gap = self.words.get(other.last).and_then(|word| self.text.get(word.end..first.start));
            gap.is_some_and(|gap| !gap.contains([',', '،', ';', '؛', '(', ':', '-', '–']))
        };
        let from = self.others.partition_point(|other| other.first.saturating_add(SUBJECT_REACH).saturating_add(LONGEST) < hit.first);
        let near: Vec<&Hit> = self.others.iter().skip(from).take_while(|other| other.first < hit.first).copied().filter(|other| joined(other)).collect();
        !own && (self.before(&near, hit, SUBJECT_REACH) || self.told_behind(hit))
    }

    /// Whether somebody else follows as the subject: "رفضت الشركة", "refusé par le client".
    fn told_behind(&self, hit: &Hit) -> bool {
        let behind = hit.last.saturating_add(1);
        let Some(next) = self.words.get(behind).filter(|word| !word.begins) else { return false };
        let apart = self.words.get(hit.last).and_then(|word| self.text.get(word.end..next.start)).is_some_and(|gap| gap.trim().is_empty());
        // By whom something was accepted or refused is told of everybody but oneself.
        let by = matches!(next.text.as_str(), "par" | "by");
        let agent = self.words.get(behind.saturating_add(1)).map_or("", |word| word.text.as_str());
        apart && (by && !agent.is_empty() && !OWN_AGENTS.contains(&agent) || !next.text.is_ascii() && Self::within(&self.others, behind..=behind))
    }

    /// The last sentence that takes back what was said before: "Évidemment que non."
    fn taking_back(&self) -> Option<usize> {
        self.begins.iter().enumerate().rposition(|(sentence, first)| {
            let last = self.end_of(*first).saturating_sub(1);
            let no = self.words.get(last).is_some_and(|word| NO.contains(&word.text.as_str()));
            no && last.saturating_sub(*first) < TAKEN_BACK && !self.ends.get(sentence).is_some_and(|marks| marks.contains(['?', '؟']))
        })
    }

    pub(super) fn asked(&self, hit: &Hit) -> bool {
        self.ends.get(self.sentence(hit.last)).is_some_and(|marks| marks.contains(['?', '؟']))
    }

    /// Whether the next sentence says no to such a question: "Besoin de temps ? Non."
    fn answered_no(&self, hit: &Hit) -> bool {
        let next = self.end_of(hit.last);
        Self::within(&self.noes, next..=next) || Self::within(&self.denies, next..=next)
    }

    /// Whether a later sentence takes it back, or its own one ends so: "I accept, kidding, never".
    fn is_taken_back(&self, hit: &Hit) -> bool {
        let later = self.taken_back.is_some_and(|sentence| sentence > self.sentence(hit.last));
        let last = self.end_of(hit.last).saturating_sub(1);
        let word = self.words.get(last).filter(|word| last > hit.last && NO.contains(&word.text.as_str()));
        let before = last.checked_sub(1).and_then(|before| self.words.get(before));
        let parted = |no: &Word| before.and_then(|before| self.text.get(before.end..no.start)).is_some_and(|gap| gap.contains([',', '،']));
        later || word.is_some_and(parted)
    }

    /// Whether the words are another's: after "he told me", within quotation marks, or after a colon that follows it.
    fn reported(&self, hit: &Hit) -> bool {
        let at = self.words.get(hit.first).map_or(0, |word| word.start);
        let until = self.quoted.partition_point(|(from, _)| *from <= at);
        if until.checked_sub(1).and_then(|place| self.quoted.get(place)).is_some_and(|(_, to)| *to > at) {
            return true;
        }
        let spoken = self.spoken.partition_point(|(from, _)| *from <= at);
        if spoken.checked_sub(1).and_then(|place| self.spoken.get(place)).is_some_and(|(_, to)| *to > at) {
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
    pub(super) fn qualified(&self, hit: &Hit) -> bool {
        let (from, until) = (self.begin_of(hit.first), self.end_of(hit.last));
        let near = self.but.iter().skip(self.but.partition_point(|but| but.first < from)).take_while(|but| but.first <= until);
        near.into_iter().any(|but| but.last >= hit.first || !self.introduces(but, hit))
    }

    /// Whether a bare "but" before a colon introduces what follows it: "en congé, mais je réponds : nous remboursons".
    fn introduces(&self, but: &Hit, hit: &Hit) -> bool {
        let words = self.words.get(but.last).zip(self.words.get(hit.first));
        let gap = words.and_then(|(but, hit)| self.text.get(but.end..hit.start)).unwrap_or_default();
        gap.contains(':') && matches!(but.phrase.as_str(), "mais" | "but" | "لكن" | "ولكن" | "walakin")
    }

    /// The same after the phrase only.
    pub(super) fn qualified_after(&self, hit: &Hit) -> bool {
        Self::within(&self.but, hit.last.saturating_add(1)..=self.end_of(hit.last))
    }

    /// Whether something must have happened first, by words of the same sentence.
    pub(super) fn postponed(&self, hit: &Hit) -> bool {
        Self::within(&self.after, self.begin_of(hit.first)..=self.end_of(hit.last).saturating_sub(1))
    }

    pub(super) fn conditional(&self) -> bool {
        !self.but.is_empty() || !self.after.is_empty()
    }
}

/// Doubts with which people ask for a person.
const QUESTIONS: [&str; 9] = ["est-ce que", "puis-je", "comment", "how can", "how do", "can i", "هل", "واش", "wach"];
/// Words by which a phrase names the writer as its subject.
const OWN: [&str; 11] = ["je", "j", "nous", "on", "i", "we", "ana", "rani", "7na", "حنا", "راني"];
/// How Arabic verbs of the first person begin.
const OWN_VERBS: [&str; 4] = ["ا", "ن", "كن", "kan"];

/// Whom people name where they did it themselves: "accepted by us".
const OWN_AGENTS: [&str; 8] = ["nous", "moi", "notre", "nos", "us", "me", "our", "myself"];
/// What a sentence ends in that takes something back.
const NO: [&str; 6] = ["non", "no", "jamais", "never", "لا", "ابدا"];
/// The lists that say what a wish is about.
const SCOPE: [&str; 9] = ["case", "offer", "elsewhere", "spans", "hedges", "undoes", "undone", "joins", "notices"];

/// Words of the longest steering phrase.
pub(super) const LONGEST: usize = 8;

/// Those that begin at word `from` or after it.
pub(super) fn beginning_of<'h, 'a>(steering: &'h [&'a Hit], from: usize) -> &'h [&'a Hit] {
    steering.get(steering.partition_point(|hit| hit.first < from)..).unwrap_or_default()
}

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
