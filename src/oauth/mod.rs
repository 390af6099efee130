//! Access tokens from the endpoint of a provider (RFC 6749): one question, one answer. The only user of hyper.
//!
//! The connection is the house's own, so that certificates are judged in one place; hyper reads what comes over it, as a client of HTTP/1.1 that
//! keeps nothing, follows nothing and reads no more than an answer can have. Who asks when, and what is kept, is `service`'s to say.

mod answer;
mod http;

pub use crate::transport::Security;
use crate::transport::{Endpoint, TransportError};
use secrecy::{ExposeSecret, SecretString};
use std::path::PathBuf;
use std::time::Duration;

/// Where tokens are asked for, and as whom.
#[derive(Clone)]
pub struct TokenServer {
    /// Host name, which the certificate must name too.
    pub host: String,
    /// TCP port.
    pub port: u16,
    /// Path and query.
    pub path: String,
    /// Certificates (PEM) that are trusted beside the system's.
    pub ca_file: Option<PathBuf>,
    /// How the provider calls this program.
    pub client: String,
    /// What the token is to be good for; `None` is what was granted.
    pub scope: Option<String>,
}

/// By what a token is asked for.
#[derive(Clone, Copy)]
pub enum Grant<'a> {
    /// By a refresh token (RFC 6749 §6).
    Refresh(&'a SecretString),
    /// By the program's own secret (RFC 6749 §4.4).
    ClientCredentials,
}

/// What was granted.
pub struct Granted {
    /// The access token.
    pub access: SecretString,
    /// How long it is good, if the provider says so.
    pub lasts: Option<Duration>,
    /// A refresh token that takes the place of the one that was shown.
    pub refresh: Option<SecretString>,
}

/// Why there is no token. No word of the endpoint's is in it beside the names of RFC 6749 §5.2.
#[derive(Debug, thiserror::Error)]
pub enum TokenError {
    /// There is no connection.
    #[error("tokens cannot be asked for: {0}")]
    Connection(#[from] TransportError),
    /// The authorization is no longer good.
    #[error(
        "{server} says that the authorization has ended or was withdrawn (invalid_grant); authorize the program again, and put the new refresh token where the old one is"
    )]
    Withdrawn {
        /// `host:port`.
        server: String,
    },
    /// The program is not known, or may not ask so.
    #[error("{server} refuses the program itself ({error}); check client_id, the client secret, scope and grant, and what is registered at the provider")]
    Refused {
        /// `host:port`.
        server: String,
        /// One of the errors of RFC 6749 §5.2, or the status.
        error: String,
    },
    /// The endpoint has trouble of its own, or is asked too much.
    #[error("{server} gives no tokens now (status {status}); it will be asked again")]
    Busy {
        /// `host:port`.
        server: String,
        /// The status of HTTP.
        status: u16,
        /// How long it wants to be left alone.
        after: Option<Duration>,
    },
    /// What answers is no token endpoint.
    #[error("what {server} answers is no answer to a question for a token (status {status}); check token_endpoint")]
    Strange {
        /// `host:port`.
        server: String,
        /// The status of HTTP; 0 where not even that was to be read.
        status: u16,
    },
    /// It took too long.
    #[error("{server} does not answer in time; it will be asked again")]
    TimedOut {
        /// `host:port`.
        server: String,
    },
}

impl TokenError {
    /// Whether waiting does not help.
    pub fn needs_person(&self) -> bool {
        match self {
            TokenError::Withdrawn { .. } | TokenError::Refused { .. } => true,
            TokenError::Connection(cause) => {
                !matches!(cause, TransportError::Resolve { .. } | TransportError::Connect { .. } | TransportError::TimedOut { .. })
            }
            TokenError::Busy { .. } | TokenError::Strange { .. } | TokenError::TimedOut { .. } => false,
        }
    }

    /// How long the endpoint wants to be left alone, if it says so.
    pub fn retry_after(&self) -> Option<Duration> {
        match self {
            TokenError::Busy { after, .. } => *after,
            _ => None,
        }
    }
}

/// Asks for an access token, for at most `limit`. Once the question is on its way its answer may hold a refresh token that nobody else will get:
/// do not cancel it.
pub async fn ask(server: &TokenServer, secret: Option<&SecretString>, grant: Grant<'_>, limit: Duration) -> Result<Granted, TokenError> {
    let endpoint = Endpoint { host: server.host.clone(), port: server.port, security: Security::Implicit, ca_file: server.ca_file.clone() };
    let late = TokenError::TimedOut { server: endpoint.server() };
    let form = form(server, secret, grant);
    let exchange = async {
        let answer = http::post(&endpoint, &server.path, &form, limit).await?;
        answer::read(&answer, endpoint.server())
    };
    tokio::time::timeout(limit, exchange).await.unwrap_or(Err(late))
}

/// The question as a form. The secret stands in it and not in a header: both providers want it so, and RFC 6749 §2.3.1 allows it.
fn form(server: &TokenServer, secret: Option<&SecretString>, grant: Grant<'_>) -> SecretString {
    let (kind, refresh) = match grant {
        Grant::Refresh(token) => ("refresh_token", Some(token)),
        Grant::ClientCredentials => ("client_credentials", None),
    };
    let fields = [
        ("grant_type", Some(kind)),
        ("client_id", Some(server.client.as_str())),
        ("scope", server.scope.as_deref()),
        ("client_secret", secret.map(ExposeSecret::expose_secret)),
        ("refresh_token", refresh.map(ExposeSecret::expose_secret)),
    ];
    let mut form = String::with_capacity(8_192);
    for (name, value) in fields {
        let Some(value) = value else { continue };
        if !form.is_empty() {
            form.push('&');
        }
        form.push_str(name);
        form.push('=');
        encode(value, &mut form);
    }
    SecretString::from(form)
}

/// As `application/x-www-form-urlencoded` (RFC 6749 appendix B).
fn encode(value: &str, form: &mut String) {
    const DIGITS: [char; 16] = ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'A', 'B', 'C', 'D', 'E', 'F'];
    for byte in value.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'*' => form.push(char::from(byte)),
            b' ' => form.push('+'),
            other => {
                form.push('%');
                form.extend([other >> 4, other & 0x0f].iter().filter_map(|digit| DIGITS.get(usize::from(*digit))));
            }
        }
    }
}

/// A token opens a mailbox.
impl std::fmt::Debug for Granted {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Granted").field("lasts", &self.lasts).field("rotated", &self.refresh.is_some()).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_question_is_a_form_with_every_character_spelt_out() {
        let server = TokenServer {
            host: "login.example.net".to_owned(),
            port: 443,
            path: "/token".to_owned(),
            ca_file: None,
            client: "a&b=c".to_owned(),
            scope: Some("one two".to_owned()),
        };
        let (token, secret) = (SecretString::from("1//é+~"), SecretString::from("s%"));
        assert_eq!(
            form(&server, Some(&secret), Grant::Refresh(&token)).expose_secret(),
            "grant_type=refresh_token&client_id=a%26b%3Dc&scope=one+two&client_secret=s%25&refresh_token=1%2F%2F%C3%A9%2B%7E"
        );
        let short = TokenServer { scope: None, ..server };
        assert_eq!(form(&short, None, Grant::ClientCredentials).expose_secret(), "grant_type=client_credentials&client_id=a%26b%3Dc");
    }
}
