//! What leaves, byte for byte: whatever somebody writes, it becomes text, and never a line, a field or a recipient of a letter of ours.

use crate::scene::*;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use elitige::domain::{Address, Language, MailOutcome};
use elitige::settle::Registrar;
use mail_parser::MessageParser;
use proptest::prelude::*;

/// The fields of our letters, each at most once.
const FIELDS: [&str; 15] = [
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
    "Content-Transfer-Encoding",
];

/// What is wrong with the lines of a letter; `None` if a server can take it as it stands and no other server can see two mails in it.
fn smuggles(bytes: &[u8]) -> Option<String> {
    let pairs = || bytes.windows(2);
    let bare_lf = bytes.first() == Some(&b'\n') || pairs().any(|pair| pair[1] == b'\n' && pair[0] != b'\r');
    let bare_cr = bytes.last() == Some(&b'\r') || pairs().any(|pair| pair[0] == b'\r' && pair[1] != b'\n');
    let longest = bytes.split(|byte| *byte == b'\n').map(|line| line.len().saturating_sub(1)).max().unwrap_or(0);
    let dot = bytes.windows(5).any(|five| five == b"\r\n.\r\n");
    let found = [
        (bare_lf, "an LF alone"),
        (bare_cr, "a CR alone"),
        (bytes.contains(&0), "a NUL"),
        (!bytes.is_ascii(), "more than ASCII"),
        (longest > 998, "a line of more than 998 bytes"),
        (dot, "a dot alone on a line"),
        (!bytes.ends_with(b"\r\n"), "no end"),
    ];
    found.into_iter().find(|(wrong, _)| *wrong).map(|(_, what)| what.to_owned())
}

/// What is wrong with the head of a letter to `to`.
fn injected(bytes: &[u8], to: &str) -> Option<String> {
    let text = std::str::from_utf8(bytes).ok()?;
    let head = text.split("\r\n\r\n").next().unwrap_or_default();
    let unfolded = head.replace("\r\n ", " ").replace("\r\n\t", " ");
    let mut seen: Vec<&str> = Vec::new();
    for line in unfolded.split("\r\n") {
        let Some((name, value)) = line.split_once(": ") else { return Some(format!("a line that is no field: {line}")) };
        if seen.contains(&name) || !FIELDS.contains(&name) {
            return Some(format!("a field {name}"));
        }
        if name == "To" && value.trim_matches(['<', '>']) != to {
            return Some(format!("another recipient: {value}"));
        }
        seen.push(name);
    }
    let message = MessageParser::default().parse(bytes)?;
    let shown = message.subject().unwrap_or_default();
    let control = |c: char| c.is_control() || matches!(c, '\u{2028}' | '\u{2029}' | '\u{85}');
    let mut parts = message.parts.iter().skip(1).flat_map(|part| part.headers.iter().map(|header| header.name().to_owned()));
    let odd = parts.find(|name| !["Content-Type", "Content-Transfer-Encoding", "Content-Disposition"].contains(&name.as_str()));
    // What crosses is called as the service calls it, whatever its writer called it.
    let named = text.split("\r\n").filter(|line| line.to_ascii_lowercase().starts_with("content-disposition:"));
    let ours = |(number, line): (usize, &str)| {
        let name = line.strip_prefix(&format!("Content-Disposition: attachment; filename=\"piece-{}.", number + 1)).and_then(|rest| rest.strip_suffix('"'));
        name.is_some_and(|kind| ["jpg", "png", "pdf", "txt"].contains(&kind))
    };
    if let Some((_, line)) = named.enumerate().find(|named| !ours(*named)) {
        return Some(format!("a name that is not ours: {line}"));
    }
    shown.chars().any(control).then(|| format!("the subject {shown:?}")).or(odd.map(|name| format!("a field {name} of a part")))
}

