//! A decision → finished letters → the store: one transaction, or nothing.

use super::assigning;
use super::brakes::{self, Leave, Patience};
use super::charter;
use super::guard;
use super::notice::notice;
use super::registry;
use super::{Desk, SettleError};
use crate::compose::{self, Addressee, After, Background, ComposeError, LOOKS_BACK, Occasion, Unchecked, Written};
use crate::domain::view::{Reader, VisibleTo};
use crate::domain::{
    Act, Actor, Channel, Charter, Decision, Digest, Dispute, Effect, Event, Gate, Instant, Judgement, MessageId, OutboundMail, Party, Role, Shingles, Spoken,
    Track, Uncounted,
};
use crate::store::{JournalEntry, Wait, Work};
use crate::workflow::{self, Workflow};

/// Everything that follows from an event, before and after the decision.
pub struct Verdict<'a> {
    /// The rules of the dispute.
    pub workflow: &'a Workflow,
    /// What happened.
    pub event: &'a Event,
    /// What was decided.
    pub decision: Decision,
    /// Whether something secret was masked in the mail; its sender is told, and nobody else.
    pub masked: bool,
    /// Whether the letters answer a mail (RFC 3834: auto-replied) or come by themselves.
    pub answers: bool,
    /// How often its author may be answered where nothing moves.
    pub patience: Patience,
    /// What somebody said, for those who hear it.
    pub spoken: Option<&'a Spoken>,
    /// What concerns its author alone.
    pub author: Author,
    /// A note for the journal: which signals and rules were heard. Never anybody's words.
    pub note: String,
}

/// What concerns the author of the mail that is answered, and nobody else.
#[derive(Default)]
pub struct Author {
    /// Why the answer in it does not count.
    pub uncounted: Option<Uncounted>,
    /// The words of it: whoever wrote them is told nothing by reading them again.
    pub words: Shingles,
}

/// Composes and records `verdict`. A decision that no rule made changes nothing; the registrar is told.
pub async fn commit(desk: &Desk, work: &mut Work, verdict: Verdict<'_>, now: Instant) -> Result<Judgement, SettleError> {
    let Verdict { workflow, event, mut decision, masked, answers, patience, spoken, author, mut note } = verdict;
    answer_author(&mut decision, event, author.uncounted);
    let holds = notice(desk, work, event, &mut decision, now).await?;
    note.push_str(&Box::pin(assigning::assign(desk, work, workflow, event, &mut decision, now)).await?);
    let dispute = &mut decision.dispute;
    let (by, about) = (event.actor.person(), concerned(event));
    if decision.effects.iter().any(|Effect::Send { to, .. }| *to == Role::Operator) {
        registry::consult(work, dispute).await?;
    }
    let is_new = dispute.version == 1;
    let heard = if decision.effects.is_empty() || is_new { Vec::new() } else { guard::heard(work, dispute.id).await? };
    let before = parted(work, &decision.effects, dispute).await?;
    let background = background(work, &decision.effects, dispute, event).await?;
    note.push_str(&charter::accepted(dispute, event.cause));
    let mut mails = Vec::new();
    for (index, effect) in decision.effects.iter().enumerate() {
        let Effect::Send { to, letter, channel } = effect;
        // While the registrar looks into who is who, the parties are told nothing new.
        if dispute.frozen.is_some() && to.party().is_some() {
            continue;
        }
        let courtesy = by == Some(*to) && decision.judgement != Judgement::Advanced;
        let variant = dispute.noticed.variant(letter).to_owned();
        let letter = if desk.stationery.has(&variant) { &variant } else { letter };
        let leave = brakes::leave(work, dispute, *to, letter, if courtesy { patience } else { Patience::ENDLESS }, now).await?;
        if leave == Leave::Never {
            note.push_str(&format!("; {letter} to the {to} is left out: enough was sent"));
            continue;
        }
        let first = matches!(event.act, Act::Complaint(_)) && by == Some(*to);
        let charter = Box::pin(charter::toward(desk, dispute, *to)).await?;
        let when = Occasional {
            cause: event.cause,
            about,
            background,
            first,
            masked,
            index,
            now,
            answers,
            spoken,
            author: &author,
            heard: &heard,
            charter: charter.as_ref(),
        };
        let seen = before.as_ref().filter(|_| *to == Role::Merchant).unwrap_or(dispute);
        let Some((Written { mail, tells_charter }, look)) = compose_one(desk, workflow, seen, *to, letter, *channel, &when)?.map(Unchecked::apart) else {
            continue;
        };
        work.promise(|| look.have())?;
        note.push_str(&charter::told(dispute, *to, charter.as_ref().filter(|_| tells_charter), now));
        if is_withheld(dispute, effect, event.cause, &mail.message_id) {
            note.push_str(&format!("; what the {to} is told waits for the mediator"));
            mails.push((mail, Leave::Passed));
            continue;
        }
        if let Some(person) = dispute.participant_mut(*to) {
            person.remember(*channel, mail.message_id.clone());
        }
        mails.push((mail, leave));
    }
    if holds {
        // Its first letters have left; nothing binding is heard before a person looked.
        dispute.frozen = Some(now);
        note.push_str("; a rule holds it until a person looked");
    }
    keep(desk, work, &mut decision, event, &mails, note, now).await?;
    Ok(decision.judgement)
}

