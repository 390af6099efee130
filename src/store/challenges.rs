//! Questions about who somebody is: whether a held mail, or an address, is theirs. Each is put once, in one letter, and ends once.

use super::outbox::own_id_index;
use super::people::{address_index, role, token_index};
use super::question::Question as Asked;
use super::seal::{Place, Sealer};
use super::{LetterNumber, Result, Store, StoreError, Work, bytes, count, dispute_id, number, sql, text};
use crate::domain::{Address, Channel, DisputeId, Instant, MessageId, Role, Token};
use sqlx::any::AnyRow;

const SEALED: &str = "challenges.sealed";
/// Open questions of one person that are looked at; far fewer can be put.
const MOST_OPEN: i64 = 20;

/// The number of a question.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ChallengeId(pub i64);

/// What a question is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ChallengeKind {
    /// Whether a held mail is the reader's.
    Mail,
    /// Whether letters may go to this address, which is the reader's.
    Address,
    /// Whether the reader wanted letters to go elsewhere.
    Changed,
}

/// How a question ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ChallengeEnd {
    /// Yes, with the code.
    Confirmed,
    /// No, with the code.
    Denied,
}

/// A question as it is put.
pub struct Question<'a> {
    /// Its number, from [`Work::next_challenge`].
    pub id: ChallengeId,
    /// In which dispute.
    pub dispute: DisputeId,
    /// To whom it is about.
    pub role: Role,
    /// The channel of its letter.
    pub channel: Channel,
    /// What it is about.
    pub kind: ChallengeKind,
    /// The held mail that it is about: the registrar is not asked about it as long as this question is open.
    pub held: Option<LetterNumber>,
    /// The address that it is about.
    pub address: &'a Address,
    /// The secret part of its letter's reply address.
    pub token: &'a Token,
    /// The Message-ID of its letter.
    pub letter: &'a MessageId,
    /// Until when it can be answered.
    pub ends: Instant,
    /// What is needed to act on the answer; sealed under the key of the dispute, and erased once the question ended.
    pub content: &'a [u8],
}

/// A question that waits for its answer.
pub struct Challenge {
    /// Its number.
    pub id: ChallengeId,
    /// In which dispute.
    pub dispute: DisputeId,
    /// Whom it is about.
    pub role: Role,
    /// What it is about.
    pub kind: ChallengeKind,
    /// What [`Question::content`] was.
    pub content: Vec<u8>,
}

impl ChallengeKind {
    fn name(self) -> &'static str {
        match self {
            ChallengeKind::Mail => "mail",
            ChallengeKind::Address => "address",
            ChallengeKind::Changed => "changed",
        }
    }

    fn parse(name: &str) -> Option<Self> {
        [ChallengeKind::Mail, ChallengeKind::Address, ChallengeKind::Changed].into_iter().find(|kind| kind.name() == name)
    }
}

impl Work {
    /// The number for a new question.
    pub async fn next_challenge(&mut self) -> Result<ChallengeId> {
        let row = sqlx::query(sql::NUMBERS).bind("challenge").bind(1i64).fetch_one(self.connection().await?).await?;
        number(&row, 0).map(ChallengeId)
    }

    /// Puts a question, beside the letter that asks it. The dispute must have been saved before.
    pub async fn put_challenge(&mut self, question: &Question<'_>, now: Instant) -> Result<()> {
        let key = self.key(question.dispute).await?;
        let (connection, sealer) = self.parts().await?;
        let sealed = sealer.seal(&key, &Place::of(SEALED, Some(question.dispute), &[question.id.0]), question.content)?;
        sqlx::query(sql::CHALLENGE_PUT)
            .bind(question.id.0)
            .bind(question.dispute.hex())
            .bind(question.role.name())
            .bind(question.channel.name())
            .bind(question.kind.name())
            .bind(address_index(sealer, question.address))
            .bind(token_index(sealer, question.token))
            .bind(own_id_index(sealer, question.letter))
            .bind(now.micros())
            .bind(question.ends.micros())
            .bind(sealed)
            .bind(question.held.map(|held| held.0))
            .execute(connection)
            .await?;
        Ok(())
    }

    /// The open question of whose letter `token` is the reply address.
    pub async fn challenge_by_token(&mut self, token: &Token, now: Instant) -> Result<Option<Challenge>> {
        let asked = by_token(&self.inner().sealer, token, now);
        let row = self.ask_one(asked).await?;
        self.open_challenges(row).await.map(|mut found| found.pop())
    }

    /// The open question that the letter with that Message-ID asks.
    pub async fn challenge_by_letter(&mut self, letter: &MessageId, now: Instant) -> Result<Option<Challenge>> {
        let asked = by_letter(&self.inner().sealer, letter, now);
        let row = self.ask_one(asked).await?;
        self.open_challenges(row).await.map(|mut found| found.pop())
    }

