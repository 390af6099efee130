//! What must hold whatever happens (DOMAIN §2.4).

use super::*;
use crate::domain::{Outcome, RejectReason};
use proptest::prelude::*;
use proptest::test_runner::{RngAlgorithm, TestRng, TestRunner};

/// How many things can happen.
const KINDS: u8 = 68;

/// One of everything that can be said, valid or stale, by anybody.
fn anything(told: &Told, kind: u8, actor: u8) -> Event {
    let roles = [Role::Consumer, Role::Merchant, Role::Operator, Role::Mediator];
    let actors = [Actor::Clock, Actor::MailSystem, Actor::Service].into_iter().chain(roles.into_iter().map(Actor::Person)).collect::<Vec<_>>();
    let draft = told.dispute.draft_request().digest();
    let merchant = person(Role::Merchant, if kind.is_multiple_of(2) { "contact@souk.example" } else { "other@souk.example" });
    let (natural, act) = match kind % KINDS {
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
        18 => (3, Act::Performed(told.agreement())),
        19 | 31 => (4, Act::Performed(told.agreement())),
        20 => (3, Act::NotPerformed(told.agreement())),
        21 | 32 | 33 => (5, Act::Admit(Some(merchant))),
        22 => (5, Act::Admit(None)),
        23 => (5, Act::Reject(RejectReason::Scope)),
        24 => (5, Act::Close),
        25 => (1, Act::Bounced(Role::Merchant)),
        26 => (1, Act::Bounced(Role::Consumer)),
        27 => (4, Act::Interrupt),
        34 => (4, Act::Resume),
        36..60 => proposing(told, kind % KINDS, actor),
        60 | 61 => (4, Act::AcceptMediation),
        62 => (0, if actor.is_multiple_of(2) { Act::TermOver } else { Act::TermRemind(actor % 4) }),
        63 => (6, Act::Words),
        64 => (5, Act::Reroute),
        _ => (0, if actor.is_multiple_of(2) { Act::Due } else { Act::Remind(actor) }),
    };
    // Mostly who can say it, sometimes anybody.
    let speaker = if actor < 200 { natural } else { usize::from(actor) % actors.len() };
    event(actors[speaker], act)
}

/// Something that is said about a proposal, or about who mediates, and by whom mostly.
fn proposing(told: &Told, kind: u8, actor: u8) -> (usize, Act) {
    let consent = &told.dispute.consent;
    let stale = consent.proposals().first().map_or(Digest::of(b"stale"), |first| first.digest());
    let open = consent.open_proposal().map_or(stale, |open| open.digest());
    let draft = |role| consent.draft_digest(role).unwrap_or(stale);
    let names = ["nadia@mediateurs.example", "sami@mediateurs.example", "leila@example.org", "contact@souk.example"];
    match kind {
        36 => (3, Act::Draft(terms(actor))),
        37 => (4, Act::Draft(terms(actor))),
        38 => (6, Act::Draft(terms(actor))),
        39 => (3, Act::Propose(draft(Role::Consumer))),
        40 => (4, Act::Propose(draft(Role::Merchant))),
        41 => (6, Act::Propose(draft(Role::Mediator))),
        42 => (3, Act::Propose(stale)),
        43 | 44 => (3, Act::AcceptTerms(open)),
        45 | 46 => (4, Act::AcceptTerms(open)),
        47 => (4, Act::AcceptTerms(stale)),
        48 => (3, Act::DeclineTerms(open)),
        49 => (4, Act::DeclineTerms(open)),
        50 => (3, Act::DeclineTerms(stale)),
        51 => (3, Act::RetractTerms(open)),
        52 => (4, Act::RetractTerms(open)),
        53 => (4, Act::RetractTerms(stale)),
        54 | 55 => (5, Act::Assign(person(Role::Mediator, names[usize::from(actor) % names.len()]))),
        56 | 57 => (6, Act::TakeMission),
        58 => (6, Act::DeclineMission),
        _ => (6, Act::Recuse),
    }
}

