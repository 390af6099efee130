//! Keyed hashes: what the service can recognise and nobody else can make.

use super::digest::Digest;
use ring::hmac;
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};
use zeroize::Zeroize;

/// A secret key for HMAC-SHA-256 (RFC 2104).
#[derive(Clone)]
pub struct MacKey(Arc<Secret>);

struct Secret {
    bytes: [u8; 32],
    /// The keys for its purposes that were asked for.
    derived: Mutex<BTreeMap<String, MacKey>>,
}

/// The program knows fewer purposes.
const MOST_PURPOSES: usize = 64;

impl MacKey {
    /// A key from its bytes.
    pub fn new(bytes: [u8; 32]) -> Self {
        Self(Arc::new(Secret { bytes, derived: Mutex::default() }))
    }

    /// A key of its own for one `purpose`: what is made under one purpose is worth nothing under another.
    pub fn for_purpose(&self, purpose: &str) -> MacKey {
        let mut derived = self.0.derived.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = derived.get(purpose) {
            return known.clone();
        }
        let key = MacKey::new(*self.mac(purpose.as_bytes()).as_bytes());
        if derived.len() < MOST_PURPOSES {
            derived.insert(purpose.to_owned(), key.clone());
        }
        key
    }

    /// The keyed hash of `bytes`.
    pub fn mac(&self, bytes: &[u8]) -> Digest {
        let tag = hmac::sign(&hmac::Key::new(hmac::HMAC_SHA256, &self.0.bytes), bytes);
        let mut hash = [0u8; 32];
        hash.iter_mut().zip(tag.as_ref()).for_each(|(to, from)| *to = *from);
        Digest::from_bytes(hash)
    }
}

impl Drop for Secret {
    fn drop(&mut self) {
        self.bytes.zeroize();
    }
}

impl std::fmt::Debug for MacKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("MacKey(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn purposes_do_not_meet() {
        let key = MacKey::new([9; 32]);
        assert_ne!(key.for_purpose("a").mac(b"x"), key.for_purpose("b").mac(b"x"));
        assert_eq!(key.mac(b"x"), MacKey::new([9; 32]).mac(b"x"));
        assert_eq!(key.for_purpose("a").mac(b"x"), MacKey::new([9; 32]).for_purpose("a").mac(b"x"), "it is the same each time");
    }
}
