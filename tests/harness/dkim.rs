//! Signatures of the test's senders, and the DNS that proves them.

use mail_auth::common::crypto::Ed25519Key;
use mail_auth::common::headers::HeaderWriter;
use mail_auth::dkim::DkimSigner;
use std::collections::BTreeMap;

/// One signing key for each domain.
#[derive(Clone, Default)]
pub struct Signers(BTreeMap<String, Vec<u8>>);

impl Signers {
    const SELECTOR: &'static str = "test";

    /// New keys for `domains`.
    pub fn new(domains: &[&str]) -> Self {
        Self(domains.iter().map(|domain| ((*domain).to_owned(), Ed25519Key::generate_pkcs8().unwrap())).collect())
    }

    /// `mail` with a signature of the domain in front; unchanged if the domain has no key.
    pub fn sign(&self, domain: &str, mail: &[u8]) -> Vec<u8> {
        let Some(key) = self.0.get(domain) else { return mail.to_vec() };
        let signer = DkimSigner::from_key(Ed25519Key::from_pkcs8_der(key).unwrap()).domain(domain).selector(Self::SELECTOR);
        let signature = signer.headers(["From", "To", "Subject", "Date", "Message-ID", "In-Reply-To", "References"]).sign(mail).unwrap();
        [signature.to_header().as_bytes(), mail].concat()
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
