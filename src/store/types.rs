//! What goes into the store and what comes out of it.

use crate::domain::{Act, Actor, Address, Channel, Digest, DisputeId, HeldReason, Instant, MailOutcome, MessageId, OutboundMail, Reference, Role, Step};
use serde::{Deserialize, Serialize};
use std::fmt;

/// The number of a mail that came in; small, so that an operator can type it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct LetterNumber(pub i64);

/// Identifies a row of the outbox. Written as 16 hexadecimal digits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct OutboxId(pub i64);

impl OutboxId {
    /// Reads what its `Display` wrote.
    pub fn parse(text: &str) -> Option<Self> {
        (text.len() == 16).then(|| i64::from_str_radix(text, 16).ok().map(Self)).flatten()
    }
}

impl fmt::Display for LetterNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.0)
    }
}

impl fmt::Display for OutboxId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:016x}", self.0)
    }
}

/// A mail as it was fetched.
pub struct Arrival {
    /// The mailbox's name in the configuration.
    pub mailbox: String,
    /// UIDVALIDITY of the folder (RFC 9051 §2.3.1.1).
    pub uid_validity: u32,
    /// UID of the mail in it.
    pub uid: u32,
    /// When the mail server received it; not in the future, whatever its clock says.
    pub received: Instant,
    /// The whole message.
    pub bytes: Vec<u8>,
}

/// What the store knows of a mail that was just received.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Receipt {
    /// Its number.
    pub letter: LetterNumber,
    /// What its bytes come to.
    pub digest: Digest,
    /// What is to be done with it.
    pub state: ReceiptState,
}

/// What is to be done with a mail that was just received.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ReceiptState {
    /// To be read and settled; `attempts` counts this time too.
    New {
        /// How many times somebody set about it.
        attempts: u32,
    },
    /// It was settled before: only filing is left. A second copy says [`MailOutcome::Duplicate`].
    Settled(MailOutcome),
    /// The same bytes stand earlier in the same group: settle that one.
    InHand,
}

/// What is known of one UID of a folder.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sighted {
    /// The mail.
    pub letter: LetterNumber,
    /// How it ended, once it did.
    pub settled: Option<MailOutcome>,
    /// Whether it was filed away.
    pub filed: bool,
}

/// Mails that were filed away: they lie no longer where they were seen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Filed {
    /// Name of the mailbox.
    pub mailbox: String,
    /// UIDVALIDITY of its folder.
    pub uid_validity: u32,
    /// Their UIDs there.
    pub uids: Vec<u32>,
    /// When that was noted.
    pub at: Instant,
}

/// A mail that was received and not settled.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Unsettled {
    /// Its number.
    pub letter: LetterNumber,
    /// How many times somebody set about it.
    pub attempts: u32,
}

/// How a mail ends.
pub struct Settlement {
    /// Its outcome.
    pub outcome: MailOutcome,
    /// The dispute it belongs to, if it belongs to one. Its bytes are then sealed under that dispute's key.
    pub dispute: Option<DisputeId>,
    /// Whom it claims to be from.
    pub sender: Option<Address>,
    /// Its Message-ID.
    pub message_id: Option<MessageId>,
    /// Digest of its text: what makes two mails copies of each other.
    pub body: Option<Digest>,
    /// What authentication said, as JSON.
    pub verdict: String,
    /// Why it ended so, in words for the operator.
    pub because: String,
}

/// An earlier mail of the same sender with the same text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Copy {
    /// Its number.
    pub letter: LetterNumber,
    /// Whether both have the given Message-ID.
    pub message_id_same: bool,
    /// When it was received.
    pub received: Instant,
    /// The dispute it belongs to.
    pub dispute: Option<DisputeId>,
    /// How it ended.
    pub outcome: MailOutcome,
}

/// A mail that waits for a person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HeldLetter {
    /// Its number.
    pub number: LetterNumber,
    /// Why it waits.
    pub reason: HeldReason,
    /// When it was received.
    pub received: Instant,
    /// The mailbox in which it was first seen.
    pub mailbox: String,
    /// The dispute it seems to belong to.
    pub dispute: Option<Reference>,
}

/// What the operator reads about one mail.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Note {
    /// What authentication said, as JSON.
    pub verdict: String,
    /// Why it ended as it did.
    pub because: String,
}

/// To whom and what a reply token is bound.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Bound {
    /// The dispute.
    pub dispute: DisputeId,
    /// The participant it was given to.
    pub role: Role,
    /// Who reads what is written to it.
    pub channel: Channel,
    /// Whether the dispute is open: a token ends with its dispute.
    pub open: bool,
}

/// A letter of ours that was found again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OwnLetter {
    /// Its row.
    pub id: OutboxId,
    /// The dispute it speaks about.
    pub dispute: Option<DisputeId>,
    /// To whom it was written.
    pub role: Role,
    /// Who reads what is answered to it.
    pub channel: Channel,
}

