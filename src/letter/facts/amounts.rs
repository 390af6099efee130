//! Amounts as people write them: `1 500,00 DH`, `1.500 dhs`, `MAD 1500`, `1500 درهم`, `1,5k dh` (DOMAIN §3.4).

use super::currency::{LEADING, UNIT, Unit, currency, has_thousandths, is_spoken_of};
use super::{found_in, lines_with, lines_with_digits};
use crate::domain::Money;
use crate::letter::pattern::pattern;
use regex::{Match, Regex};
use std::ops::Range;
use std::sync::LazyLock;

/// A number with its thousands and decimals marked in any of the ways in use.
pub(super) const NUMBER: &str = r"(\d{1,3}(?:[ .,']\d{3})+(?:[.,]\d{1,2})?|\d{1,7}(?:[.,]\d{1,2})?)";
/// Thousands and millions after it.
const TIMES: &str = r"(?:,[-–—]|\.-)?(?:[ \t]?(k|mille|millions?|alaf|alf|آلاف|الاف|ألف|الف|مليون)(?:[ \t]de)?(?:[ \t]|\b))?[ \t]?";
/// The same without the end of a word, which costs a look at every letter of a text that has others than ASCII (regex, "Unicode word boundaries").
const ANY_TIMES: &str = r"(?:,[-–—]|\.-)?(?:[ \t]?(?:k|mille|millions?|alaf|alf|آلاف|الاف|ألف|الف|مليون)(?:[ \t]de)?[ \t]?)?[ \t]?";

static NUMBER_UNIT: LazyLock<Regex> = LazyLock::new(|| pattern(&format!("(?i){NUMBER}{TIMES}{UNIT}")));
/// The same at the head of a text.
static HEAD: LazyLock<Regex> = LazyLock::new(|| pattern(&format!("(?i)^{NUMBER}{TIMES}{UNIT}")));
/// What every amount holds, and little else does.
static NEAR_UNIT: LazyLock<Regex> = LazyLock::new(|| pattern(&format!(r"(?i)\d{ANY_TIMES}{UNIT}")));
static UNIT_NUMBER: LazyLock<Regex> = LazyLock::new(|| pattern(&format!(r"(?i){LEADING}[ \t]?{NUMBER}")));
static BARE: LazyLock<Regex> = LazyLock::new(|| pattern(&format!("^{NUMBER}$")));
/// Before an amount: a number of times, a word for hundreds or thousands that it is added to, the lower end of a range, another amount that it may be.
static BLURRED: LazyLock<Regex> = LazyLock::new(|| pattern(&format!(r"(?i)(?:{TIMES_BEFORE}|{ADDED}|{BETWEEN}|{OR})[ \t]*$")));
const TIMES_BEFORE: &str = r"\d[ \t]*[x×*]";
const ADDED: &str = concat!(
    r"(?:^|[^\p{L}\d]|\d[ \t]?)(?:l?alf|alef|alaf|alfin|alfayn|mille|cents?|l?mya|l?miya|l?mia|myat|miyat|mitin|millions?|m[ei]?lyoun|mlayen|thousand|hundred|",
    r"ألف|الف|آلاف|الاف|ألفين|الفين|مية|ميه|مائة|مئة|ميات|مئات|ميتين|مئتين|مائتين|مليون|ملايين)(?:[ \t]+(?:w|o|u|et|and|و))?"
);
const BETWEEN: &str = r"(?:^|[^\p{L}])(?:entre|between|ma ?bin|bin|bayn|ما ?بين|بين)[ \t]+[^\n\p{L}]{1,20}(?:dhs?|درهم|euros?)?[ \t]*(?:et|and|w|o|و|ل)";
const OR: &str = r"\d[ \t]*(?:ou|or|wlla|wla|aw|ولا|أو|او)";
/// The lower end of a range without such a word: "400 à 500 dh".
static LOWER: LazyLock<Regex> =
    LazyLock::new(|| pattern(&format!(r"(?i)(?:^|[^\p{{L}}\d.,-]){NUMBER}[ \t]*(?:dhs?[ \t]*)?(?:[-–—]|[ \t](?:à|a|to|l|7ta l?|حتى|إلى|الى|ل)[ \t]?)$")));
