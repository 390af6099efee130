//! What waits for a mediator in the morning.

use super::super::awaited;
use super::*;
use crate::domain::{Pointing, When};

/// What waits, in the words of a table.
fn told(told: &Told<'_>, ball: Option<Role>) -> Vec<String> {
    let day = |day: Option<Day>| day.map_or_else(|| "–".to_owned(), |day| day.to_string());
    awaited(&WORKFLOW, &CALENDAR, &told.dispute, ball, told.now).iter().map(|one| format!("{:?} {} {}", one.duty, day(one.since), day(one.until))).collect()
}

#[test]
fn what_waits_is_told_from_whose_turn_it_is_and_what_ends() {
    let mut case = Told::invited();
    case.step(by(Role::Merchant, Act::JoinMediation(case.request())));
    case.step(by(Role::Operator, Act::Assign(person(Role::Mediator, "nadia@mediateurs.example"))));
    let starts = |told: &[String], duty: &str| told.iter().any(|line| line.starts_with(duty));
    assert!(starts(&told(&case, Some(Role::Operator)), "TakeOn"));
    case.step(by(Role::Mediator, Act::TakeMission));
    assert_eq!(case.dispute.state, "exchange");
    assert!(starts(&told(&case, Some(Role::Mediator)), "Yours"), "it is the mediator's turn");
    case.later(1).step(by(Role::Mediator, Act::Spoke(Channel::MerchantPrivate)));
    let waiting = told(&case, Some(Role::Mediator));
    assert!(starts(&waiting, "Unanswered(Merchant)") && !starts(&waiting, "Yours"), "{waiting:?}");
    case.later(1).step(by(Role::Merchant, Act::AskHuman));
    let waiting = told(&case, Some(Role::Mediator));
    assert!(starts(&waiting, "Yours") && !starts(&waiting, "Unanswered"), "{waiting:?}");
    case.step(by(Role::Mediator, Act::Snooze(Some(When::Days(5)))));
    assert_eq!(told(&case, Some(Role::Mediator)), Vec::<String>::new(), "it is put off");
    case.later(8);
    assert!(starts(&told(&case, Some(Role::Mediator)), "Yours"), "its day has come");
    case.step(by(Role::Consumer, Act::Interrupt));
    assert_eq!(told(&case, Some(Role::Consumer)), Vec::<String>::new(), "a pause that does not end soon");
    case.later(59);
    assert!(starts(&told(&case, Some(Role::Consumer)), "PauseEnds"));
}

#[test]
fn a_word_of_a_party_brings_back_what_was_put_off_and_an_agreement_leaves_nothing() {
    let mut case = Told::mediated();
    case.step(by(Role::Mediator, Act::Snooze(Some(When::Days(10)))));
    assert_eq!(told(&case, Some(Role::Mediator)), Vec::<String>::new());
    case.later(1).step(by(Role::Consumer, Act::AskHuman));
    assert!(!told(&case, Some(Role::Mediator)).is_empty());
    let request = case.request();
    case.step(by(Role::Merchant, Act::GrantRequest(request)));
    assert_eq!(case.dispute.state, "performance");
    assert_eq!(told(&case, Some(Role::Merchant)), Vec::<String>::new());
}

#[test]
fn what_the_registrar_decides_is_no_time_limit_of_a_party() {
    let mut case = Told::invited();
    case.step(by(Role::Operator, Act::Assign(person(Role::Mediator, "nadia@mediateurs.example"))));
    case.step(by(Role::Mediator, Act::TakeMission));
    case.later(16);
    assert_eq!(told(&case, Some(Role::Merchant)).iter().filter(|line| line.starts_with("Due")).count(), 1);
    case.ring();
    assert_eq!(case.dispute.state, "silent");
    assert_eq!(told(&case, Some(Role::Operator)), Vec::<String>::new());
}

#[test]
fn the_first_working_day_of_a_week_tells_the_whole_week_and_what_was_put_off() {
    let mut case = Told::mediated();
    assert_eq!(CALENDAR.zone().day_of(case.now).weekday(), 1);
    case.step(by(Role::Mediator, Act::Snooze(Some(When::Weekday(1)))));
    let back = case.dispute.deadline.as_ref().unwrap().day;
    assert_eq!((back.weekday(), back), (1, CALENDAR.zone().day_of(case.now).plus(7)));
    assert_eq!(told(&case, Some(Role::Mediator)), [format!("Back – {back}")], "on Monday");
    case.later(1);
    assert_eq!(told(&case, Some(Role::Mediator)), Vec::<String>::new(), "on Tuesday");
}

#[test]
fn a_day_that_cannot_be_is_refused_and_changes_nothing() {
    let mut case = Told::mediated();
    let before = case.dispute.deadline.clone();
    for when in [None, Some(When::Days(0)), Some(When::Days(31)), Some(When::Date(1, 1, Some(2020)))] {
        let decision = case.step(by(Role::Mediator, Act::Snooze(when)));
        assert_eq!(decision.effects, [Effect::send(Role::Mediator, "snooze-help")], "{when:?}");
        assert_eq!(case.dispute.deadline, before, "{when:?}");
    }
}

#[test]
fn a_reminder_is_told_before_it_leaves_and_one_that_is_cancelled_does_not_leave() {
    let mut case = Told::mediated();
    let points = vec!["Quand ?".to_owned()];
    case.step(by(Role::Mediator, Act::Points(Pointing::Ask(Party::Merchant, points, 3))));
    let chased = |case: &Told<'_>| told(case, Some(Role::Mediator)).iter().filter(|line| line.starts_with("Chase(Merchant)")).count();
    assert_eq!(chased(&case), 1);
    let order = |side| by(Role::Mediator, Act::Order(Box::new(Act::Unchase(side, None))));
    let none = case.step(order(Some(Party::Consumer)));
    assert_eq!((none.effects, case.dispute.pending.is_none()), (vec![Effect::send(Role::Mediator, "no-reminder")], true));
    case.step(order(None));
    let pending = case.dispute.pending.take().unwrap();
    assert!(matches!(*pending.act, Act::Unchase(Some(Party::Merchant), Some(_))));
    let stale = case.step(by(Role::Mediator, Act::Unchase(Some(Party::Merchant), Some(case.now))));
    assert_eq!(stale.effects, [Effect::send(Role::Mediator, "no-reminder")], "another one is never meant");
    case.step(by(Role::Mediator, *pending.act));
    assert_eq!((chased(&case), case.dispute.points.ends(Party::Merchant)), (0, None));
}
