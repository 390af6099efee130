//! Who speaks, and about which dispute: the table of DESIGN §5, without any I/O.

use crate::authenticate::Author;
use crate::domain::{Address, Channel, Dispute, DisputeId, HeldReason, Reference, Role};

/// What a mail brings to prove that it may speak.
#[derive(Debug)]
pub struct Claims<'a> {
    /// The author, if From names exactly one mailbox.
    pub sender: Option<&'a Address>,
    /// What the author's domain says of the signature.
    pub author: Author,
    /// Capabilities: what reply tokens and our own Message-IDs in it are bound to. Reply tokens come first.
    pub capabilities: &'a [Capability],
    /// Disputes that it names without any authority: by a case address, by the Message-ID of a mail that they know, by the reference in the subject.
    pub named: &'a [&'a Dispute],
    /// The references in the subject that have the right check character, each with its dispute if there is one.
    pub references: &'a [(Reference, Option<DisputeId>)],
    /// Whether anything shaped like a reference is written in the subject, or in an address of ours.
    pub mentions_any: bool,
}

/// A reply token or a Message-ID of ours: which dispute, role and channel it was given to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Capability {
    /// In which dispute.
    pub dispute: DisputeId,
    /// To whom.
    pub role: Role,
    /// Who reads what is written with it.
    pub channel: Channel,
    /// What it is.
    pub by: By,
}

/// What carries a capability.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum By {
    /// A reply address: its writer chose where to write.
    Token,
    /// In-Reply-To or References: what the mail answers.
    MessageId,
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
        /// On which channel.
        channel: Channel,
        /// Whether acts with legal weight are heard: authenticated, known as somebody who binds, and with a capability.
        binding: bool,
    },
    /// An authenticated stranger, who may open a dispute.
    Newcomer,
    /// A person must look; nothing is said to anybody.
    Held(HeldReason, Option<DisputeId>),
}

/// As what a mail with these claims is heard; `find` gives the dispute of a capability, or the one that it was merged into.
pub fn standing<'a>(claims: &Claims<'a>, unknown_may_write: bool, find: impl Fn(DisputeId) -> Option<&'a Dispute>) -> Standing {
    let Some(sender) = claims.sender else {
        return Standing::Held(HeldReason::NotAuthenticated, claims.capabilities.first().map(|capability| capability.dispute));
    };
    let heard = match claims.author {
        Author::Proven | Author::Vouched => true,
        Author::Unknown => unknown_may_write,
        Author::Refuted => false,
    };
    let Some(first) = claims.capabilities.first() else {
        return without_capability(claims, sender);
    };
    let Some(dispute) = find(first.dispute).filter(|dispute| agree(claims, first, dispute)) else {
        return Standing::Held(HeldReason::Conflict, None);
    };
    if !heard {
        return Standing::Held(HeldReason::NotAuthenticated, Some(dispute.id));
    }
    match dispute.knows(sender) {
        Some((role, known)) if role == first.role => {
            Standing::Participant { dispute: dispute.id, role, channel: first.channel, binding: claims.author == Author::Proven && known.binds() }
        }
        Some(_) => Standing::Held(HeldReason::WrongSender, Some(dispute.id)),
        None => Standing::Held(HeldReason::UnknownSender, Some(dispute.id)),
    }
}

/// Whether every signal points to the same person of the same dispute. Of two reply addresses of one person on two channels nobody can say who was
/// meant to read it. A foreign reference in the subject is a contradiction whether it exists or not, so that nothing can be learnt from the answer.
fn agree(claims: &Claims<'_>, first: &Capability, dispute: &Dispute) -> bool {
    let same = |other: &Capability| other.dispute == first.dispute && other.role == first.role && (other.by == By::MessageId || other.channel == first.channel);
    claims.capabilities.iter().all(same)
        && claims.named.iter().all(|named| named.id == dispute.id)
        && claims.references.iter().all(|(_, named)| *named == Some(dispute.id))
}

