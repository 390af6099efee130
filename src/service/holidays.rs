//! At a start: the deadlines of open disputes follow a calendar that changed while the daemon was down.

use super::{Service, unit};
use crate::domain::DisputeId;
use crate::settle::{SettleError, settle_calendar};
use std::sync::Arc;
use tokio_util::sync::CancellationToken;

/// How many disputes are looked for at once.
const GROUP: u32 = 200;

/// Goes once through all open disputes. What it does not reach, because it is stopped or one cannot be read, each dispute's own clock
/// does before it rings.
pub async fn follow(service: Arc<Service>, stop: CancellationToken) {
    let (mut after, mut moved) = (None, 0usize);
    while !stop.is_cancelled() {
        let group = match service.desk.store.open_after(after, GROUP).await {
            Ok(group) => group,
            Err(fault) => return tracing::error!(%fault, "open disputes could not be listed; a changed calendar is followed by each clock before it rings"),
        };
        let Some(last) = group.last() else { break };
        after = Some(*last);
        for (_, id) in group {
            let held = Arc::clone(&service);
            match unit(async move { one(&held, id).await }).await {
                Some(Ok(true)) => moved = moved.saturating_add(1),
                Some(Ok(false)) | None => {}
                Some(Err(fault)) => tracing::error!(%fault, "a deadline could not follow the calendar; its clock does before it rings"),
            }
        }
    }
    if moved > 0 {
        tracing::info!(moved, "deadlines followed the calendar, which had changed");
        service.timers.notify_one();
    }
}

async fn one(service: &Service, id: DisputeId) -> Result<bool, SettleError> {
    let now = service.now();
    // Most have nothing to follow, and need no transaction.
    let Some(dispute) = service.desk.store.dispute(id).await? else { return Ok(false) };
    let follows = dispute.deadline.as_ref().is_some_and(|deadline| crate::workflow::realigned(&service.desk.calendar, deadline, now).is_some());
    if !follows {
        return Ok(false);
    }
    let mut work = service.desk.store.begin().await?;
    let moved = settle_calendar(&service.desk, &mut work, id, now).await?;
    work.commit().await?;
    Ok(moved)
}
