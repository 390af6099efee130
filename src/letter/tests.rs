//! The reader over whole mails.

use super::*;
use std::path::PathBuf;

/// The knowledge of the repository's own `config/`.
pub(super) fn knowledge() -> Knowledge {
    let config = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("config");
    let mut files = vec![("categories.toml".to_owned(), std::fs::read_to_string(config.join("categories.toml")).unwrap())];
    for entry in std::fs::read_dir(config.join("phrases")).unwrap() {
        let path = entry.unwrap().path();
        files.push((format!("phrases/{}", path.file_name().unwrap().to_str().unwrap()), std::fs::read_to_string(path).unwrap()));
    }
    Knowledge::parse(&files).unwrap_or_else(|faults| panic!("{}", faults.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n")))
}
