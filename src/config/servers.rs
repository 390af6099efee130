//! The mail servers of `service.toml` where mail comes in.

use super::client::{ClientConfig, client};
use super::login::{Doorkeeper, Login};
use super::provider::{Provider, Usual};
use super::secret::Safe;
use super::values::{Tls, choose, one_of, own_address};
use crate::domain::Address;
use crate::workflow::page::{Table, Word};
use std::fmt;
use std::net::IpAddr;
use std::path::PathBuf;

/// A mail server and how it is spoken to.
#[derive(Debug, Clone)]
pub struct Server {
    /// Host name, which the certificate must name too.
    pub host: String,
    /// TCP port.
    pub port: u16,
    /// How the connection is protected.
    pub tls: Tls,
    /// Certificates that are trusted besides the system's (PEM).
    pub ca_file: Option<PathBuf>,
}

/// A mailbox that is read.
#[derive(Clone)]
pub struct MailboxConfig {
    /// What people call it, in logs and on the command line.
    pub name: String,
    /// What its mail is about.
    pub role: MailboxRole,
    /// Its address: letters about its disputes leave from there.
    pub address: Address,
    /// The workflow of the disputes that it opens; none for bounces.
    pub workflow: Option<String>,
    /// Its IMAP server.
    pub server: Server,
    /// Who logs in.
    pub login: Login,
    /// The folder in which mail arrives.
    pub inbox: String,
    /// The folder in which settled mail is filed.
    pub archive: String,
    /// The folder in which mail waits for a person.
    pub held: String,
    /// What happens to settled mail.
    pub after: After,
    /// The authserv-id under which the mailbox's provider writes what it verified (RFC 8601); `None`: nobody is believed.
    pub trusts_results_of: Option<String>,
    /// The hosts of the provider that write a Received field above those results, topmost first.
    pub received_by: Vec<String>,
    /// The merchant whose customer service it is.
    pub client: Option<ClientConfig>,
}

/// What the mail of a mailbox is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MailboxRole {
    /// Requests for mediation.
    Mediation,
    /// A merchant's customer service.
    CustomerService,
    /// What comes back.
    Bounces,
}

/// What happens to settled mail.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum After {
    /// It moves to the archive folder.
    Archive,
    /// It is deleted.
    Delete,
    /// It stays.
    Keep,
}

const ROLES: [(&str, MailboxRole); 3] =
    [("mediation", MailboxRole::Mediation), ("customer-service", MailboxRole::CustomerService), ("bounces", MailboxRole::Bounces)];
const TLS: [(&str, Tls); 3] = [("implicit", Tls::Implicit), ("starttls", Tls::StartTls), ("none", Tls::None)];
const AFTER: [(&str, After); 3] = [("archive", After::Archive), ("delete", After::Delete), ("keep", After::Keep)];

/// Whether `host` is this very machine.
pub(super) fn is_loopback(host: &str) -> bool {
    host == "localhost" || host.parse::<IpAddr>().is_ok_and(|address| address.is_loopback())
}

/// Reads host, port, tls and ca_file; `ports` are the usual ones for implicit TLS, STARTTLS and none, `usual` is what a provider has.
pub(super) fn server(table: &mut Table, safe: &Safe, ports: [u16; 3], usual: Option<Usual>) -> Option<Server> {
    let page = table.page();
    let chosen = table.has("tls");
    let host = match usual.as_ref().filter(|_| !table.has("host")) {
        Some(usual) => Some(Word { text: usual.host.to_owned(), at: table.at().unwrap_or_default() }),
        None => table.needed_text("host", "\"mail.example.org\""),
    };
    let tls = one_of(table, "tls", &TLS, usual.as_ref().map_or(Tls::Implicit, |usual| usual.tls));
    let port = table.number("port", 1..=65_535);
    let ca_file = safe.certificates(table);
    let (host, tls) = (host?, tls?);
    let named = host.text.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_')) && !host.text.is_empty();
    let plain = named || host.text.parse::<IpAddr>().is_ok();
    if !plain {
        page.fault(Some(host.at), "A host is a name such as \"mail.example.org\", or an IP address; the port has its own key.");
        return None;
    }
    if tls == Tls::None && !is_loopback(&host.text) {
        page.fault(
            Some(host.at),
            format!("Without TLS only this machine is spoken to, and \"{}\" is another; write tls = \"implicit\" or \"starttls\".", host.text),
        );
    }
    let [implicit, starttls, none] = ports;
    let usual = match (tls, usual.filter(|_| !chosen)) {
        (_, Some(usual)) => usual.port,
        (Tls::Implicit, _) => implicit,
        (Tls::StartTls, _) => starttls,
        (Tls::None, _) => none,
    };
    let port = port.and_then(|port| u16::try_from(port).ok()).unwrap_or(usual);
    Some(Server { host: host.text, port, tls, ca_file })
}

/// Reads an IMAP server and who logs in there; `lack` is said where nothing proves who that is.
pub(super) fn imap(table: &mut Table, door: &Doorkeeper, lack: &'static str) -> Option<(Server, Login)> {
    let provider = Provider::read(table);
    let server = server(table, &door.safe, [993, 143, 143], provider.map(Provider::imap));
    let login = door.needed(table, lack);
    Some((server?, login?))
}

