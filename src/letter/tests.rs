//! The reader over whole mails.

use super::*;
use crate::domain::Fact;
use std::path::PathBuf;

/// The knowledge of the repository's own `config/`.
pub(super) fn knowledge() -> Knowledge {
    let config = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("config");
    let mut files = vec![("categories.toml".to_owned(), std::fs::read_to_string(config.join("categories.toml")).unwrap())];
    for entry in std::fs::read_dir(config.join("phrases")).unwrap() {
        let path = entry.unwrap().path();
        files.push((format!("phrases/{}", path.file_name().unwrap().to_str().unwrap()), std::fs::read_to_string(path).unwrap()));
    }
    Knowledge::parse(&files).unwrap_or_else(|faults| panic!("{}", faults.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n")))
}

/// The same, told what is ours.
fn ours() -> Knowledge {
    knowledge().with_own(vec![Address::parse("desk@service.example").unwrap()], "service.example".to_owned())
}

/// Every mail of `tests/letters`, with what is expected of it: a part of the letter as JSON.
fn fixtures() -> Vec<(String, Vec<u8>, serde_json::Value)> {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/letters");
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_some_and(|extension| extension == "eml") {
            let expected = std::fs::read_to_string(path.with_extension("json")).unwrap();
            let name = path.file_stem().unwrap().to_str().unwrap().to_owned();
            found.push((name, std::fs::read(&path).unwrap(), serde_json::from_str(&expected).unwrap()));
        }
    }
    found.sort_by(|left, right| left.0.cmp(&right.0));
    found
}

#[test]
fn every_mail_is_read_as_expected() {
    let knowledge = ours();
    let mut wrong = Vec::new();
    for (name, bytes, expected) in fixtures() {
        let letter = serde_json::to_value(read(&bytes, &knowledge, &Limits::default())).unwrap();
        for (field, value) in expected.as_object().unwrap() {
            if !agrees(field, value, &letter[field]) {
                wrong.push(format!("{name}: {field}\n  expected {value}\n  read     {}", letter[field]));
            }
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

/// Of the reasons some are expected, of everything else all.
fn agrees(field: &str, expected: &serde_json::Value, read: &serde_json::Value) -> bool {
    match (field, expected.as_array(), read.as_array()) {
        ("because", Some(expected), Some(read)) => expected.iter().all(|reason| read.contains(reason)),
        _ => expected == read,
    }
}

#[test]
fn a_letter_and_the_knowledge_travel_as_json() {
    let knowledge = ours();
    let travelled: Knowledge = serde_json::from_str(&serde_json::to_string(&knowledge).unwrap()).unwrap();
    for (name, bytes, _) in fixtures() {
        let letter = read(&bytes, &travelled, &Limits::default());
        assert_eq!(letter, read(&bytes, &knowledge, &Limits::default()), "{name}");
        let back: Letter = serde_json::from_str(&serde_json::to_string(&letter).unwrap()).unwrap();
        assert_eq!(back, letter, "{name}");
    }
}

#[test]
fn two_copies_of_a_mail_have_one_body_digest() {
    let knowledge = knowledge();
    let copy = |head: &str, body: &str| read(format!("From: a@b.org\n{head}\n\n{body}").as_bytes(), &knowledge, &Limits::default()).body_digest;
    assert_eq!(copy("Message-ID: <1@b.org>", "Bonjour\nmerci"), copy("Received: x\nMessage-ID: <2@b.org>", "Bonjour\nmerci\n"));
    assert_ne!(copy("X: y", "Bonjour"), copy("X: y", "Bonsoir"));
}

#[test]
fn a_subject_over_nothing_is_read_as_the_text() {
    let mail = |fields: &str, text: &str| read(format!("From: a@b.org\n{fields}\n\n{text}").as_bytes(), shared(), &Limits::default());
    let alone = mail("Subject: Commande 55-0917 jamais livree, je veux etre rembourse", "");
    assert_eq!((alone.language, alone.facts.get(Fact::OrderNo)), (LanguageForm::French, Some("55-0917")));
    assert_eq!((alone.commands.len(), alone.intents.len(), alone.reply_text.as_str()), (0, 0, ""));
    let answers =
        ["Subject: Re: Commande 55-0917 jamais livree", "Subject: Commande 55-0917\nIn-Reply-To: <1@b.org>", "Subject: Fwd: Commande 55-0917 jamais livree"];
    for answer in answers {
        let answer = mail(answer, "");
        assert_eq!((answer.language, answer.facts.get(Fact::OrderNo)), (LanguageForm::Other, None), "{}", answer.subject);
    }
    assert_eq!(mail("Subject: bonjour madame", "").language, LanguageForm::Other);
    assert_eq!(mail("Subject: Commande 55-0917 jamais livree", "hello, any news?").language, LanguageForm::English);
}

#[test]
fn mistakes_in_lexicons_are_told_with_their_lines() {
    let file = |name: &str, text: &str| (name.to_owned(), text.to_owned());
    let faults = Knowledge::parse(&[
        file("phrases/fr.toml", "[words]\nbut = [\"mais\"]\nbutt = [\"x\"]\n[remedies]\nREFUND_FUL = [\"a\"]\n"),
        file("phrases/codes.toml", "[confirm]\nfr=\"OUI\"\nar=\"نعم\"\nen=\"YES\"\n[refuse]\nfr=\"NON\"\nar=\"لا\"\nen=\"OUI\"\n"),
        file("categories.toml", "[REFUND]\nfr = [\"a b\"]\n[WARRANTY]\nfr = [\"A-B\", 3]\n[NOPE]\n"),
        file("phrases/xx.toml", ""),
    ])
    .unwrap_err();
    let told: Vec<String> = faults.iter().map(ToString::to_string).collect();
    for part in [
        "fr.toml:3: `words.butt`",
        "did you mean `but`",
        "fr.toml:5: `remedies.REFUND_FUL`",
        "codes.toml:5: `OUI` already stands for",
        "categories.toml:4: `A-B`",
        "categories.toml:4: Every item",
        "categories.toml:5: `NOPE`",
        "xx.toml: No lexicon",
    ] {
        assert!(told.iter().any(|fault| fault.contains(part)), "{part}\n{told:#?}");
    }
    assert!(!Knowledge::parse(&[file("categories.toml", "[x")]).unwrap_err().is_empty());
}

#[test]
fn what_breaks_a_limit_is_not_read_and_never_kills() {
    let knowledge = knowledge();
    let limits = Limits::default();
    let small = Limits { message_bytes: 100, ..Limits::default() };
    let long = read(format!("From: a@b.org\nSubject: x\n\n{}", "a".repeat(200)).as_bytes(), &knowledge, &small);
    assert_eq!((long.reading, long.from.as_deref(), long.text.as_str()), (Reading::TooLarge, Some("a@b.org"), ""));
    let chain = format!("From: a@b.org\n{}x", "Content-Type: message/rfc822\n\n".repeat(20_000));
    assert_eq!(read(chain.as_bytes(), &knowledge, &limits).reading, Reading::Unreadable);
    let parts = format!("Content-Type: multipart/mixed; boundary=b\n\n{}", "--b\n\nx\n".repeat(1_000));
    assert_eq!(read(parts.as_bytes(), &knowledge, &limits).reading, Reading::Unreadable);
    let fields = "X: y\n".repeat(5_000);
    assert_eq!(read(format!("{fields}\nx").as_bytes(), &knowledge, &limits).reading, Reading::Unreadable);
}

proptest::proptest! {
    #![proptest_config(proptest::prelude::ProptestConfig { cases: 200, failure_persistence: None, ..Default::default() })]

    #[test]
    fn reading_never_panics_on_any_bytes(bytes in proptest::collection::vec(proptest::prelude::any::<u8>(), 0..2_000)) {
        let _ = read(&bytes, shared(), &Limits::default());
    }

    #[test]
    fn reading_never_panics_on_any_text(text in "(?s).{0,400}") {
        let mail = format!("From: a@b.org\nDate: Mon, 23 Mar 2026 09:00:00 +0000\nContent-Type: text/plain; charset=utf-8\n\n{text}");
        let _ = read(mail.as_bytes(), shared(), &Limits::default());
    }

    #[test]
    fn reading_never_panics_on_damaged_mails(which in 0usize..1_000, edits in proptest::collection::vec((proptest::prelude::any::<u16>(), proptest::prelude::any::<u8>(), 0u8..3), 1..30)) {
        let all = fixtures();
        let mut bytes = all[which % all.len()].1.clone();
        for (at, byte, how) in edits {
            let at = usize::from(at) % bytes.len().max(1);
            match how {
                0 if at < bytes.len() => bytes[at] = byte,
                1 if at < bytes.len() => { bytes.remove(at); }
                _ => bytes.insert(at.min(bytes.len()), byte),
            }
        }
        let _ = read(&bytes, shared(), &Limits::default());
    }
}

/// One knowledge for many readings.
pub(super) fn shared() -> &'static Knowledge {
    static KNOWLEDGE: std::sync::OnceLock<Knowledge> = std::sync::OnceLock::new();
    KNOWLEDGE.get_or_init(ours)
}
