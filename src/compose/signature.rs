//! The signature that proves whose domain a letter is from (DKIM, RFC 6376; Ed25519 by RFC 8463), for services whose next server does not sign.
//!
//! It names no time: the same letter has the same signature each time that it is handed over.

use crate::domain::OutboundMail;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use ring::digest::{SHA256, digest};
use ring::rand::SystemRandom;
use ring::signature::{Ed25519KeyPair, RSA_PKCS1_SHA256, RsaKeyPair};
use std::borrow::Cow;
use std::sync::Arc;
use zeroize::Zeroizing;

/// The fields that are signed where a letter has them.
const SIGNED: [&str; 13] = [
    "from",
    "to",
    "subject",
    "date",
    "message-id",
    "reply-to",
    "in-reply-to",
    "references",
    "mime-version",
    "content-type",
    "content-transfer-encoding",
    "auto-submitted",
    "cc",
];
/// Those of which nobody may add another one on the way (RFC 6376 §8.15).
const SEALED: [&str; 6] = ["from", "to", "cc", "subject", "date", "reply-to"];
/// How many characters of a long value stand in a line.
const LINE: usize = 70;

/// The keys by which letters are signed, one for each domain. A copy is cheap.
#[derive(Clone, Default)]
pub struct Signers(Vec<Arc<Signer>>);

/// The key of one domain.
pub struct Signer {
    domain: String,
    selector: String,
    key: Key,
}

enum Key {
    Rsa(RsaKeyPair),
    Ed25519(Ed25519KeyPair),
}

/// The name of a field in small letters, and its value relaxed.
type Field = (String, String);

/// Why a text is no key that can sign letters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NoSigner {
    /// It is not PEM, or holds something else.
    #[error("it is no private key in PEM; make one with: openssl genpkey -algorithm rsa -pkeyopt rsa_keygen_bits:2048")]
    NoKey,
    /// Neither of the two that receivers know, or too short.
    #[error("it is neither an RSA key of 2048 to 4096 bits nor an Ed25519 key; make one with: openssl genpkey -algorithm rsa -pkeyopt rsa_keygen_bits:2048")]
    OtherKey,
}

impl Signers {
    /// From one key for each domain.
    pub fn new(signers: Vec<Signer>) -> Self {
        Self(signers.into_iter().map(Arc::new).collect())
    }

    /// `mail` as it is handed over: with its signature in front, if there is a key for the domain of its author.
    pub fn signed<'a>(&self, mail: &'a OutboundMail) -> Cow<'a, OutboundMail> {
        let Some(signature) = self.sign(&mail.bytes) else { return Cow::Borrowed(mail) };
        Cow::Owned(OutboundMail { bytes: [signature.as_slice(), &mail.bytes].concat(), ..mail.clone() })
    }

    /// The signature of `letter`, as a header field with its end; `None` if there is no key for the domain of its author.
    fn sign(&self, letter: &[u8]) -> Option<Vec<u8>> {
        let (fields, body) = parted(letter)?;
        let (_, author) = fields.iter().find(|(name, _)| name == "from")?;
        let domain = author.rsplit_once('@')?.1.trim_end_matches('>');
        self.0.iter().filter(|signer| signer.is_of(domain)).max_by_key(|signer| signer.domain.len())?.sign(&fields, body)
    }
}

impl Signer {
    /// The key of `domain` whose public half stands at `selector`, from its PEM (PKCS #8, or PKCS #1 for RSA).
    pub fn new(domain: &str, selector: &str, pem: &str) -> Result<Self, NoSigner> {
        let (label, der) = decoded(pem).ok_or(NoSigner::NoKey)?;
        let rsa = |pair: Result<RsaKeyPair, ring::error::KeyRejected>| pair.map(Key::Rsa).map_err(|_| NoSigner::OtherKey);
        let key = match label {
            "RSA PRIVATE KEY" => rsa(RsaKeyPair::from_der(&der))?,
            "PRIVATE KEY" => Ed25519KeyPair::from_pkcs8_maybe_unchecked(&der).map(Key::Ed25519).or_else(|_| rsa(RsaKeyPair::from_pkcs8(&der)))?,
            _ => return Err(NoSigner::NoKey),
        };
        Ok(Self { domain: domain.to_ascii_lowercase(), selector: selector.to_owned(), key })
    }

    /// The domain.
    pub fn domain(&self) -> &str {
        &self.domain
    }

    /// Whether it signs for addresses of `domain`: those of its own, and those below it.
    pub fn is_of(&self, domain: &str) -> bool {
        let domain = domain.to_ascii_lowercase();
        domain.strip_suffix(&self.domain).is_some_and(|rest| rest.is_empty() || rest.ends_with('.'))
    }

