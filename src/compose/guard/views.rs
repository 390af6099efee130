//! The ways in which a text can be read: as it stands, with its escapes undone, and as base64, hexadecimal digits or UTF-16 that stand in it.

use super::Leak;
use super::unpack::{SHORTEST, hexadecimal, packed, paired, sextets};

/// How many codings may lie on one another: percent signs twice and something within.
const DEPTH: usize = 3;
/// The first byte of a character of the first Unicode blocks in UTF-16, Latin to Arabic.
const WIDE: u8 = 0x06;

/// Reads texts in every way, [`DEPTH`] codings deep. What it works with is used again for the next text.
#[derive(Default)]
pub(super) struct Readings([Bench; DEPTH]);

/// What one depth works with.
#[derive(Default)]
struct Bench {
    /// The base64 of the last text, and of the one before it.
    sextets: Vec<u8>,
    before: Vec<u8>,
    digits: Vec<u8>,
    bytes: [Vec<u8>; 4],
    found: String,
}

impl Readings {
    /// Reads `text` in every way; each pass is linear, and what is only chance becomes so short that the depths below cost next to nothing. `read` must be
    /// the same for all texts: the same base64 as in the text before is not read again.
    pub(super) fn each(&mut self, text: &str, read: &mut dyn FnMut(&str) -> Result<(), Leak>) -> Result<(), Leak> {
        let done = readings(text, &mut self.0, read);
        if done.is_err() {
            // Not all of it was read.
            *self = Self::default();
        }
        done
    }
}

fn readings(text: &str, benches: &mut [Bench], read: &mut dyn FnMut(&str) -> Result<(), Leak>) -> Result<(), Leak> {
    read(text)?;
    let Some((bench, deeper)) = benches.split_first_mut() else { return Ok(()) };
    if let Some(plain) = unescaped(text) {
        readings(&plain, deeper, read)?;
    }
    std::mem::swap(&mut bench.sextets, &mut bench.before);
    sextets(text, &mut bench.sextets);
    let Bench { sextets, before, digits, bytes, found } = bench;
    let mut read_on = |bytes: &[u8]| {
        found.clear();
        readable(bytes, found);
        if found.is_empty() { Ok(()) } else { readings(found, deeper, read) }
    };
    if sextets != before {
        packed(sextets, bytes);
        bytes.iter().try_for_each(|bytes| read_on(bytes))?;
    }
    hexadecimal(text, digits);
    let [bytes, ..] = bytes;
    for offset in 0..2 {
        paired(digits, offset, bytes);
        read_on(bytes)?;
    }
    Ok(())
}

/// `text` with everything undone that stands for a character: `%41`, `=41` and soft line breaks, `\x41`, `\u0041`, `%u0041`, `&#65;`, `&#x41;`, `&eacute;`.
/// `None` if there is nothing of the kind.
fn unescaped(text: &str) -> Option<String> {
    let begins = |byte: u8| matches!(byte, b'%' | b'=' | b'\\' | b'&');
    if !text.bytes().any(begins) {
        return None;
    }
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.bytes().position(begins) {
        let (before, from) = rest.split_at_checked(at)?;
        bytes.extend_from_slice(before.as_bytes());
        let length = escape(from, &mut bytes).unwrap_or_else(|| {
            bytes.extend(from.bytes().take(1));
            1
        });
        rest = from.get(length..).unwrap_or_default();
    }
    bytes.extend_from_slice(rest.as_bytes());
    (bytes != text.as_bytes()).then(|| String::from_utf8_lossy(&bytes).into_owned())
}

/// Writes what the escape at the head of `text` stands for, and says how long it is.
fn escape(text: &str, bytes: &mut Vec<u8>) -> Option<usize> {
    let digits = |from: usize, count: usize| text.get(from..from.checked_add(count)?).filter(|digits| digits.bytes().all(|byte| byte.is_ascii_hexdigit()));
    let wide = |digits: &str| u32::from_str_radix(digits, 16).ok().and_then(char::from_u32);
    match text.as_bytes() {
        [b'=', b'\r', b'\n', ..] => Some(3),
        [b'=', b'\n', ..] => Some(2),
        [b'%' | b'\\', b'u' | b'U', ..] => {
            bytes.extend(wide(digits(2, 4)?)?.to_string().bytes());
            Some(6)
        }
        [b'\\', b'x', ..] => {
            bytes.push(u8::from_str_radix(digits(2, 2)?, 16).ok()?);
            Some(4)
        }
        [b'%' | b'=', ..] => {
            bytes.push(u8::from_str_radix(digits(1, 2)?, 16).ok()?);
            Some(3)
        }
        [b'&', ..] => {
            let (c, length) = entity(text)?;
            bytes.extend(c.to_string().bytes());
            Some(length)
        }
        _ => None,
    }
}

