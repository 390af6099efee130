//! What eight consecutive words of a text come to: enough to know them again in another text, too little to read them.

use super::fold::{Sign, signs};
use base64::Engine;
use base64::engine::general_purpose::STANDARD_NO_PAD;
use serde::{Deserialize, Serialize};
use std::fmt;

/// The hashes of every eight consecutive words of some texts (DOMAIN §5.4), sorted, each once.
///
/// Eight, because people who write about the same order share shorter runs of words by chance, and nobody retypes eight by chance. Lines do not part words:
/// a mail program breaks them where it likes. A whole text of fewer than eight words is kept as one hash of its own, under which only a whole line is found.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Shingles(Vec<u64>);

/// Consecutive words that are one shingle.
pub const WORDS: usize = 8;
/// The fewest words, and the fewest characters of them, of a text that is a shingle as a whole: less is said by everybody ("merci beaucoup").
const FEWEST: usize = 4;
const SHORTEST: usize = 20;

/// Why a text is not [`Shingles`].
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("these are not shingles; make them anew from their text")]
pub struct NotShingles;

impl Shingles {
    /// The most hashes that are kept, 160 KB: of more, those with the smallest values. They are a fair sample (a bottom-k sketch), so of a longer text every
    /// passage is still found if it is long enough, and it does not matter in which order texts were added.
    pub const MOST: usize = 20_000;

    /// Those of one text.
    pub fn of(text: &str) -> Self {
        let words = words(text);
        let short = whole(&words).filter(|_| words.len() < WORDS);
        Self::from_hashes(runs(&words.iter().map(|word| word.hash).collect::<Vec<_>>()).chain(short))
    }

    /// Hashes that [`runs`] and [`whole`] made.
    pub fn from_hashes(hashes: impl Iterator<Item = u64>) -> Self {
        let mut kept: Vec<u64> = hashes.collect();
        kept.sort_unstable();
        kept.dedup();
        kept.truncate(Self::MOST);
        Self(kept)
    }

    /// Those of both.
    #[must_use]
    pub fn and(&self, other: &Shingles) -> Self {
        if other.is_empty() {
            return self.clone();
        }
        Self::from_hashes(self.0.iter().chain(&other.0).copied())
    }

    /// Those that are not among `other`.
    #[must_use]
    pub fn without(&self, other: &Shingles) -> Self {
        Self(self.0.iter().copied().filter(|hash| !other.contain(*hash)).collect())
    }

    /// Whether the words that came to `hash` were among the texts.
    pub fn contain(&self, hash: u64) -> bool {
        self.0.binary_search(&hash).is_ok()
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

/// How many there are; even a hash is somebody's words.
impl fmt::Debug for Shingles {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Shingles({})", self.0.len())
    }
}

impl TryFrom<String> for Shingles {
    type Error = NotShingles;
    fn try_from(text: String) -> Result<Self, NotShingles> {
        let bytes = STANDARD_NO_PAD.decode(text).map_err(|_| NotShingles)?;
        let (hashes, rest) = bytes.as_chunks::<8>();
        if rest.is_empty() { Ok(Self::from_hashes(hashes.iter().map(|hash| u64::from_be_bytes(*hash)))) } else { Err(NotShingles) }
    }
}

impl From<Shingles> for String {
    fn from(shingles: Shingles) -> String {
        STANDARD_NO_PAD.encode(shingles.0.iter().flat_map(|hash| hash.to_be_bytes()).collect::<Vec<u8>>())
    }
}

/// One word of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Word {
    /// What it comes to.
    pub hash: u64,
    /// Its letters.
    pub letters: usize,
    /// Whether it is the first of its line.
    pub begins_line: bool,
    /// Whether it is the first after a colon, as a value after its label.
    pub begins_value: bool,
    /// Whether it is a number, as at the head of a list's item.
    pub is_number: bool,
}

