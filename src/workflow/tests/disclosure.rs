//! What may be told to a third person: how both sides are asked, and the measure of what they allowed.

use super::breaches::broken;
use super::*;
use crate::domain::{Disclosing, Disclosure, Exempted, Ground, ThirdPerson};

/// What is asked, of those items.
pub(super) fn asking(items: &str) -> Disclosing {
    Disclosing::parse(&format!("Banque Atlas\nson service des litiges\n{items}\ntraiter une opposition\n2027-01-29")).unwrap()
}

/// Both sides are asked, in the middle of a mediation.
pub(super) fn asked() -> Told<'static> {
    let mut told = Told::mediated();
    let asked = told.step(by(Role::Operator, Act::ThirdPerson(ThirdPerson::Ask(Box::new(asking("la copie de l'accord"))))));
    assert_eq!(sent(&asked), [(Role::Consumer, "disclosure-asked"), (Role::Merchant, "disclosure-asked")]);
    told
}

fn on(told: &Told) -> Digest {
    told.dispute.disclosures.last().unwrap().digest()
}

/// Whether the registrar notes what needs nobody's consent, and nothing else changes: with an agreement where one is enforced, and the sides hear of it where
/// they may.
pub(super) fn is_unasked(one: &Happened) -> bool {
    let Act::ThirdPerson(ThirdPerson::Exempt(exempted)) = &one.event.act else { return false };
    let (before, after) = (&one.before, &one.decision.dispute);
    let noted = Dispute { exempted: after.exempted.clone(), version: after.version, ..before.clone() };
    let added = after.exempted.strip_prefix(before.exempted.as_slice()).is_some_and(|added| added.iter().map(|one| &one.exempted).eq([&**exempted]));
    let sides = sent(&one.decision);
    let consumer = sides.contains(&(Role::Consumer, "disclosure-made"));
    let heard = consumer == exempted.sides_told && sides.iter().all(|(to, letter)| consumer && to.party().is_some() && *letter == "disclosure-made");
    let allowed = exempted.ground != Ground::Enforcement || before.consent.agreement().is_some();
    one.event.actor == Actor::Person(Role::Operator) && noted == *after && added && heard && allowed
}

/// Nothing is allowed but by both sides, nobody is told of the answer of one alone, and nobody tells what is not allowed.
pub(super) fn let_out(told: &Told) -> Option<String> {
    let mut yes: Vec<(Digest, Party)> = Vec::new();
    told.past.iter().enumerate().find_map(|(at, one)| {
        let (before, after) = (&one.before, &one.decision.dispute);
        let party = one.event.actor.person().and_then(Role::party).filter(|_| one.decision.judgement != Judgement::NoRule);
        match (party, &one.event.act) {
            (Some(party), Act::ThirdPerson(ThirdPerson::Allow(on))) => yes.push((*on, party)),
            (Some(party), Act::ThirdPerson(ThirdPerson::Revoke(on))) => yes.retain(|other| *other != (*on, party)),
            _ => {}
        }
        let both = |one: &Disclosure| [Party::Consumer, Party::Merchant].into_iter().all(|party| yes.contains(&(one.digest(), party)));
        let allowed = |one: &&Disclosure| one.is_allowed(one.asking.until);
        let open = after.disclosures.iter().any(Disclosure::is_open);
        let speaks = |name: &str| one.decision.effects.iter().any(|Effect::Send { letter, .. }| letter == name);
        let noted = |Effect::Send { to, letter, .. }: &Effect| letter == "disclosure-noted" && Actor::Person(*to) != one.event.actor;
        let executed =
            after.disclosures.iter().map(|one| one.told_at().count()).sum::<usize>() > before.disclosures.iter().map(|one| one.told_at().count()).sum();
        let unasked = before.exempted != after.exempted || speaks("disclosure-made");
        let wrong = match () {
            () if unasked && !is_unasked(one) => "something is told without asking that needs consent",
            () if !after.disclosures.iter().filter(allowed).all(both) => "something is allowed that not both sides allow",
            () if open && (speaks("disclosure-ended") || speaks("disclosure-result")) => "what came of a question is told while it is open",
            () if one.decision.effects.iter().any(noted) => "a lone answer is told to somebody else",
            () if executed && !before.disclosures.iter().any(|one| allowed(&one)) => "something is told that is not allowed",
            () => return None,
        };
        Some(format!("{wrong}: number {at}, {} {}", one.event.actor.name(), one.event.act.name()))
    })
}

