//! Days: day before month, in French, Arabic (Moroccan and other months) and English; the year may come from the Date field,
//! and so does the day of "hier" and "samedi dernier".

use super::{Read, Source, contact};
use crate::domain::{Day, Fact, Proposal};
use crate::letter::fold::Word;
use crate::letter::lexicon::{Hit, Meaning};
use crate::letter::pattern::pattern;
use regex::Regex;
use std::sync::LazyLock;

static NUMERIC: LazyLock<Regex> = LazyLock::new(|| pattern(r"\d{1,4}(?: ?/ ?|[.-])\d{1,2}(?:(?: ?/ ?|[.-])\d{1,4})?"));

/// Dates that are read of one text.
const MOST: usize = 30;
/// Words around a date that say what happened then.
const REACH: usize = 12;
/// Words by which a mark between a date and a word puts them apart.
const MARK: usize = 4;
/// What happened, as steering lists.
const EVENTS: [&str; 3] = ["ordered", "contacted", "arrived"];

/// A day in a text, by the words that spell it.
struct Found {
    day: Day,
    /// Whether it is counted in days back, which people round.
    rounded: bool,
    first: usize,
    last: usize,
}

/// Notes the day of the order and that of the first complaint where a word says which it is.
pub(super) fn read(source: &Source<'_>, read: &mut Read) {
    let mut ordered: Vec<Day> = Vec::new();
    let mut contacted: Vec<Day> = Vec::new();
    let events: Vec<(&Hit, &'static str)> = source
        .hits
        .iter()
        .filter_map(|hit| EVENTS.into_iter().find(|list| source.steers(hit, list)).map(|list| (hit, told(source, hit, list))))
        .take(200)
        .collect();
    for found in days(source).into_iter().take(MOST) {
        let event = event(source, &events, &found);
        if let (true, Some(event)) = (found.rounded, event) {
            propose(source, read, event, &found);
            continue;
        }
        match event {
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

/// What a word of an event tells: that somebody else was written to, or wrote, is none that is asked for.
fn told(source: &Source<'_>, hit: &Hit, list: &'static str) -> &'static str {
    if list == "contacted" && !contact::is_to_seller(source, hit) { "arrived" } else { list }
}

/// Proposes a day that was counted back: "il y a 10 jours" may be nine or twelve.
fn propose(source: &Source<'_>, read: &mut Read, event: &str, found: &Found) {
    let fact = match event {
        "ordered" => Fact::OrderDate,
        "contacted" => Fact::PriorContactDate,
        _ => return,
    };
    let (Some(first), Some(last)) = (source.words.get(found.first), source.words.get(found.last)) else { return };
    let written = super::tidy(source.text.get(first.start..last.end).unwrap_or_default());
    if read.facts.get(fact).is_none() && !read.proposals.iter().any(|known| known.fact == fact) {
        read.because.push(format!("{}:proposed:{} from {written}", fact.name(), found.day));
        read.proposals.push(Proposal { fact, value: found.day.to_string(), currency: None, written });
    }
}

/// What happened on a day: the nearest word of an event in its sentence; before the day it is nearer than after it.
fn event(source: &Source<'_>, events: &[(&Hit, &'static str)], found: &Found) -> Option<&'static str> {
    let apart = |from: usize, to: usize| {
        let words = source.words.get(from..=to).unwrap_or_default();
        let other_sentence = words.iter().skip(1).any(|word| word.begins);
        let text = words.first().zip(words.last()).and_then(|(first, last)| source.text.get(first.end..last.start)).unwrap_or_default();
        let marks = text.char_indices().filter(|(at, c)| {
            matches!(c, ',' | '،' | ';') && !text.get(at.saturating_add(1)..).is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()))
        });
        (!other_sentence).then(|| to.saturating_sub(from).saturating_add(marks.count().saturating_mul(MARK)))
    };
    let came = |hit: &Hit, list: &str| list == "ordered" && is_object_of_arrival(source, hit, found);
    let distances = events.iter().filter(|(hit, list)| !came(hit, list)).filter_map(|(hit, list)| {
        if hit.last < found.first {
            let near = found.first.saturating_sub(hit.last) <= REACH;
            let words = if near { apart(hit.last, found.first) } else { None };
            words.map(|words| (words.saturating_mul(2), std::cmp::Reverse(hit.words()), *list))
        } else if hit.first > found.last {
            let near = hit.first.saturating_sub(found.last) <= REACH;
            let words = if near { apart(found.last, hit.first) } else { None };
            words.map(|words| (words.saturating_mul(2).saturating_add(3), std::cmp::Reverse(hit.words()), *list))
        } else {
            None
        }
    });
    distances.filter(|(distance, ..)| *distance <= REACH.saturating_mul(2)).min().map(|(.., list)| list)
}

