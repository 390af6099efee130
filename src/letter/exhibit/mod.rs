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

use super::attachment;
use super::content::{self, Enclosed};
use super::limits::Limits;
use super::mend::mended;
use super::read::bounded;
use crate::domain::Reference;
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

/// One attachment without anything that names its maker.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Exhibit {
    /// What it really is.
    pub kind: ExhibitKind,
    /// Which of the mail's attachments it is: its index in [`Letter::attachments`](super::Letter::attachments).
    pub place: usize,
    /// The cleaned file.
    #[serde(with = "base64_text")]
    pub bytes: Vec<u8>,
}

/// The kinds of files that may cross (DOMAIN §5.4).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ExhibitKind {
    /// A photograph (ITU T.81).
    Jpeg,
    /// A picture, mostly of a screen (ISO/IEC 15948).
    Png,
    /// A document (ISO 32000).
    Pdf,
    /// Plain text in UTF-8.
    Text,
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
    let Some(headers) = bounded(mail, limits) else { return found };
    let source = mended(mail, &headers);
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
        ExhibitKind::Text => text::clean(&enclosed.bytes, &enclosed.charset, limits.text_bytes).map(String::into_bytes),
    }
}

impl Exhibit {
    /// What it is called for the other party, as the `number`th piece of its dispute: `EL-7K3Q-9XWD-P07.pdf` (DOMAIN §5.4).
    pub fn file_name(&self, reference: &Reference, number: u32) -> String {
        let ending = match self.kind {
            ExhibitKind::Jpeg => "jpg",
            ExhibitKind::Png => "png",
            ExhibitKind::Pdf => "pdf",
            ExhibitKind::Text => "txt",
        };
        format!("{reference}-P{number:02}.{ending}")
    }

    /// Its media type, as a mail that carries it declares it.
    pub fn media_type(&self) -> &'static str {
        match self.kind {
            ExhibitKind::Jpeg => "image/jpeg",
            ExhibitKind::Png => "image/png",
            ExhibitKind::Pdf => "application/pdf",
            ExhibitKind::Text => "text/plain; charset=utf-8",
        }
    }

    /// The words of a text, in which identifiers have still to be hidden; `None` for every other kind.
    pub fn text(&self) -> Option<&str> {
        (self.kind == ExhibitKind::Text).then(|| std::str::from_utf8(&self.bytes).ok()).flatten()
    }
}

/// The content of a file is no matter for a log.
impl std::fmt::Debug for Exhibit {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Exhibit").field("kind", &self.kind).field("place", &self.place).field("bytes", &self.bytes.len()).finish()
    }
}

/// Bytes within JSON: a third longer as base64, four times as a list of numbers.
mod base64_text {
    use base64::Engine;
    use base64::engine::general_purpose::STANDARD;
    use serde::{Deserialize, Deserializer, Serializer, de};

    pub fn serialize<S: Serializer>(bytes: &[u8], serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&STANDARD.encode(bytes))
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<u8>, D::Error> {
        STANDARD.decode(String::deserialize(deserializer)?).map_err(|_| de::Error::custom("these bytes are not in base64"))
    }
}
