//! The words of a letter that are the program's own: they stand in everybody's letters, also in those that a person quotes in another channel.

use super::super::page::{Block, Inline};
use crate::domain::Shingles;
use crate::domain::shingles::{WORDS, Word, runs, whole, words};
use std::collections::HashSet;

/// What a template and the closed lists contribute to one letter.
pub(in crate::compose) struct Standing {
    /// Every eight consecutive words of the letter of which at least one is ours: the others are fewer than eight of anybody's.
    pub(super) words: Shingles,
    /// Our words alone.
    pub(super) text: String,
}

impl Standing {
    /// Of the letter with this subject and these blocks. A value counts as a person's unless it is one of `own`.
    pub(in crate::compose) fn of(subject: &str, blocks: &[Block], own: &HashSet<String>) -> Self {
        let mut flow = Flow { words: Vec::new(), text: String::new(), begins: true, own };
        flow.say(subject, true);
        flow.blocks(blocks);
        let page = if flow.words.iter().any(|said| said.typed) { ours(&flow.page()) } else { Vec::new() };
        Self { words: Shingles::from_hashes(ours(&flow.words).into_iter().chain(page)), text: flow.text }
    }
}

/// A word of a letter.
#[derive(Clone, Copy)]
struct Said {
    word: Word,
    /// Whether it is ours.
    ours: bool,
    /// Whether the text part alone says it: it numbers its lists, and shows where a link leads; the page leaves both to the mail program.
    typed: bool,
}

/// The words of a letter in their order.
struct Flow<'a> {
    words: Vec<Said>,
    /// Ours alone, of those that both parts say.
    text: String,
    /// Whether a line begins.
    begins: bool,
    /// The values that are ours.
    own: &'a HashSet<String>,
}

impl Flow<'_> {
    fn blocks(&mut self, blocks: &[Block]) {
        for block in blocks {
            match block {
                Block::Paragraph(inlines) | Block::Heading(inlines) => self.paragraph(inlines),
                Block::Quote(inside) => self.blocks(inside),
                Block::List(first, items) => {
                    for (item, number) in items.iter().zip(first.unwrap_or(1)..) {
                        if first.is_some() {
                            self.add(&number.to_string(), true, true);
                        }
                        self.blocks(item);
                    }
                }
                Block::Rule => {}
            }
        }
    }

    fn paragraph(&mut self, inlines: &[Inline]) {
        self.begins = true;
        self.inlines(inlines);
    }

    fn inlines(&mut self, inlines: &[Inline]) {
        for inline in inlines {
            match inline {
                Inline::Text(words) => self.say(words, true),
                Inline::Value(value) => self.say(value, self.own.contains(value)),
                Inline::Strong(inside) | Inline::Emphasis(inside) => self.inlines(inside),
                Inline::Link(destination, inside) => {
                    self.inlines(inside);
                    if let Some(rest) = destination.strip_prefix("https://") {
                        self.add(rest.split('/').next().unwrap_or_default(), true, true);
                    }
                }
                Inline::Break => self.begins = true,
            }
        }
    }

    fn say(&mut self, text: &str, ours: bool) {
        self.add(text, ours, false);
        if ours {
            self.text.push_str(text);
            self.text.push('\n');
        }
    }

    fn add(&mut self, text: &str, ours: bool, typed: bool) {
        for word in words(text) {
            self.words.push(Said { word: Word { begins_line: std::mem::take(&mut self.begins), ..word }, ours, typed });
        }
    }

    /// The words of the page: where the text part alone says the first word of a line, the next one begins it.
    fn page(&self) -> Vec<Said> {
        let (mut kept, mut begins) = (Vec::with_capacity(self.words.len()), false);
        for said in &self.words {
            begins |= said.word.begins_line;
            if !said.typed {
                kept.push(Said { word: Word { begins_line: std::mem::take(&mut begins), ..said.word }, ..*said });
            }
        }
        kept
    }
}

/// The runs and lines in which at least one word is ours.
fn ours(words: &[Said]) -> Vec<u64> {
    let hashes: Vec<u64> = words.iter().map(|said| said.word.hash).collect();
    let mixed = words.windows(WORDS).map(|run| run.iter().any(|said| said.ours));
    let mut found: Vec<u64> = runs(&hashes).zip(mixed).filter(|(_, ours)| *ours).map(|(hash, _)| hash).collect();
    for line in words.chunk_by(|_, next| !next.word.begins_line).filter(|line| line.iter().any(|said| said.ours)) {
        let line: Vec<Word> = line.iter().map(|said| said.word).collect();
        found.extend(whole(&line));
    }
    found
}
