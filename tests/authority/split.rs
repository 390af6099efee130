//! A mail of another matter is taken out of its case: what moves is the consumer's alone, and nothing of the first case comes along.

use crate::configuration::configuration;
use crate::scene::*;
use elitige::domain::{Act, Actor, Dice, Digest, Dispute, Fact, MailOutcome, Reference, Role};
use elitige::letter;
use elitige::settle::{NotSplit, Raw, Split, settle_split};
use elitige::store::LetterNumber;
use elitige::story::code_after;

const ANOTHER: &str = "Bonjour, j'ai aussi commandé un aspirateur sur le site zellij-deco.example, commande n° ZD-77120, pour 900 DH. Il est arrivé cassé.";
const MOVED: &str = "<vacuum@courrier.example>";

impl Scene {
    /// The registrar takes these mails out of `from`; what follows leaves.
    async fn split(&mut self, from: &Reference, numbers: &[LetterNumber]) -> Split {
        let done = self.splits(from, numbers, true).await;
        self.deliver().await;
        done
    }

    async fn splits(&mut self, from: &Reference, numbers: &[LetterNumber], commits: bool) -> Split {
        self.now = self.now.plus_seconds(60);
        let mut mails = Vec::new();
        for number in numbers {
            let raw = Raw::settled(&self.desk.store, *number).await.unwrap().unwrap();
            let read = letter::read(&raw.bytes, &configuration().knowledge, &configuration().limits);
            mails.push(raw.as_read(Some(read), Default::default()));
        }
        let mut work = self.desk.store.begin().await.unwrap();
        let done = settle_split(&self.desk, &mut work, from, &mails, self.now, &mut Dice::from_seed([77; 32])).await.unwrap();
        if commits && matches!(done, Split::Done { .. }) {
            work.commit().await.unwrap();
        }
        done
    }

    async fn mails(&self, of: &Dispute) -> Vec<(LetterNumber, MailOutcome)> {
        self.desk.store.letters_of(of.id).await.unwrap().into_iter().map(|(number, _, outcome)| (number, outcome)).collect()
    }

    async fn last_mail(&self, of: &Dispute) -> LetterNumber {
        self.mails(of).await.last().unwrap().0
    }

    async fn one(&self) -> Dispute {
        self.disputes(LEILA).await.remove(0)
    }
}

fn refused(split: Split) -> NotSplit {
    match split {
        Split::Refused(why) => why,
        done => panic!("{done:?}"),
    }
}

/// Leila's unconfirmed complaint, and her answer that speaks of another order.
async fn mixed() -> (Scene, Vec<u8>) {
    let mut scene = Scene::complained().await;
    let first = scene.latest("acknowledgement");
    let header = format!("Message-ID: {MOVED}");
    let bytes = scene.draft(LEILA, &first.reply_to, &format!("Re: {}", first.subject), ANOTHER, Some(&first), &[&header]);
    assert_eq!(scene.arrives(&bytes, Proof::Signed).await, MailOutcome::Noted);
    (scene, bytes)
}

