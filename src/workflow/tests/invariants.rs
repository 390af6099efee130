//! Every invariant of DOMAIN §2.4 that shows in what is decided, over courses of events that chance draws.

use super::anything::{KINDS, anything};
use super::breaches::broken;
use super::*;
use super::{cooling, disclosure};
use proptest::prelude::*;
use proptest::test_runner::{RngAlgorithm, TestRng, TestRunner};

/// Courses of a usual run.
const USUAL: u32 = 128;

/// What happens next: what, by whom, after how many seconds, and whether the clock was heard before.
pub(super) type Happening = (u8, u8, i64, bool);

/// Lets everything of `course` happen, and then only the clock, until the end.
pub(super) fn run(told: &mut Told, course: impl IntoIterator<Item = Happening>) {
    for (kind, actor, seconds, awake) in course {
        told.now = told.now.plus_seconds(seconds);
        if awake {
            told.ring();
        }
        let event = anything(told, kind, actor);
        told.step(event);
        // Now and then, because it takes the time of eight steps.
        if actor.is_multiple_of(4) {
            told.try_to_leave();
        }
    }
    for _ in 0..20 {
        let Some(wakes) = told.dispute.wakes() else { break };
        told.now = told.now.max(wakes);
        told.ring();
    }
}

/// A dispute from which a course begins.
fn beginning(start: u8, complete: bool) -> Told<'static> {
    match start {
        0 => Told::opened_by(&WORKFLOW, complete),
        1 => Told::opened(),
        2 => Told::invited(),
        3 => Told::agreed(),
        4 => Told::mediated(),
        5 => Told::named(),
        6 => Told::served(),
        7 => Told::escalated(),
        8 => Told::asked(),
        9 => Told::bounced(),
        10 => Told::rerouted(),
        11 => disclosure::asked(),
        12 => Told::cooled(),
        13 => cooling::waiting(),
        _ => Told::proposed(),
    }
}

pub(super) fn drawn(dice: &mut Dice, length: u64) -> Vec<Happening> {
    (0..length).map(|_| (dice.below(u64::from(KINDS)) as u8, dice.below(256) as u8, dice.below(900_000) as i64, dice.below(2) == 0)).collect()
}

/// The house's workflow with one line changed: each rule taken away, each line with a condition taken away, and each word
/// after `then`, `from`, `says` and `phase` replaced by each other word.
fn changed() -> Vec<String> {
    let lines: Vec<&str> = MEDIATION.lines().collect();
    let mut texts = Vec::new();
    let mut with = |first: usize, last: usize, new: &str| {
        let kept = lines.iter().enumerate().filter(|(at, _)| *at < first || *at > last).map(|(_, line)| *line);
        let mut text: Vec<&str> = kept.collect();
        text.insert(first, new);
        texts.push(text.join("\n"));
    };
    for (at, line) in lines.iter().enumerate() {
        let key = line.split('=').next().unwrap_or_default().trim();
        let words: Vec<&str> = match key {
            "then" => WORKFLOW.states().chain(["back"]).collect(),
            "from" => super::super::words::ACTORS.to_vec(),
            "says" => Act::NAMES.to_vec(),
            "phase" => vec!["opening", "invitation", "agreement", "paused"],
            "if" | "unless" => {
                with(at, at, "");
                vec![]
            }
            _ if line.starts_with("[[") => {
                let end = lines.iter().enumerate().skip(at + 1).find(|(_, line)| line.starts_with('[')).map_or(lines.len(), |(end, _)| end);
                with(at, end - 1, "");
                vec![]
            }
            _ => vec![],
        };
        for word in words {
            with(at, at, &format!("{key} = \"{word}\""));
        }
    }
    texts
}

#[test]
fn no_accepted_change_of_the_workflow_breaks_an_invariant() {
    let mut dice = Dice::from_seed([5; 32]);
    let (mut accepted, mut refused) = (0, 0);
    let (cases, seed) = cases_and_seed();
    // One text of many in a run of its own, another one each time; all of them where more cases are asked for than usual.
    let every = if cases > USUAL { 1 } else { 24 };
    println!("CASES={cases} SEED={seed}");
    for text in changed().into_iter().skip(usize::try_from(seed % every).unwrap()).step_by(usize::try_from(every).unwrap()) {
        let Ok(workflow) = parse(&text) else {
            refused += 1;
            continue;
        };
        accepted += 1;
        for _ in 0..3 {
            let mut told = Told::opened_by(&workflow, true);
            told.invite();
            if dice.below(2) == 0 {
                told.mediate();
                told.propose(Role::Mediator);
            }
            run(&mut told, drawn(&mut dice, 25));
            assert_eq!(broken(&told), [], "SEED={seed}: {text}");
        }
    }
    assert!(accepted * every > 50 && refused * every > 500, "SEED={seed}: {accepted} accepted, {refused} refused");
}

/// What a number says that the environment may give.
fn number(name: &str, otherwise: u64) -> u64 {
    std::env::var(name).ok().and_then(|text| text.parse().ok()).unwrap_or(otherwise)
}

/// How many courses, and what chance begins with; another beginning each time, which is printed.
fn cases_and_seed() -> (u32, u64) {
    let fresh = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).map_or(1, |since| u64::from(since.subsec_nanos()));
    (u32::try_from(number("CASES", u64::from(USUAL))).unwrap(), number("SEED", fresh))
}

/// `CASES=100000 cargo test --lib whatever_happens` looks longer; `SEED` repeats what failed.
#[test]
fn whatever_happens_the_invariants_hold() {
    let (cases, seed) = cases_and_seed();
    let mut bytes = [0; 32];
    bytes[..8].copy_from_slice(&seed.to_be_bytes());
    let mut runner = TestRunner::new_with_rng(
        ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(cases) },
        TestRng::from_seed(RngAlgorithm::ChaCha, &bytes),
    );
    let course = proptest::collection::vec((any::<u8>(), any::<u8>(), 0i64..900_000, any::<bool>()), 0..60);
    println!("CASES={cases} SEED={seed}");
    let looked = runner.run(&(any::<bool>(), 0u8..16, course), |(complete, start, course)| {
        let mut told = beginning(start, complete);
        run(&mut told, course);
        let broken = broken(&told);
        prop_assert!(broken.is_empty(), "{:?}", broken);
        Ok(())
    });
    assert!(looked.is_ok(), "SEED={seed} finds it again: {}", looked.unwrap_err());
}
