//! How a text is folded to be compared: without case, accents, vowel signs, look-alike letters and digits' shapes (DOMAIN §4.2).
//!
//! The reader compares words so, and so does the guard of the letters: what one of them takes for the same, the other does too.

mod rare;

use std::sync::LazyLock;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::canonical_combining_class;

/// Signs that are written within words and mean nothing: vowel signs, tatweel, joiners, direction marks.
pub fn is_silent(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}' | '\u{610}'..='\u{61a}' | '\u{640}' | '\u{64b}'..='\u{65f}' | '\u{670}' | '\u{6d6}'..='\u{6ed}')
        || matches!(c, '\u{ad}' | '\u{61c}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
}

/// `text` in lower case, compatibility-decomposed, without signs, with Western digits and one spelling for look-alike letters;
/// a letter that is repeated more than twice stands once.
pub fn fold(text: &str) -> String {
    if text.is_ascii() {
        // Nothing to decompose: most lines of most mails.
        let lower = text.to_ascii_lowercase();
        return if is_plain(&lower) { lower } else { squeezed(lower.chars(), text.len()) };
    }
    let table = Table::get();
    let mut folded = Squeezed::with_capacity(text.len());
    let mut rest = text;
    loop {
        let plain = rest.bytes().position(|byte| !byte.is_ascii()).unwrap_or(rest.len());
        let (plain, others) = rest.split_at_checked(plain).unwrap_or((rest, ""));
        folded.push_plain(plain);
        let mut others = others.chars();
        let Some(c) = others.next() else { return folded.text };
        match table.alone(c) {
            Some(Some(letter)) => folded.push(letter),
            Some(None) => {}
            None => return squeezed(text.nfkd().filter(|c| !is_silent(*c)).flat_map(char::to_lowercase).filter(|c| !is_silent(*c)), text.len()),
        }
        rest = others.as_str();
    }
}

/// Whether nothing of `lower`, small letters and other characters of ASCII, is written otherwise when it is folded by itself.
fn is_plain(lower: &str) -> bool {
    // Slices of one text, so that many bytes are compared at once.
    let (one, two, three) = (lower.as_bytes(), lower.as_bytes().get(1..).unwrap_or_default(), lower.as_bytes().get(2..).unwrap_or_default());
    let drawn =
        one.iter().zip(two).zip(three).fold(0_u8, |found, ((one, two), three)| found | u8::from((one == two) & (two == three) & one.is_ascii_lowercase()));
    drawn == 0 && one.iter().fold(0_u8, |found, byte| found | u8::from(*byte == b'`')) == 0
}

/// Whether `c` is part of a word: a letter, a digit or a sign within words.
pub fn is_of_word(c: char) -> bool {
    c.is_ascii_alphanumeric() || !c.is_ascii() && Table::get().find(c).map_or_else(|| is_of_a_word(c), |known| known.of_word)
}

fn is_of_a_word(c: char) -> bool {
    c.is_alphanumeric() || is_silent(c)
}

/// What is known of the letters of the usual blocks, worked out once: Latin to Arabic, and the marks of printed texts.
struct Table {
    letters: Vec<Known>,
    marks: Vec<Known>,
}

struct Known {
    /// What it is folded to; nothing if it is silent.
    folded: Option<char>,
    /// What it is heard as, see [`signs`].
    signs: Vec<Sign>,
    /// The letters among them, in UTF-8.
    spelt: Vec<u8>,
    /// Whether it is folded to one letter or none, whatever stands beside it. If not, the text must be decomposed as a whole.
    alone: bool,
    /// Whether it is part of a word.
    of_word: bool,
}

/// Ends of the blocks.
const LETTERS: u32 = 0x700;
const MARKS: std::ops::Range<u32> = 0x2000..0x2070;

impl Table {
    fn get() -> &'static Table {
        static TABLE: LazyLock<Table> = LazyLock::new(|| {
            let known = |code: u32| char::from_u32(code).map(Known::of);
            Table { letters: (0..LETTERS).filter_map(known).collect(), marks: MARKS.filter_map(known).collect() }
        });
        &TABLE
    }

    fn find(&self, c: char) -> Option<&Known> {
        let code = u32::from(c);
        if code < LETTERS {
            return self.letters.get(usize::try_from(code).ok()?);
        }
        self.marks.get(usize::try_from(code.checked_sub(MARKS.start)?).ok()?)
    }

    /// What `c` is folded to by itself; `None` if that cannot be said.
    fn alone(&self, c: char) -> Option<Option<char>> {
        if c.is_ascii() && c != '`' {
            return Some(Some(c.to_ascii_lowercase()));
        }
        self.find(c).filter(|known| known.alone).map(|known| known.folded)
    }
}

