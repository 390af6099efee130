//! Creating and opening a database: the key is checked before anything is written.

use super::error::StoreError;
use super::ground::Ground;
use super::keys::Keys;
use super::log::Log;
use super::seal::{Sealer, key_check};
use super::{Inner, Kind, Result, Store, number, sql, step};
use crate::domain::Dice;
use sqlx::any::{AnyConnectOptions, AnyPoolOptions};
use sqlx::migrate::{MigrateDatabase, Migrator};
use sqlx::sqlite::SqliteConnectOptions;
use sqlx::{Any, AnyConnection, AnyPool, ConnectOptions, Connection, Executor, Row};
use std::fs::OpenOptions;
use std::os::unix::fs::OpenOptionsExt;
use std::path::PathBuf;
use std::str::FromStr;
use std::sync::Arc;
use std::time::Duration;

static MIGRATIONS: Migrator = sqlx::migrate!("./migrations");

/// Longer than any unit of work, shorter than a person's patience.
const PATIENCE: Duration = Duration::from_secs(60);
const SQLITE_READERS: u32 = 4;
const POSTGRES_CONNECTIONS: u32 = 8;

/// Where the database is.
pub(super) struct Place {
    url: String,
    kind: Kind,
    /// The file, for SQLite.
    pub(super) file: Option<PathBuf>,
    /// How it is named to people: without user and password.
    pub(super) shown: String,
}

impl Store {
    /// Creates the database at `url` and writes the key check value (`elitige init`). An existing database is refused;
    /// one whose creation was cut short is finished.
    pub async fn create(url: &str, keys: &Keys, dice: Dice) -> Result<Store> {
        let place = Place::parse(url)?;
        let shown = place.shown.clone();
        place.create(keys, dice).await.map_err(|fault| fault.at(&shown))
    }

    /// Opens the database at `url` and brings its schema up to date. Nothing is written before the key was found to be the right one.
    ///
    /// Errors: no database (remedy: `elitige init`), another key, a newer schema, a file that cannot be used.
    pub async fn open(url: &str, keys: &Keys, dice: Dice) -> Result<Store> {
        let place = Place::parse(url)?;
        let shown = place.shown.clone();
        place.open(keys, dice).await.map_err(|fault| fault.at(&shown))
    }
}

const KEY_CHECK: &str = "key check";

/// What stands at the place.
enum Found {
    Empty,
    /// Tables without a key check value: creation was cut short, and nothing can have been kept.
    Unfinished,
    /// Tables of somebody else.
    Foreign,
    /// The key check value.
    Key(String),
}

/// Looks without writing. Both catalogues are asked by trying: a statement on a table that is missing fails when it is prepared.
async fn standing(pool: &AnyPool) -> Result<Found> {
    match sqlx::query(sql::META).bind(KEY_CHECK).fetch_optional(pool).await {
        Err(error) if is_no_database(&error) => return Ok(Found::Foreign),
        Ok(Some(row)) => return Ok(Found::Key(row.try_get(0)?)),
        Ok(None) => return Ok(Found::Unfinished),
        Err(error) if !is_missing_table(&error) => return Err(error.into()),
        Err(_) => {}
    }
    match sqlx::query("SELECT version FROM _sqlx_migrations LIMIT 1").fetch_optional(pool).await {
        Ok(Some(_)) => Ok(Found::Foreign),
        Ok(None) => Ok(Found::Unfinished),
        Err(error) if is_missing_table(&error) => Ok(if has_tables(pool).await? { Found::Foreign } else { Found::Empty }),
        Err(error) => Err(error.into()),
    }
}

fn is_missing_table(error: &sqlx::Error) -> bool {
    error.as_database_error().is_some_and(|database| database.code().as_deref() == Some("42P01") || database.message().starts_with("no such table"))
}

/// SQLITE_NOTADB.
fn is_no_database(error: &sqlx::Error) -> bool {
    error.as_database_error().is_some_and(|database| database.code().as_deref() == Some("26"))
}

