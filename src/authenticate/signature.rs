//! DKIM signatures (RFC 6376), each with what it is worth.

use super::author;
use super::keys::{About, Keys};
use super::names::Source;
use super::tags::Tags;
use super::verdict::{Flaw, Key, Outcome};
use crate::domain::{Address, Instant};
use mail_auth::common::headers::Header;
use mail_auth::common::verify::VerifySignature;
use mail_auth::dkim::{DkimError, Signature};
use mail_auth::{AuthenticatedMessage, DkimResult, Error, MessageAuthenticator, Parameters};

/// Signatures of one mail that are looked at, topmost first; each costs a look-up.
const MOST: usize = 10;

/// Most header fields that a signature may name; verifying costs them times the fields of the mail.
const NAMED_FIELDS: usize = 200;

/// So far ahead a clock may be that made a signature, in seconds: people set the wrong time zone.
const AHEAD: u64 = 86_400;

/// One signature.
pub struct Signed {
    /// Who signed (`d=`), in lower case; empty where not even that can be read.
    pub domain: String,
    /// Whether it holds.
    pub outcome: Outcome,
    /// With which key it was made, if that is known.
    pub key: Option<Key>,
    /// Why it proves nothing; `None` if it holds and covers everything that matters (THREATS T11).
    pub flaw: Option<Flaw>,
    /// Whether it would cover everything that matters if it held.
    pub covers: bool,
}

impl Signed {
    /// Whether the bytes alone can neither confirm nor deny it: its key cannot be had, and there is nothing else to object to.
    pub fn is_open(&self) -> bool {
        self.covers && matches!(self.flaw, Some(Flaw::KeyMissing | Flaw::NameServer | Flaw::NameServerSilent))
    }

    fn unusable(domain: String, outcome: Outcome, flaw: Flaw) -> Signed {
        Signed { domain: domain.to_lowercase(), outcome, key: None, flaw: Some(flaw), covers: false }
    }
}

/// Verifies every DKIM signature of `mail`, which claims to be from `from`, at the time `now`.
pub async fn verify(
    source: &Source,
    verifier: &MessageAuthenticator,
    mail: &mut AuthenticatedMessage<'_>,
    from: Option<&Address>,
    now: Instant,
) -> Vec<Signed> {
    let mut signed: Vec<Signed> = malformed(mail);
    mail.dkim_headers.truncate(MOST);
    mail.dkim_headers.retain(|header| match flaw(header, now) {
        Some((outcome, flaw)) => {
            signed.push(Signed::unusable(header.header.d.clone(), outcome, flaw));
            false
        }
        None => true,
    });
    for header in &mut mail.dkim_headers {
        // mail-auth would compare the expiry with the system's clock, and ask for the permission of third parties.
        header.header.x = 0;
        header.header.atps = None;
    }
    // Malformed signatures are counted above; mail-auth would count them again.
    mail.errors.retain(|error| !matches!(error.header, Error::Dkim(_)));
    let mut keys = Keys::default();
    for header in &mail.dkim_headers {
        keys.fetch(source, header.header.domain_key()).await;
    }
    let mail = &*mail;
    let verified = verifier.verify_dkim(Parameters::new(mail).with_txt_cache(&keys)).await;
    for (header, output) in mail.dkim_headers.iter().zip(&verified) {
        let (outcome, about) = (outcome(output.result()), keys.about(&header.header.domain_key()));
        let covers = author::is_covered_by(mail, &header.header.h);
        let flaw = objection(output.result(), about, is_of_another(&header.header.i, from)).or((!covers).then_some(Flaw::Uncovered));
        signed.push(Signed { domain: header.header.d.to_lowercase(), outcome, key: about.key, flaw, covers });
    }
    signed
}

