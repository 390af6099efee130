//! The merchants that a story's registry has from the beginning.

use crate::domain::merchant::{Confirmation, ConfirmedBy, Identifier, MerchantContact, Origin, TradeName};
use crate::domain::{Address, Day, Language, Merchant};
use crate::store::{Store, StoreError};

/// Reads `NAME; ALIAS; … at ADDRESS in LANGUAGE`: the first name is the one that is shown; a domain or a handle is an alias too.
pub(super) fn listed(text: &str, number: usize) -> Option<Merchant> {
    let (names, contact) = text.split_once(" at ")?;
    let (address, language) = contact.split_once(" in ")?;
    let mut names = names.split(';').map(|name| TradeName::parse(name).ok());
    let confirmed = Some(Confirmation { on: Day::new(2026, 9, 1)?, by: ConfirmedBy::Command });
    Some(Merchant {
        identifier: Identifier::parse(&format!("line-{number}")).ok()?,
        origin: Origin::Listed,
        name: names.next()??,
        legal_name: None,
        aliases: names.collect::<Option<Vec<_>>>()?,
        domains: Vec::new(),
        contacts: vec![MerchantContact { address: Address::parse(address).ok()?, name: None, role: None, confirmed }],
        language: Some(Language::parse(language.trim())?),
        service: None,
        open_to_mediation: None,
    })
}

/// Puts them into the registry.
pub async fn list(store: &Store, merchants: &[Merchant]) -> Result<(), StoreError> {
    let mut work = store.begin().await?;
    for merchant in merchants {
        work.keep_merchant(merchant).await?;
    }
    work.commit().await
}
