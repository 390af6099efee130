//! Photographs: only the segments that a picture is made of (ITU T.81 annex B).
//!
//! Everything that applications add (place, time, camera, small pictures, comments, further pictures after the end) is left behind. A picture that lies on its
//! side keeps that one number, in a field that is written here.

use super::PIXELS;
use super::WithheldBecause::{self, CannotBeCleaned, Damaged, TooLarge};

/// Whether the picture says how it is to be turned.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Turned {
    /// As its camera noted.
    Kept,
    /// Where nobody would look: within a document.
    Dropped,
}

const START: [u8; 2] = [0xff, 0xd8];
const END: [u8; 2] = [0xff, 0xd9];
/// Scans that a picture may have; progressive ones have about ten, and each costs whoever opens it one pass over all pixels.
const SCANS: usize = 100;

/// `bytes`, one JPEG file, without everything that is no picture.
pub(super) fn clean(bytes: &[u8], turned: Turned) -> Result<Vec<u8>, WithheldBecause> {
    let mut picture = Picture { rest: bytes.strip_prefix(&START).ok_or(Damaged)?, ..Picture::default() };
    while picture.segment()? == Next::Segment {}
    if picture.scans == 0 {
        return Err(Damaged);
    }
    let orientation = picture.orientation.filter(|_| turned == Turned::Kept).map(exif).unwrap_or_default();
    Ok([&START[..], &picture.jfif, &orientation, &picture.adobe, &picture.body, &END].concat())
}

#[derive(Default)]
struct Picture<'a> {
    rest: &'a [u8],
    jfif: Vec<u8>,
    adobe: Vec<u8>,
    orientation: Option<u8>,
    framed: bool,
    scans: usize,
    body: Vec<u8>,
}

#[derive(PartialEq, Eq)]
enum Next {
    Segment,
    End,
}

impl Picture<'_> {
    /// Takes the next segment.
    fn segment(&mut self) -> Result<Next, WithheldBecause> {
        let marker = self.marker()?;
        match marker {
            0xd9 => return Ok(Next::End),
            0x00..=0xbf | 0xd0..=0xd8 => return Err(Damaged),
            _ => {}
        }
        let (length, rest) = self.rest.split_first_chunk::<2>().ok_or(Damaged)?;
        let length = usize::from(u16::from_be_bytes(*length)).checked_sub(2).ok_or(Damaged)?;
        let (payload, rest) = rest.split_at_checked(length).ok_or(Damaged)?;
        self.rest = rest;
        match marker {
            0xe0 if self.jfif.is_empty() => self.jfif = jfif(payload).unwrap_or_default(),
            0xe1 if self.orientation.is_none() => self.orientation = orientation(payload),
            0xee if self.adobe.is_empty() => self.adobe = adobe(payload).unwrap_or_default(),
            // What applications add, and comments.
            0xe0..=0xef | 0xfe => {}
            0xdb => self.keep(marker, payload, is_quantization(payload))?,
            0xc4 => self.keep(marker, payload, is_huffman(payload))?,
            0xdd => self.keep(marker, payload, payload.len() == 2)?,
            // Baseline, extended and progressive, by Huffman's codes; nobody sends the others.
            0xc0..=0xc2 => {
                self.keep(marker, payload, !self.framed)?;
                self.framed = true;
                frame(payload)?;
            }
            0xda => {
                let [components, ..] = payload else { return Err(Damaged) };
                self.keep(marker, payload, self.framed && payload.len() == usize::from(*components).saturating_mul(2).saturating_add(4))?;
                self.scan()?;
            }
            _ => return Err(CannotBeCleaned),
        }
        Ok(Next::Segment)
    }

    /// Passes over a marker with the bytes that may fill the space before it (T.81 §B.1.1.2).
    fn marker(&mut self) -> Result<u8, WithheldBecause> {
        let filled = self.rest.iter().take_while(|byte| **byte == 0xff).count();
        let marker = *self.rest.get(filled).filter(|_| filled > 0).ok_or(Damaged)?;
        self.rest = self.rest.get(filled.saturating_add(1)..).unwrap_or_default();
        Ok(marker)
    }

    fn keep(&mut self, marker: u8, payload: &[u8], whole: bool) -> Result<(), WithheldBecause> {
        write(&mut self.body, marker, payload).filter(|()| whole).ok_or(Damaged)
    }

    /// Copies the coded pixels after the head of a scan: up to a marker that is neither a stuffed byte nor a restart.
    fn scan(&mut self) -> Result<(), WithheldBecause> {
        self.scans = self.scans.saturating_add(1);
        if self.scans > SCANS {
            return Err(TooLarge);
        }
        let pairs = self.rest.iter().zip(self.rest.iter().skip(1));
        let end = pairs.enumerate().find(|(_, (byte, next))| **byte == 0xff && !matches!(**next, 0 | 0xd0..=0xd7)).map(|(at, _)| at).ok_or(Damaged)?;
        let (coded, rest) = self.rest.split_at_checked(end).ok_or(Damaged)?;
        self.body.extend_from_slice(coded);
        self.rest = rest;
        Ok(())
    }
}

