//! The mediator's desk: what is ordered by mail, what one side allows to be passed on. Code and not rules, because no file may let anything cross (DOMAIN §7.3, I2).

use super::calendar::Calendar;
use super::deadline::{fresh, postponed};
use super::machine::{State, Workflow};
use super::words::{Phase, Recipient};
use crate::domain::{
    Act, Actor, Attention, Beyond, Channel, Contacted, Deadline, Decision, Dispute, Effect, Event, Given, Instant, Judgement, Party, Pending, Pointing, Role,
    Share, Track, When,
};

/// How long an order can be taken back, in seconds.
pub(super) const WINDOW: i64 = 600;
/// How many questions of the mediator's about passing something on are kept.
const MOST_SHARES: usize = 50;
/// The longest time for which a mediator is not reminded, in days.
const LONGEST_SNOOZE: i64 = 30;

/// What follows from an order, or from an answer about what may be passed on; `None` if it is neither, or not its actor's to give.
pub(super) fn decided(workflow: &Workflow, calendar: &Calendar, dispute: &Dispute, event: &Event, now: Instant) -> Option<Decision> {
    let Actor::Person(role) = event.actor else { return None };
    let mut after = dispute.clone();
    let effects = match (role, &event.act) {
        _ if dispute.is_closed() => return None,
        (Role::Mediator, Act::Misordered) if dispute.track() == Track::Service => vec![Effect::send(role, "svc-help")],
        (Role::Mediator | Role::Operator, Act::Misordered) => vec![Effect::send(role, "order-help")],
        // A mission that was taken on after an agreement is nobody's business any more: who takes it on is told so.
        (Role::Mediator, Act::TakeMission) if dispute.mediator.is_some() && late(dispute) => vec![Effect::send(role, "case-moved")],
        _ if !dispute.is_mediated() => return None,
        // One order at a time: a second one never takes the place of the first unsaid.
        (Role::Mediator, Act::Order(_)) if dispute.pending.is_some() => vec![Effect::send(role, "command-waiting")],
        (Role::Mediator, Act::Order(act)) => {
            after.pending = Some(Pending { by: role, act: act.clone(), due: now.plus_seconds(WINDOW), cause: event.cause });
            vec![Effect::send(role, "command-check")]
        }
        (Role::Mediator, Act::Undo(digest)) => {
            dispute.pending.as_ref().filter(|pending| pending.digest() == *digest)?;
            after.pending = None;
            vec![Effect::send(role, "command-undone")]
        }
        (Role::Mediator, Act::Brief) => vec![Effect::send(role, "brief")],
        (Role::Mediator, Act::Snooze(when)) => vec![Effect::send(role, put_off(workflow, calendar, &mut after, *when, now))],
        (Role::Mediator, Act::Contacted(how, with, words)) => {
            contacted(workflow, calendar, &mut after, Contacted { how: *how, with: *with, at: now, words: words.clone() })?;
            Vec::new()
        }
        (Role::Mediator, Act::AskShare(from, words)) => match ask(&mut after, *from, words, now) {
            Some(()) => vec![Effect::send(Role::from(*from), "share-request"), Effect::send(role, "share-asked")],
            None => vec![Effect::send(role, "order-help")],
        },
        (Role::Consumer | Role::Merchant, Act::Share(on) | Act::Withhold(on)) => {
            let yes = matches!(event.act, Act::Share(_));
            let given = Given { on: *on, at: now, evidence: event.cause };
            answered(&mut after, role.party()?, yes, given)?
        }
        _ => return None,
    };
    after.version = after.version.saturating_add(1);
    Some(Decision { dispute: after, effects, judgement: Judgement::Noted, steps: Vec::new() })
}

/// The mediator is left alone until the day that is named; says in which letter the answer stands.
fn put_off(workflow: &Workflow, calendar: &Calendar, dispute: &mut Dispute, when: Option<When>, now: Instant) -> &'static str {
    let Some(state) = awaiting_mediator(workflow, dispute) else { return "order-help" };
    let today = calendar.zone().day_of(now);
    let day = when.and_then(|when| when.after(today)).filter(|day| *day <= today.plus(LONGEST_SNOOZE));
    let Some(deadline) = day.and_then(|day| postponed(calendar, state, day)) else { return "snooze-help" };
    dispute.attention.rest(deadline.day);
    dispute.deadline = Some(deadline);
    "snoozed"
}

fn late(dispute: &Dispute) -> bool {
    dispute.track() == Track::Mediation && dispute.consent.agreement().is_some()
}

/// Keeps an entry. What is done without a mail counts as much as one: the exchange's clock begins anew, and whoever was telephoned has answered.
fn contacted(workflow: &Workflow, calendar: &Calendar, dispute: &mut Dispute, entry: Contacted) -> Option<()> {
    dispute.participant(Role::from(entry.with))?;
    if entry.how == Beyond::Telephone {
        dispute.attention.heard(entry.with, entry.at);
    }
    if let Some(state) = awaiting_mediator(workflow, dispute) {
        dispute.deadline = fresh(calendar, state, entry.at);
    }
    dispute.contacted.push(entry);
    let surplus = dispute.contacted.len().saturating_sub(Contacted::MOST);
    dispute.contacted.drain(..surplus);
    Some(())
}

