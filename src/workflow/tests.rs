//! What must hold of every workflow and every course of events (DOMAIN §2.4).

use super::*;
use std::collections::BTreeSet;

const MEDIATION: &str = include_str!("../../config/workflows/mediation.toml");

fn letters() -> BTreeSet<String> {
    MEDIATION
        .lines()
        .filter(|line| line.starts_with("send"))
        .flat_map(|line| line.split('"').skip(1).step_by(2).map(str::to_owned).collect::<Vec<_>>())
        .collect()
}

fn mediation() -> Workflow {
    Workflow::parse("mediation.toml", MEDIATION, &letters()).unwrap_or_else(|faults| panic!("{}", faults.iter().map(|f| format!("{f}\n")).collect::<String>()))
}

#[test]
fn the_workflow_of_the_house_is_sound() {
    let workflow = mediation();
    assert_eq!(workflow.letters(), letters());
    println!("{}", graph(&workflow, Graph::Mermaid));
}
