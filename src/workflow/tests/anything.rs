//! One of everything that can happen to a dispute, valid or stale, by whoever can say it or by anybody.

use super::disclosure::asking;
use super::*;
use crate::domain::{Disclosure, DisputeId, Exempted, Pointing, RejectReason, Share, ThirdPerson, Withheld};

/// How many things can happen.
pub(super) const KINDS: u8 = 124;

/// One of everything that can be said, valid or stale, by anybody.
pub(super) fn anything(told: &Told, kind: u8, actor: u8) -> Event {
    let roles = [Role::Consumer, Role::Merchant, Role::Operator, Role::Mediator];
    let actors = [Actor::Clock, Actor::MailSystem, Actor::Service].into_iter().chain(roles.into_iter().map(Actor::Person)).collect::<Vec<_>>();
    let draft = told.dispute.draft_request().digest();
    let merchant = person(Role::Merchant, if kind.is_multiple_of(2) { "contact@souk.example" } else { "other@souk.example" });
    let (natural, act) = match kind % KINDS {
        0 => (3, Act::Complaint(statement("Encore.", true))),
        1 => (3, Act::Supply(statement("", false))),
        2 => (3, Act::Supply(statement("Plus.", true))),
        3 | 28 => (3, Act::Confirm(draft)),
        4 => (3, Act::Confirm(Digest::of(b"stale"))),
        5 => (3, Act::AskWithdraw),
        6 => (3, Act::Withdraw),
        7 => (3, Act::Resolved),
        8 => (3, Act::Interrupt),
        9 | 29 => (3, Act::Resume),
        10 => (3, Act::End),
        11 => (3, Act::AskHuman),
        12 | 30 => (4, Act::GrantRequest(told.request())),
        13 => (4, Act::GrantRequest(Digest::of(b"stale"))),
        14 => (4, Act::Refuse),
        15 => (4, Act::AskTime),
        16 => (4, Act::Offer),
        17 => (4, Act::NotConcerned),
        18 => (3, Act::Performed(told.agreement())),
        19 | 31 => (4, Act::Performed(told.agreement())),
        20 => (3, Act::NotPerformed(told.agreement())),
        21 | 32 | 33 => (5, Act::Admit(Some(merchant))),
        22 => (5, Act::Admit(None)),
        23 => (5, Act::Reject(RejectReason::Scope)),
        24 => (5, Act::Close),
        25 => (1, Act::Bounced(Role::Merchant)),
        26 => (1, Act::Bounced(Role::Consumer)),
        27 => (4, Act::Interrupt),
        34 => (4, Act::Resume),
        36..60 => proposing(told, kind % KINDS, actor),
        60 => (4, Act::AcceptMediation),
        61 => (4, Act::JoinMediation(told.request())),
        62 => (0, if actor.is_multiple_of(2) { Act::TermOver } else { Act::TermRemind(actor % 4) }),
        63 => (6, Act::Words),
        68..KINDS => besides(told, kind % KINDS, actor),
        _ => (0, if actor.is_multiple_of(2) { Act::Due } else { Act::Remind(actor) }),
    };
    // Mostly who can say it, sometimes anybody.
    let speaker = if actor < 200 { natural } else { usize::from(actor) % actors.len() };
    event(actors[speaker], act)
}

/// Something that is said about a proposal, or about who mediates, and by whom mostly.
fn proposing(told: &Told, kind: u8, actor: u8) -> (usize, Act) {
    let consent = &told.dispute.consent;
    let stale = consent.proposals().first().map_or(Digest::of(b"stale"), |first| first.digest());
    let open = consent.open_proposal().map_or(stale, |open| open.digest());
    let draft = |role| consent.draft_digest(role).unwrap_or(stale);
    let names = ["nadia@mediateurs.example", "sami@mediateurs.example", "leila@example.org", "contact@souk.example"];
    match kind {
        36 => (3, Act::Draft(terms(actor))),
        37 => (4, Act::Draft(terms(actor))),
        38 => (6, Act::Draft(terms(actor))),
        39 => (3, Act::Propose(draft(Role::Consumer))),
        40 => (4, Act::Propose(draft(Role::Merchant))),
        41 => (6, Act::Propose(draft(Role::Mediator))),
        42 => (3, Act::Propose(stale)),
        43 | 44 => (3, Act::AcceptTerms(open)),
        45 | 46 => (4, Act::AcceptTerms(open)),
        47 => (4, Act::AcceptTerms(stale)),
        48 => (3, Act::DeclineTerms(open)),
        49 => (4, Act::DeclineTerms(open)),
        50 => (3, Act::DeclineTerms(stale)),
        51 => (3, Act::RetractTerms(open)),
        52 => (4, Act::RetractTerms(open)),
        53 => (4, Act::RetractTerms(stale)),
        54 | 55 => (5, Act::Assign(person(Role::Mediator, names[usize::from(actor) % names.len()]))),
        56 | 57 => (6, Act::TakeMission),
        58 => (6, Act::DeclineMission),
        _ => (6, Act::Recuse),
    }
}

