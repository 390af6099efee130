//! A dispute at every moment at which a letter is written.

use crate::{cooling, desk, mediation, points, turns};
use elitige::compose::{House, PerLanguage, Stationery};
use elitige::domain::merchant::TradeName;
use elitige::domain::{
    Address, Channel, CodeWords, Day, Deadline, Dice, Digest, Dispute, DisputeId, Fact, Given, Instant, Language, Listing, MacKey, MessageId, Outcome, Parted,
    Participant, Party, Proposal, Reachable, Reference, RejectReason, Role, Seat, Suspended, Token, Zone,
};
use elitige::letter::Knowledge;
use std::path::Path;
use std::sync::OnceLock;

/// What the mediation workflow needs of a complaint.
pub const NEEDS: &[Fact] = &[Fact::ConsumerName, Fact::Merchant, Fact::OrderNo, Fact::Amount, Fact::Remedy];

/// How far the sample dispute has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Stage {
    Incomplete,
    Complete,
    Confirmed,
    Agreed,
}

/// One letter to one person at one moment.
#[derive(Debug, Clone)]
pub struct Scene {
    pub letter: &'static str,
    pub variant: &'static str,
    pub to: Role,
    pub stage: Stage,
    pub ball: Option<Role>,
    pub about: Option<Role>,
    pub outcome: Option<Outcome>,
    pub rejection: Option<RejectReason>,
    /// The channel, where it is another one than the reader's own; then there is a mediator.
    pub channel: Option<Channel>,
}

