//! Disputes that are played and never written down: the rules and the clock are real, the people are drawn at random, and nothing
//! is stored or sent. It shows what a workflow does to many before it is done to anybody.

mod people;

use crate::domain::{Actor, Decision, Dice, Digest, Dispute, Effect, Event, Instant, Judgement, NotAnAddress, Outcome, Role, Settled};
use crate::workflow::{Calendar, Workflow, begin, decide, rings};
use people::{Cast, Game, Paces, complaint};
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};

/// After so many days a dispute is not followed further.
const HORIZON: i64 = 1_095;

/// No dispute is followed for more steps: everything stays linear in the number of disputes.
const MOST_STEPS: usize = 2_000;

const DAY: i64 = 86_400;

/// What came of all disputes together.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Simulated {
    /// Name of the workflow.
    pub workflow: String,
    /// How many were played.
    pub disputes: u32,
    /// What chance began with.
    pub seed: u64,
    /// How many ended in each way, by its name.
    pub outcomes: BTreeMap<&'static str, u32>,
    /// In how many both sides agreed, by how they came to it; whatever became of the agreement (DOMAIN §2.7).
    pub settled: BTreeMap<&'static str, u32>,
    /// How many were open at the end.
    pub open: u32,
    /// When the end was, in days after each began.
    pub horizon_days: i64,
    /// How long those took that ended.
    pub days: Option<Days>,
    /// Letters by name and recipient.
    pub letters: Vec<Sent>,
    /// Names of the rules that never spoke, in the order of the file.
    pub unspoken: Vec<String>,
}

/// How long disputes took, in whole days.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Days {
    /// Half of them took no longer.
    pub median: i64,
    /// No one took longer.
    pub longest: i64,
}

/// How often a letter went to somebody.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Sent {
    /// Its name.
    pub letter: String,
    /// To whom.
    pub to: Role,
    /// How often.
    pub count: u64,
}

/// Plays `disputes` disputes under the rules of `workflow`; the same `seed` plays the same ones.
///
/// # Errors
/// The invented addresses are none: a mistake of the program.
pub fn simulate(workflow: &Workflow, calendar: &Calendar, disputes: u32, seed: u64) -> Result<Simulated, NotAnAddress> {
    let mut bytes = [0; 32];
    bytes.iter_mut().zip(seed.to_be_bytes()).for_each(|(byte, seed)| *byte = seed);
    let mut dice = Dice::from_seed(bytes);
    let cast = Cast::gathered(&mut dice)?;
    // Two years before the list of holidays ends: most disputes meet its holidays.
    let first = calendar.zone().at(calendar.ends().plus(-2 * 365), 0, 0);
    let mut tally = Tally::default();
    for _ in 0..disputes {
        let opened = first.plus_seconds(i64::try_from(dice.below(365 * DAY.unsigned_abs())).unwrap_or(0));
        Played { workflow, calendar, cast: &cast, tally: &mut tally, now: opened }.run(opened, &mut dice);
    }
    Ok(tally.simulated(workflow, disputes, seed))
}

/// One dispute and the time in it.
struct Played<'a> {
    workflow: &'a Workflow,
    calendar: &'a Calendar,
    cast: &'a Cast,
    tally: &'a mut Tally,
    now: Instant,
}

impl Played<'_> {
    fn run(&mut self, opened: Instant, dice: &mut Dice) {
        let paces = Paces::drawn(dice);
        let mut blank = self.cast.dispute(self.workflow, opened, dice);
        let act = complaint(self.cast, self.workflow, &mut blank, dice);
        let first = Event { actor: Actor::Person(Role::Consumer), act, cause: cause() };
        let begun = begin(self.workflow, self.calendar, blank, &first, opened);
        let mut dispute = self.count(begun);
        let horizon = opened.plus_seconds(HORIZON * DAY);
        for _ in 0..MOST_STEPS {
            let Some(wakes) = dispute.wakes() else { break };
            let spoken = self
                .cast
                .next(&paces, Game { workflow: self.workflow, dispute: &dispute, spoken: &self.tally.spoken }, self.now, dice)
                .filter(|(at, ..)| *at < wakes);
            self.now = spoken.as_ref().map_or(wakes, |(at, ..)| *at).max(self.now);
            let said = spoken.map(|(_, actor, act)| (actor, act));
            let Some((actor, act)) = said.or_else(|| rings(&dispute, self.now).map(|act| (Actor::Clock, act))) else { break };
            if self.now > horizon {
                break;
            }
            let decision = decide(self.workflow, self.calendar, &dispute, &Event { actor, act, cause: cause() }, self.now);
            // What no rule speaks of changes nothing; somebody else, or the clock, goes on.
            if decision.judgement != Judgement::NoRule {
                dispute = self.count(decision);
            }
        }
        let ended = dispute.outcome.map(|outcome| (outcome, dispute.entered.seconds_since(opened).div_euclid(DAY)));
        self.tally.end(ended, dispute.settled());
    }

    /// Counts what follows, and gives the dispute after it.
    fn count(&mut self, decision: Decision) -> Dispute {
        for Effect::Send { to, letter, .. } in decision.effects {
            let count = self.tally.letters.entry((letter, to)).or_default();
            *count = count.saturating_add(1);
        }
        self.tally.spoken.extend(decision.steps.into_iter().map(|step| step.rule));
        decision.dispute
    }
}

