//! What waits for a mediator in the morning, from one dispute: nothing of what was said in it, only what is to be done and until when (DOMAIN §7.1, §7.3).

use super::calendar::Calendar;
use super::chase::chases;
use super::decide::decide;
use super::machine::Workflow;
use crate::domain::{Awaited, Day, Dispute, Duty, Event, Instant, Party, Role, Share, Track};

/// What ends within so many working days is told of.
const AHEAD: u16 = 3;

/// On the first working day of a week, what ends within so many days.
const WEEK: i64 = 7;

/// What waits for the mediator of `dispute`, in which `ball` must act, and what comes in the next days, on the first working day of a week in the whole of it;
/// only the day of it if the mediator wished not to be reminded before a later one.
pub fn awaited(workflow: &Workflow, calendar: &Calendar, dispute: &Dispute, ball: Option<Role>, now: Instant) -> Vec<Awaited> {
    let zone = calendar.zone();
    let today = zone.day_of(now);
    let over = dispute.is_closed() || dispute.frozen.is_some() || dispute.consent.agreement().is_some() && ball != Some(Role::Mediator);
    if dispute.mediator.is_none() || dispute.track() != Track::Mediation || over {
        return Vec::new();
    }
    let horizon = horizon(calendar, today);
    if dispute.attention.rests_on(today) {
        let back = dispute.attention.rests_until().filter(|day| *day <= horizon && calendar.is_first_of_week(today));
        return back.map(|day| Awaited { duty: Duty::Back, since: None, until: Some(day) }).into_iter().collect();
    }
    let until = dispute.deadline.as_ref().map(|deadline| deadline.day);
    let soon = |day: &Day| *day <= horizon;
    let ending = |duty: Duty, day: Option<Day>| day.filter(soon).map(|day| Awaited { duty, since: None, until: Some(day) });
    if !dispute.is_mediated() {
        return vec![Awaited { duty: Duty::TakeOn, since: None, until }];
    }
    if dispute.suspended.is_some() {
        return ending(Duty::PauseEnds, until).into_iter().collect();
    }
    let mut found = Vec::new();
    match ball {
        Some(Role::Mediator) => {
            let turn = dispute.attention.turn(dispute.entered);
            found.extend(turn.map(|since| Awaited { duty: Duty::Yours, since: Some(zone.day_of(since)), until }));
        }
        // What the registrar decides is recalled to the registrar.
        Some(Role::Operator) => {}
        _ => found.extend(ending(Duty::Due, until)),
    }
    for party in [Party::Consumer, Party::Merchant] {
        let tally = dispute.points.tally(party);
        let oldest = dispute.points.of(party).filter(|point| !point.is_answered()).map(|point| point.asked).min();
        if let Some(oldest) = oldest {
            let until = dispute.points.ends(party).map(|ends| ends.day);
            found.push(Awaited { duty: Duty::Points(party, tally), since: Some(zone.day_of(oldest)), until });
            continue;
        }
        let shares = dispute.shares.iter().filter(|share| share.from == party && share.is_open()).map(|share: &Share| share.asked);
        let asked = dispute.attention.unanswered(party).into_iter().chain(shares).filter(|asked| *asked >= dispute.entered).min();
        found.extend(asked.map(|asked| Awaited { duty: Duty::Unanswered(party), since: Some(zone.day_of(asked)), until: None }));
    }
    // What leaves in this same morning cannot be cancelled any more.
    let judge = |dispute: &Dispute, event: &Event, at: Instant| decide(workflow, calendar, dispute, event, at);
    for chase in chases(&judge, calendar, dispute, zone.end_of(horizon), now).into_iter().filter(|chase| zone.day_of(chase.at) > today) {
        let sides = [Party::Consumer, Party::Merchant].into_iter().filter(|side| chase.reaches(*side));
        found.extend(sides.filter_map(|side| ending(Duty::Chase(side), Some(zone.day_of(chase.at)))));
    }
    found.extend(ending(Duty::Ends, dispute.term.as_ref().map(|term| term.ends.day)));
    found
}

/// The last day of which a letter of `today` tells what comes.
fn horizon(calendar: &Calendar, today: Day) -> Day {
    let soon = calendar.add_working_days(today, AHEAD);
    if calendar.is_first_of_week(today) { soon.max(today.plus(WEEK)) } else { soon }
}
