//! Arrivals → receipts → what each says and who wrote it → outcomes.

use super::exhibits::with_exhibits;
use super::trouble::Trouble;
use super::{Service, unit};
use crate::authenticate::{Author, Outcome, Verdict};
use crate::domain::{Digest, Instant, MailOutcome};
use crate::letter::{Exhibits, Letter, SenderGate};
use crate::reader::ReaderFailed;
use crate::settle::{Incoming, SettleError, settle_copy, settle_mail};
use crate::store::{Arrival, Filed, LetterNumber, Packed, ReceiptState, step};
use futures_util::future::join_all;
use std::collections::HashSet;
use std::sync::Arc;

/// So often the records of an author's domain are asked for, at the pace of the mailbox's looks, before a mail is held for want of them.
const QUESTIONS: u32 = 5;
/// After so many attempts that were begun and never finished, it is held unread: it kills the daemon. From its second attempt on a mail is
/// taken in alone, so that innocent ones are not counted with it.
const ATTEMPTS: u32 = 6;

/// What became of mails, by their UIDs.
pub(super) type Outcomes = Vec<(u32, MailOutcome)>;

/// Mails that were fetched together.
#[derive(Default)]
pub(super) struct Batch {
    /// The mails.
    pub(super) arrivals: Vec<Arrival>,
    /// Of these only the beginning was fetched, since they are larger than the limit.
    pub(super) partial: HashSet<u32>,
    /// Others of the mailbox that were filed away meanwhile: noted with the receipt, it costs no commit of its own, for which to wait.
    pub(super) filed: Option<Filed>,
}

/// What the store knows of a mail that is to be read.
pub(super) struct Begun {
    /// Its number.
    pub(super) number: LetterNumber,
    /// What its bytes come to.
    pub(super) digest: Digest,
    /// How often somebody set about it, this time included.
    pub(super) attempts: u32,
}

/// Mails whose receipt was committed.
pub(super) struct Received {
    fresh: Vec<(Arrival, Begun)>,
    again: Vec<Arrival>,
    settled: Outcomes,
    partial: HashSet<u32>,
}

/// Mails that were read.
pub(super) struct Heard {
    incoming: Vec<(u32, Incoming)>,
    again: Vec<Arrival>,
    settled: Outcomes,
    partial: HashSet<u32>,
}

/// Mails of which all is done that can be before their receipt is committed.
pub(super) struct Ready {
    packed: Packed,
    partial: HashSet<u32>,
    filed: Option<Filed>,
}

impl Batch {
    pub(super) fn is_empty(&self) -> bool {
        self.arrivals.is_empty()
    }

    /// Made ready for their receipt.
    pub(super) fn ready(self, service: &Service) -> Ready {
        let Batch { mut arrivals, partial, filed } = self;
        // A server's date may be in the future; what is counted by time must not be.
        let now = service.now();
        arrivals.iter_mut().for_each(|arrival| arrival.received = arrival.received.min(now));
        Ready { packed: service.desk.store.pack(arrivals), partial, filed }
    }
}

impl Received {
    /// The mails that have no outcome yet.
    pub(super) fn letters(&self) -> HashSet<LetterNumber> {
        self.fresh.iter().map(|(_, begun)| begun.number).collect()
    }
}

/// Commits the receipt of a batch. The same bytes as in a mail that is in hand, in this batch or among the `open` ones, wait until that one is settled.
pub(super) async fn receipt(service: &Arc<Service>, ready: Ready, open: &HashSet<LetterNumber>) -> Result<Received, Trouble> {
    let Ready { packed, partial, filed } = ready;
    let held = Arc::clone(service);
    step("receipt");
    let receipts = unit(async move { held.desk.store.receive_after(filed.as_ref(), packed).await }).await.ok_or(Trouble::BrokeOff)??;
    step("receipt committed");
    let mut received = Received { fresh: Vec::new(), again: Vec::new(), settled: Outcomes::new(), partial };
    for (arrival, receipt) in receipts {
        match receipt.state {
            ReceiptState::InHand => received.again.push(arrival),
            ReceiptState::New { .. } if open.contains(&receipt.letter) => received.again.push(arrival),
            ReceiptState::New { attempts } => received.fresh.push((arrival, Begun { number: receipt.letter, digest: receipt.digest, attempts })),
            ReceiptState::Settled(outcome) => {
                if outcome == MailOutcome::Duplicate {
                    note_copy(service, receipt.letter, receipt.digest).await?;
                }
                received.settled.push((arrival.uid, outcome));
            }
        }
    }
    Ok(received)
}

