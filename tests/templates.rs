//! Every letter, in every language, to every role: the words that people read are kept under `tests/snapshots/<language>/`.
//!
//! `UPDATE=1 cargo test --test templates` rewrites them; `LETTERS=/tmp/letters cargo test --test templates` also writes each
//! letter there as an HTML page, to be looked at.

#[path = "templates/cooling.rs"]
mod cooling;
#[path = "templates/desk.rs"]
mod desk;
#[path = "templates/mediation.rs"]
mod mediation;
#[path = "templates/points.rs"]
mod points;
#[path = "templates/sample.rs"]
mod sample;
#[path = "templates/service.rs"]
mod service;
#[path = "templates/turns.rs"]
mod turns;

use elitige::compose::{
    Addressee, Check, Gate, Guard, HeldDigest, HeldItem, Morning, Notice, Occasion, Reminded, Reminding, Stop, Waiting, address_check, held_digest, letter,
    morning, notice, reminding,
};
use elitige::domain::view::VisibleTo;
use elitige::domain::{
    Address, Awaited, Beside, Channel, Contact, ContactStanding, Dice, Digest, DisputeId, Duty, Exhibit, ExhibitKind, Finding, HeldReason, Instant, Language,
    Matter, OutboundMail, Party, Reference, RejectReason, Role, Shingles, Spoken, Tally, Token, Track, Uncounted,
};
use mail_parser::{MessageParser, MimeHeaders};
use sample::{NEEDS, Sample, Scene, house, stationery, zone};
use service::house_of;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

#[test]
fn every_letter_says_what_it_said_before() {
    let stationery = stationery();
    let mut written = BTreeSet::new();
    let mut kept = BTreeSet::new();
    let mut changed = Vec::new();
    for language in Language::ALL {
        for scene in Scene::all() {
            let mail = compose(&scene, language);
            written.insert(scene.letter.to_owned());
            changed.extend(compare(&scene.file(), language, &mail, &mut kept));
        }
        let findings = [
            Finding::MailboxUnread { mailbox: "mediation".to_owned() },
            Finding::MailWaits { mailbox: "mediation".to_owned() },
            Finding::LettersLate,
            Finding::DeadlinesLate,
            Finding::LettersUncertain,
            Finding::CertificateEnds { server: "smtp".to_owned() },
            Finding::KeyGone,
            Finding::OperatorUnreachable,
            Finding::StoreReplaced,
            Finding::StoreDamaged,
            Finding::TimesAhead,
            Finding::DiskFull,
            Finding::ClockWrong,
            Finding::StoreSilent,
        ];
        let lasting = [Finding::LettersLate, Finding::DiskFull];
        let trouble = Waiting::Trouble { findings: &lasting, since: Instant::parse("2026-11-23T09:05:00Z").unwrap() };
        changed.extend(compare("trouble.operator.lasting", language, &noticed(&trouble, language), &mut kept));
        for waiting in waiting(&Sample::at(&Scene::all()[0], language).dispute.reference, &findings) {
            let mail = noticed(&waiting, language);
            written.insert(mail.letter.clone());
            changed.extend(compare(&format!("{}.operator", mail.letter), language, &mail, &mut kept));
        }
        let mail = held(language);
        written.insert("held-digest".to_owned());
        changed.extend(compare("held-digest.operator", language, &mail, &mut kept));
        let mail = mornings(language);
        written.insert("morning".to_owned());
        changed.extend(compare("morning.mediator", language, &mail, &mut kept));
        changed.extend(compare("morning.mediator.week", language, &week(language), &mut kept));
        changed.extend(compare("morning.mediator.answered", language, &misdirected(language), &mut kept));
        written.insert("reminders".to_owned());
        changed.extend(compare("reminders.merchant", language, &reminded(language), &mut kept));
        let mail = check(language);
        written.insert("address-check".to_owned());
        changed.extend(compare("address-check", language, &mail, &mut kept));
    }
    assert_eq!(written, stationery.letters(), "every letter of templates/ has a scene, and every scene a letter");
    assert!(changed.is_empty(), "these letters changed; read them, then UPDATE=1: {changed:#?}");
    let stale: Vec<PathBuf> = Language::ALL.iter().flat_map(|language| files(&snapshots(*language))).filter(|path| !kept.contains(path)).collect();
    assert!(stale.is_empty(), "no letter is written into these any more: {stale:#?}");
}

