//! Bytes of a mail → [`Letter`]: what the service reads. Pure; the only user of mail-parser.

mod attachment;
mod automatic;
mod bomb;
mod bounce;
mod category;
mod command;
mod content;
mod encoded;
mod exhibit;
mod facts;
mod fold;
mod glance;
mod hashing;
mod headers;
mod html;
mod intent;
mod kind;
mod knowledge;
mod language;
mod lexicon;
mod limits;
mod loops;
mod mend;
mod notice;
mod order;
mod pattern;
mod phrasebook;
mod read;
mod reply;
mod script;
mod secret;
mod sender;
mod span;
mod spelling;
mod stem;
mod subject;
#[cfg(test)]
mod tests;
mod transfer;
mod when;

pub use command::address_in;
pub use exhibit::{Exhibits, Withheld, WithheldBecause, exhibits};
pub use facts::points::points_in;
pub use knowledge::Knowledge;
pub use limits::Limits;
pub use phrasebook::CATEGORIES;
pub use read::{read, read_head};
pub use stem::root;

use crate::domain::{Address, Day, Digest, Facts, Instant, Intent, LanguageForm, MessageId, Money, Proposal, ReplyCode, When};
use serde::{Deserialize, Serialize};

/// What was read in one mail. Everything in it came from outside and is only a claim until authority is established.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
pub struct Letter {
    /// Size of the raw mail.
    pub bytes: usize,
    /// Whether it could be read.
    pub reading: Reading,
    /// What is odd about it, as short words: `bare-cr`, `two-from-fields`, `card-number` (never the value).
    pub faults: Vec<String>,
    /// Its Message-ID, if it has a usable one.
    pub message_id: Option<MessageId>,
    /// The address in From as a mail program would show it; identity only through `sender`.
    pub from: Option<String>,
    /// The display name in From.
    pub from_name: Option<String>,
    /// Addresses in To.
    pub to: Vec<String>,
    /// Addresses in Cc.
    pub cc: Vec<String>,
    /// Addresses that the delivering servers noted: Delivered-To, X-Original-To, Envelope-To; topmost first.
    pub delivered_to: Vec<String>,
    /// Decoded subject.
    pub subject: String,
    /// The Date field; display only (THREATS T58).
    pub date: Option<Instant>,
    /// Message-IDs in In-Reply-To.
    pub in_reply_to: Vec<MessageId>,
    /// Message-IDs in References, newest last, at most 20.
    pub references: Vec<MessageId>,
    /// The whole decoded text.
    pub text: String,
    /// Only what the sender newly wrote, without quotes and signature, secrets masked; all of `text` if nothing would be left.
    pub reply_text: String,
    /// The signature that was cut, with the blank lines before it: `reply_text`, a line feed and it give the new text back.
    pub signature: String,
    /// What was cut as written by others, in its order: together with `reply_text` and `signature` every line of `text` that is not blank.
    #[serde(default)]
    pub quoted: String,
    /// What was written by whom or what.
    pub kind: Kind,
    /// Whether an automatic answer is allowed (RFC 3834).
    pub may_answer: bool,
    /// What a delivery report reports.
    pub bounce: Option<Bounce>,
    /// The strict sender gate (DESIGN §5).
    pub sender: SenderGate,
    /// Language form of the new text.
    pub language: LanguageForm,
    /// Category code of DOMAIN §4.1, if one stands out.
    pub category: Option<String>,
    /// The category codes that the text speaks for, best first, at most three: what to offer where none stands out.
    #[serde(default)]
    pub candidates: Vec<String>,
    /// What the person seems to want; never enough for an act with legal weight.
    pub intents: Vec<Intent>,
    /// Reply codes that stand outside quoted text, in the first lines.
    pub commands: Vec<Command>,
    /// Those beside which something stands that makes a yes none.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub qualified: Vec<Command>,
    /// What is named beside these.
    #[serde(default, skip_serializing_if = "Named::is_nothing")]
    pub named: Named,
    /// Fields that the text surely states.
    pub facts: Facts,
    /// Answers to questions, as in "1) 48213", or a short mail that may be nothing but answers.
    #[serde(default)]
    pub answers: Vec<Answer>,
    /// What was newly written under numbers.
    #[serde(default)]
    pub numbered: Numbered,
    /// The lines of a proposal, if the mail begins with the word that proposes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub terms: Option<Vec<TermLine>>,
    /// The order that the mail begins with.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub order: Option<Order>,
    /// Values that were read but are no facts until a person confirms them.
    #[serde(default)]
    pub proposals: Vec<Proposal>,
    /// Attachments.
    pub attachments: Vec<Attachment>,
    /// Which lexicon entries and rules fired.
    pub because: Vec<String>,
    /// Digest of the decoded text and the attachments: equal for two copies of one mail whatever their headers.
    pub body_digest: Digest,
}

