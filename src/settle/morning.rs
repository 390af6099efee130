//! What waits for each mediator, told once on the morning of a working day, and only if there is something (DOMAIN §7.3).

use super::{Desk, Registrar, SettleError, write};
use crate::compose::{self, Morning};
use crate::domain::{Address, Awaited, Digest, DisputeId, Duty, Instant, Reference};
use crate::store::Work;
use crate::workflow;

/// Lines that a letter names; of the others it tells how many there are.
const MOST_LINES: usize = 40;
/// Disputes that are looked for at a time.
const PAGE: u32 = 200;

/// Tells every mediator what waits, if it is time to. Says whether it was: then the next morning is set, unless nobody mediates any more.
///
/// What waits is gathered beside the writer: however many disputes are mediated, nobody else waits for it.
pub async fn settle_morning(desk: &Desk, now: Instant) -> Result<bool, SettleError> {
    if desk.store.morning_due().await?.is_none_or(|due| due > now) {
        return Ok(false);
    }
    let (told, any) = gather(desk, now).await?;
    let mut work = desk.store.begin().await?;
    if !work.take_morning(now).await? {
        return Ok(false);
    }
    if any {
        work.morning_at(desk.calendar.next_morning(now)).await?;
    }
    for (person, lines) in desk.mediators.iter().zip(&told).filter(|(_, lines)| is_worth_a_letter(desk, lines, now)) {
        tell(desk, &mut work, person, lines, Digest::of_parts(&[b"morning", &now.micros().to_be_bytes()]), now).await?;
    }
    work.commit().await?;
    Ok(true)
}

/// Whether `lines` are worth a letter: where nothing waits but reminders that will leave, they are told once, on the working day before the first of them.
fn is_worth_a_letter(desk: &Desk, lines: &[(Reference, Awaited)], now: Instant) -> bool {
    let today = desk.calendar.zone().day_of(now);
    let next = desk.calendar.add_working_days(today, 1);
    let far = |line: &Awaited| matches!(line.duty, Duty::Chase(_)) && line.until.is_some_and(|day| day > next);
    lines.iter().any(|(_, line)| desk.calendar.is_first_of_week(today) || !far(line))
}

/// Lines for each mediator.
type Told = Vec<Vec<(Reference, Awaited)>>;

/// What waits for each mediator, and whether anybody mediates.
async fn gather(desk: &Desk, now: Instant) -> Result<(Told, bool), SettleError> {
    // After a night or a holiday on which nothing ran, nobody is told before the next morning.
    let awake = desk.calendar.waking_from(now) <= now;
    let mut told: Told = desk.mediators.iter().map(|_| Vec::new()).collect();
    let (mut after, mut any): (Option<DisputeId>, bool) = (None, false);
    let mut work = desk.store.glance().await?;
    loop {
        let page = work.mediated(after, PAGE).await?;
        let Some(last) = page.last() else { return Ok((told, any)) };
        after = Some(*last);
        any = true;
        if !awake {
            return Ok((told, any));
        }
        for id in page {
            // One dispute that cannot be read keeps nobody's morning back.
            match waiting(desk, &mut work, id, now).await {
                Ok(Some((place, reference, lines))) => {
                    told.get_mut(place).into_iter().for_each(|all| all.extend(lines.iter().map(|line| (reference.clone(), *line))));
                }
                Ok(None) => tracing::warn!(dispute = %id.hex(), "its mediator is not in the configuration, and is told nothing in the morning"),
                Err(fault) => tracing::error!(%fault, dispute = %id.hex(), "what waits in a dispute could not be told in the morning"),
            }
        }
    }
}

/// What waits in a dispute, with its mediator's place in the configuration; `None` if the mediator has none.
async fn waiting(desk: &Desk, work: &mut Work, id: DisputeId, now: Instant) -> Result<Option<(usize, Reference, Vec<Awaited>)>, SettleError> {
    let Some(dispute) = work.dispute(id).await? else { return Ok(None) };
    let named = |address: &Address| dispute.mediator.as_ref().is_some_and(|named| named.address.is_same(address));
    let Some(place) = desk.mediators.iter().position(|person| named(&person.address)) else { return Ok(None) };
    let rules = desk.rulebook.by_digest(dispute.rules, &desk.store).await?;
    let lines = workflow::awaited(&rules, &desk.calendar, &dispute, write::ball(&rules, &dispute), now);
    Ok(Some((place, dispute.reference, lines)))
}

/// Whoever answers the morning's letter is told, by the mail `cause`, that it leads to no case.
pub(super) async fn redirect(desk: &Desk, work: &mut Work, person: &Registrar, cause: Digest, now: Instant) -> Result<(), SettleError> {
    tell(desk, work, person, &[], cause, now).await
}

/// A letter that cannot be written is logged: it comes again in the next morning.
async fn tell(desk: &Desk, work: &mut Work, person: &Registrar, lines: &[(Reference, Awaited)], cause: Digest, now: Instant) -> Result<(), SettleError> {
    let Some(counter) = desk.counters.iter().find(|counter| counter.workflow.is_some() && counter.client.is_none()) else { return Ok(()) };
    let named = lines.get(..MOST_LINES).unwrap_or(lines);
    let about = Morning {
        mediator: &person.address,
        name: person.name.as_deref(),
        language: person.language,
        lines: named,
        more: lines.len().saturating_sub(named.len()),
        begins: desk.calendar.is_first_of_week(desk.calendar.zone().day_of(now)),
        cause,
        now,
        desk: &counter.address,
        zone: desk.calendar.zone(),
    };
    match compose::morning(&desk.stationery, &desk.house, &about) {
        Ok(letter) => work.enqueue(None, &letter, now).await.map(|_| ())?,
        Err(fault) => tracing::error!(%fault, "a mediator could not be told in the morning of what waits"),
    }
    Ok(())
}
