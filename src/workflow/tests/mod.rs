//! Disputes told in steps, and what must hold of every course of events (DOMAIN §2.4).

mod anything;
mod assigning;
mod breaches;
mod consent;
mod cooling;
mod course;
mod desk;
mod disclosure;
mod forged;
mod invariants;
mod morning;
mod points;
mod properties;
mod silence;

use super::*;
use crate::domain::{
    Act, Actor, Address, Channel, Cooling, Day, Decision, Dice, Digest, Dispute, DisputeId, Effect, Event, Fact, Given, Instant, Judgement, Language, Mandate,
    Obligation, Outsourced, Participant, Party, Reference, Role, Statement, Terms,
};
use std::collections::BTreeSet;
use std::sync::LazyLock;

const SERVICE: &str = include_str!("../../../config/workflows/customer-service.toml");
const MEDIATION: &str = include_str!("../../../config/workflows/mediation.toml");

static WORKFLOW: LazyLock<Workflow> = LazyLock::new(|| parse(MEDIATION).unwrap_or_else(|faults| panic!("{}", told(&faults))));
static CUSTOMER_SERVICE: LazyLock<Workflow> =
    LazyLock::new(|| Workflow::parse("customer-service.toml", SERVICE, &sent_by(SERVICE)).unwrap_or_else(|faults| panic!("{}", told(&faults))));
static CALENDAR: LazyLock<Calendar> = LazyLock::new(|| Calendar::parse("calendar.toml", include_str!("../../../config/calendar.toml")).unwrap());

fn letters() -> BTreeSet<String> {
    sent_by(MEDIATION)
}

fn sent_by(text: &str) -> BTreeSet<String> {
    let sends = text.lines().filter(|line| line.starts_with("send"));
    sends.flat_map(|line| line.split('"').skip(1).step_by(2).map(str::to_owned)).collect()
}

fn parse(text: &str) -> Result<Workflow, Vec<crate::domain::Fault>> {
    Workflow::parse("mediation.toml", text, &letters())
}

fn told(faults: &[crate::domain::Fault]) -> String {
    faults.iter().map(|fault| format!("{fault}\n")).collect()
}

fn at(text: &str) -> Instant {
    Instant::parse(text).unwrap()
}

fn person(role: Role, address: &str) -> Participant {
    Participant::joining(role, Address::parse(address).unwrap(), None, Language::Fr, &mut Dice::from_seed([role as u8; 32]))
}

fn blank() -> Dispute {
    let epoch = at("2026-11-23T10:00:00Z");
    let reference = Reference::fresh(&mut Dice::from_seed([1; 32]));
    let desk = Address::parse("mediation@elitige.example").unwrap();
    let new = Dispute::new(DisputeId::new([7; 16]), reference, desk, person(Role::Consumer, "leila@example.org"), epoch);
    Dispute { operator: Some(person(Role::Operator, "registrar@elitige.example")), ..new }
}

fn statement(words: &str, complete: bool) -> Statement {
    let mut statement = Statement { words: words.to_owned(), ..Statement::default() };
    if complete {
        for (fact, value) in
            [(Fact::ConsumerName, "Leïla B."), (Fact::Merchant, "Souk"), (Fact::OrderNo, "A-77"), (Fact::Amount, "450.00"), (Fact::Remedy, "REFUND")]
        {
            statement.facts.set(fact, value);
        }
    }
    statement
}

fn event(actor: Actor, act: Act) -> Event {
    Event { actor, act, cause: Digest::of(b"mail") }
}

fn by(role: Role, act: Act) -> Event {
    event(Actor::Person(role), act)
}

/// Something that happened, and what was decided.
#[derive(Debug, Clone)]
struct Happened {
    before: Dispute,
    event: Event,
    decision: Decision,
}

/// A dispute and the clock beside it, and all that happened in it.
struct Told<'w> {
    workflow: &'w Workflow,
    calendar: &'w Calendar,
    dispute: Dispute,
    now: Instant,
    past: Vec<Happened>,
    /// What would have followed from something that nobody said.
    tried: Vec<Happened>,
}

impl Told<'static> {
    fn opened() -> Self {
        Told::opened_by(&WORKFLOW, true)
    }

    fn invited() -> Self {
        let mut told = Self::opened();
        told.invite();
        assert_eq!(told.dispute.state, "invited");
        told
    }

    fn agreed() -> Self {
        let mut told = Self::invited();
        told.step(by(Role::Merchant, Act::GrantRequest(told.request())));
        assert_eq!(told.dispute.state, "performance");
        told
    }
}

