//! What waits on the common channel: it leaves when the mediator lets it pass or its time is over, and never after the channel ended.

use super::*;
use crate::domain::{Fate, Withheld};

/// What waits never leaves unless it was let pass or its time is over, never after the end, and never once it was kept back.
pub(super) fn let_through(told: &Told) -> Option<String> {
    told.past.iter().enumerate().find_map(|(at, one)| {
        let wrong = one.decision.dispute.cooling.messages().iter().find_map(|message| unfounded(one, message));
        wrong.or_else(|| missing(one)).map(|wrong| format!("{wrong}: number {at}, {} {}", one.event.actor.name(), one.event.act.name()))
    })
}

fn by_mediator(one: &Happened, cooling: Cooling) -> bool {
    one.event.actor == Actor::Person(Role::Mediator) && one.event.act == Act::Cooling(cooling)
}

/// Whether the common channel is there to be written on.
fn stands(dispute: &Dispute) -> bool {
    dispute.outcome.is_none() && dispute.mission.is_some() && dispute.joint.has(Party::Consumer) && dispute.joint.has(Party::Merchant)
}

/// What is wrong with what became of `message`.
fn unfounded(one: &Happened, message: &Withheld) -> Option<&'static str> {
    let after = &one.decision.dispute;
    let digest = message.digest();
    let before = one.before.cooling.messages().iter().find(|known| known.digest() == digest && known.by == message.by);
    let spoke = one.event.act == Act::Spoke(Channel::Joint) && one.event.actor == Actor::Person(Role::from(message.by));
    match (before.map(|before| before.fate), message.fate) {
        (None, Fate::Waits) if !spoke => Some("something waits that nobody said"),
        (None, Fate::Waits) if message.until.seconds_since(message.said) < 3_600 => Some("something waits for no time"),
        (None | Some(Fate::Waits), Fate::Waits) if !stands(after) => Some("something waits on a channel that ended"),
        (None, Fate::Passed(_) | Fate::Kept(_)) => Some("something was decided about before it waited"),
        (Some(Fate::Waits), Fate::Passed(at)) => {
            let due = one.event.actor == Actor::Clock && one.event.act == Act::Cooling(Cooling::Due(digest)) && message.until <= at;
            let let_pass = by_mediator(one, Cooling::Relay(digest)) || by_mediator(one, Cooling::Off);
            (!(due || let_pass) || !stands(after)).then_some("a message leaves that waits")
        }
        (Some(Fate::Waits), Fate::Kept(_)) => {
            let moved = after.participant(Role::from(message.by.other())).is_none_or(|other| !other.address.is_same(&message.to));
            (stands(after) && !moved && !by_mediator(one, Cooling::Hold(digest))).then_some("a message is kept back that nobody keeps")
        }
        (Some(before), now) => (before != now).then_some("what was decided about a message is changed"),
        _ => None,
    }
}

/// What is wrong with what is not there.
fn missing(one: &Happened) -> Option<&'static str> {
    let (before, after) = (&one.before.cooling, &one.decision.dispute.cooling);
    let lost = before.waiting().any(|message| after.messages().iter().all(|known| known.digest() != message.digest()));
    if lost {
        return Some("a message that waited is forgotten");
    }
    let party = one.event.actor.person().and_then(Role::party);
    let heard = one.decision.judgement != Judgement::NoRule && one.event.act == Act::Spoke(Channel::Joint);
    if let (true, Some(party), Some(_)) = (heard, party, before.hours()) {
        let waits = |cooling: &crate::domain::CoolOff| cooling.waiting().filter(|message| message.by == party).count();
        return (waits(after) != waits(before) + 1).then_some("a message passes at once");
    }
    let ordered = matches!(one.event.act, Act::Cooling(Cooling::On(_) | Cooling::Off)) && one.event.actor == Actor::Person(Role::Mediator);
    (before.hours() != after.hours() && !ordered && stands(&one.decision.dispute)).then_some("nobody ordered for how long messages wait")
}

/// A message of each side waits.
pub(super) fn waiting() -> Told<'static> {
    let mut told = Told::cooled();
    speak(&mut told, Role::Consumer);
    speak(&mut told, Role::Merchant);
    told
}

fn speak(told: &mut Told, role: Role) -> (Digest, Decision) {
    told.now = told.now.plus_seconds(60);
    let said = told.step(by(role, Act::Spoke(Channel::Joint)));
    (told.dispute.cooling.messages().last().unwrap().digest(), said)
}

fn fates(told: &Told) -> Vec<bool> {
    told.dispute.cooling.messages().iter().map(|message| matches!(message.fate, Fate::Passed(_))).collect()
}

