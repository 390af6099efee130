//! The letter to a registrar about held mail, its reply address and its codes: no sender, no subject and no text of any mail that waits.

use super::envelope::Alone;
use super::fill::{blank, channel, said, you};
use super::held::{PenFacts, PenMail};
use super::reasons::held_because;
use super::replies::{Reply, encoded};
use super::words::pick;
use super::{ComposeError, House, Stationery, clean, dates};
use crate::domain::{
    Address, Channel, CodeWords, Digest, DisputeId, HeldReason, Instant, Intent, Language, MacKey, Matter, OutboundMail, Reference, ReplyCode, Role, Token,
    Zone,
};

/// After so many days a held mail is called old (DOMAIN §5.6). Nothing removes it.
pub const OLD_AFTER_DAYS: i64 = 30;

/// What a registrar is told of held mail.
#[derive(Debug, Clone)]
pub struct HeldDigest<'a> {
    /// The registrar's address.
    pub operator: &'a Address,
    /// The registrar's language.
    pub language: Language,
    /// The mails, oldest first; as many as one letter names.
    pub mails: &'a [HeldItem<'a>],
    /// How many there are in all.
    pub count: u64,
    /// What it follows from.
    pub cause: Digest,
    /// When it is written.
    pub now: Instant,
    /// The service's address that it leaves from.
    pub desk: &'a Address,
    /// The zone in which days are told.
    pub zone: &'a Zone,
}

/// One held mail, as the registrar is told of it.
#[derive(Debug, Clone)]
pub struct HeldItem<'a> {
    /// Its number in the list of what waits.
    pub number: i64,
    /// Why it waits.
    pub reason: HeldReason,
    /// When it came.
    pub received: Instant,
    /// Name of the mailbox that it came to, as the configuration calls it.
    pub mailbox: &'a str,
    /// What tells its bytes from those of any other mail.
    pub identity: Digest,
    /// The dispute that it is kept with; it may be attached there where nobody can say whose words it is.
    pub kept_with: Option<&'a Reference>,
    /// Whose words it most likely is.
    pub guess: Option<(DisputeId, &'a Reference, Role)>,
}

/// Writes to a registrar about the mails that wait.
///
/// # Errors
/// As [`super::letter`].
pub fn held_digest(stationery: &Stationery, house: &House, about: &HeldDigest<'_>) -> Result<OutboundMail, ComposeError> {
    const LETTER: &str = "held-digest";
    let token = desk_token(&house.keys, about.operator);
    let reply_to = about.desk.tagged(house.separator, token.as_str()).map_err(|_| ComposeError::Address)?;
    let language = about.language;
    let desk = Desk { words: stationery.words(), keys: &house.keys, operator: about.operator, language, reply_to: &reply_to };
    let more = about.count.saturating_sub(u64::try_from(about.mails.len()).unwrap_or(u64::MAX));
    let facts = super::facts::Facts {
        you: you(Role::Operator, None),
        channel: channel(Channel::Desk),
        command: Some("elitige held list".to_owned()),
        pen: Some(PenFacts {
            count: about.count.to_string(),
            more: (more > 0).then(|| more.to_string()),
            mails: about.mails.iter().filter_map(|mail| told(mail, about, &desk)).collect(),
        }),
        ..blank(house, language, dates::written(about.zone.day_of(about.now), language))
    };
    let alone = Alone {
        to: about.operator,
        role: Role::Operator,
        channel: Channel::Desk,
        letter: LETTER,
        language,
        desk: about.desk,
        reply_to: &reply_to,
        now: about.now,
        cause: about.cause,
    };
    alone.write(stationery, house, &facts)
}

/// Why a mail waits, as the end of a sentence.
pub fn waits_because(reason: HeldReason, language: Language) -> &'static str {
    pick(held_because(reason), language)
}

/// What a code in an answer about a held mail speaks of: that mail, taken for that person's. Taken for another's, it has another code.
pub fn pen_matter(identity: &Digest, guess: Option<(DisputeId, Role)>) -> Matter {
    let (dispute, role) = guess.map_or((Vec::new(), ""), |(dispute, role)| (dispute.bytes().to_vec(), role.name()));
    Matter::Pen(Digest::of_parts(&[identity.as_bytes(), &dispute, role.as_bytes()]))
}

/// The code that the service gives to one registrar for one held mail.
pub fn pen_code(keys: &MacKey, operator: &Address, matter: &Matter) -> ReplyCode {
    let input = Digest::of_parts(&[operator.folded().as_bytes(), &matter.bytes()]);
    ReplyCode::from_mac(keys.for_purpose("pen-code").mac(input.as_bytes()).as_bytes())
}

/// The tag of the address to which one registrar answers about held mail, outside any dispute.
pub fn desk_token(keys: &MacKey, operator: &Address) -> Token {
    Token::from_mac(&keys.for_purpose("desk-token").mac(operator.folded().as_bytes()))
}

/// What answers are written with.
struct Desk<'a> {
    words: &'a CodeWords,
    keys: &'a MacKey,
    operator: &'a Address,
    language: Language,
    reply_to: &'a Address,
}

impl Desk<'_> {
    fn reply(&self, intent: Intent, rest: &str) -> Option<Reply> {
        let line = format!("{} {rest}", self.words.printed(intent, self.language)?);
        let (local, domain) = (encoded(self.reply_to.local()), encoded(self.reply_to.domain()));
        let link = format!("mailto:{local}@{domain}?subject=Re&body={}", encoded(&line));
        Some(Reply { line, link })
    }
}

fn told(mail: &HeldItem<'_>, about: &HeldDigest<'_>, desk: &Desk<'_>) -> Option<PenMail> {
    let (language, number) = (desk.language, mail.number);
    let matter = pen_matter(&mail.identity, mail.guess.as_ref().map(|(dispute, _, role)| (*dispute, *role)));
    let code = pen_code(desk.keys, desk.operator, &matter);
    let guessed = mail.guess.as_ref();
    Some(PenMail {
        number: number.to_string(),
        reason: said(held_because(mail.reason), language),
        when: dates::clock(mail.received, about.zone, language),
        mailbox: clean::line(mail.mailbox),
        old: about.now.seconds_since(mail.received) > OLD_AFTER_DAYS.saturating_mul(86_400),
        case: guessed.map(|(_, reference, _)| reference.to_string()),
        consumer: guessed.is_some_and(|(_, _, role)| *role == Role::Consumer),
        merchant: guessed.is_some_and(|(_, _, role)| *role == Role::Merchant),
        release: guessed.and_then(|_| desk.reply(Intent::Release, &format!("{number} {code}"))),
        attach: guessed
            .map(|(_, reference, _)| *reference)
            .or(mail.kept_with)
            .and_then(|reference| desk.reply(Intent::Attach, &format!("{number} {reference} {code}"))),
        discard: desk.reply(Intent::Discard, &format!("{number} {code}"))?,
    })
}
