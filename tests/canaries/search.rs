//! Looks for canaries in finished letters as any receiving program would, and as a spy would.

use crate::mail::PLACES;
use base64::Engine as _;
use base64::alphabet;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};
use mail_parser::{MessageParser, MimeHeaders, PartType};
use std::collections::BTreeSet;

/// Codings within codings that are undone.
const DEPTH: usize = 3;
/// Signs in a row that may be base64 or hexadecimal, and hold a canary.
const RUN: usize = 12;
/// The longest canary.
const LONGEST: usize = 48;
const BEGINS: &[u8] = b"zq";
const ENDS: &[u8] = b"xjk";

/// Finds any of some canaries in bytes: plain or in pieces, in base64 at any place, quoted-printable, percent and hexadecimal form, as entities and in UTF-16,
/// and one of these within another.
pub struct Search(Option<BTreeSet<String>>);

impl Search {
    /// A search for `words`: as [`Person::canary`](crate::mail::Person::canary) makes them.
    pub fn new<'a>(words: impl Iterator<Item = &'a str>) -> Self {
        let words: BTreeSet<String> = words.map(str::to_owned).collect();
        for word in &words {
            let whole = word.len() <= LONGEST && word.as_bytes().starts_with(BEGINS) && word.as_bytes().ends_with(ENDS);
            assert!(whole && word.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit()), "{word}");
        }
        Self(Some(words))
    }

    /// A search for every canary, whosever it is.
    pub fn all() -> Self {
        Self(None)
    }

    /// What is found in a finished letter, anywhere and in any form.
    pub fn in_letter(&self, bytes: &[u8]) -> Option<String> {
        surfaces(bytes).iter().find_map(|bytes| self.in_bytes(bytes))
    }

    /// The same in bytes of any kind.
    pub fn in_bytes(&self, bytes: &[u8]) -> Option<String> {
        readings(bytes, DEPTH, &mut |view| self.plainly(view))
    }

    fn plainly(&self, bytes: &[u8]) -> Option<String> {
        let lower = bytes.to_ascii_lowercase();
        let mut at = 0;
        while let Some(found) = find(&lower[at..], BEGINS) {
            let start = at + found;
            let word: Vec<u8> = lower[start..].iter().copied().take(LONGEST).take_while(u8::is_ascii_alphanumeric).collect();
            let ends = (0..word.len()).filter(|end| word[..*end].ends_with(ENDS)).chain([word.len()]);
            for end in ends {
                let word = std::str::from_utf8(&word[..end]).unwrap();
                let wanted = self.0.as_ref().map_or_else(|| is_canary(word), |words| words.contains(word));
                if wanted {
                    let (from, to) = (start.saturating_sub(40), lower.len().min(start + end + 40));
                    return Some(String::from_utf8_lossy(&lower[from..to]).into_owned());
                }
            }
            at = start + 1;
        }
        None
    }
}

/// Whether a word is made as canaries are. Less would be found by chance: a log of some megabytes holds sealed bytes in base64.
fn is_canary(word: &str) -> bool {
    let inner = word.strip_prefix("zq").and_then(|rest| rest.strip_suffix("xjk")).unwrap_or_default();
    let place = inner.strip_prefix(['c', 'm', 'd', 'o', 'e']).unwrap_or_default();
    PLACES.contains(&place) || ["bounced", "quote"].contains(&place) || place.starts_with("say")
}

/// Whether a telephone number with one of these nine last digits stands in a letter, however it is written.
pub fn has_number(letter: &[u8], digits: &[String]) -> bool {
    let written = |view: &[u8]| {
        let mut numbers: Vec<u8> = Vec::new();
        let mut apart = 0;
        for byte in view {
            match byte {
                b'0'..=b'9' => {
                    numbers.push(*byte);
                    apart = 0;
                }
                _ if byte.is_ascii_alphabetic() => numbers.push(b' '),
                _ => {
                    apart += 1;
                    if apart == 4 {
                        numbers.push(b' ');
                    }
                }
            }
        }
        digits.iter().find(|digits| find(&numbers, digits.as_bytes()).is_some()).cloned()
    };
    surfaces(letter).iter().any(|bytes| readings(bytes, DEPTH, &mut |view| written(view)).is_some())
}

/// The bytes themselves, and everything that a mail program makes of them.
fn surfaces(bytes: &[u8]) -> Vec<Vec<u8>> {
    let mut seen: Vec<Vec<u8>> = vec![bytes.to_vec()];
    let message = MessageParser::default().parse(bytes).expect("our letters are mails");
    for part in &message.parts {
        for header in &part.headers {
            seen.push(format!("{:?}", header.value).into_bytes());
        }
        match &part.body {
            PartType::Text(text) | PartType::Html(text) => seen.push(text.as_bytes().to_vec()),
            PartType::Binary(data) | PartType::InlineBinary(data) => seen.push(data.to_vec()),
            PartType::Message(_) | PartType::Multipart(_) => {}
        }
        seen.push(part.attachment_name().unwrap_or_default().as_bytes().to_vec());
    }
    seen
}

