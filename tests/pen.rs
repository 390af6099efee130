//! What can be done to a store without servers: a calendar that changes; and the holding pen: what can be done with held mail, on the command line and by mail, and what cannot.

#[path = "pen/answers.rs"]
mod answers;
#[path = "pen/calendar.rs"]
mod calendar;
#[path = "harness/configuration.rs"]
mod configuration;
#[path = "pen/ground.rs"]
mod ground;
#[path = "pen/kept.rs"]
mod kept;
#[path = "pen/notice.rs"]
mod notice;
#[path = "pen/program.rs"]
mod program;

use elitige::domain::{Dice, HeldReason, MailOutcome, Role};
use elitige::settle::{By, Carried, Done, Incoming, Refusal, rehearse, settle_pen_order};
use elitige::store::{LetterNumber, PenOrder, Standing};
use ground::{COMPLAINT, Ground, LEILA};

/// One word for what became of an order.
fn word(carried: &Carried) -> String {
    match carried {
        Carried::Done(Done::Heard { outcome, .. }) => outcome.name(),
        Carried::Done(Done::Attached(_)) => "attached".to_owned(),
        Carried::Done(Done::Discarded) => "discarded".to_owned(),
        Carried::Refused(refusal) => format!("{refusal:?}").split('(').next().unwrap().to_owned(),
    }
}

async fn tried(ground: &Ground, number: LetterNumber, order: PenOrder, mail: &Incoming) -> String {
    word(&rehearse(&ground.desk, number, order, mail, ground.now, &mut Dice::from_seed([5; 32])).await.unwrap())
}

#[tokio::test]
async fn what_can_be_done_with_a_mail_held_for_each_reason() {
    let mut ground = Ground::new().await;
    let open = ground.opened(LEILA).await;
    let closed = ground.closed("karim@courrier.example").await;
    for reason in HeldReason::ALL {
        let mail = ground.held(*reason, "eve@ailleurs.example", COMPLAINT, None).await;
        let mut told = Vec::new();
        for order in [
            PenOrder::Hear(open, Role::Consumer),
            PenOrder::Hear(open, Role::Merchant),
            PenOrder::Hear(open, Role::Operator),
            PenOrder::Hear(closed, Role::Consumer),
            PenOrder::Open,
            PenOrder::Attach(open),
            PenOrder::Attach(closed),
            PenOrder::Discard,
        ] {
            told.push(tried(&ground, mail.number, order, &mail).await);
        }
        let expected = match reason {
            HeldReason::Unreadable | HeldReason::TooLarge => ["Unreadable"; 5],
            HeldReason::Disowned => ["Disowned"; 5],
            _ => ["noted", "NobodyThere", "NotAParty", "Closed", "opened"],
        };
        assert_eq!(told[..5], expected, "{reason}");
        assert_eq!(told[5..], ["attached", "attached", "discarded"], "{reason}");
    }
    assert_eq!(ground.desk.store.list(Standing::Open, 10).await.unwrap().len(), 1, "a rehearsal changes nothing");
    let mail = ground.held(HeldReason::NeedsPerson, "registrar@elitige.example", COMPLAINT, None).await;
    assert_eq!(tried(&ground, mail.number, PenOrder::Open, &mail).await, "Registrar");
    let mail = ground.held(HeldReason::NeedsPerson, "eve@ailleurs.example", "Salut.", None).await;
    assert_eq!(tried(&ground, mail.number, PenOrder::Open, &mail).await, "NoComplaint");
    assert_eq!(tried(&ground, LetterNumber(9_999), PenOrder::Discard, &mail).await, "NoSuchMail");
    assert!(ground.desk.store.check().await.unwrap().is_empty());
}

