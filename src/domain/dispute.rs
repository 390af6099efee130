//! A dispute: its state, its people, what was asked and what was agreed.

use super::address::Address;
use super::code::Matter;
use super::consent::{Consent, Request};
use super::contacted::Contacted;
use super::cooling::CoolOff;
use super::deadline::Deadline;
use super::desk::{Attention, Pending, Share};
use super::digest::Digest;
use super::disclosure::Disclosure;
use super::exempted::Exemption;
use super::facts::Fact;
use super::given::Given;
use super::identity::DisputeId;
use super::joint::Joint;
use super::merchant::Listing;
use super::noticed::Noticed;
use super::outcome::{Outcome, RejectReason};
use super::outsourced::{Outsourced, Track};
use super::parted::Parted;
use super::people::{KnownAs, Participant};
use super::points::Ledger;
use super::reference::Reference;
use super::role::{Party, Role};
use super::statement::Statement;
use super::time::{Day, Instant};
use serde::{Deserialize, Serialize};

/// How many months the content of a closed dispute is kept, as the letters promise (DOMAIN §5.6).
pub const KEPT_MONTHS: i32 = 6;

/// A dispute between one consumer and one merchant.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Dispute {
    /// Identity in the store.
    pub id: DisputeId,
    /// What people see and quote.
    pub reference: Reference,
    /// Digest of the rules that it began with and keeps (DESIGN §3.11).
    pub rules: Digest,
    /// The address of the service that it came in through; its letters leave from there.
    pub desk: Address,
    /// The present state's name.
    pub state: String,
    /// Grows by one with every decision.
    pub version: u64,
    /// When it was opened.
    pub opened: Instant,
    /// When the present state was entered.
    pub entered: Instant,
    /// Until when somebody must act, and the reminders before.
    pub deadline: Option<Deadline>,
    /// How long the mediation may last, once it has begun and until something was agreed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub term: Option<Term>,
    /// What a pause will go back to.
    pub suspended: Option<Suspended>,
    /// The state in which it was closed: where it goes on if it is taken up again.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub left: Option<String>,
    /// How it ended, once it did.
    pub outcome: Option<Outcome>,
    /// Why it could not be admitted.
    pub rejection: Option<RejectReason>,
    /// Who complains.
    pub consumer: Participant,
    /// Who is complained of; known to be invited only after the registrar confirmed the address.
    pub merchant: Option<Participant>,
    /// The registrar who screens it.
    pub operator: Option<Participant>,
    /// The mediator whom the registrar named.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mediator: Option<Participant>,
    /// That the mediator took the mission on, free of any conflict; until then nothing private is told to the mediator.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mission: Option<Given>,
    /// Whether a mission was ever taken on: from then on what a party writes was meant for a mediator.
    #[serde(default)]
    pub confided: bool,
    /// Who declined to mediate it, or stepped down: never named again (DOMAIN §2.1, `mediator_conflicts`).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub recused: Vec<Address>,
    /// What the mediator ordered and can still take back.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pending: Option<Pending>,
    /// What the mediator asked to pass on, oldest first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub shares: Vec<Share>,
    /// What both sides were asked to allow to be told to somebody else, oldest first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub disclosures: Vec<Disclosure>,
    /// What was told to somebody else although nobody was asked, oldest first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub exempted: Vec<Exemption>,
    /// Whom the mediator telephoned or wrote to by post, oldest first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub contacted: Vec<Contacted>,
    /// What the mediator asked each side point by point.
    #[serde(default, skip_serializing_if = "Ledger::is_nothing")]
    pub points: Ledger,
    /// Whose answer the mediator waits for.
    #[serde(default, skip_serializing_if = "Attention::is_nothing")]
    pub attention: Attention,
    /// Who agreed to a common channel.
    #[serde(default)]
    pub joint: Joint,
    /// Whether what the parties write on it waits for the mediator.
    #[serde(default, skip_serializing_if = "CoolOff::is_nothing")]
    pub cooling: CoolOff,
    /// The dispute that this one was merged into: what is written to it is heard there.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub merged_into: Option<DisputeId>,
    /// Since when nothing binding is heard and the parties are told nothing new, because the registrar, or an undone change of address, stopped it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub frozen: Option<Instant>,
    /// What the registry of merchants says of the merchant, as the registrar was told it last.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub listing: Option<Listing>,
    /// What was said so far.
    pub complaint: Statement,
    /// What was confirmed and granted.
    pub consent: Consent,
    /// That the merchant says to have performed.
    pub merchant_performed: Option<Given>,
    /// What the house's rules noticed in the complaint.
    #[serde(default, skip_serializing_if = "Noticed::is_nothing")]
    pub noticed: Noticed,
    /// What it has more than others, if it belongs to the customer service of a merchant.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub service: Option<Outsourced>,
    /// The dispute on the other side of the wall: the customer service's that this one came from, or the mediation that it became.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub linked: Option<DisputeId>,
    /// The dispute that its first mails were taken out of, because they speak of another matter.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub parted: Option<Parted>,
}

