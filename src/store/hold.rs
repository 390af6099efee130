//! One daemon for each SQLite database: two would read the same mail and send the same letters.

use super::open::{Place, look_at_file};
use super::{Result, StoreError};
use std::fs::{File, OpenOptions, TryLockError};
use std::os::unix::fs::OpenOptionsExt;
use std::path::PathBuf;
use std::time::Duration;

/// The daemon's hold on its database, until it is dropped or the process ends, however it ends. The commands work beside it.
#[derive(Debug)]
pub struct Hold {
    _file: Option<File>,
    folder: Option<PathBuf>,
}

impl Hold {
    /// Takes hold of the database at `url` by locking the file `<database>.lock` beside it, which stays there empty.
    /// PostgreSQL, which several daemons may share, is not held.
    ///
    /// Errors: another daemon has it, there is no such database, or the file beside it cannot be made.
    pub async fn take(url: &str) -> Result<Hold> {
        // A daemon that was just killed holds on until the system has cleared it away.
        const ATTEMPTS: u32 = 10;
        const PAUSE: Duration = Duration::from_millis(100);
        let place = Place::parse(url)?;
        let Some(database) = &place.file else {
            return Ok(Hold { _file: None, folder: None });
        };
        look_at_file(database, &place.shown)?;
        let mut name = database.clone().into_os_string();
        name.push(".lock");
        let path = PathBuf::from(name);
        let unusable = |why| StoreError::File { path: path.clone(), why };
        let file = OpenOptions::new().write(true).create(true).truncate(false).mode(0o600).open(&path).map_err(unusable)?;
        let folder = database.parent().map(|folder| if folder.as_os_str().is_empty() { PathBuf::from(".") } else { folder.to_owned() });
        for _ in 0..ATTEMPTS {
            match file.try_lock() {
                Ok(()) => return Ok(Hold { _file: Some(file), folder }),
                Err(TryLockError::WouldBlock) => tokio::time::sleep(PAUSE).await,
                Err(TryLockError::Error(why)) => return Err(unusable(why)),
            }
        }
        Err(StoreError::Held(place.shown))
    }

    /// The folder in which the database lies; `None` for PostgreSQL.
    pub fn folder(&self) -> Option<PathBuf> {
        self.folder.clone()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn one_daemon_holds_a_database_and_the_next_one_may_when_it_is_gone() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("held.db");
        let url = format!("sqlite:{}", path.display());
        assert!(matches!(Hold::take(&url).await, Err(StoreError::Missing(_))), "nothing is made where no database is");
        std::fs::write(&path, "").unwrap();
        let first = Hold::take(&url).await.unwrap();
        let refused = Hold::take(&url).await.unwrap_err();
        assert!(refused.to_string().contains("another `elitige run`"), "{refused}");
        drop(first);
        Hold::take(&url).await.unwrap();
    }
}