/// What kind of mail it is, never who wrote it nor what it says.
impl std::fmt::Debug for Letter {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Letter({} bytes, {:?}, {:?}, {} attachments)", self.bytes, self.reading, self.kind, self.attachments.len())
    }
}

impl Letter {
    /// Whether something in the mail was masked that nobody should send: a card, an account, an identity card, a password.
    pub fn hides_secret(&self) -> bool {
        self.faults.iter().any(|fault| secret::KINDS.contains(&fault.as_str()))
    }

    /// Whether the mail passed through more servers than any that goes straight to its recipient: it goes in a circle.
    pub fn goes_in_a_circle(&self) -> bool {
        self.faults.iter().any(|fault| fault == read::CIRCLE)
    }
}

/// Amounts and remedies (DOMAIN §4.4) that are named in a mail beside a code: a yes to other ones than were offered is no plain one.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Named {
    /// The amounts.
    #[serde(default)]
    pub amounts: Vec<Money>,
    /// Whether there is one more of which nobody can say how much it is.
    #[serde(default)]
    pub unsure: bool,
    /// The codes of the remedies.
    #[serde(default)]
    pub remedies: Vec<String>,
}

impl Named {
    fn is_nothing(&self) -> bool {
        self.amounts.is_empty() && self.remedies.is_empty() && !self.unsure
    }
}

/// An answer to a question of a letter (DOMAIN §3.3). Which question it answers, only who asked knows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Answer {
    /// The number that it was given; `None` in a bare list of answers, which stand in the order of the questions.
    pub number: Option<u8>,
    /// The answer.
    pub text: String,
    /// What it would be as each field of which it can be a value.
    pub means: Facts,
    /// Whether it is a plain yes and nothing else.
    pub yes: bool,
    /// Whether it says that this is not known: "je ne l'ai pas".
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub unknown: bool,
}

/// What was newly written under numbers, and whether anything was besides.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Numbered {
    /// In its order.
    pub under: Vec<Under>,
    /// Whether anything but greetings and thanks stands under no number.
    pub beside: bool,
}

/// What stands under one number.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Under {
    /// The number.
    pub number: u8,
    /// The numbered words of a quotation that it stands directly below; empty where its writer set the number.
    pub below: String,
    /// Line by line, as its writer ended them.
    pub lines: Vec<String>,
}

/// Whether a mail could be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Reading {
    /// It was read.
    Read,
    /// It is no mail, or breaks a limit.
    Unreadable,
    /// It is larger than the limit.
    TooLarge,
}

/// What a mail is (THREATS §5).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// A person wrote it.
    Human,
    /// A program answered (RFC 3834).
    AutoReply,
    /// A program asks the sender to prove to be human.
    Challenge,
    /// A letter did not arrive (RFC 3464).
    Bounce,
    /// A letter is late.
    Delay,
    /// A letter arrived.
    Delivered,
    /// A complaint about spam (RFC 5965).
    Feedback,
    /// Another machine report.
    Report,
    /// A read receipt (RFC 8098).
    ReadReceipt,
    /// A list or newsletter (RFC 2369, RFC 8058).
    Bulk,
    /// We wrote it.
    Own,
}

