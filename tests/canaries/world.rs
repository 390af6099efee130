//! A service that is written to at random, and everything that leaves it.

use crate::history::{Left, Passed, What, named};
use crate::mail::{Draft, PLACES, Person, write};
use crate::search::{Search, has_number};
use elitige::authenticate::Verdict;
use elitige::config::Config;
use elitige::domain::{Channel, Dice, Digest, Dispute, Instant, Language, MailOutcome, Role, Share};
use elitige::letter;
use elitige::settle::{Desk, Incoming, Registrar, assemble, settle_command, settle_due, settle_mail};
use elitige::store::{Arrival, Keys, ReceiptState, Sent, Store};
use elitige::story::{LetterSeen, delivery_report, fill_codes, seen};
use std::collections::BTreeMap;
use std::path::Path;

/// A proposal in one line, with words of its own in the place of the sign.
const PROPOSES: &str = "PROPOSER\n1) Le vendeur rembourse 900 DH sous 10 jours, @\n\n";

/// A random source that a seed fixes.
pub struct Chance(u64);

impl Chance {
    pub fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1)
    }

    /// A number below `most`.
    pub fn below(&mut self, most: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 >> 11).unwrap() % most
    }

    fn one<'a, T>(&mut self, of: &'a [T]) -> &'a T {
        &of[self.below(of.len())]
    }
}

/// What somebody said, and who may hear it besides the service.
struct Said {
    canary: String,
    by: Role,
    channel: Channel,
    /// Whether a party wrote it to the service before anybody mediated: then the registrar may read it.
    to_desk: bool,
}

struct Player {
    role: Role,
    person: Person,
    letters: Vec<LetterSeen>,
}

/// One dispute, from a complaint on.
pub struct World<'a> {
    config: &'a Config,
    desk: &'a Desk,
    pub now: Instant,
    chance: Chance,
    players: Vec<Player>,
    said: Vec<Said>,
    number: u64,
    mails: u64,
    /// What left, and was looked through, by name.
    pub letters: BTreeMap<String, usize>,
    /// What somebody got who may not see it.
    pub leaks: Vec<String>,
    /// All that came, and what followed.
    pub history: Vec<Passed>,
    /// The last mail that was heard, and whose it was.
    last: Option<(usize, Vec<u8>)>,
}

/// A service of its own in `folder`.
pub async fn service(config: &Config, folder: &Path, seed: u64) -> (Desk, Keys) {
    let keys = Keys::create(&folder.join("key"), &mut Dice::from_seed([1; 32])).unwrap();
    let mut bytes = [2; 32];
    bytes[..8].copy_from_slice(&seed.to_be_bytes());
    let store = Store::create(&format!("sqlite://{}", folder.join("db").display()), &keys, Dice::from_seed(bytes)).await.unwrap();
    (assemble(config, store, &keys).await.unwrap(), keys)
}

const STRANGER: usize = 4;
const CONSUMER: usize = 0;
const MERCHANT: usize = 1;
const MEDIATOR: usize = 2;
const OPERATOR: usize = 3;

