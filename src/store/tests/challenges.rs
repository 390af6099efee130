//! Questions about who somebody is.

use super::fixtures::*;
use crate::domain::{Channel, Dice, Dispute, OutboundMail, Role, Token};
use crate::store::{ChallengeEnd, ChallengeKind, Question, Store};

const DAY: i64 = 86_400;

/// Puts a question about a held mail, with its letter, open for a week.
pub async fn put_one(store: &Store, dispute: &Dispute, asked: i64) -> (Token, OutboundMail) {
    put_about(store, dispute, ChallengeKind::Mail, asked).await
}

async fn put_about(store: &Store, dispute: &Dispute, kind: ChallengeKind, asked: i64) -> (Token, OutboundMail) {
    let token = Token::fresh(&mut Dice::from_seed([asked as u8; 32]));
    let mail = letter(&format!("asks{asked}"));
    let mut work = store.begin().await.unwrap();
    let question = Question {
        id: work.next_challenge().await.unwrap(),
        dispute: dispute.id,
        role: Role::Consumer,
        channel: Channel::ConsumerPrivate,
        kind,
        held: None,
        address: &address("eve@elsewhere.example"),
        token: &token,
        letter: &mail.message_id,
        ends: at(asked + 7 * DAY),
        content: WORDS.as_bytes(),
    };
    work.put_challenge(&question, at(asked)).await.unwrap();
    work.enqueue(Some(dispute.id), &mail, at(asked)).await.unwrap();
    work.commit().await.unwrap();
    (token, mail)
}

pub async fn a_question_is_put_found_and_ends_once(store: &Store) {
    let dispute = dispute(1, 60);
    keep(store, &dispute).await;
    let (token, mail) = put_one(store, &dispute, 1).await;
    let mut work = store.begin().await.unwrap();
    let found = work.challenge_by_token(&token, at(2)).await.unwrap().unwrap();
    assert_eq!((found.dispute, found.role, found.kind, found.content.as_slice()), (dispute.id, Role::Consumer, ChallengeKind::Mail, WORDS.as_bytes()));
    assert_eq!(work.challenge_by_letter(&mail.message_id, at(2)).await.unwrap().map(|same| same.id), Some(found.id));
    assert_eq!(work.challenges(dispute.id, Role::Consumer, ChallengeKind::Mail, at(2)).await.unwrap().len(), 1);
    assert_eq!(work.by_token(&token).await.unwrap().map(|bound| (bound.dispute, bound.role)), Some((dispute.id, Role::Consumer)));
    let end =
        [work.end_challenge(found.id, ChallengeEnd::Denied, at(3)).await.unwrap(), work.end_challenge(found.id, ChallengeEnd::Confirmed, at(4)).await.unwrap()];
    assert_eq!(end, [true, false]);
    assert!(work.challenge_by_token(&token, at(5)).await.unwrap().is_none() && work.by_token(&token).await.unwrap().is_none());
    assert!(work.disowned(dispute.id, Role::Consumer, &address("Eve@elsewhere.example")).await.unwrap());
    assert!(!work.disowned(dispute.id, Role::Merchant, &address("eve@elsewhere.example")).await.unwrap());
    work.commit().await.unwrap();
    // What asks a new address gives it no place in the dispute.
    let (token, mail) = put_about(store, &dispute, ChallengeKind::Address, 9).await;
    let mut work = store.begin().await.unwrap();
    assert!(work.by_token(&token).await.unwrap().is_none() && work.by_message_id(&mail.message_id).await.unwrap().is_none());
    assert!(work.challenge_by_token(&token, at(10)).await.unwrap().is_some());
}

pub async fn questions_are_counted_and_lapse(store: &Store) {
    let dispute = dispute(1, 60);
    keep(store, &dispute).await;
    let (first, _) = put_one(store, &dispute, 1).await;
    put_one(store, &dispute, 2).await;
    let mut work = store.begin().await.unwrap();
    for (since, expected) in [(0, 2), (1, 1), (2, 0)] {
        assert_eq!(work.challenged(dispute.id, Role::Consumer, ChallengeKind::Mail, at(since)).await.unwrap(), expected);
        assert_eq!(work.challenged_about(&address("eve@elsewhere.example"), ChallengeKind::Mail, at(since)).await.unwrap(), expected);
    }
    assert!(work.challenge_by_token(&first, at(7 * DAY + 1)).await.unwrap().is_none(), "it is over even before it is swept up");
    drop(work);
    assert_eq!((store.lapse(at(7 * DAY)).await.unwrap(), store.lapse(at(7 * DAY + 1)).await.unwrap(), store.lapse(at(9 * DAY)).await.unwrap()), (0, 1, 1));
}

pub async fn an_erased_dispute_leaves_no_question(store: &Store) {
    let dispute = dispute(1, 60);
    keep(store, &dispute).await;
    put_one(store, &dispute, 1).await;
    keep(store, &closed(&dispute)).await;
    store.erase(dispute.id).await.unwrap();
}
