//! A process of the program that ends, one way or the other.

use crate::ground::{REST, Run, program};
use rustix::process::{Pid, Signal, kill_process};
use std::fs;
use std::os::unix::process::ExitStatusExt as _;
use std::process::{Child, ExitStatus};
use std::time::{Duration, Instant};

/// A process that ends, one way or the other.
pub struct Ending<'a> {
    pub child: Child,
    pub run: &'a Run<'a>,
    /// How long the log was before.
    pub said: usize,
}

impl Ending<'_> {
    /// Waits until it ended.
    pub fn ends(&mut self, limit: Duration) -> Option<ExitStatus> {
        let end = Instant::now() + limit;
        while Instant::now() < end {
            if let Some(status) = self.child.try_wait().unwrap() {
                return Some(status);
            }
            std::thread::sleep(Duration::from_millis(5));
        }
        None
    }

    /// Waits until somebody killed it; whether that happened.
    pub fn was_killed(mut self, limit: Duration) -> bool {
        self.ends(limit).is_some_and(|status| status.signal() == Some(Signal::KILL.as_raw()))
    }

    /// Waits until it has looked into the inbox and nothing is left to do, or until it ended; whether the first happened within `limit`.
    pub fn rests(&mut self, limit: Duration) -> bool {
        let end = Instant::now() + limit;
        while Instant::now() < end {
            if self.is_connected() && self.run.rests() {
                return true;
            }
            if self.ends(Duration::from_millis(20)).is_some() {
                return false;
            }
        }
        false
    }

    fn is_connected(&self) -> bool {
        let log = fs::read(self.run.log()).unwrap_or_default();
        String::from_utf8_lossy(log.get(self.said..).unwrap_or_default()).contains("connected")
    }

    /// Lets the daemon come to rest and stop; whether it was killed before it ended by itself.
    pub fn was_killed_before_its_end(mut self, limit: Duration) -> bool {
        self.rests(limit);
        self.stops().signal() == Some(Signal::KILL.as_raw())
    }

    /// Waits until it ended; whether all went well.
    pub fn succeeds(mut self) -> bool {
        self.ends(REST).is_some_and(|status| status.success())
    }

    /// Kills it.
    pub fn dies(mut self) {
        self.kill();
    }

    /// What stands in front of the program would leave it alive.
    fn kill(&mut self) {
        if self.child.try_wait().is_ok_and(|over| over.is_none()) {
            let _ = kill_process(self.daemon(), Signal::KILL);
            let _ = self.child.kill();
            let _ = self.child.wait();
        }
    }

    /// The program itself, where something else was started in front of it.
    fn daemon(&self) -> Pid {
        let own = Pid::from_child(&self.child);
        let children = fs::read_to_string(format!("/proc/{0}/task/{0}/children", own.as_raw_nonzero())).unwrap_or_default();
        let is_it = |pid: &str| fs::read_link(format!("/proc/{pid}/exe")).is_ok_and(|file| file == program());
        let traced = children.split_whitespace().find(|pid| !is_it(&own.as_raw_nonzero().to_string()) && is_it(pid));
        traced.and_then(|pid| Pid::from_raw(pid.parse().ok()?)).unwrap_or(own)
    }

    /// Tells it to stop, and waits.
    pub fn stops(mut self) -> ExitStatus {
        let _ = kill_process(self.daemon(), Signal::TERM);
        let status = self.ends(Duration::from_secs(60));
        status.unwrap_or_else(|| panic!("the daemon does not stop:\n{}", self.run.last_words()))
    }
}

impl Drop for Ending<'_> {
    fn drop(&mut self) {
        self.kill();
    }
}
