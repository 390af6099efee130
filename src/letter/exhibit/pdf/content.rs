//! What is drawn: pages, forms, patterns and glyphs, operator by operator (ISO 32000-1 annex A). Comments and the marks that programs leave between the
//! operators, which may hold any words, are left behind.

use super::encode;
use super::lexer::{Lexer, Token};
use super::object::{Dictionary, Object};
use super::stream;
use crate::letter::exhibit::WithheldBecause::{self, CannotBeCleaned, Damaged};
use crate::letter::exhibit::inflate::Budget;
use std::collections::BTreeSet;

/// Objects that one operator may take, those within lists counted.
const OPERANDS: usize = 100_000;

/// Names of resources that are drawn with, under the entry of the resources in which they stand.
pub(super) type Used = BTreeSet<(&'static str, Vec<u8>)>;

/// Operators and how many operands they take.
const OPERATORS: [(&[u8], usize); 59] = [
    (b"b", 0),
    (b"B", 0),
    (b"b*", 0),
    (b"B*", 0),
    (b"BT", 0),
    (b"c", 6),
    (b"cm", 6),
    (b"CS", 1),
    (b"cs", 1),
    (b"d", 2),
    (b"d0", 2),
    (b"d1", 6),
    (b"Do", 1),
    (b"ET", 0),
    (b"f", 0),
    (b"F", 0),
    (b"f*", 0),
    (b"G", 1),
    (b"g", 1),
    (b"gs", 1),
    (b"h", 0),
    (b"i", 1),
    (b"j", 1),
    (b"J", 1),
    (b"K", 4),
    (b"k", 4),
    (b"l", 2),
    (b"m", 2),
    (b"M", 1),
    (b"n", 0),
    (b"q", 0),
    (b"Q", 0),
    (b"re", 4),
    (b"RG", 3),
    (b"rg", 3),
    (b"ri", 1),
    (b"s", 0),
    (b"S", 0),
    (b"sh", 1),
    (b"T*", 0),
    (b"Tc", 1),
    (b"Td", 2),
    (b"TD", 2),
    (b"Tf", 2),
    (b"Tj", 1),
    (b"TJ", 1),
    (b"TL", 1),
    (b"Tm", 6),
    (b"Tr", 1),
    (b"Ts", 1),
    (b"Tw", 1),
    (b"Tz", 1),
    (b"v", 4),
    (b"w", 1),
    (b"W", 0),
    (b"W*", 0),
    (b"y", 4),
    (b"'", 1),
    (b"\"", 3),
];

/// The same drawing, and what it is drawn with.
pub(super) fn rewrite(content: &[u8], budget: &mut Budget) -> Result<(Vec<u8>, Used), WithheldBecause> {
    let (mut output, mut used, mut operands) = (Vec::with_capacity(content.len()), Used::new(), Vec::new());
    let mut lexer = Lexer::new(content, 0, OPERANDS);
    loop {
        let operator = match lexer.token(false)? {
            Token::Object(object) => {
                operands.push(object);
                continue;
            }
            Token::End => return Ok((output, used)),
            Token::Word(operator) => operator,
        };
        match operator {
            b"BMC" | b"EMC" | b"MP" | b"BX" | b"EX" => {}
            // Layers that are shown to some and hidden from others.
            b"BDC" | b"DP" if operands.iter().any(|tag| *tag == Object::name("OC")) => return Err(CannotBeCleaned),
            b"BDC" | b"DP" => {}
            b"BI" => inline(&mut lexer, &mut output, &mut used, budget)?,
            _ => draw(operator, &operands, &mut output, &mut used)?,
        }
        operands.clear();
        lexer.allow(OPERANDS);
    }
}

fn draw(operator: &[u8], operands: &[Object], output: &mut Vec<u8>, used: &mut Used) -> Result<(), WithheldBecause> {
    let count = match operator {
        b"sc" | b"SC" | b"scn" | b"SCN" => operands.len().min(COLOURS),
        _ => OPERATORS.iter().find(|(known, _)| *known == operator).map(|(_, count)| *count).ok_or(CannotBeCleaned)?,
    };
    let operands = operands.get(operands.len().checked_sub(count).ok_or(Damaged)?..).unwrap_or_default();
    let shows = matches!(operator, b"Tj" | b"TJ" | b"'" | b"\"");
    let fits = |operand: &Object| match operand {
        Object::Text(_) => shows,
        Object::Array(items) if shows => items.iter().all(|item| matches!(item, Object::Text(_) | Object::Number(_))),
        other => other.is_plain(),
    };
    if !operands.iter().all(fits) {
        return Err(Damaged);
    }
    let resource = match operator {
        b"Do" => Some("XObject"),
        b"Tf" => Some("Font"),
        b"gs" => Some("ExtGState"),
        b"cs" | b"CS" => Some("ColorSpace"),
        b"scn" | b"SCN" => Some("Pattern"),
        b"sh" => Some("Shading"),
        _ => None,
    };
    let names = operands.iter().filter_map(Object::as_name);
    used.extend(names.filter_map(|name| Some((resource?, name.to_vec()))));
    for operand in operands {
        encode::write(output, operand);
        output.push(b' ');
    }
    output.extend_from_slice(operator);
    output.push(b'\n');
    Ok(())
}

/// Components of a colour, and a pattern (ISO 32000-1 annex C).
const COLOURS: usize = 33;

/// Entries of a picture that stands within the content, and their short names (ISO 32000-1 table 93).
const ENTRIES: [&[u8]; 18] = [
    b"BPC",
    b"BitsPerComponent",
    b"CS",
    b"ColorSpace",
    b"D",
    b"Decode",
    b"DP",
    b"DecodeParms",
    b"F",
    b"Filter",
    b"H",
    b"Height",
    b"IM",
    b"ImageMask",
    b"I",
    b"Interpolate",
    b"W",
    b"Width",
];
/// Bytes of the colours of such a picture.
const PALETTE: usize = 4 * 256;

fn inline(lexer: &mut Lexer<'_>, output: &mut Vec<u8>, used: &mut Used, budget: &mut Budget) -> Result<(), WithheldBecause> {
    let mut entries = Dictionary::new();
    loop {
        let key = match lexer.token(false)? {
            Token::Object(Object::Name(key)) => key,
            Token::Word(b"ID") => break,
            _ => return Err(Damaged),
        };
        let Token::Object(value) = lexer.token(false)? else { return Err(Damaged) };
        if ENTRIES.contains(&key.as_slice()) && entries.insert(key, value).is_some() {
            return Err(Damaged);
        }
    }
    lexer.skip(1);
    let length = inline_bytes(&entries, lexer.rest(), budget)?;
    let data = lexer.rest().get(..length).ok_or(Damaged)?;
    lexer.skip(length);
    lexer.word(b"EI")?;
    output.extend_from_slice(b"BI");
    for (key, value) in &entries {
        let fits = match (key.as_slice(), value) {
            (b"CS" | b"ColorSpace", Object::Array(items)) => {
                items.iter().all(|item| item.is_plain() || matches!(item, Object::Text(text) if text.len() <= PALETTE))
            }
            (b"DP" | b"DecodeParms", Object::Dictionary(inner)) => inner.values().all(Object::is_plain) && inner.len() <= 8,
            (_, value) => value.is_plain(),
        };
        if !fits {
            return Err(CannotBeCleaned);
        }
        if let (b"CS" | b"ColorSpace", Object::Name(name)) = (key.as_slice(), value) {
            used.insert(("ColorSpace", name.clone()));
        }
        output.push(b' ');
        encode::write(output, &Object::Name(key.clone()));
        output.push(b' ');
        encode::write(output, value);
    }
    output.extend_from_slice(b" ID ");
    output.extend_from_slice(data);
    output.extend_from_slice(b"\nEI\n");
    Ok(())
}

/// How many bytes of `rest` are the picture: where it ends is nowhere written.
fn inline_bytes(entries: &Dictionary, rest: &[u8], budget: &mut Budget) -> Result<usize, WithheldBecause> {
    let of = |short: &str, long: &str| entries.get(short.as_bytes()).or_else(|| entries.get(long.as_bytes()));
    let count = |short: &str, long: &str| of(short, long).and_then(Object::count);
    let filters = stream::filters(of("F", "Filter").unwrap_or(&Object::Null), &Object::Null)?;
    let names: Vec<&[u8]> = filters.iter().map(|filter| filter.name.as_slice()).collect();
    match names.as_slice() {
        [b"FlateDecode" | b"Fl"] => Ok(budget.measure(rest, usize::MAX)?.0),
        [b"ASCIIHexDecode" | b"AHx"] | [b"ASCIIHexDecode" | b"AHx", b"FlateDecode" | b"Fl"] => after(rest, b">"),
        [b"ASCII85Decode" | b"A85"] | [b"ASCII85Decode" | b"A85", b"FlateDecode" | b"Fl"] => after(rest, b"~>"),
        [] => {
            let is_mask = of("IM", "ImageMask") == Some(&Object::Boolean(true));
            let components = match of("CS", "ColorSpace") {
                _ if is_mask => 1,
                Some(Object::Name(name)) => match name.as_slice() {
                    b"G" | b"DeviceGray" => 1,
                    b"RGB" | b"DeviceRGB" => 3,
                    b"CMYK" | b"DeviceCMYK" => 4,
                    _ => return Err(CannotBeCleaned),
                },
                Some(Object::Array(items)) if matches!(items.first().and_then(Object::as_name), Some(b"I" | b"Indexed")) => 1,
                _ => return Err(CannotBeCleaned),
            };
            let bits = if is_mask { 1 } else { count("BPC", "BitsPerComponent").ok_or(Damaged)? };
            let row = count("W", "Width").and_then(|width| width.checked_mul(components)?.checked_mul(bits)).ok_or(Damaged)?.div_ceil(8);
            row.checked_mul(count("H", "Height").ok_or(Damaged)?).ok_or(Damaged)
        }
        _ => Err(CannotBeCleaned),
    }
}

fn after(rest: &[u8], end: &[u8]) -> Result<usize, WithheldBecause> {
    rest.windows(end.len()).position(|window| window == end).map(|at| at.saturating_add(end.len())).ok_or(Damaged)
}
