//! What one unit of work counted for the limits of `[brakes]`.

use crate::domain::Instant;
use std::collections::HashMap;

/// What one unit of work counted, so that it counts it once: a group of letters or of newcomers costs one count, not one each.
#[derive(Debug, Default)]
pub(super) struct Tallies {
    /// Disputes that were opened since then.
    pub(super) opened: Option<(Instant, u32)>,
    /// Letters that were let through to a subject since then.
    pub(super) passed: HashMap<(Vec<u8>, Instant), u32>,
    /// Until when nothing leaves to a subject.
    pub(super) brakes: HashMap<Vec<u8>, Option<Brake>>,
}

impl Tallies {
    /// One more dispute was opened.
    pub(super) fn opens(&mut self) {
        if let Some((_, count)) = &mut self.opened {
            *count = count.saturating_add(1);
        }
    }
}

/// Until when nothing leaves, and when the registrar was told.
pub(super) type Brake = (Instant, Option<Instant>);
