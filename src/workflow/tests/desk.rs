//! The desk of whoever writes to one side: what it costs, and what it does not cost.

use super::*;
use crate::domain::{Beyond, Contacted, Happened};

#[test]
fn a_question_of_the_registrar_renews_the_time_of_whoever_must_act_and_of_nobody_else() {
    let mut told = Told::invited();
    let day = |told: &Told<'_>| told.dispute.deadline.as_ref().map(|deadline| deadline.day);
    let first = day(&told);
    told.later(4).step(by(Role::Operator, Act::Spoke(Channel::ConsumerPrivate)));
    assert_eq!(day(&told), first, "the seller is not given time because the buyer is asked");
    told.step(by(Role::Operator, Act::Spoke(Channel::MerchantPrivate)));
    assert!(day(&told) > first);
}

#[test]
fn a_question_in_a_pause_moves_no_day_that_was_told() {
    let mut told = Told::opened();
    told.step(by(Role::Consumer, Act::AskWithdraw));
    assert_eq!(told.dispute.state, "withdrawing");
    let day = told.dispute.deadline.clone();
    let asked = told.later(3).step(by(Role::Operator, Act::Spoke(Channel::ConsumerPrivate)));
    assert_eq!(sent(&asked), [(Role::Consumer, "message")]);
    assert_eq!(told.dispute.deadline, day);
}

#[test]
fn no_mediation_begins_with_a_seller_who_did_not_accept_its_charter() {
    let named = |case: &mut Told<'_>| {
        case.step(by(Role::Operator, Act::Assign(person(Role::Mediator, "nadia@mediateurs.example"))));
        case.step(by(Role::Mediator, Act::TakeMission));
    };
    let decline = |case: &mut Told<'_>| {
        let open = case.dispute.consent.open_proposal().unwrap().digest();
        case.step(by(Role::Consumer, Act::DeclineTerms(open)));
    };
    let mut case = Told::invited();
    named(&mut case);
    assert_eq!(sent(&case.step(by(Role::Merchant, Act::AcceptMediation))), [(Role::Merchant, "charter-asked")]);
    case.propose(Role::Merchant);
    decline(&mut case);
    assert_eq!(case.dispute.state, "between", "the seller spoke first, and is asked");
    case.propose(Role::Merchant);
    case.later(20).ring();
    assert_eq!(case.dispute.state, "between");
    case.later(20).ring();
    assert_eq!(case.dispute.state, "closed", "and what it did not accept does not begin by the clock");

    let mut case = Told::invited();
    named(&mut case);
    case.propose(Role::Merchant);
    case.step(by(Role::Merchant, Act::JoinMediation(case.request())));
    assert_eq!(case.dispute.state, "proposal", "its proposal stays open");
    decline(&mut case);
    assert_eq!(case.dispute.state, "exchange");
}

#[test]
fn whoever_is_released_is_not_written_to_where_letters_came_back() {
    let mut reached = Told::invited();
    let released = reached.step(by(Role::Operator, Act::Reroute));
    assert!(sent(&released).contains(&(Role::Merchant, "released")));
    let mut unreached = Told::invited();
    unreached.step(event(Actor::MailSystem, Act::Bounced(Role::Merchant)));
    assert_eq!(sent(&unreached.step(by(Role::Operator, Act::Reroute))), [(Role::Consumer, "other-seller")]);
}

#[test]
fn a_telephone_call_is_kept_for_the_mediator_counts_as_an_answer_and_is_told_to_nobody() {
    let mut case = Told::mediated();
    case.later(1).step(by(Role::Mediator, Act::Spoke(Channel::MerchantPrivate)));
    let asked = case.dispute.attention.unanswered(Party::Merchant);
    let noted = case.later(2).step(by(Role::Mediator, Act::Contacted(Beyond::Telephone, Party::Merchant, "dix minutes".to_owned())));
    assert_eq!((noted.judgement, sent(&noted)), (Judgement::Noted, Vec::new()));
    assert!(asked.is_some() && case.dispute.attention.unanswered(Party::Merchant).is_none());
    case.later(1).step(by(Role::Mediator, Act::Contacted(Beyond::Post, Party::Consumer, "recommandé".to_owned())));
    let lines = case.dispute.timeline();
    let kept: Vec<&str> = lines.iter().filter_map(|one| if let Happened::Contacted(kept) = one.what { Some(kept.words.as_str()) } else { None }).collect();
    assert_eq!(kept, ["dix minutes", "recommandé"]);
    assert!(lines.is_sorted_by_key(|one| one.at) && lines.iter().any(|one| one.what == Happened::Joined));
    for _ in 0..200 {
        case.step(by(Role::Mediator, Act::Contacted(Beyond::Telephone, Party::Consumer, "encore".to_owned())));
    }
    assert_eq!((case.dispute.contacted.len(), case.dispute.timeline().len()), (Contacted::MOST, Dispute::MOST_HAPPENINGS));
    case.step(by(Role::Mediator, Act::Recuse));
    assert!(case.dispute.contacted.is_empty(), "whoever comes after finds no notes of whoever went before");
    assert_eq!(case.step(by(Role::Merchant, Act::Contacted(Beyond::Post, Party::Consumer, "x".to_owned()))).judgement, Judgement::NoRule);
}
