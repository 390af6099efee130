//! `elitige outbox`: letters that have not arrived.

use super::arguments::Outbox;
use super::output::{self, done};
use super::{World, parts};
use crate::store::OutboxId;
use anyhow::{anyhow, bail};
use std::path::Path;

/// Letters that a list shows of each state.
const MOST: u32 = 10_000;

/// Does `action`.
pub async fn outbox(folder: &Path, action: Outbox, world: &World) -> anyhow::Result<bool> {
    let config = parts::config(folder, world)?;
    let (_, store) = parts::store(&config, world.dice.clone()).await?;
    match action {
        Outbox::List => {
            let mut lines = Vec::new();
            for state in ["queued", "leased", "dot-pending", "uncertain", "stopped", "refused"] {
                for row in store.outbox_list(state, MOST).await? {
                    let due = row.due.map(|due| format!("  next {}", due.rfc3339())).unwrap_or_default();
                    let why = row.waits.as_deref().and_then(|waits| because(state, waits)).map(|why| format!("  {why}")).unwrap_or_default();
                    lines.push(format!("{}  {}  {} to the {}  attempts {}{due}{why}", row.id, row.state, row.letter, row.role, row.attempts));
                }
            }
            output::list(lines);
        }
        Outbox::Retry { number } => {
            if !store.outbox_retry(id(&number)?, (world.clock)()).await? {
                bail!("letter {number} does not wait to be sent, or waits for its mediator; `elitige outbox list` shows which");
            }
            done!("Letter {number} is tried again now.");
        }
        Outbox::Stop { number } => {
            if !store.outbox_stop(id(&number)?).await? {
                bail!("letter {number} does not wait to be sent: it is on its way, it was stopped, or it is over; `elitige outbox list` shows which");
            }
            done!("Letter {number} is stopped; `elitige outbox retry {number}` sends it on.");
        }
    }
    Ok(true)
}

fn id(number: &str) -> anyhow::Result<OutboxId> {
    OutboxId::parse(number).ok_or_else(|| anyhow!("\"{number}\" is not the number of a letter; they have 16 digits, and `elitige outbox list` shows them"))
}

/// Why a letter in that state does not leave, if a limit of `[brakes]` keeps it.
fn because(state: &str, waits: &str) -> Option<&'static str> {
    match (state, waits) {
        ("queued", "address") => Some("waits: its reader was sent as many letters as one address may be"),
        ("queued", "domain") => Some("waits: its reader's domain was sent as many letters as one domain may be"),
        ("queued", "budget") => Some("waits: as many letters left as may in all"),
        ("queued", "answers") => Some("waits: its reader was answered often enough today"),
        ("stopped", "withheld") => Some("kept from leaving: its mediator reads it first, or did not let it pass"),
        ("stopped", "replaced") => Some("replaced by a newer letter"),
        _ => None,
    }
}
