//! A mailbox on a real Dovecot.

use crate::harness::{Account, Dovecot, DovecotOptions};
use elitige::mailbox::{After, Folder, Haul, Login, Mailbox, MailboxError, MailboxSettings, MailboxTimeouts, Security};
use elitige::transport::TransportError;
use std::collections::BTreeSet;
use std::time::{Duration, Instant};
use tokio_util::sync::CancellationToken;

pub const DESK: &str = "mediation@elitige.test";
pub const LIMIT: usize = 30 * 1024 * 1024;

/// The mailbox of the desk on `dovecot`, over TLS.
pub fn settings(dovecot: &Dovecot) -> MailboxSettings {
    MailboxSettings {
        name: "mediation".to_owned(),
        host: "localhost".to_owned(),
        port: dovecot.imaps,
        security: Security::Implicit,
        login: Login::with_password(DESK, dovecot.account(DESK).password.as_str()),
        inbox: "INBOX".to_owned(),
        archive: "Archive".to_owned(),
        held: "Réclamations & Held".to_owned(),
        ca_file: Some(dovecot.certificate.authority.clone()),
        timeouts: MailboxTimeouts::default(),
    }
}

pub fn desk() -> Dovecot {
    Dovecot::start(&[Account::new(DESK)])
}

pub fn mail(number: usize) -> Vec<u8> {
    format!("From: a@b.example\r\nSubject: {number}\r\n\r\n.dots\r\n.\r\nand the text {number}\r\n").into_bytes()
}

fn limited(capabilities: &str) -> Dovecot {
    Dovecot::with(&[Account::new(DESK)], &DovecotOptions { capabilities: Some(capabilities.to_owned()), ..DovecotOptions::default() })
}

async fn uids(mailbox: &mut Mailbox) -> Vec<u32> {
    mailbox.scan().await.unwrap().messages.iter().map(|listed| listed.uid).collect()
}

#[tokio::test]
async fn mail_is_scanned_fetched_and_filed_over_tls() {
    let dovecot = desk();
    let mails: Vec<Vec<u8>> = (0..120).map(mail).collect();
    dovecot.deliver_all(DESK, &mails.iter().map(Vec::as_slice).collect::<Vec<_>>());
    let mut mailbox = Mailbox::connect(&settings(&dovecot)).await.unwrap();
    assert!(mailbox.offers("IDLE") && mailbox.offers("MOVE") && mailbox.offers("UIDPLUS"), "{:?}", mailbox.capabilities());
    let scan = mailbox.scan().await.unwrap();
    assert_eq!(scan.messages.len(), 120);
    assert_eq!(scan.uid_validity, mailbox.uid_validity());
    let all: Vec<u32> = scan.messages.iter().map(|listed| listed.uid).collect();
    assert!(all.is_sorted(), "oldest first");
    let fetched = mailbox.fetch(&all, LIMIT).await.unwrap().mails;
    assert_eq!(fetched.len(), 120);
    for (number, one) in fetched.iter().enumerate() {
        assert!(one.whole && one.bytes.ends_with(&mail(number)), "mail {number} came as it went");
        assert!(one.received.micros() > 0);
    }
    mailbox.file(&all[..100], Folder::Archive, After::Archive).await.unwrap();
    mailbox.file(&all[100..110], Folder::Held, After::Archive).await.unwrap();
    mailbox.file(&all[..110], Folder::Archive, After::Archive).await.unwrap();
    assert_eq!(uids(&mut mailbox).await, all[110..]);
    assert_eq!(count(&dovecot, "Archive"), 100);
    assert_eq!(count(&dovecot, "R&AOk-clamations &- Held"), 10);
    let flags = dovecot.doveadm(&["fetch", "-u", DESK, "flags", "mailbox", "INBOX"]);
    assert!(!flags.contains("Seen"), "reading leaves no trace: {flags}");
    mailbox.logout().await;
}

fn count(dovecot: &Dovecot, folder: &str) -> usize {
    let name = if folder.contains('&') { "Réclamations & Held" } else { folder };
    dovecot.doveadm(&["search", "-u", DESK, "mailbox", name, "all"]).lines().count()
}

