//! How fast mails are read, on one core: the whole reading beside mail-parser alone on the same bytes, in the same run.
//!
//! `cargo bench --bench reading -- [FOLDER …]`; without a folder our own fixtures are read, and then letters as long as people write them.
//! Prints, never judges.

use elitige::letter::{Knowledge, Limits, read};
use mail_parser::MessageParser;
use std::fs;
use std::hint::black_box;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

/// Rounds over all mails; the middle one is told.
const ROUNDS: usize = 7;

fn main() {
    let house = Path::new(env!("CARGO_MANIFEST_DIR"));
    let named: Vec<PathBuf> = std::env::args().skip(1).filter(|argument| !argument.starts_with("--")).map(PathBuf::from).collect();
    let folders = if named.is_empty() { vec![house.join("tests/letters")] } else { named.clone() };
    let mut mails = Vec::new();
    folders.iter().for_each(|folder| gather(folder, &mut mails));
    if mails.is_empty() {
        eprintln!("No mails (.eml, .msg, .txt) in {folders:?}; name a folder that has some.");
        std::process::exit(2);
    }
    let knowledge = knowledge(&house.join("config"));
    measure("mails", &mails, &knowledge);
    if named.is_empty() {
        measure("mails of 2 to 20 KB with what they answer", &long_ones(), &knowledge);
    }
}

/// Times the reading of `mails` and prints it.
fn measure(what: &str, mails: &[Vec<u8>], knowledge: &Knowledge) {
    let megabytes = mails.iter().map(Vec::len).sum::<usize>() as f64 / 1e6;
    let limits = Limits::default();
    println!("{} {what}, {megabytes:.1} MB, one core, middle of {ROUNDS} rounds", mails.len());
    let floor = middle(mails, |mail| {
        if let Some(message) = MessageParser::default().parse(mail) {
            black_box(message.body_text(0));
        }
    });
    let ours = middle(mails, |mail| {
        black_box(read(mail, knowledge, &limits));
    });
    for (what, time) in [("mail-parser alone: tree and text", floor), ("elitige: the whole reading", ours)] {
        let seconds = time.as_secs_f64();
        println!("{what:<34} {:>9.0} mails/s {:>8.1} MB/s", mails.len() as f64 / seconds, megabytes / seconds);
    }
    println!("the whole reading takes {:.1} times as long", ours.as_secs_f64() / floor.as_secs_f64());
}

/// Words of which letters about purchases are made, in each form of language.
const WORDS: [&str; 4] = [
    "je j'ai commandé le colis vendeur n'a pas répondu malgré remboursement intégral de la livraison facture médiateur délai quatorze jours 450 dh été reçue",
    "i have ordered the parcel from seller and it never arrived refund order number 48213 please we would like within days paid by card was not",
    "اشتريت من البائع ولم يصلني المنتج إلى الآن أطلب استرجاع المبلغ الفاتورة رقم 48213 بعد المهلة القانونية لم يجب على الشكوى",
    "chrit mn lmagasin w ma wselni walo bghit flousi salam khoya lcommande dyali 3afak ma jawbounich 300 dh mli tlebt lproduit",
];

/// Letters of 2 to 20 KB, the same in each run, every second with the answered letter below it.
fn long_ones() -> Vec<Vec<u8>> {
    let mut dice = 0x2545_f491_4f6c_dd1d_u64;
    let mut next = move |sides: usize| {
        dice = dice.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(dice >> 33).unwrap_or_default() % sides
    };
    let letter = |number: usize| {
        let words: Vec<&str> = WORDS[number % WORDS.len()].split(' ').collect();
        let mut mail = format!(
            "From: Nora Amzil <nora@example.org>\r\nTo: service@service.example\r\nMessage-ID: <{number}@example.org>\r\nIn-Reply-To: <q@service.example>\r\n\
             Subject: Re: commande\r\nDate: Mon, 23 Nov 2026 10:00:00 +0100\r\nMIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\n\
             Content-Transfer-Encoding: 8bit\r\n\r\n"
        );
        let size = 2_000 + number * 450;
        let own = if number.is_multiple_of(2) { size } else { size / 2 };
        while mail.len() < size {
            let line: Vec<&str> = (0..10).map(|_| words[next(words.len())]).collect();
            let mark = if mail.len() > own { "> " } else { "" };
            let end = [",", "", ".", "\r\n"][next(4)];
            mail.push_str(&format!("{mark}{}{end}\r\n", line.join(" ")));
        }
        mail.into_bytes()
    };
    (0..40).map(letter).collect()
}

/// The time of the middle round over all mails.
fn middle(mails: &[Vec<u8>], mut work: impl FnMut(&[u8])) -> Duration {
    mails.iter().for_each(|mail| work(mail));
    let mut times: Vec<Duration> = (0..ROUNDS)
        .map(|_| {
            let began = Instant::now();
            mails.iter().for_each(|mail| work(mail));
            began.elapsed()
        })
        .collect();
    times.sort();
    times.get(ROUNDS / 2).copied().unwrap_or_default()
}

/// Every mail in `folder` and the folders in it.
fn gather(folder: &Path, mails: &mut Vec<Vec<u8>>) {
    let Ok(entries) = fs::read_dir(folder) else { return };
    for path in entries.flatten().map(|entry| entry.path()) {
        if path.is_dir() {
            gather(&path, mails);
        } else if path.extension().is_some_and(|extension| ["eml", "msg", "txt"].iter().any(|known| extension == *known)) {
            mails.extend(fs::read(&path));
        }
    }
}

fn knowledge(config: &Path) -> Knowledge {
    let names = ["categories", "phrases/codes", "phrases/fr", "phrases/en", "phrases/ar", "phrases/ary", "phrases/ary-Latn"].map(|name| format!("{name}.toml"));
    let files = names.map(|name| {
        let text = fs::read_to_string(config.join(&name)).unwrap_or_else(|error| panic!("{name}: {error}"));
        (name, text)
    });
    Knowledge::parse(&files).unwrap_or_else(|faults| panic!("{faults:?}"))
}
