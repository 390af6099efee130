//! Who speaks, and about which dispute: the table of DESIGN §5, without any I/O.

use crate::authenticate::Author;
use crate::domain::{Address, Dispute, DisputeId, HeldReason, Role};

/// What a mail brings to prove that it may speak.
#[derive(Debug)]
pub struct Claims<'a> {
    /// The author, if From names exactly one mailbox.
    pub sender: Option<&'a Address>,
    /// What the author's domain says of the signature.
    pub author: Author,
    /// Capabilities: what reply tokens and our own Message-IDs in it are bound to.
    pub capabilities: &'a [Capability],
    /// Disputes whose reference is written in the subject.
    pub mentioned: &'a [&'a Dispute],
    /// Whether anything shaped like a reference is written in the subject.
    pub mentions_any: bool,
}

/// A reply token or a Message-ID of ours: which dispute and role it was given to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Capability {
    /// In which dispute.
    pub dispute: DisputeId,
    /// To whom.
    pub role: Role,
}

/// As what a mail is heard.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// A participant speaks.
    Participant {
        /// In which dispute.
        dispute: DisputeId,
        /// In which role.
        role: Role,
        /// Whether acts with legal weight are heard: authenticated, known, and with a capability.
        binding: bool,
    },
    /// An authenticated stranger, who may open a dispute.
    Newcomer,
    /// A person must look; nothing is said to anybody.
    Held(HeldReason, Option<DisputeId>),
}

/// As what a mail with these claims is heard; `find` gives the dispute of a capability.
pub fn standing<'a>(claims: &Claims<'a>, unknown_may_write: bool, find: impl Fn(DisputeId) -> Option<&'a Dispute>) -> Standing {
    let Some(sender) = claims.sender else {
        return Standing::Held(HeldReason::NotAuthenticated, claims.capabilities.first().map(|capability| capability.dispute));
    };
    let heard = match claims.author {
        Author::Proven => true,
        Author::Unknown => unknown_may_write,
        Author::Refuted => false,
    };
    let Some(first) = claims.capabilities.first() else {
        return without_capability(claims, sender, heard);
    };
    let agree = claims.capabilities.iter().all(|other| other == first) && claims.mentioned.iter().all(|mentioned| mentioned.id == first.dispute || mentioned.role_of(sender).is_none());
    if !agree {
        return Standing::Held(HeldReason::Conflict, None);
    }
    let Some(dispute) = find(first.dispute) else {
        return Standing::Held(HeldReason::Conflict, None);
    };
    if !heard {
        return Standing::Held(HeldReason::NotAuthenticated, Some(dispute.id));
    }
    match dispute.role_of(sender) {
        Some(role) if role == first.role => Standing::Participant { dispute: dispute.id, role, binding: claims.author == Author::Proven },
        Some(_) => Standing::Held(HeldReason::WrongSender, Some(dispute.id)),
        None => Standing::Held(HeldReason::UnknownSender, Some(dispute.id)),
    }
}

fn without_capability(claims: &Claims<'_>, sender: &Address, heard: bool) -> Standing {
    let mut known = claims.mentioned.iter().filter_map(|dispute| dispute.role_of(sender).map(|role| (dispute.id, role)));
    match (known.next(), known.next()) {
        (Some(_), Some(_)) => Standing::Held(HeldReason::Conflict, None),
        (Some((dispute, _)), None) if !heard => Standing::Held(HeldReason::NotAuthenticated, Some(dispute)),
        (Some((dispute, role)), None) => Standing::Participant { dispute, role, binding: false },
        (None, _) if !heard => Standing::Held(HeldReason::NotAuthenticated, None),
        (None, _) if claims.mentions_any => Standing::Held(HeldReason::UnknownSender, None),
        (None, _) => Standing::Newcomer,
    }
}