#[tokio::test]
async fn a_mail_of_another_matter_begins_a_case_of_its_own_and_leaves_nothing_in_the_first() {
    let (mut scene, mail) = mixed().await;
    let before = scene.one().await;
    assert_eq!(before.complaint.facts.get(Fact::OrderNo), Some("ZD-77120"), "as long as nobody looks, it changed the complaint");
    let moved = scene.last_mail(&before).await;
    let letters = scene.letters.len();
    let Split::Done { reference, state, .. } = scene.split(&before.reference, &[moved]).await else { panic!() };
    let both = scene.disputes(LEILA).await;
    let (left, new) = (&both[0], &both[1]);
    assert_eq!((&new.reference, new.state.as_str(), state.as_str(), left.id), (&reference, "incomplete", "incomplete", before.id));
    // What it says, and nothing else, is the new complaint; what it had changed in the first one is as it was.
    assert_eq!((new.complaint.facts.get(Fact::OrderNo), left.complaint.facts.get(Fact::OrderNo)), (Some("ZD-77120"), Some("AT-48213")));
    assert_eq!((new.complaint.facts.get(Fact::Remedy), left.complaint.facts.get(Fact::Remedy)), (None, before.complaint.facts.get(Fact::Remedy)));
    assert!(new.complaint.words.contains("aspirateur") && !left.complaint.words.contains("aspirateur"));
    assert!(!left.consumer.thread.iter().any(|id| MOVED.contains(id.as_str())) && new.consumer.thread.iter().any(|id| MOVED.contains(id.as_str())));
    assert!(left.consumer.tokens().all(|(_, token)| new.consumer.tokens().all(|(_, other)| other != token)));
    // One letter tells of it; the other one asks what the first case asks, with codes for what it is now.
    let told: Vec<(&str, &str)> = scene.letters[letters..].iter().map(|left| (left.to.as_str(), left.name.as_str())).collect();
    assert_eq!(told.len(), 2, "{told:?}");
    assert!(told.contains(&(LEILA, "acknowledgement")) && told.contains(&(LEILA, "summary")), "{told:?}");
    let acknowledged = scene.latest("acknowledgement");
    assert!(acknowledged.text.contains(reference.as_str()) && acknowledged.text.contains(left.reference.as_str()), "{}", acknowledged.text);
    assert!(acknowledged.text.contains("ZD-77120") && !acknowledged.text.contains("AT-48213"), "{}", acknowledged.text);
    assert!(!acknowledged.subject.contains(left.reference.as_str()));
    let summary = scene.latest("summary");
    assert!(summary.text.contains("AT-48213") && !summary.text.contains("ZD-77120"), "{}", summary.text);
    // Both journals say so.
    let journal = |entries: Vec<elitige::store::Recorded>| entries.into_iter().map(|recorded| recorded.entry.unwrap()).next_back().unwrap();
    let left_says = journal(scene.desk.store.journal(left.id).await.unwrap());
    assert_eq!((left_says.actor, &left_says.act), (Actor::Person(Role::Operator), &Act::Parted(new.id)));
    assert!(left_says.note.contains(&format!("mail {moved}")), "{}", left_says.note);
    let new_says = journal(scene.desk.store.journal(new.id).await.unwrap());
    assert!(matches!(new_says.act, Act::Complaint(_)) && new_says.note.contains(left.reference.as_str()), "{}", new_says.note);
    scene.sound().await;
    assert_eq!(scene.answer(LEILA, &summary, &coded(&summary, "CONFIRMER")).await, MailOutcome::Advanced);
    // The same mail by another way is a copy, and belongs where the first one is.
    let again = [b"X-Relay: 2\r\n", mail.as_slice()].concat();
    assert_eq!(scene.arrives(&again, Proof::Signed).await, MailOutcome::Duplicate);
    let copy = scene.last_mail(new).await;
    assert_eq!(scene.mails(new).await, [(moved, MailOutcome::Opened), (copy, MailOutcome::Duplicate)]);
    scene.sound().await;
}

#[tokio::test]
async fn whoever_answers_the_mail_that_was_taken_out_is_at_home_in_the_new_case() {
    let (mut scene, _) = mixed().await;
    let before = scene.one().await;
    let first = scene.latest("acknowledgement");
    let moved = scene.last_mail(&before).await;
    scene.split(&before.reference, &[moved]).await;
    let new = scene.disputes(LEILA).await.remove(1);
    // A mail program answers its own mail: to the old reply address, under the old subject, with everything older in References.
    let thread = format!("References: {}\r\n {MOVED}", first.message_id);
    let answers = format!("In-Reply-To: {MOVED}");
    let reply = scene.draft(LEILA, &first.reply_to, &first.subject, "Le montant payé est de 950,00 DH.", None, &[&answers, &thread]);
    assert_eq!(scene.arrives(&reply, Proof::Signed).await, MailOutcome::Noted);
    let both = scene.disputes(LEILA).await;
    assert_eq!((both[0].complaint.facts.get(Fact::Amount), both[1].complaint.facts.get(Fact::Amount)), (Some("1500.00"), Some("950.00")));
    assert!(both[1].version > new.version);
    // A letter of the first case is answered in the first case, whatever stands further back.
    let summary = scene.latest("summary");
    let older = format!("References: {MOVED}\r\n {}", summary.message_id);
    let answers = format!("In-Reply-To: {}", summary.message_id);
    let reply = scene.draft(LEILA, &summary.reply_to, &summary.subject, &coded(&summary, "CONFIRMER"), None, &[&answers, &older]);
    let outcome = scene.arrives(&reply, Proof::Signed).await;
    assert_eq!((outcome, scene.dispute(before.id).await.state.as_str()), (MailOutcome::Advanced, "screening"));
    // Somebody else's mail that answers it leads nowhere.
    let reply = scene.draft(EVE, DESK, "Bonjour", "Merci.", None, &[&format!("In-Reply-To: {MOVED}")]);
    let versions = (scene.dispute(before.id).await.version, scene.dispute(new.id).await.version);
    assert_eq!(scene.arrives(&reply, Proof::Signed).await, MailOutcome::Stranger);
    assert_eq!((scene.dispute(before.id).await.version, scene.dispute(new.id).await.version), versions);
    scene.sound().await;
}

