//! One attempt to deliver one letter to one recipient: the only user of lettre's transport.
//!
//! The dialogue is spoken step by step, so that the caller knows on which side of the final dot it broke: before it nothing was
//! sent, after it nobody knows (RFC 1047). What a server says beside its reply code is never kept: it can quote addresses.

mod body;
mod envelope;
mod login;
mod offered;
mod opening;
mod reply;
#[cfg(test)]
mod tests;

use crate::domain::{Instant, OutboundMail};
use crate::transport::{AFTER_REFUSED_LOGIN, NoToken, TransportError};
pub use crate::transport::{Login, Security};
use lettre::transport::smtp::client::AsyncSmtpConnection;
use lettre::transport::smtp::extension::Extension;
use offered::Offered;
use reply::{Question, Reply};
use std::future::Future;
use std::path::PathBuf;
use std::time::Duration;

/// One connection to the submission server, used for one letter after another.
pub struct Courier {
    connection: AsyncSmtpConnection,
    timeouts: SmtpTimeouts,
    broken: bool,
    certificate_ends: Option<Instant>,
    offered: Offered,
    pause: Option<Duration>,
}

/// Where letters are handed in, and as whom.
#[derive(Clone)]
pub struct SmtpSettings {
    /// Host name, which the certificate must name too.
    pub host: String,
    /// TCP port: 465 for TLS, 587 for STARTTLS.
    pub port: u16,
    /// How the connection is protected.
    pub security: Security,
    /// Who logs in; nobody where the server takes letters from this machine.
    pub login: Option<Login>,
    /// The name this machine gives itself in EHLO.
    pub hello: String,
    /// Certificates (PEM) that are trusted beside the system's.
    pub ca_file: Option<PathBuf>,
    /// How long each step may take.
    pub timeouts: SmtpTimeouts,
}

/// How long each step may take (RFC 5321 §4.5.3.2). A shorter wait after the dot makes duplicates.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SmtpTimeouts {
    /// TCP, TLS, greeting, EHLO and login together.
    pub open: Duration,
    /// MAIL, and RCPT.
    pub envelope: Duration,
    /// DATA.
    pub data: Duration,
    /// Each block of the letter.
    pub block: Duration,
    /// The answer to the final dot.
    pub dot: Duration,
}

impl Default for SmtpTimeouts {
    fn default() -> Self {
        let seconds = Duration::from_secs;
        Self { open: seconds(300), envelope: seconds(300), data: seconds(120), block: seconds(180), dot: seconds(600) }
    }
}

/// What came of handing in one letter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Attempt {
    /// The server took it.
    Delivered {
        /// 250; some servers say another 2yz, and the first digit alone counts (RFC 5321 §4.2.1).
        code: u16,
    },
    /// The server wants it later.
    Later {
        /// 400 to 499.
        code: u16,
    },
    /// The server will never take it for this recipient: RCPT is refused, or the reply says that the address is wrong or closed.
    Refused {
        /// 500 to 599.
        code: u16,
    },
    /// The server does not take it, for a reason that is not the recipient's: a quota, a policy, a blocklist, a size.
    Rejected {
        /// 500 to 599.
        code: u16,
    },
    /// It is larger than the server says to take (RFC 1870): nothing was said of it.
    TooLarge {
        /// The largest that it takes, in bytes.
        most: u64,
    },
    /// It may not be handed in as it is: nothing was said to the server.
    Unfit(Unfit),
    /// It broke before the dot: the letter was surely not sent.
    NotSent,
    /// The dot was sent and no answer came: nobody knows (RFC 1047).
    Uncertain,
}

impl Attempt {
    /// Its name, for the log.
    pub fn name(self) -> &'static str {
        match self {
            Attempt::Delivered { .. } => "delivered",
            Attempt::Later { .. } => "later",
            Attempt::Refused { .. } => "refused",
            Attempt::Rejected { .. } => "rejected",
            Attempt::TooLarge { .. } => "too-large",
            Attempt::Unfit(_) => "unfit",
            Attempt::NotSent => "not-sent",
            Attempt::Uncertain => "uncertain",
        }
    }

    /// What the server replied, where it did.
    pub fn code(self) -> Option<u16> {
        match self {
            Attempt::Delivered { code } | Attempt::Later { code } | Attempt::Refused { code } | Attempt::Rejected { code } => Some(code),
            Attempt::TooLarge { .. } | Attempt::Unfit(_) | Attempt::NotSent | Attempt::Uncertain => None,
        }
    }
}

