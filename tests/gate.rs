//! Who is heard, who is asked, and who is told: mails against a real store, with the real rules and letters.

#[path = "harness/configuration.rs"]
mod configuration;

use configuration::configuration;
use elitige::authenticate::{Author, Outcome, Verdict};
use elitige::config::UnknownAuthor;
use elitige::domain::{Address, ContactStanding, Dice, Digest, Dispute, HeldReason, Instant, Language, MailOutcome, Reference, Role};
use elitige::letter::{self, Exhibits, Letter};
use elitige::settle::{
    By, Carried, Commanded, Desk, Incoming, Order, Ordered, Refusal, Registrar, Wanted, assemble, settle_command, settle_digest, settle_mail, settle_order,
    settle_pen_order, wanted,
};
use elitige::store::{Arrival, Keys, LetterNumber, OutboxRow, PenOrder, ReceiptState, Sent, Standing, Store};
use elitige::story::{Draft, LetterSeen, code_after, compose_mail, seen};
use proptest::prelude::*;
use tempfile::TempDir;

const LEILA: &str = "leila@courrier.example";
const OTHER: &str = "l.bennani@travail.example";
const EVE: &str = "eve@courrier.example";
const REGISTRAR: &str = "registrar@elitige.example";
const DAY: i64 = 86_400;
const COMPLAINT: &str = "Bonjour,\nje m'appelle Leila Bennani. J'ai commandé le 3 novembre 2026 une machine à café sur le site boutique-atlas.example, \
    commande n° AT-48213, pour 1 500,00 DH. Je n'ai rien reçu malgré mes relances du 12 novembre.\nJe demande le remboursement de ma commande.";

/// A desk, its mailbox, and everybody's letters.
struct Town {
    desk: Desk,
    now: Instant,
    uid: u32,
    letters: Vec<(Address, String, LetterSeen)>,
    _folder: TempDir,
}

fn address(text: &str) -> Address {
    Address::parse(text).unwrap()
}

/// A domain that publishes nothing.
fn silent() -> Verdict {
    Verdict::unknown()
}

/// A domain whose servers did not answer.
fn unreachable() -> Verdict {
    Verdict { dmarc: Outcome::TempError, ..Verdict::unknown() }
}

impl Town {
    /// A town in which Leila has complained and was answered.
    async fn new() -> Town {
        let folder = tempfile::tempdir().unwrap();
        let keys = Keys::create(&folder.path().join("key"), &mut Dice::from_seed([7; 32])).unwrap();
        let store = Store::create(&format!("sqlite://{}/town.db", folder.path().display()), &keys, Dice::from_seed([8; 32])).await.unwrap();
        let mut desk = assemble(configuration(), store, &keys).await.unwrap();
        let language = desk.operators[0].language;
        desk.operators = vec![Registrar { address: address(REGISTRAR), name: None, language }];
        let now = Instant::parse("2026-11-23T09:00:00Z").unwrap();
        let mut town = Town { desk, now, uid: 0, letters: Vec::new(), _folder: folder };
        let to = town.desk.counters.iter().find(|counter| counter.workflow.is_some()).unwrap().address.to_string();
        assert_eq!(town.mail(LEILA, &to, COMPLAINT, None, &[], Verdict::proven()).await, MailOutcome::Opened);
        town
    }

    /// Somebody writes; what became of it.
    async fn mail(&mut self, from: &str, to: &str, body: &str, answers: Option<&LetterSeen>, headers: &[&str], verdict: Verdict) -> MailOutcome {
        self.now = self.now.plus_seconds(60);
        let headers: Vec<String> = headers.iter().map(|header| (*header).to_owned()).collect();
        let subject = answers.map_or("Commande".to_owned(), |letter| format!("Re: {}", letter.subject));
        let draft = Draft { from: &address(from), to, subject: &subject, body, answers, headers: &headers, at: self.now };
        let outcome = self.settle(&compose_mail(&draft), verdict).await;
        self.deliver().await;
        outcome
    }

    /// Somebody answers `letter`.
    async fn answer(&mut self, from: &str, letter: &LetterSeen, body: &str, verdict: Verdict) -> MailOutcome {
        let to = letter.reply_to.clone();
        self.mail(from, &to, body, Some(letter), &[], verdict).await
    }

