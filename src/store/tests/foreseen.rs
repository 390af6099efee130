//! Stories of what is asked for ahead.

use super::fixtures::*;
use crate::domain::{Channel, Digest, MailOutcome, MessageId, Reference, Role};
use crate::store::{LetterNumber, Outlook, Store, Work};

/// What can be asked about the mail of a newcomer, in words.
async fn told(work: &mut Work, letter: LetterNumber) -> String {
    let (sender, body) = (address(ADDRESS), Digest::of(WORDS.as_bytes()));
    let answered = MessageId::parse("<one@personal.example>").unwrap();
    let copies: Vec<LetterNumber> = work.copies(&sender, &body, None).await.unwrap().iter().map(|copy| copy.letter).collect();
    format!(
        "{:?} {copies:?} {:?} {:?} {:?} {:?} {:?} {:?}",
        work.received_from(&sender, (at(-9), 5), (at(-9), 5)).await.unwrap(),
        work.by_address(&sender).await.unwrap(),
        work.open_of(&sender, 3).await.unwrap(),
        work.opened_by(&sender, at(-9)).await.unwrap(),
        work.by_received_message_id(&answered).await.unwrap(),
        work.by_message_id(&answered).await.unwrap(),
        work.outcome_of(letter).await.unwrap(),
    )
}

async fn foresee(work: &mut Work, letter: LetterNumber) {
    let (sender, body) = (address(ADDRESS), Digest::of(WORDS.as_bytes()));
    let answered = MessageId::parse("<one@personal.example>").unwrap();
    let token = dispute(1, 60).consumer.token;
    let outlook = Outlook {
        letter,
        sender: &sender,
        body: &body,
        answered: vec![&answered, &answered],
        tokens: vec![token],
        counted: [(at(-9), 5), (at(-9), 5)],
        open_at: at(1),
        newcomer: Some((at(-9), 3)),
    };
    work.foresee(&outlook).await.unwrap();
}

/// Whatever is written, and whatever is undone, the answers are those of whoever asks for the first time.
pub async fn what_was_foreseen_is_no_longer_known_once_it_changed(store: &Store) {
    let mail = received(store, 1, b"mail").await;
    let first = dispute(1, 60);
    let mut work = store.begin().await.unwrap();
    foresee(&mut work, mail).await;
    let before = told(&mut work, mail).await;
    work.savepoint().await.unwrap();
    foresee(&mut work, mail).await;
    put(&mut work, &first).await;
    assert!(work.by_token(&first.consumer.token).await.unwrap().is_some(), "what was saved here is found");
    assert_eq!(work.by_address(&first.consumer.address).await.unwrap(), vec![(first.id, Role::Consumer, true)]);
    foresee(&mut work, mail).await;
    work.settle(mail, &settlement(MailOutcome::Opened, Some(first.id)), at(2)).await.unwrap();
    assert!(work.settle(mail, &settlement(MailOutcome::Opened, None), at(2)).await.is_err(), "it has its outcome");
    let after = told(&mut work, mail).await;
    assert_ne!(before, after);
    foresee(&mut work, mail).await;
    assert_eq!(told(&mut work, mail).await, after);
    work.rollback_to_savepoint().await.unwrap();
    assert_eq!(told(&mut work, mail).await, before);
    assert_eq!(work.by_token(&first.consumer.token).await.unwrap(), None);
    put(&mut work, &first).await;
    work.settle(mail, &settlement(MailOutcome::Opened, Some(first.id)), at(2)).await.unwrap();
    work.commit().await.unwrap();
    let mut work = store.begin().await.unwrap();
    assert_eq!(told(&mut work, mail).await, after, "nothing but the order of asking was other");
}

/// A decision that was foreseen is recorded as one that was not.
pub async fn a_decision_that_was_foreseen_follows_what_came_before_it(store: &Store) {
    let first = dispute(1, 60);
    keep(store, &first).await;
    let mail = received(store, 1, b"mail").await;
    let mut work = store.begin().await.unwrap();
    work.foresee_decision(first.id).await.unwrap();
    assert_eq!(work.heard(first.id).await.unwrap(), Vec::new());
    let loaded = work.dispute(first.id).await.unwrap().unwrap();
    put(&mut work, &next(&loaded)).await;
    work.hear(first.id, mail, Channel::ConsumerPrivate, b"words").await.unwrap();
    assert_eq!(work.dispute(first.id).await.unwrap().unwrap().version, 2);
    work.foresee_decision(first.id).await.unwrap();
    assert_eq!(work.heard(first.id).await.unwrap(), vec![(Channel::ConsumerPrivate, b"words".to_vec())]);
    put(&mut work, &next(&next(&loaded))).await;
    assert!(work.save(&next(&loaded)).await.is_err(), "the version before it is gone");
    work.settle(mail, &settlement(MailOutcome::Noted, Some(first.id)), at(2)).await.unwrap();
    drop(work);
    assert_eq!(store.dispute(first.id).await.unwrap().unwrap().version, 1, "nothing was committed");
}

/// A reference that nobody has is taken without asking twice; one that somebody has is told in both ways.
pub async fn a_reference_is_taken_once(store: &Store) {
    let first = dispute(1, 60);
    let mut work = store.begin().await.unwrap();
    assert!(work.is_unused(&first.reference).await.unwrap());
    put(&mut work, &first).await;
    assert!(!work.is_unused(&first.reference).await.unwrap());
    let second = crate::domain::Dispute { reference: first.reference.clone(), ..dispute(2, 60) };
    assert!(work.save(&second).await.is_err());
    let other: Reference = dispute(3, 60).reference;
    assert!(work.is_unused(&other).await.unwrap());
    work.commit().await.unwrap();
    assert_eq!(store.by_reference(&first.reference).await.unwrap(), Some(first.id));
}
