//! What can happen to a dispute, and through whom.

use super::contacted::Beyond;
use super::cooling::Cooling;
use super::digest::Digest;
use super::disclosure::ThirdPerson;
use super::gate::Gate;
use super::identity::DisputeId;
use super::outcome::RejectReason;
use super::people::Participant;
use super::points::Pointing;
use super::role::{Channel, Party, Role};
use super::statement::Statement;
use super::terms::Terms;
use super::time::Instant;
use super::when::When;
use serde::{Deserialize, Serialize};

/// Who raised an event.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Actor {
    /// A person in that role, whose authority was established (DESIGN §5).
    Person(Role),
    /// The clock.
    Clock,
    /// The mail system, which reports on our own letters.
    MailSystem,
    /// The service itself, when a state is entered.
    Service,
}

impl Actor {
    /// The word used in workflows and journals.
    pub fn name(self) -> &'static str {
        match self {
            Actor::Person(role) => role.name(),
            Actor::Clock => "clock",
            Actor::MailSystem => "mail-system",
            Actor::Service => "service",
        }
    }

    /// Who it is, if it is somebody.
    pub fn person(self) -> Option<Role> {
        match self {
            Actor::Person(role) => Some(role),
            Actor::Clock | Actor::MailSystem | Actor::Service => None,
        }
    }

    /// Reads such a word.
    pub fn parse(name: &str) -> Option<Self> {
        match name {
            "clock" => Some(Actor::Clock),
            "mail-system" => Some(Actor::MailSystem),
            "service" => Some(Actor::Service),
            other => Role::parse(other).map(Actor::Person),
        }
    }
}

