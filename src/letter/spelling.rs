//! Which form of language a single word looks like: learnt from the pairs of letters in the words of the lexicons themselves.

use super::fold::{Look, Word, folded_words};
use std::collections::{BTreeMap, HashSet};
use std::sync::atomic::{AtomicUsize, Ordering};

/// How often each pair of letters stands in the words of French, English and Moroccan Arabic in Latin letters.
#[derive(Debug)]
pub(super) struct Spelling {
    /// Tells it from others, for words remember what they look like.
    number: usize,
    pairs: Pairs,
}

/// The forms that share the Latin letters.
const FORMS: [&str; 3] = ["fr", "en", "ary-Latn"];
/// Shorter words look like anything.
const SHORTEST: usize = 3;
/// The letters and the edge of a word.
const SIGNS: usize = 27;

impl Spelling {
    /// Learns from all lists of French and English, and from `marks` of the Arabizi ones: its other lists hold what it borrows.
    pub fn learn(phrases: &BTreeMap<String, BTreeMap<String, Vec<String>>>) -> Self {
        let vocabulary = |form: &str| -> HashSet<String> {
            let lists = phrases.get(form).into_iter().flatten().filter(|(path, _)| form != "ary-Latn" || *path == "words.marks");
            lists.flat_map(|(_, list)| list).flat_map(|phrase| folded_words(phrase)).filter(|word| is_plain(word)).collect()
        };
        let [french, english, mut darija] = FORMS.map(vocabulary);
        darija.retain(|word| !french.contains(word) && !english.contains(word));
        static LEARNT: AtomicUsize = AtomicUsize::new(0);
        Spelling { number: LEARNT.fetch_add(1, Ordering::Relaxed), pairs: Pairs::count([&french, &english, &darija]) }
    }

    /// What `word`, folded, looks like; nothing if it may be of several forms.
    pub fn look(&self, word: &str) -> Option<Look> {
        if !is_plain(word) {
            return None;
        }
        let [french, english, darija] = FORMS;
        let [as_french, as_english, as_darija] = self.pairs.likelihoods(word);
        let mut found = [(french, as_french), (english, as_english), (darija, as_darija)];
        found.sort_by(|(_, left), (_, right)| right.total_cmp(left));
        let [(form, best), (_, second), _] = found;
        (best - second > LIKELY).then_some(Look { form, clear: best - second > CLEAR })
    }

    /// The same of a word of a text, which remembers it.
    pub fn look_of(&self, word: &Word) -> Option<Look> {
        let (number, look) = word.look.get_or_init(|| (self.number, self.look(&word.text)));
        if *number == self.number { *look } else { self.look(&word.text) }
    }
}

/// Natural logarithm of how many times as likely a word must be in its form as in the next one.
const LIKELY: f32 = 1.6;
const CLEAR: f32 = 4.0;

fn is_plain(word: &str) -> bool {
    word.len() >= SHORTEST && word.bytes().all(|byte| byte.is_ascii_lowercase())
}

/// The likelihood of each letter after each other, as natural logarithms, in each of the forms.
#[derive(Debug)]
struct Pairs(Vec<[f32; 3]>);

impl Pairs {
    fn count(forms: [&HashSet<String>; 3]) -> Self {
        let [french, english, darija] = forms.map(logarithms);
        Pairs(french.into_iter().zip(english).zip(darija).map(|((french, english), darija)| [french, english, darija]).collect())
    }

    /// That of all pairs of `word` together.
    fn likelihoods(&self, word: &str) -> [f32; 3] {
        let all = |[french, english, darija]: [f32; 3], [more_french, more_english, more_darija]: &[f32; 3]| {
            [french + more_french, english + more_english, darija + more_darija]
        };
        places(word).filter_map(|place| self.0.get(place)).fold([0.0; 3], all)
    }
}

/// The likelihoods in one form, whose `words` are given.
fn logarithms(words: &HashSet<String>) -> Vec<f32> {
    let mut counts = vec![0.0f32; SIGNS.saturating_mul(SIGNS)];
    for place in words.iter().flat_map(|word| places(word)) {
        if let Some(count) = counts.get_mut(place) {
            *count += 1.0;
        }
    }
    let likelihoods = counts.chunks(SIGNS).flat_map(|row| {
        let all: f32 = row.iter().sum();
        row.iter().map(move |count| ((count + UNSEEN) / (all + UNSEEN * 27.0)).ln())
    });
    likelihoods.collect()
}

/// What a pair that no list has counts for.
const UNSEEN: f32 = 0.15;

/// Where each pair of `word`, its edges included, stands in a table.
fn places(word: &str) -> impl Iterator<Item = usize> {
    let sign = |byte: u8| usize::from(byte.saturating_sub(b'a').saturating_add(1));
    let edge = std::iter::once(0);
    let before = edge.clone().chain(word.bytes().map(sign));
    before.zip(word.bytes().map(sign).chain(edge)).map(|(first, second)| first.saturating_mul(SIGNS).saturating_add(second))
}

#[cfg(test)]
mod tests {
    use super::super::tests::shared;

    #[test]
    fn words_that_no_list_has_are_told_by_their_letters() {
        let look = |word: &str| shared().spelling().look(word).map(|look| look.form);
        for word in ["kanqelleb", "wsseltha", "ytghslou", "tbqay", "lkhlsa", "ghbrti", "njibouha", "kattiybiha"] {
            assert_eq!(look(word), Some("ary-Latn"), "{word}");
        }
        for (word, form) in [("parapluie", "fr"), ("quelconque", "fr"), ("weekend", "en"), ("strength", "en")] {
            assert_eq!(look(word), Some(form), "{word}");
        }
        assert_eq!(look("no"), None);
    }
}
