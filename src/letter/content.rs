//! The parts of a mail: its text, its attachments, its machine-readable reports. Uses mail-parser's tree, never its guesses about people.

mod armour;
mod calendar;
mod flowed;
mod text;
mod unread;

use super::attachment::{self, parameter};
use super::glance::any_byte;
use super::headers::RawHeaders;
use super::limits::Limits;
use super::{Attachment, Reading, transfer};
use crate::domain::Digest;
use mail_parser::{Message, MessagePart, MimeHeaders, PartType};
use std::borrow::Cow;

pub(super) use calendar::ANSWER as CALENDAR_ANSWER;
pub(super) use text::is_confirmed;

/// What the body of a mail holds.
#[derive(Default)]
pub(super) struct Content {
    /// Decoded text; from HTML where there is no plain text.
    pub text: String,
    /// What the HTML beside a plain text shows, quotations marked: it may know better where they begin.
    pub page: Option<String>,
    /// What the mail says to whoever sees the other of its two views: see [`is_confirmed`].
    pub other: Option<String>,
    /// Attachments.
    pub attachments: Vec<Attachment>,
    /// Machine-readable parts: media type in lower case, and content.
    pub reports: Vec<(String, String)>,
    /// Texts of nested messages and header blocks, for delivery reports.
    pub nested: Vec<String>,
    /// Digest of the decoded text and the attachments.
    pub digest: Option<Digest>,
    /// What is odd.
    pub faults: Vec<String>,
    /// Whether words of its writer stand where no program reads them, or what was read is no words: then nothing in it counts.
    pub unread: bool,
}

/// Said of a mail whose plain text and whose page say different things.
pub(super) const PARTS_DIFFER: &str = "parts-differ";
/// Bytes of one machine-readable part that are looked at.
const REPORT_BYTES: usize = 64 << 10;

/// Reads the parts of `message`. `Err` where it breaks a limit.
pub(super) fn read(message: &Message<'_>, limits: &Limits) -> Result<Content, Reading> {
    let mut content = Content::default();
    measure(message, limits)?;
    let text = text::of(message, limits);
    if text.len() > limits.text_bytes {
        content.faults.push("text-cut".to_owned());
    }
    content.text = clean(clip(&text, limits.text_bytes));
    if let Some(bared) = armour::bared(&content.text) {
        content.text = bared.text;
        content.unread = bared.faults.contains(&armour::ENCRYPTED);
        content.faults.extend(bared.faults.into_iter().map(str::to_owned));
    }
    content.page = text::page_of(message, limits);
    content.other = text::other_view(message, content.page.as_deref(), limits);
    let is_hint = content.other.as_ref().is_some_and(|other| text::is_hint(&content.text, other));
    if let Some(seen) = content.other.take_if(|_| is_hint) {
        content.page = None;
        content.other = Some(std::mem::replace(&mut content.text, clean(&seen)));
        content.faults.push(PARTS_DIFFER.to_owned());
    }
    let standing_in = text::standing_in(message, limits);
    let mut digests: Vec<Vec<u8>> = vec![single_spaced(&content.text).into_bytes()];
    for part in message.attachments.iter().filter_map(|id| message.parts.get(*id as usize)) {
        let bytes = bytes_of(message, part);
        let declared = media_type(part);
        if machine_readable(&declared) {
            content.reports.push((declared.clone(), clip(&String::from_utf8_lossy(&bytes), REPORT_BYTES).to_owned()));
        }
        if declared == "text/rfc822-headers" || matches!(part.body, PartType::Message(_)) {
            content.nested.push(clip(&String::from_utf8_lossy(&bytes), REPORT_BYTES).to_owned());
        }
        if is_body_part(message, part) || standing_in.iter().any(|read| std::ptr::eq(*read, part)) {
            continue;
        }
        digests.push(Digest::of(&bytes).as_bytes().to_vec());
        let mut described = attachment::describe(name_of(message, part, limits).as_deref(), &declared, &bytes);
        if !described.dangerous
            && let PartType::Message(nested) = &part.body
        {
            described.danger = danger_within(nested, limits);
            described.dangerous = described.danger.is_some();
        }
        content.attachments.push(described);
    }
    let unread = unread::faults(message, &content.text, limits);
    content.unread |= !unread.is_empty();
    content.faults.extend(unread.into_iter().filter(|fault| !content.faults.iter().any(|known| known == fault)).map(str::to_owned).collect::<Vec<_>>());
    content.reports.extend(calendar::answer(message));
    let parts: Vec<&[u8]> = digests.iter().map(Vec::as_slice).collect();
    content.digest = Some(Digest::of_parts(&parts));
    Ok(content)
}

