//! The unguessable part of a reply address.

use super::dice::Dice;
use super::digest::Digest;
use serde::{Deserialize, Serialize};
use std::fmt;

/// Letters and digits without look-alikes (no i, l, o, u), lower case: they survive case folding, paper and telephones.
const ALPHABET: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";

/// 128 random bits, written as 26 characters; bound by the store to one dispute, participant and channel.
#[derive(Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Token(String);

impl Token {
    /// Characters of a written token.
    pub const LENGTH: usize = 26;

    /// A fresh token.
    pub fn fresh(dice: &mut Dice) -> Self {
        Self::of_bits(u128::from_be_bytes(dice.roll()))
    }

    fn of_bits(bits: u128) -> Self {
        Self((0..Self::LENGTH).map(|place| letter(bits.checked_shr(5 * place as u32).unwrap_or(0) as u8)).collect())
    }

    /// The token that `mac`, a keyed hash, stands for: for an address that is given to somebody outside any dispute, where nothing is kept.
    pub fn from_mac(mac: &Digest) -> Self {
        let bits = mac.as_bytes().iter().take(16).fold(0_u128, |bits, byte| bits << 8 | u128::from(*byte));
        Self::of_bits(bits)
    }

    /// Reads a token as a person or a program may have written it: any case, and o for 0, i or l for 1, u for v.
    /// `None` if it cannot be one.
    pub fn parse(text: &str) -> Option<Self> {
        let repaired: String = text.chars().map(|c| repair(c.to_ascii_lowercase())).collect();
        (repaired.len() == Self::LENGTH && repaired.bytes().all(|byte| ALPHABET.contains(&byte))).then_some(Self(repaired))
    }

    /// The token as it stands in an address.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

fn letter(bits: u8) -> char {
    ALPHABET.get(usize::from(bits & 31)).copied().map_or('0', char::from)
}

fn repair(c: char) -> char {
    match c {
        'o' => '0',
        'i' | 'l' => '1',
        'u' => 'v',
        other => other,
    }
}

/// A token is a secret: it never appears in a log or a panic.
impl fmt::Debug for Token {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Token(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_survives_upper_case_and_look_alikes() {
        let token = Token::fresh(&mut Dice::from_seed([1; 32]));
        assert_eq!(token.as_str().len(), 26);
        assert_eq!(Token::parse(&token.as_str().to_uppercase()), Some(token.clone()));
        assert_eq!(Token::parse(&token.as_str().replace('0', "O").replace('1', "l")), Some(token.clone()));
        assert_eq!(Token::parse(&token.as_str()[1..]), None);
        assert_eq!(Token::parse("é0000000000000000000000000"), None);
    }
}
