//! Whoever is not of the dispute, whatever they know of it: nothing moves, nobody is added, nothing is told.

use crate::scene::*;
use elitige::domain::{Act, Actor, Dice, Digest, Dispute, DisputeId, Fact, HeldReason, Language, MailOutcome, Participant, Reference, Role};
use elitige::store::JournalEntry;
use elitige::story::LetterSeen;

/// Too short for a complaint, so that nothing but what it points to could make something of it.
const QUESTION: &str = "Des nouvelles ?";
const UNKNOWN_SENDER: MailOutcome = MailOutcome::Held(HeldReason::UnknownSender);

/// The tables that the mail itself is kept in, and the number that it was given: every mail that arrives changes them. Nothing in them is read by
/// whoever decides about a dispute, but for counting what one sender wrote.
const OF_THE_MAIL: [&str; 4] = ["counters", "letter_bytes", "letters", "sightings"];

/// A mail to the desk in which a dispute is pointed to in some way, without any capability.
fn pointers(scene: &Scene, reference: &str) -> Vec<(&'static str, String, String, Vec<String>)> {
    let case = address(DESK).tagged('+', &reference.to_lowercase()).unwrap().to_string();
    let domain = &scene.desk.house.message_id_domain;
    let plain = || "Commande".to_owned();
    vec![
        ("subject", DESK.to_owned(), format!("Re: [{reference}] votre dossier"), Vec::new()),
        ("lower case", DESK.to_owned(), reference.to_lowercase(), Vec::new()),
        ("case address", case.clone(), plain(), Vec::new()),
        ("case address in copy", DESK.to_owned(), plain(), vec![format!("Cc: {case}")]),
        ("references", DESK.to_owned(), plain(), vec![format!("In-Reply-To: <{reference}@{domain}>"), format!("References: <{reference}@{domain}>")]),
        ("all", case, format!("Re: [{reference}]"), vec![format!("References: <{}@{domain}>", reference.to_lowercase())]),
    ]
}

/// What a mail of Eve comes to, in which tables anything changed, and what left.
async fn met(stored: &Stored, body: &str, place: usize, exists: bool, proof: Proof) -> (MailOutcome, Vec<String>, Vec<(String, String, String)>) {
    let mut scene = stored.again().await;
    let real = scene.disputes(LEILA).await.remove(0).reference;
    let reference = if exists { real } else { Reference::fresh(&mut Dice::from_seed([77; 32])) };
    let (_, to, subject, headers) = pointers(&scene, reference.as_str()).swap_remove(place);
    let headers: Vec<&str> = headers.iter().map(String::as_str).collect();
    let bytes = scene.draft(EVE, &to, &subject, body, None, &headers);
    let (before, letters) = (scene.dump().await, scene.letters.len());
    let outcome = scene.settles(&scene.proved(&bytes, proof), proof).await;
    let tables = changed(&before, &scene.dump().await);
    scene.deliver().await;
    scene.sound().await;
    (outcome, tables, scene.letters[letters..].iter().map(|left| (left.to.clone(), left.name.clone(), left.seen.subject.clone())).collect())
}

#[tokio::test]
async fn t1_a_stranger_with_a_reference_changes_no_row_of_a_dispute_and_none_of_the_outbox() {
    let stored = Scene::invited().await.store().await;
    for place in 0..6 {
        // What only a text of our own making points to is no reference, and the mail is any stranger's.
        let complains = place != 4;
        for body in [QUESTION, COMPLAINT].into_iter().filter(|body| complains || *body == QUESTION) {
            for proof in [Proof::Signed, Proof::Vouched, Proof::Nothing, Proof::Broken] {
                let (real, none) = (met(&stored, body, place, true, proof).await, met(&stored, body, place, false, proof).await);
                assert_eq!(real, none, "place {place}: nothing can be learnt from what becomes of a mail");
                let (outcome, tables, left) = real;
                assert!(!left.iter().any(|(to, _, _)| [EVE, LEILA, ATLAS].contains(&to.as_str())), "place {place}: {left:?}");
                if proof == Proof::Signed || proof == Proof::Vouched {
                    assert_eq!(outcome, if place == 4 { MailOutcome::Stranger } else { UNKNOWN_SENDER }, "place {place}");
                    assert_eq!(tables, OF_THE_MAIL, "place {place}: nothing but the mail itself is kept");
                } else {
                    // Nobody knows who wrote it: the registrar is told, of this as of every such mail.
                    assert_eq!(outcome, MailOutcome::Held(HeldReason::NotAuthenticated));
                    let known = [&OF_THE_MAIL[..], &["digests", "outbox", "outbox_bytes"]].concat();
                    assert!(tables.iter().all(|table| known.contains(&table.as_str())), "place {place}: {tables:?}");
                    assert!(left.len() == 1 && left[0].0 == REGISTRAR, "{left:?}");
                }
            }
        }
    }
}

