//! Reply addresses: what was not given out leads nowhere, and what was given out leads to its own person only.

use crate::scene::*;
use elitige::domain::{Channel, Dice, Fact, HeldReason, MailOutcome, Role, Token};

/// What tokens are written with.
const ALPHABET: &str = "0123456789abcdefghjkmnpqrstvwxyz";
/// Guesses in a usual run; `TOKENS=1000000` makes as many as the threats ask for.
const GUESSES: u32 = 20_000;

/// Every token that can be mistaken for `token` by one letter, one letter more, or one letter less.
fn neighbours(token: &str) -> Vec<String> {
    let mut all = Vec::new();
    for at in 0..token.len() {
        let letters = ALPHABET.chars().filter(|letter| !token[at..].starts_with(*letter));
        all.extend(letters.map(|letter| format!("{}{letter}{}", &token[..at], &token[at + 1..])));
        all.push(format!("{}{}", &token[..at], &token[at + 1..]));
    }
    for letter in ALPHABET.chars() {
        all.extend([format!("{token}{letter}"), format!("{letter}{token}"), format!("{}{letter}", &token[1..])]);
    }
    let swaps = (1..token.len()).map(|at| format!("{}{}{}{}", &token[..at - 1], &token[at..=at], &token[at - 1..at], &token[at + 1..]));
    all.extend(swaps);
    all.extend([String::new(), "0".repeat(26), "z".repeat(26), format!("{token}{token}"), format!("{token}.x"), token.chars().rev().collect()]);
    all.retain(|other| other != token);
    all
}

/// A service with two cases, Leila's before Eve's.
async fn two_cases() -> Scene {
    let mut scene = Scene::invited().await;
    let id = scene.disputes(LEILA).await[0].id;
    scene.mediated(id).await;
    let another = COMPLAINT.replace("AT-48213", "AT-777").replace("Leila Bennani", "Eve Tazi");
    assert_eq!(scene.mail(EVE, DESK, "Ma commande", &another).await, MailOutcome::Opened);
    scene
}

#[tokio::test]
async fn t16_a_token_that_is_guessed_or_nearly_right_leads_nowhere() {
    let scene = two_cases().await;
    let count = std::env::var("TOKENS").map_or(GUESSES, |count| count.parse().expect("TOKENS is a number"));
    let (one, other) = (scene.disputes(LEILA).await.remove(0), scene.disputes(EVE).await.remove(0));
    let mut work = scene.desk.store.begin().await.unwrap();
    let mut dice = Dice::from_seed([16; 32]);
    for _ in 0..count {
        assert!(work.by_token(&Token::fresh(&mut dice)).await.unwrap().is_none());
    }
    let mut looked = 0;
    for dispute in [&one, &other] {
        for person in Role::ALL.into_iter().filter_map(|role| dispute.participant(role)) {
            for (channel, token) in person.tokens() {
                for near in neighbours(token.as_str()) {
                    let Some(near) = Token::parse(&near).filter(|near| near != token) else { continue };
                    assert!(work.by_token(&near).await.unwrap().is_none());
                    looked += 1;
                }
                // Case, and letters that look alike, must not matter: they are how a person types it.
                let typed = token.as_str().to_uppercase().replace('0', "O").replace('1', "I");
                for same in [token.clone(), Token::parse(&typed).unwrap()] {
                    let bound = work.by_token(&same).await.unwrap().unwrap();
                    assert_eq!((bound.dispute, bound.role, bound.channel, bound.open), (dispute.id, person.role, channel, true));
                }
            }
        }
    }
    assert!(looked > 5 * 800, "{looked}");
}

