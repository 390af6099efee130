//! The closed vocabulary of a workflow: what a rule can speak of, and who may bring about what.
//!
//! The tables here are the part of the machine that no configuration can change (DOMAIN §2.4).

use crate::domain::{Act, Actor, Outcome, Role};
use std::fmt;

/// Something that must or must not hold for a rule to speak.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Condition {
    /// Everything in `needs` is known.
    Complete,
    /// The consumer has confirmed the request.
    Confirmed,
    /// The registrar has named the merchant's address.
    MerchantKnown,
    /// Letters to the merchant come back.
    MerchantBouncing,
    /// The merchant says to have performed.
    MerchantPerformed,
    /// The present deadline was not prolonged yet.
    NotExtended,
    /// The dispute is paused.
    Paused,
    /// The dispute was paused by who now speaks.
    PausedBySender,
    /// A mediator has taken the mission on.
    Mediated,
    /// Both sides accepted the same proposal.
    AllAccepted,
    /// The merchant accepted the open proposal, or it lies within the mandate of its customer service.
    MerchantAccepted,
    /// No day has passed by which the merchant was to do something that was agreed.
    NoneDue,
    /// The last day of what was agreed has not passed.
    NotAllDue,
    /// Both sides agreed.
    Agreed,
    /// The merchant accepted to be mediated, with the code that accepts the charter.
    Joined,
    /// Both sides wished to go back to the exchange, and put their agreement aside for it.
    BothRenegotiate,
}

impl Condition {
    /// Every condition with its word.
    pub const WORDS: [(&'static str, Condition); 16] = [
        ("complete", Condition::Complete),
        ("confirmed", Condition::Confirmed),
        ("merchant-known", Condition::MerchantKnown),
        ("merchant-bouncing", Condition::MerchantBouncing),
        ("merchant-performed", Condition::MerchantPerformed),
        ("not-extended", Condition::NotExtended),
        ("paused", Condition::Paused),
        ("paused-by-sender", Condition::PausedBySender),
        ("mediated", Condition::Mediated),
        ("all-accepted", Condition::AllAccepted),
        ("merchant-accepted", Condition::MerchantAccepted),
        ("none-due", Condition::NoneDue),
        ("not-all-due", Condition::NotAllDue),
        ("agreed", Condition::Agreed),
        ("joined", Condition::Joined),
        ("both-renegotiate", Condition::BothRenegotiate),
    ];
}

/// What people are told about where a dispute stands; several states can share one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Phase {
    /// Before the merchant knows anything.
    Opening,
    /// The merchant is asked.
    Invitation,
    /// Both sides look for a solution, with a mediator or by proposals to each other.
    Mediation,
    /// Both sides agreed on the same request or proposal, and nobody is in this phase otherwise.
    Agreement,
    /// Left for a while; what was left is remembered.
    Paused,
    /// A merchant's customer service looks for a solution; no dispute of a mediation is ever in it.
    Service,
}

impl Phase {
    /// Every phase with its word.
    pub const WORDS: [(&'static str, Phase); 6] = [
        ("opening", Phase::Opening),
        ("invitation", Phase::Invitation),
        ("mediation", Phase::Mediation),
        ("agreement", Phase::Agreement),
        ("paused", Phase::Paused),
        ("service", Phase::Service),
    ];
}

/// To whom a rule writes, or who must act.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Recipient {
    /// Whoever takes part in that role.
    Role(Role),
    /// Whoever paused the dispute.
    Pauser,
    /// Whoever made the draft or the proposal.
    Author,
    /// Each side that has not accepted the open proposal.
    Waiting,
    /// The mediator, once the mission was taken on.
    Mediating,
    /// Whoever was the merchant until now, where the registrar lets the consumer name another one.
    Released,
}

