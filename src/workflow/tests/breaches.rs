//! Where the history of a dispute breaks an invariant of DOMAIN §2.4, if it does: pure, and without a word of the code that keeps them.

use super::consent;
use super::cooling;
use super::disclosure;
use super::*;
use crate::domain::{Deadline, Outcome, Pointing, Reachable};

/// Says in a sentence how a history breaks one invariant.
pub(super) type Breach = fn(&Told) -> Option<String>;

/// Every invariant that shows in what is decided; those of whole mails are in `tests/canaries`.
pub(super) const INVARIANTS: [(&str, Breach); 13] = [
    ("I1", uninvited),
    ("I2", overheard),
    ("I3", consent::agreed_alone),
    ("I4", timed_out),
    ("I5", unfree),
    ("I7", over_the_wall),
    ("I9", unmanned),
    ("I10", after_the_end),
    ("I11", unwritten),
    ("I12", uncivil),
    ("disclosure", disclosure::let_out),
    ("cool-off", cooling::let_through),
    ("rest", restless),
];

/// The names of all that a history breaks, with how.
pub(super) fn broken(told: &Told) -> Vec<(&'static str, String)> {
    INVARIANTS.iter().filter_map(|(name, breach)| Some((*name, breach(told)?))).collect()
}

/// What is wrong with the first thing with which something is wrong.
fn first<'a>(all: impl IntoIterator<Item = &'a Happened>, mut wrong: impl FnMut(&Happened) -> Option<&'static str>) -> Option<String> {
    all.into_iter().enumerate().find_map(|(at, one)| {
        let actor = one.event.actor.name();
        wrong(one)
            .map(|wrong| format!("{wrong}: number {at}, {actor} {} in \"{}\" → \"{}\"", one.event.act.name(), one.before.state, one.decision.dispute.state))
    })
}

fn is_heard(one: &Happened) -> bool {
    one.decision.judgement != Judgement::NoRule
}

/// I1: the merchant is written to about the very request that the consumer confirmed since the merchant was named, and about no other.
fn uninvited(told: &Told) -> Option<String> {
    let mut confirmed = None;
    first(&told.past, |one| {
        match &one.event.act {
            Act::Confirm(digest) if is_heard(one) && one.event.actor == Actor::Person(Role::Consumer) => confirmed = Some(*digest),
            Act::Reroute if is_heard(one) => confirmed = None,
            // Whoever writes to a merchant's own service has written to that merchant.
            Act::Complaint(_) | Act::Supply(_) if one.before.service.is_some() && is_heard(one) => {
                confirmed = one.decision.dispute.consent.confirmed_request().map(|request| request.digest());
            }
            _ => {}
        }
        // Who is released hears that nothing is left to do, and nothing of any request.
        let released = |letter: &str| letter == "released" && one.event.act == Act::Reroute;
        let told = sent(&one.decision).iter().any(|(to, letter)| *to == Role::Merchant && !released(letter));
        let asked = one.decision.dispute.consent.confirmed_request().map(|request| request.digest());
        (told && (confirmed.is_none() || asked != confirmed)).then_some("the merchant is told of what the consumer did not confirm")
    })
}

/// I2: whatever was said reaches those alone who read the channel that it was said on; what is passed on was given, word for word, by whose it is.
fn overheard(told: &Told) -> Option<String> {
    const TELLS: [&str; 3] = ["message", "svc-answer", "svc-asked"];
    first(&told.past, |one| {
        one.decision.effects.iter().find_map(|Effect::Send { to, letter, channel }| {
            let after = &one.decision.dispute;
            if !channel.is_read_by(*to) && after.service.is_none() {
                return Some("a letter is on a channel that its reader does not read");
            }
            if *channel == Channel::Joint && !(after.joint.has(Party::Consumer) && after.joint.has(Party::Merchant)) {
                return Some("the common channel is used without the consent of both");
            }
            // As long as nobody mediates, the registrar writes to each side, and reads nobody's channel.
            let asks = |on: Channel| one.event.actor == Actor::Person(Role::Operator) && one.before.is_with_service() && on == Channel::private_to(*to);
            let speaks = |on: Channel| asks(on) || matches!(one.event.actor, Actor::Person(role) if on.is_read_by(role));
            match &one.event.act {
                Act::Spoke(on) if TELLS.contains(&letter.as_str()) => {
                    let seated = *to != Role::Mediator || after.is_mediated();
                    (*on != *channel || !speaks(*on) || !seated).then_some("what was said is told on another channel")
                }
                _ if TELLS.contains(&letter.as_str()) => Some("something is told that nobody said"),
                Act::Share(digest) if letter == "relayed" => {
                    let given = after.shares.iter().find(|share| share.digest() == *digest && share.is_given());
                    let whole = given.is_some_and(|share| one.event.actor == Actor::Person(share.from.into()) && *to == Role::from(share.from.other()));
                    (!whole).then_some("words are passed on that their owner did not give")
                }
                Act::Points(Pointing::Ask(party, ..) | Pointing::Again(party, _) | Pointing::Due(party)) if letter.starts_with("points") => {
                    let asks = letter == "points" || letter == "points-again";
                    let own = *to == Role::from(*party) && *channel == Channel::private_to(*to);
                    (asks && !own).then_some("a side is asked what the other side was asked")
                }
                _ if letter == "points" => Some("somebody is asked what the mediator did not ask"),
                _ if letter == "relayed" => Some("words are passed on that nobody gave"),
                Act::AcceptTerms(_) | Act::RetractTerms(_) if after.consent.agreement().is_none() => {
                    (one.event.actor != Actor::Person(*to) && after.service.is_none()).then_some("a lone acceptance is told to somebody else")
                }
                _ => None,
            }
        })
    })
}