impl Known {
    fn of(c: char) -> Known {
        let folded: Vec<char> = std::iter::once(c).nfkd().filter(|c| !is_silent(*c)).flat_map(char::to_lowercase).filter(|c| !is_silent(*c)).collect();
        let (folded, alone) = match folded.as_slice() {
            [] => (None, true),
            // A mark that is no starter changes its place among others (Unicode, Canonical Ordering).
            [only] => (Some(alike(*only)), canonical_combining_class(*only) == 0),
            _ => (None, false),
        };
        let mut spelt = String::new();
        hear_one(c, |sign| spelt.extend(sign.letter()));
        Known { folded, signs: heard(c).collect(), spelt: spelt.into_bytes(), alone, of_word: is_of_a_word(c) }
    }
}

/// One spelling for look-alike letters, and for a letter that is repeated more than twice one.
fn squeezed(letters: impl Iterator<Item = char>, bytes: usize) -> String {
    let mut folded = Squeezed::with_capacity(bytes);
    letters.for_each(|c| folded.push(alike(c)));
    folded.text
}

/// A text in which a letter that is repeated more than twice stands once.
struct Squeezed {
    text: String,
    last: char,
    run: usize,
}

impl Squeezed {
    fn with_capacity(bytes: usize) -> Self {
        Squeezed { text: String::with_capacity(bytes), last: '\0', run: 0 }
    }

    /// The same as each of its characters in small letters; all are of ASCII.
    fn push_plain(&mut self, plain: &str) {
        let before = self.text.len();
        self.text.push_str(plain);
        let lower = self.text.get_mut(before..).unwrap_or_default();
        lower.make_ascii_lowercase();
        let mut ends = lower.bytes().rev();
        let (Some(last), then) = (ends.next(), ends.next()) else { return };
        // Where a letter goes on that stood before, or one is drawn, each is looked at.
        if !lower.starts_with(self.last) && is_plain(lower) {
            (self.last, self.run) = (char::from(last), if then == Some(last) && last.is_ascii_lowercase() { 2 } else { 1 });
            return;
        }
        self.text.truncate(before);
        plain.chars().for_each(|c| self.push(alike(c.to_ascii_lowercase())));
    }

    fn push(&mut self, c: char) {
        if c == 'œ' || c == 'æ' {
            return self.text.push_str(if c == 'œ' { "oe" } else { "ae" });
        }
        if c != self.last {
            (self.last, self.run) = (c, 1);
            return self.text.push(c);
        }
        self.run = if c.is_alphabetic() { self.run.saturating_add(1) } else { 1 };
        match self.run {
            0..=2 => self.text.push(c),
            3 => drop(self.text.pop()),
            _ => {}
        }
    }
}

/// The digit or letter that `c` stands for.
fn alike(c: char) -> char {
    match c {
        'أ' | 'إ' | 'آ' | 'ٱ' => 'ا',
        'ى' | 'ی' | 'ئ' => 'ي',
        'ة' => 'ه',
        'ؤ' => 'و',
        'گ' | 'ڭ' | 'ݣ' | 'ک' => 'ك',
        'پ' => 'ب',
        'ڤ' => 'ف',
        '\u{660}'..='\u{669}' | '\u{6f0}'..='\u{6f9}' => western_digit(c),
        '‘' | '’' | 'ʼ' | '`' | '´' => '\'',
        other => other,
    }
}

/// The Western digit of an Arabic or Persian one.
pub fn western_digit(c: char) -> char {
    let value = (u32::from(c) & 0xf) % 10;
    char::from_digit(value, 10).unwrap_or(c)
}

/// A piece of a text as it is compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sign {
    /// A letter or digit, folded.
    Letter(char),
    /// Anything between words.
    Gap,
    /// The end of a line.
    Line,
}

/// Tells `hear` every sign of `text` and the byte at which what it was folded from begins. What nobody sees is passed over, so that it parts no word.
#[inline]
pub fn signs(text: &str, mut hear: impl FnMut(usize, Sign)) {
    let table = Table::get();
    for (at, c) in text.char_indices() {
        if let Some(known) = ASCII.get(c as usize) {
            known.iter().for_each(|sign| hear(at, *sign));
            continue;
        }
        match c {
            '\u{2028}' | '\u{2029}' | 'œ' | 'Œ' | 'æ' | 'Æ' => hear_one(c, |sign| hear(at, sign)),
            _ => match table.find(c) {
                Some(known) => known.signs.iter().for_each(|sign| hear(at, *sign)),
                None => heard(c).for_each(|sign| hear(at, sign)),
            },
        }
    }
}

/// Tells `hear` the signs of a character that is not ASCII.
fn hear_one(c: char, mut hear: impl FnMut(Sign)) {
    match c {
        '\u{2028}' | '\u{2029}' => hear(Sign::Line),
        'œ' | 'Œ' | 'æ' | 'Æ' => {
            hear(Sign::Letter(if matches!(c, 'œ' | 'Œ') { 'o' } else { 'a' }));
            hear(Sign::Letter('e'));
        }
        _ => heard(c).for_each(hear),
    }
}

