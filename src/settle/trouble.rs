//! Something is wrong with the service, or is wrong no longer → its operator is told, once each time.

use super::{Desk, SettleError};
use crate::compose::{self, Notice, Waiting};
use crate::domain::{Digest, Finding, Instant};
use crate::store::{ToldAlarm, Work};

/// Tells the first operator whose address takes letters of `findings`, which began `since` then. `false` if nobody was told: it is told already, or there is no operator.
pub async fn settle_trouble(desk: &Desk, work: &mut Work, node: &str, findings: &[Finding], since: Instant, now: Instant) -> Result<bool, SettleError> {
    Ok(work.ring(node, since, now).await? && tell(desk, work, node, Waiting::Trouble { findings, since }, since, now).await?)
}

/// Tells the operator that what it was told of is over.
pub async fn settle_well_again(desk: &Desk, work: &mut Work, node: &str, told: ToldAlarm, now: Instant) -> Result<bool, SettleError> {
    let since = told.since;
    Ok(work.end_alarm(node, now).await? && tell(desk, work, node, Waiting::WellAgain { since }, told.told, now).await?)
}

async fn tell(desk: &Desk, work: &mut Work, node: &str, waiting: Waiting<'_>, began: Instant, now: Instant) -> Result<bool, SettleError> {
    let (Some(first), Some(counter)) = (desk.operators.first(), desk.counters.first()) else { return Ok(false) };
    let mut operator = first;
    for registrar in &desk.operators {
        if !work.is_unreachable(&registrar.address).await? {
            operator = registrar;
            break;
        }
    }
    let kind: &[u8] = if matches!(waiting, Waiting::WellAgain { .. }) { b"well-again" } else { b"trouble" };
    let notice = Notice {
        operator: &operator.address,
        language: operator.language,
        waiting,
        cause: Digest::of_parts(&[kind, node.as_bytes(), &began.micros().to_be_bytes()]),
        now,
        desk: &counter.address,
        zone: desk.calendar.zone(),
    };
    let mail = compose::notice(&desk.stationery, &desk.house, &notice)?;
    Ok(work.enqueue(None, &mail, now).await?)
}
