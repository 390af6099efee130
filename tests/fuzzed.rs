//! Every mail and every text that fuzzing ever found, looked at again (see `fuzz/`), with every mail of `tests/letters`.

#[path = "../fuzz/properties.rs"]
mod properties;

use std::fs;
use std::path::Path;

type Property = fn(&[u8]);

fn files(folder: &str) -> Vec<(String, Vec<u8>)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests").join(folder);
    let mut found: Vec<_> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    found.retain(|path| path.extension().is_none_or(|extension| extension != "json"));
    found.sort();
    found.into_iter().map(|path| (path.display().to_string(), fs::read(&path).unwrap())).collect()
}

#[test]
fn what_was_found_once_holds_now() {
    let targets: [(&str, Property); 5] = [
        ("reading", properties::reading),
        ("reply_text", properties::reply_text),
        ("addresses", properties::addresses),
        ("intents", properties::intents),
        ("exhibits", properties::exhibits),
    ];
    for (target, property) in targets {
        for (name, bytes) in files(&format!("fuzzed/{target}")) {
            println!("{name}");
            property(&bytes);
        }
    }
}

#[test]
fn every_letter_is_looked_at_from_every_side() {
    for (name, bytes) in files("letters") {
        println!("{name}");
        for property in [properties::reading as Property, properties::reply_text, properties::addresses, properties::intents] {
            property(&bytes);
        }
    }
}
