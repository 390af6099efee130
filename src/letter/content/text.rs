//! The text that a person reads: which parts hold it, and what they show.

use super::{clip, flowed, is_body_part, media_type, name_of};
use crate::domain::ReplyCode;
use crate::letter::fold::fold;
use crate::letter::html;
use crate::letter::limits::Limits;
use crate::letter::transfer;
use mail_parser::{Message, MessagePart, MimeHeaders, PartType};
use std::collections::HashSet;

/// The text of a mail: its plain parts, or HTML where there are none, or what stands in for both.
pub(super) fn of(message: &Message<'_>, limits: &Limits) -> String {
    let text = of_body(message, limits);
    if !text.trim().is_empty() {
        return text;
    }
    let unparted = message.parts.iter().find(|part| is_leaf(part) && media_type(part).starts_with("multipart/"));
    let instead = unparted.map_or_else(|| joined(&stand_ins(message, limits), message, limits), |whole| joined(&[whole], message, limits));
    if instead.trim().is_empty() { text } else { instead }
}

/// Words of a plain text that may be nothing but a hint at the page.
const FEW: usize = 12;
/// Bytes of both that are compared.
const COMPARED: usize = 64 << 10;
/// Codes in a text that are looked for in the other, and words before each that belong to it.
const CODES: usize = 20;
const BEFORE: usize = 2;
/// Words of a line in which nothing but a command stands.
const ALONE: usize = 4;

/// Whether a mail is read by its `page` and not by its plain `text`: that is short, and each says what the other does not. "Your program shows no HTML", or the
/// signature alone; whoever wrote the mail saw the page.
pub(super) fn is_hint(text: &str, page: &str) -> bool {
    let words = own_lines(text).flat_map(str::split_whitespace).filter(|word| word.contains(char::is_alphanumeric));
    if words.take(FEW).count() >= FEW {
        return false;
    }
    let (said, shown) = (own_words(text), own_words(page));
    let said: Vec<&str> = said.split_whitespace().collect();
    if said.len() >= FEW || shown.is_empty() {
        return false;
    }
    let half_missing = |these: &[&str], those: &[&str]| these.iter().filter(|word| those.contains(word)).count().saturating_mul(2) <= these.len();
    let shown: Vec<&str> = shown.split_whitespace().collect();
    half_missing(&said, &shown) && half_missing(&shown, &said)
}

/// What a mail says to whoever sees its pages, of which `page` is the first, if its plain text is another view of the same: where a page stands below a
/// text, both are read.
pub(super) fn other_view(message: &Message<'_>, page: Option<&str>, limits: &Limits) -> Option<String> {
    let page = page.filter(|_| parts(message, &message.text_body).all(|part| !matches!(part.body, PartType::Html(_))))?;
    let seen: Vec<_> = parts(message, &message.html_body).filter(|part| matches!(part.body, PartType::Text(_) | PartType::Html(_))).collect();
    Some(if seen.len() < 2 { page.to_owned() } else { clip(&joined(&seen, message, limits), limits.text_bytes).to_owned() })
}

/// Whether every code that is `written`, with the words before it, is newly written in the `other` view of the mail too: nobody knows which of the two its
/// writer saw.
pub(in crate::letter) fn is_confirmed(written: &str, other: &str) -> bool {
    let mut sought = clip(written, COMPARED).lines().flat_map(commanded).take(CODES).peekable();
    if sought.peek().is_none() {
        return true;
    }
    let other = format!(" {} ", own_words(other));
    sought.all(|words| other.contains(&format!(" {words} ")))
}

