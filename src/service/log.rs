//! The store's log is folded into its file while others write.

use super::{Service, unit};
use std::sync::Arc;
use std::time::Duration;
use tokio_util::sync::CancellationToken;

/// The shortest time between two foldings: what is written meanwhile is folded once.
const PAUSE: Duration = Duration::from_millis(100);

/// Folds the log whenever it is worth it, until `stop`.
pub async fn fold(service: Arc<Service>, stop: CancellationToken) {
    loop {
        tokio::select! {
            () = service.desk.store.log_is_long() => {}
            () = stop.cancelled() => return,
        }
        let held = Arc::clone(&service);
        if let Some(Err(fault)) = unit(async move { held.desk.store.fold_log().await }).await {
            tracing::warn!(%fault, "the log of the database was not folded into its file; the writer does it later");
        }
        tokio::select! {
            () = tokio::time::sleep(PAUSE) => {}
            () = stop.cancelled() => return,
        }
    }
}