#[test]
fn both_sides_allow_it_each_by_itself_and_the_registrar_is_told_when_both_did() {
    let mut told = asked();
    let on = on(&told);
    assert_eq!(told.step(by(Role::Operator, Act::ThirdPerson(ThirdPerson::Told))).judgement, Judgement::NoRule, "nothing is allowed yet");
    let first = told.step(by(Role::Merchant, Act::ThirdPerson(ThirdPerson::Allow(on))));
    assert_eq!(sent(&first), [(Role::Merchant, "disclosure-noted")]);
    let both = told.step(by(Role::Consumer, Act::ThirdPerson(ThirdPerson::Allow(on))));
    assert_eq!(sent(&both), [(Role::Consumer, "disclosure-ended"), (Role::Merchant, "disclosure-ended"), (Role::Operator, "disclosure-result")]);
    assert_eq!(told.step(by(Role::Operator, Act::ThirdPerson(ThirdPerson::Told))).judgement, Judgement::Noted);
    let revoked = told.step(by(Role::Consumer, Act::ThirdPerson(ThirdPerson::Revoke(on))));
    assert_eq!(sent(&revoked).len(), 3, "the other side and the registrar are told");
    assert_eq!(told.step(by(Role::Operator, Act::ThirdPerson(ThirdPerson::Told))).judgement, Judgement::NoRule, "nothing more is told");
    assert_eq!(told.dispute.disclosures[0].told_at().count(), 1);
    assert_eq!(told.dispute.state, "exchange", "it moves no dispute");
}

#[test]
fn silence_is_a_no_after_ten_working_days() {
    let mut told = asked();
    let on = on(&told);
    told.step(by(Role::Consumer, Act::ThirdPerson(ThirdPerson::Allow(on))));
    assert_eq!(told.dispute.disclosures[0].ends.day.to_string(), "2026-12-07");
    told.later(15);
    told.ring();
    assert!(
        told.past
            .iter()
            .any(|one| one.event.act == Act::ThirdPerson(ThirdPerson::Over) && sent(&one.decision).contains(&(Role::Operator, "disclosure-result")))
    );
    let late = told.step(by(Role::Merchant, Act::ThirdPerson(ThirdPerson::Allow(on))));
    assert_eq!((late.judgement, told.dispute.disclosures[0].was_given()), (Judgement::NoRule, false));
}

#[test]
fn a_no_is_told_to_nobody_before_the_other_side_answered_and_a_yes_is_taken_back() {
    let mut told = asked();
    let question = on(&told);
    assert_eq!(sent(&told.step(by(Role::Merchant, Act::ThirdPerson(ThirdPerson::Refuse(question))))), [(Role::Merchant, "disclosure-noted")]);
    assert_eq!(sent(&told.step(by(Role::Consumer, Act::ThirdPerson(ThirdPerson::Allow(question))))).len(), 3);
    assert!(!told.dispute.disclosures[0].was_given());
    told.step(by(Role::Operator, Act::ThirdPerson(ThirdPerson::Ask(Box::new(asking("la date"))))));
    let question = on(&told);
    told.step(by(Role::Consumer, Act::ThirdPerson(ThirdPerson::Allow(question))));
    assert_eq!(sent(&told.step(by(Role::Consumer, Act::ThirdPerson(ThirdPerson::Revoke(question))))), [(Role::Consumer, "disclosure-noted")]);
    told.step(by(Role::Merchant, Act::ThirdPerson(ThirdPerson::Allow(question))));
    assert!(!told.dispute.disclosures[1].was_given());
}

#[test]
fn nobody_is_asked_where_a_side_is_missing_or_paused_or_asked_already_and_an_end_ends_the_question() {
    let ask = || by(Role::Operator, Act::ThirdPerson(ThirdPerson::Ask(Box::new(asking("la date")))));
    assert_eq!(Told::opened().step(ask()).judgement, Judgement::NoRule);
    assert_eq!(Told::served().step(ask()).judgement, Judgement::NoRule);
    let mut told = asked();
    assert_eq!(told.step(ask()).judgement, Judgement::NoRule);
    assert_eq!(Told::mediated().step(by(Role::Mediator, Act::ThirdPerson(ThirdPerson::Ask(Box::new(asking("la date")))))).judgement, Judgement::NoRule);
    let mut paused = Told::mediated();
    paused.step(by(Role::Consumer, Act::Interrupt));
    assert_eq!(paused.step(ask()).judgement, Judgement::NoRule);
    let ended = told.step(by(Role::Merchant, Act::End));
    assert!(sent(&ended).contains(&(Role::Operator, "disclosure-result")) && told.dispute.wakes().is_none());
}

#[test]
fn what_not_both_sides_allow_is_found() {
    let alone = || {
        let mut told = asked();
        let on = on(&told);
        told.step(by(Role::Consumer, Act::ThirdPerson(ThirdPerson::Allow(on))));
        told
    };
    assert_eq!(let_out(&alone()), None);
    let mut told = alone();
    told.past.last_mut().unwrap().decision.effects.push(Effect::send(Role::Merchant, "disclosure-noted"));
    assert!(let_out(&told).unwrap().starts_with("a lone answer"));
    let mut told = alone();
    told.past.last_mut().unwrap().decision.effects.push(Effect::send(Role::Operator, "disclosure-result"));
    assert!(let_out(&told).unwrap().starts_with("what came of a question"));
    let mut told = alone();
    let one = told.past.last_mut().unwrap();
    let given = Given { on: one.before.disclosures[0].digest(), at: told.now, evidence: Digest::of(b"mail") };
    assert!(one.decision.dispute.disclosures[0].answer(Party::Merchant, true, given));
    assert!(let_out(&told).unwrap().starts_with("something is allowed"));
    let mut told = alone();
    let one = told.past.last_mut().unwrap();
    one.decision.dispute.disclosures[0].told(Given { on: one.event.cause, at: told.now, evidence: one.event.cause });
    assert!(let_out(&told).unwrap().starts_with("something is told"));
}

