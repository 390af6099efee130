//! What letters say of messages that wait on the common channel.

use super::dates;
use crate::domain::view::CoolingView;
use crate::domain::{Digest, Fate, Instant, Language, Withheld, Zone};
use serde::Serialize;

/// The cool-off, as its reader may know it.
#[derive(Debug, Clone, Serialize)]
pub(super) struct CoolingFacts {
    /// How long messages wait, in words.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) hours: Option<String>,
    /// When the message that the letter tells passes by itself.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) until: Option<String>,
    /// When the reader wrote what was kept back just now.
    pub(super) kept: Vec<String>,
}

/// When a letter is written, and because of which mail.
pub(super) struct Moment<'a> {
    pub(super) cause: Digest,
    pub(super) now: Instant,
    pub(super) zone: &'a Zone,
}

/// `told` is the message that the letter tells its reader, if that one waits.
pub(super) fn cooling(view: &CoolingView<'_>, told: Option<&Withheld>, moment: &Moment<'_>, language: Language) -> CoolingFacts {
    let clock = |at: Instant| dates::clock(at, moment.zone, language);
    CoolingFacts {
        hours: view.hours.map(|hours| lasting(hours, language)),
        until: told.map(|message| clock(message.until)),
        kept: view.messages.iter().filter(|message| message.fate == Fate::Kept(moment.now)).map(|message| clock(message.said)).collect(),
    }
}

/// The message that came in the mail from which the letter follows, if it waits.
pub(super) fn told<'a>(view: &CoolingView<'a>, moment: &Moment<'_>) -> Option<&'a Withheld> {
    view.messages.iter().rfind(|message| message.waits() && message.cause == moment.cause && message.said == moment.now).copied()
}

/// `1 heure`, `12 heures`; `ساعة واحدة`, `ساعتين`, `6 ساعات`, `12 ساعة`.
pub(super) fn lasting(hours: u8, language: Language) -> String {
    match (language, hours) {
        (Language::Fr, 1) => "1 heure".to_owned(),
        (Language::Fr, hours) => format!("{hours} heures"),
        (Language::En, 1) => "1 hour".to_owned(),
        (Language::En, hours) => format!("{hours} hours"),
        (Language::Ar, 1) => "ساعة واحدة".to_owned(),
        (Language::Ar, 2) => "ساعتين".to_owned(),
        (Language::Ar, 3..=10) => format!("{hours} ساعات"),
        (Language::Ar, hours) => format!("{hours} ساعة"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hours_are_counted_as_each_language_counts_them() {
        let written = |hours| Language::ALL.map(|language| lasting(hours, language));
        assert_eq!(written(1), ["1 heure", "ساعة واحدة", "1 hour"]);
        assert_eq!(written(2), ["2 heures", "ساعتين", "2 hours"]);
        assert_eq!(written(10), ["10 heures", "10 ساعات", "10 hours"]);
        assert_eq!(written(72), ["72 heures", "72 ساعة", "72 hours"]);
    }
}
