//! Days and amounts as a person of each language writes them.

use super::clean;
use super::words::{Trilingual, pick};
use crate::domain::{Day, Instant, Language, Money, Zone};

/// The day with its weekday: `vendredi 11 décembre 2026`, `الجمعة 11 دجنبر 2026`, `Friday 11 December 2026`.
pub(super) fn written(day: Day, language: Language) -> String {
    format!("{} {}", weekday(day, language), plain(day, language))
}

/// The day with its weekday, and the time of day in `zone`: `lundi 23 novembre 2026 à 9 h 05`, `الاثنين 23 نونبر 2026 على الساعة 09:05`,
/// `Monday 23 November 2026 at 09:05`.
pub(super) fn clock(at: Instant, zone: &Zone, language: Language) -> String {
    let (day, hour, text) = (written(zone.day_of(at), language), zone.hour_of(at), at.rfc3339());
    let minutes = text.get(14..16).unwrap_or_default();
    match language {
        Language::Fr => format!("{day} à {hour}\u{a0}h\u{a0}{minutes}"),
        Language::Ar => format!("{day} على الساعة {hour:02}:{minutes}"),
        Language::En => format!("{day} at {hour:02}:{minutes}"),
    }
}

/// `1 jour`, `15 jours`; `يوما واحدا`, `يومين`, `6 أيام`, `15 يوما`, `100 يوم`.
pub(super) fn lasting(days: u16, language: Language) -> String {
    match (language, days, days % 100) {
        (Language::Fr, 1, _) => "1 jour".to_owned(),
        (Language::Fr, ..) => format!("{days} jours"),
        (Language::En, 1, _) => "1 day".to_owned(),
        (Language::En, ..) => format!("{days} days"),
        (Language::Ar, 1, _) => "يوما واحدا".to_owned(),
        (Language::Ar, 2, _) => "يومين".to_owned(),
        (Language::Ar, _, 3..=10) => format!("{days} أيام"),
        (Language::Ar, _, 11..=99) => format!("{days} يوما"),
        (Language::Ar, ..) => format!("{days} يوم"),
    }
}

/// The name of its weekday: `vendredi`, `الجمعة`, `Friday`.
fn weekday(day: Day, language: Language) -> &'static str {
    nth(&WEEKDAYS, day.weekday(), language)
}

/// The day without its weekday, where only what is past is told: `11 décembre 2026`.
pub(super) fn plain(day: Day, language: Language) -> String {
    let month = nth(&MONTHS, day.month(), language);
    let number = match (language, day.day()) {
        (Language::Fr, 1) => "1er".to_owned(),
        (_, number) => number.to_string(),
    };
    format!("{number} {month} {}", day.year())
}

/// An amount: `1 500,00 DH`, `1500,00 درهم`, `MAD 1,500.00`. What is no plain decimal number is left as it is.
pub(super) fn amount(decimal: &str, currency: &str, language: Language) -> String {
    let (whole, cents) = decimal.split_once('.').unwrap_or((decimal, "00"));
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    if !digits(whole) || !digits(cents) {
        return format!("{decimal} {currency}").trim_end().to_owned();
    }
    let unit = match (currency, language) {
        ("MAD" | "", Language::Fr) => "DH",
        ("MAD" | "", Language::Ar) => "درهم",
        ("", Language::En) => "MAD",
        ("EUR", Language::Fr) => "€",
        ("EUR", Language::Ar) => "أورو",
        ("USD", Language::Fr) => "$",
        ("USD", Language::Ar) => "دولار",
        (other, _) => other,
    };
    match language {
        Language::Fr => format!("{},{cents}\u{a0}{unit}", grouped(whole, '\u{a0}')),
        Language::Ar => format!("{whole},{cents} {unit}"),
        Language::En => format!("{unit} {}.{cents}", grouped(whole, ',')),
    }
}

/// The same of a sum that somebody wrote: its currency may be any word.
pub(super) fn sum(money: &Money, language: Language) -> String {
    amount(&money.decimal(), &clean::line(&money.currency), language)
}

