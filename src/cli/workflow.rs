//! `elitige workflow`: check, draw or play the machines.

use super::arguments::{Drawing, Workflow};
use super::output::{self, say};
use super::{World, parts};
use crate::config::{Config, Rules};
use crate::story::{Simulated, simulate};
use crate::workflow::{Graph, graph};
use anyhow::Context;
use std::path::Path;

/// Does `action`.
pub fn workflow(folder: &Path, action: &Workflow, world: &World) -> anyhow::Result<bool> {
    let config = parts::config(folder, world)?;
    match action {
        Workflow::Check => {
            for workflow in config.workflows.iter().map(|rules| &rules.workflow) {
                say!("{}: {} rules, digest {}", workflow.name(), workflow.rules().len(), workflow.digest());
            }
        }
        Workflow::Graph { name, format } => {
            let notation = match format {
                Drawing::Mermaid => Graph::Mermaid,
                Drawing::Dot => Graph::Dot,
                Drawing::Svg => Graph::Svg,
            };
            say!("{}", graph(&rules(&config, name)?.workflow, notation).trim_end());
        }
        Workflow::Simulate { name, disputes, seed, json } => {
            let simulated = simulate(&rules(&config, name)?.workflow, &config.calendar, *disputes, *seed)?;
            match json {
                true => output::data(&format!("{}\n", serde_json::to_string(&simulated)?)),
                false => print(&simulated),
            }
        }
    }
    Ok(true)
}

fn rules<'a>(config: &'a Config, name: &str) -> anyhow::Result<&'a Rules> {
    config.rules(name).with_context(|| {
        let known: Vec<&str> = config.workflows.iter().map(|rules| rules.workflow.name()).collect();
        format!("no workflow is called {name}; in config/workflows there are: {}", known.join(", "))
    })
}

fn print(simulated: &Simulated) {
    say!("{} disputes of {} were played with the seed {}.\n", simulated.disputes, simulated.workflow, simulated.seed);
    for (outcome, count) in &simulated.outcomes {
        say!("{count:>9}  {outcome}");
    }
    for (settled, count) in &simulated.settled {
        say!("{count:>9}  agreed: {settled}");
    }
    say!("{:>9}  still open after {} days\n", simulated.open, simulated.horizon_days);
    if let Some(days) = &simulated.days {
        say!("Half of those that ended took {} days or less, the longest {}.\n", days.median, days.longest);
    }
    for sent in &simulated.letters {
        say!("{:>9}  {} to the {}", sent.count, sent.letter, sent.to);
    }
    match simulated.unspoken.as_slice() {
        [] => say!("\nEvery rule spoke."),
        rules => say!("\nRules that never spoke: {}.", rules.join(", ")),
    }
}
