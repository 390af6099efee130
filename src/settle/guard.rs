//! What a letter to one reader may not say, from what the dispute knows.

use super::SettleError;
use crate::compose::Guard;
use crate::domain::{Address, Channel, Dispute, DisputeId, Fact, Participant, Role, Shingles, Track};
use crate::letter::{Exhibits, Letter};
use crate::store::{LetterNumber, Work};

/// The guard for a letter to `reader`: nobody is told another's reply token; a party is not told how to reach the other but through the service, nor what it
/// said that did not cross.
///
/// `heard` is what was said in the dispute, channel by channel: nothing of a channel that the reader does not read leaves, but what `speaker`,
/// whose words the letter tells, said alone before and says again.
pub fn for_reader(dispute: &Dispute, reader: Role, heard: &[(Channel, Shingles)], speaker: Option<Role>) -> Guard {
    let mut guard = Guard::default();
    for role in Role::ALL.into_iter().filter(|role| *role != reader) {
        if let Some(person) = dispute.participant(role) {
            person.tokens().for_each(|(_, token)| guard.forbid_token(token));
        }
    }
    if reader != Role::Operator {
        let tabled = dispute.consent.proposals();
        for (channel, words) in heard {
            // The agent of a customer service tells each side what the other wrote: both write to the same merchant.
            if dispute.track() == Track::Service {
                guard.allow_words(words);
                continue;
            }
            let own = speaker.is_some_and(|speaker| *channel == Channel::private_to(speaker));
            if channel.is_read_by(reader) {
                guard.allow_words(words)
            } else if !own {
                // A mediator writes to the service what both sides are to read; what stands in nobody's proposal stays there.
                let proposed = tabled.iter().filter(|tabled| tabled.by == Role::Mediator && matches!(channel, Channel::Desk | Channel::Notes));
                let tabled = proposed.map(|tabled| tabled.terms.text());
                let shared = dispute.shares.iter().filter(|_| matches!(channel, Channel::Desk | Channel::Notes)).map(|share| share.words.clone());
                let crossing = tabled.chain(shared).fold(Shingles::default(), |all, text| all.and(&Shingles::of(&text)));
                guard.forbid_words(&words.without(&crossing))
            }
        }
        for share in dispute.shares.iter().filter(|share| share.is_given() && Role::from(share.from.other()) == reader) {
            guard.allow_text(&share.words);
        }
        // A party's own proposal is what that party gave to be read by the other, with its code.
        for tabled in tabled.iter().filter(|tabled| tabled.by.party().is_some()) {
            guard.allow_text(&tabled.terms.text());
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

/// Allows every proposal that was made: both sides have received it, and whoever copied it into a private answer must not keep the next letters back.
/// Not for the letter that makes a proposal known: a mediator's words may not repeat there what was confided.
pub fn allow_tabled(guard: &mut Guard, dispute: &Dispute) {
    for tabled in dispute.consent.proposals() {
        guard.allow_text(&tabled.terms.text());
    }
}

/// Allows what both sides were asked to allow, or told that it was told: whoever repeats it in a private answer must not keep the next letters back.
/// Not for the letter that says it first: it may not tell one side what the other confided.
pub fn allow_asked(guard: &mut Guard, dispute: &Dispute) {
    let told = dispute.exempted.iter().filter(|one| one.exempted.sides_told).flat_map(|one| one.exempted.words());
    for words in dispute.disclosures.iter().flat_map(|one| one.asking.words()).chain(told) {
        guard.allow_text(words);
    }
}

/// What was said in a dispute so far, channel by channel.
pub async fn heard(work: &mut Work, dispute: DisputeId) -> Result<Vec<(Channel, Shingles)>, SettleError> {
    let heard = work.heard(dispute).await?;
    Ok(heard.into_iter().filter_map(|(channel, words)| serde_json::from_slice(&words).ok().map(|words| (channel, words))).collect())
}

/// Keeps what the mail `number` says on `channel`, so that it can be known again in a letter on another one.
pub async fn hear(
    work: &mut Work,
    dispute: DisputeId,
    number: LetterNumber,
    channel: Channel,
    letter: &Letter,
    exhibits: &Exhibits,
) -> Result<(), SettleError> {
    let words = exhibits.offered.iter().filter_map(|exhibit| exhibit.text()).fold(words_of(letter), |words, text| words.and(&Shingles::of(text)));
    if !words.is_empty() {
        work.hear(dispute, number, channel, &serde_json::to_vec(&words).unwrap_or_default()).await?;
    }
    Ok(())
}

/// What its author newly wrote in a mail.
pub fn words_of(letter: &Letter) -> Shingles {
    Shingles::of(&letter.reply_text).and(&Shingles::of(&letter.signature))
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
    if dispute.track() == Track::Mediation {
        guard.forbid_words(&Shingles::of(&dispute.complaint.words));
    }
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
    person.contacts.iter().for_each(|contact| guard.forbid_address(&contact.address));
    for message in person
        .thread
        .iter()
        .chain(person.seats.iter().flat_map(|seat| &seat.thread))
        .filter(|message| !reader.is_some_and(|reader| reader.thread.contains(message)))
    {
        guard.forbid_identifier(message.as_str());
    }
}

#[cfg(test)]
pub(super) mod tests;
