//! The telephone number of who writes, told from those of others and from longer numbers.

use super::{Read, Source, found_in};
use crate::domain::Fact;
use crate::letter::pattern::pattern;
use regex::Regex;
use std::sync::LazyLock;

static PHONE: LazyLock<Regex> = LazyLock::new(|| pattern(CALL));
/// The same at the head of a text.
static PHONE_HEAD: LazyLock<Regex> = LazyLock::new(|| pattern(&format!("^(?:{CALL})")));
const CALL: &str = r"(?:\(?\+ ?212\)?(?: ?\(0\))?|00 ?212|212|0)[ .-]?[5-8](?:[ .-]?\d){8}";

/// Numbers that are looked at.
const MOST: usize = 20;

/// Whether a telephone number begins at the head of `text`.
pub(super) fn begins(text: &str) -> bool {
    PHONE_HEAD.is_match(text)
}

/// Notes the only telephone number that is the writer's.
pub(super) fn read(source: &Source<'_>, read: &mut Read) {
    let mut numbers: Vec<String> = found_in(source.digits, &PHONE)
        .take(MOST)
        .filter_map(|(from, found)| found.get(0).map(|found| (from.saturating_add(found.start()), found.as_str())))
        .filter(|(start, number)| {
            let end = start.saturating_add(number.len());
            let next = source.text.get(end..).and_then(|after| after.chars().next());
            let begins = !source.text.get(..*start).and_then(|before| before.chars().next_back()).is_some_and(|c| c.is_ascii_alphanumeric() || c == '@');
            begins && !next.is_some_and(char::is_alphanumeric) && !goes_on(source.text, *start, end) && !of_another(source, *start, end)
        })
        .map(|(_, number)| number)
        // The number of an order may look like that of a telephone.
        .filter(|number| ![Fact::OrderNo, Fact::InvoiceNo, Fact::TrackingNo].iter().any(|fact| read.facts.get(*fact) == Some(*number)))
        .map(normal_phone)
        .collect();
    numbers.sort();
    numbers.dedup();
    if let [number] = numbers.as_slice() {
        read.note(Fact::Phone, number.clone(), "phone");
    }
}

/// Whether the words before a number, or those in brackets after it, make it the seller's or the driver's, or part of a link.
fn of_another(source: &Source<'_>, at: usize, end: usize) -> bool {
    const OTHERS: [&str; 24] = [
        "vendeur",
        "vendeuse",
        "livreur",
        "boutique",
        "magasin",
        "wa",
        "seller",
        "driver",
        "shop",
        "البايع",
        "المتجر",
        "الليفرور",
        "مول",
        "moul",
        "societe",
        "collegue",
        "colleague",
        "l'appelle",
        "l'appelais",
        "3ayt",
        "3iyt",
        "3ayet",
        "عيطت",
        "اتصلت",
    ];
    /// Of whom somebody speaks who has called or was called; not who asks to be called.
    const CALLED: [&str; 8] = ["appele", "appeles", "appelee", "rappele", "called", "phoned", "contacte", "contactez"];
    const THEIRS: [&str; 14] = ["son", "sa", "leur", "leurs", "his", "her", "their", "ديالو", "ديالها", "ديالهم", "dyalo", "dyalha", "dyalhom", "رقمهم"];
    const MINE: [&str; 12] = ["mon", "ma", "my", "mes", "ديالي", "dyali", "رقمي", "هاتفي", "nmerti", "moi", "me", "contactez-moi"];
    let word = source.word_at(at);
    let from = word.saturating_sub(5);
    let near = source.words.get(from..word).unwrap_or_default();
    let begin = near.iter().rposition(|word| word.begins).unwrap_or(0);
    let bracketed = source.text.get(end..).is_some_and(|rest| rest.trim_start_matches(' ').starts_with(['(', '[']));
    let behind = source.words.iter().skip(source.word_at(end)).take(if bracketed { 3 } else { 0 });
    let said = |list: &[&str]| near.iter().skip(begin).chain(behind.clone()).any(|word| list.contains(&word.text.as_str()));
    said(&OTHERS) || (said(&THEIRS) || said(&CALLED)) && !said(&MINE) || is_remark_on_a_name(source, at) || is_order_line(source, word)
}

