//! The machine that a workflow file describes: states, and the rules of each.

use super::words::{Condition, Duration, Phase, Recipient};
use crate::domain::{Actor, Digest, Fact, Outcome, Track};
use std::collections::{BTreeMap, BTreeSet};

/// A checked workflow. There is no way to make one but [`Workflow::parse`].
#[derive(Debug, Clone)]
pub struct Workflow {
    pub(super) name: String,
    pub(super) digest: Digest,
    pub(super) begins: String,
    /// Which of the two services it is the machine of.
    pub(super) track: Track,
    pub(super) needs: Vec<Fact>,
    /// What complaints of single categories need instead.
    pub(super) needs_by_category: BTreeMap<String, Vec<Fact>>,
    /// How long a mediation may last, when that is recalled, and the limit that nothing moves.
    pub(super) term: Option<Span>,
    /// In the order of the file.
    pub(super) states: Vec<State>,
    /// What holds in every open state, after the state's own rules.
    pub(super) any: Vec<Rule>,
}

/// How long a mediation may last (DOMAIN §2.1, T-90 and T-180).
#[derive(Debug, Clone)]
pub(super) struct Span {
    pub lasts: Duration,
    pub remind: Vec<Duration>,
    pub limit: Duration,
}

/// Where a dispute can stand.
#[derive(Debug, Clone)]
pub(super) struct State {
    pub name: String,
    /// One sentence for people.
    pub means: String,
    pub phase: Phase,
    /// Who must act.
    pub ball: Recipient,
    /// Absent only where the state is left as soon as it is entered.
    pub deadline: Option<Duration>,
    pub remind: Vec<Duration>,
    pub rules: Vec<Rule>,
    /// Byte offset in the file.
    pub at: usize,
}

/// What follows from what.
#[derive(Debug, Clone)]
pub(super) struct Rule {
    /// The state (or `any`) and the rule's place in it, from 1: `invited#2`.
    pub name: String,
    pub from: Actor,
    /// One of `Act::NAMES`.
    pub says: &'static str,
    /// What must hold.
    pub needs: Vec<Condition>,
    /// What must not.
    pub unless: Vec<Condition>,
    /// Letters, in the order of the file.
    pub send: Vec<(Recipient, String)>,
    pub then: Then,
    /// Byte offset in the file.
    pub at: usize,
}

/// Where a rule leads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Then {
    /// The state and its deadline stay.
    Stay,
    /// The state stays, and its deadline begins anew.
    Renew,
    /// The state stays, and its deadline ends later.
    Extend(Duration),
    /// Another state, or the same from its beginning.
    Enter(String),
    /// The state that a pause left.
    Back,
    /// The end.
    Close(Outcome),
}

impl Rule {
    /// Whether it hears the last acceptance of a proposal.
    pub fn agrees(&self) -> bool {
        self.says == "accept-terms" && self.needs.contains(&Condition::AllAccepted)
    }

    /// Whether the rule speaks of that event when exactly what `holds` says is true.
    pub fn fits(&self, from: Actor, says: &str, holds: impl Fn(Condition) -> bool) -> bool {
        self.from == from && self.says == says && self.needs.iter().all(|one| holds(*one)) && !self.unless.iter().any(|one| holds(*one))
    }
}

impl State {
    /// Whether the registrar could close the dispute here because the merchant was silent.
    pub fn offers_silence(&self) -> bool {
        self.rules.iter().any(|rule| rule.then == Then::Close(Outcome::MerchantSilent))
    }

    /// Whether a customer service has told its final position here: its own time is over.
    pub fn is_final_position(&self) -> bool {
        self.rules.iter().any(|rule| rule.then == Then::Close(Outcome::SvcUnresolved))
    }
}

impl Workflow {
    /// The digest of the file's text: what a dispute keeps of the rules that it began with (DESIGN §3.11).
    pub fn digest(&self) -> Digest {
        self.digest
    }

    /// The workflow's name.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The state in which disputes begin.
    pub fn begins(&self) -> &str {
        &self.begins
    }

    /// Which of the two services it is the machine of.
    pub fn track(&self) -> Track {
        self.track
    }

    /// What must be known of a complaint of that category before it is complete.
    pub fn needs(&self, category: Option<&str>) -> &[Fact] {
        category.and_then(|category| self.needs_by_category.get(category)).unwrap_or(&self.needs)
    }

    /// Every letter that some rule sends.
    pub fn letters(&self) -> BTreeSet<String> {
        self.every_rule().flat_map(|rule| rule.send.iter().map(|(_, letter)| letter.clone())).collect()
    }

    /// Names of the states, in the order of the file.
    pub fn states(&self) -> impl Iterator<Item = &str> {
        self.states.iter().map(|state| state.name.as_str())
    }

    /// Who must act in `state`: `consumer`, `merchant`, `operator`, or `pauser`.
    pub fn ball(&self, state: &str) -> Option<&'static str> {
        self.state(state).map(|state| super::words::word_for(&Recipient::WORDS, state.ball))
    }

    /// What `state` means, as one sentence.
    pub fn means(&self, state: &str) -> Option<&str> {
        self.state(state).map(|state| state.means.as_str())
    }

    /// What people are told of where a dispute in `state` stands: `opening`, `invitation`, `agreement` or `paused`.
    pub fn phase(&self, state: &str) -> Option<&'static str> {
        self.state(state).map(|state| super::words::word_for(&Phase::WORDS, state.phase))
    }

    /// Who can say what in `state` so that a rule may speak of it: each pair once for each of its rules but those of `without`, in their order.
    pub fn voices(&self, state: &str, without: &BTreeSet<String>) -> Vec<(Actor, &'static str)> {
        let rules = self.state(state).into_iter().flat_map(|state| self.rules_in(state));
        rules.filter(|rule| !without.contains(&rule.name)).map(|rule| (rule.from, rule.says)).collect()
    }

    /// Names of all rules, such as `invited#2` and `any#1`.
    pub fn rules(&self) -> Vec<String> {
        self.every_rule().map(|rule| rule.name.clone()).collect()
    }

    pub(super) fn state(&self, name: &str) -> Option<&State> {
        self.states.iter().find(|state| state.name == name)
    }

    /// The rules that can speak in `state`, in their order: its own, then those of every state.
    pub(super) fn rules_in<'a>(&'a self, state: &'a State) -> impl Iterator<Item = &'a Rule> {
        state.rules.iter().chain(&self.any)
    }

    pub(super) fn every_rule(&self) -> impl Iterator<Item = &Rule> {
        self.states.iter().flat_map(|state| &state.rules).chain(&self.any)
    }
}

/// The name of the state of every dispute that is over.
pub(super) const CLOSED: &str = "closed";
