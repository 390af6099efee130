//! Signatures of the test's senders, and the DNS that proves them.

use mail_auth::common::crypto::{Ed25519Key, SigningKey};
use mail_parser::MessageParser;
use ring::digest::{SHA256, digest};
use std::collections::BTreeMap;

/// The fields that are signed where they are there.
const SIGNED: [&str; 7] = ["from", "to", "subject", "date", "message-id", "in-reply-to", "references"];

/// One signing key for each domain.
#[derive(Clone, Default)]
pub struct Signers(BTreeMap<String, Vec<u8>>);

impl Signers {
    const SELECTOR: &'static str = "test";

    /// New keys for `domains`.
    pub fn new(domains: &[&str]) -> Self {
        Self(domains.iter().map(|domain| ((*domain).to_owned(), Ed25519Key::generate_pkcs8().unwrap())).collect())
    }

    /// `mail` with a signature of the domain in front; unchanged if the domain has no key. It is signed when its Date says that it was written:
    /// a story has a clock of its own, and a signature from its future proves nothing (so mail-auth's own signer, which reads the real clock, is of no use).
    pub fn sign(&self, domain: &str, mail: &[u8]) -> Vec<u8> {
        let Some(key) = self.0.get(domain) else { return mail.to_vec() };
        let key = Ed25519Key::from_pkcs8_der(key).unwrap();
        let (head, body) = parted(mail);
        let written = MessageParser::default().parse(mail).and_then(|message| message.date().map(|date| date.to_timestamp())).unwrap_or_default();
        let fields: Vec<(String, String)> = SIGNED.iter().filter_map(|name| last(&head, name)).collect();
        let names: Vec<&str> = fields.iter().map(|(name, _)| name.as_str()).collect();
        let hash = base64_of(digest(&SHA256, body.as_bytes()).as_ref());
        let value = format!(
            " v=1; a=ed25519-sha256; c=relaxed/simple; d={domain}; s={}; t={written};\r\n\th={};\r\n\tbh={hash};\r\n\tb=",
            Self::SELECTOR,
            names.join(":")
        );
        let signed: String = fields.iter().map(|(name, value)| format!("{name}:{value}\r\n")).collect();
        let signature = key.sign(format!("{signed}dkim-signature:{}", relaxed(&value)).as_bytes()).unwrap();
        [format!("DKIM-Signature:{value}{}\r\n", base64_of(&signature)).as_bytes(), mail].concat()
    }

    /// The TXT records by name, as `ZONE.json` holds them.
    pub fn zone(&self) -> BTreeMap<String, Vec<String>> {
        let mut zone = BTreeMap::new();
        for (domain, key) in &self.0 {
            let public = base64_of(&Ed25519Key::from_pkcs8_der(key).unwrap().public_key());
            zone.insert(format!("{}._domainkey.{domain}", Self::SELECTOR), vec![format!("v=DKIM1; k=ed25519; p={public}")]);
            zone.insert(format!("_dmarc.{domain}"), vec!["v=DMARC1; p=reject".to_owned()]);
        }
        zone
    }

    /// The zone as JSON text.
    pub fn zone_json(&self) -> String {
        serde_json::to_string_pretty(&self.zone()).unwrap()
    }
}

fn base64_of(bytes: &[u8]) -> String {
    use base64::Engine;
    base64::engine::general_purpose::STANDARD.encode(bytes)
}

/// Head and body of `mail`; the body in the simple form of RFC 6376 §3.4.3.
fn parted(mail: &[u8]) -> (String, String) {
    let text = String::from_utf8_lossy(mail).replace("\r\n", "\n").replace('\n', "\r\n");
    let (head, body) = text.split_once("\r\n\r\n").unwrap_or((&text, ""));
    (format!("{head}\r\n"), format!("{}\r\n", body.trim_end_matches("\r\n")))
}

/// The last field of that name, and its value in the relaxed form of RFC 6376 §3.4.2.
fn last(head: &str, name: &str) -> Option<(String, String)> {
    let unfolded = head.replace("\r\n ", " ").replace("\r\n\t", "\t");
    let found = unfolded.lines().rev().find_map(|line| line.split_once(':').filter(|(field, _)| field.trim_end().eq_ignore_ascii_case(name)));
    found.map(|(_, value)| (name.to_owned(), relaxed(value)))
}

fn relaxed(value: &str) -> String {
    value.split([' ', '\t', '\r', '\n']).filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}
