//! How much came in and how much left, counted over rows: what every limit of `[brakes]` is held against. No count goes on beyond the limit that it is for.

use super::later::Write;
use super::people::address_index;
use super::question::Question;
use super::seal::Sealer;
use super::{OutboxRow, Result, StoreError, Work, count, instant, number, sql};
use crate::domain::{Address, DisputeId, Instant, Role};
use sqlx::Row;

/// Which limit a letter waits for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Wait {
    /// Its reader was sent as many letters as one address may.
    Address,
    /// Its reader's domain was sent as many as one domain may.
    Domain,
    /// As many letters left as may in all.
    Budget,
    /// It answers a mail, and its reader was answered often enough today.
    Answers,
}

impl Wait {
    const ALL: [Wait; 4] = [Wait::Address, Wait::Domain, Wait::Budget, Wait::Answers];

    /// The word used in the store.
    pub fn name(self) -> &'static str {
        match self {
            Wait::Address => "address",
            Wait::Domain => "domain",
            Wait::Budget => "budget",
            Wait::Answers => "answers",
        }
    }

    /// Reads such a word.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|wait| wait.name() == name)
    }
}

impl Work {
    /// What that sender wrote, as far as it was settled: mails since the first time, mails since the second and their bytes; never more than `most` of each.
    pub async fn received_from(
        &mut self,
        sender: &Address,
        (hour, most_an_hour): (Instant, u32),
        (day, most_a_day): (Instant, u32),
    ) -> Result<(u32, u32, u64)> {
        let question = received_from(&self.inner().sealer, sender, (hour, most_an_hour), (day, most_a_day));
        let row = self.ask_sure(question).await?;
        Ok((count(&row, 0)?, count(&row, 1)?, u64::try_from(number(&row, 2)?).unwrap_or(0)))
    }

    /// How many disputes were opened since then; about `most` if there are more.
    pub async fn disputes_opened(&mut self, since: Instant, most: u32) -> Result<u32> {
        if let Some((_, count)) = self.tallies.opened.filter(|(counted, _)| *counted == since) {
            return Ok(count);
        }
        let row = self.ask_sure(Question::new(sql::DISPUTES_OPENED).bind(since.micros()).bind(i64::from(most))).await?;
        let count = count(&row, 0)?;
        self.tallies.opened = Some((since, count));
        Ok(count)
    }

    /// How many letters were enqueued to that address since then; `most` if there are more.
    pub async fn letters_sent(&mut self, to: &Address, since: Instant, most: u32) -> Result<u32> {
        let question = Question::new(sql::LETTERS_SENT).bind(address_index(&self.inner().sealer, to)).bind(since.micros()).bind(i64::from(most));
        count(&self.ask_sure(question).await?, 0)
    }

    /// How many such letters were enqueued to that role of the dispute since then; `most` if more.
    pub async fn letters_told(&mut self, dispute: DisputeId, role: Role, letter: &str, since: Instant, most: u32) -> Result<u32> {
        let question = Question::new(sql::LETTERS_TOLD).bind(dispute.hex()).bind(role.name()).bind(letter).bind(since.micros()).bind(i64::from(most));
        count(&self.ask_sure(question).await?, 0)
    }

    /// Takes what waits for that role's day to be over off the outbox: a newer letter says what there is to say.
    pub async fn replace_waiting(&mut self, dispute: DisputeId, role: Role) -> Result<()> {
        self.later(Write::new(sql::OUTBOX_REPLACE).bind(dispute.hex()).bind(role.name())).await
    }

    /// Whether `most` letters or more were let through since then to what `wait` counts for `row`.
    pub async fn is_full(&mut self, row: &OutboxRow, wait: Wait, since: Instant, most: u32) -> Result<bool> {
        let tally = (subject(&self.inner().sealer, row, wait), since);
        if let Some(count) = self.tallies.passed.get(&tally) {
            return Ok(*count >= most);
        }
        let (connection, sealer) = self.parts().await?;
        let (since, limit) = (since.micros(), i64::from(most));
        let query = match wait {
            Wait::Address => sqlx::query(sql::TRIED_ADDRESS).bind(address_index(sealer, &row.mail.to)).bind(since).bind(limit),
            Wait::Domain => sqlx::query(sql::TRIED_DOMAIN).bind(domain_index(sealer, &row.mail.to)).bind(since).bind(limit),
            Wait::Budget | Wait::Answers => sqlx::query(sql::TRIED_ALL).bind(since).bind(limit),
        };
        let count = count(&query.fetch_one(connection).await?, 0)?;
        self.tallies.passed.insert(tally, count);
        Ok(count >= most)
    }

