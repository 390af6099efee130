//! Which form of language a text is written in, also one of a single word, and which words say so.

mod arabic;
mod arabizi;
mod foreign;
mod latin;
#[cfg(test)]
mod tests;
mod trigrams;

use super::fold::{Word, is_letter};
use super::lexicon::{Hit, Meaning};
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
    let (mut arabic, mut latin, mut other) = (0usize, 0usize, 0usize);
    let (plain, others): (Vec<&Token<'_>>, Vec<&Token<'_>>) = spoken.iter().partition(|token| token.raw.is_ascii());
    latin = plain.iter().fold(latin, |sum, token| sum.saturating_add(token.raw.bytes().filter(u8::is_ascii_alphabetic).count()));
    for c in others.iter().flat_map(|token| token.raw.chars()).filter(|c| is_letter(*c)) {
        match c {
            '\u{600}'..='\u{6ff}' | '\u{750}'..='\u{77f}' | '\u{8a0}'..='\u{8ff}' | '\u{fb50}'..='\u{fdff}' | '\u{fe70}'..='\u{feff}' => {
                arabic = arabic.saturating_add(1);
            }
            'a'..='z' | 'A'..='Z' | '\u{c0}'..='\u{24f}' | '\u{1e00}'..='\u{1eff}' | '\u{ff21}'..='\u{ff5a}' => latin = latin.saturating_add(1),
            _ => other = other.saturating_add(1),
        }
    }
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
    /// As it was written.
    raw: &'a str,
    claims: [Claim; FORMS.len()],
    /// It belongs to a formula of courtesy, which is borrowed whole.
    courtesy: bool,
    /// An apostrophe stands before it.
    follows_apostrophe: bool,
    /// An apostrophe stands after it.
    apostrophe_follows: bool,
}

impl Token<'_> {
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
    let mut tokens: Vec<Token<'a>> = words.iter().map(|word| token(text, word)).collect();
    for hit in hits {
        let claim = match &hit.meaning {
            Meaning::Steering(list) if list == "marks" => Claim::Mark,
            Meaning::Steering(list) if list == "courtesy" => Claim::None,
            Meaning::Steering(_) | Meaning::City(_) | Meaning::Month(_) | Meaning::Weekday(_) | Meaning::Label(_) => continue,
            Meaning::Category(_) | Meaning::Intent(..) | Meaning::Remedy(_) | Meaning::Payment(_) => Claim::Topic,
        };
        for token in tokens.get_mut(hit.first..=hit.last).into_iter().flatten() {
            token.courtesy |= claim == Claim::None;
            if let Some(known) = token.claims.get_mut(hit.place) {
                *known = claim.max(*known);
            }
        }
    }
    let mut addresses = addresses(text).into_iter().peekable();
    tokens.retain(|token| {
        while addresses.next_if(|(_, end)| *end <= token.word.start).is_some() {}
        addresses.peek().is_none_or(|(start, _)| token.word.start < *start)
    });
    tokens
}

fn token<'a>(text: &'a str, word: &'a Word) -> Token<'a> {
    let apostrophe = |c: char| matches!(c, '\'' | '’' | '`' | '´');
    Token {
        word,
        raw: text.get(word.start..word.end).unwrap_or_default(),
        claims: [Claim::None; FORMS.len()],
        courtesy: false,
        follows_apostrophe: text.get(..word.start).is_some_and(|before| before.ends_with(apostrophe)),
        apostrophe_follows: text.get(word.end..).is_some_and(|after| after.starts_with(apostrophe)),
    }
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
    given: Vec<(LanguageForm, u32, &'a str)>,
}

impl<'a> Tally<'a> {
    fn give(&mut self, form: LanguageForm, points: u32, word: &'a str) {
        if points > 0 {
            self.given.push((form, points, word));
        }
    }

    fn points(&self, form: LanguageForm) -> u32 {
        self.given.iter().filter(|(to, _, _)| *to == form).fold(0, |sum, (_, points, _)| sum.saturating_add(*points))
    }

    /// Most points that one word gave.
    fn strongest(&self, form: LanguageForm) -> u32 {
        self.given.iter().filter(|(to, _, _)| *to == form).map(|(_, points, _)| *points).max().unwrap_or_default()
    }

    /// The strongest words for `form`, each once.
    fn words(&self, form: LanguageForm) -> String {
        let mut named: Vec<&str> = Vec::new();
        for least in [4, 3, 2, 1] {
            for (_, _, word) in self.given.iter().filter(|(to, points, _)| *to == form && *points == least) {
                if named.len() < NAMED && !named.contains(word) {
                    named.push(word);
                }
            }
        }
        if named.is_empty() { "letters".to_owned() } else { named.join(",") }
    }
}

/// Words that an explanation names at most.
const NAMED: usize = 4;
