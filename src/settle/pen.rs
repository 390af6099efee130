//! The holding pen: mails that wait for a person. What a registrar says of one becomes its outcome by the same path that every mail takes, with a
//! standing that the registrar gives it instead of [`super::authority`]: never with legal weight.

mod reread;

pub use reread::Raw;

use super::mail::{self, Finding, Hearing, Incoming, sender_of, surviving};
use super::understand;
use super::{Counter, Desk, SettleError};
use crate::compose::ComposeError;
use crate::domain::{Act, Actor, Channel, Dice, Digest, Dispute, DisputeId, HeldReason, Instant, MailOutcome, Reference, Role};
use crate::letter::{Letter, Reading};
use crate::store::{JournalEntry, LetterNumber, PenOrder, Settlement, Work};

/// How the registrar said it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum By {
    /// On the command line of the service's machine.
    CommandLine,
    /// In an answer with a code.
    Mail,
}

impl By {
    fn name(self) -> &'static str {
        match self {
            By::CommandLine => "on the command line",
            By::Mail => "by mail",
        }
    }
}

/// What an order came to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Carried {
    /// It was carried out.
    Done(Done),
    /// It cannot be; the mail is as it was.
    Refused(Refusal),
}

/// What was done with a held mail.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Done {
    /// It was heard.
    Heard {
        /// In which dispute; `None` for a copy of a mail that belongs to none.
        reference: Option<Reference>,
        /// What became of the mail.
        outcome: MailOutcome,
        /// The dispute's state after it.
        state: String,
        /// The letters that follow, and to whom.
        letters: Vec<(Role, String)>,
    },
    /// It is kept with that dispute.
    Attached(Reference),
    /// It was put aside.
    Discarded,
}

/// Why an order cannot be carried out.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// There is no such mail.
    #[error("there is no mail with that number; `elitige held list` shows those that wait")]
    NoSuchMail,
    /// It was never held, or somebody decided before.
    #[error("it is held no longer: its outcome is {0}")]
    NotHeld(String),
    /// Its owner says that it is not theirs.
    #[error("whoever it seemed to come from said that it is not theirs, so nobody is heard through it; attach it to a dispute or discard it")]
    Disowned,
    /// Nobody can hear what cannot be read.
    #[error("it cannot be read, so nobody can hear it; attach it to a dispute or discard it")]
    Unreadable,
    /// No dispute of that identity.
    #[error("no dispute has that reference, or it was erased; `elitige case list` shows them")]
    NoSuchDispute,
    /// The dispute is over.
    #[error("{0} is closed, and nobody is heard in it any more; attach the mail to it or discard it")]
    Closed(Reference),
    /// Who is who in the dispute is being looked into.
    #[error("{0} is on hold, and nobody is heard in it until `elitige case release {0}`")]
    OnHold(Reference),
    /// Nobody has that role.
    #[error("{0} has no {1} yet; name another role, attach the mail or discard it")]
    NobodyThere(Reference, Role),
    /// Only parties are heard.
    #[error("only a consumer or a merchant is heard through a held mail")]
    NotAParty,
    /// No rule speaks of what it says.
    #[error("no rule of {0} speaks of what it says in the state {1}; attach it or discard it")]
    NobodyRules(Reference, String),
    /// It names no single sender.
    #[error("it does not name one single sender, who could be answered; release it as somebody's words, attach it or discard it")]
    NoSender,
    /// It says too little for a complaint.
    #[error("it is no complaint; release it as somebody's words, attach it or discard it")]
    NoComplaint,
    /// A registrar does not complain.
    #[error("a registrar wrote it; decide in the dispute with `elitige case`, and discard it")]
    Registrar,
    /// What follows cannot be written.
    #[error("a letter that follows from it cannot be written: {0}")]
    Letter(ComposeError),
    /// Its mail was held once more.
    #[error("it would be held again: {0}")]
    HeldAgain(HeldReason),
}

