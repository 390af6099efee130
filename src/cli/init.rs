//! `elitige init`: the key file and the database, once.

use super::output::{done, say};
use super::{World, parts};
use crate::domain::Dice;
use crate::store::{Keys, Store};
use secrecy::ExposeSecret;
use std::path::Path;

/// Makes what is missing; refuses to touch what is there.
pub async fn init(folder: &Path, mut world: World) -> anyhow::Result<bool> {
    let config = parts::config(folder, &world)?;
    let key_file = &config.service.key_file;
    let keys = if key_file.exists() { Keys::load(key_file)? } else { Keys::create(key_file, &mut world.dice)? };
    Store::create(config.service.database.expose_secret(), &keys, Dice::from_seed(world.dice.roll())).await?;
    done!("Made the key file {} and the database.", key_file.display());
    say!("Back up both, and never in the same place:");
    say!("  - the key file now, once, offline: without it the database cannot be read by anybody, and no other key fits;");
    say!("  - the database every day: it holds every mail, letter and journal, encrypted.");
    Ok(true)
}
