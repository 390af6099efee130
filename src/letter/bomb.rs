//! What would cost a parser far more than a mail is worth, found by one look at the bytes.
//!
//! The dependable guard is the worker process with its limits; this one spares it. It looks for shapes on which the parser
//! takes time or memory beyond proportion: mails within mails, which it drops by recursion; thousands of parts; a multipart
//! whose boundary never comes, for which it looks to the end of the mail each time; long lists of parameters, which it joins anew
//! for each one.

use super::limits::Limits;
use std::collections::{HashMap, HashSet};
use std::io::BufRead;

/// What one look at a mail showed that is no such thing.
pub(super) struct Seen {
    /// Whether the end of a line tears a parameter of a field from its name, see [`super::mend`].
    pub torn: bool,
    /// Whether a multipart has parts and no end.
    pub open: bool,
}

/// Looks at `bytes`, a whole mail; `None` if it is such a thing.
pub(super) fn look(bytes: &[u8], limits: &Limits) -> Option<Seen> {
    let (mut types, mut boundaries, mut torn) = (0usize, HashMap::new(), false);
    let most = limits.parts.saturating_mul(DECLARED);
    let mut fields = Fields::of(bytes);
    for (_, field) in &mut fields {
        if parameters(field) > limits.parameters {
            return None;
        }
        let head = field.get(..field.len().min(TYPE_BYTES)).unwrap_or_default().to_ascii_lowercase();
        if [&b"message"[..], b"multipart", b"digest"].iter().any(|word| contains(&head, word)) {
            types = types.saturating_add(1);
        }
        let boundary = boundary(field);
        let compared = boundary.map_or(0, |boundary| boundary.len().saturating_mul(bytes.len()));
        if types > most || compared > COMPARED {
            return None;
        }
        boundaries.extend(boundary.map(|boundary| (boundary, 0usize)));
        torn |= is_torn(field);
    }
    if boundaries.is_empty() {
        return Some(Seen { torn, open: false });
    }
    let mut ended = HashSet::new();
    let all = if fields.dashed.len() < DASHED { &[] } else { bytes };
    for line in fields.dashed.into_iter().take_while(|_| all.is_empty()).chain(lines(all).filter(|line| line.starts_with(DASHES))) {
        let named = line.get(2..).unwrap_or_default().trim_ascii_end();
        // The last one has two more dashes; it is no part.
        if let Some(times) = boundaries.get_mut(named) {
            *times = times.saturating_add(1);
        }
        ended.extend(named.strip_suffix(DASHES).filter(|named| boundaries.contains_key(*named)));
    }
    let open = boundaries.iter().any(|(boundary, times)| *times > 0 && !ended.contains(boundary));
    let parts = boundaries.values().fold(0usize, |all, times| all.saturating_add(*times));
    let missing = boundaries.values().filter(|times| **times == 0).count();
    let is_bomb = parts > most || missing.saturating_mul(bytes.len()) > LOOKED_THROUGH;
    (!is_bomb).then_some(Seen { torn, open })
}

/// Whether a line of the field ends with an equals sign.
fn is_torn(field: &[u8]) -> bool {
    let mut lines = field.split(|byte| *byte == b'\n').map(<[u8]>::trim_ascii_end);
    lines.any(|line| line.ends_with(b"="))
}

/// So many times the parts that may be read may be declared: what nobody reads need not be counted exactly.
const DECLARED: usize = 4;
/// Bytes of a field in which its type stands.
const TYPE_BYTES: usize = 200;
/// Bytes that may be compared with a boundary if it nearly stands everywhere: RFC 2046 §5.1.1 allows boundaries of 70 bytes.
const COMPARED: usize = 8 << 30;
/// Bytes that may be looked through in vain: less than a second.
const LOOKED_THROUGH: usize = 512 << 20;

/// Everything in a mail that might be a Content-Type or Content-Disposition, with its folds, in its head or in that of a part; and where it begins.
pub(super) struct Fields<'a> {
    rest: &'a [u8],
    at: usize,
    /// The lines that were passed over and may part two parts, as many as are kept.
    dashed: Vec<&'a [u8]>,
}

/// How such a line begins (RFC 2046 §5.1.1), and how many are kept: more than a mail has that people write.
const DASHES: &[u8] = b"--";
const DASHED: usize = 1_000;

impl<'a> Fields<'a> {
    pub fn of(bytes: &'a [u8]) -> Self {
        Fields { rest: bytes, at: 0, dashed: Vec::new() }
    }

    /// Passes over `size` bytes and gives them.
    fn take(&mut self, size: usize) -> &'a [u8] {
        let (taken, rest) = self.rest.split_at_checked(size).unwrap_or((self.rest, &[]));
        self.at = self.at.saturating_add(taken.len());
        self.rest = rest;
        taken
    }
}

