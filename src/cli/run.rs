//! `elitige run`: the daemon.

use super::arguments::LogLevel;
use super::{World, parts};
use crate::config::LogFormat;
use crate::domain::Dice;
use crate::reader::THIS_PROGRAM;
use crate::service;
use crate::store::Hold;
use secrecy::ExposeSecret;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use tokio::signal::unix::{SignalKind, signal};
use tokio_util::sync::CancellationToken;

/// Runs until SIGTERM or SIGINT, then finishes what was begun.
pub async fn run(folder: &Path, level: Option<LogLevel>, mut world: World) -> anyhow::Result<bool> {
    let config = parts::config(folder, &world)?;
    let log = &config.service.log;
    (world.start_log)(level.map_or(log.level, LogLevel::name), log.format == LogFormat::Json);
    for warning in &config.warnings {
        tracing::warn!("{warning}");
    }
    let _hold = Hold::take(config.service.database.expose_secret()).await?;
    let (keys, store) = parts::store(&config, Dice::from_seed(world.dice.roll())).await?;
    let service = service::build(&config, store, &keys, PathBuf::from(THIS_PROGRAM), Arc::clone(&world.clock), world.dice).await?;
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
    service::run(Arc::new(service), stop).await;
    tracing::info!("stopped");
    Ok(true)
}
