//! Decide → compose → commit: the one place where a dispute changes.
//!
//! Everything here happens inside one [`Work`](crate::store::Work), a transaction that the caller commits. Time and
//! chance are arguments. A unit of work must run to its end once begun: callers spawn it and never cancel it.

mod answers;
mod assemble;
mod authority;
mod clock;
mod command;
mod contacts;
mod mail;
mod pen;
mod understand;
mod write;

pub use assemble::assemble;
pub use clock::{Undelivered, Woken, settle_due, settle_undelivered};
pub use command::{Commanded, settle_command};
pub use mail::{Evidence, Guess, Incoming, guesses, likeliest, settle_copy, settle_digest, settle_mail};
pub use pen::{By, Carried, Done, Raw, Refusal, rehearse, settle_answer, settle_order};

use crate::compose::{ComposeError, House, Stationery};
use crate::domain::{Address, Digest, Fault, Language, MacKey};
use crate::store::{Store, StoreError};
use crate::workflow::{Calendar, Workflow};
use std::collections::{BTreeSet, HashMap};
use std::sync::{Arc, Mutex};

/// What every settlement needs besides time and chance.
pub struct Desk {
    /// Where everything is kept.
    pub store: Store,
    /// The machines, present and past.
    pub rulebook: Rulebook,
    /// Working days and the time zone.
    pub calendar: Calendar,
    /// The letters.
    pub stationery: Arc<Stationery>,
    /// What all letters share.
    pub house: House,
    /// The addresses that mail comes in through.
    pub counters: Vec<Counter>,
    /// The registrars; the first one screens.
    pub operators: Vec<Registrar>,
    /// What is allowed to whom.
    pub policy: Policy,
    /// Key of the reply codes.
    pub codes: MacKey,
}

/// An address of the service and what is done there.
#[derive(Debug, Clone)]
pub struct Counter {
    /// Name of the mailbox.
    pub mailbox: String,
    /// The address that people write to.
    pub address: Address,
    /// Name of the workflow that a complaint begins; `None` where only bounces arrive.
    pub workflow: Option<String>,
}

/// A registrar.
#[derive(Debug, Clone)]
pub struct Registrar {
    /// Where the registrar is written to.
    pub address: Address,
    /// Name.
    pub name: Option<String>,
    /// Language of the letters.
    pub language: Language,
}

/// What is allowed to whom.
#[derive(Debug, Clone)]
pub struct Policy {
    /// Whether an author of whom DNS says nothing may do ordinary acts (never acts with legal weight; DESIGN §5).
    pub unknown_may_write: bool,
    /// Disputes that one address may have open.
    pub open_disputes: u32,
    /// Letters that one address is sent in a day in answer to its own mails.
    pub answers_a_day: u32,
    /// Mails of one address that are worked in an hour; the others wait for a person.
    pub mails_an_hour: u32,
    /// The same for a day.
    pub mails_a_day: u32,
    /// When the registrar is told of held mail.
    pub digest: DigestHours,
}

/// When on a working day the registrar is told of held mail that waits already; of the first mail in an empty pen at once.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DigestHours {
    /// The first hour, from 0 to 23.
    pub first: u8,
    /// And every so many hours after it on the same day; 24 for once a day.
    pub every: u8,
}

/// Why something could not be settled. The transaction is to be dropped; the mail stays to be tried again.
#[derive(Debug, thiserror::Error)]
pub enum SettleError {
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// A letter could not be written.
    #[error(transparent)]
    Compose(#[from] ComposeError),
    /// The rules that a dispute began with are not there.
    #[error("the rules {0} that a running dispute began with are neither in config/workflows nor in the store; restore the store's backup")]
    Rules(Digest),
}

/// The workflows by digest: a running dispute keeps the rules that it began with (DESIGN §3.11).
pub struct Rulebook {
    current: HashMap<String, Arc<Workflow>>,
    known: Mutex<HashMap<Digest, Arc<Workflow>>>,
    letters: BTreeSet<String>,
}

impl Rulebook {
    /// A rulebook in which new disputes begin with `workflows`; `letters` are the names of all letters.
    pub fn new(workflows: Vec<Workflow>, letters: BTreeSet<String>) -> Self {
        let current: HashMap<String, Arc<Workflow>> = workflows.into_iter().map(|workflow| (workflow.name().to_owned(), Arc::new(workflow))).collect();
        let known = current.values().map(|workflow| (workflow.digest(), Arc::clone(workflow))).collect();
        Self { current, known: Mutex::new(known), letters }
    }

    /// The rules with which a dispute of that workflow begins today.
    pub fn current(&self, name: &str) -> Option<Arc<Workflow>> {
        self.current.get(name).cloned()
    }

    /// The rules of that digest, from the store if they are no longer in the configuration.
    pub async fn by_digest(&self, digest: Digest, store: &Store) -> Result<Arc<Workflow>, SettleError> {
        if let Some(known) = self.remembered(digest) {
            return Ok(known);
        }
        let text = store.rules(&digest).await?.ok_or(SettleError::Rules(digest))?;
        let parsed = Workflow::parse("stored rules", &text, &self.letters).map_err(|_: Vec<Fault>| SettleError::Rules(digest))?;
        let workflow = Arc::new(parsed);
        if let Ok(mut known) = self.known.lock() {
            known.insert(digest, Arc::clone(&workflow));
        }
        Ok(workflow)
    }

    fn remembered(&self, digest: Digest) -> Option<Arc<Workflow>> {
        self.known.lock().ok().and_then(|known| known.get(&digest).cloned())
    }
}

impl Desk {
    /// The counter of that mailbox.
    pub fn counter(&self, mailbox: &str) -> Option<&Counter> {
        self.counters.iter().find(|counter| counter.mailbox == mailbox)
    }
}
