//! Which outside crate is used where: whoever wants to replace one has one door to look behind.

use super::source::Source;

/// Crates that any room may use: they say how something is written down, not what is done.
const EVERYWHERE: [&str; 5] = ["base64", "serde", "serde_json", "thiserror", "tracing"];

/// Rooms of tokio and its helpers: everything but the words and the quiet wing.
const WET: [&str; 12] = ["transport", "store", "mailbox", "reader", "authenticate", "smtp", "config", "settle", "service", "story", "cli", "main"];

/// Every other crate and its rooms.
const OWNERS: [(&str, &[&str]); 32] = [
    ("anyhow", &["cli", "main"]),
    ("async_imap", &["mailbox"]),
    ("chacha20poly1305", &["store"]),
    ("clap", &["cli", "main"]),
    ("futures_util", &WET),
    // Real dice: the key of a dispute, and the seed that main.rs owns.
    ("getrandom", &["store", "main"]),
    ("handlebars", &["compose"]),
    ("hmac", &["domain"]),
    ("jiff", &["domain"]),
    // Building a mail is pure, sending it is not.
    ("lettre", &["compose", "smtp"]),
    ("mail_auth", &["authenticate"]),
    ("mail_parser", &["letter"]),
    ("pulldown_cmark", &["compose"]),
    ("regex", &["letter"]),
    ("rustix", &["reader"]),
    ("rustls_native_certs", &["transport"]),
    ("secrecy", &["config", "mailbox", "smtp", "transport", "store"]),
    ("sha1", &["letter"]),
    ("sha2", &["domain"]),
    ("sqlx", &["store"]),
    ("subtle", &["domain", "store"]),
    ("tokio", &WET),
    ("tokio_rustls", &["transport"]),
    ("tokio_util", &WET),
    // Each room reads its own kind of file.
    ("toml", &["config", "workflow", "letter"]),
    ("tracing_subscriber", &["main"]),
    ("unicode_normalization", &["letter"]),
    ("whatlang", &["letter"]),
    ("zeroize", &["domain", "store"]),
    // For tests only.
    ("insta", &[]),
    ("proptest", &[]),
    ("tempfile", &[]),
];

/// Every use of a crate outside its rooms, and every dependency that has no row.
pub fn breaches(sources: &[Source], manifest: &str) -> Vec<String> {
    let dependencies = dependencies(manifest);
    let mut breaches: Vec<String> = dependencies
        .iter()
        .filter(|name| !EVERYWHERE.contains(&name.as_str()) && !OWNERS.iter().any(|(known, _)| known == name))
        .map(|name| format!("Cargo.toml: the crate {name} has no room; give it one in tests/house/crates.rs"))
        .collect();
    let modules: Vec<Vec<String>> = sources.iter().map(Source::module).collect();
    for source in sources {
        let room = source.room();
        for named in source.paths().iter().filter(|named| !named.test) {
            let Some(first) = named.segments.first().filter(|_| source.absolute(named, &modules).is_none()) else { continue };
            let owners = OWNERS.iter().find(|(name, _)| name == first).map(|(_, rooms)| *rooms);
            if dependencies.contains(first) && owners.is_some_and(|rooms| !rooms.contains(&room.as_str())) {
                breaches.push(format!(
                    "src/{}:{}: {room} uses the crate {first}, which belongs to {}",
                    source.path,
                    named.line,
                    owners.unwrap_or_default().join(", ")
                ));
            }
        }
    }
    breaches
}

/// Names under `[dependencies]`, as they are written in code.
fn dependencies(manifest: &str) -> Vec<String> {
    let section = manifest.lines().skip_while(|line| line.trim() != "[dependencies]").skip(1).take_while(|line| !line.starts_with('['));
    section.filter_map(|line| line.split_once('=')).map(|(name, _)| name.trim().replace('-', "_")).filter(|name| !name.starts_with('#')).collect()
}

#[test]
fn a_crate_in_the_wrong_room_or_in_none_is_found() {
    let manifest = "[package]\nname = \"x\"\n[dependencies]\nmail-auth = \"1\"\ntokio = \"1\"\nserde = \"1\"\n[dev-dependencies]\nleft-pad = \"1\"\n";
    let planted = |path: &str, text: &str| breaches(&[Source::read(path, text), Source::read("reader/regex.rs", "")], manifest).len();
    assert_eq!(planted("authenticate.rs", "use mail_auth::Error; use tokio::time; use serde::Serialize;"), 0);
    assert_eq!(planted("letter/x.rs", "use mail_auth::Error;"), 1);
    assert_eq!(planted("letter/x.rs", "fn f() { mail_auth::parse() }"), 1);
    assert_eq!(planted("letter/x.rs", "async fn f() { tokio::spawn(x) }"), 1);
    assert_eq!(planted("letter/x.rs", "#[cfg(test)] mod tests { use tokio::test; }"), 0);
    assert_eq!(breaches(&[], "[dependencies]\nleft-pad = \"1\"\n").len(), 1);
}
