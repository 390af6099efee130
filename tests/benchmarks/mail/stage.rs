//! A service with real servers, its mailbox filled as a mail server fills it, and the program as it is released.

use crate::harness::Town;
use crate::harness::process::{Server, Workshop, free_port, plain_command, program};
use crate::harness::town::DESK;
use crate::ledger::{Entry, Generator};
use elitige::domain::Dice;
use elitige::store::{Keys, Store};
use std::fs;
use std::os::unix::net::UnixDatagram;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};
use tempfile::TempDir;

/// How long anything may take before the measurement is given up.
pub const PATIENCE: Duration = Duration::from_secs(900);

/// The program that is measured.
pub fn elitige() -> &'static Path {
    Path::new(env!("CARGO_BIN_EXE_elitige"))
}

/// Everything around one daemon.
pub struct Stage {
    pub town: Town,
    pub sink: Sink,
    folder: TempDir,
}

impl Stage {
    /// Servers for mails of `generator`; letters go to a sink, over plain loopback, by `couriers` connections, unless Postfix is to take those to `people`.
    pub fn new(generator: &Generator, couriers: usize, people: &[(String, String)]) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let town = Town::start(folder.path(), people);
        let sink = Sink::start();
        fs::write(folder.path().join("zone.json"), generator.zone_json()).expect("zone.json");
        let stage = Self { town, sink, folder };
        stage.edit(|text| {
            let (before, rest) = text.split_once("[smtp]").expect("a section [smtp]");
            let (smtp, after) = rest.split_once("\n\n").expect("an end of it");
            let smtp = if !people.is_empty() { smtp.to_owned() } else { format!("\nhost = \"127.0.0.1\"\nport = {}\ntls = \"none\"\nhello = \"elitige.example\"", stage.sink.port) };
            // One run must not be held up by what is counted over an hour.
            let limits = "mails_per_hour = 1000\nmails_per_day = 1000\nopen_disputes = 1000\nnew_disputes_per_hour = 1000000\nanswers_per_day = 1000\n\
                          letters_per_address = 1000000\nletters_per_registrar = 1000000\ndomain_percent = 100\nletters_per_hour = 100000000\nletters_per_day = 1000000000\n";
            format!("{before}[smtp]{smtp}\n\n[work]\ncouriers = {couriers}\n\n[brakes]\n{limits}\n{after}")
        });
        stage.town.initialise(elitige());
        stage
    }

    /// Where everything is.
    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// The store's file.
    pub fn database(&self) -> PathBuf {
        self.folder().join("elitige.db")
    }

    /// Rewrites service.toml.
    pub fn edit(&self, change: impl FnOnce(String) -> String) {
        let path = self.town.config().join("service.toml");
        let text = fs::read_to_string(&path).expect("service.toml");
        fs::write(&path, change(text)).expect("service.toml");
    }

    /// Puts mails into the inbox, all at once and unseen by any index.
    pub fn fill_inbox(&self, mails: &[Entry]) {
        let maildir = self.town.dovecot.maildir(DESK);
        for folder in ["cur", "new", "tmp"] {
            fs::create_dir_all(maildir.join(folder)).expect("a Maildir");
        }
        for mail in mails {
            let name = format!("{}.M{}.bench,S={}:2,", 1_767_225_600 + mail.index, mail.index, mail.bytes.len());
            fs::write(maildir.join("cur").join(name), &mail.bytes).expect("a mail in the Maildir");
        }
        own(&maildir);
    }

    /// Whether no mail lies in the inbox; it is asked often, beside what is measured, and reads no more than the first name.
    pub fn inbox_is_empty(&self) -> bool {
        let maildir = self.town.dovecot.maildir(DESK);
        ["cur", "new"].iter().all(|folder| fs::read_dir(maildir.join(folder)).is_ok_and(|mut names| names.next().is_none()))
    }

    /// The store, while no daemon runs.
    pub async fn store(&self) -> Store {
        let keys = Keys::load(&self.folder().join("elitige.key")).expect("the key");
        Store::open(&format!("sqlite:{}", self.database().display()), &keys, Dice::from_seed([7; 32])).await.expect("the store")
    }
}

