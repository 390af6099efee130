//! Amounts: `1 500,00 DH`, `1.500 dhs`, `MAD 1500`, `1500 درهم`, `1,5k dh` (DOMAIN §3.4). Centimes and ryals are never converted.

use super::{Read, Source, found_in, lines_with, lines_with_digits};
use crate::domain::{Fact, Money, Proposal};
use crate::letter::pattern::pattern;
use regex::Regex;
use std::sync::LazyLock;

/// A number with its thousands and decimals marked in any of the ways in use.
const NUMBER: &str = r"(\d{1,3}(?:[ .,']\d{3})+(?:[.,]\d{1,2})?|\d{1,7}(?:[.,]\d{1,2})?)";
/// Thousands and millions after it.
const TIMES: &str = r"(?:(?:,-|\.-)?[ \t]?(k|mille|millions?|alaf|alf|آلاف|الاف|ألف|الف|مليون)(?:[ \t]de)?(?:[ \t]|\b))?[ \t]?";
/// The same without the end of a word, which costs a look at every letter of a text that has others than ASCII (regex, "Unicode word boundaries").
const ANY_TIMES: &str = r"(?:(?:,-|\.-)?[ \t]?(?:k|mille|millions?|alaf|alf|آلاف|الاف|ألف|الف|مليون)(?:[ \t]de)?[ \t]?)?[ \t]?";
/// Currencies that are read as they are.
const UNIT: &str =
    r"(dirhams?|dirhems?|derhams?|derhems?|drahe?m|dhs?|dh\.|d\.h\.?|mad|درهما|درهم|دراهم|الدرهم|د\.م|euros?|eur|€|أورو|يورو|اورو|dollars?|usd|\$|£|دولار)";

static NUMBER_UNIT: LazyLock<Regex> = LazyLock::new(|| pattern(&format!("(?i){NUMBER}{TIMES}{UNIT}")));
/// The same at the head of a text.
static HEAD: LazyLock<Regex> = LazyLock::new(|| pattern(&format!("(?i)^{NUMBER}{TIMES}{UNIT}")));
/// What every amount holds, and little else does.
static NEAR_UNIT: LazyLock<Regex> = LazyLock::new(|| pattern(&format!(r"(?i)\d{ANY_TIMES}{UNIT}")));
static UNIT_NUMBER: LazyLock<Regex> = LazyLock::new(|| pattern(&format!(r"(?i)(dhs?|mad|eur|€|usd|\$|£)[ \t]?{NUMBER}")));
static BARE: LazyLock<Regex> = LazyLock::new(|| pattern(&format!("^{NUMBER}$")));
/// Centimes and ryals, and "millions" that are silent about their unit: what people say, but not what the field is in.
static SPOKEN: LazyLock<Regex> = LazyLock::new(|| pattern(&format!("(?i){NUMBER}{}{}", SPOKEN_TIMES, SPOKEN_UNIT)));
/// Thousands and millions as they are spoken.
const SPOKEN_TIMES: &str = r"(?:[ \t]?(mille|millions?|melyouns?|mlayen|alaf|alf|آلاف|الاف|ألف|الف|مليون|ملايين))?[ \t]?";
/// A hundredth and a twentieth of a dirham.
const SPOKEN_UNIT: &str = concat!(
    r"(?:de[ \t]|d[ \t]|d')?(centimes?|santimes?|santim|frank|francs?|ry?[aâ]le?s?|riyale?s?|rials?|rya?l|",
    r"سنتيم|سنتيما|فرنك|فرنكا|ريال|ريالا|ريالات)?"
);

/// Amounts that are read of one text.
const MOST: usize = 30;
/// Characters that are kept of how a proposed amount is written.
const WRITTEN: usize = 60;
/// Words before an amount that say what it is.
const REACH: usize = 6;

/// One amount in a text.
struct Found {
    money: Money,
    start: usize,
    end: usize,
}

