//! What the house's rules noticed, for the letters of those who may know it: the consumer is asked, the registrar is told.

use super::words::pick;
use crate::domain::view::CaseView;
use crate::domain::{Language, Noticed, Priority, Role};
use serde::Serialize;

/// What a letter may say of it. A field that has nothing to say is absent or empty.
#[derive(Debug, Clone, Default, Serialize)]
pub(super) struct NoticedFacts {
    /// What the consumer is also asked, until the request is confirmed.
    pub(super) questions: Vec<String>,
    /// How soon the registrar should look, in words.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) priority: Option<String>,
    /// Why nothing binding is heard before the registrar looked.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) hold: Option<String>,
    /// Words for the registrar, one after the other.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) tags: Option<String>,
    /// Whom the rules propose as the mediator.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) mediator: Option<String>,
}

/// What the reader of a letter is told.
pub(super) fn noticed(case: &CaseView<'_>) -> NoticedFacts {
    let Some(noticed) = case.noticed else { return NoticedFacts::default() };
    let language = case.you.language;
    match case.you.role {
        Role::Consumer => NoticedFacts { questions: questions(noticed, language), ..NoticedFacts::default() },
        _ => NoticedFacts {
            questions: Vec::new(),
            priority: (noticed.priority != Priority::Normal).then(|| priority(noticed.priority, language).to_owned()),
            hold: noticed.hold.clone(),
            tags: (!noticed.tags.is_empty()).then(|| noticed.tags.join(", ")),
            mediator: noticed.mediator.as_ref().map(|address| address.as_str().to_owned()),
        },
    }
}

fn questions(noticed: &Noticed, language: Language) -> Vec<String> {
    noticed.questions.iter().map(|question| question.asked_in(language).to_owned()).collect()
}

fn priority(priority: Priority, language: Language) -> &'static str {
    let words = match priority {
        Priority::Low => ["basse", "منخفضة", "low"],
        Priority::Normal => ["normale", "عادية", "normal"],
        Priority::High => ["haute", "عالية", "high"],
        Priority::Urgent => ["urgente", "عاجلة", "urgent"],
    };
    pick(words, language)
}
