//! A service with a store of its own, the people who write to it, and the keys of their domains.

use crate::configuration::configuration;
use crate::dkim::Signers;
use elitige::authenticate::{Authenticator, Names, Provider, Trust, ZoneFile};
use elitige::compose::loop_stamp;
use elitige::domain::{Address, Dice, Digest, Dispute, DisputeId, Instant, Language, MailOutcome};
use elitige::letter::{self, Knowledge, SenderGate};
use elitige::settle::{Desk, Incoming, Registrar, assemble, settle_command, settle_mail};
use elitige::store::{Arrival, Keys, ReceiptState, Sent, Store};
use elitige::story::{Draft, LetterSeen, code_after, compose_mail, seen};
use sqlx::{ConnectOptions as _, Row as _};
use std::collections::BTreeMap;
use std::fs;
use tempfile::TempDir;

pub const LEILA: &str = "leila@courrier.example";
/// Another customer of the provider of Leila's mailbox.
pub const NEIGHBOUR: &str = "eve@courrier.example";
pub const EVE: &str = "eve@ailleurs.example";
pub const ATLAS: &str = "contact@boutique-atlas.example";
pub const REGISTRAR: &str = "registrar@elitige.example";
pub const MEDIATOR: &str = "salma@mediateurs.example";
pub const DESK: &str = "mediation@elitige.example";
pub const COMPLAINT: &str = "Bonjour,\nje m'appelle Leila Bennani. J'ai commandé le 3 novembre 2026 une machine à café sur le site boutique-atlas.example, \
    commande n° AT-48213, pour 1 500,00 DH. Je n'ai rien reçu malgré mes relances du 12 novembre.\nJe demande le remboursement de ma commande.";
pub const DAY: i64 = 86_400;
const DOMAINS: [&str; 5] = ["courrier.example", "ailleurs.example", "boutique-atlas.example", "elitige.example", "mediateurs.example"];
/// The provider of the service's own mailbox, whose word the administrator believes.
const PROVIDER: &str = "mx.elitige.example";

/// What a mail shows of its author.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Proof {
    /// A signature of the domain in From.
    Signed,
    /// No signature; the provider of our mailbox says that DMARC passed.
    Vouched,
    /// No signature, and a domain that publishes nothing.
    Nothing,
    /// A signature that was made for another text, of a domain that asks for such mails to be refused.
    Broken,
}

/// A letter that left.
#[derive(Clone)]
pub struct Left {
    pub to: String,
    pub name: String,
    pub bytes: Vec<u8>,
    pub seen: LetterSeen,
}

/// One service.
pub struct Scene {
    pub desk: Desk,
    pub now: Instant,
    pub letters: Vec<Left>,
    knowledge: Knowledge,
    signers: Signers,
    names: Zones,
    uid: u32,
    folder: TempDir,
}

/// The DNS of the people's domains, and one in which nobody publishes anything.
#[derive(Clone)]
struct Zones {
    signing: Authenticator,
    silent: Authenticator,
}

/// A service that was shut down, from which any number of equal ones can begin.
pub struct Stored {
    now: Instant,
    letters: Vec<Left>,
    signers: Signers,
    names: Zones,
    uid: u32,
    folder: TempDir,
}

pub fn address(text: &str) -> Address {
    Address::parse(text).unwrap()
}

/// `word` with the code that `letter` prints after it.
pub fn coded(letter: &LetterSeen, word: &str) -> String {
    format!("{word} {}", code_after(&letter.text, word).unwrap_or_else(|| panic!("no code after {word} in {}", letter.text)))
}

async fn assembled(store: Store, keys: &Keys) -> (Desk, Knowledge) {
    let mut desk = assemble(configuration(), store, keys).await.unwrap();
    let staff = |text: &str| vec![Registrar { address: address(text), name: None, language: Language::Fr }];
    (desk.operators, desk.mediators) = (staff(REGISTRAR), staff(MEDIATOR));
    let knowledge = configuration().knowledge.clone().with_stamp(loop_stamp(&desk.house.keys));
    (desk, knowledge)
}

