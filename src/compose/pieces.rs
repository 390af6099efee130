//! The pieces that letters share, put into each letter when it is loaded.
//!
//! Handlebars copies everything that a letter may speak of whenever a piece is called, a few dozen times for a letter. Every piece speaks of the same as the
//! letter, so each call is made a block of its own words, which are rendered where they stand and keep their name and lines.

use super::check::Page;
use handlebars::template::{DecoratorTemplate, TemplateElement};
use handlebars::{Context, Handlebars, Helper, HelperResult, Output, RenderContext, Renderable, Template};
use std::collections::BTreeMap;

/// How many pieces may stand within one another; no letter comes near it.
const DEEPEST: usize = 8;
/// The helper that renders its block.
const PIECE: &str = "piece";

/// Teaches `registry` to render pieces where they stand.
pub(super) fn prepare(registry: &mut Handlebars<'_>) {
    registry.register_helper(PIECE, Box::new(render));
}

fn render<'reg, 'rc>(
    helper: &Helper<'rc>,
    registry: &'reg Handlebars<'reg>,
    context: &'rc Context,
    state: &mut RenderContext<'reg, 'rc>,
    out: &mut dyn Output,
) -> HelperResult {
    helper.template().map_or(Ok(()), |template| template.render(registry, context, state, out))
}

/// `template` with the words of `pieces` in the place of each call of them.
pub(super) fn whole(template: Template, pieces: &BTreeMap<String, Template>) -> Template {
    put_in(template, pieces, DEEPEST)
}

fn put_in(mut template: Template, pieces: &BTreeMap<String, Template>, deeper: usize) -> Template {
    let Some(deeper) = deeper.checked_sub(1) else { return template };
    for element in &mut template.elements {
        match element {
            // In a list other things are spoken of, to which a piece there is bound by its call.
            TemplateElement::HelperBlock(block) if matches!(block.name.as_name(), Some("if" | "unless")) => {
                block.template = block.template.take().map(|inside| put_in(inside, pieces, deeper));
                block.inverse = block.inverse.take().map(|inside| put_in(inside, pieces, deeper));
            }
            TemplateElement::PartialExpression(call) => {
                if let Some(block) = called(call, pieces).and_then(|piece| block_of(put_in(piece.clone(), pieces, deeper))) {
                    *element = block;
                }
            }
            _ => {}
        }
    }
    template
}

/// The piece that is called as it stands, with nothing of its own to speak of.
fn called<'a>(call: &DecoratorTemplate, pieces: &'a BTreeMap<String, Template>) -> Option<&'a Template> {
    let is_plain = call.params.is_empty() && call.hash.is_empty() && call.template.is_none() && call.indent.is_none();
    pieces.get(call.name.as_name().filter(|_| is_plain)?)
}

fn block_of(words: Template) -> Option<TemplateElement> {
    let empty = Template::compile(&format!("{{{{#{PIECE}}}}}{{{{/{PIECE}}}}}")).ok()?;
    let mut element = empty.elements.into_iter().next()?;
    if let TemplateElement::HelperBlock(block) = &mut element {
        block.template = Some(words);
        Some(element)
    } else {
        None
    }
}

/// The words of each of these pages that could be read.
pub(super) fn templates<'a>(pages: impl Iterator<Item = (&'a String, &'a Page)>) -> BTreeMap<String, Template> {
    pages.filter_map(|(name, page)| Some((name.clone(), page.template.as_ref().ok()?.clone()))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::{Value, json};

    /// A file and a line.
    type Place = (Option<String>, Option<usize>);

    /// What a letter says, or in which file and line it prints what is absent: as handlebars calls its pieces, and with these put in.
    fn both(letter: &str, facts: &Value) -> [Result<String, Place>; 2] {
        let piece = |name: &str, text: &str| (name.to_owned(), Template::compile_with_name(text, name.to_owned()).unwrap());
        let pieces = BTreeMap::from([piece("_a", "a\n{{b}}\n\n{{> _c}}"), piece("_c", "{{#each list}}{{this}} {{../b}}, {{/each}}\n")]);
        [false, true].map(|put_in| {
            let mut registry = Handlebars::new();
            registry.set_strict_mode(true);
            prepare(&mut registry);
            pieces.iter().for_each(|(name, piece)| registry.register_template(name, piece.clone()));
            let template = Template::compile_with_name(letter, "letter".to_owned()).unwrap();
            registry.register_template("letter", if put_in { whole(template, &pieces) } else { template });
            registry.render("letter", facts).map_err(|error| (error.template_name.clone(), error.line_no))
        })
    }

    #[test]
    fn a_piece_says_the_same_where_it_stands_as_where_it_is_called() {
        for letter in ["1\n{{> _a}}\n2", "{{#if b}}\n{{> _a}}\n{{else}}{{> _c}}{{/if}}\n{{> _c}}", "{{#each list}}{{> _c}}{{/each}}", "  {{> _a}}\n"] {
            for facts in [json!({"b": "x", "list": ["y", "z"]}), json!({"b": false, "list": []}), json!({"list": ["y"]}), json!({"b": "x"})] {
                let [called, put_in] = both(letter, &facts);
                assert_eq!(called, put_in, "{letter} {facts}");
            }
        }
        assert_eq!(both("1\n\n{{> _a}}", &json!({}))[1], Err((Some("_a".to_owned()), Some(2))));
    }
}