/// Whether it was ordered at that number: "commande passée au 0700112233"; or the number is the order's: "order id 0700112233".
fn is_order_line(source: &Source<'_>, word: usize) -> bool {
    const AT: [&str; 12] = ["au", "sur", "par", "via", "on", "by", "3la", "على", "id", "numero", "n", "no"];
    const PHONES: [&str; 6] = ["tel", "telephone", "gsm", "portable", "phone", "mobile"];
    let Some((_, ordered)) = source.cue_before(word, 4, &["ordered"]) else { return false };
    let between = source.words.get(ordered.last.saturating_add(1)..word).unwrap_or_default();
    let said = |list: &[&str]| between.iter().any(|word| list.contains(&word.text.as_str()));
    let last = between.last().is_some_and(|word| AT.contains(&word.text.as_str()));
    last && !said(&PHONES) && !between.iter().any(|word| word.text.starts_with(|c: char| c.is_ascii_digit()))
}

/// Whether the number stands in brackets behind a name in quotation marks or a handle: "Rif Cuir" (whatsapp 0661…).
fn is_remark_on_a_name(source: &Source<'_>, at: usize) -> bool {
    let before = source.text.get(..at).unwrap_or_default();
    let open = before.char_indices().rev().take(REMARK).take_while(|(_, c)| !matches!(c, ')' | '\n')).find(|(_, c)| *c == '(').map(|(open, _)| open);
    let name = open.and_then(|open| before.get(..open)).map(str::trim_end).unwrap_or_default();
    let handle = name.char_indices().rev().take(REMARK).take_while(|(_, c)| !c.is_whitespace()).last().is_some_and(|(at, c)| c == '@' && at < name.len());
    handle || name.ends_with(['"', '»', '”', '’'])
}

/// Characters of a remark before the number in it.
const REMARK: usize = 30;

/// Whether few digits stand right before or after, as in a longer number that is written in groups.
fn goes_on(text: &str, start: usize, end: usize) -> bool {
    let few = |count: usize| (1..=3).contains(&count);
    let digits = |c: &char| c.is_ascii_digit();
    let before = text.get(..start).and_then(|before| before.strip_suffix([' ', '.', '-']));
    let after = text.get(end..).and_then(|after| after.strip_prefix([' ', '.', '-']));
    few(before.map_or(0, |before| before.chars().rev().take(5).take_while(digits).count()))
        || few(after.map_or(0, |after| after.chars().take(5).take_while(digits).count()))
}

/// The telephone number in the value of a labelled line.
pub(super) fn labelled(value: &str) -> Option<String> {
    PHONE.find(value).map(|found| normal_phone(found.as_str()))
}

/// `+2126…` for every spelling of a Moroccan number.
fn normal_phone(written: &str) -> String {
    let digits: String = written.chars().filter(char::is_ascii_digit).collect();
    let national: String = digits.chars().rev().take(9).collect::<Vec<_>>().into_iter().rev().collect();
    format!("+212{national}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn telephone_numbers_have_one_spelling() {
        assert_eq!(normal_phone("06 12 34 56 78"), "+212612345678");
        assert_eq!(normal_phone("00212612345678"), "+212612345678");
    }

    #[test]
    fn a_part_of_a_longer_number_is_none() {
        let goes_on = |text: &str| PHONE.find(text).is_some_and(|found| super::goes_on(text, found.start(), found.end()));
        assert!(goes_on("2 85 05 78 006 084 36"));
        assert!(!goes_on("le 12/11/2026 0612345678"));
        assert!(!goes_on("Tél. 06 12 34 56 78, merci"));
    }
}
