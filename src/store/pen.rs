//! Mails that wait for a person: whose they most likely are, what the registrar answered about them, and when the registrar is told of them.

use super::intake::note;
use super::{LetterNumber, Result, Store, StoreError, Work, bytes, instant, number, optional_dispute, sql, text};
use crate::domain::{Digest, DisputeId, HeldReason, Instant, MailOutcome, Reference, Role};
use sqlx::Row;

/// A held mail that the registrar is told of. A stranger's who knows a reference is none of these (THREATS P10), nor is a registrar's answer to such a
/// letter in which no order stands: a program that answers there would be told of itself (THREATS P9).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Penned {
    /// Its number.
    pub number: LetterNumber,
    /// Why it waits.
    pub reason: HeldReason,
    /// When it was received.
    pub received: Instant,
    /// The mailbox in which it was first seen.
    pub mailbox: String,
    /// What tells its bytes from those of any other mail.
    pub identity: Digest,
    /// Whose words it most likely is, in a dispute that is open.
    pub guess: Option<(DisputeId, Reference, Role)>,
    /// The dispute that its bytes are kept with.
    pub kept_with: Option<Reference>,
}

/// A mail that is still held, and that nobody else gives an outcome before this unit of work ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Waiting {
    /// Why it waits.
    pub reason: HeldReason,
    /// The dispute that its bytes are kept with.
    pub dispute: Option<DisputeId>,
    /// When it was received.
    pub received: Instant,
}

/// What is done with a held mail.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PenOrder {
    /// It is heard as that person's words in that dispute.
    Hear(DisputeId, Role),
    /// It is heard as a newcomer's complaint.
    Open,
    /// It is kept with that dispute and changes nothing in it.
    Attach(DisputeId),
    /// It is put aside.
    Discard,
}

impl PenOrder {
    fn columns(self) -> (&'static str, Option<DisputeId>, Option<Role>) {
        match self {
            PenOrder::Hear(dispute, role) => ("release", Some(dispute), Some(role)),
            PenOrder::Open => ("release", None, None),
            PenOrder::Attach(dispute) => ("attach", Some(dispute), None),
            PenOrder::Discard => ("discard", None, None),
        }
    }

    fn parse(verb: &str, dispute: Option<DisputeId>, role: Option<Role>) -> Option<Self> {
        match (verb, dispute, role) {
            ("release", Some(dispute), Some(role)) => Some(PenOrder::Hear(dispute, role)),
            ("release", None, None) => Some(PenOrder::Open),
            ("attach", Some(dispute), None) => Some(PenOrder::Attach(dispute)),
            ("discard", None, None) => Some(PenOrder::Discard),
            _ => None,
        }
    }
}

impl Work {
    /// Takes hold of a held mail until this unit of work ends; `None` if there is none of that number, or if it is held no longer.
    pub async fn take_held(&mut self, letter: LetterNumber) -> Result<Option<Waiting>> {
        let Some(row) = sqlx::query(sql::PEN_TAKE).bind(letter.0).fetch_optional(self.connection().await?).await? else { return Ok(None) };
        let reason = HeldReason::parse(&text(&row, 0)?).ok_or_else(|| StoreError::damaged("letters.held", letter))?;
        Ok(Some(Waiting { reason, dispute: optional_dispute(&row, 1)?, received: instant(&row, 2)? }))
    }

    /// How a mail ended; `None` if there is no such mail or it is not settled.
    pub async fn outcome_of(&mut self, letter: LetterNumber) -> Result<Option<MailOutcome>> {
        let row = sqlx::query(sql::PEN_OUTCOME).bind(letter.0).fetch_optional(self.connection().await?).await?;
        let outcome: Option<String> = row.map(|row| row.try_get(0)).transpose()?.flatten();
        Ok(outcome.and_then(|outcome| MailOutcome::parse(&outcome)))
    }