/// What `look` finds in `bytes`, or in what is left of them when one coding after another is undone.
fn readings(bytes: &[u8], depth: usize, look: &mut dyn FnMut(&[u8]) -> Option<String>) -> Option<String> {
    // Whatever stands between letters and digits: zeros of UTF-16, ends of lines, signs that nobody sees.
    let bare: Vec<u8> = bytes.iter().copied().filter(u8::is_ascii_alphanumeric).collect();
    if let Some(found) = look(bytes).or_else(|| look(&bare)) {
        return Some(found);
    }
    if depth == 0 {
        return None;
    }
    let whole: Vec<u8> = bytes.iter().copied().filter(|byte| !byte.is_ascii_whitespace()).collect();
    let escapes = [escaped(bytes, b'='), escaped(bytes, b'%'), entities(bytes)];
    let mut undone: Vec<Vec<u8>> = escapes.into_iter().flatten().collect();
    undone.push(decoded(bytes));
    if depth == DEPTH {
        undone.push(decoded(&whole));
    }
    undone.iter().filter(|undone| !undone.is_empty()).find_map(|undone| readings(undone, depth - 1, look))
}

/// `bytes` without the escapes that begin with `sign`: two hexadecimal digits, or the end of a line. `None` if there is none.
fn escaped(bytes: &[u8], sign: u8) -> Option<Vec<u8>> {
    let (mut undone, mut at, mut any) = (Vec::with_capacity(bytes.len()), 0, false);
    while at < bytes.len() {
        let rest = &bytes[at..];
        let code = rest.get(1..3).filter(|_| rest[0] == sign).and_then(|code| u8::from_str_radix(std::str::from_utf8(code).ok()?, 16).ok());
        let step = match code {
            Some(byte) => {
                undone.push(byte);
                3
            }
            _ if rest.starts_with(&[sign, b'\r', b'\n']) => 3,
            _ if rest.starts_with(&[sign, b'\n']) => 2,
            _ => {
                undone.push(rest[0]);
                1
            }
        };
        any |= step > 1;
        at += step;
    }
    any.then_some(undone)
}

/// `bytes` without numbered entities of HTML. `None` if there is none.
fn entities(bytes: &[u8]) -> Option<Vec<u8>> {
    let (mut undone, mut at, mut any) = (Vec::with_capacity(bytes.len()), 0, false);
    while at < bytes.len() {
        let rest = &bytes[at..];
        let number = rest.strip_prefix(b"&#").map(|rest| rest.iter().copied().take(8).take_while(u8::is_ascii_alphanumeric).collect::<Vec<u8>>());
        let text = number.as_ref().and_then(|number| std::str::from_utf8(number).ok()).unwrap_or_default();
        let code = text.strip_prefix(['x', 'X']).map_or_else(|| text.parse().ok(), |code| u32::from_str_radix(code, 16).ok());
        match code.and_then(char::from_u32) {
            Some(shown) => {
                undone.extend(shown.to_string().bytes());
                at += 2 + text.len() + usize::from(rest.get(2 + text.len()) == Some(&b';'));
                any = true;
            }
            None => {
                undone.push(rest[0]);
                at += 1;
            }
        }
    }
    any.then_some(undone)
}

/// What every long enough run of signs is, read as hexadecimal from either half of a byte and as base64 from each of its four places; a byte between them.
fn decoded(bytes: &[u8]) -> Vec<u8> {
    let config = GeneralPurposeConfig::new().with_decode_padding_mode(DecodePaddingMode::Indifferent).with_decode_allow_trailing_bits(true);
    let engine = GeneralPurpose::new(&alphabet::STANDARD, config);
    let mut found = Vec::new();
    let is_sign = |byte: &u8| byte.is_ascii_alphanumeric() || b"+/-_".contains(byte);
    for run in bytes.split(|byte| !is_sign(byte)).filter(|run| run.len() >= RUN) {
        let run: Vec<u8> = run
            .iter()
            .map(|byte| {
                if *byte == b'-' {
                    b'+'
                } else if *byte == b'_' {
                    b'/'
                } else {
                    *byte
                }
            })
            .collect();
        for skip in 0..4 {
            // One sign too many is none of a coding.
            let rest = &run[skip..];
            let rest = if rest.len() % 4 == 1 { &rest[..rest.len() - 1] } else { rest };
            found.extend(engine.decode(rest).unwrap());
            found.push(1);
        }
    }
    for run in bytes.split(|byte| !byte.is_ascii_hexdigit()).filter(|run| run.len() >= RUN) {
        for skip in 0..2 {
            found.extend(run[skip..].chunks_exact(2).filter_map(|pair| u8::from_str_radix(std::str::from_utf8(pair).ok()?, 16).ok()));
            found.push(1);
        }
    }
    found
}

fn find(bytes: &[u8], wanted: &[u8]) -> Option<usize> {
    let mut at = 0;
    while let Some(found) = bytes[at..].iter().position(|byte| *byte == wanted[0]) {
        at += found;
        if bytes[at..].starts_with(wanted) {
            return Some(at);
        }
        at += 1;
    }
    None
}
