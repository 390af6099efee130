//! Stories of disputes and units of work.

use super::fixtures::*;
use crate::domain::{Channel, Charter, Dice, Digest, MailOutcome, Role};
use crate::store::{ReceiptState, Standing, Store, StoreError};

pub async fn a_dispute_is_saved_found_and_saved_again(store: &Store) {
    let first = dispute(1, 60);
    keep(store, &first).await;
    assert_eq!(store.dispute(first.id).await.unwrap().unwrap(), first);
    let mut second = next(&first);
    second.merchant = Some(person(Role::Merchant, "shop@merchant.example", &mut Dice::from_seed([77; 32])));
    second.consumer.address = address("new@personal.example");
    second.consumer.token = second.merchant.as_ref().unwrap().token.clone();
    second.merchant.as_mut().unwrap().token = crate::domain::Token::fresh(&mut Dice::from_seed([78; 32]));
    keep(store, &second).await;
    let mut work = store.begin().await.unwrap();
    assert_eq!(work.dispute(first.id).await.unwrap().unwrap(), second);
    assert_eq!(work.by_reference(&first.reference).await.unwrap(), Some(first.id));
    assert_eq!(work.by_reference(&dispute(9, 1).reference).await.unwrap(), None);
    assert_eq!(work.by_token(&first.consumer.token).await.unwrap(), None);
    let bound = work.by_token(&second.consumer.token).await.unwrap().unwrap();
    assert_eq!((bound.dispute, bound.role, bound.channel, bound.open), (first.id, Role::Consumer, Channel::ConsumerPrivate, true));
    assert_eq!(work.by_address(&first.consumer.address).await.unwrap(), Vec::new());
    assert_eq!(work.by_address(&address("SHOP@merchant.example")).await.unwrap(), vec![(first.id, Role::Merchant, true)]);
    assert_eq!(work.open_of(&address("SHOP@merchant.example"), 1).await.unwrap(), Some(vec![(first.id, Role::Merchant)]));
    assert_eq!(work.open_of(&address("SHOP@merchant.example"), 0).await.unwrap(), None, "there are more than that");
    assert_eq!(work.opened_by(&second.consumer.address, first.opened).await.unwrap(), 1);
    assert_eq!(work.opened_by(&second.consumer.address, first.opened.plus_seconds(1)).await.unwrap(), 0);
    assert_eq!(work.opened_by(&address("shop@merchant.example"), at(-99)).await.unwrap(), 0);
    let third = closed(&second);
    put(&mut work, &third).await;
    assert!(!work.by_token(&third.consumer.token).await.unwrap().unwrap().open);
    work.commit().await.unwrap();
    assert_eq!((store.list(Standing::Open, 9).await.unwrap().len(), store.list(Standing::Closed, 9).await.unwrap()[0].id), (0, first.id));
    let journal = store.journal(first.id).await.unwrap();
    assert_eq!(journal.iter().map(|one| (one.seq, one.version, one.sound)).collect::<Vec<_>>(), vec![(1, 1, true), (2, 2, true), (3, 3, true)]);
    assert_eq!(journal[0].entry.as_ref().unwrap(), &entry("put"));
    assert_eq!(format!("{:?}", journal[0].entry), "Some(JournalEntry(consumer complaint))");
}

pub async fn two_decisions_on_one_version(store: &Store) {
    let first = dispute(1, 60);
    keep(store, &first).await;
    let mut work = store.begin().await.unwrap();
    assert!(matches!(work.save(&first).await, Err(StoreError::Stale)));
    assert!(matches!(work.save(&next(&next(&first))).await, Err(StoreError::Stale)));
    let taken = crate::domain::Dispute { reference: first.reference.clone(), ..dispute(2, 60) };
    assert!(matches!(work.save(&taken).await, Err(StoreError::ReferenceTaken)));
    assert!(matches!(work.save(&next(&dispute(3, 60))).await, Err(StoreError::NoDispute)));
    drop(work);
    let mut tasks = tokio::task::JoinSet::new();
    for _ in 0..8 {
        let (store, id) = (store.clone(), first.id);
        tasks.spawn(async move {
            loop {
                let now = store.dispute(id).await.unwrap().unwrap();
                let mut work = store.begin().await.unwrap();
                match work.save(&next(&now)).await {
                    Ok(()) => {
                        work.journal(id, &entry("race")).await.unwrap();
                        return work.commit().await.unwrap();
                    }
                    Err(StoreError::Stale) => {}
                    Err(error) => panic!("{error}"),
                }
            }
        });
    }
    tasks.join_all().await;
    assert_eq!(store.dispute(first.id).await.unwrap().unwrap().version, 9);
    assert_eq!(store.journal(first.id).await.unwrap().len(), 9);
}

