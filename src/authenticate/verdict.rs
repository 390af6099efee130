//! What was found out about the author of one mail, and on what it rests.

use serde::{Deserialize, Serialize};

/// What was found out about the author of one mail.
#[derive(Serialize, Deserialize, Clone, Debug, PartialEq)]
pub struct Verdict {
    /// The best of its DKIM signatures (RFC 6376), whoever signed.
    pub dkim: Outcome,
    /// DMARC of the author's domain (RFC 9989), resting on DKIM alone.
    pub dmarc: Outcome,
    /// The chain of forwarders (RFC 8617). Only verified where a sealer is believed, or against a [`super::ZoneFile`].
    pub arc: Outcome,
    /// What it means for authority (DESIGN §5, fact A).
    pub author: Author,
    /// On what that rests.
    #[serde(default)]
    pub ground: Ground,
}

/// The result of one mechanism, with the words of RFC 8601.
#[derive(Serialize, Deserialize, Clone, Copy, Debug, PartialEq, Eq)]
#[serde(rename_all = "lowercase")]
pub enum Outcome {
    /// It holds.
    Pass,
    /// It does not hold.
    Fail,
    /// There is nothing to verify.
    None,
    /// It could not be verified now.
    TempError,
    /// It can never be verified.
    PermError,
}

/// Whether the domain in From stands for the mail.
#[derive(Serialize, Deserialize, Clone, Copy, Debug, PartialEq, Eq)]
#[serde(rename_all = "lowercase")]
pub enum Author {
    /// A signature of that domain covers everything that matters (THREATS T11).
    Proven,
    /// Somebody whom the administrator believes says that the domain stands for it; the bytes do not show it.
    Vouched,
    /// Nothing speaks for it and nothing against it.
    Unknown,
    /// The domain wants such mails to be refused.
    Refuted,
}

/// On what an [`Author`] rests.
#[derive(Serialize, Deserialize, Clone, Debug, PartialEq, Eq)]
#[serde(tag = "by", rename_all = "lowercase")]
pub enum Ground {
    /// A signature in the mail, which we verified.
    Signature {
        /// Who signed.
        domain: String,
        /// With which key.
        key: Key,
    },
    /// What the provider of the mailbox wrote above the mail (RFC 8601).
    Results {
        /// Its authserv-id.
        server: String,
        /// Which of its methods passed.
        method: Method,
        /// For which domain.
        domain: String,
    },
    /// What the newest sealer of a chain that holds wrote (RFC 8617).
    Seal {
        /// Who sealed.
        sealer: String,
    },
    /// Nothing.
    Nothing {
        /// Why not.
        flaw: Flaw,
        /// Whose signature came nearest to a proof.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        domain: Option<String>,
    },
}

/// A key that a signature was verified with.
#[derive(Serialize, Deserialize, Clone, Copy, Debug, PartialEq, Eq)]
pub struct Key {
    /// Its kind.
    pub algorithm: Algorithm,
    /// Its length; what an RSA key is worth depends on it.
    pub bits: usize,
}

/// The kind of a key.
#[derive(Serialize, Deserialize, Clone, Copy, Debug, PartialEq, Eq)]
#[serde(rename_all = "lowercase")]
pub enum Algorithm {
    /// RSA with SHA-256 (RFC 8301).
    Rsa,
    /// Ed25519 (RFC 8463).
    Ed25519,
}

/// A method of RFC 8601 that speaks for the domain in From.
#[derive(Serialize, Deserialize, Clone, Copy, Debug, PartialEq, Eq)]
#[serde(rename_all = "lowercase")]
pub enum Method {
    /// DMARC.
    Dmarc,
    /// A DKIM signature that is aligned.
    Dkim,
}