/// Why a letter may not be handed in to this server as it is; trying again does not help.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Unfit {
    /// A server could take it for two letters (SMTP smuggling).
    #[error("a line of it does not end with CR LF; report this as a fault of the program")]
    LineEnds,
    /// It has bytes above 127.
    #[error("it is not plain ASCII and the outgoing server does not offer 8BITMIME; use a server that does, then send it again")]
    EightBit,
    /// An address of it has characters beyond ASCII.
    #[error("an address of it is not plain ASCII and the outgoing server does not offer SMTPUTF8; use a server that does, then send it again")]
    Utf8Address,
}

/// Why there is no [`Courier`]: the fault is the service's, never one letter's.
#[derive(Debug, thiserror::Error)]
pub enum SmtpError {
    /// There is no connection.
    #[error("outgoing mail: {0}")]
    Connection(#[from] TransportError),
    /// The server does not accept user and password.
    #[error(
        "outgoing mail: {server} refuses the login (code {code}); check `user` and the password file in service.toml, and that the server allows password logins"
    )]
    Login {
        /// `host:port`.
        server: String,
        /// Its reply code; 0 if it offers no way to log in with a password.
        code: u16,
    },
    /// The server does not accept an access token, not even a fresh one.
    #[error(
        "outgoing mail: {server} refuses the access token (code {code}); check that `user` is who granted the authorization, and \
         that its scope allows SMTP; at Microsoft 365, that SMTP AUTH is enabled for this mailbox"
    )]
    Token {
        /// `host:port`.
        server: String,
        /// Its reply code; 0 if it gave none.
        code: u16,
    },
    /// The server takes no access tokens at all.
    #[error("outgoing mail: {server} offers neither OAUTHBEARER nor XOAUTH2; replace `oauth` by a password in service.toml, or check host, port and tls")]
    TakesNoTokens {
        /// `host:port`.
        server: String,
    },
    /// There is no access token.
    #[error("outgoing mail: {0}")]
    NoToken(#[from] NoToken),
    /// The server does not want to speak with this machine.
    #[error("outgoing mail: {server} turns this machine away (code {code}); check `hello` in service.toml and whether the server may be used from here")]
    TurnedAway {
        /// `host:port`.
        server: String,
        /// Its reply code.
        code: u16,
    },
    /// `hello` is no host name.
    #[error("outgoing mail: `hello` in service.toml must be the host name of this machine, such as mail.example.org")]
    Hello,
    /// What answers is no mail server.
    #[error("outgoing mail: what {server} says is not SMTP; check host and port in service.toml")]
    NotSmtp {
        /// `host:port`.
        server: String,
    },
    /// It took too long.
    #[error("outgoing mail: {server} did not finish its greeting in time; try later, and check its load{hint}")]
    TimedOut {
        /// `host:port`.
        server: String,
        /// What else may be the matter; begins with a semicolon where there is anything.
        hint: &'static str,
    },
}

impl SmtpError {
    /// How long to wait at least, so that the server does not lock the account or this machine out.
    pub fn retry_after(&self) -> Option<Duration> {
        match self {
            SmtpError::Login { .. } | SmtpError::Token { .. } | SmtpError::TakesNoTokens { .. } => (!self.is_passing()).then_some(AFTER_REFUSED_LOGIN),
            SmtpError::NoToken(why) => Some(why.after),
            _ => None,
        }
    }

    /// Whether waiting helps: a login or certificate that is refused wants a person.
    pub fn is_passing(&self) -> bool {
        match self {
            SmtpError::Connection(cause) => matches!(cause, TransportError::Resolve { .. } | TransportError::Connect { .. } | TransportError::TimedOut { .. }),
            SmtpError::Login { code, .. } | SmtpError::Token { code, .. } | SmtpError::TurnedAway { code, .. } => (400..500).contains(code),
            SmtpError::NoToken(why) => !why.needs_person,
            SmtpError::Hello | SmtpError::TakesNoTokens { .. } => false,
            SmtpError::NotSmtp { .. } | SmtpError::TimedOut { .. } => true,
        }
    }
}

impl Courier {
    /// Connects, verifies the server, greets it and logs in.
    pub async fn connect(settings: &SmtpSettings) -> Result<Courier, SmtpError> {
        let opening::Open { connection, certificate_ends, offered } = opening::open(settings).await?;
        Ok(Courier { connection, timeouts: settings.timeouts, broken: false, certificate_ends, offered, pause: None })
    }

    /// When the server's certificate ends; `None` without TLS.
    pub fn certificate_ends(&self) -> Option<Instant> {
        self.certificate_ends
    }

