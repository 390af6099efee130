//! Colours, shadings, patterns, functions and states of drawing (ISO 32000-1 §8.4 to §8.7, §7.10).

use super::packed;
use super::picture::drawing;
use super::{Built, Rebuild, Role, dictionary};
use crate::letter::exhibit::WithheldBecause::{self, CannotBeCleaned, Damaged};
use crate::letter::exhibit::pdf::encode;
use crate::letter::exhibit::pdf::lexer::{Lexer, Token};
use crate::letter::exhibit::pdf::object::{Dictionary, Indirect, Object, name_of};

/// A space of colours. Profiles name their makers and devices; the plain space with as many components takes their place.
pub(super) fn colour(rebuild: &mut Rebuild<'_>, object: &Object) -> Result<Object, WithheldBecause> {
    let items = match object {
        Object::Name(_) | Object::Null => return Ok(object.clone()),
        Object::Array(items) => items.as_slice(),
        _ => return Err(Damaged),
    };
    let kind = items.first().and_then(Object::as_name).ok_or(Damaged)?;
    let at = |index: usize| items.get(index).ok_or(Damaged);
    let name = Object::Name(kind.to_vec());
    let written = match kind {
        b"DeviceGray" | b"DeviceRGB" | b"DeviceCMYK" | b"G" | b"RGB" | b"CMYK" => return Ok(name),
        b"Pattern" if items.len() == 1 => return Ok(name),
        b"Pattern" => vec![name, rebuild.refer(at(1)?, Role::Colour)?],
        b"ICCBased" => return profile(rebuild, at(1)?),
        b"CalGray" | b"CalRGB" | b"Lab" => {
            let Object::Dictionary(entries) = rebuild.source.resolve(at(1)?)? else { return Err(Damaged) };
            vec![name, Object::Dictionary(rebuild.plain(&entries, &["WhitePoint", "BlackPoint", "Gamma", "Matrix", "Range"])?)]
        }
        b"Indexed" | b"I" => {
            let most = rebuild.source.resolve(at(2)?)?;
            most.count().filter(|most| *most <= 255).ok_or(Damaged)?;
            vec![name, rebuild.refer(at(1)?, Role::Colour)?, most, rebuild.refer(at(3)?, Role::Lookup)?]
        }
        b"Separation" | b"DeviceN" => {
            let inks = rebuild.source.resolve(at(1)?)?;
            if !inks.is_plain() {
                return Err(Damaged);
            }
            vec![name, inks, rebuild.refer(at(2)?, Role::Colour)?, rebuild.refer(at(3)?, Role::Function)?]
        }
        _ => return Err(CannotBeCleaned),
    };
    Ok(Object::Array(written))
}

fn profile(rebuild: &mut Rebuild<'_>, profile: &Object) -> Result<Object, WithheldBecause> {
    let Object::Dictionary(entries) = rebuild.source.resolve(profile)? else { return Err(Damaged) };
    match rebuild.source.entry(&entries, "N")?.count() {
        Some(1) => Ok(Object::name("DeviceGray")),
        Some(3) => Ok(Object::name("DeviceRGB")),
        Some(4) => Ok(Object::name("DeviceCMYK")),
        _ => Err(Damaged),
    }
}

/// Bytes of the colours that a picture chooses from: 256 of 32 components.
const PALETTE: usize = 256 * 32;

/// The colours that a picture chooses from.
pub(super) fn lookup<'a>(rebuild: &mut Rebuild<'a>, found: &Indirect<'a>) -> Result<Built, WithheldBecause> {
    match &found.object {
        Object::Text(colours) if colours.len() <= PALETTE => Ok((found.object.clone(), None)),
        Object::Dictionary(_) => {
            let colours = rebuild.source.unpacked(found)?;
            packed(Dictionary::new(), colours.get(..colours.len().min(PALETTE)).unwrap_or_default())
        }
        _ => Err(Damaged),
    }
}

