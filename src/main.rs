//! Minimal executable.
use clap::{Parser, Subcommand};
use elitige::cli::{World, arguments::Explain, explain::explain};
use elitige::domain::Instant;
use std::process::ExitCode;
use std::sync::Arc;

#[derive(Parser)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}
#[derive(Subcommand)]
enum Command {
    Explain(Explain),
    ReadWorker,
}

fn main() -> ExitCode {
    let arguments = match Arguments::parse().command {
        Command::ReadWorker => return elitige::reader::serve().map_or(ExitCode::FAILURE, |()| ExitCode::SUCCESS),
        Command::Explain(arguments) => arguments,
    };
    let clock = Arc::new(|| Instant::from_micros(std::time::UNIX_EPOCH.elapsed().unwrap_or_default().as_micros() as i64));
    match tokio::runtime::Builder::new_multi_thread().enable_all().build() {
        Ok(runtime) => runtime.block_on(explain(arguments, &World { clock })),
        Err(_) => ExitCode::FAILURE,
    }
}
