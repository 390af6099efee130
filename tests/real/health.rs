//! How the daemon says how it is: to its operator, to a program of the same machine, to systemd.

use crate::daemon::program;
use crate::ground::*;
use crate::harness::{Daemon, Sink, Town, free_port};
use rustix::process::Signal;
use std::io::{Read, Write};
use std::net::{Ipv4Addr, TcpStream};
use std::os::unix::net::UnixDatagram;
use std::sync::{Arc, Mutex};
use std::time::Duration;

/// A town whose letters go to a sink, which works whatever becomes of the other servers, and where to ask how it is.
fn town(folder: &std::path::Path, health: &str) -> (Town, Sink, u16) {
    let town = Town::start(folder, &people());
    let (sink, port) = (Sink::start(&[]), free_port());
    edit(&town, |text| {
        let (before, after) = text.split_once("[smtp]").unwrap();
        let (_, after) = after.split_once("[authentication]").unwrap();
        format!(
            "{before}[smtp]\nhost = \"127.0.0.1\"\nport = {}\ntls = \"none\"\nhello = \"elitige.example\"\n\n[authentication]{after}\n[work]\npoll_seconds = 1\n\n\
             [health]\nlisten = \"127.0.0.1:{port}\"\n{health}\n",
            sink.port
        )
    });
    town.initialise(program());
    (town, sink, port)
}

/// What is answered to `request`; empty if nobody answers.
fn asked(port: u16, request: &str) -> String {
    let Ok(mut stream) = TcpStream::connect((Ipv4Addr::LOCALHOST, port)) else { return String::new() };
    stream.set_read_timeout(Some(Duration::from_secs(20))).unwrap();
    let mut answer = String::new();
    let _ = stream.write_all(request.as_bytes());
    let _ = stream.read_to_string(&mut answer);
    answer
}

pub fn get(port: u16, path: &str) -> String {
    asked(port, &format!("GET {path} HTTP/1.1\r\nHost: localhost\r\n\r\n"))
}

fn is_well(port: u16) -> bool {
    get(port, "/healthz").starts_with("HTTP/1.1 200 ")
}

fn is_ill(port: u16) -> bool {
    get(port, "/healthz").starts_with("HTTP/1.1 503 ")
}

