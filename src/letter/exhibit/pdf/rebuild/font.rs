//! Fonts (ISO 32000-1 §9.5 to §9.10): what letters look like, and which ones they are.

use super::packed;
use super::picture::drawing;
use super::{Built, Rebuild, Role, dictionary};
use crate::letter::exhibit::WithheldBecause::{self, CannotBeCleaned, Damaged};
use crate::letter::exhibit::pdf::encode;
use crate::letter::exhibit::pdf::lexer::{Lexer, Token};
use crate::letter::exhibit::pdf::object::{Dictionary, Indirect, Object, name_of};

/// Entries of fonts that are copied.
const FONT: [&str; 13] = ["Type", "Subtype", "BaseFont", "FirstChar", "LastChar", "Widths", "FontBBox", "FontMatrix", "DW", "W", "DW2", "W2", "CIDToGIDMap"];

pub(super) fn font<'a>(rebuild: &mut Rebuild<'a>, found: &Indirect<'a>) -> Result<Built, WithheldBecause> {
    let entries = found.dictionary()?;
    let glyphs = matches!(rebuild.source.entry(entries, "CIDToGIDMap")?, Object::Dictionary(_));
    let keys: Vec<&str> = FONT.iter().copied().filter(|key| !glyphs || *key != "CIDToGIDMap").collect();
    let mut kept = rebuild.plain(entries, &keys)?;
    if glyphs {
        rebuild.entry(entries, "CIDToGIDMap", Role::Glyphs, &mut kept)?;
    }
    rebuild.entry(entries, "FontDescriptor", Role::Descriptor, &mut kept)?;
    rebuild.entry(entries, "Encoding", Role::Encoding, &mut kept)?;
    rebuild.entry(entries, "ToUnicode", Role::CharacterMap, &mut kept)?;
    if let Object::Array(descendants) = rebuild.source.entry(entries, "DescendantFonts")? {
        let [descendant] = descendants.as_slice() else { return Err(Damaged) };
        let descendant = rebuild.refer(descendant, Role::Font)?;
        kept.insert(b"DescendantFonts".to_vec(), Object::Array(vec![descendant]));
    }
    if let Object::Dictionary(system) = rebuild.source.entry(entries, "CIDSystemInfo")? {
        kept.insert(b"CIDSystemInfo".to_vec(), collection(rebuild, &system)?);
    }
    if name_of(&kept, "Subtype") == Some(b"Type3") {
        drawn(rebuild, entries, &mut kept)?;
    }
    dictionary(kept)
}

/// Collections of characters that Adobe publishes; every other one is of the font alone.
const COLLECTIONS: [&[u8]; 6] = [b"Japan1", b"GB1", b"CNS1", b"Korea1", b"KR", b"Identity"];

fn collection(rebuild: &mut Rebuild<'_>, system: &Dictionary) -> Result<Object, WithheldBecause> {
    let mut kept = rebuild.plain(system, &["Supplement"])?;
    let ordering = match rebuild.source.entry(system, "Ordering")? {
        Object::Text(ordering) if COLLECTIONS.contains(&ordering.as_slice()) => ordering,
        _ => b"Identity".to_vec(),
    };
    kept.insert(b"Registry".to_vec(), Object::Text(b"Adobe".to_vec()));
    kept.insert(b"Ordering".to_vec(), Object::Text(ordering));
    Ok(Object::Dictionary(kept))
}

/// A font of which each glyph is a drawing, with the resources of all.
fn drawn<'a>(rebuild: &mut Rebuild<'a>, entries: &Dictionary, kept: &mut Dictionary) -> Result<(), WithheldBecause> {
    let Object::Dictionary(glyphs) = rebuild.source.entry(entries, "CharProcs")? else { return Err(Damaged) };
    let shared = rebuild.source.entry(entries, "Resources")?;
    let mut written = Dictionary::new();
    for (name, glyph) in glyphs {
        let Object::Reference(id) = glyph else { return Err(Damaged) };
        let found = rebuild.source.get(id)?;
        let (Object::Dictionary(mut own), bytes) = drawing_with(rebuild, &found, &shared)? else { return Err(Damaged) };
        if let Some(Object::Dictionary(held)) = own.remove(&b"Resources"[..]) {
            merge(kept, held);
        }
        let number = rebuild.reserve();
        rebuild.set(number, (Object::Dictionary(own), bytes))?;
        written.insert(name, super::reference(number));
    }
    kept.insert(b"CharProcs".to_vec(), Object::Dictionary(written));
    Ok(())
}

