//! What identifies somebody, taken out of a text before it is kept or crosses (THREATS §7): what is known of a party in every spelling that the guard knows,
//! and every e-mail address, telephone number and personal link besides. Order numbers, amounts and dates stay.

use super::guard::{Guard, Inspection};
use crate::domain::Address;
use crate::domain::fold::{Sign, signs};
use std::ops::Range;

/// What stands in the place of what was taken out.
const MASK: &str = "[…]";
/// Taking something out can bring together what stood around it; after so many rounds whole words and lines go.
const ROUNDS: usize = 4;
/// Letters and digits in a row that make a link a personal one.
const TOKEN: usize = 16;

/// What to take out. Without any identifiers, all contact data; with those of a guard, a letter that is made of the text passes that guard's identifiers.
#[derive(Debug, Clone, Default)]
pub struct Redaction {
    guard: Guard,
    addresses: Vec<Address>,
    numbers: Vec<String>,
    only: bool,
}

/// A text from which something may have been taken out.
#[derive(Clone, PartialEq, Eq)]
pub struct Redacted {
    /// The text, with `[…]` for what was taken out.
    pub text: String,
    /// How often.
    pub hidden: usize,
}

/// How much was taken out, not from what.
impl std::fmt::Debug for Redacted {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Redacted({} hidden)", self.hidden)
    }
}

impl Redaction {
    /// Takes out what `guard` forbids, words of channels excepted: those are no identifiers.
    pub fn new(guard: &Guard) -> Self {
        Self { guard: guard.identifiers(), ..Self::default() }
    }

    /// Takes out what `guard` forbids, words of channels excepted, and no other contact data.
    pub fn only(guard: &Guard) -> Self {
        Self { only: true, ..Self::new(guard) }
    }

    /// Leaves `address` where it stands, unless the guard forbids it: one that everybody may know.
    pub fn allow_address(&mut self, address: &Address) {
        self.addresses.push(address.clone());
    }

    /// Leaves a telephone number, however it is written, unless the guard forbids it.
    pub fn allow_phone(&mut self, number: &str) {
        self.numbers.push(last_digits(number));
    }

    /// `text` without them.
    pub fn redact(&self, text: &str) -> Redacted {
        let mut inspection = Inspection::new(&self.guard, None);
        let mut redacted = Redacted { text: text.to_owned(), hidden: 0 };
        for _ in 0..ROUNDS {
            let signs = signs_of(&redacted.text);
            let mut spans: Vec<Range<usize>> = inspection.all(&redacted.text).into_iter().map(|(_, span)| span).collect();
            if !self.only {
                spans.extend(self.addresses_in(&redacted.text, &signs));
                spans.extend(self.numbers_in(&redacted.text, &signs));
                spans.extend(links_in(&redacted.text));
            }
            if spans.is_empty() {
                break;
            }
            redacted.cut(spans);
        }
        // What is hidden in a coding, or in pieces: first the words that hold it, then the lines, then everything.
        for ends in [char::is_whitespace as fn(char) -> bool, |c| c == '\n', |_| false] {
            if inspection.read(&redacted.text).is_ok() {
                break;
            }
            redacted.cut_pieces(ends, &mut inspection);
        }
        redacted
    }

    /// Every e-mail address that nobody allowed.
    fn addresses_in(&self, text: &str, signs: &[(usize, char)]) -> Vec<Range<usize>> {
        let is_part = |c: char| c.is_alphanumeric() || "!#$%&'*+-/=?^_`{|}~.".contains(c);
        let mut found = Vec::new();
        if !['@', '＠', '﹫'].iter().any(|sign| text.contains(*sign)) {
            return found;
        }
        for (at, _) in signs.iter().enumerate().filter(|(_, (_, c))| matches!(c, '@' | '＠' | '﹫')) {
            let (before, after) = (signs.get(..at).unwrap_or_default(), signs.get(at.saturating_add(1)..).unwrap_or_default());
            let local = before.iter().rev().take(64).take_while(|(_, c)| is_part(*c)).count();
            let domain = after.iter().take(253).take_while(|(_, c)| c.is_alphanumeric() || matches!(c, '.' | '-')).count();
            let mut local: Vec<(usize, char)> = before.get(before.len().saturating_sub(local)..).unwrap_or_default().to_vec();
            let mut domain: Vec<(usize, char)> = after.get(..domain).unwrap_or_default().to_vec();
            while domain.last().is_some_and(|(_, c)| !c.is_alphanumeric()) {
                domain.pop();
            }
            let skipped = local.iter().position(|(_, c)| c.is_alphanumeric()).unwrap_or(local.len());
            local.drain(..skipped);
            let written: String = local.iter().map(|(_, c)| *c).chain(['@']).chain(domain.iter().map(|(_, c)| *c)).collect();
            let Ok(address) = Address::parse(&written) else { continue };
            if let (Some((start, _)), Some((last, _)), false) = (local.first(), domain.last(), self.addresses.iter().any(|known| known.is_same(&address))) {
                found.push(*start..next(text, *last));
            }
        }
        found
    }

    /// Every telephone number that nobody allowed.
    fn numbers_in(&self, text: &str, signs: &[(usize, char)]) -> Vec<Range<usize>> {
        let (mut found, mut before, mut rest) = (Vec::new(), ' ', signs);
        while let Some(((start, first), after)) = rest.split_first() {
            // Every number begins so, most signs do not.
            let may_begin = matches!(first, '0' | '+' | '＋') && !before.is_alphanumeric() && !"+-/_".contains(before);
            let length = if may_begin { number_at(rest) } else { None };
            let Some(number) = length.and_then(|length| rest.get(..length)) else {
                (before, rest) = (*first, after);
                continue;
            };
            let written: String = number.iter().map(|(_, c)| *c).collect();
            if let (Some((last, _)), false) = (number.last(), self.numbers.contains(&last_digits(&written))) {
                found.push(*start..next(text, *last));
            }
            (before, rest) = (' ', rest.get(number.len()..).unwrap_or_default());
        }
        found
    }
}

