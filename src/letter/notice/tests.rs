//! The words of notices.

use super::personal::{CHALLENGE, CHALLENGER, HELD, QUARANTINED, RELEASED, SEEN, SEEN_SUBJECT};
use super::words::*;
use crate::letter::fold::fold;
use crate::letter::tests::shared;
use crate::letter::{Kind, Letter, Limits, read};

#[test]
fn words_stand_as_they_are_compared() {
    let (first, second): (Vec<&str>, Vec<&str>) = SEEN.iter().copied().unzip();
    let lists: [&[&str]; 15] = [
        &HELD,
        &RELEASED,
        &QUARANTINED,
        &RETURNED,
        &FAILED,
        &DELAYED_SUBJECT,
        &DELAYED,
        &FINAL,
        &DELIVERED_SUBJECT,
        &DELIVERED_PREFIX,
        &DELIVERED,
        &CHALLENGER,
        &CHALLENGE,
        &SEEN_SUBJECT,
        &[first, second].concat(),
    ];
    for word in lists.iter().copied().flatten() {
        assert_eq!(fold(word), **word);
    }
}

fn letter(from: &str, subject: &str, text: &str) -> Letter {
    let mail = format!("From: {from}\nSubject: {subject}\nContent-Type: text/plain; charset=utf-8\n\n{text}\n");
    read(mail.as_bytes(), shared(), &Limits::default())
}

#[test]
fn who_complains_with_what_a_server_wrote_is_no_server() {
    let texts = [
        "Bonjour,\n\nLe suivi dit : 550 5.1.1 adresse inconnue.\n\nLeila Bennani",
        "Hello,\n\nThe parcel could not be delivered to:\nleila@x.example\nand was returned to sender.\n\nLeila",
        "Le message n'a pas pu être remis au destinataire suivant :\nsav@atlas.example\nVoilà ce que je reçois. Ma commande 45871 n'arrive pas.",
    ];
    for text in texts {
        for subject in ["Non remis : mon colis", "Delivery failed", "Undelivered order", "Delivery delayed", "لم يتم التسليم"] {
            let told = letter("Leila Bennani <leila@x.example>", subject, text);
            assert_eq!((told.kind, told.may_answer), (Kind::Human, true), "{subject} {text}");
            assert_ne!(letter("MAILER-DAEMON@x.example", subject, text).kind, Kind::Human, "{subject} {text}");
        }
    }
    let bare = "Le message n'a pas pu être remis au destinataire suivant :\nsav@atlas.example\n550 5.1.1 User unknown";
    assert_eq!(letter("gateway <x@y.example>", "Non remis : votre message", bare).kind, Kind::Bounce);
    let rule = "Votre message à karim@atlas.example a été bloqué.\n\nkarim@atlas.example\n\n550 5.7.1 TRANSPORT.RULES.RejectMessage";
    let rejected = letter("postmaster@atlas.example", "Rejeté : Votre demande", rule);
    let recipient = rejected.bounce.as_ref().and_then(|bounce| bounce.recipients.first()).map(|only| (only.address.as_str(), only.status.as_deref()));
    assert_eq!((rejected.kind, recipient), (Kind::Bounce, Some(("karim@atlas.example", Some("5.7.1")))));
}

#[test]
fn gateways_that_hold_a_mail_are_no_people() {
    for (subject, text, kind) in [
        ("x", "Votre e-mail a été retenu par notre anti-spam. Cliquez sur le lien suivant pour le libérer :\nhttps://spam.example/1", Kind::Challenge),
        (
            "x",
            "Pour que votre message soit remis, veuillez cliquer sur le lien pour confirmer que vous êtes une personne :\nhttps://x.example/1",
            Kind::Challenge,
        ),
        ("x", "Your message has been held. Please reply to this message to confirm and release it.", Kind::Challenge),
        ("x", "تم حجز رسالتك. يرجى الضغط على الرابط التالي لتأكيد أنك شخص حقيقي:\nhttps://x.example/1", Kind::Challenge),
        ("Notification de quarantaine", "Les messages suivants ont été mis en quarantaine :\n\nDe : a@b.example", Kind::AutoReply),
        ("You have messages in quarantine", "1 messages are being held for you to review.", Kind::AutoReply),
        ("Return Receipt", "Your document: x\nwas received by: Leila/ATLAS\nat: 23/11/2026 10:00", Kind::ReadReceipt),
        ("Accusé de lecture : x", "Ceci est un accusé de lecture du message envoyé à l@x.example.", Kind::ReadReceipt),
        ("Rapport DMARC : x.example", "DMARC", Kind::Report),
        ("Colis", "Votre message a été retenu par le vendeur, je ne sais pas pourquoi. Cliquez ici, dit-il.", Kind::Human),
        ("Mon colis en quarantaine", "Mon colis est mis en quarantaine à la douane.", Kind::Human),
        ("Colis en quarantaine", "Le colis est mis en quarantaine par la douane. Nous demandons le remboursement, commande 5512.", Kind::Human),
        ("Return receipt", "The shop never sent one.", Kind::Human),
    ] {
        assert_eq!(letter("karim@atlas.example", subject, text).kind, kind, "{text}");
    }
}
