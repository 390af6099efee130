//! Outbox → the next server → delivered, later, refused, uncertain or stopped.

use super::backoff::{Backoff, retry_seconds};
use super::book::{Book, Note};
use super::hand::Hand;
use super::{Service, doubts, rest, unit};
use crate::domain::Role;
use crate::settle::{SettleError, Undelivered, hold_back, settle_undelivered};
use crate::smtp::{Attempt, Courier};
use crate::store::{OutboxRow, Sent, step};
use futures_util::future::join_all;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::Mutex;
use tokio::time::{Instant, timeout};
use tokio_util::sync::CancellationToken;

/// Letters that are claimed at a time.
const GROUP: u32 = 100;
/// How long a claim lasts: longer than the ten minutes that a server may take after the final dot (RFC 5321 §4.5.3.2.6).
const LEASE_SECONDS: u32 = 900;
/// A letter of which nobody knows whether it arrived is sent again after this long, the same bytes.
const UNCERTAIN_SECONDS: i64 = 900;
/// The same when this process was ended over it and starts again.
const DOUBTED_SECONDS: i64 = 60;
/// A letter of which nobody knew this often whether it arrived waits for the operator: each time may have been a copy of its own.
const MOST_UNCERTAIN: u32 = 3;
/// A letter that nobody took for this long will not arrive (THREATS §11) …
const EXPIRY_SECONDS: i64 = 5 * 86_400;
/// … if it was tried so often: that this service was away for days is not its recipient's fault.
const LEAST_ATTEMPTS: u32 = 4;

/// What a server answers to a letter beyond its limit (RFC 1870 §6.1), noted where it need not be asked.
const TOO_LARGE: u16 = 552;

/// How soon the first courier sees the letters of a command that ran beside this process, and rang no bell in it.
const BESIDE: Duration = Duration::from_secs(2);
/// How long a connection is kept while there is nothing to bring: the next letter then needs no new one.
const IDLE: Duration = Duration::from_secs(30);

/// What the couriers of one service share.
pub(super) struct Round {
    /// The letters that wait for one of them.
    hand: Mutex<Hand>,
    /// The way to the next server. Whoever finds it closed waits here, and everybody else behind: one knocks, seldom enough for any server.
    door: Mutex<Backoff>,
    book: Book,
}

impl Round {
    /// Couriers that note in `book` what becomes of their letters.
    pub(super) fn new(book: Book) -> Self {
        Self { hand: Mutex::default(), door: Mutex::default(), book }
    }
}

/// Carries letters over one connection until `stop`; it is courier `number` of several.
pub(super) async fn carry(service: Arc<Service>, round: Arc<Round>, number: usize, stop: CancellationToken) {
    let mut courier: Option<Courier> = None;
    let mut resting: Option<Instant> = None;
    while !stop.is_cancelled() {
        service.health.pulse.beat(&format!("courier {number}"), Duration::ZERO);
        match next(&service, &round).await {
            Ok(Some(row)) => {
                if resting.take().is_some() {
                    courier = awake(courier).await;
                }
                courier = visit(&service, &round, courier.take(), row, &stop).await;
            }
            Ok(None) => {
                let since = *resting.get_or_insert_with(Instant::now);
                let wake = service.desk.store.next_send().await.unwrap_or_default();
                let pause = rest(&service, wake, &service.outbox, &stop);
                let _ = timeout(if number == 1 { BESIDE } else { IDLE }, pause).await;
                if since.elapsed() >= IDLE {
                    close(&mut courier).await;
                }
            }
            Err(failed) => {
                tracing::error!(fault = %failed, "the outbox could not be read; tried again");
                rest(&service, None, &service.outbox, &stop).await;
            }
        }
    }
    let waiting = round.hand.lock().await.empty();
    give_back(&service, &round, waiting).await;
    close(&mut courier).await;
}

/// Takes back what this node had in hand when it ended, so that no lease need run out first.
pub async fn take_back(service: &Arc<Service>) {
    let held = Arc::clone(service);
    let taken = unit(async move { held.desk.store.reclaim(&held.node, held.now(), held.now().plus_seconds(DOUBTED_SECONDS)).await }).await;
    match taken {
        Some(Ok((0, 0))) | None => {}
        Some(Ok((unsent, uncertain))) => tracing::info!(unsent, uncertain, "letters that were in hand at the last end were taken up again"),
        Some(Err(failed)) => tracing::error!(fault = %failed, "letters that were in hand at the last end wait until their leases run out"),
    }
}

