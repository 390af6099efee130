//! `elitige held`: mails that wait for a person.

use super::arguments::Held;
use super::{World, parts};
use crate::authenticate::Verdict;
use crate::store::LetterNumber;
use anyhow::Context;
use std::io::Write;
use std::path::Path;

/// Mails that a list shows.
const MOST: u32 = 10_000;

/// Does `action`.
pub async fn held(folder: &Path, action: Held, world: &World) -> anyhow::Result<bool> {
    let config = parts::config(folder, world)?;
    let (_, store) = parts::store(&config, world.dice.clone()).await?;
    match action {
        Held::List => {
            for letter in store.held(MOST).await? {
                let dispute = letter.dispute.map(|reference| format!("  {reference}")).unwrap_or_default();
                println!("{}  {}  {}  {}{dispute}", letter.number, letter.received.rfc3339(), letter.mailbox, letter.reason);
            }
        }
        Held::Show { number } => {
            let raw = store.raw(LetterNumber(number)).await?;
            let raw = raw.with_context(|| format!("there is no mail with the number {number}; `elitige held list` shows those that wait"))?;
            let note = store.note(LetterNumber(number)).await?;
            if let Some(verdict) = note.and_then(|note| serde_json::from_str::<Verdict>(&note.verdict).ok()) {
                // Standard output is the mail, byte for byte.
                eprintln!("elitige: {}", verdict.sentence());
            }
            std::io::stdout().write_all(&raw)?;
        }
    }
    Ok(true)
}
