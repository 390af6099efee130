//! Letters on their way out: enqueued with the decision, claimed by lease, sent as the same bytes until it is known how it ended.

use super::brakes::{Wait, domain_index};
use super::later::Write;
use super::people::{address_index, role};
use super::question::Question;
use super::seal::{DataKey, Place, Sealer};
use super::{Kind, OutboxId, OutboxRow, OutboxSummary, OwnLetter, Result, Sent, Store, StoreError, Work};
use super::{bytes, count, dispute_id, instant, number, optional_dispute, plain, sql, text};
use crate::domain::{Address, Channel, DisputeId, Instant, Language, MessageId, OutboundMail, Reference, Role};
use serde::{Deserialize, Serialize};
use sqlx::Row;
use sqlx::any::AnyRow;

const SEALED: &str = "outbox_bytes.sealed";

impl Work {
    /// Puts a finished letter into the outbox, to be sent from `now` on. The same Message-ID twice is one row. Says whether it is new.
    /// What one unit of work enqueues is claimed in that order: its rows are numbered upwards.
    pub async fn enqueue(&mut self, dispute: Option<DisputeId>, mail: &OutboundMail, now: Instant) -> Result<bool> {
        self.enqueue_at(dispute, mail, now, None).await
    }

    /// The same, to be sent from that instant on where the letter waits for something.
    pub async fn enqueue_at(&mut self, dispute: Option<DisputeId>, mail: &OutboundMail, now: Instant, wait: Option<(Wait, Instant)>) -> Result<bool> {
        let inner = self.inner();
        let sealer = &inner.sealer;
        let id = self.next_outbox();
        let key = self.key_of(dispute).await?;
        let insert = Write::new(sql::OUTBOX_INSERT)
            .bind(id)
            .bind(dispute.map(DisputeId::hex))
            .bind(mail.role.name())
            .bind(mail.channel.name())
            .bind(plain("letter's name", &mail.letter)?)
            .bind(own_id_index(sealer, &mail.message_id))
            .bind(sealer.index("envelope", mail.envelope_from.folded().as_bytes()))
            .bind(address_index(sealer, &mail.to))
            .bind(domain_index(sealer, &mail.to))
            .bind(wait.map_or(now, |(_, until)| until).micros())
            .bind(wait.map(|(wait, _)| wait.name()))
            .bind(now.micros());
        if dispute.and_then(|dispute| self.saved(dispute)) == Some(1) {
            // In a dispute that begins here no letter was written before.
            self.later(insert.or(StoreError::damaged("outbox.message_id", "(writing)"))).await?;
        } else if self.write(insert).await? != 1 {
            return Ok(false);
        }
        let sealed = sealer.seal(&key, &Place::of(SEALED, dispute, &[id]), &pack(mail)?)?;
        self.later(Write::new(sql::OUTBOX_BYTES_INSERT).bind(id).bind(sealed)).await?;
        self.note_enqueued(mail.role, &mail.letter);
        Ok(true)
    }

    /// Stops a letter that was just enqueued until its dispute lets it pass: no deliverer claims it, and no operator can send it.
    pub async fn withhold(&mut self, letter: &MessageId, now: Instant) -> Result<()> {
        let index = own_id_index(&self.inner().sealer, letter);
        let fault = StoreError::damaged("outbox.withheld", "(writing)");
        self.later(Write::new(sql::OUTBOX_WITHHOLD).bind(now.micros()).bind(index).or(fault)).await
    }

    /// Lets such a letter be sent from `now` on. One that was erased, or is on its way already, is left as it is.
    pub async fn pass_on(&mut self, letter: &MessageId, now: Instant) -> Result<()> {
        let index = own_id_index(&self.inner().sealer, letter);
        self.later(Write::new(sql::OUTBOX_PASS_ON).bind(now.micros()).bind(index)).await
    }

    /// Ends a row because the letter will not arrive, beside the event that follows from it; `code` is the server's reply code (5xx), or 0 if
    /// nobody took the letter for too long. `false` if the row is over already.
    pub async fn refuse(&mut self, id: OutboxId, code: u16, now: Instant) -> Result<bool> {
        let update = sqlx::query(sql::OUTBOX_REFUSE).bind(i64::from(code)).bind(now.micros()).bind(id.0);
        Ok(update.execute(self.connection().await?).await?.rows_affected() == 1)
    }

    /// The letter of ours with that Message-ID, however old.
    pub async fn by_message_id(&mut self, message_id: &MessageId) -> Result<Option<OwnLetter>> {
        let question = by_message_id(&self.inner().sealer, message_id);
        self.ask_one(question).await?.as_ref().map(own_letter).transpose()
    }

