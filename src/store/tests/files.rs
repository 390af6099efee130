//! What is SQLite's alone: files, their rights, what stands readable in them, and what a statement looks at.

use super::fixtures::*;
use super::ground::{Ground, dice};
use crate::domain::{Dice, MailOutcome};
use crate::store::{Hold, Keys, Sent, Store, StoreError, sql};
use sqlx::{AssertSqlSafe, Row};
use std::os::unix::fs::PermissionsExt;

#[tokio::test]
async fn a_database_is_created_once_for_its_owner_only() {
    let ground = Ground::sqlite();
    ground.fresh("one").await.close().await;
    for file in std::fs::read_dir(ground.folder.path()).unwrap() {
        let file = file.unwrap();
        assert_eq!(file.metadata().unwrap().permissions().mode() & 0o777, 0o600, "{:?}", file.path());
    }
    let again = Store::create(&ground.url("one"), &ground.keys, dice("again")).await;
    assert!(matches!(again, Err(StoreError::Exists(_))));
    ground.again("one").await.close().await;
}

#[tokio::test]
async fn what_cannot_be_opened_is_refused_with_the_remedy_and_left_as_it_is() {
    let ground = Ground::sqlite();
    let url = ground.url("one");
    let open = async |url: &str, keys: &Keys| Store::open(url, keys, dice("open")).await.unwrap_err().to_string();
    assert!(open(&url, &ground.keys).await.contains("elitige init"));
    assert!(!ground.folder.path().join("one.db").exists());
    ground.fresh("one").await.close().await;
    let path = ground.folder.path().join("one.db");
    let before = std::fs::read(&path).unwrap();
    let other = Keys::create(&ground.folder.path().join("other.key"), &mut Dice::from_seed([9; 32])).unwrap();
    assert!(open(&url, &other).await.contains("not the one that this database was created with"));
    assert_eq!(std::fs::read(&path).unwrap(), before);
    std::fs::write(ground.folder.path().join("text.db"), "this is a letter, not a database\n".repeat(40)).unwrap();
    assert!(open(&ground.url("text"), &ground.keys).await.contains("not one of elitige"));
    assert!(Store::create(&ground.url("text"), &ground.keys, dice("x")).await.unwrap_err().to_string().contains("not one of elitige"));
    std::fs::write(ground.folder.path().join("empty.db"), "").unwrap();
    assert!(open(&ground.url("empty"), &ground.keys).await.contains("never finished"));
    ground.fresh("empty").await.close().await;
    let nowhere = ground.url("no/such/folder/one");
    assert!(Store::create(&nowhere, &ground.keys, dice("x")).await.unwrap_err().to_string().contains("the folder must exist"));
    for wrong in ["", "one.db", "mysql://x/y", "sqlite::memory:", "sqlite://"] {
        assert!(matches!(Store::open(wrong, &ground.keys, dice("x")).await, Err(StoreError::Place)), "{wrong}");
    }
}

#[tokio::test]
async fn a_newer_schema_is_refused() {
    let ground = Ground::sqlite();
    let store = ground.fresh("one").await;
    sqlx::query("UPDATE _sqlx_migrations SET version = 99 WHERE version = (SELECT MAX(version) FROM _sqlx_migrations)")
        .execute(&store.inner.writer)
        .await
        .unwrap();
    store.close().await;
    let refused = Store::open(&ground.url("one"), &ground.keys, dice("x")).await.unwrap_err();
    assert!(refused.to_string().contains("newer elitige"), "{refused}");
}

