//! Mails that are made to eat time, memory or stack, against the real program: each gets its answer, and none costs more than a mail may.

mod shapes;
mod worker;

use elitige::letter::Limits;
use serde_json::Value;
use shapes::{Bomb, bombs};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};
use worker::{Cost, Worker, children, peak};

/// Memory of a reader (THREATS §11).
const MEMORY: u64 = 256 << 20;

/// What a mail may cost, and what the clock of the system is coarse by.
const CPU: Duration = Duration::from_millis(2_200);

/// Each shape on its own in a worker as the service starts it; a worker that dies is followed by another one, which is asked for the head.
#[test]
fn no_bomb_costs_more_than_a_mail_may() {
    let mut worker = Worker::start();
    println!("{:>42} {:>10} {:>8} {:>9}  answer", "bomb", "bytes", "CPU ms", "peak MiB");
    let mut wrong = Vec::new();
    for Bomb { name, bytes } in bombs() {
        let (letter, Cost { cpu, peak }) = worker.read(false, &bytes, bytes.len());
        let died = letter.is_none();
        let letter = letter.or_else(|| {
            worker = Worker::start();
            let head = &bytes[..bytes.len().min(Limits::default().head_bytes())];
            worker.read(true, head, bytes.len()).0
        });
        let said = letter.as_ref().map_or("none".to_owned(), |letter| letter["reading"].as_str().unwrap_or("?").to_owned());
        println!("{name:>42} {:>10} {:>8} {:>9}  {said}{}", bytes.len(), cpu.as_millis(), peak >> 20, if died { ", of its head alone" } else { "" });
        if letter.is_none() || cpu > CPU || peak > MEMORY {
            wrong.push(name);
        }
        if letter.is_some_and(|letter| !["a@example.org", ""].contains(&letter["from"].as_str().unwrap_or(""))) {
            wrong.push(name);
        }
    }
    assert!(wrong.is_empty(), "{wrong:?}");
}

/// All of them through `elitige explain --json`, as a person or another program would ask.
#[test]
fn explain_answers_for_every_bomb() {
    let folder = tempfile::tempdir().unwrap();
    let mut names = vec!["plain.eml"];
    std::fs::write(folder.path().join("plain.eml"), shapes::ordinary()).unwrap();
    for Bomb { name, bytes } in bombs() {
        std::fs::write(folder.path().join(name), bytes).unwrap();
        names.push(name);
    }
    let began = Instant::now();
    let program = env!("CARGO_BIN_EXE_elitige");
    let mut explain = Command::new(program).args(["explain", "--json"]).args(&names).current_dir(folder.path()).stdout(Stdio::piped()).spawn().unwrap();
    let mut output = explain.stdout.take().unwrap();
    let reading = std::thread::spawn(move || {
        let mut text = String::new();
        std::io::Read::read_to_string(&mut output, &mut text).unwrap();
        text
    });
    let (mut own, mut workers) = (0, 0);
    let status = loop {
        own = own.max(peak(explain.id()).unwrap_or(0));
        workers = children(explain.id()).into_iter().filter_map(peak).fold(workers, u64::max);
        if let Some(status) = explain.try_wait().unwrap() {
            break status;
        }
        std::thread::sleep(Duration::from_millis(5));
    };
    let lines: Vec<Value> = reading.join().unwrap().lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    println!("{} mails in {:?}, peak of explain {} MiB, of a reader {} MiB", lines.len(), began.elapsed(), own >> 20, workers >> 20);
    assert!(status.success());
    assert_eq!(lines.iter().map(|line| line["file"].as_str().unwrap()).collect::<Vec<_>>(), names);
    assert_eq!(lines[0]["outcome"], "read");
    for line in &lines {
        assert!(["a@example.org", ""].contains(&line["from"].as_str().unwrap_or("")), "{line}");
        assert!(line["ms"].as_f64().unwrap() < 20_000.0, "{line}");
        assert!(line.to_string().len() < 8 << 20);
    }
    assert!(workers <= MEMORY && own <= MEMORY, "{workers} {own}");
}