#[tokio::test]
async fn starttls_and_plaintext_on_this_machine_work() {
    let dovecot = desk();
    for (security, port) in [(Security::StartTls, dovecot.imap), (Security::PlaintextLoopback, dovecot.imap)] {
        let mut mailbox = Mailbox::connect(&MailboxSettings { security, port, ..settings(&dovecot) }).await.unwrap();
        assert!(uids(&mut mailbox).await.is_empty());
    }
}

#[tokio::test]
async fn what_cannot_be_trusted_or_is_wrong_is_named_with_its_remedy() {
    let dovecot = desk();
    let good = settings(&dovecot);
    let fault = async |settings: MailboxSettings| Mailbox::connect(&settings).await.unwrap_err();
    for (security, port) in [(Security::Implicit, dovecot.imaps), (Security::StartTls, dovecot.imap)] {
        let unverified = fault(MailboxSettings { ca_file: None, security, port, ..good.clone() }).await;
        assert!(
            matches!(unverified, MailboxError::Connection { cause: TransportError::Certificate { .. } | TransportError::Trust { .. }, .. }),
            "{unverified}"
        );
    }
    let wrong_password = fault(MailboxSettings { login: Login::with_password(DESK, "wrong"), ..good.clone() }).await;
    assert!(matches!(wrong_password, MailboxError::Login { .. }) && !wrong_password.is_passing(), "{wrong_password}");
    assert_eq!(wrong_password.retry_after(), Some(Duration::from_secs(300)), "no server locks out who tries so seldom");
    let foreign_password = fault(MailboxSettings { login: Login::with_password(DESK, "mot-de-passe-erroné"), ..good.clone() }).await;
    assert!(matches!(foreign_password, MailboxError::Login { .. }), "{foreign_password}");
    let plaintext = fault(MailboxSettings { host: "192.0.2.1".to_owned(), security: Security::PlaintextLoopback, ..good.clone() }).await;
    assert!(matches!(plaintext, MailboxError::Connection { cause: TransportError::NotLoopback { .. }, .. }), "{plaintext}");
    let nobody = fault(MailboxSettings { port: crate::harness::free_port(), ..good.clone() }).await;
    assert!(matches!(nobody, MailboxError::Connection { cause: TransportError::Connect { .. }, .. }) && nobody.is_passing(), "{nobody}");
    let nowhere = fault(MailboxSettings { host: "no-such-host.invalid".to_owned(), ..good.clone() }).await;
    assert!(matches!(nowhere, MailboxError::Connection { cause: TransportError::Resolve { .. }, .. }), "{nowhere}");
    let not_tls = fault(MailboxSettings { port: dovecot.imap, ..good.clone() }).await;
    assert!(matches!(not_tls, MailboxError::Connection { cause: TransportError::Tls { .. }, .. }), "{not_tls}");
    let folder = fault(MailboxSettings { inbox: "Nowhere".to_owned(), ..good.clone() }).await;
    assert!(matches!(folder, MailboxError::Folder { .. }), "{folder}");
    let injection = fault(MailboxSettings { archive: "A\"\r\nx DELETE INBOX".to_owned(), ..good }).await;
    assert!(matches!(injection, MailboxError::Folder { .. }), "{injection:?}");
    for error in [wrong_password, plaintext, nobody, nowhere, not_tls] {
        let sentence = error.to_string();
        assert!(sentence.contains("mailbox `mediation`") && !sentence.contains(DESK), "{sentence}");
    }
}

#[tokio::test]
async fn a_certificate_for_another_host_is_refused() {
    let options = DovecotOptions { certificate_names: Some(vec!["mail.other.test".to_owned()]), ..DovecotOptions::default() };
    let dovecot = Dovecot::with(&[Account::new(DESK)], &options);
    let error = Mailbox::connect(&settings(&dovecot)).await.unwrap_err();
    assert!(error.to_string().contains("another host name"), "{error}");
}

