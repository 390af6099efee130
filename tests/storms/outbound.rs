//! Too much would leave: it waits, one line is logged, one letter tells the registrar, and it leaves by itself or as the operator says.

use crate::ground::*;
use elitige::authenticate::Verdict;
use elitige::domain::{Channel, Finding, Language, MessageId, OutboundMail, Role};
use elitige::settle::{Undelivered, settle_trouble, settle_undelivered};
use elitige::store::{OutboxSummary, Sent};

fn letter(number: u32, to: &str) -> OutboundMail {
    let to = address(to);
    OutboundMail {
        envelope_from: to.clone(),
        to,
        role: Role::Consumer,
        channel: Channel::ConsumerPrivate,
        letter: "acknowledgement".to_owned(),
        language: Language::Fr,
        message_id: MessageId::parse(&format!("{number}@elitige.example")).unwrap(),
        bytes: format!("Subject: {number}\r\n\r\nx\r\n").into_bytes(),
    }
}

async fn enqueue(ground: &mut Ground, numbers: std::ops::Range<u32>, to: impl Fn(u32) -> String) {
    let mut work = ground.desk.store.begin().await.unwrap();
    for number in numbers {
        work.enqueue(None, &letter(number, &to(number)), ground.now).await.unwrap();
    }
    work.commit().await.unwrap();
}

async fn waiting(ground: &Ground, why: &str) -> Vec<OutboxSummary> {
    let rows = ground.desk.store.outbox_list("queued", 1_000).await.unwrap();
    rows.into_iter().filter(|row| row.waits.as_deref() == Some(why)).collect()
}

/// What the registrar was told, and how many letters left to others.
fn told(left: &[OutboundMail]) -> (usize, usize) {
    let stopped = left.iter().filter(|mail| mail.letter == "stopped").count();
    (stopped, left.len() - stopped)
}

#[tokio::test]
async fn more_than_twenty_letters_an_hour_to_one_address_wait_and_the_registrar_is_told_once() {
    let mut ground = Ground::new(31).await;
    enqueue(&mut ground, 0..70, |_| LEILA.to_owned()).await;
    enqueue(&mut ground, 100..110, |number| format!("other{number}@ailleurs.example")).await;
    let left = ground.leaves().await;
    assert_eq!(told(&left), (1, 30), "twenty to her, one to each of the others, one alarm");
    let order: Vec<String> = left.iter().filter(|mail| mail.to.is_same(&address(LEILA))).map(|mail| mail.message_id.as_str().to_owned()).collect();
    assert_eq!(order, (0..20).map(|number| format!("{number}@elitige.example")).collect::<Vec<_>>(), "the first leave first");
    let rows = waiting(&ground, "address").await;
    assert!(rows.len() == 50 && rows.iter().all(|row| row.attempts == 0 && row.due == Some(ground.now.plus_seconds(3_600))));
    ground.restart().await;
    ground.now = ground.now.plus_seconds(1_800);
    enqueue(&mut ground, 200..201, |_| LEILA.to_owned()).await;
    assert!(ground.leaves().await.is_empty(), "a restart forgets nothing");
    assert!(ground.desk.store.outbox_retry(rows[0].id, ground.now).await.unwrap());
    assert_eq!(told(&ground.leaves().await), (0, 1), "the operator sends one in spite of it");
    ground.now = ground.now.plus_seconds(1_801);
    assert_eq!(told(&ground.leaves().await), (0, 19), "an hour later it goes on by itself, and nobody is told a second time");
    assert!(ground.desk.store.check().await.unwrap().is_empty());
}

#[tokio::test]
async fn one_domain_has_its_share_and_the_registrar_at_home_does_not_count_for_it() {
    let mut ground = Ground::new(32).await;
    (ground.brakes().letters_per_hour, ground.brakes().domain_percent, ground.brakes().domain_least) = (200, 5, 12);
    enqueue(&mut ground, 0..40, |number| format!("p{number}@Ailleurs.example")).await;
    enqueue(&mut ground, 50..60, |number| format!("p{number}@courrier.example")).await;
    let registrar = ground.registrar().to_string();
    enqueue(&mut ground, 60..90, |_| registrar.clone()).await;
    let left = ground.leaves().await;
    let to = |domain: &str| left.iter().filter(|mail| mail.to.domain().eq_ignore_ascii_case(domain)).count();
    assert_eq!((to("ailleurs.example"), to("courrier.example"), to("elitige.example")), (12, 10, 31));
    assert_eq!(waiting(&ground, "domain").await.len(), 28);
}