    /// Whose attachments are worth to be cleaned before a mail is settled that answers `letter`.
    async fn wanted(&self, from: &str, letter: &LetterSeen, headers: &[&str], body: &str, verdict: Verdict) -> Wanted {
        let headers: Vec<String> = headers.iter().map(|header| (*header).to_owned()).collect();
        let draft = Draft { from: &address(from), to: &letter.reply_to, subject: "Re", body, answers: Some(letter), headers: &headers, at: self.now };
        let bytes = compose_mail(&draft);
        let letter = Some(letter::read(&bytes, &configuration().knowledge, &configuration().limits));
        let (number, mailbox, digest, exhibits) = (LetterNumber(99), "mediation".to_owned(), Digest::of(&bytes), Exhibits::default());
        let incoming = Incoming { number, mailbox, digest, received: self.now, letter, verdict, exhibits, owned: None };
        wanted(&self.desk, &incoming, self.now).await.unwrap()
    }

    async fn settle(&mut self, bytes: &[u8], verdict: Verdict) -> MailOutcome {
        self.uid += 1;
        let mailbox = self.desk.counters.iter().find(|counter| counter.workflow.is_some()).unwrap().mailbox.clone();
        let arrival = Arrival { mailbox: mailbox.clone(), uid_validity: 1, uid: self.uid, received: self.now, bytes: bytes.to_vec() };
        let receipt = self.desk.store.receive(&[arrival]).await.unwrap().pop().unwrap();
        let ReceiptState::New { .. } = receipt.state else { return MailOutcome::Duplicate };
        let letter: Letter = letter::read(bytes, &configuration().knowledge, &configuration().limits);
        let (number, digest) = (receipt.letter, Digest::of(bytes));
        let incoming = Incoming { number, mailbox, digest, received: self.now, letter: Some(letter), verdict, exhibits: Exhibits::default(), owned: None };
        let mut work = self.desk.store.begin().await.unwrap();
        let outcome = settle_mail(&self.desk, &mut work, &incoming, self.now, &mut Dice::from_seed([self.uid as u8; 32])).await.unwrap();
        work.commit().await.unwrap();
        outcome
    }

    async fn deliver(&mut self) {
        let rows: Vec<OutboxRow> = self.desk.store.claim("town", self.now, 50, 900).await.unwrap();
        for row in rows {
            self.letters.push((row.mail.to.clone(), row.letter.clone(), seen(&row.mail.bytes, row.mail.channel, configuration())));
            self.desk.store.dot_pending(row.id, "town", self.now).await.unwrap();
            self.desk.store.finish(row.id, "town", Sent::Delivered { reply_code: 250 }, self.now).await.unwrap();
        }
    }

    async fn order(&mut self, order: Order) -> Ordered {
        let reference = self.reference().await;
        let mut work = self.desk.store.begin().await.unwrap();
        let ordered = settle_order(&self.desk, &mut work, &reference, order, self.now, &mut Dice::from_seed([99; 32])).await.unwrap();
        work.commit().await.unwrap();
        self.deliver().await;
        ordered
    }

    async fn reference(&self) -> Reference {
        self.dispute().await.reference
    }

    /// The one dispute, also a closed one.
    async fn dispute(&self) -> Dispute {
        let mut all = self.desk.store.list(Standing::Open, 9).await.unwrap();
        all.extend(self.desk.store.list(Standing::Closed, 9).await.unwrap());
        assert_eq!(all.len(), 1, "nobody opened another dispute");
        self.desk.store.dispute(all[0].id).await.unwrap().unwrap()
    }

    /// The latest letter of that name.
    fn latest(&self, name: &str) -> LetterSeen {
        self.letters.iter().rev().find(|(_, letter, _)| letter == name).map(|(_, _, seen)| seen.clone()).unwrap_or_else(|| panic!("no letter {name}"))
    }

    fn count(&self, name: &str) -> usize {
        self.letters.iter().filter(|(_, letter, _)| letter == name).count()
    }

    fn written_to(&self, to: &str) -> usize {
        self.letters.iter().filter(|(address, _, _)| address.as_str() == to).count()
    }

    async fn gates(&self) -> Vec<String> {
        let id = self.dispute().await.id;
        let entries = self.desk.store.journal(id).await.unwrap().into_iter().filter_map(|recorded| recorded.entry);
        entries.filter(|entry| matches!(entry.act, elitige::domain::Act::Gate(_))).map(|entry| entry.act.name().to_owned()).collect()
    }

    /// All is as it must be in the store.
    async fn sound(&self) {
        assert_eq!(self.desk.store.check().await.unwrap(), Vec::<String>::new());
        assert_eq!(self.desk.store.verify().await.unwrap().faults, Vec::<String>::new());
    }
}

/// `word` with the code that `letter` prints after it.
fn coded(letter: &LetterSeen, word: &str) -> String {
    format!("{word} {}", code_after(&letter.text, word).unwrap_or_else(|| panic!("no code after {word} in {}", letter.text)))
}

