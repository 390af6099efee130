//! The people of a played dispute: who says what, how often, and after how long.
//!
//! What can be said in a state is what its rules speak of; here stands only how it is said. A new word of workflows is reached by
//! one line in [`HABITS`], and the test below says which line is missing.

use crate::domain::{
    Act, Actor, Address, Channel, Day, Dice, Digest, Dispute, DisputeId, Given, Instant, Language, Mandate, NotAnAddress, Obligation, Outsourced, Participant,
    Party, Reference, RejectReason, Role, Statement, Tabled, Terms, Track,
};
use crate::workflow::Workflow;
use std::collections::BTreeSet;

/// How a word is said.
struct Habit {
    /// The word.
    says: &'static str,
    /// How often, beside the other words that the same person could say in the same state.
    weight: u64,
    /// Exactly what.
    act: fn(&mut Scene) -> Act,
}

/// Where a dispute stands, and what was heard in all of them.
#[derive(Clone, Copy)]
pub(super) struct Game<'a> {
    pub workflow: &'a Workflow,
    pub dispute: &'a Dispute,
    /// The rules that have spoken.
    pub spoken: &'a BTreeSet<String>,
}

/// What a person sees when speaking.
struct Scene<'a> {
    cast: &'a Cast,
    workflow: &'a Workflow,
    dispute: &'a Dispute,
    /// Who speaks.
    speaker: Actor,
    dice: &'a mut Dice,
}

const HABITS: [Habit; 45] = [
    // A dispute begins with it.
    Habit { says: "complaint", weight: 0, act: |_| Act::Complaint(Statement::default()) },
    Habit { says: "supply", weight: 30, act: |scene| Act::Supply(scene.statement()) },
    Habit { says: "confirm", weight: 60, act: |scene| Act::Confirm(scene.dispute.draft_request().digest()) },
    Habit { says: "ask-withdraw", weight: 2, act: |_| Act::AskWithdraw },
    Habit { says: "withdraw", weight: 1, act: |_| Act::Withdraw },
    Habit { says: "resolved", weight: 1, act: |_| Act::Resolved },
    Habit { says: "interrupt", weight: 3, act: |_| Act::Interrupt },
    Habit { says: "resume", weight: 40, act: |_| Act::Resume },
    Habit { says: "end", weight: 1, act: |_| Act::End },
    Habit { says: "ask-human", weight: 3, act: |_| Act::AskHuman },
    Habit { says: "grant-request", weight: 40, act: |scene| Act::GrantRequest(scene.request()) },
    Habit { says: "refuse", weight: 15, act: |_| Act::Refuse },
    Habit { says: "ask-time", weight: 15, act: |_| Act::AskTime },
    Habit { says: "offer", weight: 8, act: |_| Act::Offer },
    Habit { says: "accept-mediation", weight: 25, act: |scene| scene.wishes() },
    Habit { says: "not-concerned", weight: 3, act: |_| Act::NotConcerned },
    Habit { says: "performed", weight: 40, act: |scene| Act::Performed(scene.agreed()) },
    Habit { says: "not-performed", weight: 60, act: |scene| Act::NotPerformed(scene.agreed()) },
    Habit { says: "contest", weight: 300, act: |scene| Act::Contest(scene.agreed()) },
    Habit { says: "renegotiate", weight: 300, act: |scene| Act::Renegotiate(scene.agreed()) },
    Habit { says: "admit", weight: 60, act: |scene| Act::Admit(scene.merchant()) },
    Habit { says: "reject", weight: 8, act: |_| Act::Reject(RejectReason::Scope) },
    Habit { says: "close", weight: 40, act: |_| Act::Close },
    Habit { says: "words", weight: 5, act: |_| Act::Words },
    Habit { says: "consumer-bounced", weight: 1, act: |_| Act::Bounced(Role::Consumer) },
    Habit { says: "merchant-bounced", weight: 4, act: |_| Act::Bounced(Role::Merchant) },
    Habit { says: "staff-bounced", weight: 1, act: |_| Act::Bounced(Role::Operator) },
    Habit { says: "assign", weight: 60, act: |scene| Act::Assign(scene.cast.mediator.clone()) },
    Habit { says: "take-mission", weight: 60, act: |_| Act::TakeMission },
    Habit { says: "decline-mission", weight: 5, act: |_| Act::DeclineMission },
    Habit { says: "recuse", weight: 1, act: |_| Act::Recuse },
    Habit { says: "extend", weight: 2, act: |_| Act::Extend(30) },
    Habit { says: "stop", weight: 1, act: |_| Act::Stop },
    Habit { says: "draft", weight: 45, act: |_| Act::Draft(Scene::terms()) },
    Habit { says: "propose", weight: 60, act: |scene| Act::Propose(scene.drafted()) },
    Habit { says: "accept-terms", weight: 40, act: |scene| Act::AcceptTerms(scene.proposed()) },
    Habit { says: "decline-terms", weight: 20, act: |scene| Act::DeclineTerms(scene.proposed()) },
    Habit { says: "retract-terms", weight: 2, act: |scene| Act::RetractTerms(scene.proposed()) },
    Habit { says: "asked-consumer", weight: 30, act: |_| Act::Spoke(Channel::ConsumerPrivate) },
    Habit { says: "asked-merchant", weight: 30, act: |_| Act::Spoke(Channel::MerchantPrivate) },
    Habit { says: "deadlock", weight: 10, act: |_| Act::Deadlock },
    Habit { says: "escalate", weight: 20, act: |_| Act::Escalate },
    Habit { says: "court-seized", weight: 1, act: |_| Act::CourtSeized },
    Habit { says: "park", weight: 6, act: |_| Act::Park },
    Habit { says: "reroute", weight: 2, act: |_| Act::Reroute },
];

