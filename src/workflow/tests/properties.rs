//! What must hold whatever happens (DOMAIN §2.4).

use super::*;
use crate::domain::{Outcome, RejectReason};
use proptest::prelude::*;

/// One of everything that can be said, valid or stale, by anybody.
fn anything(told: &Told, kind: u8, actor: u8) -> Event {
    let roles = [Role::Consumer, Role::Merchant, Role::Operator, Role::Mediator];
    let actors = [Actor::Clock, Actor::MailSystem, Actor::Service].into_iter().chain(roles.into_iter().map(Actor::Person)).collect::<Vec<_>>();
    let draft = told.dispute.draft_request().digest();
    let merchant = person(Role::Merchant, if kind.is_multiple_of(2) { "contact@souk.example" } else { "other@souk.example" });
    let (natural, act) = match kind % 36 {
        0 => (3, Act::Complaint(statement("Encore.", true))),
        1 => (3, Act::Supply(statement("", false))),
        2 => (3, Act::Supply(statement("Plus.", true))),
        3 | 28 => (3, Act::Confirm(draft)),
        4 => (3, Act::Confirm(Digest::of(b"stale"))),
        5 => (3, Act::AskWithdraw),
        6 => (3, Act::Withdraw),
        7 => (3, Act::Resolved),
        8 => (3, Act::Interrupt),
        9 | 29 => (3, Act::Resume),
        10 => (3, Act::End),
        11 => (3, Act::AskHuman),
        12 | 30 => (4, Act::GrantRequest(told.request())),
        13 => (4, Act::GrantRequest(Digest::of(b"stale"))),
        14 => (4, Act::Refuse),
        15 => (4, Act::AskTime),
        16 => (4, Act::Offer),
        17 => (4, Act::NotConcerned),
        18 => (3, Act::Performed(told.request())),
        19 | 31 => (4, Act::Performed(told.request())),
        20 => (3, Act::NotPerformed(told.request())),
        21 | 32 | 33 => (5, Act::Admit(Some(merchant))),
        22 => (5, Act::Admit(None)),
        23 => (5, Act::Reject(RejectReason::Scope)),
        24 => (5, Act::Close),
        25 => (1, Act::Bounced(Role::Merchant)),
        26 => (1, Act::Bounced(Role::Consumer)),
        27 => (4, Act::Interrupt),
        34 => (4, Act::Resume),
        _ => (0, if actor.is_multiple_of(2) { Act::Due } else { Act::Remind(actor) }),
    };
    // Mostly who can say it, sometimes anybody.
    let speaker = if actor < 200 { natural } else { usize::from(actor) % actors.len() };
    event(actors[speaker], act)
}

/// What holds of every dispute at rest.
fn at_rest(told: &Told) {
    let dispute = &told.dispute;
    assert_eq!(dispute.wakes().is_some(), dispute.outcome.is_none(), "an open dispute always wakes");
    if dispute.outcome.is_some() {
        assert!(dispute.state == "closed" && dispute.suspended.is_none());
        return;
    }
    let phase = WORKFLOW.phase(&dispute.state).unwrap();
    assert_eq!(phase == "paused", dispute.suspended.is_some());
    let resting = dispute.suspended.as_ref().map_or(dispute.state.as_str(), |pause| pause.state.as_str());
    assert_eq!(WORKFLOW.phase(resting) == Some("agreement"), dispute.consent.agreement().is_some(), "I3 in {}", dispute.state);
    for role in [Role::Consumer, Role::Merchant] {
        if dispute.participant(role).is_some() {
            let ended = decide(&WORKFLOW, &CALENDAR, dispute, &by(role, Act::End), told.now);
            assert!(ended.dispute.is_closed() && sent(&ended).iter().all(|(_, letter)| *letter == "closed-ended"), "I5");
            let paused = decide(&WORKFLOW, &CALENDAR, dispute, &by(role, Act::Interrupt), told.now);
            assert!(paused.dispute.suspended.is_some() && sent(&paused).iter().all(|(_, letter)| *letter == "paused"), "I5");
        }
    }
}

