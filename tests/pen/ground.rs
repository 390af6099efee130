//! A service without servers: the real rules, letters and store; mails are handed to it as the daemon would.

use crate::configuration::configuration;
use elitige::authenticate::Verdict;
use elitige::config::Config;
use elitige::domain::{Address, Dice, Digest, DisputeId, HeldReason, Instant, MailOutcome, Outcome};
use elitige::letter::{self, Exhibits};
use elitige::settle::{By, Carried, Desk, Incoming, Raw, assemble, settle_answer, settle_digest, settle_mail, settle_pen_order};
use elitige::store::{Arrival, Keys, LetterNumber, PenOrder, Sent, Settlement, Store};
use elitige::story::{Draft, LetterSeen, code_after, compose_mail, seen};
use tempfile::TempDir;

pub const LEILA: &str = "leila@courrier.example";
pub const REGISTRAR: &str = "registrar@elitige.example";
pub const DESK: &str = "mediation@elitige.example";
pub const COMPLAINT: &str = "Bonjour,\nje m'appelle Leila Bennani. J'ai commandé le 3 novembre 2026 une machine à café sur le site boutique-atlas.example,\n\
    commande n° AT-48213, pour 1 500,00 DH payés par carte. Je n'ai toujours rien reçu malgré mes relances du 12 novembre.\n\
    Je demande le remboursement de ma commande.\nLeila Bennani";

pub struct Ground {
    pub desk: Desk,
    pub config: &'static Config,
    pub now: Instant,
    /// Letters that left, the latest last, each with its recipient.
    pub letters: Vec<(String, LetterSeen)>,
    _folder: TempDir,
    uid: u32,
}

