//! Stories of mail that comes in.

use super::fixtures::*;
use crate::domain::{Channel, HeldReason, MailOutcome, MessageId};
use crate::store::{Filed, LetterNumber, ReceiptState, Sighted, Store, StoreError, Unsettled};

fn filed(second: i64) -> Filed {
    Filed { mailbox: "INBOX".to_owned(), uid_validity: 7, uids: vec![1], at: at(second) }
}

pub async fn a_mail_is_received_settled_and_filed(store: &Store) {
    let bytes = b"From: a@b\r\n\r\n\0\xff\x80 body\r\n";
    let letter = received(store, 1, bytes).await;
    assert_eq!(store.raw(letter).await.unwrap().unwrap(), bytes);
    assert_eq!(store.unsettled(10).await.unwrap(), vec![Unsettled { letter, attempts: 1 }]);
    // The process died; the mail is fetched again, or read from the store.
    let again = store.receive(&[arrival("INBOX", 7, 1, bytes)]).await.unwrap();
    assert_eq!((again[0].letter, again[0].state), (letter, ReceiptState::New { attempts: 2 }));
    assert_eq!(store.attempt(&[letter]).await.unwrap(), vec![Unsettled { letter, attempts: 3 }]);
    // Not settled, it cannot be filed.
    assert_eq!(store.filed(&filed(3)).await.unwrap(), 0);
    assert_eq!(store.sighting_state("INBOX", 7, &[1, 2]).await.unwrap(), vec![(1, Sighted { letter, settled: None, filed: false })]);
    settle(store, letter, &settlement(MailOutcome::Stranger, None)).await;
    let mut work = store.begin().await.unwrap();
    assert!(matches!(work.settle(letter, &settlement(MailOutcome::Own, None), at(3)).await, Err(StoreError::Settled(_))));
    assert!(matches!(work.settle(LetterNumber(999), &settlement(MailOutcome::Own, None), at(3)).await, Err(StoreError::NoLetter(999))));
    drop(work);
    assert_eq!(store.unsettled(10).await.unwrap(), Vec::new());
    assert_eq!(store.attempt(&[letter]).await.unwrap(), Vec::new());
    assert_eq!(store.filed(&filed(4)).await.unwrap(), 1);
    assert_eq!(store.filed(&filed(4)).await.unwrap(), 0);
    let known = store.sighting_state("INBOX", 7, &[1]).await.unwrap();
    assert_eq!(known, vec![(1, Sighted { letter, settled: Some(MailOutcome::Stranger), filed: true })]);
    let third = store.receive(&[arrival("INBOX", 7, 1, bytes)]).await.unwrap();
    assert_eq!(third[0].state, ReceiptState::Settled(MailOutcome::Stranger));
    assert!(!store.sighting_state("INBOX", 7, &[1]).await.unwrap()[0].1.filed);
    // Noted with the receipt of the next ones, it is filed; lying there again among them, it is not.
    store.receive_after(Some(&filed(5)), store.pack(vec![arrival("INBOX", 7, 2, b"another")])).await.unwrap();
    assert!(store.sighting_state("INBOX", 7, &[1]).await.unwrap()[0].1.filed);
    store.receive_after(Some(&filed(6)), store.pack(vec![arrival("INBOX", 7, 1, bytes)])).await.unwrap();
    assert!(!store.sighting_state("INBOX", 7, &[1]).await.unwrap()[0].1.filed);
    assert!(store.note(letter).await.unwrap().unwrap().because.contains(WORDS));
    assert_eq!(store.raw(LetterNumber(999)).await.unwrap(), None);
}

