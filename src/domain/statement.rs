//! What a mail says of a complaint.

use super::facts::{Fact, Facts};
use serde::{Deserialize, Serialize};

/// What a consumer's mail says of the complaint, already cleaned of secrets, quotes and signature.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Statement {
    /// Fields that were understood.
    pub facts: Facts,
    /// Category code of DOMAIN §4.1, if one was understood.
    pub category: Option<String>,
    /// The person's own words.
    pub words: String,
    /// Values that are still to be asked about: those of earlier mails that were not answered, and those of this one.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub proposals: Vec<Proposal>,
    /// What the person says not to know: it is not asked again (DOMAIN §3.3).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub unknown: Vec<Fact>,
}

/// A value that a text says in other units than those of the field: asked about, never converted in silence (DOMAIN §3.4).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Proposal {
    /// The field.
    pub fact: Fact,
    /// What it would be, e.g. `1500.00`.
    pub value: String,
    /// The currency of that value, if it is an amount, e.g. `MAD`.
    pub currency: Option<String>,
    /// How it is written, e.g. `150 000 centimes`.
    pub written: String,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_statement_that_was_stored_before_there_were_proposals_is_read() {
        let stored = r#"{"facts":{"amount":"450.00"},"category":null,"words":"x"}"#;
        let statement: Statement = serde_json::from_str(stored).unwrap();
        assert_eq!((statement.facts.get(Fact::Amount), statement.proposals.len()), (Some("450.00"), 0));
        assert_eq!(serde_json::to_string(&statement).unwrap(), stored);
    }
}
