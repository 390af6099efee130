//! Questions to the registered address: whether a held mail is its own, whether letters may go elsewhere (THREATS §6).
//!
//! A question is one letter with a code; only who reads that letter and may speak there can answer it. Nothing is ever asked of, or told to, the
//! address in doubt, but whether it is its owner's wish ([`address`]).

pub mod address;
mod registrar;

pub use registrar::{Order, Ordered, settle_order};

use super::guard;
use super::write::{self, Recorded};
use super::{Desk, SettleError};
use crate::authenticate::{Author, Outcome, Verdict};
use crate::compose::{self, Addressee, Background, Gate as Asking, Occasion, reply_code};
use crate::domain::view::VisibleTo;
use crate::domain::{
    Actor, Address, Channel, Dice, Digest, Dispute, DisputeId, Gate, HeldReason, Instant, Intent, Matter, MessageId, OutboundMail, Reachable, Role, Token,
};
use crate::letter::Letter;
use crate::store::{Challenge, ChallengeId, ChallengeKind, LetterNumber, Question, Work};
use serde::{Deserialize, Serialize};

const DAY: i64 = 86_400;
/// How long a question can be answered.
const OPEN_FOR: i64 = 7 * DAY;
/// Questions about held mails that may be open at the same time about one person.
const MOST_OPEN: usize = 3;
/// A mail of which more than this was read is not kept a second time: a person looks at it.
const LARGEST: usize = 4 << 20;
/// Identifiers that a mail answers, and tokens that it was written to, which are looked up.
const MOST_SIGNS: usize = 20;

/// A held mail as it is kept until its supposed author has answered.
#[derive(Serialize, Deserialize)]
pub struct Kept {
    /// Its number in the store.
    pub number: LetterNumber,
    /// The mailbox that it lay in.
    pub mailbox: String,
    /// SHA-256 of its bytes.
    pub digest: Digest,
    /// When it was received.
    pub received: Instant,
    /// On which channel it would be heard.
    pub channel: Channel,
    /// Why it is held.
    pub reason: HeldReason,
    /// The address that it came from.
    pub sender: Address,
    /// Whether that address is unknown in the dispute, and proven.
    pub elsewhere: bool,
    /// What its author's domain says of it.
    pub verdict: Verdict,
    /// What was read in it.
    pub letter: Letter,
}

/// What a question is about.
#[derive(Serialize, Deserialize)]
pub enum Content {
    /// A held mail.
    Mail(Box<Kept>),
    /// A new address.
    Address(Address),
    /// A change of address.
    Changed {
        /// The address before it.
        before: Address,
        /// When it was changed.
        at: Instant,
    },
}

/// An answer with its code, from whom it was asked of.
pub struct Answer {
    /// The question.
    pub id: ChallengeId,
    /// The dispute.
    pub dispute: Dispute,
    /// Whom it is about.
    pub role: Role,
    /// What it is about.
    pub content: Content,
    /// Yes or no.
    pub yes: bool,
}

/// What a mail says to open questions.
pub enum Heard {
    /// Nothing: it is a mail as any other.
    Nothing,
    /// It answers a letter about an address and does not bring what that takes: it must not be taken for a new complaint.
    Stray(DisputeId),
    /// It answers one.
    Answer(Box<Answer>),
}

/// A mail of a person, with what it brings to be heard.
pub struct Voice<'a> {
    /// The author, if From names exactly one mailbox.
    pub sender: &'a Address,
    /// What the author's domain says of it.
    pub verdict: &'a Verdict,
    /// What was read in it.
    pub letter: &'a Letter,
    /// Reply tokens among its recipients.
    pub tokens: &'a [Token],
    /// To whom its capability was given.
    pub capability: Option<(DisputeId, Role)>,
    /// When it was received: an answer that came in time is heard however late it is read.
    pub received: Instant,
}

/// What the code of a question speaks about.
fn matter(id: ChallengeId) -> Matter {
    Matter::Question(Digest::of_parts(&[b"challenge", &id.0.to_be_bytes()]))
}

