//! The whole reading of one mail.

use super::bounce::{self, Material};
use super::category::{self, Spoken};
use super::content::{self, Content};
use super::facts::{self, Source};
use super::fold::{Word, western, words};
use super::headers::RawHeaders;
use super::knowledge::Knowledge;
use super::lexicon::Hit;
use super::limits::Limits;
use super::{Bounce, Kind, Letter, Reading, SenderGate, command, intent, kind, language, reply, secret, sender};
use crate::domain::{Address, Day, Digest, Instant, Intent, LanguageForm, MessageId};
use mail_parser::{Addr, HeaderName, HeaderValue, Message, MessageParser};

/// Reads one mail. Total: whatever the bytes are, there is a `Letter`; what could not be read is empty.
pub fn read(bytes: &[u8], knowledge: &Knowledge, limits: &Limits) -> Letter {
    let mut letter = blank(bytes);
    if bytes.len() > limits.message_bytes {
        letter.reading = Reading::TooLarge;
    }
    let headers = RawHeaders::scan(bytes, limits.header_fields.saturating_add(1));
    note_oddities(&headers, limits, &mut letter);
    if letter.reading == Reading::Read && (headers.bytes > limits.header_bytes || headers.fields.len() > limits.header_fields || has_bomb(bytes, limits)) {
        letter.faults.push("limit-broken".to_owned());
        letter.reading = Reading::Unreadable;
    }
    let readable = letter.reading == Reading::Read;
    let source = if readable { bytes } else { bytes.get(..headers.bytes.min(limits.header_bytes)).unwrap_or_default() };
    let parsed = if readable { MessageParser::default().parse(source) } else { MessageParser::default().parse_headers(source) };
    let Some(message) = parsed else {
        letter.reading = if readable { Reading::Unreadable } else { letter.reading };
        return letter;
    };
    read_headers(&message, &headers, limits, &mut letter);
    if !readable {
        return letter;
    }
    match content::read(&message, limits) {
        Ok(content) => read_body(content, &message, &headers, knowledge, limits, &mut letter),
        Err(reading) => {
            letter.faults.push("limit-broken".to_owned());
            letter.reading = reading;
        }
    }
    letter
}

fn blank(bytes: &[u8]) -> Letter {
    Letter {
        bytes: bytes.len(),
        reading: Reading::Read,
        faults: Vec::new(),
        message_id: None,
        from: None,
        from_name: None,
        to: Vec::new(),
        cc: Vec::new(),
        delivered_to: Vec::new(),
        subject: String::new(),
        date: None,
        in_reply_to: Vec::new(),
        references: Vec::new(),
        text: String::new(),
        reply_text: String::new(),
        signature: String::new(),
        kind: Kind::Human,
        may_answer: false,
        bounce: None,
        sender: SenderGate::Shut("unreadable".to_owned()),
        language: LanguageForm::Other,
        category: None,
        candidates: Vec::new(),
        intents: Vec::new(),
        commands: Vec::new(),
        facts: crate::domain::Facts::default(),
        answers: std::collections::BTreeMap::new(),
        proposals: Vec::new(),
        attachments: Vec::new(),
        because: Vec::new(),
        body_digest: Digest::of(bytes),
    }
}

/// Nested messages beyond any use: mail-parser drops them by recursion and would overflow the stack (CRATES §3.1).
/// The dependable guard is the worker process; this one is cheap and spares it.
fn has_bomb(bytes: &[u8], limits: &Limits) -> bool {
    let mut nested = 0usize;
    for line in bytes.split(|byte| *byte == b'\n').filter(|line| line.len() < 200) {
        let head = line.get(..line.len().min(120)).unwrap_or_default().trim_ascii_start().to_ascii_lowercase();
        let folded = line.starts_with(b" ") || line.starts_with(b"\t");
        let names_type =
            head.starts_with(b"content-type") || folded && (head.starts_with(b"message") || head.starts_with(b"multipart") || head.starts_with(b"("));
        if names_type && (contains(&head, b"message") || contains(&head, b"digest")) {
            nested = nested.saturating_add(1);
        }
    }
    nested > limits.parts.saturating_mul(4)
}

fn contains(text: &[u8], word: &[u8]) -> bool {
    text.windows(word.len()).any(|window| window == word)
}

fn note_oddities(headers: &RawHeaders<'_>, limits: &Limits, letter: &mut Letter) {
    let mut note = |odd: bool, fault: &str| {
        if odd {
            letter.faults.push(fault.to_owned());
        }
    };
    note(headers.bare_cr, "bare-cr-in-header");
    note(headers.nul, "nul-in-header");
    note(headers.stray_line, "stray-header-line");
    for (name, fault) in
        [("From", "several-from-fields"), ("Subject", "several-subject-fields"), ("Message-ID", "several-message-id-fields"), ("Date", "several-date-fields")]
    {
        note(headers.fields.iter().filter(|field| field.may_be(name)).count() > 1, fault);
    }
    note(headers.fields.len() > limits.header_fields, "too-many-header-fields");
}

