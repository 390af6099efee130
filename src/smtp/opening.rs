//! From nothing to a connection that is logged in.

use super::login::{Proof, log_in};
use super::offered::Offered;
use super::{SmtpError, SmtpSettings};
use crate::domain::Instant;
use crate::transport::{Endpoint, Login, Opened, Opening, Secret, Stream, TransportError};
use futures_util::FutureExt;
use lettre::transport::smtp::Error as LettreError;
use lettre::transport::smtp::client::{AsyncSmtpConnection, AsyncTokioStream};
use lettre::transport::smtp::extension::ClientId;
use std::io;
use std::net::SocketAddr;
use std::panic::AssertUnwindSafe;
use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll};
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};

/// A connection that is logged in.
pub(super) struct Open {
    pub(super) connection: AsyncSmtpConnection,
    /// When the server's certificate ends.
    pub(super) certificate_ends: Option<Instant>,
    /// What the server offers.
    pub(super) offered: Offered,
}

/// Connects, greets and logs in within the time that `settings` allow.
pub(super) async fn open(settings: &SmtpSettings) -> Result<Open, SmtpError> {
    if !is_host_name(&settings.hello) {
        return Err(SmtpError::Hello);
    }
    let endpoint = Endpoint { host: settings.host.clone(), port: settings.port, security: settings.security, ca_file: settings.ca_file.clone() };
    let late = SmtpError::TimedOut { server: endpoint.server(), hint: endpoint.hint() };
    tokio::time::timeout(settings.timeouts.open, prove(settings, &endpoint)).await.unwrap_or(Err(late))
}

/// A token may end before its time: if one is refused, another one is fetched, once.
async fn prove(settings: &SmtpSettings, endpoint: &Endpoint) -> Result<Open, SmtpError> {
    let Some(Login { user, secret }) = &settings.login else { return enter(settings, endpoint, None).await };
    let tokens = match secret {
        Secret::Password(password) => return enter(settings, endpoint, Some((user, Proof::Password(password)))).await,
        Secret::Tokens(tokens) => tokens,
    };
    let token = tokens.fetch().await?;
    match enter(settings, endpoint, Some((user, Proof::Token(&token)))).await {
        Err(error @ SmtpError::Token { .. }) if !error.is_passing() => {
            let another = tokens.instead_of(token).await?;
            enter(settings, endpoint, Some((user, Proof::Token(&another)))).await
        }
        done => done,
    }
}