#[tokio::test]
async fn t16_a_reply_address_with_a_wrong_token_has_no_effect_even_for_its_party() {
    let mut scene = two_cases().await;
    scene.desk.policy.brakes.mails_per_hour = 10_000;
    scene.desk.policy.brakes.mails_per_day = 10_000;
    let one = scene.disputes(LEILA).await.remove(0);
    let first = scene.latest_to("acknowledgement", LEILA);
    let withdraw = coded(&first, "RETIRER");
    let near: Vec<String> = neighbours(one.consumer.token.as_str()).into_iter().filter(|tag| Token::parse(tag).as_ref() != Some(&one.consumer.token)).collect();
    let before = scene.dump().await;
    for tag in near.iter().step_by(near.len() / 40).chain(&near[near.len() - 6..]).filter(|tag| !tag.is_empty()) {
        let Ok(to) = address(DESK).tagged('+', tag) else { continue };
        let bytes = scene.draft(LEILA, to.as_str(), "Commande", &withdraw, None, &[]);
        let outcome = scene.settles(&scene.proved(&bytes, Proof::Signed), Proof::Signed).await;
        assert!([MailOutcome::Held(HeldReason::NeedsPerson), MailOutcome::Duplicate].contains(&outcome), "{outcome:?} to {to}");
    }
    let tables = changed(&before, &scene.dump().await);
    let held = ["counters", "digests", "guesses", "letter_bytes", "letters", "outbox", "outbox_bytes", "sightings"];
    assert_eq!(tables, held, "a person looks at it, and no row of a dispute is another one");
    // Who is no party is a stranger there as anywhere: whatever the address was, it says nothing.
    let astray = address(DESK).tagged('+', &near[near.len() / 2]).unwrap();
    let bytes = scene.draft(NEIGHBOUR, astray.as_str(), "Bonjour", "Salut.", None, &[]);
    assert_eq!(scene.arrives(&bytes, Proof::Signed).await, MailOutcome::Stranger);
    // Nor does a complaint there open a second case of a party.
    let bytes = scene.draft(LEILA, astray.as_str(), "Commande", &COMPLAINT.replace("AT-48213", "AT-90000"), None, &[]);
    assert_eq!(scene.arrives(&bytes, Proof::Signed).await, MailOutcome::Held(HeldReason::NeedsPerson));
    assert_eq!(scene.disputes(LEILA).await.len(), 1);
    // The token of another case is somebody else's, and so is that of another participant.
    for (to, reason) in [
        (scene.latest_to("acknowledgement", EVE).reply_to, HeldReason::UnknownSender),
        (scene.latest("invitation").reply_to, HeldReason::WrongSender),
        (scene.latest("screening").reply_to, HeldReason::WrongSender),
    ] {
        let bytes = scene.draft(LEILA, &to, "Commande", &withdraw, None, &[]);
        assert_eq!(scene.arrives(&bytes, Proof::Signed).await, MailOutcome::Held(reason));
    }
    assert_eq!(scene.dispute(one.id).await.state, one.state);
    // In capitals it is the right one.
    let (local, domain) = first.reply_to.split_once('@').unwrap();
    let (base, tag) = local.split_once('+').unwrap();
    let bytes = scene.draft(LEILA, &format!("{base}+{}@{domain}", tag.to_uppercase()), "Commande", &withdraw, None, &[]);
    assert_eq!(scene.arrives(&bytes, Proof::Signed).await, MailOutcome::Advanced);
}

#[tokio::test]
async fn a_code_of_the_registrar_invites_the_seller_whom_its_letter_showed_and_nobody_else() {
    const LATER: &str = "Le vendeur a une autre adresse : eve@ailleurs.example.";
    for known in [true, false] {
        let mut scene = Scene::empty().await;
        let contact = if known { format!(" Son adresse e-mail : {ATLAS}.") } else { String::new() };
        assert_eq!(scene.mail(LEILA, DESK, "Commande", &format!("{COMPLAINT}{contact}")).await, MailOutcome::Opened);
        let first = scene.latest("acknowledgement");
        assert_eq!(scene.answer(LEILA, &first, &coded(&first, "CONFIRMER")).await, MailOutcome::Advanced);
        let (screening, before) = (scene.latest("screening"), scene.disputes(LEILA).await.remove(0));
        assert_eq!(before.complaint.facts.get(Fact::MerchantContact), known.then_some(ATLAS));
        let bytes = scene.draft(LEILA, &first.reply_to, "Commande", LATER, None, &[]);
        assert_eq!(scene.arrives(&bytes, Proof::Signed).await, MailOutcome::Noted);
        let after = scene.dispute(before.id).await;
        assert_eq!(after.complaint.facts.get(Fact::MerchantContact), Some(if known { ATLAS } else { EVE }));
        assert_eq!(after.complaint.facts.get(Fact::Merchant), before.complaint.facts.get(Fact::Merchant));
        let outcome = scene.answer(REGISTRAR, &screening, &coded(&screening, "ADMETTRE")).await;
        let invited = scene.dispute(before.id).await.merchant.map(|merchant| merchant.address.to_string());
        assert_eq!((outcome == MailOutcome::Advanced, invited.as_deref()), (known, known.then_some(ATLAS)), "{outcome:?}");
        assert_eq!(scene.written_to(EVE), 0);
    }
}

#[tokio::test]
async fn a_mail_that_comes_again_after_its_case_became_part_of_another_is_a_copy() {
    let mut scene = Scene::complained().await;
    let first = scene.latest("acknowledgement");
    let said = scene.draft(LEILA, &first.reply_to, "Commande", "Le montant est de 1 700,00 DH.", None, &[]);
    assert_eq!(scene.arrives(&said, Proof::Signed).await, MailOutcome::Noted);
    scene.now = scene.now.plus_seconds(DAY);
    let another = COMPLAINT.replace("AT-48213", "AT-50000").replace("1 500", "900").replace("une machine à café", "un moulin");
    assert_eq!(scene.mail(LEILA, DESK, "Autre commande", &another).await, MailOutcome::Opened);
    let both = scene.disputes(LEILA).await;
    scene.command(both[0].id, "merge", both[1].reference.as_str()).await;
    // Another server handled it, so its bytes are others; its Message-ID and its text are the same.
    let again = [b"X-Relay: 2\r\n", said.as_slice()].concat();
    let letters = scene.letters.len();
    assert_eq!(scene.arrives(&again, Proof::Signed).await, MailOutcome::Duplicate);
    assert_eq!(scene.letters.len(), letters);
    // The complaint itself, as a new mail to the desk, is one of the case that goes on.
    assert_eq!(scene.mail(LEILA, DESK, "Commande", COMPLAINT).await, MailOutcome::Duplicate);
    scene.sound().await;
}

