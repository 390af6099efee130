//! What letters of whole stories say: each is true at the moment it leaves, for its reader. The stories record the letters' names; here are their sentences.

use super::{configuration, house, plain};
use elitige::domain::Role::{self, Consumer, Mediator, Merchant, Operator};
use elitige::story::{Manner, Script, tell};
use std::fs;

/// Every letter of a story, in its order, without marks of direction and special spaces.
async fn letters(story: &str) -> Vec<(Role, String)> {
    let text = fs::read_to_string(house().join(format!("tests/stories/{story}.story"))).unwrap();
    let folder = tempfile::tempdir().unwrap();
    let told = tell(&Script::parse(&text).unwrap(), configuration(), folder.path(), Manner::Once).await.unwrap();
    told.letters.into_iter().map(|(role, text)| (role, plain(&text))).collect()
}

/// Stands in every receipt for words.
const RECEIVED: &str = "pas été transmis à l’autre partie";

/// The letters to `role` in which `mark` stands.
fn to<'a>(letters: &'a [(Role, String)], role: Role, mark: &str) -> Vec<&'a str> {
    letters.iter().filter(|(reader, text)| *reader == role && text.contains(mark)).map(|(_, text)| text.as_str()).collect()
}

/// That letter says all of `says` and none of `not`.
fn says(letter: &str, says: &[&str], not: &[&str]) {
    for sentence in says {
        assert!(letter.contains(sentence), "{sentence} is missing: {letter}");
    }
    for sentence in not {
        assert!(!letter.contains(sentence), "{sentence}: {letter}");
    }
}

#[tokio::test]
async fn over_an_open_proposal_each_side_reads_of_its_own_answer() {
    let told = letters("proposal-asked-again").await;
    let resumed = "La pause est finie";
    let (buyer, seller) = (to(&told, Consumer, resumed), to(&told, Merchant, resumed));
    assert_eq!((buyer.len(), seller.len()), (2, 2));
    for asked in [buyer[0], seller[0], seller[1]] {
        says(asked, &["répondez à la proposition", "1 200 DH", "ACCEPTER", "REFUSER"], &["rien à faire", "PAS-CONCERNÉ"]);
    }
    says(buyer[1], &["Vous n’avez rien à faire", "C’est au vendeur de répondre"], &["ACCEPTER"]);
    let told = letters("proposal-asked-again-ar").await;
    let received = "ولم نحولها إلى الطرف الآخر";
    let (buyer, seller) = (to(&told, Consumer, received), to(&told, Merchant, received));
    says(buyer[0], &["الجواب عن الاقتراح", "2000 درهم", "أقبل", "أرفض"], &["لا شيء مطلوب"]);
    says(seller[0], &["لا شيء مطلوب منكم الآن", "ننتظر جواب المشتري"], &["أقبل"]);
}

#[tokio::test]
async fn whoever_looks_for_an_address_is_told_whose_letters_came_back() {
    let told = letters("consumer-bounces").await;
    let back = to(&told, Operator, "joindre l’acheteur");
    assert_eq!(back.len(), 1, "{told:?}");
    says(back[0], &[], &["adresse du vendeur", "CLORE", "ADMETTRE"]);
    let told = letters("svc-comes-back").await;
    let turns = to(&told, Mediator, "Pour information").len();
    assert_eq!(turns, 2, "{told:?}");
    says(to(&told, Mediator, "nous est revenu")[0], &["destiné à l’acheteur"], &["souhaite une médiation", "Un délai est passé"]);
    says(to(&told, Mediator, "souhaite qu’elle reprenne")[0], &[], &["n’accepte pas l’offre", "souhaite une médiation"]);
}

#[tokio::test]
async fn an_agreement_stays_owed_through_a_pause_and_a_withdrawal() {
    let told = letters("rests-over-an-agreement").await;
    for paused in [to(&told, Merchant, "aucun délai de réponse ne court"), to(&told, Consumer, "aucun délai de réponse ne court")].concat() {
        says(paused, &["La pause ne change rien à l’accord", "au plus tard le mardi 8 décembre 2026"], &["rien à faire", "rien n’est demandé"]);
    }
    says(to(&told, Merchant, RECEIVED)[0], &["La pause ne change rien à l’accord"], &["rien à faire"]);
    says(to(&told, Merchant, "La pause est finie")[0], &["exécutez l’accord sans attendre", "la date prévue est passée", "FAIT"], &["8 décembre"]);
    for (role, withdrawn) in [(Merchant, "L’acheteur a retiré sa demande"), (Consumer, "Votre demande est retirée")] {
        says(to(&told, role, withdrawn)[0], &["reste valable", "au plus tard le mardi 8 décembre 2026"], &["plus rien à faire"]);
    }
    says(to(&told, Merchant, "qui était clos")[0], &["exécutez l’accord sans attendre"], &["janvier"]);
}

