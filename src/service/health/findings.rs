//! Numbers → what is wrong: no clock, no file, no socket.

use crate::domain::{Finding, Instant};
use std::time::Duration;

/// What was measured at one time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Numbers {
    /// When.
    pub now: Instant,
    /// When the daemon started: what it has not done since cannot be late before.
    pub started: Instant,
    /// Each mailbox.
    pub mailboxes: Vec<MailboxNumbers>,
    /// The logins whose authorization their provider refuses until a person acts.
    pub refused: Vec<String>,
    /// When the certificate of the outgoing server ends; `None` if it was not seen yet or has none.
    pub outgoing_certificate: Option<Instant>,
    /// What the store says; `None` if it does not.
    pub store: Option<StoreNumbers>,
    /// Whether the database was found damaged.
    pub damaged: bool,
    /// Whether a file of the database was replaced or removed.
    pub replaced: bool,
    /// The disk of the database; `None` if it lies elsewhere.
    pub disk: Option<Disk>,
    /// Whether the file of the master key can be read.
    pub key_readable: bool,
    /// By how many seconds the clock went otherwise than time did.
    pub clock_drift: i64,
    /// Loops that did not tick when they should have.
    pub loops_late: usize,
}

/// What was measured of one mailbox.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MailboxNumbers {
    /// Its name in service.toml.
    pub name: String,
    /// When the last look began that read it to its end.
    pub read: Option<Instant>,
    /// When the oldest mail came that lay there unheard after the last look.
    pub oldest_unread: Option<Instant>,
    /// When its server's certificate ends.
    pub certificate: Option<Instant>,
}

/// What the store counts.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct StoreNumbers {
    /// Mails that wait for a person.
    pub held: u64,
    /// Letters by state.
    pub letters: Vec<(&'static str, u32)>,
    /// Since when the oldest letter may leave that has not.
    pub letter_due: Option<Instant>,
    /// The earliest time at which a clock has something to say.
    pub clock_due: Option<Instant>,
    /// Whether a registrar's address takes no letters.
    pub unreachable: bool,
    /// When the mail was settled that came last of those that are.
    pub last_settled: Option<Instant>,
}

/// A disk.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Disk {
    /// Bytes that this program may still write.
    pub free: u64,
    /// Bytes in all.
    pub all: u64,
}

/// From when on a number is wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// How long a mailbox may stay unread, and a mail, a letter or a deadline wait.
    pub patience: Duration,
    /// Below so many free bytes no mail is fetched …
    pub floor_bytes: u64,
    /// … or below this share of the disk (%), whichever is less.
    pub floor_percent: u64,
}

impl Limits {
    /// Whether no mail may be fetched any more.
    pub fn is_full(&self, disk: Disk) -> bool {
        let share = (disk.all / 100).saturating_mul(self.floor_percent);
        disk.free < share.min(self.floor_bytes)
    }
}

/// Days before its end at which a certificate should long have been renewed: whoever renews by a program does so at thirty.
const CERTIFICATE_DAYS: i64 = 10;
/// Letters of which nobody knows whether they arrived; a line breaks now and then.
const MOST_UNCERTAIN: u32 = 20;
/// Seconds by which a clock may be set without a word.
const MOST_DRIFT: i64 = 60;
/// Seconds by which what was written last may seem to be still to come: the clocks of several nodes differ a little.
const MOST_AHEAD: i64 = 300;
const DAY: i64 = 86_400;

