//! Every story is told dry: as it is written, with every step done twice, and with the power failing after every step.

use elitige::story::{Manner, Script, tell};
#[path = "harness/configuration.rs"]
mod configuration;
#[path = "told/letters.rs"]
mod letters;

use configuration::{configuration, house, load, written};
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

fn stories() -> Vec<PathBuf> {
    let mut files: Vec<PathBuf> = fs::read_dir(house().join("tests/stories"))
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|end| end == "story"))
        .collect();
    files.sort();
    files
}

fn name(path: &Path) -> String {
    path.file_name().unwrap_or_default().to_string_lossy().into_owned()
}

/// Tells every story in `manner`; gives back what differed from the record and the rules that spoke.
async fn tell_all(manner: Manner, update: bool) -> (Vec<String>, BTreeSet<String>) {
    let mut wrong = Vec::new();
    let mut spoken = BTreeSet::new();
    for path in stories() {
        let text = fs::read_to_string(&path).unwrap();
        let script = Script::parse(&text).unwrap_or_else(|error| panic!("{}: {error}", name(&path)));
        let folder = tempfile::tempdir().unwrap();
        match tell(&script, configuration(), folder.path(), manner).await {
            Ok(told) => {
                wrong.extend(told.faults.iter().map(|fault| format!("{}: {fault}", name(&path))));
                spoken.extend(told.rules);
                let now = script.record(&told.outcomes);
                if update {
                    fs::write(&path, &now).unwrap();
                } else if now != text {
                    let (before, after): (Vec<&str>, Vec<&str>) = (text.lines().collect(), now.lines().collect());
                    let at = before.iter().zip(&after).take_while(|(a, b)| a == b).count();
                    wrong.push(format!("{} line {}: recorded {:?}, told {:?}", name(&path), at + 1, before.get(at), after.get(at)));
                }
            }
            Err(error) => wrong.push(format!("{}: {error}", name(&path))),
        }
    }
    (wrong, spoken)
}

#[tokio::test]
async fn every_story_is_told_as_recorded_and_every_rule_is_told_by_a_story() {
    let update = std::env::var_os("UPDATE").is_some();
    let (wrong, spoken) = tell_all(Manner::Once, update).await;
    assert!(wrong.is_empty(), "{}\nIf this is what should happen: UPDATE=1 cargo test --test stories", wrong.join("\n"));
    let named = configuration().workflows.iter().flat_map(|rules| rules.workflow.rules().into_iter().map(|rule| format!("{} {rule}", rules.workflow.name())));
    let untold: Vec<String> = named.filter(|rule| !spoken.contains(rule)).collect();
    assert!(untold.is_empty(), "no story tells the rules {}", untold.join(", "));
}