/// Whom an event is about: a letter that came back was to somebody, and nobody spoke.
fn concerned(event: &Event) -> Option<Role> {
    match event.act {
        Act::Bounced(role) => Some(role),
        _ => event.actor.person(),
    }
}

/// Records what was decided, with the letters that follow.
async fn keep(
    desk: &Desk,
    work: &mut Work,
    decision: &mut Decision,
    event: &Event,
    mails: &[(OutboundMail, Leave)],
    mut note: String,
    now: Instant,
) -> Result<(), SettleError> {
    let dispute = &mut decision.dispute;
    let is_new = dispute.version == 1;
    if !dispute.noticed.because.is_empty() && matches!(event.act, Act::Complaint(_) | Act::Supply(_)) {
        note.push_str(&format!("; rules that fired: {}", dispute.noticed.because.join("; ")));
    }
    pass_on(work, dispute, &mut note, now).await?;
    work.save(dispute).await?;
    mind(desk, work, dispute, now).await?;
    if let (Judgement::Advanced, Act::Admit(Some(invited))) = (decision.judgement, &event.act) {
        registry::remember(work, dispute, invited, desk.calendar.zone().day_of(now)).await?;
    }
    let letters = mails.iter().map(|(mail, _)| mail.message_id.as_str().to_owned()).collect();
    let entry = JournalEntry { at: now, actor: event.actor, act: event.act.clone(), cause: event.cause, steps: decision.steps.clone(), letters, note };
    work.journal(dispute.id, &entry).await?;
    post(work, dispute, mails, is_new, now).await
}

/// Puts the letters of a decision into the outbox. In a new dispute none waits whose place they could take.
async fn post(work: &mut Work, dispute: &Dispute, mails: &[(OutboundMail, Leave)], is_new: bool, now: Instant) -> Result<(), SettleError> {
    for (mail, leave) in mails {
        if !is_new {
            work.replace_waiting(dispute.id, mail.role).await?;
        }
        let wait = match leave {
            Leave::At(until) => Some((Wait::Answers, *until)),
            Leave::Now | Leave::Passed | Leave::Never => None,
        };
        let is_new = work.enqueue_at(Some(dispute.id), mail, now, wait).await?;
        if is_new && *leave == Leave::Passed {
            work.withhold(&mail.message_id, now).await?;
        }
    }
    Ok(())
}

/// Whether that letter tells what a party wrote on the common channel while messages wait there; its dispute knows it then.
fn is_withheld(dispute: &mut Dispute, effect: &Effect, cause: Digest, written: &MessageId) -> bool {
    let Effect::Send { to, letter, channel } = effect;
    let author = to.party().filter(|_| letter == "message" && *channel == Channel::Joint).map(Party::other);
    author.is_some_and(|author| dispute.cooling.written(author, cause, written))
}

/// Sends on what has passed: from now on it belongs to the conversation with its reader, and was said to everybody who reads the channel.
async fn pass_on(work: &mut Work, dispute: &mut Dispute, note: &mut String, now: Instant) -> Result<(), SettleError> {
    for (by, mail, letter) in dispute.cooling.take_passed() {
        work.pass_on(&letter, now).await?;
        work.heard_on(dispute.id, mail, Channel::Joint).await?;
        note.push_str(&format!("; {} is passed on", letter.as_str()));
        if let Some(reader) = dispute.participant_mut(Role::from(by.other())) {
            reader.remember(Channel::Joint, letter);
        }
    }
    Ok(())
}

