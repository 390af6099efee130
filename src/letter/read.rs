//! The whole reading of one mail.

use super::bomb::{self, Seen};
use super::bounce::{self, Material};
use super::category::{self, Spoken};
use super::content::{self, Content};
use super::encoded;
use super::facts::{self, Source};
use super::fold::{Word, western, words};
use super::headers::{RawField, RawHeaders};
use super::knowledge::Knowledge;
use super::lexicon::{Hit, Meaning, Says};
use super::limits::Limits;
use super::mend::mended;
use super::subject::{is_anothers, says_all};
use super::{Bounce, Kind, Letter, Named, Reading, SenderGate, command, intent, kind, language, loops, order, reply, secret, sender};
use crate::domain::{Address, Day, Digest, Instant, Intent, LanguageForm, MessageId};
use mail_parser::{Addr, HeaderName, HeaderValue, Message, MessageParser};

/// Reads one mail. Total: whatever the bytes are, there is a `Letter`; what could not be read is empty.
pub fn read(bytes: &[u8], knowledge: &Knowledge, limits: &Limits) -> Letter {
    let Some((headers, seen)) = bounded(bytes, limits) else { return read_head(bytes, bytes.len(), limits) };
    let source = mended(bytes, &headers, &seen);
    let message = if bytes.trim_ascii().is_empty() { None } else { MessageParser::default().parse(source.as_ref()) };
    let content = message.as_ref().map(|message| content::read(message, limits));
    let digest = content.as_ref().and_then(|content| content.as_ref().ok()?.digest);
    let mut letter = blank(digest.unwrap_or_else(|| Digest::of(bytes)), bytes.len());
    note_oddities(&headers, limits, &mut letter);
    let (Some(message), Some(content)) = (&message, content) else {
        letter.reading = Reading::Unreadable;
        return letter;
    };
    read_headers(message, &headers, limits, &mut letter);
    match content {
        Ok(content) => read_body(content, message, &headers, knowledge, limits, &mut letter),
        Err(reading) => {
            letter.faults.push(LIMIT_BROKEN.to_owned());
            letter.reading = reading;
        }
    }
    letter
}

/// The fields of a mail of which more than the head may be read, and what a look at all of it showed.
pub(super) fn bounded<'a>(bytes: &'a [u8], limits: &Limits) -> Option<(RawHeaders<'a>, Seen)> {
    if bytes.len() > limits.message_bytes {
        return None;
    }
    let headers = RawHeaders::scan(bytes, limits.header_fields.saturating_add(1));
    if breaks(&headers, limits) {
        return None;
    }
    bomb::look(bytes, limits).map(|seen| (headers, seen))
}

/// Reads no more than the header block of a mail of `whole` bytes that begins with `head`: what is larger than the limit, breaks another one or
/// cost a reader its life still has a sender and a subject.
pub fn read_head(head: &[u8], whole: usize, limits: &Limits) -> Letter {
    let mut letter = blank(Digest::of(head), whole);
    let headers = RawHeaders::scan(head, limits.header_fields.saturating_add(1));
    note_oddities(&headers, limits, &mut letter);
    letter.reading = if whole > limits.message_bytes { Reading::TooLarge } else { Reading::Unreadable };
    if letter.reading == Reading::Unreadable {
        letter.faults.push(LIMIT_BROKEN.to_owned());
    }
    // A field that is too long is no worse for its neighbours.
    let mut source = Vec::new();
    for field in headers.fields.iter().filter(|field| !field_breaks(field, limits)) {
        if source.len().saturating_add(field.whole.len()) <= limits.header_bytes {
            source.extend_from_slice(field.whole);
        }
    }
    source.extend_from_slice(b"\r\n\r\n");
    if let Some(message) = MessageParser::default().parse_headers(&source) {
        read_headers(&message, &headers, limits, &mut letter);
    }
    // Another From may stand where nobody looked.
    if headers.fields.len() > limits.header_fields || (headers.bytes >= head.len() && whole > head.len()) {
        letter.sender = SenderGate::Shut("head-cut".to_owned());
    }
    letter
}

