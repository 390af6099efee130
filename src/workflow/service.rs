//! What has legal weight in the customer service of a merchant: what counts as asked, and as offered in the merchant's name. Code that no file can change.

use crate::domain::{Act, Actor, Channel, Digest, Dispute, Event, Given, Party, Role};

/// The consumer wrote to this very merchant's service: what was understood of it is what the merchant may see, and the mail is the evidence (DOMAIN I1).
pub(super) fn keep_request(dispute: &mut Dispute, given: impl Fn(Digest) -> Given) {
    if dispute.service.is_some() && dispute.consent.agreement().is_none() {
        let request = dispute.draft_request();
        let digest = request.digest();
        dispute.consent.confirm(request, given(digest));
    }
}

/// Nobody offers in a customer service but its agents, and the consumer accepts nothing in the merchant's name that the merchant did not accept.
pub(super) fn may_answer(dispute: &Dispute, event: &Event) -> Option<()> {
    if dispute.service.is_none() {
        return Some(());
    }
    match (event.actor, &event.act) {
        (Actor::Person(role), Act::Draft(_) | Act::Propose(_)) => role == Role::Mediator,
        (Actor::Person(Role::Consumer), _) => dispute.consent.open_proposal().is_some_and(|tabled| tabled.accepted(Party::Merchant).is_some()),
        _ => true,
    }
    .then_some(())
}

/// An offer within the limits that the merchant gave counts as accepted by it, with those limits as the evidence.
pub(super) fn accept_within_mandate(dispute: &mut Dispute, event: &Event, given: impl Fn(Digest) -> Given) {
    let Some(service) = &mut dispute.service else { return };
    if let (Act::Propose(_), Some(open)) = (&event.act, dispute.consent.open_proposal())
        && service.mandate.covers(&open.terms)
    {
        let digest = open.digest();
        dispute.consent.accept(Party::Merchant, Given { evidence: service.mandate.digest(), ..given(digest) });
    }
    let told = dispute.consent.open_proposal().is_some_and(|open| open.accepted(Party::Merchant).is_some());
    service.escalable |= told;
}

/// What only a customer service hears. The consumer goes to mediation once the merchant answered or its time is over (DOMAIN §2.3, rows 70 and 77).
pub(super) fn heard(dispute: &mut Dispute, event: &Event) -> Option<()> {
    let Some(service) = &mut dispute.service else {
        // A mediation that comes from a customer service begins with it.
        return (event.act == Act::Escalate && dispute.linked.is_some() && dispute.version == 0).then_some(());
    };
    match event.act {
        Act::Spoke(Channel::ConsumerPrivate) | Act::Deadlock => service.escalable = true,
        Act::Escalate => return service.escalable.then_some(()),
        _ => {}
    }
    Some(())
}

/// Once the time of the customer service is over, the consumer may go to mediation whatever was answered.
pub(super) fn time_is_over(dispute: &mut Dispute, event: &Event) {
    if let (Act::TermOver, Some(service)) = (&event.act, &mut dispute.service) {
        service.escalable = true;
    }
}
