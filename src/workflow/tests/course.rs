//! The ways that disputes take, step by step.

use super::*;
use crate::domain::Outcome;

#[test]
fn the_workflow_of_the_house_is_sound_and_is_drawn() {
    assert_eq!(WORKFLOW.letters(), letters());
    assert_eq!((WORKFLOW.name(), WORKFLOW.begins(), WORKFLOW.ball("interrupted")), ("mediation", "incomplete", Some("pauser")));
    assert!(WORKFLOW.rules().contains(&"invited#2".to_owned()) && WORKFLOW.rules().contains(&"any#1".to_owned()));
    assert_eq!(WORKFLOW.digest(), Digest::of(MEDIATION.as_bytes()));
    assert!(graph(&WORKFLOW, Graph::Mermaid).contains("invited --> agreed : merchant grant-request"));
    assert!(graph(&WORKFLOW, Graph::Dot).contains("invited -> agreed [label=\"merchant grant-request\"];"));
}

#[test]
fn a_merchant_says_yes() {
    let mut told = Told::opened();
    assert_eq!(told.dispute.rules, WORKFLOW.digest());
    let confirmed = told.step(by(Role::Consumer, Act::Confirm(told.dispute.draft_request().digest())));
    assert_eq!(sent(&confirmed), [(Role::Consumer, "file-complete"), (Role::Operator, "screening")]);
    let admitted = told.step(by(Role::Operator, Act::Admit(Some(person(Role::Merchant, "contact@souk.example")))));
    assert_eq!(sent(&admitted), [(Role::Consumer, "admitted"), (Role::Merchant, "invitation")]);
    let deadline = told.dispute.deadline.clone().unwrap();
    assert_eq!(deadline.day.to_string(), "2026-12-07");
    assert_eq!(
        deadline.reminders.iter().map(|reminder| reminder.rfc3339()).collect::<Vec<_>>(),
        ["2026-11-26T09:00:00Z", "2026-12-02T09:00:00Z", "2026-12-04T09:00:00Z"]
    );
    let granted = told.step(by(Role::Merchant, Act::GrantRequest(told.request())));
    assert_eq!(sent(&granted), [(Role::Consumer, "agreement"), (Role::Merchant, "agreement")]);
    assert_eq!(granted.steps.iter().map(|step| step.rule.as_str()).collect::<Vec<_>>(), ["invited#1", "agreed#1"]);
    assert_eq!(granted.judgement, Judgement::Advanced);
    let agreement = told.dispute.consent.agreement().unwrap().digest;
    told.later(5).step(by(Role::Consumer, Act::Performed(agreement)));
    assert_eq!((told.dispute.state.as_str(), told.dispute.outcome), ("closed", Some(Outcome::SettledPerformed)));
}

#[test]
fn a_complaint_is_completed_before_it_is_confirmed() {
    let now = at("2026-11-23T10:00:00Z");
    let first = by(Role::Consumer, Act::Complaint(statement("Rien reçu.", false)));
    let decision = begin(&WORKFLOW, &CALENDAR, blank(), &first, now);
    assert_eq!((sent(&decision), decision.judgement), (vec![(Role::Consumer, "acknowledgement")], Judgement::Advanced));
    let mut told = Told::of(&WORKFLOW, decision.dispute, now);
    let early = told.step(by(Role::Consumer, Act::Confirm(told.dispute.draft_request().digest())));
    assert_eq!(early.judgement, Judgement::NoRule, "what is missing cannot be confirmed");
    let supplied = told.later(3).step(by(Role::Consumer, Act::Supply(statement("C'était le 3 novembre.", true))));
    assert_eq!((sent(&supplied), supplied.judgement), (vec![(Role::Consumer, "summary")], Judgement::Noted));
    assert_eq!(told.dispute.complaint.words, "Rien reçu.\n\nC'était le 3 novembre.");
    assert_eq!(told.dispute.deadline.as_ref().unwrap().day.to_string(), "2026-12-10", "the time begins anew");
    let old = by(Role::Consumer, Act::Confirm(Digest::of(b"an older summary")));
    assert_eq!(told.step(old).judgement, Judgement::NoRule);
    told.step(by(Role::Consumer, Act::Confirm(told.dispute.draft_request().digest())));
    let frozen = told.request();
    told.step(by(Role::Consumer, Act::Supply(statement("Et autre chose.", false))));
    assert_eq!(told.request(), frozen, "what was confirmed stays as it was confirmed");
    assert!(!told.dispute.complaint.words.contains("autre chose"));
}

