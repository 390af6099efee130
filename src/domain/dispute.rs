//! A dispute: its state, its people, what was asked and what was agreed.

use super::address::Address;
use super::code::Matter;
use super::digest::Digest;
use super::facts::{Fact, Facts};
use super::noticed::Noticed;
use super::outcome::{Outcome, RejectReason};
use super::people::{KnownAs, Participant};
use super::reference::Reference;
use super::role::{Party, Role};
use super::statement::Statement;
use super::time::{Day, Instant};
use serde::{Deserialize, Serialize};

/// Identifies a dispute in the store; never shown to anybody.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct DisputeId(u128);

impl DisputeId {
    /// An identifier from 128 random bits.
    pub fn new(bytes: [u8; 16]) -> Self {
        Self(u128::from_be_bytes(bytes))
    }

    /// The 16 bytes.
    pub fn bytes(self) -> [u8; 16] {
        self.0.to_be_bytes()
    }

    /// 32 hexadecimal digits.
    pub fn hex(self) -> String {
        format!("{:032x}", self.0)
    }

    /// Reads 32 hexadecimal digits.
    pub fn parse(text: &str) -> Option<Self> {
        (text.len() == 32).then(|| u128::from_str_radix(text, 16).ok().map(Self)).flatten()
    }
}

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
    /// What a pause will go back to.
    pub suspended: Option<Suspended>,
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
    /// Who agreed to a common channel.
    #[serde(default)]
    pub joint: Joint,
    /// The dispute that this one was merged into: what is written to it is heard there.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub merged_into: Option<DisputeId>,
    /// Since when nothing binding is heard and the parties are told nothing new, because the registrar, or an undone change of address, stopped it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub frozen: Option<Instant>,
    /// What was said so far.
    pub complaint: Statement,
    /// What was confirmed and granted.
    pub consent: Consent,
    /// That the merchant says to have performed.
    pub merchant_performed: Option<Given>,
    /// What the house's rules noticed in the complaint.
    #[serde(default, skip_serializing_if = "Noticed::is_nothing")]
    pub noticed: Noticed,
}

/// Until when somebody must act.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Deadline {
    /// The last moment.
    pub due: Instant,
    /// The civil day of it: what people are told, and what stays if the clocks of a country change (DOMAIN §2.5).
    pub day: Day,
    /// When reminders leave.
    pub reminders: Vec<Instant>,
    /// How many of them were dealt with.
    pub reminded: u8,
    /// Whether it was prolonged; that is done once.
    pub extended: bool,
}

impl Deadline {
    /// The next moment at which the clock has something to say.
    pub fn wakes(&self) -> Instant {
        self.reminders.get(usize::from(self.reminded)).copied().filter(|reminder| *reminder < self.due).unwrap_or(self.due)
    }
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

/// What was confirmed and granted, with the evidence. The only way to an agreement leads through here (DOMAIN I3).
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Consent {
    confirmed: Option<Given>,
    granted: Option<Given>,
    request: Option<Request>,
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

/// Who agreed that what is written to the common channel is read by both sides and the mediator. It is open while both do (DOMAIN §0, decision 9).
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Joint {
    consumer: Option<Given>,
    merchant: Option<Given>,
}

impl Joint {
    /// Records that `party` agrees. Says whether the channel is open now.
    pub fn agree(&mut self, party: Party, given: Given) -> bool {
        self.of(party).get_or_insert(given);
        self.is_open()
    }

    /// Records that `party` does not agree any more.
    pub fn leave(&mut self, party: Party) {
        *self.of(party) = None;
    }

    /// Whether both agree.
    pub fn is_open(self) -> bool {
        self.consumer.is_some() && self.merchant.is_some()
    }

    /// Whether `party` agrees.
    pub fn has(self, party: Party) -> bool {
        match party {
            Party::Consumer => self.consumer.is_some(),
            Party::Merchant => self.merchant.is_some(),
        }
    }

    fn of(&mut self, party: Party) -> &mut Option<Given> {
        match party {
            Party::Consumer => &mut self.consumer,
            Party::Merchant => &mut self.merchant,
        }
    }
}

/// An authenticated statement with legal weight: on what, when, and the mail that is its evidence.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Given {
    /// Digest of the request that it speaks about.
    pub on: Digest,
    /// When it was received.
    pub at: Instant,
    /// Digest of the mail.
    pub evidence: Digest,
}

/// An agreement: two authenticated statements on the same request. It has no public constructor.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Agreement<'a> {
    /// What was agreed.
    pub request: &'a Request,
    /// The consumer's confirmation.
    pub confirmed: Given,
    /// The merchant's grant.
    pub granted: Given,
    /// Digest of the request: the agreement's number.
    pub digest: Digest,
}

impl Consent {
    /// Records that the consumer confirmed `request` and agreed that it is forwarded. A later grant must name the same digest.
    pub fn confirm(&mut self, request: Request, given: Given) {
        if request.digest() == given.on {
            self.request = Some(request);
            self.confirmed = Some(given);
            self.granted = None;
        }
    }

    /// Records that the merchant granted; has effect only on exactly what was confirmed. Says whether it had.
    pub fn grant(&mut self, given: Given) -> bool {
        let same = self.confirmed.is_some_and(|confirmed| confirmed.on == given.on);
        if same && self.granted.is_none() {
            self.granted = Some(given);
        }
        same
    }

    /// The request as confirmed: the only thing of the complaint that the merchant may see (DOMAIN I1).
    pub fn confirmed_request(&self) -> Option<&Request> {
        self.confirmed.and(self.request.as_ref())
    }

    /// The agreement, if there is one.
    pub fn agreement(&self) -> Option<Agreement<'_>> {
        let (request, confirmed, granted) = (self.request.as_ref()?, self.confirmed?, self.granted?);
        let digest = request.digest();
        (confirmed.on == digest && granted.on == digest).then_some(Agreement { request, confirmed, granted, digest })
    }
}

/// How many questions are asked at once (DOMAIN §3.3).
pub const MOST_QUESTIONS: usize = 5;

impl Dispute {
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
        let agreed = self.consent.agreement().map(|agreement| agreement.digest);
        let confirmed = self.consent.confirmed_request().map(Request::digest);
        match (role, agreed, confirmed) {
            (Role::Consumer | Role::Merchant, Some(digest), _) => matters.push(Matter::Performance(digest)),
            (Role::Consumer, None, None) => matters.push(Matter::Request(self.draft_request().digest())),
            (Role::Merchant, None, Some(digest)) => matters.push(Matter::Invitation(digest)),
            (Role::Operator, _, _) => matters.push(Matter::Screening(confirmed.unwrap_or_else(|| self.draft_request().digest()))),
            _ => {}
        }
        if role.party().is_some() {
            matters.push(Matter::Freedom);
            if self.mediator.is_some() {
                matters.push(Matter::Joint);
            }
        }
        matters
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

    /// When the clock has something to say next.
    pub fn wakes(&self) -> Option<Instant> {
        self.deadline.as_ref().map(Deadline::wakes)
    }
}