#[test]
fn what_would_be_two_mails_or_a_further_field_is_found() {
    let whole = "From: a@b.example\r\nTo: c@d.example\r\nSubject: x\r\n\r\ny\r\n";
    assert_eq!((smuggles(whole.as_bytes()), injected(whole.as_bytes(), "c@d.example")), (None, None));
    for (old, new) in
        [("y\r\n", "y\n"), ("y", "y\rz"), ("y", "y\0"), ("y", "é"), ("y", &"y".repeat(999)), ("y", "y\r\n.\r\nz"), ("y\r\n", "y"), ("From", "\nFrom")]
    {
        assert!(smuggles(whole.replace(old, new).as_bytes()).is_some(), "{new:?}");
    }
    for (old, new) in [
        ("Subject", "Bcc"),
        ("x\r\n", "x\r\nSubject: y\r\n"),
        ("To: c", "To: e@f.example, c"),
        ("x\r\n", "x\r\nnothing\r\n"),
        (": x", ": =?utf-8?Q?a=E2=80=A8b?="),
    ] {
        assert!(injected(whole.replace(old, new).as_bytes(), "c@d.example").is_some(), "{new:?}");
    }
}

/// Pieces of which hostile texts are made.
fn piece() -> impl Strategy<Value = String> {
    prop_oneof![
        4 => prop::sample::select(vec![
            "\r\n.\r\n", "\n.\n", "\r.\r", "\n.\r\n", "\r\n.\n", "\r", "\n", "\0", ".", "..", "\r\n\r\n", "\u{85}", "\u{2028}", "\u{2029}", "\u{b}", "\u{c}", "\u{1b}[2J",
            "MAIL FROM:<eve@ailleurs.example>\r\nRCPT TO:<leila@courrier.example>\r\nDATA\r\n", "From eve@ailleurs.example\r\n", "Bcc: eve@ailleurs.example\r\n",
            "--=_elitige_=\r\nContent-Type: text/html\r\n\r\n", "=_elitige_=", "=0D=0A.=0D=0A", "=?utf-8?Q?=0D=0ABcc:_eve?=", "=", "=\r\n", "&#13;&#10;", "<br>",
            "{{reply}}", "{{#each}}", "\u{202e}", "\u{feff}", "\u{200f}", "مرحبا ", "é", "\u{1f4e6}", "\t", "\u{7f}", "\u{80}", "\u{10ffff}",
        ]).prop_map(str::to_owned),
        2 => "[ -~]{0,60}",
        1 => "[a-z]{1,12} [a-z]{1,12} [a-z]{1,12} ",
        1 => any::<String>(),
        1 => (prop::sample::select(vec!["a", "é", "ش", ".", "=", " x"]), 900..4_000usize).prop_map(|(of, times)| of.repeat(times)),
    ]
}

fn texts(most: usize) -> impl Strategy<Value = Vec<String>> {
    prop::collection::vec(prop::collection::vec(piece(), 1..9).prop_map(|pieces| pieces.concat()), 1..most)
}

/// A case with a mediator, to whom Leila's words are told, in that language.
async fn mediated(language: Language) -> Scene {
    let mut scene = Scene::invited().await;
    scene.desk.mediators = vec![Registrar { address: address(MEDIATOR), name: None, language }];
    let id = scene.disputes(LEILA).await[0].id;
    scene.mediated(id).await;
    scene
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 12, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn t13_no_text_makes_a_letter_that_a_server_could_take_for_two(texts in texts(24), language in prop::sample::select(vec![Language::Fr, Language::Ar, Language::En])) {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(async {
            let mut scene = mediated(language).await;
            let first = scene.latest_to("acknowledgement", LEILA);
            let before = scene.letters.len();
            for (number, text) in texts.iter().enumerate() {
                scene.now = scene.now.plus_seconds(2 * 3_600);
                let body = format!("Voici le fait numéro{number}fin que je vous raconte. {text} Et encore ceci.");
                let bytes = scene.draft(LEILA, &first.reply_to, &first.subject, &body, None, &[]);
                scene.arrives(&bytes, Proof::Signed).await;
                let told = scene.letters.iter().any(|left| left.to == MEDIATOR && left.seen.text.contains(&format!("numéro{number}fin")));
                assert!(told, "the words are told, which is what this is about: {text:?}");
            }
            for left in &scene.letters[before..] {
                assert_eq!(smuggles(&left.bytes), None, "{} to {}", left.name, left.to);
                assert_eq!(injected(&left.bytes, &left.to), None, "{}", left.name);
                assert!([LEILA, MEDIATOR, REGISTRAR].contains(&left.to.as_str()));
            }
        });
    }
}