/// Digits in groups of three.
fn grouped(digits: &str, mark: char) -> String {
    let mut written = String::new();
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && digits.len().saturating_sub(place).is_multiple_of(3) {
            written.push(mark);
        }
        written.push(digit);
    }
    written
}

fn nth(names: &[Trilingual], number: i8, language: Language) -> &'static str {
    let place = usize::try_from(number).unwrap_or(1).saturating_sub(1);
    names.get(place).map_or("", |name| pick(*name, language))
}

const WEEKDAYS: [Trilingual; 7] = [
    ["lundi", "الاثنين", "Monday"],
    ["mardi", "الثلاثاء", "Tuesday"],
    ["mercredi", "الأربعاء", "Wednesday"],
    ["jeudi", "الخميس", "Thursday"],
    ["vendredi", "الجمعة", "Friday"],
    ["samedi", "السبت", "Saturday"],
    ["dimanche", "الأحد", "Sunday"],
];

/// The Arabic months are those of Morocco (DOMAIN §3.4).
const MONTHS: [Trilingual; 12] = [
    ["janvier", "يناير", "January"],
    ["février", "فبراير", "February"],
    ["mars", "مارس", "March"],
    ["avril", "أبريل", "April"],
    ["mai", "ماي", "May"],
    ["juin", "يونيو", "June"],
    ["juillet", "يوليوز", "July"],
    ["août", "غشت", "August"],
    ["septembre", "شتنبر", "September"],
    ["octobre", "أكتوبر", "October"],
    ["novembre", "نونبر", "November"],
    ["décembre", "دجنبر", "December"],
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_written_out() {
        let day = Day::parse("2026-12-11").unwrap();
        assert_eq!(written(day, Language::Fr), "vendredi 11 décembre 2026");
        assert_eq!(written(day, Language::Ar), "الجمعة 11 دجنبر 2026");
        assert_eq!(written(day, Language::En), "Friday 11 December 2026");
        assert_eq!(written(Day::parse("2026-12-01").unwrap(), Language::Fr), "mardi 1er décembre 2026");
    }

    #[test]
    fn days_and_hours_are_told_as_each_language_tells_them() {
        let zone = Zone::named("Africa/Casablanca").unwrap();
        let told = |text| Language::ALL.map(|language| clock(Instant::parse(text).unwrap(), &zone, language));
        let day = ["lundi 23 novembre 2026 à 9\u{a0}h\u{a0}05", "الاثنين 23 نونبر 2026 على الساعة 09:05", "Monday 23 November 2026 at 09:05"];
        assert_eq!(told("2026-11-23T09:05:00Z"), day);
        let counted = |days| Language::ALL.map(|language| lasting(days, language));
        assert_eq!(counted(1), ["1 jour", "يوما واحدا", "1 day"]);
        assert_eq!(counted(2), ["2 jours", "يومين", "2 days"]);
        assert_eq!(counted(10), ["10 jours", "10 أيام", "10 days"]);
        assert_eq!(counted(90), ["90 jours", "90 يوما", "90 days"]);
        assert_eq!([100, 103, 115].map(|days| lasting(days, Language::Ar)), ["100 يوم", "103 أيام", "115 يوما"]);
    }

    #[test]
    fn amounts_are_written_as_each_language_does() {
        assert_eq!(amount("1500.00", "MAD", Language::Fr), "1\u{a0}500,00\u{a0}DH");
        assert_eq!(amount("1500.00", "MAD", Language::Ar), "1500,00 درهم");
        assert_eq!(amount("1234567.50", "MAD", Language::En), "MAD 1,234,567.50");
        assert_eq!(amount("450", "EUR", Language::En), "EUR 450.00");
        assert_eq!([Language::Fr, Language::Ar].map(|language| amount("450", "EUR", language)), ["450,00\u{a0}€", "450,00 أورو"]);
        assert_eq!(amount("about 20", "", Language::En), "about 20");
        assert_eq!(sum(&Money::dirhams(150_000), Language::Fr), "1\u{a0}500,00\u{a0}DH");
    }
}
