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
pub(super) fn sextets(text: &str, found: &mut Vec<u8>) {
    runs(text, SHORTEST + 1, found);
}

/// The same, where runs of fewer signs than `least` are left out.
pub(super) fn runs(text: &str, least: usize, runs: &mut Vec<u8>) {
    let mut writing = Writing::into(runs, text.len());
    for (at, byte) in text.bytes().enumerate() {
        match SEXTETS.get(usize::from(byte)).copied().unwrap_or(BREAK) {
            value @ 0..64 => writing.add(value),
            BLANK => {}
            SOME_BLANK if text.get(at..).and_then(|rest| rest.chars().next()).is_some_and(char::is_whitespace) => {}
            _ => writing.end(least),
        }
    }
    writing.finish(least);
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
        if value != BREAK && !(value == 0 && is_prefix(text, at)) {
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

/// The hexadecimal digits of a piece of a text, to be joined with those of its neighbours.
pub(super) struct Digits {
    /// Those that little parts from one another, then [`BREAK`] and the next. Between the first and the last are none that are too few to be read.
    runs: Box<[u8]>,
    /// How many characters stand before the first and behind the last of them; both all if there is none.
    before: usize,
    behind: usize,
}

impl Digits {
    /// Of `text`. `runs` is room to work in.
    pub(super) fn of(text: &str, runs: &mut Vec<u8>) -> Self {
        runs.clear();
        let (mut begins, mut before, mut behind) = (None, None, 0_usize);
        for (at, byte) in text.bytes().enumerate() {
            let value = HEXADECIMAL.get(usize::from(byte)).copied().unwrap_or(BREAK);
            if value == BREAK || (value == 0 && is_prefix(text, at)) {
                // One for each character.
                behind = behind.wrapping_add(usize::from(byte & 0xc0 != 0x80));
                continue;
            }
            if before.is_none() {
                before = Some(behind);
            } else if behind > APART {
                // Of the first run it is not known yet what stands before it.
                match begins.filter(|begins| runs.len().saturating_sub(*begins) < 2 * SHORTEST) {
                    Some(begins) => runs.truncate(begins),
                    None => runs.push(BREAK),
                }
                begins = Some(runs.len());
            }
            runs.push(value);
            behind = 0;
        }
        Self { runs: runs.as_slice().into(), before: before.unwrap_or(behind), behind }
    }
}

/// The digits of the pieces of a text, as [`hexadecimal`] finds them in the whole.
#[derive(Default)]
pub(super) struct Joined {
    runs: Vec<u8>,
    /// Where the present run begins.
    begins: usize,
    /// How many characters stand behind its last digit.
    gap: usize,
}

impl Joined {
    /// Adds those of the next piece.
    pub(super) fn add(&mut self, digits: &Digits) {
        self.part(digits.before);
        if digits.runs.is_empty() {
            return;
        }
        for (place, run) in digits.runs.split(|digit| *digit == BREAK).enumerate() {
            if place > 0 {
                self.end();
            }
            self.runs.extend_from_slice(run);
        }
        self.gap = digits.behind;
        if self.gap > APART {
            self.end();
        }
    }

    /// So many other characters follow.
    pub(super) fn part(&mut self, characters: usize) {
        self.gap = self.gap.saturating_add(characters);
        if self.gap > APART {
            self.end();
        }
    }

    /// All of them.
    pub(super) fn finish(mut self) -> Vec<u8> {
        self.end();
        self.runs
    }

    fn end(&mut self) {
        if self.runs.len().saturating_sub(self.begins) < 2 * SHORTEST {
            self.runs.truncate(self.begins);
        } else {
            self.runs.push(BREAK);
        }
        self.begins = self.runs.len();
    }
}

/// Whether the zero at that place of `text` belongs to `0x`.
fn is_prefix(text: &str, zero: usize) -> bool {
    matches!(text.as_bytes().get(zero.saturating_add(1)), Some(b'x' | b'X'))
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