#[test]
fn what_needs_nobodys_consent_is_noted_and_told_to_both_sides_also_after_the_end() {
    let exempt = |text: &str| by(Role::Operator, Act::ThirdPerson(ThirdPerson::Exempt(Box::new(Exempted::parse(text).unwrap()))));
    let mut told = Told::mediated();
    assert_eq!(told.step(exempt("enforcement\nLe tribunal\n\nHomologation\ntold")).judgement, Judgement::NoRule, "there is no agreement");
    let law = "law\nLe tribunal\nLes dates\nOrdonnance 12/2026\ntold";
    let made = told.step(exempt(law));
    assert_eq!(sent(&made), [(Role::Consumer, "disclosure-made"), (Role::Merchant, "disclosure-made")]);
    assert!(sent(&told.step(exempt("threat\nLa police\nUne menace\nUn danger\nuntold"))).is_empty());
    let by_mediator = Event { actor: Actor::Person(Role::Mediator), ..exempt(law) };
    assert_eq!(told.step(by_mediator).judgement, Judgement::NoRule);
    told.step(by(Role::Consumer, Act::End));
    assert!(told.dispute.is_closed());
    assert_eq!(sent(&told.step(exempt(law))).len(), 2);
    assert_eq!(told.dispute.exempted.len(), 3);
    assert_eq!(broken(&told), []);
}

#[test]
fn what_is_told_without_asking_although_it_needs_consent_is_found() {
    let exempt = |text: &str| by(Role::Operator, Act::ThirdPerson(ThirdPerson::Exempt(Box::new(Exempted::parse(text).unwrap()))));
    let found = |told: Told, forge: fn(&mut Happened)| {
        let mut told = told;
        assert_eq!(broken(&told), [], "the true history");
        forge(told.past.last_mut().unwrap());
        broken(&told).into_iter().map(|(name, _)| name).collect::<Vec<_>>()
    };
    let noted = |text: &str| {
        let mut told = Told::mediated();
        assert_eq!(told.step(exempt(text)).judgement, Judgement::Noted);
        told
    };
    let law = "law\nLe tribunal\nLes dates\nOrdonnance 12/2026\ntold";
    let threat = "threat\nLa police\nUne menace\nUn danger\nuntold";
    fn also(one: &mut Happened, to: Role) {
        one.decision.effects.push(Effect::send(to, "disclosure-made"));
    }
    assert_eq!(found(noted(law), |one| one.event.actor = Actor::Person(Role::Mediator)), ["disclosure"], "a mediator tells nobody");
    assert_eq!(found(noted(law), |one| one.event.act = Act::ThirdPerson(ThirdPerson::Told)), ["disclosure"], "nobody allowed it");
    assert_eq!(found(noted(law), |one| one.decision.effects.clear()), ["disclosure"], "the sides hear nothing");
    assert_eq!(found(noted(law), |one| one.decision.dispute.exempted.clear()), ["disclosure"], "it stands nowhere");
    assert_eq!(found(noted(law), |one| one.decision.dispute.exempted[0].exempted.items = "Tout".to_owned()), ["disclosure"], "something else stands there");
    assert_eq!(found(noted(threat), |one| also(one, Role::Consumer)), ["disclosure"], "what could harm somebody is told");
    assert_eq!(found(noted(threat), |one| also(one, Role::Operator)), ["disclosure"]);
    let enforced = found(noted(law), |one| {
        let exempted = Exempted::parse("enforcement\nLe tribunal\n\nHomologation\ntold").unwrap();
        one.decision.dispute.exempted[0].exempted = exempted.clone();
        one.event.act = Act::ThirdPerson(ThirdPerson::Exempt(Box::new(exempted)));
    });
    assert_eq!(enforced, ["disclosure"], "there is no agreement to enforce");
    let over = || {
        let mut told = Told::mediated();
        told.step(by(Role::Consumer, Act::End));
        told.step(exempt(law));
        told
    };
    assert_eq!(found(over(), |one| one.decision.dispute.state = "exchange".to_owned()), ["I10", "I11", "disclosure", "rest"], "it moves what is over");
    assert_eq!(found(over(), |one| one.decision.effects.push(Effect::send(Role::Merchant, "reminder"))), ["I10", "disclosure"], "more follows after the end");
}
