//! Non-interference: whatever happens, nothing private of one person is in any byte that leaves for another one, nor in the log (THREATS P13, P14).
//!
//! Every mail has a canary in every private place. `SEQUENCES=10000 cargo test --release --test canaries` tells more of them than a full test run does,
//! and `SEQUENCES=400..410` those again in which something was found, from a multiple of ten on.

#[path = "../harness/configuration.rs"]
mod configuration;
mod history;
mod mail;
mod search;
mod world;

use configuration::configuration;
use elitige::domain::Instant;
use history::{broken, forged};
use mail::{Draft, PLACES, Person, write};
use search::{Search, has_number};
use std::collections::BTreeMap;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use world::{World, service};

/// Sequences of a full test run.
const SEQUENCES: u64 = 40;
/// Sequences that one store sees.
const TOGETHER: u64 = 10;
const EVENTS: usize = 14;
/// Bytes of the log that were looked through.
static LOGGED: AtomicUsize = AtomicUsize::new(0);

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

/// Looks for any canary in what was written into the log since it was last looked through.
fn look_through(log: &Log) -> Option<String> {
    let written = std::mem::take(&mut *log.0.lock().unwrap());
    LOGGED.fetch_add(written.len(), Ordering::Relaxed);
    Search::all().in_bytes(&written).map(|found| format!("a canary stands in the log: {found}"))
}

async fn sequences(numbers: std::ops::Range<u64>, log: Log) -> (BTreeMap<String, usize>, Vec<String>) {
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
            let awake = |at: Instant| world.is_awake(at);
            leaks.extend(broken(&world.history, &awake).into_iter().map(|broken| format!("sequence {number}: {broken}")));
        }
        leaks.extend(desk.store.check().await.unwrap());
        leaks.extend(look_through(&log));
        desk.store.close().await;
        next += TOGETHER;
    }
    (letters, leaks)
}

