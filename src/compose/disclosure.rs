//! What letters say of a disclosure to a third person.

use super::{clean, dates};
use crate::domain::view::CaseView;
use crate::domain::{Ground, Language};
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

/// What was told to a third person although nobody was asked.
#[derive(Debug, Clone, Serialize)]
pub(super) struct UnaskedFacts {
    /// Who was told.
    pub(super) to: String,
    /// Exactly what; nothing where that is the agreement.
    pub(super) items: String,
    /// Why, in the registrar's words.
    pub(super) reason: String,
    /// A law or public order demands it.
    pub(super) law: bool,
    /// Somebody is in danger.
    pub(super) threat: bool,
    /// The agreement is carried out.
    pub(super) enforcement: bool,
    /// An authority supervises the service.
    pub(super) authority: bool,
}

/// The letters that speak of it.
const LETTERS: &str = "disclosure-";
/// The one that says what was told although nobody was asked.
const MADE: &str = "disclosure-made";

pub(super) fn disclosure(case: &CaseView<'_>, letter: &str, language: Language) -> Option<DisclosureFacts> {
    let view = case.disclosure.filter(|_| letter != MADE && letter.starts_with(LETTERS))?;
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

pub(super) fn unasked(case: &CaseView<'_>, letter: &str) -> Option<UnaskedFacts> {
    let exempted = case.exempted.filter(|_| letter == MADE)?;
    let is = |ground: Ground| exempted.ground == ground;
    Some(UnaskedFacts {
        to: clean::line(&exempted.to),
        items: clean::line(&exempted.items),
        reason: clean::line(&exempted.reason),
        law: is(Ground::Law),
        threat: is(Ground::Threat),
        enforcement: is(Ground::Enforcement),
        authority: is(Ground::Authority),
    })
}
