//! How the service is: measured every few seconds, shown at `/healthz` and `/metrics`, and told to its operator by one letter when something is
//! wrong and stays so, and by one when all is well again.
//!
//! Where the outgoing server itself is the trouble, the letter waits as every other does; the log and the pages tell it at once.

mod alarm;
mod findings;
mod http;
mod page;
mod probe;
mod pulse;

pub use findings::Limits;
pub use pulse::Pulse;

use super::ahead::bring_back;
use super::trouble::Trouble;
use super::{Service, unit};
use crate::domain::{Finding, Instant};
use crate::settle::{settle_trouble, settle_well_again};
use alarm::{Alarm, Say};
use findings::{findings, is_surely_well};
use page::Seen;
use probe::Probe;
pub(super) use probe::disk;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use tokio::time::Instant as Moment;
use tokio_util::sync::CancellationToken;

/// What is looked at, and what is done about it.
#[derive(Debug, Clone)]
pub struct HealthSettings {
    /// Where the pages are offered; nowhere if absent.
    pub listen: Option<SocketAddr>,
    /// From when on a number is wrong.
    pub limits: Limits,
    /// How long something must be wrong, or right again, before the operator is told.
    pub alarm_after: Duration,
    /// The folder of the database, where it lies on this machine.
    pub folder: Option<PathBuf>,
    /// The file of the master key.
    pub key_file: Option<PathBuf>,
}

/// How the service is.
#[derive(Debug)]
pub struct Health {
    /// What is looked at.
    pub settings: HealthSettings,
    /// What the loops say of themselves.
    pub pulse: Arc<Pulse>,
    /// The database was found damaged.
    pub damaged: AtomicBool,
    seen: Mutex<Option<Arc<Seen>>>,
}

impl Health {
    /// Nobody has looked yet.
    pub fn new(settings: HealthSettings) -> Self {
        Self { settings, pulse: Arc::default(), damaged: AtomicBool::new(false), seen: Mutex::new(None) }
    }

    /// Whether there is room for what would be fetched: below the floor mail is safer in its mailbox.
    pub fn has_room(&self) -> bool {
        !self.settings.folder.as_deref().and_then(disk).is_some_and(|disk| self.settings.limits.is_full(disk))
    }

    /// Whether the database was found damaged since the start.
    pub fn is_damaged(&self) -> bool {
        self.damaged.load(Ordering::Relaxed)
    }

    fn page(&self, path: &str) -> Option<http::Page> {
        let seen = self.seen.lock().unwrap_or_else(PoisonError::into_inner).clone();
        http::page_at(path, seen.as_deref())
    }

    /// Keeps what was seen; gives what was wrong before.
    fn keep(&self, seen: Seen) -> Vec<Finding> {
        let before = self.seen.lock().unwrap_or_else(PoisonError::into_inner).replace(Arc::new(seen));
        before.map(|seen| seen.findings.clone()).unwrap_or_default()
    }

    /// Often enough for what is to be noticed.
    fn every(&self) -> Duration {
        (self.settings.limits.patience.min(self.settings.alarm_after) / 3).clamp(Duration::from_millis(500), Duration::from_secs(15))
    }
}

/// Looks how the service is until `stop`, and tells its operator.
pub(super) async fn watch(service: Arc<Service>, stop: CancellationToken) {
    if let Some(listen) = service.health.settings.listen {
        tokio::spawn(http::serve(Arc::clone(&service), listen, stop.clone()));
    }
    let (mut probe, mut teller) = (Probe::begin(service.now()), Teller { begun: Moment::now(), alarm: None });
    while !stop.is_cancelled() {
        let numbers = probe.measure(&service).await;
        if probe.went_back() {
            bring_back(&service).await;
        }
        let limits = &service.health.settings.limits;
        let (findings, well) = (findings(&numbers, limits), is_surely_well(&numbers, limits));
        let before = service.health.keep(Seen { numbers, findings: findings.clone() });
        note(&before, &findings);
        if findings.contains(&Finding::StoreReplaced) && !before.contains(&Finding::StoreReplaced) {
            out_of_place(&service).await;
        }
        // What may not be written cannot be told by a letter.
        if !findings.iter().any(Finding::silences)
            && let Err(fault) = teller.tell(&service, &findings, well).await
        {
            tracing::error!(%fault, "the operator could not be told how the service is; tried again");
        }
        service.health.pulse.beat("health", service.health.every());
        tokio::select! {
            () = tokio::time::sleep(service.health.every()) => {}
            () = stop.cancelled() => {}
        }
    }
}