    /// Of a letter to a merchant about several disputes: the open ones whose merchant still has the address that it went to, at most `limit`.
    pub async fn disputes_of(&mut self, letter: OutboxId, limit: u32) -> Result<Vec<DisputeId>> {
        let rows = sqlx::query(sql::OUTBOX_REACHED).bind(letter.0).bind(i64::from(limit)).fetch_all(self.connection().await?).await?;
        rows.iter().map(|row| dispute_id(row, 0)).collect()
    }

    /// The latest letter of ours that was sent with that envelope sender (where bounces come back to).
    pub async fn by_envelope(&mut self, envelope_from: &Address) -> Result<Option<OwnLetter>> {
        let (connection, sealer) = self.parts().await?;
        let index = sealer.index("envelope", envelope_from.folded().as_bytes());
        let row = sqlx::query(sql::OUTBOX_BY_ENVELOPE).bind(index).fetch_optional(connection).await?;
        row.as_ref().map(own_letter).transpose()
    }

    /// Claims due letters for `node`, at most `limit`, oldest first, and counts the attempt.
    ///
    /// The lease must be longer than the longest wait for a server's answer (600 s after the dot). A lease that ran out is taken over; if its letter
    /// was past the dot, nobody knows whether it left, and it is counted in [`OutboxRow::uncertain`].
    /// A letter that does not open is stopped for the operator and never stands before the others.
    pub async fn claim(&mut self, node: &str, now: Instant, limit: u32, lease_seconds: u32) -> Result<Vec<OutboxRow>> {
        let until = now.plus_seconds(i64::from(lease_seconds)).micros();
        let due = match self.inner().kind {
            Kind::Sqlite => sql::OUTBOX_DUE,
            Kind::Postgres => sql::OUTBOX_DUE_POSTGRES,
        };
        let mut claimed = Vec::new();
        for candidate in sqlx::query(due).bind(now.micros()).bind(i64::from(limit)).fetch_all(self.connection().await?).await? {
            let (id, state) = (number(&candidate, 0)?, text(&candidate, 1)?);
            let lease = Question::new(sql::OUTBOX_LEASE).bind(plain("node's name", node)?).bind(until).bind(i64::from(state == "dot-pending"));
            let doubtful = matches!(state.as_str(), "dot-pending" | "uncertain");
            let lease = lease.bind(id).bind(now.micros()).bind(state);
            let [leased, kept] = self.taken([lease, Question::new(sql::OUTBOX_BYTES).bind(id)]).await?;
            let Some(row) = leased.first() else { continue };
            match open_row(&self.inner().sealer, id, doubtful, row, kept.first()) {
                Ok(row) => {
                    self.note_claimed(row.id);
                    claimed.push(row);
                }
                Err(StoreError::Damaged(_)) => {
                    sqlx::query(sql::OUTBOX_BROKEN).bind(id).execute(self.connection().await?).await?;
                }
                Err(error) => return Err(error),
            }
        }
        Ok(claimed)
    }

    /// Notes that the dot follows once this is committed. `false` if the lease was lost: then the letter must not be sent.
    pub async fn dot_pending(&mut self, id: OutboxId, node: &str, now: Instant) -> Result<bool> {
        let update = sqlx::query(sql::OUTBOX_DOT).bind(id.0).bind(node).bind(now.micros());
        Ok(update.execute(self.connection().await?).await?.rows_affected() == 1)
    }

    /// Notes how an attempt ended. `false` if the lease was lost and somebody else has the letter.
    pub async fn finish(&mut self, id: OutboxId, node: &str, result: Sent, now: Instant) -> Result<bool> {
        let again = |state: &'static str, at: Instant, code: Option<u16>, uncertain: i64| {
            sqlx::query(sql::OUTBOX_AGAIN).bind(state).bind(at.micros()).bind(code.map(i64::from)).bind(uncertain)
        };
        let taken = |reply_code: u16| sqlx::query(sql::OUTBOX_OVER).bind("delivered").bind(i64::from(reply_code)).bind(now.micros());
        let update = match result {
            Sent::Delivered { reply_code } => taken(reply_code),
            Sent::Found => taken(0),
            Sent::Later { code, at } => again("queued", at, code, 0),
            Sent::Untried { at } => sqlx::query(sql::OUTBOX_UNTRIED).bind(at.micros()),
            Sent::Uncertain { at } => again("uncertain", at, None, 1),
            Sent::Stopped => sqlx::query(sql::OUTBOX_HALT),
        };
        Ok(update.bind(id.0).bind(node).execute(self.connection().await?).await?.rows_affected() == 1)
    }

    /// Whether that row's letter was written to `address`.
    pub async fn went_to(&mut self, id: OutboxId, address: &Address) -> Result<bool> {
        let (connection, sealer) = self.parts().await?;
        let query = sqlx::query(sql::OUTBOX_WENT_TO).bind(id.0).bind(address_index(sealer, address));
        Ok(query.fetch_optional(connection).await?.is_some())
    }

    /// Whether that letter was enqueued to that role of the dispute since then.
    pub async fn letter_sent(&mut self, dispute: DisputeId, role: Role, letter: &str, since: Instant) -> Result<bool> {
        let question = Question::new(sql::LETTER_SENT).bind(dispute.hex()).bind(role.name()).bind(letter).bind(since.micros());
        Ok(self.ask_one(question).await?.is_some())
    }
}

