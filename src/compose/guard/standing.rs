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
        let mut hashes = Vec::new();
        let mut text = String::new();
        // The text part numbers its lists, the page leaves that to the mail program.
        for numbered in [true, false] {
            let mut flow = Flow { words: Vec::new(), text: String::new(), numbered, begins: true, own };
            flow.say(subject, true);
            flow.blocks(blocks);
            hashes.extend(flow.ours());
            text = flow.text;
        }
        Self { words: Shingles::from_hashes(hashes.into_iter()), text }
    }
}

/// The words of a letter in their order, each with whether it is ours.
struct Flow<'a> {
    words: Vec<(Word, bool)>,
    text: String,
    numbered: bool,
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
                        if self.numbered && first.is_some() {
                            self.say(&number.to_string(), true);
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
                    if let Some(rest) = destination.strip_prefix("https://").filter(|_| self.numbered) {
                        self.say(rest.split('/').next().unwrap_or_default(), true);
                    }
                }
                Inline::Break => self.begins = true,
            }
        }
    }

    fn say(&mut self, text: &str, ours: bool) {
        for word in words(text) {
            self.words.push((Word { begins_line: std::mem::take(&mut self.begins), ..word }, ours));
        }
        if ours {
            self.text.push_str(text);
            self.text.push('\n');
        }
    }

    /// The runs and lines in which at least one word is ours.
    fn ours(&self) -> Vec<u64> {
        let hashes: Vec<u64> = self.words.iter().map(|(word, _)| word.hash).collect();
        let mixed = self.words.windows(WORDS).map(|run| run.iter().any(|(_, ours)| *ours));
        let mut found: Vec<u64> = runs(&hashes).zip(mixed).filter(|(_, ours)| *ours).map(|(hash, _)| hash).collect();
        for line in self.words.chunk_by(|_, (next, _)| !next.begins_line).filter(|line| line.iter().any(|(_, ours)| *ours)) {
            let line: Vec<Word> = line.iter().map(|(word, _)| *word).collect();
            found.extend(whole(&line));
        }
        found
    }
}
