//! What the registrar is told of held mail, and what is heard of the answers.

use crate::ground::{COMPLAINT, DESK, Ground, LEILA, REGISTRAR};
use elitige::authenticate::Verdict;
use elitige::domain::{HeldReason, Instant, MailOutcome, Reference};
use elitige::settle::{Carried, Done};
use elitige::story::fill_codes;

/// A dispute, and a mail in its consumer's name that nothing proves: the registrar has a letter about it.
async fn asked() -> Ground {
    let mut ground = Ground::new().await;
    ground.opened(LEILA).await;
    let letter = ground.latest(LEILA);
    let outcome = ground.answers(LEILA, &letter, "Je demande le remboursement de ma commande.", &[], Verdict::refuted()).await;
    assert_eq!(outcome, MailOutcome::Held(HeldReason::NotAuthenticated));
    assert_eq!(ground.sent_to(REGISTRAR), 1, "the first mail in an empty pen is told of at once");
    ground
}

#[tokio::test]
async fn only_the_registrar_with_proof_reply_address_and_code_is_heard() {
    let held = |reason: HeldReason| MailOutcome::Held(reason);
    let right = "LIBÉRER # ***";
    let cases: [(&str, &str, &[&str], Verdict, MailOutcome); 8] = [
        (REGISTRAR, right, &[], Verdict::proven(), MailOutcome::Ordered),
        (REGISTRAR, "Bonjour,\nÉCARTER # ***\nmerci", &[], Verdict::proven(), MailOutcome::Ordered),
        (REGISTRAR, "LIBÉRER 3 AAA", &[], Verdict::proven(), held(HeldReason::NoOrder)),
        (REGISTRAR, "Merci.", &[], Verdict::proven(), held(HeldReason::NoOrder)),
        (REGISTRAR, right, &[], Verdict::refuted(), held(HeldReason::NotAuthenticated)),
        (REGISTRAR, right, &[], Verdict::unknown(), held(HeldReason::NotAuthenticated)),
        ("eve@ailleurs.example", right, &[], Verdict::proven(), held(HeldReason::WrongSender)),
        (REGISTRAR, right, &["Auto-Submitted: auto-replied"], Verdict::proven(), MailOutcome::Automatic),
    ];
    for (from, body, headers, verdict, expected) in cases {
        let mut ground = asked().await;
        let letter = ground.latest(REGISTRAR);
        let body = fill_codes(body, &letter.text).unwrap();
        assert_eq!(ground.answers(from, &letter, &body, headers, verdict).await, expected, "{from}: {body}");
        let ordered = ground.obey().await;
        assert_eq!(ordered.len(), usize::from(expected == MailOutcome::Ordered), "{body}");
        assert!(ordered.iter().all(|carried| matches!(carried, Carried::Done(_))), "{ordered:?}");
        assert!(ground.desk.store.check().await.unwrap().is_empty());
    }
}

#[tokio::test]
async fn a_code_is_heard_only_where_it_was_asked_for_and_outside_quoted_text() {
    let mut ground = asked().await;
    let letter = ground.latest(REGISTRAR);
    let line = fill_codes("LIBÉRER # ***", &letter.text).unwrap();
    let quoted = format!("Je regarde.\n\n> {line}");
    assert_eq!(ground.answers(REGISTRAR, &letter, &quoted, &[], Verdict::proven()).await, MailOutcome::Held(HeldReason::NoOrder));
    let elsewhere = ground.writes(REGISTRAR, DESK, &line, Verdict::proven()).await.1;
    assert_eq!(elsewhere, MailOutcome::Held(HeldReason::NeedsPerson), "without the reply address");
    let two = format!("{line}\n{}", fill_codes("ÉCARTER # ***", &letter.text).unwrap());
    assert_eq!(ground.answers(REGISTRAR, &letter, &two, &[], Verdict::proven()).await, MailOutcome::Held(HeldReason::NoOrder), "two answers");
    assert!(ground.obey().await.is_empty());
    assert_eq!(ground.answers(REGISTRAR, &letter, &line, &[], Verdict::proven()).await, MailOutcome::Ordered);
    let done = ground.obey().await;
    let Some(Carried::Done(Done::Heard { letters, .. })) = done.first() else { panic!("{done:?}") };
    assert!(!letters.is_empty());
    assert_eq!(ground.answers(REGISTRAR, &letter, &format!("{line}\nmerci"), &[], Verdict::proven()).await, MailOutcome::Held(HeldReason::NoOrder), "once");
}

