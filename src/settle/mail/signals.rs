//! What a mail points to: reply tokens, our own Message-IDs, case addresses, known mails, references.

use super::super::authority::{By, Capability};
use super::super::{Desk, SettleError};
use crate::domain::{Address, Dispute, DisputeId, MessageId, Reference, Role, Token};
use crate::letter::Letter;
use crate::store::Work;

/// A mail with more addresses of ours than this is not looked through further.
pub(super) const MOST_ADDRESSES: usize = 100;
/// So many of the identifiers that a mail answers are looked up, the newest first.
const MOST_REFERENCES: usize = 20;
/// A dispute that was merged is followed so often; more is a circle.
const MOST_MERGERS: usize = 8;

/// Everything in a mail that points to a dispute.
#[derive(Debug, Default)]
pub(super) struct Signals {
    /// What was given to one person: reply tokens first, then Message-IDs of ours.
    pub(super) capabilities: Vec<Capability>,
    /// The disputes that those were given in, or that they were merged into, each once.
    pub(super) bound: Vec<Dispute>,
    /// Disputes that are named without any authority, each once, as they are after mergers.
    pub(super) named: Vec<Dispute>,
    /// Whether a case address of ours is among the recipients.
    pub(super) case_address: bool,
    /// Reply tokens among the recipients, whatever they lead to.
    pub(super) tokens: Vec<Token>,
    /// Whether an address of ours among the recipients has a tag that was never given out.
    pub(super) strange_tag: bool,
    /// References in the subject with the right check character, each with its dispute if there is one.
    pub(super) references: Vec<(Reference, Option<DisputeId>)>,
    /// Whether anything has the shape of a reference, valid or not: strangers are treated alike for both.
    pub(super) mentions_any: bool,
    /// Whether those are named only because their sender takes part in them.
    pub(super) at_home: bool,
    /// Whether it may speak of an open dispute of its sender and calls it otherwise.
    pub(super) in_doubt: bool,
    words: Vec<&'static str>,
}

impl Signals {
    /// What was found, in words for the journal.
    pub(super) fn told(&self) -> String {
        if self.words.is_empty() { "no capability".to_owned() } else { self.words.join(", ") }
    }

    /// Whether nothing points to any dispute, existing or not.
    pub(super) fn is_silent(&self) -> bool {
        self.capabilities.is_empty() && self.named.is_empty() && self.tokens.is_empty() && !self.strange_tag && !self.mentions_any && !self.case_address
    }

    /// Whether it was sent to a reply address that leads nowhere, or not any more, and nothing else in it leads anywhere.
    pub(super) fn is_astray(&self) -> bool {
        (self.strange_tag || !self.tokens.is_empty()) && self.capabilities.is_empty() && self.named.is_empty()
    }

    /// What leads to `from` leads to `to`, without any capability: nobody was given one for it by that mail.
    fn lead(&mut self, from: DisputeId, to: Dispute) {
        self.capabilities.retain(|capability| capability.dispute != from);
        self.bound.retain(|dispute| dispute.id != from);
        self.named.retain(|dispute| dispute.id != from);
        self.references.retain(|(_, dispute)| *dispute != Some(from));
        keep(to, &mut self.named);
        self.note("a mail that was taken out of another dispute");
    }

    pub(super) fn note(&mut self, word: &'static str) {
        if !self.words.contains(&word) {
            self.words.push(word);
        }
    }
}

/// Looks for everything that points to a dispute. `sender` is known to be the author of mails in disputes; only then a foreign Message-ID counts.
pub(super) async fn signals(desk: &Desk, work: &mut Work, letter: &Letter, sender: Option<&Address>) -> Result<Signals, SettleError> {
    let (mut signals, mut looked_up) = (Signals::default(), LookedUp::default());
    addressed(desk, work, letter, &mut signals).await?;
    let newest = answered(work, letter, &mut signals).await?;
    let parted = match sender {
        Some(sender) => parted(work, letter, newest, sender, &mut looked_up).await?,
        None => None,
    };
    if let Some(sender) = sender.filter(|_| signals.capabilities.is_empty() && parted.is_none()) {
        known_mails(work, letter, sender, &mut looked_up, &mut signals).await?;
    }
    signals.mentions_any |= mentions_any(&letter.subject);
    for reference in Reference::find_all(&letter.subject) {
        let named = name(work, &reference, &mut signals).await?;
        signals.references.push((reference, named));
    }
    if let Some((from, to)) = parted {
        signals.lead(from, to);
    }
    Ok(signals)
}

/// Reply tokens and case addresses among the recipients.
async fn addressed(desk: &Desk, work: &mut Work, letter: &Letter, signals: &mut Signals) -> Result<(), SettleError> {
    for address in letter.delivered_to.iter().chain(&letter.to).chain(&letter.cc).take(MOST_ADDRESSES) {
        let Ok(address) = Address::parse(address) else { continue };
        let Some(tag) = desk.counters.iter().find_map(|counter| address.tag_of(&counter.address, desk.house.separator)) else { continue };
        if let Some(token) = Token::parse(tag) {
            let bound = work.by_token(&token).await?;
            signals.tokens.push(token);
            if let Some(bound) = bound {
                let found = Capability { dispute: bound.dispute, role: bound.role, channel: bound.channel, by: By::Token };
                add(work, found, signals).await?;
                signals.note("reply token");
            }
            continue;
        }
        signals.mentions_any |= mentions_any(tag);
        if let Ok(reference) = Reference::parse(&tag.to_ascii_uppercase()) {
            signals.case_address = true;
            name(work, &reference, signals).await?;
            signals.note("case address");
        } else {
            signals.strange_tag = true;
        }
    }
    Ok(())
}