fn closes_as(one: &Happened, outcomes: &[Outcome]) -> bool {
    one.before.outcome.is_none() && one.decision.dispute.outcome.is_some_and(|outcome| outcomes.contains(&outcome))
}

/// I4: a clock agrees to nothing and refuses for nobody; silence means nothing while the letter to which there was no answer came back.
fn timed_out(told: &Told) -> Option<String> {
    let mut back = false;
    let silent = |state: &str| told.workflow.state(state).is_some_and(super::super::machine::State::offers_silence);
    first(&told.past, |one| {
        match (one.event.actor, &one.event.act) {
            (Actor::MailSystem, Act::Bounced(Role::Merchant)) if is_heard(one) => back = true,
            (Actor::Person(Role::Merchant), _) | (Actor::Person(Role::Operator), Act::Admit(Some(_)) | Act::Reroute) if is_heard(one) => back = false,
            _ => {}
        }
        let after = &one.decision.dispute;
        if back && closes_as(one, &[Outcome::MerchantSilent]) {
            return Some("silence is closed although the letter came back");
        }
        if one.event.actor != Actor::Clock {
            return None;
        }
        if one.event.act == Act::Due && one.before.consumer.reachable == Reachable::Bouncing && !one.before.is_closed() && after.is_closed() {
            return Some("a clock closes for the silence of a consumer whom no letter reaches");
        }
        let entered = one.before.state != after.state && silent(&after.state);
        if back && entered {
            return Some("a clock takes silence for an answer although the letter came back");
        }
        let mut closed = one.before.consent.clone();
        closed.close_proposals();
        if after.consent != one.before.consent && after.consent != closed {
            return Some("a clock consents to something");
        }
        closes_as(one, &[Outcome::MerchantRefused, Outcome::SettledPerformed, Outcome::SettledPerformedLate, Outcome::SettledDirect])
            .then_some("a clock refuses, or performs, for somebody")
    })
}

/// I5: whoever leaves, or pauses, is let go; an acceptance is taken back until both accepted.
fn unfree(told: &Told) -> Option<String> {
    first(told.past.iter().chain(&told.tried), |one| {
        let Actor::Person(role) = one.event.actor else { return None };
        let party = role.party().filter(|party| told.dispute.service.is_none() || *party == Party::Consumer)?;
        let there = !one.before.is_closed() && !one.before.state.is_empty() && one.before.participant(role).is_some();
        let after = &one.decision.dispute;
        // The house's own machine lets a proposal be answered wherever one is open.
        let open = one.before.consent.open_proposal().filter(|_| one.before.suspended.is_none() && std::ptr::eq(told.workflow, &*WORKFLOW));
        let kept = match &one.event.act {
            Act::End => !after.is_closed(),
            Act::Interrupt => after.suspended.is_none(),
            Act::RetractTerms(on) => open.is_some_and(|open| open.digest() == *on && open.accepted(party).is_some()) && !is_heard(one),
            Act::DeclineTerms(on) => open.is_some_and(|open| open.digest() == *on) && after.consent.open_proposal().is_some(),
            _ => false,
        };
        (there && kept).then_some("a party is not let go")
    })
}

/// I7: whoever worked for the customer service, or stepped down, is not the mediator, nor does anybody mediate a dispute of their own.
fn over_the_wall(told: &Told) -> Option<String> {
    first(&told.past, |one| {
        let after = &one.decision.dispute;
        let mediator = after.mediator.as_ref()?;
        let excluded = after.recused.iter().any(|gone| gone.is_same(&mediator.address));
        let party = [Some(&after.consumer), after.merchant.as_ref()].into_iter().flatten().any(|party| party.knows(&mediator.address).is_some());
        let lost = one.before.recused.iter().any(|gone| !after.recused.contains(gone));
        (excluded || party || lost).then_some("somebody mediates who had a part in it")
    })
}

