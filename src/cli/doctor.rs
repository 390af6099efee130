//! `elitige doctor`: connects to everything once and says what is wrong.

use super::canary::Canary;
use super::output::say;
use super::{World, parts};
use crate::authenticate::Authenticator;
use crate::config::Config;
use crate::domain::{Dice, Instant, MacKey, zones_are_current};
use crate::mailbox::{Mailbox, MailboxSettings, MailboxTimeouts, SentFolder};
use crate::service::{BuildError, Keyring, attended, authenticator, courier, room, sent};
use crate::smtp::{Courier, SmtpSettings, SmtpTimeouts};
use crate::store::{Keys, Store};
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;
use tokio::task::JoinHandle;
use tokio::time::{Instant as Moment, timeout_at};

/// Connects to each mailbox, the outgoing server, the resolver and the database; looks at the disk and the clock; sends a canary to the mailboxes whose provider is
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
    let reached = servers(&config, &keyring).await;
    let opened = database(&config, opened, every, &keyring, world).await;
    let room = disk(&config);
    Ok(clock_is_sane((world.clock)()) && reached && opened && room)
}

/// How long a server may take for each step of a look, and for all of them: who waits for the doctor is a person.
const STEP: Duration = Duration::from_secs(10);
const LOOK: Duration = Duration::from_secs(30);

/// Whether all is well with one thing, and what is said of it.
type Seen = (bool, String);

/// Looks at every server side by side, and tells of them in the order of the configuration.
async fn servers(config: &Config, keyring: &Keyring) -> bool {
    let mut looks: Vec<(String, JoinHandle<Seen>)> = Vec::new();
    for mailbox in &config.service.mailboxes {
        let settings = patient(attended(mailbox, &config.service.arc_sealers, keyring).settings);
        looks.push((format!("mailbox {}", mailbox.name), tokio::spawn(mailbox_look(settings))));
    }
    looks.push(("outgoing server".to_owned(), tokio::spawn(server_look(prompt(courier(config, keyring))))));
    if let Some(settings) = sent(config, keyring) {
        looks.push(("copies of letters".to_owned(), tokio::spawn(copies_look(patient(settings)))));
    }
    looks.push(("resolver".to_owned(), tokio::spawn(resolver_look(authenticator(config), config.service.message_id_domain.clone()))));
    let (mut well, end) = (true, Moment::now() + LOOK);
    for (what, look) in looks {
        let late = || (false, format!("no end after {} s; check the network and the load of the server", LOOK.as_secs()));
        let broke = || (false, "this look broke off; it is a mistake in the program".to_owned());
        let (is_well, sentence) = timeout_at(end, look).await.map_or_else(|_| late(), |seen| seen.unwrap_or_else(|_| broke()));
        say!("{what}: {sentence}");
        well &= is_well;
    }
    well
}

/// The same, for somebody who waits.
fn patient(settings: MailboxSettings) -> MailboxSettings {
    MailboxSettings { timeouts: MailboxTimeouts { connect: STEP, silence_in_command: STEP, ..settings.timeouts }, ..settings }
}

fn prompt(settings: SmtpSettings) -> SmtpSettings {
    SmtpSettings { timeouts: SmtpTimeouts { open: STEP, ..settings.timeouts }, ..settings }
}

async fn mailbox_look(settings: MailboxSettings) -> Seen {
    let mut session = match Mailbox::connect(&settings).await {
        Ok(session) => session,
        Err(fault) => return (false, bare(&fault.to_string())),
    };
    let waiting = session.scan().await.map(|scan| scan.messages.len());
    let missing: Vec<&str> = ["IDLE", "MOVE", "UIDPLUS"].into_iter().filter(|capability| !session.offers(capability)).collect();
    let without = if missing.is_empty() { String::new() } else { format!(", without {}", missing.join(", ")) };
    session.logout().await;
    match waiting {
        Ok(waiting) => (true, format!("connected, {waiting} mails wait in the inbox{without}")),
        Err(fault) => (false, bare(&fault.to_string())),
    }
}

async fn server_look(settings: SmtpSettings) -> Seen {
    match Courier::connect(&settings).await {
        Ok(courier) => {
            courier.quit().await;
            (true, "connected".to_owned())
        }
        Err(fault) => (false, bare(&fault.to_string())),
    }
}

/// Whether the folder can be looked into in which copies lie of what left.
async fn copies_look(settings: MailboxSettings) -> Seen {
    match SentFolder::open(&settings).await {
        Ok(folder) => {
            let sentence = format!("connected, {} mails lie in the folder `{}`", folder.count(), settings.inbox);
            folder.logout().await;
            (true, sentence)
        }
        Err(fault) => (false, bare(&fault.to_string())),
    }
}

/// Whether anybody answers where the keys of signatures are asked for; without them no author can be proven.
async fn resolver_look(authenticator: Result<Authenticator, BuildError>, domain: String) -> Seen {
    match authenticator {
        Ok(authenticator) if authenticator.is_answered(&format!("_dmarc.{domain}")).await => (true, "answers".to_owned()),
        Ok(_) => {
            let sentence = "nobody answers questions about DNS records, so no author can be proven; correct `resolver` under [authentication] in service.toml, or /etc/resolv.conf";
            (false, sentence.to_owned())
        }
        Err(fault) => (false, fault.to_string()),
    }
}

/// The sentence without what it is about, which stands before it already.
fn bare(sentence: &str) -> String {
    let about = |before: &str| before.starts_with("mailbox `") || before == "outgoing mail";
    sentence.split_once(": ").filter(|(before, _)| about(before)).map_or(sentence, |(_, rest)| rest).to_owned()
}

/// Whether the disk with the database has room.
fn disk(config: &Config) -> bool {
    let Some(folder) = parts::file(config).and_then(|file| file.parent().map(Path::to_owned)) else { return true };
    let shown = folder.display();
    let (full, free) = match room(config, &folder) {
        Some(told) => told,
        None => {
            say!("disk: the folder {shown} cannot be looked at; make it, and give it to the user that runs elitige");
            return false;
        }
    };
    let free = free >> 20;
    if full {
        say!("disk: only {free} MiB are free for {shown}, so no mail is fetched; free some space, or lower the floor under [health] in service.toml");
    } else {
        say!("disk: {free} MiB are free for {shown}");
    }
    !full
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
    let (mut well, mut dice, courier) = (true, world.dice.clone(), prompt(courier(config, keyring)));
    for mailbox in &config.service.mailboxes {
        let mut attended = attended(mailbox, &config.service.arc_sealers, keyring);
        attended.settings = patient(attended.settings);
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
