//! A clock that is due, or a letter that will not arrive → what follows.

mod reminders;

pub(super) use reminders::came_back;

use super::alarm;
use super::brakes::Patience;
use super::registrar;
use super::understand::cause;
use super::write::{self, Verdict};
use super::{Desk, SettleError};
use crate::domain::{Act, Actor, Cooling, Digest, Dispute, DisputeId, Event, Instant, Judgement, Party, Pointing, Role, ThirdPerson};
use crate::store::{JournalEntry, OutboxRow, Work};
use crate::workflow;

/// What a clock came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Woken {
    /// A rule spoke, or none does and the clock was put forward.
    Settled(Judgement),
    /// A letter that follows could not be written: nothing changed, the clock was put off, and the registrar is told.
    Unwritten,
    /// It is not due any more: something moved it meanwhile.
    Early,
    /// It is closed, and its content was kept for as long as it may be: whoever commits erases it then.
    Outlived,
    /// It was dealt with together with another one, and its row wakes when it is due next.
    Earlier,
    /// It is a reminder, which its merchant has in one letter with others that were due.
    Gathered,
    /// The calendar had changed, and the deadline moved with it instead of ringing.
    Realigned,
    /// A reminder that people would get at night or on a holiday, put off to the next morning of a working day; or a closed case on hold, which has no clock.
    Asleep,
}

/// How long a clock that cannot be heard is put off at a time.
const HOUR: i64 = 3_600;

/// Settles what is due in a dispute at `now`: its deadline, or the latest of its reminders that passed.
pub async fn settle_due(desk: &Desk, work: &mut Work, id: DisputeId, now: Instant) -> Result<Woken, SettleError> {
    let Some(dispute) = work.dispute(id).await? else {
        return Ok(Woken::Early);
    };
    if dispute.is_closed() {
        return match dispute.kept_until() {
            Some(until) if until <= now => Ok(Woken::Outlived),
            Some(until) => {
                work.postpone(id, until).await?;
                Ok(Woken::Earlier)
            }
            None => Ok(Woken::Asleep),
        };
    }
    if dispute.frozen.is_some() {
        work.postpone(id, now.plus_seconds(HOUR)).await?;
        return Ok(Woken::Early);
    }
    let next = dispute.wakes().filter(|wake| *wake > now);
    let Some((dispute, event, note)) = due(dispute, now) else {
        let Some(next) = next else { return Ok(Woken::Early) };
        work.postpone(id, next).await?;
        return Ok(Woken::Earlier);
    };
    if event.actor == Actor::Clock && follows(desk, &dispute, now) && settle_calendar(desk, work, id, now).await? {
        return Ok(Woken::Realigned);
    }
    let waking = desk.calendar.waking_from(now);
    if matches!(event.act, Act::Remind(_) | Act::TermRemind(_) | Act::Points(_)) && waking > now {
        let pending = dispute.pending.as_ref().map(|pending| pending.due);
        let others = [dispute.deadline.as_ref().map(|deadline| deadline.due), pending, dispute.cooling.wakes()];
        work.postpone(id, others.into_iter().flatten().fold(waking, Instant::min)).await?;
        return Ok(Woken::Asleep);
    }
    if matches!(event.act, Act::Remind(_)) && gathered(desk, work, &dispute, now).await? {
        return Ok(Woken::Gathered);
    }
    work.savepoint().await?;
    match decide(desk, work, &dispute, &event, note, now).await {
        Ok(judgement) => {
            work.release_savepoint().await?;
            Ok(Woken::Settled(judgement))
        }
        Err(SettleError::Compose(failed)) => {
            work.rollback_to_savepoint().await?;
            tracing::error!(fault = %failed, "a letter of a clock could not be written; it is tried again in an hour, and its dispute waits for a person");
            let again = now.plus_seconds(HOUR);
            alarm::unwritten(desk, work, &dispute, &failed, again, now).await?;
            work.postpone(id, again).await?;
            Ok(Woken::Unwritten)
        }
        Err(other) => Err(other),
    }
}

/// Whether its merchant was reminded in one letter with others. If that letter cannot be written, each reminder leaves alone.
async fn gathered(desk: &Desk, work: &mut Work, dispute: &Dispute, now: Instant) -> Result<bool, SettleError> {
    work.savepoint().await?;
    match reminders::settle(desk, work, dispute, now).await {
        Ok(gathered) => {
            work.release_savepoint().await?;
            Ok(gathered)
        }
        Err(SettleError::Compose(failed)) => {
            work.rollback_to_savepoint().await?;
            tracing::error!(fault = %failed, "several reminders to one merchant could not be told in one letter; each leaves alone");
            Ok(false)
        }
        Err(other) => Err(other),
    }
}

/// What is due: an order that was not taken back, or what the clock has to say.
fn due(mut dispute: Dispute, now: Instant) -> Option<(Dispute, Event, &'static str)> {
    if let Some(pending) = dispute.pending.take_if(|pending| pending.due <= now) {
        let event = Event { actor: Actor::Person(pending.by), act: *pending.act, cause: pending.cause };
        return Some((dispute, event, "an order whose time came"));
    }
    let act = workflow::rings(&dispute, now)?;
    let event = Event { actor: Actor::Clock, cause: timer(&dispute, &act), act };
    Some((dispute, event, "a clock"))
}

/// Whether the calendar has a deadline of `dispute` elsewhere than it stands.
pub fn follows(desk: &Desk, dispute: &Dispute, now: Instant) -> bool {
    let asked = dispute.disclosures.iter().filter(|one| one.is_open()).map(|one| &one.ends);
    let points = [Party::Consumer, Party::Merchant].into_iter().filter_map(|party| dispute.points.ends(party));
    let deadlines = dispute.deadline.iter().chain(dispute.term.iter().map(|term| &term.ends)).chain(asked).chain(points);
    !dispute.is_closed() && deadlines.into_iter().any(|deadline| workflow::realigned(&desk.calendar, deadline, now).is_some())
}

