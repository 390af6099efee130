//! What a text would be as base64, which may begin anywhere and be broken into lines, and as hexadecimal digits.

use super::neighbours::SHORTEST;

/// Signs that may stand between two bytes in hexadecimal digits, as in `6c, 65` or `\x6c\x65`.
const APART: usize = 4;
/// Stands between two runs of sextets, or of digits.
pub(super) const BREAK: u8 = 0xff;
/// What parts no run of sextets.
const BLANK: u8 = 0xfe;
/// The first byte of characters of which some are blanks.
const SOME_BLANK: u8 = 0xfd;

/// Every run of signs that could be base64, which may be broken into lines. A run that would be too short to be read is left out.
pub(super) fn sextets(text: &str, runs: &mut Vec<u8>) {
    let mut writing = Writing::into(runs, text.len());
    for (at, byte) in text.bytes().enumerate() {
        match SEXTETS.get(usize::from(byte)).copied().unwrap_or(BREAK) {
            BLANK => {}
            BREAK => writing.end(SHORTEST + 1),
            SOME_BLANK => {
                let is_blank = text.get(at..).and_then(|rest| rest.chars().next()).is_some_and(char::is_whitespace);
                if !is_blank {
                    writing.end(SHORTEST + 1);
                }
            }
            value => writing.add(value),
        }
    }
    writing.finish(SHORTEST + 1);
}

/// Runs that are being written, in place: a vector that grows by one at a time is much slower.
struct Writing<'a> {
    runs: &'a mut Vec<u8>,
    /// Where the present run begins, and its next sign stands.
    begins: usize,
    at: usize,
}

impl<'a> Writing<'a> {
    /// Into `runs`, in place of what stands there, the runs of a text of so many signs at most.
    fn into(runs: &'a mut Vec<u8>, most: usize) -> Self {
        runs.resize(most.saturating_add(1), BREAK);
        Self { runs, begins: 0, at: 0 }
    }

    fn add(&mut self, value: u8) {
        if let Some(place) = self.runs.get_mut(self.at) {
            *place = value;
            self.at = self.at.wrapping_add(1);
        }
    }

    /// Ends the present run, which is left out if it has fewer signs than that.
    fn end(&mut self, least: usize) {
        if self.at.saturating_sub(self.begins) < least {
            self.at = self.begins;
        } else {
            self.add(BREAK);
            self.begins = self.at;
        }
    }

    fn finish(mut self, least: usize) {
        self.end(least);
        self.runs.truncate(self.at);
    }
}

/// What each byte of a text is in the alphabets of RFC 4648 §4 and §5. The bytes after the first one of a character part nothing.
static SEXTETS: [u8; 256] = {
    let mut values = [BREAK; 256];
    let mut value = 0;
    while value < 62 {
        let sign = match value {
            0..26 => b'A' + value,
            26..52 => b'a' + value - 26,
            _ => b'0' + value - 52,
        };
        values[sign as usize] = value;
        value += 1;
    }
    (values[b'+' as usize], values[b'-' as usize]) = (62, 62);
    (values[b'/' as usize], values[b'_' as usize]) = (63, 63);
    let mut blank = b'\t';
    while blank <= b'\r' {
        values[blank as usize] = BLANK;
        blank += 1;
    }
    values[b' ' as usize] = BLANK;
    let mut other = 0x80;
    while other < 0xc0 {
        values[other] = BLANK;
        other += 1;
    }
    // U+0085, U+00A0, U+1680, U+2000 and what follows, U+3000.
    (values[0xc2], values[0xe1], values[0xe2], values[0xe3]) = (SOME_BLANK, SOME_BLANK, SOME_BLANK, SOME_BLANK);
    values
};

/// The bytes of each run from its sextet at `offset` on, and after each run a byte that is in no text.
pub(super) fn packed(runs: &[u8], offset: usize, bytes: &mut Vec<u8>) {
    bytes.clear();
    for run in runs.split(|sextet| *sextet == BREAK).filter(|run| !run.is_empty()) {
        run.get(offset..).unwrap_or_default().chunks(4).for_each(|four| bytes.extend_from_slice(unpacked(four).get(..four.len() - 1).unwrap_or_default()));
        bytes.push(BREAK);
    }
}

/// The bytes of four sextets; of fewer, one less than these are such.
#[inline]
pub(super) fn unpacked(four: &[u8]) -> [u8; 3] {
    let sextet = |at: usize| four.get(at).copied().unwrap_or_default();
    let (a, b, c, d) = (sextet(0), sextet(1), sextet(2), sextet(3));
    [a << 2 | b >> 4, b << 4 | c >> 2, c << 6 | d]
}

/// Every run of hexadecimal digits that is long enough to be read, with little between them.
pub(super) fn hexadecimal(text: &str, runs: &mut Vec<u8>) {
    let mut writing = Writing::into(runs, text.len());
    let mut gap = 0_usize;
    for (at, byte) in text.bytes().enumerate() {
        let value = HEXADECIMAL.get(usize::from(byte)).copied().unwrap_or(BREAK);
        if value != BREAK && !(byte == b'0' && matches!(text.as_bytes().get(at.saturating_add(1)), Some(b'x' | b'X'))) {
            writing.add(value);
            gap = 0;
        } else if byte & 0xc0 != 0x80 {
            // One for each character.
            gap = gap.saturating_add(1);
            if gap == APART + 1 {
                writing.end(2 * SHORTEST);
            }
        }
    }
    writing.finish(2 * SHORTEST);
}

/// The values of digits.
static HEXADECIMAL: [u8; 256] = {
    let mut values = [BREAK; 256];
    let mut value = 0;
    while value < 16 {
        if value < 10 {
            values[(b'0' + value) as usize] = value;
        } else {
            values[(b'a' + value - 10) as usize] = value;
            values[(b'A' + value - 10) as usize] = value;
        }
        value += 1;
    }
    values
};

/// The bytes of the pairs of digits of each run, its first `offset` digits left out, and a byte after it that is in no text.
pub(super) fn paired(runs: &[u8], offset: usize, bytes: &mut Vec<u8>) {
    bytes.clear();
    for run in runs.split(|digit| *digit == BREAK).filter(|run| !run.is_empty()) {
        let (pairs, _) = run.get(offset..).unwrap_or_default().as_chunks::<2>();
        bytes.extend(pairs.iter().map(|[high, low]| high << 4 | low));
        bytes.push(0xff);
    }
}
