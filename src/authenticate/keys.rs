//! Public keys, looked up before mail-auth asks for them.

use super::names::{Source, Unreachable};
use super::tags::Tags;
use super::verdict::{Algorithm, Flaw, Key};
use mail_auth::common::parse::TxtRecordParser;
use mail_auth::common::verify::DomainKey;
use mail_auth::dkim::DkimError;
use mail_auth::hickory_resolver::proto::op::ResponseCode;
use mail_auth::{DnsError, Error, ResolverCache, Txt};
use std::borrow::Borrow;
use std::collections::HashMap;
use std::hash::Hash;
use std::time::Instant;

/// Shorter RSA keys can be broken by anybody (RFC 8301 §3.2).
const FEWEST_BITS: usize = 1_024;

/// The keys of one mail, under the names by which mail-auth asks for them. What is not here does not exist.
#[derive(Default)]
pub struct Keys(HashMap<Box<str>, Found>);

struct Found {
    record: Txt,
    about: About,
}

/// What is known of a key.
#[derive(Clone, Copy, Default)]
pub struct About {
    /// Its kind and length, if it can be read.
    pub key: Option<Key>,
    /// Why it proves nothing, if that lies in the key.
    pub flaw: Option<Flaw>,
    /// Whether the domain signs for its users one by one (`t=s`, RFC 6376 §3.6.1).
    pub strict: bool,
}

impl Keys {
    /// Looks the key under `name` up, once.
    pub async fn fetch(&mut self, source: &Source, name: String) {
        let name = name.into_boxed_str();
        if self.0.contains_key(&name) {
            return;
        }
        let found = match source.texts(&name).await {
            Err(unreachable) => Found {
                record: Txt::Error(Error::Dns(DnsError::Resolver(String::new()))),
                about: About {
                    flaw: Some(match unreachable {
                        Unreachable::Failed => Flaw::NameServer,
                        Unreachable::Silent => Flaw::NameServerSilent,
                    }),
                    ..About::default()
                },
            },
            Ok(texts) => match texts.iter().find_map(|text| usable(text)) {
                Some(tags_and_text) => Found::of(&tags_and_text),
                None if texts.is_empty() => Found { record: missing(), about: About { flaw: Some(Flaw::KeyMissing), ..About::default() } },
                None => Found::unfit(DkimError::UnsupportedKeyType, About { flaw: Some(Flaw::KeyUnfit), ..About::default() }),
            },
        };
        self.0.insert(name, found);
    }

    /// What is known of the key under `name`.
    pub fn about(&self, name: &str) -> About {
        self.0.get(name).map(|found| found.about).unwrap_or_default()
    }
}

impl Found {
    fn of((tags, text): &(Tags, &[u8])) -> Found {
        let flagged = |flag: &str| tags.entries("t").is_some_and(|mut flags| flags.any(|one| one == flag));
        let strict = flagged("s");
        if tags.get("p") == Some("") {
            return Found::unfit(DkimError::RevokedPublicKey, About { flaw: Some(Flaw::KeyRevoked), key: None, strict });
        }
        let Ok(parsed) = DomainKey::parse(text) else {
            return Found::unfit(DkimError::UnsupportedKeyType, About { flaw: Some(Flaw::KeyUnfit), key: None, strict });
        };
        let key = match tags.get("k") {
            Some(kind) if kind.eq_ignore_ascii_case("ed25519") => Key { algorithm: Algorithm::Ed25519, bits: 256 },
            _ => Key { algorithm: Algorithm::Rsa, bits: parsed.p.public_key_bits() },
        };
        if key.algorithm == Algorithm::Rsa && key.bits < FEWEST_BITS {
            return Found::unfit(DkimError::UnsupportedKeyType, About { flaw: Some(Flaw::KeyWeak), key: Some(key), strict });
        }
        Found { record: parsed.into(), about: About { key: Some(key), flaw: flagged("y").then_some(Flaw::KeyTest), strict } }
    }

    fn unfit(error: DkimError, about: About) -> Found {
        Found { record: Txt::Error(Error::Dkim(error)), about }
    }
}

/// The tags of a record that is a key for signing mail with SHA-256 (RFC 6376 §3.6.1, RFC 8301), beside the record.
fn usable(text: &[u8]) -> Option<(Tags, &[u8])> {
    let tags = Tags::parse(text)?;
    let for_mail = tags.entries("s").is_none_or(|mut services| services.any(|service| service == "*" || service == "email"));
    let with_sha256 = tags.entries("h").is_none_or(|mut hashes| hashes.any(|hash| hash == "sha256"));
    let sound = tags.get("p").is_some() && tags.get("v").is_none_or(|version| version == "DKIM1") && for_mail && with_sha256;
    sound.then_some((tags, text))
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
        Some(self.0.get(name).map_or_else(missing, |found| found.record.clone()))
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
