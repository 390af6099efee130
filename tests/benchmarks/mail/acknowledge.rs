//! From the server's word that mail came to the next server's word that it took the acknowledgement, one mail at a time.

use crate::figures::{Figures, quantile};
use crate::harness::proxy::{Proxy, Way};
use crate::harness::town::DESK;
use crate::ledger::{Effect, Entry, Generator};
use crate::number;
use crate::stage::{Daemon, PATIENCE, Stage};
use std::fs;
use std::io::{Read, Seek};
use std::time::{Duration, Instant};

/// For so long neither says anything between two mails.
const SILENCE: Duration = Duration::from_millis(100);

/// Into Dovecot by LMTP, out to Postfix over TLS.
pub fn one_by_one(figures: &mut Figures) {
    let generator = Generator::new(8);
    let complaints = (0..).map(|index| generator.entry(index)).filter(|mail| mail.effect == Effect::Opens && mail.bytes.len() < 40_000);
    let complaints: Vec<Entry> = complaints.take(number("LETTERS", 200) + 1).collect();
    let writers: Vec<(String, String)> = complaints.iter().map(|mail| (mail.canary.clone(), mail.from.clone())).collect();
    let stage = Stage::new(&generator, 2, &writers);
    let line = Proxy::to(stage.town.dovecot.imaps);
    stage.edit(|text| text.replace(&format!("port = {}", stage.town.dovecot.imaps), &format!("port = {}", line.port)));
    let daemon = Daemon::start(&stage);
    daemon.wait_until_ready();
    let (mut log, mut text) = (fs::File::open(stage.town.log_file()).expect("the log"), String::new());
    let (mut from_news, mut in_all) = (Vec::new(), Vec::new());
    for (number, mail) in complaints.iter().enumerate() {
        let silent = silence(&line);
        stage.town.dovecot.deliver(DESK, &mail.bytes);
        let delivered = Instant::now();
        let told = news(&line, silent);
        let accepted = accepted(&mut log, &mut text);
        // The first mail finds everything cold.
        if number > 0 {
            from_news.push(accepted.saturating_duration_since(told).as_secs_f64() * 1_000.0);
            in_all.push(accepted.duration_since(delivered).as_secs_f64() * 1_000.0);
        }
    }
    daemon.stop();
    figures.add("ack_p50_ms", quantile(&mut from_news, 0.5));
    figures.add("ack_p99_ms", quantile(&mut from_news, 0.99));
    figures.add("ack_total_p50_ms", quantile(&mut in_all, 0.5));
}

/// Waits until the daemon has filed everything and waits for news; how many bytes the server has told it by then.
fn silence(line: &Proxy) -> u64 {
    let (began, mut last) = (Instant::now(), (line.passed(Way::ToClient), Instant::now()));
    while last.1.elapsed() < SILENCE {
        assert!(began.elapsed() < PATIENCE, "the daemon and Dovecot are never silent");
        std::thread::sleep(Duration::from_millis(5));
        let passed = line.passed(Way::ToClient);
        if passed != last.0 {
            last = (passed, Instant::now());
        }
    }
    last.0
}

/// Waits until the server, which was silent after so many bytes, tells the daemon something. In IDLE, that is the mail.
fn news(line: &Proxy, silent: u64) -> Instant {
    let began = Instant::now();
    while line.passed(Way::ToClient) == silent {
        assert!(began.elapsed() < PATIENCE, "Dovecot does not tell of the mail");
        std::thread::sleep(Duration::from_micros(200));
    }
    Instant::now()
}

/// Waits until the log says that an acknowledgement was taken; the line is written when the server's answer is there.
fn accepted(log: &mut fs::File, text: &mut String) -> Instant {
    let began = Instant::now();
    loop {
        log.read_to_string(text).expect("the log");
        let now = Instant::now();
        assert!(!text.contains("became=refused"), "the next server refuses a letter: {text}");
        if let Some(at) = text.find("letter=\"acknowledgement\" attempt=1 became=delivered") {
            text.drain(..=at);
            return now;
        }
        assert!(began.elapsed() < PATIENCE, "no acknowledgement leaves");
        let _ = log.stream_position();
        std::thread::sleep(Duration::from_micros(500));
    }
}
