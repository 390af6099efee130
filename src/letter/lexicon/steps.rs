//! How phrases go on: every way in which a word after the first is compared, once, with a number. A word of a text knows the numbers of those that it is,
//! so that whether a phrase may go on with it is looked up and not compared phrase by phrase.

use super::super::fold::Word;
use super::compare::Manner;
use super::ways::keys_of;
use super::{PREFIX_KEY, Pattern};
use crate::letter::hashing::Table;
use crate::letter::stem::{latin_stem, plain_stem};
use std::sync::Arc;

/// All that a word after the first may be.
#[derive(Debug, Default)]
pub(super) struct Steps {
    all: Vec<(Pattern, Manner)>,
    /// The number of each, by what tells it from others.
    numbers: Table<u32>,
    /// The numbers by the keys under which a word is found that may be one.
    keyed: Table<Vec<u32>>,
    /// Those that have no such key: numbers, and the shortest beginnings of words.
    others: Vec<u32>,
}

impl Steps {
    /// The number of a word that is compared so.
    pub fn number(&mut self, pattern: &Pattern, manner: Manner) -> u32 {
        let name = match pattern {
            Pattern::Any(ways) => format!("{:p}{manner:?}", Arc::as_ptr(ways)),
            other => format!("{other:?}{manner:?}"),
        };
        if let Some(number) = self.numbers.get(&name) {
            return *number;
        }
        let number = u32::try_from(self.all.len()).unwrap_or(u32::MAX);
        self.all.push((pattern.clone(), manner));
        self.numbers.insert(name, number);
        let mut keys: Vec<&str> = Vec::new();
        if !gather(pattern, &mut keys) {
            self.others.push(number);
        }
        keys.sort_unstable();
        keys.dedup();
        for key in keys {
            self.keyed.entry(key.to_owned()).or_default().push(number);
        }
        number
    }

    /// The numbers of those that `word` is, in their order.
    pub fn of(&self, word: &Word) -> Box<[u32]> {
        let mut keys: Vec<&str> = keys_of(word).collect();
        keys.sort_unstable();
        keys.dedup();
        let keyed = keys.into_iter().filter_map(|key| self.keyed.get(key)).flatten();
        let mut numbers: Vec<u32> = keyed.chain(&self.others).copied().filter(|number| self.is(*number, word)).collect();
        numbers.sort_unstable();
        numbers.dedup();
        numbers.into()
    }

    fn is(&self, number: u32, word: &Word) -> bool {
        self.all.get(number as usize).is_some_and(|(pattern, manner)| manner.fits(pattern, word, false))
    }
}

/// Adds to `keys` those under which words are found that fit `pattern`, see [`Manner::fits`]; says whether every such word has one.
fn gather<'p>(pattern: &'p Pattern, keys: &mut Vec<&'p str>) -> bool {
    match pattern {
        Pattern::Exact(text) => keys.extend([text, latin_stem(text), plain_stem(text), text.trim_end_matches('s')]),
        Pattern::Sound(sound, consonants) => keys.extend([&**sound, consonants]),
        Pattern::Prefix(prefix) => match prefix.char_indices().nth(PREFIX_KEY) {
            Some((end, _)) => keys.extend(prefix.get(..end)),
            None if prefix.chars().count() == PREFIX_KEY => keys.push(prefix),
            None => return false,
        },
        Pattern::Any(ways) => {
            let mut all = true;
            for way in &ways.patterns {
                all &= gather(way, keys);
            }
            return all;
        }
        Pattern::Number => return false,
        // No word is one.
        Pattern::Gap => {}
    }
    true
}

/// One of 64 signs for a number; several share each.
pub(super) fn sign(number: u32) -> u64 {
    1u64.wrapping_shl(number)
}

#[cfg(test)]
mod tests {
    use crate::letter::fold::words;
    use crate::letter::tests::shared;

    #[test]
    fn a_word_knows_all_that_it_is() {
        let (knowledge, mut met) = (shared(), 0usize);
        let steps = &knowledge.lexicon().steps;
        let lists = knowledge.phrases.values().flat_map(|lists| lists.values().flatten());
        let categories = knowledge.categories.iter().flat_map(|category| category.words.values().flatten());
        for phrase in lists.chain(categories).step_by(37) {
            for text in [phrase.clone(), phrase.replace(' ', "s "), phrase.replace(' ', " و"), format!("l{phrase}es ال{phrase} 12")] {
                for word in words(&text) {
                    let all: Vec<u32> = (0..steps.all.len() as u32).filter(|number| steps.is(*number, &word)).collect();
                    assert_eq!(*steps.of(&word), *all, "{}", word.text);
                    met += all.len();
                }
            }
        }
        assert!(met > 1_000, "{met}");
    }
}
