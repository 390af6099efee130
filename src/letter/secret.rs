//! Secrets that people write without being asked: they are masked in everything that is derived from a mail (DOMAIN §3.4).

use super::fold::western;
use super::pattern::pattern;
use regex::{Captures, Regex};
use std::sync::LazyLock;

/// What stands in the place of a secret.
pub(super) const MASK: &str = "[•••]";

/// `text` with its secrets masked; their kinds are added to `faults`.
pub(super) fn mask(text: &str, faults: &mut Vec<String>) -> String {
    let mut note = |kind: &str| {
        if !faults.iter().any(|known| known == kind) {
            faults.push(kind.to_owned());
        }
    };
    let masked = DIGITS.replace_all(text, |found: &Captures<'_>| {
        let written = found.get(0).map_or("", |all| all.as_str());
        match kind_of_number(written) {
            Some(kind) => {
                note(kind);
                MASK.to_owned()
            }
            None => written.to_owned(),
        }
    });
    let mut masked = masked.into_owned();
    for (pattern, kind) in [(&*IDENTITY, "identity-number"), (&*VERIFICATION, "card-verification-value"), (&*PASSWORD, "password")] {
        if pattern.is_match(&masked) {
            note(kind);
            masked = pattern.replace_all(&masked, |found: &Captures<'_>| format!("{}{MASK}", found.get(1).map_or("", |cue| cue.as_str()))).into_owned();
        }
    }
    masked
}

/// Numbers of 13 to 28 digits in groups.
static DIGITS: LazyLock<Regex> = LazyLock::new(|| pattern(r"(?:[Mm][Aa]\d{2}[ -]?)?\p{Nd}(?:[ \u{a0}.-]?\p{Nd}){12,27}"));
static IDENTITY: LazyLock<Regex> = LazyLock::new(|| {
    pattern(concat!(
        r"(?i)((?:(?-u:\b)(?:cin|cnie?|c\.i\.n\.?|la ?carte nationale|carte d'identit[ée]|carte nationale|identity card|national id)|",
        r"البطاقة الوطنية|بطاقة التعريف|رقم البطاقة|لاكارط ناسيونال)[^\n\d]{0,25}?)(?-u:\b)[A-Za-z]{1,2} ?\d{4,7}(?-u:\b)"
    ))
});
static VERIFICATION: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"(?i)((?:cvv2?|cvc2?|cryptogramme|code de s[ée]curit[ée]|security code|رمز الأمان)[^\n\p{Nd}]{0,20})\p{Nd}{3,4}"));
static PASSWORD: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)((?:mot de passe|mdp|password|passwd|code secret|code pin|pin code|كلمة السر|كلمة المرور|الرمز السري|mot d passe)[ \t]*(?:est|is|هو|هي|:|=)+[ \t]*:?[ \t]*)\S+",
    )
});

/// Which secret a grouped number is, if it is one.
fn kind_of_number(written: &str) -> Option<&'static str> {
    let plain = western(written);
    let digits: Vec<u32> = plain.chars().filter_map(|c| c.to_digit(10)).collect();
    let international = plain.to_ascii_lowercase().starts_with("ma");
    match digits.len() {
        24..=28 if international || digits.len() == 24 => Some("bank-account-number"),
        13..=19 if is_card(&digits) => Some("card-number"),
        _ => None,
    }
}

/// Luhn's check (ISO/IEC 7812-1) and the first digit of a payment card.
fn is_card(digits: &[u32]) -> bool {
    if !matches!(digits.first(), Some(2..=6)) || digits.iter().all(|digit| Some(digit) == digits.first()) {
        return false;
    }
    let sum: u32 = digits
        .iter()
        .rev()
        .enumerate()
        .map(|(place, digit)| match (place % 2, digit.saturating_mul(2)) {
            (0, _) => *digit,
            (_, double) if double > 9 => double.saturating_sub(9),
            (_, double) => double,
        })
        .sum();
    sum.is_multiple_of(10)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn masked(text: &str) -> (String, Vec<String>) {
        let mut faults = Vec::new();
        (mask(text, &mut faults), faults)
    }

    #[test]
    fn secrets_are_masked_and_named() {
        for (text, left, kind) in [
            ("ma carte 4111 1111 1111 1111 debitee", "ma carte [•••] debitee", "card-number"),
            ("carte ٤١١١١١١١١١١١١١١١", "carte [•••]", "card-number"),
            ("RIB 011 780 0000123456789012 34", "RIB [•••]", "bank-account-number"),
            ("CIN : AB123456, merci", "CIN : [•••], merci", "identity-number"),
            ("CVV 123", "CVV [•••]", "card-verification-value"),
            ("mot de passe : Abc!9", "mot de passe : [•••]", "password"),
        ] {
            assert_eq!(masked(text), (left.to_owned(), vec![kind.to_owned()]));
        }
    }

    #[test]
    fn ordinary_numbers_stay() {
        for text in ["commande AB123456", "colis 1234567890123", "le 03/03/2026 a 10:00", "0612345678", "2 300 DH", "mot de passe oublié"] {
            assert_eq!(masked(text), (text.to_owned(), Vec::new()), "{text}");
        }
    }
}
