//! What somebody reads who sets the service up and makes the usual mistakes, from the real program.

use std::fs;
use std::net::TcpListener;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::time::{Duration, Instant};
use tempfile::TempDir;

#[path = "harness/folder.rs"]
mod folder;

/// A configuration folder with its secrets; neither key nor database are made.
struct Place {
    root: TempDir,
}

impl Place {
    fn new() -> Self {
        let place = Place { root: tempfile::tempdir().unwrap() };
        let house = Path::new(env!("CARGO_MANIFEST_DIR"));
        for (from, to) in [("config", "config"), ("templates", "templates"), ("tests/config/valid/small", "config")] {
            folder::copy(&house.join(from), &place.path(to));
        }
        fs::create_dir(place.path("config/secrets")).unwrap();
        place.secret("config/secrets/imap", b"never used\n");
        place
    }

    fn path(&self, name: &str) -> PathBuf {
        self.root.path().join(name)
    }

    fn secret(&self, name: &str, bytes: &[u8]) {
        fs::write(self.path(name), bytes).unwrap();
        fs::set_permissions(self.path(name), fs::Permissions::from_mode(0o600)).unwrap();
    }

    fn change(&self, old: &str, new: &str) {
        let text = fs::read_to_string(self.path("config/service.toml")).unwrap();
        assert!(text.contains(old), "{old}");
        fs::write(self.path("config/service.toml"), text.replace(old, new)).unwrap();
    }

    /// Whether all was well, and all that was said, without the name of the temporary folder.
    fn run(&self, arguments: &[&str]) -> (bool, String) {
        let mut command = Command::new(env!("CARGO_BIN_EXE_elitige"));
        command.args(arguments).arg("--config").arg(self.path("config")).env("RUST_BACKTRACE", "0");
        let Output { status, stdout, stderr } = command.output().unwrap();
        let said = String::from_utf8_lossy(&stdout).into_owned() + &String::from_utf8_lossy(&stderr);
        (status.success(), said.replace(&self.root.path().display().to_string(), "…"))
    }
}

#[test]
fn a_key_that_is_none_and_a_folder_that_is_not_there_are_told_before_the_start() {
    let place = Place::new();
    let none = "service.toml: The file at …/config/secrets/key is no master key (its first line is \"elitige master key 1\", its second 44 characters); \
                restore the right file.\n1 fault found.\n";
    for bytes in [&b"garbage\n"[..], b"", b"\xff\xfe"] {
        place.secret("config/secrets/key", bytes);
        assert_eq!(place.run(&["check"]), (false, none.to_owned()));
    }
    fs::remove_file(place.path("config/secrets/key")).unwrap();
    place.change("sqlite:elitige.db", "sqlite:/nowhere/at/all/x.db");
    let (fine, said) = place.run(&["check"]);
    let folder = "There is no folder /nowhere/at/all for the database; make it with: sudo install -d -o elitige -g elitige -m 700 /nowhere/at/all.";
    assert!(!fine && said.ends_with(&format!("service.toml: {folder}\n1 fault found.\n")), "{said}");
}

#[test]
fn a_key_that_is_kept_is_told_and_one_that_is_lost_is_not_made_anew() {
    let place = Place::new();
    let (fine, said) = place.run(&["init"]);
    assert!(fine && said.starts_with("Made the key file …/config/secrets/key and the database.\n"), "{said}");
    fs::remove_file(place.path("config/elitige.db")).unwrap();
    let (fine, said) = place.run(&["init"]);
    assert!(fine && said.starts_with("Kept the key file …/config/secrets/key, made the database.\n"), "{said}");
    fs::remove_file(place.path("config/secrets/key")).unwrap();
    let lost = "here is no master key at …/config/secrets/key, and the database at …/config/elitige.db was made with one that nothing can replace; \
                restore the key from its copy";
    for command in ["init", "run", "check", "verify"] {
        let (fine, said) = place.run(&[command]);
        assert!(!fine && said.contains(lost) && !said.contains("elitige init"), "{command}: {said}");
        assert!(!place.path("config/secrets/key").exists());
    }
}

