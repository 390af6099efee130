//! The configuration and the store → a service.

use super::health::disk;
use super::{Attended, Clock, Health, HealthSettings, Keyring, Limits, Service, Supervisor};
use crate::authenticate::{AuthenticateError, Authenticator, Names, Provider, Trust, ZoneFile};
use crate::compose::loop_stamp;
use crate::config::{self, Authentication, Config, MailboxConfig, Tls};
use crate::domain::Dice;
use crate::mailbox::{After, MailboxSettings, MailboxTimeouts, Security};
use crate::reader::{REST, ReaderSettings, Readers};
use crate::settle::{SettleError, assemble};
use crate::smtp::{SmtpSettings, SmtpTimeouts};
use crate::store::{Keys, Store};
use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};
use tokio::sync::Notify;

/// Why a service could not be put together.
#[derive(Debug, thiserror::Error)]
pub enum BuildError {
    /// The store or the rules failed.
    #[error(transparent)]
    Settle(#[from] SettleError),
    /// Nobody can be asked for DNS records.
    #[error(transparent)]
    Authenticate(#[from] AuthenticateError),
    /// The zone file could not be read.
    #[error("the zone file {file} of [authentication] cannot be used: {fault}")]
    Zone {
        /// Which file.
        file: String,
        /// What is wrong with it.
        fault: String,
    },
}

/// Puts a service together. `program` is this program's own file, which is started again to read hostile bytes.
pub async fn build(config: &Config, store: Store, keys: &Keys, program: PathBuf, clock: Clock, mut dice: Dice) -> Result<Service, BuildError> {
    let health = Health::new(health(config));
    let keyring = Keyring::new(Some(store.clone()), Arc::clone(&clock), Arc::clone(&health.pulse));
    let desk = assemble(config, store, keys).await?;
    let knowledge = config.knowledge.clone().with_stamp(loop_stamp(&desk.house.keys));
    let readers = Readers::new(ReaderSettings { program, workers: config.service.work.readers, knowledge, limits: config.limits.clone(), rest: REST });
    Ok(Service {
        desk,
        readers,
        authenticator: authenticator(config)?,
        clock,
        node: "main".to_owned(),
        dice: Mutex::new(Dice::from_seed(dice.roll())),
        mailboxes: config.service.mailboxes.iter().map(|mailbox| attended(mailbox, &config.service.arc_sealers, &keyring)).collect(),
        courier: courier(config, &keyring),
        signers: config.service.signers.clone(),
        sent: sent(config, &keyring),
        couriers: config.service.work.couriers,
        largest: config.limits.message_bytes,
        poll: config.service.work.poll,
        read: Mutex::new(HashMap::new()),
        outbox: Notify::new(),
        timers: Notify::new(),
        pen: Notify::new(),
        health,
        keyring,
        supervisor: Supervisor::default(),
    })
}

/// What is looked at. Where the database lies, and which key it has, its opener knows.
fn health(config: &Config) -> HealthSettings {
    let said = config.service.health;
    // A mailbox is looked at once in each pause; twice without success is no reason yet.
    let patience = said.patience.max(config.service.work.poll * 3);
    let limits = Limits { patience, floor_bytes: said.floor_bytes, floor_percent: said.floor_percent };
    HealthSettings { listen: said.listen, limits, alarm_after: said.alarm_after, folder: None, key_file: None }
}

/// Whether the disk on which `folder` lies is as full as makes mail wait in its mailbox, and how many bytes are free; `None` where nobody can say.
pub fn room(config: &Config, folder: &Path) -> Option<(bool, u64)> {
    let disk = disk(folder)?;
    Some((health(config).limits.is_full(disk), disk.free))
}

/// Who verifies mails.
pub fn authenticator(config: &Config) -> Result<Authenticator, BuildError> {
    Ok(Authenticator::new(names(config)?)?)
}

/// Where DNS records are asked for.
fn names(config: &Config) -> Result<Names, BuildError> {
    match &config.service.authentication {
        Authentication::System => Ok(Names::System),
        Authentication::Server(server) => Ok(Names::Server(*server)),
        Authentication::ZoneFile(path) => {
            let wrong = |fault: String| BuildError::Zone { file: path.display().to_string(), fault };
            let text = std::fs::read_to_string(path).map_err(|error| wrong(error.to_string()))?;
            ZoneFile::parse(&text).map(Names::Zone).map_err(wrong)
        }
    }
}

/// A mailbox as it is attended; `sealers` are the forwarders that are believed.
pub fn attended(mailbox: &MailboxConfig, sealers: &[String], keyring: &Keyring) -> Attended {
    let settings = MailboxSettings {
        name: mailbox.name.clone(),
        host: mailbox.server.host.clone(),
        port: mailbox.server.port,
        security: security(mailbox.server.tls),
        login: keyring.login(&mailbox.name, &mailbox.login),
        inbox: mailbox.inbox.clone(),
        archive: mailbox.archive.clone(),
        held: mailbox.held.clone(),
        ca_file: mailbox.server.ca_file.clone(),
        timeouts: MailboxTimeouts::default(),
    };
    let after = match mailbox.after {
        config::After::Archive => After::Archive,
        config::After::Delete => After::Delete,
        config::After::Keep => After::Keep,
    };
    let provider = mailbox.trusts_results_of.clone().map(|server| Provider { server, received_by: mailbox.received_by.clone() });
    Attended { settings, after, trust: Trust { provider, sealers: sealers.to_vec() } }
}

/// The next server.
pub fn courier(config: &Config, keyring: &Keyring) -> SmtpSettings {
    let smtp = &config.service.smtp;
    SmtpSettings {
        host: smtp.server.host.clone(),
        port: smtp.server.port,
        security: security(smtp.server.tls),
        login: smtp.login.as_ref().map(|login| keyring.login("smtp", login)),
        hello: smtp.hello.clone().unwrap_or_else(|| config.service.message_id_domain.clone()),
        ca_file: smtp.server.ca_file.clone(),
        timeouts: SmtpTimeouts::default(),
    }
}

/// The folder, as the inbox of its settings, in which copies lie of what the next server took.
pub fn sent(config: &Config, keyring: &Keyring) -> Option<MailboxSettings> {
    let sent = config.service.smtp.sent.as_ref()?;
    Some(MailboxSettings {
        name: "smtp.sent".to_owned(),
        host: sent.server.host.clone(),
        port: sent.server.port,
        security: security(sent.server.tls),
        login: keyring.login("smtp.sent", &sent.login),
        inbox: sent.folder.clone(),
        archive: sent.folder.clone(),
        held: sent.folder.clone(),
        ca_file: sent.server.ca_file.clone(),
        timeouts: MailboxTimeouts::default(),
    })
}

fn security(tls: Tls) -> Security {
    match tls {
        Tls::Implicit => Security::Implicit,
        Tls::StartTls => Security::StartTls,
        Tls::None => Security::PlaintextLoopback,
    }
}
