//! Which form of language a text is written in.

use super::fold::Word;
use super::lexicon::{Hit, Meaning};
use crate::domain::LanguageForm;
use whatlang::{Detector, Lang, Script};

/// Words of which one alone decides for a form: nobody writes them in another.
const DECISIVE_LETTERS: usize = 4;

/// The form of language of `text`, whose words and known phrases are given.
pub(super) fn detect(text: &str, words: &[Word], hits: &[Hit]) -> LanguageForm {
    let (mut arabic, mut latin, mut other) = (0usize, 0usize, 0usize);
    for c in text.chars().filter(|c| c.is_alphabetic()) {
        match c {
            '\u{600}'..='\u{6ff}' | '\u{750}'..='\u{77f}' | '\u{fb50}'..='\u{fdff}' | '\u{fe70}'..='\u{feff}' => arabic = arabic.saturating_add(1),
            'a'..='z' | 'A'..='Z' | '\u{c0}'..='\u{24f}' => latin = latin.saturating_add(1),
            _ => other = other.saturating_add(1),
        }
    }
    if arabic == 0 && latin == 0 || other > arabic.max(latin) {
        return LanguageForm::Other;
    }
    let score = |form: &str| -> usize {
        hits.iter()
            .filter(|hit| hit.form == form && hit.meaning == Meaning::Steering("marks".to_owned()))
            .map(|hit| if hit.letters >= DECISIVE_LETTERS { 2 } else { 1 })
            .sum()
    };
    let phrases =
        |form: &str| hits.iter().filter(|hit| hit.form == form && hit.words() > 1 && !matches!(hit.meaning, Meaning::Steering(_))).count().saturating_mul(3);
    if arabic >= latin {
        return arabic_form(text, score("ar").saturating_add(phrases("ar")), score("ary").saturating_add(phrases("ary")));
    }
    let digits = words.iter().filter(|word| arabizi_digits(&word.text)).count().saturating_mul(2);
    let darija = score("ary-Latn").saturating_add(phrases("ary-Latn")).saturating_add(digits);
    let (french, english) = (score("fr"), score("en"));
    let best = darija.max(french).max(english);
    if best == 0 {
        return by_trigrams(text);
    }
    if darija == best && darija >= 2 && (digits > 0 || darija > french.max(english)) {
        return LanguageForm::DarijaLatin;
    }
    let sparse = best.saturating_mul(12) < words.len().saturating_mul(2) && words.len() > 5;
    match (sparse, french.cmp(&english)) {
        (true, _) => by_trigrams(text),
        (_, std::cmp::Ordering::Greater) => LanguageForm::French,
        (_, std::cmp::Ordering::Less) => LanguageForm::English,
        _ => by_trigrams(text),
    }
}

fn arabic_form(text: &str, standard: usize, moroccan: usize) -> LanguageForm {
    let info = whatlang::detect(text);
    let foreign = info.is_some_and(|info| info.script() == Script::Arabic && matches!(info.lang(), Lang::Pes | Lang::Urd) && info.is_reliable());
    match (standard, moroccan) {
        (0, 0) if foreign => LanguageForm::Other,
        (standard, moroccan) if moroccan > standard => LanguageForm::Darija,
        _ => LanguageForm::Arabic,
    }
}

/// Whether digits stand for letters: `3`, `7`, `9` and others within or glued to Latin letters, as in `3afak`, `9belt`, `b7al`.
fn arabizi_digits(word: &str) -> bool {
    let letters = word.bytes().filter(u8::is_ascii_lowercase).count();
    let digits = word.bytes().filter(u8::is_ascii_digit).count();
    let unit = word.ends_with("dh")
        || word.ends_with("dhs")
        || word.ends_with("mad")
        || word.ends_with("eme")
        || word.ends_with("kg")
        || word.ends_with("cm")
        || word.ends_with("er");
    word.is_ascii() && letters >= 2 && (1..=2).contains(&digits) && letters > digits && word.bytes().any(|byte| matches!(byte, b'3' | b'7' | b'9')) && !unit
}

fn by_trigrams(text: &str) -> LanguageForm {
    let sample = super::content::clip(text, 4_000);
    let Some(info) = whatlang::detect(sample) else { return LanguageForm::Other };
    match info.lang() {
        Lang::Fra => LanguageForm::French,
        Lang::Eng => LanguageForm::English,
        Lang::Ara => LanguageForm::Arabic,
        _ if info.is_reliable() && sample.len() > 40 => LanguageForm::Other,
        _ if info.script() != Script::Latin => LanguageForm::Other,
        _ => match Detector::with_allowlist(vec![Lang::Fra, Lang::Eng]).detect_lang(sample) {
            Some(Lang::Fra) => LanguageForm::French,
            Some(Lang::Eng) => LanguageForm::English,
            _ => LanguageForm::Other,
        },
    }
}
