//! How fast mails are read, on one core: the whole reading beside mail-parser alone on the same bytes, in the same run.
//!
//! `cargo bench --bench reading -- [FOLDER …]`; without a folder our own fixtures are read. Prints, never judges.

use elitige::letter::{Knowledge, Limits, read};
use mail_parser::MessageParser;
use std::fs;
use std::hint::black_box;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

/// Rounds over all mails; the middle one is told.
const ROUNDS: usize = 7;

fn main() {
    let house = Path::new(env!("CARGO_MANIFEST_DIR"));
    let named: Vec<PathBuf> = std::env::args().skip(1).filter(|argument| !argument.starts_with("--")).map(PathBuf::from).collect();
    let folders = if named.is_empty() { vec![house.join("tests/letters")] } else { named };
    let mut mails = Vec::new();
    folders.iter().for_each(|folder| gather(folder, &mut mails));
    if mails.is_empty() {
        eprintln!("No mails (.eml, .msg, .txt) in {folders:?}; name a folder that has some.");
        std::process::exit(2);
    }
    let megabytes = mails.iter().map(Vec::len).sum::<usize>() as f64 / 1e6;
    let knowledge = knowledge(&house.join("config"));
    let limits = Limits::default();
    println!("{} mails, {megabytes:.1} MB, one core, middle of {ROUNDS} rounds", mails.len());
    let floor = middle(&mails, |mail| {
        if let Some(message) = MessageParser::default().parse(mail) {
            black_box(message.body_text(0));
        }
    });
    let ours = middle(&mails, |mail| {
        black_box(read(mail, &knowledge, &limits));
    });
    for (what, time) in [("mail-parser alone: tree and text", floor), ("elitige: the whole reading", ours)] {
        let seconds = time.as_secs_f64();
        println!("{what:<34} {:>9.0} mails/s {:>8.1} MB/s", mails.len() as f64 / seconds, megabytes / seconds);
    }
    println!("the whole reading takes {:.1} times as long", ours.as_secs_f64() / floor.as_secs_f64());
}

/// The time of the middle round over all mails.
fn middle(mails: &[Vec<u8>], mut work: impl FnMut(&[u8])) -> Duration {
    mails.iter().for_each(|mail| work(mail));
    let mut times: Vec<Duration> = (0..ROUNDS)
        .map(|_| {
            let began = Instant::now();
            mails.iter().for_each(|mail| work(mail));
            began.elapsed()
        })
        .collect();
    times.sort();
    times.get(ROUNDS / 2).copied().unwrap_or_default()
}

/// Every mail in `folder` and the folders in it.
fn gather(folder: &Path, mails: &mut Vec<Vec<u8>>) {
    let Ok(entries) = fs::read_dir(folder) else { return };
    for path in entries.flatten().map(|entry| entry.path()) {
        if path.is_dir() {
            gather(&path, mails);
        } else if path.extension().is_some_and(|extension| ["eml", "msg", "txt"].iter().any(|known| extension == *known)) {
            mails.extend(fs::read(&path));
        }
    }
}

fn knowledge(config: &Path) -> Knowledge {
    let names = ["categories", "phrases/codes", "phrases/fr", "phrases/en", "phrases/ar", "phrases/ary", "phrases/ary-Latn"].map(|name| format!("{name}.toml"));
    let files = names.map(|name| {
        let text = fs::read_to_string(config.join(&name)).unwrap_or_else(|error| panic!("{name}: {error}"));
        (name, text)
    });
    Knowledge::parse(&files).unwrap_or_else(|faults| panic!("{faults:?}"))
}