/// The character of the entity at the head of `text`, and its length with the semicolon.
fn entity(text: &str) -> Option<(char, usize)> {
    let name = text.strip_prefix('&')?;
    let end = name.bytes().take(12).position(|byte| byte == b';')?;
    let name = name.get(..end)?;
    let c = match name.strip_prefix('#') {
        Some(number) => {
            let code = match number.strip_prefix(['x', 'X']) {
                Some(digits) => u32::from_str_radix(digits, 16),
                None => number.parse(),
            };
            char::from_u32(code.ok()?)?
        }
        None => ENTITIES.iter().find(|(known, _)| *known == name).map(|(_, c)| *c)?,
    };
    Some((c, end.saturating_add(2)))
}

const ENTITIES: [(&str, char); 36] = [
    ("amp", '&'),
    ("lt", '<'),
    ("gt", '>'),
    ("quot", '"'),
    ("apos", '\''),
    ("nbsp", '\u{a0}'),
    ("shy", '\u{ad}'),
    ("zwj", '\u{200d}'),
    ("zwnj", '\u{200c}'),
    ("lrm", '\u{200e}'),
    ("rlm", '\u{200f}'),
    ("commat", '@'),
    ("period", '.'),
    ("plus", '+'),
    ("lowbar", '_'),
    ("hyphen", '-'),
    ("colon", ':'),
    ("sol", '/'),
    ("percnt", '%'),
    ("num", '#'),
    ("agrave", 'à'),
    ("acirc", 'â'),
    ("ccedil", 'ç'),
    ("egrave", 'è'),
    ("eacute", 'é'),
    ("ecirc", 'ê'),
    ("euml", 'ë'),
    ("icirc", 'î'),
    ("iuml", 'ï'),
    ("ocirc", 'ô'),
    ("oelig", 'œ'),
    ("ugrave", 'ù'),
    ("ucirc", 'û'),
    ("Eacute", 'É'),
    ("Agrave", 'À'),
    ("Ccedil", 'Ç'),
];

/// What a page says, twice: with a new line for each tag, and with those tags left out that do not part words. Comments and attributes are for whoever reads
/// the page itself. An entity that this program does not write is refused: mail programs differ about it.
pub(super) fn page(source: &str) -> Result<[String; 2], Leak> {
    let (mut parted, mut whole) = (String::with_capacity(source.len()), String::with_capacity(source.len()));
    let mut rest = source;
    while let Some(at) = rest.bytes().position(|byte| matches!(byte, b'<' | b'&')) {
        let (before, from) = rest.split_at_checked(at).ok_or(Leak::Opaque)?;
        let (length, shown, breaks) = if from.starts_with('&') {
            let (c, length) = entity(from).ok_or(Leak::Opaque)?;
            (length, Some(c), false)
        } else if let Some(comment) = from.strip_prefix("<!--") {
            (comment.find("-->").ok_or(Leak::Opaque)?.saturating_add(7), None, false)
        } else {
            (tag_length(from).ok_or(Leak::Opaque)?, None, !is_inline(from))
        };
        for view in [&mut parted, &mut whole] {
            view.push_str(before);
            view.extend(shown);
        }
        if breaks {
            whole.push('\n');
        }
        if shown.is_none() {
            parted.push('\n');
        }
        rest = from.get(length..).unwrap_or_default();
    }
    parted.push_str(rest);
    whole.push_str(rest);
    Ok([parted, whole])
}

/// How long the tag at the head of `text` is; a `>` between quotes does not end it.
fn tag_length(text: &str) -> Option<usize> {
    let mut quote = None;
    let end = text.bytes().position(|byte| {
        match (quote, byte) {
            (None, b'"' | b'\'') => quote = Some(byte),
            (Some(open), _) if open == byte => quote = None,
            _ => {}
        }
        byte == b'>' && quote.is_none()
    })?;
    end.checked_add(1)
}

/// Whether the words on both sides of a tag are one.
fn is_inline(tag: &str) -> bool {
    const INLINE: [&str; 19] =
        ["a", "abbr", "b", "bdi", "bdo", "big", "em", "font", "i", "ins", "mark", "s", "small", "span", "strong", "sub", "sup", "u", "wbr"];
    let name: String = tag.chars().skip(1).skip_while(|c| *c == '/').take_while(char::is_ascii_alphanumeric).collect();
    INLINE.contains(&name.to_ascii_lowercase().as_str())
}

