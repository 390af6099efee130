//! `make demo`: a whole dispute over real mail servers on this machine, from the complaint to its performance.
//!
//! Nothing is weakened: the senders' mail is DKIM-signed and verified, the servers speak TLS, the daemon is the real
//! program with a real database. Everything stays on loopback.

#[path = "../harness/mod.rs"]
mod harness;
mod scenes;
mod screen;
mod tracks;

use harness::{Daemon, Town};
use scenes::{Ground, Scenes, Tongue};
use screen::Screen;
use std::io::IsTerminal;
use std::path::Path;
use std::process::ExitCode;
use std::time::Duration;
use tracks::Track;

const PATIENCE: Duration = Duration::from_secs(90);

#[tokio::main]
async fn main() -> ExitCode {
    let (Some(tongue), Some(track)) = (Tongue::from_arguments(), Track::from_arguments()) else {
        eprintln!("usage: demo [--in fr|ar|en] [--track granted|mediation|service] [--end]   (--end: end after the dispute also on a terminal)");
        return ExitCode::from(2);
    };
    let screen = Screen::new();
    let scenes = Scenes::of(tongue, track);
    screen.say("Starting private mail servers on loopback …");
    let folder = std::env::temp_dir().join(format!("elitige-demo-{}", std::process::id()));
    let town = track.town(&folder, scenes.people());
    let program = std::env::current_exe().ok().and_then(|path| path.parent().and_then(|examples| examples.parent()).map(|target| target.join("elitige")));
    let Some(program) = program.filter(|path| path.exists()) else {
        eprintln!("The program elitige was not built beside the demo; run: cargo build --bin elitige");
        return ExitCode::from(1);
    };
    town.initialise(&program);
    let mut daemon = Daemon::start(&program, &town);
    let closed = match play(&screen, &town, &program, &scenes).await {
        Ok(()) => track.endings().iter().all(|ending| town.case_list(&program).contains(ending)),
        Err(missing) => {
            screen.say(&missing);
            false
        }
    };
    if closed {
        screen.say(&format!("The dispute is closed: performed, {} letters, nobody but the parties knows.", scenes.letters()));
        screen.say(&format!("Its database, key, log and configuration stay in {}", folder.display()));
        stay(&screen, &town, &scenes).await;
    } else {
        screen.say(&format!("The dispute did not come to its end; the daemon's log is {}", town.log_file().display()));
    }
    daemon.stop();
    if closed { ExitCode::SUCCESS } else { ExitCode::from(1) }
}

/// Plays the scenes: who writes what, and which letters follow.
async fn play(screen: &Screen, town: &Town, program: &Path, scenes: &Scenes) -> Result<(), String> {
    let mut cast = scenes.cast(town);
    let ground = Ground { desk: scenes.desk(town), town, program };
    for scene in scenes.all() {
        scenes::play(screen, &mut cast, &scene, &ground, PATIENCE).await?;
    }
    Ok(())
}

/// On a terminal, the servers and the daemon keep running so that anybody can join with a mail program.
async fn stay(screen: &Screen, town: &Town, scenes: &Scenes) {
    if !std::io::stdout().is_terminal() || std::env::args().any(|argument| argument == "--end") {
        return;
    }
    screen.say("\nThe service keeps running. Join with any mail program (self-signed certificate, this machine only):");
    screen.say(&format!("  IMAP 127.0.0.1 port {} (TLS) or {} (plain)   SMTP 127.0.0.1 port {}", town.dovecot.imaps, town.dovecot.imap, town.postfix.smtp));
    for (name, address) in scenes.people() {
        let password = &town.dovecot.account(&address).password;
        screen.say(&format!("  {name}: user {address}, password {password}"));
    }
    screen.say(&format!("Write to {} as anybody. Unsigned mail is held, as it would be in earnest. Ctrl-C ends.", scenes.desk(town)));
    let _ = tokio::signal::ctrl_c().await;
}
