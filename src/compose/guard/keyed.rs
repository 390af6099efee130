//! How pieces of texts are found again: by a hash of few steps, under a key that nobody outside can know.

use std::hash::{BuildHasher, Hasher, RandomState};
use std::sync::LazyLock;

/// Makes hashers with the key of this process.
#[derive(Clone, Copy)]
pub(super) struct Keyed([u64; 2]);

impl Default for Keyed {
    fn default() -> Self {
        static KEY: LazyLock<[u64; 2]> = LazyLock::new(|| [RandomState::new().hash_one(0), RandomState::new().hash_one(1) | 1]);
        Self(*KEY)
    }
}

impl BuildHasher for Keyed {
    type Hasher = Folded;

    fn build_hasher(&self) -> Folded {
        let Self([state, key]) = *self;
        Folded { state, key }
    }
}

/// Eight bytes after the other, multiplied with the key; both halves of the product count.
pub(super) struct Folded {
    state: u64,
    key: u64,
}

impl Folded {
    #[inline]
    fn add(&mut self, word: u64) {
        let product = u128::from(self.state ^ word).wrapping_mul(u128::from(self.key));
        self.state = (product as u64) ^ ((product >> 64) as u64).rotate_left(23);
    }
}

impl Hasher for Folded {
    fn write(&mut self, bytes: &[u8]) {
        let (words, rest) = bytes.as_chunks::<8>();
        words.iter().for_each(|word| self.add(u64::from_le_bytes(*word)));
        let last = rest.iter().fold(0, |last, byte| last << 8 | u64::from(*byte));
        self.add(last ^ (bytes.len() as u64) << 56);
    }

    fn finish(&self) -> u64 {
        self.state
    }
}