/// Adds to `text` the stretches of `bytes` that are text in UTF-8 or UTF-16, a line for each.
pub(super) fn readable(bytes: &[u8], text: &mut String) {
    if bytes.len() < SHORTEST {
        return;
    }
    likely(bytes, |piece| {
        for chunk in piece.utf8_chunks() {
            for stretch in chunk.valid().split(|c: char| c.is_control() && !matches!(c, '\t' | '\r' | '\n')).filter(|stretch| stretch.len() >= SHORTEST) {
                text.push_str(stretch);
                text.push('\n');
            }
        }
    });
    if may_be_wide(bytes) {
        for first in [0, 1] {
            wide(bytes.get(first..).unwrap_or_default(), text);
        }
    }
}

/// Whether `byte` may follow `before` in a text in UTF-8 (RFC 3629 §4), as 1 or 0: without a branch, so that many are looked at at once.
fn follows(before: u8, byte: u8) -> u8 {
    let whole = |byte: u8| (byte.wrapping_sub(b' ') < 0x5f) | (byte == b'\t') | (byte == b'\r') | (byte == b'\n');
    let first = |byte: u8| byte.wrapping_sub(0xc2) < 0x33;
    let other = |byte: u8| byte & 0xc0 == 0x80;
    u8::from((whole(byte) | first(byte)) & (whole(before) | other(before)) | other(byte) & (first(before) | other(before)))
}

/// Tells `hear` the pieces of `bytes` outside of which no text of [`SHORTEST`] bytes can stand: no two neighbours in them are impossible in UTF-8. In bytes
/// that are chance, and in what no coding ever was, there are few.
fn likely(bytes: &[u8], mut hear: impl FnMut(&[u8])) {
    const STRIDE: usize = SHORTEST - 1;
    let follow: Vec<u8> = bytes.iter().zip(bytes.get(1..).unwrap_or_default()).map(|(before, byte)| follows(*before, *byte)).collect();
    let mut at = STRIDE - 1;
    // So many in a row cannot stand between two of these places.
    while let Some(one) = follow.get(at) {
        if *one == 0 {
            at = at.saturating_add(STRIDE);
            continue;
        }
        let (before, after) = follow.split_at_checked(at).unwrap_or_default();
        let start = at.saturating_sub(before.iter().rev().take_while(|one| **one == 1).count());
        let end = at.saturating_add(after.iter().take_while(|one| **one == 1).count());
        if end.saturating_sub(start) >= STRIDE {
            hear(bytes.get(start..=end).unwrap_or_default());
        }
        at = end.saturating_add(STRIDE);
    }
}

/// Whether there can be UTF-16 in `bytes` at all: so many times in a row, every second byte is that of one of the first Unicode blocks.
fn may_be_wide(bytes: &[u8]) -> bool {
    const STRIDE: usize = 2 * SHORTEST;
    let is_high = |at: usize| bytes.get(at).is_some_and(|byte| *byte <= WIDE);
    let stands_at = |at: usize| {
        let before = (1..SHORTEST).take_while(|steps| at.checked_sub(2 * steps).is_some_and(is_high)).count();
        let after = (1..SHORTEST).take_while(|steps| is_high(at.saturating_add(2 * steps))).count();
        before.saturating_add(after).saturating_add(1) >= SHORTEST
    };
    // Of so many in a row, one stands at the first or the second place of one of these; around it they are counted.
    let mut chunks = bytes.get(STRIDE - 2..).unwrap_or_default().chunks(STRIDE).zip(1_usize..);
    chunks.any(|(chunk, number)| {
        let high = chunk.iter().take(2).zip(0_usize..).filter(|(byte, _)| **byte <= WIDE);
        high.map(|(_, place)| number.saturating_mul(STRIDE).saturating_sub(2).saturating_add(place)).any(stands_at)
    })
}

/// Stretches of UTF-16 in which every second byte is one of the first Unicode blocks, Latin to Arabic, in either byte order.
fn wide(bytes: &[u8], text: &mut String) {
    let (pairs, _) = bytes.as_chunks::<2>();
    for order in [0_usize, 1] {
        let mut stretch = Vec::new();
        for pair in pairs.iter().chain([&[0xff, 0xff]]) {
            let [one, other] = *pair;
            let (high, low) = if order == 0 { (one, other) } else { (other, one) };
            if high <= WIDE && (high > 0 || low >= b' ') {
                stretch.push(u16::from_be_bytes([high, low]));
                continue;
            }
            if stretch.len() >= SHORTEST {
                text.push_str(&String::from_utf16_lossy(&stretch));
                text.push('\n');
            }
            stretch.clear();
        }
    }
}
