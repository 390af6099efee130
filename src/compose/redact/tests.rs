use super::*;

fn masked(text: &str) -> String {
    Redaction::default().redact(text).text
}

#[test]
fn telephone_numbers_and_addresses_are_taken_out() {
    for (text, expected) in [
        ("Appelez-moi au 06 12 34 56 78.", "Appelez-moi au […]."),
        ("tel:0612345678, merci", "tel:[…], merci"),
        ("+212 6 12 34 56 78 ou 00212612345678", "[…] ou […]"),
        ("+212 (0) 6 12 34 56 78, +33 6 12 34 56 78", "[…], […]"),
        ("رقمي 0712-345-678 شكرا", "رقمي […] شكرا"),
        ("رقمي ٠٦١٢٣٤٥٦٧٨ شكرا", "رقمي […] شكرا"),
        ("écrivez à <Leila.B@courrier.example>.", "écrivez à <[…]>."),
        ("mailto:leila@courrier.example?x", "mailto:[…]?x"),
        ("06\u{200b}12345678 et leila\u{2060}@\u{200b}courrier.example", "[…] et […]"),
    ] {
        assert_eq!(masked(text), expected);
    }
}

#[test]
fn order_numbers_amounts_and_dates_stay() {
    for text in [
        "commande n° AT-48213 pour 1 500,00 DH le 03/11/2026",
        "suivi 0612345678901",
        "facture 2026-0612345678",
        "ref A0612345678",
        "@boutique_atlas",
        "05 11 2026",
        "",
        "deux lignes\n\net une  troisième\n",
    ] {
        assert_eq!(masked(text), text);
    }
}

#[test]
fn links_that_open_somebodys_account_are_taken_out_and_others_stay() {
    assert_eq!(masked("voir https://shop.example/t?order=9f8a7b6c5d4e3f2a1b0c, merci"), "voir […] merci");
    for text in ["https://shop.example/lampe?couleur=rouge", "https://shop.example/p/48213"] {
        assert_eq!(masked(text), text);
    }
}

#[test]
fn what_is_allowed_stays_unless_it_is_forbidden() {
    let ours = Address::parse("mediation@elitige.example").unwrap();
    let mut guard = Guard::default();
    let mut redaction = Redaction::new(&guard);
    redaction.allow_address(&ours);
    redaction.allow_phone("05 37 00 00 00");
    let text = "mediation@elitige.example, +212 537 00 00 00";
    assert_eq!(redaction.redact(text), Redacted { text: text.to_owned(), hidden: 0 });
    guard.forbid_address(&ours);
    redaction = Redaction::new(&guard);
    redaction.allow_address(&ours);
    assert_eq!(redaction.redact(text).hidden, 2);
}

mod letters {
    use super::super::super::tests::{dispute, house, occasion, stationery, zone};
    use super::super::super::{self as compose, Addressee, ComposeError, Leak, Occasion};
    use super::*;
    use crate::domain::view::VisibleTo;
    use crate::domain::{Dice, Language, OutboundMail, Role, Token};
    use base64::Engine;
    use base64::engine::general_purpose::STANDARD;
    use proptest::prelude::*;

    const ADDRESS: &str = "leila.bennani@courrier.example";
    const STREET: &str = "12 rue des Orangers";

    fn guard() -> Guard {
        let mut guard = Guard::default();
        guard.forbid_address(&Address::parse(ADDRESS).unwrap());
        guard.forbid_phone("0612345678");
        guard.forbid_token(&token());
        guard.forbid_identifier(STREET);
        guard
    }

    fn token() -> Token {
        Token::fresh(&mut Dice::from_seed([4; 32]))
    }

    /// The invitation of a dispute with this account.
    fn invitation(account: &str, language: Language, guard: &Guard) -> Result<OutboundMail, ComposeError> {
        let (dispute, zone) = (dispute("Salma", account, "Atlas", language), zone());
        let to = Addressee::Merchant(VisibleTo::merchant(&dispute).unwrap());
        compose::letter(stationery(), &house("Service"), &to, "invitation", &Occasion { guard, ..occasion(&dispute, Role::Merchant, &zone) })
            .map(|written| written.mail)
    }

    fn spelled(identifier: &str, spelling: usize) -> String {
        match spelling {
            0 => identifier.to_owned(),
            1 => identifier.to_uppercase(),
            2 => identifier.chars().flat_map(|c| [c, '\u{200b}']).collect(),
            3 => identifier.chars().map(|c| if ('!'..='~').contains(&c) { char::from_u32(u32::from(c) + 0xfee0).unwrap() } else { c }).collect(),
            4 => STANDARD.encode(identifier),
            5 => STANDARD.encode(format!("x{identifier}")),
            6 => STANDARD.encode(format!("xy{identifier}")),
            7 => identifier.bytes().map(|byte| format!("%{byte:02X}")).collect(),
            8 => identifier.bytes().map(|byte| format!("{byte:02x}")).collect(),
            9 => identifier.chars().rev().collect(),
            10 => identifier.replace('@', " (at) "),
            11 => identifier.chars().map(|c| if let Some(digit) = c.to_digit(10) { char::from_u32(0x660 + digit).unwrap() } else { c }).collect(),
            _ => identifier.replacen(['.', ' '], "\n", 1),
        }
    }

    fn words() -> impl Strategy<Value = String> {
        let languages = ["[a-zéèàç’]{1,9}", "[ابتثجحخدذرزسشصضطظعغفقكلمنهوي]{1,8}", "[a-z]{1,9}", "[0-9]{1,4}", "[.,;:!?()]"];
        prop::collection::vec(prop_oneof![languages[0], languages[1], languages[2], languages[3], languages[4], Just("\n".to_owned())], 0..20)
            .prop_map(|words| words.join(" "))
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(48))]
        #[test]
        fn what_was_redacted_passes_the_guard_and_what_was_not_does_not(
            before in words(),
            after in words(),
            which in 0_usize..4,
            spelling in 0_usize..13,
            tongue in 0_usize..3,
        ) {
            let identifier = [ADDRESS, "+212 612 34 56 78", token().as_str(), STREET].map(str::to_owned)[which].clone();
            let (guard, language) = (guard(), Language::ALL[tongue]);
            let text = format!("{before} {} {after}", spelled(&identifier, spelling));
            let refused = invitation(&text, language, &guard).map(|mail| mail.bytes.len());
            prop_assert!(matches!(refused, Err(ComposeError::Leak(kind)) if kind != Leak::Opaque), "{refused:?}: {text}");
            let redacted = Redaction::new(&guard).redact(&text);
            prop_assert!(redacted.hidden > 0);
            let passed = invitation(&redacted.text, language, &guard).map(|mail| mail.bytes.len());
            prop_assert!(passed.is_ok(), "{passed:?}: {}", redacted.text);
            let words: Vec<&str> = before.split_whitespace().filter(|word| word.chars().all(char::is_alphabetic)).take(1).collect();
            prop_assert!(words.iter().all(|word| redacted.text.contains(word)) || redacted.text.contains(MASK));
        }
    }
}
