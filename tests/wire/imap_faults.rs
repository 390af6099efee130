//! A mailbox on servers that lie, break off, fall silent or want too much: never a mail lost in silence, never a panic.

use crate::harness::Scripted;
use crate::imap::LIMIT;
use elitige::mailbox::{After, Folder, Login, Mailbox, MailboxError, MailboxSettings, MailboxTimeouts, Security};
use elitige::transport::TransportError;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};
use tokio_util::sync::CancellationToken;

/// Hangs up.
const CUT: &str = "CUT";

/// A server that says what `say` gives for a command (without its tag); `#` in it stands for the tag. What it gives nothing for is answered
/// as usual.
pub fn server(say: impl Fn(&str) -> Option<String> + Send + Sync + 'static) -> Scripted {
    Scripted::start(move |peer, _| {
        peer.say("* OK ready\r\n");
        while let Some(line) = peer.line() {
            let (tag, command) = line.split_once(' ').unwrap_or((&line, ""));
            let reply = say(command).unwrap_or_else(|| usual(command)).replace("# ", &format!("{tag} "));
            match reply.strip_suffix(CUT) {
                Some(rest) => return peer.say(rest),
                None => peer.say(&reply),
            }
        }
    })
}

pub fn usual(command: &str) -> String {
    let verb = command.split(' ').next().unwrap_or_default();
    match verb {
        "CAPABILITY" => "* CAPABILITY IMAP4rev1 IDLE MOVE UIDPLUS\r\n# OK done\r\n",
        "LIST" => "* LIST () \"/\" Archive\r\n# OK done\r\n",
        "SELECT" | "EXAMINE" => "* 2 EXISTS\r\n* OK [UIDVALIDITY 7] ok\r\n* OK [UIDNEXT 12] ok\r\n# OK [READ-WRITE] done\r\n",
        "IDLE" => "+ idling\r\n",
        _ => "# OK done\r\n",
    }
    .to_owned()
}

pub fn settings(server: &Scripted) -> MailboxSettings {
    let short = Duration::from_millis(400);
    MailboxSettings {
        name: "test".to_owned(),
        host: "127.0.0.1".to_owned(),
        port: server.port,
        security: Security::PlaintextLoopback,
        login: Login::with_password("desk", "secret"),
        inbox: "INBOX".to_owned(),
        archive: "Archive".to_owned(),
        held: "Held".to_owned(),
        ca_file: None,
        timeouts: MailboxTimeouts { silence_in_command: short, done: short, ..MailboxTimeouts::default() },
    }
}

/// A server that answers commands with this verb so, and everything else as usual.
async fn on(verb: &'static str, reply: &'static str) -> Mailbox {
    let server = server(move |command| command.starts_with(verb).then(|| reply.to_owned()));
    Mailbox::connect(&settings(&server)).await.unwrap()
}

async fn refused(verb: &'static str, reply: &'static str) -> MailboxError {
    let server = server(move |command| command.starts_with(verb).then(|| reply.to_owned()));
    Mailbox::connect(&settings(&server)).await.unwrap_err()
}

#[tokio::test]
async fn a_listing_that_fails_or_breaks_off_is_never_a_short_listing() {
    for reply in [
        "* 1 FETCH (UID 10 RFC822.SIZE 5 INTERNALDATE \"01-Jan-2026 00:00:00 +0000\" FLAGS ())\r\n# NO internal error\r\n",
        "* 1 FETCH (UID 10 RFC822.SIZE 5 INTERNALDATE \"01-Jan-2026 00:00:00 +0000\" FLAGS ())\r\n# BAD what\r\n",
        "* 1 FETCH (UID 10 RFC822.SIZE 5 INTERNALDATE \"01-Jan-2026 00:00:00 +0000\" FLAGS ())\r\nCUT",
        "* 1 FETCH (UID 10 RFC822.SI",
        "* 1 FETCH (BODYSTRUCTURE ((((\r\n# OK\r\n",
        "X99 OK another's tag\r\n",
        "* BYE going down\r\n",
        "CUT",
    ] {
        let mut mailbox = on("UID FETCH", reply).await;
        let error = mailbox.scan().await.unwrap_err();
        assert!(error.is_passing(), "{reply:?}: {error}");
        assert!(!format!("{error} {error:?}").contains("another") && !error.to_string().contains("BODYSTRUCTURE"), "{error:?}");
        assert!(mailbox.scan().await.is_err() && mailbox.fetch(&[10], LIMIT).await.is_err(), "the session is over");
    }
}

