//! A dispute that was closed is taken up again where it stood (DOMAIN §2.3, row 60).

use super::calendar::Calendar;
use super::machine::{Rule, State, Workflow};
use super::silence;
use super::words::{Phase, Recipient};
use crate::domain::{Act, Actor, Dispute, Effect, Event, Instant, Reachable, Role};

const DAY: i64 = 86_400;

/// The state in which `dispute` goes on, if the event takes it up again in time.
pub(super) fn state<'a>(workflow: &'a Workflow, calendar: &Calendar, dispute: &Dispute, event: &Event, now: Instant) -> Option<&'a State> {
    let asked = event.actor == Actor::Person(Role::Operator) && event.act == Act::Reopen;
    let days = dispute.outcome.filter(|_| asked)?.days_to_reopen()?;
    let in_time = now.seconds_since(dispute.entered) <= days.saturating_mul(DAY);
    // What has lasted six months does not begin again.
    let over = |state: &State| state.phase == Phase::Mediation && silence::is_over(workflow, calendar, dispute, now);
    workflow.state(dispute.left.as_deref()?).filter(|state| in_time && !over(state))
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
