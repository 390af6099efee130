//! Mailbox → receipt → read → authenticate → settle → file the mail away.

use super::backoff::Backoff;
use super::exhibits::with_exhibits;
use super::groups::groups;
use super::refile::refile;
use super::trouble::Trouble;
use super::{Attended, Service, unit};
use crate::authenticate::{Author, Outcome, Verdict};
use crate::domain::{Digest, Instant, MailOutcome};
use crate::letter::{Exhibits, Letter, SenderGate};
use crate::mailbox::{Folder, Listed, Mailbox};
use crate::reader::ReaderFailed;
use crate::settle::{Incoming, SettleError, settle_copy, settle_mail};
use crate::store::{Arrival, LetterNumber, ReceiptState, Sighted, step};
use futures_util::future::join_all;
use std::collections::{HashMap, HashSet};
use std::sync::Arc;
use tokio_util::sync::CancellationToken;

/// Mails that are fetched, committed and filed together.
const GROUP: usize = 50;
/// So often the records of an author's domain are asked for, at the pace of the mailbox's looks, before a mail is held for want of them.
const QUESTIONS: u32 = 5;
/// After so many attempts that were begun and never finished, it is held unread: it kills the daemon. From its second attempt on a mail is
/// taken in alone, so that innocent ones are not counted with it.
const ATTEMPTS: u32 = 6;

/// Attends one mailbox until `stop`; whatever fails is said in one line and tried again, the other mailboxes go on.
pub async fn attend(service: Arc<Service>, attended: Attended, stop: CancellationToken) {
    let mut backoff = Backoff::default();
    while !stop.is_cancelled() {
        let Err(trouble) = session(&service, &attended, &mut backoff, &stop).await else {
            continue;
        };
        let pause = backoff.wait(trouble.retry_after());
        tracing::warn!(mailbox = attended.settings.name, fault = %trouble, seconds = pause.as_secs(), "the mailbox is tried again; a change in the configuration counts from the next start on");
        tokio::select! {
            () = tokio::time::sleep(pause) => {}
            () = stop.cancelled() => {}
        }
    }
}

async fn session(service: &Arc<Service>, attended: &Attended, backoff: &mut Backoff, stop: &CancellationToken) -> Result<(), Trouble> {
    let mut mailbox = Mailbox::connect(&attended.settings).await?;
    tracing::info!(mailbox = attended.settings.name, "connected");
    while !stop.is_cancelled() {
        catch_up(service, attended, &mut mailbox, stop).await?;
        let away = refile(service, attended, &mut mailbox).await?;
        backoff.reset();
        // While the other folder was open, mail may have come unheard.
        if !away && !stop.is_cancelled() {
            wait(service, &mut mailbox, stop).await?;
        }
    }
    mailbox.logout().await;
    Ok(())
}

/// Waits for mail, or until there is something else to do in the mailbox. What waits is told to end and does; cut off, it would cost the connection.
async fn wait(service: &Service, mailbox: &mut Mailbox, stop: &CancellationToken) -> Result<(), Trouble> {
    let enough = stop.child_token();
    let nudge = async {
        service.pen.notified().await;
        enough.cancel();
        std::future::pending::<()>().await;
    };
    tokio::select! {
        waited = mailbox.wait(service.poll, &enough) => Ok(waited?),
        () = nudge => Ok(()),
    }
}

/// Works through everything that lies in the inbox, oldest first, in groups.
async fn catch_up(service: &Arc<Service>, attended: &Attended, mailbox: &mut Mailbox, stop: &CancellationToken) -> Result<(), Trouble> {
    let (name, began) = (&attended.settings.name, service.now());
    let scan = mailbox.scan().await?;
    let mut outcomes: Vec<(u32, MailOutcome)> = Vec::new();
    let mut all_heard = true;
    for group in groups(&scan.messages, GROUP, service.largest) {
        if stop.is_cancelled() {
            break;
        }
        let uids: Vec<u32> = group.iter().map(|listed| listed.uid).collect();
        let seen = service.desk.store.sighting_state(name, scan.uid_validity, &uids).await?;
        let known: HashMap<u32, Sighted> = seen.into_iter().collect();
        let settled = |uid: u32| known.get(&uid).and_then(|sighted| sighted.settled);
        outcomes.extend(uids.iter().filter_map(|uid| settled(*uid).map(|outcome| (*uid, outcome))));
        let open = group.iter().filter(|listed| settled(listed.uid).is_none());
        // What was begun before and never finished is taken in alone: if it kills the daemon, nobody else is counted with it.
        let (begun, unseen): (Vec<&Listed>, Vec<&Listed>) = open.partition(|listed| known.contains_key(&listed.uid));
        let mut taken = take_in(service, attended, mailbox, scan.uid_validity, &unseen).await?;
        for one in &begun {
            taken.extend(take_in(service, attended, mailbox, scan.uid_validity, &[one]).await?);
        }
        all_heard &= taken.len() >= unseen.len().saturating_add(begun.len());
        outcomes.extend(taken);
    }
    if all_heard && !stop.is_cancelled() {
        service.was_read(name, began);
    }
    // Filing comes last: an archive that takes no more mail keeps nobody from being heard.
    for group in outcomes.chunks(GROUP) {
        file_away(service, attended, mailbox, scan.uid_validity, group).await?;
    }
    Ok(())
}

