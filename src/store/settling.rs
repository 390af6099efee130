//! Settling a mail: its one outcome, and the key of its bytes handed over to its dispute.

use super::intake::{NOTE, RAW_KEY, note, outcome_of};
use super::later::Write;
use super::people::address_index;
use super::question::Question;
use super::seal::{DataKey, Place, Sealer};
use super::{Copy, LetterNumber, Note, Result, Settlement, StoreError, Work, bytes, dispute_id, instant, number, optional_dispute, sql, text};
use crate::domain::{Address, Digest, DisputeId, Instant, MailOutcome, MessageId};
use sqlx::Row;
use sqlx::any::AnyRow;

/// Most earlier copies that are looked at, and most disputes that one Message-ID may lead to.
const MOST_COPIES: i64 = 20;

impl Work {
    /// Gives a received mail its outcome.
    ///
    /// Errors: [`StoreError::Settled`] if it has one, [`StoreError::NoLetter`] if there is no such mail, [`StoreError::NoDispute`] if its dispute has no key.
    pub async fn settle(&mut self, letter: LetterNumber, settled: &Settlement, now: Instant) -> Result<()> {
        self.settle_as(letter, settled, now, false).await
    }

    /// Gives a held mail another outcome, after a person looked at it (released, discarded or held for another reason). A received mail is settled too.
    pub async fn resettle(&mut self, letter: LetterNumber, settled: &Settlement, now: Instant) -> Result<()> {
        self.settle_as(letter, settled, now, true).await?;
        if settled.outcome.is_held() { Ok(()) } else { self.leave_pen(letter).await }
    }

    async fn settle_as(&mut self, letter: LetterNumber, settled: &Settlement, now: Instant, held_too: bool) -> Result<()> {
        let inner = self.inner();
        let sealer = &inner.sealer;
        let row = self.ask_one(kept(letter)).await?.ok_or(StoreError::NoLetter(letter.0))?;
        if text(&row, 2)? != "received" && !(held_too && row.try_get::<Option<String>, _>(3)?.is_some()) {
            return Err(StoreError::Settled(letter.0));
        }
        let before = optional_dispute(&row, 0)?;
        // What once belongs to a dispute stays with it, unless a person says that it belongs to another.
        let owner = settled.dispute.or(before);
        let key = self.key_of(owner).await?;
        let mut raw_key: Option<Vec<u8>> = row.try_get(1)?;
        if let (Some(wrapped), true) = (&raw_key, before != owner) {
            let earlier = self.key_of(before).await?;
            raw_key = Some(handed_over(sealer, letter, wrapped, (before, &earlier), (owner, &key))?);
        }
        let note = Note { verdict: settled.verdict.clone(), because: settled.because.clone() };
        let json = serde_json::to_vec(&note).map_err(|_| StoreError::damaged(NOTE, "(writing)"))?;
        let sealed = sealer.seal(&key, &Place::of(NOTE, owner, &[letter.0]), &json)?;
        let held = match settled.outcome {
            MailOutcome::Held(reason) => Some(reason.name()),
            _ => None,
        };
        let write = Write::new(sql::LETTER_SETTLE)
            .bind(settled.outcome.name())
            .bind(held)
            .bind(owner.map(DisputeId::hex))
            .bind(settled.sender.as_ref().map(|sender| address_index(sealer, sender)))
            .bind(settled.message_id.as_ref().map(|id| received_id_index(sealer, id)))
            .bind(settled.body.as_ref().map(|body| body_index(sealer, body)))
            .bind(sealed)
            .bind(now.micros())
            .bind(raw_key)
            .bind(letter.0)
            .bind(i64::from(held_too));
        self.later(write.or(StoreError::Settled(letter.0))).await
    }

    /// Gives a settled mail of `from`, which is not held, to `to`: its bytes' key, its note and what it said are sealed anew for that one, so that erasing
    /// either dispute neither destroys nor keeps anything of the other. `false`, and nothing is changed, if it is no such mail of `from`.
    pub async fn move_letter(&mut self, letter: LetterNumber, from: DisputeId, to: DisputeId, outcome: MailOutcome, because: &str) -> Result<bool> {
        let inner = self.inner();
        let sealer = &inner.sealer;
        let Some(row) = self.ask_one(kept(letter)).await? else { return Ok(false) };
        if optional_dispute(&row, 0)? != Some(from) {
            return Ok(false);
        }
        let (earlier, key) = (self.key(from).await?, self.key(to).await?);
        let wrapped: Option<Vec<u8>> = row.try_get(1)?;
        let raw_key = wrapped.map(|wrapped| handed_over(sealer, letter, &wrapped, (Some(from), &earlier), (Some(to), &key))).transpose()?;
        let verdict = note(self.connection().await?, sealer, letter).await?.map(|note| note.verdict).unwrap_or_default();
        let note = Note { verdict, because: because.to_owned() };
        let json = serde_json::to_vec(&note).map_err(|_| StoreError::damaged(NOTE, "(writing)"))?;
        let sealed = sealer.seal(&key, &Place::of(NOTE, Some(to), &[letter.0]), &json)?;
        let update = sqlx::query(sql::LETTER_MOVE).bind(to.hex()).bind(outcome.name()).bind(sealed).bind(raw_key).bind(letter.0).bind(from.hex());
        if update.execute(self.connection().await?).await?.rows_affected() != 1 {
            return Ok(false);
        }
        self.move_heard(letter, from, to).await?;
        Ok(true)
    }

