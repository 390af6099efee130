//! The canary of `elitige doctor` over real servers: a provider that removes forged results, one that adds its own, one that does nothing.

use crate::daemon::program;
use crate::ground::*;
use crate::harness::town::DESK;
use crate::harness::{Daemon, PostfixOptions, Town};

/// Postfix writes its own results above its Received.
const OWN: &str = "{/^Received: from/ PREPEND Authentication-Results: mx.elitige.example; none}";
const STRIP: &str = "{/^Authentication-Results:/ IGNORE}";

/// A town whose Postfix does that with the heads of mails.
fn town(folder: &tempfile::TempDir, checks: &[&str]) -> Town {
    let extra = if checks.is_empty() { String::new() } else { format!("header_checks = regexp:{{ {} }}", checks.join(", ")) };
    let town = Town::with(folder.path(), &people(), &PostfixOptions { extra, ..PostfixOptions::default() });
    town.initialise(program());
    town
}

/// Lets the desk believe that provider, whose results stand below these Received.
fn believe(town: &Town, server: &str, received_by: &[String]) {
    let before = "role = \"mediation\"\n";
    edit(town, |text| text.replacen(before, &format!("{before}trusts_results_of = \"{server}\"\nreceived_by = {received_by:?}\n"), 1));
}

/// The exit code and what is said about the canary.
fn doctor(town: &Town, arguments: &[&str]) -> (Option<i32>, Vec<String>) {
    let done = town.command(program(), &[&["doctor"], arguments].concat());
    let said = String::from_utf8(done.stdout).unwrap();
    println!("{said}{}", String::from_utf8_lossy(&done.stderr));
    assert!(done.stderr.is_empty(), "progress is for terminals");
    assert_eq!(count(town, DESK, "") + count(town, DESK, ".Archive"), 0, "the canary is removed");
    (done.status.code(), said.lines().filter(|line| line.starts_with("canary")).map(str::to_owned).collect())
}

/// The hosts that a sentence of the doctor advises to name.
fn advised(sentence: &str) -> Vec<String> {
    let list = sentence.split("received_by = [").nth(1).and_then(|rest| rest.split(']').next()).unwrap_or_else(|| panic!("no advice: {sentence}"));
    list.split(", ").map(|host| host.trim_matches('"').to_owned()).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn the_doctor_s_advice_is_followed_until_it_is_content_and_its_canary_leaves_nothing_behind() {
    let folder = tempfile::tempdir().unwrap();
    let town = town(&folder, &[STRIP, OWN]);
    assert_eq!(doctor(&town, &[]).1, Vec::<String>::new(), "no mail is sent where nobody is believed and nobody asks for it");
    let mut daemon = Daemon::start(program(), &town);
    until(&town, "the daemon runs", || !lines(&town, &["elitige runs"]).is_empty()).await;
    let (status, said) = doctor(&town, &["--canary"]);
    assert!(status == Some(0) && said.len() == 2 && said.iter().all(|one| one.contains("write trusts_results_of = \"mx.elitige.example\"")), "{said:?}");
    assert!(said[0].starts_with("canary mediation:") && said[1].starts_with("canary bounces:"), "{said:?}");
    let hosts = advised(&said[0]);
    believe(&town, "mx.elitige.example", &[]);
    let (status, said) = doctor(&town, &[]);
    assert!(status == Some(1) && said.len() == 1 && advised(&said[0]) == hosts, "{said:?}");
    edit(&town, |text| text.replacen("received_by = []", &format!("received_by = {hosts:?}"), 1));
    let (status, said) = doctor(&town, &[]);
    assert!(status == Some(0) && said[0].contains("removes forged results of \"mx.elitige.example\", writes its own"), "{said:?}");
    assert_eq!((disputes(&town), says(&town, &["held", "list"]).as_str()), (0, ""), "a canary is no complaint");

    daemon.stop();
    let _daemon = Daemon::start(program(), &town);
    let results = "Authentication-Results: mx.elitige.example; dmarc=pass header.from=courrier.example\r\n";
    let forged = format!("Received: from a by b.example; Mon, 23 Nov 2026 09:00:00 +0000\r\n{results}");
    town.dovecot.deliver(DESK, &[forged.as_bytes(), &complaint(LEILA, DESK, &[])].concat());
    until(&town, "the forgery is held", || says(&town, &["held", "list"]).lines().count() == 1).await;
    let number = says(&town, &["held", "list"]).split_whitespace().next().unwrap().to_owned();
    let shown = String::from_utf8(town.command(program(), &["held", "show", &number, "--raw"]).stderr).unwrap();
    assert_eq!(shown, "elitige: The author is refuted: no signature stands in the mail, and its domain asks for such mails to be refused.\n");
    town.dovecot.deliver(DESK, &[results.as_bytes(), &complaint(LEILA, DESK, &[])].concat());
    until(&town, "whom the provider vouches for is heard", || disputes(&town) == 1).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_doctor_warns_of_a_provider_that_lets_forged_results_through() {
    let folder = tempfile::tempdir().unwrap();
    let own = town(&folder, &[OWN]);
    let hosts = advised(&doctor(&own, &["--canary"]).1[0]);
    believe(&own, "mx.elitige.example", &hosts);
    let (status, said) = doctor(&own, &[]);
    assert!(status == Some(0) && said[0].contains("below the provider's own, and two of one server prove nothing"), "{said:?}");
    drop(own);
    let folder = tempfile::tempdir().unwrap();
    let open = town(&folder, &[]);
    believe(&open, "mx.elitige.example", &hosts);
    let (status, said) = doctor(&open, &[]);
    assert!(status == Some(0) && said[0].contains("where they are not believed"), "{said:?}");
    let all: Vec<String> = hosts.into_iter().chain(["localhost".to_owned()]).collect();
    edit(&open, |text| {
        text.lines().map(|line| if line.starts_with("received_by") { format!("received_by = {all:?}\n") } else { format!("{line}\n") }).collect()
    });
    let (status, said) = doctor(&open, &[]);
    assert!(status == Some(1) && said[0].contains("remove trusts_results_of"), "{said:?}");
}
