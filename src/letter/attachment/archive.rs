//! What lies in an archive, by the names that stand in the open. Nothing is unpacked.

use super::dangerous_name;
use super::office::holds;

/// Names in an archive that are looked at.
const LISTED: usize = 10_000;

const HOLDS_PROGRAM: &str = "archive-holds-program";
const ENCRYPTED: &str = "encrypted-archive";

/// A ZIP archive, also one that is an office file (APPNOTE 4.3). Every header that stands in it is looked at, so that neither a damaged
/// directory nor an archive within the archive that is stored as it is hides anything.
pub(super) fn zip(bytes: &[u8]) -> Option<&'static str> {
    let (mut at, mut encrypted) = (0usize, false);
    for _ in 0..LISTED {
        let Some((head, local)) = next_head(bytes, at) else { break };
        let (flags, length, name) = if local { (6, 26, 30) } else { (8, 28, 46) };
        at = head.saturating_add(4);
        // Four bytes that look like a head may stand in packed data; a name shows that it is one.
        let Some(name) = name_at(bytes, head.checked_add(length)?, head.checked_add(name)?).filter(|name| is_name(name)) else { continue };
        encrypted |= number(bytes, head.checked_add(flags)?).is_some_and(|flags| flags & 1 == 1);
        if name.ends_with("vbaProject.bin") || name.contains("/macrosheets/") {
            return Some("macros");
        }
        if dangerous_name(&name) {
            return Some(HOLDS_PROGRAM);
        }
    }
    encrypted.then_some(ENCRYPTED)
}

fn is_name(name: &str) -> bool {
    (1..=1_024).contains(&name.len()) && !name.contains(|c: char| c.is_control())
}

/// Where the next local header or directory entry stands, and whether it is a local one.
fn next_head(bytes: &[u8], from: usize) -> Option<(usize, bool)> {
    let mut at = from;
    loop {
        at = at.checked_add(bytes.get(at..)?.iter().position(|byte| *byte == b'P')?)?;
        match bytes.get(at..)? {
            [b'P', b'K', 3, 4, ..] => return Some((at, true)),
            [b'P', b'K', 1, 2, ..] => return Some((at, false)),
            _ => at = at.checked_add(1)?,
        }
    }
}

/// A RAR archive of either generation.
pub(super) fn rar(bytes: &[u8]) -> Option<&'static str> {
    match bytes.get(6..8) {
        Some([0, _]) => rar_4(bytes),
        _ => rar_5(bytes),
    }
}

/// RAR before 5: a chain of blocks; type 0x73 is the archive's own, 0x74 a file.
fn rar_4(bytes: &[u8]) -> Option<&'static str> {
    let (mut at, mut encrypted) = (7usize, false);
    for _ in 0..LISTED {
        let Some([_, _, kind, flags_low, flags_high, size_low, size_high]) = bytes.get(at..at.checked_add(7)?) else { break };
        let flags = u16::from_le_bytes([*flags_low, *flags_high]);
        let size = usize::from(u16::from_le_bytes([*size_low, *size_high]));
        encrypted |= (*kind == 0x73 && flags & 0x80 != 0) || (*kind == 0x74 && flags & 4 != 0);
        let packed = match bytes.get(at.checked_add(7)?..at.checked_add(11)?) {
            Some(packed) if *kind == 0x74 || flags & 0x8000 != 0 => u32::from_le_bytes(packed.try_into().ok()?) as usize,
            _ => 0,
        };
        if *kind == 0x74 {
            // A name in Unicode is a plain one, a zero and what completes it; it lies eight bytes further where the sizes take 64 bits.
            let name = at.checked_add(if flags & 0x100 != 0 { 40 } else { 32 })?;
            let name = name_at(bytes, at.checked_add(26)?, name).unwrap_or_default();
            if dangerous_name(name.split('\0').next().unwrap_or_default()) {
                return Some(HOLDS_PROGRAM);
            }
        }
        at = at.checked_add(size.max(7))?.checked_add(packed)?;
    }
    encrypted.then_some(ENCRYPTED)
}