/// Said of a mail that passed through too many servers.
pub(super) const CIRCLE: &str = "too-many-hops";
/// Said of a mail of which only the head was read.
const LIMIT_BROKEN: &str = "limit-broken";

fn breaks(headers: &RawHeaders<'_>, limits: &Limits) -> bool {
    headers.bytes > limits.header_bytes || headers.fields.len() > limits.header_fields
}

/// Whether a field is so long that it is not read in a mail of which only the head is read.
fn field_breaks(field: &RawField<'_>, limits: &Limits) -> bool {
    let is_type = field.may_be("Content-Type") || field.may_be("Content-Disposition");
    field.whole.len() > limits.field_bytes || is_type && bomb::parameters(field.value) > limits.parameters
}

fn blank(digest: Digest, whole: usize) -> Letter {
    Letter {
        bytes: whole,
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
        quoted: String::new(),
        kind: Kind::Human,
        may_answer: false,
        bounce: None,
        sender: SenderGate::Shut("unreadable".to_owned()),
        language: LanguageForm::Other,
        category: None,
        candidates: Vec::new(),
        intents: Vec::new(),
        commands: Vec::new(),
        qualified: Vec::new(),
        named: Named::default(),
        facts: crate::domain::Facts::default(),
        answers: Vec::new(),
        numbered: super::Numbered::default(),
        terms: None,
        order: None,
        proposals: Vec::new(),
        attachments: Vec::new(),
        because: Vec::new(),
        body_digest: digest,
    }
}

fn note_oddities(headers: &RawHeaders<'_>, limits: &Limits, letter: &mut Letter) {
    let mut note = |odd: bool, fault: &str| {
        if odd {
            letter.faults.push(fault.to_owned());
        }
    };
    note(headers.bare_cr, "bare-cr-in-header");
    note(headers.nul, "nul-in-header");
    note(headers.stray_at.is_some(), "stray-header-line");
    for (name, fault) in
        [("From", "several-from-fields"), ("Subject", "several-subject-fields"), ("Message-ID", "several-message-id-fields"), ("Date", "several-date-fields")]
    {
        note(headers.fields.iter().filter(|field| field.may_be(name)).count() > 1, fault);
    }
    note(headers.fields.len() > limits.header_fields, "too-many-header-fields");
    note(loops::goes_in_a_circle(headers), CIRCLE);
    note(headers.fields.iter().any(|field| field.whole.len() > limits.field_bytes), "long-header-field");
}

fn read_headers(message: &Message<'_>, headers: &RawHeaders<'_>, limits: &Limits, letter: &mut Letter) {
    let from = message.headers().iter().find(|header| header.name == HeaderName::From).and_then(|header| header.value.as_address());
    let first = from.and_then(|from| from.iter().find(|addr| addr.address.is_some()).or_else(|| from.first()));
    letter.from = first.and_then(Addr::address).map(printable).map(|address| first_address(&address)).filter(|address| !address.is_empty());
    letter.from_name = first.and_then(Addr::name).map(printable).filter(|name| !name.is_empty());
    letter.to = addresses(message, &HeaderName::To, limits);
    letter.cc = addresses(message, &HeaderName::Cc, limits);
    letter.delivered_to = delivered_to(headers);
    let subject = headers.named("Subject").next().map(|field| encoded::decode(field.value)).or_else(|| message.subject().map(str::to_owned));
    letter.subject = subject.map(|subject| printable(&subject)).unwrap_or_default().chars().take(limits.subject_chars).collect();
    letter.subject = secret::mask(&letter.subject, &mut letter.faults);
    letter.from_name = letter.from_name.take().map(|name| secret::mask(&name, &mut letter.faults));
    letter.date = message.date().and_then(|date| Instant::parse(&date.to_rfc3339()));
    letter.message_id = identifiers(message, &HeaderName::MessageId).into_iter().next();
    letter.in_reply_to = identifiers(message, &HeaderName::InReplyTo);
    letter.references = identifiers(message, &HeaderName::References);
    for (list, most) in [(&mut letter.in_reply_to, limits.references), (&mut letter.references, limits.references)] {
        // The newest stand last.
        list.drain(..list.len().saturating_sub(most));
    }
    let fields = message.headers().iter().filter(|header| header.name == HeaderName::From).count();
    letter.sender = sender::gate(headers, letter.from.as_deref(), fields, limits);
}

