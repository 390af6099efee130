//! A deadline or a reminder is due, the registrar is to be told of held mail, or answered about it → settle.

use super::erase::Eraser;
use super::{Service, orders, put_off, rest, unit};
use crate::domain::{DisputeId, Instant, Judgement};
use crate::settle::{SettleError, Woken, settle_digest, settle_due, settle_morning};
use std::sync::Arc;
use std::time::Duration;
use tokio_util::sync::CancellationToken;

/// How many clocks are settled in one transaction.
const GROUP: u32 = 100;
const HOUR: i64 = 3_600;

/// Watches the clocks of all disputes until `stop`.
pub async fn watch(service: Arc<Service>, stop: CancellationToken) {
    let mut eraser = Eraser::default();
    while !stop.is_cancelled() {
        service.health.pulse.beat("deadlines", Duration::ZERO);
        match tick(&service, &mut eraser).await {
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

/// Settles what is due now; says how much was. A dispute whose clock cannot be settled is put off for an hour, so that it stands before nobody.
///
/// Nothing is due that became so after the inboxes were last read to their end: an answer that came in time must be heard before its deadline.
async fn tick(service: &Arc<Service>, eraser: &mut Eraser) -> Result<usize, SettleError> {
    let Some(read) = service.read_until().filter(|_| service.is_sound()) else { return Ok(0) };
    let now = service.now().min(read);
    let lapsed = service.desk.store.lapse(now).await?;
    if lapsed > 0 {
        tracing::info!(lapsed, "questions about who somebody is were not answered in time");
    }
    let due = service.desk.store.due(now, GROUP).await?;
    let mut settled = orders::carry_out(service).await?;
    if service.desk.store.digest_due().await?.is_some_and(|due| due <= now) {
        let held = Arc::clone(service);
        let told = unit(async move { digest(&held, now).await });
        settled = settled.saturating_add(usize::from(told.await.unwrap_or(Ok(false))?));
    }
    let held = Arc::clone(service);
    let told = unit(async move { settle_morning(&held.desk, now).await });
    // Whatever keeps a morning's letters back keeps no deadline back.
    match told.await.unwrap_or(Ok(false)) {
        Ok(told) => settled = settled.saturating_add(usize::from(told)),
        Err(fault) => tracing::error!(%fault, "the mediators could not be told what waits; tried again"),
    }
    settled = settled.saturating_add(ring(service, eraser, due, now).await?);
    Ok(settled)
}

/// Settles clocks in one commit; if it fails, each alone, so that one that cannot be settled stops nobody else.
async fn ring(service: &Arc<Service>, eraser: &mut Eraser, due: Vec<DisputeId>, now: Instant) -> Result<usize, SettleError> {
    if due.is_empty() {
        return Ok(0);
    }
    let (held, ids, began) = (Arc::clone(service), due.clone(), std::time::Instant::now());
    if let Some(Ok(outlived)) = unit(async move { together(&held, &ids, now).await }).await {
        tracing::info!(clocks = due.len(), milliseconds = u64::try_from(began.elapsed().as_millis()).unwrap_or(u64::MAX), "clocks were settled");
        eraser.erase(service, outlived, now).await?;
        return Ok(due.len());
    }
    let mut settled = 0usize;
    for id in due {
        let held = Arc::clone(service);
        match unit(async move { together(&held, &[id], now).await }).await {
            Some(Ok(outlived)) => {
                eraser.erase(service, outlived, now).await?;
                settled = settled.saturating_add(1);
            }
            failed => {
                if let Some(Err(fault)) = failed {
                    tracing::error!(%fault, "a clock could not be settled; it is put off for an hour, and its dispute waits for a person");
                }
                put_off(service, id, HOUR).await?;
            }
        }
    }
    Ok(settled)
}

/// Tells the registrar of what is held.
async fn digest(service: &Service, now: Instant) -> Result<bool, SettleError> {
    let mut work = service.desk.store.begin().await?;
    let told = settle_digest(&service.desk, &mut work, now).await?;
    work.commit().await?;
    Ok(told)
}

/// Settles these clocks; gives the disputes that are to be erased.
async fn together(service: &Service, due: &[DisputeId], now: Instant) -> Result<Vec<DisputeId>, SettleError> {
    let mut outlived = Vec::new();
    let mut work = service.desk.store.begin().await?;
    for id in due {
        let woken = settle_due(&service.desk, &mut work, *id, now).await?;
        if woken == Woken::Outlived {
            outlived.push(*id);
        }
        if matches!(woken, Woken::Early | Woken::Settled(Judgement::NoRule)) {
            // Its row says that it is due, and its dispute or its rules say nothing: looked at again in an hour, never at once.
            work.postpone(*id, service.now().plus_seconds(HOUR)).await?;
        }
        tracing::debug!(?woken, "a clock was settled");
    }
    work.commit().await?;
    Ok(outlived)
}