/// The words of `text`, folded as the reader folds them.
pub fn words(text: &str) -> Vec<Word> {
    let mut listener = Listener::new(text);
    signs(text, |at, sign| listener.hear(at, sign));
    listener.words()
}

/// The words of a piece of a text, which begins and ends where words do, to be joined with those of its neighbours.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Phrase {
    words: Vec<Word>,
    /// Whether the next word begins a line, or a value, if nothing else stands before it.
    line: bool,
    value: bool,
}

/// The words of a piece of a text.
pub fn phrase(text: &str) -> Phrase {
    let mut listener = Listener::new(text);
    listener.word.begins_line = false;
    signs(text, |at, sign| listener.hear(at, sign));
    let waits = listener.word.letters == 0;
    let (line, value) = (waits && listener.word.begins_line, waits && listener.word.begins_value);
    Phrase { words: listener.words(), line, value }
}

/// The words of a text: those of its pieces, each with whether a line ends behind it.
pub fn phrases<'a>(pieces: impl Iterator<Item = (&'a Phrase, bool)>) -> Vec<Word> {
    let (mut words, mut line, mut value) = (Vec::new(), true, false);
    for (phrase, ends_line) in pieces {
        let first = words.len();
        words.extend_from_slice(&phrase.words);
        if let Some(first) = words.get_mut(first) {
            first.begins_line |= line;
            first.begins_value |= value;
            (line, value) = (phrase.line, phrase.value);
        } else {
            (line, value) = (line || phrase.line, value || phrase.value);
        }
        line |= ends_line;
    }
    words
}

/// Makes words of the signs of a text.
struct Listener<'a> {
    text: &'a str,
    found: Vec<Word>,
    word: Word,
}

impl<'a> Listener<'a> {
    const FRESH: Word = Word { hash: OFFSET, letters: 0, begins_line: true, begins_value: false, is_number: true };

    /// Who hears the [`signs`] of `text`.
    fn new(text: &'a str) -> Self {
        Self { text, found: Vec::new(), word: Self::FRESH }
    }

    /// The sign of what stands at that byte.
    fn hear(&mut self, at: usize, sign: Sign) {
        let word = &mut self.word;
        if let Sign::Letter(c) = sign {
            word.hash = (word.hash ^ u64::from(u32::from(c))).wrapping_mul(PRIME);
            word.letters = word.letters.saturating_add(1);
            word.is_number &= c.is_ascii_digit();
            return;
        }
        let colon = self.text.as_bytes().get(at) == Some(&b':');
        let ended = word.letters > 0;
        if ended {
            self.found.push(*word);
        }
        let (begins_line, begins_value) = (sign == Sign::Line || (!ended && word.begins_line), colon || (!ended && word.begins_value));
        *word = Word { begins_line, begins_value, ..Self::FRESH };
    }

    /// The words that were heard.
    fn words(mut self) -> Vec<Word> {
        if self.word.letters > 0 {
            self.found.push(self.word);
        }
        self.found
    }
}

/// The hash of every eight consecutive words, in order, each worked out from the one before.
pub fn runs(words: &[u64]) -> impl Iterator<Item = u64> + '_ {
    let (mut sum, mut seen) = (0_u64, 0_usize);
    words.iter().enumerate().filter_map(move |(at, word)| {
        let gone = at.checked_sub(WORDS).and_then(|gone| words.get(gone)).map_or(0, |gone| gone.wrapping_mul(LEADING));
        sum = sum.wrapping_sub(gone).wrapping_mul(BASE).wrapping_add(*word);
        seen = seen.saturating_add(1);
        (seen >= WORDS).then(|| mixed(sum))
    })
}

/// The hash of a line of at least four words and twenty letters and spaces, as a whole; a longer one has runs.
pub fn whole(line: &[Word]) -> Option<u64> {
    let letters: usize = line.iter().map(|word| word.letters.saturating_add(1)).sum();
    let fits = line.len() >= FEWEST && line.len() < WORDS && letters > SHORTEST;
    fits.then(|| mixed(line.iter().fold(WHOLE, |sum, word| sum.wrapping_mul(BASE).wrapping_add(word.hash))))
}

