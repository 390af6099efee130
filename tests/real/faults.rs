//! What an administrator meets: a mistake in the configuration, a mailbox out of order, a second daemon, a look around.

use crate::daemon::program;
use crate::ground::*;
use crate::harness::town::DESK;
use crate::harness::{Account, Daemon, Dovecot, Scripted, Town};
use std::fs;
use std::time::{Duration, Instant};

#[tokio::test(flavor = "multi_thread")]
async fn a_broken_configuration_is_told_in_full_before_anything_is_contacted() {
    let folder = tempfile::tempdir().unwrap();
    let town = Town::start(folder.path(), &people());
    town.initialise(program());
    let server = Scripted::start(|peer, _| peer.drain());
    edit(&town, |text| {
        text.replace(&format!("port = {}", town.dovecot.imaps), &format!("port = {}", server.port))
            .replace(&format!("port = {}", town.postfix.smtps), &format!("port = {}", server.port))
            .replacen("role = \"bounces\"", "role = \"bounce\"", 1)
            .replacen("hello = ", "helo = ", 1)
    });
    fs::write(town.config().join("calendar.toml"), "zone = \"Africa/Nowhere\"\n").unwrap();
    let done = town.command(program(), &["run"]);
    let said = String::from_utf8(done.stderr).unwrap();
    assert_eq!(done.status.code(), Some(1), "{said}");
    for (file, word) in [("service.toml", "\"bounces\""), ("service.toml", "\"hello\""), ("calendar.toml", "Africa/Nowhere")] {
        let told: Vec<&str> = said.lines().filter(|line| line.contains(file) && line.contains(word)).collect();
        assert_eq!(told.len(), 1, "one sentence about {word} in {file}:\n{said}");
        assert!(told[0].trim_end().ends_with(['.', '?']), "{}", told[0]);
    }
    let faults = said.lines().filter(|line| line.contains(".toml:")).count();
    assert!(said.contains(&format!("{faults} faults")), "every fault has its line:\n{said}");
    assert_eq!(server.connections(), 0, "nothing is contacted");
}

