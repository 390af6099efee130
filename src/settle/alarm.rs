//! A letter of a clock that cannot be written → the registrar is told, once.

use super::understand::cause;
use super::{Desk, SettleError, brakes};
use crate::compose::{self, ComposeError, Notice, Waiting};
use crate::domain::{Dispute, HeldReason, Instant, Role};
use crate::store::Work;

/// The letter that tells it.
const UNWRITTEN: &str = "unwritten";

/// Tells the first registrar that nothing was sent in `dispute` and that it is tried `again`: once while the dispute stays in its state, however often it is
/// tried. Where the registrar was told enough in this hour, the next attempt tells it.
pub async fn unwritten(desk: &Desk, work: &mut Work, dispute: &Dispute, failed: &ComposeError, again: Instant, now: Instant) -> Result<(), SettleError> {
    let Some(registrar) = desk.operators.first() else { return Ok(()) };
    if work.letter_sent(dispute.id, Role::Operator, UNWRITTEN, dispute.entered).await? || !brakes::may_tell(work, &registrar.address, now).await? {
        return Ok(());
    }
    let reason = if matches!(failed, ComposeError::Leak(_)) { HeldReason::WouldLeak } else { HeldReason::LetterFailed };
    let notice = Notice {
        operator: &registrar.address,
        language: registrar.language,
        waiting: Waiting::Case { reference: &dispute.reference, reason, again },
        cause: cause(&[UNWRITTEN.as_bytes(), &dispute.id.bytes(), &dispute.entered.micros().to_be_bytes()]),
        now,
        desk: &dispute.desk,
        zone: desk.calendar.zone(),
    };
    match compose::notice(&desk.stationery, &desk.house, &notice) {
        Ok(mail) => {
            work.enqueue(Some(dispute.id), &mail, now).await?;
        }
        Err(failed) => tracing::error!(fault = %failed, "the registrar could not be told of a letter that was not written"),
    }
    Ok(())
}
