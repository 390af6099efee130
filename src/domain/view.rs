//! What may be said of a dispute to whom: a letter is written from a [`VisibleTo`], never from a [`Dispute`].
//!
//! The four constructors and [`VisibleTo::hearing`] are the only doors. What a person may not see is not in the value, so no template can say it (DOMAIN §5.8, I1, I2).

use super::address::Address;
use super::charter::Edition;
use super::code::Matter;
use super::consent::{Agreement, Request};
use super::cooling::Withheld;
use super::deadline::Deadline;
use super::desk::{Pending, Share};
use super::digest::Digest;
use super::disclosure::Disclosing;
use super::dispute::{Dispute, Term};
use super::exempted::Exempted;
use super::facts::Fact;
use super::merchant::Listing;
use super::noticed::Noticed;
use super::outcome::{Outcome, RejectReason};
use super::outsourced::{Answered, Track};
use super::parted::Parted;
use super::people::Participant;
use super::points::Point;
use super::reference::Reference;
use super::role::{Channel, Party, Role};
use super::spoken::Spoken;
use super::statement::Proposal;
use super::terms::{Tabled, Terms};
use super::time::{Day, Instant};
use super::timeline::Happening;
use std::marker::PhantomData;

/// Marks what the consumer may see.
#[derive(Debug)]
pub enum Consumer {}
/// Marks what the merchant may see.
#[derive(Debug)]
pub enum Merchant {}
/// Marks what the registrar may see.
#[derive(Debug)]
pub enum Operator {}
/// Marks what the mediator may see.
#[derive(Debug)]
pub enum Mediator {}

/// Somebody who reads letters.
pub trait Reader {
    /// In which role.
    const ROLE: Role;
}
impl Reader for Consumer {
    const ROLE: Role = Role::Consumer;
}
impl Reader for Merchant {
    const ROLE: Role = Role::Merchant;
}
impl Reader for Operator {
    const ROLE: Role = Role::Operator;
}
impl Reader for Mediator {
    const ROLE: Role = Role::Mediator;
}

/// The part of a dispute that `Reader` may see.
#[derive(Debug)]
pub struct VisibleTo<'a, Reader> {
    case: CaseView<'a>,
    reader: PhantomData<Reader>,
}

/// What a letter may speak of.
#[derive(Debug, Clone)]
pub struct CaseView<'a> {
    /// Who is written to.
    pub you: &'a Participant,
    /// The other side's name, where the reader may know it.
    pub other_name: Option<&'a str>,
    /// The other side's address, for the registrar only.
    pub merchant_contact: Option<&'a str>,
    /// What the registry says of the seller, for the registrar only, before anybody is invited.
    pub listing: Option<&'a Listing>,
    /// Case reference.
    pub reference: &'a Reference,
    /// The present state's name.
    pub state: &'a str,
    /// Until when somebody must act.
    pub deadline: Option<&'a Deadline>,
    /// How long the mediation may last.
    pub term: Option<&'a Term>,
    /// The request: a draft for the consumer until confirmed, the confirmed one for everybody else.
    pub request: Option<Request>,
    /// What is still missing (consumer and registrar only).
    pub missing: Vec<Fact>,
    /// Values that are asked about instead (consumer only).
    pub proposals: &'a [Proposal],
    /// What was agreed.
    pub agreement: Option<Agreement<'a>>,
    /// How it ended.
    pub outcome: Option<Outcome>,
    /// Until when its content is kept, once it is closed and as long as it is not on hold.
    pub kept_until: Option<Instant>,
    /// Why it could not be admitted (consumer and registrar only).
    pub rejection: Option<RejectReason>,
    /// When it was opened.
    pub opened: Instant,
    /// Whether it rests because somebody paused it.
    pub paused: bool,
    /// Whether both sides began a mediation.
    pub joined: bool,
    /// Whether the merchant can accept the confirmed request.
    pub grants: bool,
    /// Whether the merchant said that the agreement was performed.
    pub performed: bool,
    /// Whether a mediator reads along on the private channels.
    pub mediated: bool,
    /// Whether nobody mediates, was asked to, or ever did.
    pub with_service: bool,
    /// The mediator's name, once one was named.
    pub mediator_name: Option<&'a str>,
    /// Whether both sides agreed to the common channel; told to nobody while only one does.
    pub joint: bool,
    /// The terms that the reader wrote and did not propose yet.
    pub draft: Option<&'a Terms>,
    /// The last proposal that was made, once there is one.
    pub proposal: Option<ProposalView<'a>>,
    /// Every proposal with both answers (mediator only).
    pub offers: &'a [Tabled],
    /// What happened so far, oldest first (mediator only).
    pub timeline: Vec<Happening<'a>>,
    /// What each side was asked point by point: a side's own, both for the mediator.
    pub points: Vec<PointsView<'a>>,
    /// Whether messages wait on the common channel, with the reader's own that did, all of them for the mediator (both sides and mediator).
    pub cooling: Option<CoolingView<'a>>,
    /// What the reader ordered and can still take back.
    pub pending: Option<&'a Pending>,
    /// The words that the reader was asked about last, or that the mediator asked about last.
    pub share: Option<&'a Share>,
    /// The other side's words that it agreed to pass on, the last of them.
    pub relayed: Option<&'a Share>,
    /// What both sides were asked to allow last, as the reader may know it (both sides and registrar).
    pub disclosure: Option<DisclosureView<'a>>,
    /// What was told to a third person last although nobody was asked.
    pub exempted: Option<&'a Exempted>,
    /// What the house's rules noticed (consumer and registrar only).
    pub noticed: Option<&'a Noticed>,
    /// Which charter each side accepted.
    pub charters: AcceptedCharters<'a>,
    /// What somebody said to the reader.
    pub said: Option<&'a Spoken>,
    /// The dispute that it was taken out of (consumer only).
    pub parted: Option<&'a Parted>,
    /// What a customer service officially answered (consumer only).
    pub answers: &'a [Answered],
}