pub async fn copies_and_renumbered_folders(store: &Store) {
    let group = [arrival("INBOX", 7, 1, b"x"), arrival("INBOX", 7, 2, b"y"), arrival("INBOX", 7, 3, b"x")];
    let receipts = store.receive(&group).await.unwrap();
    let states: Vec<_> = receipts.iter().map(|receipt| receipt.state).collect();
    assert_eq!(states, vec![ReceiptState::New { attempts: 1 }, ReceiptState::New { attempts: 1 }, ReceiptState::InHand]);
    assert_eq!(receipts[0].letter, receipts[2].letter);
    let held = MailOutcome::Held(HeldReason::Conflict);
    settle(store, receipts[0].letter, &settlement(held, None)).await;
    settle(store, receipts[1].letter, &settlement(MailOutcome::Own, None)).await;
    let known = store.sighting_state("INBOX", 7, &[3, 1]).await.unwrap();
    let outcome = |uid: u32| known.iter().find(|(known, _)| *known == uid).unwrap().1.settled;
    assert_eq!((outcome(1), outcome(3)), (Some(held), Some(MailOutcome::Duplicate)));
    // Another folder: a second copy. The same folder renumbered: the same mail.
    let other = store.receive(&[arrival("Other", 7, 1, b"x"), arrival("Renumbered", 1, 9, b"y")]).await.unwrap();
    assert_eq!(other[0].state, ReceiptState::Settled(MailOutcome::Duplicate));
    let third = store.receive(&[arrival("INBOX", 7, 4, b"z")]).await.unwrap();
    settle(store, third[0].letter, &settlement(held, None)).await;
    let renumbered = store.receive(&[arrival("INBOX", 8, 1, b"z"), arrival("INBOX", 8, 2, b"z")]).await.unwrap();
    assert_eq!(renumbered[0].state, ReceiptState::Settled(held));
    assert_eq!(renumbered[1].state, ReceiptState::Settled(MailOutcome::Duplicate));
    // A server that gives one UID to two mails: neither is lost.
    let changed = store.receive(&[arrival("INBOX", 8, 2, b"other bytes")]).await.unwrap();
    assert_eq!(changed[0].state, ReceiptState::New { attempts: 1 });
    settle(store, changed[0].letter, &settlement(MailOutcome::Automatic, None)).await;
    let crowd: Vec<_> = (0..40).map(|uid| arrival("Crowd", 1, uid, format!("mail {uid}").as_bytes())).collect();
    let receipts = store.receive(&crowd).await.unwrap();
    assert!(receipts.windows(2).all(|pair| pair[0].letter < pair[1].letter));
    assert!(matches!(store.receive(&[arrival("a\0b", 1, 1, b"q")]).await, Err(StoreError::Nul(_))));
    assert_eq!(store.receive(&[]).await.unwrap(), Vec::new());
}

pub async fn a_held_mail_is_looked_at_again(store: &Store) {
    let dispute = dispute(1, 60);
    keep(store, &dispute).await;
    let (first, second) = (received(store, 1, b"1").await, received(store, 2, b"2").await);
    settle(store, first, &settlement(MailOutcome::Held(HeldReason::NeedsPerson), Some(dispute.id))).await;
    settle(store, second, &settlement(MailOutcome::Held(HeldReason::Unreadable), None)).await;
    let held = store.held(10).await.unwrap();
    assert_eq!(held.iter().map(|one| (one.number, one.reason)).collect::<Vec<_>>(), vec![(first, HeldReason::NeedsPerson), (second, HeldReason::Unreadable)]);
    assert_eq!((held[0].mailbox.as_str(), held[0].dispute.as_ref(), held[1].dispute.as_ref()), ("INBOX", Some(&dispute.reference), None));
    assert_eq!(store.held(1).await.unwrap().len(), 1);
    let mut work = store.begin().await.unwrap();
    work.resettle(second, &settlement(MailOutcome::Noted, Some(dispute.id)), at(9)).await.unwrap();
    work.commit().await.unwrap();
    assert_eq!(store.held(10).await.unwrap().len(), 1);
    assert_eq!(store.raw(second).await.unwrap().unwrap(), b"2");
    let mut work = store.begin().await.unwrap();
    assert!(matches!(work.resettle(second, &settlement(MailOutcome::Own, None), at(9)).await, Err(StoreError::Settled(_))));
}

pub async fn bytes_belong_to_their_dispute_once_it_is_known(store: &Store) {
    let (letter, dispute) = (received(store, 1, WORDS.as_bytes()).await, dispute(1, 60));
    let mut work = store.begin().await.unwrap();
    put(&mut work, &dispute).await;
    work.settle(letter, &settlement(MailOutcome::Opened, Some(dispute.id)), at(2)).await.unwrap();
    work.commit().await.unwrap();
    assert_eq!(store.raw(letter).await.unwrap().unwrap(), WORDS.as_bytes());
    assert_eq!(store.letters_of(dispute.id).await.unwrap(), vec![(letter, at(0), MailOutcome::Opened)]);
    store.erase(dispute.id).await.unwrap();
    assert_eq!(store.raw(letter).await.unwrap(), None);
    assert_eq!(store.note(letter).await.unwrap(), None);
    // Seen again, it is still known, and nothing happens.
    let again = store.receive(&[arrival("INBOX", 7, 1, WORDS.as_bytes())]).await.unwrap();
    assert_eq!(again[0].state, ReceiptState::Settled(MailOutcome::Opened));
}