/// Something that is said on a channel, at the mediator's desk or by the registrar.
fn besides(told: &Told, kind: u8, actor: u8) -> (usize, Act) {
    let channels = [Channel::ConsumerPrivate, Channel::MerchantPrivate, Channel::Joint, Channel::Desk, Channel::Notes];
    let channel = channels[usize::from(actor) % channels.len()];
    let side = if actor.is_multiple_of(2) { Party::Consumer } else { Party::Merchant };
    let stale = Digest::of(b"stale");
    let share = |from| told.dispute.shares.iter().rfind(|share| share.from == from).map_or(stale, Share::digest);
    let pending = told.dispute.pending.as_ref().map_or(stale, |pending| pending.digest());
    match kind {
        68 => (3, Act::AgreeJoint),
        69 => (4, Act::AgreeJoint),
        70 => (3 + usize::from(actor % 2), Act::LeaveJoint),
        71 => (3, Act::Spoke(channel)),
        72 => (4, Act::Spoke(channel)),
        73 | 74 => (6, Act::Spoke(channel)),
        75 => (6, Act::Filed(channel)),
        76 => (6, Act::AskShare(side, format!("mots {actor}"))),
        77 => (3, Act::Share(share(Party::Consumer))),
        78 => (4, Act::Share(share(Party::Merchant))),
        79 => (3 + usize::from(actor % 2), Act::Withhold(share(side))),
        80 => (6, Act::Order(Box::new(if actor.is_multiple_of(2) { Act::Stop } else { Act::Interrupt }))),
        81 => (6, Act::Undo(pending)),
        82 => (6, Act::Brief),
        83 => (6, Act::Snooze(Some(crate::domain::When::Days(u16::from(actor))))),
        84 => (6, Act::Extend(u16::from(actor))),
        85 => (6, Act::Stop),
        86 => (6, Act::End),
        87 => (6, Act::Interrupt),
        88 | 89 => (5, Act::Reopen),
        90 => (5, Act::Reroute),
        91 => (5, Act::Park),
        92 => (3 + usize::from(actor % 2), Act::CourtSeized),
        93 if actor < 40 => (5, Act::Merged(DisputeId::new([actor; 16]))),
        94 => (6, Act::Deadlock),
        95 => (3, Act::Escalate),
        96 => (4, Act::Contest(told.agreement())),
        97 => (3, Act::Renegotiate(told.agreement())),
        98 => (4, Act::Renegotiate(told.agreement())),
        99..108 => disclosing(told, kind, actor),
        114..KINDS => cooling(told, kind, actor),
        108 | 109 => (6, Act::Points(Pointing::Ask(side, vec![format!("point {actor}")], u16::from(actor)))),
        110 => (6, Act::Points(Pointing::Again(side, vec![1]))),
        111 => (6, Act::Points(Pointing::Settle(side, Vec::new()))),
        112 => (0, Act::Points(Pointing::Due(side))),
        _ => (1, Act::Bounced(Role::Mediator)),
    }
}

/// Something about messages that wait on the common channel.
fn cooling(told: &Told, kind: u8, actor: u8) -> (usize, Act) {
    let waiting: Vec<Digest> = told.dispute.cooling.messages().iter().map(Withheld::digest).collect();
    let one = waiting.iter().rev().nth(usize::from(actor % 3)).copied().unwrap_or(Digest::of(b"stale"));
    match kind {
        114 => (6, Act::Order(Box::new(Act::Cooling(if actor.is_multiple_of(3) { Cooling::Off } else { Cooling::On(actor % 80) })))),
        115 => (6, Act::Cooling(Cooling::On(actor % 80))),
        116 => (6, Act::Cooling(Cooling::Off)),
        117 => (6, Act::Cooling(Cooling::Relay(one))),
        118 => (6, Act::Cooling(Cooling::Hold(one))),
        119 => (0, Act::Cooling(Cooling::Due(one))),
        120 | 121 => (3, Act::Spoke(Channel::Joint)),
        _ => (4, Act::Spoke(Channel::Joint)),
    }
}

/// Something that needs nobody's consent.
fn exempted(actor: u8) -> Exempted {
    let text = match actor % 4 {
        0 => "law\nLe tribunal\nLes dates\nUne ordonnance\ntold",
        1 => "threat\nLa police\nUne menace\nUn danger\nuntold",
        2 => "enforcement\nLe tribunal\n\nHomologation\ntold",
        _ => "authority\nLa CNDP\nLe registre\nUn contrôle\ntold",
    };
    Exempted::parse(text).unwrap()
}

/// Something about what may be told to a third person.
fn disclosing(told: &Told, kind: u8, actor: u8) -> (usize, Act) {
    let last = told.dispute.disclosures.last().map_or(Digest::of(b"stale"), Disclosure::digest);
    let first = told.dispute.disclosures.first().map_or(Digest::of(b"stale"), Disclosure::digest);
    let side = 3 + usize::from(actor % 2);
    match kind {
        99 if actor.is_multiple_of(3) => (5, Act::ThirdPerson(ThirdPerson::Exempt(Box::new(exempted(actor))))),
        99 | 100 => (5, Act::ThirdPerson(ThirdPerson::Ask(Box::new(asking(&format!("pièce {actor}")))))),
        101 => (3, Act::ThirdPerson(ThirdPerson::Allow(last))),
        102 => (4, Act::ThirdPerson(ThirdPerson::Allow(last))),
        103 => (side, Act::ThirdPerson(ThirdPerson::Allow(first))),
        104 => (side, Act::ThirdPerson(ThirdPerson::Refuse(last))),
        105 => (side, Act::ThirdPerson(ThirdPerson::Revoke(if actor.is_multiple_of(4) { first } else { last }))),
        106 => (5, Act::ThirdPerson(ThirdPerson::Told)),
        _ => (0, Act::ThirdPerson(ThirdPerson::Over)),
    }
}