/// Reads and authenticates what was received.
pub(super) async fn read(service: Arc<Service>, received: Received, reading: Reading) -> Heard {
    let Received { fresh, mut again, settled, partial } = received;
    let (service, whole) = (&service, &partial);
    let read = join_all(fresh.into_iter().map(|(arrival, begun)| understand(service, arrival, begun, reading, whole))).await;
    let mut incoming = Vec::new();
    for one in read {
        match one {
            Ok(mail) => incoming.push(mail),
            Err(NotYet::Again(arrival)) => again.push(*arrival),
            Err(NotYet::Later) => {}
        }
    }
    Heard { incoming, again, settled, partial }
}

/// Settles what was read. A mail whose reading failed is tried once more before it is held unread.
pub(super) async fn finish(service: Arc<Service>, heard: Heard) -> Result<Outcomes, Trouble> {
    let Heard { incoming, again, settled, partial } = heard;
    let mut outcomes = settled;
    outcomes.extend(settle_group(&service, incoming).await?);
    let mut batch = Batch { arrivals: again, partial, filed: None };
    while !batch.is_empty() {
        let received = receipt(&service, batch.ready(&service), &HashSet::new()).await?;
        let Heard { incoming, again, settled, partial } = read(Arc::clone(&service), received, Reading::Last).await;
        outcomes.extend(settled);
        outcomes.extend(settle_group(&service, incoming).await?);
        batch = Batch { arrivals: again, partial, filed: None };
    }
    Ok(outcomes)
}

/// The same bytes came again: the journal of their dispute says so.
async fn note_copy(service: &Arc<Service>, letter: LetterNumber, cause: Digest) -> Result<(), Trouble> {
    let held = Arc::clone(service);
    let noted = unit(async move {
        let mut work = held.desk.store.begin().await?;
        settle_copy(&mut work, letter, cause, held.now()).await?;
        work.commit().await.map_err(SettleError::from)
    });
    noted.await.ok_or(Trouble::BrokeOff)?.map_err(Trouble::Settle)
}

/// Whether a reading that fails is tried once more (DESIGN §4). What was begun before a crash is read for the first time: the crash is no failure to read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Reading {
    /// It is.
    First,
    /// The mail is held unread.
    Last,
}

/// Why a mail is not settled in this pass.
pub(super) enum NotYet {
    /// The reader died or ran over; it may be tried once more at once.
    Again(Box<Arrival>),
    /// Nobody could be asked about its author; it stays in the inbox until the next look.
    Later,
}

