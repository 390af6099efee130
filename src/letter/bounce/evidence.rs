//! What makes a notice credible: the traces that mail servers leave and that nobody types.

use super::code::{is_coded, reply_code};
use super::original::returns_original;
use super::prose::{notice_of, pointers};
use super::status_part::field_lines;
use super::{Material, SEARCHED};
use crate::letter::content::clip;

/// Signs in a mail that it tells of a letter that did not arrive. Words alone are none: people write about deliveries every day.
pub(in crate::letter) struct Evidence {
    /// Talk between servers: codes, commands, fields of a report.
    pub transcript: bool,
    /// The mail brings back one that its recipient wrote.
    pub returned: bool,
    /// An address or a reply code stands where notices have them.
    pub pointed: bool,
    /// The first lines announce an address that follows alone.
    pub announced: bool,
    /// Somebody's address is mentioned.
    pub mentioned: bool,
}

impl Evidence {
    /// Looks for signs in the notice of a mail.
    pub fn of(material: &Material<'_>) -> Evidence {
        let notice = notice_of(clip(material.text, SEARCHED));
        let spoken: Vec<&str> = notice.lines().take(400).filter(|line| !is_quoted(line)).collect();
        let pointers = pointers(material);
        Evidence {
            transcript: spoken.iter().any(|line| is_transcript(line) || is_coded(clip(line, 1_000))) || field_lines(material.text) >= 2,
            returned: returns_original(material),
            pointed: pointers.leads || reply_code(notice).is_some(),
            announced: pointers.announced,
            mentioned: pointers.foreign,
        }
    }

    /// Whether there is enough for a sender who is known for nothing.
    pub fn enough(&self) -> bool {
        self.transcript || self.announced || (self.returned && self.pointed)
    }
}

/// Whether a person quotes the line; servers write `>>> RCPT` themselves.
fn is_quoted(line: &str) -> bool {
    line.trim_start().starts_with('>') && !is_transcript(line.trim_start_matches([' ', '\t'])) || line.trim_start().starts_with("> ")
}

/// Whether a line is part of a dialogue between servers or of a notice about one, unquoted.
fn is_transcript(line: &str) -> bool {
    let line = clip(line.trim_start(), 200).to_ascii_lowercase();
    let begins = [
        ">>> rcpt",
        ">>> data",
        ">>> mail",
        "<<< 4",
        "<<< 5",
        "rcpt to:",
        "... while talking to",
        "remote host said:",
        "diagnostic-code:",
        "reporting-mta:",
        "generating server:",
        "smtp error from remote",
        "giving up on ",
        "----- the following addresses had",
        "the following address(es) failed",
    ];
    let within = ["] said: 4", "] said: 5", "remote server returned '5", "transcript of session follows", "smtp; 5", "smtp; 4", "(in reply to "];
    begins.iter().any(|words| line.starts_with(words)) || within.iter().any(|words| line.contains(words))
}
