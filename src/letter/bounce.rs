//! Delivery reports: machine-readable ones (RFC 3464) and those that are prose.

use super::fold::fold;
use super::headers::RawHeaders;
use super::pattern::pattern;
use super::{Bounce, BouncedRecipient};
use crate::domain::{Address, MessageId};
use regex::Regex;
use std::sync::LazyLock;

/// Everything in a mail that a delivery report can be read from.
pub(super) struct Material<'a> {
    /// Raw header block.
    pub headers: &'a RawHeaders<'a>,
    /// Machine-readable parts.
    pub reports: &'a [(String, String)],
    /// Nested messages and header blocks.
    pub nested: &'a [String],
    /// Decoded text.
    pub text: &'a str,
}

/// What the machine-readable part says of each recipient; empty where there is none.
pub(super) fn recipients_of_report(reports: &[(String, String)]) -> Vec<BouncedRecipient> {
    let mut recipients: Vec<BouncedRecipient> = Vec::new();
    for (_, report) in reports.iter().filter(|(media_type, _)| media_type.ends_with("delivery-status")) {
        let report = report.replace("\r\n", "\n");
        for group in report.split("\n\n") {
            if let Some(recipient) = recipient_of_group(group)
                && !recipients.iter().any(|known| known.address == recipient.address)
                && recipients.len() < MOST
            {
                recipients.push(recipient);
            }
        }
    }
    recipients
}

/// Recipients that are read of one report.
const MOST: usize = 100;

fn recipient_of_group(group: &str) -> Option<BouncedRecipient> {
    let (mut address, mut original, mut action, mut status, mut diagnostic) = (None, None, None, None, String::new());
    for line in unfold(group) {
        let Some((name, value)) = line.split_once(':') else { continue };
        let value = value.trim();
        match name.trim().to_ascii_lowercase().as_str() {
            "final-recipient" => address = address.or_else(|| typed_address(value)),
            "original-recipient" | "x-actual-recipient" => original = original.or_else(|| typed_address(value)),
            "action" => action = action.or_else(|| Some(value.split([' ', '(', ';']).next().unwrap_or_default().to_ascii_lowercase())),
            "status" => status = status.or_else(|| enhanced(value)),
            "diagnostic-code" => diagnostic.push_str(value),
            _ => {}
        }
    }
    let address = match (address, original) {
        (Some(address), _) => address,
        (None, Some(original)) => original,
        (None, None) => return None,
    };
    let vague = status.as_deref().is_none_or(|status| status.ends_with(".0.0"));
    let status = if vague { enhanced(&diagnostic).or(status) } else { status };
    let action = match (action.as_deref(), status.as_deref().and_then(|status| status.chars().next())) {
        (Some(known @ ("failed" | "delayed" | "delivered" | "relayed" | "expanded")), _) => known,
        (Some("deliverable"), _) | (_, Some('2')) => "delivered",
        (Some("expired" | "failure" | "error"), _) => "failed",
        (_, Some('4')) => "delayed",
        _ => "failed",
    };
    let permanent = action == "failed" && status.as_deref().is_none_or(|status| status.starts_with('5'));
    Some(BouncedRecipient { address, action: action.to_owned(), status, permanent })
}

fn unfold(group: &str) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for line in group.lines() {
        match lines.last_mut() {
            Some(last) if line.starts_with([' ', '\t']) => {
                last.push(' ');
                last.push_str(line.trim());
            }
            _ => lines.push(line.to_owned()),
        }
    }
    lines
}

/// The address in `rfc822; a@b`, without what is no address.
fn typed_address(value: &str) -> Option<String> {
    let value = value.split_once(';').map_or(value, |(_, address)| address);
    let plain = value.trim().trim_matches(['<', '>', '"', '\'', ' ']);
    ADDRESS.find(plain).map(|found| found.as_str().to_owned())
}