fn drawing_with<'a>(rebuild: &mut Rebuild<'a>, found: &Indirect<'a>, shared: &Object) -> Result<Built, WithheldBecause> {
    let mut entries = found.dictionary()?.clone();
    entries.insert(b"Resources".to_vec(), if *shared == Object::Null { Object::Dictionary(Dictionary::new()) } else { shared.clone() });
    drawing(rebuild, &Indirect { object: Object::Dictionary(entries), stream: found.stream }, Dictionary::new())
}

/// Adds the resources of one glyph to those of the font.
fn merge(kept: &mut Dictionary, held: Dictionary) {
    let all = kept.entry(b"Resources".to_vec()).or_insert_with(|| Object::Dictionary(Dictionary::new()));
    let Object::Dictionary(all) = all else { return };
    for (key, named) in held {
        let known = all.entry(key).or_insert_with(|| Object::Dictionary(Dictionary::new()));
        if let (Object::Dictionary(known), Object::Dictionary(named)) = (known, named) {
            known.extend(named);
        }
    }
}

/// Which code means which letter; a map of a font's own is a program.
pub(super) fn encoding<'a>(rebuild: &mut Rebuild<'a>, found: &Indirect<'a>) -> Result<Built, WithheldBecause> {
    match &found.object {
        Object::Name(_) => Ok((found.object.clone(), None)),
        Object::Dictionary(entries) if found.stream.is_none() => dictionary(rebuild.plain(entries, &["Type", "BaseEncoding", "Differences"])?),
        _ => Err(CannotBeCleaned),
    }
}

pub(super) fn descriptor<'a>(rebuild: &mut Rebuild<'a>, found: &Indirect<'a>) -> Result<Built, WithheldBecause> {
    let entries = found.dictionary()?;
    let keys = [
        "Type",
        "FontName",
        "FontStretch",
        "FontWeight",
        "Flags",
        "FontBBox",
        "ItalicAngle",
        "Ascent",
        "Descent",
        "Leading",
        "CapHeight",
        "XHeight",
        "StemV",
        "StemH",
        "AvgWidth",
        "MaxWidth",
        "MissingWidth",
    ];
    let mut kept = rebuild.plain(entries, &keys)?;
    for key in ["FontFile", "FontFile2", "FontFile3"] {
        rebuild.entry(entries, key, Role::FontFile, &mut kept)?;
    }
    dictionary(kept)
}

/// A font that is carried along.
pub(super) fn file<'a>(rebuild: &mut Rebuild<'a>, found: &Indirect<'a>) -> Result<Built, WithheldBecause> {
    let entries = found.dictionary()?;
    let mut kept = rebuild.plain(entries, &["Subtype", "Length1", "Length2", "Length3"])?;
    let mut font = rebuild.source.unpacked(found)?;
    if let Some(tables) = without_names(&font) {
        font = tables?;
        if kept.contains_key(&b"Length1"[..]) {
            kept.insert(b"Length1".to_vec(), Object::number(font.len()));
        }
    }
    packed(kept, &font)
}

/// Tables of TrueType and OpenType that letters are drawn from; the others tell names, makers and signatures.
const TABLES: [&[u8; 4]; 20] = [
    b"CFF ", b"CFF2", b"GDEF", b"GPOS", b"GSUB", b"OS/2", b"VORG", b"cmap", b"cvt ", b"fpgm", b"gasp", b"glyf", b"head", b"hhea", b"hmtx", b"loca", b"maxp",
    b"prep", b"vhea", b"vmtx",
];

/// The font with those tables alone; `None` where it has none.
fn without_names(font: &[u8]) -> Option<Result<Vec<u8>, WithheldBecause>> {
    let is_sfnt = matches!(font.first_chunk::<4>()?, b"\0\x01\0\0" | b"true" | b"OTTO");
    is_sfnt.then(|| tables(font).ok_or(Damaged))
}