/// Addresses that delivering servers noted and that are kept.
const DELIVERED_TO: usize = 20;

/// Without controls and direction marks, on one line.
fn printable(text: &str) -> String {
    let clean: String = text
        .chars()
        .map(|c| if c.is_whitespace() { ' ' } else { c })
        .filter(|c| !c.is_control() && !matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}'))
        .collect();
    clean.trim().to_owned()
}

/// Of several addresses without a comma between them the first one.
fn first_address(text: &str) -> String {
    text.split(' ').find(|word| word.contains('@')).filter(|_| !text.contains('"')).unwrap_or(text).to_owned()
}

fn addresses(message: &Message<'_>, name: &HeaderName<'_>, limits: &Limits) -> Vec<String> {
    let fields = message.headers().iter().filter(|header| header.name == *name).filter_map(|header| header.value.as_address());
    fields
        .flat_map(|field| field.iter())
        .filter_map(Addr::address)
        .map(printable)
        .map(|address| first_address(&address))
        .filter(|address| !address.is_empty())
        .take(limits.addresses)
        .collect()
}

/// What the delivering servers noted, topmost first.
fn delivered_to(headers: &RawHeaders<'_>) -> Vec<String> {
    let names = ["Delivered-To", "X-Original-To", "Envelope-To", "X-Delivered-To"];
    let values = headers.fields.iter().filter(|field| names.iter().any(|name| field.is(name))).map(|field| field.unfolded().into_owned());
    let addresses = values.flat_map(|value| value.split(',').map(|address| address.trim_matches([' ', '<', '>', '\t']).to_owned()).collect::<Vec<_>>());
    addresses.filter(|address| Address::parse(address).is_ok()).take(DELIVERED_TO).collect()
}

fn identifiers(message: &Message<'_>, name: &HeaderName<'_>) -> Vec<MessageId> {
    let fields = message.headers().iter().filter(|header| header.name == *name);
    let texts = fields.flat_map(|header| match &header.value {
        HeaderValue::Text(text) => vec![text.to_string()],
        HeaderValue::TextList(texts) => texts.iter().map(ToString::to_string).collect(),
        _ => Vec::new(),
    });
    texts.filter_map(|text| MessageId::parse(&text)).collect()
}

fn read_body(content: Content, message: &Message<'_>, headers: &RawHeaders<'_>, knowledge: &Knowledge, limits: &Limits, letter: &mut Letter) {
    judge(&content, message, headers, knowledge, letter);
    letter.faults.extend(content.faults);
    letter.attachments = content.attachments;
    let unread = content.unread;
    // Masked before it is split: what announces a secret and the secret may end up in two pieces, and what is cut is masked too.
    letter.text = secret::mask(&content.text, &mut letter.faults);
    let answers = !letter.in_reply_to.is_empty() || !letter.references.is_empty() || reply::answers(&letter.subject);
    let split = reply::split(&letter.text, reply::Circumstances { page: content.page.as_deref(), answers, sender: letter.from_name.as_deref() });
    letter.reply_text = split.text;
    letter.signature = split.signature;
    letter.quoted = split.quoted;
    for name in letter.attachments.iter_mut().filter_map(|attachment| attachment.name.as_mut()) {
        *name = secret::mask_name(name, &mut letter.faults);
    }
    let agreed = content.other.as_deref().is_none_or(|other| content::is_confirmed(&letter.reply_text, other));
    if !agreed && !letter.faults.iter().any(|fault| fault == content::PARTS_DIFFER) {
        letter.faults.push(content::PARTS_DIFFER.to_owned());
    }
    // Of a text without a code every other view agrees.
    let coded = || !content::is_confirmed(&letter.reply_text, "");
    let hidden = !letter.quoted.is_empty() && (reply::points_below(&letter.reply_text) || coded() && reply::goes_on_below(&letter.quoted));
    if hidden {
        letter.faults.push(ANSWERS_HIDDEN.to_owned());
    }
    let passages = if split.own { split.passages } else { Vec::new() };
    understand(knowledge, limits, split.own && agreed && !hidden && !unread, &passages, letter);
}

