//! A Dovecot of the test's own: IMAP, IMAP over TLS, LMTP, and SASL for Postfix.

use super::certificate::Certificate;
use super::process::{Server, Workshop, free_port, plain_command, plain_user, program, run};
use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::net::{Ipv4Addr, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

const PACKAGE: &str = "dovecot-imapd dovecot-lmtpd";

/// A mail user of the test's Dovecot (and of the Postfix before it).
#[derive(Debug, Clone)]
pub struct Account {
    /// The address, which is also the login.
    pub address: String,
    /// The password.
    pub password: String,
}

impl Account {
    /// An account with a password of its own.
    pub fn new(address: &str) -> Self {
        Self { address: address.to_owned(), password: format!("secret-of-{address}") }
    }
}

/// What differs from an ordinary server.
#[derive(Debug, Clone, Default)]
pub struct DovecotOptions {
    /// Only these capabilities instead of all, e.g. `IMAP4rev1 UIDPLUS` (neither IDLE nor MOVE).
    pub capabilities: Option<String>,
    /// Host names of the certificate instead of localhost and 127.0.0.1.
    pub certificate_names: Option<Vec<String>>,
    /// Lines of configuration that come last.
    pub extra: String,
}

/// A running Dovecot.
pub struct Dovecot {
    server: Option<Server>,
    workshop: Workshop,
    /// The certificate of `imap` (STARTTLS) and `imaps`.
    pub certificate: Certificate,
    /// Who has a mailbox.
    pub accounts: Vec<Account>,
    /// IMAP in plain text and with STARTTLS.
    pub imap: u16,
    /// IMAP over TLS.
    pub imaps: u16,
    /// LMTP (RFC 2033).
    pub lmtp: u16,
    /// Dovecot's SASL protocol, for Postfix.
    pub sasl: u16,
}

impl Dovecot {
    /// A server with these accounts.
    pub fn start(accounts: &[Account]) -> Self {
        Self::with(accounts, &DovecotOptions::default())
    }

    /// A server that differs.
    pub fn with(accounts: &[Account], options: &DovecotOptions) -> Self {
        let workshop = Workshop::new();
        let names = options.certificate_names.clone().unwrap_or_else(|| vec!["localhost".to_owned(), "127.0.0.1".to_owned()]);
        let certificate = Certificate::naming(&workshop, &names.iter().map(String::as_str).collect::<Vec<_>>());
        let (imap, imaps, lmtp, sasl) = (free_port(), free_port(), free_port(), free_port());
        let mut dovecot = Self { server: None, workshop, certificate, accounts: accounts.to_vec(), imap, imaps, lmtp, sasl };
        for name in ["mail", "base", "state"] {
            dovecot.workshop.writable(name);
        }
        let users: String = accounts.iter().map(|account| format!("{}:{{PLAIN}}{}::::::\n", account.address, account.password)).collect();
        dovecot.workshop.write("users", &users);
        dovecot.workshop.write("conf", &dovecot.configuration(options));
        dovecot.restart();
        dovecot
    }

    fn configuration(&self, options: &DovecotOptions) -> String {
        let dir = self.dir().display();
        let (user, group) = plain_user();
        let capability = options.capabilities.as_ref().map(|list| format!("  imap_capability = {list}\n")).unwrap_or_default();
        let (chain, key) = (self.certificate.chain.display(), self.certificate.key.display());
        let (imap, imaps, lmtp, sasl) = (self.imap, self.imaps, self.lmtp, self.sasl);
        let extra = &options.extra;
        let no_chroot: String = ["anvil", "stats", "imap-login"].map(|service| format!("service {service} {{\n  chroot =\n}}\n")).concat();
        format!(
            "base_dir = {dir}/base\nstate_dir = {dir}/state\nlog_path = {dir}/base/log\nprotocols = imap lmtp\nlisten = 127.0.0.1\n\
             default_internal_user = {user}\ndefault_internal_group = {group}\ndefault_login_user = {user}\n\
             first_valid_uid = 1\nfirst_valid_gid = 1\nmail_location = maildir:~/Maildir\nrecipient_delimiter = +\n\
             disable_plaintext_auth = no\nauth_mechanisms = plain login\nssl = yes\nssl_cert = <{chain}\nssl_key = <{key}\n\
             mail_max_userip_connections = 200\nauth_failure_delay = 0\nauth_cache_size = 0\n\
             passdb {{\n  driver = passwd-file\n  args = username_format=%Lu {dir}/users\n}}\n\
             userdb {{\n  driver = static\n  args = uid={user} gid={group} home={dir}/mail/%Ld/%Ln\n}}\n\
             protocol imap {{\n{capability}}}\n{no_chroot}\
             service imap-login {{\n  inet_listener imap {{\n    port = {imap}\n  }}\n  inet_listener imaps {{\n    port = {imaps}\n    ssl = yes\n  }}\n}}\n\
             service lmtp {{\n  inet_listener lmtp {{\n    address = 127.0.0.1\n    port = {lmtp}\n  }}\n}}\n\
             service auth {{\n  inet_listener sasl {{\n    address = 127.0.0.1\n    port = {sasl}\n  }}\n}}\n{extra}\n"
        )
    }

    /// Its directory.
    pub fn dir(&self) -> &Path {
        self.workshop.path()
    }

    /// The account of `address`.
    pub fn account(&self, address: &str) -> &Account {
        self.accounts.iter().find(|account| account.address == address).unwrap_or_else(|| panic!("the test's Dovecot has no account {address}"))
    }

    /// The Maildir of `address`.
    pub fn maildir(&self, address: &str) -> PathBuf {
        let (local, domain) = address.split_once('@').expect("an address");
        self.dir().join("mail").join(domain).join(local).join("Maildir")
    }

    /// Stops it as a power failure would.
    pub fn kill(&mut self) {
        if let Some(server) = &mut self.server {
            server.kill();
        }
        self.server = None;
    }

    /// The running server, to be halted and woken.
    pub fn server(&self) -> &Server {
        self.server.as_ref().expect("a running Dovecot")
    }

    /// Starts it (again) on the same ports with the same mail.
    pub fn restart(&mut self) {
        self.server = None;
        let mut command = plain_command(&program("dovecot", PACKAGE));
        command.arg("-F").arg("-c").arg(self.dir().join("conf"));
        let log = self.dir().join("base/out");
        let mut server = Server::start("dovecot", command, &log);
        for port in [self.imap, self.imaps, self.lmtp, self.sasl] {
            server.wait_for(port, &self.dir().join("base/log"));
        }
        self.server = Some(server);
    }

    /// Runs `doveadm`, e.g. `&["mailbox", "update", "--uid-validity", "77", "-u", address, "INBOX"]`.
    pub fn doveadm(&self, arguments: &[&str]) -> String {
        run(self.doveadm_command(arguments), "doveadm")
    }

    /// The same while somebody else files the same mails away: it may complain of those that were gone before it came to them. Gives its complaints.
    pub fn doveadm_in_a_race(&self, arguments: &[&str]) -> String {
        let output = self.doveadm_command(arguments).stdin(Stdio::null()).output().unwrap();
        let complaints = String::from_utf8_lossy(&output.stderr).into_owned();
        let is_lost_race = complaints.lines().all(|line| line.ends_with("Message was expunged"));
        assert!(output.status.success() || (is_lost_race && !complaints.is_empty()), "doveadm failed: {complaints}");
        complaints
    }

    fn doveadm_command(&self, arguments: &[&str]) -> Command {
        let mut command = plain_command(&program("doveadm", PACKAGE));
        command.arg("-c").arg(self.dir().join("conf")).args(arguments);
        command
    }

    /// Delivers `mail` to `to` over LMTP, as a mail server would.
    pub fn deliver(&self, to: &str, mail: &[u8]) {
        self.deliver_all(to, &[mail]);
    }

    /// Delivers many mails over one connection.
    pub fn deliver_all(&self, to: &str, mails: &[&[u8]]) {
        deliver_all_over(self.lmtp, to, mails);
    }

    /// What it logged.
    pub fn log(&self) -> String {
        fs::read_to_string(self.dir().join("base/log")).unwrap_or_default()
    }
}

/// Delivers `mail` to `to` over LMTP on that port, where the server itself is not at hand.
pub fn deliver_over(lmtp: u16, to: &str, mail: &[u8]) {
    deliver_all_over(lmtp, to, &[mail]);
}

fn deliver_all_over(lmtp: u16, to: &str, mails: &[&[u8]]) {
    let mut peer = greeted(lmtp);
    peer.say("LHLO test", "250");
    for mail in mails {
        peer.say("MAIL FROM:<sender@elsewhere.example>", "250");
        peer.say(&format!("RCPT TO:<{to}>"), "250");
        peer.say("DATA", "354");
        peer.writer.write_all(&dot_stuffed(mail)).unwrap();
        peer.expect("250");
    }
    peer.say("QUIT", "221");
}

/// A server that has just been started again may hang up before it greets: then once more.
fn greeted(port: u16) -> Dialogue {
    let end = Instant::now() + Duration::from_secs(20);
    loop {
        let stream = TcpStream::connect((Ipv4Addr::LOCALHOST, port)).expect("LMTP");
        stream.set_nodelay(true).unwrap();
        let mut peer = Dialogue { reader: BufReader::new(stream.try_clone().unwrap()), writer: stream };
        let said = peer.reply();
        if said.starts_with("220") {
            return peer;
        }
        assert!(said.is_empty() && Instant::now() < end, "expected 220, the server says: {said}");
        std::thread::sleep(Duration::from_millis(50));
    }
}

/// A dialogue in SMTP or LMTP, for tests; any other reply than the one awaited fails the test.
pub struct Dialogue {
    pub reader: BufReader<TcpStream>,
    pub writer: TcpStream,
}

impl Dialogue {
    /// Says a line and awaits a reply that begins so.
    pub fn say(&mut self, line: &str, reply: &str) {
        self.writer.write_all(format!("{line}\r\n").as_bytes()).unwrap();
        self.expect(reply);
    }

    /// Awaits a reply that begins so.
    pub fn expect(&mut self, reply: &str) {
        let said = self.reply();
        assert!(said.starts_with(reply), "expected {reply}, the server says: {said}");
    }

    /// The last line of the next reply.
    pub fn reply(&mut self) -> String {
        loop {
            let mut line = String::new();
            let read = self.reader.read_line(&mut line).unwrap();
            if read == 0 || line.as_bytes().get(3) != Some(&b'-') {
                return line;
            }
        }
    }
}

/// `mail` as it stands after DATA, with the final dot.
pub fn dot_stuffed(mail: &[u8]) -> Vec<u8> {
    let mut wire = Vec::with_capacity(mail.len() + 16);
    for line in mail.split_inclusive(|byte| *byte == b'\n') {
        if line.starts_with(b".") {
            wire.push(b'.');
        }
        wire.extend_from_slice(line);
    }
    if !wire.ends_with(b"\r\n") {
        wire.extend_from_slice(b"\r\n");
    }
    wire.extend_from_slice(b".\r\n");
    wire
}
