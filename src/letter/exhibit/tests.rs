//! Real files with a canary in every place where something private may stand.

mod document;
mod picture;

use super::{ExhibitKind, Exhibits, WithheldBecause, exhibits};
use crate::letter::Limits;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use flate2::bufread::ZlibDecoder;
use std::io::Read;

/// The word that nobody may find again.
const CANARY: &str = "Canary7Leila";

/// A mail with these attachments: declared type, further header lines, content.
fn mail(attachments: &[(&str, &str, &[u8])]) -> Vec<u8> {
    let mut mail = b"From: Leila <leila@example.org>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Type: text/plain\r\n\r\nBonjour\r\n".to_vec();
    for (declared, fields, content) in attachments {
        let head = format!("--b\r\nContent-Type: {declared}\r\nContent-Transfer-Encoding: base64\r\n{fields}\r\n");
        mail.extend_from_slice(head.as_bytes());
        for line in STANDARD.encode(content).as_bytes().chunks(76) {
            mail.extend_from_slice(line);
            mail.extend_from_slice(b"\r\n");
        }
    }
    mail.extend_from_slice(b"--b--\r\n");
    mail
}

/// A mail with one attachment of which everything around the content names its sender.
fn of_one(content: &[u8]) -> Vec<u8> {
    let declared = format!("application/octet-stream; name=\"{CANARY}.bin\"; x-{CANARY}={CANARY}");
    let fields = format!(
        "Content-Disposition: attachment; filename=\"{CANARY}\"; creation-date=\"{CANARY}\"\r\nContent-Description: {CANARY}\r\nContent-ID: <{CANARY}@example.org>\r\nContent-Location: {CANARY}\r\n"
    );
    mail(&[(&declared, &fields, content)])
}

/// The one attachment, cleaned.
fn cleaned(content: &[u8], kind: ExhibitKind) -> Vec<u8> {
    let mail = if kind == ExhibitKind::Text { mail(&[("text/plain", "Content-Disposition: attachment\r\n", content)]) } else { of_one(content) };
    let found = exhibits(&mail, &Limits::default());
    let [exhibit] = found.offered.as_slice() else { panic!("{:?}", found.withheld) };
    assert_eq!((exhibit.kind, exhibit.place), (kind, 0));
    no_canary(&exhibit.bytes);
    no_canary(&serde_json::to_vec(&Exhibits { offered: Vec::new(), ..found.clone() }).unwrap());
    let again = exhibits(&of_kind(kind, &exhibit.bytes), &Limits::default());
    assert!(again.offered[0].bytes == exhibit.bytes, "cleaning twice is cleaning once");
    exhibit.bytes.clone()
}

fn of_kind(kind: ExhibitKind, content: &[u8]) -> Vec<u8> {
    if kind == ExhibitKind::Text { mail(&[("text/plain", "Content-Disposition: attachment\r\n", content)]) } else { of_one(content) }
}

/// Why the one attachment does not cross.
fn refused(content: &[u8]) -> WithheldBecause {
    let found = exhibits(&of_one(content), &Limits::default());
    assert!(found.offered.is_empty(), "it crosses");
    found.withheld[0].because
}

