//! Disputes: saved whole and sealed, found by identity or reference, erased by destroying their key.

use super::later::Write;
use super::people::traces;
use super::question::Question;
use super::seal::{DataKey, Place, Sealer};
use super::{DisputeSummary, Result, Standing, Store, StoreError, Work, bytes, dispute_id, instant, number, sql, step, text};
use crate::domain::{Dispute, DisputeId, Instant, Reference};
use sqlx::any::AnyRow;
use sqlx::{AnyConnection, Row};

const SEALED: &str = "disputes.sealed";
/// What is erased of a dispute besides itself.
const ERASED: [&str; 14] = [
    sql::ERASE_CHALLENGES,
    sql::ERASE_GUESSES,
    sql::ERASE_GUESSES_ABOUT,
    sql::ERASE_ORDERS,
    sql::ERASE_ORDERS_ABOUT,
    sql::ERASE_KEY,
    sql::ERASE_PEOPLE,
    sql::ERASE_SEATS,
    sql::ERASE_CONTACTS,
    sql::ERASE_HEARD,
    sql::ERASE_LETTER_BYTES,
    sql::ERASE_LETTERS,
    sql::ERASE_OUTBOX_BYTES,
    sql::ERASE_OUTBOX,
];

impl Work {
    /// The dispute; `None` if there is none, or if it was erased.
    pub async fn dispute(&mut self, id: DisputeId) -> Result<Option<Dispute>> {
        let Some(row) = self.ask_one(whole(id)).await? else { return Ok(None) };
        let inner = self.inner();
        let Some((dispute, key)) = opened(&inner.sealer, id, &row)? else { return Ok(None) };
        self.note_people(id, traces(&dispute));
        self.note_loaded(id, number(&row, 1)?);
        self.note_key(id, key);
        Ok(Some(dispute))
    }

    /// The dispute with that reference, also a closed or erased one.
    pub async fn by_reference(&mut self, reference: &Reference) -> Result<Option<DisputeId>> {
        self.ask_one(by_reference(reference)).await?.map(|row| dispute_id(&row, 0)).transpose()
    }

    /// Makes sure that no dispute has `reference`; a new one can then be saved with it without asking again.
    pub async fn is_unused(&mut self, reference: &Reference) -> Result<bool> {
        self.foresee_answers(vec![by_reference(reference)]).await?;
        Ok(self.by_reference(reference).await?.is_none())
    }

    /// Saves the dispute whole: version 1 is new, any other replaces the version before it, with its participants' addresses and tokens and its wake time.
    /// A journal entry for this version must follow before the commit.
    ///
    /// Errors: [`StoreError::Stale`] if another version stands there, [`StoreError::ReferenceTaken`] if a new dispute's reference is in use.
    pub async fn save(&mut self, dispute: &Dispute) -> Result<()> {
        let version = i64::try_from(dispute.version).map_err(|_| StoreError::Stale)?;
        let key = if version == 1 { self.inner().sealer.fresh_key() } else { self.key(dispute.id).await? };
        let json = zeroize::Zeroizing::new(serde_json::to_vec(dispute).map_err(|_| StoreError::damaged(SEALED, "(writing)"))?);
        let sealed = self.inner().sealer.seal(&key, &Place::of(SEALED, Some(dispute.id), &[version]), &json)?;
        let standing = if dispute.is_closed() { Standing::Closed } else { Standing::Open };
        let wake = if standing == Standing::Open { dispute.wakes() } else { dispute.kept_until() }.map(Instant::micros);
        let state = super::plain("state's name", &dispute.state)?;
        let write = if version == 1 {
            let insert = Write::new(sql::DISPUTE_INSERT).bind(dispute.id.hex()).bind(dispute.reference.as_str());
            insert.bind(standing.name()).bind(state).bind(version).bind(dispute.opened.micros()).bind(wake).bind(sealed)
        } else {
            let update = Write::new(sql::DISPUTE_UPDATE).bind(standing.name()).bind(state).bind(version).bind(wake).bind(sealed);
            update.bind(dispute.id.hex()).bind(version.saturating_sub(1))
        };
        // What was looked up here stands as it was found: on SQLite nobody else writes meanwhile, and PostgreSQL executes it at once.
        let is_sure = match version {
            1 => self.foreseen.is_known_empty(&by_reference(&dispute.reference)),
            _ => self.stands(dispute.id) == version.checked_sub(1),
        };
        if is_sure {
            self.later(write.or(StoreError::Stale)).await?;
        } else if self.write(write).await? != 1 {
            let taken = version == 1 && self.by_reference(&dispute.reference).await?.is_some_and(|other| other != dispute.id);
            return Err(if taken { StoreError::ReferenceTaken } else { StoreError::Stale });
        }
        if version == 1 {
            let wrapped = self.inner().sealer.wrap_key(dispute.id, &key)?;
            self.later(Write::new(sql::KEY_INSERT).bind(dispute.id.hex()).bind(wrapped)).await?;
            self.note_key(dispute.id, key);
            self.tallies.opens();
            self.note_head(dispute.id, 0, super::journal::first(dispute.id));
        }
        self.save_people(dispute).await?;
        self.note_saved(dispute.id, version);
        Ok(())
    }

