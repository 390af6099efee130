//! Every measure of an invariant is seen to fail: histories that break exactly one, and machines and calendars with one thing changed.

use super::breaches::broken;
use super::invariants::{drawn, run};
use super::*;
use crate::domain::{Outcome, Pointing, Share};

/// The history of `told`, of which the last thing is changed by `forge`, breaks that invariant and no other.
fn breaks(name: &str, mut told: Told, forge: impl FnOnce(&mut Happened)) {
    assert_eq!(broken(&told), [], "the true history");
    forge(told.past.last_mut().unwrap());
    let found = broken(&told);
    assert_eq!(found.iter().map(|(name, _)| *name).collect::<Vec<_>>(), [name], "{found:?}");
}

/// A letter more.
fn also(one: &mut Happened, to: Role, letter: &str) {
    one.decision.effects.push(Effect::send(to, letter));
}

fn close_as(one: &mut Happened, outcome: Outcome) {
    let after = &mut one.decision.dispute;
    (after.deadline, after.term, after.suspended, after.outcome) = (None, None, None, Some(outcome));
    after.state = "closed".to_owned();
    one.decision.steps.last_mut().unwrap().to = "closed".to_owned();
}

#[test]
fn i1_a_letter_to_a_merchant_about_what_was_not_confirmed_is_found() {
    let mut told = Told::invited();
    assert_eq!(broken(&told), []);
    told.past.retain(|one| one.event.act.name() != "confirm");
    assert!(broken(&told).iter().any(|(name, _)| *name == "I1"), "nobody confirmed");
    let mut told = Told::opened();
    told.step(by(Role::Consumer, Act::Supply(statement("Encore.", false))));
    breaks("I1", told, |one| also(one, Role::Merchant, "invitation"));
}

#[test]
fn i2_words_that_cross_are_found() {
    let spoken = || {
        let mut told = Told::mediated();
        told.step(by(Role::Consumer, Act::Spoke(Channel::ConsumerPrivate)));
        told
    };
    breaks("I2", spoken(), |one| also(one, Role::Merchant, "message"));
    breaks("I2", spoken(), |one| one.decision.effects.push(Effect::Send { to: Role::Consumer, letter: "brief".to_owned(), channel: Channel::Joint }));
    let mut told = Told::mediated();
    told.step(by(Role::Mediator, Act::Points(Pointing::Ask(Party::Consumer, vec!["Quand ?".to_owned()], 7))));
    breaks("I2", told, |one| also(one, Role::Merchant, "points"));
    let mut told = Told::mediated();
    told.step(by(Role::Mediator, Act::AskShare(Party::Consumer, "mots".to_owned())));
    breaks("I2", told, |one| also(one, Role::Merchant, "relayed"));
    let mut told = Told::mediated();
    told.step(by(Role::Mediator, Act::AskShare(Party::Consumer, "mots".to_owned())));
    let asked = told.dispute.shares[0].digest();
    told.step(by(Role::Consumer, Act::Share(asked)));
    breaks("I2", told, |one| {
        let words = Share::ask(Party::Consumer, "d'autres mots".to_owned(), one.decision.dispute.shares[0].asked);
        one.decision.dispute.shares = vec![words];
    });
    let mut told = Told::proposed();
    told.step(by(Role::Consumer, Act::AcceptTerms(told.dispute.consent.open_proposal().unwrap().digest())));
    breaks("I2", told, |one| also(one, Role::Merchant, "agreement"));
}

#[test]
fn i3_an_agreement_without_both_or_outside_its_state_is_found() {
    breaks("I3", Told::agreed(), |one| one.event.act = Act::Offer);
    breaks("I3", Told::agreed(), |one| {
        // The merchant grants, and the dispute waits on where it was.
        one.decision.dispute.state = one.before.state.clone();
        one.decision.steps.last_mut().unwrap().to = one.before.state.clone();
    });
    breaks("I3", Told::invited(), |one| {
        one.decision.dispute.state = "performance".to_owned();
        one.decision.steps.last_mut().unwrap().to = "performance".to_owned();
    });
    let mut told = Told::proposed();
    let open = told.dispute.consent.open_proposal().unwrap().digest();
    told.step(by(Role::Consumer, Act::AcceptTerms(open)));
    told.step(by(Role::Consumer, Act::RetractTerms(open)));
    told.step(by(Role::Merchant, Act::AcceptTerms(open)));
    breaks("I3", told, |one| {
        let mut kept = one.before.clone();
        let given = |on| Given { on, at: at("2026-11-25T10:00:00Z"), evidence: on };
        kept.consent.accept(Party::Consumer, given(open));
        kept.consent.accept(Party::Merchant, given(open));
        one.decision.dispute.consent = kept.consent;
        one.decision.dispute.state = "performance".to_owned();
        one.decision.steps.last_mut().unwrap().to = "performance".to_owned();
    });
}