/// Which edition of the charter each side accepted, if it did.
#[derive(Debug, Clone, Copy, Default)]
pub struct AcceptedCharters<'a> {
    /// The consumer.
    pub consumer: Option<&'a Edition>,
    /// The merchant.
    pub merchant: Option<&'a Edition>,
}

/// A proposal as one reader may know it: never what the other side answered (DOMAIN §2.3, row 39).
#[derive(Debug, Clone, Copy)]
pub struct ProposalView<'a> {
    /// Its number in the dispute.
    pub number: u16,
    /// Who made it.
    pub by: Role,
    /// What is to be done.
    pub terms: &'a Terms,
    /// Whether the reader accepted it.
    pub accepted: bool,
}

/// What waits, or waited, on the common channel.
#[derive(Debug, Clone)]
pub struct CoolingView<'a> {
    /// For how many hours messages wait, if they do.
    pub hours: Option<u8>,
    /// Oldest first.
    pub messages: Vec<&'a Withheld>,
}

/// The points that one side was asked about.
#[derive(Debug, Clone)]
pub struct PointsView<'a> {
    /// Who was asked.
    pub party: Party,
    /// In the order of their numbers.
    pub points: Vec<&'a Point>,
    /// Until when they can be answered, as long as somebody waits.
    pub until: Option<Day>,
}

/// A question of what may be told to a third person: never what the other side answers before both did or the time is over (DOMAIN §2.8).
#[derive(Debug, Clone, Copy)]
pub struct DisclosureView<'a> {
    /// What is asked.
    pub asking: &'a Disclosing,
    /// The last day to answer.
    pub answer_by: Day,
    /// What the reader says, if it was asked and said anything.
    pub own: Option<bool>,
    /// Whether it can still be answered.
    pub open: bool,
    /// Whether both sides allow it.
    pub given: bool,
    /// Whether one of them did, and does not any more.
    pub revoked: bool,
    /// Whether that is the reader.
    pub revoked_by_you: bool,
}

impl<'a, Reader> VisibleTo<'a, Reader> {
    /// What may be spoken of.
    pub fn case(&self) -> &CaseView<'a> {
        &self.case
    }

    fn new(case: CaseView<'a>) -> Self {
        Self { case, reader: PhantomData }
    }
}

