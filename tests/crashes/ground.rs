//! A service whose daemon can be ended anywhere: a real Dovecot, a receiving server that remembers, and lines between them that fail.

use crate::ending::Ending;
use crate::harness::process::{Workshop, is_root};
use crate::harness::town::{DESK, REGISTRAR, copy};
use crate::harness::{Account, Dovecot, Proxy, Rule, Then, Way, When};
use crate::ledger::{Effect, Entry, Generator, Receiver, Report, check, observe};
use elitige::domain::{Act, Actor, Dice, Digest, Dispute, Outcome, Role};
use elitige::store::{JournalEntry, Keys, Standing, Store};
use rustix::process::{Pid, Signal, kill_process};
use sqlx::sqlite::SqliteConnectOptions;
use sqlx::{ConnectOptions as _, Connection as _, Row as _};
use std::fs;
use std::os::unix::fs::{PermissionsExt as _, chown};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicI32, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, OnceLock};
use std::time::Duration;

/// How long the daemon may take to come to rest after a crash. Only a daemon that is stuck takes so long.
pub const REST: Duration = Duration::from_secs(180);
const NOBODY: u32 = 65_534;

/// The program that is ended: the one that was just built, or the one that `ELITIGE_PROGRAM` names (a release).
pub fn program() -> &'static Path {
    static PROGRAM: OnceLock<PathBuf> = OnceLock::new();
    PROGRAM.get_or_init(|| std::env::var_os("ELITIGE_PROGRAM").map_or_else(|| PathBuf::from(env!("CARGO_BIN_EXE_elitige")), PathBuf::from))
}

/// Servers and a service that is set up anew for each run.
pub struct Ground {
    pub dovecot: Dovecot,
    pub receiver: Receiver,
    /// The line to the IMAP server.
    pub imap: Proxy,
    /// The line to the outgoing server.
    pub smtp: Proxy,
    pub generator: Generator,
    books: Vec<Entry>,
    workshop: Workshop,
    keys: Keys,
    runs: AtomicUsize,
    runtime: tokio::runtime::Runtime,
}

impl Ground {
    /// For at most `runs` runs, each with these mails of the generator.
    pub fn new(runs: usize, books: impl FnOnce(&Generator) -> Vec<Entry>) -> Self {
        let accounts: Vec<Account> = (0..runs).map(|run| Account { address: mailbox(run), password: "secret".to_owned() }).collect();
        let dovecot = Dovecot::start(&accounts);
        let (receiver, generator) = (Receiver::start(), Generator::new(1));
        let (imap, smtp) = (Proxy::to(dovecot.imap), Proxy::to(receiver.port));
        let workshop = Workshop::new();
        copy(&Path::new(env!("CARGO_MANIFEST_DIR")).join("config"), &workshop.path().join("config"));
        workshop.write("zone.json", &generator.zone_json());
        let password = workshop.write("password", "secret");
        fs::set_permissions(password, fs::Permissions::from_mode(0o600)).unwrap();
        fs::create_dir(workshop.path().join("disk")).unwrap();
        let keys = Keys::create(&workshop.path().join("key"), &mut Dice::from_seed([1; 32])).unwrap();
        let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build().unwrap();
        let url = format!("sqlite:{}", workshop.path().join("empty.db").display());
        runtime.block_on(async { Store::create(&url, &keys, Dice::from_seed([2; 32])).await.unwrap().close().await });
        Self { dovecot, receiver, imap, smtp, books: books(&generator), generator, workshop, keys, runs: AtomicUsize::new(0), runtime }
    }

    /// The folder of the database, and of nothing else.
    pub fn disk(&self) -> PathBuf {
        self.workshop.path().join("disk")
    }

