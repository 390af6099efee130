//! Mail that came in: received before anything is parsed, filed away only after it was settled.

use super::later::Write;
use super::pack::{Pack, Packed, Packing, packs};
use super::seal::{DataKey, Place, Sealer};
use super::{Arrival, Filed, HeldLetter, LetterNumber, Note, Receipt, ReceiptState, Result, Sighted, Store, StoreError, Unsettled, Work};
use super::{bytes, count, instant, number, optional_dispute, plain, sql, text};
use crate::domain::{DisputeId, HeldReason, Instant, MailOutcome, Reference};
use sqlx::any::AnyRow;
use sqlx::{AnyConnection, Row};
use std::collections::{HashMap, HashSet};

/// Their key, wrapped.
pub(super) const RAW_KEY: &str = "letter_bytes.wrapped";
/// The operator's note about a mail.
pub(super) const NOTE: &str = "letters.note";
/// How many UIDs or fingerprints one statement asks for.
const TOGETHER: usize = 16;

impl Store {
    /// Takes in a group of mails in one commit, before anything is parsed: bytes, digest, where each was seen, and one more attempt for each that is not settled.
    ///
    /// Receipts stand in the order of `arrivals`. Doing it again with the same mails counts one more attempt and changes nothing else.
    pub async fn receive(&self, arrivals: &[Arrival]) -> Result<Vec<Receipt>> {
        self.receive_each(None, arrivals, packs(self.sealer(), arrivals)).await
    }

    /// The same of mails that were made ready, and in the same commit, before it, the note that others were filed away. Gives each with its receipt.
    pub async fn receive_after(&self, filed: Option<&Filed>, packed: Packed) -> Result<Vec<(Arrival, Receipt)>> {
        let Packed { arrivals, packs } = packed;
        let receipts = self.receive_each(filed, &arrivals, packs).await?;
        Ok(arrivals.into_iter().zip(receipts).collect())
    }

    async fn receive_each(&self, filed: Option<&Filed>, arrivals: &[Arrival], packs: Vec<Pack>) -> Result<Vec<Receipt>> {
        let mut work = self.begin().await?;
        if let Some(filed) = filed {
            work.note_filed(filed).await?;
        }
        let most = i64::try_from(arrivals.len()).unwrap_or(i64::MAX);
        // On PostgreSQL this row lock also lets one node after the other look for copies.
        let last = number(&sqlx::query(sql::NUMBERS).bind("letter").bind(most).fetch_one(work.connection().await?).await?, 0)?;
        let known = known(work.connection().await?, &packs).await?;
        let mut intake = Intake { next: last.saturating_sub(most), known, group: HashSet::new(), work };
        let mut receipts = Vec::with_capacity(arrivals.len());
        for (arrival, pack) in arrivals.iter().zip(packs) {
            receipts.push(intake.take(arrival, pack).await?);
        }
        intake.work.commit().await?;
        Ok(receipts)
    }

    /// The bytes of a mail as they were fetched; `None` if there is no such mail, or if its dispute was erased.
    pub async fn raw(&self, letter: LetterNumber) -> Result<Option<Vec<u8>>> {
        let Some(row) = sqlx::query(sql::LETTER_BYTES).bind(letter.0).fetch_optional(&mut *self.reading().await?).await? else { return Ok(None) };
        let owner = optional_dispute(&row, 0)?;
        let sealer = self.sealer();
        let key = match owner {
            None => sealer.intake.open_key(&Place::of(RAW_KEY, None, &[letter.0]), &bytes(&row, 1)?)?,
            Some(dispute) => sealer.unwrap_key(dispute, &bytes(&row, 3)?)?.open_key(&Place::of(RAW_KEY, owner, &[letter.0]), &bytes(&row, 1)?)?,
        };
        let packing = Packing::parse(&text(&row, 4)?).ok_or_else(|| StoreError::damaged("letter_bytes.packing", letter))?;
        let packed = key.open(&Place::of(packing.field(), None, &[letter.0]), &bytes(&row, 2)?)?;
        packing.unpack(packed.to_vec(), usize::try_from(number(&row, 5)?).unwrap_or_default()).map(Some)
    }

