//! Sealing: what is kept is readable only with its key, and only in the place for which it was sealed.

use super::error::StoreError;
use super::keys::Keys;
use crate::domain::{Dice, Digest, DisputeId, MacKey};
use chacha20::{R20, hchacha};
use ring::aead::{Aad, CHACHA20_POLY1305, LessSafeKey, Nonce, UnboundKey};
use std::sync::{Mutex, PoisonError};
use zeroize::{Zeroize, Zeroizing};

/// Everything the store needs to seal, to open and to recognise.
pub(super) struct Sealer {
    /// Wraps the keys of disputes.
    disputes: DataKey,
    /// Seals what belongs to no dispute (yet).
    pub intake: DataKey,
    index: MacKey,
    journal: MacKey,
    dice: Mutex<Dice>,
}

/// What a database keeps to recognise its master key.
pub(super) fn key_check(keys: &Keys) -> String {
    keys.mac("store key check").mac(b"elitige").hex()
}

/// The length of a nonce, in bytes.
const NONCE: usize = 24;

/// A key for XChaCha20-Poly1305.
#[derive(Clone)]
pub(super) struct DataKey([u8; 32]);

/// Where a sealed thing stands: sealed for one place, it opens in no other.
pub(super) struct Place<'a> {
    /// Table and field.
    pub field: &'a str,
    /// The dispute it belongs to.
    pub dispute: Option<DisputeId>,
    /// The row, and its version where there is one.
    pub row: &'a [i64],
}

impl Sealer {
    /// Derives the keys of the store. Its dice are its own: nothing that falls elsewhere from a copy of `dice` tells of a key or nonce, and with the
    /// number of the `opening` they never fall twice the same way in one database, not even from the same seed.
    pub fn new(keys: &Keys, mut dice: Dice, opening: i64) -> Self {
        let sealing = keys.mac("store sealing");
        let seed = keys.mac("store dice").mac(&[dice.roll::<32>().as_slice(), &opening.to_be_bytes()].concat());
        Self {
            disputes: DataKey(*sealing.mac(b"dispute keys").as_bytes()),
            intake: DataKey(*sealing.mac(b"intake").as_bytes()),
            index: keys.mac("store index"),
            journal: keys.mac("store journal"),
            dice: Mutex::new(Dice::from_seed(*seed.as_bytes())),
        }
    }

    /// The keyed hash under which a `what` is found.
    pub fn index(&self, what: &str, value: &[u8]) -> Vec<u8> {
        self.index.for_purpose(what).mac(value).as_bytes().to_vec()
    }

    /// The hash of a journal entry: it covers the sealed entry, its place in the chain and the hash before it.
    pub fn chain(&self, dispute: DisputeId, seq: i64, version: i64, prev: &[u8], sealed: &[u8]) -> Vec<u8> {
        let digest = Digest::of_parts(&[&dispute.bytes(), &seq.to_be_bytes(), &version.to_be_bytes(), prev, sealed]);
        self.journal.mac(digest.as_bytes()).as_bytes().to_vec()
    }

    /// A fresh key.
    pub fn fresh_key(&self) -> DataKey {
        DataKey(self.roll())
    }

    /// A number above zero that nobody can guess.
    pub fn fresh_number(&self) -> i64 {
        (i64::from_be_bytes(self.roll()) & i64::MAX).max(1)
    }

    /// Seals `plain` under `key` for `place`.
    pub fn seal(&self, key: &DataKey, place: &Place<'_>, plain: &[u8]) -> Result<Vec<u8>, StoreError> {
        let unsealed = || StoreError::damaged(place.field, "(sealing)");
        let nonce = self.roll();
        let mut sealed = Vec::with_capacity(1 + NONCE + plain.len() + CHACHA20_POLY1305.tag_len());
        sealed.push(1);
        sealed.extend_from_slice(&nonce);
        sealed.extend_from_slice(plain);
        let (_, text) = sealed.split_at_mut_checked(1 + NONCE).ok_or_else(unsealed)?;
        let (key, rest) = key.bulk(&nonce).ok_or_else(unsealed)?;
        let tag = key.seal_in_place_separate_tag(rest, Aad::from(place.bytes()), text).map_err(|_| unsealed())?;
        sealed.extend_from_slice(tag.as_ref());
        Ok(sealed)
    }

    /// Wraps the key of `dispute` under the master key.
    pub fn wrap_key(&self, dispute: DisputeId, key: &DataKey) -> Result<Vec<u8>, StoreError> {
        self.seal(&self.disputes, &Place::of("dispute_keys.wrapped", Some(dispute), &[]), &key.0)
    }

    /// The key of `dispute`.
    pub fn unwrap_key(&self, dispute: DisputeId, wrapped: &[u8]) -> Result<DataKey, StoreError> {
        self.disputes.open_key(&Place::of("dispute_keys.wrapped", Some(dispute), &[]), wrapped)
    }

    fn roll<const N: usize>(&self) -> [u8; N] {
        self.dice.lock().unwrap_or_else(PoisonError::into_inner).roll()
    }
}

impl DataKey {
    /// Opens what was sealed under this key for `place`.
    pub fn open(&self, place: &Place<'_>, sealed: &[u8]) -> Result<Zeroizing<Vec<u8>>, StoreError> {
        let damaged = || StoreError::damaged(place.field, place.row.first().copied().map_or_else(String::new, |row| row.to_string()));
        let (version, rest) = sealed.split_first().ok_or_else(damaged)?;
        let (nonce, text) = rest.split_first_chunk::<NONCE>().ok_or_else(damaged)?;
        if *version != 1 {
            return Err(damaged());
        }
        let (key, rest) = self.bulk(nonce).ok_or_else(damaged)?;
        let mut plain = Zeroizing::new(text.to_vec());
        let length = key.open_in_place(rest, Aad::from(place.bytes()), &mut plain).map_err(|_| damaged())?.len();
        plain.truncate(length);
        Ok(plain)
    }

