//! `[health]` of `service.toml`: where the service shows how it is, and from when on something is wrong with it.

use crate::workflow::page::Table;
use std::net::SocketAddr;
use std::time::Duration;

/// Where the service shows how it is, and from when on something is wrong with it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Health {
    /// Where `/healthz` and `/metrics` are offered: on this very machine, or nowhere.
    pub listen: Option<SocketAddr>,
    /// How long a mailbox may stay unread, and a mail, a letter or a deadline wait.
    pub patience: Duration,
    /// How long something must be wrong, or right again, before the operator is told.
    pub alarm_after: Duration,
    /// Below so many free bytes on the disk of the database no mail is fetched …
    pub floor_bytes: u64,
    /// … or below this share of it (%), whichever is less.
    pub floor_percent: u64,
}

impl Default for Health {
    fn default() -> Self {
        Self { listen: None, patience: Duration::from_secs(900), alarm_after: Duration::from_secs(300), floor_bytes: 2 << 30, floor_percent: 5 }
    }
}

impl Health {
    /// Reads the section; what it does not say is as usual.
    pub(super) fn read(table: &mut Table<'_>) -> Self {
        let mut health = Self::default();
        let Some(mut table) = table.table("health") else { return health };
        if let Some(word) = table.text("listen") {
            health.listen = word.text.parse::<SocketAddr>().ok().filter(|address| address.ip().is_loopback() && address.port() > 0);
            if health.listen.is_none() {
                table
                    .page()
                    .fault(Some(word.at), "\"listen\" is an address of this very machine with a port, for example \"127.0.0.1:9825\"; nobody else may see it.");
            }
        }
        health.patience = table.number("patience_seconds", 1..=86_400).map_or(health.patience, Duration::from_secs);
        health.alarm_after = table.number("alarm_after_seconds", 1..=86_400).map_or(health.alarm_after, Duration::from_secs);
        health.floor_bytes = table.number("disk_floor_bytes", 0..=(1 << 50)).unwrap_or(health.floor_bytes);
        health.floor_percent = table.number("disk_floor_percent", 0..=100).unwrap_or(health.floor_percent);
        table.named("[health]").end();
        health
    }
}
