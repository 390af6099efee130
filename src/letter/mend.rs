//! Broken mails that every mail program shows all the same: mended before they are parsed, so that nothing that was written is lost.

use super::bomb::{self, Fields, Seen};
use super::headers::RawHeaders;
use std::borrow::Cow;

/// `bytes`, with an empty line where the head ends if there is none, with parameters on the line of their names, and with the ends of multiparts that a
/// cut took away: without them the parser takes what stands in the last part for an attachment. The mail's own fields stay what they are.
///
/// `seen` is what a look at all of it showed.
pub(super) fn mended<'a>(bytes: &'a [u8], headers: &RawHeaders<'_>, seen: &Seen) -> Cow<'a, [u8]> {
    if headers.fields.is_empty() && headers.stray_at.is_some() {
        // Somebody's text without any head.
        return Cow::Owned([b"\n", bytes].concat());
    }
    if headers.bytes >= bytes.len() {
        let (head, body) = bytes.split_at_checked(headers.stray_at.unwrap_or(bytes.len())).unwrap_or((bytes, &[]));
        let end: &[u8] = if head.ends_with(b"\n") { b"\r\n" } else { b"\r\n\r\n" };
        return Cow::Owned([head, end, body].concat());
    }
    let mended = if seen.torn { unfolded(bytes) } else { Cow::Borrowed(bytes) };
    if !seen.open {
        return mended;
    }
    let ends: Vec<u8> = open(&mended).into_iter().rev().flat_map(|boundary| [b"\r\n--", boundary, b"--"].concat()).collect();
    if ends.is_empty() { mended } else { Cow::Owned([&mended, ends.as_slice(), b"\r\n"].concat()) }
}

/// Multiparts within each other whose ends are looked for.
const OPEN: usize = 24;

/// The boundaries of the multiparts that began and have not ended, the outermost first. Only what a head declares counts, not what stands in a text.
fn open(bytes: &[u8]) -> Vec<&[u8]> {
    let mut open: Vec<(&[u8], bool)> = Vec::new();
    let (mut in_head, mut declares, mut nested) = (true, false, false);
    for line in bomb::lines(bytes) {
        let content = line.trim_ascii_end();
        if let Some(named) = content.strip_prefix(b"--").filter(|_| !open.is_empty()) {
            let is = |boundary: &[u8]| named == boundary || named.strip_suffix(b"--") == Some(boundary);
            if let Some(at) = open.iter().rposition(|(boundary, _)| is(boundary)) {
                open.truncate(at.saturating_add(1));
                let begins = open.last().is_some_and(|(boundary, _)| named == *boundary);
                if begins {
                    open.iter_mut().skip(at).for_each(|(_, begun)| *begun = true)
                } else {
                    open.truncate(at)
                }
                (in_head, declares, nested) = (begins, false, false);
                continue;
            }
        }
        if !in_head {
            continue;
        }
        if content.is_empty() {
            // A mail within the mail has a head of its own.
            (in_head, declares, nested) = (nested, false, false);
            continue;
        }
        let folded = matches!(line.first(), Some(b' ' | b'\t'));
        declares = if folded { declares } else { bomb::begins_field(line) };
        if declares {
            nested |= line.to_ascii_lowercase().windows(MAIL.len()).any(|window| window == MAIL);
            open.extend(bomb::boundary(line).filter(|boundary| !boundary.is_empty() && open.len() < OPEN).map(|boundary| (boundary, false)));
        }
    }
    open.into_iter().filter(|(_, begun)| *begun).map(|(boundary, _)| boundary).collect()
}

/// The type of a mail within a mail.
const MAIL: &[u8] = b"message/rfc822";

/// A line that ends with the equals sign of a parameter goes on in the next one: blanks take the place of the line's end, so that nothing moves.
fn unfolded(bytes: &[u8]) -> Cow<'_, [u8]> {
    let mut mended = Cow::Borrowed(bytes);
    for (start, field) in Fields::of(bytes) {
        // The end of the last line is the end of the field.
        let inside = field.strip_suffix(b"\n").map_or(field, |field| field.strip_suffix(b"\r").unwrap_or(field));
        let mut equals = false;
        for (at, byte) in inside.iter().enumerate() {
            if equals
                && matches!(byte, b'\r' | b'\n')
                && let Some(place) = mended.to_mut().get_mut(start.saturating_add(at))
            {
                *place = b' ';
            }
            equals = *byte == b'=' || equals && byte.is_ascii_whitespace();
        }
    }
    mended
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::letter::{Limits, bomb};

    fn mend(text: &str) -> String {
        let headers = RawHeaders::scan(text.as_bytes(), 100);
        let seen = bomb::look(text.as_bytes(), &Limits::default()).unwrap();
        String::from_utf8(mended(text.as_bytes(), &headers, &seen).into_owned()).unwrap()
    }

    #[test]
    fn what_is_broken_is_mended_and_nothing_else_changes() {
        assert_eq!(mend("Bonjour,\nje n'ai rien.\n"), "\nBonjour,\nje n'ai rien.\n");
        assert_eq!(mend("From: a@b.c"), "From: a@b.c\r\n\r\n");
        assert_eq!(mend("From: a@b.c\n"), "From: a@b.c\n\r\n");
        assert_eq!(mend("From: a@b.c\nBonjour\nmerci\n"), "From: a@b.c\n\r\nBonjour\nmerci\n");
        assert_eq!(mend("Content-Type: a/b; c=\r\n\t\"d\"\r\n\r\nx"), "Content-Type: a/b; c=  \t\"d\"\r\n\r\nx");
        let torn = |text: &str, ends: &str| assert_eq!(mend(text), format!("{text}{ends}"), "{text}");
        let mixed = |boundary: &str| format!("Content-Type: multipart/mixed; boundary=\"{boundary}\"\n\n--{boundary}\n");
        torn(&format!("{}\nx", mixed("a b")), "\r\n--a b--\r\n");
        torn(&format!("{}\nx", mixed("ab--")), "\r\n--ab----\r\n");
        torn(&format!("{}{}\nx", mixed("a"), mixed("b")), "\r\n--b--\r\n--a--\r\n");
        torn(&format!("{}{}\nx\n--b--\n", mixed("a"), mixed("b")), "\r\n--a--\r\n");
        torn(&format!("{}Content-Type: message/rfc822\n\nX: y\n{}\nx", mixed("a"), mixed("b")), "\r\n--b--\r\n--a--\r\n");
        for sound in [&format!("{}\n{}--a--\n", mixed("a"), mixed("b")), &format!("{}\nx\n--a--\n{}", mixed("a"), mixed("b"))] {
            torn(sound, "");
        }
        for sound in ["Content-Type: a/b; c=\r\n\r\nx", "A: b\nstray\nC: d\n\nx", "A: b=\n c\n\nContent-Type: a=b\n c\n", "\nx", ""] {
            assert_eq!(mend(sound), if sound.is_empty() { "\r\n\r\n" } else { sound });
        }
    }
}
