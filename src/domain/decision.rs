//! What follows from an event: the finished thought, before anything is done.

use super::dispute::Dispute;
use super::role::{Channel, Role};
use serde::{Deserialize, Serialize};

/// The dispute as it will be, and what must be said to whom.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decision {
    /// The dispute after the event.
    pub dispute: Dispute,
    /// What is to be done, in order.
    pub effects: Vec<Effect>,
    /// What kind of decision it is.
    pub judgement: Judgement,
    /// The rules that spoke, in order; empty when none did.
    pub steps: Vec<Step>,
}

/// Something to be done in the world.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Effect {
    /// One letter to one person.
    Send {
        /// In which role.
        to: Role,
        /// Name of the letter.
        letter: String,
        /// The channel that it is written on: who reads an answer to it.
        channel: Channel,
    },
}

/// What kind of decision it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Judgement {
    /// The dispute moved to another state.
    Advanced,
    /// A rule spoke; the state stays.
    Noted,
    /// No rule speaks of this event in this state: nothing changes, and a person is told.
    NoRule,
}

impl Effect {
    /// A letter to one person on that person's own channel.
    pub fn send(to: Role, letter: &str) -> Self {
        Effect::Send { to, letter: letter.to_owned(), channel: Channel::private_to(to) }
    }
}

/// One rule that spoke.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Step {
    /// Name of the rule, e.g. `invited#2`: the state (or `any`) and the rule's place in it, from 1.
    pub rule: String,
    /// State before.
    pub from: String,
    /// State after.
    pub to: String,
}
