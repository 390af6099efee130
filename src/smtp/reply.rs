//! What a server's reply says of a letter: its code and its enhanced status code count, nothing else of it is kept.

use super::Attempt;
use lettre::transport::smtp::Error as LettreError;
use lettre::transport::smtp::response::Response;
use std::error::Error;
use std::time::Duration;

/// A reply: its code (RFC 5321 §4.2), where the server gives one its enhanced status code (RFC 3463), and the pause that it names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Reply {
    /// 200 to 599.
    pub(super) code: u16,
    status: Option<[u16; 3]>,
    /// How long the server wants to be left alone, if it says so in words.
    pub(super) pause: Option<Duration>,
}

/// Which of the three questions a reply answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Question {
    /// MAIL: may this service send at all?
    Sender,
    /// RCPT: is there such a recipient?
    Recipient,
    /// DATA and the final dot: is the letter welcome?
    Text,
}

impl Reply {
    /// The reply, if there was one at all.
    pub(super) fn of(result: &Result<Response, LettreError>) -> Option<Self> {
        match result {
            Ok(response) => Some(Self { code: u16::from(response.code()), status: None, pause: None }),
            // lettre gives a negative reply as an error, whose source is the reply's text.
            Err(error) => error.status().map(|code| Self::new(u16::from(code), &error.source().map(ToString::to_string).unwrap_or_default())),
        }
    }

    fn new(code: u16, text: &str) -> Self {
        let pause = if (400..500).contains(&code) { pause(text) } else { None };
        Self { code, status: text.split_whitespace().next().and_then(status), pause }
    }

    /// What a negative reply means for the letter; `None` for any other.
    ///
    /// Only what speaks of the recipient ends the letter. That this machine must log in first (RFC 4954 §6), sent too much today, is on somebody's
    /// list or speaks of an unknown sender is the service's own fault: the recipient is as reachable as before.
    pub(super) fn refusal(self, question: Question) -> Option<Attempt> {
        let code = self.code;
        let of_recipient = match question {
            Question::Sender => false,
            Question::Recipient => !matches!(self.status, Some(SENDER_SYNTAX | SENDER_SYSTEM)),
            Question::Text => self.names_recipient(),
        };
        match code {
            530 | 534 | 535 | 538 => Some(Attempt::NotSent),
            400..=499 => Some(Attempt::Later { code }),
            500..=599 if of_recipient => Some(Attempt::Refused { code }),
            500..=599 => Some(Attempt::Rejected { code }),
            _ => None,
        }
    }

    /// Whether the status says that the recipient's address is wrong (5.1.x) or its mailbox closed (5.2.1).
    fn names_recipient(self) -> bool {
        match self.status {
            Some(SENDER_SYNTAX | SENDER_SYSTEM) => false,
            Some([5, 1, _] | [5, 2, 1]) => true,
            _ => false,
        }
    }
}

/// The two of the statuses on addresses that speak of the sender's (RFC 3463 §3.2).
const SENDER_SYNTAX: [u16; 3] = [5, 1, 7];
const SENDER_SYSTEM: [u16; 3] = [5, 1, 8];

/// A pause in words: "Greylisted for 300 seconds", "try again in 10 minutes", "come back in 00:05:00". A number that is no pause (a limit, a
/// counter, a port) has no word of coming back in its line, or no unit behind it.
fn pause(text: &str) -> Option<Duration> {
    const RETURNING: [&str; 6] = ["again", "retry", "come back", "wait", "greylist", "graylist"];
    const LONGEST: Duration = Duration::from_secs(4 * 3_600);
    let text = text.to_ascii_lowercase();
    if !RETURNING.iter().any(|word| text.contains(word)) {
        return None;
    }
    let words: Vec<&str> = text.split(|c: char| !c.is_ascii_alphanumeric() && c != ':').filter(|word| !word.is_empty()).collect();
    let beside = |place: Option<usize>| place.and_then(|place| words.get(place)).copied();
    let seconds = words.iter().enumerate().find_map(|(place, word)| {
        // A time of day stands behind no such word.
        let is_span = matches!(beside(place.checked_sub(1)), Some("in" | "after" | "for"));
        clock(word).filter(|_| is_span).or_else(|| amount(word, beside(place.checked_add(1))))
    })?;
    (seconds > 0).then(|| Duration::from_secs(seconds).min(LONGEST))
}

/// `00:05:00` or `05:00`, in seconds.
fn clock(word: &str) -> Option<u64> {
    let parts: Vec<u64> = word.split(':').map(|part| part.parse().ok().filter(|number| *number < 60)).collect::<Option<_>>()?;
    matches!(parts.len(), 2 | 3).then(|| parts.iter().fold(0_u64, |sum, part| sum.saturating_mul(60).saturating_add(*part)))
}

