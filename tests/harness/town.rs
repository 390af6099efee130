//! A town with a mediation service: mail servers, people, signed domains, and the daemon as its own process.

pub use super::folder::copy;
use super::{Account, Dovecot, DovecotOptions, Postfix, PostfixOptions, Signers};
use std::fs::{self, Permissions};
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// The service's own addresses.
pub const DESK: &str = "mediation@elitige.example";
pub const BOUNCES: &str = "retours@elitige.example";
pub const REGISTRAR: &str = "registrar@elitige.example";

/// Real servers, and a folder with everything that the service needs.
pub struct Town {
    pub dovecot: Dovecot,
    pub postfix: Postfix,
    pub signers: Signers,
    folder: PathBuf,
}

impl Town {
    /// Starts the servers for the service and for `people` (name, address), and writes the service's configuration into `folder`.
    pub fn start(folder: &Path, people: &[(String, String)]) -> Self {
        Self::with(folder, people, &PostfixOptions::default())
    }

    /// The same with a Postfix that differs.
    pub fn with(folder: &Path, people: &[(String, String)], options: &PostfixOptions) -> Self {
        Self::on(folder, people, &DovecotOptions::default(), options)
    }

    /// The same with a Dovecot that differs too.
    pub fn on(folder: &Path, people: &[(String, String)], mailboxes: &DovecotOptions, options: &PostfixOptions) -> Self {
        let mut addresses: Vec<&str> = people.iter().map(|(_, address)| address.as_str()).collect();
        addresses.extend([DESK, BOUNCES, REGISTRAR]);
        addresses.sort_unstable();
        addresses.dedup();
        let accounts: Vec<Account> = addresses.iter().map(|address| Account::new(address)).collect();
        let mut domains: Vec<&str> = addresses.iter().filter_map(|address| address.split('@').nth(1)).collect();
        domains.dedup();
        let dovecot = Dovecot::with(&accounts, mailboxes);
        let postfix = Postfix::with(&dovecot, options);
        let town = Self { dovecot, postfix, signers: Signers::new(&domains), folder: folder.to_owned() };
        town.configure();
        town
    }

    /// Where people write to.
    pub fn desk(&self) -> String {
        DESK.to_owned()
    }

    /// The folder with configuration, key, database and log.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// The configuration folder.
    pub fn config(&self) -> PathBuf {
        self.folder.join("config")
    }

    /// The daemon's log.
    pub fn log_file(&self) -> PathBuf {
        self.folder.join("elitige.log")
    }

    /// `elitige init`.
    pub fn initialise(&self, program: &Path) {
        let done = self.command(program, &["init"]);
        assert!(done.status.success(), "elitige init failed: {}{}", String::from_utf8_lossy(&done.stdout), String::from_utf8_lossy(&done.stderr));
    }

    /// What `elitige case list` prints; nothing where there is none.
    pub fn case_list(&self, program: &Path) -> String {
        String::from_utf8_lossy(&self.command(program, &["case", "list"]).stdout).replace("none\n", "")
    }

    /// Runs the program with this town's configuration.
    pub fn command(&self, program: &Path, arguments: &[&str]) -> std::process::Output {
        Command::new(program)
            .args(arguments)
            .arg("--config")
            .arg(self.config())
            .output()
            .unwrap_or_else(|error| panic!("{} cannot be run: {error}", program.display()))
    }

    fn configure(&self) {
        let house = Path::new(env!("CARGO_MANIFEST_DIR"));
        let config = self.config();
        copy(&house.join("config"), &config);
        let secret = |name: &str, text: &str| {
            let path = self.folder.join(name);
            fs::write(&path, text).unwrap();
            fs::set_permissions(&path, Permissions::from_mode(0o600)).unwrap();
        };
        secret("mediation.password", &self.dovecot.account(DESK).password);
        secret("bounces.password", &self.dovecot.account(BOUNCES).password);
        fs::copy(&self.dovecot.certificate.authority, self.folder.join("authority.pem")).unwrap();
        fs::write(self.folder.join("zone.json"), self.signers.zone_json()).unwrap();
        fs::write(config.join("service.toml"), self.service(house)).unwrap();
    }

