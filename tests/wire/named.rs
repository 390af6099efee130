//! Faults of the two wires that have a number (THREATS F35–F59), where no other test tells them.

use crate::harness::{Account, Dovecot, DovecotOptions, Scripted};
use crate::imap::{DESK, LIMIT, mail};
use crate::imap_faults::{server, settings, usual};
use crate::outbox::office::{Office, SHOP, letter, server as outgoing};
use elitige::mailbox::{After, Folder, Mailbox, MailboxError, MailboxSettings, Security};
use elitige::transport::TransportError;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::Duration;
use tokio_util::sync::CancellationToken;

const DAY: i64 = 86_400;

#[tokio::test(flavor = "multi_thread")]
async fn f35_a_clock_that_jumps_hurries_and_delays_letters_and_doubles_none() {
    let (slow, asked) = (Arc::new(AtomicBool::new(true)), Arc::new(AtomicUsize::new(0)));
    let (gate, count) = (Arc::clone(&slow), Arc::clone(&asked));
    let (server, taken) = outgoing(move |word, _| {
        if word == "." {
            count.fetch_add(1, Ordering::SeqCst);
        }
        while word == "." && gate.load(Ordering::SeqCst) {
            std::thread::sleep(Duration::from_millis(5));
        }
        None
    });
    let office = Office::open(server.port, 2).await;
    office.decide(&[letter(1, SHOP, "x\r\n")]).await;
    office.until("dot-pending", 1).await;
    // While the server thinks about the dot the clock jumps a day ahead: the lease seems to be over.
    office.turn(DAY);
    tokio::time::sleep(Duration::from_millis(500)).await;
    slow.store(false, Ordering::SeqCst);
    office.until("delivered", 1).await;
    // A day back, and two ahead: what is new leaves, nothing leaves again.
    office.turn(-2 * DAY);
    office.decide(&[letter(2, SHOP, "x\r\n")]).await;
    office.until("delivered", 2).await;
    office.turn(3 * DAY);
    office.decide(&[letter(3, SHOP, "x\r\n")]).await;
    office.until("delivered", 3).await;
    tokio::time::sleep(Duration::from_millis(300)).await;
    assert_eq!((taken.lock().unwrap().len(), asked.load(Ordering::SeqCst)), (3, 3), "each of them once");
    assert_eq!(office.present().await.state, office.dispute.state);
    office.close().await;
}

#[tokio::test]
async fn f39_a_uidnext_that_is_missing_or_runs_backwards_and_the_largest_number_mean_nothing() {
    const LISTED: &str = "* 1 FETCH (UID 10 RFC822.SIZE 3 INTERNALDATE \"01-Jan-2026 00:00:00 +0000\" FLAGS ())\r\n\
        * 2 FETCH (UID 4294967295 RFC822.SIZE 3 INTERNALDATE \"01-Jan-2026 00:00:00 +0000\" FLAGS ())\r\n# OK done\r\n";
    const GIVEN: &str = "* 2 FETCH (UID 4294967295 RFC822.SIZE 3 INTERNALDATE \"01-Jan-2026 00:00:00 +0000\" BODY[]<0> {3}\r\nabc)\r\n# OK done\r\n";
    for next in ["", "* OK [UIDNEXT 4] next\r\n", "* OK [UIDNEXT 0] next\r\n", "* OK [UIDNEXT 99999999999] next\r\n"] {
        let server = server(move |command| match command {
            "SELECT \"INBOX\"" => Some(format!("* 2 EXISTS\r\n* OK [UIDVALIDITY 7] ok\r\n{next}# OK [READ-WRITE] done\r\n")),
            _ if command.starts_with("UID FETCH 1:*") => Some(LISTED.to_owned()),
            _ if command.contains("BODY") => Some(GIVEN.to_owned()),
            _ => None,
        });
        let mut mailbox = match Mailbox::connect(&settings(&server)).await {
            Ok(mailbox) => mailbox,
            // A number that no number of the protocol is ends the session, and is said.
            Err(error) => {
                assert!(next.contains("99999999999") && matches!(error, MailboxError::Protocol { .. }), "{next}: {error}");
                continue;
            }
        };
        let uids: Vec<u32> = mailbox.scan().await.unwrap().messages.iter().map(|listed| listed.uid).collect();
        assert_eq!(uids, [10, u32::MAX], "{next}");
        assert_eq!(mailbox.fetch(&[u32::MAX], LIMIT).await.unwrap().mails.len(), 1, "{next}");
        mailbox.file(&uids, Folder::Archive, After::Archive).await.unwrap();
    }
}

#[tokio::test]
async fn f41_a_folder_whose_quota_is_full_is_named_and_nothing_is_deleted() {
    let quota = "mail_plugins = $mail_plugins quota\nplugin {\n  quota = maildir:User quota\n  quota_rule = *:storage=20k\n  quota_grace = 0\n}\n".to_owned();
    let options = DovecotOptions { capabilities: Some("IMAP4rev1 UIDPLUS IDLE".to_owned()), extra: quota, ..DovecotOptions::default() };
    let dovecot = Dovecot::with(&[Account::new(DESK)], &options);
    let large = [mail(1), b"a line that fills the quota\r\n".repeat(450)].concat();
    dovecot.deliver(DESK, &large);
    let mut mailbox = Mailbox::connect(&crate::imap::settings(&dovecot)).await.unwrap();
    let uids: Vec<u32> = mailbox.scan().await.unwrap().messages.iter().map(|listed| listed.uid).collect();
    assert_eq!(uids.len(), 1);
    let error = mailbox.file(&uids, Folder::Archive, After::Archive).await.unwrap_err();
    assert!(matches!(&error, MailboxError::Folder { folder, .. } if folder == "Archive") && error.to_string().contains("the quota"), "{error}");
    let mut again = Mailbox::connect(&crate::imap::settings(&dovecot)).await.unwrap();
    assert_eq!(again.scan().await.unwrap().messages.len(), 1, "what was not copied stays");
}