impl Told<'static> {
    /// A mediator speaks with both sides.
    fn mediated() -> Self {
        let mut told = Self::invited();
        told.mediate();
        assert_eq!(told.dispute.state, "exchange");
        told
    }

    /// The mediator's proposal is open, and nobody answered it yet.
    fn proposed() -> Self {
        let mut told = Self::mediated();
        told.propose(Role::Mediator);
        assert_eq!(told.dispute.state, "proposal");
        told
    }

    /// The mediator asked both sides whether something may be passed on.
    fn asked() -> Self {
        let mut told = Self::mediated();
        for side in [Party::Consumer, Party::Merchant] {
            told.step(by(Role::Mediator, Act::AskShare(side, "mots".to_owned())));
        }
        told
    }

    /// Messages on the common channel wait for twelve hours.
    fn cooled() -> Self {
        let mut told = Self::mediated();
        told.step(by(Role::Consumer, Act::AgreeJoint));
        told.step(by(Role::Merchant, Act::AgreeJoint));
        told.step(by(Role::Mediator, Act::Cooling(Cooling::On(12))));
        assert_eq!(told.dispute.cooling.hours(), Some(12));
        told
    }

    /// The invitation came back while the dispute was paused.
    fn bounced() -> Self {
        let mut told = Self::invited();
        for event in [by(Role::Consumer, Act::Interrupt), event(Actor::MailSystem, Act::Bounced(Role::Merchant)), by(Role::Consumer, Act::Resume)] {
            told.step(event);
        }
        assert_eq!(told.dispute.state, "invited");
        told
    }

    /// The merchant was the wrong one, and nobody named another yet.
    fn rerouted() -> Self {
        let mut told = Self::invited();
        told.step(by(Role::Operator, Act::Reroute));
        assert_eq!(told.dispute.state, "incomplete");
        told
    }

    /// A merchant's customer service has the complaint; its merchant allows nothing in advance.
    fn served() -> Self {
        let agent = Some(person(Role::Mediator, "samir@relation-client.example"));
        let mission = Some(Given { on: Digest::of(b"agent"), at: at("2026-11-23T10:00:00Z"), evidence: Digest::of(b"mail") });
        let service = Some(Outsourced::new(Mandate::default()));
        let merchant = Some(person(Role::Merchant, "contact@souk.example"));
        let blank = Dispute { merchant, mediator: agent, mission, service, operator: None, ..blank() };
        Told::begun(&CUSTOMER_SERVICE, blank, true, at("2026-11-23T10:00:00Z"))
    }

    /// A mediation that a customer service's dispute became: whoever worked there never mediates it.
    fn escalated() -> Self {
        let recused = ["nadia@mediateurs.example", "samir@relation-client.example"].map(|agent| Address::parse(agent).unwrap());
        let blank = Dispute { recused: recused.to_vec(), linked: Some(DisputeId::new([9; 16])), ..blank() };
        let mut told = Told::begun(&WORKFLOW, blank, true, at("2026-11-23T10:00:00Z"));
        told.invite();
        told
    }

    /// The seller's proposal is open, and whoever was named as mediator has not taken the mission on.
    fn named() -> Self {
        let mut told = Self::invited();
        told.propose(Role::Merchant);
        told.step(by(Role::Operator, Act::Assign(person(Role::Mediator, "nadia@mediateurs.example"))));
        assert!(told.dispute.mediator.is_some() && !told.dispute.is_mediated());
        told
    }
}

impl<'w> Told<'w> {
    fn opened_by(workflow: &'w Workflow, complete: bool) -> Self {
        let now = at("2026-11-23T10:00:00Z");
        Told::begun(workflow, blank(), complete, now)
    }

    fn begun(workflow: &'w Workflow, blank: Dispute, complete: bool, now: Instant) -> Self {
        let event = by(Role::Consumer, Act::Complaint(statement("Rien reçu.", complete)));
        let decision = begin(workflow, &CALENDAR, blank.clone(), &event, now);
        let mut told = Told::of(workflow, decision.dispute.clone(), now);
        told.past.push(Happened { before: blank, event, decision });
        told
    }