#[tokio::test]
async fn t2_whoever_tries_references_is_met_alike_at_every_try_and_the_registrar_hears_of_it() {
    let mut scene = Scene::invited().await;
    let real = scene.disputes(LEILA).await.remove(0);
    let most = scene.desk.policy.brakes.mails_per_hour as usize;
    let letters = scene.letters.len();
    let mut dice = Dice::from_seed([5; 32]);
    for number in 0..most + 10 {
        // The right one is among them, before and after the limit.
        let reference = if number == 7 || number == most + 3 { real.reference.clone() } else { Reference::fresh(&mut dice) };
        let bytes = scene.draft(EVE, DESK, &format!("Re: [{reference}]"), &format!("{QUESTION} {number}"), None, &[]);
        scene.now = scene.now.plus_seconds(-50);
        let reason = if number < most { HeldReason::UnknownSender } else { HeldReason::TooMany };
        assert_eq!(scene.arrives(&bytes, Proof::Signed).await, MailOutcome::Held(reason), "try {number}");
    }
    let told: Vec<&str> = scene.letters[letters..].iter().map(|left| left.to.as_str()).collect();
    assert!(!told.is_empty() && told.iter().all(|to| *to == REGISTRAR), "{told:?}");
    assert_eq!(scene.dispute(real.id).await, real);
}

#[tokio::test]
async fn t19_who_was_sent_a_copy_and_answers_all_is_a_stranger() {
    let mut scene = Scene::invited().await;
    let first = scene.latest("file-complete");
    // Leila answers with Eve in copy: Eve gets nothing of ours, then or later.
    let bytes = scene.draft(LEILA, &first.reply_to, &first.subject, "Le montant est de 1 700,00 DH.", Some(&first), &[&format!("Cc: {EVE}")]);
    assert_eq!(scene.arrives(&bytes, Proof::Signed).await, MailOutcome::Noted);
    let text = String::from_utf8(bytes).unwrap();
    let id = text.lines().find_map(|line| line.strip_prefix("Message-ID: ")).unwrap().to_owned();
    let before = scene.disputes(LEILA).await.remove(0);
    let stored = scene.store().await;
    // To the desk, as Leila wrote it: with her reply address, or without it; once she alone is answered, once all are.
    for (to, cc, outcome, asked) in [
        (DESK.to_owned(), LEILA.to_owned(), UNKNOWN_SENDER, 0),
        (LEILA.to_owned(), first.reply_to.clone(), UNKNOWN_SENDER, 1),
        (first.reply_to.clone(), format!("{LEILA}, {ATLAS}, autre@ailleurs.example"), UNKNOWN_SENDER, 1),
    ] {
        let mut scene = stored.again().await;
        let (copies, answers) = (format!("Cc: {cc}"), format!("In-Reply-To: {id}"));
        let headers = [copies.as_str(), answers.as_str(), &format!("References: {id}")];
        let bytes = scene.draft(EVE, &to, &format!("Re: {}", first.subject), "Le montant est de 9 900,00 DH.", None, &headers);
        let letters = scene.letters.len();
        assert_eq!(scene.arrives(&bytes, Proof::Signed).await, outcome, "to {to}");
        let after = scene.dispute(before.id).await;
        assert_eq!((after.state, after.complaint, after.consumer.contacts), (before.state.clone(), before.complaint.clone(), Vec::new()));
        let left: Vec<(&str, &str)> = scene.letters[letters..].iter().map(|left| (left.to.as_str(), left.name.as_str())).collect();
        assert_eq!(left, vec![(LEILA, "challenge"); asked], "to {to}");
        assert_eq!((scene.written_to(EVE), scene.written_to("autre@ailleurs.example")), (0, 0));
        assert!(scene.disputes(EVE).await.is_empty(), "nobody was added");
        scene.sound().await;
    }
}

/// A service in which Eve has a case of her own beside Leila's.
async fn two_cases() -> (Scene, Dispute, Dispute, LetterSeen) {
    let mut scene = Scene::invited().await;
    let another = COMPLAINT.replace("AT-48213", "AT-777").replace("Leila Bennani", "Eve Tazi");
    assert_eq!(scene.mail(EVE, DESK, "Ma commande", &another).await, MailOutcome::Opened);
    let (victims, own, letter) = (scene.disputes(LEILA).await.remove(0), scene.disputes(EVE).await.remove(0), scene.latest("acknowledgement"));
    assert_eq!(scene.letters.last().unwrap().to, EVE);
    (scene, victims, own, letter)
}

