//! The daemon is killed at each step that has a name (THREATS F1–F24): on the wire by a proxy that sees the bytes, between two commits by itself.

use crate::ground::{Ground, Run, a_complaint_and_a_reply};
use crate::harness::{Plan, Way, When};
use std::time::Duration;

const SOON: Duration = Duration::from_secs(60);

/// Where the daemon dies.
enum Place {
    /// At that moment of the program, the n-th time.
    Step(&'static str),
    /// When these bytes come by on the line to the IMAP server.
    Imap(Way, At),
    /// The same on the line to the outgoing server.
    Smtp(Way, At),
}

enum At {
    Before(&'static str),
    After(&'static str),
}

impl At {
    fn when(&self) -> When {
        match self {
            At::Before(bytes) => When::Before(bytes.as_bytes().to_vec()),
            At::After(bytes) => When::After(bytes.as_bytes().to_vec()),
        }
    }
}

use At::{After, Before};
use Place::{Imap, Smtp, Step};
use Way::{ToClient, ToServer};

/// Number, name, place.
const RECEIVING: [(u8, &str, Place); 10] = [
    (1, "after SELECT", Imap(ToClient, After("Select completed"))),
    (2, "in the middle of a literal", Imap(ToClient, After("User-Agent: ledger"))),
    (3, "before the commit of the receipt", Step("receipt")),
    (4, "after the commit of the receipt", Step("receipt committed")),
    (6, "while a mail is read", Step("reading")),
    (7, "before the commit of the decision", Step("decision")),
    (8, "after the commit of the decision", Step("decision committed")),
    (9, "before MOVE", Imap(ToServer, Before("UID MOVE"))),
    (10, "after MOVE", Imap(ToClient, Before("Move completed"))),
    (10, "after MOVE was answered", Step("filed")),
];
const SENDING: [(u8, &str, Place); 10] = [
    (11, "after the lease", Step("claimed")),
    (12, "after EHLO and AUTH", Smtp(ToClient, After("235 2.7.0 welcome\r\n"))),
    (13, "after MAIL", Smtp(ToServer, Before("RCPT TO:"))),
    (14, "after RCPT", Smtp(ToServer, Before("DATA\r\n"))),
    (15, "after 354", Smtp(ToClient, After("354 go on\r\n"))),
    (16, "before the commit of the pending dot", Step("dot")),
    (17, "after the commit of the pending dot", Step("dot committed")),
    (18, "in the middle of the letter", Smtp(ToServer, After("MIME-Version"))),
    (19, "after the dot, before the reply", Smtp(ToClient, Before("250 2.0.0 taken"))),
    (20, "after the reply, before its commit", Step("answered")),
];
/// What the other tests of this file and its neighbours do.
const ELSEWHERE: [(u8, &str); 4] =
    [(5, "f5_after_the_counter_of_attempts"), (21, "f21_during_a_checkpoint"), (22, "f22_during_a_migration"), (24, "f24_during_an_erasure")];
/// What does not exist.
const ABSENT: [(u8, &str); 1] = [(23, "there is no command that changes the master key: a key stays for as long as its store")];

#[test]
fn every_named_step_has_its_test_or_a_reason() {
    let here = RECEIVING.iter().chain(&SENDING).map(|(number, ..)| *number);
    let mut numbers: Vec<u8> = here.chain(ELSEWHERE.iter().map(|(number, _)| *number)).chain(ABSENT.iter().map(|(number, _)| *number)).collect();
    numbers.sort_unstable();
    numbers.dedup();
    assert_eq!(numbers, (1..=24).collect::<Vec<_>>());
    let sources = [include_str!("named.rs"), include_str!("commands.rs"), include_str!("syscalls.rs")].concat();
    for (_, test) in ELSEWHERE {
        assert!(sources.contains(&format!("fn {test}()")), "{test}");
    }
}

#[test]
fn f1_to_f10_a_kill_while_mail_comes_in() {
    each(&RECEIVING);
}

#[test]
fn f11_to_f20_a_kill_while_letters_leave() {
    each(&SENDING);
}

#[test]
fn f5_after_the_counter_of_attempts() {
    let ground = Ground::new(1, a_complaint_and_a_reply);
    let run = ground.run();
    assert!(run.starts(&[("ELITIGE_DIE_AT", "receipt committed:1")], &[]).was_killed(SOON), "{}", run.last_words());
    run.vanishes();
    for attempt in 1..=3 {
        assert!(run.starts(&[("ELITIGE_DIE_AT", "attempt committed:1")], &[]).was_killed(SOON), "attempt {attempt}: {}", run.last_words());
    }
    run.must_be_whole("F5 three times");
}

fn each(points: &[(u8, &str, Place)]) {
    let ground = Ground::new(points.len(), a_complaint_and_a_reply);
    let (mut duplicates, mut uncertain) = (0, 0);
    for (number, name, place) in points {
        let run = ground.run();
        dies(&ground, &run, *number, name, place);
        let report = run.must_be_whole(&format!("F{number} {name}"));
        println!("F{number} {name}: {}", report.summary());
        duplicates += report.duplicates;
        uncertain += report.uncertain;
    }
    println!("{} named steps, 0 lost, 0 doubled, {duplicates} duplicates on the wire of {uncertain} uncertain attempts", points.len());
}

fn dies(ground: &Ground, run: &Run<'_>, number: u8, name: &str, place: &Place) {
    let killed = match place {
        Step(step) => run.starts(&[("ELITIGE_DIE_AT", &format!("{step}:1"))], &[]).was_killed(SOON),
        Imap(way, at) => {
            ground.imap.follow(Plan::of(&run.kills(*way, at.when())));
            run.starts(&[], &[]).was_killed(SOON)
        }
        Smtp(way, at) => {
            ground.smtp.follow(Plan::of(&run.kills(*way, at.when())));
            run.starts(&[], &[]).was_killed(SOON)
        }
    };
    assert!(killed, "F{number} {name} was never reached:\n{}", run.last_words());
}