/// The next letter to bring; rings for another courier if there is more to do.
async fn next(service: &Arc<Service>, round: &Round) -> Result<Option<OutboxRow>, SettleError> {
    if !service.is_sound() {
        return Ok(None);
    }
    let mut hand = round.hand.lock().await;
    if !hand.has_more() && hand.has_room() {
        let held = Arc::clone(service);
        let (passing, hopeless) = unit(async move { claim(&held).await }).await.unwrap_or_else(|| Ok(Claimed::default()))?;
        let (passing, mut doubted) = doubts::apart(service, passing);
        hand.add(passing);
        doubted.extend(hopeless);
        if !doubted.is_empty() {
            // The other couriers do not wait for what is looked for.
            drop(hand);
            let (hopeless, again) = doubts::look_for(service, &round.book, doubted).await.into_iter().partition(is_hopeless);
            stop_rows(round, hopeless).await;
            hand = round.hand.lock().await;
            hand.add(again);
        }
    }
    let row = hand.take();
    if hand.has_more() {
        service.outbox.notify_one();
    }
    Ok(row)
}

/// Letters that may leave now, and those of which nobody knows, too often, whether they arrived.
type Claimed = (Vec<OutboxRow>, Vec<OutboxRow>);

/// Claims letters; what may not leave yet is put back in the same commit.
async fn claim(service: &Service) -> Result<Claimed, SettleError> {
    let (node, now) = (&service.node, service.now());
    let mut work = service.desk.store.begin().await?;
    let claimed = work.claim(node, now, GROUP, LEASE_SECONDS).await?;
    let (hopeless, good) = claimed.into_iter().partition(is_hopeless);
    let passing = hold_back(&service.desk, &mut work, node, good, now).await?;
    work.commit().await?;
    step("claimed");
    Ok((passing, hopeless))
}

/// Nobody knows of it again, and not for the first time.
fn is_hopeless(row: &OutboxRow) -> bool {
    row.doubtful && row.uncertain >= MOST_UNCERTAIN
}

/// One letter on its way to its recipient, or put back; gives the courier back unless its connection broke.
async fn visit(service: &Arc<Service>, round: &Arc<Round>, courier: Option<Courier>, row: OutboxRow, stop: &CancellationToken) -> Option<Courier> {
    match usable(courier) {
        Some(courier) if !stop.is_cancelled() => {
            let recipient = row.mail.to.folded();
            let courier = one(service, round, courier, row).await;
            round.hand.lock().await.back(&recipient);
            courier
        }
        idle => {
            round.hand.lock().await.put_back(row);
            if idle.is_some() { idle } else { fetch_courier(service, round, stop).await }
        }
    }
}

/// A server hangs up on whoever is silent for too long; that is found out before a letter is begun.
async fn awake(courier: Option<Courier>) -> Option<Courier> {
    let mut courier = courier?;
    courier.answers().await.then_some(courier)
}

fn usable(courier: Option<Courier>) -> Option<Courier> {
    courier.filter(|courier| !courier.is_broken())
}

/// Connects, unless others took what there was to do. If the server cannot be reached, says so, gives back everything that was claimed, and waits.
async fn fetch_courier(service: &Arc<Service>, round: &Round, stop: &CancellationToken) -> Option<Courier> {
    let mut backoff = tokio::select! {
        backoff = round.door.lock() => backoff,
        () = stop.cancelled() => return None,
    };
    if !round.hand.lock().await.has_more() {
        return None;
    }
    let attempt = tokio::select! {
        attempt = Courier::connect(&service.courier) => attempt,
        () = stop.cancelled() => return None,
    };
    match attempt {
        Ok(fresh) => {
            backoff.reset();
            service.health.pulse.certificate("smtp", fresh.certificate_ends());
            Some(fresh)
        }
        Err(failed) => {
            let pause = backoff.wait(failed.retry_after());
            tracing::warn!(fault = %failed, seconds = pause.as_secs(), "letters wait for the outgoing server; a change in the configuration counts from the next start on");
            let waiting = round.hand.lock().await.empty();
            give_back(service, round, waiting).await;
            tokio::select! {
                () = tokio::time::sleep(pause) => {}
                () = service.keyring.granted_again() => {}
                () = stop.cancelled() => {}
            }
            None
        }
    }
}

/// Letters that were claimed and not tried are claimable again at once.
async fn give_back(service: &Service, round: &Round, rows: Vec<OutboxRow>) {
    if !service.is_sound() {
        return;
    }
    let untried = Note::Ended(Sent::Untried { at: service.now() });
    for given in join_all(rows.iter().map(|row| round.book.note(row.id, untried))).await {
        if let Err(failed) = given {
            tracing::error!(fault = %failed, "a claimed letter could not be given back; its lease will end by itself");
        }
    }
}

