//! Letters through the outbox to a sink, every state durable, beside `smtp-source` with as many sessions to the same sink.

use crate::figures::Figures;
use crate::harness::process::{plain_command, program, run};
use crate::ledger::Generator;
use crate::number;
use crate::stage::{Daemon, Stage, wait_until};
use elitige::domain::{Address, Channel, Instant as Moment, Language, MessageId, OutboundMail, Role};
use elitige::store::Store;
use std::time::Instant;
use tokio::runtime::Runtime;

const SESSIONS: usize = 16;
/// Bytes of a letter: what an acknowledgement has.
const LENGTH: usize = 6_000;

/// All letters of a full outbox.
pub fn all(runtime: &Runtime, figures: &mut Figures) {
    let letters = number("LETTERS_OUT", 20_000);
    let stage = Stage::new(&Generator::new(9), SESSIONS, &[]);
    let floor = floor(&stage, letters);
    runtime.block_on(enqueue(&stage, letters));
    let began = Instant::now();
    let daemon = Daemon::start(&stage);
    daemon.wait_until_ready();
    let ready = Instant::now();
    // Looked at from outside, seldom: the state of the outbox costs a read.
    let store = runtime.block_on(stage.store());
    wait_until(began, "letters are left", || {
        std::thread::sleep(std::time::Duration::from_millis(200));
        runtime.block_on(left(&store)) == 0
    });
    let rate = letters as f64 / ready.elapsed().as_secs_f64();
    daemon.stop();
    let delivered = runtime.block_on(async { store.outbox_list("delivered", u32::MAX).await.expect("the outbox").len() });
    assert_eq!(delivered, letters, "every letter was delivered once");
    figures.add("send_per_s", rate);
    figures.add("send_vs_floor", rate / floor);
}

/// How many of the same size `smtp-source` hands in in a second.
fn floor(stage: &Stage, letters: usize) -> f64 {
    let mut command = plain_command(&program("smtp-source", "postfix"));
    command.args(["-s", &SESSIONS.to_string(), "-m", &letters.to_string(), "-l", &LENGTH.to_string(), "-f", "a@b.example", "-t", "c@d.example"]);
    command.arg(format!("127.0.0.1:{}", stage.sink.port));
    let began = Instant::now();
    run(command, "smtp-source");
    letters as f64 / began.elapsed().as_secs_f64()
}

async fn left(store: &Store) -> u32 {
    let counts = store.outbox_counts().await.expect("the outbox");
    counts.iter().map(|(_, count)| count).sum()
}

async fn enqueue(stage: &Stage, letters: usize) {
    let store = stage.store().await;
    let now = Moment::parse("2025-06-02T10:00:00Z").expect("a moment");
    for group in (0..letters).collect::<Vec<_>>().chunks(500) {
        let mut work = store.begin().await.expect("the store");
        for number in group {
            work.enqueue(None, &letter(*number), now).await.expect("the store");
        }
        work.commit().await.expect("the store");
    }
    store.close().await;
}

fn letter(number: usize) -> OutboundMail {
    let to = Address::parse(&format!("reader{number}@domain{:02}.example", number % 50)).expect("an address");
    let head = format!("From: desk@elitige.example\r\nTo: {to}\r\nSubject: {number}\r\n\r\n");
    let line = "Une ligne de texte, comme en a une lettre qui accuse réception d'une demande.\r\n";
    let bytes = head.into_bytes().into_iter().chain(line.bytes().cycle().take(LENGTH / line.len() * line.len())).collect();
    OutboundMail {
        envelope_from: Address::parse("retours@elitige.example").expect("an address"),
        to,
        role: Role::Consumer,
        channel: Channel::ConsumerPrivate,
        letter: "acknowledgement".to_owned(),
        language: Language::Fr,
        message_id: MessageId::parse(&format!("{number}.bench@elitige.example")).expect("an identifier"),
        bytes,
    }
}
