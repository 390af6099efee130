//! Mails that are asked about, and mails that answer such a question.

use super::super::challenge::address::{self, Asked, Said};
use super::super::challenge::{self, Answer, Content, Heard, Kept, Voice};
use super::super::write::{self, Recorded};
use super::super::{Desk, SettleError};
use super::participant::Hearing;
use super::signals::Signals;
use super::{Finding, Incoming, sender_of, settlement, speaker, tell};
use crate::authenticate::Author;
use crate::config::UnknownAuthor;
use crate::domain::{Actor, Channel, Contact, ContactStanding, Dice, Dispute, Gate, HeldReason, Instant, MailOutcome, Role};
use crate::letter::{Exhibits, Letter};
use crate::store::{ChallengeEnd, LetterNumber, Work};

/// What the mail came to if it answers a question.
pub(super) async fn answered(
    desk: &Desk,
    work: &mut Work,
    incoming: &Incoming,
    letter: &Letter,
    signals: &Signals,
    now: Instant,
    dice: &mut Dice,
) -> Result<Option<Finding>, SettleError> {
    let Some(sender) = sender_of(letter) else { return Ok(None) };
    let capability = signals.capabilities.first().map(|first| (first.dispute, first.role));
    let (verdict, tokens) = (&incoming.verdict, signals.tokens.as_slice());
    let voice = Voice { sender, verdict, letter, tokens, capability, received: incoming.received.min(now) };
    let answer = match challenge::heard(desk, work, &voice).await? {
        Heard::Nothing => return Ok(None),
        Heard::Stray(dispute) => return Ok(Some(Finding::held(HeldReason::NeedsPerson, Some(dispute), "it answers a letter about an address, not as asked"))),
        Heard::Answer(answer) => *answer,
    };
    let id = answer.dispute.id;
    if answer.dispute.is_closed() {
        return Ok(Some(Finding::held(HeldReason::Closed, Some(id), "an answer about who somebody is")));
    }
    let cause = incoming.digest;
    let Answer { id: question, dispute, role, content, yes } = answer;
    let because = match content {
        Content::Mail(kept) => {
            let answer = Owned { answer: incoming, letter, dispute, role, kept: *kept };
            work.end_challenge(question, if yes { ChallengeEnd::Confirmed } else { ChallengeEnd::Denied }, now).await?;
            if yes { own(desk, work, answer, now, dice).await? } else { disown(desk, work, answer, now, dice).await? }
        }
        Content::Address(new) => {
            let answer = Answer { id: question, dispute, role, yes, content: Content::Address(new.clone()) };
            address::change(desk, work, answer, new, cause, now, dice).await?.to_owned()
        }
        Content::Changed { before, at } => {
            let answer = Answer { id: question, dispute, role, yes, content: Content::Changed { before: before.clone(), at } };
            address::settle_change(desk, work, answer, (before, at), cause, now, dice).await?.to_owned()
        }
    };
    Ok(Some(Finding { outcome: MailOutcome::Noted, dispute: Some(id), because, tell: false }))
}

/// An answer about a held mail.
struct Owned<'a> {
    answer: &'a Incoming,
    letter: &'a Letter,
    dispute: Dispute,
    role: Role,
    kept: Kept,
}

/// The held mail is heard now, as ordinary words; the address that it came from may speak from now on.
async fn own(desk: &Desk, work: &mut Work, owned: Owned<'_>, now: Instant, dice: &mut Dice) -> Result<String, SettleError> {
    let Owned { answer, letter, mut dispute, role, kept } = owned;
    if let Some(person) = dispute.participant_mut(role) {
        if let Some(message_id) = &letter.message_id {
            person.remember(Channel::private_to(role), message_id.clone());
        }
        if kept.elsewhere && person.knows(&kept.sender).is_none() {
            person.admit(Contact { address: kept.sender.clone(), standing: ContactStanding::OtherAddress, since: now, evidence: answer.digest });
        }
    }
    let told = format!("mail {}, owned by mail {}", kept.number, answer.number);
    let recorded = Recorded { actor: Actor::Person(role), gate: Gate::MailOwned, cause: answer.digest, note: told.clone() };
    write::record(work, &mut dispute, recorded, &[], now).await?;
    // The registrar may have dealt with it meanwhile; and what comes into a case on hold waits for a person.
    if dispute.frozen.is_none() && work.is_held(kept.number).await? {
        let channel = kept.channel;
        let held = unpacked(kept, answer.owned.as_ref());
        if let Some(words) = &held.letter {
            let rules = desk.rulebook.by_digest(dispute.rules, &desk.store).await?;
            let speaker = speaker(desk, &rules, &dispute, (role, channel), false, words);
            let hearing = Hearing { desk, incoming: &held, letter: words, speaker, signals: told.clone(), case_address: false, now };
            let finding = hearing.settle(work, dice).await?;
            work.resettle(held.number, &settlement(&held, &finding), now).await?;
        }
    }
    Ok(told)
}

