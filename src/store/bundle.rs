//! Mails that are made ready for their receipt while somebody else writes.

use super::pack::{Packer, Packing};
use super::seal::Sealer;
use super::{Arrival, Store};
use crate::domain::Digest;

/// Mails that need no more work before they are written: whoever waits for the writer can have that done meanwhile.
pub struct Packed {
    pub(super) arrivals: Vec<Arrival>,
    pub(super) packs: Vec<Pack>,
}

/// What is written of one mail.
pub(super) struct Pack {
    pub(super) digest: Digest,
    pub(super) fingerprint: Vec<u8>,
    pub(super) packing: Packing,
    /// Its bytes, if packing made them smaller.
    pub(super) packed: Option<Vec<u8>>,
}

impl Store {
    /// Makes mails ready to be received.
    pub fn pack(&self, arrivals: Vec<Arrival>) -> Packed {
        let packs = packs(self.sealer(), &arrivals);
        Packed { arrivals, packs }
    }
}

pub(super) fn packs(sealer: &Sealer, arrivals: &[Arrival]) -> Vec<Pack> {
    let mut packer = Packer::new();
    let each = arrivals.iter().map(|arrival| {
        let (packing, packed) = packer.pack(&arrival.bytes);
        let digest = Digest::of(&arrival.bytes);
        Pack { digest, fingerprint: sealer.index("letter", digest.as_bytes()), packing, packed }
    });
    each.collect()
}
