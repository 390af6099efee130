use super::*;
use crate::domain::{Channel, Dice, Language, MessageId, Role};
use base64::Engine;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};

mod coded;
mod glanced;

const SAID: &str = "Je lui ai dit au téléphone que trois cents dirhams me suffiraient largement";

fn token() -> Token {
    Token::fresh(&mut Dice::from_seed([4; 32]))
}

/// Everything that is forbidden in the tables below.
fn guard() -> Guard {
    let mut guard = Guard::default();
    guard.forbid_address(&Address::parse("leila.bennani+achats@courrier.example").unwrap());
    guard.forbid_phone("+212 612 345 678");
    guard.forbid_token(&token());
    guard.forbid_identifier("Leïla El Idrissi");
    guard.forbid_identifier("12 rue des Orangers");
    guard.forbid_words(&Shingles::of(SAID));
    guard
}

fn letter(bytes: impl Into<Vec<u8>>) -> OutboundMail {
    OutboundMail {
        to: Address::parse("contact@boutique.example").unwrap(),
        envelope_from: Address::parse("bounce+1@elitige.example").unwrap(),
        role: Role::Merchant,
        channel: Channel::MerchantPrivate,
        letter: "invitation".to_owned(),
        language: Language::Fr,
        message_id: MessageId::parse("1@elitige.example").unwrap(),
        bytes: bytes.into(),
    }
}

const HEAD: &str = "From: mediation@elitige.example\r\nTo: contact@boutique.example\r\nSubject: Dossier\r\nMIME-Version: 1.0\r\n";

fn quoted(text: &str) -> String {
    text.bytes().map(|byte| if byte.is_ascii_alphanumeric() { char::from(byte).to_string() } else { format!("={byte:02X}") }).collect::<Vec<_>>().join("=\r\n")
}

