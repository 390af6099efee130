//! Letters handed in to real Postfix, to smtp-sink, and to servers that misbehave.

use crate::harness::{Account, Dovecot, Person, Postfix, PostfixOptions, Scripted, Signers, Sink};
use elitige::domain::{Address, Channel, Language, MessageId, OutboundMail, Role};
use elitige::smtp::{Attempt, Courier, Login, Security, SmtpError, SmtpSettings, SmtpTimeouts, Unfit};
use elitige::transport::TransportError;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

pub const LEILA: &str = "leila@maison.test";

pub fn settings(port: u16) -> SmtpSettings {
    SmtpSettings {
        host: "localhost".to_owned(),
        port,
        security: Security::PlaintextLoopback,
        login: None,
        hello: "mail.elitige.test".to_owned(),
        ca_file: None,
        timeouts: SmtpTimeouts::default(),
    }
}

pub fn letter(to: &str, text: &[u8]) -> OutboundMail {
    let head = format!("From: desk@elitige.test\r\nTo: {to}\r\nMessage-ID: <1@elitige.test>\r\nSubject: test\r\n\r\n");
    OutboundMail {
        to: Address::parse(to).unwrap(),
        envelope_from: Address::parse("desk+bounce@elitige.test").unwrap(),
        role: Role::ALL[0],
        channel: Channel::Joint,
        letter: "acknowledgement".to_owned(),
        language: Language::ALL[0],
        message_id: MessageId::parse("1@elitige.test").unwrap(),
        bytes: [head.as_bytes(), text].concat(),
    }
}

async fn once(port: u16, mail: &OutboundMail) -> (Attempt, bool) {
    let mut courier = Courier::connect(&settings(port)).await.unwrap();
    let attempt = courier.send(mail, || async { true }).await;
    let broken = courier.is_broken();
    courier.quit().await;
    (attempt, broken)
}

fn houses() -> Dovecot {
    Dovecot::start(&[Account::new("desk@elitige.test"), Account::new(LEILA), Account::new("shop@boutique.test")])
}

#[tokio::test]
async fn letters_arrive_through_postfix_byte_for_byte() {
    let dovecot = houses();
    let postfix = Postfix::start(&dovecot);
    let mut leila = Person::new("Leïla", LEILA, &dovecot, &postfix, &Signers::default());
    let desk = dovecot.account("desk@elitige.test").clone();
    for (security, port) in [(Security::Implicit, postfix.smtps), (Security::StartTls, postfix.smtp), (Security::PlaintextLoopback, postfix.smtp)] {
        let ca_file = Some(dovecot.certificate.authority.clone());
        let login = Some(Login::with_password(desk.address.as_str(), desk.password.as_str()));
        let mut courier = Courier::connect(&SmtpSettings { security, ca_file, login, ..settings(port) }).await.unwrap();
        for text in [&b".\r\n..\r\n.a\r\nend.\r\n"[..], b"no end", b"\r\n\r\n"] {
            let mail = letter("leila+tag.x@maison.test", text);
            assert_eq!(courier.send(&mail, || async { true }).await, Attempt::Delivered { code: 250 });
            let arrived = leila.next_mail(Duration::from_secs(10)).await;
            let sent = if mail.bytes.ends_with(b"\r\n") { mail.bytes } else { [&mail.bytes[..], b"\r\n"].concat() };
            // The Maildir keeps LF only.
            let sent = String::from_utf8(sent).unwrap().replace("\r\n", "\n");
            assert!(String::from_utf8_lossy(&arrived.bytes).replace("\r\n", "\n").ends_with(&sent), "{security:?}");
            assert_eq!(arrived.header("Delivered-To").as_deref(), Some("leila+tag.x@maison.test"));
        }
        courier.quit().await;
    }
    postfix.wait_until_empty(Duration::from_secs(10));
}