#[tokio::test]
async fn t21_a_reply_in_ones_own_case_that_names_another_case_is_heard_in_neither() {
    let (scene, victims, own, letter) = two_cases().await;
    let stored = scene.store().await;
    let none = Reference::fresh(&mut Dice::from_seed([78; 32]));
    let case = |reference: &Reference| format!("Cc: {}", address(DESK).tagged('+', &reference.as_str().to_lowercase()).unwrap());
    for reference in [&victims.reference, &none] {
        let exists = *reference == victims.reference;
        for (to, subject, answers, headers) in [
            (letter.reply_to.as_str(), format!("Re: [{reference}]"), None, Vec::new()),
            (DESK, format!("Re: [{reference}]"), Some(&letter), Vec::new()),
            (letter.reply_to.as_str(), format!("{} {reference}", letter.subject), Some(&letter), Vec::new()),
            (letter.reply_to.as_str(), "Ma commande".to_owned(), None, vec![case(reference)]),
        ] {
            // An address that leads nowhere contradicts nothing; there is nothing to learn from it, as whoever has a reference may write to it.
            if !exists && !headers.is_empty() {
                continue;
            }
            let mut scene = stored.again().await;
            let headers: Vec<&str> = headers.iter().map(String::as_str).collect();
            let body = format!("Le montant est de 9 900,00 DH.\n{}", coded(&letter, "RETIRER"));
            let bytes = scene.draft(EVE, to, &subject, &body, answers, &headers);
            let letters = scene.letters.len();
            assert_eq!(scene.arrives(&bytes, Proof::Signed).await, MailOutcome::Held(HeldReason::Conflict), "{to} {subject}");
            assert_eq!((scene.dispute(victims.id).await, scene.dispute(own.id).await), (victims.clone(), own.clone()));
            assert!(scene.letters[letters..].iter().all(|left| left.to == REGISTRAR));
            scene.sound().await;
        }
    }
}

#[tokio::test]
async fn of_whoever_has_more_open_cases_than_are_looked_through_a_person_looks_at_a_mail_that_names_none() {
    let mut scene = Scene::invited().await;
    let first = scene.disputes(ATLAS).await.remove(0);
    let mut dice = Dice::from_seed([31; 32]);
    let mut grows = async |scene: &mut Scene, by: usize| {
        let mut work = scene.desk.store.begin().await.unwrap();
        for _ in 0..by {
            let mut other = first.clone();
            (other.id, other.reference, other.version) = (DisputeId::new(dice.roll()), Reference::fresh(&mut dice), 1);
            other.consumer = Participant::joining(Role::Consumer, address(EVE), None, Language::Fr, &mut dice);
            other.merchant = Some(Participant::joining(Role::Merchant, address(ATLAS), None, Language::Fr, &mut dice));
            (other.operator, other.mediator) = (None, None);
            other.complaint.facts.set(Fact::OrderNo, format!("ZZ-{}", u32::from_be_bytes(dice.roll())));
            work.save(&other).await.unwrap();
            let line = JournalEntry {
                at: scene.now,
                actor: Actor::Service,
                act: Act::Copy,
                cause: Digest::of(b"a case"),
                steps: Vec::new(),
                letters: Vec::new(),
                note: String::new(),
            };
            work.journal(other.id, &line).await.unwrap();
        }
        work.commit().await.unwrap();
    };
    grows(&mut scene, 499).await;
    let words = "Bonjour, pour la commande n° AT-48213 nous vérifions auprès du transporteur.";
    assert_eq!(scene.mail(ATLAS, DESK, "Votre message", words).await, MailOutcome::Noted, "five hundred are looked through");
    grows(&mut scene, 1).await;
    let again = format!("{words} Merci de patienter.");
    assert_eq!(scene.mail(ATLAS, DESK, "Votre message", &again).await, MailOutcome::Held(HeldReason::NeedsPerson));
}

