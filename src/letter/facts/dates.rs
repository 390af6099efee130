//! Days: day before month, in French, Arabic (Moroccan and other months) and English; the year may come from the Date field.

use super::{Read, Source};
use crate::domain::{Day, Fact};
use crate::letter::fold::Word;
use crate::letter::lexicon::{Hit, Meaning};
use crate::letter::pattern::pattern;
use regex::Regex;
use std::sync::LazyLock;

static NUMERIC: LazyLock<Regex> = LazyLock::new(|| pattern(r"\d{1,4}[/.-]\d{1,2}(?:[/.-]\d{1,4})?"));

/// Dates that are read of one text.
const MOST: usize = 30;
/// Words around a date that say what happened then.
const REACH: usize = 8;

/// A day in a text, by the words that spell it.
struct Found {
    day: Day,
    first: usize,
    last: usize,
}

/// Notes the day of the order and that of the first complaint where a word says which it is.
pub(super) fn read(source: &Source<'_>, read: &mut Read) {
    let mut ordered: Vec<Day> = Vec::new();
    let mut contacted: Vec<Day> = Vec::new();
    for found in days(source) {
        match cue(source, &found) {
            Some("ordered") => ordered.push(found.day),
            Some("contacted") => contacted.push(found.day),
            _ => {}
        }
    }
    for (fact, days) in [(Fact::OrderDate, ordered), (Fact::PriorContactDate, contacted)] {
        if let Some(first) = days.first()
            && days.iter().all(|day| day == first)
        {
            read.note(fact, first.to_string(), "date");
        }
    }
}

