//! An agreement that both sides put aside, to talk again (DOMAIN §2.3, row 58): the only way in which one ends without being performed or closed.

use super::digest::Digest;
use super::given::Given;
use super::role::Party;
use super::time::Instant;
use serde::{Deserialize, Serialize};

/// Who wishes to talk again instead of keeping to the agreement, and what both put aside for it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Renegotiation {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    consumer: Option<Given>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    merchant: Option<Given>,
    /// Both wishes, oldest first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    aside: Vec<(Given, Given)>,
}

impl Renegotiation {
    /// Records the wish of `party`. Once both sides wish the same, what was agreed is put aside.
    pub(super) fn wish(&mut self, party: Party, given: Given) {
        match party {
            Party::Consumer => self.consumer = Some(given),
            Party::Merchant => self.merchant = Some(given),
        }
        if let Some(both) = self.consumer.zip(self.merchant).filter(|(consumer, merchant)| consumer.on == merchant.on) {
            self.aside.push(both);
            (self.consumer, self.merchant) = (None, None);
        }
    }

    /// Whether the agreement of that digest, `made` then, was put aside. One that is made anew, on the same words, was not.
    pub(super) fn has_put_aside(&self, on: Digest, made: Instant) -> bool {
        self.aside.iter().any(|(consumer, merchant)| consumer.on == on && made <= consumer.at.max(merchant.at))
    }

    /// Whether anything was put aside.
    pub(super) fn is_reopened(&self) -> bool {
        !self.aside.is_empty()
    }

    /// Whether nobody ever wished it.
    pub(super) fn is_nothing(&self) -> bool {
        *self == Self::default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn given(on: &[u8], at: &str) -> Given {
        Given { on: Digest::of(on), at: Instant::parse(at).unwrap(), evidence: Digest::of(b"mail") }
    }

    #[test]
    fn an_agreement_is_put_aside_by_both_and_a_later_one_on_the_same_words_is_another() {
        let (first, second, third) = ("2026-12-01T09:00:00Z", "2026-12-02T09:00:00Z", "2026-12-03T09:00:00Z");
        let at = |text| Instant::parse(text).unwrap();
        let mut again = Renegotiation::default();
        again.wish(Party::Consumer, given(b"one", second));
        assert!(!again.has_put_aside(Digest::of(b"one"), at(first)));
        again.wish(Party::Merchant, given(b"another", second));
        assert!(!again.is_reopened(), "both wish something else");
        again.wish(Party::Merchant, given(b"one", second));
        assert!(again.has_put_aside(Digest::of(b"one"), at(first)) && !again.has_put_aside(Digest::of(b"another"), at(first)));
        assert!(!again.has_put_aside(Digest::of(b"one"), at(third)));
    }
}
