//! The machine as a drawing, for people who decide about it.

mod layers;
mod svg;

use super::machine::{CLOSED, Rule, State, Then, Workflow};
use super::words::{Condition, Phase, word_for};
use std::fmt::Write;

/// A notation for graphs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Graph {
    /// Mermaid's `stateDiagram-v2`.
    Mermaid,
    /// Graphviz.
    Dot,
    /// A picture that any browser shows.
    Svg,
}

/// The text of a drawing of `workflow`: one arrow for each rule that leads somewhere. The rules of every state start at a
/// state of their own, `any`.
pub fn graph(workflow: &Workflow, format: Graph) -> String {
    let mut text = String::new();
    let arrows = arrows(workflow);
    // Writing to a String cannot fail.
    let _ = match format {
        Graph::Mermaid => mermaid(&mut text, workflow, &arrows),
        Graph::Dot => dot(&mut text, workflow, &arrows),
        Graph::Svg => svg::svg(&mut text, workflow, &arrows),
    };
    text
}

/// What stands for every open state; no state can be called so.
const ANY: &str = "any";

/// What stands for the state that a pause left; no state can be called so.
const BACK: &str = "back";

struct Arrow<'a> {
    from: &'a str,
    to: &'a str,
    label: String,
}

fn arrows(workflow: &Workflow) -> Vec<Arrow<'_>> {
    let of_states = workflow.states.iter().flat_map(|state| state.rules.iter().map(|rule| (state.name.as_str(), rule)));
    let of_any = workflow.any.iter().map(|rule| (ANY, rule));
    of_states.chain(of_any).filter_map(|(from, rule)| target(rule).map(|to| Arrow { from, to, label: label(rule) })).collect()
}

fn target(rule: &Rule) -> Option<&str> {
    match &rule.then {
        Then::Enter(target) => Some(target),
        Then::Back => Some(BACK),
        Then::Close(_) => Some(CLOSED),
        Then::Stay | Then::Renew | Then::Extend(_) => None,
    }
}

fn label(rule: &Rule) -> String {
    let mut label = format!("{} {}", rule.from.name(), rule.says);
    let needs = rule.needs.iter().map(|one| word_for(&Condition::WORDS, *one).to_owned());
    let unless = rule.unless.iter().map(|one| format!("not {}", word_for(&Condition::WORDS, *one)));
    let conditions: Vec<String> = needs.chain(unless).collect();
    if !conditions.is_empty() {
        label.push_str(&format!(" [{}]", conditions.join(", ")));
    }
    if let Then::Close(outcome) = &rule.then {
        label.push_str(&format!(" / {outcome}"));
    }
    label
}

/// The state's name, and below it its phase and how long it lasts at most.
fn caption(state: &State) -> (&str, String) {
    let phase = word_for(&Phase::WORDS, state.phase);
    (&state.name, state.deadline.map_or_else(|| phase.to_owned(), |deadline| format!("{phase}, {deadline}")))
}

fn mermaid(text: &mut String, workflow: &Workflow, arrows: &[Arrow]) -> std::fmt::Result {
    writeln!(text, "stateDiagram-v2")?;
    writeln!(text, "    [*] --> {}", node(&workflow.begins))?;
    for state in &workflow.states {
        let (name, below) = caption(state);
        writeln!(text, "    state \"{name} ({below})\" as {}", node(name))?;
    }
    writeln!(text, "    state \"every open state\" as any\n    state \"the state before the pause\" as back")?;
    for arrow in arrows {
        let to = if arrow.to == CLOSED { "[*]".to_owned() } else { node(arrow.to) };
        writeln!(text, "    {} --> {to} : {}", node(arrow.from), arrow.label)?;
    }
    Ok(())
}

fn dot(text: &mut String, workflow: &Workflow, arrows: &[Arrow]) -> std::fmt::Result {
    writeln!(text, "digraph \"{}\" {{", workflow.name.replace(['"', '\\'], "'"))?;
    writeln!(text, "    rankdir=LR; node [shape=box, style=rounded];\n    begin [shape=point];\n    closed [shape=doublecircle];")?;
    writeln!(text, "    any [label=\"every open state\", style=dashed];\n    back [label=\"the state before the pause\", style=dashed];")?;
    for state in &workflow.states {
        let (name, below) = caption(state);
        writeln!(text, "    {} [label=\"{name}\\n{below}\", tooltip=\"{}\"];", node(name), state.means.replace(['"', '\\'], "'"))?;
    }
    writeln!(text, "    begin -> {};", node(&workflow.begins))?;
    for arrow in arrows {
        writeln!(text, "    {} -> {} [label=\"{}\"];", node(arrow.from), node(arrow.to), arrow.label)?;
    }
    writeln!(text, "}}")
}

/// Words that a notation keeps for itself, and that a state may be called.
const KEPT: [&str; 11] = ["begin", "digraph", "direction", "edge", "end", "graph", "node", "note", "state", "strict", "subgraph"];

/// A name that both notations take as a word.
fn node(name: &str) -> String {
    let mark = if KEPT.contains(&name) || name.starts_with(|first: char| first.is_ascii_digit()) { "_" } else { "" };
    format!("{mark}{}", name.replace('-', "_"))
}

#[cfg(test)]
mod tests;
