//! From nothing to an open inbox.

use super::error::{MailboxError, throttling};
use super::guard::Guarded;
use super::session::{Ended, Session};
use super::text::folder_name;
use super::{Mailbox, MailboxSettings};
use crate::domain::Instant;
use crate::transport::{Endpoint, Opened, Opening, Stream, TransportError};
use async_imap::error::Error as ImapError;
use async_imap::imap_proto::{Capability, Response, Status};
use async_imap::{Authenticator, Client, Session as ImapSession};
use futures_util::FutureExt;
use secrecy::ExposeSecret;
use std::panic::AssertUnwindSafe;
use tokio::time::timeout;

/// What may come before a mail is asked for: capability lists and folder names.
const SMALL_LITERAL: u64 = 64 * 1024;

impl Mailbox {
    /// Connects, verifies the server, logs in, opens the inbox and makes the two folders for filed mail where they are missing.
    pub async fn connect(settings: &MailboxSettings) -> Result<Mailbox, MailboxError> {
        let (mut session, certificate_ends) = enter(settings).await?;
        let capabilities = capabilities(&mut session).await?;
        let mut mailbox = Mailbox { session, settings: settings.clone(), capabilities, uid_validity: 0, certificate_ends };
        for folder in [&settings.archive, &settings.held] {
            mailbox.ensure(folder).await?;
        }
        mailbox.select().await?;
        Ok(mailbox)
    }

    /// Opens the inbox (again): what it holds and its UIDVALIDITY are fresh then.
    pub(super) async fn select(&mut self) -> Result<(), MailboxError> {
        let inbox = self.settings.inbox.clone();
        let quoted = folder_name(&inbox).ok_or_else(|| self.folder_error(&inbox))?;
        let validity = self.session.select(&quoted).await?;
        self.uid_validity = validity.ok_or_else(|| self.folder_error(&inbox))?;
        Ok(())
    }

    /// Opens the folder for held mail; `false` if there is none.
    pub(super) async fn select_held(&mut self) -> Result<bool, MailboxError> {
        let held = self.settings.held.clone();
        let quoted = folder_name(&held).ok_or_else(|| self.folder_error(&held))?;
        Ok(self.session.select(&quoted).await?.is_some())
    }
}

/// A session that is logged in, with no folder open, and when the server's certificate ends.
pub(super) async fn enter(settings: &MailboxSettings) -> Result<(Session, Option<Instant>), MailboxError> {
    let (stream, greeted) = open(settings).await?;
    let certificate_ends = stream.certificate_ends();
    let client = Client::new(Guarded::new(stream, SMALL_LITERAL));
    Ok((Session::new(log_in(client, greeted, settings).await?, settings), certificate_ends))
}

/// A protected stream, and whether the server has greeted already (it does so once, before STARTTLS).
async fn open(settings: &MailboxSettings) -> Result<(Stream, bool), MailboxError> {
    let endpoint = Endpoint { host: settings.host.clone(), port: settings.port, security: settings.security, ca_file: settings.ca_file.clone() };
    let limit = settings.timeouts.connect;
    let opening = async {
        match endpoint.open(limit).await? {
            Opened::Ready(stream) => Ok((stream, false)),
            Opened::Plain(opening) => Ok((start_tls(opening).await?, true)),
        }
    };
    let late = TransportError::TimedOut { server: endpoint.server() };
    let opened = timeout(limit, opening).await.unwrap_or(Err(late));
    opened.map_err(|cause| MailboxError::Connection { mailbox: settings.name.clone(), cause })
}

/// STARTTLS by hand (RFC 9051 §6.2.1): what is said in plain text is neither kept nor believed, and a server that greets with PREAUTH,
/// which would forbid STARTTLS, is left (the NO STARTTLS study, 2021).
async fn start_tls(mut opening: Opening) -> Result<Stream, TransportError> {
    const MOST_LINES: usize = 50;
    let greeting = opening.line().await?;
    if !greeting.to_ascii_uppercase().starts_with("* OK") {
        return Err(opening.wrong("its greeting is not OK"));
    }
    opening.say("s1 STARTTLS").await?;
    for _ in 0..MOST_LINES {
        let line = opening.line().await?;
        if let Some(status) = line.strip_prefix("s1 ") {
            if !status.to_ascii_uppercase().starts_with("OK") {
                return Err(opening.wrong("it refuses STARTTLS"));
            }
            return opening.secure().await;
        }
    }
    Err(opening.wrong("it does not answer"))
}

