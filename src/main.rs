//! The executable: arguments, the only real clock and dice, and the log.

use clap::Parser;
use elitige::cli::arguments::{Arguments, Command};
use elitige::cli::{World, dispatch};
use elitige::domain::{Dice, Instant};
use std::io::{IsTerminal, Write};
use std::process::ExitCode;
use std::sync::Arc;
use std::time::{Duration, SystemTime, UNIX_EPOCH};
use tikv_jemallocator::Jemalloc;
use tracing_subscriber::layer::SubscriberExt;
use tracing_subscriber::util::SubscriberInitExt;

#[global_allocator]
static ALLOCATOR: Jemalloc = Jemalloc;

fn main() -> ExitCode {
    quiet_panics();
    let arguments = Arguments::parse();
    if matches!(arguments.command, Command::ReadWorker) {
        return match elitige::reader::serve() {
            Ok(()) => ExitCode::SUCCESS,
            Err(_) => ExitCode::from(1),
        };
    }
    let mut seed = [0_u8; 32];
    if getrandom::fill(&mut seed).is_err() {
        return refuse("the operating system gives no random numbers; nothing was done");
    }
    let world = World { clock: Arc::new(now), dice: Dice::from_seed(seed), start_log };
    match tokio::runtime::Builder::new_multi_thread().enable_all().build() {
        Ok(runtime) => {
            let code = runtime.block_on(dispatch(arguments, world));
            // A host name that is being looked up cannot be interrupted and is not waited for.
            runtime.shutdown_timeout(Duration::from_secs(1));
            code
        }
        Err(error) => refuse(&format!("the program could not start its threads ({error}); raise the limits of processes and open files")),
    }
}

fn refuse(sentence: &str) -> ExitCode {
    // Where this cannot be written there is nobody left to be told.
    let _ = writeln!(std::io::stderr(), "elitige: {sentence}");
    ExitCode::from(1)
}

/// A panic tells where it happened and never what it says, which may quote a mail (DESIGN §3.12). One that is caught, because a server's answer could not be
/// read, is told where it is caught.
fn quiet_panics() {
    std::panic::set_hook(Box::new(|panic| {
        if elitige::mailbox::is_reading() {
            return;
        }
        let place = panic.location().map_or_else(|| "an unknown place".to_owned(), |place| format!("{}:{}", place.file(), place.line()));
        // An error output that is closed must not make a second panic of one.
        let _ = writeln!(std::io::stderr(), "elitige: a fault of the program at {place}; please report this place");
    }));
}

/// What the system's clock shows.
fn now() -> Instant {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    Instant::from_micros(i64::try_from(since.as_micros()).unwrap_or(i64::MAX))
}

/// Only our own words are logged: what libraries log may quote mails and passwords.
fn start_log(level: &str, json: bool) {
    let level = level.parse().unwrap_or(tracing::Level::INFO);
    let ours = tracing_subscriber::filter::Targets::new().with_target("elitige", level);
    let lines = tracing_subscriber::fmt::layer().with_writer(std::io::stderr).with_target(false).with_ansi(std::io::stderr().is_terminal());
    let registry = tracing_subscriber::registry().with(ours);
    if json {
        registry.with(lines.json()).init();
    } else {
        registry.with(lines).init();
    }
}