/// Said of a mail whose writer says that the answers stand in what is quoted, where nobody can tell them from it.
const ANSWERS_HIDDEN: &str = "answers-in-quotation";

fn judge(content: &Content, message: &Message<'_>, headers: &RawHeaders<'_>, knowledge: &Knowledge, letter: &mut Letter) {
    let material = Material { headers, reports: &content.reports, nested: &content.nested, text: &content.text };
    let media_type = message.parts.first().map(content::media_type).unwrap_or_default();
    let verdict = kind::judge(&material, &media_type, &letter.subject, letter.from.as_deref(), &knowledge.own);
    letter.kind = verdict.kind;
    letter.because.push(format!("kind:{}", verdict.because));
    letter.may_answer = kind::may_answer(verdict.kind, headers, letter.from.as_deref());
    if matches!(verdict.kind, Kind::Bounce | Kind::Delay | Kind::Delivered) {
        let report: Bounce = bounce::report(&material, verdict.kind);
        letter.bounce = Some(report);
    }
}

/// What is said to an offer: amounts beside it are the offer's.
const OFFER: [Intent; 6] = [Intent::Accept, Intent::Refuse, Intent::Counter, Intent::Grant, Intent::Performed, Intent::NotPerformed];

/// Bytes of a signature that are searched for fields.
const SIGNED_BYTES: usize = 2_000;

/// Commands and wishes, from the writer's own words only.
fn read_wishes(text: &str, under: &str, spoken: &[Word], hits: &[Hit], knowledge: &Knowledge, letter: &mut Letter) {
    let commands = command::read(text, under, knowledge.command_words(), |words| knowledge.find_beside(words));
    letter.commands = commands.given;
    letter.order = order::read(text, knowledge.command_words(), |words| knowledge.lexicon().find(words));
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
    if !commands.doubtful.is_empty() {
        letter.because.extend(commands.doubtful.iter().map(|intent| format!("{intent}:taken back or asked about")));
        letter.intents.retain(|intent| !commands.doubtful.contains(intent));
        if !letter.intents.contains(&Intent::Human) {
            letter.intents.push(Intent::Human);
        }
    }
    letter.qualified = commands.qualified;
    if !letter.qualified.is_empty() {
        letter.intents.retain(|intent| !matches!(intent, Intent::Accept | Intent::Confirm | Intent::Grant));
        if !letter.intents.contains(&Intent::Counter) {
            letter.intents.push(Intent::Counter);
        }
    }
}

/// What a text names beside a code.
fn named(said: &str, hits: &[Hit]) -> Named {
    let remedy = |hit: &Hit| if let Meaning::Remedy(code) = &hit.meaning { Some(code.clone()) } else { None };
    let (amounts, unsure) = facts::amounts::named(said);
    Named { amounts, unsure, remedies: hits.iter().filter_map(remedy).collect() }
}