/// Runs what `begin` begins on a thread of its own, with room for a sequence whose code is not optimised.
fn apart<F: Future>(begin: impl FnOnce() -> F + Send + 'static) -> std::thread::JoinHandle<F::Output>
where
    F::Output: Send + 'static,
{
    let run = || tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build().unwrap().block_on(begin());
    std::thread::Builder::new().stack_size(32 << 20).spawn(run).unwrap()
}

#[test]
fn nothing_private_leaves_for_anybody_else() {
    let log = Log::default();
    let writer = log.clone();
    tracing_subscriber::fmt().with_max_level(tracing::Level::TRACE).with_ansi(false).with_writer(move || writer.clone()).init();
    tracing::trace!("the finest level is written");
    let wanted = std::env::var("SEQUENCES").unwrap_or_default();
    let (first, end) = wanted.split_once("..").unwrap_or(("0", &wanted));
    let (first, end): (u64, u64) = (first.parse().unwrap(), end.parse().unwrap_or(SEQUENCES));
    let (count, half) = (end - first, first + (end - first) / 2 / TOGETHER * TOGETHER);
    let halves: Vec<_> = [first..half, half..end]
        .into_iter()
        .map(|numbers| {
            let log = log.clone();
            apart(move || sequences(numbers, log))
        })
        .collect();
    let (mut letters, mut leaks) = (BTreeMap::new(), Vec::new());
    for half in halves {
        let (some, found) = half.join().unwrap();
        add(&mut letters, &some);
        leaks.extend(found);
    }
    leaks.extend(look_through(&log));
    let logged = LOGGED.load(Ordering::Relaxed);
    println!("{count} sequences, {} letters, {logged} bytes of log: {letters:?}", letters.values().sum::<usize>());
    assert!(logged > 0, "nothing was logged, not even at the finest level");
    assert!(leaks.is_empty(), "{} leaks, for example:\n{}", leaks.len(), leaks.iter().take(12).cloned().collect::<Vec<_>>().join("\n"));
    for letter in ["invitation", "agreement", "message", "mission", "joint-open", "outsider", "challenge", "with attachments"] {
        assert!(count < SEQUENCES || letters.contains_key(letter), "no sequence leads to the letter {letter}: they say too little");
    }
}

#[test]
fn each_invariant_of_whole_mails_is_seen_to_break() {
    apart(each_is_broken).join().unwrap();
}

async fn each_is_broken() {
    let folder = tempfile::tempdir().unwrap();
    let (mut desk, _keys) = service(configuration(), folder.path(), 1).await;
    let mut world = World::new(configuration(), &mut desk, 1, Instant::parse("2026-11-23T09:00:00Z").unwrap());
    world.play(EVENTS).await;
    let (history, awake) = (std::mem::take(&mut world.history), |at: Instant| world.is_awake(at));
    assert!(history.len() > 5 && broken(&history, &awake).is_empty(), "{:?}", broken(&history, &awake));
    let found = forged(&history, &awake);
    let begin: Vec<Vec<&str>> = found.iter().map(|names| names.iter().filter_map(|name| name.split(':').next()).collect()).collect();
    assert_eq!(begin, [["I6"], ["I8"], ["I10"], ["I11"], ["I12"]]);
}

#[test]
fn a_planted_leak_is_found_in_every_form() {
    let person = Person { mark: "c", address: "zqcaddressxjk@courrier.example".to_owned() };
    let canary = person.canary("quoted");
    let base = |text: &[u8]| base64::Engine::encode(&base64::engine::general_purpose::STANDARD, text);
    let wide = |bytes: fn(u16) -> [u8; 2]| canary.encode_utf16().flat_map(bytes).collect::<Vec<u8>>();
    let forms: Vec<Vec<u8>> = vec![
        canary.clone().into_bytes(),
        canary.to_uppercase().into_bytes(),
        base(canary.as_bytes()).into_bytes(),
        base(format!("a{canary}b").as_bytes()).into_bytes(),
        base(format!("ab{canary}").as_bytes()).into_bytes(),
        base(base(canary.as_bytes()).as_bytes()).into_bytes(),
        base(&wide(u16::to_le_bytes)).into_bytes(),
        base(&wide(u16::to_be_bytes)).into_bytes(),
        base(canary.as_bytes()).replace('z', "z\r\n ").into_bytes(),
        canary.bytes().map(|byte| format!("%{byte:02x}")).collect::<String>().into_bytes(),
        canary.bytes().map(|byte| format!("={byte:02X}")).collect::<String>().into_bytes(),
        canary.bytes().map(|byte| format!("&#{byte};")).collect::<String>().into_bytes(),
        canary.bytes().map(|byte| format!("&#x{byte:X};")).collect::<String>().into_bytes(),
        canary.bytes().map(|byte| format!("{byte:02X}")).collect::<String>().into_bytes(),
        format!("{}=\r\n{}", &canary[..5], &canary[5..]).into_bytes(),
        canary.chars().map(|c| format!("{c}\u{200b}")).collect::<String>().into_bytes(),
        wide(u16::to_le_bytes),
        wide(u16::to_be_bytes),
    ];
    for search in [Search::new([canary.as_str()].into_iter()), Search::all()] {
        for form in &forms {
            let letter = [b"Subject: x\r\nContent-Type: text/plain\r\n\r\nBonjour, ", form.as_slice(), b"\r\n"].concat();
            assert!(search.in_letter(&letter).is_some(), "{}", String::from_utf8_lossy(form));
        }
    }
    let search = Search::new([canary.as_str()].into_iter());
    let hidden =
        format!("Subject: x\r\nContent-Type: text/plain\r\nContent-Transfer-Encoding: base64\r\n\r\n{}\r\n", base(format!("Bonjour {canary}").as_bytes()));
    assert!(search.in_letter(hidden.as_bytes()).is_some());
    assert_eq!(search.in_letter(b"Subject: x\r\n\r\nBonjour\r\n"), None);
    let other = person.canary("quote");
    assert_eq!(search.in_letter(format!("Subject: x\r\n\r\nBonjour {other}\r\n").as_bytes()), None, "another canary is another one's");
    let number = vec!["661234581".to_owned()];
    for (written, found) in [("06 61 23 45 81", true), ("+212(0)661-23-45-81", true), (&*base("06.61.23.45.81".as_bytes()), true), ("06 61 23 45 82", false)] {
        assert_eq!(has_number(format!("Subject: x\r\n\r\nBonjour {written}\r\n").as_bytes(), &number), found, "{written}");
    }
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
    assert!(has_number(&mail, &["661234581".to_owned()]));
}
