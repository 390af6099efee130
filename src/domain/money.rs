//! Amounts of money as they are written in a complaint or an agreement.

use serde::{Deserialize, Serialize};
use std::fmt;

/// An amount in hundredths of a currency (centimes of dirham).
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Money {
    /// Hundredths of the currency's unit.
    pub hundredths: u64,
    /// ISO 4217 code, e.g. `MAD`.
    pub currency: String,
}

impl Money {
    /// Dirhams and centimes.
    pub fn dirhams(hundredths: u64) -> Self {
        Self { hundredths, currency: "MAD".to_owned() }
    }

    /// The amount with a decimal point and no thousands mark, e.g. `1500.00`.
    pub fn decimal(&self) -> String {
        format!("{}.{:02}", self.hundredths / 100, self.hundredths % 100)
    }
}

impl fmt::Display for Money {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.decimal(), self.currency)
    }
}
