//! The moments of a mediation: proposals, acceptances, and who mediates.

use crate::sample::{Scene, Stage, open, shut};
use elitige::domain::{Channel, Day, Deadline, Digest, Dispute, Given, Instant, Joint, Language, Money, Obligation, Outcome, Party, Role, Term, Terms};

/// The scenes of a dispute that is mediated, or in which somebody proposes.
pub fn scenes() -> Vec<Scene> {
    use Channel::{ConsumerPrivate, Desk, Joint, MerchantPrivate};
    use Role::{Consumer, Mediator, Merchant, Operator};
    let mut scenes = vec![
        on("mission", Mediator, Desk).ball(Operator),
        on("mission", Mediator, Desk).ball(Merchant).called("early"),
        on("mission-accepted", Mediator, Desk).ball(Mediator),
        on("mediation-ending", Mediator, Desk).ball(Mediator),
        on("exchange-stale", Mediator, Desk).ball(Mediator),
        here("assignment", Operator).ball(Operator),
        here("nobody-free", Operator).ball(Operator),
        here("charter-asked", Merchant).ball(Merchant),
        on("charter-asked", Merchant, MerchantPrivate).ball(Operator).called("named"),
        on("message", Mediator, ConsumerPrivate).about(Consumer),
        on("message", Mediator, MerchantPrivate).about(Merchant).called("seller"),
        on("message", Consumer, ConsumerPrivate).about(Mediator),
        on("message", Merchant, Joint).about(Mediator).called("joint"),
        on("message", Consumer, Joint).about(Merchant).called("joint"),
        on("joint-open", Consumer, Joint),
        on("joint-open", Mediator, Joint),
        on("joint-noted", Merchant, MerchantPrivate),
        on("joint-closed", Consumer, ConsumerPrivate),
        on("joint-closed", Mediator, Desk),
        on("joint-missing", Mediator, Desk),
        on("outsider", Mediator, Desk),
        Scene { channel: Some(ConsumerPrivate), ..shut("merged", Consumer, Stage::Confirmed, Outcome::DuplicateMerged) },
        on("proposal-draft", Mediator, Desk).ball(Mediator),
        on("proposal-help", Mediator, Desk).ball(Mediator),
        on("proposal-sent", Mediator, Desk).ball(Consumer),
        on("proposal-result", Mediator, Desk).ball(Mediator),
    ];
    for role in [Consumer, Merchant] {
        let (own, other) = if role == Consumer { (ConsumerPrivate, "by-seller") } else { (MerchantPrivate, "by-buyer") };
        scenes.extend([
            on("mediator-named", role, own),
            here("mediation-agreement", role).ball(Operator),
            on("mediation-agreement", role, own).ball(Mediator).called("named"),
            here("mediator-changed", role).ball(Operator),
            here("mediator-changed", role).ball(Operator).called("falls"),
            here("mediation-agreement", role).ball(Operator).called("falls"),
            on("proposal", role, own).ball(role).called("second"),
            here("proposal-draft", role).ball(Merchant),
            on("proposal-draft", role, own).ball(Mediator).called("mediated"),
            here("proposal-help", role).ball(Merchant),
            here("proposal-help", role).ball(Merchant).called("too-soon"),
            here("proposal-draft", role).ball(Merchant).called("supplied"),
            here("proposal", role).ball(role).called(other),
            on("proposal", role, own).ball(role),
            here("proposal-sent", role).ball(other_of(role)),
            here("proposal-reminder", role).ball(role).called(other),
            on("proposal-reminder", role, own).ball(role),
            on("acceptance-noted", role, own).ball(other_of(role)),
            on("acceptance-withdrawn", role, own).ball(role),
            on("proposal-closed", role, own).ball(Mediator),
            here("proposal-closed", role).ball(Merchant).called("alone"),
            here("agreement", role).ball(Merchant).called("terms"),
            shut("closed-no-agreement", role, Stage::Confirmed, Outcome::NoAgreement),
        ]);
    }
    scenes
}

fn here(letter: &'static str, to: Role) -> Scene {
    open(letter, to, Stage::Confirmed)
}

