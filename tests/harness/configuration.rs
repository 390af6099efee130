//! The configuration of the repository with the mailboxes of the tests.

#[path = "folder.rs"]
mod folder;

use elitige::config::{self, Config, Surroundings};
use elitige::domain::Day;
use folder::copy;
use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

/// The repository.
pub fn house() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// The configuration that stories are told with.
pub fn configuration() -> &'static Config {
    static LOADED: OnceLock<Config> = OnceLock::new();
    LOADED.get_or_init(|| load(&written(tempfile::tempdir().unwrap().path(), &["key", "imap"])))
}

/// The same as files in `folder`, with `secrets` that nothing uses; where it stands.
pub fn written(folder: &Path, secrets: &[&str]) -> PathBuf {
    let root = folder.join("config");
    copy(&house().join("config"), &root);
    copy(&house().join("templates"), &folder.join("templates"));
    copy(&house().join("tests/config/valid/stories"), &root);
    fs::create_dir(root.join("secrets")).unwrap();
    for secret in secrets {
        fs::write(root.join("secrets").join(secret), "never used\n").unwrap();
        fs::set_permissions(root.join("secrets").join(secret), fs::Permissions::from_mode(0o600)).unwrap();
    }
    root
}

/// The configuration that stands in `root`, as the program reads it.
pub fn load(root: &Path) -> Config {
    let surroundings = Surroundings { today: Day::new(2026, 11, 23).unwrap(), credentials: None };
    config::load(root, &surroundings).unwrap_or_else(|faults| panic!("{}", faults.iter().map(|fault| format!("\n{fault}")).collect::<String>()))
}
