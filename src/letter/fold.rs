//! Words as they are compared: without case, accents, vowel signs, digits' shapes and doubled letters (DOMAIN §4.2).

use super::glance::next_foreign;
use super::hashing::{Quick, Signs};
pub(super) use crate::domain::fold::{fold, is_silent};
use crate::domain::fold::{is_of_word, western_digit};
use std::borrow::Cow;
use std::cell::{OnceCell, RefCell};
use std::hash::{BuildHasher, BuildHasherDefault};
use std::ops::Deref;
use std::rc::Rc;

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
    /// As it was written.
    written: Box<str>,
    /// Folded spelling.
    pub text: String,
    /// The same by sound, for Moroccan Arabic in Latin letters.
    pub sound: String,
    /// The consonants of the sound, after its first letter: in Arabizi everybody writes other vowels, or none.
    pub consonants: String,
    /// The signs of all under which it may be found, once somebody wanted them.
    pub signs: OnceCell<Signs>,
    /// What a lexicon noted about it, once one was asked.
    pub noted: OnceCell<Noted>,
    /// What its look says by itself, once somebody wanted to know.
    pub shape: OnceCell<Shape>,
    /// What its pairs of letters look like, once somebody wanted to know, and whose words say so.
    pub look: OnceCell<(usize, Option<Look>)>,
}

/// What a word says of its language by its look, whatever stands beside it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Shape {
    /// Its letters in the script of Arabic, in that of Latin, and in others.
    pub letters: [usize; 3],
    /// Whether it has a letter when it is folded.
    pub spells: bool,
    /// Whether all its letters are capitals, and whether the first is.
    pub capitals: bool,
    pub capital: bool,
    /// Whether it is nothing but somebody who laughs: "hhh".
    pub laughs: bool,
    /// What an apostrophe after it says, and one before it.
    pub elided: [bool; 2],
    /// Whether it is a small word of a language in which nobody is expected to write.
    pub foreign: bool,
    /// What the letters say that neither French nor English has.
    pub strange: Option<u32>,
    /// Whether it has letters that only French has.
    pub accented: bool,
    /// Whether it is a number with few letters.
    pub number: bool,
    /// How it speaks for Arabizi.
    pub arabizi: u32,
    /// What it weighs as a mark of French or English, and as one of Arabizi.
    pub marks: [u32; 2],
}

/// What a word looks like.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Look {
    /// A form of language by its tag.
    pub form: &'static str,
    /// Whether one seldom errs: it is more than fifty times as likely as in the next form, not only five times.
    pub clear: bool,
}

/// Where a lexicon has phrases that begin with a word.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Noted {
    /// Which lexicon says so.
    pub lexicon: usize,
    /// What later words of phrases it is, by their numbers.
    pub steps: Box<[u32]>,
    /// The signs of these.
    pub signs: u64,
    /// The phrases that it is alone, by their numbers, each after the places of its shelf and of itself, in the order of these.
    pub alone: Box<[((usize, usize), usize)]>,
    /// The heads of longer phrases that it fits, by their numbers, with those of their shelves in the order in which these are looked through.
    pub heads: Vec<(usize, usize)>,
}

impl Deref for Word {
    type Target = Folded;

    fn deref(&self) -> &Folded {
        &self.folded
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
        let (signs, noted, shape, look) = <(OnceCell<Signs>, OnceCell<Noted>, OnceCell<Shape>, OnceCell<(usize, Option<Look>)>)>::default();
        Some(Folded { written: written.into(), text, sound, consonants, signs, noted, shape, look })
    }

    /// As it was written.
    pub fn written(&self) -> &str {
        &self.written
    }
}

/// The words of `text` in their order.
pub(super) fn words(text: &str) -> Vec<Word> {
    let mut found = Vec::with_capacity(text.len() / 6);
    found.extend(Words::of(text));
    found
}

/// The words of `text` in their order, folded.
pub(super) fn folded_words(text: &str) -> impl Iterator<Item = String> {
    text.split(|c: char| !is_of_word(c)).filter(|piece| !piece.is_empty()).map(fold).filter(|word| !word.is_empty())
}

/// Places for words that are remembered, and bytes of the longest: people write with the same few thousand, whatever they write about.
const REMEMBERED: usize = 8_192;
const LONGEST: usize = 32;

thread_local! {
    /// Words as they were written, with how they are compared: each has one place, and the last that came there is known. It makes nothing but haste.
    static KNOWN: RefCell<Vec<Option<Rc<Folded>>>> = RefCell::new(vec![None; REMEMBERED]);
}

/// How the word `written` is compared, unless nothing of it is left when it is folded.
fn folded(written: &str) -> Option<Rc<Folded>> {
    if written.len() > LONGEST {
        return Folded::of(written).map(Rc::new);
    }
    KNOWN.with_borrow_mut(|known| {
        let place = BuildHasherDefault::<Quick>::default().hash_one(written) as usize & REMEMBERED.saturating_sub(1);
        let Some(place) = known.get_mut(place) else { return Folded::of(written).map(Rc::new) };
        if let Some(folded) = place
            && *folded.written == *written
        {
            return Some(Rc::clone(folded));
        }
        let folded = Rc::new(Folded::of(written)?);
        *place = Some(Rc::clone(&folded));
        Some(folded)
    })
}

/// Reads the words of a text one by one.
pub(super) struct Words<'a> {
    text: &'a str,
    /// How much of it was read.
    read: usize,
    /// Whether a sentence or a line ended since the last word.
    begins: bool,
    /// Where the line ended before this one.
    line: usize,
}

