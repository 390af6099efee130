//! What was confirmed, granted, proposed and accepted, with the evidence: the only way to an agreement (DOMAIN I3).

use super::charter::{Assent, Assents, Edition};
use super::digest::Digest;
use super::facts::Facts;
use super::given::Given;
use super::renegotiation::Renegotiation;
use super::role::{Party, Role};
use super::terms::{Draft, Tabled, Terms};
use super::time::Instant;
use serde::{Deserialize, Serialize};

/// What was confirmed, granted, proposed and accepted, with the evidence. The only way to an agreement leads through here (DOMAIN I3).
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Consent {
    confirmed: Option<Given>,
    granted: Option<Given>,
    /// That the merchant accepts to be mediated, with the charter (DOMAIN §2.3, row 21).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    joined: Option<Given>,
    request: Option<Request>,
    /// Which charter each side was told, and accepted.
    #[serde(default, skip_serializing_if = "Assents::is_nothing")]
    charter: Assents,
    /// What people wrote and did not propose yet, one for each author.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    drafts: Vec<Draft>,
    /// Every proposal that was made, oldest first; only the last can be open.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    proposals: Vec<Tabled>,
    /// Who wishes to go back to the exchange, and the agreements that both put aside for it.
    #[serde(default, skip_serializing_if = "Renegotiation::is_nothing")]
    again: Renegotiation,
}

/// The request as the consumer confirmed it, word for word what the merchant is asked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Request {
    /// Fields.
    pub facts: Facts,
    /// Category code of DOMAIN §4.1.
    pub category: Option<String>,
    /// The consumer's account, in own words.
    pub account: String,
}

impl Request {
    /// The digest that codes, confirmations and grants are bound to.
    pub fn digest(&self) -> Digest {
        let mut parts: Vec<&[u8]> = vec![b"request", self.account.as_bytes(), self.category.as_deref().unwrap_or_default().as_bytes()];
        for (fact, value) in self.facts.iter() {
            parts.push(fact.name().as_bytes());
            parts.push(value.as_bytes());
        }
        Digest::of_parts(&parts)
    }
}

/// An agreement: two authenticated statements on the same thing. It has no public constructor.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Agreement<'a> {
    /// What was agreed.
    pub on: Agreed<'a>,
    /// The consumer's statement.
    pub consumer: Given,
    /// The merchant's statement.
    pub merchant: Given,
    /// Digest of what was agreed: the agreement's number.
    pub digest: Digest,
}

/// What was agreed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Agreed<'a> {
    /// The request, exactly as the consumer confirmed it and the merchant granted it.
    Request(&'a Request),
    /// A proposal that both accepted.
    Terms(&'a Terms),
}

impl Agreement<'_> {
    /// When it was made: with the second of both statements.
    pub fn made(&self) -> Instant {
        self.consumer.at.max(self.merchant.at)
    }
}

impl Consent {
    /// Drafts that are kept of one author: the newest replaces the one before.
    const DRAFTS: usize = 4;
    /// The most proposals that are made in one dispute.
    pub const MOST_PROPOSALS: usize = 50;

    /// Records that the consumer confirmed `request` and agreed that it is forwarded. A later grant must name the same digest.
    pub fn confirm(&mut self, request: Request, given: Given) {
        if request.digest() == given.on {
            self.request = Some(request);
            self.confirmed = Some(given);
            self.charter.of_mut(Party::Consumer).accept(given);
            self.granted = None;
        }
    }

    /// Records that the merchant granted; has effect only on exactly what was confirmed. Says whether it had.
    pub fn grant(&mut self, given: Given) -> bool {
        let same = self.confirmed.is_some_and(|confirmed| confirmed.on == given.on) && self.agreement().is_none();
        if same {
            self.close_proposals();
            self.granted = Some(given);
            self.charter.of_mut(Party::Merchant).accept(given);
        }
        same
    }

    /// Records that the merchant accepts to be mediated.
    pub fn mediate(&mut self, given: Given) -> bool {
        let meant = self.confirmed_request().is_some_and(|request| request.digest() == given.on);
        if meant {
            self.joined.get_or_insert(given);
            self.charter.of_mut(Party::Merchant).accept(given);
        }
        meant
    }

