//! Answers of calendars (RFC 5546): whoever presses a button there writes nothing.

use super::{clip, media_type};
use mail_parser::{Message, MimeHeaders};

/// What an answer of a calendar is called among the machine-readable parts of a mail.
pub(in crate::letter) const ANSWER: &str = "text/calendar;answer";
/// Bytes of a calendar in which its method stands.
const HEAD: usize = 4 << 10;

/// The answer of a calendar in `message`: to an invitation, or that a meeting is off.
pub(super) fn answer(message: &Message<'_>) -> Option<(String, String)> {
    let calendars = message.parts.iter().filter(|part| matches!(media_type(part).as_str(), "text/calendar" | "application/ics"));
    let methods = calendars.filter_map(|part| {
        let declared = part.content_type().and_then(|declared| declared.attribute("method")).map(str::to_ascii_uppercase);
        let text = String::from_utf8_lossy(part.contents()).into_owned();
        let written = || clip(&text, HEAD).lines().find_map(|line| line.trim().strip_prefix("METHOD:").map(str::to_ascii_uppercase));
        declared.or_else(written)
    });
    methods
        .filter(|method| ["REPLY", "COUNTER", "CANCEL", "DECLINECOUNTER", "REFRESH"].contains(&method.trim()))
        .map(|method| (ANSWER.to_owned(), method))
        .next()
}
