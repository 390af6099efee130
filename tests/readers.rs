//! Hostile mails against real worker processes: each costs one mail its reading and nothing else.

use elitige::letter::{Knowledge, Limits, Reading};
use elitige::reader::{ReaderFailed, ReaderSettings, Readers};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

/// What the service really knows: starting a worker and its memory cost what they cost in service.
fn knowledge() -> Knowledge {
    let names = ["categories", "phrases/codes", "phrases/fr", "phrases/en", "phrases/ar", "phrases/ary", "phrases/ary-Latn"];
    let read = |name: &str| {
        let name = format!("{name}.toml");
        let text = std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("config").join(&name)).unwrap();
        (name, text)
    };
    Knowledge::parse(&names.map(read)).unwrap()
}

fn readers(program: &str, workers: usize, wall_seconds: u64) -> Readers {
    let (program, knowledge) = (PathBuf::from(program), knowledge());
    // A debug build takes many times what is allowed in service.
    let cpu_seconds = if cfg!(debug_assertions) { 20 } else { Limits::default().cpu_seconds };
    Readers::new(ReaderSettings { program, workers, knowledge, limits: Limits { wall_seconds, cpu_seconds, ..Limits::default() }, rest: REST })
}

/// How long workers of these tests rest.
const REST: Duration = Duration::from_secs(4);

fn real(workers: usize) -> Readers {
    readers(env!("CARGO_BIN_EXE_elitige"), workers, 10)
}

fn mail(subject: &str) -> Vec<u8> {
    format!("From: Leila <leila@example.org>\r\nTo: desk@example.org\r\nSubject: {subject}\r\nMessage-ID: <1@example.org>\r\n\r\nBonjour\r\n").into_bytes()
}

/// Mails in mails, each of 45 bytes: dropping the parsed tree overflows a stack of 2 MiB (THREATS §0.1).
fn chain(levels: usize) -> Vec<u8> {
    let mut bytes = b"From: a@example.org\r\n".to_vec();
    for _ in 0..levels {
        bytes.extend_from_slice(b"Content-Type: message/rfc822\r\n\r\nFrom: a@b.c\r\n");
    }
    bytes.extend_from_slice(b"\r\nx\r\n");
    bytes
}

/// A base64 part whose content is a chain: memory grows with the square of its size (CRATES §3.1).
fn encoded_chain(levels: usize) -> Vec<u8> {
    let inner: String = "Content-Type: message/rfc822\r\n\r\n".repeat(levels) + "Subject: x\r\n\r\nx\r\n";
    let mut bytes = b"From: a@example.org\r\nContent-Type: message/rfc822\r\nContent-Transfer-Encoding: base64\r\n\r\n".to_vec();
    bytes.extend_from_slice(base64_lines(inner.as_bytes()).as_bytes());
    bytes
}

fn base64_lines(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut text = String::new();
    for (at, group) in bytes.chunks(3).enumerate() {
        let bits = group.iter().fold(0u32, |bits, byte| bits << 8 | u32::from(*byte)) << (8 * (3 - group.len()));
        for digit in 0..4 {
            let known = digit <= group.len();
            text.push(if known { char::from(DIGITS[(bits >> (18 - 6 * digit)) as usize & 63]) } else { '=' });
        }
        if at % 19 == 18 {
            text.push_str("\r\n");
        }
    }
    text
}

#[tokio::test]
async fn an_ordinary_mail_is_read_and_the_worker_stays() {
    let readers = real(1);
    for subject in ["one", "two", "three"] {
        let letter = readers.read(&mail(subject)).await.unwrap();
        assert_eq!((letter.reading, letter.subject.as_str()), (Reading::Read, subject));
    }
    readers.close().await;
    assert!(matches!(readers.read(&mail("late")).await, Err(ReaderFailed::Start(_))));
}

/// The workers of this process.
fn workers() -> usize {
    let own = std::process::id().to_string();
    let parent = |pid: &Path| std::fs::read_to_string(pid.join("stat")).ok().and_then(|stat| Some(stat.rsplit_once(") ")?.1.split(' ').nth(1)? == own));
    std::fs::read_dir("/proc").unwrap().filter(|entry| entry.as_ref().is_ok_and(|entry| parent(&entry.path()) == Some(true))).count()
}