/// What was done. A variant with legal weight carries the digest of exactly what it speaks about;
/// it is only made where a valid reply code stood outside quoted text (DESIGN §5).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Act {
    /// A first complaint.
    Complaint(Statement),
    /// More about the complaint.
    Supply(Statement),
    /// The consumer confirms the request of that digest and agrees that it is forwarded.
    Confirm(Digest),
    /// Words of withdrawal without a code: everything stops until they are confirmed.
    AskWithdraw,
    /// Withdrawal with a code.
    Withdraw,
    /// The parties settled it by themselves (with a code).
    Resolved,
    /// A pause.
    Interrupt,
    /// The end of a pause.
    Resume,
    /// Leaving for good.
    End,
    /// A wish to speak to a person.
    AskHuman,
    /// The merchant grants the request of that digest.
    GrantRequest(Digest),
    /// The merchant does not wish to take part (with a code).
    Refuse,
    /// The merchant asks for more time.
    AskTime,
    /// The merchant proposes something else.
    Offer,
    /// The merchant accepts to be mediated.
    AcceptMediation,
    /// The same, with the code that the invitation to exactly this request printed: the charter is accepted with it.
    JoinMediation(Digest),
    /// The merchant says that it is the wrong one.
    NotConcerned,
    /// The agreement of that digest was performed.
    Performed(Digest),
    /// The agreement of that digest was not performed.
    NotPerformed(Digest),
    /// The merchant contests that the agreement of that digest was not performed (with a code).
    Contest(Digest),
    /// A party wishes to go back to the exchange instead of keeping to the agreement of that digest (with a code).
    Renegotiate(Digest),
    /// Somebody wrote terms that nobody else has seen yet.
    Draft(Terms),
    /// Its author makes the draft of that digest a proposal (with a code).
    Propose(Digest),
    /// A party accepts the open proposal of that digest (with a code).
    AcceptTerms(Digest),
    /// A party declines it (with a code).
    DeclineTerms(Digest),
    /// A party takes its acceptance back before the other accepted (with a code).
    RetractTerms(Digest),
    /// The mediator takes the mission on and declares to be free of any conflict (with a code).
    TakeMission,
    /// The mediator declines the mission before having taken it on (with a code).
    DeclineMission,
    /// The mediator steps down (with a code).
    Recuse,
    /// The mediator prolongs the mediation by so many days, never beyond its limit.
    Extend(u16),
    /// The mediator orders that: it is done after a while, unless it is taken back.
    Order(Box<Act>),
    /// The mediator takes the order of that digest back (with a code).
    Undo(Digest),
    /// The mediator or the registrar ordered something that cannot be read, or cannot be done now; nobody else hears of it.
    Misordered,
    /// The mediator wishes to see where the dispute stands.
    Brief,
    /// The mediator wishes to be reminded then, and not before; `None` if no day could be read.
    Snooze(Option<When>),
    /// The mediator does not want the next reminder to leave, to that side if one is named; once it is known which one it is, when it would have left.
    Unchase(Option<Party>, Option<Instant>),
    /// The mediator telephoned that side or wrote to it by post, and says in a few words what came of it: for the file alone.
    Contacted(Beyond, Party, String),
    /// What is done about the numbered points that a side was asked about.
    Points(Pointing),
    /// What is done about messages that wait on the common channel.
    Cooling(Cooling),
    /// The mediator wishes to pass on exactly these words of that side.
    AskShare(Party, String),
    /// That side agrees to the words of that digest being passed on (with a code).
    Share(Digest),
    /// That side does not agree (with a code).
    Withhold(Digest),
    /// What may be told to a third person: asked, answered, or told.
    ThirdPerson(ThirdPerson),
    /// The registrar admits the complaint and names the merchant to invite.
    Admit(Option<Participant>),
    /// The registrar cannot admit the complaint.
    Reject(RejectReason),
    /// The registrar lets the consumer write to the merchant first.
    Park,
    /// The registrar lets the consumer name another merchant: the one that was invited is the wrong one.
    Reroute,
    /// The registrar takes up a dispute again that was closed.
    Reopen,
    /// A party has brought the matter before a court (with a code).
    CourtSeized,
    /// The mediator ends the mediation for a reason that stays with the service.
    Stop,
    /// The registrar confirms what a clock prepared.
    Close,
    /// A reminder is due: its number, from 1.
    Remind(u8),
    /// The state's deadline has passed.
    Due,
    /// A letter to that role came back for good.
    Bounced(Role),
    /// A reminder of the end of the whole mediation is due: its number, from 1.
    TermRemind(u8),
    /// The mediation has lasted as long as it may.
    TermOver,
    /// The state was entered.
    Entered,
    /// The registrar names the mediator.
    Assign(Participant),
    /// A party agrees to the common channel (with a code).
    AgreeJoint,
    /// A party does not agree to it any more (with a code).
    LeaveJoint,
    /// Somebody said something to those who read that channel.
    Spoke(Channel),
    /// The mediator wrote to people directly and let the service know, on that channel.
    Filed(Channel),
    /// The registrar made this dispute a part of another one.
    Merged(DisputeId),
    /// The registrar took mails of another matter out of this dispute: they began that one. Noted in the journal, never an event of a workflow.
    Parted(DisputeId),
    /// The agent of a customer service tells the final position (with a code).
    Deadlock,
    /// The consumer goes from the customer service to mediation (with a code).
    Escalate,
    /// Anything else that a person wrote.
    Words,
    /// Another copy of a mail came: noted in the journal, never an event of a workflow.
    Copy,
    /// Who may speak for whom was asked about or changed: noted in the journal, never an event of a workflow.
    Gate(Gate),
    /// A registrar kept a held mail with the dispute: noted in the journal, never an event of a workflow.
    Attached,
    /// A registrar put a held mail aside that was kept with the dispute: noted in the journal, never an event of a workflow.
    Discarded,
    /// The calendar changed, and the deadline with it: noted in the journal, never an event of a workflow.
    Realigned,
}

