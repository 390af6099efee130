//! What a letter to the registrar says of the mails that wait.

use super::replies::Reply;
use serde::Serialize;

/// The mails that wait for a person.
#[derive(Debug, Clone, Serialize)]
pub(super) struct PenFacts {
    /// How many there are.
    pub(super) count: String,
    /// How many of them the letter does not name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) more: Option<String>,
    /// Those that it names.
    pub(super) mails: Vec<PenMail>,
}

/// A mail that waits for a person.
#[derive(Debug, Clone, Serialize)]
pub(super) struct PenMail {
    /// Its number.
    pub(super) number: String,
    /// Why it waits, as the end of a sentence.
    pub(super) reason: String,
    /// When it came.
    pub(super) when: String,
    /// Name of the mailbox.
    pub(super) mailbox: String,
    /// Whether it has waited for more than thirty days.
    pub(super) old: bool,
    /// Reference of the dispute that it most likely belongs to.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) case: Option<String>,
    /// Whether it most likely is the buyer's.
    pub(super) consumer: bool,
    /// The same of the seller.
    pub(super) merchant: bool,
    /// Has it heard as what it most likely is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) release: Option<Reply>,
    /// Keeps it with that dispute.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) attach: Option<Reply>,
    /// Puts it aside.
    pub(super) discard: Reply,
}
