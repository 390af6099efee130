//! Labelled answers, "N° de commande : 48213", and numbered ones, "1) 48213" (DOMAIN §3.3).

use super::{Read, Source, dates, money, numbers, person, remedy, seller, tidy};
use crate::domain::{Address, Fact};
use crate::letter::lexicon::Meaning;
use crate::letter::pattern::pattern;
use crate::letter::span::longest;
use regex::Regex;
use std::sync::LazyLock;

static NUMBERED: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"^[ \t*•-]*\(?(\d{1,2})(?:[ \t]?(?:\)|\.[ \t]|[-–][ \t]|/[ \t]|:[ \t]|°[ \t]?)|\x{fe0f}?\x{20e3})[ \t]*(.+)$"));

/// Lines that are looked at.
const LINES: usize = 300;
/// Characters of a value.
const VALUE: usize = 200;

/// Notes what labelled lines say.
pub(super) fn read(source: &Source<'_>, read: &mut Read) {
    for line in source.text.lines().filter(|line| !line.trim().is_empty()).take(LINES) {
        for (number, answer) in numbered(line.trim()) {
            read.answers.entry(number).or_insert_with(|| clip(answer));
        }
    }
    let labels = labels(source);
    for (place, label) in labels.iter().enumerate() {
        let next = labels.iter().skip(place.saturating_add(1)).map(|other| other.start).find(|start| *start > label.start);
        let value = value_of(source.text, label.end, next);
        note(source, read, label.fact, &value);
    }
}

/// The numbered answers of a line: one, or several as in "1) 48213 2) 450 dh".
fn numbered(line: &str) -> Vec<(u8, &str)> {
    let mut found: Vec<(u8, &str)> = Vec::new();
    let mut rest = line;
    while let Some(captures) = NUMBERED.captures(rest)
        && let (Some(number), Some(answer)) = (captures.get(1), captures.get(2))
        && let Ok(number) = number.as_str().parse::<u8>()
        && found.len() < MARKS
    {
        let answer = answer.as_str();
        let next = [")", "-", ".", "/"].iter().filter_map(|mark| answer.find(&format!(" {}{mark} ", number.saturating_add(1)))).min();
        let (this, following) = next.and_then(|at| answer.split_at_checked(at)).unwrap_or((answer, ""));
        found.push((number, this));
        rest = following.trim_start();
    }
    found
}

/// Numbered answers that are read of one line.
const MARKS: usize = 20;

fn clip(value: &str) -> String {
    tidy(value).chars().take(VALUE).collect()
}

/// A name of a field with a colon after it.
struct Label {
    fact: Fact,
    start: usize,
    end: usize,
}

/// Labels in the order of the text; several at one place where a name is shared.
fn labels(source: &Source<'_>) -> Vec<Label> {
    let mut found: Vec<Label> = Vec::new();
    for hit in longest(source.hits, |hit| matches!(hit.meaning, Meaning::Label(_))) {
        let Meaning::Label(fact) = hit.meaning else { continue };
        let (Some(first), Some(last)) = (source.words.get(hit.first), source.words.get(hit.last)) else { continue };
        let Some(end) = colon_after(source.text, last.end) else { continue };
        if found.len() < LINES && heads(source, hit.first) {
            found.push(Label { fact, start: first.start, end });
        }
    }
    found
}

/// Where the value begins if a colon, or a remark in brackets and a colon, follows a label.
fn colon_after(text: &str, at: usize) -> Option<usize> {
    let rest = text.get(at..)?;
    let mut after = rest.trim_start_matches([' ', '\t', '*', '_', '\u{a0}']);
    if let Some(remark) = after.strip_prefix('(') {
        let close = remark.char_indices().take(40).find(|(_, c)| *c == ')').map(|(at, _)| at)?;
        after = remark.get(close.saturating_add(1)..)?.trim_start_matches([' ', '\t']);
    }
    let after = after.strip_prefix(['?', '؟']).map_or(after, |rest| rest.trim_start_matches([' ', '\t', '\n']));
    let value = after
        .strip_prefix("=>")
        .or_else(|| after.strip_prefix("->"))
        .or_else(|| after.strip_prefix([':', '=', '：', '→']))
        .filter(|value| !value.starts_with("//"))?;
    Some(text.len().saturating_sub(value.len()))
}