/// Asks the registered address whether a held mail is its own. `false` if nobody is asked: too often, too many, or of no use.
pub async fn ask(desk: &Desk, work: &mut Work, dispute: &Dispute, role: Role, kept: Kept, now: Instant, dice: &mut Dice) -> Result<bool, SettleError> {
    let reachable = dispute.participant(role).is_some_and(|person| person.reachable == Reachable::Yes);
    if dispute.is_closed() || dispute.frozen.is_some() || role.party().is_none() || !reachable {
        return Ok(false);
    }
    let today = work.challenged(dispute.id, role, ChallengeKind::Mail, now.plus_seconds(-DAY)).await?;
    let open = work.challenges(dispute.id, role, ChallengeKind::Mail, now).await?.len();
    if today > 0 || open >= MOST_OPEN || kept.elsewhere && work.disowned(dispute.id, role, &kept.sender).await? {
        return Ok(false);
    }
    let (cause, received, sender) = (kept.digest, kept.received, kept.sender.clone());
    let (number, elsewhere) = (kept.number, kept.elsewhere);
    let content = sealable(&Content::Mail(Box::new(kept)));
    if content.is_empty() || content.len() > LARGEST {
        return Ok(false);
    }
    let (id, token) = (work.next_challenge().await?, Token::fresh(dice));
    let asking = Asking { token: Some(&token), mail: Some((received, elsewhere.then_some(&sender))), ..Asking::default() };
    let about = About { name: "challenge", of: role, asking, question: Some(matter(id)), cause, index: 0, answers: false };
    let Some(mail) = letter_to(desk, dispute, role, about, now).await? else { return Ok(false) };
    let mut dispute = dispute.clone();
    remember(&mut dispute, role, &mail.message_id);
    let note = format!("whether mail {number} is the {role}'s own");
    write::record(work, &mut dispute, Recorded { actor: Actor::Service, gate: Gate::MailAsked, cause, note }, std::slice::from_ref(&mail), now).await?;
    let ends = now.plus_seconds(OPEN_FOR);
    let question = Question {
        id,
        dispute: dispute.id,
        role,
        // Not the one of the mail that is asked about: the question is private, and so is whatever is answered to it.
        channel: Channel::private_to(role),
        kind: ChallengeKind::Mail,
        held: Some(number),
        address: &sender,
        token: &token,
        letter: &mail.message_id,
        ends,
        content: &content,
    };
    work.put_challenge(&question, now).await?;
    Ok(true)
}

/// What a mail says to open questions; nothing is changed.
pub async fn heard(desk: &Desk, work: &mut Work, voice: &Voice<'_>) -> Result<Heard, SettleError> {
    let direct = directly(work, voice).await?;
    if let Some(challenge) = direct {
        let (dispute, about_address) = (challenge.dispute, challenge.kind != ChallengeKind::Mail);
        return Ok(match answer(desk, work, voice, challenge, true).await? {
            Some(answer) => Heard::Answer(Box::new(answer)),
            None if about_address => Heard::Stray(dispute),
            None => Heard::Nothing,
        });
    }
    let Some((dispute, role)) = voice.capability.filter(|_| !voice.letter.commands.is_empty()) else { return Ok(Heard::Nothing) };
    for challenge in work.challenges(dispute, role, ChallengeKind::Mail, voice.received).await? {
        if let Some(answer) = answer(desk, work, voice, challenge, false).await? {
            return Ok(Heard::Answer(Box::new(answer)));
        }
    }
    Ok(Heard::Nothing)
}

/// The question whose own letter the mail answers: by its reply address or its Message-ID.
async fn directly(work: &mut Work, voice: &Voice<'_>) -> Result<Option<Challenge>, SettleError> {
    for token in voice.tokens.iter().take(MOST_SIGNS) {
        if let Some(found) = work.challenge_by_token(token, voice.received).await? {
            return Ok(Some(found));
        }
    }
    for letter in voice.letter.in_reply_to.iter().take(MOST_SIGNS) {
        if let Some(found) = work.challenge_by_letter(letter, voice.received).await? {
            return Ok(Some(found));
        }
    }
    Ok(None)
}