impl Sign {
    fn letter(self) -> Option<char> {
        if let Sign::Letter(letter) = self { Some(letter) } else { None }
    }
}

/// Adds to `found` the letters and digits that [`signs`] tells of `text`, in UTF-8.
///
/// They are written in place: a vector that grows by one at a time is much slower. Room is made where a letter takes more of it than what it is folded from.
pub fn spell(text: &str, found: &mut Vec<u8>) {
    let table = Table::get();
    let (mut at, mut rest) = (found.len(), text);
    found.resize(at.saturating_add(text.len()), 0);
    loop {
        let mut plain = 0_usize;
        for letter in rest.bytes().map(|byte| PLAIN.get(usize::from(byte)).copied().unwrap_or(OTHER)).take_while(|letter| *letter != OTHER) {
            if let Some(place) = found.get_mut(at) {
                *place = letter;
            }
            at = at.wrapping_add(usize::from(letter > 0));
            plain = plain.wrapping_add(1);
        }
        rest = rest.get(plain..).unwrap_or_default();
        let mut following = rest.chars();
        let Some(c) = following.next() else { break };
        let spelt = table.find(c).map_or_else(|| rare::spelt(c), |known| known.spelt.as_slice());
        found.resize(found.len().saturating_add(spelt.len().saturating_sub(c.len_utf8())), 0);
        if let Some(room) = at.checked_add(spelt.len()).and_then(|end| found.get_mut(at..end)) {
            room.copy_from_slice(spelt);
        }
        at = at.saturating_add(spelt.len());
        rest = following.as_str();
    }
    found.truncate(at);
}

/// The letter or digit of each ASCII character, 0 where it is none.
static PLAIN: [u8; 256] = {
    let mut letters = [OTHER; 256];
    let mut code = 0_u8;
    while code < 128 {
        letters[code as usize] = if code.is_ascii_alphanumeric() { code.to_ascii_lowercase() } else { 0 };
        code += 1;
    }
    letters
};
/// What no letter is: a byte that is not ASCII.
const OTHER: u8 = 0xff;

/// The sign of each ASCII character; NUL has none.
static ASCII: [Option<Sign>; 128] = {
    let mut signs = [Some(Sign::Gap); 128];
    let mut code = 0_u8;
    while code < 128 {
        if code.is_ascii_alphanumeric() {
            signs[code as usize] = Some(Sign::Letter(code.to_ascii_lowercase() as char));
        }
        code += 1;
    }
    signs[b'\n' as usize] = Some(Sign::Line);
    signs[0] = None;
    signs
};

/// The signs of a character that is not ASCII.
fn heard(c: char) -> impl Iterator<Item = Sign> {
    std::iter::once(c).nfkd().flat_map(char::to_lowercase).filter(|c| !is_invisible(*c)).map(|folded| {
        let letter = homoglyph(alike(folded));
        if letter.is_alphanumeric() { Sign::Letter(letter) } else { Sign::Gap }
    })
}

/// Signs that a screen does not show, or shows on another letter: those within words, variation selectors, fillers, tags (Unicode, Default_Ignorable).
fn is_invisible(c: char) -> bool {
    is_silent(c)
        || matches!(c, '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}' | '\u{180b}'..='\u{180f}' | '\u{1ab0}'..='\u{1aff}' | '\u{1dc0}'..='\u{1dff}')
        || matches!(c, '\u{206a}'..='\u{206f}' | '\u{20d0}'..='\u{20ff}' | '\u{3164}' | '\u{fe00}'..='\u{fe0f}' | '\u{fe20}'..='\u{fe2f}' | '\u{ffa0}')
        || matches!(c, '\u{fff0}'..='\u{fffb}' | '\u{1bca0}'..='\u{1bca3}' | '\u{1d173}'..='\u{1d17a}' | '\u{e0000}'..='\u{e0fff}')
}

/// The Latin letter that a Greek or Cyrillic one looks like; compatibility forms (full width, mathematical) were undone before.
fn homoglyph(c: char) -> char {
    match c {
        'а' | 'α' => 'a',
        'в' | 'β' => 'b',
        'с' => 'c',
        'ԁ' => 'd',
        'е' | 'ε' => 'e',
        'һ' | 'н' => 'h',
        'і' | 'ι' | 'ı' => 'i',
        'ј' => 'j',
        'к' | 'κ' => 'k',
        'ӏ' | 'ł' => 'l',
        'м' => 'm',
        'ո' => 'n',
        'о' | 'ο' | 'ø' => 'o',
        'р' | 'ρ' => 'p',
        'ѕ' => 's',
        'т' | 'τ' => 't',
        'υ' | 'ս' => 'u',
        'ν' => 'v',
        'ԝ' => 'w',
        'х' | 'χ' => 'x',
        'у' => 'y',
        other => other,
    }
}

#[cfg(test)]
mod tests;
