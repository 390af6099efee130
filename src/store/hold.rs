//! One daemon for each SQLite database: two would read the same mail and send the same letters.

use super::ground::{Identity, identity};
use super::open::{Place, look_at_file};
use super::{Result, Store, StoreError};
use std::fs::{File, OpenOptions, TryLockError};
use std::os::unix::fs::{MetadataExt, OpenOptionsExt};
use std::path::{Path, PathBuf};
use std::time::Duration;

/// The daemon's hold on its database, until it is dropped or the process ends, however it ends. The commands work beside it.
#[derive(Debug)]
pub struct Hold(Option<Lock>);

#[derive(Debug)]
struct Lock {
    _file: File,
    path: PathBuf,
    identity: Identity,
    folder: PathBuf,
}

/// A daemon that was just killed holds on until the system has cleared it away.
const ATTEMPTS: u32 = 10;
const PAUSE: Duration = Duration::from_millis(100);

impl Hold {
    /// Takes hold of the database at `url` by locking the file `<database>.lock` beside it, which stays there empty. By whatever name the database is
    /// given, it is held under its own.
    /// PostgreSQL, which several daemons may share, is not held.
    ///
    /// Errors: another daemon has it, there is no such database, it has several names, or the file beside it cannot be made.
    pub async fn take(url: &str) -> Result<Hold> {
        let place = Place::parse(url)?;
        let Some(named) = &place.file else {
            return Ok(Hold(None));
        };
        look_at_file(named, &place.shown)?;
        let unusable = |why| StoreError::File { path: named.clone(), why };
        let database = named.canonicalize().map_err(unusable)?;
        if database.metadata().map_err(unusable)?.nlink() > 1 {
            return Err(StoreError::Linked(database));
        }
        let mut name = database.clone().into_os_string();
        name.push(".lock");
        let path = PathBuf::from(name);
        let folder = database.parent().unwrap_or(Path::new("/")).to_owned();
        for _ in 0..ATTEMPTS {
            if let Some((file, identity)) = lock(&path)? {
                return Ok(Hold(Some(Lock { _file: file, path, identity, folder })));
            }
            tokio::time::sleep(PAUSE).await;
        }
        Err(StoreError::Held(place.shown))
    }

    /// The folder in which the database lies; `None` for PostgreSQL.
    pub fn folder(&self) -> Option<PathBuf> {
        self.0.as_ref().map(|lock| lock.folder.clone())
    }
}

impl Store {
    /// Counts the file of the daemon's lock among those of the database: without it, another daemon may work there.
    pub fn watch(&self, hold: &Hold) {
        if let Some(lock) = &hold.0 {
            self.inner.ground.add(lock.path.clone(), lock.identity);
        }
    }
}

/// Locks the file at `path`; `None` where somebody else has it, or it was removed while it was locked.
fn lock(path: &Path) -> Result<Option<(File, Identity)>> {
    let unusable = |why| StoreError::File { path: path.to_owned(), why };
    let file = OpenOptions::new().write(true).create(true).truncate(false).mode(0o600).open(path).map_err(unusable)?;
    match file.try_lock() {
        Ok(()) => {}
        Err(TryLockError::WouldBlock) => return Ok(None),
        Err(TryLockError::Error(why)) => return Err(unusable(why)),
    }
    let identity_held = identity(&file.metadata().map_err(unusable)?);
    let there = std::fs::metadata(path).ok().as_ref().map(identity);
    Ok((there == Some(identity_held)).then_some((file, identity_held)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn url(path: &Path) -> String {
        format!("sqlite:{}", path.display())
    }

    #[tokio::test]
    async fn one_daemon_holds_a_database_and_the_next_one_may_when_it_is_gone() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("held.db");
        assert!(matches!(Hold::take(&url(&path)).await, Err(StoreError::Missing(_))), "nothing is made where no database is");
        std::fs::write(&path, "").unwrap();
        let first = Hold::take(&url(&path)).await.unwrap();
        let refused = Hold::take(&url(&path)).await.unwrap_err();
        assert!(refused.to_string().contains("another `elitige run`"), "{refused}");
        drop(first);
        Hold::take(&url(&path)).await.unwrap();
    }

    #[tokio::test]
    async fn by_another_name_it_is_the_same_database() {
        let folder = tempfile::tempdir().unwrap();
        let (path, beside) = (folder.path().join("held.db"), folder.path().join("beside"));
        std::fs::write(&path, "").unwrap();
        let _first = Hold::take(&url(&path)).await.unwrap();
        std::os::unix::fs::symlink(&path, folder.path().join("link.db")).unwrap();
        std::os::unix::fs::symlink(folder.path(), &beside).unwrap();
        for other in [folder.path().join("link.db"), beside.join("held.db")] {
            assert!(matches!(Hold::take(&url(&other)).await, Err(StoreError::Held(_))), "{other:?}");
        }
        std::fs::hard_link(&path, folder.path().join("hard.db")).unwrap();
        for name in ["held.db", "hard.db"] {
            let refused = Hold::take(&url(&folder.path().join(name))).await.unwrap_err();
            assert!(refused.to_string().contains("more than one name (hard links)"), "{refused}");
        }
    }
}