#[test]
fn a_grant_of_something_else_never_agrees() {
    let mut told = Told::invited();
    let decision = told.step(by(Role::Merchant, Act::GrantRequest(Digest::of(b"something else"))));
    assert_eq!((decision.judgement, told.dispute.state.as_str()), (Judgement::NoRule, "invited"));
    assert!(told.dispute.consent.agreement().is_none());
}

#[test]
fn silence_is_confirmed_by_a_person_and_the_merchant_may_still_answer() {
    let mut told = Told::invited();
    assert_eq!(told.later(40).ring(), ["invited#6"]);
    assert_eq!(told.later(30).ring(), ["silent#5"], "the registrar is asked again");
    let mut late = Told::of(&WORKFLOW, told.dispute.clone(), told.now);
    late.step(by(Role::Merchant, Act::GrantRequest(late.request())));
    assert_eq!(late.dispute.state, "performance");
    let closed = told.step(by(Role::Operator, Act::Close));
    assert_eq!((closed.dispute.outcome, sent(&closed).len()), (Some(Outcome::MerchantSilent), 2));
    assert_eq!(told.step(by(Role::Consumer, Act::Words)).judgement, Judgement::NoRule);
}

#[test]
fn a_bounce_stops_the_silence_clock_also_during_a_pause() {
    let mut told = Told::invited();
    told.step(event(Actor::MailSystem, Act::Bounced(Role::Merchant)));
    assert_eq!(told.dispute.state, "unreachable");

    let mut told = Told::invited();
    told.later(2).step(by(Role::Consumer, Act::Interrupt));
    told.step(event(Actor::MailSystem, Act::Bounced(Role::Merchant)));
    told.later(3).step(by(Role::Consumer, Act::Resume));
    assert_eq!(told.dispute.state, "invited");
    assert_eq!(told.later(40).ring(), ["invited#5"]);
    assert_eq!(told.dispute.state, "unreachable");
}

#[test]
fn a_pause_moves_what_was_still_to_come() {
    let mut told = Told::invited();
    told.later(4).ring();
    let before = told.dispute.deadline.clone().unwrap();
    assert_eq!(before.reminded, 1);
    let paused = told.step(by(Role::Merchant, Act::Interrupt));
    assert_eq!(sent(&paused), [(Role::Consumer, "paused"), (Role::Merchant, "paused")]);
    assert_eq!(told.step(by(Role::Consumer, Act::Resume)).judgement, Judgement::NoRule, "who paused resumes");
    told.later(26);
    assert_eq!(told.ring(), ["interrupted#6"]);
    told.later(4).step(by(Role::Merchant, Act::Resume));
    let after = told.dispute.deadline.clone().unwrap();
    assert_eq!((told.dispute.state.as_str(), told.dispute.suspended.as_ref()), ("invited", None));
    assert_eq!((before.day.to_string(), after.day.to_string()), ("2026-12-07".to_owned(), "2027-01-06".to_owned()));
    assert_eq!(after.reminders.iter().map(|reminder| reminder.rfc3339()).collect::<Vec<_>>(), ["2026-11-26T09:00:00Z", "2027-01-04T09:00:00Z"]);
    assert_eq!(after.reminded, 1);
}