/// Notes the amount in dispute if there is no doubt which it is. In a text that answers an offer the amounts are those of the offer.
pub(super) fn read(source: &Source<'_>, read: &mut Read) {
    if read.facts.get(Fact::Amount).is_some() {
        return;
    }
    let mut plain: Vec<Money> = Vec::new();
    let mut total: Vec<Money> = Vec::new();
    let mut deposit: Vec<Money> = Vec::new();
    // Words of a fee that belong to the amount before them do not set the next one aside.
    let mut spent: Option<usize> = None;
    for found in amounts(source.text) {
        let at = source.word_at(found.start);
        let after = source.word_at(found.end);
        let fee = source.hits.iter().find(|hit| source.steers(hit, "fees") && hit.first == after && !source.words.get(after).is_some_and(|word| word.begins));
        if let Some(fee) = fee {
            spent = Some(fee.last);
            continue;
        }
        match source.cue_before(at, REACH, &["aside", "deposit", "total", "ordered"]) {
            Some(("aside", hit)) if at.saturating_sub(hit.last) <= 3 && spent.is_none_or(|spent| hit.last > spent) => continue,
            Some(("deposit", hit)) if at.saturating_sub(hit.last) <= 3 => {
                deposit.push(found.money);
                continue;
            }
            Some(("total", hit)) if at.saturating_sub(hit.last) <= 3 => total.push(found.money.clone()),
            Some(("ordered", _)) => total.push(found.money.clone()),
            _ => {}
        }
        plain.push(found.money);
    }
    let sure = one(&plain).or_else(|| one(&total).filter(|total| plain.iter().all(|other| other.hundredths <= total.hundredths)));
    match sure.or_else(|| if plain.is_empty() { one(&deposit) } else { None }) {
        Some(_) if source.answers_an_offer => read.because.push("amount:of an offer".to_owned()),
        Some(money) => {
            read.note(Fact::Amount, money.decimal(), "amount");
            read.note(Fact::Currency, money.currency.clone(), "amount");
        }
        None if plain.len() > 1 => read.because.push("amount:several".to_owned()),
        None => propose(source, read),
    }
}

/// Proposes what centimes, ryals and bare millions would be in dirhams: 100 centimes or 20 ryals make one, and a million without a
/// unit is one of centimes (DOMAIN §3.4).
fn propose(source: &Source<'_>, read: &mut Read) {
    let mut proposed: Vec<(Money, String)> = Vec::new();
    for (from, captures) in found_in(source.digits, &SPOKEN).take(MOST.saturating_mul(10)) {
        let part = |group: usize| captures.get(group).map(|part| part.as_str().to_lowercase());
        let (Some(all), Some(number), times, unit) = (captures.get(0), part(1), part(2), part(3)) else { continue };
        let million = times.as_deref().is_some_and(|times| times.starts_with('m') && times != "mille" || times.starts_with("ملا") || times.starts_with("ملي"));
        let end = captures.get(3).or(captures.get(2)).map_or(all.end(), |last| last.end());
        if unit.is_none() && !million || !stands_alone(source.text, from.saturating_add(all.start()), from.saturating_add(end)) {
            continue;
        }
        let ryals = unit.as_deref().is_some_and(|unit| unit.starts_with('r') || unit.starts_with("ري"));
        let factor = match (million, times.is_some()) {
            (true, _) => 1_000_000,
            (false, true) => 1_000,
            (false, false) => 1,
        };
        // `hundredths` gives hundredths of the unit that is spoken of: a hundred times too many centimes, and twenty times too many for ryals.
        let value = hundredths(&number).and_then(|value| value.checked_mul(factor)).map(|value| if ryals { value / 20 } else { value / 100 });
        let Some(value) = value.filter(|value| *value >= 100) else { continue };
        proposed.push((Money::dirhams(value), super::tidy(all.as_str()).chars().take(WRITTEN).collect()));
    }
    let Some((money, written)) = proposed.first().cloned() else { return };
    if proposed.iter().all(|(other, _)| *other == money) {
        read.because.push(format!("amount:proposed:{money} from {written}"));
        read.proposals.push(Proposal { fact: Fact::Amount, value: money.decimal(), currency: Some(money.currency), written });
    }
}

/// The value, if all are the same.
fn one(amounts: &[Money]) -> Option<&Money> {
    let first = amounts.first()?;
    amounts.iter().all(|other| other == first).then_some(first)
}

fn amounts(text: &str) -> Vec<Found> {
    let mut found: Vec<Found> = Vec::new();
    let in_lines = lines_with(text, &NEAR_UNIT).flat_map(|(from, line)| NUMBER_UNIT.captures_iter(line).map(move |captures| (from, captures)));
    for (from, captures) in in_lines.take(MOST) {
        let (Some(all), Some(number), Some(unit)) = (captures.get(0), captures.get(1), captures.get(3)) else { continue };
        let (start, end) = (from.saturating_add(number.start()), from.saturating_add(all.end()));
        if !stands_alone(text, start, end) {
            continue;
        }
        let thousands = match captures.get(2).map(|times| times.as_str().to_lowercase()) {
            Some(times) if times.starts_with("million") || times == "مليون" => 1_000_000,
            Some(_) => 1_000,
            None => 1,
        };
        if let Some(money) = money(number.as_str(), thousands, unit.as_str()) {
            found.push(Found { money, start, end });
        }
    }
    if found.is_empty() {
        let lines = lines_with_digits(text);
        for (from, captures) in found_in(&lines, &UNIT_NUMBER).take(MOST) {
            let (Some(all), Some(unit), Some(number)) = (captures.get(0), captures.get(1), captures.get(2)) else { continue };
            let (start, end) = (from.saturating_add(all.start()), from.saturating_add(all.end()));
            if stands_alone(text, start, end)
                && let Some(money) = money(number.as_str(), 1, unit.as_str())
            {
                found.push(Found { money, start, end });
            }
        }
    }
    found
}

