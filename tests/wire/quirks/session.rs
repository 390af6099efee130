//! Logins, folders and waits that servers answer in ways of their own.

use super::{Quirky, WHOLE};
use crate::harness::Scripted;
use crate::imap::LIMIT;
use crate::imap_faults::{settings, usual};
use elitige::mailbox::{After, Folder, Login, Mailbox, MailboxError, MailboxSettings, Security};
use std::time::{Duration, Instant};
use tokio_util::sync::CancellationToken;

#[tokio::test]
async fn a_code_without_words_is_read() {
    let server = Quirky::on("SELECT", b"* 1 EXISTS\r\n* OK [HIGHESTMODSEQ 90112]\r\n* OK [UIDVALIDITY 7]\r\n# OK [READ-WRITE]\r\n");
    assert_eq!(server.mailbox().await.uid_validity(), 7);
}

#[tokio::test]
async fn mail_between_a_fetch_and_idle_is_news() {
    for fetched in [b"* 3 EXISTS\r\n# OK done\r\n".as_slice(), b"# OK done\r\n* 3 EXISTS\r\n"] {
        let server = Quirky::start(move |command| match command {
            "DONE" => Some(b"# OK done\r\n".to_vec()),
            _ => command.starts_with("UID FETCH").then(|| fetched.to_vec()),
        });
        let mut mailbox = server.mailbox().await;
        mailbox.fetch(&[10], LIMIT).await.unwrap();
        let began = Instant::now();
        mailbox.wait(Duration::from_secs(60), &CancellationToken::new()).await.unwrap();
        assert!(began.elapsed() < Duration::from_secs(30));
    }
}

#[tokio::test]
async fn a_bare_plus_is_enough() {
    let server = Quirky::start(|command| match command {
        "IDLE" => Some(b"+\r\n* 3 EXISTS\r\n".to_vec()),
        "DONE" => Some(b"# OK done\r\n".to_vec()),
        _ => None,
    });
    server.mailbox().await.wait(Duration::from_secs(60), &CancellationToken::new()).await.unwrap();
    assert!(server.heard().contains(&"DONE".to_owned()));
    let asking = Scripted::start(|peer, _| {
        peer.say("* OK ready\r\n");
        let tag = peer.line().unwrap().split(' ').next().unwrap().to_owned();
        peer.say("+\r\n");
        assert_eq!(peer.line().unwrap(), "AGRlc2sAc8OpY3JldA==");
        peer.say(&format!("{tag} NO [AUTHENTICATIONFAILED] no\r\n"));
    });
    let settings = MailboxSettings { login: Login::with_password("desk", "sécret"), security: Security::PlaintextLoopback, ..settings(&asking) };
    assert!(matches!(Mailbox::connect(&settings).await.unwrap_err(), MailboxError::Login { .. }));
}

#[tokio::test]
async fn a_uidvalidity_of_zero_is_one() {
    let server = Quirky::on("SELECT", b"* 0 EXISTS\r\n* OK [UIDVALIDITY 0] UIDs valid\r\n# OK done\r\n");
    let mut mailbox = server.mailbox().await;
    assert_eq!((mailbox.scan().await.unwrap().uid_validity, mailbox.scan().await.unwrap().uid_validity), (0, 0));
}

#[tokio::test]
async fn foreign_letters_in_quotes_are_read() {
    let server = Quirky::on("LIST", "* LIST (\\HasNoChildren) \"/\" \"Réclamations \\\"2026\\\"\"\r\n# OK done\r\n".as_bytes());
    server.mailbox().await;
    assert!(!server.heard().iter().any(|command| command.starts_with("CREATE")), "the folder is there");
}

#[tokio::test]
async fn a_line_that_is_no_answer_is_passed_over() {
    let server = Quirky::start(|command| match command {
        "CAPABILITY" => Some(b"* CAPABILITY IMAP4rev1 IDLE\r\n# OK CAPABILITY completed.\r\nCAPABILITY completed.\r\n".to_vec()),
        _ if command.starts_with("UID FETCH") => Some([WHOLE, b"FETCH completed.\r\n\r\n"].concat()),
        _ => None,
    });
    let mut mailbox = server.mailbox().await;
    assert!(mailbox.offers("IDLE"));
    for _ in 0..3 {
        assert_eq!(mailbox.fetch(&[10], LIMIT).await.unwrap().mails[0].bytes, b"abc");
    }
    let babbling = Quirky::start(|command| command.starts_with("UID FETCH").then(|| b"who are you?\r\n".repeat(1_000)));
    assert!(matches!(babbling.mailbox().await.scan().await.unwrap_err(), MailboxError::Protocol { .. }), "at last it is left");
}

