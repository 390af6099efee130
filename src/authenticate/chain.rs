//! ARC chains (RFC 8617): shown by `explain`, believed only of the sealers that the administrator names.

use super::author;
use super::keys::Keys;
use super::names::Source;
use super::results::Results;
use super::signature::{has_expired, outcome};
use super::tags::Tags;
use super::verdict::{Method, Outcome};
use crate::domain::Instant;
use mail_auth::common::verify::VerifySignature;
use mail_auth::{AuthenticatedMessage, MessageAuthenticator, Parameters};

/// Longest chain (RFC 8617 §4.2.1).
const LONGEST: usize = 50;

/// Most fields that a signature may name.
const NAMED_FIELDS: usize = 200;

/// Who sealed `mail` last, if that sealer's own signature covers everything that matters and its results say that DMARC had passed for `domain`.
/// Call it only for a chain that holds.
pub fn newest_sealer(mail: &AuthenticatedMessage<'_>, domain: &str) -> Option<String> {
    let (seal, signature, results) = (mail.as_headers.last()?, mail.ams_headers.last()?, mail.aar_headers.last()?);
    let whole = signature.header.l == 0 && author::is_covered_by(mail, &signature.header.h);
    let after = results.value.iter().position(|byte| *byte == b';')?.saturating_add(1);
    let said = Results::parse(results.value.get(after..)?.trim_ascii_end())?.speakers(domain);
    let passed = matches!(said, Some((Method::Dmarc, _)));
    (whole && passed && seal.header.d.eq_ignore_ascii_case(&signature.header.d)).then(|| seal.header.d.to_lowercase())
}

/// Verifies the chain of `mail` at the time `now`.
pub async fn verify(source: &Source, verifier: &MessageAuthenticator, mail: &mut AuthenticatedMessage<'_>, now: Instant) -> Outcome {
    let named = |name: &str| mail.headers.iter().filter(|(raw, _)| raw.eq_ignore_ascii_case(name.as_bytes())).map(|(_, value)| *value).collect::<Vec<_>>();
    let (seals, signatures, results) = (named("arc-seal"), named("arc-message-signature"), named("arc-authentication-results"));
    if seals.is_empty() && signatures.is_empty() && results.is_empty() {
        return Outcome::None;
    }
    if seals.iter().any(|seal| Tags::parse(seal).is_some_and(|tags| tags.get("cv") == Some("fail"))) {
        // A forwarder found it broken already: there is no chain to verify.
        return Outcome::None;
    }
    let complete = seals.len() == signatures.len() && seals.len() == results.len() && seals.len() <= LONGEST;
    let strict =
        seals.iter().all(|seal| is_seal(seal)) && signatures.iter().all(|signature| is_signature(signature)) && results.iter().all(|result| is_result(result));
    let expired = mail.ams_headers.iter().any(|header| has_expired(header.header.t, header.header.x, now));
    let sprawling = mail.ams_headers.iter().any(|header| header.header.h.len() > NAMED_FIELDS);
    if !complete || !strict || expired || sprawling {
        return Outcome::Fail;
    }
    let mut keys = Keys::default();
    for header in &mut mail.ams_headers {
        // mail-auth would compare the expiry with the system's clock.
        header.header.x = 0;
        keys.fetch(source, header.header.domain_key()).await;
    }
    for header in &mail.as_headers {
        keys.fetch(source, header.header.domain_key()).await;
    }
    let mail = &*mail;
    outcome(verifier.verify_arc(Parameters::new(mail).with_txt_cache(&keys)).await.result())
}

fn is_seal(value: &[u8]) -> bool {
    Tags::parse(value)
        .is_some_and(|tags| tags.have(&["i", "a", "b", "cv", "d", "s"]) && is_signed_well(&tags) && matches!(tags.get("cv"), Some("none" | "pass")))
}

fn is_signature(value: &[u8]) -> bool {
    let Some(tags) = Tags::parse(value) else { return false };
    let known = |part: &str| part == "simple" || part == "relaxed";
    let canonical = tags.get("c").is_none_or(|value| value.split('/').count() <= 2 && value.split('/').all(known));
    let seals_nothing = tags.entries("h").is_some_and(|mut names| !names.any(|name| name.eq_ignore_ascii_case("arc-seal")));
    tags.have(&["i", "a", "b", "bh", "d", "h", "s"]) && is_signed_well(&tags) && canonical && seals_nothing
}

fn is_signed_well(tags: &Tags) -> bool {
    matches!(tags.get("a"), Some("rsa-sha256" | "ed25519-sha256")) && tags.is_number_if_given("i") && tags.is_number_if_given("t")
}

fn is_result(value: &[u8]) -> bool {
    let first = value.split(|byte| *byte == b';').next().unwrap_or_default();
    Tags::parse(first).is_some_and(|tags| tags.have(&["i"]) && tags.is_number_if_given("i"))
}
