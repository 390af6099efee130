//! `elitige outbox`: letters that have not arrived.

use super::arguments::Outbox;
use super::{World, parts};
use crate::store::OutboxNumber;
use anyhow::bail;
use std::path::Path;

/// Does `action`.
pub async fn outbox(folder: &Path, action: Outbox, world: &World) -> anyhow::Result<bool> {
    let config = parts::config(folder)?;
    let (_, store) = parts::store(&config, world.dice.clone()).await?;
    match action {
        Outbox::List => {
            for row in store.outbox().await? {
                let due = row.due.map(|due| format!("  next {}", due.rfc3339())).unwrap_or_default();
                println!("{}  {}  {} to the {}  attempts {}{due}", row.id.value(), row.state, row.letter, row.role, row.attempts);
            }
        }
        Outbox::Retry { number } => {
            if !store.retry(OutboxNumber::new(number), (world.clock)()).await? {
                bail!("letter {number} does not wait to be sent; `elitige outbox list` shows those that do");
            }
            println!("Letter {number} is tried again now.");
        }
    }
    Ok(true)
}