#[tokio::test]
async fn a_story_in_which_every_step_is_done_twice_ends_the_same() {
    let (wrong, _) = tell_all(Manner::Twice, false).await;
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[tokio::test]
async fn a_story_in_which_the_power_fails_after_every_step_ends_the_same() {
    let (wrong, _) = tell_all(Manner::PowerFails, false).await;
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[tokio::test]
async fn a_story_leaves_no_connection_behind_that_closes_later() {
    let script = Script::parse(&fs::read_to_string(house().join("tests/stories/granted.story")).unwrap()).unwrap();
    let broken = Script::parse("now 2026-11-23T09:00:00Z\nleila is consumer leila@courrier.example\n\nleila answers:\n  FAIT ***\n").unwrap();
    for (script, manner, well) in [(&script, Manner::Once, true), (&script, Manner::PowerFails, true), (&broken, Manner::Once, false)] {
        let folder = tempfile::tempdir().unwrap();
        assert_eq!(tell(script, configuration(), folder.path(), manner).await.is_ok(), well);
        let mut left: Vec<String> = fs::read_dir(folder.path()).unwrap().map(|entry| name(&entry.unwrap().path())).collect();
        left.sort();
        assert_eq!(left, ["story.db", "story.key"], "the log of a database is folded into it when the last connection closes");
    }
}

#[tokio::test]
async fn an_amount_in_ryals_is_asked_about_and_its_writer_is_told_of_the_hidden_card() {
    let script = Script::parse(&fs::read_to_string(house().join("tests/stories/ryals.story")).unwrap()).unwrap();
    let folder = tempfile::tempdir().unwrap();
    let told = tell(&script, configuration(), folder.path(), Manner::Once).await.unwrap();
    let texts: Vec<&str> = told.letters.iter().map(|(_, text)| text.as_str()).collect();
    assert!(texts[0].contains("1. كتبتم «45000 ريال»، فهل المقصود 2250,00 درهم؟"), "{}", texts[0]);
    assert!(texts[1].contains("المبلغ: 2250,00 درهم"), "{}", texts[1]);
    let hidden = texts.iter().map(|text| text.contains("معطى حساسا")).collect::<Vec<_>>();
    assert_eq!(hidden, [true, false, false, false]);
    assert!(!texts.iter().any(|text| text.contains("4111")));
}

#[tokio::test]
async fn a_field_of_the_request_does_not_tell_the_seller_the_address_of_the_buyer() {
    let script = Script::parse(&fs::read_to_string(house().join("tests/stories/leak.story")).unwrap()).unwrap();
    let folder = tempfile::tempdir().unwrap();
    let told = tell(&script, configuration(), folder.path(), Manner::Once).await.unwrap();
    let (_, invitation) = told.letters.iter().find(|(role, _)| *role == elitige::domain::Role::Merchant).unwrap();
    assert!(invitation.contains("shoes for […]") && !invitation.contains("mail.example"), "{invitation}");
}

#[tokio::test]
async fn what_a_customer_service_and_its_merchant_wrote_to_each_other_does_not_come_to_the_mediation() {
    let script = Script::parse(&fs::read_to_string(house().join("tests/stories/svc-escalated.story")).unwrap()).unwrap();
    let folder = tempfile::tempdir().unwrap();
    let told = tell(&script, configuration(), folder.path(), Manner::Once).await.unwrap();
    let texts: Vec<&str> = told.letters.iter().map(|(_, text)| text.as_str()).collect();
    let begins = texts.iter().position(|text| text.contains("Ceci est un nouveau dossier")).unwrap();
    let (service, mediation) = texts.split_at(begins);
    assert!(service.iter().any(|text| text.contains("le colis est-il parti")), "the merchant was asked");
    assert!(mediation.iter().all(|text| !text.contains("le colis est-il parti")));
    let answered = |text: &&&str| text.contains("interrogeons le transporteur");
    assert!(mediation.iter().filter(answered).count() >= 2, "the official answer is confirmed by the buyer and told in the invitation");
    assert!(service.iter().all(|text| !text.contains("médiateur")), "no letter of a customer service speaks of a mediator");
}

#[tokio::test]
async fn an_agent_sees_each_offer_before_it_leaves_and_the_buyer_the_newest_one() {
    let story = "now 2026-11-23T09:00:00Z\nleila is consumer leila@courrier.example\natlas is merchant sav@boutique-atlas.example\n\
                 samir is agent samir@relation-client.example\n\n\
                 leila writes to atlas:\n  Subject: Produit défectueux\n  Bonjour, je m'appelle Leila Bennani. Ma cafetière est en panne, \
                 commande n° AT-48213. Je demande l'échange du produit.\n\n"
        .to_owned();
    let says = |who: &str, words: &str| format!("{who} answers:\n  {words} ***\n\n");
    let offers =
        |number: u32| format!("samir answers:\n  PROPOSER\n  1) Le vendeur fait l'échange de la cafetière numéro {number}, avant le {number} mars 2027.\n\n");
    let sends = || says("samir", "PROPOSER");
    let refused = [offers(11), offers(12), sends(), says("leila", "REFUSER")];
    let promised = [offers(13), sends(), says("leila", "ACCEPTER"), "wait 112 days\n\n".to_owned(), says("leila", "PAS FAIT")];
    let story = story + &[refused.concat(), promised.concat(), offers(14), sends()].concat();
    let folder = tempfile::tempdir().unwrap();
    let told = tell(&Script::parse(&story).unwrap(), configuration(), folder.path(), Manner::Once).await.unwrap();
    let newest = |title: &str| -> Vec<&str> {
        let letters = told.letters.iter().map(|(_, text)| text).filter(|text| text.contains(title));
        letters.map(|text| text.split("cafetière numéro ").nth(1).and_then(|rest| rest.get(..2)).unwrap_or_default()).collect()
    };
    assert_eq!(newest("relisez l’offre"), ["11", "12", "13"]);
    assert_eq!(newest("vous offre"), ["12", "13"], "nothing is offered beside a promise");
    let helped = told.letters.iter().filter(|(role, text)| *role == elitige::domain::Role::Mediator && text.contains("Rien n’a été fait")).count();
    assert_eq!(helped, 2, "whoever offers what cannot be offered is told so");
    assert!(
        !told.letters.iter().any(|(role, text)| *role == elitige::domain::Role::Consumer && text.contains("PROPOSER")),
        "and the buyer hears nothing of it"
    );
    let turn = told.letters.iter().rfind(|(_, text)| text.contains("la promesse n’est pas tenue")).unwrap();
    assert!(!turn.1.contains("PROPOSER"), "{}", turn.1);
}

#[tokio::test]
async fn an_order_whose_letters_cannot_be_written_changes_nothing_and_the_registrar_is_told_once() {
    let folder = tempfile::tempdir().unwrap();
    let root = written(folder.path(), &["key", "imap"]);
    let letter = folder.path().join("templates/fr/paused.md.hbs");
    let text = fs::read_to_string(&letter).unwrap();
    fs::write(&letter, text.replace("{{> _hello}}", "{{> _hello}}\n\n{{agreement.number}}")).unwrap();
    let config = load(&root);
    let story = fs::read_to_string(house().join("tests/stories/desk.story")).unwrap();
    let (begins, _) = story.split_once("nadia answers:\n  FICHE").unwrap();
    let script = Script::parse(&format!("{begins}nadia answers:\n  PAUSE\n\nwait 1 days\n")).unwrap();
    let store = tempfile::tempdir().unwrap();
    let told = tell(&script, &config, store.path(), Manner::Once).await.unwrap();
    let lines: Vec<&str> = told.outcomes.last().unwrap().iter().map(String::as_str).collect();
    assert_eq!(lines.iter().filter(|line| line.contains("unwritten")).count(), 1, "{lines:?}");
    assert!(!lines.iter().any(|line| line.contains("paused") || line.contains("interrupted")), "{lines:?}");
}

#[tokio::test]
async fn a_mediator_who_comes_after_another_is_told_the_offers_and_nothing_that_was_confided_to_the_first_or_noted_by_her() {
    let story = fs::read_to_string(house().join("tests/stories/desk.story")).unwrap();
    let (begins, _) = story.split_once("nadia answers:\n  RAPPELER 12").unwrap();
    let begins = begins.replace("leila is consumer", "sami is mediator sami@mediateurs.example\nleila is consumer");
    let proposes = "PROPOSER\n  1. Le vendeur rembourse 1 300 DH avant le 15 décembre 2026.";
    let drafts = "PROPOSER\n  1. Le vendeur envoie un bon de réduction avant le 20 décembre 2026.";
    let ends = format!(
        "leila answers:\n  {proposes}\n\nleila answers:\n  PROPOSER ***\n\natlas answers:\n  REFUSER ***\n\nnadia answers:\n  {drafts}\n\n\
         nadia answers:\n  DESSAISIR\n\nwait 1 days\n\nthe registrar names sami\n\nsami answers:\n  ACCEPTER ***\n\nsami answers:\n  FICHE\n"
    );
    let script = Script::parse(&format!("{begins}{ends}")).unwrap();
    let folder = tempfile::tempdir().unwrap();
    let told = tell(&script, configuration(), folder.path(), Manner::Once).await.unwrap();
    assert!(told.outcomes.last().unwrap().iter().any(|line| line.contains("mediator: brief")), "{:?}", told.outcomes.last());
    let to_mediators: Vec<&str> = told.letters.iter().filter(|(role, _)| *role == elitige::domain::Role::Mediator).map(|(_, text)| text.as_str()).collect();
    let named = to_mediators.iter().rposition(|text| text.contains("Êtes-vous") || text.contains("êtes-vous libre")).unwrap();
    let (before, after) = to_mediators.split_at(named);
    assert!(before.iter().any(|text| text.contains("Entre nous")), "the first mediator heard what was confided");
    assert!(after.last().unwrap().contains("1 300"), "the offer that both sides know");
    for text in after {
        for kept in ["appel de dix minutes", "transporteur", "Entre nous", "1 200", "bon de réduction"] {
            assert!(!text.contains(kept), "{kept}: {text}");
        }
    }
}

#[tokio::test]
async fn what_a_side_was_asked_point_by_point_and_answered_is_told_to_the_mediator_and_not_to_the_other_side() {
    use elitige::domain::Role;
    let told = |story: String| async move {
        let folder = tempfile::tempdir().unwrap();
        tell(&Script::parse(&story).unwrap(), configuration(), folder.path(), Manner::Once).await.unwrap().letters
    };
    let silent = told(fs::read_to_string(house().join("tests/stories/points-silent-ar.story")).unwrap()).await;
    for (role, own, other) in [(Role::Consumer, "هل تقبلين هاتفا آخر", "شركة النقل"), (Role::Merchant, "من هي شركة النقل", "هاتفا آخر")]
    {
        let read: Vec<&str> = silent.iter().filter(|(to, _)| *to == role).map(|(_, text)| text.as_str()).collect();
        assert!(read.iter().any(|text| text.contains(own)) && !read.iter().any(|text| text.contains(other)), "{role:?}");
    }
    let (_, brief) = silent.iter().rfind(|(to, _)| *to == Role::Mediator).unwrap();
    for answer in ["réponse reçue : 5 نونبر", "réponse reçue : أمانة", "خاصو يوصل هاد السيمانة"] {
        assert!(plain(brief).contains(answer), "{answer}: {brief}");
    }
    let inline = fs::read_to_string(house().join("tests/stories/points-inline-en.story")).unwrap();
    let begins = inline.split_once("atlas answers:\n  PAUSE").unwrap().0;
    let inline = told(format!("{begins}nadia answers:\n  BRIEF\n")).await;
    let (_, brief) = inline.iter().rfind(|(to, _)| *to == Role::Mediator).unwrap();
    for line in [
        "1. When was the parcel handed to the carrier? – réponse reçue : On 5 November.",
        "réponse reçue : Yes, within three days.",
        "3. On which day would the refund arrive? – ouvert",
    ] {
        assert!(plain(brief).contains(line), "{line}: {brief}");
    }
}

/// Without the marks that keep two directions of writing apart, and with plain spaces.
fn plain(text: &str) -> String {
    text.replace(['\u{2068}', '\u{2069}'], "").replace(['\u{a0}', '\u{202f}'], " ")
}

#[tokio::test]
async fn a_story_whose_record_is_wrong_is_noticed() {
    let text = fs::read_to_string(house().join("tests/stories/granted.story")).unwrap();
    let script = Script::parse(&text).unwrap();
    let folder = tempfile::tempdir().unwrap();
    let mut told = tell(&script, configuration(), folder.path(), Manner::Once).await.unwrap();
    told.outcomes.pop();
    told.outcomes.push(vec!["nothing happened".to_owned()]);
    assert_ne!(script.record(&told.outcomes), text);
}
