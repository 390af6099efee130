//! `elitige explain`: what the service reads in each mail. No network, no store; never fails on a mail.

mod lexicons;
mod line;

use super::World;
use super::arguments::Explain;
use super::output::{self, complain, say};
use crate::authenticate::{Authenticator, Names, Trust, Verdict, ZoneFile};
use crate::domain::{Instant, Language, Noticed, Zone};
use crate::letter::{Letter, SenderGate};
use crate::reader::{REST, ReaderFailed, ReaderSettings, Readers, THIS_PROGRAM};
use crate::workflow::{Rules, Seen};
use line::Line;
use std::collections::VecDeque;
use std::io;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;
use std::thread::available_parallelism;
use tokio::io::AsyncReadExt;
use tokio::sync::Semaphore;
use tokio::task::JoinHandle;

/// Files that are under way at once: a slow one holds up the order of the lines, not the work.
const UNDER_WAY: usize = 64;

/// Prints what is read in each file, in the order in which they were named.
///
/// Exit codes: 0 also where mails are bad, 1 where a file cannot be read or nothing at all, 2 for wrong usage.
pub async fn explain(arguments: Explain, world: &World) -> ExitCode {
    let bench = match prepare(&arguments, world) {
        Ok(bench) => Arc::new(bench),
        Err((code, sentences)) => {
            sentences.iter().for_each(|sentence| complain!("{sentence}"));
            return ExitCode::from(code);
        }
    };
    let mut under_way: VecDeque<JoinHandle<Explained>> = VecDeque::new();
    let mut files = arguments.files.into_iter();
    let mut missing = false;
    loop {
        while under_way.len() < UNDER_WAY
            && let Some(file) = files.next()
        {
            under_way.push_back(tokio::spawn(explain_one(Arc::clone(&bench), file)));
        }
        let Some(next) = under_way.pop_front() else { break };
        let Ok(explained) = next.await else { continue };
        if let Some(sentence) = &explained.complaint {
            complain!("{sentence}");
        }
        missing |= explained.fault == Some(NO_FILE);
        print(&explained, arguments.json);
        if explained.hopeless {
            return ExitCode::from(1);
        }
        if output::is_lost() {
            break;
        }
    }
    bench.readers.close().await;
    ExitCode::from(u8::from(missing))
}

/// The fault of what is not a mail because there are no bytes of it.
const NO_FILE: &str = "no-file";

/// What every file needs.
struct Bench {
    readers: Readers,
    seats: Semaphore,
    /// Bytes of the largest mail that is read as a whole.
    largest: usize,
    authenticator: Option<Authenticator>,
    /// What is noticed in a complaint.
    rules: Rules,
    now: Instant,
}

/// What came out of one file.
struct Explained {
    file: String,
    bytes: usize,
    milliseconds: f64,
    letter: Option<Letter>,
    verdict: Option<Verdict>,
    fault: Option<&'static str>,
    complaint: Option<String>,
    hopeless: bool,
}

fn prepare(arguments: &Explain, world: &World) -> Result<Bench, (u8, Vec<String>)> {
    let usage = |sentence: String| (2, vec![sentence]);
    let now = match &arguments.at {
        Some(text) => Instant::parse(text).ok_or_else(|| usage(format!("--at {text} is no moment; write it like 2026-11-23T09:00:00Z")))?,
        None => (world.clock)(),
    };
    let authenticator = match &arguments.dns {
        Some(path) => {
            let text = std::fs::read_to_string(path).map_err(|error| {
                let text = error.kind() != std::io::ErrorKind::InvalidData;
                usage(if text { format!("{} cannot be read: {error}", path.display()) } else { format!("{} is not UTF-8; save it as UTF-8", path.display()) })
            })?;
            let zone = ZoneFile::parse(&text).map_err(|error| usage(format!("{}: {error}", path.display())))?;
            Some(Authenticator::new(Names::Zone(zone)).map_err(|error| usage(error.to_string()))?)
        }
        None => None,
    };
    let (knowledge, limits) = lexicons::load(arguments.config.as_deref()).map_err(|faults| (1, faults))?;
    let rules = lexicons::rules(arguments.config.as_deref()).map_err(|faults| (1, faults))?;
    let workers = available_parallelism().map_or(1, usize::from);
    let largest = limits.message_bytes;
    let settings = ReaderSettings { program: PathBuf::from(THIS_PROGRAM), workers, knowledge, limits, rest: REST };
    Ok(Bench { readers: Readers::new(settings), seats: Semaphore::new(workers), largest, authenticator, rules, now })
}