/// Message-IDs of ours that it answers; gives the newest.
async fn answered<'a>(work: &mut Work, letter: &'a Letter, signals: &mut Signals) -> Result<Option<&'a MessageId>, SettleError> {
    let mut newest = None;
    for message_id in letter.in_reply_to.iter().chain(letter.references.iter().rev()).take(MOST_REFERENCES) {
        let Some(own) = work.by_message_id(message_id).await? else { continue };
        newest = newest.or(Some(message_id));
        if let Some(dispute) = own.dispute {
            add(work, Capability { dispute, role: own.role, channel: own.channel, by: By::MessageId }, signals).await?;
            signals.note("our Message-ID");
        }
    }
    Ok(newest)
}

/// From which dispute to which it leads, if what it answers, and no letter of ours after that, is a mail of its sender that began a dispute of its own: all
/// that is older in its References, and where it is addressed, still leads to the first one.
async fn parted(
    work: &mut Work,
    letter: &Letter,
    newest: Option<&MessageId>,
    sender: &Address,
    looked_up: &mut LookedUp,
) -> Result<Option<(DisputeId, Dispute)>, SettleError> {
    let answered = letter.in_reply_to.iter().chain(letter.references.iter().rev()).take(MOST_REFERENCES);
    for message_id in answered.take_while(|message_id| Some(*message_id) != newest) {
        for id in looked_up.with_mail(work, message_id).await? {
            let Some(dispute) = looked_up.surviving(work, id).await? else { continue };
            let Some(from) = dispute.parted.as_ref().map(|parted| parted.from) else { continue };
            if dispute.role_of(sender) == Some(Role::Consumer) {
                let dispute = dispute.clone();
                let first = surviving(work, from).await?.map_or(from, |first| first.id);
                return Ok(Some((first, dispute)));
            }
        }
    }
    Ok(None)
}

/// Mails of a dispute that it answers. Whoever wrote those chose their identifiers: they count only for somebody known in that dispute.
async fn known_mails(work: &mut Work, letter: &Letter, sender: &Address, looked_up: &mut LookedUp, signals: &mut Signals) -> Result<(), SettleError> {
    for message_id in letter.in_reply_to.iter().chain(letter.references.iter().rev()).take(MOST_REFERENCES) {
        for id in looked_up.with_mail(work, message_id).await? {
            let Some(dispute) = looked_up.surviving(work, id).await? else { continue };
            if dispute.role_of(sender).is_some() {
                signals.note("a known mail");
                if !signals.named.iter().any(|known| known.id == dispute.id) {
                    signals.named.push(dispute.clone());
                }
            }
        }
    }
    Ok(())
}

/// What was looked up for a mail: programs name what it answers in two fields, and several rules ask for it.
#[derive(Default)]
struct LookedUp {
    mails: Vec<(MessageId, Vec<DisputeId>)>,
    disputes: Vec<(DisputeId, Option<Dispute>)>,
}

impl LookedUp {
    /// The disputes to which mails with that identifier belong.
    async fn with_mail(&mut self, work: &mut Work, message_id: &MessageId) -> Result<Vec<DisputeId>, SettleError> {
        if let Some((_, known)) = self.mails.iter().find(|(known, _)| known == message_id) {
            return Ok(known.clone());
        }
        let found = work.by_received_message_id(message_id).await?;
        self.mails.push((message_id.clone(), found.clone()));
        Ok(found)
    }

    /// See [`surviving`].
    async fn surviving(&mut self, work: &mut Work, id: DisputeId) -> Result<Option<&Dispute>, SettleError> {
        if !self.disputes.iter().any(|(known, _)| *known == id) {
            work.foresee_decision(id).await?;
            let found = surviving(work, id).await?;
            self.disputes.push((id, found));
        }
        Ok(self.disputes.iter().find(|(known, _)| *known == id).and_then(|(_, dispute)| dispute.as_ref()))
    }
}

async fn add(work: &mut Work, found: Capability, signals: &mut Signals) -> Result<(), SettleError> {
    work.foresee_decision(found.dispute).await?;
    let dispute = surviving(work, found.dispute).await?;
    let found = Capability { dispute: dispute.as_ref().map_or(found.dispute, |dispute| dispute.id), ..found };
    if !signals.capabilities.contains(&found) {
        signals.capabilities.push(found);
    }
    if let Some(dispute) = dispute {
        keep(dispute, &mut signals.bound);
    }
    Ok(())
}

async fn name(work: &mut Work, reference: &Reference, signals: &mut Signals) -> Result<Option<DisputeId>, SettleError> {
    let Some(id) = work.by_reference(reference).await? else { return Ok(None) };
    let Some(dispute) = surviving(work, id).await? else { return Ok(None) };
    let id = dispute.id;
    keep(dispute, &mut signals.named);
    Ok(Some(id))
}

pub(super) fn keep(dispute: Dispute, kept: &mut Vec<Dispute>) {
    if !kept.iter().any(|known| known.id == dispute.id) {
        kept.push(dispute);
    }
}

/// The dispute, or the one that it was merged into.
pub(in crate::settle) async fn surviving(work: &mut Work, id: DisputeId) -> Result<Option<Dispute>, SettleError> {
    let mut next = id;
    for _ in 0..MOST_MERGERS {
        let Some(dispute) = work.dispute(next).await? else { return Ok(None) };
        match dispute.merged_into {
            Some(into) => next = into,
            None => return Ok(Some(dispute)),
        }
    }
    Ok(None)
}

/// Whether anything in a text has the shape of a reference, valid or not.
fn mentions_any(text: &str) -> bool {
    text.to_ascii_uppercase().split(|c: char| !c.is_ascii_alphanumeric() && c != '-').any(|word| {
        let mut groups = word.split('-');
        groups.next() == Some("EL") && groups.next().is_some_and(|group| group.len() >= 3)
    })
}
