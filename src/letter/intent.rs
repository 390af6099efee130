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
/// Words before a phrase in which somebody else is its subject.
const SUBJECT_REACH: usize = 3;
/// Words after "it is settled" in which a way to pay says what was settled.
const PAID_REACH: usize = 2;
/// Words of a sentence that takes back what was said before.
const TAKEN_BACK: usize = 4;
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
    let complaints: Vec<(usize, usize)> =
        hits.iter().filter(|hit| matches!(hit.meaning, Meaning::Category(_) | Meaning::Remedy(_))).map(|hit| (hit.first, hit.last)).collect();
    let asks = hits.iter().any(|hit| matches!(hit.meaning, Meaning::Remedy(_)));
    let short = words.len() <= FEW_WORDS && !text.contains(['?', '؟']);
    for hit in longest(hits, |hit| matches!(hit.meaning, Meaning::Intent(..))) {
        let Meaning::Intent(intent, strong) = hit.meaning else { continue };
        let empty = is_bare_no(hit, intent) && !is_whole_answer(text, words, hits) || intent == Intent::Resolved && is_amiss(hit, hits, &complaints);
        if empty || told.is_unsaid(hit, intent) {
            continue;
        }
        let waits = matches!(intent, Intent::Accept | Intent::Grant) && (strong || asks) && told.postponed(hit);
        let qualified = waits || told.qualified(hit);
        let read = match intent {
            Intent::Accept | Intent::Grant | Intent::Confirm | Intent::Mediate if qualified => {
                if !strong && (hit.first > 1 || words.len() > SHORT_ANSWER) {
                    continue;
                }
                Intent::Counter
            }
            _ if !strong && (!short || told.conditional()) => continue,
            other if ends_on_terms(other) && (told.qualified_after(hit) || told.postponed(hit)) => continue,
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

/// A text as it is told: its sentences and the words that steer their meaning.
#[derive(Default)]
struct Told<'a> {
    text: &'a str,
    words: &'a [Word],
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
    /// The last sentence that takes back what was said before.
    taken_back: Option<usize>,
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
        let mut told = Self { text, words, begins, ends, quoted: quotations(text), ..Self::default() };
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
                _ => continue,
            };
            list.push(hit);
        }
        told.taken_back = told.taking_back();
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
        const AFTER: [&str; 7] = ["pas", "plus", "jamais", "aucunement", "nothing", "no", "neither"];
        let behind = |place: usize| self.words.get(hit.last.saturating_add(place)).filter(|word| !word.begins).map_or("", |word| word.text.as_str());
        let after = AFTER.contains(&behind(1)) || behind(1) == "toujours" && behind(2) == "pas";
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
    fn is_unsaid(&self, hit: &Hit, intent: Intent) -> bool {
        self.denied(hit, intent)
            || self.reported(hit)
            || self.doubted(hit, intent)
            || needs_statement(intent) && self.asked(hit)
            || is_own(intent) && self.told_of_another(hit)
            || matches!(intent, Intent::Accept | Intent::Grant | Intent::Mediate) && self.taken_back.is_some_and(|sentence| sentence > self.sentence(hit.last))
    }

    fn doubted(&self, hit: &Hit, intent: Intent) -> bool {
        // Of an end people speak in long sentences: "if they do nothing, I will …".
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
        let by = matches!(next.text.as_str(), "par" | "by");
        let subject = if by { behind.saturating_add(1) } else { behind };
        apart && (by || !next.text.is_ascii()) && Self::within(&self.others, subject..=subject)
    }

    /// The last sentence that takes back what was said before: "Évidemment que non."
    fn taking_back(&self) -> Option<usize> {
        const NO: [&str; 5] = ["non", "jamais", "never", "لا", "ابدا"];
        self.begins.iter().enumerate().rposition(|(sentence, first)| {
            let last = self.end_of(*first).saturating_sub(1);
            let no = self.words.get(last).is_some_and(|word| NO.contains(&word.text.as_str()));
            no && last.saturating_sub(*first) < TAKEN_BACK && !self.ends.get(sentence).is_some_and(|marks| marks.contains(['?', '؟']))
        })
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
    fn qualified_after(&self, hit: &Hit) -> bool {
        Self::within(&self.but, hit.last.saturating_add(1)..=self.end_of(hit.last))
    }

    /// Whether something must have happened first, by words of the same sentence.
    fn postponed(&self, hit: &Hit) -> bool {
        Self::within(&self.after, self.begin_of(hit.first)..=self.end_of(hit.last).saturating_sub(1))
    }

    fn conditional(&self) -> bool {
        !self.but.is_empty() || !self.after.is_empty()
    }
}

/// Doubts with which people ask for a person.
const QUESTIONS: [&str; 9] = ["est-ce que", "puis-je", "comment", "how can", "how do", "can i", "هل", "واش", "wach"];
/// Words by which a phrase names the writer as its subject.
const OWN: [&str; 11] = ["je", "j", "nous", "on", "i", "we", "ana", "rani", "7na", "حنا", "راني"];
/// How Arabic verbs of the first person begin.
const OWN_VERBS: [&str; 4] = ["ا", "ن", "كن", "kan"];

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

#[cfg(test)]
mod tests;