#[tokio::test]
async fn t22_identifiers_that_are_guessed_lead_nowhere_and_a_known_one_is_not_enough() {
    let mut scene = Scene::invited().await;
    let real = scene.disputes(LEILA).await.remove(0);
    let known = scene.latest("acknowledgement");
    let id = known.message_id.trim_matches(['<', '>']).to_owned();
    let (local, domain) = id.split_once('@').unwrap();
    let mut dice = Dice::from_seed([6; 32]);
    let mut guesses: Vec<String> = (0..400).map(|_| format!("{:032x}@{domain}", u128::from_be_bytes(dice.roll()))).collect();
    for at in 0..local.len() {
        let flipped = if local.as_bytes()[at] == b'0' { '1' } else { '0' };
        guesses.push(format!("{}{flipped}{}@{domain}", &local[..at], &local[at + 1..]));
    }
    guesses.extend([format!("{}@{domain}", &local[1..]), format!("{local}0@{domain}"), format!("{local}@ailleurs.example"), local.to_owned()]);
    // Leila's own Message-IDs are known to everybody whom she writes to, in whatever matter.
    guesses.extend(real.consumer.thread.iter().filter(|id| !id.as_str().ends_with(domain)).map(|id| id.as_str().to_owned()));
    let code = coded(&known, "RETIRER");
    scene.desk.policy.brakes.mails_per_hour = 1_000;
    for (number, few) in guesses.chunks(15).enumerate() {
        let all = format!("<{}>", few.join("> <"));
        let (answers, refers) = (format!("In-Reply-To: <{}>", few[0]), format!("References: {all}"));
        let before = scene.dump().await;
        let bytes = scene.draft(EVE, DESK, "Commande", &format!("Nouvelles {number} ?"), None, &[&answers, &refers]);
        assert_eq!(scene.arrives(&bytes, Proof::Signed).await, MailOutcome::Stranger);
        assert_eq!(changed(&before, &scene.dump().await), OF_THE_MAIL, "{all}");
        // And for Leila herself they are no capability: her code does not count beside them.
        let bytes = scene.draft(LEILA, DESK, &format!("[{}]", real.reference), &format!("{code}\n{number}"), None, &[&answers, &refers]);
        scene.arrives(&bytes, Proof::Signed).await;
        assert_eq!(scene.dispute(real.id).await.outcome, None, "{all}");
    }
    let bytes = scene.draft(EVE, DESK, "Commande", QUESTION, None, &[&format!("In-Reply-To: <{id}>")]);
    assert_eq!(scene.arrives(&bytes, Proof::Signed).await, UNKNOWN_SENDER, "the right one needs its owner's address besides");
    assert_eq!(scene.written_to(EVE), 0);
}

#[tokio::test]
async fn t28_whoever_takes_a_message_id_first_keeps_nobody_from_being_heard() {
    let stored = Scene::complained().await.store().await;
    let id = "Message-ID: <she.always.counts.up.17@courrier.example>";
    let said = "Le montant est de 1 700,00 DH.";
    for (from, proof, to_token, body) in [
        (EVE, Proof::Signed, false, QUESTION),
        (EVE, Proof::Signed, true, said),
        (NEIGHBOUR, Proof::Signed, true, said),
        (LEILA, Proof::Nothing, true, said),
        (LEILA, Proof::Broken, true, said),
        (LEILA, Proof::Broken, true, "Autre chose."),
    ] {
        let mut scene = stored.again().await;
        let first = scene.latest("acknowledgement");
        let to = if to_token { first.reply_to.as_str() } else { DESK };
        let bytes = scene.draft(from, to, "Re: commande", body, None, &[id]);
        let taken = scene.arrives(&bytes, proof).await;
        assert!(taken.is_held() || taken == MailOutcome::Stranger, "{taken:?}");
        // The same text too, so that nothing but its author makes it another mail.
        let bytes = scene.draft(LEILA, &first.reply_to, "Re: commande", said, None, &[id]);
        assert_eq!(scene.arrives(&bytes, Proof::Signed).await, MailOutcome::Noted, "after {from} {proof:?}");
        assert_eq!(scene.disputes(LEILA).await[0].complaint.facts.get(Fact::Amount), Some("1700.00"));
        scene.sound().await;
    }
}

#[tokio::test]
async fn t29_a_mail_of_the_party_that_somebody_sends_again_has_no_second_effect() {
    let mut scene = Scene::invited().await;
    let first = scene.latest("acknowledgement");
    let bytes = scene.draft(LEILA, &first.reply_to, &first.subject, &coded(&first, "PAUSE"), Some(&first), &[]);
    let paused = scene.proved(&bytes, Proof::Signed);
    assert_eq!(scene.settles(&paused, Proof::Signed).await, MailOutcome::Advanced);
    scene.deliver().await;
    scene.now = scene.now.plus_seconds(DAY);
    let letter = scene.latest_to("paused", LEILA);
    assert_eq!(scene.answer(LEILA, &letter, &coded(&letter, "REPRENDRE")).await, MailOutcome::Advanced);
    let before = scene.disputes(LEILA).await.remove(0);
    assert_eq!(before.state, "invited");
    let letters = scene.letters.len();
    for days in [0, 1, 40] {
        scene.now = scene.now.plus_seconds(days * DAY);
        let hop = format!("Received: from evil.example by mx.example; {}\r\nDelivered-To: {DESK}\r\nX-Copy: {days}\r\n", scene.now.rfc5322());
        for again in [paused.clone(), [hop.as_bytes(), &paused].concat()] {
            assert_eq!(scene.settles(&again, Proof::Signed).await, MailOutcome::Duplicate, "after {days} days");
        }
    }
    scene.deliver().await;
    let after = scene.dispute(before.id).await;
    assert_eq!((after.state, after.deadline, after.suspended), (before.state, before.deadline, before.suspended));
    assert_eq!(scene.letters.len(), letters);
    scene.sound().await;
}
