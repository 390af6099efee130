//! Tables of words of our own files. Their keys are ours and never change, so no mail can make them collide and a quick hash does.

use std::collections::{HashMap, HashSet};
use std::hash::{BuildHasherDefault, Hasher};

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