#[test]
fn a_story_of_a_mailbox_that_is_not_there_names_it() {
    let place = Place::new();
    let story = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/stories/svc-words.story");
    let (fine, said) = place.run(&["tell", story.to_str().unwrap()]);
    let sentence = "service.toml has no mailbox named `atlas`, to which the story writes; add it with role = \"customer-service\" and its [mailbox.client]";
    assert!(!fine && said.contains(sentence), "{said}");
}

#[test]
fn the_doctor_names_the_classic_mistake_within_seconds_and_looks_at_the_resolver_and_the_disk() {
    let place = Place::new();
    assert!(place.run(&["init"]).0);
    // A port that speaks TLS from the start says nothing before we do.
    let silent = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = silent.local_addr().unwrap().port();
    let lines = format!("host = \"127.0.0.1\"\nport = {port}\ntls = \"starttls\"\n");
    place.change("host = \"imap.elitige.example\"\n", &lines);
    place.change("host = \"smtp.elitige.example\"\n", &format!("{lines}\n[authentication]\nresolver = \"127.0.0.1:1\"\n"));
    let begun = Instant::now();
    let (fine, said) = place.run(&["doctor"]);
    assert!(!fine && begun.elapsed() < Duration::from_secs(40), "{:?}", begun.elapsed());
    let hint = "; if this port speaks TLS from the start, write tls = \"implicit\"\n";
    for look in ["mailbox mediation: 127.0.0.1:", "outgoing server: 127.0.0.1:"] {
        assert!(said.lines().any(|line| line.starts_with(look) && format!("{line}\n").ends_with(hint)), "{look}\n{said}");
    }
    assert!(said.contains("resolver: nobody answers") && said.contains("disk: ") && said.contains("database: opened"), "{said}");
}

#[test]
fn what_is_wrong_with_the_database_names_its_place_and_the_remedy() {
    let place = Place::new();
    place.change("sqlite:elitige.db", "sqlite:secrets");
    let (fine, said) = place.run(&["init"]);
    assert!(!fine && said.contains("cannot be used at …/config/secrets: is a directory; give the path of a file"), "{said}");
    place.change("sqlite:secrets", "sqlite:elitige.db");
    fs::remove_file(place.path("config/secrets/key")).unwrap();
    assert!(place.run(&["init"]).0);
    for list in [&["held", "list"][..], &["outbox", "list"], &["case", "list"], &["merchants", "list"]] {
        assert_eq!(place.run(list), (true, "none\n".to_owned()), "{list:?}");
    }
    let (fine, said) = place.run(&["held", "show", "foo"]);
    assert!(!fine && said.contains("write a number as `elitige held list` or `elitige case show` shows it"), "{said}");
    let (fine, said) = place.run(&["merchants", "import", place.path("config").to_str().unwrap()]);
    assert!(!fine && said.contains("…/config is a folder; name the CSV file"), "{said}");

    let file = place.path("config/elitige.db");
    let whole = fs::read(&file).unwrap();
    fs::write(&file, &whole[..8192]).unwrap();
    let (fine, said) = place.run(&["check", "--store"]);
    assert!(!fine && said.contains("the database …/config/elitige.db is damaged; stop the service and restore it from a backup"), "{said}");
    fs::write(&file, [&b"nonsense nonsense"[..], &whole[17..]].concat()).unwrap();
    let (fine, said) = place.run(&["check", "--store"]);
    assert!(!fine && said.contains("give the path of another one, or restore it from a backup"), "{said}");

    place.change("sqlite:elitige.db", "postgres://elitige@127.0.0.1:1/elitige");
    let (fine, said) = place.run(&["verify"]);
    assert!(!fine && said.contains("the database at postgres://127.0.0.1:1/elitige cannot be reached (connection refused); check host and port"), "{said}");
}
