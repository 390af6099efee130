use super::describe;
use crate::letter::Shape;

fn program() -> Vec<u8> {
    [b"MZ".as_slice(), &[0; 98]].concat()
}

fn why(name: &str, declared: &str, bytes: &[u8]) -> Option<String> {
    describe(Some(name), declared, bytes).danger
}

/// An archive with one stored file.
fn zip(name: &str, flags: u8, content: &[u8]) -> Vec<u8> {
    let mut bytes = b"PK\x03\x04\x14\0".to_vec();
    bytes.extend([flags, 0, 0, 0]);
    bytes.extend([0; 16]);
    bytes.extend(u16::try_from(name.len()).unwrap().to_le_bytes());
    bytes.extend([0, 0]);
    bytes.extend(name.as_bytes());
    bytes.extend(content);
    bytes
}

fn rar_4(name: &str, archive_flags: u8, file_flags: u16) -> Vec<u8> {
    let mut bytes = b"Rar!\x1a\x07\0".to_vec();
    bytes.extend([0, 0, 0x73, archive_flags, 0, 13, 0, 0, 0, 0, 0, 0, 0]);
    bytes.extend([0, 0, 0x74]);
    bytes.extend((0x8000 | file_flags).to_le_bytes());
    bytes.extend(u16::try_from(32 + name.len()).unwrap().to_le_bytes());
    bytes.extend([3, 0, 0, 0]);
    bytes.extend([0; 15]);
    bytes.extend(u16::try_from(name.len()).unwrap().to_le_bytes());
    bytes.extend([0; 4]);
    bytes.extend(name.as_bytes());
    bytes.extend(b"abc");
    bytes
}

fn rar_5(name: &str, extra: &[u8], kind: u8) -> Vec<u8> {
    let mut bytes = b"Rar!\x1a\x07\x01\0".to_vec();
    bytes.extend([0, 0, 0, 0, 3, 1, 0, 0]);
    let mut fields = vec![kind, u8::from(!extra.is_empty()) | 2];
    if !extra.is_empty() {
        fields.push(u8::try_from(extra.len()).unwrap());
    }
    fields.extend([3, 4, 3, 0x20, 1, 2, 3, 4, 0, 0, u8::try_from(name.len()).unwrap()]);
    fields.extend(name.as_bytes());
    fields.extend(extra);
    bytes.extend([9, 9, 9, 9, u8::try_from(fields.len()).unwrap()]);
    bytes.extend(fields);
    bytes.extend(b"abc");
    bytes
}

fn wide(text: &str) -> Vec<u8> {
    text.encode_utf16().flat_map(u16::to_le_bytes).collect()
}

fn seven_zip(directory: &[u8]) -> Vec<u8> {
    let mut bytes = b"7z\xbc\xaf\x27\x1c\0\x04\0\0\0\0".to_vec();
    bytes.extend(5u64.to_le_bytes());
    bytes.extend((directory.len() as u64).to_le_bytes());
    bytes.extend([0; 4]);
    bytes.extend(b"abcde");
    bytes.extend(directory);
    bytes
}

fn tar(name: &str) -> Vec<u8> {
    let mut bytes = vec![0; 512];
    bytes[..name.len()].copy_from_slice(name.as_bytes());
    bytes[124..135].copy_from_slice(b"00000000003");
    bytes[257..262].copy_from_slice(b"ustar");
    bytes.extend([0; 512]);
    bytes
}

#[test]
fn what_runs_is_dangerous_whatever_it_is_called() {
    assert_eq!(why("a.pdf", "application/pdf", &program()).as_deref(), Some("program"));
    assert_eq!(why("facture.pdf.exe", "application/pdf", b"x").as_deref(), Some("double-extension"));
    assert_eq!(why(&format!("{}.exe", "a".repeat(10_000)), "application/pdf", b"x").as_deref(), Some("program"));
    for (bytes, reason) in [
        (&b"\x7fELF"[..], "program"),
        (b"#!/bin/sh\n", "program"),
        (b"L\0\0\0\x01\x14\x02\0", "program"),
        (b"\xe4\x52\x5c\x7b\x8c\xd8\xa7\x4d\xae\xb1\x53\x78\xd0\x29\x96\xd3", "program"),
        (b"@echo off\r\ndel x", "program"),
    ] {
        assert_eq!(why("photo.jpg", "image/jpeg", bytes).as_deref(), Some(reason));
    }
    let mut disc = vec![0; 0x8001];
    disc.extend(b"CD001");
    assert!(why("a.dat", "application/octet-stream", &disc).is_some());
}