fn percent(text: &str) -> String {
    text.bytes().map(|byte| format!("%{byte:02x}")).collect()
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn utf16(text: &str, big: bool) -> Vec<u8> {
    text.encode_utf16().flat_map(|unit| if big { unit.to_be_bytes() } else { unit.to_le_bytes() }).collect()
}

/// Every place of a letter in which text can stand.
fn places(text: &str) -> Vec<(&'static str, String)> {
    let single = |kind: &str, encoding: &str, body: &str| format!("{HEAD}Content-Type: {kind}\r\nContent-Transfer-Encoding: {encoding}\r\n\r\n{body}");
    let body = text.replace('\n', "\r\n");
    let html = |inside: &str| single("text/html; charset=utf-8", "quoted-printable", &quoted(&format!("<html><body>{inside}</body></html>")));
    let attached = |fields: &str, bytes: &[u8]| {
        let part = format!("{fields}\r\nContent-Transfer-Encoding: base64\r\n\r\n{}", STANDARD.encode(bytes));
        format!("{HEAD}Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\nx\r\n--b\r\n{part}\r\n--b--\r\n")
    };
    let multi = |before: &str, after: &str| format!("{HEAD}Content-Type: multipart/mixed; boundary=b\r\n\r\n{before}\r\n--b\r\n\r\nx\r\n--b--\r\n{after}");
    let entities = text.chars().map(|c| format!("&#{};", u32::from(c))).collect::<String>();
    let tags = text.chars().map(|c| format!("{c}<b></b><!-- x -->")).collect::<String>();
    let folded = text.replace([' ', '\n'], "\r\n ");
    vec![
        ("text in quoted-printable", single("text/plain; charset=utf-8", "quoted-printable", &quoted(text))),
        ("text in base64", single("text/plain; charset=utf-8", "base64", &STANDARD.encode(text))),
        ("text as it is", single("text/plain; charset=utf-8", "8bit", &body)),
        ("text without a type", format!("{HEAD}\r\n{}", if text.is_ascii() { body.clone() } else { percent(text) })),
        ("page", html(text)),
        ("page in entities", html(&entities)),
        ("page between tags", html(&tags)),
        ("comment of a page", html(&format!("<!-- {text} -->"))),
        ("attribute of a page", html(&format!("<p title=\"{}\">x</p>", text.replace('\n', " ")))),
        ("link of a page", html(&format!("<a href=\"mailto:a@b.example?body={}\">x</a>", percent(text)))),
        ("link of a page, encoded twice", html(&format!("<a href=\"https://a.example/?q={}\">x</a>", percent(&percent(text))))),
        ("field", format!("{HEAD}X-Note: {folded}\r\n\r\nx")),
        ("field in Q", format!("{HEAD}X-Note: =?utf-8?q?{}?=\r\n\r\nx", quoted(text).replace("=\r\n", ""))),
        ("field in B", format!("{HEAD}X-Note: =?utf-8?B?{}?=\r\n\r\nx", STANDARD.encode(text))),
        (
            "field in B, cut between the bytes",
            format!(
                "{HEAD}X-Note: {}\r\n\r\nx",
                text.as_bytes().chunks(5).map(|bytes| format!("=?utf-8?b?{}?=", STANDARD.encode(bytes))).collect::<Vec<_>>().join("\r\n ")
            ),
        ),
        ("preamble", multi(&body, "")),
        ("epilogue", multi("", &body)),
        ("part in a part", attached("Content-Type: text/plain; charset=utf-8", text.as_bytes())),
        ("name of a file", attached(&format!("Content-Type: image/png; name=\"{}\"", folded.replace('"', "")), b"\x89PNG\r\n\x1a\n")),
        (
            "name of a file in pieces",
            attached(
                &format!(
                    "Content-Type: application/pdf;{}",
                    text.as_bytes()
                        .chunks(4)
                        .enumerate()
                        .map(|(at, four)| format!("\r\n name*{at}*={}", four.iter().map(|byte| format!("%{byte:02X}")).collect::<String>()))
                        .collect::<Vec<_>>()
                        .join(";")
                ),
                b"%PDF-1.7",
            ),
        ),
        ("bytes of a picture", attached("Content-Type: image/jpeg", &[b"\xff\xd8\xff\xe1\0\x10Exif\0\0".as_slice(), text.as_bytes(), b"\0\xff\xd9"].concat())),
        ("bytes of a picture in UTF-16", attached("Content-Type: image/jpeg", &[b"\xff\xd8\xff\xe1\0".as_slice(), &utf16(text, false), b"\xff\xd9"].concat())),
        ("bytes of a PDF", attached("Content-Type: application/pdf", &[b"%PDF-1.7\n%\x80\x81\n/Author (".as_slice(), text.as_bytes(), b")"].concat())),
    ]
}

/// Every spelling of a text that must be found wherever the text itself would be.
fn spellings(text: &str) -> Vec<(&'static str, String)> {
    let spaced = |sign: &str| text.chars().map(|c| format!("{c}{sign}")).collect::<String>();
    vec![
        ("as it is", text.to_owned()),
        ("in capitals", text.to_uppercase()),
        ("with words around it", format!("voir {text} merci")),
        ("over two lines", text.replacen(' ', "\n", 1)),
        ("with zero-width spaces", spaced("\u{200b}")),
        ("with joiners and direction marks", spaced("\u{2060}\u{202d}")),
        ("in full width", text.chars().map(|c| if ('!'..='~').contains(&c) { char::from_u32(u32::from(c) + 0xfee0).unwrap() } else { c }).collect()),
        ("in look-alike letters", text.replace('a', "а").replace('e', "е").replace('o', "о").replace('i', "і")),
        ("in base64", format!("x {}", STANDARD.encode(text))),
        ("in base64, one byte later", STANDARD.encode(format!("x{text}"))),
        ("in base64, two bytes later", URL_SAFE_NO_PAD.encode(format!("xy{text}"))),
        ("in base64 in lines", STANDARD.encode(text).as_bytes().chunks(6).map(|six| format!("{}\n", String::from_utf8_lossy(six))).collect()),
        ("in hexadecimal digits", format!("z{}", hex(text.as_bytes()))),
        ("in hexadecimal digits apart", text.bytes().map(|byte| format!("0x{byte:02X}, ")).collect()),
        ("in UTF-16 in base64", STANDARD.encode(utf16(text, false))),
        ("in UTF-16 in hexadecimal digits", hex(&utf16(text, true))),
        ("in percent signs", percent(text)),
        ("in percent signs twice", percent(&percent(text))),
        ("in escapes", text.chars().map(|c| format!("\\u{:04x}", u32::from(c))).collect()),
        ("in base64 in percent signs", percent(&STANDARD.encode(text))),
    ]
}

fn canaries() -> Vec<(Leak, String)> {
    vec![
        (Leak::Address, "leila.bennani@courrier.example".to_owned()),
        (Leak::Phone, "06 12 34 56 78".to_owned()),
        (Leak::Token, token().as_str().to_owned()),
        (Leak::Identifier, "leila el idrissi".to_owned()),
        (Leak::Words, SAID.to_owned()),
    ]
}

#[test]
fn every_canary_is_found_in_every_place() {
    for (kind, canary) in canaries() {
        for (place, message) in places(&canary) {
            assert_eq!(guard().check(&letter(message)), Err(kind), "{kind:?}: {place}");
        }
    }
    for (place, message) in places("Bonjour, voici la demande telle que l’acheteur l’a confirmée.").into_iter().filter(|(place, _)| *place != "field") {
        assert_eq!(guard().check(&letter(message)), Ok(()), "{place}");
    }
}

#[test]
fn every_canary_is_found_in_every_spelling() {
    let mut missed = Vec::new();
    for (kind, canary) in canaries() {
        for (spelling, text) in spellings(&canary) {
            for (place, message) in places(&text).into_iter().filter(|(place, _)| matches!(*place, "text in base64" | "page" | "field in B")) {
                if guard().check(&letter(message)) != Err(kind) {
                    missed.push(format!("{kind:?} {spelling} in {place}"));
                }
            }
        }
    }
    assert!(missed.is_empty(), "{missed:#?}");
}

#[test]
fn every_spelling_of_its_own_kind_is_found() {
    let backwards = |text: &str| text.chars().rev().collect::<String>();
    let token = token();
    for (kind, texts) in [
        (
            Leak::Address,
            vec![
                "leila.bennani+achats@courrier.example".to_owned(),
                "Leila.Bennani+autre-chose@COURRIER.example".to_owned(),
                "leila.bennani [at] courrier [dot] example".to_owned(),
                "leila point bennani arobase courrier point example".to_owned(),
                "écrivez à leila.bennani, vous verrez".to_owned(),
                "https://courrier.example/u".to_owned(),
                backwards("leila.bennani@courrier.example"),
            ],
        ),
        (
            Leak::Phone,
            vec![
                "0612345678".to_owned(),
                "+212 (0) 612-345-678".to_owned(),
                "00212.6.12.34.56.78".to_owned(),
                "٠٦ ١٢ ٣٤ ٥٦ ٧٨".to_owned(),
                "tel:+212612345678".to_owned(),
                "06\n12\n34\n56\n78".to_owned(),
                backwards("0612345678"),
            ],
        ),
        (Leak::Token, vec![format!("mediation+{}@elitige.example", token.as_str().to_uppercase()), backwards(token.as_str())]),
        (
            Leak::Identifier,
            vec![
                "EL IDRISSI Leila".to_owned(),
                "Idrissi, Leïla El".to_owned(),
                "LeilaElIdrissi.pdf".to_owned(),
                "des Orangers (rue), 12".to_owned(),
                backwards("Leila El Idrissi"),
            ],
        ),
        (Leak::Words, vec!["… dit, au telephone : « que trois cents\ndirhams, me suffiraient » …".to_owned()]),
    ] {
        for text in texts {
            for (place, message) in places(&text).into_iter().take(2) {
                assert_eq!(guard().check(&letter(message)), Err(kind), "{text}: {place}");
            }
        }
    }
}

#[test]
fn what_is_near_but_not_it_passes() {
    for text in [
        "leila@courriers.example, leila.bennani",
        "0612345679",
        "Leila et Idrissi El Fassi",
        "que trois cents dirhams me suffiraient",
        "leila.b@autre.example",
        "un courrier, par exemple",
    ] {
        let mut guard = guard();
        guard.allow_text("leila bennani");
        for (place, message) in places(text).into_iter().filter(|(place, _)| !place.starts_with("field")) {
            assert_eq!(guard.check(&letter(message)), Ok(()), "{text}: {place}");
        }
    }
}

#[test]
fn a_short_text_is_found_where_it_stands_as_a_line() {
    let mut guard = Guard::default();
    guard.forbid_words(&Shingles::of("Trois cents dirhams me suffisent"));
    for (text, expected) in [
        ("Bonjour,\n> trois cents dirhams me suffisent.\nfin", Err(Leak::Words)),
        ("1. Trois cents dirhams me suffisent", Err(Leak::Words)),
        ("Demande : trois cents dirhams me suffisent", Err(Leak::Words)),
        ("Trois cents dirhams me suffisent peut-être", Ok(())),
    ] {
        for (place, message) in places(text).into_iter().take(3) {
            assert_eq!(guard.check(&letter(message)), expected, "{text}: {place}");
        }
    }
}

#[test]
fn what_the_reader_knows_is_allowed_and_a_whole_address_never_is() {
    let known = "Leïla El Idrissi chez courrier.example";
    let mut guard = guard();
    guard.allow_text(known);
    guard.allow_words(&Shingles::of(SAID));
    let check = |text: &str| guard.check(&letter(places(text).remove(0).1));
    assert_eq!(check(&format!("El Idrissi Leïla ; {known} ; {SAID}")), Ok(()));
    guard.allow_text("leila.bennani@courrier.example");
    let check = |text: &str| guard.check(&letter(places(text).remove(0).1));
    assert_eq!(check("leila.bennani@courrier.example"), Err(Leak::Address));
}

#[test]
fn a_reader_whose_address_is_like_the_other_one_is_still_written_to() {
    let mut guard = Guard::default();
    guard.forbid_address(&Address::parse("vendeur+a@boutique.example").unwrap());
    guard.forbid_address(&Address::parse("contact+a@boutique.example").unwrap());
    let message = |text: &str| letter(format!("{HEAD}\r\n{text}"));
    assert_eq!(guard.check(&message("x")), Ok(()));
    assert_eq!(guard.check(&message("contact+a@boutique.example")), Err(Leak::Address));
    assert_eq!(guard.check(&message("vendeur@boutique.example")), Err(Leak::Address));
}

#[test]
fn what_cannot_be_read_with_certainty_is_refused() {
    let part = |fields: &str, body: &str| format!("{HEAD}{fields}\r\n\r\n{body}");
    for (why, message) in [
        ("no body", HEAD.to_owned()),
        ("a bare line feed", format!("{HEAD}\r\na\nb")),
        ("a NUL", format!("{HEAD}\r\na\0b")),
        ("another charset", part("Content-Type: text/plain; charset=utf-7", "x")),
        ("two types", part("Content-Type: text/plain\r\nContent-Type: text/html", "x")),
        ("an unknown encoding", part("Content-Transfer-Encoding: x-uuencode", "x")),
        ("broken quoted-printable", part("Content-Transfer-Encoding: quoted-printable", "a=Z1")),
        ("broken base64", part("Content-Transfer-Encoding: base64", "YQ=")),
        ("no boundary", part("Content-Type: multipart/mixed", "x")),
        ("no end", part("Content-Type: multipart/mixed; boundary=b", "--b\r\n\r\nx")),
        ("a mail in a mail", part("Content-Type: message/rfc822", "From: a\r\n\r\nx")),
        ("a calendar", part("Content-Type: text/calendar; charset=utf-8", "x")),
        ("a picture that is none", part("Content-Type: image/png", "x")),
        ("an unknown encoded word", format!("{HEAD}X-A: =?iso-2022-jp?b?YQ==?=\r\n\r\nx")),
        ("a line that is no field", format!("{HEAD}x\r\n\r\nx")),
        ("an open tag", part("Content-Type: text/html; charset=utf-8", "a < b")),
        ("an unknown entity", part("Content-Type: text/html; charset=utf-8", "a &zigrarr; b")),
    ] {
        assert_eq!(Guard::default().check(&letter(message)), Err(Leak::Opaque), "{why}");
    }
    assert_eq!(Guard::default().check(&letter(b"A: b\r\n\r\n\xff".as_slice())), Err(Leak::Opaque));
}

#[test]
fn it_says_what_kind_of_thing_and_never_what() {
    let shown = format!("{:?} {}", guard(), Leak::Address);
    assert!(shown.starts_with("Guard(") && !shown.contains("leila") && !shown.contains("courrier"), "{shown}");
}
