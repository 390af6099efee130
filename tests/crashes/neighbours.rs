//! Others use the same database or the same mailbox: a process that locks, a node that took over, a person with a mail program, a second start.

use crate::ground::{Ground, Run, a_complaint_and_a_reply, complaints};
use crate::harness::{Plan, Rule, Then, Way, When};
use crate::ledger::Report;
use crate::strace;
use elitige::domain::{Act, Dice, Instant};
use elitige::store::{Keys, Sent, Standing, Store};
use rustix::process::{Pid, Signal, kill_process};
use sqlx::sqlite::{SqliteConnectOptions, SqliteConnection};
use sqlx::{ConnectOptions as _, Executor as _};
use std::collections::BTreeSet;
use std::fs;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

const SOON: Duration = Duration::from_secs(60);
const A_WHILE: Duration = Duration::from_secs(3);

/// Does something asynchronous.
pub fn now<T>(work: impl Future<Output = T>) -> T {
    tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap().block_on(work)
}

/// Another process' connection to the database.
pub async fn beside(run: &Run<'_>) -> SqliteConnection {
    SqliteConnectOptions::new().filename(run.database()).busy_timeout(SOON).connect().await.unwrap()
}

/// Waits until `holds`.
pub fn until(what: &str, run: &Run<'_>, mut holds: impl FnMut() -> bool) {
    let end = std::time::Instant::now() + SOON;
    while !holds() {
        assert!(std::time::Instant::now() < end, "{what}:\n{}", run.last_words());
        std::thread::sleep(Duration::from_millis(10));
    }
}

#[test]
fn f31_a_database_that_another_process_keeps_locking_is_waited_for() {
    let ground = Ground::new(1, a_complaint_and_a_reply);
    let run = ground.run();
    run.gets(complaints(&ground.generator, 0, 4));
    let mut daemon = run.starts(&[], &[]);
    let mut locks = 0;
    now(async {
        let mut other = beside(&run).await;
        while locks < 8 {
            other.execute("BEGIN IMMEDIATE").await.unwrap();
            std::thread::sleep(Duration::from_millis(700));
            other.execute("ROLLBACK").await.unwrap();
            locks += 1;
            std::thread::sleep(Duration::from_millis(30));
        }
    });
    assert!(daemon.rests(SOON), "{}", run.last_words());
    daemon.stops();
    assert!(!run.last_words().contains("database is locked"), "{}", run.last_words());
    run.must_be_whole(&format!("F31, {locks} locks of 700 ms"));
}

#[test]
fn f34_a_daemon_that_slept_through_its_lease_sends_nothing_on_it() {
    let ground = Ground::new(1, a_complaint_and_a_reply);
    let run = ground.run();
    let asleep = Rule::new(Way::ToClient, When::Before(b"354 go on".to_vec()), Then::Stall);
    ground.smtp.follow(Plan::of(&asleep));
    let daemon = run.starts(&[], &[]);
    until("a letter is on its way", &run, || asleep.is_spent());
    std::thread::sleep(A_WHILE);
    let pid = Pid::from_child(&daemon.child);
    kill_process(pid, Signal::STOP).unwrap();
    // Its lease runs out, another node takes the letters over and has them for an hour.
    let keys = Keys::load(&run.config().with_file_name("key")).unwrap();
    let store = |number| Store::open(run.url().leak(), &keys, Dice::from_seed([number; 32]));
    let taken = now(async {
        beside(&run).await.execute("UPDATE outbox SET due = 1 WHERE state = 'leased'").await.unwrap();
        let store = store(9).await.unwrap();
        let taken = store.claim("other", real_now(), 100, 3_600).await.unwrap();
        store.close().await;
        taken
    });
    assert!(!taken.is_empty(), "{}", run.last_words());
    ground.smtp.heal();
    kill_process(pid, Signal::CONT).unwrap();
    std::thread::sleep(A_WHILE);
    let rows = taken.len();
    assert_eq!(run.letters(), 0, "{rows} letters are another's:\n{}", run.last_words());
    now(async {
        let store = store(10).await.unwrap();
        for row in &taken {
            assert!(store.finish(row.id, "other", Sent::Untried { at: real_now() }, real_now()).await.unwrap(), "the other node still has {}", row.id);
        }
        store.close().await;
    });
    daemon.stops();
    let report = run.must_be_whole("F34");
    assert_eq!((report.duplicates, report.uncertain), (0, 0), "{}", report.summary());
}

