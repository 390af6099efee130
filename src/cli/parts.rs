//! The parts that most commands need, put together; every fault is a sentence.

use crate::config::{self, Config};
use crate::domain::Dice;
use crate::settle::{Desk, assemble};
use crate::store::{Keys, Store};
use anyhow::{Context, bail};
use std::path::Path;

/// The configuration; all its faults at once if it has any.
pub fn config(folder: &Path) -> anyhow::Result<Config> {
    config::load(folder).map_err(|faults| {
        let lines: Vec<String> = faults.iter().map(ToString::to_string).collect();
        anyhow::anyhow!("the configuration has {} fault{}:\n{}", lines.len(), if lines.len() == 1 { "" } else { "s" }, lines.join("\n"))
    })
}

/// The key and the database that the configuration names.
pub async fn store(config: &Config, dice: Dice) -> anyhow::Result<(Keys, Store)> {
    let keys = Keys::load(&config.service.key_file)?;
    let store = Store::open(&config.service.database, &keys, dice).await?;
    Ok((keys, store))
}

/// Everything that settles.
pub async fn desk(config: &Config, mut dice: Dice) -> anyhow::Result<Desk> {
    let (keys, store) = store(config, Dice::from_seed(dice.roll())).await?;
    let desk = assemble(config, store, &keys).await.context("the parts could not be put together")?;
    if desk.counters.is_empty() {
        bail!("config/service.toml names no mailbox; add one [[mailbox]] section");
    }
    Ok(desk)
}
