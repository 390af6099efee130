//! A deadline or a reminder is due → settle.

use super::{Service, rest, unit};
use crate::domain::{DisputeId, Instant};
use crate::settle::{SettleError, settle_due};
use std::sync::Arc;
use tokio_util::sync::CancellationToken;

/// How many clocks are settled in one transaction.
const GROUP: u32 = 50;

/// Watches the clocks of all disputes until `stop`.
pub async fn watch(service: Arc<Service>, stop: CancellationToken) {
    while !stop.is_cancelled() {
        match tick(&service).await {
            Ok(0) => {
                let wake = service.desk.store.next_wake().await.unwrap_or_default();
                rest(&service, wake, &service.timers, &stop).await;
            }
            Ok(_) => service.outbox.notify_one(),
            Err(failed) => {
                tracing::error!(fault = %failed, "deadlines could not be settled; tried again");
                rest(&service, None, &service.timers, &stop).await;
            }
        }
    }
}

/// Settles what is due now; says how much was.
pub async fn tick(service: &Arc<Service>) -> Result<usize, SettleError> {
    let now = service.now();
    let due = service.desk.store.due(now, GROUP).await?;
    let mut settled = 0_usize;
    for id in due {
        let service = Arc::clone(service);
        if let Some(done) = unit(async move { one(&service, id, now).await }).await {
            done?;
            settled = settled.saturating_add(1);
        }
    }
    Ok(settled)
}

async fn one(service: &Service, id: DisputeId, now: Instant) -> Result<(), SettleError> {
    let mut work = service.desk.store.begin().await?;
    let woken = settle_due(&service.desk, &mut work, id, now).await?;
    work.commit().await?;
    tracing::info!(?woken, "a clock was settled");
    Ok(())
}
