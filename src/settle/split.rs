//! Mails of another matter, taken out of a dispute: they begin one of their own. The registrar says which.

use super::brakes::Patience;
use super::mail::{self, Incoming, sender_of};
use super::understand::{self, cause};
use super::write::{self, Verdict};
use super::{Counter, Desk, SettleError};
use crate::domain::{
    Act, Actor, ContactStanding, Decision, Dice, Digest, Dispute, DisputeId, Event, Instant, Judgement, MailOutcome, Parted, Participant, Reference, Role,
    Statement, Track,
};
use crate::letter::{Letter, Reading};
use crate::store::{JournalEntry, LetterNumber, Work};
use crate::workflow::{self, Workflow};
use std::sync::Arc;

/// So many mails are taken out at once.
pub const MOST_SPLIT: usize = 20;

/// What taking mails out came to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Split {
    /// They began a dispute.
    Done {
        /// Its reference.
        reference: Reference,
        /// Its state.
        state: String,
        /// The letters that follow, and to whom.
        letters: Vec<(Role, String)>,
    },
    /// They stay where they are, and nothing was changed.
    Refused(NotSplit),
}

/// Why mails stay where they are.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NotSplit {
    /// There is none of that reference.
    #[error("no dispute has the reference {0}; `elitige case list` shows them")]
    NoSuchDispute(Reference),
    /// It was erased.
    #[error("{0} was erased, and no mail of it is left; only its journal is")]
    Erased(Reference),
    /// Who is who in it is being looked into.
    #[error("{0} is on hold; `elitige case release {0}` lets it go on")]
    OnHold(Reference),
    /// Its address is served no longer.
    #[error("{0} came in through an address at which no complaint begins any more; give it a workflow in service.toml")]
    NoCounter(Reference),
    /// Nothing is taken out.
    #[error("name at least one mail and at most {MOST_SPLIT}; `elitige case show {0}` lists the mails of the dispute")]
    HowMany(Reference),
    /// It belongs to another one: perhaps because it was taken out before.
    #[error("mail {0} belongs to {1} and not to {2}; nothing was changed")]
    Elsewhere(LetterNumber, Reference, Reference),
    /// It belongs to none.
    #[error("mail {0} is none of {1}; `elitige case show {1}` lists its mails")]
    NoneOfIt(LetterNumber, Reference),
    /// A person must decide about it first.
    #[error("mail {0} is held; `elitige held release {0} --new` opens a dispute with it")]
    Held(LetterNumber),
    /// A dispute keeps what it began with.
    #[error("mail {0} began {1}, which cannot be without it; name the later mails that speak of another matter")]
    Began(LetterNumber, Reference),
    /// Somebody else wrote it, or nobody knows who did.
    #[error("mail {0} was not written by the consumer of {1}, and nothing that others wrote comes along")]
    NotTheConsumers(LetterNumber, Reference),
    /// It is more than words there.
    #[error("mail {0} did something in {1} that stands there ({2}), so it stays")]
    Counts(LetterNumber, Reference, &'static str),
    /// Nobody can say what it speaks of.
    #[error("mail {0} cannot be read as words of a person, so no dispute can begin with it")]
    Unreadable(LetterNumber),
}

/// Takes `mails`, as they were read, out of the dispute of that reference: they begin a new one of the same consumer, with its own reference, reply
/// addresses, codes and letters. Nothing that anybody else said comes along. Of the first dispute's complaint, what only they said goes.
///
/// Done twice, the second time is refused. An error or a refusal is to be followed by dropping the unit of work.
pub async fn settle_split(
    desk: &Desk,
    work: &mut Work,
    reference: &Reference,
    mails: &[Incoming],
    now: Instant,
    dice: &mut Dice,
) -> Result<Split, SettleError> {
    let Some(id) = work.by_reference(reference).await? else { return Ok(Split::Refused(NotSplit::NoSuchDispute(reference.clone()))) };
    let Some(left) = work.dispute(id).await? else { return Ok(Split::Refused(NotSplit::Erased(reference.clone()))) };
    if left.frozen.is_some() {
        return Ok(Split::Refused(NotSplit::OnHold(left.reference)));
    }
    let served = desk.counters.iter().find(|counter| counter.address.is_same(&left.desk));
    let rules = served.and_then(|counter| desk.rulebook.current(counter.workflow.as_deref()?));
    let (Some(counter), Some(rules)) = (served, rules) else { return Ok(Split::Refused(NotSplit::NoCounter(left.reference))) };
    let mut mails: Vec<&Incoming> = mails.iter().collect();
    mails.sort_by_key(|mail| mail.number.0);
    mails.dedup_by_key(|mail| mail.number.0);
    if mails.is_empty() || mails.len() > MOST_SPLIT {
        return Ok(Split::Refused(NotSplit::HowMany(left.reference)));
    }
    let happened = work.happened(left.id).await?;
    let mut taken = Vec::new();
    for mail in mails {
        match may_leave(work, &left, &happened, mail).await? {
            Ok(letter) => taken.push((mail, letter)),
            Err(refusal) => return Ok(Split::Refused(refusal)),
        }
    }
    let parting = Parting { desk, left: &left, taken: &taken, now };
    let (to, state) = parting.open(work, counter, &rules, dice).await?;
    parting.hand_over(work, to.id).await?;
    parting.leave(work, &happened, to.id).await?;
    Ok(Split::Done { reference: to.reference, state, letters: work.enqueued().to_vec() })
}