/// The signatures that mail-auth did not even take apart.
fn malformed(mail: &AuthenticatedMessage<'_>) -> Vec<Signed> {
    let broken = mail.errors.iter().filter(|header| header.name.eq_ignore_ascii_case(b"dkim-signature"));
    let named = broken.take(MOST).map(|header| {
        let domain = Tags::parse(header.value).and_then(|tags| tags.get("d").map(str::to_owned)).unwrap_or_default();
        let flaw = match header.header {
            Error::Dkim(DkimError::SignatureLength) => Flaw::Length,
            Error::Dkim(DkimError::UnsupportedAlgorithm) => Flaw::Algorithm,
            _ => Flaw::Malformed,
        };
        Signed::unusable(domain, Outcome::PermError, flaw)
    });
    named.collect()
}

/// What RFC 6376 and RFC 8301 forbid although mail-auth allows it, or what has expired.
fn flaw(header: &Header<'_, Signature>, now: Instant) -> Option<(Outcome, Flaw)> {
    let signature = &header.header;
    let Some(tags) = Tags::parse(header.value) else { return Some((Outcome::PermError, Flaw::Malformed)) };
    // mail-auth takes tags in capitals for the same.
    if signature.l != 0 || ["l", "L"].iter().any(|tag| tags.get(tag).is_some()) {
        return Some((Outcome::PermError, Flaw::Length));
    }
    if !matches!(tags.get("a"), Some("rsa-sha256" | "ed25519-sha256")) {
        return Some((Outcome::PermError, Flaw::Algorithm));
    }
    let names_from = signature.h.iter().any(|name| name.eq_ignore_ascii_case("from"));
    if signature.v != 1 || !names_from || signature.h.len() > NAMED_FIELDS {
        return Some((Outcome::PermError, Flaw::Malformed));
    }
    if signature.t > seconds(now).saturating_add(AHEAD) {
        return Some((Outcome::Fail, Flaw::Future));
    }
    has_expired(signature.t, signature.x, now).then_some((Outcome::Fail, Flaw::Expired))
}

/// Why the signature proves nothing, as far as that does not depend on what it covers. Without its key not even a changed body says much.
fn objection(result: &DkimResult, about: About, of_another: bool) -> Option<Flaw> {
    match result {
        DkimResult::Pass if about.flaw.is_none() => (about.strict && of_another).then_some(Flaw::OtherUser),
        DkimResult::Pass => about.flaw,
        DkimResult::Neutral(Error::Dkim(DkimError::FailedBodyHashMatch)) => Some(Flaw::Changed),
        _ if about.flaw.is_some() => about.flaw,
        DkimResult::Fail(Error::Dkim(DkimError::FailedAuidMatch)) => Some(Flaw::OtherIdentity),
        DkimResult::Fail(_) => Some(Flaw::Changed),
        DkimResult::Neutral(_) | DkimResult::PermError(_) | DkimResult::TempError(_) | DkimResult::None => Some(Flaw::Malformed),
    }
}

/// Whether `i=` names a user and that user's name is not the one in From.
fn is_of_another(identity: &str, from: Option<&Address>) -> bool {
    let user = identity.rsplit_once('@').map(|(user, _)| user).filter(|user| !user.is_empty());
    user.is_some_and(|user| from.is_none_or(|from| user.to_lowercase() != from.local().to_lowercase()))
}

/// Whether a signature made at `made` that ends at `expires` (0: never) has ended, all in seconds since 1970.
pub fn has_expired(made: u64, expires: u64, now: Instant) -> bool {
    expires != 0 && (expires <= made || expires <= seconds(now))
}

fn seconds(now: Instant) -> u64 {
    u64::try_from(now.micros() / 1_000_000).unwrap_or(0)
}

/// mail-auth's result in the words of RFC 8601.
pub fn outcome(result: &DkimResult) -> Outcome {
    match result {
        DkimResult::Pass => Outcome::Pass,
        DkimResult::Neutral(_) | DkimResult::Fail(_) => Outcome::Fail,
        DkimResult::PermError(_) => Outcome::PermError,
        DkimResult::TempError(_) => Outcome::TempError,
        DkimResult::None => Outcome::None,
    }
}