/// Why nothing is proven.
#[derive(Serialize, Deserialize, Clone, Copy, Debug, PartialEq, Eq, Default)]
#[serde(rename_all = "kebab-case")]
pub enum Flaw {
    /// Nobody looked: its sender is not one plain address, or it was settled by an older program.
    #[default]
    NotVerified,
    /// Its header section is too large, or cannot be taken apart.
    Unverifiable,
    /// Looking at it took too long.
    OutOfTime,
    /// It has no signature.
    Unsigned,
    /// Only domains signed that do not speak for the one in From.
    OtherDomain,
    /// A CR or LF stands alone (CVE-2023-51764 and its kin).
    UnevenLines,
    /// A field stands there twice, or From can be read in two ways.
    DoubtfulHead,
    /// The signature breaks RFC 6376.
    Malformed,
    /// The signature covers a part of the text only (`l=`).
    Length,
    /// The signature uses SHA-1, or another algorithm that nobody may use (RFC 8301).
    Algorithm,
    /// The signature has expired.
    Expired,
    /// The signature was made in the future.
    Future,
    /// The domain has no such key.
    KeyMissing,
    /// The domain withdrew the key.
    KeyRevoked,
    /// The key is none for signing mail, or cannot be read.
    KeyUnfit,
    /// The key is shorter than 1024 bits (RFC 8301 §3.2).
    KeyWeak,
    /// The domain calls the key an experiment.
    KeyTest,
    /// A name server refused to answer or answered nonsense.
    NameServer,
    /// No name server answered in time.
    NameServerSilent,
    /// The mail is not the one that was signed.
    Changed,
    /// The signature names somebody outside the domain that signed (`i=`).
    OtherIdentity,
    /// The signature names another user of the domain, which signs for its users one by one (`t=s`).
    OtherUser,
    /// The signature leaves something open by which the mail could be made to say something else (THREATS T11).
    Uncovered,
}

/// From this length on an RSA key is beyond doubt (RFC 8301 §3.2).
const STRONG_BITS: usize = 2_048;

impl Author {
    /// Whether the author may be heard at all: by the bytes, or by the word of somebody who is believed.
    pub fn is_authenticated(self) -> bool {
        matches!(self, Author::Proven | Author::Vouched)
    }
}

impl Default for Ground {
    fn default() -> Self {
        Ground::Nothing { flaw: Flaw::NotVerified, domain: None }
    }
}

impl Verdict {
    /// The verdict where nothing was verified.
    pub fn unknown() -> Verdict {
        Verdict::all(Outcome::None, Flaw::NotVerified)
    }

    /// The verdict on a mail whose author is proven: what a story or a test assumes.
    pub fn proven() -> Verdict {
        let ground = Ground::Signature { domain: String::new(), key: Key { algorithm: Algorithm::Ed25519, bits: 256 } };
        Verdict { dkim: Outcome::Pass, dmarc: Outcome::Pass, arc: Outcome::None, author: Author::Proven, ground }
    }

    /// The verdict on a forged mail: what a story or a test assumes.
    pub fn refuted() -> Verdict {
        let ground = Ground::Nothing { flaw: Flaw::Unsigned, domain: None };
        Verdict { dkim: Outcome::None, dmarc: Outcome::Fail, arc: Outcome::None, author: Author::Refuted, ground }
    }

    /// Every mechanism ended so, and nobody is proven.
    pub(super) fn all(outcome: Outcome, flaw: Flaw) -> Verdict {
        Verdict { dkim: outcome, dmarc: outcome, arc: outcome, author: Author::Unknown, ground: Ground::Nothing { flaw, domain: None } }
    }

    /// The verdict in one sentence, for the operator who looks at a mail.
    pub fn sentence(&self) -> String {
        match &self.ground {
            Ground::Signature { domain, key } => format!("The author is proven: {domain} signed everything that matters{}.", key.in_words()),
            Ground::Results { server, method, domain } => {
                let method = if *method == Method::Dmarc { "DMARC" } else { "a signature" };
                format!(
                    "The author is vouched for: {server} says that {method} passed for {domain}; the mail itself does not show it, so nothing binding is heard."
                )
            }
            Ground::Seal { sealer } => {
                format!("The author is vouched for: {sealer}, which forwarded the mail, says that DMARC had passed; nothing binding is heard.")
            }
            Ground::Nothing { flaw, domain } => {
                let whose = domain.as_ref().map(|domain| format!(" (signed by {domain})")).unwrap_or_default();
                match self.author {
                    Author::Refuted => format!("The author is refuted: {}{whose}, and its domain asks for such mails to be refused.", flaw.in_words()),
                    _ => format!("The author is not proven: {}{whose}.", flaw.in_words()),
                }
            }
        }
    }
}

