//! What must hold of every mail, whatever its bytes are. The fuzz targets look for a mail of which it does not hold;
//! `tests/fuzzed.rs` looks again at each one that was ever found.

use elitige::domain::ExhibitKind;
use elitige::letter::{Kind, Knowledge, Letter, Limits, Reading, SenderGate, read};
use std::sync::OnceLock;

/// Any bytes as a whole mail.
pub fn reading(bytes: &[u8]) {
    looked_at(bytes);
}

/// Any text as the body of a mail, plain and as HTML.
pub fn reply_text(bytes: &[u8]) {
    for kind in ["plain", "html"] {
        looked_at(&mail(&format!("Content-Type: text/{kind}; charset=utf-8\r\n"), bytes));
    }
}

/// Any bytes as what stands in From, To and Cc.
pub fn addresses(bytes: &[u8]) {
    let letter = looked_at(&[b"From: ", bytes, b"\r\nSubject: x\r\n\r\nBonjour\r\n"].concat());
    if let SenderGate::Open(address) = &letter.sender {
        let text = String::from_utf8_lossy(bytes);
        assert!(text.to_lowercase().contains(&address.as_str().to_lowercase()), "the gate names an address that does not stand in From as it is");
    }
    looked_at(&[b"From: Leila <leila@example.org>\r\nTo: ", bytes, b"\r\nCc: ", bytes, b"\r\n\r\nBonjour\r\n"].concat());
}

/// Any text as the answer of a person, above and within a quotation.
pub fn intents(bytes: &[u8]) {
    let typed = "Content-Type: text/plain; charset=utf-8\r\n";
    looked_at(&mail(typed, bytes));
    let text = String::from_utf8_lossy(bytes);
    let quoted: String = text.split(['\r', '\n', '\u{b}', '\u{c}', '\u{85}', '\u{2028}', '\u{2029}']).map(|line| format!("> {line}\r\n")).collect();
    let letter = looked_at(&mail(typed, quoted.as_bytes()));
    assert!(letter.commands.is_empty(), "a quoted line commands");
    let below = format!("D'accord\r\n\r\nOn Mon, 2 Mar 2026, Desk <desk@service.example> wrote:\r\n{quoted}");
    let letter = looked_at(&mail(typed, below.as_bytes()));
    assert!(letter.commands.is_empty(), "a line that is quoted below commands");
}

/// Any bytes as a file that may go to the other party.
pub fn exhibits(bytes: &[u8]) {
    let limits = Limits::default();
    for declared in ["application/octet-stream", "text/plain"] {
        let found = elitige::letter::exhibits(&attached(declared, bytes), &limits);
        assert!(found.offered.len() + found.withheld.len() <= 1, "several of one");
        for exhibit in &found.offered {
            assert!(exhibit.bytes.len() <= limits.exhibit_bytes);
            bare(exhibit.kind, &exhibit.bytes);
            let again = elitige::letter::exhibits(&attached(declared, &exhibit.bytes), &limits);
            assert!(again.offered == found.offered, "cleaning twice is not cleaning once");
        }
    }
}

/// A mail with that file.
fn attached(declared: &str, bytes: &[u8]) -> Vec<u8> {
    const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let head =
        format!("From: Leila <leila@example.org>\r\nContent-Type: {declared}\r\nContent-Disposition: attachment\r\nContent-Transfer-Encoding: base64\r\n\r\n");
    let mut mail = head.into_bytes();
    for group in bytes.chunks(3) {
        let bits = group.iter().fold(0u32, |bits, byte| bits << 8 | u32::from(*byte)) << (8 * (3 - group.len()));
        mail.extend((0..4).map(|digit| if digit <= group.len() { DIGITS[(bits >> (18 - 6 * digit)) as usize & 63] } else { b'=' }));
    }
    mail
}

