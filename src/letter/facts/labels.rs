//! Labelled answers, "N° de commande : 48213", and numbered ones, "1) 48213" (DOMAIN §3.3).

use super::{Read, Source, dates, money, names, numbers, remedy, tidy};
use crate::domain::{Address, Fact};
use crate::letter::lexicon::Meaning;
use crate::letter::pattern::pattern;
use regex::Regex;
use std::sync::LazyLock;

static NUMBERED: LazyLock<Regex> = LazyLock::new(|| pattern(r"^[ \t*•-]*\(?(\d{1,2})[ \t]?(?:\)|\.[ \t]|-[ \t]|/[ \t]|:[ \t])[ \t]*(.+)$"));

/// Lines that are looked at.
const LINES: usize = 300;
/// Characters of a value.
const VALUE: usize = 200;

/// Notes what labelled lines say.
pub(super) fn read(source: &Source<'_>, read: &mut Read) {
    for line in source.text.lines().filter(|line| !line.trim().is_empty()).take(LINES) {
        let mut line = line.trim();
        if let Some(captures) = NUMBERED.captures(line)
            && let (Some(number), Some(answer)) = (captures.get(1), captures.get(2))
        {
            line = answer.as_str();
            if let Ok(number) = number.as_str().parse::<u8>() {
                read.answers.entry(number).or_insert_with(|| clip(line));
            }
        }
        for (fact, value) in labelled(source, line) {
            note(source, read, fact, &value);
        }
    }
}

fn clip(value: &str) -> String {
    tidy(value).chars().take(VALUE).collect()
}

/// The fields that `label : value` may mean; several where a label is shared.
fn labelled(source: &Source<'_>, line: &str) -> Vec<(Fact, String)> {
    let Some((label, value)) = line.split_once([':', '=']) else { return Vec::new() };
    if label.chars().count() > 60 || value.trim().is_empty() || value.starts_with("//") {
        return Vec::new();
    }
    let (words, hits) = super::understand(source, label);
    let whole = |hit: &&crate::letter::lexicon::Hit| hit.first == 0 && hit.last.saturating_add(1) == words.len();
    let mut facts: Vec<Fact> = Vec::new();
    for hit in hits.iter().filter(whole) {
        if let Meaning::Label(fact) = hit.meaning
            && !facts.contains(&fact)
        {
            facts.push(fact);
        }
    }
    facts.into_iter().map(|fact| (fact, clip(value))).collect()
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
        Fact::ConsumerName => {
            if names::is_name(value) {
                read.note(fact, value, "label");
            }
        }
        Fact::PaymentMethod => {
            let (_, hits) = super::understand(source, value);
            let way = hits.iter().find_map(|hit| if let Meaning::Payment(way) = &hit.meaning { Some(way.clone()) } else { None });
            read.note(fact, way.unwrap_or_else(|| value.to_owned()), "label");
        }
        Fact::Currency => {}
        Fact::Merchant | Fact::City | Fact::Phone | Fact::Product => read.note(fact, value, "label"),
    }
}
