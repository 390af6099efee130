//! What the service will remind the parties of by itself in the next days, and what a mediator does not want sent (DOMAIN §7.3, feature 11).

use super::calendar::Calendar;
use super::decide::decide;
use super::machine::Workflow;
use crate::domain::{Act, Actor, Digest, Dispute, Effect, Event, Instant, Party, Pointing, Role};

/// A reminder that will leave.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Chase {
    /// When.
    pub at: Instant,
    /// To whom; `None` if to both sides at once.
    pub to: Option<Party>,
}

/// What leaves until `until` if nobody does or says anything before, the earliest first: what the rules would send then, by these rules.
pub(super) fn chases(workflow: &Workflow, calendar: &Calendar, dispute: &Dispute, until: Instant, now: Instant) -> Vec<Chase> {
    if dispute.is_closed() || dispute.frozen.is_some() || dispute.suspended.is_some() {
        return Vec::new();
    }
    let mut found = Vec::new();
    let mut told = |dispute: &Dispute, act: Act, at: Instant| {
        let event = Event { actor: Actor::Clock, act, cause: Digest::of(b"what would be") };
        let effects = decide(workflow, calendar, dispute, &event, at).effects;
        let sides: Vec<Party> = effects.iter().filter_map(|Effect::Send { to, .. }| to.party()).collect();
        let both = sides.iter().any(|side| sides.contains(&side.other()));
        found.extend(sides.first().map(|side| Chase { at: calendar.waking_from(at.max(now)), to: (!both).then_some(*side) }));
    };
    if let Some(deadline) = &dispute.deadline {
        let coming = deadline.reminders.iter().zip(0u8..).skip(usize::from(deadline.reminded));
        for (at, number) in coming.filter(|(at, _)| **at < deadline.due && **at <= until) {
            let mut then = dispute.clone();
            then.deadline = Some(crate::domain::Deadline { reminded: number, ..deadline.clone() });
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
pub(super) fn next(workflow: &Workflow, calendar: &Calendar, dispute: &Dispute, side: Option<Party>, now: Instant) -> Option<Chase> {
    let ever = Instant::from_micros(i64::MAX);
    chases(workflow, calendar, dispute, ever, now).into_iter().find(|chase| side.is_none_or(|side| chase.reaches(side)))
}

/// Keeps that one reminder from leaving; those that would follow it stay. `None` if it is not to leave any more.
pub(super) fn spared(workflow: &Workflow, calendar: &Calendar, dispute: &mut Dispute, meant: Chase, now: Instant) -> Option<()> {
    let Chase { at, to } = meant;
    next(workflow, calendar, dispute, to, now).filter(|next| *next == meant)?;
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

/// What the mediator orders: the reminder that would leave next, as it stands now, so that no later one is meant when the order is carried out.
pub(super) fn meant(workflow: &Workflow, calendar: &Calendar, dispute: &Dispute, side: Option<Party>, now: Instant) -> Option<Act> {
    dispute.participant(Role::Mediator)?;
    next(workflow, calendar, dispute, side, now).map(|chase| Act::Unchase(chase.to, Some(chase.at)))
}
