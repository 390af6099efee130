//! From a greeting to a session that is logged in.

use super::MailboxSettings;
use super::error::{MailboxError, throttling};
use super::guard::Guarded;
use crate::transport::Mechanism;
use async_imap::error::Error as ImapError;
use async_imap::imap_proto::{Capability, Response, Status};
use async_imap::{Authenticator, Client, Session};
use futures_util::FutureExt;
use secrecy::{ExposeSecret, SecretString};
use std::panic::AssertUnwindSafe;
use tokio::io::AsyncWriteExt;
use tokio::time::timeout;

/// What is shown to the server.
#[derive(Clone, Copy)]
pub(super) enum Proof<'a> {
    Password(&'a SecretString),
    Token(&'a SecretString),
}

/// Why there is no session: what async-imap says, or nothing that can carry a token is offered.
enum Fault {
    Imap(ImapError),
    TakesNoTokens,
}

impl From<ImapError> for Fault {
    fn from(error: ImapError) -> Self {
        Self::Imap(error)
    }
}

/// Hears the greeting, unless it came before STARTTLS, and logs in.
pub(super) async fn log_in(mut client: Client<Guarded>, greeted: bool, settings: &MailboxSettings, proof: Proof<'_>) -> Result<Session<Guarded>, MailboxError> {
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
            Response::Data { outcome, .. } => return Err(throttled(outcome.information.as_deref().unwrap_or_default(), &mailbox()).unwrap_or_else(broken)),
            _ => return Err(broken()),
        }
    }
    let refused = || match proof {
        Proof::Password(_) => MailboxError::Login { mailbox: mailbox() },
        Proof::Token(_) => MailboxError::Token { mailbox: mailbox() },
    };
    let entered = AssertUnwindSafe(say_who(client, settings, proof)).catch_unwind();
    match timeout(limit, entered).await.map_err(|_| late())? {
        Ok(Ok(session)) => Ok(session),
        Ok(Err(Fault::TakesNoTokens)) => Err(MailboxError::TakesNoTokens { mailbox: mailbox() }),
        Ok(Err(Fault::Imap(ImapError::No(text) | ImapError::Bad(text)))) => Err(throttled(&text, &mailbox()).unwrap_or_else(refused)),
        Ok(Err(Fault::Imap(ImapError::Validate(_)))) => Err(refused()),
        Ok(Err(Fault::Imap(_))) | Err(_) => Err(broken()),
    }
}

/// LOGIN carries ASCII only; any other password goes through SASL PLAIN.
async fn say_who(mut client: Client<Guarded>, settings: &MailboxSettings, proof: Proof<'_>) -> Result<Session<Guarded>, Fault> {
    let user = settings.login.user.as_str();
    let entered = match proof {
        Proof::Password(password) if user.is_ascii() && password.expose_secret().is_ascii() => client.login(user, password.expose_secret()).await,
        Proof::Password(password) => client.authenticate("PLAIN", Plain { user, password }).await,
        Proof::Token(token) => {
            let mechanism = offered(&mut client).await?.ok_or(Fault::TakesNoTokens)?;
            let words = mechanism.words(user, token, &settings.host, settings.port);
            client.authenticate(mechanism.name(), Bearer { mechanism, words: Some(words) }).await
        }
    };
    entered.map_err(|(error, _)| error.into())
}

/// The best way to show a token that the server offers. By hand: async-imap asks only after the login.
async fn offered(client: &mut Client<Guarded>) -> Result<Option<Mechanism>, ImapError> {
    const TAG: &str = "c1";
    client.get_mut().write_all(format!("{TAG} CAPABILITY\r\n").as_bytes()).await?;
    client.get_mut().flush().await?;
    let mut names: Vec<String> = Vec::new();
    loop {
        let Some(answer) = client.read_response().await? else { return Err(ImapError::ConnectionLost) };
        match answer.parsed() {
            Response::Capabilities(offered) => names.extend(offered.iter().filter_map(|capability| match capability {
                Capability::Auth(mechanism) => Some(mechanism.clone().into_owned()),
                _ => None,
            })),
            Response::Done { tag: answered, status: Status::Ok, .. } if answered.0 == TAG => return Ok(Mechanism::best(names.iter().map(String::as_str))),
            Response::Done { .. } => return Err(ImapError::ConnectionLost),
            _ => {}
        }
    }
}

/// SASL PLAIN (RFC 4616).
struct Plain<'a> {
    user: &'a str,
    password: &'a SecretString,
}

impl Authenticator for Plain<'_> {
    type Response = String;

    fn process(&mut self, _challenge: &[u8]) -> String {
        format!("\0{}\0{}", self.user, self.password.expose_secret())
    }
}

/// A token, and the answer to a second challenge, with which the server gives its reasons before it refuses.
struct Bearer {
    mechanism: Mechanism,
    words: Option<SecretString>,
}

impl Authenticator for Bearer {
    type Response = String;

    fn process(&mut self, _challenge: &[u8]) -> String {
        self.words.take().map_or_else(|| self.mechanism.resignation().to_owned(), |words| words.expose_secret().to_owned())
    }
}

/// The error of a server that turns us away because it is asked too much.
fn throttled(text: &str, mailbox: &str) -> Option<MailboxError> {
    throttling(text).map(|pause| MailboxError::Throttled { mailbox: mailbox.to_owned(), after: pause.after })
}
