//! A reading process as the service starts it, and what it costs, as the system counts it.

use elitige::letter::{Knowledge, Limits};
use serde_json::Value;
use std::fs;
use std::io::{Read, Write};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::Duration;

/// CPU time and memory of one reading.
pub struct Cost {
    pub cpu: Duration,
    /// The most bytes that the process ever occupied.
    pub peak: u64,
}

pub struct Worker {
    child: Child,
}

impl Drop for Worker {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Worker {
    /// A worker that is ready.
    pub fn start() -> Worker {
        let program = env!("CARGO_BIN_EXE_elitige");
        let mut command = Command::new(program);
        command.arg(elitige::reader::SUBCOMMAND).env_clear().stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null());
        let mut worker = Worker { child: command.spawn().unwrap() };
        let opening = serde_json::json!({ "knowledge": knowledge(), "limits": Limits::default() }).to_string();
        assert_eq!(worker.exchange(&[opening.as_bytes()]).as_deref(), Some(&b""[..]));
        worker
    }

    /// What is read, if the worker survives it, and what it costs.
    pub fn read(&mut self, head_only: bool, mail: &[u8], whole: usize) -> (Option<Value>, Cost) {
        let id = self.child.id();
        let before = cpu(id);
        let (over, most) = (AtomicBool::new(false), AtomicU64::new(0));
        let preface = [&[u8::from(head_only)], &(whole as u64).to_be_bytes()[..]].concat();
        let answer = std::thread::scope(|scope| {
            scope.spawn(|| {
                while !over.load(Ordering::Relaxed) {
                    most.fetch_max(peak(id).unwrap_or(0), Ordering::Relaxed);
                    std::thread::sleep(Duration::from_millis(2));
                }
            });
            let answer = self.exchange(&[&preface, mail]);
            most.fetch_max(peak(id).unwrap_or(0), Ordering::Relaxed);
            over.store(true, Ordering::Relaxed);
            answer
        });
        let cost = Cost { cpu: cpu(id).saturating_sub(before), peak: most.into_inner() };
        (answer.map(|answer| serde_json::from_slice(&answer).unwrap()), cost)
    }

    fn exchange(&mut self, pieces: &[&[u8]]) -> Option<Vec<u8>> {
        let length: usize = pieces.iter().map(|piece| piece.len()).sum();
        let (input, output) = (self.child.stdin.as_mut()?, self.child.stdout.as_mut()?);
        input.write_all(&u32::try_from(length).unwrap().to_be_bytes()).ok()?;
        for piece in pieces {
            input.write_all(piece).ok()?;
        }
        let mut length = [0; 4];
        output.read_exact(&mut length).ok()?;
        let mut answer = vec![0; u32::from_be_bytes(length) as usize];
        output.read_exact(&mut answer).ok()?;
        Some(answer)
    }
}

/// CPU time of a process, of its own and of the system for it; also of one that died and that nobody asked for yet.
fn cpu(process: u32) -> Duration {
    let stat = fs::read_to_string(format!("/proc/{process}/stat")).unwrap();
    let fields: Vec<&str> = stat.rsplit_once(')').unwrap().1.split_whitespace().collect();
    // utime and stime, in hundredths of a second on every Linux.
    Duration::from_millis(10 * (fields[11].parse::<u64>().unwrap() + fields[12].parse::<u64>().unwrap()))
}

/// The most memory that a process ever occupied, in bytes.
pub fn peak(process: u32) -> Option<u64> {
    let status = fs::read_to_string(format!("/proc/{process}/status")).ok()?;
    let kibibytes = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?.trim().trim_end_matches(" kB").parse::<u64>().ok()?;
    Some(kibibytes * 1024)
}

/// Processes that a process started.
pub fn children(process: u32) -> Vec<u32> {
    let tasks = fs::read_dir(format!("/proc/{process}/task")).into_iter().flatten().flatten();
    let lists = tasks.filter_map(|task| fs::read_to_string(task.path().join("children")).ok());
    lists.flat_map(|list| list.split_whitespace().filter_map(|id| id.parse().ok()).collect::<Vec<_>>()).collect()
}

/// What the service really knows.
fn knowledge() -> Knowledge {
    let names = ["categories", "phrases/codes", "phrases/fr", "phrases/en", "phrases/ar", "phrases/ary", "phrases/ary-Latn"];
    let files = names.map(|name| {
        let name = format!("{name}.toml");
        let text = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("config").join(&name)).unwrap();
        (name, text)
    });
    Knowledge::parse(&files).unwrap()
}
