//! Looking into compressed bytes, each time up to a bound (THREATS T41).

use super::WithheldBecause::{self, Damaged, TooLarge};
use flate2::{Compress, Compression, Crc, Decompress, FlushCompress, FlushDecompress, Status};

/// What may still be unpacked of the attachments of one mail.
pub(super) struct Budget {
    /// Bytes that may be looked at as they are unpacked.
    passed: usize,
    /// Bytes of those that may be held and written anew.
    held: usize,
}

/// Bytes that the attachments of one mail may have when they are unpacked: a dozen pictures of a large screen.
const PASSED: usize = 256 << 20;
/// Bytes of pages, fonts and tables of PDFs among them, which are read and packed again.
const HELD: usize = 32 << 20;
/// Bytes unpacked at a time.
const WINDOW: usize = 64 << 10;

impl Budget {
    /// The budget of one mail.
    pub fn of_a_mail() -> Self {
        Self { passed: PASSED, held: HELD }
    }

    /// Goes through one stream (RFC 1950) of at most `most` bytes without keeping it: how many bytes of `packed` belong to it, and how many it holds.
    pub fn measure(&mut self, packed: &[u8], most: usize) -> Result<(usize, usize), WithheldBecause> {
        let mut window = vec![0; WINDOW];
        let mut held = 0usize;
        let used = run(packed, |inflate, input| {
            let before = inflate.total_out();
            let status = inflate.decompress(input, &mut window, FlushDecompress::None).map_err(|_| Damaged)?;
            let new = usize::try_from(inflate.total_out().saturating_sub(before)).map_err(|_| TooLarge)?;
            held = held.saturating_add(new);
            self.passed = self.passed.checked_sub(new).filter(|_| held <= most).ok_or(TooLarge)?;
            Ok(status)
        })?;
        Ok((used, held))
    }

    /// One stream (RFC 1950), and how many bytes of `packed` belong to it.
    pub fn unpack(&mut self, packed: &[u8]) -> Result<(Vec<u8>, usize), WithheldBecause> {
        let (mut window, mut held) = (vec![0; WINDOW], Vec::new());
        let used = run(packed, |inflate, input| {
            let before = inflate.total_out();
            let status = inflate.decompress(input, &mut window, FlushDecompress::None).map_err(|_| Damaged)?;
            let new = usize::try_from(inflate.total_out().saturating_sub(before)).map_err(|_| TooLarge)?;
            self.passed = self.passed.checked_sub(new).ok_or(TooLarge)?;
            self.hold(new)?;
            held.extend_from_slice(window.get(..new).unwrap_or_default());
            Ok(status)
        })?;
        Ok((held, used))
    }

    /// Counts `bytes` that are held although they were not packed.
    pub fn hold(&mut self, bytes: usize) -> Result<(), WithheldBecause> {
        self.held = self.held.checked_sub(bytes).ok_or(TooLarge)?;
        Ok(())
    }
}

/// Calls `step` on what is left of `packed` until the stream ends; gives how many bytes belong to it.
fn run(packed: &[u8], mut step: impl FnMut(&mut Decompress, &[u8]) -> Result<Status, WithheldBecause>) -> Result<usize, WithheldBecause> {
    let mut inflate = Decompress::new(true);
    loop {
        let used = usize::try_from(inflate.total_in()).map_err(|_| TooLarge)?;
        let (before, produced) = (inflate.total_in(), inflate.total_out());
        let status = step(&mut inflate, packed.get(used..).unwrap_or_default())?;
        if status == Status::StreamEnd {
            return usize::try_from(inflate.total_in()).map_err(|_| TooLarge);
        }
        if (inflate.total_in(), inflate.total_out()) == (before, produced) {
            return Err(Damaged);
        }
    }
}

/// `bytes` as one stream (RFC 1950).
pub(super) fn pack(bytes: &[u8]) -> Result<Vec<u8>, WithheldBecause> {
    let mut deflate = Compress::new(Compression::new(LEVEL), true);
    // The most that Deflate adds to what it cannot pack, and its frame.
    let mut packed = Vec::with_capacity((bytes.len() / 1_000).saturating_add(bytes.len()).saturating_add(1_024));
    match deflate.compress_vec(bytes, &mut packed, FlushCompress::Finish) {
        Ok(Status::StreamEnd) => Ok(packed),
        _ => Err(TooLarge),
    }
}

/// Quick rather than small: hostile mails pay for it out of the time of all.
const LEVEL: u32 = 4;

/// The check of a chunk of PNG (ISO/IEC 15948 §5.5).
pub(super) fn check(pieces: [&[u8]; 2]) -> u32 {
    let mut crc = Crc::new();
    pieces.iter().for_each(|piece| crc.update(piece));
    crc.sum()
}