fn real_now() -> Instant {
    Instant::from_micros(i64::try_from(SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_micros()).unwrap())
}

/// What somebody else may do in the mailbox, again and again: mark, copy, take away, bring back, remove copies.
#[test]
fn f40_another_program_in_the_same_mailbox_loses_and_doubles_nothing_that_remains() {
    const DEEDS: usize = 60;
    let seed = SystemTime::now().duration_since(UNIX_EPOCH).unwrap().subsec_nanos();
    let mut dice = Dice::from_seed([seed.to_be_bytes(); 8].concat().try_into().unwrap());
    let ground = Ground::new(1, a_complaint_and_a_reply);
    let run = ground.run();
    let user = run.user().to_owned();
    let doveadm = |words: &[&str]| ground.dovecot.doveadm(words);
    doveadm(&["mailbox", "create", "-u", &user, "Elsewhere"]);
    // Among others lies a mail that somebody marked as deleted before it was heard: it is neither filed away with them nor removed for good.
    let mut first = complaints(&ground.generator, 0, 3);
    run.gets_marked(vec![first.remove(1)]);
    run.gets(first);
    let mut daemon = run.starts(&[], &[]);
    until("the others are filed away", &run, || run.count("sightings WHERE state = 'filed'") == 4);
    assert_eq!((run.count("letters"), run.waiting()), (4, 1), "what is marked as deleted is left alone:\n{}", run.last_words());
    for deed in 0..DEEDS {
        if deed % 4 == 0 {
            run.gets(complaints(&ground.generator, 3 + deed / 4, 1));
        }
        match dice.below(7) {
            0 => doveadm(&["flags", "add", "-u", &user, "\\Seen \\Flagged", "mailbox", "INBOX", "all"]),
            1 => doveadm(&["flags", "add", "-u", &user, "\\Deleted", "mailbox", "INBOX", "1:2"]),
            2 => doveadm(&["flags", "remove", "-u", &user, "\\Deleted \\Seen", "mailbox", "INBOX", "all"]),
            3 => ground.dovecot.doveadm_in_a_race(&["copy", "-u", &user, "Elsewhere", "mailbox", "INBOX", "all"]),
            4 => ground.dovecot.doveadm_in_a_race(&["move", "-u", &user, "Elsewhere", "mailbox", "INBOX", "all"]),
            5 => doveadm(&["move", "-u", &user, "INBOX", "mailbox", "Elsewhere", "all"]),
            _ => doveadm(&["move", "-u", &user, "INBOX", "mailbox", "Archive", "1"]),
        };
    }
    // What was marked as deleted and archived so would come back as deleted, and be left alone.
    for folder in ["INBOX", "Elsewhere", "Archive"] {
        doveadm(&["flags", "remove", "-u", &user, "\\Deleted", "mailbox", folder, "all"]);
    }
    for folder in ["Elsewhere", "Archive"] {
        doveadm(&["move", "-u", &user, "INBOX", "mailbox", folder, "all"]);
    }
    assert!(daemon.rests(Duration::from_secs(120)), "seed {seed}:\n{}", run.last_words());
    daemon.stops();
    run.comes_to_rest();
    let faults = faults_but_copies(&run.audit());
    assert!(faults.is_empty(), "F40, seed {seed}:\n{}\n{}", faults.join("\n"), run.last_words());
    assert_eq!(now(effects_twice(&run)), Vec::<String>::new(), "F40, seed {seed}");
    println!("{DEEDS} deeds of another program, seed {seed}: {} faults", faults.len());
}

/// Each time that a mail is seen anew is noted in the journal, as a copy and without any effect.
pub fn faults_but_copies(report: &Report) -> Vec<String> {
    let noted = |fault: &String| fault.starts_with("doubled: the mail ") && fault.ends_with(" times in journals");
    report.faults().into_iter().filter(|fault| !noted(fault)).collect()
}

/// The disputes in which one mail had an effect more than once.
pub async fn effects_twice(run: &Run<'_>) -> Vec<String> {
    let keys = Keys::load(&run.config().with_file_name("key")).unwrap();
    let store = Store::open(&run.url(), &keys, Dice::from_seed([11; 32])).await.unwrap();
    let mut twice = Vec::new();
    for line in store.list(Standing::Open, 1_000).await.unwrap() {
        let mut seen = BTreeSet::new();
        let entries = store.journal(line.id).await.unwrap().into_iter().filter_map(|recorded| recorded.entry);
        let again = entries.filter(|entry| entry.act != Act::Copy && !seen.insert(entry.cause)).count();
        twice.extend((again > 0).then(|| line.reference.to_string()));
    }
    store.close().await;
    twice
}

