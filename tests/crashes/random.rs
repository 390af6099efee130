//! The daemon is killed at random moments while mail comes in and letters leave (THREATS F26).

use crate::ground::{Ground, Run};
use crate::harness::Plan;
use elitige::domain::Dice;
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

/// Kills in one `make test`.
const FEW: usize = 12;
/// After so many kills the daemon comes to rest, and everything is compared with the books.
const AUDIT: usize = 50;
/// Mails that come in for each kill.
const MAILS: usize = 4;
/// Mails that lie there before the first kill.
const HEAP: usize = 40;
/// The longest life of a daemon, in milliseconds: its start included.
const LIFE: u64 = 2_000;

/// `ELITIGE_KILLS` is how many, `ELITIGE_LIFE` how many milliseconds the longest life is.
#[test]
fn f26_random_kills_under_load_lose_nothing_and_double_nothing() {
    let number = |name: &str, usual: usize| std::env::var(name).ok().and_then(|text| text.parse().ok()).unwrap_or(usual);
    let (kills, life) = (number("ELITIGE_KILLS", FEW), number("ELITIGE_LIFE", LIFE as usize) as u64);
    let seed = number("ELITIGE_SEED", SystemTime::now().duration_since(UNIX_EPOCH).unwrap().subsec_nanos() as usize);
    println!("seed {seed}");
    let mut bytes = [0_u8; 32];
    bytes[..8].copy_from_slice(&(seed as u64).to_be_bytes());
    let mut dice = Dice::from_seed(bytes);
    let ground = Ground::new(kills.div_ceil(AUDIT), |_| Vec::new());
    let (began, mut done, mut mails, mut letters, mut duplicates, mut uncertain) = (Instant::now(), 0, 0, 0, 0, 0);
    while done < kills {
        let run = ground.run();
        let batch = AUDIT.min(kills - done);
        let sent = under_fire(&ground, &run, batch, life, &mut dice);
        let report = run.must_be_whole(&format!("{batch} kills, seed {seed}, after {done} before"));
        done += batch;
        mails += sent;
        letters += run.letters();
        duplicates += report.duplicates;
        uncertain += report.uncertain;
        println!(
            "{done} random kills over {mails} mails and {letters} letters, 0 lost, 0 doubled, {duplicates} duplicates on the wire of {uncertain} uncertain attempts, {:?}",
            began.elapsed()
        );
    }
    assert!(mails >= kills * MAILS && letters > 0);
}

/// So many kills, with mail before and during each life. Says how many mails came.
fn under_fire(ground: &Ground, run: &Run<'_>, kills: usize, life: u64, dice: &mut Dice) -> usize {
    let mut next = 0;
    let mut more = |count: usize| {
        run.gets((next..next + count).map(|index| ground.generator.entry(index)).collect());
        next += count;
        next
    };
    more(HEAP);
    // A server takes its time, so that kills also fall between a dot and its answer.
    ground.smtp.follow(Plan { delay: Duration::from_millis(15), ..Plan::default() });
    for _ in 0..kills {
        let daemon = run.starts(&[], &[]);
        let lives = dice.below(life);
        std::thread::sleep(Duration::from_millis(lives / 2));
        more(MAILS);
        std::thread::sleep(Duration::from_millis(lives - lives / 2));
        daemon.dies();
    }
    more(0)
}