#[test]
fn no_subject_tells_who_or_what_or_how_much() {
    for language in Language::ALL {
        for scene in Scene::all() {
            let mail = compose(&scene, language);
            let subject = MessageParser::default().parse(&mail.bytes).unwrap().subject().unwrap().to_owned();
            assert!(subject.starts_with("[EL-"), "{subject}");
            for secret in ["Zellij", "zellij", "Leila", "1500", "1 500", "1\u{a0}500", "48213", "REFUND", "Remboursement", "Refund", "استرجاع"] {
                assert!(!subject.contains(secret), "{} in {language}: {subject}", scene.letter);
            }
        }
    }
}

#[test]
fn both_sides_get_the_same_agreement() {
    for language in Language::ALL {
        let bodies: Vec<String> = [Role::Consumer, Role::Merchant]
            .into_iter()
            .map(|role| {
                let scene = Scene::all().into_iter().find(|scene| scene.letter == "agreement" && scene.to == role).unwrap();
                let text = text_of(&compose(&scene, language));
                let (start, end) = match language {
                    Language::Fr => ("Accord n°", "**fin**"),
                    Language::Ar => ("الاتفاق رقم", "**fin**"),
                    Language::En => ("Agreement no.", "**fin**"),
                };
                let agreement = text.split_once(start).unwrap().1;
                let paragraphs: Vec<&str> = agreement.split("\n\n").take(6).collect();
                format!("{}{end}", paragraphs.join("\n\n"))
            })
            .collect();
        assert_eq!(bodies[0], bodies[1]);
        assert!(bodies[0].contains("48213") && bodies[0].contains("2026"));
    }
}

#[test]
fn nobody_but_its_sender_is_told_of_a_masked_secret() {
    for language in Language::ALL {
        for scene in Scene::all().into_iter().filter(|scene| scene.to != Role::Consumer && !service::is_of_service(scene)) {
            let masked = Scene { variant: "masked", ..scene.clone() };
            let plain = Scene { variant: "plain", ..scene };
            assert_eq!(text_of(&compose(&masked, language)), text_of(&compose(&plain, language)), "{} in {language}", plain.letter);
        }
    }
}

/// What stands between a footer and the charter.
const BELOW: &str = "════════════";

#[test]
fn whoever_is_asked_to_accept_the_charter_has_it_below_the_letter() {
    for language in Language::ALL {
        let mut told = 0;
        for scene in Scene::all() {
            let mail = compose(&scene, language);
            let text = text_of(&mail);
            let (letter, below) = text.split_once(BELOW).unwrap_or((&text, ""));
            let edition = stationery().charter().edition();
            let first =
                matches!((scene.letter, scene.variant), ("summary" | "escalated" | "invitation" | "invitation-reminder", _) | ("acknowledgement", "complete"));
            assert!(!first || !below.is_empty(), "{} in {language}", scene.file());
            assert_eq!(letter.contains(&edition.short()), !below.is_empty(), "{} in {language}: {text}", scene.file());
            if !below.is_empty() {
                told += 1;
                assert!(below.contains(&edition.grouped()), "{below}");
                assert_eq!(below.matches("\n\n").count(), stationery().charter().text(language).matches("\n\n").count() + 2, "{below}");
                let message = MessageParser::default().parse(&mail.bytes).unwrap();
                assert!(message.body_html(0).unwrap().contains(&edition.grouped()) && message.attachment_count() == 0);
            }
        }
        assert!(told >= 8, "{told}");
    }
}

#[test]
fn the_footer_is_short_and_whole() {
    for language in Language::ALL {
        let scene = Scene::all().into_iter().find(|scene| scene.letter == "summary").unwrap();
        let text = text_of(&compose(&scene, language));
        let footer = text.split(BELOW).next().unwrap().rsplit_once("————————————").unwrap().1.trim();
        assert!((9..=12).contains(&footer.lines().count()), "{footer}");
    }
}

