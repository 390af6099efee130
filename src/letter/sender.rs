//! The strict sender gate (THREATS T3–T8): who wrote is known only if there is one way to read From.

use super::SenderGate;
use super::headers::RawHeaders;
use crate::domain::Address;

/// What the raw header block says about the sender. `shown` is the address that the mail reader found.
pub(super) fn gate(headers: &RawHeaders<'_>, shown: Option<&str>) -> SenderGate {
    let mut candidates = headers.fields.iter().filter(|field| field.may_be("From"));
    let reason = match (candidates.next(), candidates.next()) {
        (None, _) => "no-from",
        (Some(_), Some(_)) => "several-from-fields",
        (Some(field), None) if !field.is("From") => "odd-from-field",
        (Some(field), None) => match std::str::from_utf8(field.value) {
            Err(_) => "from-not-utf8",
            Ok(value) => match mailbox(value) {
                Err(reason) => reason,
                Ok(address) if shown.is_some_and(|shown| shown.eq_ignore_ascii_case(address.as_str())) => return SenderGate::Open(address),
                Ok(_) => "from-read-differently",
            },
        },
    };
    SenderGate::Shut(reason.to_owned())
}

/// Where in a From value we are.
#[derive(PartialEq)]
enum Place {
    Plain,
    Quoted,
    Comment(u8),
    Angle,
}

/// The only mailbox of a From value (RFC 5322 §3.4), of the strict kind: no list, no group, no route, nothing after it.
fn mailbox(value: &str) -> Result<Address, &'static str> {
    let (mut plain, mut angle) = (String::new(), None::<String>);
    let mut place = Place::Plain;
    let mut escaped = false;
    for c in value.chars() {
        if c == '\0' || (c.is_control() && !matches!(c, '\r' | '\n' | '\t')) {
            return Err("control-in-from");
        }
        if escaped {
            escaped = false;
            continue;
        }
        place = match (place, c) {
            (place @ (Place::Quoted | Place::Comment(_)), '\\') => {
                escaped = true;
                place
            }
            (Place::Quoted, '"') => Place::Plain,
            (Place::Quoted, _) => Place::Quoted,
            (Place::Comment(depth), '(') => Place::Comment(depth.saturating_add(1)),
            (Place::Comment(depth), ')') if depth > 1 => Place::Comment(depth - 1),
            (Place::Comment(_), ')') => Place::Plain,
            (Place::Comment(depth), _) => Place::Comment(depth),
            (Place::Angle, '>') => Place::Plain,
            (Place::Angle, c) => {
                angle.get_or_insert_default().push(c);
                Place::Angle
            }
            (Place::Plain, '"') => Place::Quoted,
            (Place::Plain, '(') => Place::Comment(1),
            (Place::Plain, '<') if angle.is_some() => return Err("several-mailboxes"),
            (Place::Plain, '<') => {
                angle = Some(String::new());
                Place::Angle
            }
            (Place::Plain, ',' | ';') => return Err("several-mailboxes"),
            (Place::Plain, '>' | '\\') => return Err("odd-from"),
            (Place::Plain, c) => {
                if angle.is_some() && !c.is_whitespace() {
                    return Err("text-after-address");
                }
                plain.push(c);
                Place::Plain
            }
        };
    }
    if place != Place::Plain {
        return Err("unfinished-from");
    }
    one_address(&plain, angle.as_deref())
}

fn one_address(plain: &str, angle: Option<&str>) -> Result<Address, &'static str> {
    let Some(inside) = angle else {
        return Address::parse(plain.trim()).map_err(|_| "not-a-plain-address");
    };
    if plain.contains('@') {
        return Err("address-in-name");
    }
    if plain.contains(':') {
        return Err("group-in-from");
    }
    Address::parse(inside).map_err(|_| "not-a-plain-address")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ordinary_senders_pass() {
        for good in [
            "a@b.org",
            " <a@b.org>",
            "Leïla B <a@b.org> ",
            "\"B, Leila\" <a@b.org>",
            "\"x \\\" y\" <a@b.org>",
            "=?utf-8?Q?L=C3=A9a?=\r\n <a@b.org>",
            "a@b.org (Leila (home))",
            "\"admin@legit.example\" <a@b.org>",
        ] {
            assert_eq!(mailbox(good).map(|address| address.as_str().to_owned()), Ok("a@b.org".to_owned()), "{good}");
        }
    }

    #[test]
    fn whatever_can_be_read_in_two_ways_is_shut() {
        for bad in [
            "",
            "<a@b.org>, <c@d.org>",
            "a@b.org,<c@d.org>",
            "<a@b.org>\\,<c@d.org>",
            "<a@b.org>c@d.org",
            "c@d.org <a@b.org>",
            "<@x.org,@y.org:a@b.org>",
            "Group: a@b.org;",
            "<a@b.org",
            "\"a@b.org",
            "a@b.org c@d.org",
            "<a,b@c.org>",
            "\"x@y\"@b.org",
            "a\0@b.org",
            "<<a@b.org>>",
        ] {
            assert!(mailbox(bad).is_err(), "{bad:?}");
        }
    }

    #[test]
    fn two_from_fields_in_any_disguise_are_shut() {
        for head in [
            "From: <a@b.org>\nFrom: <c@d.org>\n\n",
            "From\n : <a@b.org>\nFrom: <c@d.org>\n\n",
            "Fr om: <a@b.org>\n\n",
            "From : <a@b.org>\n\n",
            "To: <a@b.org>\n\n",
        ] {
            let headers = RawHeaders::scan(head.as_bytes(), 100);
            assert!(matches!(gate(&headers, Some("a@b.org")), SenderGate::Shut(_)), "{head:?}");
        }
        let headers = RawHeaders::scan(b"From: <a@b.org>\n\n", 100);
        assert!(matches!(gate(&headers, Some("a@b.org")), SenderGate::Open(_)));
        assert!(matches!(gate(&headers, Some("x@b.org")), SenderGate::Shut(_)));
    }
}