/// What would be a field, if a line ended where it says.
const HOSTILE: [&str; 9] = [
    "Leila\r\nBcc: eve@ailleurs.example",
    "Leila\nBcc: eve@ailleurs.example",
    "Leila\rBcc: eve@ailleurs.example",
    "Leila\0\r\n\r\nBonjour",
    "Leila\u{2028}Bcc: eve@ailleurs.example\u{2029}X",
    "Leila\u{85}To: eve@ailleurs.example",
    "=?utf-8?B?DQpCY2M6IGV2ZUBhaWxsZXVycy5leGFtcGxlDQo=?= Leila",
    "=?utf-8?Q?Leila=0D=0ABcc:_eve=40ailleurs.example?=",
    "Leila\" <eve@ailleurs.example>, \"x",
];

/// `text` as an encoded word, whatever stands in it.
fn word(text: &str) -> String {
    format!("=?utf-8?B?{}?=", STANDARD.encode(text))
}

/// `mail` with that name in From and that subject, and with a file of that name.
fn dressed(mail: &[u8], from: &str, name: &str, subject: &str) -> Vec<u8> {
    let text = String::from_utf8(mail.to_vec()).unwrap();
    let (head, body) = text.split_once("\r\n\r\n").unwrap();
    let field = |line: &&str| !line.starts_with("From:") && !line.starts_with("Subject:") && !line.starts_with("Content-") && !line.starts_with("MIME");
    let kept: Vec<&str> = head.split("\r\n").filter(field).collect();
    let percent: String = name.bytes().map(|byte| format!("%{byte:02X}")).collect();
    format!(
        "From: {} <{from}>\r\nSubject: {}\r\n{}\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\
         Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\n{body}\r\n--b\r\nContent-Type: text/plain; name=\"{}\"\r\n\
         Content-Disposition: attachment; filename*=utf-8''{percent}\r\nContent-Transfer-Encoding: base64\r\n\r\nQm9uam91cg==\r\n--b--\r\n",
        word(name),
        word(subject),
        kept.join("\r\n"),
        word(name),
    )
    .into_bytes()
}

#[tokio::test]
async fn t14_names_subjects_and_file_names_never_become_a_field() {
    for (at, name) in HOSTILE.iter().enumerate() {
        // A name that shows another address, or hides a bracket or a control, proves nobody, and its mail is held; here it is to be heard.
        let shown: String = name.replace('@', " chez ").chars().filter(|c| "\r\n".contains(*c) || !c.is_control() && !"<>\"".contains(*c)).collect();
        let subject = HOSTILE[(at + 3) % HOSTILE.len()];
        let mut scene = Scene::empty().await;
        let stated = COMPLAINT.replace("Leila Bennani", name);
        let bytes = dressed(&scene.draft(LEILA, DESK, "x", &stated, None, &[]), LEILA, &shown, subject);
        assert_eq!(scene.arrives(&bytes, Proof::Signed).await, MailOutcome::Opened, "{name:?}");
        scene.invite().await;
        let id = scene.disputes(LEILA).await[0].id;
        scene.mediated(id).await;
        for (from, letter) in [(LEILA, scene.latest("file-complete")), (ATLAS, scene.latest("invitation"))] {
            let words = format!("Voici ce que j'ai à dire, {name}, et rien de plus.");
            let bytes = dressed(&scene.draft(from, &letter.reply_to, "x", &words, Some(&letter), &[]), from, &shown, subject);
            scene.arrives(&bytes, Proof::Signed).await;
        }
        let names: Vec<&str> = scene.letters.iter().map(|left| left.name.as_str()).collect();
        for wanted in ["acknowledgement", "screening", "invitation", "message", "mediator-named"] {
            assert!(names.contains(&wanted), "{wanted} is not in {names:?}");
        }
        for left in &scene.letters {
            assert_eq!(smuggles(&left.bytes), None, "{} for {name:?}", left.name);
            assert_eq!(injected(&left.bytes, &left.to), None, "{} for {name:?}", left.name);
        }
        assert_eq!(scene.written_to(EVE), 0);
    }
}