impl Act {
    /// The word used in workflows, stories and journals.
    pub fn name(&self) -> &'static str {
        match self {
            Act::Complaint(_) => "complaint",
            Act::Supply(_) => "supply",
            Act::Confirm(_) => "confirm",
            Act::AskWithdraw => "ask-withdraw",
            Act::Withdraw => "withdraw",
            Act::Resolved => "resolved",
            Act::Interrupt => "interrupt",
            Act::Resume => "resume",
            Act::End => "end",
            Act::AskHuman => "ask-human",
            Act::GrantRequest(_) => "grant-request",
            Act::Refuse => "refuse",
            Act::AskTime => "ask-time",
            Act::Offer => "offer",
            Act::AcceptMediation | Act::JoinMediation(_) => "accept-mediation",
            Act::NotConcerned => "not-concerned",
            Act::Performed(_) => "performed",
            Act::NotPerformed(_) => "not-performed",
            Act::Contest(_) => "contest",
            Act::Renegotiate(_) => "renegotiate",
            Act::Draft(_) => "draft",
            Act::Propose(_) => "propose",
            Act::AcceptTerms(_) => "accept-terms",
            Act::DeclineTerms(_) => "decline-terms",
            Act::RetractTerms(_) => "retract-terms",
            Act::TakeMission => "take-mission",
            Act::DeclineMission => "decline-mission",
            Act::Recuse => "recuse",
            Act::Extend(_) => "extend",
            Act::Order(_) => "order",
            Act::Undo(_) => "undo",
            Act::Misordered => "misordered",
            Act::Brief => "brief",
            Act::Snooze(_) => "snooze",
            Act::Unchase(..) => "no-reminder",
            Act::Contacted(..) => "contacted",
            Act::Points(pointing) => pointing.name(),
            Act::Cooling(cooling) => cooling.name(),
            Act::AskShare(..) => "ask-share",
            Act::Share(_) | Act::Withhold(_) => shared(matches!(self, Act::Share(_))),
            Act::ThirdPerson(about) => about.name(),
            Act::Admit(_) => "admit",
            Act::Reject(_) => "reject",
            Act::Park => "park",
            Act::Reroute => "reroute",
            Act::Reopen => "reopen",
            Act::CourtSeized => "court-seized",
            Act::Stop => "stop",
            Act::Close => "close",
            Act::Remind(_) => "remind",
            Act::Due => "due",
            Act::TermRemind(_) => "term-remind",
            Act::TermOver => "term-over",
            Act::Bounced(role) => bounced(*role),
            Act::Entered => "entered",
            Act::Assign(_) => "assign",
            Act::AgreeJoint | Act::LeaveJoint => joint(*self == Act::AgreeJoint),
            Act::Spoke(_) => "spoke",
            Act::Filed(_) => "filed",
            Act::Merged(_) | Act::Parted(_) => crossed(matches!(self, Act::Merged(_))),
            Act::Deadlock | Act::Escalate => left(*self == Act::Deadlock),
            Act::Words => "words",
            Act::Copy => "copy",
            Act::Gate(gate) => gate.name(),
            Act::Attached | Act::Discarded => kept(*self == Act::Attached),
            Act::Realigned => "realigned",
        }
    }

    /// The word that rules know it by. What an agent of a customer service says to somebody is one there; elsewhere the channels are code.
    pub fn said(&self) -> &'static str {
        match self {
            Act::Spoke(Channel::ConsumerPrivate) => "asked-consumer",
            Act::Spoke(Channel::MerchantPrivate) => "asked-merchant",
            other => other.name(),
        }
    }

    /// The closed vocabulary of a workflow's `says`: every word of [`Act::said`] that rules may speak of; the channels are code (DESIGN §6).
    pub const NAMES: &'static [&'static str] = &[
        "complaint",
        "supply",
        "confirm",
        "ask-withdraw",
        "withdraw",
        "resolved",
        "interrupt",
        "resume",
        "end",
        "ask-human",
        "grant-request",
        "refuse",
        "ask-time",
        "offer",
        "accept-mediation",
        "not-concerned",
        "performed",
        "not-performed",
        "contest",
        "renegotiate",
        "draft",
        "propose",
        "accept-terms",
        "decline-terms",
        "retract-terms",
        "take-mission",
        "decline-mission",
        "recuse",
        "extend",
        "assign",
        "admit",
        "reject",
        "park",
        "reroute",
        "court-seized",
        "stop",
        "close",
        "remind",
        "due",
        "term-remind",
        "term-over",
        "consumer-bounced",
        "merchant-bounced",
        "staff-bounced",
        "entered",
        "words",
        "asked-consumer",
        "asked-merchant",
        "deadlock",
        "escalate",
    ];
}

fn shared(allowed: bool) -> &'static str {
    if allowed { "share" } else { "withhold" }
}

fn joint(agrees: bool) -> &'static str {
    if agrees { "agree-joint" } else { "leave-joint" }
}

fn kept(attached: bool) -> &'static str {
    if attached { "attached" } else { "discarded" }
}

fn left(unsettled: bool) -> &'static str {
    if unsettled { "deadlock" } else { "escalate" }
}

fn crossed(together: bool) -> &'static str {
    if together { "merged" } else { "parted" }
}

fn bounced(role: Role) -> &'static str {
    match role {
        Role::Consumer => "consumer-bounced",
        Role::Merchant => "merchant-bounced",
        Role::Mediator | Role::Operator => "staff-bounced",
    }
}

/// Something that happened.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Event {
    /// Through whom.
    pub actor: Actor,
    /// What.
    pub act: Act,
    /// The mail, timer or command that it came from.
    pub cause: Digest,
}
