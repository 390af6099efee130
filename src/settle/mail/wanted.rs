//! Which attachments are worth to be cleaned before a mail is settled: settling itself reads no files and asks no processes.

use super::super::challenge::{self, Content, Heard, Voice};
use super::super::{Desk, SettleError};
use super::{Incoming, home, sender_of, signals};
use crate::config::UnknownAuthor;
use crate::domain::{Dispute, Instant, Intent};
use crate::letter::{Kind, Letter, Reading};
use crate::store::LetterNumber;

/// The mails whose attachments others may hear once a mail is settled.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Wanted {
    /// Whether its own are.
    pub own: bool,
    /// The held mail that it answers a question about, if those of that one are.
    pub held: Option<LetterNumber>,
}

/// What is worth to be cleaned for `incoming`; changes nothing, and asks the store of few mails. No stranger's attachments are, nor those of a mail that
/// nobody else would hear.
///
/// # Errors
/// When the store fails.
pub async fn wanted(desk: &Desk, incoming: &Incoming, now: Instant) -> Result<Wanted, SettleError> {
    let nothing = Wanted::default();
    let Some(letter) = incoming.letter.as_ref().filter(|letter| letter.reading == Reading::Read && letter.kind == Kind::Human) else { return Ok(nothing) };
    let Some(sender) = sender_of(letter).filter(|_| letter.may_offer() || answers(letter)) else { return Ok(nothing) };
    let work = &mut desk.store.glance().await?;
    let authenticated = incoming.verdict.author.is_authenticated();
    let mut signals = signals(desk, work, letter, Some(sender).filter(|_| authenticated)).await?;
    if authenticated && signals.is_silent() {
        home::add(work, letter, sender, &mut signals).await?;
    }
    let may_speak = authenticated || desk.policy.senders.of(sender.domain()) == UnknownAuthor::Ordinary;
    let told = |dispute: &Dispute| (dispute.is_mediated() || dispute.is_with_service()) && !dispute.is_closed() && dispute.role_of(sender).is_some();
    let own = letter.may_offer() && may_speak && signals.bound.iter().chain(&signals.named).any(told);
    if !answers(letter) {
        return Ok(Wanted { own, held: None });
    }
    let capability = signals.capabilities.first().map(|first| (first.dispute, first.role));
    let (verdict, tokens) = (&incoming.verdict, signals.tokens.as_slice());
    let voice = Voice { sender, verdict, letter, tokens, capability, received: incoming.received.min(now) };
    let held = match challenge::heard(desk, work, &voice).await? {
        Heard::Answer(answer) if answer.yes => match answer.content {
            Content::Mail(kept) => Some(kept.number).filter(|_| Letter::may_offer(&kept.letter)),
            Content::Address(_) | Content::Changed { .. } => None,
        },
        _ => None,
    };
    Ok(Wanted { own, held })
}

/// Whether it says that another mail is its author's own.
fn answers(letter: &Letter) -> bool {
    letter.commands.iter().any(|command| command.intent == Intent::Mine)
}