#[tokio::test]
async fn postfix_refuses_and_postpones_and_the_courier_goes_on() {
    let dovecot = houses();
    let refused = vec![("gone@boutique.test".to_owned(), "550 5.1.1 no such user".to_owned()), ("busy@boutique.test".to_owned(), "450 4.2.1 later".to_owned())];
    let postfix = Postfix::with(&dovecot, &PostfixOptions { refused, message_size_limit: 100_000, ..PostfixOptions::default() });
    let mut courier = Courier::connect(&settings(postfix.smtp)).await.unwrap();
    let mut send = async |to: &str, text: &[u8]| courier.send(&letter(to, text), || async { true }).await;
    assert_eq!(send("gone@boutique.test", b"x\r\n").await, Attempt::Refused { code: 550 });
    assert_eq!(send("busy@boutique.test", b"x\r\n").await, Attempt::Later { code: 450 });
    assert_eq!(send("nobody@boutique.test", b"x\r\n").await, Attempt::Refused { code: 550 });
    assert_eq!(send("somebody@example.com", b"x\r\n").await, Attempt::Refused { code: 554 }, "nothing leaves this machine");
    assert_eq!(send(LEILA, &b"0123456789\r\n".repeat(20_000)).await, Attempt::TooLarge { most: 100_000 }, "the server said so before");
    assert_eq!(send("leïla@maison.test", b"x\r\n").await, Attempt::Refused { code: 550 }, "SMTPUTF8 is offered, the user is unknown");
    assert_eq!(send(LEILA, b"fine\r\n").await, Attempt::Delivered { code: 250 });
    assert!(!courier.is_broken());
}

#[tokio::test]
async fn each_refusal_of_a_sink_is_told_apart() {
    for (options, wanted, broken) in [
        (["-r", "MAIL"], Attempt::Later { code: 450 }, false),
        (["-r", "RCPT"], Attempt::Later { code: 450 }, false),
        (["-r", "DATA"], Attempt::Later { code: 450 }, false),
        (["-r", "."], Attempt::Later { code: 450 }, false),
        (["-f", "MAIL"], Attempt::Rejected { code: 500 }, false),
        (["-f", "RCPT"], Attempt::Refused { code: 500 }, false),
        (["-f", "DATA"], Attempt::Rejected { code: 500 }, false),
        (["-f", "."], Attempt::Rejected { code: 500 }, false),
        (["-Q", "RCPT"], Attempt::Later { code: 421 }, true),
        (["-Q", "."], Attempt::Later { code: 421 }, true),
        (["-q", "MAIL"], Attempt::NotSent, true),
        (["-q", "RCPT"], Attempt::NotSent, true),
        (["-q", "DATA"], Attempt::NotSent, true),
        (["-q", "."], Attempt::Uncertain, true),
    ] {
        let sink = Sink::start(&options);
        assert_eq!(once(sink.port, &letter(LEILA, b"x\r\n")).await, (wanted, broken), "smtp-sink {options:?}");
    }
}

#[tokio::test]
async fn a_mail_dropped_after_the_dot_was_taken_all_the_same() {
    let sink = Sink::start(&["-q", "."]);
    let mail = letter(LEILA, b"x\r\n");
    assert_eq!(once(sink.port, &mail).await.0, Attempt::Uncertain);
    assert_eq!(once(sink.port, &mail).await.0, Attempt::Uncertain);
    tokio::time::sleep(Duration::from_millis(200)).await;
    let kept = sink.mails();
    assert_eq!(kept.len(), 2, "that is why it is counted: RFC 1047");
    assert!(kept.iter().all(|one| one.contains("Message-ID: <1@elitige.test>")));
}

