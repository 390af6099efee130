//! The power fails, and the disk forgets what was not made durable (THREATS F30): what one run wrote is recorded, and played again up to each moment at
//! which the daemon told somebody something or waited for the disk: without what no fsync had confirmed, with some of it, and with a write that is torn.

use crate::ground::{Ground, a_complaint_and_a_reply, complaints};
use crate::neighbours::now;
use crate::strace::Trace;
use elitige::domain::Dice;
use elitige::store::{Keys, Store};
use sqlx::sqlite::SqliteConnectOptions;
use sqlx::{ConnectOptions as _, Row as _};
use std::collections::BTreeMap;
use std::fs;
use std::time::Duration;

const SOON: Duration = Duration::from_secs(120);
const CALLS: &str = "pwrite64,ftruncate,fdatasync,fsync,unlink,write,writev,sendto,sendmsg";
/// The database and its log. The index of the log is made anew after a crash.
const FILES: [&str; 2] = ["run.db", "run.db-wal"];

/// What happened, in its order.
enum Moment {
    Written(String, Change),
    /// Everything written to the file before is on the disk.
    Synced(String),
    Removed(String),
    /// The final dot of a letter left.
    Dot,
    /// So many mails are moved out of the inbox.
    Filed(usize),
}

enum Change {
    Bytes(usize, Vec<u8>),
    Length(usize),
}

/// How much of what was not confirmed is there after all.
#[derive(Debug, Clone, Copy)]
enum Kept {
    Nothing,
    Half,
    /// Every second write: a disk keeps no order.
    Scattered,
    /// All, but of the last write only the first bytes.
    Torn,
}

/// A file as the disk surely has it, and what it may have of what came later.
#[derive(Default)]
struct Held {
    durable: Vec<u8>,
    pending: Vec<Change>,
}

#[test]
fn f30_a_power_failure_that_forgets_what_was_not_made_durable_forgets_nothing_that_was_said() {
    let ground = Ground::new(1, a_complaint_and_a_reply);
    let (run, trace) = (ground.run(), Trace::new());
    run.gets(complaints(&ground.generator, 0, 2));
    let mut disk = BTreeMap::from([("run.db".to_owned(), Held { durable: fs::read(run.database()).unwrap(), pending: Vec::new() })]);
    let daemon = run.starts(&[("TOKIO_WORKER_THREADS", "1")], &trace.recording_bytes(CALLS));
    assert!(!daemon.was_killed_before_its_end(SOON), "{}", run.last_words());
    let keys = Keys::load(&run.config().with_file_name("key")).unwrap();
    let (mut dots, mut filed, mut failures, mut syncs) = (0, 0, 0, 0);
    for moment in moments(&trace.lines()) {
        match &moment {
            Moment::Written(..) | Moment::Removed(_) => {}
            Moment::Synced(_) => syncs += 1,
            Moment::Dot => dots += 1,
            Moment::Filed(mails) => filed += mails,
        }
        if !matches!(moment, Moment::Written(..) | Moment::Removed(_)) {
            for kept in [Kept::Nothing, Kept::Half, Kept::Scattered, Kept::Torn] {
                fails(&keys, &disk, kept, dots, filed);
                failures += 1;
            }
        }
        match moment {
            Moment::Written(file, change) => disk.entry(file).or_default().pending.push(change),
            Moment::Synced(file) => {
                let held = disk.entry(file).or_default();
                held.durable = held.after(held.pending.len());
                held.pending.clear();
            }
            Moment::Removed(file) => drop(disk.remove(&file)),
            Moment::Dot | Moment::Filed(_) => {}
        }
    }
    println!("{failures} power failures at {syncs} waits for the disk, {dots} letters and {filed} mails that others were told of, 0 forgotten");
    assert!(dots >= 2 && filed >= 3 && syncs >= 10, "{dots} {filed} {syncs}");
    run.must_be_whole("nothing");
}

/// The power fails now: the store must open, be sound, and know of everything that others were told of.
fn fails(keys: &Keys, disk: &BTreeMap<String, Held>, kept: Kept, dots: usize, filed: usize) {
    let folder = tempfile::tempdir().unwrap();
    for (name, held) in disk {
        fs::write(folder.path().join(name), held.kept(kept)).unwrap();
    }
    let file = folder.path().join("run.db");
    let what = format!("after {dots} dots and {filed} filed mails, {kept:?} of what was not confirmed");
    now(async {
        let store = Store::open(&format!("sqlite:{}", file.display()), keys, Dice::from_seed([5; 32])).await.unwrap_or_else(|error| panic!("{what}: {error}"));
        let faults = [store.check().await.unwrap(), store.verify().await.unwrap().faults].concat();
        store.close().await;
        assert!(faults.is_empty(), "{what}: {faults:?}");
        let mut database = SqliteConnectOptions::new().filename(&file).connect().await.unwrap();
        let asked = "SELECT (SELECT COUNT(*) FROM outbox WHERE state IN ('dot-pending', 'delivered')), (SELECT COUNT(*) FROM letters WHERE state = 'settled')";
        let row = sqlx::query(asked).fetch_one(&mut database).await.unwrap();
        let (said, settled) = (row.get::<i64, _>(0), row.get::<i64, _>(1));
        assert!(said >= i64::try_from(dots).unwrap() && settled >= i64::try_from(filed).unwrap(), "{what}: the store knows of {said} and {settled}");
    });
}

