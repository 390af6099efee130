//! A store that has been in use for years: a million letters and 250,000 open disputes.
//!
//! It is made once and kept in `target/bench`, under the name of the last migration.

use crate::ledger::{Effect, Generator};
use crate::number;
use crate::stage::{Daemon, Stage, wait_until};
use elitige::domain::{Act, Actor, Address, Dice, Digest, Dispute, DisputeId, Instant as Moment, MailOutcome, MessageId, Reference, Token};
use elitige::store::{Arrival, Filed, JournalEntry, Settlement, Standing, Store};
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::Instant;
use tokio::runtime::Runtime;

/// Letters of each dispute.
const LETTERS: usize = 4;
/// Disputes of one commit.
const GROUP: usize = 100;
const DAY: i64 = 86_400;
/// Disputes whose deadline has come.
pub const DUE: usize = 100;

/// Puts the full store in the place of that of `stage`. With `due`, the deadlines of [`DUE`] disputes have come.
pub fn put(runtime: &Runtime, stage: &Stage, due: bool) {
    let kept = kept(runtime);
    for name in ["elitige.db", "elitige.key"] {
        fs::copy(kept.join(name), stage.folder().join(name)).expect("the full store can be copied");
    }
    let _ = fs::remove_file(stage.folder().join("elitige.db-wal"));
    let _ = fs::remove_file(stage.folder().join("elitige.db-shm"));
    if due {
        runtime.block_on(ring(stage));
    }
    // It is read once, so that no run begins with a cold disk, and written, so that none shares the disk with what is still to be written of the copy.
    let mut copied = fs::File::open(stage.database()).expect("the store");
    let _ = std::io::copy(&mut copied, &mut std::io::sink());
    copied.sync_all().expect("the copy can be written");
}

/// The folder with the full store.
fn kept(runtime: &Runtime) -> PathBuf {
    let house = Path::new(env!("CARGO_MANIFEST_DIR"));
    let migrations = fs::read_dir(house.join("migrations")).expect("the migrations").flatten().map(|entry| entry.file_name());
    let schema = migrations.max().expect("a migration").to_string_lossy().replace(".sql", "");
    let disputes = number("DISPUTES", 250_000);
    let folder = house.join(format!("target/bench/full-{schema}-{disputes}"));
    if !folder.join("complete").exists() {
        println!("  a store with {disputes} disputes is made once; this takes some minutes");
        let began = Instant::now();
        let generator = Generator::new(11);
        let stage = Stage::new(&generator, 2, &[]);
        // Of somebody who writes none of the mails that are measured: in an open case those would be heard as more words.
        let first = (1_000_000..).map(|index| generator.entry(index)).find(|mail| mail.effect == Effect::Opens).expect("a complaint");
        stage.fill_inbox(&[first]);
        let daemon = Daemon::start(&stage);
        wait_until(began, "the first complaint is not filed", || stage.inbox_is_empty());
        daemon.stop();
        runtime.block_on(fill(&stage, disputes));
        fs::create_dir_all(&folder).expect("target/bench");
        for name in ["elitige.db", "elitige.key"] {
            fs::copy(stage.folder().join(name), folder.join(name)).expect("the full store can be kept");
        }
        fs::write(folder.join("complete"), "").expect("target/bench");
        println!("  made in {:.0} s", began.elapsed().as_secs_f64());
    }
    folder
}

/// Clones the one dispute of `stage`, each with people and letters of its own.
async fn fill(stage: &Stage, disputes: usize) {
    let store = stage.store().await;
    let opened = store.list(Standing::Open, 1).await.expect("the store");
    let model = store.dispute(opened[0].id).await.expect("the store").expect("the complaint opened a dispute");
    let entry = store.journal(model.id).await.expect("the store").remove(0).entry.expect("an entry");
    let mut dice = Dice::from_seed([3; 32]);
    // Of so many references, two are often the same; the service draws again then.
    let mut references = BTreeSet::from([model.reference.clone()]);
    let begins = model.opened.plus_seconds(-1_000 * DAY);
    for group in (0..disputes).collect::<Vec<_>>().chunks(GROUP) {
        let mut clones: Vec<Dispute> = group.iter().map(|number| cloned(&model, *number, begins, &mut dice)).collect();
        for clone in &mut clones {
            while !references.insert(clone.reference.clone()) {
                clone.reference = Reference::fresh(&mut dice);
            }
        }
        let mut work = store.begin().await.expect("the store");
        for clone in &clones {
            work.save(clone).await.expect("the store");
            let entry = JournalEntry {
                at: clone.opened,
                actor: entry.actor,
                act: entry.act.clone(),
                cause: entry.cause,
                steps: entry.steps.clone(),
                letters: Vec::new(),
                note: String::new(),
            };
            work.journal(clone.id, &entry).await.expect("the store");
        }
        work.commit().await.expect("the store");
        letters(&store, group, &clones).await;
    }
    store.close().await;
}