#[tokio::test]
async fn a_service_that_turns_us_away_is_not_the_letters_fault() {
    for (options, code) in [(["-f", "CONNECT"], 500), (["-r", "CONNECT"], 450), (["-Q", "CONNECT"], 421)] {
        let sink = Sink::start(&options);
        let error = Courier::connect(&settings(sink.port)).await.unwrap_err();
        assert!(matches!(error, SmtpError::TurnedAway { code: its, .. } if its == code), "{options:?}: {error}");
        assert_eq!(error.is_passing(), code < 500);
        assert_eq!(error.retry_after(), None);
    }
    let dovecot = houses();
    let postfix = Postfix::start(&dovecot);
    let login = Some(Login::with_password(LEILA, "wrong"));
    let good = SmtpSettings { ca_file: Some(dovecot.certificate.authority.clone()), security: Security::Implicit, ..settings(postfix.smtps) };
    let login = Courier::connect(&SmtpSettings { login, ..good.clone() }).await.unwrap_err();
    assert_eq!(login.retry_after(), Some(Duration::from_secs(300)), "no server locks out who tries so seldom");
    assert!(matches!(login, SmtpError::Login { code: 535, .. }) && !login.is_passing() && !login.to_string().contains(LEILA), "{login}");
    let unverified = Courier::connect(&SmtpSettings { ca_file: None, ..good.clone() }).await.unwrap_err();
    assert!(matches!(unverified, SmtpError::Connection(TransportError::Certificate { .. } | TransportError::Trust { .. })), "{unverified}");
    let plain = Courier::connect(&SmtpSettings { host: "192.0.2.1".to_owned(), security: Security::PlaintextLoopback, ..good.clone() }).await.unwrap_err();
    assert!(matches!(plain, SmtpError::Connection(TransportError::NotLoopback { .. })), "{plain}");
    let hello = Courier::connect(&SmtpSettings { hello: "a\r\nMAIL FROM:<>".to_owned(), ..good }).await.unwrap_err();
    assert!(matches!(hello, SmtpError::Hello), "{hello}");
}

#[tokio::test]
async fn a_stall_ends_at_the_time_of_its_phase() {
    let short = Duration::from_millis(300);
    let timeouts = SmtpTimeouts { open: short, envelope: short, data: short, block: short, dot: short };
    for (command, wanted) in [("MAIL", Attempt::NotSent), ("RCPT", Attempt::NotSent), ("DATA", Attempt::NotSent), (".", Attempt::Uncertain)] {
        // Without -p the sink answers what stands behind the stalled command first.
        let sink = Sink::start(&["-p", "-W", &format!("{command}:20")]);
        let mut courier = Courier::connect(&SmtpSettings { timeouts, ..settings(sink.port) }).await.unwrap();
        let began = Instant::now();
        assert_eq!(courier.send(&letter(LEILA, b"x\r\n"), || async { true }).await, wanted, "{command}");
        assert!(courier.is_broken() && began.elapsed() < Duration::from_secs(5));
        assert_eq!(courier.send(&letter(LEILA, b"x\r\n"), || async { true }).await, Attempt::NotSent, "never used again");
    }
    let sink = Sink::start(&["-H", "20"]);
    let mut courier = Courier::connect(&SmtpSettings { timeouts, ..settings(sink.port) }).await.unwrap();
    let large = letter(LEILA, &b"0123456789abcdef0123456789abcdef\r\n".repeat(1_000_000));
    assert_eq!(courier.send(&large, || async { true }).await, Attempt::NotSent, "the dot was never sent");
    let silent = Scripted::start(|peer, _| peer.drain());
    let error = Courier::connect(&SmtpSettings { timeouts, ..settings(silent.port) }).await.unwrap_err();
    assert!(matches!(error, SmtpError::TimedOut { .. }), "{error}");
}

#[tokio::test]
async fn a_slow_answer_to_the_dot_is_awaited() {
    let sink = Sink::start(&["-W", ".:2"]);
    let timeouts = SmtpTimeouts { block: Duration::from_millis(300), ..SmtpTimeouts::default() };
    let mut courier = Courier::connect(&SmtpSettings { timeouts, ..settings(sink.port) }).await.unwrap();
    assert_eq!(courier.send(&letter(LEILA, b"x\r\n"), || async { true }).await, Attempt::Delivered { code: 250 });
}

#[tokio::test]
async fn nothing_is_sent_when_the_lease_is_lost() {
    let sink = Sink::start(&[]);
    let mut courier = Courier::connect(&settings(sink.port)).await.unwrap();
    let asked = AtomicUsize::new(0);
    let lost = || async {
        asked.fetch_add(1, Ordering::SeqCst);
        false
    };
    assert_eq!(courier.send(&letter(LEILA, b"secret\r\n"), lost).await, Attempt::NotSent);
    assert!(courier.is_broken() && asked.load(Ordering::SeqCst) == 1);
    drop(courier);
    tokio::time::sleep(Duration::from_millis(200)).await;
    assert!(sink.mails().iter().all(|mail| !mail.contains("secret")));
}

