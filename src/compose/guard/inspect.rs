//! One way to read a letter → the first thing in it that may not be there.

use super::needles::{Place, letters, spelt, spread, untagged};
use super::views::Readings;
use super::{Guard, Leak};
use crate::domain::Address;
use crate::domain::fold;
use crate::domain::shingles::{Word, runs, whole, words};
use std::ops::Range;

/// In bytes that are no text, shorter needles stand by chance.
const SHORTEST_IN_BYTES: usize = 8;
/// The longest piece on each side of an `@` that can be a part of an address (RFC 5321 §4.5.3.1).
const LONGEST_SIDE: usize = 254;

/// A guard at work.
pub(in crate::compose) struct Inspection<'a> {
    guard: &'a Guard,
    /// The reader's own address, letters and digits only.
    own: String,
    /// Whether a needle is none for this reader; worked out once for each that is found.
    yielded: Vec<Option<bool>>,
    readings: Readings,
    /// The letters of the present reading.
    letters: Vec<u8>,
}

impl<'a> Inspection<'a> {
    /// For a letter to `reader`, or for a text that is on its way to nobody yet.
    pub(in crate::compose) fn new(guard: &'a Guard, reader: Option<&Address>) -> Self {
        let own = reader.map(|address| spelt(address.as_str())).unwrap_or_default();
        Self { guard, own, yielded: vec![None; guard.needles.len()], readings: Readings::default(), letters: Vec::new() }
    }

    /// Looks at `text` in every way in which it can be read.
    pub(in crate::compose) fn read(&mut self, text: &str) -> Result<(), Leak> {
        let mut readings = std::mem::take(&mut self.readings);
        let done = if self.guard.is_idle() { Ok(()) } else { readings.each(text, &mut |view| self.look(view, false)) };
        self.readings = readings;
        done
    }

    /// The same where only so many codings may lie on one another.
    pub(super) fn read_from(&mut self, text: &str, depth: usize) -> Result<(), Leak> {
        let mut readings = std::mem::take(&mut self.readings);
        let done = readings.each_from(text, depth, &mut |view| self.look(view, false));
        self.readings = readings;
        done
    }

    /// Looks at what can be read in something that is no text, in every way.
    pub(super) fn read_bytes(&mut self, text: &str) -> Result<(), Leak> {
        if self.guard.is_idle() { Ok(()) } else { Readings::default().each(text, &mut |view| self.look(view, true)) }
    }

    /// Looks at one reading; `bytes` if it is what can be read in something that is no text.
    fn look(&mut self, text: &str, bytes: bool) -> Result<(), Leak> {
        // Nearly always there is nothing: where that was, and whether it counts, is worked out only then.
        let found = if self.may_hold(text) { self.found(text, bytes, true) } else { self.tagged(text) };
        if let Some((kind, _)) = found.first() {
            return Err(*kind);
        }
        if self.hears_words() { self.hears(&words(text), bytes) } else { Ok(()) }
    }

    /// Whether it matters which words are said.
    pub(super) fn hears_words(&self) -> bool {
        !(self.guard.names.is_empty() && self.guard.forbidden.is_empty())
    }

    /// Looks at words, `bytes` if they are what can be read in something that is no text.
    pub(super) fn hears(&self, words: &[Word], bytes: bool) -> Result<(), Leak> {
        if !bytes && self.has_name(words) {
            return Err(Leak::Identifier);
        }
        if self.has_words(words) { Err(Leak::Words) } else { Ok(()) }
    }

    /// Whether a forbidden address stands in `text` under any tag.
    pub(super) fn has_tagged(&self, text: &str) -> bool {
        !self.tagged(text).is_empty()
    }

    /// The bytes of `text` that hold something, in any order.
    pub(in crate::compose) fn all(&mut self, text: &str) -> Vec<(Leak, Range<usize>)> {
        if self.may_hold(text) { self.found(text, false, false) } else { self.tagged(text) }
    }

    /// Whether the letters of a needle stand in `text`.
    fn may_hold(&mut self, text: &str) -> bool {
        if self.guard.needles.is_empty() {
            return false;
        }
        self.letters.clear();
        fold::spell(text, &mut self.letters);
        self.guard.may_stand_in(&self.letters)
    }

    /// The same where a needle may stand; with `first` only one of them.
    fn found(&mut self, text: &str, bytes: bool, first: bool) -> Vec<(Leak, Range<usize>)> {
        let guard = self.guard;
        let letters = letters(text);
        let begins = |at: usize| letters.places.get(at).is_none_or(|place| place.begins);
        let mut found = Vec::new();
        guard.search().find(letters.text.as_bytes(), |place, end| {
            let Some(needle) = guard.needles.get(place) else { return true };
            let start = end.saturating_sub(needle.letters.len());
            let stands = !needle.whole || (begins(start) && begins(end));
            if stands && (!bytes || needle.letters.len() >= SHORTEST_IN_BYTES) && !self.yields(place) {
                found.push((needle.kind, source(text, &letters.places, start, end)));
            }
            !first || found.is_empty()
        });
        if !first || found.is_empty() {
            found.extend(self.tagged(text));
        }
        found
    }