/// What is wrong, in a fixed order.
pub fn findings(numbers: &Numbers, limits: &Limits) -> Vec<Finding> {
    let patience = i64::try_from(limits.patience.as_secs()).unwrap_or(i64::MAX);
    let is_late = |since: Instant| numbers.now.seconds_since(since.max(numbers.started)) > patience;
    let ends = |certificate: Option<Instant>| certificate.is_some_and(|end| end.seconds_since(numbers.now) < CERTIFICATE_DAYS.saturating_mul(DAY));
    let mut found = Vec::new();
    for mailbox in &numbers.mailboxes {
        let name = || mailbox.name.clone();
        if is_late(mailbox.read.unwrap_or(numbers.started)) {
            found.push(Finding::MailboxUnread { mailbox: name() });
        }
        if mailbox.oldest_unread.is_some_and(is_late) {
            found.push(Finding::MailWaits { mailbox: name() });
        }
        if ends(mailbox.certificate) {
            found.push(Finding::CertificateEnds { server: name() });
        }
    }
    found.extend(numbers.refused.iter().map(|login| Finding::AuthorizationRefused { login: login.clone() }));
    if ends(numbers.outgoing_certificate) {
        found.push(Finding::CertificateEnds { server: "smtp".to_owned() });
    }
    let Some(store) = &numbers.store else {
        // What lies elsewhere is not asked, which is said by itself.
        found.extend((!numbers.replaced).then_some(Finding::StoreSilent));
        return ended(found, numbers, limits);
    };
    let uncertain = store.letters.iter().find(|(state, _)| *state == "uncertain").map_or(0, |(_, count)| *count);
    let kinds = [
        (store.letter_due.is_some_and(is_late), Finding::LettersLate),
        (store.clock_due.is_some_and(is_late), Finding::DeadlinesLate),
        (uncertain >= MOST_UNCERTAIN, Finding::LettersUncertain),
        (store.unreachable, Finding::OperatorUnreachable),
        (store.last_settled.is_some_and(|last| last.seconds_since(numbers.now) > MOST_AHEAD), Finding::TimesAhead),
    ];
    found.extend(kinds.into_iter().filter(|(is, _)| *is).map(|(_, finding)| finding));
    ended(found, numbers, limits)
}

/// Whether all is surely well. Neither that nor a finding: it is too early after the start to say.
pub fn is_surely_well(numbers: &Numbers, limits: &Limits) -> bool {
    let started = Instant::from_micros(0);
    findings(&Numbers { started, ..numbers.clone() }, limits).is_empty()
}

/// What is about the machine itself.
fn ended(mut found: Vec<Finding>, numbers: &Numbers, limits: &Limits) -> Vec<Finding> {
    let kinds = [
        (numbers.replaced, Finding::StoreReplaced),
        (numbers.damaged, Finding::StoreDamaged),
        (!numbers.key_readable, Finding::KeyGone),
        (numbers.disk.is_some_and(|disk| limits.is_full(disk)), Finding::DiskFull),
        (numbers.clock_drift.saturating_abs() > MOST_DRIFT, Finding::ClockWrong),
    ];
    found.extend(kinds.into_iter().filter(|(is, _)| *is).map(|(_, finding)| finding));
    found
}

#[cfg(test)]
pub mod tests {
    use super::*;

    pub const LIMITS: Limits = Limits { patience: Duration::from_secs(900), floor_bytes: 2 << 30, floor_percent: 5 };

    pub fn well() -> Numbers {
        let now = Instant::from_micros(1_800_000_000_000_000);
        Numbers {
            now,
            started: now.plus_seconds(-DAY),
            mailboxes: vec![MailboxNumbers { name: "desk".to_owned(), read: Some(now), oldest_unread: None, certificate: Some(now.plus_seconds(60 * DAY)) }],
            refused: Vec::new(),
            outgoing_certificate: None,
            store: Some(StoreNumbers { letters: vec![("queued", 3), ("uncertain", 1)], clock_due: Some(now.plus_seconds(5)), ..StoreNumbers::default() }),
            damaged: false,
            replaced: false,
            disk: Some(Disk { free: 30 << 30, all: 100 << 30 }),
            key_readable: true,
            clock_drift: 0,
            loops_late: 0,
        }
    }

