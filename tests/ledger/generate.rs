//! Signed mails to a mediation service, as many as are wanted, with their own books: what each of them must come to is known before it is sent.
//!
//! Of five mails two are complaints and three are replies (in the order C R C R R); of four replies three come from the buyer who complained and answer
//! an earlier mail of that buyer, one comes from the seller's desk, as a program's receipt or with a reference that it must not know. One mail in ten
//! carries 100 KiB. Bodies have 2 to 20 KB, spread evenly over the logarithm, 40 % French, 35 % English, 25 % Arabic.

use super::prose::{LANGUAGES, Prose, Tongue, Wheel};
use crate::harness::Signers;
use base64::Engine as _;
use elitige::domain::{Digest, Instant};
use std::fmt::Write as _;

/// Domains of buyers.
const BUYERS: usize = 37;
/// Domains of sellers.
const SELLERS: usize = 120;
/// Mails of one block, and how many of them are complaints.
const BLOCK: usize = 5;
const COMPLAINTS: usize = 2;
/// So many seconds after one mail the next is written.
const PACE: i64 = 37;
const ATTACHED: usize = 102_400;
/// Sellers' desks change their address after so many complaints, so that none of them writes more than one address may.
const DESK_LASTS: usize = 400;

/// What a mail must come to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Effect {
    /// It opens a dispute of its own, and its writer gets one acknowledgement.
    Opens,
    /// It is noted in, or moves, the dispute that the entry of this index opened.
    Joins(usize),
    /// A program wrote it: nobody is answered.
    Automatic,
    /// A stranger names a case: a person looks, and nobody is answered.
    Held,
}

/// One mail and what the books say of it.
#[derive(Debug, Clone)]
pub struct Entry {
    /// Its place among all, from 0.
    pub index: usize,
    /// The mail as a server must keep it, line ends CRLF.
    pub bytes: Vec<u8>,
    /// Its Message-ID, in brackets.
    pub message_id: String,
    /// SHA-256 of `bytes`.
    pub sha256: Digest,
    /// What it must come to.
    pub effect: Effect,
    /// Who wrote it.
    pub from: String,
    /// A word that stands in this mail and in no other.
    pub canary: String,
}

/// Makes mails. The same seed makes the same mails, but for their signatures: the keys are new each time.
pub struct Generator {
    seed: u64,
    to: String,
    begins: Instant,
    signers: Signers,
    blob: Vec<u8>,
}

impl Generator {
    /// Mails to the address of the tests' service, written from the beginning of 2025 on.
    pub fn new(seed: u64) -> Self {
        Self::to(seed, crate::harness::town::DESK)
    }

    /// Mails to another address.
    pub fn to(seed: u64, to: &str) -> Self {
        let domains: Vec<String> = (0..BUYERS).map(buyers_domain).chain((0..SELLERS).map(sellers_domain)).collect();
        let mut wheel = Wheel::new(seed, "blob", 0);
        let blob = (0..ATTACHED * 4).map(|_| wheel.byte()).collect();
        let signers = Signers::new(&domains.iter().map(String::as_str).collect::<Vec<_>>());
        Self { seed, to: to.to_owned(), begins: Instant::parse("2025-01-01T00:00:00Z").unwrap(), signers, blob }
    }

    /// The domains' DNS records, as a zone file of the service.
    pub fn zone_json(&self) -> String {
        self.signers.zone_json()
    }

    /// The keys of all senders.
    pub fn signers(&self) -> &Signers {
        &self.signers
    }

    /// The first `count` mails.
    pub fn mails(&self, count: usize) -> Vec<Entry> {
        (0..count).map(|index| self.entry(index)).collect()
    }

    /// The mail at `index`.
    pub fn entry(&self, index: usize) -> Entry {
        let mut wheel = Wheel::new(self.seed, "mail", index);
        let (is_complaint, earlier) = kind(index);
        let complaint = if is_complaint { earlier } else { chosen(earlier, &mut wheel) };
        let subject = self.subject(complaint);
        let opening = index_of(complaint);
        let canary = canary(self.seed, index);
        let (effect, from, name) = if is_complaint {
            (Effect::Opens, subject.address.clone(), subject.name)
        } else if wheel.below(4) > 0 {
            (Effect::Joins(opening), subject.address.clone(), subject.name)
        } else if wheel.below(2) == 0 {
            (Effect::Automatic, subject.seller.clone(), "Service clients")
        } else {
            (Effect::Held, subject.seller.clone(), "Service clients")
        };
        let message_id = message_id(self.seed, index);
        let head = self.head(index, &Head { effect, from: &from, name, subject: &subject, message_id: &message_id, answers: opening });
        let body = self.body(index, subject.tongue, effect, &canary, &mut wheel);
        let domain = from.split('@').nth(1).unwrap_or_default();
        let bytes = self.signers.sign(domain, format!("{head}{body}").replace('\n', "\r\n").as_bytes());
        Entry { index, sha256: Digest::of(&bytes), bytes, message_id, effect, from, canary }
    }

