//! Order, invoice, parcel and telephone numbers: only where a word says which number it is.

use super::{Read, Source, money};
use crate::domain::Fact;
use crate::letter::pattern::pattern;
use regex::Regex;
use std::sync::LazyLock;

/// Between the cue and the number: "n°", "number", "رقم", ":" …
const BETWEEN: &str = concat!(
    r"[ \t]*(?:n[°ºo]?\.?|num[ée]ro|num|number|no\.?|nr|id|ref\.?|r[ée]f[ée]rence|رقم|nemra|nmra|raqm|ra9m|sous le num[ée]ro|",
    r"portant le num[ée]ro|est|is|#|:|-|\(|=)?[ \t]*(?:n[°ºo]?\.?|num[ée]ro|رقم|est|is|le|#|:|-|\(|=)?[ \t]*[:#]?[ \t]*"
);
/// The number itself.
const NUMBER: &str = r"([A-Za-z]{0,6}[-_/]?[A-Za-z0-9]*\d[A-Za-z0-9]*(?:[-_/][A-Za-z0-9]+){0,4})";

fn numbered(cue: &str) -> Regex {
    pattern(&format!("(?i)(?:{cue}){BETWEEN}{NUMBER}"))
}

static ORDER: LazyLock<Regex> = LazyLock::new(|| {
    numbered(
        r"commandes?|cmd|cde|l?commande|order|orders|purchase order|num[ée]ro de commande|n[°º] ?de commande|order number|الطلبية|طلبية|الطلب|طلب|طلبيتي|الكوموند|كوموند|لكوموند|رقم الطلب",
    )
});
static INVOICE: LazyLock<Regex> = LazyLock::new(|| numbered(r"facture|invoice|فاتورة|الفاتورة"));
static TRACKING: LazyLock<Regex> = LazyLock::new(|| numbered(r"suivi|num[ée]ro de suivi|tracking|tracking number|colis|parcel|رقم التتبع|التتبع"));
static PHONE: LazyLock<Regex> = LazyLock::new(|| pattern(r"(?:\+212|00212|0)[ .-]?[5-7](?:[ .-]?\d){8}"));

/// Numbers that are looked at.
const MOST: usize = 20;

/// Notes the numbers of which there is no doubt.
pub(super) fn read(source: &Source<'_>, read: &mut Read) {
    for (fact, pattern) in [(Fact::OrderNo, &*ORDER), (Fact::InvoiceNo, &*INVOICE), (Fact::TrackingNo, &*TRACKING)] {
        if read.facts.get(fact).is_some() {
            continue;
        }
        let mut numbers: Vec<String> = Vec::new();
        for captures in pattern.captures_iter(source.text).take(MOST) {
            let (Some(all), Some(number)) = (captures.get(0), captures.get(1)) else { continue };
            let between = source.text.get(all.start()..number.start()).unwrap_or_default();
            let number_word = has_number_word(between);
            if begins_word(source.text, all.start()) && plausible(source.text, number.start(), number.as_str(), number_word) {
                numbers.push(number.as_str().to_owned());
            }
        }
        numbers.sort_by_key(|number| number.to_lowercase());
        numbers.dedup_by(|left, right| left.eq_ignore_ascii_case(right));
        match numbers.as_slice() {
            [number] => read.note(fact, number.clone(), "number"),
            [] => {}
            _ => read.because.push(format!("{}:several", fact.name())),
        }
    }
    phone(source, read);
}

fn has_number_word(between: &str) -> bool {
    between.contains(['°', 'º', '#', ':', '='])
        || ["num", "رقم", "number", "ref", "réf", "nemra", "nmra", "ra9m"].iter().any(|word| between.to_lowercase().contains(word))
}

fn begins_word(text: &str, at: usize) -> bool {
    !text.get(..at).and_then(|before| before.chars().next_back()).is_some_and(|c| c.is_ascii_alphanumeric() || c == '@')
}