impl Scene {
    /// A service to which nobody has written yet.
    pub async fn empty() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let keys = Keys::create(&folder.path().join("key"), &mut Dice::from_seed([7; 32])).unwrap();
        let store = Store::create(&format!("sqlite://{}/store.db", folder.path().display()), &keys, Dice::from_seed([8; 32])).await.unwrap();
        let (desk, knowledge) = assembled(store, &keys).await;
        let now = Instant::parse("2026-11-23T09:00:00Z").unwrap();
        let signers = Signers::new(&DOMAINS);
        let zone = |json: &str| Authenticator::new(Names::Zone(ZoneFile::parse(json).unwrap())).unwrap();
        let names = Zones { signing: zone(&signers.zone_json()), silent: zone("{}") };
        Self { desk, now, letters: Vec::new(), knowledge, signers, names, uid: 0, folder }
    }

    /// A service to which Leila has complained.
    pub async fn complained() -> Self {
        let mut scene = Self::empty().await;
        assert_eq!(scene.mail(LEILA, DESK, "Commande", COMPLAINT).await, MailOutcome::Opened);
        scene
    }

    /// A service whose invitation the seller has.
    pub async fn invited() -> Self {
        let mut scene = Self::complained().await;
        scene.invite().await;
        scene
    }

    /// Leila confirms her latest complaint, and the registrar admits it.
    pub async fn invite(&mut self) {
        let first = self.latest("acknowledgement");
        assert_eq!(self.answer(LEILA, &first, &coded(&first, "CONFIRMER")).await, MailOutcome::Advanced);
        let screening = self.latest("screening");
        assert_eq!(self.answer(REGISTRAR, &screening, &format!("{} {ATLAS} fr", coded(&screening, "ADMETTRE"))).await, MailOutcome::Advanced);
    }

    /// Shuts the service down.
    pub async fn store(self) -> Stored {
        self.desk.store.close().await;
        Stored { now: self.now, letters: self.letters, signers: self.signers, names: self.names, uid: self.uid, folder: self.folder }
    }

    /// Somebody writes, with a signature.
    pub async fn mail(&mut self, from: &str, to: &str, subject: &str, body: &str) -> MailOutcome {
        let bytes = self.draft(from, to, subject, body, None, &[]);
        self.arrives(&bytes, Proof::Signed).await
    }

    /// Somebody answers `letter`, with a signature.
    pub async fn answer(&mut self, from: &str, letter: &LetterSeen, body: &str) -> MailOutcome {
        let bytes = self.draft(from, &letter.reply_to, &format!("Re: {}", letter.subject), body, Some(letter), &[]);
        self.arrives(&bytes, Proof::Signed).await
    }

    /// A mail as a mail program writes it, a minute after what was before.
    pub fn draft(&mut self, from: &str, to: &str, subject: &str, body: &str, answers: Option<&LetterSeen>, headers: &[&str]) -> Vec<u8> {
        self.now = self.now.plus_seconds(60);
        let headers: Vec<String> = headers.iter().map(|line| (*line).to_owned()).collect();
        compose_mail(&Draft { from: &address(from), to, subject, body, answers, headers: &headers, at: self.now })
    }

    /// A mail with that proof arrives, and what follows from it is brought to its readers.
    pub async fn arrives(&mut self, bytes: &[u8], proof: Proof) -> MailOutcome {
        let outcome = self.settles(&self.proved(bytes, proof), proof).await;
        self.deliver().await;
        outcome
    }

    /// The same, but nothing leaves yet.
    pub async fn settles(&mut self, bytes: &[u8], proof: Proof) -> MailOutcome {
        self.uid += 1;
        let mailbox = self.desk.counters.iter().find(|counter| counter.workflow.is_some()).unwrap().mailbox.clone();
        let arrival = Arrival { mailbox: mailbox.clone(), uid_validity: 1, uid: self.uid, received: self.now, bytes: bytes.to_vec() };
        let receipt = self.desk.store.receive(&[arrival]).await.unwrap().remove(0);
        let ReceiptState::New { .. } = receipt.state else { return MailOutcome::Duplicate };
        let letter = letter::read(bytes, &self.knowledge, &configuration().limits);
        let from = match &letter.sender {
            SenderGate::Open(address) => Some(address.clone()),
            SenderGate::Shut(_) => None,
        };
        let authenticator = if matches!(proof, Proof::Signed | Proof::Broken) { &self.names.signing } else { &self.names.silent };
        let trust = Trust { provider: Some(Provider { server: PROVIDER.to_owned(), received_by: Vec::new() }), sealers: Vec::new() };
        let verdict = authenticator.verdict(bytes, from.as_ref(), &trust, self.now).await;
        let incoming = Incoming {
            number: receipt.letter,
            mailbox,
            digest: Digest::of(bytes),
            received: self.now,
            exhibits: letter::exhibits(bytes, &configuration().limits),
            owned: None,
            letter: Some(letter),
            verdict,
        };
        let mut seed = [1; 32];
        seed[..4].copy_from_slice(&self.uid.to_be_bytes());
        let mut work = self.desk.store.begin().await.unwrap();
        let outcome = settle_mail(&self.desk, &mut work, &incoming, self.now, &mut Dice::from_seed(seed)).await.unwrap();
        work.commit().await.unwrap();
        outcome
    }

    /// `mail` with that proof of its author.
    pub fn proved(&self, mail: &[u8], proof: Proof) -> Vec<u8> {
        let text = String::from_utf8_lossy(mail);
        let domain = text.lines().find_map(|line| line.strip_prefix("From: ")).and_then(|from| from.trim_end_matches('>').rsplit('@').next()).unwrap();
        match proof {
            Proof::Signed => self.signers.sign(domain, mail),
            Proof::Vouched => [format!("Authentication-Results: {PROVIDER}; dmarc=pass header.from={domain}\r\n").as_bytes(), mail].concat(),
            Proof::Nothing => mail.to_vec(),
            Proof::Broken => {
                let other = self.signers.sign(domain, &[mail, b"QQ==\r\n"].concat());
                let signature = other.len() - mail.len() - 6;
                [&other[..signature], mail].concat()
            }
        }
    }

    /// Everything that may leave leaves.
    pub async fn deliver(&mut self) {
        for row in self.desk.store.claim("node", self.now, 50, 900).await.unwrap() {
            self.desk.store.dot_pending(row.id, "node", self.now).await.unwrap();
            self.desk.store.finish(row.id, "node", Sent::Delivered { reply_code: 250 }, self.now).await.unwrap();
            let read = seen(&row.mail.bytes, row.mail.channel, configuration());
            self.letters.push(Left { to: row.mail.to.to_string(), name: row.letter, bytes: row.mail.bytes, seen: read });
        }
    }

    /// What the registrar types.
    pub async fn command(&mut self, id: DisputeId, word: &str, argument: &str) {
        let reference = self.dispute(id).await.reference;
        let mut work = self.desk.store.begin().await.unwrap();
        settle_command(&self.desk, &mut work, &reference, word, argument, self.now, &mut Dice::from_seed([99; 32])).await.unwrap();
        work.commit().await.unwrap();
        self.deliver().await;
    }

    /// The registrar names the mediator, who takes the mission on.
    pub async fn mediated(&mut self, id: DisputeId) {
        self.command(id, "assign", MEDIATOR).await;
        let mission = self.latest_to("mission", MEDIATOR);
        let word = ["ACCEPTER", "أقبل", "ACCEPT"].into_iter().find(|word| code_after(&mission.text, word).is_some()).unwrap();
        self.answer(MEDIATOR, &mission, &coded(&mission, word)).await;
    }

    /// The disputes of `person`, the eldest first.
    pub async fn disputes(&self, person: &str) -> Vec<Dispute> {
        let mut work = self.desk.store.begin().await.unwrap();
        let mut found = Vec::new();
        for (id, _, _) in work.by_address(&address(person)).await.unwrap() {
            found.push(work.dispute(id).await.unwrap().unwrap());
        }
        found.sort_by_key(|dispute| dispute.opened);
        found
    }

    pub async fn dispute(&self, id: DisputeId) -> Dispute {
        self.desk.store.dispute(id).await.unwrap().unwrap()
    }

    /// The latest letter of that name.
    pub fn latest(&self, name: &str) -> LetterSeen {
        self.letters.iter().rev().find(|left| left.name == name).unwrap_or_else(|| panic!("no letter {name}")).seen.clone()
    }

    /// The latest letter of that name to that person.
    pub fn latest_to(&self, name: &str, to: &str) -> LetterSeen {
        self.letters.iter().rev().find(|left| left.name == name && left.to == to).unwrap_or_else(|| panic!("no letter {name}")).seen.clone()
    }

    pub fn written_to(&self, to: &str) -> usize {
        self.letters.iter().filter(|left| left.to == to).count()
    }

    /// Every row of every table, each value as SQLite writes it.
    pub async fn dump(&self) -> BTreeMap<String, Vec<String>> {
        let path = self.folder.path().join("store.db");
        let mut connection = sqlx::sqlite::SqliteConnectOptions::new().filename(path).read_only(true).connect().await.unwrap();
        let tables = sqlx::query("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'").fetch_all(&mut connection).await.unwrap();
        let mut all = BTreeMap::new();
        for table in tables.iter().map(|row| row.get::<String, _>(0)) {
            let columns = sqlx::query(sqlx::AssertSqlSafe(format!("SELECT name FROM pragma_table_info('{table}')"))).fetch_all(&mut connection).await.unwrap();
            let columns: Vec<String> = columns.iter().map(|row| format!("quote({})", row.get::<String, _>(0))).collect();
            let rows = sqlx::query(sqlx::AssertSqlSafe(format!("SELECT {} FROM {table} ORDER BY 1", columns.join(" || '|' || "))));
            let rows = rows.fetch_all(&mut connection).await.unwrap();
            all.insert(table, rows.iter().map(|row| row.get::<String, _>(0)).collect());
        }
        all
    }

    /// All is as it must be in the store.
    pub async fn sound(&self) {
        assert_eq!(self.desk.store.check().await.unwrap(), Vec::<String>::new());
        assert_eq!(self.desk.store.verify().await.unwrap().faults, Vec::<String>::new());
    }
}

impl Stored {
    /// The service begins again, on a store of its own.
    pub async fn again(&self) -> Scene {
        let folder = tempfile::tempdir().unwrap();
        for entry in fs::read_dir(self.folder.path()).unwrap() {
            let entry = entry.unwrap();
            fs::copy(entry.path(), folder.path().join(entry.file_name())).unwrap();
        }
        let keys = Keys::load(&folder.path().join("key")).unwrap();
        let store = Store::open(&format!("sqlite://{}/store.db", folder.path().display()), &keys, Dice::from_seed([9; 32])).await.unwrap();
        let (desk, knowledge) = assembled(store, &keys).await;
        let (letters, signers, names) = (self.letters.clone(), self.signers.clone(), self.names.clone());
        Scene { desk, now: self.now, letters, knowledge, signers, names, uid: self.uid, folder }
    }
}

/// The names of the tables in which `before` and `after` differ.
pub fn changed(before: &BTreeMap<String, Vec<String>>, after: &BTreeMap<String, Vec<String>>) -> Vec<String> {
    assert_eq!(before.keys().collect::<Vec<_>>(), after.keys().collect::<Vec<_>>());
    before.iter().filter(|(table, rows)| after[*table] != **rows).map(|(table, _)| table.clone()).collect()
}
