//! The mail server falls silent, or dies and comes back with damaged indexes (THREATS F37, F45).

use crate::daemon::program;
use crate::ground::*;
use crate::harness::town::DESK;
use crate::harness::{Daemon, Town};
use rustix::process::Signal;
use std::fs;
use std::time::Duration;

/// A silent server is asked after every look whether it lives, and has a quarter of a minute for the answer.
const NOTICED: Duration = Duration::from_secs(120);

#[tokio::test(flavor = "multi_thread")]
async fn f37_a_server_that_stands_still_is_noticed_told_and_taken_up_again() {
    let folder = tempfile::tempdir().unwrap();
    let town = Town::start(folder.path(), &people());
    edit(&town, |text| format!("{text}\n[work]\npoll_seconds = 2\n"));
    town.initialise(program());
    let mut daemon = Daemon::start(program(), &town);
    person(&town, LEILA).send_raw(DESK, &complaint(LEILA, DESK, &[]));
    person(&town, LEILA).next_mail(PATIENCE).await;
    town.dovecot.server().signal(Signal::STOP);
    let silent = || lines(&town, &["mailbox=\"mediation\"", "fell silent"]).len();
    until_within(NOTICED, &town, "the silence is noticed", || silent() > 0).await;
    assert!(daemon.runs());
    town.dovecot.server().signal(Signal::CONT);
    person(&town, YOUSSEF).send_raw(DESK, &complaint(YOUSSEF, DESK, &[]));
    until_within(NOTICED, &town, "the mail that came since is heard", || disputes(&town) == 2).await;
    until(&town, "the outbox is empty", || says(&town, &["outbox", "list"]).is_empty()).await;
    daemon.stop();
    assert_eq!((person(&town, LEILA).mails().len(), person(&town, YOUSSEF).mails().len()), (1, 1));
    says(&town, &["check", "--store"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn f45_a_server_that_is_killed_and_comes_back_with_damaged_indexes_loses_and_doubles_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let mut town = Town::start(folder.path(), &people());
    town.initialise(program());
    let mut daemon = Daemon::start(program(), &town);
    let senders = [LEILA, YOUSSEF, EVE];
    for (round, sender) in senders.into_iter().enumerate() {
        deliver(&town, sender, DESK, &complaint(sender, DESK, &[]));
        town.dovecot.kill();
        damage(&town, round);
        town.dovecot.restart();
        until_within(NOTICED, &town, "the mail is heard", || disputes(&town) > round).await;
        // What Dovecot is killed over while it takes the letter may lie there twice, and that would be between it and Postfix.
        until(&town, "the outbox is empty", || says(&town, &["outbox", "list"]).is_empty()).await;
        town.postfix.wait_until_empty(NOTICED);
    }
    until_within(NOTICED, &town, "the inbox is empty", || count(&town, DESK, "") == 0).await;
    // What was settled and filed lies in the inbox again, under other numbers, as with a server that forgot the last moves.
    town.dovecot.kill();
    assert_eq!(bring_back(&town), senders.len());
    town.dovecot.restart();
    until_within(NOTICED, &town, "the inbox is empty again", || count(&town, DESK, "") == 0).await;
    until(&town, "the outbox is empty", || says(&town, &["outbox", "list"]).is_empty()).await;
    daemon.stop();
    let letters = senders.map(|sender| person(&town, sender).mails().len());
    assert_eq!((letters, disputes(&town)), ([1, 1, 1], senders.len()), "{}", log(&town));
    says(&town, &["check", "--store"]);
}

/// Lays the archived mails into the inbox of a server that does not run, and makes it forget its numbers; gives how many.
fn bring_back(town: &Town) -> usize {
    let maildir = town.dovecot.maildir(DESK);
    let archived: Vec<_> = ["new", "cur"].iter().flat_map(|part| fs::read_dir(maildir.join(".Archive").join(part)).unwrap().flatten()).collect();
    for mail in &archived {
        fs::rename(mail.path(), maildir.join("cur").join(mail.file_name())).unwrap();
    }
    fs::remove_file(maildir.join("dovecot-uidlist")).unwrap();
    archived.len()
}

/// Cuts, empties or fills with nonsense what Dovecot keeps beside the mails.
fn damage(town: &Town, round: usize) {
    let maildir = town.dovecot.maildir(DESK);
    let mut damaged = 0;
    for folder in ["", ".Archive", ".Held"] {
        for file in fs::read_dir(maildir.join(folder)).into_iter().flatten().flatten().map(|entry| entry.path()) {
            let name = file.file_name().unwrap_or_default().to_string_lossy().into_owned();
            if name.starts_with("dovecot.index") {
                let bytes = fs::read(&file).unwrap();
                let spoilt = [bytes[..bytes.len() / 2].to_vec(), Vec::new(), vec![0x5a; bytes.len()]];
                fs::write(&file, &spoilt[round % spoilt.len()]).unwrap();
                damaged += 1;
            }
        }
    }
    assert!(damaged > 0, "there is nothing to damage in {}", maildir.display());
}