/// Whether `number` can be a number of something: not a sum, a date, a count, a year, a duration or a word.
fn plausible(text: &str, start: usize, number: &str, number_word: bool) -> bool {
    let rest = text.get(start..).unwrap_or_default();
    let after = rest.get(number.len()..).unwrap_or_default();
    let digits = number.bytes().filter(u8::is_ascii_digit).count();
    let only_digits = digits == number.len();
    let year = only_digits && digits == 4 && (number.starts_with("19") || number.starts_with("20"));
    let date = number.matches('/').count() >= 1 && number.chars().all(|c| c.is_ascii_digit() || c == '/');
    let phone = only_digits && digits == 10 && (number.starts_with("06") || number.starts_with("07") || number.starts_with("05"));
    let continues =
        after.starts_with(|c: char| c.is_alphanumeric()) || after.starts_with(['@', ',', '.']) && after.chars().nth(1).is_some_and(|c| c.is_ascii_digit());
    let counted = COUNTED.find(after).is_some_and(|found| found.start() == 0);
    let short = number.len() < 3 || (digits < 3 && !number_word);
    !(short || (year && !number_word) || date || phone || continues || counted || money::begins(rest) || number.len() > 40)
}

/// Units after a count.
static COUNTED: LazyLock<Regex> = LazyLock::new(|| {
    pattern(concat!(
        r"(?i)^[ \t]*(?:jours?|heures?|h|semaines?|mois|ans?|articles?|produits?|pi[èe]ces?|fois|dh|dhs|days?|hours?|weeks?|months?|items?|",
        r"pieces?|times|janvier|f[ée]vrier|mars|avril|mai|juin|juillet|ao[ûu]t|septembre|octobre|novembre|d[ée]cembre|centimes?|ryals?|%|kg|",
        r"cm|أيام|يوم|أسابيع|درهم|مرة|ريال)(?:[^\p{L}\p{Nd}]|$)"
    ))
});

fn phone(source: &Source<'_>, read: &mut Read) {
    let mut numbers: Vec<String> = PHONE
        .find_iter(source.text)
        .take(MOST)
        .filter(|found| {
            let next = source.text.get(found.end()..).and_then(|after| after.chars().next());
            begins_word(source.text, found.start()) && !next.is_some_and(|c| c.is_alphanumeric())
        })
        .map(|found| normal_phone(found.as_str()))
        .collect();
    numbers.sort();
    numbers.dedup();
    if let [number] = numbers.as_slice() {
        read.note(Fact::Phone, number.clone(), "phone");
    }
}

/// `+2126…` for every spelling of a Moroccan number.
fn normal_phone(written: &str) -> String {
    let digits: String = written.chars().filter(char::is_ascii_digit).collect();
    let national: String = digits.chars().rev().take(9).collect::<Vec<_>>().into_iter().rev().collect();
    format!("+212{national}")
}

/// Reads the value of a labelled number.
pub(super) fn labelled(value: &str) -> Option<String> {
    let value = value.trim().trim_start_matches(['#', ':', ' ']).trim_start_matches("n°").trim_start_matches("N°").trim();
    let number: String = value.chars().take_while(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '/' | '.')).collect();
    let number = number.trim_end_matches(['.', '-', '/', '_']);
    let rest = value.get(number.len()..).unwrap_or_default().trim_start();
    let digits = number.bytes().filter(u8::is_ascii_digit).count();
    let ends = rest.is_empty() || rest.starts_with(['(', ',', '.', ';']);
    (digits >= 2 && number.len() >= 3 && number.len() <= 40 && ends && !money::begins(value)).then(|| number.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn order(text: &str) -> Option<String> {
        let found = ORDER.captures(text)?.get(1)?;
        plausible(text, found.start(), found.as_str(), has_number_word(text.get(..found.start())?)).then(|| found.as_str().to_owned())
    }

    #[test]
    fn numbers_of_orders_are_told_from_other_numbers() {
        for (text, number) in [
            ("commande 48213 mais rien", "48213"),
            ("order 48213 and nothing", "48213"),
            ("commande 48213 hier", "48213"),
            ("commande n° CMD-2026-0192).", "CMD-2026-0192"),
            ("la commande: #A-1009, svp", "A-1009"),
            ("الطلبية رقم EM-9921)", "EM-9921"),
            ("cmd 55121", "55121"),
        ] {
            assert_eq!(order(text).as_deref(), Some(number), "{text}");
        }
        for text in [
            "commande 15 jours",
            "commande 2300 DH",
            "commande 2026",
            "commande 12/02/2026",
            "commande 0612345678",
            "commande 100 articles",
            "order 450.00 MAD",
        ] {
            assert_eq!(order(text), None, "{text}");
        }
    }

    #[test]
    fn telephone_numbers_have_one_spelling() {
        assert_eq!(normal_phone("06 12 34 56 78"), "+212612345678");
        assert_eq!(normal_phone("00212612345678"), "+212612345678");
        assert_eq!(labelled("48213").as_deref(), Some("48213"));
        assert_eq!(labelled("je ne l'ai pas"), None);
    }
}