    fn service(&self, house: &Path) -> String {
        let (imaps, smtp) = (self.dovecot.imaps, self.postfix.smtps);
        let authority = self.folder.join("authority.pem").display().to_string();
        let (folder, templates) = (self.folder.display(), house.join("templates").display().to_string());
        let mailbox = |name: &str, role: &str, address: &str| {
            format!(
                "[[mailbox]]\nname = \"{name}\"\nrole = \"{role}\"\naddress = \"{address}\"\nhost = \"localhost\"\nport = {imaps}\ntls = \"implicit\"\n\
                 ca_file = \"{authority}\"\nuser = \"{address}\"\npassword_file = \"{folder}/{name}.password\"\n\n"
            )
        };
        format!(
            "[service]\nname = {{ fr = \"Médiation e-litige\", ar = \"وساطة e-litige\", en = \"e-litige mediation\" }}\ntemplates = \"{templates}\"\n\
             bounce_address = \"{BOUNCES}\"\nmessage_id_domain = \"elitige.example\"\n\n[store]\ndatabase = \"sqlite:{folder}/elitige.db\"\nkey_file = \"{folder}/elitige.key\"\n\n\
             {}{}[smtp]\nhost = \"localhost\"\nport = {smtp}\ntls = \"implicit\"\nca_file = \"{authority}\"\nhello = \"elitige.example\"\n\n\
             [authentication]\nzone_file = \"{folder}/zone.json\"\n\n[[operator]]\naddress = \"{REGISTRAR}\"\nname = \"Registrar\"\nlanguage = \"fr\"\n",
            mailbox("mediation", "mediation", DESK),
            mailbox("bounces", "bounces", BOUNCES),
        )
    }
}

/// The daemon as its own process.
pub struct Daemon {
    child: Child,
    program: PathBuf,
    config: PathBuf,
    log: PathBuf,
    /// What stands in its environment beside what stands in the test's.
    environment: Vec<(String, String)>,
}

impl Daemon {
    /// Starts it; its log goes to the town's log file.
    pub fn start(program: &Path, town: &Town) -> Self {
        Self::with(program, &town.config(), &town.log_file())
    }

    /// Starts it with these variables in its environment.
    pub fn in_environment(program: &Path, town: &Town, environment: &[(&str, &str)]) -> Self {
        let environment = environment.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
        Self::spawned(program, &town.config(), &town.log_file(), environment)
    }

    /// Starts it for another configuration folder, its log going to that file.
    pub fn with(program: &Path, config: &Path, log: &Path) -> Self {
        Self::spawned(program, config, log, Vec::new())
    }

    fn spawned(program: &Path, config: &Path, log: &Path, environment: Vec<(String, String)>) -> Self {
        let child = Self::spawn(program, config, log, &environment);
        Self { child, program: program.to_owned(), config: config.to_owned(), log: log.to_owned(), environment }
    }

    fn spawn(program: &Path, config: &Path, log: &Path, environment: &[(String, String)]) -> Child {
        let out = fs::OpenOptions::new().create(true).append(true).open(log).unwrap();
        let mut command = Command::new(program);
        command.args(["run", "--log", "trace", "--config"]).arg(config).stdin(Stdio::null()).stdout(out.try_clone().unwrap()).stderr(out);
        command.envs(environment.iter().map(|(name, value)| (name, value)));
        command.spawn().unwrap_or_else(|error| panic!("{} cannot be run: {error}", program.display()))
    }

    /// Kills it as a power failure would, and starts it again.
    pub fn kill_and_restart(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
        self.child = Self::spawn(&self.program, &self.config, &self.log, &self.environment);
    }

    /// Whether it still runs.
    pub fn runs(&mut self) -> bool {
        self.child.try_wait().is_ok_and(|over| over.is_none())
    }

    /// Sends it that signal.
    pub fn signal(&self, signal: rustix::process::Signal) {
        rustix::process::kill_process(rustix::process::Pid::from_child(&self.child), signal).unwrap();
    }

    /// Tells it to stop and says how long that took; the test fails if it takes more than thirty seconds.
    pub fn stop(&mut self) -> Duration {
        let began = Instant::now();
        let pid = rustix::process::Pid::from_child(&self.child);
        let _ = rustix::process::kill_process(pid, rustix::process::Signal::TERM);
        while self.runs() {
            assert!(began.elapsed() < Duration::from_secs(30), "the daemon does not stop within thirty seconds");
            std::thread::sleep(Duration::from_millis(20));
        }
        began.elapsed()
    }
}

impl Drop for Daemon {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