#[tokio::test(flavor = "multi_thread")]
async fn workers_that_rest_leave_and_come_back_when_there_is_something_to_read() {
    let readers = real(2);
    for _ in 0..2 {
        let (one, other) = (mail("one"), mail("other"));
        let (one, other) = tokio::join!(readers.read(&one), readers.read(&other));
        assert_eq!((one.unwrap().subject.as_str(), other.unwrap().subject.as_str()), ("one", "other"));
        assert_eq!(workers(), 2);
        tokio::time::sleep(REST / 2).await;
        assert_eq!(workers(), 2, "they do not leave at once");
        tokio::time::sleep(REST * 2).await;
        assert_eq!(workers(), 0);
    }
}

#[tokio::test]
async fn a_bomb_costs_one_mail_and_the_next_one_is_read() {
    let readers = real(2);
    for bomb in [chain(50_000), chain(500_000), encoded_chain(11_000), encoded_chain(110_000)] {
        let began = Instant::now();
        // Either the reading itself refuses it, or the worker dies over it; both end soon, and its head can be read.
        match readers.read(&bomb).await {
            Ok(letter) => assert_eq!(letter.bytes, bomb.len()),
            Err(failed) => assert!(matches!(failed, ReaderFailed::Died | ReaderFailed::TimedOut), "{failed}"),
        }
        let head = readers.read_head(&bomb, bomb.len()).await.unwrap();
        assert_eq!((head.from.as_deref(), head.reading, head.bytes), (Some("a@example.org"), Reading::Unreadable, bomb.len()));
        assert!(began.elapsed() < Duration::from_secs(30), "{:?} for {} bytes", began.elapsed(), bomb.len());
        assert_eq!(readers.read(&mail("next")).await.unwrap().subject, "next");
    }
}

/// A mail with every file of `tests/fuzzed/exhibits`.
fn with_exhibits() -> Vec<u8> {
    let mut bytes = b"From: a@example.org\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\nx\r\n".to_vec();
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fuzzed/exhibits");
    for entry in std::fs::read_dir(folder).unwrap() {
        bytes.extend_from_slice(b"--b\r\nContent-Type: application/octet-stream\r\nContent-Transfer-Encoding: base64\r\n\r\n");
        bytes.extend_from_slice(base64_lines(&std::fs::read(entry.unwrap().path()).unwrap()).as_bytes());
        bytes.extend_from_slice(b"\r\n");
    }
    bytes.extend_from_slice(b"--b--\r\n");
    bytes
}

#[tokio::test]
async fn exhibits_come_from_a_worker_and_a_bomb_costs_one_mail() {
    let readers = real(1);
    let here = elitige::letter::exhibits(&with_exhibits(), &Limits::default());
    let kinds: std::collections::BTreeSet<String> = here.offered.iter().map(|exhibit| format!("{:?}", exhibit.kind)).collect();
    assert_eq!(kinds.into_iter().collect::<Vec<_>>(), ["Jpeg", "Pdf", "Png", "Text"]);
    for bomb in [chain(50_000), encoded_chain(110_000), vec![b'x'; 26 << 20]] {
        // Nothing is offered of it, whether the reading refuses it or the worker dies over it.
        match readers.exhibits(&bomb).await {
            Ok(none) => assert!(none.offered.is_empty()),
            Err(failed) => assert!(matches!(failed, ReaderFailed::Died | ReaderFailed::TimedOut), "{failed}"),
        }
        assert_eq!(readers.exhibits(&with_exhibits()).await.unwrap(), here);
        assert_eq!(readers.read(&mail("next")).await.unwrap().subject, "next");
    }
}

/// A mail with one attachment, of nearly 25 MiB.
fn big() -> Vec<u8> {
    let mut bytes = b"From: a@example.org\r\nSubject: big\r\nContent-Type: application/octet-stream\r\nContent-Transfer-Encoding: base64\r\n\r\n".to_vec();
    bytes.extend_from_slice(base64_lines(&vec![7; 18 << 20]).as_bytes());
    assert!((24 << 20..25 << 20).contains(&bytes.len()));
    bytes
}