const UNKNOWN_SENDER: MailOutcome = MailOutcome::Held(HeldReason::UnknownSender);
const UNPROVEN: MailOutcome = MailOutcome::Held(HeldReason::NotAuthenticated);

#[tokio::test]
async fn t18_t25_a_letter_that_was_passed_on_is_asked_about_at_the_registered_address_and_nowhere_else() {
    let mut town = Town::new().await;
    let first = town.latest("acknowledgement");
    assert_eq!(town.answer(OTHER, &first, "Le montant est de 1 700,00 DH.", Verdict::proven()).await, UNKNOWN_SENDER);
    let asked = town.latest("challenge");
    assert_eq!((town.written_to(OTHER), town.letters.last().unwrap().0.as_str()), (0, LEILA));
    assert!(asked.text.contains("travail") && !asked.text.contains("l.bennani") && !asked.text.contains("1 700"), "{}", asked.text);
    let yes = coded(&asked, "OUI");
    // Whoever has the letter and not the mailbox cannot say yes.
    assert_eq!(town.answer(OTHER, &asked, &yes, Verdict::proven()).await, UNKNOWN_SENDER);
    assert_eq!(town.dispute().await.consumer.contacts, []);
    assert_eq!(town.answer(LEILA, &asked, &yes, Verdict::proven()).await, MailOutcome::Noted);
    let dispute = town.dispute().await;
    assert_eq!(
        dispute.consumer.contacts.iter().map(|contact| (contact.address.as_str(), contact.standing)).collect::<Vec<_>>(),
        [(OTHER, ContactStanding::OtherAddress)]
    );
    assert_eq!(dispute.complaint.facts.get(elitige::domain::Fact::Amount), Some("1700.00"), "the held mail was heard");
    let held = town.desk.store.held(9).await.unwrap();
    assert_eq!(held.iter().map(|held| held.number).collect::<Vec<_>>(), [LetterNumber(3)], "only the yes of the stranger still waits");
    // From now on it speaks for itself, and nothing is written to it.
    assert_eq!(town.answer(OTHER, &first, "Le produit est une cafetière.", Verdict::proven()).await, MailOutcome::Noted);
    assert_eq!(town.written_to(OTHER), 0);
    assert_eq!(town.gates().await, ["mail-asked", "mail-owned"]);
    town.sound().await;
}

#[tokio::test]
async fn t18_a_no_takes_the_reply_address_away_and_the_stranger_is_not_asked_about_again() {
    let mut town = Town::new().await;
    let first = town.latest("acknowledgement");
    let token = town.dispute().await.consumer.token;
    town.answer(OTHER, &first, "Je retire tout.", Verdict::proven()).await;
    let asked = town.latest("challenge");
    assert_eq!(town.answer(LEILA, &asked, &coded(&asked, "NON"), Verdict::proven()).await, MailOutcome::Noted);
    assert_ne!(town.dispute().await.consumer.token, token);
    assert_eq!(town.desk.store.held(9).await.unwrap().len(), 1, "it stays held");
    // The registrar may put it aside or keep it with the case, and is not asked to have it heard.
    let digest = town.latest("held-digest");
    let reference = town.reference().await;
    assert!(!digest.text.contains("LIBÉRER"), "{}", digest.text);
    assert!(digest.text.contains("n’est pas d’elle") && !digest.text.contains("Sans doute"), "{}", digest.text);
    assert!(digest.text.contains("ÉCARTER") && digest.text.contains(&format!("JOINDRE 2 {reference}")), "{}", digest.text);
    let attach = digest.text.lines().find_map(|line| line.find("JOINDRE").map(|at| line[at..].split(':').next().unwrap().to_owned())).unwrap();
    let to = first.reply_to.clone();
    assert_eq!(town.mail(OTHER, &to, "Et maintenant ?", None, &[], Verdict::proven()).await, MailOutcome::Stranger, "the old reply address leads nowhere");
    town.now = town.now.plus_seconds(2 * DAY);
    assert_eq!(town.answer(OTHER, &first, "Encore moi.", Verdict::proven()).await, UNKNOWN_SENDER);
    assert_eq!(town.count("challenge"), 1);
    assert_eq!(town.gates().await, ["mail-asked", "mail-disowned"]);
    for order in [PenOrder::Hear(town.dispute().await.id, Role::Consumer), PenOrder::Open] {
        let mut work = town.desk.store.begin().await.unwrap();
        let mut dice = Dice::from_seed([5; 32]);
        let carried = settle_pen_order(&town.desk, &mut work, LetterNumber(2), order, By::CommandLine, None, town.now, &mut dice).await.unwrap();
        assert_eq!(carried, Carried::Refused(Refusal::Disowned));
    }
    assert_eq!(town.mail(REGISTRAR, &digest.reply_to, &attach, None, &[], Verdict::proven()).await, MailOutcome::Ordered);
    town.sound().await;
}

