//! `elitige case hold`, `release` and `contact`: what a registrar orders about who may speak for whom.

use super::World;
use super::arguments::{Contact, Side};
use super::output::{self, done};
use crate::domain::{Address, ContactStanding, Dispute, Reference, Role};
use crate::settle::{Desk, Order, Ordered, settle_order};
use crate::store::Store;
use anyhow::{Context, bail};

/// Does what is ordered in the dispute of that reference; `done` is said then.
pub async fn order(desk: &Desk, reference: &str, order: Order, done: &str, world: &mut World) -> anyhow::Result<bool> {
    let reference = Reference::parse(reference)?;
    let mut work = desk.store.begin().await?;
    match settle_order(desk, &mut work, &reference, order, (world.clock)(), &mut world.dice).await? {
        Ordered::Done => {
            work.commit().await?;
            done!("{reference}: {done}");
            Ok(true)
        }
        Ordered::NoSuchDispute => bail!("no dispute has the reference {reference}; `elitige case list` shows them"),
        Ordered::Refused(why) => bail!("{reference} stays as it is: {why}"),
    }
}

/// Does `action`.
pub async fn contact(desk: &Desk, action: Contact, world: &mut World) -> anyhow::Result<bool> {
    let side = |side: Side| match side {
        Side::Consumer => Role::Consumer,
        Side::Merchant => Role::Merchant,
    };
    match action {
        Contact::Add { reference, of, address, standing, mandate } => {
            let standing = ContactStanding::parse(&standing).with_context(|| {
                let known: Vec<&str> = ContactStanding::ALL.iter().map(|standing| standing.name()).collect();
                format!("`{standing}` is no standing; --as takes one of {}", known.join(", "))
            })?;
            let added = Order::Admit { role: side(of), address: Address::parse(&address)?, standing, mandate };
            order(desk, &reference, added, "the address may speak from now on. The daemon tells the participant.", world).await
        }
        Contact::Remove { reference, of, address } => {
            let removed = Order::Remove { role: side(of), address: Address::parse(&address)? };
            order(desk, &reference, removed, "the address does not speak for anybody any more.", world).await
        }
        Contact::List { reference } => list(&desk.store, &reference).await,
    }
}

async fn list(store: &Store, reference: &str) -> anyhow::Result<bool> {
    let reference = Reference::parse(reference)?;
    let id = store.by_reference(&reference).await?.with_context(|| format!("no dispute has the reference {reference}; `elitige case list` shows them"))?;
    let dispute = store.dispute(id).await?.with_context(|| format!("{reference} was erased; only its journal is left"))?;
    output::list(contacts(&dispute));
    Ok(true)
}

/// A line for each further address.
pub fn contacts(dispute: &Dispute) -> Vec<String> {
    let mut lines = Vec::new();
    for role in Role::ALL {
        for contact in dispute.participant(role).map(|person| person.contacts.as_slice()).unwrap_or_default() {
            lines.push(format!("{role}: {} ({}) since {}", contact.address, contact.standing.name(), contact.since.rfc3339()));
        }
    }
    lines
}