/// Carries out `order` about the held mail `number`. `mail` is that mail as it was read; attaching and discarding need none.
///
/// Done twice, the second time is refused. A refusal leaves the unit of work as it was.
#[expect(clippy::too_many_arguments, reason = "time and chance are arguments of every settlement")]
pub async fn settle_pen_order(
    desk: &Desk,
    work: &mut Work,
    number: LetterNumber,
    order: PenOrder,
    by: By,
    mail: Option<&Incoming>,
    now: Instant,
    dice: &mut Dice,
) -> Result<Carried, SettleError> {
    let Some(waiting) = work.take_held(number).await? else {
        let refusal = work.outcome_of(number).await?.map_or(Refusal::NoSuchMail, |outcome| Refusal::NotHeld(outcome.name()));
        return Ok(Carried::Refused(refusal));
    };
    if waiting.reason == HeldReason::Disowned && matches!(order, PenOrder::Hear(..) | PenOrder::Open) {
        return Ok(Carried::Refused(Refusal::Disowned));
    }
    work.savepoint().await?;
    // Of what is too large, the beginning is kept, and of what cannot be read, nothing is understood: nobody said the rest.
    let mail = mail.filter(|_| !matches!(waiting.reason, HeldReason::TooLarge | HeldReason::Unreadable));
    let clerk = Clerk { desk, number, by, now };
    let carried = match order {
        PenOrder::Discard => clerk.discard(work, waiting.dispute).await,
        PenOrder::Attach(dispute) => clerk.attach(work, dispute).await,
        PenOrder::Hear(dispute, role) => clerk.hear(work, mail, dispute, role, dice).await,
        PenOrder::Open => clerk.open(work, mail, dice).await,
    };
    let carried = match carried {
        Err(SettleError::Compose(failed)) => Carried::Refused(Refusal::Letter(failed)),
        other => other?,
    };
    match &carried {
        Carried::Done(_) => work.release_savepoint().await?,
        Carried::Refused(_) => work.rollback_to_savepoint().await?,
    }
    Ok(carried)
}

/// Carries out what a registrar answered by mail. What cannot be carried out is over: the mail waits on, and the registrar is told so at once.
pub async fn settle_answer(
    desk: &Desk,
    work: &mut Work,
    number: LetterNumber,
    order: PenOrder,
    mail: Option<&Incoming>,
    now: Instant,
    dice: &mut Dice,
) -> Result<Carried, SettleError> {
    let carried = settle_pen_order(desk, work, number, order, By::Mail, mail, now, dice).await?;
    if let Carried::Refused(refusal) = &carried {
        work.order_is_over(number).await?;
        if !matches!(refusal, Refusal::NoSuchMail | Refusal::NotHeld(_)) {
            work.tell_at(now).await?;
        }
    }
    Ok(carried)
}

/// What [`settle_pen_order`] would do, done for real inside a transaction that is given up.
pub async fn rehearse(desk: &Desk, number: LetterNumber, order: PenOrder, mail: &Incoming, now: Instant, dice: &mut Dice) -> Result<Carried, SettleError> {
    let mut work = desk.store.begin().await?;
    settle_pen_order(desk, &mut work, number, order, By::CommandLine, Some(mail), now, dice).await
}

/// Everything about an order that does not depend on what is ordered.
struct Clerk<'a> {
    desk: &'a Desk,
    number: LetterNumber,
    by: By,
    now: Instant,
}