/// RAR 5: blocks with numbers of variable length; type 2 is a file, 3 one of the service, 4 the key of encrypted headers.
fn rar_5(bytes: &[u8]) -> Option<&'static str> {
    let (mut at, mut encrypted) = (8usize, false);
    for _ in 0..LISTED {
        let Some(mut block) = bytes.get(at.saturating_add(4)..).filter(|block| !block.is_empty()) else { break };
        let whole = block.len();
        let Some(size) = variable(&mut block) else { break };
        let head = whole.saturating_sub(block.len());
        let Some(mut fields) = block.get(..block.len().min(size)) else { break };
        let (Some(kind), Some(flags)) = (variable(&mut fields), variable(&mut fields)) else { break };
        let extra = if flags & 1 != 0 { variable(&mut fields).unwrap_or_default() } else { 0 };
        let packed = if flags & 2 != 0 { variable(&mut fields).unwrap_or_default() } else { 0 };
        match kind {
            4 => return Some(ENCRYPTED),
            2 => {
                if rar_5_name(fields).is_some_and(|name| dangerous_name(&name)) {
                    return Some(HOLDS_PROGRAM);
                }
                encrypted |= has_key(fields.get(fields.len().saturating_sub(extra)..).unwrap_or_default());
            }
            5 => break,
            _ => {}
        }
        at = at.checked_add(4)?.checked_add(head)?.checked_add(size)?.checked_add(packed)?;
    }
    encrypted.then_some(ENCRYPTED)
}

fn rar_5_name(mut fields: &[u8]) -> Option<String> {
    let flags = variable(&mut fields)?;
    let (_unpacked, _attributes) = (variable(&mut fields)?, variable(&mut fields)?);
    let skipped = usize::from(flags & 2 != 0).saturating_add(usize::from(flags & 4 != 0)).saturating_mul(4);
    fields = fields.get(skipped..)?;
    let (_compression, _system, length) = (variable(&mut fields)?, variable(&mut fields)?, variable(&mut fields)?);
    Some(String::from_utf8_lossy(fields.get(..length)?).into_owned())
}

/// Whether one of the extra records of a file is the one for encryption.
fn has_key(mut extra: &[u8]) -> bool {
    while let Some(size) = variable(&mut extra) {
        let Some((mut record, rest)) = extra.split_at_checked(size) else { return false };
        if variable(&mut record) == Some(1) {
            return true;
        }
        if size == 0 {
            return false;
        }
        extra = rest;
    }
    false
}

/// A number of seven bits a byte, least first.
fn variable(bytes: &mut &[u8]) -> Option<usize> {
    let mut number = 0usize;
    for place in 0..9u32 {
        let (first, rest) = bytes.split_first()?;
        *bytes = rest;
        number |= usize::from(first & 0x7f).checked_shl(place.saturating_mul(7))?;
        if first & 0x80 == 0 {
            return Some(number);
        }
    }
    None
}

/// A 7z archive: its directory stands at its end, in the open or packed. AES is named in either.
pub(super) fn seven_zip(bytes: &[u8]) -> Option<&'static str> {
    let eight = |at: usize| bytes.get(at..at.checked_add(8)?)?.try_into().ok().map(u64::from_le_bytes).and_then(|number| usize::try_from(number).ok());
    let start = eight(12)?.checked_add(32)?;
    let directory = bytes.get(start..start.checked_add(eight(20)?)?)?;
    if holds(directory, b"\x06\xf1\x07\x01") {
        return Some(ENCRYPTED);
    }
    // Names are UTF-16 and end with a zero; each is tried from its last dot on.
    let units: Vec<u16> = directory.chunks(2).map(|pair| u16::from_le_bytes([pair.first().copied().unwrap_or(0), pair.get(1).copied().unwrap_or(0)])).collect();
    let shifted: Vec<u16> =
        directory.get(1..)?.chunks(2).map(|pair| u16::from_le_bytes([pair.first().copied().unwrap_or(0), pair.get(1).copied().unwrap_or(0)])).collect();
    let named = [units, shifted].iter().any(|units| {
        units
            .split(|unit| *unit == 0)
            .take(LISTED)
            .any(|name| dangerous_name(&String::from_utf16_lossy(name.get(name.len().saturating_sub(120)..).unwrap_or_default())))
    });
    named.then_some(HOLDS_PROGRAM)
}

