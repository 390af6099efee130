//! Who hears a mail besides the service, and in what form: pure, from what was read in it.
//!
//! Nothing of a mail is ever forwarded. What others hear is the writer's own new words, rebuilt: no history, no signature, no codes, no contact data;
//! and its attachments, as far as they could be cleaned (THREATS §7). Recipients never become participants; they only tell on which channel a mediator wrote (DOMAIN §5.3).

use super::masking::Masking;
use super::orders;
use super::speaker::Speaker;
use super::uncounted;
use super::understand::without_commands;
use crate::domain::{Act, Address, Beside, Channel, Cooling, Exhibit, Pointing, Role, Spoken, Track};
use crate::letter::{Exhibits, Letter};

/// More recipients than this are not told apart any more: somebody among them is an outsider.
const MOST_RECIPIENTS: usize = 100;

/// What is to be done with a mail besides noting it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Path {
    /// It acts in the dispute; nobody else hears it.
    Acts,
    /// It acts, and the mediator hears the words that came with it.
    ActsAndSpeaks(Channel),
    /// It acts, and the registrar is shown the words that came with it, if they are told of it: nobody mediates yet (DOMAIN §5.8).
    ActsAtDesk,
    /// Those who read the channel hear it.
    Speaks(Channel),
    /// The mediator wrote to people directly on that channel, or to nobody else: a note.
    Files(Channel),
    /// The mediator wrote to both sides, who have no common channel.
    BothSides,
    /// The mediator wrote to somebody outside the dispute.
    Outsider,
}

impl Path {
    /// The channel that the mail of somebody in `role` belongs to: its own where nothing else was chosen.
    pub(super) fn channel(self, role: Role) -> Channel {
        match self {
            Path::Speaks(channel) | Path::ActsAndSpeaks(channel) | Path::Files(channel) => channel,
            Path::Acts | Path::ActsAtDesk | Path::BothSides | Path::Outsider => Channel::private_to(role),
        }
    }
}

/// The service's own addresses, with whatever tag: they are nobody's.
pub(super) struct Own<'a> {
    pub(super) addresses: Vec<&'a Address>,
    pub(super) separator: char,
    pub(super) staff: Vec<&'a Address>,
}

impl Own<'_> {
    fn is(&self, address: &Address) -> bool {
        self.addresses.iter().any(|own| own.is_same(address) || address.tag_of(own, self.separator).is_some())
    }
}

/// Who a mail was sent to, openly.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
struct Recipients {
    consumer: bool,
    merchant: bool,
    outsiders: usize,
}

/// What is to be done with a mail that does `act`; `case_address` tells that it went to the address of the case.
pub(super) fn path(speaker: &Speaker<'_>, letter: &Letter, act: &Act, case_address: bool, own: &Own<'_>) -> Path {
    let dispute = speaker.dispute;
    if dispute.track() == Track::Service {
        return in_service(speaker, letter, act, case_address, own);
    }
    if let Act::Points(Pointing::Ask(party, ..)) = act {
        return Path::ActsAndSpeaks(Channel::private_to(Role::from(*party)));
    }
    if let Act::Cooling(Cooling::Hold(digest)) = act
        && let Some(message) = dispute.cooling.waiting().find(|message| message.digest() == *digest)
    {
        return Path::ActsAndSpeaks(Channel::private_to(Role::from(message.by)));
    }
    // What a mediator commands is for the service; it is no word to anybody.
    if speaker.role == Role::Mediator && !matches!(act, Act::Words) {
        return Path::Acts;
    }
    match orders::channel(speaker, letter) {
        Some(Channel::Notes) => return Path::Files(Channel::Notes),
        Some(channel) => return Path::Speaks(channel),
        None => {}
    }
    if speaker.role == Role::Mediator {
        return of_mediator(speaker, &recipients(speaker, letter, own), case_address);
    }
    if speaker.role.party().is_none() {
        return Path::Acts;
    }
    if !dispute.is_mediated() {
        return if dispute.is_with_service() { Path::ActsAtDesk } else { Path::Acts };
    }
    let open = speaker.channel == Channel::Joint && dispute.joint.is_open();
    // A common channel that is not open, or not any more, is as private as any other: what was meant for both is not guessed.
    let channel = if open { Channel::Joint } else { Channel::private_to(speaker.role) };
    match act {
        // Whoever wrote the word that proposes is told how its proposal could not be read.
        Act::Offer if letter.terms.is_some() => Path::ActsAndSpeaks(channel),
        Act::Words | Act::Supply(_) | Act::Offer | Act::AcceptMediation | Act::JoinMediation(_) | Act::AskHuman => Path::Speaks(channel),
        _ => Path::ActsAndSpeaks(Channel::private_to(speaker.role)),
    }
}

