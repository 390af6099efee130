//! Contact data in a person's account, masked before the account is kept: what the consumer confirms and what the merchant sees is the same
//! text, and neither holds a telephone number or an address that was only meant for us (DOMAIN §5.4).

use crate::domain::Address;

/// What stands in the place of contact data.
const MASK: &str = "[…]";

/// `text` without e-mail addresses and Moroccan telephone numbers. Order numbers, amounts and dates stay.
pub fn masked(text: &str) -> String {
    let lines: Vec<String> = text.lines().map(|line| without_numbers(&without_addresses(line))).collect();
    lines.join("\n")
}

fn without_addresses(line: &str) -> String {
    let words = line.split(' ').map(|word| {
        let inside = word.trim_matches(|c: char| !c.is_alphanumeric());
        let is_address = inside.contains('@') && Address::parse(inside.trim_start_matches("mailto:")).is_ok();
        if is_address { word.replace(inside, MASK) } else { word.to_owned() }
    });
    words.collect::<Vec<_>>().join(" ")
}

fn without_numbers(line: &str) -> String {
    let mut kept = String::new();
    let mut rest = line;
    let mut before = ' ';
    while let Some(first) = rest.chars().next() {
        let length = if before.is_alphanumeric() || "+-/_".contains(before) { None } else { number_at(rest) };
        match length {
            Some(length) => {
                kept.push_str(MASK);
                rest = rest.get(length..).unwrap_or_default();
                before = ' ';
            }
            None => {
                kept.push(first);
                before = first;
                rest = rest.get(first.len_utf8()..).unwrap_or_default();
            }
        }
    }
    kept
}

/// How many bytes of `text` are a telephone number: `+212`, `00212` or `0`, then 5, 6 or 7 and eight digits, with single separators.
fn number_at(text: &str) -> Option<usize> {
    let after = ["+212", "00212", "0"].iter().find_map(|prefix| text.strip_prefix(prefix))?;
    let mut digits = 0_u8;
    let mut separated = false;
    let mut end = text.len().saturating_sub(after.len());
    for (at, c) in after.char_indices() {
        match c {
            '0'..='9' => {
                if digits == 0 && !matches!(c, '5'..='7') {
                    return None;
                }
                digits = digits.saturating_add(1);
                separated = false;
                end = text.len().saturating_sub(after.len()).saturating_add(at).saturating_add(1);
            }
            ' ' | '.' | '-' | '\u{a0}' if !separated && digits < 9 => separated = true,
            _ => break,
        }
        if digits > 9 {
            return None;
        }
    }
    (digits == 9).then_some(end)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn telephone_numbers_and_addresses_are_masked() {
        for (text, expected) in [
            ("Appelez-moi au 06 12 34 56 78.", "Appelez-moi au […]."),
            ("tel:0612345678, merci", "tel:[…], merci"),
            ("+212 6 12 34 56 78 ou 00212612345678", "[…] ou […]"),
            ("رقمي 0712-345-678 شكرا", "رقمي […] شكرا"),
            ("écrivez à <Leila.B@courrier.example>.", "écrivez à <[…]>."),
        ] {
            assert_eq!(masked(text), expected);
        }
    }

    #[test]
    fn order_numbers_amounts_and_dates_stay() {
        for text in [
            "commande n° AT-48213 pour 1 500,00 DH le 03/11/2026",
            "suivi 0612345678901",
            "facture 2026-0612345678",
            "ref A0612345678",
            "@boutique_atlas",
            "05 11 2026",
            "",
        ] {
            assert_eq!(masked(text), text);
        }
    }
}
