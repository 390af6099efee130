//! The words of the house: what a dispute is made of, without any way to read, keep or send it.
//!
//! Everything here is pure data with its invariants. Rooms on higher floors use these types; this room uses no other.

pub mod address;
pub mod code;
pub mod decision;
pub mod dice;
pub mod digest;
pub mod dispute;
pub mod event;
pub mod exhibit;
pub mod facts;
pub mod fault;
pub mod fold;
pub mod gate;
pub mod intent;
pub mod language;
pub mod mac;
pub mod mail;
pub mod money;
mod noticed;
pub mod outcome;
pub mod people;
pub mod reference;
pub mod role;
pub mod shingles;
pub mod spoken;
pub mod statement;
pub mod time;
pub mod token;
pub mod view;

pub use address::{Address, NotAnAddress};
pub use code::{Matter, ReplyCode};
pub use decision::{Decision, Effect, Judgement, Step};
pub use dice::Dice;
pub use digest::Digest;
pub use dispute::{Agreement, Consent, Deadline, Dispute, DisputeId, Given, Joint, MOST_QUESTIONS, Request, Suspended};
pub use event::{Act, Actor, Event};
pub use exhibit::{Exhibit, ExhibitKind};
pub use facts::{Fact, Facts};
pub use fault::Fault;
pub use gate::Gate;
pub use intent::{CodeWord, CodeWords, Intent};
pub use language::{Language, LanguageForm};
pub use mac::MacKey;
pub use mail::{MessageId, OutboundMail};
pub use money::Money;
pub use noticed::{Noticed, Priority, Question};
pub use outcome::{HeldReason, MailOutcome, Outcome, RejectReason};
pub use people::{Contact, ContactStanding, KnownAs, Participant, Reachable, Seat};
pub use reference::Reference;
pub use role::{Channel, Party, Role};
pub use shingles::Shingles;
pub use spoken::{Beside, Spoken};
pub use statement::{Proposal, Statement};
pub use time::{Day, Instant, Zone, zones_are_current};
pub use token::Token;
