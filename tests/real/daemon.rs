//! The real program as its own process: what it logs, how it stops, and what it does when a mailbox is out of order.

use crate::harness::{Daemon, Town};
use crate::scenes::{self, Ground, Scenes, Tongue};
use crate::screen::Screen;
use crate::tracks::Track;
use std::fs;
use std::path::Path;
use std::time::Duration;

/// Longer than the minute after which the daemon looks at what a command wrote beside it.
const PATIENCE: Duration = Duration::from_secs(90);

pub fn program() -> &'static Path {
    Path::new(env!("CARGO_BIN_EXE_elitige"))
}

/// Plays the demo's dispute to its end.
pub async fn play(town: &Town, scenes: &Scenes, patience: Duration) -> Result<(), String> {
    let screen = Screen::new();
    let mut cast = scenes.cast(town);
    let ground = Ground { desk: scenes.desk(town), town, program: program() };
    for scene in scenes.all() {
        scenes::play(&screen, &mut cast, &scene, &ground, patience).await?;
    }
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_is_named_and_nothing_is_quoted_in_the_log_at_any_level() {
    let folder = tempfile::tempdir().unwrap();
    let scenes = Scenes::of(Tongue::French, Track::Granted);
    let town = Town::start(folder.path(), &scenes.people());
    town.initialise(program());
    let mut daemon = Daemon::start(program(), &town);
    play(&town, &scenes, PATIENCE).await.unwrap();
    let took = daemon.stop();
    println!("stopped after {took:?}");
    let log = fs::read_to_string(town.log_file()).unwrap();
    assert!(log.contains("a mail was settled"), "the log says what was done:\n{log}");
    let reference = town.case_list(program()).split_whitespace().next().unwrap().to_owned();
    let secrets =
        ["@", "leila", "Leila", "Bennani", "atlas", "Atlas", "Commande", "machine", "48213", "1 500", "remboursement", "CONFIRMER", "FAIT", &reference];
    let named: Vec<&str> = secrets.into_iter().filter(|secret| log.contains(secret)).collect();
    assert!(named.is_empty(), "the log names {named:?}");
    let checked = town.command(program(), &["check", "--store"]);
    assert!(checked.status.success(), "{}", String::from_utf8_lossy(&checked.stdout));
    assert!(town.command(program(), &["verify"]).status.success());
    assert!(town.command(program(), &["case", "erase", &reference]).status.success());
    let shown = town.command(program(), &["case", "show", &reference]);
    assert!(!shown.status.success() && String::from_utf8_lossy(&shown.stderr).contains("was erased"));
    assert!(town.command(program(), &["verify"]).status.success(), "the chain of an erased dispute still verifies");
    assert!(town.command(program(), &["check", "--store"]).status.success());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_mailbox_that_refuses_its_password_is_named_with_the_remedy_and_the_others_go_on() {
    let folder = tempfile::tempdir().unwrap();
    let scenes = Scenes::of(Tongue::English, Track::Granted);
    let town = Town::start(folder.path(), &scenes.people());
    fs::write(folder.path().join("bounces.password"), "wrong").unwrap();
    town.initialise(program());
    let mut daemon = Daemon::start(program(), &town);
    play(&town, &scenes, PATIENCE).await.unwrap();
    assert!(town.case_list(program()).contains("closed SETTLED_PERFORMED"));
    daemon.stop();
    let log = fs::read_to_string(town.log_file()).unwrap();
    let line = log.lines().find(|line| line.contains("mailbox") && line.contains("bounces") && line.contains("password"));
    assert!(line.is_some(), "no line names the mailbox and its password:\n{log}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_customer_service_becomes_a_mediation_and_a_mediated_dispute_comes_to_its_end() {
    for (track, tongue) in [(Track::Service, Tongue::Arabic), (Track::Mediation, Tongue::English)] {
        let folder = tempfile::tempdir().unwrap();
        let scenes = Scenes::of(tongue, track);
        let town = track.town(folder.path(), scenes.people());
        town.initialise(program());
        let mut daemon = Daemon::start(program(), &town);
        play(&town, &scenes, PATIENCE).await.unwrap();
        let list = town.case_list(program());
        assert!(track.endings().iter().all(|ending| list.contains(ending)), "{track:?}: {list}");
        daemon.stop();
        assert!(town.command(program(), &["check", "--store"]).status.success());
    }
}