/// After an amount: a number of times, another amount that it may be.
static BLURRED_AFTER: LazyLock<Regex> = LazyLock::new(|| pattern(r"(?i)^[ \t]*(?:[x×*]|ou|or|wlla|wla|أو|او|ولا)[ \t]*\d"));

/// Amounts that are read of one text.
pub(super) const MOST: usize = 30;
/// Characters before and after an amount that may blur it.
const NEAR: usize = 40;

/// One amount in a text.
pub(super) struct Found {
    /// What it says, unless the currency is one of several.
    money: Option<Money>,
    /// Whether nothing beside it says that it is more, less or another.
    sure: bool,
    pub(super) start: usize,
    pub(super) end: usize,
}

/// The amounts that a text names, in their order.
pub(super) fn amounts(text: &str) -> Vec<Found> {
    let mut found: Vec<Found> = Vec::new();
    let in_lines = lines_with(text, &NEAR_UNIT).flat_map(|(from, line)| NUMBER_UNIT.captures_iter(line).map(move |captures| (from, captures)));
    for (from, captures) in in_lines.take(MOST) {
        let (Some(all), Some(number), Some(unit)) = (captures.get(0), captures.get(1), captures.get(3)) else { continue };
        let (start, end) = (from.saturating_add(number.start()), from.saturating_add(all.end()));
        let range = is_upper_end(text, start);
        if !range && !stands_alone(text, start, end) {
            continue;
        }
        let thousands = match captures.get(2).map(|times| times.as_str().to_lowercase()) {
            Some(times) if times.starts_with("million") || times == "مليون" => 1_000_000,
            Some(_) => 1_000,
            None => 1,
        };
        let unit = currency(unit.as_str(), near_after(text, end));
        let Some(money) = (match unit {
            Unit::Spoken => None,
            Unit::Unsure => Some(None),
            Unit::Known(currency) => money(number.as_str(), thousands, currency).map(Some),
        }) else {
            continue;
        };
        let sure = !range && money.as_ref().is_some_and(|money| is_sure(text, start, end, number.as_str(), money));
        found.push(Found { money, sure, start, end });
    }
    if found.is_empty() {
        let lines = lines_with_digits(text);
        for (from, captures) in found_in(&lines, &UNIT_NUMBER).take(MOST) {
            let (Some(all), Some(unit), Some(number)) = (captures.get(0), captures.get(1), captures.get(2)) else { continue };
            let (start, end) = (from.saturating_add(all.start()), from.saturating_add(all.end()));
            let Unit::Known(currency) = currency(unit.as_str(), "") else { continue };
            if stands_alone(text, start, end)
                && let Some(money) = money(number.as_str(), 1, currency)
            {
                let sure = is_sure(text, start, end, number.as_str(), &money);
                found.push(Found { money: Some(money), sure, start, end });
            }
        }
    }
    found
}

/// What stands in the line before `start`, as far as it may say something of an amount there.
fn near_before(text: &str, start: usize) -> &str {
    let before = text.get(..start).unwrap_or_default();
    let from = before.char_indices().rev().take_while(|(_, c)| *c != '\n').take(NEAR).last().map_or(start, |(at, _)| at);
    before.get(from..).unwrap_or_default()
}

/// What stands in the line after `end`, as far as it may say something of an amount before it.
pub(super) fn near_after(text: &str, end: usize) -> &str {
    let after = text.get(end..).unwrap_or_default();
    let to = after.char_indices().take_while(|(_, c)| *c != '\n').nth(NEAR).map(|(at, _)| at);
    after.get(..to.unwrap_or_else(|| after.find('\n').unwrap_or(after.len()))).unwrap_or_default()
}

impl Found {
    /// What it is, if there is no doubt.
    pub(super) fn sure(self) -> Option<Money> {
        self.money.filter(|_| self.sure)
    }
}

/// Whether `money` is what the number and all that stands beside it say.
fn is_sure(text: &str, start: usize, end: usize, number: &str, money: &Money) -> bool {
    let thousandths = has_thousandths(&money.currency) && ends_in_three(number);
    !thousandths && !is_blurred(text, start, end, money.hundredths)
}