/// Says what became of the files of the database, and saves what can be saved.
async fn out_of_place(service: &Service) {
    let Err(fault) = service.desk.store.in_place() else { return };
    tracing::error!(%fault, "no mail is taken and no letter sent any more");
    if let Err(fault) = service.desk.store.rescue_log().await {
        tracing::error!(%fault, "what was written last could not be folded into the file of the database");
    }
}

/// One line of the log for each thing that is wrong now and was not, and one for each that is no longer.
fn note(before: &[Finding], now: &[Finding]) {
    for finding in now.iter().filter(|finding| !before.contains(finding)) {
        tracing::warn!(finding = finding.name(), about = finding.about(), "something is wrong with the service; `elitige doctor` looks further");
    }
    for finding in before.iter().filter(|finding| !now.contains(finding)) {
        tracing::info!(finding = finding.name(), about = finding.about(), "this is right again");
    }
}

/// Whoever tells the operator.
struct Teller {
    begun: Moment,
    alarm: Option<Alarm>,
}

impl Teller {
    /// Times begin an hour before the daemon did, so that what was told before it started has one too.
    const BEFORE: Duration = Duration::from_secs(3_600);

    async fn tell(&mut self, service: &Arc<Service>, findings: &[Finding], well: bool) -> Result<(), Trouble> {
        let now = Self::BEFORE + self.begun.elapsed();
        let alarm = match &mut self.alarm {
            Some(alarm) if !alarm.is_ringing() => alarm,
            // A letter that told of it may have been refused since.
            Some(alarm) if service.desk.store.alarm(&service.node).await?.is_some_and(|told| told.ringing) => alarm,
            other => {
                let told = service.desk.store.alarm(&service.node).await?;
                let ago = told.map(|told| Duration::from_secs(u64::try_from(service.now().seconds_since(told.told)).unwrap_or(0)));
                other.insert(Alarm::begin(told.is_some_and(|told| told.ringing), ago, now))
            }
        };
        let wrong = if findings.is_empty() { well.then_some(false) } else { Some(true) };
        let done = match alarm.look(wrong, service.health.settings.alarm_after, now) {
            Say::Nothing => return Ok(()),
            Say::Trouble(lasted) => {
                let (held, findings) = (Arc::clone(service), findings.to_vec());
                let since = service.now().plus_seconds(-i64::try_from(lasted.as_secs()).unwrap_or(0));
                unit(async move { ring(&held, &findings, since).await }).await
            }
            Say::WellAgain => {
                let held = Arc::clone(service);
                unit(async move { end(&held).await }).await
            }
        };
        done.unwrap_or(Err(Trouble::BrokeOff))?;
        alarm.was_told(now);
        service.outbox.notify_one();
        Ok(())
    }
}

async fn ring(service: &Service, findings: &[Finding], since: Instant) -> Result<(), Trouble> {
    let now = service.now();
    let mut work = service.desk.store.begin().await?;
    let told = settle_trouble(&service.desk, &mut work, &service.node, findings, since.min(now), now).await?;
    work.commit().await?;
    tracing::error!(told, findings = findings.len(), "something is wrong with the service and stays so; its operator is told");
    Ok(())
}

async fn end(service: &Service) -> Result<(), Trouble> {
    let now = service.now();
    let Some(told) = service.desk.store.alarm(&service.node).await?.filter(|told| told.ringing) else { return Ok(()) };
    let mut work = service.desk.store.begin().await?;
    let told = settle_well_again(&service.desk, &mut work, &service.node, told, now).await?;
    work.commit().await?;
    tracing::info!(told, "all is well again; the operator is told");
    Ok(())
}
