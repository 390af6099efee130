//! Measures: the store, the disk, the key, the clock, and what the loops said.

use super::findings::{Disk, MailboxNumbers, Numbers, StoreNumbers};
use crate::domain::Instant;
use crate::service::Service;
use crate::store::{StoreError, Vitals};
use std::io::ErrorKind;
use std::path::Path;
use std::sync::PoisonError;
use std::time::Duration;
use tokio::time::Instant as Moment;

/// How long the store may take to answer.
const PATIENCE: Duration = Duration::from_secs(30);
/// A clock that was set is believed after this long: time itself cannot say which of both was right.
const BELIEVED: Duration = Duration::from_secs(3_600);

/// What is remembered from one measurement to the next.
pub(super) struct Probe {
    started: Instant,
    /// What the clock showed when time was last compared.
    shown: Instant,
    then: Moment,
    /// Since when both differ.
    differs: Option<Moment>,
    /// A clock that was set back is believed since the last measurement.
    went_back: bool,
}

impl Probe {
    pub(super) fn begin(now: Instant) -> Self {
        Self { started: now, shown: now, then: Moment::now(), differs: None, went_back: false }
    }

    /// Whether it is believed since the last measurement that the clock was set back.
    pub(super) fn went_back(&self) -> bool {
        self.went_back
    }

    /// How the service is now.
    pub(super) async fn measure(&mut self, service: &Service) -> Numbers {
        let now = service.now();
        let clock_drift = self.drift(now, Moment::now());
        let health = &service.health;
        let read = service.read.lock().unwrap_or_else(PoisonError::into_inner).clone();
        let mailboxes = service.mailboxes.iter().map(|attended| {
            let name = attended.settings.name.clone();
            MailboxNumbers { read: read.get(&name).copied(), oldest_unread: health.pulse.unread(&name), certificate: health.pulse.certificate_of(&name), name }
        });
        let mailboxes = mailboxes.collect();
        let asked = tokio::time::timeout(PATIENCE, ask(service, now)).await;
        let store = asked.ok().and_then(Result::ok);
        let key_readable = match &health.settings.key_file {
            Some(file) => is_readable(tokio::fs::File::open(file).await.map(drop)),
            None => true,
        };
        Numbers {
            now,
            started: self.started,
            mailboxes,
            refused: service.health.pulse.refused(),
            outgoing_certificate: health.pulse.certificate_of("smtp"),
            store,
            damaged: health.is_damaged(),
            replaced: service.desk.store.in_place().is_err(),
            disk: health.settings.folder.as_deref().and_then(disk),
            key_readable,
            clock_drift,
            loops_late: health.pulse.late(Moment::now()).len(),
        }
    }

    /// By how many seconds the clock went further than time did, or less far.
    fn drift(&mut self, now: Instant, moment: Moment) -> i64 {
        let passed = i64::try_from(moment.saturating_duration_since(self.then).as_secs()).unwrap_or(i64::MAX);
        let drift = now.seconds_since(self.shown).saturating_sub(passed);
        self.went_back = false;
        if drift.saturating_abs() <= 1 {
            self.differs = None;
        } else if moment.saturating_duration_since(*self.differs.get_or_insert(moment)) >= BELIEVED {
            (self.shown, self.then, self.differs, self.went_back) = (now, moment, None, drift < 0);
        }
        drift
    }
}

/// What the store says.
async fn ask(service: &Service, now: Instant) -> Result<StoreNumbers, StoreError> {
    let store = &service.desk.store;
    let Vitals { held, letters, letter_due, clock_due } = store.vitals(now).await?;
    let mut unreachable = false;
    for registrar in &service.desk.operators {
        unreachable |= store.is_unreachable(&registrar.address).await?;
    }
    let last_settled = store.last_settled().await?;
    Ok(StoreNumbers { held, letters, letter_due, clock_due, unreachable, last_settled })
}

/// Whether a file is there and may be read, as far as trying it tells: what is short in this process (open files, memory) says nothing of the file.
fn is_readable(tried: std::io::Result<()>) -> bool {
    !tried.is_err_and(|fault| matches!(fault.kind(), ErrorKind::NotFound | ErrorKind::PermissionDenied))
}

/// The disk on which `folder` lies.
pub(in crate::service) fn disk(folder: &Path) -> Option<Disk> {
    let told = rustix::fs::statvfs(folder).ok()?;
    Some(Disk { free: told.f_bavail.saturating_mul(told.f_frsize), all: told.f_blocks.saturating_mul(told.f_frsize) })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_clock_that_was_set_is_told_for_an_hour() {
        let now = Instant::from_micros(1_800_000_000_000_000);
        let mut probe = Probe::begin(now);
        let (then, after) = (probe.then, |seconds: i64| now.plus_seconds(seconds));
        let moment = |seconds: u64| then + Duration::from_secs(seconds);
        assert_eq!(probe.drift(after(10), moment(10)), 0);
        assert_eq!(probe.drift(after(-86_390), moment(20)), -86_410);
        assert_eq!(probe.drift(after(-86_380), moment(30)), -86_410);
        assert_eq!(probe.drift(after(-86_410 + 3_620), moment(3_620)), -86_410, "the last time");
        assert!(probe.went_back(), "believed from now on");
        assert_eq!(probe.drift(after(-86_410 + 3_630), moment(3_630)), 0, "it is believed");
        assert!(!probe.went_back(), "once");
    }

    #[test]
    fn only_a_file_that_is_not_there_or_may_not_be_read_is_gone() {
        const TOO_MANY_OPEN_FILES: i32 = 24;
        assert!(is_readable(Ok(())) && is_readable(Err(std::io::Error::from_raw_os_error(TOO_MANY_OPEN_FILES))));
        assert!(!is_readable(Err(ErrorKind::NotFound.into())) && !is_readable(Err(ErrorKind::PermissionDenied.into())));
    }

    #[test]
    fn a_disk_has_room() {
        let disk = disk(Path::new("/")).unwrap();
        assert!(disk.free <= disk.all && disk.all > 0);
        assert!(super::disk(Path::new("/no/such/folder")).is_none());
    }
}