    /// A new service: an empty store, and the mails in its inbox.
    pub fn run(&self) -> Run<'_> {
        let number = self.runs.fetch_add(1, Ordering::SeqCst);
        let run = Run { ground: self, user: mailbox(number), books: Mutex::default(), wire: self.receiver.count(), pid: Arc::new(AtomicI32::new(0)) };
        for ending in ["db", "db-wal", "db-shm"] {
            let _ = fs::remove_file(self.disk().join(format!("run.{ending}")));
        }
        fs::copy(self.workshop.path().join("empty.db"), run.database()).unwrap();
        fs::write(self.workshop.path().join("config/service.toml"), self.service(&run.user)).unwrap();
        self.imap.heal();
        self.smtp.heal();
        run.gets(self.books.clone());
        run
    }

    fn service(&self, user: &str) -> String {
        let (folder, templates) = (self.workshop.path().display(), concat!(env!("CARGO_MANIFEST_DIR"), "/templates"));
        let (imap, smtp) = (self.imap.port, self.smtp.port);
        format!(
            "[service]\nname = {{ fr = \"Médiation e-litige\", ar = \"وساطة e-litige\", en = \"e-litige mediation\" }}\ntemplates = \"{templates}\"\n\
             message_id_domain = \"elitige.example\"\n\n[store]\ndatabase = \"sqlite:{folder}/disk/run.db\"\nkey_file = \"{folder}/key\"\n\n\
             [[mailbox]]\nname = \"mediation\"\nrole = \"mediation\"\naddress = \"{DESK}\"\nhost = \"127.0.0.1\"\nport = {imap}\ntls = \"none\"\nuser = \"{user}\"\n\
             password_file = \"{folder}/password\"\n\n[smtp]\nhost = \"127.0.0.1\"\nport = {smtp}\ntls = \"none\"\nhello = \"elitige.example\"\nuser = \"desk\"\n\
             password_file = \"{folder}/password\"\n\n[authentication]\nzone_file = \"{folder}/zone.json\"\n\n\
             [[operator]]\naddress = \"{REGISTRAR}\"\nname = \"Registrar\"\nlanguage = \"fr\"\n\n[work]\nreaders = 1\ncouriers = 1\n"
        )
    }
}

fn mailbox(run: usize) -> String {
    format!("box{run:05}@elitige.example")
}

/// The first complaint with a reply to it, and that reply.
pub fn a_complaint_and_a_reply(generator: &Generator) -> Vec<Entry> {
    let mails = generator.mails(20);
    let reply = mails.iter().find(|mail| matches!(mail.effect, Effect::Joins(_)) && mail.bytes.len() < 30_000).unwrap();
    let Effect::Joins(opening) = reply.effect else { unreachable!() };
    vec![mails[opening].clone(), reply.clone()]
}

/// So many complaints, from the fifth on: each opens a dispute of its own.
pub fn complaints(generator: &Generator, from: usize, count: usize) -> Vec<Entry> {
    let opens = |entry: &Entry| entry.effect == Effect::Opens;
    (20..).map(|index| generator.entry(index)).filter(opens).skip(from).take(count).collect()
}

/// One service from its beginning to its audit.
pub struct Run<'a> {
    ground: &'a Ground,
    user: String,
    books: Mutex<Vec<Entry>>,
    wire: usize,
    pid: Arc<AtomicI32>,
}