    /// Opens a key that was wrapped under this one.
    pub fn open_key(&self, place: &Place<'_>, wrapped: &[u8]) -> Result<DataKey, StoreError> {
        let bytes = self.open(place, wrapped)?;
        bytes.as_slice().try_into().map(DataKey).map_err(|_| StoreError::damaged(place.field, ""))
    }

    /// The bytes, to be wrapped under another key.
    pub fn bytes(&self) -> &[u8] {
        &self.0
    }

    /// XChaCha20-Poly1305 is ChaCha20-Poly1305 (RFC 8439) under a key that HChaCha20 makes of this one and the first sixteen bytes of the nonce, with the
    /// last eight as its nonce (draft-irtf-cfrg-xchacha-03, section 2).
    fn bulk(&self, nonce: &[u8; NONCE]) -> Option<(LessSafeKey, Nonce)> {
        let (head, tail) = nonce.split_first_chunk::<16>()?;
        let mut subkey = hchacha::<R20>(&self.0.into(), &(*head).into());
        let key = UnboundKey::new(&CHACHA20_POLY1305, &subkey).ok().map(LessSafeKey::new);
        subkey.zeroize();
        let rest = Nonce::try_assume_unique_for_key(&[&[0; 4], tail].concat()).ok()?;
        Some((key?, rest))
    }
}

impl Drop for DataKey {
    fn drop(&mut self) {
        self.0.zeroize();
    }
}

impl<'a> Place<'a> {
    /// The place of `field` (table and column) in `row`.
    pub fn of(field: &'a str, dispute: Option<DisputeId>, row: &'a [i64]) -> Self {
        Self { field, dispute, row }
    }

    fn bytes(&self) -> [u8; 32] {
        let dispute = self.dispute.map(DisputeId::bytes);
        let row: Vec<u8> = self.row.iter().flat_map(|number| number.to_be_bytes()).collect();
        let parts: [&[u8]; 4] = [b"elitige 1", self.field.as_bytes(), dispute.as_ref().map_or(&[], |bytes| bytes.as_slice()), &row];
        *Digest::of_parts(&parts).as_bytes()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::hex;

    fn sealer() -> Sealer {
        let folder = tempfile::tempdir().unwrap();
        let keys = Keys::create(&folder.path().join("key"), &mut Dice::from_seed([5; 32])).unwrap();
        Sealer::new(&keys, Dice::from_seed([6; 32]), 1)
    }

    #[test]
    fn what_is_sealed_opens_only_with_its_key_in_its_place_and_whole() {
        let sealer = sealer();
        let (key, dispute) = (sealer.fresh_key(), DisputeId::new([1; 16]));
        let place = Place::of("journal.sealed", Some(dispute), &[1]);
        let sealed = sealer.seal(&key, &place, b"a private word").unwrap();
        assert_eq!(key.open(&place, &sealed).unwrap().as_slice(), b"a private word");
        assert!(key.open(&Place::of("journal.sealed", Some(dispute), &[2]), &sealed).is_err());
        assert!(key.open(&Place::of("disputes.sealed", Some(dispute), &[1]), &sealed).is_err());
        assert!(key.open(&Place::of("journal.sealed", Some(DisputeId::new([2; 16])), &[1]), &sealed).is_err());
        assert!(sealer.fresh_key().open(&place, &sealed).is_err());
        for at in 0..sealed.len() {
            let mut altered = sealed.clone();
            altered[at] ^= 1;
            assert!(key.open(&place, &altered).is_err());
            assert!(key.open(&place, &sealed[..at]).is_err());
        }
    }

    /// The example of draft-irtf-cfrg-xchacha-03, appendix A.3.1.
    #[test]
    fn the_cipher_is_that_of_its_specification() {
        let key = DataKey(std::array::from_fn(|at| 0x80 + at as u8));
        let nonce = std::array::from_fn(|at| 0x40 + at as u8);
        let aad = [0x50, 0x51, 0x52, 0x53, 0xc0, 0xc1, 0xc2, 0xc3, 0xc4, 0xc5, 0xc6, 0xc7];
        let words = "Ladies and Gentlemen of the class of '99: If I could offer you only one tip for the future, sunscreen would be it.";
        let mut text = words.as_bytes().to_vec();
        let (bulk, rest) = key.bulk(&nonce).unwrap();
        let tag = bulk.seal_in_place_separate_tag(rest, Aad::from(aad), &mut text).unwrap();
        assert!(hex(&text).starts_with("bd6d179d3e83d43b9576579493c0e939572a1700252bfaccbed2902c21396cbb731c7f1b0b4aa644"));
        assert_eq!(hex(tag.as_ref()), "c0875924c1c7987947deafd8780acf49");
    }

    #[test]
    fn a_wrapped_key_comes_back_for_its_dispute_only() {
        let sealer = sealer();
        let (key, dispute) = (sealer.fresh_key(), DisputeId::new([1; 16]));
        let wrapped = sealer.wrap_key(dispute, &key).unwrap();
        assert_eq!(sealer.unwrap_key(dispute, &wrapped).unwrap().0, key.0);
        assert!(sealer.unwrap_key(DisputeId::new([2; 16]), &wrapped).is_err());
    }
}
