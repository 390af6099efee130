//! Who speaks to whom: the mediator, the private channels and the common one. Code and not rules, because no file may open a
//! channel or let anything cross (DESIGN §6, DOMAIN §5.1).

use super::cooling;
use crate::domain::{Act, Actor, Channel, Decision, Dispute, DisputeId, Effect, Event, Given, Instant, Judgement, Party, Role, Track};

/// What follows from an event of the channels; `None` if it is not one, or if it is not its actor's to raise.
pub(super) fn decided(dispute: &Dispute, event: &Event, now: Instant) -> Option<Decision> {
    // Nobody speaks in a dispute who has no part in it; a registrar also looks after those of a customer service.
    let absent = |role: Role| role != Role::Operator && dispute.participant(role).is_none();
    if dispute.is_closed() || matches!(event.actor, Actor::Person(role) if absent(role)) {
        return None;
    }
    let mut after = dispute.clone();
    let given = Given { on: event.cause, at: now, evidence: event.cause };
    let effects = match (event.actor, &event.act) {
        (Actor::Person(role), Act::AgreeJoint) => agree(&mut after, role.party()?, given)?,
        (Actor::Person(role), Act::LeaveJoint) => leave(&mut after, role.party()?),
        (Actor::Person(role), Act::Spoke(channel)) => {
            let told = tell(&after, role, *channel)?;
            cooling::keep(&mut after, role, *channel, event.cause, now);
            told
        }
        (Actor::Person(Role::Mediator), Act::Filed(_)) => Vec::new(),
        (Actor::Person(Role::Operator), Act::Merged(into)) => merge(&mut after, *into)?,
        _ => return None,
    };
    after.version = after.version.saturating_add(1);
    Some(Decision { dispute: after, effects, judgement: Judgement::Noted, steps: Vec::new() })
}

/// Consent of one side alone is not told to the other (DOMAIN §5.4, timing).
fn agree(dispute: &mut Dispute, party: Party, given: Given) -> Option<Vec<Effect>> {
    dispute.is_mediated().then_some(())?;
    let was_open = dispute.joint.is_open();
    match dispute.joint.agree(party, given) {
        true if !was_open => Some(everybody(dispute, |_| Channel::Joint, "joint-open")),
        _ => Some(vec![Effect::send(Role::from(party), "joint-noted")]),
    }
}

fn leave(dispute: &mut Dispute, party: Party) -> Vec<Effect> {
    let was_open = dispute.joint.is_open();
    dispute.joint.leave(party);
    match was_open {
        true => everybody(dispute, Channel::private_to, "joint-closed"),
        false => vec![Effect::send(Role::from(party), "joint-noted")],
    }
}

fn everybody(dispute: &Dispute, channel: impl Fn(Role) -> Channel, letter: &str) -> Vec<Effect> {
    [Role::Consumer, Role::Merchant, Role::Mediator]
        .into_iter()
        .filter(|role| dispute.participant(*role).is_some())
        .map(|to| Effect::Send { to, letter: letter.to_owned(), channel: channel(to) })
        .collect()
}

/// Everybody else who reads the channel hears it. `None` where nobody does: then a person must look.
fn tell(dispute: &Dispute, speaker: Role, channel: Channel) -> Option<Vec<Effect>> {
    if !(channel.is_read_by(speaker) || asks(dispute, speaker, channel)) || !may_hear(dispute, speaker) || channel == Channel::Joint && !dispute.joint.is_open()
    {
        return None;
    }
    let hears = |role: &Role| {
        *role != speaker
            && channel.is_read_by(*role)
            && may_hear(dispute, *role)
            && dispute.participant(*role).is_some_and(|person| person.on(channel).is_some())
    };
    let told: Vec<Effect> = Role::ALL.into_iter().filter(hears).map(|to| Effect::Send { to, letter: telling(dispute, to).to_owned(), channel }).collect();
    (!told.is_empty()).then_some(told)
}

/// The letter in which `to` hears what somebody said.
pub fn telling(dispute: &Dispute, to: Role) -> &'static str {
    match (dispute.track(), to) {
        (Track::Service, Role::Consumer) => "svc-answer",
        (Track::Service, Role::Merchant) => "svc-asked",
        _ => "message",
    }
}

/// As long as nobody mediates, the registrar may write to each side where it is alone with the service (DOMAIN §2.3, rows 16 and 24).
fn asks(dispute: &Dispute, speaker: Role, channel: Channel) -> bool {
    speaker == Role::Operator && dispute.is_with_service() && matches!(channel, Channel::ConsumerPrivate | Channel::MerchantPrivate)
}

/// A mediator hears and says nothing before the mission was taken on.
fn may_hear(dispute: &Dispute, role: Role) -> bool {
    role != Role::Mediator || dispute.is_mediated()
}

/// What is written to a merged dispute is heard in the other one; its own clock ends.
fn merge(dispute: &mut Dispute, into: DisputeId) -> Option<Vec<Effect>> {
    if dispute.id == into {
        return None;
    }
    dispute.merged_into = Some(into);
    dispute.state = super::machine::CLOSED.to_owned();
    dispute.outcome = Some(crate::domain::Outcome::DuplicateMerged);
    dispute.deadline = None;
    dispute.term = None;
    dispute.pending = None;
    dispute.suspended = None;
    Some(vec![Effect::send(Role::Consumer, "merged")])
}

/// Adds to `decision` that `to` hears what was said on `channel`, if `to` reads it and has a place in it.
pub fn also_tell(decision: &mut Decision, to: Role, channel: Channel) {
    if channel.is_read_by(to) && may_hear(&decision.dispute, to) && decision.dispute.participant(to).is_some_and(|person| person.on(channel).is_some()) {
        decision.effects.push(Effect::Send { to, letter: "message".to_owned(), channel });
    }
}

/// Adds to a decision that moves or notes something that `to` is warned by `letter`, before the letters that follow from it.
pub fn also_warn(decision: &mut Decision, to: Role, letter: &str) {
    if decision.judgement != Judgement::NoRule {
        decision.effects.insert(0, Effect::send(to, letter));
    }
}

/// Nothing follows but a letter to whoever must know at once that nothing does.
pub fn warned(dispute: &Dispute, to: Role, letter: &str) -> Decision {
    let mut after = dispute.clone();
    after.version = after.version.saturating_add(1);
    Decision { dispute: after, effects: vec![Effect::send(to, letter)], judgement: Judgement::Noted, steps: Vec::new() }
}
