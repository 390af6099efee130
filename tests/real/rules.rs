//! The rules change while disputes run.

use crate::daemon::program;
use crate::ground::{ATLAS, COMPLAINT, LEILA, PATIENCE, SUBJECT, YOUSSEF, people, person, says, with_code};
use crate::harness::town::{DESK, REGISTRAR};
use crate::harness::{Daemon, Person, Town};
use elitige::domain::Instant;
use elitige::workflow::Calendar;
use std::fs;
use std::time::SystemTime;

/// Complains and confirms.
async fn complains(who: &mut Person, order: &str) {
    who.write(DESK, SUBJECT, &COMPLAINT.replace("AT-48213", order));
    let letter = who.next_mail(PATIENCE).await;
    who.reply(&letter, &with_code(&letter, "CONFIRMER"));
}

#[tokio::test(flavor = "multi_thread")]
async fn one_edited_line_gives_sellers_fifteen_days_and_who_has_ten_keeps_them() {
    let folder = tempfile::tempdir().unwrap();
    let town = Town::start(folder.path(), &people());
    town.initialise(program());
    let [mut leila, mut youssef, mut registrar, mut atlas] = [LEILA, YOUSSEF, REGISTRAR, ATLAS].map(|address| person(&town, address));
    let mut daemon = Daemon::start(program(), &town);
    complains(&mut leila, "AT-48213").await;
    let first = registrar.next_mail(PATIENCE).await;
    daemon.stop();

    let file = town.config().join("workflows/mediation.toml");
    let rules = fs::read_to_string(&file).unwrap();
    let (before, after) = rules.split_once("\n[state.invited]\n").unwrap();
    fs::write(&file, format!("{before}\n[state.invited]\n{}", after.replacen("deadline = \"10 working days\"", "deadline = \"15 working days\"", 1))).unwrap();
    says(&town, &["check"]);
    let _daemon = Daemon::start(program(), &town);
    complains(&mut youssef, "AT-51177").await;
    let second = registrar.next_mail(PATIENCE).await;
    let calendar = Calendar::parse("calendar.toml", &fs::read_to_string(town.config().join("calendar.toml")).unwrap()).unwrap();
    for (screening, days) in [(first, 10), (second, 15)] {
        let reference = screening.subject()[1..13].to_owned();
        registrar.reply(&screening, &format!("{} {ATLAS} fr", with_code(&screening, "ADMETTRE")));
        let invitation = atlas.next_mail(PATIENCE).await;
        assert!(invitation.subject().contains(&reference));
        let now = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap().as_micros();
        let last = calendar.add_working_days(calendar.zone().day_of(Instant::from_micros(i64::try_from(now).unwrap())), days);
        let shown = says(&town, &["case", "show", &reference]);
        assert!(shown.contains(&format!("until {last}")), "{days} days are not until {last}:\n{shown}");
    }
}
