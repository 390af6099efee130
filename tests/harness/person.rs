//! A person with a mailbox: writes mails as an ordinary mail program would, and reads what arrives.

use super::dkim::Signers;
use super::dovecot::{Account, Dialogue, Dovecot, dot_stuffed};
use super::postfix::Postfix;
use mail_parser::MessageParser;
use std::collections::BTreeSet;
use std::fs;
use std::io::{BufReader, Write};
use std::net::{Ipv4Addr, TcpStream};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant, SystemTime};

/// One person.
pub struct Person {
    /// Display name.
    pub name: String,
    /// Address and password.
    pub account: Account,
    maildir: PathBuf,
    smtp: u16,
    signers: Signers,
    seen: BTreeSet<PathBuf>,
}

/// A mail that arrived.
#[derive(Debug, Clone)]
pub struct Received {
    /// As it lies in the Maildir.
    pub bytes: Vec<u8>,
    /// Its file.
    pub path: PathBuf,
}

impl Person {
    /// The person of `address` (an account of `dovecot`), who sends through `postfix`, signed by the address's domain if it has a key.
    pub fn new(name: &str, address: &str, dovecot: &Dovecot, postfix: &Postfix, signers: &Signers) -> Self {
        let account = dovecot.account(address).clone();
        let maildir = dovecot.maildir(address);
        Self { name: name.to_owned(), account, maildir, smtp: postfix.smtp, signers: signers.clone(), seen: BTreeSet::new() }
    }

    /// The address.
    pub fn address(&self) -> &str {
        &self.account.address
    }

    /// Writes a plain mail; gives its Message-ID.
    pub fn write(&self, to: &str, subject: &str, text: &str) -> String {
        self.send(to, &[("Subject", subject)], text)
    }

    /// Answers `mail` at its Reply-To (or From), with the whole mail quoted below, as mail programs do; gives the new Message-ID.
    pub fn reply(&self, mail: &Received, text: &str) -> String {
        let to = mail.reply_to();
        let quoted: String = mail.text().lines().map(|line| format!("> {line}\n")).collect();
        let subject = format!("Re: {}", mail.subject());
        let original = format!("<{}>", mail.message_id());
        self.send(
            &to,
            &[("Subject", &subject), ("In-Reply-To", &original), ("References", &original)],
            &format!("{text}\n\nOn that day, somebody wrote:\n{quoted}"),
        )
    }

    /// Sends a text mail with these header fields beside From, To, Date and Message-ID; gives its Message-ID.
    pub fn send(&self, to: &str, fields: &[(&str, &str)], text: &str) -> String {
        static COUNT: AtomicU64 = AtomicU64::new(1);
        let id = format!("{}.{}@{}", COUNT.fetch_add(1, Ordering::SeqCst), std::process::id(), self.domain());
        let mut mail = format!("From: {} <{}>\r\nTo: {to}\r\n", encoded_word(&self.name), self.address());
        for (name, value) in fields {
            mail.push_str(&format!("{name}: {}\r\n", encoded_word(value)));
        }
        mail.push_str(&format!("Date: {}\r\nMessage-ID: <{id}>\r\nMIME-Version: 1.0\r\n", now()));
        mail.push_str("Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\n");
        mail.push_str(&base64_lines(text.replace('\n', "\r\n").as_bytes()));
        self.send_raw(to, mail.as_bytes());
        id
    }

    /// Signs `mail` (CRLF) and hands it to Postfix for `to`; the test fails if it is refused.
    pub fn send_raw(&self, to: &str, mail: &[u8]) {
        self.hand_in(to, &self.signers.sign(self.domain(), mail));
    }

    /// Hands `mail` in as it is, without a signature: what a forger can do.
    pub fn send_unsigned(&self, to: &str, mail: &[u8]) {
        self.hand_in(to, mail);
    }

    fn hand_in(&self, to: &str, mail: &[u8]) {
        let stream = TcpStream::connect((Ipv4Addr::LOCALHOST, self.smtp)).expect("Postfix");
        stream.set_nodelay(true).unwrap();
        let mut peer = Dialogue { reader: BufReader::new(stream.try_clone().unwrap()), writer: stream };
        peer.expect("220");
        peer.say(&format!("EHLO {}", self.domain()), "250");
        peer.say(&format!("MAIL FROM:<{}>", self.address()), "250");
        peer.say(&format!("RCPT TO:<{to}>"), "250");
        peer.say("DATA", "354");
        peer.writer.write_all(&dot_stuffed(mail)).unwrap();
        peer.expect("250");
        peer.say("QUIT", "221");
    }