/// How long a mediation may last altogether (DOMAIN §2.1, T-90 and T-180).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Term {
    /// Ninety days, which a mediator can prolong and a pause moves.
    pub ends: Deadline,
    /// Six months, which nothing moves (law 95-17).
    pub limit: Instant,
    /// The civil day of it.
    pub limit_day: Day,
}

/// A state that was left for a pause and will be gone back to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Suspended {
    /// Its name.
    pub state: String,
    /// Its deadline as it stood.
    pub deadline: Option<Deadline>,
    /// When the pause began.
    pub since: Instant,
    /// Who paused.
    pub by: Role,
}

/// How many questions are asked at once (DOMAIN §3.3).
pub const MOST_QUESTIONS: usize = 5;

impl Dispute {
    /// A dispute of `consumer`, who wrote to `desk`, in which nothing has happened yet.
    pub fn new(id: DisputeId, reference: Reference, desk: Address, consumer: Participant, opened: Instant) -> Self {
        Self {
            id,
            reference,
            rules: Digest::of(b""),
            desk,
            state: String::new(),
            version: 0,
            opened,
            entered: opened,
            deadline: None,
            term: None,
            suspended: None,
            left: None,
            outcome: None,
            rejection: None,
            consumer,
            merchant: None,
            operator: None,
            mediator: None,
            mission: None,
            confided: false,
            recused: Vec::new(),
            pending: None,
            shares: Vec::new(),
            disclosures: Vec::new(),
            exempted: Vec::new(),
            contacted: Vec::new(),
            points: Ledger::default(),
            attention: Default::default(),
            joint: Joint::default(),
            cooling: CoolOff::default(),
            merged_into: None,
            frozen: None,
            complaint: Statement::default(),
            listing: None,
            noticed: Noticed::default(),
            consent: Consent::default(),
            merchant_performed: None,
            service: None,
            linked: None,
            parted: None,
        }
    }

    /// The request as it would be confirmed today.
    pub fn draft_request(&self) -> Request {
        let mut facts = self.complaint.facts.clone();
        if let Some(name) = &self.consumer.name
            && facts.get(Fact::ConsumerName).is_none()
        {
            facts.set(Fact::ConsumerName, name.clone());
        }
        Request {
            facts: facts.without(&[Fact::Phone, Fact::MerchantContact]),
            category: self.complaint.category.clone(),
            account: self.complaint.words.clone(),
        }
    }

    /// Those of `needs` of which nothing is known yet, and of which the consumer did not say that they cannot be known.
    pub fn missing(&self, needs: &[Fact]) -> Vec<Fact> {
        let known = self.draft_request().facts;
        known.missing(needs).filter(|fact| !self.complaint.unknown.contains(fact)).collect()
    }

    /// What letters ask for, in the order in which they number their questions.
    pub fn asked(&self, needs: &[Fact]) -> Vec<Fact> {
        self.missing(needs).into_iter().take(MOST_QUESTIONS).collect()
    }

    /// What `role` can answer with legal weight now: the matters of which codes are printed in letters to it.
    pub fn matters(&self, role: Role) -> Vec<Matter> {
        let mut matters = Vec::new();
        if self.is_closed() {
            return matters;
        }
        if let Some(service) = &self.service {
            return self.service_matters(service, role);
        }
        let agreed = self.consent.agreement().map(|agreement| agreement.digest);
        let confirmed = self.consent.confirmed_request().map(Request::digest);
        match (role, agreed, confirmed) {
            (Role::Consumer | Role::Merchant, Some(digest), _) => matters.push(Matter::Performance(digest)),
            (Role::Consumer, None, None) => matters.push(Matter::Request(self.draft_request().digest())),
            (Role::Merchant, None, Some(digest)) => matters.push(Matter::Invitation(digest)),
            (Role::Mediator, ..) => matters.extend(self.mission_matter()),
            (Role::Operator, _, _) => matters.push(Matter::Screening(self.file(confirmed.unwrap_or_else(|| self.draft_request().digest())))),
            _ => {}
        }
        if agreed.is_none() {
            matters.extend(self.consent.draft_digest(role).map(Matter::Draft));
            let open = self.consent.open_proposal().filter(|_| role.party().is_some());
            matters.extend(open.map(|tabled| Matter::Proposal(tabled.digest())));
        }
        if role == Role::Mediator {
            matters.extend(self.cooling.waiting().map(|message| Matter::Withheld(message.digest())));
        }
        matters.extend(self.pending.as_ref().filter(|pending| pending.by == role).map(|pending| Matter::Undo(pending.digest())));
        if let Some(party) = role.party() {
            matters.extend(self.disclosures.iter().filter(|one| one.can_be_answered(party)).map(|one| Matter::Disclosure(one.digest())));
            let asked = self.shares.iter().rev().find(|share| share.is_open() && Role::from(share.from) == role);
            matters.extend(asked.map(|share| Matter::Share(share.digest())));
            matters.push(Matter::Freedom);
            if self.is_mediated() {
                matters.push(Matter::Joint);
            }
        }
        matters
    }

