//! From a mailbox full of mail to everything committed and filed.

use crate::figures::Figures;
use crate::fill;
use crate::floor;
use crate::ledger::{Effect, Entry, Generator};
use crate::number;
use crate::stage::{Daemon, Stage, wait_until};
use crate::tree::{self, Peak};
use elitige::domain::MailOutcome;
use elitige::store::LetterNumber;
use std::time::{Duration, Instant};
use tokio::runtime::Runtime;

/// Into an empty store, beside the floor.
pub fn empty(runtime: &Runtime, figures: &mut Figures) {
    let (generator, mails) = mails();
    let bare = {
        let stage = Stage::new(&generator, 2, &[]);
        stage.fill_inbox(&mails);
        let took = runtime.block_on(floor::fetch_and_move(&stage));
        assert!(stage.inbox_is_empty(), "the floor moved everything");
        mails.len() as f64 / took.as_secs_f64()
    };
    let stage = Stage::new(&generator, 2, &[]);
    let taken = take_in(runtime, &stage, &mails);
    let rate = mails.len() as f64 / taken.took.as_secs_f64();
    figures.add("floor_per_s", bare);
    figures.add("intake_per_s", rate);
    figures.add("intake_vs_floor", rate / bare);
    figures.add("intake_cpu_ms", taken.cpu_ms / mails.len() as f64);
    figures.add("intake_rss_mib", taken.rss_mib);
}

/// The same into a store that holds a million letters and 250,000 open disputes.
pub fn full(runtime: &Runtime, figures: &mut Figures) {
    let (generator, mails) = mails();
    let rate = |stage: &Stage| mails.len() as f64 / take_in(runtime, stage, &mails).took.as_secs_f64();
    let stage = Stage::new(&generator, 2, &[]);
    let empty = rate(&stage);
    drop(stage);
    let stage = Stage::new(&generator, 2, &[]);
    fill::put(runtime, &stage, false);
    let full = rate(&stage);
    figures.add("intake_full_per_s", full);
    figures.add("intake_full_vs_empty", full / empty);
}

fn mails() -> (Generator, Vec<Entry>) {
    let generator = Generator::new(6);
    let mails = generator.mails(number("MAILS", 10_000));
    (generator, mails)
}

struct Taken {
    took: Duration,
    cpu_ms: f64,
    rss_mib: f64,
}

/// Runs the daemon until the inbox is empty, and holds what it did against the books.
fn take_in(runtime: &Runtime, stage: &Stage, mails: &[Entry]) -> Taken {
    stage.fill_inbox(mails);
    let began = Instant::now();
    let daemon = Daemon::start(stage);
    let peak = Peak::watch(daemon.pid());
    let took = wait_until(began, "the inbox is not empty", || stage.inbox_is_empty());
    let cpu_ms = tree::cpu_ms(daemon.pid());
    let rss_mib = peak.mib();
    daemon.stop();
    runtime.block_on(compare(stage, mails));
    Taken { took, cpu_ms, rss_mib }
}

/// Every mail is in the store, byte for byte, with the effect that it must have.
async fn compare(stage: &Stage, mails: &[Entry]) {
    let store = stage.store().await;
    assert!(store.unsettled(1).await.expect("the store").is_empty(), "a mail has no outcome");
    let mut work = store.glance().await.expect("the store");
    for mail in mails {
        let letter: LetterNumber = store.letter_with(&mail.bytes).await.expect("the store").unwrap_or_else(|| panic!("mail {} is lost", mail.message_id));
        if mail.index % 50 == 0 {
            assert_eq!(store.raw(letter).await.expect("the store").as_deref(), Some(mail.bytes.as_slice()), "mail {} was altered", mail.message_id);
        }
        let outcome = work.outcome_of(letter).await.expect("the store");
        let right = match mail.effect {
            Effect::Opens => outcome == Some(MailOutcome::Opened),
            Effect::Joins(_) => matches!(outcome, Some(MailOutcome::Noted | MailOutcome::Advanced)),
            Effect::Automatic => outcome == Some(MailOutcome::Automatic),
            Effect::Held => outcome.is_some_and(MailOutcome::is_held) || outcome == Some(MailOutcome::Stranger),
        };
        assert!(right, "mail {} must be {:?} and is {outcome:?}", mail.index, mail.effect);
    }
    drop(work);
    store.close().await;
}
