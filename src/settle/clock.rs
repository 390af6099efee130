//! A clock that is due, or a letter that was refused → what follows.

use super::understand::cause;
use super::write::{self, Verdict};
use super::{Desk, SettleError};
use crate::domain::{Act, Actor, Deadline, Digest, Dispute, DisputeId, Event, Instant, Judgement};
use crate::store::{OutboxRow, Work};
use crate::workflow;

/// What a clock came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Woken {
    /// A rule spoke, or none does and the clock was put forward.
    Settled(Judgement),
    /// It is not due any more: something moved it meanwhile.
    Early,
}

/// Settles what is due in a dispute at `now`: its deadline, or the latest of its reminders that passed.
pub async fn settle_due(desk: &Desk, work: &mut Work, id: DisputeId, now: Instant) -> Result<Woken, SettleError> {
    let Some(dispute) = work.dispute(id).await? else {
        return Ok(Woken::Early);
    };
    let (Some(deadline), Some(act)) = (&dispute.deadline, workflow::rings(&dispute, now)) else {
        return Ok(Woken::Early);
    };
    let event = Event { actor: Actor::Clock, cause: timer(&dispute, deadline, &act), act };
    decide(desk, work, &dispute, &event, "a clock", now).await.map(Woken::Settled)
}

/// Settles that the next server refused a letter for good: the row ends, and the dispute hears of it.
pub async fn settle_refused(desk: &Desk, work: &mut Work, row: &OutboxRow, code: u16, now: Instant) -> Result<(), SettleError> {
    work.refuse(row.id, code, now).await?;
    let Some(dispute) = (match row.dispute {
        Some(id) => work.dispute(id).await?,
        None => None,
    }) else {
        return Ok(());
    };
    if dispute.is_closed() {
        return Ok(());
    }
    let event = Event { actor: Actor::MailSystem, act: Act::Bounced(row.role), cause: cause(&[b"refused", row.mail.message_id.as_str().as_bytes()]) };
    decide(desk, work, &dispute, &event, &format!("the next server refused a letter with {code}"), now).await?;
    Ok(())
}

fn timer(dispute: &Dispute, deadline: &Deadline, act: &Act) -> Digest {
    let number = match act {
        Act::Remind(number) => *number,
        _ => u8::MAX,
    };
    cause(&[b"timer", &dispute.id.bytes(), &dispute.entered.micros().to_be_bytes(), &deadline.due.micros().to_be_bytes(), &[number]])
}

async fn decide(desk: &Desk, work: &mut Work, dispute: &Dispute, event: &Event, note: &str, now: Instant) -> Result<Judgement, SettleError> {
    let rules = desk.rulebook.by_digest(dispute.rules, &desk.store).await?;
    let decision = workflow::decide(&rules, &desk.calendar, dispute, event, now);
    write::commit(desk, work, Verdict { workflow: &rules, event, decision, answers: false, patience: u32::MAX, note: note.to_owned() }, now).await
}
