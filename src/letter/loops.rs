//! Mails of this program that come back, or that another service running it wrote, and mails that go round and round (THREATS §5).

use super::headers::RawHeaders;
use super::knowledge::Own;
use crate::domain::Address;

/// The field in which letters are stamped: the service's mark, then which letter of its conversation it is.
const STAMP: &str = "X-Elitige-Loop";
/// What separates the parts of our letters. A gateway may take fields away, but not this one.
const BOUNDARY: &str = "=_elitige_=";
/// Most servers that a mail passes through (the limit of Postfix, `hopcount_limit`); one that passed through more goes in a circle.
const MOST_HOPS: usize = 50;

/// By what a mail is known to be one of our own letters, through whatever hands it comes back.
pub(super) fn own(headers: &RawHeaders<'_>, from: Option<&str>, own: &Own) -> Option<&'static str> {
    let stamps = || headers.named(STAMP).map(|field| field.unfolded().split(' ').next().unwrap_or_default().to_owned());
    if !own.stamp.is_empty() && stamps().any(|stamp| stamp == own.stamp) {
        return Some("own-stamp");
    }
    let ours = |address: &str| Address::parse(address).is_ok_and(|address| own.addresses.iter().any(|ours| is_form_of(&address, ours)));
    if headers.first("Return-Path").is_some_and(|path| ours(path.trim_matches(['<', '>', ' ']))) {
        return Some("own-return-path");
    }
    let id_domain = headers.first("Message-ID").is_some_and(|id| {
        let domain = id.trim_matches(['<', '>', ' ']).rsplit_once('@').map(|(_, domain)| domain.to_lowercase());
        !own.message_id_domain.is_empty() && domain.is_some_and(|domain| domain == own.message_id_domain.to_lowercase())
    });
    (from.is_some_and(ours) && (headers.has(STAMP) || id_domain)).then_some("own-address")
}

/// By what a mail is known to be the letter of another service that runs this program, even where a gateway took the fields that say so:
/// two of them would answer each other.
pub(super) fn kindred(headers: &RawHeaders<'_>) -> Option<&'static str> {
    let parts = || headers.first("Content-Type").is_some_and(|kind| kind.contains(BOUNDARY));
    (headers.has(STAMP) || parts()).then_some("letter-of-another-service")
}

/// Whether it passed through more servers than any mail that goes straight to its recipient.
pub(super) fn goes_in_a_circle(headers: &RawHeaders<'_>) -> bool {
    headers.named("Received").take(MOST_HOPS.saturating_add(1)).count() > MOST_HOPS
}

/// Whether `from` is `address` or carries a tag after it, whatever the separator.
pub(super) fn is_form_of(from: &Address, address: &Address) -> bool {
    from.domain() == address.domain()
        && from.local().to_lowercase().strip_prefix(&address.local().to_lowercase()).is_some_and(|tag| !tag.starts_with(char::is_alphanumeric))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ours() -> Own {
        Own {
            addresses: vec![Address::parse("desk@service.example").unwrap()],
            message_id_domain: "service.example".to_owned(),
            stamp: "abc".to_owned(),
            ..Own::default()
        }
    }

    fn known(head: &str, from: &str) -> (Option<&'static str>, Option<&'static str>) {
        let mail = format!("{head}\n\n");
        let headers = RawHeaders::scan(mail.as_bytes(), 500);
        (own(&headers, Some(from), &ours()), kindred(&headers))
    }

    #[test]
    fn t38_our_letter_is_known_through_whatever_hands_it_comes_back() {
        assert_eq!(known("X-Elitige-Loop: abc hop=3", "forwarder@elsewhere.example").0, Some("own-stamp"));
        assert_eq!(known("Return-Path: <desk+tag@service.example>", "x@elsewhere.example").0, Some("own-return-path"));
        assert_eq!(known("Message-ID: <1@service.example>", "desk@service.example").0, Some("own-address"));
        assert_eq!(known("Message-ID: <1@elsewhere.example>", "desk@service.example").0, None);
        assert_eq!(known("X-Elitige-Loop: abcd hop=3", "forwarder@elsewhere.example").0, None, "the whole mark, not its beginning");
    }

    #[test]
    fn t38_a_letter_of_another_service_is_known_by_its_stamp_and_without_it_by_its_parts() {
        assert!(known("X-Elitige-Loop: other hop=1", "desk@other.example").1.is_some());
        assert!(known("Content-Type: multipart/alternative; boundary=\"=_elitige_=\"", "desk@other.example").1.is_some());
        assert_eq!(known("Content-Type: text/plain", "leila@courrier.example"), (None, None));
    }

    #[test]
    fn a_mail_that_passed_through_fifty_servers_may_be_heard_and_one_more_is_a_circle() {
        let received = |count: usize| "Received: from a by b\n".repeat(count) + "\n";
        for (count, circle) in [(0, false), (50, false), (51, true), (400, true)] {
            assert_eq!(goes_in_a_circle(&RawHeaders::scan(received(count).as_bytes(), 1_000)), circle, "{count}");
        }
    }
}