/// The mail stays held and is taken for nobody's any more, the registrar is told, and the reply address that it came through leads nowhere any more.
async fn disown(desk: &Desk, work: &mut Work, owned: Owned<'_>, now: Instant, dice: &mut Dice) -> Result<String, SettleError> {
    let Owned { answer, letter, mut dispute, role, kept } = owned;
    if let Some(person) = dispute.participant_mut(role) {
        person.renew(Some(kept.channel), dice);
        if let Some(message_id) = &letter.message_id {
            person.remember(Channel::private_to(role), message_id.clone());
        }
    }
    let told = format!("mail {}, disowned by mail {}", kept.number, answer.number);
    let recorded = Recorded { actor: Actor::Person(role), gate: Gate::MailDisowned, cause: answer.digest, note: told.clone() };
    write::record(work, &mut dispute, recorded, &[], now).await?;
    if work.is_held(kept.number).await? {
        let reason = HeldReason::Disowned;
        work.forget_guess(kept.number).await?;
        let held = unpacked(kept, None);
        let finding = Finding::held(reason, Some(dispute.id), &told);
        work.resettle(held.number, &settlement(&held, &finding), now).await?;
        tell::hold(desk, work, &held, &tell::Kept { reason, dispute: finding.dispute, tell: true }, now).await?;
    }
    Ok(told)
}

/// The held mail, with its attachments where they were cleaned anew.
fn unpacked(kept: Kept, cleaned: Option<&(LetterNumber, Exhibits)>) -> Incoming {
    let Kept { number, mailbox, digest, received, letter, verdict, .. } = kept;
    let exhibits = cleaned.filter(|(of, _)| *of == number).map(|(_, exhibits)| exhibits.clone()).unwrap_or_default();
    Incoming { number, mailbox, digest, received, letter: Some(letter), verdict, exhibits, owned: None }
}

/// A mail that is held; where it seems to be somebody's of the dispute, the registered address is asked, and the registrar only told of a "no".
#[expect(clippy::too_many_arguments, reason = "each is a separate fact of the one mail; a struct would only rename them")]
pub(super) async fn held(
    desk: &Desk,
    work: &mut Work,
    incoming: &Incoming,
    letter: &Letter,
    reason: HeldReason,
    dispute: Option<&Dispute>,
    signals: &Signals,
    now: Instant,
    dice: &mut Dice,
) -> Result<Finding, SettleError> {
    let mut finding = Finding::held(reason, dispute.map(|dispute| dispute.id), &signals.told());
    let (Some(dispute), Some(sender)) = (dispute, sender_of(letter)) else { return Ok(finding) };
    let Some((role, elsewhere)) = supposed(desk, incoming, letter, reason, dispute, signals) else { return Ok(finding) };
    let channel = signals.capabilities.first().map_or(Channel::private_to(role), |first| first.channel);
    let kept = Kept {
        number: incoming.number,
        mailbox: incoming.mailbox.clone(),
        digest: incoming.digest,
        received: incoming.received.min(now),
        channel,
        reason,
        sender: sender.clone(),
        elsewhere,
        verdict: incoming.verdict.clone(),
        letter: letter.clone(),
    };
    if challenge::ask(desk, work, dispute, role, kept, now, dice).await? {
        finding.because.push_str("; the registered address was asked whether it is its own");
        finding.tell = false;
    }
    Ok(finding)
}

/// Whose the mail may be, and whether it came from an address that is not known. A forgery makes nobody write.
fn supposed(desk: &Desk, incoming: &Incoming, letter: &Letter, reason: HeldReason, dispute: &Dispute, signals: &Signals) -> Option<(Role, bool)> {
    let (sender, capability) = (sender_of(letter)?, signals.capabilities.first());
    match (reason, incoming.verdict.author) {
        (HeldReason::UnknownSender, Author::Proven | Author::Vouched) => {
            let staff = desk.operators.iter().chain(&desk.mediators).any(|registrar| registrar.address.is_same(sender));
            capability.filter(|_| !staff && dispute.knows(sender).is_none()).map(|given| (given.role, true))
        }
        (HeldReason::NotAuthenticated, Author::Unknown) if desk.policy.senders.of(sender.domain()) != UnknownAuthor::Strict => {
            let role = dispute.role_of(sender)?;
            capability.is_none_or(|given| given.role == role).then_some((role, false))
        }
        _ => None,
    }
}

/// Whoever works here is heard only as long as the configuration names the address, and only with proof (THREATS T26).
pub(super) fn is_dismissed(desk: &Desk, dispute: &Dispute, role: Role, incoming: &Incoming, letter: &Letter) -> Option<HeldReason> {
    if role.party().is_some() {
        return None;
    }
    if incoming.verdict.author != Author::Proven {
        return Some(HeldReason::NotAuthenticated);
    }
    let staff = match (role, desk.client_at(&dispute.desk)) {
        (Role::Mediator, Some(client)) => &client.agents,
        (Role::Mediator, None) => &desk.mediators,
        _ => &desk.operators,
    };
    let named = sender_of(letter).is_some_and(|sender| staff.iter().any(|person| person.address.is_same(sender)));
    (!named).then_some(HeldReason::UnknownSender)
}

/// What the mail came to if it asks for another address.
#[expect(clippy::too_many_arguments, reason = "each is a separate fact of the one mail; a struct would only rename them")]
pub(super) async fn moves(
    desk: &Desk,
    work: &mut Work,
    incoming: &Incoming,
    letter: &Letter,
    dispute: &Dispute,
    role: Role,
    now: Instant,
    dice: &mut Dice,
) -> Result<Option<Finding>, SettleError> {
    let Some(sender) = sender_of(letter).filter(|_| !dispute.is_closed()) else { return Ok(None) };
    let said = Said { sender, letter, cause: incoming.digest };
    Ok(match address::ask(desk, work, dispute, role, said, now, dice).await? {
        Asked::Nothing => None,
        Asked::Yes => Some(Finding { outcome: MailOutcome::Noted, dispute: Some(dispute.id), because: "the new address was asked".to_owned(), tell: false }),
        Asked::No => Some(Finding::held(HeldReason::NeedsPerson, Some(dispute.id), "a change of address that a person must look at")),
    })
}