    fn subject(&self, complaint: usize) -> Subject {
        let mut wheel = Wheel::new(self.seed, "complaint", complaint);
        let tongue = LANGUAGES[wheel.below(LANGUAGES.len())];
        Subject {
            tongue,
            name: Prose::of(tongue).name(&mut wheel),
            address: format!("buyer{complaint:06}@{}", buyers_domain(complaint % BUYERS)),
            text: format!("{} ({})", Prose::of(tongue).subject(&mut wheel), 700_000 + complaint),
            seller: format!("desk{}@{}", complaint / DESK_LASTS, sellers_domain(wheel.below(SELLERS))),
        }
    }

    fn head(&self, index: usize, mail: &Head<'_>) -> String {
        let date = self.begins.plus_seconds(i64::try_from(index).unwrap() * PACE).rfc5322();
        let subject = match mail.effect {
            Effect::Opens => mail.subject.text.clone(),
            Effect::Joins(_) | Effect::Automatic => format!("Re: {}", mail.subject.text),
            Effect::Held => format!("Re: [EL-{:05}] {}", index % 100_000, mail.subject.text),
        };
        let (hop, id) = (index % 5, mail.message_id);
        let mut head = format!(
            "Return-Path: <{from}>\nReceived: from mx{hop}.example.net (mx{hop}.example.net [192.0.2.{}]) by mail.example.org with ESMTPS id {index:08x};\n {date}\n\
             Date: {date}\nFrom: {} <{from}>\nTo: {}\nMessage-ID: {id}\nSubject: {}\nMIME-Version: 1.0\nUser-Agent: ledger/1\nContent-Language: {}\n",
            index % 250 + 1,
            encoded_words(mail.name),
            self.to,
            encoded_words(&subject),
            mail.subject.tongue.code(),
            from = mail.from,
        );
        if mail.effect == Effect::Automatic {
            head.push_str("Auto-Submitted: auto-replied\n");
        }
        if mail.effect != Effect::Opens {
            let first = message_id(self.seed, mail.answers);
            write!(head, "In-Reply-To: {first}\nReferences: {first}\n").unwrap();
        }
        head
    }

    /// The rest of the mail, from Content-Type on.
    fn body(&self, index: usize, tongue: Tongue, effect: Effect, canary: &str, wheel: &mut Wheel) -> String {
        let size = 2_000.0 * 10_f64.powf(wheel.share());
        let shape = [Shape::Plain, Shape::Quoted, Shape::Base64, Shape::Alternative, Shape::Alternative, Shape::Quoted][wheel.below(6)];
        let length = ((size - 700.0) / shape.growth(tongue)).max(300.0) as usize;
        let prose = Prose::of(tongue);
        let text = match effect {
            Effect::Opens => format!("{}\n\n{}", prose.complaint(canary), prose.text(wheel, length)),
            Effect::Joins(_) | Effect::Automatic | Effect::Held => {
                let (new, quoted) = (prose.text(wheel, length * 5 / 6), prose.text(wheel, (length / 6).max(100)));
                let quoted: String = quoted.lines().map(|line| format!("> {line}\n")).collect();
                format!("{}\n\n{new}\n\nOn 2 Jan 2025 Buyer wrote:\n{quoted}", prose.reply(canary))
            }
        };
        let body = match shape {
            Shape::Plain => part("plain", &text, Coding::Eight),
            Shape::Quoted => part("plain", &text, Coding::Quoted),
            Shape::Base64 => part("plain", &text, Coding::Base64),
            Shape::Alternative => alternative(index, tongue, &text),
        };
        if index % 10 == 7 { self.attached(index, &body, wheel) } else { body }
    }

    fn attached(&self, index: usize, body: &str, wheel: &mut Wheel) -> String {
        let from = wheel.below(self.blob.len() - ATTACHED);
        let file = [b"%PDF-1.4\n".as_slice(), &self.blob[from..from + ATTACHED - 9]].concat();
        format!(
            "Content-Type: multipart/mixed; boundary=\"mix{index:08x}\"\n\n--mix{index:08x}\n{body}\n--mix{index:08x}\n\
             Content-Type: application/pdf; name=\"piece-{index}.pdf\"\nContent-Transfer-Encoding: base64\n\
             Content-Disposition: attachment; filename=\"piece-{index}.pdf\"\n\n{}\n--mix{index:08x}--\n",
            base64_lines(&file)
        )
    }
}

/// What is the same in all mails about one complaint.
struct Subject {
    tongue: Tongue,
    name: &'static str,
    address: String,
    text: String,
    seller: String,
}

struct Head<'a> {
    effect: Effect,
    from: &'a str,
    name: &'a str,
    subject: &'a Subject,
    message_id: &'a str,
    /// The index of the mail that it answers.
    answers: usize,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Shape {
    Plain,
    Quoted,
    Base64,
    Alternative,
}

