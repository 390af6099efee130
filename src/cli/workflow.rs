//! `elitige workflow`: check, draw or play the machines.

use super::arguments::{Drawing, Workflow};
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
                println!("{}: {} rules, digest {}", workflow.name(), workflow.rules().len(), workflow.digest());
            }
        }
        Workflow::Graph { name, format } => {
            let notation = match format {
                Drawing::Mermaid => Graph::Mermaid,
                Drawing::Dot => Graph::Dot,
                Drawing::Svg => Graph::Svg,
            };
            println!("{}", graph(&rules(&config, name)?.workflow, notation).trim_end());
        }
        Workflow::Simulate { name, disputes, seed, json } => {
            let simulated = simulate(&rules(&config, name)?.workflow, &config.calendar, *disputes, *seed)?;
            match json {
                true => println!("{}", serde_json::to_string(&simulated)?),
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
    println!("{} disputes of {} were played with the seed {}.\n", simulated.disputes, simulated.workflow, simulated.seed);
    for (outcome, count) in &simulated.outcomes {
        println!("{count:>9}  {outcome}");
    }
    for (settled, count) in &simulated.settled {
        println!("{count:>9}  agreed: {settled}");
    }
    println!("{:>9}  still open after {} days\n", simulated.open, simulated.horizon_days);
    if let Some(days) = &simulated.days {
        println!("Half of those that ended took {} days or less, the longest {}.\n", days.median, days.longest);
    }
    for sent in &simulated.letters {
        println!("{:>9}  {} to the {}", sent.count, sent.letter, sent.to);
    }
    match simulated.unspoken.as_slice() {
        [] => println!("\nEvery rule spoke."),
        rules => println!("\nRules that never spoke: {}.", rules.join(", ")),
    }
}