    /// The open questions of that kind about one person, oldest first.
    pub async fn challenges(&mut self, dispute: DisputeId, role: Role, kind: ChallengeKind, now: Instant) -> Result<Vec<Challenge>> {
        let query = sqlx::query(sql::CHALLENGES_OPEN).bind(dispute.hex()).bind(role.name()).bind(kind.name()).bind(now.micros()).bind(MOST_OPEN);
        let rows = query.fetch_all(self.connection().await?).await?;
        self.open_challenges(rows).await
    }

    /// How many questions of that kind were put about one person since then, whatever became of them.
    pub async fn challenged(&mut self, dispute: DisputeId, role: Role, kind: ChallengeKind, since: Instant) -> Result<u32> {
        let query = sqlx::query(sql::CHALLENGES_PUT).bind(dispute.hex()).bind(role.name()).bind(kind.name()).bind(since.micros());
        count(&query.fetch_one(self.connection().await?).await?, 0)
    }

    /// How many questions of that kind were put about an address since then, in whatever dispute.
    pub async fn challenged_about(&mut self, address: &Address, kind: ChallengeKind, since: Instant) -> Result<u32> {
        let (connection, sealer) = self.parts().await?;
        let query = sqlx::query(sql::CHALLENGES_ABOUT).bind(address_index(sealer, address)).bind(kind.name()).bind(since.micros());
        count(&query.fetch_one(connection).await?, 0)
    }

    /// Whether that person said that mails from `address` are not theirs.
    pub async fn disowned(&mut self, dispute: DisputeId, role: Role, address: &Address) -> Result<bool> {
        let (connection, sealer) = self.parts().await?;
        let query = sqlx::query(sql::CHALLENGE_DENIED).bind(address_index(sealer, address)).bind(dispute.hex()).bind(role.name());
        Ok(query.fetch_optional(connection).await?.is_some())
    }

    /// Whether that mail still waits for a person.
    pub async fn is_held(&mut self, letter: LetterNumber) -> Result<bool> {
        Ok(sqlx::query(sql::LETTER_HELD).bind(letter.0).fetch_optional(self.connection().await?).await?.is_some())
    }

    /// Ends a question. `false` if it had ended already.
    pub async fn end_challenge(&mut self, id: ChallengeId, end: ChallengeEnd, now: Instant) -> Result<bool> {
        let state = match end {
            ChallengeEnd::Confirmed => "confirmed",
            ChallengeEnd::Denied => "denied",
        };
        let update = sqlx::query(sql::CHALLENGE_END).bind(state).bind(now.micros()).bind(id.0);
        Ok(update.execute(self.connection().await?).await?.rows_affected() == 1)
    }

    async fn open_challenges(&mut self, rows: impl IntoIterator<Item = AnyRow>) -> Result<Vec<Challenge>> {
        let mut found = Vec::new();
        for row in rows {
            let (id, dispute) = (number(&row, 0)?, dispute_id(&row, 1)?);
            let kind = ChallengeKind::parse(&text(&row, 3)?).ok_or_else(|| StoreError::damaged("challenges.kind", id))?;
            let content = self.key(dispute).await?.open(&Place::of(SEALED, Some(dispute), &[id]), &bytes(&row, 4)?)?;
            found.push(Challenge { id: ChallengeId(id), dispute, role: role(&row, 2)?, kind, content: content.to_vec() });
        }
        Ok(found)
    }
}

/// See [`Work::challenge_by_token`].
pub(super) fn by_token(sealer: &Sealer, token: &Token, now: Instant) -> Asked {
    Asked::new(sql::CHALLENGE_BY_TOKEN).bind(token_index(sealer, token)).bind(now.micros())
}

/// See [`Work::challenge_by_letter`].
pub(super) fn by_letter(sealer: &Sealer, letter: &MessageId, now: Instant) -> Asked {
    Asked::new(sql::CHALLENGE_BY_LETTER).bind(own_id_index(sealer, letter)).bind(now.micros())
}

impl Store {
    /// Ends the questions that nobody answered in time. Says how many there were.
    pub async fn lapse(&self, now: Instant) -> Result<u64> {
        let due = sqlx::query(sql::CHALLENGES_DUE).bind(now.micros()).fetch_optional(&mut *self.reading().await?).await?;
        if due.is_none() {
            return Ok(0);
        }
        let mut work = self.begin().await?;
        let lapsed = sqlx::query(sql::CHALLENGES_LAPSE).bind(now.micros()).execute(work.connection().await?).await?.rows_affected();
        work.commit().await?;
        Ok(lapsed)
    }
}
