//! Somebody else in the same mailbox: says to the server what a test wants.

use std::io::{BufRead, BufReader, Write};
use std::net::{Ipv4Addr, TcpStream};
use std::time::Duration;

/// A connection that is logged in.
pub struct Hand {
    reader: BufReader<TcpStream>,
    writer: TcpStream,
}

impl Hand {
    /// Logs in.
    pub fn at(port: u16, user: &str, password: &str) -> Self {
        let stream = TcpStream::connect((Ipv4Addr::LOCALHOST, port)).unwrap();
        stream.set_nodelay(true).unwrap();
        stream.set_read_timeout(Some(Duration::from_secs(20))).unwrap();
        let mut hand = Self { reader: BufReader::new(stream.try_clone().unwrap()), writer: stream };
        assert!(hand.line().starts_with("* OK"));
        hand.says(&format!("LOGIN {user} {password}"));
        hand
    }

    /// What the server says to `command`, which it must obey.
    pub fn says(&mut self, command: &str) -> Vec<String> {
        self.writer.write_all(format!("h {command}\r\n").as_bytes()).unwrap();
        self.until_done(command)
    }

    /// Puts `mail` into `folder`.
    pub fn append(&mut self, folder: &str, mail: &[u8]) {
        self.writer.write_all(format!("h APPEND \"{folder}\" {{{}}}\r\n", mail.len()).as_bytes()).unwrap();
        let said = self.line();
        assert!(said.starts_with('+'), "APPEND to {folder}: {said}");
        self.writer.write_all(mail).unwrap();
        self.writer.write_all(b"\r\n").unwrap();
        self.until_done("APPEND");
    }

    /// How many mails lie in `folder`.
    pub fn count(&mut self, folder: &str) -> usize {
        let said = self.says(&format!("STATUS \"{folder}\" (MESSAGES)"));
        let told = said.iter().find_map(|line| line.split_once("(MESSAGES ")?.1.split(')').next()?.parse().ok());
        told.unwrap_or_else(|| panic!("{said:?}"))
    }

    fn until_done(&mut self, command: &str) -> Vec<String> {
        let mut said = Vec::new();
        loop {
            let line = self.line();
            if let Some(status) = line.strip_prefix("h ") {
                assert!(status.starts_with("OK"), "{command}: {status}");
                return said;
            }
            said.push(line);
        }
    }

    fn line(&mut self) -> String {
        let mut line = Vec::new();
        self.reader.read_until(b'\n', &mut line).unwrap();
        assert!(!line.is_empty(), "the server hung up");
        String::from_utf8_lossy(&line).trim_end().to_owned()
    }
}
