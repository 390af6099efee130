//! Where a dispute came from that was taken out of another one.

use super::identity::DisputeId;
use super::reference::Reference;
use serde::{Deserialize, Serialize};

/// The dispute in which the consumer had written about this one's matter.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Parted {
    /// Its identity.
    pub from: DisputeId,
    /// What the consumer knows it by.
    pub reference: Reference,
}
