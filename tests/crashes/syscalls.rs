//! The daemon is killed at its system calls (THREATS F25): one complaint comes in, then a reply to it, and their letters leave.

use crate::ground::{Ground, Run, a_complaint_and_a_reply};
use crate::strace::{Trace, counts, killing};
use std::collections::BTreeMap;
use std::time::{Duration, Instant};

const SOON: Duration = Duration::from_secs(60);
/// What changes the world, and what it answers. Between two of these calls a kill leaves what a kill at the second one leaves.
const CALLS: &str = "write,writev,pwrite64,fdatasync,fsync,ftruncate,unlink,connect,sendto,sendmsg,recvfrom,recvmsg";
/// Points that one `make test` takes, spread over all; every time others.
const SAMPLE: usize = 14;

/// `ELITIGE_SYSCALLS=all` takes every point, `ELITIGE_SYSCALLS=3/8` every eighth from the third on.
#[test]
fn f25_killed_at_its_system_calls_nothing_is_lost_and_nothing_doubled() {
    let wanted = std::env::var("ELITIGE_SYSCALLS").unwrap_or_default();
    let ground = Ground::new(if wanted.is_empty() { SAMPLE + 8 } else { 6_000 }, a_complaint_and_a_reply);
    let most = reference(&ground);
    let points: Vec<(&str, usize)> = most.iter().flat_map(|(call, most)| (1..=*most).map(move |number| (call.as_str(), number))).collect();
    let chosen = chosen(&points, &wanted);
    println!("{} points: {most:?}", points.len());
    let (began, mut killed, mut duplicates, mut uncertain) = (Instant::now(), 0, 0, 0);
    for (call, number) in &chosen {
        let run = ground.run();
        killed += usize::from(one(&run, call, *number));
        let report = run.must_be_whole(&format!("F25 {call} {number}"));
        duplicates += report.duplicates;
        uncertain += report.uncertain;
    }
    println!(
        "{} of {} system-call kill points, {killed} killed, 0 lost, 0 doubled, {duplicates} duplicates on the wire of {uncertain} uncertain attempts, {:?}",
        chosen.len(),
        points.len(),
        began.elapsed()
    );
    assert!(killed * 2 > chosen.len(), "most points are reached: {killed} of {}", chosen.len());
}

/// How often each call is made, and that a mail that was acknowledged had been made durable.
fn reference(ground: &Ground) -> BTreeMap<String, usize> {
    let (run, trace) = (ground.run(), Trace::new());
    assert!(!run.starts(&quiet(), &trace.recording(CALLS, None)).was_killed_before_its_end(SOON), "{}", run.last_words());
    run.must_be_whole("nothing");
    let most = counts(&trace);
    let synced: usize = ["fsync", "fdatasync"].iter().filter_map(|call| most.get(*call)).sum();
    // Receipt, decision, claim, limits, and for each letter its dot and its end.
    assert!(synced >= 5, "the commits are made durable: {synced} calls of fsync and fdatasync");
    most
}

fn one(run: &Run<'_>, call: &str, number: usize) -> bool {
    run.starts(&quiet(), &killing(call, number, None)).was_killed_before_its_end(SOON)
}

/// One thread for the network, so that the calls come in the same order.
fn quiet() -> [(&'static str, &'static str); 1] {
    [("TOKIO_WORKER_THREADS", "1")]
}

fn chosen<'a>(points: &[(&'a str, usize)], wanted: &str) -> Vec<(&'a str, usize)> {
    let share = match (wanted, wanted.split_once('/')) {
        ("all", _) => Some((0, 1)),
        (_, Some((first, step))) => Some((first.parse().unwrap(), step.parse().unwrap())),
        _ => None,
    };
    let (first, step) = share.unwrap_or_else(|| {
        let step = points.len().div_ceil(SAMPLE).max(1);
        let seed = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap().subsec_nanos() as usize;
        println!("every {step}th point from the {}th on", seed % step);
        (seed % step, step)
    });
    points.iter().skip(first).step_by(step).copied().collect()
}
