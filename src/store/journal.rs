//! The journal of a dispute: a hash chain over sealed entries, only ever added to.

use super::later::Write;
use super::question::Question;
use super::seal::{DataKey, Place, Sealer};
use super::{JournalEntry, Recorded, Result, Store, StoreError, Verified, Work, bytes, dispute_id, number, sql, text};
use crate::domain::DisputeId;
use sqlx::AnyConnection;

const SEALED: &str = "journal.sealed";
/// How many rows are read at once when everything is gone through.
const PAGE: i64 = 500;

impl Work {
    /// Adds an entry to the dispute's journal; it stands for the version that was saved last.
    ///
    /// Errors: [`StoreError::NoDispute`] if the dispute was never saved or is erased, [`StoreError::Stale`], at the commit at the latest, if another
    /// unit of work added an entry meanwhile.
    pub async fn journal(&mut self, dispute: DisputeId, entry: &JournalEntry) -> Result<()> {
        let id = dispute.hex();
        let version = match self.saved(dispute) {
            Some(version) => version,
            None => {
                let row = sqlx::query(sql::DISPUTE_VERSION).bind(id.as_str()).fetch_optional(self.connection().await?).await?.ok_or(StoreError::NoDispute)?;
                number(&row, 0)?
            }
        };
        let key = self.key(dispute).await?;
        let (last, prev) = match self.head(dispute) {
            Some(head) => head,
            None => {
                let row = self.ask_one(head_of(dispute)).await?;
                row.map_or(Ok((0, first(dispute))), |row| Ok::<_, StoreError>((number(&row, 0)?, bytes(&row, 1)?)))?
            }
        };
        let seq = last.saturating_add(1);
        let json = serde_json::to_vec(entry).map_err(|_| StoreError::damaged(SEALED, "(writing)"))?;
        let inner = self.inner();
        let sealed = inner.sealer.seal(&key, &Place::of(SEALED, Some(dispute), &[seq, version]), &json)?;
        let hash = inner.sealer.chain(dispute, seq, version, &prev, &sealed);
        let moved = match last {
            0 => Write::new(sql::JOURNAL_HEAD_INSERT).bind(id.as_str()).bind(version).bind(hash.clone()),
            _ => Write::new(sql::JOURNAL_HEAD_MOVE).bind(seq).bind(version).bind(hash.clone()).bind(id.as_str()).bind(last),
        };
        self.later(moved.or(StoreError::Stale)).await?;
        self.later(Write::new(sql::JOURNAL_INSERT).bind(id).bind(seq).bind(version).bind(prev).bind(sealed).bind(hash.clone())).await?;
        self.note_head(dispute, seq, hash);
        self.note_journaled(dispute, version);
        Ok(())
    }

    /// What happened in a dispute so far, in order: its journal, which [`Store::verify`] proves.
    ///
    /// Errors: [`StoreError::NoDispute`] where there is none any more, [`StoreError::Damaged`] if an entry does not open.
    pub async fn happened(&mut self, dispute: DisputeId) -> Result<Vec<JournalEntry>> {
        let key = self.key(dispute).await?;
        let inner = self.inner();
        let mut walk = Walk::new(dispute);
        let mut happened = Vec::new();
        loop {
            let page = walk.page(self.connection().await?, &inner.sealer, Some(&key)).await?;
            if page.is_empty() {
                return Ok(happened);
            }
            for recorded in page {
                happened.push(recorded.entry.ok_or_else(|| StoreError::damaged(SEALED, recorded.seq))?);
            }
        }
    }
}

impl Store {
    /// The whole journal of a dispute, in order, each entry with whether the chain holds there.
    pub async fn journal(&self, dispute: DisputeId) -> Result<Vec<Recorded>> {
        let mut connection = self.snapshot().await?;
        let key = key(&mut connection, self.sealer(), dispute).await?;
        let mut walk = Walk::new(dispute);
        let mut entries = Vec::new();
        loop {
            let page = walk.page(&mut connection, self.sealer(), key.as_ref()).await?;
            if page.is_empty() {
                return Ok(entries);
            }
            entries.extend(page);
        }
    }