#[tokio::test]
async fn the_registrar_hears_of_a_mail_only_once_its_owner_does_not_say_whose_it_is() {
    let mut town = Town::new().await;
    let first = town.latest("acknowledgement");
    town.answer(OTHER, &first, "Je retire tout.", Verdict::proven()).await;
    let told = async |town: &mut Town| {
        let due = town.desk.store.digest_due().await.unwrap().expect("the clock of the pen is set");
        town.now = town.now.max(due);
        town.desk.store.lapse(town.now).await.unwrap();
        let mut work = town.desk.store.begin().await.unwrap();
        assert!(settle_digest(&town.desk, &mut work, town.now).await.unwrap());
        work.commit().await.unwrap();
        town.deliver().await;
        town.count("held-digest")
    };
    assert_eq!(told(&mut town).await, 0, "its owner is still being asked");
    let begun = town.now;
    assert_eq!(told(&mut town).await, 1, "nobody answered");
    assert!(town.now.seconds_since(begun) > 5 * DAY);
    assert!(town.latest("held-digest").text.contains("LIBÉRER 2 "));
    town.sound().await;
}

#[tokio::test]
async fn t3_a_forgery_makes_nobody_write_and_questions_are_rare() {
    let mut town = Town::new().await;
    let first = town.latest("acknowledgement");
    assert_eq!(town.answer(LEILA, &first, "Bonjour.", Verdict::refuted()).await, UNPROVEN);
    assert_eq!(town.answer(OTHER, &first, "Bonjour à vous.", Verdict::refuted()).await, UNPROVEN);
    assert_eq!(town.answer(OTHER, &first, "Bonjour encore.", silent()).await, UNPROVEN);
    assert_eq!(town.count("challenge"), 0);
    for day in 0..6u32 {
        assert_eq!(town.answer(LEILA, &first, &format!("Du nouveau, jour {day} ?"), silent()).await, UNPROVEN);
        assert_eq!(town.answer(LEILA, &first, &format!("Encore, jour {day}."), unreachable()).await, UNPROVEN);
        assert_eq!(town.count("challenge"), 3.min(day as usize + 1), "one a day, three open");
        town.now = town.now.plus_seconds(DAY);
    }
    town.now = town.now.plus_seconds(7 * DAY);
    town.desk.store.lapse(town.now).await.unwrap();
    town.answer(LEILA, &first, "Toujours là ?", silent()).await;
    assert_eq!(town.count("challenge"), 4);
    town.sound().await;
}

#[tokio::test]
async fn an_author_whose_domain_publishes_nothing_is_heard_by_the_letter_and_its_code_and_never_binds() {
    let mut town = Town::new().await;
    let first = town.latest("acknowledgement");
    let confirm = coded(&first, "CONFIRMER");
    assert_eq!(town.answer(LEILA, &first, &confirm, silent()).await, UNPROVEN);
    let asked = town.latest("challenge");
    let yes = coded(&asked, "OUI");
    assert_eq!(town.answer(LEILA, &first, &yes, silent()).await, UNPROVEN, "another letter's reply address is not enough");
    assert_eq!(town.answer(LEILA, &asked, &format!("{yes}\n"), unreachable()).await, UNPROVEN, "nor is a domain that did not answer");
    assert_eq!(town.answer(LEILA, &asked, "OUI", silent()).await, UNPROVEN, "nor a yes without a code");
    let state = town.dispute().await.state;
    assert_eq!(town.answer(LEILA, &asked, &yes, silent()).await, MailOutcome::Noted);
    let dispute = town.dispute().await;
    assert!(dispute.consent.confirmed_request().is_none() && dispute.state == state, "the code in the held mail confirms nothing");
    assert_eq!(town.gates().await, ["mail-asked", "mail-owned"]);
    town.sound().await;
}

#[tokio::test]
async fn t23_automatic_answers_and_quoted_codes_satisfy_nothing() {
    let mut town = Town::new().await;
    let first = town.latest("acknowledgement");
    town.answer(OTHER, &first, "Bonjour.", Verdict::proven()).await;
    let asked = town.latest("challenge");
    let (yes, to) = (coded(&asked, "OUI"), asked.reply_to.clone());
    let away = town.mail(LEILA, &to, &yes, Some(&asked), &["Auto-Submitted: auto-replied"], Verdict::proven()).await;
    assert_eq!(away, MailOutcome::Automatic);
    for body in [format!("Je regarde cela.\n> {yes}"), "Bonne réception".to_owned(), format!("si je disais {yes}"), format!("{yes} mais pas tout")] {
        town.answer(LEILA, &asked, &body, Verdict::proven()).await;
    }
    assert_eq!((town.gates().await.len(), town.dispute().await.consumer.contacts.len()), (1, 0));
    town.answer(LEILA, &asked, &yes, Verdict::proven()).await;
    assert_eq!(town.dispute().await.consumer.contacts.len(), 1);
}

