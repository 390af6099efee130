//! From the customer service to mediation: a new dispute, other people, another confidentiality (DOMAIN §2.3, row 77, and the wall below it).

use super::brakes::Patience;
use super::understand::cause;
use super::write::{self, Verdict};
use super::{Counter, Desk, Registrar, SettleError, mail};
use crate::compose::answered_before;
use crate::domain::{Act, Actor, Dice, Digest, Dispute, DisputeId, Event, Fact, Instant, Participant, Role, Statement, Track};
use crate::store::Work;
use crate::workflow::{self, Workflow};
use std::sync::Arc;

/// The way from a dispute of a customer service to the mediation that it becomes.
pub(super) struct Passage<'a> {
    /// The dispute that will be opened.
    pub(super) to: DisputeId,
    counter: &'a Counter,
    rules: Arc<Workflow>,
    registrar: &'a Registrar,
}

impl<'a> Passage<'a> {
    /// The way for `dispute`; `None` if there is no mediation here, or no registrar who had no part in the customer service (DOMAIN I7).
    pub(super) fn of(desk: &'a Desk, dispute: &Dispute, now: Instant, dice: &mut Dice) -> Option<Self> {
        let mediates = |counter: &'a Counter| {
            let rules = counter.workflow.as_deref().and_then(|name| desk.rulebook.current(name))?;
            (rules.track() == Track::Mediation).then_some((counter, rules))
        };
        let (counter, rules) = desk.counters.iter().find_map(mediates)?;
        let client = desk.client_at(&dispute.desk);
        let had_part = |registrar: &Registrar| dispute.knows(&registrar.address).is_some() || client.is_some_and(|client| client.is_staff(&registrar.address));
        let registrar = desk.operators.iter().find(|registrar| !had_part(registrar))?;
        Some(Self { to: DisputeId::fresh(now, dice), counter, rules, registrar })
    }

    /// Opens the mediation: what the consumer wrote and what was officially answered is laid before the consumer, to be confirmed or corrected as any other
    /// summary. Nothing else of `left` comes along: no note, no word of the merchant to its agents, no reply address, no chain of mails.
    pub(super) async fn open(self, desk: &Desk, work: &mut Work, left: &Dispute, mail: Digest, now: Instant, dice: &mut Dice) -> Result<(), SettleError> {
        let Self { to, counter, rules, registrar } = self;
        let consumer = &left.consumer;
        let joining =
            |role: Role, person: &Registrar, dice: &mut Dice| Participant::joining(role, person.address.clone(), person.name.clone(), person.language, dice);
        let reference = mail::unused(work, dice).await?;
        let consumer = Participant::joining(Role::Consumer, consumer.address.clone(), consumer.name.clone(), consumer.language, dice);
        let new = Dispute::new(to, reference, counter.address.clone(), consumer, now);
        let operator = Some(joining(Role::Operator, registrar, dice));
        let dispute = Dispute { rules: rules.digest(), operator, recused: excluded(desk, left), complaint: carried(desk, left), linked: Some(left.id), ..new };
        let event = Event { actor: Actor::Person(Role::Consumer), act: Act::Escalate, cause: cause(&[b"escalated", mail.as_bytes()]) };
        let decision = workflow::begin(&rules, &desk.calendar, dispute, &event, now);
        let verdict = Verdict {
            workflow: &rules,
            event: &event,
            decision,
            masked: false,
            answers: true,
            patience: Patience::ENDLESS,
            spoken: None,
            author: write::Author::default(),
            note: "the consumer came from a customer service".to_owned(),
        };
        write::commit(desk, work, verdict, now).await.map(|_| ())
    }
}

/// Who never mediates the new dispute: whoever answered in the merchant's name, in this dispute or any other (DOMAIN §2.1, `mediator_conflicts`).
fn excluded(desk: &Desk, left: &Dispute) -> Vec<crate::domain::Address> {
    let agents = desk.client_at(&left.desk).map(|client| client.agents.as_slice()).unwrap_or_default();
    let mut excluded: Vec<_> = agents.iter().map(|agent| agent.address.clone()).collect();
    let agent = left.mediator.iter().map(|agent| &agent.address).chain(&left.recused);
    for address in agent {
        if !excluded.iter().any(|known| known.is_same(address)) {
            excluded.push(address.clone());
        }
    }
    excluded
}

/// What comes along: what the consumer wrote, and what was officially answered and offered.
fn carried(desk: &Desk, left: &Dispute) -> Statement {
    let mut complaint = left.complaint.clone();
    let language = left.consumer.language;
    if let Some(client) = desk.client_at(&left.desk) {
        complaint.facts.set(Fact::MerchantContact, client.merchant.address.as_str());
        let answered = answered_before(client.name(language), left, desk.calendar.zone(), language);
        if !answered.is_empty() {
            complaint.words = format!("{}\n\n{answered}", complaint.words.trim_end());
        }
    }
    complaint
}
