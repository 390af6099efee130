//! A decision → finished letters → the store: one transaction, or nothing.

use super::{Desk, SettleError};
use crate::compose::{self, Addressee, ComposeError, Occasion};
use crate::domain::view::VisibleTo;
use crate::domain::{Actor, Channel, Decision, Digest, Dispute, Effect, Event, Instant, Judgement, OutboundMail, Role};
use crate::store::{JournalEntry, Work};
use crate::workflow::Workflow;

/// Everything that follows from an event, before and after the decision.
pub struct Verdict<'a> {
    /// The rules of the dispute.
    pub workflow: &'a Workflow,
    /// What happened.
    pub event: &'a Event,
    /// What was decided.
    pub decision: Decision,
    /// Whether something secret was masked in the mail; its sender is told, and nobody else.
    pub masked: bool,
    /// Whether the letters answer a mail (RFC 3834: auto-replied) or come by themselves.
    pub answers: bool,
    /// How many letters a day its author may have been sent before an answer that changes nothing is left out.
    pub patience: u32,
    /// A note for the journal: which signals and rules were heard. Never anybody's words.
    pub note: String,
}

/// Composes and records `verdict`. A decision that no rule made changes nothing; the registrar is told.
pub async fn commit(desk: &Desk, work: &mut Work, verdict: Verdict<'_>, now: Instant) -> Result<Judgement, SettleError> {
    let Verdict { workflow, event, mut decision, masked, answers, patience, note } = verdict;
    if decision.judgement == Judgement::NoRule {
        decision.dispute.version = decision.dispute.version.saturating_add(1);
        let addressed = decision.dispute.operator.is_some() && event.actor.name() != Role::Operator.name();
        decision.effects = addressed.then(|| Effect::send(Role::Operator, "attention")).into_iter().collect();
    }
    let dispute = &mut decision.dispute;
    let about = match event.actor {
        Actor::Person(role) => Some(role),
        Actor::Clock | Actor::MailSystem | Actor::Service => None,
    };
    let mut mails = Vec::new();
    for (index, effect) in decision.effects.iter().enumerate() {
        let Effect::Send { to, letter, channel } = effect;
        let courtesy = about == Some(*to) && decision.judgement == Judgement::Noted;
        if is_excess(work, dispute, *to, letter, if courtesy { patience } else { u32::MAX }, now).await? {
            continue;
        }
        let Some(mail) = compose_one(desk, workflow, dispute, *to, letter, *channel, &Occasional { cause: event.cause, about, masked, index, now, answers })?
        else {
            continue;
        };
        if let Some(person) = dispute.participant_mut(*to) {
            person.remember(*channel, mail.message_id.clone());
        }
        mails.push(mail);
    }
    work.save(dispute).await?;
    let letters = mails.iter().map(|mail| mail.message_id.as_str().to_owned()).collect();
    let entry = JournalEntry { at: now, actor: event.actor, act: event.act.clone(), cause: event.cause, steps: decision.steps.clone(), letters, note };
    work.journal(dispute.id, &entry).await?;
    for mail in &mails {
        work.enqueue(Some(dispute.id), mail, now).await?;
    }
    Ok(decision.judgement)
}

pub(super) const HOUR: i64 = 3_600;
const DAY: i64 = 24 * HOUR;
/// Letters that a registrar is sent in an hour about what waits; what waits beyond that is in `elitige held list` and `elitige case list`.
pub(super) const TOLD_AN_HOUR: u32 = 20;

struct Occasional {
    cause: Digest,
    about: Option<Role>,
    masked: bool,
    index: usize,
    now: Instant,
    answers: bool,
}

/// Who must act in the present state.
fn ball(workflow: &Workflow, dispute: &Dispute) -> Option<Role> {
    match workflow.ball(&dispute.state)? {
        "pauser" => dispute.suspended.as_ref().map(|suspended| suspended.by),
        name => Role::parse(name),
    }
}

/// One letter to one role; `None` if the role has nobody, or may not be told anything yet.
fn compose_one(
    desk: &Desk,
    workflow: &Workflow,
    dispute: &Dispute,
    to: Role,
    letter: &str,
    channel: Channel,
    when: &Occasional,
) -> Result<Option<OutboundMail>, ComposeError> {
    let addressee = match to {
        Role::Consumer => Some(Addressee::Consumer(VisibleTo::consumer(dispute, workflow.needs()))),
        Role::Merchant => VisibleTo::merchant(dispute).map(Addressee::Merchant),
        Role::Operator => VisibleTo::operator(dispute, workflow.needs()).map(Addressee::Operator),
        Role::Mediator => None,
    };
    let Some(addressee) = addressee else {
        return Ok(None);
    };
    let occasion = Occasion {
        cause: when.cause,
        index: when.index,
        now: when.now,
        channel,
        desk: &dispute.desk,
        dispute: dispute.id,
        matters: dispute.matters(to),
        ball: ball(workflow, dispute),
        about: when.about,
        masked: when.masked && when.about == Some(to),
        answers: when.answers,
        zone: desk.calendar.zone(),
    };
    compose::letter(&desk.stationery, &desk.house, &addressee, letter, &occasion).map(Some)
}

/// Whether a letter would be one too many. A receipt is a courtesy: one a day in a dispute is enough. An answer that changes nothing is left
/// out once its author was sent enough, so that two programs that answer each other fall silent. The registrar is told twenty times an hour.
async fn is_excess(work: &mut Work, dispute: &Dispute, to: Role, letter: &str, patience: u32, now: Instant) -> Result<bool, SettleError> {
    let Some(person) = dispute.participant(to) else {
        return Ok(false);
    };
    if letter == "attention" {
        return Ok(work.letters_sent(&person.address, now.plus_seconds(-HOUR)).await? >= TOLD_AN_HOUR);
    }
    let since = now.plus_seconds(-DAY);
    if letter == "received" && work.letter_sent(dispute.id, to, letter, since).await? {
        return Ok(true);
    }
    Ok(patience < u32::MAX && work.letters_sent(&person.address, since).await? >= patience)
}
