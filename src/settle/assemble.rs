//! The configuration and the store → a desk.

use super::{Bench, Client, Counter, Desk, DigestHours, Policy, Registrar, Rulebook, SettleError};
use crate::compose::House;
use crate::config::{Config, MailboxRole, OperatorConfig};
use crate::store::{Keys, Store};
use std::sync::Arc;

/// Puts a desk together, and keeps the rules with which disputes begin from now on: they will need them as long as they live.
pub async fn assemble(config: &Config, store: Store, keys: &Keys) -> Result<Desk, SettleError> {
    let service = &config.service;
    for rules in &config.workflows {
        store.keep_rules(&rules.workflow.digest(), rules.workflow.name(), &rules.text).await?;
    }
    store.keep_charter(config.stationery.charter()).await?;
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
        client: None,
    };
    let counters = service.mailboxes.iter().map(|mailbox| Counter {
        mailbox: mailbox.name.clone(),
        address: mailbox.address.clone(),
        workflow: mailbox.workflow.clone().filter(|_| mailbox.role != MailboxRole::Bounces),
        client: mailbox.client.as_ref().map(|client| Client::of(client, &house)),
    });
    let counters: Vec<Counter> = counters.collect();
    let staff = |people: &[OperatorConfig]| -> Vec<Registrar> {
        people.iter().map(|person| Registrar { address: person.address.clone(), name: person.name.clone(), language: person.language }).collect()
    };
    let policy = Policy {
        senders: service.sender_policy.clone(),
        brakes: service.brakes.clone(),
        digest: DigestHours { first: service.digest.first_hour, every: service.digest.every_hours },
    };
    Ok(Desk {
        rulebook: Rulebook::new(workflows, letters),
        rules: config.rules.clone(),
        calendar: config.calendar.clone(),
        stationery: Arc::clone(&config.stationery),
        codes: house.keys.clone(),
        counters,
        operators: staff(&service.operators),
        mediators: staff(&service.mediators),
        bench: Bench { by_rule: service.assigns, known: service.availability.clone() },
        house,
        policy,
        store,
    })
}
