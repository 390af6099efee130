//! A held mail as it was received, to be read once more.

use super::super::mail::Incoming;
use crate::authenticate::Verdict;
use crate::domain::{Digest, HeldReason};
use crate::letter::{Exhibits, Letter};
use crate::reader::Readers;
use crate::store::{HeldLetter, LetterNumber, Store, StoreError};

/// A held mail as it was received.
pub struct Raw {
    /// Which it is, and why it waits.
    pub held: HeldLetter,
    /// Its bytes.
    pub bytes: Vec<u8>,
    verdict: Verdict,
}

impl Raw {
    /// The held mail `number`, with what authentication said of it when it came; `None` if it is held no longer or its bytes are gone.
    pub async fn of(store: &Store, number: LetterNumber) -> Result<Option<Self>, StoreError> {
        let (Some(held), Some(bytes)) = (store.held_one(number).await?, store.raw(number).await?) else { return Ok(None) };
        let verdict = store.note(number).await?.and_then(|note| serde_json::from_str(&note.verdict).ok());
        Ok(Some(Self { held, bytes, verdict: verdict.unwrap_or_else(Verdict::unknown) }))
    }

    /// The mail as a worker reads it now. Of one that is too large, or over which a reader died, no more than the head is read.
    pub async fn read(self, readers: &Readers) -> Incoming {
        let letter = match self.held.reason {
            HeldReason::TooLarge => readers.read_head(&self.bytes, usize::MAX).await,
            HeldReason::Unreadable => readers.read_head(&self.bytes, self.bytes.len()).await,
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
        let Self { held, bytes, verdict } = self;
        Incoming { number: held.number, mailbox: held.mailbox, digest: Digest::of(&bytes), received: held.received, letter, verdict, exhibits, owned: None }
    }
}

/// A mail is somebody's: its bytes never appear in a log by accident.
impl std::fmt::Debug for Raw {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Raw(mail {}, {} bytes)", self.held.number, self.bytes.len())
    }
}