fn on(letter: &'static str, to: Role, channel: Channel) -> Scene {
    Scene { channel: Some(channel), ..here(letter, to) }
}

fn other_of(role: Role) -> Role {
    if role == Role::Consumer { Role::Merchant } else { Role::Consumer }
}

/// Lets happen in `dispute`, whose request is confirmed, what came before `scene`: a mission, a term, a proposal and its answers.
pub fn prepare(scene: &Scene, language: Language, dispute: &mut Dispute, now: Instant, today: Day) {
    let given = |on| Given { on, at: now, evidence: Digest::of(b"mail") };
    let begun = scene.channel.is_some() || scene.letter.starts_with("proposal") || matches!(scene.letter, "mediation-agreement" | "mediator-changed");
    if begun && scene.variant != "early" {
        let ends = Deadline { due: now, day: today.plus(90), reminders: Vec::new(), reminded: 0, extended: false };
        dispute.term = Some(Term { ends, limit: now, limit_day: today.plus(180) });
    }
    if scene.channel.is_some() && scene.letter != "mission" {
        dispute.mission = Some(given(Digest::of(b"mission")));
    }
    if scene.channel == Some(Channel::Joint) {
        let mut joint = Joint::default();
        joint.agree(Party::Consumer, given(Digest::of(b"common")));
        joint.agree(Party::Merchant, given(Digest::of(b"common")));
        dispute.joint = joint;
    }
    let agreed = scene.letter == "agreement" && scene.stage == Stage::Confirmed;
    let author = match scene.letter {
        "proposal-draft" | "proposal-sent" => scene.to,
        _ if scene.channel.is_some() => Role::Mediator,
        "proposal" | "proposal-reminder" => other_of(scene.to),
        _ => Role::Merchant,
    };
    let proposes =
        scene.letter.starts_with("proposal") && scene.letter != "proposal-help" || scene.letter.starts_with("acceptance") || agreed || scene.variant == "falls";
    if !proposes {
        return;
    }
    let mut lines = terms(language).obligations().to_vec();
    lines.last_mut().unwrap().supplied = scene.variant == "supplied";
    dispute.consent.draft(author, Terms::new(lines).unwrap());
    if scene.letter == "proposal-draft" {
        return;
    }
    let digest = dispute.consent.draft_digest(author).unwrap();
    assert!(dispute.consent.propose(author, given(digest), true));
    if scene.variant == "second" {
        dispute.consent.draft(author, terms(language));
        let digest = dispute.consent.draft_digest(author).unwrap();
        assert!(dispute.consent.propose(author, given(digest), true));
    }
    match scene.letter {
        "acceptance-noted" => assert!(dispute.consent.accept(scene.to.party().unwrap(), given(digest))),
        "proposal-closed" | "proposal-result" => dispute.consent.close_proposals(),
        _ if agreed => assert!(dispute.consent.accept(Party::Consumer, given(digest))),
        _ => {}
    }
}

/// What is proposed, in the words of its author.
pub fn terms(language: Language) -> Terms {
    let [refund, parcel] = match language {
        Language::Fr => ["Nous remboursons 1 350 DH par virement au plus tard le 20 décembre 2026", "L’acheteuse renvoie la lampe dans son emballage"],
        Language::Ar => ["نرد مبلغ 1350 درهما بتحويل بنكي يوم 20 دجنبر 2026 على أبعد تقدير", "ترجع المشترية المصباح في علبته"],
        Language::En => ["We refund 1,350 MAD by bank transfer by 20 December 2026", "The buyer sends the lamp back in its box"],
    };
    let due = |day| Day::new(2026, 12, day).unwrap();
    let seller =
        Obligation { debtor: Party::Merchant, what: refund.to_owned(), amount: Some(Money::dirhams(135_000)), due: due(20), remedy: None, supplied: false };
    let buyer = Obligation { debtor: Party::Consumer, what: parcel.to_owned(), amount: None, due: due(8), remedy: None, supplied: false };
    Terms::new(vec![seller, buyer]).unwrap()
}