/// A function of numbers; a program of numbers is written word by word.
pub(super) fn function<'a>(rebuild: &mut Rebuild<'a>, found: &Indirect<'a>) -> Result<Built, WithheldBecause> {
    let entries = match &found.object {
        Object::Name(_) => return Ok((found.object.clone(), None)),
        Object::Array(items) => {
            let items: Result<Vec<_>, _> = items.iter().map(|item| rebuild.refer(item, Role::Function)).collect();
            return Ok((Object::Array(items?), None));
        }
        _ => found.dictionary()?,
    };
    let keys = ["FunctionType", "Domain", "Range", "Size", "BitsPerSample", "Order", "Encode", "Decode", "C0", "C1", "N", "Bounds"];
    let mut kept = rebuild.plain(entries, &keys)?;
    match kept.get(&b"FunctionType"[..]).and_then(Object::count) {
        Some(0) => packed(kept, &rebuild.source.unpacked(found)?),
        Some(2) => dictionary(kept),
        Some(3) => {
            rebuild.entry(entries, "Functions", Role::Function, &mut kept)?;
            dictionary(kept)
        }
        Some(4) => packed(kept, &program(&rebuild.source.unpacked(found)?)?),
        _ => Err(Damaged),
    }
}

/// Words of a program of numbers.
const WORDS: usize = 100_000;

fn program(written: &[u8]) -> Result<Vec<u8>, WithheldBecause> {
    let (mut lexer, mut output) = (Lexer::new(written, 0, WORDS), Vec::new());
    loop {
        match lexer.token(false)? {
            Token::End => return Ok(output),
            Token::Word(word) if word.len() <= 8 => output.extend_from_slice(word),
            Token::Object(object @ (Object::Number(_) | Object::Boolean(_))) => encode::write(&mut output, &object),
            _ => return Err(CannotBeCleaned),
        }
        output.push(b' ');
    }
}

/// A run of colours.
pub(super) fn shading<'a>(rebuild: &mut Rebuild<'a>, found: &Indirect<'a>) -> Result<Built, WithheldBecause> {
    let entries = found.dictionary()?;
    let keys = [
        "ShadingType",
        "Background",
        "BBox",
        "AntiAlias",
        "Coords",
        "Domain",
        "Extend",
        "Matrix",
        "BitsPerCoordinate",
        "BitsPerComponent",
        "BitsPerFlag",
        "Decode",
        "VerticesPerRow",
    ];
    let mut kept = rebuild.plain(entries, &keys)?;
    rebuild.entry(entries, "ColorSpace", Role::Colour, &mut kept)?;
    rebuild.entry(entries, "Function", Role::Function, &mut kept)?;
    match found.stream {
        Some(_) => packed(kept, &rebuild.source.unpacked(found)?),
        None => dictionary(kept),
    }
}

/// What an area is filled with.
pub(super) fn pattern<'a>(rebuild: &mut Rebuild<'a>, found: &Indirect<'a>) -> Result<Built, WithheldBecause> {
    let entries = found.dictionary()?;
    let mut kept = rebuild.plain(entries, &["Type", "PatternType", "PaintType", "TilingType", "BBox", "XStep", "YStep", "Matrix"])?;
    if found.stream.is_some() {
        return drawing(rebuild, found, kept);
    }
    rebuild.entry(entries, "Shading", Role::Shading, &mut kept)?;
    rebuild.entry(entries, "ExtGState", Role::State, &mut kept)?;
    dictionary(kept)
}

/// A state of drawing.
pub(super) fn state<'a>(rebuild: &mut Rebuild<'a>, found: &Indirect<'a>) -> Result<Built, WithheldBecause> {
    let entries = found.dictionary()?;
    let keys = ["Type", "LW", "LC", "LJ", "ML", "D", "RI", "OP", "op", "OPM", "FL", "SM", "SA", "BM", "CA", "ca", "AIS", "TK"];
    let mut kept = rebuild.plain(entries, &keys)?;
    rebuild.entry(entries, "SMask", Role::SoftMask, &mut kept)?;
    if let Object::Array(font) = rebuild.source.entry(entries, "Font")?
        && let [font, size] = font.as_slice()
    {
        let size = rebuild.source.resolve(size)?;
        size.count().ok_or(Damaged)?;
        let font = rebuild.refer(font, Role::Font)?;
        kept.insert(b"Font".to_vec(), Object::Array(vec![font, size]));
    }
    dictionary(kept)
}

/// What shines through.
pub(super) fn soft_mask<'a>(rebuild: &mut Rebuild<'a>, found: &Indirect<'a>) -> Result<Built, WithheldBecause> {
    if let Object::Name(_) = found.object {
        return Ok((found.object.clone(), None));
    }
    let entries = found.dictionary()?;
    let mut kept = rebuild.plain(entries, &["Type", "S", "BC"])?;
    rebuild.entry(entries, "G", Role::Picture, &mut kept)?;
    rebuild.entry(entries, "TR", Role::Function, &mut kept)?;
    match name_of(&kept, "S") {
        Some(_) => dictionary(kept),
        None => Err(Damaged),
    }
}
