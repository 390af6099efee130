//! What the daemon does in a second, beside a floor that does nothing else, in the same run: real Dovecot over TLS, real Postfix, SQLite with
//! `synchronous=FULL`.
//!
//! `cargo bench --bench mail` (`make bench`). `ONLY=abc` picks parts by their letters, `RUNS` and `MAILS` change their size. Prints medians and the
//! spread, writes them to `target/bench/figures.json`; judges nothing.

#[path = "../../harness/mod.rs"]
mod harness;
#[path = "../../ledger/mod.rs"]
mod ledger;

mod acknowledge;
mod figures;
mod fill;
mod floor;
mod intake;
mod memory;
mod send;
mod stage;
mod start;
mod tree;

use figures::Figures;

fn main() {
    let only = std::env::var("ONLY").unwrap_or_else(|_| "abcdef".to_owned());
    let mut figures = Figures::default();
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().expect("a runtime");
    for run in 1..=number("RUNS", 3) {
        println!("run {run}");
        for part in only.chars() {
            match part {
                'a' => intake::empty(&runtime, &mut figures),
                'b' => intake::full(&runtime, &mut figures),
                'c' => acknowledge::one_by_one(&mut figures),
                'd' => send::all(&runtime, &mut figures),
                'e' => start::start_and_tick(&runtime, &mut figures),
                'f' => memory::of_one(&runtime, &mut figures),
                other => panic!("there is no part {other}; they are a to f"),
            }
        }
    }
    figures.tell();
}

/// A number from the environment.
fn number(name: &str, usual: usize) -> usize {
    match std::env::var(name) {
        Ok(text) => text.parse().unwrap_or_else(|_| panic!("{name} is no number: {text}")),
        Err(_) => usual,
    }
}
