//! The letter to a mediator in the morning: references, what is to be done and days, and nothing else of any case.

use super::envelope::Alone;
use super::facts::Facts;
use super::fill::{blank, channel, you};
use super::mediating::{DueFacts, LineFacts, MorningFacts, TallyFacts, WeekFacts};
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
    /// Whether the week begins: then what comes in it is told case by case.
    pub begins: bool,
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
    let planned = |line: &Awaited| about.begins && line.duty.is_coming();
    let facts = Facts {
        you: you(Role::Mediator, about.name),
        channel: channel(Channel::Desk),
        morning: Some(MorningFacts {
            any: !about.lines.is_empty(),
            lines: about.lines.iter().filter(|(_, line)| !planned(line)).map(|line| told(line, language)).collect(),
            week: week(about.lines.iter().filter(|(_, line)| planned(line)), language),
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
    let chases = matches!(line.duty, Duty::Chase(_));
    let until = line.until.map(|day| dates::written(day, language));
    let on = until.clone().filter(|_| chases);
    LineFacts {
        case: reference.to_string(),
        take_on: is(Duty::TakeOn),
        yours: is(Duty::Yours),
        consumer_silent: is(Duty::Unanswered(Party::Consumer)),
        merchant_silent: is(Duty::Unanswered(Party::Merchant)),
        due: is(Duty::Due),
        pause_ends: is(Duty::PauseEnds),
        ends: is(Duty::Ends),
        chases_consumer: is(Duty::Chase(Party::Consumer)),
        chases_merchant: is(Duty::Chase(Party::Merchant)),
        points,
        since: line.since.map(|day| dates::written(day, language)),
        until: until.filter(|_| !chases),
        on,
    }
}

/// Case by case, the case of which something comes first before the others.
fn week<'a>(lines: impl Iterator<Item = &'a (Reference, Awaited)>, language: Language) -> Vec<WeekFacts> {
    let mut cases: Vec<(&Reference, Vec<&Awaited>)> = Vec::new();
    for (case, line) in lines {
        match cases.iter_mut().find(|(known, _)| *known == case) {
            Some((_, dues)) => dues.push(line),
            None => cases.push((case, vec![line])),
        }
    }
    cases.iter_mut().for_each(|(_, dues)| dues.sort_by_key(|line| line.until));
    cases.sort_by_key(|(_, dues)| dues.first().and_then(|line| line.until));
    let due = |line: &Awaited, first: bool| DueFacts {
        first,
        due: line.duty == Duty::Due,
        pause_ends: line.duty == Duty::PauseEnds,
        ends: line.duty == Duty::Ends,
        back: line.duty == Duty::Back,
        chases_consumer: line.duty == Duty::Chase(Party::Consumer),
        chases_merchant: line.duty == Duty::Chase(Party::Merchant),
        day: line.until.map(|day| dates::written(day, language)).unwrap_or_default(),
    };
    let case = |(case, dues): &(&Reference, Vec<&Awaited>)| WeekFacts {
        case: case.to_string(),
        dues: dues.iter().enumerate().map(|(place, line)| due(line, place == 0)).collect(),
    };
    cases.iter().map(case).collect()
}
