//! What is said of messages that wait on the common channel.

use crate::sample::{Scene, Stage, open, shut};
use elitige::domain::{Act, Channel, Cooling, Digest, Dispute, Fate, Instant, Outcome, Party, Pending, Role};

/// The scenes of the cool-off.
pub fn scenes() -> Vec<Scene> {
    use Channel::{ConsumerPrivate, Desk, Joint, MerchantPrivate};
    use Role::{Consumer, Mediator, Merchant};
    let on = |letter: &'static str, to: Role, channel: Channel| Scene { channel: Some(channel), ..open(letter, to, Stage::Confirmed).ball(Mediator) };
    vec![
        on("command-check", Mediator, Desk).called("cool-off"),
        on("command-check", Mediator, Desk).called("cool-off-over"),
        on("message", Mediator, Joint).about(Consumer).called("waits"),
        on("order-help", Mediator, Joint).called("joint"),
        on("cool-off", Consumer, ConsumerPrivate),
        on("cool-off", Merchant, MerchantPrivate),
        on("cool-off-over", Consumer, ConsumerPrivate),
        on("cool-off-over", Merchant, MerchantPrivate),
        Scene { channel: None, ..on("cool-off-over", Merchant, MerchantPrivate) }.called("nobody-mediates"),
        on("kept-back", Consumer, ConsumerPrivate).called("said"),
        on("kept-back", Merchant, MerchantPrivate),
        Scene { channel: Some(ConsumerPrivate), ..shut("kept-back", Consumer, Stage::Confirmed, Outcome::EndedByMerchant) }.called("over"),
    ]
}

/// Lets messages wait in `dispute` as before `scene`.
pub fn prepare(scene: &Scene, dispute: &mut Dispute, now: Instant) {
    let ordered = |cooling| Some(Pending { by: Role::Mediator, act: Box::new(Act::Cooling(cooling)), due: now.plus_seconds(600), cause: Digest::of(b"order") });
    match (scene.letter, scene.variant) {
        ("command-check", "cool-off") => dispute.pending = ordered(Cooling::On(12)),
        ("command-check", "cool-off-over") => dispute.pending = ordered(Cooling::Off),
        ("message", "waits") | ("cool-off" | "cool-off-over" | "kept-back", _) => {
            let author = scene.to.party().unwrap_or(Party::Consumer);
            let reader = dispute.participant(Role::from(author.other())).map(|other| other.address.clone()).unwrap();
            assert!(dispute.cooling.begin(12));
            dispute.cooling.keep(author, &reader, Digest::of(b"a mail"), now);
            if scene.letter == "kept-back" {
                let digest = dispute.cooling.messages()[0].digest();
                dispute.cooling.decide(digest, Fate::Kept(now)).unwrap();
            }
            if scene.letter == "cool-off-over" || scene.variant == "over" {
                dispute.cooling.end(Fate::Kept(now));
            }
        }
        _ => {}
    }
}
