//! In which way a story is told, and what came of it.

use crate::domain::Role;
use crate::settle::SettleError;
use crate::store::StoreError;

/// In which way a story is told; the recorded outcome must be the same in each.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Manner {
    /// As it is written.
    Once,
    /// Every mail arrives twice, every clock rings twice.
    Twice,
    /// The power fails between any two commits, and everything unfinished is begun again.
    PowerFails,
}

/// What came of telling a story.
#[derive(Debug)]
pub struct Told {
    /// For each step, what happened.
    pub outcomes: Vec<Vec<String>>,
    /// To whom each letter went, in their order, and its text.
    pub letters: Vec<(Role, String)>,
    /// Names of the rules that spoke, each after its workflow's, e.g. `mediation invited#2`.
    pub rules: Vec<String>,
    /// What is wrong with the store or the story's end: unsent letters, unread mail, broken chains.
    pub faults: Vec<String>,
}

/// Why a story could not be told to its end.
#[derive(Debug, thiserror::Error)]
pub enum TellError {
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// Settling failed.
    #[error(transparent)]
    Settle(#[from] SettleError),
    /// A step asks for something that is not there.
    #[error("{0}")]
    Step(String),
    /// The configuration has no mailbox of the kind that the story writes to.
    #[error("service.toml has no mailbox with the role mediation; the story has nobody to write to")]
    NoDesk,
    /// The configuration has no mailbox of the name that the story writes to.
    #[error("service.toml has no mailbox named `{0}`, to which the story writes; add it with role = \"customer-service\" and its [mailbox.client]")]
    NoMailbox(String),
}