fn cloned(model: &Dispute, number: usize, begins: Moment, dice: &mut Dice) -> Dispute {
    let mut clone = Dispute { id: DisputeId::new(dice.roll()), reference: Reference::fresh(dice), version: 1, ..model.clone() };
    clone.opened = begins.plus_seconds(i64::try_from(number % 86_400_000).expect("a number") * 300);
    clone.consumer.address = Address::parse(&format!("person{number}@mail{:02}.example.net", number % 37)).expect("an address");
    for person in [Some(&mut clone.consumer), clone.operator.as_mut()].into_iter().flatten() {
        person.token = Token::fresh(dice);
        person.seats.iter_mut().for_each(|seat| seat.token = Token::fresh(dice));
    }
    if let Some(deadline) = &mut clone.deadline {
        // No clock rings while anything is measured.
        let later = 400 * DAY;
        deadline.due = deadline.due.plus_seconds(later);
        deadline.day = deadline.day.plus(400);
        deadline.reminders.iter_mut().for_each(|reminder| *reminder = reminder.plus_seconds(later));
    }
    clone
}

async fn letters(store: &Store, group: &[usize], clones: &[Dispute]) {
    let of = |place: usize| (group[place / LETTERS] * LETTERS + place % LETTERS, &clones[place / LETTERS]);
    let arrivals: Vec<Arrival> = (0..clones.len() * LETTERS)
        .map(|place| {
            let (number, dispute) = of(place);
            let text = "Une ligne de texte, comme en a une lettre.\r\n".repeat(20);
            let bytes = format!("From: {}\r\nMessage-ID: <{number}@kept.example>\r\n\r\n{number}\r\n{text}", dispute.consumer.address).into_bytes();
            let uid = u32::try_from(number + 1).expect("a number");
            Arrival { mailbox: "kept".to_owned(), uid_validity: 1, uid, received: dispute.opened, bytes }
        })
        .collect();
    let receipts = store.receive(&arrivals).await.expect("the store");
    let mut work = store.begin().await.expect("the store");
    for (place, receipt) in receipts.iter().enumerate() {
        let (number, dispute) = of(place);
        let settled = Settlement {
            outcome: MailOutcome::Noted,
            dispute: Some(dispute.id),
            sender: Some(dispute.consumer.address.clone()),
            message_id: MessageId::parse(&format!("{number}@kept.example")),
            body: Some(Digest::of(&number.to_be_bytes())),
            verdict: "{}".to_owned(),
            because: "kept".to_owned(),
        };
        work.settle(receipt.letter, &settled, dispute.opened).await.expect("the store");
    }
    work.commit().await.expect("the store");
    let uids = arrivals.iter().map(|arrival| arrival.uid).collect();
    store.filed(&Filed { mailbox: "kept".to_owned(), uid_validity: 1, uids, at: clones[0].opened }).await.expect("the store");
}

/// Brings the deadlines of [`DUE`] disputes to yesterday.
async fn ring(stage: &Stage) {
    let store = stage.store().await;
    let now = Moment::from_micros(i64::try_from(std::time::UNIX_EPOCH.elapsed().expect("a clock").as_micros()).expect("a moment"));
    let open = store.open_after(None, u32::try_from(DUE).expect("a number")).await.expect("the store");
    let mut work = store.begin().await.expect("the store");
    for (_, id) in open {
        let mut dispute = work.dispute(id).await.expect("the store").expect("a dispute");
        dispute.version += 1;
        if let Some(deadline) = &mut dispute.deadline {
            deadline.due = now.plus_seconds(-DAY);
            deadline.reminders.clear();
        }
        work.save(&dispute).await.expect("the store");
        let entry = JournalEntry {
            at: now,
            actor: Actor::Clock,
            act: Act::Realigned,
            cause: Digest::of(b"bench"),
            steps: Vec::new(),
            letters: Vec::new(),
            note: String::new(),
        };
        work.journal(id, &entry).await.expect("the store");
    }
    work.commit().await.expect("the store");
    store.close().await;
}
