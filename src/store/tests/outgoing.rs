//! Stories of letters on their way out.

use super::fixtures::*;
use crate::domain::{Channel, Role};
use crate::store::{Farthest, OutboxId, OutboxRow, Sent, Store, Wait};

async fn claim(store: &Store, node: &str, seconds: i64) -> Vec<OutboxRow> {
    store.claim(node, at(seconds), 10, 900).await.unwrap()
}

pub async fn a_letter_is_enqueued_once_and_delivered(store: &Store) {
    let dispute = dispute(1, 60);
    keep(store, &dispute).await;
    let mail = letter("one");
    let mut work = store.begin().await.unwrap();
    assert!(work.enqueue(Some(dispute.id), &mail, at(1)).await.unwrap());
    assert!(!work.enqueue(Some(dispute.id), &mail, at(1)).await.unwrap());
    work.commit().await.unwrap();
    assert_eq!(store.next_send().await.unwrap(), Some(at(1)));
    assert!(claim(store, "a", 0).await.is_empty());
    let rows = claim(store, "a", 1).await;
    let row = &rows[0];
    assert_eq!((rows.len(), row.dispute, row.attempt, row.uncertain), (1, Some(dispute.id), 1, 0));
    assert!(row.mail == mail);
    assert!(claim(store, "b", 2).await.is_empty());
    assert_eq!(store.next_send().await.unwrap(), Some(at(901)));
    assert!(store.dot_pending(row.id, "a", at(3)).await.unwrap());
    assert!(store.finish(row.id, "a", Sent::Delivered { reply_code: 250 }, at(4)).await.unwrap());
    assert!(!store.finish(row.id, "a", Sent::Delivered { reply_code: 250 }, at(4)).await.unwrap());
    assert_eq!(store.next_send().await.unwrap(), None);
    let delivered = store.outbox_list("delivered", 5).await.unwrap();
    assert_eq!((delivered[0].id, delivered[0].reply_code, delivered[0].dispute.as_ref()), (row.id, Some(250), Some(&dispute.reference)));
    assert_eq!(OutboxId::parse(&row.id.to_string()), Some(row.id));
}

pub async fn a_lost_lease_is_lost(store: &Store) {
    enqueue(store, None, &letter("one"), at(1)).await;
    let id = claim(store, "a", 1).await[0].id;
    assert!(!store.dot_pending(id, "b", at(2)).await.unwrap());
    assert!(!store.dot_pending(id, "a", at(901)).await.unwrap());
    let taken = claim(store, "b", 901).await;
    assert_eq!((taken[0].id, taken[0].attempt, taken[0].uncertain), (id, 2, 0));
    assert!(!store.dot_pending(id, "a", at(902)).await.unwrap());
    assert!(!store.finish(id, "a", Sent::Later { code: None, at: at(5) }, at(902)).await.unwrap());
    assert!(store.finish(id, "b", Sent::Untried { at: at(903) }, at(902)).await.unwrap());
    assert_eq!(claim(store, "b", 903).await[0].attempt, 2, "what was not tried does not count");
    assert!(store.dot_pending(id, "b", at(904)).await.unwrap());
    assert!(!store.finish(id, "b", Sent::Untried { at: at(905) }, at(904)).await.unwrap(), "past the dot it was tried");
}

pub async fn an_uncertain_letter_leaves_again_as_the_same_bytes(store: &Store) {
    let mail = letter("one");
    enqueue(store, None, &mail, at(1)).await;
    let id = claim(store, "a", 1).await[0].id;
    assert!(store.dot_pending(id, "a", at(2)).await.unwrap());
    assert!(store.finish(id, "a", Sent::Uncertain { at: at(100) }, at(3)).await.unwrap());
    assert!(claim(store, "a", 99).await.is_empty());
    let again = claim(store, "a", 100).await;
    assert!(again[0].mail == mail && again[0].uncertain == 1);
    // The process dies after the dot: whoever comes after the lease knows that it is uncertain.
    assert!(store.dot_pending(id, "a", at(101)).await.unwrap());
    assert!(claim(store, "b", 999).await.is_empty());
    let third = claim(store, "b", 1000).await;
    assert!(third[0].mail == mail && third[0].uncertain == 2 && third[0].attempt == 3);
}

