//! Where stories are told: a folder for SQLite files, or a PostgreSQL server started for this test alone.

use super::fixtures::{at, enqueue, letter};
use crate::domain::Dice;
use crate::store::{Keys, Store, StoreError, check, sql};
use sqlx::{AssertSqlSafe, Executor, SqlSafeStr};
use std::net::TcpListener;
use std::os::unix::fs::{MetadataExt, PermissionsExt, chown};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Duration;
use tempfile::TempDir;

pub struct Ground {
    pub folder: TempDir,
    pub keys: Keys,
    server: Option<Server>,
}

struct Server {
    child: Child,
    port: u16,
}

impl Ground {
    pub fn sqlite() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let keys = Keys::create(&folder.path().join("master.key"), &mut Dice::from_seed([1; 32])).unwrap();
        Self { folder, keys, server: None }
    }

    pub fn postgres() -> Self {
        let mut ground = Self::sqlite();
        ground.server = Some(Server::start(ground.folder.path()));
        ground
    }

    pub fn url(&self, name: &str) -> String {
        match &self.server {
            None => format!("sqlite://{}/{name}.db", self.folder.path().display()),
            Some(server) => format!("postgres://postgres@127.0.0.1:{}/{name}", server.port),
        }
    }

    /// A new database of that name.
    pub async fn fresh(&self, name: &str) -> Store {
        for _ in 0..100 {
            match Store::create(&self.url(name), &self.keys, dice(name)).await {
                // The port opens before the server accepts.
                Err(StoreError::Unreachable(_) | StoreError::Away { .. }) => tokio::time::sleep(Duration::from_millis(50)).await,
                other => return other.unwrap(),
            }
        }
        panic!("PostgreSQL did not answer within five seconds");
    }

    /// The same database once more, as another node would open it.
    pub async fn again(&self, name: &str) -> Store {
        Store::open(&self.url(name), &self.keys, dice(&format!("{name} again"))).await.unwrap()
    }
}

pub fn dice(name: &str) -> Dice {
    Dice::from_seed(*crate::domain::Digest::of(name.as_bytes()).as_bytes())
}

impl Server {
    fn start(folder: &Path) -> Self {
        let (data, port) = (folder.join("pg"), TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port());
        std::fs::set_permissions(folder, std::fs::Permissions::from_mode(0o755)).unwrap();
        std::fs::create_dir(&data).unwrap();
        let nobody = nobody();
        if let Some((uid, gid)) = nobody {
            chown(&data, Some(uid), Some(gid)).unwrap();
        }
        let run = |program: &str, arguments: &[&str]| {
            let mut command = Command::new(program_path(program));
            command.args(arguments).current_dir(&data).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
            if let Some((uid, gid)) = nobody {
                command.uid(uid).gid(gid);
            }
            command.spawn().unwrap()
        };
        let pg = data.join("data");
        let pg = pg.to_str().unwrap();
        let made = run("initdb", &["-D", pg, "-U", "postgres", "--auth=trust", "--no-sync", "-E", "UTF8", "--locale=C"]).wait().unwrap();
        assert!(made.success(), "initdb failed");
        let port_text = port.to_string();
        let settings = ["-D", pg, "-p", &port_text, "-c", "fsync=off", "-c", "listen_addresses=127.0.0.1", "-c", "unix_socket_directories="];
        Self { child: run("postgres", &settings), port }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // SIGINT is PostgreSQL's fast shutdown; it ends its own children.
        let stopped = Command::new("kill").args(["-INT", &self.child.id().to_string()]).status();
        if !stopped.is_ok_and(|status| status.success()) {
            self.child.kill().ok();
        }
        self.child.wait().ok();
    }
}

/// PostgreSQL refuses to run as root.
fn nobody() -> Option<(u32, u32)> {
    if std::fs::metadata("/proc/self").unwrap().uid() != 0 {
        return None;
    }
    let users = std::fs::read_to_string("/etc/passwd").unwrap();
    let fields: Vec<&str> = users.lines().find(|line| line.starts_with("nobody:")).unwrap().split(':').collect();
    Some((fields[2].parse().unwrap(), fields[3].parse().unwrap()))
}

fn program_path(program: &str) -> PathBuf {
    let versions = std::fs::read_dir("/usr/lib/postgresql").into_iter().flatten().flatten().map(|version| version.path().join("bin"));
    let others = ["/usr/local/bin", "/usr/bin"].into_iter().map(PathBuf::from);
    let found = versions.chain(others).map(|folder| folder.join(program)).find(|path| path.exists());
    found.unwrap_or_else(|| panic!("{program} was not found, and these stories need a PostgreSQL server; run: apt-get install postgresql"))
}

/// PostgreSQL looks at names and types when it prepares: no statement is left to be found out in use.
pub async fn every_statement_is_understood(store: &Store) {
    let mut connection = store.reading().await.unwrap();
    let statements = sql::ALL.iter().map(|(_, text)| *text).chain(check::statements()).chain([sql::OUTBOX_DUE_POSTGRES]);
    for statement in statements {
        let prepared = (&mut *connection).prepare(AssertSqlSafe(statement.to_owned()).into_sql_str()).await;
        assert!(prepared.is_ok(), "{statement}: {:?}", prepared.err());
    }
}

/// The refusals, on PostgreSQL.
pub async fn opening_refuses_what_is_not_there(ground: &Ground) {
    let open = async |name: &str, keys: &Keys| Store::open(&ground.url(name), keys, dice("open")).await.unwrap_err().to_string();
    assert!(open("nowhere", &ground.keys).await.contains("elitige init"));
    ground.fresh("there").await.close().await;
    let other = Keys::create(&ground.folder.path().join("other.key"), &mut Dice::from_seed([9; 32])).unwrap();
    assert!(open("there", &other).await.contains("not the one that this database was created with"));
    let again = Store::create(&ground.url("there"), &ground.keys, dice("again")).await;
    assert!(matches!(again, Err(StoreError::Exists(_))));
}

/// Connections that the server cut are replaced; at most the call that was on its way fails.
pub async fn cut_connections_are_replaced(store: &Store) {
    for _ in 0..3 {
        let cut =
            "SELECT COUNT(*) FROM (SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()) cut";
        sqlx::query(cut).fetch_one(&store.inner.reader).await.unwrap();
        assert_eq!(store.next_wake().await.unwrap(), None);
        let mut work = store.begin().await.unwrap();
        sqlx::query("SELECT 1").fetch_one(work.connection().await.unwrap()).await.unwrap();
        work.commit().await.unwrap();
    }
    // Cut in the middle of a unit of work: it fails, nothing of it stays, and the next one goes on.
    let mut work = store.begin().await.unwrap();
    work.enqueue(None, &letter("cut"), at(1)).await.unwrap();
    let cut =
        "SELECT COUNT(*) FROM (SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()) cut";
    sqlx::query(cut).fetch_one(&store.inner.reader).await.unwrap();
    assert!(work.commit().await.unwrap_err().is_passing());
    assert_eq!(store.next_send().await.unwrap(), None);
    enqueue(store, None, &letter("cut"), at(1)).await;
}
