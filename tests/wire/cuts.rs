//! The connection is cut after every single byte that the server says: what was heard is never taken for more than it is.

use crate::harness::{Scripted, Sink};
use crate::imap::LIMIT;
use crate::imap_faults::{settings as imap_settings, usual as imap_usual};
use crate::smtp::{LEILA, letter, settings as smtp_settings, usual as smtp_usual};
use elitige::mailbox::{After, Fetched, Folder, Mailbox, MailboxError, Scan};
use elitige::smtp::{Attempt, Courier};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;
use tokio_util::sync::CancellationToken;

/// How many bytes of the server's words pass before the line is cut.
#[derive(Clone, Default)]
struct Allowance(Arc<AtomicUsize>);

impl Allowance {
    fn set(&self, bytes: usize) {
        self.0.store(bytes, Ordering::SeqCst);
    }

    /// The part of `text` that passes, and whether the line stays.
    fn pass<'a>(&self, text: &'a str) -> (&'a str, bool) {
        let left = self.0.load(Ordering::SeqCst);
        let passing = left.min(text.len());
        self.0.store(left - passing, Ordering::SeqCst);
        (&text[..passing], passing == text.len())
    }
}

async fn visit(server: &Scripted) -> Result<(Scan, Vec<Fetched>), MailboxError> {
    let mut mailbox = Mailbox::connect(&imap_settings(server)).await?;
    let scan = mailbox.scan().await?;
    let fetched = mailbox.fetch(&[10, 11], LIMIT).await?.mails;
    mailbox.file(&[10, 11], Folder::Archive, After::Archive).await?;
    Ok((scan, fetched))
}

fn inbox(command: &str) -> String {
    let head = "RFC822.SIZE 4 INTERNALDATE \"01-Jan-2026 00:00:00 +0000\"";
    if command.contains("BODY.PEEK") {
        format!("* 1 FETCH (UID 10 {head} BODY[]<0> {{4}}\r\nabcd)\r\n* 2 FETCH (UID 11 {head} BODY[]<0> {{4}}\r\nefgh)\r\n# OK done\r\n")
    } else if command.contains("FETCH") {
        format!("* 1 FETCH (UID 10 {head} FLAGS ())\r\n* 2 FETCH (UID 11 {head} FLAGS (\\Seen))\r\n# OK done\r\n")
    } else {
        imap_usual(command)
    }
}

#[tokio::test]
async fn an_imap_line_cut_anywhere_is_an_error_or_the_whole() {
    let allowance = Allowance::default();
    let inner = allowance.clone();
    let server = Scripted::start(move |peer, _| {
        let (text, stays) = inner.pass("* OK ready\r\n");
        peer.say(text);
        while stays && let Some(line) = peer.line() {
            let (tag, command) = line.split_once(' ').unwrap_or((&line, ""));
            let reply = inbox(command).replace("# ", &format!("{tag} "));
            let (text, stays) = inner.pass(&reply);
            peer.say(text);
            if !stays {
                return;
            }
        }
    });
    allowance.set(usize::MAX);
    let whole = visit(&server).await.unwrap();
    assert_eq!((whole.0.messages.len(), whole.1.len()), (2, 2));
    let mut bytes = 0;
    loop {
        allowance.set(bytes);
        match visit(&server).await {
            Ok(seen) => {
                assert_eq!(seen, whole);
                break;
            }
            Err(error) => assert!(error.is_passing(), "after {bytes} bytes: {error}"),
        }
        bytes += 1;
    }
    println!("cut after each of {bytes} bytes");
    assert!(bytes > 700);
}

#[tokio::test]
async fn an_smtp_line_cut_anywhere_is_never_a_delivery() {
    let allowance = Allowance::default();
    let inner = allowance.clone();
    let taken = Arc::new(AtomicUsize::new(0));
    let counter = taken.clone();
    let server = Scripted::start(move |peer, _| {
        let say = |peer: &mut crate::harness::scripted::Peer, text: &str| {
            let (text, stays) = inner.pass(text);
            peer.say(text);
            stays
        };
        if !say(peer, &smtp_usual("greeting")) {
            return;
        }
        while let Some(line) = peer.line() {
            if !say(peer, &smtp_usual(line.split([' ', ':']).next().unwrap_or_default())) {
                return;
            }
            if line == "DATA" {
                if peer.until_dot().is_none() {
                    return;
                }
                counter.fetch_add(1, Ordering::SeqCst);
                if !say(peer, "250 ok\r\n") {
                    return;
                }
            }
        }
    });
    let mail = letter(LEILA, b"text\r\n");
    let mut attempts = Vec::new();
    for bytes in 0.. {
        allowance.set(bytes);
        let before = taken.load(Ordering::SeqCst);
        let attempt = match Courier::connect(&smtp_settings(server.port)).await {
            Ok(mut courier) => courier.send(&mail, || async { true }).await,
            Err(error) => {
                assert!(error.is_passing(), "after {bytes} bytes: {error}");
                Attempt::NotSent
            }
        };
        let took = taken.load(Ordering::SeqCst) - before;
        match attempt {
            Attempt::NotSent => assert_eq!(took, 0, "after {bytes} bytes"),
            Attempt::Uncertain | Attempt::Delivered { .. } => assert_eq!(took, 1, "after {bytes} bytes"),
            other => panic!("after {bytes} bytes: {other:?}"),
        }
        attempts.push(attempt);
        if matches!(attempt, Attempt::Delivered { .. }) {
            break;
        }
    }
    assert!(attempts.len() > 60 && attempts.contains(&Attempt::Uncertain));
}

#[tokio::test]
async fn both_wires_can_be_used_from_tasks() {
    let imap = Scripted::start(|peer, _| {
        peer.say("* OK ready\r\n");
        while let Some(line) = peer.line() {
            let (tag, command) = line.split_once(' ').unwrap_or((&line, ""));
            peer.say(&inbox(command).replace("# ", &format!("{tag} ")));
        }
    });
    let settings = imap_settings(&imap);
    let task = tokio::spawn(async move {
        let mut mailbox = Mailbox::connect(&settings).await?;
        mailbox.scan().await?;
        mailbox.fetch(&[10], LIMIT).await?;
        mailbox.file(&[10], Folder::Held, After::Archive).await?;
        mailbox.wait(Duration::ZERO, &CancellationToken::new()).await.ok();
        mailbox.logout().await;
        Ok::<(), MailboxError>(())
    });
    task.await.unwrap().unwrap();
    let sink = Sink::start(&[]);
    let settings = smtp_settings(sink.port);
    let task = tokio::spawn(async move {
        let mut courier = Courier::connect(&settings).await.unwrap();
        let attempt = courier.send(&letter(LEILA, b"text\r\n"), || async { true }).await;
        courier.quit().await;
        attempt
    });
    assert_eq!(task.await.unwrap(), Attempt::Delivered { code: 250 });
}
