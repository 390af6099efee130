//! Pictures in PNG: the chunks of the picture itself and of its colours (ISO/IEC 15948), each checked.

use super::PIXELS;
use super::WithheldBecause::{self, CannotBeCleaned, Damaged, TooLarge};
use super::inflate::{self, Budget};

const SIGNATURE: &[u8] = b"\x89PNG\r\n\x1a\n";
/// Bytes of pixels in one chunk.
const PIECE: usize = 1 << 20;

/// `bytes`, one PNG file, without everything that is no picture: texts, times, names of profiles, what a camera noted, what follows the end of the pixels or of
/// the file.
pub(super) fn clean(bytes: &[u8], budget: &mut Budget) -> Result<Vec<u8>, WithheldBecause> {
    let mut picture = Picture::default();
    let mut rest = bytes.strip_prefix(SIGNATURE).ok_or(Damaged)?;
    loop {
        let chunk = Chunk::split(rest)?;
        rest = chunk.rest;
        if chunk.name == b"IEND" {
            break;
        }
        picture.take(&chunk)?;
    }
    let header = picture.header.ok_or(Damaged)?;
    let expected = header.unpacked_bytes().ok_or(TooLarge)?;
    let (used, held) = budget.measure(&picture.pixels, expected).map_err(|because| if because == TooLarge && expected < PIECE { Damaged } else { because })?;
    if held != expected {
        return Err(Damaged);
    }
    let mut output = [SIGNATURE, &picture.before].concat();
    for piece in picture.pixels.get(..used).unwrap_or_default().chunks(PIECE) {
        write(&mut output, b"IDAT", piece)?;
    }
    write(&mut output, b"IEND", &[])?;
    Ok(output)
}

struct Chunk<'a> {
    name: &'a [u8; 4],
    content: &'a [u8],
    rest: &'a [u8],
}

impl<'a> Chunk<'a> {
    /// The chunk at the beginning of `bytes`, checked.
    fn split(bytes: &'a [u8]) -> Result<Self, WithheldBecause> {
        let (length, rest) = bytes.split_first_chunk::<4>().ok_or(Damaged)?;
        let (name, rest) = rest.split_first_chunk::<4>().ok_or(Damaged)?;
        let length = usize::try_from(u32::from_be_bytes(*length)).map_err(|_| Damaged)?;
        let (content, rest) = rest.split_at_checked(length).ok_or(Damaged)?;
        let (check, rest) = rest.split_first_chunk::<4>().ok_or(Damaged)?;
        match u32::from_be_bytes(*check) == inflate::check([name, content]) {
            true => Ok(Self { name, content, rest }),
            false => Err(Damaged),
        }
    }
}

fn write(output: &mut Vec<u8>, name: &[u8; 4], content: &[u8]) -> Result<(), WithheldBecause> {
    output.extend_from_slice(&u32::try_from(content.len()).map_err(|_| TooLarge)?.to_be_bytes());
    output.extend_from_slice(name);
    output.extend_from_slice(content);
    output.extend_from_slice(&inflate::check([name, content]).to_be_bytes());
    Ok(())
}

#[derive(Default)]
struct Picture {
    header: Option<Header>,
    /// Names of the chunks that may stand there once and did.
    seen: Vec<[u8; 4]>,
    /// Every kept chunk before the pixels.
    before: Vec<u8>,
    pixels: Vec<u8>,
}

impl Picture {
    fn take(&mut self, chunk: &Chunk<'_>) -> Result<(), WithheldBecause> {
        let length = chunk.content.len();
        if self.header.is_none() {
            self.header = Some(Header::read(chunk)?);
            return write(&mut self.before, b"IHDR", chunk.content);
        }
        let whole = match chunk.name {
            b"IDAT" => {
                self.pixels.extend_from_slice(chunk.content);
                return Ok(());
            }
            // A film would lose all its pictures but one.
            b"acTL" | b"fcTL" | b"fdAT" => return Err(CannotBeCleaned),
            b"PLTE" => (3..=768).contains(&length) && length.is_multiple_of(3),
            b"tRNS" => (1..=256).contains(&length),
            b"gAMA" => length == 4,
            b"cHRM" => length == 32,
            b"sRGB" => length == 1,
            b"sBIT" => (1..=4).contains(&length),
            b"pHYs" => length == 9,
            b"bKGD" => matches!(length, 1 | 2 | 6),
            [b'a'..=b'z', ..] => return Ok(()),
            _ => return Err(CannotBeCleaned),
        };
        if !whole || self.seen.contains(chunk.name) || !self.pixels.is_empty() {
            return Err(Damaged);
        }
        self.seen.push(*chunk.name);
        write(&mut self.before, chunk.name, chunk.content)
    }
}

/// What the first chunk says of the picture.
struct Header {
    width: u64,
    height: u64,
    bits: u64,
    interlaced: bool,
}

/// The seven passes of an interlaced picture: first column, first row, and the distance to the next ones (ISO/IEC 15948 §8.2).
const PASSES: [(u64, u64, u64, u64); 7] = [(0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2)];

impl Header {
    fn read(chunk: &Chunk<'_>) -> Result<Self, WithheldBecause> {
        let [a, b, c, d, e, f, g, h, depth, colour, 0, 0, interlaced @ 0..=1] = *chunk.content else { return Err(Damaged) };
        let (width, height) = (u64::from(u32::from_be_bytes([a, b, c, d])), u64::from(u32::from_be_bytes([e, f, g, h])));
        let samples = match (colour, depth) {
            (0, 1 | 2 | 4 | 8 | 16) | (3, 1 | 2 | 4 | 8) => 1,
            (2, 8 | 16) => 3,
            (4, 8 | 16) => 2,
            (6, 8 | 16) => 4,
            _ => return Err(Damaged),
        };
        if chunk.name != b"IHDR" || width == 0 || height == 0 {
            return Err(Damaged);
        }
        if width.saturating_mul(height) > PIXELS {
            return Err(TooLarge);
        }
        Ok(Self { width, height, bits: u64::from(depth).saturating_mul(samples), interlaced: interlaced == 1 })
    }

    /// Bytes of all rows, each with the byte that says how it is filtered.
    fn unpacked_bytes(&self) -> Option<usize> {
        let bytes = |width: u64, height: u64| match width {
            0 => 0,
            _ => width.saturating_mul(self.bits).div_ceil(8).saturating_add(1).saturating_mul(height),
        };
        let parts = |all: u64, first: u64, step: u64| all.saturating_sub(first).div_ceil(step);
        let all = match self.interlaced {
            false => bytes(self.width, self.height),
            true => {
                PASSES.iter().fold(0u64, |all, (x, y, across, down)| all.saturating_add(bytes(parts(self.width, *x, *across), parts(self.height, *y, *down))))
            }
        };
        usize::try_from(all).ok()
    }
}
