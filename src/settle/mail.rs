//! One mail → its outcome.

mod answer;
mod challenged;
mod foresee;
mod guess;
mod home;
mod newcomer;
mod participant;
mod signals;
mod tell;
mod wanted;

pub use self::guess::{Evidence, Guess, best as likeliest, guesses};
use self::newcomer::newcomer;
pub(super) use self::newcomer::{open, unused};
pub(super) use self::participant::Hearing;
use self::participant::decide;
pub(super) use self::signals::surviving;
use self::signals::{MOST_ADDRESSES, Signals, signals};
pub use self::tell::settle_digest;
pub use self::wanted::{Wanted, wanted};
use super::answers;
use super::authority::{Claims, Standing, standing};
use super::brakes;
use super::clock;
use super::registrar;
use super::speaker::Speaker;
use super::{Counter, Desk, SettleError};
use crate::authenticate::{self, Author};
use crate::compose::ComposeError;
use crate::config::UnknownAuthor;
use crate::domain::{Act, Actor, Address, Channel, Dice, Digest, Dispute, DisputeId, Event, HeldReason, Instant, MailOutcome, Role};
use crate::letter::{Exhibits, Kind, Letter, Reading, SenderGate};
use crate::store::{Copy, JournalEntry, LetterNumber, Settlement, Work};
use crate::workflow::Workflow;

/// Two mails of one sender with the same text within this time are one (DOMAIN I8).
const SAME_BREATH_SECONDS: i64 = 600;

/// A mail as it was received and read.
#[derive(Debug)]
pub struct Incoming {
    /// Its number in the store.
    pub number: LetterNumber,
    /// The mailbox that it lay in.
    pub mailbox: String,
    /// SHA-256 of its bytes.
    pub digest: Digest,
    /// When the mailbox's server received it.
    pub received: Instant,
    /// What was read in it; `None` where reading it failed for good.
    pub letter: Option<Letter>,
    /// What its author's domain says of it.
    pub verdict: authenticate::Verdict,
    /// What of its attachments may be told to others, cleaned; nothing where [`wanted`] does not ask for it.
    pub exhibits: Exhibits,
    /// The same of the held mail that this one may answer a question about.
    pub owned: Option<(LetterNumber, Exhibits)>,
}

/// What a mail came to, before it is recorded.
pub(super) struct Finding {
    pub(super) outcome: MailOutcome,
    pub(super) dispute: Option<DisputeId>,
    pub(super) because: String,
    pub(super) tell: bool,
}

impl Finding {
    pub(super) fn plain(outcome: MailOutcome, because: &str) -> Self {
        Self { outcome, dispute: None, because: because.to_owned(), tell: false }
    }

    /// The registrar is told of every held mail but a stranger's who knows a reference: that must leave no trace outside the list of held mail.
    pub(super) fn held(reason: HeldReason, dispute: Option<DisputeId>, because: &str) -> Self {
        let tell = reason != HeldReason::UnknownSender || dispute.is_some();
        Self { outcome: MailOutcome::Held(reason), dispute, because: because.to_owned(), tell }
    }
}

/// Settles one mail inside `work` and says what became of it. If a letter that follows from it cannot be written,
/// nothing of the decision is kept: the mail is held, and a person is told.
pub async fn settle_mail(desk: &Desk, work: &mut Work, incoming: &Incoming, now: Instant, dice: &mut Dice) -> Result<MailOutcome, SettleError> {
    work.savepoint().await?;
    let finding = match find(desk, work, incoming, now, dice).await {
        Ok(finding) => {
            work.release_savepoint().await?;
            finding
        }
        Err(SettleError::Compose(failed)) => {
            work.rollback_to_savepoint().await?;
            tracing::error!(letter = incoming.number.0, fault = %failed, "a letter could not be written; the mail is held");
            match failed {
                ComposeError::Leak(_) => Finding::held(HeldReason::WouldLeak, None, "a letter would have told what was said on another channel"),
                _ => Finding::held(HeldReason::LetterFailed, None, "a letter could not be written"),
            }
        }
        Err(other) => return Err(other),
    };
    work.settle(incoming.number, &settlement(incoming, &finding), now).await?;
    if let MailOutcome::Held(reason) = finding.outcome {
        // What a registrar's own mailbox writes is not reported to that mailbox, or a program that answers there would be answered for ever; but a
        // decision of the registrar that cannot be carried out is.
        let undone = matches!(reason, HeldReason::WouldLeak | HeldReason::LetterFailed);
        let tell = finding.tell && (undone || !desk.is_registrar(incoming.letter.as_ref().and_then(sender_of)));
        tell::hold(desk, work, incoming, &tell::Kept { reason, dispute: finding.dispute, tell }, now).await?;
    }
    Ok(finding.outcome)
}