/// Nothing stands in a cleaned file where others write who made it.
fn bare(kind: ExhibitKind, bytes: &[u8]) {
    match kind {
        ExhibitKind::Jpeg => {
            let mut at = 2;
            // Up to the first scan; behind the last one nothing follows.
            while bytes[at + 1] != 0xda {
                let length = usize::from(u16::from_be_bytes([bytes[at + 2], bytes[at + 3]]));
                let kept = match bytes[at + 1] {
                    0xe0 => length == 16,
                    0xe1 => length == 34,
                    0xee => length == 14,
                    marker => matches!(marker, 0xc0..=0xc4 | 0xdb | 0xdd),
                };
                assert!(bytes[at] == 0xff && kept, "a segment {:x}", bytes[at + 1]);
                at += 2 + length;
            }
            assert!(bytes.ends_with(b"\xff\xd9"));
        }
        ExhibitKind::Png => {
            let mut rest = &bytes[8..];
            while let Some((length, after)) = rest.split_first_chunk::<4>() {
                let known: [&[u8]; 10] = [b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"gAMA", b"cHRM", b"sRGB", b"sBIT", b"pHYs"];
                assert!(known.contains(&&after[..4]) || &after[..4] == b"bKGD", "another chunk");
                rest = &after[u32::from_be_bytes(*length) as usize + 8..];
            }
        }
        ExhibitKind::Pdf => {
            let end = bytes.windows(8).rposition(|window| window == b"trailer\n").unwrap();
            assert!(bytes.starts_with(b"%PDF-1.7\n") && bytes[end..].starts_with(b"trailer\n<</Root 1 0 R/Size "), "a trailer that says more");
        }
        ExhibitKind::Text => {
            let text = std::str::from_utf8(bytes).unwrap();
            assert!(!text.chars().any(|c| c.is_control() && !"\n\t".contains(c) || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')));
        }
    }
}

fn mail(headers: &str, body: &[u8]) -> Vec<u8> {
    let head = format!("From: Leila <leila@example.org>\r\nDate: Mon, 23 Mar 2026 09:00:00 +0000\r\nMIME-Version: 1.0\r\n{headers}\r\n");
    [head.as_bytes(), body].concat()
}

/// Reads `bytes` twice and looks at the letter from every side.
fn looked_at(bytes: &[u8]) -> Letter {
    let limits = Limits::default();
    let letter = read(bytes, knowledge(), &limits);
    assert!(letter == read(bytes, knowledge(), &limits), "two readings differ");
    let json = serde_json::to_vec(&letter).unwrap();
    assert!(serde_json::from_slice::<Letter>(&json).unwrap() == letter, "a letter does not survive its journey");
    assert_eq!(letter.bytes, bytes.len());
    within(&letter, &limits);
    gate(bytes, &letter);
    parts(&letter);
    secrets(&letter);
    if letter.reading != Reading::Read {
        assert!(letter.commands.is_empty() && letter.intents.is_empty() && !letter.may_answer, "what was not read speaks");
    }
    assert!(letter.kind == Kind::Human || !letter.may_answer, "a program would be answered");
    letter
}

/// Masking a secret may make a text a little longer.
const MASKED: usize = 4 << 10;

fn within(letter: &Letter, limits: &Limits) {
    for text in [&letter.text, &letter.reply_text, &letter.signature] {
        assert!(text.len() <= limits.text_bytes + MASKED, "a text of {} bytes", text.len());
    }
    assert!(letter.subject.chars().count() <= limits.subject_chars + MASKED);
    assert!(letter.to.len() <= limits.addresses && letter.cc.len() <= limits.addresses && letter.delivered_to.len() <= 20);
    assert!(letter.references.len() <= 20 && letter.in_reply_to.len() <= 20);
    assert!(letter.attachments.len() <= limits.parts && letter.commands.len() <= 5);
    assert!(
        letter.bounce.iter().all(|bounce| bounce.recipients.len() <= 200),
        "{} recipients of a report",
        letter.bounce.as_ref().map_or(0, |bounce| bounce.recipients.len())
    );
    let names = letter.attachments.iter().filter_map(|attachment| attachment.name.as_ref());
    let one_line = names.chain(&letter.from).chain(&letter.from_name).chain(&letter.to).chain(&letter.cc).chain([&letter.subject]);
    for text in one_line {
        assert!(
            text.chars().count() <= 1_000 && !text.chars().any(char::is_control),
            "{} characters on one line, or a control among them",
            text.chars().count()
        );
    }
    assert!(letter.faults.len() <= 100 && letter.because.len() <= 1_000, "{} faults, {} reasons", letter.faults.len(), letter.because.len());
    assert!(letter.faults.iter().chain(&letter.because).all(|word| word.len() <= 300));
    assert!(letter.facts.iter().all(|(_, value)| value.len() <= 1_000 && !value.contains('\0')));
    assert!(![&letter.text, &letter.reply_text, &letter.signature].iter().any(|text| text.contains(['\0', '\r'])));
}

/// An open gate means: one field that anybody could take for From, and the address that is shown.
fn gate(bytes: &[u8], letter: &Letter) {
    let SenderGate::Open(address) = &letter.sender else { return };
    assert!(letter.from.as_deref().is_some_and(|shown| shown.eq_ignore_ascii_case(address.as_str())), "the gate and the reader see different senders");
    let mut fields = 0;
    for line in bytes.split(|byte| *byte == b'\n') {
        if line.is_empty() || line == b"\r" {
            break;
        }
        let name: Vec<u8> = line.iter().copied().take_while(|byte| *byte != b':').collect();
        fields += usize::from(name.eq_ignore_ascii_case(b"from"));
    }
    assert_eq!(fields, 1, "so many fields From");
}

/// What was newly written and the signature are lines of the text, in their order; commands stand in what was newly written.
fn parts(letter: &Letter) {
    // A mask may hide in the whole what stands alone in a part.
    if letter.faults.iter().any(|fault| fault.contains("number") || fault.contains("value") || fault == "password") {
        return;
    }
    let mut lines = letter.text.lines().map(str::trim);
    for line in letter.reply_text.lines().map(str::trim).filter(|line| !line.is_empty()) {
        assert!(lines.any(|whole| whole == line), "a line of the reply is no line of the text");
    }
    let mut lines = letter.text.lines().map(str::trim);
    for line in letter.signature.lines().map(str::trim).filter(|line| !line.is_empty()) {
        assert!(lines.any(|whole| whole == line), "a line of the signature is no line of the text");
    }
    for command in &letter.commands {
        let spoken = letter.reply_text.lines().any(|line| !line.trim_start().starts_with('>') && line.contains(&command.argument));
        assert!(spoken, "a command of which no line of the reply speaks");
    }
}

/// No payment card is written out in anything that is told of a mail.
fn secrets(letter: &Letter) {
    let facts = letter.facts.iter().chain(letter.answers.iter().flat_map(|answer| answer.means.iter())).map(|(_, value)| value);
    let arguments = letter.commands.iter().map(|command| command.argument.as_str());
    let names = letter.attachments.iter().filter_map(|attachment| attachment.name.as_deref());
    let texts = [letter.text.as_str(), &letter.reply_text, &letter.signature, &letter.subject].into_iter();
    let answers = letter.answers.iter().map(|answer| answer.text.as_str());
    let texts = texts.chain(letter.from_name.as_deref()).chain(answers).chain(letter.because.iter().map(String::as_str));
    for text in texts.chain(facts).chain(arguments).chain(names) {
        assert!(!text.split(|c: char| !c.is_alphanumeric() && !" .-\u{a0}".contains(c)).any(is_card), "a payment card is written out");
    }
}

/// Sixteen digits in a row that Luhn's check takes for a card.
fn is_card(run: &str) -> bool {
    let digits: Vec<u32> = run.trim().chars().filter_map(|c| c.to_digit(10)).collect();
    let plain =
        digits.len() == 16 && run.trim().len() == 16 && matches!(digits.first(), Some(4 | 5)) && digits.iter().any(|digit| Some(digit) != digits.first());
    let weighed = digits.iter().enumerate().map(|(at, digit)| if at % 2 == 0 { digit * 2 / 10 + digit * 2 % 10 } else { *digit });
    plain && weighed.sum::<u32>().is_multiple_of(10)
}

/// What the service knows, and what is its own.
fn knowledge() -> &'static Knowledge {
    static KNOWLEDGE: OnceLock<Knowledge> = OnceLock::new();
    KNOWLEDGE.get_or_init(|| {
        let files = [
            ("categories.toml", include_str!("../config/categories.toml")),
            ("phrases/codes.toml", include_str!("../config/phrases/codes.toml")),
            ("phrases/fr.toml", include_str!("../config/phrases/fr.toml")),
            ("phrases/en.toml", include_str!("../config/phrases/en.toml")),
            ("phrases/ar.toml", include_str!("../config/phrases/ar.toml")),
            ("phrases/ary.toml", include_str!("../config/phrases/ary.toml")),
            ("phrases/ary-Latn.toml", include_str!("../config/phrases/ary-Latn.toml")),
        ];
        let files = files.map(|(name, text)| (name.to_owned(), text.to_owned()));
        let own = elitige::domain::Address::parse("desk@service.example").unwrap();
        Knowledge::parse(&files).unwrap().with_own(vec![own], "service.example".to_owned())
    })
}