    /// Mails that were received and not settled, at most `limit`, oldest first: after a crash, what was in hand.
    pub async fn unsettled(&self, limit: u32) -> Result<Vec<Unsettled>> {
        let rows = sqlx::query(sql::LETTERS_UNSETTLED).bind(i64::from(limit)).fetch_all(&mut *self.reading().await?).await?;
        rows.iter().map(|row| Ok(Unsettled { letter: LetterNumber(number(row, 0)?), attempts: count(row, 1)? })).collect()
    }

    /// In which mailbox a mail was seen first, and when that mailbox's server received it.
    pub async fn sighted(&self, letter: LetterNumber) -> Result<Option<(String, Instant)>> {
        let row = sqlx::query(sql::LETTER_SIGHTED).bind(letter.0).fetch_optional(&mut *self.reading().await?).await?;
        row.map(|row| Ok((text(&row, 0)?, instant(&row, 1)?))).transpose()
    }

    /// Counts one more attempt for each of `letters` that is not settled, in one commit, before it is read again from the store. Settled ones are left out.
    pub async fn attempt(&self, letters: &[LetterNumber]) -> Result<Vec<Unsettled>> {
        let mut work = self.begin().await?;
        let mut counted = Vec::with_capacity(letters.len());
        for letter in letters {
            let row = sqlx::query(sql::LETTER_ATTEMPT).bind(letter.0).fetch_optional(work.connection().await?).await?;
            if let Some(row) = row {
                counted.push(Unsettled { letter: *letter, attempts: count(&row, 0)? });
            }
        }
        work.commit().await?;
        Ok(counted)
    }

    /// Notes that these mails were filed away. A mail that is not settled is not noted. Says how many were.
    pub async fn filed(&self, filed: &Filed) -> Result<u64> {
        let mut work = self.begin().await?;
        let noted = work.note_filed(filed).await?;
        work.commit().await?;
        Ok(noted)
    }

    /// What is known of these UIDs of a folder; unknown ones are left out.
    pub async fn sighting_state(&self, mailbox: &str, uid_validity: u32, uids: &[u32]) -> Result<Vec<(u32, Sighted)>> {
        let mut connection = self.reading().await?;
        let mut known = Vec::new();
        for chunk in uids.chunks(TOGETHER) {
            let mut query = sqlx::query(sql::SIGHTINGS_STATE).bind(mailbox).bind(i64::from(uid_validity));
            for place in 0..TOGETHER {
                query = query.bind(chunk.get(place).map_or(-1, |uid| i64::from(*uid)));
            }
            for row in query.fetch_all(&mut *connection).await? {
                let uid = u32::try_from(number(&row, 0)?).map_err(|_| StoreError::damaged("sightings.uid", ""))?;
                let copy = number(&row, 3)? == 1;
                let outcome: Option<String> = row.try_get(4)?;
                let settled = outcome.map(|outcome| outcome_of(&outcome, copy)).transpose()?;
                known.push((uid, Sighted { letter: LetterNumber(number(&row, 1)?), settled, filed: text(&row, 2)? == "filed" }));
            }
        }
        Ok(known)
    }

    /// Mails that wait for a person, at most `limit`, oldest first.
    pub async fn held(&self, limit: u32) -> Result<Vec<HeldLetter>> {
        let mut connection = self.reading().await?;
        let mut held = Vec::new();
        for row in sqlx::query(sql::LETTERS_HELD).bind(i64::from(limit)).fetch_all(&mut *connection).await? {
            held.push(held_letter(&mut connection, &row).await?);
        }
        Ok(held)
    }

    /// The mail of that number, if it waits for a person.
    pub async fn held_one(&self, letter: LetterNumber) -> Result<Option<HeldLetter>> {
        let mut connection = self.reading().await?;
        match sqlx::query(sql::PEN_ONE).bind(letter.0).fetch_optional(&mut *connection).await? {
            Some(row) => held_letter(&mut connection, &row).await.map(Some),
            None => Ok(None),
        }
    }

    /// What the operator reads about a settled mail; `None` if it is not settled or its dispute was erased.
    pub async fn note(&self, letter: LetterNumber) -> Result<Option<Note>> {
        note(&mut *self.reading().await?, self.sealer(), letter).await
    }