    /// Hands in `mail`. When the server is ready for its text, `before_dot` is awaited: it commits that a dot may be sent from now on;
    /// with `false` (the lease is lost) nothing is sent.
    ///
    /// Do not cancel the future: a cancelled or overdue dialogue makes the courier [broken](Courier::is_broken), for its next reply would
    /// be taken for the answer to another letter.
    pub async fn send<F, Fut>(&mut self, mail: &OutboundMail, before_dot: F) -> Attempt
    where
        F: FnOnce() -> Fut,
        Fut: Future<Output = bool>,
    {
        if self.broken {
            return Attempt::NotSent;
        }
        if let Some(why) = self.unfit(mail) {
            return Attempt::Unfit(why);
        }
        if let Some(most) = self.offered.largest.filter(|most| mail.bytes.len() as u64 > *most) {
            return Attempt::TooLarge { most };
        }
        (self.broken, self.pause) = (true, None);
        let (attempt, usable) = match self.envelope(mail).await {
            Ok(()) if before_dot().await => {
                let attempt = self.text(&mail.bytes).await;
                (attempt, leaves_order(attempt))
            }
            // After 354 every word belongs to the letter, RSET too: only hanging up leaves it unsent (RFC 5321 §4.1.1.5).
            Ok(()) => (Attempt::NotSent, false),
            Err(stopped) => (stopped.attempt, stopped.in_order && self.reset().await),
        };
        self.broken = !usable;
        attempt
    }

    /// How long the server asked to be left alone when it put the last letter off, if it said so.
    pub fn asked_pause(&self) -> Option<Duration> {
        self.pause
    }

    /// Whether the connection can no longer be used.
    pub fn is_broken(&self) -> bool {
        self.broken
    }

    /// Whether the server still answers (NOOP, RFC 5321 §4.1.1.9): asked before a connection that rested is used again.
    pub async fn answers(&mut self) -> bool {
        const SOON: Duration = Duration::from_secs(5);
        if !self.broken {
            let answer = tokio::time::timeout(SOON, self.connection.command("NOOP\r\n")).await;
            self.broken = !matches!(answer, Ok(Ok(reply)) if reply.is_positive());
        }
        !self.broken
    }

    /// Takes leave.
    pub async fn quit(mut self) {
        const FAREWELL: Duration = Duration::from_secs(10);
        if !self.broken {
            let _ = tokio::time::timeout(FAREWELL, self.connection.command("QUIT\r\n")).await;
        }
    }

    /// Why `mail` may not be handed in to this server.
    fn unfit(&self, mail: &OutboundMail) -> Option<Unfit> {
        let offers = |extension| self.connection.server_info().supports_feature(extension);
        if !body::only_crlf(&mail.bytes) {
            return Some(Unfit::LineEnds);
        }
        if !is_plain(mail) && !offers(Extension::SmtpUtfEight) {
            return Some(Unfit::Utf8Address);
        }
        (!mail.bytes.is_ascii() && !offers(Extension::EightBitMime)).then_some(Unfit::EightBit)
    }

    /// The letter, the dot and the server's word.
    async fn text(&mut self, bytes: &[u8]) -> Attempt {
        let (reply, dot_sent) = body::send(&mut self.connection, bytes, self.timeouts.block, self.timeouts.dot).await;
        self.pause = reply.and_then(|reply| reply.pause);
        let refusal = reply.and_then(|reply| reply.refusal(Question::Text));
        match (reply, refusal) {
            (Some(Reply { code: code @ 200..=299, .. }), _) => Attempt::Delivered { code },
            (_, Some(refusal)) => refusal,
            _ if dot_sent => Attempt::Uncertain,
            _ => Attempt::NotSent,
        }
    }
}

/// Whether every command has its answer and the server stays: 421 says that it is about to hang up (RFC 5321 §3.8).
fn leaves_order(attempt: Attempt) -> bool {
    match attempt {
        Attempt::Later { code } => code != 421,
        Attempt::Delivered { .. } | Attempt::Refused { .. } | Attempt::Rejected { .. } | Attempt::TooLarge { .. } | Attempt::Unfit(_) => true,
        Attempt::NotSent | Attempt::Uncertain => false,
    }
}

fn is_plain(mail: &OutboundMail) -> bool {
    mail.to.as_str().is_ascii() && mail.envelope_from.as_str().is_ascii()
}

/// The login is an address: it never appears in a log by accident.
impl std::fmt::Debug for SmtpSettings {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("SmtpSettings").field("host", &self.host).field("port", &self.port).field("security", &self.security).finish_non_exhaustive()
    }
}

impl std::fmt::Debug for Courier {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Courier").field("broken", &self.broken).finish_non_exhaustive()
    }
}
