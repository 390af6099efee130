//! What a mediator orders by mail, what may be passed on, and what a registrar decides besides admitting.

use crate::mediation::terms;
use crate::sample::{Scene, Stage, open, shut};
use elitige::domain::{
    Act, Beyond, Channel, Contacted, Day, Deadline, Digest, Disclosing, Disclosure, Dispute, Exempted, Exemption, Given, Ground, Instant, Language, Outcome,
    Party, Pending, Role, Share,
};

/// The scenes of the desk.
pub fn scenes() -> Vec<Scene> {
    use Channel::{ConsumerPrivate, Desk, MerchantPrivate};
    use Role::{Consumer, Mediator, Merchant};
    let on = |letter: &'static str, to: Role, channel: Channel| Scene { channel: Some(channel), ..open(letter, to, Stage::Confirmed) };
    let mut scenes = vec![
        on("brief", Mediator, Desk).ball(Mediator),
        on("brief", Mediator, Desk).ball(Merchant).called("offers"),
        on("command-check", Mediator, Desk).ball(Mediator).called("pause"),
        on("command-check", Mediator, Desk).ball(Mediator).called("extend"),
        on("command-check", Mediator, Desk).ball(Mediator).called("hand-over"),
        on("command-check", Mediator, Desk).ball(Mediator).called("stop"),
        Scene { channel: Some(Desk), ..open("command-check", Mediator, Stage::Agreed).ball(Mediator).called("give-back") },
        on("command-waiting", Mediator, Desk).ball(Mediator).called("pause"),
        on("brief", Mediator, Desk).about(Merchant).called("proposed"),
        open("released", Merchant, Stage::Confirmed),
        on("command-undone", Mediator, Desk).ball(Mediator),
        on("snoozed", Mediator, Desk).ball(Mediator),
        on("snooze-help", Mediator, Desk).ball(Mediator),
        on("no-reminder", Mediator, Desk).ball(Mediator),
        on("command-check", Mediator, Desk).ball(Merchant).called("spare"),
        on("order-help", Mediator, Desk).ball(Mediator),
        on("share-asked", Mediator, Desk).ball(Mediator),
        on("share-answered", Mediator, Desk).ball(Mediator).called("given"),
        on("share-answered", Mediator, Desk).ball(Mediator).called("kept"),
        on("mediation-extended", Mediator, Desk).ball(Mediator),
        on("case-moved", Mediator, Desk).ball(Mediator).called("resumed"),
        on("case-moved", Mediator, Desk).ball(Mediator).called("paused"),
        Scene { channel: Some(Desk), ..shut("case-moved", Mediator, Stage::Confirmed, Outcome::EndedByConsumer) },
        Scene { channel: Some(Desk), ..open("contested", Mediator, Stage::Agreed).ball(Mediator).about(Merchant) },
        on("exchange-again", Mediator, Desk).ball(Mediator),
        open("disclosure-result", Role::Operator, Stage::Confirmed).ball(Merchant).called("given"),
        open("disclosure-result", Role::Operator, Stage::Confirmed).ball(Merchant).called("refused"),
        open("disclosure-result", Role::Operator, Stage::Confirmed).ball(Merchant).called("revoked"),
        open("contest-noted", Merchant, Stage::Agreed).ball(Role::Operator).about(Merchant),
        open("write-first", Consumer, Stage::Confirmed).ball(Consumer),
        open("other-seller", Consumer, Stage::Confirmed).ball(Consumer),
    ];
    for (role, own) in [(Consumer, ConsumerPrivate), (Merchant, MerchantPrivate)] {
        scenes.extend([
            open("message", role, Stage::Confirmed).ball(Merchant).about(Role::Operator).called("service"),
            on("share-request", role, own).ball(Mediator),
            on("share-noted", role, own).ball(Mediator).called("given"),
            on("share-noted", role, own).ball(Mediator).called("kept"),
            on("relayed", role, own).ball(Mediator).called("given"),
            on("mediation-extended", role, own).ball(Mediator),
            Scene { channel: Some(own), ..open("performance-unclear", role, Stage::Agreed).ball(Mediator).about(Merchant) },
            Scene { channel: Some(own), ..open("exchange-wished", role, Stage::Agreed).ball(Mediator).about(role) },
            on("exchange-again", role, own).ball(Mediator).about(role),
            open("disclosure-asked", role, Stage::Confirmed).ball(Merchant),
            open("disclosure-noted", role, Stage::Confirmed).ball(Merchant).about(role).called("allowed"),
            open("disclosure-noted", role, Stage::Confirmed).ball(Merchant).about(role).called("kept"),
            open("disclosure-ended", role, Stage::Confirmed).ball(Merchant).called("given"),
            open("disclosure-ended", role, Stage::Confirmed).ball(Merchant).called("refused"),
            open("disclosure-ended", role, Stage::Confirmed).ball(Merchant).called("revoked"),
            open("disclosure-made", role, Stage::Confirmed).ball(Merchant).called("law"),
            open("disclosure-made", role, Stage::Confirmed).ball(Merchant).called("threat"),
            open("disclosure-made", role, Stage::Agreed).ball(Merchant).called("enforcement"),
            open("disclosure-made", role, Stage::Confirmed).ball(Merchant).called("authority"),
            open("reopened", role, Stage::Confirmed).ball(Merchant),
        ]);
    }
    scenes
}

