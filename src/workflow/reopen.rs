//! A dispute that was closed is taken up again where it stood (DOMAIN §2.3, row 60).

use super::machine::{Rule, State, Workflow};
use super::words::Recipient;
use crate::domain::{Act, Actor, Dispute, Effect, Event, Instant, Outcome, Reachable, Role};

const DAY: i64 = 86_400;

/// For how many days after its end a dispute that ended so can be taken up again (DOMAIN §2.5 `reopen`); `None` if never.
fn days(outcome: Outcome) -> Option<i64> {
    match outcome {
        Outcome::LapsedIncomplete => Some(90),
        Outcome::LapsedNoFollowup
        | Outcome::InterruptedLapsed
        | Outcome::MerchantSilent
        | Outcome::MerchantRefused
        | Outcome::MerchantUnreachable
        | Outcome::NoAgreement
        | Outcome::EndedByConsumer
        | Outcome::EndedByMerchant
        | Outcome::WithdrawnConsumer
        | Outcome::Inadmissible => Some(30),
        _ => None,
    }
}

/// The state in which `dispute` goes on, if the event takes it up again in time.
pub(super) fn state<'a>(workflow: &'a Workflow, dispute: &Dispute, event: &Event, now: Instant) -> Option<&'a State> {
    let asked = event.actor == Actor::Person(Role::Operator) && event.act == Act::Reopen;
    let days = days(dispute.outcome.filter(|_| asked)?)?;
    let in_time = now.seconds_since(dispute.entered) <= days.saturating_mul(DAY);
    workflow.state(dispute.left.as_deref()?).filter(|_| in_time)
}

/// Who is told that `dispute` goes on: whoever was written to before and is reached, and whoever decides in its state, with what `clock`, the rule that
/// speaks there when time is over, sends.
pub(super) fn letters(dispute: &Dispute, clock: Option<&Rule>) -> Vec<Effect> {
    let invited = dispute.consent.confirmed_request().is_some();
    let reached = |role: Role| dispute.participant(role).is_some_and(|person| role == Role::Consumer || invited && person.reachable == Reachable::Yes);
    let told = [Role::Consumer, Role::Merchant, Role::Mediator].into_iter().filter(|role| reached(*role)).map(|to| Effect::send(to, "reopened"));
    let asks = |recipient: &Recipient| *recipient == Recipient::Role(Role::Operator) && dispute.operator.is_some();
    let asked = clock.into_iter().flat_map(|rule| &rule.send).filter(|(recipient, _)| asks(recipient));
    told.chain(asked.map(|(_, letter)| Effect::send(Role::Operator, letter))).collect()
}