/// Each code in `line` with the words before it.
fn commanded(line: &str) -> Vec<String> {
    if !may_hold_code(line) {
        return Vec::new();
    }
    let words = |text: &str| fold(text).split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).map(str::to_owned).collect::<Vec<_>>();
    // A code of letters alone looks like any abbreviation, and one of digits like any number: in a line of its own it stands all the same.
    let alone = line.split_whitespace().count() <= ALONE;
    let is_mixed = |word: &str| word.bytes().any(|byte| byte.is_ascii_digit()) && word.bytes().any(|byte| byte.is_ascii_alphabetic());
    let is_code = |word: &str| {
        word.len() == ReplyCode::LENGTH && ReplyCode::parse(word).is_some() && (is_mixed(word) || alone && word.bytes().all(|byte| !byte.is_ascii_lowercase()))
    };
    let spoken = line.split_whitespace().filter(|word| !word.contains("//") && !word.contains('@'));
    let codes: HashSet<String> = spoken.flat_map(|word| word.split(|c: char| !c.is_alphanumeric())).filter(|word| is_code(word)).map(fold).collect();
    if codes.is_empty() {
        return Vec::new();
    }
    let words = words(line);
    let places = words.iter().enumerate().filter(|(_, word)| codes.contains(*word)).map(|(at, _)| at).take(CODES);
    places.map(|at| words.get(at.saturating_sub(BEFORE)..=at).unwrap_or_default().join(" ")).collect()
}

/// Whether three letters and digits of ASCII stand together in `line`, some digit among them or no small letter: of most lines that shows that no code does.
fn may_hold_code(line: &str) -> bool {
    let is_likely = |word: &[u8]| word.len() == ReplyCode::LENGTH && (word.iter().any(u8::is_ascii_digit) || !word.iter().any(u8::is_ascii_lowercase));
    line.as_bytes().split(|byte| !byte.is_ascii_alphanumeric()).any(is_likely)
}

/// The lines that are not marked as quoted.
fn own_lines(text: &str) -> impl Iterator<Item = &str> {
    clip(text, COMPARED).lines().filter(|line| !line.trim_start().starts_with('>'))
}

/// The words of the lines that are not marked as quoted, with a blank between two.
fn own_words(text: &str) -> String {
    let own = own_lines(text).flat_map(|line| [line, "\n"]).collect::<String>();
    fold(&own).split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}

/// What the first HTML part shows if there is a plain part beside it.
pub(super) fn page_of(message: &Message<'_>, limits: &Limits) -> Option<String> {
    parts(message, &message.text_body).find(|part| matches!(part.body, PartType::Text(_)))?;
    let page = parts(message, &message.html_body).find(|part| matches!(part.body, PartType::Html(_)))?;
    shown(message, page, limits).map(|page| clip(&page, limits.text_bytes).to_owned())
}

/// The parts that were read as the text of a mail that says nothing where its text should stand: the first that may be one, and those of its kind.
pub(super) fn standing_in<'x>(message: &'x Message<'x>, limits: &Limits) -> Vec<&'x MessagePart<'x>> {
    let mut found = stand_ins(message, limits);
    if !found.is_empty() && !of_body(message, limits).trim().is_empty() {
        return Vec::new();
    }
    found.retain(|part| shown(message, part, limits).is_some_and(|text| !text.trim().is_empty()));
    found
}

fn of_body(message: &Message<'_>, limits: &Limits) -> String {
    let of = |ids: &[u32]| {
        joined(&parts(message, ids).filter(|part| matches!(part.body, PartType::Text(_) | PartType::Html(_))).collect::<Vec<_>>(), message, limits)
    };
    let text = of(&message.text_body);
    if !text.trim().is_empty() {
        return text;
    }
    let page = joined(&parts(message, &message.html_body).filter(|part| matches!(part.body, PartType::Html(_))).collect::<Vec<_>>(), message, limits);
    if page.is_empty() { text } else { page }
}

fn parts<'x>(message: &'x Message<'x>, ids: &'x [u32]) -> impl Iterator<Item = &'x MessagePart<'x>> {
    ids.iter().filter_map(|id| message.parts.get(*id as usize))
}

