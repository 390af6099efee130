//! What a piece of a text comes to in every way of reading, so that a piece that recurs is worked out once.
//!
//! A text is cut where [`cut`] says. Nothing that is read in one way stands on both sides of a cut but what is kept here to be joined: letters, the words of a
//! line, base64 over several lines, and hexadecimal digits. An escape never does, for none of them has a sign in it at which is cut, but a soft line break,
//! which the [`Glance`](super::glance::Glance) leaves to the plain way of reading.

use super::keyed::Keyed;
use super::likely::Likely;
use super::neighbours::SHORTEST;
use super::readable::add_text;
use super::unpack::{BREAK, Digits, runs};
use super::views::{DEPTH, unescaped};
use crate::domain::fold;
use crate::domain::shingles::{Phrase, phrase};
use std::collections::HashMap;
use std::sync::{Arc, OnceLock};

/// What a piece of a text comes to.
pub(super) struct Segment {
    /// As it stands.
    pub(super) text: Arc<str>,
    /// Its letters and digits, folded.
    pub(super) letters: Box<[u8]>,
    /// Whether there is a sign in it that could be that of an address.
    pub(super) has_sign: bool,
    /// What it comes to in codings; nothing where so many lie on one another that no more are looked for.
    pub(super) codings: Option<Codings>,
    words: OnceLock<Phrase>,
}

/// What a piece of a text comes to in codings.
pub(super) struct Codings {
    /// With its escapes undone, if that is another text.
    pub(super) plain: Option<Arc<Segment>>,
    /// The base64 with which it begins, and the one with which it ends if anything parts them.
    pub(super) first: Run,
    pub(super) last: Option<Run>,
    /// What the base64 between these holds.
    pub(super) within: Found,
    /// Its hexadecimal digits.
    pub(super) digits: Digits,
}

/// A run of base64 that may go on in the next piece.
#[derive(Default)]
pub(super) struct Run {
    pub(super) sextets: Box<[u8]>,
    alone: OnceLock<Arc<Found>>,
}

/// What runs of base64 hold in each of the four ways to read them, a line for each stretch of text.
#[derive(Default)]
pub(super) struct Found {
    texts: Box<str>,
    /// Where each ends in the text of all.
    ends: [usize; 4],
    /// Whether there could be UTF-16 in them, which might stand in several runs.
    pub(super) is_wide: bool,
}

/// What segments are made with, used again for the next one.
#[derive(Default)]
pub(super) struct Tools {
    letters: Vec<u8>,
    runs: Vec<u8>,
    likely: Likely,
    stretch: Vec<u8>,
    found: String,
    digits: Vec<u8>,
    /// What runs of base64 hold that were met.
    met: HashMap<Box<[u8]>, Arc<Found>, Keyed>,
}

impl Segment {
    /// Of `text`, in which so many codings are looked for that lie on one another. `seen` are segments of at least as many.
    pub(super) fn new(text: &str, depth: usize, seen: &Known, tools: &mut Tools) -> Self {
        tools.letters.clear();
        fold::spell(text, &mut tools.letters);
        let letters = tools.letters.as_slice().into();
        let has_sign = text.contains('@') || (!text.is_ascii() && text.contains(['＠', '﹫']));
        let codings = depth.checked_sub(1).map(|deeper| Codings::new(text, deeper, seen, tools));
        Self { text: text.into(), letters, has_sign, codings, words: OnceLock::new() }
    }

    /// Its words.
    pub(super) fn words(&self) -> &Phrase {
        self.words.get_or_init(|| phrase(&self.text))
    }
}

impl Codings {
    fn new(text: &str, deeper: usize, seen: &Known, tools: &mut Tools) -> Self {
        let plain = unescaped(text).map(|plain| match seen.get(plain.as_str()) {
            Some((known, _)) => Arc::clone(known),
            None => Arc::new(Segment::new(&plain, deeper, seen, tools)),
        });
        let mut all = std::mem::take(&mut tools.runs);
        runs(text, 0, &mut all);
        // Behind the last run stands the end of it.
        let mut each = all.strip_suffix(&[BREAK]).unwrap_or_default().split(|sextet| *sextet == BREAK);
        let first = Run::new(each.next().unwrap_or_default());
        let last = each.next_back().map(Run::new);
        let mut within = Within::default();
        each.filter(|run| run.len() > SHORTEST).for_each(|run| within.add(&tools.found_in(run)));
        let digits = Digits::of(text, &mut tools.digits);
        tools.runs = all;
        Self { plain, first, last, within: within.found(), digits }
    }
}