#[tokio::test]
async fn nothing_is_committed_into_a_file_that_is_not_there_any_more() {
    let ground = Ground::sqlite();
    let file = |name: &str, end: &str| ground.folder.path().join(format!("{name}.db{end}"));
    let store = ground.fresh("gone").await;
    store.remember("before", "x").await.unwrap();
    store.in_place().unwrap();
    std::fs::rename(file("gone", ""), file("away", "")).unwrap();
    for _ in 0..2 {
        let refused = store.remember("after", "x").await.unwrap_err();
        assert!(matches!(refused, StoreError::Replaced(_)) && refused.to_string().contains("put the file back and start it again"), "{refused}");
        // Another file in its place is as bad as none.
        std::fs::write(file("gone", ""), "").unwrap();
    }
    std::fs::rename(file("away", ""), file("gone", "")).unwrap();
    store.remember("back", "x").await.unwrap();
    store.close().await;
    let store = ground.again("gone").await;
    let known = [store.recall("before").await.unwrap(), store.recall("after").await.unwrap(), store.recall("back").await.unwrap()];
    assert_eq!(known.map(|word| word.is_some()), [true, false, true]);
    store.close().await;
}

#[tokio::test]
async fn what_was_committed_before_the_log_was_removed_is_saved() {
    let ground = Ground::sqlite();
    let store = ground.fresh("log").await;
    store.remember("before", "x").await.unwrap();
    for end in ["-wal", "-shm"] {
        std::fs::remove_file(ground.folder.path().join(format!("log.db{end}"))).unwrap();
    }
    assert!(matches!(store.remember("after", "x").await, Err(StoreError::Unhoused(_))));
    store.rescue_log().await.unwrap();
    // Killed now, the file alone is left.
    std::fs::copy(ground.folder.path().join("log.db"), ground.folder.path().join("left.db")).unwrap();
    let left = ground.again("left").await;
    assert!(left.recall("before").await.unwrap().is_some() && left.recall("after").await.unwrap().is_none());
    left.close().await;
    store.close().await;
}

#[tokio::test]
async fn the_file_of_the_lock_counts_among_those_of_the_database() {
    let ground = Ground::sqlite();
    let store = ground.fresh("held").await;
    let hold = Hold::take(&ground.url("held")).await.unwrap();
    store.watch(&hold);
    store.remember("before", "x").await.unwrap();
    std::fs::remove_file(ground.folder.path().join("held.db.lock")).unwrap();
    let second = Hold::take(&ground.url("held")).await.unwrap();
    assert!(matches!(store.remember("after", "x").await, Err(StoreError::Unhoused(_))), "another daemon may work there now");
    drop((hold, second));
    store.close().await;
}

/// A mebibyte that no packing makes smaller.
fn unpackable() -> Vec<u8> {
    let mut dice = Dice::from_seed([7; 32]);
    (0..1 << 15).flat_map(|_| dice.roll::<32>()).collect()
}

#[tokio::test]
async fn a_database_whose_pages_do_not_fit_each_other_is_found_out() {
    let ground = Ground::sqlite();
    let store = ground.fresh("whole").await;
    store.receive(&[arrival("INBOX", 1, 1, &unpackable())]).await.unwrap();
    assert!(store.is_whole().await.unwrap());
    store.close().await;
    let path = ground.folder.path().join("whole.db");
    let mut bytes = std::fs::read(&path).unwrap();
    // In the middle of the long mail, which nobody reads when the database is opened.
    let page = bytes.len() / 2 / 4_096 * 4_096;
    bytes[page..page + 4_096].fill(0xee);
    std::fs::write(&path, bytes).unwrap();
    let store = ground.again("whole").await;
    assert!(!store.is_whole().await.unwrap());
    store.close().await;
}

