//! Letters whose dot nobody answered (THREATS F46), where copies lie of what the server took.

use super::office::{LEILA, Office, SHOP, letter, server};
use super::{DAY, moody};
use crate::harness::{Account, Dovecot, Scripted};
use crate::imap_faults;
use elitige::mailbox::{Login, MailboxSettings, MailboxTimeouts, Security};
use std::time::Duration;

const COPIES: &str = "copies@elitige.example";

fn dovecot() -> Dovecot {
    Dovecot::start(&[Account::new(COPIES)])
}

fn copies(dovecot: &Dovecot) -> MailboxSettings {
    MailboxSettings {
        name: "smtp.sent".to_owned(),
        host: "localhost".to_owned(),
        port: dovecot.imaps,
        security: Security::Implicit,
        login: Login::with_password(COPIES, dovecot.account(COPIES).password.as_str()),
        inbox: "INBOX".to_owned(),
        archive: "INBOX".to_owned(),
        held: "INBOX".to_owned(),
        ca_file: Some(dovecot.certificate.authority.clone()),
        timeouts: MailboxTimeouts::default(),
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn f46_a_letter_that_got_through_is_found_among_the_copies_and_not_sent_again() {
    let dovecot = dovecot();
    let (mood, answer) = moody(".", "");
    let (server, taken) = server(answer);
    let office = Office::keeping(server.port, 2, Some(copies(&dovecot))).await;
    office.decide(&[letter(1, SHOP, "x\r\n"), letter(2, LEILA, "x\r\n")]).await;
    office.doubted(1).await;
    *mood.lock().unwrap() = None;
    dovecot.deliver(COPIES, &taken.lock().unwrap().iter().find(|(to, _)| to == SHOP).unwrap().1);
    // A later letter to the same person waits until the first was looked for; one to somebody else does not.
    office.write(&[letter(3, SHOP, "x\r\n"), letter(4, LEILA, "x\r\n")]).await;
    office.turn(901);
    let delivered = office.until("delivered", 4).await;
    let sent: Vec<String> = taken.lock().unwrap().iter().map(|(to, text)| format!("{to} {}", String::from_utf8_lossy(text).lines().next().unwrap())).collect();
    assert_eq!(sent.iter().filter(|line| line.as_str() == format!("{SHOP} Subject: 1")).count(), 1, "one copy on the wire: {sent:?}");
    assert_eq!(sent.len(), 4, "{sent:?}");
    let found: Vec<_> = delivered.iter().filter(|row| row.reply_code == Some(0)).map(|row| (row.uncertain, row.state.as_str())).collect();
    assert_eq!(found, [(1, "delivered")], "how it is known stands in the row");
    assert_eq!(office.present().await, office.dispute);
    office.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn f46_a_letter_that_did_not_get_through_is_sent_once_more() {
    let dovecot = dovecot();
    let (mood, answer) = moody(".", "");
    let (server, taken) = server(answer);
    let office = Office::keeping(server.port, 2, Some(copies(&dovecot))).await;
    office.decide(&[letter(1, SHOP, "x\r\n")]).await;
    office.doubted(1).await;
    *mood.lock().unwrap() = None;
    // A mail that only quotes the identifier, and one whose own contains it, are no copies.
    dovecot.deliver(COPIES, b"Message-ID: <other@elitige.example>\r\nIn-Reply-To: <1@elitige.example>\r\n\r\nMessage-ID: <1@elitige.example>\r\n");
    dovecot.deliver(COPIES, b"Message-ID: <1@elitige.example>.<2@elitige.example>\r\n\r\nx\r\n");
    office.turn(901);
    let delivered = office.until("delivered", 1).await;
    assert_eq!((delivered[0].reply_code, delivered[0].uncertain), (Some(250), 1));
    let taken = taken.lock().unwrap().clone();
    assert!(taken.len() == 2 && taken[0] == taken[1], "the same bytes once more");
    office.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn f46_a_letter_in_doubt_for_the_third_time_is_looked_for_before_it_waits_for_the_operator() {
    let dovecot = dovecot();
    let (_mood, answer) = moody(".", "");
    let (server, taken) = server(answer);
    let office = Office::keeping(server.port, 1, Some(copies(&dovecot))).await;
    office.decide(&[letter(1, SHOP, "x\r\n")]).await;
    for times in 1..=3 {
        office.doubted(times).await;
        office.turn(901);
    }
    let stopped = office.until("stopped", 1).await;
    dovecot.deliver(COPIES, &taken.lock().unwrap()[0].1);
    office.turn(DAY);
    office.retry(stopped[0].id).await;
    let delivered = office.until("delivered", 1).await;
    assert_eq!((delivered[0].reply_code, taken.lock().unwrap().len()), (Some(0), 3), "what lies there is not sent at the operator's word either");
    office.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn f46_where_the_copies_cannot_be_looked_into_the_letter_leaves_as_if_there_were_none() {
    let refusing = Scripted::start(|peer, _| {
        peer.say("* OK ready\r\n");
        while let Some(line) = peer.line() {
            let (tag, command) = line.split_once(' ').unwrap_or((&line, ""));
            match command.split(' ').next().unwrap_or_default() {
                "EXAMINE" => peer.say(&format!("* 2 EXISTS\r\n* OK [UIDVALIDITY 7] ok\r\n{tag} OK [READ-ONLY] done\r\n")),
                "UID" => peer.say(&format!("{tag} NO [CANNOT] no index\r\n")),
                _ => peer.say(&format!("{tag} OK done\r\n")),
            }
        }
    });
    let silent = Scripted::start(|peer, _| peer.drain());
    let gone = imap_faults::settings(&Scripted::start(|_, _| {}));
    let mut mute = imap_faults::settings(&silent);
    mute.timeouts.connect = Duration::from_millis(400);
    for sent in [imap_faults::settings(&refusing), mute, gone] {
        let (mood, answer) = moody(".", "");
        let (server, taken) = server(answer);
        let office = Office::keeping(server.port, 1, Some(sent)).await;
        office.decide(&[letter(1, SHOP, "x\r\n")]).await;
        office.doubted(1).await;
        *mood.lock().unwrap() = None;
        office.turn(901);
        let delivered = office.until("delivered", 1).await;
        assert_eq!((delivered[0].reply_code, taken.lock().unwrap().len()), (Some(250), 2));
        office.close().await;
    }
    assert!(refusing.connections() > 0 && silent.connections() > 0, "it was asked");
}