#[tokio::test]
async fn what_is_said_of_the_carrying_out_of_an_agreement_is_told_as_it_is() {
    let told = letters("contested-and-told").await;
    let done = to(&told, Merchant, "Vous nous dites que l’accord");
    assert_eq!(done.len(), 2, "a receipt for each word that it is done");
    says(done[0], &["nous demandons à l’acheteur de le confirmer", "Il n’apprend rien d’autre"], &["le lit et", "pas été transmis"]);
    says(done[1], &["Une personne du service examine le dossier"], &[]);
    says(to(&told, Consumer, "Vous nous dites que l’accord")[0], &["n’est pas exécuté", "Nous demandons au vendeur"], &["le lit et"]);
    says(to(&told, Merchant, RECEIVED)[0], &["une personne du service examine le dossier"], &["de le confirmer"]);
    says(to(&told, Merchant, "Votre contestation")[0], &["puis décide de la suite"], &["Rien n’est décidé"]);
    let told = letters("late-and-contested").await;
    says(to(&told, Merchant, RECEIVED)[0], &["À vous : exécutez l’accord sans attendre", "examine le dossier"], &["rien à faire"]);
}

#[tokio::test]
async fn a_seller_who_wrote_is_not_told_of_as_silent() {
    let told = letters("silent-after-words").await;
    says(to(&told, Operator, "Rien n’est clos sans vous")[0], &["Le vendeur a écrit", "lisez d’abord"], &["sans aucun message"]);
    says(to(&told, Consumer, "la médiation n’ait pas pu avoir lieu")[0], &["Le vendeur nous a écrit"], &["pas reçu de réponse", "transporteur"]);
    says(to(&told, Merchant, "l’acheteur en est informé")[0], &["Vous nous avez écrit"], &["pas reçu de réponse"]);
    let told = letters("silent").await;
    says(to(&told, Consumer, "la médiation n’ait pas pu avoir lieu")[0], &["pas reçu de réponse du vendeur"], &["nous a écrit"]);
    says(to(&told, Operator, "sans aucun message")[0], &[], &["Le vendeur a écrit"]);
}

#[tokio::test]
async fn the_end_of_what_never_began_is_no_end_of_a_mediation() {
    let told = letters("ended-early").await;
    says(to(&told, Consumer, "Tous vos autres recours")[0], &["Rien n’a été envoyé au vendeur."], &["médiation est terminée", "sans accord"]);
    let told = letters("pause-lapses").await;
    says(to(&told, Consumer, "le dossier n’a pas été repris")[0], &[], &["Chacun peut", "Rien n’a été envoyé"]);
}

#[tokio::test]
async fn an_open_question_and_a_change_that_counts_for_nothing_are_told() {
    let told = letters("pause-over-points").await;
    says(to(&told, Consumer, "La pause est finie")[0], &["À vous, au plus tard le", "Avez-vous le reçu"], &["rien à faire"]);
    says(to(&told, Merchant, "La pause est finie")[0], &["Le médiateur poursuit"], &["au plus tard le", "Avez-vous"]);
    let told = letters("changed-after-the-invitation").await;
    says(to(&told, Consumer, RECEIVED)[0], &["le vendeur peut toujours l’accepter", "PAUSE", "RETIRER"], &[]);
}

#[tokio::test]
async fn who_takes_up_a_case_again_is_told_of_it_and_the_dead_address_is_not() {
    let told = letters("reopened-unreachable-en").await;
    assert_eq!(to(&told, Merchant, "").len(), 1, "the invitation that came back");
    assert_eq!(to(&told, Operator, "ADMETTRE").len(), 3, "screening, the bounce, and the case that goes on");
}

#[tokio::test]
async fn who_moves_is_told_at_the_new_address_and_who_did_not_ask_for_it_at_the_old_one() {
    let told = letters("moved").await;
    let here = to(&told, Consumer, "nous vous écrivons désormais ici");
    assert_eq!(here.len(), 2);
    says(here[0], &["Merci, c’est confirmé"], &["le lit et", "pas été transmis"]);
    says(to(&told, Consumer, "Nous vous écrivons de nouveau ici")[0], &["Tout ce qui engage est suspendu"], &["FIN"]);
    says(to(&told, Operator, "case release")[0], &["passer pour l’acheteur", "rien n’a été demandé"], &["Un délai est passé", "le vendeur"]);
}

#[tokio::test]
async fn what_a_customer_service_promised_is_told_as_done_or_as_owed() {
    let told = letters("svc-kept").await;
    let closed = "qui avait été convenu";
    says(to(&told, Merchant, closed)[0], &["a été fait, selon l’acheteur"], &["reste valable", "reste dû"]);
    says(to(&told, Consumer, closed)[0], &["a été fait, comme vous nous l’avez dit"], &["reste valable"]);
    let told = letters("svc-broken").await;
    says(to(&told, Merchant, closed)[0], &["reste dû", "reste valable"], &["plus rien à faire"]);
    says(to(&told, Consumer, "n’a pas pu régler")[0], &["Convenu le", "toujours valable"], &["avions offert", "ci-dessus"]);
}