    fn of(workflow: &'w Workflow, dispute: Dispute, now: Instant) -> Self {
        Told { workflow, calendar: &CALENDAR, dispute, now, past: Vec::new(), tried: Vec::new() }
    }

    /// What would follow; nothing happens yet.
    fn would(&self, event: &Event) -> Decision {
        decide(self.workflow, self.calendar, &self.dispute, event, self.now)
    }

    fn request(&self) -> Digest {
        self.dispute.consent.confirmed_request().map_or(Digest::of(b"none"), |request| request.digest())
    }

    /// The request is confirmed, and the merchant invited.
    fn invite(&mut self) {
        self.step(by(Role::Consumer, Act::Confirm(self.dispute.draft_request().digest())));
        self.step(by(Role::Operator, Act::Admit(Some(person(Role::Merchant, "contact@souk.example")))));
    }

    /// Both sides wish to be mediated, and a mediator takes the mission on.
    fn mediate(&mut self) {
        self.step(by(Role::Merchant, Act::JoinMediation(self.request())));
        self.step(by(Role::Operator, Act::Assign(person(Role::Mediator, "nadia@mediateurs.example"))));
        self.step(by(Role::Mediator, Act::TakeMission));
    }

    /// `role` proposes something.
    fn propose(&mut self, role: Role) {
        let due = Day::new(2026, 12, 20).unwrap();
        let terms =
            Terms::new(vec![Obligation { debtor: Party::Merchant, what: "rembourse".to_owned(), amount: None, due, remedy: None, supplied: false }]).unwrap();
        self.step(by(role, Act::Draft(terms)));
        let digest = self.dispute.consent.draft_digest(role).unwrap_or(Digest::of(b"none"));
        self.step(by(role, Act::Propose(digest)));
    }

    /// What was agreed; the request as long as nothing was.
    fn agreement(&self) -> Digest {
        self.dispute.consent.agreement().map_or_else(|| self.request(), |agreement| agreement.digest)
    }

    fn step(&mut self, event: Event) -> Decision {
        let decision = self.would(&event);
        let before = std::mem::replace(&mut self.dispute, decision.dispute.clone());
        self.past.push(Happened { before, event, decision: decision.clone() });
        decision
    }

    fn later(&mut self, days: i64) -> &mut Self {
        self.now = self.now.plus_seconds(days * 86_400);
        self
    }

    /// Notes what would follow if somebody left, paused, or took back or declined what is proposed.
    fn try_to_leave(&mut self) {
        let open = self.dispute.consent.open_proposal().map(|open| open.digest());
        let answers = open.into_iter().flat_map(|open| [Act::RetractTerms(open), Act::DeclineTerms(open)]);
        let acts: Vec<Act> = [Act::End, Act::Interrupt].into_iter().chain(answers).collect();
        for event in [Role::Consumer, Role::Merchant].into_iter().flat_map(|role| acts.iter().map(move |act| by(role, act.clone()))) {
            let decision = self.would(&event);
            self.tried.push(Happened { before: self.dispute.clone(), event, decision });
        }
    }

    /// Lets the clock say everything that it has to say, as the daemon does; the rules that spoke.
    fn ring(&mut self) -> Vec<String> {
        let mut spoken = Vec::new();
        while let Some(act) = rings(&self.dispute, self.now) {
            let decision = self.step(event(Actor::Clock, act));
            assert_ne!(decision.judgement, Judgement::NoRule, "a timer that changes nothing would ring for ever");
            spoken.extend(decision.steps.into_iter().map(|step| step.rule));
            assert!(spoken.len() < 10, "the clock moves on");
        }
        spoken
    }
}

fn sent(decision: &Decision) -> Vec<(Role, &str)> {
    decision.effects.iter().map(|Effect::Send { to, letter, .. }| (*to, letter.as_str())).collect()
}

fn terms(number: u8) -> Terms {
    let debtor = if number.is_multiple_of(2) { Party::Merchant } else { Party::Consumer };
    let due = Day::new(2026, 12, 15).unwrap().plus(i64::from(number));
    Terms::new(vec![Obligation {
        debtor,
        what: format!("fait {number}"),
        amount: Some(crate::domain::Money::dirhams(u64::from(number))),
        due,
        remedy: None,
        supplied: false,
    }])
    .unwrap()
}
