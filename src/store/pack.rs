//! Packing bytes before they are sealed (Zstandard, RFC 8878): mails take half of their room, letters and disputes a third, and whatever is kept is written
//! twice, to the log and to the file.
//!
//! Each is packed by itself, so that the length of one tells nothing of another.

use super::{Result, StoreError};
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
            Packing::Zstd => unpack(&packed, size).ok_or_else(|| StoreError::damaged(self.field(), "(unpacking)")),
        }
    }
}

/// What was packed as one frame of Zstandard and is at most `size` bytes long; `None` where it is anything else.
pub(super) fn unpack(packed: &[u8], size: usize) -> Option<Vec<u8>> {
    Decompressor::new().and_then(|mut decompressor| decompressor.decompress(packed, size)).ok()
}

/// Packs one thing after the other; what one needed in memory serves the next.
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