/// A delivery report.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Bounce {
    /// Whom it is about.
    pub recipients: Vec<BouncedRecipient>,
    /// The letter that it is about.
    pub original_message_id: Option<MessageId>,
}

/// One recipient of a delivery report.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BouncedRecipient {
    /// The address, as reported: the one at which the letter ended.
    pub address: String,
    /// The address that the letter was written to, where the report names both and they differ (RFC 3464 §2.3.1).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub written_to: Option<String>,
    /// `failed`, `delayed`, `delivered`, `relayed`, `expanded`.
    pub action: String,
    /// Enhanced status code (RFC 3463), e.g. `5.1.1`.
    pub status: Option<String>,
    /// Whether it is for good.
    pub permanent: bool,
}

/// Whether From names exactly one mailbox in exactly one way.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum SenderGate {
    /// Exactly one raw From field, one mailbox, strict addr-spec.
    Open(Address),
    /// Anything else; the reason in a short word.
    Shut(String),
}

/// A word and a code that stand outside quoted text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Command {
    /// What the word means.
    pub intent: Intent,
    /// The code after it.
    pub code: ReplyCode,
    /// What follows on the line.
    pub argument: String,
}

/// What a mediator orders by the first line of a mail; of anybody else's mail it means nothing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Order {
    /// What the word means.
    pub intent: Intent,
    /// The side that is named after it.
    pub side: Option<Debtor>,
    /// The first number after it.
    pub days: Option<u16>,
    /// The day for later that it names, of an order to be reminded then.
    pub when: Option<When>,
    /// Words that are masked in what stands below, of an order to pass it on.
    pub masks: Vec<String>,
    /// The rest of the line.
    pub argument: String,
    /// What stands below.
    pub text: String,
}

/// One line of what somebody proposes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TermLine {
    /// What is to be done, in the writer's words.
    pub text: String,
    /// Who does it, if the line names somebody.
    pub debtor: Option<Debtor>,
    /// The amount, if the line names one.
    pub amount: Option<Money>,
    /// The last day, if the line names a day that is not over, or so many days.
    pub due: Option<Day>,
    /// The remedy that the line speaks of, if it speaks of exactly one: a code of DOMAIN §4.4.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub remedy: Option<String>,
}

/// Who a line of a proposal names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Debtor {
    /// Who sold.
    Seller,
    /// Who bought.
    Buyer,
    /// Who writes.
    Writer,
}

/// An attachment, described but not kept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Attachment {
    /// Decoded and made safe.
    pub name: Option<String>,
    /// Media type, sniffed where the declared one lies.
    #[serde(rename = "type")]
    pub media_type: String,
    /// Decoded size.
    pub bytes: usize,
    /// SHA-1 of the decoded content, 40 hexadecimal digits: identifies a file, protects nothing.
    pub sha1: String,
    /// What kind of thing it is.
    pub shape: Shape,
    /// Whether it is something else than its declared type or its name says.
    pub mismatch: bool,
    /// Whether it could do harm when it is opened.
    pub dangerous: bool,
    /// Why, in a short word: `program`, `double-extension`, `macros`, `archive-holds-program`, …
    pub danger: Option<String>,
}

/// What kind of thing an attachment is for a person.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Shape {
    /// Something to read.
    Document,
    /// A picture.
    Picture,
    /// Sound or film.
    Recording,
    /// Files packed into one.
    Archive,
    /// Another mail.
    Mail,
    /// Somebody's address card (vCard, RFC 6350).
    Card,
    /// An appointment (iCalendar, RFC 5545).
    Calendar,
    /// Outlook's own wrapping of a mail, `winmail.dat` (MS-OXTNEF).
    Tnef,
    /// A signature or key.
    Signature,
    /// Anything else.
    Other,
}