impl Redacted {
    /// Puts a mask in the place of each span.
    fn cut(&mut self, mut spans: Vec<Range<usize>>) {
        spans.sort_by_key(|span| (span.start, span.end));
        let (mut text, mut done) = (String::with_capacity(self.text.len()), 0);
        for span in spans {
            if span.start >= done {
                text.push_str(self.text.get(done..span.start).unwrap_or_default());
                text.push_str(MASK);
                self.hidden = self.hidden.saturating_add(1);
            }
            done = done.max(span.end);
        }
        text.push_str(self.text.get(done..).unwrap_or_default());
        self.text = text;
    }

    /// Puts a mask in the place of each piece in which the guard still finds something.
    fn cut_pieces(&mut self, ends: fn(char) -> bool, inspection: &mut Inspection<'_>) {
        let mut text = String::with_capacity(self.text.len());
        for piece in self.text.split_inclusive(ends) {
            let inside = piece.trim_end_matches(ends);
            if inspection.read(inside).is_err() {
                self.hidden = self.hidden.saturating_add(1);
                text.push_str(MASK);
                text.push_str(piece.get(inside.len()..).unwrap_or_default());
            } else {
                text.push_str(piece);
            }
        }
        self.text = text;
    }
}

/// The signs of `text` as they are compared, without what nobody sees, with digits in their Western form; and where each begins.
fn signs_of(text: &str) -> Vec<(usize, char)> {
    let mut found = Vec::with_capacity(text.len());
    signs(text, |at, sign| {
        let shown = || text.get(at..).and_then(|rest| rest.chars().next()).unwrap_or(' ');
        found.push((at, if let Sign::Letter(c) = sign { c } else { shown() }));
    });
    found
}

/// The byte after the character at `at`.
fn next(text: &str, at: usize) -> usize {
    at.saturating_add(text.get(at..).and_then(|rest| rest.chars().next()).map_or(0, char::len_utf8))
}

/// How many signs are a telephone number: a Moroccan one, `+212`, `00212` or `0`, then 5, 6 or 7 and eight digits; or `+` and eight to fifteen digits.
fn number_at(signs: &[(usize, char)]) -> Option<usize> {
    let digits: Vec<(usize, char)> = digits_at(signs);
    let written: String = digits.iter().map(|(_, digit)| *digit).collect();
    let international = signs.first().is_some_and(|(_, c)| matches!(c, '+' | '＋'));
    let national = if international { written.strip_prefix("212") } else { written.strip_prefix("00212").or_else(|| written.strip_prefix('0')) };
    let significant = national.map(|rest| if international || written.starts_with("00212") { rest.strip_prefix('0').unwrap_or(rest) } else { rest });
    let is_moroccan = significant.is_some_and(|rest| rest.len() == 9 && rest.starts_with(['5', '6', '7']));
    let is_number = is_moroccan || (international && (8..=15).contains(&digits.len()));
    digits.last().filter(|_| is_number).map(|(last, _)| last.saturating_add(1))
}

/// The digits at the head of `signs`, with single separators between them, and the place of each.
fn digits_at(signs: &[(usize, char)]) -> Vec<(usize, char)> {
    let mut digits = Vec::new();
    let mut separators = 0_usize;
    for (place, (_, c)) in signs.iter().enumerate().take(40) {
        match c {
            '+' | '＋' if place == 0 => {}
            '0'..='9' => {
                digits.push((place, *c));
                separators = 0;
            }
            ' ' | '.' | '-' | '\u{a0}' | '\u{202f}' if separators == 0 && !digits.is_empty() => separators = 1,
            // As in +212 (0) 6….
            '(' | ')' if digits.len() <= 4 && separators <= 2 && !digits.is_empty() => {}
            ' ' if digits.len() <= 4 && separators <= 2 && !digits.is_empty() => separators = separators.saturating_add(1),
            _ => break,
        }
    }
    digits
}

fn last_digits(number: &str) -> String {
    let digits: Vec<char> = signs_of(number).into_iter().map(|(_, c)| c).filter(char::is_ascii_digit).collect();
    digits.iter().skip(digits.len().saturating_sub(9)).collect()
}

/// Links whose query holds a random word: they open somebody's account or order.
fn links_in(text: &str) -> Vec<Range<usize>> {
    let ends = |c: char| c.is_whitespace() || matches!(c, '<' | '>' | '"' | '«' | '»');
    let (mut found, mut start) = (Vec::new(), 0_usize);
    if !text.contains("://") && !text.to_ascii_lowercase().contains("www.") {
        return found;
    }
    for word in text.split_inclusive(ends) {
        let link = word.trim_end_matches(ends);
        let query = link.split_once(['?', '#']).map_or("", |(_, query)| query);
        let is_random = |value: &str| {
            let letters: Vec<char> = value.chars().filter(char::is_ascii_alphanumeric).collect();
            letters.len() >= TOKEN && letters.iter().any(char::is_ascii_digit) && letters.iter().any(char::is_ascii_alphabetic)
        };
        let is_link = || link.contains("://") || link.to_ascii_lowercase().contains("www.");
        if query.split(['&', ';', '=', '/', '#']).any(is_random) && is_link() {
            let from = link.to_ascii_lowercase().find("http").or_else(|| link.to_ascii_lowercase().find("www.")).unwrap_or(0);
            found.push(start.saturating_add(from)..link.len().saturating_add(start));
        }
        start = start.saturating_add(word.len());
    }
    found
}

#[cfg(test)]
mod tests;
