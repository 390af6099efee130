//! The configuration folder, read before anything is connected: every fault of every file at once, as sentences.
//!
//! The texts of the quiet wing's files (workflows, calendar, lexicons, templates) are read here and judged there.

mod brakes;
mod client;
mod dkim;
mod folder;
mod health;
mod limits;
mod login;
mod mediators;
mod oauth;
mod provider;
mod read;
mod secret;
mod servers;
mod service;
mod smtp;
mod store;
mod values;

pub use brakes::Brakes;
pub use client::{AgentConfig, ClientConfig};
pub use health::Health;
pub use limits::limits_of;
pub use login::{Authorization, Login, Proof};
pub use oauth::{GrantKind, OAuthClient, TokenEndpoint};
pub use provider::Provider;
pub use secret::SecretFile;
pub use servers::{After, MailboxConfig, MailboxRole, Server};
pub use service::{Authentication, Log, LogFormat, OperatorConfig, SenderPolicy, Service, UnknownAuthor, Work};
pub use smtp::{SentConfig, SmtpConfig};
pub use values::Tls;

use crate::compose::Stationery;
use crate::domain::{CodeWords, Day, Fault, Track};
use crate::letter::{CATEGORIES, Knowledge, Limits};
use crate::workflow::{self, Calendar, Known, Workflow};
use folder::Folder;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Everything that the administrator and the mediation service decide.
#[derive(Clone)]
pub struct Config {
    /// `service.toml`.
    pub service: Service,
    /// `workflows/*.toml`, in the order of their names.
    pub workflows: Vec<Rules>,
    /// `calendar.toml`.
    pub calendar: Calendar,
    /// `rules.toml`; without it there are none.
    pub rules: workflow::Rules,
    /// `categories.toml` and `phrases/*.toml`.
    pub knowledge: Knowledge,
    /// How much of one mail is read (`[limits]` in `service.toml`).
    pub limits: Limits,
    /// The letters of the templates folder.
    pub stationery: Arc<Stationery>,
    /// What is not wrong yet.
    pub warnings: Vec<Fault>,
}

/// A workflow and the text that a dispute keeps of it (DESIGN §3.11).
#[derive(Debug, Clone)]
pub struct Rules {
    /// The checked workflow.
    pub workflow: Workflow,
    /// The text of its file, which has the workflow's digest.
    pub text: String,
}

/// What the configuration is judged against besides its own files.
#[derive(Debug, Clone)]
pub struct Surroundings {
    /// Today, for the end of the list of holidays.
    pub today: Day,
    /// Where systemd puts the credentials of the service (`$CREDENTIALS_DIRECTORY`), if it started the program.
    pub credentials: Option<PathBuf>,
}

/// How many days before its end a list of holidays is worth a warning.
const HOLIDAYS_AHEAD: i64 = 120;

/// Reads the configuration `folder`.
///
/// # Errors
/// Every fault of every file, each with file and line. A fault never holds a secret or an address.
pub fn load(folder: &Path, surroundings: &Surroundings) -> Result<Config, Vec<Fault>> {
    let mut faults = Vec::new();
    let mut warnings = Vec::new();
    let folder = Folder::open(folder).map_err(|fault| vec![fault])?;
    let texts = folder.texts(&mut faults);

    let calendar = texts.calendar.as_ref().and_then(|text| keep(Calendar::parse("calendar.toml", text), &mut faults));
    warnings.extend(calendar.as_ref().and_then(|calendar| ends_soon(calendar, surroundings.today)));
    let names: Vec<String> = texts.workflows.iter().map(|(file, _)| folder::stem(file)).collect();
    let ground = read::Ground { folder: &folder, credentials: surroundings.credentials.as_deref(), workflows: &names };
    let read = texts.service.as_ref().map(|text| read::read("service.toml", text, &ground));
    let (service, limits, templates) = read.map(|read| read.unpack(&mut faults, &mut warnings)).unwrap_or_default();

    // Where service.toml cannot be read, nobody knows which folder it names: that there is none in the usual place is no fault beside.
    let (named, mut unnamed) = (templates.is_some() || service.is_some(), Vec::new());
    let root = templates.unwrap_or_else(|| PathBuf::from("../templates"));
    let templates = folder.templates(&root, if named { &mut faults } else { &mut unnamed });
    faults.extend(unnamed.into_iter().filter(|_| !templates.is_empty()));
    let knowledge = keep(Knowledge::parse(&texts.lexicons), &mut faults);
    // What is missing altogether is a fault already.
    let silent = knowledge.iter().flat_map(Knowledge::silent).filter(|fault| texts.lexicons.iter().any(|(file, _)| *file == fault.file));
    faults.extend(silent);
    let words = code_words(&texts.lexicons).filter(|_| !templates.is_empty());
    let stationery = words.and_then(|words| keep(Stationery::load(&templates, &words), &mut faults));
    let letters = stationery.as_ref().map_or_else(|| folder::letters(&templates), Stationery::letters);
    // Where no letter could be read, a fault says so; that the rules name them is none beside.
    let judged = if templates.is_empty() { &[][..] } else { &texts.workflows[..] };
    let workflows: Vec<Rules> = judged.iter().filter_map(|(file, text)| rules(file, text, &letters, &mut faults)).collect();

    let mediators = service.as_ref().map(|service| service.mediators.iter().map(|person| person.address.clone()).collect());
    let known = Known { categories: &CATEGORIES, letters: &letters, mediators };
    let noticing =
        texts.rules.as_ref().filter(|_| !templates.is_empty()).and_then(|text| keep(workflow::Rules::parse("rules.toml", text, &known), &mut faults));

    if let Some(service) = &service {
        tracks(&service.mailboxes, &workflows, &mut faults);
    }
    match (service, calendar, knowledge, stationery) {
        (Some(service), Some(calendar), Some(knowledge), Some(stationery)) if faults.is_empty() => {
            let own = service.mailboxes.iter().map(|mailbox| mailbox.address.clone()).chain([service.bounce.clone()]).collect();
            let knowledge = knowledge.with_own(own, service.message_id_domain.clone()).with_sellers(sellers(&service.mailboxes));
            Ok(Config { service, workflows, calendar, rules: noticing.unwrap_or_default(), knowledge, limits, stationery: Arc::new(stationery), warnings })
        }
        _ => {
            faults.sort();
            faults.dedup();
            Err(faults)
        }
    }
}

