//! `elitige run`: the daemon.

use super::{World, parts};
use crate::authenticate::Authenticator;
use crate::domain::Dice;
use crate::reader::{ReaderSettings, Readers};
use crate::service::{self, Service};
use anyhow::Context;
use std::path::Path;
use std::sync::{Arc, Mutex};
use std::time::Duration;
use tokio::signal::unix::{SignalKind, signal};
use tokio::sync::Notify;
use tokio_util::sync::CancellationToken;

/// Longest time that a reader may take for one mail (THREATS §11).
const READING: Duration = Duration::from_secs(10);

/// Runs until SIGTERM or SIGINT, then finishes what was begun.
pub async fn run(folder: &Path, mut world: World) -> anyhow::Result<bool> {
    let config = parts::config(folder)?;
    for warning in config.warnings((world.clock)()) {
        tracing::warn!("{warning}");
    }
    let desk = parts::desk(&config, Dice::from_seed(world.dice.roll())).await?;
    let program = std::env::current_exe().context("the program does not know where it lies; start it by its full path")?;
    let readers = Readers::new(ReaderSettings {
        program,
        workers: config.service.workers,
        knowledge: config.knowledge.clone(),
        limits: config.limits.clone(),
        wall: READING,
        memory: config.service.reader_memory,
    });
    let service = Arc::new(Service {
        desk,
        readers,
        authenticator: Authenticator::new(service::names(&config)?)?,
        clock: Arc::clone(&world.clock),
        dice: Mutex::new(Dice::from_seed(world.dice.roll())),
        mailboxes: service::mailboxes(&config)?,
        courier: service::courier(&config)?,
        largest: config.limits.message_bytes,
        poll: config.service.poll,
        node: format!("{:x}", u64::from_be_bytes(world.dice.roll())),
        outbox: Notify::new(),
        timers: Notify::new(),
    });
    let stop = CancellationToken::new();
    let told = stop.clone();
    let (mut terminate, mut interrupt) = (signal(SignalKind::terminate())?, signal(SignalKind::interrupt())?);
    tokio::spawn(async move {
        tokio::select! {
            _ = terminate.recv() => {}
            _ = interrupt.recv() => {}
        }
        tracing::info!("told to stop; finishing what was begun");
        told.cancel();
    });
    tracing::info!(mailboxes = service.mailboxes.len(), "elitige runs");
    service::run(service, stop).await;
    tracing::info!("stopped");
    Ok(true)
}
