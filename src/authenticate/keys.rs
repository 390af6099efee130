//! Public keys, looked up before mail-auth asks for them.

use super::names::Source;
use super::tags::Tags;
use mail_auth::common::parse::TxtRecordParser;
use mail_auth::common::verify::DomainKey;
use mail_auth::dkim::DkimError;
use mail_auth::hickory_resolver::proto::op::ResponseCode;
use mail_auth::{DnsError, Error, ResolverCache, Txt};
use std::borrow::Borrow;
use std::collections::{HashMap, HashSet};
use std::hash::Hash;
use std::time::Instant;

/// The keys of one mail, under the names by which mail-auth asks for them. What is not here does not exist.
#[derive(Default)]
pub struct Keys {
    found: HashMap<Box<str>, Txt>,
    testing: HashSet<Box<str>>,
}

impl Keys {
    /// Looks the key under `name` up, once.
    pub async fn fetch(&mut self, source: &Source, name: String) {
        let name = name.into_boxed_str();
        if self.found.contains_key(&name) {
            return;
        }
        let key = match source.texts(&name).await {
            Err(_) => Txt::Error(Error::Dns(DnsError::Resolver(String::new()))),
            Ok(texts) => match texts.iter().find(|text| is_usable(text)) {
                Some(text) if is_testing(text) => {
                    self.testing.insert(name.clone());
                    DomainKey::parse(text).into()
                }
                Some(text) => DomainKey::parse(text).into(),
                None if texts.is_empty() => missing(),
                None => Txt::Error(Error::Dkim(DkimError::UnsupportedKeyType)),
            },
        };
        self.found.insert(name, key);
    }

    /// Whether the domain calls the key under `name` an experiment (`t=y`, RFC 6376 §3.6.1).
    pub fn is_testing(&self, name: &str) -> bool {
        self.testing.contains(name)
    }
}

/// Whether the record is a key for signing mail with SHA-256 (RFC 6376 §3.6.1, RFC 8301).
fn is_usable(text: &[u8]) -> bool {
    let Some(tags) = Tags::parse(text) else { return false };
    let for_mail = tags.entries("s").is_none_or(|mut services| services.any(|service| service == "*" || service == "email"));
    let with_sha256 = tags.entries("h").is_none_or(|mut hashes| hashes.any(|hash| hash == "sha256"));
    tags.get("p").is_some() && tags.get("v").is_none_or(|version| version == "DKIM1") && for_mail && with_sha256
}

fn is_testing(text: &[u8]) -> bool {
    Tags::parse(text).is_some_and(|tags| tags.entries("t").is_some_and(|mut flags| flags.any(|flag| flag == "y")))
}

fn missing() -> Txt {
    Txt::Error(Error::Dns(DnsError::RecordNotFound(ResponseCode::NXDomain)))
}

impl ResolverCache<Box<str>, Txt> for Keys {
    fn get<Q>(&self, name: &Q) -> Option<Txt>
    where
        Box<str>: Borrow<Q>,
        Q: Hash + Eq + ?Sized,
    {
        Some(self.found.get(name).cloned().unwrap_or_else(missing))
    }

    fn remove<Q>(&self, _: &Q) -> Option<Txt>
    where
        Box<str>: Borrow<Q>,
        Q: Hash + Eq + ?Sized,
    {
        None
    }

    fn insert(&self, _: Box<str>, _: Txt, _: Instant) {}
}
