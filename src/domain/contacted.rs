//! A mediator's entries about what no mail shows: telephone calls and letters by post (DOMAIN §7.3, feature 14).

use super::role::Party;
use super::time::Instant;
use serde::{Deserialize, Serialize};

/// How a mediator was in touch with a side where no mail shows it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Beyond {
    /// By telephone.
    Telephone,
    /// By post.
    Post,
}

/// A telephone call or a letter by post, as the mediator noted it; nobody else is told of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Contacted {
    /// How.
    pub how: Beyond,
    /// With whom.
    pub with: Party,
    /// When it was noted.
    pub at: Instant,
    /// In a few words.
    pub words: String,
}

impl Contacted {
    /// The most characters of an entry; the mail that noted it is kept whole.
    pub const LONGEST: usize = 300;
    /// Entries that are kept of a dispute, the newest.
    pub const MOST: usize = 100;
}