/// Fetches, receipts, reads and settles a group of mails.
async fn take_in(
    service: &Arc<Service>,
    attended: &Attended,
    mailbox: &mut Mailbox,
    uid_validity: u32,
    group: &[&Listed],
) -> Result<Vec<(u32, MailOutcome)>, Trouble> {
    if group.is_empty() {
        return Ok(Vec::new());
    }
    // Before the receipt counts an attempt.
    service.readers.ready().await?;
    let uids: Vec<u32> = group.iter().map(|listed| listed.uid).collect();
    let fetched = mailbox.fetch(&uids, service.largest).await?;
    let partial: HashSet<u32> = fetched.iter().filter(|mail| !mail.whole).map(|mail| mail.uid).collect();
    let arrivals: Vec<Arrival> = fetched
        .into_iter()
        .map(|mail| Arrival { mailbox: attended.settings.name.clone(), uid_validity, uid: mail.uid, received: mail.received, bytes: mail.bytes })
        .collect();
    settle_arrivals(service, arrivals, &partial).await
}

/// Receipts and settles arrivals; a mail whose reading failed is tried once more before it is held unread. Of the
/// `partial` ones only the beginning was fetched, since they are larger than the limit.
async fn settle_arrivals(service: &Arc<Service>, mut arrivals: Vec<Arrival>, partial: &HashSet<u32>) -> Result<Vec<(u32, MailOutcome)>, Trouble> {
    let (mut outcomes, mut reading) = (Vec::new(), Reading::First);
    while !arrivals.is_empty() {
        let held = Arc::clone(service);
        step("receipt");
        let received = unit(async move { (held.desk.store.receive(&arrivals, held.now()).await, arrivals) }).await;
        let (receipts, group) = received.ok_or(Trouble::BrokeOff)?;
        let receipts = receipts?;
        step("receipt committed");
        let mut fresh: Vec<(Arrival, LetterNumber, u32)> = Vec::new();
        let mut again = Vec::new();
        for (arrival, receipt) in group.into_iter().zip(receipts) {
            match receipt.state {
                ReceiptState::InHand => again.push(arrival),
                ReceiptState::New { attempts } => fresh.push((arrival, receipt.letter, attempts)),
                ReceiptState::Settled(outcome) => {
                    if outcome == MailOutcome::Duplicate {
                        note_copy(service, receipt.letter, &arrival).await?;
                    }
                    outcomes.push((arrival.uid, outcome));
                }
            }
        }
        let read = join_all(fresh.into_iter().map(|(arrival, number, attempts)| understand(service, arrival, number, attempts, reading, partial))).await;
        let mut incoming = Vec::new();
        for one in read {
            match one {
                Ok(mail) => incoming.push(mail),
                Err(NotYet::Again(arrival)) => again.push(*arrival),
                Err(NotYet::Later) => {}
            }
        }
        outcomes.extend(settle_group(service, incoming).await?);
        (arrivals, reading) = (again, Reading::Last);
    }
    Ok(outcomes)
}

/// The same bytes came again: the journal of their dispute says so.
async fn note_copy(service: &Arc<Service>, letter: LetterNumber, arrival: &Arrival) -> Result<(), Trouble> {
    let (held, cause) = (Arc::clone(service), Digest::of(&arrival.bytes));
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
pub(super) async fn understand(
    service: &Service,
    arrival: Arrival,
    number: LetterNumber,
    attempts: u32,
    reading: Reading,
    partial: &HashSet<u32>,
) -> Result<(u32, Incoming), NotYet> {
    let digest = Digest::of(&arrival.bytes);
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
    let mut work = service.desk.store.begin().await?;
    for (uid, incoming) in group {
        let outcome = settle_mail(&service.desk, &mut work, incoming, now, &mut dice).await?;
        tracing::info!(letter = incoming.number.0, mailbox = incoming.mailbox, outcome = outcome.name(), "a mail was settled");
        outcomes.push((*uid, outcome));
    }
    step("decision");
    work.commit().await?;
    step("decision committed");
    service.ring();
    Ok(outcomes)
}

/// Moves settled mails out of the inbox, then notes that it was done. Done twice, it is the same.
async fn file_away(service: &Service, attended: &Attended, mailbox: &mut Mailbox, uid_validity: u32, outcomes: &[(u32, MailOutcome)]) -> Result<(), Trouble> {
    for (folder, held) in [(Folder::Archive, false), (Folder::Held, true)] {
        let uids: Vec<u32> = outcomes.iter().filter(|(_, outcome)| outcome.is_held() == held).map(|(uid, _)| *uid).collect();
        if uids.is_empty() {
            continue;
        }
        mailbox.file(&uids, folder, attended.after).await?;
        step("filed");
        let sightings: Vec<(String, u32, u32)> = uids.iter().map(|uid| (attended.settings.name.clone(), uid_validity, *uid)).collect();
        service.desk.store.filed(&sightings, service.now()).await?;
    }
    Ok(())
}
