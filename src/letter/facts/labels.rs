//! Labelled answers, "N° de commande : 48213" (DOMAIN §3.3), and what a text would be as the value of a field.

use super::{Read, Source, amounts, contact, dates, numbers, person, phone, remedy, seller, tidy};
use crate::domain::{Address, Fact};
use crate::letter::fold::Word;
use crate::letter::lexicon::{Hit, Meaning};
use crate::letter::span::longest;

/// Labels that are looked at.
const MOST: usize = 300;
/// Characters of a value.
const VALUE: usize = 200;

/// Notes what labelled lines say.
pub(super) fn read(source: &Source<'_>, read: &mut Read) {
    let labels = labels(source);
    for (place, label) in labels.iter().enumerate() {
        let next = labels.iter().skip(place.saturating_add(1)).map(|other| other.start).find(|start| *start > label.start);
        let value = value_of(source.text, label.end, next);
        if label.fact == Fact::MerchantContact && !is_sellers(source, label.start) {
            continue;
        }
        for (fact, value) in values(source, label.fact, &value) {
            read.note(fact, value, "label");
        }
    }
}

/// Whether the address under the label at `start` is the seller's, where it only says "their address".
fn is_sellers(source: &Source<'_>, start: usize) -> bool {
    let at = source.word_at(start);
    let theirs = source.hits_at(at).any(|hit| source.steers(hit, "theirs"));
    !theirs || contact::is_of_seller(source, at)
}

/// Whether the text has labels.
pub(super) fn any(source: &Source<'_>, text: &str) -> bool {
    let (words, hits) = super::understand(source, text);
    !labels(&Source { text, digits: &[], words: &words, hits: &hits, ..*source }).is_empty()
}

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
        if found.len() < MOST && heads(source, hit.first) {
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

/// What `value` says as the value of `fact`: that field, and for an amount also its currency. Nothing where it cannot be one, or says that it is not known.
pub(super) fn values(source: &Source<'_>, fact: Fact, value: &str) -> Vec<(Fact, String)> {
    let (words, hits) = super::understand(source, value);
    meant(source, fact, value, &words, &hits)
}

/// The same, where the words of `value` and what is known of them are at hand.
pub(super) fn meant(source: &Source<'_>, fact: Fact, value: &str, words: &[Word], hits: &[Hit]) -> Vec<(Fact, String)> {
    if words.is_empty() || hits.iter().any(|hit| hit.steers("lacks")) {
        return Vec::new();
    }
    let found = match fact {
        Fact::OrderNo | Fact::InvoiceNo | Fact::TrackingNo => numbers::labelled(value),
        Fact::Amount => {
            let Some((amount, currency)) = amounts::labelled(value) else { return Vec::new() };
            return [(Fact::Amount, amount)].into_iter().chain(currency.map(|currency| (Fact::Currency, currency))).collect();
        }
        Fact::OrderDate | Fact::PriorContactDate => dates::labelled(source, value).map(|day| day.to_string()),
        Fact::MerchantContact => value.split_whitespace().find_map(|word| Address::parse(&tidy(word)).ok()).map(|address| address.as_str().to_owned()),
        Fact::Remedy => remedy::labelled(source, value),
        Fact::Merchant => seller::labelled(source, value),
        Fact::PaymentMethod => {
            let card = ["carte", "card", "cb", "visa", "بطاقة", "البطاقة", "كارط"].iter().any(|word| value.to_lowercase().starts_with(word));
            remedy::way(hits).or_else(|| card.then(|| "card".to_owned()))
        }
        Fact::Currency => None,
        Fact::Product => {
            let sum = amounts::begins(value);
            let value = value.split([',', '،', '(']).next().unwrap_or_default().trim();
            (!sum && value.chars().count() <= 60).then(|| value.to_owned())
        }
        Fact::ConsumerName => {
            let value = value.split([',', '،', '(']).next().unwrap_or_default().trim();
            person::is_name(value).then(|| value.to_owned())
        }
        Fact::City => {
            let known = hits.iter().find_map(|hit| if let Meaning::City(name) = &hit.meaning { Some(name.clone()) } else { None });
            let short = tidy(value.split([',', '،', '(', '.']).next().unwrap_or_default());
            known.or_else(|| person::is_name(&short).then_some(short))
        }
        Fact::Phone => phone::labelled(value),
    };
    found.into_iter().map(|value| (fact, value)).collect()
}
