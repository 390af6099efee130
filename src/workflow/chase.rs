//! What the service will remind the parties of by itself in the next days, and what a mediator does not want sent (DOMAIN §7.3, feature 11).

use super::calendar::Calendar;
use super::desk::WINDOW;
use crate::domain::{Act, Actor, Deadline, Decision, Digest, Dispute, Effect, Event, Instant, Judgement, Party, Pending, Pointing, Role};

/// The rules: what follows in a dispute from an event at a moment.
pub(super) type Judge<'a> = &'a dyn Fn(&Dispute, &Event, Instant) -> Decision;

/// A reminder that will leave.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Chase {
    /// When.
    pub at: Instant,
    /// To whom; `None` if to both sides at once.
    pub to: Option<Party>,
}

/// What leaves until `until` if nobody does or says anything before, the earliest first: what the rules would send then, by these rules.
pub(super) fn chases(judge: Judge<'_>, calendar: &Calendar, dispute: &Dispute, until: Instant, now: Instant) -> Vec<Chase> {
    if dispute.is_closed() || dispute.frozen.is_some() || dispute.suspended.is_some() {
        return Vec::new();
    }
    let mut found = Vec::new();
    let mut told = |dispute: &Dispute, act: Act, at: Instant| {
        let event = Event { actor: Actor::Clock, act, cause: Digest::of(b"what would be") };
        let effects = judge(dispute, &event, at).effects;
        let sides: Vec<Party> = effects.iter().filter_map(|Effect::Send { to, .. }| to.party()).collect();
        let both = sides.iter().any(|side| sides.contains(&side.other()));
        found.extend(sides.first().map(|side| Chase { at: calendar.waking_from(at.max(now)), to: (!both).then_some(*side) }));
    };
    if let Some(deadline) = &dispute.deadline {
        let coming = deadline.reminders.iter().zip(0u8..).skip(usize::from(deadline.reminded));
        for (at, number) in coming.filter(|(at, _)| **at < deadline.due && **at <= until) {
            let mut then = dispute.clone();
            then.deadline = Some(Deadline { reminded: number, ..deadline.clone() });
            told(&then, Act::Remind(number.saturating_add(1)), *at);
        }
    }
    for party in [Party::Consumer, Party::Merchant] {
        if let Some(ends) = dispute.points.ends(party).filter(|ends| ends.due <= until) {
            told(dispute, Act::Points(Pointing::Due(party)), ends.due);
        }
    }
    found.sort_unstable();
    found.dedup();
    found
}

impl Chase {
    /// Whether `side` would get it.
    pub(super) fn reaches(self, side: Party) -> bool {
        self.to.is_none_or(|to| to == side)
    }
}

/// The reminder that would leave next, to that side if one is named.
fn next(judge: Judge<'_>, calendar: &Calendar, dispute: &Dispute, side: Option<Party>, now: Instant) -> Option<Chase> {
    let ever = Instant::from_micros(i64::MAX);
    chases(judge, calendar, dispute, ever, now).into_iter().find(|chase| side.is_none_or(|side| chase.reaches(side)))
}

/// Keeps that one reminder from leaving; those that would follow it stay. `None` if it is not to leave any more.
fn spared(judge: Judge<'_>, calendar: &Calendar, dispute: &mut Dispute, meant: Chase, now: Instant) -> Option<()> {
    let Chase { at, to } = meant;
    chases(judge, calendar, dispute, at, now).contains(&meant).then_some(())?;
    let asked = to.filter(|side| dispute.points.ends(*side).is_some_and(|ends| calendar.waking_from(ends.due) == at));
    match asked {
        Some(side) => dispute.points.rest_of(side),
        None => {
            let deadline = dispute.deadline.as_mut()?;
            deadline.reminded = deadline.reminded.saturating_add(1);
        }
    }
    Some(())
}

/// What follows from an order that the next reminder shall not leave, and, a while later, from carrying it out; `None` if the event is neither, or not possible.
///
/// The order names the reminder as it stands now, so that no later one is meant when it is carried out.
pub(super) fn decided(judge: Judge<'_>, calendar: &Calendar, dispute: &Dispute, event: &Event, now: Instant) -> Option<Decision> {
    if event.actor != Actor::Person(Role::Mediator) || dispute.is_closed() || !dispute.is_mediated() {
        return None;
    }
    let mut after = dispute.clone();
    let letter = match &event.act {
        Act::Order(act) => {
            let Act::Unchase(side, _) = **act else { return None };
            let none_waits = dispute.pending.is_none();
            let chase = next(judge, calendar, dispute, side, now).filter(|_| none_waits);
            let act = chase.map(|chase| Box::new(Act::Unchase(chase.to, Some(chase.at))));
            after.pending = act.map(|act| Pending { by: Role::Mediator, act, due: now.plus_seconds(WINDOW), cause: event.cause }).or(after.pending);
            match (none_waits, chase) {
                (false, _) => Some("command-waiting"),
                (true, Some(_)) => Some("command-check"),
                (true, None) => Some("no-reminder"),
            }
        }
        Act::Unchase(to, at) => {
            let meant = at.map(|at| Chase { at, to: *to });
            let done = meant.and_then(|meant| spared(judge, calendar, &mut after, meant, now));
            done.is_none().then_some("no-reminder")
        }
        _ => return None,
    };
    after.version = after.version.saturating_add(1);
    let effects = letter.map(|letter| Effect::send(Role::Mediator, letter)).into_iter().collect();
    Some(Decision { dispute: after, effects, judgement: Judgement::Noted, steps: Vec::new() })
}
