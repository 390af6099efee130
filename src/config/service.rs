//! What the administrator decides in `service.toml`.

use super::brakes::Brakes;
use super::health::Health;
use super::servers::MailboxConfig;
use super::smtp::SmtpConfig;
use crate::compose::{PerLanguage, Signers};
use crate::domain::{Address, Availability, Language};
use secrecy::SecretString;
use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::time::Duration;

/// What the administrator decides.
#[derive(Debug, Clone)]
pub struct Service {
    /// Name of the service, as it stands before its address.
    pub name: PerLanguage,
    /// Who answers for the personal data.
    pub controller: PerLanguage,
    /// Number of the declaration to the data protection authority, once there is one.
    pub registration: Option<String>,
    /// What stands between an address and its tag.
    pub separator: char,
    /// What stands after the `@` of our Message-IDs.
    pub message_id_domain: String,
    /// Where bounces go; the address of one of the mailboxes.
    pub bounce: Address,
    /// Where mail is read.
    pub mailboxes: Vec<MailboxConfig>,
    /// Where letters leave.
    pub smtp: SmtpConfig,
    /// By which keys letters are signed.
    pub signers: Signers,
    /// URL of the database, with its password if it has one.
    pub database: SecretString,
    /// The file of the master key.
    pub key_file: PathBuf,
    /// Who screens and decides.
    pub operators: Vec<OperatorConfig>,
    /// Those who may be named as mediators.
    pub mediators: Vec<OperatorConfig>,
    /// Which cases each of them can be given; whoever has no line here is known by the language of the letters alone.
    pub availability: Vec<(Address, Availability)>,
    /// Whether the service names the mediators by that, and not the registrar.
    pub assigns: bool,
    /// How senders are authenticated.
    pub authentication: Authentication,
    /// Domains of forwarders whose ARC seals are believed (RFC 8617).
    pub arc_sealers: Vec<String>,
    /// What a known sender may do of whom nothing is proven.
    pub sender_policy: SenderPolicy,
    /// How much may come in from one sender, and how much may leave.
    pub brakes: Brakes,
    /// When registrars are told of held mail.
    pub digest: HeldDigest,
    /// How much is done at once.
    pub work: Work,
    /// Where the service shows how it is, and from when on something is wrong.
    pub health: Health,
    /// What is logged, and how.
    pub log: Log,
}

/// Somebody who screens and decides, or who mediates.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OperatorConfig {
    /// The address that letters go to and answers come from.
    pub address: Address,
    /// How the person is addressed.
    pub name: Option<String>,
    /// In which language.
    pub language: Language,
}

/// Where the records are looked up by which senders are authenticated.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Authentication {
    /// The resolver that the system is set up with.
    System,
    /// One DNS server.
    Server(SocketAddr),
    /// A file; only where all mail stays on this machine.
    ZoneFile(PathBuf),
}

/// What is done with mail of a known address of which neither proof nor disproof was found (DESIGN §5), for domains in general and for some.
/// It never reaches acts with legal weight, nor mail that its domain disowns.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SenderPolicy {
    /// For every domain that is not named.
    pub unknown: UnknownAuthor,
    /// For these, in lower case.
    pub domains: BTreeMap<String, UnknownAuthor>,
}

/// What is done with mail of a known address of which neither proof nor disproof was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum UnknownAuthor {
    /// It waits for a person.
    Strict,
    /// It waits, and the registered address is asked whether it is its own.
    Challenge,
    /// Ordinary acts are heard, together with a capability; else as [`UnknownAuthor::Challenge`].
    Ordinary,
}

impl UnknownAuthor {
    /// Each with its word.
    pub(super) const WORDS: [(&'static str, UnknownAuthor); 3] =
        [("strict", UnknownAuthor::Strict), ("challenge", UnknownAuthor::Challenge), ("ordinary", UnknownAuthor::Ordinary)];
}

impl SenderPolicy {
    /// What is done with such mail of that domain.
    pub fn of(&self, domain: &str) -> UnknownAuthor {
        self.domains.get(domain).copied().unwrap_or(self.unknown)
    }
}

/// When, on working days, registrars are told of mail that is still held.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct HeldDigest {
    /// The first hour, from 0 to 23.
    pub first_hour: u8,
    /// And every so many hours after it on the same day.
    pub every_hours: u8,
}

/// How much is done at once.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Work {
    /// Processes that read mails.
    pub readers: usize,
    /// Connections over which letters leave.
    pub couriers: usize,
    /// How often a mailbox is looked into even if its server announces nothing.
    pub poll: Duration,
}

/// What is logged, and how.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Log {
    /// `error`, `warn`, `info`, `debug` or `trace`.
    pub level: &'static str,
    /// In which form.
    pub format: LogFormat,
}

/// The form of a log.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LogFormat {
    /// Lines for people.
    Text,
    /// One JSON object a line.
    Json,
}
