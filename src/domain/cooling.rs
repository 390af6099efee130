//! The cool-off of the common channel: what a party writes there waits until the mediator lets it pass, or for some hours (DOMAIN §7.3, feature 3).
//!
//! Only what waits is known here, and none of its words: the finished letter lies in the outbox, where nobody claims it before it has passed.

use super::address::Address;
use super::digest::Digest;
use super::mail::MessageId;
use super::role::Party;
use super::time::Instant;
use serde::{Deserialize, Serialize};

/// What is done about the cool-off.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Cooling {
    /// The mediator lets every message of a party on the common channel wait for so many hours.
    On(u8),
    /// The mediator ends it; what waits passes.
    Off,
    /// The mediator lets the message of that digest pass (with a code).
    Relay(Digest),
    /// The mediator keeps the message of that digest back for good (with a code).
    Hold(Digest),
    /// The time of the message of that digest is over.
    Due(Digest),
}

impl Cooling {
    /// The word used in journals.
    pub fn name(self) -> &'static str {
        match self {
            Cooling::On(_) => "cool-off",
            Cooling::Off => "cool-off-over",
            Cooling::Relay(_) => "relay",
            Cooling::Hold(_) => "hold-back",
            Cooling::Due(_) => "relay-due",
        }
    }
}

/// What became of a message that was made to wait.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Fate {
    /// Nothing yet.
    Waits,
    /// It was passed on then.
    Passed(Instant),
    /// It is kept back since then, for good.
    Kept(Instant),
}

/// A message of a party on the common channel that waited, or waits.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Withheld {
    /// Who wrote it.
    pub by: Party,
    /// Where the other side was reached when its letter was written: the letter leaves for no other address.
    pub to: Address,
    /// The mail that it came in.
    pub cause: Digest,
    /// When it came.
    pub said: Instant,
    /// When it passes by itself.
    pub until: Instant,
    /// What became of it.
    pub fate: Fate,
    /// The finished letter to the other side, until it was handed on or given up.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub letter: Option<MessageId>,
}

impl Withheld {
    /// What the codes that let it pass or keep it back are bound to.
    pub fn digest(&self) -> Digest {
        Digest::of_parts(&[b"withheld", self.cause.as_bytes(), &self.said.micros().to_be_bytes()])
    }

    /// Whether nobody decided about it yet.
    pub fn waits(&self) -> bool {
        self.fate == Fate::Waits
    }
}

/// Whether what the parties write on the common channel waits, for how long, and what waited so far.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct CoolOff {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    hours: Option<u8>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    messages: Vec<Withheld>,
}

impl CoolOff {
    /// The shortest and the longest time that a message can wait, in hours.
    pub const HOURS: std::ops::RangeInclusive<u8> = 1..=72;
    /// Messages that are remembered. One that waits is never forgotten.
    const MOST: usize = 100;

    /// Whether nothing waits, or ever did.
    pub fn is_nothing(&self) -> bool {
        *self == Self::default()
    }

    /// For how many hours messages wait; `None` where they pass at once.
    pub fn hours(&self) -> Option<u8> {
        self.hours
    }

    /// Every message that waited or waits, oldest first.
    pub fn messages(&self) -> &[Withheld] {
        &self.messages
    }

    /// Those that wait, oldest first.
    pub fn waiting(&self) -> impl Iterator<Item = &Withheld> {
        self.messages.iter().filter(|message| message.waits())
    }

    /// From now on messages wait for so many hours. `false` if they do already, or if nobody may wait that long.
    pub fn begin(&mut self, hours: u8) -> bool {
        let begins = Self::HOURS.contains(&hours) && self.hours != Some(hours);
        if begins {
            self.hours = Some(hours);
        }
        begins
    }

    /// A message of `by` came: it waits, if messages do.
    pub fn keep(&mut self, by: Party, to: &Address, cause: Digest, now: Instant) {
        let Some(hours) = self.hours else { return };
        let until = now.plus_seconds(i64::from(hours).saturating_mul(3_600));
        self.messages.push(Withheld { by, to: to.clone(), cause, said: now, until, fate: Fate::Waits, letter: None });
        if self.messages.len() > Self::MOST
            && let Some(oldest) = self.messages.iter().position(|message| !message.waits() && message.letter.is_none())
        {
            self.messages.remove(oldest);
        }
    }

    /// The finished letter of the message that came in that mail; `false` if none of `by` waits for its letter.
    pub fn written(&mut self, by: Party, cause: Digest, letter: &MessageId) -> bool {
        let waits = self.messages.iter_mut().rfind(|message| message.waits() && message.letter.is_none() && message.cause == cause && message.by == by);
        waits.map(|message| message.letter = Some(letter.clone())).is_some()
    }

    /// The message of that digest, if it waits: it has that fate now.
    pub fn decide(&mut self, digest: Digest, fate: Fate) -> Option<Party> {
        let message = self.messages.iter_mut().find(|message| message.waits() && message.digest() == digest)?;
        message.fate = fate;
        Some(message.by)
    }

