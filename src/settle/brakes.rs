//! Loops and storms: what is too much, and what then (THREATS §5, §11, P9).
//!
//! Everything is counted over rows of the store, so that a restart forgets nothing and several nodes share one count.
//! Coming in, what is too much waits for a person. A letter that only answers a mail is left out, or waits where it says something new;
//! a letter that moves a dispute or comes from a clock is never left out. On its way out, every letter waits while its reader, its reader's domain
//! or the whole service had its fill: nothing is dropped, one line is logged and one letter tells the registrar.

use super::mail::surviving;
use super::{Desk, SettleError};
use crate::compose::{self, Notice, Stop, Waiting};
use crate::domain::{Act, Address, Digest, Dispute, Instant, Role};
use crate::letter::{Letter, SenderGate};
use crate::store::{OutboxRow, Wait, Work};

const MINUTE: i64 = 60;
const HOUR: i64 = 60 * MINUTE;
const DAY: i64 = 24 * HOUR;
/// How many times as much as anybody else those may write who work in the name of a merchant.
const STAFF: u32 = 10;
/// Letters that a registrar is sent in an hour about what waits; what waits beyond that is in `elitige held list` and `elitige case list`.
const TOLD_AN_HOUR: u32 = 20;
/// Letters in an hour that tell a registrar of readers to whom nothing leaves; they leave in spite of every limit.
const ALARMS_AN_HOUR: u32 = 5;
/// Letters that somebody may have been sent in a day before a mail that says nothing new is not answered: two programs fall silent at once.
const ANSWERS_TO_NOTHING: u32 = 2;

/// How often somebody may be answered where nothing moves.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Patience {
    /// Letters that may have been sent in a day.
    letters: u32,
    /// Whether the answer then waits until the day is over; else it is left out.
    waits: bool,
}

/// How many times more answers a day there are for what a person drafts or asks to see, which no program writes.
const DRAFTS: u32 = 5;

impl Patience {
    /// No count stops the letter.
    pub const ENDLESS: Self = Self { letters: u32::MAX, waits: false };
}

/// When a letter leaves.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Leave {
    /// At once.
    Now,
    /// From then on.
    At(Instant),
    /// Once its dispute lets it pass.
    Passed,
    /// Not at all.
    Never,
}

/// How often the author of `letter` may be answered: not once where it repeats itself, as programs do, seldom where it says nothing new.
pub async fn patience(desk: &Desk, work: &mut Work, dispute: &Dispute, act: &Act, letter: &Letter) -> Result<Patience, SettleError> {
    if let SenderGate::Open(sender) = &letter.sender {
        let earlier = work.copies(sender, &letter.body_digest, None).await?;
        for id in earlier.iter().filter(|copy| !copy.outcome.is_held()).filter_map(|copy| copy.dispute) {
            if surviving(work, id).await?.is_some_and(|first| first.id == dispute.id) {
                return Ok(Patience { letters: 0, waits: false });
            }
        }
    }
    let answers = desk.policy.brakes.answers_per_day;
    let (facts, words) = match act {
        Act::Supply(said) => (said.facts.iter().any(|(fact, value)| dispute.complaint.facts.get(fact) != Some(value)), !said.words.is_empty()),
        _ => (false, false),
    };
    // What only resembles an order may be written by a program.
    let ordered = letter.order.is_some() || letter.terms.is_some() || !letter.commands.is_empty();
    let drafted = matches!(act, Act::Draft(_) | Act::Offer | Act::AcceptMediation | Act::Brief | Act::Snooze(_));
    if drafted || (*act == Act::Misordered && ordered) {
        return Ok(Patience { letters: answers.saturating_mul(DRAFTS), waits: true });
    }
    let wishes = !letter.intents.is_empty() || !letter.commands.is_empty();
    Ok(match (facts, wishes) {
        (true, _) => Patience { letters: answers, waits: true },
        (false, true) => Patience { letters: answers, waits: words },
        (false, false) => Patience { letters: ANSWERS_TO_NOTHING.min(answers), waits: words },
    })
}

