//! What may be told to a third person: only what both sides allowed, each by itself, with a code (DOMAIN §2.8).

use super::deadline::Deadline;
use super::digest::Digest;
use super::exempted::Exempted;
use super::given::Given;
use super::role::Party;
use super::time::{Day, Instant};
use serde::{Deserialize, Serialize};

/// What both sides are asked to allow: in the registrar's words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Disclosing {
    /// Who asks for it.
    pub by: String,
    /// Who would be told.
    pub to: String,
    /// Exactly what would be told.
    pub items: String,
    /// What for.
    pub purpose: String,
    /// The last day on which it may be told.
    pub until: Day,
}

impl Disclosing {
    /// The longest of each of the words, in characters.
    pub const LONGEST: usize = Exempted::LONGEST;

    /// Reads five lines: who asks, who would be told, what, what for, and the last day, like 2027-01-31.
    pub fn parse(text: &str) -> Option<Self> {
        let lines: Vec<&str> = text.trim().lines().map(str::trim).collect();
        let fits = |line: &&str| !line.is_empty() && line.chars().count() <= Self::LONGEST;
        let [by, to, items, purpose, until] = lines.as_slice() else { return None };
        let words = [by, to, items, purpose];
        let until = Day::parse(until).ok().filter(|_| words.iter().all(|line| fits(line)))?;
        let [by, to, items, purpose] = words.map(|line| (*line).to_owned());
        Some(Self { by, to, items, purpose, until })
    }

    /// The words, in their order.
    pub fn words(&self) -> [&str; 4] {
        [&self.by, &self.to, &self.items, &self.purpose]
    }
}

/// What is done about a disclosure to a third person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ThirdPerson {
    /// The registrar asks both sides whether that may be told.
    Ask(Box<Disclosing>),
    /// A party allows what the question of that digest asks (with a code).
    Allow(Digest),
    /// A party does not allow it (with a code).
    Refuse(Digest),
    /// A party takes its yes to it back (with a code).
    Revoke(Digest),
    /// The registrar told the third person what both sides allow.
    Told,
    /// The registrar told a third person something that needs nobody's consent.
    Exempt(Box<Exempted>),
    /// The time in which both sides could allow something is over.
    Over,
}

impl ThirdPerson {
    /// The word used in journals.
    pub fn name(&self) -> &'static str {
        match self {
            Self::Ask(_) => "disclose",
            Self::Allow(_) => "disclose-ok",
            Self::Refuse(_) => "disclose-no",
            Self::Revoke(_) => "revoke",
            Self::Told => "disclosed",
            Self::Exempt(_) => "disclosed-unasked",
            Self::Over => "disclose-over",
        }
    }
}

/// A question to both sides, what each answered, and what came of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Disclosure {
    /// What is asked.
    pub asking: Disclosing,
    /// When both sides were asked.
    pub asked: Instant,
    /// Until when they may answer: silence is a no.
    pub ends: Deadline,
    consumer: Option<(bool, Given)>,
    merchant: Option<(bool, Given)>,
    /// Since when nothing more is answered: both did, or the time was over.
    closed: Option<Instant>,
    revoked: Option<(Party, Given)>,
    done: Vec<Given>,
}

impl Disclosure {
    /// A question to both sides.
    pub fn ask(asking: Disclosing, asked: Instant, ends: Deadline) -> Self {
        Self { asking, asked, ends, consumer: None, merchant: None, closed: None, revoked: None, done: Vec::new() }
    }

    /// What the codes of both answers are bound to.
    pub fn digest(&self) -> Digest {
        let until = self.asking.until.to_string();
        let [by, to, items, purpose] = self.asking.words();
        let words = [by, to, items, purpose, &until].map(str::as_bytes);
        let asked = self.asked.micros().to_be_bytes();
        Digest::of_parts(&[&[b"disclosure".as_slice(), &asked][..], &words].concat())
    }

    /// Whether it can still be answered.
    pub fn is_open(&self) -> bool {
        self.closed.is_none()
    }

    /// What `party` says, if it said anything.
    pub fn answer_of(&self, party: Party) -> Option<bool> {
        self.kept(party).map(|(yes, _)| yes)
    }

    /// Whether both sides allowed it, whatever came afterwards; nobody knows as long as it is open.
    pub fn was_given(&self) -> bool {
        !self.is_open() && [Party::Consumer, Party::Merchant].into_iter().all(|party| self.answer_of(party) == Some(true))
    }

    /// Who took its yes back after both had allowed it.
    pub fn revoked_by(&self) -> Option<Party> {
        self.revoked.map(|(party, _)| party)
    }

    /// Whether it may be told on `day`.
    pub fn is_allowed(&self, day: Day) -> bool {
        self.was_given() && self.revoked.is_none() && day <= self.asking.until
    }

    /// Whether `party` has something to answer: yes, no, or that it takes its yes back.
    pub fn can_be_answered(&self, party: Party) -> bool {
        match self.answer_of(party) {
            None => self.is_open(),
            Some(yes) => yes && self.revoked.is_none() && (self.is_open() || self.was_given()),
        }
    }

