//! What happened in a case, line by line, for the mediator's brief.

use super::{clean, dates};
use crate::domain::view::CaseView;
use crate::domain::{Beyond, Happened, Happening, Language, Party, Role, Zone};
use serde::Serialize;

/// One line.
#[derive(Debug, Clone, Default, Serialize)]
pub(super) struct HappeningFacts {
    /// The day.
    pub(super) date: String,
    /// The buyer did it.
    pub(super) by_consumer: bool,
    /// The seller did it.
    pub(super) by_merchant: bool,
    /// The mediator did it.
    pub(super) by_mediator: bool,
    /// The complaint came.
    pub(super) opened: bool,
    /// The request was confirmed.
    pub(super) confirmed: bool,
    /// The seller accepted to be mediated.
    pub(super) joined: bool,
    /// The mission was taken on.
    pub(super) taken_on: bool,
    /// Number of the proposal that was made.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) proposed: Option<String>,
    /// It was asked whether words may be passed on.
    pub(super) share_asked: bool,
    /// They may.
    pub(super) share_given: bool,
    /// They may not.
    pub(super) share_kept: bool,
    /// Somebody was telephoned.
    pub(super) telephone: bool,
    /// Somebody was written to by post.
    pub(super) post: bool,
    /// It was the buyer who was asked, telephoned or written to.
    pub(super) with_consumer: bool,
    /// It was the seller.
    pub(super) with_merchant: bool,
    /// What the mediator noted of it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) words: Option<String>,
}

/// The lines, oldest first.
pub(super) fn timeline(case: &CaseView<'_>, zone: &Zone, language: Language) -> Vec<HappeningFacts> {
    case.timeline.iter().map(|one| told(one, zone, language)).collect()
}

fn told(one: &Happening<'_>, zone: &Zone, language: Language) -> HappeningFacts {
    let with = match one.what {
        Happened::ShareAsked(party) => Some(party),
        Happened::Contacted(contacted) => Some(contacted.with),
        _ => None,
    };
    let contacted = match one.what {
        Happened::Contacted(contacted) => Some(contacted),
        _ => None,
    };
    let beyond = |how: Beyond| contacted.is_some_and(|contacted| contacted.how == how);
    HappeningFacts {
        date: dates::plain(zone.day_of(one.at), language),
        by_consumer: one.by == Role::Consumer,
        by_merchant: one.by == Role::Merchant,
        by_mediator: one.by == Role::Mediator,
        opened: one.what == Happened::Opened,
        confirmed: one.what == Happened::Confirmed,
        joined: one.what == Happened::Joined,
        taken_on: one.what == Happened::TakenOn,
        proposed: match one.what {
            Happened::Proposed(number) => Some(number.to_string()),
            _ => None,
        },
        share_asked: matches!(one.what, Happened::ShareAsked(_)),
        share_given: one.what == Happened::ShareAnswered(true),
        share_kept: one.what == Happened::ShareAnswered(false),
        telephone: beyond(Beyond::Telephone),
        post: beyond(Beyond::Post),
        with_consumer: with == Some(Party::Consumer),
        with_merchant: with == Some(Party::Merchant),
        words: contacted.map(|contacted| clean::line(&contacted.words)),
    }
}
