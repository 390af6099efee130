//! Where the objects of a file stand: its cross-reference tables and streams, the newest revision first (ISO 32000-1 §7.5.4, §7.5.8).

use super::lexer::{Lexer, Token};
use super::object::{Dictionary, Id, Object, name_of};
use super::stream;
use crate::letter::exhibit::WithheldBecause::{self, CannotBeCleaned, Damaged, Encrypted};
use crate::letter::exhibit::inflate::Budget;
use std::collections::{HashMap, HashSet};

/// Where one object stands.
#[derive(Debug, Clone, Copy)]
pub(super) enum Place {
    /// Nowhere any more.
    Free,
    /// At so many bytes from the beginning, with that generation.
    At(usize, u16),
    /// In the stream of objects with that number, as the so-manieth one.
    Within(u32, usize),
}

/// What the newest revision says.
pub(super) struct Table {
    pub places: HashMap<u32, Place>,
    pub root: Id,
}

/// Revisions of one file.
const REVISIONS: usize = 200;
/// Bytes at the end of a file in which it says where its newest table stands.
const END: usize = 2_048;
const START: &[u8] = b"startxref";

/// One table and what stands under it.
struct Section {
    places: Vec<(u32, Place)>,
    trailer: Dictionary,
}

/// Reads every table of `bytes`; `left` objects may be read, and those that were are taken off.
pub(super) fn table(bytes: &[u8], budget: &mut Budget, left: &mut usize) -> Result<Table, WithheldBecause> {
    let (mut places, mut root, mut seen) = (HashMap::new(), None, HashSet::new());
    let mut next = Some(newest(bytes)?);
    while let Some(at) = next {
        if !seen.insert(at) || seen.len() > REVISIONS {
            return Err(Damaged);
        }
        let section = section(bytes, at, budget, left)?;
        let hybrid = match section.trailer.get(&b"XRefStm"[..]) {
            Some(at) => stream_section(bytes, at.count().ok_or(Damaged)?, budget, left)?.places,
            None => Vec::new(),
        };
        if section.trailer.get(&b"Encrypt"[..]).is_some_and(|encrypt| *encrypt != Object::Null) {
            return Err(Encrypted);
        }
        // What a table calls free may stand in the stream beside it.
        let (free, used): (Vec<_>, Vec<_>) = section.places.into_iter().partition(|(_, place)| matches!(place, Place::Free));
        for (number, place) in used.into_iter().chain(hybrid).chain(free) {
            places.entry(number).or_insert(place);
        }
        if let Some(Object::Reference(id)) = section.trailer.get(&b"Root"[..]) {
            root = root.or(Some(*id));
        }
        next = section.trailer.get(&b"Prev"[..]).map(|previous| previous.count().ok_or(Damaged)).transpose()?;
    }
    Ok(Table { places, root: root.ok_or(Damaged)? })
}

fn newest(bytes: &[u8]) -> Result<usize, WithheldBecause> {
    let end = bytes.get(bytes.len().saturating_sub(END)..).unwrap_or_default();
    let at = end.windows(START.len()).rposition(|window| window == START).ok_or(Damaged)?;
    Lexer::new(end, at.saturating_add(START.len()), 2).count()
}

fn section(bytes: &[u8], at: usize, budget: &mut Budget, left: &mut usize) -> Result<Section, WithheldBecause> {
    let mut lexer = Lexer::new(bytes, at, *left);
    lexer.blanks();
    if !lexer.rest().starts_with(b"xref") {
        return stream_section(bytes, at, budget, left);
    }
    lexer.word(b"xref")?;
    let mut places = Vec::new();
    loop {
        let first = match lexer.token(false)? {
            Token::Object(first) => first.count().and_then(|first| u32::try_from(first).ok()).ok_or(Damaged)?,
            Token::Word(b"trailer") => break,
            _ => return Err(Damaged),
        };
        let count = u32::try_from(lexer.count()?).map_err(|_| Damaged)?;
        for number in first..first.checked_add(count).ok_or(Damaged)? {
            let (offset, generation) = (lexer.count()?, u16::try_from(lexer.count()?).map_err(|_| Damaged)?);
            let place = match lexer.token(false)? {
                Token::Word(b"n") => Place::At(offset, generation),
                Token::Word(b"f") => Place::Free,
                _ => return Err(Damaged),
            };
            places.push((number, place));
        }
    }
    let Object::Dictionary(trailer) = lexer.object()? else { return Err(Damaged) };
    *left = lexer.left();
    Ok(Section { places, trailer })
}

/// A table that is packed as a stream.
fn stream_section(bytes: &[u8], at: usize, budget: &mut Budget, left: &mut usize) -> Result<Section, WithheldBecause> {
    let mut lexer = Lexer::new(bytes, at, *left);
    let found = stream::indirect(&mut lexer)?;
    *left = lexer.left();
    let Object::Dictionary(trailer) = found.object else { return Err(Damaged) };
    if name_of(&trailer, "Type") != Some(b"XRef") {
        return Err(Damaged);
    }
    let length = trailer.get(&b"Length"[..]).and_then(Object::count).ok_or(Damaged)?;
    let packed = stream::cut(bytes, found.stream.ok_or(Damaged)?, length)?;
    let of = |key: &[u8]| trailer.get(key).cloned().unwrap_or(Object::Null);
    let table = stream::decode(packed, &stream::filters(&of(b"Filter"), &of(b"DecodeParms"))?, budget)?;
    let counts = |object: &Object| object.as_array().and_then(|items| items.iter().map(Object::count).collect::<Option<Vec<_>>>());
    let widths: [usize; 3] = counts(&of(b"W")).and_then(|widths| widths.try_into().ok()).ok_or(Damaged)?;
    let size = widths.iter().fold(0usize, |all, width| all.saturating_add(*width));
    if widths.iter().any(|width| *width > 8) || size == 0 {
        return Err(Damaged);
    }
    let index = match of(b"Index") {
        Object::Null => vec![0, of(b"Size").count().ok_or(Damaged)?],
        index => counts(&index).ok_or(Damaged)?,
    };
    let mut places = Vec::new();
    let mut rows = table.chunks_exact(size);
    for pair in index.chunks(2) {
        let [first, count] = *pair else { return Err(Damaged) };
        for number in first..first.checked_add(count).ok_or(Damaged)? {
            let row = rows.next().ok_or(Damaged)?;
            *left = left.checked_sub(1).ok_or(WithheldBecause::TooLarge)?;
            places.push((u32::try_from(number).map_err(|_| Damaged)?, place(row, widths)?));
        }
    }
    Ok(Section { places, trailer })
}

fn place(row: &[u8], [kind, first, _]: [usize; 3]) -> Result<Place, WithheldBecause> {
    let (kind_bytes, rest) = row.split_at_checked(kind).ok_or(Damaged)?;
    let (first, second) = rest.split_at_checked(first).ok_or(Damaged)?;
    let number = |bytes: &[u8]| bytes.iter().fold(0u64, |all, byte| all << 8 | u64::from(*byte));
    let (first, second) = (number(first), usize::try_from(number(second)).map_err(|_| Damaged)?);
    match if kind == 0 { 1 } else { number(kind_bytes) } {
        0 => Ok(Place::Free),
        1 => Ok(Place::At(usize::try_from(first).map_err(|_| Damaged)?, u16::try_from(second).map_err(|_| Damaged)?)),
        2 => Ok(Place::Within(u32::try_from(first).map_err(|_| Damaged)?, second)),
        _ => Err(CannotBeCleaned),
    }
}