async fn explain_one(bench: Arc<Bench>, path: PathBuf) -> Explained {
    let file = path.to_string_lossy().into_owned();
    let mut explained = Explained { file, bytes: 0, milliseconds: 0.0, letter: None, verdict: None, fault: None, complaint: None, hopeless: false };
    // A file is only in memory while its mail is read.
    let seat = bench.seats.acquire().await;
    let (bytes, whole) = match content(&path, bench.largest).await {
        Ok(content) => content,
        Err(error) => {
            explained.complaint = Some(format!("{} cannot be read: {error}", path.display()));
            explained.fault = Some(NO_FILE);
            return explained;
        }
    };
    explained.bytes = whole;
    let began = std::time::Instant::now();
    let mut read = if whole > bytes.len() { bench.readers.read_head(&bytes, whole).await } else { bench.readers.read(&bytes).await };
    if let Err(failed @ (ReaderFailed::Died | ReaderFailed::TimedOut)) = &read {
        let fault = if matches!(failed, ReaderFailed::Died) { "reader-died" } else { "reader-timed-out" };
        explained.fault = Some(fault);
        read = bench.readers.read_head(&bytes, whole).await;
    }
    explained.milliseconds = began.elapsed().as_secs_f64() * 1_000.0;
    drop(seat);
    match read {
        Ok(mut letter) => {
            let noticed = noticed(&bench, &letter);
            letter.because.extend(noticed.because.iter().map(|rule| format!("rule {rule}")));
            letter.faults.extend(explained.fault.map(str::to_owned));
            if let Some(authenticator) = &bench.authenticator {
                let from = match &letter.sender {
                    SenderGate::Open(address) => Some(address),
                    SenderGate::Shut(_) => None,
                };
                explained.verdict = Some(authenticator.verdict(&bytes, from, &Trust::default(), bench.now).await);
            }
            explained.letter = Some(letter);
        }
        Err(ReaderFailed::Died | ReaderFailed::TimedOut) => {}
        Err(error @ ReaderFailed::Start(_)) => {
            explained.fault = Some("no-reader");
            explained.complaint = Some(error.to_string());
            explained.hopeless = true;
        }
    }
    explained
}

/// What the rules would notice if this mail were the whole complaint. Of other disputes nothing is known here.
fn noticed(bench: &Bench, letter: &Letter) -> Noticed {
    let Some(zone) = Zone::named("Africa/Casablanca") else { return Noticed::default() };
    bench.rules.notice(&Seen {
        category: letter.category.as_deref(),
        language: letter.language.answered_in().unwrap_or(Language::Fr),
        facts: &letter.facts,
        words: &letter.reply_text,
        today: zone.day_of(bench.now),
        open_of_consumer: 0,
        open_of_merchant: 0,
    })
}

/// The content of a file and its size; of one that is larger than a mail may be no more than its beginning.
async fn content(path: &Path, largest: usize) -> io::Result<(Vec<u8>, usize)> {
    let file = tokio::fs::File::open(path).await?;
    let size = usize::try_from(file.metadata().await?.len()).unwrap_or(usize::MAX);
    let mut bytes = Vec::new();
    file.take((largest as u64).saturating_add(1)).read_to_end(&mut bytes).await?;
    let whole = size.max(bytes.len());
    Ok((bytes, whole))
}

fn print(explained: &Explained, json: bool) {
    let line = Line::of(explained);
    if !json {
        // Of a file that cannot be read, everything was said by the sentence. Programs count on a line for each file.
        if explained.fault != Some(NO_FILE) {
            say!("{}", line.in_words());
        }
        return;
    }
    // It has no keys but its own, and so writing it cannot fail.
    if let Ok(text) = serde_json::to_string(&line) {
        output::data(&format!("{text}\n"));
    }
}
