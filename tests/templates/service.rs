//! The scenes of a merchant's customer service.

use super::sample::{Sample, Scene, Stage, house, open, shut};
use elitige::compose::{ClientHouse, House, PerLanguage};
use elitige::domain::{Channel, Day, Dispute, Given, Language, Mandate, Money, Obligation, Outcome, Outsourced, Party, Role, Terms};

/// Every scene of it, in the order of its workflow.
pub fn scenes() -> Vec<Scene> {
    use Role::{Consumer, Mediator, Merchant};
    use Stage::{Complete, Incomplete};
    let plain = |letter: &'static str, to: Role| open(letter, to, Complete);
    let on = |letter: &'static str, to: Role, channel: Channel| Scene { channel: Some(channel), ..plain(letter, to) };
    let agent = |letter: &'static str| on(letter, Mediator, Channel::ConsumerPrivate);
    vec![
        plain("svc-received", Consumer).ball(Mediator).about(Consumer),
        open("svc-received", Consumer, Incomplete).ball(Mediator).about(Consumer).called("missing"),
        open("svc-questions", Consumer, Incomplete).ball(Mediator).about(Consumer),
        agent("svc-new").ball(Mediator).about(Consumer),
        agent("svc-turn").ball(Mediator),
        agent("svc-turn").ball(Consumer).about(Consumer).called("declined"),
        agent("svc-turn").ball(Consumer).about(Consumer).called("bounced"),
        agent("svc-turn").ball(Consumer).about(Consumer).called("resumed"),
        agent("svc-help").ball(Consumer),
        on("svc-asked", Merchant, Channel::MerchantPrivate).ball(Merchant).about(Mediator),
        on("svc-answer", Consumer, Channel::ConsumerPrivate).ball(Consumer).about(Mediator),
        plain("svc-reminder", Consumer).ball(Consumer),
        plain("svc-reminder", Consumer).ball(Consumer).called("offered"),
        plain("svc-reminder", Merchant).ball(Merchant),
        plain("svc-reminder", Merchant).ball(Merchant).called("approving"),
        plain("svc-reminder", Merchant).ball(Consumer).called("promised"),
        on("svc-draft", Mediator, Channel::Desk).ball(Mediator).about(Mediator).called("drafted"),
        plain("svc-approve", Merchant).ball(Merchant).about(Mediator).called("approving"),
        plain("svc-offer", Consumer).ball(Consumer).about(Mediator).called("offered"),
        agent("svc-sent").ball(Consumer).about(Mediator).called("offered"),
        agent("svc-sent").ball(Consumer).about(Mediator).called("deadlock"),
        plain("svc-done", Consumer).ball(Merchant).about(Consumer).called("promised"),
        plain("svc-done", Merchant).ball(Merchant).about(Consumer).called("promised"),
        agent("svc-done").ball(Merchant).about(Consumer).called("promised"),
        plain("svc-check", Consumer).ball(Merchant).called("promised"),
        plain("svc-final", Consumer).ball(Consumer).called("offered"),
        plain("svc-final", Consumer).ball(Consumer).called("promised"),
        plain("svc-human", Consumer).ball(Mediator).about(Consumer),
        plain("svc-human", Consumer).ball(Consumer).about(Consumer).called("offered"),
        plain("not-counted", Consumer).ball(Mediator).about(Consumer).called("outsourced"),
        plain("not-counted", Merchant).ball(Mediator).about(Merchant).called("outsourced"),
        plain("svc-resting", Consumer).ball(Consumer).about(Consumer),
        shut("svc-closed", Consumer, Complete, Outcome::SvcUnresolved),
        Scene { channel: Some(Channel::ConsumerPrivate), ..shut("svc-closed", Mediator, Complete, Outcome::SvcEscalated) },
        shut("svc-closed", Merchant, Complete, Outcome::SvcEscalated),
        shut("svc-closed", Merchant, Complete, Outcome::SvcEscalated).called("promised"),
        shut("svc-closed", Consumer, Complete, Outcome::SvcResolved).about(Consumer).called("done"),
        shut("svc-closed", Merchant, Complete, Outcome::SvcResolved).about(Consumer).called("done"),
        shut("svc-closed", Consumer, Complete, Outcome::SvcResolved).about(Consumer).called("settled"),
        Scene { channel: Some(Channel::ConsumerPrivate), ..shut("svc-closed", Mediator, Complete, Outcome::SvcResolved).called("presumed") },
    ]
}

