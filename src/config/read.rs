//! The text of `service.toml` → [`Service`]. Almost everything has a default, so that a short file is enough.

use super::dkim;
use super::folder::Folder;
use super::health::Health;
use super::limits;
use super::login::Doorkeeper;
use super::mediators;
use super::oauth;
use super::provider::Provider;
use super::secret::{FORBIDDEN_RIGHTS, Safe};
use super::servers::{Mailbox, MailboxRole, is_domain, is_loopback, mailbox};
use super::service::{Authentication, HeldDigest, Log, LogFormat, OperatorConfig, SenderPolicy, Service, UnknownAuthor, Work};
use super::smtp::smtp;
use super::values::{address, choose, one_of};
use crate::compose::PerLanguage;
use crate::domain::{Address, Availability, Fault, Language};
use crate::letter::Limits;
use crate::workflow::page::{Page, Table, Word};
use secrecy::{ExposeSecret, SecretString};
use std::collections::BTreeMap;
use std::net::{IpAddr, SocketAddr};
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};
use std::time::Duration;

/// What `service.toml` is read against.
pub(super) struct Ground<'a> {
    pub folder: &'a Folder,
    pub credentials: Option<&'a Path>,
    /// Names of the workflows.
    pub workflows: &'a [String],
}

/// What was read of `service.toml`.
#[derive(Default)]
pub(super) struct Read {
    service: Option<Service>,
    limits: Limits,
    templates: Option<PathBuf>,
    faults: Vec<Fault>,
    warnings: Vec<Fault>,
}

impl Read {
    /// The values; faults and warnings go to their lists.
    pub fn unpack(self, faults: &mut Vec<Fault>, warnings: &mut Vec<Fault>) -> (Option<Service>, Limits, Option<PathBuf>) {
        faults.extend(self.faults);
        warnings.extend(self.warnings);
        (self.service, self.limits, self.templates)
    }
}

/// Reads `text`, the content of `service.toml`.
pub(super) fn read(file: &str, text: &str, ground: &Ground) -> Read {
    let page = Page::new(file, text);
    let reader = Reader { page: &page, ground, safe: Safe { folder: ground.folder, credentials: ground.credentials } };
    let mut read = reader.everything().unwrap_or_default();
    read.faults = page.into_faults();
    read
}

struct Reader<'a> {
    page: &'a Page<'a>,
    ground: &'a Ground<'a>,
    safe: Safe<'a>,
}

/// `[service]`, before the mailboxes are known that fill its gaps.
#[derive(Default)]
struct Identity {
    name: Option<PerLanguage>,
    controller: Option<PerLanguage>,
    registration: Option<String>,
    separator: Option<char>,
    message_id_domain: Option<String>,
    bounce: Option<(Word, Address)>,
    templates: Option<PathBuf>,
}

