//! The machine as a drawing, for people who decide about it.

use super::machine::{Rule, State, Then, Workflow};
use super::words::{Condition, word_for};
use std::fmt::Write;

/// A notation for graphs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Graph {
    /// Mermaid's `stateDiagram-v2`.
    Mermaid,
    /// Graphviz.
    Dot,
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
    };
    text
}

struct Arrow<'a> {
    from: &'a str,
    to: &'a str,
    label: String,
}

fn arrows(workflow: &Workflow) -> Vec<Arrow<'_>> {
    let of_states = workflow.states.iter().flat_map(|state| state.rules.iter().map(|rule| (state.name.as_str(), rule)));
    let of_any = workflow.any.iter().map(|rule| ("any", rule));
    of_states.chain(of_any).filter_map(|(from, rule)| target(rule).map(|to| Arrow { from, to, label: label(rule) })).collect()
}

fn target(rule: &Rule) -> Option<&str> {
    match &rule.then {
        Then::Enter(target) => Some(target),
        Then::Back => Some("back"),
        Then::Close(_) => Some("closed"),
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

fn caption(state: &State) -> String {
    let deadline = state.deadline.map(|deadline| format!(" ({deadline})")).unwrap_or_default();
    format!("{}{deadline}", state.name)
}

fn mermaid(text: &mut String, workflow: &Workflow, arrows: &[Arrow]) -> std::fmt::Result {
    writeln!(text, "stateDiagram-v2")?;
    writeln!(text, "    [*] --> {}", node(&workflow.begins))?;
    for state in &workflow.states {
        writeln!(text, "    state \"{}\" as {}", caption(state), node(&state.name))?;
    }
    writeln!(text, "    state \"every open state\" as any\n    state \"the state before the pause\" as back")?;
    for arrow in arrows {
        let to = if arrow.to == "closed" { "[*]".to_owned() } else { node(arrow.to) };
        writeln!(text, "    {} --> {to} : {}", node(arrow.from), arrow.label)?;
    }
    Ok(())
}

fn dot(text: &mut String, workflow: &Workflow, arrows: &[Arrow]) -> std::fmt::Result {
    writeln!(text, "digraph \"{}\" {{", workflow.name.replace('"', "'"))?;
    writeln!(text, "    rankdir=LR; node [shape=box, style=rounded];\n    begin [shape=point];\n    closed [shape=doublecircle];")?;
    writeln!(text, "    any [label=\"every open state\", style=dashed];\n    back [label=\"the state before the pause\", style=dashed];")?;
    for state in &workflow.states {
        writeln!(text, "    {} [label=\"{}\", tooltip=\"{}\"];", node(&state.name), caption(state), state.means.replace(['"', '\\'], "'"))?;
    }
    writeln!(text, "    begin -> {};", node(&workflow.begins))?;
    for arrow in arrows {
        writeln!(text, "    {} -> {} [label=\"{}\"];", node(arrow.from), node(arrow.to), arrow.label)?;
    }
    writeln!(text, "}}")
}

/// A name that both notations take as a word.
fn node(name: &str) -> String {
    name.replace('-', "_")
}