#[tokio::test(flavor = "multi_thread")]
async fn one_letter_when_something_is_wrong_and_one_when_it_is_right_again() {
    let folder = tempfile::tempdir().unwrap();
    let (mut town, sink, port) = town(folder.path(), "patience_seconds = 3\nalarm_after_seconds = 2");
    let mut daemon = Daemon::start(program(), &town);
    until(&town, "all is well", || is_well(port) && get(port, "/metrics").contains("elitige_mailbox_read_seconds{mailbox=\"mediation\"}")).await;
    town.dovecot.kill();
    // The mailboxes were read at different moments, and lose their patience one after the other.
    let unread = "{\"about\":\"mediation\",\"finding\":\"mailbox-unread\"}";
    until(&town, "the page says that something is wrong", || is_ill(port) && get(port, "/healthz").contains(unread)).await;
    assert!(get(port, "/metrics").contains("elitige_findings{finding=\"mailbox-unread\"} "));
    until(&town, "the operator is told", || !sink.mails().is_empty()).await;
    daemon.stop();
    let mut daemon = Daemon::start(program(), &town);
    until(&town, "it is wrong after a restart too", || is_ill(port)).await;
    tokio::time::sleep(Duration::from_secs(5)).await;
    assert_eq!(sink.mails().len(), 1, "and nothing is told twice:\n{}", log(&town));
    town.dovecot.restart();
    until(&town, "all is well again", || is_well(port)).await;
    until(&town, "the operator is told that it is", || sink.mails().len() > 1).await;
    daemon.stop();
    let mut daemon = Daemon::start(program(), &town);
    until(&town, "all is well after a restart too", || is_well(port)).await;
    tokio::time::sleep(Duration::from_secs(5)).await;
    let mails = sink.mails();
    let subjects: Vec<&str> = mails.iter().flat_map(|mail| mail.lines().filter(|line| line.starts_with("Subject: "))).collect();
    assert_eq!(subjects.len(), 2, "{subjects:?}");
    assert!(mails.iter().all(|mail| mail.contains("X-Rcpt-Args: <registrar@elitige.example>")), "{mails:?}");
    daemon.stop();
    assert_eq!(says(&town, &["check", "--store"]).lines().filter(|line| line.contains("alarm")).count(), 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_pages_name_nobody_and_answer_nothing_else() {
    let folder = tempfile::tempdir().unwrap();
    let (town, _sink, port) = town(folder.path(), "");
    let _daemon = Daemon::start(program(), &town);
    person(&town, LEILA).send_raw(crate::harness::town::DESK, &complaint(LEILA, crate::harness::town::DESK, &[]));
    until(&town, "the complaint is heard", || disputes(&town) == 1).await;
    until(&town, "the page knows of certificates", || get(port, "/metrics").contains("elitige_certificate_ends_seconds{server=\"mediation\"}")).await;
    let pages = format!("{}{}", get(port, "/healthz"), get(port, "/metrics"));
    let reference = town.case_list(program()).split_whitespace().next().unwrap().to_owned();
    let password = town.dovecot.account(crate::harness::town::DESK).password.clone();
    for word in ["@", "eila", "tlas", "Commande", "1500", "48213", &reference, &password, &folder.path().display().to_string()] {
        assert!(!pages.contains(word), "{word}: {pages}");
    }
    for (request, answer) in [
        ("POST /metrics HTTP/1.1\r\nContent-Length: 3\r\n\r\nabc", "HTTP/1.1 405 "),
        ("GET /etc/passwd HTTP/1.1\r\n\r\n", "HTTP/1.1 404 "),
        (&format!("GET /{} HTTP/1.1\r\n\r\n", "x".repeat(20_000)), "HTTP/1.1 400 "),
        ("nonsense\r\n\r\n", "HTTP/1.1 400 "),
    ] {
        let said = asked(port, request);
        assert!(said.starts_with(answer) || said.is_empty() && request.len() > 8_192, "{said}");
    }
    let slow: Vec<TcpStream> = (0..16).filter_map(|_| TcpStream::connect((Ipv4Addr::LOCALHOST, port)).ok()).collect();
    until(&town, "whoever says nothing is hung up on", || is_well(port)).await;
    drop(slow);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_full_disk_stops_fetching_and_nothing_else() {
    let folder = tempfile::tempdir().unwrap();
    let floor = "disk_floor_bytes = 1_000_000_000_000_000\ndisk_floor_percent = 100";
    let (town, _sink, port) = town(folder.path(), floor);
    let mut daemon = Daemon::start(program(), &town);
    until(&town, "the page says that the disk is full", || get(port, "/healthz").contains("\"disk-full\"")).await;
    person(&town, LEILA).send_raw(crate::harness::town::DESK, &complaint(LEILA, crate::harness::town::DESK, &[]));
    let inbox = town.dovecot.maildir(crate::harness::town::DESK);
    // Dovecot moves it from the one to the other once a client has seen it.
    let there = || ["new", "cur"].iter().filter_map(|part| std::fs::read_dir(inbox.join(part)).ok()).map(Iterator::count).sum::<usize>();
    until(&town, "the mail lies in the mailbox", || there() == 1).await;
    tokio::time::sleep(Duration::from_secs(3)).await;
    assert_eq!(disputes(&town), 0, "it waits there");
    daemon.stop();
    edit(&town, |text| text.replace(floor, "disk_floor_percent = 0"));
    let _daemon = Daemon::start(program(), &town);
    until(&town, "with room it is heard", || disputes(&town) == 1).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn systemd_hears_of_the_start_of_every_loop_and_of_the_end_and_a_hangup_ends_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let (town, _sink, port) = town(folder.path(), "");
    let path = folder.path().join("notify");
    let ear = UnixDatagram::bind(&path).unwrap();
    let heard: Arc<Mutex<Vec<String>>> = Arc::default();
    let book = Arc::clone(&heard);
    std::thread::spawn(move || {
        let mut state = [0; 256];
        while let Ok(length) = ear.recv(&mut state) {
            book.lock().unwrap().push(String::from_utf8_lossy(&state[..length]).into_owned());
        }
    });
    let count = |state: &str| heard.lock().unwrap().iter().filter(|heard| *heard == state).count();
    let environment = [("NOTIFY_SOCKET", path.to_str().unwrap()), ("WATCHDOG_USEC", "400000")];
    let mut daemon = Daemon::in_environment(program(), &town, &environment);
    until(&town, "systemd hears that every loop lives", || count("WATCHDOG=1") > 2).await;
    let first = heard.lock().unwrap().first().cloned();
    assert_eq!((first.as_deref(), count("READY=1")), (Some("READY=1"), 1));
    until(&town, "all is well", || is_well(port)).await;
    daemon.signal(Signal::HUP);
    until(&town, "the log says what a hangup does", || !lines(&town, &["SIGHUP", "has no fault", "restart"]).is_empty()).await;
    edit(&town, |text| text.replacen("role = \"bounces\"", "role = \"bounce\"", 1));
    daemon.signal(Signal::HUP);
    until(&town, "the log says that it would not start", || !lines(&town, &["SIGHUP", "would not start", "faults="]).is_empty()).await;
    assert!(daemon.runs() && is_well(port));
    assert_eq!(count("STOPPING=1"), 0);
    daemon.stop();
    until(&town, "systemd hears that it stops", || count("STOPPING=1") == 1).await;
}
