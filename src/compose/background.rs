//! What a letter follows from and what came before it, as far as either changes what is true in the letter.

use crate::domain::view::CaseView;
use crate::domain::{Act, Outcome};
use serde::Serialize;

/// What a letter follows from, and what came before it.
#[derive(Debug, Clone, Copy, Default)]
pub struct Background {
    /// What happened just now.
    pub after: After,
    /// Whether whoever is the seller now wrote anything since the invitation; looked up for the letters of [`LOOKS_BACK`] alone.
    pub seller_wrote: bool,
    /// Whether any seller was ever written to; the same.
    pub seller_invited: bool,
}

/// The letters that say what the seller did, or that nobody wrote to one.
pub const LOOKS_BACK: [&str; 3] = ["silence", "closed-silent", "closed-ended"];

/// What happened, where a letter about it says something else than otherwise.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum After {
    /// Nothing of these.
    #[default]
    Anything,
    /// A letter came back.
    Bounced,
    /// A pause ended.
    Resumed,
    /// Somebody said that what was agreed is done.
    Performed,
    /// The buyer said that all is settled.
    Resolved,
}

impl After {
    /// What follows `act`.
    pub fn of(act: &Act) -> Self {
        match act {
            Act::Bounced(_) => After::Bounced,
            Act::Resume => After::Resumed,
            Act::Performed(_) => After::Performed,
            Act::Resolved => After::Resolved,
            _ => After::Anything,
        }
    }
}

/// What happened, as templates ask for it.
#[derive(Debug, Clone, Default, Serialize)]
pub(super) struct AfterFacts {
    /// A letter came back.
    pub(super) bounced: bool,
    /// A pause ended.
    pub(super) resumed: bool,
    /// Somebody said that what was agreed is done.
    pub(super) performed: bool,
    /// The buyer said that all is settled.
    pub(super) resolved: bool,
}

impl AfterFacts {
    pub(super) fn of(after: After) -> Self {
        Self { bounced: after == After::Bounced, resumed: after == After::Resumed, performed: after == After::Performed, resolved: after == After::Resolved }
    }
}

/// The seller, as far as the program itself knows.
#[derive(Debug, Clone, Default, Serialize)]
pub(super) struct SellerFacts {
    /// Wrote something since the invitation.
    pub(super) wrote: bool,
    /// Some seller was written to.
    pub(super) invited: bool,
    /// Can still accept the confirmed request.
    pub(super) grants: bool,
}

/// How a dispute ended, where the letter of that end is true of several ends.
#[derive(Debug, Clone, Default, Serialize)]
pub(super) struct EndedFacts {
    /// Both sides had begun a mediation.
    pub(super) mediation: bool,
    /// Nobody took it up again after a pause.
    pub(super) paused: bool,
    /// A customer service resolved it.
    pub(super) resolved: bool,
}

/// What is known of the seller.
pub(super) fn seller(case: &CaseView<'_>, background: Background) -> SellerFacts {
    SellerFacts { wrote: background.seller_wrote, invited: background.seller_invited, grants: case.grants }
}

/// How it ended.
pub(super) fn ended(case: &CaseView<'_>) -> EndedFacts {
    EndedFacts {
        mediation: case.outcome.is_some() && case.joined,
        paused: case.outcome == Some(Outcome::InterruptedLapsed),
        resolved: case.outcome == Some(Outcome::SvcResolved),
    }
}
