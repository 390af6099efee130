//! What the rules of the house notice, and what follows.

use crate::ground::{COMPLAINT, DESK, Ground, LEILA, REGISTRAR};
use elitige::authenticate::Verdict;
use elitige::domain::{MailOutcome, Priority};
use elitige::letter::CATEGORIES;
use elitige::store::Standing;
use elitige::story::code_after;
use elitige::workflow::{Known, Rules};
use std::collections::BTreeSet;

const RULES: &str = r#"
[[rule]]
name = "coffee"
words = ["machine à café"]
amount-at-least = "1000 MAD"
[rule.then]
priority = "urgent"
tags = ["coffee"]
hold = "Coffee machines are looked at first."
question = { fr = "De quelle couleur est-elle ?", ar = "ما لونها؟", en = "Which colour is it?" }
"#;

async fn opened(rules: &str) -> Ground {
    let mut ground = Ground::new().await;
    ground.desk.rules = Rules::parse("rules.toml", rules, &Known { categories: &CATEGORIES, letters: &BTreeSet::new(), mediators: None }).unwrap();
    let (_, outcome) = ground.writes(LEILA, DESK, COMPLAINT, Verdict::proven()).await;
    assert_eq!(outcome, MailOutcome::Opened);
    ground
}

#[tokio::test]
async fn a_rule_asks_tells_the_registrar_and_lets_a_person_look_first() {
    let mut ground = opened(RULES).await;
    let id = ground.desk.store.list(Standing::Open, 1).await.unwrap()[0].id;
    let dispute = ground.desk.store.dispute(id).await.unwrap().unwrap();
    assert_eq!((dispute.noticed.priority, dispute.noticed.tags.as_slice()), (Priority::Urgent, ["coffee".to_owned()].as_slice()));
    assert!(dispute.frozen.is_some());
    let journal = ground.desk.store.journal(id).await.unwrap();
    let note = journal[0].entry.clone().unwrap().note;
    assert!(note.ends_with("; a rule holds it until a person looked; rules that fired: coffee: amount-at-least, words"), "{note}");
    let letter = ground.latest(LEILA);
    assert!(letter.text.contains("De quelle couleur est-elle ?"), "{}", letter.text);
    assert!(!letter.text.contains("Coffee machines"), "the reason is the registrar's: {}", letter.text);
    assert!(!ground.latest(REGISTRAR).text.is_empty());
    let code = code_after(&letter.text, "CONFIRMER").unwrap();
    ground.answers(LEILA, &letter, &format!("CONFIRMER {code}"), &[], Verdict::proven()).await;
    let held = ground.desk.store.dispute(id).await.unwrap().unwrap();
    assert!(held.consent.confirmed_request().is_none(), "nothing binding is heard before a person looked");
}

#[tokio::test]
async fn what_was_confirmed_keeps_what_was_decided_and_the_registrar_reads_it() {
    let without_hold = RULES.replace("hold = \"Coffee machines are looked at first.\"\n", "");
    let mut ground = opened(&without_hold).await;
    let id = ground.desk.store.list(Standing::Open, 1).await.unwrap()[0].id;
    let letter = ground.latest(LEILA);
    let code = code_after(&letter.text, "CONFIRMER").unwrap();
    ground.answers(LEILA, &letter, &format!("CONFIRMER {code}"), &[], Verdict::proven()).await;
    let screening = ground.latest(REGISTRAR);
    assert!(screening.text.contains("coffee") && screening.text.contains("urgent"), "{}", screening.text);
    let before = ground.desk.store.dispute(id).await.unwrap().unwrap();
    assert!(before.consent.confirmed_request().is_some() && before.frozen.is_none());
    ground.desk.rules = Rules::default();
    ground.answers(LEILA, &letter, "Voici une précision : la commande était pour ma mère.", &[], Verdict::proven()).await;
    assert_eq!(ground.desk.store.dispute(id).await.unwrap().unwrap().noticed, before.noticed);
}