fn tables(font: &[u8]) -> Option<Vec<u8>> {
    let count = u16::from_be_bytes(*font.get(4..)?.first_chunk::<2>()?);
    let records = font.get(12..)?.get(..usize::from(count).checked_mul(16)?)?.as_chunks::<16>().0;
    let mut kept: Vec<(&[u8; 4], &[u8; 4], &[u8])> = Vec::new();
    for record in records {
        let (name, rest) = record.split_first_chunk::<4>()?;
        let (check, rest) = rest.split_first_chunk::<4>()?;
        let (offset, length) = rest.split_first_chunk::<4>()?;
        let (offset, length) = (u32::from_be_bytes(*offset) as usize, u32::from_be_bytes(*length.first_chunk::<4>()?) as usize);
        // No table twice: together they are no larger than the file.
        if TABLES.contains(&name) && !kept.iter().any(|(known, ..)| *known == name) {
            kept.push((name, check, font.get(offset..)?.get(..length)?));
        }
    }
    let mut output = font.get(..4)?.to_vec();
    let number = u16::try_from(kept.len()).ok()?;
    let power = number.checked_ilog2()?;
    let range = 16u16.checked_shl(power)?;
    for value in [number, range, u16::try_from(power).ok()?, number.checked_mul(16)?.checked_sub(range)?] {
        output.extend_from_slice(&value.to_be_bytes());
    }
    let mut at = usize::from(number).checked_mul(16)?.checked_add(12)?;
    for (name, check, table) in &kept {
        output.extend_from_slice(*name);
        output.extend_from_slice(*check);
        output.extend_from_slice(&u32::try_from(at).ok()?.to_be_bytes());
        output.extend_from_slice(&u32::try_from(table.len()).ok()?.to_be_bytes());
        at = at.checked_add(table.len().checked_next_multiple_of(4)?)?;
    }
    for (_, _, table) in &kept {
        output.extend_from_slice(table);
        output.resize(output.len().checked_next_multiple_of(4)?, 0);
    }
    Some(output)
}

/// A table of glyphs: two bytes for each of at most 65 536 characters.
pub(super) fn glyphs<'a>(rebuild: &mut Rebuild<'a>, found: &Indirect<'a>) -> Result<Built, WithheldBecause> {
    let table = rebuild.source.unpacked(found)?;
    packed(Dictionary::new(), table.get(..table.len().min(128 << 10)).unwrap_or_default())
}

const MAP_HEAD: &[u8] = b"/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n/CMapName /Map def\n/CMapType 2 def\n";
const MAP_END: &[u8] = b"endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n";
/// Objects of a map of characters.
const MAPPED: usize = 500_000;

/// Which letter each code is, so that a text can be searched and copied: the pairs alone, in a frame of our own.
pub(super) fn character_map<'a>(rebuild: &mut Rebuild<'a>, found: &Indirect<'a>) -> Result<Built, WithheldBecause> {
    if found.stream.is_none() {
        // One of the maps that every reader knows, by its name.
        return Ok((Object::Null, None));
    }
    let written = rebuild.source.unpacked(found)?;
    let (mut lexer, mut output, mut pairs) = (Lexer::new(&written, 0, MAPPED), MAP_HEAD.to_vec(), Vec::new());
    loop {
        match lexer.token(false)? {
            Token::End => break,
            Token::Word(word @ (b"begincodespacerange" | b"beginbfchar" | b"beginbfrange")) => {
                if let Some(count @ Object::Number(_)) = pairs.last() {
                    encode::write(&mut output, count);
                    output.push(b' ');
                }
                pairs.clear();
                output.extend_from_slice(word);
                output.push(b'\n');
            }
            Token::Word(word @ (b"endcodespacerange" | b"endbfchar" | b"endbfrange")) => {
                for pair in pairs.drain(..) {
                    write_code(&mut output, &pair)?;
                }
                output.extend_from_slice(word);
                output.push(b'\n');
            }
            Token::Word(_) => pairs.clear(),
            Token::Object(object) => pairs.push(object),
        }
    }
    output.extend_from_slice(MAP_END);
    packed(Dictionary::new(), &output)
}

fn write_code(output: &mut Vec<u8>, code: &Object) -> Result<(), WithheldBecause> {
    match code {
        Object::Text(code) => {
            output.push(b'<');
            code.iter().for_each(|byte| output.extend_from_slice(format!("{byte:02x}").as_bytes()));
            output.extend_from_slice(b">\n");
            Ok(())
        }
        Object::Array(codes) if codes.iter().all(|code| matches!(code, Object::Text(_))) => {
            encode::write(output, code);
            output.push(b'\n');
            Ok(())
        }
        _ => Err(Damaged),
    }
}
