//! Too much comes in, or what comes in must be met with silence.

use crate::ground::*;
use elitige::authenticate::Verdict;
use elitige::domain::{Dice, MailOutcome, Reachable, Reference};
use elitige::store::Standing;
use elitige::story::delivery_report;

#[tokio::test]
async fn t1_a_reference_that_exists_and_one_that_does_not_end_alike() {
    let mut ground = Ground::new(11).await;
    let bytes = ground.mail(LEILA, SUBJECT, COMPLAINT, &[]);
    assert_eq!(ground.arrives(&bytes, Verdict::proven()).await, MailOutcome::Opened);
    ground.leaves().await;
    let open = ground.desk.store.list(Standing::Open, 9).await.unwrap();
    let real = open[0].reference.to_string();
    let none = Reference::fresh(&mut Dice::from_seed([77; 32])).to_string();
    let before = ground.desk.store.dispute(open[0].id).await.unwrap().unwrap().version;
    let spellings: [fn(&str) -> String; 5] = [
        |reference| format!("Re: [{reference}] votre dossier"),
        str::to_lowercase,
        |reference| reference.replacen("-", "", 1).replacen("-", "", 1),
        |reference| format!("EL-{}", reference.replace("EL-", "").replace('-', "")),
        |reference| format!("EL-{}", reference.replace("EL-", "").replace('-', " ")),
    ];
    // Something waits already: the letter about held mail tells of the first that does, whatever it is.
    let bytes = ground.mail("autre@ailleurs.example", "Bonjour", "Bonjour, une question.", &[]);
    assert!(ground.arrives(&bytes, Verdict::unknown()).await.is_held());
    ground.leaves().await;
    for (number, spelled) in spellings.iter().enumerate() {
        for verdict in [Verdict::proven(), Verdict::unknown(), Verdict::refuted()] {
            let mut ends = Vec::new();
            for (copy, reference) in [&real, &none].into_iter().enumerate() {
                let from = format!("eve{number}{copy}.{:?}@ailleurs.example", verdict.author).to_lowercase();
                let bytes = ground.mail(&from, &spelled(reference), &format!("Bonjour, où en est ce dossier de remboursement ? {reference} {verdict:?}"), &[]);
                let outcome = ground.arrives(&bytes, verdict.clone()).await;
                let held = ground.desk.store.held(1_000).await.unwrap().len();
                let left: Vec<String> = ground.leaves().await.iter().map(|mail| mail.letter.clone()).collect();
                ends.push((outcome, left));
                assert!(held > 0 || !outcome.is_held());
            }
            assert_eq!(ends[0], ends[1], "{}", spelled("EL-XXXX-XXXX"));
            assert!(ends[0].1.is_empty() || ends[0].0 == MailOutcome::Opened, "nobody but the registrar hears of it: {ends:?}");
        }
    }
    assert_eq!(ground.desk.store.dispute(open[0].id).await.unwrap().unwrap().version, before, "the dispute did not move");
}

#[tokio::test]
async fn t2_whoever_tries_references_meets_a_quota_and_silence() {
    let mut ground = Ground::new(12).await;
    let bytes = ground.mail(EVE, "Re: [EL-7K3Q-9XWD] votre dossier", "Bonjour, où en est ce dossier ?", &[]);
    let outcomes = ground.floods(&bytes, 2_000, &Verdict::proven()).await;
    let quota = ground.brakes().mails_per_hour as usize;
    assert_eq!((count(&outcomes, "held:unknown-sender"), count(&outcomes, "held:too-many")), (quota, 2_000 - quota));
    let left = ground.leaves().await;
    let registrar = ground.registrar();
    assert!(left.len() <= 20 && left.iter().all(|mail| mail.letter == "held-digest" && mail.to.is_same(&registrar)), "{} letters", left.len());
}

