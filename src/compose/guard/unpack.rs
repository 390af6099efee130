//! What a text would be as base64, which may begin anywhere and be broken into lines, and as hexadecimal digits.

/// Shorter stretches of text within bytes are chance.
pub(super) const SHORTEST: usize = 5;
/// Signs that may stand between two bytes in hexadecimal digits, as in `6c, 65` or `\x6c\x65`.
const APART: usize = 4;
/// Stands between two runs of sextets, or of digits.
const BREAK: u8 = 0xff;
/// What parts no run of sextets.
const BLANK: u8 = 0xfe;

/// Every run of signs that could be base64, which may be broken into lines. A run that would be too short to be read is left out.
pub(super) fn sextets(text: &str, runs: &mut Vec<u8>) {
    let mut writing = Writing::into(runs, text.len());
    for c in text.chars() {
        match sextet(c) {
            BLANK => {}
            BREAK => writing.end(SHORTEST + 1),
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

/// The alphabets of RFC 4648 §4 and §5.
fn sextet(c: char) -> u8 {
    const VALUES: [u8; 128] = {
        let mut values = [BREAK; 128];
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
        values
    };
    match VALUES.get(c as usize) {
        Some(value) => *value,
        None if c.is_whitespace() => BLANK,
        None => BREAK,
    }
}

/// The bytes of each run, once from each of its first sextets on, and after each run a byte that is in no text.
pub(super) fn packed(runs: &[u8], bytes: &mut [Vec<u8>; 4]) {
    bytes.iter_mut().for_each(Vec::clear);
    for run in runs.split(|sextet| *sextet == BREAK).filter(|run| !run.is_empty()) {
        for (offset, bytes) in bytes.iter_mut().enumerate() {
            let (fours, rest) = run.get(offset..).unwrap_or_default().as_chunks::<4>();
            let places = added(bytes, fours.len().saturating_mul(3));
            for (place, [a, b, c, d]) in places.as_chunks_mut::<3>().0.iter_mut().zip(fours) {
                *place = [a << 2 | b >> 4, b << 4 | c >> 2, c << 6 | d];
            }
            match rest {
                [a, b] => bytes.push(a << 2 | b >> 4),
                [a, b, c] => bytes.extend_from_slice(&[a << 2 | b >> 4, b << 4 | c >> 2]),
                _ => {}
            }
            bytes.push(0xff);
        }
    }
}

/// So many places more, to be written to.
fn added(bytes: &mut Vec<u8>, count: usize) -> &mut [u8] {
    let from = bytes.len();
    bytes.resize(from.saturating_add(count), 0);
    bytes.get_mut(from..).unwrap_or_default()
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
