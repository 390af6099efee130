//! What the operator was told of the service, and what its health is told from.

use super::fixtures::{at, enqueue, letter};
use crate::store::Store;

pub async fn the_operator_is_told_once_each_time(store: &Store) {
    assert_eq!(store.alarm("main").await.unwrap(), None);
    let mut work = store.begin().await.unwrap();
    assert!(!work.end_alarm("main", at(1)).await.unwrap(), "nothing was wrong");
    assert!(work.ring("main", at(1), at(2)).await.unwrap());
    assert!(!work.ring("main", at(1), at(3)).await.unwrap(), "it is told already");
    assert!(work.ring("other", at(3), at(3)).await.unwrap(), "another node tells for itself");
    work.commit().await.unwrap();
    let told = store.alarm("main").await.unwrap().unwrap();
    assert_eq!((told.ringing, told.since, told.told), (true, at(1), at(2)));
    let mut work = store.begin().await.unwrap();
    assert!(work.end_alarm("main", at(9)).await.unwrap());
    assert!(!work.end_alarm("main", at(9)).await.unwrap());
    work.commit().await.unwrap();
    assert!(!store.alarm("main").await.unwrap().unwrap().ringing);
    let mut work = store.begin().await.unwrap();
    assert!(work.ring("main", at(20), at(25)).await.unwrap(), "it rings again");
    work.commit().await.unwrap();
    let told = store.alarm("main").await.unwrap().unwrap();
    assert_eq!((told.ringing, told.since, told.told), (true, at(20), at(25)));
}

pub async fn the_vitals_are_counted(store: &Store) {
    let empty = store.vitals(at(5)).await.unwrap();
    assert_eq!((empty.held, empty.letter_due), (0, None));
    enqueue(store, None, &letter("first"), at(10)).await;
    enqueue(store, None, &letter("second"), at(20)).await;
    let vitals = store.vitals(at(30)).await.unwrap();
    assert_eq!(vitals.letter_due, Some(at(10)));
    assert_eq!(vitals.letters.iter().find(|(state, _)| *state == "queued"), Some(&("queued", 2)));
    assert_eq!(store.vitals(at(5)).await.unwrap().letter_due, None, "nothing may leave yet");
}