async fn log_in(mut client: Client<Guarded>, greeted: bool, settings: &MailboxSettings) -> Result<ImapSession<Guarded>, MailboxError> {
    const DURING: &str = "logging in";
    let mailbox = || settings.name.clone();
    let limit = settings.timeouts.connect;
    let late = || MailboxError::TimedOut { mailbox: mailbox(), during: DURING };
    let broken = || MailboxError::Protocol { mailbox: mailbox(), during: DURING };
    if !greeted {
        let greeting = AssertUnwindSafe(client.read_response()).catch_unwind();
        let Ok(Ok(Some(greeting))) = timeout(limit, greeting).await.map_err(|_| late())? else { return Err(broken()) };
        match greeting.parsed() {
            Response::Data { status: Status::Ok, .. } => {}
            Response::Data { outcome, .. } => return Err(refused(outcome.information.as_deref().unwrap_or_default(), &mailbox()).unwrap_or_else(broken)),
            _ => return Err(broken()),
        }
    }
    let entered = AssertUnwindSafe(say_who(client, settings)).catch_unwind();
    match timeout(limit, entered).await.map_err(|_| late())? {
        Ok(Ok(session)) => Ok(session),
        Ok(Err(ImapError::No(text) | ImapError::Bad(text))) => Err(refused(&text, &mailbox()).unwrap_or_else(|| MailboxError::Login { mailbox: mailbox() })),
        Ok(Err(ImapError::Validate(_))) => Err(MailboxError::Login { mailbox: mailbox() }),
        Ok(Err(_)) | Err(_) => Err(broken()),
    }
}

/// LOGIN carries ASCII only; anything else goes through SASL PLAIN.
async fn say_who(client: Client<Guarded>, settings: &MailboxSettings) -> Result<ImapSession<Guarded>, ImapError> {
    let password = settings.password.expose_secret();
    let entered = if settings.user.is_ascii() && password.is_ascii() {
        client.login(&settings.user, password).await
    } else {
        client.authenticate("PLAIN", Plain { settings }).await
    };
    entered.map_err(|(error, _)| error)
}

/// SASL PLAIN (RFC 4616).
struct Plain<'a> {
    settings: &'a MailboxSettings,
}

impl Authenticator for Plain<'_> {
    type Response = String;

    fn process(&mut self, _challenge: &[u8]) -> String {
        format!("\0{}\0{}", self.settings.user, self.settings.password.expose_secret())
    }
}

/// The error of a server that turns us away because it is asked too much.
fn refused(text: &str, mailbox: &str) -> Option<MailboxError> {
    throttling(text).map(|pause| MailboxError::Throttled { mailbox: mailbox.to_owned(), after: pause.after })
}

/// Asked anew after the login: what was said before it may have been another's (RFC 9051 §6.2.1).
async fn capabilities(session: &mut Session) -> Result<Vec<String>, MailboxError> {
    const DURING: &str = "asking what the server can do";
    let mut names = Vec::new();
    let ended = session
        .run("CAPABILITY", DURING, |answer| {
            if let Response::Capabilities(offered) = answer {
                names.extend(offered.iter().map(name_of));
            }
        })
        .await?;
    if ended != Ended::Ok {
        return Err(session.protocol(DURING));
    }
    names.sort_unstable();
    names.dedup();
    Ok(names)
}

fn name_of(capability: &Capability<'_>) -> String {
    match capability {
        Capability::Imap4rev1 => "IMAP4rev1".to_owned(),
        Capability::Auth(mechanism) => format!("AUTH={mechanism}"),
        Capability::Atom(name) => name.clone().into_owned(),
    }
}
