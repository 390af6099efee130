//! Where letters leave, and where copies lie of what left: `[smtp]` of `service.toml`.

use super::secret::Safe;
use super::servers::{Mailbox, Tls, endpoint, is_domain};
use crate::workflow::page::{Table, right_words};
use secrecy::SecretString;
use std::fmt;
use std::path::PathBuf;

/// Where letters leave.
#[derive(Clone)]
pub struct SmtpConfig {
    /// SMTP server.
    pub host: String,
    /// SMTP port.
    pub port: u16,
    /// How the connection is protected.
    pub tls: Tls,
    /// Who logs in, and with which password; nobody where the server takes letters from this machine.
    pub login: Option<(String, SecretString)>,
    /// The name given with EHLO; `None` where the service's domain will do.
    pub hello: Option<String>,
    /// Certificates that are trusted besides the system's (PEM).
    pub ca_file: Option<PathBuf>,
    /// Where copies lie of what the server took, if that is known.
    pub sent: Option<SentConfig>,
}

/// A folder in which copies lie of what the next server took.
#[derive(Clone)]
pub struct SentConfig {
    /// IMAP server.
    pub host: String,
    /// IMAP port.
    pub port: u16,
    /// How the connection is protected.
    pub tls: Tls,
    /// Who logs in.
    pub user: String,
    /// With which password.
    pub password: SecretString,
    /// Certificates that are trusted besides the system's (PEM).
    pub ca_file: Option<PathBuf>,
    /// The folder.
    pub folder: String,
}

/// Reads `[smtp]`.
pub(super) fn smtp(mut table: Table, safe: &Safe, mailboxes: &[Mailbox]) -> Option<SmtpConfig> {
    let page = table.page();
    let endpoint = endpoint(&mut table, safe, [465, 587, 25]);
    let user = table.text("user");
    let password = safe.password(&mut table);
    let hello = table.text("hello");
    if let Some(word) = hello.as_ref().filter(|word| !is_domain(&word.text)) {
        page.fault(Some(word.at), "\"hello\" is the name of this machine in the DNS, for example hello = \"mail.example.org\".");
    }
    let login = match (user, password) {
        (Some(user), Ok(Some(password))) => Some(Some((user.text, password))),
        (None, Ok(None)) => Some(None),
        (Some(user), Ok(None)) => {
            page.fault(Some(user.at), "There is a user for sending, but no password; add password_file, or remove \"user\".");
            None
        }
        (None, Ok(Some(_))) => {
            page.fault(table.at(), "There is a password for sending, but nobody whose it is; add \"user\".");
            None
        }
        (_, Err(())) => None,
    };
    let sent = table.table("sent").map(|section| sent(section.named("[smtp.sent]"), safe, mailboxes));
    table.end();
    let endpoint = endpoint?;
    Some(SmtpConfig {
        host: endpoint.host,
        port: endpoint.port,
        tls: endpoint.tls,
        login: login?,
        hello: hello.map(|word| word.text),
        ca_file: endpoint.ca_file,
        sent: match sent {
            Some(read) => Some(read?),
            None => None,
        },
    })
}

/// Reads `[smtp.sent]`: the login of a mailbox that is read anyhow, or one of its own.
fn sent(mut table: Table, safe: &Safe, mailboxes: &[Mailbox]) -> Option<SentConfig> {
    let page = table.page();
    let (at, named) = (table.at(), table.text("mailbox"));
    let folder = table.text("folder");
    if let Some(word) = folder.as_ref().filter(|word| word.text.trim().is_empty() || word.text.chars().any(char::is_control)) {
        page.fault(Some(word.at), "\"folder\" is no name of a folder; write for example folder = \"Sent\".");
    }
    let folder = folder.map_or_else(|| "Sent".to_owned(), |word| word.text);
    let Some(named) = named else {
        if !table.has("host") {
            page.fault(at, "[smtp.sent] says not where copies lie; name one of the mailboxes with \"mailbox\", or write host, user and a password.");
            return None;
        }
        return own(table, safe, folder);
    };
    table.end();
    let known: Vec<&str> = mailboxes.iter().map(|mailbox| mailbox.config.name.as_str()).collect();
    let Some(mailbox) = mailboxes.iter().find(|mailbox| mailbox.config.name == named.text) else {
        page.fault(Some(named.at), format!("\"{}\" is the name of no mailbox; {}", named.text, right_words(&named.text, &known)));
        return None;
    };
    let login = mailbox.config.clone();
    Some(SentConfig { host: login.host, port: login.port, tls: login.tls, user: login.user, password: login.password, ca_file: login.ca_file, folder })
}

/// A mailbox that nothing else is done with.
fn own(mut table: Table, safe: &Safe, folder: String) -> Option<SentConfig> {
    let endpoint = endpoint(&mut table, safe, [993, 143, 143]);
    let user = table.needed_text("user", "\"archive@example.org\"");
    let password = safe.password(&mut table);
    if let Ok(None) = password {
        table.page().fault(
            table.at(),
            "[smtp.sent] has no password; name the file that holds it with password_file, or a systemd credential with password_credential.",
        );
    }
    table.end();
    let (endpoint, user, password) = (endpoint?, user?, password.ok()??);
    Some(SentConfig { host: endpoint.host, port: endpoint.port, tls: endpoint.tls, user: user.text, password, ca_file: endpoint.ca_file, folder })
}

/// Who logs in is often somebody's address.
impl fmt::Debug for SmtpConfig {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SmtpConfig").field("host", &self.host).field("port", &self.port).field("tls", &self.tls).finish_non_exhaustive()
    }
}

impl fmt::Debug for SentConfig {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SentConfig").field("host", &self.host).field("port", &self.port).field("folder", &self.folder).finish_non_exhaustive()
    }
}