const HOUR: i64 = 3_600;

/// How many hours pass on average before a party writes: who answers at once, who takes days, who nearly never does.
const PACES: [u64; 6] = [6, 30, 72, 150, 400, 4_000];

/// How many hours the staff takes on average; one in four is away.
const STAFF: [u64; 4] = [20, 40, 60, 800];

/// How many hours pass on average before a letter comes back: mostly none does.
const BOUNCES: [u64; 8] = [48, 400, 3_000, 20_000, 20_000, 20_000, 20_000, 20_000];

/// Who takes part in every dispute.
pub(super) struct Cast {
    consumer: Participant,
    merchant: Participant,
    operator: Participant,
    mediator: Participant,
    desk: Address,
}

/// How many hours each of those who speak takes on average, in one dispute, and whether they like to say what nobody has said yet.
pub(super) struct Paces {
    hours: [(Actor, u64); 5],
    curious: bool,
}

/// In one of so many disputes people are curious.
const CURIOUS: u64 = 2;

impl Cast {
    /// Everybody, at addresses that lead nowhere.
    pub fn gathered(dice: &mut Dice) -> Result<Self, NotAnAddress> {
        let desk = Address::parse("desk@played.example")?;
        let mut person = |role: Role| -> Result<Participant, NotAnAddress> {
            let address = Address::parse(&format!("{}@played.example", role.name()))?;
            Ok(Participant::joining(role, address, None, Language::Fr, dice))
        };
        Ok(Self {
            consumer: person(Role::Consumer)?,
            merchant: person(Role::Merchant)?,
            operator: person(Role::Operator)?,
            mediator: person(Role::Mediator)?,
            desk,
        })
    }

    /// A dispute that has not begun.
    pub fn dispute(&self, workflow: &Workflow, opened: Instant, dice: &mut Dice) -> Dispute {
        let (id, reference) = (DisputeId::new(dice.roll()), Reference::fresh(dice));
        let new = Dispute::new(id, reference, self.desk.clone(), self.consumer.clone(), opened);
        let new = Dispute { rules: workflow.digest(), ..new };
        if workflow.track() == Track::Mediation {
            return Dispute { operator: Some(self.operator.clone()), ..new };
        }
        // A customer service has an agent and the merchant from the beginning, and nobody who screens.
        let mission = Some(Given { on: workflow.digest(), at: opened, evidence: workflow.digest() });
        let service = Some(Outsourced::new(Mandate::default()));
        Dispute { merchant: Some(self.merchant.clone()), mediator: Some(self.mediator.clone()), mission, service, ..new }
    }

    /// Who speaks next, when, and what is said; `None` if nobody has anything to say in this state.
    pub fn next(&self, paces: &Paces, game: Game<'_>, now: Instant, dice: &mut Dice) -> Option<(Instant, Actor, Act)> {
        let Game { workflow, dispute, spoken: heard } = game;
        let can_speak = |voices: &[(Actor, &'static str)], actor: Actor| {
            let is_there = match actor {
                Actor::Person(role) => dispute.participant(role).is_some(),
                _ => true,
            };
            is_there && spoken(voices, actor).any(|(_, weight)| weight > 0)
        };
        let mut voices = workflow.voices(&dispute.state, &BTreeSet::new());
        if paces.curious && dice.below(2) == 0 {
            let new = workflow.voices(&dispute.state, heard);
            if paces.hours.iter().any(|(actor, _)| can_speak(&new, *actor)) {
                voices = new;
            }
        }
        let mut next: Option<(u64, Actor)> = None;
        for (actor, hours) in paces.hours {
            let after = waits(hours, dice);
            if next.is_none_or(|(soonest, _)| after < soonest) && can_speak(&voices, actor) {
                next = Some((after, actor));
            }
        }
        let (after, actor) = next?;
        let total: u64 = spoken(&voices, actor).map(|(_, weight)| weight).sum();
        let mut drawn = dice.below(total);
        let (habit, _) = spoken(&voices, actor).find(|(_, weight)| {
            let is_it = drawn < *weight;
            drawn = drawn.saturating_sub(*weight);
            is_it
        })?;
        let act = (habit.act)(&mut Scene { cast: self, workflow, dispute, speaker: actor, dice });
        Some((now.plus_seconds(i64::try_from(after).unwrap_or(i64::MAX)), actor, act))
    }
}

impl Paces {
    /// How quick everybody is in one dispute.
    pub fn drawn(dice: &mut Dice) -> Self {
        let mut one_of = |paces: &[u64]| {
            let at = usize::try_from(dice.below(paces.len() as u64)).unwrap_or(0);
            paces.get(at).copied().unwrap_or(1)
        };
        let hours = [
            (Actor::Person(Role::Consumer), one_of(&PACES)),
            (Actor::Person(Role::Merchant), one_of(&PACES)),
            (Actor::Person(Role::Operator), one_of(&STAFF)),
            (Actor::Person(Role::Mediator), one_of(&STAFF)),
            (Actor::MailSystem, one_of(&BOUNCES)),
        ];
        Self { hours, curious: dice.below(CURIOUS) == 0 }
    }
}

impl Scene<'_> {
    /// What a consumer tells: everything that is needed, or nothing.
    fn statement(&mut self) -> Statement {
        let mut statement = Statement { words: "x".to_owned(), ..Statement::default() };
        if self.dice.below(3) > 0 {
            self.workflow.needs(None).iter().for_each(|fact| statement.facts.set(*fact, "1"));
        }
        statement
    }