/// The answer to `challenge` in the mail, if it comes from whom was asked and brings one code for one word.
async fn answer(desk: &Desk, work: &mut Work, voice: &Voice<'_>, challenge: Challenge, direct: bool) -> Result<Option<Answer>, SettleError> {
    let code = reply_code(&desk.codes, challenge.dispute, challenge.role, &matter(challenge.id));
    let said = |intent: Intent| voice.letter.commands.iter().any(|command| command.intent == intent && command.code == code);
    let (yes, no) = (said(Intent::Mine), said(Intent::NotMine));
    if yes == no {
        return Ok(None);
    }
    let (Ok(content), Some(dispute)) = (serde_json::from_slice::<Content>(&challenge.content), work.dispute(challenge.dispute).await?) else { return Ok(None) };
    let asked = match &content {
        Content::Mail(_) => dispute.participant(challenge.role).map(|person| &person.address),
        Content::Address(address) | Content::Changed { before: address, .. } => Some(address),
    };
    let from_it = asked.is_some_and(|asked| asked.is_same(voice.sender));
    let proven = voice.verdict.author == Author::Proven;
    // A domain that publishes nothing can never prove its people: who read that very letter and typed its code has the mailbox.
    let has_mailbox = voice.verdict.author == Author::Unknown && voice.verdict.dmarc == Outcome::None && direct && !matches!(content, Content::Address(_));
    let heard = from_it && (proven || has_mailbox) && dispute.merged_into.is_none();
    Ok(heard.then_some(Answer { id: challenge.id, dispute, role: challenge.role, content, yes }))
}

/// A letter about who may speak for its reader.
struct About<'a> {
    name: &'a str,
    /// Whom it is about.
    of: Role,
    asking: Asking<'a>,
    question: Option<Matter>,
    cause: Digest,
    index: usize,
    answers: bool,
}

/// Writes it; `None` where nobody is in that role, or may not be told anything yet.
async fn letter_to(desk: &Desk, dispute: &Dispute, role: Role, about: About<'_>, now: Instant) -> Result<Option<OutboundMail>, SettleError> {
    let rules = desk.rulebook.by_digest(dispute.rules, &desk.store).await?;
    let addressee = match role {
        Role::Consumer => Some(Addressee::Consumer(VisibleTo::consumer(dispute, rules.needs(dispute.complaint.category.as_deref())))),
        Role::Merchant => VisibleTo::merchant(dispute).map(Addressee::Merchant),
        Role::Operator => VisibleTo::operator(dispute, rules.needs(dispute.complaint.category.as_deref())).map(Addressee::Operator),
        Role::Mediator => VisibleTo::mediator(dispute).map(Addressee::Mediator),
    };
    let Some(addressee) = addressee else { return Ok(None) };
    let occasion = Occasion {
        cause: about.cause,
        index: about.index,
        now,
        channel: Channel::private_to(role),
        desk: &dispute.desk,
        dispute: dispute.id,
        matters: dispute.matters(role).into_iter().chain(about.question).collect(),
        ball: write::ball_seen_by(&rules, dispute, role),
        about: Some(about.of).filter(|role| role.party().is_some()),
        background: Background::default(),
        first: false,
        masked: false,
        answers: about.answers,
        uncounted: None,
        unruled: Vec::new(),
        zone: desk.calendar.zone(),
        gate: about.asking,
        charter: None,
        guard: &guard::for_reader(dispute, role, &[], None),
    };
    Ok(Some(compose::letter(&desk.stationery, desk.house_at(&dispute.desk), &addressee, about.name, &occasion)?.mail))
}

fn remember(dispute: &mut Dispute, role: Role, message: &MessageId) {
    if let Some(person) = dispute.participant_mut(role) {
        person.remember(Channel::private_to(role), message.clone());
    }
}

/// The bytes that are sealed; empty if they cannot be written.
fn sealable(content: &Content) -> Vec<u8> {
    serde_json::to_vec(content).unwrap_or_default()
}
