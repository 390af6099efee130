//! What a party writes, without what would tell the other side how to reach anybody but through the service (DOMAIN §5.4).
//!
//! It happens when the words come in: what the consumer confirms, what is kept and what the merchant is shown is the same text.

use crate::compose::{Guard, Redacted, Redaction};
use crate::domain::{Address, Fact, Facts, Participant, Statement};

/// Takes out of a party's words where that party is reached, in every spelling that the guard knows, and contact data of anybody else.
#[derive(Debug, Default)]
pub struct Masking {
    own: Guard,
}

impl Masking {
    /// For what somebody writes from `address`.
    pub fn of_address(address: &Address) -> Self {
        let mut masking = Self::default();
        masking.own.forbid_address(address);
        masking
    }

    /// For what `person` writes.
    pub fn of(person: &Participant) -> Self {
        let mut masking = Self::of_address(&person.address);
        person.contacts.iter().for_each(|contact| masking.own.forbid_address(&contact.address));
        masking
    }

    /// The same, of somebody who said to have that telephone number.
    pub fn and_phone(mut self, number: Option<&str>) -> Self {
        if let Some(number) = number {
            self.own.forbid_phone(number);
        }
        self
    }

    /// An account, or other words.
    pub fn words(&self, text: &str) -> String {
        Redaction::new(&self.guard(text)).redact(text).text
    }

    /// The name in From; `None` if there is more in it than a name: then it is asked.
    pub fn name(&self, name: &str) -> Option<String> {
        Some(Redaction::new(&self.guard(name)).redact(name)).filter(|redacted| redacted.hidden == 0).map(|redacted| redacted.text)
    }

    /// Every field. One of which nothing is left is not known, so that it is asked.
    pub fn fields(&self, mut said: Statement) -> Statement {
        let mut facts = Facts::default();
        for (fact, value) in said.facts.iter() {
            if let Some(value) = self.field(fact, value) {
                facts.set(fact, value);
            }
        }
        said.facts = facts;
        said
    }

    fn field(&self, fact: Fact, value: &str) -> Option<String> {
        let only_own = || Redaction::only(&self.guard(value)).redact(value);
        let redacted = match fact {
            // Neither stands in a request: the merchant is shown none of them.
            Fact::Phone | Fact::MerchantContact => return Some(value.to_owned()),
            Fact::ConsumerName | Fact::City | Fact::Product | Fact::PaymentMethod | Fact::Remedy => Redaction::new(&self.guard(value)).redact(value),
            // The seller may be called by a site, an address or a telephone number.
            Fact::Merchant => only_own(),
            // An order may have the number of a telephone. A part of a number, of a day or of an amount would be another one.
            Fact::OrderNo | Fact::InvoiceNo | Fact::TrackingNo | Fact::OrderDate | Fact::Amount | Fact::Currency | Fact::PriorContactDate => {
                Some(only_own()).filter(|redacted| redacted.hidden == 0).unwrap_or(Redacted { text: String::new(), hidden: 1 })
            }
        };
        (redacted.hidden == 0 || redacted.text.contains(char::is_alphanumeric)).then_some(redacted.text)
    }

    /// A name that is also a part of an address may be said, as the guard of the finished letter lets it pass.
    fn guard(&self, text: &str) -> Guard {
        let mut guard = self.own.clone();
        guard.allow_names_in(text);
        guard
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fields(said: &[(Fact, &str)]) -> Vec<(Fact, String)> {
        let mut facts = Facts::default();
        said.iter().for_each(|(fact, value)| facts.set(*fact, *value));
        let masking = Masking::of_address(&Address::parse("sarah.amrani@mail.example").unwrap()).and_phone(Some("06 12 34 56 78"));
        let said = masking.fields(Statement { facts, ..Statement::default() });
        said.facts.iter().map(|(fact, value)| (fact, value.to_owned())).collect()
    }

    #[test]
    fn no_field_of_a_request_says_how_to_reach_who_wrote_it() {
        for (fact, value, expected) in [
            (Fact::Product, "shoes for sarah.amrani@mail.example", Some("shoes for […]")),
            (Fact::Product, "shoes, sarah dot amrani at mail dot example", Some("shoes, […]")),
            (Fact::Product, "chaussures, 0698765432", Some("chaussures, […]")),
            (Fact::City, "+212 612 345 678", None),
            (Fact::ConsumerName, "Sarah Amrani", Some("Sarah Amrani")),
            (Fact::ConsumerName, "sarah.amrani@mail.example", None),
            (Fact::OrderNo, "0612345678", None),
            (Fact::OrderNo, "0698765432", Some("0698765432")),
            (Fact::Amount, "612345678.00", None),
            (Fact::Amount, "450.00", Some("450.00")),
            (Fact::Merchant, "contact@boutique-atlas.example", Some("contact@boutique-atlas.example")),
            (Fact::Merchant, "sarah.amrani@mail.example", None),
            (Fact::MerchantContact, "contact@boutique-atlas.example", Some("contact@boutique-atlas.example")),
            (Fact::Phone, "06 12 34 56 78", Some("06 12 34 56 78")),
        ] {
            let found = fields(&[(fact, value)]).pop().map(|(_, value)| value);
            assert_eq!(found.as_deref(), expected, "{fact:?} {value}");
        }
    }

    #[test]
    fn a_name_in_from_that_is_an_address_is_none() {
        let masking = Masking::of_address(&Address::parse("sarah.amrani@mail.example").unwrap());
        assert_eq!(masking.name("Sarah Amrani").as_deref(), Some("Sarah Amrani"));
        for name in ["sarah.amrani@mail.example", "Sarah 0612345678", "Sarah (sarah.amrani AT mail.example)"] {
            assert_eq!(masking.name(name), None, "{name}");
        }
    }

    #[test]
    fn an_account_says_no_address_in_any_spelling() {
        let masking = Masking::of_address(&Address::parse("sarah.amrani@mail.example").unwrap());
        assert_eq!(masking.words("Sarah Amrani, écrivez à sarah.amrani (at) mail.example."), "Sarah Amrani, écrivez à […].");
    }
}