impl Key {
    fn in_words(self) -> String {
        match self.algorithm {
            Algorithm::Ed25519 => " with an Ed25519 key".to_owned(),
            Algorithm::Rsa if self.bits < STRONG_BITS => format!(" with an RSA key of {} bits, which is short by now", self.bits),
            Algorithm::Rsa => format!(" with an RSA key of {} bits", self.bits),
        }
    }
}

impl Flaw {
    fn in_words(self) -> &'static str {
        match self {
            Flaw::NotVerified => "nothing was verified, since it has not one sender with one plain address",
            Flaw::Unverifiable => "its header section is too large or broken",
            Flaw::OutOfTime => "verifying it took too long",
            Flaw::Unsigned => "no signature stands in the mail",
            Flaw::OtherDomain => "no signature is one of the domain in From",
            Flaw::UnevenLines => "its lines do not all end with CR LF, as in mails that are smuggled past a server",
            Flaw::DoubtfulHead => "a field of its head stands there twice or can be read in two ways",
            Flaw::Malformed => "its signature breaks the rules of DKIM",
            Flaw::Length => "its signature covers a part of the text only",
            Flaw::Algorithm => "its signature uses an algorithm that is no longer allowed",
            Flaw::Expired => "its signature has expired",
            Flaw::Future => "its signature was made in the future",
            Flaw::KeyMissing => "the key of its signature is not in the DNS",
            Flaw::KeyRevoked => "the key of its signature was withdrawn",
            Flaw::KeyUnfit => "the key of its signature is not one for signing mail",
            Flaw::KeyWeak => "the key of its signature is shorter than 1024 bits",
            Flaw::KeyTest => "the key of its signature is marked as an experiment",
            Flaw::NameServer => "a name server failed when the key or the policy was asked for",
            Flaw::NameServerSilent => "no name server answered in time when the key or the policy was asked for",
            Flaw::Changed => "the mail is not the one that was signed",
            Flaw::OtherIdentity => "its signature names somebody outside the domain that signed",
            Flaw::OtherUser => "its signature names another user of the domain than From",
            Flaw::Uncovered => "its signature leaves open what could change its meaning",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_verdict_of_an_older_program_is_read_and_every_verdict_is_one_sentence() {
        let old: Verdict = serde_json::from_str(r#"{"dkim":"pass","dmarc":"pass","arc":"none","author":"unknown"}"#).unwrap();
        assert_eq!(old.ground, Ground::default());
        let weak = Ground::Signature { domain: "example.org".to_owned(), key: Key { algorithm: Algorithm::Rsa, bits: 1_024 } };
        let said = Ground::Results { server: "mx.example.net".to_owned(), method: Method::Dmarc, domain: "example.org".to_owned() };
        let seal = Ground::Seal { sealer: "lists.example.net".to_owned() };
        for (ground, words) in
            [(weak, "1024 bits, which is short"), (said, "mx.example.net says that DMARC passed for example.org"), (seal, "lists.example.net, which forwarded")]
        {
            let verdict = Verdict { ground, ..old.clone() };
            let told = verdict.sentence();
            assert!(told.contains(words) && told.ends_with('.') && told.matches(". ").count() == 0, "{told}");
            let stored = serde_json::to_string(&verdict).unwrap();
            assert_eq!(serde_json::from_str::<Verdict>(&stored).unwrap(), verdict, "{stored}");
        }
        assert_eq!(Verdict::refuted().sentence(), "The author is refuted: no signature stands in the mail, and its domain asks for such mails to be refused.");
    }
}
