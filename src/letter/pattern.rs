//! Patterns that are written in the source.

use regex::{Error, Regex, RegexSet};

/// Compiles a pattern of the source: never one that came from a mail or a file. That each compiles is shown by the tests of the room that reads with it.
pub(super) fn pattern(text: &str) -> Regex {
    compiled(Regex::new(text))
}

/// Compiles one for folded text, in which no Latin letter has a mark: that a word ends there is told without the letters of the world, and so in one pass.
pub(super) fn folded_pattern(text: &str) -> Regex {
    pattern(&text.replace(r"\b", r"(?-u:\b)"))
}

/// Compiles one that is looked for in the bytes of a file.
pub(super) fn bytes_pattern(text: &str) -> regex::bytes::Regex {
    compiled(regex::bytes::Regex::new(text))
}

/// Compiles patterns of the source that are looked for in one pass.
pub(super) fn patterns(texts: &[String]) -> RegexSet {
    compiled(RegexSet::new(texts))
}

/// Compiles one that finds any of `words`, as they stand there, in one pass.
pub(super) fn any_of(words: &[&str]) -> Regex {
    pattern(&words.iter().map(|word| regex::escape(word)).collect::<Vec<_>>().join("|"))
}

fn compiled<Compiled>(pattern: Result<Compiled, Error>) -> Compiled {
    pattern.expect("a pattern of the source compiles")
}