pub async fn clocks_wake_the_oldest_first(store: &Store) {
    assert_eq!(store.next_wake().await.unwrap(), None);
    let (late, early) = (dispute(1, 200), dispute(2, 100));
    keep(store, &late).await;
    keep(store, &early).await;
    assert_eq!(store.next_wake().await.unwrap(), Some(at(100)));
    assert_eq!(store.due(at(99), 9).await.unwrap(), Vec::new());
    assert_eq!(store.due(at(200), 9).await.unwrap(), vec![early.id, late.id]);
    assert_eq!(store.due(at(200), 1).await.unwrap(), vec![early.id]);
    let mut work = store.begin().await.unwrap();
    work.postpone(early.id, at(300)).await.unwrap();
    work.commit().await.unwrap();
    assert_eq!(store.due(at(200), 1).await.unwrap(), vec![late.id]);
    keep(store, &closed(&late)).await;
    assert_eq!(store.due(at(999), 9).await.unwrap(), vec![early.id]);
}

pub async fn a_mark_is_gone_back_to(store: &Store) {
    let letters = [received(store, 1, b"1").await, received(store, 2, b"2").await];
    let (good, bad) = (dispute(1, 60), dispute(2, 60));
    let mut work = store.begin().await.unwrap();
    work.release_savepoint().await.unwrap();
    work.savepoint().await.unwrap();
    work.save(&bad).await.unwrap();
    work.settle(letters[0], &settlement(MailOutcome::Opened, Some(bad.id)), at(2)).await.unwrap();
    work.rollback_to_savepoint().await.unwrap();
    work.release_savepoint().await.unwrap();
    assert!(matches!(work.enqueue(Some(bad.id), &letter("x"), at(2)).await, Err(StoreError::NoDispute)));
    work.savepoint().await.unwrap();
    put(&mut work, &good).await;
    // A statement that the database itself refuses (the same token twice) harms only what stands after the mark.
    work.savepoint().await.unwrap();
    let twin = crate::domain::Dispute { consumer: good.consumer.clone(), ..dispute(3, 60) };
    let refused = match work.save(&twin).await {
        // At the latest when something is read.
        Ok(()) => work.dispute(twin.id).await.map(|_| ()),
        at_once => at_once,
    };
    assert!(matches!(refused, Err(StoreError::Database(_))));
    work.rollback_to_savepoint().await.unwrap();
    work.savepoint().await.unwrap();
    work.settle(letters[1], &settlement(MailOutcome::Opened, Some(good.id)), at(2)).await.unwrap();
    work.release_savepoint().await.unwrap();
    work.commit().await.unwrap();
    assert!(store.dispute(bad.id).await.unwrap().is_none());
    assert!(store.dispute(good.id).await.unwrap().is_some());
    assert_eq!(store.unsettled(9).await.unwrap()[0].letter, letters[0]);
    // Dropped, a unit of work leaves nothing.
    let mut work = store.begin().await.unwrap();
    put(&mut work, &bad).await;
    drop(work);
    assert!(store.dispute(bad.id).await.unwrap().is_none());
}

pub async fn a_change_without_an_entry_is_not_committed(store: &Store) {
    let first = dispute(1, 60);
    let mut work = store.begin().await.unwrap();
    work.save(&first).await.unwrap();
    assert!(matches!(work.commit().await, Err(StoreError::Unjournaled)));
    let mut work = store.begin().await.unwrap();
    put(&mut work, &first).await;
    work.save(&next(&first)).await.unwrap();
    assert!(matches!(work.commit().await, Err(StoreError::Unjournaled)));
    assert!(store.dispute(first.id).await.unwrap().is_none());
    let mut work = store.begin().await.unwrap();
    assert!(matches!(work.journal(first.id, &entry("nowhere")).await, Err(StoreError::NoDispute)));
}