impl Recipient {
    /// Every recipient with its word.
    pub const WORDS: [(&'static str, Recipient); 9] = [
        ("consumer", Recipient::Role(Role::Consumer)),
        ("merchant", Recipient::Role(Role::Merchant)),
        ("operator", Recipient::Role(Role::Operator)),
        ("mediator", Recipient::Role(Role::Mediator)),
        ("pauser", Recipient::Pauser),
        ("author", Recipient::Author),
        ("waiting", Recipient::Waiting),
        ("mediating", Recipient::Mediating),
        ("released", Recipient::Released),
    ];
}

/// What a word of a vocabulary list stands for.
pub fn meaning<T: Copy>(words: &[(&'static str, T)], word: &str) -> Option<T> {
    words.iter().find(|(known, _)| *known == word).map(|(_, meaning)| *meaning)
}

/// The word that stands for `meaning` in a vocabulary list.
pub fn word_for<T: Copy + PartialEq>(words: &[(&'static str, T)], meaning: T) -> &'static str {
    words.iter().find(|(_, known)| *known == meaning).map_or("", |(word, _)| word)
}

/// The words of a vocabulary list.
pub fn known<T>(words: &[(&'static str, T)]) -> Vec<&'static str> {
    words.iter().map(|(word, _)| *word).collect()
}

/// Every word of `from`.
pub const ACTORS: [&str; 7] = ["consumer", "merchant", "mediator", "operator", "clock", "mail-system", "service"];

/// How long something takes: civil days, or days on which people work.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Duration {
    /// So many days; if the last is no working day, the next working day.
    Days(u16),
    /// So many working days, not counting the first.
    WorkingDays(u16),
}

impl Duration {
    /// Longest duration: no state keeps people waiting for more than a year.
    const LONGEST: u16 = 366;

    /// Reads `N days`, `N working days`, or the singular of either.
    pub fn parse(text: &str) -> Option<Self> {
        let (number, unit) = text.split_once(' ')?;
        let number: u16 = number.parse().ok().filter(|number| (1..=Self::LONGEST).contains(number))?;
        match unit {
            "day" | "days" => Some(Self::Days(number)),
            "working day" | "working days" => Some(Self::WorkingDays(number)),
            _ => None,
        }
    }

    /// Whether something after `self` can never come before something after `other`.
    pub fn is_never_before(self, other: Duration) -> bool {
        match (self, other) {
            (Self::Days(mine), Self::Days(theirs)) | (Self::WorkingDays(mine), Self::WorkingDays(theirs)) => mine >= theirs,
            (Self::WorkingDays(mine), Self::Days(theirs)) => mine >= theirs,
            // Each started week of working days can hide a week-end; holidays only lengthen it.
            (Self::Days(mine), Self::WorkingDays(theirs)) => mine >= theirs.saturating_add(theirs.div_ceil(5).saturating_mul(2)),
        }
    }
}

impl fmt::Display for Duration {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (number, unit) = match self {
            Self::Days(number) => (number, "day"),
            Self::WorkingDays(number) => (number, "working day"),
        };
        write!(f, "{number} {unit}{}", if *number == 1 { "" } else { "s" })
    }
}

/// Whether somebody can say something at all: a rule about anything else could never speak.
pub fn may_say(actor: Actor, says: &str) -> bool {
    use Role::{Consumer, Mediator, Merchant, Operator};
    let speakers: &[Actor] = match says {
        "complaint" | "supply" | "confirm" | "ask-withdraw" | "withdraw" | "resolved" | "not-performed" | "escalate" => &[Actor::Person(Consumer)],
        "grant-request" | "refuse" | "ask-time" | "accept-mediation" | "not-concerned" | "contest" => &[Actor::Person(Merchant)],
        "accept-terms" | "decline-terms" | "retract-terms" => &[Actor::Person(Consumer), Actor::Person(Merchant)],
        "draft" | "propose" | "offer" => &[Actor::Person(Consumer), Actor::Person(Merchant), Actor::Person(Mediator)],
        "take-mission" | "decline-mission" | "recuse" | "extend" | "stop" | "asked-consumer" | "asked-merchant" | "deadlock" => &[Actor::Person(Mediator)],
        "ask-human" | "performed" | "court-seized" | "renegotiate" => &[Actor::Person(Consumer), Actor::Person(Merchant)],
        "interrupt" | "resume" | "end" => &[Actor::Person(Consumer), Actor::Person(Merchant), Actor::Person(Mediator)],
        "words" => &[Actor::Person(Consumer), Actor::Person(Merchant), Actor::Person(Mediator), Actor::Person(Operator)],
        "assign" => &[Actor::Person(Operator), Actor::Service],
        "admit" | "reject" | "park" | "reroute" | "close" => &[Actor::Person(Operator)],
        "remind" | "due" | "term-remind" | "term-over" => &[Actor::Clock],
        "consumer-bounced" | "merchant-bounced" | "staff-bounced" => &[Actor::MailSystem],
        "entered" => &[Actor::Service],
        _ => &[],
    };
    speakers.contains(&actor)
}

/// What somebody can say: the words for [`may_say`].
pub fn sayings(actor: Actor) -> Vec<&'static str> {
    Act::NAMES.iter().copied().filter(|says| may_say(actor, says)).collect()
}

/// A way in which a dispute may end: who must have said what, and in which phase if not in any.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Ending {
    /// Who.
    pub from: Actor,
    /// What.
    pub says: &'static str,
    /// In which phase; `None` where it may happen at any time.
    pub phase: Option<Phase>,
}

/// The only ways in which a dispute may end with that outcome (DOMAIN I4, I9): a clock never refuses for anybody,
/// and what blames somebody needs a person.
pub fn endings(outcome: Outcome) -> Vec<Ending> {
    const CONSUMER: Actor = Actor::Person(Role::Consumer);
    const MERCHANT: Actor = Actor::Person(Role::Merchant);
    const OPERATOR: Actor = Actor::Person(Role::Operator);
    const MEDIATOR: Actor = Actor::Person(Role::Mediator);
    let ways: &[(Actor, &'static str, Option<Phase>)] = match outcome {
        Outcome::SettledPerformed | Outcome::SettledPerformedLate => {
            &[(CONSUMER, "performed", Some(Phase::Agreement)), (CONSUMER, "performed", Some(Phase::Paused))]
        }
        Outcome::SettledPresumed => &[(Actor::Clock, "due", Some(Phase::Agreement))],
        Outcome::SettledDirect => &[(CONSUMER, "resolved", None)],
        Outcome::AgreementNotHonoured => &[(OPERATOR, "close", Some(Phase::Agreement))],
        Outcome::NoAgreement => &[(Actor::Clock, "due", Some(Phase::Mediation)), (MEDIATOR, "end", Some(Phase::Mediation))],
        Outcome::CourtSeized => &[(CONSUMER, "court-seized", None), (MERCHANT, "court-seized", None)],
        Outcome::EndedByMediator => &[(MEDIATOR, "stop", None)],
        Outcome::LapsedNoFollowup => &[(Actor::Clock, "due", Some(Phase::Opening))],
        Outcome::NoAgreementTime => &[(Actor::Clock, "term-over", None)],
        Outcome::MerchantRefused => &[(MERCHANT, "refuse", Some(Phase::Invitation))],
        Outcome::MerchantSilent | Outcome::MerchantUnreachable => &[(OPERATOR, "close", Some(Phase::Invitation))],
        Outcome::WithdrawnConsumer => &[(CONSUMER, "withdraw", None)],
        Outcome::EndedByConsumer => &[(CONSUMER, "end", None), (Actor::Clock, "due", Some(Phase::Paused))],
        Outcome::EndedByMerchant => &[(MERCHANT, "end", None)],
        Outcome::InterruptedLapsed => &[(Actor::Clock, "due", Some(Phase::Paused))],
        Outcome::LapsedIncomplete => &[(Actor::Clock, "due", Some(Phase::Opening))],
        // By the registrar alone, and no rule of a file.
        Outcome::DuplicateMerged => &[],
        Outcome::Inadmissible => &[(OPERATOR, "reject", Some(Phase::Opening))],
        Outcome::SvcResolved => &[(CONSUMER, "performed", None), (CONSUMER, "resolved", None), (Actor::Clock, "due", Some(Phase::Agreement))],
        Outcome::SvcEscalated => &[(CONSUMER, "escalate", None)],
        Outcome::SvcUnresolved | Outcome::SvcLapsed => &[(Actor::Clock, "due", Some(Phase::Service))],
        Outcome::SvcWithdrawn => &[(CONSUMER, "withdraw", None), (CONSUMER, "end", None), (Actor::Clock, "due", Some(Phase::Paused))],
    };
    ways.iter().map(|(from, says, phase)| Ending { from: *from, says, phase: *phase }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations_are_read_and_written() {
        for text in ["1 day", "14 days", "1 working day", "10 working days"] {
            assert_eq!(Duration::parse(text).unwrap().to_string(), text);
        }
        for text in ["", "days", "0 days", "-1 days", "367 days", "2 weeks", "2  days", "99999999 days", "2 working"] {
            assert_eq!(Duration::parse(text), None, "{text}");
        }
    }

    #[test]
    fn every_word_is_said_by_somebody_and_every_actor_has_a_word() {
        let actors: Vec<Actor> = ACTORS.iter().map(|name| Actor::parse(name).unwrap()).collect();
        for says in Act::NAMES {
            assert!(actors.iter().any(|actor| may_say(*actor, says)), "{says}");
        }
        for actor in actors {
            assert!(!sayings(actor).is_empty());
        }
        for outcome in Outcome::ALL.iter() {
            assert!(endings(*outcome).iter().all(|way| may_say(way.from, way.says)));
        }
    }

    #[test]
    fn what_blames_somebody_needs_a_person() {
        for outcome in [Outcome::Inadmissible, Outcome::AgreementNotHonoured, Outcome::MerchantSilent] {
            assert!(endings(outcome).iter().all(|way| way.from == Actor::Person(Role::Operator)));
        }
    }
}
