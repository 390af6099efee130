//! What a person runs. Exit codes: 0 fine, 1 the answer is "no" or faults were found, 2 wrong usage.

pub mod arguments;
mod canary;
mod case;
mod charter;
mod check;
mod contact;
mod doctor;
mod explain;
mod held;
mod init;
mod mediators;
mod merchants;
mod outbox;
mod output;
mod parts;
mod run;
mod tell;
mod workflow;

use crate::domain::Dice;
use crate::service::Clock;
use arguments::{Arguments, Command};
use output::complain;
use std::process::ExitCode;

/// What only `main.rs` owns.
pub struct World {
    /// The real clock.
    pub clock: Clock,
    /// The real dice.
    pub dice: Dice,
    /// Starts the log at that level (`error` to `trace`), as JSON or as lines for people.
    pub start_log: fn(&str, bool),
}

/// Does what the arguments say.
pub async fn dispatch(arguments: Arguments, world: World) -> ExitCode {
    output::end(run_command(arguments, world).await)
}

async fn run_command(arguments: Arguments, world: World) -> ExitCode {
    let done = match arguments.command {
        Command::Run { folder, log } => run::run(&folder.config, log, world).await,
        Command::Init { folder } => init::init(&folder.config, world).await,
        Command::Check { folder, store } => check::check(&folder.config, store, &world).await,
        Command::Doctor { folder, canary } => doctor::doctor(&folder.config, canary, &world).await,
        Command::Explain(arguments) => return explain::explain(arguments, &world).await,
        Command::Tell { folder, files, update } => tell::tell(&folder.config, &files, update, &world).await,
        Command::Case { folder, action } => case::case(&folder.config, action, world).await,
        Command::Charter { folder, language, digest } => charter::charter(&folder.config, &language, digest.as_deref(), world).await,
        Command::Held { folder, action } => held::held(&folder.config, action, world).await,
        Command::Mediators { folder, case } => mediators::mediators(&folder.config, case.as_deref(), world).await,
        Command::Outbox { folder, action } => outbox::outbox(&folder.config, action, &world).await,
        Command::Merchants { folder, action } => merchants::merchants(&folder.config, action, &world).await,
        Command::Workflow { folder, action } => workflow::workflow(&folder.config, &action, &world),
        Command::Verify { folder } => check::verify(&folder.config, &world).await,
        Command::ReadWorker => Ok(false),
    };
    match done {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::from(1),
        Err(error) => {
            complain!("{error:#}");
            ExitCode::from(1)
        }
    }
}