#[tokio::test]
async fn what_nobody_asked_for_is_not_taken() {
    let reply = "* 9 EXISTS\r\n* 3 FETCH (FLAGS (\\Seen))\r\n* 1 FETCH (UID 10 BODY[]<0> {3}\r\nabc RFC822.SIZE 3 INTERNALDATE \"01-Jan-2026 00:00:00 +0000\")\r\n\
                 * 2 FETCH (UID 11 BODY[]<0> {3}\r\nxyz)\r\n* 4 FETCH (UID 12 BODY[]<0> \"\")\r\n* 5 FETCH (UID 13 BODY[]<0> NIL)\r\n* 6 FETCH (UID 14 BODY[]<512> {1}\r\na)\r\n\
                 # OK done\r\n";
    let mut mailbox = on("UID FETCH", reply).await;
    let haul = mailbox.fetch(&[10, 12, 13, 14], LIMIT).await.unwrap();
    assert_eq!(haul.withheld, [12, 13, 14], "they are there, and are not given");
    let fetched = haul.mails;
    assert_eq!(fetched.len(), 1, "no empty mail, no other's mail, no piece from the middle");
    assert_eq!((fetched[0].uid, fetched[0].bytes.as_slice(), fetched[0].whole), (10, &b"abc"[..], true));
}

#[tokio::test]
async fn mail_that_vanishes_under_a_fetch_is_absent() {
    let reply = "* 1 FETCH (UID 10 RFC822.SIZE 3 BODY[]<0> {3}\r\nabc)\r\n# NO [EXPUNGEISSUED] Some of the requested messages no longer exist\r\n";
    let mut mailbox = on("UID FETCH", reply).await;
    let haul = mailbox.fetch(&[10, 11], LIMIT).await.unwrap();
    assert_eq!((haul.mails.len(), haul.withheld.len()), (1, 0));
}

#[tokio::test]
async fn a_server_that_shortens_pieces_or_ignores_them_still_gives_the_whole_mail() {
    let text = "0123456789".repeat(100);
    let whole = text.clone();
    let shortening = server(move |command| {
        let from: usize = command.strip_prefix("UID FETCH 10 ")?.split_once("[]<")?.1.split_once('.')?.0.parse().ok()?;
        let piece = &text[from.min(text.len())..(from + 300).min(text.len())];
        Some(format!("* 1 FETCH (UID 10 RFC822.SIZE 1000 BODY[]<{from}> {{{}}}\r\n{piece})\r\n# OK done\r\n", piece.len()))
    });
    let mut mailbox = Mailbox::connect(&settings(&shortening)).await.unwrap();
    let fetched = mailbox.fetch(&[10], LIMIT).await.unwrap().mails;
    assert!(fetched[0].whole && fetched[0].bytes == whole.as_bytes());
    let unasked = format!("* 1 FETCH (UID 10 RFC822.SIZE 5 BODY[] {{{}}}\r\n{whole})\r\n# OK done\r\n", whole.len());
    let ignoring = server(move |command| command.starts_with("UID FETCH").then(|| unasked.clone()));
    let mut mailbox = Mailbox::connect(&settings(&ignoring)).await.unwrap();
    assert!(mailbox.fetch(&[10], LIMIT).await.unwrap().mails[0].whole);
    let cut = mailbox.fetch(&[10], 100).await.unwrap().mails;
    assert!(!cut[0].whole && cut[0].bytes.len() == 100);
}

#[tokio::test]
async fn a_server_cannot_fill_the_memory() {
    let mut mailbox = on("UID FETCH", "* 1 FETCH (UID 10 BODY[]<0> {400000000}\r\n").await;
    assert!(matches!(mailbox.fetch(&[10], LIMIT).await.unwrap_err(), MailboxError::Protocol { .. }));
    let endless = server(|command| command.starts_with("UID FETCH").then(|| format!("* OK {}", "x".repeat(2 * 1024 * 1024))));
    let mut mailbox = Mailbox::connect(&settings(&endless)).await.unwrap();
    assert!(matches!(mailbox.scan().await.unwrap_err(), MailboxError::Protocol { .. }));
}

