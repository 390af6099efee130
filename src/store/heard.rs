//! What was said on which channel of a dispute, sealed: kept so that nothing of it can leave on another one.

use super::later::Write;
use super::question::Question;
use super::seal::Place;
use super::{LetterNumber, Result, StoreError, Work, bytes, number, sql, text};
use crate::domain::{Channel, Digest, DisputeId};

const SEALED: &str = "heard.sealed";

impl Work {
    /// Keeps `words`, a digest of what the mail `letter` said on `channel`. A mail that was held and is released is kept on the channel on which it is heard then. The dispute must have been saved.
    pub async fn hear(&mut self, dispute: DisputeId, letter: LetterNumber, channel: Channel, words: &[u8]) -> Result<()> {
        let key = self.key(dispute).await?;
        let sealed = self.inner().sealer.seal(&key, &Place::of(SEALED, Some(dispute), &[letter.0]), words)?;
        self.later(Write::new(sql::HEARD_ADD).bind(dispute.hex()).bind(letter.0).bind(channel.name()).bind(sealed)).await
    }

    /// What the mail of that digest said in `dispute` was said on `channel`: it has reached those who read it.
    pub async fn heard_on(&mut self, dispute: DisputeId, mail: Digest, channel: Channel) -> Result<()> {
        let fingerprint = self.inner().sealer.index("letter", mail.as_bytes());
        self.later(Write::new(sql::HEARD_BY_ALL).bind(channel.name()).bind(dispute.hex()).bind(fingerprint)).await
    }

    /// What the mail `letter` said in `from` was said in `to`, on the same channel.
    pub(super) async fn move_heard(&mut self, letter: LetterNumber, from: DisputeId, to: DisputeId) -> Result<()> {
        let found = sqlx::query(sql::HEARD_ONE).bind(from.hex()).bind(letter.0).fetch_optional(self.connection().await?).await?;
        let Some(row) = found else { return Ok(()) };
        let channel = Channel::parse(&text(&row, 0)?).ok_or_else(|| StoreError::damaged("heard.channel", ""))?;
        let words = self.key(from).await?.open(&Place::of(SEALED, Some(from), &[letter.0]), &bytes(&row, 1)?)?;
        self.hear(to, letter, channel, &words).await?;
        sqlx::query(sql::HEARD_DELETE).bind(from.hex()).bind(letter.0).execute(self.connection().await?).await?;
        Ok(())
    }

    /// What was said in `dispute` so far, in the order in which the mails came.
    pub async fn heard(&mut self, dispute: DisputeId) -> Result<Vec<(Channel, Vec<u8>)>> {
        let rows = self.ask(in_dispute(dispute)).await?;
        if rows.is_empty() {
            return Ok(Vec::new());
        }
        let key = self.key(dispute).await?;
        rows.iter()
            .map(|row| {
                let channel = Channel::parse(&text(row, 1)?).ok_or_else(|| StoreError::damaged("heard.channel", ""))?;
                let words = key.open(&Place::of(SEALED, Some(dispute), &[number(row, 0)?]), &bytes(row, 2)?)?;
                Ok((channel, words.to_vec()))
            })
            .collect()
    }
}

/// See [`Work::heard`].
pub(super) fn in_dispute(dispute: DisputeId) -> Question {
    Question::new(sql::HEARD).bind(dispute.hex())
}