/// What holds of every dispute at rest.
fn at_rest(told: &Told) {
    let (dispute, workflow) = (&told.dispute, told.workflow);
    assert_eq!(dispute.wakes().is_some(), dispute.outcome.is_none(), "an open dispute always wakes");
    if dispute.outcome.is_some() {
        assert!(dispute.state == "closed" && dispute.suspended.is_none());
        return;
    }
    let phase = workflow.phase(&dispute.state).unwrap();
    assert_eq!(phase == "paused", dispute.suspended.is_some());
    let resting = dispute.suspended.as_ref().map_or(dispute.state.as_str(), |pause| pause.state.as_str());
    assert_eq!(workflow.phase(resting) == Some("agreement"), dispute.consent.agreement().is_some(), "I3 in {}", dispute.state);
    assert!(workflow.phase(resting) != Some("invitation") || dispute.consent.confirmed_request().is_some() && dispute.merchant.is_some(), "I1");
    for role in [Role::Consumer, Role::Merchant] {
        if dispute.participant(role).is_some() {
            let ended = told.would(&by(role, Act::End));
            assert!(ended.dispute.is_closed(), "I5");
            let paused = told.would(&by(role, Act::Interrupt));
            assert!(paused.dispute.suspended.is_some(), "I5");
        }
    }
    for (tabled, party) in dispute.consent.proposals().iter().flat_map(|tabled| [(tabled, Party::Consumer), (tabled, Party::Merchant)]) {
        assert!(tabled.accepted(party).is_none_or(|given| given.on == tabled.digest()), "I3: what was accepted is what was proposed");
    }
    assert!(dispute.mission.is_none() || dispute.mediator.is_some(), "a mission is somebody's");
    let mediator = dispute.mediator.as_ref();
    assert!(mediator.is_none_or(|mediator| !dispute.recused.iter().any(|gone| gone.is_same(&mediator.address))), "who stepped down is not named again");
    assert!(mediator.is_none_or(|mediator| dispute.consumer.knows(&mediator.address).is_none()), "nobody mediates a dispute of their own");
    if let Some(open) = dispute.consent.open_proposal().filter(|_| std::ptr::eq(workflow, &*WORKFLOW) && dispute.suspended.is_none()) {
        assert_eq!(dispute.state, "proposal", "a proposal is open where it can be answered");
        for party in [Party::Consumer, Party::Merchant] {
            let retracted = told.would(&by(party.into(), Act::RetractTerms(open.digest())));
            assert_eq!(retracted.judgement != Judgement::NoRule, open.accepted(party).is_some(), "I5: an acceptance is taken back until both accepted");
            let declined = told.would(&by(party.into(), Act::DeclineTerms(open.digest())));
            assert!(declined.dispute.consent.open_proposal().is_none() && declined.judgement != Judgement::NoRule, "I5: a proposal can be declined");
        }
    }
}

/// What holds of every step.
fn of_step(workflow: &Workflow, before: &Dispute, event: &Event, decision: &Decision) {
    let after = &decision.dispute;
    if decision.judgement == Judgement::NoRule {
        assert!(after == before && decision.effects.is_empty() && decision.steps.is_empty());
        return;
    }
    assert!(!before.is_closed(), "I10");
    assert_eq!(after.version, before.version + 1);
    assert_eq!(decision.judgement == Judgement::Advanced, after.state != before.state);
    for (to, letter) in sent(decision) {
        if letter == "released" {
            assert!(event.act == Act::Reroute && before.merchant.is_some() && before.consent.confirmed_request().is_some(), "I1");
            continue;
        }
        assert!(after.participant(to).is_some());
        assert!(to != Role::Merchant || after.consent.confirmed_request().is_some(), "I1");
    }
    if let Some(outcome) = after.outcome {
        let ways = super::super::words::endings(outcome);
        assert!(ways.iter().any(|way| way.from == event.actor && way.says == event.act.name()), "I9: {outcome} by {}", event.act.name());
        assert!(outcome != Outcome::MerchantSilent || !is_bouncing(before), "I4");
    }
    of_consent(before, event, decision);
    if event.actor == Actor::Clock {
        let mut closed = before.consent.clone();
        closed.close_proposals();
        assert!(after.consent == before.consent || after.consent == closed, "I4: a clock only closes a proposal");
        let silence = workflow.state(&after.state).is_some_and(super::super::machine::State::offers_silence);
        assert!(!(silence && is_bouncing(before)) || decision.steps.iter().all(|step| step.from == step.to) && event.act != Act::Due, "I4");
    }
    if let Some(agreement) = before.consent.agreement() {
        assert_eq!(after.consent.agreement().map(|after| after.digest), Some(agreement.digest), "what was agreed stays agreed");
    }
}