#[tokio::test]
async fn a_program_that_answers_in_the_registrar_s_mailbox_is_told_of_once_and_starts_no_letter() {
    let mut ground = asked().await;
    for day in 0..10u32 {
        let letter = ground.latest(REGISTRAR);
        // It does not say that it is a program, and not every such mailbox signs.
        let verdict = if day % 2 == 0 { Verdict::proven() } else { Verdict::unknown() };
        let words = format!("Bonjour, je suis en congé, encore {day} jours. Cordialement.");
        assert_eq!(ground.answers(REGISTRAR, &letter, &words, &[], verdict).await, MailOutcome::Held(HeldReason::NoOrder));
    }
    assert_eq!(ground.desk.store.held(20).await.unwrap().len(), 11, "none is lost");
    let due = ground.desk.store.digest_due().await.unwrap().unwrap();
    ground.now = due;
    assert_eq!(ground.ring(1).await, 1);
    assert_eq!(ground.latest(REGISTRAR).subject, "Messages en attente : 1", "of the one mail that waits for a decision");
    let line = fill_codes("ÉCARTER # ***", &ground.latest(REGISTRAR).text).unwrap();
    let letter = ground.latest(REGISTRAR);
    assert_eq!(ground.answers(REGISTRAR, &letter, &line, &[], Verdict::proven()).await, MailOutcome::Ordered);
    ground.obey().await;
    let sent = ground.sent_to(REGISTRAR);
    assert_eq!(ground.answers(REGISTRAR, &letter, "Je suis toujours en congé.", &[], Verdict::proven()).await, MailOutcome::Held(HeldReason::NoOrder));
    ground.now = ground.now.plus_seconds(30 * 86_400);
    ground.ring(1).await;
    assert_eq!((ground.sent_to(REGISTRAR), ground.desk.store.digest_due().await.unwrap()), (sent, None), "nothing waits, and nothing rings");
    assert!(ground.desk.store.check().await.unwrap().is_empty());
}

#[tokio::test]
async fn a_mail_is_attached_to_the_dispute_that_the_registrar_names() {
    let mut ground = asked().await;
    let other = ground.opened("nadia@courrier.example").await;
    let reference = ground.desk.store.dispute(other).await.unwrap().unwrap().reference;
    let letter = ground.latest(REGISTRAR);
    let line = fill_codes("JOINDRE # ***", &letter.text).unwrap();
    let named = Reference::find_all(&line).pop().unwrap();
    let line = line.replace(named.as_str(), reference.as_str());
    assert_eq!(ground.answers(REGISTRAR, &letter, &line, &[], Verdict::proven()).await, MailOutcome::Ordered);
    assert_eq!(ground.obey().await, [Carried::Done(Done::Attached(reference))]);
    assert!(ground.desk.store.check().await.unwrap().is_empty());
}

#[tokio::test]
async fn a_flood_is_one_letter_and_a_stranger_with_a_reference_is_in_none() {
    let mut ground = asked().await;
    for number in 0..40 {
        let from = format!("eve{number}@ailleurs.example");
        ground.writes(&from, DESK, &format!("{COMPLAINT} {number}"), Verdict::unknown()).await;
    }
    assert_eq!(ground.sent_to(REGISTRAR), 1);
    ground.now = Instant::parse("2026-11-24T07:00:00Z").unwrap();
    assert_eq!(ground.ring(1).await, 0, "it is not nine o'clock yet");
    ground.now = Instant::parse("2026-11-24T09:00:00Z").unwrap();
    assert_eq!(ground.ring(3).await, 1, "the clock is one for all nodes");
    assert_eq!(ground.sent_to(REGISTRAR), 2);
    let letter = ground.latest(REGISTRAR);
    assert_eq!(letter.subject, "Messages en attente : 41");
    for secret in ["eve", "ailleurs", "courrier.example", "AT-48213", "Commande", "remboursement", "Leila"] {
        assert!(!letter.text.contains(secret) && !letter.subject.contains(secret), "{secret}");
    }
}

#[tokio::test]
async fn a_stranger_who_knows_a_reference_makes_the_service_write_nothing() {
    let mut ground = Ground::new().await;
    let dispute = ground.opened(LEILA).await;
    let reference = ground.desk.store.dispute(dispute).await.unwrap().unwrap().reference;
    let (before, entries) = (ground.letters.len(), ground.entries(dispute).await);
    let mail = format!(
        "From: eve@ailleurs.example\r\nTo: {DESK}\r\nSubject: [{reference}] votre dossier\r\nDate: Mon, 23 Nov 2026 09:10:00 +0000\r\n\
         Message-ID: <a@ailleurs.example>\r\nMIME-Version: 1.0\r\nContent-Type: text/plain\r\n\r\nBonjour, ou en est ce dossier de remboursement ?\r\n"
    );
    let incoming = ground.received(mail.as_bytes(), Verdict::proven()).await;
    let mut work = ground.desk.store.begin().await.unwrap();
    let outcome = elitige::settle::settle_mail(&ground.desk, &mut work, &incoming, ground.now, &mut elitige::domain::Dice::from_seed([1; 32])).await.unwrap();
    work.commit().await.unwrap();
    assert_eq!(outcome, MailOutcome::Held(HeldReason::UnknownSender));
    assert_eq!(ground.desk.store.digest_due().await.unwrap(), None);
    ground.now = ground.now.plus_seconds(30 * 86_400);
    assert_eq!(ground.ring(1).await, 0);
    assert_eq!((ground.letters.len(), ground.entries(dispute).await), (before, entries));
    assert!(ground.desk.store.check().await.unwrap().is_empty());
}

#[tokio::test]
async fn old_mail_is_called_old_and_is_still_there() {
    let mut ground = asked().await;
    ground.now = ground.now.plus_seconds(40 * 86_400);
    assert_eq!(ground.ring(1).await, 1);
    assert!(ground.latest(REGISTRAR).text.contains("plus de trente jours"));
    assert_eq!(ground.desk.store.held(10).await.unwrap().len(), 1);
}
