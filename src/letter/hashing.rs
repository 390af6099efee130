//! Tables of words of our own files. Their keys are ours and never change, so no mail can make them collide and a quick hash does.

use std::collections::{HashMap, HashSet};
use std::hash::{BuildHasher, BuildHasherDefault, Hasher};

/// What is known of words.
pub(super) type Table<T, Key = String> = HashMap<Key, T, BuildHasherDefault<Quick>>;
/// Known words.
pub(super) type Set<Key = String> = HashSet<Key, BuildHasherDefault<Quick>>;

/// Multiplies and rotates eight bytes at once (FxHash).
#[derive(Debug, Default)]
pub(super) struct Quick(u64);

/// An odd number without a pattern.
const FACTOR: u64 = 0x9e37_79b9_7f4a_7c15;

impl Quick {
    fn take(&mut self, eight: u64) {
        self.0 = (self.0.rotate_left(5) ^ eight).wrapping_mul(FACTOR);
    }
}

impl Hasher for Quick {
    fn finish(&self) -> u64 {
        self.0 ^ self.0.rotate_left(26)
    }

    fn write(&mut self, bytes: &[u8]) {
        let (eights, rest) = bytes.as_chunks::<8>();
        eights.iter().for_each(|eight| self.take(u64::from_le_bytes(*eight)));
        if !rest.is_empty() {
            self.take(rest.iter().fold(1, |sum, byte| sum << 8 | u64::from(*byte)));
        }
    }

    fn write_u8(&mut self, _: u8) {}
}

/// A sign for each of some words; several words share one. Where two have no sign in common, they have no word in common.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Signs([u64; 4]);

impl Signs {
    /// The signs of `words`.
    pub fn of<'w>(words: impl Iterator<Item = &'w str>) -> Self {
        let mut signs = Signs::default();
        for word in words {
            let hash = BuildHasherDefault::<Quick>::default().hash_one(word);
            let quarter = usize::from(hash as u8 >> 6);
            if let Some(quarter) = signs.0.get_mut(quarter) {
                *quarter |= 1u64.wrapping_shl(u32::from(hash as u8));
            }
        }
        signs
    }

    /// Whether they have one in common.
    pub fn meet(&self, others: &Signs) -> bool {
        self.0.iter().zip(&others.0).any(|(one, other)| one & other != 0)
    }
}
