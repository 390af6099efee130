//! The daemon is killed at random moments of a dispute: the same letters arrive, none twice, none missing.

use crate::daemon::{play, program};
use crate::harness::{Daemon, Town};
use crate::scenes::{Scenes, Tongue};
use crate::tracks::Track;
use elitige::domain::Dice;
use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

const KILLS: usize = 10;
const PATIENCE: Duration = Duration::from_secs(90);

#[tokio::test(flavor = "multi_thread")]
async fn ten_kills_at_random_moments_lose_nothing_and_double_nothing() {
    let seed = SystemTime::now().duration_since(UNIX_EPOCH).unwrap().subsec_nanos();
    println!("seed {seed}");
    let mut bytes = [0_u8; 32];
    bytes[..4].copy_from_slice(&seed.to_be_bytes());
    let mut dice = Dice::from_seed(bytes);
    let folder = tempfile::tempdir().unwrap();
    let scenes = Scenes::of(Tongue::French, Track::Granted);
    let town = Town::start(folder.path(), &scenes.people());
    town.initialise(program());
    let daemon = Daemon::start(program(), &town);
    let (over, kills) = (Arc::new(AtomicBool::new(false)), Arc::new(AtomicUsize::new(0)));
    let killer = {
        let (over, kills) = (Arc::clone(&over), Arc::clone(&kills));
        std::thread::spawn(move || {
            let mut daemon = daemon;
            while !over.load(Ordering::SeqCst) && kills.load(Ordering::SeqCst) < KILLS {
                std::thread::sleep(Duration::from_millis(dice.below(700)));
                daemon.kill_and_restart();
                kills.fetch_add(1, Ordering::SeqCst);
            }
            daemon
        })
    };
    let played = play(&town, &scenes, PATIENCE).await;
    over.store(true, Ordering::SeqCst);
    let mut daemon = killer.join().unwrap();
    played.unwrap_or_else(|missing| panic!("seed {seed}: {missing}"));
    tokio::time::sleep(Duration::from_secs(2)).await;
    daemon.stop();
    let uncertain = String::from_utf8_lossy(&town.command(program(), &["outbox", "list"]).stdout).lines().filter(|line| line.contains("uncertain")).count();
    let mut copies: BTreeMap<String, usize> = BTreeMap::new();
    for (person, _) in scenes.cast(&town).into_values() {
        for mail in person.mails() {
            *copies.entry(mail.message_id()).or_default() += 1;
        }
    }
    println!("{} kills, {} letters, {uncertain} uncertain", kills.load(Ordering::SeqCst), copies.len());
    assert_eq!(copies.len(), scenes.letters(), "seed {seed}: every letter once");
    assert!(copies.values().all(|count| *count == 1), "seed {seed}: a letter arrived twice");
    let checked = town.command(program(), &["check", "--store"]);
    assert!(checked.status.success(), "seed {seed}: {}", String::from_utf8_lossy(&checked.stdout));
    assert!(town.case_list(program()).contains("closed SETTLED_PERFORMED"), "seed {seed}");
}