/// Nothing changes, and the registrar is told, unless no letter reaches the registrar: that nothing was done, to who ordered it. Whoever answers in a customer
/// service hears the words that came with it all the same.
fn attend(decision: &mut Decision, event: &Event) {
    decision.dispute.version = decision.dispute.version.saturating_add(1);
    decision.effects.retain(|Effect::Send { letter, .. }| letter == "message");
    let letter = match (event.actor, &event.act) {
        // A program that answers for the registrar is not answered.
        (Actor::Person(Role::Operator), Act::Words) | (_, Act::Bounced(Role::Operator)) => None,
        (Actor::Person(Role::Operator), _) => Some("order-help"),
        _ => Some("attention"),
    };
    decision.effects.extend(letter.filter(|_| decision.dispute.operator.is_some()).map(|letter| Effect::send(Role::Operator, letter)));
}

/// The letter to a party whose answer does not count.
const UNCOUNTED: &str = "not-counted";

/// What no rule speaks of goes to a person. Whoever answered and is not counted hears why, unless another letter shows what can be answered now; words that
/// no rule speaks of are received.
fn answer_author(decision: &mut Decision, event: &Event, uncounted: Option<Uncounted>) {
    if decision.judgement == Judgement::NoRule {
        attend(decision, event);
    }
    let Some(author) = event.actor.person().filter(|role| role.party().is_some()) else { return };
    let mere = |letter: &str| matches!(letter, "received" | "proposal-help" | "in-copy");
    let shown = decision.effects.iter().any(|Effect::Send { to, letter, .. }| *to == author && !mere(letter));
    let letter = match uncounted {
        Some(why) if why.is_told_otherwise() || shown => return,
        Some(_) => UNCOUNTED,
        None if decision.judgement == Judgement::NoRule && decision.dispute.track() == Track::Mediation => "received",
        None => return,
    };
    decision.effects.retain(|Effect::Send { to, letter, .. }| *to != author || letter == "in-copy");
    decision.effects.insert(0, Effect::send(author, letter));
}

/// Sees to it that whoever mediates `dispute`, or answers in it for a merchant, is thought of in the next morning.
async fn mind(desk: &Desk, work: &mut Work, dispute: &Dispute, now: Instant) -> Result<(), SettleError> {
    if dispute.mediator.is_some() && !dispute.is_closed() {
        work.morning_at(desk.calendar.next_morning(now)).await?;
    }
    Ok(())
}

/// The dispute as it was, if somebody is written to who is the merchant no longer: that letter is written from it.
async fn parted(work: &mut Work, effects: &[Effect], dispute: &Dispute) -> Result<Option<Dispute>, SettleError> {
    let parting = dispute.merchant.is_none() && effects.iter().any(|Effect::Send { to, .. }| *to == Role::Merchant);
    Ok(if parting { work.dispute(dispute.id).await? } else { None })
}

/// A line of a journal about who may speak for whom.
pub struct Recorded {
    /// Through whom.
    pub actor: Actor,
    /// What.
    pub gate: Gate,
    /// The mail or command that it came from.
    pub cause: Digest,
    /// A note for the journal.
    pub note: String,
}

/// Saves `dispute` as its next version, with that line, and the letters that follow.
pub async fn record(work: &mut Work, dispute: &mut Dispute, line: Recorded, mails: &[OutboundMail], now: Instant) -> Result<(), SettleError> {
    dispute.version = dispute.version.saturating_add(1);
    work.save(dispute).await?;
    let letters = mails.iter().map(|mail| mail.message_id.as_str().to_owned()).collect();
    let Recorded { actor, gate, cause, note } = line;
    work.journal(dispute.id, &JournalEntry { at: now, actor, act: Act::Gate(gate), cause, steps: Vec::new(), letters, note }).await?;
    for mail in mails {
        work.enqueue(Some(dispute.id), mail, now).await?;
    }
    Ok(())
}

struct Occasional<'a> {
    charter: Option<&'a Charter>,
    heard: &'a [(Channel, Shingles)],
    spoken: Option<&'a Spoken>,
    author: &'a Author,
    cause: Digest,
    about: Option<Role>,
    background: Background,
    first: bool,
    masked: bool,
    index: usize,
    now: Instant,
    answers: bool,
}

/// Who must act in the present state.
pub fn ball(workflow: &Workflow, dispute: &Dispute) -> Option<Role> {
    match workflow.ball(&dispute.state)? {
        "pauser" => dispute.suspended.as_ref().map(|suspended| suspended.by),
        name => Role::parse(name),
    }
}

/// The same, as `reader` may know it: who answers a proposal reads of its own answer alone (DOMAIN §2.3, row 39).
///
/// Whoever has accepted a proposal that is still open waits for the other side: it would be over, or an agreement, if that side had answered.
pub fn ball_seen_by(workflow: &Workflow, dispute: &Dispute, reader: Role) -> Option<Role> {
    match (workflow.ball(&dispute.state)?, reader.party()) {
        ("waiting", Some(party)) => {
            let open = dispute.consent.open_proposal()?;
            Some(Role::from(if open.accepted(party).is_some() { party.other() } else { party }))
        }
        _ => ball(workflow, dispute),
    }
}