/// When a letter leaves that follows from a decision. A receipt is a courtesy: one a day in a dispute is enough. The registrar is told
/// twenty times an hour what waits.
pub async fn leave(work: &mut Work, dispute: &Dispute, to: Role, letter: &str, patience: Patience, now: Instant) -> Result<Leave, SettleError> {
    let Some(person) = dispute.participant(to) else {
        return Ok(Leave::Now);
    };
    if letter == "attention" {
        return Ok(if may_tell(work, &person.address, now).await? { Leave::Now } else { Leave::Never });
    }
    let since = now.plus_seconds(-DAY);
    if letter == "received" && work.letter_sent(dispute.id, to, letter, since).await? {
        return Ok(Leave::Never);
    }
    if patience == Patience::ENDLESS {
        return Ok(Leave::Now);
    }
    let most = patience.letters;
    let sent = match to {
        // Who works here is written to about many disputes, and must hear what became of each order: only the same answer in the same dispute counts.
        Role::Operator | Role::Mediator => work.letters_told(dispute.id, to, letter, since, most).await?,
        Role::Consumer | Role::Merchant => work.letters_sent(&person.address, since, most).await?,
    };
    if sent < most {
        return Ok(Leave::Now);
    }
    Ok(if patience.waits { Leave::At(now.plus_seconds(DAY)) } else { Leave::Never })
}

/// Whether the registrar may be told of one more thing that waits.
pub async fn may_tell(work: &mut Work, registrar: &Address, now: Instant) -> Result<bool, SettleError> {
    Ok(work.letters_sent(registrar, now.plus_seconds(-HOUR), TOLD_AN_HOUR).await? < TOLD_AN_HOUR)
}

/// Whether `sender` wrote more mails than are worked in an hour or a day, or more bytes, the `bytes` of this mail included.
pub async fn is_flood(desk: &Desk, work: &mut Work, sender: Option<&Address>, bytes: usize, now: Instant) -> Result<bool, SettleError> {
    let Some(sender) = sender else { return Ok(false) };
    let [(hour, per_hour), (day, per_day)] = counted(desk, sender, now);
    let (this_hour, today, before) = work.received_from(sender, (hour, per_hour), (day, per_day)).await?;
    let most_bytes = desk.policy.brakes.bytes_per_day.saturating_mul(u64::from(shares(desk, sender)));
    Ok(this_hour >= per_hour || today >= per_day || before.saturating_add(bytes as u64) > most_bytes)
}

/// Since when, and up to how many, mails of `sender` are counted: of an hour and of a day.
pub fn counted(desk: &Desk, sender: &Address, now: Instant) -> [(Instant, u32); 2] {
    let (brakes, shares) = (&desk.policy.brakes, shares(desk, sender));
    [(now.plus_seconds(-HOUR), brakes.mails_per_hour.saturating_mul(shares)), (now.plus_seconds(-DAY), brakes.mails_per_day.saturating_mul(shares))]
}

/// Whoever works in a merchant's name writes about many disputes; nobody else can be heard as that person.
fn shares(desk: &Desk, sender: &Address) -> u32 {
    if desk.works_for_client(sender) { STAFF } else { 1 }
}

/// Whether as many disputes were opened in an hour as all strangers together may open.
pub async fn is_valve_shut(desk: &Desk, work: &mut Work, now: Instant) -> Result<bool, SettleError> {
    let most = desk.policy.brakes.new_disputes_per_hour;
    Ok(work.disputes_opened(now.plus_seconds(-HOUR), most).await? >= most)
}

/// Of claimed letters those that may leave now, in their order; the others are put back until their time.
pub async fn hold_back(desk: &Desk, work: &mut Work, node: &str, rows: Vec<OutboxRow>, now: Instant) -> Result<Vec<OutboxRow>, SettleError> {
    let mut passing = Vec::new();
    for row in rows {
        match stopped(desk, work, &row, now).await? {
            Some((wait, until)) => {
                work.hold_back(&row, node, wait, until).await?;
            }
            None if work.let_through(&row, node, now).await? => passing.push(row),
            None => {}
        }
    }
    Ok(passing)
}

