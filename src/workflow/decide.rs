//! From what happened to what follows: total, pure, and the only place where a dispute moves.

use super::calendar::Calendar;
use super::deadline::{extended, fresh, mark_reminded, prolonged, shifted, term};
use super::machine::{CLOSED, Rule, State, Then, Workflow};
use super::registers::heard;
use super::silence::{self, is_bouncing, takes_silence};
use super::words::{Condition, Phase, Recipient};
use super::{channels, chase, cooling, desk, disclosure, points, reopen};
use crate::domain::{
    Act, Actor, Agreed, Channel, Deadline, Decision, Dispute, Effect, Event, Instant, Judgement, Outcome, Party, Role, Step, Suspended, Track,
};

/// What follows for `dispute` from `event`, received at `now`, under the rules of `workflow`.
///
/// An event that no rule speaks of, that comes too late or that speaks of another request changes nothing
/// ([`Judgement::NoRule`]): the dispute comes back as it was, and a person has to look.
pub fn decide(workflow: &Workflow, calendar: &Calendar, dispute: &Dispute, event: &Event, now: Instant) -> Decision {
    let mut decision = judged(workflow, calendar, dispute, event, now);
    desk::attended(&mut decision, event, now);
    disclosure::ended(&mut decision, now);
    points::left(dispute, &mut decision.dispute);
    cooling::left(&mut decision, now);
    decision
}

fn judged(workflow: &Workflow, calendar: &Calendar, dispute: &Dispute, event: &Event, now: Instant) -> Decision {
    if let Some(mut decided) = channels::decided(dispute, event, now) {
        desk::renewed(workflow, calendar, &mut decided, event, now);
        return if workflow.track == Track::Service { moved(workflow, calendar, decided, dispute, event, now) } else { decided };
    }
    let judge = |dispute: &Dispute, event: &Event, at: Instant| decide(workflow, calendar, dispute, event, at);
    let besides = || points::decided(workflow, calendar, dispute, event, now).or_else(|| disclosure::decided(calendar, dispute, event, now));
    let chased = chase::decided(&judge, calendar, dispute, event, now).or_else(|| cooling::decided(dispute, event, now));
    if let Some(decided) = chased.or_else(|| desk::decided(workflow, calendar, dispute, event, now)).or_else(besides) {
        return decided;
    }
    let mut course = Course::new(workflow, calendar, dispute.clone(), now);
    if let Some(state) = reopen::state(workflow, calendar, dispute, event, now) {
        course.reopen(state, event);
        return course.end(&dispute.state);
    }
    match course.hear(event) {
        true => course.end(&dispute.state),
        false => Decision { dispute: dispute.clone(), effects: Vec::new(), judgement: Judgement::NoRule, steps: Vec::new() },
    }
}

/// In a customer service what an agent says also moves the dispute: whoever was asked something must act next.
fn moved(workflow: &Workflow, calendar: &Calendar, told: Decision, dispute: &Dispute, event: &Event, now: Instant) -> Decision {
    let mut course = Course::new(workflow, calendar, dispute.clone(), now);
    if !course.hear(event) {
        return told;
    }
    let moved = course.end(&dispute.state);
    Decision { effects: told.effects.into_iter().chain(moved.effects).collect(), ..moved }
}

/// What follows from a first complaint: `dispute`, whose state is not set yet, enters the state in which disputes begin,
/// keeps the digest of these rules, and hears `event` there.
pub fn begin(workflow: &Workflow, calendar: &Calendar, dispute: Dispute, event: &Event, now: Instant) -> Decision {
    let before = dispute.state.clone();
    let mut course = Course::new(workflow, calendar, dispute, now);
    course.dispute.rules = workflow.digest;
    if let Some(state) = workflow.state(&workflow.begins) {
        course.enter(state, Role::Consumer);
        course.entered(event);
    }
    course.hear(event);
    Decision { judgement: Judgement::Advanced, ..course.end(&before) }
}