impl Run {
    fn new(sextets: &[u8]) -> Self {
        Self { sextets: sextets.into(), alone: OnceLock::new() }
    }

    /// What it holds if it does not.
    pub(super) fn alone(&self, tools: &mut Tools) -> &Found {
        self.alone.get_or_init(|| tools.found_in(&self.sextets))
    }
}

/// What several runs hold.
#[derive(Default)]
pub(super) struct Within {
    pub(super) texts: [String; 4],
    pub(super) is_wide: bool,
}

impl Within {
    /// And that.
    pub(super) fn add(&mut self, found: &Found) {
        if found.texts.is_empty() && !found.is_wide {
            return;
        }
        self.is_wide |= found.is_wide;
        let mut begins = 0;
        for (text, end) in self.texts.iter_mut().zip(found.ends) {
            text.push_str(found.texts.get(begins..end).unwrap_or_default());
            begins = end;
        }
    }

    fn found(self) -> Found {
        let mut ends = [0; 4];
        let mut end = 0_usize;
        for (place, text) in ends.iter_mut().zip(&self.texts) {
            end = end.saturating_add(text.len());
            *place = end;
        }
        Found { texts: self.texts.concat().into(), ends, is_wide: self.is_wide }
    }
}

impl Tools {
    /// What one run of base64 holds.
    pub(super) fn found_in(&mut self, run: &[u8]) -> Arc<Found> {
        if run.len() <= SHORTEST {
            return Arc::default();
        }
        if let Some(found) = self.met.get(run) {
            return Arc::clone(found);
        }
        let Tools { likely, stretch, found: text, .. } = self;
        let mut found = Found::default();
        text.clear();
        likely.look(run);
        for (offset, end) in found.ends.iter_mut().enumerate() {
            found.is_wide |= likely.each(run, offset, stretch, |piece| add_text(piece, text));
            *end = text.len();
        }
        found.texts = text.as_str().into();
        let found = Arc::new(found);
        self.met.insert(run.into(), Arc::clone(&found));
        found
    }
}

/// What pieces of texts come to that recur in many letters. It is worked out by the guard alone, from nothing but those pieces, and says of none whether it may
/// be told: it spares steps.
#[derive(Default)]
pub(in crate::compose) struct Memory(Known);

/// Segments by their texts, each with whether it is known that no needle begins in its letters.
pub(super) type Known = HashMap<Arc<str>, (Arc<Segment>, bool), Keyed>;

impl Memory {
    /// Keeps what the pieces of `text` come to.
    pub(in crate::compose) fn learn(&mut self, text: &str) {
        let (mut rest, mut tools) = (text, Tools::default());
        while !rest.is_empty() {
            let (piece, _, after) = cut(rest);
            if !self.0.contains_key(piece) {
                let segment = Arc::new(Segment::new(piece, DEPTH, &self.0, &mut tools));
                self.0.insert(Arc::clone(&segment.text), (segment, false));
            }
            rest = after;
        }
    }

    /// What `piece` comes to, if that is known.
    pub(super) fn recall(&self, piece: &str) -> Option<&Arc<Segment>> {
        self.0.get(piece).map(|(segment, _)| segment)
    }
}

/// How much is known.
impl std::fmt::Debug for Memory {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Memory({})", self.0.len())
    }
}

/// The first piece of `text`, the signs at which it ends, and the rest: ends of lines and brackets of tags, with all such and the spaces behind them.
pub(super) fn cut(text: &str) -> (&str, &str, &str) {
    let ends = |byte: &u8| matches!(byte, b'\r' | b'\n' | b'<' | b'>');
    let bytes = text.as_bytes();
    let piece = bytes.iter().position(|byte| *byte <= b'>' && ends(byte)).unwrap_or(bytes.len());
    let signs = bytes.iter().skip(piece).take_while(|byte| ends(byte) || **byte == b' ').count();
    let (piece, rest) = text.split_at_checked(piece).unwrap_or((text, ""));
    let (signs, rest) = rest.split_at_checked(signs).unwrap_or((rest, ""));
    (piece, signs, rest)
}
