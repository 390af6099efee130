//! Bank accounts of any country, told by their country, their length and their check digits (ISO 13616): no word needs to announce them.

use super::MASK;
use crate::letter::glance::digits;

/// Countries and how long an account of theirs is, in letters and digits.
const LENGTHS: [(&[u8; 2], usize); 46] = [
    (b"AD", 24),
    (b"AE", 23),
    (b"AT", 20),
    (b"BE", 16),
    (b"BG", 22),
    (b"BH", 22),
    (b"BJ", 28),
    (b"CH", 21),
    (b"CI", 28),
    (b"CY", 28),
    (b"CZ", 24),
    (b"DE", 22),
    (b"DK", 18),
    (b"DZ", 26),
    (b"EE", 20),
    (b"EG", 29),
    (b"ES", 24),
    (b"FI", 18),
    (b"FR", 27),
    (b"GB", 22),
    (b"GI", 23),
    (b"GR", 27),
    (b"HR", 21),
    (b"HU", 28),
    (b"IE", 22),
    (b"IT", 27),
    (b"JO", 30),
    (b"KW", 30),
    (b"LB", 28),
    (b"LT", 20),
    (b"LU", 20),
    (b"LV", 21),
    (b"MA", 28),
    (b"MC", 27),
    (b"MR", 27),
    (b"MT", 31),
    (b"NL", 18),
    (b"NO", 15),
    (b"PL", 28),
    (b"PT", 25),
    (b"QA", 29),
    (b"RO", 24),
    (b"SA", 24),
    (b"SN", 28),
    (b"TN", 24),
    (b"TR", 26),
];
/// Digits that an account has at least.
const FEWEST: usize = 12;
/// Marks that may part two groups of one account.
const GAP: usize = 2;

/// `text` with its accounts masked, if it has any; `note` is told of them.
pub(super) fn mask(text: &str, note: &mut impl FnMut(&str)) -> Option<String> {
    if digits(text) < FEWEST {
        return None;
    }
    let (mut masked, mut copied) = (String::new(), 0usize);
    let mut before = b' ';
    for (at, head) in text.as_bytes().windows(4).enumerate() {
        let touched = std::mem::replace(&mut before, head.first().copied().unwrap_or_default()).is_ascii_alphanumeric();
        let [first, second, third, fourth] = head else { continue };
        let shaped = third.is_ascii_digit() && fourth.is_ascii_digit() && first.is_ascii_alphabetic() && second.is_ascii_alphabetic();
        if touched || !shaped || at < copied {
            continue;
        }
        if let Some(end) = text.get(at..).and_then(account).map(|length| at.saturating_add(length)) {
            masked.push_str(text.get(copied..at).unwrap_or_default());
            masked.push_str(MASK);
            note("bank-account-number");
            copied = end;
        }
    }
    masked.push_str(text.get(copied..).unwrap_or_default());
    (copied > 0).then_some(masked)
}

/// How many bytes of the head of `text` are an account.
fn account(text: &str) -> Option<usize> {
    let country = text.get(..2)?.to_ascii_uppercase();
    let length = LENGTHS.iter().find(|(name, _)| name.as_slice() == country.as_bytes()).map(|(_, length)| *length)?;
    let (mut spelt, mut gap) = (Vec::with_capacity(length), 0usize);
    for (at, c) in text.char_indices() {
        if c.is_alphanumeric() {
            if spelt.len() == length {
                break;
            }
            // Letters count from 10 on.
            spelt.push(if c.is_ascii() { c.to_digit(36)? } else { return None });
            gap = 0;
            let end = at.saturating_add(1);
            if spelt.len() == length && !text.get(end..)?.starts_with(char::is_alphanumeric) {
                return is_account(&spelt).then_some(end);
            }
        } else {
            gap = gap.saturating_add(1);
            if gap > GAP || !matches!(c, ' ' | '\u{a0}' | '\u{202f}' | '-' | '.' | '\n' | '\r') {
                return None;
            }
        }
    }
    None
}

/// Whether the check digits are right: with country and check digits at its end the number leaves 1 when it is divided by 97.
fn is_account(spelt: &[u32]) -> bool {
    let turned = spelt.iter().skip(4).chain(spelt.iter().take(4));
    let rest = turned.fold(0u32, |rest, value| (if *value > 9 { rest.saturating_mul(100) } else { rest.saturating_mul(10) }).saturating_add(*value) % 97);
    rest == 1
}