#[tokio::test]
async fn t35_a_reflected_mail_is_never_answered() {
    let mut ground = Ground::new(13).await;
    let bytes = ground.mail("victim@courrier.example", "Gagnez http://evil.example", COMPLAINT, &[]);
    for verdict in [Verdict::unknown(), Verdict::refuted()] {
        let outcomes = ground.floods(&[format!("X-Way: {verdict:?}\r\n").as_bytes(), &bytes].concat(), 60, &verdict).await;
        assert_eq!(count(&outcomes, "held:not-authenticated"), 60);
    }
    let registrar = ground.registrar();
    let left = ground.leaves().await;
    assert!(left.len() <= 20 && left.iter().all(|mail| mail.to.is_same(&registrar)));
    for mail in left {
        let text = String::from_utf8_lossy(&mail.bytes).into_owned();
        assert!(!text.contains("evil.example") && !text.contains("victim"));
    }
    assert_eq!(ground.desk.store.list(Standing::Open, 9).await.unwrap().len(), 0);
}

#[tokio::test]
async fn t36_a_forged_bounce_marks_nobody_unreachable() {
    let mut ground = Ground::new(14).await;
    let bytes = ground.mail(LEILA, SUBJECT, COMPLAINT, &[]);
    ground.arrives(&bytes, Verdict::proven()).await;
    let letter = ground.leaves().await.remove(0);
    let id = ground.desk.store.list(Standing::Open, 9).await.unwrap()[0].id;
    let bounce = ground.desk.house.bounce.clone();
    for forged in [format!("{}x", letter.message_id.as_str()), "guess@elitige.example".to_owned()] {
        let report = delivery_report(LEILA, &format!("<{forged}>"), ground.now);
        let report =
            String::from_utf8(report).unwrap().replace("To: bounces@mx.example", &format!("To: {}", bounce.tagged('+', "0123456789abcdef0123").unwrap()));
        assert_eq!(ground.arrives(report.as_bytes(), Verdict::unknown()).await, MailOutcome::Bounce);
        assert_eq!(ground.desk.store.dispute(id).await.unwrap().unwrap().consumer.reachable, Reachable::Yes);
    }
    let report = delivery_report(LEILA, &letter.message_id.bracketed(), ground.now);
    assert_eq!(ground.arrives(&report, Verdict::unknown()).await, MailOutcome::Bounce);
    assert_ne!(ground.desk.store.dispute(id).await.unwrap().unwrap().consumer.reachable, Reachable::Yes, "the true one does");
    assert_eq!(ground.leave_to(LEILA).await, 0);
}

#[tokio::test]
async fn t37_delivery_reports_of_mails_that_are_not_ours_are_dropped_and_nobody_hears_of_them() {
    let mut ground = Ground::new(15).await;
    let report = delivery_report("nobody@elsewhere.example", "<never@sent.example>", ground.now);
    let outcomes = ground.floods(&report, 2_000, &Verdict::unknown()).await;
    assert_eq!(count(&outcomes, "bounce"), 2_000);
    assert!(ground.leaves().await.is_empty() && ground.desk.store.held(9).await.unwrap().is_empty());
}

#[tokio::test]
async fn t38_our_own_mailbox_is_no_party() {
    let mut ground = Ground::new(16).await;
    let own = ground.counter();
    for from in [own.to_string(), own.tagged('+', "abc").unwrap().to_string(), ground.desk.house.bounce.to_string()] {
        let bytes = ground.mail(&from, SUBJECT, COMPLAINT, &[]);
        assert_eq!(ground.arrives(&bytes, Verdict::proven()).await, MailOutcome::Own, "{from}");
    }
    assert!(ground.leaves().await.is_empty());
}

