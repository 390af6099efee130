//! French, English, Moroccan Arabic in Latin letters, or something else.

use super::super::spelling::Spelling;
use super::{Claim, Tally, Token, arabizi, foreign, trigrams};
use crate::domain::LanguageForm;

const FORMS: [LanguageForm; 3] = [LanguageForm::French, LanguageForm::English, LanguageForm::DarijaLatin];

/// The form of a text of mostly Latin letters.
pub(super) fn form<'a>(text: &str, tokens: &[Token<'a>], spelling: &Spelling, tally: &mut Tally<'a>) -> LanguageForm {
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
        () => trigrams::french_or_english(text),
    };
    let few = tokens.len() > FEW_WORDS && usize::try_from(best).unwrap_or(usize::MAX).saturating_mul(SPARSE) < tokens.len();
    if few || tally.strongest(likely) < SURE_WORD { trigrams::latin(text).unwrap_or(likely) } else { likely }
}

/// A text of so few words cannot be judged by how dense the known ones are.
const FEW_WORDS: usize = 5;
/// In a text of a known form every other word is a small one that gives four points: one point in three words is chance.
const SPARSE: usize = 3;
/// Points of a word that can be trusted by itself.
const SURE_WORD: u32 = 3;

fn weigh<'a>(token: &Token<'a>, before: Option<&Token<'_>>, shouted: bool, spelling: &Spelling, tally: &mut Tally<'a>) {
    let word = token.word.text.as_str();
    if !word.chars().any(char::is_alphabetic) {
        return;
    }
    if token.raw.len() > 2 && token.raw.bytes().all(|byte| matches!(byte, b'h' | b'H')) {
        return tally.give(LanguageForm::DarijaLatin, 1, "hhh");
    }
    if let Some(form) = elided(token) {
        return tally.give(form, if token.courtesy || matches!(word, "l" | "d") { 1 } else { 4 }, word);
    }
    let foreign = *token.word.foreign.get_or_init(|| foreign::is_small_word(word));
    let marked = || FORMS.into_iter().filter(|form| token.claim(*form) == Claim::Mark);
    let only = marked().next().filter(|_| marked().nth(1).is_none());
    match (marked().next(), only, foreign) {
        (None, _, true) => tally.give(LanguageForm::Other, if word.len() > 2 { 4 } else { 2 }, word),
        (_, Some(LanguageForm::DarijaLatin), false) => tally.give(LanguageForm::DarijaLatin, darija_mark(word), word),
        (_, Some(form), false) => tally.give(form, mark(token), word),
        (None, _, false) => weigh_unknown(token, before, shouted, spelling, tally),
        _ => marked().for_each(|form| tally.give(form, 1, word)),
    }
}

/// A word that stands in no list of `marks`.
fn weigh_unknown<'a>(token: &Token<'a>, before: Option<&Token<'_>>, shouted: bool, spelling: &Spelling, tally: &mut Tally<'a>) {
    let word = token.word.text.as_str();
    if let Some(points) = foreign::letters(token.raw) {
        return tally.give(LanguageForm::Other, points, word);
    }
    // What disputes are about has French names in Arabizi too: there they say nothing.
    let named = [LanguageForm::French, LanguageForm::English];
    let topics = || named.into_iter().filter(|form| token.claim(*form) == Claim::Topic);
    let count = topics().count();
    topics().for_each(|form| tally.give(form, if count == 1 { 2 } else { 1 }, word));
    let abbreviated = !shouted && is_upper(token.raw) && token.raw.len() <= 6;
    let name = !shouted && !token.word.begins && token.raw.starts_with(char::is_uppercase);
    let number = is_upper(token.raw) && word.bytes().any(|byte| byte.is_ascii_digit()) && word.bytes().filter(u8::is_ascii_lowercase).count() < 4;
    if count == 0 && !abbreviated && !number {
        let alone = || *token.word.arabizi.get_or_init(|| arabizi::points(word));
        let points = before.and_then(|before| arabizi::points_after(word, &before.word.text)).unwrap_or_else(alone);
        tally.give(LanguageForm::DarijaLatin, if name { points / 2 } else { points }, word);
        if points > 0 {
            return;
        }
    }
    if !token.raw.is_ascii() && token.raw.chars().any(|c| "éèêëàâçùûîïôœÉÈÊÀÇÔÎ".contains(c)) {
        return tally.give(LanguageForm::French, 2, word);
    }
    if !abbreviated && !name && count == 0 {
        let look = spelling.look(word).and_then(|look| Some((FORMS.into_iter().find(|form| form.tag() == look.form)?, look.clear)));
        look.into_iter().for_each(|(form, clear)| tally.give(form, if clear { 2 } else { 1 }, word));
    }
}

/// French and English: what Moroccans borrow weighs little.
fn mark(token: &Token<'_>) -> u32 {
    let word = token.word.text.as_str();
    match () {
        () if token.courtesy || ARTICLES.contains(&word) => 1,
        () if word.len() >= LONG => 2,
        () => 4,
    }
}

/// Words so long are names of things more often than small words, and such are borrowed.
const LONG: usize = 7;
/// What is borrowed together with a French noun, as in `bghit la commande dyali`.
const ARTICLES: [&str; 12] = ["le", "la", "les", "un", "une", "des", "du", "de", "mon", "ma", "mes", "au"];

/// How Moroccans greet and call each other in every language.
const ADDRESSES: [&str; 12] =
    ["salam", "slm", "salamo", "alaykom", "alaykoum", "khoya", "khouya", "sahbi", "inchallah", "nchallah", "hamdoulilah", "hamdoullah"];

/// Short words of Moroccan Arabic look like others' abbreviations.
fn darija_mark(word: &str) -> u32 {
    match word.len() {
        _ if ADDRESSES.contains(&word) => 2,
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
    // Most words.
    if word.as_bytes().first().is_some_and(u8::is_ascii_lowercase) {
        return false;
    }
    if word.is_ascii() {
        return word.bytes().any(|byte| byte.is_ascii_uppercase()) && !word.bytes().any(|byte| byte.is_ascii_lowercase());
    }
    word.chars().any(char::is_uppercase) && !word.chars().any(char::is_lowercase)
}
