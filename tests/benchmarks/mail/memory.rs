//! Memory of the daemon and its workers together: at rest, and with the largest mail that it reads.

use crate::figures::Figures;
use crate::harness::town::DESK;
use crate::ledger::Generator;
use crate::stage::{Daemon, PATIENCE, Stage};
use crate::tree::{self, Peak};
use std::time::{Duration, Instant};
use tokio::runtime::Runtime;

/// How long the daemon rests before it is looked at.
const REST: Duration = Duration::from_secs(120);
const LARGE: usize = 25 * 1024 * 1024;

/// At rest after a hundred mails, then one of 25 MiB.
pub fn of_one(_runtime: &Runtime, figures: &mut Figures) {
    let generator = Generator::new(10);
    let stage = Stage::new(&generator, 2, &[]);
    stage.fill_inbox(&generator.mails(100));
    let daemon = Daemon::start(&stage);
    until_empty(&stage);
    std::thread::sleep(REST);
    figures.add("rss_idle_mib", tree::rss_mib(daemon.pid()));
    let mail = large(&generator);
    let peak = Peak::watch(daemon.pid());
    stage.town.dovecot.deliver(DESK, &mail);
    std::thread::sleep(Duration::from_secs(1));
    until_empty(&stage);
    std::thread::sleep(Duration::from_secs(1));
    figures.add("rss_25mib_mail_mib", peak.mib());
    daemon.stop();
}

fn until_empty(stage: &Stage) {
    let began = Instant::now();
    while !stage.inbox_is_empty() {
        assert!(began.elapsed() < PATIENCE, "the inbox is not empty");
        std::thread::sleep(Duration::from_millis(50));
    }
}

/// A signed complaint with an attachment, of 25 MiB in all.
fn large(generator: &Generator) -> Vec<u8> {
    let complaint = generator.entry(0);
    let text = String::from_utf8_lossy(&complaint.bytes).into_owned();
    let (head, _) = text.split_once("MIME-Version").expect("a head");
    // The signature of the smaller mail does not hold for this one: a new one is made.
    let head: String = head.split_inclusive("\r\n").skip_while(|line| !line.starts_with("Return-Path")).collect();
    let start = format!(
        "{head}MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=\"large\"\r\n\r\n--large\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n\
         I ordered a kettle at boutique-atlas.example on 3 November 2025, order AT-99001, for 450 DH. It never came. I ask for my money back.\r\n--large\r\n\
         Content-Type: application/octet-stream; name=\"photo.bin\"\r\nContent-Transfer-Encoding: base64\r\n\
         Content-Disposition: attachment; filename=\"photo.bin\"\r\n\r\n"
    );
    let line = format!("{}\r\n", "QUJD".repeat(19));
    let mut mail = start.into_bytes();
    while mail.len() + line.len() + 16 < LARGE {
        mail.extend_from_slice(line.as_bytes());
    }
    mail.extend_from_slice(b"\r\n--large--\r\n");
    let domain = complaint.from.split('@').nth(1).expect("a domain");
    generator.signers().sign(domain, &mail)
}
