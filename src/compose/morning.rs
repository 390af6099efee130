//! The letter to a mediator in the morning: references, what is to be done and days, and nothing else of any case.

use super::envelope::Alone;
use super::facts::Facts;
use super::fill::{blank, channel, you};
use super::mediating::{LineFacts, MorningFacts, TallyFacts};
use super::pen::desk_token;
use super::{ComposeError, House, Stationery, dates};
use crate::domain::{Address, Awaited, Channel, Digest, Duty, Instant, Language, OutboundMail, Party, Reference, Role, Zone};

/// What one mediator is told.
#[derive(Debug, Clone)]
pub struct Morning<'a> {
    /// The mediator's address.
    pub mediator: &'a Address,
    /// The mediator's name, if known.
    pub name: Option<&'a str>,
    /// The mediator's language.
    pub language: Language,
    /// What waits, as much as one letter names.
    pub lines: &'a [(Reference, Awaited)],
    /// How much more there is.
    pub more: usize,
    /// What it follows from.
    pub cause: Digest,
    /// When it is written.
    pub now: Instant,
    /// The service's address that it leaves from.
    pub desk: &'a Address,
    /// The zone in which days are told.
    pub zone: &'a Zone,
}

/// Writes to a mediator about what waits.
///
/// # Errors
/// As [`super::letter`].
pub fn morning(stationery: &Stationery, house: &House, about: &Morning<'_>) -> Result<OutboundMail, ComposeError> {
    const LETTER: &str = "morning";
    let token = desk_token(&house.keys, about.mediator);
    let reply_to = about.desk.tagged(house.separator, token.as_str()).map_err(|_| ComposeError::Address)?;
    let language = about.language;
    let facts = Facts {
        you: you(Role::Mediator, about.name),
        channel: channel(Channel::Desk),
        morning: Some(MorningFacts {
            lines: about.lines.iter().map(|line| told(line, language)).collect(),
            more: (about.more > 0).then(|| about.more.to_string()),
        }),
        ..blank(house, language, dates::written(about.zone.day_of(about.now), language))
    };
    let alone = Alone {
        to: about.mediator,
        role: Role::Mediator,
        channel: Channel::Desk,
        letter: LETTER,
        language,
        desk: about.desk,
        reply_to: &reply_to,
        now: about.now,
        cause: about.cause,
    };
    alone.write(stationery, house, &facts)
}

fn told((reference, line): &(Reference, Awaited), language: Language) -> LineFacts {
    let is = |duty: Duty| line.duty == duty;
    let points = match line.duty {
        Duty::Points(party, tally) => Some(TallyFacts {
            asked: tally.asked.to_string(),
            answered: tally.answered.to_string(),
            left: tally.left().to_string(),
            of_consumer: party == Party::Consumer,
            of_merchant: party == Party::Merchant,
        }),
        _ => None,
    };
    LineFacts {
        case: reference.to_string(),
        take_on: is(Duty::TakeOn),
        yours: is(Duty::Yours),
        consumer_silent: is(Duty::Unanswered(Party::Consumer)),
        merchant_silent: is(Duty::Unanswered(Party::Merchant)),
        due: is(Duty::Due),
        pause_ends: is(Duty::PauseEnds),
        ends: is(Duty::Ends),
        points,
        since: line.since.map(|day| dates::written(day, language)),
        until: line.until.map(|day| dates::written(day, language)),
    }
}
