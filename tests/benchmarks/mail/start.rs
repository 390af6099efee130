//! How long a start takes, and a round of the clocks, with 250,000 open disputes.

use crate::figures::Figures;
use crate::fill::{self, DUE};
use crate::ledger::Generator;
use crate::stage::{Daemon, PATIENCE, Stage};
use std::fs;
use std::time::Instant;
use tokio::runtime::Runtime;

/// From the start of the process to its word that it is ready, and what the daemon's log says of its first round of clocks.
pub fn start_and_tick(runtime: &Runtime, figures: &mut Figures) {
    let stage = Stage::new(&Generator::new(12), 2, &[]);
    fill::put(runtime, &stage, true);
    // The first start follows the calendar; a usual one finds that done.
    let daemon = Daemon::start(&stage);
    daemon.wait_until_ready();
    let milliseconds = tick(&stage);
    daemon.stop();
    let began = Instant::now();
    let daemon = Daemon::start(&stage);
    daemon.wait_until_ready();
    figures.add("start_ms", began.elapsed().as_secs_f64() * 1_000.0);
    daemon.stop();
    figures.add("tick_ms", milliseconds);
}

/// What the log says of the round in which everything was settled that was due.
fn tick(stage: &Stage) -> f64 {
    let began = Instant::now();
    loop {
        let log = fs::read_to_string(stage.town.log_file()).expect("the log");
        let line = log.lines().find(|line| line.contains("clocks were settled") && line.contains(&format!("clocks={DUE}")));
        if let Some(milliseconds) = line.and_then(|line| line.split("milliseconds=").nth(1)?.split_whitespace().next()?.parse().ok()) {
            return milliseconds;
        }
        assert!(began.elapsed() < PATIENCE, "the clocks do not ring");
        std::thread::sleep(std::time::Duration::from_millis(100));
    }
}