    /// The same in the customer service of a merchant: the merchant answers for itself only to what is offered in its name, and the agent for nobody.
    fn service_matters(&self, service: &Outsourced, role: Role) -> Vec<Matter> {
        let agreed = self.consent.agreement().map(|agreement| agreement.digest);
        let open = self.consent.open_proposal().filter(|tabled| role == Role::Merchant || tabled.accepted(Party::Merchant).is_some());
        let answered = role.party().and(open.map(|tabled| Matter::Proposal(tabled.digest())));
        let drafted = self.consent.draft_digest(role).filter(|_| agreed.is_none()).map(Matter::Draft);
        let performance = role.party().and(agreed.map(Matter::Performance));
        let mut matters: Vec<Matter> = performance.into_iter().chain(drafted).chain(answered).collect();
        match role {
            Role::Consumer => {
                matters.push(Matter::Freedom);
                matters.extend(service.escalable.then_some(Matter::Escalation));
            }
            Role::Mediator => matters.extend(self.mission_matter()),
            Role::Merchant | Role::Operator => {}
        }
        matters
    }

    /// Which of the two services it belongs to.
    pub fn track(&self) -> Track {
        if self.service.is_some() { Track::Service } else { Track::Mediation }
    }

    /// The mission of whoever is named as mediator now: a code for one mediator is none for the next.
    fn mission_matter(&self) -> Option<Matter> {
        self.mediator.as_ref().map(|mediator| Matter::Mission(Digest::of(mediator.address.folded().as_bytes())))
    }

    /// Whether a mediator has taken the mission on: only then anything private is told to the mediator (DOMAIN §2.3, row 31).
    pub fn is_mediated(&self) -> bool {
        self.mediator.is_some() && self.mission.is_some()
    }

    /// What the registrar decides about: the request of that digest, and whom it would go to.
    fn file(&self, request: Digest) -> Digest {
        let contact = self.complaint.facts.get(Fact::MerchantContact).unwrap_or_default();
        Digest::of_parts(&[request.as_bytes(), contact.as_bytes()])
    }

    /// Whether it is over.
    pub fn is_closed(&self) -> bool {
        self.outcome.is_some()
    }

    /// Who takes part in `role`.
    pub fn participant(&self, role: Role) -> Option<&Participant> {
        match role {
            Role::Consumer => Some(&self.consumer),
            Role::Merchant => self.merchant.as_ref(),
            Role::Operator => self.operator.as_ref(),
            Role::Mediator => self.mediator.as_ref(),
        }
    }

    /// The same, to be changed.
    pub fn participant_mut(&mut self, role: Role) -> Option<&mut Participant> {
        match role {
            Role::Consumer => Some(&mut self.consumer),
            Role::Merchant => self.merchant.as_mut(),
            Role::Operator => self.operator.as_mut(),
            Role::Mediator => self.mediator.as_mut(),
        }
    }

    /// The role of `address` in this dispute and as whom it is known there, if it is.
    pub fn knows(&self, address: &Address) -> Option<(Role, KnownAs)> {
        Role::ALL.into_iter().find_map(|role| self.participant(role)?.knows(address).map(|known| (role, known)))
    }

    /// The role of `address` in this dispute, if it is known there.
    pub fn role_of(&self, address: &Address) -> Option<Role> {
        self.knows(address).map(|(role, _)| role)
    }

    /// Until when its content is kept, once it is closed (DOMAIN §2.3, row 61); `None` for as long as it is open, or on hold.
    pub fn kept_until(&self) -> Option<Instant> {
        (self.is_closed() && self.frozen.is_none()).then(|| self.entered.plus_months(KEPT_MONTHS))
    }

    /// When the clock has something to say next.
    pub fn wakes(&self) -> Option<Instant> {
        let running = self.suspended.is_none();
        let term = self.term.iter().flat_map(|term| [running.then(|| term.ends.wakes()), Some(term.limit)]).flatten();
        let pending = self.pending.as_ref().map(|pending| pending.due);
        let asked = self.disclosures.iter().filter(|one| one.is_open()).map(|one| one.ends.due);
        let points = self.points.wakes().filter(|_| running && !self.is_closed());
        let cooling = self.cooling.wakes().filter(|_| !self.is_closed());
        self.deadline.as_ref().map(Deadline::wakes).into_iter().chain(points).chain(cooling).chain(term).chain(pending).chain(asked).min()
    }
}
