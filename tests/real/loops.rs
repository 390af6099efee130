//! Programs face the service over real servers: nobody is answered for ever (THREATS T38, P9).

use crate::daemon::program;
use crate::ground::*;
use crate::harness::town::{BOUNCES, DESK, Daemon, REGISTRAR, copy};
use crate::harness::{Person, Scripted, Signers, Town, dovecot};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

/// The addresses of a second service.
const OTHER_DESK: &str = "mediation@autre.example";
const OTHER_BOUNCES: &str = "retours@autre.example";
const OTHER_REGISTRAR: &str = "registrar@autre.example";
/// How long nothing may happen before it is said that nothing happens any more.
const QUIET: Duration = Duration::from_secs(6);

fn every_address() -> Vec<(String, String)> {
    let others = [OTHER_DESK, OTHER_BOUNCES, OTHER_REGISTRAR].map(|address| ("Autre".to_owned(), address.to_owned()));
    people().into_iter().chain(others).collect()
}

/// A second service with a key, a store and addresses of its own, in the same town.
struct Neighbour {
    config: PathBuf,
    log: PathBuf,
}

impl Neighbour {
    fn beside(town: &Town, folder: &Path) -> Self {
        let config = folder.join("config");
        copy(&town.config(), &config);
        for (name, address) in [("mediation", OTHER_DESK), ("bounces", OTHER_BOUNCES)] {
            write_secret(&folder.join(format!("{name}.password")), &town.dovecot.account(address).password);
        }
        for name in ["authority.pem", "zone.json"] {
            fs::copy(town.folder().join(name), folder.join(name)).unwrap();
        }
        let path = config.join("service.toml");
        let text = fs::read_to_string(&path).unwrap();
        let text = text.replace(&town.folder().display().to_string(), &folder.display().to_string());
        let text = [(DESK, OTHER_DESK), (BOUNCES, OTHER_BOUNCES), (REGISTRAR, OTHER_REGISTRAR)].iter().fold(text, |text, (old, new)| text.replace(old, new));
        fs::write(&path, text.replace("\"elitige.example\"", "\"autre.example\"")).unwrap();
        let neighbour = Self { config, log: folder.join("elitige.log") };
        neighbour.says(&["init"]);
        neighbour
    }

    fn says(&self, arguments: &[&str]) -> String {
        let done = Command::new(program()).args(arguments).arg("--config").arg(&self.config).output().unwrap();
        assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
        of_none(String::from_utf8(done.stdout).unwrap())
    }
}

/// A gateway that takes the fields away by which programs know each other's mail, signs what is left for its sender's domain, and delivers it.
fn gateway(town: &Town, taken: &'static [&'static str]) -> Scripted {
    let (signers, lmtp): (Signers, u16) = (town.signers.clone(), town.dovecot.lmtp);
    Scripted::start(move |peer, _| {
        peer.say("220 gateway ESMTP\r\n");
        let mut recipient = String::new();
        while let Some(line) = peer.line() {
            if let Some(to) = line.strip_prefix("RCPT TO:<") {
                recipient = to.split('>').next().unwrap_or_default().to_owned();
            }
            let reply = match line.split([' ', ':']).next().unwrap_or_default() {
                "EHLO" => "250-gateway\r\n250 8BITMIME\r\n",
                "DATA" => "354 go on\r\n",
                "QUIT" => "221 bye\r\n",
                _ => "250 fine\r\n",
            };
            peer.say(reply);
            if line == "DATA" {
                let Some(wire) = peer.until_dot() else { return };
                let text = String::from_utf8(wire).unwrap();
                let mail = text.strip_suffix(".\r\n").unwrap().replace("\r\n..", "\r\n.");
                dovecot::deliver_over(lmtp, &recipient, &passed_on(&mail, taken, &signers));
                peer.say("250 taken\r\n");
            }
        }
    })
}

fn passed_on(mail: &str, taken: &[&str], signers: &Signers) -> Vec<u8> {
    let (head, body) = mail.split_once("\r\n\r\n").unwrap();
    let mut kept: Vec<&str> = Vec::new();
    let mut skipping = false;
    for line in head.split("\r\n") {
        let continues = line.starts_with([' ', '\t']);
        skipping = if continues { skipping } else { taken.iter().any(|name| line.starts_with(&format!("{name}:"))) };
        if !skipping {
            kept.push(line);
        }
    }
    let from = kept.iter().find(|line| line.starts_with("From:")).unwrap();
    let domain = from.rsplit('@').next().unwrap().trim_end_matches('>').to_owned();
    signers.sign(&domain, format!("{}\r\n\r\n{body}", kept.join("\r\n")).as_bytes())
}

/// Sends what both services write through the gateway instead of Postfix.
fn through(config: &Path, port: u16) {
    let path = config.join("service.toml");
    let text = fs::read_to_string(&path).unwrap();
    let (before, smtp) = text.split_once("[smtp]").unwrap();
    let lines = smtp.lines().filter(|line| !line.starts_with("ca_file")).map(|line| match line {
        line if line.starts_with("port =") => format!("port = {port}\n"),
        line if line.starts_with("tls =") => "tls = \"none\"\n".to_owned(),
        line => format!("{line}\n"),
    });
    // Only the first section is that of the outgoing server.
    fs::write(&path, format!("{before}[smtp]{}", lines.collect::<String>())).unwrap();
}

/// How many mails lie anywhere in an account.
fn all(town: &Town, address: &str) -> usize {
    ["", ".Archive", ".Held"].iter().map(|folder| count(town, address, folder)).sum()
}