    /// The mails of a dispute: number, when received and outcome, oldest first.
    pub async fn letters_of(&self, dispute: DisputeId) -> Result<Vec<(LetterNumber, Instant, MailOutcome)>> {
        let rows = sqlx::query(sql::LETTERS_OF_DISPUTE).bind(dispute.hex()).fetch_all(&mut *self.reading().await?).await?;
        rows.iter().map(|row| Ok((LetterNumber(number(row, 0)?), instant(row, 1)?, outcome_of(&text(row, 2)?, false)?))).collect()
    }
}

impl Work {
    async fn note_filed(&mut self, filed: &Filed) -> Result<u64> {
        let mut noted = 0u64;
        for chunk in filed.uids.chunks(TOGETHER) {
            let mut update = sqlx::query(sql::SIGHTINGS_FILED).bind(filed.at.micros()).bind(filed.mailbox.as_str()).bind(i64::from(filed.uid_validity));
            for place in 0..TOGETHER {
                update = update.bind(chunk.get(place).map_or(-1, |uid| i64::from(*uid)));
            }
            noted = noted.saturating_add(update.execute(self.connection().await?).await?.rows_affected());
        }
        Ok(noted)
    }
}

/// The mails of these fingerprints that were received before.
async fn known(connection: &mut AnyConnection, packs: &[Pack]) -> Result<HashMap<Vec<u8>, Known>> {
    let mut known = HashMap::new();
    for chunk in packs.chunks(TOGETHER) {
        let mut query = sqlx::query(sql::LETTERS_BY_FINGERPRINT);
        for place in 0..TOGETHER {
            query = query.bind(chunk.get(place).map(|pack| pack.fingerprint.as_slice()).unwrap_or_default());
        }
        for row in query.fetch_all(&mut *connection).await? {
            known.insert(bytes(&row, 0)?, Known { letter: number(&row, 1)?, outcome: row.try_get(2)? });
        }
    }
    Ok(known)
}

/// A mail that was received before.
#[derive(Clone)]
struct Known {
    letter: i64,
    outcome: Option<String>,
}

/// One group of mails on its way into the store.
struct Intake {
    /// The number before the next one.
    next: i64,
    /// By fingerprint: mails received before, and earlier ones of this group.
    known: HashMap<Vec<u8>, Known>,
    /// Letters met earlier in this group.
    group: HashSet<i64>,
    work: Work,
}

impl Intake {
    async fn take(&mut self, arrival: &Arrival, pack: Pack) -> Result<Receipt> {
        let digest = pack.digest;
        let Some(Known { letter, outcome }) = self.known.get(&pack.fingerprint).cloned() else {
            let letter = self.keep(arrival, pack).await?;
            self.see(arrival, letter, false).await?;
            self.group.insert(letter);
            return Ok(Receipt { letter: LetterNumber(letter), digest, state: ReceiptState::New { attempts: 1 } });
        };
        let copy = self.is_copy(arrival, letter).await?;
        self.see(arrival, letter, copy).await?;
        let state = match outcome {
            Some(outcome) => ReceiptState::Settled(outcome_of(&outcome, copy)?),
            None if !self.group.insert(letter) => ReceiptState::InHand,
            None => {
                let row = sqlx::query(sql::LETTER_ATTEMPT).bind(letter).fetch_one(self.work.connection().await?).await?;
                ReceiptState::New { attempts: count(&row, 0)? }
            }
        };
        Ok(Receipt { letter: LetterNumber(letter), digest, state })
    }

