//! People, disputes, mails and letters for the stories.

use crate::domain::{
    Act, Actor, Address, Channel, Deadline, Dice, Digest, Dispute, DisputeId, Instant, Language, MailOutcome, MessageId, OutboundMail, Outcome, Participant,
    Reachable, Reference, Role, Statement, Token, Zone,
};
use crate::store::{Arrival, JournalEntry, LetterNumber, ReceiptState, Settlement, Store, Work};

pub const ADDRESS: &str = "leila.canary@personal.example";
pub const WORDS: &str = "canary words that nobody else may read";

pub fn at(seconds: i64) -> Instant {
    Instant::parse("2026-11-23T09:00:00Z").unwrap().plus_seconds(seconds)
}

pub fn address(text: &str) -> Address {
    Address::parse(text).unwrap()
}

pub fn person(role: Role, text: &str, dice: &mut Dice) -> Participant {
    Participant {
        role,
        address: address(text),
        name: Some("Leila Canary".to_owned()),
        language: Language::Fr,
        token: Token::fresh(dice),
        channel: Channel::private_to(role),
        reachable: Reachable::Yes,
        thread: Vec::new(),
        seats: Vec::new(),
        contacts: Vec::new(),
    }
}

/// A first version, due at `at(wake)`.
pub fn dispute(seed: u8, wake: i64) -> Dispute {
    let mut dice = Dice::from_seed([seed; 32]);
    let due = at(wake);
    Dispute {
        rules: Digest::of(b"rules"),
        state: "complete".to_owned(),
        version: 1,
        entered: at(0),
        deadline: Some(Deadline { due, day: Zone::named("Africa/Casablanca").unwrap().day_of(due), reminders: Vec::new(), reminded: 0, extended: false }),
        complaint: Statement { words: WORDS.to_owned(), ..Statement::default() },
        ..Dispute::new(
            DisputeId::new(dice.roll()),
            Reference::fresh(&mut dice),
            address("mediation@elitige.example"),
            person(Role::Consumer, ADDRESS, &mut dice),
            at(i64::from(seed)),
        )
    }
}

pub fn next(dispute: &Dispute) -> Dispute {
    Dispute { version: dispute.version + 1, ..dispute.clone() }
}

pub fn closed(dispute: &Dispute) -> Dispute {
    Dispute { outcome: Some(Outcome::WithdrawnConsumer), deadline: None, state: "closed".to_owned(), ..next(dispute) }
}

pub fn entry(note: &str) -> JournalEntry {
    JournalEntry {
        at: at(1),
        actor: Actor::Person(Role::Consumer),
        act: Act::Complaint(Statement { words: WORDS.to_owned(), ..Statement::default() }),
        cause: Digest::of(b"mail"),
        steps: Vec::new(),
        letters: vec!["a@b".to_owned()],
        note: note.to_owned(),
    }
}

/// Saves with its journal entry, in the unit of work of the caller.
pub async fn put(work: &mut Work, dispute: &Dispute) {
    work.save(dispute).await.unwrap();
    work.journal(dispute.id, &entry("put")).await.unwrap();
}

/// Saves and commits.
pub async fn keep(store: &Store, dispute: &Dispute) {
    let mut work = store.begin().await.unwrap();
    put(&mut work, dispute).await;
    work.commit().await.unwrap();
}

pub fn arrival(mailbox: &str, uid_validity: u32, uid: u32, bytes: &[u8]) -> Arrival {
    Arrival { mailbox: mailbox.to_owned(), uid_validity, uid, received: at(0), bytes: bytes.to_vec() }
}

/// A new mail, received.
pub async fn received(store: &Store, uid: u32, bytes: &[u8]) -> LetterNumber {
    let receipts = store.receive(&[arrival("INBOX", 7, uid, bytes)]).await.unwrap();
    assert_eq!(receipts[0].state, ReceiptState::New { attempts: 1 });
    receipts[0].letter
}

pub fn settlement(outcome: MailOutcome, dispute: Option<DisputeId>) -> Settlement {
    Settlement {
        outcome,
        dispute,
        sender: Some(address(ADDRESS)),
        message_id: MessageId::parse("<one@personal.example>"),
        body: Some(Digest::of(WORDS.as_bytes())),
        verdict: "{\"dmarc\":\"pass\"}".to_owned(),
        because: format!("{ADDRESS} wrote {WORDS}"),
    }
}

pub async fn settle(store: &Store, letter: LetterNumber, settled: &Settlement) {
    let mut work = store.begin().await.unwrap();
    work.settle(letter, settled, at(2)).await.unwrap();
    work.tell_at(at(1_000_000)).await.unwrap();
    work.commit().await.unwrap();
}

pub fn letter(name: &str) -> OutboundMail {
    OutboundMail {
        to: address(ADDRESS),
        envelope_from: address("bounces+abc@elitige.example"),
        role: Role::Consumer,
        channel: Channel::ConsumerPrivate,
        letter: "acknowledgement".to_owned(),
        language: Language::Ar,
        message_id: MessageId::parse(&format!("{name}@elitige.example")).unwrap(),
        bytes: format!("Subject: {name}\r\n\r\n{WORDS}\r\n").into_bytes(),
    }
}

pub async fn enqueue(store: &Store, dispute: Option<DisputeId>, mail: &OutboundMail, now: Instant) {
    let mut work = store.begin().await.unwrap();
    assert!(work.enqueue(dispute, mail, now).await.unwrap());
    work.commit().await.unwrap();
}
