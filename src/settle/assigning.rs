//! Who mediates: where the registrar would be asked to name somebody, the service does it by rule, if it may and somebody is free (DOMAIN §2.3, row 30; §7.3).

use super::{Desk, Registrar, SettleError};
use crate::domain::{Act, Actor, Address, Availability, Decision, Dice, Digest, Dispute, Effect, Event, Instant, Judgement, Participant, Role};
use crate::store::Work;
use crate::workflow::{self, Offered, Weighed, Workflow};

/// The letter that asks the registrar to name a mediator.
const ASKS: &str = "assignment";
/// The letter that says that the service found nobody.
const NOBODY: &str = "nobody-free";

/// Which cases the mediators can be given, and whether the service names them.
#[derive(Debug, Clone, Default)]
pub struct Bench {
    /// Whether it does; else the registrar.
    pub by_rule: bool,
    /// What is known of each; whoever has no line is known by the language of the letters alone.
    pub known: Vec<(Address, Availability)>,
}

impl Bench {
    /// What is known of `person`.
    pub fn of(&self, person: &Registrar) -> Availability {
        let known = self.known.iter().find(|(address, _)| address.is_same(&person.address));
        known.map_or_else(|| Availability::speaking(person.language), |(_, availability)| availability.clone())
    }
}

impl Desk {
    /// The mediators with what is known of them and what they have to do, in the order of the configuration.
    pub async fn mediators_at_work(&self, work: &mut Work) -> Result<Vec<Offered<'_>>, SettleError> {
        let mut all = Vec::new();
        for person in &self.mediators {
            let open = work.missions_open(&person.address).await?;
            all.push(Offered { address: &person.address, availability: self.bench.of(person), open });
        }
        Ok(all)
    }
}

/// Names a mediator in `decision` instead of asking the registrar to. A note for the journal.
pub(super) async fn assign(
    desk: &Desk,
    work: &mut Work,
    workflow: &Workflow,
    event: &Event,
    decision: &mut Decision,
    now: Instant,
) -> Result<String, SettleError> {
    let asks = |effect: &Effect| matches!(effect, Effect::Send { to: Role::Operator, letter, .. } if letter == ASKS);
    let dispute = &decision.dispute;
    let asked = decision.judgement != Judgement::NoRule && decision.effects.iter().any(asks);
    if !desk.bench.by_rule || !asked || dispute.mediator.is_some() || dispute.frozen.is_some() {
        return Ok(String::new());
    }
    let offered = desk.mediators_at_work(work).await?;
    let best = workflow::weighed(dispute, &offered, desk.calendar.zone().day_of(now)).into_iter().next().filter(|best| best.unfit.is_none());
    let Some(best) = best else {
        for effect in &mut decision.effects {
            if asks(effect) {
                *effect = Effect::send(Role::Operator, NOBODY);
            }
        }
        return Ok("; no mediator is free for it".to_owned());
    };
    let Some(named) = named(desk, workflow, dispute, event.cause, best, now) else { return Ok(String::new()) };
    decision.effects.retain(|effect| !asks(effect));
    decision.effects.extend(named.effects);
    decision.steps.extend(named.steps);
    decision.dispute = Dispute { version: decision.dispute.version, ..named.dispute };
    Ok(format!("; the service names a mediator with {} open missions, who mediates in the languages of {} sides", best.open, best.speaks))
}

/// What follows from naming whoever was weighed as `best`; `None` where the rules of the dispute let nobody but the registrar do it.
fn named(desk: &Desk, workflow: &Workflow, dispute: &Dispute, cause: Digest, best: Weighed, now: Instant) -> Option<Decision> {
    let person = desk.mediators.get(best.place)?;
    // Nobody can guess the tokens, and the same mail settled again makes the same ones.
    let seed = desk.codes.for_purpose("mediator-seat").mac(&[&dispute.id.bytes()[..], cause.as_bytes()].concat());
    let mut dice = Dice::from_seed(*seed.as_bytes());
    let mediator = Participant::joining(Role::Mediator, person.address.clone(), person.name.clone(), person.language, &mut dice);
    let event = Event { actor: Actor::Service, act: Act::Assign(mediator), cause };
    let decision = workflow::decide(workflow, &desk.calendar, dispute, &event, now);
    (decision.judgement != Judgement::NoRule).then_some(decision)
}
