//! The configuration folder: what is accepted, and the exact sentences that a person reads when something is wrong.
//!
//! `tests/config/invalid/*.case` each make one mistake in a sound folder; the sentences are recorded beside them.
//! `UPDATE=1 cargo test --test config` records them anew.

#[path = "harness/folder.rs"]
mod folder;

use elitige::config::{Authentication, Config, GrantKind, Login, MailboxRole, Proof, Provider, Surroundings, Tls, UnknownAuthor, load};
use elitige::domain::{Day, Fault, Language};
use folder::copy;
use secrecy::ExposeSecret;
use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use tempfile::TempDir;

/// A copy of the house's `config/` and `templates/`, with secrets and a `service.toml` of its own.
struct Sandbox {
    root: TempDir,
    surroundings: Surroundings,
}

/// Which letters a sandbox has.
#[derive(Clone, Copy)]
enum Letters<'a> {
    /// The house's.
    Whole,
    /// As many, of a few words each.
    Short,
    /// Those of that folder, which nobody changes: writing them for each of a hundred sandboxes takes minutes.
    Shared(&'a Path),
}

impl Sandbox {
    /// `service` is a folder whose files are laid over the copy.
    fn new(service: Option<&Path>, letters: Letters<'_>) -> Self {
        let root = tempfile::tempdir().unwrap();
        copy(&repository().join("config"), &root.path().join("config"));
        let templates = root.path().join("templates");
        match letters {
            Letters::Whole => copy(&repository().join("templates"), &templates),
            Letters::Short => {
                copy(&repository().join("templates"), &templates);
                shorten(&templates);
            }
            Letters::Shared(folder) => std::os::unix::fs::symlink(folder, &templates).unwrap(),
        }
        if let Some(service) = service {
            copy(service, &root.path().join("config"));
        }
        let sandbox = Sandbox { surroundings: Surroundings { today: day("2026-11-23"), credentials: Some(root.path().join("credentials")) }, root };
        for name in ["config/secrets/imap", "config/secrets/postgres", "config/secrets/key", "credentials/souk", "credentials/mediation"] {
            sandbox.secret(name);
        }
        for name in ["credentials/master-key", "credentials/bounces", "credentials/smtp"] {
            sandbox.secret(name);
        }
        sandbox.keep(
            "config/secrets/dkim",
            "-----BEGIN PRIVATE KEY-----\nMC4CAQAwBQYDK2VwBCIEIAABAgMEBQYHCAkKCwwNDg8QERITFBUWFxgZGhscHR4f\n-----END PRIVATE KEY-----\n",
        );
        sandbox
    }

    fn secret(&self, name: &str) {
        self.keep(name, "pass/word\n");
    }

    fn keep(&self, name: &str, text: &str) {
        let path = self.root.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, text).unwrap();
        fs::set_permissions(&path, fs::Permissions::from_mode(0o600)).unwrap();
    }

    fn load(&self) -> Result<Config, Vec<Fault>> {
        load(&self.root.path().join("config"), &self.surroundings)
    }

    /// One fault a line, without the name of the temporary folder.
    fn told(&self, faults: &[Fault]) -> String {
        let text: String = faults.iter().map(|fault| format!("{fault}\n")).collect();
        text.replace(&self.root.path().display().to_string(), "…")
    }

    /// Does what a case says: see the cases.
    fn change(&mut self, case: &str) {
        let mut lines = case.lines().filter(|line| !line.starts_with('#')).peekable();
        let mut file = PathBuf::new();
        while let Some(line) = lines.next() {
            let words: Vec<&str> = line.split(' ').collect();
            match words[..] {
                [""] => {}
                ["file", name] => file = self.root.path().join(name),
                ["delete", name] => fs::remove_file(self.root.path().join(name)).unwrap(),
                ["empty", name] => fs::write(self.root.path().join(name), "").unwrap(),
                ["latin", name] => fs::write(self.root.path().join(name), b"Subject: \xe9t\xe9\n").unwrap(),
                ["gone", name] => fs::remove_dir_all(self.root.path().join(name)).unwrap(),
                ["mode", mode, name] => {
                    fs::set_permissions(self.root.path().join(name), fs::Permissions::from_mode(u32::from_str_radix(mode, 8).unwrap())).unwrap();
                }
                ["without", "systemd"] => self.surroundings.credentials = None,
                _ => {
                    let mut hunk = vec![line];
                    while let Some(next) = lines.next_if(|next| !next.is_empty()) {
                        hunk.push(next);
                    }
                    patch(&file, &hunk);
                }
            }
        }
    }
}

