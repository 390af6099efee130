//! What becomes of a letter that the next server does not simply take, told by the service's own loops.

#[path = "outbox/doubts.rs"]
mod doubts;
#[path = "outbox/office.rs"]
pub mod office;

use elitige::authenticate::Verdict;
use elitige::domain::{Dice, Digest, MailOutcome, MessageId, Role};
use elitige::letter::Exhibits;
use elitige::settle::{Incoming, settle_mail};
use elitige::store::Arrival;
use office::{LEILA, Office, SHOP, letter, server};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

const DAY: i64 = 86_400;

/// What a server says to the shop's letters, until a test changes it.
type Mood = Arc<Mutex<Option<(&'static str, &'static str)>>>;

fn moody(word: &'static str, reply: &'static str) -> (Mood, impl Fn(&str, &str) -> Option<String> + Send + Sync + 'static) {
    let mood: Mood = Arc::new(Mutex::new(Some((word, reply))));
    let present = Arc::clone(&mood);
    (mood, move |word, recipient| {
        let said = (*present.lock().unwrap()).filter(|(when, _)| *when == word && recipient == SHOP);
        said.map(|(_, reply)| reply.to_owned())
    })
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_the_services_own_fault_is_tried_again_and_leaves_the_dispute_alone() {
    for (word, reply, code) in [
        ("DATA", "554 5.7.1 not from here\r\n", 554),
        (".", "552 5.2.2 quota exceeded\r\n", 552),
        (".", "554 5.7.1 spam\r\n", 554),
        ("RCPT", "550 5.1.8 sender unknown\r\n", 550),
    ] {
        let (mood, answer) = moody(word, reply);
        let (server, _) = server(answer);
        let office = Office::open(server.port, 2).await;
        office.decide(&[letter(1, SHOP, "x\r\n"), letter(2, LEILA, "x\r\n")]).await;
        office.until("delivered", 1).await;
        assert_eq!(office.tried(1).await.reply_code, Some(code), "{reply}");
        assert_eq!(office.present().await, office.dispute, "{reply}");
        *mood.lock().unwrap() = None;
        office.turn(61);
        office.until("delivered", 2).await;
        office.close().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_letter_that_is_put_off_waits_as_long_as_the_server_says() {
    for (word, reply, seconds) in [
        ("RCPT", "450 4.2.0 Greylisted for 300 seconds\r\n", 300),
        (".", "451 4.7.1 please come back in 00:20:00\r\n", 1_200),
        ("MAIL", "450 4.7.0 try again in 5 seconds\r\n", 60),
    ] {
        let (mood, answer) = moody(word, reply);
        let answer = move |said: &str, recipient: &str| answer(said, if said == "MAIL" { SHOP } else { recipient });
        let (server, taken) = server(answer);
        let office = Office::open(server.port, 1).await;
        office.decide(&[letter(1, SHOP, "x\r\n")]).await;
        let waiting = office.tried(1).await;
        assert_eq!(waiting.due.unwrap().seconds_since(office.now()), seconds, "{reply}");
        *mood.lock().unwrap() = None;
        office.turn(seconds + 1);
        office.until("delivered", 1).await;
        assert_eq!(taken.lock().unwrap().len(), 1 + usize::from(word == "."), "{reply}");
        office.close().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_speaks_of_the_recipient_ends_the_letter_and_its_dispute_hears_of_it() {
    for (word, reply) in [("RCPT", "550 no such user\r\n"), (".", "550 5.1.1 no such user\r\n"), (".", "554 5.2.1 disabled\r\n")] {
        let (mood, answer) = moody(word, reply);
        let (server, taken) = server(answer);
        let office = Office::open(server.port, 2).await;
        office.decide(&[letter(1, SHOP, "x\r\n")]).await;
        let refused = office.until("refused", 1).await;
        assert_eq!(office.present().await.state, "unreachable", "{reply}");
        office.until("delivered", 1).await;
        assert_eq!(taken.lock().unwrap().last().unwrap().0, office::REGISTRAR);
        // The operator sends it again; it is refused again, and the registrar is told again.
        office.turn(DAY);
        office.retry(refused[0].id).await;
        office.until("delivered", 2).await;
        *mood.lock().unwrap() = None;
        office.retry(refused[0].id).await;
        office.until("delivered", 3).await;
        office.close().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_letter_that_is_unfit_is_stopped_alone_and_its_dispute_is_left_alone() {
    let (server, taken) = server(|_, _| None);
    let office = Office::open(server.port, 1).await;
    office.decide(&[letter(1, SHOP, "a\n.\nMAIL FROM:<x@y>\r\n"), letter(2, "vendeur@bücher.example", "x\r\n"), letter(3, SHOP, "x\r\n")]).await;
    let stopped = office.until("stopped", 2).await;
    office.until("delivered", 1).await;
    assert_eq!(taken.lock().unwrap().len(), 1, "nothing was said of the others");
    assert_eq!(office.present().await, office.dispute);
    office.turn(10 * DAY);
    office.retry(stopped[0].id).await;
    office.until("stopped", 2).await;
    office.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_letter_that_nobody_knows_of_three_times_waits_for_the_operator() {
    let (mood, answer) = moody(".", "");
    let (server, taken) = server(answer);
    let office = Office::open(server.port, 2).await;
    office.decide(&[letter(1, SHOP, "x\r\n")]).await;
    for times in 1..=3 {
        office.doubted(times).await;
        assert_eq!(taken.lock().unwrap().len(), times as usize);
        office.turn(901);
    }
    let stopped = office.until("stopped", 1).await;
    office.turn(10 * DAY);
    office.retry(stopped[0].id).await;
    // A copy on the wire stays counted.
    office.doubted(4).await;
    office.turn(901);
    let stopped = office.until("stopped", 1).await;
    *mood.lock().unwrap() = None;
    office.retry(stopped[0].id).await;
    office.until("delivered", 1).await;
    let taken = taken.lock().unwrap().clone();
    assert!(taken.len() == 5 && taken.iter().all(|one| *one == taken[0]), "the same bytes each time, and never without being asked");
    assert_eq!(office.present().await, office.dispute);
    office.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_letter_that_nobody_took_for_five_days_ends_and_its_dispute_hears_of_it() {
    let (mood, answer) = moody("RCPT", "450 4.2.1 later\r\n");
    let (server, taken) = server(answer);
    let office = Office::open(server.port, 2).await;
    let began = office.now();
    office.decide(&[letter(1, SHOP, "x\r\n")]).await;
    let mut attempts = 0;
    while office.rows("refused").await.is_empty() {
        let waiting = office.rows("queued").await;
        if let Some(row) = waiting.first().filter(|row| row.attempts > attempts) {
            attempts = row.attempts;
            office.turn(row.due.unwrap().seconds_since(office.now()) + 1);
        }
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    let took = office.now().seconds_since(began);
    assert!((5 * DAY..5 * DAY + 14_500).contains(&took) && attempts > 20, "{took} s, {attempts} attempts");
    let expired = office.until("refused", 1).await;
    assert_eq!(expired[0].reply_code, Some(0));
    assert_eq!(office.present().await.state, "unreachable");
    office.until("delivered", 1).await;
    assert_eq!(taken.lock().unwrap()[0].0, office::REGISTRAR);
    *mood.lock().unwrap() = None;
    office.retry(expired[0].id).await;
    office.until("delivered", 2).await;
    office.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_outage_of_the_service_itself_ends_no_letter() {
    let (mood, answer) = moody("RCPT", "450 4.2.1 later\r\n");
    let (server, _) = server(answer);
    let office = Office::open(server.port, 1).await;
    office.decide(&[letter(1, SHOP, "x\r\n")]).await;
    office.tried(1).await;
    office.turn(9 * DAY);
    office.tried(2).await;
    *mood.lock().unwrap() = None;
    office.turn(301);
    office.until("delivered", 1).await;
    office.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_letter_to_a_former_address_says_nothing_of_the_present_one() {
    let (_, answer) = moody("RCPT", "550 5.1.1 no such user\r\n");
    let (server, _) = server(answer);
    let office = Office::open(server.port, 1).await;
    office.moves_to("nouveau@boutique-atlas.example").await;
    let before = office.present().await;
    office.decide(&[letter(1, SHOP, "x\r\n"), letter(2, "nouveau@boutique-atlas.example", "x\r\n")]).await;
    office.until("refused", 1).await;
    office.until("delivered", 1).await;
    assert_eq!(office.present().await, before);
    // The same for delivery reports: of the former address, then of the present one.
    assert_eq!(report(&office, 1, SHOP).await, MailOutcome::Bounce);
    assert_eq!(office.present().await, before);
    assert_eq!(report(&office, 2, "nouveau@boutique-atlas.example").await, MailOutcome::Bounce);
    assert_eq!(office.present().await.state, "unreachable");
    office.close().await;
}

/// A delivery report on that letter comes in.
async fn report(office: &Office, number: u32, recipient: &str) -> MailOutcome {
    let (desk, now) = (&office.service.desk, office.now());
    let message_id = MessageId::parse(&format!("{number}@elitige.example")).unwrap();
    let bytes = elitige::story::delivery_report(recipient, &message_id.bracketed(), now);
    let arrival = Arrival { mailbox: "bounces".to_owned(), uid_validity: 1, uid: number, received: now, bytes: bytes.clone() };
    let number = desk.store.receive(&[arrival]).await.unwrap()[0].letter;
    let letter = Some(elitige::letter::read(&bytes, &office.config.knowledge, &office.config.limits));
    let (mailbox, digest, exhibits) = ("bounces".to_owned(), Digest::of(&bytes), Exhibits::default());
    let incoming = Incoming { number, mailbox, digest, received: now, letter, verdict: Verdict::refuted(), exhibits, owned: None };
    let mut work = desk.store.begin().await.unwrap();
    let outcome = settle_mail(desk, &mut work, &incoming, now, &mut Dice::from_seed([5; 32])).await.unwrap();
    work.commit().await.unwrap();
    outcome
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_is_slow_keeps_nobody_else_waiting_and_gets_one_letter_at_a_time() {
    let free = Arc::new(AtomicBool::new(false));
    let gate = Arc::clone(&free);
    let (server, taken) = server(move |word, recipient| {
        while word == "." && recipient == SHOP && !gate.load(Ordering::SeqCst) {
            std::thread::sleep(Duration::from_millis(5));
        }
        None
    });
    let office = Office::open(server.port, 2).await;
    let mails: Vec<_> = (1..=10).map(|number| letter(number, if number % 2 == 1 { SHOP } else { LEILA }, "x\r\n")).collect();
    office.decide(&mails).await;
    office.until("delivered", 5).await;
    let so_far = taken.lock().unwrap().clone();
    assert_eq!(so_far.iter().filter(|(to, _)| to == SHOP).count(), 1, "the second to the shop waits for the first");
    assert_eq!(office.rows("dot-pending").await.len(), 1);
    free.store(true, Ordering::SeqCst);
    office.until("delivered", 10).await;
    for person in [SHOP, LEILA] {
        let theirs: Vec<_> = taken.lock().unwrap().iter().filter(|(to, _)| to == person).map(|(_, text)| text.clone()).collect();
        let decided: Vec<_> = mails.iter().filter(|mail| mail.to.as_str() == person).map(|mail| mail.bytes.clone()).collect();
        assert!(theirs.iter().zip(&decided).all(|(text, bytes)| text.starts_with(bytes)) && theirs.len() == 5, "in the order decided");
    }
    assert_eq!(server.connections(), 2);
    assert_eq!(office.present().await.merchant.unwrap().role, Role::Merchant);
    office.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn several_couriers_share_the_work_and_nothing_is_sent_twice() {
    let (server, taken) = server(|word, _| {
        if word == "." {
            std::thread::sleep(Duration::from_millis(20));
        }
        None
    });
    let office = Office::open(server.port, 4).await;
    let mails: Vec<_> = (0..80).map(|number| letter(number, &format!("p{}@courrier.example", number % 16), "x\r\n")).collect();
    let began = std::time::Instant::now();
    office.decide(&mails).await;
    office.until("delivered", 80).await;
    println!("80 letters over four connections that take 20 ms each: {:?}", began.elapsed());
    assert_eq!(server.connections(), 4);
    let taken = taken.lock().unwrap().clone();
    assert_eq!(taken.len(), 80);
    for person in 0..16 {
        let to = format!("p{person}@courrier.example");
        let theirs: Vec<_> = taken.iter().filter(|(recipient, _)| *recipient == to).map(|(_, text)| text.clone()).collect();
        let decided = mails.iter().filter(|mail| mail.to.as_str() == to).map(|mail| &mail.bytes);
        assert!(theirs.iter().zip(decided).all(|(text, bytes)| text.starts_with(bytes)), "{to}: in the order decided");
    }
    office.close().await;
}