fn read_headers(message: &Message<'_>, headers: &RawHeaders<'_>, limits: &Limits, letter: &mut Letter) {
    let from = message.headers().iter().find(|header| header.name == HeaderName::From).and_then(|header| header.value.as_address());
    let first = from.and_then(|from| from.iter().find(|addr| addr.address.is_some()).or_else(|| from.first()));
    letter.from = first.and_then(Addr::address).map(printable).filter(|address| !address.is_empty());
    letter.from_name = first.and_then(Addr::name).map(printable).filter(|name| !name.is_empty());
    letter.to = addresses(message, &HeaderName::To, limits);
    letter.cc = addresses(message, &HeaderName::Cc, limits);
    letter.delivered_to = delivered_to(headers);
    letter.subject = message.subject().map(printable).unwrap_or_default().chars().take(limits.subject_chars).collect();
    letter.date = message.date().and_then(|date| Instant::parse(&date.to_rfc3339()));
    letter.message_id = identifiers(message, &HeaderName::MessageId).into_iter().next();
    letter.in_reply_to = identifiers(message, &HeaderName::InReplyTo);
    let references = identifiers(message, &HeaderName::References);
    letter.references = references.into_iter().rev().take(REFERENCES).rev().collect();
    letter.sender = sender::gate(headers, letter.from.as_deref());
}

/// Newest references that are kept (THREATS §11).
const REFERENCES: usize = 20;

/// Without controls and direction marks, on one line.
fn printable(text: &str) -> String {
    let clean: String = text
        .chars()
        .map(|c| if c.is_whitespace() { ' ' } else { c })
        .filter(|c| !c.is_control() && !matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}'))
        .collect();
    clean.trim().to_owned()
}

fn addresses(message: &Message<'_>, name: &HeaderName<'_>, limits: &Limits) -> Vec<String> {
    let fields = message.headers().iter().filter(|header| header.name == *name).filter_map(|header| header.value.as_address());
    fields.flat_map(|field| field.iter()).filter_map(Addr::address).map(printable).filter(|address| !address.is_empty()).take(limits.addresses).collect()
}

/// What the delivering servers noted, topmost first.
fn delivered_to(headers: &RawHeaders<'_>) -> Vec<String> {
    let names = ["Delivered-To", "X-Original-To", "Envelope-To", "X-Delivered-To"];
    let values = headers.fields.iter().filter(|field| names.iter().any(|name| field.is(name))).map(|field| field.unfolded().into_owned());
    let addresses = values.flat_map(|value| value.split(',').map(|address| address.trim_matches([' ', '<', '>', '\t']).to_owned()).collect::<Vec<_>>());
    addresses.filter(|address| Address::parse(address).is_ok()).take(REFERENCES).collect()
}

fn identifiers(message: &Message<'_>, name: &HeaderName<'_>) -> Vec<MessageId> {
    let fields = message.headers().iter().filter(|header| header.name == *name);
    let texts = fields.flat_map(|header| match &header.value {
        HeaderValue::Text(text) => vec![text.to_string()],
        HeaderValue::TextList(texts) => texts.iter().map(ToString::to_string).collect(),
        _ => Vec::new(),
    });
    texts.filter_map(|text| MessageId::parse(&text)).take(100).collect()
}

fn read_body(content: Content, message: &Message<'_>, headers: &RawHeaders<'_>, knowledge: &Knowledge, limits: &Limits, letter: &mut Letter) {
    judge(&content, message, headers, knowledge, letter);
    letter.faults.extend(content.faults);
    letter.body_digest = content.digest.unwrap_or(letter.body_digest);
    letter.attachments = content.attachments;
    // Masked before it is split: what announces a secret and the secret may end up in two pieces.
    let mut faults = Vec::new();
    letter.text = secret::mask(&content.text, &mut faults);
    let split = reply::split(&letter.text);
    letter.reply_text = split.text;
    letter.signature = split.signature;
    letter.subject = secret::mask(&letter.subject, &mut faults);
    letter.from_name = letter.from_name.take().map(|name| secret::mask(&name, &mut faults));
    for attachment in &mut letter.attachments {
        attachment.name = attachment.name.take().map(|name| secret::mask_name(&name, &mut faults));
    }
    letter.faults.extend(faults);
    understand(knowledge, limits, split.own, letter);
}

