//! `elitige charter`: what everybody accepts before a mediation begins.

use super::output::say;
use super::{World, parts};
use crate::domain::{Charter, Dice, Digest, Language};
use anyhow::Context;
use std::path::Path;

/// Prints the charter in force, or the one with that digest, with its version and digest.
pub async fn charter(folder: &Path, language: &str, digest: Option<&str>, mut world: World) -> anyhow::Result<bool> {
    let language = Language::parse(language).context("the charter is written in fr, ar and en; write one of them after --language")?;
    let config = parts::config(folder, &world)?;
    let charter = match digest {
        None => config.stationery.charter().clone(),
        Some(digest) => {
            let digest = Digest::parse(digest)?;
            let (_, store) = parts::store(&config, Dice::from_seed(world.dice.roll())).await?;
            let kept: Option<Charter> = store.charter(&digest).await?;
            kept.context("no charter with that digest was ever in force here; `elitige case show` names those that were accepted")?
        }
    };
    let edition = charter.edition();
    say!("Version {}\nDigest  {}\n\n{}", edition.version, edition.digest, charter.text(language));
    Ok(true)
}
