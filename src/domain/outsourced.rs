//! A merchant's customer service that is run on its behalf: within which limits its agents may offer something, and what was answered (DOMAIN §2.3, rows 70 to 79).

use super::digest::Digest;
use super::facts::REMEDIES;
use super::money::Money;
use super::role::{Party, Role};
use super::terms::Terms;
use super::time::Instant;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Which of the two services a dispute belongs to. There is a wall between them (DOMAIN §0, decision 1).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Track {
    /// Neutral and confidential.
    Mediation,
    /// The customer service of one merchant, on that merchant's behalf.
    Service,
}

impl Track {
    /// Every track with its word.
    pub const WORDS: [(&'static str, Track); 2] = [("mediation", Track::Mediation), ("service", Track::Service)];
}

/// What a dispute of a customer service has besides any other: it began with these limits and keeps them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Outsourced {
    /// What the agents may offer without asking the merchant.
    pub mandate: Mandate,
    /// What was officially answered to the consumer, oldest first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub answers: Vec<Answered>,
    /// Whether the consumer may go to mediation by one reply: the merchant answered, or its time is over.
    #[serde(default)]
    pub escalable: bool,
}

/// Something that was answered to the consumer in the merchant's name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Answered {
    /// When.
    pub at: Instant,
    /// In which words.
    pub words: String,
}

/// What the agents may offer in the merchant's name: for each remedy of DOMAIN §4.4 the most that it may cost, or that it may be promised where no amount is named.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Mandate(BTreeMap<String, Option<Money>>);

impl Outsourced {
    /// Answers that are kept.
    const MOST_ANSWERS: usize = 8;
    /// Characters of one of them that are kept.
    const LONGEST_ANSWER: usize = 2_000;

    /// The customer service of a dispute that begins.
    pub fn new(mandate: Mandate) -> Self {
        Self { mandate, answers: Vec::new(), escalable: false }
    }

    /// Keeps what was answered to the consumer at that moment.
    pub fn answer(&mut self, words: &str, at: Instant) {
        self.answers.push(Answered { at, words: words.chars().take(Self::LONGEST_ANSWER).collect() });
        let surplus = self.answers.len().saturating_sub(Self::MOST_ANSWERS);
        self.answers.drain(..surplus);
        self.escalable = true;
    }
}

impl Mandate {
    /// Remedies that cost a merchant nothing, so that no limit is set for them.
    const FREE: [&'static str; 2] = ["EXPLANATION_APOLOGY", "DATA_ERASURE"];

    /// What a mandate can name: remedies of DOMAIN §4.4, of which full and partial refunds are one.
    pub fn remedies() -> Vec<&'static str> {
        let mut named: Vec<&'static str> = REMEDIES.iter().copied().filter(|remedy| !Self::FREE.contains(remedy)).map(Self::named).collect();
        named.dedup();
        named
    }

    fn named(remedy: &str) -> &str {
        if remedy.starts_with("REFUND_") { "REFUND" } else { remedy }
    }

    /// Lets `remedy` be offered: up to `most`, or as it is where it costs no amount.
    pub fn allow(&mut self, remedy: &str, most: Option<Money>) {
        self.0.insert(Self::named(remedy).to_owned(), most);
    }

    /// Whether everything that the merchant would owe by `terms` lies within the limits. What could not be read as one remedy does not.
    pub fn covers(&self, terms: &Terms) -> bool {
        let mut left = self.0.clone();
        terms.obligations().iter().filter(|one| one.debtor == Party::Merchant).all(|one| {
            let limit = one.remedy.as_ref().and_then(|remedy| left.get_mut(Self::named(remedy)));
            match (limit, &one.amount) {
                (Some(None), None) => true,
                (Some(Some(most)), Some(amount)) if most.currency == amount.currency => match most.hundredths.checked_sub(amount.hundredths) {
                    Some(rest) => {
                        most.hundredths = rest;
                        true
                    }
                    None => false,
                },
                _ => false,
            }
        })
    }

    /// What stands as evidence of an acceptance in the merchant's name.
    pub fn digest(&self) -> Digest {
        let mut parts: Vec<Vec<u8>> = vec![b"mandate".to_vec(), Role::Merchant.name().as_bytes().to_vec()];
        for (remedy, most) in &self.0 {
            parts.push(remedy.as_bytes().to_vec());
            parts.push(most.as_ref().map(Money::to_string).unwrap_or_default().into_bytes());
        }
        Digest::of_parts(&parts.iter().map(Vec::as_slice).collect::<Vec<_>>())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{Day, Obligation};

    fn owed(debtor: Party, remedy: Option<&str>, amount: Option<u64>) -> Obligation {
        let due = Day::new(2026, 12, 15).unwrap();
        Obligation { debtor, what: "x".to_owned(), amount: amount.map(Money::dirhams), due, remedy: remedy.map(str::to_owned), supplied: false }
    }

    fn mandate() -> Mandate {
        let mut mandate = Mandate::default();
        mandate.allow("REFUND", Some(Money::dirhams(50_000)));
        mandate.allow("EXCHANGE", None);
        mandate
    }

    #[test]
    fn a_mandate_covers_what_it_names_up_to_its_limit_and_nothing_else() {
        let covers = |obligations: Vec<Obligation>| mandate().covers(&Terms::new(obligations).unwrap());
        let refund = |amount| owed(Party::Merchant, Some("REFUND_FULL"), Some(amount));
        assert!(covers(vec![refund(50_000)]) && !covers(vec![refund(50_001)]));
        assert!(!covers(vec![refund(30_000), refund(30_000)]), "two lines are one sum");
        assert!(covers(vec![owed(Party::Merchant, Some("EXCHANGE"), None), owed(Party::Consumer, None, None)]));
        assert!(!covers(vec![owed(Party::Merchant, Some("EXCHANGE"), Some(1))]), "nobody allowed an amount");
        assert!(!covers(vec![owed(Party::Merchant, Some("REFUND_FULL"), None)]), "an amount that nobody names has no limit");
        assert!(!covers(vec![owed(Party::Merchant, None, Some(1))]) && !covers(vec![owed(Party::Merchant, Some("REPAIR"), None)]));
        let foreign = Money { hundredths: 1, currency: "EUR".to_owned() };
        assert!(!covers(vec![Obligation { amount: Some(foreign), ..refund(1) }]));
        assert!(!Mandate::default().covers(&Terms::new(vec![refund(1)]).unwrap()), "without a mandate the merchant is asked");
    }

    #[test]
    fn answers_are_bounded_and_open_the_way_to_mediation() {
        let mut service = Outsourced::new(mandate());
        assert!(!service.escalable);
        for number in 0..20 {
            service.answer(&format!("{number}{}", "x".repeat(5_000)), Instant::from_micros(number));
        }
        assert!(service.escalable && service.answers.len() == Outsourced::MOST_ANSWERS);
        assert!(service.answers.iter().all(|answer| answer.words.chars().count() == Outsourced::LONGEST_ANSWER));
        assert!(service.answers.last().unwrap().words.starts_with("19"));
    }
}