impl Held {
    /// With the first `count` of what is not confirmed.
    fn after(&self, count: usize) -> Vec<u8> {
        self.pending.iter().take(count).fold(self.durable.clone(), |bytes, change| change.applied(bytes, usize::MAX))
    }

    fn kept(&self, kept: Kept) -> Vec<u8> {
        let count = self.pending.len();
        match kept {
            Kept::Nothing => self.durable.clone(),
            Kept::Half => self.after(count / 2),
            Kept::Scattered => self.pending.iter().step_by(2).fold(self.durable.clone(), |bytes, change| change.applied(bytes, usize::MAX)),
            Kept::Torn => match self.pending.last() {
                Some(last) => last.applied(self.after(count - 1), 512),
                None => self.durable.clone(),
            },
        }
    }
}

impl Change {
    /// `bytes` after it; of what it writes at most `most` bytes.
    fn applied(&self, mut bytes: Vec<u8>, most: usize) -> Vec<u8> {
        match self {
            Change::Bytes(offset, written) => {
                let written = &written[..written.len().min(most)];
                let end = offset + written.len();
                bytes.resize(bytes.len().max(end), 0);
                bytes[*offset..end].copy_from_slice(written);
            }
            Change::Length(length) => bytes.resize(*length, 0),
        }
        bytes
    }
}

/// What the lines of strace tell: every text in them is written in hexadecimal digits.
fn moments(lines: &[String]) -> Vec<Moment> {
    let mut waiting: BTreeMap<String, String> = BTreeMap::new();
    lines.iter().filter_map(|line| moment(line, &mut waiting)).collect()
}

/// `waiting` are the files whose sync another thread's call interrupted, by thread.
fn moment(line: &str, waiting: &mut BTreeMap<String, String>) -> Option<Moment> {
    let (thread, told) = line.trim_start().split_once(' ')?;
    let told = told.trim_start();
    if told.starts_with("<... fdatasync resumed>") || told.starts_with("<... fsync resumed>") {
        return waiting.remove(thread).map(Moment::Synced);
    }
    let (call, rest) = told.split_once('(')?;
    let words: Vec<&str> = rest.split(", ").collect();
    let file = || ours(&unhexed(words.first()?.split(['<', '>']).nth(1)?));
    let number = |word: &str| word.split([')', ' ']).next()?.parse::<usize>().ok();
    match call {
        "pwrite64" => Some(Moment::Written(file()?, Change::Bytes(number(words.get(3)?)?, unhexed(words.get(1)?)))),
        "ftruncate" => Some(Moment::Written(file()?, Change::Length(number(words.get(1)?)?))),
        "fdatasync" | "fsync" if rest.ends_with("<unfinished ...>") => {
            waiting.insert(thread.to_owned(), file()?);
            None
        }
        "fdatasync" | "fsync" => file().map(Moment::Synced),
        "unlink" => ours(&unhexed(words.first()?)).map(Moment::Removed),
        _ => {
            let said: Vec<u8> = rest.split('"').skip(1).step_by(2).flat_map(unhexed).collect();
            let text = String::from_utf8_lossy(&said);
            match text.split_once("UID MOVE ") {
                Some((_, set)) => Some(Moment::Filed(named(set.split(' ').next()?))),
                None => (text == ".\r\n" || text.ends_with("\r\n.\r\n")).then_some(Moment::Dot),
            }
        }
    }
}

/// How many mails a set of UIDs names.
fn named(set: &str) -> usize {
    let count = |range: &str| range.split_once(':').and_then(|(first, last)| Some(last.parse::<usize>().ok()? - first.parse::<usize>().ok()? + 1));
    set.split(',').map(|range| count(range).unwrap_or(1)).sum()
}

/// The name of the file, if it is one of [`FILES`].
fn ours(path: &[u8]) -> Option<String> {
    let path = String::from_utf8_lossy(path).into_owned();
    FILES.iter().find(|name| path.ends_with(&format!("/{name}"))).map(|name| (*name).to_owned())
}

fn unhexed(text: &str) -> Vec<u8> {
    text.split("\\x").skip(1).filter_map(|digits| u8::from_str_radix(digits.get(..2)?, 16).ok()).collect()
}