/// Whether what stands beside an amount says that it is only a part of it, one end of a range, or perhaps another.
pub(super) fn is_blurred(text: &str, start: usize, end: usize, hundredths: u64) -> bool {
    let before = near_before(text, start);
    BLURRED.is_match(before) || BLURRED_AFTER.is_match(near_after(text, end)) || is_above(before, hundredths)
}

/// Whether the amount of `upper` hundredths ends a range that `before` begins: "400 à 500 dh", but not "le 12 à 500 dh".
fn is_above(before: &str, upper: u64) -> bool {
    let lower = LOWER.captures(before).and_then(|found| hundredths(found.get(1)?.as_str()));
    lower.is_some_and(|lower| lower < upper && upper <= lower.saturating_mul(10))
}

/// Whether the number at `start` follows another with a hyphen between them, as in "400-500 dh".
fn is_upper_end(text: &str, start: usize) -> bool {
    let before = near_before(text, start);
    let number = text.get(start..).map(|rest| rest.get(..rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len())).unwrap_or_default());
    before.ends_with('-') && number.and_then(hundredths).is_some_and(|upper| is_above(before, upper))
}

/// Whether three digits follow a mark: where thousandths are counted, they may be those.
fn ends_in_three(number: &str) -> bool {
    number.rfind([',', '.']).and_then(|at| number.get(at.saturating_add(1)..)).is_some_and(|last| last.len() == 3)
}

/// Whether no letter or digit touches the match: "12dhl" is no amount.
pub(super) fn stands_alone(text: &str, start: usize, end: usize) -> bool {
    let before = text.get(..start).and_then(|before| before.chars().next_back());
    let after = text.get(end..).and_then(|after| after.chars().next());
    let joined = text.get(..start).is_some_and(|before| {
        let mut last = before.chars().rev();
        matches!((last.next(), last.next()), (Some('.' | ',' | '-' | '/'), Some(digit)) if digit.is_ascii_digit())
    });
    !before.is_some_and(|c| c.is_ascii_alphanumeric()) && !after.is_some_and(char::is_alphanumeric) && !joined
}

fn money(number: &str, thousands: u64, currency: &str) -> Option<Money> {
    let hundredths = hundredths(number)?.checked_mul(thousands)?;
    (hundredths > 0).then(|| Money { hundredths, currency: currency.to_owned() })
}