#[test]
fn i3_an_agreement_that_one_side_alone_puts_aside_is_found() {
    let mut told = Told::agreed();
    told.step(by(Role::Consumer, Act::NotPerformed(told.agreement())));
    breaks("I3", told, |one| {
        let given = Given { on: one.before.consent.agreement().unwrap().digest, at: at("2026-11-25T10:00:00Z"), evidence: Digest::of(b"mail") };
        assert!(one.decision.dispute.consent.renegotiate(Party::Consumer, given) && one.decision.dispute.consent.renegotiate(Party::Merchant, given));
        one.decision.dispute.state = "exchange".to_owned();
        one.decision.steps.last_mut().unwrap().to = "exchange".to_owned();
    });
}

#[test]
fn i4_a_clock_that_answers_for_somebody_is_found() {
    let silent = || {
        let mut told = Told::invited();
        told.later(40).ring();
        told
    };
    breaks("I4", silent(), |one| close_as(one, Outcome::MerchantRefused));
    let mut told = silent();
    let at = told.past.len() - 2;
    let came_back = told.past[at].event.clone();
    assert_eq!(broken(&told), []);
    told.past[at].event = Event { actor: Actor::MailSystem, act: Act::Bounced(Role::Merchant), ..came_back };
    assert_eq!(broken(&told).iter().map(|(name, _)| *name).collect::<Vec<_>>(), ["I4"], "the invitation came back");
    let mut told = silent();
    told.step(by(Role::Operator, Act::Close));
    assert_eq!(broken(&told), []);
    let at = told.past.len() - 2;
    told.past[at].event = event(Actor::MailSystem, Act::Bounced(Role::Merchant));
    assert_eq!(broken(&told).iter().map(|(name, _)| *name).collect::<Vec<_>>(), ["I4"], "it came back before it was closed");
    let mut told = Told::proposed();
    told.later(1).ring();
    told.later(40).ring();
    breaks("I4", told, |one| {
        let open = one.before.consent.open_proposal().map(|open| open.digest());
        assert!(one.event.actor == Actor::Clock && one.decision.dispute.consent.agreement().is_none());
        one.decision.dispute.consent.draft(Role::Merchant, super::terms(open.map_or(1, |_| 2)));
    });
}

#[test]
fn i5_a_party_that_is_not_let_go_is_found() {
    for (role, act) in [(Role::Consumer, Act::End), (Role::Merchant, Act::End), (Role::Consumer, Act::Interrupt), (Role::Merchant, Act::Interrupt)] {
        let mut told = Told::mediated();
        told.step(by(role, Act::Words));
        let before = told.past.last().unwrap().before.clone();
        breaks("I5", told, |one| {
            *one = Happened {
                event: by(role, act),
                decision: Decision { dispute: before.clone(), effects: vec![], judgement: Judgement::NoRule, steps: vec![] },
                before,
            }
        });
    }
}

#[test]
fn i7_a_mediator_who_worked_for_the_customer_service_is_found() {
    let mut told = Told::escalated();
    told.step(by(Role::Merchant, Act::JoinMediation(told.request())));
    told.step(by(Role::Operator, Act::Assign(person(Role::Mediator, "sami@mediateurs.example"))));
    breaks("I7", told, |one| one.decision.dispute.mediator = Some(person(Role::Mediator, "samir@relation-client.example")));
    let mut told = Told::invited();
    told.step(by(Role::Merchant, Act::JoinMediation(told.request())));
    told.step(by(Role::Operator, Act::Assign(person(Role::Mediator, "sami@mediateurs.example"))));
    breaks("I7", told, |one| one.decision.dispute.mediator = Some(person(Role::Mediator, "contact@souk.example")));
}

