//! Non-interference: whatever happens, nothing private of one person is in any byte that leaves for another one, nor in the log (THREATS P13, P14).
//!
//! Every mail has a canary in every private place. `SEQUENCES=10000 cargo test --release --test canaries` tells more of them than a full test run does.

#[path = "../harness/configuration.rs"]
mod configuration;
mod mail;
mod search;
mod world;

use configuration::configuration;
use elitige::domain::Instant;
use mail::{Draft, PLACES, Person, write};
use search::Search;
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};
use world::{World, service};

/// Sequences of a full test run.
const SEQUENCES: u64 = 40;
/// Sequences that one store sees.
const TOGETHER: u64 = 10;
const EVENTS: usize = 14;

/// What the program wrote into its log.
#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<u8>>>);

impl std::io::Write for Log {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

fn add(all: &mut BTreeMap<String, usize>, some: &BTreeMap<String, usize>) {
    for (letter, count) in some {
        *all.entry(letter.clone()).or_default() += count;
    }
}

async fn sequences(numbers: std::ops::Range<u64>) -> (BTreeMap<String, usize>, Vec<String>) {
    let (mut letters, mut leaks) = (BTreeMap::new(), Vec::new());
    let mut next = numbers.start;
    while next < numbers.end {
        let folder = tempfile::tempdir().unwrap();
        let (mut desk, _keys) = service(configuration(), folder.path(), next).await;
        let mut now = Instant::parse("2026-11-23T09:00:00Z").unwrap();
        for number in next..numbers.end.min(next + TOGETHER) {
            let mut world = World::new(configuration(), &mut desk, number, now);
            world.play(EVENTS).await;
            now = world.now.plus_seconds(86_400);
            add(&mut letters, &world.letters);
            leaks.append(&mut world.leaks);
        }
        leaks.extend(desk.store.check().await.unwrap());
        desk.store.close().await;
        next += TOGETHER;
    }
    (letters, leaks)
}

#[test]
fn nothing_private_leaves_for_anybody_else() {
    let log = Log::default();
    let writer = log.clone();
    tracing_subscriber::fmt().with_max_level(tracing::Level::TRACE).with_ansi(false).with_writer(move || writer.clone()).init();
    let count = std::env::var("SEQUENCES").ok().and_then(|count| count.parse().ok()).unwrap_or(SEQUENCES);
    let half = count / 2;
    let halves: Vec<_> = [0..half, half..count]
        .into_iter()
        .map(|numbers| {
            std::thread::spawn(move || tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build().unwrap().block_on(sequences(numbers)))
        })
        .collect();
    let (mut letters, mut leaks) = (BTreeMap::new(), Vec::new());
    for half in halves {
        let (some, found) = half.join().unwrap();
        add(&mut letters, &some);
        leaks.extend(found);
    }
    println!("{count} sequences, {} letters: {letters:?}", letters.values().sum::<usize>());
    assert!(leaks.is_empty(), "{} leaks, for example:\n{}", leaks.len(), leaks.iter().take(12).cloned().collect::<Vec<_>>().join("\n"));
    for letter in ["invitation", "agreement", "message", "mission", "joint-open", "outsider", "challenge", "with attachments"] {
        assert!(letters.contains_key(letter), "no sequence leads to the letter {letter}: they say too little");
    }
    let log = log.0.lock().unwrap().clone();
    let own: Vec<String> = ["c", "m", "d", "o", "e"]
        .into_iter()
        .map(|mark| Person { mark, address: String::new() })
        .flat_map(|person| PLACES.iter().chain(&["bounced"]).map(|place| person.canary(place)).collect::<Vec<_>>())
        .collect();
    assert_eq!(Search::new(own.iter().map(String::as_str)).in_bytes(&log), None, "a canary stands in the log");
    let said = regex::bytes::Regex::new("zq[cmdoe]say").unwrap();
    assert!(!said.is_match(&log), "something that was said stands in the log");
}

#[test]
fn a_planted_leak_is_found_in_every_form() {
    let person = Person { mark: "c", address: "zqcaddressxjk@courrier.example".to_owned() };
    let canary = person.canary("quoted");
    let search = Search::new([canary.as_str()].into_iter());
    let base = |text: &[u8]| base64::Engine::encode(&base64::engine::general_purpose::STANDARD, text);
    let forms = [
        canary.clone(),
        canary.to_uppercase(),
        base(canary.as_bytes()),
        base(format!("a{canary}b").as_bytes()),
        base(format!("ab{canary}").as_bytes()),
        canary.bytes().map(|byte| format!("%{byte:02x}")).collect(),
        canary.bytes().map(|byte| format!("{byte:02X}")).collect(),
        format!("{}=\r\n{}", &canary[..5], &canary[5..]),
        canary.chars().flat_map(|c| [c, '\0']).collect(),
    ];
    for form in forms {
        let letter = format!("Subject: x\r\nContent-Type: text/plain\r\n\r\nBonjour, {form}\r\n");
        assert!(search.in_letter(letter.as_bytes()).is_some(), "{form}");
    }
    let hidden =
        format!("Subject: x\r\nContent-Type: text/plain\r\nContent-Transfer-Encoding: base64\r\n\r\n{}\r\n", base(format!("Bonjour {canary}").as_bytes()));
    assert!(search.in_letter(hidden.as_bytes()).is_some());
    assert_eq!(search.in_letter(b"Subject: x\r\n\r\nBonjour\r\n"), None);
}

#[test]
fn every_private_place_of_a_mail_has_its_canary() {
    let person = Person { mark: "c", address: "zqcaddressxjk@courrier.example".to_owned() };
    let draft = Draft {
        from: &person,
        to: "desk@mediation.example",
        cc: "",
        subject: "x",
        words: "Bonjour",
        answers: Some(("<a@b>", "Bonjour")),
        date: "Mon, 23 Nov 2026 09:00:00 +0000",
        unique: 1,
        laden: true,
    };
    let mail = write(&draft);
    for place in PLACES.iter().filter(|place| **place != "phone") {
        let canary = person.canary(place);
        assert!(Search::new([canary.as_str()].into_iter()).in_letter(&mail).is_some(), "{place}");
    }
}