#[tokio::test]
async fn t17_what_lapsed_or_was_answered_is_not_heard_and_a_closed_case_asks_nobody() {
    let mut town = Town::new().await;
    let first = town.latest("acknowledgement");
    town.answer(OTHER, &first, "Bonjour.", Verdict::proven()).await;
    let asked = town.latest("challenge");
    town.now = town.now.plus_seconds(7 * DAY);
    town.answer(LEILA, &asked, &coded(&asked, "OUI"), Verdict::proven()).await;
    assert_eq!(town.dispute().await.consumer.contacts, []);
    assert_eq!(town.answer(LEILA, &first, &coded(&first, "RETIRER"), Verdict::proven()).await, MailOutcome::Advanced);
    assert!(town.dispute().await.is_closed());
    town.answer(OTHER, &first, "Bonjour encore.", Verdict::proven()).await;
    town.answer(LEILA, &first, "Bonjour, c'est moi.", silent()).await;
    assert_eq!(town.count("challenge"), 1);
    let ended = town.dispute().await;
    for words in ["Bonjour, je regrette.", "Bonjour, je confirme ma demande."] {
        assert_eq!(town.answer(LEILA, &first, words, Verdict::proven()).await, MailOutcome::Held(HeldReason::Closed));
    }
    assert_eq!(town.count("after-closing"), 1, "once a day, and only to the registered address");
    assert_eq!((town.dispute().await.state, town.dispute().await.outcome), (ended.state, ended.outcome));
    town.desk.store.lapse(town.now).await.unwrap();
    town.sound().await;
}

#[tokio::test]
async fn t27_somebody_else_of_the_same_domain_is_a_stranger() {
    let mut town = Town::new().await;
    let first = town.latest("acknowledgement");
    assert_eq!(town.answer(EVE, &first, &coded(&first, "CONFIRMER"), Verdict::proven()).await, UNKNOWN_SENDER);
    let asked = town.latest("challenge");
    assert_eq!(town.answer(EVE, &asked, &coded(&asked, "OUI"), Verdict::proven()).await, UNKNOWN_SENDER);
    assert_eq!((town.dispute().await.consumer.contacts.len(), town.written_to(EVE)), (0, 0));
}

#[tokio::test]
async fn a_change_of_address_needs_the_code_of_the_old_one_and_the_code_of_the_new_one() {
    let mut town = Town::new().await;
    let first = town.latest("acknowledgement");
    let code = coded(&first, "ADRESSE");
    for (from, body, verdict) in [
        (LEILA, format!("ADRESSE XXX {OTHER}"), Verdict::proven()),
        (LEILA, format!("{code} {OTHER}"), silent()),
        (EVE, format!("{code} {EVE}"), Verdict::proven()),
        (LEILA, format!("> {code} {OTHER}"), Verdict::proven()),
        (LEILA, format!("{code} {REGISTRAR}"), Verdict::proven()),
    ] {
        town.answer(from, &first, &body, verdict).await;
        assert_eq!(town.count("address-check"), 0, "{body}");
    }
    assert_eq!(town.answer(LEILA, &first, &format!("{code} {OTHER}"), Verdict::proven()).await, MailOutcome::Noted);
    let check = town.latest("address-check");
    assert!(!check.text.contains("EL-") && !check.subject.contains("EL-") && !check.text.contains("Leila"), "{}", check.text);
    let yes = coded(&check, "OUI");
    for (from, body, verdict) in
        [(OTHER, yes.as_str(), silent()), (EVE, yes.as_str(), Verdict::proven()), (OTHER, "oui, c'est bien mon adresse", Verdict::proven())]
    {
        town.answer(from, &check, body, verdict).await;
        assert_eq!(town.dispute().await.consumer.address.as_str(), LEILA);
    }
    assert_eq!(town.answer(LEILA, &first, &format!("{code} {OTHER}"), Verdict::proven()).await, MailOutcome::Held(HeldReason::NeedsPerson), "once a day");
    let before = town.dispute().await.consumer.token;
    assert_eq!(town.answer(OTHER, &check, &yes, Verdict::proven()).await, MailOutcome::Noted);
    let dispute = town.dispute().await;
    assert!(dispute.consumer.address.as_str() == OTHER && dispute.consumer.token != before);
    let told: Vec<(&str, &str)> = town.letters.iter().rev().take(2).map(|(to, name, _)| (to.as_str(), name.as_str())).collect();
    assert!(told.contains(&(LEILA, "address-changed")) && told.contains(&(OTHER, "address-confirmed")), "{told:?}");
    town.sound().await;
}

