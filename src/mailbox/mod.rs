//! A mailbox over IMAP (RFC 9051, RFC 3501): the only user of async-imap.
//!
//! Messages are named by UID, never by number; flags are never taken for truth; BODYSTRUCTURE and ENVELOPE are never asked for, because
//! their parser recurses without bound (THREATS §0). A session that failed once, or whose command was cancelled, is never used again.

mod connect;
mod error;
mod fetch;
mod file;
mod guard;
mod login;
mod repair;
mod sent;
mod session;
mod text;

pub use crate::transport::{Ask, Login, NoToken, Secret, Security, Tokens};
pub use error::MailboxError;
pub use session::is_reading;

use crate::domain::Instant;
use session::Session;
use std::path::PathBuf;
use std::time::Duration;
use tokio_util::sync::CancellationToken;

/// One mailbox: where it is, whose it is, and where its mails go.
#[derive(Clone)]
pub struct MailboxSettings {
    /// Its name in service.toml, for people.
    pub name: String,
    /// Host name, which the certificate must name too.
    pub host: String,
    /// TCP port: 993 for TLS, 143 for STARTTLS.
    pub port: u16,
    /// How the connection is protected.
    pub security: Security,
    /// Who logs in.
    pub login: Login,
    /// The folder in which mail arrives.
    pub inbox: String,
    /// The folder for settled mail; made if it is missing.
    pub archive: String,
    /// The folder for mail that waits for a person; made if it is missing.
    pub held: String,
    /// Certificates (PEM) that are trusted beside the system's.
    pub ca_file: Option<PathBuf>,
    /// How long each thing may take.
    pub timeouts: MailboxTimeouts,
}

/// How long each thing may take (THREATS §4, §11).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MailboxTimeouts {
    /// TCP, TLS, greeting and login, each.
    pub connect: Duration,
    /// Silence in the middle of a command.
    pub silence_in_command: Duration,
    /// A whole command.
    pub command: Duration,
    /// Silence in IDLE, after which the server is asked whether it lives.
    pub idle_silence: Duration,
    /// Longest IDLE; servers drop a client after 30 minutes.
    pub reissue: Duration,
    /// Longest wait between two looks where IDLE is not offered.
    pub poll: Duration,
    /// The answer to DONE and LOGOUT.
    pub done: Duration,
}

/// A connected session with the inbox open.
pub struct Mailbox {
    session: Session,
    settings: MailboxSettings,
    capabilities: Vec<String>,
    uid_validity: u32,
    certificate_ends: Option<Instant>,
}

/// A connected session with the folder open in which copies lie of what the next server took.
pub struct SentFolder {
    session: Session,
}

/// What an inbox holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Scan {
    /// UIDs mean something only together with it; when it changes, all of them are new names (RFC 9051 §2.3.1.1).
    pub uid_validity: u32,
    /// The messages, oldest first; those flagged `\Deleted` are not there.
    pub messages: Vec<Listed>,
}

/// One message of a [`Scan`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Listed {
    /// Its name in this folder.
    pub uid: u32,
    /// Its size in bytes as the server says; it may be wrong.
    pub size: u32,
    /// When the server received it.
    pub received: Instant,
}

/// What [`Mailbox::fetch`] brought. A mail that was asked for and stands in neither list is gone from the folder.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Haul {
    /// The mails, in the order of their UIDs.
    pub mails: Vec<Fetched>,
    /// The UIDs of mails that lie in the folder and that the server does not give: it refuses them one by one, or answers without them.
    pub withheld: Vec<u32>,
}

/// One message that was fetched.
#[derive(Clone, PartialEq, Eq)]
pub struct Fetched {
    /// Its name in this folder.
    pub uid: u32,
    /// The mail as it was received, or its beginning.
    pub bytes: Vec<u8>,
    /// When the server received it.
    pub received: Instant,
    /// `false`: it is larger than the limit, and `bytes` holds only its beginning (at most 256 KiB).
    pub whole: bool,
}

/// Where a mail is filed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Folder {
    /// It is settled.
    Archive,
    /// It waits for a person.
    Held,
}

/// What happens to settled mail (`after` in service.toml).
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum After {
    /// It moves to the archive folder.
    Archive,
    /// It is deleted; mail that waits for a person is moved to its folder all the same.
    Delete,
    /// It stays where it is, and so does mail that waits for a person.
    Keep,
}

impl Mailbox {
    /// What the server offers, as it writes it (`IDLE`, `MOVE`, `AUTH=PLAIN` …), sorted.
    pub fn capabilities(&self) -> &[String] {
        &self.capabilities
    }

    /// Whether the server offers `capability`.
    pub fn offers(&self, capability: &str) -> bool {
        self.capabilities.iter().any(|one| one.eq_ignore_ascii_case(capability))
    }

    /// The UIDVALIDITY of the inbox when it was last opened.
    pub fn uid_validity(&self) -> u32 {
        self.uid_validity
    }

    /// When the server's certificate ends; `None` without TLS.
    pub fn certificate_ends(&self) -> Option<Instant> {
        self.certificate_ends
    }

    /// Waits for new mail, at most for `at_most`; returns early when mail came since the last [`Mailbox::scan`], or on `stop`. It may return
    /// without any news: then it is time to look all the same, because servers lose notifications.
    pub async fn wait(&mut self, at_most: Duration, stop: &CancellationToken) -> Result<(), MailboxError> {
        if self.session.has_news() || stop.is_cancelled() {
            return Ok(());
        }
        let timeouts = self.settings.timeouts;
        let began = tokio::time::Instant::now();
        if self.offers("IDLE") && self.session.idle(began + at_most.min(timeouts.reissue), stop.cancelled()).await? {
            return Ok(());
        }
        tokio::select! {
            () = stop.cancelled() => {}
            () = tokio::time::sleep_until(began + at_most.min(timeouts.poll)) => {}
        }
        Ok(())
    }

    /// Takes leave of the server.
    pub async fn logout(mut self) {
        self.session.logout().await;
    }

    fn folder_error(&self, folder: &str) -> MailboxError {
        MailboxError::Folder { mailbox: self.settings.name.clone(), folder: folder.to_owned() }
    }
}

/// The login is an address: it never appears in a log by accident.
impl std::fmt::Debug for MailboxSettings {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("MailboxSettings").field("name", &self.name).field("host", &self.host).field("port", &self.port).finish_non_exhaustive()
    }
}

impl std::fmt::Debug for Mailbox {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Mailbox").field("name", &self.settings.name).field("capabilities", &self.capabilities).finish_non_exhaustive()
    }
}

/// A mail is somebody's: its bytes never appear in a log by accident.
impl std::fmt::Debug for Fetched {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Fetched").field("uid", &self.uid).field("bytes", &self.bytes.len()).field("whole", &self.whole).finish_non_exhaustive()
    }
}
