//! What a clock may not take for an answer: silence where letters do not arrive, and an agreement whose day has not passed. Code that no file can change.

use super::calendar::Calendar;
use super::machine::{State, Workflow};
use super::words::Phase;
use crate::domain::{Act, Actor, Agreed, Channel, Day, Dispute, Effect, Event, Instant, Party, Reachable, Role, Track};

/// Whether letters to `role` come back.
pub(super) fn is_bouncing(dispute: &Dispute, role: Role) -> bool {
    dispute.participant(role).is_some_and(|person| person.reachable == Reachable::Bouncing)
}

/// Whether a clock would count as silence that letters to the merchant do not arrive.
pub(super) fn takes_silence(state: &State, dispute: &Dispute, event: &Event) -> bool {
    event.actor == Actor::Clock && state.offers_silence() && is_bouncing(dispute, Role::Merchant)
}

/// Whether a clock is over that ends nothing, because letters to the consumer come back (DESIGN §3.9).
pub(super) fn means_nothing(dispute: &Dispute, event: &Event) -> bool {
    event.actor == Actor::Clock && event.act == Act::Due && is_bouncing(dispute, Role::Consumer)
}

/// Whoever looks after the dispute looks for another way to the consumer.
pub(super) fn look_for_consumer(dispute: &Dispute) -> Option<Effect> {
    let (to, channel) = match dispute.track() {
        Track::Mediation => (Role::Operator, Channel::Desk),
        Track::Service => (Role::Mediator, Channel::ConsumerPrivate),
    };
    dispute.participant(to).map(|_| Effect::Send { to, letter: "buyer-unreachable".to_owned(), channel })
}

/// The first or the last day of what was agreed, as far as the merchant has to do it; of a request the day by which it is to be done.
fn days(dispute: &Dispute, calendar: &Calendar) -> Option<(Day, Day)> {
    const DAYS_TO_PERFORM: i64 = 15;
    let agreement = dispute.consent.agreement()?;
    let Agreed::Terms(terms) = agreement.on else {
        let day = calendar.zone().day_of(agreement.made()).plus(DAYS_TO_PERFORM);
        return Some((day, day));
    };
    let own = |one: &&crate::domain::Obligation| one.debtor == Party::Merchant;
    let first = terms.obligations().iter().filter(own).map(|one| one.due).min();
    let last = terms.last_due(None)?;
    Some((first.unwrap_or(last), last))
}

/// Whether no day has passed by which the merchant was to do something.
pub(super) fn none_due(dispute: &Dispute, calendar: &Calendar, now: Instant) -> bool {
    days(dispute, calendar).is_some_and(|(first, _)| now <= calendar.zone().end_of(first))
}

/// Whether the last day of what was agreed has not passed.
pub(super) fn not_all_due(dispute: &Dispute, calendar: &Calendar, now: Instant) -> bool {
    days(dispute, calendar).is_some_and(|(_, last)| now <= calendar.zone().end_of(last))
}

/// From when the durations of `state` are counted: an agreement in which days are named is looked after from those days on, not from its own, for the
/// durations count fifteen days to perform.
pub(super) fn counted_from(phase: Phase, dispute: &Dispute, calendar: &Calendar, now: Instant) -> Instant {
    const DAYS_TO_PERFORM: i64 = 15;
    let agreement = dispute.consent.agreement().filter(|_| phase == Phase::Agreement);
    let last = agreement.and_then(|agreement| match agreement.on {
        Agreed::Terms(terms) => terms.last_due(None),
        Agreed::Request(_) => None,
    });
    last.map_or(now, |day| calendar.zone().end_of(day.plus(-DAYS_TO_PERFORM)).max(now))
}

/// Whether the six months of a mediation that began with the merchant's yes to it are over (law 95-17).
pub(super) fn is_over(workflow: &Workflow, calendar: &Calendar, dispute: &Dispute, now: Instant) -> bool {
    let (Some(span), Some(joined)) = (&workflow.term, dispute.consent.joined_at()) else { return false };
    calendar.civil_deadline(joined, span.limit).1 <= now
}