/// `300 seconds`, `300s`, `10 min`, `1 hour`, in seconds.
fn amount(word: &str, next: Option<&str>) -> Option<u64> {
    let digits = word.bytes().take_while(u8::is_ascii_digit).count();
    let (number, unit) = word.split_at_checked(digits)?;
    let unit = if unit.is_empty() { next? } else { unit };
    let each = match unit {
        "s" | "sec" | "secs" | "second" | "seconds" => 1,
        "m" | "min" | "mins" | "minute" | "minutes" => 60,
        "h" | "hour" | "hours" => 3_600,
        _ => return None,
    };
    number.parse::<u64>().ok()?.checked_mul(each)
}

/// `5.1.1` (RFC 3463 §2): a class, a subject of up to three digits, a detail of up to three.
fn status(word: &str) -> Option<[u16; 3]> {
    let mut numbers = word.split('.').map(|number| {
        let digits = (1..=3).contains(&number.len()) && number.bytes().all(|byte| byte.is_ascii_digit());
        digits.then(|| number.parse::<u16>().ok()).flatten()
    });
    let found = [numbers.next()??, numbers.next()??, numbers.next()??];
    numbers.next().is_none().then_some(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(code: u16, text: &str) -> [Option<Attempt>; 3] {
        [Question::Sender, Question::Recipient, Question::Text].map(|question| Reply::new(code, text).refusal(question))
    }

    #[test]
    fn only_what_speaks_of_the_recipient_refuses_the_letter() {
        let (refused, rejected) = (|code| Some(Attempt::Refused { code }), |code| Some(Attempt::Rejected { code }));
        for (code, text) in [(550, "5.1.1 no such user"), (550, "5.1.10 null MX"), (550, "5.2.1 disabled"), (556, "5.1.2\nno such domain")] {
            assert_eq!(told(code, text), [rejected(code), refused(code), refused(code)], "{text}");
        }
        for (code, text) in [(552, "5.2.2 quota"), (554, "5.7.1 spam"), (552, "5.3.4 size"), (550, "no status"), (550, "4.1.1 odd"), (550, "5.1 x"), (550, "")]
        {
            assert_eq!(told(code, text), [rejected(code), refused(code), rejected(code)], "{text}");
        }
        for text in ["5.1.7 bad sender", "5.1.8 sender's domain not found"] {
            assert_eq!(told(550, text), [rejected(550); 3], "{text}");
        }
    }

    #[test]
    fn a_reply_for_now_or_about_the_login_refuses_nothing() {
        assert_eq!(told(450, "5.1.1 x"), [Some(Attempt::Later { code: 450 }); 3]);
        for code in [530, 534, 535, 538] {
            assert_eq!(told(code, "5.7.0 x"), [Some(Attempt::NotSent); 3]);
        }
        assert_eq!([told(250, "2.0.0 x"), told(354, "go")], [[None; 3]; 2]);
    }

    #[test]
    fn a_pause_that_a_server_names_is_understood_and_nothing_else_is_one() {
        let seconds = |text| Reply::new(450, text).pause.map(|pause| pause.as_secs());
        for (text, expected) in [
            ("4.2.0 <leila@courrier.example>: Recipient address rejected: Greylisted for 300 seconds (see http://x.example/1 )", 300),
            ("4.7.1 Greylisting in action, please come back in 00:10:00", 600),
            ("4.7.1 try again in 05:00", 300),
            ("4.3.2 Too many messages, retry after 120s", 120),
            ("4.7.0 please wait 10 minutes, then try again", 600),
            ("Try again in 1 hour.", 3_600),
            ("try again in 99 hours", 14_400),
        ] {
            assert_eq!(seconds(text), Some(expected), "{text}");
        }
        for text in [
            "4.7.0 Try again later, closing connection.",
            "4.2.1 more than 20 messages in 60 seconds",
            "4.7.500 Server busy. Please try again later from [192.0.2.53]",
            "4.3.1 try again in 0 seconds",
            "4.2.0 Internal error, try again later [2026-11-29 06:42:26]",
            "4.7.1 try again, 12:34:56:78 is no time and 99:99 neither",
            "try again in 99999999999999999999999 hours",
            "",
        ] {
            assert_eq!(seconds(text), None, "{text}");
        }
        assert_eq!(Reply::new(550, "5.7.1 try again in 10 minutes").pause, None);
    }

    #[test]
    fn a_status_has_three_numbers() {
        assert_eq!(status("5.1.10"), Some([5, 1, 10]));
        for wrong in ["", "5", "5.1", "5.1.1.1", "5..1", "5.1.1234", "a.b.c", "+5.1.1", "5.1.1;"] {
            assert_eq!(status(wrong), None, "{wrong}");
        }
    }
}
