//! A mistake in a file, as one sentence that names the place and the remedy.

use std::fmt;

/// What is wrong in a file of `config/` or `templates/`, for the person who will mend it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Fault {
    /// The file, as the person knows it (relative to the configuration folder).
    pub file: String,
    /// The line, from 1; 0 where the file as a whole is meant.
    pub line: usize,
    /// One sentence: what is wrong, and what would be right.
    pub sentence: String,
}

impl Fault {
    /// A fault at `line` of `file`.
    pub fn new(file: &str, line: usize, sentence: impl Into<String>) -> Self {
        Self { file: file.to_owned(), line, sentence: sentence.into() }
    }

    /// A fault at the byte `offset` of `text`, the content of `file`.
    pub fn at(file: &str, text: &str, offset: usize, sentence: impl Into<String>) -> Self {
        let line = text.bytes().take(offset).filter(|byte| *byte == b'\n').count().saturating_add(1);
        Self::new(file, line, sentence)
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.line {
            0 => write!(f, "{}: {}", self.file, self.sentence),
            line => write!(f, "{}:{line}: {}", self.file, self.sentence),
        }
    }
}

/// The word of `known` that is nearest to `word`, if one is near enough to have been meant.
pub fn nearest<'a>(word: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    known
        .into_iter()
        .map(|candidate| (distance(word, candidate), candidate))
        .filter(|(far, candidate)| *far <= candidate.chars().count().div_ceil(3))
        .min()
        .map(|(_, candidate)| candidate)
}

/// Levenshtein's distance.
fn distance(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, left) in a.chars().enumerate() {
        let mut corner = i;
        let mut before = i + 1;
        let mut next = vec![before];
        for (right, above) in b.iter().zip(row.iter().skip(1)) {
            let cost = usize::from(left != *right);
            before = (corner + cost).min(before + 1).min(above + 1);
            corner = *above;
            next.push(before);
        }
        row = next;
    }
    row.last().copied().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_word_is_offered_and_a_far_one_is_not() {
        assert_eq!(nearest("merchent", ["consumer", "merchant"]), Some("merchant"));
        assert_eq!(nearest("xyz", ["consumer", "merchant"]), None);
        assert_eq!(Fault::at("a.toml", "x\ny\nz", 3, "Wrong.").to_string(), "a.toml:2: Wrong.");
    }
}
