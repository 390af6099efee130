//! The mail that came back: its identifier and whom it was written to.

use super::address::ADDRESS;
use super::{Material, SEARCHED};
use crate::domain::MessageId;
use crate::letter::content::clip;
use crate::letter::headers::RawHeaders;
use crate::letter::pattern::pattern;
use regex::Regex;
use std::sync::LazyLock;

/// The identifier of the mail that the report is about: from its copy, from what the report says of it, or from what the report answers.
pub(super) fn message_id(material: &Material<'_>) -> Option<MessageId> {
    let copies = copies(material);
    let of_copy = copies.iter().find_map(|copy| innermost(copy));
    let told = || {
        let places = material.reports.iter().map(|(_, report)| report.as_str()).chain([material.text]);
        places.filter_map(|place| TOLD.captures(clip(place, SEARCHED))).find_map(|found| found.get(1).and_then(|id| MessageId::parse(id.as_str())))
    };
    let answered = || {
        let values = ["In-Reply-To", "References"].into_iter().filter_map(|name| material.headers.first(name));
        values.filter_map(|value| IDENTIFIER.find(&value).and_then(|id| MessageId::parse(id.as_str()))).next()
    };
    of_copy.or_else(told).or_else(answered)
}

/// Addresses in To, Cc and Bcc of the mail that came back.
pub(super) fn written_to(material: &Material<'_>) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    for copy in copies(material) {
        let headers = RawHeaders::scan(copy.as_bytes(), 200);
        let values = ["To", "Cc", "Bcc", "X-Original-To", "Apparently-To"].into_iter().filter_map(|name| headers.first(name));
        for value in values {
            found.extend(ADDRESS.find_iter(clip(&value, 4_000)).take(100).map(|address| address.as_str().to_owned()));
        }
    }
    found
}

/// Whether the mail carries a mail that its own recipient once sent: then it brings that mail back.
pub(super) fn returns_original(material: &Material<'_>) -> bool {
    let ours = ["To", "Delivered-To", "X-Original-To", "Envelope-To"].into_iter().filter_map(|name| material.headers.first(name)).collect::<Vec<_>>().join(" ");
    let ours = ours.to_lowercase();
    copies(material).iter().any(|copy| {
        let headers = RawHeaders::scan(copy.as_bytes(), 200);
        let senders = ["From", "Return-Path", "Sender"].into_iter().filter_map(|name| headers.first(name));
        senders.filter_map(|sender| ADDRESS.find(&sender).map(|found| found.as_str().to_lowercase())).any(|sender| ours.contains(&sender))
    })
}

/// Copies of the mail or of its header block, most dependable first: parts of their own, then what follows the notice in the text.
fn copies<'a>(material: &'a Material<'_>) -> Vec<&'a str> {
    let headers = material.reports.iter().filter(|(media_type, _)| media_type.ends_with("headers")).map(|(_, block)| block.as_str());
    let mut copies: Vec<&str> = material.nested.iter().map(String::as_str).chain(headers).map(str::trim_start).collect();
    copies.extend(after_notice(material.text));
    copies
}

/// The header block in the text: some unquoted lines that can only be the head of a mail.
pub(super) fn after_notice(text: &str) -> Option<&str> {
    let text = clip(text, SEARCHED);
    let mut at = 0usize;
    let mut run: Option<(usize, usize, bool)> = None;
    for line in text.split_inclusive('\n') {
        let folded = line.starts_with([' ', '\t']);
        run = match (is_header(line), run) {
            (Some(telling), Some((began, lines, told))) => Some((began, lines.saturating_add(1), told || telling)),
            (Some(telling), None) => Some((at, 1, telling)),
            (None, known) if folded && !line.trim().is_empty() => known,
            (None, known) => known.filter(|(_, lines, told)| *lines >= HEADERS && *told),
        };
        if let Some((began, lines, told)) = run
            && lines >= HEADERS
            && told
        {
            return text.get(began..);
        }
        at = at.saturating_add(line.len());
    }
    None
}

/// Fields in a row that make a header block.
const HEADERS: usize = 3;

/// Whether `line` begins a field of a mail; `true` where it is one that people never see.
fn is_header(line: &str) -> Option<bool> {
    let (name, _) = line.split_once(':')?;
    let name = name.to_ascii_lowercase();
    match name.as_str() {
        "received" | "return-path" | "message-id" | "mime-version" | "content-type" | "dkim-signature" | "content-transfer-encoding" | "delivered-to" => {
            Some(true)
        }
        "from" | "to" | "cc" | "subject" | "date" | "reply-to" | "sender" | "references" | "in-reply-to" | "user-agent" | "list-id" => Some(false),
        _ => name.strip_prefix("x-").map(|rest| !rest.is_empty() && rest.bytes().all(|c| c.is_ascii_alphanumeric() || c == b'-')),
    }
}

/// The identifier in a header block; where the block is that of a report, the one in the mail that it brings back.
fn innermost(copy: &str) -> Option<MessageId> {
    let headers = RawHeaders::scan(copy.as_bytes(), 200);
    let own = headers.first("Message-ID").and_then(|value| IDENTIFIER.find(&value).and_then(|id| MessageId::parse(id.as_str())));
    let lower = headers.first("Content-Type").unwrap_or_default().to_ascii_lowercase();
    if lower.starts_with("multipart/report") && lower.contains("delivery-status") {
        let body = copy.get(headers.bytes..).unwrap_or_default();
        let within = TOLD.captures(clip(body, SEARCHED)).and_then(|found| found.get(1)).and_then(|id| MessageId::parse(id.as_str()));
        return within.or(own);
    }
    own.or_else(|| {
        let found = TOLD.captures(clip(copy, SEARCHED))?;
        MessageId::parse(found.get(1)?.as_str())
    })
}

static IDENTIFIER: LazyLock<Regex> = LazyLock::new(|| pattern(r"<[^<>\s]{1,250}>"));
static TOLD: LazyLock<Regex> = LazyLock::new(|| {
    pattern(r"(?im)^[ \t>]*(?:x-|the )?(?:original[ -])?message[ -](?:id|identifier)(?: is| was)?[ \t]*:[ \t]*(?:\r?\n[ \t]+)?(<[^<>\s]{1,250}>)")
});