async fn has_tables(pool: &AnyPool) -> Result<bool> {
    let catalogue = match sqlx::query("SELECT name FROM sqlite_schema LIMIT 1").fetch_optional(pool).await {
        Ok(row) => row.is_some(),
        Err(error) if is_missing_table(&error) => {
            let tables = "SELECT CAST(table_name AS TEXT) FROM information_schema.tables WHERE table_schema = current_schema() LIMIT 1";
            sqlx::query(tables).fetch_optional(pool).await?.is_some()
        }
        Err(error) => return Err(error.into()),
    };
    Ok(catalogue)
}

#[derive(Clone, Copy)]
enum Role {
    Reader,
    Writer,
}

impl Place {
    pub(super) fn parse(url: &str) -> Result<Self> {
        // Before anything else: asking whether a database exists needs them too.
        sqlx::any::install_default_drivers();
        let scheme = url.split_once(':').map_or("", |(scheme, _)| scheme);
        match scheme {
            "sqlite" => {
                let options = SqliteConnectOptions::from_str(url).map_err(|_| StoreError::Place)?;
                let file = options.get_filename().to_owned();
                if url.contains(":memory:") || url.contains("mode=memory") || file.as_os_str().is_empty() {
                    return Err(StoreError::Place);
                }
                Ok(Self { url: url.to_owned(), kind: Kind::Sqlite, shown: file.display().to_string(), file: Some(file) })
            }
            "postgres" | "postgresql" => {
                let rest = url.split_once("://").map_or("", |(_, rest)| rest);
                let after = rest.rsplit_once('@').map_or(rest, |(_, after)| after);
                let shown = format!("postgres://{}", after.split('?').next().unwrap_or_default());
                Ok(Self { url: url.to_owned(), kind: Kind::Postgres, shown, file: None })
            }
            _ => Err(StoreError::Place),
        }
    }

    async fn create(self, keys: &Keys, dice: Dice) -> Result<Store> {
        match &self.file {
            Some(file) => make_file(file)?,
            None if !Any::database_exists(&self.url).await? => Any::create_database(&self.url).await?,
            None => {}
        }
        let reader = self.connect(Role::Reader).await?;
        match standing(&reader).await? {
            Found::Empty | Found::Unfinished => {}
            Found::Foreign => return Err(StoreError::Foreign(self.shown)),
            Found::Key(_) => return Err(StoreError::Exists(self.shown)),
        }
        reader.close().await;
        let writer = self.connect(Role::Writer).await?;
        MIGRATIONS.run(&writer).await?;
        sqlx::query(sql::META_SET).bind(KEY_CHECK).bind(key_check(keys)).execute(&writer).await?;
        self.store(writer, keys, dice).await
    }

    async fn open(self, keys: &Keys, dice: Dice) -> Result<Store> {
        match &self.file {
            Some(file) => look_at_file(file, &self.shown)?,
            None if !Any::database_exists(&self.url).await? => return Err(StoreError::Missing(self.shown)),
            None => {}
        }
        // On SQLite this connection cannot write, not even the switch to the write-ahead log.
        let reader = self.connect(Role::Reader).await?;
        match standing(&reader).await? {
            Found::Empty if self.file.is_none() => return Err(StoreError::Missing(self.shown)),
            Found::Empty | Found::Unfinished => return Err(StoreError::Unfinished(self.shown)),
            Found::Foreign => return Err(StoreError::Foreign(self.shown)),
            Found::Key(check) if check != key_check(keys) => return Err(StoreError::WrongKey),
            Found::Key(_) => {}
        }
        let known = MIGRATIONS.iter().map(|migration| migration.version).max().unwrap_or(0);
        let found: Option<i64> = sqlx::query("SELECT MAX(version) FROM _sqlx_migrations").fetch_one(&reader).await?.try_get(0)?;
        if let Some(found) = found.filter(|found| *found > known) {
            return Err(StoreError::Newer { found, known });
        }
        reader.close().await;
        let writer = self.connect(Role::Writer).await?;
        step("migration");
        MIGRATIONS.run(&writer).await?;
        step("migrated");
        self.store(writer, keys, dice).await
    }

