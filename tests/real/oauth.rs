//! A service that logs in by tokens: at a Dovecot that believes them, through a Postfix that asks it, with an endpoint that does what a test wants.

use crate::daemon::program;
use crate::ground::*;
use crate::harness::issuer::{Grant, Reply};
use crate::harness::person::Received;
use crate::harness::town::{BOUNCES, DESK, REGISTRAR};
use crate::harness::{Daemon, Issuer, PostfixOptions, Town, free_port};
use std::path::Path;
use std::time::Duration;

const LONG: Duration = Duration::from_secs(60);

const BOTH: [&str; 2] = ["mediation", "bounces"];

/// A town whose service reads these mailboxes and sends by tokens of `[oauth.test]`, with one refresh token for the desk and for sending, and one for bounces.
fn town(folder: &Path, issuer: &Issuer, by_token: &[&str], more: &str) -> Town {
    let town = Town::on(folder, &people(), &issuer.dovecot("xoauth2 oauthbearer"), &PostfixOptions::default());
    write_secret(&folder.join("mediation.token"), &issuer.authorize(DESK));
    write_secret(&folder.join("bounces.token"), &issuer.authorize(BOUNCES));
    edit(&town, |text| {
        let text = by_token.iter().fold(text, |text, name| {
            let password = format!("password_file = \"{}/{name}.password\"", folder.display());
            assert!(text.contains(&password));
            text.replace(&password, &format!("oauth = \"test\"\nrefresh_token_file = \"{}/{name}.token\"", folder.display()))
        });
        let sending = format!("[smtp]\nuser = \"{DESK}\"\noauth = \"test\"\nrefresh_token_file = \"{}/mediation.token\"\n", folder.display());
        format!("{}{}\n[work]\npoll_seconds = 1\n{more}", text.replace("[smtp]\n", &sending), issuer.section("test"))
    });
    town.initialise(program());
    town
}

/// Somebody complains, and the service answers.
async fn complains(town: &Town, who: &str, disputes_after: usize) {
    person(town, who).send_raw(DESK, &complaint(who, DESK, &[]));
    until_within(LONG, town, "the complaint is heard", || disputes(town) == disputes_after).await;
    until_within(LONG, town, "an answer arrives", || count(town, who, "") > 0).await;
}

