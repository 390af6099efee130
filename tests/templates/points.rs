//! What a side is asked point by point, and what the mediator is told of it.

use crate::sample::{Scene, Stage, open};
use elitige::domain::{Channel, Day, Deadline, Dispute, Instant, Language, Party, Response, Role};

/// The scenes of the points.
pub fn scenes() -> Vec<Scene> {
    use Channel::{ConsumerPrivate, Desk, MerchantPrivate};
    use Role::{Consumer, Mediator, Merchant};
    let on = |letter: &'static str, to: Role, channel: Channel| Scene { channel: Some(channel), ..open(letter, to, Stage::Confirmed).ball(Mediator) };
    vec![
        on("points", Consumer, ConsumerPrivate),
        on("points", Merchant, MerchantPrivate).called("said"),
        on("points-again", Consumer, ConsumerPrivate).called("left-out"),
        on("points-again", Merchant, MerchantPrivate).called("silence"),
        on("points-noted", Mediator, Desk),
        on("points-silent", Mediator, Desk),
        on("brief", Mediator, Desk).called("points"),
        on("message", Mediator, MerchantPrivate).about(Merchant).called("left-out"),
        on("message", Mediator, MerchantPrivate).about(Merchant).called("unsure"),
    ]
}

/// Asks in `dispute` what was asked before `scene`, and hears what was answered.
pub fn prepare(scene: &Scene, language: Language, dispute: &mut Dispute, now: Instant) {
    let about = scene.letter.starts_with("points") || matches!((scene.letter, scene.variant), ("brief", "points") | ("message", "left-out" | "unsure"));
    if !about {
        return;
    }
    let party = scene.to.party().unwrap_or(Party::Merchant);
    let before = now.plus_seconds(-86_400);
    let until = |day| Deadline { due: now, day: Day::new(2026, 12, day).unwrap(), reminders: Vec::new(), reminded: 0, extended: false };
    let [_, answer] = words(language);
    let points = asked(language);
    let when = if scene.letter == "points" { now } else { before };
    dispute.points.ask(party, &points, until(1), when).unwrap();
    let heard = |numbers: &[u8], beside| Response { answers: numbers.iter().map(|number| (*number, answer.to_owned())).collect(), beside };
    match (scene.letter, scene.variant) {
        ("points-again" | "message", "left-out") => assert!(dispute.points.hear(party, &heard(&[1], false), until(7), now)),
        ("message" | "brief", _) => assert!(!dispute.points.hear(party, &heard(&[2], true), until(7), now)),
        ("points-again", _) => assert!(dispute.points.lapse(party, until(7), now).again),
        ("points-silent", _) => {
            assert!(dispute.points.hear(party, &heard(&[1], false), until(7), before));
            assert!(dispute.points.lapse(party, until(7), now).silent);
        }
        _ => {}
    }
    if scene.letter == "brief" {
        dispute.points.ask(Party::Consumer, &points[..1], until(4), now).unwrap();
    }
}

/// What is asked.
pub fn asked(language: Language) -> Vec<String> {
    let [points, _] = words(language);
    points.lines().map(str::to_owned).collect()
}

/// Two points and an answer.
fn words(language: Language) -> [&'static str; 2] {
    match language {
        Language::Fr => ["À quelle date le colis est-il parti ?\nQuand est-il arrivé ?", "Le 5 octobre."],
        Language::Ar => ["متى أُرسل الطرد؟\nمتى وصل؟", "يوم 5 أكتوبر."],
        Language::En => ["When did the parcel leave?\nWhen did it arrive?", "On 5 October."],
    }
}
