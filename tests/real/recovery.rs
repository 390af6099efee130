//! What was received before a crash is settled after it, also when its mail is gone from the inbox.

use crate::daemon::program;
use crate::ground::{LEILA, people, person};
use crate::harness::{Daemon, Town};
use elitige::domain::{Dice, Instant};
use elitige::store::{Arrival, Keys, Store};
use elitige::story::{Draft, compose_mail};
use std::time::Duration;

#[tokio::test(flavor = "multi_thread")]
async fn a_mail_that_vanished_between_its_receipt_and_a_crash_is_settled_at_the_next_start() {
    let folder = tempfile::tempdir().unwrap();
    let town = Town::start(folder.path(), &people());
    town.initialise(program());
    let from = elitige::domain::Address::parse(LEILA).unwrap();
    let body = "Bonjour, ma commande n° AT-48213 sur le site boutique-atlas.example n'est jamais arrivée. Je demande le remboursement.";
    let draft =
        Draft { from: &from, to: &town.desk(), subject: "Commande", body, answers: None, headers: &[], at: Instant::parse("2026-11-23T09:00:00Z").unwrap() };
    let bytes = town.signers.sign(from.domain(), &compose_mail(&draft));
    let keys = Keys::load(&folder.path().join("elitige.key")).unwrap();
    let store = Store::open(&format!("sqlite:{}", folder.path().join("elitige.db").display()), &keys, Dice::from_seed([1; 32])).await.unwrap();
    let arrival = Arrival { mailbox: "mediation".to_owned(), uid_validity: 1, uid: 999_999, received: draft.at, bytes };
    store.receive(&[arrival]).await.unwrap();
    store.close().await;
    let mut daemon = Daemon::start(program(), &town);
    let letter = person(&town, LEILA).next_mail(Duration::from_secs(30)).await;
    assert!(letter.subject().starts_with("[EL-"));
    daemon.stop();
    assert_eq!(town.case_list(program()).lines().count(), 1);
}
