//! What each drawing shows, and that the picture is well-formed.

use super::*;
use std::collections::BTreeSet;

fn mediation() -> Workflow {
    let text = include_str!("../../../config/workflows/mediation.toml");
    Workflow::parse("mediation.toml", text, &BTreeSet::new()).unwrap()
}

/// What follows a `<`: a name, attributes in quotation marks, each once. Gives the name, and whether the element is empty.
fn tag(text: &str) -> (&str, bool) {
    let (text, is_empty) = text.strip_suffix('/').map_or((text, false), |text| (text, true));
    let (name, mut rest) = text.split_once(' ').unwrap_or((text, ""));
    let mut seen = BTreeSet::new();
    while !rest.trim().is_empty() {
        let (key, after) = rest.trim_start().split_once("=\"").expect("an attribute");
        let (value, after) = after.split_once('"').expect("an attribute that ends");
        assert!(key.chars().all(|c| c.is_ascii_alphabetic() || c == '-') && seen.insert(key), "{key}");
        references(value);
        rest = after;
    }
    assert!(name.chars().all(|c| c.is_ascii_lowercase()), "{name}");
    (name, is_empty)
}

/// No `&` but that of an entity that XML knows.
fn references(text: &str) {
    assert!(!text.contains('<') && !text.contains(|c: char| c.is_control() && c != '\n'), "{text}");
    for part in text.split('&').skip(1) {
        assert!(["amp;", "lt;", "gt;", "quot;"].iter().any(|known| part.starts_with(known)), "&{part}");
    }
}

/// Every element in its order; the document is well-formed or this panics.
fn elements(xml: &str) -> Vec<String> {
    let (mut open, mut all, mut rest) = (Vec::new(), Vec::new(), xml);
    while let Some((before, after)) = rest.split_once('<') {
        references(before);
        assert!(!open.is_empty() || before.trim().is_empty() && (all.is_empty() || after.is_empty()), "one root");
        let (inside, after) = after.split_once('>').expect("a tag that ends");
        match inside.strip_prefix('/') {
            Some(name) => assert_eq!(open.pop().as_deref(), Some(name)),
            None => {
                let (name, is_empty) = tag(inside);
                all.push(name.to_owned());
                if !is_empty {
                    open.push(name.to_owned());
                }
            }
        }
        rest = after;
    }
    assert!(open.is_empty() && rest.trim().is_empty());
    all
}

#[test]
fn the_picture_is_well_formed_and_shows_every_state_arrow_and_deadline() {
    let workflow = mediation();
    let picture = graph(&workflow, Graph::Svg);
    let elements = elements(&picture);
    let count = |name: &str| elements.iter().filter(|element| *element == name).count();
    assert_eq!(count("g"), workflow.states().count() + 3);
    let pairs: BTreeSet<(&str, &str)> = arrows(&workflow).iter().filter(|arrow| arrow.from != arrow.to).map(|arrow| (arrow.from, arrow.to)).collect();
    assert_eq!(count("polyline"), pairs.len());
    for words in
        ["invitation, 10 working days", "merchant grant-request<", "clock due [merchant-performed] / SETTLED_PRESUMED", "↻ clock due", "every open state"]
    {
        assert!(picture.contains(words), "{words}");
    }
}

#[test]
fn no_box_covers_another_and_nothing_lies_outside_the_picture() {
    let workflow = mediation();
    let boxes = workflow.states.iter().map(|state| (state.name.clone(), vec![state.name.clone()]));
    let boxes = boxes.chain([ANY, BACK, CLOSED].map(|name| (name.to_owned(), vec![name.to_owned()]))).collect();
    let plan = layers::plan(boxes, &workflow.begins, &arrows(&workflow));
    for (at, one) in plan.places.iter().enumerate() {
        assert!(one.x + one.width <= plan.width && one.y + one.height <= plan.height, "{one:?}");
        for other in plan.places.iter().skip(at + 1) {
            let beside = one.x + one.width < other.x || other.x + other.width < one.x;
            assert!(beside || one.y + one.height < other.y || other.y + other.height < one.y, "{one:?} {other:?}");
        }
    }
    let mut upright = BTreeSet::new();
    for route in &plan.routes {
        assert!(route.corners.iter().all(|(x, y)| *x <= plan.width && *y <= plan.height), "{route:?}");
        for pair in route.corners.windows(2) {
            assert!(pair[0].0 == pair[1].0 || pair[0].1 == pair[1].1, "a slanted line: {route:?}");
            if pair[0].1 == pair[1].1 && pair[0].0 != pair[1].0 {
                assert!(upright.insert(pair[0].1), "two arrows in one track: {route:?}");
            }
        }
    }
}

#[test]
fn a_name_that_would_be_a_mark_of_the_notation_is_written_as_text() {
    let text = include_str!("../../../config/workflows/mediation.toml");
    let text = text
        .replace("state.agreed", "state.end")
        .replace("= \"agreed\"", "= \"end\"")
        .replacen("\"mediation\"", "'m&<e>\"\\d'", 1)
        .replace("The file is complete;", "A < B & \\\"C\\\"; ");
    let workflow = Workflow::parse("mediation.toml", &text, &BTreeSet::new()).unwrap();
    let picture = graph(&workflow, Graph::Svg);
    assert!(!elements(&picture).is_empty() && picture.contains("A &lt; B &amp; &quot;C&quot;"));
    let dot = graph(&workflow, Graph::Dot);
    assert!(dot.starts_with("digraph \"m&<e>''d\" {"), "{dot}");
    assert!(dot.contains("    _end -> performance [") && graph(&workflow, Graph::Mermaid).contains(" as _end\n"));
    assert!(dot.lines().all(|line| line.matches('"').count() % 2 == 0));
}

#[test]
fn the_notations_name_the_same_arrows() {
    let workflow = mediation();
    let (mermaid, dot) = (graph(&workflow, Graph::Mermaid), graph(&workflow, Graph::Dot));
    assert_eq!(mermaid.matches(" --> ").count(), arrows(&workflow).len() + 1);
    assert_eq!(dot.matches(" -> ").count(), arrows(&workflow).len() + 1);
    assert!(mermaid.contains("state \"invited (invitation, 10 working days)\" as invited"));
    assert!(mermaid.contains("invited --> [*] : merchant refuse / MERCHANT_REFUSED"));
    assert!(dot.contains("any -> closed [label=\"consumer withdraw / WITHDRAWN_CONSUMER\"];"));
}
