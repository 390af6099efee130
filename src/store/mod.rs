//! All SQL and all sealing: what the service knows, kept so that a crash loses nothing and a stolen file tells nothing.
//!
//! One writer (SQLite: one writing connection and `BEGIN IMMEDIATE`; PostgreSQL: row locks), several readers. A unit of work is a
//! [`Work`]: it commits a whole decision or nothing. `begin` and `commit` run in tasks of their own, so that a caller that is dropped in the middle
//! of either leaves no connection inside a transaction; a `Work` that is dropped before `commit` is rolled back.
//!
//! `sqlx::Any` carries both databases with one SQL text, because every column is TEXT, BIGINT or BYTEA ([`sql`]).
//! The one exception is the clause with which PostgreSQL skips rows that another node is just claiming.
//!
//! Nothing that a person wrote stands readable in the files: it is sealed ([`seal`]) under the key of its dispute, or under the
//! intake key as long as no dispute is known; addresses, tokens and Message-IDs are found through keyed hashes only.
//! Readable are times, states, outcomes, names of letters and mailboxes, and case references.
//!
//! Order within a unit of work: `save` the dispute, then `journal`, then `enqueue` and `settle`, which are sealed under its key.
//!
//! The table of durable states stands in [`states`]; [`Store::check`] proves that no other combination exists.

mod alarms;
mod brakes;
mod challenges;
mod check;
mod disputes;
mod error;
mod foresee;
mod ground;
mod heard;
mod hold;
mod intake;
mod journal;
mod keys;
mod later;
mod log;
mod merchants;
mod morning;
mod open;
mod outbox;
mod pack;
mod pen;
mod people;
mod promise;
mod question;
mod seal;
mod settling;
mod sql;
pub mod states;
mod step;
mod tallies;
mod times;
mod tokens;
mod types;
mod whole;
mod work;

pub use alarms::{ToldAlarm, Vitals};
pub use brakes::Wait;
pub use challenges::{Challenge, ChallengeEnd, ChallengeId, ChallengeKind, Question};
pub use error::StoreError;
pub use foresee::Outlook;
pub use hold::Hold;
pub use keys::{KeyError, Keys};
pub use merchants::Kept;
pub use pack::Packed;
pub use pen::{PenOrder, Penned, Waiting};
pub use step::step;
pub use times::Farthest;
pub use types::{
    Arrival, Bound, Copy, DisputeSummary, Filed, HeldLetter, JournalEntry, LetterNumber, Note, OutboxId, OutboxRow, OutboxSummary, OwnLetter, Receipt,
    ReceiptState, Recorded, Sent, Settlement, Sighted, Standing, Unsettled, Verified,
};
pub use work::Work;

use crate::domain::{Charter, Digest, DisputeId, Instant, Language};
use ground::Ground;
use log::Log;
use seal::Sealer;
use sqlx::any::AnyRow;
use sqlx::pool::PoolConnection;
use sqlx::{Any, AnyPool, Row, Transaction};
use std::sync::Arc;

/// What every method gives.
pub type Result<T> = std::result::Result<T, StoreError>;

/// The store of one service. Clones share its connections.
#[derive(Clone)]
pub struct Store {
    inner: Arc<Inner>,
}

struct Inner {
    kind: Kind,
    writer: AnyPool,
    reader: AnyPool,
    sealer: Sealer,
    log: Log,
    /// Where its file is, for SQLite.
    url: Option<String>,
    ground: Ground,
}

/// Which database it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Sqlite,
    Postgres,
}

impl Store {
    /// Begins a unit of work: one write transaction, owned by the caller. Never begin a second one while holding one: on SQLite it would wait for the first.
    pub async fn begin(&self) -> Result<Work> {
        Work::begin(self.inner.clone()).await
    }

    /// A unit of work that only reads. It stands beside the writer and waits for nobody; writing in it is an error.
    pub async fn glance(&self) -> Result<Work> {
        Work::glance(self.inner.clone()).await
    }

    /// What was remembered under that name.
    pub async fn recall(&self, name: &str) -> Result<Option<String>> {
        let row = sqlx::query(sql::META).bind(name).fetch_optional(&mut *self.reading().await?).await?;
        row.map(|row| text(&row, 0)).transpose()
    }

    /// Remembers a word of the service's own under that name, in place of the one before.
    pub async fn remember(&self, name: &str, value: &str) -> Result<()> {
        let mut work = self.begin().await?;
        sqlx::query(sql::META_REPLACE).bind(plain("name", name)?).bind(plain("value", value)?).execute(work.connection().await?).await?;
        work.commit().await
    }

    /// The text of the rules with that digest.
    pub async fn rules(&self, digest: &Digest) -> Result<Option<String>> {
        let row = sqlx::query(sql::RULES).bind(digest.hex()).fetch_optional(&mut *self.reading().await?).await?;
        row.map(|row| text(&row, 0)).transpose()
    }

    /// Keeps the text of rules under its digest; once kept it never changes.
    pub async fn keep_rules(&self, digest: &Digest, name: &str, rules: &str) -> Result<()> {
        let mut work = self.begin().await?;
        sqlx::query(sql::RULES_KEEP)
            .bind(digest.hex())
            .bind(plain("rules' name", name)?)
            .bind(plain("rules", rules)?)
            .execute(work.connection().await?)
            .await?;
        work.commit().await
    }