/// Somebody follows the recipe for going back to a copy, and forgets to stop the service.
#[test]
fn a_database_that_is_replaced_under_the_daemon_ends_its_work_and_no_mail_leaves_the_inbox() {
    let ground = Ground::new(1, a_complaint_and_a_reply);
    let run = ground.run();
    let mut daemon = run.starts(&[], &[]);
    assert!(daemon.rests(SOON), "{}", run.last_words());
    let (letters, aside) = (run.letters(), run.database().with_file_name("aside.db"));
    fs::rename(run.database(), &aside).unwrap();
    fs::copy(&aside, run.database()).unwrap();
    run.gets(complaints(&ground.generator, 0, 3));
    until("the service says so", &run, || run.last_words().contains("was replaced or removed while the service ran; stop the service"));
    std::thread::sleep(A_WHILE);
    assert_eq!((run.waiting(), run.letters()), (3, letters), "nothing is taken, nothing is sent:\n{}", run.last_words());
    daemon.stops();
    fs::rename(&aside, run.database()).unwrap();
    run.must_be_whole("a database that was replaced under the daemon");
}

#[test]
fn f60_of_two_that_start_at_once_on_an_old_or_an_empty_database_one_wins() {
    let ground = Ground::new(1, a_complaint_and_a_reply);
    let run = ground.run();
    for old in [false, true] {
        if old {
            run.grows_younger();
        }
        let (mut one, mut other) = (run.starts(&[], &[]), run.starts(&[], &[]));
        let mut lost = None;
        until("one of the two gives way", &run, || {
            lost = one.child.try_wait().unwrap().map(|status| (status, 0)).or(other.child.try_wait().unwrap().map(|status| (status, 1)));
            lost.is_some()
        });
        let (status, which) = lost.unwrap();
        let said = fs::read(run.log()).unwrap().split_off(one.said);
        assert!(!status.success() && String::from_utf8_lossy(&said).contains("another `elitige run`"), "{}", run.last_words());
        let mut winner = if which == 0 { other } else { one };
        assert!(winner.rests(SOON), "{}", run.last_words());
        // Who gives way has touched nothing before: it does not even bring the database up to date.
        run.grows_younger();
        assert!(!run.starts(&[], &[]).succeeds() && !run.is_migrated(), "{}", run.last_words());
        winner.stops();
        run.must_be_whole(if old { "F60 on a database of the version before" } else { "F60" });
        assert!(run.is_migrated());
    }
}

#[test]
fn f60_of_several_that_make_the_same_database_at_once_one_wins_and_what_it_made_is_sound() {
    let ground = Ground::new(1, |_| Vec::new());
    let run = ground.run();
    let file = run.config().join("service.toml");
    let text = fs::read_to_string(&file).unwrap();
    // In the last two rounds both look before one of them makes anything: the key file, then the database, which is written by way of its log.
    for round in 0..7 {
        let (database, key) = (format!("disk/new{round}.db"), format!("disk/new{round}.key"));
        let folder = run.config().parent().unwrap().display().to_string();
        fs::write(&file, text.replace("disk/run.db", &database).replace(&format!("\"{folder}/key\""), &format!("\"{folder}/{key}\""))).unwrap();
        let (late, several) = match round {
            5 => (Some(run.config().with_file_name(&key)), 2),
            6 => (Some(run.config().with_file_name(format!("{database}-wal"))), 2),
            _ => (None, 4),
        };
        let before = |turn: usize| late.as_ref().map_or(Vec::new(), |file| strace::delaying("openat", 500 + turn * 2_500, file));
        let made: Vec<_> = (0..several).map(|turn| run.command(&["init"], &[], &before(turn))).collect();
        let won = made.into_iter().map(|one| one.succeeds()).filter(|won| *won).count();
        assert_eq!(won, 1, "round {round}: {won} say that they made it:\n{}", run.last_words());
        assert!(run.command(&["check", "--store"], &[], &[]).succeeds(), "round {round}:\n{}", run.last_words());
    }
}
