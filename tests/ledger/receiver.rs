//! A mail server that takes everything and remembers it: what stands here was on the wire.

use super::check::Carried;
use std::io::{BufRead, BufReader, Write};
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::Duration;

/// A server on a port of its own; it lives as long as the test process.
pub struct Receiver {
    /// Where it listens: SMTP without TLS, any login.
    pub port: u16,
    taken: Arc<Mutex<Vec<Carried>>>,
}

impl Receiver {
    pub fn start() -> Self {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
        let port = listener.local_addr().unwrap().port();
        let taken = Arc::new(Mutex::new(Vec::new()));
        let book = Arc::clone(&taken);
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let book = Arc::clone(&book);
                thread::spawn(move || serve(&stream, &book));
            }
        });
        Self { port, taken }
    }

    /// How many mails it took.
    pub fn count(&self) -> usize {
        self.taken.lock().unwrap().len()
    }

    /// What it took from the mail number `first` on.
    pub fn since(&self, first: usize) -> Vec<Carried> {
        self.taken.lock().unwrap().get(first..).unwrap_or_default().to_vec()
    }
}

/// One connection. A mail counts from its final dot on, whether or not its answer arrives.
fn serve(stream: &TcpStream, book: &Mutex<Vec<Carried>>) -> Option<()> {
    stream.set_nodelay(true).ok()?;
    stream.set_read_timeout(Some(Duration::from_secs(60))).ok()?;
    let (mut reader, mut writer) = (BufReader::new(stream), stream);
    let mut say = |text: &str| writer.write_all(text.as_bytes()).ok();
    let mut to = Vec::new();
    say("220 receiver.example ESMTP\r\n")?;
    loop {
        let line = line(&mut reader)?;
        let word = line.split([' ', ':']).next().unwrap_or_default().to_ascii_uppercase();
        match word.as_str() {
            "EHLO" => say("250-receiver.example\r\n250-8BITMIME\r\n250-SMTPUTF8\r\n250 AUTH PLAIN LOGIN\r\n")?,
            "AUTH" => say("235 2.7.0 welcome\r\n")?,
            "MAIL" | "RSET" => {
                to.clear();
                say("250 2.0.0 well\r\n")?;
            }
            "RCPT" => {
                to.push(line.split(['<', '>']).nth(1).unwrap_or_default().to_owned());
                say("250 2.1.5 well\r\n")?;
            }
            "DATA" => {
                say("354 go on\r\n")?;
                let bytes = until_dot(&mut reader)?;
                book.lock().unwrap().push(Carried { message_id: message_id(&bytes), to: std::mem::take(&mut to), bytes });
                say("250 2.0.0 taken\r\n")?;
            }
            "QUIT" => return say("221 bye\r\n"),
            _ => say("502 unknown\r\n")?,
        }
    }
}

fn line(reader: &mut impl BufRead) -> Option<String> {
    let mut line = Vec::new();
    let read = reader.read_until(b'\n', &mut line).ok()?;
    (read > 0).then(|| String::from_utf8_lossy(&line).trim_end().to_owned())
}

/// The text without the dots that were put before other dots.
fn until_dot(reader: &mut impl BufRead) -> Option<Vec<u8>> {
    let mut text = Vec::new();
    loop {
        let mut line = Vec::new();
        if reader.read_until(b'\n', &mut line).ok()? == 0 || !line.ends_with(b"\n") {
            return None;
        }
        if line == b".\r\n" {
            return Some(text);
        }
        text.extend_from_slice(line.strip_prefix(b".").unwrap_or(&line));
    }
}

/// The Message-ID of a letter of the service, in brackets.
fn message_id(bytes: &[u8]) -> String {
    let head = String::from_utf8_lossy(bytes);
    let unfolded = head.split("\r\n\r\n").next().unwrap_or_default().replace("\r\n ", " ");
    let field = unfolded.lines().find(|line| line.to_ascii_lowercase().starts_with("message-id:")).unwrap_or_default();
    format!("<{}>", field.split(['<', '>']).nth(1).unwrap_or_default())
}
