//! Who takes part in a dispute, and through which channel.

use serde::{Deserialize, Serialize};
use std::fmt;

/// One of the two sides.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Party {
    /// Who bought.
    Consumer,
    /// Who sold.
    Merchant,
}

impl Party {
    /// The other side.
    pub fn other(self) -> Party {
        match self {
            Party::Consumer => Party::Merchant,
            Party::Merchant => Party::Consumer,
        }
    }
}

/// Who may write to, and be written by, the service about a dispute.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Role {
    /// Who bought.
    Consumer,
    /// Who sold.
    Merchant,
    /// The neutral third person.
    Mediator,
    /// The registrar, who screens and decides what a person must decide.
    Operator,
}

impl Role {
    /// Every role.
    pub const ALL: [Role; 4] = [Role::Consumer, Role::Merchant, Role::Mediator, Role::Operator];

    /// The word used in workflows, templates and logs.
    pub fn name(self) -> &'static str {
        match self {
            Role::Consumer => "consumer",
            Role::Merchant => "merchant",
            Role::Mediator => "mediator",
            Role::Operator => "operator",
        }
    }

    /// Reads such a word.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|role| role.name() == name)
    }

    /// The side that this role is on, if it is on one.
    pub fn party(self) -> Option<Party> {
        match self {
            Role::Consumer => Some(Party::Consumer),
            Role::Merchant => Some(Party::Merchant),
            Role::Mediator | Role::Operator => None,
        }
    }
}

impl From<Party> for Role {
    fn from(party: Party) -> Role {
        match party {
            Party::Consumer => Role::Consumer,
            Party::Merchant => Role::Merchant,
        }
    }
}

impl fmt::Display for Role {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// Who reads what is written to an address (DOMAIN §0, decisions 8 and 9).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Channel {
    /// Consumer and service (later mediator) only.
    ConsumerPrivate,
    /// Merchant and service (later mediator) only.
    MerchantPrivate,
    /// Both parties and the mediator.
    Joint,
    /// Registrar and mediator only.
    Desk,
    /// The mediator's own notes: read by nobody else.
    Notes,
}

impl Channel {
    /// Every channel.
    pub const ALL: [Channel; 5] = [Channel::ConsumerPrivate, Channel::MerchantPrivate, Channel::Joint, Channel::Desk, Channel::Notes];

    /// The word used in the store.
    pub fn name(self) -> &'static str {
        match self {
            Channel::ConsumerPrivate => "consumer-private",
            Channel::MerchantPrivate => "merchant-private",
            Channel::Joint => "joint",
            Channel::Desk => "desk",
            Channel::Notes => "notes",
        }
    }

    /// Reads such a word.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|channel| channel.name() == name)
    }

    /// Whether `role` reads what is written to this channel (DOMAIN §5.8). The common channel is read by both sides only while both agree.
    pub fn is_read_by(self, role: Role) -> bool {
        match self {
            Channel::ConsumerPrivate => matches!(role, Role::Consumer | Role::Mediator),
            Channel::MerchantPrivate => matches!(role, Role::Merchant | Role::Mediator),
            Channel::Joint => matches!(role, Role::Consumer | Role::Merchant | Role::Mediator),
            Channel::Desk => matches!(role, Role::Mediator | Role::Operator),
            Channel::Notes => role == Role::Mediator,
        }
    }

    /// The channels in which `role` has a reply address besides its own ([`Channel::private_to`]).
    pub fn besides(role: Role) -> &'static [Channel] {
        match role {
            Role::Consumer | Role::Merchant => &[Channel::Joint],
            Role::Mediator => &[Channel::ConsumerPrivate, Channel::MerchantPrivate, Channel::Joint],
            Role::Operator => &[],
        }
    }

    /// The private channel of `role`.
    pub fn private_to(role: Role) -> Channel {
        match role {
            Role::Consumer => Channel::ConsumerPrivate,
            Role::Merchant => Channel::MerchantPrivate,
            Role::Mediator | Role::Operator => Channel::Desk,
        }
    }
}
