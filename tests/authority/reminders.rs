//! A merchant with several reminders on one morning has one letter, which leads to no case; each case is reminded as if it were alone.

use crate::scene::*;
use elitige::domain::{Act, Dispute, DisputeId, HeldReason, Instant, MailOutcome, Reachable};
use elitige::settle::{Undelivered, Woken, settle_due, settle_undelivered};

const BUYERS: [&str; 3] = [LEILA, EVE, NEIGHBOUR];

/// Three buyers complain of one seller on the same day.
async fn three() -> Scene {
    let mut scene = Scene::empty().await;
    for (buyer, order, name) in [(LEILA, "AT-48213", "Leila Bennani"), (EVE, "AT-50001", "Eve Alami"), (NEIGHBOUR, "AT-50002", "Nour Idrissi")] {
        let complaint = COMPLAINT.replace("AT-48213", order).replace("Leila Bennani", name);
        assert_eq!(scene.mail(buyer, DESK, "Commande", &complaint).await, MailOutcome::Opened);
        let first = scene.latest_to("acknowledgement", buyer);
        assert_eq!(scene.answer(buyer, &first, &coded(&first, "CONFIRMER")).await, MailOutcome::Advanced);
        let screening = scene.latest("screening");
        assert_eq!(scene.answer(REGISTRAR, &screening, &format!("{} {ATLAS} fr", coded(&screening, "ADMETTRE"))).await, MailOutcome::Advanced);
    }
    scene
}

impl Scene {
    /// The clocks of all that is due ring, in one unit of work, as they do in the daemon; what follows leaves unless nothing is to leave.
    async fn rings(&mut self, delivers: bool) -> Vec<Woken> {
        self.now = self.desk.store.next_wake().await.unwrap().unwrap();
        let due: Vec<DisputeId> = self.desk.store.due(self.now, 100).await.unwrap();
        let mut work = self.desk.store.begin().await.unwrap();
        let mut woken = Vec::new();
        for id in due {
            woken.push(settle_due(&self.desk, &mut work, id, self.now).await.unwrap());
        }
        work.commit().await.unwrap();
        if delivers {
            self.deliver().await;
        }
        woken
    }

    async fn of(&self, buyer: &str) -> Dispute {
        self.disputes(buyer).await.remove(0)
    }

    async fn last_entry(&self, of: &Dispute) -> elitige::store::JournalEntry {
        self.desk.store.journal(of.id).await.unwrap().pop().unwrap().entry.unwrap()
    }
}

#[tokio::test]
async fn three_reminders_of_one_morning_are_one_letter_and_each_case_notes_its_own() {
    let mut scene = three().await;
    let before = scene.letters.len();
    assert_eq!(scene.rings(true).await, [Woken::Gathered, Woken::Earlier, Woken::Earlier]);
    let told: Vec<(&str, &str)> = scene.letters[before..].iter().map(|left| (left.to.as_str(), left.name.as_str())).collect();
    assert_eq!(told, [(ATLAS, "reminders")]);
    let letter = scene.latest("reminders");
    let mut wakes = Vec::new();
    for buyer in BUYERS {
        let dispute = scene.of(buyer).await;
        let (token, _) = dispute.merchant.as_ref().unwrap().tokens().map(|(_, token)| (token.as_str().to_owned(), ())).next().unwrap();
        assert!(letter.text.contains(dispute.reference.as_str()) && letter.text.contains(&token), "{}", letter.text);
        assert!(!letter.subject.contains("EL-"), "{}", letter.subject);
        for private in [buyer, "Leila", "Eve", "Nour", "machine", "1 500", "48213", dispute.consumer.token.as_str()] {
            assert!(!letter.text.contains(private), "{private}: {}", letter.text);
        }
        let entry = scene.last_entry(&dispute).await;
        assert_eq!((&entry.act, entry.letters.len(), entry.steps.len()), (&Act::Remind(1), 0, 1));
        assert!(entry.note.contains("2 other cases"), "{}", entry.note);
        assert_eq!(dispute.deadline.as_ref().unwrap().reminded, 1);
        wakes.push(dispute.wakes());
    }
    // Every row wakes when its dispute does, and rings once more in vain.
    assert!(wakes.iter().all(|wake| *wake == wakes[0]));
    assert_eq!(scene.desk.store.next_wake().await.unwrap(), wakes[0]);
    scene.sound().await;
    // What is answered to it leads to no case; a case is answered at its own address.
    let versions = async |scene: &Scene| [scene.of(LEILA).await.version, scene.of(EVE).await.version, scene.of(NEIGHBOUR).await.version];
    let known = versions(&scene).await;
    assert_eq!(scene.answer(ATLAS, &letter, "D'accord pour les trois.").await, MailOutcome::Held(HeldReason::NeedsPerson));
    assert_eq!(versions(&scene).await, known);
    let eves = scene.of(EVE).await;
    let (_, token) = eves.merchant.as_ref().unwrap().tokens().next().unwrap();
    let to = address(DESK).tagged('+', token.as_str()).unwrap();
    let reply = scene.draft(ATLAS, to.as_str(), &format!("Re: [{}]", eves.reference), "Bonjour, nous vérifions auprès du transporteur.", None, &[]);
    assert_eq!(scene.arrives(&reply, Proof::Signed).await, MailOutcome::Noted);
    assert_eq!(versions(&scene).await, [known[0], known[1] + 1, known[2]]);
}

#[tokio::test]
async fn where_only_one_is_due_the_ordinary_reminder_leaves_and_a_case_on_hold_is_not_told() {
    let mut scene = three().await;
    for buyer in [EVE, NEIGHBOUR] {
        let first = scene.latest_to("acknowledgement", buyer);
        assert_eq!(scene.answer(buyer, &first, &coded(&first, "RETIRER")).await, MailOutcome::Advanced);
    }
    assert!(matches!(scene.rings(true).await.as_slice(), [Woken::Settled(_)]));
    assert!(scene.latest_to("invitation-reminder", ATLAS).subject.contains(scene.of(LEILA).await.reference.as_str()));
    assert!(!scene.letters.iter().any(|left| left.name == "reminders"));
    scene.sound().await;
}

#[tokio::test]
async fn that_the_letter_did_not_arrive_is_heard_in_each_case() {
    let mut scene = three().await;
    scene.rings(false).await;
    let rows = scene.desk.store.claim("node", scene.now, 50, 900).await.unwrap();
    let row = rows.iter().find(|row| row.letter == "reminders").unwrap();
    let mut work = scene.desk.store.begin().await.unwrap();
    let now: Instant = scene.now.plus_seconds(60);
    settle_undelivered(&scene.desk, &mut work, row, Undelivered::Refused(550), now).await.unwrap();
    work.commit().await.unwrap();
    let mut told = 0;
    for buyer in BUYERS {
        let dispute = scene.of(buyer).await;
        assert_eq!(dispute.merchant.as_ref().unwrap().reachable, Reachable::Bouncing, "its silence would be taken for one");
        told += scene.last_entry(&dispute).await.letters.len();
    }
    scene.now = now;
    let before = scene.letters.len();
    scene.deliver().await;
    assert_eq!(scene.letters.len() - before, told, "no letter of one case takes the place of another's");
    assert!(told >= 3, "{told}");
    scene.sound().await;
}