impl<'a, R: Reader> VisibleTo<'a, R> {
    /// The same with what was `spoken`, if `R` reads the channel that it was spoken on and did not say it: the only way for anybody's words into a letter.
    pub fn hearing(mut self, spoken: &'a Spoken) -> Option<Self> {
        let channel = spoken.channel();
        let open = channel != Channel::Joint || self.case.joint;
        let heard = R::ROLE != Role::Mediator || self.case.mediated;
        (open && heard && channel.is_read_by(R::ROLE) && spoken.by() != R::ROLE).then(|| {
            self.case.said = Some(spoken);
            self
        })
    }
}

impl<'a> VisibleTo<'a, Mediator> {
    /// What the mediator may see: the request as it was confirmed and both names; what is said on the channels comes by [`VisibleTo::hearing`].
    pub fn mediator(dispute: &'a Dispute) -> Option<Self> {
        let mediator = dispute.mediator.as_ref()?;
        let request = dispute.consent.confirmed_request()?;
        Some(Self::new(CaseView { other_name: request.facts.get(Fact::Merchant), ..base(dispute, mediator, Some(request.clone())) }))
    }
}

impl CaseView<'_> {
    /// Digest of the request that codes are bound to.
    pub fn request_digest(&self) -> Option<Digest> {
        self.request.as_ref().map(Request::digest)
    }
}

impl<'a> VisibleTo<'a, Consumer> {
    /// What the consumer may see: the own complaint, the agreement, the outcome. `needs` are the fields that a file needs.
    pub fn consumer(dispute: &'a Dispute, needs: &[Fact]) -> Self {
        let request = dispute.consent.confirmed_request().cloned().unwrap_or_else(|| dispute.draft_request());
        Self::new(CaseView {
            missing: dispute.missing(needs),
            proposals: &dispute.complaint.proposals,
            noticed: Some(&dispute.noticed),
            rejection: dispute.rejection,
            other_name: dispute.complaint.facts.get(Fact::Merchant),
            parted: dispute.parted.as_ref(),
            answers: dispute.service.as_ref().map(|service| service.answers.as_slice()).unwrap_or_default(),
            ..base(dispute, &dispute.consumer, Some(request))
        })
    }
}

impl<'a> VisibleTo<'a, Merchant> {
    /// What the merchant may see: nothing before the consumer confirmed and agreed, then the request exactly as confirmed.
    pub fn merchant(dispute: &'a Dispute) -> Option<Self> {
        let merchant = dispute.merchant.as_ref()?;
        let request = dispute.consent.confirmed_request()?;
        Some(Self::new(CaseView { other_name: request.facts.get(Fact::ConsumerName), ..base(dispute, merchant, Some(request.clone())) }))
    }
}

impl<'a> VisibleTo<'a, Operator> {
    /// What the registrar may see: the file to be screened.
    pub fn operator(dispute: &'a Dispute, needs: &[Fact]) -> Option<Self> {
        let operator = dispute.operator.as_ref()?;
        let request = dispute.consent.confirmed_request().cloned().unwrap_or_else(|| dispute.draft_request());
        let listing = dispute.listing.as_ref().filter(|_| dispute.merchant.is_none());
        let known = dispute.merchant.as_ref().map(|merchant| &merchant.address).or(listing.and_then(Listing::contact));
        let contact = known.map(Address::as_str).or(dispute.complaint.facts.get(Fact::MerchantContact));
        Some(Self::new(CaseView {
            missing: dispute.missing(needs),
            noticed: Some(&dispute.noticed),
            rejection: dispute.rejection,
            other_name: dispute.complaint.facts.get(Fact::Merchant),
            merchant_contact: contact,
            listing,
            ..base(dispute, operator, Some(request))
        }))
    }
}

