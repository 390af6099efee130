//! The mailbox changes under the daemon: its names for mails, its numbers, its folders, the rights on them (THREATS F38, F39, F41).

use crate::ground::{Ground, Run, a_complaint_and_a_reply, complaints};
use crate::harness::{Plan, Rule, Then, Way, When};
use crate::neighbours::until;
use std::fs::{self, Permissions};
use std::os::unix::fs::PermissionsExt as _;
use std::time::Duration;

const SOON: Duration = Duration::from_secs(60);
/// A mailbox is looked at again after a minute at most.
const LATER: Duration = Duration::from_secs(90);

fn renumbers(ground: &Ground, run: &Run<'_>, words: &[&str]) {
    ground.dovecot.doveadm(&[&["mailbox", "update"], words, &["-u", run.user(), "INBOX"]].concat());
}

#[test]
fn f38_another_uidvalidity_while_nothing_happens_and_while_mails_are_fetched_changes_nothing() {
    let ground = Ground::new(3, a_complaint_and_a_reply);
    let run = ground.run();
    let mut daemon = run.starts(&[], &[]);
    assert!(daemon.rests(SOON), "{}", run.last_words());
    renumbers(&ground, &run, &["--uid-validity", "77"]);
    run.gets(complaints(&ground.generator, 0, 1));
    assert!(daemon.rests(LATER), "{}", run.last_words());
    daemon.stops();
    run.must_be_whole("F38 while it waits");

    let run = ground.run();
    for (validity, before) in [("1001", "BODY.PEEK[]"), ("1002", "UID MOVE")] {
        let halt = Rule::new(Way::ToServer, When::Before(before.as_bytes().to_vec()), Then::Stall);
        ground.imap.follow(Plan::of(&halt));
        let mut daemon = run.starts(&[], &[]);
        until(before, &run, || halt.is_spent());
        renumbers(&ground, &run, &["--uid-validity", validity]);
        ground.imap.heal();
        assert!(daemon.rests(LATER), "before {before}:\n{}", run.last_words());
        daemon.stops();
        run.gets(complaints(&ground.generator, usize::from(validity == "1001"), 1));
    }
    run.must_be_whole("F38 in the middle");

    // The numbers begin anew: what was heard under one of them says nothing of the mail that has it now.
    let run = ground.run();
    for number in 0..3 {
        run.gets(complaints(&ground.generator, number, 1));
        run.comes_to_rest();
        forgets_numbers(&ground, &run);
    }
    run.must_be_whole("F38 from the first number on");
}

/// Dovecot loses what it knew of the inbox's numbers, and gives new ones from 1 on under another UIDVALIDITY.
fn forgets_numbers(ground: &Ground, run: &Run<'_>) {
    let inbox = ground.dovecot.maildir(run.user());
    let known: Vec<_> = fs::read_dir(inbox)
        .unwrap()
        .map(|entry| entry.unwrap())
        .filter(|entry| {
            let name = entry.file_name().to_string_lossy().into_owned();
            name.starts_with("dovecot.index") || name == "dovecot-uidlist"
        })
        .collect();
    assert!(!known.is_empty());
    known.iter().for_each(|entry| fs::remove_file(entry.path()).unwrap());
}

#[test]
fn f39_numbers_that_jump_to_the_end_of_their_range_lose_nothing() {
    let ground = Ground::new(1, a_complaint_and_a_reply);
    let run = ground.run();
    let mut daemon = run.starts(&[], &[]);
    for (number, next) in ["5000", "2147483647", "4294967200"].into_iter().enumerate() {
        assert!(daemon.rests(LATER), "{}", run.last_words());
        renumbers(&ground, &run, &["--min-next-uid", next]);
        run.gets(complaints(&ground.generator, number, 1));
    }
    assert!(daemon.rests(LATER), "{}", run.last_words());
    daemon.stops();
    run.must_be_whole("F39");
}

#[test]
fn f41_folders_that_are_renamed_removed_or_forbidden_keep_no_mail_from_being_heard() {
    let ground = Ground::new(1, a_complaint_and_a_reply);
    let run = ground.run();
    let mut daemon = run.starts(&[], &[]);
    assert!(daemon.rests(SOON), "{}", run.last_words());
    ground.dovecot.doveadm(&["mailbox", "rename", "-u", run.user(), "Archive", "Old"]);
    run.gets(complaints(&ground.generator, 0, 1));
    assert!(daemon.rests(LATER), "renamed:\n{}", run.last_words());
    ground.dovecot.doveadm(&["mailbox", "delete", "-u", run.user(), "Archive"]);
    run.gets(complaints(&ground.generator, 1, 1));
    assert!(daemon.rests(LATER), "removed:\n{}", run.last_words());
    let archive = ground.dovecot.maildir(run.user()).join(".Archive");
    let forbid = |mode| ["", "cur", "new", "tmp"].iter().for_each(|part| fs::set_permissions(archive.join(part), Permissions::from_mode(mode)).unwrap());
    forbid(0o500);
    for (number, waiting) in [(2, 1), (3, 2)] {
        let before = run.letters();
        run.gets(complaints(&ground.generator, number, 1));
        until("the mail is heard, though it cannot be filed", &run, || run.letters() > before);
        until("the log names the folder", &run, || run.last_words().contains("the folder `Archive` cannot be used"));
        assert_eq!(run.waiting(), waiting, "what cannot be filed stays, and keeps nobody behind it from being heard");
    }
    forbid(0o700);
    assert!(daemon.rests(LATER), "allowed again:\n{}", run.last_words());
    daemon.stops();
    run.must_be_whole("F41");
}