#[test]
fn a_letter_is_about_one_screen_long_before_its_footer() {
    for language in Language::ALL {
        for scene in Scene::all().into_iter().filter(|scene| scene.to != Role::Operator) {
            let text = text_of(&compose(&scene, language));
            let body = text.rsplit_once("————————————").unwrap().0;
            assert!(body.chars().count() < 2100, "{} in {language}: {}", scene.letter, body.chars().count());
        }
    }
}

#[test]
fn a_closing_letter_names_the_day_of_erasing_unless_the_case_is_on_hold() {
    for language in Language::ALL {
        let day = match language {
            Language::Fr => "dimanche 23 mai 2027",
            Language::Ar => "الأحد 23 ماي 2027",
            Language::En => "Sunday 23 May 2027",
        };
        let closes = |scene: &Scene| scene.letter.starts_with("closed-") || matches!(scene.letter, "rejected" | "svc-closed");
        for scene in Scene::all().iter().filter(|scene| closes(scene)) {
            let mut sample = Sample::at(scene, language);
            assert!(text_of(&compose_sample(&sample, scene, language, &Guard::default())).contains(day), "{} in {language}", scene.file());
            sample.dispute.frozen = Some(sample.now);
            assert!(!text_of(&compose_sample(&sample, scene, language, &Guard::default())).contains(day), "{} in {language}", scene.file());
        }
    }
}

/// What is said in the letter that tells it.
fn spoken(scene: &Scene, language: Language) -> Spoken {
    let words = match language {
        Language::Fr => "Bonjour,\n\nle colis est-il parti ?",
        Language::Ar => "السلام عليكم،\n\nهل أُرسل الطرد؟",
        Language::En => "Hello,\n\nhas the parcel left?",
    };
    let aside = matches!(scene.to, Role::Mediator | Role::Operator);
    let exhibit = Exhibit { kind: ExhibitKind::Text, place: 0, bytes: b"EL".to_vec() };
    let exhibits = if aside { vec![exhibit.clone(), exhibit] } else { Vec::new() };
    let own = Channel::private_to(scene.to);
    let beside = Beside { withheld: usize::from(aside), to_other_side: aside, to_outsiders: usize::from(aside) };
    Spoken::new(scene.about.unwrap_or(Role::Mediator), scene.channel.unwrap_or(own), words.to_owned(), exhibits, beside)
}

/// A letter under the strictest guard that it must still pass: everything about the other side is forbidden, and so is every word of the letter itself, as if
/// somebody had quoted it in another channel; only what its reader may see of a person's words is allowed.
fn compose(scene: &Scene, language: Language) -> OutboundMail {
    let mail = compose_under(scene, language, &Guard::default());
    let dispute = Sample::at(scene, language).dispute;
    let mut guard = Guard::default();
    guard.forbid_words(&Shingles::of(&text_of(&mail)));
    for other in Role::ALL.into_iter().filter(|role| *role != scene.to).filter_map(|role| dispute.participant(role)) {
        guard.forbid_token(&other.token);
        if scene.to != Role::Operator && other.role != Role::Operator {
            guard.forbid_address(&other.address);
            guard.forbid_phone("0612345678");
        }
    }
    let request = dispute.draft_request();
    guard.allow_text(&request.account);
    request.facts.iter().for_each(|(_, value)| guard.allow_text(value));
    guard.allow_text(&mediation::terms(language).text());
    dispute.shares.iter().for_each(|share| guard.allow_text(&share.words));
    // An offer stands in its line with who, how much and until when.
    let (told, text) = (service::told(&dispute), text_of(&mail));
    told.iter().for_each(|words| guard.allow_text(words));
    text.split("\n1. ")
        .skip(1)
        .filter(|rest| told.iter().any(|words| rest.contains(words)))
        .for_each(|rest| guard.allow_text(rest.split("\n\n").next().unwrap_or_default()));
    // So does an entry of the timeline, with its day and with whom it was.
    let lines: Vec<&str> = text.lines().collect();
    let noted = |line: &&str| dispute.contacted.iter().any(|one| line.contains(&one.words));
    if let (Some(first), Some(last)) = (lines.iter().position(noted), lines.iter().rposition(noted)) {
        guard.allow_text(&lines[first..lines.len().min(last + 4)].join("\n"));
    }
    // So does a point with its number, its answer and how it stands.
    let points = [Party::Consumer, Party::Merchant].into_iter().flat_map(|party| dispute.points.of(party));
    let points: Vec<&str> = points.map(|point| point.words.as_str()).collect();
    let pointed = |line: &&str| points.iter().any(|words| line.contains(words));
    if let (Some(first), Some(last)) = (lines.iter().position(pointed), lines.iter().rposition(pointed)) {
        guard.allow_text(&lines[first..lines.len().min(last + 3)].join("\n"));
    }
    // So does what both sides are asked to allow, in its list.
    let told = dispute.exempted.iter().flat_map(|one| one.exempted.words()).filter(|words| !words.is_empty());
    let disclosed: Vec<&str> = dispute.disclosures.iter().flat_map(|one| one.asking.words()).chain(told).collect();
    let asked = |line: &&str| disclosed.iter().any(|words| line.contains(words));
    if let (Some(first), Some(last)) = (lines.iter().position(asked), lines.iter().rposition(asked)) {
        guard.allow_text(&lines[first.saturating_sub(4)..lines.len().min(last + 6)].join("\n"));
    }
    assert_eq!(compose_under(scene, language, &guard), mail);
    mail
}

