//! A Postfix of the test's own, which delivers every domain it knows to the test's Dovecot and nothing anywhere else.

use super::dovecot::Dovecot;
use super::process::{Server, Workshop, free_port, is_root, program, run};
use rustix::process::{Pid, Signal, kill_process_group};
use std::collections::BTreeSet;
use std::fs;
use std::os::unix::fs::chown;
use std::path::Path;
use std::process::Command;
use std::thread;
use std::time::{Duration, Instant};

/// What differs from an ordinary server.
#[derive(Debug, Clone)]
pub struct PostfixOptions {
    /// Recipients that are refused, with the reply: `("gone@shop.example", "550 5.1.1 no such user")`.
    pub refused: Vec<(String, String)>,
    /// Addresses of the test's domains that Postfix takes and Dovecot then refuses: their senders get a delivery report (RFC 3464).
    pub bouncing: Vec<String>,
    /// Largest mail.
    pub message_size_limit: usize,
    /// Lines of `main.cf` that come last.
    pub extra: String,
}

impl Default for PostfixOptions {
    fn default() -> Self {
        Self { refused: Vec::new(), bouncing: Vec::new(), message_size_limit: 40 * 1024 * 1024, extra: String::new() }
    }
}

/// A running Postfix.
pub struct Postfix {
    server: Option<Server>,
    workshop: Workshop,
    /// SMTP with STARTTLS; takes mail for the test's domains from anybody on this machine, and logins.
    pub smtp: u16,
    /// The same over TLS from the first byte.
    pub smtps: u16,
}

impl Postfix {
    /// A server in front of `dovecot`, for all domains of its accounts.
    pub fn start(dovecot: &Dovecot) -> Self {
        Self::with(dovecot, &PostfixOptions::default())
    }

    /// A server that differs.
    pub fn with(dovecot: &Dovecot, options: &PostfixOptions) -> Self {
        assert!(is_root(), "Postfix must be started by root: run this test as root, for example in a container");
        program("postfix", "postfix");
        let workshop = Workshop::new();
        let (smtp, smtps) = (free_port(), free_port());
        let mut postfix = Self { server: None, workshop, smtp, smtps };
        for name in ["conf", "queue", "data"] {
            fs::create_dir(postfix.dir().join(name)).unwrap();
        }
        chown(postfix.dir().join("data"), Some(id_of("postfix")), None).unwrap();
        let known = dovecot.accounts.iter().map(|account| &account.address).chain(&options.bouncing);
        let accounts: String = known.map(|address| format!("{address} ok\n")).collect();
        let refused: String = options.refused.iter().map(|(address, reply)| format!("{address} {reply}\n")).collect();
        postfix.workshop.write("conf/accounts", &accounts);
        postfix.workshop.write("conf/refused", &refused);
        postfix.workshop.write("conf/main.cf", &postfix.main(dovecot, options));
        postfix.workshop.write("conf/master.cf", &postfix.master());
        postfix.restart();
        postfix
    }

    /// What its Dovecot does not take is tried again each second: the servers of tests go and come back.
    fn main(&self, dovecot: &Dovecot, options: &PostfixOptions) -> String {
        let dir = self.dir().display();
        let domains: BTreeSet<&str> = dovecot.accounts.iter().filter_map(|account| account.address.split('@').nth(1)).collect();
        let domains = domains.into_iter().collect::<Vec<_>>().join(", ");
        let (lmtp, sasl) = (dovecot.lmtp, dovecot.sasl);
        let (chain, key) = (dovecot.certificate.chain.display(), dovecot.certificate.key.display());
        let (limit, extra) = (options.message_size_limit, &options.extra);
        format!(
            "compatibility_level = 3.6\nqueue_directory = {dir}/queue\ndata_directory = {dir}/data\nmail_owner = postfix\nsetgid_group = postdrop\n\
             maillog_file = {dir}/data/log\nmaillog_file_prefixes = /tmp\nmyhostname = localhost\nmydomain = localdomain\nmydestination =\n\
             inet_interfaces = 127.0.0.1\ninet_protocols = ipv4\nmynetworks = 127.0.0.0/8\nrecipient_delimiter = +\nbiff = no\n\
             virtual_mailbox_domains = {domains}\nvirtual_mailbox_maps = texthash:{dir}/conf/accounts\nvirtual_transport = lmtp:inet:127.0.0.1:{lmtp}\n\
             virtual_alias_maps =\nalias_maps =\nalias_database =\nlocal_recipient_maps =\nlocal_transport = error:no local mail here\n\
             default_transport = error:nothing leaves this machine\nrelay_transport = error:nothing leaves this machine\nrelayhost =\nrelay_domains =\n\
             notify_classes =\nlocal_header_rewrite_clients =\nsmtputf8_enable = yes\nmessage_size_limit = {limit}\nmailbox_size_limit = 0\n\
             virtual_mailbox_limit = 0\nsmtpd_recipient_restrictions = check_recipient_access texthash:{dir}/conf/refused, reject_unauth_destination\n\
             smtpd_relay_restrictions = reject_unauth_destination\nsmtpd_reject_unlisted_recipient = yes\nin_flow_delay = 0\n\
             queue_run_delay = 1s\nminimal_backoff_time = 1s\nmaximal_backoff_time = 2s\n\
             smtpd_client_connection_count_limit = 0\nsmtpd_peername_lookup = no\nsmtp_dns_support_level = disabled\nlmtp_destination_concurrency_limit = 10\n\
             smtpd_tls_cert_file = {chain}\nsmtpd_tls_key_file = {key}\nsmtpd_tls_security_level = may\ntls_random_source = dev:/dev/urandom\n\
             smtpd_sasl_auth_enable = yes\nsmtpd_sasl_type = dovecot\nsmtpd_sasl_path = inet:127.0.0.1:{sasl}\nbroken_sasl_auth_clients = no\n{extra}\n"
        )
    }