/// How the mail ends that came to `finding`.
pub(super) fn settlement(incoming: &Incoming, finding: &Finding) -> Settlement {
    let letter = incoming.letter.as_ref();
    Settlement {
        outcome: finding.outcome,
        dispute: finding.dispute,
        // Whoever forges a name must not use up what its owner may write, nor be taken for an earlier copy.
        sender: letter.and_then(sender_of).filter(|_| incoming.verdict.author.is_authenticated()).cloned(),
        message_id: letter.and_then(|letter| letter.message_id.clone()),
        body: letter.map(|letter| letter.body_digest),
        verdict: serde_json::to_string(&incoming.verdict).unwrap_or_default(),
        because: finding.because.clone(),
    }
}

pub(super) fn sender_of(letter: &Letter) -> Option<&Address> {
    match &letter.sender {
        SenderGate::Open(address) => Some(address),
        SenderGate::Shut(_) => None,
    }
}

async fn find(desk: &Desk, work: &mut Work, incoming: &Incoming, now: Instant, dice: &mut Dice) -> Result<Finding, SettleError> {
    let Some(letter) = &incoming.letter else {
        return Ok(Finding::held(HeldReason::Unreadable, None, "reading it failed"));
    };
    match letter.reading {
        Reading::Unreadable => return Ok(Finding::held(HeldReason::Unreadable, None, "it is not a mail that can be read")),
        Reading::TooLarge => return Ok(Finding::held(HeldReason::TooLarge, None, "it is larger than the limit")),
        Reading::Read => {}
    }
    match letter.kind {
        Kind::Human => human(desk, work, incoming, letter, now, dice).await,
        Kind::Bounce => bounce(desk, work, incoming, letter, now).await,
        Kind::Own => Ok(Finding::plain(MailOutcome::Own, "our own loop stamp or Message-ID")),
        other => Ok(Finding::plain(MailOutcome::Automatic, &format!("kind {other:?}"))),
    }
}

/// A delivery report: only a bounce address or a Message-ID that we made links it to a letter (THREATS T36).
async fn bounce(desk: &Desk, work: &mut Work, incoming: &Incoming, letter: &Letter, now: Instant) -> Result<Finding, SettleError> {
    let for_good = letter.bounce.as_ref().is_some_and(|bounce| bounce.recipients.iter().any(|recipient| recipient.permanent));
    let original = letter.bounce.as_ref().and_then(|bounce| bounce.original_message_id.as_ref());
    let mut bound = None;
    if let Some(original) = original {
        bound = work.by_message_id(original).await?;
    }
    for address in letter.delivered_to.iter().chain(&letter.to).take(MOST_ADDRESSES) {
        if let (None, Ok(address)) = (&bound, Address::parse(address))
            && address.tag_of(&desk.house.bounce, desk.house.separator).is_some()
        {
            bound = work.by_envelope(&address).await?;
        }
    }
    let mut finding = Finding::plain(MailOutcome::Bounce, if for_good { "a letter of ours came back for good" } else { "a letter of ours is late" });
    let Some(bound) = bound.filter(|_| for_good) else {
        return Ok(finding);
    };
    registrar::came_back(desk, work, &bound, now).await?;
    if bound.dispute.is_none() && bound.role == Role::Merchant {
        clock::came_back(desk, work, bound.id, incoming.digest, &finding.because, now).await?;
        return Ok(finding);
    }
    let dispute = match bound.dispute {
        Some(id) => work.dispute(id).await?,
        None => None,
    };
    if let Some(dispute) = dispute.filter(|dispute| !dispute.is_closed()) {
        finding.dispute = Some(dispute.id);
        let present = match dispute.participant(bound.role) {
            Some(person) => work.went_to(bound.id, &person.address).await?,
            None => false,
        };
        if !present {
            finding.because = "a letter to an address that was given up came back for good".to_owned();
            return Ok(finding);
        }
        let event = Event { actor: Actor::MailSystem, act: Act::Bounced(bound.role), cause: incoming.digest };
        decide(desk, work, &dispute, &event, None, &finding.because, now).await?;
    }
    Ok(finding)
}