/// What holds of every step in which somebody agrees to something, or might seem to.
fn of_consent(before: &Dispute, event: &Event, decision: &Decision) {
    let after = &decision.dispute;
    let party = match event.actor {
        Actor::Person(role) => role.party(),
        Actor::Clock | Actor::MailSystem | Actor::Service => None,
    };
    if let (None, Some(agreement)) = (before.consent.agreement(), after.consent.agreement()) {
        assert!(agreement.consumer.on == agreement.digest && agreement.merchant.on == agreement.digest, "I3: both on one digest");
        match (&event.act, party) {
            (Act::GrantRequest(digest), Some(Party::Merchant)) => assert_eq!(*digest, agreement.digest, "I3"),
            (Act::AcceptTerms(digest), Some(party)) => {
                let other = if party == Party::Consumer { Party::Merchant } else { Party::Consumer };
                let open = before.consent.open_proposal().expect("I3: an open proposal was accepted");
                assert!(open.digest() == *digest && agreement.digest == *digest, "I3: the same proposal");
                assert!(open.accepted(other).is_some(), "I3: the other side had accepted it");
            }
            _ => panic!("I3: an agreement by {} of {}", event.act.name(), event.actor.name()),
        }
    }
    let lone = matches!(event.act, Act::AcceptTerms(_) | Act::RetractTerms(_)) && after.consent.agreement().is_none();
    if lone {
        assert!(sent(decision).iter().all(|(to, _)| Actor::Person(*to) == event.actor), "I3: a lone acceptance is told to nobody else");
    }
    for (old, new) in before.consent.proposals().iter().zip(after.consent.proposals()) {
        for other in [Party::Consumer, Party::Merchant].into_iter().filter(|other| Some(*other) != party) {
            assert_eq!(old.accepted(other), new.accepted(other), "I3: nobody answers for somebody else");
        }
        assert!(old.is_open() || old == new, "what was closed stays as it was");
    }
    if event.actor == Actor::Person(Role::Mediator) && matches!(event.act, Act::Draft(_) | Act::Propose(_)) {
        assert!(before.is_mediated(), "nobody proposes as a mediator without a mission");
    }
}

fn is_bouncing(dispute: &Dispute) -> bool {
    dispute.merchant.as_ref().is_some_and(|merchant| merchant.reachable == Reachable::Bouncing)
}

/// What happens next: what, by whom, after how many seconds, and whether the clock was heard before.
type Happening = (u8, u8, i64, bool);

/// Lets everything of `course` happen, and then only the clock, until the end.
fn run(told: &mut Told, course: impl IntoIterator<Item = Happening>) {
    for (kind, actor, seconds, awake) in course {
        told.now = told.now.plus_seconds(seconds);
        if awake {
            told.ring();
        }
        let event = anything(told, kind, actor);
        let before = told.dispute.clone();
        let thought = told.would(&event);
        let decision = told.step(event.clone());
        of_step(told.workflow, &before, &event, &decision);
        assert_eq!(decision, thought, "the same thought twice");
        at_rest(told);
    }
    for _ in 0..20 {
        let Some(wakes) = told.dispute.wakes() else { return };
        told.now = told.now.max(wakes);
        told.ring();
        at_rest(told);
    }
}

