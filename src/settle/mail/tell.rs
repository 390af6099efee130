//! When and how the registrar is told of what is held: one letter for all of it, at once for the first mail in an empty pen, else at the hours of a
//! working day that the configuration names. A flood of mails is one letter; a stranger who knows a reference is in none (THREATS P10, T1).

use super::super::{Desk, SettleError, brakes};
use super::Incoming;
use super::guess::{best, guesses};
use crate::compose::{self, HeldDigest, HeldItem};
use crate::domain::{Digest, DisputeId, HeldReason, Instant};
use crate::letter::Kind;
use crate::store::{LetterNumber, Penned, Work};

/// Mails that one letter names; of the others it tells how many there are.
const MOST_NAMED: u32 = 30;
/// Days that are looked at for the next working day: longer than any row of holidays.
const DAYS_AHEAD: i64 = 60;
const HOUR: i64 = 3_600;

/// Why a mail is kept in the pen.
pub(super) struct Kept {
    /// Why it waits.
    pub(super) reason: HeldReason,
    /// The dispute that it is kept with.
    pub(super) dispute: Option<DisputeId>,
    /// Whether it is told of at once if nothing else waits; else a letter about it was written already.
    pub(super) tell: bool,
}

/// After a mail was settled as held: keeps whose it most likely is, and sees to it that the registrar hears of it.
pub(super) async fn hold(desk: &Desk, work: &mut Work, mail: &Incoming, kept: &Kept, now: Instant) -> Result<(), SettleError> {
    // A stranger who knows a reference makes nobody write, nor does what a registrar's own mailbox answers to the letter about held mail.
    if kept.reason == HeldReason::NoOrder || (kept.reason == HeldReason::UnknownSender && kept.dispute.is_none()) {
        return Ok(());
    }
    // Whose it is not was said by the one whom it would be guessed to be of.
    let human = kept.reason != HeldReason::Disowned && mail.letter.as_ref().is_some_and(|letter| letter.kind == Kind::Human);
    if human && let Some((dispute, role)) = best(&guesses(desk, work, mail).await?) {
        work.guess(mail.number, dispute, role).await?;
    }
    if kept.tell && work.penned(LetterNumber(0), 2).await?.len() == 1 {
        return tell(desk, work, now).await;
    }
    Ok(work.tell_at(next_hour(desk, now)).await?)
}

/// Tells the registrar of everything that is held, if it is time to. Says whether it was.
pub async fn settle_digest(desk: &Desk, work: &mut Work, now: Instant) -> Result<bool, SettleError> {
    if !work.take_digest(now).await? {
        return Ok(false);
    }
    if work.penned_count().await? > 0 {
        tell(desk, work, now).await?;
    } else if let Some(until) = work.asked_until().await? {
        work.tell_at(next_hour(desk, until.max(now))).await?;
    }
    Ok(true)
}

/// Writes the letter, and sets the clock for the next one. A letter that cannot be written is logged and tried again in an hour, as is one that
/// would be one too many: the mails themselves wait in any case.
async fn tell(desk: &Desk, work: &mut Work, now: Instant) -> Result<(), SettleError> {
    let (Some(registrar), Some(counter)) = (desk.operators.first(), desk.counters.iter().find(|counter| counter.workflow.is_some())) else {
        return Ok(work.tell_at(next_hour(desk, now)).await?);
    };
    if !brakes::may_tell(work, &registrar.address, now).await? {
        return Ok(work.tell_at(now.plus_seconds(HOUR)).await?);
    }
    let waiting = work.penned(LetterNumber(0), MOST_NAMED).await?;
    let mails: Vec<HeldItem<'_>> = waiting.iter().map(item).collect();
    let digest = HeldDigest {
        operator: &registrar.address,
        language: registrar.language,
        mails: &mails,
        count: work.penned_count().await?,
        cause: Digest::of_parts(&[b"held digest", &now.micros().to_be_bytes()]),
        now,
        desk: &counter.address,
        zone: desk.calendar.zone(),
    };
    match compose::held_digest(&desk.stationery, &desk.house, &digest) {
        Ok(letter) => {
            work.enqueue(None, &letter, now).await?;
            work.tell_at(next_hour(desk, now)).await?;
        }
        Err(fault) => {
            tracing::error!(%fault, "the registrar could not be told of held mail; it is tried again in an hour");
            work.tell_at(now.plus_seconds(HOUR)).await?;
        }
    }
    Ok(())
}

fn item(penned: &Penned) -> HeldItem<'_> {
    HeldItem {
        number: penned.number.0,
        reason: penned.reason,
        received: penned.received,
        mailbox: &penned.mailbox,
        identity: penned.identity,
        kept_with: penned.kept_with.as_ref(),
        guess: penned.guess.as_ref().map(|(dispute, reference, role)| (*dispute, reference, *role)),
    }
}

/// The next of the configured hours of a working day after `now`.
fn next_hour(desk: &Desk, now: Instant) -> Instant {
    let (calendar, hours) = (&desk.calendar, desk.policy.digest);
    let today = calendar.zone().day_of(now);
    let days = (0..DAYS_AHEAD).map(|days| today.plus(days)).filter(|day| calendar.is_working_day(*day));
    let hours_of_day = || (hours.first..24).step_by(usize::from(hours.every.max(1))).filter_map(|hour| i8::try_from(hour).ok());
    let moments = days.flat_map(|day| hours_of_day().map(move |hour| calendar.zone().at(day, hour, 0)));
    let mut later = moments.filter(|moment| *moment > now);
    later.next().unwrap_or_else(|| now.plus_seconds(24 * HOUR))
}