/// The present state, if it waits for the mediator.
pub(super) fn awaiting_mediator<'w>(workflow: &'w Workflow, dispute: &Dispute) -> Option<&'w State> {
    workflow.state(&dispute.state).filter(|state| state.phase == Phase::Mediation && state.ball == Recipient::Role(Role::Mediator))
}

fn ask(dispute: &mut Dispute, from: Party, words: &str, now: Instant) -> Option<()> {
    let fits = !words.trim().is_empty() && words.chars().count() <= Share::LONGEST;
    let there = dispute.participant(Role::from(from)).is_some() && dispute.participant(Role::from(from.other())).is_some();
    if !fits || !there || dispute.consent.confirmed_request().is_none() {
        return None;
    }
    dispute.shares.push(Share::ask(from, words.to_owned(), now));
    let surplus = dispute.shares.len().saturating_sub(MOST_SHARES);
    dispute.shares.drain(..surplus);
    Some(())
}

/// With a yes the other side is told exactly these words, by the mediator; with a no nobody but the mediator hears of it.
fn answered(dispute: &mut Dispute, party: Party, yes: bool, given: Given) -> Option<Vec<Effect>> {
    let share = dispute.shares.iter_mut().find(|share| share.from == party && share.is_open() && share.digest() == given.on)?;
    share.answer(yes, given).then_some(())?;
    let mut effects = vec![Effect::send(Role::from(party), "share-noted"), Effect::send(Role::Mediator, "share-answered")];
    if yes {
        effects.push(Effect::send(Role::from(party.other()), "relayed"));
    }
    Some(effects)
}

/// Notes whose turn it is after `event`: whom the mediator wrote to, or who did or said something.
pub(super) fn attended(decision: &mut Decision, event: &Event, now: Instant) {
    let Actor::Person(role) = event.actor else { return };
    answered_registrar(decision, role, event, now);
    let dispute = &mut decision.dispute;
    if decision.judgement == Judgement::NoRule || dispute.track() != Track::Mediation || !dispute.is_mediated() {
        return;
    }
    match (role, &event.act) {
        (Role::Mediator, Act::TakeMission) => dispute.attention = Attention::default(),
        (Role::Mediator, Act::Spoke(Channel::ConsumerPrivate)) => dispute.attention.asked(Party::Consumer, now),
        (Role::Mediator, Act::Spoke(Channel::MerchantPrivate)) => dispute.attention.asked(Party::Merchant, now),
        (Role::Mediator, Act::Points(Pointing::Ask(party, ..) | Pointing::Again(party, _))) => dispute.attention.asked(*party, now),
        (role, _) => {
            if let Some(party) = role.party() {
                dispute.attention.heard(party, now);
            }
        }
    }
}

/// The registrar who wrote to a side, before anybody mediates, is shown what that side does or says next, also where a rule answers it.
fn answered_registrar(decision: &mut Decision, role: Role, event: &Event, now: Instant) {
    let dispute = &mut decision.dispute;
    if decision.judgement == Judgement::NoRule || !dispute.is_with_service() {
        return;
    }
    match (role, &event.act) {
        (Role::Operator, Act::Spoke(Channel::ConsumerPrivate)) => dispute.attention.asked(Party::Consumer, now),
        (Role::Operator, Act::Spoke(Channel::MerchantPrivate)) => dispute.attention.asked(Party::Merchant, now),
        (role, _) => {
            let Some(party) = role.party().filter(|party| dispute.attention.unanswered(*party).is_some()) else { return };
            dispute.attention.heard(party, now);
            let told = decision.effects.iter().any(|Effect::Send { to, .. }| *to == Role::Operator);
            if dispute.operator.is_some() && !told {
                decision.effects.push(Effect::send(Role::Operator, "attention"));
            }
        }
    }
}

/// What a mediator writes to somebody is what the exchange waits for: its clock begins anew. So does the clock of whoever must act when the registrar writes to
/// them: a question that had to be answered first costs nobody time (DOMAIN §2.3, row 24).
pub(super) fn renewed(workflow: &Workflow, calendar: &Calendar, decision: &mut Decision, event: &Event, now: Instant) {
    if let (Actor::Person(Role::Operator), Act::Spoke(channel)) = (event.actor, &event.act) {
        // What is to be done after an agreement, or decided in a pause, keeps the day that was told.
        let state = workflow.state(&decision.dispute.state).filter(|state| !matches!(state.phase, Phase::Agreement | Phase::Paused));
        let asked = |ball: Recipient| matches!(ball, Recipient::Role(role) if *channel == Channel::private_to(role));
        let anew = state.filter(|state| asked(state.ball)).and_then(|state| fresh(calendar, state, now));
        let known = decision.dispute.deadline.as_ref();
        // Nobody has less time for having been written to, and nobody twice what may be asked for once.
        if let Some(anew) = anew.filter(|anew| known.is_none_or(|known| anew.due > known.due)) {
            let extended = known.is_some_and(|known| known.extended);
            decision.dispute.deadline = Some(Deadline { extended, ..anew });
        }
        return;
    }
    let wrote = event.actor == Actor::Person(Role::Mediator)
        && matches!(event.act, Act::Spoke(_) | Act::Filed(Channel::ConsumerPrivate | Channel::MerchantPrivate | Channel::Joint));
    let waited = awaiting_mediator(workflow, &decision.dispute);
    if let Some(state) = waited.filter(|_| wrote) {
        decision.dispute.deadline = fresh(calendar, state, now);
    }
}
