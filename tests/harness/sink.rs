//! Postfix' `smtp-sink`: takes every mail, or fails in exactly the way that is asked for.

use super::process::{Server, Workshop, free_port, plain_command, program};
use std::fs;

/// A running `smtp-sink`.
pub struct Sink {
    _server: Server,
    workshop: Workshop,
    /// Where it listens.
    pub port: u16,
}

impl Sink {
    /// Starts it with these options, e.g. `&["-q", "."]` (drop the connection after the dot) or `&["-r", "RCPT"]`.
    pub fn start(options: &[&str]) -> Self {
        let workshop = Workshop::new();
        let port = free_port();
        let mails = workshop.writable("mails");
        let mut command = plain_command(&program("smtp-sink", "postfix"));
        command.current_dir(&mails).args(options).args(["-d", "%Y%m%d%H%M%S."]).arg(format!("127.0.0.1:{port}")).arg("100");
        let log = workshop.path().join("log");
        let mut server = Server::start("smtp-sink", command, &log);
        server.wait_for(port, &log);
        Self { _server: server, workshop, port }
    }

    /// The mails it has, each with the envelope in `X-Mail-Args` and `X-Rcpt-Args` before it. Line ends are LF.
    pub fn mails(&self) -> Vec<String> {
        let entries = fs::read_dir(self.workshop.path().join("mails")).unwrap().flatten();
        let mut mails: Vec<String> = entries.map(|entry| String::from_utf8_lossy(&fs::read(entry.path()).unwrap()).into_owned()).collect();
        mails.sort();
        mails
    }
}
