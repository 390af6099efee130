//! `elitige tell`: a story told dry.

use super::output::say;
use super::{World, parts};
use crate::story::{Manner, Script, tell as tell_story};
use anyhow::Context;
use std::path::{Path, PathBuf};

/// Tells each story and compares what happens with what is recorded; `update` records it instead.
pub async fn tell(folder: &Path, files: &[PathBuf], update: bool, world: &World) -> anyhow::Result<bool> {
    let config = parts::config(folder, world)?;
    let mut all_told = true;
    for file in files {
        let text = std::fs::read_to_string(file).with_context(|| format!("{} cannot be read", file.display()))?;
        let script = Script::parse(&text).with_context(|| file.display().to_string())?;
        let scratch = Scratch::new()?;
        let told = tell_story(&script, &config, &scratch.0, Manner::Once).await.with_context(|| file.display().to_string())?;
        let now = script.record(&told.outcomes);
        for fault in &told.faults {
            say!("{}: {fault}", file.display());
            all_told = false;
        }
        if update {
            std::fs::write(file, &now).with_context(|| format!("{} cannot be written", file.display()))?;
        } else if now != text {
            all_told = false;
            say!("{}: what happens is not what is recorded:", file.display());
            print_difference(&text, &now);
        }
    }
    Ok(all_told)
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

/// A folder that goes away with the story.
struct Scratch(PathBuf);

impl Scratch {
    fn new() -> anyhow::Result<Self> {
        let unique = format!("elitige-story-{}", std::process::id());
        let folder = std::env::temp_dir().join(unique);
        let _ = std::fs::remove_dir_all(&folder);
        std::fs::create_dir_all(&folder).with_context(|| format!("{} cannot be made", folder.display()))?;
        Ok(Self(folder))
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}