async fn human(desk: &Desk, work: &mut Work, incoming: &Incoming, letter: &Letter, now: Instant, dice: &mut Dice) -> Result<Finding, SettleError> {
    let Some(counter) = desk.counter(&incoming.mailbox) else {
        return Ok(Finding::held(HeldReason::NeedsPerson, None, "its mailbox is no longer configured"));
    };
    if desk.is_own(sender_of(letter)) {
        return Ok(Finding::plain(MailOutcome::Own, "it says that it comes from the service itself"));
    }
    if letter.goes_in_a_circle() {
        return Ok(Finding::held(HeldReason::Circle, None, "more than fifty servers passed it on"));
    }
    foresee::foresee(desk, work, incoming, letter, now).await?;
    if brakes::is_flood(desk, work, sender_of(letter), letter.bytes, now).await? {
        return Ok(Finding::held(HeldReason::TooMany, None, "its sender wrote more mails than one address may"));
    }
    if let Some(finding) = answer::answered(desk, work, incoming, letter, now).await? {
        return Ok(finding);
    }
    let sender = sender_of(letter);
    let mut signals = signals(desk, work, letter, sender.filter(|_| incoming.verdict.author.is_authenticated())).await?;
    if let Some(finding) = challenged::answered(desk, work, incoming, letter, &signals, now, dice).await? {
        return Ok(finding);
    }
    if let Some(finding) = without_signal(desk, work, incoming, letter, counter, &mut signals).await? {
        return Ok(finding);
    }
    // A public reference and the word of somebody else are not enough to stop, end or delay anything.
    let vouched = incoming.verdict.author == Author::Vouched && signals.capabilities.is_empty();
    let pointed = !signals.at_home && !vouched;
    let told = signals.told();
    let named: Vec<&Dispute> = signals.named.iter().collect();
    let claims = Claims {
        sender,
        author: incoming.verdict.author,
        capabilities: &signals.capabilities,
        named: &named,
        references: &signals.references,
        mentions_any: signals.mentions_any,
    };
    let found = |id: DisputeId| signals.bound.iter().chain(&signals.named).find(|dispute| dispute.id == id);
    let unknown_may_write = sender.is_some_and(|sender| desk.policy.senders.of(sender.domain()) == UnknownAuthor::Ordinary);
    match standing(&claims, unknown_may_write, found) {
        Standing::Held(reason, dispute) => challenged::held(desk, work, incoming, letter, reason, dispute.and_then(found), &signals, now, dice).await,
        Standing::Participant { dispute, role, channel, binding } => match found(dispute) {
            Some(dispute) => {
                if let Some(reason) = challenged::is_dismissed(desk, dispute, role, incoming, letter) {
                    return Ok(Finding::held(reason, Some(dispute.id), &told));
                }
                if dispute.frozen.is_some() && role.party().is_some() {
                    return Ok(Finding::held(HeldReason::NeedsPerson, Some(dispute.id), "the case is on hold"));
                }
                if binding && let Some(finding) = challenged::moves(desk, work, incoming, letter, dispute, role, now, dice).await? {
                    return Ok(finding);
                }
                let rules = desk.rulebook.by_digest(dispute.rules, &desk.store).await?;
                let mut speaker = speaker(desk, &rules, dispute, (role, channel), binding, letter);
                if !pointed {
                    (speaker.pointed, speaker.asked) = (false, Vec::new());
                }
                let hearing = Hearing { desk, incoming, letter, speaker, signals: told, case_address: signals.case_address, now };
                Box::pin(hearing.settle(work, dice)).await
            }
            None => Ok(Finding::held(HeldReason::Conflict, None, &told)),
        },
        Standing::Newcomer => newcomer(desk, work, incoming, letter, counter, now, dice).await,
    }
}

/// What points to no dispute: whether it is at home in one of its sender's, and whether a person must look instead.
async fn without_signal(
    desk: &Desk,
    work: &mut Work,
    incoming: &Incoming,
    letter: &Letter,
    counter: &Counter,
    signals: &mut Signals,
) -> Result<Option<Finding>, SettleError> {
    let Some(sender) = sender_of(letter).filter(|_| incoming.verdict.author.is_authenticated()) else { return Ok(None) };
    if signals.is_silent() && is_copy(work, incoming, letter, None).await?.is_none() {
        home::add(work, letter, sender, signals).await?;
        // A customer service and the mediation know nothing of each other's cases.
        signals.named.retain(|dispute| desk.is_within_wall(counter, &dispute.desk));
    }
    let because = if signals.in_doubt {
        "it may speak of an open case of its sender, or of another matter"
    } else if signals.is_astray() && home::is_party(work, sender).await? {
        "a party wrote to a reply address that leads nowhere any more"
    } else {
        return Ok(None);
    };
    Ok(Some(Finding::held(HeldReason::NeedsPerson, None, because)))
}