#[test]
fn i9_blame_that_no_person_decided_is_found() {
    for outcome in [Outcome::Inadmissible, Outcome::AgreementNotHonoured, Outcome::MerchantSilent, Outcome::EndedByMediator] {
        let mut told = Told::invited();
        told.later(40).ring();
        breaks("I9", told, |one| close_as(one, outcome));
    }
    let mut told = Told::mediated();
    told.step(by(Role::Merchant, Act::End));
    breaks("I9", told, |one| close_as(one, Outcome::EndedByMediator));
}

#[test]
fn i10_something_that_follows_after_the_end_is_found() {
    let over = || {
        let mut told = Told::mediated();
        told.step(by(Role::Consumer, Act::End));
        told.step(by(Role::Consumer, Act::Words));
        told
    };
    breaks("I10", over(), |one| also(one, Role::Merchant, "reminder"));
    breaks("I10", over(), |one| {
        one.decision.judgement = Judgement::Noted;
        one.decision.dispute.version += 1;
    });
}

#[test]
fn i11_a_change_without_its_rule_or_its_number_is_found() {
    breaks("I11", Told::invited(), |one| one.decision.steps.clear());
    breaks("I11", Told::invited(), |one| one.decision.dispute.version += 1);
    breaks("I11", Told::invited(), |one| one.decision.steps[0].rule = "invited#99".to_owned());
    breaks("I11", Told::agreed(), |one| one.decision.steps.swap(0, 1));
    breaks("I11", Told::invited(), |one| one.before.frozen = Some(at("2026-11-23T10:00:00Z")));
}

#[test]
fn i12_a_deadline_on_a_day_off_and_a_reminder_at_night_are_found() {
    let days = |one: &mut Happened| one.decision.dispute.deadline.take().unwrap();
    breaks("I12", Told::invited(), |one| {
        let sunday = Day::new(2026, 12, 6).unwrap();
        one.decision.dispute.deadline = Some(crate::domain::Deadline { due: CALENDAR.zone().end_of(sunday), day: sunday, ..days(one) });
    });
    breaks("I12", Told::invited(), |one| {
        let early = days(one);
        one.decision.dispute.deadline = Some(crate::domain::Deadline { due: early.due.plus_seconds(-3600), ..early });
    });
    breaks("I12", Told::invited(), |one| {
        one.decision.dispute.deadline.as_mut().unwrap().reminders[0] = at("2026-11-26T03:00:00Z");
    });
}

#[test]
fn a_message_that_leaves_while_it_waits_or_after_it_was_kept_back_is_found() {
    use crate::domain::{CoolOff, Cooling, Fate};
    let waiting = |last: Event| {
        let mut told = Told::cooled();
        told.step(by(Role::Consumer, Act::Spoke(Channel::Joint)));
        told.step(last);
        told
    };
    let passes = |one: &mut Happened| {
        let digest = one.before.cooling.messages()[0].digest();
        one.decision.dispute.cooling.decide(digest, Fate::Passed(at("2026-11-23T11:00:00Z"))).unwrap();
    };
    breaks("cool-off", waiting(by(Role::Merchant, Act::Spoke(Channel::MerchantPrivate))), passes);
    breaks("cool-off", waiting(by(Role::Merchant, Act::Spoke(Channel::MerchantPrivate))), |one| one.decision.dispute.cooling = CoolOff::default());
    let mut told = Told::cooled();
    told.step(by(Role::Merchant, Act::Spoke(Channel::Joint)));
    breaks("cool-off", told, |one| one.decision.dispute.cooling = one.before.cooling.clone());
    for last in [by(Role::Merchant, Act::LeaveJoint), by(Role::Consumer, Act::End), by(Role::Mediator, Act::Recuse)] {
        breaks("cool-off", waiting(last.clone()), |one| {
            one.decision.dispute.cooling = one.before.cooling.clone();
            one.decision.dispute.cooling.end(Fate::Passed(at("2026-11-23T11:00:00Z")));
        });
        breaks("cool-off", waiting(last), |one| one.decision.dispute.cooling = CoolOff::default());
    }
    let mut told = Told::cooled();
    told.step(by(Role::Consumer, Act::Spoke(Channel::Joint)));
    let digest = told.dispute.cooling.messages()[0].digest();
    told.step(by(Role::Mediator, Act::Cooling(Cooling::Hold(digest))));
    breaks("cool-off", told, |one| {
        one.decision.dispute.cooling = one.before.cooling.clone();
        passes(one);
    });
}

