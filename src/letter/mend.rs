//! Broken mails that every mail program shows all the same: mended before they are parsed, so that nothing that was written is lost.

use super::bomb::{Fields, Seen};
use super::headers::RawHeaders;
use std::borrow::Cow;

/// `bytes`, with an empty line where the head ends if there is none, and with parameters on the line of their names. The mail's own fields stay what they are.
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
    if seen.torn { unfolded(bytes) } else { Cow::Borrowed(bytes) }
}

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
        for sound in ["Content-Type: a/b; c=\r\n\r\nx", "A: b\nstray\nC: d\n\nx", "A: b=\n c\n\nContent-Type: a=b\n c\n", "\nx", ""] {
            assert_eq!(mend(sound), if sound.is_empty() { "\r\n\r\n" } else { sound });
        }
    }
}