/// No token ever stands in the log, nor in any file of the service but those in which the administrator put it.
fn nobody_finds_a_token(town: &Town, issuer: &Issuer) {
    let given = issuer.state().given.clone();
    assert!(given.len() > 2, "nothing was given");
    for entry in std::fs::read_dir(town.folder()).unwrap().flatten().filter(|entry| entry.path().is_file()) {
        if entry.path().extension().is_some_and(|extension| extension == "token") {
            continue;
        }
        let bytes = std::fs::read(entry.path()).unwrap();
        for token in &given {
            assert!(!bytes.windows(token.len()).any(|window| window == token.as_bytes()), "a token stands in {}", entry.path().display());
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_dispute_begins_by_tokens_alone_and_no_token_is_written_anywhere() {
    let folder = tempfile::tempdir().unwrap();
    let issuer = Issuer::start();
    issuer.state().usual = Reply::Late(Duration::from_secs(1), Grant::rotating(3_600));
    let town = town(folder.path(), &issuer, &BOTH, "");
    let doctor = says(&town, &["doctor"]);
    assert!(doctor.contains("mailbox mediation: connected") && doctor.contains("outgoing server: connected"), "{doctor}");
    let before = issuer.asked();
    assert_eq!(before, 2, "one question for each authorization, whoever logs in with it");
    let mut daemon = Daemon::start(program(), &town);
    complains(&town, LEILA, 1).await;
    assert_eq!(issuer.asked(), before + 2, "{}", log(&town));
    daemon.stop();
    assert!(log(&town).contains("an access token was fetched") && !log(&town).contains('@'), "{}", log(&town));
    nobody_finds_a_token(&town, &issuer);
    assert!(says(&town, &["check", "--store"]).lines().all(|line| !line.contains("token")));
}

#[tokio::test(flavor = "multi_thread")]
async fn tokens_that_end_between_letters_and_while_the_daemon_waits_are_no_event() {
    let folder = tempfile::tempdir().unwrap();
    let issuer = Issuer::start();
    // Good for two seconds, as is said; and good for one, whatever is said.
    let lies = Grant { lasts: 1, said: 3_600, rotates: false };
    issuer.state().usual = Reply::Grant(Grant::lasting(2));
    issuer.state().next.extend([Reply::Grant(lies), Reply::Grant(lies)]);
    let mut town = town(folder.path(), &issuer, &BOTH, "");
    let mut daemon = Daemon::start(program(), &town);
    complains(&town, LEILA, 1).await;
    tokio::time::sleep(Duration::from_secs(3)).await;
    // As a provider does whose tokens end: every connection is over.
    town.postfix.kill();
    town.postfix.restart();
    let connected = || lines(&town, &["connected", "mediation"]).len();
    let first = connected();
    town.dovecot.doveadm(&["kick", DESK]);
    until_within(LONG, &town, "the mailbox is opened again", || connected() > first).await;
    // The token with which it was opened ends before the next letter leaves.
    tokio::time::sleep(Duration::from_secs(3)).await;
    complains(&town, YOUSSEF, 2).await;
    assert!(daemon.runs());
    daemon.stop();
    assert!(issuer.asked() > 3, "{}", issuer.asked());
    let said = log(&town);
    assert!(!said.contains("refuses"), "{said}");
    assert!(issuer.state().asked.iter().all(|form| form.starts_with("grant_type=refresh_token&client_id=elitige&refresh_token=")));
    nobody_finds_a_token(&town, &issuer);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_refresh_token_that_was_replaced_survives_the_death_of_the_daemon() {
    let folder = tempfile::tempdir().unwrap();
    let issuer = Issuer::start();
    issuer.state().usual = Reply::Grant(Grant::rotating(3_600));
    let town = town(folder.path(), &issuer, &["mediation"], "");
    for number in 1..=2 {
        let mut daemon = Daemon::in_environment(program(), &town, &[("ELITIGE_DIE_AT", "token kept:1")]);
        until_within(LONG, &town, "it dies once the token is kept", || !daemon.runs()).await;
        assert!(issuer.asked() >= number);
    }
    let mut daemon = Daemon::start(program(), &town);
    complains(&town, LEILA, 1).await;
    daemon.stop();
    assert!(lines(&town, &["invalid_grant"]).is_empty(), "{}", log(&town));
    nobody_finds_a_token(&town, &issuer);
    // What the administrator puts in its place counts before what was kept.
    let fresh = issuer.authorize(DESK);
    issuer.state().good.retain(|token, whose| whose != DESK || *token == fresh);
    write_secret(&folder.path().join("mediation.token"), &fresh);
    let mut daemon = Daemon::start(program(), &town);
    complains(&town, YOUSSEF, 2).await;
    daemon.stop();
    assert!(lines(&town, &["invalid_grant"]).is_empty(), "{}", log(&town));
}

#[tokio::test(flavor = "multi_thread")]
async fn an_authorization_that_was_withdrawn_is_told_once_and_is_good_again_once_it_is_granted_anew() {
    let folder = tempfile::tempdir().unwrap();
    let (issuer, port) = (Issuer::start(), free_port());
    let town = town(folder.path(), &issuer, &BOTH, &format!("\n[health]\nlisten = \"127.0.0.1:{port}\"\nalarm_after_seconds = 2\n"));
    issuer.state().good.retain(|_, whose| whose != BOUNCES);
    let mut daemon = Daemon::start(program(), &town);
    complains(&town, LEILA, 1).await;
    until_within(LONG, &town, "the page says it", || {
        crate::health::get(port, "/healthz").contains("{\"about\":\"bounces\",\"finding\":\"authorization-refused\"}")
    })
    .await;
    assert!(crate::health::get(port, "/metrics").contains("elitige_findings{finding=\"authorization-refused\"} 1"));
    until_within(LONG, &town, "the operator is told", || told(&town, "bounces").len() == 1).await;
    let line = lines(&town, &["mailbox `bounces`", "[oauth.test]", "invalid_grant", "authorize the program again"]);
    assert!(!line.is_empty(), "{}", log(&town));
    tokio::time::sleep(Duration::from_secs(8)).await;
    let asked = issuer.asked();
    assert!(asked <= 4, "an endpoint that refused is left alone: {asked}");
    write_secret(&folder.path().join("bounces.token"), &issuer.authorize(BOUNCES));
    until_within(LONG, &town, "all is well", || crate::health::get(port, "/healthz").starts_with("HTTP/1.1 200 ")).await;
    until_within(LONG, &town, "the mailbox is opened", || !lines(&town, &["connected", "bounces"]).is_empty()).await;
    let trouble = || lines(&town, &["operator is told told=true"]).len();
    until_within(LONG, &town, "the operator is told that it is over", || trouble() == 2).await;
    complains(&town, YOUSSEF, 2).await;
    daemon.stop();
    assert_eq!((told(&town, "bounces").len(), trouble()), (1, 2), "{}", log(&town));
    nobody_finds_a_token(&town, &issuer);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_endpoint_in_trouble_is_asked_again_and_nobody_is_told_to_act() {
    let folder = tempfile::tempdir().unwrap();
    let issuer = Issuer::start();
    let busy = Reply::Raw("HTTP/1.1 503 Service Unavailable\r\nRetry-After: 2\r\nContent-Length: 0\r\nConnection: close\r\n\r\n".to_owned());
    issuer.state().next.extend([busy.clone(), busy, Reply::Raw("HTTP/1.1 500 Oh\r\nContent-Length: 0\r\n\r\n".to_owned()), Reply::Raw(String::new())]);
    let town = town(folder.path(), &issuer, &BOTH, "");
    let mut daemon = Daemon::start(program(), &town);
    complains(&town, LEILA, 1).await;
    daemon.stop();
    assert!(!lines(&town, &["[oauth.test]", "status 503", "it will be asked again"]).is_empty(), "{}", log(&town));
    assert!(!log(&town).contains("authorize the program again"));
}

/// What the operator was told of `name`.
fn told(town: &Town, name: &str) -> Vec<String> {
    let maildir = town.dovecot.maildir(REGISTRAR);
    let mails = ["new", "cur"].into_iter().filter_map(|part| std::fs::read_dir(maildir.join(part)).ok()).flatten().flatten();
    let texts = mails.map(|entry| Received { bytes: std::fs::read(entry.path()).unwrap(), path: entry.path() }.text());
    texts.filter(|text| text.contains(&format!("«\u{a0}{name}\u{a0}»")) && text.contains("autorisation")).collect()
}
