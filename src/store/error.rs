//! What can go wrong with the store, each as one sentence with its remedy.

use std::io::ErrorKind;
use std::path::{Path, PathBuf};

/// Why the store could not do what was asked. No variant carries anything that a person wrote.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The place is no database URL that is understood.
    #[error("the database must be given as sqlite:///path/to/file.db or postgres://user@host/name")]
    Place,
    /// There is nothing at the place.
    #[error("there is no database at {0}; create it with `elitige init`")]
    Missing(String),
    /// There is something at the place already.
    #[error("there is a database at {0} already; it is left as it is")]
    Exists(String),
    /// `elitige init` was cut short.
    #[error("the database at {0} was never finished; run `elitige init` again")]
    Unfinished(String),
    /// It is a database of something else.
    #[error("the database at {0} is not one of elitige; give the path of another one, or restore it from a backup")]
    Foreign(String),
    /// The master key is not the one that the database was created with.
    #[error("the master key is not the one that this database was created with; nothing was touched; give the right key file")]
    WrongKey,
    /// A newer program wrote the database.
    #[error(
        "the database was written by a newer elitige (its schema is {found}, this program knows {known}); install that version or restore the backup from before"
    )]
    Newer {
        /// Schema of the database.
        found: i64,
        /// Newest schema that this program knows.
        known: i64,
    },
    /// The folder or file cannot be used.
    #[error("the database file cannot be used at {path}: {why}; {}", remedy(path, why))]
    File {
        /// The file.
        path: PathBuf,
        /// What the operating system says.
        why: std::io::Error,
    },
    /// Another daemon works on it.
    #[error("another `elitige run` works on the database at {0} already; stop that one first, or give this one a database of its own")]
    Held(String),
    /// It has several names, each of which would have a log and a lock of its own.
    #[error(
        "the database file {0} has more than one name (hard links), so that two services could work on it unseen; remove the others (`find -samefile` names them), or use a copy (cp)"
    )]
    Linked(PathBuf),
    /// Its file is not the one that was opened.
    #[error("the database file {0} was replaced or removed while the service ran; stop the service, put the file back and start it again")]
    Replaced(PathBuf),
    /// A file that belongs to it is not the one that was opened.
    #[error("the file {0}, which belongs to the database, was replaced or removed while the service ran; stop the service and start it again")]
    Unhoused(PathBuf),
    /// The disk is full.
    #[error("the disk that holds the database is full; free some space, and elitige goes on by itself")]
    Full,
    /// The database cannot be written.
    #[error("the database cannot be written ({0}); check the disk and the rights of its files")]
    Unwritable(String),
    /// Somebody else holds the database for too long.
    #[error("the database is locked by another process for too long; look for a long-running backup or shell")]
    Busy,
    /// The database does not answer.
    #[error("the database cannot be reached ({0}); elitige tries again")]
    Unreachable(String),
    /// Its server does not answer when it is opened.
    #[error("the database at {place} cannot be reached ({why}); check host and port in `database` of service.toml, and that its server runs")]
    Away {
        /// Where, without user and password.
        place: String,
        /// In which way.
        why: String,
    },
    /// Its file is there, and this process cannot work with it.
    #[error(
        "the database {place} cannot be opened ({why}); look at what this process may use (memory: MemoryMax= or `ulimit -v`; files and threads: LimitNOFILE=, LimitNPROC=), then start it again"
    )]
    Unopened {
        /// The file.
        place: String,
        /// In which way.
        why: String,
    },
    /// Its server does not let us in.
    #[error("the server of the database refuses the login; check the user in `database` and the password under [store] in service.toml")]
    Login,
    /// The server has no such database, or lets us make none.
    #[error("the user of the database may not do this ({0}); let who looks after the server run: createdb -O USER NAME")]
    Rights(String),
    /// The file is torn.
    #[error("the database{0} is damaged; stop the service and restore it from a backup")]
    Torn(String),
    /// Another unit of work changed the dispute since it was read.
    #[error("the dispute was changed by somebody else in the meantime; read it again and decide again")]
    Stale,
    /// The reference of a new dispute is already in use.
    #[error("the case reference is already taken; draw another one")]
    ReferenceTaken,
    /// The letter has its outcome already.
    #[error("letter {0} is settled already")]
    Settled(i64),
    /// No such letter.
    #[error("there is no letter {0}")]
    NoLetter(i64),
    /// No such dispute, or an erased one.
    #[error("there is no such dispute, or it was erased")]
    NoDispute,
    /// A dispute was saved without an entry of its version in the journal.
    #[error("a dispute was changed without an entry in its journal; nothing was committed (this is a mistake in the program)")]
    Unjournaled,
    /// One of many that were to be committed together must not be.
    #[error("one of these must not be committed as it is; nothing was committed, and each is tried alone")]
    Unkept,
    /// A text of our own holds a character that no database keeps.
    #[error("the {0} holds a NUL character; choose another one")]
    Nul(&'static str),
    /// Something sealed does not open: it was altered, or sealed for another place.
    #[error("what is kept in {0} does not open with its key: it was altered or damaged; restore it from a backup")]
    Damaged(String),
    /// Anything else that the database says.
    #[error("the database refused: {0}")]
    Database(String),
}