fn joined(parts: &[&MessagePart<'_>], message: &Message<'_>, limits: &Limits) -> String {
    let mut text = String::new();
    for piece in parts.iter().filter_map(|part| shown(message, part, limits)) {
        // What stands in a part of its own is a paragraph of its own.
        while !text.is_empty() && !text.ends_with("\n\n") && !text.ends_with("\n\r\n") {
            text.push('\n');
        }
        text.push_str(&piece);
    }
    text
}

/// What `part` shows.
fn shown(message: &Message<'_>, part: &MessagePart<'_>, limits: &Limits) -> Option<String> {
    let text = match part.body {
        PartType::Multipart(_) | PartType::Message(_) => return None,
        PartType::Text(_) | PartType::Html(_) => transfer::text(&message.raw_message, part)?,
        _ => transfer::text(&message.raw_message, part).filter(|text| !text.contains('\0'))?,
    };
    Some(match (&part.body, media_type(part).as_str()) {
        (PartType::Html(_), _) => html::to_text(clip(&text, limits.html_bytes)),
        (_, "text/enriched" | "text/richtext") => html::enriched(clip(&text, limits.html_bytes)),
        _ if matches!(part.body, PartType::Text(_)) && attribute(part, "format").eq_ignore_ascii_case("flowed") => {
            flowed::unfolded(&text, attribute(part, "delsp").eq_ignore_ascii_case("yes"))
        }
        _ if matches!(part.body, PartType::Text(_)) => text.into_owned(),
        _ => clip(&text, limits.text_bytes).to_owned(),
    })
}

/// An attribute of the declared type of `part`.
fn attribute<'x>(part: &'x MessagePart<'_>, name: &str) -> &'x str {
    part.content_type().and_then(|declared| declared.attribute(name)).unwrap_or_default()
}

fn is_leaf(part: &MessagePart<'_>) -> bool {
    !matches!(part.body, PartType::Multipart(_) | PartType::Message(_))
}

/// Parts that may be the text where none stands in its place: those without a name that are some kind of text, or of no type that there is (RFC 2045 §5.2
/// reads them as plain text). What nobody declared to be anything stands outside of all parts.
fn stand_ins<'x>(message: &'x Message<'x>, limits: &Limits) -> Vec<&'x MessagePart<'x>> {
    let is_candidate = |part: &&MessagePart<'_>| is_leaf(part) && !part.headers.is_empty() && !is_body_part(message, part) && may_be_text(&media_type(part));
    let mut found = message.parts.iter().filter(is_candidate).filter(|part| name_of(message, part, limits).is_none());
    let Some(first) = found.next() else { return Vec::new() };
    let kind = media_type(first);
    std::iter::once(first).chain(found.filter(|part| media_type(part) == kind)).collect()
}

/// Subtypes of text that are for programs.
const FOR_PROGRAMS: [&str; 14] =
    ["calendar", "css", "csv", "directory", "javascript", "rfc822-headers", "rtf", "vcard", "x-amp-html", "x-diff", "x-patch", "x-vcalendar", "x-vcard", "xml"];
/// Types that there are; none of them is text.
const OTHERS: [&str; 9] = ["application", "audio", "example", "font", "image", "message", "model", "multipart", "video"];

/// Whether what is declared as `declared` may be read as text.
fn may_be_text(declared: &str) -> bool {
    let (kind, subtype) = declared.split_once('/').unwrap_or((declared, ""));
    match kind.trim() {
        "text" => !FOR_PROGRAMS.contains(&subtype.trim()),
        "application" => subtype.trim() == "text",
        kind => !OTHERS.contains(&kind),
    }
}

#[cfg(test)]
mod tests {
    use super::{is_confirmed, is_hint, may_be_text};
    use crate::letter::tests::shared;
    use crate::letter::{Limits, read};

    #[test]
    fn a_short_text_that_says_something_else_than_its_page_is_a_hint_at_it() {
        let page = "Je refuse tout, le colis était ouvert.";
        for text in [
            "Your email client does not support HTML.",
            "Votre client de messagerie ne prend pas en charge le HTML.",
            "View this email in your browser: https://x.example/v/1",
            "...",
            "Envoyé de mon iPhone",
            "> ACCEPTER R3M",
            "ACCEPTER R3M",
        ] {
            assert!(is_hint(text, page), "{text}");
        }
        for (text, page) in [
            ("Je refuse tout", page),
            ("Je refuse", "Je refuse\n\n[logo] Atlas SARL, 12 rue des Orangers, Casablanca"),
            ("Je REFUSE tout : colis ouvert (https://x.example)", page),
            ("Oui", "> ancien"),
            ("J'accepte\n\nFit-Tnejn Service qal\nCONFIRMER K7P", "J'accepte\n> Fit-Tnejn Service qal\n> CONFIRMER K7P"),
            ("Oui", ""),
            ("👍", "👍"),
            ("Le colis que j'ai commandé le trois mars n'est jamais arrivé chez moi", "View this in your browser"),
        ] {
            assert!(!is_hint(text, page), "{text}");
        }
    }