    /// Messages wait no longer, and all that did have that fate now. The sides whose they were.
    pub fn end(&mut self, fate: Fate) -> Vec<Party> {
        self.hours = None;
        let mut sides = Vec::new();
        for message in self.messages.iter_mut().filter(|message| message.waits()) {
            message.fate = fate;
            sides.push(message.by);
        }
        sides.sort_unstable();
        sides.dedup();
        sides
    }

    /// Whatever waits does so for as long again as it could not be decided about.
    pub fn postpone(&mut self, seconds: i64) {
        self.messages.iter_mut().filter(|message| message.waits()).for_each(|message| message.until = message.until.plus_seconds(seconds.max(0)));
    }

    /// When the first message passes by itself.
    pub fn wakes(&self) -> Option<Instant> {
        self.waiting().map(|message| message.until).min()
    }

    /// The message whose time is over.
    pub fn rings(&self, now: Instant) -> Option<Digest> {
        self.waiting().find(|message| message.until <= now).map(Withheld::digest)
    }

    /// Takes out the letters of messages that have passed and were not handed on yet: the only way for them out of the outbox. Those that are kept back are
    /// forgotten.
    pub fn take_passed(&mut self) -> Vec<(Party, Digest, MessageId)> {
        let over = self.messages.iter_mut().filter(|message| !message.waits());
        over.filter_map(|message| {
            let letter = message.letter.take()?;
            matches!(message.fate, Fate::Passed(_)).then_some((message.by, message.cause, letter))
        })
        .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(hour: i64) -> Instant {
        Instant::parse("2026-11-23T09:00:00Z").unwrap().plus_seconds(hour * 3_600)
    }

    fn kept(mails: &[&[u8]]) -> CoolOff {
        let mut cooling = CoolOff::default();
        assert!(cooling.begin(12) && !cooling.begin(12) && !cooling.begin(0) && !cooling.begin(73));
        for mail in mails {
            cooling.keep(Party::Consumer, &Address::parse("contact@souk.example").unwrap(), Digest::of(mail), at(0));
            assert!(cooling.written(Party::Consumer, Digest::of(mail), &MessageId::parse(&format!("{}@x", mail.len())).unwrap()));
        }
        cooling
    }

    #[test]
    fn a_letter_is_handed_out_once_and_only_after_its_message_has_passed() {
        let mut cooling = kept(&[b"a", b"bc"]);
        let digests: Vec<Digest> = cooling.waiting().map(Withheld::digest).collect();
        assert_eq!(cooling.take_passed(), [], "what waits is not handed out");
        assert_eq!((cooling.rings(at(11)), cooling.rings(at(12)), cooling.wakes()), (None, Some(digests[0]), Some(at(12))));
        assert_eq!(cooling.decide(digests[0], Fate::Kept(at(1))), Some(Party::Consumer));
        assert_eq!(cooling.decide(digests[0], Fate::Passed(at(2))), None, "what is kept back stays so");
        assert_eq!(cooling.take_passed(), []);
        assert_eq!(cooling.decide(digests[1], Fate::Passed(at(3))), Some(Party::Consumer));
        assert_eq!(cooling.take_passed(), [(Party::Consumer, Digest::of(b"bc"), MessageId::parse("2@x").unwrap())]);
        assert_eq!((cooling.take_passed(), cooling.wakes()), (vec![], None));
    }

    #[test]
    fn an_end_decides_about_everything_that_waits_and_a_hold_gives_the_time_back() {
        let mut cooling = kept(&[b"a"]);
        cooling.postpone(3_600);
        assert_eq!((cooling.rings(at(12)), cooling.wakes()), (None, Some(at(13))));
        assert_eq!(cooling.end(Fate::Kept(at(13))), [Party::Consumer]);
        assert_eq!((cooling.hours(), cooling.take_passed(), cooling.end(Fate::Passed(at(14)))), (None, vec![], vec![]));
        cooling.keep(Party::Merchant, &Address::parse("leila@courrier.example").unwrap(), Digest::of(b"d"), at(15));
        assert_eq!(cooling.waiting().count(), 0, "nothing waits any more");
    }

    #[test]
    fn what_waits_is_never_forgotten_for_what_came_later() {
        let mut cooling = kept(&[b"a"]);
        let first = cooling.messages()[0].digest();
        for number in 0..300u16 {
            cooling.keep(Party::Merchant, &Address::parse("leila@courrier.example").unwrap(), Digest::of(&number.to_be_bytes()), at(1));
            let newest = cooling.messages().last().unwrap().digest();
            assert!(cooling.decide(newest, Fate::Passed(at(1))).is_some());
        }
        assert_eq!((cooling.messages().len(), cooling.messages()[0].digest()), (CoolOff::MOST, first));
    }
}
