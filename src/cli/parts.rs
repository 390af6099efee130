//! The parts that most commands need, put together; every fault is a sentence.

use super::World;
use crate::config::{self, Config, Surroundings};
use crate::domain::{Dice, Fault, Zone};
use crate::settle::{Desk, assemble};
use crate::store::{Keys, Store};
use anyhow::Context;
use secrecy::ExposeSecret;
use std::path::Path;

/// The configuration; all its faults at once if it has any.
pub fn config(folder: &Path, world: &World) -> anyhow::Result<Config> {
    load(folder, world).map_err(|faults| {
        let lines: Vec<String> = faults.iter().map(ToString::to_string).collect();
        anyhow::anyhow!("the configuration has {} fault{}:\n{}", lines.len(), if lines.len() == 1 { "" } else { "s" }, lines.join("\n"))
    })
}

/// The configuration, or its faults.
pub fn load(folder: &Path, world: &World) -> Result<Config, Vec<Fault>> {
    let now = (world.clock)();
    let today = Zone::named("Africa/Casablanca").map(|zone| zone.day_of(now));
    let today = today.ok_or_else(|| vec![Fault::new("the program", 0, "its time-zone database is missing; install it anew")])?;
    config::load(folder, &Surroundings::of_process(today))
}

/// The key and the database that the configuration names.
pub async fn store(config: &Config, dice: Dice) -> anyhow::Result<(Keys, Store)> {
    let keys = Keys::load(&config.service.key_file)?;
    let store = Store::open(config.service.database.expose_secret(), &keys, dice).await?;
    Ok((keys, store))
}

/// Everything that settles.
pub async fn desk(config: &Config, mut dice: Dice) -> anyhow::Result<Desk> {
    let (keys, store) = store(config, Dice::from_seed(dice.roll())).await?;
    assemble(config, store, &keys).await.context("the parts could not be put together")
}
