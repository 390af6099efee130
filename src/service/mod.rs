//! The loops of the daemon and what they share: a mailbox is read, a clock is heard, a letter is carried.
//!
//! Every unit of work that touches the store runs in a task of its own that always finishes: nothing is cancelled
//! half-way (sqlx loses transactions that are). Stopping means: begin nothing new, finish what was begun; what a silent
//! server keeps from finishing is left as a power failure would leave it.

mod ahead;
mod backoff;
mod book;
mod deadlines;
mod deliver;
mod doubts;
mod erase;
mod exhibits;
mod groups;
mod hand;
mod health;
mod holidays;
mod keeper;
mod keyring;
mod line;
mod log;
mod missed;
mod notify;
mod orders;
mod receive;
mod recover;
mod refile;
mod settings;
mod take;
mod trouble;
mod whole;

pub use health::{Health, HealthSettings, Limits};
pub use keyring::Keyring;
pub use notify::Supervisor;
pub use settings::{BuildError, attended, authenticator, build, courier, room, sent};

use crate::authenticate::{Authenticator, Trust};
use crate::compose::Signers;
use crate::domain::{Dice, DisputeId, Instant};
use crate::mailbox::MailboxSettings;
use crate::reader::Readers;
use crate::settle::{Desk, SettleError};
use crate::smtp::SmtpSettings;
use std::collections::HashMap;
use std::future::Future;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use tokio::sync::Notify;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

/// Tells the time. Only `main.rs` owns a real one; tests and stories turn their own.
pub type Clock = Arc<dyn Fn() -> Instant + Send + Sync>;

/// A mailbox to attend.
#[derive(Debug, Clone)]
pub struct Attended {
    /// How to reach it.
    pub settings: MailboxSettings,
    /// What happens to a mail that was settled.
    pub after: crate::mailbox::After,
    /// Whose word about the authors of its mails counts.
    pub trust: Trust,
}

/// Everything that the loops need.
pub struct Service {
    /// Decides, composes, commits.
    pub desk: Desk,
    /// Reads hostile bytes.
    pub readers: Readers,
    /// Says who wrote a mail.
    pub authenticator: Authenticator,
    /// What time it is.
    pub clock: Clock,
    /// Chance.
    pub dice: Mutex<Dice>,
    /// The mailboxes.
    pub mailboxes: Vec<Attended>,
    /// The next server.
    pub courier: SmtpSettings,
    /// By which keys letters are signed on their way.
    pub signers: Signers,
    /// The folder (as its inbox) in which copies lie of what the next server took, if the administrator names one.
    pub sent: Option<MailboxSettings>,
    /// How many connections to it letters leave over.
    pub couriers: usize,
    /// Largest mail that is read, in bytes.
    pub largest: usize,
    /// How long a mailbox is left alone when its server says nothing.
    pub poll: Duration,
    /// Name of this process among several on one store.
    pub node: String,
    /// For each mailbox, when the inbox was last found read to its end.
    pub read: Mutex<HashMap<String, Instant>>,
    /// Rung when a letter was committed.
    pub outbox: Notify,
    /// Rung when a deadline may have moved.
    pub timers: Notify,
    /// Rung when mails are held no longer.
    pub pen: Notify,
    /// How the service is.
    pub health: Health,
    /// Who fetches access tokens.
    pub keyring: Keyring,
    /// Who is told that it runs.
    pub supervisor: Supervisor,
}

impl Service {
    /// What time it is.
    pub fn now(&self) -> Instant {
        (self.clock)()
    }

    /// Whether what is written now would be found again; where not, nothing is begun, and the health of the service says why.
    fn is_sound(&self) -> bool {
        self.desk.store.in_place().is_ok() && !self.health.is_damaged()
    }

    /// Whose word about authors counts in that mailbox; nobody's, if it is no longer configured.
    fn trust(&self, mailbox: &str) -> Trust {
        self.mailboxes.iter().find(|attended| attended.settings.name == mailbox).map(|attended| attended.trust.clone()).unwrap_or_default()
    }

    /// Dice of one's own, that fall differently from all others.
    pub fn dice(&self) -> Dice {
        let seed = match self.dice.lock() {
            Ok(mut dice) => dice.roll(),
            Err(poisoned) => poisoned.into_inner().roll(),
        };
        Dice::from_seed(seed)
    }

