//! What may be agreed besides the request itself: numbered obligations, and the proposals that were made of them (DOMAIN §2.3, rows 20 and 38-42).

use super::digest::Digest;
use super::given::Given;
use super::money::Money;
use super::role::{Party, Role};
use super::time::Day;
use serde::{Deserialize, Serialize};

/// One thing that one side does.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Obligation {
    /// Who does it.
    pub debtor: Party,
    /// What, in the words of whoever proposes it, without contact data.
    pub what: String,
    /// The amount that the words name, if they name one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub amount: Option<Money>,
    /// The last day to do it.
    pub due: Day,
    /// The remedy of DOMAIN §4.4 that the words surely speak of, which a mandate may name; follows from the words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub remedy: Option<String>,
    /// Whether its author named no day and the service counted one, which the author is told before it is proposed.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub supplied: bool,
}

/// Numbered obligations.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Terms(Vec<Obligation>);

impl Terms {
    /// The most obligations of one proposal.
    pub const MOST: usize = 12;
    /// The most characters of one of them.
    pub const LONGEST: usize = 400;

    /// Terms of those obligations, in their order; `None` if there is none, or if there are more or longer ones than a letter holds.
    pub fn new(obligations: Vec<Obligation>) -> Option<Self> {
        let fits = |one: &Obligation| !one.what.trim().is_empty() && one.what.chars().count() <= Self::LONGEST;
        ((1..=Self::MOST).contains(&obligations.len()) && obligations.iter().all(fits)).then_some(Self(obligations))
    }

    /// The obligations; the first is number 1.
    pub fn obligations(&self) -> &[Obligation] {
        &self.0
    }

    /// The last day of those of `debtor`, or of anybody.
    pub fn last_due(&self, debtor: Option<Party>) -> Option<Day> {
        self.0.iter().filter(|one| debtor.is_none_or(|debtor| one.debtor == debtor)).map(|one| one.due).max()
    }

    /// Their words, one line each.
    pub fn text(&self) -> String {
        self.0.iter().map(|one| one.what.as_str()).collect::<Vec<_>>().join("\n")
    }

    /// What codes, acceptances and the agreement are bound to: differs for any two terms, authors and numbers of proposals.
    pub fn digest(&self, by: Role, number: u16) -> Digest {
        let number = number.to_be_bytes();
        let mut parts: Vec<Vec<u8>> = vec![b"terms".to_vec(), by.name().as_bytes().to_vec(), number.to_vec()];
        for one in &self.0 {
            parts.push(Role::from(one.debtor).name().as_bytes().to_vec());
            parts.push(one.what.as_bytes().to_vec());
            parts.push(one.amount.as_ref().map(Money::to_string).unwrap_or_default().into_bytes());
            parts.push(one.due.to_string().into_bytes());
        }
        Digest::of_parts(&parts.iter().map(Vec::as_slice).collect::<Vec<_>>())
    }
}

/// Terms that somebody wrote and nobody else has seen yet.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Draft {
    /// Whose.
    pub by: Role,
    /// What.
    pub terms: Terms,
}

/// A proposal that was made to the parties.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tabled {
    /// 1 for the first of a dispute.
    pub number: u16,
    /// Who made it.
    pub by: Role,
    /// What is to be done.
    pub terms: Terms,
    /// When it was made, and the mail in which it was.
    pub made: Given,
    #[serde(default)]
    consumer: Option<Given>,
    #[serde(default)]
    merchant: Option<Given>,
    #[serde(default)]
    closed: bool,
    /// Whether both sides were in a mediation then.
    #[serde(default)]
    pub mediated: bool,
}

impl Tabled {
    /// `terms` as proposal `number` of `by`. A party that proposes with its code accepts what it proposes.
    pub fn new(number: u16, by: Role, terms: Terms, made: Given) -> Self {
        let own = |party| (by.party() == Some(party)).then_some(made);
        Self { number, by, terms, made, consumer: own(Party::Consumer), merchant: own(Party::Merchant), closed: false, mediated: false }
    }

    /// What acceptances are bound to.
    pub fn digest(&self) -> Digest {
        self.terms.digest(self.by, self.number)
    }

