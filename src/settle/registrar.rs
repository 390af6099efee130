//! A letter to a registrar that does not arrive → the log and the health of the service say so. No registrar is written to about it: that letter would
//! not arrive either, and the next one about that one.

use super::{Desk, SettleError};
use crate::domain::{Address, Instant, Role};
use crate::store::{OutboxId, OutboxRow, OwnLetter, Work};

/// The next server refused the letter of that row, or nobody took it for too long. Nothing is done where its reader is no registrar.
pub(super) async fn refused(work: &mut Work, row: &OutboxRow, code: u16, now: Instant) -> Result<(), SettleError> {
    if row.role == Role::Operator { unreached(work, &row.mail.to, row.id, code, now).await } else { Ok(()) }
}

/// A letter came back from the registrar's own server.
pub(super) async fn came_back(desk: &Desk, work: &mut Work, letter: &OwnLetter, now: Instant) -> Result<(), SettleError> {
    if letter.role != Role::Operator {
        return Ok(());
    }
    for registrar in &desk.operators {
        if work.went_to(letter.id, &registrar.address).await? {
            unreached(work, &registrar.address, letter.id, 0, now).await?;
        }
    }
    Ok(())
}

async fn unreached(work: &mut Work, registrar: &Address, letter: OutboxId, code: u16, now: Instant) -> Result<(), SettleError> {
    tracing::error!(
        row = %letter,
        code,
        "a letter to a registrar does not arrive; correct the address of [[operator]] in service.toml and start the service again, or let its server take mail from this service"
    );
    Ok(work.unreachable(registrar, now).await?)
}
