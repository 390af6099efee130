//! The strict sender gate (THREATS T3–T8): who wrote is known only if there is one way to read From.

use super::headers::{RawField, RawHeaders};
use super::limits::Limits;
use super::{SenderGate, encoded, script};
use crate::domain::Address;

/// What the raw header block says about the sender. `shown` is the address that the mail reader found, `fields` how many From it saw.
pub(super) fn gate(headers: &RawHeaders<'_>, shown: Option<&str>, fields: usize, limits: &Limits) -> SenderGate {
    let mut candidates = headers.fields.iter().filter(|field| field.may_be("From"));
    let reason = match (candidates.next(), candidates.next()) {
        (None, _) => "no-from",
        (Some(_), Some(_)) => "several-from-fields",
        (Some(field), None) if !field.is("From") => "odd-from-field",
        (Some(_), None) if fields > 1 => "several-from-fields",
        (Some(_), None) if headers.nul || headers.bare_cr => "control-in-header",
        (Some(field), None) => match sole_address(field, headers, limits) {
            Err(reason) => reason,
            Ok(address) if shown.is_some_and(|shown| shown.eq_ignore_ascii_case(address.as_str())) => return SenderGate::Open(address),
            Ok(_) => "from-read-differently",
        },
    };
    SenderGate::Shut(reason.to_owned())
}

fn sole_address(field: &RawField<'_>, headers: &RawHeaders<'_>, limits: &Limits) -> Result<Address, &'static str> {
    if field.whole.len() > limits.field_bytes {
        return Err("long-from");
    }
    // Whoever writes to so many people at once writes to nobody.
    let many = |field: &RawField<'_>| field.value.iter().filter(|byte| **byte == b',').count() >= limits.addresses;
    if ["To", "Cc", "Reply-To"].iter().any(|name| headers.named(name).any(many)) {
        return Err("too-many-addresses");
    }
    mailbox(std::str::from_utf8(field.value).map_err(|_| "from-not-utf8")?)
}

/// Where in a From value we are.
#[derive(PartialEq)]
enum Place {
    Plain,
    Quoted,
    Comment(u8),
    Angle,
}

/// What a From value consists of.
#[derive(Default)]
struct Pieces {
    /// What stands neither in quotes nor in comments nor in angle brackets; a blank where they stand.
    plain: String,
    /// The same with quoted texts and comments: the name as somebody may see it.
    name: String,
    /// What stands in angle brackets.
    angle: Option<String>,
}

/// The only mailbox of a From value (RFC 5322 §3.4), of the strict kind: no list, no group, no route, nothing after it.
fn mailbox(value: &str) -> Result<Address, &'static str> {
    let mut pieces = Pieces::default();
    let mut place = Place::Plain;
    let mut escaped = false;
    for c in value.chars() {
        if c.is_control() && !matches!(c, '\r' | '\n' | '\t') {
            return Err("control-in-from");
        }
        if escaped {
            escaped = false;
            pieces.name.push(c);
            continue;
        }
        escaped = c == '\\' && matches!(place, Place::Quoted | Place::Comment(_));
        if escaped {
            continue;
        }
        place = pieces.take(place, c)?;
    }
    if place != Place::Plain {
        return Err("unfinished-from");
    }
    pieces.address()
}

impl Pieces {
    fn take(&mut self, place: Place, c: char) -> Result<Place, &'static str> {
        Ok(match (place, c) {
            (Place::Quoted, '"') => Place::Plain,
            (Place::Comment(depth), '(') => Place::Comment(depth.checked_add(1).ok_or("odd-from")?),
            (Place::Comment(depth), ')') if depth > 1 => Place::Comment(depth.saturating_sub(1)),
            (Place::Comment(_), ')') => Place::Plain,
            (place @ (Place::Quoted | Place::Comment(_)), c) => {
                self.name.push(c);
                place
            }
            (Place::Angle, '>') => Place::Plain,
            (Place::Angle, c) => {
                self.angle.get_or_insert_default().push(c);
                Place::Angle
            }
            (Place::Plain, '"' | '(') => {
                self.plain.push(' ');
                self.name.push(' ');
                if c == '"' { Place::Quoted } else { Place::Comment(1) }
            }
            (Place::Plain, '<') if self.angle.is_some() => return Err("several-mailboxes"),
            (Place::Plain, '<') => {
                self.angle = Some(String::new());
                Place::Angle
            }
            (Place::Plain, ',' | ';') => return Err("several-mailboxes"),
            (Place::Plain, '>' | '\\') => return Err("odd-from"),
            (Place::Plain, c) if self.angle.is_some() && !c.is_whitespace() => return Err("text-after-address"),
            (Place::Plain, c) => {
                self.plain.push(c);
                self.name.push(c);
                Place::Plain
            }
        })
    }

    fn address(&self) -> Result<Address, &'static str> {
        let inside = match &self.angle {
            Some(inside) => inside.as_str(),
            None => self.plain.trim(),
        };
        let address = Address::parse(inside).map_err(|_| "not-a-plain-address")?;
        // A blank, a final dot or an encoded word in it is read in more than one way.
        if inside.len() != address.as_str().len() || inside.contains("=?") {
            return Err("not-a-plain-address");
        }
        if !script::is_plain(address.as_str()) {
            return Err("look-alike-address");
        }
        let named = self.plain.split_whitespace().filter(|word| word.contains('@')).map(|word| word.trim_matches('\''));
        if self.angle.is_some() && !named.into_iter().all(|word| word.eq_ignore_ascii_case(address.as_str())) {
            return Err("address-in-name");
        }
        if self.plain.contains(':') {
            return Err("group-in-from");
        }
        let shown = match self.angle {
            Some(_) => self.name.clone(),
            None => self.name.replace(inside, " "),
        };
        // As it is written, and as it is shown: words may be encoded.
        [shown.as_str(), &encoded::decode(shown.as_bytes())].into_iter().try_for_each(|name| harmless(name, &address)).map(|()| address)
    }
}

