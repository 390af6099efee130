//! `elitige workflow`: check or draw the machines.

use super::arguments::{Drawing, Workflow};
use super::parts;
use crate::workflow::{Graph, graph};
use anyhow::bail;
use std::path::Path;

/// Does `action`.
pub fn workflow(folder: &Path, action: &Workflow) -> anyhow::Result<bool> {
    let config = parts::config(folder)?;
    match action {
        Workflow::Check => {
            for workflow in &config.workflows {
                println!("{}: {} rules, digest {}", workflow.name(), workflow.rules().len(), workflow.digest());
            }
        }
        Workflow::Graph { name, format } => {
            let Some(workflow) = config.workflows.iter().find(|workflow| workflow.name() == name) else {
                bail!("no workflow is called {name}; they lie in config/workflows");
            };
            let notation = match format {
                Drawing::Mermaid => Graph::Mermaid,
                Drawing::Dot => Graph::Dot,
            };
            println!("{}", graph(workflow, notation));
        }
    }
    Ok(true)
}
