//! Why a mailbox cannot be read, in one sentence for its administrator; and how long a server wants to be left alone.

use crate::transport::{AFTER_REFUSED_LOGIN, NoToken, TransportError};
use std::time::Duration;

/// Why a mailbox cannot be used now. No text of the server is in it: parse errors and refusals quote mails and addresses.
///
/// After any of these the session is over: drop the [`Mailbox`](super::Mailbox) and connect again.
#[derive(Debug, thiserror::Error)]
pub enum MailboxError {
    /// No connection, or none that may be trusted.
    #[error("mailbox `{mailbox}`: {cause}")]
    Connection {
        /// The mailbox's name in service.toml.
        mailbox: String,
        /// What failed.
        #[source]
        cause: TransportError,
    },
    /// User or password are refused.
    #[error(
        "mailbox `{mailbox}`: the server refuses the login; check `user` and the password file in service.toml, and that the server allows password logins over IMAP"
    )]
    Login {
        /// The mailbox's name in service.toml.
        mailbox: String,
    },
    /// An access token is refused, even a fresh one.
    #[error(
        "mailbox `{mailbox}`: the server refuses the access token; check that `user` in service.toml is who granted the authorization, and \
         that its scope allows IMAP; at Microsoft 365, that IMAP is enabled for this mailbox"
    )]
    Token {
        /// The mailbox's name in service.toml.
        mailbox: String,
    },
    /// The server takes no access tokens at all.
    #[error(
        "mailbox `{mailbox}`: the server offers neither OAUTHBEARER nor XOAUTH2; replace `oauth` by a password in service.toml, or check host, port and tls"
    )]
    TakesNoTokens {
        /// The mailbox's name in service.toml.
        mailbox: String,
    },
    /// There is no access token.
    #[error("mailbox `{mailbox}`: {cause}")]
    NoToken {
        /// The mailbox's name in service.toml.
        mailbox: String,
        /// Why.
        #[source]
        cause: NoToken,
    },
    /// A folder cannot be opened, made or filled.
    #[error("mailbox `{mailbox}`: the folder `{folder}` cannot be used; check {}", of_folder(folder))]
    Folder {
        /// The mailbox's name in service.toml.
        mailbox: String,
        /// The folder's name in service.toml.
        folder: String,
    },
    /// The server does not keep to the protocol, hung up, or refused something that it should not.
    #[error(
        "mailbox `{mailbox}`: the server broke off while {during}; it will be tried again; if it stays so, check host, port and tls, and look into the server's log"
    )]
    Protocol {
        /// The mailbox's name in service.toml.
        mailbox: String,
        /// What was being done.
        during: &'static str,
    },
    /// The server fell silent.
    #[error("mailbox `{mailbox}`: the server fell silent while {during}; it will be tried again; check the network and the server's load")]
    TimedOut {
        /// The mailbox's name in service.toml.
        mailbox: String,
        /// What was being done.
        during: &'static str,
    },
    /// The server asks for a pause.
    #[error("mailbox `{mailbox}`: the server asks to be left alone for {} s; nothing need be done, unless other programs use the same mailbox too much", after.as_secs())]
    Throttled {
        /// The mailbox's name in service.toml.
        mailbox: String,
        /// How long.
        after: Duration,
    },
}

/// What is to be checked of a folder. The inbox has one name at every server, and what lies in it needs no other place.
fn of_folder(folder: &str) -> String {
    const INBOX: &[u8] = b"INBOX";
    let head = folder.as_bytes().get(..INBOX.len()).unwrap_or_default();
    match head.eq_ignore_ascii_case(INBOX) {
        true if folder.len() == INBOX.len() => "the rights on it and the quota".to_owned(),
        true => "its name, the rights on it and the quota".to_owned(),
        false => format!("its name (some servers want `INBOX.{folder}`), the rights on it and the quota"),
    }
}

impl MailboxError {
    /// How long to wait at least: what the server asks for, or what keeps it from locking the account or this machine out.
    pub fn retry_after(&self) -> Option<Duration> {
        match self {
            MailboxError::Throttled { after, .. } => Some(*after),
            MailboxError::Login { .. } | MailboxError::Token { .. } | MailboxError::TakesNoTokens { .. } => Some(AFTER_REFUSED_LOGIN),
            MailboxError::NoToken { cause, .. } => Some(cause.after),
            _ => None,
        }
    }

