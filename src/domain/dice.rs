//! Chance as an argument: the only source of randomness that the house uses.

use super::mac::MacKey;

/// A generator of unpredictable bytes, seeded once by `main.rs` from the operating system (or by a test from a number).
///
/// HMAC-SHA-256 in counter mode over the seed: the same seed gives the same bytes, and nothing is learnt of the seed from them.
#[derive(Clone)]
pub struct Dice {
    key: MacKey,
    counter: u64,
}

impl Dice {
    /// Dice that will always fall the same way for the same `seed`.
    pub fn from_seed(seed: [u8; 32]) -> Self {
        Self { key: MacKey::new(seed), counter: 0 }
    }

    /// The next `N` bytes.
    pub fn roll<const N: usize>(&mut self) -> [u8; N] {
        let mut bytes = [0u8; N];
        for chunk in bytes.chunks_mut(32) {
            self.counter = self.counter.wrapping_add(1);
            let block = self.key.mac(&self.counter.to_be_bytes());
            for (byte, fresh) in chunk.iter_mut().zip(block.as_bytes()) {
                *byte = *fresh;
            }
        }
        bytes
    }

    /// A number below `bound` (0 when `bound` is 0).
    pub fn below(&mut self, bound: u64) -> u64 {
        u64::from_be_bytes(self.roll()).checked_rem(bound).unwrap_or(0)
    }
}

impl std::fmt::Debug for Dice {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Dice(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_seed_falls_the_same_way_and_no_two_rolls_are_equal() {
        let (mut a, mut b) = (Dice::from_seed([7; 32]), Dice::from_seed([7; 32]));
        let first: [u8; 40] = a.roll();
        assert_eq!(first, b.roll::<40>());
        assert_ne!(first, a.roll::<40>());
    }
}
