//! What a clock leaves behind that was ahead for a while and was set right: times so far in the future that nobody would see to them.

use super::later::Write;
use super::{Result, Store, sql};
use crate::domain::Instant;
use sqlx::Row;

/// From when on a time cannot have been meant.
#[derive(Debug, Clone, Copy)]
pub struct Farthest {
    /// For a letter, which waits for its next attempt or for a limit.
    pub letter: Instant,
    /// For a letter of many things, which registrars and mediators have on working days.
    pub digest: Instant,
}

impl Store {
    /// Letters that are due later than `farthest` are due `now`, limits that hold back until then end, and the letters of the morning are due at `morning`.
    /// Says how many there were.
    pub async fn bring_back(&self, farthest: Farthest, morning: Instant, now: Instant) -> Result<u64> {
        let mut work = self.begin().await?;
        let mut found = 0_u64;
        let nobody: Vec<u8> = Vec::new();
        for write in [
            Write::new(sql::OUTBOX_BRING_BACK).bind(now.micros()).bind(farthest.letter.micros()),
            Write::new(sql::BRAKES_BRING_BACK).bind(now.micros()).bind(farthest.letter.micros()).bind(nobody),
            Write::new(sql::DIGESTS_BRING_BACK).bind(morning.micros()).bind(farthest.digest.micros()),
        ] {
            found = found.saturating_add(work.write(write).await?);
        }
        work.commit().await?;
        Ok(found)
    }

    /// When the mail was settled that came last of those that are; a time that is still to come says that the clock was ahead then, or is behind now.
    pub async fn last_settled(&self) -> Result<Option<Instant>> {
        let row = sqlx::query(sql::LAST_SETTLED).fetch_optional(&mut *self.reading().await?).await?;
        Ok(row.map(|row| row.try_get::<i64, _>(0)).transpose()?.map(Instant::from_micros))
    }
}
