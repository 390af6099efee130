//! What was kept for as long as it may be → erased (DOMAIN §5.6).

use super::{Service, put_off, unit};
use crate::domain::{DisputeId, Instant};
use crate::settle::SettleError;
use crate::store::StoreError;
use std::sync::Arc;

/// How many disputes are erased in a day at most. More of them are a clock that is wrong rather than cases that are old.
const MOST_IN_A_DAY: u32 = 2_500;
const DAY: i64 = 86_400;
const HOUR: i64 = 3_600;

/// Erases disputes, and not too many.
#[derive(Debug, Default)]
pub(super) struct Eraser {
    /// Since when it counts.
    since: Option<Instant>,
    /// How many it erased since.
    count: u32,
}

impl Eraser {
    /// Erases what is `outlived`, each in a commit of its own; what is too much for one day waits for the next.
    pub async fn erase(&mut self, service: &Arc<Service>, outlived: Vec<DisputeId>, now: Instant) -> Result<(), SettleError> {
        let (mut erased, mut waiting) = (0_u32, 0_u32);
        for id in outlived {
            if !self.may(now) {
                put_off(service, id, DAY).await?;
                waiting = waiting.saturating_add(1);
                continue;
            }
            let held = Arc::clone(service);
            match unit(async move { held.desk.store.erase(id).await }).await {
                // Somebody may have erased it by hand meanwhile.
                Some(Ok(()) | Err(StoreError::NoDispute)) => erased = erased.saturating_add(1),
                failed => {
                    if let Some(Err(fault)) = failed {
                        tracing::error!(%fault, "a closed dispute could not be erased; it is tried again in an hour");
                    }
                    put_off(service, id, HOUR).await?;
                }
            }
        }
        if erased > 0 {
            tracing::info!(erased, "closed disputes were erased: they were kept for six months");
        }
        if waiting > 0 {
            tracing::error!(
                waiting,
                most = MOST_IN_A_DAY,
                "more disputes than a day may erase are past their time; they wait until tomorrow: look whether the clock is right"
            );
        }
        Ok(())
    }

    /// Whether one more may go today.
    fn may(&mut self, now: Instant) -> bool {
        if self.since.is_none_or(|since| now.seconds_since(since) >= DAY) {
            (self.since, self.count) = (Some(now), 0);
        }
        self.count = self.count.saturating_add(1);
        self.count <= MOST_IN_A_DAY
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_has_room_for_so_many_and_the_next_one_again() {
        let mut eraser = Eraser::default();
        let noon = Instant::parse("2027-05-29T12:00:00Z").unwrap();
        let passed = (0..MOST_IN_A_DAY + 10).filter(|_| eraser.may(noon.plus_seconds(5))).count();
        assert_eq!(passed, MOST_IN_A_DAY as usize);
        assert!(!eraser.may(noon.plus_seconds(DAY)));
        assert!(eraser.may(noon.plus_seconds(DAY + 5)));
    }
}
