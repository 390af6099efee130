//! From nothing to an open inbox.

use super::error::MailboxError;
use super::guard::Guarded;
use super::login::{Proof, log_in};
use super::session::{Ended, Session};
use super::text::folder_name;
use super::{Mailbox, MailboxSettings, Secret};
use crate::domain::Instant;
use crate::transport::{Endpoint, Opened, Opening, Stream, TransportError};
use async_imap::Client;
use async_imap::imap_proto::{Capability, Response};
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

/// A session that is logged in, with no folder open, and when the server's certificate ends. A token may end before its time: if one is refused, another
/// one is fetched, once.
pub(super) async fn enter(settings: &MailboxSettings) -> Result<(Session, Option<Instant>), MailboxError> {
    let tokens = match &settings.login.secret {
        Secret::Password(password) => return attempt(settings, Proof::Password(password)).await,
        Secret::Tokens(tokens) => tokens,
    };
    let none = |cause| MailboxError::NoToken { mailbox: settings.name.clone(), cause };
    let token = tokens.fetch().await.map_err(none)?;
    match attempt(settings, Proof::Token(&token)).await {
        Err(MailboxError::Token { .. }) => {
            let another = tokens.instead_of(token).await.map_err(none)?;
            attempt(settings, Proof::Token(&another)).await
        }
        done => done,
    }
}

async fn attempt(settings: &MailboxSettings, proof: Proof<'_>) -> Result<(Session, Option<Instant>), MailboxError> {
    let (stream, greeted) = open(settings).await?;
    let certificate_ends = stream.certificate_ends();
    let client = Client::new(Guarded::new(stream, SMALL_LITERAL));
    Ok((Session::new(log_in(client, greeted, settings, proof).await?, settings), certificate_ends))
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
    let opened = timeout(limit, opening).await.unwrap_or_else(|_| Err(endpoint.late()));
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