/// A tar archive: a chain of heads of 512 bytes (POSIX ustar), each before its file.
pub(super) fn tar(bytes: &[u8]) -> Option<&'static str> {
    let mut at = 0usize;
    for _ in 0..LISTED {
        let head = bytes.get(at..at.checked_add(512)?)?;
        let text = |from: usize, to: usize| {
            let field = head.get(from..to).unwrap_or_default();
            String::from_utf8_lossy(field.split(|byte| *byte == 0).next().unwrap_or_default()).trim().to_owned()
        };
        let size = usize::from_str_radix(&text(124, 136), 8).unwrap_or(0);
        let content = at.checked_add(512)?;
        // A long name of GNU, or of POSIX, is the content of an entry before.
        let name = match head.get(156) {
            Some(b'L' | b'x') => String::from_utf8_lossy(bytes.get(content..content.checked_add(size.min(4_096))?)?).trim_end_matches(['\0', '\n']).to_owned(),
            _ => text(0, 100),
        };
        if dangerous_name(&name) {
            return Some(HOLDS_PROGRAM);
        }
        at = content.checked_add(size.checked_next_multiple_of(512)?)?;
    }
    None
}

/// A gzip file that says what was packed (RFC 1952 §2.3.1).
pub(super) fn gzip(bytes: &[u8]) -> Option<&'static str> {
    let flags = *bytes.get(3)?;
    let mut at = 10usize;
    if flags & 4 != 0 {
        at = at.checked_add(2)?.checked_add(number(bytes, at)?.into())?;
    }
    let name = bytes.get(at..)?.split(|byte| *byte == 0).next().filter(|_| flags & 8 != 0)?;
    dangerous_name(&String::from_utf8_lossy(name.get(..name.len().min(1_000)).unwrap_or_default())).then_some(HOLDS_PROGRAM)
}

/// The first file of an LHA archive (levels 0 and 1 keep its name in the head).
pub(super) fn lzh(bytes: &[u8]) -> Option<&'static str> {
    let length = usize::from(*bytes.get(21)?);
    let name = bytes.get(22..22usize.checked_add(length)?)?;
    dangerous_name(&String::from_utf8_lossy(name)).then_some(HOLDS_PROGRAM)
}

/// Outlook's wrapping of a mail: a chain of attributes; 0x8010 is the title of an attachment (MS-OXTNEF §2.1.3.3).
pub(super) fn tnef(bytes: &[u8]) -> Option<&'static str> {
    let mut at = 6usize;
    for _ in 0..LISTED {
        let [_, low, high, _, _, a, b, c, d] = bytes.get(at..at.checked_add(9)?)? else { return None };
        let (content, size) = (at.checked_add(9)?, u32::from_le_bytes([*a, *b, *c, *d]) as usize);
        if (low, high) == (&0x10, &0x80) {
            let title = bytes.get(content..content.checked_add(size.min(1_024))?)?.split(|byte| *byte == 0).next().unwrap_or_default();
            if dangerous_name(&String::from_utf8_lossy(title)) {
                return Some(HOLDS_PROGRAM);
            }
        }
        at = content.checked_add(size)?.checked_add(2)?;
    }
    None
}

/// Two bytes, least first.
fn number(bytes: &[u8], at: usize) -> Option<u16> {
    bytes.get(at..at.checked_add(2)?)?.try_into().ok().map(u16::from_le_bytes)
}

/// The name at `start`, whose length stands at `length`.
fn name_at(bytes: &[u8], length: usize, start: usize) -> Option<String> {
    let size = usize::from(number(bytes, length)?);
    let name = bytes.get(start..start.checked_add(size)?)?;
    Some(String::from_utf8_lossy(name).into_owned())
}
