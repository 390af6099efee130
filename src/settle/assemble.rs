//! The configuration and the store → a desk.

use super::{Counter, Desk, DigestHours, Policy, Registrar, Rulebook, SettleError};
use crate::compose::House;
use crate::config::{Config, MailboxRole, SenderPolicy};
use crate::store::{Keys, Store};
use std::sync::Arc;

/// Disputes that one address may have open (THREATS §11).
const OPEN_DISPUTES: u32 = 20;
/// Letters that one address is sent in a day in answer to its own mails (THREATS §11).
const ANSWERS_A_DAY: u32 = 4;

/// Puts a desk together, and keeps the rules with which disputes begin from now on: they will need them as long as they live.
pub async fn assemble(config: &Config, store: Store, keys: &Keys) -> Result<Desk, SettleError> {
    let service = &config.service;
    for rules in &config.workflows {
        store.keep_rules(&rules.workflow.digest(), rules.workflow.name(), &rules.text).await?;
    }
    let letters = config.stationery.letters();
    let workflows = config.workflows.iter().map(|rules| rules.workflow.clone()).collect();
    let house = House {
        name: service.name.clone(),
        controller: service.controller.clone(),
        registration: service.registration.clone(),
        separator: service.separator,
        message_id_domain: service.message_id_domain.clone(),
        bounce: service.bounce.clone(),
        keys: keys.mac("letters"),
    };
    let counters = service.mailboxes.iter().map(|mailbox| Counter {
        mailbox: mailbox.name.clone(),
        address: mailbox.address.clone(),
        workflow: mailbox.workflow.clone().filter(|_| mailbox.role != MailboxRole::Bounces),
    });
    let operators =
        service.operators.iter().map(|operator| Registrar { address: operator.address.clone(), name: operator.name.clone(), language: operator.language });
    let policy = Policy {
        unknown_may_write: service.sender_policy == SenderPolicy::Ordinary,
        open_disputes: OPEN_DISPUTES,
        answers_a_day: ANSWERS_A_DAY,
        mails_an_hour: service.brakes.per_hour,
        mails_a_day: service.brakes.per_day,
        digest: DigestHours { first: service.digest.first_hour, every: service.digest.every_hours },
    };
    Ok(Desk {
        rulebook: Rulebook::new(workflows, letters),
        calendar: config.calendar.clone(),
        stationery: Arc::clone(&config.stationery),
        codes: house.keys.clone(),
        counters: counters.collect(),
        operators: operators.collect(),
        house,
        policy,
        store,
    })
}
