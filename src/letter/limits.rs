//! How much of a mail is read.

use serde::{Deserialize, Serialize};

/// Bounds on what one mail may cost (THREATS §11). What goes beyond is held, not guessed at.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Limits {
    /// Bytes of a whole mail.
    pub message_bytes: usize,
    /// Levels of parts within parts.
    pub nesting: usize,
    /// Parts of a mail, nested ones included.
    pub parts: usize,
    /// Bytes of the header block.
    pub header_bytes: usize,
    /// Header fields.
    pub header_fields: usize,
    /// Bytes of one header field.
    pub field_bytes: usize,
    /// Parameters of one Content-Type or Content-Disposition.
    pub parameters: usize,
    /// Addresses that are read of one field; more prove nobody.
    pub addresses: usize,
    /// Identifiers that are read of References, the newest ones.
    pub references: usize,
    /// Bytes of decoded text that are kept.
    pub text_bytes: usize,
    /// Bytes of HTML that are turned into text.
    pub html_bytes: usize,
    /// Bytes of text that are searched for words, fields and commands.
    pub searched_bytes: usize,
    /// Characters of a subject that are kept.
    pub subject_chars: usize,
    /// Attachments of one mail that may go to the other party.
    pub exhibits: usize,
    /// Bytes of all of them together, cleaned.
    pub exhibit_bytes: usize,
    /// Seconds of CPU time for one mail.
    pub cpu_seconds: u64,
    /// Seconds for one mail, by the clock on the wall.
    pub wall_seconds: u64,
    /// Bytes of memory that reading may take.
    pub memory_bytes: u64,
}

impl Limits {
    /// So much of a mail has its head in it, as far as that is read.
    pub fn head_bytes(&self) -> usize {
        self.header_bytes.saturating_mul(4)
    }
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            message_bytes: 25 << 20,
            nesting: 20,
            parts: 200,
            header_bytes: 256 << 10,
            header_fields: 1_000,
            field_bytes: 64 << 10,
            parameters: 100,
            addresses: 100,
            references: 20,
            text_bytes: 1 << 20,
            html_bytes: 4 << 20,
            searched_bytes: 64 << 10,
            subject_chars: 255,
            exhibits: 20,
            exhibit_bytes: 7 << 20,
            cpu_seconds: 2,
            wall_seconds: 10,
            memory_bytes: 256 << 20,
        }
    }
}