/// See [`Work::by_message_id`].
pub(super) fn by_message_id(sealer: &Sealer, message_id: &MessageId) -> Question {
    Question::new(sql::OUTBOX_BY_MESSAGE_ID).bind(own_id_index(sealer, message_id))
}

impl Store {
    /// [`Work::claim`] in a commit of its own.
    pub async fn claim(&self, node: &str, now: Instant, limit: u32, lease_seconds: u32) -> Result<Vec<OutboxRow>> {
        let mut work = self.begin().await?;
        let claimed = work.claim(node, now, limit, lease_seconds).await?;
        work.commit().await?;
        Ok(claimed)
    }

    /// Notes that the dot follows now. `false` if the lease was lost: then the letter must not be sent.
    pub async fn dot_pending(&self, id: OutboxId, node: &str, now: Instant) -> Result<bool> {
        let mut work = self.begin().await?;
        let ours = work.dot_pending(id, node, now).await?;
        work.commit().await?;
        Ok(ours)
    }

    /// Notes how an attempt ended. `false` if the lease was lost and somebody else has the letter.
    pub async fn finish(&self, id: OutboxId, node: &str, result: Sent, now: Instant) -> Result<bool> {
        let mut work = self.begin().await?;
        let ours = work.finish(id, node, result, now).await?;
        work.commit().await?;
        Ok(ours)
    }

    /// Takes back what `node` had in hand when it died: called once, when that node starts. Letters that surely did not leave may be sent at once;
    /// those past the dot are counted as uncertain and sent again from `doubted` on. Says how many there were of both.
    pub async fn reclaim(&self, node: &str, now: Instant, doubted: Instant) -> Result<(u64, u64)> {
        let mut work = self.begin().await?;
        let released = sqlx::query(sql::OUTBOX_RELEASE).bind(now.micros()).bind(node).execute(work.connection().await?).await?.rows_affected();
        let doubtful = sqlx::query(sql::OUTBOX_DOUBT).bind(doubted.micros()).bind(node).execute(work.connection().await?).await?.rows_affected();
        work.commit().await?;
        Ok((released, doubtful))
    }

    /// When the outbox wants to be looked at next: the earliest letter that may be sent, or lease that runs out.
    pub async fn next_send(&self) -> Result<Option<Instant>> {
        let row = sqlx::query(sql::OUTBOX_NEXT).fetch_one(&mut *self.reading().await?).await?;
        Ok(row.try_get::<Option<i64>, _>(0)?.map(Instant::from_micros))
    }

    /// How many rows stand in each state in which something is left to do, or went wrong.
    pub async fn outbox_counts(&self) -> Result<Vec<(&'static str, u32)>> {
        let mut connection = self.reading().await?;
        let mut counts = Vec::new();
        for state in ["queued", "leased", "dot-pending", "uncertain", "stopped", "refused"] {
            let row = sqlx::query(sql::OUTBOX_COUNT).bind(state).fetch_one(&mut *connection).await?;
            counts.push((state, count(&row, 0)?));
        }
        Ok(counts)
    }

    /// The rows in one state, oldest first, at most `limit`.
    pub async fn outbox_list(&self, state: &str, limit: u32) -> Result<Vec<OutboxSummary>> {
        let rows = sqlx::query(sql::OUTBOX_LIST).bind(state).bind(i64::from(limit)).fetch_all(&mut *self.reading().await?).await?;
        rows.iter().map(summary).collect()
    }

    /// Stops a letter that waits, until the operator sends it on. `false` if it does not wait.
    pub async fn outbox_stop(&self, id: OutboxId) -> Result<bool> {
        let mut work = self.begin().await?;
        let stopped = sqlx::query(sql::OUTBOX_STOP).bind(id.0).execute(work.connection().await?).await?.rows_affected() == 1;
        work.commit().await?;
        Ok(stopped)
    }