impl<'a> Iterator for Fields<'a> {
    type Item = (usize, &'a [u8]);

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            let first = line_length(self.rest)?;
            if !begins_field(self.rest.get(..first)?) {
                let line = self.take(first);
                if line.starts_with(DASHES) && self.dashed.len() < DASHED {
                    self.dashed.push(line);
                }
                continue;
            }
            let mut size = first;
            while let Some(rest) = self.rest.get(size..).filter(|rest| matches!(rest.first(), Some(b' ' | b'\t'))) {
                size = size.saturating_add(line_length(rest)?);
            }
            return Some((self.at, self.take(size)));
        }
    }
}

/// Blanks before a name and within it are overlooked, as the parser does.
pub(super) fn begins_field(line: &[u8]) -> bool {
    let head = line.get(..line.len().min(60)).unwrap_or_default();
    // Most lines do not even begin so.
    if !matches!(head.trim_ascii_start().first(), Some(b'C' | b'c')) {
        return false;
    }
    [&b"content-type"[..], b"content-disposition"].iter().any(|name| {
        let same = head.iter().filter(|byte| !byte.is_ascii_whitespace()).zip(*name).take_while(|(byte, wanted)| byte.to_ascii_lowercase() == **wanted);
        same.count() == name.len()
    })
}

/// Bytes of the next line with its end.
fn line_length(rest: &[u8]) -> Option<usize> {
    let mut after = rest;
    // Looks at many bytes at once, and reading bytes that are there never fails.
    after.skip_until(b'\n').ok().filter(|length| *length > 0)
}

/// Each line with its end.
pub(super) fn lines(bytes: &[u8]) -> impl Iterator<Item = &[u8]> {
    let mut left = bytes;
    std::iter::from_fn(move || {
        let (line, rest) = left.split_at_checked(line_length(left)?)?;
        left = rest;
        Some(line)
    })
}

/// At least as many as the field has parameters: each has its equals sign outside quotes.
pub(super) fn parameters(field: &[u8]) -> usize {
    let plain = field.split(|byte| *byte == b'"').step_by(2);
    plain.map(|plain| plain.iter().filter(|byte| **byte == b'=').count()).sum()
}

/// The boundary that a Content-Type names.
pub(super) fn boundary(field: &[u8]) -> Option<&[u8]> {
    let at = field.windows(BOUNDARY.len()).position(|window| window.eq_ignore_ascii_case(BOUNDARY))?;
    let value = field.get(at.saturating_add(BOUNDARY.len())..)?.trim_ascii_start();
    let end = match value.strip_prefix(b"\"") {
        Some(quoted) => return quoted.get(..quoted.iter().position(|byte| *byte == b'"').unwrap_or(quoted.len())).map(<[u8]>::trim_ascii_end),
        None => value.iter().position(|byte| byte.is_ascii_whitespace() || *byte == b';').unwrap_or(value.len()),
    };
    value.get(..end)
}

const BOUNDARY: &[u8] = b"boundary=";

fn contains(text: &[u8], word: &[u8]) -> bool {
    text.windows(word.len()).any(|window| window == word)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bomb(text: &str) -> bool {
        look(text.as_bytes(), &Limits::default()).is_none()
    }

    #[test]
    fn shapes_that_cost_too_much_are_found() {
        assert!(bomb(&"Content-Type: message/rfc822\n\n".repeat(1_000)));
        assert!(bomb(&"Content-Type :\n multipart/digest;\n boundary=a\n\n".repeat(1_000)));
        assert!(bomb(&format!("Content-Type: multipart/mixed; boundary=\"b c\"\n\n{}", "--b c\n\n".repeat(1_000))));
        assert!(bomb(&format!("X: y\n\n--b\nContent-Disposition: attachment{}\n\nx", ";\n a*1=b".repeat(1_000))));
        assert!(bomb(&format!("Content-Type: multipart/mixed; boundary={}\n\n{}", "-".repeat(4_000), "-".repeat(4 << 20))));
        let missing: String = (0..400).map(|number| format!("Content-Type: multipart/mixed; boundary=m{number}\n\n")).collect();
        assert!(bomb(&format!("{missing}{}", "x\n".repeat(1 << 20))));
    }

    #[test]
    fn ordinary_mails_are_none() {
        assert!(!bomb("Content-Type: multipart/mixed; boundary=b\n\n--b\n\nx\n--b--\n"));
        assert!(!bomb(&format!("Subject: x\n\n{}", "-- \n--b\nContent of x\ncontent-type\n".repeat(10_000))));
        assert!(!bomb(&format!("Content-Type: multipart/mixed; boundary=b\n\n--b\n\n{}", "x\n".repeat(1 << 20))));
        let long = "b".repeat(4_000);
        assert!(!bomb(&format!("Content-Type: multipart/mixed; boundary={long}\n\n--{long}\n\nx\n--{long}--\n")));
        assert!(!bomb(""));
    }
}