#[tokio::test]
async fn what_counts_where_it_was_said_and_what_others_said_stays_and_twice_is_once() {
    let mut scene = Scene::invited().await;
    let before = scene.one().await;
    let invitation = scene.latest("invitation");
    assert_eq!(scene.answer(ATLAS, &invitation, "Bonjour, nous vérifions auprès du transporteur.").await, MailOutcome::Noted);
    let merchants = scene.last_mail(&before).await;
    let admitted = scene.latest_to("admitted", LEILA);
    assert_eq!(scene.answer(LEILA, &admitted, ANOTHER).await, MailOutcome::Noted);
    let moved = scene.last_mail(&before).await;
    let mails = scene.mails(&before).await;
    let store = scene.dump().await;
    let (began, confirmed, admitting) = (mails[0].0, mails[1].0, mails[2].0);
    let reference = before.reference.clone();
    assert_eq!(refused(scene.split(&reference, &[began]).await), NotSplit::Began(began, reference.clone()));
    assert_eq!(refused(scene.split(&reference, &[moved, confirmed]).await), NotSplit::Counts(confirmed, reference.clone(), "confirm"));
    for others in [admitting, merchants] {
        assert_eq!(refused(scene.split(&reference, &[others]).await), NotSplit::NotTheConsumers(others, reference.clone()));
    }
    assert_eq!(refused(scene.split(&reference, &[]).await), NotSplit::HowMany(reference.clone()));
    let nobodys = Reference::fresh(&mut Dice::from_seed([55; 32]));
    assert_eq!(refused(scene.split(&nobodys, &[moved]).await), NotSplit::NoSuchDispute(nobodys));
    // Killed before its one commit, nothing of it is there.
    assert!(matches!(scene.splits(&reference, &[moved], false).await, Split::Done { .. }));
    assert_eq!(changed(&store, &scene.dump().await), Vec::<String>::new());
    let letters = scene.letters.len();
    let Split::Done { reference: new, .. } = scene.split(&reference, &[moved]).await else { panic!() };
    let told: Vec<(&str, &str)> = scene.letters[letters..].iter().map(|left| (left.to.as_str(), left.name.as_str())).collect();
    assert_eq!(told, [(LEILA, "acknowledgement")], "what was confirmed is not asked about again");
    assert_eq!(scene.dispute(before.id).await.consent, before.consent);
    let store = scene.dump().await;
    assert_eq!(refused(scene.split(&reference, &[moved]).await), NotSplit::Elsewhere(moved, new, reference));
    assert_eq!(changed(&store, &scene.dump().await), Vec::<String>::new());
    // The seller of the first case, and what it said, are unknown in the new one.
    let fresh = scene.disputes(LEILA).await.remove(1);
    assert!(fresh.merchant.is_none() && fresh.mediator.is_none() && fresh.consent.confirmed_request().is_none());
    assert!(!serde_json::to_string(&fresh).unwrap().contains("transporteur") && !serde_json::to_string(&fresh).unwrap().contains("AT-48213"));
    assert!(code_after(&scene.latest("acknowledgement").text, "CONFIRMER").is_none(), "the remedy is not known yet");
    scene.sound().await;
}

#[tokio::test]
async fn erasing_one_of_both_keeps_the_mail_of_the_other() {
    let (mut scene, mail) = mixed().await;
    let before = scene.one().await;
    let moved = scene.last_mail(&before).await;
    scene.split(&before.reference, &[moved]).await;
    let summary = scene.latest("summary");
    assert_eq!(scene.answer(LEILA, &summary, &coded(&summary, "RETIRER")).await, MailOutcome::Advanced);
    scene.desk.store.erase(before.id).await.unwrap();
    let kept = scene.desk.store.raw(moved).await.unwrap().unwrap();
    assert_eq!(Digest::of(&kept), Digest::of(&scene.proved(&mail, Proof::Signed)));
    // Its own letters still say where the matter was told first: a reference, and nothing else.
    let acknowledged = scene.latest("acknowledgement");
    assert_eq!(scene.answer(LEILA, &acknowledged, "Je demande le remboursement. Je m'appelle Leila Bennani.").await, MailOutcome::Noted);
    scene.sound().await;
}