/// Nowhere in `bytes`, plain, in UTF-16, in hexadecimal digits, in base64, or in anything that is packed in it.
fn no_canary(bytes: &[u8]) {
    let wide = |order: fn(u16) -> [u8; 2]| CANARY.encode_utf16().flat_map(order).collect::<Vec<u8>>();
    let digits = |bytes: &[u8]| bytes.iter().map(|byte| format!("{byte:02x}")).collect::<String>();
    let mut spellings = vec![CANARY.as_bytes().to_vec(), wide(u16::to_be_bytes), wide(u16::to_le_bytes)];
    for plain in spellings.clone() {
        spellings.extend([digits(&plain).into_bytes(), digits(&plain).to_uppercase().into_bytes()]);
        for shift in 0..3 {
            // Only the letters that depend on the word alone.
            let encoded = STANDARD.encode([&vec![0; shift], plain.as_slice()].concat());
            let whole = (plain.len() + shift) / 3 * 4;
            spellings.push(encoded.as_bytes()[shift * 4 / 3 + usize::from(shift > 0)..whole].to_vec());
        }
    }
    let mut everything = vec![bytes.to_vec()];
    for at in 0..bytes.len().saturating_sub(1) {
        if bytes[at] == 0x78 && (u16::from(bytes[at]) << 8 | u16::from(bytes[at + 1])) % 31 == 0 {
            let mut unpacked = Vec::new();
            // What cannot be unpacked to its end was unpacked up to there.
            let _ = ZlibDecoder::new(&bytes[at..]).take(1 << 20).read_to_end(&mut unpacked);
            everything.push(unpacked);
        }
    }
    for piece in everything {
        for spelling in &spellings {
            assert!(!piece.windows(spelling.len()).any(|window| window == spelling.as_slice()), "{} is still there", String::from_utf8_lossy(spelling));
        }
    }
}

#[test]
#[should_panic(expected = "is still there")]
fn a_canary_is_found_where_it_is_packed() {
    no_canary(&super::inflate::pack(format!("((( {} )))", STANDARD.encode(CANARY)).as_bytes()).unwrap());
}

#[test]
fn a_text_crosses_in_utf_8_without_controls_and_without_turning_around() {
    let text = |bytes: &[u8]| String::from_utf8(cleaned(bytes, ExhibitKind::Text)).unwrap();
    assert_eq!(text("Montant\u{202e} : 300\u{7} د.م\u{200f}.\r\nMerci\u{feff}\r\n".as_bytes()), "Montant : 300 د.م\u{200f}.\nMerci\n");
    let wide: Vec<u8> = [0xfeff].into_iter().chain("مرحبا".encode_utf16()).flat_map(u16::to_le_bytes).collect();
    assert_eq!(text(&wide), "مرحبا");
    let latin = mail(&[("text/plain; charset=iso-8859-1", "Content-Disposition: attachment\r\n", b"caf\xe9")]);
    assert_eq!(exhibits(&latin, &Limits::default()).offered[0].text(), Some("café"));
    assert_eq!(refused(b"caf\xe9 without a word about its charset"), WithheldBecause::CannotBeCleaned);
}

#[test]
fn what_is_on_no_list_stays_whatever_it_is_called() {
    let lists: [&[u8]; 12] = [
        b"GIF89a\x01\0\x01\0\x80\0\0\0\0\0\xff\xff\xff,\0\0\0\0\x01\0\x01\0\0\x02\x02D\x01\0;",
        b"PK\x03\x04\x14\0\0\0\0\0word/document.xml[Content_Types].xml",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1rest",
        b"BEGIN:VCARD\r\nFN:Leila\r\nEND:VCARD\r\n",
        b"Bonjour\r\nBEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n",
        b"<html><p>x</p></html>",
        b"See <script>x()</script>",
        b"  <svg xmlns='x'/>",
        b"Received: from pc.example.org\r\nFrom: a@example.org\r\n\r\nx",
        b"-----BEGIN PGP MESSAGE-----\r\n\r\nxx\r\n",
        b"\0\0\0\x18ftypheic\0\0\0\0mif1",
        b"\x78\x9f\x3e\x22\0\0",
    ];
    for content in lists {
        let names =
            [("image/jpeg", "Content-Disposition: attachment; filename=a.jpg\r\n"), ("text/plain", "Content-Disposition: attachment; filename=a.txt\r\n")];
        for (declared, fields) in names {
            let found = exhibits(&mail(&[(declared, fields, content)]), &Limits::default());
            assert_eq!(found.withheld.first().map(|withheld| withheld.because), Some(WithheldBecause::NotAllowed), "{}", String::from_utf8_lossy(content));
        }
    }
    for (declared, name) in [("text/calendar", "a.txt"), ("text/plain", "a.vcf"), ("text/html", "a.txt"), ("text/plain", "a.eml"), ("text/plain", "a.txt.js")] {
        let fields = format!("Content-Disposition: attachment; filename={name}\r\n");
        let found = exhibits(&mail(&[(declared, &fields, b"Bonjour")]), &Limits::default());
        assert_eq!(found.withheld.first().map(|withheld| withheld.because), Some(WithheldBecause::NotAllowed), "{declared} {name}");
    }
    let head = "From: a@example.org\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Type: message/rfc822\r\n\r\n";
    let nested = format!("{head}From: b@example.org\r\nContent-Type: text/plain\r\n\r\nPrivate\r\n--b--\r\n");
    let found = exhibits(nested.as_bytes(), &Limits::default());
    assert_eq!((found.offered.len(), found.withheld[0].because), (0, WithheldBecause::NotAllowed));
}

