//! Decision → finished letters: templates, footers, reply addresses and codes. Pure.
//!
//! A letter is written from a [`VisibleTo`], which holds only what its reader may see; so whatever a template says, nothing
//! crosses to the other side. The only user of handlebars and pulldown-cmark, and of lettre's message builder.

mod agreed;
mod background;
mod before;
mod charter;
mod check;
mod clean;
mod client;
mod cooling;
mod dates;
mod disclosure;
mod envelope;
mod escalated;
mod facts;
mod fill;
mod guard;
mod held;
mod mediating;
mod morning;
mod noticed;
mod offers;
mod page;
mod paper;
mod pen;
mod points;
mod reasons;
mod redact;
mod registry;
mod reminding;
mod replies;
mod schema;
mod screen;
mod signature;
mod stationery;
mod tag;
mod timeline;
mod trouble;
mod unchecked;
mod uncounted;
mod waiting;
mod words;

pub use background::{After, Background, LOOKS_BACK};
pub use client::ClientHouse;
pub use envelope::{bounce_tag, loop_stamp};
pub use escalated::answered_before;
pub use guard::{Guard, Leak};
pub use morning::{Morning, morning};
pub use pen::{HeldDigest, HeldItem, OLD_AFTER_DAYS, desk_token, held_digest, pen_code, pen_matter, waits_because};
pub use redact::{Redacted, Redaction};
pub use reminding::{Reminded, Reminding, reminding};
pub use replies::reply_code;
pub use signature::{NoSigner, Signer, Signers};
pub use stationery::Stationery;
pub use unchecked::{Look, Unchecked};
pub use waiting::{Notice, Stop, Waiting};

use crate::domain::view::{CaseView, Consumer, Mediator, Merchant, Operator, VisibleTo};
use crate::domain::{
    Address, Channel, Charter, Contact, Digest, DisputeId, Exhibit, Instant, Intent, Language, MacKey, Matter, OutboundMail, Role, Spoken, Token, Uncounted,
    Zone,
};
use envelope::{Alone, Envelope};
use unchecked::Words;

/// Writes the letter `name` to the person whose view is `to`, in that person's language.
///
/// # Errors
/// When there is no such letter, when its template speaks of something that this occasion does not have, when an address cannot be written in a header, or
/// when the guard finds something in the finished letter that its reader may not be told.
pub fn letter(stationery: &Stationery, house: &House, to: &Addressee<'_>, name: &str, occasion: &Occasion<'_>) -> Result<Written, ComposeError> {
    unchecked(stationery, house, to, name, occasion)?.check()
}

/// The same, before the guard has looked at it.
///
/// # Errors
/// As [`letter`], but for what the guard finds.
pub fn unchecked(stationery: &Stationery, house: &House, to: &Addressee<'_>, name: &str, occasion: &Occasion<'_>) -> Result<Unchecked, ComposeError> {
    let case = to.case();
    let you = case.you;
    let (token, thread) = you.on(occasion.channel).ok_or(ComposeError::Channel)?;
    let token = occasion.gate.token.unwrap_or(token);
    let reply_to = occasion.desk.tagged(house.separator, token.as_str()).map_err(|_| ComposeError::Address)?;
    let to = occasion.gate.to.unwrap_or(&you.address);
    // A text that says what its reader may not be told stays behind, and is no reason to keep the words from being heard.
    let exhibits: Vec<&Exhibit> = case.said.map(Spoken::exhibits).unwrap_or_default().iter().filter(|exhibit| occasion.guard.passes(exhibit, to)).collect();
    let facts = fill::facts(case, house, stationery.words(), occasion, fill::Paper { letter: name, reply_to: &reply_to, passed: exhibits.len() });
    let (subject, blocks, template) = stationery.write(name, you.language, &facts)?;
    let subject = tag::tagged(subject, &facts, you.language);
    let charter = occasion.charter.filter(|charter| charter::asks(&blocks, charter));
    let below = charter.map(|charter| charter::blocks(charter, you.language)).unwrap_or_default();
    let (role, channel, language) = (you.role, occasion.channel, you.language);
    let envelope = Envelope {
        outside: Alone { to, role, channel, letter: name, language, desk: occasion.desk, reply_to: &reply_to, now: occasion.now, cause: occasion.cause },
        subject: &subject,
        blocks: &blocks,
        charter: &below,
        exhibits: &exhibits,
        thread: if occasion.gate.to.is_some() { &[] } else { thread },
        answers: occasion.answers,
        index: occasion.index,
        template: charter.map_or(template, |charter| Digest::of_parts(&[template.as_bytes(), charter.edition().digest.as_bytes()])),
    };
    let mail = envelope.seal(house)?;
    let written = Written { mail, tells_charter: charter.is_some() };
    let words =
        Words { guard: occasion.guard.clone(), memory: stationery.memory(name, language), blocks: blocks.into_iter().chain(below).collect(), subject, facts };
    Ok(Unchecked { written, words })
}

