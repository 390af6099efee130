//! A mailbox address that is safe to compare, to store and to write into an SMTP envelope.

use serde::{Deserialize, Serialize};
use std::fmt;

/// One addr-spec (RFC 5322 §3.4.1) of the strict kind: dot-atom local part, no comments, no quoting, no route.
///
/// The domain is kept in lower case. Non-ASCII letters are allowed (RFC 6531) but never controls, spaces or
/// characters that have a meaning in an SMTP command, so that an `Address` cannot inject anything into an envelope.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Address(String);

/// Why a text is not an [`Address`].
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("this is not a plain e-mail address (write it as name@domain.example)")]
pub struct NotAnAddress;

impl Address {
    /// Longest address that SMTP carries (RFC 5321 §4.5.3.1.3, less the angle brackets).
    const LONGEST: usize = 254;
    /// Longest local part (RFC 5321 §4.5.3.1.1).
    const LONGEST_LOCAL: usize = 64;

    /// Reads `text` as one strict address.
    pub fn parse(text: &str) -> Result<Self, NotAnAddress> {
        let text = text.trim_matches([' ', '\t']);
        if text.len() > Self::LONGEST {
            return Err(NotAnAddress);
        }
        let (local, domain) = text.split_once('@').ok_or(NotAnAddress)?;
        let domain = domain.strip_suffix('.').unwrap_or(domain);
        if local.len() > Self::LONGEST_LOCAL || !dot_atom(local, local_char) || !is_domain(domain) {
            return Err(NotAnAddress);
        }
        Ok(Self(format!("{local}@{}", domain.to_lowercase())))
    }

    /// The address as it is written.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// What stands before the `@`.
    pub fn local(&self) -> &str {
        self.0.split_once('@').map_or("", |(local, _)| local)
    }

    /// What stands after the `@`, in lower case.
    pub fn domain(&self) -> &str {
        self.0.split_once('@').map_or("", |(_, domain)| domain)
    }

    /// The form under which two spellings of one mailbox are the same: the local part is case-folded too.
    /// Tags and dots are kept: they may name another person.
    pub fn folded(&self) -> String {
        self.0.to_lowercase()
    }

    /// Whether both name the same mailbox.
    pub fn is_same(&self, other: &Address) -> bool {
        self.folded() == other.folded()
    }

    /// The same mailbox with `tag` after `separator` in its local part, as in `desk+tag@example.org`.
    pub fn tagged(&self, separator: char, tag: &str) -> Result<Address, NotAnAddress> {
        Address::parse(&format!("{}{separator}{tag}@{}", self.local(), self.domain()))
    }

    /// The tag that `self` carries if it is a tagged form of `base`.
    pub fn tag_of<'a>(&'a self, base: &Address, separator: char) -> Option<&'a str> {
        if self.domain() != base.domain() {
            return None;
        }
        let (head, tag) = self.local().split_once(separator)?;
        (head.to_lowercase() == base.local().to_lowercase() && !tag.is_empty()).then_some(tag)
    }
}

fn local_char(c: char) -> bool {
    c.is_ascii_alphanumeric() || "!#$%&'*+-/=?^_`{|}~".contains(c) || (!c.is_ascii() && c.is_alphanumeric())
}

fn domain_char(c: char) -> bool {
    c.is_ascii_alphanumeric() || c == '-' || (!c.is_ascii() && c.is_alphanumeric())
}

fn dot_atom(text: &str, allowed: fn(char) -> bool) -> bool {
    !text.is_empty() && text.split('.').all(|atom| !atom.is_empty() && atom.chars().all(allowed))
}

fn is_domain(text: &str) -> bool {
    dot_atom(text, domain_char) && text.split('.').all(|label| label.len() <= 63 && !label.starts_with('-') && !label.ends_with('-'))
}

impl fmt::Display for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// An address is somebody's name: it never appears in a log or a panic by accident.
impl fmt::Debug for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Address(…)")
    }
}

impl TryFrom<String> for Address {
    type Error = NotAnAddress;
    fn try_from(text: String) -> Result<Self, NotAnAddress> {
        Self::parse(&text)
    }
}

impl From<Address> for String {
    fn from(address: Address) -> String {
        address.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plain_addresses_are_read_and_their_domain_is_lowered() {
        assert_eq!(Address::parse("Leila.B+x@Example.ORG").unwrap().as_str(), "Leila.B+x@example.org");
        assert_eq!(Address::parse("o'neil@a.b").unwrap().local(), "o'neil");
        assert_eq!(Address::parse("a@b.org.").unwrap().domain(), "b.org");
    }

    #[test]
    fn what_could_inject_or_confuse_is_refused() {
        for bad in [
            "",
            "a",
            "a@",
            "@b",
            "a@b@c",
            "a b@c",
            "<a@b>",
            "a@x> SIZE=1",
            "\"a\"@b",
            "a..b@c",
            ".a@c",
            "a@-b.c",
            "a@b\r\nRCPT",
            "a\0@b",
            "a,b@c",
            "a@[127.0.0.1]",
            "a(c)@b",
        ] {
            assert!(Address::parse(bad).is_err(), "{bad:?}");
        }
        assert!(Address::parse(&format!("{}@b", "a".repeat(65))).is_err());
    }

    #[test]
    fn a_tag_is_found_only_on_its_own_base() {
        let base = Address::parse("mediation@elitige.example").unwrap();
        let tagged = base.tagged('+', "abc").unwrap();
        assert_eq!(tagged.as_str(), "mediation+abc@elitige.example");
        assert_eq!(tagged.tag_of(&base, '+'), Some("abc"));
        assert_eq!(tagged.tag_of(&Address::parse("other@elitige.example").unwrap(), '+'), None);
        assert_eq!(base.tag_of(&base, '+'), None);
    }
}
