//! The contract of `elitige explain` (DESIGN §11), on the real executable.

use serde_json::Value;
use std::path::Path;
use std::process::{Command, Output};

const FIELDS: [&str; 32] = [
    "file",
    "bytes",
    "ms",
    "outcome",
    "faults",
    "message_id",
    "from",
    "from_name",
    "to",
    "cc",
    "subject",
    "date",
    "in_reply_to",
    "references",
    "text",
    "reply_text",
    "signature",
    "quoted",
    "kind",
    "may_answer",
    "bounce",
    "sender_gate",
    "language",
    "category",
    "candidates",
    "intents",
    "binding",
    "facts",
    "proposals",
    "answers",
    "attachments",
    "because",
];

const MAIL: &str = "From: Leila <leila@example.org>\r\nTo: desk@elitige.example\r\nSubject: Colis\r\nDate: Mon, 23 Nov 2026 09:00:00 +0000\r\n\
    Message-ID: <1@example.org>\r\nContent-Type: text/plain; charset=utf-8\r\n\r\nBonjour, je n'ai jamais recu ma commande.\r\n";

fn explain(folder: &Path, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_elitige")).arg("explain").args(arguments).current_dir(folder).output().unwrap()
}

fn lines(output: &Output) -> Vec<Value> {
    String::from_utf8(output.stdout.clone()).unwrap().lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

#[test]
fn each_file_has_its_line_in_order_with_every_field_whatever_it_is() {
    let folder = tempfile::tempdir().unwrap();
    let mut names: Vec<String> = (0..150).map(|number| format!("{number}.eml")).collect();
    for name in &names {
        std::fs::write(folder.path().join(name), MAIL.replace("Subject: Colis", &format!("Subject: {name}"))).unwrap();
    }
    std::fs::write(folder.path().join("empty.eml"), "").unwrap();
    std::fs::write(folder.path().join("noise.eml"), [0, 255, 13, 10, 0, 128]).unwrap();
    names.insert(3, "missing.eml".to_owned());
    names.insert(7, "noise.eml".to_owned());
    names.push("empty.eml".to_owned());
    let arguments: Vec<&str> = ["--json"].into_iter().chain(names.iter().map(String::as_str)).collect();
    let output = explain(folder.path(), &arguments);
    let lines = lines(&output);
    assert_eq!(output.status.code(), Some(1), "one of them is missing");
    assert!(explain(folder.path(), &["--json", "0.eml", "empty.eml", "noise.eml"]).status.success(), "a bad mail is no failure");
    assert_eq!(lines.iter().map(|line| line["file"].as_str().unwrap()).collect::<Vec<_>>(), names);
    for line in &lines {
        let missing: Vec<&&str> = FIELDS.iter().filter(|field| line.get(**field).is_none()).collect();
        assert!(missing.is_empty(), "{missing:?} in {line}");
        assert!(line.get("authentication").is_none());
    }
    let read = &lines[0];
    assert_eq!(
        (&read["outcome"], &read["subject"], &read["from"], &read["sender_gate"]),
        (&"read".into(), &"0.eml".into(), &"leila@example.org".into(), &"ok".into())
    );
    assert_eq!((&read["language"], &read["category"], &read["date"]), (&"fr".into(), &"NON_DELIVERY".into(), &"2026-11-23T09:00:00Z".into()));
    assert_eq!((&lines[3]["outcome"], &lines[3]["faults"]), (&"unreadable".into(), &serde_json::json!(["no-file"])));
    let complaint = String::from_utf8(output.stderr).unwrap();
    assert!(complaint.starts_with("elitige: missing.eml cannot be read: ") && complaint.lines().count() == 1, "{complaint}");
}

#[test]
fn a_file_that_cannot_be_read_is_a_sentence_and_the_others_are_told_all_the_same() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("a.eml"), MAIL).unwrap();
    std::fs::create_dir(folder.path().join("mails")).unwrap();
    let output = explain(folder.path(), &["missing.eml", "mails", "a.eml"]);
    let (words, complaint) = (String::from_utf8(output.stdout).unwrap(), String::from_utf8(output.stderr).unwrap());
    assert_eq!(output.status.code(), Some(1));
    assert!(words.starts_with("a.eml: read, ") && !words.contains("missing.eml") && !words.contains("mails:"), "{words}");
    let expected = ["elitige: missing.eml cannot be read: No such file", "elitige: mails cannot be read: Is a directory"];
    assert!(complaint.lines().count() == 2 && complaint.lines().zip(expected).all(|(line, start)| line.starts_with(start)), "{complaint}");
}

#[test]
fn with_a_zone_the_mail_is_authenticated() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("a.eml"), MAIL).unwrap();
    std::fs::write(folder.path().join("zone.json"), r#"{"_dmarc.example.org": ["v=DMARC1; p=reject"]}"#).unwrap();
    let output = explain(folder.path(), &["--json", "--dns", "zone.json", "--at", "2026-11-23T10:00:00Z", "a.eml"]);
    assert_eq!(lines(&output)[0]["authentication"], serde_json::json!({ "dkim": "none", "dmarc": "fail", "arc": "none" }));
}

#[test]
fn for_a_person_it_is_told_in_words() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("a.eml"), MAIL).unwrap();
    let words = String::from_utf8(explain(folder.path(), &["a.eml"]).stdout).unwrap();
    std::fs::write(folder.path().join("b.eml"), format!("{MAIL}\r\nEnvoye de mon iPhone\r\n\r\nLe 02/03/2026 09:00, Desk a ecrit :\r\n> vieux\r\n")).unwrap();
    let cut = String::from_utf8(explain(folder.path(), &["b.eml"]).stdout).unwrap();
    for expected in ["cut: signature  1 line,", "Envoye de mon iPhone", "cut: quoted     2 lines", "Desk a ecrit"] {
        assert!(cut.contains(expected), "{expected} in {cut}");
    }
    for expected in ["a.eml: read", "Leila <leila@example.org>", "NON_DELIVERY", "jamais recu"] {
        assert!(words.contains(expected), "{expected} in {words}");
    }
}

#[test]
fn wrong_usage_and_faulty_lexicons_have_their_exit_codes() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("a.eml"), MAIL).unwrap();
    std::fs::write(folder.path().join("zone.json"), "[]").unwrap();
    for (arguments, code, sentence) in [
        (vec!["--at", "yesterday", "a.eml"], 2, "--at yesterday is no moment"),
        (vec!["--dns", "zone.json", "a.eml"], 2, "zone.json: write DNS records as JSON"),
        (vec!["--dns", "nowhere.json", "a.eml"], 2, "nowhere.json cannot be read"),
        (vec!["--config", "nowhere", "a.eml"], 1, "nowhere/categories.toml cannot be read"),
    ] {
        let output = explain(folder.path(), &arguments);
        assert_eq!(output.status.code(), Some(code), "{arguments:?}");
        assert!(String::from_utf8_lossy(&output.stderr).contains(sentence), "{}", String::from_utf8_lossy(&output.stderr));
        assert!(output.stdout.is_empty());
    }
}