#[test]
fn messages_wait_until_the_mediator_decides_or_their_time_is_over_also_at_night() {
    let mut told = Told::cooled();
    let (first, said) = speak(&mut told, Role::Consumer);
    assert!(sent(&said).contains(&(Role::Mediator, "message")));
    let (second, _) = speak(&mut told, Role::Merchant);
    assert_eq!(told.dispute.matters(Role::Mediator).iter().filter(|matter| matches!(matter, crate::domain::Matter::Withheld(_))).count(), 2);
    assert_eq!(sent(&told.step(by(Role::Mediator, Act::Cooling(Cooling::Relay(first))))), []);
    assert_eq!(told.step(by(Role::Mediator, Act::Cooling(Cooling::Hold(first)))).judgement, Judgement::NoRule, "it left");
    for role in [Role::Consumer, Role::Merchant, Role::Operator] {
        assert_eq!(told.would(&by(role, Act::Cooling(Cooling::Relay(second)))).judgement, Judgement::NoRule);
        assert_eq!(told.would(&by(role, Act::Cooling(Cooling::Off))).judgement, Judgement::NoRule);
    }
    let due = event(Actor::Clock, Act::Cooling(Cooling::Due(second)));
    assert_eq!(told.step(due.clone()).judgement, Judgement::NoRule, "it is not due");
    told.now = at("2026-11-23T22:05:00Z");
    assert_eq!(rings(&told.dispute, told.now), Some(Act::Cooling(Cooling::Due(second))));
    assert_eq!((sent(&told.step(due)), fates(&told)), (vec![], vec![true, true]));
    let (third, _) = speak(&mut told, Role::Consumer);
    assert_eq!(sent(&told.step(by(Role::Mediator, Act::Cooling(Cooling::Hold(third))))), [(Role::Consumer, "kept-back")]);
    assert_eq!(told.step(by(Role::Mediator, Act::Cooling(Cooling::Relay(third)))).judgement, Judgement::NoRule, "it never leaves");
    let spoken = told.step(by(Role::Mediator, Act::Spoke(Channel::Joint)));
    assert_eq!((sent(&spoken).len(), told.dispute.cooling.messages().len()), (2, 3), "the mediator's own words wait for nobody");
    assert_eq!(super::breaches::broken(&told), []);
}

#[test]
fn an_order_is_possible_where_it_changes_something_and_both_sides_are_told() {
    let order = |cooling| by(Role::Mediator, Act::Order(Box::new(Act::Cooling(cooling))));
    let mut told = Told::mediated();
    assert_eq!(sent(&told.step(order(Cooling::On(12)))), [(Role::Mediator, "order-help")], "there is no common channel");
    assert!(told.dispute.pending.is_none());
    let mut told = Told::cooled();
    assert_eq!(sent(&told.would(&order(Cooling::On(12)))), [(Role::Mediator, "order-help")]);
    assert_eq!(sent(&told.would(&order(Cooling::On(73)))), [(Role::Mediator, "order-help")]);
    assert_eq!(sent(&told.step(order(Cooling::Off))), [(Role::Mediator, "command-check")]);
    assert_eq!(sent(&told.would(&order(Cooling::On(6)))), [(Role::Mediator, "command-waiting")]);
    let (_, _) = speak(&mut told, Role::Consumer);
    let over = told.step(by(Role::Mediator, Act::Cooling(Cooling::Off)));
    assert_eq!(sent(&over), [(Role::Consumer, "cool-off-over"), (Role::Merchant, "cool-off-over")]);
    assert_eq!((told.dispute.cooling.hours(), fates(&told)), (None, vec![true]), "what waits passes");
    assert_eq!(sent(&told.step(by(Role::Mediator, Act::Cooling(Cooling::Off)))), [(Role::Mediator, "order-help")]);
}

#[test]
fn whatever_ends_the_common_channel_ends_what_waits_there_and_its_author_is_told() {
    let merged = Act::Merged(DisputeId::new([8; 16]));
    let other = Act::Assign(person(Role::Mediator, "sami@mediateurs.example"));
    for (last, also) in [
        (by(Role::Merchant, Act::LeaveJoint), 0),
        (by(Role::Merchant, Act::End), 0),
        (by(Role::Mediator, Act::Stop), 0),
        (by(Role::Operator, merged), 0),
        (by(Role::Mediator, Act::Recuse), 2),
        (by(Role::Operator, other), 2),
    ] {
        let mut told = Told::cooled();
        let (digest, _) = speak(&mut told, Role::Consumer);
        let ended = told.step(last);
        let letters = sent(&ended);
        assert!(letters.contains(&(Role::Consumer, "kept-back")) && !letters.contains(&(Role::Merchant, "kept-back")), "{letters:?}");
        assert_eq!(letters.iter().filter(|(_, letter)| *letter == "cool-off-over").count(), also, "{letters:?}");
        assert_eq!((told.dispute.cooling.hours(), told.dispute.cooling.wakes(), fates(&told)), (None, None, vec![false]));
        told.later(9);
        assert_ne!(rings(&told.dispute, told.now), Some(Act::Cooling(Cooling::Due(digest))));
        for event in [by(Role::Mediator, Act::Cooling(Cooling::Relay(digest))), event(Actor::Clock, Act::Cooling(Cooling::Due(digest)))] {
            assert_eq!(told.step(event).judgement, Judgement::NoRule);
        }
        assert_eq!(super::breaches::broken(&told), []);
    }
}

#[test]
fn a_message_is_not_sent_where_the_other_side_is_no_longer_reached() {
    let mut told = Told::cooled();
    let (digest, _) = speak(&mut told, Role::Consumer);
    told.dispute.merchant.as_mut().unwrap().address = Address::parse("nouveau@souk.example").unwrap();
    let kept = told.would(&by(Role::Mediator, Act::Cooling(Cooling::Relay(digest))));
    assert_eq!(sent(&kept), [(Role::Consumer, "kept-back")]);
    assert_eq!(kept.dispute.cooling.waiting().count(), 0);
    let over = told.would(&by(Role::Mediator, Act::Cooling(Cooling::Off)));
    assert_eq!(sent(&over).last(), Some(&(Role::Consumer, "kept-back")));
}
