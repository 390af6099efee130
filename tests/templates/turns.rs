//! Whose turn it is, and what is true where a letter is written at several moments of a dispute.

use crate::mediation::terms;
use crate::sample::{Scene, Stage, open, shut};
use elitige::compose::{After, Background};
use elitige::domain::{Channel, Day, Deadline, Digest, Dispute, Given, Instant, Language, Outcome, Party, Role};

/// The scenes.
pub fn scenes() -> Vec<Scene> {
    use Role::{Consumer, Mediator, Merchant, Operator};
    use Stage::{Agreed, Complete, Confirmed};
    let mut scenes = vec![
        open("performed-noted", Merchant, Agreed).ball(Merchant).about(Merchant).called("performed"),
        open("performed-noted", Merchant, Agreed).ball(Operator).about(Merchant).called("contested"),
        open("not-performed-noted", Consumer, Agreed).ball(Operator).about(Consumer),
        open("address-confirmed", Consumer, Confirmed).ball(Merchant).about(Consumer),
        open("address-restored", Consumer, Confirmed).ball(Merchant).about(Consumer),
        open("address-disputed", Operator, Confirmed).ball(Merchant).about(Consumer),
        open("address-disputed", Operator, Confirmed).ball(Merchant).about(Merchant).called("seller"),
        open("silence", Operator, Confirmed).ball(Operator).called("wrote"),
        shut("closed-ended", Consumer, Complete, Outcome::EndedByConsumer).called("early"),
    ];
    for (role, own) in [(Consumer, Channel::ConsumerPrivate), (Merchant, Channel::MerchantPrivate)] {
        let other = if role == Consumer { Merchant } else { Consumer };
        let mediated = |scene: Scene| Scene { channel: Some(own), ..scene };
        scenes.extend([
            mediated(open("received", role, Confirmed).ball(role).about(role).called("proposal")),
            mediated(open("received", role, Confirmed).ball(other).about(role).called("accepted")),
            mediated(open("resumed", role, Confirmed).ball(role).called("proposal")),
            mediated(open("resumed", role, Confirmed).ball(Mediator).called("points")),
            mediated(open("received", role, Confirmed).ball(Mediator).about(role).called("exchange")),
            open("received", role, Agreed).ball(Operator).about(role).called("contested"),
            open("received", role, Agreed).ball(Operator).about(role).called("contested-performed"),
            mediated(open("received", role, Agreed).ball(Mediator).about(role).called("disputed")),
            open("resumed", role, Agreed).ball(Merchant).called("late"),
            open("paused", role, Agreed).about(role).called("self-agreed"),
            open("paused", role, Agreed).about(other).called("other-agreed"),
            open("received", role, Agreed).ball(other).about(role).called("rests"),
            open("reopened", role, Agreed).ball(Merchant).called("agreed"),
            shut("closed-withdrawn", role, Agreed, Outcome::WithdrawnConsumer).called("agreed"),
            shut("closed-silent", role, Confirmed, Outcome::MerchantSilent).called("wrote"),
            shut("closed-ended", role, Confirmed, Outcome::InterruptedLapsed).called("paused-too-long"),
            shut("closed-ended", role, Confirmed, Outcome::EndedByConsumer).called("mediated"),
        ]);
    }
    scenes
}

/// What the program looks up for `scene`.
pub fn background(scene: &Scene) -> Background {
    let after = match scene.variant {
        "bounced" => After::Bounced,
        "resumed" => After::Resumed,
        "done" => After::Performed,
        "settled" => After::Resolved,
        _ => After::Anything,
    };
    Background { after, seller_wrote: scene.variant == "wrote", seller_invited: scene.variant != "early" }
}

/// Lets happen in `dispute` what came before `scene`.
pub fn prepare(scene: &Scene, language: Language, dispute: &mut Dispute, now: Instant) {
    let given = |on| Given { on, at: now, evidence: Digest::of(b"mail") };
    match scene.variant {
        "proposal" | "accepted" => {
            dispute.consent.draft(Role::Mediator, terms(language));
            let digest = dispute.consent.draft_digest(Role::Mediator).unwrap();
            assert!(dispute.consent.propose(Role::Mediator, given(digest), true));
            assert!(scene.variant == "proposal" || dispute.consent.accept(scene.to.party().unwrap(), given(digest)));
        }
        "points" if scene.letter == "resumed" => {
            let until = Deadline { due: now, day: Day::new(2026, 12, 1).unwrap(), reminders: Vec::new(), reminded: 0, extended: false };
            let points = crate::points::asked(language);
            dispute.points.ask(scene.to.party().unwrap(), &points, until, now.plus_seconds(-86_400)).unwrap();
        }
        "mediated" if scene.letter == "closed-ended" => {
            dispute.consent.tell_charter(Party::Merchant, crate::sample::stationery().charter().edition(), now);
            let request = dispute.consent.confirmed_request().unwrap().digest();
            assert!(dispute.consent.mediate(given(request)));
        }
        _ => {}
    }
}