async fn enter(settings: &SmtpSettings, endpoint: &Endpoint, who: Option<(&String, Proof<'_>)>) -> Result<Open, SmtpError> {
    let wire = match endpoint.open(settings.timeouts.open).await? {
        Opened::Ready(stream) => Wire::new(Vec::new(), stream),
        Opened::Plain(opening) => upgrade(opening, &settings.hello).await?,
    };
    let (certificate_ends, heard) = (wire.stream.certificate_ends(), Arc::clone(&wire.heard));
    let hello = ClientId::Domain(settings.hello.clone());
    let greeted = AsyncSmtpConnection::connect_with_transport(Box::new(wire), &hello);
    // lettre panics on a line of EHLO that holds a blank only; a panic of a server's making must not be ours.
    let greeted = AssertUnwindSafe(greeted).catch_unwind().await;
    let server = endpoint.server();
    let Ok(greeted) = greeted else { return Err(SmtpError::NotSmtp { server }) };
    let mut connection = greeted.map_err(|error| turned_away(&error, server))?;
    let said = std::mem::take(&mut *heard.lock().unwrap_or_else(PoisonError::into_inner));
    if let Some((user, proof)) = who {
        log_in(&mut connection, endpoint, user, proof, &said).await?;
    }
    Ok(Open { connection, certificate_ends, offered: Offered::read(&said) })
}

fn turned_away(error: &LettreError, server: String) -> SmtpError {
    match error.status() {
        Some(code) => SmtpError::TurnedAway { server, code: u16::from(code) },
        None => SmtpError::NotSmtp { server },
    }
}

/// STARTTLS by hand: lettre would keep what a man in the middle says before TLS stands, and take it for an answer after it.
async fn upgrade(mut opening: Opening, hello: &str) -> Result<Wire, TransportError> {
    let greeting = reply(&mut opening).await?;
    if !greeting.is(220) {
        return Err(opening.wrong("its greeting is not 220"));
    }
    opening.say(&format!("EHLO {hello}")).await?;
    let features = reply(&mut opening).await?;
    if !features.is(250) || !features.offers("STARTTLS") {
        return Err(opening.wrong("it does not offer STARTTLS"));
    }
    opening.say("STARTTLS").await?;
    if !reply(&mut opening).await?.is(220) {
        return Err(opening.wrong("it refuses STARTTLS"));
    }
    let stream = opening.secure().await?;
    // A server greets once, before TLS; lettre waits for a greeting on every new stream.
    Ok(Wire::new(b"220 TLS\r\n".to_vec(), stream))
}

/// A reply of one or more lines (RFC 5321 §4.2).
struct Reply(Vec<String>);

impl Reply {
    fn is(&self, code: u16) -> bool {
        self.0.last().is_some_and(|line| line.starts_with(&code.to_string()))
    }

    fn offers(&self, keyword: &str) -> bool {
        self.0.iter().filter_map(|line| line.get(4..)).any(|feature| feature.trim().eq_ignore_ascii_case(keyword))
    }
}

async fn reply(opening: &mut Opening) -> Result<Reply, TransportError> {
    const MOST_LINES: usize = 100;
    let mut lines = Vec::new();
    while lines.len() < MOST_LINES {
        let line = opening.line().await?;
        let goes_on = line.as_bytes().get(3) == Some(&b'-');
        lines.push(line);
        if !goes_on {
            return Ok(Reply(lines));
        }
    }
    Err(opening.wrong("its reply does not end"))
}

fn is_host_name(text: &str) -> bool {
    let bracketed = text.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')).unwrap_or(text);
    !bracketed.is_empty() && bracketed.len() <= 255 && bracketed.bytes().all(|byte| byte.is_ascii_alphanumeric() || b".-:".contains(&byte))
}

/// The stream as lettre sees it.
#[derive(Debug)]
struct Wire {
    greeting: Vec<u8>,
    stream: Stream,
    /// What the server said first: lettre keeps of the answer to EHLO only what it knows itself.
    heard: Arc<Mutex<Vec<u8>>>,
}

impl Wire {
    fn new(greeting: Vec<u8>, stream: Stream) -> Self {
        Self { greeting, stream, heard: Arc::default() }
    }

    fn hear(&self, bytes: &[u8]) {
        const MOST: usize = 16 * 1024;
        let mut heard = self.heard.lock().unwrap_or_else(PoisonError::into_inner);
        let room = MOST.saturating_sub(heard.len());
        heard.extend(bytes.iter().take(room));
    }
}

impl AsyncTokioStream for Wire {
    fn peer_addr(&self) -> io::Result<SocketAddr> {
        match &self.stream {
            Stream::Plain(tcp) => tcp.peer_addr(),
            Stream::Tls(tls) => tls.get_ref().0.peer_addr(),
        }
    }
}

impl AsyncRead for Wire {
    /// lettre gives up on a reply that is not UTF-8, and a French server's refusal in Latin-1 would count as no answer at all:
    /// only the code is of use, so foreign letters become question marks.
    fn poll_read(self: Pin<&mut Self>, cx: &mut Context<'_>, into: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        let this = self.get_mut();
        if !this.greeting.is_empty() {
            let fits = this.greeting.len().min(into.remaining());
            let head: Vec<u8> = this.greeting.drain(..fits).collect();
            into.put_slice(&head);
            return Poll::Ready(Ok(()));
        }
        let already = into.filled().len();
        let polled = Pin::new(&mut this.stream).poll_read(cx, into);
        for byte in into.filled_mut().iter_mut().skip(already).filter(|byte| !byte.is_ascii()) {
            *byte = b'?';
        }
        // Whoever opens the connection listens until the greetings are over.
        if Arc::strong_count(&this.heard) > 1 {
            this.hear(into.filled().get(already..).unwrap_or_default());
        }
        polled
    }
}

impl AsyncWrite for Wire {
    fn poll_write(self: Pin<&mut Self>, cx: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.get_mut().stream).poll_write(cx, bytes)
    }

    fn poll_flush(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.get_mut().stream).poll_flush(cx)
    }

    fn poll_shutdown(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.get_mut().stream).poll_shutdown(cx)
    }
}