    /// Whether the merchant accepts to be mediated, and the charter with it.
    pub fn is_joined(&self) -> bool {
        self.joined.is_some()
    }

    /// Since when it does.
    pub fn joined_at(&self) -> Option<Instant> {
        self.joined.map(|given| given.at)
    }

    /// When the consumer confirmed the request.
    pub fn confirmed_at(&self) -> Option<Instant> {
        self.confirmed.map(|given| given.at)
    }

    /// Notes that a letter to `party` held that edition of the charter and asked for what accepts it.
    pub fn tell_charter(&mut self, party: Party, edition: &Edition, at: Instant) {
        self.charter.of_mut(party).tell(edition, at);
    }

    /// Somebody else is the merchant from now on: what another one was told, or accepted, does not count.
    pub fn merchant_changes(&mut self) {
        *self.charter.of_mut(Party::Merchant) = Assent::Untold;
        self.joined = None;
    }

    /// The charter towards `party`.
    pub fn charter(&self, party: Party) -> &Assent {
        self.charter.of(party)
    }

    /// Keeps what `by` wrote and has not proposed yet.
    pub fn draft(&mut self, by: Role, terms: Terms) {
        self.drafts.retain(|draft| draft.by != by);
        self.drafts.push(Draft { by, terms });
        let surplus = self.drafts.len().saturating_sub(Self::DRAFTS);
        self.drafts.drain(..surplus);
    }

    /// Forgets what `by` wrote and did not propose: whoever comes after does not find it.
    pub fn forget_draft(&mut self, by: Role) {
        self.drafts.retain(|draft| draft.by != by);
    }

    /// What `by` wrote and has not proposed yet.
    pub fn drafted(&self, by: Role) -> Option<&Terms> {
        self.drafts.iter().find(|draft| draft.by == by).map(|draft| &draft.terms)
    }

    /// Digest of the draft of `by`, as the proposal that it would be.
    pub fn draft_digest(&self, by: Role) -> Option<Digest> {
        self.drafted(by).map(|terms| terms.digest(by, self.next_number()))
    }

    /// `by` makes its draft a proposal, if `given` speaks of exactly it; the one before is closed. `mediated` tells that a mediation goes on. Says whether it did.
    pub fn propose(&mut self, by: Role, given: Given, mediated: bool) -> bool {
        let meant = self.draft_digest(by) == Some(given.on) && self.agreement().is_none() && self.proposals.len() < Self::MOST_PROPOSALS;
        let Some(place) = self.drafts.iter().position(|draft| draft.by == by).filter(|_| meant) else { return false };
        let draft = self.drafts.remove(place);
        self.close_proposals();
        let mut tabled = Tabled::new(self.next_number(), by, draft.terms, given);
        tabled.mediated = mediated;
        self.proposals.push(tabled);
        true
    }

    /// The proposal that can be answered.
    pub fn open_proposal(&self) -> Option<&Tabled> {
        self.proposals.last().filter(|tabled| tabled.is_open())
    }

    /// Every proposal that was made, oldest first.
    pub fn proposals(&self) -> &[Tabled] {
        &self.proposals
    }

    /// Records that `party` accepts the open proposal, if `given` speaks of exactly it. Says whether it did.
    pub fn accept(&mut self, party: Party, given: Given) -> bool {
        self.agreement().is_none() && self.proposals.last_mut().is_some_and(|tabled| tabled.accept(party, given))
    }

    /// Takes the acceptance of `party` back. Says whether there was one.
    pub fn retract(&mut self, party: Party, on: Digest) -> bool {
        self.proposals.last_mut().is_some_and(|tabled| tabled.retract(party, on))
    }

    /// Closes the open proposal: it was declined, or its time is over.
    pub fn close_proposals(&mut self) {
        if let Some(open) = self.proposals.last_mut().filter(|tabled| tabled.is_open()) {
            open.close();
        }
    }

    /// The request as confirmed: the only thing of the complaint that the merchant may see (DOMAIN I1).
    pub fn confirmed_request(&self) -> Option<&Request> {
        self.confirmed.and(self.request.as_ref())
    }

