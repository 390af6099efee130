//! After a clock that was ahead: what it put off into a time that nobody meant is brought back.

use super::{Service, unit};
use crate::store::Farthest;
use std::sync::Arc;

/// Longer than any letter waits: an answer for a day, an attempt or a limit for hours.
const LETTER_SECONDS: i64 = 2 * 86_400;
/// Longer than from one working day to the next. Where the letter about held mail waits for an answer instead, it finds that out by itself.
const DIGEST_SECONDS: i64 = 15 * 86_400;

/// Brings back what is farther ahead than anything can be.
pub(super) async fn bring_back(service: &Arc<Service>) {
    let held = Arc::clone(service);
    let done = unit(async move {
        let now = held.now();
        let farthest = Farthest { letter: now.plus_seconds(LETTER_SECONDS), digest: now.plus_seconds(DIGEST_SECONDS) };
        held.desk.store.bring_back(farthest, held.desk.calendar.next_morning(now), now).await
    });
    match done.await {
        Some(Ok(0)) | None => {}
        Some(Ok(found)) => {
            tracing::warn!(found, "letters and clocks stood farther in the future than any pause: the clock of this machine was ahead once; they go on now");
            service.ring();
        }
        Some(Err(fault)) => tracing::error!(%fault, "it is not known whether letters or clocks stand too far in the future; looked at again at the next start"),
    }
}
