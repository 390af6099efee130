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
    /// Bytes of decoded text that are kept.
    pub text_bytes: usize,
    /// Bytes of HTML that are turned into text.
    pub html_bytes: usize,
    /// Addresses that are read of one field.
    pub addresses: usize,
    /// Bytes of text that are searched for words, fields and commands.
    pub searched_bytes: usize,
    /// Characters of a subject that are kept.
    pub subject_chars: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            message_bytes: 25 << 20,
            nesting: 20,
            parts: 200,
            header_bytes: 256 << 10,
            header_fields: 1_000,
            text_bytes: 1 << 20,
            html_bytes: 4 << 20,
            addresses: 100,
            searched_bytes: 64 << 10,
            subject_chars: 255,
        }
    }
}