    /// The agreement, if there is one.
    pub fn agreement(&self) -> Option<Agreement<'_>> {
        let kept = |agreement: &Agreement<'_>| !self.again.has_put_aside(agreement.digest, agreement.made());
        self.agreed_request().filter(kept).or_else(|| self.agreed_terms().filter(kept))
    }

    /// Records that `party` wishes to go back to the exchange; once both do, the agreement of that digest is put aside. Says whether there is such an agreement.
    pub fn renegotiate(&mut self, party: Party, given: Given) -> bool {
        let meant = self.agreement().is_some_and(|agreement| agreement.digest == given.on);
        if meant {
            self.again.wish(party, given);
        }
        meant
    }

    /// Whether both sides put an agreement aside at some time, and talk again since.
    pub fn was_reopened(&self) -> bool {
        self.again.is_reopened()
    }

    fn agreed_request(&self) -> Option<Agreement<'_>> {
        let (request, consumer, merchant) = (self.request.as_ref()?, self.confirmed?, self.granted?);
        let digest = request.digest();
        (consumer.on == digest && merchant.on == digest).then_some(Agreement { on: Agreed::Request(request), consumer, merchant, digest })
    }

    fn agreed_terms(&self) -> Option<Agreement<'_>> {
        let tabled = self.proposals.last()?;
        let (consumer, merchant) = tabled.both()?;
        let digest = tabled.digest();
        (consumer.on == digest && merchant.on == digest).then_some(Agreement { on: Agreed::Terms(&tabled.terms), consumer, merchant, digest })
    }

    fn next_number(&self) -> u16 {
        u16::try_from(self.proposals.len().saturating_add(1)).unwrap_or(u16::MAX)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{Day, Obligation};

    fn given(on: Digest) -> Given {
        Given { on, at: Instant::parse("2026-11-23T09:00:00Z").unwrap(), evidence: Digest::of(b"mail") }
    }

    fn terms(what: &str) -> Terms {
        let due = Day::new(2026, 12, 15).unwrap();
        Terms::new(vec![Obligation { debtor: Party::Merchant, what: what.to_owned(), amount: None, due, remedy: None, supplied: false }]).unwrap()
    }

    #[test]
    fn a_draft_is_proposed_by_its_author_with_its_digest_alone() {
        let mut consent = Consent::default();
        consent.draft(Role::Merchant, terms("a"));
        let digest = consent.draft_digest(Role::Merchant).unwrap();
        assert!(!consent.propose(Role::Consumer, given(digest), false) && !consent.propose(Role::Merchant, given(Digest::of(b"x")), false));
        assert!(consent.propose(Role::Merchant, given(digest), false));
        assert!(!consent.propose(Role::Merchant, given(digest), false), "a draft is proposed once");
        let open = consent.open_proposal().unwrap().digest();
        assert!(consent.agreement().is_none());
        assert!(consent.accept(Party::Consumer, given(open)));
        assert_eq!(consent.agreement().unwrap().digest, open);
    }

    #[test]
    fn a_newer_proposal_closes_the_one_before_and_its_codes() {
        let mut consent = Consent::default();
        consent.draft(Role::Merchant, terms("a"));
        let first = consent.draft_digest(Role::Merchant).unwrap();
        assert!(consent.propose(Role::Merchant, given(first), false));
        consent.draft(Role::Consumer, terms("a"));
        let second = consent.draft_digest(Role::Consumer).unwrap();
        assert_ne!(first, second);
        assert!(consent.propose(Role::Consumer, given(second), false));
        assert!(!consent.accept(Party::Consumer, given(first)));
        assert!(consent.accept(Party::Merchant, given(second)));
        assert!(matches!(consent.agreement().unwrap().on, Agreed::Terms(_)));
    }

    #[test]
    fn what_lapsed_is_not_accepted() {
        let mut consent = Consent::default();
        consent.draft(Role::Mediator, terms("a"));
        let digest = consent.draft_digest(Role::Mediator).unwrap();
        assert!(consent.propose(Role::Mediator, given(digest), false));
        assert!(consent.accept(Party::Consumer, given(digest)));
        consent.close_proposals();
        assert!(!consent.accept(Party::Merchant, given(digest)) && consent.agreement().is_none());
    }
}
