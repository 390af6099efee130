//! The floor: a client that fetches the same mails from the same server and moves them, and does nothing else.

use crate::harness::town::DESK;
use crate::stage::Stage;
use elitige::transport::{Endpoint, Opened, Security, Stream};
use std::time::{Duration, Instant};
use tokio::io::{AsyncReadExt, AsyncWriteExt, BufReader};

const GROUP: usize = 100;

/// How long it takes to fetch and move everything in the inbox.
pub async fn fetch_and_move(stage: &Stage) -> Duration {
    let began = Instant::now();
    let mut client = Client::open(stage).await;
    client.run(&format!("LOGIN {DESK} {}", stage.town.dovecot.account(DESK).password)).await;
    client.run("CREATE Archive").await;
    client.run("SELECT INBOX").await;
    let uids = client.uids().await;
    for group in uids.chunks(GROUP) {
        let set = group.iter().map(u32::to_string).collect::<Vec<_>>().join(",");
        client.run(&format!("UID FETCH {set} (UID BODY.PEEK[])")).await;
        client.run(&format!("UID MOVE {set} Archive")).await;
    }
    began.elapsed()
}

/// A connection to Dovecot, over TLS.
async fn connected(stage: &Stage) -> BufReader<Stream> {
    let dovecot = &stage.town.dovecot;
    let ca_file = Some(dovecot.certificate.authority.clone());
    let endpoint = Endpoint { host: "localhost".to_owned(), port: dovecot.imaps, security: Security::Implicit, ca_file };
    let Opened::Ready(stream) = endpoint.open(Duration::from_secs(10)).await.expect("a connection to Dovecot") else { panic!("no TLS") };
    BufReader::with_capacity(64 * 1024, stream)
}

struct Client {
    stream: BufReader<Stream>,
    line: Vec<u8>,
    skipped: Vec<u8>,
}

impl Client {
    async fn open(stage: &Stage) -> Self {
        let mut client = Self { stream: connected(stage).await, line: Vec::new(), skipped: Vec::new() };
        client.next().await;
        client
    }

    /// Runs a command and throws its answers away.
    async fn run(&mut self, command: &str) {
        self.stream.write_all(format!("a {command}\r\n").as_bytes()).await.expect("a command");
        self.stream.flush().await.expect("a command");
        loop {
            self.next().await;
            if let Some(status) = self.line.strip_prefix(b"a ") {
                assert!(status.starts_with(b"OK"), "{command}: {}", String::from_utf8_lossy(status));
                return;
            }
        }
    }

    async fn uids(&mut self) -> Vec<u32> {
        self.stream.write_all(b"a UID SEARCH ALL\r\n").await.expect("a command");
        self.stream.flush().await.expect("a command");
        let mut uids = Vec::new();
        loop {
            self.next().await;
            if self.line.starts_with(b"a ") {
                return uids;
            }
            let line = String::from_utf8_lossy(&self.line).into_owned();
            uids.extend(line.strip_prefix("* SEARCH").into_iter().flat_map(str::split_whitespace).filter_map(|uid| uid.parse::<u32>().ok()));
        }
    }

    /// The next line into `line`; literals on the way are read and dropped.
    async fn next(&mut self) {
        use tokio::io::AsyncBufReadExt;
        self.line.clear();
        self.stream.read_until(b'\n', &mut self.line).await.expect("an answer");
        assert!(!self.line.is_empty(), "Dovecot hung up");
        while let Some(length) = literal(&self.line) {
            self.skipped.resize(length, 0);
            self.stream.read_exact(&mut self.skipped).await.expect("a literal");
            self.line.clear();
            self.stream.read_until(b'\n', &mut self.line).await.expect("the rest of an answer");
        }
    }
}

fn literal(line: &[u8]) -> Option<usize> {
    let text = std::str::from_utf8(line).ok()?.trim_end_matches(['\r', '\n']);
    text.strip_suffix('}')?.rsplit_once('{')?.1.parse().ok()
}