#[tokio::test]
async fn without_move_mail_is_copied_and_only_it_is_expunged() {
    let dovecot = limited("IMAP4rev1 UIDPLUS IDLE");
    for number in 0..5 {
        dovecot.deliver(DESK, &mail(number));
    }
    let mut mailbox = Mailbox::connect(&settings(&dovecot)).await.unwrap();
    assert!(!mailbox.offers("MOVE"));
    let all = uids(&mut mailbox).await;
    dovecot.doveadm(&["flags", "add", "-u", DESK, "\\Deleted", "mailbox", "INBOX", "uid", &all[4].to_string()]);
    mailbox.file(&all[..2], Folder::Archive, After::Archive).await.unwrap();
    assert_eq!(uids(&mut mailbox).await, all[2..4], "what somebody else deleted is not listed");
    assert_eq!(count(&dovecot, "INBOX"), 3, "and not expunged either");
    assert_eq!(count(&dovecot, "Archive"), 2);
    mailbox.file(&all[2..3], Folder::Archive, After::Delete).await.unwrap();
    mailbox.file(&all[3..4], Folder::Held, After::Delete).await.unwrap();
    mailbox.file(&all[4..], Folder::Held, After::Keep).await.unwrap();
    assert!(uids(&mut mailbox).await.is_empty());
    assert_eq!((count(&dovecot, "Archive"), count(&dovecot, "R&")), (2, 1));
}

#[tokio::test]
async fn without_move_and_uidplus_mail_stays_and_is_marked() {
    let dovecot = limited("IMAP4rev1");
    dovecot.deliver(DESK, &mail(1));
    let mut mailbox = Mailbox::connect(&settings(&dovecot)).await.unwrap();
    let all = uids(&mut mailbox).await;
    mailbox.file(&all, Folder::Held, After::Archive).await.unwrap();
    assert_eq!(uids(&mut mailbox).await, all);
    assert!(dovecot.doveadm(&["fetch", "-u", DESK, "flags", "mailbox", "INBOX"]).contains("$ElitigeHeld"));
    mailbox.file(&all, Folder::Archive, After::Delete).await.unwrap();
    assert!(uids(&mut mailbox).await.is_empty());
    assert_eq!(count(&dovecot, "INBOX"), 1, "flagged, never expunged");
}

#[tokio::test]
async fn a_folder_that_vanished_is_made_once_more() {
    let dovecot = desk();
    dovecot.deliver(DESK, &mail(1));
    let mut mailbox = Mailbox::connect(&settings(&dovecot)).await.unwrap();
    let all = uids(&mut mailbox).await;
    dovecot.doveadm(&["mailbox", "delete", "-u", DESK, "Archive"]);
    mailbox.file(&all, Folder::Archive, After::Archive).await.unwrap();
    assert_eq!(count(&dovecot, "Archive"), 1);
}

#[tokio::test]
async fn idle_wakes_on_delivery_and_on_stop_and_ends_in_time() {
    let dovecot = desk();
    let mut mailbox = Mailbox::connect(&settings(&dovecot)).await.unwrap();
    let stop = CancellationToken::new();
    assert!(uids(&mut mailbox).await.is_empty());
    let began = Instant::now();
    mailbox.wait(Duration::from_millis(300), &stop).await.unwrap();
    assert!(began.elapsed() >= Duration::from_millis(290) && began.elapsed() < Duration::from_secs(2));
    let began = Instant::now();
    let deliver = async {
        tokio::time::sleep(Duration::from_millis(200)).await;
        dovecot.deliver(DESK, &mail(1));
    };
    let (woken, ()) = tokio::join!(mailbox.wait(Duration::from_secs(60), &stop), deliver);
    woken.unwrap();
    assert!(began.elapsed() < Duration::from_secs(5), "{:?}", began.elapsed());
    assert_eq!(uids(&mut mailbox).await.len(), 1);
    dovecot.deliver(DESK, &mail(2));
    let _ = mailbox.fetch(&[1], LIMIT).await.unwrap();
    let began = Instant::now();
    mailbox.wait(Duration::from_secs(60), &stop).await.unwrap();
    assert!(began.elapsed() < Duration::from_secs(5), "mail between scan and IDLE is not overlooked");
    assert_eq!(uids(&mut mailbox).await.len(), 2);
    let (stopped, ()) = tokio::join!(mailbox.wait(Duration::from_secs(60), &stop), async {
        tokio::time::sleep(Duration::from_millis(100)).await;
        stop.cancel();
    });
    stopped.unwrap();
    assert!(began.elapsed() < Duration::from_secs(7));
}