#[tokio::test]
async fn a_rehearsal_tells_what_then_happens_and_a_second_time_nothing_happens() {
    let bodies = [COMPLAINT, "Je demande le remboursement de ma commande.", "RETIRER K7P", "Je veux arrêter.", "PAUSE", "Bonjour, merci beaucoup.", "HUMAIN"];
    for (place, body) in bodies.into_iter().enumerate() {
        for order in ["hear", "open", "attach", "discard"] {
            let mut ground = Ground::new().await;
            let dispute = ground.opened(LEILA).await;
            ground.now = ground.now.plus_seconds(3_600);
            let mail = ground.held(HeldReason::NotAuthenticated, LEILA, body, Some(dispute)).await;
            let order = match order {
                "hear" => PenOrder::Hear(dispute, Role::Consumer),
                "open" => PenOrder::Open,
                "attach" => PenOrder::Attach(dispute),
                _ => PenOrder::Discard,
            };
            let told = rehearse(&ground.desk, mail.number, order, &mail, ground.now, &mut Dice::from_seed([5; 32])).await.unwrap();
            let (journal, letters) = (ground.entries(dispute).await, ground.unsent().await);
            assert!(ground.desk.store.held_one(mail.number).await.unwrap().is_some(), "a rehearsal changes nothing");
            let done = ground.carry_out(mail.number, order, &mail).await;
            match (&told, &done) {
                // Another dispute gets another reference.
                (Carried::Done(Done::Heard { outcome, state, letters, .. }), Carried::Done(Done::Heard { outcome: after, state: at, letters: left, .. })) => {
                    assert_eq!((outcome, state, letters), (after, at, left), "{place} {order:?}");
                }
                _ => assert_eq!(told, done, "{place} {order:?}"),
            }
            if let Carried::Done(Done::Heard { letters: told, .. }) = &done {
                assert_eq!(ground.unsent().await - letters, told.len());
            }
            let after = ground.entries(dispute).await;
            if matches!(done, Carried::Done(Done::Attached(_) | Done::Discarded)) {
                assert_eq!((after, ground.unsent().await), (journal + 1, letters), "{order:?}: a line in the journal and nothing else");
            }
            let again = ground.carry_out(mail.number, order, &mail).await;
            if matches!(done, Carried::Done(_)) {
                assert!(matches!(again, Carried::Refused(Refusal::NotHeld(_))), "{again:?}");
                assert_eq!(ground.entries(dispute).await, after);
                assert_eq!(ground.desk.store.misfiled("mediation", 10).await.unwrap().len(), 1, "the daemon moves it out of the folder for held mail");
            }
            assert!(ground.desk.store.check().await.unwrap().is_empty());
            assert!(ground.desk.store.verify().await.unwrap().faults.is_empty());
        }
    }
}

#[tokio::test]
async fn codes_in_a_released_mail_are_not_heard() {
    let mut ground = Ground::new().await;
    let dispute = ground.opened(LEILA).await;
    let code = ground.code_in_letters("RETIRER").await;
    let mail = ground.held(HeldReason::NotAuthenticated, LEILA, &format!("RETIRER {code}"), Some(dispute)).await;
    ground.carry_out(mail.number, PenOrder::Hear(dispute, Role::Consumer), &mail).await;
    let after = ground.desk.store.dispute(dispute).await.unwrap().unwrap();
    assert!(!after.is_closed(), "a withdrawal needs its writer's proof");
}

#[tokio::test]
async fn bytes_that_a_person_gives_to_another_dispute_are_sealed_for_that_one() {
    let mut ground = Ground::new().await;
    let (one, other) = (ground.opened(LEILA).await, ground.opened("nadia@courrier.example").await);
    let mail = ground.held(HeldReason::WrongSender, LEILA, "Je demande le remboursement.", Some(one)).await;
    assert_eq!(word(&ground.carry_out(mail.number, PenOrder::Attach(other), &mail).await), "attached");
    assert!(ground.desk.store.raw(mail.number).await.unwrap().is_some());
    assert!(ground.desk.store.check().await.unwrap().is_empty());
    ground.erase_closed(other).await;
    assert_eq!(ground.desk.store.raw(mail.number).await.unwrap(), None, "erased with the dispute that it was given to");
}

#[tokio::test]
async fn what_was_not_committed_did_not_happen() {
    let mut ground = Ground::new().await;
    let dispute = ground.opened(LEILA).await;
    let mail = ground.held(HeldReason::NeedsPerson, LEILA, "Je demande le remboursement.", Some(dispute)).await;
    for order in [PenOrder::Hear(dispute, Role::Consumer), PenOrder::Attach(dispute), PenOrder::Discard] {
        let mut work = ground.desk.store.begin().await.unwrap();
        let mut dice = Dice::from_seed([5; 32]);
        settle_pen_order(&ground.desk, &mut work, mail.number, order, By::Mail, Some(&mail), ground.now, &mut dice).await.unwrap();
        drop(work);
        let held = ground.desk.store.held_one(mail.number).await.unwrap().unwrap();
        assert_eq!(MailOutcome::Held(held.reason), MailOutcome::Held(HeldReason::NeedsPerson));
    }
    assert_eq!(word(&ground.carry_out(mail.number, PenOrder::Discard, &mail).await), "discarded");
}
