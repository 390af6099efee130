//! What has legal weight: who confirmed, who granted, who may be invited. It is noted here, in code, before any rule of a
//! file is looked at, and no file can change it (DOMAIN I1, I3, I4).

use super::deadline::rings;
use super::words::may_say;
use crate::domain::{Act, Actor, Digest, Dispute, Event, Fact, Given, Instant, Participant, Reachable, Role, Statement};

/// How much of a consumer's account is kept in a request; the mails themselves are kept whole.
const LONGEST_ACCOUNT: usize = 64 << 10;

/// `dispute` after what `event` itself says, before any rule. `None` if the event cannot be heard: it speaks of another
/// request or agreement, of a deadline that moved, or its actor cannot say it.
pub(super) fn heard(dispute: &Dispute, event: &Event, now: Instant) -> Option<Dispute> {
    let stranger = event.actor == Actor::Person(Role::Merchant) && dispute.merchant.is_none();
    if stranger || !may_say(event.actor, event.act.name()) {
        return None;
    }
    let mut dispute = dispute.clone();
    // Whoever answers is reached, whatever came back before.
    if let Actor::Person(role) = event.actor
        && let Some(person) = dispute.participant_mut(role)
    {
        person.reachable = Reachable::Yes;
    }
    let given = |on: Digest| Given { on, at: now, evidence: event.cause };
    match &event.act {
        Act::Complaint(statement) | Act::Supply(statement) => state(&mut dispute, statement),
        Act::Confirm(digest) => {
            let request = dispute.draft_request();
            if request.digest() != *digest || dispute.consent.agreement().is_some() {
                return None;
            }
            dispute.consent.confirm(request, given(*digest));
        }
        Act::GrantRequest(digest) => dispute.consent.grant(given(*digest)).then_some(())?,
        Act::Performed(digest) | Act::NotPerformed(digest) => {
            dispute.consent.agreement().filter(|agreement| agreement.digest == *digest)?;
            if event.act == Act::Performed(*digest) && event.actor == Actor::Person(Role::Merchant) {
                dispute.merchant_performed.get_or_insert(given(*digest));
            }
        }
        Act::Admit(Some(merchant)) => admit(&mut dispute, merchant),
        Act::Reject(reason) => dispute.rejection = Some(*reason),
        Act::Bounced(role) => dispute.participant_mut(*role)?.reachable = Reachable::Bouncing,
        Act::Remind(_) | Act::Due => {
            let due = rings(&dispute, now)?;
            if due != event.act {
                return None;
            }
        }
        _ => {}
    }
    Some(dispute)
}

/// Takes over what the consumer says. What was confirmed stays as it was confirmed.
fn state(dispute: &mut Dispute, statement: &Statement) {
    let confirmed = dispute.consent.confirmed_request().is_some();
    let complaint = &mut dispute.complaint;
    // Whom the registrar was shown, nobody exchanges afterwards.
    let settled: Vec<Fact> = [Fact::Merchant, Fact::MerchantContact].into_iter().filter(|fact| confirmed && complaint.facts.get(*fact).is_some()).collect();
    complaint.facts.update(&statement.facts.clone().without(&settled));
    complaint.proposals = statement.proposals.iter().filter(|proposal| complaint.facts.get(proposal.fact).is_none()).cloned().collect();
    complaint.unknown.extend(statement.unknown.iter().filter(|fact| fact.may_be_unknown()));
    complaint.unknown.sort_unstable();
    complaint.unknown.dedup();
    if statement.category.is_some() {
        complaint.category.clone_from(&statement.category);
    }
    let words = statement.words.trim();
    if confirmed || words.is_empty() || complaint.words.len().saturating_add(words.len()) > LONGEST_ACCOUNT {
        return;
    }
    if !complaint.words.is_empty() {
        complaint.words.push_str("\n\n");
    }
    complaint.words.push_str(words);
}

/// The registrar names the merchant: only for a request that was confirmed, and not after somebody agreed to it.
fn admit(dispute: &mut Dispute, merchant: &Participant) {
    let asked = dispute.consent.confirmed_request().is_some() && dispute.consent.agreement().is_none();
    if asked && merchant.role == Role::Merchant {
        dispute.merchant = Some(merchant.clone());
    }
}