#[tokio::test]
async fn a_full_disk_says_so_and_nothing_is_half_written() {
    let ground = Ground::sqlite();
    let store = ground.fresh("one").await;
    let pages: i64 = sqlx::query("PRAGMA page_count").fetch_one(&store.inner.writer).await.unwrap().get(0);
    let limit = |pages: i64| AssertSqlSafe(format!("PRAGMA max_page_count = {pages}"));
    sqlx::query(limit(pages + 4)).execute(&store.inner.writer).await.unwrap();
    let refused = store.receive(&[arrival("INBOX", 1, 1, b"small"), arrival("INBOX", 1, 2, &unpackable())]).await.unwrap_err();
    assert!(matches!(refused, StoreError::Full) && refused.is_passing(), "{refused}");
    assert!(store.unsettled(9).await.unwrap().is_empty());
    // The same within a unit of work that has a mark: it is lost as a whole, and says so.
    let mut work = store.begin().await.unwrap();
    sqlx::query(limit(pages + 4)).execute(work.connection().await.unwrap()).await.unwrap();
    work.enqueue(None, &letter("before"), at(1)).await.unwrap();
    work.savepoint().await.unwrap();
    let large = crate::domain::OutboundMail { bytes: vec![7; 1 << 20], ..letter("large") };
    work.enqueue(None, &large, at(1)).await.unwrap();
    assert!(matches!(work.by_message_id(&large.message_id).await, Err(StoreError::Full)), "what waited is written before anything is read");
    assert!(work.rollback_to_savepoint().await.is_err());
    assert!(work.commit().await.is_err());
    assert_eq!(store.next_send().await.unwrap(), None);
    // There is room again (the limit was that connection's): it goes on by itself.
    received(&store, 1, b"small").await;
    assert!(store.check().await.unwrap().is_empty());
}

/// Everything that a person wrote goes through the store; nothing of it stands readable in its files, also not after it was erased.
#[tokio::test]
async fn nothing_that_a_person_wrote_stands_readable_in_the_files() {
    let ground = Ground::sqlite();
    let store = ground.fresh("one").await;
    let (dispute, body) = (dispute(1, 60), format!("From: {ADDRESS}\r\nMessage-ID: <one@personal.example>\r\n\r\n{WORDS}"));
    let letter_in = received(&store, 1, body.as_bytes()).await;
    let mut work = store.begin().await.unwrap();
    put(&mut work, &dispute).await;
    work.enqueue(Some(dispute.id), &letter("canary-id"), at(1)).await.unwrap();
    work.enqueue(None, &letter("canary-stranger"), at(1)).await.unwrap();
    work.settle(letter_in, &settlement(MailOutcome::Opened, Some(dispute.id)), at(2)).await.unwrap();
    work.commit().await.unwrap();
    received(&store, 2, b"canary words of a stranger").await;
    let row = &store.claim("node", at(3), 1, 900).await.unwrap()[0];
    store.finish(row.id, "node", Sent::Delivered { reply_code: 250 }, at(4)).await.unwrap();
    let digest = crate::domain::Digest::of(body.as_bytes());
    let wanted: [&[u8]; 7] =
        [b"canary", b"personal.example", b"Leila", b"bounces", dispute.consumer.token.as_str().as_bytes(), digest.as_bytes(), digest.hex().leak().as_bytes()];
    let search = |when: &str| {
        for file in ["one.db", "one.db-wal", "one.db-shm"] {
            let bytes = std::fs::read(ground.folder.path().join(file)).unwrap_or_default();
            for canary in wanted {
                assert!(!bytes.windows(canary.len()).any(|window| window == canary), "{when}: {file}: {}", String::from_utf8_lossy(canary));
            }
        }
    };
    search("open");
    let wrapped: Vec<u8> = sqlx::query(sql::KEY).bind(dispute.id.hex()).fetch_one(&store.inner.reader).await.unwrap().get(0);
    store.erase(dispute.id).await.unwrap();
    store.close().await;
    search("closed");
    for file in std::fs::read_dir(ground.folder.path()).unwrap() {
        let bytes = std::fs::read(file.unwrap().path()).unwrap();
        assert!(!bytes.windows(wrapped.len()).any(|window| window == wrapped), "the destroyed key is still there");
    }
}

