//! Most texts in which nothing is to be found, told from the others without looking at most of their bytes (Wu and Manber, 1994).

/// The fewest bytes of each text that is looked for; with a shorter one among them nothing can be passed over.
const LENGTH: usize = 5;
/// Bits of the hash of two bytes.
const BITS: u32 = 12;

/// Lets every text through in which one of some needles may stand.
pub(super) struct Sieve {
    /// By the hash of two bytes, by how many bytes the text can be passed over at least until they are the fourth and fifth of a needle.
    passed: Vec<u8>,
    /// What the needles that begin with the same [`LENGTH`] bytes begin with, in order.
    heads: Vec<Vec<u8>>,
    /// Whether there is a needle so short that every text must be looked at.
    is_open: bool,
}

impl Sieve {
    /// For `needles`.
    pub(super) fn new<'a>(needles: impl Iterator<Item = &'a str>) -> Self {
        let mut needles: Vec<&[u8]> = needles.map(str::as_bytes).collect();
        needles.sort_unstable();
        let is_open = needles.iter().any(|needle| needle.len() < LENGTH);
        let mut sieve = Self { passed: vec![LENGTH as u8 - 1; 1 << BITS], heads: Vec::new(), is_open };
        for alike in needles.chunk_by(|one, next| one.get(..LENGTH) == next.get(..LENGTH)) {
            let (first, last) = (alike.first().copied().unwrap_or_default(), alike.last().copied().unwrap_or_default());
            // In order, what the first and the last have in common have all.
            let common = first.iter().zip(last).take_while(|(one, other)| one == other).count();
            sieve.heads.push(first.get(..common).unwrap_or_default().to_vec());
            for (pair, left) in first.iter().zip(first.iter().skip(1)).zip((0..LENGTH as u8 - 1).rev()) {
                if let Some(passed) = sieve.passed.get_mut(place(*pair.0, *pair.1)) {
                    *passed = left.min(*passed);
                }
            }
        }
        sieve
    }

    /// Whether a needle may stand in `text`. Linear: at each place at most one head is compared, which is not longer than a needle.
    pub(super) fn may_hold(&self, text: &[u8]) -> bool {
        if self.is_open {
            return true;
        }
        let mut end = LENGTH - 1;
        while let Some([one, other]) = text.get(end.saturating_sub(1)..=end) {
            match self.passed.get(place(*one, *other)).copied().unwrap_or_default() {
                0 => {
                    if self.begins(text.get(end.saturating_sub(LENGTH - 1)..).unwrap_or_default()) {
                        return true;
                    }
                    end = end.saturating_add(1);
                }
                passed => end = end.saturating_add(usize::from(passed)),
            }
        }
        false
    }

    /// Whether a needle may begin in the first `places` bytes of `text`, which may go on behind its end. Where fewer bytes than [`LENGTH`] are left, that is
    /// not known yet, and nothing is said.
    pub(super) fn may_begin(&self, text: &[u8], places: usize) -> bool {
        if self.is_open {
            return true;
        }
        let mut end = LENGTH - 1;
        while let Some([one, other]) = text.get(end.saturating_sub(1)..=end)
            && end.saturating_sub(LENGTH - 1) < places
        {
            match self.passed.get(place(*one, *other)).copied().unwrap_or_default() {
                0 => {
                    let rest = text.get(end.saturating_sub(LENGTH - 1)..).unwrap_or_default();
                    if self.head(rest).is_some_and(|head| rest.starts_with(head) || head.starts_with(rest)) {
                        return true;
                    }
                    end = end.saturating_add(1);
                }
                passed => end = end.saturating_add(usize::from(passed)),
            }
        }
        false
    }

    /// Whether `text` begins as a needle does.
    fn begins(&self, text: &[u8]) -> bool {
        self.head(text).is_some_and(|head| text.starts_with(head))
    }

    /// What all needles begin with that begin with the same [`LENGTH`] bytes as `text`.
    fn head(&self, text: &[u8]) -> Option<&[u8]> {
        let first = text.get(..LENGTH);
        self.heads.binary_search_by(|head| head.get(..LENGTH).cmp(&first)).ok().and_then(|found| self.heads.get(found)).map(Vec::as_slice)
    }
}

/// Where two bytes stand in the table.
#[inline]
fn place(one: u8, other: u8) -> usize {
    (u32::from(u16::from_be_bytes([one, other])).wrapping_mul(0x9e37_79b1) >> (u32::BITS - BITS)) as usize
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn a_text_with_a_needle_is_let_through(needles in prop::collection::vec("[abc]{5,12}", 0..12), text in "[abc]{0,60}") {
            let sieve = Sieve::new(needles.iter().map(String::as_str));
            let holds = needles.iter().any(|needle| text.contains(needle.as_str()));
            prop_assert!(!holds || sieve.may_hold(text.as_bytes()));
            for needle in &needles {
                let around = format!("{text}{needle}{text}");
                prop_assert!(sieve.may_hold(around.as_bytes()));
            }
        }

        #[test]
        fn a_needle_that_goes_on_behind_the_end_is_met(needles in prop::collection::vec("[abc]{5,12}", 1..12), text in "[abc]{0,20}", cut in 5..12_usize) {
            let sieve = Sieve::new(needles.iter().map(String::as_str));
            for needle in &needles {
                let whole = format!("{text}{}", needle.get(..cut).unwrap_or(needle));
                prop_assert!(sieve.may_begin(whole.as_bytes(), usize::MAX) && sieve.may_begin(whole.as_bytes(), text.len() + 1));
            }
            let begins = |from: &str| needles.iter().any(|needle| from.starts_with(&needle[..LENGTH]));
            prop_assert!((0..text.len().min(cut)).any(|at| begins(&text[at..])) || !sieve.may_begin(text.as_bytes(), cut));
        }

        #[test]
        fn what_no_needle_begins_with_is_not_let_through(needles in prop::collection::vec("[abc]{5,12}", 0..12), text in "[abc]{0,60}") {
            let sieve = Sieve::new(needles.iter().map(String::as_str));
            let begins = needles.iter().any(|needle| text.contains(&needle[..LENGTH]));
            prop_assert!(begins || !sieve.may_hold(text.as_bytes()));
        }
    }

    #[test]
    fn with_a_short_needle_everything_is_let_through() {
        assert!(Sieve::new(["abcd", "abcdef"].into_iter()).may_hold(b"xyz"));
        assert!(!Sieve::new(["abcde"].into_iter()).may_hold(b"abcd"));
        assert!(!Sieve::new(std::iter::empty()).may_hold(b"abcdefgh"));
    }
}
