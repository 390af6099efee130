//! Order, invoice and parcel numbers: only where a word says which number it is.

use super::{Read, Source, amounts, found_in, lines_with_digits, phone};
use crate::domain::Fact;
use crate::letter::pattern::pattern;
use regex::Regex;
use std::sync::LazyLock;

/// Words between the cue and the number that say nothing: "dyali", "c'est la", "ديالي".
const FILLER: &str = concat!(
    r"(?:[ \t]+(?:dyali|dyal|dial|diali|dyalha|d|c'est|la|le|est|is|was|number|we7da|wahda|hiya|hia|howa|ra9mha|nmertha|passée|passee|ديالي|ديال|ديالتي|هو|هي|تحت|",
    r"الخاصة|الخاص|بي|chez \p{L}+|aramex|amana|dhl|ctm|chronopost|cathedis|ozone|sendit|fedex|ups|poste maroc|jumia|comande|commande|order|facture)){0,3}?"
);
/// Between the cue and the number: "n°", "number", "رقم", ":" …
const BETWEEN: &str = concat!(
    r"[ \t]*(?:n[°ºo]\.?|n\.|num[ée]ros?|num|number|no\.?|nr|id|ref\.?|r[ée]f\.?|r[ée]f[ée]rence|رقم|رقمها|رقمه|نمرة|نمرتها|nemra|nmra|nmera|raqm|ra9m|sous le num[ée]ro|",
    r"portant le num[ée]ro|est|is|#|:|-|\(|=)?[ \t]*(?:n[°ºo]\.?|num[ée]ro|رقم|est|is|هو|هي|le|#|:|-|\(|=)?[ \t]*[:#]?[ \t]*"
);
/// The number itself.
const NUMBER: &str = r"([A-Za-z]{0,6}[-_/]?[A-Za-z0-9]*\d[A-Za-z0-9]*(?:[-_/][A-Za-z0-9]+){0,4})";

fn numbered(cue: &str) -> Regex {
    pattern(&format!("(?i)(?:{cue}){FILLER}{BETWEEN}{NUMBER}"))
}

static ORDER: LazyLock<Regex> = LazyLock::new(|| {
    numbered(concat!(
        r"commandes?|comande|cmd|cde|l?commande|order|orders|purchase order|num[ée]ro de commande|n[°º] ?de commande|order number|booking|r[ée]servation|",
        r"الطلبية|طلبية|الطلب|طلب|طلبيتي|طلبي|الكوموند|كوموند|كوموندتي|لكوموند|رقم الطلب"
    ))
});
static INVOICE: LazyLock<Regex> = LazyLock::new(|| numbered(r"factures?|invoice|faktoura|factoura|lfactura|فاتورة|الفاتورة|الفاكتورة|فاكتورة|bon d'achat n"));
static TRACKING: LazyLock<Regex> = LazyLock::new(|| {
    numbered(concat!(
        r"suivi|num[ée]ro de suivi|tracking|tracking number|colis|parcel|exp[ée]dition|bordereau|awb|code suivi|code d'envoi|n[°º] d'envoi|",
        r"رقم التتبع|التتبع|رقم الشحنة|رقم الطرد|الطرد رقم|الكولي|aramex|amana|chronopost|dhl|ctm"
    ))
});
/// A number before its name: "7781-F (n° facture)".
static REVERSED: LazyLock<Regex> = LazyLock::new(|| pattern(&format!("(?i){NUMBER}{NAME}")));
/// The same at the head of a text.
static REVERSED_HEAD: LazyLock<Regex> = LazyLock::new(|| pattern(&format!("(?i)^{NUMBER}{NAME}")));
/// A name after its number, in brackets.
const NAME: &str = concat!(
    r"[ \t]*\([ \t]*(?:n[°ºo]\.?[ \t]*(?:de[ \t]+)?|num[ée]ro[ \t]+(?:de[ \t]+)?|رقم )?",
    r"(commande|order|facture|invoice|suivi|tracking|colis|الطلب|الطلبية|الفاتورة|التتبع)[ \t]*\)"
);
/// The number of a registered parcel (UPU S10) says by itself what it is.
static PARCEL: LazyLock<Regex> = LazyLock::new(|| pattern(r"(?-u:\b)[A-Z]{2}\d{9}[A-Z]{2}(?-u:\b)"));
/// A number of something that is not named.
static NAMELESS: LazyLock<Regex> = LazyLock::new(|| pattern(&format!(r"(?i)(?:n[°º]|num[ée]ro|#|رقم)[ \t]*[:#]?[ \t]*{NUMBER}")));