    fn master(&self) -> String {
        let (smtp, smtps) = (self.smtp, self.smtps);
        format!(
            "127.0.0.1:{smtp} inet n - n - - smtpd\n127.0.0.1:{smtps} inet n - n - - smtpd\n  -o smtpd_tls_wrappermode=yes\n\
             cleanup unix n - n - 0 cleanup\nqmgr unix n - n 300 1 qmgr\ntlsmgr unix - - n 1000? 1 tlsmgr\nrewrite unix - - n - - trivial-rewrite\n\
             bounce unix - - n - 0 bounce\ndefer unix - - n - 0 bounce\ntrace unix - - n - 0 bounce\nverify unix - - n - 1 verify\n\
             flush unix n - n 1000? 0 flush\nproxymap unix - - n - - proxymap\nsmtp unix - - n - - smtp\nrelay unix - - n - - smtp\n\
             showq unix n - n - - showq\nerror unix - - n - - error\nretry unix - - n - - error\ndiscard unix - - n - - discard\n\
             lmtp unix - - n - - lmtp\nanvil unix - - n - 1 anvil\nscache unix - - n - 1 scache\npostlog unix-dgram n - n - 1 postlogd\n"
        )
    }

    /// Its directory.
    pub fn dir(&self) -> &Path {
        self.workshop.path()
    }

    /// Stops it as a power failure would.
    pub fn kill(&mut self) {
        self.kill_master();
        if let Some(server) = &mut self.server {
            server.kill();
        }
        self.server = None;
    }

    /// Starts it (again) with the same queue.
    pub fn restart(&mut self) {
        self.kill();
        let mut command = Command::new(program("postfix", "postfix"));
        command.arg("-c").arg(self.dir().join("conf")).arg("start-fg").current_dir("/");
        let log = self.dir().join("out");
        let mut server = Server::start("postfix", command, &log);
        for port in [self.smtp, self.smtps] {
            server.wait_for(port, &log);
        }
        self.server = Some(server);
    }

    /// How many mails wait in its queue.
    pub fn queued(&self) -> usize {
        let count = |name: &str| walk(&self.dir().join("queue").join(name));
        ["incoming", "active", "deferred", "maildrop"].iter().map(|name| count(name)).sum()
    }

    /// Waits until every mail is delivered or sent back.
    pub fn wait_until_empty(&self, limit: Duration) {
        let end = Instant::now() + limit;
        while self.queued() > 0 {
            assert!(Instant::now() < end, "mails still wait in Postfix' queue: {}", self.log());
            thread::sleep(Duration::from_millis(20));
        }
    }

    /// What it logged.
    pub fn log(&self) -> String {
        fs::read_to_string(self.dir().join("data/log")).unwrap_or_default()
    }

    /// The master leads a process group of its own beside that of the script which started it.
    fn kill_master(&self) {
        let pid = fs::read_to_string(self.dir().join("queue/pid/master.pid")).unwrap_or_default();
        if let Some(pid) = pid.trim().parse().ok().and_then(Pid::from_raw) {
            let _ = kill_process_group(pid, Signal::KILL);
        }
    }
}

impl Drop for Postfix {
    fn drop(&mut self) {
        self.kill();
    }
}

fn id_of(user: &str) -> u32 {
    let mut command = Command::new("id");
    command.args(["-u", user]);
    run(command, "id").trim().parse().expect("the user `postfix`; install it with: apt-get install -y postfix")
}

fn walk(dir: &Path) -> usize {
    let Ok(entries) = fs::read_dir(dir) else { return 0 };
    entries.flatten().map(|entry| if entry.path().is_dir() { walk(&entry.path()) } else { 1 }).sum()
}
