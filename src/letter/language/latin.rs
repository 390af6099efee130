//! French, English, Moroccan Arabic in Latin letters, or something else.

use super::super::spelling::Spelling;
use super::{Claim, Tally, Token, arabizi, trigrams};
use crate::domain::LanguageForm;

const FORMS: [LanguageForm; 3] = [LanguageForm::French, LanguageForm::English, LanguageForm::DarijaLatin];

/// The form of a text of mostly Latin letters.
pub(super) fn form<'a>(text: &str, tokens: &[Token<'a>], spelling: &Spelling, tally: &mut Tally<'a>) -> LanguageForm {
    let shouted = tokens.iter().filter(|token| token.shape.capitals).count().saturating_mul(2) > tokens.len();
    let mut before: Option<&Token<'_>> = None;
    for token in tokens {
        weigh(text, token, before, shouted, spelling, tally);
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

fn weigh<'a>(text: &str, token: &Token<'a>, before: Option<&Token<'_>>, shouted: bool, spelling: &Spelling, tally: &mut Tally<'a>) {
    let (word, shape) = (token.word.text.as_str(), token.shape);
    if !shape.spells {
        return;
    }
    if shape.laughs {
        return tally.give(LanguageForm::DarijaLatin, 1, "hhh");
    }
    if let Some(form) = elided(text, token) {
        return tally.give(form, if token.courtesy || matches!(word, "l" | "d") { 1 } else { 4 }, word);
    }
    let marked = || FORMS.into_iter().filter(|form| token.claim(*form) == Claim::Mark);
    let only = marked().next().filter(|_| marked().nth(1).is_none());
    let [plain, darija] = shape.marks;
    match (marked().next(), only, shape.foreign) {
        (None, _, true) => tally.give(LanguageForm::Other, if word.len() > 2 { 4 } else { 2 }, word),
        (_, Some(LanguageForm::DarijaLatin), false) => tally.give(LanguageForm::DarijaLatin, darija, word),
        // French and English: what Moroccans borrow weighs little.
        (_, Some(form), false) => tally.give(form, if token.courtesy { 1 } else { plain }, word),
        (None, _, false) => weigh_unknown(token, before, shouted, spelling, tally),
        _ => marked().for_each(|form| tally.give(form, 1, word)),
    }
}

/// A word that stands in no list of `marks`.
fn weigh_unknown<'a>(token: &Token<'a>, before: Option<&Token<'_>>, shouted: bool, spelling: &Spelling, tally: &mut Tally<'a>) {
    let (word, shape) = (token.word.text.as_str(), token.shape);
    if let Some(points) = shape.strange {
        return tally.give(LanguageForm::Other, points, word);
    }
    // What disputes are about has French names in Arabizi too: there they say nothing.
    let named = [LanguageForm::French, LanguageForm::English];
    let topics = || named.into_iter().filter(|form| token.claim(*form) == Claim::Topic);
    let count = topics().count();
    topics().for_each(|form| tally.give(form, if count == 1 { 2 } else { 1 }, word));
    let abbreviated = !shouted && shape.capitals && token.raw().len() <= 6;
    let name = !shouted && !token.word.begins && shape.capital;
    if count == 0 && !abbreviated && !shape.number {
        let points = before.and_then(|before| arabizi::points_after(word, &before.word.text)).unwrap_or(shape.arabizi);
        tally.give(LanguageForm::DarijaLatin, if name { points / 2 } else { points }, word);
        if points > 0 {
            return;
        }
    }
    if shape.accented {
        return tally.give(LanguageForm::French, 2, word);
    }
    if !abbreviated && !name && count == 0 {
        let look = spelling.look_of(token.word).and_then(|look| Some((FORMS.into_iter().find(|form| form.tag() == look.form)?, look.clear)));
        look.into_iter().for_each(|(form, clear)| tally.give(form, if clear { 2 } else { 1 }, word));
    }
}

/// What a word weighs as a mark of French or English.
pub(super) fn mark(word: &str) -> u32 {
    match () {
        () if ARTICLES.contains(&word) => 1,
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
pub(super) fn darija_mark(word: &str) -> u32 {
    match word.len() {
        _ if ADDRESSES.contains(&word) => 2,
        _ if word.bytes().any(|byte| byte.is_ascii_digit()) => 4,
        0..=2 => 2,
        3 => 3,
        _ => 4,
    }
}

/// French and English that an apostrophe gives away: `j'ai`, `qu'il`; `don't`, `I'm`.
fn elided(text: &str, token: &Token<'_>) -> Option<LanguageForm> {
    let apostrophe = |c: char| matches!(c, '\'' | '’' | '`' | '´');
    let [before_one, after_one] = token.shape.elided;
    match () {
        () if before_one && text.get(token.word.end..).is_some_and(|after| after.starts_with(apostrophe)) => Some(LanguageForm::French),
        () if after_one && text.get(..token.word.start).is_some_and(|before| before.ends_with(apostrophe)) => Some(LanguageForm::English),
        () => None,
    }
}
