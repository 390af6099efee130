//! The parts that most commands need, put together; every fault is a sentence.

use super::World;
use crate::config::{self, Config, Surroundings};
use crate::domain::{Dice, Fault, Zone};
use crate::settle::{Desk, assemble};
use crate::store::{KeyError, Keys, Store};
use anyhow::Context;
use secrecy::ExposeSecret;
use std::path::{Path, PathBuf};

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

/// What is wrong with the places that the configuration names, where anything can be said without opening the database. What `elitige init` has
/// yet to make is no fault.
pub fn places(config: &Config) -> Vec<Fault> {
    let key = match keys(config) {
        Ok(_) | Err(KeyError::Missing(_)) => None,
        Err(fault) => Some(fault.to_string()),
    };
    let folder = file(config).and_then(|file| file.parent().map(Path::to_owned)).filter(|folder| !folder.is_dir());
    let folder = folder.map(|folder| {
        let shown = folder.display();
        format!("there is no folder {shown} for the database; make it with: sudo install -d -o elitige -g elitige -m 700 {shown}")
    });
    key.into_iter().chain(folder).map(|sentence| Fault::new("service.toml", 0, capital(&sentence) + ".")).collect()
}

/// The master key. Where it is missing beside a database, no other one helps.
pub fn keys(config: &Config) -> Result<Keys, KeyError> {
    Keys::load(&config.service.key_file).map_err(|fault| match (fault, file(config)) {
        (KeyError::Missing(path), Some(file)) if std::fs::metadata(&file).is_ok_and(|about| about.is_file() && about.len() > 0) => {
            KeyError::Lost { path, database: file }
        }
        (fault, _) => fault,
    })
}

/// The file of the database, if it is one.
pub fn file(config: &Config) -> Option<PathBuf> {
    config.service.database.expose_secret().strip_prefix("sqlite:").map(PathBuf::from)
}

/// As a sentence begins.
fn capital(sentence: &str) -> String {
    let mut letters = sentence.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

/// The key and the database that the configuration names.
pub async fn store(config: &Config, dice: Dice) -> anyhow::Result<(Keys, Store)> {
    let keys = keys(config)?;
    let store = Store::open(config.service.database.expose_secret(), &keys, dice).await?;
    Ok((keys, store))
}

/// Everything that settles.
pub async fn desk(config: &Config, mut dice: Dice) -> anyhow::Result<Desk> {
    let (keys, store) = store(config, Dice::from_seed(dice.roll())).await?;
    assemble(config, store, &keys).await.context("the parts could not be put together")
}