/// Whether the order is what came, went back or was called off on a day: "j'ai reçu ma commande le 5", "my order was cancelled on 5 March"; not "ma
/// commande du 3".
fn is_object_of_arrival(source: &Source<'_>, hit: &Hit, found: &Found) -> bool {
    const CAME: [&str; 11] = ["recu", "received", "got", "توصلت", "استلمت", "تسلمت", "وصلتني", "وصلاتني", "wslatni", "wselatni", "delivered"];
    const OF: [&str; 8] = ["du", "of", "passee", "passe", "placed", "dated", "ديال", "بتاريخ"];
    let told = |word: &Word, list: &[&str]| list.contains(&word.text.as_str());
    let between = source.words.get(hit.last.saturating_add(1)..found.first).unwrap_or_default();
    if between.iter().any(|word| told(word, &OF)) {
        return false;
    }
    let from = hit.first.saturating_sub(2);
    let near = source.words.get(from..=hit.first).unwrap_or_default();
    let begins = near.iter().skip(1).any(|word| word.begins);
    let went = near.iter().position(|word| told(word, &CAME) || told(word, &UNDONE)).map(|place| from.saturating_add(place)).filter(|at| *at < hit.first);
    let undone = between.iter().find(|word| word.begins || told(word, &UNDONE)).is_some_and(|word| !word.begins);
    undone || !begins && went.is_some_and(|at| source.cue_before(at, 3, &["denies"]).is_none())
}

/// What sends an order back or calls it off.
const UNDONE: [&str; 37] = [
    "renvoye",
    "renvoyee",
    "retourne",
    "retournee",
    "annule",
    "annulee",
    "resilie",
    "resiliee",
    "relance",
    "rembourse",
    "remboursee",
    "returned",
    "cancelled",
    "canceled",
    "refunded",
    "refused",
    "الغيت",
    "لغيت",
    "الغاء",
    "ارجعت",
    "رجعت",
    "رجعتها",
    "ارجاع",
    "اعدت",
    "رديت",
    "تلغات",
    "تلغت",
    "rje3t",
    "rja3t",
    "rejja3t",
    "rjja3t",
    "reddit",
    "lghit",
    "l8it",
    "annulit",
    "annulite",
    "tlghat",
];

fn days(source: &Source<'_>) -> Vec<Found> {
    let mut found: Vec<Found> = Vec::new();
    let numbers =
        source.digits.iter().flat_map(|(from, line)| NUMERIC.find_iter(line).map(move |number| (from.saturating_add(number.start()), number.as_str())));
    for (start, number) in numbers.take(MOST) {
        let end = start.saturating_add(number.len());
        let touched =
            source.text.get(..start).and_then(|before| before.chars().next_back()).is_some_and(|c| c.is_alphanumeric() || matches!(c, '/' | '-' | '.'))
                || source.text.get(end..).and_then(|after| after.chars().next()).is_some_and(|c| c.is_alphanumeric() || matches!(c, '/' | '-'));
        if let (false, Some(day)) = (touched, numeric(number, source.day)) {
            let (first, last) = (source.word_at(start), source.word_at(end.saturating_sub(1)));
            found.push(Found { day, rounded: false, first, last });
        }
    }
    for hit in source.hits.iter().filter(|hit| matches!(hit.meaning, Meaning::Month(_))).take(MOST) {
        if let Some(spelt) = spelt(source.words, hit, source.day) {
            found.push(spelt);
        }
    }
    found.extend(source.hits.iter().filter_map(|hit| relative(source, hit)).take(MOST));
    found.retain(|found| !is_range(source, found));
    for found in &mut found {
        found.rounded |= is_guess(source, found);
    }
    found
}

