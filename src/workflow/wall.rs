//! The wall between the two services: what only one of their machines may have (DOMAIN §0, decision 1).

use super::machine::{Rule, Then, Workflow};
use super::page::Page;
use super::words::{Phase, word_for};
use crate::domain::{Actor, Track};

/// Notes on `page` what `workflow` has that belongs to the other service.
pub(super) fn wall(workflow: &Workflow, page: &Page) {
    let service = workflow.track() == Track::Service;
    for state in &workflow.states {
        let own = match state.phase {
            Phase::Agreement | Phase::Paused => true,
            Phase::Service => service,
            Phase::Opening | Phase::Invitation | Phase::Mediation => !service,
        };
        if !own {
            let right = if service { "service, agreement, paused" } else { "opening, invitation, mediation, agreement, paused" };
            let sentence =
                format!("State \"{}\" has the phase \"{}\" of the other service; there are: {right}.", state.name, word_for(&Phase::WORDS, state.phase));
            page.fault(Some(state.at), sentence);
        }
    }
    for rule in workflow.every_rule() {
        if let Then::Close(outcome) = &rule.then
            && outcome.is_of_service() != service
        {
            let right = if service { "those that begin with SVC_ are this one's" } else { "those that begin with SVC_ are a customer service's" };
            page.fault(Some(rule.at), format!("Rule {} ends with {outcome}, an outcome of the other service; {right}.", rule.name));
        }
    }
}

/// Where a rule of a customer service may lead: what was offered is agreed by the consumer's acceptance alone, and a promise is undone by nothing but the final
/// position that tells it was not kept. `from` is the phase of the rule's state; `None` for a rule of every state.
pub(super) fn enters(workflow: &Workflow, page: &Page, rule: &Rule, from: Option<Phase>, target: &str) {
    let Some(state) = workflow.state(target) else { return };
    let name = &rule.name;
    let sentence = match (from, state.phase) {
        (_, Phase::Agreement) if rule.agrees() => return,
        (Some(Phase::Agreement), Phase::Agreement) => return,
        (_, Phase::Agreement) => {
            format!("Rule {name} leads to the promise \"{target}\", where only the consumer's accept-terms if = [\"all-accepted\"] leads.")
        }
        _ if rule.agrees() => format!("Rule {name} takes the last acceptance without agreeing; it must lead to a state with phase = \"agreement\"."),
        (_, Phase::Paused) if !matches!(rule.from, Actor::Person(_)) => {
            format!("Rule {name} lets the {} pause the dispute; only a person can, who then resumes it.", rule.from.name())
        }
        (Some(Phase::Agreement), Phase::Service) if !state.is_final_position() => {
            format!(
                "Rule {name} undoes a promise by going to \"{target}\"; only the state that can close with SVC_UNRESOLVED follows a promise that was not kept."
            )
        }
        (Some(Phase::Paused), Phase::Service) => format!("Rule {name} leaves a pause for \"{target}\"; a pause ends with then = \"back\" or \"closed\"."),
        _ => return,
    };
    page.fault(Some(rule.at), sentence);
}
