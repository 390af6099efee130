//! The deadline of a state: set when it is entered, forgotten when it is left, moved by a pause.

use super::calendar::Calendar;
use super::machine::{Span, State};
use super::words::Duration;
use crate::domain::{Act, Cooling, Day, Deadline, Dispute, Instant, Pointing, Term, ThirdPerson};

/// What the clock has to say about `dispute` at `now`: the event to raise for it, if it is time for one.
pub fn rings(dispute: &Dispute, now: Instant) -> Option<Act> {
    if let Some(act) = term_rings(dispute, now) {
        return Some(act);
    }
    if dispute.disclosures.iter().any(|one| one.is_open() && one.ends.due <= now) {
        return Some(Act::ThirdPerson(ThirdPerson::Over));
    }
    if let Some(digest) = dispute.cooling.rings(now).filter(|_| !dispute.is_closed()) {
        return Some(Act::Cooling(Cooling::Due(digest)));
    }
    let points = || dispute.points.rings(now).filter(|_| dispute.suspended.is_none() && !dispute.is_closed());
    match &dispute.deadline {
        Some(deadline) if deadline.due <= now => Some(Act::Due),
        Some(deadline) if deadline.wakes() <= now => Some(Act::Remind(deadline.reminded.saturating_add(1))),
        _ => points().map(|party| Act::Points(Pointing::Due(party))),
    }
}

/// What the clock of the whole mediation has to say. It rests while the dispute is paused; its limit does not.
fn term_rings(dispute: &Dispute, now: Instant) -> Option<Act> {
    let term = dispute.term.as_ref()?;
    let rests = dispute.suspended.is_some();
    match () {
        () if term.limit <= now || !rests && term.ends.due <= now => Some(Act::TermOver),
        () if !rests && term.ends.wakes() <= now => Some(Act::TermRemind(term.ends.reminded.saturating_add(1))),
        () => None,
    }
}

/// The clock of a mediation that begins `now`, and first `began` then.
pub(super) fn term(calendar: &Calendar, span: &Span, began: Instant, now: Instant) -> Term {
    let (day, due) = calendar.civil_deadline(now, span.lasts);
    let (limit_day, limit) = calendar.civil_deadline(began, span.limit);
    let (day, due) = if due > limit { (limit_day, limit) } else { (day, due) };
    let ends = Deadline { due, day, reminders: reminders(calendar, &span.remind, now, now, due), reminded: 0, extended: false };
    Term { ends, limit, limit_day }
}

/// The deadline of `state`, entered `now`.
pub(super) fn fresh(calendar: &Calendar, state: &State, now: Instant) -> Option<Deadline> {
    let (day, due) = calendar.civil_deadline(now, state.deadline?);
    let reminders = reminders(calendar, &state.remind, now, now, due);
    Some(Deadline { due, day, reminders, reminded: 0, extended: false })
}

/// A deadline of `state` on `day` or the next working day, without reminders: somebody wished to be left alone until then.
pub(super) fn postponed(calendar: &Calendar, state: &State, day: Day) -> Option<Deadline> {
    state.deadline?;
    let day = calendar.working_day_from(day);
    Some(Deadline { due: calendar.zone().end_of(day), day, reminders: Vec::new(), reminded: 0, extended: false })
}

/// The end of a mediation, later by `days`, but not after its limit. `None` if it could not end later.
pub(super) fn prolonged(calendar: &Calendar, term: &Term, days: u16) -> Option<Term> {
    let (day, due) = calendar.civil_deadline(term.ends.due, Duration::Days(days.max(1)));
    let (day, due) = if due > term.limit { (term.limit_day, term.limit) } else { (day, due) };
    let ends = Deadline { due, day, extended: true, ..term.ends.clone() };
    (due > term.ends.due).then(|| Term { ends, ..term.clone() })
}

/// `deadline`, prolonged by `duration` after its day. The reminders that are still to come are counted from the old day:
/// who asked for time is not chased on the old dates.
pub(super) fn extended(calendar: &Calendar, state: &State, deadline: &Deadline, duration: Duration, now: Instant) -> Deadline {
    let (day, due) = calendar.civil_deadline(deadline.due, duration);
    let mut kept = past(deadline);
    kept.extend(reminders(calendar, &state.remind, deadline.due, now, due));
    Deadline { due, day, reminders: kept, reminded: deadline.reminded, extended: true }
}

/// `deadline` after a pause from `since` to `now`: everything that was still to come is as far away as it was, and the
/// deadline is at least one working day away.
pub fn shifted(calendar: &Calendar, deadline: &Deadline, since: Instant, now: Instant) -> Deadline {
    let pause = now.seconds_since(since).max(0);
    let zone = calendar.zone();
    let tomorrow = zone.day_of(now).plus(1);
    let meant = deadline.due.plus_seconds(pause);
    let mut day = calendar.working_day_from(zone.day_of(meant).max(tomorrow));
    if zone.end_of(day) < meant {
        day = calendar.working_day_from(day.plus(1));
    }
    let due = zone.end_of(day);
    let mut kept = past(deadline);
    let coming = deadline.reminders.iter().skip(kept.len());
    let coming = coming.map(|reminder| calendar.morning_of(zone.day_of(reminder.plus_seconds(pause))));
    kept.extend(in_order(coming, now, due));
    Deadline { due, day, reminders: kept, reminded: deadline.reminded, extended: deadline.extended }
}

/// `deadline` under a calendar that changed since it was set, because a holiday was announced late or the clocks of the country were
/// (DOMAIN §2.5, I12); `None` if it stays as it is. The civil day is what people were told: it moves to the next working day at most,
/// and never to an earlier one. Reminders that are still to come move to when people are awake and at work.
pub fn realigned(calendar: &Calendar, deadline: &Deadline, now: Instant) -> Option<Deadline> {
    let day = calendar.working_day_from(deadline.day);
    let due = calendar.zone().end_of(day);
    let mut reminders = past(deadline);
    let coming = deadline.reminders.iter().skip(reminders.len());
    // What is late already leaves at once, or in the next morning: it is only to be sent, not to be planned.
    let (late, coming): (Vec<Instant>, Vec<Instant>) = coming.partition(|reminder| **reminder <= now);
    reminders.extend(late);
    reminders.extend(in_order(coming.into_iter().map(|reminder| calendar.waking_from(reminder)), now, due));
    let after = Deadline { due, day, reminders, ..deadline.clone() };
    (after != *deadline).then_some(after)
}

/// Notes on `deadline` that its reminders up to `now` were dealt with; one letter stands for all of them.
pub(super) fn mark_reminded(deadline: &mut Deadline, now: Instant) {
    let passed = deadline.reminders.iter().filter(|reminder| **reminder <= now).count();
    deadline.reminded = deadline.reminded.max(u8::try_from(passed).unwrap_or(u8::MAX));
}

/// The reminders that were dealt with; they keep their numbers.
fn past(deadline: &Deadline) -> Vec<Instant> {
    deadline.reminders.iter().copied().take(usize::from(deadline.reminded)).collect()
}

fn reminders(calendar: &Calendar, remind: &[Duration], from: Instant, now: Instant, due: Instant) -> Vec<Instant> {
    in_order(remind.iter().map(|duration| calendar.civil_reminder(from, *duration)), now, due)
}

fn in_order(reminders: impl Iterator<Item = Instant>, now: Instant, due: Instant) -> Vec<Instant> {
    let mut reminders: Vec<Instant> = reminders.filter(|reminder| *reminder > now && *reminder < due).collect();
    reminders.sort_unstable();
    reminders.dedup();
    reminders
}
