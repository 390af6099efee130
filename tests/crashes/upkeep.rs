//! What an administrator does: a backup that is put back, an upgrade and a way back, a stop at any time (THREATS F56–F58).

use crate::ground::{Ground, a_complaint_and_a_reply, complaints};
use crate::harness::{Plan, Rule, Then, Way, When};
use crate::neighbours::{beside, effects_twice, faults_but_copies, now, until};
use elitige::domain::Dice;
use elitige::store::{Keys, Standing};
use rustix::process::{Pid, Signal, kill_process};
use sqlx::Executor as _;
use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

const SOON: Duration = Duration::from_secs(60);
/// Longer than a stop may take, whatever servers do.
const STOP: Duration = Duration::from_secs(30);

#[test]
fn f55_without_its_key_or_with_another_one_nothing_starts_and_nothing_is_touched() {
    let ground = Ground::new(1, a_complaint_and_a_reply);
    let run = ground.run();
    run.must_be_whole("nothing");
    let key = run.config().with_file_name("key");
    let (kept, database, letters) = (fs::read(&key).unwrap(), fs::read(run.database()).unwrap(), run.letters());
    run.gets(complaints(&ground.generator, 0, 1));
    for wrong in ["missing", "empty", "cut short", "another"] {
        fs::remove_file(&key).unwrap();
        match wrong {
            "missing" => {}
            "another" => drop(Keys::create(&key, &mut Dice::from_seed([77; 32])).unwrap()),
            _ => fs::write(&key, if wrong == "empty" { &[][..] } else { &kept[..kept.len() / 2] }).unwrap(),
        }
        if key.exists() {
            fs::set_permissions(&key, fs::Permissions::from_mode(0o600)).unwrap();
        }
        assert!(!run.command(&["run"], &[], &[]).succeeds(), "{wrong}:\n{}", run.last_words());
        assert!(run.last_words().contains("key"), "{wrong}: the fault is named:\n{}", run.last_words());
        assert!(fs::read(run.database()).unwrap() == database, "{wrong}: the database was touched");
        assert_eq!((run.letters(), run.waiting()), (letters, 1), "{wrong}");
        fs::write(&key, &kept).unwrap();
        fs::set_permissions(&key, fs::Permissions::from_mode(0o600)).unwrap();
    }
    run.must_be_whole("F55");
}

#[test]
fn f56_an_older_copy_that_is_put_back_and_the_mails_since_come_to_the_same() {
    let ground = Ground::new(1, a_complaint_and_a_reply);
    let run = ground.run();
    let copy = run.database().with_file_name("copy.db");
    let _ = fs::remove_file(&copy);
    let mut daemon = run.starts(&[], &[]);
    run.gets(complaints(&ground.generator, 0, 6));
    until("some mails are heard", &run, || run.count("letters WHERE state = 'settled'") > 3);
    now(async { beside(&run).await.execute(&*format!("VACUUM INTO '{}'", copy.display()).leak()).await.unwrap() });
    run.gets(complaints(&ground.generator, 6, 4));
    assert!(daemon.rests(SOON), "{}", run.last_words());
    daemon.stops();
    run.must_be_whole("F56 before the copy is put back");
    let disputes = run.references(Standing::Open).len();
    for ending in ["db-wal", "db-shm"] {
        let _ = fs::remove_file(run.database().with_extension(ending));
    }
    fs::copy(&copy, run.database()).unwrap();
    assert!(run.references(Standing::Open).len() < disputes, "the copy is older");
    for folder in ["Archive", "Held"] {
        ground.dovecot.doveadm(&["move", "-u", run.user(), "INBOX", "mailbox", folder, "all"]);
    }
    run.comes_to_rest();
    assert!(run.rests(), "{}", run.last_words());
    assert_eq!(run.references(Standing::Open).len(), disputes, "every complaint is one dispute again");
    assert_eq!(run.faults_of_the_store(), Vec::<String>::new());
    // What left since the copy was made leaves once more, under the same Message-ID, and in the words of its new dispute.
    let again = |fault: &String| fault.starts_with("excess: the letter ") || fault.starts_with("differing: the letter ");
    let faults: Vec<String> = faults_but_copies(&run.audit()).into_iter().filter(|fault| !again(fault)).collect();
    assert!(faults.is_empty(), "F56:\n{}\n{}", faults.join("\n"), run.last_words());
    assert_eq!(now(effects_twice(&run)), Vec::<String>::new(), "F56");
}

