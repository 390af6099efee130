//! `elitige doctor`: connects to everything once and says what is wrong.

use super::canary::Canary;
use super::output::say;
use super::{World, parts};
use crate::config::Config;
use crate::domain::{Dice, Instant, MacKey, zones_are_current};
use crate::mailbox::{Mailbox, SentFolder};
use crate::service::{Keyring, attended, courier, sent};
use crate::smtp::Courier;
use crate::store::{Keys, Store};
use std::path::Path;
use std::sync::Arc;

/// Connects to each mailbox, the outgoing server and the database; looks at the clock; sends a canary to the mailboxes whose provider is
/// believed, or to `every` one.
pub async fn doctor(folder: &Path, every: bool, world: &World) -> anyhow::Result<bool> {
    let config = parts::config(folder, world)?;
    for warning in &config.warnings {
        say!("{warning}");
    }
    // First: a refresh token that a provider gives must be kept there before it counts.
    let opened = parts::store(&config, world.dice.clone()).await;
    let store = opened.as_ref().ok().map(|(_, store)| store.clone());
    let keyring = Keyring::new(store, Arc::clone(&world.clock), Arc::default());
    let reached = mailboxes_and_server(&config, &keyring).await;
    let opened = database(&config, opened, every, &keyring, world).await;
    Ok(clock_is_sane((world.clock)()) && reached && opened)
}

async fn mailboxes_and_server(config: &Config, keyring: &Keyring) -> bool {
    let mut well = true;
    for mailbox in &config.service.mailboxes {
        match Mailbox::connect(&attended(mailbox, &config.service.arc_sealers, keyring).settings).await {
            Ok(mut session) => {
                let waiting = session.scan().await.map(|scan| scan.messages.len());
                let missing: Vec<&str> = ["IDLE", "MOVE", "UIDPLUS"].into_iter().filter(|capability| !session.offers(capability)).collect();
                let without = if missing.is_empty() { String::new() } else { format!(", without {}", missing.join(", ")) };
                match waiting {
                    Ok(waiting) => say!("mailbox {}: connected, {waiting} mails wait in the inbox{without}", mailbox.name),
                    Err(fault) => {
                        well = false;
                        say!("mailbox {}: {fault}", mailbox.name);
                    }
                }
                session.logout().await;
            }
            Err(fault) => {
                well = false;
                say!("mailbox {}: {fault}", mailbox.name);
            }
        }
    }
    match Courier::connect(&courier(config, keyring)).await {
        Ok(courier) => {
            say!("outgoing server: connected");
            courier.quit().await;
        }
        Err(fault) => {
            well = false;
            say!("outgoing server: {fault}");
        }
    }
    copies(config, keyring).await && well
}

/// Whether the folder can be looked into in which copies lie of what left, if one is named.
async fn copies(config: &Config, keyring: &Keyring) -> bool {
    let Some(settings) = sent(config, keyring) else { return true };
    match SentFolder::open(&settings).await {
        Ok(folder) => {
            say!("copies of letters: connected, {} mails lie in the folder `{}`", folder.count(), settings.inbox);
            folder.logout().await;
            true
        }
        Err(fault) => {
            say!("copies of letters: {fault}");
            false
        }
    }
}

/// Whether the database opened; its key makes the stamp that canaries bear.
async fn database(config: &Config, opened: anyhow::Result<(Keys, Store)>, every: bool, keyring: &Keyring, world: &World) -> bool {
    match opened {
        Ok((keys, store)) => {
            say!("database: opened, the key fits");
            let well = canaries(config, &keys.mac("letters"), every, keyring, world).await;
            store.close().await;
            well
        }
        Err(fault) => {
            say!("database: {fault:#}");
            false
        }
    }
}

async fn canaries(config: &Config, letters: &MacKey, every: bool, keyring: &Keyring, world: &World) -> bool {
    let (mut well, mut dice, courier) = (true, world.dice.clone(), courier(config, keyring));
    for mailbox in &config.service.mailboxes {
        let attended = attended(mailbox, &config.service.arc_sealers, keyring);
        if !every && attended.trust.provider.is_none() {
            continue;
        }
        let mark = Canary::mark(Dice::from_seed(dice.roll()));
        let canary = Canary { attended: &attended, address: &mailbox.address, courier: &courier, letters, clock: &world.clock, mark: &mark };
        let (is_well, sentence) = canary.fly().await;
        say!("{sentence}");
        well &= is_well;
        if let Some(copies) = sent(config, keyring) {
            let (is_well, sentence) = canary.copied(&copies).await;
            say!("{sentence}");
            well &= is_well;
        }
    }
    well
}

/// Whether the clock is past the day this program was written, and the bundled zone knows Morocco's present time (DOMAIN §2.5).
fn clock_is_sane(now: Instant) -> bool {
    let written = Instant::parse("2026-11-01T12:00:00Z").unwrap_or(now);
    let zone_is_current = zones_are_current();
    if now < written {
        say!("clock: it shows {}, which is in the past; set it", now.rfc3339());
    } else if !zone_is_current {
        say!("clock: the program's time-zone database is older than 2026c; install a newer program");
    } else {
        say!("clock: {}", now.rfc3339());
    }
    now >= written && zone_is_current
}
