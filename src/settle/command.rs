//! What a registrar does on the command line → what follows.

use super::brakes::Patience;
use super::masking::Masking;
use super::registry;
use super::understand::{admission, cause, reason_in};
use super::write::{self, Verdict};
use super::{Desk, SettleError};
use crate::domain::{Act, Actor, Dice, Disclosing, Dispute, DisputeId, Event, Exempted, Instant, Judgement, Reference, Role, ThirdPerson};
use crate::store::Work;
use crate::workflow;

/// What a command came to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Commanded {
    /// It was done; the state after it.
    Done(String),
    /// No dispute has that reference.
    NoSuchDispute,
    /// It was erased.
    Erased,
    /// The state's rules do not speak of it.
    NotNow(String),
    /// It is on hold.
    OnHold,
    /// The words after the command do not name what it needs.
    Unclear,
    /// Nobody knows how the merchant is reached.
    NoMerchant,
}

/// The open dispute of the same consumer that `argument` names.
async fn merged(work: &mut Work, dispute: &Dispute, argument: &str) -> Result<Option<DisputeId>, SettleError> {
    let Ok(reference) = Reference::parse(argument.trim()) else { return Ok(None) };
    let Some(id) = work.by_reference(&reference).await? else { return Ok(None) };
    let other = work.dispute(id).await?.filter(|other| other.id != dispute.id && !other.is_closed());
    Ok(other.filter(|other| other.consumer.address.is_same(&dispute.consumer.address)).map(|other| other.id))
}

/// Whether `words` say no way to reach anybody.
pub fn tells_no_way(words: &str) -> bool {
    Masking::default().words(words) == words
}

/// What both sides are to be asked: in words that say how nobody is reached, and until a day that is still to come.
fn disclosing(desk: &Desk, argument: &str, now: Instant) -> Option<Disclosing> {
    let asking = Disclosing::parse(argument)?;
    let fits = asking.words().into_iter().all(tells_no_way) && asking.until >= desk.calendar.zone().day_of(now);
    fits.then_some(asking)
}

/// What was told without asking: in words that say how nobody is reached, since both sides read them.
fn unasked(argument: &str) -> Option<Exempted> {
    let exempted = Exempted::parse(argument)?;
    let plain = exempted.words().into_iter().all(tells_no_way);
    plain.then_some(exempted)
}

/// Does `word` (admit, reject, close, assign, disclose or merge) with `argument` in the dispute of that reference, as the registrar.
pub async fn settle_command(
    desk: &Desk,
    work: &mut Work,
    reference: &Reference,
    word: &str,
    argument: &str,
    now: Instant,
    dice: &mut Dice,
) -> Result<Commanded, SettleError> {
    let Some(id) = work.by_reference(reference).await? else {
        return Ok(Commanded::NoSuchDispute);
    };
    let Some(mut dispute) = work.dispute(id).await? else {
        return Ok(Commanded::Erased);
    };
    registry::consult(work, &mut dispute).await?;
    if dispute.frozen.is_some() {
        return Ok(Commanded::OnHold);
    }
    let act = match word {
        "admit" => admission(&dispute, argument, dice).filter(|act| !desk.invites_ours(act)),
        "reject" => reason_in(argument).map(Act::Reject),
        "close" => Some(Act::Close),
        "park" => Some(Act::Park),
        "reroute" => Some(Act::Reroute),
        "reopen" => Some(Act::Reopen),
        "assign" => desk.named(&dispute, argument, dice).map(Act::Assign),
        "disclose" => disclosing(desk, argument, now).map(|asking| Act::ThirdPerson(ThirdPerson::Ask(Box::new(asking)))),
        "disclose-unasked" => unasked(argument).map(|exempted| Act::ThirdPerson(ThirdPerson::Exempt(Box::new(exempted)))),
        "disclosed" => Some(Act::ThirdPerson(ThirdPerson::Told)),
        "merge" => merged(work, &dispute, argument).await?.map(Act::Merged),
        _ => None,
    };
    let Some(act) = act else {
        return Ok(Commanded::Unclear);
    };
    // What a law demands is told, and noted, also after the end.
    let after_the_end = act == Act::Reopen || matches!(&act, Act::ThirdPerson(ThirdPerson::Exempt(_)));
    if dispute.is_closed() && !after_the_end {
        return Ok(Commanded::NotNow(dispute.state));
    }
    let event = Event { actor: Actor::Person(Role::Operator), act, cause: cause(&[b"command", &dice.roll::<32>()]) };
    let rules = desk.rulebook.by_digest(dispute.rules, &desk.store).await?;
    let decision = workflow::decide(&rules, &desk.calendar, &dispute, &event, now);
    if decision.judgement == Judgement::NoRule {
        return Ok(Commanded::NotNow(dispute.state));
    }
    if event.act == Act::Admit(None) {
        return Ok(Commanded::NoMerchant);
    }
    let after = decision.dispute.state.clone();
    write::commit(
        desk,
        work,
        Verdict {
            workflow: &rules,
            event: &event,
            decision,
            masked: false,
            answers: false,
            patience: Patience::ENDLESS,
            spoken: None,
            author: write::Author::default(),
            note: "on the command line".to_owned(),
        },
        now,
    )
    .await?;
    Ok(Commanded::Done(after))
}
