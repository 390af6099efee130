//! What the registry of merchants says of a dispute's merchant, and what it learns when the registrar admits a complaint (DOMAIN §2.3, rows 14 and 23).
//!
//! The registry only offers: nobody is invited before the registrar admitted the complaint, with the address in front of them.

use super::SettleError;
use crate::domain::merchant::{Confirmation, ConfirmedBy, Found, Identifier, MerchantContact, Origin, Stated, TradeName, find};
use crate::domain::{Day, Dispute, Fact, Listing, Merchant, Participant};
use crate::store::Work;

/// Notes in `dispute` what the registry says of its merchant, as long as nobody was invited.
pub async fn consult(work: &mut Work, dispute: &mut Dispute) -> Result<(), SettleError> {
    if dispute.merchant.is_none() {
        let stated = stated(dispute);
        let known = work.merchants_with(stated.traces()).await?;
        dispute.listing = Listing::of(&find(&stated, &known));
    }
    Ok(())
}

/// Remembers that the registrar admitted `dispute` with the address of `invited`, so that the next complaint against the same merchant finds it.
/// Of a listed merchant nothing is learned: one wrong address would be offered in every complaint against it.
pub async fn remember(work: &mut Work, dispute: &Dispute, invited: &Participant, today: Day) -> Result<(), SettleError> {
    let stated = stated(dispute);
    let Some(name) = dispute.complaint.facts.get(Fact::Merchant).and_then(|name| TradeName::parse(name).ok()).filter(|_| stated.is_named()) else {
        return Ok(());
    };
    let known = work.merchants_with(stated.traces()).await?;
    let is_known = |merchant: &Merchant| merchant.contacts.iter().any(|contact| contact.address.is_same(&invited.address));
    let is_enough = match find(&stated, &known) {
        Found::One(merchant, _) => merchant.origin == Origin::Listed || is_known(merchant),
        Found::Several(merchants) => merchants.iter().any(|(merchant, _)| is_known(merchant)),
        Found::None => false,
    };
    if is_enough {
        return Ok(());
    }
    let by = ConfirmedBy::Admission(dispute.reference.clone());
    let confirmed = Some(Confirmation { on: today, by });
    let merchant = Merchant {
        identifier: Identifier::of_admission(&dispute.reference),
        origin: Origin::Admitted,
        name,
        legal_name: None,
        aliases: Vec::new(),
        domains: Vec::new(),
        contacts: vec![MerchantContact { address: invited.address.clone(), name: None, role: None, confirmed }],
        language: Some(invited.language),
        service: None,
        open_to_mediation: None,
    };
    if let Ok(merchant) = merchant.checked() {
        work.keep_merchant(&merchant).await?;
    }
    Ok(())
}

fn stated(dispute: &Dispute) -> Stated {
    let facts = &dispute.complaint.facts;
    Stated::new(facts.get(Fact::Merchant), facts.get(Fact::MerchantContact).into_iter().chain([dispute.complaint.words.as_str()]))
}

#[cfg(test)]
mod tests;