fn compose_under(scene: &Scene, language: Language, guard: &Guard) -> OutboundMail {
    compose_sample(&Sample::at(scene, language), scene, language, guard)
}

fn compose_sample(sample: &Sample, scene: &Scene, language: Language, guard: &Guard) -> OutboundMail {
    let dispute = &sample.dispute;
    let to = match scene.to {
        Role::Consumer => Addressee::Consumer(VisibleTo::consumer(dispute, NEEDS)),
        Role::Merchant => Addressee::Merchant(VisibleTo::merchant(dispute).unwrap()),
        Role::Mediator => Addressee::Mediator(VisibleTo::mediator(dispute).unwrap()),
        Role::Operator => Addressee::Operator(VisibleTo::operator(dispute, NEEDS).unwrap()),
    };
    let spoken = spoken(scene, language);
    let to = match (to, scene.letter) {
        (Addressee::Consumer(view), "svc-answer") => Addressee::Consumer(view.hearing(&spoken).unwrap()),
        (Addressee::Merchant(view), "svc-asked") => Addressee::Merchant(view.hearing(&spoken).unwrap()),
        (Addressee::Consumer(view), "message") => Addressee::Consumer(view.hearing(&spoken).unwrap()),
        (Addressee::Merchant(view), "message") => Addressee::Merchant(view.hearing(&spoken).unwrap()),
        (Addressee::Consumer(view), "kept-back") if scene.variant == "said" => Addressee::Consumer(view.hearing(&spoken).unwrap()),
        (Addressee::Merchant(view), "points") if scene.variant == "said" => Addressee::Merchant(view.hearing(&spoken).unwrap()),
        (Addressee::Mediator(view), "message") => Addressee::Mediator(view.hearing(&spoken).unwrap()),
        (Addressee::Operator(view), "attention") if scene.variant == "said" => Addressee::Operator(view.hearing(&spoken).unwrap()),
        (to, _) => to,
    };
    let zone = zone();
    let elsewhere = Address::parse("karim.n@atelier.example").unwrap();
    let token = Token::fresh(&mut Dice::from_seed([3; 32]));
    let standing = ContactStanding::parse(scene.variant).unwrap_or(ContactStanding::Colleague);
    let contact = Contact { address: elsewhere.clone(), standing, since: sample.now, evidence: Digest::of(b"a command") };
    let asks = matches!(scene.letter, "challenge" | "address-changed");
    let gate = Gate {
        token: asks.then_some(&token),
        to: (scene.letter == "address-changed").then_some(&elsewhere),
        mail: Some((sample.now, (scene.variant == "elsewhere").then_some(&elsewhere))),
        contact: Some(&contact),
    };
    let occasion = Occasion {
        cause: Digest::of(b"a mail"),
        index: 0,
        now: sample.now,
        channel: scene.channel.unwrap_or(Channel::private_to(scene.to)),
        desk: &dispute.desk,
        dispute: dispute.id,
        matters: dispute.matters(scene.to).into_iter().chain(asks.then(|| Matter::Question(Digest::of(b"question")))).collect(),
        ball: scene.ball,
        about: scene.about,
        background: turns::background(scene),
        first: matches!(scene.letter, "acknowledgement" | "svc-received"),
        masked: scene.variant == "masked",
        answers: true,
        uncounted: uncounted(scene),
        unruled: Vec::new(),
        zone: &zone,
        gate,
        charter: (scene.to.party().is_some() && dispute.track() == Track::Mediation && !asks).then(|| stationery().charter()),
        guard,
    };
    letter(stationery(), &house_of(scene), &to, scene.letter, &occasion).unwrap_or_else(|error| panic!("{} in {language}: {error:?}", scene.file())).mail
}

