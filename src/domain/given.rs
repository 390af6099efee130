//! A statement with legal weight, and its evidence.

use super::digest::Digest;
use super::time::Instant;
use serde::{Deserialize, Serialize};

/// An authenticated statement with legal weight: on what, when, and the mail that is its evidence.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Given {
    /// Digest of what it speaks about.
    pub on: Digest,
    /// When it was received.
    pub at: Instant,
    /// Digest of the mail.
    pub evidence: Digest,
}