pub async fn later_refused_stopped_and_sent_again(store: &Store) {
    for (name, seconds) in [("one", 1), ("two", 2), ("three", 3)] {
        enqueue(store, None, &letter(name), at(seconds)).await;
    }
    let rows = claim(store, "a", 10).await;
    assert_eq!(
        rows.iter().map(|row| row.mail.message_id.as_str().to_owned()).collect::<Vec<_>>(),
        ["one", "two", "three"].map(|name| format!("{name}@elitige.example"))
    );
    let [one, two, three] = [rows[0].id, rows[1].id, rows[2].id];
    assert!(store.finish(one, "a", Sent::Later { code: Some(451), at: at(70) }, at(11)).await.unwrap());
    let mut work = store.begin().await.unwrap();
    assert!(work.refuse(two, 550, at(12)).await.unwrap());
    assert!(!work.refuse(two, 550, at(12)).await.unwrap());
    work.commit().await.unwrap();
    assert!(!store.outbox_stop(three).await.unwrap());
    assert!(store.finish(three, "a", Sent::Later { code: None, at: at(80) }, at(11)).await.unwrap());
    assert!(store.outbox_stop(three).await.unwrap());
    assert_eq!(store.outbox_counts().await.unwrap(), vec![("queued", 1), ("leased", 0), ("dot-pending", 0), ("uncertain", 0), ("stopped", 1), ("refused", 1)]);
    assert_eq!(store.next_send().await.unwrap(), Some(at(70)));
    assert!(store.outbox_retry(three, at(60)).await.unwrap());
    assert!(store.outbox_retry(two, at(61)).await.unwrap());
    assert_eq!(claim(store, "a", 70).await.iter().map(|row| row.id).collect::<Vec<_>>(), vec![three, two, one]);
    assert!(!store.outbox_retry(one, at(60)).await.unwrap());
}

pub async fn letters_of_one_decision_are_claimed_in_its_order(store: &Store) {
    let names: Vec<String> = (0..12).map(|number| format!("n{number}")).collect();
    for part in names.chunks(6) {
        let mut work = store.begin().await.unwrap();
        for name in part {
            work.savepoint().await.unwrap();
            assert!(work.enqueue(None, &letter(&format!("undone-{name}")), at(1)).await.unwrap());
            work.rollback_to_savepoint().await.unwrap();
            assert!(work.enqueue(None, &letter(name), at(1)).await.unwrap());
        }
        work.commit().await.unwrap();
    }
    let claimed: Vec<String> = store.claim("a", at(2), 50, 900).await.unwrap().iter().map(|row| row.mail.message_id.as_str().to_owned()).collect();
    let decided: Vec<String> = names.iter().map(|name| format!("{name}@elitige.example")).collect();
    // Two decisions of one microsecond may stand in either order.
    let (first, second) = decided.split_at(6);
    assert!(claimed == decided || claimed == [second, first].concat(), "{claimed:?}");
}

pub async fn what_waits_for_the_operator_begins_anew(store: &Store) {
    enqueue(store, None, &letter("one"), at(1)).await;
    let row = claim(store, "a", 1).await.remove(0);
    assert!(!row.doubtful);
    let mut work = store.begin().await.unwrap();
    assert!(work.went_to(row.id, &address(&ADDRESS.to_uppercase())).await.unwrap());
    assert!(!work.went_to(row.id, &address("former@personal.example")).await.unwrap());
    drop(work);
    assert!(store.dot_pending(row.id, "a", at(2)).await.unwrap());
    assert!(store.finish(row.id, "a", Sent::Uncertain { at: at(50) }, at(3)).await.unwrap());
    let row = claim(store, "a", 50).await.remove(0);
    assert!(row.doubtful && row.uncertain == 1);
    assert!(!store.finish(row.id, "b", Sent::Stopped, at(51)).await.unwrap());
    assert!(store.finish(row.id, "a", Sent::Stopped, at(51)).await.unwrap());
    assert_eq!((store.next_send().await.unwrap(), store.check().await.unwrap()), (None, Vec::new()));
    for seconds in [100, 200] {
        assert!(store.outbox_retry(row.id, at(seconds)).await.unwrap());
        assert_eq!(store.check().await.unwrap(), Vec::<String>::new());
        let again = claim(store, "a", seconds).await.remove(0);
        assert_eq!((again.doubtful, again.uncertain, again.attempt, again.queued), (false, 1, 1, at(seconds)));
        let mut work = store.begin().await.unwrap();
        assert!(work.refuse(row.id, 0, at(seconds + 1)).await.unwrap());
        work.commit().await.unwrap();
        assert_eq!(store.outbox_list("refused", 5).await.unwrap()[0].reply_code, Some(0));
    }
}

pub async fn our_letters_are_found_again(store: &Store) {
    let dispute = dispute(1, 60);
    keep(store, &dispute).await;
    enqueue(store, Some(dispute.id), &letter("one"), at(1)).await;
    let mut work = store.begin().await.unwrap();
    let found = work.by_message_id(&letter("one").message_id).await.unwrap().unwrap();
    assert_eq!((found.dispute, found.role, found.channel), (Some(dispute.id), Role::Consumer, Channel::ConsumerPrivate));
    assert_eq!(work.by_message_id(&letter("two").message_id).await.unwrap(), None);
    assert_eq!(work.by_envelope(&address("Bounces+ABC@elitige.example")).await.unwrap(), Some(found));
    assert_eq!(work.by_envelope(&address("bounces+abd@elitige.example")).await.unwrap(), None);
    assert_eq!((work.letters_sent(&address(ADDRESS), at(1), 9).await.unwrap(), work.letters_sent(&address(ADDRESS), at(2), 9).await.unwrap()), (1, 0));
    assert!(work.letter_sent(dispute.id, Role::Consumer, "acknowledgement", at(1)).await.unwrap());
    assert!(!work.letter_sent(dispute.id, Role::Merchant, "acknowledgement", at(1)).await.unwrap());
    assert!(!work.letter_sent(dispute.id, Role::Consumer, "acknowledgement", at(2)).await.unwrap());
}

