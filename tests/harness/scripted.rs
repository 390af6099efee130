//! A server that says what a test wants: for what real servers never do.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

/// A scripted server; it lives as long as the test process. A script that panics fails the test when this is dropped.
pub struct Scripted {
    /// Where it listens.
    pub port: u16,
    connections: Arc<AtomicUsize>,
    running: Arc<Mutex<Vec<JoinHandle<()>>>>,
}

/// The client's end of one connection, as the script sees it.
pub struct Peer {
    reader: BufReader<TcpStream>,
    writer: TcpStream,
}

impl Scripted {
    /// Runs `script` for each connection, with the connection's number from 0.
    pub fn start(script: impl Fn(&mut Peer, usize) + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
        let port = listener.local_addr().unwrap().port();
        let connections = Arc::new(AtomicUsize::new(0));
        let running = Arc::new(Mutex::new(Vec::new()));
        let (counter, script, handles) = (connections.clone(), Arc::new(script), running.clone());
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let number = counter.fetch_add(1, Ordering::SeqCst);
                let script = script.clone();
                let handle = thread::spawn(move || {
                    stream.set_nodelay(true).unwrap();
                    stream.set_read_timeout(Some(Duration::from_secs(30))).unwrap();
                    let mut peer = Peer { reader: BufReader::new(stream.try_clone().unwrap()), writer: stream };
                    script(&mut peer, number);
                });
                handles.lock().unwrap().push(handle);
            }
        });
        Self { port, connections, running }
    }

    /// How many connections there were.
    pub fn connections(&self) -> usize {
        self.connections.load(Ordering::SeqCst)
    }
}

impl Drop for Scripted {
    fn drop(&mut self) {
        let handles: Vec<_> = self.running.lock().unwrap().drain(..).filter(JoinHandle::is_finished).collect();
        let failed = handles.into_iter().filter_map(|handle| handle.join().err()).count();
        assert!(failed == 0 || thread::panicking(), "the script of a server failed");
    }
}

impl Peer {
    /// Says `text` as it is.
    pub fn say(&mut self, text: &str) {
        let _ = self.writer.write_all(text.as_bytes());
    }

    /// Says `bytes` as they are.
    pub fn say_bytes(&mut self, bytes: &[u8]) {
        let _ = self.writer.write_all(bytes);
    }

    /// The client's next line without its end; `None` when it is gone.
    pub fn line(&mut self) -> Option<String> {
        let mut line = Vec::new();
        let read = self.reader.read_until(b'\n', &mut line).unwrap_or(0);
        (read > 0).then(|| String::from_utf8_lossy(&line).trim_end().to_owned())
    }

    /// Says `text` again and again, until the client says something or is gone.
    pub fn say_until_answered(&mut self, text: &str) {
        const BETWEEN: Duration = Duration::from_millis(50);
        const PATIENCE: Duration = Duration::from_secs(30);
        self.writer.set_read_timeout(Some(BETWEEN)).unwrap();
        let end = Instant::now() + PATIENCE;
        while self.reader.fill_buf().is_err() && Instant::now() < end {
            self.say(text);
        }
        self.writer.set_read_timeout(Some(PATIENCE)).unwrap();
    }

    /// What the client sends up to the final dot; `None` when it hung up before.
    pub fn until_dot(&mut self) -> Option<Vec<u8>> {
        let mut text = Vec::new();
        loop {
            let start = text.len();
            if self.reader.read_until(b'\n', &mut text).unwrap_or(0) == 0 {
                return None;
            }
            if &text[start..] == b".\r\n" {
                return Some(text);
            }
        }
    }

    /// Reads until the client hangs up.
    pub fn drain(&mut self) {
        let _ = self.reader.read_to_end(&mut Vec::new());
    }

    /// Says `reply` after the tag of the client's next command and gives the command; `None` when it is gone.
    pub fn answer(&mut self, untagged: &str, reply: &str) -> Option<String> {
        let line = self.line()?;
        let tag = line.split(' ').next().unwrap_or_default().to_owned();
        self.say(&format!("{untagged}{tag} {reply}\r\n"));
        Some(line)
    }
}