#[test]
fn places_are_those_of_the_letter_and_names_are_our_own() {
    let jpeg = picture::jpeg(&[]);
    let mail = mail(&[
        ("application/zip", "", b"PK\x03\x04\x14\0\0\0\0\0a"),
        ("image/png", "Content-Disposition: inline; filename=photo.png\r\nContent-ID: <1>\r\n", &jpeg),
        ("text/plain", "Content-Disposition: attachment; filename=a.txt\r\n", b"Bonjour"),
    ]);
    let found = exhibits(&mail, &Limits::default());
    assert_eq!(found.offered.iter().map(|exhibit| (exhibit.place, exhibit.kind)).collect::<Vec<_>>(), [(1, ExhibitKind::Jpeg), (2, ExhibitKind::Text)]);
    assert_eq!(found.withheld, [super::Withheld { place: 0, because: WithheldBecause::NotAllowed }]);
    let letter = crate::letter::read(&mail, crate::letter::tests::shared(), &Limits::default());
    assert_eq!(letter.attachments.iter().map(|attachment| attachment.media_type.as_str()).collect::<Vec<_>>(), ["application/zip", "image/jpeg", "text/plain"]);
    assert!(letter.may_offer());
    assert_eq!(found.offered[0].file_name(7), "piece-7.jpg");
    assert_eq!(serde_json::from_slice::<Exhibits>(&serde_json::to_vec(&found).unwrap()).unwrap(), found);
}

#[test]
fn only_so_many_cross_and_only_so_much() {
    let text = ("text/plain", "Content-Disposition: attachment; filename=a.txt\r\n", &b"Bonjour"[..]);
    let few = Limits { exhibits: 2, exhibit_bytes: 14, ..Limits::default() };
    let found = exhibits(&mail(&[text; 3]), &few);
    assert_eq!((found.offered.len(), found.withheld[0].because), (2, WithheldBecause::TooMany));
    let found = exhibits(&mail(&[text; 3]), &Limits { exhibits: 9, ..few.clone() });
    assert_eq!((found.offered.len(), found.withheld[0].because), (2, WithheldBecause::TooLarge));
    let long = ("text/plain", "Content-Disposition: attachment; filename=a.txt\r\n", &b"Bonjour, Bonjour"[..]);
    assert_eq!(exhibits(&mail(&[long]), &few).withheld[0].because, WithheldBecause::TooLarge);
    let searched = Limits { searched_bytes: 10, ..Limits::default() };
    assert_eq!(exhibits(&mail(&[long]), &searched).withheld[0].because, WithheldBecause::TooLarge, "nobody looks through all of it");
}

#[test]
fn a_text_crosses_without_the_secrets_in_it() {
    let text = ("text/plain", "Content-Disposition: attachment; filename=a.txt\r\n", &b"Ma carte : 4111 1111 1111 1111, merci"[..]);
    let found = exhibits(&mail(&[text]), &Limits::default());
    let words = found.offered[0].text().unwrap();
    assert!(words.starts_with("Ma carte") && words.ends_with("merci") && !words.contains("4111"), "{words}");
}
