//! The worker's side: what `elitige read-worker` runs.

use super::frame::{self, Opening, Preface, Wanted};
use crate::letter;
use rustix::process::{DumpableBehavior, Resource, Rlimit, setrlimit};
use rustix::time::{ClockId, clock_gettime};
use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::thread::{self, Thread};
use std::time::Duration;

/// Stack on which mails are read; cloning and dropping deeply nested parts takes much of it (CRATES §3.1).
const STACK: usize = 64 << 20;

/// Of the stack and of the allocator's reserves so much is never touched: it is address space, not memory.
const UNTOUCHED: u64 = 32 << 20;

/// CPU seconds in the life of a worker. The daemon replaces it long before; this ends one whose daemon is gone.
const CPU_SECONDS: u64 = 120;

/// Reads mails from standard input and writes Letters, or exhibits, to standard output until the input ends.
///
/// Blocking and single-minded: it limits itself before the first mail and can open nothing afterwards.
pub fn serve() -> io::Result<()> {
    // Measured before the stack is there: it is part of what the worker may take.
    let occupied = Occupied::measure()?;
    let reading = thread::Builder::new().stack_size(STACK).spawn(move || work(&occupied))?;
    reading.join().unwrap_or_else(|_| Err(io::Error::other("a parser failed")))
}

fn work(occupied: &Occupied) -> io::Result<()> {
    // As much as a pipe holds is read at once.
    let (mut input, mut output) = (io::BufReader::with_capacity(frame::PIPE, io::stdin().lock()), io::stdout().lock());
    let Some(opening) = frame::receive(&mut input)? else { return Ok(()) };
    let Opening { knowledge, limits } = serde_json::from_slice(&opening)?;
    drop(opening);
    // Compiled here, so that it costs no mail its time.
    knowledge.compile();
    let watch = Watch::start(Duration::from_secs(limits.cpu_seconds))?;
    limit(occupied.mapped.saturating_add(limits.memory_bytes.saturating_sub(occupied.resident)).saturating_add(UNTOUCHED))?;
    frame::send(&mut output, &[])?;
    while let Some(frame) = frame::receive(&mut input)? {
        let (preface, mail) = Preface::split(&frame).ok_or(io::ErrorKind::InvalidData)?;
        watch.begin();
        let answer = match preface.wanted {
            Wanted::Letter => serde_json::to_vec(&letter::read(mail, &knowledge, &limits))?,
            Wanted::Head => serde_json::to_vec(&letter::read_head(mail, usize::try_from(preface.whole).unwrap_or(usize::MAX), &limits))?,
            Wanted::Exhibits => serde_json::to_vec(&letter::exhibits(mail, &limits))?,
        };
        watch.end();
        frame::send(&mut output, &answer)?;
    }
    Ok(())
}

/// From here on: so many bytes of address space, no new file or socket, no process, no written file, no core, no debugger.
fn limit(address_space: u64) -> io::Result<()> {
    rustix::process::set_dumpable_behavior(DumpableBehavior::NotDumpable)?;
    let ceilings =
        [(Resource::As, address_space), (Resource::Cpu, CPU_SECONDS), (Resource::Core, 0), (Resource::Fsize, 0), (Resource::Nproc, 0), (Resource::Nofile, 0)];
    for (resource, ceiling) in ceilings {
        setrlimit(resource, Rlimit { current: Some(ceiling), maximum: Some(ceiling) })?;
    }
    Ok(())
}

/// How often the CPU time of the process is looked at while a mail is read.
const GLANCE: Duration = Duration::from_millis(10);
/// Stack of the thread that does.
const WATCH_STACK: usize = 64 << 10;

/// Ends the process when one mail has used up its CPU time. The system's own limit counts whole seconds of a life, and late.
struct Watch {
    /// CPU time of the process, in nanoseconds, at which it ends; zero while no mail is read.
    until: Arc<AtomicU64>,
    allowed: Duration,
    thread: Thread,
}

impl Watch {
    fn start(allowed: Duration) -> io::Result<Watch> {
        let until = Arc::new(AtomicU64::new(0));
        let seen = Arc::clone(&until);
        let watching = thread::Builder::new().stack_size(WATCH_STACK).spawn(move || {
            let mut idle = false;
            loop {
                match seen.load(Ordering::Acquire) {
                    // While one mail follows another nobody has to be woken for each.
                    0 if idle => thread::park(),
                    until if until > 0 && used() > until => std::process::exit(frame::OUT_OF_TIME),
                    until => {
                        idle = until == 0;
                        thread::sleep(GLANCE);
                    }
                }
            }
        })?;
        Ok(Watch { until, allowed, thread: watching.thread().clone() })
    }

    /// A glance comes late and an end takes time itself: the last twentieth is kept for both.
    fn begin(&self) {
        let allowed = self.allowed.saturating_sub(self.allowed / 20);
        let allowed = u64::try_from(allowed.as_nanos()).unwrap_or(u64::MAX);
        self.until.store(used().saturating_add(allowed), Ordering::Release);
        self.thread.unpark();
    }

    fn end(&self) {
        self.until.store(0, Ordering::Release);
    }
}

/// CPU time that the process has used, in nanoseconds.
fn used() -> u64 {
    let time = clock_gettime(ClockId::ProcessCPUTime);
    let part = |number: i64| u64::try_from(number).unwrap_or_default();
    part(time.tv_sec).saturating_mul(1_000_000_000).saturating_add(part(time.tv_nsec))
}

/// What the process takes already, in bytes.
struct Occupied {
    /// Of its address space: the program itself and its libraries.
    mapped: u64,
    /// Of the machine's memory.
    resident: u64,
}

impl Occupied {
    fn measure() -> io::Result<Occupied> {
        let status = std::fs::read_to_string("/proc/self/status")?;
        let bytes = |name: &str| {
            let kibibytes = status.lines().find_map(|line| line.strip_prefix(name)).and_then(|rest| rest.trim().trim_end_matches(" kB").parse::<u64>().ok());
            kibibytes.and_then(|kibibytes| kibibytes.checked_mul(1024)).ok_or_else(|| io::Error::other("the system does not tell how much memory is mapped"))
        };
        Ok(Occupied { mapped: bytes("VmSize:")?, resident: bytes("VmRSS:")? })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_system_tells_how_much_is_mapped() {
        let Occupied { mapped, resident } = Occupied::measure().unwrap();
        assert!(mapped > resident && resident > 1 << 20);
    }
}