/// Whether a label begins at the head of a line or a clause, apart from "my" and "the".
fn heads(source: &Source<'_>, first: usize) -> bool {
    const SMALL: [&str; 20] =
        ["le", "la", "les", "l", "mon", "ma", "mes", "my", "the", "votre", "vos", "your", "notre", "et", "and", "o", "w", "pour", "dial", "d"];
    let mut at = first;
    for _ in 0..3 {
        let Some(word) = source.words.get(at) else { return false };
        let before = at.checked_sub(1).and_then(|before| source.words.get(before));
        let gap = source.text.get(before.map_or(0, |before| before.end)..word.start).unwrap_or_default();
        if before.is_none()
            || gap.contains(['\n', ',', '،', ';', '؛', '|', '•', '*', ')', '/', '.', '?', '!', ':', '؟'])
            || gap.contains(" - ")
            || gap.trim_start() != gap && gap.trim() == "-"
        {
            return true;
        }
        let Some(small) = before.filter(|before| SMALL.contains(&before.text.as_str()) || before.text.chars().all(|c| c.is_ascii_digit())) else {
            return false;
        };
        at = at.saturating_sub(1);
        if small.start == 0 {
            return true;
        }
    }
    false
}

/// What follows a label: the rest of its line up to the next label, or the next line where nothing follows.
fn value_of(text: &str, from: usize, next: Option<usize>) -> String {
    let rest = text.get(from..next.unwrap_or(text.len())).unwrap_or_default();
    let line = rest.lines().next().unwrap_or_default();
    let line = if line.trim().is_empty() { rest.lines().nth(1).unwrap_or_default() } else { line };
    let value = line.trim().trim_end_matches(['-', '/', '|', '•', ',', '،', '*']);
    let cut = value.char_indices().take(VALUE).find(|(at, c)| {
        let after = value.get(at.saturating_add(c.len_utf8())..).unwrap_or_default();
        matches!(c, '.' | '!' | ';') && after.starts_with(' ') && value.get(..*at).is_some_and(|before| before.chars().count() > 3)
    });
    clip(cut.and_then(|(at, _)| value.get(..at)).unwrap_or(value))
}

fn note(source: &Source<'_>, read: &mut Read, fact: Fact, value: &str) {
    if value.chars().filter(|c| c.is_alphanumeric()).count() == 0 {
        return;
    }
    match fact {
        Fact::OrderNo | Fact::InvoiceNo | Fact::TrackingNo => {
            if let Some(number) = numbers::labelled(value) {
                read.note(fact, number, "label");
            }
        }
        Fact::Amount => {
            if let Some((amount, currency)) = money::labelled(value) {
                read.note(Fact::Amount, amount, "label");
                if let Some(currency) = currency {
                    read.note(Fact::Currency, currency, "label");
                }
            }
        }
        Fact::OrderDate | Fact::PriorContactDate => {
            if let Some(day) = dates::labelled(source, value) {
                read.note(fact, day.to_string(), "label");
            }
        }
        Fact::MerchantContact => {
            if let Some(address) = value.split_whitespace().find_map(|word| Address::parse(&tidy(word)).ok()) {
                read.note(fact, address.as_str(), "label");
            }
        }
        Fact::Remedy => {
            if let Some(code) = remedy::labelled(source, value) {
                read.note(fact, code, "label");
            }
        }
        Fact::ConsumerName | Fact::City | Fact::Phone => note_person(source, read, fact, value),
        Fact::Merchant => {
            if let Some(name) = seller::labelled(source, value) {
                read.note(fact, name, "label");
            }
        }
        Fact::PaymentMethod => {
            let (_, hits) = super::understand(source, value);
            let card = ["carte", "card", "cb", "visa", "بطاقة", "البطاقة", "كارط"].iter().any(|word| value.to_lowercase().starts_with(word));
            if let Some(way) = remedy::way(&hits).or_else(|| card.then(|| "card".to_owned())) {
                read.note(fact, way, "label");
            }
        }
        Fact::Currency => {}
        Fact::Product => {
            let sum = money::begins(value);
            let value = value.split([',', '،', '(']).next().unwrap_or_default().trim();
            if !sum && value.chars().count() <= 60 {
                read.note(fact, value, "label");
            }
        }
    }
}

/// Notes what a labelled line says of the person who complains.
fn note_person(source: &Source<'_>, read: &mut Read, fact: Fact, value: &str) {
    match fact {
        Fact::ConsumerName => {
            let value = value.split([',', '،', '(']).next().unwrap_or_default().trim();
            if person::is_name(value) {
                read.note(fact, value, "label");
            }
        }
        Fact::City => {
            let (_, hits) = super::understand(source, value);
            let known = hits.iter().find_map(|hit| if let Meaning::City(name) = &hit.meaning { Some(name.clone()) } else { None });
            let short = tidy(value.split([',', '،', '(', '.']).next().unwrap_or_default());
            if let Some(city) = known.or_else(|| person::is_name(&short).then_some(short)) {
                read.note(fact, city, "label");
            }
        }
        Fact::Phone => {
            if let Some(number) = numbers::phone_in(value) {
                read.note(fact, number, "label");
            }
        }
        _ => {}
    }
}