static ADDRESS: LazyLock<Regex> = LazyLock::new(|| pattern(r"[A-Za-z0-9.!#$%&*+/=?^_{|}~-]+@[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?"));
static ENHANCED: LazyLock<Regex> = LazyLock::new(|| pattern(r"(?:^|[^0-9.])([245]\.[0-9]{1,3}\.[0-9]{1,3})(?:[^0-9.]|\.?$|\.[^0-9])"));
static SMTP_CODE: LazyLock<Regex> = LazyLock::new(|| pattern(r"(?:^|[^0-9.])([45][0-5][0-9])(?:[ -]|$)"));
static MESSAGE_ID: LazyLock<Regex> = LazyLock::new(|| pattern(r"(?im)^[ \t>]*message-id[ \t]*:[ \t]*(?:\r?\n[ \t]+)?(<[^<>\s]{1,250}>)"));

/// The enhanced status code (RFC 3463) in `text`.
pub(super) fn enhanced(text: &str) -> Option<String> {
    ENHANCED.captures(text).and_then(|found| found.get(1)).map(|code| code.as_str().to_owned())
}

/// The identifier of the mail that the report is about.
pub(super) fn original_message_id(material: &Material<'_>) -> Option<MessageId> {
    let places = material.nested.iter().map(String::as_str).chain([material.text]);
    places.filter_map(|place| MESSAGE_ID.captures(place)).find_map(|found| found.get(1).and_then(|id| MessageId::parse(id.as_str())))
}

/// What a report in prose says: who it is about, and whether for good.
pub(super) fn recipients_of_prose(material: &Material<'_>, delayed: bool) -> Vec<BouncedRecipient> {
    let notice = notice_of(material.text);
    let status = enhanced(notice).or_else(|| enhanced(material.text));
    let code = SMTP_CODE.captures(notice).and_then(|found| found.get(1)).map(|code| code.as_str().to_owned());
    let permanent = match (&status, &code) {
        (Some(status), _) => status.starts_with('5'),
        (None, Some(code)) => code.starts_with('5'),
        (None, None) => !delayed && !temporary(notice),
    };
    let action = if delayed { "delayed" } else { "failed" };
    let mut addresses = failed_header(material.headers);
    if addresses.is_empty() {
        addresses = addresses_in(notice, material.headers);
    }
    if addresses.is_empty() {
        addresses = material.nested.iter().filter_map(|nested| recipient_of_original(nested)).collect();
    }
    addresses.dedup();
    addresses
        .into_iter()
        .take(MOST)
        .map(|address| BouncedRecipient { address, action: action.to_owned(), status: status.clone(), permanent: permanent && !delayed })
        .collect()
}

/// The part of the text that is the notice: what stands before the copy of the returned mail.
fn notice_of(text: &str) -> &str {
    let ends = text.match_indices('\n').map(|(at, _)| at).find(|at| {
        let rest = text.get(at.saturating_add(1)..).unwrap_or_default();
        let line = rest.lines().next().unwrap_or_default().trim_start();
        let head = line.get(..line.len().min(40)).unwrap_or_default().to_ascii_lowercase();
        ["received:", "return-path:", "message-id:", "---- original", "----- original", "--- below this line", "------ this is a copy"]
            .iter()
            .any(|begin| head.starts_with(begin))
            || (head.starts_with("---")
                && (fold(line).contains("original message") || fold(line).contains("message follows") || fold(line).contains("returned message")))
    });
    ends.and_then(|end| text.get(..end)).unwrap_or(text)
}

fn temporary(notice: &str) -> bool {
    let folded = fold(super::content::clip(notice, 4_000));
    ["will retry", "will keep trying", "temporar", "still being retried", "over quota", "mailbox full", "mailbox is full"]
        .iter()
        .any(|word| folded.contains(word))
}

fn failed_header(headers: &RawHeaders<'_>) -> Vec<String> {
    let values = headers.named("X-Failed-Recipients").map(|field| field.unfolded().into_owned()).collect::<Vec<_>>().join(",");
    values.split([',', ' ', ';']).filter_map(typed_address).collect()
}

