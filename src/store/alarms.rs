//! What the health of the service is told from, and what its operator was told of it.

use super::later::Write;
use super::people::address_index;
use super::seal::Sealer;
use super::{Result, Store, Work, instant, number, sql, text};
use crate::domain::{Address, Instant, hex};
use sqlx::Row;

/// What the store says of the health of the service.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Vitals {
    /// Mails that wait for a person.
    pub held: u64,
    /// Letters by state, those that are delivered left out.
    pub letters: Vec<(&'static str, u32)>,
    /// Since when the oldest of those letters may leave that may now: since it was decided, or since it may once more.
    pub letter_due: Option<Instant>,
    /// The earliest time at which a clock has something to say.
    pub clock_due: Option<Instant>,
}

/// What the operator was told last.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ToldAlarm {
    /// Nobody told yet that it is over.
    pub ringing: bool,
    /// Since when something was wrong.
    pub since: Instant,
    /// When the operator was told of it.
    pub told: Instant,
}

impl Store {
    /// Looks how the service is.
    pub async fn vitals(&self, now: Instant) -> Result<Vitals> {
        let (letters, clock_due) = (self.outbox_counts().await?, self.next_wake().await?);
        let mut connection = self.reading().await?;
        let held = number(&sqlx::query(sql::VITALS_HELD).fetch_one(&mut *connection).await?, 0)?;
        let due = sqlx::query(sql::VITALS_LETTER).bind(now.micros()).fetch_one(&mut *connection).await?;
        let letter_due = due.try_get::<Option<i64>, _>(0)?.map(Instant::from_micros);
        Ok(Vitals { held: u64::try_from(held).unwrap_or(0), letters, letter_due, clock_due })
    }

    /// What the operator was told last by that node.
    pub async fn alarm(&self, node: &str) -> Result<Option<ToldAlarm>> {
        let row = sqlx::query(sql::ALARM).bind(node).fetch_optional(&mut *self.reading().await?).await?;
        row.map(|row| Ok(ToldAlarm { ringing: text(&row, 0)? == "ringing", since: instant(&row, 1)?, told: instant(&row, 2)? })).transpose()
    }
}

/// Under which name it is remembered whether a registrar's address takes letters.
fn reach(sealer: &Sealer, registrar: &Address) -> String {
    format!("registrar {}", hex(&address_index(sealer, registrar)))
}

const UNREACHABLE: &str = "unreachable";
const REACHED: &str = "reached";

impl Store {
    /// Whether the last that was heard of that registrar's address is that it takes no letters.
    pub async fn is_unreachable(&self, registrar: &Address) -> Result<bool> {
        Ok(self.recall(&reach(self.sealer(), registrar)).await?.as_deref() == Some(UNREACHABLE))
    }

    /// A letter to that registrar was taken.
    pub async fn reached(&self, registrar: &Address) -> Result<()> {
        if self.is_unreachable(registrar).await? {
            self.remember(&reach(self.sealer(), registrar), REACHED).await?;
        }
        Ok(())
    }
}

impl Work {
    /// Notes that a registrar's address takes no letters. If one of them told that something is wrong with the service, nobody was told.
    pub async fn unreachable(&mut self, registrar: &Address, now: Instant) -> Result<()> {
        let name = reach(&self.inner().sealer, registrar);
        self.later(Write::new(sql::META_REPLACE).bind(name).bind(UNREACHABLE)).await?;
        self.later(Write::new(sql::ALARM_UNTELL).bind(now.micros())).await
    }

    /// See [`Store::is_unreachable`].
    pub async fn is_unreachable(&mut self, registrar: &Address) -> Result<bool> {
        let name = reach(&self.inner().sealer, registrar);
        let row = sqlx::query(sql::META).bind(name).fetch_optional(self.connection().await?).await?;
        Ok(row.map(|row| text(&row, 0)).transpose()?.as_deref() == Some(UNREACHABLE))
    }

    /// Notes that the operator is told now of what is wrong `since` then. `false` if it was told already, and not yet that it is over.
    pub async fn ring(&mut self, node: &str, since: Instant, now: Instant) -> Result<bool> {
        let query = sqlx::query(sql::ALARM_RING).bind(node).bind(since.micros()).bind(now.micros());
        Ok(query.execute(self.connection().await?).await?.rows_affected() == 1)
    }

    /// Notes that the operator is told now that it is over. `false` if nothing was.
    pub async fn end_alarm(&mut self, node: &str, now: Instant) -> Result<bool> {
        let query = sqlx::query(sql::ALARM_END).bind(node).bind(now.micros());
        Ok(query.execute(self.connection().await?).await?.rows_affected() == 1)
    }
}
