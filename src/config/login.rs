//! Who logs in at a mail server: by a password, or by an authorization of OAuth 2.

use super::oauth::{GrantKind, OAuthClient};
use super::secret::{Safe, SecretFile};
use crate::workflow::page::{Table, Word, right_words};
use secrecy::SecretString;
use std::fmt;
use std::sync::Arc;

/// Who logs in at a mail server.
#[derive(Clone)]
pub struct Login {
    /// Whom to log in as.
    pub user: String,
    /// How that is proven.
    pub proof: Proof,
}

/// How it is proven who logs in.
#[derive(Clone)]
pub enum Proof {
    /// By this password.
    Password(SecretString),
    /// By access tokens of this authorization.
    Authorization(Authorization),
}

/// What access tokens are asked for with.
#[derive(Debug, Clone)]
pub struct Authorization {
    /// As whom, and where.
    pub client: Arc<OAuthClient>,
    /// The refresh token that a person had given; `None` where the program itself is authorized.
    pub refresh: Option<SecretFile>,
}

/// What logins are read with.
pub(super) struct Doorkeeper<'a> {
    pub safe: Safe<'a>,
    /// The sections `[oauth.…]`, by name.
    pub clients: Vec<(String, Option<Arc<OAuthClient>>)>,
}

impl Doorkeeper<'_> {
    /// The login of `table`, which must be there; `lack` is said where nothing proves it.
    pub fn needed(&self, table: &mut Table<'_>, lack: &'static str) -> Option<Login> {
        let user = table.needed_text("user", "\"mediation@example.org\"").filter(|word| is_name(table, word));
        let proof = self.proof(table);
        if let Ok(None) = proof {
            table.page().fault(table.at(), lack);
        }
        Some(Login { user: user?.text, proof: proof.ok()?? })
    }

    /// The login of `table`; `Ok(None)` if it says nothing of any. `lacks` is said where nothing proves it, and where nobody is named.
    pub fn login(&self, table: &mut Table<'_>, lacks: [&'static str; 2]) -> Result<Option<Login>, ()> {
        let user = table.text("user").filter(|word| is_name(table, word));
        let [nothing, nobody] = lacks;
        match (user, self.proof(table)?) {
            (Some(user), Some(proof)) => Ok(Some(Login { user: user.text, proof })),
            (None, None) => Ok(None),
            (Some(user), None) => {
                table.page().fault(Some(user.at), nothing);
                Err(())
            }
            (None, Some(_)) => {
                table.page().fault(table.at(), nobody);
                Err(())
            }
        }
    }

    fn proof(&self, table: &mut Table<'_>) -> Result<Option<Proof>, ()> {
        let page = table.page();
        let password = self.safe.password(table);
        let named = table.text("oauth");
        let refresh = self.safe.secret(table, "refresh token", "refresh_token", "refresh_token_file", "refresh_token_credential");
        let (password, refresh) = (password?, refresh?);
        let Some(named) = named else {
            if refresh.is_some() {
                page.fault(
                    table.at(),
                    "There is a refresh token, and nothing says whose; name the section [oauth.…] that it was given for, with oauth = \"…\".",
                );
                return Err(());
            }
            return Ok(password.map(Proof::Password));
        };
        if password.is_some() {
            page.fault(Some(named.at), "A login has one proof; keep \"oauth\" or the password, not both.");
            return Err(());
        }
        let Some((_, client)) = self.clients.iter().find(|(name, _)| *name == named.text) else {
            let known: Vec<&str> = self.clients.iter().map(|(name, _)| name.as_str()).collect();
            page.fault(Some(named.at), format!("There is no section [oauth.{}]; {}", named.text, right_words(&named.text, &known)));
            return Err(());
        };
        let client = client.as_ref().ok_or(())?;
        match (client.grant, &refresh) {
            (GrantKind::Refresh, None) => {
                page.fault(
                    Some(named.at),
                    format!("[oauth.{}] wants a refresh token for each login; name its file with refresh_token_file, or a systemd credential with refresh_token_credential.", named.text),
                );
                Err(())
            }
            (GrantKind::ClientCredentials, Some(_)) => {
                page.fault(
                    Some(named.at),
                    format!(
                        "[oauth.{}] has grant = \"client-credentials\", which knows no refresh tokens; remove this one, or write grant = \"refresh\" there.",
                        named.text
                    ),
                );
                Err(())
            }
            _ => Ok(Some(Proof::Authorization(Authorization { client: Arc::clone(client), refresh }))),
        }
    }
}

/// Whether somebody can be called so; a fault if not.
fn is_name(table: &Table<'_>, word: &Word) -> bool {
    let sound = !word.text.chars().any(char::is_control);
    if !sound {
        table.page().fault(Some(word.at), "\"user\" has characters that cannot be seen; write for example user = \"mediation@example.org\".");
    }
    sound
}

/// Who logs in is often somebody's address.
impl fmt::Debug for Login {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Login(…)")
    }
}
