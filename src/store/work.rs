//! A unit of work: one write transaction that commits a whole decision or nothing.

use super::error::StoreError;
use super::later::{Write, alone, together};
use super::promise::Promises;
use super::question::{Foreseen, Question, answers};
use super::seal::{DataKey, Sealer};
use super::tallies::Tallies;
use super::{Inner, Kind, OutboxId, Result, bytes, sql};
use crate::domain::{Digest, DisputeId, Role};
use sqlx::any::AnyRow;
use sqlx::{Any, AnyConnection, AnyPool, Executor, Transaction};
use std::collections::{HashMap, HashSet};
use std::sync::Arc;

/// More writes than these do not wait: their values are in memory.
const MOST_LATER: usize = 48;
const SAVEPOINT: &str = "SAVEPOINT mark";
const RELEASE: &str = "RELEASE SAVEPOINT mark";

/// One write transaction. It reads its own writes; dropped without [`Work::commit`], it is rolled back.
pub struct Work {
    transaction: Transaction<'static, Any>,
    inner: Arc<Inner>,
    /// What was written and is not on its way yet: it goes before whatever is read, and before the commit.
    later: Vec<Write>,
    pub(super) foreseen: Foreseen,
    ledger: Ledger,
    mark: Option<Ledger>,
    /// Of one that is for many: what must hold at the commit.
    promises: Option<Promises>,
    keys: HashMap<DisputeId, DataKey>,
    outbox: Option<i64>,
    claimed: HashSet<OutboxId>,
    /// Statements that wrote something.
    written: usize,
    pub(super) tallies: Tallies,
}

/// What this unit of work must still hold when it commits: every saved version has its entry in the journal.
#[derive(Debug, Clone, Default)]
struct Ledger {
    saved: HashMap<DisputeId, i64>,
    journaled: HashMap<DisputeId, i64>,
    enqueued: Vec<(Role, String)>,
    /// How the rows of a dispute's people stand, as it was loaded or saved here.
    people: HashMap<DisputeId, Digest>,
    /// The end of a dispute's journal: number and hash of its last entry.
    heads: HashMap<DisputeId, (i64, Vec<u8>)>,
    /// Versions of disputes as they stood when they were loaded.
    loaded: HashMap<DisputeId, i64>,
}

impl Work {
    /// One that only reads, beside the writer: writing in it is an error.
    pub(super) async fn glance(inner: Arc<Inner>) -> Result<Work> {
        let statement = match inner.kind {
            Kind::Sqlite => "BEGIN",
            Kind::Postgres => "BEGIN READ ONLY",
        };
        Self::open(inner.reader.clone(), statement, inner).await
    }

    pub(super) async fn begin(inner: Arc<Inner>) -> Result<Work> {
        let statement = match inner.kind {
            Kind::Sqlite => "BEGIN IMMEDIATE",
            Kind::Postgres => "BEGIN",
        };
        Self::open(inner.writer.clone(), statement, inner).await
    }

    /// Begun in a task of its own: dropping the caller while `BEGIN` is on its way would leave the connection in a transaction (sqlx 0.9).
    async fn open(pool: AnyPool, statement: &'static str, inner: Arc<Inner>) -> Result<Work> {
        inner.in_place()?;
        let begun = tokio::spawn(async move {
            let transaction = pool.begin_with(statement).await?;
            Ok(Work {
                transaction,
                inner,
                later: Vec::new(),
                foreseen: Foreseen::default(),
                ledger: Ledger::default(),
                mark: None,
                promises: None,
                keys: HashMap::new(),
                outbox: None,
                claimed: HashSet::new(),
                written: 0,
                tallies: Tallies::default(),
            })
        });
        begun.await.map_err(|_| StoreError::Unreachable("the connection was closed".to_owned()))?
    }

    /// Commits everything. Runs in a task of its own: once called, it finishes even if the caller is dropped.
    ///
    /// An error of [`StoreError::is_passing`]'s kind leaves it unknown whether the commit happened where the connection broke on the way;
    /// every step of the service is written so that doing it again is harmless.
    pub async fn commit(mut self) -> Result<()> {
        for (dispute, version) in &self.ledger.saved {
            if self.ledger.journaled.get(dispute) != Some(version) {
                return Err(StoreError::Unjournaled);
            }
        }
        let committed = tokio::spawn(async move {
            self.connection().await?;
            if !self.promises.take().unwrap_or_default().are_kept().await {
                return Err(StoreError::Unkept);
            }
            self.inner.in_place()?;
            self.transaction.commit().await?;
            self.inner.log.grew_by(self.written);
            Ok(())
        });
        committed.await.map_err(|_| StoreError::Unreachable("the connection was closed".to_owned()))?
    }

    /// It is for many mails of which each will most probably be settled: [`Work::promise`] looks into things beside it, and there is no way back for one of
    /// them alone, which would cost every one of them. Where that is wanted, the answer is [`StoreError::Unkept`]: drop the whole, and take each by itself.
    pub fn for_many(mut self) -> Self {
        self.promises = Some(Promises::default());
        self
    }