/// Whether the scene is one of a customer service.
pub fn is_of_service(scene: &Scene) -> bool {
    scene.letter.starts_with("svc-") || scene.variant == "outsourced"
}

/// The house of the letters of `scene`.
pub fn house_of(scene: &Scene) -> House {
    let house = house();
    if !is_of_service(scene) {
        return house;
    }
    let text = |fr: &str, ar: &str, en: &str| PerLanguage { fr: fr.to_owned(), ar: ar.to_owned(), en: en.to_owned() };
    let client = ClientHouse { name: text("Zellij Déco", "زليج ديكو", "Zellij Deco"), operated_by: house.name.clone() };
    House { name: text("Service client Zellij Déco", "خدمة زبناء زليج ديكو", "Zellij Deco customer service"), client: Some(client), ..house }
}

/// `sample` as the dispute of a customer service that has come as far as the scene's variant says.
pub fn serve(sample: &mut Sample, scene: &Scene, language: Language, given: impl Fn(elitige::domain::Digest) -> Given) {
    let dispute = &mut sample.dispute;
    let mut service = Outsourced::new(Mandate::default());
    let words = match language {
        Language::Fr => "Nous avons interrogé le transporteur : la lampe est partie intacte.",
        Language::Ar => "سألنا الناقل، وقد أُرسل المصباح سليما.",
        Language::En => "We asked the carrier: the lamp left undamaged.",
    };
    if matches!(scene.variant, "offered" | "deadlock" | "promised") || scene.letter == "svc-answer" {
        service.answer(words, sample.now);
    }
    dispute.service = Some(service);
    dispute.operator = None;
    dispute.mission = dispute.mediator.as_ref().map(|_| given(elitige::domain::Digest::of(b"agent")));
    let request = dispute.draft_request();
    let digest = request.digest();
    dispute.consent.confirm(request, given(digest));
    if matches!(scene.variant, "drafted" | "approving" | "offered" | "promised" | "done" | "settled" | "presumed") {
        dispute.consent.draft(Role::Mediator, offer(language));
    }
    if matches!(scene.variant, "approving" | "offered" | "promised" | "done" | "settled" | "presumed") {
        propose(dispute, &given);
    }
    let open = dispute.consent.open_proposal().map(|tabled| tabled.digest());
    if let Some(open) = open.filter(|_| matches!(scene.variant, "offered" | "promised" | "done" | "settled" | "presumed")) {
        assert!(dispute.consent.accept(Party::Merchant, given(open)));
        assert!(scene.variant == "offered" || dispute.consent.accept(Party::Consumer, given(open)));
    }
}

fn propose(dispute: &mut Dispute, given: &impl Fn(elitige::domain::Digest) -> Given) {
    let drafted = dispute.consent.draft_digest(Role::Mediator).unwrap();
    assert!(dispute.consent.propose(Role::Mediator, given(drafted), false));
}

fn offer(language: Language) -> Terms {
    let what = match language {
        Language::Fr => "rembourse la moitié du prix",
        Language::Ar => "يرجع نصف الثمن",
        Language::En => "refunds half of the price",
    };
    let due = Day::new(2026, 12, 15).unwrap();
    let amount = Some(Money::dirhams(75_000));
    Terms::new(vec![Obligation { debtor: Party::Merchant, what: what.to_owned(), amount, due, remedy: Some("REFUND_PARTIAL".to_owned()), supplied: false }])
        .unwrap()
}

/// What a customer service told or is about to tell, in its own words.
pub fn told(dispute: &Dispute) -> Vec<String> {
    let answers = dispute.service.iter().flat_map(|service| &service.answers).map(|answer| answer.words.clone());
    let offers = dispute.consent.proposals().iter().map(|tabled| tabled.terms.text());
    answers.chain(offers).chain(dispute.consent.drafted(Role::Mediator).map(Terms::text)).collect()
}