#[tokio::test]
async fn t38_two_services_fall_silent_even_if_everything_that_says_so_is_taken_from_their_letters() {
    let (mut here, mut there) = (Ground::new(17).await, Ground::new(27).await);
    let bytes = here.mail("autre@elitige-autre.example", SUBJECT, COMPLAINT, &[]);
    assert_eq!(here.arrives(&bytes, Verdict::proven()).await, MailOutcome::Opened);
    for letter in here.leaves().await.into_iter().filter(|mail| mail.letter == "acknowledgement") {
        let text = String::from_utf8(letter.bytes).unwrap();
        let own = here.counter().to_string();
        let text = text.replace(&own, "mediation@elitige-ailleurs.example").replace("elitige.example", "elitige-ailleurs.example");
        for fields in [&["Auto-Submitted"][..], &["Auto-Submitted", "X-Auto-Response-Suppress", "X-Elitige-Loop"][..]] {
            let stripped: String = text.split_inclusive('\n').filter(|line| !fields.iter().any(|field| line.starts_with(field))).collect::<String>();
            assert_eq!(there.arrives(stripped.as_bytes(), Verdict::proven()).await, MailOutcome::Automatic);
        }
        let forwarded = text.replace("elitige-ailleurs", "relais");
        assert_eq!(here.arrives(forwarded.as_bytes(), Verdict::proven()).await, MailOutcome::Own, "its own letter, sent on by somebody");
    }
    assert!(there.leaves().await.is_empty() && here.leaves().await.is_empty());
}

#[tokio::test]
async fn t38_a_registrar_whose_mailbox_answers_by_itself_is_not_told_of_its_answers() {
    let mut ground = Ground::new(18).await;
    let registrar = ground.registrar().to_string();
    for number in 0..5 {
        let bytes = ground.mail(&registrar, "Re: Courrier en attente", &format!("Merci, nous avons bien reçu votre message numéro {number}."), &[]);
        assert!(ground.arrives(&bytes, Verdict::proven()).await.is_held());
    }
    assert!(ground.leaves().await.is_empty());
}

#[tokio::test]
async fn t38_a_mail_that_goes_in_a_circle_waits_for_a_person() {
    let mut ground = Ground::new(19).await;
    let hops = "Received: from a.example by b.example; Mon, 23 Nov 2026 09:00:00 +0000\r\n";
    for (count, expected) in [(51, "held:circle"), (50, "opened")] {
        let bytes = [hops.repeat(count).as_bytes(), &ground.mail(LEILA, SUBJECT, COMPLAINT, &[])].concat();
        assert_eq!(ground.arrives(&bytes, Verdict::proven()).await.name(), expected);
    }
    assert_eq!(ground.leave_to(LEILA).await, 1);
}

#[tokio::test]
async fn t39_a_flood_of_one_sender_meets_a_quota_and_others_are_heard() {
    let mut ground = Ground::new(20).await;
    let bytes = ground.mail(EVE, SUBJECT, COMPLAINT, &[]);
    let outcomes = ground.floods(&bytes, 2_000, &Verdict::proven()).await;
    let heard = ground.brakes().mails_per_hour as usize;
    assert_eq!((count(&outcomes, "opened"), count(&outcomes, "noted"), count(&outcomes, "held:too-many")), (1, heard - 1, 2_000 - heard));
    let other = ground.mail(LEILA, SUBJECT, COMPLAINT, &[]);
    assert_eq!(ground.arrives(&other, Verdict::proven()).await, MailOutcome::Opened);
    let left = ground.leaves().await;
    let to = |who: &str| left.iter().filter(|mail| mail.to.is_same(&address(who))).count();
    assert_eq!((to(LEILA), to(EVE)), (1, 2), "the acknowledgement, and one answer to so many mails that bring nothing");
    let registrar = ground.registrar();
    assert!(left.iter().filter(|mail| mail.to.is_same(&registrar)).count() <= 20);
    assert!(ground.desk.store.check().await.unwrap().is_empty());
}

