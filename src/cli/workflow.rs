//! `elitige workflow`: check or draw the machines.

use super::arguments::{Drawing, Workflow};
use super::{World, parts};
use crate::workflow::{Graph, graph};
use anyhow::bail;
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
            let Some(workflow) = config.rules(name) else {
                bail!("no workflow is called {name}; they lie in config/workflows");
            };
            let notation = match format {
                Drawing::Mermaid => Graph::Mermaid,
                Drawing::Dot => Graph::Dot,
            };
            println!("{}", graph(&workflow.workflow, notation));
        }
    }
    Ok(true)
}
