//! Packing the bytes of a mail before they are sealed (Zstandard, RFC 8878): what people write and what base64 holds take half of their room, and a mail
//! is written twice, to the log and to the file.
//!
//! Each mail is packed by itself, so that the length of one tells nothing of another.

use super::seal::Sealer;
use super::{Arrival, Result, Store, StoreError};
use crate::domain::Digest;
use zstd::bulk::{Compressor, Decompressor};

/// The quickest of the levels that still halve a mail.
const LEVEL: i32 = 1;

/// How bytes are packed, and with that the field that they are sealed for: nobody can pass one off as the other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Packing {
    /// As they came.
    None,
    /// As one frame of Zstandard.
    Zstd,
}

impl Packing {
    /// The word used in the store.
    pub(super) fn name(self) -> &'static str {
        match self {
            Packing::None => "none",
            Packing::Zstd => "zstd",
        }
    }

    /// Reads such a word.
    pub(super) fn parse(name: &str) -> Option<Self> {
        [Packing::None, Packing::Zstd].into_iter().find(|packing| packing.name() == name)
    }

    /// The field that the bytes are sealed for.
    pub(super) fn field(self) -> &'static str {
        match self {
            Packing::None => "letter_bytes.sealed",
            Packing::Zstd => "letter_bytes.zstd",
        }
    }

    /// What was packed so, which is `size` bytes long.
    pub(super) fn unpack(self, packed: Vec<u8>, size: usize) -> Result<Vec<u8>> {
        match self {
            Packing::None => Ok(packed),
            Packing::Zstd => {
                let unpacked = Decompressor::new().and_then(|mut decompressor| decompressor.decompress(&packed, size));
                unpacked.map_err(|_| StoreError::damaged(self.field(), "(unpacking)"))
            }
        }
    }
}

/// Packs one mail after the other; what one needed in memory serves the next.
pub(super) struct Packer(Option<Compressor<'static>>);

impl Packer {
    /// A new one. Where there is no memory for it, nothing is packed.
    pub(super) fn new() -> Self {
        Self(Compressor::new(LEVEL).ok())
    }

    /// `bytes` packed, if that makes them smaller.
    pub(super) fn pack(&mut self, bytes: &[u8]) -> (Packing, Option<Vec<u8>>) {
        let packed = self.0.as_mut().and_then(|compressor| compressor.compress(bytes).ok()).filter(|packed| packed.len() < bytes.len());
        (if packed.is_some() { Packing::Zstd } else { Packing::None }, packed)
    }
}

/// Mails that need no more work before they are written: whoever waits for the writer can have that done meanwhile.
pub struct Packed {
    pub(super) arrivals: Vec<Arrival>,
    pub(super) packs: Vec<Pack>,
}

/// What is written of one mail.
pub(super) struct Pack {
    pub(super) digest: Digest,
    pub(super) fingerprint: Vec<u8>,
    pub(super) packing: Packing,
    /// Its bytes, if packing made them smaller.
    pub(super) packed: Option<Vec<u8>>,
}

impl Store {
    /// Makes mails ready to be received.
    pub fn pack(&self, arrivals: Vec<Arrival>) -> Packed {
        let packs = packs(self.sealer(), &arrivals);
        Packed { arrivals, packs }
    }
}

pub(super) fn packs(sealer: &Sealer, arrivals: &[Arrival]) -> Vec<Pack> {
    let mut packer = Packer::new();
    let each = arrivals.iter().map(|arrival| {
        let (packing, packed) = packer.pack(&arrival.bytes);
        let digest = Digest::of(&arrival.bytes);
        Pack { digest, fingerprint: sealer.index("letter", digest.as_bytes()), packing, packed }
    });
    each.collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn what_is_packed_comes_back(mails in prop::collection::vec(prop::collection::vec(any::<u8>(), 0..3_000), 1..4), word in "[a-z ]{1,40}") {
            let mut packer = Packer::new();
            let text = word.repeat(50).into_bytes();
            for mail in mails.iter().chain([&text]) {
                let (packing, packed) = packer.pack(mail);
                let kept = packed.unwrap_or_else(|| mail.clone());
                prop_assert!(kept.len() <= mail.len());
                prop_assert_eq!(&packing.unpack(kept, mail.len()).unwrap(), mail);
            }
            prop_assert_eq!(packer.pack(&text).0, Packing::Zstd);
        }
    }

    #[test]
    fn what_would_grow_beyond_its_size_is_damaged() {
        let (packing, packed) = Packer::new().pack(&[b'a'; 1_000_000]);
        assert!(packing.unpack(packed.unwrap(), 999_999).is_err());
    }
}
