//! Who takes part in a dispute: the registered person, the reply addresses that were given, and who else may speak for that person.

use super::address::Address;
use super::dice::Dice;
use super::digest::Digest;
use super::language::Language;
use super::mail::MessageId;
use super::role::{Channel, Role};
use super::time::Instant;
use super::token::Token;
use serde::{Deserialize, Serialize};

/// Somebody who takes part, with the address that was registered and what binds it to the dispute.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Participant {
    /// In which role.
    pub role: Role,
    /// The registered address: the only one that is ever written to.
    pub address: Address,
    /// The name that the person gave.
    pub name: Option<String>,
    /// In which language the person is written to.
    pub language: Language,
    /// The secret part of the person's reply address.
    pub token: Token,
    /// Who reads what is written to that reply address.
    pub channel: Channel,
    /// Whether letters arrive.
    pub reachable: Reachable,
    /// Identifiers of the latest mails between this person and the service on that channel, oldest first.
    pub thread: Vec<MessageId>,
    /// Reply addresses of the other channels in which the person may write.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub seats: Vec<Seat>,
    /// Further addresses that may speak for this person.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub contacts: Vec<Contact>,
}

/// One person's place in a channel: a reply address of its own and a chain of references of its own, so that no mail links two channels (DOMAIN §5.4).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Seat {
    /// Who reads what is written to it.
    pub channel: Channel,
    /// The secret part of its reply address.
    pub token: Token,
    /// Identifiers of the latest mails on it, oldest first.
    #[serde(default)]
    pub thread: Vec<MessageId>,
}

/// A further address of a participant, and what made it one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Contact {
    /// The address that may speak.
    pub address: Address,
    /// As what.
    pub standing: ContactStanding,
    /// Since when.
    pub since: Instant,
    /// The mail or the command that made it one.
    pub evidence: Digest,
}

/// As what a further address may speak.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ContactStanding {
    /// Another address of the same person, who confirmed it from the registered one.
    OtherAddress,
    /// Somebody else of the same business: speaks, and binds nobody.
    Colleague,
    /// A relative, a lawyer, an association: speaks, and binds nobody.
    Representative,
    /// A representative or colleague whose written mandate the registrar has seen: may also do acts with legal weight.
    Mandated,
}

impl ContactStanding {
    /// Every one of them.
    pub const ALL: [ContactStanding; 4] =
        [ContactStanding::OtherAddress, ContactStanding::Colleague, ContactStanding::Representative, ContactStanding::Mandated];

    /// The word used on the command line.
    pub fn name(self) -> &'static str {
        match self {
            ContactStanding::OtherAddress => "other-address",
            ContactStanding::Colleague => "colleague",
            ContactStanding::Representative => "representative",
            ContactStanding::Mandated => "mandated",
        }
    }

    /// Reads such a word.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|standing| standing.name() == name)
    }

    /// Whether acts with legal weight are heard from it.
    pub fn binds(self) -> bool {
        matches!(self, ContactStanding::OtherAddress | ContactStanding::Mandated)
    }
}

/// Whether letters reach a person.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Reachable {
    /// Nothing came back.
    Yes,
    /// A letter came back for good: silence means nothing.
    Bouncing,
}

/// As whom an address is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum KnownAs {
    /// It is the registered address.
    Registered,
    /// It is a further one.
    Contact(ContactStanding),
}

impl KnownAs {
    /// Whether acts with legal weight are heard from it.
    pub fn binds(self) -> bool {
        match self {
            KnownAs::Registered => true,
            KnownAs::Contact(standing) => standing.binds(),
        }
    }
}

impl Participant {
    /// How many identifiers are kept for `References`.
    const THREAD: usize = 20;
    /// How many further addresses one participant may have.
    pub const MOST_CONTACTS: usize = 20;

    /// Somebody who joins a dispute, with a fresh reply address for each channel in which that role may write.
    pub fn joining(role: Role, address: Address, name: Option<String>, language: Language, dice: &mut Dice) -> Self {
        let token = Token::fresh(dice);
        let seats = Channel::besides(role).iter().map(|channel| Seat { channel: *channel, token: Token::fresh(dice), thread: Vec::new() }).collect();
        Self {
            role,
            address,
            name,
            language,
            token,
            channel: Channel::private_to(role),
            reachable: Reachable::Yes,
            thread: Vec::new(),
            seats,
            contacts: Vec::new(),
        }
    }

    /// Notes that `message` belongs to the conversation with this person on that channel.
    pub fn remember(&mut self, channel: Channel, message: MessageId) {
        let seat = self.seats.iter_mut().find(|seat| seat.channel == channel && channel != self.channel);
        let thread = seat.map_or(&mut self.thread, |seat| &mut seat.thread);
        if !thread.contains(&message) {
            thread.push(message);
        }
        let surplus = thread.len().saturating_sub(Self::THREAD);
        thread.drain(..surplus);
    }

    /// The reply address and the chain of references on `channel`; `None` if this person has no place in it.
    pub fn on(&self, channel: Channel) -> Option<(&Token, &[MessageId])> {
        if channel == self.channel {
            return Some((&self.token, &self.thread));
        }
        self.seats.iter().find(|seat| seat.channel == channel).map(|seat| (&seat.token, seat.thread.as_slice()))
    }

    /// Every reply address that was given to this person.
    pub fn tokens(&self) -> impl Iterator<Item = (Channel, &Token)> {
        std::iter::once((self.channel, &self.token)).chain(self.seats.iter().map(|seat| (seat.channel, &seat.token)))
    }

    /// Gives fresh reply addresses in the place of those on `channel`, or of all: what was given before leads nowhere any more (THREATS T18).
    pub fn renew(&mut self, channel: Option<Channel>, dice: &mut Dice) {
        if channel.is_none_or(|channel| channel == self.channel) {
            self.token = Token::fresh(dice);
        }
        for seat in self.seats.iter_mut().filter(|seat| channel.is_none_or(|channel| channel == seat.channel)) {
            seat.token = Token::fresh(dice);
        }
    }

    /// From now on `address` is the registered one, with fresh reply addresses and a conversation of its own. Gives the one before it.
    pub fn move_to(&mut self, address: Address, dice: &mut Dice) -> Address {
        self.contacts.retain(|contact| !contact.address.is_same(&address));
        self.reachable = Reachable::Yes;
        self.thread.clear();
        self.seats.iter_mut().for_each(|seat| seat.thread.clear());
        self.renew(None, dice);
        std::mem::replace(&mut self.address, address)
    }

    /// Lets a further address speak; in the place of what it was known as. `false` if there are too many already, or if it is the registered one.
    pub fn admit(&mut self, contact: Contact) -> bool {
        self.contacts.retain(|known| !known.address.is_same(&contact.address));
        let fits = self.contacts.len() < Self::MOST_CONTACTS && !self.address.is_same(&contact.address);
        if fits {
            self.contacts.push(contact);
        }
        fits
    }

    /// As whom `address` may speak for this person; `None` for a stranger.
    pub fn knows(&self, address: &Address) -> Option<KnownAs> {
        if self.address.is_same(address) {
            return Some(KnownAs::Registered);
        }
        self.contacts.iter().find(|contact| contact.address.is_same(address)).map(|contact| KnownAs::Contact(contact.standing))
    }
}
