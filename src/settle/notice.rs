//! What the house's rules notice in a complaint, before its letters are written (`config/rules.toml`).

use super::{Desk, SettleError};
use crate::domain::{Act, Address, Decision, Dispute, Effect, Event, Fact, Instant, Judgement, Role};
use crate::store::Work;
use crate::workflow::Seen;

/// Notes in the decision's dispute what the rules make of it: when it is opened, and when more is told before it is confirmed. What was
/// confirmed keeps what was decided. Says whether a person must look before anything binding is heard, where that was not so before.
pub(super) async fn notice(desk: &Desk, work: &mut Work, event: &Event, decision: &mut Decision, now: Instant) -> Result<bool, SettleError> {
    let tells = matches!(event.act, Act::Complaint(_) | Act::Supply(_)) && decision.judgement != Judgement::NoRule;
    let dispute = &mut decision.dispute;
    if desk.rules.is_empty() || !tells || dispute.is_closed() || dispute.consent.confirmed_request().is_some() {
        return Ok(false);
    }
    let contact = dispute.complaint.facts.get(Fact::MerchantContact).and_then(|text| Address::parse(text).ok());
    let consumer = dispute.consumer.address.clone();
    let seen = Seen {
        category: dispute.complaint.category.as_deref(),
        language: dispute.consumer.language,
        facts: &dispute.complaint.facts,
        words: &dispute.complaint.words,
        today: desk.calendar.zone().day_of(now),
        open_of_consumer: others(work, dispute, &consumer, Role::Consumer).await?,
        open_of_merchant: match &contact {
            Some(contact) => others(work, dispute, contact, Role::Merchant).await?,
            None => 0,
        },
    };
    let noticed = desk.rules.notice(&seen);
    if noticed.category.is_some() {
        dispute.complaint.category.clone_from(&noticed.category);
    }
    let holds = noticed.hold.is_some() && dispute.noticed.hold.is_none() && dispute.frozen.is_none();
    dispute.noticed = noticed;
    if holds && dispute.operator.is_some() {
        decision.effects.push(Effect::send(Role::Operator, "attention"));
    }
    Ok(holds)
}

/// How many other open disputes that address has in that role.
async fn others(work: &mut Work, dispute: &Dispute, address: &Address, role: Role) -> Result<u32, SettleError> {
    let known = work.by_address(address).await?;
    let others = known.iter().filter(|(id, as_role, open)| *open && *as_role == role && *id != dispute.id).count();
    Ok(u32::try_from(others).unwrap_or(u32::MAX))
}
