//! `[oauth.…]` of `service.toml`: as whom this program asks for access tokens, and where (RFC 6749).

use super::provider::Provider;
use super::secret::{Safe, SecretFile};
use super::values::one_of;
use crate::workflow::page::{Table, Word};
use std::path::PathBuf;
use std::sync::Arc;

/// As whom access tokens are asked for, and where.
#[derive(Clone)]
pub struct OAuthClient {
    /// The name of its section.
    pub name: String,
    /// Where tokens are asked for.
    pub endpoint: TokenEndpoint,
    /// How the provider calls this program.
    pub id: String,
    /// With which secret, if it was given one.
    pub secret: Option<SecretFile>,
    /// What the token is to be good for; `None` is what was granted.
    pub scope: Option<String>,
    /// By what it is asked for.
    pub grant: GrantKind,
}

/// An address with `https` (RFC 6749 §3.2), in its parts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TokenEndpoint {
    /// Host name, which the certificate must name too.
    pub host: String,
    /// TCP port.
    pub port: u16,
    /// Path and query.
    pub path: String,
    /// Certificates that are trusted besides the system's (PEM).
    pub ca_file: Option<PathBuf>,
}

/// By what access tokens are asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum GrantKind {
    /// By a refresh token that a person once had given (RFC 6749 §6).
    Refresh,
    /// By the program's own secret (RFC 6749 §4.4).
    ClientCredentials,
}

const GRANTS: [(&str, GrantKind); 2] = [("refresh", GrantKind::Refresh), ("client-credentials", GrantKind::ClientCredentials)];
/// Where a tenant need not be known: accounts of any organisation.
const ANY_TENANT: &str = "organizations";

/// Reads every `[oauth.…]`, by its name; one that is wrong has its fault already.
pub(super) fn clients(table: &mut Table<'_>, safe: &Safe<'_>) -> Vec<(String, Option<Arc<OAuthClient>>)> {
    let sections = table.table("oauth").map(|mut sections| sections.remaining_tables()).unwrap_or_default();
    sections.into_iter().map(|(name, section)| (name.text.clone(), client(&name, section, safe).map(Arc::new))).collect()
}

fn client(name: &Word, table: Table<'_>, safe: &Safe<'_>) -> Option<OAuthClient> {
    let mut table = table.named(format!("[oauth.{}]", name.text));
    let page = table.page();
    let provider = Provider::read(&mut table);
    let grant = one_of(&mut table, "grant", &GRANTS, GrantKind::Refresh);
    let tenant = tenant(&mut table, provider, grant);
    let endpoint = endpoint(&mut table, safe, provider, tenant.as_deref().unwrap_or(ANY_TENANT));
    let id = table.needed_text("client_id", "\"…\"");
    let secret = safe.secret(&mut table, "client secret", "client_secret", "client_secret_file", "client_secret_credential");
    let scope = table.text("scope");
    if let Some(word) = scope.as_ref().filter(|word| word.text.trim().is_empty() || !is_visible(&word.text.replace(' ', ""))) {
        page.fault(Some(word.at), "\"scope\" is a list of words of the provider with one blank between two of them; correct it, or leave it out.");
    }
    if let Some(word) = id.as_ref().filter(|word| !is_visible(&word.text)) {
        page.fault(Some(word.at), "\"client_id\" has no blanks and plain letters only; copy it from the page on which you registered the program.");
    }
    if grant == Some(GrantKind::ClientCredentials) {
        if secret == Ok(None) {
            let sentence = "With grant = \"client-credentials\" the program proves itself who it is, and has no secret for that; add client_secret_file or client_secret_credential.";
            page.fault(table.at(), sentence);
        }
        if provider == Some(Provider::Gmail) {
            page.fault(
                table.at(),
                "Google gives no tokens for mailboxes to a program itself; write grant = \"refresh\", and let the person of each mailbox authorize it once.",
            );
        }
    }
    table.end();
    let grant = grant?;
    let usual = provider.and_then(|provider| match grant {
        GrantKind::Refresh => provider.scope_of_person(),
        GrantKind::ClientCredentials => provider.scope_of_program(),
    });
    let scope = scope.map(|word| word.text).or_else(|| usual.map(str::to_owned));
    Some(OAuthClient { name: name.text.clone(), endpoint: endpoint?, id: id?.text, secret: secret.ok()?, scope, grant })
}

