//! A desk with a store of its own, and mails that arrive at it.

use crate::configuration::configuration;
use elitige::authenticate::Verdict;
use elitige::compose::loop_stamp;
use elitige::config::Brakes;
use elitige::domain::{Address, Dice, Digest, Instant, MailOutcome, MessageId, OutboundMail};
use elitige::letter::{self, Exhibits, Knowledge, Letter};
use elitige::settle::{Desk, Incoming, assemble, settle_mail};
use elitige::store::{Arrival, Keys, OutboxRow, ReceiptState, Sent, Store};
use elitige::story::{Draft, compose_mail};

pub const SUBJECT: &str = "Commande jamais reçue";
pub const COMPLAINT: &str = "Bonjour,\n\nje m'appelle Leila Bennani. J'ai commandé le 3 novembre 2026 une machine à café sur le site boutique-atlas.example, \
     commande n° AT-48213, pour 1 500,00 DH. Je n'ai toujours rien reçu malgré mes relances du 12 novembre.\n\nJe demande le remboursement.\n\nLeila Bennani";
pub const LEILA: &str = "leila@courrier.example";
pub const EVE: &str = "eve@ailleurs.example";

/// One service.
pub struct Ground {
    pub desk: Desk,
    pub now: Instant,
    knowledge: Knowledge,
    keys: Keys,
    url: String,
    dice: Dice,
    uid: u32,
    _folder: tempfile::TempDir,
}

pub fn address(text: &str) -> Address {
    Address::parse(text).unwrap()
}