/// Numbers that are looked at.
const MOST: usize = 20;

/// Notes the numbers of orders, invoices and parcels of which there is no doubt.
pub(super) fn read(source: &Source<'_>, read: &mut Read) {
    let mut taken: Vec<usize> = Vec::new();
    let lines = source.digits;
    if lines.is_empty() {
        return;
    }
    let bracketed = source.text.contains('(');
    for (fact, pattern) in [(Fact::InvoiceNo, &*INVOICE), (Fact::TrackingNo, &*TRACKING), (Fact::OrderNo, &*ORDER)] {
        let mut numbers: Vec<String> = Vec::new();
        for (from, captures) in found_in(lines, pattern).take(MOST) {
            let (Some(all), Some(number)) = (captures.get(0), captures.get(1)) else { continue };
            let (at, start) = (from.saturating_add(all.start()), from.saturating_add(number.start()));
            let between = source.text.get(at..start).unwrap_or_default();
            let number_word = has_number_word(between);
            let claimed = taken.contains(&start) || bracketed && REVERSED_HEAD.is_match(source.text.get(start..).unwrap_or_default());
            if !claimed && begins_word(source.text, at) && plausible(source.text, start, number.as_str(), number_word) {
                taken.push(start);
                numbers.push(number.as_str().to_owned());
                numbers.extend(next_to(source.text, from.saturating_add(number.end()), number.as_str()));
            }
        }
        for (from, captures) in found_in(if bracketed { lines } else { &[] }, &REVERSED).take(MOST) {
            let (Some(number), Some(name)) = (captures.get(1), captures.get(2)) else { continue };
            let start = from.saturating_add(number.start());
            if fact_of(name.as_str()) == fact && begins_word(source.text, start) && number.as_str().bytes().filter(u8::is_ascii_digit).count() >= 3 {
                taken.push(start);
                numbers.push(number.as_str().to_owned());
            }
        }
        if fact == Fact::TrackingNo {
            numbers.extend(found_in(lines, &PARCEL).take(MOST).filter_map(|(_, found)| found.get(0).map(|number| number.as_str().to_owned())));
        }
        if fact == Fact::OrderNo && numbers.is_empty() && ORDERED.is_match(source.text) {
            numbers.extend(nameless(source.text, lines, &taken));
        }
        one(read, fact, numbers);
    }
}

/// Notes the number of the order that the writer's subject names, if the text names none.
pub(super) fn read_subject(subject: &str, read: &mut Read) {
    let several = read.because.iter().any(|why| why == "order_no:several");
    if several || read.facts.get(Fact::OrderNo).is_some() {
        return;
    }
    let lines = lines_with_digits(subject);
    let mut numbers: Vec<String> = Vec::new();
    for (from, captures) in found_in(&lines, &ORDER).take(MOST) {
        let (Some(all), Some(number)) = (captures.get(0), captures.get(1)) else { continue };
        let (at, start) = (from.saturating_add(all.start()), from.saturating_add(number.start()));
        let between = subject.get(at..start).unwrap_or_default();
        if begins_word(subject, at) && plausible(subject, start, number.as_str(), has_number_word(between)) {
            numbers.push(number.as_str().to_owned());
            numbers.extend(next_to(subject, from.saturating_add(number.end()), number.as_str()));
        }
    }
    one(read, Fact::OrderNo, numbers);
}

