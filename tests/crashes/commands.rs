//! The start and a command are cut short: a migration, a checkpoint, an erasure.

use crate::ground::{Ground, Run, a_complaint_and_a_reply};
use crate::strace::{self, counts};
use elitige::store::Standing;
use std::time::Duration;

const SOON: Duration = Duration::from_secs(60);
/// What writes to a database, or makes it durable.
const WRITES: &str = "pwrite64,fsync,fdatasync,ftruncate,unlink";

#[test]
fn f21_during_a_checkpoint() {
    let ground = Ground::new(40, a_complaint_and_a_reply);
    let dies = |run: &Run<'_>, before: &[String]| run.starts(&[], before).is_killed_before_its_end(SOON);
    let run = ground.run();
    let trace = strace::Trace::new();
    assert!(!dies(&run, &trace.recording(WRITES, Some(&run.database()))), "{}", run.last_words());
    let most = counts(&trace).get("pwrite64").copied().unwrap_or_default();
    assert!(most > 4, "folding the log into the file writes to the file: {most}");
    let mut killed = 0;
    for (call, number) in [("pwrite64", 1), ("pwrite64", 2), ("pwrite64", most / 2), ("pwrite64", most), ("fsync", 1)] {
        let run = ground.run();
        killed += usize::from(dies(&run, &strace::killing(call, number, Some(&run.database()))));
        run.must_be_whole(&format!("F21 {call} {number} on the main file"));
    }
    println!("{killed} kills during a checkpoint of {most} writes, 0 lost, 0 doubled");
    assert!(killed >= 4, "{killed}");
}

#[test]
fn f22_during_a_migration() {
    let ground = Ground::new(1, a_complaint_and_a_reply);
    let run = ground.run();
    run.must_be_whole("nothing");
    let mut killed = 0;
    for step in ["migration:1", "migrated:1"] {
        run.grows_younger();
        killed += usize::from(run.starts(&[("ELITIGE_DIE_AT", step)], &[]).is_killed(SOON));
        run.must_be_whole(&format!("F22 {step}"));
        assert!(run.is_migrated(), "{step}");
    }
    for (call, number) in (1..=12).map(|number| ("pwrite64", number)).chain((1..=4).map(|number| ("fsync", number))) {
        run.grows_younger();
        killed += usize::from(run.starts(&[], &strace::killing(call, number, None)).is_killed_before_its_end(SOON));
        run.must_be_whole(&format!("F22 {call} {number}"));
        assert!(run.is_migrated(), "{call} {number}");
    }
    println!("{killed} kills during a migration, 0 lost, 0 doubled");
    assert!(killed >= 8, "{killed}");
}

#[test]
fn f24_during_an_erasure() {
    let ground = Ground::new(12, a_complaint_and_a_reply);
    let mut killed = 0;
    let by_itself = ["erase:1", "erase committed:1"].map(|step| (vec![("ELITIGE_DIE_AT", step)], Vec::new()));
    let by_strace = [("pwrite64", 1), ("pwrite64", 3), ("pwrite64", 20), ("pwrite64", 40), ("fsync", 1), ("fsync", 2), ("ftruncate", 1)]
        .map(|(call, number)| (Vec::new(), strace::killing(call, number, None)));
    for (variables, before) in by_itself.into_iter().chain(by_strace) {
        let run = ground.run();
        run.must_be_whole("nothing");
        let reference = run.references(Standing::Open).remove(0);
        run.closes_all();
        killed += usize::from(run.command(&["case", "erase", &reference], &variables, &before).is_killed(SOON));
        let what = format!("F24 {variables:?} {before:?}");
        let faults = run.faults_of_the_store();
        assert!(faults.is_empty(), "{what}: {faults:?}");
        let (closed, erased) = (run.references(Standing::Closed), run.references(Standing::Erased));
        assert_eq!([closed.clone(), erased].concat(), [reference.clone()], "{what}: it is whole, or it is gone");
        if !closed.is_empty() {
            assert!(run.command(&["case", "erase", &reference], &[], &[]).succeeds(), "{what}: {}", run.last_words());
        }
        assert_eq!(run.references(Standing::Erased), [reference], "{what}");
        assert_eq!(run.faults_of_the_store(), Vec::<String>::new(), "{what}");
    }
    println!("{killed} kills during an erasure, each time the dispute was whole or gone");
    assert!(killed >= 6, "{killed}");
}
