//! Quotations that no mark of a program shows: told by the lines above them, or by their own.

use super::super::content::clip;
use super::Page;
use super::role::Role;
use crate::domain::ReplyCode;

/// Lines in which a quotation is introduced, and lines above it that are searched for one.
const INTRODUCED: usize = 2;
const ABOVE: usize = 4;

/// Bytes of a line that introduces one, and of one that is searched for a code.
const LINE: usize = 1_000;
const CODED: usize = 16 << 10;

/// Elements of which tables and lines are made: beside the parts of a signature bars stand as well, and an address or a number in them introduces nothing.
const LAID_OUT: [&str; 6] = ["table", "tbody", "tr", "td", "th", "span"];

/// Whether a time of day stands in `line`.
fn tells_time(line: &str) -> bool {
    line.as_bytes().windows(3).any(|three| matches!(three, [hour, b':' | b'.' | b'h', minute] if hour.is_ascii_digit() && minute.is_ascii_digit()))
}

/// Whether a line may introduce a quotation, in whatever language: it names an address or a time, or ends with a date and a colon.
fn introduces(line: &str) -> bool {
    if line.len() > LINE {
        return false;
    }
    let digits = line.bytes().filter(u8::is_ascii_digit).count();
    digits >= 3 && (line.contains('@') || tells_time(line) || line.trim_end().ends_with(':'))
}

/// Whether a line gives a code as our letters do: with a digit in it, or in capitals behind its word.
fn gives_code(line: &str) -> bool {
    let words: Vec<&str> = line.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let digit = |word: &str| word.bytes().any(|byte| byte.is_ascii_digit());
    let shouts = |word: &str| !word.chars().any(char::is_lowercase);
    let last = words.split_last().filter(|(_, before)| (1..=COMMAND_WORDS).contains(&before.len()) && before.iter().all(|word| shouts(word)));
    // Behind a word in capitals, or of a script without; or at the head, with a letter in it: "48h" and "399 DH" hold none.
    let lettered = |word: &str| word.chars().any(char::is_alphabetic);
    let led =
        |at: usize, word: &str| at.checked_sub(1).and_then(|before| words.get(before)).map_or(lettered(word), |before| shouts(before) && lettered(before));
    let printed = |(at, word): (usize, &&str)| digit(word) && shouts(word) && ReplyCode::parse(word).is_some() && led(at, word);
    words.iter().enumerate().any(printed) || last.is_some_and(|(code, _)| shouts(code) && ReplyCode::parse(code).is_some())
}

/// Words before a code at the most.
const COMMAND_WORDS: usize = 3;

impl Page {
    /// Whether the lines from `first` on are a quotation though nothing above says so: they say it themselves, or hold a code, which our letters do.
    pub(super) fn is_copy(&self, first: usize, element: &str) -> bool {
        let lines = self.lines_from(first);
        let says = || lines.iter().take(INTRODUCED).any(|line| introduces(line));
        !LAID_OUT.contains(&element) && says() || lines.iter().any(|line| gives_code(clip(line, CODED)))
    }

    /// Whether the lines above introduce a quotation in `element`. Beside cells and items of lists people set bars too: above those a colon stands as well.
    pub(super) fn is_introduced(&self, element: &str) -> bool {
        let above = (self.lines.len().saturating_sub(ABOVE)..self.lines.len()).rev().filter_map(|line| self.text.get(self.place(line)));
        let strict = LAID_OUT.contains(&element) || matches!(element, "ul" | "ol" | "li");
        let surely = |line: &str| line.trim_end().ends_with([':', '：']) && (line.contains('@') || tells_time(line));
        let says = |line: &&str| line.len() > LINE || !line.trim().is_empty();
        above.filter(says).take(INTRODUCED).any(|line| introduces(line) && (!strict || surely(line)))
    }

    /// The lines from `first` on that say something, as many as a header has.
    fn lines_from(&self, first: usize) -> Vec<&str> {
        let start = first.checked_sub(1).and_then(|before| self.lines.get(before)).map_or(0, |line| line.end);
        self.text.get(start..).unwrap_or_default().lines().filter(|line| !line.trim().is_empty()).take(12).collect()
    }

    /// Whether the lines from `first` on are header fields, in whatever language: a short name and a colon before each, an address or a time in one. A program
    /// that draws the line as only mail programs do need not show both.
    pub(super) fn holds_header(&self, first: usize, role: Role) -> bool {
        let lines = self.lines_from(first);
        let named = |line: &&&str| line.split_once(':').is_some_and(|(name, value)| name.chars().count() <= 24 && !value.trim().is_empty());
        let fields = lines.iter().filter(named).count();
        let (addressed, timed) = (lines.iter().any(|line| line.contains('@')), lines.iter().any(|line| tells_time(line)));
        fields >= 3 && if role == Role::Titled { addressed || timed } else { addressed && timed }
    }
}