fn cue(source: &Source<'_>, found: &Found) -> Option<&'static str> {
    let before = source.cue_before(found.first, REACH, &["ordered", "contacted", "arrived"]).map(|(list, _)| list);
    if before.is_some() {
        return before;
    }
    let after = found.last.saturating_add(1);
    let ends = source.words.iter().enumerate().skip(after).take(REACH).find(|(_, word)| word.begins).map_or(after.saturating_add(REACH), |(place, _)| place);
    let follows = source.hits.iter().filter(|hit| hit.first >= after && hit.last < ends);
    follows
        .filter_map(|hit| ["ordered", "contacted", "arrived"].into_iter().find(|list| source.steers(hit, list)).map(|list| (hit.first, list)))
        .min()
        .map(|(_, list)| list)
}

fn days(source: &Source<'_>) -> Vec<Found> {
    let mut found: Vec<Found> = Vec::new();
    for number in NUMERIC.find_iter(source.text).take(MOST) {
        let touched = source
            .text
            .get(..number.start())
            .and_then(|before| before.chars().next_back())
            .is_some_and(|c| c.is_alphanumeric() || matches!(c, '/' | '-' | '.'))
            || source.text.get(number.end()..).and_then(|after| after.chars().next()).is_some_and(|c| c.is_alphanumeric() || matches!(c, '/' | '-'));
        if let (false, Some(day)) = (touched, numeric(number.as_str(), source.day)) {
            let (first, last) = (source.word_at(number.start()), source.word_at(number.end().saturating_sub(1)));
            found.push(Found { day, first, last });
        }
    }
    for hit in source.hits.iter().filter(|hit| matches!(hit.meaning, Meaning::Month(_))).take(MOST) {
        if let Some(spelt) = spelt(source.words, hit, source.day) {
            found.push(spelt);
        }
    }
    found
}

/// `3/3/2026`, `03-03-26`, `2026-03-03`; `3/3` with the year of the mail. A dotted pair is no date.
fn numeric(text: &str, mail: Option<Day>) -> Option<Day> {
    let numbers: Vec<i32> = text.split(['/', '.', '-']).filter_map(|number| number.parse().ok()).collect();
    match numbers.as_slice() {
        [year, month, day] if *year > 31 => valid(*year, *month, *day, mail),
        [day, month, year] => valid(if *year < 100 { year.saturating_add(2000) } else { *year }, *month, *day, mail),
        [day, month] if text.contains('/') => without_year(*month, *day, mail?),
        _ => None,
    }
}

/// `3 mars 2026`, `le 1er avril`, `March 3, 2026`, `3 شتنبر`.
fn spelt(words: &[Word], hit: &Hit, mail: Option<Day>) -> Option<Found> {
    let Meaning::Month(month) = hit.meaning else { return None };
    let month = i32::from(month);
    let number = |at: Option<usize>| at.and_then(|at| words.get(at)).and_then(|word| ordinal(&word.text));
    let (before, after) = (hit.first.checked_sub(1), hit.last.saturating_add(1));
    let follows = |at: usize| words.get(at).filter(|word| !word.begins).and_then(|word| word.text.parse::<i32>().ok());
    let (day, first, last) =
        match (number(before).filter(|_| !words.get(hit.first).is_some_and(|word| word.begins)), follows(after).filter(|day| (1..=31).contains(day))) {
            (Some(day), _) => (day, hit.first.saturating_sub(1), hit.last),
            (None, Some(day)) if hit.form == "en" => (day, hit.first, after),
            _ => return None,
        };
    let year = follows(last.saturating_add(1)).filter(|year| (2000..=2100).contains(year));
    let found = match year {
        Some(year) => Found { day: valid(year, month, day, mail)?, first, last: last.saturating_add(1) },
        None => Found { day: without_year(month, day, mail?)?, first, last },
    };
    Some(found)
}

/// `3`, `1er`, `3rd`.
fn ordinal(word: &str) -> Option<i32> {
    let digits = word.trim_end_matches(|c: char| c.is_ascii_lowercase());
    let suffix = word.get(digits.len()..)?;
    let day = digits.parse().ok()?;
    (["", "er", "eme", "e", "st", "nd", "rd", "th"].contains(&suffix) && (1..=31).contains(&day)).then_some(day)
}

/// The day, unless it lies after the mail was written or long before.
fn valid(year: i32, month: i32, day: i32, mail: Option<Day>) -> Option<Day> {
    let day = Day::new(i16::try_from(year).ok()?, i8::try_from(month).ok()?, i8::try_from(day).ok()?)?;
    let possible = day.year() >= 2000 && mail.is_none_or(|mail| day <= mail.plus(1));
    possible.then_some(day)
}

/// The latest such day up to the day of the mail.
fn without_year(month: i32, day: i32, mail: Day) -> Option<Day> {
    let year = i32::from(mail.year());
    valid(year, month, day, Some(mail)).or_else(|| valid(year.saturating_sub(1), month, day, Some(mail)))
}

/// Reads the value of a labelled date.
pub(super) fn labelled(source: &Source<'_>, value: &str) -> Option<Day> {
    let numbers: Vec<Day> = NUMERIC.find_iter(value).take(2).filter_map(|number| numeric(number.as_str(), source.day)).collect();
    if let [day] = numbers.as_slice() {
        return Some(*day);
    }
    let (words, hits) = super::understand(source, value);
    let spelt: Vec<Day> = hits.iter().filter_map(|hit| spelt(&words, hit, source.day)).map(|found| found.day).collect();
    spelt.first().copied().filter(|first| spelt.iter().all(|day| day == first))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_read_day_first() {
        let mail = Day::parse("2026-03-20").ok();
        for (text, day) in
            [("3/3/2026", "2026-03-03"), ("03-02-26", "2026-02-03"), ("2026-03-03", "2026-03-03"), ("12.01.2026", "2026-01-12"), ("25/12", "2025-12-25")]
        {
            assert_eq!(numeric(text, mail).map(|day| day.to_string()).as_deref(), Some(day), "{text}");
        }
        for text in ["3.5", "40/13/2026", "1/1/2030", "12-5"] {
            assert_eq!(numeric(text, mail), None, "{text}");
        }
    }
}