/// The house's workflow with one line changed: each rule taken away, each line with a condition taken away, and each word
/// after `then`, `from`, `says` and `phase` replaced by each other word.
fn changed() -> Vec<String> {
    let lines: Vec<&str> = MEDIATION.lines().collect();
    let mut texts = Vec::new();
    let mut with = |first: usize, last: usize, new: &str| {
        let kept = lines.iter().enumerate().filter(|(at, _)| *at < first || *at > last).map(|(_, line)| *line);
        let mut text: Vec<&str> = kept.collect();
        text.insert(first, new);
        texts.push(text.join("\n"));
    };
    for (at, line) in lines.iter().enumerate() {
        let key = line.split('=').next().unwrap_or_default().trim();
        let words: Vec<&str> = match key {
            "then" => WORKFLOW.states().chain(["back"]).collect(),
            "from" => super::super::words::ACTORS.to_vec(),
            "says" => Act::NAMES.to_vec(),
            "phase" => vec!["opening", "invitation", "agreement", "paused"],
            "if" | "unless" => {
                with(at, at, "");
                vec![]
            }
            _ if line.starts_with("[[") => {
                let end = lines.iter().enumerate().skip(at + 1).find(|(_, line)| line.starts_with('[')).map_or(lines.len(), |(end, _)| end);
                with(at, end - 1, "");
                vec![]
            }
            _ => vec![],
        };
        for word in words {
            with(at, at, &format!("{key} = \"{word}\""));
        }
    }
    texts
}

#[test]
fn no_accepted_change_of_the_workflow_breaks_an_invariant() {
    let mut dice = Dice::from_seed([5; 32]);
    let (mut accepted, mut refused) = (0, 0);
    for text in changed() {
        let Ok(workflow) = parse(&text) else {
            refused += 1;
            continue;
        };
        accepted += 1;
        for _ in 0..3 {
            let mut told = Told::opened_by(&workflow, true);
            at_rest(&told);
            told.step(by(Role::Consumer, Act::Confirm(told.dispute.draft_request().digest())));
            told.step(by(Role::Operator, Act::Admit(Some(person(Role::Merchant, "contact@souk.example")))));
            if dice.below(2) == 0 {
                told.mediate();
                told.propose(Role::Mediator);
            }
            let course: Vec<Happening> =
                (0..25).map(|_| (dice.below(u64::from(KINDS)) as u8, dice.below(256) as u8, dice.below(900_000) as i64, dice.below(2) == 0)).collect();
            run(&mut told, course);
        }
    }
    assert!(accepted > 100 && refused > 1000, "{accepted} accepted, {refused} refused");
}

/// What a number says that the environment may give.
fn number(name: &str, otherwise: u64) -> u64 {
    std::env::var(name).ok().and_then(|text| text.parse().ok()).unwrap_or(otherwise)
}

/// `CASES=100000 cargo test --lib whatever_happens` looks longer; `SEED` repeats what failed.
#[test]
fn whatever_happens_the_invariants_hold() {
    let fresh = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).map_or(1, |since| u64::from(since.subsec_nanos()));
    let (cases, seed) = (u32::try_from(number("CASES", 256)).unwrap(), number("SEED", fresh));
    let mut bytes = [0; 32];
    bytes[..8].copy_from_slice(&seed.to_be_bytes());
    let mut runner = TestRunner::new_with_rng(
        ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(cases) },
        TestRng::from_seed(RngAlgorithm::ChaCha, &bytes),
    );
    let course = proptest::collection::vec((any::<u8>(), any::<u8>(), 0i64..900_000, any::<bool>()), 0..60);
    let looked = runner.run(&(any::<bool>(), 0u8..9, course), |(complete, start, course)| {
        let mut told = match start {
            0 => Told::opened_by(&WORKFLOW, complete),
            1 => Told::opened(),
            2 => Told::invited(),
            3 => Told::agreed(),
            4 => Told::mediated(),
            5 => Told::named(),
            _ => Told::proposed(),
        };
        run(&mut told, course);
        Ok(())
    });
    assert!(looked.is_ok(), "SEED={seed} finds it again: {}", looked.unwrap_err());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

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