    /// Until when nothing leaves to what `wait` counts, and when the registrar was told.
    pub async fn brake(&mut self, row: &OutboxRow, wait: Wait) -> Result<Option<(Instant, Option<Instant>)>> {
        let subject = subject(&self.inner().sealer, row, wait);
        if let Some(known) = self.tallies.brakes.get(&subject) {
            return Ok(*known);
        }
        let found = sqlx::query(sql::BRAKE).bind(subject.as_slice()).fetch_optional(self.connection().await?).await?;
        let brake = found.map(|found| Ok::<_, StoreError>((instant(&found, 0)?, found.try_get::<Option<i64>, _>(1)?.map(Instant::from_micros)))).transpose()?;
        self.tallies.brakes.insert(subject, brake);
        Ok(brake)
    }

    /// Notes that nothing leaves there until then.
    pub async fn set_brake(&mut self, row: &OutboxRow, wait: Wait, until: Instant, told: Option<Instant>) -> Result<()> {
        let (connection, sealer) = self.parts().await?;
        let subject = subject(sealer, row, wait);
        let save = sqlx::query(sql::BRAKE_SAVE).bind(subject.as_slice()).bind(until.micros()).bind(told.map(Instant::micros));
        save.execute(connection).await?;
        self.tallies.brakes.remove(&subject);
        Ok(())
    }

    /// How often the registrar was told of such a stop since then; `most` if oftener.
    pub async fn brakes_told(&mut self, since: Instant, most: u32) -> Result<u32> {
        let query = sqlx::query(sql::BRAKES_TOLD).bind(since.micros()).bind(i64::from(most));
        count(&query.fetch_one(self.connection().await?).await?, 0)
    }

    /// Lets a claimed letter through: it counts from now on. `false` if the lease was lost.
    pub async fn let_through(&mut self, row: &OutboxRow, node: &str, now: Instant) -> Result<bool> {
        let update = Write::new(sql::OUTBOX_PASS).bind(now.micros()).bind(row.id.0).bind(node);
        let passes = if self.is_claimed(row.id) {
            // Nobody else can have it before this commit.
            self.later(update.or(StoreError::damaged("outbox.tried", row.id))).await?;
            true
        } else {
            self.write(update).await? == 1
        };
        if passes {
            let inner = self.inner();
            let subjects = [Wait::Address, Wait::Domain, Wait::Budget].map(|wait| subject(&inner.sealer, row, wait));
            let counted = self.tallies.passed.iter_mut().filter(|((subject, _), _)| subjects.contains(subject));
            counted.for_each(|(_, count)| *count = count.saturating_add(1));
        }
        Ok(passes)
    }

    /// Puts a claimed letter back until then: it was not tried. `false` if the lease was lost.
    pub async fn hold_back(&mut self, row: &OutboxRow, node: &str, wait: Wait, until: Instant) -> Result<bool> {
        let update = sqlx::query(sql::OUTBOX_HOLD_BACK).bind(until.micros()).bind(wait.name()).bind(row.id.0).bind(node);
        Ok(update.execute(self.connection().await?).await?.rows_affected() == 1)
    }
}

/// See [`Work::received_from`].
pub(super) fn received_from(sealer: &Sealer, sender: &Address, (hour, most_an_hour): (Instant, u32), (day, most_a_day): (Instant, u32)) -> Question {
    let question = Question::new(sql::RECEIVED_FROM).bind(address_index(sealer, sender)).bind(hour.micros()).bind(i64::from(most_an_hour));
    question.bind(day.micros()).bind(i64::from(most_a_day))
}

/// The keyed hash of an address's domain.
pub(super) fn domain_index(sealer: &Sealer, address: &Address) -> Vec<u8> {
    sealer.index("domain", address.domain().to_lowercase().as_bytes())
}

fn subject(sealer: &Sealer, row: &OutboxRow, wait: Wait) -> Vec<u8> {
    match wait {
        Wait::Address => sealer.index("brake", format!("address {}", row.mail.to.folded()).as_bytes()),
        Wait::Domain => sealer.index("brake", format!("domain {}", row.mail.to.domain().to_lowercase()).as_bytes()),
        Wait::Budget | Wait::Answers => sealer.index("brake", wait.name().as_bytes()),
    }
}
