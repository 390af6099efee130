//! The merchants that the service knows: who they are, under which names they sell, and where they are reached (DOMAIN §2.1, §3.2).

mod find;
mod names;
mod site;
mod skeleton;
mod trace;

pub use find::{Found, Stated, find};
pub use names::{Identifier, NotATradeName, NotAnIdentifier, TradeName};
pub use site::{Domain, NotADomain};
pub use trace::{KeyKind, Trace, traces_of};

use super::address::Address;
use super::facts::REMEDIES;
use super::language::Language;
use super::money::Money;
use super::reference::Reference;
use super::time::Day;
use serde::{Deserialize, Serialize};

/// A merchant of the registry.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Merchant {
    /// What it is called in the registrar's own files: two records with the same are one merchant.
    pub identifier: Identifier,
    /// How it came into the registry.
    pub origin: Origin,
    /// The name that people are shown.
    pub name: TradeName,
    /// The name in the register of commerce.
    pub legal_name: Option<TradeName>,
    /// Trade names, shop names and social handles, in any script.
    pub aliases: Vec<TradeName>,
    /// Web domains that are its own.
    pub domains: Vec<Domain>,
    /// Where it is reached.
    pub contacts: Vec<MerchantContact>,
    /// The language of its letters; that of the complaint where it is not known.
    pub language: Option<Language>,
    /// Its customer service, if it has it done here.
    pub service: Option<ServiceTrack>,
    /// Whether it said that it is open to mediation.
    pub open_to_mediation: Option<bool>,
}

/// How a merchant came into the registry.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Origin {
    /// Somebody wrote it into a file that was imported.
    Listed,
    /// The registrar admitted a complaint against it, and wrote to it.
    Admitted,
}

impl Origin {
    /// Every one of them.
    pub const ALL: [Origin; 2] = [Origin::Listed, Origin::Admitted];

    /// The word used in the store.
    pub fn name(self) -> &'static str {
        match self {
            Origin::Listed => "listed",
            Origin::Admitted => "admitted",
        }
    }

    /// Reads such a word.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|origin| origin.name() == name)
    }
}

/// An address of a merchant.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MerchantContact {
    /// The address.
    pub address: Address,
    /// Who reads it.
    pub name: Option<TradeName>,
    /// As what, e.g. customer service.
    pub role: Option<TradeName>,
    /// Who says that it is the merchant's, and since when; without it nobody is invited there.
    pub confirmed: Option<Confirmation>,
}

/// That a person looked and says: this address is the merchant's.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Confirmation {
    /// When.
    pub on: Day,
    /// Who, or by what.
    pub by: ConfirmedBy,
}

/// Who confirmed an address.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ConfirmedBy {
    /// Whom the imported file names.
    Person(TradeName),
    /// Whoever works with the command line.
    Command,
    /// The registrar, by admitting that dispute with it.
    Admission(Reference),
}

/// The customer service that is done for a merchant.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ServiceTrack {
    /// Where its customers write to.
    pub address: Address,
    /// Up to how much each remedy may be granted without asking.
    pub mandate: Vec<Mandate>,
}

/// Up to how much a remedy may be granted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mandate {
    remedy: String,
    limit: Money,
}

/// Most aliases, domains or contacts of one merchant.
pub const MOST_OF_A_MERCHANT: usize = 50;

/// Why a record is no merchant.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NotAMerchant {
    /// Two contacts with the same address.
    #[error("the same address stands there twice as a contact; write it once")]
    ContactTwice,
    /// Two limits for one remedy.
    #[error("the mandate limits {0} twice; write one limit for it")]
    RemedyTwice(String),
    /// More than can be kept.
    #[error("a merchant has at most {MOST_OF_A_MERCHANT} aliases, domains and contacts each; leave some out")]
    TooMany,
    /// Its names fit any shop.
    #[error("the name or alias `{0}` says only that it is a shop, and would be found in anybody's complaint; write its own name")]
    Anybody(String),
}

impl Merchant {
    /// The record, if it can be kept: each address once, each remedy once, no name that fits anybody.
    pub fn checked(self) -> Result<Self, NotAMerchant> {
        if [self.aliases.len(), self.domains.len(), self.contacts.len()].iter().any(|count| *count > MOST_OF_A_MERCHANT) {
            return Err(NotAMerchant::TooMany);
        }
        if let Some(name) = self.names().find(|name| traces_of(name.as_str()).is_empty()) {
            return Err(NotAMerchant::Anybody(name.to_string()));
        }
        for (at, contact) in self.contacts.iter().enumerate() {
            if self.contacts.iter().skip(at.saturating_add(1)).any(|other| other.address.is_same(&contact.address)) {
                return Err(NotAMerchant::ContactTwice);
            }
        }
        let limits = self.service.iter().flat_map(|service| &service.mandate);
        for (at, one) in limits.clone().enumerate() {
            if limits.clone().skip(at.saturating_add(1)).any(|other| other.remedy == one.remedy) {
                return Err(NotAMerchant::RemedyTwice(one.remedy.clone()));
            }
        }
        Ok(self)
    }