#[test]
fn archives_with_programs_and_locked_ones_are_dangerous() {
    let holds = Some("archive-holds-program");
    let locked = Some("encrypted-archive");
    for (name, bytes, reason) in [
        ("a.zip", zip("x/a.exe", 0, b""), holds),
        ("a.zip", zip("a.txt", 1, b""), locked),
        ("a.zip", zip("b.zip", 0, &zip("c.js", 0, b"")), holds),
        ("a.zip", zip("photo.jpg", 0, b"abc"), None),
        ("a.rar", rar_4("a.scr", 0, 0), holds),
        ("a.rar", rar_4("a.txt", 0, 4), locked),
        ("a.rar", rar_4("a.txt", 0x80, 0), locked),
        ("a.rar", rar_4("a.txt", 0, 0), None),
        ("a.rar", rar_5("a.lnk", &[], 2), holds),
        ("a.rar", rar_5("a.txt", &[2, 1, 0], 2), locked),
        ("a.rar", rar_5("a.txt", &[2, 3, 0], 2), None),
        ("a.rar", rar_5("", &[], 4), locked),
        ("a.7z", seven_zip(&[&b"\x01\x11\0"[..], &wide("lis.txt\0a.exe\0")].concat()), holds),
        ("a.7z", seven_zip(&[&b"\x01\x11"[..], &wide("lis.txt\0a.exe\0")].concat()), holds),
        ("a.7z", seven_zip(b"\x17\x06\x24\x06\xf1\x07\x01"), locked),
        ("a.7z", seven_zip(&[&b"\x01\x11\0"[..], &wide("lis.txt\0")].concat()), None),
        ("a.tar", tar("x/a.vbs"), holds),
        ("a.tar", tar("x/a.pdf"), None),
        ("winmail.dat", b"\x78\x9f\x3e\x22\x01\0\x02\x04\x90\x06\0\x01\0\0\0x\0\0\x02\x10\x80\x01\0\x06\0\0\0a.exe\0\0\0".to_vec(), holds),
        ("a.gz", b"\x1f\x8b\x08\x08\0\0\0\0\0\0a.exe\0xx".to_vec(), holds),
        ("a.gz", b"\x1f\x8b\x08\0\0\0\0\0\0\0a.exe\0xx".to_vec(), None),
    ] {
        assert_eq!(why(name, "application/octet-stream", &bytes).as_deref(), reason, "{name} {}", String::from_utf8_lossy(&bytes));
        for cut in 0..bytes.len() {
            let _ = why(name, "application/octet-stream", &bytes[..cut]);
        }
    }
}

#[test]
fn documents_that_bring_programs_are_dangerous() {
    let ole = |name: &str| [b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".as_slice(), &[0; 100], &wide(name)].concat();
    for (name, bytes, reason) in [
        ("a.doc", ole("_VBA_PROJECT"), Some("macros")),
        ("a.doc", ole("\u{1}Ole10Native"), Some("embedded-program")),
        ("a.doc", ole("WordDocument"), None),
        ("a.docx", zip("[Content_Types].xml", 0, &zip("word/vbaProject.bin", 0, b"")), Some("macros")),
        ("a.docx", zip("[Content_Types].xml", 0, b"word/document.xml"), None),
        ("a.docm", b"x".to_vec(), Some("macros")),
        ("a.rtf", b"{\\rtf1 {\\object\\objemb{\\*\\objdata 01}}}".to_vec(), Some("embedded-object")),
        ("a.rtf", b"{\\rtf1 {\\pict x}}".to_vec(), None),
        ("a.html", b"<html><p>Facture</p></html>".to_vec(), None),
        ("a.html", b"<p>x</p><ScRipt>x()</script>".to_vec(), Some("script")),
        ("a.html", b"<img src=x onerror = 'x()'>".to_vec(), Some("script")),
        ("a.html", b"<p>on vendredi = \"x\"</p>".to_vec(), None),
        ("a.html", b"<p>x</p><script\nsrc=x>".to_vec(), Some("script")),
        ("a.xml", b"<facture><embeddedDocument/><objectId>1</objectId></facture>".to_vec(), None),
        ("a.svg", b"<svg onload=\"x()\"/>".to_vec(), Some("script")),
        ("a.svg", b"<svg><path d='M0 0'/></svg>".to_vec(), None),
        ("a.pdf", b"%PDF-1.4 /OpenAction /JavaScript".to_vec(), Some("script")),
        ("a.pdf", b"%PDF-1.4 /JavaScript".to_vec(), None),
    ] {
        assert_eq!(why(name, "application/octet-stream", &bytes).as_deref(), reason, "{name} {}", String::from_utf8_lossy(&bytes));
    }
}

#[test]
fn a_type_that_lies_is_told_and_an_inexact_one_is_not() {
    let lies = |name: &str, declared: &str, bytes: &[u8]| describe(Some(name), declared, bytes).mismatch;
    assert!(lies("a.pdf", "application/pdf", &program()));
    assert!(lies("a.pdf", "application/octet-stream", b"PK\x03\x04"));
    assert!(lies("a.jpg", "image/jpeg", b"%PDF-1.4"));
    assert!(!lies("a.jpg", "image/jpeg", b"\x89PNG\r\n\x1a\n"));
    assert!(!lies("a.pdf", "application/octet-stream", b"%PDF-1.4"));
    assert!(!lies("a.docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document", &zip("[Content_Types].xml", 0, b"")));
    assert!(!lies("a.bin", "application/x-unheard-of", b"whatever"));
    assert_eq!(describe(Some("facture.jpg"), "image/jpeg", b"%PDF-1.4").media_type, "application/pdf");
    assert!(!describe(None, "image/png", b"").dangerous);
}

#[test]
fn each_kind_of_thing_has_its_shape() {
    for (name, declared, bytes, shape) in [
        ("winmail.dat", "application/octet-stream", &b"x"[..], Shape::Tnef),
        ("x", "application/ms-tnef", b"\x78\x9f\x3e\x22", Shape::Tnef),
        ("leila.vcf", "text/plain", b"BEGIN:VCARD", Shape::Card),
        ("rdv.ics", "application/octet-stream", b"x", Shape::Calendar),
        ("x", "text/calendar", b"", Shape::Calendar),
        ("mail.eml", "message/rfc822", b"From: a", Shape::Mail),
        ("photo.jpg", "image/jpeg", b"\xff\xd8\xff", Shape::Picture),
        ("a.zip", "application/zip", b"PK\x03\x04", Shape::Archive),
        ("a.pdf", "application/pdf", b"%PDF-", Shape::Document),
        ("voix.ogg", "audio/ogg", b"OggS", Shape::Recording),
        ("smime.p7s", "application/pkcs7-signature", b"", Shape::Signature),
        ("x", "application/x-unheard-of", b"", Shape::Other),
    ] {
        assert_eq!(describe(Some(name), declared, bytes).shape, shape, "{name} {declared}");
    }
}
