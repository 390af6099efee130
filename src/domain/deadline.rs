//! A last moment, and the reminders before it.

use super::time::{Day, Instant};
use serde::{Deserialize, Serialize};

/// Until when somebody must act.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Deadline {
    /// The last moment.
    pub due: Instant,
    /// The civil day of it: what people are told, and what stays if the clocks of a country change (DOMAIN §2.5).
    pub day: Day,
    /// When reminders leave.
    pub reminders: Vec<Instant>,
    /// How many of them were dealt with.
    pub reminded: u8,
    /// Whether it was prolonged; that is done once.
    pub extended: bool,
}

impl Deadline {
    /// The next moment at which the clock has something to say.
    pub fn wakes(&self) -> Instant {
        self.reminders.get(usize::from(self.reminded)).copied().filter(|reminder| *reminder < self.due).unwrap_or(self.due)
    }
}