impl Config {
    /// The workflow of that name.
    pub fn rules(&self, name: &str) -> Option<&Rules> {
        self.workflows.iter().find(|rules| rules.workflow.name() == name)
    }
}

impl Surroundings {
    /// The surroundings of this process, on that day.
    pub fn of_process(today: Day) -> Self {
        Self { today, credentials: std::env::var_os("CREDENTIALS_DIRECTORY").map(PathBuf::from) }
    }
}

impl std::fmt::Debug for Config {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Config(…)")
    }
}

/// The value, or its faults added to all others.
fn keep<T>(result: Result<T, Vec<Fault>>, faults: &mut Vec<Fault>) -> Option<T> {
    result.map_err(|found| faults.extend(found)).ok()
}

/// The code words alone, so that templates are judged even where a lexicon is wrong.
fn code_words(lexicons: &[(String, String)]) -> Option<CodeWords> {
    let codes: Vec<(String, String)> = lexicons.iter().filter(|(file, _)| file == "phrases/codes.toml").cloned().collect();
    Knowledge::parse(&codes).ok().map(|knowledge| knowledge.code_words().clone()).filter(|words| !words.0.is_empty())
}

fn rules(file: &str, text: &str, letters: &BTreeSet<String>, faults: &mut Vec<Fault>) -> Option<Rules> {
    let workflow = keep(Workflow::parse(file, text, letters), faults)?;
    let expected = folder::stem(file);
    if workflow.name() != expected {
        faults.push(Fault::new(
            file,
            0,
            format!("The workflow in this file is named \"{}\"; write name = \"{expected}\", or rename the file.", workflow.name()),
        ));
    }
    Some(Rules { workflow, text: text.to_owned() })
}

/// The domains at which the service answers for merchants only.
fn sellers(mailboxes: &[MailboxConfig]) -> Vec<String> {
    let domains = |of_clients: bool| mailboxes.iter().filter(move |mailbox| mailbox.client.is_some() == of_clients).map(|mailbox| mailbox.address.domain());
    domains(true).filter(|domain| !domains(false).any(|own| own.eq_ignore_ascii_case(domain))).map(str::to_ascii_lowercase).collect()
}

/// Notes where a mailbox of one service follows the rules of the other.
fn tracks(mailboxes: &[MailboxConfig], workflows: &[Rules], faults: &mut Vec<Fault>) {
    for mailbox in mailboxes {
        let track = if mailbox.role == MailboxRole::CustomerService { Track::Service } else { Track::Mediation };
        let rules = workflows.iter().find(|rules| Some(rules.workflow.name()) == mailbox.workflow.as_deref());
        if let Some(rules) = rules.filter(|rules| rules.workflow.track() != track) {
            let (name, workflow) = (&mailbox.name, rules.workflow.name());
            let sentence = match track {
                Track::Service => {
                    format!("The mailbox \"{name}\" is a customer service, and its workflow \"{workflow}\" is not; name one with track = \"service\".")
                }
                Track::Mediation => {
                    format!("The workflow \"{workflow}\" of the mailbox \"{name}\" is a customer service's; give the mailbox the role customer-service.")
                }
            };
            faults.push(Fault::new("service.toml", 0, sentence));
        }
    }
}

fn ends_soon(calendar: &Calendar, today: Day) -> Option<Fault> {
    let (until, ahead) = (calendar.ends(), today.plus(HOLIDAYS_AHEAD));
    if until < ahead {
        let sentence = format!("The list of holidays ends on {until}; add the holidays of the following year, and move \"until\".");
        return Some(Fault::new("calendar.toml", 0, sentence));
    }
    let last = calendar.moon_ends(ahead)?;
    let sentence = format!("The last holiday that follows the moon is listed on {last}, and another one comes soon; add those that follow under [expected].");
    Some(Fault::new("calendar.toml", 0, sentence))
}
