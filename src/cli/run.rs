//! `elitige run`: the daemon.

use super::arguments::LogLevel;
use super::{World, parts};
use crate::config::LogFormat;
use crate::domain::Dice;
use crate::reader::THIS_PROGRAM;
use crate::service::{self, Supervisor};
use crate::store::Hold;
use secrecy::ExposeSecret;
use std::env;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use tokio::signal::unix::{Signal, SignalKind, signal};
use tokio_util::sync::CancellationToken;

/// Runs until SIGTERM or SIGINT, then finishes what was begun. systemd is told, if it asks (sd_notify(3)).
pub async fn run(folder: &Path, level: Option<LogLevel>, mut world: World) -> anyhow::Result<bool> {
    let config = parts::config(folder, &world)?;
    let log = &config.service.log;
    (world.start_log)(level.map_or(log.level, LogLevel::name), log.format == LogFormat::Json);
    for warning in &config.warnings {
        tracing::warn!("{warning}");
    }
    let hold = Hold::take(config.service.database.expose_secret()).await?;
    let (keys, store) = parts::store(&config, Dice::from_seed(world.dice.roll())).await?;
    let dice = Dice::from_seed(world.dice.roll());
    let mut service = service::build(&config, store, &keys, PathBuf::from(THIS_PROGRAM), Arc::clone(&world.clock), dice).await?;
    service.desk.store.watch(&hold);
    service.health.settings.folder = hold.folder();
    service.health.settings.key_file = Some(config.service.key_file.clone());
    service.supervisor = Supervisor::new(env::var_os("NOTIFY_SOCKET").as_deref(), env::var_os("WATCHDOG_USEC").as_deref());
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
    let hangup = tokio::spawn(on_hangup(folder.to_owned(), world, signal(SignalKind::hangup())?));
    tracing::info!(mailboxes = service.mailboxes.len(), "elitige runs");
    service::run(Arc::new(service), stop).await;
    hangup.abort();
    tracing::info!("stopped");
    Ok(true)
}

/// SIGHUP ends nothing, and nothing is read anew: letters, rules and servers are checked against each other once, at the start. What was changed
/// is checked, so that whoever asks knows whether a restart would succeed.
async fn on_hangup(folder: PathBuf, world: World, mut hangup: Signal) {
    while hangup.recv().await.is_some() {
        match parts::load(&folder, &world) {
            Ok(_) => tracing::warn!("told by SIGHUP to read the configuration anew; it has no fault, and counts from the next start on: restart the service"),
            Err(faults) => {
                tracing::error!(
                    faults = faults.len(),
                    "told by SIGHUP to read the configuration anew; it has faults, which `elitige check` names, and the service would not start with it"
                );
            }
        }
    }
}
