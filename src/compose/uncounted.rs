//! What a letter says of an answer that changed nothing.

use crate::domain::Uncounted;
use serde::Serialize;

/// Why an answer changed nothing; one of them holds.
#[derive(Debug, Clone, Serialize)]
pub(super) struct UncountedFacts {
    /// The dispute is paused.
    pub(super) paused: bool,
    /// Somebody else paused it.
    pub(super) not_yours: bool,
    /// What its code spoke about is not open any more.
    pub(super) over: bool,
    /// It says yes and something else.
    pub(super) mixed: bool,
    /// Time was asked for once already.
    pub(super) twice: bool,
    /// It cannot be said where the dispute stands.
    pub(super) not_now: bool,
    /// A day in it has passed, or comes too soon.
    pub(super) too_soon: bool,
}

impl UncountedFacts {
    pub(super) fn of(why: Uncounted) -> Self {
        Self {
            paused: why == Uncounted::Paused,
            not_yours: why == Uncounted::NotYours,
            over: why == Uncounted::Over,
            mixed: why == Uncounted::Mixed,
            twice: why == Uncounted::Twice,
            not_now: why == Uncounted::NotNow,
            too_soon: why == Uncounted::TooSoon,
        }
    }
}
