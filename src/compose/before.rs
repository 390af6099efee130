//! How a dispute stands where a letter leaves: what came before it, who must act and whom it is about.

use super::Occasion;
use super::background::{AfterFacts, ended, seller};
use super::facts::{Facts, Whose};
use super::uncounted::UncountedFacts;
use crate::domain::Role;
use crate::domain::view::CaseView;

/// `facts` with what came before the letter, and how the dispute stands.
pub(super) fn before(case: &CaseView<'_>, occasion: &Occasion<'_>, facts: Facts) -> Facts {
    Facts {
        paused: case.paused,
        performed: case.performed,
        // What one side sent is nobody else's business, and no letter to the seller says it of anybody.
        masked: occasion.masked && case.you.role == Role::Consumer,
        uncounted: occasion.uncounted.map(UncountedFacts::of),
        ball: whose(occasion.ball, case.you.role),
        about: whose(occasion.about, case.you.role),
        after: AfterFacts::of(occasion.background.after),
        seller: seller(case, occasion.background),
        ended: ended(case),
        ..facts
    }
}

pub(super) fn whose(role: Option<Role>, reader: Role) -> Whose {
    Whose {
        you: role == Some(reader),
        consumer: role == Some(Role::Consumer),
        merchant: role == Some(Role::Merchant),
        mediator: role == Some(Role::Mediator),
        service: matches!(role, Some(Role::Mediator | Role::Operator)),
    }
}