    /// What was confirmed, and agreed if it was.
    fn request(&self) -> Digest {
        self.dispute.consent.confirmed_request().unwrap_or(&self.dispute.draft_request()).digest()
    }

    /// What was agreed, or what was confirmed where nothing was.
    fn agreed(&self) -> Digest {
        self.dispute.consent.agreement().map_or_else(|| self.request(), |agreement| agreement.digest)
    }

    /// Any terms.
    fn terms() -> Terms {
        let due = Day::new(2027, 1, 15);
        let one = due.map(|due| Obligation { debtor: Party::Merchant, what: "x".to_owned(), amount: None, due, remedy: None, supplied: false });
        Terms::new(one.into_iter().collect()).unwrap_or_default()
    }

    /// The digest of the speaker's draft.
    fn drafted(&self) -> Digest {
        let draft = match self.speaker {
            Actor::Person(role) => self.dispute.consent.draft_digest(role),
            Actor::Clock | Actor::MailSystem | Actor::Service => None,
        };
        draft.unwrap_or_else(|| self.request())
    }

    /// The digest of the open proposal.
    fn proposed(&self) -> Digest {
        self.dispute.consent.open_proposal().map_or_else(|| self.request(), Tabled::digest)
    }

    /// A seller asks for a mediator, one in ten without the code that accepts the charter.
    fn wishes(&mut self) -> Act {
        if self.dice.below(10) == 0 { Act::AcceptMediation } else { Act::JoinMediation(self.request()) }
    }

    /// The address that the registrar found, if one was.
    fn merchant(&mut self) -> Option<Participant> {
        (self.dice.below(8) > 0).then(|| self.cast.merchant.clone())
    }
}

/// The first complaint of a dispute; one mediation in twenty comes from a merchant's customer service, and its complaint with it.
pub(super) fn complaint(cast: &Cast, workflow: &Workflow, dispute: &mut Dispute, dice: &mut Dice) -> Act {
    let statement = Scene { cast, workflow, dispute, speaker: Actor::Person(Role::Consumer), dice }.statement();
    if workflow.track() == Track::Service || dice.below(20) > 0 {
        return Act::Complaint(statement);
    }
    dispute.linked = Some(DisputeId::new(dice.roll()));
    dispute.complaint = statement;
    Act::Escalate
}

/// The habits that `actor` has where `voices` are heard, and the weight of each. A word that several rules speak of is no likelier for that.
fn spoken(voices: &[(Actor, &'static str)], actor: Actor) -> impl Iterator<Item = (&'static Habit, u64)> {
    let is_heard = move |says: &str| voices.iter().any(|(from, heard)| *from == actor && *heard == says);
    HABITS.iter().filter(move |habit| is_heard(habit.says)).map(|habit| (habit, habit.weight))
}

/// So many seconds that they are `hours` on average, and never less than an hour.
fn waits(hours: u64, dice: &mut Dice) -> u64 {
    let most = hours.saturating_mul(2 * HOUR.unsigned_abs());
    dice.below(most).max(HOUR.unsigned_abs())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_that_a_person_or_a_mail_system_can_say_has_its_habit() {
        let programs = ["remind", "due", "term-remind", "term-over", "entered"];
        for says in Act::NAMES.iter().filter(|says| !programs.contains(says)) {
            assert_eq!(HABITS.iter().filter(|habit| habit.says == *says).count(), 1, "src/story/simulation/people.rs needs one line for \"{says}\"");
        }
    }

    #[test]
    fn every_habit_says_its_own_word() {
        let mut dice = Dice::from_seed([1; 32]);
        let cast = Cast::gathered(&mut dice).unwrap();
        let text = include_str!("../../../config/workflows/mediation.toml");
        let workflow = Workflow::parse("mediation.toml", text, &std::collections::BTreeSet::new()).unwrap();
        let dispute = cast.dispute(&workflow, Instant::from_micros(0), &mut dice);
        for habit in &HABITS {
            let act = (habit.act)(&mut Scene { cast: &cast, workflow: &workflow, dispute: &dispute, speaker: Actor::Clock, dice: &mut dice });
            assert_eq!(act.said(), habit.says);
        }
    }
}
