//! What a word says of its language by its look alone: worked out once for each way to write it.

use super::super::fold::{Shape, Word, is_letter};
use super::{arabizi, foreign, latin};

/// What the look of `word` says.
pub(super) fn shape(word: &Word) -> &Shape {
    word.shape.get_or_init(|| of(word))
}

fn of(word: &Word) -> Shape {
    let (raw, text) = (word.written(), word.text.as_str());
    let digits = text.bytes().any(|byte| byte.is_ascii_digit());
    Shape {
        letters: letters(raw),
        spells: text.chars().any(char::is_alphabetic),
        capitals: is_upper(raw),
        capital: raw.starts_with(char::is_uppercase),
        laughs: raw.len() > 2 && raw.bytes().all(|byte| matches!(byte, b'h' | b'H')),
        elided: [
            matches!(text, "j" | "c" | "n" | "s" | "m" | "t" | "l" | "d" | "qu" | "jusqu" | "lorsqu" | "puisqu" | "aujourd"),
            matches!(text, "s" | "t" | "m" | "re" | "ve" | "ll" | "d"),
        ],
        foreign: foreign::is_small_word(text),
        strange: foreign::letters(raw),
        accented: !raw.is_ascii() && raw.chars().any(|c| "éèêëàâçùûîïôœÉÈÊÀÇÔÎ".contains(c)),
        number: is_upper(raw) && digits && text.bytes().filter(u8::is_ascii_lowercase).count() < 4,
        arabizi: arabizi::points(text),
        marks: [latin::mark(text), latin::darija_mark(text)],
    }
}

fn letters(raw: &str) -> [usize; 3] {
    let mut letters = [0usize; 3];
    let [arabic, latin, other] = &mut letters;
    for c in raw.chars().filter(|c| is_letter(*c)) {
        let script = match c {
            '\u{600}'..='\u{6ff}' | '\u{750}'..='\u{77f}' | '\u{8a0}'..='\u{8ff}' | '\u{fb50}'..='\u{fdff}' | '\u{fe70}'..='\u{feff}' => &mut *arabic,
            'a'..='z' | 'A'..='Z' | '\u{c0}'..='\u{24f}' | '\u{1e00}'..='\u{1eff}' | '\u{ff21}'..='\u{ff5a}' => &mut *latin,
            _ => &mut *other,
        };
        *script = script.saturating_add(1);
    }
    letters
}

fn is_upper(word: &str) -> bool {
    if word.is_ascii() {
        return word.bytes().any(|byte| byte.is_ascii_uppercase()) && !word.bytes().any(|byte| byte.is_ascii_lowercase());
    }
    word.chars().any(char::is_uppercase) && !word.chars().any(char::is_lowercase)
}