/// Why the answer that the letter replies to changed nothing.
fn uncounted(scene: &Scene) -> Option<Uncounted> {
    match (scene.letter, scene.variant) {
        ("not-counted", "paused") => Some(Uncounted::Paused),
        ("not-counted", "not-yours") => Some(Uncounted::NotYours),
        ("not-counted", "mixed") => Some(Uncounted::Mixed),
        ("not-counted", "twice") => Some(Uncounted::Twice),
        ("not-counted", "not-now") => Some(Uncounted::NotNow),
        ("not-counted", _) => Some(Uncounted::Over),
        ("proposal-help", "too-soon") => Some(Uncounted::TooSoon),
        _ => None,
    }
}

fn waiting<'a>(reference: &'a Reference, findings: &'a [Finding]) -> [Waiting<'a>; 4] {
    let at = Instant::parse("2026-11-23T09:05:00Z").unwrap();
    [
        Waiting::Letters { stop: Stop::Address, number: "000000000000002a".to_owned(), until: at },
        Waiting::Case { reference, reason: HeldReason::WouldLeak, again: at },
        Waiting::Trouble { findings, since: at },
        Waiting::WellAgain { since: at },
    ]
}

fn noticed(waiting: &Waiting<'_>, language: Language) -> OutboundMail {
    let (zone, sample) = (zone(), Sample::at(&Scene::all()[0], language));
    let about = Notice {
        operator: &sample.dispute.operator.as_ref().unwrap().address,
        language,
        waiting: waiting.clone(),
        cause: Digest::of(b"a mail"),
        now: sample.now,
        desk: &sample.dispute.desk,
        zone: &zone,
    };
    notice(stationery(), &house(), &about).unwrap()
}

fn held(language: Language) -> OutboundMail {
    let (zone, sample) = (zone(), Sample::at(&Scene::all()[0], language));
    let dispute = &sample.dispute;
    let item = |number, reason, days: i64, guess: Option<(DisputeId, _, Role)>| HeldItem {
        number,
        reason,
        received: sample.now.plus_seconds(-days * 86_400),
        mailbox: "mediation",
        identity: Digest::of(&[number as u8]),
        kept_with: guess.is_none().then_some(&dispute.reference).filter(|_| reason == HeldReason::Disowned),
        guess,
    };
    let mails = [
        item(12, HeldReason::NotAuthenticated, 40, Some((dispute.id, &dispute.reference, Role::Consumer))),
        item(41, HeldReason::UnknownSender, 1, Some((dispute.id, &dispute.reference, Role::Merchant))),
        item(42, HeldReason::Unreadable, 0, None),
        item(43, HeldReason::Disowned, 0, None),
    ];
    let about = HeldDigest {
        operator: &dispute.operator.as_ref().unwrap().address,
        language,
        mails: &mails,
        count: 45,
        cause: Digest::of(b"a mail"),
        now: sample.now,
        desk: &dispute.desk,
        zone: &zone,
    };
    held_digest(stationery(), &house(), &about).unwrap()
}

/// What whoever answers the morning's letter is told.
fn misdirected(language: Language) -> OutboundMail {
    let (zone, sample) = (zone(), Sample::at(&Scene::all()[0], language));
    let about = Morning {
        mediator: &Address::parse("nadia@mediateurs.example").unwrap(),
        name: None,
        language,
        lines: &[],
        more: 0,
        begins: false,
        cause: Digest::of(b"an answer"),
        now: sample.now,
        desk: &sample.dispute.desk,
        zone: &zone,
    };
    morning(stationery(), &house(), &about).unwrap()
}

