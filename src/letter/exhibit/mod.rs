//! Attachments that may go from one party to the other: cleaned of everything that says who made them, when, where and with what (THREATS §7, T33, T41, T53;
//! DOMAIN §5.4).
//!
//! What is not on the list of four kinds, or cannot surely be cleaned, is withheld with a reason. Pictures and texts are copied piece by piece, PDFs are
//! written anew; nothing is kept because nobody thought of it.

mod inflate;
mod jpeg;
mod pdf;
mod png;
#[cfg(test)]
mod tests;
mod text;

use super::Letter;
use super::attachment;
use super::content::{self, Enclosed};
use super::limits::Limits;
use super::mend::mended;
use super::read::bounded;
use super::secret;
use crate::domain::{Exhibit, ExhibitKind};
use inflate::Budget;
use mail_parser::MessageParser;
use serde::{Deserialize, Serialize};

/// What of a mail's attachments may go to the other party, and why the others may not.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Exhibits {
    /// Cleaned, in the order of the mail.
    pub offered: Vec<Exhibit>,
    /// Kept back, in the order of the mail.
    pub withheld: Vec<Withheld>,
}

/// An attachment that stays with the service.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Withheld {
    /// Which of the mail's attachments it is: its index in [`Letter::attachments`](super::Letter::attachments).
    pub place: usize,
    /// Why.
    pub because: WithheldBecause,
}

/// Why an attachment does not cross.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum WithheldBecause {
    /// It is of no kind that may cross.
    NotAllowed,
    /// It holds something of which nobody can say that it names nobody, or that cannot be taken out without changing what is seen.
    CannotBeCleaned,
    /// It opens with a password only, or is protected.
    Encrypted,
    /// It does something when it is opened.
    ActiveContent,
    /// The mail has more attachments than may cross.
    TooMany,
    /// It is too large, or would be when it is opened.
    TooLarge,
    /// It is not what its format demands.
    Damaged,
}

/// Pixels of a picture that may cross: more than any telephone takes, and few enough for whoever opens it.
const PIXELS: u64 = 250_000_000;

/// What of the attachments of `mail`, its raw bytes, may go to the other party. Of a mail that breaks a limit nothing is looked at, as
/// [`read`](super::read()) does.
pub fn exhibits(mail: &[u8], limits: &Limits) -> Exhibits {
    let mut found = Exhibits::default();
    let Some((headers, seen)) = bounded(mail, limits) else { return found };
    let source = mended(mail, &headers, &seen);
    let Some(message) = MessageParser::default().parse(source.as_ref()) else { return found };
    let Ok(enclosed) = content::enclosed(&message, limits) else { return found };
    let (mut budget, mut room) = (Budget::of_a_mail(), limits.exhibit_bytes);
    for (place, enclosed) in enclosed.enumerate() {
        let cleaned = match kind(&enclosed) {
            Some(_) if found.offered.len() >= limits.exhibits => Err(WithheldBecause::TooMany),
            Some(_) if enclosed.bytes.len() > limits.exhibit_bytes => Err(WithheldBecause::TooLarge),
            Some(kind) => clean(kind, &enclosed, limits, &mut budget).map(|bytes| Exhibit { kind, place, bytes }),
            None => Err(WithheldBecause::NotAllowed),
        };
        match cleaned.and_then(|exhibit| room.checked_sub(exhibit.bytes.len()).map(|left| (exhibit, left)).ok_or(WithheldBecause::TooLarge)) {
            Ok((exhibit, left)) => {
                room = left;
                found.offered.push(exhibit);
            }
            Err(because) => found.withheld.push(Withheld { place, because }),
        }
    }
    found
}

/// What the bytes are, whatever they are said to be; only of a text, which shows nothing at its beginning, must its sender not say otherwise.
fn kind(enclosed: &Enclosed<'_>) -> Option<ExhibitKind> {
    match attachment::shown(&enclosed.bytes) {
        Some("image/jpeg") => Some(ExhibitKind::Jpeg),
        Some("image/png") => Some(ExhibitKind::Png),
        Some("application/pdf") => Some(ExhibitKind::Pdf),
        Some(_) => None,
        None => text::is_said_to_be(&enclosed.declared, enclosed.name.as_deref()).then_some(ExhibitKind::Text),
    }
}

fn clean(kind: ExhibitKind, enclosed: &Enclosed<'_>, limits: &Limits, budget: &mut Budget) -> Result<Vec<u8>, WithheldBecause> {
    match kind {
        ExhibitKind::Jpeg => jpeg::clean(&enclosed.bytes, jpeg::Turned::Kept),
        ExhibitKind::Png => png::clean(&enclosed.bytes, budget),
        ExhibitKind::Pdf => pdf::clean(&enclosed.bytes, budget, limits.exhibit_bytes),
        // As of every text, no more of it is looked through for meaning than of a mail; what is not looked through does not cross.
        ExhibitKind::Text => text::clean(&enclosed.bytes, &enclosed.charset, limits.text_bytes.min(limits.searched_bytes))
            .map(|text| secret::mask(&text, &mut Vec::new()).into_bytes()),
    }
}

impl Letter {
    /// Whether an attachment seems to be of a kind that may cross: only then it is worth to be cleaned.
    pub fn may_offer(&self) -> bool {
        let may = |kind: &str| {
            matches!(kind, "image/jpeg" | "image/png" | "application/pdf" | "application/octet-stream" | "application/txt") || kind.starts_with("text/")
        };
        self.attachments.iter().any(|attachment| may(&attachment.media_type))
    }
}