    /// Records the first answer of `party`, if `given` speaks of exactly this. Says whether it did.
    pub fn answer(&mut self, party: Party, yes: bool, given: Given) -> bool {
        let meant = self.is_open() && given.on == self.digest() && self.answer_of(party).is_none();
        if meant {
            *self.of(party) = Some((yes, given));
            if self.answer_of(party.other()).is_some() {
                self.closed = Some(given.at);
            }
        }
        meant
    }

    /// `party` takes its yes back: before both answered it is a no, afterwards it ends what was allowed. Says whether there was one to take back.
    pub fn revoke(&mut self, party: Party, given: Given) -> bool {
        let meant = given.on == self.digest() && self.answer_of(party) == Some(true) && self.can_be_answered(party);
        match self.is_open() {
            true if meant => *self.of(party) = Some((false, given)),
            false if meant => self.revoked = Some((party, given)),
            _ => {}
        }
        meant
    }

    /// Nobody answers any more: the time is over, or the dispute.
    pub fn end(&mut self, at: Instant) {
        self.closed.get_or_insert(at);
    }

    /// Records that it was told.
    pub fn told(&mut self, given: Given) {
        self.done.push(given);
    }

    /// When it was told, each time.
    pub fn told_at(&self) -> impl Iterator<Item = Instant> {
        self.done.iter().map(|given| given.at)
    }

    fn kept(&self, party: Party) -> Option<(bool, Given)> {
        match party {
            Party::Consumer => self.consumer,
            Party::Merchant => self.merchant,
        }
    }

    fn of(&mut self, party: Party) -> &mut Option<(bool, Given)> {
        match party {
            Party::Consumer => &mut self.consumer,
            Party::Merchant => &mut self.merchant,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LINES: &str = "Banque Atlas\nson service des litiges\nla copie de l'accord\ntraiter l'opposition\n2027-01-31";

    fn asked() -> Disclosure {
        let at = Instant::parse("2026-11-23T09:00:00Z").unwrap();
        let ends = Deadline { due: at, day: Day::new(2026, 12, 7).unwrap(), reminders: Vec::new(), reminded: 0, extended: false };
        Disclosure::ask(Disclosing::parse(LINES).unwrap(), at, ends)
    }

    fn given(on: Digest) -> Given {
        Given { on, at: Instant::parse("2026-11-24T09:00:00Z").unwrap(), evidence: Digest::of(b"mail") }
    }

    #[test]
    fn five_lines_are_asked_about_and_nothing_less() {
        assert_eq!(Disclosing::parse(LINES).unwrap().to, "son service des litiges");
        for wrong in ["", "a\nb\nc\n2027-01-31", "a\nb\nc\nd\nsoon", "a\n\nc\nd\n2027-01-31", &format!("{}\nb\nc\nd\n2027-01-31", "a".repeat(401))] {
            assert_eq!(Disclosing::parse(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn it_is_allowed_by_both_until_one_takes_it_back_or_the_day_is_over() {
        let (before, last, after) = (Day::new(2026, 12, 1).unwrap(), Day::new(2027, 1, 31).unwrap(), Day::new(2027, 2, 1).unwrap());
        let mut one = asked();
        let on = one.digest();
        assert!(!one.answer(Party::Consumer, true, given(Digest::of(b"other"))) && one.answer(Party::Consumer, true, given(on)));
        assert!(one.is_open() && !one.was_given() && !one.is_allowed(before), "one side alone allows nothing");
        assert!(one.answer(Party::Merchant, true, given(on)) && !one.is_open());
        assert!(one.is_allowed(before) && one.is_allowed(last) && !one.is_allowed(after));
        assert!(one.revoke(Party::Merchant, given(on)) && !one.revoke(Party::Consumer, given(on)));
        assert!(one.was_given() && !one.is_allowed(before) && one.revoked_by() == Some(Party::Merchant));
    }

    #[test]
    fn a_yes_that_is_taken_back_before_both_answered_is_a_no_and_silence_is_one_too() {
        let mut one = asked();
        let on = one.digest();
        assert!(one.answer(Party::Consumer, true, given(on)) && one.revoke(Party::Consumer, given(on)));
        assert!(!one.answer(Party::Consumer, true, given(on)) && one.answer(Party::Merchant, true, given(on)));
        assert!(!one.is_open() && !one.was_given() && !one.can_be_answered(Party::Merchant));
        let mut silent = asked();
        assert!(silent.answer(Party::Merchant, true, given(on)));
        silent.end(given(on).at);
        assert!(!silent.was_given() && !silent.answer(Party::Consumer, true, given(on)) && !silent.revoke(Party::Merchant, given(on)));
    }

    #[test]
    fn another_question_has_another_digest() {
        let one = asked();
        let mut other = one.clone();
        other.asking.items = "tout le dossier".to_owned();
        assert_ne!(one.digest(), other.digest());
        assert_ne!(one.digest(), Disclosure { asked: one.asked.plus_seconds(1), ..one.clone() }.digest());
    }
}
