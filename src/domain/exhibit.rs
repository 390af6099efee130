//! A cleaned attachment, which may be told to others as words are: through [`VisibleTo::hearing`](super::view::VisibleTo::hearing) alone.

use serde::{Deserialize, Serialize};

/// One attachment without anything that names its maker; the readers' workers make it, and nobody else.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Exhibit {
    /// What it really is.
    pub kind: ExhibitKind,
    /// Which of the mail's attachments it is: its index among them.
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

impl Exhibit {
    /// What it is called for others, as the `number`th piece of its letter, from 1: `piece-1.pdf`. A French and an English word in ASCII, which every mail
    /// program shows as it stands; nothing of the sender's own name for it.
    pub fn file_name(&self, number: usize) -> String {
        let ending = match self.kind {
            ExhibitKind::Jpeg => "jpg",
            ExhibitKind::Png => "png",
            ExhibitKind::Pdf => "pdf",
            ExhibitKind::Text => "txt",
        };
        format!("piece-{number}.{ending}")
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

    /// The words of a text; `None` for every other kind.
    pub fn text(&self) -> Option<&str> {
        (self.kind == ExhibitKind::Text).then(|| std::str::from_utf8(&self.bytes).ok()).flatten()
    }

    /// The same with the words of a text rewritten; every other kind as it is.
    #[must_use]
    pub fn reworded(&self, rewrite: impl FnOnce(&str) -> String) -> Self {
        let reworded = self.text().map(|text| rewrite(text).into_bytes());
        Self { kind: self.kind, place: self.place, bytes: reworded.unwrap_or_else(|| self.bytes.clone()) }
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
