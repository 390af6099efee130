//! The cool-off of the common channel: what a party writes there waits for the mediator, or for some hours. Code and not rules, because no file may let
//! anything cross that a mediator keeps back (DOMAIN §7.3, feature 3).

use super::desk::WINDOW;
use crate::domain::{Act, Actor, Channel, Cooling, Decision, Digest, Dispute, Effect, Event, Fate, Instant, Judgement, Party, Pending, Role};

/// The letters that tell both sides that messages wait, and that they do no longer.
const BEGINS: &str = "cool-off";
const OVER: &str = "cool-off-over";
/// The letter that tells its author that a message was not passed on.
const KEPT: &str = "kept-back";

/// What follows from an order about the cool-off, from a decision about a message, or from its time being over; `None` if it is none of them, or not its actor's.
pub(super) fn decided(dispute: &Dispute, event: &Event, now: Instant) -> Option<Decision> {
    if dispute.is_closed() || !dispute.is_mediated() {
        return None;
    }
    let mut after = dispute.clone();
    let effects = match (event.actor, &event.act) {
        (Actor::Person(Role::Mediator), Act::Order(act)) if dispute.pending.is_none() => {
            let Act::Cooling(cooling) = **act else { return None };
            let possible = order(&mut dispute.clone(), cooling, now)?.is_some();
            after.pending = possible.then(|| Pending { by: Role::Mediator, act: act.clone(), due: now.plus_seconds(WINDOW), cause: event.cause });
            vec![Effect::send(Role::Mediator, if possible { "command-check" } else { "order-help" })]
        }
        (Actor::Person(Role::Mediator), Act::Cooling(cooling @ (Cooling::On(_) | Cooling::Off))) => {
            order(&mut after, *cooling, now)?.unwrap_or_else(|| vec![Effect::send(Role::Mediator, "order-help")])
        }
        (Actor::Person(Role::Mediator), Act::Cooling(Cooling::Relay(digest))) => pass(&mut after, *digest, now)?,
        (Actor::Person(Role::Mediator), Act::Cooling(Cooling::Hold(digest))) => told(after.cooling.decide(*digest, Fate::Kept(now))?),
        (Actor::Clock, Act::Cooling(Cooling::Due(digest))) => {
            after.cooling.waiting().find(|message| message.digest() == *digest).filter(|message| message.until <= now)?;
            pass(&mut after, *digest, now)?
        }
        _ => return None,
    };
    after.version = after.version.saturating_add(1);
    Some(Decision { dispute: after, effects, judgement: Judgement::Noted, steps: Vec::new() })
}

/// Carries an order out; the inner `None` where it is not possible now, the outer one where it is no order.
fn order(dispute: &mut Dispute, cooling: Cooling, now: Instant) -> Option<Option<Vec<Effect>>> {
    match cooling {
        Cooling::On(hours) => Some((dispute.joint.is_open() && dispute.cooling.begin(hours)).then(|| both(BEGINS))),
        Cooling::Off if dispute.cooling.hours().is_none() => Some(None),
        Cooling::Off => {
            let waiting: Vec<Digest> = dispute.cooling.waiting().map(crate::domain::Withheld::digest).collect();
            let kept: Vec<Effect> = waiting.into_iter().filter_map(|digest| pass(dispute, digest, now)).flatten().collect();
            dispute.cooling.end(Fate::Kept(now));
            Some(Some(both(OVER).into_iter().chain(kept).collect()))
        }
        Cooling::Relay(_) | Cooling::Hold(_) | Cooling::Due(_) => None,
    }
}

/// Lets a message pass. Its letter was written for the address that the other side had then: where that is another one by now, it is kept back, and its
/// author may write anew.
fn pass(dispute: &mut Dispute, digest: Digest, now: Instant) -> Option<Vec<Effect>> {
    let message = dispute.cooling.waiting().find(|message| message.digest() == digest)?;
    let reached = dispute.participant(Role::from(message.by.other())).is_some_and(|person| person.address.is_same(&message.to));
    let fate = if reached { Fate::Passed(now) } else { Fate::Kept(now) };
    let by = dispute.cooling.decide(digest, fate)?;
    Some(if reached { Vec::new() } else { told(by) })
}

/// A party wrote on the common channel: the letter to the other side waits, where letters do.
pub(super) fn keep(dispute: &mut Dispute, speaker: Role, channel: Channel, cause: Digest, now: Instant) {
    let Some(party) = speaker.party().filter(|_| channel == Channel::Joint) else { return };
    let Some(to) = dispute.participant(Role::from(party.other())).map(|other| other.address.clone()) else { return };
    dispute.cooling.keep(party, &to, cause, now);
}

/// Where the common channel is closed, the dispute is over or nobody mediates any more, nothing waits longer: what did is never passed on, and its author is
/// told. Whoever mediates next begins with a channel on which nothing waits.
pub(super) fn left(decision: &mut Decision, now: Instant) {
    let dispute = &mut decision.dispute;
    let stands = !dispute.is_closed() && dispute.is_mediated() && dispute.joint.is_open();
    if stands || dispute.cooling.hours().is_none() || decision.judgement == Judgement::NoRule {
        return;
    }
    let authors = dispute.cooling.end(Fate::Kept(now));
    let there = |role: Role| dispute.participant(role).is_some();
    if !dispute.is_closed() && dispute.joint.is_open() {
        decision.effects.extend(both(OVER));
    }
    decision.effects.extend(authors.into_iter().filter(|party| there(Role::from(*party))).flat_map(told));
}

fn both(letter: &str) -> Vec<Effect> {
    [Role::Consumer, Role::Merchant].map(|to| Effect::send(to, letter)).to_vec()
}

fn told(author: Party) -> Vec<Effect> {
    vec![Effect::send(Role::from(author), KEPT)]
}
