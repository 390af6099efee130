//! A quick look at a text that shows of most that nothing is to be found in them.
//!
//! It reads a text in all the ways in which [`Readings`](super::views::Readings) does, piece by piece, and works out each piece once, however often it stands
//! in a letter: in the text part, in the source of the page, with its escapes undone, in both views of the page. What is read in one way across a cut is joined
//! from what both pieces come to. Where that could hold anything, or joining is not sure to be the same as reading the whole, it says so, and the text is read
//! in the plain way: so it never decides that something is there, and says that nothing is only where the plain way finds nothing.

use super::Guard;
use super::inspect::Inspection;
use super::keyed::Keyed;
use super::readable::readable;
use super::segment::{Codings, Known, Memory, Run, Segment, Tools, Within, cut};
use super::unpack::{Joined, paired};
use super::views::{DEPTH, in_base64, unescaped};
use crate::domain::shingles::phrases;
use std::collections::HashSet;
use std::sync::Arc;

/// So many letters before a cut can begin a needle that is known by its first five only behind it, and so many behind it are compared.
const BEFORE: usize = 4;
const BEHIND: usize = 28;

/// A guard that glances at the texts of one letter.
pub(super) struct Glance<'a> {
    guard: &'a Guard,
    memory: Option<&'a Memory>,
    /// The pieces of this letter so far.
    seen: Known,
    /// What was found in codings so far and holds nothing, by how many of them may lie within it.
    passed: [HashSet<String, Keyed>; DEPTH],
    tools: Tools,
}

/// A piece of a text, the signs behind it, and whether no needle may begin in its own letters.
struct Piece<'t> {
    segment: Arc<Segment>,
    is_clear: bool,
    signs: &'t str,
}

impl<'a> Glance<'a> {
    /// Of `guard`, who knows `memory`.
    pub(super) fn new(guard: &'a Guard, memory: Option<&'a Memory>) -> Self {
        Self { guard, memory, seen: Known::default(), passed: Default::default(), tools: Tools::default() }
    }

    /// Whether it is sure that nothing is to be found in `text`.
    pub(super) fn clears(&mut self, inspection: &mut Inspection<'_>, text: &str) -> bool {
        if text.is_empty() {
            return true;
        }
        let (mut pieces, mut rest) = (Vec::new(), text);
        while !rest.is_empty() {
            let (piece, signs, after) = cut(rest);
            let (segment, is_clear) = self.segment(piece);
            pieces.push(Piece { segment, is_clear, signs });
            rest = after;
        }
        self.passes(inspection, &pieces, DEPTH)
    }

    fn segment(&mut self, piece: &str) -> (Arc<Segment>, bool) {
        if let Some((segment, is_clear)) = self.seen.get(piece) {
            return (Arc::clone(segment), *is_clear);
        }
        let segment = match self.memory.and_then(|memory| memory.recall(piece)) {
            Some(segment) => Arc::clone(segment),
            None => Arc::new(Segment::new(piece, DEPTH, &self.seen, &mut self.tools)),
        };
        let is_clear = self.is_clear(&segment);
        self.seen.insert(Arc::clone(&segment.text), (Arc::clone(&segment), is_clear));
        (segment, is_clear)
    }

    fn is_clear(&self, segment: &Segment) -> bool {
        self.guard.needles.is_empty() || !self.guard.sieve().may_begin(&segment.letters, usize::MAX)
    }

