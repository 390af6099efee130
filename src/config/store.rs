//! Where the database is, and its password if it has one.

use super::folder::Folder;
use crate::workflow::page::{Page, Word};
use secrecy::{ExposeSecret, SecretString};

/// The URL of the database: SQLite's file is meant from the folder on, PostgreSQL's password is put in.
pub(super) fn database(page: &Page, url: Word, password: Option<SecretString>, folder: &Folder) -> Option<SecretString> {
    let (scheme, rest) = url.text.split_once(':').unwrap_or(("", &url.text));
    match scheme {
        "sqlite" => sqlite(page, &url, rest, password.is_some(), folder),
        "postgres" | "postgresql" => postgres(page, &url, rest, password),
        _ => {
            page.fault(Some(url.at), "\"database\" begins with \"sqlite:\" and a path, or with \"postgres://\".");
            None
        }
    }
}

fn sqlite(page: &Page, url: &Word, path: &str, password: bool, folder: &Folder) -> Option<SecretString> {
    let path = path.strip_prefix("//").unwrap_or(path);
    if password {
        page.fault(Some(url.at), "SQLite has no password; remove it, or use \"postgres://\". What is kept is sealed with the master key.");
        return None;
    }
    if path.is_empty() || path.contains([':', '?', '#', '%']) {
        page.fault(Some(url.at), "\"database\" names a plain file, for example \"sqlite:/var/lib/elitige/elitige.db\".");
        return None;
    }
    Some(SecretString::from(format!("sqlite:{}", folder.resolve(path).display())))
}

fn postgres(page: &Page, url: &Word, rest: &str, password: Option<SecretString>) -> Option<SecretString> {
    let Some(rest) = rest.strip_prefix("//") else {
        page.fault(Some(url.at), "\"database\" is written postgres://user@host/database.");
        return None;
    };
    let (user, place) = rest.split_once('@').unwrap_or(("", rest));
    if user.contains(':') || place.contains("password=") {
        page.fault(
            Some(url.at),
            "A password never stands in this file; write it into a file that only the service can read, and name that with password_file.",
        );
        return None;
    }
    // A server without a name is PostgreSQL's own usual one; which database is meant must be said.
    if place.split('?').next().and_then(|place| place.split_once('/')).is_none_or(|(_, name)| name.is_empty()) && !place.contains("dbname=") {
        page.fault(Some(url.at), "\"database\" names no database; write postgres://user@host/database.");
        return None;
    }
    let Some(password) = password else { return Some(SecretString::from(url.text.clone())) };
    if user.is_empty() {
        page.fault(Some(url.at), "There is a password for the database, but nobody whose it is; write postgres://user@host/database.");
        return None;
    }
    Some(SecretString::from(format!("postgres://{user}:{}@{place}", percent(password.expose_secret()))))
}

/// Percent-encodes everything but letters and digits (RFC 3986 §2.1).
fn percent(text: &str) -> String {
    text.bytes().map(|byte| if byte.is_ascii_alphanumeric() { char::from(byte).to_string() } else { format!("%{byte:02X}") }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_password_is_written_so_that_it_cannot_be_taken_for_something_else() {
        assert_eq!(percent("a/b@c:é"), "a%2Fb%40c%3A%C3%A9");
    }
}
