//! What the registry of merchants says of the seller, as the registrar is told it.

use super::{clean, dates};
use crate::domain::{Language, Listing};
use serde::Serialize;

/// What the registry says of the seller.
#[derive(Debug, Clone, Serialize)]
pub(super) struct RegistryFacts {
    /// Its name there, where it is found exactly.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) name: Option<String>,
    /// The day on which a person confirmed the address that is offered.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) confirmed: Option<String>,
    /// Who it may be, where it is not found exactly.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) perhaps: Option<String>,
}

/// What `listing` says, in the reader's language.
pub(super) fn registry(listing: &Listing, language: Language) -> RegistryFacts {
    match listing {
        Listing::Exact { name, contact, .. } => {
            RegistryFacts { name: Some(clean::line(name.as_str())), confirmed: contact.as_ref().map(|(_, day)| dates::written(*day, language)), perhaps: None }
        }
        Listing::Perhaps(names) => {
            let names: Vec<String> = names.iter().map(|name| clean::line(name.as_str())).collect();
            let between = if language == Language::Ar { "، " } else { ", " };
            RegistryFacts { name: None, confirmed: None, perhaps: Some(names.join(between)) }
        }
    }
}
