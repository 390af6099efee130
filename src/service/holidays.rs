//! At a start: the deadlines of open disputes follow a calendar that changed while the daemon was down.

use super::{Service, unit};
use crate::domain::{Digest, DisputeId};
use crate::settle::{SettleError, follows, settle_calendar};
use crate::store::StoreError;
use std::sync::Arc;
use tokio_util::sync::CancellationToken;

/// How many disputes are looked for at once.
const GROUP: u32 = 200;

/// Under which name the store keeps the calendar that all deadlines follow.
const FOLLOWED: &str = "calendar";

/// Goes once through all open disputes, unless all of them followed this very calendar before. What it does not reach, because it is stopped or one cannot
/// be read, each dispute's own clock does before it rings.
pub async fn follow(service: Arc<Service>, stop: CancellationToken) {
    // Another version of the program may count days otherwise, or know other time zones.
    let calendar = Digest::of(format!("{} {:?}", env!("CARGO_PKG_VERSION"), service.desk.calendar).as_bytes()).hex();
    match service.desk.store.recall(FOLLOWED).await {
        Ok(Some(followed)) if followed == calendar => return,
        Ok(_) => {}
        Err(fault) => {
            return tracing::error!(%fault, "it is not known which calendar deadlines follow; a changed one is followed by each clock before it rings");
        }
    }
    match walk(&service, &stop).await {
        Ok(true) => {
            if let Err(fault) = service.desk.store.remember(FOLLOWED, &calendar).await {
                tracing::error!(%fault, "that all deadlines follow the calendar could not be noted; they are looked through again at the next start");
            }
        }
        Ok(false) => {}
        Err(fault) => tracing::error!(%fault, "open disputes could not be listed; a changed calendar is followed by each clock before it rings"),
    }
}

/// Says whether every open dispute follows.
async fn walk(service: &Arc<Service>, stop: &CancellationToken) -> Result<bool, StoreError> {
    let (mut after, mut moved, mut failed) = (None, 0usize, false);
    while !stop.is_cancelled() {
        let group = service.desk.store.open_after(after, GROUP).await?;
        let Some(last) = group.last() else {
            if moved > 0 {
                tracing::info!(moved, "deadlines followed the calendar, which had changed");
                service.timers.notify_one();
            }
            return Ok(!failed);
        };
        after = Some(*last);
        for (_, id) in group {
            let held = Arc::clone(service);
            match unit(async move { one(&held, id).await }).await {
                Some(Ok(true)) => moved = moved.saturating_add(1),
                Some(Ok(false)) => {}
                None => failed = true,
                Some(Err(fault)) => {
                    failed = true;
                    tracing::error!(%fault, "a deadline could not follow the calendar; its clock does before it rings");
                }
            }
        }
    }
    Ok(false)
}

async fn one(service: &Service, id: DisputeId) -> Result<bool, SettleError> {
    let now = service.now();
    // Most have nothing to follow, and need no transaction.
    let Some(dispute) = service.desk.store.dispute(id).await? else { return Ok(false) };
    if !follows(&service.desk, &dispute, now) {
        return Ok(false);
    }
    let mut work = service.desk.store.begin().await?;
    let moved = settle_calendar(&service.desk, &mut work, id, now).await?;
    work.commit().await?;
    Ok(moved)
}
