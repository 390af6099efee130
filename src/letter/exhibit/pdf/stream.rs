//! Streams and how they are packed (ISO 32000-1 §7.3.8, §7.4).

use super::lexer::{Lexer, Token, is_blank};
use super::object::{Dictionary, Object};
use crate::letter::exhibit::WithheldBecause::{self, CannotBeCleaned, Damaged, Encrypted};
use crate::letter::exhibit::inflate::Budget;
use std::borrow::Cow;

/// An indirect object, its number and generation, and where its stream begins.
pub(super) struct Found {
    pub number: usize,
    pub generation: usize,
    pub object: Object,
    pub stream: Option<usize>,
}

/// The indirect object at which `lexer` stands.
pub(super) fn indirect(lexer: &mut Lexer<'_>) -> Result<Found, WithheldBecause> {
    let (number, generation) = (lexer.count()?, lexer.count()?);
    lexer.word(b"obj")?;
    let object = lexer.object()?;
    let stream = match lexer.token(false)? {
        Token::Word(b"endobj") => None,
        Token::Word(b"stream") => {
            lexer.skip(usize::from(lexer.rest().first() == Some(&b'\r')));
            lexer.skip(usize::from(lexer.rest().first() == Some(&b'\n')));
            Some(lexer.at())
        }
        _ => return Err(Damaged),
    };
    Ok(Found { number, generation, object, stream })
}

/// The `length` bytes of a stream that begins at `start`; it must end there.
pub(super) fn cut(bytes: &[u8], start: usize, length: usize) -> Result<&[u8], WithheldBecause> {
    let (stream, rest) = bytes.get(start..).and_then(|rest| rest.split_at_checked(length)).ok_or(Damaged)?;
    let blanks = rest.iter().take(4).take_while(|byte| is_blank(**byte)).count();
    match rest.get(blanks..).is_some_and(|rest| rest.starts_with(b"endstream")) {
        true => Ok(stream),
        false => Err(Damaged),
    }
}

/// One step of unpacking.
#[derive(Debug, Clone)]
pub(super) struct Filter {
    pub name: Vec<u8>,
    pub parameters: Dictionary,
}

/// Steps of unpacking one stream.
const FILTERS: usize = 4;

/// What `Filter` and `DecodeParms` of a stream say.
pub(super) fn filters(filter: &Object, parameters: &Object) -> Result<Vec<Filter>, WithheldBecause> {
    let list = |object: &Object| match object {
        Object::Null => Vec::new(),
        Object::Array(items) => items.clone(),
        one => vec![one.clone()],
    };
    let (names, parameters) = (list(filter), list(parameters));
    if names.len() > FILTERS {
        return Err(CannotBeCleaned);
    }
    let step = |(at, name): (usize, &Object)| {
        let parameters = match parameters.get(at) {
            None | Some(Object::Null) => Dictionary::new(),
            Some(Object::Dictionary(parameters)) => parameters.clone(),
            Some(_) => return Err(Damaged),
        };
        Ok(Filter { name: name.as_name().ok_or(Damaged)?.to_vec(), parameters })
    };
    names.iter().enumerate().map(step).collect()
}

/// `packed` after every step.
pub(super) fn decode<'a>(packed: &'a [u8], filters: &[Filter], budget: &mut Budget) -> Result<Cow<'a, [u8]>, WithheldBecause> {
    let mut bytes = Cow::Borrowed(packed);
    if filters.is_empty() {
        budget.hold(packed.len())?;
    }
    for filter in filters {
        bytes = Cow::Owned(match filter.name.as_slice() {
            b"FlateDecode" | b"Fl" => unpredicted(budget.unpack(&bytes)?.0, &filter.parameters)?,
            _ => letters(&bytes, &filter.name, budget)?,
        });
    }
    Ok(bytes)
}

/// What was written in letters; every other step is refused.
pub(super) fn letters(bytes: &[u8], name: &[u8], budget: &mut Budget) -> Result<Vec<u8>, WithheldBecause> {
    let decoded = match name {
        b"ASCIIHexDecode" | b"AHx" => hexadecimal(bytes)?,
        b"ASCII85Decode" | b"A85" => base85(bytes)?,
        b"Crypt" => return Err(Encrypted),
        _ => return Err(CannotBeCleaned),
    };
    budget.hold(decoded.len())?;
    Ok(decoded)
}