/// A calendar whose holidays were drawn: single days and runs of several.
fn drawn_calendar(seed: u8) -> Calendar {
    let mut dice = Dice::from_seed([seed; 32]);
    let first = crate::domain::Day::parse("2026-01-01").unwrap();
    let days: BTreeSet<String> = (0..60)
        .map(|_| (dice.below(1500), dice.below(4)))
        .flat_map(|(at, run)| (0..=run).map(move |day| at + day))
        .map(|at| first.plus(at as i64).to_string())
        .collect();
    let lines: String = days.iter().map(|day| format!("{day} = \"x\"\n")).collect();
    let zone = if seed.is_multiple_of(2) { "Africa/Casablanca" } else { "Europe/Paris" };
    Calendar::parse("calendar.toml", &format!("zone = \"{zone}\"\nweekend = [\"saturday\", \"sunday\"]\nuntil = \"2031-12-31\"\n[expected]\n{lines}")).unwrap()
}

/// Nobody is reminded at night or on a day off, and a deadline ends with a working day (DOMAIN I12).
fn is_civil(calendar: &Calendar, deadline: &crate::domain::Deadline) {
    assert!(calendar.is_working_day(deadline.day) && deadline.due == calendar.zone().end_of(deadline.day), "{deadline:?}");
    for reminder in deadline.reminders.iter().skip(usize::from(deadline.reminded)) {
        let (day, hour) = (calendar.zone().day_of(*reminder), calendar.zone().hour_of(*reminder));
        assert!(calendar.is_working_day(day) && (8..20).contains(&hour) && *reminder < deadline.due, "{deadline:?}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn no_reminder_leaves_at_night_or_on_a_holiday(seed: u8, changed: u8, opened in 1_767_300_000i64..1_880_000_000, paused in 0i64..9_000_000, later in 0i64..2_000_000) {
        let (calendar, other) = (drawn_calendar(seed), drawn_calendar(changed));
        let opened = Instant::from_micros(opened * 1_000_000);
        let now = opened.plus_seconds(later);
        for state in &WORKFLOW.states {
            let Some(deadline) = super::super::deadline::fresh(&calendar, state, opened) else { continue };
            is_civil(&calendar, &deadline);
            is_civil(&calendar, &super::super::deadline::extended(&calendar, state, &deadline, Duration::WorkingDays(10), opened));
            is_civil(&calendar, &shifted(&calendar, &deadline, opened, opened.plus_seconds(paused)));
            prop_assert_eq!(realigned(&calendar, &deadline, opened), None, "a calendar that did not change moves nothing");
            let after = realigned(&other, &deadline, opened).unwrap_or_else(|| deadline.clone());
            is_civil(&other, &after);
            prop_assert!(after.day >= deadline.day, "never earlier than what people were told");
            prop_assert_eq!(after.day, other.working_day_from(deadline.day));
            prop_assert_eq!(realigned(&other, &after, opened), None, "it settles at once");
            let late = realigned(&other, &deadline, now).unwrap_or_else(|| deadline.clone());
            prop_assert_eq!(late.reminders.iter().filter(|one| **one <= now).count(), deadline.reminders.iter().filter(|one| **one <= now).count());
            let waking = other.waking_from(now);
            prop_assert!(waking >= now && (8..20).contains(&other.zone().hour_of(waking)) && other.is_working_day(other.zone().day_of(waking)));
        }
    }
}
