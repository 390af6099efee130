//! What has legal weight: who confirmed, who granted, who may be invited. It is noted here, in code, before any rule of a
//! file is looked at, and no file can change it (DOMAIN I1, I3, I4).

use super::deadline::rings;
use super::service;
use super::words::may_say;
use crate::domain::{
    Act, Actor, Attention, Consent, Digest, Dispute, Event, Fact, Given, Instant, Joint, Ledger, Participant, Reachable, Role, Statement, Track,
};

/// How much of a consumer's account is kept in a request; the mails themselves are kept whole.
const LONGEST_ACCOUNT: usize = 64 << 10;

/// `dispute` after what `event` itself says, before any rule. `None` if the event cannot be heard: it speaks of another
/// request or agreement, of a deadline that moved, or its actor cannot say it.
pub(super) fn heard(dispute: &Dispute, event: &Event, now: Instant) -> Option<Dispute> {
    let absent = |role: Role| event.actor == Actor::Person(role) && dispute.participant(role).is_none();
    let stranger = absent(Role::Merchant) || absent(Role::Mediator);
    if stranger || !may_say(event.actor, event.act.said()) {
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
        Act::Complaint(statement) | Act::Supply(statement) => {
            state(&mut dispute, statement);
            service::keep_request(&mut dispute, given);
        }
        Act::Confirm(digest) => {
            let request = dispute.draft_request();
            if request.digest() != *digest || dispute.consent.agreement().is_some() {
                return None;
            }
            dispute.consent.confirm(request, given(*digest));
        }
        Act::GrantRequest(digest) => dispute.consent.grant(given(*digest)).then_some(())?,
        Act::Performed(digest) | Act::NotPerformed(digest) | Act::Contest(digest) => {
            dispute.consent.agreement().filter(|agreement| agreement.digest == *digest)?;
            if event.act == Act::Performed(*digest) && event.actor == Actor::Person(Role::Merchant) {
                dispute.merchant_performed.get_or_insert(given(*digest));
            }
        }
        Act::Renegotiate(digest) => renegotiate(&mut dispute, event, given(*digest))?,
        Act::Draft(_) | Act::Propose(_) | Act::AcceptTerms(_) | Act::DeclineTerms(_) | Act::RetractTerms(_) => {
            service::may_answer(&dispute, event)?;
            proposals(&mut dispute, event, given)?;
            service::accept_within_mandate(&mut dispute, event, given);
        }
        Act::Spoke(_) | Act::Deadlock | Act::Escalate => service::heard(&mut dispute, event)?,
        Act::Assign(_) | Act::TakeMission | Act::DeclineMission | Act::Recuse => mission(&mut dispute, event, now)?,
        Act::JoinMediation(digest) => dispute.consent.mediate(given(*digest)).then_some(())?,
        Act::Admit(Some(merchant)) => admit(&mut dispute, merchant),
        Act::Reroute => reroute(&mut dispute)?,
        Act::Reject(reason) => dispute.rejection = Some(*reason),
        Act::Bounced(role) => dispute.participant_mut(*role)?.reachable = Reachable::Bouncing,
        Act::Remind(_) | Act::Due | Act::TermRemind(_) | Act::TermOver => {
            let due = rings(&dispute, now)?;
            if due != event.act {
                return None;
            }
            service::time_is_over(&mut dispute, event);
        }
        _ => {}
    }
    Some(dispute)
}

/// Takes over what the consumer says. What was confirmed stays as it was confirmed.
fn state(dispute: &mut Dispute, statement: &Statement) {
    let confirmed = dispute.consent.confirmed_request().is_some() && dispute.track() == Track::Mediation;
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

/// What `dispute` would say of the complaint if exactly `acts` had been said in it, in their order; `None` where it did not begin with a complaint of its
/// own, or the consumer had to name another merchant meanwhile.
pub fn restated<'a>(dispute: &Dispute, acts: impl Iterator<Item = &'a Act>) -> Option<Statement> {
    let mut told = Dispute { complaint: Statement::default(), consent: Consent::default(), ..dispute.clone() };
    let mut began = false;
    for act in acts {
        match act {
            Act::Complaint(statement) | Act::Supply(statement) => {
                began |= matches!(act, Act::Complaint(_));
                state(&mut told, statement);
            }
            Act::Confirm(_) => {
                let request = told.draft_request();
                let given = Given { on: request.digest(), at: told.opened, evidence: told.rules };
                told.consent.confirm(request, given);
            }
            Act::Reroute | Act::Escalate => return None,
            _ => {}
        }
    }
    // What the house's rules made of it is not the consumer's to say.
    if dispute.noticed.category.is_some() {
        told.complaint.category.clone_from(&dispute.complaint.category);
    }
    began.then_some(told.complaint)
}

