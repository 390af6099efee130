//! Where in a run of base64 a text could stand, found without unpacking it.
//!
//! Two neighbouring sextets hold one byte of each of three of the four ways to read a run: the first, the second or the third of the three bytes that four
//! sextets come to. Looked up in a table, they say what each of these is in a text and what may follow it; of five bytes of a text, four follow the one before.

use super::neighbours::{SHORTEST, after, follows, is_high, kind};
use super::unpack::{BREAK, unpacked};

/// Bits of one of the three bytes in [`PAIRS`], and of all three.
const ONE: u32 = 3;
const ALL: u32 = 3 * ONE;

/// For two sextets what the first, second and third byte that they may hold are followed by, and above that what the second, the third and the first are.
static PAIRS: [u32; 4096] = {
    let mut pairs = [0; 4096];
    let mut pair = 0;
    while pair < 4096 {
        let (a, b) = ((pair >> 6) as u8, (pair & 0x3f) as u8);
        let (first, second, third) = (a << 2 | b >> 4, a << 4 | b >> 2, a << 6 | b);
        let behind = after(first) as u32 | (after(second) as u32) << ONE | (after(third) as u32) << (2 * ONE);
        let itself = kind(second) as u32 | (kind(third) as u32) << ONE | (kind(first) as u32) << (2 * ONE);
        pairs[pair] = behind | itself << ALL;
        pair += 1;
    }
    pairs
};

/// For each of the three whether there is anything in its bits.
static ANY: [u8; 1 << ALL] = {
    let mut any = [0; 1 << ALL];
    let mut bits = 0;
    while bits < 1 << ALL {
        any[bits] = (bits & 7 != 0) as u8 | ((bits >> ONE & 7 != 0) as u8) << 1 | ((bits >> (2 * ONE) & 7 != 0) as u8) << 2;
        bits += 1;
    }
    any
};

/// So many sextets are looked at together: 21 have room in 64 bits, and for each those around it are needed.
const TOGETHER: usize = 13;
/// One bit for each of them.
const EACH: u64 = 0o1_111_111_111_111;

/// Where texts could stand in runs of base64, for each of the four ways to read these.
#[derive(Default)]
pub(super) struct Likely([Way; 4]);

/// One way.
#[derive(Default)]
struct Way {
    /// The places of four sextets of which the three bytes could be in a text of [`SHORTEST`] bytes, and where their run begins and ends.
    places: Vec<(usize, usize, usize)>,
    /// Whether a text in UTF-16 could stand there.
    is_wide: bool,
}

impl Likely {
    /// Looks through `runs`.
    pub(super) fn look(&mut self, runs: &[u8]) {
        self.0.iter_mut().for_each(|way| {
            way.places.clear();
            way.is_wide = false;
        });
        let mut begins = 0_usize;
        for run in runs.split(|sextet| *sextet == BREAK) {
            let ends = begins.saturating_add(run.len());
            each_likely(run, |place| {
                if let Some(way) = self.0.get_mut(place % 4) {
                    way.places.push((begins, begins.saturating_add(place), ends));
                }
            });
            // Of five bytes, each the second after the one before, that are the high bytes of UTF-16, two are the first and the third of such a three.
            let may_be_first = |sextet: u8| sextet <= 1;
            if run.iter().fold(false, |any, sextet| any | may_be_first(*sextet)) {
                for (place, four) in run.windows(4).enumerate().filter(|(_, four)| four.first().copied().is_some_and(may_be_first)) {
                    let [first, _, third] = unpacked(four);
                    if let Some(way) = self.0.get_mut(place % 4) {
                        way.is_wide |= is_high(first) && is_high(third);
                    }
                }
            }
            begins = ends.saturating_add(1);
        }
    }

    /// Tells `hear` every stretch of [`SHORTEST`] bytes or more of `runs`, read from their sextet at `offset` on, in which each may follow the one before in a
    /// text; says whether a text in UTF-16 may stand in them too. `stretch` is room to work in.
    pub(super) fn each(&self, runs: &[u8], offset: usize, stretch: &mut Vec<u8>, mut hear: impl FnMut(&[u8])) -> bool {
        let Some(way) = self.0.get(offset) else { return false };
        let mut done = 0;
        for (begins, place, ends) in &way.places {
            if *place < done {
                continue;
            }
            done = stretch_at(runs.get(*begins..*ends).unwrap_or_default(), place.saturating_sub(*begins), stretch).saturating_add(*begins);
            if stretch.len() >= SHORTEST {
                hear(stretch);
            }
        }
        way.is_wide
    }
}

