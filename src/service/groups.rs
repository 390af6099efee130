//! Which mails are fetched together: they stand in memory at the same time.

use crate::mailbox::Listed;

/// Bytes of a group, as the server announces their sizes: a group of large mails is closed earlier. One mail alone may have more.
const GROUP_BYTES: u64 = 16 << 20;

/// `listed` in groups that are fetched together: of at most `most` mails, and of so many bytes that they find room in memory. Of a mail no more than
/// `largest` bytes are fetched.
pub(super) fn groups(listed: &[Listed], most: usize, largest: usize) -> Vec<&[Listed]> {
    let fetched = |listed: &Listed| u64::from(listed.size).min(largest as u64);
    let (mut bytes, mut group) = (listed.first().map_or(0, fetched), 0usize);
    let together = |_: &Listed, next: &Listed| {
        let size = fetched(next);
        (bytes, group) = (bytes.saturating_add(size), group.saturating_add(1));
        let fits = group < most && bytes <= GROUP_BYTES;
        if !fits {
            (bytes, group) = (size, 0);
        }
        fits
    };
    listed.chunk_by(together).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::Instant;

    fn listed(sizes: &[u32]) -> Vec<Listed> {
        let received = Instant::from_micros(0);
        (1..).zip(sizes).map(|(uid, size)| Listed { uid, size: *size, received }).collect()
    }

    #[test]
    fn a_group_is_closed_by_its_bytes_or_by_its_number() {
        const MIB: u32 = 1 << 20;
        let lengths = |sizes: &[u32], largest: usize| groups(&listed(sizes), 50, largest).iter().map(|group| group.len()).collect::<Vec<_>>();
        let usual = 25 << 20;
        assert_eq!(lengths(&[], usual), Vec::<usize>::new());
        assert_eq!(lengths(&[2_000; 120], usual), [50, 50, 20]);
        assert_eq!(lengths(&[8 * MIB; 5], usual), [2, 2, 1]);
        assert_eq!(lengths(&[20 * MIB, 20 * MIB, MIB, 11 * MIB, 5 * MIB], usual), [1, 1, 2, 1]);
        assert_eq!(lengths(&[u32::MAX, 1, 1], 10 << 20), [3], "of the first one no more than 10 MiB are fetched");
        assert_eq!(lengths(&[u32::MAX, 1, 1], usize::MAX), [1, 2], "a mail that is too large for any group has one to itself");
    }
}
