//! Whoever answers the letter of the morning learns how to reach a case.

use crate::scene::*;
use elitige::domain::{HeldReason, Instant, MailOutcome};
use elitige::settle::settle_morning;

#[tokio::test]
async fn an_answer_to_the_morning_letter_leads_to_no_case_and_its_writer_is_told_so() {
    let mut scene = Scene::invited().await;
    let id = scene.disputes(LEILA).await[0].id;
    scene.mediated(id).await;
    scene.now = Instant::parse("2026-12-04T09:30:00Z").unwrap();
    assert!(settle_morning(&scene.desk, scene.now).await.unwrap());
    scene.deliver().await;
    let morning = scene.latest_to("morning", MEDIATOR);
    assert!(!morning.text.contains("n’appartient à aucun dossier"), "{}", morning.text);
    let before = scene.written_to(MEDIATOR);
    assert_eq!(scene.answer(LEILA, &morning, "Je réponds à sa place.").await, MailOutcome::Held(HeldReason::WrongSender));
    assert_eq!(scene.written_to(MEDIATOR), before, "somebody else's answer makes nobody write");
    assert_eq!(scene.answer(MEDIATOR, &morning, "Je m'en occupe demain.").await, MailOutcome::Held(HeldReason::NoOrder));
    assert_eq!(scene.written_to(MEDIATOR), before + 1);
    let told = scene.latest_to("morning", MEDIATOR);
    assert!(told.text.contains("n’appartient à aucun dossier"), "{}", told.text);
    scene.sound().await;
}
