//! What the registers of a dispute say together.

use super::consent::Agreed;
use super::dispute::Dispute;
use super::outcome::Settled;
use super::outsourced::Track;

impl Dispute {
    /// How both sides came to their agreement, if there is one (DOMAIN §2.7).
    pub fn settled(&self) -> Option<Settled> {
        // What a customer service promises is no settlement of a mediation.
        let agreement = self.consent.agreement().filter(|_| self.track() == Track::Mediation)?;
        let tabled = self.consent.proposals().iter().find(|tabled| tabled.digest() == agreement.digest);
        Some(match (agreement.on, tabled) {
            (Agreed::Request(_), _) => Settled::Granted,
            (Agreed::Terms(_), Some(tabled)) if tabled.mediated => Settled::Mediated,
            (Agreed::Terms(_), _) => Settled::Offer,
        })
    }

    /// Whether nobody mediates, was asked to, or ever did: then what a party writes is written to the service (DOMAIN §5.8).
    pub fn is_with_service(&self) -> bool {
        self.track() == Track::Mediation && self.mediator.is_none() && !self.confided
    }
}