    /// Whether waiting helps: a login or certificate that is refused wants a person.
    pub fn is_passing(&self) -> bool {
        match self {
            MailboxError::Connection { cause, .. } => {
                matches!(cause, TransportError::Resolve { .. } | TransportError::Connect { .. } | TransportError::TimedOut { .. })
            }
            MailboxError::NoToken { cause, .. } => !cause.needs_person,
            MailboxError::Login { .. } | MailboxError::Token { .. } | MailboxError::TakesNoTokens { .. } | MailboxError::Folder { .. } => false,
            MailboxError::Protocol { .. } | MailboxError::TimedOut { .. } | MailboxError::Throttled { .. } => true,
        }
    }
}

/// A pause that a server asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Pause {
    /// How long.
    pub after: Duration,
    /// It is asked too much. Otherwise something in it is down, which may be the place of one mail alone (Yahoo says so).
    pub overrun: bool,
}

/// What a server's `NO`, `BAD` or `BYE` says about being asked too much (THREATS §4).
pub(super) fn throttling(text: &str) -> Option<Pause> {
    const LONGEST: Duration = Duration::from_secs(3_600);
    const SHORT: Duration = Duration::from_secs(60);
    const LONG: Duration = Duration::from_secs(300);
    const WORDS: [(&str, Duration, bool); 11] = [
        ("throttled", LONG, true),
        ("bandwidth limit", LONG, true),
        ("too many simultaneous connections", SHORT, true),
        ("too many connections", SHORT, true),
        ("maximum number of connections", SHORT, true),
        ("user is authenticated but not connected", SHORT, true),
        ("[inuse]", SHORT, true),
        ("[limit]", SHORT, true),
        ("[unavailable]", SHORT, false),
        ("temporary", SHORT, false),
        ("try again later", SHORT, false),
    ];
    let text = text.to_ascii_lowercase();
    if let Some((_, rest)) = text.split_once("backoff time:") {
        let digits: String = rest.trim_start().chars().take_while(char::is_ascii_digit).collect();
        let millis = digits.parse().unwrap_or(300_000);
        return Some(Pause { after: Duration::from_millis(millis).min(LONGEST), overrun: true });
    }
    WORDS.iter().find(|(word, ..)| text.contains(word)).map(|(_, after, overrun)| Pause { after: *after, overrun: *overrun })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_inbox_has_one_name_at_every_server() {
        let told = |folder: &str| MailboxError::Folder { mailbox: "desk".to_owned(), folder: folder.to_owned() }.to_string();
        assert!(told("Archive").contains("some servers want `INBOX.Archive`"));
        assert!(told("INBOX.Archive").ends_with("cannot be used; check its name, the rights on it and the quota"));
        for folder in ["INBOX", "inbox"] {
            assert!(told(folder).ends_with("cannot be used; check the rights on it and the quota"), "{folder}");
        }
    }

    #[test]
    fn the_pause_that_servers_ask_for_is_understood() {
        let seconds = |text| throttling(text).map(|pause| pause.after.as_secs());
        assert_eq!(seconds("Request is throttled. Suggested Backoff Time: 289000 milliseconds"), Some(289));
        assert_eq!(seconds("Suggested Backoff Time: 99999999999 ms"), Some(3_600));
        assert_eq!(seconds("[THROTTLED] slow down"), Some(300));
        assert_eq!(seconds("Too many simultaneous connections. (Failure)"), Some(60));
        assert_eq!(seconds("Maximum number of connections from user+IP exceeded (mail_max_userip_connections=10)"), Some(60));
        assert_eq!(seconds("User is authenticated but not connected."), Some(60));
        assert_eq!(seconds("[UNAVAILABLE] Temporary authentication failure."), Some(60));
        assert_eq!(seconds("[AUTHENTICATIONFAILED] Authentication failed."), None);
        assert_eq!(seconds("Logging out"), None);
        assert!(throttling("[UNAVAILABLE] Request is throttled").unwrap().overrun);
        assert!(!throttling("[UNAVAILABLE] Server error while fetching messages").unwrap().overrun);
    }
}