/// An attachment as it came.
pub(super) struct Enclosed<'x> {
    /// Its declared media type, in lower case.
    pub declared: String,
    /// Its declared charset.
    pub charset: String,
    /// Its declared name.
    pub name: Option<String>,
    /// Its decoded bytes.
    pub bytes: Cow<'x, [u8]>,
}

/// The attachments of `message` in the order in which [`read`] describes them. `Err` where it breaks a limit.
pub(super) fn enclosed<'x>(message: &'x Message<'_>, limits: &'x Limits) -> Result<impl Iterator<Item = Enclosed<'x>>, Reading> {
    measure(message, limits)?;
    let standing_in = text::standing_in(message, limits);
    let is_read = move |part: &MessagePart<'_>| is_body_part(message, part) || standing_in.iter().any(|read| std::ptr::eq(*read, part));
    let parts = message.attachments.iter().filter_map(|id| message.parts.get(*id as usize)).filter(move |part| !is_read(part));
    Ok(parts.map(|part| Enclosed {
        declared: if matches!(part.body, PartType::Message(_)) { "message/rfc822".to_owned() } else { media_type(part) },
        charset: part.content_type().and_then(|declared| declared.attribute("charset")).unwrap_or_default().to_owned(),
        name: name_of(message, part, limits),
        bytes: bytes_of(message, part),
    }))
}