/// What a server must never be given between the brackets of RCPT TO.
fn is_plain(address: &str) -> bool {
    let mut sides = address.split('@');
    let (local, domain) = (sides.next().unwrap_or_default(), sides.next().unwrap_or_default());
    let safe = |c: char| !c.is_control() && !c.is_whitespace() && !"<>()[]\\,;:\"@".contains(c);
    sides.next().is_none()
        && !local.is_empty()
        && !domain.is_empty()
        && local.len() <= 64
        && address.len() <= 254
        && local.chars().chain(domain.chars()).all(safe)
}

/// What follows an address that is none.
const BEHIND: [&str; 12] = [
    "> SIZE=1",
    ">\r\nRCPT TO:<eve@ailleurs.example",
    "\r\nDATA",
    " NOTIFY=NEVER",
    ",eve@ailleurs.example",
    "\0",
    "\u{2028}",
    "\"",
    "(x)",
    "\\",
    ":1",
    "@b.example",
];

proptest! {
    #![proptest_config(ProptestConfig { cases: 4_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn t15_whatever_is_an_address_is_safe_in_an_envelope(
        text in prop_oneof![
            "[a-z0-9.+é]{1,12}@[a-z0-9.-]{1,12}",
            "[a-z<>@ \"\\\\.;:,=()\\[\\]\r\n\t\0\u{2028}é]{0,30}",
            ("[a-z]{1,9}@[a-z]{1,9}\\.ma", prop::sample::select(BEHIND.to_vec())).prop_map(|(address, behind)| format!("{address}{behind}")),
            ("[a-z]{60,70}", "[a-z.]{150,260}").prop_map(|(local, domain)| format!("{local}@{domain}")),
            any::<String>().prop_map(|text| format!("{text}@x.ma")),
        ],
    ) {
        if let Ok(address) = Address::parse(&text) {
            prop_assert!(is_plain(address.as_str()), "{text:?}");
            // It is the whole text, but for blanks around it, a final dot, and the case of its domain: nothing is cut off and what is left taken.
            prop_assert_eq!(address.as_str().to_lowercase(), text.trim_matches([' ', '\t']).trim_end_matches('.').to_lowercase());
            prop_assert_eq!(Address::parse(address.as_str()).unwrap(), address);
        }
    }
}

#[tokio::test]
async fn t15_an_address_with_something_behind_it_is_written_to_by_nobody() {
    for behind in BEHIND {
        assert!(Address::parse(&format!("a@x.example{behind}")).is_err() || behind == "\0", "{behind:?}");
        let mut scene = Scene::complained().await;
        let first = scene.latest("acknowledgement");
        // As a new address, as the seller's, and as the sender's.
        let moved = format!("{} {EVE}{behind}", coded(&first, "ADRESSE"));
        scene.answer(LEILA, &first, &moved).await;
        assert_eq!(scene.answer(LEILA, &first, &coded(&first, "CONFIRMER")).await, MailOutcome::Advanced);
        let screening = scene.latest("screening");
        scene.answer(REGISTRAR, &screening, &format!("{} {ATLAS}{behind}", coded(&screening, "ADMETTRE"))).await;
        let text = String::from_utf8(scene.draft(EVE, DESK, "Commande", COMPLAINT, None, &[])).unwrap();
        let forged = text.replacen(&format!("From: {EVE}"), &format!("From: <{EVE}{behind}>"), 1);
        scene.arrives(forged.as_bytes(), Proof::Nothing).await;
        for left in &scene.letters {
            assert!(is_plain(&left.to) && [LEILA, ATLAS, REGISTRAR, EVE].contains(&left.to.as_str()), "{:?}", left.to);
            assert_eq!((smuggles(&left.bytes), injected(&left.bytes, &left.to)), (None, None), "{} after {behind:?}", left.name);
        }
        scene.sound().await;
    }
}