/// A decision while it is being made.
struct Course<'a> {
    workflow: &'a Workflow,
    calendar: &'a Calendar,
    now: Instant,
    dispute: Dispute,
    effects: Vec<Effect>,
    steps: Vec<Step>,
    /// Whether letters to whoever was the merchant before came back.
    unreached: bool,
}

impl<'a> Course<'a> {
    fn new(workflow: &'a Workflow, calendar: &'a Calendar, dispute: Dispute, now: Instant) -> Self {
        let unreached = is_bouncing(&dispute, Role::Merchant);
        Self { workflow, calendar, now, dispute, effects: Vec::new(), steps: Vec::new(), unreached }
    }

    fn end(mut self, before: &str) -> Decision {
        self.dispute.version = self.dispute.version.saturating_add(1);
        let judgement = if self.dispute.state == before { Judgement::Noted } else { Judgement::Advanced };
        Decision { dispute: self.dispute, effects: self.effects, judgement, steps: self.steps }
    }

    /// Hears an event from outside. Says whether anything followed; if not, nothing was changed.
    fn hear(&mut self, event: &Event) -> bool {
        if self.dispute.is_closed() || event.act == Act::Entered {
            return false;
        }
        let Some(mut after) = heard(&self.dispute, event, self.now) else { return false };
        if let Act::Extend(days) = event.act {
            let Some(later) = after.term.as_ref().and_then(|term| prolonged(self.calendar, term, days)) else { return false };
            after.term = Some(later);
        }
        let rule = self.first(&after, event);
        let reminded = match event.act {
            Act::Remind(_) => after.deadline.as_mut(),
            Act::TermRemind(_) => after.term.as_mut().map(|term| &mut term.ends),
            _ => None,
        };
        if let Some(deadline) = reminded {
            mark_reminded(deadline, self.now);
        } else if rule.is_none() && !silence::means_nothing(&after, event) {
            return false;
        }
        self.dispute = after;
        if rule.is_none() && event.act == Act::Due {
            let state = self.workflow.state(&self.dispute.state);
            self.dispute.deadline = state.and_then(|state| fresh(self.calendar, state, self.now));
            self.effects.extend(silence::look_for_consumer(&self.dispute));
        }
        if let Some(rule) = rule {
            let entered = self.follow(rule, event);
            if entered {
                self.entered(event);
            }
        }
        true
    }

    /// Lets a state that was entered speak, and those that it leads to at once. A checked workflow has no circle; the
    /// bound is there so that this ends whatever the workflow.
    fn entered(&mut self, event: &Event) {
        let entering = Event { actor: Actor::Service, act: Act::Entered, cause: event.cause };
        for _ in 0..=self.workflow.states.len() {
            let Some(rule) = self.first(&self.dispute, &entering) else { return };
            if !self.follow(rule, &entering) {
                return;
            }
        }
    }