    /// Every mail in the person's inbox, in the order of arrival.
    pub fn mails(&self) -> Vec<Received> {
        self.mails_but(&BTreeSet::new())
    }

    /// Those whose keys are not among `seen`, which are not read again: whoever waits looks often.
    fn mails_but(&self, seen: &BTreeSet<PathBuf>) -> Vec<Received> {
        let mut mails: Vec<(SystemTime, Received)> = Vec::new();
        for folder in ["new", "cur"] {
            for path in files(&self.maildir.join(folder)).into_iter().filter(|path| !seen.contains(&key(path))) {
                // A mail program may move it from new/ to cur/ while this looks.
                let (Ok(bytes), Ok(meta)) = (fs::read(&path), fs::metadata(&path)) else { continue };
                mails.push((meta.modified().unwrap(), Received { bytes, path }));
            }
        }
        mails.sort_by(|(a, one), (b, other)| a.cmp(b).then_with(|| one.path.cmp(&other.path)));
        mails.into_iter().map(|(_, mail)| mail).collect()
    }

    /// Waits for the next mail that this person has not yet been given; the test fails if none comes within `limit`.
    pub async fn next_mail(&mut self, limit: Duration) -> Received {
        self.next_mail_if(limit, |_| true).await.unwrap_or_else(|| panic!("{} got no mail within {limit:?}", self.address()))
    }

    /// Waits for the next mail that pleases; `None` if none comes within `limit`. Others that come meanwhile stay to be asked for.
    pub async fn next_mail_if(&mut self, limit: Duration, pleases: impl Fn(&Received) -> bool) -> Option<Received> {
        let end = Instant::now() + limit;
        loop {
            let found = self.mails_but(&self.seen).into_iter().find(|mail| pleases(mail));
            if let Some(mail) = found {
                self.seen.insert(mail.key());
                return Some(mail);
            }
            if Instant::now() > end {
                return None;
            }
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    }

    fn domain(&self) -> &str {
        self.address().split('@').nth(1).unwrap_or_default()
    }
}

impl Received {
    /// Decoded subject.
    pub fn subject(&self) -> String {
        self.parsed(|mail| mail.subject().unwrap_or_default().to_owned())
    }

    /// Decoded plain text.
    pub fn text(&self) -> String {
        self.parsed(|mail| mail.body_text(0).unwrap_or_default().into_owned())
    }

    /// The raw value of the first header field `name`.
    pub fn header(&self, name: &str) -> Option<String> {
        self.parsed(|mail| mail.header_raw(name).map(|value| value.trim().to_owned()))
    }

    /// Message-ID without brackets.
    pub fn message_id(&self) -> String {
        self.parsed(|mail| mail.message_id().unwrap_or_default().to_owned())
    }

    /// Where an answer goes: the address in Reply-To, else in From.
    pub fn reply_to(&self) -> String {
        self.parsed(|mail| {
            let address = mail.reply_to().or(mail.from()).and_then(|list| list.first()).and_then(|one| one.address());
            address.unwrap_or_default().to_owned()
        })
    }

    fn parsed<T>(&self, read: impl FnOnce(&mail_parser::Message<'_>) -> T) -> T {
        read(&MessageParser::default().parse(&self.bytes).expect("a readable mail"))
    }

    fn key(&self) -> PathBuf {
        key(&self.path)
    }
}

/// The file's name without its flags, which a mail program changes.
fn key(path: &Path) -> PathBuf {
    let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    PathBuf::from(name.split(':').next().unwrap_or_default())
}

fn files(dir: &Path) -> Vec<PathBuf> {
    fs::read_dir(dir).map(|entries| entries.flatten().map(|entry| entry.path()).collect()).unwrap_or_default()
}

fn now() -> String {
    let micros = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap().as_micros();
    elitige::domain::Instant::from_micros(i64::try_from(micros).unwrap()).rfc5322()
}

fn base64_lines(bytes: &[u8]) -> String {
    use base64::Engine;
    let encoded = base64::engine::general_purpose::STANDARD.encode(bytes);
    encoded.as_bytes().chunks(76).map(|line| format!("{}\r\n", String::from_utf8_lossy(line))).collect()
}

/// ASCII stays as it is; anything else becomes encoded words (RFC 2047), cut between letters.
fn encoded_word(text: &str) -> String {
    use base64::Engine;
    if text.is_ascii() {
        return text.to_owned();
    }
    let letters: Vec<char> = text.chars().collect();
    let words = letters.chunks(12).map(|chunk| {
        let piece: String = chunk.iter().collect();
        format!("=?utf-8?B?{}?=", base64::engine::general_purpose::STANDARD.encode(piece))
    });
    words.collect::<Vec<_>>().join("\r\n ")
}