/// Why and until when a letter does not leave. An alarm, what the operator sent on, and what may have arrived already is not stopped.
async fn stopped(desk: &Desk, work: &mut Work, row: &OutboxRow, now: Instant) -> Result<Option<(Wait, Instant)>, SettleError> {
    if row.lifted || row.doubtful || matches!(row.letter.as_str(), "stopped" | "trouble" | "well-again") {
        return Ok(None);
    }
    let brakes = &desk.policy.brakes;
    let registrar = desk.is_registrar(Some(&row.mail.to));
    let address = if registrar || desk.works_for_client(&row.mail.to) { brakes.letters_per_registrar } else { brakes.letters_per_address };
    let mut limits = vec![(Wait::Address, HOUR, address)];
    let at_home = desk.counters.iter().any(|counter| counter.address.domain().eq_ignore_ascii_case(row.mail.to.domain()));
    if !(registrar && at_home) {
        limits.push((Wait::Domain, HOUR, brakes.letters_per_domain()));
    }
    limits.push((Wait::Budget, HOUR, brakes.letters_per_hour));
    if u64::from(brakes.letters_per_day) < u64::from(brakes.letters_per_hour).saturating_mul(24) {
        limits.push((Wait::Budget, DAY, brakes.letters_per_day));
    }
    for (wait, window, most) in limits {
        let brake = work.brake(row, wait).await?;
        if let Some((until, _)) = brake.filter(|(until, _)| *until > now) {
            return Ok(Some((wait, until)));
        }
        if work.is_full(row, wait, now.plus_seconds(-window), most).await? {
            let until = now.plus_seconds(HOUR);
            let told = brake.and_then(|(_, told)| told);
            pull(desk, work, row, wait, until, told, now).await?;
            return Ok(Some((wait, until)));
        }
    }
    // A burst that is spread over some minutes is no trouble.
    let burst = brakes.letters_per_minute;
    let is_burst = burst < brakes.letters_per_hour && work.is_full(row, Wait::Budget, now.plus_seconds(-MINUTE), burst).await?;
    Ok(is_burst.then(|| (Wait::Budget, now.plus_seconds(MINUTE))))
}

/// Stops what leaves there: one line in the log each time, one letter to a registrar a day.
async fn pull(desk: &Desk, work: &mut Work, row: &OutboxRow, wait: Wait, until: Instant, told: Option<Instant>, now: Instant) -> Result<(), SettleError> {
    tracing::error!(row = %row.id, limit = wait.name(), until = until.rfc3339(), "more letters would leave than may; those to the same place wait in `elitige outbox list`");
    let known = told.is_some_and(|told| now.seconds_since(told) < DAY);
    let silent = known || work.brakes_told(now.plus_seconds(-HOUR), ALARMS_AN_HOUR).await? >= ALARMS_AN_HOUR;
    let stop = match wait {
        Wait::Address => Stop::Address,
        Wait::Domain => Stop::Domain,
        Wait::Budget | Wait::Answers => Stop::All,
    };
    let registrar = desk.operators.iter().find(|registrar| stop != Stop::Address || !registrar.address.is_same(&row.mail.to));
    let (Some(registrar), Some(counter), false) = (registrar, desk.counters.first(), silent) else {
        return Ok(work.set_brake(row, wait, until, None).await?);
    };
    work.set_brake(row, wait, until, Some(now)).await?;
    let notice = Notice {
        operator: &registrar.address,
        language: registrar.language,
        waiting: Waiting::Letters { stop, number: row.id.to_string(), until },
        cause: Digest::of_parts(&[b"stopped", wait.name().as_bytes(), &row.id.0.to_be_bytes(), &until.micros().to_be_bytes()]),
        now,
        desk: &counter.address,
        zone: desk.calendar.zone(),
    };
    let mail = compose::notice(&desk.stationery, &desk.house, &notice)?;
    work.enqueue(None, &mail, now).await?;
    Ok(())
}