impl Shape {
    /// How much longer a text becomes by it.
    fn growth(self, tongue: Tongue) -> f64 {
        let (quoted, twice) = match tongue {
            Tongue::French => (1.12, 1.12),
            Tongue::English => (1.02, 1.02),
            Tongue::Arabic => (2.75, 1.37),
        };
        match self {
            Shape::Plain => 1.0,
            Shape::Quoted => quoted,
            Shape::Base64 => 1.37,
            Shape::Alternative => 2.3 * twice,
        }
    }
}

#[derive(Debug, Clone, Copy)]
enum Coding {
    Eight,
    Quoted,
    Base64,
}

/// Whether the mail at `index` is a complaint, and its number among complaints; of a reply, how many complaints came before it.
fn kind(index: usize) -> (bool, usize) {
    let (block, place) = (index / BLOCK, index % BLOCK);
    let order = if block == 0 { b"CCRRR" } else { b"CRCRR" };
    let before = order.iter().take(place).filter(|kind| **kind == b'C').count();
    (order.get(place) == Some(&b'C'), COMPLAINTS * block + before)
}

/// The index of the mail that is complaint `number`.
fn index_of(number: usize) -> usize {
    let place = match (number % COMPLAINTS, number) {
        (0, _) => 0,
        (_, 1) => 1,
        _ => 2,
    };
    number / COMPLAINTS * BLOCK + place
}

/// Which of the complaints before it a reply speaks of: more often a new one.
fn chosen(earlier: usize, wheel: &mut Wheel) -> usize {
    let share = wheel.share();
    let back = 1 + (earlier as f64 * share * share) as usize;
    earlier - back.min(earlier)
}

fn buyers_domain(number: usize) -> String {
    format!("mail{number:02}.example.net")
}

fn sellers_domain(number: usize) -> String {
    format!("company{number:03}.example.com")
}

fn message_id(seed: u64, index: usize) -> String {
    format!("<m{index:07}.{:08x}@mail.example.net>", Wheel::new(seed, "message-id", index).next() >> 32)
}

/// A word of letters alone, so that nothing takes it for a number of an order.
fn canary(seed: u64, index: usize) -> String {
    let mut number = Wheel::new(seed, "canary", index).next();
    let mut word = String::from("zq");
    for _ in 0..12 {
        word.push(char::from(b'a' + u8::try_from(number % 20).unwrap()));
        number /= 20;
    }
    word + "xjk"
}

fn alternative(index: usize, tongue: Tongue, text: &str) -> String {
    let (coding, direction) = if tongue == Tongue::Arabic { (Coding::Base64, "rtl") } else { (Coding::Quoted, "ltr") };
    let inner = text.replace('>', "&gt;").replace("\n\n", "</p><p>");
    let html = format!("<html><body dir=\"{direction}\"><p>{inner}</p></body></html>\n");
    format!(
        "Content-Type: multipart/alternative; boundary=\"alt{index:08x}\"\n\n--alt{index:08x}\n{}\n--alt{index:08x}\n{}\n--alt{index:08x}--\n",
        part("plain", text, coding),
        part("html", &html, coding)
    )
}

fn part(kind: &str, text: &str, coding: Coding) -> String {
    let (name, coded) = match coding {
        Coding::Eight => ("8bit", text.to_owned()),
        Coding::Quoted => ("quoted-printable", quoted_printable(text)),
        Coding::Base64 => ("base64", base64_lines(text.as_bytes())),
    };
    format!("Content-Type: text/{kind}; charset=UTF-8\nContent-Transfer-Encoding: {name}\n\n{coded}")
}

/// Base64 in lines of 76 signs (RFC 2045 §6.8).
fn base64_lines(bytes: &[u8]) -> String {
    let mut coded = String::with_capacity(bytes.len() * 3 / 2);
    for line in bytes.chunks(57) {
        coded += &base64::engine::general_purpose::STANDARD.encode(line);
        coded.push('\n');
    }
    coded
}

/// RFC 2045 §6.7.
fn quoted_printable(text: &str) -> String {
    let mut coded = String::with_capacity(text.len() * 3 / 2);
    for line in text.lines() {
        let mut width = 0;
        for (at, byte) in line.bytes().enumerate() {
            let plain = (byte == b' ' && at + 1 < line.len()) || (byte.is_ascii_graphic() && byte != b'=');
            if width + if plain { 1 } else { 3 } > 75 {
                coded.push_str("=\n");
                width = 0;
            }
            if plain {
                coded.push(char::from(byte));
                width += 1;
            } else {
                write!(coded, "={byte:02X}").unwrap();
                width += 3;
            }
        }
        coded.push('\n');
    }
    coded
}

/// A header's text, as encoded words where it is not ASCII (RFC 2047).
fn encoded_words(text: &str) -> String {
    if text.is_ascii() {
        return text.to_owned();
    }
    let (mut words, mut word) = (Vec::new(), String::new());
    for sign in text.chars() {
        if word.len() + sign.len_utf8() > 42 {
            words.push(std::mem::take(&mut word));
        }
        word.push(sign);
    }
    words.push(word);
    let coded = words.iter().map(|word| format!("=?UTF-8?B?{}?=", base64::engine::general_purpose::STANDARD.encode(word)));
    coded.collect::<Vec<_>>().join("\n ")
}
