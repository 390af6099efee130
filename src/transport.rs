//! A connection to a mail server that is verified, or is not made: the only user of tokio-rustls and rustls-native-certs.
//!
//! It stands below the rooms that speak IMAP and SMTP and knows neither; no credential passes before [`Endpoint::open`]
//! or [`Opening::secure`] has handed out a [`Stream`] (THREATS P22).

mod certificate;
mod dial;
mod login;

pub use login::{Ask, Login, Mechanism, NoToken, Secret, Tokens};

use crate::domain::Instant;
use dial::dial_any;
use serde::{Deserialize, Serialize};
use std::io;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::pin::Pin;
use std::sync::{Arc, OnceLock};
use std::task::{Context, Poll};
use std::time::Duration;
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt, ReadBuf};
use tokio::net::{TcpStream, lookup_host};
use tokio_rustls::client::TlsStream;
use tokio_rustls::rustls::crypto::ring::default_provider;
use tokio_rustls::rustls::pki_types::pem::PemObject;
use tokio_rustls::rustls::pki_types::{CertificateDer, ServerName};
use tokio_rustls::rustls::{ClientConfig, Error as TlsFault, RootCertStore};
use tokio_rustls::{TlsConnector, rustls};

/// Pause after a refused login. Servers lock out who tries wrong passwords too often (commonly five in ten minutes), and with the one
/// login every other one of this machine (THREATS F43).
pub const AFTER_REFUSED_LOGIN: Duration = Duration::from_secs(300);

/// One server and how it is spoken to.
#[derive(Debug, Clone)]
pub struct Endpoint {
    /// Host name, which the certificate must name too, or an IP address.
    pub host: String,
    /// TCP port.
    pub port: u16,
    /// How the connection is protected.
    pub security: Security,
    /// Certificates (PEM) that are trusted beside the system's.
    pub ca_file: Option<PathBuf>,
}

/// How a connection is protected. There is no way to switch verification off.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Security {
    /// TLS from the first byte (RFC 8314), ports 993 and 465.
    #[serde(rename = "tls")]
    Implicit,
    /// Plain at first; nothing but STARTTLS is said before TLS stands.
    #[serde(rename = "starttls")]
    StartTls,
    /// No TLS; only to this very machine.
    PlaintextLoopback,
}

/// Why there is no connection. Every sentence names the server and what to do.
#[derive(Debug, thiserror::Error)]
pub enum TransportError {
    /// The host name has no address.
    #[error("the host name of {server} cannot be resolved; check its spelling in service.toml, and the DNS of this machine")]
    Resolve {
        /// `host:port`.
        server: String,
    },
    /// Nobody answers at the address.
    #[error("{server} cannot be reached ({why}); check host and port in service.toml, the firewall, and whether the server runs")]
    Connect {
        /// `host:port`.
        server: String,
        /// The kind of failure, as the operating system names it.
        why: io::ErrorKind,
    },
    /// The certificate is not to be trusted.
    #[error(
        "the certificate of {server} is not to be trusted ({why}); correct the certificate or the host name, or give the authority that signed it as `ca_file`"
    )]
    Certificate {
        /// `host:port`.
        server: String,
        /// What is wrong with it.
        why: String,
    },
    /// TLS did not come about for another reason.
    #[error(
        "{server} does not speak TLS as expected; check whether this port wants tls = \"implicit\" or tls = \"starttls\", and that the server knows TLS 1.2 or 1.3"
    )]
    Tls {
        /// `host:port`.
        server: String,
    },
    /// The file of trusted certificates is no such file, or the system has none.
    #[error("no trusted certificates can be read from {file}; give a PEM file that the service may read")]
    Trust {
        /// The file, or a word for the system's store.
        file: String,
    },
    /// Plaintext was asked for, to another machine.
    #[error("{server} is not on this machine, and nothing is sent to it in plain text; write tls = \"implicit\" or \"starttls\"")]
    NotLoopback {
        /// `host:port`.
        server: String,
    },
    /// The server did not offer STARTTLS, or slipped something in before TLS stood.
    #[error("{server} does not begin STARTTLS as RFC 3207 and RFC 9051 ask ({why}); nothing was sent to it; write tls = \"implicit\", or mend the server")]
    StartTls {
        /// `host:port`.
        server: String,
        /// What went wrong.
        why: &'static str,
    },
    /// It took too long.
    #[error("{server} did not answer in time; check the network and the load of the server{hint}")]
    TimedOut {
        /// `host:port`.
        server: String,
        /// What else may be the matter; begins with a semicolon where there is anything.
        hint: &'static str,
    },
}

