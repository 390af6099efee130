//! Patterns that are written in the source.

use regex::Regex;

/// Compiles a pattern of the source: never one that came from a mail or a file. That each compiles is shown by the tests of the room that reads with it.
pub(super) fn pattern(text: &str) -> Regex {
    Regex::new(text).expect("a pattern of the source compiles")
}