#[test]
fn f57_letters_that_wait_or_are_in_doubt_survive_an_upgrade_and_the_older_program_is_refused() {
    let ground = Ground::new(1, a_complaint_and_a_reply);
    let run = ground.run();
    let lost = Rule::new(Way::ToClient, When::Before(b"250 2.0.0 taken".to_vec()), Then::Cut);
    ground.smtp.follow(Plan::of(&lost));
    let daemon = run.starts(&[], &[]);
    until("nobody knows of a letter", &run, || lost.is_spent() && run.count("outbox WHERE state = 'uncertain'") == 1);
    daemon.dies();
    run.gets(complaints(&ground.generator, 0, 2));
    let second = Rule::new(Way::ToClient, When::After(b"354 go on".to_vec()), Then::Stall);
    ground.smtp.follow(Plan::of(&second));
    let daemon = run.starts(&[], &[]);
    until("another one waits for its dot", &run, || second.is_spent());
    daemon.dies();
    ground.smtp.heal();
    run.grows_younger();
    let pending = run.count("outbox WHERE state IN ('queued', 'leased', 'dot-pending', 'uncertain')");
    assert!(pending >= 2, "{pending} letters wait during the upgrade");
    // The way back: a program that is older than the database touches nothing.
    let newer =
        "INSERT INTO _sqlx_migrations (version, description, installed_on, success, checksum, execution_time) VALUES (9999, 'x', '2026-11-23', 1, x'00', 0)";
    now(async { beside(&run).await.execute(newer).await.unwrap() });
    assert!(!run.command(&["run"], &[], &[]).succeeds(), "{}", run.last_words());
    assert!(run.last_words().contains("written by a newer elitige"), "{}", run.last_words());
    assert!(!run.is_migrated());
    now(async { beside(&run).await.execute("DELETE FROM _sqlx_migrations WHERE version = 9999").await.unwrap() });
    let report = run.must_be_whole("F57");
    assert!(run.is_migrated() && report.duplicates <= report.uncertain, "{}", report.summary());
}

#[test]
fn f58_told_to_stop_at_any_time_it_stops_in_time_and_leaves_nothing_half_done() {
    const STOPS: usize = 14;
    let seed = SystemTime::now().duration_since(UNIX_EPOCH).unwrap().subsec_nanos();
    let mut dice = Dice::from_seed([seed.to_be_bytes(); 8].concat().try_into().unwrap());
    let ground = Ground::new(1, a_complaint_and_a_reply);
    let run = ground.run();
    // So slow that many a stop falls between a dot and its answer.
    ground.smtp.follow(Plan { delay: Duration::from_millis(120), ..Plan::default() });
    let mut longest = Duration::ZERO;
    for stop in 0..STOPS {
        run.gets(complaints(&ground.generator, stop * 2, 2));
        let mut daemon = run.starts(&[], &[]);
        std::thread::sleep(Duration::from_millis(300 + dice.below(2_500)));
        let pid = Pid::from_child(&daemon.child);
        if stop % 3 == 0 {
            kill_process(pid, Signal::HUP).unwrap();
            std::thread::sleep(Duration::from_millis(dice.below(100)));
        }
        let began = Instant::now();
        kill_process(pid, if stop % 2 == 0 { Signal::TERM } else { Signal::INT }).unwrap();
        let status = daemon.ends(STOP).unwrap_or_else(|| panic!("seed {seed}: it does not stop:\n{}", run.last_words()));
        let ran = String::from_utf8_lossy(&fs::read(run.log()).unwrap()[daemon.said..]).contains("elitige runs");
        assert!(status.success() || !ran, "seed {seed}: {status}:\n{}", run.last_words());
        longest = longest.max(began.elapsed());
    }
    let report = run.must_be_whole(&format!("F58, seed {seed}"));
    assert_eq!(report.uncertain, 0, "a server that answers is waited for: {}", report.summary());
    println!("{STOPS} stops, seed {seed}, the longest took {longest:?}: {}", report.summary());
}
