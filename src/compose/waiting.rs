//! What letters to the registrar say of what waits.

use crate::domain::{Address, Digest, Finding, HeldReason, Instant, Language, Reference, Zone};

/// Something that waits for the registrar.
#[derive(Debug, Clone)]
pub struct Notice<'a> {
    /// The registrar's address.
    pub operator: &'a Address,
    /// The registrar's language.
    pub language: Language,
    /// What waits.
    pub waiting: Waiting<'a>,
    /// Digest of what it follows from.
    pub cause: Digest,
    /// When the notice is written.
    pub now: Instant,
    /// The service's address that it leaves from.
    pub desk: &'a Address,
    /// The zone in which days are told.
    pub zone: &'a Zone,
}

/// What waits for the registrar. Nothing that somebody wrote, and nobody's address.
#[derive(Debug, Clone)]
pub enum Waiting<'a> {
    /// Letters of ours that do not leave: the letter `stopped`.
    Letters {
        /// Which limit was reached.
        stop: Stop,
        /// Number of the first of them in the outbox.
        number: String,
        /// When they leave.
        until: Instant,
    },
    /// A dispute in which a clock rang and its letter could not be written: the letter `unwritten`.
    Case {
        /// Which dispute.
        reference: &'a Reference,
        /// Why not.
        reason: HeldReason,
        /// When it is tried again.
        again: Instant,
    },
    /// Something is wrong with the service: the letter `trouble`.
    Trouble {
        /// What.
        findings: &'a [Finding],
        /// Since when.
        since: Instant,
    },
    /// Nothing is wrong with it any more: the letter `well-again`.
    WellAgain {
        /// Since when something was.
        since: Instant,
    },
}

/// To whom more letters would leave than may.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stop {
    /// To one address.
    Address,
    /// To one domain.
    Domain,
    /// To all together.
    All,
}

impl Waiting<'_> {
    /// The name of the letter.
    pub(super) fn letter(&self) -> &'static str {
        match self {
            Waiting::Letters { .. } => "stopped",
            Waiting::Case { .. } => "unwritten",
            Waiting::Trouble { .. } => "trouble",
            Waiting::WellAgain { .. } => "well-again",
        }
    }
}