#[tokio::test]
async fn a_server_that_falls_silent_is_left() {
    for verb in ["UID FETCH", "SELECT"] {
        let server = server(move |command| command.starts_with(verb).then(|| "* OK still here\r\n".to_owned()));
        let began = Instant::now();
        let error = match Mailbox::connect(&settings(&server)).await {
            Ok(mut mailbox) => mailbox.scan().await.unwrap_err(),
            Err(error) => error,
        };
        assert!(matches!(error, MailboxError::TimedOut { .. }) && began.elapsed() < Duration::from_secs(5), "{verb}: {error}");
    }
}

#[tokio::test]
async fn refusals_at_the_door_are_told_apart() {
    assert!(matches!(refused("LOGIN", "# NO [AUTHENTICATIONFAILED] Authentication failed for desk\r\n").await, MailboxError::Login { .. }));
    let pause = refused("LOGIN", "# NO Request is throttled. Suggested Backoff Time: 90000 milliseconds\r\n").await;
    assert_eq!(pause.retry_after(), Some(Duration::from_secs(90)));
    let pause = refused("LOGIN", "* BYE Too many simultaneous connections\r\nCUT").await;
    assert!(pause.is_passing(), "{pause}");
    assert!(matches!(refused("LOGIN", "CUT").await, MailboxError::Protocol { .. }));
    assert!(matches!(refused("CAPABILITY", "# NO\r\n").await, MailboxError::Protocol { .. }));
    assert!(matches!(refused("SELECT", "* 1 EXISTS\r\n# OK done\r\n").await, MailboxError::Protocol { .. }), "no UIDVALIDITY");
    assert!(matches!(refused("SELECT", "# NO no such folder\r\n").await, MailboxError::Folder { .. }));
    let pause = refused("SELECT", "# NO [UNAVAILABLE] User is authenticated but not connected.\r\n").await;
    assert_eq!(pause.retry_after(), Some(Duration::from_secs(60)));
    for greeting in ["* PREAUTH welcome\r\n", "* BYE busy\r\n", "220 smtp here\r\n", "\r\n"] {
        let server = Scripted::start(move |peer, _| {
            peer.say(greeting);
            assert!(peer.line().is_none(), "a password to a server that was not understood");
        });
        assert!(Mailbox::connect(&settings(&server)).await.is_err(), "{greeting}");
    }
    let busy = Scripted::start(|peer, _| peer.say("* BYE [UNAVAILABLE] maximum number of connections\r\n"));
    assert_eq!(Mailbox::connect(&settings(&busy)).await.unwrap_err().retry_after(), Some(Duration::from_secs(60)));
}

#[tokio::test]
async fn starttls_is_never_done_without() {
    for (greeting, answer) in [
        ("* PREAUTH welcome\r\n", ""),
        ("* BYE no\r\n", ""),
        ("* OK ready\r\n", "s1 NO not today\r\n"),
        ("* OK ready\r\n", "s1 BAD what\r\n"),
        ("* OK ready\r\n", "s1 OK begin\r\n* CAPABILITY IMAP4rev1 AUTH=PLAIN\r\n"),
    ] {
        let server = Scripted::start(move |peer, _| {
            peer.say(greeting);
            while let Some(line) = peer.line() {
                assert!(line == "s1 STARTTLS", "in plain text: {line}");
                peer.say(answer);
            }
        });
        let error = Mailbox::connect(&MailboxSettings { security: Security::StartTls, ..settings(&server) }).await.unwrap_err();
        assert!(matches!(error, MailboxError::Connection { cause: TransportError::StartTls { .. }, .. }), "{greeting}{answer}: {error}");
    }
}