pub async fn two_nodes_never_claim_the_same(store: &Store) {
    for number in 0..60 {
        enqueue(store, None, &letter(&format!("n{number}")), at(1)).await;
    }
    let mut nodes = tokio::task::JoinSet::new();
    for node in ["a", "b", "c", "d"] {
        let store = store.clone();
        nodes.spawn(async move {
            let mut mine = Vec::new();
            while store.next_send().await.unwrap() == Some(at(1)) {
                mine.extend(store.claim(node, at(2), 7, 900).await.unwrap().into_iter().map(|row| row.id));
            }
            mine
        });
    }
    let mut all: Vec<OutboxId> = nodes.join_all().await.into_iter().flatten().collect();
    all.sort_unstable();
    all.dedup();
    assert_eq!(all.len(), 60);
}

pub async fn what_waits_for_a_mediator_leaves_when_its_dispute_lets_it_and_by_nobody_else(store: &Store) {
    let mail = letter("withheld");
    let mut work = store.begin().await.unwrap();
    assert!(work.enqueue(None, &mail, at(1)).await.unwrap());
    work.withhold(&mail.message_id, at(1)).await.unwrap();
    work.commit().await.unwrap();
    assert!(claim(store, "a", 1_000_000).await.is_empty() && store.next_send().await.unwrap().is_none());
    let listed = store.outbox_list("stopped", 9).await.unwrap();
    assert_eq!(listed.iter().map(|row| row.waits.as_deref()).collect::<Vec<_>>(), [Some("withheld")]);
    let id = listed[0].id;
    assert!(!store.outbox_retry(id, at(2)).await.unwrap() && !store.outbox_stop(id).await.unwrap(), "no operator gets past it");
    for seconds in [50, 60] {
        let mut work = store.begin().await.unwrap();
        work.pass_on(&mail.message_id, at(seconds)).await.unwrap();
        work.commit().await.unwrap();
    }
    let claimed = claim(store, "a", 70).await;
    assert_eq!(claimed.iter().map(|row| (row.id, row.mail.clone(), row.queued)).collect::<Vec<_>>(), [(id, mail.clone(), at(50))], "the same bytes, once");
    let mut work = store.begin().await.unwrap();
    work.pass_on(&mail.message_id, at(80)).await.unwrap();
    work.commit().await.unwrap();
    assert!(claim(store, "b", 90).await.is_empty(), "what is on its way is not sent again");
}

pub async fn what_a_clock_that_was_ahead_put_off_is_brought_back(store: &Store) {
    let (year, farthest) = (at(365 * 86_400), Farthest { letter: at(2 * 86_400), digest: at(15 * 86_400) });
    for name in ["far", "unknown", "soon"] {
        enqueue(store, None, &letter(name), at(1)).await;
    }
    let rows = claim(store, "a", 1).await;
    store.dot_pending(rows[1].id, "a", at(1)).await.unwrap();
    for (row, sent) in
        rows.iter().zip([Sent::Later { code: Some(450), at: year }, Sent::Uncertain { at: year }, Sent::Later { code: Some(450), at: at(86_400) }])
    {
        assert!(store.finish(row.id, "a", sent, at(2)).await.unwrap());
    }
    let mut work = store.begin().await.unwrap();
    work.tell_at(year).await.unwrap();
    work.set_brake(&rows[0], Wait::Address, year, Some(year)).await.unwrap();
    work.commit().await.unwrap();
    assert_eq!(store.bring_back(farthest, at(50), at(10)).await.unwrap(), 4);
    assert_eq!(store.bring_back(farthest, at(50), at(10)).await.unwrap(), 0, "once is enough");
    assert_eq!(store.digest_due().await.unwrap(), Some(at(50)));
    let mut work = store.begin().await.unwrap();
    assert_eq!(work.brake(&rows[0], Wait::Address).await.unwrap(), Some((at(10), None)));
    work.commit().await.unwrap();
    let due: Vec<OutboxId> = claim(store, "a", 10).await.iter().map(|row| row.id).collect();
    assert!(due.len() == 2 && due.contains(&rows[0].id) && due.contains(&rows[1].id), "what waits for a day goes on waiting");
    assert_eq!(store.last_settled().await.unwrap(), None);
    let mail = received(store, 1, b"mail").await;
    settle(store, mail, &settlement(crate::domain::MailOutcome::Own, None)).await;
    assert!(store.last_settled().await.unwrap().is_some());
}
