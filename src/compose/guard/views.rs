//! The ways in which a text can be read: as it stands, with its escapes undone, and as base64, hexadecimal digits or UTF-16 that stand in it.

use super::Leak;
use super::likely::Likely;
use super::readable::{readable, readable_packed};
use super::unpack::{hexadecimal, paired, sextets};

/// How many codings may lie on one another: percent signs twice and something within.
pub(super) const DEPTH: usize = 3;

/// Reads texts in every way, [`DEPTH`] codings deep. What it works with is used again for the next text.
#[derive(Default)]
pub(super) struct Readings([Bench; DEPTH]);

/// What one depth works with.
#[derive(Default)]
struct Bench {
    /// The base64 of the last text, and of the one before it.
    sextets: Vec<u8>,
    before: Vec<u8>,
    likely: Likely,
    digits: Vec<u8>,
    bytes: Vec<u8>,
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

    /// The same of a text within which only so many codings may lie on one another.
    pub(super) fn each_from(&mut self, text: &str, depth: usize, read: &mut dyn FnMut(&str) -> Result<(), Leak>) -> Result<(), Leak> {
        let done = readings(text, self.0.get_mut(DEPTH.saturating_sub(depth)..).unwrap_or_default(), read);
        if done.is_err() {
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
    let Bench { sextets, before, likely, digits, bytes, found } = bench;
    let mut read_on = |found: &str| if found.is_empty() { Ok(()) } else { readings(found, deeper, read) };
    if sextets != before {
        likely.look(sextets);
        for offset in 0..4 {
            found.clear();
            readable_packed(sextets, likely, offset, bytes, found);
            read_on(found)?;
        }
    }
    hexadecimal(text, digits);
    for offset in 0..2 {
        paired(digits, offset, bytes);
        found.clear();
        readable(bytes, found);
        read_on(found)?;
    }
    Ok(())
}

/// What the base64 of `text` holds in each of the four ways to read it.
pub(super) fn in_base64(text: &str) -> [String; 4] {
    let (mut runs, mut likely, mut bytes) = (Vec::new(), Likely::default(), Vec::new());
    sextets(text, &mut runs);
    likely.look(&runs);
    std::array::from_fn(|offset| {
        let mut found = String::new();
        readable_packed(&runs, &likely, offset, &mut bytes, &mut found);
        found
    })
}

/// `text` with everything undone that stands for a character: `%41`, `=41` and soft line breaks, `\x41`, `\u0041`, `%u0041`, `&#65;`, `&#x41;`, `&eacute;`.
/// `None` if there is nothing of the kind.
pub(super) fn unescaped(text: &str) -> Option<String> {
    const BEGIN: [u8; 4] = [b'=', b'&', b'%', b'\\'];
    if !BEGIN.iter().any(|byte| text.as_bytes().contains(byte)) {
        return None;
    }
    let begins = |byte: u8| matches!(byte, b'%' | b'=' | b'\\' | b'&');
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
    let name = tag.get(1..).unwrap_or_default().trim_start_matches('/');
    let name = name.split(|c: char| !c.is_ascii_alphanumeric()).next().unwrap_or_default();
    INLINE.iter().any(|known| known.eq_ignore_ascii_case(name))
}