    #[test]
    fn a_code_counts_if_both_views_say_it() {
        for (written, other, both) in [
            ("ACCEPTER R3M", "Bonjour\nACCEPTER R3M", true),
            ("accepter r3m", "ACCEPTER R3M.", true),
            ("Bonjour, je veux ACCEPTER : R3M", "Bonjour, je veux ACCEPTER : R3M\n> x", true),
            ("Je refuse tout", "Autre chose", true),
            ("Les RFC et le RIB, 450 DH sous trois jours", "Autre chose", true),
            ("Voir https://x.example/7/948/a4b", "Autre chose", true),
            ("ACCEPTER KPT", "REFUSER KPT", false),
            ("ACCEPTER:R3M", "REFUSER R3M", false),
            ("ACCEPTER R3M", "REFUSER R3M", false),
            ("ACCEPTER R3M", "> ACCEPTER R3M\nNon !", false),
            ("ACCEPTER R3M", "", false),
            ("ACCEPTER R3M", "ACCEPTER cela ? R3M", false),
            ("أقبل R3M", "أقبل R3M", true),
        ] {
            assert_eq!(is_confirmed(written, other), both, "{written} / {other}");
        }
    }

    #[test]
    fn any_kind_of_text_may_stand_in_for_the_text() {
        for declared in ["text/plain", "text/html", "text/markdown", "text/x-plain", "text/", "plain/plain", "unknown/unknown", "application/text", "/"] {
            assert!(may_be_text(declared), "{declared}");
        }
        for declared in ["text/csv", "text/calendar", "text/rfc822-headers", "application/pdf", "application/octet-stream", "image/png", "message/partial"] {
            assert!(!may_be_text(declared), "{declared}");
        }
    }

    /// The text of a mail, and how many attachments it has.
    fn text(mail: &str) -> (String, usize) {
        let letter = read(format!("From: a@b.org\nMIME-Version: 1.0\n{mail}").as_bytes(), shared(), &Limits::default());
        (letter.text, letter.attachments.len())
    }

    #[test]
    fn a_text_is_read_wherever_it_stands() {
        for (mail, expected, attachments) in [
            ("Content-Type: text\n\nJe refuse.", "Je refuse.", 0),
            ("Content-Type: plain\n\nJe refuse.", "Je refuse.", 0),
            ("Content-Type: text/plain charset=utf-8\n\nJe refuse.", "Je refuse.", 0),
            ("Content-Type: text/plain,charset=utf-8\n\nJe refuse.", "Je refuse.", 0),
            ("Content-Type: text/markdown\nContent-Transfer-Encoding: base64\n\nSmUgcmVmdXNlLg==", "Je refuse.", 0),
            ("Content-Type: unknown/unknown\n\nJe refuse.", "Je refuse.", 0),
            ("Content-Type: text/enriched\n\n<bold>Je</bold>\nrefuse.\n\n<color><param>red</param>1 << 2</color>", "Je refuse.\n1 < 2", 0),
            ("Content-Type: text/plain\nContent-Disposition: attachment\n\nJe refuse.", "Je refuse.", 0),
            (
                "Content-Type: multipart/related; boundary=b\n\n--b\nContent-Type: image/png; name=a.png\n\nx\n--b\nContent-Type: text/html\n\n<p>Je refuse.\n--b--",
                "Je refuse.",
                1,
            ),
            ("Content-Type: multipart/mixed; boundary=b\n\nJe refuse.", "Je refuse.", 1),
            ("Content-Type: text/csv\n\na;b", "", 1),
            ("Content-Type: unknown/unknown\n\na\0b", "", 1),
            ("Content-Type: text/x-plain; name=lettre\n\nJe refuse.", "", 1),
            ("Content-Type: multipart/mixed; boundary=b\n\n--b\n\nOui.\n--b\nContent-Type: text/markdown\n\nNon.\n--b--", "Oui.", 1),
        ] {
            assert_eq!(text(mail), (expected.to_owned(), attachments), "{mail}");
        }
    }
}