impl Run<'_> {
    /// Its database.
    pub fn database(&self) -> PathBuf {
        self.ground.disk().join("run.db")
    }

    /// The same as the program names it.
    pub fn url(&self) -> String {
        format!("sqlite:{}", self.database().display())
    }

    /// Whose mailbox it attends.
    pub fn user(&self) -> &str {
        &self.user
    }

    /// How many rows there are in `rows`, a table with a condition.
    pub fn count(&self, rows: &str) -> usize {
        self.ground.runtime.block_on(async {
            let mut database = SqliteConnectOptions::new().filename(self.database()).connect().await.unwrap();
            let asked = sqlx::AssertSqlSafe(format!("SELECT COUNT(*) FROM {rows}"));
            let count: i64 = sqlx::query(asked).fetch_one(&mut database).await.unwrap().get(0);
            database.close().await.unwrap();
            usize::try_from(count).unwrap()
        })
    }

    /// Its configuration.
    pub fn config(&self) -> PathBuf {
        self.ground.workshop.path().join("config")
    }

    pub fn log(&self) -> PathBuf {
        self.ground.workshop.path().join("log")
    }

    /// What the daemons and the IMAP server of this ground logged last.
    pub fn last_words(&self) -> String {
        let log = fs::read_to_string(self.log()).unwrap_or_default();
        let (lines, server) = (log.lines().collect::<Vec<_>>(), self.ground.dovecot.log());
        let told: Vec<&str> = server.lines().collect();
        [&lines[lines.len().saturating_sub(30)..], &told[told.len().saturating_sub(5)..]].concat().join("\n")
    }

    /// More mails come, and stand in the books.
    pub fn gets(&self, mails: Vec<Entry>) {
        self.arrives(&mails, "new", "");
        self.books.lock().unwrap().extend(mails);
    }

    /// The same of mails that somebody else marked as deleted before anybody read them.
    pub fn gets_marked(&self, mails: Vec<Entry>) {
        self.arrives(&mails, "cur", ":2,T");
        self.books.lock().unwrap().extend(mails);
    }

    /// How many letters arrived.
    pub fn letters(&self) -> usize {
        self.ground.receiver.count() - self.wire
    }

    /// Puts mails into the inbox, as a server that keeps Maildirs does.
    fn arrives(&self, mails: &[Entry], place: &str, flags: &str) {
        let maildir = self.ground.dovecot.maildir(&self.user);
        for folder in ["tmp", "cur", "new"] {
            fs::create_dir_all(maildir.join(folder)).unwrap();
        }
        for folder in maildir.ancestors().take(2).map(Path::to_owned).chain(["tmp", "cur", "new"].map(|name| maildir.join(name))) {
            if is_root() {
                chown(folder, Some(NOBODY), Some(NOBODY)).unwrap();
            }
        }
        for mail in mails {
            let name = format!("{:010}.M{:06}P1.localhost", 1_700_000_000 + mail.index, mail.index);
            fs::write(maildir.join("tmp").join(&name), &mail.bytes).unwrap();
            fs::rename(maildir.join("tmp").join(&name), maildir.join(place).join(name + flags)).unwrap();
        }
    }

    /// Takes every mail out of the inbox, as another program might.
    pub fn vanishes(&self) {
        for folder in ["cur", "new"] {
            for entry in fs::read_dir(self.ground.dovecot.maildir(&self.user).join(folder)).unwrap().flatten() {
                fs::remove_file(entry.path()).unwrap();
            }
        }
    }

    /// Starts the daemon: with these variables, by that command (such as strace) in front.
    pub fn starts(&self, variables: &[(&str, &str)], before: &[String]) -> Ending<'_> {
        self.command(&["run", "--log", "info"], variables, before)
    }

    /// Starts any command of the program.
    pub fn command(&self, words: &[&str], variables: &[(&str, &str)], before: &[String]) -> Ending<'_> {
        let mut words: Vec<String> = words.iter().map(|word| (*word).to_owned()).collect();
        words.extend(["--config".to_owned(), self.config().display().to_string()]);
        let all: Vec<String> = before.iter().cloned().chain([program().display().to_string()]).chain(words).collect();
        let out = fs::OpenOptions::new().create(true).append(true).open(self.log()).unwrap();
        let said = usize::try_from(out.metadata().unwrap().len()).unwrap();
        let mut command = Command::new(&all[0]);
        command.args(&all[1..]).envs(variables.iter().copied()).stdin(Stdio::null()).stdout(out.try_clone().unwrap()).stderr(out);
        let child = command.spawn().unwrap();
        self.pid.store(i32::try_from(child.id()).unwrap(), Ordering::SeqCst);
        Ending { child, run: self, said }
    }

    /// A rule for one of the lines that kills the daemon.
    pub fn kills(&self, way: Way, when: When) -> Rule {
        let pid = Arc::clone(&self.pid);
        let kill = move || {
            let _ = Pid::from_raw(pid.load(Ordering::SeqCst)).map(|pid| kill_process(pid, Signal::KILL));
            false
        };
        Rule::new(way, when, Then::Call(Arc::new(kill)))
    }

    /// Runs the daemon until nothing is left to do, then lets the time pass that letters of which nobody knows are left alone, and runs it again.
    pub fn comes_to_rest(&self) {
        self.ground.imap.heal();
        self.ground.smtp.heal();
        for _ in 0..4 {
            let mut daemon = self.starts(&[], &[]);
            assert!(daemon.rests(REST), "the daemon does not come to rest:\n{}", self.last_words());
            daemon.stops();
            if !self.doubts_pass() {
                return;
            }
        }
    }

    /// Whether the inbox is empty, every mail of the books settled, and no letter on its way.
    pub fn rests(&self) -> bool {
        self.waiting() == 0 && self.settled().is_some_and(|(settled, left)| settled >= self.books.lock().unwrap().len() && left == 0)
    }

    /// Mails that lie in the inbox.
    pub fn waiting(&self) -> usize {
        let maildir = self.ground.dovecot.maildir(&self.user);
        ["new", "cur"].iter().map(|folder| fs::read_dir(maildir.join(folder)).map_or(0, |entries| entries.flatten().count())).sum()
    }

    /// Mails with an outcome, and letters on their way.
    fn settled(&self) -> Option<(usize, usize)> {
        self.ground.runtime.block_on(async {
            let mut database = SqliteConnectOptions::new().filename(self.database()).read_only(true).connect().await.ok()?;
            let asked = "SELECT (SELECT COUNT(*) FROM letters WHERE state = 'settled'), \
                         (SELECT COUNT(*) FROM outbox WHERE state IN ('queued', 'leased', 'dot-pending') OR (state = 'uncertain' AND due = 0))";
            let row = sqlx::query(asked).fetch_one(&mut database).await.ok()?;
            let _ = database.close().await;
            Some((usize::try_from(row.get::<i64, _>(0)).unwrap(), usize::try_from(row.get::<i64, _>(1)).unwrap()))
        })
    }

    /// As if the pause after an uncertain attempt were over; whether there is any such letter.
    fn doubts_pass(&self) -> bool {
        self.ground.runtime.block_on(async {
            let mut database = SqliteConnectOptions::new().filename(self.database()).connect().await.unwrap();
            let passed = sqlx::query("UPDATE outbox SET due = 0 WHERE state = 'uncertain'").execute(&mut database).await.unwrap().rows_affected();
            database.close().await.unwrap();
            passed > 0
        })
    }

    /// Everything is compared with the books: the store is sound in itself, and nothing is lost or said twice.
    pub fn audit(&self) -> Report {
        let wire = self.ground.receiver.since(self.wire);
        self.ground.runtime.block_on(async {
            let store = Store::open(&self.url(), &self.ground.keys, Dice::from_seed([3; 32])).await.unwrap();
            let books = self.books.lock().unwrap().clone();
            let mut report = check(&books, &observe(&store, &books, &wire).await, &wire);
            report.wrong.extend(store.check().await.unwrap());
            report.wrong.extend(store.verify().await.unwrap().faults);
            store.close().await;
            let mut database = SqliteConnectOptions::new().filename(self.database()).connect().await.unwrap();
            let integrity: String = sqlx::query("PRAGMA integrity_check").fetch_one(&mut database).await.unwrap().get(0);
            database.close().await.unwrap();
            if integrity != "ok" {
                report.wrong.push(integrity);
            }
            report
        })
    }

    /// What the store finds wrong with itself.
    pub fn faults_of_the_store(&self) -> Vec<String> {
        self.with_store(async |store| [store.check().await.unwrap(), store.verify().await.unwrap().faults].concat())
    }

    /// The disputes of that standing.
    pub fn references(&self, standing: Standing) -> Vec<String> {
        self.with_store(async |store| store.list(standing, 100).await.unwrap().iter().map(|line| line.reference.to_string()).collect())
    }

    fn with_store<T>(&self, look: impl AsyncFnOnce(&Store) -> T) -> T {
        self.ground.runtime.block_on(async {
            let store = Store::open(&self.url(), &self.ground.keys, Dice::from_seed([4; 32])).await.unwrap();
            let found = look(&store).await;
            store.close().await;
            found
        })
    }

    /// Ends every dispute, as its consumer would.
    pub fn closes_all(&self) {
        self.with_store(async |store| {
            let mut work = store.begin().await.unwrap();
            for line in store.list(Standing::Open, 100).await.unwrap() {
                let dispute = work.dispute(line.id).await.unwrap().unwrap();
                let (version, state) = (dispute.version + 1, "closed".to_owned());
                work.save(&Dispute { outcome: Some(Outcome::WithdrawnConsumer), deadline: None, state, version, ..dispute }).await.unwrap();
                let entry = JournalEntry {
                    at: line.opened,
                    actor: Actor::Person(Role::Consumer),
                    act: Act::Words,
                    cause: Digest::of(b"the end"),
                    steps: Vec::new(),
                    letters: Vec::new(),
                    note: "closed".to_owned(),
                };
                work.journal(line.id, &entry).await.unwrap();
            }
            work.commit().await.unwrap();
        });
    }

    /// Takes one migration back, as if an older release had written the database.
    pub fn grows_younger(&self) {
        self.statements(&["DROP INDEX people_mediating", "DELETE FROM digests WHERE name = 'mediators'", "DELETE FROM _sqlx_migrations WHERE version = 9"]);
    }

    /// Whether that migration is there.
    pub fn is_migrated(&self) -> bool {
        self.ground.runtime.block_on(async {
            let mut database = SqliteConnectOptions::new().filename(self.database()).connect().await.unwrap();
            let asked = "SELECT (SELECT COUNT(*) FROM sqlite_master WHERE name = 'people_mediating') + (SELECT COUNT(*) FROM digests WHERE name = 'mediators')";
            let count: i64 = sqlx::query(asked).fetch_one(&mut database).await.unwrap().get(0);
            database.close().await.unwrap();
            count == 2
        })
    }

    fn statements(&self, statements: &[&'static str]) {
        self.ground.runtime.block_on(async {
            let mut database = SqliteConnectOptions::new().filename(self.database()).connect().await.unwrap();
            for statement in statements {
                sqlx::query(*statement).execute(&mut database).await.unwrap();
            }
            database.close().await.unwrap();
        });
    }

    /// [`comes_to_rest`](Self::comes_to_rest), then [`audit`](Self::audit), which must find nothing.
    pub fn must_be_whole(&self, after: &str) -> Report {
        self.comes_to_rest();
        let report = self.audit();
        assert!(report.faults().is_empty(), "after {after}:\n{}\n{}\n{}", report.summary(), report.faults().join("\n"), self.last_words());
        report
    }
}
