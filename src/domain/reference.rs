//! The case reference that people see and quote.

use super::dice::Dice;
use serde::{Deserialize, Serialize};
use std::fmt;

/// Digits and capitals without look-alikes (no 0 O, 1 I, 5 S, 2 Z, U V).
const ALPHABET: &[u8; 26] = b"346789ABCDEFGHJKLMNPQRTWXY";
const PREFIX: &str = "EL-";

/// A pointer to a dispute, e.g. `EL-7K3Q-9XWC`: seven random characters and a check character. It carries no authority.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Reference(String);

/// Why a text is not a [`Reference`].
#[derive(Debug, thiserror::Error)]
#[error("this is not a case reference (they look like EL-7K3Q-9XWC, and the last character checks the others)")]
pub struct NotAReference;

impl Reference {
    /// A fresh reference; the store refuses one that is already taken.
    pub fn fresh(dice: &mut Dice) -> Self {
        let body: String = (0..7).map(|_| letter(dice.below(ALPHABET.len() as u64) as usize)).collect();
        Self::spell(&body, check(&body))
    }

    /// Reads a reference in any case, with or without its hyphens.
    pub fn parse(text: &str) -> Result<Self, NotAReference> {
        let plain: String = text.trim().to_ascii_uppercase().chars().filter(|c| !matches!(c, '-' | ' ' | '‑' | '–')).collect();
        let body = plain.strip_prefix("EL").ok_or(NotAReference)?;
        let (body, last) = (body.get(..7).ok_or(NotAReference)?, body.get(7..).ok_or(NotAReference)?);
        if !body.bytes().all(|byte| ALPHABET.contains(&byte)) || last != check(body).to_string() {
            return Err(NotAReference);
        }
        Ok(Self::spell(body, check(body)))
    }

    /// Every valid reference that is written somewhere in `text`, in order, each once. At most ten are looked for.
    pub fn find_all(text: &str) -> Vec<Self> {
        let mut found = Vec::new();
        let upper = text.to_ascii_uppercase();
        for (at, _) in upper.match_indices(PREFIX).take(10) {
            let candidate: String = upper.get(at..).unwrap_or_default().chars().take(12).collect();
            if let Ok(reference) = Self::parse(&candidate)
                && !found.contains(&reference)
            {
                found.push(reference);
            }
        }
        found
    }

    /// The reference as it is written.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    fn spell(body: &str, check: char) -> Self {
        let (left, right) = (body.get(..4).unwrap_or_default(), body.get(4..).unwrap_or_default());
        Self(format!("{PREFIX}{left}-{right}{check}"))
    }
}

fn letter(index: usize) -> char {
    ALPHABET.get(index).copied().map_or('3', char::from)
}

/// Luhn's algorithm modulo 26 (ISO/IEC 7812-1, generalised): finds every single wrong character and almost every swap.
fn check(body: &str) -> char {
    let base = ALPHABET.len();
    let sum: usize = body
        .bytes()
        .rev()
        .enumerate()
        .map(|(place, byte)| {
            let value = ALPHABET.iter().position(|known| *known == byte).unwrap_or(0);
            let addend = if place % 2 == 0 { value * 2 } else { value };
            addend / base + addend % base
        })
        .sum();
    letter((base - sum % base) % base)
}

impl fmt::Display for Reference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl TryFrom<String> for Reference {
    type Error = NotAReference;
    fn try_from(text: String) -> Result<Self, NotAReference> {
        Self::parse(&text)
    }
}

impl From<Reference> for String {
    fn from(reference: Reference) -> String {
        reference.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_reference_that_people_are_shown_as_an_example_is_one() {
        assert_eq!(Reference::find_all(&NotAReference.to_string()).len(), 1);
    }

    #[test]
    fn a_fresh_reference_is_read_back_in_any_spelling_and_every_wrong_letter_is_found() {
        let mut dice = Dice::from_seed([3; 32]);
        for _ in 0..200 {
            let reference = Reference::fresh(&mut dice);
            assert_eq!(Reference::parse(&reference.as_str().to_lowercase().replace('-', "")).unwrap(), reference);
            for at in 3..reference.as_str().len() {
                for wrong in ALPHABET.iter().map(|byte| char::from(*byte)) {
                    let mut letters: Vec<char> = reference.as_str().chars().collect();
                    if letters[at] == '-' || letters[at] == wrong {
                        continue;
                    }
                    letters[at] = wrong;
                    assert!(Reference::parse(&letters.iter().collect::<String>()).is_err());
                }
            }
        }
    }

    #[test]
    fn references_are_found_in_a_subject() {
        let reference = Reference::fresh(&mut Dice::from_seed([4; 32]));
        let subject = format!("RE: TR: [{reference}] votre dossier EL-XXXX-XXXX él-é");
        assert_eq!(Reference::find_all(&subject), vec![reference]);
    }
}