    async fn connect(&self, role: Role) -> Result<AnyPool> {
        let (most, settings) = match (self.kind, role) {
            (Kind::Sqlite, Role::Writer) => (1, SQLITE_WRITER),
            (Kind::Sqlite, Role::Reader) => (SQLITE_READERS, SQLITE_READER),
            (Kind::Postgres, _) => (POSTGRES_CONNECTIONS, POSTGRES),
        };
        let options = AnyPoolOptions::new().max_connections(most).acquire_timeout(PATIENCE).idle_timeout(None).max_lifetime(None);
        let options = options.after_connect(move |connection, _| Box::pin(async move { set(connection, settings).await }));
        // When a disk is full, SQLite ends the transaction by itself, and sqlx 0.9 goes on counting it: such a connection could never begin again.
        let options = options.before_acquire(|connection, _| Box::pin(async move { Ok(!connection.is_in_transaction()) }));
        // The statements themselves are no news; what goes wrong with them comes back as an error.
        let place = AnyConnectOptions::from_str(&self.url)?.disable_statement_logging();
        Ok(options.connect_with(place).await?)
    }

    async fn store(self, writer: AnyPool, keys: &Keys, dice: Dice) -> Result<Store> {
        let opening = number(&sqlx::query(sql::NUMBERS).bind("opening").bind(1i64).fetch_one(&writer).await?, 0)?;
        let sealer = Sealer::new(keys, dice, opening);
        let reader = self.connect(Role::Reader).await?;
        let ground = self.file.as_deref().map(Ground::of).unwrap_or_default();
        Ok(Store {
            inner: Arc::new(Inner { kind: self.kind, writer, reader, sealer, log: Log::default(), url: self.file.is_some().then_some(self.url), ground }),
        })
    }
}

/// FULL, because NORMAL may lose acknowledged commits when the power fails; secure_delete, because a destroyed key must not stand in a free page.
/// The cache (in KiB) holds what a group of mails changes, so that nothing is written before its commit and read again. The log is folded into the file
/// beside the writer ([`super::log`]); the writer does it where nobody else does, or the log has so many pages (64 MB) that it must begin anew.
const SQLITE_WRITER: &[&str] = &[
    "PRAGMA busy_timeout = 30000",
    "PRAGMA journal_mode = WAL",
    "PRAGMA synchronous = FULL",
    "PRAGMA foreign_keys = ON",
    "PRAGMA secure_delete = ON",
    "PRAGMA temp_store = MEMORY",
    "PRAGMA cache_size = -16384",
    "PRAGMA wal_autocheckpoint = 16000",
    "PRAGMA trusted_schema = OFF",
];

const SQLITE_READER: &[&str] = &["PRAGMA busy_timeout = 30000", "PRAGMA query_only = ON", "PRAGMA temp_store = MEMORY", "PRAGMA trusted_schema = OFF"];

const POSTGRES: &[&str] = &[
    "SET synchronous_commit = on",
    "SET idle_in_transaction_session_timeout = '120s'",
    "SET lock_timeout = '60s'",
    "SET client_min_messages = error",
    "SET default_transaction_isolation = 'read committed'",
];

async fn set(connection: &mut AnyConnection, settings: &[&'static str]) -> std::result::Result<(), sqlx::Error> {
    for setting in settings {
        connection.execute(*setting).await?;
    }
    Ok(())
}

/// An empty file is made first, so that it is readable by its owner only; SQLite gives its log and index the same rights.
/// What a file that exists already holds is judged when it is opened.
fn make_file(file: &PathBuf) -> Result<()> {
    match OpenOptions::new().write(true).create_new(true).mode(0o600).open(file) {
        Ok(_) => Ok(()),
        Err(_) if file.is_dir() => Err(StoreError::File { path: file.clone(), why: std::io::ErrorKind::IsADirectory.into() }),
        Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => Ok(()),
        Err(why) => Err(StoreError::File { path: file.clone(), why }),
    }
}

pub(super) fn look_at_file(file: &PathBuf, shown: &str) -> Result<()> {
    match OpenOptions::new().read(true).write(true).open(file) {
        Ok(_) => Ok(()),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Err(StoreError::Missing(shown.to_owned())),
        Err(why) => Err(StoreError::File { path: file.clone(), why }),
    }
}