    /// Lets a waiting, stopped or refused letter be sent from `now` on, as if it were new. `false` if it is on its way or delivered.
    pub async fn outbox_retry(&self, id: OutboxId, now: Instant) -> Result<bool> {
        let mut work = self.begin().await?;
        let queued = sqlx::query(sql::OUTBOX_RETRY).bind(now.micros()).bind(id.0).execute(work.connection().await?).await?.rows_affected() == 1;
        work.commit().await?;
        Ok(queued)
    }
}

fn open_row(sealer: &Sealer, id: i64, doubtful: bool, row: &AnyRow, kept: Option<&AnyRow>) -> Result<OutboxRow> {
    let dispute = optional_dispute(row, 0)?;
    let kept = kept.ok_or_else(|| StoreError::damaged(SEALED, OutboxId(id)))?;
    let key: DataKey = match dispute {
        Some(dispute) => {
            let wrapped: Option<Vec<u8>> = kept.try_get(1)?;
            sealer.unwrap_key(dispute, &wrapped.ok_or_else(|| StoreError::damaged("dispute_keys", OutboxId(id)))?)?
        }
        None => sealer.intake.clone(),
    };
    let packed = key.open(&Place::of(SEALED, dispute, &[id]), &bytes(kept, 0)?)?;
    let (role, letter) = (role(row, 1)?, text(row, 2)?);
    let mail = unpack(&packed, role, &letter).ok_or_else(|| StoreError::damaged(SEALED, OutboxId(id)))?;
    let (attempt, uncertain, queued) = (count(row, 3)?, count(row, 4)?, instant(row, 5)?);
    let lifted = row.try_get::<Option<String>, _>(6)?.is_some_and(|waits| waits == "lifted");
    Ok(OutboxRow { id: OutboxId(id), dispute, role, letter, attempt, uncertain, doubtful, lifted, queued, mail })
}

/// What stands before the bytes of a sealed letter, as JSON.
#[derive(Serialize, Deserialize)]
struct Cover {
    to: Address,
    envelope_from: Address,
    channel: Channel,
    language: Language,
    message_id: MessageId,
}

/// The cover's length (four bytes), the cover, the bytes of the letter.
fn pack(mail: &OutboundMail) -> Result<Vec<u8>> {
    let cover = Cover {
        to: mail.to.clone(),
        envelope_from: mail.envelope_from.clone(),
        channel: mail.channel,
        language: mail.language,
        message_id: mail.message_id.clone(),
    };
    let json = serde_json::to_vec(&cover).map_err(|_| StoreError::damaged(SEALED, "(writing)"))?;
    let length = u32::try_from(json.len()).map_err(|_| StoreError::damaged(SEALED, "(writing)"))?;
    Ok([length.to_be_bytes().as_slice(), &json, &mail.bytes].concat())
}

fn unpack(packed: &[u8], role: Role, letter: &str) -> Option<OutboundMail> {
    let (length, rest) = packed.split_first_chunk::<4>()?;
    let (json, body) = rest.split_at_checked(usize::try_from(u32::from_be_bytes(*length)).ok()?)?;
    let cover: Cover = serde_json::from_slice(json).ok()?;
    Some(OutboundMail {
        to: cover.to,
        envelope_from: cover.envelope_from,
        role,
        channel: cover.channel,
        letter: letter.to_owned(),
        language: cover.language,
        message_id: cover.message_id,
        bytes: body.to_vec(),
    })
}

fn own_letter(row: &AnyRow) -> Result<OwnLetter> {
    let channel = Channel::parse(&text(row, 3)?).ok_or_else(|| StoreError::damaged("outbox.channel", ""))?;
    Ok(OwnLetter { id: OutboxId(number(row, 0)?), dispute: optional_dispute(row, 1)?, role: role(row, 2)?, channel })
}

fn summary(row: &AnyRow) -> Result<OutboxSummary> {
    let reference: Option<String> = row.try_get(1)?;
    Ok(OutboxSummary {
        id: OutboxId(number(row, 0)?),
        dispute: reference.and_then(|reference| Reference::parse(&reference).ok()),
        role: role(row, 2)?,
        letter: text(row, 3)?,
        state: text(row, 4)?,
        attempts: count(row, 5)?,
        uncertain: count(row, 6)?,
        queued: instant(row, 7)?,
        due: row.try_get::<Option<i64>, _>(8)?.map(Instant::from_micros),
        reply_code: row.try_get::<Option<i64>, _>(9)?.and_then(|code| u16::try_from(code).ok()),
        waits: row.try_get::<Option<String>, _>(10)?,
    })
}

pub(super) fn own_id_index(sealer: &Sealer, id: &MessageId) -> Vec<u8> {
    sealer.index("own message id", id.as_str().as_bytes())
}
