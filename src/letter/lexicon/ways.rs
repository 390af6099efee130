//! Taking a phrase of the lists apart: words, numbers, gaps and alternatives.

use super::super::fold::{Word, words};
use super::super::stem::{arabic_stems, latin_stem, plain_stem, without_article};
use super::{Pattern, head};
use crate::letter::hashing::{Set, Signs};

/// Stands for `#`, any number, while a phrase is taken apart.
const ANY_NUMBER: &str = "anynumberatall";
/// Stands for `…`, a gap, while a phrase is taken apart.
const ANY_WORDS: &str = "anywordsatall";
/// Phrases that one with alternatives may stand for.
const MOST_ALTERNATIVES: usize = 2000;

/// The phrases that `phrase` stands for, in which `a|b` is one or the other. Such a word stays whole where one pattern can stand for it:
/// it is not the first, by which phrases are looked up, nor is one of its ways two words, nor, where that is wanted, follows it a "ma" that
/// may be written onto it.
pub(super) fn alternatives(phrase: &str, glued: bool) -> Vec<String> {
    if !phrase.contains('|') {
        return vec![phrase.to_owned()];
    }
    let mut begun = vec![String::new()];
    let mut before = "";
    for word in phrase.split(' ') {
        let divides = || glued && before.split('|').any(|word| matches!(word, "ma" | "ما")) || word.split('|').any(|way| words(way).len() != 1);
        let apart = word.contains('|') && (before.is_empty() || divides());
        let ways: Vec<&str> = if apart { word.split('|').collect() } else { vec![word] };
        begun = begun.iter().flat_map(|begin| ways.iter().map(move |way| format!("{begin} {way}"))).take(MOST_ALTERNATIVES).collect();
        before = word;
    }
    begun
}

/// The words of a part of a phrase and how each is compared.
pub(super) fn patterns(part: &str, by_sound: bool) -> Vec<(String, Pattern)> {
    let text = match part.contains(['#', '…']) {
        true => part.replace('#', &format!(" {ANY_NUMBER} ")).replace('…', &format!(" {ANY_WORDS} ")),
        false => part.to_owned(),
    };
    let pattern = |word: &Word| match text.get(word.end..).is_some_and(|rest| rest.starts_with('*')) {
        _ if word.text == ANY_NUMBER => Pattern::Number,
        _ if word.text == ANY_WORDS => Pattern::Gap,
        true => Pattern::Prefix(word.text.as_str().into()),
        false if by_sound && word.text.chars().count() > 3 => Pattern::sounding(word),
        false => Pattern::Exact(word.text.as_str().into()),
    };
    words(&text).into_iter().map(|word| (word.text.clone(), pattern(&word))).collect()
}

/// The ways of an alternative.
#[derive(Debug)]
pub(super) struct Ways {
    pub(super) patterns: Vec<Pattern>,
    /// Under which keys words are found that may fit; nothing if only each pattern can tell.
    keys: Option<Set>,
    /// The signs of the keys.
    signs: Signs,
}

impl Ways {
    pub(super) fn of(patterns: Vec<Pattern>) -> Self {
        let keys = patterns.iter().map(|pattern| match pattern {
            Pattern::Exact(text) => {
                Some(vec![text.to_string(), latin_stem(text).to_owned(), plain_stem(text).to_owned(), text.trim_end_matches('s').to_owned()])
            }
            Pattern::Sound(sound, consonants) => Some(vec![sound.to_string(), consonants.to_string()]),
            Pattern::Prefix(prefix) => Some(vec![head(prefix).to_owned()]),
            _ => None,
        });
        let keys: Option<Vec<Vec<String>>> = keys.collect();
        let keys: Option<Set> = keys.map(|keys| keys.into_iter().flatten().collect());
        let signs = Signs::of(keys.iter().flatten().map(String::as_str));
        Ways { patterns, keys, signs }
    }

    /// Whether `word` has one of the keys.
    pub(super) fn may_hold(&self, word: &Word) -> bool {
        let Some(keys) = &self.keys else { return true };
        // Most words have none, and all that are written alike have the same signs.
        let signs = word.signs.get_or_init(|| Signs::of(keys_of(word)));
        signs.meet(&self.signs) && keys_of(word).any(|key| keys.contains(key))
    }
}

/// Under what `word` may be found.
pub(super) fn keys_of(word: &Word) -> impl Iterator<Item = &str> {
    let plain = [word.text.as_str(), latin_stem(&word.text), word.text.trim_end_matches('s'), &word.sound, &word.consonants];
    let bare = [without_article(&word.sound), word.consonants.strip_prefix('l')];
    plain.into_iter().chain(bare.into_iter().flatten()).chain(arabic_stems(&word.text).flat_map(|stem| [stem, head(stem)]))
}

#[cfg(test)]
mod tests {
    use crate::letter::fold::words;
    use crate::letter::lexicon::Lexicon;
    use crate::letter::phrasebook::Category;
    use std::collections::BTreeMap;

    fn found(form: &str, phrase: &str, text: &str) -> bool {
        let lists = BTreeMap::from([(form.to_owned(), vec![phrase.to_owned()])]);
        let category = Category { code: "REFUND".to_owned(), yields: false, deniable: false, words: lists };
        !Lexicon::compile(&BTreeMap::new(), &[category]).find(&words(text)).is_empty()
    }

    #[test]
    fn gaps_alternatives_and_beginnings_are_found() {
        for (form, phrase, text, wanted) in [
            ("fr", "commande … noire|bleue … noir|rouge", "j'ai commandé une robe bleue et voilà du rouge", true),
            ("fr", "commande … recu", "commandé hier. Rien reçu", false),
            ("fr", "commande … recu", "commandé un deux trois quatre cinq six sept reçu", false),
            ("fr", "ne|n chauffe|chauffent plus|pas", "ils ne chauffent pas", true),
            ("fr", "ne|n chauffe|chauffent plus|pas", "ils ne chauffent bien", false),
            ("en", "does_not|won't work|start", "it does not start", true),
            ("en", "does_not|won't work|start", "it won't work", true),
            ("ar", "محطم*", "وصلت والمحطمة", true),
            ("ary", "ما كيخدمش|كيشعلش", "ماكيشعلش", true),
            ("ary", "ما كيخدمش|كيشعلش", "ما كيشعلش", true),
            ("ary-Latn", "ma kaykhdemch|kaych3elch", "makaykhdmch", true),
            ("ary-Latn", "sifto|jabo … khra|akhor", "siftou liya wa7da l khra", true),
        ] {
            assert_eq!(found(form, phrase, text), wanted, "{phrase}: {text}");
        }
    }
}