impl<'a> Reader<'a> {
    fn everything(&self) -> Option<Read> {
        let mut table = self.page.table()?.named("service.toml");
        let mut warnings = Vec::new();
        let identity = self.section(&mut table, "service").map(|section| self.identity(section)).unwrap_or_default();
        let store = self.section(&mut table, "store").and_then(|section| self.store(section, &mut warnings));
        let door = Doorkeeper { safe: self.safe, clients: oauth::clients(&mut table, &self.safe) };
        let mailboxes = self.mailboxes(&mut table, &door);
        let smtp = self.section(&mut table, "smtp").and_then(|section| smtp(section, &door, &mailboxes));
        let domains: Vec<&str> = mailboxes.iter().map(|mailbox| mailbox.config.address.domain()).collect();
        let signers = dkim::signers(&mut table, &self.safe, &domains);
        let mut availability = Vec::new();
        let operators = self.staff(&mut table, "operator", &mailboxes, &mut Vec::new());
        let mediators = self.staff(&mut table, "mediator", &mailboxes, &mut availability);
        let assigns = mediators::by_rule(&mut table);
        let local = mailboxes.iter().all(|mailbox| is_loopback(&mailbox.config.server.host)) && smtp.as_ref().is_none_or(|smtp| is_loopback(&smtp.server.host));
        let (authentication, arc_sealers) = self.authentication(&mut table, local);
        let sender_policy = self.sender_policy(&mut table);
        let mut brakes = smtp.as_ref().and_then(|smtp| smtp.provider).map(Provider::brakes).unwrap_or_default();
        let limits = limits::limits(self.page, &mut table, &mut brakes);
        brakes.read(&mut table);
        let digest = self.digest(&mut table);
        let work = self.work(&mut table);
        let health = Health::read(&mut table);
        let log = self.log(&mut table);
        table.end();
        let bounce = self.bounce(identity.bounce, &mailboxes);
        let desk = mailboxes.iter().find(|mailbox| mailbox.config.role == MailboxRole::Mediation).or(mailboxes.first());
        let domain = identity.message_id_domain.or(desk.map(|mailbox| mailbox.config.address.domain().to_owned()));
        let mut read = Read { service: None, limits, templates: identity.templates, faults: Vec::new(), warnings };
        // What is missing here is a fault already.
        if let (Some((database, key_file)), Some(name), Some(controller), Some(separator)) = (store, identity.name, identity.controller, identity.separator)
            && let (Some(message_id_domain), Some(bounce), Some(smtp)) = (domain, bounce, smtp)
            && let (Some(authentication), Some(sender_policy), Some(log)) = (authentication, sender_policy, log)
        {
            read.service = Some(Service {
                name,
                controller,
                registration: identity.registration,
                separator,
                message_id_domain,
                bounce,
                mailboxes: mailboxes.into_iter().map(|mailbox| mailbox.config).collect(),
                smtp,
                signers,
                database,
                key_file,
                operators,
                mediators,
                availability,
                assigns,
                authentication,
                arc_sealers,
                sender_policy,
                brakes,
                digest,
                work,
                health,
                log,
            });
        }
        Some(read)
    }