/// Moves the deadlines of an open dispute to where the present calendar has them, with a line in the journal; says whether one moved.
/// Nobody is written to: none comes earlier, and the next letter names the new day.
pub async fn settle_calendar(desk: &Desk, work: &mut Work, id: DisputeId, now: Instant) -> Result<bool, SettleError> {
    let Some(mut dispute) = work.dispute(id).await?.filter(|dispute| !dispute.is_closed()) else { return Ok(false) };
    let mut notes = Vec::new();
    let mut moved: Vec<u8> = Vec::new();
    let ends = dispute.term.as_mut().map(|term| &mut term.ends);
    let asked = dispute.disclosures.iter_mut().rfind(|one| one.is_open()).map(|one| &mut one.ends);
    let points = dispute.points.deadlines().map(|ends| ("time to answer points", Some(ends)));
    let known = [("deadline", dispute.deadline.as_mut()), ("end of the mediation", ends), ("time to allow a disclosure", asked)];
    for (name, deadline) in known.into_iter().chain(points) {
        let Some(before) = deadline else { continue };
        let Some(after) = workflow::realigned(&desk.calendar, before, now) else { continue };
        notes.push(match after.day == before.day {
            true => format!("the {name} stays on {}, and its clock was set anew", after.day),
            false => format!("the {name} moves from {} to {}", before.day, after.day),
        });
        moved.extend(before.due.micros().to_be_bytes().into_iter().chain(after.due.micros().to_be_bytes()));
        *before = after;
    }
    if notes.is_empty() {
        return Ok(false);
    }
    let cause = cause(&[b"calendar", &dispute.id.bytes(), &moved]);
    dispute.version = dispute.version.saturating_add(1);
    work.save(&dispute).await?;
    let note = format!("the calendar changed: {}", notes.join("; "));
    work.journal(id, &JournalEntry { at: now, actor: Actor::Clock, act: Act::Realigned, cause, steps: Vec::new(), letters: Vec::new(), note }).await?;
    Ok(true)
}

/// Why a letter will not arrive.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Undelivered {
    /// The next server refused its recipient for good, with this reply code (5xx).
    Refused(u16),
    /// Nobody took it for as long as it is tried.
    Expired,
}

/// Settles that a letter will not arrive: the row ends, and the dispute hears of it, unless the letter went to an address that is not the participant's
/// any more, or somebody else ended the row.
pub async fn settle_undelivered(desk: &Desk, work: &mut Work, row: &OutboxRow, why: Undelivered, now: Instant) -> Result<(), SettleError> {
    let (code, note) = match why {
        Undelivered::Refused(code) => (code, format!("the next server refused a letter with {code}")),
        Undelivered::Expired => (0, "nobody took a letter for as long as it is tried".to_owned()),
    };
    if !work.refuse(row.id, code, now).await? {
        return Ok(());
    }
    registrar::refused(work, row, code, now).await?;
    // A letter that the operator sent again is queued anew: that it comes to nothing a second time is another event.
    let cause = cause(&[b"refused", row.mail.message_id.as_str().as_bytes(), &row.queued.micros().to_be_bytes()]);
    if row.dispute.is_none() && row.role == Role::Merchant {
        return came_back(desk, work, row.id, cause, &note, now).await;
    }
    let Some(dispute) = (match row.dispute {
        Some(id) => work.dispute(id).await?,
        None => None,
    }) else {
        return Ok(());
    };
    let present = dispute.participant(row.role).is_some_and(|person| person.address.is_same(&row.mail.to));
    if dispute.is_closed() || !present {
        return Ok(());
    }
    let event = Event { actor: Actor::MailSystem, act: Act::Bounced(row.role), cause };
    decide(desk, work, &dispute, &event, &note, now).await?;
    Ok(())
}

fn timer(dispute: &Dispute, act: &Act) -> Digest {
    let (deadline, number) = match act {
        Act::Remind(number) => (dispute.deadline.as_ref(), *number),
        Act::TermRemind(number) => (dispute.term.as_ref().map(|term| &term.ends), *number),
        Act::ThirdPerson(ThirdPerson::Over) => (dispute.disclosures.iter().find(|one| one.is_open()).map(|one| &one.ends), u8::MAX),
        Act::Points(Pointing::Due(party)) => (dispute.points.ends(*party), u8::from(*party == Party::Merchant)),
        Act::Cooling(Cooling::Due(digest)) => return cause(&[b"timer", act.name().as_bytes(), &dispute.id.bytes(), digest.as_bytes()]),
        Act::TermOver => (dispute.term.as_ref().map(|term| &term.ends), u8::MAX),
        _ => (dispute.deadline.as_ref(), u8::MAX),
    };
    let due = deadline.map_or(0, |deadline| deadline.due.micros());
    cause(&[b"timer", act.name().as_bytes(), &dispute.id.bytes(), &dispute.entered.micros().to_be_bytes(), &due.to_be_bytes(), &[number]])
}

async fn decide(desk: &Desk, work: &mut Work, dispute: &Dispute, event: &Event, note: &str, now: Instant) -> Result<Judgement, SettleError> {
    let rules = desk.rulebook.by_digest(dispute.rules, &desk.store).await?;
    let decision = workflow::decide(&rules, &desk.calendar, dispute, event, now);
    write::commit(
        desk,
        work,
        Verdict {
            workflow: &rules,
            event,
            decision,
            masked: false,
            answers: false,
            patience: Patience::ENDLESS,
            spoken: None,
            author: write::Author::default(),
            note: note.to_owned(),
        },
        now,
    )
    .await
}