/// Waits until the number of mails in these accounts has not changed for [`QUIET`] and no inbox of the service holds any.
async fn quiet(town: &Town, accounts: &[&str]) {
    let mails = || accounts.iter().map(|address| all(town, address)).collect::<Vec<_>>();
    let (mut last, mut since) = (mails(), std::time::Instant::now());
    let end = since + Duration::from_secs(90);
    while since.elapsed() < QUIET {
        assert!(std::time::Instant::now() < end, "it does not fall silent: {last:?}");
        tokio::time::sleep(Duration::from_millis(200)).await;
        let now = mails();
        if now != last {
            (last, since) = (now, std::time::Instant::now());
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn t38_two_services_that_face_each_other_fall_silent() {
    let taken_away: [&'static [&'static str]; 2] = [&["Auto-Submitted"], &["Auto-Submitted", "X-Auto-Response-Suppress", "X-Elitige-Loop"]];
    for taken in taken_away {
        let (folder, beside) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        let town = Town::start(folder.path(), &every_address());
        let neighbour = Neighbour::beside(&town, beside.path());
        let gateway = gateway(&town, taken);
        through(&town.config(), gateway.port);
        through(&neighbour.config, gateway.port);
        town.initialise(program());
        let _daemons = (Daemon::start(program(), &town), Daemon::with(program(), &neighbour.config, &neighbour.log));
        deliver(&town, OTHER_DESK, DESK, &complaint(OTHER_DESK, DESK, &[]));
        deliver(&town, DESK, OTHER_DESK, &complaint(DESK, OTHER_DESK, &[]));
        until(&town, "each settles the forged mail", || disputes(&town) == 1 && neighbour.says(&["case", "list"]).lines().count() == 1).await;
        let settled = |log: &Path| fs::read_to_string(log).unwrap_or_default().lines().filter(|line| line.contains("a mail was settled")).count();
        until(&town, "each settles the acknowledgement of the other", || settled(&town.log_file()) == 2 && settled(&neighbour.log) == 2).await;
        quiet(&town, &[DESK, OTHER_DESK, BOUNCES, OTHER_BOUNCES, REGISTRAR, OTHER_REGISTRAR]).await;
        assert_eq!((all(&town, DESK), all(&town, OTHER_DESK)), (2, 2), "the forged mail and one acknowledgement; {}", log(&town));
        assert_eq!((says(&town, &["outbox", "list"]), neighbour.says(&["outbox", "list"])), (String::new(), String::new()));
        assert_eq!((disputes(&town), neighbour.says(&["case", "list"]).lines().count()), (1, 1), "an acknowledgement is no complaint");
        let automatic = |log: &Path| fs::read_to_string(log).unwrap().lines().filter(|line| line.contains("outcome=\"automatic\"")).count();
        assert_eq!((automatic(&town.log_file()), automatic(&neighbour.log)), (1, 1));
    }
}

/// Answers every letter to `person` with the next of `texts`, over and over, as a program does, until every answer was settled and no letter is
/// left to come; says how many came.
async fn robot(town: &Town, person: &mut Person, texts: &[&str], quoting: bool) -> usize {
    let before = lines(town, &["a mail was settled"]).len();
    person.write(DESK, SUBJECT, COMPLAINT);
    let mut letters = 0usize;
    loop {
        until(town, "everything is settled", || lines(town, &["a mail was settled"]).len() == before + 1 + letters).await;
        until(town, "everything has left", || says(town, &["outbox", "list"]).is_empty()).await;
        town.postfix.wait_until_empty(PATIENCE);
        let Some(letter) = person.next_mail_if(Duration::from_secs(2), |_| true).await else { return letters };
        assert!(letters < 12, "{} is answered for ever", person.address());
        let text = texts[letters % texts.len()];
        letters += 1;
        if quoting {
            person.reply(&letter, text);
        } else {
            person.write(&letter.reply_to(), &format!("Re: {}", letter.subject()), text);
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn t38_a_mailbox_that_answers_every_letter_like_a_person_is_answered_at_most_twice() {
    let folder = tempfile::tempdir().unwrap();
    let town = Town::start(folder.path(), &people());
    town.initialise(program());
    let _daemon = Daemon::start(program(), &town);
    let away = "Bonjour, je suis absent jusqu'au 15 décembre 2026. Je lirai votre message à mon retour.";
    let thanks = "Merci, nous avons bien reçu votre message.";
    let robots: [(&str, &[&str], bool); 3] = [(LEILA, &[away], true), (YOUSSEF, &[thanks], false), (EVE, &[away, thanks], true)];
    for (address, texts, quoting) in robots {
        let mut person = person(&town, address);
        let letters = robot(&town, &mut person, texts, quoting).await;
        assert!((1..=2).contains(&letters), "{address} got {letters} letters:\n{}", log(&town));
    }
    assert_eq!(disputes(&town), 3);
    assert_eq!(says(&town, &["outbox", "list"]), "");
}

#[tokio::test(flavor = "multi_thread")]
async fn t38_a_complaint_from_the_services_own_address_opens_nothing_and_is_answered_by_nobody() {
    let folder = tempfile::tempdir().unwrap();
    let town = Town::start(folder.path(), &people());
    town.initialise(program());
    let _daemon = Daemon::start(program(), &town);
    for from in [DESK, BOUNCES] {
        deliver(&town, from, DESK, &complaint(from, DESK, &[&format!("X-From: {from}")]));
    }
    until(&town, "both are settled", || lines(&town, &["outcome=\"own\""]).len() == 2).await;
    quiet(&town, &[DESK, BOUNCES, REGISTRAR]).await;
    assert_eq!((disputes(&town), all(&town, DESK), all(&town, BOUNCES), all(&town, REGISTRAR)), (0, 2, 0, 0));
    assert_eq!(says(&town, &["outbox", "list"]), "");
}