/// Lets happen in `dispute` what came before `scene`.
pub fn prepare(scene: &Scene, language: Language, dispute: &mut Dispute, now: Instant) {
    let given = |on| Given { on, at: now, evidence: Digest::of(b"mail") };
    if scene.letter.starts_with("command-") {
        let act = match scene.variant {
            "pause" => Act::Interrupt,
            "extend" => Act::Extend(15),
            "spare" => Act::Unchase(Some(Party::Merchant), Some(now.plus_seconds(3 * 86_400))),
            "stop" => Act::Stop,
            "give-back" => Act::End,
            _ => Act::Recuse,
        };
        dispute.pending = Some(Pending { by: Role::Mediator, act: Box::new(act), due: now.plus_seconds(600), cause: Digest::of(b"order") });
    }
    if scene.letter == "brief" && scene.variant == "offers" {
        let words = match language {
            Language::Fr => "accord de principe",
            Language::Ar => "اتفاق مبدئي",
            Language::En => "agreed in principle",
        };
        dispute.contacted = vec![Contacted { how: Beyond::Telephone, with: Party::Merchant, at: now, words: words.to_owned() }];
    }
    if scene.letter == "brief" && ["offers", "proposed"].contains(&scene.variant) {
        for author in [Role::Merchant, Role::Mediator] {
            dispute.consent.draft(author, terms(language));
            let digest = dispute.consent.draft_digest(author).unwrap();
            assert!(dispute.consent.propose(author, given(digest), true));
        }
        let open = dispute.consent.open_proposal().unwrap().digest();
        assert!(dispute.consent.accept(Party::Consumer, given(open)));
    }
    if let Some(ground) = Ground::parse(scene.variant).filter(|_| scene.letter == "disclosure-made") {
        let exempted = Exempted::parse(&told(ground, language)).unwrap();
        dispute.exempted.push(Exemption { exempted, given: given(Digest::of(b"command")) });
    } else if scene.letter.starts_with("disclosure") {
        dispute.disclosures.push(asked(scene, language, now));
    }
    if scene.letter.starts_with("share") || scene.letter == "relayed" {
        let own = scene.to.party().unwrap_or(Party::Consumer);
        let from = if scene.letter == "relayed" { own.other() } else { own };
        let words = match language {
            Language::Fr => "Un remboursement rapide compte plus que son montant exact.",
            Language::Ar => "سرعة استرجاع المبلغ أهم من قيمته بالضبط.",
            Language::En => "A quick refund matters more than its exact amount.",
        };
        let mut share = Share::ask(from, words.to_owned(), now);
        let on = share.digest();
        let yes = scene.variant == "given" || scene.letter == "relayed";
        assert!(!yes && scene.variant != "kept" || share.answer(yes, given(on)));
        dispute.shares.push(share);
    }
}

/// What was told although nobody was asked.
fn told(ground: Ground, language: Language) -> String {
    let (to, items, reason) = match (ground, language) {
        (Ground::Threat, Language::Fr) => ("La gendarmerie royale", "La menace écrite le 20 novembre", "Une personne est en danger"),
        (Ground::Threat, Language::Ar) => ("الدرك الملكي", "التهديد المكتوب يوم 20 نونبر", "شخص في خطر"),
        (Ground::Threat, Language::En) => ("The gendarmerie", "The threat written on 20 November", "A person is in danger"),
        (Ground::Authority, Language::Fr) => {
            ("La commission de contrôle des données personnelles", "Les dates de la médiation", "Une demande écrite du 20 novembre")
        }
        (Ground::Authority, Language::Ar) => ("اللجنة الوطنية لمراقبة حماية المعطيات ذات الطابع الشخصي", "تواريخ الوساطة", "طلب مكتوب مؤرخ في 20 نونبر"),
        (Ground::Authority, Language::En) => ("The data protection commission", "The dates of the mediation", "A written request of 20 November"),
        (_, Language::Fr) => ("Le tribunal de commerce de Casablanca", "Les dates de la médiation", "Une demande écrite du 20 novembre"),
        (_, Language::Ar) => ("المحكمة التجارية بالدار البيضاء", "تواريخ الوساطة", "طلب مكتوب مؤرخ في 20 نونبر"),
        (_, Language::En) => ("The commercial court of Casablanca", "The dates of the mediation", "A written request of 20 November"),
    };
    let items = if ground == Ground::Enforcement { "" } else { items };
    format!("{}\n{to}\n{items}\n{reason}\ntold", ground.name())
}

/// What both sides are asked to allow, as far as `scene` has come.
fn asked(scene: &Scene, language: Language, now: Instant) -> Disclosure {
    let lines = match language {
        Language::Fr => "Banque Atlas\nLe service des litiges de la Banque Atlas\nLa date et le résultat de la médiation\nTraiter une opposition au paiement",
        Language::Ar => "بنك الأطلس\nمصلحة النزاعات ببنك الأطلس\nتاريخ الوساطة ونتيجتها\nمعالجة اعتراض على الأداء",
        Language::En => "Atlas Bank\nThe disputes desk of Atlas Bank\nThe date and the result of the mediation\nDealing with a disputed payment",
    };
    let day = Day::new(2026, 12, 7).unwrap();
    let ends = Deadline { due: now, day, reminders: Vec::new(), reminded: 0, extended: false };
    let mut asked = Disclosure::ask(Disclosing::parse(&format!("{lines}\n2027-01-31")).unwrap(), now, ends);
    let given = Given { on: asked.digest(), at: now, evidence: Digest::of(b"mail") };
    let own = scene.to.party().unwrap_or(Party::Consumer);
    match scene.variant {
        "allowed" => assert!(asked.answer(own, true, given)),
        "kept" => assert!(asked.answer(own, false, given)),
        variant @ ("given" | "refused" | "revoked") => {
            assert!(asked.answer(own, true, given) && asked.answer(own.other(), variant != "refused", given));
            assert!(variant != "revoked" || asked.revoke(Party::Merchant, given));
        }
        _ => {}
    }
    asked
}