/// Addresses in the notice that are neither its sender's nor its recipient's; those that stand first on a line count most.
fn addresses_in(notice: &str, headers: &RawHeaders<'_>) -> Vec<String> {
    let own: Vec<String> = ["From", "To", "Return-Path", "Reply-To", "Delivered-To", "Sender"]
        .iter()
        .filter_map(|name| headers.first(name))
        .map(|value| value.to_lowercase())
        .collect();
    let mut leading: Vec<String> = Vec::new();
    let mut anywhere: Vec<String> = Vec::new();
    for line in notice.lines().take(400) {
        let trimmed = line.trim_start();
        let named = trimmed.trim_start_matches(['<', '"', '\'', '*', '-', '(', ' ']);
        for found in ADDRESS.find_iter(super::content::clip(named, 1_000)).take(10) {
            let address = found.as_str().trim_end_matches('.').to_owned();
            let folded = address.to_lowercase();
            let sender =
                folded.starts_with("mailer-daemon@") || folded.starts_with("postmaster@") || folded.starts_with("abuse@") || folded.starts_with("support@");
            if sender || own.iter().any(|own| own.contains(&folded)) || Address::parse(&address).is_err() || looks_like_message_id(&folded) {
                continue;
            }
            let list = if found.start() == 0 { &mut leading } else { &mut anywhere };
            if !list.iter().any(|known| known.eq_ignore_ascii_case(&address)) {
                list.push(address);
            }
        }
    }
    if leading.is_empty() { anywhere.into_iter().take(1).collect() } else { leading }
}

/// Identifiers have an `@` too: long and full of digits.
fn looks_like_message_id(address: &str) -> bool {
    let local = address.split_once('@').map_or("", |(local, _)| local);
    local.len() > 24 && local.bytes().filter(u8::is_ascii_digit).count() > 8
}

fn recipient_of_original(nested: &str) -> Option<String> {
    let headers = RawHeaders::scan(nested.as_bytes(), 200);
    headers.first("To").and_then(|to| ADDRESS.find(&to).map(|found| found.as_str().to_owned()))
}

/// The finished report.
pub(super) fn report(material: &Material<'_>, delayed: bool) -> Bounce {
    let mut recipients = recipients_of_report(material.reports);
    if recipients.is_empty() {
        recipients = recipients_of_prose(material, delayed);
    }
    Bounce { recipients, original_message_id: original_message_id(material) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_delivery_status_part_is_read_field_by_field() {
        let status = "Reporting-MTA: dns; mx.example.org\r\n\r\nFinal-Recipient: rfc822; <leila@example.net>\r\nAction: failed\r\nStatus: 5.0.0\r\nDiagnostic-Code: smtp;\r\n 550 5.1.1 unknown\r\n";
        let recipients = recipients_of_report(&[("message/delivery-status".to_owned(), status.to_owned())]);
        assert_eq!(recipients.len(), 1);
        assert_eq!(recipients[0].address, "leila@example.net");
        assert_eq!(recipients[0].status.as_deref(), Some("5.1.1"));
        assert!(recipients[0].permanent);
    }

    #[test]
    fn prose_names_its_recipient_and_the_original() {
        let raw = b"From: MAILER-DAEMON@mx.example.org\nTo: desk@example.org\n\n";
        let headers = RawHeaders::scan(raw, 10);
        let text =
            "Sorry.\n\n<leila@example.net>:\n550 no such user\n\n--- Below this line is a copy of the message.\n\nReceived: x\nMessage-ID: <abc@example.org>\n";
        let material = Material { headers: &headers, reports: &[], nested: &[], text };
        let bounce = report(&material, false);
        assert_eq!(bounce.recipients[0].address, "leila@example.net");
        assert!(bounce.recipients[0].permanent);
        assert_eq!(bounce.original_message_id.unwrap().as_str(), "abc@example.org");
    }
}
