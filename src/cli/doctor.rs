//! `elitige doctor`: connects to everything once and says what is wrong.

use super::{World, parts};
use crate::domain::{Instant, Zone};
use crate::mailbox::Mailbox;
use crate::service::{attended, courier};
use crate::smtp::Courier;
use std::path::Path;

/// Connects to each mailbox, the outgoing server and the database; looks at the clock.
pub async fn doctor(folder: &Path, world: &World) -> anyhow::Result<bool> {
    let config = parts::config(folder, world)?;
    let mut well = true;
    for warning in &config.warnings {
        println!("{warning}");
    }
    for mailbox in &config.service.mailboxes {
        match Mailbox::connect(&attended(mailbox, &config.service.arc_sealers).settings).await {
            Ok(mut session) => {
                let waiting = session.scan().await.map(|scan| scan.messages.len());
                let missing: Vec<&str> = ["IDLE", "MOVE", "UIDPLUS"].into_iter().filter(|capability| !session.offers(capability)).collect();
                let without = if missing.is_empty() { String::new() } else { format!(", without {}", missing.join(", ")) };
                match waiting {
                    Ok(waiting) => println!("mailbox {}: connected, {waiting} mails wait in the inbox{without}", mailbox.name),
                    Err(fault) => {
                        well = false;
                        println!("mailbox {}: {fault}", mailbox.name);
                    }
                }
                session.logout().await;
            }
            Err(fault) => {
                well = false;
                println!("mailbox {}: {fault}", mailbox.name);
            }
        }
    }
    match Courier::connect(&courier(&config)).await {
        Ok(courier) => {
            println!("outgoing server: connected");
            courier.quit().await;
        }
        Err(fault) => {
            well = false;
            println!("outgoing server: {fault}");
        }
    }
    match parts::store(&config, world.dice.clone()).await {
        Ok((_, store)) => {
            println!("database: opened, the key fits");
            store.close().await;
        }
        Err(fault) => {
            well = false;
            println!("database: {fault:#}");
        }
    }
    Ok(clock_is_sane((world.clock)()) && well)
}

/// Whether the clock is past the day this program was written, and the bundled zone knows Morocco's present time (DOMAIN §2.5).
fn clock_is_sane(now: Instant) -> bool {
    let written = Instant::parse("2026-11-01T12:00:00Z").unwrap_or(now);
    let zone_is_current = Zone::named("Africa/Casablanca").is_some_and(|zone| zone.hour_of(written) == 12);
    if now < written {
        println!("clock: it shows {}, which is in the past; set it", now.rfc3339());
    } else if !zone_is_current {
        println!("clock: the program's time-zone database is older than 2026c; install a newer program");
    } else {
        println!("clock: {}", now.rfc3339());
    }
    now >= written && zone_is_current
}
