//! DKIM signatures (RFC 6376), each with what it is worth.

use super::Outcome;
use super::author;
use super::keys::Keys;
use super::names::Source;
use super::tags::Tags;
use crate::domain::Instant;
use mail_auth::common::headers::Header;
use mail_auth::common::verify::VerifySignature;
use mail_auth::dkim::Signature;
use mail_auth::{AuthenticatedMessage, DkimResult, Error, MessageAuthenticator, Parameters};

/// Signatures of one mail that are looked at, topmost first; each costs a look-up.
const MOST: usize = 10;

/// Most header fields that a signature may name; verifying costs them times the fields of the mail.
const NAMED_FIELDS: usize = 200;

/// One signature.
pub struct Signed {
    /// Who signed (`d=`), in lower case; empty where not even that can be read.
    pub domain: String,
    /// Whether it holds.
    pub outcome: Outcome,
    /// Whether it holds and covers everything that matters (THREATS T11).
    pub proves: bool,
}

/// Verifies every DKIM signature of `mail` at the time `now`.
pub async fn verify(source: &Source, verifier: &MessageAuthenticator, mail: &mut AuthenticatedMessage<'_>, now: Instant) -> Vec<Signed> {
    let mut signed: Vec<Signed> = mail.has_dkim_errors.then(|| unusable(String::new(), Outcome::PermError)).into_iter().collect();
    mail.dkim_headers.truncate(MOST);
    mail.dkim_headers.retain(|header| match flaw(header, now) {
        Some(outcome) => {
            signed.push(unusable(header.header.d.clone(), outcome));
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
        let outcome = outcome(output.result());
        let proves = outcome == Outcome::Pass && !keys.is_testing(&header.header.domain_key()) && author::is_covered_by(mail, header);
        signed.push(Signed { domain: header.header.d.to_lowercase(), outcome, proves });
    }
    signed
}

/// What RFC 6376 and RFC 8301 forbid although mail-auth allows it, or what has expired.
fn flaw(header: &Header<'_, Signature>, now: Instant) -> Option<Outcome> {
    let signature = &header.header;
    let Some(tags) = Tags::parse(header.value) else { return Some(Outcome::PermError) };
    let hashes_well = matches!(tags.get("a"), Some("rsa-sha256" | "ed25519-sha256"));
    let names_from = signature.h.iter().any(|name| name.eq_ignore_ascii_case("from"));
    if signature.v != 1 || tags.get("l").is_some() || !hashes_well || !names_from || signature.h.len() > NAMED_FIELDS {
        return Some(Outcome::PermError);
    }
    has_expired(signature.t, signature.x, now).then_some(Outcome::Fail)
}

/// Whether a signature made at `made` that ends at `expires` (0: never) has ended, all in seconds since 1970.
pub fn has_expired(made: u64, expires: u64, now: Instant) -> bool {
    let now = u64::try_from(now.micros() / 1_000_000).unwrap_or(0);
    expires != 0 && (expires <= made || expires <= now)
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

fn unusable(domain: String, outcome: Outcome) -> Signed {
    Signed { domain, outcome, proves: false }
}
