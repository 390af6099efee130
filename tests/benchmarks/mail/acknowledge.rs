//! From the server's word that mail came to the next server's word that it took the acknowledgement, one mail at a time.

use crate::figures::{Figures, quantile};
use crate::harness::town::DESK;
use crate::ledger::{Effect, Entry, Generator};
use crate::number;
use crate::stage::{Daemon, PATIENCE, Stage};
use elitige::transport::Stream;
use std::fs;
use std::io::{Read, Seek};
use std::sync::mpsc;
use std::time::{Duration, Instant};
use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};
use tokio::runtime::Runtime;

/// Into Dovecot by LMTP, out to Postfix over TLS.
pub fn one_by_one(runtime: &Runtime, figures: &mut Figures) {
    let generator = Generator::new(8);
    let complaints = (0..).map(|index| generator.entry(index)).filter(|mail| mail.effect == Effect::Opens && mail.bytes.len() < 40_000);
    let complaints: Vec<Entry> = complaints.take(number("LETTERS", 200) + 1).collect();
    let stage = Stage::new(&generator, 2, true);
    let daemon = Daemon::start(&stage);
    daemon.wait_until_ready();
    let (mut log, mut text) = (fs::File::open(stage.town.log_file()).expect("the log"), String::new());
    let news = runtime.block_on(watch(&stage));
    let (mut from_news, mut in_all) = (Vec::new(), Vec::new());
    for (number, mail) in complaints.iter().enumerate() {
        while news.try_recv().is_ok() {}
        stage.town.dovecot.deliver(DESK, &mail.bytes);
        let delivered = Instant::now();
        let told = news.recv_timeout(PATIENCE).expect("Dovecot tells of the mail");
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

/// A second client in IDLE on the same mailbox: the moments at which Dovecot tells of mail.
async fn watch(stage: &Stage) -> mpsc::Receiver<Instant> {
    let (tell, told) = mpsc::channel();
    let mut stream: BufReader<Stream> = crate::floor::connected(stage).await;
    for command in [format!("LOGIN {DESK} {}", stage.town.dovecot.account(DESK).password), "SELECT INBOX".to_owned(), "IDLE".to_owned()] {
        stream.write_all(format!("a {command}\r\n").as_bytes()).await.expect("a command");
        stream.flush().await.expect("a command");
        let mut line = String::new();
        while !line.starts_with("a OK") && !line.starts_with('+') {
            line.clear();
            stream.read_line(&mut line).await.expect("an answer");
        }
    }
    tokio::spawn(async move {
        let mut line = String::new();
        while stream.read_line(&mut line).await.is_ok_and(|length| length > 0) {
            if line.trim_end().ends_with("EXISTS") && tell.send(Instant::now()).is_err() {
                break;
            }
            line.clear();
        }
    });
    told
}

/// Waits until the log says that a letter was taken; the line is written when the server's answer is there.
fn accepted(log: &mut fs::File, text: &mut String) -> Instant {
    let began = Instant::now();
    loop {
        log.read_to_string(text).expect("the log");
        let now = Instant::now();
        if let Some(at) = text.find("became=Delivered") {
            text.drain(..=at);
            return now;
        }
        assert!(began.elapsed() < PATIENCE, "no acknowledgement leaves");
        let _ = log.stream_position();
        std::thread::sleep(Duration::from_micros(500));
    }
}
