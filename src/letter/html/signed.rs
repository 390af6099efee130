//! Where a signature ends: a page says it, and a telephone leaves its owner below the signature to write.

use super::super::reply::begins_copy;
use super::role::Role;
use super::{Line, Page};
use std::ops::Range;

/// Signatures of a page that are looked at.
const SIGNATURES: usize = 16;
/// Blank lines between the two dashes and the element.
const BETWEEN: usize = 4;

impl Page {
    /// The element of a signature ended whose lines begin at `first`.
    pub(super) fn end_signature(&mut self, first: usize) {
        let within = self.open.iter().any(|open| open.role == Role::Signature);
        if within || self.depth() > 0 || self.signed.len() >= SIGNATURES {
            return;
        }
        let blank = |line: &Range<usize>| self.text.get(line.clone()).is_some_and(|line| line.trim().is_empty());
        // Some programs set the two dashes above the element.
        let above = (0..first).rev().take(BETWEEN).map(|line| (line, self.place(line))).find(|(_, place)| !blank(place));
        let dashes = above.filter(|(_, place)| self.text.get(place.clone()).is_some_and(|line| line.trim() == "--"));
        let begins = dashes.map_or(first, |(line, _)| line);
        let marked = (begins..self.lines.len()).find(|line| !blank(&self.place(*line)));
        if marked.is_some_and(|line| self.text.get(self.place(line)).is_some_and(|line| line.starts_with("--"))) {
            self.signed.push(begins..self.lines.len());
        }
    }

    /// Puts each signature below what was written under it, up to the next one, a quotation or the end of the page: a signature ends a text, for whoever
    /// reads on.
    pub(super) fn settle_signatures(&mut self) {
        let mut end = self.lines.len();
        while let Some(signed) = self.signed.pop() {
            let below = signed.end..self.own_end(signed.end, end);
            end = signed.start;
            if self.lines.get(signed.clone()).unwrap_or_default().iter().all(|line| line.depth == 0) {
                self.exchange(signed, below);
            }
        }
    }

    /// Where a quotation begins between two lines, or the second.
    fn own_end(&self, from: usize, to: usize) -> usize {
        let unmarked = self.lines.get(from..to).unwrap_or_default().iter().take_while(|line| line.depth == 0).count();
        let to = from.saturating_add(unmarked);
        let written: Vec<&str> = self.text.get(self.place(from).start..self.place(to).start).unwrap_or_default().lines().collect();
        from.saturating_add(begins_copy(&written)).min(to)
    }

    /// Sets the lines `below` before those that are `signed`, with a blank one between them.
    fn exchange(&mut self, signed: Range<usize>, below: Range<usize>) {
        let (from, middle, to) = (self.place(signed.start).start, self.place(signed.end).start, self.place(below.end).start);
        let (Some(signature), Some(words)) = (self.text.get(from..middle), self.text.get(middle..to)) else { return };
        if words.trim().is_empty() {
            return;
        }
        let moved = format!("{words}\n{signature}");
        let ends = moved.match_indices('\n').map(|(at, _)| Line { end: from.saturating_add(at).saturating_add(1), depth: 0 }).collect::<Vec<_>>();
        self.text.replace_range(from..to, &moved);
        self.lines.iter_mut().skip(below.end).for_each(|line| line.end = line.end.saturating_add(1));
        self.lines.splice(signed.start..below.end.min(self.lines.len()), ends);
    }

    /// Where the line with that number stands in the text; behind its end if there is none.
    pub(super) fn place(&self, line: usize) -> Range<usize> {
        let start = line.checked_sub(1).and_then(|before| self.lines.get(before)).map_or(0, |line| line.end);
        start..self.lines.get(line).map_or(start, |line| line.end)
    }
}
