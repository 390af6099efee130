//! Which charter somebody is told, and what the journal says of it.

use super::{Desk, SettleError};
use crate::domain::{Charter, Digest, Dispute, Instant, Party, Role, Track};

/// The charter that a letter to `to` asks to accept: what that person was told first, else the one in force. `None` for whoever accepts none.
pub(super) async fn toward(desk: &Desk, dispute: &Dispute, to: Role) -> Result<Option<Charter>, SettleError> {
    let Some(party) = to.party().filter(|_| dispute.track() == Track::Mediation) else { return Ok(None) };
    let in_force = desk.stationery.charter();
    match dispute.consent.charter(party).told() {
        Some(told) if told.edition != *in_force.edition() => Ok(desk.store.charter(&told.edition.digest).await?),
        _ => Ok(Some(in_force.clone())),
    }
}

/// Notes that a letter to `to` holds `charter`, if it holds one; for the journal the first time.
pub(super) fn told(dispute: &mut Dispute, to: Role, charter: Option<&Charter>, now: Instant) -> String {
    let Some((party, charter)) = to.party().zip(charter) else { return String::new() };
    let first = dispute.consent.charter(party).told().is_none();
    dispute.consent.tell_charter(party, charter.edition(), now);
    if first { format!("; the {to} is told the charter {}", charter.edition().short()) } else { String::new() }
}

/// For the journal: who accepted which charter in the mail `cause`.
pub(super) fn accepted(dispute: &Dispute, cause: Digest) -> String {
    let by = |party: Party| {
        let (edition, given) = dispute.consent.charter(party).accepted()?;
        (given.evidence == cause).then(|| format!("; the {} accepts the charter {}, digest {}", Role::from(party), edition.version, edition.digest))
    };
    [Party::Consumer, Party::Merchant].into_iter().filter_map(by).collect()
}