#[tokio::test]
async fn what_could_be_read_as_two_letters_is_not_sent() {
    let sink = Sink::start(&["-8"]);
    let mut courier = Courier::connect(&settings(sink.port)).await.unwrap();
    for text in [&b"a\n.\nMAIL FROM:<x@y>\r\n"[..], b"a\r.\r\n", b"a\r\r\n", b"a\n"] {
        assert_eq!(courier.send(&letter(LEILA, text), || async { true }).await, Attempt::Unfit(Unfit::LineEnds));
    }
    assert_eq!(courier.send(&letter(LEILA, "é\r\n".as_bytes()), || async { true }).await, Attempt::Unfit(Unfit::EightBit));
    assert_eq!(courier.send(&letter("leïla@maison.test", b"x\r\n"), || async { true }).await, Attempt::Unfit(Unfit::Utf8Address));
    assert_eq!(courier.send(&letter(LEILA, b"x\r\n"), || async { true }).await, Attempt::Delivered { code: 250 });
    courier.quit().await;
    tokio::time::sleep(Duration::from_millis(100)).await;
    assert_eq!(sink.mails().len(), 1);
}

/// Answers every command with what `say` gives for it; the text after DATA with what it gives for `.`.
fn scripted(say: impl Fn(&str) -> String + Send + Sync + 'static) -> Scripted {
    Scripted::start(move |peer, _| {
        peer.say(&say("greeting"));
        while let Some(line) = peer.line() {
            let reply = say(line.split([' ', ':']).next().unwrap_or_default());
            peer.say(&reply);
            if line == "DATA" && reply.starts_with("354") && peer.until_dot().is_some() {
                peer.say(&say("."));
            }
        }
    })
}

pub fn usual(command: &str) -> String {
    match command {
        "greeting" => "220 here\r\n",
        "EHLO" => "250-here\r\n250 8BITMIME\r\n",
        "DATA" => "354 go\r\n",
        _ => "250 ok\r\n",
    }
    .to_owned()
}

#[tokio::test]
async fn odd_replies_are_never_taken_for_a_delivery() {
    for (command, reply, wanted) in [
        (".", "354 go on\r\n", Attempt::Uncertain),
        // A client that does not know the second and third digit goes by the first (RFC 5321 §4.2.1, §4.3.2): whoever says 2yz to the dot has the letter.
        (".", "251 elsewhere\r\n", Attempt::Delivered { code: 251 }),
        (".", "252 perhaps\r\n", Attempt::Delivered { code: 252 }),
        (".", "what?\r\n", Attempt::Uncertain),
        ("DATA", "250 ok\r\n", Attempt::NotSent),
        ("RCPT", "354 go\r\n", Attempt::NotSent),
        ("RCPT", "251 elsewhere\r\n", Attempt::Delivered { code: 250 }),
        ("MAIL", "530 5.7.0 Authentication required\r\n", Attempt::NotSent),
        ("RCPT", "550-first line\r\n550 second line\r\n", Attempt::Refused { code: 550 }),
        ("RCPT", "550 5.1.8 sender's domain not found\r\n", Attempt::Rejected { code: 550 }),
        ("MAIL", "550 5.1.1 odd\r\n", Attempt::Rejected { code: 550 }),
        ("DATA", "554 5.7.1 not from here\r\n", Attempt::Rejected { code: 554 }),
        (".", "550-5.1.1 no such user\r\n550 5.1.1 go away\r\n", Attempt::Refused { code: 550 }),
        (".", "550 5.2.1 mailbox disabled\r\n", Attempt::Refused { code: 550 }),
        (".", "552 5.2.2 quota exceeded\r\n", Attempt::Rejected { code: 552 }),
        (".", "554 5.7.1 spam\r\n", Attempt::Rejected { code: 554 }),
        (".", "554 no status\r\n", Attempt::Rejected { code: 554 }),
    ] {
        let server = scripted(move |said| if said == command { reply.to_owned() } else { usual(said) });
        assert_eq!(once(server.port, &letter(LEILA, b"x\r\n")).await.0, wanted, "{command}: {reply}");
    }
}