/// Nothing may cost more as the store grows: every statement finds its rows by an index.
#[tokio::test]
async fn no_statement_scans_a_table() {
    let ground = Ground::sqlite();
    let store = ground.fresh("one").await;
    for (name, statement) in sql::ALL {
        let plan = sqlx::query(AssertSqlSafe(format!("EXPLAIN QUERY PLAN {statement}"))).fetch_all(&store.inner.writer).await;
        for row in plan.unwrap_or_else(|error| panic!("{name}: {error}")) {
            let step: String = row.get(3);
            // The two that go through a partial index read only the rows that wait.
            let waiting = step.contains("letters_unsettled") || step.contains("letters_held");
            // Counts go through the few rows that were found by an index, and never through more than their limit.
            let bounded = step == "SCAN few" && statement.contains("LIMIT");
            assert!(!step.starts_with("SCAN") || waiting || bounded, "{name}: {step}");
            assert!(!step.contains("TEMP B-TREE FOR ORDER BY"), "{name}: {step}");
        }
    }
    let settings = [("journal_mode", "wal"), ("synchronous", "2"), ("foreign_keys", "1"), ("secure_delete", "1")];
    for (setting, expected) in settings {
        let row = sqlx::query(AssertSqlSafe(format!("PRAGMA {setting}"))).fetch_one(&store.inner.writer).await.unwrap();
        let found = row.try_get::<String, _>(0).or_else(|_| row.try_get::<i64, _>(0).map(|number| number.to_string())).unwrap();
        assert_eq!(found, expected, "{setting}");
    }
}

/// A database that is opened again with the same dice draws no number, key or nonce a second time.
#[tokio::test]
async fn the_same_dice_never_fall_twice() {
    let ground = Ground::sqlite();
    let mut drawn = std::collections::HashSet::new();
    ground.fresh("one").await.close().await;
    for _ in 0..3 {
        let store = Store::open(&ground.url("one"), &ground.keys, dice("the same")).await.unwrap();
        assert!(drawn.insert(store.sealer().fresh_number()));
        store.close().await;
    }
}

#[tokio::test]
async fn readers_cannot_write() {
    let ground = Ground::sqlite();
    let store = ground.fresh("one").await;
    assert!(sqlx::query("DELETE FROM letters").execute(&store.inner.reader).await.is_err());
}

/// A second process, e.g. the command line beside the daemon.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_processes_take_turns() {
    let ground = Ground::sqlite();
    let (one, two) = (ground.fresh("one").await, ground.again("one").await);
    let write = async |store: &Store, from: u32| {
        for uid in from..from + 40 {
            received(store, uid, &uid.to_be_bytes()).await;
        }
    };
    tokio::join!(write(&one, 1), write(&two, 1001));
    assert_eq!(one.unsettled(100).await.unwrap().len(), 80);
}

/// What was committed stands in the file once the log was folded, while somebody writes.
#[tokio::test]
async fn the_log_is_folded_beside_the_writer() {
    let ground = Ground::sqlite();
    let store = ground.fresh("one").await;
    let path = ground.folder.path().join("one.db");
    let before = std::fs::metadata(&path).unwrap().len();
    for number in 0..30 {
        store.receive(&[arrival("INBOX", 7, number + 1, &unpackable()[number as usize..])]).await.unwrap();
    }
    let mut work = store.begin().await.unwrap();
    work.enqueue(None, &letter("open"), at(1)).await.unwrap();
    store.fold_log().await.unwrap();
    assert!(std::fs::metadata(&path).unwrap().len() > before + (20 << 20), "thirty mebibytes were folded");
    work.commit().await.unwrap();
    tokio::time::timeout(std::time::Duration::from_millis(50), store.log_is_long()).await.unwrap_err();
    for turn in 0..9 {
        let mut work = store.begin().await.unwrap();
        for number in 0..250 {
            work.enqueue(None, &letter(&format!("many-{turn}-{number}")), at(1)).await.unwrap();
        }
        work.commit().await.unwrap();
    }
    tokio::time::timeout(std::time::Duration::from_secs(5), store.log_is_long()).await.unwrap();
}