    /// A mail that was never seen: its bytes are packed and sealed under a key of their own, wrapped by the intake key until its dispute is known.
    async fn keep(&mut self, arrival: &Arrival, pack: Pack) -> Result<i64> {
        self.next = self.next.saturating_add(1);
        let (letter, inner) = (self.next, self.work.inner());
        let sealer = &inner.sealer;
        let key: DataKey = sealer.fresh_key();
        let Pack { fingerprint, packing, packed, .. } = pack;
        let sealed = sealer.seal(&key, &Place::of(packing.field(), None, &[letter]), packed.as_deref().unwrap_or(&arrival.bytes))?;
        let wrapped = sealer.seal(&sealer.intake, &Place::of(RAW_KEY, None, &[letter]), key.bytes())?;
        let size = i64::try_from(arrival.bytes.len()).unwrap_or(i64::MAX);
        self.known.insert(fingerprint.clone(), Known { letter, outcome: None });
        let insert = Write::new(sql::LETTER_INSERT).bind(letter).bind(fingerprint).bind(arrival.received.micros()).bind(size).bind(wrapped);
        self.work.later(insert).await?;
        self.work.later(Write::new(sql::LETTER_BYTES_INSERT).bind(letter).bind(sealed).bind(packing.name())).await?;
        Ok(letter)
    }

    /// Whether these bytes lie somewhere else already. The same folder under another UIDVALIDITY is the same mail, renumbered (RFC 9051 §2.3.1.1).
    async fn is_copy(&mut self, arrival: &Arrival, letter: i64) -> Result<bool> {
        let (uid_validity, uid) = (i64::from(arrival.uid_validity), i64::from(arrival.uid));
        let query = sqlx::query(sql::SIGHTING).bind(arrival.mailbox.as_str()).bind(uid_validity).bind(uid);
        if let Some(row) = query.fetch_optional(self.work.connection().await?).await?
            && number(&row, 0)? == letter
        {
            return Ok(number(&row, 1)? == 1);
        }
        let query = sqlx::query(sql::SIGHTINGS_ELSEWHERE).bind(letter).bind(arrival.mailbox.as_str()).bind(uid_validity);
        Ok(number(&query.fetch_one(self.work.connection().await?).await?, 0)? > 0)
    }

    /// Notes where the mail lies. Seen again, it is not filed any more: it lies there.
    async fn see(&mut self, arrival: &Arrival, letter: i64, copy: bool) -> Result<()> {
        let save = Write::new(sql::SIGHTING_SAVE).bind(plain("mailbox's name", &arrival.mailbox)?).bind(i64::from(arrival.uid_validity));
        self.work.later(save.bind(i64::from(arrival.uid)).bind(letter).bind(i64::from(copy))).await
    }
}

async fn held_letter(connection: &mut AnyConnection, row: &AnyRow) -> Result<HeldLetter> {
    let letter = number(row, 0)?;
    let mailbox = sqlx::query(sql::SIGHTING_MAILBOX).bind(letter).fetch_optional(connection).await?;
    let reference: Option<String> = row.try_get(3)?;
    Ok(HeldLetter {
        number: LetterNumber(letter),
        reason: HeldReason::parse(&text(row, 1)?).ok_or_else(|| StoreError::damaged("letters.held", letter))?,
        received: instant(row, 2)?,
        mailbox: mailbox.map_or(Ok(String::new()), |row| text(&row, 0))?,
        dispute: reference.and_then(|reference| Reference::parse(&reference).ok()),
    })
}

/// Reads and opens the note about a settled mail.
pub(super) async fn note(connection: &mut AnyConnection, sealer: &Sealer, letter: LetterNumber) -> Result<Option<Note>> {
    let row = sqlx::query(sql::LETTER_NOTE).bind(letter.0).fetch_optional(connection).await?.ok_or(StoreError::NoLetter(letter.0))?;
    let Some(sealed) = row.try_get::<Option<Vec<u8>>, _>(0)? else { return Ok(None) };
    let owner = optional_dispute(&row, 1)?;
    let key = match owner {
        None => sealer.intake.clone(),
        Some(dispute) => sealer.unwrap_key(dispute, &bytes(&row, 2)?)?,
    };
    let json = key.open(&Place::of(NOTE, owner, &[letter.0]), &sealed)?;
    serde_json::from_slice(&json).map(Some).map_err(|_| StoreError::damaged(NOTE, letter))
}

/// An outcome in a row; a second copy of a settled mail is a duplicate.
pub(super) fn outcome_of(name: &str, copy: bool) -> Result<MailOutcome> {
    if copy {
        return Ok(MailOutcome::Duplicate);
    }
    MailOutcome::parse(name).ok_or_else(|| StoreError::damaged("letters.outcome", ""))
}
