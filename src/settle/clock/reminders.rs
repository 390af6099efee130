//! One merchant, several reminders on one morning → one letter that lists its cases (DOMAIN §2.3, row 26: a digest per merchant).

use super::super::brakes::Patience;
use super::super::understand::cause;
use super::super::write::{self, Verdict};
use super::super::{Desk, SettleError};
use super::{decide, due, follows};
use crate::compose::{self, Reminded, Reminding};
use crate::domain::{Act, Actor, Decision, Digest, Dispute, Effect, Event, Instant, Judgement, Participant, Role, Track};
use crate::store::{OutboxId, Work};
use crate::workflow::{self, Workflow};
use std::sync::Arc;

/// Cases that one letter lists. Those beyond them are listed in a further one.
const MOST_CASES: u32 = 40;
/// Disputes of one merchant that hear that its address does not work.
const MOST_REACHED: u32 = 500;

/// A reminder to a merchant that is due, decided and not written.
struct Reminder {
    event: Event,
    decision: Decision,
    rules: Arc<Workflow>,
}

/// Settles the reminders to the merchant of `first` that are due now with its own, and tells them in one letter. Each dispute notes that it was reminded, as
/// if it had been alone. `false`, and nothing is done, if there is no other, or if what is due in `first` is no reminder to its merchant.
pub(super) async fn settle(desk: &Desk, work: &mut Work, first: &Dispute, now: Instant) -> Result<bool, SettleError> {
    let Some(merchant) = first.merchant.clone() else { return Ok(false) };
    let Some(own) = reminder(desk, first.clone(), first, now).await? else { return Ok(false) };
    let mut all = vec![own];
    for id in work.due_with(&merchant.address, now, MOST_CASES).await?.into_iter().filter(|id| *id != first.id) {
        if let Some(other) = work.dispute(id).await? {
            all.extend(reminder(desk, other, first, now).await?);
        }
    }
    if all.len() < 2 {
        return Ok(false);
    }
    all.sort_by_key(|one| (one.decision.dispute.deadline.as_ref().map(|deadline| deadline.due), one.decision.dispute.reference.as_str().to_owned()));
    let causes: Vec<&[u8]> = all.iter().map(|one| one.event.cause.as_bytes().as_slice()).collect();
    let cases: Vec<Reminded<'_>> = all.iter().filter_map(|one| Reminded::of(&one.decision.dispute)).collect();
    let about = Reminding { merchant: &merchant, cases: &cases, cause: cause(&causes), now, desk: &first.desk, zone: desk.calendar.zone() };
    let letter = compose::reminding(&desk.stationery, desk.house_at(&first.desk), &about)?;
    let others = all.len().saturating_sub(1);
    for Reminder { event, mut decision, rules } in all {
        decision.effects.retain(|effect| !reminds(effect));
        let note = format!("a clock; the merchant is reminded in one letter with {others} other case{}", if others == 1 { "" } else { "s" });
        let patience = Patience::ENDLESS;
        let verdict = Verdict {
            workflow: &rules,
            event: &event,
            decision,
            masked: false,
            answers: false,
            patience,
            spoken: None,
            author: write::Author::default(),
            note,
        };
        Box::pin(write::commit(desk, work, verdict, now)).await?;
    }
    work.enqueue(None, &letter, now).await?;
    Ok(true)
}

/// The reminder to its merchant that is due in `dispute`, if it may stand in one letter with that of `first`: the same reader, the same language, the same
/// service. What a customer service is reminded of is no party's business.
async fn reminder(desk: &Desk, dispute: Dispute, first: &Dispute, now: Instant) -> Result<Option<Reminder>, SettleError> {
    let is_reader = |known: &Participant, merchant: &Participant| known.address.is_same(&merchant.address) && known.language == merchant.language;
    let same = dispute.merchant.iter().zip(&first.merchant).any(|(one, other)| is_reader(one, other)) && dispute.desk.is_same(&first.desk);
    if !same || dispute.frozen.is_some() || dispute.track() != Track::Mediation || follows(desk, &dispute, now) {
        return Ok(None);
    }
    let Some((dispute, event, _)) = due(dispute, now).filter(|(_, event, _)| matches!(event.act, Act::Remind(_))) else { return Ok(None) };
    let rules = desk.rulebook.by_digest(dispute.rules, &desk.store).await?;
    let decision = workflow::decide(&rules, &desk.calendar, &dispute, &event, now);
    let told = decision.judgement != Judgement::NoRule && decision.effects.iter().any(reminds);
    Ok(told.then_some(Reminder { event, decision, rules }))
}

fn reminds(effect: &Effect) -> bool {
    let Effect::Send { to, .. } = effect;
    *to == Role::Merchant
}

/// A letter to a merchant about several disputes came back, or will not arrive: each of them hears of it, so that no silence is taken for one.
pub(in crate::settle) async fn came_back(desk: &Desk, work: &mut Work, letter: OutboxId, by: Digest, note: &str, now: Instant) -> Result<(), SettleError> {
    for id in work.disputes_of(letter, MOST_REACHED).await? {
        let Some(dispute) = work.dispute(id).await?.filter(|dispute| !dispute.is_closed()) else { continue };
        let event = Event { actor: Actor::MailSystem, act: Act::Bounced(Role::Merchant), cause: cause(&[by.as_bytes(), &id.bytes()]) };
        decide(desk, work, &dispute, &event, note, now).await?;
    }
    Ok(())
}
