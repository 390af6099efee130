//! Where a test may end the process as a power failure would: the moments between two durable states (THREATS F1–F24). Nothing of it is in a release.

/// The process is at the moment `name`. If `ELITIGE_DIE_AT` is `name:n`, it ends the n-th time.
#[cfg(debug_assertions)]
pub fn step(name: &'static str) {
    use std::sync::OnceLock;
    use std::sync::atomic::{AtomicU32, Ordering};
    static LEFT: OnceLock<Option<(String, AtomicU32)>> = OnceLock::new();
    let wanted = LEFT.get_or_init(|| {
        let wanted = std::env::var("ELITIGE_DIE_AT").ok()?;
        let (name, times) = wanted.split_once(':')?;
        Some((name.to_owned(), AtomicU32::new(times.parse().ok()?)))
    });
    let Some((wanted, left)) = wanted else { return };
    if wanted == name && left.fetch_sub(1, Ordering::SeqCst) == 1 {
        let _ = rustix::process::kill_process(rustix::process::getpid(), rustix::process::Signal::KILL);
    }
}

/// In a release a moment passes.
#[cfg(not(debug_assertions))]
pub fn step(_: &'static str) {}