impl Clerk<'_> {
    async fn discard(&self, work: &mut Work, dispute: Option<DisputeId>) -> Result<Carried, SettleError> {
        let because = format!("the registrar put it aside {}", self.by.name());
        if let Some(id) = dispute
            && let Some(dispute) = work.dispute(id).await?
        {
            self.note(work, &dispute, Act::Discarded, &because).await?;
        }
        self.end(work, MailOutcome::Discarded, None, because).await?;
        Ok(Carried::Done(Done::Discarded))
    }

    async fn attach(&self, work: &mut Work, dispute: DisputeId) -> Result<Carried, SettleError> {
        let Some(dispute) = surviving(work, dispute).await? else { return Ok(Carried::Refused(Refusal::NoSuchDispute)) };
        let because = format!("the registrar kept mail {} with the dispute {}; it changes nothing", self.number, self.by.name());
        self.note(work, &dispute, Act::Attached, &because).await?;
        self.end(work, MailOutcome::Noted, Some(dispute.id), because).await?;
        Ok(Carried::Done(Done::Attached(dispute.reference)))
    }

    async fn hear(&self, work: &mut Work, mail: Option<&Incoming>, dispute: DisputeId, role: Role, dice: &mut Dice) -> Result<Carried, SettleError> {
        let (incoming, letter) = match readable(mail) {
            Ok(read) => read,
            Err(refusal) => return Ok(Carried::Refused(refusal)),
        };
        let Some(dispute) = surviving(work, dispute).await? else { return Ok(Carried::Refused(Refusal::NoSuchDispute)) };
        if role.party().is_none() {
            return Ok(Carried::Refused(Refusal::NotAParty));
        }
        if dispute.is_closed() {
            return Ok(Carried::Refused(Refusal::Closed(dispute.reference)));
        }
        if dispute.participant(role).is_none() {
            return Ok(Carried::Refused(Refusal::NobodyThere(dispute.reference, role)));
        }
        if dispute.frozen.is_some() {
            return Ok(Carried::Refused(Refusal::OnHold(dispute.reference)));
        }
        let desk = self.desk;
        let rules = desk.rulebook.by_digest(dispute.rules, &desk.store).await?;
        let speaker = mail::speaker(desk, &rules, &dispute, (role, Channel::private_to(role)), false, letter);
        let signals = format!("the registrar, who released it {}", self.by.name());
        let hearing = Hearing { desk, incoming, letter, speaker, signals, case_address: false, now: self.now };
        let finding = hearing.settle(work, dice).await?;
        self.heard(work, incoming, finding).await
    }

    async fn open(&self, work: &mut Work, mail: Option<&Incoming>, dice: &mut Dice) -> Result<Carried, SettleError> {
        let (incoming, letter) = match readable(mail) {
            Ok(read) => read,
            Err(refusal) => return Ok(Carried::Refused(refusal)),
        };
        let Some(sender) = sender_of(letter) else { return Ok(Carried::Refused(Refusal::NoSender)) };
        if self.desk.operators.iter().any(|registrar| registrar.address.is_same(sender)) {
            return Ok(Carried::Refused(Refusal::Registrar));
        }
        if !understand::is_complaint(letter) {
            return Ok(Carried::Refused(Refusal::NoComplaint));
        }
        if let Some(copied) = mail::is_copy(work, incoming, letter, None).await? {
            return self.heard(work, incoming, Finding::plain(MailOutcome::Duplicate, &copied.why)).await;
        }
        let rules = |counter: &Counter| counter.workflow.as_deref().and_then(|name| self.desk.rulebook.current(name));
        let own = self.desk.counter(&incoming.mailbox).into_iter().chain(&self.desk.counters);
        let Some((counter, rules)) = own.filter_map(|counter| rules(counter).map(|rules| (counter, rules))).next() else {
            return Ok(Carried::Refused(Refusal::NoComplaint));
        };
        let because = format!("a complaint that the registrar released {}", self.by.name());
        let finding = mail::open(self.desk, work, incoming, letter, sender, counter, &rules, &because, self.now, dice).await?;
        self.heard(work, incoming, finding).await
    }

    /// Records what a mail that was heard came to.
    async fn heard(&self, work: &mut Work, incoming: &Incoming, finding: Finding) -> Result<Carried, SettleError> {
        let dispute = match finding.dispute {
            Some(id) => work.dispute(id).await?,
            None => None,
        };
        if let MailOutcome::Held(reason) = finding.outcome {
            return Ok(Carried::Refused(match (reason, dispute) {
                (HeldReason::NobodyRules, Some(dispute)) => Refusal::NobodyRules(dispute.reference, dispute.state),
                (reason, _) => Refusal::HeldAgain(reason),
            }));
        }
        work.resettle(self.number, &mail::settlement(incoming, &finding), self.now).await?;
        let (reference, state) = dispute.map(|dispute| (dispute.reference, dispute.state)).unzip();
        let letters = work.enqueued().to_vec();
        Ok(Carried::Done(Done::Heard { reference, outcome: finding.outcome, state: state.unwrap_or_default(), letters }))
    }

    /// Records what a mail came to that nobody heard.
    async fn end(&self, work: &mut Work, outcome: MailOutcome, dispute: Option<DisputeId>, because: String) -> Result<(), SettleError> {
        let verdict = work.verdict_of(self.number).await?;
        let settlement = Settlement { outcome, dispute, sender: None, message_id: None, body: None, verdict, because };
        Ok(work.resettle(self.number, &settlement, self.now).await?)
    }

    /// Writes a line into a dispute's journal that changes nothing else.
    async fn note(&self, work: &mut Work, dispute: &Dispute, act: Act, why: &str) -> Result<(), SettleError> {
        let mut noted = dispute.clone();
        noted.version = noted.version.saturating_add(1);
        work.save(&noted).await?;
        let cause = Digest::of_parts(&[b"held mail", &self.number.0.to_be_bytes(), act.name().as_bytes()]);
        let actor = Actor::Person(Role::Operator);
        let entry = JournalEntry { at: self.now, actor, act, cause, steps: Vec::new(), letters: Vec::new(), note: why.to_owned() };
        Ok(work.journal(dispute.id, &entry).await?)
    }
}

/// The mail and what was read in it, if a person's words were.
fn readable(mail: Option<&Incoming>) -> Result<(&Incoming, &Letter), Refusal> {
    let incoming = mail.ok_or(Refusal::Unreadable)?;
    let letter = incoming.letter.as_ref().filter(|letter| letter.reading == Reading::Read).ok_or(Refusal::Unreadable)?;
    Ok((incoming, letter))
}
