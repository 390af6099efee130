//! A merchant whose customer service writes: what its letters share, and what they may speak of besides.

use super::PerLanguage;
use serde::Serialize;

/// A merchant whose customer service is run on its behalf.
#[derive(Debug, Clone)]
pub struct ClientHouse {
    /// Name of the merchant.
    pub name: PerLanguage,
    /// Name of the service that runs it.
    pub operated_by: PerLanguage,
}

/// The merchant in whose name a customer service writes.
#[derive(Debug, Clone, Serialize)]
pub(super) struct ClientFacts {
    /// Name of the merchant.
    pub(super) name: String,
    /// Name of the service that runs it.
    pub(super) operated_by: String,
}

/// Something that a customer service answered.
#[derive(Debug, Clone, Serialize)]
pub(super) struct AnswerFacts {
    /// On which day.
    pub(super) date: String,
    /// Paragraph by paragraph.
    pub(super) words: Vec<String>,
}