impl<'a> Words<'a> {
    pub(super) fn of(text: &'a str) -> Self {
        Self { text, read: 0, begins: true, line: 0 }
    }

    /// What was not read yet.
    fn ahead(&self) -> &'a str {
        self.text.get(self.read..).unwrap_or_default()
    }

    /// Notes the mark `c` at `at`.
    fn pass(&mut self, at: usize, c: char) {
        self.begins |= match c {
            '!' | '?' | ';' | '؟' | '؛' | '…' => true,
            '.' => self.ahead().chars().next().is_none_or(char::is_whitespace),
            '\n' => at.saturating_sub(std::mem::replace(&mut self.line, at)) < WRAPPED,
            _ => false,
        };
    }

    /// The word from `start` to `end`, unless nothing of it is left when it is folded.
    fn word(&mut self, start: usize, end: usize) -> Option<Word> {
        let begins = std::mem::take(&mut self.begins);
        let folded = folded(self.text.get(start..end).unwrap_or_default())?;
        Some(Word { folded, start, end, begins })
    }
}

impl Iterator for Words<'_> {
    type Item = Word;

    fn next(&mut self) -> Option<Word> {
        loop {
            let (start, byte) = (self.read, *self.text.as_bytes().get(self.read)?);
            if !byte.is_ascii_alphanumeric() && byte.is_ascii() {
                self.read = start.saturating_add(1);
                self.pass(start, char::from(byte));
                continue;
            }
            let length = word_length(self.ahead());
            if length > 0 {
                self.read = start.saturating_add(length);
                if let Some(word) = self.word(start, self.read) {
                    return Some(word);
                }
                continue;
            }
            let mark = self.ahead().chars().next()?;
            self.read = start.saturating_add(mark.len_utf8());
            self.pass(start, mark);
        }
    }
}

/// Bytes of the word that `text` begins with; none if it begins with a mark.
fn word_length(text: &str) -> usize {
    let (bytes, mut length) = (text.as_bytes(), 0usize);
    loop {
        let plain = bytes.get(length..).unwrap_or_default().iter().position(|byte| !WORDLY.get(usize::from(*byte)).is_some_and(|wordly| *wordly));
        let Some(plain) = plain else { return bytes.len() };
        length = length.saturating_add(plain);
        match text.get(length..).and_then(|ahead| ahead.chars().next()) {
            Some(c) if !c.is_ascii() && is_of_word(c) => length = length.saturating_add(c.len_utf8()),
            _ => return length,
        }
    }
}

/// Which bytes are letters and digits of ASCII.
static WORDLY: [bool; 256] = {
    let mut wordly = [false; 256];
    let mut code = 0_u8;
    while code < 128 {
        wordly[code as usize] = code.is_ascii_alphanumeric();
        code += 1;
    }
    wordly
};

/// Whether `c` is a letter or a digit, told in the same way.
pub(super) fn is_letter_or_digit(c: char) -> bool {
    is_letter(c) || c.is_alphanumeric()
}

/// Whether `c` is a letter (Unicode, Alphabetic); for those of most texts without a look at the table of all.
pub(super) fn is_letter(c: char) -> bool {
    match c {
        '\0'..='\x7f' => c.is_ascii_alphabetic(),
        '\u{c0}'..='\u{d6}' | '\u{d8}'..='\u{f6}' | '\u{f8}'..='\u{ff}' | '\u{620}'..='\u{64a}' => true,
        _ => c.is_alphabetic(),
    }
}

/// A line of fewer bytes was ended by the writer, a longer one perhaps by the mail program.
const WRAPPED: usize = 45;

/// `text` with Arabic and Persian digits, marks and spaces in their Western form, letter for letter otherwise, so that one pattern reads all.
pub(super) fn western(text: &str) -> String {
    if text.is_ascii() {
        return text.to_owned();
    }
    let (mut spelt, mut copied, mut next) = (String::with_capacity(text.len()), 0usize, 0usize);
    while let Some(found) = next_foreign(text.as_bytes().get(next..).unwrap_or_default()) {
        let at = next.saturating_add(found);
        next = at.saturating_add(1);
        let Some(c) = text.get(at..).and_then(|rest| rest.chars().next()) else { continue };
        let instead = match c {
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
        assert!(often.iter().zip(often.iter().skip(once.len())).all(|(word, again)| Rc::ptr_eq(&word.folded, &again.folded)));
        assert!(folded_words(line).eq(once.iter().map(|word| word.text.clone())));
        assert_eq!(folded_words("?! \u{640}").next(), None);
    }

    #[test]
    fn what_is_written_otherwise_begins_with_few_bytes() {
        for c in (0x80..=0x10_ffff).filter_map(char::from_u32) {
            let text = format!("aé{c}ب");
            let changes = matches!(c, '\u{61c}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}' | '\u{ad}')
                || matches!(c, '\u{660}'..='\u{669}' | '\u{6f0}'..='\u{6f9}' | '\u{66b}' | '\u{66c}' | '\u{a0}' | '\u{202f}' | '\u{2009}' | '：' | '‘' | '’');
            assert_eq!(western(&text) != text, changes, "{c:?}");
        }
    }

    #[test]
    fn a_letter_is_what_unicode_calls_one() {
        assert!((0..=0x10_ffff).filter_map(char::from_u32).all(|c| is_letter(c) == c.is_alphabetic()));
    }

    #[test]
    fn sentences_are_told_apart() {
        let begins: Vec<bool> = words("Oui, merci. Non\nfin").into_iter().map(|word| word.begins).collect();
        assert_eq!(begins, [true, false, true, true]);
    }
}
