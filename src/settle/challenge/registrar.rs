//! What a registrar orders about who may speak for whom, and whether anything binding is heard.

use super::super::understand::cause;
use super::super::write::{self, Recorded};
use super::super::{Desk, SettleError};
use super::{About, Asking, letter_to, remember};
use crate::domain::{Actor, Address, Contact, ContactStanding, Dice, Digest, Dispute, Gate, Instant, Reference, Role};
use crate::store::Work;
use crate::workflow;

/// An order of the registrar's.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Order {
    /// Nothing binding is heard, and the parties are told nothing new, until it is released.
    Hold,
    /// It goes on, with as much time as there was left.
    Release,
    /// A further address may speak.
    Admit {
        /// For whom.
        role: Role,
        /// The address.
        address: Address,
        /// As what.
        standing: ContactStanding,
        /// What the registrar saw that says so.
        mandate: Option<String>,
    },
    /// It may not any more.
    Remove {
        /// For whom it spoke.
        role: Role,
        /// The address.
        address: Address,
    },
}

/// What an order came to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Ordered {
    /// It was done.
    Done,
    /// No dispute has that reference.
    NoSuchDispute,
    /// It cannot be done, and why.
    Refused(&'static str),
}

/// Does what the registrar orders in the dispute of that reference.
pub async fn settle_order(desk: &Desk, work: &mut Work, reference: &Reference, order: Order, now: Instant, dice: &mut Dice) -> Result<Ordered, SettleError> {
    let Some(id) = work.by_reference(reference).await? else { return Ok(Ordered::NoSuchDispute) };
    let Some(mut dispute) = work.dispute(id).await? else { return Ok(Ordered::Refused("it was erased, and only its journal is left")) };
    // What is on hold is not erased either, so that a closed one may be as well.
    if dispute.is_closed() && !matches!(order, Order::Hold | Order::Release) {
        return Ok(Ordered::Refused("it is closed, and nobody speaks in it any more"));
    }
    let cause = cause(&[b"order", &dice.roll::<32>()]);
    let done = match &order {
        Order::Hold if dispute.frozen.is_some() => Err("it is on hold already"),
        Order::Hold => {
            dispute.frozen = Some(now);
            Ok((Gate::Frozen, "nothing binding is heard, and nothing erased, until it is released".to_owned()))
        }
        Order::Release => release(desk, &mut dispute, now),
        Order::Admit { role, address, standing, mandate } => {
            let contact = Contact { address: address.clone(), standing: *standing, since: now, evidence: cause };
            admit(desk, &mut dispute, *role, contact, mandate.as_deref())
        }
        Order::Remove { role, address } => remove(&mut dispute, *role, address),
    };
    let (gate, note) = match done {
        Ok(done) => done,
        Err(why) => return Ok(Ordered::Refused(why)),
    };
    let mail = match &order {
        Order::Admit { role, address, .. } => told(desk, &mut dispute, *role, address, cause, now).await?,
        _ => None,
    };
    let mails: Vec<_> = mail.into_iter().collect();
    write::record(work, &mut dispute, Recorded { actor: Actor::Person(Role::Operator), gate, cause, note }, &mails, now).await?;
    Ok(Ordered::Done)
}

type Noted = Result<(Gate, String), &'static str>;

/// What the clock did not say meanwhile is as far away as it was.
fn release(desk: &Desk, dispute: &mut Dispute, now: Instant) -> Noted {
    let since = dispute.frozen.take().ok_or("it is not on hold")?;
    dispute.deadline = dispute.deadline.take().map(|deadline| workflow::shifted(&desk.calendar, &deadline, since, now));
    dispute.cooling.postpone(now.seconds_since(since));
    Ok((Gate::Released, "it goes on".to_owned()))
}

fn admit(desk: &Desk, dispute: &mut Dispute, role: Role, contact: Contact, mandate: Option<&str>) -> Noted {
    if role.party().is_none() {
        return Err("only the consumer and the merchant have further addresses");
    }
    if (contact.standing == ContactStanding::Mandated) != mandate.is_some_and(|seen| !seen.trim().is_empty()) {
        return Err("a mandate goes with --as mandated and with nothing else: say with --mandate what you have seen");
    }
    if desk.is_ours(&contact.address) || dispute.role_of(&contact.address).is_some_and(|known| known != role) {
        return Err("this address belongs to the service or to somebody else in this case");
    }
    let note = match mandate {
        Some(seen) => format!("{} speaks for the {role} as {}: {}", contact.address, contact.standing.name(), seen.trim()),
        None => format!("{} speaks for the {role} as {}", contact.address, contact.standing.name()),
    };
    let person = dispute.participant_mut(role).ok_or("nobody takes part in that role yet")?;
    if person.address.is_same(&contact.address) {
        return Err("that is the registered address already, which may speak anyway");
    }
    if !person.admit(contact) {
        return Err("there are twenty further addresses already; `elitige case contact remove` takes one away first");
    }
    Ok((Gate::ContactAdded, note))
}

fn remove(dispute: &mut Dispute, role: Role, address: &Address) -> Noted {
    let person = dispute.participant_mut(role).ok_or("nobody takes part in that role yet")?;
    let before = person.contacts.len();
    person.contacts.retain(|contact| !contact.address.is_same(address));
    if person.contacts.len() == before {
        return Err("that address is none of the further ones; `elitige case contact list` shows them");
    }
    Ok((Gate::ContactRemoved, format!("{address} does not speak for the {role} any more")))
}

/// The letter that tells the participant of a further address.
async fn told(
    desk: &Desk,
    dispute: &mut Dispute,
    role: Role,
    address: &Address,
    cause: Digest,
    now: Instant,
) -> Result<Option<crate::domain::OutboundMail>, SettleError> {
    let contact = dispute.participant(role).and_then(|person| person.contacts.iter().find(|contact| contact.address.is_same(address))).cloned();
    let asking = Asking { contact: contact.as_ref(), ..Asking::default() };
    let about = About { name: "contact-added", of: role, asking, question: None, cause, index: 0, answers: false };
    let mail = letter_to(desk, dispute, role, about, now).await?;
    if let Some(mail) = &mail {
        remember(dispute, role, &mail.message_id);
    }
    Ok(mail)
}