impl Ground {
    pub async fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let keys = Keys::create(&folder.path().join("pen.key"), &mut Dice::from_seed([7; 32])).unwrap();
        let store = Store::create(&format!("sqlite://{}", folder.path().join("pen.db").display()), &keys, Dice::from_seed([8; 32])).await.unwrap();
        Self::on(folder, configuration(), store, &keys).await
    }

    pub async fn on(folder: TempDir, config: &'static Config, store: Store, keys: &Keys) -> Self {
        let desk = assemble(config, store, keys).await.unwrap();
        Self { desk, config, now: Instant::parse("2026-11-23T09:00:00Z").unwrap(), letters: Vec::new(), _folder: folder, uid: 0 }
    }

    fn draft(&self, from: &str, to: &str, body: &str, answers: Option<&LetterSeen>, headers: &[String]) -> Vec<u8> {
        let from = Address::parse(from).unwrap();
        compose_mail(&Draft { from: &from, to, subject: "Commande", body, answers, headers, at: self.now })
    }

    /// A mail that was received and read, and not settled.
    pub async fn received(&mut self, bytes: &[u8], verdict: Verdict) -> Incoming {
        self.now = self.now.plus_seconds(60);
        self.uid += 1;
        let arrival = Arrival { mailbox: "mediation".to_owned(), uid_validity: 1, uid: self.uid, received: self.now, bytes: bytes.to_vec() };
        let number = self.desk.store.receive(&[arrival]).await.unwrap()[0].letter;
        let letter = letter::read(bytes, &self.config.knowledge, &self.config.limits);
        Incoming {
            number,
            mailbox: "mediation".to_owned(),
            digest: Digest::of(bytes),
            received: self.now,
            letter: Some(letter),
            verdict,
            exhibits: Exhibits::default(),
            owned: None,
        }
    }

    async fn settle(&mut self, mail: &Incoming) -> MailOutcome {
        let mut work = self.desk.store.begin().await.unwrap();
        let outcome = settle_mail(&self.desk, &mut work, mail, self.now, &mut Dice::from_seed(*Digest::of(&self.uid.to_be_bytes()).as_bytes())).await.unwrap();
        work.commit().await.unwrap();
        self.carry().await;
        outcome
    }

    /// Somebody writes to the service.
    pub async fn writes(&mut self, from: &str, to: &str, body: &str, verdict: Verdict) -> (LetterNumber, MailOutcome) {
        let bytes = self.draft(from, to, body, None, &[]);
        let mail = self.received(&bytes, verdict).await;
        let outcome = self.settle(&mail).await;
        (mail.number, outcome)
    }

    /// Somebody answers `letter`, with further header fields.
    pub async fn answers(&mut self, from: &str, letter: &LetterSeen, body: &str, headers: &[&str], verdict: Verdict) -> MailOutcome {
        let headers: Vec<String> = headers.iter().map(|header| (*header).to_owned()).collect();
        let bytes = self.draft(from, &letter.reply_to, body, Some(letter), &headers);
        let mail = self.received(&bytes, verdict).await;
        self.settle(&mail).await
    }

    /// A dispute of `consumer`, just opened.
    pub async fn opened(&mut self, consumer: &str) -> DisputeId {
        let body = COMPLAINT.replace("Je demande le remboursement de ma commande.\n", "");
        let (number, outcome) = self.writes(consumer, DESK, &body, Verdict::proven()).await;
        assert_eq!(outcome, MailOutcome::Opened);
        let mut work = self.desk.store.begin().await.unwrap();
        work.dispute_of(number).await.unwrap().unwrap()
    }

    /// A dispute of `consumer` that the consumer withdrew.
    pub async fn closed(&mut self, consumer: &str) -> DisputeId {
        let dispute = self.opened(consumer).await;
        self.close(dispute, consumer).await;
        dispute
    }

    async fn close(&mut self, dispute: DisputeId, consumer: &str) {
        let letter = self.latest(consumer);
        let code = code_after(&letter.text, "RETIRER").unwrap();
        self.answers(consumer, &letter, &format!("RETIRER {code}"), &[], Verdict::proven()).await;
        let after = self.desk.store.dispute(dispute).await.unwrap().unwrap();
        assert_eq!(after.outcome, Some(Outcome::WithdrawnConsumer));
    }

    pub async fn erase_closed(&mut self, dispute: DisputeId) {
        let consumer = self.desk.store.dispute(dispute).await.unwrap().unwrap().consumer.address.to_string();
        self.close(dispute, &consumer).await;
        self.desk.store.erase(dispute).await.unwrap();
    }

    /// A mail that is held for that reason, whatever it says.
    pub async fn held(&mut self, reason: HeldReason, from: &str, body: &str, dispute: Option<DisputeId>) -> Incoming {
        let bytes = self.draft(from, DESK, body, None, &[]);
        let mail = self.received(&bytes, Verdict::unknown()).await;
        let settlement = Settlement {
            outcome: MailOutcome::Held(reason),
            dispute,
            sender: None,
            message_id: None,
            body: None,
            verdict: serde_json::to_string(&Verdict::unknown()).unwrap(),
            because: "a test".to_owned(),
        };
        let mut work = self.desk.store.begin().await.unwrap();
        work.settle(mail.number, &settlement, self.now).await.unwrap();
        work.tell_at(self.now.plus_seconds(86_400)).await.unwrap();
        work.commit().await.unwrap();
        mail
    }

    /// Carries out an order as the command line does.
    pub async fn carry_out(&mut self, number: LetterNumber, order: PenOrder, mail: &Incoming) -> Carried {
        let mut work = self.desk.store.begin().await.unwrap();
        let mut dice = Dice::from_seed([5; 32]);
        let carried = settle_pen_order(&self.desk, &mut work, number, order, By::CommandLine, Some(mail), self.now, &mut dice).await.unwrap();
        if let Carried::Done(_) = carried {
            work.commit().await.unwrap();
        }
        carried
    }

    /// Carries out what was answered, as the daemon does.
    pub async fn obey(&mut self) -> Vec<Carried> {
        let mut done = Vec::new();
        for (number, order) in self.desk.store.orders(100).await.unwrap() {
            let raw = Raw::of(&self.desk.store, number).await.unwrap();
            let mail = raw.map(|raw| {
                let letter = letter::read(&raw.bytes, &self.config.knowledge, &self.config.limits);
                let exhibits = letter::exhibits(&raw.bytes, &self.config.limits);
                raw.as_read(Some(letter), exhibits)
            });
            let mut work = self.desk.store.begin().await.unwrap();
            let mut dice = Dice::from_seed([5; 32]);
            done.push(settle_answer(&self.desk, &mut work, number, order, mail.as_ref(), self.now, &mut dice).await.unwrap());
            work.commit().await.unwrap();
        }
        self.carry().await;
        done
    }

    /// Lets the clock of the pen ring at `now`, on as many nodes as ask.
    pub async fn ring(&mut self, nodes: usize) -> usize {
        let mut told = 0;
        for _ in 0..nodes {
            let mut work = self.desk.store.begin().await.unwrap();
            told += usize::from(settle_digest(&self.desk, &mut work, self.now).await.unwrap());
            work.commit().await.unwrap();
        }
        self.carry().await;
        told
    }

    /// Every letter that is due leaves.
    async fn carry(&mut self) {
        for row in self.desk.store.claim("test", self.now, 100, 900).await.unwrap() {
            self.letters.push((row.mail.to.to_string(), seen(&row.mail.bytes, row.mail.channel, self.config)));
            self.desk.store.dot_pending(row.id, "test", self.now).await.unwrap();
            self.desk.store.finish(row.id, "test", Sent::Delivered { reply_code: 250 }, self.now).await.unwrap();
        }
    }

    /// The latest letter to that address.
    pub fn latest(&self, to: &str) -> LetterSeen {
        self.letters.iter().rev().find(|(address, _)| address == to).map(|(_, letter)| letter.clone()).unwrap()
    }

    /// How many letters went to that address.
    pub fn sent_to(&self, to: &str) -> usize {
        self.letters.iter().filter(|(address, _)| address == to).count()
    }

    pub async fn code_in_letters(&mut self, word: &str) -> String {
        code_after(&self.latest(LEILA).text, word).unwrap()
    }

    pub async fn entries(&self, dispute: DisputeId) -> usize {
        self.desk.store.journal(dispute).await.unwrap().len()
    }

    pub async fn unsent(&self) -> usize {
        self.desk.store.outbox_list("queued", 100).await.unwrap().len()
    }
}
