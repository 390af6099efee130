//! Whose mail a held one may be, and what speaks for it. Nothing here is proof: it is what a person looks at.

use super::super::authority::By;
use super::super::{Desk, SettleError};
use super::{Incoming, Signals, sender_of, signals, surviving};
use crate::domain::{Dispute, DisputeId, Fact, Reference, Role};
use crate::letter::Letter;
use crate::store::Work;
use std::fmt;

/// What speaks for a guess, the strongest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Evidence {
    /// It was sent to a reply address that was given to that person.
    Token,
    /// It answers a letter of ours to that person.
    MessageId,
    /// It comes from an address that is known there.
    Address,
    /// It answers a mail that is known there.
    KnownMail,
    /// It was sent to the dispute's case address.
    CaseAddress,
    /// Its subject names the reference.
    Subject,
    /// It names the order number of that complaint.
    OrderNumber,
}

impl fmt::Display for Evidence {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Evidence::Token => "its reply address",
            Evidence::MessageId => "it answers a letter of ours",
            Evidence::Address => "its From is known there",
            Evidence::KnownMail => "it answers a mail that is known there",
            Evidence::CaseAddress => "the case address",
            Evidence::Subject => "the reference in its subject",
            Evidence::OrderNumber => "the same order number",
        })
    }
}

/// A dispute that a held mail may belong to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Guess {
    /// The dispute.
    pub dispute: DisputeId,
    /// Its reference.
    pub reference: Reference,
    /// Whose words it would be; `None` where only the dispute is named.
    pub role: Option<Role>,
    /// Whether the dispute is open.
    pub open: bool,
    /// What speaks for it, the strongest first.
    pub evidence: Vec<Evidence>,
}

/// Whose mail it may be, the likeliest first.
pub async fn guesses(desk: &Desk, work: &mut Work, mail: &Incoming) -> Result<Vec<Guess>, SettleError> {
    let Some(letter) = &mail.letter else { return Ok(Vec::new()) };
    let sender = sender_of(letter);
    let signals = signals(desk, work, letter, sender).await?;
    let mut board = Board { letter, guesses: Vec::new() };
    board.capabilities(&signals);
    if let Some(sender) = sender {
        for (id, role, _) in work.by_address(sender).await? {
            // A registrar takes part in every dispute, which says nothing.
            if let (Some(_), Some(dispute)) = (role.party(), surviving(work, id).await?) {
                board.add(&dispute, Some(role), Evidence::Address);
            }
        }
    }
    for named in &signals.named {
        let role = sender.and_then(|sender| named.role_of(sender));
        let in_subject = signals.references.iter().any(|(_, id)| *id == Some(named.id));
        let evidence = match (in_subject, signals.case_address) {
            (true, _) => Evidence::Subject,
            (false, true) => Evidence::CaseAddress,
            (false, false) => Evidence::KnownMail,
        };
        board.add(named, role, evidence);
    }
    Ok(board.sorted())
}

/// The one guess that nothing contradicts, for what the registrar is asked about a mail: one dispute that is open, and one party of it.
pub fn best(guesses: &[Guess]) -> Option<(DisputeId, Role)> {
    let first = guesses.first()?;
    let role = first.role.filter(|role| role.party().is_some())?;
    let weight = |guess: &Guess| guess.evidence.iter().min().copied();
    let rival = guesses.iter().skip(1).any(|other| other.open && weight(other) == weight(first));
    (first.open && !rival).then_some((first.dispute, role))
}

struct Board<'a> {
    letter: &'a Letter,
    guesses: Vec<Guess>,
}

impl Board<'_> {
    fn capabilities(&mut self, signals: &Signals) {
        for capability in &signals.capabilities {
            let Some(dispute) = signals.bound.iter().find(|dispute| dispute.id == capability.dispute) else { continue };
            let evidence = match capability.by {
                By::Token => Evidence::Token,
                By::MessageId => Evidence::MessageId,
            };
            self.add(dispute, Some(capability.role), evidence);
        }
    }

    fn add(&mut self, dispute: &Dispute, role: Option<Role>, evidence: Evidence) {
        let known = self.guesses.iter_mut().find(|guess| guess.dispute == dispute.id && (role.is_none() || guess.role.is_none() || guess.role == role));
        if let Some(guess) = known {
            guess.role = guess.role.or(role);
            if !guess.evidence.contains(&evidence) {
                guess.evidence.push(evidence);
            }
            return;
        }
        let order = |facts: &crate::domain::Facts| facts.get(Fact::OrderNo).map(str::to_owned);
        let same_order =
            order(&self.letter.facts).is_some_and(|number| order(&dispute.complaint.facts).is_some_and(|known| known.eq_ignore_ascii_case(&number)));
        let mut found = vec![evidence];
        found.extend(same_order.then_some(Evidence::OrderNumber));
        self.guesses.push(Guess { dispute: dispute.id, reference: dispute.reference.clone(), role, open: !dispute.is_closed(), evidence: found });
    }

    fn sorted(mut self) -> Vec<Guess> {
        for guess in &mut self.guesses {
            guess.evidence.sort();
        }
        self.guesses.sort_by(|one, other| other.open.cmp(&one.open).then_with(|| one.evidence.cmp(&other.evidence)));
        self.guesses
    }
}
