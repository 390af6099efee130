//! When mediators are told in the morning of what waits for them, and in which disputes somebody mediates.

use super::later::Write;
use super::{Result, Store, Work, dispute_id, sql};
use crate::domain::{DisputeId, Instant};
use sqlx::Row;

impl Work {
    /// The mediators are told at `when`, unless they are told earlier.
    pub async fn morning_at(&mut self, when: Instant) -> Result<()> {
        self.later(Write::new(sql::MORNING_SET).bind(when.micros())).await
    }

    /// Takes over that the mediators are told now, if it is time to: no other node does.
    pub async fn take_morning(&mut self, now: Instant) -> Result<bool> {
        Ok(sqlx::query(sql::MORNING_TAKE).bind(now.micros()).execute(self.connection().await?).await?.rows_affected() == 1)
    }

    /// Open disputes that have a mediator, in the order of their identities: those after `after`, at most `limit`.
    pub async fn mediated(&mut self, after: Option<DisputeId>, limit: u32) -> Result<Vec<DisputeId>> {
        let after = after.map(DisputeId::hex).unwrap_or_default();
        let rows = sqlx::query(sql::MEDIATED).bind(after).bind(i64::from(limit)).fetch_all(self.connection().await?).await?;
        rows.iter().map(|row| dispute_id(row, 0)).collect()
    }
}

impl Store {
    /// When the mediators are told next.
    pub async fn morning_due(&self) -> Result<Option<Instant>> {
        let row = sqlx::query(sql::MORNING_DUE).fetch_one(&mut *self.reading().await?).await?;
        Ok(row.try_get::<Option<i64>, _>(0)?.map(Instant::from_micros))
    }
}
