//! The worker's side: what `elitige read-worker` runs.

use super::frame::{self, Opening, Preface};
use crate::letter;
use rustix::process::{DumpableBehavior, Resource, Rlimit, setrlimit};
use rustix::time::{ClockId, clock_gettime};
use std::io;
use std::thread;

/// Stack on which mails are read; cloning and dropping deeply nested parts takes much of it (CRATES §3.1).
const STACK: usize = 64 << 20;

/// CPU seconds in the life of a worker. The daemon replaces it long before; this ends one whose daemon is gone.
const CPU_SECONDS: u64 = 120;

/// Reads mails from standard input and writes Letters to standard output until the input ends.
///
/// Blocking and single-minded: it limits itself before the first mail and can open nothing afterwards.
pub fn serve() -> io::Result<()> {
    // Measured before the stack is there: it is part of what the worker may take.
    let occupied = Occupied::measure()?;
    let reading = thread::Builder::new().stack_size(STACK).spawn(move || work(&occupied))?;
    reading.join().unwrap_or_else(|_| Err(io::Error::other("a parser failed")))
}

fn work(occupied: &Occupied) -> io::Result<()> {
    let (mut input, mut output) = (io::stdin().lock(), io::stdout().lock());
    let Some(opening) = frame::receive(&mut input)? else { return Ok(()) };
    let Opening { knowledge, limits } = serde_json::from_slice(&opening)?;
    drop(opening);
    // Compiled here, so that it costs no mail its time.
    knowledge.compile();
    limit(occupied.mapped.saturating_add(limits.memory_bytes.saturating_sub(occupied.resident)))?;
    frame::send(&mut output, &[])?;
    while let Some(frame) = frame::receive(&mut input)? {
        let (preface, mail) = Preface::split(&frame).ok_or(io::ErrorKind::InvalidData)?;
        allow_cpu(limits.cpu_seconds)?;
        let letter = match usize::try_from(preface.whole) {
            Ok(whole) if preface.head_only => letter::read_head(mail, whole, &limits),
            _ => letter::read(mail, &knowledge, &limits),
        };
        drop(frame);
        frame::send(&mut output, &serde_json::to_vec(&letter)?)?;
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

/// For the next mail at most so many seconds of CPU time: the system counts whole seconds of the worker's life and ends it (SIGXCPU) when they are over.
fn allow_cpu(seconds: u64) -> io::Result<()> {
    let used = u64::try_from(clock_gettime(ClockId::ProcessCPUTime).tv_sec).unwrap_or(CPU_SECONDS);
    let current = used.saturating_add(seconds).min(CPU_SECONDS);
    Ok(setrlimit(Resource::Cpu, Rlimit { current: Some(current), maximum: Some(CPU_SECONDS) })?)
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
