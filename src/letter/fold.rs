//! Words as they are compared: without case, accents, vowel signs, digits' shapes and doubled letters (DOMAIN §4.2).

use crate::domain::fold::western_digit;
pub(super) use crate::domain::fold::{fold, is_silent};

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
    let mut found: Vec<Word> = Vec::new();
    let (mut start, mut begins, mut line) = (None::<usize>, true, 0usize);
    let mut letters = text.char_indices().peekable();
    let mut push = |start: usize, end: usize, begins: bool| {
        let folded = fold(text.get(start..end).unwrap_or_default());
        if !folded.is_empty() {
            let sound = sound(&folded);
            let consonants = consonants(&sound);
            found.push(Word { text: folded, sound, consonants, start, end, begins });
        }
        !begins
    };
    while let Some((at, c)) = letters.next() {
        if is_letter(c) {
            start = start.or(Some(at));
            continue;
        }
        if let Some(from) = start.take() {
            push(from, at, begins);
            begins = false;
        }
        begins |= match c {
            '!' | '?' | ';' | '؟' | '؛' | '…' => true,
            '.' => letters.peek().is_none_or(|(_, next)| next.is_whitespace()),
            '\n' => at.saturating_sub(std::mem::replace(&mut line, at)) < WRAPPED,
            _ => false,
        };
    }
    if let Some(from) = start {
        push(from, text.len(), begins);
    }
    found
}

/// A line of fewer bytes was ended by the writer, a longer one perhaps by the mail program.
const WRAPPED: usize = 45;

/// Whether `c` is part of a word.
fn is_letter(c: char) -> bool {
    c.is_alphanumeric() || is_silent(c)
}

/// `text` with Arabic and Persian digits, marks and spaces in their Western form, letter for letter otherwise, so that one pattern reads all.
pub(super) fn western(text: &str) -> String {
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
    let word = match pairs {
        true => word.replace("sh", "ch").replace("ou", "u").replace("oo", "u").replace("ee", "i").replace("aa", "a"),
        false => word.to_owned(),
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
    if spelt.is_empty() { word } else { spelt }
}

fn consonants(sound: &str) -> String {
    let mut letters = sound.chars();
    let head: String = letters.by_ref().take(1).collect();
    head + &letters.filter(|c| !matches!(c, 'a' | 'i' | 'u' | 'y')).collect::<String>()
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
