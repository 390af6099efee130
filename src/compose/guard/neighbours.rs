//! Which bytes can stand beside one another in a text.

/// Shorter stretches of text within bytes are chance.
pub(super) const SHORTEST: usize = 5;
/// The first byte of a character of the first Unicode blocks in UTF-16, Latin to Arabic.
const WIDE: u8 = 0x06;

/// What a byte can be in a text in UTF-8 (RFC 3629 §4): a whole character, the first of several, or another one of them.
const WHOLE: u8 = 1;
const FIRST: u8 = 2;
const OTHER: u8 = 4;

pub(super) const fn kind(byte: u8) -> u8 {
    match byte {
        b'\t' | b'\r' | b'\n' | b' '..=b'~' => WHOLE,
        0xc2..=0xf4 => FIRST,
        0x80..=0xbf => OTHER,
        _ => 0,
    }
}

/// What may stand behind `byte`.
pub(super) const fn after(byte: u8) -> u8 {
    match kind(byte) {
        WHOLE => WHOLE | FIRST,
        FIRST => OTHER,
        OTHER => WHOLE | FIRST | OTHER,
        _ => 0,
    }
}

/// For each byte what it is, and what may stand behind it.
static KINDS: [(u8, u8); 256] = {
    let mut kinds = [(0, 0); 256];
    let mut byte = 0;
    while byte < 256 {
        kinds[byte] = (kind(byte as u8), after(byte as u8));
        byte += 1;
    }
    kinds
};

/// Whether `byte` may follow `before` in a text in UTF-8.
#[inline]
pub(super) fn follows(before: u8, byte: u8) -> bool {
    let of = |byte: u8| KINDS.get(usize::from(byte)).copied().unwrap_or_default();
    let ((_, after), (kind, _)) = (of(before), of(byte));
    after & kind != 0
}

/// Whether `byte` is the first of a character in UTF-16.
#[inline]
pub(super) fn is_high(byte: u8) -> bool {
    byte <= WIDE
}
