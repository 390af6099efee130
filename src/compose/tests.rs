use super::*;
use crate::domain::{CodeWord, CodeWords, Deadline, Dice, Dispute, Fact, Fault, Given, Intent, MessageId, Participant, Reachable, Reference, Token};
use proptest::prelude::*;
use std::path::Path;
use std::sync::OnceLock;

mod exhibits;
mod faults;

/// Every header field that a letter has.
const HEADERS: [&str; 14] = [
    "From",
    "To",
    "Reply-To",
    "Date",
    "Subject",
    "Message-ID",
    "In-Reply-To",
    "References",
    "Auto-Submitted",
    "X-Auto-Response-Suppress",
    "X-Elitige-Loop",
    "Content-Language",
    "MIME-Version",
    "Content-Type",
];
const NEEDS: &[Fact] = &[Fact::ConsumerName, Fact::Merchant, Fact::Remedy];

fn words() -> CodeWords {
    let word = |intent: &Intent| CodeWord { fr: intent.name().to_uppercase(), ar: "كلمة".to_owned(), en: intent.name().to_uppercase(), also: Vec::new() };
    CodeWords(Intent::ALL.iter().map(|intent| (*intent, word(intent))).collect())
}

/// The templates of the repository, as pairs of path and text.
fn files() -> Vec<(String, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("templates");
    let mut files = Vec::new();
    for folder in Language::ALL.map(Language::tag).into_iter().chain(["charter"]) {
        for entry in std::fs::read_dir(root.join(folder)).unwrap() {
            let path = entry.unwrap().path();
            files.push((path.strip_prefix(&root).unwrap().to_str().unwrap().to_owned(), std::fs::read_to_string(&path).unwrap()));
        }
    }
    files.sort();
    files
}

pub(super) fn stationery() -> &'static Stationery {
    static STATIONERY: OnceLock<Stationery> = OnceLock::new();
    STATIONERY.get_or_init(|| Stationery::load(&files(), &words()).unwrap())
}

pub(super) fn house(name: &str) -> House {
    let names = PerLanguage { fr: name.to_owned(), ar: name.to_owned(), en: name.to_owned() };
    House {
        name: names.clone(),
        controller: names,
        registration: None,
        separator: '+',
        message_id_domain: "elitige.example".to_owned(),
        bounce: Address::parse("bounce@elitige.example").unwrap(),
        keys: MacKey::new([9; 32]),
        client: None,
    }
}

/// A dispute in which both sides and the words are given; confirmed.
pub(super) fn dispute(name: &str, account: &str, merchant: &str, language: Language) -> Dispute {
    let mut dice = Dice::from_seed([7; 32]);
    let now = Instant::parse("2026-11-23T09:05:00Z").unwrap();
    let mut person = |role: Role, address: &str, name: &str| Participant {
        role,
        address: Address::parse(address).unwrap(),
        name: Some(name.to_owned()),
        language,
        token: Token::fresh(&mut dice),
        channel: Channel::private_to(role),
        reachable: Reachable::Yes,
        thread: (0..25).map(|number| MessageId::parse(&format!("{number}-{}@phone.example", "x".repeat(200))).unwrap()).collect(),
        seats: Vec::new(),
        contacts: Vec::new(),
    };
    let consumer = person(Role::Consumer, "leila@post.example", name);
    let mut dispute = Dispute {
        merchant: Some(person(Role::Merchant, "contact@shop.example", merchant)),
        operator: Some(person(Role::Operator, "greffe@elitige.example", "")),
        rules: Digest::of(b"rules"),
        state: "invited".to_owned(),
        version: 3,
        deadline: Some(Deadline { due: now, day: zone().day_of(now), reminders: Vec::new(), reminded: 0, extended: false }),
        ..Dispute::new(DisputeId::new([5; 16]), Reference::fresh(&mut dice), Address::parse("mediation@elitige.example").unwrap(), consumer, now)
    };
    dispute.complaint.words = account.to_owned();
    dispute.complaint.facts.set(Fact::Merchant, merchant);
    dispute.complaint.facts.set(Fact::ConsumerName, name);
    dispute.complaint.facts.set(Fact::Remedy, account);
    let request = dispute.draft_request();
    let given = Given { on: request.digest(), at: now, evidence: Digest::of(b"mail") };
    dispute.consent.confirm(request, given);
    dispute
}

pub(super) fn zone() -> Zone {
    Zone::named("Africa/Casablanca").unwrap()
}

pub(super) fn occasion<'a>(dispute: &'a Dispute, role: Role, zone: &'a Zone) -> Occasion<'a> {
    Occasion {
        cause: Digest::of(b"a mail"),
        index: 1,
        now: dispute.entered,
        channel: Channel::private_to(role),
        desk: &dispute.desk,
        dispute: dispute.id,
        matters: dispute.matters(role),
        ball: Some(role),
        about: None,
        background: Background::default(),
        first: false,
        masked: true,
        answers: true,
        uncounted: None,
        unruled: Vec::new(),
        zone,
        gate: Gate::default(),
        charter: None,
        guard: no_guard(),
    }
}

