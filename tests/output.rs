//! What the commands say, on the real program: to whoever stops listening, to a disk that is full, and of a mail that would rather drive the terminal.

use elitige::story::{Manner, Script, tell};
use std::fs::{self, File, OpenOptions};
use std::io::pipe;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

#[path = "harness/configuration.rs"]
mod configuration;

use configuration::{configuration, house, written};

/// The beginning of a dispute, up to where the registrar decides.
const BEGUN: &str = "now 2026-11-23T09:00:00Z
leila is consumer leila@courrier.example
registrar is operator registrar@elitige.example

leila writes:
  Subject: Commande jamais reçue
  Bonjour,
  je m'appelle Leila Bennani. J'ai commandé le 3 novembre 2026 une machine à café sur le site boutique-atlas.example,
  commande n° AT-48213, pour 1 500,00 DH payés par carte. Je n'ai toujours rien reçu malgré mes relances du 12 novembre.
  Je demande le remboursement de ma commande.
  Leila Bennani

leila answers:
  CONFIRMER ***
";

/// A service whose database holds what `story` tells, or nothing.
struct Service {
    folder: tempfile::TempDir,
    config: PathBuf,
}

impl Service {
    fn empty() -> Service {
        let service = Service::prepared();
        assert!(service.run(&["init"]).status.success());
        service
    }

    async fn after(story: &str) -> Service {
        let service = Service::prepared();
        let script = Script::parse(story).unwrap();
        tell(&script, configuration(), service.folder.path(), Manner::Once).await.unwrap();
        service
    }

    fn prepared() -> Service {
        let folder = tempfile::tempdir().unwrap();
        let config = written(folder.path(), &["imap"]);
        let [database, key] = ["story.db", "story.key"].map(|name| folder.path().join(name).display().to_string());
        let text = fs::read_to_string(config.join("service.toml")).unwrap();
        let text = text.replace("sqlite:elitige.db", &format!("sqlite:{database}")).replace("\"secrets/key\"", &format!("\"{key}\""));
        fs::write(config.join("service.toml"), text).unwrap();
        Service { folder, config }
    }

    fn path(&self) -> &Path {
        self.folder.path()
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_elitige"));
        command.args(arguments).current_dir(self.path()).env("RUST_BACKTRACE", "0");
        if arguments.first() != Some(&"explain") {
            command.arg("--config").arg(&self.config);
        }
        command
    }

    fn run(&self, arguments: &[&str]) -> Output {
        self.command(arguments).output().unwrap()
    }

    /// What it says where it goes well.
    fn said(&self, arguments: &[&str]) -> String {
        let output = self.run(arguments);
        assert!(output.status.success(), "{arguments:?}: {}", wrong(&output));
        String::from_utf8(output.stdout).unwrap()
    }

    /// The one sentence that it says where it does not.
    fn refused(&self, arguments: &[&str]) -> String {
        let output = self.run(arguments);
        let sentence = wrong(&output);
        assert!(output.status.code() == Some(1) && sentence.lines().count() == 1, "{arguments:?}: {sentence}");
        sentence.trim_end().trim_start_matches("elitige: ").to_owned()
    }

    /// Its exit code and what it says is wrong where nobody reads its output.
    fn unheard(&self, arguments: &[&str]) -> (Option<i32>, String) {
        let (reader, writer) = pipe().unwrap();
        drop(reader);
        self.into(arguments, writer.into())
    }

    /// The same where the disk is full that its output goes to.
    fn drowned(&self, arguments: &[&str]) -> (Option<i32>, String) {
        self.into(arguments, full().into())
    }

    fn into(&self, arguments: &[&str], to: Stdio) -> (Option<i32>, String) {
        let output = self.command(arguments).stdout(to).stderr(Stdio::piped()).output().unwrap();
        (output.status.code(), wrong(&output))
    }

    fn reference(&self) -> String {
        self.said(&["case", "list"]).split_whitespace().next().unwrap().to_owned()
    }
}

fn full() -> File {
    OpenOptions::new().write(true).open("/dev/full").unwrap()
}

