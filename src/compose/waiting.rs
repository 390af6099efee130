//! Letters to the registrar about what waits.

use super::envelope::Envelope;
use super::{ComposeError, House, Stationery, fill};
use crate::domain::{Address, Channel, Digest, HeldReason, Instant, Language, OutboundMail, Reference, Role, Zone};

/// Writes to the registrar about what waits: of letters why they do not leave and until when; of a case that a letter could not be written.
///
/// No guard looks at it, because there is nothing of a person in it to be found: each value is a number, an instant, a name of the configuration, a reference
/// or a sentence of ours ([`Waiting`]), and its reader answers for all mail of the service.
///
/// # Errors
/// As [`letter`].
pub fn notice(stationery: &Stationery, house: &House, notice: &Notice<'_>) -> Result<OutboundMail, ComposeError> {
    let letter = notice.waiting.letter();
    let facts = fill::waiting(house, notice);
    let (subject, blocks, template) = stationery.write(letter, notice.language, &facts)?;
    let envelope = Envelope {
        to: notice.operator,
        role: Role::Operator,
        channel: Channel::Desk,
        letter,
        language: notice.language,
        desk: notice.desk,
        reply_to: notice.desk,
        subject: &subject,
        blocks: &blocks,
        charter: &[],
        exhibits: &[],
        thread: &[],
        answers: false,
        now: notice.now,
        cause: notice.cause,
        index: 0,
        template,
    };
    envelope.seal(house)
}

/// Something that waits for the registrar.
#[derive(Debug, Clone)]
pub struct Notice<'a> {
    /// The registrar's address.
    pub operator: &'a Address,
    /// The registrar's language.
    pub language: Language,
    /// What waits.
    pub waiting: Waiting<'a>,
    /// Digest of what it follows from.
    pub cause: Digest,
    /// When the notice is written.
    pub now: Instant,
    /// The service's address that it leaves from.
    pub desk: &'a Address,
    /// The zone in which days are told.
    pub zone: &'a Zone,
}

/// What waits for the registrar. Nothing that somebody wrote, and nobody's address.
#[derive(Debug, Clone)]
pub enum Waiting<'a> {
    /// Letters of ours that do not leave: the letter `stopped`.
    Letters {
        /// Which limit was reached.
        stop: Stop,
        /// Number of the first of them in the outbox.
        number: String,
        /// When they leave.
        until: Instant,
    },
    /// A dispute in which a clock rang and its letter could not be written: the letter `unwritten`.
    Case {
        /// Which dispute.
        reference: &'a Reference,
        /// Why not.
        reason: HeldReason,
        /// When it is tried again.
        again: Instant,
    },
}

/// To whom more letters would leave than may.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stop {
    /// To one address.
    Address,
    /// To one domain.
    Domain,
    /// To all together.
    All,
}

impl Waiting<'_> {
    /// The name of the letter.
    fn letter(&self) -> &'static str {
        match self {
            Waiting::Letters { .. } => "stopped",
            Waiting::Case { .. } => "unwritten",
        }
    }
}