fn invitation(dispute: &Dispute, house: &House) -> OutboundMail {
    let zone = zone();
    let to = Addressee::Merchant(VisibleTo::merchant(dispute).unwrap());
    letter(stationery(), house, &to, "invitation", &occasion(dispute, Role::Merchant, &zone)).unwrap().mail
}

/// Subject, text and HTML of a letter before they are encoded.
fn parts(dispute: &Dispute, to: &Addressee<'_>, name: &str) -> (String, String, String) {
    let (case, zone) = (to.case(), zone());
    let facts = fill::facts(
        case,
        &house("Service"),
        stationery().words(),
        &occasion(dispute, case.you.role, &zone),
        fill::Paper { letter: "invitation", reply_to: &dispute.desk, passed: 0 },
    );
    let (subject, blocks, _) = stationery().write(name, case.you.language, &facts).unwrap();
    (subject.clone(), paper::text(&blocks, &[], case.you.language), screen::html(&subject, &blocks, &[], case.you.language))
}

/// The unfolded header lines.
fn headers(bytes: &[u8]) -> Vec<String> {
    let text = std::str::from_utf8(bytes).unwrap();
    let head = text.split_once("\r\n\r\n").unwrap().0.replace("\r\n ", " ").replace("\r\n\t", " ");
    head.split("\r\n").map(str::to_owned).collect()
}

fn header<'a>(lines: &'a [String], name: &str) -> &'a str {
    let mut found = lines.iter().filter_map(|line| line.strip_prefix(&format!("{name}: ")));
    let value = found.next().unwrap_or_else(|| panic!("no {name}"));
    assert!(found.next().is_none(), "two {name}");
    value
}

#[test]
fn the_headers_are_those_of_the_program() {
    let dispute = dispute("Leila", "Broken.", "Shop", Language::En);
    let house = house("Médiation");
    let mail = invitation(&dispute, &house);
    let lines = headers(&mail.bytes);
    let token = dispute.merchant.as_ref().unwrap().token.as_str();
    assert!(header(&lines, "From").ends_with("<mediation@elitige.example>"));
    assert!(header(&lines, "From").starts_with("=?utf-8?"));
    assert_eq!(header(&lines, "To"), "contact@shop.example");
    assert_eq!(header(&lines, "Reply-To"), format!("mediation+{token}@elitige.example"));
    assert_eq!(header(&lines, "Date"), "Mon, 23 Nov 2026 09:05:00 +0000");
    assert_eq!(header(&lines, "Subject"), format!("[{}] An invitation to answer in one line", dispute.reference));
    assert_eq!(header(&lines, "Message-ID"), mail.message_id.bracketed());
    assert_eq!(header(&lines, "Auto-Submitted"), "auto-replied");
    assert_eq!(header(&lines, "X-Auto-Response-Suppress"), "All");
    assert_eq!(header(&lines, "X-Elitige-Loop"), format!("{} hop={}", loop_stamp(&house.keys), dispute.merchant.as_ref().unwrap().thread.len() + 1));
    assert_eq!(header(&lines, "Content-Language"), "en");
    assert_eq!(header(&lines, "MIME-Version"), "1.0");
    let references = header(&lines, "References");
    assert_eq!(references.split(' ').count(), 20);
    assert!(references.ends_with(header(&lines, "In-Reply-To")));
    assert_eq!(mail.envelope_from.as_str(), format!("bounce+{}@elitige.example", bounce_tag(&house.keys, &mail.message_id)));
    assert_eq!(mail.message_id.as_str().find('@'), Some(32));
    assert_eq!(lines.iter().filter(|line| !line.starts_with("Content-Type")).count(), 13);
}

#[test]
fn the_identifier_follows_from_cause_place_person_and_words_and_from_nothing_else() {
    let dispute = dispute("Leila", "Broken.", "Shop", Language::Fr);
    let (house, zone) = (house("Service"), zone());
    let write = |name: &str, index: usize, now: Instant| {
        let to = Addressee::Merchant(VisibleTo::merchant(&dispute).unwrap());
        letter(stationery(), &house, &to, name, &Occasion { index, now, ..occasion(&dispute, Role::Merchant, &zone) }).unwrap().mail
    };
    let first = write("invitation", 1, dispute.entered);
    assert_eq!(first, write("invitation", 1, dispute.entered));
    assert_eq!(first.message_id, write("invitation", 1, dispute.entered.plus_seconds(60)).message_id);
    assert_ne!(first.message_id, write("invitation", 2, dispute.entered).message_id);
    assert_ne!(first.message_id, write("invitation-reminder", 1, dispute.entered).message_id);
}

#[test]
fn what_a_complaint_says_stays_words() {
    let hostile = "[x](http://evil.example) <b> {{secret}} # h ![i](https://e.example/p) {{> _facts}} &amp;";
    for language in Language::ALL {
        let dispute = dispute(hostile, hostile, hostile, language);
        let to = Addressee::Merchant(VisibleTo::merchant(&dispute).unwrap());
        let (_, text, html) = parts(&dispute, &to, "invitation");
        let (text, html) = (text.replace('\u{2060}', ""), html.replace('\u{2060}', ""));
        assert!(text.contains(hostile), "{text}");
        assert!(html.contains("[x](http://evil.example) &lt;b&gt; {{secret}} # h"));
        for markup in ["<b> ", "<img", "href=\"http:", "evil.example\""] {
            assert!(!html.contains(markup), "{markup}");
        }
        let links: Vec<&str> = html.split("href=\"").skip(1).map(|rest| rest.split('"').next().unwrap()).collect();
        assert!(links.iter().all(|link| link.starts_with("mailto:mediation@elitige.example?")), "{links:?}");
    }
}

