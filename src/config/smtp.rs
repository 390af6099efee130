//! Where letters leave, and where copies lie of what left: `[smtp]` of `service.toml`.

use super::login::{Doorkeeper, Login};
use super::provider::Provider;
use super::servers::{Mailbox, Server, imap, is_domain, server};
use crate::workflow::page::{Table, right_words};
use std::fmt;

/// Where letters leave.
#[derive(Clone)]
pub struct SmtpConfig {
    /// The SMTP server.
    pub server: Server,
    /// Who logs in; nobody where the server takes letters from this machine.
    pub login: Option<Login>,
    /// The provider whose server it is, if the program knows it: how much may leave follows from it.
    pub provider: Option<Provider>,
    /// The name given with EHLO; `None` where the service's domain will do.
    pub hello: Option<String>,
    /// Where copies lie of what the server took, if that is known.
    pub sent: Option<SentConfig>,
}

/// A folder in which copies lie of what the next server took.
#[derive(Clone)]
pub struct SentConfig {
    /// Its IMAP server.
    pub server: Server,
    /// Who logs in.
    pub login: Login,
    /// The folder.
    pub folder: String,
}

/// What is said of logins that are not whole.
const FOR_SENDING: [&str; 2] = [
    "There is a user for sending, but no password; add password_file or oauth, or remove \"user\".",
    "There is a password for sending, but nobody whose it is; add \"user\".",
];
const FOR_COPIES: &str = "[smtp.sent] has no password; name the file that holds it with password_file, or a systemd credential with password_credential; or name an [oauth.…] with oauth.";

/// Reads `[smtp]`.
pub(super) fn smtp(mut table: Table, door: &Doorkeeper, mailboxes: &[Mailbox]) -> Option<SmtpConfig> {
    let page = table.page();
    let provider = Provider::read(&mut table);
    let server = server(&mut table, &door.safe, [465, 587, 25], provider.map(Provider::smtp));
    let login = door.login(&mut table, FOR_SENDING);
    let hello = table.text("hello");
    if let Some(word) = hello.as_ref().filter(|word| !is_domain(&word.text)) {
        page.fault(Some(word.at), "\"hello\" is the name of this machine in the DNS, for example hello = \"mail.example.org\".");
    }
    if let (Some(_), Ok(None)) = (provider, &login) {
        page.fault(table.at(), "This provider takes letters from nobody who is not logged in; add \"user\", and oauth = \"…\" or a password.");
    }
    let folder = provider.map_or("Sent", Provider::sent_folder);
    let sent = match table.table("sent") {
        Some(section) => Some(sent(section.named("[smtp.sent]"), door, mailboxes, folder)),
        None => provider.and(login.as_ref().ok()?.as_ref()).and_then(|login| filed(login, mailboxes, folder)).map(Some),
    };
    table.end();
    Some(SmtpConfig {
        server: server?,
        login: login.ok()?,
        provider,
        hello: hello.map(|word| word.text),
        sent: match sent {
            Some(read) => Some(read?),
            None => None,
        },
    })
}

/// Where a provider files what somebody hands in whose mailbox is read anyhow.
fn filed(login: &Login, mailboxes: &[Mailbox], folder: &str) -> Option<SentConfig> {
    let mailbox = mailboxes.iter().find(|mailbox| mailbox.config.login.user.eq_ignore_ascii_case(&login.user))?.config.clone();
    Some(SentConfig { server: mailbox.server, login: mailbox.login, folder: folder.to_owned() })
}

/// Reads `[smtp.sent]`: the login of a mailbox that is read anyhow, or one of its own.
fn sent(mut table: Table, door: &Doorkeeper, mailboxes: &[Mailbox], usual: &str) -> Option<SentConfig> {
    let page = table.page();
    let (at, named) = (table.at(), table.text("mailbox"));
    let folder = table.text("folder");
    if let Some(word) = folder.as_ref().filter(|word| word.text.trim().is_empty() || word.text.chars().any(char::is_control)) {
        page.fault(Some(word.at), "\"folder\" is no name of a folder; write for example folder = \"Sent\".");
    }
    let folder = folder.map_or_else(|| usual.to_owned(), |word| word.text);
    let Some(named) = named else {
        if !table.has("host") && !table.has("provider") {
            page.fault(at, "[smtp.sent] says not where copies lie; name one of the mailboxes with \"mailbox\", or write host, user and a password.");
            return None;
        }
        return own(table, door, folder);
    };
    table.end();
    let known: Vec<&str> = mailboxes.iter().map(|mailbox| mailbox.config.name.as_str()).collect();
    let Some(mailbox) = mailboxes.iter().find(|mailbox| mailbox.config.name == named.text) else {
        page.fault(Some(named.at), format!("\"{}\" is the name of no mailbox; {}", named.text, right_words(&named.text, &known)));
        return None;
    };
    let config = mailbox.config.clone();
    Some(SentConfig { server: config.server, login: config.login, folder })
}

/// A mailbox that nothing else is done with.
fn own(mut table: Table, door: &Doorkeeper, folder: String) -> Option<SentConfig> {
    let account = imap(&mut table, door, FOR_COPIES);
    table.end();
    let (server, login) = account?;
    Some(SentConfig { server, login, folder })
}

/// Who logs in is often somebody's address.
impl fmt::Debug for SmtpConfig {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SmtpConfig").field("server", &self.server).finish_non_exhaustive()
    }
}

impl fmt::Debug for SentConfig {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SentConfig").field("server", &self.server).field("folder", &self.folder).finish_non_exhaustive()
    }
}
