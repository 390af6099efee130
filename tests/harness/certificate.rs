//! A certificate authority of one test, and the certificate of its servers.

use super::process::Workshop;
use rcgen::{BasicConstraints, CertificateParams, IsCa, Issuer, KeyPair};
use std::path::PathBuf;

/// Files with the servers' certificate, its key, and the authority that a client must trust.
#[derive(Debug, Clone)]
pub struct Certificate {
    /// The certificate and the authority's, PEM.
    pub chain: PathBuf,
    /// Its private key, PEM.
    pub key: PathBuf,
    /// What a client gives as `ca_file`.
    pub authority: PathBuf,
}

impl Certificate {
    /// A certificate for `localhost` and 127.0.0.1.
    pub fn new(workshop: &Workshop) -> Self {
        Self::naming(workshop, &["localhost", "127.0.0.1"])
    }

    /// A certificate for `names`.
    pub fn naming(workshop: &Workshop, names: &[&str]) -> Self {
        let names: Vec<String> = names.iter().map(|name| (*name).to_owned()).collect();
        let mut authority = CertificateParams::new(Vec::new()).unwrap();
        authority.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        let authority_key = KeyPair::generate().unwrap();
        let authority_pem = authority.self_signed(&authority_key).unwrap().pem();
        let key = KeyPair::generate().unwrap();
        let leaf = CertificateParams::new(names).unwrap().signed_by(&key, &Issuer::new(authority, authority_key)).unwrap();
        Self {
            chain: workshop.write("cert.pem", &format!("{}{authority_pem}", leaf.pem())),
            key: workshop.write("key.pem", &key.serialize_pem()),
            authority: workshop.write("ca.pem", &authority_pem),
        }
    }
}
