//! The machine as a picture (SVG 1.1), drawn without any help.

use super::layers::{LINE, Place, Plan, plan};
use super::{ANY, Arrow, BACK, CLOSED, caption};
use crate::workflow::machine::Workflow;
use std::fmt::{Result, Write};

/// Writes the picture into `text`.
pub(super) fn svg(text: &mut String, workflow: &Workflow, arrows: &[Arrow]) -> Result {
    let plan = plan(boxes(workflow), &workflow.begins, arrows);
    opening(text, workflow, &plan)?;
    for route in &plan.routes {
        let corners: Vec<String> = route.corners.iter().map(|(x, y)| format!("{x},{y}")).collect();
        writeln!(text, r#"<polyline class="arrow" points="{}" marker-end="url(#head)"/>"#, corners.join(" "))?;
    }
    for place in &plan.places {
        draw(text, workflow, place)?;
    }
    for route in &plan.routes {
        let (x, y) = route.written;
        lines(text, "label", x, y, &route.labels)?;
    }
    writeln!(text, "</svg>")
}

fn boxes(workflow: &Workflow) -> Vec<(String, Vec<String>)> {
    let named = |name: &str, line: &str| (name.to_owned(), vec![line.to_owned()]);
    let mut boxes: Vec<(String, Vec<String>)> = workflow.states.iter().map(|state| (state.name.clone(), written(caption(state)))).collect();
    boxes.extend([named(ANY, "every open state"), named(BACK, "the state before the pause"), named(CLOSED, "closed")]);
    boxes
}

fn written((name, below): (&str, String)) -> Vec<String> {
    vec![name.to_owned(), below]
}

fn opening(text: &mut String, workflow: &Workflow, plan: &Plan) -> Result {
    let (width, height) = (plan.width, plan.height);
    writeln!(text, r#"<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" viewBox="0 0 {width} {height}" role="img">"#)?;
    writeln!(text, "<title>{}</title>", escaped(&workflow.name))?;
    writeln!(
        text,
        "<style>text {{ font: 12px sans-serif; fill: #222 }} .name {{ font-weight: bold }} .label {{ paint-order: stroke; stroke: #fff; stroke-width: 4px }} \
         .arrow {{ fill: none; stroke: #667; stroke-width: 1.2 }} rect {{ fill: #f4f6fa; stroke: #446 }} .opening {{ fill: #eef4ff }} \
         .invitation {{ fill: #fff6e0 }} .agreement {{ fill: #e8f7ea }} .paused {{ fill: #f0f0f0 }} .outside {{ fill: #fff; stroke-dasharray: 5 3 }}</style>"
    )?;
    writeln!(
        text,
        r##"<defs><marker id="head" viewBox="0 0 8 8" refX="8" refY="4" markerWidth="8" markerHeight="8" orient="auto"><path d="M0,0 L8,4 L0,8 Z" fill="#667"/></marker></defs>"##
    )?;
    writeln!(text, r##"<rect width="{width}" height="{height}" style="fill: #fff; stroke: none"/>"##)
}

fn draw(text: &mut String, workflow: &Workflow, place: &Place) -> Result {
    let Place { x, y, width, height, .. } = place;
    let class = workflow.phase(&place.name).unwrap_or("outside");
    writeln!(text, r#"<g><rect class="{class}" x="{x}" y="{y}" width="{width}" height="{height}" rx="6"/>"#)?;
    if let Some(means) = workflow.means(&place.name) {
        writeln!(text, "<title>{}</title>", escaped(means))?;
    }
    let (first, rest) = place.lines.split_at(1.min(place.lines.len()));
    lines(text, "name", x + 12, y + LINE + 4, first)?;
    lines(text, "below", x + 12, y + 2 * LINE + 4, rest)?;
    writeln!(text, "</g>")
}

fn lines(text: &mut String, class: &str, x: usize, y: usize, lines: &[String]) -> Result {
    for (line, y) in lines.iter().zip((y..).step_by(LINE)) {
        writeln!(text, r#"<text class="{class}" x="{x}" y="{y}">{}</text>"#, escaped(line))?;
    }
    Ok(())
}

/// `words` as text of an XML document: what XML 1.0 has no way to say becomes a blank (§2.2).
fn escaped(words: &str) -> String {
    let mut escaped = String::with_capacity(words.len());
    for letter in words.chars() {
        match letter {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\u{fffe}' | '\u{ffff}' => escaped.push(' '),
            letter if letter.is_control() => escaped.push(' '),
            letter => escaped.push(letter),
        }
    }
    escaped
}