/// Whether a day is one end of a time: "du 5 au 7 novembre", "entre le 5 et le 7".
fn is_range(source: &Source<'_>, found: &Found) -> bool {
    const JOINS: [&str; 13] = ["au", "a", "et", "ou", "to", "and", "or", "until", "w", "o", "الي", "حتي", "او"];
    let word = |at: Option<usize>| at.and_then(|at| source.words.get(at)).map_or("", |word| word.text.as_str());
    let number = |word: &str| word.parse::<u32>().is_ok_and(|number| (1..=31).contains(&number));
    let before = |back: usize| word(found.first.checked_sub(back));
    let small = usize::from(matches!(before(1), "le" | "the"));
    let after = |ahead: usize| word(found.last.checked_add(ahead));
    let same = (1..=small.saturating_add(2))
        .all(|back| back > found.first || !source.words.get(found.first.saturating_sub(back).saturating_add(1)).is_some_and(|word| word.begins));
    JOINS.contains(&before(small.saturating_add(1))) && number(before(small.saturating_add(2))) && same
        || matches!(after(1), "au" | "to" | "until") && number(after(2)) && !source.words.get(found.last.saturating_add(1)).is_some_and(|word| word.begins)
}

/// Whether the words beside a day say that it is about that day: "vers le 5 novembre".
fn is_guess(source: &Source<'_>, found: &Found) -> bool {
    let next = found.last.saturating_add(1);
    let begins = source.words.get(next).is_some_and(|word| word.begins);
    source.cue_before(found.first, 3, &["about"]).is_some_and(|(_, about)| found.first.saturating_sub(about.last) <= 2)
        || !begins && source.hits_at(next).any(|hit| source.steers(hit, "about"))
}

/// "Hier", "il y a 3 jours", "samedi dernier", "البارح": counted back from the day of the mail.
fn relative(source: &Source<'_>, hit: &Hit) -> Option<Found> {
    // Most phrases name no day at all.
    match &hit.meaning {
        Meaning::Weekday(_) => {}
        Meaning::Steering(list) if matches!(list.as_str(), "yesterday" | "day_before" | "days_ago") => {}
        _ => return None,
    }
    let mail = source.day?;
    let found = |back: i64| Some(Found { day: mail.plus(back.checked_neg()?), rounded: false, first: hit.first, last: hit.last });
    if source.steers(hit, "yesterday") {
        let before = source.hits.iter().any(|other| source.steers(other, "day_before") && other.first <= hit.first && hit.last <= other.last);
        return if before { None } else { found(1) };
    }
    if source.steers(hit, "day_before") {
        return found(2);
    }
    if source.steers(hit, "days_ago") {
        let words = source.words.get(hit.first..=hit.last)?;
        let number = words.iter().find_map(|word| word.text.parse::<i64>().ok()).filter(|number| (1..=60).contains(number))?;
        return found(number).map(|found| Found { rounded: true, ..found });
    }
    let Meaning::Weekday(day) = hit.meaning else { return None };
    let last = source.hits.iter().find(|other| {
        other.first == hit.last.saturating_add(1) && source.steers(other, "last") && !source.words.get(other.first).is_some_and(|word| word.begins)
    });
    let before = hit.form == "en" && source.hits.iter().any(|other| other.last.saturating_add(1) == hit.first && source.steers(other, "last"));
    let back = i64::from(mail.weekday()).saturating_sub(i64::from(day)).rem_euclid(7);
    let back = if back == 0 { 7 } else { back };
    let end = last.map_or(hit.last, |last| last.last);
    (last.is_some() || before).then_some(Found { day: mail.plus(back.checked_neg()?), rounded: false, first: hit.first, last: end })
}

