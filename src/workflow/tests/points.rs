//! What a side is asked point by point: asked again once, and never more.

use super::*;
use crate::domain::{Pointing, Response, Tally};

fn ask(party: Party) -> Event {
    by(Role::Mediator, Act::Points(Pointing::Ask(party, vec!["Quand ?".to_owned(), "Où ?".to_owned()], 7)))
}

fn due(told: &mut Told, party: Party) -> Decision {
    told.now = told.dispute.points.ends(party).unwrap().due;
    assert_eq!(rings(&told.dispute, told.now), Some(Act::Points(Pointing::Due(party))));
    told.step(event(Actor::Clock, Act::Points(Pointing::Due(party))))
}

fn response(numbers: &[u8], beside: bool) -> Response {
    Response { answers: numbers.iter().map(|number| (*number, "oui".to_owned())).collect(), beside }
}

/// Something was said, and nothing else followed.
fn noted(told: &Told) -> Decision {
    Decision { dispute: told.dispute.clone(), effects: Vec::new(), judgement: Judgement::Noted, steps: Vec::new() }
}

#[test]
fn silence_is_asked_again_once_and_then_the_mediator_hears_of_it() {
    let mut told = Told::mediated();
    let asked = told.later(1).step(ask(Party::Merchant));
    assert_eq!(sent(&asked), [(Role::Merchant, "points"), (Role::Mediator, "points-noted")]);
    assert!(told.dispute.attention.unanswered(Party::Merchant).is_some());
    let stale = told.dispute.deadline.clone().unwrap().due;
    assert_eq!(sent(&due(&mut told, Party::Merchant)), [(Role::Merchant, "points-again")]);
    assert!(told.dispute.deadline.clone().unwrap().due > stale, "while the service asks, nobody is told that nobody writes");
    assert_eq!(sent(&due(&mut told, Party::Merchant)), [(Role::Mediator, "points-silent")]);
    assert_eq!(told.dispute.points.wakes(), None);
    let again = told.step(by(Role::Mediator, Act::Points(Pointing::Again(Party::Merchant, vec![2]))));
    assert_eq!(sent(&again), [(Role::Merchant, "points-again"), (Role::Mediator, "points-noted")]);
}

#[test]
fn what_is_left_out_is_asked_again_at_once_and_what_is_not_sure_is_not() {
    for (heard, letters, waits) in [
        (response(&[1], false), &[(Role::Merchant, "points-again")][..], true),
        (response(&[1], true), &[], false),
        (response(&[], true), &[], false),
        (response(&[], false), &[], true),
        (response(&[1, 2], false), &[], false),
    ] {
        let mut told = Told::mediated();
        told.step(ask(Party::Merchant));
        let mut decision = noted(&told);
        points_heard(&CALENDAR, &mut decision, Party::Merchant, &heard, told.now);
        assert_eq!((sent(&decision), decision.dispute.points.wakes().is_some()), (letters.to_vec(), waits), "{heard:?}");
    }
}

#[test]
fn a_pause_stops_the_time_and_a_move_ends_it() {
    let mut told = Told::mediated();
    told.step(ask(Party::Merchant));
    let before = told.dispute.points.ends(Party::Merchant).unwrap().day;
    told.step(by(Role::Merchant, Act::Interrupt));
    told.later(12);
    assert_eq!(rings(&told.dispute, told.now), None, "in a pause nothing is asked of anybody");
    let mut spoken = noted(&told);
    assert!(!points_heard(&CALENDAR, &mut spoken, Party::Merchant, &response(&[1], false), told.now));
    let refused = told.would(&ask(Party::Consumer));
    assert_eq!(sent(&refused), [(Role::Mediator, "order-help")]);
    told.step(by(Role::Merchant, Act::Resume));
    assert!(told.dispute.points.ends(Party::Merchant).unwrap().day >= before.plus(12));
    told.propose(Role::Merchant);
    assert_eq!((told.dispute.state.as_str(), told.dispute.points.wakes()), ("proposal", None));
    assert_eq!(told.dispute.points.tally(Party::Merchant), Tally { asked: 2, answered: 0 }, "they stay in the ledger");
}

#[test]
fn what_a_mediator_asked_is_not_chased_after_another_one_was_named() {
    let mut told = Told::mediated();
    told.step(ask(Party::Consumer));
    let due = told.dispute.points.ends(Party::Consumer).unwrap().due;
    told.step(by(Role::Operator, Act::Assign(person(Role::Mediator, "sami@mediateurs.example"))));
    assert!(!told.dispute.is_mediated());
    assert_eq!((told.dispute.points.wakes(), told.dispute.points.tally(Party::Consumer).left()), (None, 2));
    assert_ne!(rings(&told.dispute, due), Some(Act::Points(Pointing::Due(Party::Consumer))));
}

#[test]
fn nobody_is_asked_again_where_letters_come_back_and_nobody_else_gives_orders() {
    let mut told = Told::mediated();
    told.step(ask(Party::Merchant));
    told.step(event(Actor::MailSystem, Act::Bounced(Role::Merchant)));
    assert_eq!(sent(&due(&mut told, Party::Merchant)), []);
    assert_eq!(told.dispute.points.wakes(), None);
    for role in [Role::Consumer, Role::Merchant, Role::Operator] {
        let event = Event { actor: Actor::Person(role), ..ask(Party::Merchant) };
        assert_eq!(told.would(&event).judgement, Judgement::NoRule, "{role:?}");
    }
    told.step(by(Role::Mediator, Act::Recuse));
    assert_eq!(told.dispute.points.of(Party::Merchant).count(), 0, "whoever comes after finds no notes of whoever went before");
    assert_eq!(Told::invited().would(&ask(Party::Merchant)).judgement, Judgement::NoRule);
}