#[tokio::test]
async fn a_refusal_in_latin_1_is_understood() {
    let server = Scripted::start(|peer, _| {
        peer.say("220 here\r\n");
        while let Some(line) = peer.line() {
            if line.starts_with("RCPT") {
                peer.say_bytes(b"550 destinataire refus\xe9\r\n");
            } else {
                peer.say(&usual(line.split([' ', ':']).next().unwrap_or_default()));
            }
        }
    });
    assert_eq!(once(server.port, &letter(LEILA, b"x\r\n")).await, (Attempt::Refused { code: 550 }, false));
}

#[tokio::test]
async fn a_server_that_talks_nonsense_is_no_panic() {
    for (command, reply) in [("greeting", "SSH-2.0-OpenSSH\r\n"), ("EHLO", "250-here\r\n250- \r\n250 8BITMIME\r\n"), ("EHLO", "250\r\n"), ("greeting", "\r\n")]
    {
        let server = scripted(move |said| if said == command { reply.to_owned() } else { usual(said) });
        if let Err(error) = Courier::connect(&settings(server.port)).await {
            assert!(matches!(error, SmtpError::NotSmtp { .. }), "{reply:?}: {error}");
        }
    }
    let endless = Scripted::start(|peer, _| {
        let line = format!("220-{}\r\n", "x".repeat(900));
        for _ in 0..100_000 {
            peer.say(&line);
        }
    });
    assert!(Courier::connect(&settings(endless.port)).await.is_err());
}

#[tokio::test]
async fn starttls_is_never_done_without() {
    for (command, reply) in
        [("EHLO", "250-here\r\n250 8BITMIME\r\n"), ("STARTTLS", "454 not now\r\n"), ("STARTTLS", "220 go\r\n250 injected\r\n"), ("greeting", "554 no\r\n")]
    {
        let server = scripted(move |said| match said {
            _ if said == command => reply.to_owned(),
            "EHLO" => "250-here\r\n250-STARTTLS\r\n250 AUTH PLAIN\r\n".to_owned(),
            "AUTH" => panic!("a password in plain text"),
            _ => usual(said),
        });
        let dovecot_free = SmtpSettings { security: Security::StartTls, login: Some(Login::with_password("u", "p")), ..settings(server.port) };
        let error = Courier::connect(&dovecot_free).await.unwrap_err();
        assert!(matches!(error, SmtpError::Connection(TransportError::StartTls { .. })), "{command} {reply}: {error}");
    }
}

#[tokio::test]
async fn a_cancelled_letter_leaves_a_courier_that_refuses_to_go_on() {
    let sink = Sink::start(&["-W", "RCPT:20"]);
    let mut courier = Courier::connect(&settings(sink.port)).await.unwrap();
    let mail = letter(LEILA, b"x\r\n");
    let cancelled = tokio::time::timeout(Duration::from_millis(200), courier.send(&mail, || async { true })).await;
    assert!(cancelled.is_err() && courier.is_broken());
    assert_eq!(courier.send(&mail, || async { true }).await, Attempt::NotSent);
}

#[tokio::test]
async fn one_connection_carries_many_letters_quickly() {
    let sink = Sink::start(&[]);
    let mail = letter(LEILA, &b"a line of an ordinary letter\r\n".repeat(80));
    let each = time_of_one(&settings(sink.port), &mail, 200).await;
    println!("one letter of 2.5 KB takes {each:?} with smtp-sink");
    assert!(each < Duration::from_millis(20), "{each:?}: without TCP_NODELAY it would be 44 ms");
    let dovecot = houses();
    let postfix = Postfix::start(&dovecot);
    let ca_file = Some(dovecot.certificate.authority.clone());
    let over_tls = SmtpSettings { security: Security::Implicit, ca_file, ..settings(postfix.smtps) };
    println!("and {:?} with Postfix over TLS", time_of_one(&over_tls, &mail, 50).await);
    postfix.wait_until_empty(Duration::from_secs(30));
}

async fn time_of_one(settings: &SmtpSettings, mail: &OutboundMail, letters: u32) -> Duration {
    let mut courier = Courier::connect(settings).await.unwrap();
    let began = Instant::now();
    for _ in 0..letters {
        assert_eq!(courier.send(mail, || async { true }).await, Attempt::Delivered { code: 250 });
    }
    began.elapsed() / letters
}
