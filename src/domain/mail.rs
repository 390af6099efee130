//! Finished letters and the identifiers that thread them.

use super::address::Address;
use super::language::Language;
use super::role::{Channel, Role};
use serde::{Deserialize, Serialize};
use std::fmt;

/// The inside of a Message-ID (RFC 5322 §3.6.4), without its angle brackets.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct MessageId(String);

impl MessageId {
    /// Longest identifier that is kept; longer ones are of no use for threading.
    const LONGEST: usize = 250;

    /// Reads an identifier with or without its angle brackets. `None` if it could break a header line.
    pub fn parse(text: &str) -> Option<Self> {
        let inside = text.trim().trim_start_matches('<').trim_end_matches('>');
        let sound = !inside.is_empty() && inside.len() <= Self::LONGEST && inside.bytes().all(|byte| byte.is_ascii_graphic() && byte != b'<' && byte != b'>');
        sound.then(|| Self(inside.to_owned()))
    }

    /// Without angle brackets.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// With angle brackets, as in a header.
    pub fn bracketed(&self) -> String {
        format!("<{}>", self.0)
    }
}

impl fmt::Debug for MessageId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("MessageId(…)")
    }
}

/// A letter as it will leave: rendered once, never changed, for one recipient (DESIGN §3.4).
#[derive(Clone, PartialEq, Eq)]
pub struct OutboundMail {
    /// The only envelope recipient (RCPT TO).
    pub to: Address,
    /// Where bounces go (MAIL FROM).
    pub envelope_from: Address,
    /// In which role the recipient is written to.
    pub role: Role,
    /// Who reads what is answered.
    pub channel: Channel,
    /// Name of the letter, e.g. `acknowledgement`.
    pub letter: String,
    /// Language it is written in.
    pub language: Language,
    /// Deterministic: the same cause gives the same identifier, also after a restore.
    pub message_id: MessageId,
    /// The whole message (RFC 5322), CRLF only.
    pub bytes: Vec<u8>,
}

/// Which letter it is and how long; neither for whom nor what it says.
impl fmt::Debug for OutboundMail {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { role, channel, letter, language, bytes, .. } = self;
        write!(f, "OutboundMail({letter} in {language:?} to the {role} on {channel:?}, {} bytes)", bytes.len())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_shown_of_a_letter_for_debugging_is_no_content() {
        let address = Address::parse("leila@courrier.example").unwrap();
        let mail = OutboundMail {
            to: address.clone(),
            envelope_from: address,
            role: Role::Consumer,
            channel: Channel::private_to(Role::Consumer),
            letter: "acknowledgement".to_owned(),
            language: Language::Fr,
            message_id: MessageId::parse("<a.secret@elitige.example>").unwrap(),
            bytes: b"Subject: Colis".to_vec(),
        };
        let shown = format!("{mail:?}");
        assert!(shown.starts_with("OutboundMail(acknowledgement in Fr") && shown.ends_with("14 bytes)"), "{shown}");
        assert!(!["leila", "courrier", "secret", "Colis", "67, 111"].iter().any(|word| shown.contains(word)), "{shown}");
    }
}
