//! The service with its own loops over a server that says what a test wants: no mailbox, and a clock that is turned by hand.

use crate::harness::Scripted;
use crate::harness::town::copy;
use crate::smtp::settings;
use elitige::config::{self, Config, Surroundings};
use elitige::domain::{
    Act, Actor, Address, Channel, Day, Deadline, Dice, Digest, Dispute, DisputeId, Given, Instant, Language, MessageId, OutboundMail, Participant, Reachable,
    Reference, Role, Token,
};
use elitige::mailbox::MailboxSettings;
use elitige::service::{self, Service};
use elitige::store::{JournalEntry, Keys, OutboxId, OutboxSummary, Store};
use std::fs::{self, Permissions};
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;
use tokio_util::sync::CancellationToken;

pub const SHOP: &str = "contact@boutique-atlas.example";
pub const LEILA: &str = "leila@courrier.example";
pub const REGISTRAR: &str = "registrar@elitige.example";

const PATIENCE: Duration = Duration::from_secs(20);

/// What the server was given: for whom, and the text.
pub type Taken = Arc<Mutex<Vec<(String, Vec<u8>)>>>;

/// A server that answers MAIL, RCPT, DATA and `.` with what `answer` says for that word and the recipient, and else takes everything.
pub fn server(answer: impl Fn(&str, &str) -> Option<String> + Send + Sync + 'static) -> (Scripted, Taken) {
    let taken = Taken::default();
    let kept = Arc::clone(&taken);
    let server = Scripted::start(move |peer, _| {
        let mut recipient = String::new();
        peer.say("220 here\r\n");
        while let Some(line) = peer.line() {
            let word = line.split([' ', ':']).next().unwrap_or_default().to_owned();
            if word == "RCPT" {
                recipient = line.split(['<', '>']).nth(1).unwrap_or_default().to_owned();
            }
            let usual = match word.as_str() {
                "EHLO" => "250-here\r\n250 8BITMIME\r\n",
                "DATA" => "354 go\r\n",
                _ => "250 ok\r\n",
            };
            let said = answer(&word, &recipient).unwrap_or_else(|| usual.to_owned());
            peer.say(&said);
            if word == "DATA" && said.starts_with("354") {
                let Some(text) = peer.until_dot() else { return };
                kept.lock().unwrap().push((recipient.clone(), text));
                match answer(".", &recipient) {
                    Some(silence) if silence.is_empty() => return,
                    said => peer.say(&said.unwrap_or_else(|| "250 taken\r\n".to_owned())),
                }
            }
        }
    });
    (server, taken)
}

/// A running service with one dispute, in which the shop was invited.
pub struct Office {
    pub service: Arc<Service>,
    pub config: Arc<Config>,
    pub dispute: Dispute,
    clock: Arc<AtomicI64>,
    stop: CancellationToken,
    running: tokio::task::JoinHandle<()>,
    _folder: tempfile::TempDir,
}

impl Office {
    /// Opens it with that many couriers to `port`.
    pub async fn open(port: u16, couriers: usize) -> Self {
        Self::keeping(port, couriers, None).await
    }

