//! What the store is asked about a mail, asked for together before the mail is settled.

use super::super::{Desk, SettleError, brakes};
use super::{Incoming, MOST_ADDRESSES, home, newcomer, sender_of};
use crate::domain::{Address, Instant, MessageId, Token};
use crate::letter::Letter;
use crate::store::{Outlook, Work};

/// So many of the identifiers that a mail answers, and of the reply tokens it was sent to, are asked for with the rest.
const MOST: usize = 4;

/// Asks for what most mails like `letter` make the service ask for.
pub(super) async fn foresee(desk: &Desk, work: &mut Work, incoming: &Incoming, letter: &Letter, now: Instant) -> Result<(), SettleError> {
    let Some(sender) = sender_of(letter) else { return Ok(()) };
    let mut answered: Vec<&MessageId> = Vec::new();
    for id in letter.in_reply_to.iter().chain(letter.references.iter().rev()).take(2 * MOST) {
        if answered.len() < MOST && !answered.contains(&id) {
            answered.push(id);
        }
    }
    let tokens: Vec<Token> = tokens(desk, letter).take(MOST).collect();
    let is_new = answered.is_empty() && tokens.is_empty();
    let outlook = Outlook {
        letter: incoming.number,
        sender,
        body: &letter.body_digest,
        answered,
        tokens,
        counted: brakes::counted(desk, sender, now),
        open_at: incoming.received.min(now),
        newcomer: is_new.then_some((newcomer::today(now), home::MOST_OPEN)),
    };
    Ok(work.foresee(&outlook).await?)
}

/// The reply tokens among the recipients of a mail.
pub(super) fn tokens(desk: &Desk, letter: &Letter) -> impl Iterator<Item = Token> {
    letter.delivered_to.iter().chain(&letter.to).chain(&letter.cc).take(MOST_ADDRESSES).filter_map(|address| {
        let address = Address::parse(address).ok()?;
        desk.counters.iter().find_map(|counter| address.tag_of(&counter.address, desk.house.separator).and_then(Token::parse))
    })
}