impl Scene {
    /// Every scene, in the order of the workflow.
    pub fn all() -> Vec<Scene> {
        use Role::{Consumer, Merchant, Operator};
        use Stage::{Agreed, Complete, Confirmed, Incomplete};
        let mut scenes = vec![
            open("acknowledgement", Consumer, Incomplete).ball(Consumer),
            open("acknowledgement", Consumer, Complete).ball(Consumer).called("complete"),
            open("questions", Consumer, Incomplete).ball(Consumer),
            open("questions", Consumer, Incomplete).ball(Consumer).called("proposed"),
            open("questions", Consumer, Incomplete).ball(Consumer).called("masked"),
            open("acknowledgement", Consumer, Incomplete).ball(Consumer).called("masked"),
            open("acknowledgement", Consumer, Incomplete).ball(Consumer).called("parted"),
            open("summary", Consumer, Complete).ball(Consumer),
            open("summary", Consumer, Complete).ball(Consumer).called("masked"),
            open("received", Consumer, Confirmed).ball(Merchant).about(Consumer).called("masked"),
            open("complaint-reminder", Consumer, Incomplete).ball(Consumer),
            open("complaint-reminder", Consumer, Complete).ball(Consumer).called("complete"),
            open("file-complete", Consumer, Confirmed).ball(Operator),
            open("admitted", Consumer, Confirmed).ball(Merchant),
            open("resumed", Consumer, Incomplete).ball(Consumer).called("incomplete"),
            open("resumed", Consumer, Complete).ball(Consumer).called("complete"),
            open("invitation", Merchant, Confirmed).ball(Merchant),
            open("invitation-reminder", Merchant, Confirmed).ball(Merchant).called("extended"),
            open("invitation-reminder", Merchant, Confirmed).ball(Merchant),
            open("agreement", Consumer, Agreed).ball(Merchant),
            open("agreement", Merchant, Agreed).ball(Merchant),
            open("performance-check", Consumer, Agreed).ball(Merchant),
            open("performance-check", Consumer, Agreed).ball(Merchant).about(Merchant).called("merchant-says"),
            open("not-performed", Merchant, Agreed).ball(Operator),
            open("confirm-withdrawal", Consumer, Confirmed).ball(Consumer),
            open("pause-ending", Consumer, Confirmed).ball(Consumer).about(Consumer),
            open("pause-ending", Merchant, Confirmed).ball(Merchant).about(Merchant),
            open("challenge", Consumer, Confirmed).ball(Merchant),
            open("challenge", Merchant, Confirmed).ball(Merchant).called("elsewhere"),
            open("address-changed", Consumer, Confirmed).ball(Merchant),
            open("contact-added", Merchant, Confirmed).ball(Merchant).called("colleague"),
            open("contact-added", Merchant, Confirmed).ball(Merchant).called("mandated"),
            open("contact-added", Consumer, Confirmed).ball(Merchant).called("representative"),
            open("contact-added", Consumer, Confirmed).ball(Merchant).called("other-address"),
            open("screening", Operator, Confirmed).ball(Operator),
            open("order-help", Operator, Confirmed).ball(Operator),
            open("screening", Operator, Confirmed).ball(Operator).called("listed"),
            open("screening", Operator, Confirmed).ball(Operator).called("similar"),
            open("screening-reminder", Operator, Confirmed).ball(Operator),
            open("merchant-missing", Operator, Confirmed).ball(Operator).called("no-address"),
            open("silence", Operator, Confirmed).ball(Operator),
            open("undeliverable", Operator, Confirmed).ball(Operator).about(Merchant),
            open("undeliverable", Operator, Confirmed).ball(Merchant).about(Consumer).called("consumer"),
            open("attention", Operator, Confirmed).ball(Merchant).about(Consumer),
            open("attention", Operator, Confirmed).ball(Merchant).about(Merchant).called("said"),
            open("attention", Operator, Agreed).ball(Operator).about(Merchant).called("agreed"),
            open("attention", Operator, Agreed).ball(Operator).called("clock"),
            open("not-yet-due", Consumer, Agreed).ball(Merchant).about(Consumer),
            open("still-screening", Consumer, Confirmed).ball(Operator),
            open("no-answer-yet", Consumer, Confirmed).ball(Operator),
            open("buyer-unreachable", Operator, Confirmed).ball(Consumer),
            open("not-counted", Merchant, Confirmed).ball(Merchant).about(Merchant).called("twice"),
            shut("rejected", Consumer, Confirmed, Outcome::Inadmissible),
            shut("closed-lapsed", Consumer, Incomplete, Outcome::LapsedIncomplete),
            shut("closed-unreachable", Consumer, Confirmed, Outcome::MerchantUnreachable),
        ];
        for role in [Consumer, Merchant] {
            let other = if role == Consumer { Merchant } else { Consumer };
            scenes.extend([
                open("time-extended", role, Confirmed).ball(Merchant),
                open("received", role, Confirmed).ball(Merchant).about(role),
                open("received", role, Confirmed).ball(Operator).about(role).called("service"),
                open("paused", role, Confirmed).about(role).called("self"),
                open("paused", role, Confirmed).about(other).called("other"),
                open("resumed", role, Confirmed).ball(Merchant),
                open("resumed", role, Agreed).ball(Merchant).called("agreed"),
                open("received", role, Confirmed).ball(role).about(role).called("paused"),
                open("received", role, Agreed).ball(Merchant).about(role).called("performed"),
                shut("closed-ended", role, Agreed, Outcome::EndedByMerchant).called("agreed"),
                shut("closed-refused", role, Confirmed, Outcome::MerchantRefused),
                shut("closed-silent", role, Confirmed, Outcome::MerchantSilent),
                shut("closed-performed", role, Agreed, Outcome::SettledPerformed),
                shut("closed-presumed", role, Agreed, Outcome::SettledPresumed),
                shut("closed-not-honoured", role, Agreed, Outcome::AgreementNotHonoured),
                shut("closed-withdrawn", role, Confirmed, Outcome::WithdrawnConsumer),
                shut("closed-settled", role, Confirmed, Outcome::SettledDirect),
                shut("closed-ended", role, Confirmed, Outcome::EndedByMerchant),
                open("not-counted", role, Confirmed).ball(Merchant).about(role),
                open("not-counted", role, Confirmed).ball(other).about(role).called("paused"),
                open("not-counted", role, Confirmed).ball(other).about(role).called("not-yours"),
                open("not-counted", role, Confirmed).ball(Merchant).about(role).called("mixed"),
                open("not-counted", role, Agreed).ball(Merchant).about(role).called("agreed"),
                open("not-counted", role, Confirmed).ball(Operator).about(role).called("not-now"),
                open("in-copy", role, Confirmed).ball(Merchant),
                shut("after-closing", role, Confirmed, Outcome::EndedByMerchant),
            ]);
        }
        scenes.extend(mediation::scenes());
        scenes.extend(desk::scenes());
        scenes.extend(points::scenes());
        scenes.extend(cooling::scenes());
        scenes.extend(turns::scenes());
        scenes.push(open("escalated", Consumer, Complete).ball(Consumer).about(Consumer));
        scenes.extend(super::service::scenes());
        scenes
    }

    /// Name of the file that keeps it.
    pub fn file(&self) -> String {
        let variant = if self.variant.is_empty() { String::new() } else { format!(".{}", self.variant) };
        format!("{}.{}{variant}", self.letter, self.to)
    }

    pub fn ball(self, role: Role) -> Self {
        Self { ball: Some(role), ..self }
    }

    pub fn about(self, role: Role) -> Self {
        Self { about: Some(role), ..self }
    }

    pub fn called(self, variant: &'static str) -> Self {
        Self { variant, ..self }
    }
}

/// A letter that is written while the dispute is open.
pub fn open(letter: &'static str, to: Role, stage: Stage) -> Scene {
    Scene { letter, variant: "", to, stage, ball: None, about: None, outcome: None, rejection: None, channel: None }
}