/// The mailbox of `LEILA` was taken over and moved to Eve's.
async fn taken_over() -> Town {
    let mut town = Town::new().await;
    let first = town.latest("acknowledgement");
    town.answer(LEILA, &first, &format!("{} {EVE}", coded(&first, "ADRESSE")), Verdict::proven()).await;
    let check = town.latest("address-check");
    town.answer(EVE, &check, &coded(&check, "OUI"), Verdict::proven()).await;
    assert_eq!(town.dispute().await.consumer.address.as_str(), EVE);
    town
}

#[tokio::test]
async fn t26_the_old_address_undoes_a_change_and_nothing_binds_until_the_registrar_looked() {
    let mut town = taken_over().await;
    let (eves, told) = (town.latest("address-confirmed"), town.latest("address-changed"));
    let withdraw = coded(&eves, "RETIRER");
    assert_eq!(town.answer(EVE, &told, &coded(&told, "NON"), Verdict::proven()).await, MailOutcome::Held(HeldReason::NeedsPerson), "only the old one may");
    let wake = town.dispute().await.wakes();
    assert_eq!(town.answer(LEILA, &told, &coded(&told, "NON"), silent()).await, MailOutcome::Noted);
    let dispute = town.dispute().await;
    assert!(dispute.consumer.address.as_str() == LEILA && dispute.frozen.is_some() && dispute.consumer.contacts.is_empty());
    let told: Vec<(&str, &str)> = town.letters.iter().rev().take(2).map(|(to, name, _)| (to.as_str(), name.as_str())).collect();
    assert_eq!(told, [(LEILA, "address-restored"), (REGISTRAR, "address-disputed")], "what happened, and what is to be done");
    let letters = town.letters.len();
    town.answer(EVE, &eves, &withdraw, Verdict::proven()).await;
    assert_eq!(town.answer(LEILA, &town.latest("acknowledgement"), "CONFIRMER 3AB", Verdict::proven()).await, MailOutcome::Held(HeldReason::NeedsPerson));
    assert_eq!(town.order(Order::Hold).await, Ordered::Refused("it is on hold already"));
    assert!(town.letters.iter().skip(letters).all(|(to, _, _)| to.as_str() == REGISTRAR), "the parties are told nothing new");
    town.now = town.now.plus_seconds(3 * DAY);
    assert_eq!(town.order(Order::Release).await, Ordered::Done);
    let dispute = town.dispute().await;
    assert!(dispute.frozen.is_none() && dispute.wakes() > wake, "the clock stood still meanwhile");
    assert_eq!(town.gates().await, ["address-asked", "address-changed", "change-undone", "released"]);
    town.sound().await;
}

#[tokio::test]
async fn t26_who_is_no_registrar_any_more_is_not_heard() {
    let mut town = Town::new().await;
    let first = town.latest("acknowledgement");
    town.answer(LEILA, &first, &coded(&first, "CONFIRMER"), Verdict::proven()).await;
    let screening = town.latest("screening");
    let admit = format!("{} contact@boutique-atlas.example", coded(&screening, "ADMETTRE"));
    assert_eq!(town.answer(REGISTRAR, &screening, &admit, silent()).await, UNPROVEN);
    let registrars = std::mem::replace(
        &mut town.desk.operators,
        vec![Registrar { address: address("new@elitige.example"), name: None, language: elitige::domain::Language::Fr }],
    );
    assert_eq!(town.answer(REGISTRAR, &screening, &format!("{admit} fr"), Verdict::proven()).await, UNKNOWN_SENDER);
    town.desk.operators = registrars;
    assert_eq!(town.answer(REGISTRAR, &screening, &admit, Verdict::proven()).await, MailOutcome::Advanced);
}

