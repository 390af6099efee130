//! Whether the files of a database still lie where they lay when it was opened. What is written into a file that was removed or replaced ends with the
//! process, and the system says no word of it: each commit asks here first.

use super::{Result, Store, StoreError};
use std::fs::Metadata;
use std::io::ErrorKind;
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

/// The files of one database; none where it lies with a server.
#[derive(Debug, Default)]
pub(super) struct Ground {
    files: Mutex<Vec<Watched>>,
}

/// One file, by its name and by what the system knows it by.
#[derive(Debug)]
struct Watched {
    path: PathBuf,
    /// Whether it holds the data itself.
    is_database: bool,
    /// `None` as long as it was never there: SQLite makes its log and the index of it when they are needed first.
    known: Option<Identity>,
}

/// The device and the number of a file on it. As long as somebody has it open, no other file gets them.
pub(super) type Identity = (u64, u64);

pub(super) fn identity(about: &Metadata) -> Identity {
    (about.dev(), about.ino())
}

impl Ground {
    /// That of the database in `file`, as it lies there now.
    pub(super) fn of(file: &Path) -> Self {
        let beside = |end: &str| {
            let mut name = file.as_os_str().to_owned();
            name.push(end);
            Watched { path: PathBuf::from(name), is_database: false, known: None }
        };
        let database = Watched { path: file.to_owned(), is_database: true, known: None };
        let ground = Self { files: Mutex::new(vec![database, beside("-wal"), beside("-shm")]) };
        // What is not there yet is known from the first look on at which it is.
        let _ = ground.look();
        ground
    }

    fn look(&self) -> Result<()> {
        for watched in self.files.lock().unwrap_or_else(PoisonError::into_inner).iter_mut() {
            let found = match std::fs::metadata(&watched.path) {
                Ok(about) => Some(identity(&about)),
                Err(fault) if fault.kind() == ErrorKind::NotFound => None,
                // That nobody may look there says nothing of the file; whoever uses it hears what is wrong.
                Err(_) => continue,
            };
            match watched.known {
                Some(_) if found == watched.known => {}
                Some(_) if watched.is_database => return Err(StoreError::Replaced(watched.path.clone())),
                Some(_) => return Err(StoreError::Unhoused(watched.path.clone())),
                None => watched.known = found,
            }
        }
        Ok(())
    }

    /// Counts that file among them.
    pub(super) fn add(&self, path: PathBuf, known: Identity) {
        self.files.lock().unwrap_or_else(PoisonError::into_inner).push(Watched { path, is_database: false, known: Some(known) });
    }
}

impl Store {
    /// Whether every file of the database is still the one that was opened; always so on PostgreSQL.
    ///
    /// # Errors
    /// [`StoreError::Replaced`] or [`StoreError::Unhoused`]: nothing that is committed from now on would be found again.
    pub fn in_place(&self) -> Result<()> {
        self.inner.in_place()
    }

    /// Where the database itself is in place and its log is not: folds what is committed into the file, so that it is found at the next start.
    pub async fn rescue_log(&self) -> Result<()> {
        if matches!(self.in_place(), Err(StoreError::Unhoused(_))) {
            // Over the connection that has the log open; a new one would begin another log in its place.
            sqlx::query("PRAGMA wal_checkpoint(PASSIVE)").fetch_all(&self.inner.writer).await?;
        }
        Ok(())
    }
}

impl super::Inner {
    /// See [`Store::in_place`].
    pub(super) fn in_place(&self) -> Result<()> {
        self.ground.look()
    }
}