/// What [`Endpoint::open`] gives.
#[derive(Debug)]
pub enum Opened {
    /// Verified, or on this machine: speak.
    Ready(Stream),
    /// In plain text: say STARTTLS, then [`Opening::secure`].
    Plain(Opening),
}

impl Endpoint {
    /// `host:port`, for people.
    pub fn server(&self) -> String {
        format!("{}:{}", self.host, self.port)
    }

    /// What may be the matter where nothing comes: a port that speaks TLS from the start waits for us, as we wait for its greeting.
    pub fn hint(&self) -> &'static str {
        match self.security {
            Security::StartTls => "; if this port speaks TLS from the start, write tls = \"implicit\"",
            _ => "",
        }
    }

    /// That it took too long.
    pub fn late(&self) -> TransportError {
        TransportError::TimedOut { server: self.server(), hint: self.hint() }
    }

    /// Connects within `limit`; with [`Security::Implicit`] TLS stands when it returns.
    pub async fn open(&self, limit: Duration) -> Result<Opened, TransportError> {
        let opening = async {
            let tcp = self.connect().await?;
            match self.security {
                Security::Implicit => self.handshake(tcp).await.map(Opened::Ready),
                Security::PlaintextLoopback => Ok(Opened::Ready(Stream::Plain(tcp))),
                Security::StartTls => Ok(Opened::Plain(Opening { endpoint: self.clone(), tcp, unread: Vec::new() })),
            }
        };
        tokio::time::timeout(limit, opening).await.unwrap_or_else(|_| Err(self.late()))
    }

    /// Tries every address of the host, so that one dead address (or a dead IPv6) neither hides nor delays a living one.
    async fn connect(&self) -> Result<TcpStream, TransportError> {
        let resolved = lookup_host((self.host.as_str(), self.port)).await;
        let addresses: Vec<SocketAddr> = resolved.map_err(|_| TransportError::Resolve { server: self.server() })?.collect();
        if self.security == Security::PlaintextLoopback && !addresses.iter().all(|address| address.ip().is_loopback()) {
            return Err(TransportError::NotLoopback { server: self.server() });
        }
        dial_any(addresses).await.map_err(|why| TransportError::Connect { server: self.server(), why })
    }

    async fn handshake(&self, tcp: TcpStream) -> Result<Stream, TransportError> {
        let name = ServerName::try_from(self.host.clone()).map_err(|_| TransportError::Resolve { server: self.server() })?;
        let provider = Arc::new(default_provider());
        let config = ClientConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()
            .map_err(|_| TransportError::Tls { server: self.server() })?
            .with_root_certificates(self.trusted()?)
            .with_no_client_auth();
        match TlsConnector::from(Arc::new(config)).connect(name, tcp).await {
            Ok(stream) => Ok(Stream::Tls(Box::new(stream))),
            Err(error) => Err(self.tls_error(&error)),
        }
    }

    fn tls_error(&self, error: &io::Error) -> TransportError {
        let server = self.server();
        match error.get_ref().and_then(|inner| inner.downcast_ref::<TlsFault>()) {
            Some(TlsFault::InvalidCertificate(why)) => TransportError::Certificate { server, why: certificate_fault(why) },
            _ => TransportError::Tls { server },
        }
    }

    fn trusted(&self) -> Result<RootCertStore, TransportError> {
        let mut roots = system_roots().clone();
        if let Some(file) = &self.ca_file {
            let unusable = || TransportError::Trust { file: file.display().to_string() };
            let pem = std::fs::read(file).map_err(|_| unusable())?;
            let certificates: Vec<_> = CertificateDer::pem_slice_iter(&pem).flatten().collect();
            let (added, _) = roots.add_parsable_certificates(certificates);
            if added == 0 {
                return Err(unusable());
            }
        }
        if roots.is_empty() {
            return Err(TransportError::Trust { file: "the system's certificate store".to_owned() });
        }
        Ok(roots)
    }
}

/// The system's roots, read once: reading them takes longer than a whole mail.
fn system_roots() -> &'static RootCertStore {
    static ROOTS: OnceLock<RootCertStore> = OnceLock::new();
    ROOTS.get_or_init(|| {
        let mut roots = RootCertStore::empty();
        roots.add_parsable_certificates(rustls_native_certs::load_native_certs().certs);
        roots
    })
}

/// The certificate itself is not quoted: it can name anything.
fn certificate_fault(why: &rustls::CertificateError) -> String {
    use rustls::CertificateError as Why;
    match why {
        Why::Expired | Why::ExpiredContext { .. } => "it has expired",
        Why::NotValidYet | Why::NotValidYetContext { .. } => "it is not valid yet; check the clock of this machine",
        Why::NotValidForName | Why::NotValidForNameContext { .. } => "it is for another host name",
        Why::UnknownIssuer => "nobody who is trusted has signed it",
        Why::Revoked => "it was revoked",
        _ => "it cannot be verified",
    }
    .to_owned()
}