    /// Puts off the wake time of a dispute whose clock could not be dealt with, so that it does not stand before the others.
    /// The next `save` sets it anew.
    pub async fn postpone(&mut self, id: DisputeId, until: Instant) -> Result<()> {
        sqlx::query(sql::DISPUTE_POSTPONE).bind(until.micros()).bind(id.hex()).execute(self.connection().await?).await?;
        Ok(())
    }
}

impl Store {
    /// The dispute; `None` if there is none, or if it was erased.
    pub async fn dispute(&self, id: DisputeId) -> Result<Option<Dispute>> {
        load(&mut *self.reading().await?, self.sealer(), id).await
    }

    /// The dispute with that reference, also a closed or erased one.
    pub async fn by_reference(&self, reference: &Reference) -> Result<Option<DisputeId>> {
        let row = sqlx::query(sql::DISPUTE_BY_REFERENCE).bind(reference.as_str()).fetch_optional(&mut *self.reading().await?).await?;
        row.map(|row| dispute_id(&row, 0)).transpose()
    }

    /// The youngest disputes of that standing, at most `limit`.
    pub async fn list(&self, standing: Standing, limit: u32) -> Result<Vec<DisputeSummary>> {
        let rows = sqlx::query(sql::DISPUTES).bind(standing.name()).bind(i64::from(limit)).fetch_all(&mut *self.reading().await?).await?;
        rows.iter()
            .map(|row| {
                Ok(DisputeSummary {
                    id: dispute_id(row, 0)?,
                    reference: Reference::parse(&text(row, 1)?).map_err(|_| StoreError::damaged("disputes.reference", ""))?,
                    standing: Standing::parse(&text(row, 2)?).ok_or_else(|| StoreError::damaged("disputes.standing", ""))?,
                    state: text(row, 3)?,
                    opened: instant(row, 4)?,
                    wake: row.try_get::<Option<i64>, _>(5)?.map(Instant::from_micros),
                })
            })
            .collect()
    }

    /// Open disputes in the order in which they were opened, at most `limit`, each with when it was: those after `after`, or from the first on.
    pub async fn open_after(&self, after: Option<(Instant, DisputeId)>, limit: u32) -> Result<Vec<(Instant, DisputeId)>> {
        let (opened, id) = after.map_or((i64::MIN, String::new()), |(opened, id)| (opened.micros(), id.hex()));
        let query = sqlx::query(sql::DISPUTES_OPEN).bind(opened).bind(opened).bind(id).bind(i64::from(limit));
        let rows = query.fetch_all(&mut *self.reading().await?).await?;
        rows.iter().map(|row| Ok((instant(row, 1)?, dispute_id(row, 0)?))).collect()
    }

    /// Destroys the key of a dispute, and with it everything that was said in it, also in backups that do not hold the key.
    /// Its mails' bytes, its letters and the keyed hashes of its people go too; its reference and the chain of its journal stay and still verify.
    ///
    /// Errors: [`StoreError::NoDispute`] if there is none, or if it was erased before.
    pub async fn erase(&self, id: DisputeId) -> Result<()> {
        let mut work = self.begin().await?;
        let erased = sqlx::query(sql::ERASE_DISPUTE).bind(id.hex()).execute(work.connection().await?).await?.rows_affected();
        if erased != 1 {
            return Err(StoreError::NoDispute);
        }
        for statement in ERASED {
            sqlx::query(statement).bind(id.hex()).execute(work.connection().await?).await?;
        }
        step("erase");
        work.commit().await?;
        step("erase committed");
        if self.inner.kind == super::Kind::Sqlite {
            // The key must not stay readable in the write-ahead log. A reader that is busy just now only puts this off to the next checkpoint.
            sqlx::query("PRAGMA wal_checkpoint(TRUNCATE)").fetch_all(&self.inner.writer).await?;
        }
        Ok(())
    }
}

/// See [`Work::dispute`].
pub(super) fn whole(id: DisputeId) -> Question {
    Question::new(sql::DISPUTE).bind(id.hex())
}

/// See [`Work::by_reference`].
pub(super) fn by_reference(reference: &Reference) -> Question {
    Question::new(sql::DISPUTE_BY_REFERENCE).bind(reference.as_str())
}

/// Reads and opens one dispute.
pub(super) async fn load(connection: &mut AnyConnection, sealer: &Sealer, id: DisputeId) -> Result<Option<Dispute>> {
    let Some(row) = sqlx::query(sql::DISPUTE).bind(id.hex()).fetch_optional(connection).await? else { return Ok(None) };
    Ok(opened(sealer, id, &row)?.map(|(dispute, _)| dispute))
}

/// The dispute in `row`, and its key.
fn opened(sealer: &Sealer, id: DisputeId, row: &AnyRow) -> Result<Option<(Dispute, DataKey)>> {
    let Some(sealed) = row.try_get::<Option<Vec<u8>>, _>(0)? else { return Ok(None) };
    let key = sealer.unwrap_key(id, &bytes(row, 2)?)?;
    let json = key.open(&Place::of(SEALED, Some(id), &[number(row, 1)?]), &sealed)?;
    let dispute = serde_json::from_slice(&json).map_err(|_| StoreError::damaged(SEALED, "(reading)"))?;
    Ok(Some((dispute, key)))
}