/// FNV-1a, 64 bits: the same on every machine and in every version, for the hashes are kept.
const OFFSET: u64 = 0xcbf2_9ce4_8422_2325;
const PRIME: u64 = 0x0000_0100_0000_01b3;
/// The base of the rolling sum, an odd number without a pattern, and its seventh power: what the first of eight words is multiplied by.
const BASE: u64 = 0x9e37_79b9_7f4a_7c15;
const LEADING: u64 = BASE.wrapping_pow(7);
/// Where the sum of a whole line begins, so that it is never that of a run.
const WHOLE: u64 = 0x6c69_676e_6520_2121;

/// Spreads the bits (MurmurHash3, fmix64), so that the smallest values are a fair sample.
fn mixed(sum: u64) -> u64 {
    let sum = (sum ^ (sum >> 33)).wrapping_mul(0xff51_afd7_ed55_8ccd);
    let sum = (sum ^ (sum >> 33)).wrapping_mul(0xc4ce_b9fe_1a85_ec53);
    sum ^ (sum >> 33)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hashes(text: &str) -> Vec<u64> {
        words(text).iter().map(|word| word.hash).collect()
    }

    fn common(one: &str, other: &str) -> usize {
        let kept = Shingles::of(one);
        runs(&hashes(other)).chain(whole(&words(other))).filter(|hash| kept.contain(*hash)).count()
    }

    #[test]
    fn eight_words_are_known_again_and_seven_are_not() {
        let text = "J’ai téléphoné au vendeur mardi et il m’a promis un avoir";
        assert_eq!(common(text, "… TELEPHONE au vendeur\nmardi, et il m'a promis — quoi ?"), 2);
        assert_eq!(common(text, "téléphoné au vendeur mardi et il m"), 0);
        assert_eq!(common("أَخبرني البائع يوم الثلاثاء أنه سيرسل لي مبلغا آخر", "قال اخبرني البايع يوم الثلاثاء انه سيرسل لي مبلغـــا"), 1);
    }

    #[test]
    fn a_short_text_is_known_as_a_whole_line_and_a_very_short_one_never() {
        assert_eq!(common("Je prends 300 dirhams", "je prends 300 dirhams !"), 1);
        assert_eq!(common("Je prends 300 dirhams", "je prends 300 dirhams aussi"), 0);
        assert_eq!(common("oui je le veux", "oui je le veux"), 0, "fewer than twenty characters");
        assert_eq!(common("certainement certainement certainement", "certainement certainement certainement"), 0, "fewer than four words");
    }

    #[test]
    fn they_are_kept_as_eight_bytes_each_and_come_back() {
        let kept = Shingles::of(&(0..30).map(|number| format!("mot{number} ")).collect::<String>());
        assert_eq!(kept.len(), 23);
        let stored = serde_json::to_string(&kept).unwrap();
        assert!(stored.len() <= 23 * 8 * 4 / 3 + 4);
        assert_eq!(serde_json::from_str::<Shingles>(&stored).unwrap(), kept);
        assert!(serde_json::from_str::<Shingles>("\"AAAA\"").is_err());
        assert_eq!(format!("{kept:?}"), "Shingles(23)");
    }

    #[test]
    fn of_too_many_a_sample_is_kept_that_is_the_same_in_any_order() {
        let text = |from: usize| (from..from + 15_000).map(|number| format!("w{number} ")).collect::<String>();
        let (one, other) = (Shingles::of(&text(0)), Shingles::of(&text(50_000)));
        assert_eq!(one.and(&other).len(), Shingles::MOST);
        assert_eq!(one.and(&other), other.and(&one));
        let both = one.and(&other);
        let found = runs(&hashes(&text(7_000))).take(100).filter(|hash| both.contain(*hash)).count();
        assert!(found > 30, "{found}");
    }
}