/// Whether no letter or digit touches the match: "12dhl" is no amount.
fn stands_alone(text: &str, start: usize, end: usize) -> bool {
    let before = text.get(..start).and_then(|before| before.chars().next_back());
    let after = text.get(end..).and_then(|after| after.chars().next());
    let joined = text.get(..start).is_some_and(|before| {
        let mut last = before.chars().rev();
        matches!((last.next(), last.next()), (Some('.' | ',' | '-' | '/'), Some(digit)) if digit.is_ascii_digit())
    });
    !before.is_some_and(|c| c.is_ascii_alphanumeric()) && !after.is_some_and(char::is_alphanumeric) && !joined
}

fn money(number: &str, thousands: u64, unit: &str) -> Option<Money> {
    let hundredths = hundredths(number)?.checked_mul(thousands)?;
    (hundredths > 0).then(|| Money { hundredths, currency: currency(unit).to_owned() })
}

fn currency(unit: &str) -> &'static str {
    match unit.to_lowercase().as_str() {
        "€" | "eur" | "euro" | "euros" | "أورو" | "يورو" | "اورو" => "EUR",
        "$" | "usd" | "dollar" | "dollars" | "دولار" => "USD",
        "£" => "GBP",
        _ => "MAD",
    }
}

/// Reads a number whose thousands and decimals may be marked in any of the ways in use.
fn hundredths(number: &str) -> Option<u64> {
    let number = number.trim();
    let mark = number.rfind(['.', ',']);
    let decimals = mark.and_then(|at| number.get(at.saturating_add(1)..)).filter(|decimals| (1..=2).contains(&decimals.len()));
    let whole = match (decimals, mark) {
        (Some(_), Some(at)) => number.get(..at)?,
        _ => number,
    };
    let digits: String = whole.chars().filter(char::is_ascii_digit).collect();
    let whole: u64 = digits.parse().ok()?;
    let cents: u64 = match decimals {
        Some(one) if one.len() == 1 => one.parse::<u64>().ok()?.checked_mul(10)?,
        Some(two) => two.parse().ok()?,
        None => 0,
    };
    whole.checked_mul(100)?.checked_add(cents)
}

/// The amounts that `text` names.
pub(in crate::letter) fn named(text: &str) -> Vec<Money> {
    amounts(text).into_iter().map(|found| found.money).collect()
}

/// The amount of a text that names one.
pub(super) fn only(text: &str) -> Option<Money> {
    one(&named(text)).cloned()
}

/// Reads the value of a labelled amount; a bare number has no currency.
pub(super) fn labelled(value: &str) -> Option<(String, Option<String>)> {
    let found = amounts(value);
    let all: Vec<Money> = found.into_iter().map(|found| found.money).collect();
    if let Some(money) = one(&all) {
        return Some((money.decimal(), Some(money.currency.clone())));
    }
    let bare = BARE.captures(value.trim())?;
    let hundredths = hundredths(bare.get(1)?.as_str()).filter(|hundredths| *hundredths > 0)?;
    Some((Money::dirhams(hundredths).decimal(), None))
}

/// Whether an amount of money begins at the head of `text`.
pub(super) fn begins(text: &str) -> bool {
    HEAD.find(text).is_some_and(|found| stands_alone(text, 0, found.end()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_are_read_in_every_writing() {
        for (text, decimal) in [
            ("1 500,00 DH", "1500.00"),
            ("1.500 dhs", "1500.00"),
            ("1500 MAD", "1500.00"),
            ("1500 درهم", "1500.00"),
            ("1,5k dh", "1500.00"),
            ("2300dh", "2300.00"),
            ("1'234.5 dirhams", "1234.50"),
            ("MAD 450", "450.00"),
            ("12,345.67 dh", "12345.67"),
        ] {
            let found = amounts(text);
            assert_eq!(found.len(), 1, "{text}");
            assert_eq!(found[0].money.decimal(), decimal, "{text}");
            assert_eq!(found[0].money.currency, "MAD");
        }
        assert_eq!(amounts("30 €")[0].money.currency, "EUR");
    }

    #[test]
    fn what_is_no_amount_is_left() {
        for text in ["12dhl", "150 000 centimes", "20 ryal", "0 DH", "AB12 dhx"] {
            assert!(amounts(text).is_empty(), "{text}");
        }
    }
}
