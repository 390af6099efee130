//! Which form of language a text is written in, also one of a single word, and which words say so.

mod arabic;
mod arabizi;
mod foreign;
mod latin;
mod shape;
#[cfg(test)]
mod tests;
mod trigrams;

use super::fold::{Shape, Word};
use super::lexicon::{Hit, Says};
use super::phrasebook::FORMS;
use super::spelling::Spelling;
use crate::domain::LanguageForm;

/// The form of language of a text and why it was taken for it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Finding {
    /// What the text is written in.
    pub form: LanguageForm,
    /// `language:`, the form and the words that spoke for it, or `letters` if only the look of the whole did.
    pub because: String,
}

/// The form of language of `text`, whose words and known phrases are given. In a mixed text the form of its small words wins:
/// a Moroccan takes his nouns from French, but not his "which", "not" and "mine".
pub(super) fn detect(text: &str, words: &[Word], hits: &[Hit], spelling: &Spelling) -> Finding {
    let spoken = spoken(text, words, hits);
    let letters = spoken.iter().fold([0usize; 3], |[arabic, latin, other], token| {
        let [more_arabic, more_latin, more_other] = token.shape.letters;
        [arabic.saturating_add(more_arabic), latin.saturating_add(more_latin), other.saturating_add(more_other)]
    });
    let [arabic, latin, other] = letters;
    let mut tally = Tally::default();
    let form = match () {
        () if arabic == 0 && latin == 0 || other > arabic.max(latin) => LanguageForm::Other,
        () if arabic >= latin => arabic::form(text, &spoken, &mut tally),
        () => latin::form(text, &spoken, spelling, &mut tally),
    };
    Finding { form, because: format!("language:{}:{}", form.tag(), tally.words(form)) }
}

/// How firmly a form of language claims a word.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
enum Claim {
    #[default]
    None,
    /// It stands in some list of things that disputes are about.
    Topic,
    /// It stands in the list `marks`.
    Mark,
}

/// A word that somebody wrote, with the claims of each of `FORMS`.
#[derive(Debug)]
struct Token<'a> {
    word: &'a Word,
    /// What its look says.
    shape: &'a Shape,
    claims: [Claim; FORMS.len()],
    /// It belongs to a formula of courtesy, which is borrowed whole.
    courtesy: bool,
}

impl Token<'_> {
    /// As it was written.
    fn raw(&self) -> &str {
        self.word.written()
    }

    fn claim(&self, form: LanguageForm) -> Claim {
        // In the order of `FORMS`.
        let [french, english, arabic, darija, arabizi] = self.claims;
        match form {
            LanguageForm::French => french,
            LanguageForm::English => english,
            LanguageForm::Arabic => arabic,
            LanguageForm::Darija => darija,
            LanguageForm::DarijaLatin => arabizi,
            LanguageForm::Other => Claim::None,
        }
    }
}

/// The words outside web and mail addresses, with what the lists say of them.
fn spoken<'a>(text: &'a str, words: &'a [Word], hits: &[Hit]) -> Vec<Token<'a>> {
    let mut tokens: Vec<Token<'a>> = Vec::with_capacity(words.len());
    tokens.extend(words.iter().map(|word| Token { word, shape: shape::shape(word), claims: [Claim::None; FORMS.len()], courtesy: false }));
    for hit in hits {
        let claim = match hit.says {
            Says::Mark => Claim::Mark,
            Says::Courtesy => Claim::None,
            Says::Nothing => continue,
            Says::Topic => Claim::Topic,
        };
        for token in tokens.get_mut(hit.first..=hit.last).into_iter().flatten() {
            token.courtesy |= claim == Claim::None;
            if let Some(known) = token.claims.get_mut(hit.place) {
                *known = claim.max(*known);
            }
        }
    }
    let addresses = addresses(text);
    if addresses.is_empty() {
        return tokens;
    }
    let mut addresses = addresses.into_iter().peekable();
    tokens.retain(|token| {
        while addresses.next_if(|(_, end)| *end <= token.word.start).is_some() {}
        addresses.peek().is_none_or(|(start, _)| token.word.start < *start)
    });
    tokens
}

/// Where addresses of the web and of mail begin and end: their words are nobody's language.
fn addresses(text: &str) -> Vec<(usize, usize)> {
    let mut found = Vec::new();
    if !text.contains('@') && !text.contains("://") && !text.contains("www.") {
        return found;
    }
    let mut start = 0usize;
    for piece in text.split_inclusive(char::is_whitespace) {
        let end = start.saturating_add(piece.len());
        if piece.contains('@') || piece.contains("://") || piece.starts_with("www.") {
            found.push((start, end));
        }
        start = end;
    }
    found
}

/// Points for each form of language, and the words that gave most.
#[derive(Debug, Default)]
struct Tally<'a> {
    /// In the order of `FORMS`, and at last what is none of them.
    given: [Given<'a>; FORMS.len() + 1],
}

/// What was given to one form.
#[derive(Debug, Default)]
struct Given<'a> {
    points: u32,
    /// Most points that one word gave.
    strongest: u32,
    /// The first words that gave one point, two, three and four, each once: no more of them are ever named.
    words: [Vec<&'a str>; 4],
}

impl<'a> Tally<'a> {
    fn give(&mut self, form: LanguageForm, points: u32, word: &'a str) {
        let Some(given) = self.given.get_mut(place(form)).filter(|_| points > 0) else { return };
        given.points = given.points.saturating_add(points);
        given.strongest = given.strongest.max(points);
        let words = usize::try_from(points).ok().and_then(|points| given.words.get_mut(points.checked_sub(1)?));
        if let Some(words) = words
            && words.len() < NAMED
            && !words.contains(&word)
        {
            words.push(word);
        }
    }

    fn points(&self, form: LanguageForm) -> u32 {
        self.given.get(place(form)).map_or(0, |given| given.points)
    }

    /// Most points that one word gave.
    fn strongest(&self, form: LanguageForm) -> u32 {
        self.given.get(place(form)).map_or(0, |given| given.strongest)
    }

    /// The strongest words for `form`, each once.
    fn words(&self, form: LanguageForm) -> String {
        let mut named: Vec<&str> = Vec::new();
        for word in self.given.get(place(form)).into_iter().flat_map(|given| given.words.iter().rev()).flatten() {
            if named.len() < NAMED && !named.contains(word) {
                named.push(word);
            }
        }
        if named.is_empty() { "letters".to_owned() } else { named.join(",") }
    }
}

/// Where a form stands in a tally.
fn place(form: LanguageForm) -> usize {
    match form {
        LanguageForm::French => 0,
        LanguageForm::English => 1,
        LanguageForm::Arabic => 2,
        LanguageForm::Darija => 3,
        LanguageForm::DarijaLatin => 4,
        LanguageForm::Other => 5,
    }
}

/// Words that an explanation names at most.
const NAMED: usize = 4;
