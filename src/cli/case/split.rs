//! `elitige case split`: mails of another matter begin a dispute of their own.

use super::super::World;
use super::super::held::{letters_in_words, read_again};
use super::super::output::done;
use crate::config::Config;
use crate::domain::Reference;
use crate::settle::{Desk, Raw, Split, settle_split};
use crate::store::LetterNumber;
use anyhow::{Context, bail};

/// Takes the mails with those numbers out of the dispute of that reference.
pub async fn split(desk: &Desk, config: &Config, reference: &str, numbers: &[i64], world: &mut World) -> anyhow::Result<bool> {
    let reference = Reference::parse(reference)?;
    let mut raws = Vec::new();
    for number in numbers {
        let raw = Raw::settled(&desk.store, LetterNumber(*number)).await?;
        raws.push(raw.with_context(|| {
            format!("there is no mail with the number {number}, or it was erased; `elitige case show {reference}` lists those of the dispute")
        })?);
    }
    let mails = read_again(config, raws).await;
    let mut work = desk.store.begin().await?;
    match settle_split(desk, &mut work, &reference, &mails, (world.clock)(), &mut world.dice).await? {
        Split::Done { reference: new, state, letters } => {
            work.commit().await?;
            done!("{new} is a dispute of its own now, {state}; {reference} goes on without it. {}", letters_in_words(&letters, "The daemon sends"));
            Ok(true)
        }
        Split::Refused(why) => bail!("{why}"),
    }
}
