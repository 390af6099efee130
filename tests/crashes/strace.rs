//! `strace` in front of the daemon: it counts system calls, or ends the process at one of them.

use crate::harness::process::program;
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use tempfile::TempDir;

/// Where a recording goes.
pub struct Trace(TempDir);

impl Trace {
    pub fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    /// The words in front of a command whose calls of these kinds are recorded; of one file alone, if it is named.
    pub fn recording(&self, calls: &str, file: Option<&Path>) -> Vec<String> {
        let mut words = front(file);
        words.extend(["-o".to_owned(), self.0.path().join("trace").display().to_string(), "-e".to_owned(), format!("trace={calls}")]);
        words
    }

    /// The same with the bytes of each call, in hexadecimal digits, and the file that it speaks of.
    pub fn recording_bytes(&self, calls: &str) -> Vec<String> {
        let mut words = self.recording(calls, None);
        words.extend(["-y", "-xx", "-s", "8388608"].map(str::to_owned));
        words
    }

    /// What was recorded: a line for each call, the number of its thread in front.
    pub fn lines(&self) -> Vec<String> {
        fs::read_to_string(self.0.path().join("trace")).unwrap().lines().map(str::to_owned).collect()
    }
}

/// For each kind of call, how often the thread that made it most often made it: strace counts for each thread alone.
pub fn counts(trace: &Trace) -> BTreeMap<String, usize> {
    let mut threads: BTreeMap<(String, String), usize> = BTreeMap::new();
    for line in trace.lines() {
        let Some((thread, rest)) = line.split_once(' ') else { continue };
        let Some((call, _)) = rest.trim_start().split_once('(') else { continue };
        // The second half of a call that another thread's interrupted.
        if call.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_') {
            *threads.entry((call.to_owned(), thread.to_owned())).or_default() += 1;
        }
    }
    let mut most = BTreeMap::new();
    for ((call, _), count) in threads {
        let known: &mut usize = most.entry(call).or_default();
        *known = count.max(*known);
    }
    most
}

/// The words in front of a command that is killed when any of its threads makes that call the `number`-th time.
pub fn killing(call: &str, number: usize, file: Option<&Path>) -> Vec<String> {
    let mut words = front(file);
    let inject = format!("inject={call}:signal=KILL:when={number}");
    words.extend(["-o", "/dev/null", "-e", &format!("trace={call}"), "-e", &inject].map(str::to_owned));
    words
}

/// The words in front of a command that comes so many milliseconds late to each call of that kind about a file.
pub fn delaying(call: &str, milliseconds: usize, file: &Path) -> Vec<String> {
    let mut words = front(Some(file));
    let inject = format!("inject={call}:delay_enter={}", milliseconds * 1_000);
    words.extend(["-o", "/dev/null", "-e", &format!("trace={call}"), "-e", &inject].map(str::to_owned));
    words
}

/// The words in front of a command whose calls of that kind fail with `error`: at `when`, as strace counts (`3`, or `3+` for the third and all after it).
pub fn failing(call: &str, error: &str, when: &str) -> Vec<String> {
    let mut words = front(None);
    let inject = format!("inject={call}:error={error}:when={when}");
    words.extend(["-o", "/dev/null", "-e", &format!("trace={call}"), "-e", &inject].map(str::to_owned));
    words
}

/// The readers, which are processes of their own, are let go.
fn front(file: Option<&Path>) -> Vec<String> {
    let strace = program("strace", "strace").display().to_string();
    let mut words: Vec<String> = [&strace, "-f", "-qq", "-b", "execve"].map(str::to_owned).to_vec();
    if let Some(file) = file {
        words.extend(["-P".to_owned(), file.display().to_string()]);
    }
    words
}