/// After a number, perhaps with a remark in brackets: another one of the same kind.
static NEXT: LazyLock<Regex> = LazyLock::new(|| {
    pattern(&format!(
        r"^(?i)[ \t]*(?:\([^()\n]{{0,40}}\))?[ \t]*(?:[,;/&+،]|[,،]?[ \t]*(?:et|and|w|o|و|ou|or|wla|ولا|أو))[ \t]*(?:(?:la|le|celle|the|n[°º]|num[ée]ro|number|no\.?|رقم|#|:)[ \t]*){{0,3}}{NUMBER}"
    ))
});

/// The number that follows `number` at `end` and is spelt like it: "commandes 5512 et 5513" are two.
fn next_to(text: &str, end: usize, number: &str) -> Option<String> {
    let found = NEXT.captures(text.get(end..)?)?.get(1)?;
    let shape = |number: &str| {
        let letters: String = number.chars().filter(char::is_ascii_alphabetic).map(|c| c.to_ascii_lowercase()).collect();
        (letters, number.bytes().filter(u8::is_ascii_digit).count())
    };
    let ((letters, digits), (others, more)) = (shape(number), shape(found.as_str()));
    let alike = letters == others && digits.abs_diff(more) <= 1;
    (alike && plausible(text, end.saturating_add(found.start()), found.as_str(), !letters.is_empty())).then(|| found.as_str().to_owned())
}

/// Words that make a number without a name that of an order.
static ORDERED: LazyLock<Regex> = LazyLock::new(|| pattern(r"(?i)command|cmd|order|achet|طلب|كوموند|commandit|tlebt|bought"));

/// Numbers after a bare "n°" that belong to nothing else.
fn nameless(text: &str, lines: &[(usize, &str)], taken: &[usize]) -> Vec<String> {
    const OTHERS: [&str; 30] = [
        "facture",
        "invoice",
        "suivi",
        "colis",
        "tel",
        "tél",
        "phone",
        "gsm",
        "lot",
        "série",
        "serie",
        "serial",
        "client",
        "dossier",
        "compte",
        "rue",
        "appt",
        "apt",
        "imm",
        "villa",
        "ticket",
        "cin",
        "rc",
        "ice",
        "modele",
        "modèle",
        "هاتف",
        "الهاتف",
        "شارع",
        "زنقة",
    ];
    let mut found: Vec<String> = Vec::new();
    for (from, captures) in found_in(lines, &NAMELESS).take(MOST) {
        let (Some(all), Some(number)) = (captures.get(0), captures.get(1)) else { continue };
        let (at, start) = (from.saturating_add(all.start()), from.saturating_add(number.start()));
        let before = text.get(..at).unwrap_or_default();
        let last: String = before.chars().rev().take(24).collect::<Vec<_>>().into_iter().rev().collect::<String>().to_lowercase();
        let clause = last.rsplit([',', '.', ';', '\n', '(']).next().unwrap_or_default();
        let other = clause.split(|c: char| !c.is_alphanumeric()).any(|word| OTHERS.contains(&word));
        let call = phone::begins(text.get(start..).unwrap_or_default());
        if !other && !call && !taken.contains(&start) && begins_word(text, at) && plausible(text, start, number.as_str(), true) && number.as_str().len() >= 4 {
            found.push(number.as_str().to_owned());
        }
    }
    found
}

fn fact_of(name: &str) -> Fact {
    match name.to_lowercase().as_str() {
        "facture" | "invoice" | "الفاتورة" => Fact::InvoiceNo,
        "suivi" | "tracking" | "colis" | "التتبع" => Fact::TrackingNo,
        _ => Fact::OrderNo,
    }
}

