//! Who really wrote a mail: DKIM, DMARC and ARC, verified by us from the raw bytes. The only user of mail-auth.
//!
//! Behind a mailbox there is no client address, so SPF cannot be checked; DMARC rests on DKIM alone (CRATES §3.5).
//! Every name is looked up here and handed to mail-auth ready-made: it opens no socket and reads no clock.

mod author;
mod chain;
mod keys;
mod names;
mod policy;
mod signature;
mod tags;
#[cfg(test)]
mod tests;

pub use names::{AuthenticateError, Names, ZoneFile};

use crate::domain::{Address, Instant};
use mail_auth::{AuthenticatedMessage, MessageAuthenticator};
use names::Source;
use policy::Policy;
use serde::{Deserialize, Serialize};
use std::sync::Arc;
use std::time::Duration;

/// What was found out about the author of one mail.
#[derive(Serialize, Deserialize, Clone, Debug, PartialEq)]
pub struct Verdict {
    /// The best of its DKIM signatures (RFC 6376), whoever signed.
    pub dkim: Outcome,
    /// DMARC of the author's domain (RFC 9989), resting on DKIM alone.
    pub dmarc: Outcome,
    /// The chain of forwarders (RFC 8617). Shown, never believed; only verified against a [`ZoneFile`].
    pub arc: Outcome,
    /// What it means for authority (DESIGN §5, fact A).
    pub author: Author,
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
    /// Nothing speaks for it and nothing against it.
    Unknown,
    /// The domain wants such mails to be refused.
    Refuted,
}

/// Verifies mails. Clones share the resolver and its cache.
#[derive(Clone)]
pub struct Authenticator(Arc<Inner>);

struct Inner {
    source: Source,
    verifier: MessageAuthenticator,
}

/// Time for one mail, all look-ups together.
const TIME: Duration = Duration::from_secs(10);

/// Largest header section that is verified (THREATS §11).
const HEADER_BYTES: usize = 256 << 10;

/// Most header fields that are verified (THREATS §11).
const HEADER_FIELDS: usize = 1_000;

impl Authenticator {
    /// An authenticator that looks names up in `names`. Fails where the system's resolver settings cannot be read.
    pub fn new(names: Names) -> Result<Authenticator, AuthenticateError> {
        Ok(Authenticator(Arc::new(Inner { source: Source::open(names)?, verifier: names::offline()? })))
    }

    /// The verdict on the mail `bytes`, whose strict sender (DESIGN §5) is `from`, at the time `now`.
    ///
    /// Never fails: what cannot be verified in [`TIME`] is a temporary error, and without `from` nobody is proven.
    pub async fn verdict(&self, bytes: &[u8], from: Option<&Address>, now: Instant) -> Verdict {
        let (inner, bytes, from) = (Arc::clone(&self.0), as_transported(bytes), from.cloned());
        // A task of its own: a fault in a parser ends the task, not the daemon.
        let examined = tokio::spawn(async move { tokio::time::timeout(TIME, inner.examine(&bytes, from.as_ref(), now)).await });
        match examined.await {
            Ok(Ok(verdict)) => verdict,
            Ok(Err(_)) => Verdict::all(Outcome::TempError),
            Err(_) => Verdict::all(Outcome::PermError),
        }
    }
}

impl Verdict {
    /// The verdict where nothing was verified.
    pub fn unknown() -> Verdict {
        Verdict::all(Outcome::None)
    }

    /// The verdict on a mail whose author is proven: what a story or a test assumes.
    pub fn proven() -> Verdict {
        Verdict { dkim: Outcome::Pass, dmarc: Outcome::Pass, arc: Outcome::None, author: Author::Proven }
    }

    /// The verdict on a forged mail: what a story or a test assumes.
    pub fn refuted() -> Verdict {
        Verdict { dkim: Outcome::None, dmarc: Outcome::Fail, arc: Outcome::None, author: Author::Refuted }
    }

    fn all(outcome: Outcome) -> Verdict {
        Verdict { dkim: outcome, dmarc: outcome, arc: outcome, author: Author::Unknown }
    }
}

impl Inner {
    async fn examine(&self, bytes: &[u8], from: Option<&Address>, now: Instant) -> Verdict {
        if !is_verifiable(bytes) {
            return Verdict::all(Outcome::PermError);
        }
        let Some(mut mail) = AuthenticatedMessage::parse(bytes) else { return Verdict::all(Outcome::None) };
        // A name server that is silent costs its time once, not once for each question.
        let policy = async {
            match from {
                Some(from) => Some((from, Policy::of(&self.source, from.domain()).await)),
                None => None,
            }
        };
        let (signatures, policy) = tokio::join!(signature::verify(&self.source, &self.verifier, &mut mail, now), policy);
        let arc = match self.source {
            Source::Zone(_) => chain::verify(&self.source, &self.verifier, &mut mail, now).await,
            Source::Network(_) => Outcome::None,
        };
        let dkim = signatures.iter().map(|signature| signature.outcome).min_by_key(|outcome| rank(*outcome)).unwrap_or(Outcome::None);
        let Some((from, policy)) = policy else { return Verdict { dkim, arc, ..Verdict::unknown() } };
        let mut aligned = Vec::new();
        for signature in &signatures {
            if policy.covers(&self.source, &signature.domain).await {
                aligned.push(signature);
            }
        }
        let dmarc = policy.outcome(aligned.iter().map(|signature| signature.outcome));
        let proven = author::is_one_plain_mail(&mail, bytes, from) && aligned.iter().any(|signature| signature.proves);
        let author = match (proven, dmarc) {
            (true, _) => Author::Proven,
            (false, Outcome::Fail) if policy.is_enforced() => Author::Refuted,
            _ => Author::Unknown,
        };
        Verdict { dkim, dmarc, arc, author }
    }
}

/// The smallest is the best: one good signature is enough, and what may still become good comes next.
fn rank(outcome: Outcome) -> u8 {
    match outcome {
        Outcome::Pass => 0,
        Outcome::TempError => 1,
        Outcome::Fail => 2,
        Outcome::PermError => 3,
        Outcome::None => 4,
    }
}

/// The bytes as they travelled: a file in which no line ends with CR was written by a program that dropped it.
fn as_transported(bytes: &[u8]) -> Vec<u8> {
    match bytes.contains(&b'\r') {
        true => bytes.to_vec(),
        false => bytes.split(|byte| *byte == b'\n').collect::<Vec<_>>().join(&b"\r\n"[..]),
    }
}

/// Whether the header section is small enough: verifying costs its fields times the signed names.
fn is_verifiable(bytes: &[u8]) -> bool {
    let (mut size, mut fields) = (0usize, 0usize);
    for line in bytes.split_inclusive(|byte| *byte == b'\n') {
        if matches!(line, b"\r\n" | b"\n") {
            break;
        }
        size = size.saturating_add(line.len());
        fields = fields.saturating_add(usize::from(!line.starts_with(b" ") && !line.starts_with(b"\t")));
        if size > HEADER_BYTES || fields > HEADER_FIELDS {
            return false;
        }
    }
    true
}
