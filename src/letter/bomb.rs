//! What would cost a parser far more than a mail is worth, found by one look at the bytes.
//!
//! The dependable guard is the worker process with its limits; this one spares it. It looks for shapes on which the parser
//! takes time or memory beyond proportion: mails within mails, which it drops by recursion; thousands of parts; a multipart
//! whose boundary never comes, for which it looks to the end of the mail each time; long lists of parameters, which it joins anew
//! for each one.

use super::limits::Limits;
use std::collections::HashMap;

/// Whether `bytes`, a whole mail, is such a thing.
pub(super) fn is_bomb(bytes: &[u8], limits: &Limits) -> bool {
    let (mut types, mut boundaries) = (0usize, HashMap::new());
    let most = limits.parts.saturating_mul(DECLARED);
    for field in (Fields { rest: bytes }) {
        if parameters(field) > limits.parameters {
            return true;
        }
        let head = field.get(..field.len().min(TYPE_BYTES)).unwrap_or_default().to_ascii_lowercase();
        if [&b"message"[..], b"multipart", b"digest"].iter().any(|word| contains(&head, word)) {
            types = types.saturating_add(1);
        }
        let boundary = boundary(field);
        if types > most || boundary.is_some_and(|boundary| boundary.len() > BOUNDARY_BYTES) {
            return true;
        }
        boundaries.extend(boundary.map(|boundary| (boundary, 0usize)));
    }
    if boundaries.is_empty() {
        return false;
    }
    for line in lines(bytes).filter(|line| line.starts_with(b"--")) {
        let named = line.get(2..).unwrap_or_default().trim_ascii_end();
        // The last one has two more dashes; it is no part.
        if let Some(times) = boundaries.get_mut(named) {
            *times = times.saturating_add(1);
        }
    }
    let parts = boundaries.values().fold(0usize, |all, times| all.saturating_add(*times));
    let missing = boundaries.values().filter(|times| **times == 0).count();
    parts > most || missing.saturating_mul(bytes.len()) > LOOKED_THROUGH
}

/// So many times the parts that may be read may be declared: what nobody reads need not be counted exactly.
const DECLARED: usize = 4;
/// Bytes of a field in which its type stands.
const TYPE_BYTES: usize = 200;
/// Longest boundary that is looked for; RFC 2046 §5.1.1 allows 70.
const BOUNDARY_BYTES: usize = 1_000;
/// Bytes that may be looked through in vain: less than a second.
const LOOKED_THROUGH: usize = 512 << 20;

/// Everything in a mail that might be a Content-Type or Content-Disposition, with its folds, in its head or in that of a part.
struct Fields<'a> {
    rest: &'a [u8],
}

impl<'a> Iterator for Fields<'a> {
    type Item = &'a [u8];

    fn next(&mut self) -> Option<&'a [u8]> {
        loop {
            let (line, after) = line(self.rest)?;
            if !begins_field(line) {
                self.rest = after;
                continue;
            }
            let from = self.rest;
            let mut rest = after;
            while let Some((folded, after)) = line_of_fold(rest) {
                rest = after;
                if folded.is_empty() {
                    break;
                }
            }
            self.rest = rest;
            return from.get(..from.len().saturating_sub(rest.len()));
        }
    }
}

/// Blanks before a name and within it are overlooked, as the parser does.
fn begins_field(line: &[u8]) -> bool {
    let head = line.get(..line.len().min(60)).unwrap_or_default();
    [&b"content-type"[..], b"content-disposition"].iter().any(|name| {
        let same = head.iter().filter(|byte| !byte.is_ascii_whitespace()).zip(*name).take_while(|(byte, wanted)| byte.to_ascii_lowercase() == **wanted);
        same.count() == name.len()
    })
}

fn line_of_fold(rest: &[u8]) -> Option<(&[u8], &[u8])> {
    matches!(rest.first(), Some(b' ' | b'\t')).then(|| line(rest)).flatten()
}

/// The next line with its end, and what follows.
fn line(rest: &[u8]) -> Option<(&[u8], &[u8])> {
    let end = rest.iter().position(|byte| *byte == b'\n').map_or(rest.len(), |at| at.saturating_add(1));
    rest.split_at_checked(end).filter(|(line, _)| !line.is_empty())
}

fn lines(bytes: &[u8]) -> impl Iterator<Item = &[u8]> {
    bytes.split(|byte| *byte == b'\n')
}

/// At least as many as the field has parameters: each has its equals sign.
fn parameters(field: &[u8]) -> usize {
    field.iter().filter(|byte| **byte == b'=').count()
}

/// The boundary that a Content-Type names.
fn boundary(field: &[u8]) -> Option<&[u8]> {
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
        is_bomb(text.as_bytes(), &Limits::default())
    }

    #[test]
    fn shapes_that_cost_too_much_are_found() {
        assert!(bomb(&"Content-Type: message/rfc822\n\n".repeat(1_000)));
        assert!(bomb(&"Content-Type :\n multipart/digest;\n boundary=a\n\n".repeat(1_000)));
        assert!(bomb(&format!("Content-Type: multipart/mixed; boundary=\"b c\"\n\n{}", "--b c\n\n".repeat(1_000))));
        assert!(bomb(&format!("X: y\n\n--b\nContent-Disposition: attachment{}\n\nx", ";\n a*1=b".repeat(1_000))));
        assert!(bomb(&format!("Content-Type: multipart/mixed; boundary={}\n\n{}", "-".repeat(2_000), "-".repeat(9_000))));
        let missing: String = (0..400).map(|number| format!("Content-Type: multipart/mixed; boundary=m{number}\n\n")).collect();
        assert!(bomb(&format!("{missing}{}", "x\n".repeat(1 << 20))));
    }

    #[test]
    fn ordinary_mails_are_none() {
        assert!(!bomb("Content-Type: multipart/mixed; boundary=b\n\n--b\n\nx\n--b--\n"));
        assert!(!bomb(&format!("Subject: x\n\n{}", "-- \n--b\nContent of x\ncontent-type\n".repeat(10_000))));
        assert!(!bomb(&format!("Content-Type: multipart/mixed; boundary=b\n\n--b\n\n{}", "x\n".repeat(1 << 20))));
        assert!(!bomb(""));
    }
}
