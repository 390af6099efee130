//! Points that a mediator asks one side: what is left out, or met with silence, is asked again once by the service itself, and then left to the mediator.
//! Code and not rules, because no file may chase anybody twice (DOMAIN §7.3, feature 1).

use super::calendar::Calendar;
use super::deadline::fresh;
use super::desk::awaiting_mediator;
use super::machine::Workflow;
use super::words::Duration;
use crate::domain::{Act, Actor, Channel, Deadline, Decision, Dispute, Effect, Event, Instant, Judgement, Party, Pointing, Reachable, Response, Role, Track};

/// How long a side may answer what it was asked again.
const AGAIN: Duration = Duration::Days(5);
/// The shortest and the longest time that a mediator can give, in days.
const TIME: std::ops::RangeInclusive<u16> = 2..=30;

/// The letter that asks a side about points, and the one that asks again.
const ASKS: &str = "points";
const ASKS_AGAIN: &str = "points-again";
/// The letters that tell the mediator how points stand, and that a side was silent twice.
const NOTED: &str = "points-noted";
const SILENT: &str = "points-silent";

/// What follows from an order about points, or from the end of a side's time; `None` if it is neither, or not its actor's to give.
pub(super) fn decided(workflow: &Workflow, calendar: &Calendar, dispute: &Dispute, event: &Event, now: Instant) -> Option<Decision> {
    let Act::Points(pointing) = &event.act else { return None };
    if dispute.is_closed() || !dispute.is_mediated() || dispute.track() != Track::Mediation {
        return None;
    }
    let mut after = dispute.clone();
    let effects = match (event.actor, pointing) {
        (Actor::Person(Role::Mediator), pointing) => ordered(calendar, &mut after, pointing, now)?,
        (Actor::Clock, Pointing::Due(party)) => lapsed(calendar, &mut after, *party, now)?,
        _ => return None,
    };
    // While the service asks, the mediator is not told that nobody writes.
    let asks = effects.iter().any(|Effect::Send { letter, .. }| letter == ASKS || letter == ASKS_AGAIN);
    if let Some(state) = awaiting_mediator(workflow, &after).filter(|_| asks) {
        after.deadline = fresh(calendar, state, now);
    }
    after.version = after.version.saturating_add(1);
    Some(Decision { dispute: after, effects, judgement: Judgement::Noted, steps: Vec::new() })
}

/// What the mediator orders; where it cannot be done, nobody else hears of it.
fn ordered(calendar: &Calendar, dispute: &mut Dispute, pointing: &Pointing, now: Instant) -> Option<Vec<Effect>> {
    let may_ask = |party: Party| dispute.participant(Role::from(party)).is_some() && dispute.suspended.is_none();
    let done = match pointing {
        Pointing::Ask(party, words, days) if may_ask(*party) => {
            let days = (*days).clamp(*TIME.start(), *TIME.end());
            dispute.points.ask(*party, words, ends(calendar, Duration::Days(days), now), now).map(|()| Some((*party, ASKS)))
        }
        Pointing::Again(party, numbers) if may_ask(*party) => {
            dispute.points.ask_again(*party, numbers, ends(calendar, AGAIN, now), now).map(|()| Some((*party, ASKS_AGAIN)))
        }
        Pointing::Settle(party, numbers) => dispute.points.settle(*party, numbers, now).map(|()| None),
        Pointing::Ask(..) | Pointing::Again(..) => None,
        Pointing::Due(_) => return None,
    };
    Some(match done {
        Some(asked) => asked.map(|(party, letter)| private(party, letter)).into_iter().chain([Effect::send(Role::Mediator, NOTED)]).collect(),
        None => vec![Effect::send(Role::Mediator, "order-help")],
    })
}

/// Nobody is asked again at an address from which letters come back: the mediator is told of that in another letter.
fn lapsed(calendar: &Calendar, dispute: &mut Dispute, party: Party, now: Instant) -> Option<Vec<Effect>> {
    dispute.points.ends(party).filter(|ends| ends.due <= now)?;
    if dispute.participant(Role::from(party)).is_none_or(|person| person.reachable == Reachable::Bouncing) {
        dispute.points.rest_of(party);
        return Some(Vec::new());
    }
    let lapsed = dispute.points.lapse(party, ends(calendar, AGAIN, now), now);
    let again = lapsed.again.then(|| private(party, ASKS_AGAIN));
    Some(again.into_iter().chain(lapsed.silent.then(|| Effect::send(Role::Mediator, SILENT))).collect())
}

/// Notes in `decision` what `party` said to its points. Says whether what it left out is asked again, in the same breath.
pub fn heard(calendar: &Calendar, decision: &mut Decision, party: Party, response: &Response, now: Instant) -> bool {
    let dispute = &mut decision.dispute;
    if decision.judgement == Judgement::NoRule || dispute.is_closed() {
        return false;
    }
    // In a pause nothing is asked of anybody.
    let response = Response { beside: response.beside || dispute.suspended.is_some(), ..response.clone() };
    let again = dispute.points.hear(party, &response, ends(calendar, AGAIN, now), now);
    if again {
        decision.effects.push(private(party, ASKS_AGAIN));
    }
    again
}

/// Where the dispute has moved on, and not only into a pause or out of it, or nobody mediates any more, what was asked before is not chased: whoever is named
/// next asks in their own words.
pub(super) fn left(before: &Dispute, after: &mut Dispute) {
    let place = |dispute: &Dispute| dispute.suspended.as_ref().map_or_else(|| dispute.state.clone(), |pause| pause.state.clone());
    if after.is_closed() || !after.is_mediated() || place(before) != place(after) {
        after.points.rest();
    }
}

fn ends(calendar: &Calendar, time: Duration, now: Instant) -> Deadline {
    let (day, due) = calendar.civil_deadline(now, time);
    Deadline { due, day, reminders: Vec::new(), reminded: 0, extended: false }
}

fn private(party: Party, letter: &str) -> Effect {
    let to = Role::from(party);
    Effect::Send { to, letter: letter.to_owned(), channel: Channel::private_to(to) }
}