impl StoreError {
    /// Whether the same call may succeed later without anybody doing anything to the data.
    pub fn is_passing(&self) -> bool {
        matches!(
            self,
            StoreError::Full
                | StoreError::Busy
                | StoreError::Unreachable(_)
                | StoreError::Away { .. }
                | StoreError::Unopened { .. }
                | StoreError::Unwritable(_)
        )
    }

    /// The same about the database at `place`, which is not named where a statement fails.
    pub(super) fn at(self, place: &str) -> Self {
        match self {
            // A file has no host and no port.
            StoreError::Unreachable(why) if !place.starts_with("postgres://") => StoreError::Unopened { place: place.to_owned(), why },
            StoreError::Unreachable(why) => StoreError::Away { place: place.to_owned(), why },
            StoreError::Torn(_) => StoreError::Torn(format!(" {place}")),
            other => other,
        }
    }

    /// A row that could not be opened: its table, and which one.
    pub(super) fn damaged(table: &str, row: impl std::fmt::Display) -> Self {
        StoreError::Damaged(format!("{table} {row}"))
    }
}

impl From<sqlx::Error> for StoreError {
    fn from(error: sqlx::Error) -> Self {
        match error {
            sqlx::Error::Database(database) => from_database(&*database),
            sqlx::Error::PoolTimedOut => StoreError::Busy,
            sqlx::Error::Io(error) => StoreError::Unreachable(kind(&error)),
            sqlx::Error::Tls(_) => StoreError::Unreachable("the TLS connection failed".to_owned()),
            sqlx::Error::PoolClosed | sqlx::Error::WorkerCrashed => StoreError::Unreachable("the connection was closed".to_owned()),
            sqlx::Error::Configuration(_) => StoreError::Place,
            other => StoreError::Database(other.to_string()),
        }
    }
}

impl From<sqlx::migrate::MigrateError> for StoreError {
    fn from(error: sqlx::migrate::MigrateError) -> Self {
        match error {
            sqlx::migrate::MigrateError::Execute(error) => error.into(),
            other => StoreError::Database(other.to_string()),
        }
    }
}

/// What failed, in words. That no host has a name has no kind of its own, only a sentence.
fn kind(error: &std::io::Error) -> String {
    if error.to_string().contains("lookup address") { "no host has this name".to_owned() } else { error.kind().to_string() }
}

/// What helps where a file cannot be used.
fn remedy(path: &Path, why: &std::io::Error) -> String {
    let folder = path.parent().unwrap_or(path).display();
    match why.kind() {
        ErrorKind::PermissionDenied if path.exists() => format!("run: chown elitige {}", path.display()),
        ErrorKind::PermissionDenied => format!("run: chown elitige {folder}"),
        ErrorKind::NotFound => format!("the folder must exist: sudo install -d -o elitige -g elitige -m 700 {folder}"),
        ErrorKind::IsADirectory => "give the path of a file".to_owned(),
        _ => "the folder must exist and belong to the user that runs elitige".to_owned(),
    }
}

/// Primary result codes of SQLite and SQLSTATE classes of PostgreSQL. A five-character SQLSTATE is never a SQLite code of one or two digits;
/// extended codes of SQLite keep the primary code in their low byte.
fn from_database(error: &dyn sqlx::error::DatabaseError) -> StoreError {
    let code = error.code().unwrap_or_default();
    let message = error.message().to_owned();
    match code.as_ref() {
        "53100" => return StoreError::Full,
        "28P01" | "28000" => return StoreError::Login,
        "3D000" | "42501" => return StoreError::Rights(message),
        "57P01" | "57P02" | "57P03" | "08000" | "08003" | "08006" | "53300" => return StoreError::Unreachable(message),
        "25006" => return StoreError::Unwritable(message),
        "55P03" | "40001" | "40P01" => return StoreError::Busy,
        state if state.len() == 5 => return StoreError::Database(message),
        _ => {}
    }
    match code.parse::<u32>().map(|extended| extended & 0xff) {
        Ok(5 | 6) => StoreError::Busy,
        Ok(7) => StoreError::Unreachable("there is not enough memory".to_owned()),
        Ok(13) => StoreError::Full,
        Ok(11) => StoreError::Torn(String::new()),
        Ok(8 | 10 | 14) => StoreError::Unwritable(message),
        _ => StoreError::Database(message),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::net::ToSocketAddrs;

    #[test]
    fn a_file_has_no_host_and_no_port() {
        let why = || StoreError::Unreachable("there is not enough memory".to_owned());
        let (file, server) = (why().at("/var/lib/elitige/elitige.db").to_string(), why().at("postgres://127.0.0.1/elitige").to_string());
        assert!(file.contains("(there is not enough memory); look at what this process may use") && !file.contains("port"), "{file}");
        assert!(server.contains("check host and port"), "{server}");
    }

    #[test]
    fn only_a_name_that_no_host_has_is_told_as_one() {
        let nobody = ("nobody.invalid", 5432).to_socket_addrs().unwrap_err();
        assert_eq!(kind(&nobody), "no host has this name");
        for other in [std::io::Error::other("the line broke"), ErrorKind::ConnectionRefused.into()] {
            assert_eq!(kind(&other), other.kind().to_string());
        }
    }
}