    fn section(&self, table: &mut Table<'a>, key: &'static str) -> Option<Table<'a>> {
        if !table.has(key) {
            self.page.fault(None, format!("The section [{key}] is missing; copy it from the example that comes with the program."));
        }
        table.table(key).map(|section| section.named(format!("[{key}]")))
    }

    fn identity(&self, mut table: Table<'a>) -> Identity {
        let name = self.per_language(&mut table, "name");
        let controller = match table.has("controller") {
            true => self.per_language(&mut table, "controller"),
            false => name.clone(),
        };
        let registration = table.text("registration").map(|word| word.text).filter(|text| !text.trim().is_empty());
        let separator = match table.text("separator") {
            None => Some('+'),
            Some(word) => self.page.choose(&word, "separator", &["+", "-", "=", "_"], |text| text.parse().ok().filter(|c| "+-=_".contains(*c))),
        };
        let message_id_domain = table.text("message_id_domain").and_then(|word| {
            let sound = is_domain(&word.text);
            if !sound {
                self.page.fault(Some(word.at), "\"message_id_domain\" is no domain; write for example message_id_domain = \"example.org\".");
            }
            sound.then_some(word.text)
        });
        let bounce = table.has("bounce_address").then(|| address(&mut table, "bounce_address")).flatten();
        let templates = table.text("templates").map(|word| PathBuf::from(word.text));
        table.end();
        Identity { name, controller, registration, separator, message_id_domain, bounce, templates }
    }

    fn per_language(&self, table: &mut Table<'a>, key: &'static str) -> Option<PerLanguage> {
        let example = "{ fr = \"Médiation\", ar = \"الوساطة\", en = \"Mediation\" }";
        if !table.has(key) {
            self.page.fault(table.at(), format!("In [service] the key \"{key}\" is missing; write for example {key} = {example}."));
        }
        let mut texts = table.table(key)?;
        let [fr, ar, en] = ["fr", "ar", "en"].map(|language| {
            let word = texts.needed_text(language, "\"…\"")?;
            let sound = !word.text.chars().any(char::is_control);
            if !sound {
                self.page.fault(Some(word.at), format!("\"{key}\" stands in a header of every letter; write it on one line."));
            }
            sound.then_some(word.text)
        });
        texts.end();
        Some(PerLanguage { fr: fr?, ar: ar?, en: en? })
    }

    fn store(&self, mut table: Table<'a>, warnings: &mut Vec<Fault>) -> Option<(SecretString, PathBuf)> {
        let database = table.needed_text("database", "\"sqlite:/var/lib/elitige/elitige.db\"");
        let password = self.safe.password(&mut table);
        let key = self.safe.place(&mut table, "key_file", "key_credential");
        if let Ok(None) = key {
            self.page.fault(table.at(), "The store has no master key; name its file with key_file, or a systemd credential with key_credential.");
        }
        table.end();
        let database = super::store::database(self.page, database?, password.ok()?, self.ground.folder);
        let (word, key_file) = key.ok()??;
        // Beside a database a new key would be of no use; who opens that says so.
        let url = database.as_ref().map_or("", |url| url.expose_secret());
        let made = url.strip_prefix("sqlite:").is_some_and(|file| std::fs::metadata(file).is_ok_and(|about| about.is_file() && about.len() > 0));
        match std::fs::metadata(&key_file) {
            Ok(about) if !about.is_file() => {
                let shown = key_file.display();
                self.page.fault(Some(word.at), format!("At {shown} there is no master key but a folder or a device; name the key's own file."));
            }
            Ok(about) if about.mode() & FORBIDDEN_RIGHTS != 0 => {
                let shown = key_file.display();
                self.page.fault(Some(word.at), format!("The master key at {shown} can be read by other users; run: chmod 600 {shown}."));
            }
            Ok(_) => {}
            Err(_) if made => {}
            Err(_) => {
                warnings.push(Fault::new("service.toml", 0, format!("There is no master key at {} yet; create it with `elitige init`.", key_file.display())))
            }
        }
        Some((database?, key_file))
    }

    fn mailboxes(&self, table: &mut Table<'a>, door: &Doorkeeper) -> Vec<Mailbox> {
        let tables = table.tables("mailbox");
        let count = tables.len();
        let mailboxes: Vec<Mailbox> = tables.into_iter().filter_map(|table| mailbox(table.named("[[mailbox]]"), door, self.ground.workflows)).collect();
        for (place, later) in mailboxes.iter().enumerate() {
            let earlier = || mailboxes.iter().take(place).map(|mailbox| &mailbox.config);
            if earlier().any(|mailbox| mailbox.name == later.config.name) {
                self.page.fault(Some(later.name.at), format!("Two mailboxes are named \"{}\"; give each its own name.", later.config.name));
            }
            if earlier().any(|mailbox| mailbox.address.is_same(&later.config.address)) {
                self.page.fault(Some(later.address.at), "Two mailboxes have this address; a mail to it would be read twice.");
            }
        }
        if mailboxes.len() == count && !mailboxes.iter().any(|mailbox| mailbox.config.role != MailboxRole::Bounces) {
            self.page.fault(None, "There is no mailbox in which complaints arrive; add a [[mailbox]] with role = \"mediation\".");
        }
        mailboxes
    }

    /// Where bounces go: as said, or to the mailbox for bounces, or to the first mailbox.
    fn bounce(&self, said: Option<(Word, Address)>, mailboxes: &[Mailbox]) -> Option<Address> {
        let Some((word, bounce)) = said else {
            let kept = mailboxes.iter().find(|mailbox| mailbox.config.role == MailboxRole::Bounces).or(mailboxes.first());
            return kept.map(|mailbox| mailbox.config.address.clone());
        };
        if !mailboxes.is_empty() && !mailboxes.iter().any(|mailbox| mailbox.config.address.is_same(&bounce)) {
            self.page.fault(Some(word.at), "Nobody reads \"bounce_address\"; write the address of one of the mailboxes.");
        }
        Some(bounce)
    }

    /// The people of the tables `[[word]]`; which cases mediators can be given is noted in `known`.
    fn staff(&self, table: &mut Table<'a>, word: &'static str, mailboxes: &[Mailbox], known: &mut Vec<(Address, Availability)>) -> Vec<OperatorConfig> {
        let tables = table.tables(word);
        if tables.is_empty() && word == "operator" {
            self.page.fault(None, "There is no operator, so nobody could admit a complaint; add an [[operator]] with an address.");
        }
        let titled = if word == "operator" { ("[[operator]]", "operators", "An operator") } else { ("[[mediator]]", "mediators", "A mediator") };
        let mut operators: Vec<OperatorConfig> = Vec::new();
        for table in tables {
            let mut table = table.named(titled.0);
            let address = address(&mut table, "address");
            let name = table.text("name").map(|word| word.text);
            let language = one_of(&mut table, "language", &Language::ALL.map(|language| (language.tag(), language)), Language::Fr);
            let availability = (word == "mediator").then(|| mediators::availability(&mut table, language.unwrap_or(Language::Fr)));
            table.end();
            let (Some((word, address)), Some(language)) = (address, language) else { continue };
            known.extend(availability.map(|availability| (address.clone(), availability)));
            if operators.iter().any(|operator| operator.address.is_same(&address)) {
                self.page.fault(Some(word.at), format!("Two {} have this address; remove one of them.", titled.1));
            }
            if mailboxes.iter().any(|mailbox| mailbox.config.address.is_same(&address)) {
                self.page.fault(
                    Some(word.at),
                    format!("{} has the address of a mailbox of the service, which would write to itself; write the person's own address.", titled.2),
                );
            }
            operators.push(OperatorConfig { address, name, language });
        }
        operators
    }

    fn authentication(&self, table: &mut Table<'a>, local: bool) -> (Option<Authentication>, Vec<String>) {
        let Some(mut table) = table.table("authentication") else { return (Some(Authentication::System), Vec::new()) };
        let (resolver, zone_file) = (table.text("resolver"), table.text("zone_file"));
        let sealers = table.texts("arc_sealers");
        for word in sealers.iter().filter(|word| !is_domain(&word.text)) {
            self.page.fault(Some(word.at), format!("\"{}\" in \"arc_sealers\" is no domain; write the d= of the forwarder's ARC-Seal.", word.text));
        }
        table.named("[authentication]").end();
        let authentication = match (resolver, zone_file) {
            (None, None) => Some(Authentication::System),
            (Some(_), Some(word)) => {
                self.page.fault(Some(word.at), "Records are looked up in one place; keep \"resolver\" or \"zone_file\", not both.");
                None
            }
            (Some(word), None) => self.resolver(&word),
            (None, Some(word)) => self.zone_file(&word, local),
        };
        (authentication, sealers.into_iter().map(|word| word.text.to_lowercase()).collect())
    }

    fn sender_policy(&self, table: &mut Table<'a>) -> Option<SenderPolicy> {
        let usual = SenderPolicy { unknown: UnknownAuthor::Challenge, domains: BTreeMap::new() };
        let Some(mut table) = table.table("sender_policy") else { return Some(usual) };
        let unknown = one_of(&mut table, "unknown", &UnknownAuthor::WORDS, UnknownAuthor::Challenge);
        let mut domains = BTreeMap::new();
        for (domain, word) in table.table("domains").map(|mut named| named.remaining_texts()).unwrap_or_default() {
            if !is_domain(&domain.text) {
                self.page.fault(Some(domain.at), "Under [sender_policy.domains] stand domains in quotation marks, for example \"example.ma\" = \"ordinary\".");
            }
            domains.extend(choose(self.page, &word, &domain.text, &UnknownAuthor::WORDS).map(|policy| (domain.text.to_lowercase(), policy)));
        }
        table.named("[sender_policy]").end();
        Some(SenderPolicy { unknown: unknown?, domains })
    }

    fn resolver(&self, word: &Word) -> Option<Authentication> {
        if word.text == "system" {
            return Some(Authentication::System);
        }
        let server = word.text.parse::<SocketAddr>().ok().or_else(|| word.text.parse::<IpAddr>().ok().map(|address| SocketAddr::new(address, 53)));
        if server.is_none() {
            self.page.fault(Some(word.at), "\"resolver\" is \"system\", or the IP address of a DNS server, for example \"192.0.2.53\" or \"192.0.2.53:53\".");
        }
        server.map(Authentication::Server)
    }

    fn zone_file(&self, word: &Word, local: bool) -> Option<Authentication> {
        let path = self.ground.folder.resolve(&word.text);
        if !local {
            self.page.fault(
                Some(word.at),
                "A zone file proves nothing about mail from elsewhere; use it where all servers are on this machine, and \"resolver\" otherwise.",
            );
        }
        if !path.is_file() {
            self.page.fault(Some(word.at), format!("There is no zone file at {}; correct zone_file.", path.display()));
        }
        Some(Authentication::ZoneFile(path))
    }

    fn digest(&self, table: &mut Table<'a>) -> HeldDigest {
        let mut digest = HeldDigest { first_hour: 9, every_hours: 24 };
        let Some(mut table) = table.table("held") else { return digest };
        for (key, place, least, most) in [("digest_hour", &mut digest.first_hour, 0, 23), ("digest_every_hours", &mut digest.every_hours, 1, 24)] {
            *place = table.number(key, least..=most).and_then(|number| u8::try_from(number).ok()).unwrap_or(*place);
        }
        table.named("[held]").end();
        digest
    }

    fn work(&self, table: &mut Table<'a>) -> Work {
        let mut work = Work { readers: 2, couriers: 2, poll: Duration::from_secs(60) };
        let Some(mut table) = table.table("work") else { return work };
        for (key, place) in [("readers", &mut work.readers), ("couriers", &mut work.couriers)] {
            *place = table.number(key, 1..=64).and_then(|number| usize::try_from(number).ok()).unwrap_or(*place);
        }
        work.poll = table.number("poll_seconds", 1..=3_600).map_or(work.poll, Duration::from_secs);
        table.named("[work]").end();
        work
    }

    fn log(&self, table: &mut Table<'a>) -> Option<Log> {
        let Some(mut table) = table.table("log") else { return Some(Log { level: "info", format: LogFormat::Text }) };
        let level = one_of(&mut table, "level", &["error", "warn", "info", "debug", "trace"].map(|level| (level, level)), "info");
        let format = one_of(&mut table, "format", &[("text", LogFormat::Text), ("json", LogFormat::Json)], LogFormat::Text);
        table.named("[log]").end();
        Some(Log { level: level?, format: format? })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const SMALL: &str = include_str!("../../tests/config/valid/several/service.toml");

    proptest! {
        #[test]
        fn any_text_is_read_to_its_end(cut in 0usize..3_000, gone in 0usize..40, junk in "[a-z0-9\"\\[\\]={}\n #.-]{0,12}") {
            let folder = Folder::open(Path::new(env!("CARGO_MANIFEST_DIR"))).unwrap();
            let ground = Ground { folder: &folder, credentials: None, workflows: &[] };
            let text: String = SMALL.chars().take(cut).chain(junk.chars()).chain(SMALL.chars().skip(cut.saturating_add(gone))).collect();
            let read = read("service.toml", &text, &ground);
            prop_assert!(read.service.is_none() && !read.faults.is_empty(), "its secrets are not there");
            prop_assert!(read.faults.iter().all(|fault| fault.sentence.ends_with(['.', '?']) && !fault.sentence.contains('\n')), "{:?}", read.faults);
        }
    }
}