fn base<'a>(dispute: &'a Dispute, you: &'a Participant, request: Option<Request>) -> CaseView<'a> {
    debug_assert!(Role::ALL.contains(&you.role));
    CaseView {
        you,
        other_name: None,
        merchant_contact: None,
        listing: None,
        reference: &dispute.reference,
        state: &dispute.state,
        deadline: dispute.deadline.as_ref(),
        term: dispute.term.as_ref(),
        request,
        missing: Vec::new(),
        proposals: &[],
        agreement: dispute.consent.agreement(),
        outcome: dispute.outcome,
        kept_until: dispute.kept_until(),
        rejection: None,
        opened: dispute.opened,
        paused: dispute.suspended.is_some(),
        joined: dispute.consent.is_joined(),
        grants: dispute.merchant.is_some() && dispute.matters(Role::Merchant).iter().any(|matter| matches!(matter, Matter::Invitation(_))),
        performed: dispute.merchant_performed.is_some(),
        mediated: dispute.is_mediated(),
        with_service: dispute.is_with_service(),
        mediator_name: dispute.mediator.as_ref().filter(|_| dispute.is_mediated()).and_then(|mediator| mediator.name.as_deref()),
        joint: dispute.joint.is_open(),
        draft: dispute.consent.drafted(you.role),
        proposal: dispute.consent.proposals().last().filter(|tabled| may_be_known(dispute, tabled, you.role)).map(|tabled| ProposalView {
            number: tabled.number,
            by: tabled.by,
            terms: &tabled.terms,
            accepted: you.role.party().is_some_and(|party| tabled.accepted(party).is_some()),
        }),
        offers: if you.role == Role::Mediator { dispute.consent.proposals() } else { &[] },
        timeline: if you.role == Role::Mediator && dispute.is_mediated() { dispute.timeline() } else { Vec::new() },
        points: points(dispute, you.role),
        cooling: cooling(dispute, you.role),
        pending: dispute.pending.as_ref().filter(|pending| pending.by == you.role),
        share: dispute.shares.iter().rev().find(|share| you.role == Role::Mediator || Role::from(share.from) == you.role),
        relayed: dispute.shares.iter().rev().find(|share| share.is_given() && Role::from(share.from.other()) == you.role),
        disclosure: disclosure(dispute, you.role),
        exempted: dispute.exempted.last().map(|one| &one.exempted).filter(|one| one.sides_told && you.role != Role::Mediator),
        noticed: None,
        charters: AcceptedCharters { consumer: accepted(dispute, Party::Consumer), merchant: accepted(dispute, Party::Merchant) },
        said: None,
        parted: None,
        answers: &[],
    }
}

/// Nobody but the mediator and the side itself knows what a side was asked (DOMAIN §5.8).
fn points(dispute: &Dispute, reader: Role) -> Vec<PointsView<'_>> {
    let mediates = reader == Role::Mediator && dispute.is_mediated();
    let sides = [Party::Consumer, Party::Merchant].into_iter().filter(|party| mediates || reader == Role::from(*party));
    let seen = sides.map(|party| PointsView { party, points: dispute.points.of(party).collect(), until: dispute.points.ends(party).map(|ends| ends.day) });
    seen.filter(|side| !side.points.is_empty()).collect()
}

/// A side knows of its own messages alone; of the other's it hears once they have passed.
fn cooling(dispute: &Dispute, reader: Role) -> Option<CoolingView<'_>> {
    let mediates = reader == Role::Mediator && dispute.is_mediated();
    let known = mediates || reader.party().is_some();
    let messages = dispute.cooling.messages().iter().filter(|message| mediates || Role::from(message.by) == reader).collect();
    (known && !dispute.cooling.is_nothing()).then(|| CoolingView { hours: dispute.cooling.hours(), messages })
}

fn disclosure(dispute: &Dispute, reader: Role) -> Option<DisclosureView<'_>> {
    let last = dispute.disclosures.last().filter(|_| reader != Role::Mediator)?;
    Some(DisclosureView {
        asking: &last.asking,
        answer_by: last.ends.day,
        own: reader.party().and_then(|party| last.answer_of(party)),
        open: last.is_open(),
        given: last.was_given() && last.revoked_by().is_none(),
        revoked: last.revoked_by().is_some(),
        revoked_by_you: reader.party().is_some() && last.revoked_by() == reader.party(),
    })
}

fn accepted(dispute: &Dispute, party: Party) -> Option<&Edition> {
    dispute.consent.charter(party).accepted().map(|(edition, _)| edition)
}

/// The registrar is told of no proposal, and the consumer of none that is made in a merchant's name before that merchant accepted it.
fn may_be_known(dispute: &Dispute, tabled: &Tabled, reader: Role) -> bool {
    let in_its_name = dispute.track() == Track::Service && reader == Role::Consumer;
    reader != Role::Operator && !(in_its_name && tabled.accepted(Party::Merchant).is_none())
}