    /// The edition of the charter with that digest; `None` if it was never in force here.
    pub async fn charter(&self, digest: &Digest) -> Result<Option<Charter>> {
        let row = sqlx::query(sql::CHARTER).bind(digest.hex()).fetch_optional(&mut *self.reading().await?).await?;
        let Some(row) = row else { return Ok(None) };
        let kept = Charter::new(text(&row, 0)?, text(&row, 1)?, text(&row, 2)?).ok();
        kept.filter(|charter| charter.edition().digest == *digest).map(Some).ok_or_else(|| StoreError::damaged("charters", digest.hex()))
    }

    /// Which editions of the charter that were ever in force here have a digest that begins with these lower-case hexadecimal digits: two at most,
    /// since one that is not the only one is not named.
    pub async fn charters_beginning(&self, digits: &str) -> Result<Vec<Digest>> {
        let rows = sqlx::query(sql::CHARTERS_FROM).bind(plain("digits", digits)?).fetch_all(&mut *self.reading().await?).await?;
        let digests = rows.iter().map(|row| Digest::parse(&text(row, 0)?).map_err(|_| StoreError::damaged("charters.digest", "")));
        Ok(digests.collect::<Result<Vec<_>>>()?.into_iter().filter(|digest| digest.hex().starts_with(digits)).collect())
    }

    /// Keeps an edition of the charter, for as long as somebody may be asked what was accepted.
    pub async fn keep_charter(&self, charter: &Charter) -> Result<()> {
        let mut work = self.begin().await?;
        let [fr, ar, en] = Language::ALL.map(|language| charter.file(language));
        let query = sqlx::query(sql::CHARTER_KEEP).bind(charter.edition().digest.hex()).bind(plain("charter", fr)?);
        query.bind(plain("charter", ar)?).bind(plain("charter", en)?).execute(work.connection().await?).await?;
        work.commit().await
    }

    /// Disputes whose wake time has come, at most `limit`, oldest first.
    pub async fn due(&self, now: Instant, limit: u32) -> Result<Vec<DisputeId>> {
        let rows = sqlx::query(sql::DISPUTES_DUE).bind(now.micros()).bind(i64::from(limit)).fetch_all(&mut *self.reading().await?).await?;
        rows.iter().map(|row| dispute_id(row, 0)).collect()
    }

    /// The earliest time at which a dispute wakes, or the registrar is to be told of what is held.
    pub async fn next_wake(&self) -> Result<Option<Instant>> {
        let row = sqlx::query(sql::DISPUTES_WAKE).fetch_one(&mut *self.reading().await?).await?;
        let disputes = row.try_get::<Option<i64>, _>(0)?.map(Instant::from_micros);
        Ok(disputes.into_iter().chain(self.digest_due().await?).chain(self.morning_due().await?).min())
    }

    /// Closes every connection, and on SQLite folds the write-ahead log into the file.
    pub async fn close(&self) {
        self.inner.reader.close().await;
        self.inner.writer.close().await;
    }

    async fn reading(&self) -> Result<PoolConnection<Any>> {
        // A connection that is opened anew, on another file beside the old log, would fold that log into it.
        self.inner.in_place()?;
        Ok(self.inner.reader.acquire().await?)
    }

    /// One view of everything, however long it is read and whatever is committed meanwhile. Begun in a task of its own, as a [`Work`] is.
    async fn snapshot(&self) -> Result<Transaction<'static, Any>> {
        self.inner.in_place()?;
        let inner = self.inner.clone();
        let begun = tokio::spawn(async move {
            let statement = match inner.kind {
                Kind::Sqlite => "BEGIN",
                Kind::Postgres => "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY",
            };
            inner.reader.begin_with(statement).await
        });
        Ok(begun.await.map_err(|_| StoreError::Unreachable("the connection was closed".to_owned()))??)
    }

    fn sealer(&self) -> &Sealer {
        &self.inner.sealer
    }
}

impl std::fmt::Debug for Store {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Store({:?})", self.inner.kind)
    }
}

fn text(row: &AnyRow, column: usize) -> Result<String> {
    Ok(row.try_get(column)?)
}

fn number(row: &AnyRow, column: usize) -> Result<i64> {
    Ok(row.try_get(column)?)
}

fn bytes(row: &AnyRow, column: usize) -> Result<Vec<u8>> {
    Ok(row.try_get(column)?)
}

fn count(row: &AnyRow, column: usize) -> Result<u32> {
    Ok(u32::try_from(number(row, column)?).unwrap_or(u32::MAX))
}

fn instant(row: &AnyRow, column: usize) -> Result<Instant> {
    number(row, column).map(Instant::from_micros)
}

fn dispute_id(row: &AnyRow, column: usize) -> Result<DisputeId> {
    DisputeId::parse(&text(row, column)?).ok_or_else(|| StoreError::damaged("a dispute's identity", ""))
}

fn optional_dispute(row: &AnyRow, column: usize) -> Result<Option<DisputeId>> {
    let id: Option<String> = row.try_get(column)?;
    id.map(|id| DisputeId::parse(&id).ok_or_else(|| StoreError::damaged("a dispute's identity", ""))).transpose()
}

/// A text of our own that goes into a TEXT column: PostgreSQL refuses NUL, SQLite would cut the text there.
fn plain<'a>(what: &'static str, text: &'a str) -> Result<&'a str> {
    if text.contains('\0') { Err(StoreError::Nul(what)) } else { Ok(text) }
}

#[cfg(test)]
mod tests;
