//! Which form each text is taken for.

use super::super::fold::{western, words};
use super::super::tests::shared;
use super::*;

fn form(text: &str) -> Finding {
    let text = western(text);
    let spoken = words(&text);
    detect(&text, &spoken, &shared().lexicon().find(&spoken), shared().spelling())
}
