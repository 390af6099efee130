//! Letters that carry attachments.

use super::*;
use crate::domain::{Beside, Exhibit, ExhibitKind, Shingles, Spoken};
use mail_parser::{MessageParser, MimeHeaders};

const PRIVATE: &str = "je me contenterais de douze cents dirhams mais ne le dites pas au vendeur";

/// Bytes as a compressed picture has them, after those that say what it is.
fn picture(bytes: usize) -> Exhibit {
    let mut state = 7_u64;
    let mut next = || {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 56) as u8
    };
    let noise: Vec<u8> = (0..bytes).map(|_| next()).collect();
    Exhibit { kind: ExhibitKind::Jpeg, place: 0, bytes: [&[0xff, 0xd8, 0xff][..], &noise].concat() }
}

fn text(words: &str) -> Exhibit {
    Exhibit { kind: ExhibitKind::Text, place: 1, bytes: words.as_bytes().to_vec() }
}

/// The letter in which the seller is told what the mediator said, with these attachments.
fn told(dispute: &Dispute, exhibits: Vec<Exhibit>, withheld: usize, guard: &Guard) -> Result<OutboundMail, ComposeError> {
    let (house, zone) = (house("Service"), zone());
    let beside = Beside { withheld, ..Beside::default() };
    let spoken = Spoken::new(Role::Mediator, Channel::MerchantPrivate, "Voici un modèle.".to_owned(), exhibits, beside);
    let to = Addressee::Merchant(VisibleTo::merchant(dispute).unwrap().hearing(&spoken).unwrap());
    letter(stationery(), &house, &to, "message", &Occasion { guard, ..occasion(dispute, Role::Merchant, &zone) }).map(|written| written.mail)
}

fn guard() -> Guard {
    let mut guard = Guard::default();
    guard.forbid_words(&Shingles::of(PRIVATE));
    guard.forbid_phone("0612345678");
    guard.forbid_address(&Address::parse("leila@post.example").unwrap());
    guard
}

#[test]
fn attachments_arrive_as_they_are_under_names_of_ours() {
    let dispute = dispute("Leila", "Broken.", "Shop", Language::En);
    let pieces = [picture(100_000), Exhibit { kind: ExhibitKind::Pdf, place: 4, bytes: b"%PDF-1.7\n%%EOF".to_vec() }, text("Bonjour,\n.\nle suivi\n")];
    let mail = told(&dispute, pieces.to_vec(), 1, &guard()).unwrap();
    let message = MessageParser::default().parse(&mail.bytes).unwrap();
    let found: Vec<(String, Vec<u8>)> =
        message.attachments().map(|part| (part.attachment_name().unwrap_or_default().to_owned(), part.contents().to_vec())).collect();
    let names = ["piece-1.jpg", "piece-2.pdf", "piece-3.txt"].map(str::to_owned);
    assert_eq!(found, names.into_iter().zip(pieces.map(|piece| piece.bytes)).collect::<Vec<_>>());
    let words = message.body_text(0).unwrap();
    assert!(words.contains("passed on with this message: 3.") && words.contains("not passed on: 1."), "{words}");
    let (_, body) = std::str::from_utf8(&mail.bytes).unwrap().split_once("\r\n\r\n").unwrap();
    assert!(body.is_ascii() && body.split("\r\n").all(|line| line.len() <= 76));
    assert_eq!((body.matches("--=_elitige_=").count(), body.matches("--=_elitige_text_=").count()), (5, 3));
}

#[test]
fn a_text_that_its_reader_may_not_read_stays_behind_and_is_counted() {
    let dispute = dispute("Leila", "Broken.", "Shop", Language::En);
    for private in [PRIVATE, "Appelez le 06.12.34.56.78", "leila@post.example", "bGVpbGFAcG9zdC5leGFtcGxl"] {
        let mail = told(&dispute, vec![text(private), text("Le suivi.")], 0, &guard()).unwrap();
        let message = MessageParser::default().parse(&mail.bytes).unwrap();
        assert_eq!(message.attachments().map(|part| part.contents()).collect::<Vec<_>>(), [b"Le suivi."], "{private}");
        let words = message.body_text(0).unwrap();
        assert!(words.contains("passed on with this message: 1.") && words.contains("not passed on: 1."), "{words}");
    }
    let mut titled = picture(1_000);
    titled.bytes.extend(b"leila@post.example");
    let leak = ComposeError::Leak(Leak::Address);
    assert_eq!(told(&dispute, vec![titled], 0, &guard()).unwrap_err(), leak, "a picture that was not cleaned after all keeps its letter back");
}

#[test]
fn the_last_look_is_at_attachments_too() {
    let dispute = dispute("Leila", "Broken.", "Shop", Language::En);
    let mail = told(&dispute, vec![text(PRIVATE)], 0, no_guard()).unwrap();
    assert_eq!(guard().check(&mail), Err(Leak::Words));
    let mail = told(&dispute, vec![picture(1_000_000)], 0, no_guard()).unwrap();
    assert_eq!(guard().check(&mail), Ok(()), "a picture is nothing that nobody can read");
}
