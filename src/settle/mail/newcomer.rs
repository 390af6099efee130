//! The mail of somebody who has no part in a dispute yet.

use super::super::brakes::{self, Patience};
use super::super::masking::Masking;
use super::super::{Counter, Desk, SettleError, understand, write};
use super::{Finding, Incoming, duplicate, is_copy, sender_of};
use crate::domain::{
    Act, Actor, Address, Dice, Dispute, DisputeId, Event, Fact, HeldReason, Instant, Language, MailOutcome, Participant, Reference, Role, Statement,
};
use crate::letter::Letter;
use crate::store::Work;
use crate::workflow;
use std::sync::Arc;

const DAY: i64 = 86_400;

/// Opens a dispute if the mail is a complaint that may open one.
pub(super) async fn newcomer(
    desk: &Desk,
    work: &mut Work,
    incoming: &Incoming,
    letter: &Letter,
    counter: &Counter,
    now: Instant,
    dice: &mut Dice,
) -> Result<Finding, SettleError> {
    let Some(sender) = sender_of(letter) else {
        return Ok(Finding::held(HeldReason::NotAuthenticated, None, "no single sender"));
    };
    if desk.operators.iter().any(|registrar| registrar.address.is_same(sender)) {
        return Ok(Finding::held(HeldReason::NeedsPerson, None, "a registrar wrote without a reply address"));
    }
    if counter.client.as_ref().is_some_and(|client| client.is_staff(sender)) {
        return Ok(Finding::held(HeldReason::NeedsPerson, None, "an agent or the merchant of this customer service wrote without a reply address"));
    }
    if let Some(copied) = is_copy(work, incoming, letter, None).await? {
        let original = match copied.dispute {
            Some(id) => work.dispute(id).await?,
            None => None,
        };
        return match original {
            Some(dispute) => duplicate(work, &dispute, incoming, &copied.why, now).await,
            None => Ok(Finding::plain(MailOutcome::Duplicate, &copied.why)),
        };
    }
    let Some(rules) = counter.workflow.as_deref().and_then(|name| desk.rulebook.current(name)).filter(|_| understand::is_complaint(letter)) else {
        return Ok(Finding::plain(MailOutcome::Stranger, "not a complaint"));
    };
    if !letter.may_answer {
        return Ok(Finding::held(HeldReason::NeedsPerson, None, "a complaint that asks not to be answered by a program"));
    }
    let known = work.by_address(sender).await?;
    let open_as = |wanted: Role| known.iter().filter(|(_, role, open)| *open && *role == wanted).count();
    if open_as(Role::Merchant) > 0 {
        return Ok(Finding::held(HeldReason::NeedsPerson, None, "a merchant with an open dispute wrote anew; it may be an answer"));
    }
    let today = work.opened_by(sender, today(now)).await?;
    if open_as(Role::Consumer) >= desk.policy.brakes.open_disputes as usize || today >= desk.policy.brakes.answers_per_day {
        return Ok(Finding::held(HeldReason::TooMany, None, "its sender has opened as many disputes as one address may"));
    }
    if brakes::is_valve_shut(desk, work, now).await? {
        return Ok(Finding::held(HeldReason::TooMany, None, "as many disputes were opened in an hour as may be by all senders"));
    }
    open(desk, work, incoming, letter, sender, counter, &rules, "a complaint of an authenticated newcomer", now, dice).await
}

/// Since when the disputes count that somebody opened in a day.
pub(super) fn today(now: Instant) -> Instant {
    now.plus_seconds(-DAY)
}

/// Opens the dispute that the mail is the complaint of.
#[expect(clippy::too_many_arguments, reason = "each is a separate fact of the one mail; a struct would only rename them")]
pub(in crate::settle) async fn open(
    desk: &Desk,
    work: &mut Work,
    incoming: &Incoming,
    letter: &Letter,
    sender: &Address,
    counter: &Counter,
    rules: &Arc<workflow::Workflow>,
    because: &str,
    now: Instant,
    dice: &mut Dice,
) -> Result<Finding, SettleError> {
    let complaint = understand::complaint(letter, sender);
    let dispute = opened(desk, work, rules, letter, sender, counter, &complaint, now, dice).await?;
    let (dispute, statement) = match &counter.client {
        Some(client) => {
            let statement = client.complained_of(complaint, dispute.consumer.language);
            (client.takes(dispute, incoming.digest, now, dice), statement)
        }
        None => (dispute, complaint),
    };
    let event = Event { actor: Actor::Person(Role::Consumer), act: Act::Complaint(statement), cause: incoming.digest };
    let decision = workflow::begin(rules, &desk.calendar, dispute, &event, now);
    let id = decision.dispute.id;
    let because = because.to_owned();
    let verdict = write::Verdict {
        workflow: rules,
        event: &event,
        decision,
        masked: letter.hides_secret(),
        answers: true,
        patience: Patience::ENDLESS,
        spoken: None,
        author: write::Author::default(),
        note: because.clone(),
    };
    write::commit(desk, work, verdict, now).await?;
    Ok(Finding { outcome: MailOutcome::Opened, dispute: Some(id), because, tell: false })
}

/// A reference that no dispute has.
pub(in crate::settle) async fn unused(work: &mut Work, dice: &mut Dice) -> Result<Reference, SettleError> {
    let mut reference = Reference::fresh(dice);
    while !work.is_unused(&reference).await? {
        reference = Reference::fresh(dice);
    }
    Ok(reference)
}

/// The dispute as it is before its workflow begins.
#[expect(clippy::too_many_arguments, reason = "each is a separate fact of the one mail; a struct would only rename them")]
async fn opened(
    desk: &Desk,
    work: &mut Work,
    rules: &Arc<workflow::Workflow>,
    letter: &Letter,
    sender: &Address,
    counter: &Counter,
    statement: &Statement,
    now: Instant,
    dice: &mut Dice,
) -> Result<Dispute, SettleError> {
    let reference = unused(work, dice).await?;
    let name = statement.facts.get(Fact::ConsumerName).map(str::to_owned).or_else(|| Masking::of_address(sender).name(letter.from_name.as_deref()?));
    let language = letter.language.answered_in().unwrap_or(Language::Fr);
    let mut consumer = Participant::joining(Role::Consumer, sender.clone(), name, language, dice);
    consumer.thread.extend(letter.message_id.clone());
    let operator = desk
        .operators
        .first()
        .map(|registrar| Participant::joining(Role::Operator, registrar.address.clone(), registrar.name.clone(), registrar.language, dice));
    let new = Dispute::new(DisputeId::fresh(now, dice), reference, counter.address.clone(), consumer, now);
    Ok(Dispute { rules: rules.digest(), operator, ..new })
}
