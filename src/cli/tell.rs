//! `elitige tell`: a story told dry.

use super::output::{complain, say};
use super::{World, parts};
use crate::config::Config;
use crate::domain::{Dice, hex};
use crate::story::{Manner, Script, tell as tell_story};
use anyhow::Context;
use std::fs::{self, DirBuilder};
use std::os::unix::fs::DirBuilderExt;
use std::path::{Path, PathBuf};

/// Tells each story and compares what happens with what is recorded; `update` records it instead.
pub async fn tell(folder: &Path, files: &[PathBuf], update: bool, world: &World) -> anyhow::Result<bool> {
    let config = parts::config(folder, world)?;
    let (mut dice, mut failed) = (world.dice.clone(), 0usize);
    for file in files {
        let told = tell_one(file, &config, update, &mut dice).await;
        let is_well = told.unwrap_or_else(|error| {
            complain!("{error:#}");
            false
        });
        failed = failed.saturating_add(usize::from(!is_well));
    }
    if failed > 0 {
        say!("{failed} of {} {} failed.", files.len(), if files.len() == 1 { "story" } else { "stories" });
    }
    Ok(failed == 0)
}

/// Whether all is as it was recorded.
async fn tell_one(file: &Path, config: &Config, update: bool, dice: &mut Dice) -> anyhow::Result<bool> {
    let text = fs::read_to_string(file).with_context(|| format!("{} cannot be read", file.display()))?;
    let script = Script::parse(&text).with_context(|| file.display().to_string())?;
    let scratch = Scratch::new(dice)?;
    let told = tell_story(&script, config, &scratch.0, Manner::Once).await.with_context(|| file.display().to_string())?;
    let now = script.record(&told.outcomes);
    for fault in &told.faults {
        say!("{}: {fault}", file.display());
    }
    if update {
        fs::write(file, &now).with_context(|| format!("{} cannot be written", file.display()))?;
    } else if now != text {
        say!("{}: what happens is not what is recorded:", file.display());
        print_difference(&text, &now);
        return Ok(false);
    }
    Ok(told.faults.is_empty())
}

fn print_difference(recorded: &str, told: &str) {
    let (recorded, told): (Vec<&str>, Vec<&str>) = (recorded.lines().collect(), told.lines().collect());
    let first = recorded.iter().zip(&told).take_while(|(a, b)| a == b).count();
    for line in recorded.iter().skip(first).take(8) {
        say!("  - {line}");
    }
    for line in told.iter().skip(first).take(8) {
        say!("  + {line}");
    }
}

/// A folder of one story, which goes away with it.
struct Scratch(PathBuf);

impl Scratch {
    /// A new one that nobody else can look into or have made before, since nobody can foresee its name.
    fn new(dice: &mut Dice) -> anyhow::Result<Self> {
        let folder = std::env::temp_dir().join(format!("elitige-story-{}", hex(&dice.roll::<16>())));
        let made = DirBuilder::new().mode(0o700).create(&folder);
        made.with_context(|| format!("{} cannot be made; name a folder that can be written with TMPDIR", folder.display()))?;
        Ok(Self(folder))
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}