/// A letter that tells the end.
pub fn shut(letter: &'static str, to: Role, stage: Stage, outcome: Outcome) -> Scene {
    let rejection = (outcome == Outcome::Inadmissible).then_some(RejectReason::NoPriorContact);
    Scene { outcome: Some(outcome), rejection, ..open(letter, to, stage) }
}

/// The sample dispute and the moment.
pub struct Sample {
    pub dispute: Dispute,
    pub now: Instant,
}

impl Sample {
    /// The dispute as it stands in `scene`, with everybody reading `language`.
    pub fn at(scene: &Scene, language: Language) -> Sample {
        let (mut dice, mut further) = (Dice::from_seed([7; 32]), Dice::from_seed([8; 32]));
        let now = Instant::parse("2026-11-23T09:05:00Z").unwrap();
        let zone = zone();
        let mut person = |role: Role, address: &str, name: Option<&str>| Participant {
            role,
            address: Address::parse(address).unwrap(),
            name: name.map(str::to_owned),
            language,
            token: Token::fresh(if role == Role::Mediator { &mut further } else { &mut dice }),
            channel: Channel::private_to(role),
            reachable: Reachable::Yes,
            thread: vec![MessageId::parse("first@phone.example").unwrap(), MessageId::parse("second@elitige.example").unwrap()],
            seats: Channel::besides(role).iter().map(|channel| Seat { channel: *channel, token: Token::fresh(&mut further), thread: Vec::new() }).collect(),
            contacts: Vec::new(),
        };
        // What was agreed was agreed then.
        let then = if scene.variant == "late" { now.plus_seconds(-21 * 86_400) } else { now };
        let given = |on| Given { on, at: then, evidence: Digest::of(b"mail") };
        let consumer = person(Role::Consumer, "leila@post.example", Some(if language == Language::Ar { "ليلى بناني" } else { "Leila Bennani" }));
        let merchant = person(Role::Merchant, "contact@zellij-deco.example", Some("zellij-deco.example"));
        let operator = person(Role::Operator, "greffe@elitige.example", None);
        let mediator = person(Role::Mediator, "nadia@mediateurs.example", Some(if language == Language::Ar { "نادية العلوي" } else { "Nadia Alaoui" }));
        let mut dispute = Dispute {
            rules: Digest::of(b"rules"),
            state: "any".to_owned(),
            version: 3,
            entered: now,
            deadline: Some(Deadline {
                due: now,
                // Nobody answers after the day of a point.
                day: zone.day_of(now).plus(if scene.variant == "supplied" { 7 } else { 18 }),
                reminders: Vec::new(),
                reminded: 0,
                extended: matches!(scene.variant, "extended" | "twice") || scene.letter == "time-extended",
            }),
            suspended: matches!(scene.variant, "paused" | "not-yours" | "rests").then(|| Suspended {
                state: "invited".to_owned(),
                deadline: None,
                since: now,
                by: scene.ball.unwrap_or(scene.to),
            }),
            rejection: scene.rejection,
            merchant: (scene.variant != "no-address" && scene.letter != "screening").then_some(merchant),
            operator: Some(operator),
            mediator: scene.channel.map(|_| mediator),
            listing: listing(scene.variant, language),
            merchant_performed: matches!(scene.variant, "performed" | "merchant-says" | "contested-performed").then(|| given(Digest::of(b"agreement"))),
            parted: (scene.variant == "parted").then(|| Parted { from: DisputeId::new([6; 16]), reference: Reference::fresh(&mut Dice::from_seed([6; 32])) }),
            ..Dispute::new(
                DisputeId::new([5; 16]),
                Reference::fresh(&mut dice),
                Address::parse("mediation@elitige.example").unwrap(),
                consumer,
                Instant::parse("2026-11-20T10:00:00Z").unwrap(),
            )
        };
        dispute.complaint.words = account(language).to_owned();
        dispute.complaint.category = Some("DEFECT_DAMAGE".to_owned());
        let facts = &mut dispute.complaint.facts;
        facts.set(Fact::Merchant, "zellij-deco.example");
        facts.set(Fact::Product, if language == Language::Ar { "مصباح" } else { "Lampe Zellij" });
        facts.set(Fact::City, "Tanger");
        facts.set(Fact::OrderDate, "2026-10-03");
        if scene.letter == "screening" {
            facts.set(Fact::MerchantContact, "contact@zellij-deco.example");
        }
        if scene.stage >= Stage::Complete {
            facts.set(Fact::OrderNo, "48213");
            facts.set(Fact::Amount, "1500.00");
            facts.set(Fact::Currency, "MAD");
            facts.set(Fact::PaymentMethod, "cash_on_delivery");
            facts.set(Fact::Remedy, "REFUND_FULL");
        }
        if scene.variant == "proposed" {
            let written = if language == Language::Ar { "150 000 سنتيم" } else { "150 000 centimes" };
            let proposal = Proposal { fact: Fact::Amount, value: "1500.00".to_owned(), currency: Some("MAD".to_owned()), written: written.to_owned() };
            dispute.complaint.proposals.push(proposal);
        }
        let request = dispute.draft_request();
        let digest = request.digest();
        let told = |party: Party, dispute: &mut Dispute| dispute.consent.tell_charter(party, stationery().charter().edition(), now);
        if scene.stage >= Stage::Confirmed {
            told(Party::Consumer, &mut dispute);
            dispute.consent.confirm(request, given(digest));
        }
        if scene.stage >= Stage::Agreed {
            assert!(dispute.consent.grant(given(digest)));
        }
        if scene.letter == "mediation-agreement" {
            told(Party::Merchant, &mut dispute);
            assert!(dispute.consent.mediate(given(digest)));
        }
        mediation::prepare(scene, language, &mut dispute, now, zone.day_of(now));
        desk::prepare(scene, language, &mut dispute, now);
        points::prepare(scene, language, &mut dispute, now);
        cooling::prepare(scene, &mut dispute, now);
        turns::prepare(scene, language, &mut dispute, now);
        let mut sample = Sample { dispute, now };
        if super::service::is_of_service(scene) {
            super::service::serve(&mut sample, scene, language, given);
        }
        if let Some(outcome) = scene.outcome {
            sample.dispute.outcome = Some(outcome);
            sample.dispute.deadline = None;
        }
        sample
    }
}