/// A finished letter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Written {
    /// As it leaves.
    pub mail: OutboundMail,
    /// Whether it asks for what accepts the charter, and holds it in full.
    pub tells_charter: bool,
}

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
    let alone = Alone {
        to: notice.operator,
        role: Role::Operator,
        channel: Channel::Desk,
        letter,
        language: notice.language,
        desk: notice.desk,
        reply_to: notice.desk,
        now: notice.now,
        cause: notice.cause,
    };
    alone.write(stationery, house, &facts)
}

/// Writes to an address that has not proved yet whose it is: nothing in the letter names a person or a case (THREATS §5).
///
/// # Errors
/// As [`letter`].
pub fn address_check(stationery: &Stationery, house: &House, check: &Check<'_>) -> Result<OutboundMail, ComposeError> {
    let reply_to = check.desk.tagged(house.separator, check.token.as_str()).map_err(|_| ComposeError::Address)?;
    let facts = fill::check(house, stationery.words(), check, &reply_to);
    let alone = Alone {
        to: check.to,
        role: check.role,
        channel: Channel::private_to(check.role),
        letter: ADDRESS_CHECK,
        language: check.language,
        desk: check.desk,
        reply_to: &reply_to,
        now: check.now,
        cause: check.cause,
    };
    alone.write(stationery, house, &facts)
}

/// The letter that may speak of nothing.
const ADDRESS_CHECK: &str = "address-check";

/// A new address that somebody named, to be asked whether it is theirs.
#[derive(Debug, Clone)]
pub struct Check<'a> {
    /// The new address.
    pub to: &'a Address,
    /// The secret part of the reply address.
    pub token: &'a Token,
    /// What the code in it is about.
    pub matter: &'a Matter,
    /// In which dispute; its code depends on it, and nothing else in the letter.
    pub dispute: DisputeId,
    /// In which role its owner takes part.
    pub role: Role,
    /// The language of the letter.
    pub language: Language,
    /// Digest of the mail that it follows from.
    pub cause: Digest,
    /// When it is written.
    pub now: Instant,
    /// The service's address that it leaves from.
    pub desk: &'a Address,
    /// The zone in which days are told.
    pub zone: &'a Zone,
}

/// What a letter about who may speak for whom has beside its dispute.
#[derive(Debug, Clone, Copy, Default)]
pub struct Gate<'a> {
    /// A reply address of its own.
    pub token: Option<&'a Token>,
    /// Where it goes, if not to the registered address: to the one before it.
    pub to: Option<&'a Address>,
    /// When the mail came that it asks about, and from which address if that is not a known one.
    pub mail: Option<(Instant, Option<&'a Address>)>,
    /// The further address that it tells of.
    pub contact: Option<&'a Contact>,
}

/// What all letters of a service share.
#[derive(Debug, Clone)]
pub struct House {
    /// Name of the service, as it stands before its address in From.
    pub name: PerLanguage,
    /// Who answers for the personal data (footer, DOMAIN §5.5 point 7).
    pub controller: PerLanguage,
    /// Number of the declaration to the data protection authority (CNDP), once there is one.
    pub registration: Option<String>,
    /// What stands between an address and its tag, mostly `+`.
    pub separator: char,
    /// What stands after the `@` of our Message-IDs.
    pub message_id_domain: String,
    /// Where bounces go; each letter adds its own tag.
    pub bounce: Address,
    /// The service's key; each use takes its own key for its purpose from it.
    pub keys: MacKey,
    /// In whose name it writes, where it is the customer service of a merchant; its `name` is then that service's.
    pub client: Option<ClientHouse>,
}

/// One text in each language.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PerLanguage {
    /// French.
    pub fr: String,
    /// Arabic.
    pub ar: String,
    /// English.
    pub en: String,
}

impl PerLanguage {
    /// The text in `language`.
    pub fn of(&self, language: Language) -> &str {
        match language {
            Language::Fr => &self.fr,
            Language::Ar => &self.ar,
            Language::En => &self.en,
        }
    }
}