/// Gives `stretch` the bytes around the three that stand at `place` of which each may follow the one before; says at which four sextets they end.
fn stretch_at(run: &[u8], place: usize, stretch: &mut Vec<u8>) -> usize {
    stretch.clear();
    if let Some(four) = place.checked_sub(4).and_then(|before| run.get(before..place)) {
        let [one, two, three] = unpacked(four);
        // If the first of them belonged to it too, these three would have been told before.
        let [own, ..] = unpacked(run.get(place..).unwrap_or_default());
        match (follows(one, two), follows(two, three), follows(three, own)) {
            (_, true, true) => stretch.extend_from_slice(&[two, three]),
            (_, false, true) => stretch.push(three),
            (_, _, false) => {}
        }
    }
    let mut at = place;
    for four in run.get(place..).unwrap_or_default().chunks(4) {
        for byte in unpacked(four).into_iter().take(four.len() - 1) {
            if stretch.last().is_some_and(|before| !follows(*before, byte)) {
                return at;
            }
            stretch.push(byte);
        }
        at = at.saturating_add(four.len());
    }
    at
}

/// Tells `hear` every place of a run where three bytes stand that are in a stretch of [`SHORTEST`].
fn each_likely(run: &[u8], mut hear: impl FnMut(usize)) {
    let (mut queue, mut left) = (Queue::default(), TOGETHER);
    for pair in run.windows(2) {
        let pair = if let [a, b] = pair { usize::from(*a) << 6 | usize::from(*b) } else { 0 };
        queue.push(PAIRS.get(pair).copied().unwrap_or_default());
        left -= 1;
        if left == 0 {
            queue.tell(&mut hear);
            left = TOGETHER;
        }
    }
    queue.tell(&mut hear);
    // Behind the run stands nothing.
    (0..LAG).for_each(|_| queue.push(0));
    queue.tell(&mut hear);
}

/// So many pairs behind three bytes decide whether they are in such a stretch.
const LAG: usize = 5;

/// What the last pairs of a run say, three bits for each: whether the second byte that may begin one sextet before may follow the first, the third the second,
/// and, one sextet earlier still, the first the third.
#[derive(Default)]
struct Queue {
    bits: u64,
    earlier: u32,
    before: u32,
    /// How many pairs there were, and how many places were told.
    pairs: usize,
    told: usize,
}

impl Queue {
    #[inline]
    fn push(&mut self, pair: u32) {
        let followed = (self.before & 0o77 | self.earlier & 0o700) & pair >> ALL;
        self.bits = self.bits << ONE | u64::from(ANY.get(followed as usize).copied().unwrap_or_default());
        (self.earlier, self.before) = (self.before, pair);
        self.pairs = self.pairs.wrapping_add(1);
        if self.pairs == 4 {
            // Of bytes that would begin before the run.
            self.bits &= !0b10_100_100;
        }
    }

    fn tell(&mut self, hear: &mut impl FnMut(usize)) {
        let bits = self.bits;
        // The third and the second before the three, the first and the second behind them: two of these that touch them.
        let (second_before, third_before, first_behind, second_behind) = (bits >> 22, bits >> 17, bits >> 5, bits);
        let around = third_before & second_before | third_before & first_behind | first_behind & second_behind;
        let mut likely = bits >> 12 & bits >> 10 & around & EACH;
        while likely > 0 {
            let highest = u64::BITS.saturating_sub(1).saturating_sub(likely.leading_zeros());
            likely &= !(1 << highest);
            let back = (highest / ONE) as usize;
            if let Some(place) = self.pairs.checked_sub(LAG + 1).and_then(|last| last.checked_sub(back)).filter(|place| *place >= self.told) {
                hear(place);
            }
        }
        self.told = self.pairs.saturating_sub(LAG);
    }
}