/// What was counted so far.
#[derive(Default)]
struct Tally {
    outcomes: BTreeMap<&'static str, u32>,
    settled: BTreeMap<&'static str, u32>,
    open: u32,
    days: Vec<i64>,
    letters: BTreeMap<(String, Role), u64>,
    spoken: BTreeSet<String>,
}

impl Tally {
    /// Counts a dispute that ended so, after so many days, or did not; and how both sides agreed in it, if they did.
    fn end(&mut self, ended: Option<(Outcome, i64)>, settled: Option<Settled>) {
        if let Some(settled) = settled {
            let count = self.settled.entry(settled.name()).or_default();
            *count = count.saturating_add(1);
        }
        match ended {
            Some((outcome, days)) => {
                let count = self.outcomes.entry(outcome.name()).or_default();
                *count = count.saturating_add(1);
                self.days.push(days);
            }
            None => self.open = self.open.saturating_add(1),
        }
    }

    fn simulated(mut self, workflow: &Workflow, disputes: u32, seed: u64) -> Simulated {
        self.days.sort_unstable();
        let middle = self.days.len().saturating_sub(1) / 2;
        let days = self.days.get(middle).zip(self.days.last()).map(|(median, longest)| Days { median: *median, longest: *longest });
        Simulated {
            workflow: workflow.name().to_owned(),
            disputes,
            seed,
            outcomes: self.outcomes,
            settled: self.settled,
            open: self.open,
            horizon_days: HORIZON,
            days,
            letters: self.letters.into_iter().map(|((letter, to), count)| Sent { letter, to, count }).collect(),
            unspoken: workflow.rules().into_iter().filter(|rule| !self.spoken.contains(rule)).collect(),
        }
    }
}

/// Nothing played has a mail that it came from.
fn cause() -> Digest {
    Digest::of(b"played")
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    fn played(text: &str, disputes: u32, seed: u64) -> Simulated {
        let calendar = Calendar::parse("calendar.toml", include_str!("../../../config/calendar.toml")).unwrap();
        let workflow = Workflow::parse("mediation.toml", text, &BTreeSet::new()).unwrap();
        simulate(&workflow, &calendar, disputes, seed).unwrap()
    }

    const MEDIATION: &str = include_str!("../../../config/workflows/mediation.toml");

    #[test]
    fn the_same_seed_plays_the_same_disputes_and_every_one_is_counted() {
        let first = played(MEDIATION, 300, 4);
        assert_eq!(first, played(MEDIATION, 300, 4));
        assert_ne!(first.outcomes, played(MEDIATION, 300, 5).outcomes);
        assert_eq!(first.outcomes.values().sum::<u32>() + first.open, 300);
        let days = first.days.unwrap();
        assert!(0 < days.median && days.median < days.longest && days.longest <= HORIZON, "{days:?}");
        let told = first.letters.iter().find(|sent| sent.letter == "acknowledgement").unwrap();
        assert_eq!((told.to, told.count >= 200), (Role::Consumer, true));
    }

    /// The rules that stay silent in the disputes of the test, each with the reason.
    const SILENT: [(&str, &str); 3] = [
        ("invited#5", "a letter to the merchant came back during a pause, and the merchant did not answer after it"),
        ("silent#4", "a letter to the merchant came back during a pause, once the registrar was asked whether the merchant is silent"),
        ("any#16", "the service names mediators only where service.toml lets it; else the registrar does"),
    ];

    #[test]
    fn nearly_every_rule_of_the_house_speaks_and_one_that_cannot_is_named() {
        let all = played(MEDIATION, 8_000, 1);
        assert_eq!(all.unspoken, SILENT.map(|(rule, _)| rule), "what is silent without a reason, or has a reason and speaks");
        assert_eq!(all.settled.keys().copied().collect::<Vec<_>>(), ["SETTLED_GRANTED", "SETTLED_MEDIATED", "SETTLED_OFFER"]);
        let performed: u32 = all.outcomes.iter().filter(|(outcome, _)| outcome.starts_with("SETTLED_PERFORMED")).map(|(_, count)| count).sum();
        assert!(all.settled.values().sum::<u32>() >= performed, "{:?} {:?}", all.settled, all.outcomes);
        assert!(all.outcomes.len() >= 10, "{:?}", all.outcomes);
        let unheard = format!("{MEDIATION}\n[[any.when]]\nfrom = \"mediator\"\nsays = \"words\"\n");
        assert!(played(&unheard, 1, 1).unspoken.last().is_some_and(|rule| rule.starts_with("any#")));
        assert_eq!(played(MEDIATION, 0, 1).days, None);
    }
}