/// A letter that this node may send now.
pub struct OutboxRow {
    /// Its row.
    pub id: OutboxId,
    /// The dispute it speaks about.
    pub dispute: Option<DisputeId>,
    /// To whom it is written.
    pub role: Role,
    /// Name of the letter.
    pub letter: String,
    /// How many times it was claimed, this time included.
    pub attempt: u32,
    /// How many times nobody knows whether it left: each may be a second copy on the wire.
    pub uncertain: u32,
    /// Whether the last that is known of it is that its dot may have left.
    pub doubtful: bool,
    /// Whether the operator sends it in spite of the limit that it waited for.
    pub lifted: bool,
    /// When it was enqueued, or sent on by the operator.
    pub queued: Instant,
    /// The letter.
    pub mail: OutboundMail,
}

/// How an attempt to send ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sent {
    /// The server took it.
    Delivered {
        /// Its reply code, 2xx.
        reply_code: u16,
    },
    /// Nobody heard the server take it, and a copy of what it took was found.
    Found,
    /// It surely did not leave; try again.
    Later {
        /// The server's reply code, if it gave one.
        code: Option<u16>,
        /// When to try again.
        at: Instant,
    },
    /// It was claimed and no attempt was made, because there was no server: it does not count as one.
    Untried {
        /// From when on it may be claimed again.
        at: Instant,
    },
    /// Nobody knows whether it left; send the same bytes again.
    Uncertain {
        /// When to send it again.
        at: Instant,
    },
    /// Trying again does not help: it waits for the operator.
    Stopped,
}

/// A row of the outbox as the operator sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OutboxSummary {
    /// Its row.
    pub id: OutboxId,
    /// The case it speaks about.
    pub dispute: Option<Reference>,
    /// To whom it is written.
    pub role: Role,
    /// Name of the letter.
    pub letter: String,
    /// queued, leased, dot-pending, delivered, refused, uncertain or stopped.
    pub state: String,
    /// How many times it was claimed.
    pub attempts: u32,
    /// How many times nobody knows whether it left.
    pub uncertain: u32,
    /// When it was enqueued, or sent on by the operator.
    pub queued: Instant,
    /// When somebody will look at it next.
    pub due: Option<Instant>,
    /// The last reply code.
    pub reply_code: Option<u16>,
    /// Which limit it waits for or waited for, as the store calls it.
    pub waits: Option<String>,
}

/// One entry of a dispute's journal.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct JournalEntry {
    /// When.
    pub at: Instant,
    /// Through whom.
    pub actor: Actor,
    /// What.
    pub act: Act,
    /// The mail, timer or command that it came from.
    pub cause: Digest,
    /// The rules that spoke.
    pub steps: Vec<Step>,
    /// Message-IDs of the letters that follow from it.
    pub letters: Vec<String>,
    /// A word for the operator.
    pub note: String,
}

/// An entry holds what people wrote: it never appears in a log or a panic.
impl fmt::Debug for JournalEntry {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "JournalEntry({} {})", self.actor.name(), self.act.name())
    }
}

/// An entry as it stands in the chain.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Recorded {
    /// Its place, from 1.
    pub seq: u64,
    /// The dispute's version after it.
    pub version: u64,
    /// The entry; `None` where it cannot be opened (altered, or the dispute was erased).
    pub entry: Option<JournalEntry>,
    /// Whether its hash and the one before it are right.
    pub sound: bool,
}

/// What was found when every chain was gone through.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Verified {
    /// Disputes looked at.
    pub disputes: u64,
    /// Entries looked at.
    pub entries: u64,
    /// What is wrong, as sentences.
    pub faults: Vec<String>,
}

/// Whether a dispute is open, closed or erased.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Standing {
    /// It is going on.
    Open,
    /// It is over.
    Closed,
    /// Its key was destroyed: only the reference and the chain of its journal are left.
    Erased,
}

impl Standing {
    /// The word used in the store.
    pub fn name(self) -> &'static str {
        match self {
            Standing::Open => "open",
            Standing::Closed => "closed",
            Standing::Erased => "erased",
        }
    }

    /// Reads such a word.
    pub fn parse(name: &str) -> Option<Self> {
        [Standing::Open, Standing::Closed, Standing::Erased].into_iter().find(|standing| standing.name() == name)
    }
}

/// One line of a list of disputes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DisputeSummary {
    /// Identity.
    pub id: DisputeId,
    /// What people see and quote.
    pub reference: Reference,
    /// Open, closed or erased.
    pub standing: Standing,
    /// Name of its state.
    pub state: String,
    /// When it was opened.
    pub opened: Instant,
    /// When the clock has something to say.
    pub wake: Option<Instant>,
}