    /// Whether it can still be answered.
    pub fn is_open(&self) -> bool {
        !self.closed && self.both().is_none()
    }

    /// The acceptance of `party`, if it accepted and did not take it back.
    pub fn accepted(&self, party: Party) -> Option<Given> {
        match party {
            Party::Consumer => self.consumer,
            Party::Merchant => self.merchant,
        }
    }

    /// Both acceptances.
    pub fn both(&self) -> Option<(Given, Given)> {
        self.consumer.zip(self.merchant)
    }

    /// Records that `party` accepts. Says whether that means anything: it is open, and `given` speaks of exactly it.
    pub(super) fn accept(&mut self, party: Party, given: Given) -> bool {
        let meant = self.is_open() && given.on == self.digest();
        if meant {
            self.of(party).get_or_insert(given);
        }
        meant
    }

    /// Takes the acceptance of `party` back. Says whether there was one to take back.
    pub(super) fn retract(&mut self, party: Party, on: Digest) -> bool {
        let meant = self.is_open() && on == self.digest() && self.accepted(party).is_some();
        if meant {
            *self.of(party) = None;
        }
        meant
    }

    /// Nobody can answer it any more.
    pub(super) fn close(&mut self) {
        self.closed = true;
    }

    fn of(&mut self, party: Party) -> &mut Option<Given> {
        match party {
            Party::Consumer => &mut self.consumer,
            Party::Merchant => &mut self.merchant,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::Instant;

    pub(crate) fn refund(hundredths: u64) -> Terms {
        let what = "rembourse la commande".to_owned();
        Terms::new(vec![Obligation {
            debtor: Party::Merchant,
            what,
            amount: Some(Money::dirhams(hundredths)),
            due: Day::new(2026, 12, 15).unwrap(),
            remedy: None,
            supplied: false,
        }])
        .unwrap()
    }

    fn given(on: Digest) -> Given {
        Given { on, at: Instant::parse("2026-11-23T09:00:00Z").unwrap(), evidence: Digest::of(b"mail") }
    }

    #[test]
    fn a_digest_is_that_of_one_proposal_alone() {
        let terms = refund(120_000);
        let all =
            [terms.digest(Role::Mediator, 1), terms.digest(Role::Merchant, 1), terms.digest(Role::Mediator, 2), refund(120_001).digest(Role::Mediator, 1)];
        for (at, one) in all.iter().enumerate() {
            assert!(all.iter().skip(at + 1).all(|other| one != other));
        }
    }

    #[test]
    fn only_the_same_terms_are_accepted_and_an_acceptance_can_be_taken_back() {
        let mut tabled = Tabled::new(1, Role::Mediator, refund(1), given(Digest::of(b"x")));
        let digest = tabled.digest();
        assert!(!tabled.accept(Party::Consumer, given(Digest::of(b"other"))));
        assert!(tabled.accept(Party::Consumer, given(digest)));
        assert!(tabled.retract(Party::Consumer, digest));
        assert!(!tabled.retract(Party::Consumer, digest));
        assert!(tabled.accept(Party::Merchant, given(digest)) && tabled.both().is_none());
        assert!(tabled.accept(Party::Consumer, given(digest)) && tabled.both().is_some());
        assert!(!tabled.retract(Party::Merchant, digest), "an agreement is not taken back");
    }

    #[test]
    fn who_proposes_accepts_and_a_closed_proposal_is_not_answered() {
        let mut tabled = Tabled::new(2, Role::Merchant, refund(1), given(Digest::of(b"x")));
        assert!(tabled.accepted(Party::Merchant).is_some() && tabled.accepted(Party::Consumer).is_none());
        tabled.close();
        assert!(!tabled.accept(Party::Consumer, given(tabled.digest())));
    }

    #[test]
    fn terms_are_bounded() {
        let one = refund(1).obligations()[0].clone();
        assert!(Terms::new(Vec::new()).is_none());
        assert!(Terms::new(vec![one.clone(); Terms::MOST + 1]).is_none());
        assert!(Terms::new(vec![Obligation { what: "x".repeat(Terms::LONGEST + 1), ..one.clone() }]).is_none());
        assert!(Terms::new(vec![Obligation { what: "  ".to_owned(), ..one }]).is_none());
    }
}