/// Everything that can wait for a mediator, in cases of which nothing else is told.
fn mornings(language: Language) -> OutboundMail {
    let (zone, sample) = (zone(), Sample::at(&Scene::all()[0], language));
    let today = zone.day_of(sample.now);
    let line = |number: &str, duty, since: Option<i64>, until: Option<i64>| {
        let days = |days: i64| today.plus(days);
        (Reference::parse(number).unwrap(), Awaited { duty, since: since.map(days), until: until.map(days) })
    };
    let own = sample.dispute.reference.to_string();
    let lines = [
        line(&own, Duty::TakeOn, None, Some(4)),
        line(&own, Duty::Yours, Some(-3), Some(5)),
        line(&own, Duty::Unanswered(Party::Consumer), Some(-6), None),
        line(&own, Duty::Unanswered(Party::Merchant), Some(-2), None),
        line(&own, Duty::Points(Party::Merchant, Tally { asked: 3, answered: 1 }), Some(-4), Some(2)),
        line(&own, Duty::Due, None, Some(2)),
        line(&own, Duty::PauseEnds, None, Some(1)),
        line(&own, Duty::Ends, None, Some(3)),
        line(&own, Duty::Chase(Party::Merchant), None, Some(2)),
    ];
    told_in_the_morning(language, &lines, 12, false)
}

/// What comes in the week that begins, in two cases.
fn week(language: Language) -> OutboundMail {
    let (zone, sample) = (zone(), Sample::at(&Scene::all()[0], language));
    let day = |days: i64| Some(zone.day_of(sample.now).plus(days));
    let other = Reference::parse("EL-7K3Q-9XWC").unwrap();
    let line = |case: &Reference, duty, days: i64| (case.clone(), Awaited { duty, since: None, until: day(days) });
    let own = &sample.dispute.reference;
    let lines = [line(own, Duty::Ends, 6), line(own, Duty::Chase(Party::Consumer), 3), line(own, Duty::Due, 5), line(&other, Duty::Back, 1)];
    told_in_the_morning(language, &lines, 0, true)
}

fn told_in_the_morning(language: Language, lines: &[(Reference, Awaited)], more: usize, begins: bool) -> OutboundMail {
    let (zone, sample) = (zone(), Sample::at(&Scene::all()[0], language));
    let about = Morning {
        mediator: &Address::parse("nadia@mediateurs.example").unwrap(),
        name: Some(if language == Language::Ar { "نادية العلوي" } else { "Nadia Alaoui" }),
        language,
        lines,
        more,
        begins,
        cause: Digest::of(b"a morning"),
        now: sample.now,
        desk: &sample.dispute.desk,
        zone: &zone,
    };
    morning(stationery(), &house(), &about).unwrap()
}

/// Two cases of one seller: an invitation and a proposal.
fn reminded(language: Language) -> OutboundMail {
    let zone = zone();
    let scene = |letter: &str| Scene::all().into_iter().find(|scene| scene.letter == letter && scene.to == Role::Merchant).unwrap();
    let samples = ["invitation-reminder", "proposal-reminder"].map(|letter| Sample::at(&scene(letter), language));
    let cases: Vec<Reminded<'_>> = samples.iter().filter_map(|sample| Reminded::of(&sample.dispute)).collect();
    let first = &samples[0];
    let about = Reminding {
        merchant: first.dispute.merchant.as_ref().unwrap(),
        cases: &cases,
        cause: Digest::of(b"reminders"),
        now: first.now,
        desk: &first.dispute.desk,
        zone: &zone,
    };
    reminding(stationery(), &house(), &about).unwrap()
}

fn check(language: Language) -> OutboundMail {
    let (zone, sample) = (zone(), Sample::at(&Scene::all()[0], language));
    let token = Token::fresh(&mut Dice::from_seed([3; 32]));
    let about = Check {
        to: &Address::parse("leila.b@ailleurs.example").unwrap(),
        token: &token,
        matter: &Matter::Question(Digest::of(b"question")),
        dispute: sample.dispute.id,
        role: Role::Consumer,
        language,
        cause: Digest::of(b"a mail"),
        now: sample.now,
        desk: &sample.dispute.desk,
        zone: &zone,
    };
    address_check(stationery(), &house(), &about).unwrap()
}

