//! A change of address: asked for with a code from the registered address, confirmed with a code from the new one, undone with a code from the old one.

use super::super::write::{self, Recorded};
use super::super::{Desk, SettleError};
use super::{About, Answer, Asking, Content, DAY, OPEN_FOR, letter_to, matter, remember, sealable};
use crate::compose::{Check, address_check, reply_code};
use crate::domain::{Actor, Address, Channel, Dice, Digest, Dispute, Gate, Instant, Intent, KnownAs, Matter, Role, Token};
use crate::letter::{Letter, address_in};
use crate::store::{ChallengeEnd, ChallengeKind, Question, Work};

/// New addresses that are asked in one dispute about one person.
const MOST_CHECKS: u32 = 3;

/// What came of a wish to be written to elsewhere.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Asked {
    /// The mail holds no such wish.
    Nothing,
    /// The new address is asked.
    Yes,
    /// A person must look: it was asked too often, or it is somebody else's.
    No,
}

/// Asks the new address that `role` names with a code, in a mail from the registered one with a capability.
pub async fn ask(desk: &Desk, work: &mut Work, dispute: &Dispute, role: Role, said: Said<'_>, now: Instant, dice: &mut Dice) -> Result<Asked, SettleError> {
    let code = reply_code(&desk.codes, dispute.id, role, &Matter::Freedom);
    let mut wishes = said.letter.commands.iter().filter(|command| command.intent == Intent::Address && command.code == code);
    let (Some(command), None, Some(person)) = (wishes.next(), wishes.next(), dispute.participant(role)) else { return Ok(Asked::Nothing) };
    let Some(new) = address_in(&command.argument).filter(|_| role.party().is_some()) else { return Ok(Asked::Nothing) };
    let by_itself = person.knows(said.sender) == Some(KnownAs::Registered);
    let free = !desk.is_ours(&new) && dispute.role_of(&new).is_none_or(|known| known == role) && !person.address.is_same(&new);
    let often = work.challenged_about(&new, ChallengeKind::Address, now.plus_seconds(-DAY)).await? > 0
        || work.challenged(dispute.id, role, ChallengeKind::Address, Instant::from_micros(0)).await? >= MOST_CHECKS;
    if !by_itself || !free || often || dispute.frozen.is_some() || !new.as_str().is_ascii() {
        return Ok(Asked::No);
    }
    let (id, token, cause) = (work.next_challenge().await?, Token::fresh(dice), said.cause);
    let check = Check {
        to: &new,
        token: &token,
        matter: &matter(id),
        dispute: dispute.id,
        role,
        language: person.language,
        cause,
        now,
        desk: &dispute.desk,
        zone: desk.calendar.zone(),
    };
    let mail = address_check(&desk.stationery, &desk.house, &check)?;
    let mut dispute = dispute.clone();
    let note = format!("the {role} asked to be written to at {new}");
    write::record(work, &mut dispute, Recorded { actor: Actor::Person(role), gate: Gate::AddressAsked, cause, note }, std::slice::from_ref(&mail), now).await?;
    let content = sealable(&Content::Address(new.clone()));
    let (channel, ends) = (Channel::private_to(role), now.plus_seconds(OPEN_FOR));
    let question = Question {
        id,
        dispute: dispute.id,
        role,
        channel,
        kind: ChallengeKind::Address,
        held: None,
        address: &new,
        token: &token,
        letter: &mail.message_id,
        ends,
        content: &content,
    };
    work.put_challenge(&question, now).await?;
    Ok(Asked::Yes)
}

/// A mail in which somebody may ask to be written to elsewhere.
pub struct Said<'a> {
    /// Its author.
    pub sender: &'a Address,
    /// What was read in it.
    pub letter: &'a Letter,
    /// Digest of its bytes.
    pub cause: Digest,
}