    /// Goes through every chain: each hash, each link, the end of each chain, and that each entry opens unless its dispute was erased.
    pub async fn verify(&self) -> Result<Verified> {
        let mut connection = self.snapshot().await?;
        let mut verified = Verified::default();
        let mut after = String::new();
        loop {
            let disputes = sqlx::query(sql::DISPUTES_AFTER).bind(after.as_str()).bind(PAGE).fetch_all(&mut *connection).await?;
            let Some(last) = disputes.last() else { return Ok(verified) };
            after = text(last, 0)?;
            for row in &disputes {
                let erased = text(row, 1)? == "erased";
                verified.disputes = verified.disputes.saturating_add(1);
                verify_one(&mut connection, self.sealer(), dispute_id(row, 0)?, erased, &mut verified).await?;
            }
        }
    }
}

async fn verify_one(connection: &mut AnyConnection, sealer: &Sealer, dispute: DisputeId, erased: bool, verified: &mut Verified) -> Result<()> {
    let name = dispute.hex();
    let key = match key(connection, sealer, dispute).await {
        Ok(key) => key,
        Err(StoreError::Damaged(_)) => None,
        Err(error) => return Err(error),
    };
    if key.is_none() && !erased {
        verified.faults.push(format!("Dispute {name}: its key is missing or damaged, and it was not erased."));
    }
    let mut walk = Walk::new(dispute);
    loop {
        let page = walk.page(connection, sealer, key.as_ref()).await?;
        if page.is_empty() {
            break;
        }
        for entry in page {
            verified.entries = verified.entries.saturating_add(1);
            if !entry.sound {
                verified.faults.push(format!("Dispute {name}: the chain of its journal is broken at entry {}.", entry.seq));
            } else if key.is_some() && entry.entry.is_none() {
                verified.faults.push(format!("Dispute {name}: entry {} of its journal does not open.", entry.seq));
            }
        }
    }
    let head = sqlx::query(sql::JOURNAL_HEAD).bind(name.as_str()).fetch_optional(connection).await?;
    let head = head.map(|row| Ok::<_, StoreError>((number(&row, 0)?, bytes(&row, 1)?))).transpose()?;
    if head.is_none_or(|(seq, hash)| seq != walk.seq || hash != walk.hash) {
        verified.faults.push(format!("Dispute {name}: its journal does not end where it should; entries were removed or added."));
    }
    Ok(())
}

/// Goes along one chain, a page at a time.
struct Walk {
    dispute: DisputeId,
    seq: i64,
    hash: Vec<u8>,
}

impl Walk {
    fn new(dispute: DisputeId) -> Self {
        Self { dispute, seq: 0, hash: first(dispute) }
    }

    async fn page(&mut self, connection: &mut AnyConnection, sealer: &Sealer, key: Option<&DataKey>) -> Result<Vec<Recorded>> {
        let query = sqlx::query(sql::JOURNAL_AFTER).bind(self.dispute.hex()).bind(self.seq).bind(PAGE);
        let mut page = Vec::new();
        for row in query.fetch_all(connection).await? {
            let (seq, version, prev, sealed, hash) = (number(&row, 0)?, number(&row, 1)?, bytes(&row, 2)?, bytes(&row, 3)?, bytes(&row, 4)?);
            let follows = self.seq.checked_add(1) == Some(seq) && prev == self.hash;
            let sound = follows && hash == sealer.chain(self.dispute, seq, version, &prev, &sealed);
            let opened = key.and_then(|key| key.open(&Place::of(SEALED, Some(self.dispute), &[seq, version]), &sealed).ok());
            let entry = opened.and_then(|json| serde_json::from_slice(&json).ok());
            page.push(Recorded { seq: u64::try_from(seq).unwrap_or(0), version: u64::try_from(version).unwrap_or(0), entry, sound });
            self.seq = seq;
            self.hash = hash;
        }
        Ok(page)
    }
}

/// Where the journal of `dispute` ends.
pub(super) fn head_of(dispute: DisputeId) -> Question {
    Question::new(sql::JOURNAL_HEAD).bind(dispute.hex())
}

/// What stands before the first entry.
pub(super) fn first(dispute: DisputeId) -> Vec<u8> {
    dispute.bytes().to_vec()
}

async fn key(connection: &mut AnyConnection, sealer: &Sealer, dispute: DisputeId) -> Result<Option<DataKey>> {
    let row = sqlx::query(sql::KEY).bind(dispute.hex()).fetch_optional(connection).await?;
    row.map(|row| sealer.unwrap_key(dispute, &bytes(&row, 0)?)).transpose()
}