#[test]
fn what_never_wakes_and_what_wakes_for_ever_is_found() {
    breaks("rest", Told::invited(), |one| one.decision.dispute.deadline = None);
    let mut told = Told::mediated();
    told.step(by(Role::Consumer, Act::Interrupt));
    told.step(event(Actor::MailSystem, Act::Bounced(Role::Merchant)));
    breaks("rest", told, |one| one.decision.dispute.suspended = None);
}

/// Courses under that machine, until one of them breaks something: what.
fn found_under(workflow: &Workflow, calendar: &Calendar) -> Vec<&'static str> {
    let mut dice = Dice::from_seed([9; 32]);
    for _ in 0..400 {
        let mut told = Told::opened_by(workflow, true);
        told.calendar = calendar;
        told.invite();
        if dice.below(2) == 0 {
            told.mediate();
            told.propose(Role::Mediator);
        }
        run(&mut told, drawn(&mut dice, 25));
        let found = broken(&told);
        if !found.is_empty() {
            return found.into_iter().map(|(name, _)| name).collect();
        }
    }
    Vec::new()
}

/// The house's machine with one rule changed after it was read, as if nobody had checked it.
fn unchecked(change: impl Fn(&mut super::super::machine::Rule)) -> Workflow {
    let mut workflow = WORKFLOW.clone();
    workflow.states.iter_mut().flat_map(|state| &mut state.rules).for_each(&change);
    workflow.any.iter_mut().for_each(&change);
    workflow
}

#[test]
fn courses_drawn_by_chance_find_a_machine_with_one_rule_changed() {
    use super::super::machine::Then;
    let due = |rule: &super::super::machine::Rule| rule.from == Actor::Clock && rule.says == "due";
    let blames = unchecked(|rule| {
        if due(rule) && rule.name.starts_with("silent#") {
            rule.then = Then::Close(Outcome::MerchantSilent);
        }
    });
    assert_eq!(found_under(&blames, &CALENDAR), ["I9"]);
    let refuses = unchecked(|rule| {
        if due(rule) && rule.name.starts_with("invited#") {
            rule.then = Then::Close(Outcome::MerchantRefused);
        }
    });
    assert_eq!(found_under(&refuses, &CALENDAR), ["I4"]);
    let holds = unchecked(|rule| {
        if rule.says == "end" && rule.from == Actor::Person(Role::Merchant) {
            rule.then = Then::Stay;
        }
    });
    assert_eq!(found_under(&holds, &CALENDAR), ["I5"]);
    let waits = {
        let mut workflow = WORKFLOW.clone();
        workflow.states.iter_mut().filter(|state| state.name == "invited").for_each(|state| state.deadline = None);
        workflow
    };
    assert_eq!(found_under(&waits, &CALENDAR), ["rest"]);
}

#[test]
fn courses_drawn_by_chance_find_a_calendar_without_holidays() {
    let text = "zone = \"Africa/Casablanca\"\nweekend = [\"saturday\", \"sunday\"]\nuntil = \"2031-12-31\"\n";
    let workdays = Calendar::parse("calendar.toml", text).unwrap_or_else(|faults| panic!("{}", super::told(&faults)));
    assert_eq!(found_under(&WORKFLOW, &workdays), ["I12"]);
}

#[test]
fn what_no_file_may_allow_is_allowed_by_no_machine() {
    use super::super::machine::Then;
    let agrees = unchecked(|rule| {
        if rule.from == Actor::Clock && rule.says == "due" {
            rule.then = Then::Enter("performance".to_owned());
        }
    });
    let mut told = Told::opened_by(&agrees, true);
    told.invite();
    told.later(40);
    assert_eq!(told.step(event(Actor::Clock, Act::Due)).judgement, Judgement::NoRule, "no clock agrees");
    let leaves = unchecked(|rule| {
        if rule.says == "grant-request" {
            rule.then = Then::Stay;
        }
    });
    let mut told = Told::opened_by(&leaves, true);
    told.invite();
    assert_eq!(told.step(by(Role::Merchant, Act::GrantRequest(told.request()))).judgement, Judgement::NoRule, "whoever agrees enters the agreement");
}