fn judge(content: &Content, message: &Message<'_>, headers: &RawHeaders<'_>, knowledge: &Knowledge, letter: &mut Letter) {
    let material = Material { headers, reports: &content.reports, nested: &content.nested, text: &content.text };
    let machine = bounce::recipients_of_report(material.reports);
    let actions: Vec<&str> = machine.iter().map(|recipient| recipient.action.as_str()).collect();
    let media_type = message.parts.first().map(content::media_type).unwrap_or_default();
    let verdict = kind::judge(&material, &media_type, &letter.subject, letter.from.as_deref(), &actions, &knowledge.own);
    letter.kind = verdict.kind;
    letter.because.push(format!("kind:{}", verdict.because));
    letter.may_answer = kind::may_answer(verdict.kind, headers, letter.from.as_deref());
    if matches!(verdict.kind, Kind::Bounce | Kind::Delay | Kind::Delivered) {
        let report: Bounce = bounce::report(&material, verdict.kind == Kind::Delay);
        letter.bounce = Some(report);
    }
}

/// What is said to an offer: amounts beside it are the offer's.
const OFFER: [Intent; 6] = [Intent::Accept, Intent::Refuse, Intent::Counter, Intent::Grant, Intent::Performed, Intent::NotPerformed];

/// Bytes of a signature that are searched for fields.
const SIGNED_BYTES: usize = 2_000;

/// Commands and wishes, from the writer's own words only.
fn read_wishes(text: &str, spoken: &[Word], hits: &[Hit], knowledge: &Knowledge, letter: &mut Letter) {
    let commands = command::read(text, knowledge.code_words(), |words| knowledge.lexicon().find(words));
    letter.commands = commands.given;
    let wishes = intent::find(text, spoken, hits);
    letter.because.extend(wishes.iter().map(|(intent, phrase)| format!("{intent}:{phrase}")));
    letter.intents = wishes.into_iter().map(|(intent, _)| intent).collect();
    let coded = letter.commands.iter().map(|command| (command.intent, "word with a code"));
    let bare = commands.wished.into_iter().map(|intent| (intent, "word without a code"));
    for (intent, why) in coded.chain(bare) {
        // The word that grants a request is the one that accepts any offer: which of both it is depends on who says it.
        let intent = if intent == Intent::Grant { Intent::Accept } else { intent };
        if !letter.intents.contains(&intent) {
            letter.because.push(format!("{intent}:{why}"));
            letter.intents.push(intent);
        }
    }
    if commands.qualified {
        letter.intents.retain(|intent| !matches!(intent, Intent::Accept | Intent::Confirm | Intent::Grant));
        if !letter.intents.contains(&Intent::Counter) {
            letter.intents.push(Intent::Counter);
        }
    }
}

/// Language, category, wishes, commands and fields of the new text.
fn understand(knowledge: &Knowledge, limits: &Limits, own_words: bool, letter: &mut Letter) {
    let lexicon = knowledge.lexicon();
    let text = western(content::clip(&letter.reply_text, limits.searched_bytes));
    let spoken = words(&text);
    let hits = lexicon.find(&spoken);
    letter.language = language::detect(&text, &spoken, &hits);
    let subject = words(&western(&letter.subject));
    let in_subject = lexicon.find(&subject);
    let language = letter.language;
    let speaks = |hit: &Hit| hit.speaks(language);
    let hits: Vec<_> = hits.into_iter().filter(speaks).collect();
    let in_subject: Vec<_> = in_subject.into_iter().filter(speaks).collect();
    if letter.kind != Kind::Human {
        return;
    }
    let found = category::choose(knowledge, &Spoken { words: &spoken, hits: &hits }, &Spoken { words: &subject, hits: &in_subject });
    letter.because.extend(found.because);
    letter.category = found.code;
    letter.candidates = found.candidates;
    if own_words {
        read_wishes(&text, &spoken, &hits, knowledge, letter);
    }
    let signed = western(&format!("{text}\n{}", content::clip(&letter.signature, SIGNED_BYTES)));
    let spoken = words(&signed);
    let hits: Vec<_> = lexicon.find(&spoken).into_iter().filter(speaks).collect();
    let source = Source {
        text: &signed,
        words: &spoken,
        hits: &hits,
        language,
        lexicon,
        day: letter.date.and_then(|date| Day::parse(date.rfc3339().get(..10)?).ok()),
        from: letter.from.as_deref(),
        from_name: letter.from_name.as_deref(),
        own: &knowledge.own.addresses,
        answers_an_offer: letter.intents.iter().any(|intent| OFFER.contains(intent)),
    };
    let read = facts::read(&source);
    letter.facts = read.facts;
    letter.answers = read.answers;
    letter.proposals = read.proposals;
    letter.because.extend(read.because);
}
