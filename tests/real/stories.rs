//! Every story, over real servers.

use crate::harness::Town;
use crate::stage::{Stage, load, people};
use elitige::domain::{Channel, HeldReason};
use elitige::story::{Action, Script};
use std::fs;
use std::path::Path;

fn scripts() -> Vec<(String, Script)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/stories");
    let mut scripts: Vec<(String, Script)> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|end| end == "story"))
        .map(|path| (path.file_name().unwrap().to_string_lossy().into_owned(), Script::parse(&fs::read_to_string(&path).unwrap()).unwrap()))
        .collect();
    // The customer service has servers of its own in `daemon.rs`.
    scripts.retain(|(_, script)| !script.steps.iter().any(|step| matches!(step.action, Action::Writes { mailbox: Some(_), .. })));
    // Dovecot 2.3 takes no mail with SMTPUTF8 over LMTP.
    scripts.retain(|(_, script)| script.people.values().all(|(_, address)| address.as_str().is_ascii()));
    scripts.sort_by(|(a, _), (b, _)| a.cmp(b));
    scripts
}

/// Tells every other story, beginning with number `first`; two tests share them so that both cores work.
async fn tell_half(first: usize) {
    let only = std::env::var("STORY").unwrap_or_default();
    let mine: Vec<(String, Script)> = scripts().into_iter().skip(first).step_by(2).filter(|(name, _)| name.contains(&only)).collect();
    let folder = tempfile::tempdir().unwrap();
    let town = Town::start(folder.path(), &people(&mine));
    let config = load(&town);
    let mut wrong = Vec::new();
    for (name, script) in &mine {
        let scratch = tempfile::tempdir().unwrap();
        let mut stage = Stage::set(&town, &config, script, scratch.path()).await;
        let mut so_far = Ok(());
        for (number, step) in script.steps.iter().enumerate() {
            so_far = stage.play(step).await.map_err(|fault| format!("{name} step {}: {fault}", number + 1));
            if so_far.is_err() {
                break;
            }
        }
        let ended = stage.end().await.map_err(|fault| format!("{name} at its end: {fault}"));
        let fault = so_far.and(ended).err();
        // Told at once: whoever waits for the other fifty need not.
        if let Some(fault) = &fault {
            println!("{fault}");
        }
        wrong.extend(fault);
    }
    println!("{} stories told on real servers", mine.len());
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[tokio::test(flavor = "multi_thread")]
async fn one_half_of_the_stories_is_told_on_real_servers() {
    tell_half(0).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_other_half_of_the_stories_is_told_on_real_servers() {
    tell_half(1).await;
}

/// Mails that are found together are decided together, and the guard looks at their letters beside that. Where one of them would tell what was said in
/// confidence, that mail alone is held, and the others are heard as if each had come by itself.
#[tokio::test(flavor = "multi_thread")]
async fn a_mail_whose_letter_would_tell_is_held_alone_among_those_it_came_with() {
    let (_, script) = scripts().into_iter().find(|(name, _)| name == "mediator.story").unwrap();
    let leaks = script.steps.iter().position(|step| step.recorded == ["held:would-leak", "operator: held-digest (fr)"]).unwrap();
    let folder = tempfile::tempdir().unwrap();
    let town = Town::start(folder.path(), &people(&[("mediator.story".to_owned(), script.clone())]));
    let mut stage = Stage::set(&town, &load(&town), &script, folder.path()).await;
    for step in &script.steps[..leaks] {
        stage.play(step).await.unwrap();
    }
    let says = |who: &str, body: &str| Action::Answers {
        who: who.to_owned(),
        on: Some(Channel::Joint),
        body: body.to_owned(),
        headers: Vec::new(),
        signed: true,
        of: who.to_owned(),
    };
    let before = says("atlas", "Nous rembourserons dans la semaine.");
    let after = says("leila", "Cela me convient tout à fait.");
    assert_eq!(stage.find_together(&[&before, &script.steps[leaks].action, &after], folder.path()).await, Ok(vec![HeldReason::WouldLeak]));
    let recorded = ["consumer: message (fr)", "merchant: message (fr)", "mediator: message (fr)", "mediator: message (fr)", "operator: held-digest (fr)"];
    stage.letters_arrive(&recorded.map(str::to_owned)).await.unwrap();
    stage.end().await.unwrap();
}
