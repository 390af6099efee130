//! The master key: one file, from which every other key of the service is derived.

use crate::domain::{Dice, MacKey};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use std::fs::{File, OpenOptions};
use std::io::{ErrorKind, Read, Write};
use std::os::unix::fs::{MetadataExt, OpenOptionsExt, PermissionsExt};
use std::path::{Path, PathBuf};
use zeroize::{Zeroize, Zeroizing};

const HEADER: &str = "elitige master key 1";
const LONGEST_FILE: u64 = 4096;

/// The keys of the service, all derived from one master key (HMAC-SHA-256, one purpose each).
#[derive(Debug, Clone)]
pub struct Keys {
    master: MacKey,
}

/// Why there are no [`Keys`].
#[derive(Debug, thiserror::Error)]
pub enum KeyError {
    /// A file stands where a new key should be written.
    #[error("there is a file at {0} already; a key is never written over, because everything sealed with the old one would be lost")]
    Exists(PathBuf),
    /// No file.
    #[error("there is no master key at {0}; create it with `elitige init`, or restore it from where you keep its copy")]
    Missing(PathBuf),
    /// No file, and a database that was made with it.
    #[error("there is no master key at {path}, and the database at {database} was made with one that nothing can replace; restore the key from its copy")]
    Lost {
        /// Where the key is missing.
        path: PathBuf,
        /// The database.
        database: PathBuf,
    },
    /// Others may read the file.
    #[error("the master key at {0} can be read by other users; run: chmod 600 {0}")]
    Exposed(PathBuf),
    /// The file holds something else.
    #[error("the file at {0} is no master key (its first line is \"{HEADER}\", its second 44 characters); restore the right file")]
    NotAKey(PathBuf),
    /// The operating system refuses.
    #[error("the master key at {path} cannot be used: {why}; run: chown elitige {path}")]
    File {
        /// The file.
        path: PathBuf,
        /// What the operating system says.
        why: std::io::Error,
    },
}

impl Keys {
    /// Draws a new master key and writes it to `path`, readable by its owner only. An existing file is refused.
    pub fn create(path: &Path, dice: &mut Dice) -> Result<Keys, KeyError> {
        let mut bytes = dice.roll::<32>();
        let text = Zeroizing::new(format!("{HEADER}\n{}\n", Zeroizing::new(STANDARD.encode(bytes)).as_str()));
        write_new(path, text.as_bytes()).map_err(|why| match why.kind() {
            ErrorKind::AlreadyExists => KeyError::Exists(path.to_owned()),
            _ => KeyError::File { path: path.to_owned(), why },
        })?;
        let keys = Keys { master: MacKey::new(bytes) };
        bytes.zeroize();
        Ok(keys)
    }

    /// Reads the master key from a file, or from a systemd credential (a file below `$CREDENTIALS_DIRECTORY`).
    /// A file that others may read, or that a group may write, is refused.
    pub fn load(path: &Path) -> Result<Keys, KeyError> {
        let refused = |why: std::io::Error| match why.kind() {
            ErrorKind::NotFound => KeyError::Missing(path.to_owned()),
            _ => KeyError::File { path: path.to_owned(), why },
        };
        let file = File::open(path).map_err(refused)?;
        let about = file.metadata().map_err(refused)?;
        if !about.is_file() {
            return Err(KeyError::NotAKey(path.to_owned()));
        }
        // systemd gives its credentials by an access list, which shows as a right of the group to read.
        if about.mode() & 0o037 != 0 {
            return Err(KeyError::Exposed(path.to_owned()));
        }
        let mut text = Zeroizing::new(String::new());
        file.take(LONGEST_FILE).read_to_string(&mut text).map_err(|why| match why.kind() {
            ErrorKind::InvalidData => KeyError::NotAKey(path.to_owned()),
            _ => KeyError::File { path: path.to_owned(), why },
        })?;
        let mut bytes = parse(&text).ok_or_else(|| KeyError::NotAKey(path.to_owned()))?;
        let keys = Keys { master: MacKey::new(bytes) };
        bytes.zeroize();
        Ok(keys)
    }

    /// The key for one purpose, e.g. `reply codes` or `message ids`: what is made with it is worth nothing under another.
    /// Purposes that begin with `store ` are the store's own.
    pub fn mac(&self, purpose: &str) -> MacKey {
        self.master.for_purpose(purpose)
    }
}

fn parse(text: &str) -> Option<[u8; 32]> {
    let mut lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
    if lines.next()? != HEADER {
        return None;
    }
    let bytes = Zeroizing::new(STANDARD.decode(lines.next()?).ok()?);
    bytes.as_slice().try_into().ok().filter(|_| lines.next().is_none())
}

/// The key must be on the disk before anything is sealed with it: file and folder are synchronised.
fn write_new(path: &Path, bytes: &[u8]) -> std::io::Result<()> {
    let mut file = OpenOptions::new().write(true).create_new(true).mode(0o600).open(path)?;
    file.set_permissions(std::fs::Permissions::from_mode(0o600))?;
    file.write_all(bytes)?;
    file.sync_all()?;
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    File::open(folder)?.sync_all()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_created_once_and_read_back() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("master.key");
        let made = Keys::create(&path, &mut Dice::from_seed([1; 32])).unwrap();
        assert_eq!(std::fs::metadata(&path).unwrap().mode() & 0o777, 0o600);
        assert_eq!(Keys::load(&path).unwrap().mac("x").mac(b"y"), made.mac("x").mac(b"y"));
        let before = std::fs::read(&path).unwrap();
        assert!(matches!(Keys::create(&path, &mut Dice::from_seed([2; 32])), Err(KeyError::Exists(_))));
        assert_eq!(std::fs::read(&path).unwrap(), before);
    }

    #[test]
    fn a_key_that_others_can_read_or_that_is_none_is_refused_with_the_remedy() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("master.key");
        assert!(Keys::load(&path).unwrap_err().to_string().contains("elitige init"));
        Keys::create(&path, &mut Dice::from_seed([1; 32])).unwrap();
        std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o644)).unwrap();
        assert!(Keys::load(&path).unwrap_err().to_string().contains("chmod 600"));
        for wrong in ["", "elitige master key 1\n", "elitige master key 1\nAAAA\n", "another header\nAAAA\n"] {
            std::fs::write(&path, wrong).unwrap();
            std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o600)).unwrap();
            assert!(matches!(Keys::load(&path), Err(KeyError::NotAKey(_))), "{wrong:?}");
        }
        assert!(matches!(Keys::create(&folder.path().join("nowhere/key"), &mut Dice::from_seed([1; 32])), Err(KeyError::File { .. })));
    }
}
