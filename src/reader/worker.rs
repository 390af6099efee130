//! The worker's side: what `elitige read-worker` runs.

use super::frame::{self, Opening};
use crate::letter;
use rustix::process::{DumpableBehavior, Resource, Rlimit, setrlimit};
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
    let mapped = mapped()?;
    let reading = thread::Builder::new().stack_size(STACK).spawn(move || work(mapped))?;
    reading.join().unwrap_or_else(|_| Err(io::Error::other("a parser failed")))
}

fn work(mapped: u64) -> io::Result<()> {
    let (mut input, mut output) = (io::stdin().lock(), io::stdout().lock());
    let Some(opening) = frame::receive(&mut input)? else { return Ok(()) };
    let Opening { knowledge, limits, memory } = serde_json::from_slice(&opening)?;
    limit(mapped.saturating_add(memory))?;
    while let Some(mail) = frame::receive(&mut input)? {
        let letter = letter::read(&mail, &knowledge, &limits);
        drop(mail);
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

/// Bytes of address space that the process occupies already.
fn mapped() -> io::Result<u64> {
    let status = std::fs::read_to_string("/proc/self/status")?;
    let kibibytes = status.lines().find_map(|line| line.strip_prefix("VmSize:")).and_then(|rest| rest.trim().trim_end_matches(" kB").parse::<u64>().ok());
    kibibytes.and_then(|kibibytes| kibibytes.checked_mul(1024)).ok_or_else(|| io::Error::other("the system does not tell how much memory is mapped"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_system_tells_how_much_is_mapped() {
        assert!(mapped().unwrap() > 1 << 20);
    }
}
