//! French, English, Moroccan Arabic in Latin letters, or something else.

use super::super::spelling::Spelling;
use super::{Claim, Tally, Token, arabizi, foreign};
use crate::domain::LanguageForm;
use whatlang::{Detector, Lang};

const FORMS: [LanguageForm; 3] = [LanguageForm::French, LanguageForm::English, LanguageForm::DarijaLatin];

/// The form of a text of mostly Latin letters.
pub(super) fn form(text: &str, tokens: &[Token<'_>], spelling: &Spelling, tally: &mut Tally) -> LanguageForm {
    let shouted = tokens.iter().filter(|token| is_upper(token.raw)).count().saturating_mul(2) > tokens.len();
    let mut before: Option<&Token<'_>> = None;
    for token in tokens {
        weigh(token, before, shouted, spelling, tally);
        before = Some(token);
    }
    let [french, english, darija] = FORMS.map(|form| tally.points(form));
    let best = french.max(english).max(darija);
    if tally.points(LanguageForm::Other) > best {
        return LanguageForm::Other;
    }
    let likely = match () {
        () if darija > french.max(english) || darija == french.max(english) && tally.strongest(LanguageForm::DarijaLatin) > 1 => LanguageForm::DarijaLatin,
        () if french > english => LanguageForm::French,
        () if english > french => LanguageForm::English,
        () => french_or_english(text),
    };
    let few = tokens.len() > FEW_WORDS && usize::try_from(best).unwrap_or(usize::MAX).saturating_mul(SPARSE) < tokens.len();
    if few || tally.strongest(likely) < SURE_WORD { by_trigrams(text).unwrap_or(likely) } else { likely }
}

/// A text of so few words cannot be judged by how dense the known ones are.
const FEW_WORDS: usize = 5;
/// In a text of a known form every other word is a small one that gives four points: one point in three words is chance.
const SPARSE: usize = 3;
/// Points of a word that can be trusted by itself.
const SURE_WORD: u32 = 3;

fn weigh(token: &Token<'_>, before: Option<&Token<'_>>, shouted: bool, spelling: &Spelling, tally: &mut Tally) {
    let word = token.word.text.as_str();
    if !word.chars().any(char::is_alphabetic) {
        return;
    }
    if token.raw.len() > 2 && token.raw.bytes().all(|byte| matches!(byte, b'h' | b'H')) {
        return tally.give(LanguageForm::DarijaLatin, 1, "hhh");
    }
    if let Some(form) = elided(token) {
        return tally.give(form, if token.courtesy || matches!(word, "l" | "d") { 2 } else { 4 }, word);
    }
    let foreign = foreign::is_small_word(word);
    let marked: Vec<LanguageForm> = FORMS.into_iter().filter(|form| token.claim(*form) == Claim::Mark).collect();
    match (marked.as_slice(), foreign) {
        ([], true) => return tally.give(LanguageForm::Other, if word.len() > 2 { 4 } else { 2 }, word),
        ([LanguageForm::DarijaLatin], false) => return tally.give(LanguageForm::DarijaLatin, darija_mark(word), word),
        ([form], false) => return tally.give(*form, if token.courtesy || word.len() >= LONG || ARTICLES.contains(&word) { 2 } else { 4 }, word),
        ([], false) => {}
        (shared, _) => return shared.iter().for_each(|form| tally.give(*form, 1, word)),
    }
    if let Some(points) = foreign::letters(token.raw) {
        return tally.give(LanguageForm::Other, points, word);
    }
    let topics: Vec<LanguageForm> = FORMS.into_iter().filter(|form| token.claim(*form) == Claim::Topic).collect();
    topics.iter().for_each(|form| tally.give(*form, if topics.len() == 1 { 2 } else { 1 }, word));
    let borrowed = topics.contains(&LanguageForm::French) || topics.contains(&LanguageForm::English);
    let abbreviated = !shouted && is_upper(token.raw) && token.raw.len() <= 6;
    let name = !shouted && !token.word.begins && token.raw.starts_with(char::is_uppercase);
    let number = is_upper(token.raw) && word.bytes().any(|byte| byte.is_ascii_digit()) && word.bytes().filter(u8::is_ascii_lowercase).count() < 4;
    if !borrowed && !abbreviated && !number {
        let points = arabizi::points(word, before.map(|token| token.word.text.as_str()));
        tally.give(LanguageForm::DarijaLatin, if name { points / 2 } else { points }, word);
        if points > 0 {
            return;
        }
    }
    if token.raw.chars().any(|c| "éèêëàâçùûîïôœÉÈÊÀÇÔÎ".contains(c)) {
        return tally.give(LanguageForm::French, 2, word);
    }
    if let (false, false, Some(look)) = (abbreviated, name || !topics.is_empty(), spelling.look(word)) {
        let form = FORMS.into_iter().find(|form| form.tag() == look.form);
        form.into_iter().for_each(|form| tally.give(form, if look.clear { 2 } else { 1 }, word));
    }
}

/// Words so long are names of things more often than small words, and such are borrowed.
const LONG: usize = 7;
/// What is borrowed together with a French noun, as in `bghit la commande dyali`.
const ARTICLES: [&str; 12] = ["le", "la", "les", "un", "une", "des", "du", "de", "mon", "ma", "mes", "au"];

/// Short words of Moroccan Arabic look like others' abbreviations.
fn darija_mark(word: &str) -> u32 {
    match word.len() {
        _ if word.bytes().any(|byte| byte.is_ascii_digit()) => 4,
        0..=2 => 2,
        3 => 3,
        _ => 4,
    }
}

/// French and English that an apostrophe gives away: `j'ai`, `qu'il`; `don't`, `I'm`.
fn elided(token: &Token<'_>) -> Option<LanguageForm> {
    let word = token.word.text.as_str();
    match () {
        () if token.apostrophe_follows && matches!(word, "j" | "c" | "n" | "s" | "m" | "t" | "l" | "d" | "qu" | "jusqu" | "lorsqu" | "puisqu" | "aujourd") => {
            Some(LanguageForm::French)
        }
        () if token.follows_apostrophe && matches!(word, "s" | "t" | "m" | "re" | "ve" | "ll" | "d") => Some(LanguageForm::English),
        () => None,
    }
}

fn is_upper(word: &str) -> bool {
    word.chars().any(char::is_uppercase) && !word.chars().any(char::is_lowercase)
}

/// Bytes that suffice to tell a language by its letters.
const SAMPLE: usize = 4_000;
/// Shorter texts are not taken for a language that nobody is expected to write in.
const SURE: usize = 40;

/// What the letters of the whole text say, if they say it clearly.
fn by_trigrams(text: &str) -> Option<LanguageForm> {
    let sample = super::super::content::clip(text, SAMPLE);
    let info = whatlang::detect(sample).filter(|info| info.is_reliable() && sample.len() > SURE)?;
    Some(match info.lang() {
        Lang::Fra => LanguageForm::French,
        Lang::Eng => LanguageForm::English,
        _ => LanguageForm::Other,
    })
}

fn french_or_english(text: &str) -> LanguageForm {
    let sample = super::super::content::clip(text, SAMPLE);
    match Detector::with_allowlist(vec![Lang::Fra, Lang::Eng]).detect_lang(sample) {
        Some(Lang::Fra) => LanguageForm::French,
        Some(Lang::Eng) => LanguageForm::English,
        _ => LanguageForm::Other,
    }
}
