//! The rules of the house (DESIGN §2), read from the source itself. Each check has a test in which it must fail.

#[path = "house/bounds.rs"]
mod bounds;
#[path = "house/circles.rs"]
mod circles;
#[path = "house/crates.rs"]
mod crates;
#[path = "house/floors.rs"]
mod floors;
#[path = "house/source.rs"]
mod source;

use source::Source;
use std::fs;
use std::path::Path;

/// Every file under `src/`, read.
fn house() -> Vec<Source> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let (mut folders, mut sources) = (vec![root.clone()], Vec::new());
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                let name = path.strip_prefix(&root).unwrap().to_str().unwrap().to_owned();
                sources.push(Source::read(&name, &fs::read_to_string(&path).unwrap()));
            }
        }
    }
    sources.sort_by(|a, b| a.path.cmp(&b.path));
    assert!(!sources.is_empty());
    sources
}

fn manifest() -> String {
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("Cargo.toml")).unwrap()
}

/// Fails with every breach as a line of its own.
fn none(breaches: Vec<String>) {
    assert!(breaches.is_empty(), "{} of the rules of the house are broken:\n{}", breaches.len(), breaches.join("\n"));
}

#[test]
fn rooms_use_lower_floors_only() {
    none(floors::breaches(&house()));
}

#[test]
fn no_modules_use_each_other_in_a_circle() {
    none(circles::breaches(&house()));
}

#[test]
fn each_outside_crate_is_used_by_its_own_rooms_only() {
    none(crates::breaches(&house(), &manifest()));
}

#[test]
fn files_and_functions_are_short() {
    none(bounds::lengths(&house()));
}

#[test]
fn nothing_is_unsafe_unfinished_silenced_or_left_to_panic() {
    none(bounds::words(&house()));
    assert!(house().iter().any(|source| source.path == "lib.rs" && source.text.contains("#![forbid(unsafe_code)]")));
}