#[tokio::test]
async fn without_idle_it_sleeps_until_the_next_look() {
    let dovecot = limited("IMAP4rev1 UIDPLUS");
    let timeouts = MailboxTimeouts { poll: Duration::from_millis(200), ..MailboxTimeouts::default() };
    let mut mailbox = Mailbox::connect(&MailboxSettings { timeouts, ..settings(&dovecot) }).await.unwrap();
    let began = Instant::now();
    mailbox.wait(Duration::from_secs(60), &CancellationToken::new()).await.unwrap();
    assert!(began.elapsed() >= Duration::from_millis(190) && began.elapsed() < Duration::from_secs(5));
}

#[tokio::test]
async fn a_changed_uidvalidity_is_seen_by_the_next_scan() {
    let dovecot = desk();
    dovecot.deliver(DESK, &mail(1));
    let mut mailbox = Mailbox::connect(&settings(&dovecot)).await.unwrap();
    let before = mailbox.scan().await.unwrap();
    dovecot.doveadm(&["mailbox", "update", "--uid-validity", "4242", "-u", DESK, "INBOX"]);
    let after = match mailbox.scan().await {
        Ok(scan) => scan,
        Err(_) => Mailbox::connect(&settings(&dovecot)).await.unwrap().scan().await.unwrap(),
    };
    assert_ne!(before.uid_validity, after.uid_validity);
    assert_eq!((after.uid_validity, after.messages.len()), (4242, 1));
}

#[tokio::test]
async fn mail_that_others_removed_is_absent_and_the_rest_arrives() {
    let dovecot = desk();
    for number in 0..4 {
        dovecot.deliver(DESK, &mail(number));
    }
    let mut mailbox = Mailbox::connect(&settings(&dovecot)).await.unwrap();
    let all = uids(&mut mailbox).await;
    dovecot.doveadm(&["expunge", "-u", DESK, "mailbox", "INBOX", "uid", &format!("{},{}", all[1], all[2])]);
    let fetched = mailbox.fetch(&[all.clone(), vec![9_999]].concat(), LIMIT).await.unwrap().mails;
    assert_eq!(fetched.iter().map(|one| one.uid).collect::<Vec<_>>(), [all[0], all[3]]);
    assert!(fetched.iter().all(|one| one.whole));
    mailbox.file(&all, Folder::Archive, After::Archive).await.unwrap();
    assert!(uids(&mut mailbox).await.is_empty());
    assert_eq!(count(&dovecot, "Archive"), 2);
    assert_eq!(mailbox.fetch(&[4_294_967_295, 7_000], LIMIT).await.unwrap(), Haul::default());
}

#[tokio::test]
async fn a_large_mail_comes_in_pieces_and_one_over_the_limit_only_begins() {
    let dovecot = desk();
    let mut large = b"From: a@b.example\r\nSubject: large\r\n\r\n".to_vec();
    let line = b"0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef012345678\r\n";
    while large.len() < 25 * 1024 * 1024 {
        large.extend_from_slice(line);
    }
    dovecot.deliver(DESK, &large);
    dovecot.deliver(DESK, &mail(1));
    let mut mailbox = Mailbox::connect(&settings(&dovecot)).await.unwrap();
    let scan = mailbox.scan().await.unwrap();
    assert!(scan.messages[0].size as usize >= large.len());
    let all: Vec<u32> = scan.messages.iter().map(|listed| listed.uid).collect();
    let began = Instant::now();
    let fetched = mailbox.fetch(&all, LIMIT).await.unwrap().mails;
    println!("25 MiB in pieces: {:?}", began.elapsed());
    assert!(fetched[0].whole && fetched[0].bytes.ends_with(&large), "byte for byte");
    assert!(fetched[1].whole && fetched[1].bytes.ends_with(&mail(1)));
    let cut = mailbox.fetch(&all, 1024 * 1024).await.unwrap().mails;
    assert!(!cut[0].whole && cut[0].bytes.len() == 256 * 1024 && fetched[0].bytes.starts_with(&cut[0].bytes));
    assert!(cut[1].whole);
    let exact = fetched[1].bytes.len();
    assert!(mailbox.fetch(&all[1..], exact).await.unwrap().mails[0].whole);
    assert!(!mailbox.fetch(&all[1..], exact - 1).await.unwrap().mails[0].whole);
}

