//! What characters outside the usual blocks are spelt as, worked out when they are first met.
//!
//! Many of them stand in bytes that are chance, such as base64 that none is, and to decompose one takes long.

use super::hear_one;
use std::sync::OnceLock;

/// Characters that are worked out together, and how often so many there are.
const TOGETHER: u32 = 64;
const BLOCKS: usize = 0x11_0000 / TOGETHER as usize;

/// What some neighbours are spelt as.
struct Block {
    letters: Vec<u8>,
    /// Where the letters of each end.
    ends: Vec<usize>,
}

/// The letters and digits of `c`, in UTF-8.
pub(super) fn spelt(c: char) -> &'static [u8] {
    static ALL: [OnceLock<Box<Block>>; BLOCKS] = [const { OnceLock::new() }; BLOCKS];
    let code = u32::from(c);
    let (Ok(block), Ok(place)) = (usize::try_from(code / TOGETHER), usize::try_from(code % TOGETHER)) else { return &[] };
    let Some(block) = ALL.get(block).map(|known| known.get_or_init(|| Box::new(Block::new(code / TOGETHER * TOGETHER)))) else { return &[] };
    let begins = place.checked_sub(1).and_then(|before| block.ends.get(before)).copied().unwrap_or_default();
    block.ends.get(place).and_then(|end| block.letters.get(begins..*end)).unwrap_or_default()
}

impl Block {
    fn new(first: u32) -> Self {
        let mut block = Self { letters: Vec::new(), ends: Vec::new() };
        for c in (first..first.saturating_add(TOGETHER)).map(char::from_u32) {
            let mut letters = String::new();
            c.into_iter().for_each(|c| hear_one(c, |sign| letters.extend(sign.letter())));
            block.letters.extend_from_slice(letters.as_bytes());
            block.ends.push(block.letters.len());
        }
        block
    }
}
