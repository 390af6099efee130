//! What may be told to a third person: both sides are asked, each by itself, and silence is a no. Code and not rules, because no file may let anything out (DOMAIN §2.8).

use super::calendar::Calendar;
use super::words::Duration;
use crate::domain::{
    Act, Actor, Deadline, Decision, Digest, Disclosing, Disclosure, Dispute, Effect, Event, Exempted, Exemption, Given, Ground, Instant, Judgement, Party,
    Role, ThirdPerson, Track,
};

/// How long both sides may answer.
const TIME: Duration = Duration::WorkingDays(10);
/// How many questions are kept in one dispute; no more are asked.
const MOST: usize = 20;

/// What follows from a question about a disclosure, from an answer to one, or from its clock; `None` if it is neither, or comes to nothing.
pub(super) fn decided(calendar: &Calendar, dispute: &Dispute, event: &Event, now: Instant) -> Option<Decision> {
    if let (Actor::Person(Role::Operator), Act::ThirdPerson(ThirdPerson::Exempt(exempted))) = (event.actor, &event.act) {
        return unasked(dispute, exempted, event, now);
    }
    if dispute.is_closed() {
        return None;
    }
    let mut after = dispute.clone();
    let given = |on: Digest| Given { on, at: now, evidence: event.cause };
    let effects = match (event.actor, &event.act) {
        (Actor::Person(Role::Operator), Act::ThirdPerson(ThirdPerson::Ask(asking))) => ask(calendar, &mut after, asking, now)?,
        (Actor::Person(Role::Operator), Act::ThirdPerson(ThirdPerson::Told)) => {
            let today = calendar.zone().day_of(now);
            let allowed = after.disclosures.iter_mut().rfind(|one| one.is_allowed(today))?;
            allowed.told(given(allowed.digest()));
            Vec::new()
        }
        (Actor::Person(role), Act::ThirdPerson(ThirdPerson::Allow(on)) | Act::ThirdPerson(ThirdPerson::Refuse(on))) => {
            let (party, yes) = (role.party()?, matches!(event.act, Act::ThirdPerson(ThirdPerson::Allow(_))));
            let one = meant(&mut after, *on)?;
            one.answer(party, yes, given(*on)).then_some(())?;
            if one.is_open() { noted(party) } else { told() }
        }
        (Actor::Person(role), Act::ThirdPerson(ThirdPerson::Revoke(on))) => {
            let party = role.party()?;
            let one = meant(&mut after, *on)?;
            one.revoke(party, given(*on)).then_some(())?;
            if one.is_open() { noted(party) } else { told() }
        }
        (Actor::Clock, Act::ThirdPerson(ThirdPerson::Over)) => {
            after.disclosures.iter_mut().find(|one| one.is_open() && one.ends.due <= now)?.end(now);
            told()
        }
        _ => return None,
    };
    after.version = after.version.saturating_add(1);
    Some(Decision { dispute: after, effects, judgement: Judgement::Noted, steps: Vec::new() })
}

/// Both sides are asked, where both take part, nobody paused, and nothing else is asked already.
fn ask(calendar: &Calendar, dispute: &mut Dispute, asking: &Disclosing, now: Instant) -> Option<Vec<Effect>> {
    let there = dispute.merchant.is_some() && dispute.operator.is_some() && dispute.consent.confirmed_request().is_some();
    let rests = dispute.suspended.is_some() || dispute.frozen.is_some() || dispute.track() != Track::Mediation;
    let asked = dispute.disclosures.iter().any(Disclosure::is_open) || dispute.disclosures.len() >= MOST;
    if !there || rests || asked || asking.until < calendar.zone().day_of(now) {
        return None;
    }
    let (day, due) = calendar.civil_deadline(now, TIME);
    let ends = Deadline { due, day, reminders: Vec::new(), reminded: 0, extended: false };
    dispute.disclosures.push(Disclosure::ask(asking.clone(), now, ends));
    Some([Role::Consumer, Role::Merchant].map(|to| Effect::send(to, "disclosure-asked")).to_vec())
}

/// What needs nobody's consent is noted, also after the end, and both sides are told of it unless that could not be.
fn unasked(dispute: &Dispute, exempted: &Exempted, event: &Event, now: Instant) -> Option<Decision> {
    let lacks = exempted.ground == Ground::Enforcement && dispute.consent.agreement().is_none();
    if lacks || dispute.track() != Track::Mediation || dispute.exempted.len() >= MOST {
        return None;
    }
    let mut after = dispute.clone();
    after.exempted.push(Exemption { exempted: exempted.clone(), given: Given { on: event.cause, at: now, evidence: event.cause } });
    after.version = after.version.saturating_add(1);
    let invited = dispute.merchant.is_some() && dispute.consent.confirmed_request().is_some();
    let sides = [Some(Role::Consumer), invited.then_some(Role::Merchant)].into_iter().flatten().filter(|_| exempted.sides_told);
    let effects = sides.map(|to| Effect::send(to, "disclosure-made")).collect();
    Some(Decision { dispute: after, effects, judgement: Judgement::Noted, steps: Vec::new() })
}

fn meant(dispute: &mut Dispute, on: Digest) -> Option<&mut Disclosure> {
    dispute.disclosures.iter_mut().find(|one| one.digest() == on)
}

/// Nobody else is told of the answer of one side alone.
fn noted(party: Party) -> Vec<Effect> {
    vec![Effect::send(Role::from(party), "disclosure-noted")]
}

fn told() -> Vec<Effect> {
    let ended = [Role::Consumer, Role::Merchant].map(|to| Effect::send(to, "disclosure-ended"));
    ended.into_iter().chain([Effect::send(Role::Operator, "disclosure-result")]).collect()
}

/// A dispute that ends leaves no question open: nothing may be told, and the registrar who asked learns it.
pub(super) fn ended(decision: &mut Decision, now: Instant) {
    if decision.judgement == Judgement::NoRule || !decision.dispute.is_closed() {
        return;
    }
    for one in decision.dispute.disclosures.iter_mut().filter(|one| one.is_open()) {
        one.end(now);
        decision.effects.push(Effect::send(Role::Operator, "disclosure-result"));
    }
}
