//! Each checker has a story in which it must find something.

use super::challenges;
use super::fixtures::*;
use crate::domain::{HeldReason, MailOutcome};
use crate::store::{Sent, Store};
use sqlx::AssertSqlSafe;

/// Something that no unit of work would do.
async fn tamper(store: &Store, statement: &str) {
    let done = sqlx::query(AssertSqlSafe(statement.to_owned())).execute(&store.inner.writer).await.unwrap();
    assert!(done.rows_affected() > 0, "{statement}");
}

pub async fn broken_chains_are_found(store: &Store) {
    let mut all = Vec::new();
    for seed in 1..=6 {
        let first = dispute(seed, 60);
        keep(store, &first).await;
        keep(store, &next(&first)).await;
        keep(store, &next(&next(&first))).await;
        all.push(first.id.hex());
    }
    assert_eq!(store.verify().await.unwrap().entries, 18);
    let changes = [
        "UPDATE journal SET sealed = hash WHERE dispute = '{}' AND seq = 2",
        "DELETE FROM journal WHERE dispute = '{}' AND seq = 3",
        "DELETE FROM journal WHERE dispute = '{}' AND seq = 2",
        "UPDATE journal SET version = 7 WHERE dispute = '{}' AND seq = 1",
        "UPDATE journal SET seq = 9 WHERE dispute = '{}' AND seq = 3",
        "DELETE FROM dispute_keys WHERE dispute = '{}'",
    ];
    for (dispute, change) in all.iter().zip(changes) {
        tamper(store, &change.replace("{}", dispute)).await;
        let faults = store.verify().await.unwrap().faults;
        assert!(faults.iter().any(|fault| fault.contains(dispute)), "{change}: {faults:?}");
    }
}

pub async fn impossible_states_are_found(store: &Store) {
    let dispute = dispute(1, 60);
    keep(store, &dispute).await;
    let letters = [received(store, 1, b"1").await, received(store, 2, b"2").await, received(store, 3, b"3").await];
    settle(store, letters[0], &settlement(MailOutcome::Noted, Some(dispute.id))).await;
    settle(store, letters[1], &settlement(MailOutcome::Held(HeldReason::Closed), None)).await;
    for name in ["waits", "leased", "over"] {
        enqueue(store, Some(dispute.id), &letter(name), at(1)).await;
        if name != "waits" {
            let id = store.claim("a", at(1), 1, 900).await.unwrap()[0].id;
            if name == "over" {
                store.finish(id, "a", Sent::Delivered { reply_code: 250 }, at(2)).await.unwrap();
            }
        }
    }
    challenges::put_one(store, &dispute, 1).await;
    assert_eq!(store.check().await.unwrap(), Vec::<String>::new());
    let changes = [
        ("UPDATE challenges SET ended = 5", "has an end"),
        ("UPDATE challenges SET state = 'denied'", "is still kept"),
        ("UPDATE challenges SET question = token", "No letter asked"),
        ("UPDATE letters SET outcome = NULL WHERE number = 1", "has no outcome"),
        ("UPDATE letters SET settled = 1 WHERE number = 3", "not settled and has an outcome"),
        ("UPDATE letters SET attempts = 0 WHERE number = 3", "nobody ever set about it"),
        ("DELETE FROM sightings WHERE letter = 3", "where it lies"),
        ("DELETE FROM letter_bytes WHERE letter = 3", "has no bytes"),
        ("UPDATE letters SET note = NULL WHERE number = 2", "without a note"),
        ("UPDATE letters SET held = 'conflict' WHERE number = 2", "held for no reason"),
        ("UPDATE letters SET outcome = 'noted', dispute = NULL WHERE number = 1", "not known in which"),
        ("UPDATE letters SET dispute = NULL WHERE number = 1", "for another dispute"),
        ("UPDATE letters SET raw_key = NULL WHERE number = 1", "bytes and no key"),
        ("UPDATE letters SET dispute = (SELECT id FROM disputes) WHERE number = 1", "nothing"),
        ("UPDATE counters SET value = 1", "beyond the counter"),
        ("UPDATE sightings SET letter = 3, state = 'filed' WHERE uid = 2", "filed away before"),
        ("UPDATE sightings SET filed = 1 WHERE uid = 1", "filed at no time"),
        ("UPDATE outbox SET node = NULL WHERE state = 'leased'", "without a lease"),
        ("UPDATE outbox SET due = NULL WHERE state = 'queued'", "will ever look"),
        ("UPDATE outbox SET due = 1 WHERE state = 'delivered'", "has a time at which"),
        ("UPDATE outbox SET node = 'a' WHERE state = 'delivered'", "a node holds it"),
        ("UPDATE outbox SET finished = NULL WHERE state = 'delivered'", "ended at no time"),
        ("UPDATE outbox SET state = 'uncertain' WHERE state = 'queued'", "was not counted"),
        ("DELETE FROM outbox_bytes WHERE id IN (SELECT id FROM outbox WHERE state = 'delivered')", "has no letter"),
        ("UPDATE disputes SET wake = NULL", "wait for ever"),
        ("UPDATE disputes SET state = 'agreed'", "something else than its row"),
        ("UPDATE journal_heads SET version = 5", "another version"),
        ("UPDATE journal_heads SET seq = 5", "does not end"),
        ("UPDATE people SET standing = 0", "marked open"),
        ("DELETE FROM people", "Nobody is known"),
        ("DELETE FROM dispute_keys", "has no key"),
        ("UPDATE disputes SET standing = 'erased'", "erased and not empty"),
        ("UPDATE disputes SET wake = 5", "clock still runs"),
        ("UPDATE disputes SET sealed = NULL", "something of it is left"),
    ];
    for (change, expected) in changes {
        tamper(store, change).await;
        let faults = store.check().await.unwrap();
        assert!(expected == "nothing" || faults.iter().any(|fault| fault.contains(expected)), "{change}: {faults:#?}");
    }
}

pub async fn a_letter_that_does_not_open_stops_alone(store: &Store) {
    enqueue(store, None, &letter("bad"), at(1)).await;
    enqueue(store, None, &letter("good"), at(2)).await;
    tamper(store, "UPDATE outbox_bytes SET sealed = (SELECT message_id FROM outbox LIMIT 1) WHERE id = (SELECT id FROM outbox ORDER BY due LIMIT 1)").await;
    let claimed = store.claim("a", at(3), 9, 900).await.unwrap();
    assert!(claimed.len() == 1 && claimed[0].mail == letter("good"));
    assert_eq!(store.outbox_list("stopped", 9).await.unwrap().len(), 1);
    assert!(store.next_send().await.unwrap() == Some(at(903)));
}