fn wrong(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

const LOST: &str = "elitige: the output cannot be written (No space left on device (os error 28)); make room where it goes, or send it elsewhere";

#[tokio::test]
async fn whoever_stops_reading_is_no_fault_and_a_full_disk_is_one_sentence() {
    let service = Service::after(BEGUN).await;
    let reference = service.reference();
    fs::write(service.path().join("a.eml"), "From: leila@example.org\r\nSubject: Colis\r\n\r\nBonjour\r\n").unwrap();
    for arguments in [
        vec!["case", "show", &reference],
        vec!["case", "list"],
        vec!["charter"],
        vec!["check"],
        vec!["verify"],
        vec!["workflow", "graph", "--format", "svg"],
        vec!["explain", "a.eml"],
        vec!["explain", "--json", "a.eml"],
    ] {
        assert!(!service.said(&arguments).is_empty(), "{arguments:?}");
        assert_eq!(service.unheard(&arguments), (Some(0), String::new()), "{arguments:?}");
        assert_eq!(service.drowned(&arguments), (Some(1), format!("{LOST}\n")), "{arguments:?}");
    }
}

#[tokio::test]
async fn what_was_committed_is_told_where_the_output_is_lost() {
    let service = Service::after(BEGUN).await;
    let reference = service.reference();
    let (code, sentence) = service.drowned(&["case", "reject", &reference, "R_SCOPE"]);
    let news = format!("{LOST}; this was done all the same: {reference} is now closed. The daemon sends what follows.\n");
    assert_eq!((code, sentence), (Some(1), news));
    assert_eq!(service.unheard(&["case", "erase", &reference]), (Some(0), String::new()));
    assert!(service.refused(&["case", "show", &reference]).contains("was erased"));
}

#[test]
fn a_full_error_output_is_no_second_fault() {
    let service = Service::empty();
    let status = service.command(&["case", "show", "EL-7K3Q-9XWD"]).stderr(full()).status().unwrap();
    assert_eq!(status.code(), Some(1));
}

/// What a stranger writes into a mail: the title of the window, a bell, the screen wiped, a line turned round, a control of eight bits.
const ESCAPES: &str = "\u{1b}]0;pwn\u{7} \u{1b}[2J \u{202e}turned\u{202c} \u{9b}31m \u{8}";

#[tokio::test]
async fn no_mail_drives_the_terminal_that_it_is_shown_on() {
    let service = Service::after(&BEGUN.replace("  Leila Bennani\n\n", &format!("  Leila Bennani {ESCAPES}\n  été\tشكاية\n\n"))).await;
    let reference = service.reference();
    let mail = format!(
        "From: \"Leila {ESCAPES}\" <leila@example.org>\r\nSubject: Colis {ESCAPES}\r\nContent-Type: text/plain; charset=utf-8\r\n\r\nJamais recu {ESCAPES}\r\nété\tشكاية\r\n"
    );
    fs::write(service.path().join("a.eml"), mail).unwrap();
    for arguments in [vec!["case", "show", &reference], vec!["explain", "a.eml"]] {
        let said = service.said(&arguments);
        let unruly: Vec<char> = said.chars().filter(|c| (c.is_control() && !matches!(c, '\n' | '\t')) || matches!(c, '\u{202a}'..='\u{202e}')).collect();
        assert!(unruly.is_empty(), "{arguments:?}: {unruly:?} in {said:?}");
        assert!(said.contains("pwn") && said.contains("été") && said.contains("شكاية") && said.contains('\u{fffd}'), "{arguments:?}: {said}");
    }
    let json = service.said(&["explain", "--json", "a.eml"]);
    let line: serde_json::Value = serde_json::from_str(&json).unwrap();
    assert!(!json.contains('\u{1b}') && line["text"].as_str().unwrap().contains("\u{1b}]0;pwn"), "{json:?}");
    let odd = service.refused(&["case", "show", "EL-\u{1b}]0;pwn\u{7}"]);
    assert!(!odd.contains('\u{1b}'), "{odd:?}");
}

#[test]
fn each_story_is_told_whatever_became_of_the_one_before() {
    let service = Service::prepared();
    let stories = house().join("tests/stories");
    let granted = stories.join("granted.story").display().to_string();
    assert_eq!(service.said(&["tell", &granted, &granted, &granted]), "");

    let [broken, other] = ["broken.story", "other.story"].map(|name| service.path().join(name));
    fs::write(&broken, "now tomorrow\n").unwrap();
    fs::write(&other, fs::read_to_string(&granted).unwrap().replace("> merchant: invitation (ar)\n", "")).unwrap();
    let [broken, other, missing] = [broken, other, service.path().join("missing.story")].map(|path| path.display().to_string());
    let scratch = service.path().join("scratch");
    fs::create_dir(&scratch).unwrap();
    let output = service.command(&["tell", &broken, &other, &missing, &granted]).env("TMPDIR", &scratch).output().unwrap();
    let (said, wrong) = (String::from_utf8_lossy(&output.stdout).into_owned(), wrong(&output));
    assert_eq!(output.status.code(), Some(1));
    assert!(wrong.lines().count() == 2 && wrong.contains("broken.story: ") && wrong.contains("missing.story cannot be read: "), "{wrong}");
    assert!(said.contains("other.story: what happens is not what is recorded:\n") && said.ends_with("\n3 of 4 stories failed.\n"), "{said}");
    assert_eq!(fs::read_dir(&scratch).unwrap().count(), 0, "a folder of a story was left behind");
}

#[tokio::test]
async fn a_list_of_nothing_says_so() {
    let service = Service::empty();
    for list in [vec!["case", "list"], vec!["held", "list"], vec!["outbox", "list"], vec!["merchants", "list"]] {
        assert_eq!(service.said(&list), "none\n", "{list:?}");
    }
    assert_eq!(service.said(&["merchants", "list", "--json"]), "");
    let service = Service::after(BEGUN).await;
    assert_eq!(service.said(&["case", "contact", "list", &service.reference()]), "none\n");
}

#[tokio::test]
async fn an_erased_dispute_is_called_erased_whatever_is_asked_of_it() {
    let service = Service::after(BEGUN).await;
    let reference = service.reference();
    service.said(&["case", "reject", &reference, "R_SCOPE"]);
    assert!(service.said(&["case", "list"]).starts_with(&format!("{reference}  closed")));
    service.said(&["case", "erase", &reference]);
    assert!(service.said(&["case", "list"]).starts_with(&format!("{reference}  erased  opened ")));
    for order in ["show", "erase", "reopen", "close", "hold", "release"] {
        let sentence = service.refused(&["case", order, &reference]);
        assert!(sentence.starts_with(&reference) && sentence.contains("was erased"), "{order}: {sentence}");
    }
    assert!(service.refused(&["case", "contact", "list", &reference]).contains("was erased"));
    let unknown = format!("no dispute has the reference {reference}; `elitige case list` shows them");
    assert_eq!(Service::empty().refused(&["case", "reopen", &reference]), unknown);
}

#[test]
fn what_was_typed_is_named_in_the_sentence_about_it() {
    let service = Service::empty();
    for (arguments, sentence) in [
        (["merchants", "show", "Zellij"], "the registry has no merchant \"Zellij\"; `elitige merchants list` shows all of them"),
        (["outbox", "retry", ""], "\"\" is not the number of a letter; they have 16 digits, and `elitige outbox list` shows them"),
        (["outbox", "stop", "12"], "\"12\" is not the number of a letter; they have 16 digits, and `elitige outbox list` shows them"),
    ] {
        assert_eq!(service.refused(&arguments), sentence);
    }
}

#[tokio::test]
async fn the_flag_that_is_wrong_is_named() {
    let service = Service::after(BEGUN).await;
    let reference = service.reference();
    let asked = ["case", "disclose", &reference, "--by", "Banque Atlas", "--to", "le juge", "--items", "la commande", "--purpose", "un litige", "--until"];
    let asked = |day: &str| service.refused(&[&asked[..], &[day]].concat());
    assert_eq!(asked("2027-13-45"), "--until takes a day like 2027-01-31, and not \"2027-13-45\"");
    assert!(asked("2999-01-31").starts_with(&format!("{reference} asks nothing of both sides now")));
    let unasked = ["case", "disclose-unasked", &reference, "--ground", "law", "--to", "le juge", "--reason", "art. 5"];
    assert_eq!(service.refused(&unasked), "--items is missing; with --ground law write there exactly what was told");
    let contact = ["case", "contact", "add", &reference, "--of", "consumer", "leila@courrier.example", "--as", "other-address"];
    assert_eq!(service.refused(&contact), format!("{reference} stays as it is: that is the registered address already, which may speak anyway"));
}

#[tokio::test]
async fn a_charter_is_named_by_the_digits_that_letters_print() {
    let service = Service::after(BEGUN).await;
    let printed = service.said(&["charter"]);
    let digest = printed.lines().find_map(|line| line.strip_prefix("Digest  ")).unwrap().to_owned();
    let grouped = format!("{} {}", &digest[..16], &digest[16..]);
    for digits in [&digest[..8], &digest[..9], &digest.to_uppercase(), &grouped, &digest] {
        assert_eq!(service.said(&["charter", "--digest", digits]), printed, "{digits}");
    }
    let remedy = "is no digest of a charter; write its 64 hexadecimal digits, or at least the first 8, as letters print them";
    for odd in [&digest[..7], "", "not a digest", &format!("{digest}0")] {
        assert_eq!(service.refused(&["charter", "--digest", odd]), format!("\"{odd}\" {remedy}"));
    }
    let other = if digest.starts_with('0') { "10000000" } else { "00000000" };
    let unknown = format!("no charter whose digest begins with {other} was ever in force here; `elitige case show` names those that were accepted");
    assert_eq!(service.refused(&["charter", "--digest", other]), unknown);
}