fn write(output: &mut Vec<u8>, marker: u8, payload: &[u8]) -> Option<()> {
    let length = u16::try_from(payload.len().checked_add(2)?).ok()?;
    output.extend_from_slice(&[0xff, marker]);
    output.extend_from_slice(&length.to_be_bytes());
    output.extend_from_slice(payload);
    Some(())
}

/// The JFIF segment with its density and without its small picture.
fn jfif(payload: &[u8]) -> Option<Vec<u8>> {
    let [major, minor, unit @ 0..=2, a, b, c, d, ..] = *payload.strip_prefix(b"JFIF\0")? else { return None };
    let mut segment = Vec::new();
    write(&mut segment, 0xe0, &[b'J', b'F', b'I', b'F', 0, major, minor, unit, a, b, c, d, 0, 0])?;
    Some(segment)
}

/// Adobe's segment, which says how colours are coded (T.872 §6.5.3).
fn adobe(payload: &[u8]) -> Option<Vec<u8>> {
    let [_, _, _, _, _, _, transform @ 0..=2, ..] = *payload.strip_prefix(b"Adobe")? else { return None };
    let mut segment = Vec::new();
    write(&mut segment, 0xee, &[b'A', b'd', b'o', b'b', b'e', 0, 100, 0, 0, 0, 0, transform])?;
    Some(segment)
}

/// Tag of Exif that says how a picture is to be turned.
const ORIENTATION: u16 = 0x0112;

/// How the picture is to be turned, from 2 to 8, if it is not upright (Exif 3.0 §4.6.5).
fn orientation(payload: &[u8]) -> Option<u8> {
    let tiff = payload.strip_prefix(b"Exif\0\0")?;
    let little = match tiff.get(..4)? {
        b"II*\0" => true,
        b"MM\0*" => false,
        _ => return None,
    };
    let two = |bytes: &[u8], at: usize| {
        let pair = bytes.get(at..)?.first_chunk::<2>()?;
        Some(if little { u16::from_le_bytes(*pair) } else { u16::from_be_bytes(*pair) })
    };
    let four = tiff.get(4..)?.first_chunk::<4>()?;
    let first = if little { u32::from_le_bytes(*four) } else { u32::from_be_bytes(*four) };
    let directory = tiff.get(usize::try_from(first).ok()?..)?;
    let entries = directory.get(2..)?.chunks_exact(12).take(usize::from(two(directory, 0)?));
    let value = entries.filter(|entry| two(entry, 0) == Some(ORIENTATION) && two(entry, 2) == Some(3)).find_map(|entry| two(entry, 8))?;
    u8::try_from(value).ok().filter(|value| (2..=8).contains(value))
}

/// A segment that says how to turn the picture, and nothing else.
fn exif(orientation: u8) -> Vec<u8> {
    let mut segment = Vec::new();
    let mut payload = b"Exif\0\0MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0".to_vec();
    payload.extend_from_slice(&[orientation, 0, 0, 0, 0, 0, 0]);
    write(&mut segment, 0xe1, &payload).map(|()| segment).unwrap_or_default()
}

/// Whether the bytes are tables of 64 numbers and nothing else (T.81 §B.2.4.1).
fn is_quantization(mut tables: &[u8]) -> bool {
    while let [head, rest @ ..] = tables {
        let numbers = if head >> 4 == 0 { 64 } else { 128 };
        let Some(rest) = rest.get(numbers..).filter(|_| head >> 4 <= 1 && head & 15 <= 3) else { return false };
        tables = rest;
    }
    true
}

/// Whether the bytes are tables of codes and nothing else (T.81 §B.2.4.2).
fn is_huffman(mut tables: &[u8]) -> bool {
    while let [head, rest @ ..] = tables {
        let Some((lengths, rest)) = rest.split_first_chunk::<16>() else { return false };
        let codes = lengths.iter().fold(0usize, |all, length| all.saturating_add(usize::from(*length)));
        let Some(rest) = rest.get(codes..).filter(|_| head >> 4 <= 1 && head & 15 <= 3 && codes <= 256) else { return false };
        tables = rest;
    }
    true
}

/// Checks the size of the picture (T.81 §B.2.2).
fn frame(payload: &[u8]) -> Result<(), WithheldBecause> {
    let [8 | 12, a, b, c, d, components @ 1..=4, rest @ ..] = payload else { return Err(Damaged) };
    let (height, width) = (u16::from_be_bytes([*a, *b]), u16::from_be_bytes([*c, *d]));
    if rest.len() != usize::from(*components).saturating_mul(3) || width == 0 {
        return Err(Damaged);
    }
    match u64::from(width).saturating_mul(u64::from(height)) {
        // Its height would come after the first scan.
        0 => Err(CannotBeCleaned),
        pixels if pixels > PIXELS => Err(TooLarge),
        _ => Ok(()),
    }
}
