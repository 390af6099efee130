//! A mediator's or a registrar's order in the first line of a mail → what it does (DOMAIN §7.3).

use super::masking::Masking;
use super::speaker::Speaker;
use crate::domain::{Act, Beyond, Channel, Contacted, Intent, Party, Role, Track};
use crate::letter::{Debtor, Letter, Order};

/// The mediation is prolonged by so many days where no number is given.
const EXTENSION: u16 = 30;
/// A mediator is left alone for so many days where no number is given.
const SNOOZE: u16 = 3;

/// What somebody who may order something here orders.
fn given<'a>(speaker: &Speaker<'_>, letter: &'a Letter) -> Option<&'a Order> {
    let order = letter.order.as_ref().filter(|_| speaker.binding && speaker.pointed && speaker.dispute.track() == Track::Mediation)?;
    let may = match speaker.role {
        Role::Mediator => speaker.dispute.is_mediated(),
        // As long as nobody mediates, the registrar may write to either side, and orders nothing else.
        Role::Operator => speaker.dispute.is_with_service() && order.intent == Intent::Ask,
        Role::Consumer | Role::Merchant => false,
    };
    may.then_some(order)
}

/// What the mail orders; `None` if it orders nothing. What others feel can be taken back for a while.
pub(super) fn ordered(speaker: &Speaker<'_>, letter: &Letter) -> Option<Act> {
    let order = given(speaker, letter)?;
    let later = |act: Act| Some(Act::Order(Box::new(act)));
    match order.intent {
        Intent::Brief => Some(Act::Brief),
        Intent::Snooze => Some(Act::Snooze(order.days.unwrap_or(SNOOZE))),
        Intent::Interrupt => later(Act::Interrupt),
        Intent::Resume => later(Act::Resume),
        Intent::End if order.argument.is_empty() => later(Act::End),
        // Whatever reason is written, it stays in this mail.
        Intent::End => later(Act::Stop),
        Intent::HandOver => later(Act::Recuse),
        Intent::Extend => later(Act::Extend(order.days.unwrap_or(EXTENSION))),
        Intent::Call | Intent::Post => {
            let how = if order.intent == Intent::Call { Beyond::Telephone } else { Beyond::Post };
            let words: String = Masking::default().words(&order.text).trim().chars().take(Contacted::LONGEST).collect();
            (!words.is_empty()).then_some(())?;
            Some(Act::Contacted(how, party(order.side?)?, words))
        }
        Intent::Relay => {
            let from = party(order.side?)?;
            let words = Masking::default().words(&order.text).trim().to_owned();
            (!words.is_empty()).then_some(Act::AskShare(from, words))
        }
        _ => None,
    }
}

/// Whether a mediator's or a registrar's mail orders something that comes to nothing: what was meant for the service, or for both sides later, is no word to anybody.
pub(super) fn is_lost(speaker: &Speaker<'_>, letter: &Letter) -> bool {
    let orders = match speaker.role {
        Role::Mediator => letter.order.is_some() || letter.terms.is_some() || !letter.commands.is_empty(),
        Role::Operator => letter.order.as_ref().is_some_and(|order| order.intent == Intent::Ask),
        Role::Consumer | Role::Merchant => false,
    };
    orders && speaker.dispute.track() == Track::Mediation && channel(speaker, letter).is_none()
}

/// The channel on which a note, or a question to one side, is written.
pub(super) fn channel(speaker: &Speaker<'_>, letter: &Letter) -> Option<Channel> {
    let order = given(speaker, letter)?;
    match order.intent {
        Intent::Note => Some(Channel::Notes),
        Intent::Ask => {
            let asked = Role::from(party(order.side?)?);
            let says = !order.text.is_empty() || !letter.attachments.is_empty();
            (says && speaker.dispute.participant(asked).is_some()).then(|| Channel::private_to(asked))
        }
        _ => None,
    }
}

/// The words of the mail that others hear: without the line that orders.
pub(super) fn words<'a>(speaker: &Speaker<'_>, letter: &'a Letter) -> Option<&'a str> {
    given(speaker, letter).filter(|order| order.intent == Intent::Ask).map(|order| order.text.as_str())
}

fn party(side: Debtor) -> Option<Party> {
    match side {
        Debtor::Buyer => Some(Party::Consumer),
        Debtor::Seller => Some(Party::Merchant),
        Debtor::Writer => None,
    }
}