    /// The first rule that speaks of `event` and may lead where it leads.
    fn first(&self, after: &Dispute, event: &Event) -> Option<&'a Rule> {
        let state = self.workflow.state(&after.state).filter(|_| !after.is_closed())?;
        let holds = |condition| self.holds(condition, after, event);
        self.workflow.rules_in(state).find(|rule| rule.fits(event.actor, event.act.said(), holds) && self.may(rule, after, event))
    }

    fn holds(&self, condition: Condition, dispute: &Dispute, event: &Event) -> bool {
        match condition {
            Condition::Complete => dispute.missing(self.workflow.needs(dispute.complaint.category.as_deref())).is_empty(),
            Condition::Confirmed => dispute.consent.confirmed_request().is_some(),
            Condition::MerchantKnown => dispute.merchant.is_some(),
            Condition::MerchantBouncing => is_bouncing(dispute, Role::Merchant),
            Condition::MerchantPerformed => dispute.merchant_performed.is_some(),
            Condition::NotExtended => dispute.deadline.as_ref().is_some_and(|deadline| !deadline.extended),
            Condition::Paused => dispute.suspended.is_some(),
            Condition::Mediated => dispute.is_mediated(),
            Condition::MerchantAccepted => dispute.consent.open_proposal().is_some_and(|tabled| tabled.accepted(Party::Merchant).is_some()),
            Condition::AllAccepted => dispute.consent.agreement().is_some_and(|agreement| matches!(agreement.on, Agreed::Terms(_))),
            Condition::NoneDue => silence::none_due(dispute, self.calendar, self.now),
            Condition::NotAllDue => silence::not_all_due(dispute, self.calendar, self.now),
            Condition::Agreed => dispute.consent.agreement().is_some(),
            Condition::Joined => dispute.consent.is_joined(),
            Condition::BothRenegotiate => self.dispute.consent.agreement().is_some() && dispute.consent.agreement().is_none(),
            Condition::PausedBySender => dispute.suspended.as_ref().is_some_and(|pause| event.actor == Actor::Person(pause.by)),
        }
    }

    /// What no file can allow, whatever it says (DOMAIN I1, I3, I4).
    fn may(&self, rule: &Rule, dispute: &Dispute, event: &Event) -> bool {
        let agreed = dispute.consent.agreement().is_some();
        // Whoever completes an agreement enters it: nothing else may follow (DOMAIN I3).
        if agreed && self.dispute.consent.agreement().is_none() && !matches!(&rule.then, Then::Enter(target) if self.phase_of(target) == Some(Phase::Agreement))
        {
            return false;
        }
        // Whoever puts an agreement aside goes back to the exchange: it is undone in no other way.
        if !agreed
            && self.dispute.consent.agreement().is_some()
            && !matches!(&rule.then, Then::Enter(target) if self.phase_of(target) == Some(Phase::Mediation))
        {
            return false;
        }
        match &rule.then {
            Then::Stay | Then::Renew => true,
            Then::Extend(_) => self.holds(Condition::NotExtended, dispute, event),
            // Who paused goes on; the other side's wish to do so is for a person to pass on (DOMAIN §2.3, row 44).
            Then::Back => {
                self.holds(Condition::PausedBySender, dispute, event)
                    && dispute.suspended.as_ref().is_some_and(|pause| self.workflow.state(&pause.state).is_some())
            }
            Then::Enter(target) => self.workflow.state(target).is_some_and(|state| match state.phase {
                Phase::Agreement => agreed,
                Phase::Invitation => {
                    !agreed && dispute.merchant.is_some() && dispute.consent.confirmed_request().is_some() && !takes_silence(state, dispute, event)
                }
                Phase::Opening => !agreed,
                Phase::Mediation => !agreed && dispute.merchant.is_some() && dispute.consent.confirmed_request().is_some(),
                Phase::Paused => true,
                // A promise that was not kept does not keep the final position from being told.
                Phase::Service => dispute.service.is_some() && (!agreed || state.is_final_position()),
            }),
            Then::Close(_) if silence::means_nothing(dispute, event) => false,
            Then::Close(Outcome::MerchantSilent) => !is_bouncing(dispute, Role::Merchant),
            Then::Close(Outcome::SettledPresumed) => agreed && self.may_be_presumed(dispute),
            Then::Close(Outcome::SettledPerformed | Outcome::SettledPerformedLate) => agreed,
            Then::Close(Outcome::AgreementNotHonoured) => agreed && !silence::not_all_due(dispute, self.calendar, self.now),
            Then::Close(Outcome::SvcResolved) if event.actor == Actor::Clock => agreed && self.may_be_presumed(dispute),
            Then::Close(_) => true,
        }
    }

    fn phase_of(&self, state: &str) -> Option<Phase> {
        self.workflow.state(state).map(|state| state.phase)
    }

    /// Whether the consumer's silence on the merchant's word that it was performed means anything: the word is ten days old (DOMAIN §2.3, row 55)
    /// and letters reach the consumer.
    fn may_be_presumed(&self, dispute: &Dispute) -> bool {
        const TEN_DAYS: i64 = 10 * 86_400;
        !is_bouncing(dispute, Role::Consumer) && dispute.merchant_performed.is_some_and(|given| self.now.seconds_since(given.at) >= TEN_DAYS)
    }

    /// Does what `rule` says. Says whether a state was entered.
    fn follow(&mut self, rule: &Rule, event: &Event) -> bool {
        let (from, pauser) = (self.dispute.state.clone(), self.dispute.suspended.as_ref().map(|pause| pause.by));
        let entered = self.lead(rule, event);
        self.send(rule, event, self.dispute.suspended.as_ref().map(|pause| pause.by).or(pauser));
        self.steps.push(Step { rule: rule.name.clone(), from, to: self.dispute.state.clone() });
        entered
    }

    fn lead(&mut self, rule: &Rule, event: &Event) -> bool {
        match &rule.then {
            Then::Stay => false,
            Then::Renew => {
                let extended = self.dispute.deadline.as_ref().is_some_and(|deadline| deadline.extended);
                let state = self.workflow.state(&self.dispute.state);
                self.dispute.deadline = state.and_then(|state| fresh(self.calendar, state, self.now)).map(|deadline| Deadline { extended, ..deadline });
                false
            }
            Then::Extend(duration) => {
                if let (Some(state), Some(deadline)) = (self.workflow.state(&self.dispute.state), &self.dispute.deadline) {
                    self.dispute.deadline = Some(extended(self.calendar, state, deadline, *duration, self.now));
                }
                false
            }
            Then::Enter(target) => {
                let by = match event.actor {
                    Actor::Person(role) => role,
                    Actor::Clock | Actor::MailSystem | Actor::Service => Role::Operator,
                };
                let state = self.workflow.state(target);
                // Whatever leads elsewhere ends the proposal that was open; a pause keeps it.
                if state.is_some_and(|state| state.phase != Phase::Paused) && !matches!(event.act, Act::Propose(_) | Act::AcceptTerms(_)) {
                    self.dispute.consent.close_proposals();
                }
                state.inspect(|state| self.enter(state, by)).is_some()
            }
            Then::Back => {
                self.go_back();
                false
            }
            Then::Close(outcome) => {
                let resting = self.dispute.suspended.as_ref().map(|pause| pause.state.clone());
                self.dispute.left = Some(resting.unwrap_or_else(|| self.dispute.state.clone()));
                self.dispute.state = CLOSED.to_owned();
                self.dispute.outcome = Some(*outcome);
                self.dispute.entered = self.now;
                self.dispute.deadline = None;
                self.dispute.term = None;
                self.dispute.pending = None;
                self.dispute.suspended = None;
                false
            }
        }
    }

    fn enter(&mut self, state: &State, by: Role) {
        let left = std::mem::replace(&mut self.dispute.state, state.name.clone());
        let deadline = self.dispute.deadline.take();
        if state.phase != Phase::Paused {
            self.dispute.suspended = None;
        } else if self.dispute.suspended.is_none() {
            self.dispute.suspended = Some(Suspended { state: left, deadline, since: self.now, by });
        }
        match state.phase {
            Phase::Mediation if self.dispute.term.is_none() => {
                // The six months are counted from the first beginning, also where it goes on after an end or an agreement (law 95-17).
                let began = self.dispute.consent.joined_at().unwrap_or(self.now);
                self.dispute.term = self.workflow.term.as_ref().map(|span| term(self.calendar, span, began, self.now));
            }
            Phase::Service if self.dispute.version == 0 && self.dispute.term.is_none() => {
                self.dispute.term = self.workflow.term.as_ref().map(|span| term(self.calendar, span, self.now, self.now));
            }
            Phase::Agreement => self.dispute.term = None,
            Phase::Service if state.is_final_position() => self.dispute.term = None,
            _ => {}
        }
        self.dispute.entered = self.now;
        self.dispute.deadline = fresh(self.calendar, state, silence::counted_from(state.phase, &self.dispute, self.calendar, self.now));
    }

    /// Both sides are told that it goes on, and so is whoever decides; its clocks begin anew.
    fn reopen(&mut self, state: &State, event: &Event) {
        self.dispute.outcome = None;
        self.dispute.rejection = None;
        self.dispute.left = None;
        self.enter(state, Role::Operator);
        let rings = Event { actor: Actor::Clock, act: Act::Due, cause: event.cause };
        let clock = self.first(&self.dispute, &rings).filter(|_| state.ball == Recipient::Role(Role::Operator));
        self.effects.extend(reopen::letters(&self.dispute, clock));
    }

    fn go_back(&mut self) {
        let Some(pause) = self.dispute.suspended.take() else { return };
        let state = self.workflow.state(&pause.state);
        self.dispute.deadline = match pause.deadline {
            Some(deadline) => Some(shifted(self.calendar, &deadline, pause.since, self.now)),
            None => state.and_then(|state| fresh(self.calendar, state, self.now)),
        };
        self.dispute.points.deadlines().for_each(|ends| *ends = shifted(self.calendar, ends, pause.since, self.now));
        if let Some(term) = &mut self.dispute.term {
            term.ends = shifted(self.calendar, &term.ends, pause.since, self.now);
        }
        self.dispute.state = pause.state;
        self.dispute.entered = self.now;
    }

    fn send(&mut self, rule: &Rule, event: &Event, pauser: Option<Role>) {
        for (recipient, letter) in &rule.send {
            let roles = match recipient {
                Recipient::Role(role) => vec![*role],
                Recipient::Pauser => pauser.into_iter().collect(),
                Recipient::Author => self.author(event).into_iter().collect(),
                Recipient::Waiting => self.waiting(),
                Recipient::Mediating => self.dispute.mission.map(|_| Role::Mediator).into_iter().collect(),
                Recipient::Released => {
                    let released = event.act == Act::Reroute && self.dispute.merchant.is_none() && !self.unreached;
                    self.effects.extend(released.then(|| self.letter(Role::Merchant, letter, *recipient)));
                    continue;
                }
            };
            for to in roles {
                if self.can_be_written_to(to, event) {
                    self.effects.push(self.letter(to, letter, *recipient));
                }
            }
        }
    }

    /// A letter on its reader's own channel. An agent of a customer service answers the consumer by answering it, but for what concerns a draft alone.
    fn letter(&self, to: Role, letter: &str, recipient: Recipient) -> Effect {
        let answered = self.workflow.track == Track::Service && to == Role::Mediator && recipient != Recipient::Author;
        let channel = if answered { Channel::ConsumerPrivate } else { Channel::private_to(to) };
        Effect::Send { to, letter: letter.to_owned(), channel }
    }

    /// Who wrote the draft, or made the last proposal.
    fn author(&self, event: &Event) -> Option<Role> {
        match (event.actor, &event.act) {
            (Actor::Person(role), Act::Draft(_)) => Some(role),
            _ => self.dispute.consent.proposals().last().map(|tabled| tabled.by),
        }
    }

    /// The sides that have not accepted the last proposal.
    fn waiting(&self) -> Vec<Role> {
        let last = self.dispute.consent.proposals().last();
        let waits = |party: &Party| last.is_some_and(|tabled| tabled.accepted(*party).is_none());
        [Party::Consumer, Party::Merchant].into_iter().filter(waits).map(Role::from).collect()
    }

    /// Whoever takes part is written to; the merchant only about a confirmed request (DOMAIN I1); and nobody is reminded
    /// at an address from which letters come back.
    fn can_be_written_to(&self, role: Role, event: &Event) -> bool {
        let reminder = matches!(event.act, Act::Remind(_));
        self.dispute.participant(role).is_some()
            && (role != Role::Merchant || self.dispute.consent.confirmed_request().is_some())
            && !(reminder && is_bouncing(&self.dispute, role))
    }
}
