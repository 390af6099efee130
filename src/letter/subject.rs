//! What a subject says by itself.

use super::fold::fold;
use super::{Kind, Letter, notice, reply};
use crate::domain::Reference;

/// Words of a subject that says something.
const SUBJECT_WORDS: usize = 4;

/// Whether the subject is all that the writer says: nothing stands under it, and it is no answer to what another wrote.
pub(super) fn says_all(letter: &Letter) -> bool {
    let says = letter.subject.split_whitespace().count() >= SUBJECT_WORDS && letter.in_reply_to.is_empty();
    letter.kind == Kind::Human && letter.text.trim().is_empty() && says && !is_anothers(&letter.subject)
}

/// Whether another wrote that subject: what answers a mail or passes one on has that one's, what carries a reference has ours.
pub(super) fn is_anothers(subject: &str) -> bool {
    let opening = subject.trim_start_matches(['[', ' ']);
    reply::answers(opening) || notice::is_forward(&fold(opening)) || !Reference::find_all(subject).is_empty()
}