fn hexadecimal(bytes: &[u8]) -> Result<Vec<u8>, WithheldBecause> {
    let digits = bytes.iter().take_while(|byte| **byte != b'>').filter(|byte| !is_blank(**byte));
    let digits: Option<Vec<u8>> = digits.map(|byte| char::from(*byte).to_digit(16).and_then(|digit| u8::try_from(digit).ok())).collect();
    Ok(digits.ok_or(Damaged)?.chunks(2).map(|pair| pair.first().map_or(0, |high| high << 4) | pair.get(1).copied().unwrap_or(0)).collect())
}

fn base85(bytes: &[u8]) -> Result<Vec<u8>, WithheldBecause> {
    let (mut decoded, mut group) = (Vec::new(), Vec::with_capacity(5));
    let mut flush = |group: &mut Vec<u8>| {
        let digits = group.len();
        group.resize(5, 84);
        let value = group.iter().try_fold(0u32, |value, digit| value.checked_mul(85)?.checked_add(u32::from(*digit))).ok_or(Damaged)?;
        decoded.extend(value.to_be_bytes().iter().take(digits.saturating_sub(1)));
        group.clear();
        Ok::<(), WithheldBecause>(())
    };
    for byte in bytes.iter().take_while(|byte| **byte != b'~').filter(|byte| !is_blank(**byte)) {
        match byte {
            b'!'..=b'u' => group.push(byte - b'!'),
            b'z' if group.is_empty() => group.resize(5, 0),
            _ => return Err(Damaged),
        }
        if group.len() == 5 {
            flush(&mut group)?;
        }
    }
    match group.len() {
        0 => {}
        1 => return Err(Damaged),
        _ => flush(&mut group)?,
    }
    Ok(decoded)
}

/// Undoes the prediction of a row from the one above (ISO 32000-1 §7.4.4.4).
fn unpredicted(bytes: Vec<u8>, parameters: &Dictionary) -> Result<Vec<u8>, WithheldBecause> {
    let number = |key: &str, usual: usize| parameters.get(key.as_bytes()).map_or(Some(usual), Object::count).ok_or(Damaged);
    match number("Predictor", 1)? {
        1 => return Ok(bytes),
        10..=15 => {}
        _ => return Err(CannotBeCleaned),
    }
    let bits = number("Colors", 1)?.saturating_mul(number("BitsPerComponent", 8)?);
    let row = bits.saturating_mul(number("Columns", 1)?).div_ceil(8);
    let step = bits.div_ceil(8).max(1);
    if row == 0 || row > bytes.len() {
        return if bytes.is_empty() { Ok(bytes) } else { Err(Damaged) };
    }
    let (mut plain, mut above): (Vec<u8>, Vec<u8>) = (Vec::with_capacity(bytes.len()), vec![0; row]);
    for line in bytes.chunks(row.saturating_add(1)) {
        let [kind, line @ ..] = line else { return Err(Damaged) };
        let mut current: Vec<u8> = Vec::with_capacity(row);
        for (at, byte) in line.iter().enumerate() {
            let before = |row: &[u8]| at.checked_sub(step).and_then(|at| row.get(at)).copied().unwrap_or(0);
            let (left, up, corner) = (before(&current), above.get(at).copied().unwrap_or(0), before(&above));
            let guess = match kind {
                0 => 0,
                1 => left,
                2 => up,
                3 => left.midpoint(up),
                4 => paeth(left, up, corner),
                _ => return Err(Damaged),
            };
            current.push(byte.wrapping_add(guess));
        }
        plain.extend_from_slice(&current);
        above = current;
    }
    Ok(plain)
}

/// The neighbour that is nearest to left + up − corner (ISO/IEC 15948 §9.4).
fn paeth(left: u8, up: u8, corner: u8) -> u8 {
    let estimate = i16::from(left).saturating_add(i16::from(up)).saturating_sub(i16::from(corner));
    let distance = |byte: u8| estimate.abs_diff(i16::from(byte));
    if distance(left) <= distance(up) && distance(left) <= distance(corner) {
        left
    } else if distance(up) <= distance(corner) {
        up
    } else {
        corner
    }
}
