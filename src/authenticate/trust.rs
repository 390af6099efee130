//! Whose word counts beside the bytes: the provider of a mailbox, and forwarders. Both are named by the administrator; nobody else is believed.

use super::fields::{Field, fields};
use super::results::{Results, Scanner};

/// Whose word counts for a mailbox.
#[derive(Debug, Clone, Default)]
pub struct Trust {
    /// The provider whose Authentication-Results are believed.
    pub provider: Option<Provider>,
    /// Domains whose ARC seals are believed, in lower case.
    pub sealers: Vec<String>,
}

/// A provider that writes down what it verified (RFC 8601).
#[derive(Debug, Clone)]
pub struct Provider {
    /// Its authserv-id.
    pub server: String,
    /// The hosts that write a Received field above its results, topmost first; `*.example` means any host of that domain.
    pub received_by: Vec<String>,
}

/// The field that a server writes its results into.
pub(super) const RESULTS: &str = "Authentication-Results";

impl Provider {
    /// The results that this provider wrote on `mail`, if nobody else can have written them.
    ///
    /// They are its first such field, its only one with that authserv-id, and no other Received stands above them than those that the provider
    /// is known to write: whatever a sender puts into a mail stands below the first of these.
    pub fn results(&self, mail: &[u8]) -> Option<Results> {
        let fields = fields(mail)?;
        let mut hosts = self.received_by.iter();
        let mut below = fields.iter();
        let first = below.find(|field| field.may_be(RESULTS) || (field.may_be("Received") && !hosts.next().is_some_and(|host| is_by(field, host))))?;
        let results = Results::parse(first.value).filter(|results| first.is(RESULTS) && self.wrote(results))?;
        let twice = below.filter(|field| field.may_be(RESULTS)).any(|field| match Results::parse(field.value) {
            Some(other) => self.wrote(&other),
            None => String::from_utf8_lossy(field.value).to_lowercase().contains(&self.server.to_lowercase()),
        });
        (!twice).then_some(results)
    }

    /// Whether the results bear this provider's name.
    pub(super) fn wrote(&self, results: &Results) -> bool {
        results.server == self.server.to_lowercase()
    }
}

/// Whether a Received field says that `host` wrote it.
fn is_by(field: &Field<'_>, host: &str) -> bool {
    let Some(by) = receiver(field.value).filter(|_| field.is("Received")) else { return false };
    match host.to_lowercase().strip_prefix('*') {
        Some(suffix) => by.ends_with(suffix) && by.len() > suffix.len(),
        None => by.eq_ignore_ascii_case(host),
    }
}

/// Who wrote a Received field, in lower case: the name after `by`, which follows the one after `from` (RFC 5321 §4.4).
pub(super) fn receiver(value: &[u8]) -> Option<String> {
    let mut scanner = Scanner::new(value)?;
    scanner.blank()?;
    let mut first = scanner.word()?;
    if first.eq_ignore_ascii_case("from") {
        scanner.blank()?;
        scanner.word()?;
        scanner.blank()?;
        first = scanner.word()?;
    }
    scanner.blank()?;
    first.eq_ignore_ascii_case("by").then(|| scanner.word())?.map(|host| host.to_lowercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_writer_of_a_received_field_is_not_whom_it_heard_from() {
        for (value, host) in [
            ("from a.example ([192.0.2.1]) by mx.b.example with ESMTP id 1; Mon, 23 Nov 2026", Some("mx.b.example")),
            ("from by (by evil.example) by MX.b.example", Some("mx.b.example")),
            ("by mx.b.example; Mon", Some("mx.b.example")),
            ("(by evil.example) from x\r\n by mx.b.example", Some("mx.b.example")),
            ("from mx.b.example", None),
            ("from x with y by mx.b.example", None),
            ("", None),
        ] {
            assert_eq!(receiver(value.as_bytes()).as_deref(), host, "{value}");
        }
    }
}