/// Refuses a tree that is too deep or has too many parts. Walks without recursion.
fn measure(message: &Message<'_>, limits: &Limits) -> Result<(), Reading> {
    let mut todo: Vec<(&Message<'_>, usize)> = vec![(message, 1)];
    let mut parts = 0usize;
    while let Some((message, depth)) = todo.pop() {
        parts = parts.saturating_add(message.parts.len());
        let mut depths = vec![depth; message.parts.len()];
        for (at, part) in message.parts.iter().enumerate() {
            let here = depths.get(at).copied().unwrap_or(depth);
            if here > limits.nesting || parts > limits.parts {
                return Err(Reading::Unreadable);
            }
            match &part.body {
                PartType::Multipart(children) => {
                    for child in children.iter().filter(|child| **child as usize > at) {
                        if let Some(depth) = depths.get_mut(*child as usize) {
                            *depth = here.saturating_add(1);
                        }
                    }
                }
                PartType::Message(nested) => todo.push((nested, here.saturating_add(1))),
                _ => {}
            }
        }
    }
    Ok(())
}

/// The words of `text` with one blank between two.
fn single_spaced(text: &str) -> String {
    let mut words = String::with_capacity(text.len());
    let mut push = |word: &str| {
        if !words.is_empty() {
            words.push(' ');
        }
        words.push_str(word);
    };
    for line in text.split('\n') {
        match is_single_spaced(line) {
            true => Some(line.trim_matches(' ')).filter(|line| !line.is_empty()).into_iter().for_each(&mut push),
            false => line.split_whitespace().for_each(&mut push),
        }
    }
    words
}

/// Whether no two blanks stand together in `line`, nor surely any that is not the usual one: the others (Unicode, White_Space) begin with these bytes.
fn is_single_spaced(line: &str) -> bool {
    let (firsts, seconds) = (line.as_bytes(), line.as_bytes().get(1..).unwrap_or_default());
    let twice = firsts.iter().zip(seconds).fold(0_u8, |found, (first, second)| found | u8::from((*first == b' ') & (*second == b' ')));
    let other = |byte: u8| (byte.wrapping_sub(0x09) < 0x05) | (byte == 0xc2) | (byte.wrapping_sub(0xe1) < 0x03);
    twice == 0 && !any_byte(line, other)
}

/// Line feeds only, no NUL (PostgreSQL refuses it).
fn clean(text: &str) -> String {
    if !text.contains('\r') && !text.contains('\0') {
        return text.to_owned();
    }
    let mut cleaned = String::with_capacity(text.len());
    for (place, piece) in text.split('\r').enumerate() {
        if place > 0 && !piece.starts_with('\n') {
            cleaned.push('\n');
        }
        cleaned.push_str(piece);
    }
    if cleaned.contains('\0') { cleaned.replace('\0', "") } else { cleaned }
}

/// At most `most` bytes of `text`, ending between two characters.
pub(super) fn clip(text: &str, most: usize) -> &str {
    let mut end = most.min(text.len());
    while !text.is_char_boundary(end) {
        end = end.saturating_sub(1);
    }
    text.get(..end).unwrap_or_default()
}

/// Whether `part` was already read as text.
fn is_body_part(message: &Message<'_>, part: &MessagePart<'_>) -> bool {
    matches!(part.body, PartType::Text(_) | PartType::Html(_))
        && message.text_body.iter().chain(&message.html_body).any(|id| message.parts.get(*id as usize).is_some_and(|body| std::ptr::eq(body, part)))
}

/// Decoded content; of a nested message its bytes as they stand in the mail.
fn bytes_of<'x>(message: &'x Message<'_>, part: &'x MessagePart<'_>) -> Cow<'x, [u8]> {
    match &part.body {
        PartType::Message(nested) => Cow::Borrowed(match part.encoding {
            mail_parser::Encoding::None => message.raw_message.get(part.offset_body as usize..part.offset_end as usize).unwrap_or_default(),
            _ => &nested.raw_message,
        }),
        _ => transfer::bytes(&message.raw_message, part),
    }
}

/// What an attachment is called: in its disposition, else in its type, else, for a mail, in its description.
fn name_of(message: &Message<'_>, part: &MessagePart<'_>, limits: &Limits) -> Option<String> {
    let head = message.raw_message.get(part.offset_header as usize..part.offset_body as usize).unwrap_or_default();
    let headers = RawHeaders::scan(head, limits.header_fields);
    let named = |field: &str, key: &str| headers.named(field).find_map(|field| parameter::named(field.value, key, limits.parameters));
    let name = named("Content-Disposition", "filename").or_else(|| named("Content-Type", "name")).or_else(|| named("Content-Disposition", "name"));
    // Some names are found only by a parser that overlooks more.
    name.or_else(|| part.attachment_name().map(str::to_owned)).or_else(|| match &part.body {
        PartType::Message(_) => part.content_description().map(str::to_owned),
        _ => None,
    })
}

/// Why a mail within the mail is dangerous to open: something in it is. Walks without recursion; `measure` bounds the tree.
fn danger_within(nested: &Message<'_>, limits: &Limits) -> Option<String> {
    let mut todo = vec![nested];
    while let Some(message) = todo.pop() {
        for part in &message.parts {
            match &part.body {
                PartType::Message(inner) => todo.push(inner),
                PartType::Multipart(_) => {}
                _ if is_body_part(message, part) => {}
                _ => {
                    let described = attachment::describe(name_of(message, part, limits).as_deref(), &media_type(part), &bytes_of(message, part));
                    if described.dangerous {
                        return Some("mail-holds-danger".to_owned());
                    }
                }
            }
        }
    }
    None
}

/// Declared media type in lower case.
pub(super) fn media_type(part: &MessagePart<'_>) -> String {
    match part.content_type() {
        Some(declared) => format!("{}/{}", declared.ctype(), declared.subtype().unwrap_or("plain")).to_lowercase(),
        None if matches!(part.body, PartType::Message(_)) => "message/rfc822".to_owned(),
        None => "text/plain".to_owned(),
    }
}

fn machine_readable(declared: &str) -> bool {
    declared.starts_with("message/") && !declared.ends_with("/rfc822") && declared != "message/global"
}

#[cfg(test)]
mod tests {
    use super::{clean, single_spaced};

    #[test]
    fn every_end_of_a_line_is_a_line_feed() {
        for (text, cleaned) in [("a\r\nb\rc\nd", "a\nb\nc\nd"), ("\r\r\n\r", "\n\n\n"), ("\r\0\n\0", "\n\n"), ("a\0\r\n", "a\n"), ("é", "é"), ("", "")] {
            assert_eq!(clean(text), cleaned, "{text:?}");
        }
    }

    #[test]
    fn words_have_one_blank_between_two_whatever_parts_them() {
        for blank in (0..=0x10_ffff).filter_map(char::from_u32).filter(|c| c.is_whitespace()) {
            assert_eq!(single_spaced(&format!("{blank}é{blank}{blank} b\n{blank}c {blank}")), "é b c", "{blank:?}");
        }
        assert_eq!(single_spaced("\u{200b} \u{feff}a"), "\u{200b} \u{feff}a");
    }
}
