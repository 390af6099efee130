//! What the configuration says → what the wet rooms need.

use super::Attended;
use crate::authenticate::{Names, ZoneFile};
use crate::config::{self, Config};
use crate::mailbox::{After, MailboxSettings, Security};
use crate::smtp::{self, SmtpSettings};
use std::fs;
use std::path::Path;

/// Why a part of the configuration could not be used.
#[derive(Debug, thiserror::Error)]
pub enum SettingsError {
    /// A secret could not be read.
    #[error("{0}")]
    Secret(String),
    /// The zone file could not be read.
    #[error("the zone file {file} of [authentication] cannot be used: {fault}")]
    Zone {
        /// Which file.
        file: String,
        /// What is wrong with it.
        fault: String,
    },
}