    /// What authentication said of a settled mail, as JSON; empty where nothing is kept of it.
    pub async fn verdict_of(&mut self, letter: LetterNumber) -> Result<String> {
        let (connection, sealer) = self.parts().await?;
        Ok(note(connection, sealer, letter).await?.map(|note| note.verdict).unwrap_or_default())
    }

    /// Keeps whose words a held mail most likely is.
    pub async fn guess(&mut self, letter: LetterNumber, dispute: DisputeId, role: Role) -> Result<()> {
        sqlx::query(sql::GUESS_SAVE).bind(letter.0).bind(dispute.hex()).bind(role.name()).execute(self.connection().await?).await?;
        Ok(())
    }

    /// Forgets it: that person said that they are not.
    pub async fn forget_guess(&mut self, letter: LetterNumber) -> Result<()> {
        sqlx::query(sql::GUESS_DELETE).bind(letter.0).execute(self.connection().await?).await?;
        Ok(())
    }

    /// Until when at the earliest somebody may still say whether a held mail is theirs; `None` if nobody is asked.
    pub async fn asked_until(&mut self) -> Result<Option<Instant>> {
        let row = sqlx::query(sql::PEN_ASKED).fetch_one(self.connection().await?).await?;
        Ok(row.try_get::<Option<i64>, _>(0)?.map(Instant::from_micros))
    }

    /// The held mails after that number of which the registrar is told, which have no order yet and about which nobody else is being asked, at most `limit`, oldest first.
    pub async fn penned(&mut self, after: LetterNumber, limit: u32) -> Result<Vec<Penned>> {
        let rows = sqlx::query(sql::PEN_LIST).bind(after.0).bind(i64::from(limit)).fetch_all(self.connection().await?).await?;
        rows.iter()
            .map(|row| {
                let letter = number(row, 0)?;
                let reference: Option<String> = row.try_get(6)?;
                let reference = reference.and_then(|reference| Reference::parse(&reference).ok());
                let role: Option<String> = row.try_get(5)?;
                let mailbox: Option<String> = row.try_get(7)?;
                let kept_with: Option<String> = row.try_get(8)?;
                let guess = match (optional_dispute(row, 4)?, reference, role.as_deref().and_then(Role::parse)) {
                    (Some(dispute), Some(reference), Some(role)) => Some((dispute, reference, role)),
                    _ => None,
                };
                Ok(Penned {
                    number: LetterNumber(letter),
                    reason: HeldReason::parse(&text(row, 1)?).ok_or_else(|| StoreError::damaged("letters.held", letter))?,
                    received: instant(row, 2)?,
                    mailbox: mailbox.unwrap_or_default(),
                    identity: Digest::of(&bytes(row, 3)?),
                    guess,
                    kept_with: kept_with.and_then(|reference| Reference::parse(&reference).ok()),
                })
            })
            .collect()
    }

    /// How many [`Work::penned`] knows in all.
    pub async fn penned_count(&mut self) -> Result<u64> {
        let row = sqlx::query(sql::PEN_COUNT).fetch_one(self.connection().await?).await?;
        Ok(u64::try_from(number(&row, 0)?).unwrap_or(0))
    }

    /// The registrar is told of what is held at `at`, or before if that was said already.
    pub async fn tell_at(&mut self, at: Instant) -> Result<()> {
        sqlx::query(sql::DIGEST_SET).bind(at.micros()).execute(self.connection().await?).await?;
        Ok(())
    }

    /// Whether the registrar is to be told now. Whoever asks first tells; the clock is at rest then until [`Work::tell_at`].
    pub async fn take_digest(&mut self, now: Instant) -> Result<bool> {
        Ok(sqlx::query(sql::DIGEST_TAKE).bind(now.micros()).execute(self.connection().await?).await?.rows_affected() == 1)
    }