#[tokio::test]
async fn t16_t17_a_token_that_was_taken_back_or_whose_case_is_closed_does_nothing() {
    let mut scene = two_cases().await;
    let (first, eves) = (scene.latest_to("acknowledgement", LEILA), scene.latest_to("acknowledgement", EVE));
    let (one, other) = (scene.disputes(LEILA).await.remove(0), scene.disputes(EVE).await.remove(0));
    assert_eq!(scene.answer(LEILA, &first, &coded(&first, "RETIRER")).await, MailOutcome::Advanced);
    // Somebody has Eve's letter; she says that it was not her.
    let bytes = scene.draft(NEIGHBOUR, &eves.reply_to, "Commande", "Bonjour à tous.", None, &[]);
    assert_eq!(scene.arrives(&bytes, Proof::Signed).await, MailOutcome::Held(HeldReason::UnknownSender));
    let asked = scene.latest("challenge");
    assert_eq!(scene.answer(EVE, &asked, &coded(&asked, "NON")).await, MailOutcome::Noted);
    let mut work = scene.desk.store.begin().await.unwrap();
    let closed = work.by_token(&one.consumer.token).await.unwrap().unwrap();
    assert!(!closed.open && closed.dispute == one.id);
    assert!(work.by_token(&other.consumer.token).await.unwrap().is_none());
    drop(work);
    let (closed, revoked) = (scene.dispute(one.id).await, scene.dispute(other.id).await);
    let letters = scene.letters.len();
    let bytes = scene.draft(LEILA, &first.reply_to, "Commande", "RETIRER et aussi le montant : 1 700,00 DH.", None, &[]);
    assert_eq!(scene.arrives(&bytes, Proof::Signed).await, MailOutcome::Held(HeldReason::Closed));
    let bytes = scene.draft(EVE, &eves.reply_to, "Commande", &coded(&eves, "RETIRER"), None, &[]);
    assert_eq!(scene.arrives(&bytes, Proof::Signed).await, MailOutcome::Held(HeldReason::NeedsPerson));
    let after = scene.dispute(one.id).await;
    assert_eq!((after.state, after.outcome, after.consent, after.complaint), (closed.state, closed.outcome, closed.consent, closed.complaint));
    assert_eq!(scene.dispute(other.id).await, revoked);
    let told: Vec<(&str, &str)> = scene.letters[letters..].iter().map(|left| (left.to.as_str(), left.name.as_str())).collect();
    assert_eq!(told, [(LEILA, "after-closing")], "the registered address alone, and nothing of the case");
    scene.sound().await;
}

#[tokio::test]
async fn what_is_held_of_the_common_channel_was_said_to_nobody() {
    let mut scene = Scene::invited().await;
    let id = scene.disputes(LEILA).await[0].id;
    scene.mediated(id).await;
    for who in [LEILA, ATLAS] {
        let asked = scene.letters.iter().rev().find(|left| left.to == who && left.seen.text.contains("PARTAGER")).unwrap().seen.clone();
        assert_eq!(scene.answer(who, &asked, &coded(&asked, "PARTAGER")).await, MailOutcome::Noted);
    }
    let joint = scene.latest_to("joint-open", LEILA);
    let mut outcomes = Vec::new();
    for number in 0..21 {
        let words = format!("Voici le fait numéro {number} que je vous raconte à tous deux, avec sa date et son montant exact.");
        let bytes = scene.draft(LEILA, &joint.reply_to, "Commande", &words, None, &[]);
        outcomes.push(scene.arrives(&bytes, Proof::Signed).await);
    }
    assert_eq!(outcomes[19..], [MailOutcome::Noted, MailOutcome::Held(HeldReason::TooMany)]);
    let mut work = scene.desk.store.begin().await.unwrap();
    let channels: Vec<Channel> = work.heard(id).await.unwrap().into_iter().map(|(channel, _)| channel).collect();
    let last = channels.len() - 1;
    assert!(channels[last - 20..last].iter().all(|channel| *channel == Channel::Joint), "{channels:?}");
    assert_eq!(channels[last], Channel::ConsumerPrivate, "nobody but the consumer said it to anybody");
}