/// Makes everything below `path` belong to whoever Dovecot runs as.
fn own(path: &Path) {
    let owner = fs::metadata(path.ancestors().find(|above| above.ends_with("mail")).expect("the folder of all mail")).expect("its owner");
    let mut folders = vec![path.to_owned()];
    let mut above = path.parent();
    while let Some(folder) = above.filter(|folder| !folder.ends_with("mail")) {
        chown(folder, &owner);
        above = folder.parent();
    }
    while let Some(folder) = folders.pop() {
        chown(&folder, &owner);
        for entry in fs::read_dir(&folder).into_iter().flatten().flatten() {
            if entry.path().is_dir() { folders.push(entry.path()) } else { chown(&entry.path(), &owner) }
        }
    }
}

fn chown(path: &Path, owner: &fs::Metadata) {
    use std::os::unix::fs::MetadataExt;
    std::os::unix::fs::chown(path, Some(owner.uid()), Some(owner.gid())).expect("the owner can be changed");
}

/// `smtp-sink`, which takes every mail and keeps none.
pub struct Sink {
    _server: Server,
    _workshop: Workshop,
    pub port: u16,
}

impl Sink {
    fn start() -> Self {
        let (workshop, port) = (Workshop::new(), free_port());
        let mut command = plain_command(&program("smtp-sink", "postfix"));
        command.arg(format!("127.0.0.1:{port}")).arg("1000");
        let log = workshop.path().join("log");
        let mut server = Server::start("smtp-sink", command, &log);
        server.wait_for(port, &log);
        Self { _server: server, _workshop: workshop, port }
    }
}

/// The daemon, stopped when it goes out of scope.
pub struct Daemon {
    child: Child,
    notices: UnixDatagram,
}

impl Daemon {
    /// Starts it, its log going to a file.
    pub fn start(stage: &Stage) -> Self {
        let log = fs::OpenOptions::new().create(true).append(true).open(stage.town.log_file()).expect("the log");
        let socket = stage.folder().join("notify");
        let _ = fs::remove_file(&socket);
        let notices = UnixDatagram::bind(&socket).expect("a socket for notices");
        notices.set_read_timeout(Some(PATIENCE)).expect("a limit");
        let mut command = Command::new(elitige());
        command.args(["run", "--config"]).arg(stage.town.config()).env("NOTIFY_SOCKET", &socket);
        command.stdin(Stdio::null()).stdout(log.try_clone().expect("the log")).stderr(log);
        Self { child: command.spawn().expect("the daemon"), notices }
    }

    /// Waits until it says that it is ready (`READY=1`).
    pub fn wait_until_ready(&self) {
        let mut said = [0u8; 256];
        loop {
            let length = self.notices.recv(&mut said).expect("the daemon says that it is ready");
            if said[..length].split(|byte| *byte == b'\n').any(|line| line == b"READY=1") {
                return;
            }
        }
    }

    pub fn pid(&self) -> u32 {
        self.child.id()
    }

    /// Tells it to stop, and waits.
    pub fn stop(mut self) {
        let _ = rustix::process::kill_process(rustix::process::Pid::from_child(&self.child), rustix::process::Signal::TERM);
        let _ = self.child.wait();
    }
}

impl Drop for Daemon {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Waits until `done`, looking often enough for what takes seconds, and seldom enough not to be measured itself; says how long it took since `began`.
pub fn wait_until(began: Instant, what: &str, mut done: impl FnMut() -> bool) -> Duration {
    while !done() {
        assert!(began.elapsed() < PATIENCE, "given up after {PATIENCE:?}: {what}");
        std::thread::sleep(Duration::from_millis(50));
    }
    began.elapsed()
}