impl<'a> World<'a> {
    pub fn new(config: &'a Config, desk: &'a mut Desk, number: u64, now: Instant) -> Self {
        let player = |role: Role, mark: &'static str, domain: &str| {
            let mut person = Person { mark, address: String::new() };
            person.address = format!("{}{number}@{domain}", person.canary("address"));
            Player { role, person, letters: Vec::new() }
        };
        let players = vec![
            player(Role::Consumer, "c", "courrier.example"),
            player(Role::Merchant, "m", "boutique.example"),
            player(Role::Mediator, "d", "mediateurs.example"),
            player(Role::Operator, "o", "greffe.example"),
            player(Role::Consumer, "e", "ailleurs.example"),
        ];
        let staff = |at: usize, players: &[Player]| Registrar { address: players[at].person.address.parse_address(), name: None, language: Language::Fr };
        desk.operators = vec![staff(OPERATOR, &players)];
        desk.mediators = vec![staff(MEDIATOR, &players)];
        Self {
            config,
            desk,
            now,
            chance: Chance::new(number + 1),
            players,
            said: Vec::new(),
            number,
            mails: 0,
            letters: BTreeMap::new(),
            leaks: Vec::new(),
            history: Vec::new(),
            last: None,
        }
    }

    /// Whether people are at work then.
    pub fn is_awake(&self, at: Instant) -> bool {
        self.desk.calendar.waking_from(at) == at
    }

    /// A complaint, and then `events` events at random.
    pub async fn play(&mut self, events: usize) {
        // A field of the request tells how to reach its writer.
        let product = match self.number % 3 {
            0 => format!("\nProduit : une lampe pour {}\n", self.players[CONSUMER].person.address),
            1 => format!("\nProduit : une lampe, {}\n", self.players[CONSUMER].person.phone()),
            _ => String::new(),
        };
        // A seller of its own: whoever was confirmed for one is invited for the next dispute as well.
        let account = format!(
            "je m'appelle Leila Bennani. Commande n° AT-48213 du 3 novembre 2026 sur le site boutique-{}.example, \
             1 500,00 DH payés par carte, jamais reçue malgré mes relances du 12 novembre. Je demande le remboursement.",
            self.number
        );
        let words = self.words(CONSUMER, Channel::ConsumerPrivate, &account);
        self.written_to_the_service(CONSUMER).await;
        self.write(CONSUMER, &format!("{words}{product}"), None, "", true).await;
        // Two of three go on as most disputes do, so that everybody has a part in what follows.
        if self.chance.below(3) > 0 {
            self.answer(CONSUMER, None, &["CONFIRMER ***\n"]).await;
            self.admit().await;
            self.assign().await;
            if self.number.is_multiple_of(4) {
                self.copies(MEDIATOR, STRANGER).await;
            }
        }
        for _ in 0..events {
            match self.chance.below(21) {
                0..=2 => self.answer(CONSUMER, None, &["CONFIRMER ***\n"]).await,
                3 | 4 => self.admit().await,
                5 => self.assign().await,
                6 | 7 => {
                    self.answer(
                        CONSUMER,
                        None,
                        &[
                            "",
                            "",
                            "PARTAGER ***\n",
                            "PARTAGER ***\n",
                            "PARTAGER ***\n",
                            "GARDER ***\n",
                            "PAUSE ***\n",
                            PROPOSES,
                            "PROPOSER ***\n",
                            "ACCEPTER ***\n",
                            "ANNULER ***\n",
                        ],
                    )
                    .await
                }
                8 | 9 => {
                    self.answer(
                        MERCHANT,
                        None,
                        &[
                            "",
                            "",
                            "PARTAGER ***\n",
                            "PARTAGER ***\n",
                            "PARTAGER ***\n",
                            "ACCEPTER ***\n",
                            "GARDER ***\n",
                            PROPOSES,
                            "PROPOSER ***\n",
                            "REFUSER ***\n",
                            "MÉDIATION\n",
                            "MÉDIATION ***\n",
                        ],
                    )
                    .await
                }
                10 | 11 => self.mediate().await,
                12 => self.answer(CONSUMER, Some(Channel::Joint), &[""]).await,
                13 => self.answer(MERCHANT, Some(Channel::Joint), &[""]).await,
                14 => self.copied().await,
                15 => self.stranger().await,
                16 => self.bounce().await,
                17 => self.automatic().await,
                18 => self.forged().await,
                19 => self.again().await,
                _ => self.wait().await,
            }
        }
    }

    /// `text` with a canary of its own, noted with who may hear it.
    fn words(&mut self, who: usize, channel: Channel, text: &str) -> String {
        self.mails += 1;
        let canary = format!("zq{}say{}n{}xjk", self.players[who].person.mark, self.number, self.mails);
        self.said.push(Said { canary: canary.clone(), by: self.players[who].role, channel, to_desk: false });
        format!("Bonjour, {text} Je le dis ainsi : {canary}.")
    }

    /// The dispute of this sequence.
    async fn dispute(&self) -> Option<Dispute> {
        let mut work = self.desk.store.begin().await.unwrap();
        let consumer = self.players[CONSUMER].person.address.parse_address();
        let (id, _, _) = work.by_address(&consumer).await.unwrap().pop()?;
        work.dispute(id).await.unwrap()
    }

    /// The last words were written by a party to the service.
    async fn written_to_the_service(&mut self, who: usize) {
        let alone = self.dispute().await.is_none_or(|dispute| dispute.is_with_service());
        if let Some(said) = self.said.last_mut().filter(|_| alone && matches!(who, CONSUMER | MERCHANT)) {
            said.to_desk = true;
        }
    }

    async fn open_joint(&self) -> bool {
        self.dispute().await.is_some_and(|dispute| dispute.joint.is_open())
    }

    /// An answer to a letter; what is said in it is heard on the channel of that letter, if that is open.
    async fn answer(&mut self, who: usize, on: Option<Channel>, commands: &[&str]) {
        let Some(letter) = self.players[who].letters.iter().rev().find(|letter| on.is_none_or(|on| letter.channel == on)).cloned() else { return };
        let open = self.open_joint().await;
        let channel = if letter.channel == Channel::Joint && !open { Channel::private_to(self.players[who].role) } else { letter.channel };
        let command = *self.chance.one(commands);
        // An order of the mediator's says for itself who hears it.
        let channel = match (who, command) {
            (MEDIATOR, "DEMANDER A\n") => Channel::ConsumerPrivate,
            (MEDIATOR, "DEMANDER V\n") => Channel::MerchantPrivate,
            (MEDIATOR, command) if !command.is_empty() => Channel::Notes,
            _ => channel,
        };
        let words = self.words(who, channel, "voici ma réponse.");
        self.written_to_the_service(who).await;
        // What is proposed crosses once it was proposed with the code; what stands below it never does.
        let proposed = if command == PROPOSES { self.words(who, channel, "ainsi,") } else { String::new() };
        self.written_to_the_service(who).await;
        // Words beside a yes make it none, but where they are known to leave it one.
        let yes = matches!(command, "ACCEPTER ***\n" | "PARTAGER ***\n");
        let words = if yes && (who == MEDIATOR || self.chance.below(4) > 0) { String::new() } else { words };
        let body = format!("{}{words}", command.replace('@', &proposed));
        let read: String = self.players[who].letters.iter().rev().map(|letter| letter.text.as_str()).collect::<Vec<_>>().join("\n");
        let Ok(body) = fill_codes(&body, &read) else { return };
        self.write(who, &body, Some(&letter), "", true).await;
    }

    async fn mediate(&mut self) {
        let on = *self.chance.one(&[Channel::ConsumerPrivate, Channel::MerchantPrivate, Channel::Joint, Channel::Desk]);
        let orders = ["", "", "", "NOTE ", "DEMANDER A\n", "DEMANDER V\n", "TRANSMETTRE A\n", "TRANSMETTRE V\n", "FICHE\n", PROPOSES, "PROPOSER ***\n"];
        self.answer(MEDIATOR, Some(on), &orders).await;
    }

    /// Somebody answers with the other side, or an outsider, in copy.
    async fn copied(&mut self) {
        let who = self.chance.below(3);
        let whom = *self.chance.one(&[CONSUMER, MERCHANT, STRANGER]);
        self.copies(who, whom).await;
    }

    async fn copies(&mut self, who: usize, whom: usize) {
        let copied = &self.players[whom].person;
        let cc = format!("\"{}\" <{}>", copied.canary("display"), copied.address);
        let Some(letter) = self.players[who].letters.last().cloned() else { return };
        // What its writer sends to others directly is not ours to keep; nothing of it may leave through us all the same, but what a party answers to both sides.
        let joint = who != MEDIATOR && letter.channel == Channel::Joint && self.open_joint().await;
        let body = self.words(who, if joint { Channel::Joint } else { Channel::Notes }, "copie à d'autres.");
        self.written_to_the_service(who).await;
        self.write(who, &body, Some(&letter), &cc, true).await;
    }

    /// A stranger who got hold of a letter answers it.
    async fn stranger(&mut self) {
        let of = self.chance.below(3);
        let Some(letter) = self.players[of].letters.last().cloned() else { return };
        let body = self.words(STRANGER, Channel::Notes, "c'est moi.");
        self.write(STRANGER, &body, Some(&letter), "", true).await;
    }

    async fn forged(&mut self) {
        let who = self.chance.below(3);
        let Some(letter) = self.players[who].letters.last().cloned() else { return };
        let body = self.words(who, Channel::Notes, "faux.");
        self.write(who, &body, Some(&letter), "", false).await;
    }

    async fn automatic(&mut self) {
        let who = self.chance.below(3);
        let Some(letter) = self.players[who].letters.last().cloned() else { return };
        let body = self.words(who, Channel::Notes, "absent.");
        let mut mail = self.mail(who, &body, Some(&letter), "");
        mail.splice(0..0, *b"Auto-Submitted: auto-replied\r\n");
        self.come(&mail, true).await;
    }

    async fn bounce(&mut self) {
        let who = self.chance.below(3);
        let Some(letter) = self.players[who].letters.last().cloned() else { return };
        let canary = self.players[who].person.canary("bounced");
        let report = String::from_utf8(delivery_report(&self.players[who].person.address, &letter.message_id, self.now)).unwrap();
        // In its sentence, in its fields, in the mail that comes back with it, and behind everything.
        let mut report = report.replace("It could not be delivered.", &format!("It could not be delivered to {canary}: {}", letter.text));
        report = report.replace("Status: 5.1.1", &format!("Status: 5.1.1\r\nDiagnostic-Code: smtp; 550 {canary} unknown"));
        report = report.replace("\r\n\r\n--b--", &format!("\r\nSubject: {canary}\r\n\r\n--b--"));
        let report = format!("{report}{canary} {}\r\n", letter.text).into_bytes();
        self.come(&report, false).await;
    }

    /// A program writes.
    async fn come(&mut self, mail: &[u8], signed: bool) {
        let before = self.dispute().await;
        if let Some(outcome) = self.receive(mail, signed).await {
            self.pass(What::Mail(outcome), None, before).await;
        }
    }

    async fn admit(&mut self) {
        let Some(letter) = self.players[OPERATOR].letters.iter().rev().find(|letter| letter.text.contains("ADMETTRE")).cloned() else { return };
        let body = format!("ADMETTRE *** {}", self.players[MERCHANT].person.address);
        let Ok(body) = fill_codes(&body, &letter.text) else { return };
        self.write(OPERATOR, &body, Some(&letter), "", true).await;
    }

    async fn assign(&mut self) {
        self.name().await;
        self.answer(MEDIATOR, Some(Channel::Desk), &["ACCEPTER ***\n"]).await;
    }

    async fn name(&mut self) {
        let Some(open) = self.dispute().await else { return };
        let mut work = self.desk.store.begin().await.unwrap();
        let mediator = self.players[MEDIATOR].person.address.clone();
        settle_command(self.desk, &mut work, &open.reference, "assign", &mediator, self.now, &mut self.dice()).await.unwrap();
        work.commit().await.unwrap();
        self.pass(What::Command, None, Some(open)).await;
    }

    async fn wait(&mut self) {
        self.now = self.now.plus_seconds(3 * 86_400);
        let Some(dispute) = self.dispute().await else { return };
        let mut work = self.desk.store.begin().await.unwrap();
        settle_due(self.desk, &mut work, dispute.id, self.now).await.unwrap();
        work.commit().await.unwrap();
        self.pass(What::Clock, None, Some(dispute)).await;
    }

    fn mail(&mut self, who: usize, body: &str, letter: Option<&LetterSeen>, cc: &str) -> Vec<u8> {
        self.mails += 1;
        let desk = self.desk.counters.iter().find(|counter| counter.workflow.is_some()).unwrap().address.to_string();
        write(&Draft {
            from: &self.players[who].person,
            to: letter.map_or(desk.as_str(), |letter| letter.reply_to.as_str()),
            cc,
            subject: letter.map_or("Commande jamais reçue", |letter| letter.subject.as_str()),
            words: body,
            answers: letter.map(|letter| (letter.message_id.as_str(), letter.text.as_str())),
            date: &self.now.rfc5322(),
            unique: self.number * 1_000 + self.mails,
            laden: self.mails.is_multiple_of(3),
        })
    }

    async fn write(&mut self, who: usize, body: &str, letter: Option<&LetterSeen>, cc: &str, signed: bool) {
        let mail = self.mail(who, body, letter, cc);
        let before = self.dispute().await;
        let Some(outcome) = self.receive(&mail, signed).await else { return };
        self.last = (signed && !outcome.is_held()).then_some((who, mail));
        let role = self.players[who].role;
        self.pass(What::Mail(outcome), Some(role), before).await;
    }

    /// The last mail comes once more, over another server.
    async fn again(&mut self) {
        let Some((who, mail)) = self.last.clone() else { return };
        self.mails += 1;
        let before = self.dispute().await;
        let copy = [format!("X-Passed: {}\r\n", self.mails).as_bytes(), mail.as_slice()].concat();
        if self.receive(&copy, true).await.is_some() {
            let role = self.players[who].role;
            self.pass(What::Again, Some(role), before).await;
        }
    }

    /// Notes what came and all that followed.
    async fn pass(&mut self, what: What, by: Option<Role>, before: Option<Dispute>) {
        let left = self.collect().await;
        let after = self.dispute().await;
        let journal = match &after {
            Some(dispute) => self.desk.store.journal(dispute.id).await.unwrap(),
            None => Vec::new(),
        };
        self.history.push(Passed { what, by, before, after, left, journal });
    }

    fn dice(&mut self) -> Dice {
        let mut seed = [3; 32];
        seed[..8].copy_from_slice(&self.number.to_be_bytes());
        self.mails += 1;
        seed[8..16].copy_from_slice(&self.mails.to_be_bytes());
        Dice::from_seed(seed)
    }

    async fn receive(&mut self, bytes: &[u8], signed: bool) -> Option<MailOutcome> {
        self.now = self.now.plus_seconds(3_600);
        let mailbox = self.desk.counters.iter().find(|counter| counter.workflow.is_some()).unwrap().mailbox.clone();
        let uid = u32::try_from(self.number % 1_000 * 1_000 + self.mails).unwrap();
        let arrival = Arrival { mailbox: mailbox.clone(), uid_validity: 1, uid, received: self.now, bytes: bytes.to_vec() };
        let receipt = self.desk.store.receive(std::slice::from_ref(&arrival)).await.unwrap().pop().unwrap();
        if !matches!(receipt.state, ReceiptState::New { .. }) {
            return None;
        }
        let letter = letter::read(bytes, &self.config.knowledge, &self.config.limits);
        let verdict = if signed { Verdict::proven() } else { Verdict::refuted() };
        let (digest, exhibits) = (Digest::of(bytes), letter::exhibits(bytes, &self.config.limits));
        let incoming = Incoming { number: receipt.letter, mailbox, digest, received: self.now, letter: Some(letter), verdict, exhibits, owned: None };
        let mut dice = self.dice();
        let mut work = self.desk.store.begin().await.unwrap();
        let outcome = settle_mail(self.desk, &mut work, &incoming, self.now, &mut dice).await.unwrap();
        work.commit().await.unwrap();
        // Whoever logs any of these, today or one day, must not tell with it what the mail says.
        tracing::trace!(?incoming, ?outcome, letters = ?self.players.iter().map(|player| player.letters.len()).collect::<Vec<_>>());
        Some(outcome)
    }

    /// Takes everything that leaves, looks through it, and hands it out.
    async fn collect(&mut self) -> Vec<Left> {
        let dispute = self.dispute().await;
        let mut left = Vec::new();
        for row in self.desk.store.claim("canaries", self.now, 50, 0).await.unwrap() {
            *self.letters.entry(row.letter.clone()).or_default() += 1;
            if String::from_utf8_lossy(&row.mail.bytes).contains("piece-3.txt") {
                *self.letters.entry("with attachments".to_owned()).or_default() += 1;
            }
            left.push(Left {
                role: row.role,
                to: row.mail.to.as_str().to_owned(),
                named: named(&row.mail.bytes),
                message_id: row.mail.message_id.as_str().to_owned(),
                fresh: row.queued == self.now,
                of_dispute: row.dispute.is_some() && row.dispute == dispute.as_ref().map(|dispute| dispute.id),
            });
            let reader = self.players.iter().position(|player| player.person.address.eq_ignore_ascii_case(row.mail.to.as_str()));
            match reader {
                Some(reader) => {
                    let shared = dispute.as_ref().map(|dispute| given_to(dispute, self.players[reader].role)).unwrap_or_default();
                    let found = self.look(reader, &row.mail.bytes, &shared);
                    self.leaks.extend(found.map(|found| format!("sequence {}: {} to the {}: {found}", self.number, row.letter, row.role)));
                    let letter = seen(&row.mail.bytes, row.mail.channel, self.config);
                    self.players[reader].letters.push(letter);
                }
                None => self.leaks.push(format!("sequence {}: {} went to nobody who takes part", self.number, row.letter)),
            }
            self.desk.store.dot_pending(row.id, "canaries", self.now).await.unwrap();
            self.desk.store.finish(row.id, "canaries", Sent::Delivered { reply_code: 250 }, self.now).await.unwrap();
        }
        left
    }

    /// A canary in a letter whose reader may not see it. The registrar may see who writes to a mediation, and nothing of what is said in it once somebody mediates.
    fn look(&self, reader: usize, bytes: &[u8], shared: &str) -> Option<String> {
        let role = self.players[reader].role;
        let mut words: Vec<String> = Vec::new();
        for (at, player) in self.players.iter().enumerate().filter(|(at, _)| *at != reader) {
            let known = |place: &str| role == Role::Operator && (place == "address" || at == MEDIATOR);
            words.extend(PLACES.iter().filter(|place| **place != "phone" && !known(place)).map(|place| player.person.canary(place)));
            words.push(player.person.canary("bounced"));
        }
        let heard = |said: &Said| said.by == role || said.channel.is_read_by(role) || shared.contains(&said.canary);
        let of_stranger = reader == STRANGER;
        let screened = |said: &Said| role == Role::Operator && said.to_desk;
        words.extend(self.said.iter().filter(|said| of_stranger || !heard(said) && !screened(said)).map(|said| said.canary.clone()));
        let found = Search::new(words.iter().map(String::as_str)).in_letter(bytes);
        let last_digits = |player: &Player| player.person.phone().replace(' ', "")[1..].to_owned();
        let numbers: Vec<String> = self.players.iter().map(last_digits).collect();
        found.or_else(|| has_number(bytes, &numbers).then(|| "a telephone number".to_owned()))
    }
}

/// What others gave to be read by `role`, each with its code: the request as it was confirmed, proposals, words that may be passed on.
fn given_to(dispute: &Dispute, role: Role) -> String {
    let request = dispute.consent.confirmed_request().map(|request| request.account.clone());
    let proposals = dispute.consent.proposals().iter().map(|tabled| tabled.terms.text());
    let asked = |share: &&Share| Role::from(share.from) == role || share.is_given() && Role::from(share.from.other()) == role;
    let shares = dispute.shares.iter().filter(asked).map(|share| share.words.clone());
    request.into_iter().chain(proposals).chain(shares).collect::<Vec<_>>().join("\n")
}

trait ParseAddress {
    fn parse_address(&self) -> elitige::domain::Address;
}

impl ParseAddress for String {
    fn parse_address(&self) -> elitige::domain::Address {
        elitige::domain::Address::parse(self).unwrap()
    }
}