    /// Earlier settled mails of that sender with that text, youngest first, at most 20.
    pub async fn copies(&mut self, sender: &Address, body: &Digest, message_id: Option<&MessageId>) -> Result<Vec<Copy>> {
        let inner = self.inner();
        let wanted = message_id.map(|id| received_id_index(&inner.sealer, id));
        let rows = self.ask(copies_of(&inner.sealer, sender, body)).await?;
        rows.iter()
            .map(|row| {
                let message_id: Option<Vec<u8>> = row.try_get(1)?;
                Ok(Copy {
                    letter: LetterNumber(number(row, 0)?),
                    message_id_same: message_id.is_some() && message_id == wanted,
                    received: instant(row, 2)?,
                    dispute: optional_dispute(row, 3)?,
                    outcome: outcome_of(&text(row, 4)?, false)?,
                })
            })
            .collect()
    }

    /// The disputes that a received mail with that Message-ID belongs to. Whoever wrote it chose it: only for a known sender, and never a key.
    pub async fn by_received_message_id(&mut self, message_id: &MessageId) -> Result<Vec<DisputeId>> {
        let question = received_with(&self.inner().sealer, message_id);
        self.ask(question).await?.iter().map(|row| dispute_id(row, 0)).collect()
    }

    /// The dispute that a settled mail belongs to.
    pub async fn dispute_of(&mut self, letter: LetterNumber) -> Result<Option<DisputeId>> {
        let row = sqlx::query(sql::LETTER_DISPUTE).bind(letter.0).fetch_optional(self.connection().await?).await?;
        Ok(row.as_ref().map(|row| optional_dispute(row, 0)).transpose()?.flatten())
    }
}

/// The key of a mail's bytes, wrapped anew under that of its dispute: with that one, the bytes are erased too.
fn handed_over(
    sealer: &Sealer,
    letter: LetterNumber,
    wrapped: &[u8],
    (before, earlier): (Option<DisputeId>, &DataKey),
    (owner, key): (Option<DisputeId>, &DataKey),
) -> Result<Vec<u8>> {
    let raw_key = earlier.open_key(&Place::of(RAW_KEY, before, &[letter.0]), wrapped)?;
    sealer.seal(key, &Place::of(RAW_KEY, owner, &[letter.0]), raw_key.bytes())
}

/// What wraps the key of a mail's bytes: that of its dispute, wrapped in the third column of `row`, or the intake key.
pub(super) fn kept_under(sealer: &Sealer, owner: Option<DisputeId>, row: &AnyRow) -> Result<DataKey> {
    match owner {
        None => Ok(sealer.intake.clone()),
        Some(dispute) => sealer.unwrap_key(dispute, &bytes(row, 2)?),
    }
}

/// How a mail is kept.
pub(super) fn kept(letter: LetterNumber) -> Question {
    Question::new(sql::LETTER_KEY).bind(letter.0)
}

/// See [`Work::copies`].
pub(super) fn copies_of(sealer: &Sealer, sender: &Address, body: &Digest) -> Question {
    Question::new(sql::LETTER_COPIES).bind(address_index(sealer, sender)).bind(body_index(sealer, body)).bind(MOST_COPIES)
}

/// See [`Work::by_received_message_id`].
pub(super) fn received_with(sealer: &Sealer, message_id: &MessageId) -> Question {
    Question::new(sql::LETTERS_BY_MESSAGE_ID).bind(received_id_index(sealer, message_id)).bind(MOST_COPIES)
}

fn received_id_index(sealer: &Sealer, id: &MessageId) -> Vec<u8> {
    sealer.index("received message id", id.as_str().as_bytes())
}

fn body_index(sealer: &Sealer, body: &Digest) -> Vec<u8> {
    sealer.index("body", body.as_bytes())
}