/// A connection that is still in plain text because its server wants STARTTLS.
#[derive(Debug)]
pub struct Opening {
    endpoint: Endpoint,
    tcp: TcpStream,
    unread: Vec<u8>,
}

impl Opening {
    /// Longest line that a server may say here.
    const LONGEST: usize = 8_192;

    /// The next line, without its end. The caller bounds the time.
    pub async fn line(&mut self) -> Result<String, TransportError> {
        loop {
            if let Some(end) = self.unread.iter().position(|byte| *byte == b'\n') {
                let line: Vec<u8> = self.unread.drain(..=end).collect();
                return Ok(String::from_utf8_lossy(&line).trim_end_matches(['\r', '\n']).to_owned());
            }
            if self.unread.len() > Self::LONGEST {
                return Err(self.wrong("it said a line that does not end"));
            }
            match self.tcp.read_buf(&mut self.unread).await {
                Ok(0) => return Err(self.wrong("it hung up")),
                Ok(_) => {}
                Err(error) => return Err(TransportError::Connect { server: self.endpoint.server(), why: error.kind() }),
            }
        }
    }

    /// Says `line`, which has no end yet.
    pub async fn say(&mut self, line: &str) -> Result<(), TransportError> {
        let written = self.tcp.write_all(format!("{line}\r\n").as_bytes()).await;
        written.map_err(|error| TransportError::Connect { server: self.endpoint.server(), why: error.kind() })
    }

    /// Begins TLS. Whatever the server said beyond its consent was not protected: then there is no connection (CVE-2011-0411).
    pub async fn secure(self) -> Result<Stream, TransportError> {
        if !self.unread.is_empty() {
            return Err(self.wrong("it slipped in words before TLS stood"));
        }
        self.endpoint.handshake(self.tcp).await
    }

    /// The error of a server that does not keep to the protocol.
    pub fn wrong(&self, why: &'static str) -> TransportError {
        TransportError::StartTls { server: self.endpoint.server(), why }
    }
}

/// A connection over which credentials may pass.
#[derive(Debug)]
pub enum Stream {
    /// To this very machine.
    Plain(TcpStream),
    /// Verified.
    Tls(Box<TlsStream<TcpStream>>),
}

impl Stream {
    /// When the server's certificate ends; `None` without TLS.
    pub fn certificate_ends(&self) -> Option<Instant> {
        match self {
            Stream::Plain(_) => None,
            Stream::Tls(tls) => tls.get_ref().1.peer_certificates().and_then(<[_]>::first).and_then(|shown| certificate::ends(shown)),
        }
    }
}

impl AsyncRead for Stream {
    fn poll_read(self: Pin<&mut Self>, cx: &mut Context<'_>, into: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        match self.get_mut() {
            Stream::Plain(tcp) => Pin::new(tcp).poll_read(cx, into),
            Stream::Tls(tls) => Pin::new(tls).poll_read(cx, into),
        }
    }
}

impl AsyncWrite for Stream {
    fn poll_write(self: Pin<&mut Self>, cx: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        match self.get_mut() {
            Stream::Plain(tcp) => Pin::new(tcp).poll_write(cx, bytes),
            Stream::Tls(tls) => Pin::new(tls).poll_write(cx, bytes),
        }
    }

    fn poll_flush(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        match self.get_mut() {
            Stream::Plain(tcp) => Pin::new(tcp).poll_flush(cx),
            Stream::Tls(tls) => Pin::new(tls).poll_flush(cx),
        }
    }

    fn poll_shutdown(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        match self.get_mut() {
            Stream::Plain(tcp) => Pin::new(tcp).poll_shutdown(cx),
            Stream::Tls(tls) => Pin::new(tls).poll_shutdown(cx),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rustix::net::sockopt::{socket_keepalive, tcp_keepcnt, tcp_keepidle, tcp_keepintvl, tcp_user_timeout};

    #[tokio::test]
    async fn a_peer_that_vanished_is_noticed_in_minutes() {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let tcp = dial_any(vec![listener.local_addr().unwrap()]).await.unwrap();
        assert!(socket_keepalive(&tcp).unwrap() && tcp.nodelay().unwrap());
        assert_eq!((tcp_keepidle(&tcp).unwrap().as_secs(), tcp_keepintvl(&tcp).unwrap().as_secs(), tcp_keepcnt(&tcp).unwrap()), (60, 15, 4));
        assert_eq!(tcp_user_timeout(&tcp).unwrap(), 60_000);
    }
}
