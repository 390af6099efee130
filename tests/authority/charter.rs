//! The charter is told before it is accepted, and what is accepted is what was told.

use crate::configuration;
use crate::scene::*;
use elitige::config::Config;
use elitige::domain::{Digest, MailOutcome, Party};
use std::fs;

/// The house with its charter changed in one language and called version 2.
fn changed() -> Config {
    let folder = tempfile::tempdir().unwrap();
    let root = configuration::written(folder.path(), &["key", "imap"]);
    for language in ["fr", "ar", "en"] {
        let path = folder.path().join("templates/charter").join(format!("{language}.md"));
        let text = fs::read_to_string(&path).unwrap().replacen("Version: 1", "Version: 2", 1);
        fs::write(&path, text.replace("Cette charte dit", "Cette nouvelle charte dit")).unwrap();
    }
    configuration::load(&root)
}

#[tokio::test]
async fn what_is_accepted_is_the_charter_that_was_told_though_another_came_into_force() {
    let mut scene = Scene::complained().await;
    let old = scene.desk.stationery.charter().edition().clone();
    let first = scene.latest("acknowledgement");
    assert!(first.text.contains(&old.short()) && first.text.contains("Cette charte dit") && first.text.contains(&old.grouped()));
    let id = scene.disputes(LEILA).await[0].id;
    assert_eq!(scene.dispute(id).await.consent.charter(Party::Consumer).told().unwrap().edition, old);

    let config = changed();
    let new = config.stationery.charter().clone();
    scene.desk.store.keep_charter(&new).await.unwrap();
    scene.desk.stationery = config.stationery.clone();
    assert_ne!(new.edition().digest, old.digest);
    // Whoever was told one is told the same again, also in what leaves later.
    assert_eq!(scene.answer(LEILA, &first, "Le produit était une cafetière italienne, je l'avais oublié.").await, MailOutcome::Noted);
    let again = scene.latest("summary");
    assert!(again.text.contains(&old.short()) && again.text.contains("Cette charte dit") && !again.text.contains("nouvelle charte"));

    assert_eq!(scene.answer(LEILA, &again, &coded(&again, "CONFIRMER")).await, MailOutcome::Advanced);
    let screening = scene.latest("screening");
    assert!(!screening.text.contains("Cette nouvelle charte dit"));
    assert_eq!(scene.answer(REGISTRAR, &screening, &format!("{} {ATLAS} fr", coded(&screening, "ADMETTRE"))).await, MailOutcome::Advanced);
    let invitation = scene.latest("invitation");
    assert!(invitation.text.contains(&new.edition().short()) && invitation.text.contains("Cette nouvelle charte dit"));
    let asked = scene.dispute(id).await;
    assert!(asked.consent.charter(Party::Merchant).told().is_some() && asked.consent.charter(Party::Merchant).accepted().is_none());
    assert_eq!(scene.answer(ATLAS, &invitation, &coded(&invitation, "MÉDIATION")).await, MailOutcome::Advanced);

    let dispute = scene.dispute(id).await;
    let accepted = |party| dispute.consent.charter(party).accepted().unwrap();
    assert_eq!((accepted(Party::Consumer).0, accepted(Party::Merchant).0), (&old, new.edition()));
    assert_eq!((accepted(Party::Consumer).1.on, accepted(Party::Merchant).1.on), (old.digest, new.edition().digest));
    let convention = scene.latest_to("mediation-agreement", LEILA);
    for edition in [&old, new.edition()] {
        assert!(convention.text.contains(&edition.grouped()), "{}", convention.text);
    }
    let noted: String = scene.desk.store.journal(id).await.unwrap().into_iter().filter_map(|recorded| Some(recorded.entry?.note)).collect();
    for said in [format!("the consumer is told the charter {}", old.short()), format!("the merchant accepts the charter 2, digest {}", new.edition().digest)] {
        assert!(noted.contains(&said), "{noted}");
    }
    assert!(scene.desk.store.charter(&old.digest).await.unwrap().is_some());
    assert_eq!(scene.desk.store.charter(&Digest::of(b"never")).await.unwrap(), None);
    scene.sound().await;
}

#[tokio::test]
async fn another_seller_is_told_the_charter_anew() {
    let mut scene = Scene::invited().await;
    let id = scene.disputes(LEILA).await[0].id;
    scene.command(id, "reroute", "").await;
    assert!(scene.dispute(id).await.consent.charter(Party::Merchant).told().is_none());
}

#[tokio::test]
async fn a_word_without_its_code_accepts_no_charter_and_begins_no_mediation_but_is_answered_with_both() {
    let mut scene = Scene::invited().await;
    let id = scene.disputes(LEILA).await[0].id;
    let invitation = scene.latest("invitation");
    assert_eq!(scene.answer(ATLAS, &invitation, "MEDIATION").await, MailOutcome::Noted);
    let asked = scene.dispute(id).await;
    let charter = asked.consent.charter(Party::Merchant).clone();
    assert!(charter.told().is_some() && charter.accepted().is_none() && asked.state == "invited");
    let answer = scene.latest("charter-asked");
    assert!(answer.text.contains(&charter.told().unwrap().edition.grouped()), "{}", answer.text);
    assert_eq!(scene.answer(ATLAS, &answer, &coded(&answer, "MÉDIATION")).await, MailOutcome::Advanced);
    let begun = scene.dispute(id).await;
    assert!(begun.consent.charter(Party::Merchant).accepted().is_some() && begun.state == "assigning");
    scene.sound().await;
}
