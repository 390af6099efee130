//! What can be read in bytes: the stretches of them that are text in UTF-8 or UTF-16.

use super::likely::Likely;
use super::neighbours::{SHORTEST, follows, is_high};
use super::unpack::packed;

/// Adds to `text` the stretches of `bytes` that are text in UTF-8 or UTF-16, a line for each.
pub(super) fn readable(bytes: &[u8], text: &mut String) {
    likely(bytes, |piece| add_text(piece, text));
    add_wide(bytes, text);
}

/// The same of what runs of base64, in which texts could stand where `likely` says, come to from their sextet at `offset` on. `bytes` is room to work in.
pub(super) fn readable_packed(runs: &[u8], likely: &Likely, offset: usize, bytes: &mut Vec<u8>, text: &mut String) {
    if likely.each(runs, offset, bytes, |piece| add_text(piece, text)) {
        packed(runs, offset, bytes);
        add_wide(bytes, text);
    }
}

/// Adds to `text` the stretches of `piece` that are text in UTF-8.
pub(super) fn add_text(piece: &[u8], text: &mut String) {
    // In most of the shortest pieces is something that is no UTF-8, and too little on both sides of it.
    if let Err(fault) = str::from_utf8(piece)
        && fault.valid_up_to() < SHORTEST
        && piece.len().saturating_sub(fault.valid_up_to()) <= SHORTEST
    {
        return;
    }
    for chunk in piece.utf8_chunks() {
        for stretch in chunk.valid().split(|c: char| c.is_control() && !matches!(c, '\t' | '\r' | '\n')).filter(|stretch| stretch.len() >= SHORTEST) {
            text.push_str(stretch);
            text.push('\n');
        }
    }
}

/// Tells `hear` the pieces of `bytes` outside of which no text of [`SHORTEST`] bytes can stand: no two neighbours in them are impossible in UTF-8. In bytes
/// that are chance, and in what no coding ever was, there are few.
fn likely(bytes: &[u8], mut hear: impl FnMut(&[u8])) {
    const STRIDE: usize = SHORTEST - 1;
    let follows_at = |at: &usize| matches!(bytes.get(*at..), Some([before, byte, ..]) if follows(*before, *byte));
    let last = bytes.len().saturating_sub(1);
    let mut at = STRIDE - 1;
    // So many in a row cannot stand between two of these places.
    while at < last {
        if !follows_at(&at) {
            at = at.saturating_add(STRIDE);
            continue;
        }
        let start = at.saturating_sub((0..at).rev().take_while(follows_at).count());
        let end = at.saturating_add((at..last).take_while(follows_at).count());
        if end.saturating_sub(start) >= STRIDE {
            hear(bytes.get(start..=end).unwrap_or_default());
        }
        at = end.saturating_add(STRIDE);
    }
}

/// Adds to `text` the stretches of `bytes` that are text in UTF-16.
fn add_wide(bytes: &[u8], text: &mut String) {
    if may_be_wide(bytes) {
        for first in [0, 1] {
            wide(bytes.get(first..).unwrap_or_default(), text);
        }
    }
}

/// Whether there can be UTF-16 in `bytes` at all: so many times in a row, every second byte is that of one of the first Unicode blocks.
fn may_be_wide(bytes: &[u8]) -> bool {
    const STRIDE: usize = 2 * SHORTEST;
    let high_at = |at: usize| bytes.get(at).is_some_and(|byte| is_high(*byte));
    let stands_at = |at: usize| {
        let before = (1..SHORTEST).take_while(|steps| at.checked_sub(2 * steps).is_some_and(high_at)).count();
        let after = (1..SHORTEST).take_while(|steps| high_at(at.saturating_add(2 * steps))).count();
        before.saturating_add(after).saturating_add(1) >= SHORTEST
    };
    // Of so many in a row, one stands at the first or the second place of one of these; around it they are counted.
    let mut chunks = bytes.get(STRIDE - 2..).unwrap_or_default().chunks(STRIDE).zip(1_usize..);
    chunks.any(|(chunk, number)| {
        let high = chunk.iter().take(2).zip(0_usize..).filter(|(byte, _)| is_high(**byte));
        high.map(|(_, place)| number.saturating_mul(STRIDE).saturating_sub(2).saturating_add(place)).any(stands_at)
    })
}

/// Stretches of UTF-16 in which every second byte is one of the first Unicode blocks, Latin to Arabic, in either byte order.
fn wide(bytes: &[u8], text: &mut String) {
    let (pairs, _) = bytes.as_chunks::<2>();
    for order in [0_usize, 1] {
        let mut stretch = Vec::new();
        for pair in pairs.iter().chain([&[0xff, 0xff]]) {
            let [one, other] = *pair;
            let (high, low) = if order == 0 { (one, other) } else { (other, one) };
            if is_high(high) && (high > 0 || low >= b' ') {
                stretch.push(u16::from_be_bytes([high, low]));
                continue;
            }
            if stretch.len() >= SHORTEST {
                text.push_str(&String::from_utf16_lossy(&stretch));
                text.push('\n');
            }
            stretch.clear();
        }
    }
}
