//! Why a mailbox could not be attended.

use crate::mailbox::MailboxError;
use crate::reader::ReaderFailed;
use crate::settle::SettleError;
use crate::store::StoreError;
use std::time::Duration;

/// Why a mailbox could not be attended.
#[derive(Debug, thiserror::Error)]
pub(super) enum Trouble {
    #[error(transparent)]
    Mailbox(#[from] MailboxError),
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error(transparent)]
    Settle(#[from] SettleError),
    #[error(transparent)]
    Reader(#[from] ReaderFailed),
    #[error("a unit of work broke off")]
    BrokeOff,
}

impl Trouble {
    /// What its server asked for before the next attempt.
    pub(super) fn retry_after(&self) -> Option<Duration> {
        match self {
            Trouble::Mailbox(error) => error.retry_after(),
            Trouble::Store(_) | Trouble::Settle(_) | Trouble::Reader(_) | Trouble::BrokeOff => None,
        }
    }
}
