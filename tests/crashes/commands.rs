//! The start and a command are cut short: a migration, an erasure, and the checkpoint that follows it.

use crate::ground::{Ground, Run, a_complaint_and_a_reply};
use crate::strace::{self, counts};
use elitige::store::Standing;
use std::time::Duration;

const SOON: Duration = Duration::from_secs(60);
/// What writes to a database, or makes it durable.
const WRITES: &str = "pwrite64,fsync,fdatasync,ftruncate,unlink";

#[test]
fn f21_during_a_checkpoint() {
    let ground = Ground::new(8, a_complaint_and_a_reply);
    let (run, reference) = ended(&ground);
    let (trace, file) = (strace::Trace::new(), run.database());
    assert!(run.command(&["case", "erase", &reference], &[], &trace.recording(WRITES, Some(&file))).succeeds(), "{}", run.last_words());
    let most = counts(&trace).get("pwrite64").copied().unwrap_or_default();
    assert!(most > 4, "an erasure folds the log into the file: {most} writes");
    let mut killed = 0;
    for (call, number) in [("pwrite64", 1), ("pwrite64", 2), ("pwrite64", most / 2), ("pwrite64", most), ("fsync", 1)] {
        let (run, reference) = ended(&ground);
        killed += usize::from(run.command(&["case", "erase", &reference], &[], &strace::killing(call, number, Some(&file))).was_killed(SOON));
        assert_eq!(run.faults_of_the_store(), Vec::<String>::new(), "{call} {number}");
        assert_eq!(run.references(Standing::Erased), [reference], "{call} {number}: it was committed before the log is folded");
    }
    println!("{killed} kills during a checkpoint of {most} writes, each time the store was whole");
    assert!(killed >= 4, "{killed}");
}

/// A service with one dispute, which has ended.
fn ended(ground: &Ground) -> (Run<'_>, String) {
    let run = ground.run();
    run.must_be_whole("nothing");
    run.closes_all();
    let reference = run.references(Standing::Closed).remove(0);
    (run, reference)
}

#[test]
fn f22_during_a_migration() {
    let ground = Ground::new(1, a_complaint_and_a_reply);
    let run = ground.run();
    run.must_be_whole("nothing");
    let mut killed = 0;
    for step in ["migration:1", "migrated:1"] {
        run.grows_younger();
        killed += usize::from(run.starts(&[("ELITIGE_DIE_AT", step)], &[]).was_killed(SOON));
        run.must_be_whole(&format!("F22 {step}"));
        assert!(run.is_migrated(), "{step}");
    }
    for (call, number) in [1, 2, 3, 5, 8].map(|number| ("pwrite64", number)).into_iter().chain([1, 2].map(|number| ("fsync", number))) {
        run.grows_younger();
        killed += usize::from(run.starts(&[], &strace::killing(call, number, None)).was_killed_before_its_end(SOON));
        run.must_be_whole(&format!("F22 {call} {number}"));
        assert!(run.is_migrated(), "{call} {number}");
    }
    println!("{killed} kills during a migration, 0 lost, 0 doubled");
    assert!(killed >= 5, "{killed}");
}

#[test]
fn f24_during_an_erasure() {
    let ground = Ground::new(12, a_complaint_and_a_reply);
    let mut killed = 0;
    let by_itself = ["erase:1", "erase committed:1"].map(|step| (vec![("ELITIGE_DIE_AT", step)], Vec::new()));
    let by_strace = [("pwrite64", 1), ("pwrite64", 20), ("fsync", 1), ("fsync", 2), ("ftruncate", 1)]
        .map(|(call, number)| (Vec::new(), strace::killing(call, number, None)));
    for (variables, before) in by_itself.into_iter().chain(by_strace) {
        let (run, reference) = ended(&ground);
        killed += usize::from(run.command(&["case", "erase", &reference], &variables, &before).was_killed(SOON));
        let what = format!("F24 {variables:?} {before:?}");
        let faults = run.faults_of_the_store();
        assert!(faults.is_empty(), "{what}: {faults:?}");
        let (closed, erased) = (run.references(Standing::Closed), run.references(Standing::Erased));
        assert_eq!(closed.len() + erased.len(), 1, "{what}: it is whole, or it is gone");
        if !closed.is_empty() {
            assert!(run.command(&["case", "erase", &reference], &[], &[]).succeeds(), "{what}: {}", run.last_words());
        }
        assert_eq!(run.references(Standing::Erased), [reference], "{what}");
        assert_eq!(run.faults_of_the_store(), Vec::<String>::new(), "{what}");
    }
    println!("{killed} kills during an erasure, each time the dispute was whole or gone");
    assert!(killed >= 5, "{killed}");
}
