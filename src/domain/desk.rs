//! What a mediator orders by mail, and what a party allows to be passed on (DOMAIN §7.3).

use super::digest::Digest;
use super::event::Act;
use super::given::Given;
use super::points::Tally;
use super::role::{Party, Role};
use super::time::{Day, Instant};
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

    /// What was answered, and when.
    pub fn answered(&self) -> Option<(bool, Instant)> {
        self.answer.map(|(yes, given)| (yes, given.at))
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

/// Whose answer the mediator waits for, since when it is the mediator's turn, and until when the mediator wishes not to be reminded (DOMAIN §7.1).
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Attention {
    consumer: Option<Instant>,
    merchant: Option<Instant>,
    heard: Option<Instant>,
    until: Option<Day>,
}

impl Attention {
    /// The mediator wrote to `party`, who has not answered since then.
    pub fn asked(&mut self, party: Party, at: Instant) {
        self.of(party).get_or_insert(at);
    }

    /// `party` did or said something: it is the mediator's turn, who is reminded again.
    pub fn heard(&mut self, party: Party, at: Instant) {
        *self.of(party) = None;
        self.heard = Some(at);
        self.until = None;
    }

    /// The mediator wishes not to be reminded before `day`.
    pub fn rest(&mut self, day: Day) {
        self.until = Some(day);
    }

    /// The day before which the mediator wishes not to be reminded.
    pub fn rests_until(&self) -> Option<Day> {
        self.until
    }

    /// Whether the mediator wishes not to be reminded on `day`.
    pub fn rests_on(&self, day: Day) -> bool {
        self.until.is_some_and(|until| day < until)
    }

    /// Since when `party` has not answered.
    pub fn unanswered(&self, party: Party) -> Option<Instant> {
        match party {
            Party::Consumer => self.consumer,
            Party::Merchant => self.merchant,
        }
    }

    /// Since when it is the mediator's turn, in a state that was `entered` then; `None` while nobody answered what was asked last.
    pub fn turn(&self, entered: Instant) -> Option<Instant> {
        let asked = self.consumer.max(self.merchant).filter(|asked| *asked >= entered);
        let heard = self.heard.map_or(entered, |heard| heard.max(entered));
        asked.is_none_or(|asked| heard > asked).then_some(heard)
    }

    /// Whether nothing is noted.
    pub fn is_nothing(&self) -> bool {
        *self == Self::default()
    }

    fn of(&mut self, party: Party) -> &mut Option<Instant> {
        match party {
            Party::Consumer => &mut self.consumer,
            Party::Merchant => &mut self.merchant,
        }
    }
}

/// Something that waits for a mediator, or that a mediator waits for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Duty {
    /// A mission is to be taken on or declined.
    TakeOn,
    /// It is the mediator's turn.
    Yours,
    /// That side has not answered the mediator.
    Unanswered(Party),
    /// That side has not answered every point that it was asked about.
    Points(Party, Tally),
    /// Somebody else's time is nearly over.
    Due,
    /// A pause is nearly over.
    PauseEnds,
    /// The mediation is nearly over.
    Ends,
    /// What was put off comes back.
    Back,
    /// The service reminds that side.
    Chase(Party),
}

impl Duty {
    /// Whether it is told because its day is near, and not because somebody waits.
    pub fn is_coming(self) -> bool {
        matches!(self, Duty::Due | Duty::PauseEnds | Duty::Ends | Duty::Back | Duty::Chase(_))
    }
}

/// A duty, and the days between which it lies.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Awaited {
    /// What.
    pub duty: Duty,
    /// Since when.
    pub since: Option<Day>,
    /// Until when.
    pub until: Option<Day>,
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
