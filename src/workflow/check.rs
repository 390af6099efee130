//! Whether the machine as a whole is sound: nobody waits for ever, no clock agrees, no rule is written in vain.

use super::machine::{Rule, State, Then, Workflow};
use super::page::Page;
use super::wall::{enters, wall};
use super::words::{Condition, Ending, Phase, endings, word_for};
use super::worlds::{World, bit, holds, worlds};
use crate::domain::{Actor, Outcome, Role, Track};

/// Notes on `page` everything that is wrong with `workflow`.
pub(super) fn check(workflow: &Workflow, page: &Page) {
    let check = Check { workflow, page };
    for state in &workflow.states {
        for rule in &state.rules {
            check.rule(rule, Some(state));
        }
        check.waiting(state);
        check.silence(state);
        check.acceptances(state);
    }
    check.lasting();
    wall(workflow, page);
    for rule in &workflow.any {
        check.rule(rule, None);
    }
    check.freedom();
    check.beginning();
    check.reach();
    check.vain();
    check.circles();
}

struct Check<'a> {
    workflow: &'a Workflow,
    page: &'a Page<'a>,
}

impl Check<'_> {
    fn fault(&self, at: usize, sentence: String) {
        self.page.fault(Some(at), sentence);
    }

    fn is_service(&self) -> bool {
        self.workflow.track() == Track::Service
    }

    fn phase_of(&self, state: &str) -> Option<Phase> {
        self.workflow.state(state).map(|state| state.phase)
    }

    /// Every combination of the conditions that decide which rule speaks of an event in that state.
    fn worlds(&self, state: &State, from: Actor, says: &str) -> impl Iterator<Item = World> + use<> {
        self.worlds_with(state, from, says, 0)
    }

    /// The same, and each with and without `also`.
    fn worlds_with(&self, state: &State, from: Actor, says: &str, also: World) -> impl Iterator<Item = World> + use<> {
        let speaking = self.workflow.rules_in(state).filter(|rule| rule.from == from && rule.says == says);
        let asked = speaking.flat_map(|rule| rule.needs.iter().chain(&rule.unless));
        let relevant = asked.fold(also, |all, condition| all | bit(*condition));
        worlds(state.phase, relevant)
    }

    /// The rule that speaks of an event in that state and world.
    fn first<'s>(&'s self, state: &'s State, from: Actor, says: &str, world: World) -> Option<&'s Rule> {
        self.workflow.rules_in(state).find(|rule| rule.fits(from, says, |condition| holds(world, condition)))
    }

    /// What one rule may do; `state` is `None` for a rule of every state.
    fn rule(&self, rule: &Rule, state: Option<&State>) {
        let phase = state.map(|state| state.phase);
        match &rule.then {
            Then::Stay => self.grant_agrees(rule),
            Then::Renew | Then::Extend(_) => {
                self.grant_agrees(rule);
                self.prolongs(rule, state);
            }
            Then::Enter(target) => self.enters(rule, phase, target),
            Then::Back => self.goes_back(rule, phase),
            Then::Close(outcome) => self.closes(rule, phase, *outcome),
        }
    }

    /// A pause ends when somebody says so: no other word, and no clock, lets time run against people again (DOMAIN I5).
    fn goes_back(&self, rule: &Rule, phase: Option<Phase>) {
        if phase.map_or(!rule.needs.contains(&Condition::Paused), |phase| phase != Phase::Paused) {
            let sentence = format!("Rule {} goes back, and there is nothing to go back to; only a state with phase = \"paused\" can.", rule.name);
            self.fault(rule.at, sentence);
        } else if rule.says != "resume" {
            let sentence = format!("Rule {} ends a pause although nobody wished it; only says = \"resume\" goes back.", rule.name);
            self.fault(rule.at, sentence);
        }
    }

    fn grant_agrees(&self, rule: &Rule) {
        if rule.says == "grant-request" {
            let sentence = format!("Rule {} takes the merchant's grant without agreeing; it must lead to a state with phase = \"agreement\".", rule.name);
            self.fault(rule.at, sentence);
        } else if rule.agrees() {
            let sentence = format!("Rule {} takes the second acceptance without agreeing; it must lead to a state with phase = \"agreement\".", rule.name);
            self.fault(rule.at, sentence);
        }
    }

    /// Whoever accepts a proposal last makes the agreement, in every state in which it can be accepted.
    fn acceptances(&self, state: &State) {
        let agreeing = |then: &Then| matches!(then, Then::Enter(target) if self.phase_of(target) == Some(Phase::Agreement));
        // In a customer service the consumer accepts last: before the merchant did, the offer is told to nobody.
        let last: &[Role] = if self.is_service() { &[Role::Consumer] } else { &[Role::Consumer, Role::Merchant] };
        for role in last.iter().copied() {
            let accepted =
                self.worlds_with(state, Actor::Person(role), "accept-terms", bit(Condition::AllAccepted)).filter(|world| holds(*world, Condition::AllAccepted));
            let first = accepted.filter_map(|world| self.first(state, Actor::Person(role), "accept-terms", world)).find(|rule| !agreeing(&rule.then));
            if let Some(rule) = first {
                let remedy = "write before it a rule with if = [\"all-accepted\"] that leads to a state with phase = \"agreement\"";
                self.fault(rule.at, format!("Rule {} can hear the last acceptance of a proposal without agreeing; {remedy}.", rule.name));
            }
        }
    }

    /// A mediation ends when it has lasted as long as it may, wherever it stands.
    fn lasting(&self) {
        // The time of a customer service ends with its final position, from which the consumer can go on.
        let ends_term = |then: &Then| matches!(then, Then::Close(_)) || self.is_service() && matches!(then, Then::Enter(_));
        let ends = |state: &&State| {
            self.worlds(state, Actor::Clock, "term-over")
                .all(|world| self.first(state, Actor::Clock, "term-over", world).is_some_and(|rule| ends_term(&rule.then)))
        };
        let stuck: Vec<&State> = self.workflow.states.iter().filter(|state| !ends(state)).collect();
        if let (Some(_), Some(first)) = (&self.workflow.term, stuck.first()) {
            let remedy = "add to [any] a rule with from = \"clock\", says = \"term-over\" and then = \"closed\"";
            self.fault(first.at, format!("A mediation could last for ever in {}: [term] ends it, and no rule does; {remedy}.", names(&stuck)));
        }
        if self.workflow.term.is_none() {
            for rule in self.workflow.every_rule().filter(|rule| rule.says.starts_with("term-")) {
                self.fault(rule.at, format!("Rule {} never speaks: there is no [term]; add it, for example with lasts = \"90 days\".", rule.name));
            }
        }
    }

    fn prolongs(&self, rule: &Rule, state: Option<&State>) {
        if matches!(rule.then, Then::Extend(_)) && !rule.needs.contains(&Condition::NotExtended) {
            let sentence = format!("Rule {} would prolong the deadline again and again, and it is prolonged once; add if = [\"not-extended\"].", rule.name);
            self.fault(rule.at, sentence);
        }
        if let Some(state) = state.filter(|state| state.deadline.is_none()) {
            let sentence =
                format!("Rule {} prolongs the deadline of state \"{}\", which has none; add deadline = \"10 days\" to the state.", rule.name, state.name);
            self.fault(rule.at, sentence);
        }
    }

    /// An agreement is entered by the merchant's grant alone (DOMAIN I3, I4), and undone by nobody but both sides together.
    fn enters(&self, rule: &Rule, from: Option<Phase>, target: &str) {
        let Some(to) = self.phase_of(target) else { return };
        let name = &rule.name;
        if self.is_service() {
            return enters(self.workflow, self.page, rule, from, target);
        }
        let sentence = match (from, to) {
            (_, Phase::Agreement) if rule.says == "grant-request" || rule.agrees() => return,
            _ if rule.says == "grant-request" || rule.agrees() => return self.grant_agrees(rule),
            (Some(Phase::Agreement), Phase::Agreement) => return,
            (_, Phase::Agreement) if rule.from == Actor::Clock => {
                format!(
                    "Rule {name} lets a clock agree; silence is never consent, and only the merchant's grant-request or the last acceptance leads to \"{target}\"."
                )
            }
            (_, Phase::Agreement) => format!(
                "Rule {name} leads to the agreement \"{target}\", where only the merchant's grant-request leads, or accept-terms if = [\"all-accepted\"]."
            ),
            (_, Phase::Paused) if !matches!(rule.from, Actor::Person(_)) => {
                format!("Rule {name} lets the {} pause the dispute; only a person can, who then resumes it.", rule.from.name())
            }
            (_, Phase::Paused) => return,
            (Some(Phase::Agreement), Phase::Mediation) if rule.says == "renegotiate" && rule.needs.contains(&Condition::BothRenegotiate) => return,
            (Some(Phase::Agreement), _) => {
                format!("Rule {name} undoes an agreement by going to \"{target}\"; it can stay among states with phase = \"agreement\", pause or close.")
            }
            (None, _) => {
                format!("Rule {name} holds in every state and would undo an agreement by going to \"{target}\"; write it into the states that it is for.")
            }
            (Some(Phase::Paused), _) => format!("Rule {name} leaves a pause for \"{target}\"; a pause ends with then = \"back\" or \"closed\"."),
            (Some(Phase::Opening), Phase::Mediation) => {
                format!("Rule {name} mediates by going to \"{target}\" before the merchant was invited; only states with phase = \"invitation\" lead there.")
            }
            (Some(Phase::Opening), Phase::Invitation) if rule.says != "admit" => {
                format!("Rule {name} invites the merchant by going to \"{target}\"; only the operator's \"admit\" does.")
            }
            _ => return,
        };
        self.fault(rule.at, sentence);
    }

    /// Each outcome can be brought about in its own way only (DOMAIN I4, I9).
    fn closes(&self, rule: &Rule, phase: Option<Phase>, outcome: Outcome) {
        let ways = endings(outcome);
        let fits = |way: &Ending| way.from == rule.from && way.says == rule.says && way.phase.is_none_or(|wanted| Some(wanted) == phase);
        if !ways.iter().any(fits) {
            let right: Vec<String> = ways.iter().map(spell).collect();
            self.fault(rule.at, format!("Rule {} cannot end with {outcome}; that takes {}.", rule.name, right.join(", or ")));
        }
        if outcome == Outcome::SettledPresumed && !rule.needs.contains(&Condition::MerchantPerformed) {
            let sentence = format!("Rule {} presumes a performance that nobody spoke of; add if = [\"merchant-performed\"].", rule.name);
            self.fault(rule.at, sentence);
        }
    }

    /// Nobody waits for ever: a state has a deadline that leads on, or is left as soon as it is entered.
    fn waiting(&self, state: &State) {
        let name = &state.name;
        let moves = |says: &str, from: Actor, renewing: bool| {
            self.worlds(state, from, says).all(|world| {
                self.first(state, from, says, world).is_some_and(|rule| match &rule.then {
                    Then::Enter(_) | Then::Back | Then::Close(_) => true,
                    Then::Renew => renewing,
                    Then::Stay | Then::Extend(_) => false,
                })
            })
        };
        if state.deadline.is_none() && !moves("entered", Actor::Service, false) {
            self.fault(state.at, format!("A dispute could wait for ever in state \"{name}\": it has no deadline; add deadline = \"10 days\" and a rule for it (from = \"clock\", says = \"due\")."));
        }
        if state.deadline.is_some() && !moves("due", Actor::Clock, true) {
            let remedy = "add one with from = \"clock\", says = \"due\" and a \"then\"";
            self.fault(state.at, format!("A dispute could wait for ever in state \"{name}\": when its deadline passes, no rule always leads on; {remedy}."));
        }
        let reminded = self.workflow.rules_in(state).any(|rule| rule.says == "remind");
        if !state.remind.is_empty() && !reminded {
            self.fault(state.at, format!("State \"{name}\" has reminders, but no rule says whom to remind; add one with from = \"clock\", says = \"remind\"."));
        }
        for rule in state.rules.iter().filter(|rule| rule.says == "remind" && state.remind.is_empty()) {
            self.fault(rule.at, format!("Rule {} never speaks: state \"{name}\" has no reminders; add for example remind = [\"3 days\"].", rule.name));
        }
        for rule in state.rules.iter().filter(|rule| rule.says == "due" && state.deadline.is_none()) {
            self.fault(rule.at, format!("Rule {} never speaks: state \"{name}\" has no deadline; add for example deadline = \"10 days\".", rule.name));
        }
    }

    /// A party may leave or pause at any time, and the consumer may withdraw (DOMAIN I5).
    fn freedom(&self) {
        let closes = |then: &Then| matches!(then, Then::Close(_));
        let pauses = |then: &Then| matches!(then, Then::Enter(target) if self.phase_of(target) == Some(Phase::Paused));
        let paused = "that leads to a state with phase = \"paused\"";
        // Whoever runs a customer service in a merchant's name cannot be left by that merchant; the consumer can also go to mediation.
        let leaving = match self.is_service() {
            true => [(Role::Consumer, "end", "leave"), (Role::Consumer, "escalate", "go to mediation"), (Role::Consumer, "withdraw", "withdraw")],
            false => [(Role::Consumer, "end", "leave"), (Role::Merchant, "end", "leave"), (Role::Consumer, "withdraw", "withdraw")],
        };
        for (role, says, does) in leaving {
            let stuck = self.bound(role, says, &closes);
            self.tell_bound(role, says, does, &stuck, "and then = \"closed\"");
        }
        for (role, says, does) in [(Role::Consumer, "interrupt", "pause"), (Role::Merchant, "interrupt", "pause"), (Role::Consumer, "ask-withdraw", "rest")] {
            if role == Role::Merchant && self.is_service() {
                continue;
            }
            let mut stuck = self.bound(role, says, &pauses);
            stuck.retain(|state| state.phase != Phase::Paused);
            self.tell_bound(role, says, does, &stuck, paused);
        }
    }

    /// The states in which what `role` says does not always lead where it should.
    fn bound(&self, role: Role, says: &str, right: &dyn Fn(&Then) -> bool) -> Vec<&State> {
        let free = |state: &State| {
            self.worlds(state, Actor::Person(role), says).all(|world| self.first(state, Actor::Person(role), says, world).is_some_and(|rule| right(&rule.then)))
        };
        self.workflow.states.iter().filter(|state| !free(state)).collect()
    }

    fn tell_bound(&self, role: Role, says: &str, does: &str, stuck: &[&State], remedy: &str) {
        if let Some(first) = stuck.first() {
            let sentence =
                format!("The {role} cannot always {does} in {}; add to [any] a rule with from = \"{role}\", says = \"{says}\" {remedy}.", names(stuck));
            self.fault(first.at, sentence);
        }
    }

    /// A bounce stops the silence clock: it prepares no closing as silent while letters to the merchant come back (DOMAIN I4).
    fn silence(&self, state: &State) {
        let silent = |rule: &Rule| matches!(&rule.then, Then::Enter(target) if self.workflow.state(target).is_some_and(State::offers_silence));
        let bouncing =
            self.worlds_with(state, Actor::Clock, "due", bit(Condition::MerchantBouncing)).filter(|world| holds(*world, Condition::MerchantBouncing));
        let fault = bouncing.filter_map(|world| self.first(state, Actor::Clock, "due", world)).find(|rule| silent(rule));
        if let Some(rule) = fault {
            let remedy = "write before it a rule with if = [\"merchant-bouncing\"] that leads elsewhere";
            self.fault(rule.at, format!("Rule {} takes silence for an answer although letters to the merchant may come back; {remedy}.", rule.name));
        }
    }

    fn beginning(&self) {
        let Some(state) = self.workflow.state(&self.workflow.begins) else { return };
        let consumer = Actor::Person(Role::Consumer);
        if !self.worlds(state, consumer, "complaint").all(|world| self.first(state, consumer, "complaint", world).is_some()) {
            self.fault(
                state.at,
                format!(
                    "Disputes begin in state \"{}\", where no rule always answers a complaint; add one with from = \"consumer\", says = \"complaint\".",
                    state.name
                ),
            );
        }
        let opening = if self.is_service() { Phase::Service } else { Phase::Opening };
        if state.phase != opening {
            let phase = word_for(&Phase::WORDS, opening);
            self.fault(state.at, format!("Disputes begin in state \"{}\", so its phase must be \"{phase}\".", state.name));
        }
    }

    fn reach(&self) {
        let mut reached: Vec<&str> = Vec::new();
        let mut next: Vec<&str> = vec![&self.workflow.begins];
        while let Some(name) = next.pop() {
            let Some(state) = self.workflow.state(name).filter(|_| !reached.contains(&name)) else { continue };
            reached.push(name);
            next.extend(self.workflow.rules_in(state).filter_map(|rule| match &rule.then {
                Then::Enter(target) => Some(target.as_str()),
                _ => None,
            }));
        }
        for state in self.workflow.states.iter().filter(|state| !reached.contains(&state.name.as_str())) {
            self.fault(state.at, format!("Nobody reaches state \"{}\"; remove it, or add a rule with then = \"{0}\".", state.name));
        }
    }

    /// Rules that can never speak, because others always do before.
    fn vain(&self) {
        for state in &self.workflow.states {
            for rule in state.rules.iter().filter(|rule| !self.speaks_in(rule, state)) {
                self.report_vain(rule, state);
            }
        }
        for rule in &self.workflow.any {
            if !self.workflow.states.iter().any(|state| self.speaks_in(rule, state))
                && let Some(state) = self.workflow.states.first()
            {
                self.report_vain(rule, state);
            }
        }
    }

    fn speaks_in(&self, rule: &Rule, state: &State) -> bool {
        self.worlds(state, rule.from, rule.says).any(|world| self.first(state, rule.from, rule.says, world).is_some_and(|first| first.name == rule.name))
    }

    fn report_vain(&self, rule: &Rule, state: &State) {
        let earlier =
            self.workflow.rules_in(state).take_while(|other| other.name != rule.name).filter(|other| other.from == rule.from && other.says == rule.says);
        let earlier: Vec<&str> = earlier.map(|other| other.name.as_str()).collect();
        let sentence = if earlier.is_empty() {
            format!("Rule {} can never speak: its conditions never hold together.", rule.name)
        } else {
            format!("Rule {} can never speak: {} always does before; move it up, or give the earlier one a condition.", rule.name, earlier.join(" or "))
        };
        self.fault(rule.at, sentence);
    }

    /// A state that is left at once must not lead back to itself at once.
    fn circles(&self) {
        for state in &self.workflow.states {
            let mut seen: Vec<&str> = vec![&state.name];
            let mut next = vec![state];
            while let Some(at) = next.pop() {
                for rule in self.workflow.rules_in(at).filter(|rule| rule.says == "entered") {
                    let Then::Enter(target) = &rule.then else { continue };
                    if *target == state.name {
                        self.fault(rule.at, format!("Rule {} leads in a circle: state \"{target}\" would be entered again and again at once.", rule.name));
                    } else if !seen.contains(&target.as_str()) {
                        seen.push(target);
                        next.extend(self.workflow.state(target));
                    }
                }
            }
        }
    }
}

/// `state "a"`, or `states "a", "b"`.
fn names(states: &[&State]) -> String {
    let quoted: Vec<String> = states.iter().map(|state| format!("\"{}\"", state.name)).collect();
    match quoted.as_slice() {
        [one] => format!("state {one}"),
        several => format!("states {}", several.join(", ")),
    }
}

fn spell(way: &Ending) -> String {
    let phase = way.phase.map(|phase| format!(" in a state with phase = \"{}\"", word_for(&Phase::WORDS, phase))).unwrap_or_default();
    format!("from = \"{}\" and says = \"{}\"{phase}", way.from.name(), way.says)
}
