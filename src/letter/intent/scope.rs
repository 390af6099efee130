//! What a wish is about: only what is said of this dispute moves it. People leave groups, drop an idea and accept cookies in the same words.

use super::told::{LONGEST, Told, beginning_of};
use super::{beginning, is_bare_no, is_own};
use crate::domain::Intent;
use crate::letter::lexicon::{Hit, Meaning};

/// Words behind a phrase in which it is looked for what is meant.
const CLAUSE: usize = 12;
/// The first of them, in which the case must be named if anything is.
const NAMED: usize = 4;
/// The first of them, in which is said how long, if anything is.
const NEAR: usize = 2;
/// Words of a short answer that may be about anything.
const VAGUE: usize = 2;
/// Letters of words that say nothing by themselves.
const SMALL: usize = 2;
/// Words around a phrase within which a paragraph of a lawyer ends.
const NOTICE: usize = 60;

impl Told<'_> {
    /// Where the clause ends in which `word` stands.
    pub(super) fn clause_end(&self, word: usize) -> usize {
        let (from, until) = (word.saturating_add(1), self.end_of(word).min(word.saturating_add(CLAUSE).saturating_add(1)));
        (from..until).find(|at| self.is_parted(*at) || self.joins(*at)).unwrap_or(until)
    }

    /// Whether a mark parts the word at `at` from the one before it.
    fn is_parted(&self, at: usize) -> bool {
        let words = at.checked_sub(1).and_then(|before| self.words.get(before)).zip(self.words.get(at));
        let gap = words.and_then(|(before, word)| self.text.get(before.end..word.start)).unwrap_or_default();
        gap.contains([',', '،', ';', '؛', ':', '(', ')', '–', '—', '/']) || gap.contains(" -")
    }

    /// Whether a new clause begins with the word at `at`. In Arabic "and" is written onto it.
    fn joins(&self, at: usize) -> bool {
        let and = |text: &str| text.starts_with('و') && text.chars().count() > SMALL;
        let known = || ["case", "offer", "spans", "undone", "elsewhere"].iter().any(|list| Self::within(self.scope(list), at..=at));
        Self::within(self.scope("joins"), at..=at) || self.words.get(at).is_some_and(|word| and(&word.text)) && !known()
    }

    /// Whether `hit` is about another thing than this dispute: behind it, or in it, neither the case nor the offer is named, though something is.
    pub(super) fn strays(&self, hit: &Hit) -> bool {
        let Meaning::Intent(intent, strong) = &hit.meaning else { return false };
        let (from, until) = (hit.last.saturating_add(1), self.clause_end(hit.last));
        let within = |list: &str, from: usize, until: usize| until > from && Self::within(self.scope(list), from..=until.saturating_sub(1));
        if is_of_a_dispute(*intent) && within("elsewhere", from, until) {
            return true;
        }
        match intent {
            Intent::Accept if *strong => {
                let named = within("offer", hit.first.saturating_add(1), until) || self.has_figures(from, until) || within("hedges", from, until);
                !named && !self.goes_on(from, until) && !(from..until).all(|at| self.says_nothing(at) || self.is_name(at))
            }
            Intent::Withdraw | Intent::Interrupt | Intent::Resume => {
                let named = within("case", hit.first, until.min(from.saturating_add(NAMED)));
                let long = *intent != Intent::Withdraw && within("spans", from, until.min(from.saturating_add(NEAR)));
                !named && !long && (!(from..until).all(|at| self.says_nothing(at)) || is_noun(hit) && !self.is_alone_with(hit))
            }
            Intent::NotShare => self.is_of_a_notice(hit),
            _ => false,
        }
    }

    /// Whether another answer or a condition begins there: then it is no stray yes.
    fn goes_on(&self, from: usize, until: usize) -> bool {
        let answers = |hit: &Hit| {
            let Meaning::Intent(intent, _) = hit.meaning else { return false };
            matches!(intent, Intent::Accept | Intent::Grant | Intent::Counter | Intent::Mediate | Intent::Resolved | Intent::Performed)
        };
        beginning(self.hits, from..=until).iter().any(|hit| hit.steers("but") || hit.steers("after") || answers(hit))
    }

    /// Whether a word says nothing of what is meant: thanks, and words of two letters.
    fn says_nothing(&self, at: usize) -> bool {
        let small = self.words.get(at).is_some_and(|word| word.text.chars().count() <= SMALL);
        small || self.is_covered(at, |hit| hit.steers("courtesy") || hit.steers("harmless"))
    }

    fn is_name(&self, at: usize) -> bool {
        let written = self.words.get(at).map_or("", |word| word.written());
        written.starts_with(char::is_uppercase) && written.contains(char::is_lowercase)
    }

    /// Whether a phrase of which `wanted` holds lies over the word at `at`.
    fn is_covered(&self, at: usize, wanted: impl Fn(&Hit) -> bool) -> bool {
        beginning(self.hits, at.saturating_sub(LONGEST)..=at).iter().any(|hit| hit.last >= at && wanted(hit))
    }

    /// Whether so many dirhams are named, not days.
    fn has_figures(&self, from: usize, until: usize) -> bool {
        let figures = |at: &usize| self.words.get(*at).is_some_and(|word| word.text.bytes().filter(u8::is_ascii_digit).count() > 1);
        let long = |at: usize| Self::within(self.scope("spans"), at..=at);
        (from..until).filter(figures).any(|at| !long(at.saturating_add(1)))
    }

    /// Whether nothing but thanks and names is said beside it.
    fn is_alone_with(&self, hit: &Hit) -> bool {
        (self.begin_of(hit.first)..self.end_of(hit.last)).all(|at| (hit.first..=hit.last).contains(&at) || self.says_nothing(at) || self.is_name(at))
    }

    /// Whether a yes leaves open how much of it is meant: "nearly", "in principle", "80 %".
    pub(super) fn hedged(&self, hit: &Hit, intent: Intent) -> bool {
        let from = self.begin_of(hit.first).max(hit.first.saturating_sub(CLAUSE));
        let until = self.end_of(hit.last).min(hit.last.saturating_add(CLAUSE));
        let share = || {
            let bytes = self.words.get(from).map_or(0, |word| word.start)..self.words.get(until).map_or(self.text.len(), |word| word.start);
            self.text.get(bytes).is_some_and(|sentence| sentence.contains(['%', '٪']))
        };
        matches!(intent, Intent::Accept | Intent::Grant) && (Self::within(self.scope("hedges"), from..=until.saturating_sub(1)) || share())
    }

    /// Whether a short text says other things than yes: "ok je regarde ça".
    pub(super) fn is_vague(&self) -> bool {
        let meant = |hit: &Hit| hit.steers("offer") || matches!(hit.meaning, Meaning::Intent(..) | Meaning::Remedy(_));
        let open = |at: &usize| !self.says_nothing(*at) && !self.is_name(*at) && !self.is_covered(*at, meant) && !self.has_figures(*at, at.saturating_add(1));
        (0..self.words.len()).filter(open).take(VAGUE).count() == VAGUE
    }

    /// Whether the same sentence goes on with a refusal, which more than a bare "no" is.
    pub(super) fn is_refused_behind(&self, hit: &Hit) -> bool {
        let until = self.end_of(hit.last).saturating_sub(1).min(hit.last.saturating_add(CLAUSE));
        let behind = beginning(self.hits, hit.last.saturating_add(1)..=until);
        behind.iter().any(|other| matches!(other.meaning, Meaning::Intent(Intent::Refuse, _)) && !is_bare_no(other, Intent::Refuse))
    }

    /// Whether what was settled or paid is another thing, a part, or was undone: said in its sentence or the next one.
    pub(super) fn is_undone(&self, hit: &Hit, intent: Intent) -> bool {
        let next = self.end_of(hit.last);
        let until = if next < self.words.len() { self.end_of(next) } else { next };
        matches!(intent, Intent::Resolved | Intent::Performed) && Self::within(self.scope("undone"), self.begin_of(hit.first)..=until.saturating_sub(1))
    }

    /// Whether a question before it is what it says no to: "A withdrawal? No way."
    pub(super) fn answers_itself(&self, hit: &Hit) -> bool {
        let Some(before) = self.begin_of(hit.first).checked_sub(1) else { return false };
        let moves =
            |other: &Hit| matches!(other.meaning, Meaning::Intent(Intent::Withdraw | Intent::End | Intent::Interrupt | Intent::Resume | Intent::AskTime, _));
        beginning(self.hits, self.begin_of(before)..=before).iter().any(|other| moves(other) && self.asked(other))
    }

    /// Whether it stands in the paragraph that a lawyer puts under every mail.
    fn is_of_a_notice(&self, hit: &Hit) -> bool {
        let (from, until) = (hit.first.saturating_sub(NOTICE), hit.last.saturating_add(NOTICE));
        let notices = beginning_of(self.scope("notices"), from).iter().take_while(|other| other.first <= until);
        notices.into_iter().any(|other| {
            let (one, two) = if other.first < hit.first { (other.last, hit.first) } else { (hit.last, other.first) };
            let words = self.words.get(one).zip(self.words.get(two));
            let between = words.and_then(|(one, two)| self.text.get(one.end..two.start)).unwrap_or_default();
            !between.contains("\n\n")
        })
    }
}

/// Whether it can be said of one dispute and not of another.
fn is_of_a_dispute(intent: Intent) -> bool {
    is_own(intent) && intent != Intent::Refuse || matches!(intent, Intent::Human | Intent::Share | Intent::Resolved | Intent::Performed)
}

/// Whether it is a noun that is a right of buyers too, and so is about the case only where that is named or nothing else is said.
fn is_noun(hit: &Hit) -> bool {
    hit.phrase == "desistement"
}