/// Reads and authenticates one mail, and cleans what of it others may hear.
pub(super) async fn understand(service: &Service, arrival: Arrival, begun: Begun, reading: Reading, partial: &HashSet<u32>) -> Result<(u32, Incoming), NotYet> {
    let Begun { number, digest, attempts } = begun;
    let letter: Option<Letter> = if attempts > ATTEMPTS {
        tracing::error!(letter = number.0, attempts, "a mail was begun too often and is held unread");
        None
    } else {
        step("reading");
        let read = match partial.contains(&arrival.uid) {
            true => service.readers.read_head(&arrival.bytes, service.largest.saturating_add(1)).await,
            false => service.readers.read(&arrival.bytes).await,
        };
        match read {
            Ok(letter) => Some(letter),
            Err(ReaderFailed::Start(fault)) => {
                tracing::error!(letter = number.0, %fault, "no reader could be started; the mail is read at the next look");
                return Err(NotYet::Later);
            }
            Err(failed) if reading == Reading::First => {
                tracing::warn!(letter = number.0, fault = %failed, "reading a mail failed; it is tried once more");
                return Err(NotYet::Again(Box::new(arrival)));
            }
            Err(failed) => {
                tracing::error!(letter = number.0, fault = %failed, "reading a mail failed again; it is held with no more than its head read");
                service.readers.read_head(&arrival.bytes, arrival.bytes.len()).await.ok()
            }
        }
    };
    let from = letter.as_ref().and_then(|letter| match &letter.sender {
        SenderGate::Open(address) => Some(address.clone()),
        SenderGate::Shut(_) => None,
    });
    let verdict = match from {
        Some(from) => service.authenticator.verdict(&arrival.bytes, Some(&from), &service.trust(&arrival.mailbox), service.now()).await,
        None => Verdict::unknown(),
    };
    let passing = [verdict.dkim, verdict.dmarc].contains(&Outcome::TempError) && verdict.author != Author::Proven;
    if passing && attempts < QUESTIONS {
        tracing::warn!(letter = number.0, "nobody could be asked about the author of a mail; it is tried again at the next look");
        return Err(NotYet::Later);
    }
    let Arrival { uid, mailbox, received, bytes, .. } = arrival;
    let incoming = Incoming { number, mailbox, digest, received, letter, verdict, exhibits: Exhibits::default(), owned: None };
    Ok((uid, with_exhibits(service, incoming, &bytes).await))
}

/// One commit for the group; if it fails, each mail alone, so that one that cannot be settled stops nobody else.
pub(super) async fn settle_group(service: &Arc<Service>, group: Vec<(u32, Incoming)>) -> Result<Vec<(u32, MailOutcome)>, Trouble> {
    if group.is_empty() {
        return Ok(Vec::new());
    }
    let group: Arc<[(u32, Incoming)]> = group.into();
    let (held, mails) = (Arc::clone(service), Arc::clone(&group));
    let together = unit(async move { settle_together(&held, &mails).await }).await;
    match together {
        Some(Ok(outcomes)) => return Ok(outcomes),
        Some(Err(failed)) => tracing::warn!(fault = %failed, mails = group.len(), "a group could not be settled together; each is tried alone"),
        None => {}
    }
    let mut outcomes = Vec::new();
    let mut failure = None;
    for index in 0..group.len() {
        let (held, mails) = (Arc::clone(service), Arc::clone(&group));
        match unit(async move { settle_together(&held, mails.get(index..=index).unwrap_or_default()).await }).await {
            Some(Ok(settled)) => outcomes.extend(settled),
            Some(Err(failed)) => failure = Some(Trouble::Settle(failed)),
            None => failure = Some(Trouble::BrokeOff),
        }
    }
    match failure {
        Some(failure) if outcomes.is_empty() => Err(failure),
        Some(failure) => {
            tracing::error!(fault = %failure, "a mail could not be settled; it stays in the inbox and is tried again");
            Ok(outcomes)
        }
        None => Ok(outcomes),
    }
}

async fn settle_together(service: &Service, group: &[(u32, Incoming)]) -> Result<Vec<(u32, MailOutcome)>, SettleError> {
    let now: Instant = service.now();
    let mut dice = service.dice();
    let mut outcomes = Vec::new();
    let work = service.desk.store.begin().await?;
    let mut work = if group.len() > 1 { work.for_many() } else { work };
    for (uid, incoming) in group {
        let outcome = settle_mail(&service.desk, &mut work, incoming, now, &mut dice).await?;
        outcomes.push((*uid, outcome));
    }
    step("decision");
    work.commit().await?;
    step("decision committed");
    for ((_, incoming), (_, outcome)) in group.iter().zip(&outcomes) {
        tracing::info!(letter = incoming.number.0, mailbox = incoming.mailbox, outcome = outcome.name(), "a mail was settled");
    }
    service.ring();
    Ok(outcomes)
}
