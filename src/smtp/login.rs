//! Who hands letters in: AUTH (RFC 4954), by password or by token.

use super::SmtpError;
use super::reply::Reply;
use crate::transport::{Endpoint, Mechanism};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use lettre::transport::smtp::authentication::{Credentials, DEFAULT_MECHANISMS};
use lettre::transport::smtp::client::AsyncSmtpConnection;
use secrecy::{ExposeSecret, SecretString};

/// What is shown to the server.
#[derive(Clone, Copy)]
pub(super) enum Proof<'a> {
    Password(&'a SecretString),
    Token(&'a SecretString),
}

/// Logs in; `heard` is what the server said before.
pub(super) async fn log_in(connection: &mut AsyncSmtpConnection, endpoint: &Endpoint, user: &str, proof: Proof<'_>, heard: &[u8]) -> Result<(), SmtpError> {
    let server = || endpoint.server();
    match proof {
        Proof::Password(password) => {
            let credentials = Credentials::new(user.to_owned(), password.expose_secret().to_owned());
            let reply = connection.auth(DEFAULT_MECHANISMS, &credentials).await;
            match Reply::of(&reply).map_or(0, |reply| reply.code) {
                235 => Ok(()),
                code => Err(SmtpError::Login { server: server(), code }),
            }
        }
        Proof::Token(token) => {
            let mechanism = mechanism(heard).ok_or_else(|| SmtpError::TakesNoTokens { server: server() })?;
            let words = SecretString::from(STANDARD.encode(mechanism.words(user, token, &endpoint.host, endpoint.port).expose_secret()));
            match show(connection, mechanism, &words).await {
                235 => Ok(()),
                code => Err(SmtpError::Token { server: server(), code }),
            }
        }
    }
}

/// By hand: lettre knows no OAUTHBEARER, and leaves a server alone that gives its reasons before it refuses, so that the next command would be taken for
/// the answer to them.
async fn show(connection: &mut AsyncSmtpConnection, mechanism: Mechanism, words: &SecretString) -> u16 {
    let code = |reply| Reply::of(&reply).map_or(0, |reply| reply.code);
    let first = code(connection.command(format!("AUTH {} {}\r\n", mechanism.name(), words.expose_secret())).await);
    if first != 334 {
        return first;
    }
    // Nothing is left to be said: whatever follows is a refusal.
    let last = code(connection.command(format!("{}\r\n", STANDARD.encode(mechanism.resignation()))).await);
    if (400..600).contains(&last) { last } else { 0 }
}

/// What the server offers, as the answer to its EHLO lists it.
pub(super) fn features(heard: &str) -> impl Iterator<Item = &str> {
    heard.lines().filter_map(|line| line.strip_prefix("250")?.get(1..)).map(str::trim)
}

/// The best way to show a token that the server offers.
fn mechanism(heard: &[u8]) -> Option<Mechanism> {
    let text = String::from_utf8_lossy(heard);
    let lists = features(&text).filter_map(|feature| feature.split_at_checked(5).filter(|(word, _)| word.eq_ignore_ascii_case("AUTH ")));
    let names: Vec<&str> = lists.flat_map(|(_, names)| names.split_ascii_whitespace()).collect();
    Mechanism::best(names)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_server_offers_is_read_from_its_answer_to_ehlo() {
        let best = |said: &str| mechanism(said.as_bytes());
        assert_eq!(best("220 x\r\n250-x\r\n250-AUTH LOGIN XOAUTH2\r\n250 SIZE 5\r\n"), Some(Mechanism::XOAuth2));
        assert_eq!(best("250-x\r\n250 auth PLAIN xoauth2 OAUTHBEARER\r\n"), Some(Mechanism::OAuthBearer));
        assert_eq!(best("250-x\r\n250-AUTH PLAIN LOGIN\r\n250 XOAUTH2\r\n"), None);
        assert_eq!(best("220 AUTH XOAUTH2\r\n250 x\r\n"), None);
    }
}