#[tokio::test]
async fn a_refusal_that_names_a_pause_is_a_pause_wherever_it_comes() {
    const REFUSAL: &[u8] = b"# BAD Request is throttled. Suggested Backoff Time: 299961 milliseconds\r\n";
    let pause = Some(Duration::from_millis(299_961));
    for verb in ["LOGIN", "CAPABILITY", "LIST", "SELECT"] {
        let server = Quirky::on(verb, REFUSAL);
        let error = Mailbox::connect(&settings(&server.server)).await.unwrap_err();
        assert!(error.retry_after() == pause && error.is_passing(), "{verb}: {error}");
    }
    let server = Quirky::on("UID FETCH", REFUSAL);
    assert_eq!(server.mailbox().await.scan().await.unwrap_err().retry_after(), pause);
    assert_eq!(server.mailbox().await.fetch(&[10, 11, 12, 13], LIMIT).await.unwrap_err().retry_after(), pause);
    assert_eq!(server.heard().iter().filter(|command| command.contains("BODY")).count(), 1, "whoever is throttled does not ask again by halves");
    assert_eq!(Quirky::on("UID MOVE", REFUSAL).mailbox().await.file(&[10], Folder::Archive, After::Archive).await.unwrap_err().retry_after(), pause);
    let waited = Quirky::on("IDLE", REFUSAL).mailbox().await.wait(Duration::from_secs(60), &CancellationToken::new()).await;
    assert_eq!(waited.unwrap_err().retry_after(), pause);
    let refusing = Quirky::on("LOGIN", b"# BAD Command unknown\r\n");
    assert!(matches!(Mailbox::connect(&settings(&refusing.server)).await.unwrap_err(), MailboxError::Login { .. }), "any other BAD is none");
}

#[tokio::test]
async fn no_command_is_long() {
    let server = Quirky::on("UID FETCH", b"# OK done\r\n");
    let mut mailbox = server.mailbox().await;
    let many: Vec<u32> = (0..1_500).map(|index| 4_000_000_000 + index * 2).collect();
    mailbox.fetch(&many, LIMIT).await.unwrap();
    mailbox.file(&many, Folder::Archive, After::Archive).await.unwrap();
    mailbox.file(&many, Folder::Archive, After::Delete).await.unwrap();
    let longest = server.heard().iter().map(String::len).max().unwrap();
    assert!(longest < 4_000, "{longest}");
}

#[tokio::test]
async fn idle_in_a_wrong_state_ends_the_session() {
    let server = Quirky::start(|command| match command {
        "IDLE" => Some(b"+ idling\r\n* OK Still here\r\n# BAD Command received in Invalid state.\r\n".to_vec()),
        _ => None,
    });
    let mut mailbox = server.mailbox().await;
    let began = Instant::now();
    assert!(mailbox.wait(Duration::from_secs(60), &CancellationToken::new()).await.unwrap_err().is_passing());
    assert!(mailbox.scan().await.is_err() && began.elapsed() < Duration::from_secs(30), "it is connected anew, and its folder opened anew");
}

#[tokio::test]
async fn done_is_said_after_the_plus_only() {
    let server = Scripted::start(|peer, _| {
        peer.say("* OK ready\r\n");
        while let Some(line) = peer.line() {
            let (tag, command) = line.split_once(' ').unwrap_or((&line, ""));
            if command != "IDLE" {
                peer.say(&usual(command).replace("# ", &format!("{tag} ")));
                continue;
            }
            peer.say("* 1521 EXISTS\r\n");
            std::thread::sleep(Duration::from_millis(100));
            peer.say("+ IDLE accepted, awaiting DONE command.\r\n");
            assert_eq!(peer.line().as_deref(), Some("DONE"));
            peer.say(&format!("{tag} OK IDLE completed\r\n"));
        }
    });
    let mut mailbox = Mailbox::connect(&settings(&server)).await.unwrap();
    mailbox.wait(Duration::from_secs(60), &CancellationToken::new()).await.unwrap();
    mailbox.scan().await.unwrap();
}

#[tokio::test]
async fn without_idle_it_is_not_said() {
    let server = Quirky::on("CAPABILITY", b"* CAPABILITY IMAP4rev1 MOVE\r\n# OK done\r\n");
    server.mailbox().await.wait(Duration::from_millis(50), &CancellationToken::new()).await.unwrap();
    assert!(!server.heard().contains(&"IDLE".to_owned()));
}

#[tokio::test]
async fn capabilities_are_asked_for_after_the_login() {
    let server = Quirky::on("LOGIN", b"# OK LOGIN completed - Mailbox size in bytes is 3033746\r\n");
    assert!(server.mailbox().await.offers("UIDPLUS"));
    assert_eq!(server.heard()[1], "CAPABILITY");
}

#[tokio::test]
async fn a_farewell_after_idle_is_an_error_that_passes() {
    for reply in [b"+ idling\r\n* BYE Server shutting down.\r\n".as_slice(), b"* BYE Server shutting down.\r\n"] {
        let server = Quirky::start(move |command| (command == "IDLE").then(|| reply.to_vec()));
        let waited = server.mailbox().await.wait(Duration::from_secs(60), &CancellationToken::new()).await;
        assert!(waited.unwrap_err().is_passing());
    }
}