#[test]
fn what_goes_to_an_unproven_address_names_no_case_and_nobody() {
    for language in Language::ALL {
        let (mail, sample) = (check(language), Sample::at(&Scene::all()[0], language));
        let message = MessageParser::default().parse(&mail.bytes).unwrap();
        let shown = format!("{} {} {} {}", String::from_utf8_lossy(&mail.bytes), message.subject().unwrap(), text_of(&mail), message.body_html(0).unwrap());
        let dispute = &sample.dispute;
        let (consumer, merchant) = (&dispute.consumer, dispute.merchant.as_ref().unwrap());
        let secrets =
            [dispute.reference.as_str(), "EL-", consumer.address.as_str(), merchant.address.as_str(), consumer.token.as_str(), "Leila", "ليلى", "Zellij"];
        for secret in secrets {
            assert!(!shown.replace("leila.b@ailleurs.example", "").contains(secret), "{secret} in {language}: {shown}");
        }
    }
}

#[test]
fn t24_the_letters_that_ask_hold_no_link_that_a_scanner_could_open() {
    for language in Language::ALL {
        let asking = Scene::all().into_iter().filter(|scene| matches!(scene.letter, "challenge" | "address-changed" | "contact-added"));
        for mail in asking.map(|scene| compose(&scene, language)).chain([check(language)]) {
            let message = MessageParser::default().parse(&mail.bytes).unwrap();
            let page = message.body_html(0).unwrap();
            let links: Vec<&str> = page.split("href=\"").skip(1).collect();
            assert!(!links.is_empty() && links.iter().all(|link| link.starts_with("mailto:")), "{language}: {page}");
            assert!(!page.contains("http") && !page.contains("src="), "{language}: {page}");
        }
    }
}

/// Compares a letter with what is kept of it; with UPDATE=1 keeps it anew.
fn compare(name: &str, language: Language, mail: &OutboundMail, kept: &mut BTreeSet<PathBuf>) -> Option<String> {
    let message = MessageParser::default().parse(&mail.bytes).unwrap();
    let shown = format!("Subject: {}\n\n{}", message.subject().unwrap(), text_of(mail));
    if let Ok(folder) = std::env::var("LETTERS") {
        let page = message.body_html(0).unwrap();
        std::fs::create_dir_all(Path::new(&folder).join(language.tag())).unwrap();
        std::fs::write(Path::new(&folder).join(language.tag()).join(format!("{name}.html")), page.as_bytes()).unwrap();
    }
    let parts = if message.attachment_count() > 0 { "mixed" } else { "alternative" };
    assert_eq!(message.content_type().unwrap().subtype(), Some(parts));
    let path = snapshots(language).join(format!("{name}.txt"));
    kept.insert(path.clone());
    if std::env::var_os("UPDATE").is_some() {
        std::fs::create_dir_all(snapshots(language)).unwrap();
        std::fs::write(&path, &shown).unwrap();
    }
    (std::fs::read_to_string(&path).unwrap_or_default() != shown).then(|| format!("{language}/{name}"))
}

fn text_of(mail: &OutboundMail) -> String {
    MessageParser::default().parse(&mail.bytes).unwrap().body_text(0).unwrap().replace("\r\n", "\n")
}

fn snapshots(language: Language) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/snapshots").join(language.tag())
}

fn files(folder: &Path) -> Vec<PathBuf> {
    std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect()
}

#[test]
fn every_reason_to_turn_a_complaint_away_is_explained() {
    for language in Language::ALL {
        let mut seen = BTreeSet::new();
        for reason in RejectReason::ALL {
            let scene = Scene { rejection: Some(*reason), ..Scene::all().into_iter().find(|scene| scene.letter == "rejected").unwrap() };
            seen.insert(text_of(&compose(&scene, language)));
        }
        assert_eq!(seen.len(), RejectReason::ALL.len());
    }
}