#[tokio::test]
async fn waiting_copes_with_every_kind_of_idle() {
    let stop = CancellationToken::new();
    let long = Duration::from_secs(60);
    let told_before = "* 3 EXISTS\r\n+ idling\r\n";
    let told_later = "+ idling\r\n* OK Still here\r\n* 1 EXPUNGE\r\n* 2 EXISTS\r\n";
    for reply in [told_before, told_later] {
        let server = server(move |command| match command {
            "IDLE" => Some(reply.to_owned()),
            // DONE has no tag of its own.
            "" => Some("A0005 OK done\r\nA0006 OK done\r\nA0007 OK done\r\n".to_owned()),
            _ => None,
        });
        let mut mailbox = Mailbox::connect(&settings(&server)).await.unwrap();
        let began = Instant::now();
        let _ = mailbox.wait(long, &stop).await;
        assert!(began.elapsed() < Duration::from_secs(5), "{reply:?}");
    }
    let mut refusing = on("IDLE", "# NO not now\r\n").await;
    let began = Instant::now();
    refusing.wait(Duration::from_millis(200), &stop).await.unwrap();
    assert!(began.elapsed() >= Duration::from_millis(190));
    assert!(refusing.scan().await.is_ok(), "a refusal to idle is no failure");
    let mut cut = on("IDLE", "+ idling\r\nCUT").await;
    assert!(cut.wait(long, &stop).await.is_err(), "a lost connection is not a quiet one");
    let mut repeating = on("IDLE", "* 2 EXISTS\r\n+ idling\r\n").await;
    let began = Instant::now();
    let _ = repeating.wait(Duration::from_millis(300), &stop).await;
    assert!(began.elapsed() >= Duration::from_millis(290), "the same number is no news");
}

#[tokio::test]
async fn a_move_that_is_refused_names_the_folder_and_a_lost_one_is_an_error() {
    for reply in ["# NO [CANNOT] permission denied\r\n", "# BAD no\r\n"] {
        let mut mailbox = on("UID MOVE", reply).await;
        let error = mailbox.file(&[10], Folder::Archive, After::Archive).await.unwrap_err();
        assert!(matches!(&error, MailboxError::Folder { folder, .. } if folder == "Archive"), "{error}");
    }
    let mut mailbox = on("UID MOVE", "CUT").await;
    assert!(mailbox.file(&[10], Folder::Archive, After::Archive).await.unwrap_err().is_passing());
}

#[tokio::test]
async fn nothing_is_deleted_after_a_copy_that_failed() {
    for reply in ["# NO over quota\r\n", "# BAD what\r\n", "CUT"] {
        let server = server(move |command| match command.split(' ').nth(1) {
            _ if command == "CAPABILITY" => Some("* CAPABILITY IMAP4rev1 UIDPLUS\r\n# OK done\r\n".to_owned()),
            Some("COPY") => Some(reply.to_owned()),
            Some("STORE" | "EXPUNGE") => panic!("deleted after a copy that failed"),
            _ => None,
        });
        let mut mailbox = Mailbox::connect(&settings(&server)).await.unwrap();
        assert!(mailbox.file(&[10], Folder::Archive, After::Archive).await.is_err());
    }
}

#[tokio::test]
async fn a_copy_without_those_that_are_gone_is_made_of_the_rest() {
    let deleted = Arc::new(Mutex::new(Vec::new()));
    let seen = deleted.clone();
    let server = server(move |command| match command.split(' ').nth(1) {
        _ if command == "CAPABILITY" => Some("* CAPABILITY IMAP4rev1 UIDPLUS\r\n# OK done\r\n".to_owned()),
        Some("COPY") if command.contains("10:11") => Some("# NO [EXPUNGEISSUED] gone\r\n".to_owned()),
        Some("FETCH") => Some("* 2 FETCH (UID 11)\r\n# OK done\r\n".to_owned()),
        Some("STORE" | "EXPUNGE") => {
            seen.lock().unwrap().push(command.to_owned());
            None
        }
        _ => None,
    });
    let mut mailbox = Mailbox::connect(&settings(&server)).await.unwrap();
    mailbox.file(&[10, 11], Folder::Archive, After::Archive).await.unwrap();
    assert_eq!(*deleted.lock().unwrap(), ["UID STORE 11 +FLAGS.SILENT (\\Deleted)", "UID EXPUNGE 11"]);
}

#[tokio::test]
async fn a_cancelled_command_ends_the_session() {
    let mut mailbox = on("UID FETCH", "* OK wait\r\n").await;
    assert!(tokio::time::timeout(Duration::from_millis(100), mailbox.scan()).await.is_err());
    assert!(matches!(mailbox.fetch(&[10], LIMIT).await.unwrap_err(), MailboxError::Protocol { .. }));
}