    /// Everything by which it can be found.
    pub fn traces(&self) -> Vec<Trace> {
        let mut traces: Vec<Trace> = self.names().flat_map(|name| traces_of(name.as_str())).collect();
        traces.extend(self.domains.iter().cloned().map(Trace::Domain));
        traces.sort();
        traces.dedup();
        traces
    }

    /// The contact that was confirmed last; of several on one day the first.
    pub fn confirmed_contact(&self) -> Option<(&MerchantContact, &Confirmation)> {
        let confirmed = self.contacts.iter().filter_map(|contact| Some((contact, contact.confirmed.as_ref()?)));
        confirmed.reduce(|best, other| if other.1.on > best.1.on { other } else { best })
    }

    /// Notes that `address` is the merchant's, as a new contact if it was none. `false` if that was known already.
    pub fn confirm(&mut self, address: &Address, confirmation: Confirmation) -> bool {
        match self.contacts.iter_mut().find(|contact| contact.address.is_same(address)) {
            Some(contact) if contact.confirmed.is_some() => false,
            Some(contact) => {
                contact.confirmed = Some(confirmation);
                true
            }
            None => {
                self.contacts.push(MerchantContact { address: address.clone(), name: None, role: None, confirmed: Some(confirmation) });
                true
            }
        }
    }

    /// The record as it is imported over `known`: what a person confirmed here, and the file does not, stays confirmed.
    pub fn over(mut self, known: &Merchant) -> Self {
        for contact in &known.contacts {
            if let Some(confirmed) = contact.confirmed.clone().filter(|confirmed| !matches!(confirmed.by, ConfirmedBy::Person(_))) {
                self.confirm(&contact.address, confirmed);
            }
        }
        self
    }

    fn names(&self) -> impl Iterator<Item = &TradeName> {
        [&self.name].into_iter().chain(&self.legal_name).chain(&self.aliases)
    }
}

impl Mandate {
    /// Reads `REFUND_FULL=50000 MAD`: a remedy (DOMAIN §4.4), and a limit in hundredths of the currency's unit (centimes) with its ISO 4217 code.
    pub fn parse(text: &str) -> Result<Self, NotAMandate> {
        let (remedy, limit) = text.split_once('=').ok_or(NotAMandate::Shape)?;
        let remedy = remedy.trim().to_uppercase();
        if !REMEDIES.contains(&remedy.as_str()) {
            return Err(NotAMandate::Remedy);
        }
        let (amount, currency) = limit.trim().split_once(' ').ok_or(NotAMandate::Shape)?;
        let hundredths = amount.parse().map_err(|_| NotAMandate::Shape)?;
        let currency = currency.trim();
        if currency.len() != 3 || !currency.bytes().all(|byte| byte.is_ascii_uppercase()) {
            return Err(NotAMandate::Shape);
        }
        Ok(Self { remedy, limit: Money { hundredths, currency: currency.to_owned() } })
    }

    /// The remedy's code.
    pub fn remedy(&self) -> &str {
        &self.remedy
    }

    /// The limit.
    pub fn limit(&self) -> &Money {
        &self.limit
    }
}

/// Why a text is no [`Mandate`].
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NotAMandate {
    /// It is written otherwise.
    #[error("a limit is written REMEDY=CENTIMES CURRENCY, for example REFUND_FULL=50000 MAD for 500 dirhams")]
    Shape,
    /// No such remedy.
    #[error("the remedy is none of those that are known; write one of {}", REMEDIES.join(", "))]
    Remedy,
}

/// What the registry says of the merchant of a dispute, when the registrar was told last.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Listing {
    /// It is this one.
    Exact {
        /// Its name there.
        name: TradeName,
        /// Where a person confirmed that it is reached, and when.
        contact: Option<(Address, Day)>,
        /// The language of its letters.
        language: Option<Language>,
    },
    /// It may be one of these; a person decides.
    Perhaps(Vec<TradeName>),
}

impl Listing {
    /// How many merchants are named that it may be.
    const MOST_NAMED: usize = 5;

    /// What was found, as the registrar is told it.
    pub fn of(found: &Found<'_>) -> Option<Self> {
        match found {
            Found::One(merchant, _) => Some(Listing::Exact {
                name: merchant.name.clone(),
                contact: merchant.confirmed_contact().map(|(contact, confirmed)| (contact.address.clone(), confirmed.on)),
                language: merchant.language,
            }),
            Found::Several(merchants) => Some(Listing::Perhaps(merchants.iter().take(Self::MOST_NAMED).map(|(merchant, _)| merchant.name.clone()).collect())),
            Found::None => None,
        }
    }

    /// Where a person confirmed that the merchant is reached.
    pub fn contact(&self) -> Option<&Address> {
        match self {
            Listing::Exact { contact: Some((address, _)), .. } => Some(address),
            Listing::Exact { .. } | Listing::Perhaps(_) => None,
        }
    }
}

#[cfg(test)]
mod tests;