/// The new address answered: letters go there from now on, and the one before it is told and can undo it.
pub async fn change(
    desk: &Desk,
    work: &mut Work,
    answer: Answer,
    new: Address,
    cause: Digest,
    now: Instant,
    dice: &mut Dice,
) -> Result<&'static str, SettleError> {
    let Answer { id, mut dispute, role, yes, .. } = answer;
    if !yes {
        work.end_challenge(id, ChallengeEnd::Denied, now).await?;
        let note = format!("{new} does not wish to be written to");
        write::record(work, &mut dispute, Recorded { actor: Actor::Service, gate: Gate::AddressDeclined, cause, note }, &[], now).await?;
        return Ok("a new address that declined");
    }
    let taken = dispute.role_of(&new).is_some_and(|known| known != role);
    let Some(person) = dispute.participant_mut(role).filter(|_| !taken) else { return Ok("a new address that belongs to somebody else by now") };
    let before = person.move_to(new.clone(), dice);
    work.end_challenge(id, ChallengeEnd::Confirmed, now).await?;
    for other in work.challenges(dispute.id, role, ChallengeKind::Address, now).await? {
        work.end_challenge(other.id, ChallengeEnd::Denied, now).await?;
    }
    let (undo, token) = (work.next_challenge().await?, Token::fresh(dice));
    let asking = Asking { token: Some(&token), to: Some(&before), ..Asking::default() };
    let about = About { name: "address-changed", of: role, asking, question: Some(matter(undo)), cause, index: 0, answers: false };
    let told = letter_to(desk, &dispute, role, about, now).await?;
    let about = About { name: "address-confirmed", of: role, asking: Asking::default(), question: None, cause, index: 1, answers: true };
    let receipt = letter_to(desk, &dispute, role, about, now).await?;
    if let Some(receipt) = &receipt {
        remember(&mut dispute, role, &receipt.message_id);
    }
    let note = format!("the {role} moved from {before} to {new}");
    let mails: Vec<_> = told.iter().chain(&receipt).cloned().collect();
    write::record(work, &mut dispute, Recorded { actor: Actor::Person(role), gate: Gate::AddressChanged, cause, note }, &mails, now).await?;
    if let Some(told) = &told {
        let content = sealable(&Content::Changed { before: before.clone(), at: now });
        let (channel, ends) = (Channel::private_to(role), now.plus_seconds(OPEN_FOR));
        let question = Question {
            id: undo,
            dispute: dispute.id,
            role,
            channel,
            kind: ChallengeKind::Changed,
            held: None,
            address: &before,
            token: &token,
            letter: &told.message_id,
            ends,
            content: &content,
        };
        work.put_challenge(&question, now).await?;
    }
    Ok("a new address that confirmed")
}

/// The address before a change answered. Its "no" brings it back, takes away what was let in since, and stops everything that binds (THREATS T26).
pub async fn settle_change(
    desk: &Desk,
    work: &mut Work,
    answer: Answer,
    changed: (Address, Instant),
    cause: Digest,
    now: Instant,
    dice: &mut Dice,
) -> Result<&'static str, SettleError> {
    let Answer { id, mut dispute, role, yes, .. } = answer;
    let (before, at) = changed;
    if yes {
        work.end_challenge(id, ChallengeEnd::Confirmed, now).await?;
        let note = format!("{before} says that the change is right");
        write::record(work, &mut dispute, Recorded { actor: Actor::Person(role), gate: Gate::ChangeOwned, cause, note }, &[], now).await?;
        return Ok("the change of address is right");
    }
    work.end_challenge(id, ChallengeEnd::Denied, now).await?;
    for kind in [ChallengeKind::Changed, ChallengeKind::Address, ChallengeKind::Mail] {
        // An older change can still be undone by the address before that one; what came after this one is void.
        for other in work.challenges(dispute.id, role, kind, now).await?.into_iter().filter(|other| other.id > id) {
            work.end_challenge(other.id, ChallengeEnd::Denied, now).await?;
        }
    }
    if let Some(person) = dispute.participant_mut(role) {
        person.contacts.retain(|contact| contact.since < at);
        person.move_to(before.clone(), dice);
    }
    dispute.frozen.get_or_insert(now);
    let mut mails = Vec::new();
    for (index, (to, name)) in [(Role::Operator, "address-disputed"), (role, "address-restored")].into_iter().enumerate() {
        let about = About { name, of: role, asking: Asking::default(), question: None, cause, index, answers: to == role };
        if let Some(mail) = letter_to(desk, &dispute, to, about, now).await? {
            remember(&mut dispute, to, &mail.message_id);
            mails.push(mail);
        }
    }
    let note = format!("{before} did not ask for the change: letters go there again, and nothing binding is heard until the registrar releases the case");
    write::record(work, &mut dispute, Recorded { actor: Actor::Person(role), gate: Gate::ChangeUndone, cause, note }, &mails, now).await?;
    Ok("the change of address is undone")
}