#[test]
fn a_reader_may_have_an_address_outside_ascii_and_the_service_may_not() {
    let mut dispute = dispute("Leila", "Broken.", "Shop", Language::En);
    let zone = zone();
    let invited = |dispute: &Dispute| {
        let to = Addressee::Merchant(VisibleTo::merchant(dispute).unwrap());
        letter(stationery(), &house("S"), &to, "invitation", &occasion(dispute, Role::Merchant, &zone)).map(|written| written.mail)
    };
    dispute.merchant.as_mut().unwrap().address = Address::parse("زينب@مثال.example").unwrap();
    let mail = invited(&dispute).unwrap();
    let lines: Vec<&str> = std::str::from_utf8(&mail.bytes).unwrap().split("\r\n").collect();
    let beyond: Vec<&&str> = lines.iter().filter(|line| !line.is_ascii()).collect();
    assert_eq!(beyond, [&"To: زينب@مثال.example"], "RFC 6532: as it is, and nothing else");
    assert_eq!(mail.to.as_str(), "زينب@مثال.example");
    dispute.desk = Address::parse("médiation@elitige.example").unwrap();
    assert_eq!(invited(&dispute).unwrap_err(), ComposeError::AddressNotAscii);
}

#[test]
fn a_letter_that_lacks_what_it_prints_is_an_error_that_names_its_line() {
    let dispute = dispute("Leila", "Broken.", "Shop", Language::En);
    let zone = zone();
    let to = Addressee::Consumer(VisibleTo::consumer(&dispute, NEEDS));
    let error = letter(stationery(), &house("S"), &to, "merchant-missing", &occasion(&dispute, Role::Consumer, &zone)).unwrap_err();
    assert!(error.to_string().starts_with("templates/en/_screening.md.hbs:1:"), "{error}");
    let unknown = letter(stationery(), &house("S"), &to, "nothing", &occasion(&dispute, Role::Consumer, &zone)).unwrap_err();
    assert_eq!(unknown.to_string(), "there is no letter nothing in en; add templates/en/nothing.md.hbs");
}

#[test]
fn the_consumer_confirms_only_what_is_complete() {
    let mut dispute = dispute("Leila", "Broken.", "Shop", Language::En);
    dispute.consent = Default::default();
    let text = |needs: &[Fact]| parts(&dispute, &Addressee::Consumer(VisibleTo::consumer(&dispute, needs)), "acknowledgement").1;
    let matter = &dispute.matters(Role::Consumer)[0];
    let code = reply_code(&house("Service").keys, dispute.id, Role::Consumer, matter);
    assert!(text(NEEDS).contains(&format!("CONFIRM {code}")));
    assert!(!text(&[Fact::Amount]).contains("CONFIRM "));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]
    #[test]
    fn whatever_people_write_the_bytes_are_a_sound_message(
        name in "\\PC{0,40}|[\\r\\n\\x00\u{2028}a:=? ]{0,40}",
        account in "(?s).{0,400}",
        service in "[\\r\\n\\x00\u{2029}é:<>\",=? a]{0,60}",
        shop in "(?s).{0,80}",
        tongue in 0_usize..3,
    ) {
        let language = Language::ALL[tongue];
        let dispute = dispute(&name, &account, &shop, language);
        let mail = invitation(&dispute, &house(&service));
        prop_assert!(mail.bytes.is_ascii());
        prop_assert!(!mail.bytes.contains(&0));
        let text = std::str::from_utf8(&mail.bytes).unwrap();
        prop_assert!(text.split("\r\n").all(|line| !line.contains(['\r', '\n'])));
        prop_assert!(text.split("\r\n").all(|line| line.len() <= 998));
        let (_, body) = text.split_once("\r\n\r\n").unwrap();
        prop_assert!(body.split("\r\n").all(|line| line.len() <= 76));
        let names: Vec<String> = headers(&mail.bytes).iter().map(|line| line.split(':').next().unwrap().to_owned()).collect();
        prop_assert_eq!(names.len(), 14);
        for allowed in &names {
            prop_assert!(HEADERS.contains(&allowed.as_str()));
        }
        prop_assert_eq!(body.matches("--=_elitige_=").count(), 3);
        let (subject, _, _) = parts(&dispute, &Addressee::Merchant(VisibleTo::merchant(&dispute).unwrap()), "invitation");
        let marked = subject.starts_with(&format!("[{}] ", dispute.reference));
        prop_assert!(marked);
    }
}

fn no_guard() -> &'static Guard {
    static GUARD: OnceLock<Guard> = OnceLock::new();
    GUARD.get_or_init(Guard::default)
}
