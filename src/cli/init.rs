//! `elitige init`: the key file and the database, once.

use super::output::{done, say};
use super::{World, parts};
use crate::domain::Dice;
use crate::store::{KeyError, Keys, Store};
use secrecy::ExposeSecret;
use std::path::Path;

/// Makes what is missing; refuses to touch what is there.
pub async fn init(folder: &Path, mut world: World) -> anyhow::Result<bool> {
    let config = parts::config(folder, &world)?;
    let key_file = &config.service.key_file;
    let (keys, made) = match parts::keys(&config) {
        Err(KeyError::Missing(_)) => (Keys::create(key_file, &mut world.dice)?, true),
        kept => (kept?, false),
    };
    Store::create(config.service.database.expose_secret(), &keys, Dice::from_seed(world.dice.roll())).await?;
    let shown = key_file.display();
    match made {
        true => done!("Made the key file {shown} and the database."),
        false => done!("Kept the key file {shown}, made the database."),
    }
    say!("Back up both, and never in the same place:");
    say!("  - the key file now, once, offline: without it the database cannot be read by anybody, and no other key fits;");
    say!("  - the database every day: it holds every mail, letter and journal, encrypted.");
    Ok(true)
}