    fn yields(&mut self, place: usize) -> bool {
        let (guard, own) = (self.guard, self.own.as_str());
        let Some((needle, known)) = guard.needles.get(place).zip(self.yielded.get_mut(place)) else { return false };
        *known.get_or_insert_with(|| {
            own.contains(&needle.letters) || (needle.yields && guard.known.iter().any(|known| known.letters().contains(&needle.letters)))
        })
    }

    /// Addresses with a tag that is nobody's secret but whose account is: `name+anything@domain`.
    fn tagged(&self, text: &str) -> Vec<(Leak, Range<usize>)> {
        const SIGNS: [char; 3] = ['@', '＠', '﹫'];
        if self.guard.accounts.is_empty() || !SIGNS.iter().any(|sign| text.contains(*sign)) {
            return Vec::new();
        }
        let is_part = |c: char| c.is_alphanumeric() || "._-+＋".contains(c) || (!c.is_ascii() && !c.is_whitespace() && spelt(&c.to_string()).is_empty());
        let mut found = Vec::new();
        for (at, sign) in text.match_indices(SIGNS) {
            let (before, after) = (text.get(..at).unwrap_or_default(), text.get(at.saturating_add(sign.len())..).unwrap_or_default());
            let local: usize = before.chars().rev().take(LONGEST_SIDE).take_while(|c| is_part(*c)).map(char::len_utf8).sum();
            let domain: usize = after.chars().take(LONGEST_SIDE).take_while(|c| is_part(*c)).map(char::len_utf8).sum();
            let range = at.saturating_sub(local)..at.saturating_add(sign.len()).saturating_add(domain);
            let whole = spelt(text.get(range.clone()).unwrap_or_default());
            let base = spelt(untagged(&text.get(range.start..at).unwrap_or_default().replace('＋', "+")));
            let host = spelt(after.get(..domain).unwrap_or_default());
            let known = self.guard.accounts.iter().any(|(account, domain)| *account == base && host.starts_with(domain.as_str()));
            if known && (self.own.is_empty() || whole != self.own) {
                found.push((Leak::Address, range));
            }
        }
        found
    }

    fn has_name(&self, words: &[Word]) -> bool {
        let guard = self.guard;
        let is_known = |length: usize, sum: u64| guard.known.iter().any(|known| sums(known.words(), length).any(|other| other == sum));
        guard.names.iter().any(|(length, names)| sums(words, *length).any(|sum| names.contains(&sum) && !is_known(*length, sum)))
    }

    fn has_words(&self, words: &[Word]) -> bool {
        let any = |kept: &[crate::domain::Shingles], hash: u64| kept.iter().any(|shingles| shingles.contain(hash));
        let is_said = |hash: u64| any(&self.guard.allowed, hash) || self.guard.known.iter().any(|known| known.says(hash));
        let leaks = |hash: u64| any(&self.guard.forbidden, hash) && !is_said(hash);
        if self.guard.forbidden.is_empty() {
            return false;
        }
        let hashes: Vec<u64> = words.iter().map(|word| word.hash).collect();
        runs(&hashes).any(leaks) || lines(words).any(leaks)
    }
}

/// The hash of every line that is short enough to be known as a whole: also without its number, and the value after its label.
pub(super) fn lines(words: &[Word]) -> impl Iterator<Item = u64> + '_ {
    words.chunk_by(|_, next| !next.begins_line).flat_map(|line| {
        let unnumbered = line.split_first().filter(|(first, _)| first.is_number).map(|(_, rest)| rest);
        let value = line.iter().position(|word| word.begins_value).and_then(|at| line.get(at..));
        [Some(line), unnumbered, value].into_iter().flatten().filter_map(whole)
    })
}

/// For every `length` consecutive words what they come to in any order, each worked out from the one before.
fn sums(words: &[Word], length: usize) -> impl Iterator<Item = u64> + '_ {
    let mut sum = 0_u64;
    words.iter().enumerate().filter_map(move |(at, word)| {
        let gone = at.checked_sub(length).and_then(|gone| words.get(gone)).map_or(0, |gone| spread(gone.hash));
        sum = sum.wrapping_add(spread(word.hash)).wrapping_sub(gone);
        (at >= length.saturating_sub(1)).then_some(sum)
    })
}

/// The bytes of the text that the letters from `start` to `end` come from.
fn source(text: &str, places: &[Place], start: usize, end: usize) -> Range<usize> {
    let from = places.get(start).map_or(0, |place| place.source);
    let last = end.checked_sub(1).and_then(|last| places.get(last)).map_or(from, |place| place.source);
    let size = text.get(last..).and_then(|rest| rest.chars().next()).map_or(0, char::len_utf8);
    from..last.saturating_add(size)
}