/// What is written, proposed, accepted, declined or taken back. `None` where it means nothing: another proposal, an agreement, nothing to answer.
fn proposals(dispute: &mut Dispute, event: &Event, given: impl Fn(Digest) -> Given) -> Option<()> {
    let Actor::Person(role) = event.actor else { return None };
    let asked = dispute.merchant.is_some() && dispute.consent.confirmed_request().is_some() && dispute.consent.agreement().is_none();
    // Nobody proposes as a mediator who has not declared to be free of any conflict.
    let heard = asked && (role != Role::Mediator || dispute.is_mediated());
    let mediated = dispute.term.is_some();
    let consent = &mut dispute.consent;
    let meant = heard
        && match &event.act {
            Act::Draft(terms) => {
                consent.draft(role, terms.clone());
                true
            }
            Act::Propose(digest) => consent.propose(role, given(*digest), mediated),
            Act::AcceptTerms(digest) => consent.accept(role.party()?, given(*digest)),
            Act::RetractTerms(digest) => consent.retract(role.party()?, *digest),
            Act::DeclineTerms(digest) => {
                let open = consent.open_proposal().is_some_and(|tabled| tabled.digest() == *digest);
                if open {
                    consent.close_proposals();
                }
                open
            }
            _ => false,
        };
    meant.then_some(())
}

/// Only where there is somebody to mediate, and enough is left of the six months that a mediation may last (DOMAIN §2.3, row 58).
fn renegotiate(dispute: &mut Dispute, event: &Event, given: Given) -> Option<()> {
    const FIVE_MONTHS: i64 = 150 * 86_400;
    let joined = dispute.consent.joined_at().filter(|_| dispute.is_mediated())?;
    let party = event.actor.person()?.party()?;
    (given.at.seconds_since(joined) < FIVE_MONTHS && dispute.consent.renegotiate(party, given)).then_some(())?;
    if dispute.consent.agreement().is_none() {
        // What was said of the agreement that was put aside says nothing of the next one.
        dispute.merchant_performed = None;
    }
    Some(())
}

/// Who mediates: named by the registrar, heard once the mission was taken on. Nobody mediates a dispute of their own, nor one that they stepped down from.
fn mission(dispute: &mut Dispute, event: &Event, now: Instant) -> Option<()> {
    match &event.act {
        Act::Assign(mediator) => {
            let own = [Role::Consumer, Role::Merchant]
                .into_iter()
                .any(|role| dispute.participant(role).is_some_and(|person| person.knows(&mediator.address).is_some()));
            let excluded = dispute.recused.iter().any(|address| address.is_same(&mediator.address));
            let confirmed = dispute.consent.confirmed_request().is_some() && dispute.merchant.is_some();
            // Nobody mediates what is agreed already; whoever works for a customer service goes on until its promise is kept.
            let late = dispute.track() == Track::Mediation && dispute.consent.agreement().is_some();
            if own || excluded || late || !confirmed || mediator.role != Role::Mediator {
                return None;
            }
            dispute.mediator = Some(mediator.clone());
            // Whoever works for a customer service has no mission to accept.
            dispute.mission = dispute.service.as_ref().map(|_| Given { on: event.cause, at: now, evidence: event.cause });
        }
        Act::TakeMission => {
            let on = Digest::of(dispute.mediator.as_ref()?.address.folded().as_bytes());
            dispute.mission.is_none().then_some(())?;
            dispute.mission = Some(Given { on, at: now, evidence: event.cause });
            dispute.confided = true;
        }
        Act::DeclineMission | Act::Recuse => {
            let taken = dispute.mission.is_some();
            if taken != (event.act == Act::Recuse) {
                return None;
            }
            let mediator = dispute.mediator.take()?;
            dispute.mission = None;
            dispute.pending = None;
            dispute.attention = Attention::default();
            // Whoever comes after finds no notes of whoever went before (DOMAIN §7.3, feature 12).
            dispute.contacted = Vec::new();
            dispute.points.forget();
            dispute.consent.forget_draft(Role::Mediator);
            dispute.recused.push(mediator.address);
        }
        _ => return None,
    }
    Some(())
}

/// Nobody is the merchant any more, and the consumer confirms anew who is: what was confirmed for one merchant is not forwarded to another (DOMAIN I1).
fn reroute(dispute: &mut Dispute) -> Option<()> {
    let rerouted = dispute.merchant.is_some() && dispute.consent.agreement().is_none() && dispute.consent.proposals().is_empty();
    if rerouted {
        dispute.merchant = None;
        dispute.mediator = None;
        dispute.mission = None;
        dispute.consent = Consent::default();
        dispute.joint = Joint::default();
        dispute.shares = Vec::new();
        dispute.disclosures = Vec::new();
        dispute.contacted = Vec::new();
        dispute.points = Ledger::default();
        dispute.pending = None;
        dispute.attention = Attention::default();
        dispute.term = None;
        dispute.complaint.facts = dispute.complaint.facts.clone().without(&[Fact::Merchant, Fact::MerchantContact]);
    }
    rerouted.then_some(())
}

/// The registrar names the merchant: only for a request that was confirmed, and not after somebody agreed to it.
fn admit(dispute: &mut Dispute, merchant: &Participant) {
    let asked = dispute.consent.confirmed_request().is_some() && dispute.consent.agreement().is_none();
    if asked && merchant.role == Role::Merchant {
        if dispute.merchant.as_ref().is_none_or(|known| !known.address.is_same(&merchant.address)) {
            dispute.consent.merchant_changes();
        }
        dispute.merchant = Some(merchant.clone());
    }
}