    fn sign(&self, fields: &[Field], body: &[u8]) -> Option<Vec<u8>> {
        let mut names: Vec<&str> = Vec::new();
        let mut signed = String::new();
        for name in SIGNED {
            if let Some((_, value)) = fields.iter().rfind(|(known, _)| known == name) {
                names.push(name);
                signed.push_str(&format!("{name}:{value}\r\n"));
            }
        }
        names.extend(SEALED);
        let algorithm = match self.key {
            Key::Rsa(_) => "rsa-sha256",
            Key::Ed25519(_) => "ed25519-sha256",
        };
        let hash = STANDARD.encode(digest(&SHA256, &relaxed_body(body)));
        let value = format!(
            " v=1; a={algorithm}; c=relaxed/relaxed; d={}; s={};\r\n\th={};\r\n\tbh={hash};\r\n\tb=",
            self.domain,
            self.selector,
            names.chunks(5).map(|names| names.join(":")).collect::<Vec<_>>().join(":\r\n\t ")
        );
        signed.push_str(&format!("dkim-signature:{}", relaxed(&value)));
        let signature = STANDARD.encode(self.key.sign(signed.as_bytes())?);
        let lines: Vec<&str> = signature.as_bytes().chunks(LINE).filter_map(|line| std::str::from_utf8(line).ok()).collect();
        Some(format!("DKIM-Signature:{value}{}\r\n", lines.join("\r\n\t ")).into_bytes())
    }
}

impl Key {
    fn sign(&self, text: &[u8]) -> Option<Vec<u8>> {
        match self {
            Key::Rsa(pair) => {
                let mut signature = vec![0; pair.public().modulus_len()];
                // Chance hides the key from whoever measures the time; the signature does not depend on it.
                pair.sign(&RSA_PKCS1_SHA256, &SystemRandom::new(), text, &mut signature).ok()?;
                Some(signature)
            }
            // The digest is what is signed (RFC 8463 §3).
            Key::Ed25519(pair) => Some(pair.sign(digest(&SHA256, text).as_ref()).as_ref().to_vec()),
        }
    }
}

/// The label and the content of the first block (RFC 7468).
fn decoded(pem: &str) -> Option<(&str, Zeroizing<Vec<u8>>)> {
    let (label, rest) = pem.split_once("-----BEGIN ")?.1.split_once("-----")?;
    let (text, _) = rest.split_once("-----END ")?;
    let text: Zeroizing<String> = Zeroizing::new(text.split_whitespace().collect());
    Some((label, STANDARD.decode(text.as_bytes()).ok().map(Zeroizing::new)?))
}

/// The fields of a letter, names in small letters and values relaxed (RFC 6376 §3.4.2), and its body.
fn parted(letter: &[u8]) -> Option<(Vec<Field>, &[u8])> {
    let end = letter.windows(4).position(|four| four == b"\r\n\r\n")?;
    let (head, body) = letter.split_at_checked(end.checked_add(4)?)?;
    let unfolded = std::str::from_utf8(head).ok()?.replace("\r\n ", " ").replace("\r\n\t", " ");
    let fields = unfolded.lines().filter_map(|line| line.split_once(':'));
    Some((fields.map(|(name, value)| (name.trim_end().to_ascii_lowercase(), relaxed(value))).collect(), body))
}

fn relaxed(value: &str) -> String {
    value.split([' ', '\t', '\r', '\n']).filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}

/// A body in which blanks are one and none stands at the end of a line, without empty lines at its end (RFC 6376 §3.4.4).
fn relaxed_body(body: &[u8]) -> Vec<u8> {
    let mut output = Vec::with_capacity(body.len());
    let mut empty_lines = 0_usize;
    for line in body.split(|byte| *byte == b'\n') {
        let line = line.strip_suffix(b"\r").unwrap_or(line);
        let Some(last) = line.iter().rposition(|byte| !matches!(byte, b' ' | b'\t')) else {
            empty_lines = empty_lines.saturating_add(1);
            continue;
        };
        for _ in 0..std::mem::take(&mut empty_lines) {
            output.extend_from_slice(b"\r\n");
        }
        let mut blank = false;
        for byte in line.iter().take(last.saturating_add(1)) {
            let is_blank = matches!(byte, b' ' | b'\t');
            if !is_blank {
                output.push(*byte);
            } else if !blank {
                output.push(b' ');
            }
            blank = is_blank;
        }
        output.extend_from_slice(b"\r\n");
    }
    output
}

/// No key is in a log by accident.
impl std::fmt::Debug for Signers {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_list().entries(self.0.iter().map(|signer| &signer.domain)).finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_body_is_relaxed_as_its_specification_says() {
        // The example of RFC 6376 §3.4.5.
        assert_eq!(relaxed_body(b" C \r\nD \t E\r\n\r\n\r\n"), b" C\r\nD E\r\n");
        for (body, relaxed) in
            [(&b""[..], &b""[..]), (b"\r\n\r\n", b""), (b"a", b"a\r\n"), (b"\r\n \t\r\na\t\r\n", b"\r\n\r\na\r\n"), (b"a\x0c\r\n", b"a\x0c\r\n")]
        {
            assert_eq!(relaxed_body(body), relaxed);
        }
    }

    #[test]
    fn a_text_that_is_no_key_is_refused() {
        let refused = |pem: &str| Signer::new("elitige.example", "one", pem).err();
        for none in
            ["", "secret", "-----BEGIN PRIVATE KEY-----\n%%%\n-----END PRIVATE KEY-----", "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----"]
        {
            assert_eq!(refused(none), Some(NoSigner::NoKey), "{none}");
        }
        assert_eq!(refused("-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----"), Some(NoSigner::OtherKey));
    }
}