/// `3/3/2026`, `03-03-26`, `2026-03-03`; `3/3` with the year of the mail. A dotted pair is no date.
fn numeric(text: &str, mail: Option<Day>) -> Option<Day> {
    let numbers: Vec<i32> = text.split(['/', '.', '-']).filter_map(|number| number.trim().parse().ok()).collect();
    match numbers.as_slice() {
        [year, month, day] if *year > 31 => valid(*year, *month, *day, mail),
        [day, month, year] => {
            let year = if *year < 100 { year.saturating_add(2000) } else { *year };
            let (day, month) = if *month > 12 && *day <= 12 { (month, day) } else { (day, month) };
            valid(year, *month, *day, mail)
        }
        [day, month] if text.contains('/') => without_year(*month, *day, mail?),
        _ => None,
    }
}

/// `3 mars 2026`, `le 1er avril`, `March 3, 2026`, `3 شتنبر`.
fn spelt(words: &[Word], hit: &Hit, mail: Option<Day>) -> Option<Found> {
    let Meaning::Month(month) = hit.meaning else { return None };
    let month = i32::from(month);
    let number = |at: Option<usize>| at.and_then(|at| words.get(at)).and_then(|word| ordinal(&word.text));
    let linked =
        |at: usize| words.get(at).is_some_and(|word| matches!(word.text.as_str(), "de" | "of" | "d" | "dyal" | "ديال" | "د" | "من" | "f" | "شهر" | "mn"));
    let direct = hit.first.checked_sub(1);
    let before = direct
        .filter(|at| !linked(*at))
        .or_else(|| direct.and_then(|at| at.checked_sub(1)).filter(|at| !words.get(at.saturating_add(1)).is_some_and(|word| word.begins)));
    let after = hit.last.saturating_add(1);
    let follows = |at: usize| words.get(at).filter(|word| !word.begins).and_then(|word| word.text.parse::<i32>().ok());
    let (day, first, last) =
        match (number(before).filter(|_| !words.get(hit.first).is_some_and(|word| word.begins)), follows(after).filter(|day| (1..=31).contains(day))) {
            (Some(day), _) => (day, before.unwrap_or(hit.first), hit.last),
            (None, Some(day)) if hit.form == "en" => (day, hit.first, after),
            _ => return None,
        };
    let year = follows(last.saturating_add(1)).filter(|year| (2000..=2100).contains(year));
    let found = match year {
        Some(year) => Found { day: valid(year, month, day, mail)?, rounded: false, first, last: last.saturating_add(1) },
        None => Found { day: without_year(month, day, mail?)?, rounded: false, first, last },
    };
    Some(found)
}

/// `3`, `1er`, `3rd`, `فاتح`.
fn ordinal(word: &str) -> Option<i32> {
    if ["premier", "فاتح", "first"].contains(&word) {
        return Some(1);
    }
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

/// Every day that a text names by its date, each once; none that is counted back.
pub(super) fn named(source: &Source<'_>) -> Vec<Day> {
    let mut named: Vec<Day> = days(source).into_iter().filter(|found| !found.rounded).map(|found| found.day).take(MOST).collect();
    named.sort_unstable();
    named.dedup();
    named
}

/// Reads the value of a labelled date.
pub(super) fn labelled(source: &Source<'_>, value: &str) -> Option<Day> {
    let numbers: Vec<Day> = NUMERIC.find_iter(value).take(2).filter_map(|number| numeric(number.as_str(), source.day)).collect();
    if let [day] = numbers.as_slice() {
        return Some(*day);
    }
    let (words, hits) = super::understand(source, value);
    let mut spelt: Vec<Day> = hits.iter().filter_map(|hit| spelt(&words, hit, source.day)).map(|found| found.day).collect();
    if spelt.is_empty() {
        let inner = Source { text: value, digits: &[], words: &words, hits: &hits, ..*source };
        spelt.extend(hits.iter().filter_map(|hit| relative(&inner, hit)).map(|found| found.day));
    }
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
