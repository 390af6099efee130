//! The generator keeps its word: its mails are as real ones, they come to what its books say, and none is held back by a brake.

use crate::harness::town::{DESK, copy};
use crate::ledger::{Carried, Effect, Entry, Generator, check, observe};
use elitige::authenticate::{Authenticator, Names, Trust, ZoneFile};
use elitige::compose::loop_stamp;
use elitige::config::{self, Config, Surroundings};
use elitige::domain::{Day, Dice, Digest, Instant};
use elitige::letter::{self, Exhibits, SenderGate};
use elitige::settle::{Desk, Incoming, assemble, settle_mail};
use elitige::store::{Arrival, Keys, Sent, Store};
use std::collections::BTreeMap;
use std::fs::{self, Permissions};
use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;
use std::sync::OnceLock;

const SETTLED: usize = 120;

#[test]
fn the_mails_are_spread_as_those_of_a_real_desk() {
    let entries = Generator::new(1).mails(1_000);
    let mut sizes: Vec<usize> = entries.iter().map(|entry| entry.bytes.len()).collect();
    sizes.sort_unstable();
    let (mean, median) = (sizes.iter().sum::<usize>() / sizes.len(), sizes[sizes.len() / 2]);
    assert!((19_000..24_000).contains(&mean) && (5_500..8_500).contains(&median), "mean {mean}, median {median}");
    let count = |wanted: fn(&Entry) -> bool| entries.iter().filter(|entry| wanted(entry)).count();
    assert_eq!(count(|entry| entry.effect == Effect::Opens), 400, "two of five");
    assert_eq!(count(|entry| entry.bytes.len() > 130_000), 100, "one of ten has an attachment");
    assert!((400..500).contains(&count(|entry| matches!(entry.effect, Effect::Joins(_)))), "three of four replies");
    let language = |code: &str| entries.iter().filter(|entry| String::from_utf8_lossy(&entry.bytes).contains(&format!("Content-Language: {code}\r\n"))).count();
    let (french, english, arabic) = (language("fr"), language("en"), language("ar"));
    assert!((340..460).contains(&french) && (290..410).contains(&english) && (190..310).contains(&arabic), "{french} {english} {arabic}");
    for entry in &entries {
        assert_eq!(entry.sha256, Digest::of(&entry.bytes));
        if let Effect::Joins(opening) = entry.effect {
            assert!(opening < entry.index && entries[opening].effect == Effect::Opens && entries[opening].from == entry.from);
        }
    }
}

#[test]
fn no_sender_writes_more_than_one_address_may_and_no_word_is_there_twice() {
    let (entries, brakes) = (Generator::new(1).mails(1_500), &configuration().service.brakes);
    let mut mails: BTreeMap<&str, usize> = BTreeMap::new();
    let mut canaries: Vec<&str> = Vec::new();
    for entry in &entries {
        *mails.entry(&entry.from).or_default() += 1;
        canaries.push(&entry.canary);
    }
    let most = mails.values().max().copied().unwrap_or_default();
    assert!(most < brakes.mails_per_hour as usize, "one sender wrote {most} mails");
    canaries.sort_unstable();
    canaries.dedup();
    assert_eq!(canaries.len(), entries.len());
}

#[tokio::test]
async fn the_mails_come_to_what_the_books_say() {
    let folder = tempfile::tempdir().unwrap();
    let keys = Keys::create(&folder.path().join("key"), &mut Dice::from_seed([1; 32])).unwrap();
    let store = Store::create(&format!("sqlite://{}/store.db", folder.path().display()), &keys, Dice::from_seed([2; 32])).await.unwrap();
    let desk = assemble(configuration(), store, &keys).await.unwrap();
    let knowledge = configuration().knowledge.clone().with_stamp(loop_stamp(&desk.house.keys));
    let counter = desk.counters.iter().find(|counter| counter.workflow.is_some()).unwrap();
    let generator = Generator::to(7, counter.address.as_str());
    let authenticator = Authenticator::new(Names::Zone(ZoneFile::parse(&generator.zone_json()).unwrap())).unwrap();
    let now = Instant::parse("2026-11-23T09:00:00Z").unwrap();
    let books = generator.mails(SETTLED);
    let mut dice = Dice::from_seed([3; 32]);
    for entry in &books {
        let letter = letter::read(&entry.bytes, &knowledge, &configuration().limits);
        let SenderGate::Open(from) = &letter.sender else { panic!("{} has no author", entry.message_id) };
        let verdict = authenticator.verdict(&entry.bytes, Some(from), &Trust::default(), now).await;
        let (mailbox, uid) = (counter.mailbox.clone(), u32::try_from(entry.index).unwrap() + 1);
        let arrival = Arrival { mailbox: mailbox.clone(), uid_validity: 1, uid, received: now, bytes: entry.bytes.clone() };
        let number = desk.store.receive(&[arrival]).await.unwrap().remove(0).letter;
        let incoming =
            Incoming { number, mailbox, digest: entry.sha256, received: now, letter: Some(letter), verdict, exhibits: Exhibits::default(), owned: None };
        let mut work = desk.store.begin().await.unwrap();
        settle_mail(&desk, &mut work, &incoming, now, &mut dice).await.unwrap();
        work.commit().await.unwrap();
    }
    let wire = leaves(&desk, now).await;
    let report = check(&books, &observe(&desk.store, &books, &wire).await, &wire);
    assert_eq!(report.faults(), Vec::<String>::new());
    assert_eq!((report.duplicates, report.uncertain), (0, 0));
    assert!(wire.len() >= SETTLED * 2 / 5, "{} letters", wire.len());
    assert!(wire.iter().all(|mail| mail.to[0] != DESK));
}

/// The configuration that stories are told with.
fn configuration() -> &'static Config {
    static LOADED: OnceLock<Config> = OnceLock::new();
    LOADED.get_or_init(|| {
        let (folder, house) = (tempfile::tempdir().unwrap(), Path::new(env!("CARGO_MANIFEST_DIR")));
        let root = folder.path().join("config");
        copy(&house.join("config"), &root);
        copy(&house.join("templates"), &folder.path().join("templates"));
        copy(&house.join("tests/config/valid/stories"), &root);
        fs::create_dir(root.join("secrets")).unwrap();
        for secret in ["key", "imap"].map(|name| root.join("secrets").join(name)) {
            fs::write(&secret, "never used\n").unwrap();
            fs::set_permissions(&secret, Permissions::from_mode(0o600)).unwrap();
        }
        let surroundings = Surroundings { today: Day::new(2026, 11, 23).unwrap(), credentials: None };
        config::load(&root, &surroundings).unwrap_or_else(|faults| panic!("{faults:?}"))
    })
}

/// Everything in the outbox goes out over a wire that never fails.
async fn leaves(desk: &Desk, now: Instant) -> Vec<Carried> {
    let mut wire = Vec::new();
    loop {
        let rows = desk.store.claim("node", now, 50, 900).await.unwrap();
        if rows.is_empty() {
            return wire;
        }
        for row in rows {
            desk.store.dot_pending(row.id, "node", now).await.unwrap();
            desk.store.finish(row.id, "node", Sent::Delivered { reply_code: 250 }, now).await.unwrap();
            wire.push(Carried { message_id: row.mail.message_id.bracketed(), to: vec![row.mail.to.to_string()], bytes: row.mail.bytes });
        }
    }
}
