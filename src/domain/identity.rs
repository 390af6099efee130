//! Which dispute is meant, inside the program.

use super::{Dice, Instant};
use serde::{Deserialize, Serialize};

/// Identifies a dispute in the store; never shown to anybody.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct DisputeId(u128);

impl DisputeId {
    /// Random bits of an identifier; the others tell its time.
    const CHANCE: u32 = 80;

    /// The identifier with these bytes.
    pub fn new(bytes: [u8; 16]) -> Self {
        Self(u128::from_be_bytes(bytes))
    }

    /// A new identifier: the milliseconds of `now`, and 80 random bits (in the order of RFC 9562 §5.7). What begins now then stands together in the store,
    /// at the end of each table, however many disputes there are.
    pub fn fresh(now: Instant, dice: &mut Dice) -> Self {
        let chance = u128::from_be_bytes(dice.roll()) & ((1 << Self::CHANCE) - 1);
        let milliseconds = u128::try_from(now.micros() / 1_000).unwrap_or_default() & ((1 << (u128::BITS - Self::CHANCE)) - 1);
        Self(milliseconds << Self::CHANCE | chance)
    }

    /// The 16 bytes.
    pub fn bytes(self) -> [u8; 16] {
        self.0.to_be_bytes()
    }

    /// 32 hexadecimal digits.
    pub fn hex(self) -> String {
        format!("{:032x}", self.0)
    }

    /// Reads 32 hexadecimal digits.
    pub fn parse(text: &str) -> Option<Self> {
        (text.len() == 32).then(|| u128::from_str_radix(text, 16).ok().map(Self)).flatten()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_begins_later_stands_behind() {
        let mut dice = Dice::from_seed([1; 32]);
        let now = Instant::from_micros(1_790_000_000_000_000);
        let (one, other) = (DisputeId::fresh(now, &mut dice), DisputeId::fresh(now, &mut dice));
        assert_ne!(one, other, "two of one instant are two");
        let later = DisputeId::fresh(now.plus_seconds(1), &mut dice);
        assert!(one.max(other) < later && one.max(other).hex() < later.hex());
        assert_eq!(DisputeId::parse(&later.hex()), Some(later));
        assert!(DisputeId::fresh(Instant::from_micros(-5), &mut dice) < one, "a clock that is wrong makes an identifier all the same");
    }
}
