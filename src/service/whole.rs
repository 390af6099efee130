//! Once after each start: whether the database is whole. A log that belongs to another copy of the file makes it look sound at the start.

use super::Service;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;
use tokio_util::sync::CancellationToken;

/// What has to be done at a start comes first: what lies in the inboxes, if that takes no longer than so many looks.
const LOOK: Duration = Duration::from_secs(5);
const LOOKS: u32 = 120;

/// Looks, beside everything else, until `stop`. Where the database is damaged, nothing is begun any more: what is built on it would be lost with it.
pub async fn look(service: Arc<Service>, stop: CancellationToken) {
    let looking = async {
        for _ in 0..LOOKS {
            tokio::time::sleep(LOOK).await;
            if service.read_until().is_some() {
                break;
            }
        }
        service.desk.store.is_whole().await
    };
    let looked = tokio::select! {
        looked = looking => looked,
        () = stop.cancelled() => return,
    };
    match looked {
        Ok(true) => tracing::debug!("the database is whole"),
        Ok(false) => {
            service.health.damaged.store(true, Ordering::Relaxed);
            tracing::error!(
                "the database is damaged; no mail is taken and no letter sent any more; most likely a -wal or -shm of another copy lay beside its file; \
                 stop the service, remove both and restore the file from a backup"
            );
        }
        Err(fault) => tracing::warn!(%fault, "it could not be found out whether the database is whole; `elitige check --store` looks further"),
    }
}