    /// Sees to it that nothing is committed unless `holds` says so: at once, or, in one that is [for many](Work::for_many), by the commit at the latest.
    ///
    /// # Errors
    /// What `holds` says, where it is asked at once.
    pub fn promise<E>(&mut self, holds: impl FnOnce() -> std::result::Result<(), E> + Send + 'static) -> std::result::Result<(), E> {
        match &mut self.promises {
            Some(promises) => promises.add(|| holds().is_ok()),
            None => holds()?,
        }
        Ok(())
    }

    /// Marks a point to go back to, e.g. before a mail. There is one mark at a time; in one that is for many there is none.
    pub async fn savepoint(&mut self) -> Result<()> {
        self.release_savepoint().await?;
        if self.promises.is_none() {
            self.later(Write::new(SAVEPOINT)).await?;
            self.mark = Some(self.ledger.clone());
        }
        Ok(())
    }

    /// Undoes everything since the mark and forgets the mark. Without a mark, nothing happens. Not for after an error of the database's, which may be about
    /// what was written before the mark: then drop the whole.
    ///
    /// An error means that the whole unit of work is lost (a full disk makes SQLite end the transaction; one for many has no way back): drop it and do nothing
    /// more with it.
    pub async fn rollback_to_savepoint(&mut self) -> Result<()> {
        if self.promises.is_some() {
            return Err(StoreError::Unkept);
        }
        if let Some(ledger) = self.mark.take() {
            self.foreseen.forget_all();
            match self.later.iter().rposition(|write| write.is(SAVEPOINT)) {
                Some(mark) => self.later.truncate(mark),
                None => {
                    self.later.clear();
                    self.transaction.execute("ROLLBACK TO SAVEPOINT mark").await?;
                    self.transaction.execute(RELEASE).await?;
                }
            }
            self.ledger = ledger;
            // A key that was made since the mark is gone from the database too.
            self.keys.clear();
        }
        Ok(())
    }

    /// Keeps everything since the mark and forgets the mark. Without a mark, nothing happens.
    pub async fn release_savepoint(&mut self) -> Result<()> {
        if self.mark.take().is_some() {
            match self.later.iter().rposition(|write| write.is(SAVEPOINT)) {
                // Everything since then is still here, and goes to the database with it or not at all.
                Some(mark) => drop(self.later.remove(mark)),
                None => self.later(Write::new(RELEASE)).await?,
            }
        }
        Ok(())
    }

    /// Writes when something is read next, or at the commit, which then may fail for it; at once where that would save no way there and back.
    pub(super) async fn later(&mut self, write: Write) -> Result<()> {
        self.foreseen.forget(&write);
        self.written = self.written.saturating_add(1);
        match self.inner.kind {
            Kind::Sqlite => self.later.push(write),
            Kind::Postgres => alone(&mut self.transaction, write).await.map(|_| ())?,
        }
        if self.later.len() >= MOST_LATER { self.reading().await.map(|_| ()) } else { Ok(()) }
    }

    /// Writes now, after all that waits; says how many rows this changed.
    pub(super) async fn write(&mut self, write: Write) -> Result<u64> {
        self.foreseen.forget(&write);
        self.written = self.written.saturating_add(1);
        if self.later.is_empty() {
            return alone(&mut self.transaction, write).await;
        }
        let mut writes = std::mem::take(&mut self.later);
        writes.push(write);
        together(&mut self.transaction, writes).await
    }

    /// The connection, all that was written being there, for whatever may be done with it.
    pub(super) async fn connection(&mut self) -> Result<&mut AnyConnection> {
        self.foreseen.forget_all();
        self.reading().await
    }

    /// The same, for reading alone.
    pub(super) async fn reading(&mut self) -> Result<&mut AnyConnection> {
        if !self.later.is_empty() {
            together(&mut self.transaction, std::mem::take(&mut self.later)).await?;
        }
        Ok(&mut self.transaction)
    }

    pub(super) fn inner(&self) -> Arc<Inner> {
        self.inner.clone()
    }

    /// The connection and the sealer at once.
    pub(super) async fn parts(&mut self) -> Result<(&mut AnyConnection, &Sealer)> {
        self.connection().await?;
        Ok((&mut self.transaction, &self.inner.sealer))
    }

    /// A number for the next row of the outbox: chance where this unit of work begins, then upwards, so that rows keep the order they were decided in.
    pub(super) fn next_outbox(&mut self) -> i64 {
        const ROOM: i64 = 1 << 32;
        let number = match self.outbox {
            Some(last) => last.saturating_add(1),
            None => self.inner.sealer.fresh_number().clamp(1, i64::MAX - ROOM),
        };
        self.outbox = Some(number);
        number
    }

    /// The letters that this unit of work put into the outbox so far, by their names, and to whom.
    pub fn enqueued(&self) -> &[(Role, String)] {
        &self.ledger.enqueued
    }

    pub(super) fn note_enqueued(&mut self, to: Role, letter: &str) {
        self.ledger.enqueued.push((to, letter.to_owned()));
    }

    /// This unit of work claimed that letter.
    pub(super) fn note_claimed(&mut self, letter: OutboxId) {
        self.claimed.insert(letter);
    }

