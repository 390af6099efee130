//! What letters say of numbered points: to a side what it is asked, to the mediator how everything stands.

use super::replies::{Desk, Reply};
use super::{clean, dates};
use crate::domain::view::{CaseView, PointsView};
use crate::domain::{Instant, Party, Point, Role, Standing};
use serde::Serialize;

/// Points of a side that the mediator is shown, the newest.
const MOST: usize = 30;

/// The points that a letter is about.
#[derive(Debug, Clone, Serialize)]
pub(super) struct PointsFacts {
    /// What the reader is asked now; empty for the mediator.
    pub(super) own: Vec<PointFacts>,
    /// The numbers under which the reader just answered.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) noted: Option<String>,
    /// The last day to answer.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) until: Option<String>,
    /// An answer to be filled in.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) answer: Option<Reply>,
    /// How the points of each side stand, for the mediator.
    pub(super) sides: Vec<SideFacts>,
}

/// The points of one side.
#[derive(Debug, Clone, Serialize)]
pub(super) struct SideFacts {
    /// They are the buyer's.
    pub(super) consumer: bool,
    /// They are the seller's.
    pub(super) merchant: bool,
    /// One by one.
    pub(super) lines: Vec<PointFacts>,
    /// The last day to answer, while somebody waits.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) until: Option<String>,
    /// The numbers of which it is not sure whether they were answered.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) unsure: Option<String>,
}

/// One point.
#[derive(Debug, Clone, Serialize)]
pub(super) struct PointFacts {
    /// Its number.
    pub(super) number: String,
    /// The mediator's words.
    pub(super) words: String,
    /// It was answered.
    pub(super) answered: bool,
    /// In these words, if it was answered under its number; for the mediator.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) answer: Option<String>,
    /// It is not answered yet.
    pub(super) open: bool,
    /// It was asked again.
    pub(super) again: bool,
    /// Its side wrote, and not under its number.
    pub(super) unsure: bool,
    /// It was asked twice, and nobody answered.
    pub(super) silent: bool,
}

/// The letters to a side that are about points, and those to the mediator.
const TO_SIDE: [&str; 2] = ["points", "points-again"];
/// Those that say whose turn it is: what is still open is asked in them too.
const TURNS: [&str; 4] = ["received", "resumed", "reopened", "address-confirmed"];
const TO_MEDIATOR: [&str; 4] = ["brief", "message", "points-noted", "points-silent"];

/// The points that `letter`, written at `now`, is about.
pub(super) fn points(case: &CaseView<'_>, letter: &str, now: Instant, desk: &Desk<'_>) -> Option<PointsFacts> {
    match case.you.role {
        Role::Consumer | Role::Merchant if TO_SIDE.contains(&letter) || TURNS.contains(&letter) && !case.paused => {
            asked(case.points.first()?, letter, now, desk)
        }
        Role::Mediator if TO_MEDIATOR.contains(&letter) => {
            let speaker = case.said.map(|spoken| spoken.by());
            let about = |side: &&PointsView<'_>| match letter {
                // Beside what a side wrote stand its own points, as long as they are not done with.
                "message" => speaker == Some(Role::from(side.party)) && side.points.iter().any(|point| !point.is_answered() || changed_at(point) == now),
                _ => true,
            };
            let sides: Vec<SideFacts> = case.points.iter().filter(about).map(|side| of_side(side, desk)).collect();
            (!sides.is_empty()).then(|| PointsFacts { own: Vec::new(), noted: None, until: None, answer: None, sides })
        }
        _ => None,
    }
}

/// What a side is asked, for the first time or again.
fn asked(side: &PointsView<'_>, letter: &str, now: Instant, desk: &Desk<'_>) -> Option<PointsFacts> {
    let open = side.points.iter().filter(|point| point.standing == Standing::Open);
    let told_now = |point: &&&Point| match letter {
        "points-again" => point.again == Some(now),
        "points" => point.asked == now,
        _ => true,
    };
    let meant: Vec<&Point> = open.filter(told_now).copied().collect();
    let noted: Vec<String> = side.points.iter().filter(|point| point.is_answered() && changed_at(point) == now).map(|point| point.number.to_string()).collect();
    (!meant.is_empty()).then(|| PointsFacts {
        own: meant.iter().map(|point| told(point, false)).collect(),
        noted: (!noted.is_empty()).then(|| noted.join(", ")),
        until: side.until.map(|day| dates::written(day, desk.language)),
        answer: Some(desk.numbered(meant.iter().map(|point| point.number))),
        sides: Vec::new(),
    })
}

/// The values that are the program's own: days and numbers.
pub(super) fn own(facts: &PointsFacts) -> Vec<String> {
    let lines = facts.own.iter().chain(facts.sides.iter().flat_map(|side| &side.lines)).map(|point| point.number.clone());
    let days = facts.sides.iter().flat_map(|side| [side.until.clone(), side.unsure.clone()]);
    let answer = facts.answer.iter().flat_map(|reply| [reply.line.clone(), reply.link.clone()]);
    lines.chain(days.chain([facts.until.clone(), facts.noted.clone()]).flatten()).chain(answer).collect()
}

fn of_side(side: &PointsView<'_>, desk: &Desk<'_>) -> SideFacts {
    let shown = side.points.iter().skip(side.points.len().saturating_sub(MOST));
    let unsure: Vec<String> = shown.clone().filter(|point| matches!(point.standing, Standing::Unsure(_))).map(|point| point.number.to_string()).collect();
    SideFacts {
        consumer: side.party == Party::Consumer,
        merchant: side.party == Party::Merchant,
        lines: shown.map(|point| told(point, true)).collect(),
        until: side.until.map(|day| dates::written(day, desk.language)),
        unsure: (!unsure.is_empty()).then(|| unsure.join(" ")),
    }
}

fn told(point: &Point, to_mediator: bool) -> PointFacts {
    let answer = match &point.standing {
        Standing::Answered(_, words) if to_mediator && !words.is_empty() => Some(clean::line(words)),
        _ => None,
    };
    PointFacts {
        number: point.number.to_string(),
        words: clean::line(&point.words),
        answered: point.is_answered(),
        answer,
        open: point.standing == Standing::Open,
        again: point.again.is_some(),
        unsure: matches!(point.standing, Standing::Unsure(_)),
        silent: matches!(point.standing, Standing::Silent(_)),
    }
}

/// When it last became what it is.
fn changed_at(point: &Point) -> Instant {
    match point.standing {
        Standing::Open => point.again.unwrap_or(point.asked),
        Standing::Answered(at, _) | Standing::Unsure(at) | Standing::Silent(at) => at,
    }
}