fn one(read: &mut Read, fact: Fact, mut numbers: Vec<String>) {
    numbers.sort_by_key(|number| number.to_lowercase());
    numbers.dedup_by(|left, right| left.eq_ignore_ascii_case(right));
    match numbers.as_slice() {
        [number] => read.note(fact, number.clone(), "number"),
        [] => {}
        _ => read.because.push(format!("{}:several", fact.name())),
    }
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
    let pieces: Vec<Option<u32>> = number.split('/').map(|piece| piece.parse().ok()).collect();
    let date = matches!(pieces.as_slice(), [Some(day), Some(month)] | [Some(day), Some(month), Some(_)] if *day <= 31 && *month <= 12)
        || matches!(pieces.as_slice(), [Some(1900..=2100), Some(month), Some(day)] if *day <= 31 && *month <= 12);
    let phone = only_digits && digits == 10 && (number.starts_with("06") || number.starts_with("07") || number.starts_with("05"));
    let continues =
        after.starts_with(|c: char| c.is_alphanumeric()) || after.starts_with(['@', ',', '.']) && after.chars().nth(1).is_some_and(|c| c.is_ascii_digit());
    let counted = COUNTED.find(after).is_some_and(|found| found.start() == 0);
    let short = number.len() < 3 || (digits < 3 && !number_word);
    !(short || (year && !number_word) || date || phone || continues || counted || amounts::begins(rest) || number.len() > 40)
}

/// Units after a count.
static COUNTED: LazyLock<Regex> = LazyLock::new(|| {
    pattern(concat!(
        r"(?i)^[ \t]*(?:jours?|heures?|h|semaines?|mois|ans?|articles?|produits?|pi[èe]ces?|fois|dh|dhs|days?|hours?|weeks?|months?|items?|",
        r"pieces?|times|janvier|f[ée]vrier|mars|avril|mai|juin|juillet|ao[ûu]t|septembre|octobre|novembre|d[ée]cembre|centimes?|ryals?|%|kg|",
        r"cm|أيام|يوم|أسابيع|درهم|مرة|ريال)(?:[^\p{L}\p{Nd}]|$)"
    ))
});

/// Reads the value of a labelled number.
pub(super) fn labelled(value: &str) -> Option<String> {
    let value = value.trim().trim_start_matches(['#', ':', ' ']).trim_start_matches("n°").trim_start_matches("N°").trim();
    let number: String = value.chars().take_while(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '/' | '.')).collect();
    let number = number.trim_end_matches(['.', '-', '/', '_']);
    let rest = value.get(number.len()..).unwrap_or_default().trim_start();
    let digits = number.bytes().filter(u8::is_ascii_digit).count();
    let ends = rest.is_empty() || rest.starts_with(['(', ',', '.', ';']);
    (digits >= 2 && number.len() >= 3 && number.len() <= 40 && ends && !amounts::begins(value)).then(|| number.to_owned())
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
    fn a_number_beside_one_that_is_spelt_like_it_is_another() {
        for (text, number, other) in [
            ("5512, 5513 et 5514", "5512", Some("5513")),
            ("A-2291 (340 DH) et A-2305 (125 DH)", "A-2291", Some("A-2305")),
            ("RT-77 and RT-78", "RT-77", Some("RT-78")),
            ("55121 w 55122", "55121", Some("55122")),
            ("5512 و5513", "5512", Some("5513")),
            ("48213, 450 dh", "48213", None),
            ("5512 et 3 articles", "5512", None),
            ("5512, 2026", "5512", None),
            ("48213, et 0612345678", "48213", None),
            ("A-2291 et 1250", "A-2291", None),
            ("5512 du 3/11", "5512", None),
        ] {
            assert_eq!(next_to(text, number.len(), number).as_deref(), other, "{text}");
        }
    }

    #[test]
    fn a_labelled_number_is_one() {
        assert_eq!(labelled("48213").as_deref(), Some("48213"));
        assert_eq!(labelled("je ne l'ai pas"), None);
    }
}