#[tokio::test]
async fn t39_the_bytes_of_one_sender_are_counted_and_a_restart_forgets_nothing() {
    let mut ground = Ground::new(21).await;
    let large = "mot ".repeat(20_000);
    ground.brakes().bytes_per_day = 300_000;
    let mut ends = Vec::new();
    for number in 0..6 {
        let bytes = ground.mail(EVE, "Bonjour", &format!("Bonjour {number} {large}"), &[]);
        ends.push(ground.arrives(&bytes, Verdict::proven()).await.name());
        ground.restart().await;
    }
    let first = ends.iter().position(|end| end == "held:too-many").unwrap();
    assert!((1..4).contains(&first) && ends.iter().skip(first).all(|end| end == "held:too-many"), "{ends:?}");
    ground.now = ground.now.plus_seconds(86_401);
    let bytes = ground.mail(EVE, "Bonjour", "Bonjour.", &[]);
    assert_eq!(ground.arrives(&bytes, Verdict::proven()).await, MailOutcome::Noted, "a day later it is heard again");
}

#[tokio::test]
async fn t43_neither_one_sender_nor_all_strangers_fill_the_store_with_disputes() {
    let mut ground = Ground::new(22).await;
    ground.brakes().new_disputes_per_hour = 5;
    let mut ends = Vec::new();
    for number in 0..8 {
        let bytes = ground.mail(&format!("stranger{number}@ailleurs{number}.example"), SUBJECT, COMPLAINT, &[]);
        ends.push(ground.arrives(&bytes, Verdict::proven()).await.name());
    }
    assert_eq!((ends.iter().filter(|end| *end == "opened").count(), ends[5].as_str()), (5, "held:too-many"), "{ends:?}");
    ground.now = ground.now.plus_seconds(3_601);
    let bytes = ground.mail(LEILA, SUBJECT, COMPLAINT, &[]);
    assert_eq!(ground.arrives(&bytes, Verdict::proven()).await, MailOutcome::Opened, "an hour later the valve is open");
    ground.brakes().new_disputes_per_hour = 1_000;
    for day in 1..9 {
        ground.now = ground.now.plus_seconds(86_401);
        for number in 0..4 {
            let bytes = ground.mail(EVE, SUBJECT, &COMPLAINT.replace("AT-48213", &format!("ZX-{day}{number}07")), &[]);
            ends.push(ground.arrives(&bytes, Verdict::proven()).await.name());
        }
    }
    let eve = ends.iter().skip(8).filter(|end| *end == "opened").count();
    assert_eq!(eve, ground.brakes().open_disputes as usize, "{ends:?}");
}

#[tokio::test]
async fn t60_what_others_send_to_an_address_of_the_service_is_read_by_nobody_else() {
    let mut ground = Ground::new(23).await;
    let bytes = ground.mail(EVE, SUBJECT, COMPLAINT, &[]);
    ground.arrives(&bytes, Verdict::proven()).await;
    let letter = ground.leaves().await.remove(0);
    let reply = ground.read(&letter.bytes);
    assert!(reply.reply_text.len() > 10);
    let text = String::from_utf8_lossy(&letter.bytes).into_owned();
    let token = text.lines().find_map(|line| line.strip_prefix("Reply-To: ")).unwrap().trim().to_owned();
    for from in ["verification@reseau.example", "no-reply@reseau.example"] {
        let mail =
            String::from_utf8(ground.mail(from, "Your code is 774411", "Hello, your verification code is 774411. It is valid for ten minutes.", &[])).unwrap();
        let mail = mail.replacen(&format!("To: {}", ground.counter()), &format!("To: {token}"), 1);
        assert!(mail.contains(&token), "{mail}");
        let outcome = ground.arrives(mail.as_bytes(), Verdict::proven()).await;
        assert!(outcome.is_held() || outcome == MailOutcome::Automatic, "{outcome:?}");
    }
    for mail in ground.leaves().await {
        // The registered address is asked whether it wrote from elsewhere; nothing of the mail stands in that question.
        assert!(mail.to.is_same(&ground.registrar()) || mail.to.as_str() == EVE, "it went to somebody else");
        assert!(!String::from_utf8_lossy(&mail.bytes).contains("774411"));
    }
}
