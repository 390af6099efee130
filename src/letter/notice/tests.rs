//! The words of notices.

use super::personal::{CHALLENGE, CHALLENGER, SEEN, SEEN_SUBJECT};
use super::words::*;
use crate::letter::fold::fold;

#[test]
fn words_stand_as_they_are_compared() {
    let (first, second): (Vec<&str>, Vec<&str>) = SEEN.iter().copied().unzip();
    let lists: [&[&str]; 12] = [
        &RETURNED,
        &FAILED,
        &DELAYED_SUBJECT,
        &DELAYED,
        &FINAL,
        &DELIVERED_SUBJECT,
        &DELIVERED_PREFIX,
        &DELIVERED,
        &CHALLENGER,
        &CHALLENGE,
        &SEEN_SUBJECT,
        &[first, second].concat(),
    ];
    for word in lists.iter().copied().flatten() {
        assert_eq!(fold(word), **word);
    }
}