/// Language, category, wishes, commands and fields of the new text.
fn understand(knowledge: &Knowledge, limits: &Limits, own_words: bool, passages: &[reply::Passage], letter: &mut Letter) {
    let lexicon = knowledge.lexicon();
    let subject_alone = says_all(letter);
    let written = if subject_alone { &letter.subject } else { &letter.reply_text };
    let text = western(&facts::listed::set_off(content::clip(written, limits.searched_bytes)));
    let under = western(&reply::without_notices(content::clip(&letter.signature, SIGNED_BYTES)));
    let find = |words: &[Word]| lexicon.find(words);
    // The words of the text and those of its signature, which stands in a line of its own. A code is no word, and leaves its place empty.
    let (signed, said) = (format!("{text}\n{under}"), command::without_codes(&text, knowledge.command_words(), &find));
    let all = words(&format!("{said}\n{under}"));
    let (spoken, signed_words) = all.split_at(all.partition_point(|word| word.end <= text.len()));
    let (hits, whole) = if signed_words.is_empty() { (lexicon.find(spoken), Vec::new()) } else { lexicon.find_both(&all, spoken.len()) };
    let found = language::detect(&text, spoken, &hits, knowledge.spelling());
    letter.because.push(found.because);
    letter.language = found.form;
    let subject = if is_anothers(&letter.subject) { Vec::new() } else { words(&western(&letter.subject)) };
    let language = letter.language;
    // What marks a language has said all that it says.
    let speaks = |hit: &Hit| hit.says != Says::Mark && hit.speaks(language);
    let hits: Vec<_> = hits.into_iter().filter(speaks).collect();
    let in_subject: Vec<_> = lexicon.find(&subject).into_iter().filter(speaks).collect();
    if letter.kind != Kind::Human {
        return;
    }
    // A subject that is the text too is heard once.
    let body = if subject_alone { Spoken { words: &[], hits: &[] } } else { Spoken { words: spoken, hits: &hits } };
    let found = category::choose(knowledge, &body, &Spoken { words: &subject, hits: &in_subject });
    letter.because.extend(found.because);
    letter.category = found.code;
    letter.candidates = found.candidates;
    if own_words && text.lines().any(reply::is_quoted) {
        // Lines with the mark of a quotation wish and command nothing, even where the writer set the mark.
        let unmarked: String = text.lines().filter(|line| !reply::is_quoted(line)).flat_map(|line| [line, "\n"]).collect();
        let spoken = words(&command::without_codes(&unmarked, knowledge.command_words(), &find));
        let hits: Vec<_> = lexicon.find(&spoken).into_iter().filter(speaks).collect();
        read_wishes(&unmarked, &under, &spoken, &hits, knowledge, letter);
    } else if own_words {
        read_wishes(&text, &under, spoken, &hits, knowledge, letter);
    }
    if !letter.commands.is_empty() {
        letter.named = named(&said, &hits);
    }
    let hits = if signed_words.is_empty() { hits } else { whole.into_iter().filter(speaks).collect() };
    let source = Source {
        text: &signed,
        signed: text.len(),
        newly: if own_words { &text } else { "" },
        digits: &facts::lines_with_digits(&signed),
        words: &all,
        hits: &hits,
        language,
        lexicon,
        day: letter.date.and_then(|date| Day::parse(date.rfc3339().get(..10)?).ok()),
        from: letter.from.as_deref(),
        from_name: letter.from_name.as_deref(),
        own: &knowledge.own.addresses,
        sellers: &knowledge.own.sellers,
        answers_an_offer: letter.intents.iter().any(|intent| OFFER.contains(intent)),
    };
    letter.numbered = facts::points::read(&source, passages);
    letter.terms = facts::terms::read(&source, knowledge.command_words());
    let mut read = facts::read(&source);
    if !is_anothers(&letter.subject) && !letter.text.trim().is_empty() {
        facts::read_subject(&western(&letter.subject), &mut read);
    }
    letter.facts = read.facts;
    letter.answers = read.answers;
    letter.proposals = read.proposals;
    letter.because.extend(read.because);
}