/// In the customer service of a merchant the agent reads whatever is written, and what the agent writes goes where it was sent; nothing is confidential between
/// the consumer and the one whose customer service it is.
fn in_service(speaker: &Speaker<'_>, letter: &Letter, act: &Act, case_address: bool, own: &Own<'_>) -> Path {
    match (speaker.role, act) {
        (Role::Mediator, Act::Words) => match of_mediator(speaker, &recipients(speaker, letter, own), case_address) {
            Path::Speaks(Channel::Desk) => Path::Acts,
            path => path,
        },
        (Role::Consumer | Role::Merchant, _) => Path::ActsAndSpeaks(Channel::private_to(speaker.role)),
        _ => Path::Acts,
    }
}

/// The recipients of a mediator decide the channel; a reply address counts as the people behind it.
fn of_mediator(speaker: &Speaker<'_>, to: &Recipients, case_address: bool) -> Path {
    let (consumer, merchant) = match speaker.channel {
        Channel::ConsumerPrivate => (true, false),
        Channel::MerchantPrivate => (false, true),
        Channel::Joint => (true, true),
        Channel::Desk | Channel::Notes => (false, false),
    };
    let open = speaker.dispute.joint.is_open();
    let directly = to.consumer || to.merchant;
    match (to.outsiders, consumer || to.consumer, merchant || to.merchant) {
        (1.., _, _) => Path::Outsider,
        (0, true, true) if !open => Path::BothSides,
        (0, true, true) if directly => Path::Files(Channel::Joint),
        (0, true, true) => Path::Speaks(Channel::Joint),
        (0, true, false) if directly => Path::Files(Channel::ConsumerPrivate),
        (0, true, false) => Path::Speaks(Channel::ConsumerPrivate),
        (0, false, true) if directly => Path::Files(Channel::MerchantPrivate),
        (0, false, true) => Path::Speaks(Channel::MerchantPrivate),
        (0, false, false) if case_address => Path::Files(Channel::Notes),
        (0, false, false) => Path::Speaks(Channel::Desk),
    }
}

fn recipients(speaker: &Speaker<'_>, letter: &Letter, own: &Own<'_>) -> Recipients {
    let mut found = Recipients::default();
    for text in letter.to.iter().chain(&letter.cc) {
        let Ok(address) = Address::parse(text) else {
            found.outsiders = found.outsiders.saturating_add(1);
            continue;
        };
        let known = speaker.dispute.role_of(&address);
        match known {
            _ if own.is(&address) => {}
            Some(Role::Consumer) => found.consumer = true,
            Some(Role::Merchant) => found.merchant = true,
            Some(Role::Mediator | Role::Operator) => {}
            None if own.staff.iter().any(|staff| staff.is_same(&address)) => {}
            None => found.outsiders = found.outsiders.saturating_add(1),
        }
    }
    found.outsiders = found.outsiders.saturating_add(letter.to.len().saturating_add(letter.cc.len()).saturating_sub(MOST_RECIPIENTS));
    found
}

/// Whether the mail was openly sent to the other side, or to people outside the dispute, as well.
pub(super) fn reaches_others(speaker: &Speaker<'_>, letter: &Letter, own: &Own<'_>) -> bool {
    let to = recipients(speaker, letter, own);
    to.outsiders > 0 || (speaker.role == Role::Consumer && to.merchant) || (speaker.role == Role::Merchant && to.consumer)
}

/// What others hear of a mail; `None` if its writer newly wrote nothing but codes. An answer that is not counted, as `told` says, is heard as the words that it is.
pub(super) fn spoken(speaker: &Speaker<'_>, letter: &Letter, exhibits: &Exhibits, channel: Channel, own: &Own<'_>, told: bool) -> Option<Spoken> {
    let said = orders::words(speaker, letter);
    let text = said.as_deref().unwrap_or(&letter.reply_text);
    let left = if told { text.to_owned() } else { without_commands(text, letter) };
    let heard = uncounted::without_codes(&left, letter);
    let words = Masking::default().words(&heard);
    let to = recipients(speaker, letter, own);
    let other = match speaker.role {
        Role::Consumer => to.merchant,
        Role::Merchant => to.consumer,
        Role::Mediator | Role::Operator => false,
    };
    let exhibits: Vec<Exhibit> = exhibits.offered.iter().map(|exhibit| exhibit.reworded(|text| Masking::default().words(text))).collect();
    let beside = Beside { withheld: letter.attachments.len().saturating_sub(exhibits.len()), to_other_side: other, to_outsiders: to.outsiders };
    let empty = words.trim().is_empty() && letter.attachments.is_empty();
    (!empty).then(|| Spoken::new(speaker.role, channel, words.trim().to_owned(), exhibits, beside))
}
