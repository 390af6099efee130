//! Letters of which nobody knows whether they arrived (RFC 1047): before one is sent again, its copy is looked for where the administrator says that
//! copies lie of what the next server took.

use super::Service;
use super::book::{Book, Note};
use crate::mailbox::{MailboxError, MailboxSettings, SentFolder};
use crate::store::{OutboxId, OutboxRow, Sent};
use std::collections::HashSet;
use std::time::Duration;
use tokio::time::timeout;

/// A server is asked for little; whoever needs longer for a group of letters is not waited for.
const LONGEST_LOOK: Duration = Duration::from_secs(60);

/// Letters in their order: those that may leave at once, and those of which one to the same person is in doubt, which is looked for first.
pub(super) fn apart(service: &Service, rows: Vec<OutboxRow>) -> (Vec<OutboxRow>, Vec<OutboxRow>) {
    if service.sent.is_none() {
        return (rows, Vec::new());
    }
    let doubted: HashSet<String> = rows.iter().filter(|row| is_doubted(row)).map(|row| row.mail.to.folded()).collect();
    rows.into_iter().partition(|row| !doubted.contains(&row.mail.to.folded()))
}

/// Of `rows` those that are to be sent: of the others a copy was found, and they count as delivered. What cannot be found out changes nothing.
pub(super) async fn look_for(service: &Service, book: &Book, rows: Vec<OutboxRow>) -> Vec<OutboxRow> {
    let Some(sent) = service.sent.as_ref().filter(|_| rows.iter().any(is_doubted)) else { return rows };
    let mut found = HashSet::new();
    match timeout(LONGEST_LOOK, look(sent, &rows, &mut found)).await {
        Ok(Ok(())) => {}
        Ok(Err(failed)) => {
            tracing::warn!(fault = %failed, "letters of which nobody knows whether they arrived could not all be looked for; they are sent again")
        }
        Err(_) => tracing::warn!(
            seconds = LONGEST_LOOK.as_secs(),
            "letters of which nobody knows whether they arrived could not all be looked for in time; they are sent again; check the network and the load of the server in [smtp.sent]"
        ),
    }
    let (arrived, again): (Vec<_>, Vec<_>) = rows.into_iter().partition(|row| found.contains(&row.id));
    for row in arrived {
        let (letter, uncertain) = (&row.letter, row.uncertain);
        tracing::info!(row = %row.id, letter, uncertain, "a letter of which nobody knew whether it arrived was found among the copies of what was sent: it is not sent again");
        if let Err(failed) = book.note(row.id, Note::Ended(Sent::Found)).await {
            tracing::error!(fault = %failed, "that a letter was found could not be recorded; it is looked for again when its lease ends");
        }
    }
    again
}

/// Nobody knew once what became of it, whatever was tried since then.
fn is_doubted(row: &OutboxRow) -> bool {
    row.uncertain > 0
}

async fn look(sent: &MailboxSettings, rows: &[OutboxRow], found: &mut HashSet<OutboxId>) -> Result<(), MailboxError> {
    let mut folder = SentFolder::open(sent).await?;
    for row in rows.iter().filter(|row| is_doubted(row)) {
        if folder.holds(&row.mail.message_id).await? {
            found.insert(row.id);
        }
    }
    folder.logout().await;
    Ok(())
}