#[tokio::test]
async fn a_mailbox_of_ten_thousand_mails_is_listed() {
    let dovecot = desk();
    let cur = dovecot.maildir(DESK).join("cur");
    drop(Mailbox::connect(&settings(&dovecot)).await.unwrap());
    for number in 0..10_000 {
        std::fs::write(cur.join(format!("1700{number:06}.M{number}P1.test:2,")), mail(number)).unwrap();
    }
    let mut mailbox = Mailbox::connect(&settings(&dovecot)).await.unwrap();
    let began = Instant::now();
    let scan = mailbox.scan().await.unwrap();
    println!("listing 10,000 mails: {:?}", began.elapsed());
    let distinct: BTreeSet<u32> = scan.messages.iter().map(|listed| listed.uid).collect();
    assert_eq!((scan.messages.len(), distinct.len()), (10_000, 10_000));
    let some: Vec<u32> = scan.messages.iter().map(|listed| listed.uid).step_by(7).collect();
    let began = Instant::now();
    assert_eq!(mailbox.fetch(&some, LIMIT).await.unwrap().mails.len(), some.len());
    println!("fetching {} of them: {:?}", some.len(), began.elapsed());
    let all: Vec<u32> = scan.messages.iter().map(|listed| listed.uid).collect();
    let began = Instant::now();
    mailbox.file(&all[..1_000], Folder::Archive, After::Archive).await.unwrap();
    println!("moving 1,000: {:?}", began.elapsed());
    assert_eq!(uids(&mut mailbox).await.len(), 9_000);
}

#[tokio::test]
async fn a_server_that_dies_is_an_error_and_comes_back() {
    let mut dovecot = desk();
    dovecot.deliver(DESK, &mail(1));
    let settings = settings(&dovecot);
    let mut mailbox = Mailbox::connect(&settings).await.unwrap();
    dovecot.kill();
    let error = mailbox.wait(Duration::from_secs(30), &CancellationToken::new()).await.unwrap_err();
    assert!(error.is_passing(), "{error}");
    assert!(mailbox.scan().await.is_err(), "a session that failed is not used again");
    dovecot.restart();
    assert_eq!(uids(&mut Mailbox::connect(&settings).await.unwrap()).await.len(), 1);
}

#[tokio::test]
async fn a_halted_server_is_noticed() {
    use rustix::process::Signal;
    let dovecot = desk();
    let short = Duration::from_millis(300);
    let timeouts = MailboxTimeouts { idle_silence: short, done: short, silence_in_command: short, ..MailboxTimeouts::default() };
    let mut mailbox = Mailbox::connect(&MailboxSettings { timeouts, ..settings(&dovecot) }).await.unwrap();
    dovecot.server().signal(Signal::STOP);
    let error = mailbox.wait(Duration::from_secs(60), &CancellationToken::new()).await.unwrap_err();
    assert!(matches!(error, MailboxError::TimedOut { .. }), "{error}");
    dovecot.server().signal(Signal::CONT);
}

#[tokio::test]
async fn too_many_connections_are_a_pause_not_a_wrong_password() {
    let options = DovecotOptions { extra: "protocol imap {\n  mail_max_userip_connections = 1\n}\n".to_owned(), ..DovecotOptions::default() };
    let dovecot = Dovecot::with(&[Account::new(DESK)], &options);
    let first = Mailbox::connect(&settings(&dovecot)).await.unwrap();
    let error = Mailbox::connect(&settings(&dovecot)).await.unwrap_err();
    assert_eq!(error.retry_after(), Some(Duration::from_secs(60)), "{error}");
    drop(first);
}