#[tokio::test]
async fn the_registrar_lets_further_addresses_in_and_the_participant_is_told() {
    let mut town = Town::new().await;
    let admit = |address: &str, standing, mandate: Option<&str>| Order::Admit {
        role: Role::Consumer,
        address: Address::parse(address).unwrap(),
        standing,
        mandate: mandate.map(str::to_owned),
    };
    let refused = [
        admit(LEILA, ContactStanding::Colleague, None),
        admit(REGISTRAR, ContactStanding::Colleague, None),
        admit(OTHER, ContactStanding::Mandated, None),
        admit(OTHER, ContactStanding::Mandated, Some(" ")),
        admit(OTHER, ContactStanding::Colleague, Some("a paper")),
        Order::Remove { role: Role::Consumer, address: address(OTHER) },
        Order::Admit { role: Role::Merchant, address: address(OTHER), standing: ContactStanding::Colleague, mandate: None },
    ];
    for order in refused {
        assert!(matches!(town.order(order.clone()).await, Ordered::Refused(_)), "{order:?}");
    }
    let own = "that is the registered address already, which may speak anyway";
    assert_eq!(town.order(admit(LEILA, ContactStanding::Colleague, None)).await, Ordered::Refused(own));
    assert_eq!(town.order(admit(OTHER, ContactStanding::Representative, None)).await, Ordered::Done);
    assert_eq!(town.letters.last().map(|(to, name, _)| (to.as_str(), name.as_str())), Some((LEILA, "contact-added")));
    let first = town.latest("acknowledgement");
    let confirm = coded(&first, "CONFIRMER");
    town.answer(OTHER, &first, &confirm, Verdict::proven()).await;
    assert!(town.dispute().await.consent.confirmed_request().is_none(), "a representative binds nobody");
    assert_eq!(town.order(admit(OTHER, ContactStanding::Mandated, Some("a power of attorney of 20 November"))).await, Ordered::Done);
    assert_eq!(town.answer(OTHER, &first, &format!("{confirm}\n\nmerci"), Verdict::proven()).await, MailOutcome::Advanced);
    assert_eq!(town.order(Order::Remove { role: Role::Consumer, address: address(OTHER) }).await, Ordered::Done);
    assert_eq!(town.answer(OTHER, &first, "Bonjour.", Verdict::proven()).await, UNKNOWN_SENDER);
    for number in 0..20 {
        assert_eq!(town.order(admit(&format!("n{number}@travail.example"), ContactStanding::Colleague, None)).await, Ordered::Done);
    }
    let full = "there are twenty further addresses already; `elitige case contact remove` takes one away first";
    assert_eq!(town.order(admit("n20@travail.example", ContactStanding::Colleague, None)).await, Ordered::Refused(full));
    assert_eq!(town.order(admit("n7@travail.example", ContactStanding::Representative, None)).await, Ordered::Done, "it has its place already");
    town.sound().await;
}

#[tokio::test]
async fn the_policy_for_unknown_authors_is_kept() {
    let mut town = Town::new().await;
    let first = town.latest("acknowledgement");
    town.desk.policy.senders.unknown = UnknownAuthor::Strict;
    assert_eq!(town.answer(LEILA, &first, "Le montant est de 1 700,00 DH.", silent()).await, UNPROVEN);
    assert_eq!(town.count("challenge"), 0);
    town.desk.policy.senders.domains.insert("courrier.example".to_owned(), UnknownAuthor::Ordinary);
    assert_eq!(town.answer(LEILA, &first, "Le montant est de 1 800,00 DH.", silent()).await, MailOutcome::Noted);
    town.answer(LEILA, &first, &coded(&first, "CONFIRMER"), silent()).await;
    assert!(town.dispute().await.consent.confirmed_request().is_none(), "never with legal weight");
    let (to, subject) = (town.desk.counters[0].address.to_string(), town.reference().await);
    let bare = LetterSeen {
        reply_to: to.clone(),
        message_id: "<none@courrier.example>".to_owned(),
        references: String::new(),
        subject: format!("[{subject}]"),
        text: String::new(),
        files: Vec::new(),
        channel: elitige::domain::Channel::ConsumerPrivate,
    };
    assert_eq!(town.answer(LEILA, &bare, "Et sans votre adresse de réponse ?", silent()).await, UNPROVEN, "only with a capability");
    assert_eq!(town.answer(LEILA, &first, "Le montant est de 1 900,00 DH.", Verdict::refuted()).await, UNPROVEN);
}

/// A mail of somebody who does not have what the registered address was told.
#[derive(Debug, Clone)]
struct Attempt {
    from: usize,
    author: usize,
    letter: usize,
    body: usize,
    code: String,
    days: i64,
}

