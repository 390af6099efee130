//! Pictures and forms that pages are drawn with (ISO 32000-1 §8.9, §8.10).

use super::{Built, Rebuild, Role};
use super::{group, packed, resources};
use crate::letter::exhibit::PIXELS;
use crate::letter::exhibit::WithheldBecause::{self, CannotBeCleaned, Damaged, TooLarge};
use crate::letter::exhibit::jpeg::{self, Turned};
use crate::letter::exhibit::pdf::content;
use crate::letter::exhibit::pdf::object::{Dictionary, Indirect, Object, name_of};
use crate::letter::exhibit::pdf::stream::{self, Filter};
use std::borrow::Cow;

/// A picture or a form.
pub(super) fn external<'a>(rebuild: &mut Rebuild<'a>, found: &Indirect<'a>) -> Result<Built, WithheldBecause> {
    let entries = found.dictionary()?;
    // Shown to some and hidden from others, or in another file, or in another language.
    if ["OC", "Ref", "Alternates"].iter().any(|key| entries.contains_key(key.as_bytes())) {
        return Err(CannotBeCleaned);
    }
    match name_of(entries, "Subtype") {
        Some(b"Image") => image(rebuild, found, entries),
        Some(b"Form") => form(rebuild, found),
        _ => Err(CannotBeCleaned),
    }
}

/// A drawing within a drawing.
pub(super) fn form<'a>(rebuild: &mut Rebuild<'a>, found: &Indirect<'a>) -> Result<Built, WithheldBecause> {
    let entries = found.dictionary()?;
    let mut kept = rebuild.plain(entries, &["Type", "Subtype", "FormType", "BBox", "Matrix"])?;
    group(rebuild, entries, &mut kept)?;
    drawing(rebuild, found, kept)
}

/// What a form, a pattern or a glyph draws, with its own resources.
pub(super) fn drawing<'a>(rebuild: &mut Rebuild<'a>, found: &Indirect<'a>, mut kept: Dictionary) -> Result<Built, WithheldBecause> {
    let entries = found.dictionary()?;
    let drawn = rebuild.source.unpacked(found)?;
    let (drawn, used) = content::rewrite(&drawn, rebuild.source.budget)?;
    let held = match entries.get(&b"Resources"[..]) {
        Some(Object::Reference(id)) => {
            let held = rebuild.source.get(*id)?;
            resources(rebuild, held.dictionary()?, &used)?
        }
        Some(Object::Dictionary(held)) => resources(rebuild, held, &used)?,
        // It would draw with those of whoever uses it.
        _ if used.iter().any(|(_, name)| !is_device(name)) => return Err(CannotBeCleaned),
        _ => Object::Dictionary(Dictionary::new()),
    };
    kept.insert(b"Resources".to_vec(), held);
    packed(kept, &drawn)
}

fn is_device(name: &[u8]) -> bool {
    matches!(name, b"DeviceGray" | b"DeviceRGB" | b"DeviceCMYK" | b"Pattern" | b"G" | b"RGB" | b"CMYK")
}

/// Entries of a picture that are copied.
const IMAGE: [&str; 11] = ["Type", "Subtype", "Width", "Height", "BitsPerComponent", "Intent", "ImageMask", "Decode", "Interpolate", "SMaskInData", "Matte"];

fn image<'a>(rebuild: &mut Rebuild<'a>, found: &Indirect<'a>, entries: &Dictionary) -> Result<Built, WithheldBecause> {
    let mut kept = rebuild.plain(entries, &IMAGE)?;
    let side = |kept: &Dictionary, key: &str| kept.get(key.as_bytes()).and_then(Object::count).ok_or(Damaged);
    let pixels = side(&kept, "Width")?.saturating_mul(side(&kept, "Height")?);
    if pixels as u64 > PIXELS {
        return Err(TooLarge);
    }
    rebuild.entry(entries, "ColorSpace", Role::Colour, &mut kept)?;
    rebuild.entry(entries, "SMask", Role::Picture, &mut kept)?;
    match entries.get(&b"Mask"[..]) {
        Some(Object::Array(_)) => kept.extend(rebuild.plain(entries, &["Mask"])?),
        Some(_) => rebuild.entry(entries, "Mask", Role::Picture, &mut kept)?,
        None => {}
    }
    let filters = rebuild.source.filters(entries)?;
    let (bytes, filter) = pixels_of(rebuild, found.stream.ok_or(Damaged)?, &filters)?;
    if let Some(filter) = filter {
        kept.insert(b"Filter".to_vec(), Object::Name(filter.name.clone()));
        let parameters = rebuild.plain(&filter.parameters, &PARAMETERS)?;
        if !parameters.is_empty() {
            kept.insert(b"DecodeParms".to_vec(), Object::Dictionary(parameters));
        }
    }
    Ok((Object::Dictionary(kept), Some(bytes.into_owned())))
}

/// What says how pixels are packed (ISO 32000-1 tables 8, 11 and 13).
const PARAMETERS: [&str; 13] = [
    "Predictor",
    "Colors",
    "BitsPerComponent",
    "Columns",
    "K",
    "EndOfLine",
    "EncodedByteAlign",
    "Rows",
    "EndOfBlock",
    "BlackIs1",
    "DamagedRowsBeforeError",
    "ColorTransform",
    "EarlyChange",
];
/// Bytes that the pixels of one picture may have.
const UNPACKED: usize = 128 << 20;

/// The pixels as they are packed, without letters around them and without what is no picture; and how they are packed then.
fn pixels_of<'a, 'f>(rebuild: &mut Rebuild<'_>, stream: &'a [u8], filters: &'f [Filter]) -> Result<(Cow<'a, [u8]>, Option<&'f Filter>), WithheldBecause> {
    let mut bytes = Cow::Borrowed(stream);
    let Some((last, before)) = filters.split_last() else { return Ok((bytes, None)) };
    for filter in before {
        bytes = match filter.name.as_slice() {
            b"FlateDecode" if filter.parameters.is_empty() => Cow::Owned(rebuild.source.budget.unpack(&bytes)?.0),
            name => Cow::Owned(stream::letters(&bytes, name, rebuild.source.budget)?),
        };
    }
    match last.name.as_slice() {
        b"DCTDecode" => Ok((Cow::Owned(jpeg::clean(&bytes, Turned::Dropped)?), Some(last))),
        b"FlateDecode" => {
            let (used, _) = rebuild.source.budget.measure(&bytes, UNPACKED)?;
            Ok((Cow::Owned(bytes.get(..used).unwrap_or_default().to_vec()), Some(last)))
        }
        // Pixels of telefax: they hold nothing else.
        b"CCITTFaxDecode" => Ok((bytes, Some(last))),
        name => Ok((Cow::Owned(stream::letters(&bytes, name, rebuild.source.budget)?), None)),
    }
}
