//! Words as they are compared: without case, accents, vowel signs, digits' shapes and doubled letters (DOMAIN §4.2).

use super::hashing::Quick;
pub(super) use crate::domain::fold::{fold, is_silent};
use crate::domain::fold::{is_of_word, western_digit};
use std::borrow::Cow;
use std::hash::{BuildHasher, BuildHasherDefault};
use std::iter::Peekable;
use std::ops::Deref;
use std::rc::Rc;
use std::str::CharIndices;

/// One word of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Word {
    /// How it is compared; words that are written alike share it.
    folded: Rc<Folded>,
    /// Where it begins in the text, in bytes.
    pub start: usize,
    /// Where it ends.
    pub end: usize,
    /// Whether a sentence or a line ends before it.
    pub begins: bool,
}

/// A word as it is compared.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Folded {
    /// Folded spelling.
    pub text: String,
    /// The same by sound, for Moroccan Arabic in Latin letters.
    pub sound: String,
    /// The consonants of the sound, after its first letter: in Arabizi everybody writes other vowels, or none.
    pub consonants: String,
}

impl Deref for Word {
    type Target = Folded;

    fn deref(&self) -> &Folded {
        &self.folded
    }
}

impl Word {
    /// The same for words of one text only if they are spelt alike, and mostly so if they are. No mail chooses it.
    pub fn identity(&self) -> *const Folded {
        Rc::as_ptr(&self.folded)
    }
}

impl Folded {
    /// How `written` is compared, unless nothing of it is left when it is folded.
    fn of(written: &str) -> Option<Folded> {
        let text = fold(written);
        if text.is_empty() {
            return None;
        }
        let sound = sound(&text);
        let consonants = consonants(&sound);
        Some(Folded { text, sound, consonants })
    }
}

/// The words of `text` in their order.
pub(super) fn words(text: &str) -> Vec<Word> {
    let mut found = Vec::with_capacity(text.len() / 6);
    let recent = if text.len() < SHORT { 0 } else { RECENT };
    found.extend(Words { recent: vec![None; recent], ..Words::of(text) });
    found
}

/// The words of `text` in their order, folded.
pub(super) fn folded_words(text: &str) -> impl Iterator<Item = String> {
    text.split(|c: char| !is_of_word(c)).filter(|piece| !piece.is_empty()).map(fold).filter(|word| !word.is_empty())
}

/// Bytes of a text in which few words stand twice.
const SHORT: usize = 400;
/// Words that are remembered while a text is read: each has one place, and the last that came there is known.
const RECENT: usize = 512;

/// Reads the words of a text one by one.
pub(super) struct Words<'a> {
    text: &'a str,
    letters: Peekable<CharIndices<'a>>,
    /// Whether a sentence or a line ended since the last word.
    begins: bool,
    /// Where the line ended before this one.
    line: usize,
    /// Words as they are written, with how they are compared.
    recent: Vec<Option<(&'a str, Rc<Folded>)>>,
}

impl<'a> Words<'a> {
    pub(super) fn of(text: &'a str) -> Self {
        Self { text, letters: text.char_indices().peekable(), begins: true, line: 0, recent: Vec::new() }
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
        let begins = std::mem::take(&mut self.begins);
        let folded = self.folded(self.text.get(start..end).unwrap_or_default())?;
        Some(Word { folded, start, end, begins })
    }

    fn folded(&mut self, written: &'a str) -> Option<Rc<Folded>> {
        let place = self.recent.len().checked_sub(1).map_or(0, |most| BuildHasherDefault::<Quick>::default().hash_one(written) as usize & most);
        let Some(place) = self.recent.get_mut(place) else { return Folded::of(written).map(Rc::new) };
        if let Some((known, folded)) = place
            && *known == written
        {
            return Some(Rc::clone(folded));
        }
        let folded = Rc::new(Folded::of(written)?);
        *place = Some((written, Rc::clone(&folded)));
        Some(folded)
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
    let (mut spelt, mut copied) = (String::with_capacity(text.len()), 0usize);
    for (at, c) in text.char_indices() {
        let instead = match c {
            _ if c.is_ascii() => continue,
            '\u{61c}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}' | '\u{ad}' => None,
            '\u{660}'..='\u{669}' | '\u{6f0}'..='\u{6f9}' => Some(western_digit(c)),
            '\u{66b}' => Some(','),
            '\u{66c}' => Some('\''),
            '\u{a0}' | '\u{202f}' | '\u{2009}' => Some(' '),
            '：' => Some(':'),
            '‘' | '’' => Some('\''),
            _ => continue,
        };
        spelt.push_str(text.get(copied..at).unwrap_or_default());
        spelt.extend(instead);
        copied = at.saturating_add(c.len_utf8());
    }
    spelt.push_str(text.get(copied..).unwrap_or_default());
    spelt
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
        words(text).into_iter().map(|word| word.text.clone()).collect::<Vec<_>>().join(" ")
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
    fn a_word_that_comes_again_is_the_same_word() {
        let line = "L'article DÉÇU 9belt الطـلبية \u{200f} œuf \u{640}, aaaa ";
        let (once, often) = (words(line), words(&line.repeat(40)));
        assert_eq!(often.len(), once.len() * 40);
        for (word, again) in once.iter().cycle().zip(&often) {
            assert_eq!((&word.text, &word.sound, &word.consonants), (&again.text, &again.sound, &again.consonants));
        }
        assert!(often.iter().zip(often.iter().skip(once.len())).all(|(word, again)| word.identity() == again.identity()));
        assert!(folded_words(line).eq(once.iter().map(|word| word.text.clone())));
        assert_eq!(folded_words("?! \u{640}").next(), None);
    }

    #[test]
    fn sentences_are_told_apart() {
        let begins: Vec<bool> = words("Oui, merci. Non\nfin").into_iter().map(|word| word.begins).collect();
        assert_eq!(begins, [true, false, true, true]);
    }
}
