//! Processor time and memory of a process and everything it started, as the kernel counts them.

use std::fs;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::thread::JoinHandle;
use std::time::Duration;

/// Kernel ticks in a second (`getconf CLK_TCK` is 100 on every Linux that runs this).
const TICKS: f64 = 100.0;

/// Processor milliseconds of `root` and its children, those that ended included.
pub fn cpu_ms(root: u32) -> f64 {
    let ticks: u64 = of_tree(root).iter().filter_map(|pid| stat(*pid)).map(|stat| [11, 12, 13, 14].iter().map(|at| stat[*at]).sum::<u64>()).sum();
    ticks as f64 * 1_000.0 / TICKS
}

/// Resident memory of `root` and its children now, in MiB.
pub fn rss_mib(root: u32) -> f64 {
    let kib: u64 = of_tree(root).iter().map(|pid| resident_kib(*pid)).sum();
    kib as f64 / 1_024.0
}

/// The most that `root` and its children have resident at once, looked at twenty times a second.
pub struct Peak {
    over: Arc<AtomicBool>,
    most_kib: Arc<AtomicU64>,
    watcher: Option<JoinHandle<()>>,
}

impl Peak {
    /// Watches from now on.
    pub fn watch(root: u32) -> Self {
        let (over, most_kib) = (Arc::new(AtomicBool::new(false)), Arc::new(AtomicU64::new(0)));
        let watcher = {
            let (over, most_kib) = (Arc::clone(&over), Arc::clone(&most_kib));
            std::thread::spawn(move || {
                while !over.load(Ordering::Relaxed) {
                    most_kib.fetch_max(of_tree(root).iter().map(|pid| resident_kib(*pid)).sum(), Ordering::Relaxed);
                    std::thread::sleep(Duration::from_millis(50));
                }
            })
        };
        Self { over, most_kib, watcher: Some(watcher) }
    }

    /// The most so far, in MiB; the watch ends.
    pub fn mib(mut self) -> f64 {
        self.over.store(true, Ordering::Relaxed);
        let _ = self.watcher.take().map(JoinHandle::join);
        self.most_kib.load(Ordering::Relaxed) as f64 / 1_024.0
    }
}

/// `root` and everything it started. Asked of the kernel by parent: to look at every process of the machine takes as long as some mails.
fn of_tree(root: u32) -> Vec<u32> {
    let (mut tree, mut at) = (vec![root], 0);
    while let Some(pid) = tree.get(at) {
        let threads = fs::read_dir(format!("/proc/{pid}/task")).into_iter().flatten().flatten();
        let children: Vec<u32> = threads.flat_map(|thread| children_of(&thread.path())).collect();
        tree.extend(children);
        at += 1;
    }
    tree
}

/// The processes that a thread started. One that ended meanwhile has none; a kernel that never tells (it lacks CONFIG_PROC_CHILDREN) would hide the workers.
fn children_of(thread: &Path) -> Vec<u32> {
    let told = fs::read_to_string(thread.join("children"));
    assert!(told.is_ok() || !thread.exists(), "this kernel does not tell which processes a thread started");
    told.unwrap_or_default().split_whitespace().filter_map(|pid| pid.parse().ok()).collect()
}

/// The numbers of /proc/PID/stat after the command's name: [11] to [14] user and system time, its own and that of ended children.
fn stat(pid: u32) -> Option<Vec<u64>> {
    let text = fs::read_to_string(format!("/proc/{pid}/stat")).ok()?;
    let rest = text.rsplit_once(')')?.1;
    Some(rest.split_whitespace().map(|field| field.parse().unwrap_or(0)).collect()).filter(|fields: &Vec<u64>| fields.len() > 14)
}

fn resident_kib(pid: u32) -> u64 {
    let text = fs::read_to_string(format!("/proc/{pid}/status")).unwrap_or_default();
    let line = text.lines().find_map(|line| line.strip_prefix("VmRSS:"));
    line.and_then(|line| line.trim().trim_end_matches(" kB").trim().parse().ok()).unwrap_or(0)
}