fn attempt() -> impl Strategy<Value = Attempt> {
    (0..3usize, 0..3usize, any::<usize>(), 0..6usize, "[346789A-HJ-NP-RTWXY]{3}", 0..3i64).prop_map(|(from, author, letter, body, code, days)| Attempt {
        from,
        author,
        letter,
        body,
        code,
        days,
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 12, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_sequence_of_mails_without_the_codes_of_the_registered_address_lets_anybody_in(attempts in proptest::collection::vec(attempt(), 1..7)) {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(async {
            let mut town = Town::new().await;
            for attempt in attempts {
                let from = [LEILA, OTHER, EVE][attempt.from];
                let author = [Author::Proven, Author::Unknown, Author::Refuted][attempt.author];
                let verdict = Verdict { author, ..Verdict::unknown() };
                let theirs: Vec<&LetterSeen> = town.letters.iter().filter(|(to, _, _)| to.as_str() != REGISTRAR).map(|(_, _, letter)| letter).collect();
                let letter = theirs[attempt.letter % theirs.len()].clone();
                // Codes that a stranger was told count only for a stranger; what the registered address writes here has guessed ones.
                let (code, guess) = (code_after(&letter.text, "OUI").unwrap_or_else(|| attempt.code.clone()), attempt.code.clone());
                let code = if from == LEILA { &guess } else { &code };
                let body = match attempt.body {
                    0 => format!("OUI {code}"),
                    1 => format!("NON {code}"),
                    2 => format!("ADRESSE {code} {from}"),
                    3 => format!("ADRESSE {code} {EVE}"),
                    4 => format!("Bonjour, voici {code}.\n> OUI {code}"),
                    _ => format!("Le montant est de 1 700,00 DH ({guess})."),
                };
                town.now = town.now.plus_seconds(attempt.days * DAY);
                // A code that was guessed by chance is none of this property's business.
                if from == LEILA && town.letters.iter().any(|(_, _, letter)| letter.text.contains(&guess)) {
                    continue;
                }
                town.answer(from, &letter, &body, verdict).await;
            }
            let dispute = town.dispute().await;
            assert_eq!((dispute.consumer.address.as_str(), dispute.consumer.contacts.len(), dispute.frozen), (LEILA, 0, None));
            assert_eq!(town.written_to(OTHER) + town.written_to(EVE), 0);
            town.sound().await;
        });
    }
}

#[tokio::test]
async fn attachments_are_cleaned_only_where_somebody_else_may_hear_them() {
    let mut town = Town::new().await;
    let (photo, words) = (&["Attach: photo.jpg"][..], "Voici la photo.");
    let first = town.latest("acknowledgement");
    assert!(town.wanted(LEILA, &first, photo, words, Verdict::proven()).await.own, "the registrar may be shown it");
    town.answer(LEILA, &first, &coded(&first, "CONFIRMER"), Verdict::proven()).await;
    let screening = town.latest("screening");
    let admit = format!("{} contact@boutique-atlas.example", coded(&screening, "ADMETTRE"));
    town.answer(REGISTRAR, &screening, &admit, Verdict::proven()).await;
    town.desk.mediators.push(Registrar { address: address("nadia@mediateurs.example"), name: None, language: Language::Fr });
    let reference = town.reference().await;
    let mut work = town.desk.store.begin().await.unwrap();
    let named = settle_command(&town.desk, &mut work, &reference, "assign", "nadia@mediateurs.example", town.now, &mut Dice::from_seed([1; 32])).await;
    assert!(matches!(named.unwrap(), Commanded::Done(_)));
    work.commit().await.unwrap();
    assert!(!town.wanted(LEILA, &first, photo, words, Verdict::proven()).await.own, "the mediator has not taken the mission on");
    town.deliver().await;
    let mission = town.latest("mission");
    town.answer("nadia@mediateurs.example", &mission, &coded(&mission, "ACCEPTER"), Verdict::proven()).await;
    assert!(town.wanted(LEILA, &first, photo, words, Verdict::proven()).await.own);
    assert!(!town.wanted(LEILA, &first, &[], words, Verdict::proven()).await.own, "there is nothing to clean");
    assert!(!town.wanted(LEILA, &first, &["Attach: film.mp4"], words, silent()).await.own, "it will be held");
    assert!(!town.wanted("eve@ailleurs.example", &first, photo, words, Verdict::proven()).await.own, "a stranger, though with the reply address");
    let (reply_to, message_id) = (town.desk.counters[0].address.to_string(), "<none@courrier.example>".to_owned());
    let bare = LetterSeen { reply_to, message_id, references: String::new(), ..first.clone() };
    assert!(town.wanted(LEILA, &bare, photo, words, Verdict::proven()).await.own, "a new mail that is heard in her open case");
    assert!(!town.wanted("eve@ailleurs.example", &bare, photo, words, Verdict::proven()).await.own, "a newcomer's");
    // As after a worker that died over them: the words are heard without them.
    assert_eq!(town.mail(LEILA, &first.reply_to.clone(), words, Some(&first), photo, Verdict::proven()).await, MailOutcome::Noted);
    let told = town.latest("message");
    assert!(told.text.contains(words) && told.text.contains("Pièces jointes non transmises\u{a0}: 1."), "{}", told.text);
    assert!(told.files.is_empty());
}