/// What was read in a mail that may leave `left`, or why it may not.
async fn may_leave<'a>(work: &mut Work, left: &Dispute, happened: &[JournalEntry], mail: &'a Incoming) -> Result<Result<&'a Letter, NotSplit>, SettleError> {
    let (number, reference) = (mail.number, left.reference.clone());
    match work.dispute_of(number).await? {
        Some(id) if id == left.id => {}
        Some(other) => {
            let other = work.dispute(other).await?;
            return Ok(Err(match other {
                Some(other) => NotSplit::Elsewhere(number, other.reference, reference),
                None => NotSplit::NoneOfIt(number, reference),
            }));
        }
        None => return Ok(Err(NotSplit::NoneOfIt(number, reference))),
    }
    match work.outcome_of(number).await? {
        Some(MailOutcome::Advanced | MailOutcome::Noted) => {}
        Some(MailOutcome::Held(_)) => return Ok(Err(NotSplit::Held(number))),
        Some(MailOutcome::Opened) => return Ok(Err(NotSplit::Began(number, reference))),
        _ => return Ok(Err(NotSplit::NotTheConsumers(number, reference))),
    }
    let Some(letter) = mail.letter.as_ref().filter(|letter| letter.reading == Reading::Read) else { return Ok(Err(NotSplit::Unreadable(number))) };
    let acts: Vec<&JournalEntry> = happened.iter().filter(|entry| entry.cause == mail.digest && entry.act != Act::Copy).collect();
    // What the registrar kept with the dispute changed nothing there: then its author must be proven.
    let proven = mail.verdict.author.is_authenticated() && sender_of(letter).is_some_and(|sender| left.consumer.knows(sender).is_some());
    let wrote = if acts.is_empty() { proven } else { acts.iter().all(|entry| entry.actor == Actor::Person(Role::Consumer)) };
    if !wrote {
        return Ok(Err(NotSplit::NotTheConsumers(number, reference)));
    }
    // A mail in which no more than words were heard; whatever was done with a code, or moved a clock, stays where it was done.
    let counts = acts.iter().find(|entry| !matches!(entry.act, Act::Supply(_) | Act::Words | Act::Spoke(_) | Act::AskHuman));
    Ok(match counts {
        Some(entry) => Err(NotSplit::Counts(number, reference, entry.act.name())),
        None => Ok(letter),
    })
}

/// Everything about it that does not depend on the step.
struct Parting<'a> {
    desk: &'a Desk,
    left: &'a Dispute,
    taken: &'a [(&'a Incoming, &'a Letter)],
    now: Instant,
}

