//! Reply codes: the three characters that turn a word in a mail into an act with legal weight.

use super::digest::Digest;
use super::role::Role;
use serde::{Deserialize, Serialize};
use std::fmt;

/// Capitals and digits without 0, 1, O, I (DOMAIN §4.6) and without the look-alikes 5 S, 2 Z, U V.
const ALPHABET: &[u8; 26] = b"346789ABCDEFGHJKLMNPQRTWXY";

/// What a reader of one of the three languages would take for an insult to somebody: no letter prints it behind `REFUSE`, nor behind anything else.
const UNFIT: [&str; 16] = ["FAG", "FAP", "FAT", "FCK", "FDP", "GAY", "KKK", "KLB", "NTM", "PED", "PET", "RAT", "WTF", "7MR", "97B", "9HB"];

/// What a code speaks about. A code of one matter is no code of another.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Matter {
    /// The request, as summarised to the consumer: to be confirmed and forwarded.
    Request(Digest),
    /// The invitation of the merchant to grant exactly that request.
    Invitation(Digest),
    /// The file that the operator decides about: to admit, reject or close it.
    Screening(Digest),
    /// Whether the agreement of that digest was performed.
    Performance(Digest),
    /// A draft of its author, to be proposed exactly as it was shown.
    Draft(Digest),
    /// The open proposal: to accept, decline or take the acceptance back.
    Proposal(Digest),
    /// The mission of the mediator of that address: to take it on, or to step down.
    Mission(Digest),
    /// What was ordered a moment ago: to take it back.
    Undo(Digest),
    /// Words that may be passed on to the other side, or not.
    Share(Digest),
    /// What may be told to a third person, or not.
    Disclosure(Digest),
    /// A message that waits on the common channel: to let it pass, or to keep it back.
    Withheld(Digest),
    /// What is done with a held mail: the digest of which mail it is and of whom it is taken for.
    Pen(Digest),
    /// The common channel: agreeing to it and leaving it.
    Joint,
    /// Leaving, pausing, resuming and changing one's address: valid as long as the dispute is open.
    Freedom,
    /// Going from a customer service to mediation.
    Escalation,
    /// A question that one letter asks: whether a mail, or an address, is the reader's own.
    Question(Digest),
}

impl Matter {
    /// Bytes that differ for any two matters.
    pub fn bytes(&self) -> Vec<u8> {
        let (name, digest): (&str, Option<&Digest>) = match self {
            Matter::Request(digest) => ("request", Some(digest)),
            Matter::Invitation(digest) => ("invitation", Some(digest)),
            Matter::Screening(digest) => ("screening", Some(digest)),
            Matter::Performance(digest) => ("performance", Some(digest)),
            Matter::Draft(digest) => ("draft", Some(digest)),
            Matter::Proposal(digest) => ("proposal", Some(digest)),
            Matter::Mission(digest) => ("mission", Some(digest)),
            Matter::Undo(digest) => ("undo", Some(digest)),
            Matter::Share(digest) => ("share", Some(digest)),
            Matter::Disclosure(digest) => ("disclosure", Some(digest)),
            Matter::Withheld(digest) => ("withheld", Some(digest)),
            Matter::Joint => ("joint", None),
            Matter::Pen(digest) => ("pen", Some(digest)),
            Matter::Freedom => ("freedom", None),
            Matter::Escalation => ("escalation", None),
            Matter::Question(digest) => ("question", Some(digest)),
        };
        let mut bytes = name.as_bytes().to_vec();
        bytes.push(0);
        bytes.extend(digest.into_iter().flat_map(|digest| digest.as_bytes().iter().copied()));
        bytes
    }
}

/// Three characters that the service gave to one person for one matter of one dispute.
///
/// They are derived from a key of the service, so nothing has to be kept and a guess is one in 9,357; they are of
/// use only together with an authenticated, known sender and a reply token (DESIGN §5).
#[derive(Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct ReplyCode(String);

impl ReplyCode {
    /// Characters of a code.
    pub const LENGTH: usize = 3;

    /// The code that `mac`, a keyed hash over dispute, role and matter, stands for.
    pub fn from_mac(mac: &[u8; 32]) -> Self {
        let mut number = u64::from_be_bytes([0, 0, mac[0], mac[1], mac[2], mac[3], mac[4], mac[5]]);
        loop {
            let mut text = String::new();
            for _ in 0..Self::LENGTH {
                let index = (number % ALPHABET.len() as u64) as usize;
                text.push(ALPHABET.get(index).copied().map_or('3', char::from));
                number /= ALPHABET.len() as u64;
            }
            // In a sentence a number may be an amount, or days, and letters alone a word.
            if text.contains(char::is_alphabetic) && text.contains(char::is_numeric) && !UNFIT.contains(&text.as_str()) {
                return Self(text);
            }
            if number == 0 {
                return Self("A33".to_owned());
            }
        }
    }

    /// Reads a code as a person typed it.
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.to_ascii_uppercase();
        (text.len() == Self::LENGTH && text.bytes().all(|byte| ALPHABET.contains(&byte))).then_some(Self(text))
    }

    /// The code as it is printed.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// What the keyed hash of a code is taken over.
pub fn code_input(dispute: &[u8], role: Role, matter: &Matter) -> Vec<u8> {
    let mut bytes = dispute.to_vec();
    bytes.push(0);
    bytes.extend(role.name().bytes());
    bytes.push(0);
    bytes.extend(matter.bytes());
    bytes
}

impl fmt::Display for ReplyCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// A code is a secret between the service and one person.
impl fmt::Debug for ReplyCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ReplyCode(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_three_characters_without_look_alikes() {
        let code = ReplyCode::from_mac(Digest::of(b"x").as_bytes());
        assert_eq!(ReplyCode::parse(&code.as_str().to_lowercase()), Some(code));
        assert_eq!(ReplyCode::parse("A0B"), None);
        assert_eq!(ReplyCode::parse("ABCD"), None);
    }

    #[test]
    fn no_code_insults_whoever_gets_it() {
        let coded = |codes: [&str; 2]| {
            let signs: Vec<u8> = codes.concat().into_bytes();
            let number = signs.iter().rev().fold(0, |number, sign| number * 26 + ALPHABET.iter().position(|one| one == sign).unwrap() as u64);
            let mut mac = [0; 32];
            mac[..6].copy_from_slice(&number.to_be_bytes()[2..]);
            ReplyCode::from_mac(&mac).as_str().to_owned()
        };
        assert_eq!(coded(["W8B", "A4A"]), "W8B");
        for unfit in UNFIT {
            assert_eq!((coded([unfit, "A4A"]), coded([unfit, unfit])), ("A4A".to_owned(), "A33".to_owned()));
        }
        assert_eq!(coded(["786", "A4A"]), "A4A", "a number may be an amount");
        assert_eq!(coded(["BDL", "A4A"]), "A4A", "letters may be a word");
    }

    #[test]
    fn no_two_matters_share_their_bytes() {
        let digest = Digest::of(b"request");
        assert_ne!(Matter::Request(digest).bytes(), Matter::Invitation(digest).bytes());
        assert_ne!(code_input(b"d", Role::Consumer, &Matter::Freedom), code_input(b"d", Role::Merchant, &Matter::Freedom));
    }
}