pub async fn senders_are_counted_and_copies_found(store: &Store) {
    let dispute = dispute(1, 60);
    keep(store, &dispute).await;
    let letter = received(store, 1, b"1").await;
    settle(store, letter, &settlement(MailOutcome::Noted, Some(dispute.id))).await;
    let mut work = store.begin().await.unwrap();
    let (sender, same, other) = (address("Leila.Canary@personal.example"), MessageId::parse("one@personal.example"), MessageId::parse("two@c"));
    let body = crate::domain::Digest::of(WORDS.as_bytes());
    let copies = work.copies(&sender, &body, same.as_ref()).await.unwrap();
    assert_eq!((copies.len(), copies[0].letter, copies[0].message_id_same, copies[0].dispute), (1, letter, true, Some(dispute.id)));
    assert!(!work.copies(&sender, &body, other.as_ref()).await.unwrap()[0].message_id_same);
    assert!(!work.copies(&sender, &body, None).await.unwrap()[0].message_id_same);
    assert!(work.copies(&address("x@y"), &body, same.as_ref()).await.unwrap().is_empty());
    assert_eq!(work.by_received_message_id(&same.unwrap()).await.unwrap(), vec![dispute.id]);
    assert_eq!(work.received_from(&sender, (at(1), 9), (at(0), 9)).await.unwrap(), (0, 1, 1));
    assert_eq!(work.received_from(&sender, (at(0), 9), (at(1), 9)).await.unwrap(), (1, 0, 0));
}

pub async fn many_uids_are_asked_for(store: &Store) {
    let crowd: Vec<_> = (1..=50).map(|uid| arrival("INBOX", 1, uid, &uid.to_be_bytes())).collect();
    store.receive(&crowd).await.unwrap();
    let asked: Vec<u32> = (0..200).chain([u32::MAX]).collect();
    let mut known: Vec<u32> = store.sighting_state("INBOX", 1, &asked).await.unwrap().into_iter().map(|(uid, _)| uid).collect();
    known.sort_unstable();
    assert_eq!(known, (1..=50).collect::<Vec<_>>());
    assert!(store.sighting_state("INBOX", 2, &asked).await.unwrap().is_empty());
}

pub async fn a_mail_that_changes_its_dispute_is_erased_with_the_new_one_alone(store: &Store) {
    let (from, to, other) = (dispute(1, 60), dispute(2, 60), dispute(3, 60));
    for one in [&from, &to, &other] {
        keep(store, one).await;
    }
    let (stays, moves, held) = (received(store, 1, b"stays").await, received(store, 2, b"moves").await, received(store, 3, b"held").await);
    settle(store, stays, &settlement(MailOutcome::Opened, Some(from.id))).await;
    settle(store, moves, &settlement(MailOutcome::Noted, Some(from.id))).await;
    settle(store, held, &settlement(MailOutcome::Held(HeldReason::NeedsPerson), Some(from.id))).await;
    let mut work = store.begin().await.unwrap();
    for letter in [stays, moves] {
        work.hear(from.id, letter, Channel::ConsumerPrivate, letter.to_string().as_bytes()).await.unwrap();
    }
    assert!(!work.move_letter(held, from.id, to.id, MailOutcome::Noted, "taken out").await.unwrap(), "a person decides about it first");
    assert!(!work.move_letter(moves, other.id, to.id, MailOutcome::Noted, "taken out").await.unwrap(), "it is none of that dispute");
    assert!(!work.move_letter(LetterNumber(999), from.id, to.id, MailOutcome::Noted, "taken out").await.unwrap());
    assert!(work.move_letter(moves, from.id, to.id, MailOutcome::Opened, "taken out").await.unwrap());
    assert!(!work.move_letter(moves, from.id, to.id, MailOutcome::Opened, "taken out").await.unwrap(), "once is enough");
    let heard = |letter: LetterNumber| vec![(Channel::ConsumerPrivate, letter.to_string().into_bytes())];
    assert_eq!((work.heard(from.id).await.unwrap(), work.heard(to.id).await.unwrap()), (heard(stays), heard(moves)));
    assert_eq!(work.by_received_message_id(&MessageId::parse("<one@personal.example>").unwrap()).await.unwrap().len(), 2);
    work.commit().await.unwrap();
    assert_eq!(store.letters_of(to.id).await.unwrap(), vec![(moves, at(0), MailOutcome::Opened)]);
    let note = store.note(moves).await.unwrap().unwrap();
    assert_eq!((note.because.as_str(), note.verdict.as_str()), ("taken out", "{\"dmarc\":\"pass\"}"));
    assert_eq!(store.check().await.unwrap(), Vec::<String>::new());
    let read = async |letter: LetterNumber| store.raw(letter).await.unwrap();
    store.erase(from.id).await.unwrap();
    assert_eq!((read(stays).await, read(moves).await.as_deref()), (None, Some(b"moves".as_slice())), "what belongs to the other one is not destroyed");
    store.erase(to.id).await.unwrap();
    assert_eq!(read(moves).await, None);
}
