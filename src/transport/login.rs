//! Who logs in at a mail server, and how that is proven: by a password, or by an access token that is fetched at the time (RFC 6750, RFC 7628).

use secrecy::{ExposeSecret, SecretString};
use std::time::Duration;
use tokio::sync::{mpsc, oneshot};

/// Who logs in, and how that is proven.
#[derive(Clone)]
pub struct Login {
    /// Whom to log in as.
    pub user: String,
    /// How that is proven.
    pub secret: Secret,
}

/// How it is proven who logs in.
#[derive(Clone)]
pub enum Secret {
    /// By a password.
    Password(SecretString),
    /// By an access token of OAuth 2.
    Tokens(Tokens),
}

impl Login {
    /// A login by password.
    pub fn with_password(user: impl Into<String>, password: impl Into<SecretString>) -> Self {
        Self { user: user.into(), secret: Secret::Password(password.into()) }
    }
}

/// Where access tokens come from: one keeper for each authorization, whom everybody asks who logs in with it. He fetches one at a time, and finishes
/// what he began also when nobody waits any longer: a refresh token that was exchanged is never lost on the way.
#[derive(Clone)]
pub struct Tokens {
    keeper: mpsc::Sender<Ask>,
}

/// What the keeper of an authorization is asked.
pub struct Ask {
    /// A token that a server refused: another one is wanted.
    pub refused: Option<SecretString>,
    /// Where the answer goes.
    pub answer: oneshot::Sender<Result<SecretString, NoToken>>,
}

/// Why there is no access token, in a sentence that names the section of service.toml and what to do.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{sentence}")]
pub struct NoToken {
    /// The sentence; no token and no word of the server's is in it.
    pub sentence: String,
    /// Waiting does not help.
    pub needs_person: bool,
    /// How long to wait before asking again.
    pub after: Duration,
}

impl Tokens {
    /// Both ends: who asks, and what the keeper reads.
    pub fn new() -> (Self, mpsc::Receiver<Ask>) {
        const WAITING: usize = 64;
        let (keeper, asked) = mpsc::channel(WAITING);
        (Self { keeper }, asked)
    }

    /// A token that should be good.
    pub async fn fetch(&self) -> Result<SecretString, NoToken> {
        self.ask(None).await
    }

    /// Another one than that, which a server refused.
    pub async fn instead_of(&self, refused: SecretString) -> Result<SecretString, NoToken> {
        self.ask(Some(refused)).await
    }

    async fn ask(&self, refused: Option<SecretString>) -> Result<SecretString, NoToken> {
        let (answer, answered) = oneshot::channel();
        // Neither fails while the keeper lives, who lives as long as anybody can ask.
        let gone =
            || NoToken { sentence: "the keeper of access tokens is gone; start the service again".to_owned(), needs_person: true, after: Duration::ZERO };
        self.keeper.send(Ask { refused, answer }).await.map_err(|_| gone())?;
        answered.await.unwrap_or_else(|_| Err(gone()))
    }
}

/// A SASL mechanism that carries an access token.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mechanism {
    /// RFC 7628.
    OAuthBearer,
    /// What Google and Microsoft had before it.
    XOAuth2,
}

impl Mechanism {
    /// The better one of those that a server offers, by their names.
    pub fn best<'a>(offered: impl IntoIterator<Item = &'a str> + Clone) -> Option<Self> {
        let offers = |mechanism: Self| offered.clone().into_iter().any(|name| name.eq_ignore_ascii_case(mechanism.name()));
        [Self::OAuthBearer, Self::XOAuth2].into_iter().find(|mechanism| offers(*mechanism))
    }

    /// Its name in SASL.
    pub fn name(self) -> &'static str {
        match self {
            Self::OAuthBearer => "OAUTHBEARER",
            Self::XOAuth2 => "XOAUTH2",
        }
    }

    /// What the client says first, before it is put into base64.
    pub fn words(self, user: &str, token: &SecretString, host: &str, port: u16) -> SecretString {
        let token = token.expose_secret();
        match self {
            Self::OAuthBearer => {
                // RFC 5801 §4: the two characters that separate its parts are spelt out.
                let user = user.replace('=', "=3D").replace(',', "=2C");
                format!("n,a={user},\x01host={host}\x01port={port}\x01auth=Bearer {token}\x01\x01")
            }
            Self::XOAuth2 => format!("user={user}\x01auth=Bearer {token}\x01\x01"),
        }
        .into()
    }

    /// What the client says when the server gives its reasons for a refusal, which it only then pronounces (RFC 7628 §3.2.3).
    pub fn resignation(self) -> &'static str {
        match self {
            Self::OAuthBearer => "\x01",
            Self::XOAuth2 => "",
        }
    }
}

/// Who logs in is often somebody's address.
impl std::fmt::Debug for Login {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Login(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_standard_goes_before_what_was_there_before_it() {
        assert_eq!(Mechanism::best(["PLAIN", "XOAUTH2", "oauthbearer"]), Some(Mechanism::OAuthBearer));
        assert_eq!(Mechanism::best(["PLAIN", "xoauth2"]), Some(Mechanism::XOAuth2));
        assert_eq!(Mechanism::best(["PLAIN", "LOGIN"]), None);
    }

    #[test]
    fn a_token_is_said_as_the_two_mechanisms_want_it() {
        let token = SecretString::from("vF9dft4qmTc2Nvb3RlckBhbHRhdmlzdGEuY29tCg");
        let said = |mechanism: Mechanism| mechanism.words("a=b,c@example.com", &token, "server.example.com", 143).expose_secret().to_owned();
        // RFC 7628 §4.1.
        assert_eq!(
            said(Mechanism::OAuthBearer),
            "n,a=a=3Db=2Cc@example.com,\x01host=server.example.com\x01port=143\x01auth=Bearer vF9dft4qmTc2Nvb3RlckBhbHRhdmlzdGEuY29tCg\x01\x01"
        );
        assert_eq!(said(Mechanism::XOAuth2), "user=a=b,c@example.com\x01auth=Bearer vF9dft4qmTc2Nvb3RlckBhbHRhdmlzdGEuY29tCg\x01\x01");
    }
}