/// What holds of every step.
fn of_step(before: &Dispute, event: &Event, decision: &Decision) {
    let after = &decision.dispute;
    if decision.judgement == Judgement::NoRule {
        assert!(after == before && decision.effects.is_empty() && decision.steps.is_empty());
    } else {
        assert_eq!(after.version, before.version + 1);
        assert_eq!(decision.judgement == Judgement::Advanced, after.state != before.state);
    }
    for (to, _) in sent(decision) {
        assert!(after.participant(to).is_some());
        assert!(to != Role::Merchant || after.consent.confirmed_request().is_some(), "I1");
    }
    if event.actor == Actor::Clock && !before.is_closed() {
        assert_eq!(after.consent, before.consent, "I4");
        assert!(!matches!(after.outcome, Some(Outcome::MerchantSilent | Outcome::MerchantRefused | Outcome::MerchantUnreachable)), "I4");
        let bouncing = before.merchant.as_ref().is_some_and(|merchant| merchant.reachable == Reachable::Bouncing);
        assert!(
            !bouncing || after.state != "silent" || decision.judgement == Judgement::NoRule || before.state == after.state && decision.steps.is_empty(),
            "I4"
        );
    }
    if before.is_closed() {
        assert_eq!(decision.judgement, Judgement::NoRule, "I10");
    }
    if let Some(agreement) = before.consent.agreement() {
        assert_eq!(after.consent.agreement().map(|after| after.digest), Some(agreement.digest), "what was agreed stays agreed");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn whatever_happens_the_invariants_hold(complete: bool, start in 0u8..4, course in proptest::collection::vec((any::<u8>(), any::<u8>(), 0i64..900_000, any::<bool>()), 0..40)) {
        let mut told = match start {
            0 | 1 => Told::opened(),
            2 => Told::invited(),
            _ => Told::agreed(),
        };
        if !complete && start == 0 {
            let first = by(Role::Consumer, Act::Complaint(statement("", false)));
            told.dispute = begin(&WORKFLOW, &CALENDAR, blank(), &first, told.now).dispute;
        }
        for (kind, actor, seconds, awake) in course {
            told.now = told.now.plus_seconds(seconds);
            if awake {
                told.ring();
            }
            let event = anything(&told, kind, actor);
            let before = told.dispute.clone();
            let decision = told.step(event.clone());
            of_step(&before, &event, &decision);
            prop_assert_eq!(&decision, &decide(&WORKFLOW, &CALENDAR, &before, &event, told.now), "the same thought twice");
            at_rest(&told);
        }
        while !told.dispute.is_closed() && told.dispute.version < 500 {
            told.now = told.dispute.wakes().unwrap();
            told.ring();
            at_rest(&told);
        }
    }

    #[test]
    fn any_text_is_read_to_its_end(text in "(\\PC|\n|\\[|\\]|=|\"|state|when|then|from){0,200}", cut in 0usize..20_000, junk in "[a-z\"\\[\\]={}\n #-]{0,12}") {
        let _ = parse(&text);
        let _ = Calendar::parse("calendar.toml", &text);
        let cut = MEDIATION.char_indices().map(|(at, _)| at).take_while(|at| *at <= cut).last().unwrap_or(0);
        if let Err(faults) = parse(&format!("{}{junk}{}", &MEDIATION[..cut], &MEDIATION[cut..])) {
            prop_assert!(!faults.is_empty());
            prop_assert!(faults.iter().all(|fault| fault.sentence.ends_with(['.', '?']) && !fault.sentence.contains('\n')), "{}", told(&faults));
        }
    }

    #[test]
    fn a_deadline_ends_on_a_working_day_in_the_future(now in 1_700_000_000i64..1_900_000_000, days in 1u16..60) {
        let now = Instant::from_micros(now * 1_000_000);
        for duration in [Duration::Days(days), Duration::WorkingDays(days)] {
            let (day, due) = CALENDAR.civil_deadline(now, duration);
            prop_assert!(CALENDAR.is_working_day(day) && due > now);
            prop_assert_eq!(CALENDAR.zone().day_of(due), day);
        }
    }
}