/// What does not hold is an error at once; for many, it is one at the commit.
pub async fn nothing_is_committed_that_was_promised_in_vain(store: &Store) {
    type Check = fn() -> Result<(), &'static str>;
    const KEPT: Check = || Ok(());
    const BROKEN: Check = || Err("it does not hold");
    let mut work = store.begin().await.unwrap();
    assert_eq!((work.promise(KEPT), work.promise(BROKEN)), (Ok(()), Err("it does not hold")));
    drop(work);
    let first = dispute(1, 60);
    let fails: Check = || panic!("a check that breaks down");
    for broken in [BROKEN, fails] {
        let mut work = store.begin().await.unwrap().for_many();
        put(&mut work, &first).await;
        assert_eq!((work.promise(KEPT), work.promise(broken), work.promise(KEPT)), (Ok(()), Ok(()), Ok(())));
        assert!(matches!(work.commit().await, Err(StoreError::Unkept)));
        assert!(store.dispute(first.id).await.unwrap().is_none());
    }
    let mut work = store.begin().await.unwrap().for_many();
    work.savepoint().await.unwrap();
    put(&mut work, &first).await;
    assert!(matches!(work.rollback_to_savepoint().await, Err(StoreError::Unkept)), "there is no way back for one alone");
    drop(work);
    assert!(store.dispute(first.id).await.unwrap().is_none());
    let mut work = store.begin().await.unwrap().for_many();
    work.savepoint().await.unwrap();
    put(&mut work, &first).await;
    work.release_savepoint().await.unwrap();
    work.promise(KEPT).unwrap();
    work.commit().await.unwrap();
    assert!(store.dispute(first.id).await.unwrap().is_some());
}

pub async fn an_erased_dispute_leaves_nothing(store: &Store) {
    let (gone, stays) = (dispute(1, 60), dispute(2, 60));
    keep(store, &gone).await;
    keep(store, &stays).await;
    enqueue(store, Some(gone.id), &letter("gone"), at(1)).await;
    enqueue(store, Some(stays.id), &letter("stays"), at(1)).await;
    store.erase(gone.id).await.unwrap();
    assert!(matches!(store.erase(gone.id).await, Err(StoreError::NoDispute)));
    assert!(store.dispute(gone.id).await.unwrap().is_none());
    assert!(store.dispute(stays.id).await.unwrap().is_some());
    assert_eq!(store.by_reference(&gone.reference).await.unwrap(), Some(gone.id));
    let journal = store.journal(gone.id).await.unwrap();
    assert!(journal.len() == 1 && journal[0].sound && journal[0].entry.is_none());
    let claimed = store.claim("a", at(2), 9, 900).await.unwrap();
    assert_eq!(claimed.iter().map(|row| row.dispute).collect::<Vec<_>>(), vec![Some(stays.id)]);
    let mut work = store.begin().await.unwrap();
    assert_eq!(work.by_token(&gone.consumer.token).await.unwrap(), None);
    assert_eq!(work.by_message_id(&letter("gone").message_id).await.unwrap(), None);
    assert_eq!(work.by_address(&gone.consumer.address).await.unwrap().len(), 1);
    assert!(matches!(work.save(&next(&gone)).await, Err(StoreError::NoDispute)));
}

pub async fn rules_are_kept_once(store: &Store) {
    let digest = Digest::of(b"rules");
    assert_eq!(store.rules(&digest).await.unwrap(), None);
    store.keep_rules(&digest, "mediation", "text").await.unwrap();
    store.keep_rules(&digest, "mediation", "another text").await.unwrap();
    assert_eq!(store.rules(&digest).await.unwrap().unwrap(), "text");
}

pub async fn charters_are_kept_with_every_byte(store: &Store) {
    let file = |text: &str| format!("Version: 1\n\n{text}\n");
    let charter = Charter::new(file("Charte"), file("ميثاق"), file("Charter")).unwrap();
    let digest = charter.edition().digest;
    assert_eq!(store.charter(&digest).await.unwrap(), None);
    store.keep_charter(&charter).await.unwrap();
    store.keep_charter(&charter).await.unwrap();
    assert_eq!(store.charter(&digest).await.unwrap(), Some(charter));
    for (digits, found) in [(&digest.hex()[..8], vec![digest]), (&digest.hex(), vec![digest]), ("ffffffff", Vec::new()), ("00000000", Vec::new())] {
        assert_eq!(store.charters_beginning(digits).await.unwrap(), found, "{digits}");
    }
}

/// Callers that are dropped in the middle of begin or commit: afterwards, what is committed is seen by others (sqlx 0.9 lost such writes).
pub async fn dropped_callers_harm_nobody(store: &Store) {
    for turn in 0..60u64 {
        let one = store.clone();
        let caller = tokio::spawn(async move {
            let mut work = one.begin().await?;
            work.enqueue(None, &letter(&format!("dropped-{turn}")), at(1)).await?;
            work.commit().await
        });
        tokio::time::sleep(std::time::Duration::from_micros(turn * 40)).await;
        caller.abort();
        caller.await.ok();
        let bytes = turn.to_be_bytes();
        let receipts = store.receive(&[arrival("INBOX", 1, turn as u32 + 1, &bytes)]).await.unwrap();
        assert_eq!(receipts[0].state, ReceiptState::New { attempts: 1 });
        assert_eq!(store.raw(receipts[0].letter).await.unwrap().unwrap(), bytes);
    }
    assert_eq!(store.unsettled(100).await.unwrap().len(), 60);
}
