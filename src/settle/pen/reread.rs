//! A mail as it was received, to be read once more.

use super::super::mail::Incoming;
use crate::authenticate::Verdict;
use crate::domain::{Digest, HeldReason, Instant};
use crate::letter::{Exhibits, Letter};
use crate::reader::Readers;
use crate::store::{LetterNumber, Store, StoreError};

/// A mail as it was received.
pub struct Raw {
    number: LetterNumber,
    mailbox: String,
    received: Instant,
    /// Why it waits, if it does.
    held: Option<HeldReason>,
    /// Its bytes.
    pub bytes: Vec<u8>,
    verdict: Verdict,
}

impl Raw {
    /// The held mail `number`, with what authentication said of it when it came; `None` if it is held no longer or its bytes are gone.
    pub async fn of(store: &Store, number: LetterNumber) -> Result<Option<Self>, StoreError> {
        let Some(held) = store.held_one(number).await? else { return Ok(None) };
        Self::kept(store, number, (held.mailbox, held.received), Some(held.reason)).await
    }

    /// The mail `number`, which may be settled long since, with what authentication said of it when it came; `None` if there is no such mail or its bytes are
    /// gone.
    pub async fn settled(store: &Store, number: LetterNumber) -> Result<Option<Self>, StoreError> {
        let Some(seen) = store.sighted(number).await? else { return Ok(None) };
        let held = store.held_one(number).await?.map(|held| held.reason);
        Self::kept(store, number, seen, held).await
    }

    async fn kept(store: &Store, number: LetterNumber, seen: (String, Instant), held: Option<HeldReason>) -> Result<Option<Self>, StoreError> {
        let Some(bytes) = store.raw(number).await? else { return Ok(None) };
        let verdict = store.note(number).await?.and_then(|note| serde_json::from_str(&note.verdict).ok());
        let (mailbox, received) = seen;
        Ok(Some(Self { number, mailbox, received, held, bytes, verdict: verdict.unwrap_or_else(Verdict::unknown) }))
    }

    /// The mail as a worker reads it now. Of one that is too large, or over which a reader died, no more than the head is read.
    pub async fn read(self, readers: &Readers) -> Incoming {
        let letter = match self.held {
            Some(HeldReason::TooLarge) => readers.read_head(&self.bytes, usize::MAX).await,
            Some(HeldReason::Unreadable) => readers.read_head(&self.bytes, self.bytes.len()).await,
            _ => readers.read(&self.bytes).await,
        };
        let letter = letter.ok();
        // A worker that dies over the attachments keeps nobody's words back.
        let exhibits = match letter.as_ref().is_some_and(Letter::may_offer) {
            true => readers.exhibits(&self.bytes).await.unwrap_or_default(),
            false => Exhibits::default(),
        };
        self.as_read(letter, exhibits)
    }

    /// The mail, in which `letter` was read, and what of its attachments may be told to others.
    pub fn as_read(self, letter: Option<Letter>, exhibits: Exhibits) -> Incoming {
        let Self { number, mailbox, received, held: _, bytes, verdict } = self;
        Incoming { number, mailbox, digest: Digest::of(&bytes), received, letter, verdict, exhibits, owned: None }
    }
}

/// A mail is somebody's: its bytes never appear in a log by accident.
impl std::fmt::Debug for Raw {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Raw(mail {}, {} bytes)", self.number, self.bytes.len())
    }
}