/// Refuses a name that is, or pretends to be, somebody else's address.
fn harmless(name: &str, address: &Address) -> Result<(), &'static str> {
    if name.contains(|c: char| c.is_control() && !matches!(c, '\r' | '\n' | '\t')) || name.contains(['\u{202d}', '\u{202e}']) {
        return Err("control-in-from");
    }
    // Also with the at sign of other alphabets.
    let name = name.replace(['\u{ff20}', '\u{fe6b}'], "@");
    let words = name.split(|c: char| c.is_whitespace() || "<>()[],;:\"«»“”|".contains(c)).map(|word| word.trim_matches(['.', '\'', '’', '‘']));
    if words.filter(|word| word.contains('@')).any(|word| is_address(word) && !word.eq_ignore_ascii_case(address.as_str())) {
        return Err("address-in-name");
    }
    let bare = name.trim();
    match bare.contains(['<', '>']) || bare.starts_with([',', ';']) || bare.ends_with([',', ';']) {
        true => Err("odd-name"),
        false => Ok(()),
    }
}

/// Whether a word looks like an address: something before an at sign, and a dot after it. "Rach@" and "@home" are names.
fn is_address(word: &str) -> bool {
    word.split_once('@').is_some_and(|(local, domain)| !local.is_empty() && domain.trim_end_matches('@').contains('.'))
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
            "Leila (home) <a@b.org>",
            "(home) a@b.org",
            "\"a@b.org\" <a@b.org>",
            "a@b.org <a@b.org>",
            "'a@b.org' <a@b.org>",
            "a@b.org via Atlas <a@b.org>",
            "M. L. Bennani Jr. <a@b.org>",
            "=?utf-8?Q?B=C3=A9nnani=2C_Le=C3=AFla?= <a@b.org>",
            "\"Leila @ Atlas\" <a@b.org>",
            "O'Neil D'Arc <a@b.org>",
            "ليلى بناني <a@b.org>",
            "=?windows-1256?B?4e3h7A==?= <a@b.org>",
            "\u{200f}ليلى <a@b.org>",
            "Leila\r\n\t<a@b.org>  ",
            "a@b.org\t",
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
            "\"admin@legit.example\" <a@b.org>",
            "admin＠legit.example <a@b.org>",
            "(admin@legit.example) <a@b.org>",
            "a@b.org (admin@legit.example)",
            "=?utf-8?q?admin=40legit.example?= <a@b.org>",
            "=?utf-8?q?=22admin=40legit.example=22=3Cx?= <a@b.org>",
            "=?utf-8?q?admin=40legit.example=2C?= <a@b.org>",
            "=?utf-8?q?=2C?= <a@b.org>",
            "=?utf-8?b?YWRtaW5AbGVnaXQu?= =?utf-8?b?ZXhhbXBsZQ==?= <a@b.org>",
            "=?utf-8?q?a=00b?= <a@b.org>",
            "<=?utf-8?q?admin=40legit.example=2C?=a@b.org>",
            "=?utf-8?q?a=40b.org?=",
            "a(x)@b.org",
            "a@(x)b.org",
            "<a(x)@b.org>",
            "<a@b.org >",
            "a @ b.org",
            "<a@b.org.>",
            "<a@\r\n b.org>",
            "a@b.org;",
            "undisclosed:;",
            "<a@[127.0.0.1]>",
            "<a@b.org> <a@b.org>",
            "a@b.org, a@b.org",
            "leila@exаmple.org",
            "<leila@xn--80ak6aa92e.com>",
            "moc.elpmaxe\u{202e} <a@b.org>",
            "<>",
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
            ":From: <a@b.org>\n\n",
            " From: <a@b.org>\n\n",
            "\tFrom: <a@b.org>\nSubject: x\n\n",
            "From\0: <a@b.org>\n\n",
            "From: <a@b.org>\nX\0: y\n\n",
            "From: <a@b.org>\nX\n From: <c@d.org>\n\n",
            "X\n From: <c@d.org>\nFrom: <a@b.org>\n\n",
            "From: <a@b.org>\nSubject: x\rFrom: <c@d.org>\n\n",
            "From: <a@b.org>\n\u{feff}From: <c@d.org>\n\n",
        ] {
            let headers = RawHeaders::scan(head.as_bytes(), 100);
            assert!(matches!(gate(&headers, Some("a@b.org"), 1, &Limits::default()), SenderGate::Shut(_)), "{head:?}");
        }
        let headers = RawHeaders::scan(b"From: <a@b.org>\n\n", 100);
        let seen = |shown, fields| gate(&headers, Some(shown), fields, &Limits::default());
        assert!(matches!(seen("a@b.org", 1), SenderGate::Open(_)));
        assert!(matches!(seen("x@b.org", 1), SenderGate::Shut(_)));
        assert!(matches!(seen("a@b.org", 2), SenderGate::Shut(_)));
        let many = format!("From: <a@b.org>\nTo: {}x@y.org\n\n", "x@y.org,".repeat(100));
        assert!(matches!(gate(&RawHeaders::scan(many.as_bytes(), 100), Some("a@b.org"), 1, &Limits::default()), SenderGate::Shut(_)));
    }
}
