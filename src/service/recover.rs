//! What was received and not settled when the daemon died, and then vanished from the inbox, is settled from the store.

use super::take::{Begun, Reading, settle_group, understand};
use super::{Service, unit};
use crate::domain::Digest;
use crate::store::{Arrival, StoreError, Unsettled, step};
use std::collections::HashSet;
use std::sync::Arc;
use std::time::Duration;
use tokio_util::sync::CancellationToken;

/// Mails that are taken up at a start.
const MOST: u32 = 1_000;
const LOOK: Duration = Duration::from_secs(1);

/// Settles, one by one, what the last run left behind and no inbox holds any more, because somebody else moved it. What still lies in an inbox
/// was settled there, so this waits until all of them were read once.
pub async fn recover(service: Arc<Service>, stop: CancellationToken) {
    // Before the wait: what comes in meanwhile is in somebody's hand, and no business of the last run.
    let left = match service.desk.store.unsettled(MOST).await {
        Ok(left) => left,
        Err(fault) => return tracing::error!(%fault, "what the last run left behind could not be listed"),
    };
    while service.read_until().is_none() {
        tokio::select! {
            () = tokio::time::sleep(LOOK) => {}
            () = stop.cancelled() => return,
        }
    }
    for one in left {
        if stop.is_cancelled() {
            break;
        }
        if let Err(fault) = take_up(&service, one).await {
            tracing::error!(letter = one.letter.0, %fault, "a mail of the last run could not be taken up; it is tried again");
        }
    }
}

async fn take_up(service: &Arc<Service>, left: Unsettled) -> Result<(), StoreError> {
    let held = Arc::clone(service);
    let counted = unit(async move { held.desk.store.attempt(&[left.letter]).await }).await.unwrap_or_else(|| Ok(Vec::new()))?;
    step("attempt committed");
    let (Some(counted), Some(bytes), Some((mailbox, received))) =
        (counted.first(), service.desk.store.raw(left.letter).await?, service.desk.store.sighted(left.letter).await?)
    else {
        return Ok(());
    };
    let begun = Begun { number: left.letter, digest: Digest::of(&bytes), attempts: counted.attempts };
    let arrival = Arrival { mailbox, uid_validity: 0, uid: 0, received, bytes };
    if let Ok(incoming) = understand(service, arrival, begun, Reading::Last, &HashSet::new()).await
        && let Err(fault) = settle_group(service, vec![incoming]).await
    {
        tracing::error!(letter = left.letter.0, %fault, "a mail of the last run could not be settled; it is tried again");
    }
    Ok(())
}
