//! The envelope of a letter, where the server offers to take it at once and to send no more back than a report needs (RFC 2920, RFC 3461).

use super::smtp::{LEILA, letter, settings};
use crate::harness::{Account, Dovecot, Person, Postfix, PostfixOptions, Scripted, Signers};
use elitige::smtp::{Attempt, Courier, SmtpSettings, SmtpTimeouts};
use std::sync::{Arc, Mutex};
use std::time::Duration;

/// A server that answers nothing before it has heard the whole envelope; what it says to it, and what it heard.
fn all_at_once(answers: [&'static str; 3]) -> (Scripted, Arc<Mutex<Vec<String>>>) {
    let heard = Arc::new(Mutex::new(Vec::new()));
    let kept = Arc::clone(&heard);
    let server = Scripted::start(move |peer, _| {
        peer.say("220 here\r\n");
        let _ = peer.line();
        peer.say("250-here\r\n250-PIPELINING\r\n250 DSN\r\n");
        while let Some(line) = peer.line() {
            if !line.starts_with("MAIL") {
                peer.say("250 ok\r\n");
                continue;
            }
            let envelope = [Some(line), peer.line(), peer.line()].into_iter().flatten();
            kept.lock().unwrap().extend(envelope);
            answers.iter().filter(|answer| !answer.is_empty()).for_each(|answer| peer.say(answer));
            if answers.contains(&"") {
                return;
            }
            if answers[2].starts_with("354") {
                match peer.line() {
                    Some(line) if line == "RSET" => kept.lock().unwrap().push(line),
                    Some(_) if peer.until_dot().is_some() => peer.say("250 taken\r\n"),
                    _ => return,
                }
            }
        }
    });
    (server, heard)
}

#[tokio::test]
async fn a_server_that_offers_it_hears_the_envelope_at_once_and_of_what_it_may_send_back() {
    let (server, heard) = all_at_once(["250 ok\r\n", "250 ok\r\n", "354 go\r\n"]);
    let mut courier = Courier::connect(&settings(server.port)).await.unwrap();
    for _ in 0..2 {
        assert_eq!(courier.send(&letter(LEILA, b"x\r\n"), || async { true }).await, Attempt::Delivered { code: 250 });
    }
    courier.quit().await;
    let one = ["MAIL FROM:<desk+bounce@elitige.test> RET=HDRS", "RCPT TO:<leila@maison.test> NOTIFY=FAILURE,DELAY", "DATA"];
    assert_eq!(*heard.lock().unwrap(), [one, one].concat());
}

#[tokio::test]
async fn of_the_answers_to_an_envelope_the_first_no_counts_and_no_text_follows_it() {
    let (yes, go) = ("250 ok\r\n", "354 go\r\n");
    for (answers, wanted, broken) in [
        (["450 4.2.0 try again in 5 minutes\r\n", "503 no\r\n", "503 no\r\n"], Attempt::Later { code: 450 }, false),
        (["550 5.1.1 odd\r\n", "503 no\r\n", "503 no\r\n"], Attempt::Rejected { code: 550 }, false),
        ([yes, "550 5.1.1 unknown\r\n", "554 no valid recipients\r\n"], Attempt::Refused { code: 550 }, false),
        ([yes, "550-5.1.1 unknown\r\n550 5.1.1 here\r\n", go], Attempt::Refused { code: 550 }, true),
        ([yes, "251 elsewhere\r\n", "554 5.7.1 not from here\r\n"], Attempt::Rejected { code: 554 }, false),
        ([yes, "354 go\r\n", "250 ok\r\n"], Attempt::NotSent, true),
        ([yes, yes, "250 ok\r\n"], Attempt::NotSent, true),
        ([yes, "421 4.3.2 closing\r\n", ""], Attempt::Later { code: 421 }, true),
        ([yes, "550 5.1.1 unknown\r\n", ""], Attempt::Refused { code: 550 }, true),
        ([yes, yes, ""], Attempt::NotSent, true),
        ([yes, "", ""], Attempt::NotSent, true),
        (["", "", ""], Attempt::NotSent, true),
    ] {
        let (server, heard) = all_at_once(answers);
        let mut courier = Courier::connect(&settings(server.port)).await.unwrap();
        let asked = Mutex::new(false);
        let before_dot = || async {
            *asked.lock().unwrap() = true;
            true
        };
        assert_eq!((courier.send(&letter(LEILA, b"x\r\n"), before_dot).await, courier.is_broken()), (wanted, broken), "{answers:?}");
        assert!(!*asked.lock().unwrap(), "{answers:?}");
        assert!(heard.lock().unwrap().iter().all(|line| line != "RSET"), "behind a 354 it would be text: {answers:?}");
        let pause = answers[0].starts_with("450").then_some(Duration::from_secs(300));
        assert_eq!(courier.asked_pause(), pause, "{answers:?}");
    }
}

#[tokio::test]
async fn a_stall_amid_the_answers_ends_at_the_time_of_its_phase() {
    let short = Duration::from_millis(300);
    let timeouts = SmtpTimeouts { envelope: short, data: short, ..SmtpTimeouts::default() };
    for answered in ["", "250 ok\r\n", "250 ok\r\n250 ok\r\n", "250 ok\r\n250 ok\r\n35"] {
        let server = Scripted::start(move |peer, _| {
            peer.say("220 here\r\n");
            let _ = peer.line();
            peer.say("250-here\r\n250 PIPELINING\r\n");
            let _ = peer.line();
            peer.say(answered);
            peer.drain();
        });
        let mut courier = Courier::connect(&SmtpSettings { timeouts, ..settings(server.port) }).await.unwrap();
        assert_eq!(courier.send(&letter(LEILA, b"x\r\n"), || async { true }).await, Attempt::NotSent, "{answered:?}");
        assert!(courier.is_broken(), "{answered:?}");
    }
}

#[tokio::test]
async fn what_comes_back_carries_the_head_of_the_letter_and_not_its_words() {
    let dovecot = Dovecot::start(&[Account::new("desk@elitige.test"), Account::new(LEILA)]);
    let options = PostfixOptions { bouncing: vec!["ghost@maison.test".to_owned()], ..PostfixOptions::default() };
    let postfix = Postfix::with(&dovecot, &options);
    let mut desk = Person::new("Desk", "desk@elitige.test", &dovecot, &postfix, &Signers::default());
    let mut courier = Courier::connect(&settings(postfix.smtp)).await.unwrap();
    let attempt = courier.send(&letter("ghost@maison.test", b"what was confided\r\n"), || async { true }).await;
    assert_eq!(attempt, Attempt::Delivered { code: 250 });
    let report = desk.next_mail(Duration::from_secs(20)).await;
    let report = String::from_utf8_lossy(&report.bytes);
    assert!(report.contains("text/rfc822-headers") && report.contains("Message-ID: <1@elitige.test>"), "{report}");
    assert!(!report.contains("what was confided"), "{report}");
}