/// What is said of a mailbox that cannot be opened.
const WITHOUT_PROOF: &str = "This mailbox has no password; name the file that holds it with password_file, or a systemd credential with password_credential; or name an [oauth.…] with oauth.";

/// Reads one `[[mailbox]]`.
pub(super) fn mailbox(mut table: Table, door: &Doorkeeper, workflows: &[String]) -> Option<Mailbox> {
    let page = table.page();
    let name = table.needed_text("name", "\"mediation\"");
    let role = table.needed_text("role", "\"mediation\"").and_then(|word| choose(page, &word, "role", &ROLES));
    let address = own_address(&mut table, "address");
    let account = imap(&mut table, door, WITHOUT_PROOF);
    let after = one_of(&mut table, "after", &AFTER, After::Archive);
    let [inbox, archive, held] = folders(&mut table);
    let workflow = workflow(&mut table, role, workflows);
    let (trusts_results_of, received_by) = provider(&mut table);
    let client = client(&mut table, role == Some(MailboxRole::CustomerService));
    table.end();
    let ((server, login), (word, address)) = (account?, address?);
    let config = MailboxConfig {
        name: name.as_ref()?.text.clone(),
        role: role?,
        address,
        workflow: workflow?,
        server,
        login,
        inbox,
        archive,
        held,
        after: after?,
        trusts_results_of,
        received_by,
        client: client?,
    };
    Some(Mailbox { config, name: name?, address: word })
}

/// A mailbox and where its name and address stand.
pub(super) struct Mailbox {
    pub config: MailboxConfig,
    pub name: Word,
    pub address: Word,
}

fn folders(table: &mut Table) -> [String; 3] {
    let page = table.page();
    let mut seen: Vec<String> = Vec::new();
    [("inbox", "INBOX"), ("archive", "Archive"), ("held", "Held")].map(|(key, usual)| {
        let word = table.text(key);
        let at = word.as_ref().map(|word| word.at).or(table.at());
        let folder = word.map_or_else(|| usual.to_owned(), |word| word.text);
        if folder.trim().is_empty() || folder.chars().any(char::is_control) {
            page.fault(at, format!("\"{key}\" is no name of a folder; write for example {key} = \"{usual}\"."));
        }
        if seen.contains(&folder) {
            page.fault(at, format!("\"{key}\" names the folder \"{folder}\" a second time; inbox, archive and held are three folders."));
        }
        seen.push(folder.clone());
        folder
    })
}

/// Who verifies mail before it comes into the mailbox, and by which Received fields its results are known.
fn provider(table: &mut Table) -> (Option<String>, Vec<String>) {
    let page = table.page();
    let server = table.text("trusts_results_of");
    if let Some(word) = server.as_ref().filter(|word| !is_host(&word.text)) {
        page.fault(Some(word.at), "\"trusts_results_of\" is the first word of your provider's Authentication-Results, for example \"mx.example.net\".");
    }
    let hosts = table.texts("received_by");
    for word in hosts.iter().filter(|word| !is_host(word.text.strip_prefix("*.").unwrap_or(&word.text))) {
        page.fault(
            Some(word.at),
            format!("\"{}\" in \"received_by\" is no host; write what stands after \"by\" in Received, or \"*.example.net\".", word.text),
        );
    }
    if let Some(word) = hosts.first().filter(|_| server.is_none()) {
        page.fault(
            Some(word.at),
            "\"received_by\" says where the results of \"trusts_results_of\" stand, and that is not set; add it, or remove \"received_by\".",
        );
    }
    (server.map(|word| word.text), hosts.into_iter().map(|word| word.text).collect())
}

fn is_host(text: &str) -> bool {
    !text.is_empty() && text.len() <= 253 && text.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_'))
}

/// The workflow of a mailbox: the one that is called like its role unless it says otherwise. `None` is a fault.
fn workflow(table: &mut Table, role: Option<MailboxRole>, workflows: &[String]) -> Option<Option<String>> {
    let page = table.page();
    let word = table.text("workflow");
    if role? == MailboxRole::Bounces {
        if let Some(word) = word {
            page.fault(Some(word.at), "A mailbox for bounces opens no disputes; remove \"workflow\".");
        }
        return Some(None);
    }
    let at = word.as_ref().map(|word| word.at).or(table.at());
    let usual = ROLES.iter().find(|(_, known)| Some(*known) == role).map_or("", |(word, _)| word);
    let name = word.map_or_else(|| usual.to_owned(), |word| word.text);
    if !workflows.contains(&name) {
        page.fault(at, format!("There is no workflow \"{name}\" for this mailbox; add workflows/{name}.toml, or name one of: {}.", workflows.join(", ")));
        return None;
    }
    Some(Some(name))
}

/// Whether `text` could stand after the `@` of an address.
pub(super) fn is_domain(text: &str) -> bool {
    Address::parse(&format!("x@{text}")).is_ok()
}

/// Who logs in is often somebody's address.
impl fmt::Debug for MailboxConfig {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("MailboxConfig").field("name", &self.name).field("role", &self.role).field("host", &self.server.host).finish_non_exhaustive()
    }
}
