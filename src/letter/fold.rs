//! Words as they are compared: without case, accents, vowel signs, digits' shapes and doubled letters (DOMAIN §4.2).

pub(super) use crate::domain::fold::{fold, is_silent};
use crate::domain::fold::{is_of_word, western_digit};
use std::borrow::Cow;
use std::iter::Peekable;
use std::str::CharIndices;

/// One word of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Word {
    /// Folded spelling.
    pub text: String,
    /// The same by sound, for Moroccan Arabic in Latin letters.
    pub sound: String,
    /// The consonants of the sound, after its first letter: in Arabizi everybody writes other vowels, or none.
    pub consonants: String,
    /// Where it begins in the text, in bytes.
    pub start: usize,
    /// Where it ends.
    pub end: usize,
    /// Whether a sentence or a line ends before it.
    pub begins: bool,
}

/// The words of `text` in their order.
pub(super) fn words(text: &str) -> Vec<Word> {
    let mut found = Vec::with_capacity(text.len() / 8);
    found.extend(Words::of(text));
    found
}

/// Reads the words of a text one by one.
pub(super) struct Words<'a> {
    text: &'a str,
    letters: Peekable<CharIndices<'a>>,
    /// Whether a sentence or a line ended since the last word.
    begins: bool,
    /// Where the line ended before this one.
    line: usize,
}

impl<'a> Words<'a> {
    pub(super) fn of(text: &'a str) -> Self {
        Self { text, letters: text.char_indices().peekable(), begins: true, line: 0 }
    }

    /// Notes the mark `c` at `at`.
    fn pass(&mut self, at: usize, c: char) {
        self.begins |= match c {
            '!' | '?' | ';' | '؟' | '؛' | '…' => true,
            '.' => self.letters.peek().is_none_or(|(_, next)| next.is_whitespace()),
            '\n' => at.saturating_sub(std::mem::replace(&mut self.line, at)) < WRAPPED,
            _ => false,
        };
    }

    /// The word from `start` to `end`, unless nothing of it is left when it is folded.
    fn word(&mut self, start: usize, end: usize) -> Option<Word> {
        let folded = fold(self.text.get(start..end).unwrap_or_default());
        let begins = std::mem::take(&mut self.begins);
        if folded.is_empty() {
            return None;
        }
        let sound = sound(&folded);
        let consonants = consonants(&sound);
        Some(Word { text: folded, sound, consonants, start, end, begins })
    }
}

impl Iterator for Words<'_> {
    type Item = Word;

    fn next(&mut self) -> Option<Word> {
        let mut start: Option<usize> = None;
        loop {
            let letter = self.letters.next();
            if let Some((at, c)) = letter
                && is_of_word(c)
            {
                start = start.or(Some(at));
                continue;
            }
            let word = start.take().and_then(|from| self.word(from, letter.map_or(self.text.len(), |(at, _)| at)));
            match letter {
                Some((at, c)) => self.pass(at, c),
                None => return word,
            }
            if word.is_some() {
                return word;
            }
        }
    }
}

/// A line of fewer bytes was ended by the writer, a longer one perhaps by the mail program.
const WRAPPED: usize = 45;

/// `text` with Arabic and Persian digits, marks and spaces in their Western form, letter for letter otherwise, so that one pattern reads all.
pub(super) fn western(text: &str) -> String {
    if text.is_ascii() {
        return text.to_owned();
    }
    text.chars()
        .filter(|c| !matches!(c, '\u{61c}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}' | '\u{ad}'))
        .map(|c| match c {
            '\u{660}'..='\u{669}' | '\u{6f0}'..='\u{6f9}' => western_digit(c),
            '\u{66b}' => ',',
            '\u{66c}' => '\'',
            '\u{a0}' | '\u{202f}' | '\u{2009}' => ' ',
            '：' => ':',
            '‘' | '’' => '\'',
            other => other,
        })
        .collect()
}

/// The sound of a folded Latin word in Arabizi: `sh` = `ch`, `5` = `kh`, `7` = `8` = `h`, `ou` = `oo` = `o`, no `e` and no doubled letter.
fn sound(word: &str) -> String {
    if !word.is_ascii() || word.bytes().all(|byte| byte.is_ascii_digit()) {
        return word.to_owned();
    }
    let pairs = word.as_bytes().windows(2).any(|pair| matches!(pair, b"sh" | b"ou" | b"oo" | b"ee" | b"aa"));
    let word: Cow<'_, str> = match pairs {
        true => word.replace("sh", "ch").replace("ou", "u").replace("oo", "u").replace("ee", "i").replace("aa", "a").into(),
        false => word.into(),
    };
    let mut spelt = String::with_capacity(word.len());
    let mut last = '\0';
    for c in word.chars() {
        let piece: &str = match c {
            '5' => "kh",
            '7' | '8' => "h",
            'q' => "9",
            '2' => "",
            'o' => "u",
            'e' if !spelt.is_empty() => "",
            _ if c == last => "",
            _ => {
                spelt.push(c);
                ""
            }
        };
        if !piece.is_empty() && last != c {
            spelt.push_str(piece);
        }
        last = c;
    }
    if spelt.is_empty() { word.into_owned() } else { spelt }
}

fn consonants(sound: &str) -> String {
    let mut kept = String::with_capacity(sound.len());
    kept.extend(sound.chars().take(1));
    kept.extend(sound.chars().skip(1).filter(|c| !matches!(c, 'a' | 'i' | 'u' | 'y')));
    kept
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folded(text: &str) -> String {
        words(text).into_iter().map(|word| word.text).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn spellings_that_mean_the_same_fold_to_the_same() {
        assert_eq!(folded("J’AI été DÉÇU — bghiiit"), "j ai ete decu bghit");
        assert_eq!(folded("أَقْبَلُ الطـلبية ١٥٠٠"), "اقبل الطلبيه 1500");
        assert_eq!(folded("بغيييت"), "بغيت");
        assert_eq!(fold("œuf"), "oeuf");
    }

    #[test]
    fn arabizi_is_compared_by_sound() {
        for (left, right) in [("flousi", "floussi"), ("9belt", "qblt"), ("m8erres", "mherres"), ("shno", "chnou"), ("5ser", "khser"), ("wselni", "wslni")] {
            assert_eq!(sound(left), sound(right), "{left} {right}");
        }
    }

    #[test]
    fn sentences_are_told_apart() {
        let begins: Vec<bool> = words("Oui, merci. Non\nfin").into_iter().map(|word| word.begins).collect();
        assert_eq!(begins, [true, false, true, true]);
    }
}
