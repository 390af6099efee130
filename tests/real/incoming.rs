//! Mails that cannot be worked, that come twice, or that somebody else wrote.

use crate::daemon::program;
use crate::ground::*;
use crate::harness::town::{DESK, REGISTRAR, copy};
use crate::harness::{Daemon, Town};
use base64::Engine;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

/// A base64 part whose content is mail in mail in mail: reading it takes memory with the square of its size and kills the reader.
fn bomb() -> Vec<u8> {
    let inner = "Content-Type: message/rfc822\r\n\r\n".repeat(60_000) + "Subject: x\r\n\r\nx\r\n";
    let encoded = base64::engine::general_purpose::STANDARD.encode(inner);
    let mut mail = format!(
        "From: {EVE}\r\nTo: {DESK}\r\nSubject: bomb\r\nMessage-ID: <bomb@ailleurs.example>\r\nMIME-Version: 1.0\r\n\
         Content-Type: message/rfc822\r\nContent-Transfer-Encoding: base64\r\n\r\n"
    );
    encoded.as_bytes().chunks(76).for_each(|line| mail.push_str(&format!("{}\r\n", String::from_utf8_lossy(line))));
    mail.into_bytes()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_mail_that_kills_the_reader_is_held_whole_and_those_behind_it_go_on() {
    let folder = tempfile::tempdir().unwrap();
    let town = Town::start(folder.path(), &people());
    town.initialise(program());
    let bomb = bomb();
    person(&town, EVE).send_unsigned(DESK, &bomb);
    town.postfix.wait_until_empty(PATIENCE);
    person(&town, LEILA).send_raw(DESK, &complaint(LEILA, DESK, &[]));
    town.postfix.wait_until_empty(PATIENCE);
    let _daemon = Daemon::start(program(), &town);
    person(&town, LEILA).next_mail(PATIENCE).await;
    let notice = person(&town, REGISTRAR).next_mail(PATIENCE).await;
    assert_eq!(lines(&town, &["reading a mail failed again; it is held with no more than its head read"]).len(), 1, "{}", log(&town));
    let list = says(&town, &["held", "list"]);
    assert!(list.lines().count() == 1 && list.contains("mediation  unreadable"), "{list}");
    let number = list.split_whitespace().next().unwrap();
    let shown = town.command(program(), &["held", "show", number, "--raw"]);
    assert!(shown.status.success() && shown.stdout.len() < bomb.len() + 2_000 && shown.stdout.ends_with(&bomb), "what was sent, below the trace fields");
    assert!(shown.stdout.starts_with(b"Return-Path:") || shown.stdout.starts_with(b"Delivered-To:"));
    assert!(notice.subject().ends_with(": 1") && notice.text().contains(&format!("N°\u{a0}{number}, ")), "{}", notice.subject());
    assert!(!String::from_utf8_lossy(&notice.bytes).contains("ailleurs"), "the notice says nothing of the mail");
    until(&town, "it lies in the folder for held mail", || count(&town, DESK, ".Held") == 1).await;
    assert_eq!((count(&town, DESK, ""), count(&town, DESK, ".Archive")), (0, 1));
    assert_eq!(person(&town, EVE).mails().len(), 0, "nobody is answered");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_mail_beyond_the_limit_is_held_and_those_behind_it_go_on() {
    let folder = tempfile::tempdir().unwrap();
    let town = Town::start(folder.path(), &people());
    edit(&town, |text| format!("{text}\n[limits]\nmessage_bytes = 100_000\n"));
    town.initialise(program());
    let _daemon = Daemon::start(program(), &town);
    let big = mail(YOUSSEF, DESK, SUBJECT, &format!("{COMPLAINT}\n\n{}", "Une longue histoire. ".repeat(6_000)), &[]);
    person(&town, YOUSSEF).send_raw(DESK, &big);
    town.postfix.wait_until_empty(PATIENCE);
    person(&town, LEILA).send_raw(DESK, &complaint(LEILA, DESK, &[]));
    person(&town, LEILA).next_mail(PATIENCE).await;
    let notice = person(&town, REGISTRAR).next_mail(PATIENCE).await;
    let list = says(&town, &["held", "list"]);
    assert!(list.lines().count() == 1 && list.contains("mediation  too-large"), "{list}");
    let number = list.split_whitespace().next().unwrap();
    assert!(notice.subject().ends_with(": 1"), "{}", notice.subject());
    let shown = town.command(program(), &["held", "show", number, "--raw"]).stdout;
    let beginning = String::from_utf8(shown).unwrap();
    assert!(beginning.len() <= 100_000 && beginning.contains("From: youssef@poste.example"), "its beginning is kept");
    until(&town, "the whole of it lies in the folder for held mail", || count(&town, DESK, ".Held") == 1).await;
    let lies = fs::read(&files(&town.dovecot.maildir(DESK).join(".Held"))[0]).unwrap();
    assert!(String::from_utf8(lies).unwrap().ends_with(&String::from_utf8(big).unwrap().replace('\r', "")), "a Maildir keeps it with line ends of its own");
    assert_eq!((disputes(&town), person(&town, YOUSSEF).mails().len()), (1, 0));
}

#[tokio::test(flavor = "multi_thread")]
async fn when_a_letter_cannot_be_written_nothing_of_its_decision_is_kept() {
    let folder = tempfile::tempdir().unwrap();
    let town = Town::start(folder.path(), &people());
    let templates = folder.path().join("templates");
    copy(&Path::new(env!("CARGO_MANIFEST_DIR")).join("templates"), &templates);
    for language in ["fr", "ar", "en"] {
        let path = templates.join(language).join("acknowledgement.md.hbs");
        let sound = fs::read_to_string(&path).unwrap();
        fs::write(&path, format!("{sound}\n{{{{rejection.reason}}}}\n")).unwrap();
    }
    edit(&town, |text| text.replace(&format!("{}/templates", env!("CARGO_MANIFEST_DIR")), &templates.display().to_string()));
    says(&town, &["check"]);
    town.initialise(program());
    let mut daemon = Daemon::start(program(), &town);
    person(&town, LEILA).send_raw(DESK, &complaint(LEILA, DESK, &[]));
    let mut registrar = person(&town, REGISTRAR);
    let notice = registrar.next_mail(PATIENCE).await;
    let held = says(&town, &["held", "list"]);
    assert!(held.lines().count() == 1 && held.contains("letter-failed"), "{held}");
    assert!(notice.subject().contains("Messages en attente"), "{}", notice.subject());
    assert_eq!((says(&town, &["case", "list"]), says(&town, &["verify"]).contains("of 0 disputes")), (String::new(), true));
    until(&town, "it lies in the folder for held mail", || count(&town, DESK, ".Held") == 1).await;
    assert_eq!(lines(&town, &["ERROR", "a letter could not be written"]).len(), 1, "{}", log(&town));
    assert_eq!(person(&town, LEILA).mails().len(), 0);
    daemon.stop();
    copy(&Path::new(env!("CARGO_MANIFEST_DIR")).join("templates"), &templates);
    let _daemon = Daemon::start(program(), &town);
    person(&town, YOUSSEF).send_raw(DESK, &complaint(YOUSSEF, DESK, &[]));
    person(&town, YOUSSEF).next_mail(PATIENCE).await;
    assert_eq!(disputes(&town), 1, "the next mail is not held up by it");
    says(&town, &["check", "--store"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_same_complaint_five_times_is_one_dispute_with_one_acknowledgement() {
    let folder = tempfile::tempdir().unwrap();
    let town = Town::start(folder.path(), &people());
    town.initialise(program());
    let _daemon = Daemon::start(program(), &town);
    let leila = person(&town, LEILA);
    let original = complaint(LEILA, DESK, &["Message-ID: <first@courrier.example>"]);
    leila.send_raw(DESK, &original);
    until(&town, "the first is archived", || count(&town, DESK, ".Archive") == 1).await;
    leila.send_raw(DESK, &original);
    until(&town, "the second is archived", || count(&town, DESK, ".Archive") == 2).await;
    leila.send_raw(DESK, &complaint(LEILA, DESK, &["Message-ID: <other@courrier.example>"]));
    until(&town, "the third is archived", || count(&town, DESK, ".Archive") == 3).await;
    leila.send_raw(DESK, &complaint(LEILA, DESK, &["Message-ID: none"]));
    until(&town, "the fourth is archived", || count(&town, DESK, ".Archive") == 4).await;
    put_back(&town);
    until(&town, "the fifth is archived", || count(&town, DESK, ".Archive") == 5).await;
    let shown = says(&town, &["case", "show", &only_dispute(&town)]);
    let copies: Vec<&str> = shown.lines().filter(|line| line.contains("service copy")).collect();
    assert_eq!(copies.len(), 4, "{shown}");
    let reasons = ["same sender, Message-ID and text as mail 1", "same sender and text as mail ", "same sender and text as mail ", "the same bytes as mail "];
    for (copy, reason) in copies.iter().zip(reasons) {
        assert!(copy.contains(reason) && copy.contains("letters: 0"), "{copy}\nshould say: {reason}");
    }
    assert_eq!(says(&town, &["outbox", "list"]), "");
    tokio::time::sleep(Duration::from_secs(1)).await;
    assert_eq!((leila.mails().len(), person(&town, REGISTRAR).mails().len()), (1, 0));
    assert_eq!(says(&town, &["held", "list"]), "");
}

#[tokio::test(flavor = "multi_thread")]
async fn copies_that_wait_together_in_two_mailboxes_are_one_dispute_too() {
    const SECOND: &str = "plaintes@elitige.example";
    let folder = tempfile::tempdir().unwrap();
    let mut everybody = people();
    everybody.push(("Second desk".to_owned(), SECOND.to_owned()));
    let town = Town::start(folder.path(), &everybody);
    add_mailbox(&town, "second", SECOND, town.dovecot.imaps, &folder.path().join("authority.pem"), &town.dovecot.account(SECOND).password);
    let original = complaint(LEILA, DESK, &["Message-ID: <first@courrier.example>"]);
    for copy in [&original, &original, &complaint(LEILA, DESK, &["Message-ID: <other@courrier.example>"]), &complaint(LEILA, DESK, &["Message-ID: none"])] {
        deliver(&town, LEILA, DESK, copy);
        deliver(&town, LEILA, SECOND, copy);
    }
    town.initialise(program());
    let _daemon = Daemon::start(program(), &town);
    until(&town, "all are archived", || count(&town, DESK, ".Archive") + count(&town, SECOND, ".Archive") == 8).await;
    let shown = says(&town, &["case", "show", &only_dispute(&town)]);
    assert_eq!(shown.lines().filter(|line| line.contains("service copy")).count(), 7, "{shown}");
    until(&town, "the outbox is empty", || says(&town, &["outbox", "list"]).is_empty()).await;
    tokio::time::sleep(Duration::from_secs(1)).await;
    assert_eq!((person(&town, LEILA).mails().len(), says(&town, &["held", "list"])), (1, String::new()));
}

#[tokio::test(flavor = "multi_thread")]
async fn strangers_and_forgers_change_nothing_and_learn_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let town = Town::start(folder.path(), &people());
    town.initialise(program());
    let _daemon = Daemon::start(program(), &town);
    let (mut leila, mut registrar, eve) = (person(&town, LEILA), person(&town, REGISTRAR), person(&town, EVE));
    leila.write(DESK, SUBJECT, COMPLAINT);
    let letter = leila.next_mail(PATIENCE).await;
    leila.reply(&letter, &with_code(&letter, "CONFIRMER"));
    let screening = registrar.next_mail(PATIENCE).await;
    registrar.reply(&screening, &format!("{} {ATLAS} fr", with_code(&screening, "ADMETTRE")));
    person(&town, ATLAS).next_mail(PATIENCE).await;
    until(&town, "all is quiet", || says(&town, &["outbox", "list"]).is_empty() && count(&town, DESK, "") == 0).await;
    tokio::time::sleep(Duration::from_secs(1)).await;
    let reference = only_dispute(&town);
    let unknown = another(&reference);
    let (before, letters) = (everything(&town, &reference), registrar.mails().len());
    let question = "Bonjour, où en est ce dossier ?";
    let reply_to = letter.reply_to();
    let own = format!("In-Reply-To: <{}>", letter.message_id());
    let withdraw = with_code(&letter, "RETIRER");
    let attempts = [
        ("a stranger with the reference", mail(EVE, DESK, &format!("Re: [{reference}] dossier"), question, &[]), DESK, true),
        ("a stranger with another reference", mail(EVE, DESK, &format!("Re: [{unknown}] dossier"), question, &[]), DESK, true),
        ("a forged answer with the reply address", mail(LEILA, &reply_to, &letter.subject(), &withdraw, &[&own]), reply_to.as_str(), false),
    ];
    for (number, (what, bytes, to, signed)) in attempts.iter().enumerate() {
        if *signed {
            eve.send_raw(to, bytes);
        } else {
            eve.send_unsigned(to, bytes);
        }
        until(&town, what, || count(&town, DESK, ".Held") == number + 1).await;
        until(&town, "nothing leaves", || says(&town, &["outbox", "list"]).is_empty()).await;
        tokio::time::sleep(Duration::from_millis(700)).await;
        assert!(everything(&town, &reference) == before, "{what} changed something:\n{:#?}", everything(&town, &reference));
        assert_eq!(eve.mails().len(), 0, "{what} was answered");
        // Who merely knows a reference leaves no trace but in the list of held mail; of a reply address in wrong hands the registrar is told:
        // at once of the first, and of the next in the morning.
        let told = number.saturating_sub(1).min(1);
        until(&town, "the registrar is told", || registrar.mails().len() == letters + told).await;
    }
    // Somebody else has the reply address: its owner is asked, and nobody else hears of it.
    eve.send_raw(&reply_to, &mail(EVE, &reply_to, &letter.subject(), &withdraw, &[&own]));
    until(&town, "the mail is held", || count(&town, DESK, ".Held") == attempts.len() + 1).await;
    until(&town, "the outbox is empty", || says(&town, &["outbox", "list"]).is_empty()).await;
    tokio::time::sleep(Duration::from_millis(700)).await;
    let shown = says(&town, &["case", "show", &reference]);
    assert_eq!(shown.matches("service mail-asked").count(), 1, "{shown}");
    assert!(shown.contains(&format!("{reference}  invited")) && !shown.contains("withdraw"), "{shown}");
    assert_eq!((eve.mails().len(), registrar.mails().len()), (0, letters + attempts.len() - 2), "its owner alone is asked");
    let held = says(&town, &["held", "list"]);
    let reasons: Vec<&str> = held.lines().filter_map(|line| line.split_whitespace().nth(3)).collect();
    assert_eq!(reasons, ["unknown-sender", "unknown-sender", "not-authenticated", "unknown-sender"], "{held}");
    let alike: Vec<Option<&str>> = held.lines().take(2).map(|line| line.split_whitespace().nth(4)).collect();
    assert_eq!(alike, [Some("–"), Some("–")], "nothing binds the stranger's mails to the dispute");
}

/// What the disputes, their files, the outbox and the mailboxes of both parties hold.
fn everything(town: &Town, reference: &str) -> Vec<String> {
    let mut all: Vec<String> = [&["case", "list"][..], &["case", "show", reference], &["outbox", "list"]].map(|command| says(town, command)).to_vec();
    for address in [LEILA, ATLAS] {
        all.extend(person(town, address).mails().iter().map(|mail| format!("{address}: {}", mail.message_id())));
    }
    all
}

/// A valid reference that no dispute has: the alphabet's letters are tried at its last two places.
fn another(reference: &str) -> String {
    let stem = &reference[..reference.len() - 2];
    let letters = "346789ABCDEFGHJKLMNPQRTWXY";
    let candidates = letters.chars().flat_map(|one| letters.chars().map(move |two| format!("{stem}{one}{two}")));
    candidates.filter(|candidate| candidate != reference).find(|candidate| elitige::domain::Reference::parse(candidate).is_ok()).unwrap()
}

/// Puts the first archived mail into the inbox once more, byte for byte, as a mail program's "undo" does.
fn put_back(town: &Town) {
    let maildir = town.dovecot.maildir(DESK);
    let mut archived = files(&maildir.join(".Archive"));
    archived.sort();
    let target = maildir.join("new/1.put-back.localhost");
    assert!(Command::new("cp").arg("--preserve=ownership").arg(&archived[0]).arg(&target).status().unwrap().success());
}

fn files(folder: &Path) -> Vec<PathBuf> {
    ["new", "cur"].iter().filter_map(|part| fs::read_dir(folder.join(part)).ok()).flatten().map(|entry| entry.unwrap().path()).collect()
}
