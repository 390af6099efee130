//! Outbox → the next server → delivered, later, refused or uncertain.

use super::backoff::{Backoff, retry_seconds};
use super::{Service, rest, unit};
use crate::settle::settle_refused;
use crate::smtp::{Attempt, Courier};
use crate::store::{OutboxRow, Sent, StoreError};
use std::sync::Arc;
use tokio_util::sync::CancellationToken;

/// Letters that are claimed at a time.
const GROUP: u32 = 20;
/// How long a claim lasts: longer than the ten minutes that a server may take after the final dot (RFC 5321 §4.5.3.2.6).
const LEASE_SECONDS: u32 = 900;
/// A letter of which nobody knows whether it arrived is sent again after this long, the same bytes.
const UNCERTAIN_SECONDS: i64 = 900;
/// The same when this process was ended over it and starts again.
const DOUBTED_SECONDS: i64 = 60;

/// Carries letters until `stop`.
pub async fn carry(service: Arc<Service>, stop: CancellationToken) {
    let mut courier: Option<Courier> = None;
    let mut backoff = Backoff::default();
    while !stop.is_cancelled() {
        let rows = match claim(&service).await {
            Ok(rows) => rows,
            Err(failed) => {
                tracing::error!(fault = %failed, "the outbox could not be read; tried again");
                rest(&service, None, &service.outbox, &stop).await;
                continue;
            }
        };
        if rows.is_empty() {
            close(&mut courier).await;
            let wake = service.desk.store.next_send().await.unwrap_or_default();
            rest(&service, wake, &service.outbox, &stop).await;
            continue;
        }
        let mut unsent = rows.into_iter();
        while let Some(row) = unsent.next() {
            if stop.is_cancelled() || !connected(&service, &mut courier, &mut backoff, &stop).await {
                give_back(&service, std::iter::once(row).chain(unsent)).await;
                break;
            }
            courier = one(&service, courier.take(), row).await;
        }
    }
    close(&mut courier).await;
}

/// Takes back what this node had in hand when it ended, so that no lease need run out first.
pub async fn take_back(service: &Arc<Service>) {
    let held = Arc::clone(service);
    let taken = unit(async move { held.desk.store.reclaim(&held.node, held.now(), held.now().plus_seconds(DOUBTED_SECONDS)).await }).await;
    match taken {
        Some(Ok((0, 0))) | None => {}
        Some(Ok((unsent, uncertain))) => tracing::info!(unsent, uncertain, "letters that were in hand at the last end were taken up again"),
        Some(Err(failed)) => tracing::error!(fault = %failed, "letters that were in hand at the last end wait until their leases run out"),
    }
}

async fn claim(service: &Arc<Service>) -> Result<Vec<OutboxRow>, StoreError> {
    let held = Arc::clone(service);
    let claimed = unit(async move { held.desk.store.claim(&held.node, held.now(), GROUP, LEASE_SECONDS).await }).await;
    claimed.unwrap_or_else(|| Ok(Vec::new()))
}

/// Whether there is a connection; if the server cannot be reached, says so once per attempt and waits.
async fn connected(service: &Service, courier: &mut Option<Courier>, backoff: &mut Backoff, stop: &CancellationToken) -> bool {
    if courier.as_ref().is_some_and(|courier| !courier.is_broken()) {
        return true;
    }
    let attempt = tokio::select! {
        attempt = Courier::connect(&service.courier) => attempt,
        () = stop.cancelled() => return false,
    };
    match attempt {
        Ok(fresh) => {
            backoff.reset();
            *courier = Some(fresh);
            true
        }
        Err(failed) => {
            *courier = None;
            let pause = backoff.wait(failed.retry_after());
            tracing::warn!(fault = %failed, seconds = pause.as_secs(), "letters wait for the outgoing server; a change in the configuration counts from the next start on");
            tokio::select! {
                () = tokio::time::sleep(pause) => {}
                () = stop.cancelled() => {}
            }
            false
        }
    }
}

/// Letters that were claimed and not tried are claimable again at once.
async fn give_back(service: &Arc<Service>, rows: impl Iterator<Item = OutboxRow>) {
    for row in rows {
        let held = Arc::clone(service);
        let given = unit(async move { held.desk.store.finish(row.id, &held.node, Sent::Untried { at: held.now() }, held.now()).await }).await;
        if let Some(Err(failed)) = given {
            tracing::error!(fault = %failed, "a claimed letter could not be given back; its lease will end by itself");
        }
    }
}

/// One letter, in a task that always finishes; gives the courier back unless its connection broke.
async fn one(service: &Arc<Service>, courier: Option<Courier>, row: OutboxRow) -> Option<Courier> {
    let held = Arc::clone(service);
    unit(async move {
        let mut courier = courier?;
        let id = row.id;
        let attempt = courier
            .send(&row.mail, || async {
                let pending = held.desk.store.dot_pending(id, &held.node, held.now()).await;
                pending.unwrap_or(false)
            })
            .await;
        if let Err(failed) = record(&held, &row, &attempt).await {
            tracing::error!(fault = %failed, "what became of a letter could not be recorded; its lease will end as uncertain");
        }
        (!courier.is_broken()).then_some(courier)
    })
    .await
    .flatten()
}

async fn record(service: &Service, row: &OutboxRow, attempt: &Attempt) -> Result<(), crate::settle::SettleError> {
    let now = service.now();
    tracing::info!(row = %row.id, letter = row.letter, attempt = row.attempt, became = ?attempt, "a letter was tried");
    let sent = match attempt {
        Attempt::Delivered { code } => Sent::Delivered { reply_code: *code },
        Attempt::Later { code } => Sent::Later { code: Some(*code), at: now.plus_seconds(retry_seconds(row.attempt)) },
        Attempt::NotSent => Sent::Later { code: None, at: now.plus_seconds(retry_seconds(row.attempt)) },
        Attempt::Uncertain => Sent::Uncertain { at: now.plus_seconds(UNCERTAIN_SECONDS) },
        Attempt::Refused { code } => {
            let mut work = service.desk.store.begin().await?;
            settle_refused(&service.desk, &mut work, row, *code, now).await?;
            work.commit().await?;
            service.ring();
            return Ok(());
        }
    };
    service.desk.store.finish(row.id, &service.node, sent, now).await?;
    Ok(())
}

async fn close(courier: &mut Option<Courier>) {
    if let Some(open) = courier.take() {
        open.quit().await;
    }
}
