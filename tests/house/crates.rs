//! Which outside crate is used where: whoever wants to replace one has one door to look behind.

use super::source::Source;

/// Crates that any room may use: they say how something is written down, not what is done.
const EVERYWHERE: [&str; 5] = ["base64", "serde", "serde_json", "thiserror", "tracing"];

/// Every other crate and who uses it: rooms, or single files of a room.
const OWNERS: [(&str, &[&str]); 31] = [
    ("anyhow", &["cli"]),
    ("async_imap", &["mailbox"]),
    ("chacha20", &["store/seal.rs"]),
    ("clap", &["cli", "main"]),
    // Where compressed bytes are looked into, each time up to a bound.
    ("flate2", &["letter/exhibit/inflate.rs"]),
    // Streams: of bytes, of mails, of what became of each of several statements.
    ("futures_util", &["mailbox", "smtp", "service", "store"]),
    // Real dice stand in one place.
    ("getrandom", &["main"]),
    ("handlebars", &["compose"]),
    // HTTP is spoken for one thing: to ask for access tokens.
    ("http_body_util", &["oauth"]),
    ("hyper", &["oauth"]),
    ("jiff", &["domain/time.rs"]),
    // Building a mail is pure, sending it is not.
    ("lettre", &["compose", "smtp"]),
    ("mail_auth", &["authenticate"]),
    ("mail_parser", &["letter"]),
    ("pulldown_cmark", &["compose"]),
    ("regex", &["letter"]),
    // Hashes, and what seals; TLS is the transport's.
    ("ring", &["compose/signature.rs", "domain/digest.rs", "domain/mac.rs", "letter/attachment/mod.rs", "store/seal.rs"]),
    ("rustix", &["reader/worker.rs", "store/step.rs", "transport", "service/health/probe.rs"]),
    ("rustls_native_certs", &["transport"]),
    // Config reads secrets; who hands one to a server or to the store unwraps it there and nowhere else.
    ("secrecy", &["config", "transport", "mailbox", "smtp", "oauth", "service/keeper.rs", "cli"]),
    ("sqlx", &["store"]),
    ("tikv_jemallocator", &["main"]),
    // Nothing below the wet wing waits; config, settle and story wait only for others.
    ("tokio", &["transport", "store", "mailbox", "reader", "authenticate", "smtp", "oauth", "service", "cli", "main"]),
    ("tokio_rustls", &["transport"]),
    ("tokio_util", &["mailbox", "service", "cli"]),
    // The page for everything that people set; the phrasebook for lists of phrases under any names, of which a page knows none beforehand.
    ("toml", &["workflow/page.rs", "letter/phrasebook.rs"]),
    ("tracing_subscriber", &["main"]),
    ("unicode_normalization", &["domain/fold.rs"]),
    ("whatlang", &["letter/language/trigrams.rs"]),
    // Whoever holds the bytes of a key or a password wipes them.
    ("zeroize", &["domain", "store", "config/secret.rs", "compose/signature.rs"]),
    ("zstd", &["store/pack.rs"]),
];

/// Every use of a crate outside its rooms, every dependency without a row or without a use, and every row that nobody needs.
pub fn breaches(sources: &[Source], manifest: &str) -> Vec<String> {
    let dependencies = dependencies(manifest);
    let mut breaches = Vec::new();
    let uses = uses(sources, &dependencies);
    for name in &dependencies {
        if !EVERYWHERE.contains(&name.as_str()) && !OWNERS.iter().any(|(known, _)| known == name) {
            breaches.push(format!("Cargo.toml: the crate {name} has no room; give it one in tests/house/crates.rs"));
        }
        if !uses.iter().any(|used| used.name == *name) {
            breaches.push(format!("Cargo.toml: nobody uses the crate {name}"));
        }
    }
    for used in &uses {
        let owners = OWNERS.iter().find(|(name, _)| *name == used.name).map(|(_, owners)| *owners);
        if owners.is_some_and(|owners| !owners.iter().any(|owner| used.is_by(owner))) {
            let Use { name, room, path, line } = used;
            breaches.push(format!("src/{path}:{line}: {room} uses the crate {name}, which belongs to {}", owners.unwrap_or_default().join(", ")));
        }
    }
    for (name, owners) in OWNERS.iter().filter(|(name, _)| dependencies.iter().any(|known| known == name)) {
        for owner in owners.iter().filter(|owner| !uses.iter().any(|used| used.name == **name && used.is_by(owner))) {
            breaches.push(format!("tests/house/crates.rs: {owner} does not use the crate {name} that it owns"));
        }
    }
    breaches
}

/// One naming of a crate outside tests.
struct Use {
    name: String,
    room: String,
    path: String,
    line: usize,
}

impl Use {
    fn is_by(&self, owner: &str) -> bool {
        self.room == owner || self.path == owner
    }
}

fn uses(sources: &[Source], dependencies: &[String]) -> Vec<Use> {
    let modules: Vec<Vec<String>> = sources.iter().map(Source::module).collect();
    let mut uses = Vec::new();
    for source in sources {
        for named in source.paths().iter().filter(|named| !named.test && source.absolute(named, &modules).is_none()) {
            let first = named.segments.first().filter(|first| dependencies.contains(first));
            uses.extend(first.map(|name| Use { name: name.clone(), room: source.room(), path: source.path.clone(), line: named.line }));
        }
    }
    uses
}

/// Names under `[dependencies]`, as they are written in code.
fn dependencies(manifest: &str) -> Vec<String> {
    let section = manifest.lines().skip_while(|line| line.trim() != "[dependencies]").skip(1).take_while(|line| !line.starts_with('['));
    section.filter_map(|line| line.split_once('=')).map(|(name, _)| name.trim().replace('-', "_")).filter(|name| !name.starts_with('#')).collect()
}

#[test]
fn a_crate_in_the_wrong_room_or_in_none_is_found() {
    let manifest = "[package]\nname = \"x\"\n[dependencies]\nmail-auth = \"1\"\njiff = \"1\"\nserde = \"1\"\n[dev-dependencies]\nleft-pad = \"1\"\n";
    let planted = |path: &str, text: &str| {
        let used = Source::read("authenticate/y.rs", "use mail_auth::Error; use serde::Serialize;");
        let owned = Source::read("domain/time.rs", "use jiff::Zoned;");
        breaches(&[Source::read(path, text), Source::read("reader/regex.rs", ""), used, owned], manifest).len()
    };
    assert_eq!(planted("authenticate.rs", "use mail_auth::Error; use serde::Serialize;"), 0);
    assert_eq!(planted("letter/x.rs", "use mail_auth::Error;"), 1);
    assert_eq!(planted("letter/x.rs", "fn f() { mail_auth::parse() }"), 1);
    assert_eq!(planted("letter/x.rs", "#[cfg(test)] mod tests { use mail_auth::test; }"), 0);
    assert_eq!(planted("domain/digest.rs", "fn f() { jiff::now() }"), 1, "a crate of one file");
}

#[test]
fn a_crate_without_a_room_or_a_use_and_an_idle_owner_are_found() {
    let planted =
        |dependency: &str, text: &str| breaches(&[Source::read("letter/exhibit/inflate.rs", text)], &format!("[dependencies]\n{dependency} = \"1\"\n")).len();
    assert_eq!(planted("flate2", "use flate2::Decompress;"), 0);
    assert_eq!(planted("left-pad", "use left_pad::pad;"), 1, "no room");
    assert_eq!(planted("serde", ""), 1, "no use");
    assert_eq!(planted("flate2", "#[cfg(test)] mod tests { use flate2::Decompress; }"), 2, "no use, an idle owner");
}
