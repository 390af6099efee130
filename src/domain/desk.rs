//! What a mediator orders by mail, and what a party allows to be passed on (DOMAIN §7.3).

use super::digest::Digest;
use super::event::Act;
use super::given::Given;
use super::role::{Party, Role};
use super::time::Instant;
use serde::{Deserialize, Serialize};

/// An order that is carried out when its time comes, unless it is taken back before.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pending {
    /// Whose.
    pub by: Role,
    /// What will be done.
    pub act: Box<Act>,
    /// When.
    pub due: Instant,
    /// The mail that ordered it.
    pub cause: Digest,
}

impl Pending {
    /// What the code that takes it back is bound to.
    pub fn digest(&self) -> Digest {
        Digest::of_parts(&[b"pending", self.cause.as_bytes(), self.act.name().as_bytes()])
    }
}

/// Words of one side that the mediator wishes to pass on to the other, and what that side said to it (DOMAIN I2).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Share {
    /// Whose they are.
    pub from: Party,
    /// Exactly what would be passed on.
    pub words: String,
    /// When that side was asked.
    pub asked: Instant,
    answer: Option<(bool, Given)>,
}

impl Share {
    /// The longest words that are passed on so, in characters.
    pub const LONGEST: usize = 4_000;

    /// A question to `from`.
    pub fn ask(from: Party, words: String, asked: Instant) -> Self {
        Self { from, words, asked, answer: None }
    }

    /// What the code of the answer is bound to.
    pub fn digest(&self) -> Digest {
        Digest::of_parts(&[b"share", Role::from(self.from).name().as_bytes(), &self.asked.micros().to_be_bytes(), self.words.as_bytes()])
    }

    /// Whether nobody answered yet.
    pub fn is_open(&self) -> bool {
        self.answer.is_none()
    }

    /// Whether it may be passed on.
    pub fn is_given(&self) -> bool {
        self.answer.is_some_and(|(yes, _)| yes)
    }

    /// Records the answer, if `given` speaks of exactly these words and there is none yet. Says whether it did.
    pub fn answer(&mut self, yes: bool, given: Given) -> bool {
        let meant = self.is_open() && given.on == self.digest();
        if meant {
            self.answer = Some((yes, given));
        }
        meant
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_passed_on_only_after_a_yes_to_exactly_them() {
        let at = Instant::parse("2026-11-23T09:00:00Z").unwrap();
        let mut share = Share::ask(Party::Consumer, "Je me contenterais de 1 200 DH.".to_owned(), at);
        let given = |on| Given { on, at, evidence: Digest::of(b"mail") };
        assert!(!share.answer(true, given(Digest::of(b"other"))) && !share.is_given());
        assert!(share.answer(false, given(share.digest())) && !share.is_given());
        assert!(!share.answer(true, given(share.digest())), "an answer is not changed by a second one");
        let later = Share::ask(Party::Consumer, share.words.clone(), at.plus_seconds(1));
        assert_ne!(later.digest(), share.digest());
    }
}
