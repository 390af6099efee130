//! Which orders of a registrar a dispute hears now: no letter prints another.

use super::calendar::Calendar;
use super::decide::decide;
use super::machine::Workflow;
use crate::domain::{Act, Actor, Digest, Dispute, Event, Instant, Intent, Judgement, RejectReason, Role};

/// Those that would come to nothing.
pub fn unruled(workflow: &Workflow, calendar: &Calendar, dispute: &Dispute, now: Instant) -> Vec<Intent> {
    let orders = [
        (Intent::Admit, Act::Admit(None)),
        (Intent::Park, Act::Park),
        (Intent::Reroute, Act::Reroute),
        (Intent::Close, Act::Close),
        (Intent::Reject, Act::Reject(RejectReason::Scope)),
    ];
    let counts = |act: Act| {
        let admits = matches!(act, Act::Admit(_));
        let event = Event { actor: Actor::Person(Role::Operator), act, cause: Digest::of(b"what would be") };
        let judgement = decide(workflow, calendar, dispute, &event, now).judgement;
        // Where no address is known, admitting asks for one.
        judgement == Judgement::Advanced || admits && judgement == Judgement::Noted
    };
    orders.into_iter().filter(|(_, act)| !counts(act.clone())).map(|(intent, _)| intent).collect()
}