/// The organisation at Microsoft that the mailboxes belong to.
fn tenant(table: &mut Table<'_>, provider: Option<Provider>, grant: Option<GrantKind>) -> Option<String> {
    let page = table.page();
    let at_microsoft = provider == Some(Provider::Microsoft365);
    let Some(word) = table.text("tenant") else {
        if at_microsoft && grant == Some(GrantKind::ClientCredentials) && !table.has("token_endpoint") {
            page.fault(
                table.at(),
                "Microsoft gives tokens to a program itself in one tenant; write its identifier, for example tenant = \"example.onmicrosoft.com\".",
            );
        }
        return None;
    };
    let sound = !word.text.is_empty() && word.text.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '.' | '-'));
    if !at_microsoft {
        page.fault(Some(word.at), "\"tenant\" is for provider = \"microsoft365\"; remove it, or write that provider.");
    } else if !sound {
        page.fault(Some(word.at), "\"tenant\" is the identifier or the domain of your organisation at Microsoft, for example \"example.onmicrosoft.com\".");
    }
    sound.then_some(word.text)
}

fn endpoint(table: &mut Table<'_>, safe: &Safe<'_>, provider: Option<Provider>, tenant: &str) -> Option<TokenEndpoint> {
    let page = table.page();
    let ca_file = safe.certificates(table);
    let (text, at) = match provider.filter(|_| !table.has("token_endpoint")) {
        Some(provider) => (provider.token_endpoint(tenant), table.at()),
        None => table.needed_text("token_endpoint", "\"https://login.example.net/token\"").map(|word| (word.text, Some(word.at)))?,
    };
    let parsed = parts(&text);
    if parsed.is_none() {
        page.fault(at, "\"token_endpoint\" is an address that begins with https://, for example \"https://login.example.net/token\".");
    }
    let (host, port, path) = parsed?;
    Some(TokenEndpoint { host, port, path, ca_file })
}

/// Host, port and path of an address with `https` (RFC 3986), without a user, a fragment or anything that is not plain ASCII.
fn parts(url: &str) -> Option<(String, u16, String)> {
    let rest = url.strip_prefix("https://")?;
    let (authority, path) = rest.find('/').map_or((rest, "/"), |slash| rest.split_at(slash));
    let (host, port) = match authority.split_once(':') {
        Some((host, port)) => (host, port.parse().ok().filter(|port| *port > 0)?),
        None => (authority, 443),
    };
    let plain = !host.is_empty() && host.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '.' | '-'));
    (plain && is_visible(path) && !path.contains('#')).then(|| (host.to_owned(), port, path.to_owned()))
}

fn is_visible(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_graphic())
}

impl std::fmt::Debug for OAuthClient {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("OAuthClient").field("name", &self.name).field("endpoint", &self.endpoint).field("grant", &self.grant).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_endpoint_is_read_in_its_parts_or_refused() {
        let read = |url: &str| parts(url);
        let found = |host: &str, port, path: &str| Some((host.to_owned(), port, path.to_owned()));
        assert_eq!(read("https://oauth2.googleapis.com/token"), found("oauth2.googleapis.com", 443, "/token"));
        assert_eq!(read("https://localhost:8443/a/b?c=d"), found("localhost", 8443, "/a/b?c=d"));
        assert_eq!(read("https://login.example.net"), found("login.example.net", 443, "/"));
        for wrong in [
            "",
            "http://login.example.net/token",
            "https:///token",
            "https://user@login.example.net/",
            "https://x:0/",
            "https://x:99999/",
            "https://x/#a",
            "https://x/a b",
            "https://x/a\r\nHost: y",
            "https://é/",
        ] {
            assert_eq!(read(wrong), None, "{wrong}");
        }
    }
}