    /// Whether nothing is to be found in the text of these pieces, in which so many codings may lie on one another.
    fn passes(&mut self, inspection: &mut Inspection<'_>, pieces: &[Piece<'_>], depth: usize) -> bool {
        if !self.letters_pass(pieces) || !pieces.iter().filter(|piece| piece.segment.has_sign).all(|piece| !inspection.has_tagged(&piece.segment.text)) {
            return false;
        }
        if inspection.hears_words() {
            let words = phrases(pieces.iter().map(|piece| (piece.segment.words(), piece.signs.contains('\n'))));
            if inspection.hears(&words, false).is_err() {
                return false;
            }
        }
        let Some(deeper) = depth.checked_sub(1) else { return true };
        let codings: Option<Vec<&Codings>> = pieces.iter().map(|piece| piece.segment.codings.as_ref()).collect();
        let Some(codings) = codings else { return false };
        self.plain_passes(inspection, pieces, &codings, deeper) && self.codings_pass(inspection, pieces, &codings, deeper)
    }

    /// Whether no needle may stand in the letters: in those of a piece, or over a cut.
    fn letters_pass(&self, pieces: &[Piece<'_>]) -> bool {
        if self.guard.needles.is_empty() {
            return true;
        }
        let sieve = self.guard.sieve();
        let mut around = Vec::with_capacity(BEFORE + BEHIND);
        pieces.iter().filter(|piece| !piece.segment.letters.is_empty()).all(|piece| {
            let letters = &piece.segment.letters;
            let before = around.len();
            around.extend_from_slice(letters.get(..BEHIND).unwrap_or(letters));
            let passes = piece.is_clear && !sieve.may_begin(&around, before);
            if letters.len() > BEHIND {
                around.clear();
                around.extend_from_slice(letters.get(letters.len().saturating_sub(BEFORE)..).unwrap_or_default());
            } else {
                around.drain(..around.len().saturating_sub(BEFORE));
            }
            passes
        })
    }

    /// The same of the text with its escapes undone.
    fn plain_passes(&mut self, inspection: &mut Inspection<'_>, pieces: &[Piece<'_>], codings: &[&Codings], deeper: usize) -> bool {
        if pieces.iter().any(|piece| piece.segment.text.trim_end_matches('\r').ends_with('=') && piece.signs.starts_with(['\r', '\n'])) {
            // A soft line break joins what stands on both sides of a cut.
            return unescaped(&whole(pieces)).is_none_or(|plain| inspection.read_from(&plain, deeper).is_ok());
        }
        if codings.iter().all(|codings| codings.plain.is_none()) {
            return true;
        }
        let plain: Vec<Piece<'_>> = pieces
            .iter()
            .zip(codings)
            .map(|(piece, codings)| match &codings.plain {
                Some(plain) => self.piece(plain, piece.signs),
                None => Piece { segment: Arc::clone(&piece.segment), ..*piece },
            })
            .collect();
        self.passes(inspection, &plain, deeper)
    }

    fn piece<'t>(&self, segment: &Arc<Segment>, signs: &'t str) -> Piece<'t> {
        Piece { segment: Arc::clone(segment), is_clear: self.is_clear(segment), signs }
    }

    /// Whether nothing is to be found in what its base64 and its hexadecimal digits hold.
    ///
    /// That is little, and where only letters are looked for it is read together, which takes fewer steps. Every letter that follows another in one of these
    /// texts does so in all of them, in every coding that lies within: what stands between them has no letter, and where base64 or digits of two of them are
    /// joined within a coding, each is still read from every place at which it may begin. Of words and addresses that is not sure, for a line or a part of an
    /// address may become longer.
    fn codings_pass(&mut self, inspection: &mut Inspection<'_>, pieces: &[Piece<'_>], codings: &[&Codings], deeper: usize) -> bool {
        let texts = self.in_base64(pieces, codings).into_iter().chain(in_hexadecimal(pieces, codings)).filter(|text| !text.is_empty());
        if inspection.hears_words() || !self.guard.accounts.is_empty() {
            return texts.into_iter().all(|text| self.found_passes(inspection, text, deeper));
        }
        self.found_passes(inspection, texts.collect::<Vec<String>>().join(APART), deeper)
    }

    /// Whether nothing is to be found in what a coding holds, which is mostly the same in the text and in the page.
    fn found_passes(&mut self, inspection: &mut Inspection<'_>, text: String, deeper: usize) -> bool {
        if text.is_empty() || self.passed.get(deeper).is_some_and(|passed| passed.contains(&text)) {
            return true;
        }
        let passes = inspection.read_from(&text, deeper).is_ok();
        if let Some(passed) = self.passed.get_mut(deeper).filter(|_| passes) {
            passed.insert(text);
        }
        passes
    }

    /// What its base64 holds in each of the four ways to read it.
    fn in_base64(&mut self, pieces: &[Piece<'_>], codings: &[&Codings]) -> [String; 4] {
        let mut heard = Heard { tools: &mut self.tools, open: Vec::new(), found: Within::default() };
        for (piece, codings) in pieces.iter().zip(codings) {
            heard.go_on(&codings.first);
            if let Some(last) = &codings.last {
                heard.end();
                heard.found.add(&codings.within);
                heard.go_on(last);
            }
            if piece.signs.bytes().any(|sign| !sign.is_ascii_whitespace()) {
                heard.end();
            }
        }
        heard.end();
        if !heard.found.is_wide {
            return heard.found.texts;
        }
        // Where UTF-16 stands in several runs, they must be seen together.
        in_base64(&whole(pieces))
    }
}

/// The text of these pieces.
fn whole(pieces: &[Piece<'_>]) -> String {
    pieces.iter().flat_map(|piece| [&*piece.segment.text, piece.signs]).collect()
}

/// Parts what was found in one way from what was found in another: no escape, base64 or hexadecimal digits go on behind it.
const APART: &str = "\n\n.....\n";

/// What the hexadecimal digits hold in both ways to read them.
fn in_hexadecimal(pieces: &[Piece<'_>], codings: &[&Codings]) -> [String; 2] {
    let mut joined = Joined::default();
    for (piece, codings) in pieces.iter().zip(codings) {
        joined.add(&codings.digits);
        joined.part(piece.signs.len());
    }
    let (digits, mut bytes) = (joined.finish(), Vec::new());
    std::array::from_fn(|offset| {
        let mut found = String::new();
        if !digits.is_empty() {
            paired(&digits, offset, &mut bytes);
            readable(&bytes, &mut found);
        }
        found
    })
}

/// What the base64 of a text holds.
struct Heard<'g, 'c> {
    tools: &'g mut Tools,
    /// The parts of the present run.
    open: Vec<&'c Run>,
    found: Within,
}

impl<'c> Heard<'_, 'c> {
    fn go_on(&mut self, run: &'c Run) {
        if !run.sextets.is_empty() {
            self.open.push(run);
        }
    }

    fn end(&mut self) {
        match self.open.as_slice() {
            [] => return,
            [run] => self.found.add(run.alone(self.tools)),
            several => {
                let run: Vec<&[u8]> = several.iter().map(|run| &*run.sextets).collect();
                self.found.add(&self.tools.found_in(&run.concat()));
            }
        }
        self.open.clear();
    }
}
