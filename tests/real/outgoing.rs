//! The outgoing server fails in every way that one letter can meet: none is lost, none is doubled.

use crate::daemon::program;
use crate::ground::*;
use crate::harness::town::{DESK, REGISTRAR};
use crate::harness::{Daemon, PostfixOptions, Scripted, Town};
use std::sync::{Arc, Mutex};
use std::time::Duration;

/// A letter that nobody took is tried again after a minute.
const A_MINUTE_AND_MORE: Duration = Duration::from_secs(100);

#[tokio::test(flavor = "multi_thread")]
async fn letters_wait_while_the_outgoing_server_is_down_and_leave_once_when_it_is_back() {
    let folder = tempfile::tempdir().unwrap();
    let mut town = Town::start(folder.path(), &people());
    town.initialise(program());
    town.postfix.kill();
    let _daemon = Daemon::start(program(), &town);
    let senders = [LEILA, YOUSSEF, EVE];
    for sender in senders {
        deliver(&town, sender, DESK, &complaint(sender, DESK, &[]));
    }
    until(&town, "the disputes are opened", || disputes(&town) == senders.len()).await;
    let words = ["letters wait for the outgoing server", "check host and port in service.toml", "seconds=2"];
    until(&town, "the fault is told", || !lines(&town, &words).is_empty()).await;
    let outbox = says(&town, &["outbox", "list"]);
    assert!(outbox.lines().count() == senders.len() && !outbox.contains("attempts 2"), "waiting for a server is no attempt:\n{outbox}");
    town.postfix.restart();
    for sender in senders {
        person(&town, sender).next_mail(PATIENCE).await;
    }
    until(&town, "the outbox is empty", || says(&town, &["outbox", "list"]).is_empty()).await;
    tokio::time::sleep(Duration::from_secs(2)).await;
    for sender in senders {
        assert_eq!(person(&town, sender).mails().len(), 1, "one letter to each");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_recipient_that_is_refused_ends_the_letter_and_the_dispute_hears_of_it() {
    let folder = tempfile::tempdir().unwrap();
    let refused = vec![(ATLAS.to_owned(), "550 5.1.1 no such user".to_owned())];
    let town = Town::with(folder.path(), &people(), &PostfixOptions { refused, ..PostfixOptions::default() });
    town.initialise(program());
    let _daemon = Daemon::start(program(), &town);
    let (mut leila, mut registrar) = (person(&town, LEILA), person(&town, REGISTRAR));
    leila.write(DESK, SUBJECT, COMPLAINT);
    let letter = leila.next_mail(PATIENCE).await;
    leila.reply(&letter, &with_code(&letter, "CONFIRMER"));
    let screening = registrar.next_mail(PATIENCE).await;
    registrar.reply(&screening, &format!("{} {ATLAS} fr", with_code(&screening, "ADMETTRE")));
    let notice = registrar.next_mail(PATIENCE).await;
    assert!(notice.subject().contains("Une adresse ne fonctionne pas") && notice.text().contains(ATLAS), "{}", notice.subject());
    assert!(says(&town, &["case", "list"]).contains(" unreachable "), "{}", says(&town, &["case", "list"]));
    let outbox = says(&town, &["outbox", "list"]);
    assert!(outbox.lines().count() == 1 && outbox.contains("refused  invitation to the merchant  attempts 1"), "{outbox}");
    let journal = says(&town, &["case", "show", &only_dispute(&town)]);
    assert!(journal.contains("invited → unreachable") && journal.contains("the next server refused a letter with 550"), "{journal}");
    assert!(lines(&town, &["ERROR"]).is_empty(), "{}", log(&town));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_recipient_that_is_refused_for_now_is_tried_again_a_minute_later() {
    let folder = tempfile::tempdir().unwrap();
    let refused = vec![(LEILA.to_owned(), "450 4.2.1 mailbox busy".to_owned())];
    let mut town = Town::with(folder.path(), &people(), &PostfixOptions { refused, ..PostfixOptions::default() });
    town.initialise(program());
    let _daemon = Daemon::start(program(), &town);
    for sender in [LEILA, YOUSSEF] {
        deliver(&town, sender, DESK, &complaint(sender, DESK, &[]));
    }
    person(&town, YOUSSEF).next_mail(PATIENCE).await;
    until(&town, "the letter waits", || says(&town, &["outbox", "list"]).contains("queued  acknowledgement to the consumer  attempts 1  next")).await;
    assert_eq!(lines(&town, &["became=later code=450"]).len(), 1, "{}", log(&town));
    std::fs::write(town.postfix.dir().join("conf/refused"), "").unwrap();
    town.postfix.restart();
    let mail = person(&town, LEILA).next_mail(A_MINUTE_AND_MORE).await;
    assert_eq!(person(&town, LEILA).mails().len(), 1, "{}", mail.subject());
    until(&town, "the outbox is empty", || says(&town, &["outbox", "list"]).is_empty()).await;
    assert_eq!(lines(&town, &["became=delivered"]).len(), 2, "{}", log(&town));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_that_does_not_take_our_letters_at_all_is_an_alarm_and_ends_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let mut town = Town::with(folder.path(), &people(), &PostfixOptions { message_size_limit: 2_000, ..PostfixOptions::default() });
    town.initialise(program());
    let _daemon = Daemon::start(program(), &town);
    deliver(&town, LEILA, DESK, &complaint(LEILA, DESK, &[]));
    until(&town, "the letter waits", || says(&town, &["outbox", "list"]).contains("queued  acknowledgement to the consumer  attempts 1  next")).await;
    let alarms = lines(&town, &["ERROR"]);
    assert!(alarms.len() == 1 && alarms[0].contains("most=2000") && alarms[0].contains("raise the limit of that server"), "{}", log(&town));
    assert!(!town.postfix.log().contains("size exceeds") && !town.postfix.log().contains("queue file size"), "it was not handed in: {}", town.postfix.log());
    assert!(!says(&town, &["case", "show", &only_dispute(&town)]).contains("refused"), "the dispute hears nothing");
    let main = town.postfix.dir().join("conf/main.cf");
    let text = std::fs::read_to_string(&main).unwrap();
    std::fs::write(&main, text.replace("message_size_limit = 2000", "message_size_limit = 200000")).unwrap();
    town.postfix.restart();
    person(&town, LEILA).next_mail(A_MINUTE_AND_MORE).await;
    until(&town, "the outbox is empty", || says(&town, &["outbox", "list"]).is_empty()).await;
    assert_eq!(person(&town, LEILA).mails().len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_letter_whose_dot_is_unanswered_at_the_stop_is_sent_again_unchanged() {
    let folder = tempfile::tempdir().unwrap();
    let town = Town::start(folder.path(), &people());
    let taken: Arc<Mutex<Vec<Vec<u8>>>> = Arc::default();
    let texts = Arc::clone(&taken);
    let server = Scripted::start(move |peer, _| {
        peer.say("220 test ESMTP\r\n");
        while let Some(line) = peer.line() {
            let reply = match line.split([' ', ':']).next().unwrap_or_default() {
                "EHLO" => "250-test\r\n250 8BITMIME\r\n",
                "DATA" => "354 go on\r\n",
                _ => "250 fine\r\n",
            };
            peer.say(reply);
            if line == "DATA" {
                let Some(text) = peer.until_dot() else { return };
                let first = texts.lock().unwrap().is_empty();
                texts.lock().unwrap().push(text);
                if first {
                    return peer.drain();
                }
                peer.say("250 taken\r\n");
            }
        }
    });
    edit(&town, |text| {
        let (before, smtp) = text.split_once("[smtp]").unwrap();
        let smtp = smtp.replacen(&format!("port = {}", town.postfix.smtps), &format!("port = {}", server.port), 1);
        let smtp = smtp.replacen("tls = \"implicit\"", "tls = \"none\"", 1);
        let smtp: String = smtp.lines().filter(|line| !line.starts_with("ca_file")).map(|line| format!("{line}\n")).collect();
        format!("{before}[smtp]{smtp}")
    });
    town.initialise(program());
    let mut daemon = Daemon::start(program(), &town);
    deliver(&town, LEILA, DESK, &complaint(LEILA, DESK, &[]));
    until(&town, "the dot is sent", || taken.lock().unwrap().len() == 1).await;
    println!("stopped after {:?}", daemon.stop());
    let outbox = says(&town, &["outbox", "list"]);
    assert!(outbox.lines().count() == 1 && outbox.contains("dot-pending  acknowledgement"), "{outbox}");
    let _daemon = Daemon::start(program(), &town);
    until(&town, "it is uncertain", || says(&town, &["outbox", "list"]).contains("uncertain  acknowledgement")).await;
    until_within(A_MINUTE_AND_MORE, &town, "it is sent again", || taken.lock().unwrap().len() == 2).await;
    until(&town, "it is delivered", || says(&town, &["outbox", "list"]).is_empty()).await;
    let taken = taken.lock().unwrap();
    assert!(taken[0] == taken[1], "the same Message-ID and bytes");
    assert!(String::from_utf8_lossy(&taken[0]).contains("Message-ID: <"));
}