#[tokio::test(flavor = "multi_thread")]
async fn mailboxes_out_of_order_are_told_and_tried_again_while_the_others_go_on() {
    const DOWN: &str = "plaintes@elitige.example";
    const STRANGE: &str = "reclamations@elitige.example";
    const LOCKED: &str = "bureau@elitige.example";
    let folder = tempfile::tempdir().unwrap();
    let mut everybody = people();
    everybody.extend([("Desk".to_owned(), LOCKED.to_owned())]);
    let town = Town::start(folder.path(), &everybody);
    let (mut down, strange) = (Dovecot::start(&[Account::new(DOWN)]), Dovecot::start(&[Account::new(STRANGE)]));
    let authority = folder.path().join("authority.pem");
    add_mailbox(&town, "down", DOWN, down.imaps, &down.certificate.authority, &Account::new(DOWN).password);
    add_mailbox(&town, "strange", STRANGE, strange.imaps, &authority, &Account::new(STRANGE).password);
    add_mailbox(&town, "locked", LOCKED, town.dovecot.imaps, &authority, "not the password");
    let sign = |mail: &[u8], from: &str| town.signers.sign(from.split('@').nth(1).unwrap(), mail);
    down.deliver(DOWN, &sign(&complaint(LEILA, DOWN, &[]), LEILA));
    strange.deliver(STRANGE, &sign(&complaint(YOUSSEF, STRANGE, &[]), YOUSSEF));
    deliver(&town, ATLAS, LOCKED, &complaint(ATLAS, LOCKED, &[]));
    down.kill();
    town.initialise(program());
    let mut daemon = Daemon::start(program(), &town);
    person(&town, EVE).send_raw(DESK, &complaint(EVE, DESK, &[]));
    person(&town, EVE).next_mail(PATIENCE).await;
    let (doubling, long) = (&["seconds=1", "seconds=2", "seconds=4"][..], &["seconds=300"][..]);
    for (name, fault, remedy, pauses) in [
        ("down", "cannot be reached", "check host and port in service.toml", doubling),
        ("strange", "certificate", "`ca_file`", doubling),
        ("locked", "refuses the login", "the password file in service.toml", long),
    ] {
        let name = format!("mailbox=\"{name}\"");
        for pause in pauses {
            let words = [&name, fault, remedy, pause];
            until(&town, &format!("{words:?}"), || lines(&town, &words).len() == 1).await;
        }
    }
    assert_eq!(disputes(&town), 1, "only the mailbox in order was read");
    assert!(lines(&town, &["mailbox=\"mediation\"", "tried again"]).is_empty(), "{}", log(&town));
    down.restart();
    person(&town, LEILA).next_mail(PATIENCE).await;
    assert_eq!(disputes(&town), 2, "the mailbox whose server came back is read by itself");
    write_secret(&folder.path().join("locked.password"), &town.dovecot.account(LOCKED).password);
    fs::copy(&strange.certificate.authority, folder.path().join("strange.pem")).unwrap();
    edit(&town, |text| {
        let (before, after) = text.split_once("name = \"strange\"").unwrap();
        format!("{before}name = \"strange\"{}", after.replacen("authority.pem", "strange.pem", 1))
    });
    daemon.stop();
    let _daemon = Daemon::start(program(), &town);
    person(&town, YOUSSEF).next_mail(PATIENCE).await;
    person(&town, ATLAS).next_mail(PATIENCE).await;
    assert_eq!(disputes(&town), 4);
    assert_eq!(says(&town, &["held", "list"]), "");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_second_daemon_on_the_same_database_is_refused_and_the_commands_work_beside_the_first() {
    let folder = tempfile::tempdir().unwrap();
    let town = Town::start(folder.path(), &people());
    town.initialise(program());
    let mut first = Daemon::start(program(), &town);
    until(&town, "the first runs", || !lines(&town, &["elitige runs"]).is_empty()).await;
    let second = town.command(program(), &["run"]);
    let said = String::from_utf8(second.stderr).unwrap();
    let told: Vec<&str> = said.lines().filter(|line| line.contains("another `elitige run`")).collect();
    assert_eq!((second.status.code(), told.len()), (Some(1), 1), "{said}");
    assert!(told[0].contains("stop that one first"), "{said}");
    for command in [&["case", "list"][..], &["held", "list"], &["outbox", "list"], &["verify"], &["check", "--store"], &["doctor"]] {
        says(&town, command);
    }
    person(&town, LEILA).send_raw(DESK, &complaint(LEILA, DESK, &[]));
    person(&town, LEILA).next_mail(PATIENCE).await;
    first.stop();
    let mut next = Daemon::start(program(), &town);
    person(&town, YOUSSEF).send_raw(DESK, &complaint(YOUSSEF, DESK, &[]));
    person(&town, YOUSSEF).next_mail(PATIENCE).await;
    for _ in 0..5 {
        next.kill_and_restart();
        tokio::time::sleep(Duration::from_millis(300)).await;
        assert!(next.runs(), "a daemon that was killed holds nothing:\n{}", log(&town));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_doctor_finds_a_healthy_town_well_and_names_what_is_not() {
    let folder = tempfile::tempdir().unwrap();
    let mut town = Town::start(folder.path(), &people());
    town.initialise(program());
    let well = town.command(program(), &["doctor"]);
    let said = String::from_utf8(well.stdout).unwrap();
    assert_eq!(well.status.code(), Some(0), "{said}");
    let subjects: Vec<&str> = said.lines().filter_map(|line| line.split(':').next()).collect();
    assert_eq!(subjects, ["mailbox mediation", "mailbox bounces", "outgoing server", "resolver", "database", "disk", "clock"], "{said}");
    write_secret(&folder.path().join("bounces.password"), "not the password");
    town.postfix.kill();
    let ill = town.command(program(), &["doctor"]);
    let said = String::from_utf8(ill.stdout).unwrap();
    assert_eq!(ill.status.code(), Some(1), "{said}");
    let line = |subject: &str| said.lines().filter(|line| line.contains(subject)).collect::<Vec<_>>();
    let (bounces, outgoing) = (line("bounces"), line("outgoing"));
    assert!(matches!(bounces.as_slice(), [one] if one.contains("refuses the login") && one.contains("password file")), "{said}");
    assert!(matches!(outgoing.as_slice(), [one] if one.contains("cannot be reached") && one.contains("check host and port")), "{said}");
    assert!(said.contains("mailbox mediation: connected") && said.contains("database: opened"), "the rest is told all the same:\n{said}");
}

#[tokio::test(flavor = "multi_thread")]
async fn servers_that_fell_silent_do_not_keep_the_daemon_from_stopping() {
    let folder = tempfile::tempdir().unwrap();
    let town = Town::start(folder.path(), &people());
    let silent = Scripted::start(|peer, _| peer.drain());
    edit(&town, |text| text.replace(&format!("port = {}", town.postfix.smtps), &format!("port = {}", silent.port)));
    town.initialise(program());
    let mut daemon = Daemon::start(program(), &town);
    person(&town, LEILA).send_raw(DESK, &complaint(LEILA, DESK, &[]));
    until(&town, "a letter is claimed", || says(&town, &["outbox", "list"]).contains("leased")).await;
    until(&town, "the outgoing server is spoken to", || silent.connections() > 0).await;
    town.dovecot.server().signal(rustix::process::Signal::STOP);
    let began = Instant::now();
    daemon.stop();
    println!("stopped after {:?}", began.elapsed());
    town.dovecot.server().signal(rustix::process::Signal::CONT);
    edit(&town, |text| text.replace(&format!("port = {}", silent.port), &format!("port = {}", town.postfix.smtps)));
    let _daemon = Daemon::start(program(), &town);
    person(&town, LEILA).next_mail(PATIENCE).await;
}