/// I9: what blames somebody is done by a person.
fn unmanned(told: &Told) -> Option<String> {
    first(&told.past, |one| {
        let by = |role| one.event.actor == Actor::Person(role);
        let blames = closes_as(one, &[Outcome::Inadmissible, Outcome::AgreementNotHonoured, Outcome::MerchantSilent, Outcome::MerchantUnreachable]);
        let unmanned = blames && !by(Role::Operator) || closes_as(one, &[Outcome::EndedByMediator]) && !by(Role::Mediator);
        unmanned.then_some("nobody decided what blames somebody")
    })
}

/// I10: what is over is over, until the registrar takes it up again.
fn after_the_end(told: &Told) -> Option<String> {
    first(&told.past, |one| {
        let reopened = one.event.actor == Actor::Person(Role::Operator) && one.event.act == Act::Reopen;
        let unasked = disclosure::is_unasked(one);
        let silent = one.decision.effects.is_empty() && one.decision.dispute == one.before;
        (one.before.is_closed() && !silent && !reopened && !unasked).then_some("something follows after the end")
    })
}

/// I11: every change has its number, and the rules that made it, from the state before to the state after.
fn unwritten(told: &Told) -> Option<String> {
    let rules = told.workflow.rules();
    let mut last: Option<Dispute> = None;
    first(&told.past, |one| {
        let (before, after, steps) = (&one.before, &one.decision.dispute, &one.decision.steps);
        let broken = last.replace(after.clone()).is_some_and(|last| last != *before);
        if broken {
            return Some("something changed that nothing tells of");
        }
        if !is_heard(one) {
            return (after != before || !steps.is_empty()).then_some("nothing was decided, and something changed");
        }
        if after.version != before.version.saturating_add(1) {
            return Some("a change has no number of its own");
        }
        let unruled = matches!(one.event.act, Act::Reopen | Act::Merged(_));
        let joined = steps.windows(2).all(|pair| pair[0].to == pair[1].from) && steps.iter().all(|step| rules.contains(&step.rule));
        let starts = before.state.is_empty() || steps.first().is_none_or(|step| step.from == before.state);
        let ends = steps.last().map_or(before.state == after.state || before.state.is_empty() || unruled, |step| step.to == after.state);
        (!joined || !starts || !ends).then_some("a change of state names no rule for it")
    })
}

/// I12: every deadline ends at 23:59 of a working day in the service's zone, and nobody is reminded at night or on a day off.
fn uncivil(told: &Told) -> Option<String> {
    let (zone, working) = (CALENDAR.zone(), |day| CALENDAR.is_working_day(day));
    let ends = |due: Instant, day: Day| working(day) && zone.day_of(due) == day && zone.day_of(due.plus_seconds(60)) != day;
    let reminds = |at: &Instant| working(zone.day_of(*at)) && (8..20).contains(&zone.hour_of(*at));
    let civil = |one: &Deadline| ends(one.due, one.day) && one.reminders.iter().all(reminds);
    first(&told.past, |one| {
        let after = &one.decision.dispute;
        let paused = after.suspended.iter().flat_map(|pause| &pause.deadline);
        let terms = after.term.iter().map(|term| &term.ends).chain(after.disclosures.iter().map(|one| &one.ends));
        let points = [Party::Consumer, Party::Merchant].into_iter().filter_map(|party| after.points.ends(party));
        let uncivil = points.chain(&after.deadline).chain(paused).chain(terms).any(|deadline| !civil(deadline));
        let limit = after.term.as_ref().is_some_and(|term| !ends(term.limit, term.limit_day));
        (uncivil || limit).then_some("a deadline or a reminder is not when people are at work")
    })
}

/// What else holds of every dispute at rest: nobody waits for ever, and each mark stands where it means something.
fn restless(told: &Told) -> Option<String> {
    first(&told.past, |one| {
        let after = &one.decision.dispute;
        if after.wakes().is_some() == after.is_closed() {
            return Some("an open dispute does not wake, or a closed one does");
        }
        if after.is_closed() {
            return (after.state != "closed" || after.suspended.is_some() || after.pending.is_some()).then_some("something is left of a closed dispute");
        }
        if (told.workflow.phase(&after.state) == Some("paused")) != after.suspended.is_some() {
            return Some("a pause has nothing to go back to");
        }
        if after.mission.is_some() && after.mediator.is_none() {
            return Some("a mission is nobody's");
        }
        let resting = told.workflow.phase(after.suspended.as_ref().map_or(&after.state, |pause| &pause.state));
        let asked = after.consent.confirmed_request().is_some() && after.merchant.is_some();
        (resting == Some("invitation") && !asked).then_some("an invitation is nobody's")
    })
}
