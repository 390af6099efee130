//! `elitige held`, as a registrar types it.

use crate::configuration::{load, written};
use crate::ground::{Ground, LEILA};
use elitige::config::Config;
use elitige::domain::{Dice, HeldReason};
use elitige::store::{Keys, Store};
use std::fs;
use std::path::Path;
use std::process::{Command, Output};

fn run(config: &Path, arguments: &[&str]) -> (bool, String, String) {
    let Output { status, stdout, stderr } =
        Command::new(env!("CARGO_BIN_EXE_elitige")).args(arguments).arg("--config").arg(config).env("RUST_BACKTRACE", "0").output().unwrap();
    (status.success(), String::from_utf8_lossy(&stdout).into_owned(), String::from_utf8_lossy(&stderr).into_owned())
}

#[tokio::test]
async fn a_registrar_looks_and_decides_on_the_command_line() {
    let folder = tempfile::tempdir().unwrap();
    let database = format!("sqlite:{}", folder.path().join("pen.db").display());
    let root = written(folder.path(), &["imap"]);
    let file = root.join("service.toml");
    let text = fs::read_to_string(&file).unwrap();
    fs::write(&file, text.replace("sqlite:elitige.db", &database)).unwrap();
    assert!(run(&root, &["init"]).0);
    let config: &'static Config = Box::leak(Box::new(load(&root)));
    let keys = Keys::load(&config.service.key_file).unwrap();
    let store = Store::open(&database, &keys, Dice::from_seed([8; 32])).await.unwrap();
    let mut ground = Ground::on(folder, config, store, &keys).await;
    let dispute = ground.opened(LEILA).await;
    let reference = ground.desk.store.dispute(dispute).await.unwrap().unwrap().reference.to_string();
    let mut numbers = Vec::new();
    for body in ["Je demande le remboursement de ma commande.", "Une autre chose encore, bonne journée.", "Rien d'utile ici, vraiment rien."] {
        numbers.push(ground.held(HeldReason::NotAuthenticated, LEILA, body, Some(dispute)).await.number.to_string());
    }
    let [first, second, third] = [&numbers[0], &numbers[1], &numbers[2]].map(String::as_str);

    let (fine, listed, _) = run(&root, &["held", "list"]);
    assert!(fine && listed.lines().count() == 3 && listed.contains("nothing proves who wrote it") && !listed.contains("leila"), "{listed}");
    let (fine, shown, wrong) = run(&root, &["held", "show", first]);
    assert!(fine, "{wrong}");
    for part in
        ["leila@courrier.example", "its From is known there", "would be noted; state", "summary to the consumer", "--new", "| Je demande le remboursement"]
    {
        assert!(shown.contains(part), "{part} is not in: {shown}");
    }
    let (fine, raw, _) = run(&root, &["held", "show", first, "--raw"]);
    assert!(fine && raw.starts_with("From: leila@courrier.example\r\n"));

    let (fine, said, wrong) = run(&root, &["held", "release", first]);
    assert!(fine, "{wrong}");
    assert!(said.contains("was heard as words of the consumer, with no legal weight: noted") && said.lines().count() == 1, "{said}");
    let (fine, said, _) = run(&root, &["held", "attach", second, &reference]);
    assert!(fine && said == format!("Mail {second} is kept with {reference}; nothing else changed.\n"), "{said}");
    let (fine, said, _) = run(&root, &["held", "discard", third]);
    assert!(fine && said.starts_with(&format!("Mail {third} was put aside")), "{said}");

    for (arguments, sentence) in [
        (vec!["held", "release", first], "is held no longer: its outcome is noted"),
        (vec!["held", "discard", third], "it is held no longer: its outcome is discarded"),
        (vec!["held", "attach", second, "EL-1111-1111"], "reference"),
        (vec!["held", "show", "999"], "there is no mail with the number 999"),
        (vec!["held", "release", first, "--new", "--as", "consumer"], "cannot be used with"),
    ] {
        let (fine, _, wrong) = run(&root, &arguments);
        assert!(!fine && wrong.contains(sentence), "{arguments:?}: {wrong}");
    }
    let (_, journal, _) = run(&root, &["case", "show", &reference]);
    assert!(journal.contains("the registrar, who released it on the command line") && journal.contains("operator attached"), "{journal}");
    assert!(run(&root, &["check", "--store"]).0 && run(&root, &["verify"]).0);
    assert_eq!(run(&root, &["held", "list"]).1, "none\n");
}