/// Somebody of `dispute` who says what stands in `letter`. While it is frozen, nothing binds.
pub(super) fn speaker<'a>(
    desk: &'a Desk,
    rules: &Workflow,
    dispute: &'a Dispute,
    (role, channel): (Role, Channel),
    binding: bool,
    letter: &Letter,
) -> Speaker<'a> {
    let asked = answers::asked(dispute, role, rules.needs(dispute.complaint.category.as_deref()), letter, &desk.house.message_id_domain);
    Speaker { dispute, role, channel, binding: binding && dispute.frozen.is_none(), codes: &desk.codes, pointed: true, asked }
}

/// Why a mail is another copy of one that was settled.
pub(super) struct Copied {
    /// In a sentence for the journal.
    pub(super) why: String,
    /// The dispute that the first one belongs to now.
    pub(super) dispute: Option<DisputeId>,
}

/// Whether the mail is another copy of one that was settled, and in which sense. `within`: the dispute that it speaks in; `None` if it would open one.
pub(super) async fn is_copy(work: &mut Work, incoming: &Incoming, letter: &Letter, within: Option<DisputeId>) -> Result<Option<Copied>, SettleError> {
    let Some(sender) = sender_of(letter) else { return Ok(None) };
    let copies: Vec<Copy> = work.copies(sender, &letter.body_digest, letter.message_id.as_ref()).await?;
    for copy in copies {
        if copy.letter == incoming.number || copy.outcome.is_held() {
            continue;
        }
        let number = copy.letter;
        // Where its dispute was merged into another one, that is where it was heard.
        let first = match copy.dispute {
            Some(id) => surviving(work, id).await?,
            None => None,
        };
        let dispute = first.as_ref().map(|dispute| dispute.id);
        // What was taken out of a dispute was heard in it, and is not heard there again.
        let taken_out = first.as_ref().and_then(|dispute| dispute.parted.as_ref()).is_some_and(|parted| Some(parted.from) == within);
        if within.is_some() && dispute != within && !taken_out {
            continue;
        }
        let why = if copy.message_id_same {
            format!("same sender, Message-ID and text as mail {number}")
        } else if incoming.received.seconds_since(copy.received).abs() <= SAME_BREATH_SECONDS {
            format!("same sender and text as mail {number}, less than ten minutes apart")
        } else if within.is_none() && copy.outcome == MailOutcome::Opened && first.is_some_and(|dispute| !dispute.is_closed()) {
            // What was asked twice within a dispute was asked twice; one complaint makes one dispute.
            format!("same sender and text as mail {number}, whose dispute is still open")
        } else {
            continue;
        };
        return Ok(Some(Copied { why, dispute }));
    }
    Ok(None)
}

/// A second copy has no effect; the journal of its dispute says that it came and why it counts as a copy.
async fn duplicate(work: &mut Work, dispute: &Dispute, incoming: &Incoming, why: &str, now: Instant) -> Result<Finding, SettleError> {
    note(work, dispute, incoming.digest, Act::Copy, why, now).await?;
    Ok(Finding { outcome: MailOutcome::Duplicate, dispute: Some(dispute.id), because: why.to_owned(), tell: false })
}

/// The same bytes as those of `letter` came again: without effect, but its dispute's journal says so.
pub async fn settle_copy(work: &mut Work, letter: LetterNumber, cause: Digest, now: Instant) -> Result<(), SettleError> {
    let dispute = match work.dispute_of(letter).await? {
        Some(id) => work.dispute(id).await?,
        None => None,
    };
    match dispute {
        Some(dispute) => note(work, &dispute, cause, Act::Copy, &format!("the same bytes as mail {letter}"), now).await,
        None => Ok(()),
    }
}

/// Writes a line into a dispute's journal that changes nothing else.
async fn note(work: &mut Work, dispute: &Dispute, cause: Digest, act: Act, why: &str, now: Instant) -> Result<(), SettleError> {
    let mut noted = dispute.clone();
    noted.version = noted.version.saturating_add(1);
    work.save(&noted).await?;
    let entry = JournalEntry { at: now, actor: Actor::Service, act, cause, steps: Vec::new(), letters: Vec::new(), note: why.to_owned() };
    work.journal(dispute.id, &entry).await?;
    Ok(())
}
