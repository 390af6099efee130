//! The common channel: who agreed to it (DOMAIN §5.4).

use super::given::Given;
use super::role::Party;
use serde::{Deserialize, Serialize};

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