#[test]
fn time_is_given_once() {
    let mut told = Told::invited();
    told.later(1).step(by(Role::Merchant, Act::AskTime));
    let deadline = told.dispute.deadline.clone().unwrap();
    assert_eq!((deadline.day.to_string(), deadline.extended), ("2026-12-21".to_owned(), true));
    assert_eq!(
        deadline.reminders.iter().map(|reminder| reminder.rfc3339()).collect::<Vec<_>>(),
        ["2026-12-10T09:00:00Z", "2026-12-16T09:00:00Z", "2026-12-18T09:00:00Z"]
    );
    assert_eq!(told.step(by(Role::Merchant, Act::AskTime)).judgement, Judgement::NoRule);
}

#[test]
fn a_performance_is_presumed_only_after_the_merchant_spoke_of_it() {
    let mut told = Told::agreed();
    assert_eq!(told.later(40).ring(), ["performance#7"]);
    assert_eq!(told.dispute.state, "contested");
    let mut told = Told::agreed();
    let agreement = told.request();
    told.step(by(Role::Merchant, Act::Performed(agreement)));
    told.later(40).ring();
    assert_eq!(told.dispute.outcome, Some(Outcome::SettledPresumed));
    let mut told = Told::agreed();
    assert_eq!(told.step(by(Role::Consumer, Act::Performed(Digest::of(b"another agreement")))).judgement, Judgement::NoRule);
}

#[test]
fn one_letter_stands_for_all_reminders_that_were_missed() {
    let mut told = Told::invited();
    told.later(12);
    assert_eq!(told.ring(), ["invited#4"]);
    assert_eq!(told.dispute.deadline.as_ref().unwrap().reminded, 3);
    let stale = told.step(event(Actor::Clock, Act::Remind(1)));
    assert_eq!(stale.judgement, Judgement::NoRule);
    assert_eq!(told.step(event(Actor::Clock, Act::Due)).judgement, Judgement::NoRule, "it is not due yet");
}

#[test]
fn nobody_is_reminded_at_an_address_from_which_letters_come_back() {
    let mut told = Told::opened();
    told.step(event(Actor::MailSystem, Act::Bounced(Role::Consumer)));
    told.later(8);
    let decision = told.step(event(Actor::Clock, Act::Remind(1)));
    assert_eq!((decision.judgement, sent(&decision).len()), (Judgement::Noted, 0));
}

#[test]
fn a_dispute_that_was_merged_into_another_wakes_no_more() {
    let mut told = Told::mediated();
    told.step(by(Role::Mediator, Act::Order(Box::new(Act::Stop))));
    let merged = told.step(by(Role::Operator, Act::Merged(DisputeId::new([8; 16]))));
    assert_eq!((merged.dispute.outcome, merged.dispute.wakes()), (Some(Outcome::DuplicateMerged), None), "neither its term nor an order wakes it");
}

#[test]
fn nobody_speaks_on_a_channel_who_has_no_part_in_the_dispute() {
    let mut told = Told::opened();
    for act in [Act::AgreeJoint, Act::LeaveJoint, Act::Spoke(Channel::MerchantPrivate)] {
        assert_eq!(told.step(by(Role::Merchant, act)).judgement, Judgement::NoRule);
    }
}

#[test]
fn how_both_sides_came_to_agree_is_known_whatever_happens_later() {
    use crate::domain::Settled;
    let both = |mut told: Told<'static>, sides: &[Role]| {
        for side in sides {
            let open = told.dispute.consent.open_proposal().unwrap().digest();
            told.step(by(*side, Act::AcceptTerms(open)));
        }
        told.dispute.settled()
    };
    let offered = || {
        let mut told = Told::invited();
        told.propose(Role::Merchant);
        told
    };
    assert_eq!(Told::invited().dispute.settled(), None);
    assert_eq!(Told::agreed().dispute.settled(), Some(Settled::Granted));
    assert_eq!(both(offered(), &[Role::Consumer]), Some(Settled::Offer));
    assert_eq!(both(Told::named(), &[Role::Consumer]), Some(Settled::Offer), "a mediator who has not begun has no part in it");
    assert_eq!(both(Told::proposed(), &[Role::Consumer]), None, "one side alone agrees to nothing");
    assert_eq!(both(Told::proposed(), &[Role::Consumer, Role::Merchant]), Some(Settled::Mediated));
    let mut told = Told::mediated();
    told.propose(Role::Merchant);
    assert_eq!(both(told, &[Role::Consumer]), Some(Settled::Mediated));
}

