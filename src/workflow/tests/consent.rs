//! Who agreed to what, counted anew from what was said: the measure of I3.

use super::*;

/// What stands between the parties, as everything that was said in a history leaves it.
#[derive(Default)]
struct Counted {
    confirmed: Option<Digest>,
    /// The proposal that is open, and who accepted it.
    open: Option<(Digest, Vec<Party>)>,
    agreed: Option<Digest>,
    /// Who wishes to go back to the exchange, and from which agreement.
    again: Vec<(Party, Digest)>,
}

impl Counted {
    fn accept(&mut self, party: Party, on: Digest) {
        let Some((open, accepted)) = self.open.as_mut().filter(|(open, _)| *open == on) else { return };
        accepted.retain(|other| *other != party);
        accepted.push(party);
        if accepted.len() == 2 {
            self.agreed = Some(*open);
        }
    }

    /// Counts what a person said.
    fn hear(&mut self, role: Role, act: &Act) {
        if let Some(agreed) = self.agreed {
            if let (Act::Renegotiate(on), Some(party)) = (act, role.party().filter(|_| *act == Act::Renegotiate(agreed))) {
                self.again.retain(|(other, wished)| *other != party && wished == on);
                self.again.push((party, *on));
                if self.again.len() == 2 {
                    self.again = Vec::new();
                    self.agreed = None;
                }
            }
            return;
        }
        match (role, act) {
            (Role::Consumer, Act::Confirm(on)) => self.confirmed = Some(*on),
            (Role::Merchant, Act::GrantRequest(on)) if self.confirmed == Some(*on) => self.agreed = Some(*on),
            (_, Act::Propose(on)) => self.open = Some((*on, role.party().into_iter().collect())),
            (_, Act::DeclineTerms(_)) => self.open = None,
            (_, Act::Reroute) => *self = Self::default(),
            (_, Act::AcceptTerms(on)) => {
                if let Some(party) = role.party() {
                    self.accept(party, *on);
                }
            }
            (_, Act::RetractTerms(on)) => {
                if let (Some(party), Some((_, accepted))) = (role.party(), self.open.as_mut().filter(|(open, _)| open == on)) {
                    accepted.retain(|other| *other != party);
                }
            }
            _ => {}
        }
    }
}

/// I3: there is an agreement, and its state, exactly where both sides said yes to the same thing and neither took it back.
pub(super) fn agreed_alone(told: &Told) -> Option<String> {
    let mut counted = Counted::default();
    told.past.iter().enumerate().find_map(|(at, one)| {
        let after = &one.decision.dispute;
        if let Actor::Person(role) = one.event.actor
            && one.decision.judgement != Judgement::NoRule
        {
            counted.hear(role, &one.event.act);
        }
        // What was closed meanwhile cannot be accepted any more.
        if after.consent.open_proposal().is_none() {
            counted.open = None;
        }
        let agreement = after.consent.agreement();
        let resting = after.suspended.as_ref().map_or(&after.state, |pause| &pause.state);
        let inside = told.workflow.phase(resting) == Some("agreement");
        let broken = told.workflow.state(resting).is_some_and(super::super::machine::State::is_final_position);
        let wrong = match &agreement {
            found if found.as_ref().map(|found| found.digest) != counted.agreed => Some("an agreement is not what both said yes to"),
            Some(found) if found.consumer.on != found.digest || found.merchant.on != found.digest => Some("a yes was to something else"),
            found if !after.is_closed() && inside != found.is_some() && !(found.is_some() && broken) => Some("an agreement is not in its state"),
            _ => moved(one).then_some("somebody answered for somebody else, or what was closed was answered"),
        };
        wrong.map(|wrong| format!("{wrong}: number {at}, {} {} in \"{}\"", one.event.actor.name(), one.event.act.name(), after.state))
    })
}

/// Whether an answer to a proposal changed that was not its author's to change.
fn moved(one: &Happened) -> bool {
    let speaker = one.event.actor.person().and_then(Role::party);
    let pairs = one.before.consent.proposals().iter().zip(one.decision.dispute.consent.proposals());
    pairs.into_iter().any(|(old, new)| {
        let foreign = [Party::Consumer, Party::Merchant].into_iter().filter(|party| Some(*party) != speaker);
        foreign.into_iter().any(|party| old.accepted(party) != new.accepted(party)) || !old.is_open() && old != new
    })
}