    /// Whether it did, and nobody else can have the letter before the commit.
    pub(super) fn is_claimed(&self, letter: OutboxId) -> bool {
        self.claimed.contains(&letter)
    }

    pub(super) fn note_saved(&mut self, dispute: DisputeId, version: i64) {
        self.ledger.saved.insert(dispute, version);
    }

    /// The version of `dispute` that was saved here.
    pub(super) fn saved(&self, dispute: DisputeId) -> Option<i64> {
        self.ledger.saved.get(&dispute).copied()
    }

    /// The version of `dispute` that surely stands in the database: on SQLite nobody else writes meanwhile.
    pub(super) fn stands(&self, dispute: DisputeId) -> Option<i64> {
        self.saved(dispute).or_else(|| self.ledger.loaded.get(&dispute).copied())
    }

    pub(super) fn note_loaded(&mut self, dispute: DisputeId, version: i64) {
        self.ledger.loaded.insert(dispute, version);
    }

    /// How the rows of the people of `dispute` stand; gives how they stood as far as this unit of work knew.
    pub(super) fn note_people(&mut self, dispute: DisputeId, traces: Digest) -> Option<Digest> {
        self.ledger.people.insert(dispute, traces)
    }

    /// Where the journal of `dispute` ends, if this unit of work wrote or began it.
    pub(super) fn head(&self, dispute: DisputeId) -> Option<(i64, Vec<u8>)> {
        self.ledger.heads.get(&dispute).cloned()
    }

    pub(super) fn note_head(&mut self, dispute: DisputeId, seq: i64, hash: Vec<u8>) {
        self.ledger.heads.insert(dispute, (seq, hash));
    }

    pub(super) fn note_journaled(&mut self, dispute: DisputeId, version: i64) {
        self.ledger.journaled.insert(dispute, version);
    }

    pub(super) fn note_key(&mut self, dispute: DisputeId, key: DataKey) {
        self.keys.insert(dispute, key);
    }

    /// The key of `dispute`; [`StoreError::NoDispute`] where there is none any more.
    pub(super) async fn key(&mut self, dispute: DisputeId) -> Result<DataKey> {
        if let Some(key) = self.keys.get(&dispute) {
            return Ok(key.clone());
        }
        let row = self.ask_one(Question::new(sql::KEY).bind(dispute.hex())).await?.ok_or(StoreError::NoDispute)?;
        let key = self.inner.sealer.unwrap_key(dispute, &bytes(&row, 0)?)?;
        self.keys.insert(dispute, key.clone());
        Ok(key)
    }

    /// The key of what belongs to `owner`, or to no dispute.
    pub(super) async fn key_of(&mut self, owner: Option<DisputeId>) -> Result<DataKey> {
        match owner {
            Some(dispute) => self.key(dispute).await,
            None => Ok(self.inner.sealer.intake.clone()),
        }
    }

    /// The rows that answer `question`.
    pub(super) async fn ask(&mut self, question: Question) -> Result<Vec<AnyRow>> {
        if let Some(rows) = self.foreseen.answer(&question) {
            return Ok(rows.clone());
        }
        Ok(answers(self.reading().await?, vec![question]).await?.pop().unwrap_or_default())
    }

    /// The first of them.
    pub(super) async fn ask_one(&mut self, question: Question) -> Result<Option<AnyRow>> {
        Ok(self.ask(question).await?.into_iter().next())
    }

    /// The row that a question is answered with that always has one, e.g. how many there are.
    pub(super) async fn ask_sure(&mut self, question: Question) -> Result<AnyRow> {
        Ok(self.ask_one(question).await?.ok_or(sqlx::Error::RowNotFound)?)
    }

    /// What two statements give, the first of which may write.
    pub(super) async fn taken(&mut self, [first, second]: [Question; 2]) -> Result<[Vec<AnyRow>; 2]> {
        let kind = self.inner.kind;
        let connection = self.connection().await?;
        let mut rows = match kind {
            Kind::Sqlite => answers(connection, vec![first, second]).await?,
            Kind::Postgres => {
                let first = answers(&mut *connection, vec![first]).await?;
                first.into_iter().chain(answers(connection, vec![second]).await?).collect()
            }
        };
        let second = rows.pop().unwrap_or_default();
        Ok([rows.pop().unwrap_or_default(), second])
    }

    /// Asks at once what will be asked one by one; on PostgreSQL nothing is gained by it.
    pub(super) async fn foresee_answers(&mut self, questions: Vec<Question>) -> Result<()> {
        if self.inner.kind == Kind::Postgres {
            return Ok(());
        }
        let mut open: Vec<Question> = Vec::with_capacity(questions.len());
        for question in questions {
            if self.foreseen.answer(&question).is_none() && !open.contains(&question) {
                open.push(question);
            }
        }
        if open.is_empty() {
            return Ok(());
        }
        let rows = answers(self.reading().await?, open.clone()).await?;
        self.foreseen.learn(open.into_iter().zip(rows));
        Ok(())
    }
}

impl std::fmt::Debug for Work {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Work(…)")
    }
}