/// An agreement of a mediation of which the consumer says that it was not performed, and the merchant that it was.
fn disputed() -> Told<'static> {
    let mut told = Told::proposed();
    let open = told.dispute.consent.open_proposal().unwrap().digest();
    told.step(by(Role::Consumer, Act::AcceptTerms(open)));
    told.step(by(Role::Merchant, Act::AcceptTerms(open)));
    told.step(by(Role::Merchant, Act::Performed(open)));
    told.step(by(Role::Consumer, Act::NotPerformed(open)));
    let contested = told.step(by(Role::Merchant, Act::Contest(open)));
    assert_eq!(sent(&contested), [(Role::Consumer, "performance-unclear"), (Role::Merchant, "performance-unclear"), (Role::Mediator, "contested")]);
    assert_eq!((told.dispute.state.as_str(), told.workflow.ball("disputed")), ("disputed", Some("mediator")));
    told
}

#[test]
fn an_agreement_is_put_aside_by_both_sides_together_and_by_nobody_else() {
    let mut told = disputed();
    let agreement = told.agreement();
    told.step(by(Role::Merchant, Act::Performed(agreement)));
    let stale = told.step(by(Role::Consumer, Act::Renegotiate(Digest::of(b"another agreement"))));
    assert_eq!(stale.judgement, Judgement::NoRule);
    for _ in 0..2 {
        let wished = told.step(by(Role::Merchant, Act::Renegotiate(agreement)));
        assert_eq!(sent(&wished), [(Role::Merchant, "exchange-wished")], "the other side is told nothing");
    }
    assert_eq!(told.agreement(), agreement);
    let both = told.step(by(Role::Consumer, Act::Renegotiate(agreement)));
    assert_eq!(sent(&both).len(), 3);
    assert_eq!((told.dispute.state.as_str(), told.dispute.consent.agreement()), ("exchange", None));
    assert_eq!(told.dispute.merchant_performed, None, "it says nothing of the next agreement");
    let limit = told.dispute.term.as_ref().map(|term| term.limit_day.to_string());
    assert_eq!(limit.as_deref(), Some("2027-05-24"), "the six months are counted from the first beginning");
    let granted = told.step(by(Role::Merchant, Act::GrantRequest(told.request())));
    assert_eq!((granted.judgement, told.dispute.state.as_str()), (Judgement::Advanced, "performance"));
}

#[test]
fn whoever_contests_where_nobody_mediates_is_heard_by_the_registrar_and_puts_nothing_aside() {
    let mut told = Told::agreed();
    let agreement = told.agreement();
    assert_eq!(told.step(by(Role::Merchant, Act::Contest(agreement))).judgement, Judgement::NoRule, "nobody said that it was not performed");
    told.later(16);
    told.step(by(Role::Consumer, Act::NotPerformed(agreement)));
    told.later(3);
    let contested = told.step(by(Role::Merchant, Act::Contest(agreement)));
    assert_eq!(sent(&contested), [(Role::Merchant, "contest-noted"), (Role::Operator, "attention")]);
    assert_eq!(told.dispute.deadline.as_ref().unwrap().day.to_string(), "2026-12-21");
    for role in [Role::Merchant, Role::Consumer] {
        assert_eq!(told.step(by(role, Act::Renegotiate(agreement))).judgement, Judgement::NoRule);
    }
    assert_eq!(told.agreement(), agreement);
}

#[test]
fn nothing_is_put_aside_when_too_little_is_left_of_the_six_months() {
    let mut told = disputed();
    told.later(160);
    for role in [Role::Merchant, Role::Consumer] {
        let agreement = told.agreement();
        assert_eq!(told.step(by(role, Act::Renegotiate(agreement))).judgement, Judgement::NoRule);
    }
}
