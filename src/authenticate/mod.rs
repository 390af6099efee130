//! Who really wrote a mail: DKIM, DMARC and ARC, verified by us from the raw bytes. The only user of mail-auth.
//!
//! Behind a mailbox there is no client address, so SPF cannot be checked; DMARC rests on DKIM alone (CRATES §3.5). What the provider of the
//! mailbox, or a forwarder, says that it verified counts where the administrator names them, and then for less ([`Author::Vouched`]).
//! Every name is looked up here and handed to mail-auth ready-made: it opens no socket and reads no clock.

mod author;
mod canary;
mod chain;
mod fields;
mod keys;
mod names;
mod policy;
mod results;
mod signature;
mod tags;
#[cfg(test)]
mod tests;
mod trust;
mod verdict;

pub use canary::{Passage, Survey};
pub use names::{AuthenticateError, Names, ZoneFile};
pub use trust::{Provider, Trust};
pub use verdict::{Algorithm, Author, Flaw, Ground, Key, Method, Outcome, Verdict};

use crate::domain::{Address, Instant};
use mail_auth::{AuthenticatedMessage, MessageAuthenticator};
use names::{Source, Unreachable};
use policy::Policy;
use signature::Signed;
use std::sync::Arc;
use std::time::Duration;

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

    /// Whether anybody answers questions about `name`; that there is no such name is an answer.
    pub async fn is_answered(&self, name: &str) -> bool {
        self.0.source.texts(name).await.is_ok()
    }

    /// The verdict on the mail `bytes`, whose strict sender (DESIGN §5) is `from`, at the time `now`, where the word of `trust` counts too.
    ///
    /// Never fails: what cannot be verified in [`TIME`] is a temporary error, and without `from` nobody is proven.
    pub async fn verdict(&self, bytes: &[u8], from: Option<&Address>, trust: &Trust, now: Instant) -> Verdict {
        let (inner, bytes, from, trust) = (Arc::clone(&self.0), as_transported(bytes), from.cloned(), trust.clone());
        // A task of its own: a fault in a parser ends the task, not the daemon.
        let examined = tokio::spawn(async move { tokio::time::timeout(TIME, inner.examine(&bytes, from.as_ref(), &trust, now)).await });
        match examined.await {
            Ok(Ok(verdict)) => verdict,
            Ok(Err(_)) => Verdict::all(Outcome::TempError, Flaw::OutOfTime),
            Err(_) => Verdict::all(Outcome::PermError, Flaw::Unverifiable),
        }
    }
}

impl Inner {
    async fn examine(&self, bytes: &[u8], from: Option<&Address>, trust: &Trust, now: Instant) -> Verdict {
        if !is_verifiable(bytes) {
            return Verdict::all(Outcome::PermError, Flaw::Unverifiable);
        }
        let Some(mut mail) = AuthenticatedMessage::parse(bytes) else { return Verdict::all(Outcome::None, Flaw::Unverifiable) };
        // A name server that is silent costs its time once, not once for each question.
        let policy = async {
            match from {
                Some(from) => Some((from, Policy::of(&self.source, from.domain()).await)),
                None => None,
            }
        };
        let (signatures, policy) = tokio::join!(signature::verify(&self.source, &self.verifier, &mut mail, from, now), policy);
        let arc = match self.source {
            Source::Network(_) if trust.sealers.is_empty() => Outcome::None,
            _ => chain::verify(&self.source, &self.verifier, &mut mail, now).await,
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
        let oddity = author::oddity(&mail, bytes, from);
        let (author, ground) = match (own(&aligned, &signatures, oddity, &policy), dmarc) {
            (Ground::Signature { domain, key }, _) => (Author::Proven, Ground::Signature { domain, key }),
            (ground, Outcome::Fail) if policy.is_enforced() => (Author::Refuted, ground),
            (ground, _) => (Author::Unknown, ground),
        };
        let verdict = Verdict { dkim, dmarc, arc, author, ground };
        if author == Author::Proven || oddity.is_some() || !author::has_single_fields(&mail) {
            return verdict;
        }
        match self.vouched(&mail, bytes, &aligned, &policy, (from, trust), arc).await {
            Some(ground) => Verdict { author: Author::Vouched, ground, ..verdict },
            None => verdict,
        }
    }

    /// Who of those that `trust` names vouches for the author.
    ///
    /// The bytes are the stronger evidence. So the provider speaks only where they are silent: no signature of the domain stands in the mail, or
    /// its key cannot be had. A forwarder may also have changed what was signed, which is what seals are for. Against a signature that holds and
    /// proves nothing, nobody is heard: their word may rest on that very signature.
    async fn vouched(
        &self,
        mail: &AuthenticatedMessage<'_>,
        bytes: &[u8],
        aligned: &[&Signed],
        policy: &Policy,
        (from, trust): (&Address, &Trust),
        arc: Outcome,
    ) -> Option<Ground> {
        if let Some(provider) = trust.provider.as_ref().filter(|_| aligned.iter().all(|signature| signature.is_open()))
            && let Some(results) = provider.results(bytes)
            && let Some((method, speakers)) = results.speakers(from.domain())
        {
            for domain in speakers {
                if policy.covers(&self.source, &domain).await {
                    return Some(Ground::Results { server: results.server, method, domain });
                }
            }
        }
        let changed = |signature: &&Signed| signature.is_open() || signature.flaw == Some(Flaw::Changed) && signature.covers;
        let sealer = chain::newest_sealer(mail, from.domain()).filter(|_| arc == Outcome::Pass && aligned.iter().all(changed))?;
        trust.sealers.iter().any(|known| known.eq_ignore_ascii_case(&sealer)).then_some(Ground::Seal { sealer })
    }
}

/// What the bytes alone show.
fn own(aligned: &[&Signed], all: &[Signed], oddity: Option<Flaw>, policy: &Policy) -> Ground {
    let nothing = |flaw: Flaw, domain: Option<&String>| Ground::Nothing { flaw, domain: domain.filter(|domain| !domain.is_empty()).cloned() };
    if let Some(flaw) = oddity {
        return nothing(flaw, None);
    }
    if let Some((signature, key)) = aligned.iter().find_map(|signature| signature.key.filter(|_| signature.flaw.is_none()).map(|key| (signature, key))) {
        return Ground::Signature { domain: signature.domain.clone(), key };
    }
    match (aligned.iter().min_by_key(|signature| rank(signature.outcome)), policy.unreachable()) {
        (Some(best), _) => nothing(best.flaw.unwrap_or(Flaw::Malformed), Some(&best.domain)),
        (None, Some(Unreachable::Failed)) => nothing(Flaw::NameServer, None),
        (None, Some(Unreachable::Silent)) => nothing(Flaw::NameServerSilent, None),
        (None, None) if all.is_empty() => nothing(Flaw::Unsigned, None),
        (None, None) => nothing(Flaw::OtherDomain, all.first().map(|signature| &signature.domain)),
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
