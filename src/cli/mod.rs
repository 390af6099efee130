//! What a person runs.

pub mod arguments;
pub mod explain;

use crate::domain::Instant;
use std::sync::Arc;

/// What only `main.rs` owns.
pub struct World {
    /// The real clock.
    pub clock: Arc<dyn Fn() -> Instant + Send + Sync>,
}