    fn names(change: impl FnOnce(&mut Numbers)) -> Vec<&'static str> {
        let mut numbers = well();
        change(&mut numbers);
        findings(&numbers, &LIMITS).iter().map(Finding::name).collect()
    }

    #[test]
    fn each_number_beyond_its_limit_is_one_finding() {
        assert!(names(|_| ()).is_empty());
        assert_eq!(names(|n| n.mailboxes[0].read = Some(n.now.plus_seconds(-901))), ["mailbox-unread"]);
        assert!(names(|n| n.mailboxes[0].read = Some(n.now.plus_seconds(-900))).is_empty());
        assert_eq!(names(|n| n.mailboxes[0].oldest_unread = Some(n.now.plus_seconds(-901))), ["mail-waits"]);
        assert_eq!(names(|n| n.mailboxes[0].certificate = Some(n.now.plus_seconds(10 * DAY - 1))), ["certificate-ends"]);
        assert_eq!(names(|n| n.refused = vec!["desk".to_owned(), "smtp".to_owned()]), ["authorization-refused"; 2]);
        assert_eq!(names(|n| n.outgoing_certificate = Some(n.now.plus_seconds(-1))), ["certificate-ends"]);
        assert_eq!(names(|n| n.store.as_mut().unwrap().letter_due = Some(n.now.plus_seconds(-901))), ["letters-late"]);
        assert_eq!(names(|n| n.store.as_mut().unwrap().clock_due = Some(n.now.plus_seconds(-901))), ["deadlines-late"]);
        assert_eq!(names(|n| n.store.as_mut().unwrap().letters = vec![("uncertain", 20)]), ["letters-uncertain"]);
        assert_eq!(names(|n| n.store.as_mut().unwrap().unreachable = true), ["operator-unreachable"]);
        assert_eq!(names(|n| n.store = None), ["store-silent"]);
        assert_eq!(names(|n| n.replaced = true), ["store-replaced"]);
        assert_eq!(names(|n| (n.replaced, n.store) = (true, None)), ["store-replaced"]);
        assert_eq!(names(|n| n.damaged = true), ["store-damaged"]);
        assert_eq!(names(|n| n.store.as_mut().unwrap().last_settled = Some(n.now.plus_seconds(301))), ["times-ahead"]);
        assert!(names(|n| n.store.as_mut().unwrap().last_settled = Some(n.now.plus_seconds(300))).is_empty());
        assert_eq!(names(|n| n.key_readable = false), ["key-gone"]);
        assert_eq!(names(|n| n.clock_drift = -61), ["clock-wrong"]);
        assert_eq!(names(|n| n.disk = Some(Disk { free: 1 << 30, all: 100 << 30 })), ["disk-full"]);
    }

    #[test]
    fn what_was_late_before_the_start_has_its_time_after_it() {
        assert!(names(|n| (n.started, n.mailboxes[0].read) = (n.now.plus_seconds(-900), None)).is_empty());
        assert_eq!(names(|n| (n.started, n.mailboxes[0].read) = (n.now.plus_seconds(-901), None)), ["mailbox-unread"]);
        assert!(names(|n| (n.started, n.store.as_mut().unwrap().clock_due) = (n.now, Some(n.now.plus_seconds(-9 * DAY)))).is_empty());
        let mut numbers = well();
        (numbers.started, numbers.mailboxes[0].read) = (numbers.now, None);
        assert!(!is_surely_well(&numbers, &LIMITS), "nobody knows before the first look");
        numbers.mailboxes[0].read = Some(numbers.now);
        assert!(is_surely_well(&numbers, &LIMITS));
    }

    #[test]
    fn the_floor_is_the_lesser_of_both() {
        let full = |free: u64, all: u64| LIMITS.is_full(Disk { free, all });
        assert!(full((2 << 30) - 1, 500 << 30) && !full(2 << 30, 500 << 30), "two gibibytes of a large disk");
        assert!(!full(1 << 30, 10 << 30) && full(400 << 20, 10 << 30), "a twentieth of a small one");
    }

    #[test]
    fn everything_is_told_at_once_and_every_kind_has_its_name() {
        let all = names(|n| {
            let old = n.now.plus_seconds(-DAY / 2);
            n.mailboxes[0] = MailboxNumbers { name: "desk".to_owned(), read: Some(old), oldest_unread: Some(old), certificate: Some(old) };
            n.store = Some(StoreNumbers {
                held: 1,
                letters: vec![("uncertain", 99)],
                letter_due: Some(old),
                clock_due: Some(old),
                unreachable: true,
                last_settled: Some(n.now.plus_seconds(DAY)),
            });
            n.refused = vec!["desk".to_owned()];
            (n.replaced, n.damaged, n.key_readable, n.clock_drift, n.disk) = (true, true, false, DAY, Some(Disk { free: 0, all: 1 << 40 }));
        });
        let mut known: Vec<&str> = Finding::NAMES.to_vec();
        known.retain(|name| *name != "store-silent");
        let mut told = all;
        told.sort_unstable();
        known.sort_unstable();
        assert_eq!(told, known);
    }
}