#[tokio::test]
async fn a_mail_of_25_mebibytes_passes() {
    let big = big();
    let letter = real(1).read(&big).await.unwrap();
    assert_eq!((letter.bytes, letter.reading, letter.attachments.len()), (big.len(), Reading::Read, 1));
}

#[tokio::test]
async fn many_mails_are_read_at_once_and_each_gets_its_own_answer() {
    let readers = real(3);
    let asked: Vec<_> = (0..50)
        .map(|number| {
            let readers = readers.clone();
            tokio::spawn(async move { readers.read(&mail(&number.to_string())).await.unwrap().subject })
        })
        .collect();
    for (number, answer) in asked.into_iter().enumerate() {
        assert_eq!(answer.await.unwrap(), number.to_string());
    }
}

#[tokio::test]
async fn a_program_that_never_answers_is_stopped_in_time() {
    let folder = tempfile::tempdir().unwrap();
    let sleeper = script(&folder, "sleeper", "#!/bin/sh\nprintf '\\000\\000\\000\\000'\nexec cat 3>&1 >&2\n");
    let readers = readers(&sleeper, 1, 1);
    let began = Instant::now();
    assert!(matches!(readers.read(&mail("x")).await, Err(ReaderFailed::TimedOut)));
    assert!(began.elapsed() < Duration::from_secs(5));
}

#[tokio::test]
async fn a_program_that_is_gone_or_talks_nonsense_is_an_error_each_time() {
    assert!(matches!(readers("/nowhere/elitige", 1, 10).read(&mail("x")).await, Err(ReaderFailed::Start(_))));
    let folder = tempfile::tempdir().unwrap();
    let babbler = script(&folder, "babbler", "#!/bin/sh\nwhile :; do echo nonsense; done\n");
    let babbling = readers(&babbler, 1, 10);
    for _ in 0..2 {
        assert!(matches!(babbling.read(&mail("x")).await, Err(ReaderFailed::Died)));
    }
}

fn script(folder: &tempfile::TempDir, name: &str, text: &str) -> String {
    use std::os::unix::fs::PermissionsExt;
    let path = folder.path().join(name);
    std::fs::write(&path, text).unwrap();
    std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o755)).unwrap();
    path.to_str().unwrap().to_owned()
}

#[test]
fn a_worker_leaves_when_its_input_ends_and_can_open_nothing_while_it_lives() {
    use std::io::Write;
    use std::process::{Command, Stdio};
    let mut worker = Command::new(env!("CARGO_BIN_EXE_elitige")).arg(elitige::reader::SUBCOMMAND).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
    let opening = serde_json::json!({ "knowledge": knowledge(), "limits": Limits::default() }).to_string();
    let mail = [&[0; 9][..], &mail("x")].concat();
    let mut input = worker.stdin.take().unwrap();
    for frame in [opening.as_bytes(), &mail] {
        input.write_all(&u32::try_from(frame.len()).unwrap().to_be_bytes()).unwrap();
        input.write_all(frame).unwrap();
    }
    let mut first = [0; 8];
    std::io::Read::read_exact(worker.stdout.as_mut().unwrap(), &mut first).unwrap();
    let limits = std::fs::read_to_string(format!("/proc/{}/limits", worker.id())).unwrap();
    let soft = |name: &str| limits.lines().find_map(|line| line.strip_prefix(name)).and_then(|rest| rest.split_whitespace().next()?.parse::<u64>().ok());
    assert!(soft("Max address space").is_some_and(|bytes| bytes < 1 << 30) && soft("Max cpu time").is_some_and(|seconds| seconds <= 120), "{limits}");
    for name in ["Max open files", "Max file size", "Max processes", "Max core file size"] {
        let line = limits.lines().find(|line| line.starts_with(name)).unwrap();
        assert_eq!(line.trim_start_matches(name).split_whitespace().take(2).collect::<Vec<_>>(), ["0", "0"], "{line}");
    }
    drop(input);
    assert!(worker.wait_with_output().unwrap().status.success());
}