/// Letters that may have arrived so often that sending them once more is for the operator to decide.
async fn stop_rows(round: &Round, rows: Vec<OutboxRow>) {
    for row in rows {
        tracing::error!(row = %row.id, uncertain = row.uncertain, "nobody knows whether a letter arrived, however often it was sent; `elitige outbox retry` sends it once more");
        if let Err(failed) = round.book.note(row.id, Note::Ended(Sent::Stopped)).await {
            tracing::error!(fault = %failed, "a letter could not be stopped; it is looked at again when its lease ends");
        }
    }
}

/// One letter, in a task that always finishes; gives the courier back unless its connection broke.
async fn one(service: &Arc<Service>, round: &Arc<Round>, mut courier: Courier, row: OutboxRow) -> Option<Courier> {
    let (held, round) = (Arc::clone(service), Arc::clone(round));
    unit(async move {
        let book = &round.book;
        let before_dot = || async {
            step("dot");
            let pending = book.note(row.id, Note::Dot).await;
            step("dot committed");
            pending.unwrap_or(false)
        };
        let attempt = courier.send(&held.signers.signed(&row.mail), before_dot).await;
        step("answered");
        if let Err(failed) = record(&held, book, &row, attempt, courier.asked_pause()).await {
            tracing::error!(fault = %failed, "what became of a letter could not be recorded; its lease will end as uncertain");
        }
        usable(Some(courier))
    })
    .await
    .flatten()
}

/// `asked` is the pause that the server named where it put the letter off.
async fn record(service: &Service, book: &Book, row: &OutboxRow, attempt: Attempt, asked: Option<Duration>) -> Result<(), SettleError> {
    let now = service.now();
    tracing::info!(row = %row.id, letter = row.letter, attempt = row.attempt, became = %attempt.name(), code = attempt.code(), "a letter was tried");
    let sent = match attempt {
        Attempt::Delivered { code } => Sent::Delivered { reply_code: code },
        Attempt::Later { code } => return later(service, book, row, Some(code), asked).await,
        Attempt::NotSent => return later(service, book, row, None, None).await,
        Attempt::Rejected { code } => {
            tracing::error!(row = %row.id, code, "the outgoing server refuses a letter, though not its recipient (quota, policy, size); ask whoever runs the server; it is tried again");
            return later(service, book, row, Some(code), None).await;
        }
        Attempt::TooLarge { most } => {
            let bytes = row.mail.bytes.len();
            tracing::error!(
                row = %row.id,
                bytes,
                most,
                "a letter is larger than the outgoing server takes, and was not handed in; raise the limit of that server, or lower exhibit_bytes in [limits]; it is tried again"
            );
            return later(service, book, row, Some(TOO_LARGE), None).await;
        }
        Attempt::Uncertain => Sent::Uncertain { at: now.plus_seconds(UNCERTAIN_SECONDS) },
        Attempt::Unfit(why) => {
            tracing::error!(row = %row.id, fault = %why, "a letter cannot be handed in; it waits in `elitige outbox list`");
            Sent::Stopped
        }
        Attempt::Refused { code } => return undelivered(service, row, Undelivered::Refused(code)).await,
    };
    book.note(row.id, Note::Ended(sent)).await?;
    if row.role == Role::Operator && matches!(sent, Sent::Delivered { .. }) {
        service.desk.store.reached(&row.mail.to).await?;
    }
    Ok(())
}

/// The letter is tried again, unless it was for long enough; never before the server wants to see it again.
async fn later(service: &Service, book: &Book, row: &OutboxRow, code: Option<u16>, asked: Option<Duration>) -> Result<(), SettleError> {
    let now = service.now();
    if row.attempt >= LEAST_ATTEMPTS && now.seconds_since(row.queued) >= EXPIRY_SECONDS {
        tracing::error!(row = %row.id, code, "nobody took a letter for five days; its dispute hears that it does not arrive");
        return undelivered(service, row, Undelivered::Expired).await;
    }
    let asked = asked.and_then(|asked| i64::try_from(asked.as_secs()).ok()).unwrap_or_default();
    let again = Sent::Later { code, at: now.plus_seconds(retry_seconds(row.attempt).max(asked)) };
    book.note(row.id, Note::Ended(again)).await?;
    Ok(())
}

async fn undelivered(service: &Service, row: &OutboxRow, why: Undelivered) -> Result<(), SettleError> {
    let mut work = service.desk.store.begin().await?;
    settle_undelivered(&service.desk, &mut work, row, why, service.now()).await?;
    work.commit().await?;
    service.ring();
    Ok(())
}

async fn close(courier: &mut Option<Courier>) {
    if let Some(open) = courier.take() {
        open.quit().await;
    }
}
