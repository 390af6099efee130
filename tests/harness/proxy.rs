//! A line that fails as lines do: it delays, stalls, breaks after so many bytes, closes one way, or calls the test when certain bytes pass.

use std::io::{Read, Write};
use std::net::{Ipv4Addr, Shutdown, TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::Duration;

/// A direction.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    ToServer,
    ToClient,
}

/// What a rule waits for, in one connection.
#[derive(Debug, Clone)]
pub enum When {
    /// So many bytes passed in that direction.
    Passed(u64),
    /// These bytes come, and are held back.
    Before(Vec<u8>),
    /// These bytes passed.
    After(Vec<u8>),
}

/// What happens then.
#[derive(Clone)]
pub enum Then {
    /// The connection breaks in both directions.
    Cut,
    /// Nothing more passes in that direction; its receiver sees the end.
    HalfClose,
    /// Nothing more passes in that direction until the plan changes.
    Stall,
    /// The closure runs before anything else passes in that direction, and says whether the line goes on; if not, it is cut.
    Call(Arc<dyn Fn() -> bool + Send + Sync>),
}

/// Something that happens once, in whichever connection it is due first.
#[derive(Clone)]
pub struct Rule {
    pub way: Way,
    pub when: When,
    pub then: Then,
    spent: Arc<AtomicBool>,
}

impl Rule {
    pub fn new(way: Way, when: When, then: Then) -> Self {
        Self { way, when, then, spent: Arc::default() }
    }

    /// Whether it happened.
    pub fn is_spent(&self) -> bool {
        self.spent.load(Ordering::SeqCst)
    }

    /// The place in `chunk` at which it is due; `passed` bytes went before, the last of which are `tail`.
    fn due(&self, tail: &[u8], chunk: &[u8], passed: u64) -> Option<usize> {
        let (wanted, before) = match &self.when {
            When::Passed(count) => {
                let at = usize::try_from(count.checked_sub(passed)?).ok()?;
                return (at <= chunk.len()).then_some(at);
            }
            When::Before(wanted) => (wanted, true),
            When::After(wanted) => (wanted, false),
        };
        let keep = tail.len().min(wanted.len().saturating_sub(1));
        let seen = [&tail[tail.len() - keep..], chunk].concat();
        let at = seen.windows(wanted.len()).position(|window| window == wanted)?;
        let at = if before { at } else { at + wanted.len() };
        Some(at.saturating_sub(keep))
    }
}

/// How a line behaves.
#[derive(Clone, Default)]
pub struct Plan {
    /// How long each read waits before it passes on.
    pub delay: Duration,
    pub rules: Vec<Rule>,
}

impl Plan {
    /// A plan with one rule.
    pub fn of(rule: &Rule) -> Self {
        Self { delay: Duration::ZERO, rules: vec![rule.clone()] }
    }
}

#[derive(Default)]
struct Shared {
    plan: Mutex<(u64, Plan)>,
    to_server: AtomicU64,
    to_client: AtomicU64,
}

/// A line to one port of this machine; it lives as long as the test process.
pub struct Proxy {
    /// Where it listens.
    pub port: u16,
    shared: Arc<Shared>,
}

impl Proxy {
    pub fn to(server: u16) -> Self {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
        let port = listener.local_addr().unwrap().port();
        let shared = Arc::new(Shared::default());
        let line = Arc::clone(&shared);
        thread::spawn(move || {
            for client in listener.incoming().flatten() {
                let Ok(server) = TcpStream::connect((Ipv4Addr::LOCALHOST, server)) else { continue };
                join(&line, &client, &server, Way::ToServer);
                join(&line, &server, &client, Way::ToClient);
            }
        });
        Self { port, shared }
    }

    /// From now on the line behaves so, also connections that are open. What stalled goes on.
    pub fn follow(&self, plan: Plan) {
        let mut current = self.shared.plan.lock().unwrap();
        *current = (current.0 + 1, plan);
    }

    /// From now on nothing fails.
    pub fn heal(&self) {
        self.follow(Plan::default());
    }

    /// Bytes that passed so far, in all connections.
    pub fn passed(&self, way: Way) -> u64 {
        self.shared.count(way).load(Ordering::SeqCst)
    }
}

impl Shared {
    fn count(&self, way: Way) -> &AtomicU64 {
        match way {
            Way::ToServer => &self.to_server,
            Way::ToClient => &self.to_client,
        }
    }

    /// The rule that is due first in `chunk`, and where; it is spent from now on.
    fn next(&self, way: Way, tail: &[u8], chunk: &[u8], passed: u64) -> Option<(usize, Then, u64)> {
        let plan = self.plan.lock().unwrap();
        let open = plan.1.rules.iter().filter(|rule| rule.way == way && !rule.is_spent());
        let (at, rule) = open.filter_map(|rule| rule.due(tail, chunk, passed).map(|at| (at, rule))).min_by_key(|(at, _)| *at)?;
        (!rule.spent.swap(true, Ordering::SeqCst)).then(|| (at, rule.then.clone(), plan.0))
    }

    fn wait_for_another_plan(&self, number: u64) {
        while self.plan.lock().unwrap().0 == number {
            thread::sleep(Duration::from_millis(5));
        }
    }
}

fn join(line: &Arc<Shared>, from: &TcpStream, to: &TcpStream, way: Way) {
    let (line, from, to) = (Arc::clone(line), from.try_clone().unwrap(), to.try_clone().unwrap());
    let _ = (from.set_nodelay(true), to.set_nodelay(true));
    thread::spawn(move || {
        let _ = carry(&line, &from, &to, way);
        let _ = (to.shutdown(Shutdown::Write), from.shutdown(Shutdown::Read));
    });
}

fn carry(line: &Shared, mut from: &TcpStream, mut to: &TcpStream, way: Way) -> Option<()> {
    let (mut chunk, mut tail, mut passed) = (vec![0; 16 * 1024], Vec::<u8>::new(), 0_u64);
    loop {
        let read = from.read(&mut chunk).ok().filter(|read| *read > 0)?;
        let delay = line.plan.lock().unwrap().1.delay;
        thread::sleep(delay);
        let mut rest = &chunk[..read];
        while !rest.is_empty() {
            let due = line.next(way, &tail, rest, passed);
            let (now, later) = rest.split_at(due.as_ref().map_or(rest.len(), |(at, ..)| *at));
            to.write_all(now).ok()?;
            line.count(way).fetch_add(now.len() as u64, Ordering::SeqCst);
            passed += now.len() as u64;
            tail.extend_from_slice(now);
            tail.drain(..tail.len().saturating_sub(256));
            rest = later;
            match due.map(|(_, then, number)| (then, number)) {
                None => {}
                Some((Then::Call(call), _)) if call() => {}
                Some((Then::Stall, number)) => line.wait_for_another_plan(number),
                Some((Then::HalfClose, _)) => return None,
                Some((Then::Cut | Then::Call(_), _)) => {
                    let _ = (from.shutdown(Shutdown::Both), to.shutdown(Shutdown::Both));
                    return None;
                }
            }
        }
    }
}