/// Replaces the lines of `hunk` that begin with `-` or a space by those that begin with `+` or a space; if there are only
/// new lines, they are put at the end.
fn patch(file: &Path, hunk: &[&str]) {
    let side = |signs: [char; 2]| hunk.iter().filter(|line| line.starts_with(signs)).map(|line| format!("{}\n", &line[1..])).collect::<String>();
    let (old, new) = (side(['-', ' ']), side(['+', ' ']));
    assert!(hunk.iter().all(|line| line.starts_with(['+', '-', ' '])), "no line of a case: {hunk:?}");
    let text = fs::read_to_string(file).unwrap_or_default();
    let text = if old.is_empty() {
        text + &new
    } else {
        assert!(text.contains(&old), "{} does not hold:\n{old}", file.display());
        text.replacen(&old, &new, 1)
    };
    fs::create_dir_all(file.parent().unwrap()).unwrap();
    fs::write(file, text).unwrap();
}

fn shorten(folder: &Path) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            shorten(&path);
        } else if path.extension().is_some_and(|extension| extension == "hbs") {
            let piece = path.file_name().unwrap().to_string_lossy().starts_with('_');
            let nameless = path.ends_with("address-check.md.hbs");
            let subject = if nameless { "Subject: Words" } else { "Subject: [{{reference}}] Words" };
            fs::write(&path, if piece { "Words.\n".to_owned() } else { format!("{subject}\n\nWords.\n") }).unwrap();
        }
    }
}

fn repository() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn cases(folder: &str, wanted: impl Fn(&Path) -> bool) -> Vec<PathBuf> {
    let entries = fs::read_dir(repository().join("tests/config").join(folder)).unwrap();
    let mut paths: Vec<PathBuf> = entries.map(|entry| entry.unwrap().path()).filter(|path| wanted(path)).collect();
    paths.sort();
    paths
}

fn password(login: &Login) -> &str {
    match &login.proof {
        Proof::Password(password) => password.expose_secret(),
        Proof::Authorization(_) => "none",
    }
}

fn day(text: &str) -> Day {
    Day::parse(text).unwrap()
}

/// Compares with what is recorded at `path`, or records it.
fn recorded(path: &Path, found: &str) -> Result<(), String> {
    if std::env::var_os("UPDATE").is_some() {
        fs::write(path, found).unwrap();
        return Ok(());
    }
    let expected = fs::read_to_string(path).unwrap_or_default();
    if expected == found { Ok(()) } else { Err(format!("{}\n--- recorded\n{expected}--- found\n{found}\n", path.display())) }
}

#[test]
fn every_mistake_is_told_in_its_sentence() {
    let small = repository().join("tests/config/valid/small");
    let cases = cases("invalid", |path| path.extension().is_some_and(|extension| extension == "case"));
    assert!(cases.len() >= 30, "{} cases", cases.len());
    let mut wrong = String::new();
    let house = Sandbox::new(None, Letters::Short);
    let short = house.root.path().join("templates");
    for case in cases {
        let text = fs::read_to_string(&case).unwrap();
        let letters = if text.contains("templates/") { Letters::Whole } else { Letters::Shared(&short) };
        let mut sandbox = Sandbox::new(Some(&small), letters);
        sandbox.change(&text);
        let Err(faults) = sandbox.load() else {
            wrong.push_str(&format!("{} is accepted\n", case.display()));
            continue;
        };
        let told = sandbox.told(&faults);
        assert!(!told.contains("@elitige") && !told.contains("pass/word"), "a fault holds an address or a secret: {told}");
        wrong.push_str(&recorded(&case.with_extension("expected"), &told).err().unwrap_or_default());
    }
    assert!(wrong.is_empty(), "{wrong}");
}

