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
    runs.clear();
    let mut begins = 0_usize;
    for c in text.chars().chain(['\0']) {
        match sextet(c) {
            BLANK => {}
            BREAK if runs.len().saturating_sub(begins) > SHORTEST => {
                runs.push(BREAK);
                begins = runs.len();
            }
            BREAK => runs.truncate(begins),
            value => runs.push(value),
        }
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

/// The bytes of each run, its first `offset` sextets left out, and a byte after it that is in no text.
pub(super) fn packed(runs: &[u8], offset: usize, bytes: &mut Vec<u8>) {
    bytes.clear();
    for run in runs.split_inclusive(|sextet| *sextet == BREAK) {
        let (fours, rest) = run.get(offset..run.len().saturating_sub(1)).unwrap_or_default().as_chunks::<4>();
        bytes.extend(fours.iter().flat_map(|[a, b, c, d]| [a << 2 | b >> 4, b << 4 | c >> 2, c << 6 | d]));
        match rest {
            [a, b] => bytes.push(a << 2 | b >> 4),
            [a, b, c] => bytes.extend_from_slice(&[a << 2 | b >> 4, b << 4 | c >> 2]),
            _ => {}
        }
        bytes.push(0xff);
    }
}

/// Every run of hexadecimal digits that is long enough to be read, with little between them.
pub(super) fn hexadecimal(text: &str, runs: &mut Vec<u8>) {
    runs.clear();
    let (mut begins, mut gap) = (0_usize, 0_usize);
    let mut end = |runs: &mut Vec<u8>| {
        if runs.len().saturating_sub(begins) >= SHORTEST.saturating_mul(2) {
            runs.push(BREAK);
            begins = runs.len();
        } else {
            runs.truncate(begins);
        }
    };
    for (at, c) in text.char_indices() {
        let is_prefix = || c == '0' && matches!(text.as_bytes().get(at.saturating_add(1)), Some(b'x' | b'X'));
        match c.to_digit(16).filter(|_| !is_prefix()) {
            Some(value) => {
                runs.push(value as u8);
                gap = 0;
            }
            None => {
                gap = gap.saturating_add(1);
                if gap > APART {
                    end(runs);
                }
            }
        }
    }
    end(runs);
}

/// The bytes of the pairs of digits of each run, its first `offset` digits left out, and a byte after it that is in no text.
pub(super) fn paired(runs: &[u8], offset: usize, bytes: &mut Vec<u8>) {
    bytes.clear();
    for run in runs.split_inclusive(|digit| *digit == BREAK) {
        let (pairs, _) = run.get(offset..run.len().saturating_sub(1)).unwrap_or_default().as_chunks::<2>();
        bytes.extend(pairs.iter().map(|[high, low]| high << 4 | low));
        bytes.push(0xff);
    }
}