#[tokio::test]
async fn the_budget_of_an_hour_and_of_a_day_is_shared_by_all() {
    let mut ground = Ground::new(33).await;
    (ground.brakes().letters_per_hour, ground.brakes().letters_per_day) = (15, 25);
    enqueue(&mut ground, 0..60, |number| format!("p{number}@d{number}.example")).await;
    assert_eq!(told(&ground.leaves().await), (1, 15), "the alarm leaves in spite of the limit");
    assert_eq!(waiting(&ground, "budget").await.len(), 45);
    ground.now = ground.now.plus_seconds(3_601);
    let left = ground.leaves().await;
    assert!((9..=10).contains(&told(&left).1), "{} in the second hour, then the day is full", left.len());
    ground.now = ground.now.plus_seconds(3_601);
    assert_eq!(ground.leaves().await.len(), 0);
    ground.now = ground.now.plus_seconds(86_400);
    assert_eq!(told(&ground.leaves().await).1, 15);
}

#[tokio::test]
async fn a_burst_leaves_minute_by_minute_and_nobody_is_told() {
    let mut ground = Ground::new(36).await;
    (ground.brakes().letters_per_minute, ground.brakes().letters_per_hour) = (25, 1_500);
    enqueue(&mut ground, 0..60, |number| format!("p{number}@d{number}.example")).await;
    for (left, waits) in [(25, 35), (25, 10), (10, 0)] {
        assert_eq!(told(&ground.leaves().await), (0, left));
        assert_eq!(waiting(&ground, "budget").await.len(), waits);
        ground.now = ground.now.plus_seconds(30);
        assert!(ground.leaves().await.is_empty(), "the minute is not over");
        ground.now = ground.now.plus_seconds(31);
    }
}

#[tokio::test]
async fn many_readers_who_had_their_fill_are_a_handful_of_alarms() {
    let mut ground = Ground::new(35).await;
    ground.brakes().letters_per_address = 2;
    enqueue(&mut ground, 0..120, |number| format!("p{}@d{}.example", number % 40, number % 40)).await;
    assert_eq!(told(&ground.leaves().await), (5, 80));
    assert_eq!(waiting(&ground, "address").await.len(), 40);
}

#[tokio::test]
async fn a_letter_that_may_have_arrived_is_not_stopped() {
    let mut ground = Ground::new(34).await;
    ground.brakes().letters_per_address = 1;
    enqueue(&mut ground, 0..1, |_| LEILA.to_owned()).await;
    let row = ground.desk.store.claim("node", ground.now, 1, 900).await.unwrap().remove(0);
    ground.desk.store.dot_pending(row.id, "node", ground.now).await.unwrap();
    ground.desk.store.finish(row.id, "node", Sent::Uncertain { at: ground.now }, ground.now).await.unwrap();
    enqueue(&mut ground, 1..3, |_| LEILA.to_owned()).await;
    let left = ground.leaves().await;
    assert!(left.iter().any(|mail| mail.message_id.as_str() == "0@elitige.example"), "{}", left.len());
}

/// Every address is refused: what was tried, and how much of it was for the registrar.
async fn all_is_refused(ground: &mut Ground) -> (usize, usize) {
    let (mut tried, mut to_registrar) = (0, 0);
    loop {
        let rows = ground.desk.store.claim("node", ground.now, 20, 900).await.unwrap();
        if rows.is_empty() || tried > 200 {
            return (tried, to_registrar);
        }
        for row in rows {
            let mut work = ground.desk.store.begin().await.unwrap();
            settle_undelivered(&ground.desk, &mut work, &row, Undelivered::Refused(550), ground.now).await.unwrap();
            work.commit().await.unwrap();
            tried += 1;
            to_registrar += usize::from(row.role == Role::Operator);
        }
    }
}

#[tokio::test]
async fn a_registrar_who_cannot_be_reached_is_not_written_to_about_that() {
    let mut ground = Ground::new(37).await;
    let registrar = ground.desk.operators[0].address.clone();
    let bytes = ground.mail(LEILA, SUBJECT, COMPLAINT, &[]);
    ground.arrives(&bytes, Verdict::proven()).await;
    let (tried, to_registrar) = all_is_refused(&mut ground).await;
    assert!((1..=2).contains(&to_registrar) && tried <= 4, "{tried} letters, {to_registrar} to the registrar");
    assert!(ground.desk.store.is_unreachable(&registrar).await.unwrap());
    ground.restart().await;
    assert!(ground.desk.store.is_unreachable(&registrar).await.unwrap(), "a restart forgets nothing");
    assert!(ground.desk.store.check().await.unwrap().is_empty());
    // An alarm that is refused told nothing.
    let mut work = ground.desk.store.begin().await.unwrap();
    assert!(settle_trouble(&ground.desk, &mut work, "node", &[Finding::OperatorUnreachable], ground.now, ground.now).await.unwrap());
    work.commit().await.unwrap();
    assert!(ground.desk.store.alarm("node").await.unwrap().unwrap().ringing);
    assert_eq!(all_is_refused(&mut ground).await, (1, 1));
    assert!(!ground.desk.store.alarm("node").await.unwrap().unwrap().ringing);
    ground.desk.store.reached(&registrar).await.unwrap();
    assert!(!ground.desk.store.is_unreachable(&registrar).await.unwrap(), "a letter was taken there");
    assert!(ground.desk.store.check().await.unwrap().is_empty());
}