/// Without a capability only proof is heard: a reference is public, and an acknowledgement to a forged sender would be a nuisance to its owner.
fn without_capability(claims: &Claims<'_>, sender: &Address) -> Standing {
    let proven = claims.author.is_authenticated();
    let mut known = claims.named.iter().filter_map(|dispute| dispute.role_of(sender).map(|role| (dispute.id, role)));
    match (known.next(), known.next()) {
        (Some(one), Some(other)) if one != other => Standing::Held(HeldReason::Conflict, None),
        (Some((dispute, _)), _) if !proven => Standing::Held(HeldReason::NotAuthenticated, Some(dispute)),
        (Some((dispute, role)), _) => Standing::Participant { dispute, role, channel: Channel::private_to(role), binding: false },
        (None, _) if !proven => Standing::Held(HeldReason::NotAuthenticated, None),
        (None, _) if claims.mentions_any => Standing::Held(HeldReason::UnknownSender, None),
        (None, _) => Standing::Newcomer,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{Consent, Dice, Digest, Instant, Joint, Language, Participant, Statement};

    fn address(text: &str) -> Address {
        Address::parse(text).unwrap()
    }

    fn dispute(number: u8) -> Dispute {
        let mut dice = Dice::from_seed([number; 32]);
        let mut person = |role: Role, text: &str| Participant::joining(role, address(text), None, Language::Fr, &mut dice);
        let (consumer, merchant) =
            (person(Role::Consumer, &format!("consumer{number}@a.example")), person(Role::Merchant, &format!("merchant{number}@b.example")));
        Dispute {
            id: DisputeId::new([number; 16]),
            reference: Reference::fresh(&mut dice),
            rules: Digest::of(b"rules"),
            desk: address("desk@service.example"),
            state: "invited".to_owned(),
            version: 1,
            opened: Instant::from_micros(0),
            entered: Instant::from_micros(0),
            deadline: None,
            term: None,
            suspended: None,
            left: None,
            outcome: None,
            rejection: None,
            consumer,
            merchant: Some(merchant),
            operator: None,
            mediator: None,
            mission: None,
            recused: Vec::new(),
            pending: None,
            shares: Vec::new(),
            attention: Default::default(),
            joint: Joint::default(),
            merged_into: None,
            frozen: None,
            listing: None,
            complaint: Statement::default(),
            consent: Consent::default(),
            merchant_performed: None,
            noticed: Default::default(),
            service: None,
            linked: None,
        }
    }

    struct Case {
        author: Author,
        sender: Option<&'static str>,
        capability: Option<(u8, Role)>,
        mentions: Option<u8>,
        expected: Standing,
    }

    fn heard(case: &Case, unknown_may_write: bool) -> Standing {
        let disputes = [dispute(1), dispute(2)];
        let sender = case.sender.map(address);
        let capabilities: Vec<Capability> = case
            .capability
            .iter()
            .map(|(number, role)| Capability { dispute: DisputeId::new([*number; 16]), role: *role, channel: Channel::private_to(*role), by: By::Token })
            .collect();
        let named: Vec<&Dispute> = disputes.iter().filter(|dispute| case.mentions.is_some_and(|number| dispute.id == DisputeId::new([number; 16]))).collect();
        let references: Vec<(Reference, Option<DisputeId>)> = named.iter().map(|dispute| (dispute.reference.clone(), Some(dispute.id))).collect();
        let claims = Claims {
            sender: sender.as_ref(),
            author: case.author,
            capabilities: &capabilities,
            named: &named,
            references: &references,
            mentions_any: case.mentions.is_some(),
        };
        standing(&claims, unknown_may_write, |id| disputes.iter().find(|dispute| dispute.id == id))
    }

    fn one() -> DisputeId {
        DisputeId::new([1; 16])
    }

    #[test]
    fn the_table_of_authority() {
        use Author::{Proven, Refuted, Unknown, Vouched};
        const KNOWN: Option<&str> = Some("consumer1@a.example");
        const OTHER: Option<&str> = Some("eve@c.example");
        let token = Some((1, Role::Consumer));
        let speaks = |binding: bool| Standing::Participant { dispute: one(), role: Role::Consumer, channel: Channel::ConsumerPrivate, binding };
        let held = |reason: HeldReason| Standing::Held(reason, Some(one()));
        let nobody = |reason: HeldReason| Standing::Held(reason, None);
        let cases = [
            (Proven, KNOWN, token, None, speaks(true)),
            (Proven, KNOWN, token, Some(1), speaks(true)),
            (Proven, KNOWN, None, Some(1), speaks(false)),
            (Proven, KNOWN, None, None, Standing::Newcomer),
            (Proven, KNOWN, Some((2, Role::Consumer)), None, Standing::Held(HeldReason::UnknownSender, Some(DisputeId::new([2; 16])))),
            (Proven, KNOWN, Some((2, Role::Consumer)), Some(1), nobody(HeldReason::Conflict)),
            (Proven, KNOWN, Some((1, Role::Merchant)), None, held(HeldReason::WrongSender)),
            (Proven, KNOWN, Some((9, Role::Consumer)), None, nobody(HeldReason::Conflict)),
            (Vouched, KNOWN, token, None, speaks(false)),
            (Vouched, KNOWN, None, Some(1), speaks(false)),
            (Vouched, OTHER, token, None, held(HeldReason::UnknownSender)),
            (Vouched, OTHER, None, None, Standing::Newcomer),
            (Proven, OTHER, token, None, held(HeldReason::UnknownSender)),
            (Proven, OTHER, None, Some(1), nobody(HeldReason::UnknownSender)),
            (Proven, OTHER, None, None, Standing::Newcomer),
            (Unknown, KNOWN, token, None, held(HeldReason::NotAuthenticated)),
            (Unknown, KNOWN, None, Some(1), held(HeldReason::NotAuthenticated)),
            (Unknown, OTHER, None, None, nobody(HeldReason::NotAuthenticated)),
            (Refuted, KNOWN, token, None, held(HeldReason::NotAuthenticated)),
            (Refuted, KNOWN, None, Some(1), held(HeldReason::NotAuthenticated)),
            (Refuted, OTHER, None, None, nobody(HeldReason::NotAuthenticated)),
            (Proven, None, token, None, held(HeldReason::NotAuthenticated)),
            (Proven, None, None, None, nobody(HeldReason::NotAuthenticated)),
        ];
        for (author, sender, capability, mentions, expected) in cases {
            let case = Case { author, sender, capability, mentions, expected };
            assert_eq!(heard(&case, false), case.expected, "{author:?} {sender:?} {capability:?} {mentions:?}");
        }
    }

    #[test]
    fn a_service_may_hear_authors_of_whom_dns_says_nothing_but_never_with_legal_weight() {
        let case = Case {
            author: Author::Unknown,
            sender: Some("consumer1@a.example"),
            capability: Some((1, Role::Consumer)),
            mentions: None,
            expected: Standing::Newcomer,
        };
        assert_eq!(heard(&case, true), Standing::Participant { dispute: one(), role: Role::Consumer, channel: Channel::ConsumerPrivate, binding: false });
        let refuted = Case { author: Author::Refuted, ..case };
        assert_eq!(heard(&refuted, true), Standing::Held(HeldReason::NotAuthenticated, Some(one())));
    }
}