/// Reads a number whose thousands and decimals may be marked in any of the ways in use.
pub(super) fn hundredths(number: &str) -> Option<u64> {
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

/// The value, if all are the same.
pub(super) fn one(amounts: &[Money]) -> Option<&Money> {
    let first = amounts.first()?;
    amounts.iter().all(|other| other == first).then_some(first)
}

/// The amounts that `text` names, also where something blurs them; and whether it names one more of which nobody can say how much it is in money that is
/// written: "480 riyals", "2500 dinars".
pub(in crate::letter) fn named(text: &str) -> (Vec<Money>, bool) {
    let found = amounts(text);
    let mut spoken = lines_with(text, &NEAR_UNIT).flat_map(|(_, line)| NUMBER_UNIT.captures_iter(line).map(move |found| (line, found))).take(MOST);
    let is_unsure = |line, unit: Match<'_>| is_spoken_of(unit.as_str()) && currency(unit.as_str(), near_after(line, unit.end())) == Unit::Spoken;
    let unsure = found.iter().any(|found| found.money.is_none()) || spoken.any(|(line, found)| found.get(3).is_some_and(|unit| is_unsure(line, unit)));
    (found.into_iter().filter_map(|found| found.money).collect(), unsure)
}

/// Where the amounts that `text` names stand in it.
pub(in crate::letter) fn places(text: &str) -> Vec<Range<usize>> {
    amounts(text).into_iter().map(|found| found.start..found.end).collect()
}

/// The amount of a text that names one.
pub(super) fn only(text: &str) -> Option<Money> {
    let all: Option<Vec<Money>> = amounts(text).into_iter().map(Found::sure).collect();
    one(&all?).cloned()
}

/// Reads the value of a labelled amount; a bare number has no currency.
pub(super) fn labelled(value: &str) -> Option<(String, Option<String>)> {
    if let Some(money) = only(value) {
        return Some((money.decimal(), Some(money.currency)));
    }
    let bare = BARE.captures(value.trim())?;
    let hundredths = hundredths(bare.get(1)?.as_str()).filter(|hundredths| *hundredths > 0)?;
    Some((Money::dirhams(hundredths).decimal(), None))
}

/// Whether an amount of money begins at the head of `text`.
pub(super) fn begins(text: &str) -> bool {
    let Some(found) = HEAD.captures(text) else { return false };
    let (Some(all), Some(unit)) = (found.get(0), found.get(3)) else { return false };
    stands_alone(text, 0, all.end()) && currency(unit.as_str(), near_after(text, all.end())) != Unit::Spoken
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
            ("1 980,- DH", "1980.00"),
            ("1 980,– dh", "1980.00"),
        ] {
            let found = amounts(text);
            assert_eq!(found.len(), 1, "{text}");
            let money = found[0].money.as_ref().unwrap();
            assert_eq!((money.decimal().as_str(), money.currency.as_str()), (decimal, "MAD"), "{text}");
        }
    }

    #[test]
    fn every_amount_has_the_currency_of_its_country() {
        for (text, decimal, currency) in [
            ("30 €", "30.00", "EUR"),
            ("650 درهم إماراتي", "650.00", "AED"),
            ("650 dirhams émiratis", "650.00", "AED"),
            ("650 dhs (UAE)", "650.00", "AED"),
            ("AED 650", "650.00", "AED"),
            ("480 ريال سعودي", "480.00", "SAR"),
            ("480 riyals saoudiens", "480.00", "SAR"),
            ("45 000 DA", "45000.00", "DZD"),
            ("189 DT", "189.00", "TND"),
            ("25 000 FCFA", "25000.00", "XOF"),
            ("120 francs suisses", "120.00", "CHF"),
            ("90 livres sterling", "90.00", "GBP"),
            ("500 dh eau et gaz", "500.00", "MAD"),
        ] {
            let money = only(text).unwrap_or_else(|| panic!("{text}"));
            assert_eq!((money.decimal().as_str(), money.currency.as_str()), (decimal, currency), "{text}");
        }
    }

    #[test]
    fn an_amount_that_another_number_or_word_changes_is_none() {
        for text in [
            "alf w 500 dh",
            "ألف و500 درهم",
            "ألف و 500 درهم",
            "3 mille 500 dh",
            "one thousand 500 dirhams",
            "3 x 500 dh",
            "2×500 درهم",
            "500 dh x 3",
            "entre 400 et 500 dh",
            "between 400 and 500 MAD",
            "بين 400 و 500 درهم",
            "mabin 400 w 500 dh",
            "400 à 500 dh",
            "400-500 dh",
            "400 ou 500 dh",
            "500 dh ou 600",
            "2500 دينار كل شهر",
            "45,500 DT",
        ] {
            let found = amounts(text);
            assert!(found.len() == 1 && !found[0].sure, "{text}");
        }
        for text in ["le 12 à 500 dh", "commande 5512 - 6000 dh", "2 sacs à 500 dh", "45,50 DT", "mille mercis, 500 dh", "الف شكر، 500 درهم"] {
            assert!(amounts(text).iter().all(|found| found.sure) && amounts(text).len() == 1, "{text}");
        }
    }

    #[test]
    fn an_amount_of_an_unsure_currency_is_named_all_the_same() {
        for (text, sure, unsure) in [
            ("480 riyals", 0, true),
            ("480 ريال", 0, true),
            ("2500 دينار كل شهر", 0, true),
            ("500 dh et 200 dinars", 1, true),
            ("480 riyals saoudiens", 1, false),
            ("500 dh", 1, false),
            ("2 livres, 500 dh", 1, false),
            ("rien", 0, false),
        ] {
            let (amounts, other) = named(text);
            assert_eq!((amounts.len(), other), (sure, unsure), "{text}");
        }
    }

    #[test]
    fn what_is_no_amount_is_left() {
        for text in ["12dhl", "150 000 centimes", "20 ryal", "0 DH", "AB12 dhx", "2 livres", "20 ريال", "5000 francs"] {
            assert!(amounts(text).is_empty(), "{text}");
        }
    }
}
