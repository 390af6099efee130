//! Decide → compose → commit: the one place where a dispute changes.
//!
//! Everything here happens inside one [`Work`](crate::store::Work), a transaction that the caller commits. Time and
//! chance are arguments. A unit of work must run to its end once begun: callers spawn it and never cancel it.

mod alarm;
mod answers;
mod assemble;
mod assigning;
mod authority;
mod brakes;
mod challenge;
mod charter;
mod client;
mod clock;
mod command;
mod crossing;
mod escalate;
mod guard;
mod mail;
mod masking;
mod morning;
mod notice;
mod orders;
mod pen;
mod pointing;
mod proposing;
mod registrar;
mod registry;
mod speaker;
mod split;
mod trouble;
mod uncounted;
mod understand;
mod write;

pub use assemble::assemble;
pub use assigning::Bench;
pub use brakes::hold_back;

pub use challenge::{Order, Ordered, settle_order};
pub use client::Client;
pub use clock::{Undelivered, Woken, follows, settle_calendar, settle_due, settle_undelivered};
pub use command::{Commanded, settle_command, tells_no_way};
pub use mail::{Evidence, Guess, Incoming, Wanted, guesses, likeliest, settle_copy, settle_digest, settle_mail, wanted};
pub use morning::settle_morning;
pub use pen::{By, Carried, Done, Raw, Refusal, rehearse, settle_answer, settle_pen_order};
pub use split::{MOST_SPLIT, NotSplit, Split, settle_split};
pub use trouble::{settle_trouble, settle_well_again};

use crate::compose::{ComposeError, House, Stationery};
use crate::config::{Brakes, SenderPolicy};
use crate::domain::{Act, Address, Dice, Digest, Fault, Language, MacKey, Participant, Role};
use crate::store::{Store, StoreError};
use crate::workflow::{Calendar, Rules, Workflow};
use std::collections::{BTreeSet, HashMap};
use std::sync::{Arc, Mutex};

/// What every settlement needs besides time and chance.
pub struct Desk {
    /// Where everything is kept.
    pub store: Store,
    /// The machines, present and past.
    pub rulebook: Rulebook,
    /// What is noticed in a complaint.
    pub rules: Rules,
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
    /// Those who may be named as mediators: nobody else is heard as one.
    pub mediators: Vec<Registrar>,
    /// Which cases they can be given, and who names them.
    pub bench: Bench,
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
    /// The merchant whose customer service it is.
    pub client: Option<Client>,
}

/// A registrar, or a mediator.
#[derive(Debug, Clone)]
pub struct Registrar {
    /// Where that person is written to.
    pub address: Address,
    /// Name.
    pub name: Option<String>,
    /// Language of the letters.
    pub language: Language,
}

/// What is allowed to whom.
#[derive(Debug, Clone)]
pub struct Policy {
    /// What is done with mail of known authors of whom DNS says nothing (never acts with legal weight; DESIGN §5).
    pub senders: SenderPolicy,
    /// How much may come in from one sender, and how much may leave.
    pub brakes: Brakes,
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
    /// The configured mediator of that address, as somebody who joins a dispute.
    fn mediator(&self, address: &str, dice: &mut Dice) -> Option<Participant> {
        let address = Address::parse(address.trim()).ok()?;
        let person = self.mediators.iter().find(|person| person.address.is_same(&address))?;
        Some(Participant::joining(Role::Mediator, person.address.clone(), person.name.clone(), person.language, dice))
    }

    /// The addresses that are the service's or its staff's, and no outsider's.
    fn own(&self) -> crossing::Own<'_> {
        crossing::Own {
            addresses: self.counters.iter().map(|counter| &counter.address).chain([&self.house.bounce]).collect(),
            separator: self.house.separator,
            staff: self.operators.iter().chain(&self.mediators).map(|person| &person.address).collect(),
        }
    }

    /// The counter of that mailbox.
    pub fn counter(&self, mailbox: &str) -> Option<&Counter> {
        self.counters.iter().find(|counter| counter.mailbox == mailbox)
    }

    /// Whether `address` is one of the service's own, with or without a tag.
    pub fn is_own(&self, address: Option<&Address>) -> bool {
        let own = || self.counters.iter().map(|counter| &counter.address).chain([&self.house.bounce]);
        address.is_some_and(|address| own().any(|own| address.is_same(own) || address.tag_of(own, self.house.separator).is_some()))
    }

    /// Whether `address` belongs to the service or to somebody who works there: it can be no party's.
    pub(super) fn is_ours(&self, address: &Address) -> bool {
        let staff = || self.operators.iter().chain(&self.mediators);
        self.is_own(Some(address)) || staff().any(|one| one.address.is_same(address))
    }

    /// Whether `act` would invite the service itself.
    fn invites_ours(&self, act: &Act) -> bool {
        matches!(act, Act::Admit(Some(invited)) if self.is_ours(&invited.address))
    }

    /// Whether `address` is that of a registrar.
    pub fn is_registrar(&self, address: Option<&Address>) -> bool {
        address.is_some_and(|address| self.operators.iter().any(|registrar| registrar.address.is_same(address)))
    }
}
