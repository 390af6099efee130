//! What letters say of a disclosure to a third person.

use super::{clean, dates};
use crate::domain::Language;
use crate::domain::view::CaseView;
use serde::Serialize;

/// What both sides are asked to allow.
#[derive(Debug, Clone, Serialize)]
pub(super) struct DisclosureFacts {
    /// Who asks for it.
    pub(super) by: String,
    /// Who would be told.
    pub(super) to: String,
    /// Exactly what.
    pub(super) items: String,
    /// What for.
    pub(super) purpose: String,
    /// The last day on which it may be told.
    pub(super) until: String,
    /// The last day to answer.
    pub(super) answer_by: String,
    /// The reader allows it.
    pub(super) allowed: bool,
    /// Both sides do.
    pub(super) given: bool,
    /// Both did, and one of them does not any more.
    pub(super) revoked: bool,
    /// That is the reader.
    pub(super) revoked_by_you: bool,
}

/// The letters that speak of it.
const LETTERS: &str = "disclosure-";

pub(super) fn disclosure(case: &CaseView<'_>, letter: &str, language: Language) -> Option<DisclosureFacts> {
    let view = case.disclosure.filter(|_| letter.starts_with(LETTERS))?;
    Some(DisclosureFacts {
        by: clean::line(&view.asking.by),
        to: clean::line(&view.asking.to),
        items: clean::line(&view.asking.items),
        purpose: clean::line(&view.asking.purpose),
        until: dates::written(view.asking.until, language),
        answer_by: dates::written(view.answer_by, language),
        allowed: view.own == Some(true),
        given: view.given,
        revoked: view.revoked,
        revoked_by_you: view.revoked_by_you,
    })
}