    /// Until when the inboxes in which parties answer are known to be read; `None` while one of them was never read.
    fn read_until(&self) -> Option<Instant> {
        let read = self.read.lock().unwrap_or_else(PoisonError::into_inner);
        let answered = self.desk.counters.iter().filter(|counter| counter.workflow.is_some());
        answered.map(|counter| read.get(&counter.mailbox).copied()).min().flatten()
    }

    /// Notes that the inbox of `mailbox` was read to its end by a look that began at `began`.
    fn was_read(&self, mailbox: &str, began: Instant) {
        self.read.lock().unwrap_or_else(PoisonError::into_inner).insert(mailbox.to_owned(), began);
        self.timers.notify_one();
    }

    fn ring(&self) {
        self.outbox.notify_one();
        self.timers.notify_one();
    }
}

/// How long the loops may take to finish what they began. A server that is silent after the final dot may be waited for much longer,
/// but whoever stops the daemon waits half a minute (THREATS F58); the letter then counts as uncertain and is sent again.
const FAREWELL: Duration = Duration::from_secs(20);

/// Runs the loops until `stop`, then waits until each has finished what it began.
pub async fn run(service: Arc<Service>, stop: CancellationToken) {
    deliver::take_back(&service).await;
    ahead::bring_back(&service).await;
    let tasks = TaskTracker::new();
    for attended in service.mailboxes.clone() {
        tasks.spawn(receive::attend(Arc::clone(&service), attended, stop.clone()));
    }
    tasks.spawn(recover::recover(Arc::clone(&service), stop.clone()));
    tasks.spawn(holidays::follow(Arc::clone(&service), stop.clone()));
    tasks.spawn(deadlines::watch(Arc::clone(&service), stop.clone()));
    tasks.spawn(log::fold(Arc::clone(&service), stop.clone()));
    let (book, notes) = book::Book::new();
    tasks.spawn(book::keep(Arc::clone(&service), notes));
    let round = Arc::new(deliver::Round::new(book));
    for number in 1..=service.couriers.max(1) {
        tasks.spawn(deliver::carry(Arc::clone(&service), Arc::clone(&round), number, stop.clone()));
    }
    // The book is kept as long as somebody carries letters.
    drop(round);
    tasks.spawn(whole::look(Arc::clone(&service), stop.clone()));
    tasks.spawn(health::watch(Arc::clone(&service), stop.clone()));
    tasks.spawn(notify::supervise(Arc::clone(&service), stop.clone()));
    tasks.close();
    tokio::select! {
        () = tasks.wait() => {}
        () = overdue(&stop) => tracing::warn!("a server kept silent for too long; what it has not answered is taken up again at the next start"),
    }
    service.keyring.finish(FAREWELL).await;
    service.readers.close().await;
}

async fn overdue(stop: &CancellationToken) {
    stop.cancelled().await;
    tokio::time::sleep(FAREWELL).await;
}

/// Runs `work` in a task that always finishes, also when the caller goes away. A panic in it is an outcome of the work.
async fn unit<T: Send + 'static>(work: impl Future<Output = T> + Send + 'static) -> Option<T> {
    match tokio::spawn(work).await {
        Ok(done) => Some(done),
        Err(failed) => {
            tracing::error!(panicked = failed.is_panic(), "a unit of work broke off; its transaction was rolled back");
            None
        }
    }
}

/// Sleeps until `wake`, a bell or `stop`; at most a minute, so that a clock that jumped is noticed.
async fn rest(service: &Service, wake: Option<Instant>, bell: &Notify, stop: &CancellationToken) {
    const MINUTE: i64 = 60;
    let seconds = wake.map_or(MINUTE, |wake| wake.seconds_since(service.now()).clamp(0, MINUTE));
    let pause = Duration::from_millis(u64::try_from(seconds).unwrap_or(0).saturating_mul(1000).max(200));
    tokio::select! {
        () = tokio::time::sleep(pause) => {}
        () = bell.notified() => {}
        () = stop.cancelled() => {}
    }
}

/// Has the clock of a dispute looked at again so many seconds from now.
async fn put_off(service: &Arc<Service>, id: DisputeId, seconds: i64) -> Result<(), SettleError> {
    let held = Arc::clone(service);
    let done = unit(async move {
        let mut work = held.desk.store.begin().await?;
        work.postpone(id, held.now().plus_seconds(seconds)).await?;
        work.commit().await
    });
    Ok(done.await.unwrap_or(Ok(()))?)
}