#[test]
fn of_a_service_file_that_cannot_be_read_nothing_is_said_that_it_may_set_right() {
    let sandbox = Sandbox::new(Some(&repository().join("tests/config/valid/small")), Letters::Short);
    fs::remove_dir_all(sandbox.root.path().join("templates")).unwrap();
    fs::write(sandbox.root.path().join("config/service.toml"), b"\xff").unwrap();
    let faults = sandbox.load().unwrap_err();
    assert_eq!(sandbox.told(&faults), "service.toml: This file is not UTF-8; save it as UTF-8.\n");
}

#[test]
fn sound_folders_are_accepted() {
    let mut wrong = String::new();
    for folder in cases("valid", Path::is_dir) {
        let sandbox = Sandbox::new(Some(&folder), Letters::Whole);
        match sandbox.load() {
            Ok(config) => wrong.push_str(&recorded(&folder.with_extension("warnings"), &sandbox.told(&config.warnings)).err().unwrap_or_default()),
            Err(faults) => wrong.push_str(&format!("{}\n{}", folder.display(), sandbox.told(&faults))),
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

#[test]
fn the_example_that_comes_with_the_program_is_sound() {
    let sandbox = Sandbox::new(None, Letters::Whole);
    let config = sandbox.load().unwrap_or_else(|faults| panic!("{}", sandbox.told(&faults)));
    assert!(config.warnings.is_empty());
    assert_eq!(config.service.mailboxes.len(), 2);
    assert_eq!(
        config.limits,
        Sandbox::new(Some(&repository().join("tests/config/valid/small")), Letters::Short).load().unwrap().limits,
        "the example shows the defaults"
    );
    assert!(config.rules("mediation").is_some_and(|rules| rules.text.contains("[state.invited]")));
}

#[test]
fn a_short_file_is_enough() {
    let config = Sandbox::new(Some(&repository().join("tests/config/valid/small")), Letters::Short).load().unwrap();
    let service = &config.service;
    let mailbox = service.mailboxes.first().unwrap();
    assert_eq!(
        (mailbox.server.port, mailbox.server.tls, mailbox.inbox.as_str(), mailbox.archive.as_str(), mailbox.held.as_str()),
        (993, Tls::Implicit, "INBOX", "Archive", "Held")
    );
    assert_eq!((mailbox.role, mailbox.workflow.as_deref()), (MailboxRole::Mediation, Some("mediation")));
    assert_eq!((service.smtp.server.port, service.smtp.login.is_none()), (465, true));
    assert_eq!((service.message_id_domain.as_str(), service.separator), ("elitige.example", '+'));
    assert_eq!(service.bounce.as_str(), "mediation@elitige.example");
    assert_eq!((&service.authentication, service.sender_policy.of("post.example")), (&Authentication::System, UnknownAuthor::Challenge));
    assert!(service.database.expose_secret().starts_with("sqlite:/"));
    assert_eq!(password(&mailbox.login), "pass/word");
}

#[test]
fn a_large_one_is_taken_word_for_word() {
    let config = Sandbox::new(Some(&repository().join("tests/config/valid/several")), Letters::Short).load().unwrap();
    let service = &config.service;
    assert_eq!(service.database.expose_secret(), "postgres://elitige:pass%2Fword@127.0.0.1:5432/elitige");
    assert_eq!(service.mailboxes.iter().map(|mailbox| mailbox.server.port).collect::<Vec<_>>(), [14300, 143, 993]);
    assert_eq!(service.bounce.as_str(), "retours@elitige.example");
    assert!(matches!(service.authentication, Authentication::ZoneFile(_)));
    let client = service.mailboxes[1].client.as_ref().unwrap();
    assert_eq!((client.contact.as_str(), client.language, client.agents.len()), ("contact@souk.example", Language::Ar, 1));
    assert!(service.mailboxes[0].client.is_none() && service.mailboxes[1].workflow.as_deref() == Some("customer-service"));
    assert_eq!(service.arc_sealers, ["lists.example.net"]);
    assert_eq!((service.mailboxes[0].trusts_results_of.as_deref(), service.mailboxes[1].trusts_results_of.as_deref()), (Some("mx.example.net"), None));
    assert_eq!(service.mailboxes[0].received_by, ["imap.example.net", "*.example.net"]);
    assert_eq!((config.limits.message_bytes, service.brakes.mails_per_hour, service.work.couriers), (1_000_000, 5, 4));
    let brakes = &service.brakes;
    assert_eq!((brakes.letters_per_domain(), brakes.letters_per_day, brakes.open_disputes, brakes.answers_per_day), (300, 9_000, 20, 4));
    let policy = |domain: &str| service.sender_policy.of(domain);
    assert_eq!((policy("vendeur.example"), policy("post.example")), (UnknownAuthor::Ordinary, UnknownAuthor::Strict));
    let sent = service.smtp.sent.as_ref().unwrap();
    assert_eq!((sent.server.host.as_str(), sent.server.port, sent.login.user.as_str(), sent.folder.as_str()), ("127.0.0.1", 14300, "mediation", "Envoyés"));
    let shown = format!("{config:?} {service:?} {sent:?}");
    assert!(!shown.contains("pass") && !shown.contains('@'), "{shown}");
}

#[test]
fn copies_of_letters_may_lie_on_a_server_of_their_own() {
    let mut sandbox = Sandbox::new(Some(&repository().join("tests/config/valid/small")), Letters::Short);
    assert!(sandbox.load().unwrap().service.smtp.sent.is_none());
    let lines = ["[smtp.sent]", "host = \"archive.elitige.example\"", "tls = \"starttls\"", "user = \"copies\"", "password_file = \"secrets/imap\""];
    let case = lines.iter().fold("file config/service.toml\n host = \"smtp.elitige.example\"\n".to_owned(), |case, line| format!("{case}+{line}\n"));
    sandbox.change(&case);
    let sent = sandbox.load().unwrap().service.smtp.sent.unwrap();
    assert_eq!((sent.server.host.as_str(), sent.server.port, sent.server.tls, sent.folder.as_str()), ("archive.elitige.example", 143, Tls::StartTls, "Sent"));
    assert_eq!((sent.login.user.as_str(), password(&sent.login)), ("copies", "pass/word"));
}

#[test]
fn a_known_provider_says_where_its_servers_are_and_how_much_they_take() {
    let sandbox = Sandbox::new(Some(&repository().join("tests/config/valid/microsoft")), Letters::Short);
    let config = sandbox.load().unwrap();
    let (service, mailbox) = (&config.service, &config.service.mailboxes[0]);
    assert_eq!((mailbox.server.host.as_str(), mailbox.server.port, mailbox.server.tls), ("outlook.office365.com", 993, Tls::Implicit));
    let smtp = &service.smtp;
    assert_eq!((smtp.server.host.as_str(), smtp.server.port, smtp.server.tls), ("smtp.office365.com", 587, Tls::StartTls));
    let sent = smtp.sent.as_ref().unwrap();
    assert_eq!(
        (sent.server.host.as_str(), sent.login.user.as_str(), sent.folder.as_str()),
        ("outlook.office365.com", "mediation@elitige.example", "Sent Items")
    );
    assert_eq!((smtp.provider, service.brakes.letters_per_minute, service.brakes.letters_per_day), (Some(Provider::Microsoft365), 25, 8_000));
    let Proof::Authorization(program) = &mailbox.login.proof else { panic!("{:?}", mailbox.login) };
    let (client, endpoint) = (&program.client, &program.client.endpoint);
    assert_eq!((client.grant, program.refresh.is_none()), (GrantKind::ClientCredentials, true));
    assert_eq!(client.secret.as_ref().unwrap().read().unwrap().expose_secret(), "pass/word");
    assert_eq!((endpoint.host.as_str(), endpoint.port), ("login.microsoftonline.com", 443));
    assert_eq!(endpoint.path, "/example.onmicrosoft.com/oauth2/v2.0/token");
    assert_eq!(client.scope.as_deref(), Some("https://outlook.office365.com/.default"));
}

#[test]
fn what_is_written_goes_before_what_is_known_of_a_provider() {
    let sandbox = Sandbox::new(Some(&repository().join("tests/config/valid/google")), Letters::Short);
    let config = sandbox.load().unwrap();
    let (service, mailbox) = (&config.service, &config.service.mailboxes[0]);
    assert_eq!((mailbox.server.host.as_str(), mailbox.server.port, mailbox.server.tls), ("imap.gmail.com", 143, Tls::StartTls));
    assert_eq!((service.smtp.server.host.as_str(), service.smtp.server.port), ("relay.elitige.example", 465));
    assert_eq!(service.smtp.sent.as_ref().unwrap().folder, "[Gmail]/Messages envoyés");
    assert_eq!((service.brakes.letters_per_hour, service.brakes.letters_per_day), (600, 1_800));
    let Proof::Authorization(person) = &mailbox.login.proof else { panic!("{:?}", mailbox.login) };
    assert_eq!((person.client.endpoint.host.as_str(), person.client.endpoint.path.as_str()), ("oauth2.googleapis.com", "/token"));
    assert_eq!(person.refresh.as_ref().unwrap().read().unwrap().expose_secret(), "pass/word");
    assert_eq!((person.client.grant, person.client.scope.as_deref()), (GrantKind::Refresh, Some("https://mail.google.com/")));
    let Proof::Authorization(sender) = &service.smtp.login.as_ref().unwrap().proof else { panic!("{:?}", service.smtp.login) };
    assert_eq!(sender.refresh, person.refresh);
    let shown = format!("{service:?} {person:?}");
    assert!(!shown.contains("pass/word") && !shown.contains('@'), "{shown}");
}

#[test]
fn a_list_of_holidays_that_ends_soon_is_a_warning() {
    let mut sandbox = Sandbox::new(Some(&repository().join("tests/config/valid/small")), Letters::Short);
    sandbox.surroundings.today = day("2028-11-20");
    let config = sandbox.load().unwrap();
    let expected = "calendar.toml: The list of holidays ends on 2028-12-31; add the holidays of the following year, and move \"until\".\n";
    assert_eq!(sandbox.told(&config.warnings), expected);
    for (today, warned) in [("2028-09-02", 0), ("2028-09-03", 1)] {
        sandbox.surroundings.today = day(today);
        assert_eq!(sandbox.load().unwrap().warnings.len(), warned, "on {today}");
    }
}

#[test]
fn a_list_that_lacks_the_next_holiday_of_the_moon_is_a_warning() {
    let sandbox = Sandbox::new(Some(&repository().join("tests/config/valid/small")), Letters::Short);
    let file = sandbox.root.path().join("config/calendar.toml");
    let text = fs::read_to_string(&file).unwrap();
    let (moons, kept): (Vec<&str>, Vec<&str>) = text.lines().partition(|line| line.contains("\"Aïd al-") && !line.starts_with("2026"));
    assert!(moons.len() > 10);
    fs::write(&file, kept.join("\n").replace("2027-06-06", "2026-08-28").replace("2028-05-25", "2026-08-29")).unwrap();
    let expected =
        "calendar.toml: The last holiday that follows the moon is listed on 2026-08-29, and another one comes soon; add those that follow under [expected].\n";
    assert_eq!(sandbox.told(&sandbox.load().unwrap().warnings), expected);
}

#[test]
fn a_folder_that_is_not_there_is_one_fault() {
    let surroundings = Surroundings { today: day("2026-11-23"), credentials: None };
    let faults = load(Path::new("/nowhere/config"), &surroundings).unwrap_err();
    assert_eq!(
        faults.iter().map(ToString::to_string).collect::<Vec<_>>(),
        ["service.toml: There is no configuration folder at /nowhere/config; name it with --config."]
    );
}