#[tokio::test]
async fn f43_a_farewell_at_any_moment_passes_and_a_pause_that_it_names_is_kept() {
    for (farewell, pause) in [
        ("* BYE server going down\r\nCUT", None),
        ("* BYE [UNAVAILABLE] try again later\r\nCUT", Some(60)),
        ("* BYE Request is throttled. Suggested Backoff Time: 90000 milliseconds\r\nCUT", Some(90)),
        ("# NO [INUSE] mailbox in use\r\n", Some(60)),
        ("# NO [LIMIT] too many commands\r\n", Some(60)),
        ("# BAD Request is throttled. Suggested Backoff Time: 7000 milliseconds\r\n", Some(7)),
    ] {
        for verb in ["LOGIN", "CAPABILITY", "SELECT", "UID FETCH", "UID MOVE", "IDLE"] {
            let server = server(move |command| command.starts_with(verb).then(|| farewell.to_owned()));
            let failed = async {
                let mut mailbox = Mailbox::connect(&settings(&server)).await?;
                mailbox.scan().await?;
                mailbox.file(&[10], Folder::Archive, After::Archive).await?;
                mailbox.wait(Duration::from_millis(100), &CancellationToken::new()).await
            };
            let error = failed.await.expect_err(verb);
            assert!(error.is_passing(), "{verb} {farewell}: {error}");
            // Before the login is through, a farewell ends the line before its words are read.
            if verb != "LOGIN" || !farewell.contains("BYE") {
                assert_eq!(error.retry_after(), pause.map(Duration::from_secs), "{verb} {farewell}: {error}");
            }
        }
    }
}

#[tokio::test]
async fn f44_news_that_got_lost_and_a_flood_of_news_are_found_at_the_next_look() {
    // It says nothing of the mail that came while it was idle; the next look finds it.
    let looks = Arc::new(AtomicUsize::new(0));
    let count = Arc::clone(&looks);
    let server = Scripted::start(move |peer, _| {
        peer.say("* OK ready\r\n");
        let mut idling = String::new();
        while let Some(line) = peer.line() {
            let (tag, command) = line.split_once(' ').unwrap_or((&line, ""));
            match command {
                "IDLE" => {
                    idling = tag.to_owned();
                    let flood: String = (0..5_000).map(|number| format!("* {} FETCH (FLAGS (\\Seen))\r\n* OK still here\r\n", number % 7 + 1)).collect();
                    peer.say(&format!("+ idling\r\n{flood}"));
                    // It never falls silent either.
                    peer.say_until_answered("* OK still here\r\n");
                }
                "" => peer.say(&format!("{idling} OK done\r\n")),
                _ if command.starts_with("SELECT") => {
                    let mails = 2 + count.fetch_add(1, Ordering::SeqCst);
                    peer.say(&format!("* {mails} EXISTS\r\n* OK [UIDVALIDITY 7] ok\r\n{tag} OK done\r\n"));
                }
                _ if command.starts_with("UID FETCH") => {
                    for number in 1..=1 + looks.load(Ordering::SeqCst) {
                        peer.say(&format!("* {number} FETCH (UID {number} RFC822.SIZE 3 INTERNALDATE \"01-Jan-2026 00:00:00 +0000\" FLAGS ())\r\n"));
                    }
                    peer.say(&format!("{tag} OK done\r\n"));
                }
                _ => peer.say(&usual(command).replace("# ", &format!("{tag} "))),
            }
        }
    });
    let mut mailbox = Mailbox::connect(&settings(&server)).await.unwrap();
    let mut seen = Vec::new();
    for _ in 0..3 {
        seen.push(mailbox.scan().await.unwrap().messages.len());
        let stop = CancellationToken::new();
        let waited = tokio::time::timeout(Duration::from_secs(20), mailbox.wait(Duration::from_millis(700), &stop));
        waited.await.expect("whatever a server says, the next look is when it is due").unwrap();
    }
    assert_eq!(seen, [3, 4, 5]);
}

#[tokio::test]
async fn f59_a_name_that_is_not_known_passes_and_names_nobody() {
    let unknown = MailboxSettings { host: "imap.elitige.invalid".to_owned(), security: Security::Implicit, ..settings(&Scripted::start(|_, _| {})) };
    let error = Mailbox::connect(&unknown).await.unwrap_err();
    assert!(matches!(&error, MailboxError::Connection { cause: TransportError::Resolve { .. } | TransportError::TimedOut { .. }, .. }), "{error}");
    assert!(error.is_passing() && error.retry_after().is_none() && !error.to_string().contains("desk"), "{error}");
}
