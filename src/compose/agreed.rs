//! What letters say of an agreement.

use super::dates;
use crate::domain::{Agreed, Agreement, Day, Language, Zone};
use serde::Serialize;

/// How many days after the merchant's grant an agreement is to be performed (DOMAIN §2.5, `performance.default`).
pub(super) const DAYS_TO_PERFORM: i64 = 15;
/// Hexadecimal digits of an agreement's number.
const AGREEMENT_NUMBER: usize = 12;

/// What was agreed.
#[derive(Debug, Clone, Serialize)]
pub(super) struct AgreementFacts {
    /// First 12 hexadecimal digits of the request's digest.
    pub(super) number: String,
    /// The day of the agreement.
    pub(super) date: String,
    /// The day by which it is to be performed.
    pub(super) perform_by: String,
    /// The last day on which something of it is to be done is over.
    pub(super) late: bool,
}

/// `agreement` as it stands on the day `today`.
pub(super) fn agreed(agreement: &Agreement<'_>, today: Day, zone: &Zone, language: Language) -> AgreementFacts {
    let date = zone.day_of(agreement.made());
    let perform_by = date.plus(DAYS_TO_PERFORM);
    let last = match agreement.on {
        Agreed::Terms(terms) => terms.last_due(None),
        Agreed::Request(_) => None,
    };
    AgreementFacts {
        number: agreement.digest.hex().chars().take(AGREEMENT_NUMBER).collect(),
        date: dates::written(date, language),
        perform_by: dates::written(perform_by, language),
        late: last.unwrap_or(perform_by) < today,
    }
}
