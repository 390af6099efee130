//! `elitige check` and `elitige verify`: is everything as it must be?

use super::output::say;
use super::{World, parts};
use crate::domain::Fault;
use std::path::Path;

/// Says every fault of the configuration; with `with_store`, of the database too.
pub async fn check(folder: &Path, with_store: bool, world: &World) -> anyhow::Result<bool> {
    let config = match parts::load(folder, world) {
        Ok(config) => config,
        Err(faults) => return Ok(tell(&faults)),
    };
    for warning in &config.warnings {
        say!("{warning}");
    }
    let faults = parts::places(&config);
    if !faults.is_empty() {
        return Ok(tell(&faults));
    }
    if !with_store {
        say!("The configuration in {} is sound.", folder.display());
        return Ok(true);
    }
    let (_, store) = parts::store(&config, world.dice.clone()).await?;
    let faults = store.check().await?;
    for fault in &faults {
        say!("{fault}");
    }
    if faults.is_empty() {
        say!("The configuration in {} is sound, and so is every row of the database.", folder.display());
    }
    Ok(faults.is_empty())
}

/// Says each of the faults, and that there are some.
fn tell(faults: &[Fault]) -> bool {
    for fault in faults {
        say!("{fault}");
    }
    say!("{} fault{} found.", faults.len(), if faults.len() == 1 { "" } else { "s" });
    false
}

/// Proves that no journal was changed, reordered or cut in its middle.
pub async fn verify(folder: &Path, world: &World) -> anyhow::Result<bool> {
    let config = parts::config(folder, world)?;
    let (_, store) = parts::store(&config, world.dice.clone()).await?;
    let verified = store.verify().await?;
    for fault in &verified.faults {
        say!("{fault}");
    }
    say!("{} entries in the journals of {} disputes were followed; {} faults.", verified.entries, verified.disputes, verified.faults.len());
    Ok(verified.faults.is_empty())
}
