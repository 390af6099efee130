//! Nobody answers the dot of a letter (RFC 1047, THREATS F46), and Postfix keeps a copy of everything that it took.

use crate::daemon::program;
use crate::ground::*;
use crate::harness::town::DESK;
use crate::harness::{Daemon, Plan, PostfixOptions, Proxy, Rule, Then, Town, Way, When};
use sqlx::sqlite::SqliteConnectOptions;
use sqlx::{ConnectOptions as _, Connection as _};
use std::path::Path;

const COPIES: &str = "copies@elitige.example";

/// Letters leave over a line that may fail, and their copies lie in a mailbox that is named.
fn town(folder: &Path) -> (Town, Proxy) {
    let mut everybody = people();
    everybody.push(("Copies".to_owned(), COPIES.to_owned()));
    let town = Town::with(folder, &everybody, &PostfixOptions { extra: format!("always_bcc = {COPIES}"), ..PostfixOptions::default() });
    let line = Proxy::to(town.postfix.smtp);
    write_secret(&folder.join("copies.password"), &town.dovecot.account(COPIES).password);
    edit(&town, |text| {
        let (before, after) = text.split_once("[smtp]").unwrap();
        let (_, after) = after.split_once("\n\n").unwrap();
        let (imaps, authority) = (town.dovecot.imaps, folder.join("authority.pem"));
        format!(
            "{before}[smtp]\nhost = \"localhost\"\nport = {}\ntls = \"none\"\nhello = \"elitige.example\"\n\n[smtp.sent]\nhost = \"localhost\"\nport = {imaps}\n\
             ca_file = \"{}\"\nuser = \"{COPIES}\"\npassword_file = \"{}\"\nfolder = \"INBOX\"\n\n{after}",
            line.port,
            authority.display(),
            folder.join("copies.password").display()
        )
    });
    town.initialise(program());
    (town, line)
}

/// Opens a dispute whose first letter meets `failing`, and lets the time pass for which such a letter is left alone.
async fn in_doubt(town: &Town, line: &Proxy, failing: Rule) -> Daemon {
    line.follow(Plan::of(&failing));
    let mut daemon = Daemon::start(program(), town);
    deliver(town, LEILA, DESK, &complaint(LEILA, DESK, &[]));
    until(town, "nobody knows of the letter", || says(town, &["outbox", "list"]).contains("uncertain  acknowledgement")).await;
    assert!(failing.is_spent());
    line.heal();
    daemon.stop();
    let mut database = SqliteConnectOptions::new().filename(town.folder().join("elitige.db")).connect().await.unwrap();
    assert_eq!(sqlx::query("UPDATE outbox SET due = 0 WHERE state = 'uncertain'").execute(&mut database).await.unwrap().rows_affected(), 1);
    database.close().await.unwrap();
    town.postfix.wait_until_empty(PATIENCE);
    Daemon::start(program(), town)
}

/// Waits until the letter is over, and says how many copies of it Leila has and how often it was handed over.
async fn ends(town: &Town) -> (usize, usize) {
    until(town, "the outbox is empty", || says(town, &["outbox", "list"]).is_empty()).await;
    town.postfix.wait_until_empty(PATIENCE);
    (person(town, LEILA).mails().len(), lines(town, &["a letter was tried"]).len())
}

#[tokio::test(flavor = "multi_thread")]
async fn f46_one_copy_arrives_of_a_letter_that_got_through_unanswered() {
    let folder = tempfile::tempdir().unwrap();
    let (town, line) = town(folder.path());
    let said = says(&town, &["doctor"]);
    assert!(said.contains("copies of letters: connected, 0 mails lie in the folder `INBOX`"), "{said}");
    let said = says(&town, &["doctor", "--canary"]);
    assert_eq!(said.matches("its copy lies in the folder `INBOX` of [smtp.sent].").count(), 2, "{said}");
    town.dovecot.doveadm(&["expunge", "-u", COPIES, "mailbox", "INBOX", "all"]);
    let mut daemon = in_doubt(&town, &line, Rule::new(Way::ToClient, When::Before(b"250 2.0.0 Ok: queued".to_vec()), Then::Cut)).await;
    assert_eq!(ends(&town).await, (1, 1), "{}", log(&town));
    assert_eq!(lines(&town, &["found among the copies", "uncertain=1"]).len(), 1, "{}", log(&town));
    assert_eq!(count(&town, COPIES, ""), 1);
    daemon.stop();
    says(&town, &["check", "--store"]);
    town.dovecot.doveadm(&["mailbox", "create", "-u", COPIES, "Empty"]);
    edit(&town, |text| text.replace("folder = \"INBOX\"", "folder = \"Empty\""));
    let told = String::from_utf8(town.command(program(), &["doctor", "--canary"]).stdout).unwrap();
    assert!(told.contains("no copy of it came into the folder `Empty`"), "{told}");
    edit(&town, |text| text.replace("folder = \"Empty\"", "folder = \"Envoyés\""));
    let ill = town.command(program(), &["doctor"]);
    let said = String::from_utf8(ill.stdout).unwrap();
    assert!(ill.status.code() == Some(1) && said.contains("copies of letters: ") && said.contains("the folder `Envoyés` cannot be used"), "{said}");
}

#[tokio::test(flavor = "multi_thread")]
async fn f46_one_copy_arrives_of_a_letter_whose_dot_was_lost_on_the_way() {
    let folder = tempfile::tempdir().unwrap();
    let (town, line) = town(folder.path());
    let mut daemon = in_doubt(&town, &line, Rule::new(Way::ToServer, When::Before(b"\r\n.\r\n".to_vec()), Then::Cut)).await;
    assert_eq!(ends(&town).await, (1, 2), "{}", log(&town));
    assert!(lines(&town, &["found among the copies"]).is_empty(), "{}", log(&town));
    daemon.stop();
    says(&town, &["check", "--store"]);
}
