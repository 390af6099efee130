//! What a letter to one reader may not say, from what the dispute knows.

use crate::compose::Guard;
use crate::domain::{Address, Dispute, Fact, Participant, Role, Shingles};

/// The guard for a letter to `reader`: nobody is told another's reply token; a party is not told how to reach the other but through the service, nor what it
/// said that did not cross.
pub fn for_reader(dispute: &Dispute, reader: Role) -> Guard {
    let mut guard = Guard::default();
    for role in Role::ALL.into_iter().filter(|role| *role != reader) {
        if let Some(person) = dispute.participant(role) {
            guard.forbid_token(&person.token);
        }
    }
    match reader {
        Role::Merchant => forbid_to_merchant(&mut guard, dispute),
        Role::Consumer => forbid_to_consumer(&mut guard, dispute),
        Role::Mediator | Role::Operator => {}
    }
    guard.allow_text(dispute.desk.as_str());
    guard
}

/// The consumer's address, telephone number, mails, and every word but those of the confirmed request.
fn forbid_to_merchant(guard: &mut Guard, dispute: &Dispute) {
    let facts = &dispute.complaint.facts;
    forbid_person(guard, &dispute.consumer, dispute.merchant.as_ref());
    if let Some(number) = facts.get(Fact::Phone) {
        guard.forbid_phone(number);
    }
    // Where the registrar wrote to another address than the consumer named, the one that was named may be a third person's.
    let named = facts.get(Fact::MerchantContact).and_then(|contact| Address::parse(contact).ok());
    if let Some(other) = named.filter(|named| dispute.merchant.as_ref().is_some_and(|merchant| !merchant.address.is_same(named))) {
        guard.forbid_address(&other);
    }
    guard.forbid_words(&Shingles::of(&dispute.complaint.words));
    if let Some(request) = dispute.consent.confirmed_request() {
        guard.allow_text(&request.account);
        request.facts.iter().for_each(|(_, value)| guard.allow_text(value));
    }
}

/// The merchant's address and mails, unless the consumer named that address.
fn forbid_to_consumer(guard: &mut Guard, dispute: &Dispute) {
    let said = || dispute.complaint.facts.iter().map(|(_, value)| value);
    if let Some(merchant) = &dispute.merchant
        && !said().any(|value| value.to_lowercase().contains(&merchant.address.folded()))
    {
        forbid_person(guard, merchant, Some(&dispute.consumer));
    }
    said().for_each(|value| guard.allow_text(value));
    guard.allow_text(&dispute.complaint.words);
}

/// Where `person` is reached, and the identifiers of the mails with the service, which would link two channels (DOMAIN §5.4).
fn forbid_person(guard: &mut Guard, person: &Participant, reader: Option<&Participant>) {
    guard.forbid_address(&person.address);
    for message in person.thread.iter().filter(|message| !reader.is_some_and(|reader| reader.thread.contains(message))) {
        guard.forbid_identifier(message.as_str());
    }
}

#[cfg(test)]
mod tests;