impl Parting<'_> {
    /// Opens the dispute that they are the complaint of.
    async fn open(&self, work: &mut Work, counter: &Counter, rules: &Arc<Workflow>, dice: &mut Dice) -> Result<(Dispute, String), SettleError> {
        let reference = mail::unused(work, dice).await?;
        let dispute = self.unopened(reference, counter, rules, dice);
        let begun = Digest::of_parts(&self.digests());
        let (dispute, complaint) = match &counter.client {
            Some(client) => {
                let complaint = client.complained_of(self.complaint(&dispute), dispute.consumer.language);
                (client.takes(dispute, begun, self.now, dice), complaint)
            }
            None => {
                let complaint = self.complaint(&dispute);
                (dispute, complaint)
            }
        };
        let event = Event { actor: Actor::Person(Role::Consumer), act: Act::Complaint(complaint), cause: cause(&[b"taken out", begun.as_bytes()]) };
        let decision = workflow::begin(rules, &self.desk.calendar, dispute, &event, self.now);
        let begun = decision.dispute.clone();
        let note = format!("the registrar took {} out of {}", self.numbers(), self.left.reference);
        self.commit(work, rules, &event, decision, note).await?;
        Ok((begun.clone(), begun.state))
    }

    /// The dispute as it is before its workflow begins: the same consumer, and nobody and nothing else of the first one.
    fn unopened(&self, reference: Reference, counter: &Counter, rules: &Workflow, dice: &mut Dice) -> Dispute {
        let known = &self.left.consumer;
        let mut consumer = Participant::joining(Role::Consumer, known.address.clone(), known.name.clone(), known.language, dice);
        // Whoever speaks for the consumer in one matter does not in another; another address of the same person does.
        consumer.contacts = known.contacts.iter().filter(|contact| contact.standing == ContactStanding::OtherAddress).cloned().collect();
        consumer.thread.extend(self.taken.iter().filter_map(|(_, letter)| letter.message_id.clone()));
        let registrar = self.left.operator.as_ref().map(|operator| (operator.address.clone(), operator.name.clone(), operator.language));
        let first = || self.desk.operators.first().map(|registrar| (registrar.address.clone(), registrar.name.clone(), registrar.language));
        let operator = registrar.or_else(first).map(|(address, name, language)| Participant::joining(Role::Operator, address, name, language, dice));
        let parted = Some(Parted { from: self.left.id, reference: self.left.reference.clone() });
        let new = Dispute::new(DisputeId::fresh(self.now, dice), reference, counter.address.clone(), consumer, self.now);
        Dispute { rules: rules.digest(), operator, parted, ..new }
    }

    /// What they say together, each as a first mail is understood.
    fn complaint(&self, of: &Dispute) -> Statement {
        let sender = &self.left.consumer.address;
        let acts: Vec<Act> = self.taken.iter().map(|(_, letter)| Act::Complaint(understand::complaint(letter, sender))).collect();
        workflow::restated(of, acts.iter()).unwrap_or_default()
    }

    /// The mails, and further copies of them, are the new dispute's: their bytes, what is noted of them and what they said are sealed for it alone.
    async fn hand_over(&self, work: &mut Work, to: DisputeId) -> Result<(), SettleError> {
        let because = format!("the registrar took it out of {}", self.left.reference);
        for (index, (mail, letter)) in self.taken.iter().enumerate() {
            let outcome = if index == 0 { MailOutcome::Opened } else { MailOutcome::Noted };
            work.move_letter(mail.number, self.left.id, to, outcome, &because).await?;
            let Some(sender) = sender_of(letter) else { continue };
            for copy in work.copies(sender, &letter.body_digest, letter.message_id.as_ref()).await? {
                if copy.outcome == MailOutcome::Duplicate && copy.dispute == Some(self.left.id) {
                    work.move_letter(copy.letter, self.left.id, to, MailOutcome::Duplicate, &because).await?;
                }
            }
        }
        Ok(())
    }

    /// The first dispute goes on without them. If they had changed a complaint that is not confirmed yet, the consumer is shown it as it is now, with codes for
    /// it: those of the letters before are for another one.
    async fn leave(&self, work: &mut Work, happened: &[JournalEntry], to: DisputeId) -> Result<(), SettleError> {
        let mut left = self.left.clone();
        for message_id in self.taken.iter().filter_map(|(_, letter)| letter.message_id.as_ref()) {
            let seats = left.consumer.seats.iter_mut().map(|seat| &mut seat.thread);
            seats.chain([&mut left.consumer.thread]).for_each(|thread| thread.retain(|known| known != message_id));
        }
        let gone = self.digests();
        let stays = |entry: &&JournalEntry| !gone.iter().any(|digest| *digest == entry.cause.as_bytes());
        let restated = workflow::restated(&left, happened.iter().filter(stays).map(|entry| &entry.act)).filter(|_| left.track() == Track::Mediation);
        let changed = restated.as_ref().is_some_and(|restated| *restated != left.complaint);
        left.complaint = restated.unwrap_or(left.complaint);
        let rules = self.desk.rulebook.by_digest(left.rules, &self.desk.store).await?;
        let event = Event { actor: Actor::Person(Role::Operator), act: Act::Parted(to), cause: cause(&[b"parted", &to.bytes()]) };
        let shown = (changed && left.consent.confirmed_request().is_none()).then(|| {
            let nothing_new = Event { actor: Actor::Person(Role::Consumer), act: Act::Supply(Statement::default()), cause: event.cause };
            workflow::decide(&rules, &self.desk.calendar, &left, &nothing_new, self.now)
        });
        let decision = shown.filter(|decision| decision.judgement != Judgement::NoRule).unwrap_or_else(|| {
            left.version = left.version.saturating_add(1);
            Decision { dispute: left, effects: Vec::new(), judgement: Judgement::Noted, steps: Vec::new() }
        });
        let note = format!("the registrar took {} out: another matter, which has a dispute of its own", self.numbers());
        self.commit(work, &rules, &event, decision, note).await
    }

    async fn commit(&self, work: &mut Work, workflow: &Workflow, event: &Event, decision: Decision, note: String) -> Result<(), SettleError> {
        let patience = Patience::ENDLESS;
        let verdict = Verdict { workflow, event, decision, masked: false, answers: false, patience, spoken: None, author: write::Author::default(), note };
        Box::pin(write::commit(self.desk, work, verdict, self.now)).await.map(|_| ())
    }

    fn digests(&self) -> Vec<&[u8]> {
        self.taken.iter().map(|(mail, _)| mail.digest.as_bytes().as_slice()).collect()
    }

    fn numbers(&self) -> String {
        let numbers: Vec<String> = self.taken.iter().map(|(mail, _)| mail.number.to_string()).collect();
        format!("mail{} {}", if numbers.len() == 1 { "" } else { "s" }, numbers.join(", "))
    }
}