impl Ground {
    pub async fn new(seed: u8) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let keys = Keys::create(&folder.path().join("key"), &mut Dice::from_seed([seed; 32])).unwrap();
        let url = format!("sqlite://{}/store.db", folder.path().display());
        let store = Store::create(&url, &keys, Dice::from_seed([seed.wrapping_add(1); 32])).await.unwrap();
        let desk = assemble(configuration(), store, &keys).await.unwrap();
        let knowledge = configuration().knowledge.clone().with_stamp(loop_stamp(&desk.house.keys));
        let now = Instant::parse("2026-11-23T09:00:00Z").unwrap();
        Self { desk, now, knowledge, keys, url, dice: Dice::from_seed([seed.wrapping_add(2); 32]), uid: 0, _folder: folder }
    }

    pub fn brakes(&mut self) -> &mut Brakes {
        &mut self.desk.policy.brakes
    }

    /// Where people write to.
    pub fn counter(&self) -> Address {
        self.desk.counters.iter().find(|counter| counter.workflow.is_some()).unwrap().address.clone()
    }

    pub fn registrar(&self) -> Address {
        self.desk.operators[0].address.clone()
    }

    /// The service ends and begins again: nothing is left but the store.
    pub async fn restart(&mut self) {
        let brakes = self.desk.policy.brakes.clone();
        self.desk.store.close().await;
        let store = Store::open(&self.url, &self.keys, Dice::from_seed(self.dice.roll())).await.unwrap();
        self.desk = assemble(configuration(), store, &self.keys).await.unwrap();
        self.desk.policy.brakes = brakes;
    }

    pub fn read(&self, bytes: &[u8]) -> Letter {
        letter::read(bytes, &self.knowledge, &configuration().limits)
    }

    /// A mail of somebody to the desk.
    pub fn mail(&self, from: &str, subject: &str, body: &str, headers: &[&str]) -> Vec<u8> {
        let headers: Vec<String> = headers.iter().map(|line| (*line).to_owned()).collect();
        let (from, to) = (address(from), self.counter());
        compose_mail(&Draft { from: &from, to: to.as_str(), subject, body, answers: None, headers: &headers, at: self.now })
    }

    pub async fn arrives(&mut self, bytes: &[u8], verdict: Verdict) -> MailOutcome {
        let letter = self.read(bytes);
        self.settles(bytes, letter, verdict).await
    }

    /// Many mails that differ in a number only: read once, settled one by one, in groups of one commit.
    pub async fn floods(&mut self, bytes: &[u8], count: u32, verdict: &Verdict) -> Vec<MailOutcome> {
        let letter = self.read(bytes);
        let mut outcomes = Vec::new();
        for group in 0..count.div_ceil(50) {
            let numbers = (group * 50..count.min((group + 1) * 50)).collect::<Vec<_>>();
            let copies: Vec<Vec<u8>> = numbers.iter().map(|number| [format!("X-Number: {number}\r\n").as_bytes(), bytes].concat()).collect();
            let arrivals: Vec<Arrival> = copies.iter().map(|bytes| self.arrival(bytes)).collect();
            let receipts = self.desk.store.receive(&arrivals).await.unwrap();
            let mut work = self.desk.store.begin().await.unwrap();
            for (copy, receipt) in copies.iter().zip(receipts) {
                let mut letter = letter.clone();
                letter.body_digest = Digest::of(copy);
                letter.message_id = MessageId::parse(&format!("{}@flood.example", Digest::of(copy).hex()));
                let incoming = self.incoming(receipt.letter, copy, letter, verdict.clone());
                outcomes.push(settle_mail(&self.desk, &mut work, &incoming, self.now, &mut self.dice).await.unwrap());
            }
            work.commit().await.unwrap();
        }
        outcomes
    }

    async fn settles(&mut self, bytes: &[u8], letter: Letter, verdict: Verdict) -> MailOutcome {
        let arrival = self.arrival(bytes);
        let receipt = self.desk.store.receive(&[arrival]).await.unwrap().remove(0);
        assert!(matches!(receipt.state, ReceiptState::New { .. }), "{receipt:?}");
        let incoming = self.incoming(receipt.letter, bytes, letter, verdict);
        let mut work = self.desk.store.begin().await.unwrap();
        let outcome = settle_mail(&self.desk, &mut work, &incoming, self.now, &mut self.dice).await.unwrap();
        work.commit().await.unwrap();
        outcome
    }

    fn arrival(&mut self, bytes: &[u8]) -> Arrival {
        self.uid += 1;
        Arrival { mailbox: self.mailbox(), uid_validity: 1, uid: self.uid, received: self.now, bytes: bytes.to_vec() }
    }

    fn mailbox(&self) -> String {
        self.desk.counters.iter().find(|counter| counter.workflow.is_some()).unwrap().mailbox.clone()
    }

    fn incoming(&self, number: elitige::store::LetterNumber, bytes: &[u8], letter: Letter, verdict: Verdict) -> Incoming {
        let (mailbox, digest, exhibits) = (self.mailbox(), Digest::of(bytes), Exhibits::default());
        Incoming { number, mailbox, digest, received: self.now, letter: Some(letter), verdict, exhibits, owned: None }
    }

    /// What leaves now, in the order in which it leaves.
    pub async fn leaves(&mut self) -> Vec<OutboundMail> {
        let mut left = Vec::new();
        loop {
            let rows = self.claimed().await;
            if rows.is_empty() {
                return left;
            }
            for row in rows {
                self.desk.store.dot_pending(row.id, "node", self.now).await.unwrap();
                self.desk.store.finish(row.id, "node", Sent::Delivered { reply_code: 250 }, self.now).await.unwrap();
                left.push(row.mail);
            }
        }
    }

    /// What may leave now of the next that is claimed; empty once nothing is due.
    async fn claimed(&mut self) -> Vec<OutboxRow> {
        loop {
            let rows = self.desk.store.claim("node", self.now, 20, 900).await.unwrap();
            if rows.is_empty() {
                return rows;
            }
            let mut work = self.desk.store.begin().await.unwrap();
            let passing = elitige::settle::hold_back(&self.desk, &mut work, "node", rows, self.now).await.unwrap();
            work.commit().await.unwrap();
            if !passing.is_empty() {
                return passing;
            }
        }
    }

    /// How many letters leave now to that address.
    pub async fn leave_to(&mut self, to: &str) -> usize {
        self.leaves().await.iter().filter(|mail| mail.to.is_same(&address(to))).count()
    }
}

pub fn count(outcomes: &[MailOutcome], wanted: &str) -> usize {
    outcomes.iter().filter(|outcome| outcome.name() == wanted).count()
}
