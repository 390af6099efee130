//! What a complaint says, field by field (DOMAIN §3.2).

use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

macro_rules! facts {
    ($($variant:ident $name:literal $doc:literal,)+) => {
        /// A field of a complaint.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        pub enum Fact { $(#[doc = $doc] #[serde(rename = $name)] $variant,)+ }

        impl Fact {
            /// Every field, in the order in which a person is shown them.
            pub const ALL: &'static [Fact] = &[$(Fact::$variant),+];

            /// The word used in workflows, templates and `explain`.
            pub fn name(self) -> &'static str {
                match self { $(Fact::$variant => $name,)+ }
            }
        }
    };
}

facts! {
    ConsumerName "consumer_name" "Name of who complains.",
    City "city" "City of who complains.",
    Phone "phone" "Telephone number of who complains; never asked for.",
    Merchant "merchant" "Name, site or handle of the seller, as written.",
    MerchantContact "merchant_contact" "E-mail address of the seller.",
    OrderNo "order_no" "Order number.",
    InvoiceNo "invoice_no" "Invoice number.",
    TrackingNo "tracking_no" "Parcel number of the carrier.",
    OrderDate "order_date" "Day of the order, ISO 8601.",
    Product "product" "What was bought.",
    Amount "amount" "Amount with a decimal point and no thousands mark.",
    Currency "currency" "ISO 4217 code of the amount.",
    PaymentMethod "payment_method" "How it was paid.",
    Remedy "remedy" "What is asked for: a code of DOMAIN §4.4.",
    PriorContactDate "prior_contact_date" "Day on which the seller was first written to, ISO 8601.",
}

impl Fact {
    /// Whether "I do not have it" answers the question: numbers and dates can be had from the merchant (DOMAIN §3.3).
    pub fn may_be_unknown(self) -> bool {
        matches!(self, Fact::OrderNo | Fact::InvoiceNo | Fact::TrackingNo | Fact::OrderDate)
    }

    /// Reads such a word.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|fact| fact.name() == name)
    }
}

/// Remedies of DOMAIN §4.4.
pub const REMEDIES: [&str; 14] = [
    "REFUND_FULL",
    "REFUND_PARTIAL",
    "REPLACEMENT",
    "EXCHANGE",
    "DELIVERY",
    "REPAIR",
    "RETURN_PICKUP",
    "PRICE_REDUCTION",
    "CANCEL",
    "COMPENSATION",
    "INVOICE_CORRECTION",
    "VOUCHER",
    "EXPLANATION_APOLOGY",
    "DATA_ERASURE",
];

/// Fields and what was said of each.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Facts(BTreeMap<Fact, String>);

impl Facts {
    /// What was said of `fact`.
    pub fn get(&self, fact: Fact) -> Option<&str> {
        self.0.get(&fact).map(String::as_str)
    }

    /// Notes `value` for `fact`; blank values are not noted.
    pub fn set(&mut self, fact: Fact, value: impl Into<String>) {
        let value = value.into();
        if !value.trim().is_empty() {
            self.0.insert(fact, value);
        }
    }

    /// Takes over everything that `newer` says; what it does not say stays.
    pub fn update(&mut self, newer: &Facts) {
        for (fact, value) in &newer.0 {
            self.0.insert(*fact, value.clone());
        }
    }

    /// Every noted field in its order.
    pub fn iter(&self) -> impl Iterator<Item = (Fact, &str)> {
        self.0.iter().map(|(fact, value)| (*fact, value.as_str()))
    }

    /// The same without `unwanted`.
    pub fn without(mut self, unwanted: &[Fact]) -> Self {
        self.0.retain(|fact, _| !unwanted.contains(fact));
        self
    }

    /// Whether nothing is noted.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Those of `wanted` of which nothing is noted.
    pub fn missing<'a>(&'a self, wanted: &'a [Fact]) -> impl Iterator<Item = Fact> + 'a {
        wanted.iter().copied().filter(|fact| !self.0.contains_key(fact))
    }
}