/// Who is written to, with what that person may see.
#[derive(Debug)]
pub enum Addressee<'a> {
    /// Who bought.
    Consumer(VisibleTo<'a, Consumer>),
    /// Who sold.
    Merchant(VisibleTo<'a, Merchant>),
    /// The registrar.
    Operator(VisibleTo<'a, Operator>),
    /// The mediator.
    Mediator(VisibleTo<'a, Mediator>),
}

impl<'a> Addressee<'a> {
    fn case(&self) -> &CaseView<'a> {
        match self {
            Addressee::Consumer(view) => view.case(),
            Addressee::Merchant(view) => view.case(),
            Addressee::Operator(view) => view.case(),
            Addressee::Mediator(view) => view.case(),
        }
    }
}

/// Why and when a letter is written.
#[derive(Debug, Clone)]
pub struct Occasion<'a> {
    /// The mail or timer that it follows from.
    pub cause: Digest,
    /// Which effect of the decision it is, from 0.
    pub index: usize,
    /// When it is written.
    pub now: Instant,
    /// The channel that it is written on.
    pub channel: Channel,
    /// The service's address that it leaves from.
    pub desk: &'a Address,
    /// The dispute.
    pub dispute: DisputeId,
    /// What the reader can answer with legal weight now: `Dispute::matters` of the reader's role.
    pub matters: Vec<Matter>,
    /// The orders of a registrar that would come to nothing where the dispute stands.
    pub unruled: Vec<Intent>,
    /// Who must act in the dispute's state after the decision; `None` where nobody must.
    pub ball: Option<Role>,
    /// Whom the event was about: who wrote, who paused, or to whom a letter came back; `None` for the clock.
    pub about: Option<Role>,
    /// What happened, and what is told of what happened before.
    pub background: Background,
    /// Whether it is the first letter to somebody who wrote for the first time: no account is repeated that is not there to be confirmed, and nothing
    /// that was written is shown so that one could follow, dial or write to it.
    pub first: bool,
    /// Whether it answers a mail of the reader in which something secret was masked.
    pub masked: bool,
    /// Whether it answers a mail (`auto-replied`) or is sent without one (`auto-generated`, RFC 3834 §5).
    pub answers: bool,
    /// Why the answer of the reader that it follows from changed nothing, if it did not.
    pub uncounted: Option<Uncounted>,
    /// The zone in which days are told.
    pub zone: &'a Zone,
    /// What it has to say or ask about who may speak for the reader.
    pub gate: Gate<'a>,
    /// The charter that this reader accepts, if the letter asks for it.
    pub charter: Option<&'a Charter>,
    /// What this reader may not be told.
    pub guard: &'a Guard,
}

/// Why a letter could not be written.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ComposeError {
    /// No template of that name.
    #[error("there is no letter {letter} in {language}; add templates/{language}/{letter}.md.hbs")]
    UnknownLetter {
        /// Name that was asked for.
        letter: String,
        /// Language of the reader.
        language: Language,
    },
    /// The template needs something that is absent here.
    #[error("templates/{language}/{letter}.md.hbs:{line}: the letter prints something that this occasion does not have; ask for it with {{{{#if …}}}} first")]
    Template {
        /// Name of the letter.
        letter: String,
        /// Language of the reader.
        language: Language,
        /// Line of the template, 0 if unknown.
        line: usize,
    },
    /// The service's own address has letters outside ASCII.
    #[error("the address of the service has letters outside ASCII, and not everybody could answer it; give the service an address without them")]
    AddressNotAscii,
    /// An address does not fit into a header.
    #[error("an address of this letter cannot be written in a header; shorten the address of the service or register another one")]
    Address,
    /// The reader has no place in that channel.
    #[error("the reader of this letter has no reply address on its channel; look at the dispute with `elitige case show`")]
    Channel,
    /// The bounce address does not take a tag.
    #[error("the bounce address is too long to carry a tag; configure a shorter one")]
    BounceAddress,
    /// The Message-ID domain is no domain.
    #[error("the domain of our Message-IDs is not one; configure it as a plain domain name")]
    MessageIdDomain,
    /// It would have told its reader what belongs to somebody else.
    #[error("{0} in this letter may not be told to its reader, so nothing was sent; look at the dispute and answer it by hand")]
    Leak(Leak),
    /// The message could not be put together.
    #[error("the message could not be put together; look at the template's text for characters that mail cannot carry")]
    Message,
}

#[cfg(test)]
mod tests;
