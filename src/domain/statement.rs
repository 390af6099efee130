//! What a mail says of a complaint.

use super::facts::Facts;
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
}