/// What the letters of a decision follow from, and what they may say of what came before it.
async fn background(work: &mut Work, effects: &[Effect], dispute: &Dispute, event: &Event) -> Result<Background, SettleError> {
    let mut background = Background { after: After::of(&event.act), ..Background::default() };
    if !effects.iter().any(|Effect::Send { letter, .. }| LOOKS_BACK.contains(&letter.as_str())) {
        return Ok(background);
    }
    for entry in work.happened(dispute.id).await? {
        match (entry.actor, &entry.act) {
            // Whoever is the seller now is not whoever was the seller before.
            (_, Act::Admit(Some(_))) => (background.seller_invited, background.seller_wrote) = (true, false),
            (_, Act::Reroute) => background.seller_wrote = false,
            (Actor::Person(Role::Merchant), _) => background.seller_wrote = true,
            _ => {}
        }
    }
    Ok(background)
}

/// One letter to one role; `None` if the role has nobody, or may not be told anything yet.
fn compose_one(
    desk: &Desk,
    workflow: &Workflow,
    dispute: &Dispute,
    to: Role,
    letter: &str,
    channel: Channel,
    when: &Occasional<'_>,
) -> Result<Option<Unchecked>, ComposeError> {
    let needs = workflow.needs(dispute.complaint.category.as_deref());
    let addressee = match to {
        Role::Consumer => heard(Some(VisibleTo::consumer(dispute, needs)), letter, when.spoken).map(Addressee::Consumer),
        Role::Merchant => heard(VisibleTo::merchant(dispute), letter, when.spoken).map(Addressee::Merchant),
        Role::Operator => heard(VisibleTo::operator(dispute, needs), letter, when.spoken).map(Addressee::Operator),
        Role::Mediator => heard(VisibleTo::mediator(dispute), letter, when.spoken).map(Addressee::Mediator),
    };
    let Some(addressee) = addressee else {
        return Ok(None);
    };
    let mut guard = guard::for_reader(dispute, to, when.heard, when.spoken.map(Spoken::by));
    if when.about == Some(to) {
        guard.allow_words(&when.author.words);
    }
    if letter != PROPOSES {
        guard::allow_tabled(&mut guard, dispute);
    }
    if !TELLS_BOTH.contains(&letter) {
        guard::allow_asked(&mut guard, dispute);
    }
    let occasion = Occasion {
        cause: when.cause,
        index: when.index,
        now: when.now,
        channel,
        desk: &dispute.desk,
        dispute: dispute.id,
        matters: dispute.matters(to),
        unruled: if to == Role::Operator { workflow::unruled(workflow, &desk.calendar, dispute, when.now) } else { Vec::new() },
        ball: ball_seen_by(workflow, dispute, to),
        about: when.about,
        background: when.background,
        first: when.first,
        masked: when.masked && when.about == Some(to),
        answers: when.answers,
        uncounted: when.author.uncounted.filter(|_| when.about == Some(to)),
        zone: desk.calendar.zone(),
        gate: compose::Gate::default(),
        charter: when.charter,
        guard: &guard,
    };
    compose::unchecked(&desk.stationery, desk.house_at(&dispute.desk), &addressee, letter, &occasion).map(Some)
}

/// The letter that makes a proposal known; every later one only repeats it.
const PROPOSES: &str = "proposal";

/// The letters that say to both sides what may be, or was, told to a third person; every later one only repeats it.
const TELLS_BOTH: [&str; 2] = ["disclosure-asked", "disclosure-made"];

/// The letters that tell what somebody said exist only for those who hear it.
const TELLS: [&str; 3] = ["message", "svc-answer", "svc-asked"];
/// The letters that ask a person to look, or a side to answer points, or tell a side that its message was not passed on, and show what was said if their reader reads it; no other letter tells it.
const SHOWS: [&str; 3] = ["attention", "points", "kept-back"];

fn heard<'a, R: Reader>(view: Option<VisibleTo<'a, R>>, letter: &str, spoken: Option<&'a Spoken>) -> Option<VisibleTo<'a, R>> {
    match (TELLS.contains(&letter), spoken) {
        (true, Some(spoken)) => view?.hearing(spoken),
        (true, None) => None,
        (false, Some(spoken)) if SHOWS.contains(&letter) && spoken.channel().is_read_by(R::ROLE) && spoken.by() != R::ROLE => view?.hearing(spoken),
        (false, _) => view,
    }
}