fn listing(variant: &str, language: Language) -> Option<Listing> {
    let name = |latin: &str, arabic: &str| TradeName::parse(if language == Language::Ar { arabic } else { latin }).unwrap();
    match variant {
        "listed" => Some(Listing::Exact {
            name: name("Zellij Déco", "زليج ديكو"),
            contact: Some((Address::parse("service@zellij-deco.example").unwrap(), Day::new(2026, 9, 14).unwrap())),
            language: Some(Language::Ar),
        }),
        "similar" => Some(Listing::Perhaps(vec![name("Zellij Déco", "زليج ديكو"), name("Zellij & Co", "زليج وشركاؤه")])),
        _ => None,
    }
}

fn account(language: Language) -> &'static str {
    match language {
        Language::Fr => "La lampe est arrivée cassée.\n\nJ’ai écrit deux fois au vendeur le 10 octobre, sans réponse.",
        Language::Ar => "وصلني المصباح مكسورا.\n\nراسلت البائع مرتين يوم 10 أكتوبر دون جواب، ورقم الطلبية هو N-48213.",
        Language::En => "The lamp arrived broken.\n\nI wrote to the seller twice on 10 October and had no answer.",
    }
}

/// The templates of the repository.
pub fn stationery() -> &'static Stationery {
    static STATIONERY: OnceLock<Stationery> = OnceLock::new();
    STATIONERY.get_or_init(|| {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("templates");
        let mut files = Vec::new();
        for folder in Language::ALL.map(Language::tag).into_iter().chain(["charter"]) {
            for entry in std::fs::read_dir(root.join(folder)).unwrap() {
                let path = entry.unwrap().path();
                files.push((path.strip_prefix(&root).unwrap().to_str().unwrap().to_owned(), std::fs::read_to_string(&path).unwrap()));
            }
        }
        let faults = |faults: Vec<elitige::domain::Fault>| faults.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n");
        Stationery::load(&files, &words()).unwrap_or_else(|found| panic!("{}", faults(found)))
    })
}

/// The house of the samples.
pub fn house() -> House {
    House {
        name: PerLanguage { fr: "Médiation e-litige".to_owned(), ar: "وساطة e-litige".to_owned(), en: "e-litige mediation".to_owned() },
        controller: PerLanguage { fr: "l’association e-litige".to_owned(), ar: "جمعية e-litige".to_owned(), en: "the e-litige association".to_owned() },
        registration: Some("D-W-123/2026".to_owned()),
        separator: '+',
        message_id_domain: "elitige.example".to_owned(),
        bounce: Address::parse("bounce@elitige.example").unwrap(),
        keys: MacKey::new([9; 32]),
        client: None,
    }
}

/// Morocco.
pub fn zone() -> Zone {
    Zone::named("Africa/Casablanca").unwrap()
}

/// The words that letters print before a code, as the service is delivered.
fn words() -> CodeWords {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("config/phrases/codes.toml");
    let file = ("phrases/codes.toml".to_owned(), std::fs::read_to_string(path).unwrap());
    Knowledge::parse(&[file]).unwrap().code_words().clone()
}
