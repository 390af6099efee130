//! What a clock does not take for an answer, and nobody for a breach before its day.

use super::*;
use crate::domain::{Outcome, Reachable};

/// The states of a workflow in which a clock closes, each as if the dispute of `told` stood there.
fn closing(told: &Told<'static>) -> Vec<Told<'static>> {
    let states = told.workflow.states.iter().filter(|state| state.rules.iter().any(|rule| rule.says == "due" && matches!(rule.then, machine::Then::Close(_))));
    states
        .map(|state| {
            let mut there = Told::of(told.workflow, Dispute { state: state.name.clone(), ..told.dispute.clone() }, told.now);
            there.dispute.term = None;
            there.dispute.deadline = deadline::fresh(&CALENDAR, state, told.now);
            there.dispute.suspended = (state.phase == words::Phase::Paused).then(|| crate::domain::Suspended {
                state: told.dispute.state.clone(),
                deadline: None,
                since: told.now,
                by: Role::Consumer,
            });
            there
        })
        .collect()
}

#[test]
fn a_clock_closes_nothing_while_letters_to_the_consumer_come_back() {
    let mut found = Vec::new();
    for (told, letter) in [(Told::invited(), (Role::Operator, "buyer-unreachable")), (Told::served(), (Role::Mediator, "buyer-unreachable"))] {
        for mut told in closing(&told).into_iter().filter(|told| told.workflow.phase(&told.dispute.state) != Some("agreement")) {
            let (state, due) = (told.dispute.state.clone(), told.dispute.deadline.as_ref().unwrap().due);
            let mut reached = Told::of(told.workflow, told.dispute.clone(), due);
            reached.step(event(Actor::Clock, Act::Due));
            assert!(reached.dispute.is_closed(), "{state}");
            told.step(event(Actor::MailSystem, Act::Bounced(Role::Consumer)));
            told.now = due;
            let rung = told.step(event(Actor::Clock, Act::Due));
            assert_eq!((told.dispute.state.as_str(), sent(&rung)), (state.as_str(), vec![letter]));
            assert!(told.dispute.deadline.as_ref().unwrap().due > due && rung.judgement == Judgement::Noted);
            // Whoever answers is reached again.
            told.dispute.consumer.reachable = Reachable::Yes;
            told.later(90).ring();
            assert!(told.dispute.is_closed(), "{state}");
            found.push(state);
        }
    }
    let expected = ["incomplete", "awaiting-contact", "between", "interrupted", "withdrawing", "svc-wait-consumer", "svc-deadlock", "svc-resting"];
    assert_eq!(found, expected);
}

#[test]
fn a_mediation_that_is_taken_up_again_keeps_the_six_months_from_its_first_day() {
    let mut told = Told::mediated();
    let limit = told.dispute.term.as_ref().unwrap().limit_day;
    told.later(60).step(by(Role::Mediator, Act::End));
    assert_eq!(told.dispute.outcome, Some(Outcome::NoAgreement));
    told.later(4).step(by(Role::Operator, Act::Reopen));
    let term = told.dispute.term.clone().unwrap();
    assert_eq!((told.dispute.state.as_str(), term.limit_day), ("exchange", limit));
    told.later(85).step(by(Role::Mediator, Act::Extend(90)));
    assert_eq!(told.dispute.term.as_ref().unwrap().ends.day, limit);
    // Once they are over, nothing begins again.
    told.later(25).step(by(Role::Mediator, Act::End));
    assert!(told.dispute.is_closed());
    assert_eq!(told.later(20).step(by(Role::Operator, Act::Reopen)).judgement, Judgement::NoRule);
}

#[test]
fn nobody_is_late_before_the_day_and_nothing_is_closed_as_broken() {
    let mut told = Told::agreed();
    let agreement = told.agreement();
    let early = told.step(by(Role::Consumer, Act::NotPerformed(agreement)));
    assert_eq!((told.dispute.state.as_str(), sent(&early)), ("performance", vec![(Role::Consumer, "not-yet-due")]));
    told.later(15);
    told.step(by(Role::Consumer, Act::NotPerformed(agreement)));
    assert_eq!(told.dispute.state, "performance", "the last day is a day");
    told.later(1);
    told.step(by(Role::Consumer, Act::NotPerformed(agreement)));
    assert_eq!(told.dispute.state, "contested");
    told.step(by(Role::Operator, Act::Close));
    assert_eq!(told.dispute.outcome, Some(Outcome::AgreementNotHonoured));
    // It can be put right.
    told.later(20).step(by(Role::Operator, Act::Reopen));
    assert_eq!(told.dispute.state, "contested");
}

#[test]
fn who_says_that_it_is_done_may_be_contradicted_at_once_and_still_has_until_the_day() {
    let mut told = Told::agreed();
    let agreement = told.agreement();
    told.step(by(Role::Merchant, Act::Performed(agreement)));
    told.step(by(Role::Consumer, Act::NotPerformed(agreement)));
    assert_eq!(told.dispute.state, "contested");
    let early = told.step(by(Role::Operator, Act::Close));
    assert_eq!((told.dispute.state.as_str(), sent(&early)), ("contested", vec![(Role::Operator, "order-help")]));
}

#[test]
fn what_was_done_is_heard_in_a_pause_and_only_after_an_agreement() {
    for pause in [by(Role::Consumer, Act::AskWithdraw), by(Role::Merchant, Act::Interrupt)] {
        let mut told = Told::agreed();
        let agreement = told.agreement();
        told.step(pause.clone());
        let done = told.step(by(Role::Merchant, Act::Performed(agreement)));
        assert_eq!(sent(&done), [(Role::Consumer, "performance-check"), (Role::Merchant, "received")]);
        told.step(by(Role::Consumer, Act::Performed(agreement)));
        assert_eq!(told.dispute.outcome, Some(Outcome::SettledPerformed));
        let mut told = Told::invited();
        told.step(pause);
        assert_eq!(told.step(by(Role::Consumer, Act::Performed(told.request()))).judgement, Judgement::NoRule);
    }
}

#[test]
fn no_letter_prints_an_order_that_comes_to_nothing() {
    use crate::domain::Intent::{Admit, Close, Park, Reject, Reroute};
    let unruled = |told: &Told| super::unruled(told.workflow, told.calendar, &told.dispute, told.now);
    let mut told = Told::opened();
    assert_eq!(unruled(&told), [Admit, Park, Reroute, Close, Reject]);
    told.step(by(Role::Consumer, Act::Confirm(told.dispute.draft_request().digest())));
    assert_eq!(unruled(&told), [Reroute, Close]);
    assert_eq!(unruled(&Told::invited()), [Admit, Park, Close, Reject]);
    assert_eq!(unruled(&Told::mediated()), [Admit, Park, Reroute, Close, Reject]);
}
