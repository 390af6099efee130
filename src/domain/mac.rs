//! Keyed hashes: what the service can recognise and nobody else can make.

use super::digest::Digest;
use ring::hmac;
use zeroize::Zeroize;

/// A secret key for HMAC-SHA-256 (RFC 2104).
#[derive(Clone)]
pub struct MacKey([u8; 32]);

impl MacKey {
    /// A key from its bytes.
    pub fn new(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }

    /// A key of its own for one `purpose`: what is made under one purpose is worth nothing under another.
    pub fn for_purpose(&self, purpose: &str) -> MacKey {
        MacKey(*self.mac(purpose.as_bytes()).as_bytes())
    }

    /// The keyed hash of `bytes`.
    pub fn mac(&self, bytes: &[u8]) -> Digest {
        let tag = hmac::sign(&hmac::Key::new(hmac::HMAC_SHA256, &self.0), bytes);
        let mut hash = [0u8; 32];
        hash.iter_mut().zip(tag.as_ref()).for_each(|(to, from)| *to = *from);
        Digest::from_bytes(hash)
    }
}

impl Drop for MacKey {
    fn drop(&mut self) {
        self.0.zeroize();
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
    }
}
