//! What is told by the bytes of a text alone, many of which are looked at together.

/// Where the first of `bytes` stands with which something begins that is written otherwise in Western texts, told by it and the next one. So many are looked at
/// together that most are passed over at once.
pub(super) fn next_foreign(bytes: &[u8]) -> Option<usize> {
    const TOGETHER: usize = 32;
    let foreign = |first: u8, second: u8| {
        ((first == 0xc2) & ((second == 0xa0) | (second == 0xad)))
            | ((first == 0xd8) & (second == 0x9c))
            | ((first == 0xd9) & (second.wrapping_sub(0xa0) < 0x0d))
            | ((first == 0xdb) & (second.wrapping_sub(0xb0) < 0x0a))
            | ((first == 0xe2) & ((second == 0x80) | (second == 0x81)))
            | ((first == 0xef) & ((second == 0xbb) | (second == 0xbc)))
    };
    let pairs = |at: usize| bytes.get(at..).unwrap_or_default().iter().zip(bytes.get(at.saturating_add(1)..).unwrap_or_default());
    let any = |at: &usize| pairs(*at).take(TOGETHER).fold(0_u8, |found, (first, second)| found | u8::from(foreign(*first, *second))) > 0;
    let from = (0..bytes.len()).step_by(TOGETHER).find(any)?;
    pairs(from).position(|(first, second)| foreign(*first, *second)).map(|at| from.saturating_add(at))
}

/// How many digits of ASCII `text` has.
pub(super) fn digits(text: &str) -> usize {
    count(text.as_bytes(), |byte| byte.is_ascii_digit())
}

/// How many of `bytes` are `wanted`; so many are counted together as have room in one byte.
fn count(bytes: &[u8], wanted: impl Fn(&u8) -> bool) -> usize {
    let some = |some: &[u8]| some.iter().fold(0_u8, |count, byte| count.wrapping_add(u8::from(wanted(byte))));
    bytes.chunks(usize::from(u8::MAX)).fold(0, |sum: usize, chunk| sum.saturating_add(usize::from(some(chunk))))
}

/// Whether any byte of `text` is `wanted`: all are looked at, but many at once.
pub(super) fn any_byte(text: &str, wanted: impl Fn(u8) -> bool) -> bool {
    text.bytes().fold(0_u8, |found, byte| found | u8::from(wanted(byte))) > 0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_are_found_and_counted_wherever_they_stand() {
        for size in [0, 1, 31, 32, 33, 64, 255, 256, 700] {
            let text = format!("{}9\u{a0}{}", "é".repeat(size), "1".repeat(size));
            assert_eq!(digits(&text), size + 1);
            assert_eq!(next_foreign(text.as_bytes()), Some(2 * size + 1));
            assert!(any_byte(&text, |byte| byte == b'9') && !any_byte(&text, |byte| byte == b'8'));
            assert_eq!(next_foreign("ب".repeat(size).as_bytes()), None);
        }
    }
}
