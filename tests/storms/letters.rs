//! What letters that answer mails say, and how many of them there are.

use crate::ground::*;
use elitige::authenticate::Verdict;
use elitige::domain::OutboundMail;
use elitige::store::Standing;
use mail_parser::MessageParser;

fn shown(mail: &OutboundMail) -> String {
    let message = MessageParser::default().parse(&mail.bytes).unwrap();
    let part = |text: Option<std::borrow::Cow<'_, str>>| text.unwrap_or_default().into_owned();
    format!("{}\n{}\n{}", message.subject().unwrap_or_default(), part(message.body_text(0)), part(message.body_html(0)))
}

#[tokio::test]
async fn t35_the_first_letter_repeats_nothing_that_can_be_followed_dialled_or_written_to() {
    let mut ground = Ground::new(41).await;
    let body = "Bonjour, je m'appelle Leila 0612345678. J'ai commandé le 3 novembre 2026 sur le site evil-shop.example, commande n° AT-48213, pour 1 500,00 DH. \
                Voyez https://evil.example/gagnez et www.evil.example, appelez le 0522334455 ou écrivez à appat@evil.example. Contact du vendeur : \
                vendeur@evil-shop.example. Je demande le remboursement.";
    let mail = ground.mail(LEILA, "Cliquez sur http://evil.example", body, &[]);
    ground.arrives(&mail, Verdict::proven()).await;
    let letters = ground.leaves().await;
    assert_eq!(letters.len(), 1);
    let text = shown(&letters[0]);
    for live in ["evil.example", "evil-shop.example", "0612345678", "0522334455", "appat@", "vendeur@", "Cliquez", "gagnez"] {
        assert!(!text.contains(live), "{live} is in:\n{text}");
    }
    assert!(text.contains("AT-48213") && text.contains("500,00"), "what was understood is still shown:\n{text}");
}

/// A consumer who writes one mail after another, each with these words; how many letters are sent in answer, all of them counted.
async fn answered(ground: &mut Ground, texts: &[&str]) -> usize {
    let mail = ground.mail(LEILA, SUBJECT, &COMPLAINT.replace("commande n° AT-48213, ", ""), &[]);
    ground.arrives(&mail, Verdict::proven()).await;
    let mut letters = ground.leaves().await;
    let mut count = letters.len();
    for (number, text) in texts.iter().enumerate() {
        ground.now = ground.now.plus_seconds(700);
        let last = letters.last().map(|letter| String::from_utf8_lossy(&letter.bytes).into_owned()).unwrap_or_default();
        let reply = last.lines().find_map(|line| line.strip_prefix("Reply-To: ")).unwrap().trim().to_owned();
        let mail = String::from_utf8(ground.mail(LEILA, &format!("Re: {number}"), text, &[])).unwrap();
        let mail = mail.replacen(&format!("To: {}", ground.counter()), &format!("To: {reply}"), 1);
        ground.arrives(mail.as_bytes(), Verdict::proven()).await;
        let new: Vec<OutboundMail> = ground.leaves().await.into_iter().filter(|mail| mail.to.is_same(&address(LEILA))).collect();
        count += new.len();
        letters.extend(new);
    }
    count
}

#[tokio::test]
async fn t38_programs_that_write_as_people_do_are_answered_at_most_twice() {
    let away = "Bonjour, je suis absente jusqu'au 7 décembre, je vous répondrai à mon retour.";
    let thanks = "Merci, nous avons bien reçu votre message.";
    for (number, texts) in [[away; 12], [thanks; 12]].iter().enumerate() {
        let mut ground = Ground::new(42 + u8::try_from(number).unwrap()).await;
        assert!(answered(&mut ground, texts).await <= 2, "{}", texts[0]);
    }
    let mut ground = Ground::new(46).await;
    let numbered: Vec<String> = (0..12).map(|number| format!("Merci, nous avons bien reçu votre message. Numéro de suivi interne {number}.")).collect();
    let numbered: Vec<&str> = numbered.iter().map(String::as_str).collect();
    assert!(answered(&mut ground, &numbered).await <= 4);
}

#[tokio::test]
async fn t38_an_answer_that_says_something_new_waits_until_the_day_is_over_and_the_newest_replaces_it() {
    let mut ground = Ground::new(47).await;
    let prices: Vec<String> = (1..8).map(|price| format!("Bonjour, le montant était {price}00,00 DH.")).collect();
    let prices: Vec<&str> = prices.iter().map(String::as_str).collect();
    let count = answered(&mut ground, &prices).await;
    assert_eq!(count, ground.brakes().answers_per_day as usize);
    let rows = ground.desk.store.outbox_list("queued", 9).await.unwrap();
    assert!(rows.len() == 1 && rows[0].waits.as_deref() == Some("answers"), "{rows:?}");
    let replaced = ground.desk.store.outbox_list("stopped", 9).await.unwrap();
    assert!(!replaced.is_empty() && replaced.iter().all(|row| row.waits.as_deref() == Some("replaced")), "{replaced:?}");
    ground.now = ground.now.plus_seconds(86_401);
    let left = ground.leaves().await;
    assert!(left.len() == 1 && shown(&left[0]).contains("700"), "{}", left.len());
    let dispute = ground.desk.store.list(Standing::Open, 9).await.unwrap().remove(0);
    let notes: Vec<String> = ground.desk.store.journal(dispute.id).await.unwrap().into_iter().filter_map(|entry| entry.entry.map(|entry| entry.note)).collect();
    assert!(notes.len() > 7, "every mail is in the journal");
    assert!(ground.desk.store.check().await.unwrap().is_empty());
}
