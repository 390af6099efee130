//! Attachments that others may hear with a mail → cleaned by a worker, before the mail is settled.

use super::Service;
use crate::letter::Exhibits;
use crate::settle::{Incoming, Wanted, wanted};
use crate::store::LetterNumber;

/// `incoming`, of which `bytes` are the whole mail, with its attachments and those of the held mail that it answers for, cleaned as far as anybody may hear
/// them. Whatever fails here keeps no words back: who hears them is told that the attachments were not passed on.
pub(super) async fn with_exhibits(service: &Service, incoming: Incoming, bytes: &[u8]) -> Incoming {
    let number = incoming.number;
    let asked = wanted(&service.desk, &incoming, service.now()).await.unwrap_or_else(|fault| {
        tracing::warn!(letter = number.0, %fault, "whether the attachments of a mail are to be told could not be looked up; they stay behind");
        Wanted::default()
    });
    let exhibits = if asked.own { clean(service, number, bytes).await } else { Exhibits::default() };
    let owned = match asked.held {
        Some(held) => match service.desk.store.raw(held).await {
            Ok(Some(bytes)) => Some((held, clean(service, held, &bytes).await)),
            _ => None,
        },
        None => None,
    };
    Incoming { exhibits, owned, ..incoming }
}

async fn clean(service: &Service, number: LetterNumber, bytes: &[u8]) -> Exhibits {
    service.readers.exhibits(bytes).await.unwrap_or_else(|fault| {
        tracing::warn!(letter = number.0, %fault, "cleaning the attachments of a mail failed; they stay behind, and its words are heard");
        Exhibits::default()
    })
}