    /// Keeps what the registrar answered about a held mail until it is carried out. The first answer stands; says whether this one does.
    pub async fn order(&mut self, letter: LetterNumber, order: PenOrder, now: Instant) -> Result<bool> {
        let (verb, dispute, role) = order.columns();
        let insert = sqlx::query(sql::ORDER_SAVE).bind(letter.0).bind(verb).bind(dispute.map(DisputeId::hex)).bind(role.map(Role::name)).bind(now.micros());
        Ok(insert.execute(self.connection().await?).await?.rows_affected() == 1)
    }

    /// Forgets what was answered about a mail: it was carried out, or it cannot be.
    pub async fn order_is_over(&mut self, letter: LetterNumber) -> Result<()> {
        sqlx::query(sql::ORDER_DELETE).bind(letter.0).execute(self.connection().await?).await?;
        Ok(())
    }

    /// After a held mail got another outcome: nothing is guessed or ordered about it any more, and whoever attends its mailbox moves it out of the
    /// folder for held mail.
    pub(super) async fn leave_pen(&mut self, letter: LetterNumber) -> Result<()> {
        for statement in [sql::GUESS_DELETE, sql::ORDER_DELETE, sql::MISFILED_ADD] {
            sqlx::query(statement).bind(letter.0).execute(self.connection().await?).await?;
        }
        Ok(())
    }
}

impl Store {
    /// What was answered about held mails and is not carried out yet, at most `limit`, oldest first.
    pub async fn orders(&self, limit: u32) -> Result<Vec<(LetterNumber, PenOrder)>> {
        let rows = sqlx::query(sql::ORDERS).bind(i64::from(limit)).fetch_all(&mut *self.reading().await?).await?;
        rows.iter()
            .map(|row| {
                let letter = number(row, 0)?;
                let dispute = optional_dispute(row, 2)?;
                let role: Option<String> = row.try_get(3)?;
                let order = PenOrder::parse(&text(row, 1)?, dispute, role.as_deref().and_then(Role::parse));
                Ok((LetterNumber(letter), order.ok_or_else(|| StoreError::damaged("orders.verb", letter))?))
            })
            .collect()
    }

    /// When the registrar is told next of what is held.
    pub async fn digest_due(&self) -> Result<Option<Instant>> {
        let row = sqlx::query(sql::DIGEST_DUE).fetch_one(&mut *self.reading().await?).await?;
        Ok(row.try_get::<Option<i64>, _>(0)?.map(Instant::from_micros))
    }

    /// Mails that lie in that mailbox's folder for held mail and wait for nobody any more, at most `limit`, each with the bytes that it has.
    pub async fn misfiled(&self, mailbox: &str, limit: u32) -> Result<Vec<(LetterNumber, u64)>> {
        let rows = sqlx::query(sql::MISFILED).bind(mailbox).bind(i64::from(limit)).fetch_all(&mut *self.reading().await?).await?;
        rows.iter().map(|row| Ok((LetterNumber(number(row, 0)?), u64::try_from(number(row, 1)?).unwrap_or(0)))).collect()
    }

    /// Notes that those mails lie in that mailbox's folder for held mail no longer.
    pub async fn refiled(&self, mailbox: &str, letters: &[LetterNumber]) -> Result<()> {
        let mut work = self.begin().await?;
        for letter in letters {
            sqlx::query(sql::MISFILED_DELETE).bind(mailbox).bind(letter.0).execute(work.connection().await?).await?;
        }
        work.commit().await
    }

    /// The mail that has these bytes, if it was ever seen.
    pub async fn letter_with(&self, mail: &[u8]) -> Result<Option<LetterNumber>> {
        let fingerprint = self.sealer().index("letter", Digest::of(mail).as_bytes());
        let row = sqlx::query(sql::LETTER_BY_FINGERPRINT).bind(fingerprint.as_slice()).fetch_optional(&mut *self.reading().await?).await?;
        row.map(|row| Ok(LetterNumber(number(&row, 0)?))).transpose()
    }
}
