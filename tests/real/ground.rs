//! What the tests of faults share: a town that is spoilt on purpose, what its commands say, what its log says.

use crate::daemon::program;
use crate::harness::person::Received;
use crate::harness::{Person, Town};
use elitige::domain::{Address, Instant};
use elitige::story::{Draft, compose_mail};
use std::fs::{self, Permissions};
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::time::Duration;

pub const PATIENCE: Duration = Duration::from_secs(30);

/// A consumer, a merchant, somebody who is neither, and further addresses of the service.
pub const LEILA: &str = "leila@courrier.example";
pub const YOUSSEF: &str = "youssef@poste.example";
pub const ATLAS: &str = "contact@boutique-atlas.example";
pub const EVE: &str = "eve@ailleurs.example";

pub const SUBJECT: &str = "Commande jamais reçue";
pub const COMPLAINT: &str = "Bonjour,

J'ai commandé le 3 novembre 2026 une machine à café sur le site boutique-atlas.example, commande n° AT-48213, \
pour 1 500,00 DH payés par carte. Je n'ai toujours rien reçu malgré mes relances du 12 novembre.

Je demande le remboursement de ma commande.

Leila Bennani";

/// Everybody above, as [`Town::start`] wants them.
pub fn people() -> Vec<(String, String)> {
    [("Leila Bennani", LEILA), ("Youssef Alami", YOUSSEF), ("Boutique Atlas", ATLAS), ("Eve", EVE)]
        .map(|(name, address)| (name.to_owned(), address.to_owned()))
        .to_vec()
}

/// The person of that address.
pub fn person(town: &Town, address: &str) -> Person {
    Person::new("Leila Bennani", address, &town.dovecot, &town.postfix, &town.signers)
}

/// A complaint as bytes, with these fields beside or instead of the usual ones.
pub fn complaint(from: &str, to: &str, headers: &[&str]) -> Vec<u8> {
    mail(from, to, SUBJECT, COMPLAINT, headers)
}

/// A mail as bytes.
pub fn mail(from: &str, to: &str, subject: &str, body: &str, headers: &[&str]) -> Vec<u8> {
    let headers: Vec<String> = headers.iter().map(|line| (*line).to_owned()).collect();
    let at = Instant::parse("2026-11-23T09:00:00Z").unwrap();
    let from = Address::parse(from).unwrap();
    compose_mail(&Draft { from: &from, to, subject, body, answers: None, headers: &headers, at })
}

/// Delivers a signed mail past Postfix, as if it had come before Postfix went away.
pub fn deliver(town: &Town, from: &str, to: &str, mail: &[u8]) {
    let domain = from.split('@').nth(1).unwrap_or_default();
    town.dovecot.deliver(to, &town.signers.sign(domain, mail));
}

/// Rewrites service.toml.
pub fn edit(town: &Town, change: impl FnOnce(String) -> String) {
    let path = town.config().join("service.toml");
    let text = fs::read_to_string(&path).unwrap();
    fs::write(&path, change(text)).unwrap();
}

/// One more mailbox in service.toml, with a password file of its own.
pub fn add_mailbox(town: &Town, name: &str, address: &str, port: u16, authority: &Path, password: &str) {
    let folder = town.folder().display();
    write_secret(&town.folder().join(format!("{name}.password")), password);
    edit(town, |text| {
        format!(
            "{text}\n[[mailbox]]\nname = \"{name}\"\nrole = \"mediation\"\naddress = \"{address}\"\nhost = \"localhost\"\nport = {port}\ntls = \"implicit\"\n\
             ca_file = \"{}\"\nuser = \"{address}\"\npassword_file = \"{folder}/{name}.password\"\n",
            authority.display()
        )
    });
}

/// Puts a secret into a file for its owner only.
pub fn write_secret(path: &Path, secret: &str) {
    fs::write(path, secret).unwrap();
    fs::set_permissions(path, Permissions::from_mode(0o600)).unwrap();
}

/// What a command prints; the test fails if the command does.
pub fn says(town: &Town, arguments: &[&str]) -> String {
    let done = town.command(program(), arguments);
    assert!(done.status.success(), "elitige {arguments:?}: {}{}", String::from_utf8_lossy(&done.stdout), String::from_utf8_lossy(&done.stderr));
    of_none(String::from_utf8(done.stdout).unwrap())
}

/// What was listed, without the word that says that it is nothing.
pub fn of_none(said: String) -> String {
    if said == "none\n" { String::new() } else { said }
}

/// The daemon's log so far.
pub fn log(town: &Town) -> String {
    fs::read_to_string(town.log_file()).unwrap_or_default()
}

/// The lines of the log that hold all of `words`.
pub fn lines(town: &Town, words: &[&str]) -> Vec<String> {
    log(town).lines().filter(|line| words.iter().all(|word| line.contains(word))).map(str::to_owned).collect()
}

/// Waits until `holds`; the test fails after [`PATIENCE`].
pub async fn until(town: &Town, what: &str, holds: impl FnMut() -> bool) {
    until_within(PATIENCE, town, what, holds).await;
}

/// Waits until `holds`; the test fails after `limit`.
pub async fn until_within(limit: Duration, town: &Town, what: &str, mut holds: impl FnMut() -> bool) {
    let end = std::time::Instant::now() + limit;
    while !holds() {
        assert!(std::time::Instant::now() < end, "{what} within {limit:?}; the log says:\n{}", log(town));
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
}

/// How many disputes there are.
pub fn disputes(town: &Town) -> usize {
    says(town, &["case", "list"]).lines().count()
}

/// The reference of the only dispute.
pub fn only_dispute(town: &Town) -> String {
    let list = says(town, &["case", "list"]);
    assert_eq!(list.lines().count(), 1, "{list}");
    list.split_whitespace().next().unwrap().to_owned()
}

/// How many mails lie in a folder of an account, `""` being the inbox.
pub fn count(town: &Town, address: &str, folder: &str) -> usize {
    let maildir = town.dovecot.maildir(address).join(folder);
    ["new", "cur"].iter().filter_map(|part| fs::read_dir(maildir.join(part)).ok()).map(Iterator::count).sum()
}

/// What answers `letter` with that word and the code that the letter prints after it.
pub fn with_code(letter: &Received, word: &str) -> String {
    let code = elitige::story::code_after(&letter.text(), word).unwrap_or_else(|| panic!("no code after {word} in {}", letter.text()));
    format!("{word} {code}")
}
