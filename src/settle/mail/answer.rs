//! What a registrar answers about held mail. It is heard from a proven author, at the registrar's address, sent to the reply address that only this
//! registrar was given, with the code of that very mail; everything else is held as any mail is.

use super::super::{Desk, Registrar, SettleError, morning};
use super::foresee::tokens;
use super::{Finding, Incoming, sender_of};
use crate::authenticate::Author;
use crate::compose::{desk_token, pen_code, pen_matter};
use crate::domain::{HeldReason, Instant, Intent, MailOutcome, Reference, Token};
use crate::letter::{Command, Letter};
use crate::store::{LetterNumber, PenOrder, Work};

/// What the mail says about held mails, kept as orders that are carried out next; `None` if it is no answer about them.
pub(super) async fn answered(desk: &Desk, work: &mut Work, incoming: &Incoming, letter: &Letter, now: Instant) -> Result<Option<Finding>, SettleError> {
    if let Some(mediator) = asked(desk, letter, &desk.mediators) {
        return in_the_morning(desk, work, incoming, letter, mediator, now).await.map(Some);
    }
    let Some(registrar) = asked(desk, letter, &desk.operators) else { return Ok(None) };
    let held = |reason: HeldReason, because: &str| Ok(Some(Finding::held(reason, None, because)));
    let from_registrar = sender_of(letter).is_some_and(|sender| sender.is_same(&registrar.address));
    if from_registrar && letter.commands.is_empty() {
        return held(HeldReason::NoOrder, "an answer about held mail in which nothing is ordered");
    }
    if incoming.verdict.author != Author::Proven {
        return held(HeldReason::NotAuthenticated, "an answer about held mail, and nothing proves who wrote it");
    }
    if !from_registrar {
        return held(HeldReason::WrongSender, "an answer about held mail from another address than the registrar's");
    }
    let mut orders: Vec<(LetterNumber, PenOrder)> = Vec::new();
    for command in &letter.commands {
        let Some((number, order)) = understood(desk, work, registrar, command).await? else { continue };
        if orders.iter().any(|(known, other)| *known == number && *other != order) {
            return held(HeldReason::NoOrder, "two different answers about one held mail");
        }
        orders.push((number, order));
    }
    if orders.is_empty() {
        return held(HeldReason::NoOrder, "an answer about held mail without a code that is valid");
    }
    for (number, order) in &orders {
        work.order(*number, *order, now).await?;
    }
    let because = format!("{} of {} answers about held mail had their code", orders.len(), letter.commands.len());
    Ok(Some(Finding::plain(MailOutcome::Ordered, &because)))
}

/// Letters that a mediator may have been sent in a day before an answer to the morning's letter is not answered any more.
const MOST_A_DAY: u32 = 40;

/// A mediator answered the letter of the morning, which leads to no case: says so, and how to reach one.
async fn in_the_morning(
    desk: &Desk,
    work: &mut Work,
    incoming: &Incoming,
    letter: &Letter,
    mediator: &Registrar,
    now: Instant,
) -> Result<Finding, SettleError> {
    let own = sender_of(letter).is_some_and(|sender| sender.is_same(&mediator.address)) && incoming.verdict.author == Author::Proven;
    let told = own && letter.may_answer && work.letters_sent(&mediator.address, now.plus_seconds(-86_400), MOST_A_DAY).await? < MOST_A_DAY;
    if told {
        morning::redirect(desk, work, mediator, incoming.digest, now).await?;
    }
    let reason = if own { HeldReason::NoOrder } else { HeldReason::WrongSender };
    Ok(Finding::held(
        reason,
        None,
        if told { "an answer to the morning's letter; its writer was told that it leads to no case" } else { "an answer to the morning's letter" },
    ))
}

/// Whoever of `people` the address was given to that the mail is sent to.
fn asked<'a>(desk: &Desk, letter: &Letter, people: &'a [Registrar]) -> Option<&'a Registrar> {
    let tokens: Vec<Token> = tokens(desk, letter).collect();
    if tokens.is_empty() {
        return None;
    }
    people.iter().find(|registrar| tokens.contains(&desk_token(&desk.house.keys, &registrar.address)))
}

async fn understood(desk: &Desk, work: &mut Work, registrar: &Registrar, command: &Command) -> Result<Option<(LetterNumber, PenOrder)>, SettleError> {
    let Some(number) = number_in(&command.argument) else { return Ok(None) };
    let found = work.penned(LetterNumber(number.saturating_sub(1)), 1).await?.pop();
    let Some(penned) = found.filter(|penned| penned.number.0 == number) else { return Ok(None) };
    let guess = penned.guess.as_ref().map(|(dispute, _, role)| (*dispute, *role));
    let matter = pen_matter(&penned.identity, guess);
    if pen_code(&desk.house.keys, &registrar.address, &matter) != command.code {
        return Ok(None);
    }
    let order = match command.intent {
        Intent::Release => guess.map(|(dispute, role)| PenOrder::Hear(dispute, role)),
        Intent::Discard => Some(PenOrder::Discard),
        Intent::Attach => match Reference::find_all(&command.argument.to_uppercase()).as_slice() {
            [reference] => work.by_reference(reference).await?.map(PenOrder::Attach),
            _ => None,
        },
        _ => None,
    };
    Ok(order.map(|order| (penned.number, order)))
}

/// The number that stands first in the rest of a line, in Western or Arabic digits.
fn number_in(argument: &str) -> Option<i64> {
    argument.split_whitespace().find_map(|word| {
        let word = word.trim_matches(|c: char| !c.is_alphanumeric());
        let digits: Option<String> = word.chars().map(digit).collect();
        digits.filter(|digits| !digits.is_empty()).and_then(|digits| digits.parse().ok())
    })
}

fn digit(c: char) -> Option<char> {
    match c {
        '0'..='9' => Some(c),
        '\u{660}'..='\u{669}' | '\u{6f0}'..='\u{6f9}' => char::from_digit(u32::from(c) & 0xf, 10),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_number_of_a_mail_is_found_beside_a_reference() {
        assert_eq!(number_in("12"), Some(12));
        assert_eq!(number_in("n° 12 EL-7K3Q-9XWD"), Some(12));
        assert_eq!(number_in("\u{2068}١٢\u{2069}"), Some(12));
        assert_eq!(number_in("EL-7K3Q-9XWD"), None);
        assert_eq!(number_in("99999999999999999999"), None);
    }
}