    /// The same where copies of letters lie there.
    pub async fn keeping(port: u16, couriers: usize, sent: Option<MailboxSettings>) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let config = Arc::new(load(folder.path()));
        let keys = Keys::create(&folder.path().join("office.key"), &mut Dice::from_seed([7; 32])).unwrap();
        let store = Store::create(&format!("sqlite:{}", folder.path().join("office.db").display()), &keys, Dice::from_seed([8; 32])).await.unwrap();
        let clock = Arc::new(AtomicI64::new(Instant::parse("2026-11-23T09:00:00Z").unwrap().micros()));
        let shown = Arc::clone(&clock);
        let tell = Arc::new(move || Instant::from_micros(shown.load(Ordering::SeqCst)));
        let program = PathBuf::from(env!("CARGO_BIN_EXE_elitige"));
        let mut service = service::build(&config, store, &keys, program, tell, Dice::from_seed([9; 32])).await.unwrap();
        assert_eq!(service.couriers, config.service.work.couriers);
        (service.courier, service.couriers, service.sent) = (settings(port), couriers, sent);
        service.mailboxes.clear();
        let service = Arc::new(service);
        let dispute = invited(&service);
        save(&service, &dispute).await;
        let stop = CancellationToken::new();
        let running = tokio::spawn(service::run(Arc::clone(&service), stop.clone()));
        Self { service, config, dispute, clock, stop, running, _folder: folder }
    }

    pub fn now(&self) -> Instant {
        self.service.now()
    }

    /// Lets so many seconds pass.
    pub fn turn(&self, seconds: i64) {
        self.clock.fetch_add(seconds * 1_000_000, Ordering::SeqCst);
        self.service.outbox.notify_one();
    }

    /// Commits these letters of the dispute in one decision.
    pub async fn decide(&self, mails: &[OutboundMail]) {
        self.write(mails).await;
        self.service.outbox.notify_one();
    }

    /// The same without a word to the couriers, who look by themselves only after a minute or when the clock is turned.
    pub async fn write(&self, mails: &[OutboundMail]) {
        let mut work = self.service.desk.store.begin().await.unwrap();
        for mail in mails {
            assert!(work.enqueue(Some(self.dispute.id), mail, self.now()).await.unwrap());
        }
        work.commit().await.unwrap();
    }

    /// The dispute as it is now.
    pub async fn present(&self) -> Dispute {
        self.service.desk.store.dispute(self.dispute.id).await.unwrap().unwrap()
    }

    /// Gives the shop another address.
    pub async fn moves_to(&self, address: &str) {
        let mut next = self.present().await;
        next.version += 1;
        next.merchant.as_mut().unwrap().address = Address::parse(address).unwrap();
        save(&self.service, &next).await;
    }

    pub async fn rows(&self, state: &str) -> Vec<OutboxSummary> {
        self.service.desk.store.outbox_list(state, 100).await.unwrap()
    }

    /// Waits until so many rows are in `state`.
    pub async fn until(&self, state: &str, rows: usize) -> Vec<OutboxSummary> {
        let end = std::time::Instant::now() + PATIENCE;
        loop {
            let found = self.rows(state).await;
            if found.len() == rows {
                return found;
            }
            let counts = self.service.desk.store.outbox_counts().await.unwrap();
            assert!(std::time::Instant::now() < end, "{rows} rows should be {state}; there are {found:?}, and {counts:?}");
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
    }

    /// Waits until the only row that waits was tried so often.
    pub async fn tried(&self, attempts: u32) -> OutboxSummary {
        self.until_one("queued", |row| row.attempts == attempts).await
    }

    /// Waits until the only row of which nobody knows was in doubt so often.
    pub async fn doubted(&self, times: u32) -> OutboxSummary {
        self.until_one("uncertain", |row| row.uncertain == times).await
    }

    async fn until_one(&self, state: &str, holds: impl Fn(&OutboxSummary) -> bool) -> OutboxSummary {
        let end = std::time::Instant::now() + PATIENCE;
        loop {
            let row = self.until(state, 1).await.remove(0);
            if holds(&row) {
                return row;
            }
            assert!(std::time::Instant::now() < end, "{row:?}");
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
    }

    /// What the operator does with `elitige outbox retry`.
    pub async fn retry(&self, id: OutboxId) {
        assert!(self.service.desk.store.outbox_retry(id, self.now()).await.unwrap());
        assert_eq!(self.service.desk.store.check().await.unwrap(), Vec::<String>::new());
        self.service.outbox.notify_one();
    }

    /// Closes it: the loops end, and the store is sound.
    pub async fn close(self) {
        self.stop.cancel();
        tokio::time::timeout(PATIENCE, self.running).await.unwrap().unwrap();
        assert_eq!(self.service.desk.store.check().await.unwrap(), Vec::<String>::new());
        assert_eq!(self.service.desk.store.verify().await.unwrap().faults, Vec::<String>::new());
    }
}

/// A letter to the shop or, if it goes elsewhere, to the consumer.
pub fn letter(number: usize, to: &str, text: &str) -> OutboundMail {
    let role = if to == LEILA { Role::Consumer } else { Role::Merchant };
    OutboundMail {
        to: Address::parse(to).unwrap(),
        envelope_from: Address::parse(&format!("retours+{number}@elitige.example")).unwrap(),
        role,
        channel: Channel::private_to(role),
        letter: "invitation".to_owned(),
        language: Language::Fr,
        message_id: MessageId::parse(&format!("{number}@elitige.example")).unwrap(),
        bytes: format!("Subject: {number}\r\nMessage-ID: <{number}@elitige.example>\r\n\r\n{text}").into_bytes(),
    }
}

fn load(folder: &Path) -> Config {
    let house = PathBuf::from(env!("CARGO_MANIFEST_DIR"));
    let root = folder.join("config");
    copy(&house.join("config"), &root);
    copy(&house.join("templates"), &folder.join("templates"));
    copy(&house.join("tests/config/valid/stories"), &root);
    fs::create_dir(root.join("secrets")).unwrap();
    for secret in ["key", "imap"] {
        fs::write(root.join("secrets").join(secret), "never used\n").unwrap();
        fs::set_permissions(root.join("secrets").join(secret), Permissions::from_mode(0o600)).unwrap();
    }
    let surroundings = Surroundings { today: Day::new(2026, 11, 23).unwrap(), credentials: None };
    config::load(&root, &surroundings).unwrap_or_else(|faults| panic!("{faults:?}"))
}

fn invited(service: &Service) -> Dispute {
    let mut dice = Dice::from_seed([3; 32]);
    let (now, counter) = (service.now(), &service.desk.counters[0]);
    // The end of a working day, as every deadline is: the daemon looks at its calendar when it starts.
    let zone = service.desk.calendar.zone();
    let due = zone.end_of(zone.day_of(now.plus_seconds(30 * 86_400)));
    let rules = service.desk.rulebook.current(counter.workflow.as_deref().unwrap()).unwrap();
    let mut person = |role, address: &str| Participant {
        role,
        address: Address::parse(address).unwrap(),
        name: None,
        language: Language::Fr,
        token: Token::fresh(&mut dice),
        channel: Channel::private_to(role),
        reachable: Reachable::Yes,
        thread: Vec::new(),
        seats: Vec::new(),
        contacts: Vec::new(),
    };
    let mut dispute = Dispute {
        merchant: Some(person(Role::Merchant, SHOP)),
        operator: Some(person(Role::Operator, REGISTRAR)),
        rules: rules.digest(),
        state: "invited".to_owned(),
        version: 1,
        deadline: Some(Deadline { due, day: service.desk.calendar.zone().day_of(due), reminders: Vec::new(), reminded: 0, extended: false }),
        ..Dispute::new(DisputeId::new([1; 16]), Reference::fresh(&mut Dice::from_seed([4; 32])), counter.address.clone(), person(Role::Consumer, LEILA), now)
    };
    let request = dispute.draft_request();
    let given = Given { on: request.digest(), at: now, evidence: Digest::of(b"test") };
    dispute.consent.confirm(request, given);
    dispute
}

async fn save(service: &Service, dispute: &Dispute) {
    let mut work = service.desk.store.begin().await.unwrap();
    work.save(dispute).await.unwrap();
    let entry = JournalEntry {
        at: service.now(),
        actor: Actor::Service,
        act: Act::Copy,
        cause: Digest::of(b"test"),
        steps: Vec::new(),
        letters: Vec::new(),
        note: String::new(),
    };
    work.journal(dispute.id, &entry).await.unwrap();
    work.commit().await.unwrap();
}
